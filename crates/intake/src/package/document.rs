//! Files that are carried by documents: mails, signed envelopes, PDFs. The document itself stays beside what it carries.

use super::{Opening, Outcome, Piece, Place, part};
use crate::names::DistinctNames;
use crate::{mail, media, p7m};

/// Pictures of one document that are taken out.
const MOST_PICTURES: usize = 500;
/// Bytes of a picture that may be a page; letterheads and logos are smaller.
const LARGE_PICTURE: u64 = 60 * 1024;

/// Lists the pictures of an office file that are large enough to be pages.
pub(crate) fn large_pictures(bytes: &[u8]) -> Vec<String> {
    let Ok(archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return Vec::new() };
    let mut large = Vec::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(index) else { continue };
        let Ok(name) = entry.name() else { continue };
        let inside = ["word/media/", "Pictures/", "xl/media/"].iter().any(|folder| name.starts_with(folder));
        if inside && entry.compressed_size() >= LARGE_PICTURE {
            large.push(name.into_owned());
        }
    }
    large.sort();
    large
}

impl Opening<'_> {
    pub(super) fn open_mail(&mut self, kind: &str, bytes: &[u8], at: &Place<'_>) {
        let message = if kind == media::MSG { mail::outlook(bytes) } else { mail::internet(bytes) };
        let mut names = DistinctNames::default();
        for attachment in message.attachments {
            self.carry(&attachment.name, &attachment.content, at, &mut names);
        }
    }

    pub(super) fn open_signed(&mut self, bytes: &[u8], at: &Place<'_>) {
        // A signature without content, or one that cannot be read, is told when it is read as a document.
        if let Some(content) = p7m::content(bytes) {
            self.carry(
                &p7m::name_of_content(at.shown, &content),
                &content,
                at,
                &mut DistinctNames::default(),
            );
        }
    }

    pub(super) fn open_pdf(&mut self, bytes: &[u8], at: &Place<'_>) {
        let Some(pdf) = self.opener.pdf else { return };
        let mut attached = Vec::new();
        let findings = pdf.attachments(bytes, self.opener.password, &mut |name, content| {
            attached.push((name, content));
        });
        findings.into_iter().for_each(|finding| self.tell(Piece::Finding(finding)));
        let mut names = DistinctNames::default();
        for (name, content) in attached {
            self.carry(&name, &content, at, &mut names);
        }
    }

    // Pages that were scanned and pasted into a document are pictures of it.
    pub(super) fn open_office(&mut self, bytes: &[u8], at: &Place<'_>) {
        let mut names = DistinctNames::default();
        for name in large_pictures(bytes).into_iter().take(MOST_PICTURES) {
            if let Some(content) = part(bytes, &name, self.limits.file_bytes)
                && media::is_picture(media::detect(&content))
            {
                self.carry(&name, &content, at, &mut names);
            }
        }
    }

    // That it stays closed is told when it is read as a document.
    pub(super) fn open_locked_office(&mut self, bytes: &[u8], at: &Place<'_>) {
        if let Ok(opened) = crate::unlock::office(at.shown, bytes, self.opener.password)
            && media::may_hold_files(media::detect(&opened.document))
        {
            self.open_office(&opened.document, at);
        }
    }

    // Hands out one carried file, under the limits of entries.
    fn carry(&mut self, name: &str, content: &[u8], at: &Place<'_>, names: &mut DistinctNames) {
        if self.count(at.shown).is_none() {
            return;
        }
        // What is attached has a name of its own and no folder, whatever it says.
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let Some(path) = self.admit(last, at.shown) else { return };
        let distinct = self.distinct(&path, at.prefix, at.shown, names);
        let full_path = format!("{}{distinct}", at.prefix);
        let size = content.len() as u64;
        let outcome = match () {
            () if size > self.limits.file_bytes => Outcome::TooLarge,
            () if size > self.left_bytes => Outcome::PackageFull,
            () => {
                self.hand_out(full_path, content, None, at.depth);
                return;
            }
        };
        self.report_failure(&outcome, &full_path, at.shown);
    }
}

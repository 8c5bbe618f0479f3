//! TAR and GZ.

use super::{Meter, Opening, Outcome, Place};
use crate::names::DistinctNames;
use crate::source::{ByteSource, Cursor};
use crate::tar::{Kind, Members};
use cotejo_domain::Severity;

impl Opening<'_> {
    pub(super) fn open_tar(&mut self, source: &dyn ByteSource, at: &Place<'_>) {
        let mut names = DistinctNames::default();
        let mut members = Members::new(source, self.limits.file_bytes);
        for member in members.by_ref() {
            if self.count(at.shown).is_none() {
                return;
            }
            if member.kind == Kind::Folder {
                continue;
            }
            let Some(path) = self.admit(&member.name, at.shown) else { continue };
            if member.kind != Kind::File {
                let values = [("entrada", path.as_str()), ("archivo", at.shown)];
                self.report("intake.symlink", Severity::Error, &values);
                continue;
            }
            let distinct = self.distinct(&path, at.prefix, at.shown, &mut names);
            let full_path = format!("{}{distinct}", at.prefix);
            let outcome = match () {
                () if member.cut => Outcome::Damaged(crate::finding::ends_early()),
                () if member.size > self.limits.file_bytes => Outcome::TooLarge,
                () if member.size > self.left_bytes => Outcome::PackageFull,
                () => {
                    self.hand_out(full_path, &member.content, None, at.depth);
                    continue;
                }
            };
            self.report_failure(&outcome, &full_path, at.shown);
        }
        if members.damaged {
            let values = [("archivo", at.shown), ("detalle", "la suma de un encabezado no coincide")];
            self.report("intake.damaged_directory", Severity::Error, &values);
        }
    }

    pub(super) fn open_gzip(&mut self, source: &dyn ByteSource, at: &Place<'_>) {
        if self.count(at.shown).is_none() {
            return;
        }
        let mut decoder = flate2::read::MultiGzDecoder::new(Cursor::new(source));
        let stated = decoder.header().and_then(|header| header.filename().map(<[u8]>::to_vec));
        let name = stated.map(|raw| crate::names::decode(&raw, false)).filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| without_gz(at.shown));
        let last = name.rsplit(['/', '\\']).next().unwrap_or(&name).to_string();
        let Some(path) = self.admit(&last, at.shown) else { return };
        let distinct = self.distinct(&path, at.prefix, at.shown, &mut DistinctNames::default());
        let full_path = format!("{}{distinct}", at.prefix);
        let length = source.size();
        let taken = || length;
        let meter = Meter { taken: &taken, unpacked_here: 0, container_bytes: length };
        match self.drain(&mut decoder, &meter) {
            Outcome::Content(content) => self.hand_out(full_path, &content, None, at.depth),
            other => self.report_failure(&other, &full_path, at.shown),
        }
    }
}

fn without_gz(shown: &str) -> String {
    let last = shown.rsplit('/').next().unwrap_or(shown);
    let lower = last.to_ascii_lowercase();
    if lower.ends_with(".tgz") {
        return format!("{}.tar", last.get(..last.len() - 4).unwrap_or("contenido"));
    }
    let stem = lower.strip_suffix(".gz").and_then(|stem| last.get(..stem.len()));
    stem.filter(|stem| !stem.is_empty()).unwrap_or("contenido").to_string()
}

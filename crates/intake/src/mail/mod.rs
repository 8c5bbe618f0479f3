//! Mails (EML by the crate `mail-parser`, Outlook's MSG by a reader of ours): who wrote, the text, and the attached files.

mod outlook;

use crate::compose::Composer;
use crate::finding::finding;
use crate::guard::guarded;
use crate::html;
use crate::media;
use crate::reading_view::ReadingView;
use cotejo_domain::{Finding, Read, Severity};
use mail_parser::{Address, MessageParser, MimeHeaders, PartType};

pub(crate) use outlook::read as outlook;

/// Attachments of a mail that are taken.
const MOST_ATTACHMENTS: usize = 2_000;

/// Holds a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    /// Keys of the catalogue for the heads, with what stands there.
    pub(crate) heads: Vec<(&'static str, String)>,
    /// The texts, in order.
    pub(crate) bodies: Vec<Body>,
    /// The attached files.
    pub(crate) attachments: Vec<Attachment>,
    /// What could not be read.
    pub(crate) findings: Vec<Finding>,
}

/// Holds one text of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// Plain text.
    Plain(String),
    /// HTML.
    Html(String),
    /// Rich text.
    Rich(Vec<u8>),
}

/// Holds one attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
}

/// Reads a mail as a *vista de lectura*: the heads, the text, and the names of what is attached.
#[must_use]
pub fn read(kind: &str, bytes: &[u8]) -> Read<ReadingView> {
    let message = if kind == media::MSG { outlook(bytes) } else { internet(bytes) };
    let mut findings = message.findings;
    let mut composer = Composer::default();
    for (key, value) in &message.heads {
        composer.push(&format!("{}: {value}", cotejo_catalogue::message(key, &[])));
        composer.paragraph();
    }
    for body in message.bodies {
        match body {
            Body::Plain(text) => {
                for line in text.lines() {
                    composer.push(line);
                    composer.paragraph();
                }
            }
            Body::Html(text) => html::compose(&text, &mut composer),
            Body::Rich(bytes) => {
                let rich = crate::rtf::read(&bytes);
                for line in rich
                    .value
                    .pages
                    .iter()
                    .flat_map(|page| page.text().lines().map(str::to_string).collect::<Vec<_>>())
                {
                    composer.push(&line);
                    composer.paragraph();
                }
            }
        }
    }
    if !message.attachments.is_empty() {
        let names: Vec<&str> =
            message.attachments.iter().map(|attachment| attachment.name.as_str()).collect();
        composer.push(&format!(
            "{}: {}",
            cotejo_catalogue::message("intake.mail.attached", &[]),
            names.join(", ")
        ));
        composer.paragraph();
        let count = names.len().to_string();
        findings.push(finding("intake.mail_attachments", Severity::Info, &[("cantidad", &count)]));
    }
    let value = composer.finish(&mut findings);
    Read { value, findings }
}

/// Takes an internet mail (RFC 5322, MIME) apart.
pub(crate) fn internet(bytes: &[u8]) -> Message {
    let mut message = Message::default();
    let Some(parsed) = guarded(|| MessageParser::default().parse(bytes)).flatten() else {
        message.findings.push(finding("intake.damaged_mail", Severity::Error, &[]));
        return message;
    };
    for (key, address) in [
        ("intake.mail.from", parsed.from()),
        ("intake.mail.to", parsed.to()),
        ("intake.mail.copy", parsed.cc()),
    ] {
        if let Some(address) = address {
            message.heads.push((key, people(address)));
        }
    }
    if let Some(subject) = parsed.subject() {
        message.heads.push(("intake.mail.subject", subject.to_string()));
    }
    if let Some(date) = parsed.date() {
        message.heads.push(("intake.mail.date", date.to_rfc3339()));
    }
    for part in parsed.text_bodies() {
        match &part.body {
            PartType::Text(text) => message.bodies.push(Body::Plain(text.to_string())),
            PartType::Html(text) => message.bodies.push(Body::Html(text.to_string())),
            _ => {}
        }
    }
    let mut broken = 0usize;
    for (index, part) in parsed.attachments().enumerate() {
        if message.attachments.len() >= MOST_ATTACHMENTS {
            let limit = MOST_ATTACHMENTS.to_string();
            message.findings.push(finding("intake.mail_too_many", Severity::Error, &[("limite", &limit)]));
            break;
        }
        broken += usize::from(part.is_encoding_problem);
        let (content, extension): (Vec<u8>, &str) = match &part.body {
            PartType::Text(text) => (text.as_bytes().to_vec(), ".txt"),
            PartType::Html(text) => (text.as_bytes().to_vec(), ".html"),
            PartType::Binary(content) | PartType::InlineBinary(content) => (content.to_vec(), ""),
            PartType::Message(inner) => {
                // One that was not encoded shares the bytes of the outer mail, and stands between its offsets.
                let shared = inner.raw_message.is_empty() || inner.raw_message.len() == bytes.len();
                let own = bytes.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
                (if shared { own } else { inner.raw_message.as_ref() }.to_vec(), ".eml")
            }
            PartType::Multipart(_) => continue,
        };
        let subject = match &part.body {
            PartType::Message(inner) => {
                inner.subject().map(|subject| format!("{}.eml", subject.replace(['/', '\\'], "-")))
            }
            _ => None,
        };
        let name = part.attachment_name().map(str::to_string).or(subject);
        let name = name.unwrap_or_else(|| format!("adjunto-{}{extension}", index + 1));
        message.attachments.push(Attachment { name: plain_name(&name), content });
    }
    if broken > 0 {
        let count = broken.to_string();
        message.findings.push(finding("intake.mail_encoding", Severity::Warning, &[("cantidad", &count)]));
    }
    message
}

// What is attached has no folder, whatever its name says.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().take(200).collect::<String>().trim().to_string()
}

fn people(address: &Address<'_>) -> String {
    let people = address.iter().map(|person| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => String::new(),
    });
    people.filter(|person| !person.is_empty()).take(200).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;

//! Outlook messages (MS-OXMSG): a compound file whose streams are properties.

use super::{Attachment, Body, MOST_ATTACHMENTS, Message};
use crate::cfb::{CompoundFile, u16_at, u32_at};
use crate::finding::finding;
use cotejo_domain::Severity;
use encoding_rs::{Encoding, WINDOWS_1252};

/// Bytes of a rich text when it is inflated.
const LONGEST_RICH: usize = 16 * 1024 * 1024;
/// What the dictionary of compressed rich text begins with (MS-OXRTFCP 2.1.3.1).
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Takes an Outlook message apart. A message inside of it gives its text and its attachments to the outer one.
pub(crate) fn read(bytes: &[u8]) -> Message {
    let mut message = Message::default();
    match CompoundFile::open(bytes) {
        Some(file) => read_storage(&file, 0, 0, &mut message),
        None => message.findings.push(finding("intake.damaged_mail", Severity::Error, &[])),
    }
    message
}

struct Storage<'f> {
    file: &'f CompoundFile<'f>,
    streams: Vec<(String, u32)>,
    encoding: &'static Encoding,
}

impl Storage<'_> {
    fn property(&self, name: &str) -> Option<Vec<u8>> {
        let wanted = format!("__substg1.0_{name}");
        let (_, id) = self.streams.iter().find(|(stream, _)| stream.eq_ignore_ascii_case(&wanted))?;
        Some(self.file.stream_of(*id))
    }

    // A text stands as UTF-16 (001F) or in the code page of the message (001E).
    fn text(&self, property: &str) -> Option<String> {
        let text = match self.property(&format!("{property}001F")) {
            Some(wide) => encoding_rs::UTF_16LE.decode_without_bom_handling(&wide).0.into_owned(),
            None => self
                .encoding
                .decode_without_bom_handling(&self.property(&format!("{property}001E"))?)
                .0
                .into_owned(),
        };
        let text = text.trim_end_matches('\0').to_string();
        (!text.trim().is_empty()).then_some(text)
    }
}

fn read_storage(file: &CompoundFile<'_>, id: u32, depth: usize, message: &mut Message) {
    let members = file.members(id);
    let streams =
        members.iter().filter(|member| !member.is_storage).map(|member| (member.name.clone(), member.id));
    let mut storage = Storage { file, streams: streams.collect(), encoding: WINDOWS_1252 };
    let fixed = storage.streams.iter().find(|(name, _)| name.eq_ignore_ascii_case("__properties_version1.0"));
    let fixed = fixed.map(|(_, id)| file.stream_of(*id)).unwrap_or_default();
    // The outermost header is longer than that of a message inside of it (MS-OXMSG 2.4.1).
    let entries = fixed.get(if id == 0 { 32 } else { 24 }..).unwrap_or_default();
    if let Some(page) = value(entries, 0x3ffd_0003).and_then(|value| u32_at(&value, 0)) {
        storage.encoding = crate::rtf::encoding_of_page(i64::from(page)).unwrap_or(WINDOWS_1252);
    }
    let sender = match (storage.text("0C1A"), storage.text("5D01").or_else(|| storage.text("0C1F"))) {
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (name, address) => name.or(address),
    };
    for (key, text) in [
        ("intake.mail.from", sender),
        ("intake.mail.to", storage.text("0E04")),
        ("intake.mail.copy", storage.text("0E03")),
        ("intake.mail.subject", storage.text("0037")),
        ("intake.mail.date", value(entries, 0x0039_0040).and_then(|value| moment(&value))),
    ] {
        if let Some(text) = text {
            message.heads.push((key, text));
        }
    }
    body(&storage, message);
    for member in members.iter().filter(|member| {
        member.is_storage && member.name.to_ascii_lowercase().starts_with("__attach_version1.0")
    }) {
        if message.attachments.len() >= MOST_ATTACHMENTS {
            let limit = MOST_ATTACHMENTS.to_string();
            message.findings.push(finding("intake.mail_too_many", Severity::Error, &[("limite", &limit)]));
            return;
        }
        attachment(file, member.id, storage.encoding, depth, message);
    }
}

fn body(storage: &Storage<'_>, message: &mut Message) {
    if let Some(text) = storage.text("1000") {
        message.bodies.push(Body::Plain(text));
    } else if let Some(html) = storage.property("10130102") {
        message.bodies.push(Body::Html(crate::charset::decode(&html).text));
    } else if let Some(html) = storage.text("1013") {
        message.bodies.push(Body::Html(html));
    } else if let Some(packed) = storage.property("10090102") {
        match inflate(&packed) {
            Some(rich) => message.bodies.push(Body::Rich(rich)),
            None => message.findings.push(finding("intake.damaged_mail", Severity::Error, &[])),
        }
    }
}

fn attachment(
    file: &CompoundFile<'_>,
    id: u32,
    encoding: &'static Encoding,
    depth: usize,
    message: &mut Message,
) {
    let members = file.members(id);
    let streams =
        members.iter().filter(|member| !member.is_storage).map(|member| (member.name.clone(), member.id));
    let storage = Storage { file, streams: streams.collect(), encoding };
    let name = ["3707", "3704", "3001"].into_iter().find_map(|property| storage.text(property));
    let number = message.attachments.len() + 1;
    if let Some(content) = storage.property("37010102") {
        let name = super::plain_name(&name.unwrap_or_else(|| format!("adjunto-{number}")));
        message.attachments.push(Attachment { name, content });
        return;
    }
    // A message, or an object of another program, as a storage of its own.
    let inner = members
        .iter()
        .find(|member| member.is_storage && member.name.to_ascii_uppercase().ends_with("3701000D"));
    match inner {
        Some(inner) if CompoundFile::may_descend(depth) && has_message(file, inner.id) => {
            read_storage(file, inner.id, depth + 1, message);
        }
        _ => {
            let name = name.unwrap_or_else(|| format!("adjunto-{number}"));
            message.findings.push(finding("intake.mail_object", Severity::Warning, &[("entrada", &name)]));
        }
    }
}

fn has_message(file: &CompoundFile<'_>, id: u32) -> bool {
    file.members(id).iter().any(|member| member.name.eq_ignore_ascii_case("__properties_version1.0"))
}

// The value of a property of fixed length: entries of sixteen bytes, tag, flags, value.
fn value(entries: &[u8], tag: u32) -> Option<[u8; 8]> {
    let entry = entries.chunks_exact(16).find(|entry| u32_at(entry, 0) == Some(tag))?;
    entry.get(8..16)?.try_into().ok()
}

// Tenths of microseconds since 1601.
fn moment(value: &[u8; 8]) -> Option<String> {
    let ticks = i64::try_from(u64::from_le_bytes(*value)).ok()?;
    let seconds = ticks / 10_000_000 - 11_644_473_600;
    jiff::Timestamp::from_second(seconds).ok().map(|moment| moment.to_string())
}

// Inflates compressed rich text (MS-OXRTFCP 3.1): runs of a dictionary of four kilobytes that is written round and round.
fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let body = packed.get(16..)?;
    if packed.get(8..12)? == b"MELA" {
        return Some(body.to_vec());
    }
    let mut dictionary = [b' '; 4096];
    dictionary.get_mut(..DICTIONARY.len())?.copy_from_slice(DICTIONARY);
    let (mut write, mut at) = (DICTIONARY.len(), 0usize);
    let mut output = Vec::new();
    while let Some(control) = body.get(at) {
        at += 1;
        for bit in 0..8 {
            if output.len() > LONGEST_RICH {
                return None;
            }
            let mut emit = |byte: u8, write: &mut usize| {
                output.push(byte);
                if let Some(place) = dictionary.get_mut(*write) {
                    *place = byte;
                }
                *write = (*write + 1) % 4096;
            };
            if control & (1 << bit) == 0 {
                let Some(byte) = body.get(at) else { return Some(output) };
                emit(*byte, &mut write);
                at += 1;
                continue;
            }
            let Some(pair) = u16_at(body, at).map(u16::swap_bytes) else { return Some(output) };
            at += 2;
            let (offset, length) = (usize::from(pair >> 4), usize::from(pair & 15) + 2);
            if offset == write {
                return Some(output);
            }
            for step in 0..length {
                let byte = dictionary.get((offset + step) % 4096).copied().unwrap_or(b' ');
                output.push(byte);
                if let Some(place) = dictionary.get_mut(write) {
                    *place = byte;
                }
                write = (write + 1) % 4096;
            }
        }
    }
    Some(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_rich_text_of_the_specification_is_inflated() {
        // The example of MS-OXRTFCP 4.1.1.
        let packed: &[u8] = &[
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 3, 0, 0x0a, 0,
            0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09,
            0, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        let rich = inflate(packed).expect("inflates");
        assert_eq!(String::from_utf8_lossy(&rich), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        for end in 0..packed.len() {
            let _ = inflate(&packed[..end]);
        }
    }
}

//! Text and XML as a *vista de lectura*.

use crate::charset::{self, Decoded};
use crate::finding::finding;
use crate::reading_view::{Flow, ReadingView};
use cotejo_domain::{Read, Severity};
use quick_xml::events::Event;

/// Deepest nesting of elements that is shown with its path; deeper ones are shown with the path cut.
const DEEPEST_PATH: usize = 64;

/// Reads plain text: a line of the file is a paragraph, a form feed ends the page.
#[must_use]
pub fn read_text(bytes: &[u8]) -> Read<ReadingView> {
    let decoded = charset::decode(bytes);
    let mut findings = decoded.findings();
    let text = decoded.text;
    let mut flow = Flow::default();
    for (index, sheet) in text.split('\u{c}').enumerate() {
        if index > 0 {
            flow.page_break();
        }
        for line in sheet.lines() {
            flow.paragraph(line, 0.0);
        }
    }
    let value = flow.finish(&mut findings);
    Read { value, findings }
}

/// Reads XML: each element that holds text becomes a paragraph `ruta/del/elemento: texto`, and each attribute `ruta/@atributo: texto`.
#[must_use]
pub fn read_xml(bytes: &[u8]) -> Read<ReadingView> {
    let mut flow = Flow::default();
    let decoded = decode_xml(bytes);
    let mut findings = decoded.findings();
    if let Err(detail) = walk(&decoded.text, &mut flow, 0) {
        findings.push(finding("intake.damaged_xml", Severity::Error, &[("detalle", &detail)]));
    }
    let value = flow.finish(&mut findings);
    Read { value, findings }
}

fn decode_xml(bytes: &[u8]) -> Decoded {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declared =
        head.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    charset::decode_declared(bytes, declared)
}

fn walk(xml: &str, flow: &mut Flow, nesting: u32) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                emit(&path, &mut text, flow);
                return Err(error.to_string());
            }
        };
        match event {
            Event::Start(start) => {
                emit(&path, &mut text, flow);
                path.push(start.local_name().as_ref().to_string());
                attributes(&start, &path, flow);
            }
            Event::Empty(start) => {
                path.push(start.local_name().as_ref().to_string());
                attributes(&start, &path, flow);
                path.pop();
            }
            Event::End(_) => {
                emit(&path, &mut text, flow);
                path.pop();
            }
            Event::Text(content) => text.push_str(content.as_ref()),
            Event::GeneralRef(reference) => text.push_str(&entity(reference.as_ref())),
            Event::CData(content) => {
                let inner = content.as_ref().to_string();
                // SRI's authorisations carry the signed comprobante as XML inside of CDATA.
                if nesting < 2 && inner.trim_start().starts_with('<') {
                    emit(&path, &mut text, flow);
                    walk(&inner, flow, nesting + 1)?;
                } else {
                    text.push_str(&inner);
                }
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Returns the text of a character or predefined entity reference; others, which would need a DTD, stay as they are written.
pub(crate) fn entity(name: &str) -> String {
    let number = match name.strip_prefix('#') {
        Some(hexadecimal) if hexadecimal.starts_with(['x', 'X']) => {
            u32::from_str_radix(&hexadecimal[1..], 16).ok()
        }
        Some(decimal) => decimal.parse().ok(),
        None => None,
    };
    if let Some(character) = number.and_then(char::from_u32) {
        return character.into();
    }
    match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        other => format!("&{other};"),
    }
}

fn emit(path: &[String], text: &mut String, flow: &mut Flow) {
    if !text.trim().is_empty() {
        flow.paragraph(&format!("{}: {}", shown(path), text.trim()), 0.0);
    }
    text.clear();
}

fn attributes(start: &quick_xml::events::BytesStart<'_>, path: &[String], flow: &mut Flow) {
    for attribute in start.attributes().flatten() {
        let name = attribute.key.as_ref().to_string();
        if !name.starts_with("xmlns") {
            let value = attribute.value.clone().into_owned();
            flow.paragraph(&format!("{}/@{name}: {value}", shown(path)), 0.0);
        }
    }
}

fn shown(path: &[String]) -> String {
    path[path.len().saturating_sub(DEEPEST_PATH)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_any_usual_encoding_reads_the_same() {
        let expected = "Oferta económica: señalado";
        let latin = encoding_rs::WINDOWS_1252.encode(expected).0.into_owned();
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(expected.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [expected.as_bytes().to_vec(), latin, wide] {
            assert_eq!(read_text(&bytes).value.pages[0].text(), expected);
        }
    }

    #[test]
    fn xml_is_read_with_its_paths_and_inner_documents() {
        let xml =
            "<?xml version='1.0'?><a n='1'><b>uno &amp; dos</b><c><![CDATA[<d><e>tres</e></d>]]></c></a>";
        let read = read_xml(xml.as_bytes());
        assert_eq!(read.value.pages[0].text(), "a/@n: 1\na/b: uno & dos\nd/e: tres");
        assert!(read.findings.is_empty());
    }

    #[test]
    fn attack_billion_laughs_expands_nothing() {
        let xml = "<!DOCTYPE a [<!ENTITY x \"aaaaaaaa\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>";
        assert_eq!(
            read_xml(xml.as_bytes()).value.pages[0].text(),
            "a: &y;",
            "an own entity is never expanded"
        );
        let broken = read_xml(b"<a><b>uno</a>");
        assert_eq!(broken.findings[0].code, "intake.damaged_xml");
        assert!(broken.value.pages[0].text().contains("uno"), "what was read stays");
    }
}

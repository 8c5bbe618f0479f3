//! What office files say of themselves: OOXML's core and extended properties (ECMA-376-1, 15.2.12), OpenDocument's `meta.xml`, the property
//! sets of Word and Excel 97 (\[MS-OLEPS\]).

use crate::cfb::{CompoundFile, u16_at, u32_at};
use crate::package;
use crate::xml_steps::{Step, walk};
use crate::{charset, media};
use cotejo_domain::{FileProperties, PropertyKind};

const CORE: &str = "docProps/core.xml";
const EXTENDED: &str = "docProps/app.xml";
const META: &str = "meta.xml";
/// Largest part that is looked into: such parts have a few kilobytes.
const LARGEST_PART: u64 = 4 << 20;
/// Seconds from 1601, where Windows begins to count, to 1970.
const SINCE_1601: i64 = 11_644_473_600;

/// Reads what a file of this media type says of itself; `None` when its kind says nothing that is read here.
#[must_use]
pub fn of(media_type: &str, bytes: &[u8], part_limit: u64) -> Option<FileProperties> {
    let limit = part_limit.min(LARGEST_PART);
    let mut said = FileProperties::default();
    match media_type {
        media::DOCX | media::XLSX | media::XLSB => open_xml(bytes, limit, &mut said),
        media::ODT | media::ODS => open_document(bytes, limit, &mut said),
        media::DOC | media::XLS => old_office(bytes, &mut said),
        _ => return None,
    }
    Some(said)
}

fn open_xml(bytes: &[u8], limit: u64, said: &mut FileProperties) {
    texts(bytes, CORE, limit, &mut |name, text| {
        let (kind, full) = match name {
            "creator" => (PropertyKind::Author, "dc:creator"),
            "lastModifiedBy" => (PropertyKind::LastAuthor, "cp:lastModifiedBy"),
            "created" => (PropertyKind::Created, "dcterms:created"),
            "modified" => (PropertyKind::Modified, "dcterms:modified"),
            _ => return,
        };
        said.put(kind, text, CORE, full);
    });
    let mut program = String::new();
    texts(bytes, EXTENDED, limit, &mut |name, text| match name {
        "Company" => said.put(PropertyKind::Company, text, EXTENDED, "Company"),
        "Application" => program = text.to_owned(),
        "AppVersion" => program = format!("{program} {text}"),
        _ => {}
    });
    said.put(PropertyKind::Program, &program, EXTENDED, "Application");
    starts(bytes, "word/fontTable.xml", limit, "font", "name", &mut |font| said.put_font(font));
}

fn open_document(bytes: &[u8], limit: u64, said: &mut FileProperties) {
    texts(bytes, META, limit, &mut |name, text| {
        let (kind, full) = match name {
            "initial-creator" => (PropertyKind::Author, "meta:initial-creator"),
            "creator" => (PropertyKind::LastAuthor, "dc:creator"),
            "creation-date" => (PropertyKind::Created, "meta:creation-date"),
            "date" => (PropertyKind::Modified, "dc:date"),
            "generator" => (PropertyKind::Program, "meta:generator"),
            _ => return,
        };
        said.put(kind, text, META, full);
    });
}

// Hands over the text of each element of a part. What stands before damage counts.
fn texts(bytes: &[u8], part: &str, limit: u64, take: &mut dyn FnMut(&str, &str)) {
    let Some(content) = package::part(bytes, part, limit) else { return };
    let mut text = String::new();
    let _ = walk(&charset::decode(&content).text, &mut |step| match step {
        Step::Start(_) => text.clear(),
        Step::Text(more) => text.push_str(more),
        Step::End(name) => {
            take(name, text.trim());
            text.clear();
        }
    });
}

fn starts(bytes: &[u8], part: &str, limit: u64, element: &str, key: &str, take: &mut dyn FnMut(&str)) {
    let Some(content) = package::part(bytes, part, limit) else { return };
    let _ = walk(&charset::decode(&content).text, &mut |step| {
        if let Step::Start(start) = step
            && start.local_name().as_ref() == element
        {
            let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == key);
            if let Some(found) = found {
                take(found.value.as_ref());
            }
        }
    });
}

fn old_office(bytes: &[u8], said: &mut FileProperties) {
    let Some(file) = CompoundFile::open(bytes) else { return };
    let summary = "\u{5}SummaryInformation";
    if let Some(set) = file.stream(summary) {
        let kinds = [
            (4, PropertyKind::Author, "Author"),
            (8, PropertyKind::LastAuthor, "LastAuthor"),
            (12, PropertyKind::Created, "CreateTime"),
            (13, PropertyKind::Modified, "LastSavedTime"),
            (18, PropertyKind::Program, "ApplicationName"),
        ];
        for (number, kind, name) in kinds {
            if let Some(value) = of_set(&set, number) {
                said.put(kind, &value, "SummaryInformation", name);
            }
        }
    }
    if let Some(company) = file.stream("\u{5}DocumentSummaryInformation").and_then(|set| of_set(&set, 15)) {
        said.put(PropertyKind::Company, &company, "DocumentSummaryInformation", "Company");
    }
}

// The property with this number in the first section of a set.
fn of_set(set: &[u8], wanted: u32) -> Option<String> {
    let section = u32_at(set, 44)? as usize;
    let count = u32_at(set, section.checked_add(4)?)?.min(500) as usize;
    let entries = (0..count).map(|index| section.saturating_add(8 + index * 8));
    let offset = |number: u32| {
        let at = entries.clone().find(|at| u32_at(set, *at) == Some(number))?;
        section.checked_add(u32_at(set, at.checked_add(4)?)? as usize)
    };
    let at = offset(wanted)?;
    let value = at.checked_add(4)?;
    match u16_at(set, at)? {
        // Text in the code page that the set names.
        0x1e => {
            let length = u32_at(set, value)?.min(1_000) as usize;
            let text = set.get(value.checked_add(4)?..)?.get(..length)?;
            let page = offset(1).and_then(|at| u16_at(set, at.checked_add(4)?));
            let label = if page == Some(65_001) { "utf-8" } else { "windows-1252" };
            let text = charset::decode_declared(text, Some(label)).text;
            Some(text.trim_end_matches('\0').to_owned())
        }
        0x1f => {
            let length = u32_at(set, value)?.min(1_000) as usize;
            let text = set.get(value.checked_add(4)?..)?.get(..length.checked_mul(2)?)?;
            let units: Vec<u16> = text.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
            Some(String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned())
        }
        // Tenths of microseconds since 1601.
        0x40 => {
            let ticks = u64::from(u32_at(set, value)?) | u64::from(u32_at(set, value.checked_add(4)?)?) << 32;
            let seconds = i64::try_from(ticks / 10_000_000).ok()?.checked_sub(SINCE_1601)?;
            jiff::Timestamp::from_second(seconds).ok().map(|moment| moment.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("closes").into_inner()
    }

    fn told(media_type: &str, bytes: &[u8]) -> Vec<(PropertyKind, String)> {
        let said = of(media_type, bytes, 1 << 20).expect("read here");
        said.properties.into_iter().map(|property| (property.kind, property.value)).collect()
    }

    #[test]
    fn core_extended_properties_and_fonts_of_open_xml_are_read() {
        let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>Ana &amp; Luis</dc:creator>\
            <cp:lastModifiedBy>eva</cp:lastModifiedBy><dcterms:modified>2026-01-05T15:30:00Z</dcterms:modified></cp:coreProperties>";
        let app = "<Properties><Application>Microsoft Office Word</Application><Company>Estudio Ficticio</Company>\
            <AppVersion>16.0000</AppVersion></Properties>";
        let fonts = "<w:fonts><w:font w:name='Garamond'/><w:font w:name='Arial'><w:sig/></w:font></w:fonts>";
        let bytes = zipped(&[(CORE, core), (EXTENDED, app), ("word/fontTable.xml", fonts)]);
        assert_eq!(
            told(media::DOCX, &bytes),
            [
                (PropertyKind::Author, "Ana & Luis".to_owned()),
                (PropertyKind::LastAuthor, "eva".to_owned()),
                (PropertyKind::Modified, "2026-01-05T15:30:00Z".to_owned()),
                (PropertyKind::Company, "Estudio Ficticio".to_owned()),
                (PropertyKind::Program, "Microsoft Office Word 16.0000".to_owned()),
            ]
        );
        assert_eq!(of(media::DOCX, &bytes, 1 << 20).expect("read").fonts, ["Arial", "Garamond"]);
    }

    #[test]
    fn open_document_names_who_began_and_who_saved() {
        let meta = "<office:meta><meta:initial-creator>Ana</meta:initial-creator><dc:creator>Eva</dc:creator>\
            <dc:date>2026-01-05T10:30:00.123</dc:date></office:meta>";
        let bytes = zipped(&[(META, meta)]);
        assert_eq!(
            told(media::ODT, &bytes),
            [
                (PropertyKind::Author, "Ana".to_owned()),
                (PropertyKind::LastAuthor, "Eva".to_owned()),
                (PropertyKind::Modified, "2026-01-05T10:30:00.123".to_owned()),
            ]
        );
        assert!(of(media::TEXT, b"hola", 1 << 20).is_none());
    }

    fn set(properties: &[(u32, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = vec![0; 44];
        bytes.extend(48u32.to_le_bytes());
        let mut body: Vec<u8> = Vec::new();
        let mut table = Vec::new();
        let head = 8 + properties.len() * 8;
        for (number, value) in properties {
            table.extend(number.to_le_bytes());
            table.extend(u32::try_from(head + body.len()).expect("short").to_le_bytes());
            body.extend(value);
        }
        bytes.extend(0u32.to_le_bytes());
        bytes.extend(u32::try_from(properties.len()).expect("few").to_le_bytes());
        bytes.extend(table);
        bytes.extend(body);
        bytes
    }

    #[test]
    fn the_property_sets_of_old_office_are_read() {
        let text = |text: &[u8]| {
            let mut value = 0x1eu32.to_le_bytes().to_vec();
            value.extend(u32::try_from(text.len()).expect("short").to_le_bytes());
            value.extend(text);
            value
        };
        let mut moment = 0x40u32.to_le_bytes().to_vec();
        moment.extend(((1_767_627_000 + 11_644_473_600u64) * 10_000_000).to_le_bytes());
        let summary = set(&[(4, text(b"Jos\xe9 Ejemplo\0")), (13, moment)]);
        let bytes =
            crate::cfb::tests::compound(&[("/\u{5}SummaryInformation", &summary), ("/WordDocument", b"x")]);
        assert_eq!(
            told(media::DOC, &bytes),
            [
                (PropertyKind::Author, "José Ejemplo".to_owned()),
                (PropertyKind::Modified, "2026-01-05T15:30:00Z".to_owned()),
            ]
        );
    }

    #[test]
    fn attack_crafted_property_sets_and_parts_are_passed_over() {
        for length in [0, 10, 47, 48, 60] {
            let _ = of_set(&vec![0xff; length], 4);
        }
        let mut wild = set(&[(4, vec![0x1e, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])]);
        assert_eq!(of_set(&wild, 4), None, "longer than it is");
        wild[44..48].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(of_set(&wild, 4), None);
        let bytes = zipped(&[(CORE, "<dc:creator>Ana</dc:creator><dc:title>")]);
        assert_eq!(told(media::DOCX, &bytes), [(PropertyKind::Author, "Ana".to_owned())]);
    }
}

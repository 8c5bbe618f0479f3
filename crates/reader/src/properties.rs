//! What a PDF says of itself: the information dictionary, identifiers, the fonts it carries (ISO 32000-1, 14.3, 14.4 and 9.9).
//!
//! The dictionary comes from pdfium, which opens locked and damaged files too. Identifiers, the packet of XMP and fonts want a second
//! parser; where that does not understand the file they are left out, and nothing else suffers.

use cotejo_domain::{FileProperties, PropertyKind};
use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, LoadOptions, Object};
use pdfium_render::prelude::{PdfDocument, PdfDocumentMetadataTagType as Tag};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Largest file that the second parser looks into.
const LARGEST_FILE: usize = 64 << 20;
/// Bytes that a stream of objects or a packet of XMP may unpack to.
const MOST_UNPACKED: usize = 16 << 20;
/// Letters that an identifier has at least; shorter ones name nothing.
const SHORTEST_ID: usize = 8;

const INFO: &str = "/Info";
const XMP: &str = "/Metadata";

/// Reads what a file says of itself.
pub(crate) fn of(document: &PdfDocument<'_>, bytes: &[u8]) -> FileProperties {
    let mut said = FileProperties::default();
    for tag in document.metadata().iter() {
        let (kind, name) = match tag.tag_type() {
            Tag::Author => (PropertyKind::Author, "Author"),
            Tag::Creator => (PropertyKind::Program, "Creator"),
            Tag::Producer => (PropertyKind::Producer, "Producer"),
            Tag::CreationDate => (PropertyKind::Created, "CreationDate"),
            Tag::ModificationDate => (PropertyKind::Modified, "ModDate"),
            Tag::Title | Tag::Subject | Tag::Keywords => continue,
        };
        said.put(kind, tag.value(), INFO, name);
    }
    if bytes.len() <= LARGEST_FILE {
        // A crafted file that the second parser stumbles over says less of itself.
        let more = catch_unwind(AssertUnwindSafe(|| {
            let mut more = said.clone();
            parsed(bytes, &mut more).map(|()| more)
        }));
        if let Ok(Some(more)) = more {
            said = more;
        }
    }
    said
}

// Images are the bulk of a scanned file, and say nothing here.
fn without_images(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let image = object.as_stream().is_ok_and(|stream| {
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
    });
    (!image).then(|| (id, object.clone()))
}

fn parsed(bytes: &[u8], said: &mut FileProperties) -> Option<()> {
    let options = LoadOptions {
        filter: Some(without_images),
        max_decompressed_size: Some(MOST_UNPACKED),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    // The first part of the pair stays through all versions of a file.
    if let Ok(Object::Array(pair)) = document.trailer.get_deref(b"ID", &document)
        && let Some(Object::String(id, _)) = pair.first()
        && tells(id)
    {
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        said.put(PropertyKind::DocumentId, &id, "/Trailer", "ID");
    }
    if !document.is_encrypted()
        && let Some(packet) = packet(&document)
    {
        of_packet(&packet, said);
    }
    for object in document.objects.values() {
        if let Object::Dictionary(dictionary) = object
            && let Some(name) = carried_font(dictionary)
        {
            said.put_font(&name);
        }
    }
    Some(())
}

/// Tells whether an identifier names anything: not a row of one byte.
fn tells(id: &[u8]) -> bool {
    id.len() >= SHORTEST_ID && id.iter().any(|byte| Some(byte) != id.first())
}

fn carried_font(dictionary: &Dictionary) -> Option<String> {
    let carried = [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| dictionary.has(key));
    let name = dictionary.get(b"FontName").and_then(Object::as_name).ok().filter(|_| carried)?;
    Some(String::from_utf8_lossy(name).into_owned())
}

// Most programs leave the packet unpacked, as the standard recommends.
fn packet(document: &Document) -> Option<String> {
    let stream = document.catalog().ok()?.get_deref(b"Metadata", document).ok()?.as_stream().ok()?;
    let bytes = match stream.dict.get(b"Filter").and_then(Object::as_name) {
        Ok(b"FlateDecode") => {
            let mut unpacked = Vec::new();
            let limit = u64::try_from(MOST_UNPACKED).unwrap_or(u64::MAX);
            ZlibDecoder::new(stream.content.as_slice()).take(limit).read_to_end(&mut unpacked).ok()?;
            unpacked
        }
        Ok(_) => return None,
        Err(_) => stream.content.clone(),
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn of_packet(packet: &str, said: &mut FileProperties) {
    let ids = ["xmpMM:OriginalDocumentID", "xmpMM:DocumentID", "xmpMM:InstanceID"];
    for name in ids {
        if let Some(value) = stated(packet, name).filter(|value| value.len() >= SHORTEST_ID) {
            said.put(PropertyKind::DocumentId, value, XMP, name);
        }
    }
    // Where the dictionary is silent the packet speaks.
    let others = [
        (PropertyKind::Program, "xmp:CreatorTool"),
        (PropertyKind::Producer, "pdf:Producer"),
        (PropertyKind::Created, "xmp:CreateDate"),
        (PropertyKind::Modified, "xmp:ModifyDate"),
    ];
    for (kind, name) in others {
        if said.of(kind).next().is_none()
            && let Some(value) = stated(packet, name)
        {
            said.put(kind, &resolved(value), XMP, name);
        }
    }
    if said.of(PropertyKind::Author).next().is_none()
        && let Some(creators) = stated(packet, "dc:creator")
        && let Some((_, item)) = creators.split_once("<rdf:li")
        && let Some((_, rest)) = item.split_once('>')
        && let Some((author, _)) = rest.split_once('<')
    {
        said.put(PropertyKind::Author, &resolved(author), XMP, "dc:creator");
    }
}

// The value of a property, written as an attribute or as an element.
fn stated<'p>(packet: &'p str, name: &str) -> Option<&'p str> {
    if let Some((_, rest)) = packet.split_once(&format!("{name}=\"")) {
        return rest.split_once('"').map(|(value, _)| value.trim());
    }
    let (_, rest) = packet.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(value, _)| value.trim())
}

fn resolved(value: &str) -> String {
    let mut text = value.to_owned();
    for (reference, letter) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    {
        text = text.replace(reference, letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, StringFormat, dictionary};

    fn file(id: &[u8], packet: &str) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let metadata = document.add_object(Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            packet.as_bytes().to_vec(),
        ));
        let image = dictionary! { "Subtype" => "Image", "FontName" => "NoFont" };
        document.add_object(Stream::new(image, vec![0; 5_000]));
        let program = document.add_object(Stream::new(dictionary! {}, vec![1, 2, 3]));
        document.add_object(dictionary! { "Type" => "FontDescriptor", "FontName" => "ABCDEF+Garamond", "FontFile2" => program });
        document.add_object(dictionary! { "Type" => "FontDescriptor", "FontName" => "Arial" });
        let pages = document.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![], "Count" => 0 });
        let catalog = document
            .add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "Metadata" => metadata });
        document.trailer.set("Root", catalog);
        let id = Object::String(id.to_vec(), StringFormat::Hexadecimal);
        document.trailer.set("ID", vec![id.clone(), id]);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("saves");
        bytes
    }

    fn read(bytes: &[u8]) -> FileProperties {
        let mut said = FileProperties::default();
        parsed(bytes, &mut said).expect("a PDF");
        said
    }

    #[test]
    fn identifiers_packet_and_carried_fonts_are_read() {
        let packet = "<x:xmpmeta><rdf:Description xmpMM:DocumentID=\"uuid:1234-5678\" xmp:CreatorTool='x'>\
            <xmpMM:InstanceID>uuid:9999-0000</xmpMM:InstanceID><dc:creator><rdf:Seq><rdf:li>Ana &amp; Luis</rdf:li>\
            </rdf:Seq></dc:creator><xmp:ModifyDate>2026-01-05T10:30:00-05:00</xmp:ModifyDate></x:xmpmeta>";
        let said = read(&file(b"0123456789abcdef", packet));
        let values: Vec<(PropertyKind, &str)> =
            said.properties.iter().map(|property| (property.kind, property.value.as_str())).collect();
        assert_eq!(
            values,
            [
                (PropertyKind::DocumentId, "30313233343536373839616263646566"),
                (PropertyKind::DocumentId, "uuid:1234-5678"),
                (PropertyKind::DocumentId, "uuid:9999-0000"),
                (PropertyKind::Modified, "2026-01-05T10:30:00-05:00"),
                (PropertyKind::Author, "Ana & Luis"),
            ]
        );
        assert_eq!(said.properties[3].at.expect("a moment").to_string(), "2026-01-05T15:30:00Z");
        assert_eq!(said.fonts, ["Garamond"], "a font that is only named is none that it carries");
    }

    #[test]
    fn attack_an_identifier_of_zeros_names_no_document() {
        assert!(read(&file(&[0; 16], "")).properties.is_empty());
        assert!(read(&file(b"abc", "<xmpMM:DocumentID>x</xmpMM:DocumentID>")).properties.is_empty());
    }

    #[test]
    fn attack_a_packet_that_does_not_close_says_nothing() {
        let said = read(&file(&[0; 16], "<dc:creator><rdf:li Ana xmpMM:DocumentID=\"uuid"));
        assert!(said.properties.is_empty());
    }
}

//! An incremental update (ISO 32000-1 §7.5.6): new objects and a cross-reference section after the last byte of the file.

use crate::error::SigningError;
use crate::structure::{Structure, damaged};
use cotejo_signature_format::pdf::Dictionary;
use lopdf::{Object, StringFormat};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

/// Collects objects to append. Each value is kept as the bytes that will be written.
pub(crate) struct Update {
    objects: BTreeMap<u32, (u16, Vec<u8>)>,
    next: u32,
}

impl Update {
    pub(crate) fn new(structure: &Structure<'_>) -> Self {
        Self { objects: BTreeMap::new(), next: structure.first_free_number() }
    }

    /// Takes a new object number.
    pub(crate) fn reserve(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// Sets the value of an object, new or old.
    pub(crate) fn set(&mut self, id: (u32, u16), value: Vec<u8>) {
        self.objects.insert(id.0, (id.1, value));
    }

    /// Returns the dictionary of an object as it will be, or as it is in the file.
    pub(crate) fn dictionary(
        &self,
        structure: &Structure<'_>,
        id: (u32, u16),
    ) -> Result<(Vec<u8>, Dictionary), SigningError> {
        match self.objects.get(&id.0) {
            Some((_, raw)) => {
                let dictionary =
                    Dictionary::at(raw, 0).ok_or_else(|| damaged(&format!("object {}", id.0)))?;
                Ok((raw.clone(), dictionary))
            }
            None => structure.raw_dictionary(id),
        }
    }

    /// Appends the update to the file. Returns the whole file and where each object's value lies.
    pub(crate) fn append(self, structure: &Structure<'_>) -> (Vec<u8>, BTreeMap<u32, Range<usize>>) {
        let mut output = structure.bytes.to_vec();
        if !matches!(output.last(), Some(b'\n' | b'\r')) {
            output.push(b'\n');
        }
        let mut offsets: BTreeMap<u32, (usize, u16)> = BTreeMap::new();
        let mut extents = BTreeMap::new();
        for (number, (generation, value)) in &self.objects {
            offsets.insert(*number, (output.len(), *generation));
            output.extend_from_slice(format!("{number} {generation} obj\n").as_bytes());
            let start = output.len();
            output.extend_from_slice(value);
            extents.insert(*number, start..output.len());
            output.extend_from_slice(b"\nendobj\n");
        }
        let xref_start = output.len();
        if structure.uses_xref_stream() {
            let number = self.next;
            offsets.insert(number, (xref_start, 0));
            push_xref_stream(&mut output, number, &offsets, &trailer(structure, self.next + 1));
        } else {
            push_xref_table(&mut output, &offsets);
            let entries = trailer(structure, self.next);
            output.extend_from_slice(b"trailer\n<<");
            output.extend_from_slice(&entries);
            output.extend_from_slice(b">>\n");
        }
        output.extend_from_slice(format!("startxref\n{xref_start}\n%%EOF\n").as_bytes());
        (output, extents)
    }
}

/// Groups consecutive numbers: `(first, entries)`.
fn sections(offsets: &BTreeMap<u32, (usize, u16)>) -> Vec<(u32, Vec<(usize, u16)>)> {
    let mut sections: Vec<(u32, Vec<(usize, u16)>)> = Vec::new();
    for (number, entry) in offsets {
        match sections.last_mut() {
            Some((first, entries)) if *first as usize + entries.len() == *number as usize => {
                entries.push(*entry)
            }
            _ => sections.push((*number, vec![*entry])),
        }
    }
    sections
}

fn push_xref_table(output: &mut Vec<u8>, offsets: &BTreeMap<u32, (usize, u16)>) {
    output.extend_from_slice(b"xref\n");
    for (first, entries) in sections(offsets) {
        output.extend_from_slice(format!("{first} {}\n", entries.len()).as_bytes());
        for (offset, generation) in entries {
            output.extend_from_slice(format!("{offset:010} {generation:05} n\r\n").as_bytes());
        }
    }
}

fn push_xref_stream(
    output: &mut Vec<u8>,
    number: u32,
    offsets: &BTreeMap<u32, (usize, u16)>,
    trailer: &[u8],
) {
    let mut index = String::new();
    let mut content = Vec::new();
    for (first, entries) in sections(offsets) {
        index.push_str(&format!("{first} {} ", entries.len()));
        for (offset, generation) in entries {
            content.push(1);
            content.extend_from_slice(&(offset as u32).to_be_bytes());
            content.extend_from_slice(&generation.to_be_bytes());
        }
    }
    let length = content.len();
    output.extend_from_slice(
        format!("{number} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{}]/Length {length}", index.trim_end())
            .as_bytes(),
    );
    output.extend_from_slice(trailer);
    output.extend_from_slice(b">>\nstream\n");
    output.extend_from_slice(&content);
    output.extend_from_slice(b"\nendstream\nendobj\n");
}

/// Writes the entries of the new trailer: the old ones that carry on, and a new second identifier.
fn trailer(structure: &Structure<'_>, size: u32) -> Vec<u8> {
    let old = &structure.document.trailer;
    let reference = |key: &[u8]| old.get(key).and_then(Object::as_reference).ok();
    let mut output = format!("/Size {size}/Prev {}", structure.document.xref_start);
    for key in ["Root", "Info"] {
        if let Some((number, generation)) = reference(key.as_bytes()) {
            output.push_str(&format!("/{key} {number} {generation} R"));
        }
    }
    let first = match old.get(b"ID").and_then(|id| id.as_array().map(|pair| pair.first().cloned())) {
        Ok(Some(Object::String(first, StringFormat::Literal | StringFormat::Hexadecimal))) => first,
        _ => Sha256::digest(structure.bytes)[..16].to_vec(),
    };
    let mut second = Sha256::new();
    second.update(structure.bytes);
    second.update(size.to_be_bytes());
    let second = hex::encode(&second.finalize()[..16]);
    output.push_str(&format!("/ID[<{}><{second}>]", hex::encode(first)));
    output.into_bytes()
}

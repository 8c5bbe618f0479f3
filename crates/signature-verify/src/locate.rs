//! Where the signatures of a file are: by its structure, and by looking at the bytes, so that none goes unseen.

use crate::byte_range::{Breach, ByteRange};
use crate::document::{offset_of, page_of, signature_fields};
use cotejo_signature_format::pdf::{Dictionary, name, string};
use lopdf::{Document, ObjectId};
use std::collections::BTreeSet;

/// Most signatures that are looked at in one file.
const MAX_SIGNATURES: usize = 128;
/// How far before `/ByteRange` its dictionary may begin, in bytes.
const MAX_DISTANCE: usize = 1024 * 1024;

/// Points at a signature dictionary.
pub(crate) struct Located {
    pub(crate) dictionary: Dictionary,
    pub(crate) range: Result<ByteRange, Breach>,
    /// True when a field of the form leads to it.
    pub(crate) is_in_form: bool,
    /// Page of the visible widget.
    pub(crate) page: Option<u32>,
    pub(crate) object: Option<ObjectId>,
}

impl Located {
    /// Returns the value of an entry that is a name.
    pub(crate) fn name(&self, bytes: &[u8], key: &[u8]) -> Option<String> {
        let raw = &bytes[self.dictionary.get(key)?.clone()];
        Some(String::from_utf8_lossy(&name(raw.strip_prefix(b"/")?)).into_owned())
    }

    /// Returns the value of an entry that is a string.
    pub(crate) fn string(&self, bytes: &[u8], key: &[u8]) -> Option<Vec<u8>> {
        string(bytes, self.dictionary.get(key)?)
    }
}

/// Holds what was found.
pub(crate) struct Found {
    /// Signatures in the order of their revisions.
    pub(crate) signatures: Vec<Located>,
    /// Number of fields that wait for a signature.
    pub(crate) empty_fields: usize,
    /// Number of signed fields whose signature could not be found in the bytes.
    pub(crate) unreadable_fields: usize,
}

/// Looks for all signatures of a file.
pub(crate) fn locate(bytes: &[u8], document: Option<&Document>) -> Found {
    let mut found = Found { signatures: Vec::new(), empty_fields: 0, unreadable_fields: 0 };
    let mut seen = BTreeSet::new();
    for field in document.map(signature_fields).unwrap_or_default() {
        let Some(document) = document else { break };
        if !field.is_signed {
            found.empty_fields += 1;
            continue;
        }
        let dictionary = match field.value {
            Some(value) => offset_of(bytes, document, value).and_then(|offset| Dictionary::at(bytes, offset)),
            None => offset_of(bytes, document, field.id).and_then(|offset| {
                let owner = Dictionary::at(bytes, offset)?;
                Dictionary::at(bytes, owner.get(b"V")?.start)
            }),
        };
        let Some(dictionary) = dictionary else {
            found.unreadable_fields += 1;
            continue;
        };
        if seen.insert(dictionary.range.start) && found.signatures.len() < MAX_SIGNATURES {
            found.signatures.push(Located {
                range: ByteRange::read(bytes, &dictionary),
                dictionary,
                is_in_form: true,
                page: page_of(document, &field.widgets),
                object: field.value,
            });
        }
    }
    for dictionary in scan(bytes) {
        let range = ByteRange::read(bytes, &dictionary);
        // A signed file carried inside another one has ranges that do not fit here; without structure everything counts.
        let counts = document.is_none() || range.is_ok();
        if counts && seen.insert(dictionary.range.start) && found.signatures.len() < MAX_SIGNATURES {
            found.signatures.push(Located { range, dictionary, is_in_form: false, page: None, object: None });
        }
    }
    found.signatures.sort_by_key(|located| {
        (located.range.as_ref().map_or(usize::MAX, |range| range.end), located.dictionary.range.start)
    });
    found
}

/// Finds every dictionary with an entry `/ByteRange` of its own.
fn scan(bytes: &[u8]) -> Vec<Dictionary> {
    const KEY: &[u8] = b"/ByteRange";
    let mut found: Vec<Dictionary> = Vec::new();
    let mut position = 0;
    while let Some(offset) = bytes[position..].windows(KEY.len()).position(|window| window == KEY) {
        let key = position + offset;
        position = key + KEY.len();
        if found.len() >= MAX_SIGNATURES {
            break;
        }
        if found.last().is_some_and(|dictionary| dictionary.range.contains(&key)) {
            continue;
        }
        let from = key.saturating_sub(MAX_DISTANCE);
        let starts = bytes[from..key].windows(2).enumerate().rev().filter(|(_, window)| *window == b"<<");
        let owner = starts.take(64).find_map(|(start, _)| {
            let dictionary = Dictionary::at(bytes, from + start)?;
            dictionary.entries.iter().any(|entry| entry.start == key).then_some(dictionary)
        });
        found.extend(owner);
    }
    found
}

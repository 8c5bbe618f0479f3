//! The PDF as it lies in the file: lopdf tells where objects are, and their bytes are taken as written.
//!
//! lopdf prints numbers anew when it writes an object, which would change a page's `/MediaBox` in the eyes of a strict validator.
//! So an object that has to change is taken byte for byte, and only the entry that changes is replaced.

use crate::error::SigningError;
use cotejo_signature_format::pdf::{Dictionary, indirect_at, skip_space, value_end};
use lopdf::xref::{XrefEntry, XrefType};
use lopdf::{Document, LoadOptions, Object};

/// Largest decompressed stream that is accepted.
const MAX_STREAM: usize = 128 * 1024 * 1024;
/// Largest file that is signed.
const MAX_FILE: usize = 256 * 1024 * 1024;

/// Holds a PDF that can be appended to.
pub(crate) struct Structure<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) document: Document,
}

impl<'a> Structure<'a> {
    /// Opens a PDF; refuses what cannot be appended to safely.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, SigningError> {
        let start = bytes.get(..1024.min(bytes.len())).unwrap_or(bytes);
        let Some(header) = start.windows(5).position(|window| window == b"%PDF-") else {
            return Err(SigningError::NotPdf);
        };
        if header != 0 {
            return Err(damaged("bytes before the header"));
        }
        if bytes.len() > MAX_FILE {
            return Err(damaged("more than 256 MB"));
        }
        let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
        let document =
            Document::load_mem_with_options(bytes, options).map_err(|error| damaged(&error.to_string()))?;
        if document.was_encrypted() || document.is_encrypted() {
            return Err(SigningError::Encrypted);
        }
        if document.xref_recovery.is_some() || document.xref_start == 0 {
            return Err(damaged("cross-reference table"));
        }
        let structure = Self { bytes, document };
        structure.catalog()?;
        Ok(structure)
    }

    /// Tells whether new objects are listed in a cross-reference stream.
    pub(crate) fn uses_xref_stream(&self) -> bool {
        matches!(self.document.reference_table.cross_reference_type, XrefType::CrossReferenceStream)
    }

    /// Returns the first number that no object has.
    pub(crate) fn first_free_number(&self) -> u32 {
        let size = self.document.trailer.get(b"Size").and_then(Object::as_i64).unwrap_or(0);
        let highest = self.document.max_id.max(self.document.reference_table.max_id());
        u32::try_from(size).unwrap_or(0).max(highest.saturating_add(1))
    }

    /// Returns the identifier of the catalog.
    pub(crate) fn catalog(&self) -> Result<(u32, u16), SigningError> {
        self.document.trailer.get(b"Root").and_then(Object::as_reference).map_err(|_| damaged("no catalog"))
    }

    /// Returns the bytes of an object's value as they stand in the file or in its object stream.
    pub(crate) fn raw(&self, id: (u32, u16)) -> Result<Vec<u8>, SigningError> {
        let missing = || damaged(&format!("object {} {}", id.0, id.1));
        match self.document.reference_table.get(id.0).ok_or_else(missing)? {
            XrefEntry::Normal { offset, .. } => {
                let object = indirect_at(self.bytes, *offset as usize).filter(|object| object.id == id);
                Ok(self.bytes[object.ok_or_else(missing)?.value].to_vec())
            }
            XrefEntry::Compressed { container, .. } => {
                self.raw_in_stream(*container, id.0).ok_or_else(missing)
            }
            XrefEntry::Free | XrefEntry::UnusableFree => Err(missing()),
        }
    }

    /// Returns the bytes of a dictionary and the extents of its entries.
    pub(crate) fn raw_dictionary(&self, id: (u32, u16)) -> Result<(Vec<u8>, Dictionary), SigningError> {
        let raw = self.raw(id)?;
        let dictionary =
            Dictionary::at(&raw, 0).ok_or_else(|| damaged(&format!("object {} is no dictionary", id.0)))?;
        Ok((raw, dictionary))
    }

    fn raw_in_stream(&self, container: u32, number: u32) -> Option<Vec<u8>> {
        let stream = self.document.objects.get(&(container, 0))?.as_stream().ok()?;
        let content = stream.get_plain_content_with_limit(MAX_STREAM).ok()?;
        let first = usize::try_from(stream.dict.get(b"First").and_then(Object::as_i64).ok()?).ok()?;
        let index = std::str::from_utf8(content.get(..first)?).ok()?;
        let numbers: Vec<usize> =
            index.split_ascii_whitespace().map_while(|word| word.parse().ok()).collect();
        let pair = numbers.chunks_exact(2).find(|pair| pair[0] == number as usize)?;
        let start = skip_space(&content, first.checked_add(pair[1])?);
        let end = value_end(&content, start)?;
        Some(content[start..end].to_vec())
    }
}

pub(crate) fn damaged(detail: &str) -> SigningError {
    SigningError::Damaged { detail: detail.into() }
}

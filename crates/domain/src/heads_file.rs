//! A file of heads: trained weights that take the place of the compiled-in ones, signed by their publisher.
//!
//! Two lines of JSON, what is signed and the seal, and after them the weights one after the other. The first line names each head with its
//! manifest, length and SHA-256, so that the signature over it covers everything. Who signed is checked by who installs the file (`store`);
//! here only its form is.

use crate::FileHash;
use serde::{Deserialize, Serialize};

/// Names the file's form.
pub const HEADS_FORMAT: &str = "cotejo-cabezas";
/// Version of the form that this program reads.
pub const HEADS_VERSION: u32 = 1;
/// The encoder that the heads of this program read.
pub const HEADS_ENCODER: &str = "multilingual-e5-small";
/// Series number of the compiled-in heads: a file must have a higher one to be newer. Raised with each training that is published.
pub const BUILT_IN_SERIES: u32 = 1;
/// Name of the head that types pages.
pub const PAGE_TYPES_HEAD: &str = "page-types";
/// Name of the head that tags words.
pub const SPANS_HEAD: &str = "spans";
/// Bytes of the largest file that is looked at.
pub const LARGEST_HEADS_FILE: usize = 64 * 1024 * 1024;
/// What is signed cannot be taken for anything else that a key signs.
const CONTEXT: &[u8] = b"cotejo cabezas v1\0";

/// Describes one head of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadEntry {
    /// [`PAGE_TYPES_HEAD`] or [`SPANS_HEAD`]; one that the program does not know is refused.
    pub name: String,
    /// Its manifest, JSON as training wrote it.
    pub manifest: String,
    /// Bytes of its weights.
    pub size: u64,
    /// SHA-256 of its weights.
    pub sha256: FileHash,
}

/// Holds what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadsContents {
    /// [`HEADS_FORMAT`].
    pub format: String,
    /// [`HEADS_VERSION`].
    pub version: u32,
    /// Higher means newer.
    pub series: u32,
    /// The day it was made.
    pub made_on: jiff::civil::Date,
    /// The encoder whose vectors they read.
    pub encoder: String,
    /// The heads, in the order of their weights.
    pub heads: Vec<HeadEntry>,
}

/// Holds the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadsSeal {
    /// Ed25519 public key, hexadecimal.
    pub public_key: String,
    /// Ed25519 signature, hexadecimal.
    pub signature: String,
}

/// Holds a file of heads that has the right form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadsFile {
    /// What it says.
    pub contents: HeadsContents,
    /// Who says it.
    pub seal: HeadsSeal,
    line: Vec<u8>,
    weights: Vec<u8>,
}

/// Says why a file of heads is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadsError {
    /// It is none, or it was cut short or changed.
    #[error("the file is no file of heads, or was changed")]
    Damaged,
    /// Another form or version.
    #[error("the file is of another version")]
    Version,
    /// For another encoder, or with a head that this program does not know.
    #[error("the heads are for another encoder")]
    Encoder,
}

impl HeadsError {
    /// Returns the stable code, which is the key of its sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Damaged => "store.heads_damaged",
            Self::Version => "store.heads_version",
            Self::Encoder => "store.heads_encoder",
        }
    }
}

impl HeadsContents {
    /// Describes heads: their names, manifests and weights.
    #[must_use]
    pub fn new(series: u32, made_on: jiff::civil::Date, heads: &[(&str, &str, &[u8])]) -> Self {
        let entry = |(name, manifest, weights): &(&str, &str, &[u8])| HeadEntry {
            name: (*name).to_owned(),
            manifest: (*manifest).to_owned(),
            size: weights.len() as u64,
            sha256: FileHash::of(weights),
        };
        Self {
            format: HEADS_FORMAT.into(),
            version: HEADS_VERSION,
            series,
            made_on,
            encoder: HEADS_ENCODER.into(),
            heads: heads.iter().map(entry).collect(),
        }
    }

    /// Returns the first line of the file, and the bytes that are to be signed.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn to_sign(&self) -> Result<(String, Vec<u8>), serde_json::Error> {
        let line = serde_json::to_string(self)?;
        let signed = [CONTEXT, line.as_bytes()].concat();
        Ok((line, signed))
    }
}

impl HeadsFile {
    /// Reads a file and checks its form: version, encoder, names, and that the weights are those that the first line names.
    ///
    /// # Errors
    /// [`HeadsError`] for the first thing that does not fit.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeadsError> {
        if bytes.len() > LARGEST_HEADS_FILE {
            return Err(HeadsError::Damaged);
        }
        let mut parts = bytes.splitn(3, |byte| *byte == b'\n');
        let (Some(line), Some(seal), Some(weights)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(HeadsError::Damaged);
        };
        // The version is looked at first: another one may have other fields.
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let head: Head = serde_json::from_slice(line).map_err(|_| HeadsError::Damaged)?;
        if head.format != HEADS_FORMAT {
            return Err(HeadsError::Damaged);
        }
        if head.version != HEADS_VERSION {
            return Err(HeadsError::Version);
        }
        let contents: HeadsContents = serde_json::from_slice(line).map_err(|_| HeadsError::Damaged)?;
        let seal: HeadsSeal = serde_json::from_slice(seal).map_err(|_| HeadsError::Damaged)?;
        let file = Self { contents, seal, line: line.to_vec(), weights: weights.to_vec() };
        let entries = &file.contents.heads;
        let known = |entry: &HeadEntry| [PAGE_TYPES_HEAD, SPANS_HEAD].contains(&entry.name.as_str());
        if file.contents.encoder != HEADS_ENCODER || !entries.iter().all(known) {
            return Err(HeadsError::Encoder);
        }
        let twice = |entry: &HeadEntry| entries.iter().filter(|other| other.name == entry.name).count() > 1;
        let total = entries.iter().try_fold(0_u64, |sum, entry| sum.checked_add(entry.size));
        if entries.is_empty() || entries.iter().any(twice) || total != Some(file.weights.len() as u64) {
            return Err(HeadsError::Damaged);
        }
        let whole = |entry: &HeadEntry| {
            file.head(&entry.name).is_some_and(|(_, weights)| FileHash::of(weights) == entry.sha256)
        };
        if !entries.iter().all(whole) {
            return Err(HeadsError::Damaged);
        }
        Ok(file)
    }

    /// Returns the bytes that the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        [CONTEXT, self.line.as_slice()].concat()
    }

    /// Returns the manifest and the weights of a head, if the file has it.
    #[must_use]
    pub fn head(&self, name: &str) -> Option<(&str, &[u8])> {
        let mut start = 0_usize;
        for entry in &self.contents.heads {
            let end = start.checked_add(usize::try_from(entry.size).ok()?)?;
            if entry.name == name {
                return Some((&entry.manifest, self.weights.get(start..end)?));
            }
            start = end;
        }
        None
    }

    /// Returns the SHA-256 of the weights that type pages: by it the files of a case name the heads that recognised them.
    #[must_use]
    pub fn page_types(&self) -> Option<String> {
        let entry = self.contents.heads.iter().find(|entry| entry.name == PAGE_TYPES_HEAD)?;
        Some(entry.sha256.to_string())
    }

    /// Puts a file together.
    ///
    /// # Errors
    /// When the seal cannot be written as JSON.
    pub fn written(line: &str, seal: &HeadsSeal, weights: &[&[u8]]) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = format!("{line}\n{}\n", serde_json::to_string(seal)?).into_bytes();
        weights.iter().for_each(|weights| bytes.extend_from_slice(weights));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(change: impl FnOnce(&mut HeadsContents)) -> Vec<u8> {
        let heads: [(&str, &str, &[u8]); 2] =
            [(PAGE_TYPES_HEAD, "{\"a\":1}", b"uno\ndos"), (SPANS_HEAD, "{}", b"tres")];
        let mut contents = HeadsContents::new(7, jiff::civil::date(2026, 11, 22), &heads);
        change(&mut contents);
        let (line, _) = contents.to_sign().expect("writes");
        let seal = HeadsSeal { public_key: "00".into(), signature: "00".into() };
        HeadsFile::written(&line, &seal, &[b"uno\ndos", b"tres"]).expect("writes")
    }

    #[test]
    fn heads_are_had_by_their_names() {
        let read = HeadsFile::parse(&file(|_| {})).expect("reads");
        assert_eq!(read.head(PAGE_TYPES_HEAD), Some(("{\"a\":1}", b"uno\ndos".as_slice())));
        assert_eq!(read.head(SPANS_HEAD), Some(("{}", b"tres".as_slice())));
        assert_eq!(read.head("otra"), None);
        assert_eq!(read.page_types(), Some(FileHash::of(b"uno\ndos").to_string()));
    }

    #[test]
    fn attack_files_that_are_not_what_they_say_are_refused() {
        let refused = |bytes: &[u8]| HeadsFile::parse(bytes).expect_err("refused");
        let sound = file(|_| {});
        assert_eq!(refused(&sound[..sound.len() - 1]), HeadsError::Damaged, "cut short");
        assert_eq!(refused(&[sound.clone(), vec![0]].concat()), HeadsError::Damaged, "something behind it");
        let mut changed = sound.clone();
        *changed.last_mut().expect("a byte") ^= 1;
        assert_eq!(refused(&changed), HeadsError::Damaged);
        assert_eq!(refused(b""), HeadsError::Damaged);
        assert_eq!(refused(b"{}\n{}\n"), HeadsError::Damaged);
        assert_eq!(refused(&file(|contents| contents.version = 2)), HeadsError::Version);
        assert_eq!(refused(&file(|contents| contents.encoder = "otro".into())), HeadsError::Encoder);
        assert_eq!(refused(&file(|contents| contents.heads[1].name = "raro".into())), HeadsError::Encoder);
        assert_eq!(refused(&file(|contents| contents.heads[0].size = u64::MAX)), HeadsError::Damaged);
        assert_eq!(
            refused(&file(|contents| contents.heads[1].name = PAGE_TYPES_HEAD.into())),
            HeadsError::Damaged
        );
        assert_eq!(refused(&file(|contents| contents.heads.clear())), HeadsError::Damaged);
    }
}

//! A file of rules: one pack with its parents, signed by who publishes it.
//!
//! Two lines of JSON, what is signed and the seal, as a file of heads has them ([`crate::heads_file`]). The first line holds the packs
//! themselves, so that the signature over it covers every value. Whether a pack makes sense is for `rules`, who signed for `store`; here only
//! the form is.

use crate::heads_file::HeadsSeal;
use serde::{Deserialize, Serialize};

/// Names the file's form.
pub const RULES_FORMAT: &str = "cotejo-paquetes";
/// Version of the form that this program reads.
pub const RULES_VERSION: u32 = 1;
/// Bytes of the largest file that is looked at.
pub const LARGEST_RULES_FILE: usize = 8 * 1024 * 1024;
/// What is signed cannot be taken for anything else that a key signs.
const CONTEXT: &[u8] = b"cotejo reglas v1\0";

/// Holds what is signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesContents {
    /// [`RULES_FORMAT`].
    pub format: String,
    /// [`RULES_VERSION`].
    pub version: u32,
    /// The day it was signed.
    pub made_on: jiff::civil::Date,
    /// The pack first, then its parents, nearest first.
    pub packs: Vec<serde_json::Value>,
}

/// Holds a file of rules that has the right form.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesFile {
    /// What it says.
    pub contents: RulesContents,
    /// Who says it.
    pub seal: HeadsSeal,
    line: Vec<u8>,
}

/// Says why a file of rules is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// It is none, or it was cut short or changed.
    #[error("the file is no file of rules, or was changed")]
    Damaged,
    /// It holds packs, but nobody signed them.
    #[error("nobody signed the file")]
    Unsigned,
    /// Another form or version.
    #[error("the file is of another version")]
    Version,
}

impl RulesError {
    /// Returns the stable code, which is the key of its sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Damaged => "store.rules_damaged",
            Self::Unsigned => "store.rules_unsigned",
            Self::Version => "store.rules_version",
        }
    }
}

impl RulesContents {
    /// Describes packs that are to be signed: the pack first, then its parents.
    #[must_use]
    pub fn new(made_on: jiff::civil::Date, packs: Vec<serde_json::Value>) -> Self {
        Self { format: RULES_FORMAT.into(), version: RULES_VERSION, made_on, packs }
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

impl RulesFile {
    /// Reads a file and checks its form.
    ///
    /// # Errors
    /// [`RulesError`] for the first thing that does not fit.
    pub fn parse(bytes: &[u8]) -> Result<Self, RulesError> {
        if bytes.len() > LARGEST_RULES_FILE {
            return Err(RulesError::Damaged);
        }
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let line = lines.next().unwrap_or_default();
        // The version is looked at first: another one may have other fields.
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let head = serde_json::from_slice::<Head>(line).ok().filter(|head| head.format == RULES_FORMAT);
        let Some(head) = head else { return Err(Self::of_nobody(bytes)) };
        if head.version != RULES_VERSION {
            return Err(RulesError::Version);
        }
        let contents: RulesContents = serde_json::from_slice(line).map_err(|_| RulesError::Damaged)?;
        let seal = lines.next().filter(|seal| !seal.is_empty()).ok_or(RulesError::Unsigned)?;
        let seal: HeadsSeal = serde_json::from_slice(seal).map_err(|_| RulesError::Damaged)?;
        if lines.any(|rest| !rest.is_empty()) || contents.packs.is_empty() {
            return Err(RulesError::Damaged);
        }
        Ok(Self { contents, seal, line: line.to_vec() })
    }

    /// A draft is no damaged file: it only has to be signed.
    fn of_nobody(bytes: &[u8]) -> RulesError {
        #[derive(Deserialize)]
        struct Draft {
            #[serde(default)]
            format: String,
            #[serde(default)]
            packs: Option<serde::de::IgnoredAny>,
        }
        match serde_json::from_slice::<Draft>(bytes) {
            Ok(draft) if draft.packs.is_some() || draft.format == "cotejo-reglas" => RulesError::Unsigned,
            _ => RulesError::Damaged,
        }
    }

    /// Returns the bytes that the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        [CONTEXT, self.line.as_slice()].concat()
    }

    /// Puts a file together.
    ///
    /// # Errors
    /// When the seal cannot be written as JSON.
    pub fn written(line: &str, seal: &HeadsSeal) -> Result<Vec<u8>, serde_json::Error> {
        Ok(format!("{line}\n{}\n", serde_json::to_string(seal)?).into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(change: impl FnOnce(&mut RulesContents)) -> Vec<u8> {
        let mut contents = RulesContents::new(
            jiff::civil::date(2026, 11, 22),
            vec![serde_json::json!({ "id": "ec-2026-x" })],
        );
        change(&mut contents);
        let (line, _) = contents.to_sign().expect("writes");
        let seal = HeadsSeal { public_key: "00".into(), signature: "00".into() };
        RulesFile::written(&line, &seal).expect("writes")
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let read = RulesFile::parse(&file(|_| {})).expect("reads");
        assert_eq!(read.contents.packs[0]["id"], "ec-2026-x");
        let (_, signed) = read.contents.to_sign().expect("writes");
        assert_eq!(read.signed_bytes(), signed);
    }

    #[test]
    fn attack_files_that_are_not_what_they_say_are_refused() {
        let refused = |bytes: &[u8]| RulesFile::parse(bytes).expect_err("refused");
        let sound = file(|_| {});
        assert_eq!(refused(b""), RulesError::Damaged);
        assert_eq!(refused(&sound[..sound.len() - 4]), RulesError::Damaged, "the seal was cut");
        assert_eq!(
            refused(&[sound.clone(), b"{}".to_vec()].concat()),
            RulesError::Damaged,
            "something behind it"
        );
        let line = sound.split(|byte| *byte == b'\n').next().expect("a line");
        assert_eq!(refused(line), RulesError::Unsigned, "the seal was taken away");
        assert_eq!(refused(b"{\n \"packs\": []\n}"), RulesError::Unsigned, "a draft");
        assert_eq!(refused(b"{\n \"format\": \"cotejo-reglas\"\n}"), RulesError::Unsigned, "a pack");
        assert_eq!(refused(&file(|contents| contents.version = 2)), RulesError::Version);
        assert_eq!(refused(&file(|contents| contents.packs.clear())), RulesError::Damaged);
    }
}

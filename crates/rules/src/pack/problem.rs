//! What is wrong with a pack file, said so that its author can mend it.

use cotejo_catalogue::{message, remedy};
use serde::Serialize;

/// Says one thing that is wrong with a pack file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {file}{pointer}: expected {expected}, found {found}")]
pub struct Problem {
    /// Stable code, which is the key of its sentence.
    pub code: &'static str,
    /// Name of the file.
    pub file: String,
    /// Where in it: a JSON pointer (RFC 6901), or line and column of what is no JSON.
    pub pointer: String,
    /// What was expected there, in Spanish.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl Problem {
    pub(super) fn new(code: &'static str, file: &str, pointer: &str, expected: &str, found: &str) -> Self {
        let pointer = if pointer.is_empty() { "/" } else { pointer };
        Self {
            code,
            file: file.to_owned(),
            pointer: pointer.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }

    fn values(&self) -> [(&str, &str); 4] {
        [
            ("archivo", self.file.as_str()),
            ("lugar", self.pointer.as_str()),
            ("esperado", self.expected.as_str()),
            ("hallado", self.found.as_str()),
        ]
    }

    /// Returns the sentence: the file, the place, what was expected and what stands there.
    #[must_use]
    pub fn message(&self) -> String {
        message(self.code, &self.values())
    }

    /// Returns what to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        remedy(self.code, &self.values())
    }
}

/// Shows a JSON value in a sentence: short, and on one line.
pub(super) fn shown(value: &serde_json::Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

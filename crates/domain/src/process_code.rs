//! Codes of processes, in the variety that real papers show (RGL 59; manual §6).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Holds a process code in canonical form: upper case, without spaces around its hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProcessCode(String);

impl ProcessCode {
    /// Wraps a text that a context names as a process code, brought to canonical form.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut canonical = String::with_capacity(text.len());
        for character in text.trim().chars() {
            let character = match character {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                other => other,
            };
            if character.is_whitespace() {
                if !canonical.ends_with([' ', '-']) {
                    canonical.push(' ');
                }
            } else if character == '-' {
                canonical.truncate(canonical.trim_end().len());
                canonical.push('-');
            } else {
                canonical.extend(character.to_uppercase());
            }
        }
        Self(canonical)
    }

    /// Returns the code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the abbreviation before the first hyphen: `SIE`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for ProcessCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_and_dashes_of_typists_do_not_make_another_code() {
        let code = ProcessCode::new(" sie – GADMX -2024- 091 ");
        assert_eq!(code.as_str(), "SIE-GADMX-2024-091", "an en dash and blanks are a typist's habit");
        assert_eq!(code.prefix(), "SIE");
    }
}

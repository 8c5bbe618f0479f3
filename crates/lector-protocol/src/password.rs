//! Passwords of files, on their way inwards.

use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroize;

/// Holds a password that a person gave for a file. It is never shown and its memory is cleared.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Takes a password in.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Returns the password itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

impl Drop for Password {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let password = Password::new("clave-123".into());
        assert!(!format!("{password:?}").contains("clave"));
        assert_eq!(serde_json::to_string(&password).expect("serialises"), "\"clave-123\"");
    }
}

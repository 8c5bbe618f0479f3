//! What is asked and what came back, kept raw as evidence.

use cotejo_domain::FileHash;
use serde::{Deserialize, Serialize};

/// Describes a request. Only GET: this program asks, it does not write to anybody's service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The address, `https` only.
    pub url: String,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Request {
    /// Asks for an address.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self { url: url.into(), headers: Vec::new() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Holds one answer as it came.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The address that answered, after redirections.
    pub url: String,
    /// When the answer was complete, in UTC.
    pub at: jiff::Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Media type as the service says.
    pub content_type: Option<String>,
    /// SHA-256 of the body.
    pub sha256: FileHash,
    /// The body, unpacked if it travelled packed.
    #[serde(with = "hexadecimal")]
    pub body: Vec<u8>,
}

mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Exchange")
            .field("url", &self.url)
            .field("at", &self.at)
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Exchange {
    /// Returns the body as text; what is no UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Tells whether the answer is JSON by its first byte, whatever its type says: blocked callers get pages with status 200.
    #[must_use]
    pub fn looks_like_json(&self) -> bool {
        let first = self.body.iter().find(|byte| !byte.is_ascii_whitespace());
        first.is_some_and(|byte| matches!(byte, b'{' | b'[' | b'"' | b't' | b'f' | b'n' | b'0'..=b'9' | b'-'))
    }
}

//! What is kept of a page whose type a person corrected: numbers from which no text and no image can be had back, enough to tell a page like
//! it.

use crate::DocumentType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Length of the encoder's part of a signature.
pub const SIGNATURE_MEANING: usize = 384;
/// Length of the part of a signature that rests on letters.
pub const SIGNATURE_LETTERS: usize = 128;

/// Holds what a page is recognised by: the encoder's vector, and the least hashes of its runs of five letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSignature {
    /// The encoder's vector, one signed byte a number; `None` where there was no encoder.
    #[serde(with = "meaning", default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Vec<i8>>,
    /// The least hashes of runs of five letters, each under another order.
    #[serde(with = "letters")]
    pub letters: Vec<u16>,
}

impl PageSignature {
    /// Tells whether both parts have their length and say something: what comes from outside is looked at before it is used.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let meaning = self.meaning.as_ref().is_none_or(|numbers| {
            numbers.len() == SIGNATURE_MEANING && numbers.iter().any(|number| *number != 0)
        });
        let letters = self.letters.len() == SIGNATURE_LETTERS
            && self.letters.iter().any(|hash| Some(hash) != self.letters.first());
        meaning && letters
    }
}

/// Holds one page whose type a person corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageExample {
    /// Its identifier.
    pub id: uuid::Uuid,
    /// The type that the person named.
    pub kind: DocumentType,
    /// True for the first page of its document.
    pub begins: bool,
    /// The day of the correction.
    pub on: jiff::civil::Date,
    /// True when the person at this machine made it; else it came in a colleague's file.
    pub own: bool,
    /// What the page is recognised by.
    pub signature: PageSignature,
}

/// Says that a page was typed by an example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleUse {
    /// The page, from 1.
    pub page: u32,
    /// The example.
    pub example: uuid::Uuid,
    /// How alike both pages are, 0 to 1.
    pub likeness: f64,
}

mod meaning {
    use super::{Deserialize, Deserializer, Serialize, Serializer};
    use serde::de::Error as _;

    #[allow(clippy::ref_option, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(numbers: &Option<Vec<i8>>, to: S) -> Result<S::Ok, S::Error> {
        numbers
            .as_ref()
            .map(|numbers| {
                hex::encode(numbers.iter().map(|number| number.to_le_bytes()[0]).collect::<Vec<u8>>())
            })
            .serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<Vec<i8>>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
        let bytes = hex::decode(text).map_err(D::Error::custom)?;
        Ok(Some(bytes.into_iter().map(|byte| i8::from_le_bytes([byte])).collect()))
    }
}

mod letters {
    use super::{Deserialize, Deserializer, Serialize, Serializer};
    use serde::de::Error as _;

    pub(super) fn serialize<S: Serializer>(hashes: &[u16], to: S) -> Result<S::Ok, S::Error> {
        hex::encode(hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<u8>>()).serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<u16>, D::Error> {
        let bytes = hex::decode(String::deserialize(from)?).map_err(D::Error::custom)?;
        let pairs = bytes.chunks_exact(2);
        if !pairs.remainder().is_empty() {
            return Err(super::odd::<D>());
        }
        Ok(pairs.filter_map(|pair| pair.try_into().ok().map(u16::from_le_bytes)).collect())
    }
}

fn odd<'d, D: Deserializer<'d>>() -> D::Error {
    D::Error::custom("half a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_written_and_read_and_a_strange_one_is_not_sound() {
        let signature = PageSignature {
            meaning: Some((0..384).map(|number| i8::try_from(number % 255 - 127).unwrap()).collect()),
            letters: (0..128).map(|number| number * 511).collect(),
        };
        let text = serde_json::to_string(&signature).expect("writes");
        assert_eq!(serde_json::from_str::<PageSignature>(&text).expect("reads"), signature);
        assert!(signature.is_sound());
        let without = PageSignature { meaning: None, ..signature.clone() };
        let text = serde_json::to_string(&without).expect("writes");
        assert_eq!(serde_json::from_str::<PageSignature>(&text).expect("reads"), without);
        assert!(without.is_sound(), "without an encoder the letters answer");
        for broken in [
            PageSignature { meaning: Some(vec![0; 384]), ..signature.clone() },
            PageSignature { meaning: Some(vec![1; 12]), ..signature.clone() },
            PageSignature { letters: vec![7; 128], ..signature.clone() },
            PageSignature { letters: Vec::new(), ..signature },
        ] {
            assert!(!broken.is_sound());
        }
        for text in
            [r#"{"letters":"zz"}"#, r#"{"letters":"aabbcc"}"#, r#"{"meaning":[0.5,null],"letters":""}"#]
        {
            assert!(serde_json::from_str::<PageSignature>(text).is_err(), "{text}");
        }
    }
}

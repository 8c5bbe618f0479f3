//! Distinguished names: comparing them and showing them.

use crate::oids;
use crate::tlv::{Element, Malformed, Reader, SEQUENCE, SET, write};
use const_oid::ObjectIdentifier;

/// Holds the attributes of a name, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Name {
    attributes: Vec<(ObjectIdentifier, String)>,
    /// Of each relative name, in order.
    comparable: Vec<Vec<u8>>,
}

impl Name {
    /// Reads a `Name`.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(encoding: &[u8]) -> Result<Self, Malformed> {
        let mut name = Self::default();
        for set in Reader::new(encoding).expect(SEQUENCE)?.inside().all()? {
            if set.tag != SET {
                return Err(Malformed);
            }
            let mut comparable = Vec::new();
            for attribute in set.inside().all()? {
                let mut parts = attribute.inside();
                let kind = parts.next()?;
                let value = parts.next()?;
                comparable.extend_from_slice(kind.raw);
                match text(&value) {
                    Some(text) => {
                        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                        comparable.push(b'=');
                        comparable.extend_from_slice(folded.as_bytes());
                        name.attributes.push((kind.oid()?, text));
                    }
                    None => {
                        comparable.push(b'#');
                        comparable.extend_from_slice(value.raw);
                    }
                }
                comparable.push(b'+');
            }
            name.comparable.push(comparable);
        }
        Ok(name)
    }

    /// Tells whether two names are the same, without regard to case and runs of spaces (RFC 5280 §7.1, simplified).
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.comparable == other.comparable
    }

    /// Tells whether this name begins with all of `base`: lies within its subtree (RFC 5280 §4.2.1.10).
    #[must_use]
    pub fn is_within(&self, base: &Self) -> bool {
        self.comparable.starts_with(&base.comparable)
    }

    /// Tells whether it names nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.comparable.is_empty()
    }

    /// Returns this name with one more relative name at its end (RFC 5280 §4.2.1.13); `None` when that is none.
    #[must_use]
    pub fn with_relative(&self, relative: &[u8]) -> Option<Self> {
        let added = Self::read(&write(SEQUENCE, &write(SET, relative))).ok()?;
        let mut whole = self.clone();
        whole.attributes.extend(added.attributes);
        whole.comparable.extend(added.comparable);
        Some(whole)
    }

    /// Returns all values of an attribute.
    pub fn all(&self, kind: ObjectIdentifier) -> impl Iterator<Item = &str> {
        self.attributes
            .iter()
            .filter(move |(candidate, _)| *candidate == kind)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the last value of an attribute: the most specific one.
    #[must_use]
    pub fn get(&self, kind: ObjectIdentifier) -> Option<&str> {
        self.attributes
            .iter()
            .rev()
            .find(|(candidate, _)| *candidate == kind)
            .map(|(_, value)| value.as_str())
    }

    /// Returns what to call its owner: common name, else organisation, else the first attribute.
    #[must_use]
    pub fn display(&self) -> String {
        self.get(oids::COMMON_NAME)
            .or_else(|| self.get(oids::ORGANIZATION))
            .or_else(|| self.attributes.first().map(|(_, value)| value.as_str()))
            .unwrap_or_default()
            .trim()
            .to_owned()
    }
}

/// Decodes any of the string types of ASN.1; `None` when the element is no string.
#[must_use]
pub fn text(element: &Element<'_>) -> Option<String> {
    let bytes = element.content;
    match element.tag {
        // UTF8String, NumericString, PrintableString, IA5String, VisibleString: some authorities put Latin-1 into them.
        0x0C | 0x12 | 0x13 | 0x16 | 0x1A => Some(match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => latin_1(bytes),
        }),
        0x14 => Some(latin_1(bytes)),
        0x1E => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            Some(String::from_utf16_lossy(&units))
        }
        0x1C => Some(
            bytes
                .chunks_exact(4)
                .map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]))
                .map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        ),
        _ => None,
    }
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::{constructed, oid};

    fn name(tag: u8, value: &[u8]) -> Name {
        let attribute = constructed(SEQUENCE, &[&oid(oids::COMMON_NAME), &write(tag, value)]);
        Name::read(&write(SEQUENCE, &write(SET, &attribute))).expect("well formed")
    }

    #[test]
    fn the_same_name_in_two_encodings_matches() {
        let printable = name(0x13, b"AC  Ejemplo");
        let utf8 = name(0x0C, "ac ejemplo".as_bytes());
        let other = name(0x0C, "ac ejemplo 2".as_bytes());
        assert!(printable.matches(&utf8));
        assert!(!printable.matches(&other));
        assert_eq!(printable.display(), "AC  Ejemplo");
    }

    #[test]
    fn latin_1_in_a_printable_string_is_read() {
        assert_eq!(name(0x13, b"Mu\xF1oz").display(), "Muñoz");
    }
}

//! `GeneralName` and what is built of it: alternative names, subtrees, points of distribution (RFC 5280 §4.2.1).

use crate::name::Name;
use crate::tlv::{BIT_STRING, Element, Malformed, Reader, SEQUENCE, context};

/// A name in one of the forms that certificates know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeneralName {
    /// A mailbox.
    Mail(String),
    /// A host.
    Dns(String),
    /// A distinguished name.
    Directory(Name),
    /// An address of the web or of a directory.
    Uri(String),
    /// Bytes of an IP address, in a subtree followed by those of its mask.
    Address(Vec<u8>),
    /// A form that is not read, by its tag.
    Other(u8),
}

impl GeneralName {
    /// Reads one.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(element: &Element<'_>) -> Result<Self, Malformed> {
        let text = || String::from_utf8(element.content.to_vec()).or(Err(Malformed));
        Ok(match element.tag {
            0x81 => Self::Mail(text()?),
            0x82 => Self::Dns(text()?),
            0xA4 => Self::Directory(Name::read(element.content)?),
            0x86 => Self::Uri(text()?),
            0x87 => Self::Address(element.content.to_vec()),
            other => Self::Other(other),
        })
    }

    /// Reads those that stand one after the other.
    ///
    /// # Errors
    /// When one is none.
    pub fn list(names: Reader<'_>) -> Result<Vec<Self>, Malformed> {
        names.all()?.iter().map(Self::read).collect()
    }
}

/// Says where a list of revoked certificates is kept, and what of it is there.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DistributionPoint {
    /// Its names; empty where it has none.
    pub names: Vec<GeneralName>,
    /// The end of its name, to be put behind the name of the list's issuer; encoded.
    pub relative: Option<Vec<u8>>,
    /// Reasons it covers as the bits of `ReasonFlags`, the first bit the highest; `None` for all.
    pub reasons: Option<u16>,
    /// Who issues the list, where that is not the issuer of the certificate.
    pub issuer: Vec<GeneralName>,
}

impl DistributionPoint {
    /// Reads the points of an extension.
    ///
    /// # Errors
    /// When they are none.
    pub fn list(extension: &[u8]) -> Result<Vec<Self>, Malformed> {
        let points = Reader::new(extension).expect(SEQUENCE)?.inside().all()?;
        points.iter().map(|point| Self::read(point.inside())).collect()
    }

    fn read(mut fields: Reader<'_>) -> Result<Self, Malformed> {
        let mut point = Self::default();
        while !fields.is_empty() {
            let field = fields.next()?;
            match field.tag {
                0xA0 => point.name(&field)?,
                0x81 => point.reasons = Some(reasons(&field)?),
                0xA2 => point.issuer = GeneralName::list(field.inside())?,
                _ => return Err(Malformed),
            }
        }
        Ok(point)
    }

    /// Reads `DistributionPointName`, which stands inside `field`.
    ///
    /// # Errors
    /// When it is none.
    pub fn name(&mut self, field: &Element<'_>) -> Result<(), Malformed> {
        let name = field.inside().next()?;
        match name.tag {
            0xA0 => self.names = GeneralName::list(name.inside())?,
            0xA1 => self.relative = Some(name.content.to_vec()),
            _ => return Err(Malformed),
        }
        Ok(())
    }

    /// Returns the full names: those it has, or the one that `issuer` and its relative name make.
    #[must_use]
    pub fn full_names(&self, issuer: &Name) -> Vec<GeneralName> {
        match &self.relative {
            Some(relative) => {
                issuer.with_relative(relative).map(GeneralName::Directory).into_iter().collect()
            }
            None => self.names.clone(),
        }
    }
}

/// Reads `ReasonFlags`, whose tag is implicit.
///
/// # Errors
/// When it is none.
pub fn reasons(element: &Element<'_>) -> Result<u16, Malformed> {
    let bits = Element { tag: BIT_STRING, ..*element }.bits()?;
    let byte = |index: usize| u16::from(bits.get(index).copied().unwrap_or_default());
    Ok(byte(0) << 8 | byte(1))
}

/// First byte of the tag of a subtree's list: permitted.
pub const PERMITTED: u8 = context(0);
/// First byte of the tag of a subtree's list: excluded.
pub const EXCLUDED: u8 = context(1);

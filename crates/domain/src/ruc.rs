//! Numbers of taxpayers and persons, with their check digits (manual §6).
//!
//! A check digit that does not agree is a warning, never a rejection: the SRI issues numbers that do not satisfy it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Tells whether a number's check digit agrees with its other digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckDigit {
    /// It agrees.
    Agrees,
    /// It does not: verify with the registry.
    Disagrees,
}

/// Tells why a text cannot be such a number at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Wrong number of digits, or something that is no digit.
    #[error("{expected} digits expected")]
    Shape {
        /// Digits that the number has.
        expected: usize,
    },
    /// The first two digits name no province (01 to 24, or 30 for abroad).
    #[error("the first two digits name no province")]
    Province,
    /// The third digit belongs to no kind of number.
    #[error("the third digit belongs to no kind of number")]
    ThirdDigit,
    /// The establishment number at the end is zero.
    #[error("the establishment number is zero")]
    Establishment,
}

fn digits<const N: usize>(text: &str) -> Result<[u8; N], IdentifierError> {
    let shape = IdentifierError::Shape { expected: N };
    let mut digits = [0; N];
    if text.len() != N {
        return Err(shape);
    }
    for (digit, byte) in digits.iter_mut().zip(text.bytes()) {
        *digit = byte.checked_sub(b'0').filter(|value| *value <= 9).ok_or(shape)?;
    }
    Ok(digits)
}

fn province_is_known(digits: &[u8]) -> bool {
    let province = digits[0] * 10 + digits[1];
    (1..=24).contains(&province) || province == 30
}

fn modulus_ten_agrees(digits: &[u8]) -> bool {
    let sum: u32 = digits[..9]
        .iter()
        .enumerate()
        .map(|(index, digit)| {
            let product = u32::from(*digit) * if index % 2 == 0 { 2 } else { 1 };
            if product > 9 { product - 9 } else { product }
        })
        .sum();
    (10 - sum % 10) % 10 == u32::from(digits[9])
}

fn modulus_eleven_agrees(digits: &[u8], weights: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        other => other, // 10 is no digit: such a number never agrees
    };
    check == u32::from(digits[weights.len()])
}

/// Holds a person's number: 10 digits, of a known province, third digit 0 to 6.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cedula(String);

impl Cedula {
    /// Reads a cédula.
    ///
    /// # Errors
    /// Tells why the text cannot be one; a check digit that disagrees is not among the reasons.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let digits = digits::<10>(text)?;
        if !province_is_known(&digits) {
            return Err(IdentifierError::Province);
        }
        if digits[2] > 6 {
            return Err(IdentifierError::ThirdDigit);
        }
        Ok(Self(text.into()))
    }

    /// Computes the check digit (modulus 10).
    #[must_use]
    pub fn check_digit(&self) -> CheckDigit {
        match digits::<10>(&self.0) {
            Ok(digits) if modulus_ten_agrees(&digits) => CheckDigit::Agrees,
            _ => CheckDigit::Disagrees,
        }
    }

    /// Returns the ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number as publication copies show it: only the last three digits.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("*******{}", &self.0[7..])
    }
}

/// Tells what kind of taxpayer a number belongs to, by its third digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RucKind {
    /// A natural person: the cédula plus the establishment.
    Natural,
    /// A private company, or a foreigner without cédula.
    Private,
    /// A public body.
    Public,
}

/// Holds a taxpayer's number: 13 digits ending in an establishment.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ruc(String);

impl Ruc {
    /// Reads a RUC.
    ///
    /// # Errors
    /// Tells why the text cannot be one; a check digit that disagrees is not among the reasons.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let digits = digits::<13>(text)?;
        if !province_is_known(&digits) {
            return Err(IdentifierError::Province);
        }
        if !matches!(digits[2], 0..=6 | 9) {
            return Err(IdentifierError::ThirdDigit);
        }
        if digits[10..] == [0, 0, 0] {
            return Err(IdentifierError::Establishment);
        }
        Ok(Self(text.into()))
    }

    /// Tells the kind of taxpayer. A third digit of 6 is public when modulus 11 agrees or modulus 10 does not.
    #[must_use]
    pub fn kind(&self) -> RucKind {
        match digits::<13>(&self.0) {
            Ok(digits) if digits[2] == 9 => RucKind::Private,
            Ok(digits) if digits[2] == 6 => {
                if public_agrees(&digits) || !modulus_ten_agrees(&digits) {
                    RucKind::Public
                } else {
                    RucKind::Natural
                }
            }
            _ => RucKind::Natural,
        }
    }

    /// Computes the check digit by the rule of the number's kind.
    #[must_use]
    pub fn check_digit(&self) -> CheckDigit {
        let agrees = digits::<13>(&self.0).is_ok_and(|digits| match self.kind() {
            RucKind::Natural => modulus_ten_agrees(&digits),
            RucKind::Private => modulus_eleven_agrees(&digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2]),
            RucKind::Public => public_agrees(&digits),
        });
        if agrees { CheckDigit::Agrees } else { CheckDigit::Disagrees }
    }

    /// Returns the thirteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn public_agrees(digits: &[u8; 13]) -> bool {
    modulus_eleven_agrees(digits, &[3, 2, 7, 6, 5, 4, 3, 2])
}

macro_rules! text_form {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdentifierError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

text_form!(Cedula);
text_form!(Ruc);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_follow_the_three_rules() {
        let agreeing = ["1710034065001", "1790011674001", "1760001550001"];
        let kinds = [RucKind::Natural, RucKind::Private, RucKind::Public];
        for (text, kind) in agreeing.into_iter().zip(kinds) {
            let ruc = Ruc::parse(text).expect("well formed");
            assert_eq!(ruc.kind(), kind, "the third digit of {text} tells the kind");
            assert_eq!(ruc.check_digit(), CheckDigit::Agrees, "{text} satisfies the rule of its kind");
        }
        let wrong = Ruc::parse("1790011675001").expect("well formed");
        assert_eq!(wrong.check_digit(), CheckDigit::Disagrees, "one digit off");
    }

    #[test]
    fn what_cannot_be_a_number_says_why() {
        assert_eq!(Ruc::parse("179001167400"), Err(IdentifierError::Shape { expected: 13 }));
        assert_eq!(Ruc::parse("9990011674001"), Err(IdentifierError::Province));
        assert_eq!(Ruc::parse("1770011674001"), Err(IdentifierError::ThirdDigit));
        assert_eq!(Ruc::parse("1790011674000"), Err(IdentifierError::Establishment));
        assert_eq!(
            Cedula::parse("17100340６5"),
            Err(IdentifierError::Shape { expected: 10 }),
            "a full-width digit"
        );
    }

    #[test]
    fn a_cedula_is_masked_for_publication() {
        let cedula = Cedula::parse("1710034065").expect("well formed");
        assert_eq!(cedula.check_digit(), CheckDigit::Agrees);
        assert_eq!(cedula.masked(), "*******065", "seven digits are hidden");
    }
}

//! Money and percentages: decimals, never floats, in files as in memory.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Holds an amount in United States dollars, without IVA unless a field says otherwise. Serialised as a string with a dot (`"12650.20"`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(#[serde(with = "rust_decimal::serde::str")] pub Decimal);

impl Money {
    /// Zero dollars.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Rounds half up to cents: the practice where no norm fixes a rounding (manual §4.9).
    #[must_use]
    pub fn rounded(self) -> Self {
        Self(self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Writes the amount as people in Ecuador read it: `1.284.650,32`. At least two decimals, more if the amount has them.
    #[must_use]
    pub fn spanish(self) -> String {
        group_spanish(self.0, 2)
    }
}

/// Writes `number` with dots between thousands and a decimal comma, with at least `decimals` decimals.
pub(crate) fn group_spanish(number: Decimal, decimals: u32) -> String {
    let normal = number.normalize();
    let scale = normal.scale().max(decimals);
    let text = format!("{:.*}", scale as usize, normal.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{fraction}") }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Holds a percentage: `51` means 51 %. Serialised as a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(#[serde(with = "rust_decimal::serde::str")] pub Decimal);

impl Percent {
    /// Writes the percentage as people read it: `4,54 %`.
    #[must_use]
    pub fn spanish(self) -> String {
        format!("{} %", group_spanish(self.0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn money(text: &str) -> Money {
        Money(Decimal::from_str(text).expect("a decimal"))
    }

    #[test]
    fn amounts_read_as_in_ecuador() {
        assert_eq!(money("1284650.32").spanish(), "1.284.650,32", "dots group, the comma is decimal");
        assert_eq!(money("12650.2").spanish(), "12.650,20", "cents are always two");
        assert_eq!(money("300252.63001").spanish(), "300.252,63001", "the Portal's five decimals are kept");
        assert_eq!(money("-5").spanish(), "-5,00", "the sign stays in front");
        assert_eq!(money("0").spanish(), "0,00", "zero has no sign");
    }

    #[test]
    fn half_a_cent_rounds_up() {
        assert_eq!(
            money("31.6255").rounded(),
            money("31.63"),
            "the training example of SERCOP rounds half up"
        );
        assert_eq!(money("0.005").rounded(), money("0.01"), "half goes away from zero");
    }

    #[test]
    fn money_is_a_string_in_files() {
        let text = serde_json::to_string(&money("12650.20")).expect("serialises");
        assert_eq!(text, "\"12650.20\"", "a float would lose cents");
    }
}

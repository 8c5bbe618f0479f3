//! Exact numbers of declared checks: decimals as they were read, fractions once something was computed.

use crate::scoring::Exact;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A number, exact either way. Most are compared as they were read, which a decimal does without a fraction.
#[derive(Clone, Debug)]
pub(crate) enum Quantity {
    /// As it was read.
    Plain(Decimal),
    /// Computed.
    Fraction(Exact),
}

impl Quantity {
    /// Returns it as a fraction.
    pub(crate) fn exact(&self) -> Exact {
        match self {
            Self::Plain(decimal) => Exact::of(*decimal),
            Self::Fraction(exact) => exact.clone(),
        }
    }

    /// Returns the decimal that is equal to it, where there is one.
    pub(crate) fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Plain(decimal) => Some(decimal.normalize()),
            Self::Fraction(exact) => exact.as_decimal(),
        }
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Plain(one), Self::Plain(other)) => one.cmp(other),
            _ => self.exact().cmp(&other.exact()),
        }
    }
}

//! Exact fractions: what a score is until it is printed.
//!
//! `50 × 100 / 110` has no decimal that is equal to it, and two bids are tied only when their fractions are. So points are kept as a quotient
//! of whole numbers of any length (`num-rational`), added and compared as such, and rounded half up once, where they are shown.

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::fmt;

/// Most decimals that are printed of a fraction that has no end.
const SHOWN: u32 = 10;

/// Holds a fraction exactly. Serialised as `numerator/denominator` in lowest terms: `500/11`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl Exact {
    /// Returns zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::from_integer(BigInt::ZERO))
    }

    /// Returns the decimal as a fraction; nothing is lost.
    #[must_use]
    pub fn of(decimal: Decimal) -> Self {
        let denominator = BigInt::from(10_u8).pow(decimal.scale());
        Self(BigRational::new(BigInt::from(decimal.mantissa()), denominator))
    }

    /// Returns a hundredth of a percentage: `85` is `85/100`.
    #[must_use]
    pub fn of_percent(percent: Decimal) -> Self {
        Self(Self::of(percent).0 / BigInt::from(100_u8))
    }

    /// Returns the sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    /// Returns the difference, negative where `other` is the greater.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Returns the product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// Returns the quotient, or `None` over zero.
    #[must_use]
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// Tells whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self.0.numer() == BigInt::ZERO
    }

    /// Tells whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        *self.0.numer() < BigInt::ZERO
    }

    /// Rounds half up, away from zero, to `decimals`. `None` when the number does not fit a decimal of 28 digits.
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> Option<Decimal> {
        let power = BigRational::from_integer(BigInt::from(10_u8).pow(decimals));
        let whole = (&self.0 * power).round().to_integer();
        Decimal::try_from_i128_with_scale(i128::try_from(whole).ok()?, decimals).ok()
    }

    /// Returns the decimal that is equal to it, where there is one of at most ten decimals.
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        let decimal = self.rounded(SHOWN)?;
        (Self::of(decimal) == *self).then(|| decimal.normalize())
    }

    /// Writes the number as people read it. One without an end is cut after ten decimals, marked `…`, and followed by its fraction:
    /// `45,4545454545… (500/11)`.
    #[must_use]
    pub fn spanish(&self) -> String {
        if let Some(decimal) = self.as_decimal() {
            return decimal_spanish(decimal);
        }
        let power = BigRational::from_integer(BigInt::from(10_u8).pow(SHOWN));
        let cut = i128::try_from((&self.0 * power).trunc().to_integer()).ok();
        match cut.and_then(|cut| Decimal::try_from_i128_with_scale(cut, SHOWN).ok()) {
            Some(cut) => {
                let text = format!("{cut:.10}").replace('.', ",");
                // A denominator of a whole line proves nothing to a reader.
                let fraction = self.to_string();
                if fraction.len() <= 40 { format!("{text}… ({fraction})") } else { format!("{text}…") }
            }
            None => self.to_string(),
        }
    }
}

/// Writes a decimal as people in Ecuador read it, with the decimals it has: `1.250,5`.
pub(crate) fn decimal_spanish(decimal: Decimal) -> String {
    let text = cotejo_domain::Percent(decimal).spanish();
    text.trim_end_matches('%').trim_end().to_owned()
}

impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.0.numer(), self.0.denom())
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::of(text.parse().expect("a decimal"))
    }

    #[test]
    fn thirds_add_up_to_one_and_not_to_almost_one() {
        let third = exact("1").over(&exact("3")).expect("three is not zero");
        assert_eq!(third.plus(&third).plus(&third), exact("1"), "decimals would give 0.999…");
        assert_eq!(exact("1").over(&Exact::zero()), None, "nothing is divided by zero");
    }

    #[test]
    fn half_goes_up_and_only_at_the_edge() {
        assert_eq!(exact("31.6255").rounded(2), "31.63".parse().ok(), "the training example");
        assert_eq!(exact("0.005").rounded(2), "0.01".parse().ok(), "half a cent");
        assert_eq!(exact("-0.005").rounded(2), "-0.01".parse().ok(), "away from zero");
        let just_below = exact("0.005").minus(&exact("0.0000000000000000000000000001"));
        assert_eq!(just_below.rounded(2), "0.00".parse().ok(), "a hair below half goes down");
    }

    #[test]
    fn a_number_without_an_end_says_so() {
        let points = exact("5000").over(&exact("110")).expect("not zero");
        assert_eq!(points.spanish(), "45,4545454545… (500/11)", "ten decimals and the fraction");
        assert_eq!(exact("12650.20").spanish(), "12.650,2", "one with an end is whole");
        assert_eq!(serde_json::to_string(&points).expect("serialises"), "\"500/11\"");
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_numbers(a in -9_999_999_i64..9_999_999, b in -9_999_999_i64..9_999_999, scale in 0_u32..9) {
            let (one, other) = (Decimal::new(a, scale), Decimal::new(b, scale));
            prop_assert_eq!(Exact::of(one).cmp(&Exact::of(other)), one.cmp(&other));
            prop_assert_eq!(Exact::of(one).plus(&Exact::of(other)), Exact::of(one + other));
        }

        #[test]
        fn what_has_an_end_is_rounded_as_a_decimal_is(units in -999_999_999_i64..999_999_999, scale in 0_u32..8, decimals in 0_u32..6) {
            let decimal = Decimal::new(units, scale);
            prop_assert_eq!(Exact::of(decimal).rounded(decimals), Some(crate::amount::half_up(decimal, decimals)));
        }
    }
}

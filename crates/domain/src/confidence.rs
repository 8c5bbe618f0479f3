//! How sure the machine is, as a number that never leaves the range 0 to 1.

use serde::{Deserialize, Serialize};

/// Holds a calibrated confidence between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(f64);

impl Confidence {
    /// Complete certainty; kept for values that were typed by a person or read from structured data.
    pub const CERTAIN: Self = Self(1.0);
    /// No idea at all.
    pub const NONE: Self = Self(0.0);

    /// Clamps `value` to 0..=1 and rounds to three decimals, so that stored results are identical on every machine. `NaN` becomes 0.
    #[must_use]
    pub fn new(value: f64) -> Self {
        if value.is_nan() {
            return Self::NONE;
        }
        Self((value.clamp(0.0, 1.0) * 1000.0).round() / 1000.0)
    }

    /// Returns the number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// Returns the lower of two confidences: a chain is as sure as its weakest link.
    #[must_use]
    pub fn weakest(self, other: Self) -> Self {
        if other.0 < self.0 { other } else { self }
    }
}

//! Where a code or a stamp says something else than the print beside it.

use crate::Quad;
use serde::{Deserialize, Serialize};

/// Holds one contradiction between a code or a stamp and what stands beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrintDifference {
    /// Code of its finding.
    pub code: String,
    /// What the code or the stamp says.
    pub said: String,
    /// What the print, the fact or the signature says; empty where there is nothing.
    pub beside: String,
    /// The page, from 1.
    pub page: u32,
    /// Where both stand, the code or stamp first.
    pub quads: Vec<Quad>,
}

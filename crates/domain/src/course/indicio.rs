//! An indicio put aside by a person, who says why.

use crate::ActorId;
use serde::{Deserialize, Serialize};

/// Says why an indicio is put aside. It stays listed, with the reason beside it; it never was part of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicioDismissal {
    /// Names the indicio: its code and what it rests on, the same as long as the papers are.
    pub indicio: String,
    /// The reason; empty once the indicio was taken up again.
    pub reason: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

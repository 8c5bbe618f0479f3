//! Two kinds of days that must never mix: working days and calendar days.

use serde::{Deserialize, Serialize};

/// Counts working days (COA art. 158 and 159): the *término*. Weekends and holidays do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Termino(pub u32);

/// Counts calendar days: the *plazo*, as in the term of execution or the validity of a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plazo(pub u32);

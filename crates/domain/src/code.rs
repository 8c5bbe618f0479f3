//! The classifier of errors: the only thing an interface branches on.

use serde::{Deserialize, Serialize};

/// Classifies an error for whoever has to react to it. Only variants that a shell treats differently exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The words or options of the call are wrong: exit status 2.
    WrongUse,
    /// Some input could not be read: exit status 1.
    UnreadableInput,
    /// Something is missing on this machine; the message names it and the remedy: exit status 3.
    MissingHere,
    /// The case is open in another program; the window offers to wait.
    CaseLocked,
    /// The acta that states this is signed: only a rectification can follow.
    Sealed,
    /// The key of the case or the password of a certificate does not open it.
    WrongKey,
    /// The person cancelled; not an error for the person.
    Cancelled,
    /// What was asked for is not there.
    NotFound,
    /// Something that must be decided or supplied first is missing.
    Precondition,
    /// The stored log does not verify: evidence of damage or tampering.
    BrokenLog,
    /// Anything else: shown with its details for support.
    Internal,
}

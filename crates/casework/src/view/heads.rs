//! The heads that recognise, and files of others.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows one installed file of heads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HeadsFileView {
    /// SHA-256 of the file.
    pub file: String,
    /// Series: higher is newer.
    pub series: u32,
    /// The day it was made, ISO 8601.
    pub made_on: String,
    /// Public key of who signed it, in hexadecimal.
    pub publisher: String,
    /// Names of its heads.
    pub heads: Vec<String>,
    /// SHA-256 of the weights that type pages; `None` where it has none.
    pub page_types: Option<String>,
    /// True for the one that is used.
    pub used: bool,
}

/// Shows the heads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HeadsView {
    /// Series of the compiled-in heads.
    pub built_in_series: u32,
    /// SHA-256 of the compiled-in weights that type pages.
    pub built_in: String,
    /// True when the compiled-in heads are used.
    pub built_in_used: bool,
    /// The installed files, the newest first.
    pub installed: Vec<HeadsFileView>,
    /// Files in the folder that do not pass the checks, and are not used.
    pub refused: Vec<String>,
    /// Public keys of publishers whose files are taken.
    pub publishers: Vec<String>,
}

//! A folder that is watched for new packages.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows a package that is new in a watched folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfferView {
    /// Names the offer: name and content stamp of what lies there.
    pub id: String,
    /// Name of the file or folder.
    pub name: String,
    /// Its path, for the import.
    pub path: String,
    /// Size as a person reads it.
    pub size: String,
    /// Files in it, where it is a folder; else 1.
    pub files: u32,
    /// True when something of the same name was imported into this case before and has changed since.
    pub changed: bool,
}

/// Shows the watched folder of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WatchView {
    /// The folder; `None` when none is watched.
    pub folder: Option<String>,
    /// Why it cannot be seen now, in Spanish: a network drive that is not there comes back by itself.
    pub absent: Option<String>,
    /// Packages whose copying may still go on: they are offered once they rest.
    pub settling: u32,
    /// What is new and rests.
    pub offers: Vec<OfferView>,
}

/// Answers an offer that is not imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WatchAnswer {
    /// Not now: it is offered again when the program is opened anew.
    NotNow,
    /// Never, as it lies there; if it changes it is offered again.
    Ignore,
    /// It was imported.
    Imported,
}

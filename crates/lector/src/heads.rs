//! Heads from a file that the core has checked: the very bytes that it names, and none but those.

use crate::arguments::Arguments;
use cotejo_domain::FileHash;
use cotejo_domain::heads_file::{HeadsFile, LARGEST_HEADS_FILE};
use cotejo_recognition::InstalledHeads;
use std::io::Read;

/// Loads the heads that the call names, before the jail closes.
///
/// # Errors
/// Says why they cannot be used.
pub(crate) fn load(arguments: &Arguments) -> Result<Option<InstalledHeads>, String> {
    let Some(path) = &arguments.heads else { return Ok(None) };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    file.take(LARGEST_HEADS_FILE as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if arguments.heads_sha256.as_deref() != Some(FileHash::of(&bytes).to_string().as_str()) {
        return Err("heads.changed".into());
    }
    let file = HeadsFile::parse(&bytes).map_err(|error| error.key().to_owned())?;
    InstalledHeads::parse(&file).map(Some).map_err(|error| error.to_string())
}

//! The list of words that the engine knows beside its dictionary.
//!
//! The engine takes such a list only as a file, named by a file of settings, while it loads its data. Both are written to a folder of their own
//! before the jail closes and are gone as soon as the engine has started. Where no folder can be written, the engine starts without the list.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The words, by subject: `#` begins a heading.
const LIST: &str = include_str!("../../data/words.txt");
/// A word that only the list has.
pub(super) const ONLY_LISTED: &str = "LOSNCP";
/// Folders that are tried: one of a process that died may still be there.
const TRIES: u32 = 16;

/// Holds the folder with the list while the engine starts; dropped, it is gone.
pub(super) struct WordList {
    folder: PathBuf,
    configuration: String,
}

impl WordList {
    /// Writes the list; `None` where it cannot be written.
    pub(super) fn written() -> Option<Self> {
        Self::written_in(&std::env::temp_dir())
    }

    fn written_in(place: &Path) -> Option<Self> {
        let process = std::process::id();
        let folders = (0..TRIES).map(|number| place.join(format!("cotejo-palabras-{process}-{number}")));
        // Whoever makes the folder owns it: one that stands there already may be a trap.
        let folder = folders.into_iter().find(|folder| std::fs::create_dir(folder).is_ok())?;
        let mut list = Self { folder, configuration: String::new() };
        let (words, settings) = (list.folder.join("palabras"), list.folder.join("ajustes"));
        let line = format!("user_words_file {}\n", words.to_str()?);
        std::fs::write(&words, forms().join("\n") + "\n").ok()?;
        std::fs::write(&settings, line).ok()?;
        list.configuration = settings.to_str()?.into();
        Some(list)
    }

    /// Returns the path of the file of settings that names the list.
    pub(super) fn configuration(&self) -> &str {
        &self.configuration
    }
}

impl Drop for WordList {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Names the list, for the key of what is read with it.
pub(super) fn version() -> String {
    Sha256::digest(LIST.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

// Each word as it is listed, with a capital and in capitals.
fn forms() -> Vec<String> {
    let words = LIST.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let mut forms = BTreeSet::new();
    for word in words {
        forms.insert(word.to_string());
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            forms.insert(first.to_uppercase().chain(letters).collect());
        }
        forms.insert(word.to_uppercase());
    }
    forms.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_written_named_and_taken_away() {
        let place = tempfile::tempdir().expect("a folder");
        let list = WordList::written_in(place.path()).expect("writes");
        let settings = std::fs::read_to_string(list.configuration()).expect("reads");
        let words = settings.trim().strip_prefix("user_words_file ").expect("names the list");
        let words = std::fs::read_to_string(words).expect("reads");
        assert!(words.lines().count() > 2000, "{}", words.lines().count());
        for form in ["adjudicatario", "Adjudicatario", "ADJUDICATARIO", ONLY_LISTED, "Ítem", "ÍTEM"] {
            assert!(words.lines().any(|word| word == form), "{form}");
        }
        let second = WordList::written_in(place.path()).expect("another process of this number died");
        assert_ne!(second.configuration(), list.configuration());
        drop((list, second));
        assert_eq!(std::fs::read_dir(place.path()).expect("reads").count(), 0, "nothing stays");
        assert!(WordList::written_in(&place.path().join("nowhere")).is_none());
    }

    #[test]
    fn the_words_are_words() {
        for form in forms() {
            assert!(form.chars().all(|sign| sign.is_alphanumeric() || sign == '-'), "{form}");
        }
    }
}

//! Files of heads in the data folder: who may publish them, which are installed, which is used.
//!
//! A file is kept as it came, under its SHA-256, and checked again each time it is looked at: what was changed on the disk is not used.

use crate::event::verifying_key;
use crate::files::{make_folder, write_privately};
use crate::installed::{InstalledFile, files};
use crate::{Profile, StoreError};
use cotejo_domain::FileHash;
use cotejo_domain::heads_file::{BUILT_IN_SERIES, HeadsFile, LARGEST_HEADS_FILE};
use ed25519_dalek::Signature;
use std::path::PathBuf;

/// Public keys, in hexadecimal, of publishers that this program trusts by itself. There is none yet: docs/models.md says how one is made.
pub const PUBLISHERS: &[&str] = &[];
/// Setting that holds the publishers that the person trusts.
const TRUSTED: &str = "editores";
/// Setting that holds the file that is used; empty for the compiled-in heads.
const USED: &str = "cabezas";
/// Ending of the files.
const ENDING: &str = "cabezas";

/// Describes an installed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalledHeads {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// Where it lies.
    pub path: PathBuf,
    /// Public key of who signed it.
    pub publisher: String,
    /// Higher means newer.
    pub series: u32,
    /// The day it was made.
    pub made_on: jiff::civil::Date,
    /// Names of its heads.
    pub heads: Vec<String>,
    /// SHA-256 of the weights that type pages, if it has them.
    pub page_types: Option<String>,
    /// True for the one that is used.
    pub used: bool,
}

fn refused(reason: &'static str) -> StoreError {
    StoreError::Precondition { reason }
}

/// Checks a file of heads: its form, its signature, and that a trusted publisher signed it.
fn checked(bytes: &[u8], trusted: &[String]) -> Result<HeadsFile, StoreError> {
    let file = HeadsFile::parse(bytes).map_err(|error| refused(error.key()))?;
    let key = verifying_key(&file.seal.public_key).ok_or_else(|| refused("store.heads_not_signed"))?;
    let signature: [u8; 64] = hex::decode(&file.seal.signature)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| refused("store.heads_not_signed"))?;
    key.verify_strict(&file.signed_bytes(), &Signature::from_bytes(&signature))
        .map_err(|_| refused("store.heads_not_signed"))?;
    if !trusted.contains(&file.seal.public_key.to_lowercase()) {
        return Err(refused("store.heads_stranger"));
    }
    Ok(file)
}

impl Profile {
    /// Returns the publishers whose files are taken: the program's own, and those that the person trusts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn publishers(&self) -> Result<Vec<String>, StoreError> {
        let pinned = self.setting(TRUSTED).await?.unwrap_or_default();
        let pinned = pinned.split_whitespace().map(str::to_owned);
        Ok(PUBLISHERS.iter().map(|key| (*key).to_owned()).chain(pinned).collect())
    }

    /// Trusts a publisher, or no longer; `key` is the whole public key in hexadecimal, which is its fingerprint.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] for what is no such key; when the database fails.
    pub async fn trust_publisher(&self, key: &str, trusted: bool) -> Result<(), StoreError> {
        let key: String = key.chars().filter(|letter| letter.is_ascii_hexdigit()).collect();
        let key = key.to_lowercase();
        if verifying_key(&key).is_none() {
            return Err(refused("store.no_such_publisher"));
        }
        let pinned = self.setting(TRUSTED).await?.unwrap_or_default();
        let mut keys: Vec<&str> = pinned.split_whitespace().filter(|known| *known != key).collect();
        if trusted {
            keys.push(&key);
        }
        self.set_setting(TRUSTED, &keys.join(" ")).await
    }

    fn heads_folder(&self) -> PathBuf {
        self.folder().join("modelos")
    }

    /// Lists the installed files that pass the checks, the newest first, and those that no longer do, by name.
    ///
    /// # Errors
    /// When the folder or the database cannot be read.
    pub async fn installed_heads(&self) -> Result<(Vec<InstalledHeads>, Vec<String>), StoreError> {
        let folder = self.heads_folder();
        let trusted = self.publishers().await?;
        let used = self.setting(USED).await?.unwrap_or_default();
        let (mut installed, mut broken) = (Vec::new(), Vec::new());
        for InstalledFile { path, name, hash, bytes } in files(&folder, ENDING, LARGEST_HEADS_FILE)? {
            match checked(&bytes, &trusted) {
                Ok(file) if hash.to_string() == name => installed.push(InstalledHeads {
                    file: hash,
                    publisher: file.seal.public_key.to_lowercase(),
                    series: file.contents.series,
                    made_on: file.contents.made_on,
                    heads: file.contents.heads.iter().map(|head| head.name.clone()).collect(),
                    page_types: file.page_types(),
                    used: used == name,
                    path,
                }),
                _ => broken.push(name),
            }
        }
        installed.sort_by_key(|heads| (std::cmp::Reverse(heads.series), heads.file.to_string()));
        broken.sort();
        Ok((installed, broken))
    }

    /// Returns the file that is used; `None` for the compiled-in heads.
    ///
    /// # Errors
    /// As [`Profile::installed_heads`].
    pub async fn used_heads(&self) -> Result<Option<InstalledHeads>, StoreError> {
        if self.setting(USED).await?.unwrap_or_default().is_empty() {
            return Ok(None);
        }
        let (installed, _) = self.installed_heads().await?;
        Ok(installed.into_iter().find(|heads| heads.used))
    }

    /// Checks a file before it is installed: form, signature, publisher, and that it is newer than what is used, unless `older` allows that.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] with the reason.
    pub async fn check_heads(&self, bytes: &[u8], older: bool) -> Result<HeadsFile, StoreError> {
        let file = checked(bytes, &self.publishers().await?)?;
        let there = self.used_heads().await?.map_or(BUILT_IN_SERIES, |heads| heads.series);
        if !older && file.contents.series <= there.max(BUILT_IN_SERIES) {
            return Err(refused("store.heads_older"));
        }
        Ok(file)
    }

    /// Keeps a file that passed the checks; it is used once [`Profile::use_heads`] says so.
    ///
    /// # Errors
    /// As [`Profile::check_heads`]; when the file cannot be written.
    pub async fn install_heads(&self, bytes: &[u8], older: bool) -> Result<(FileHash, PathBuf), StoreError> {
        self.check_heads(bytes, older).await?;
        let folder = self.heads_folder();
        make_folder(&folder)?;
        let hash = FileHash::of(bytes);
        let path = folder.join(format!("{hash}.{ENDING}"));
        write_privately(&path, bytes)?;
        Ok((hash, path))
    }

    /// Uses an installed file from now on, or the compiled-in heads.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when it is not installed; when the database fails.
    pub async fn use_heads(&self, file: Option<FileHash>) -> Result<(), StoreError> {
        if let Some(file) = file {
            let (installed, _) = self.installed_heads().await?;
            if !installed.iter().any(|heads| heads.file == file) {
                return Err(refused("store.no_such_heads"));
            }
        }
        self.set_setting(USED, &file.map_or_else(String::new, |file| file.to_string())).await
    }

    /// Removes an installed file; where it was used, the compiled-in heads are used from now on.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when it is not installed; when the file cannot be removed.
    pub async fn remove_heads(&self, file: FileHash) -> Result<(), StoreError> {
        let path = self.heads_folder().join(format!("{file}.{ENDING}"));
        match std::fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(refused("store.no_such_heads"));
            }
            Err(error) => return Err(StoreError::file("removing", path)(error)),
        }
        if self.setting(USED).await?.unwrap_or_default() == file.to_string() {
            self.use_heads(None).await?;
        }
        Ok(())
    }
}

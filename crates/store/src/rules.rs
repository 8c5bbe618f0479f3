//! Files of rules in the data folder: who may publish them, which are installed; and what the entity recorded about the rules.
//!
//! A file is kept as it came, under its SHA-256, and checked again each time it is looked at: what was changed on the disk is not used.
//! Whether its packs make sense is not for the store.

use crate::event::verifying_key;
use crate::files::{make_folder, write_privately};
use crate::installed::{InstalledFile, files};
use crate::{Profile, StoreError};
use cotejo_domain::FileHash;
use cotejo_domain::heads_file::HeadsSeal;
use cotejo_domain::rules_file::{LARGEST_RULES_FILE, RulesContents, RulesFile};
use ed25519_dalek::{Signature, Signer};
use std::path::PathBuf;

/// Setting that holds the publishers of rules that the person trusts. They are not those of heads: a legal office publishes no weights.
const TRUSTED: &str = "editores_de_reglas";
/// Setting that holds the installed files that are used, by hash.
const USED: &str = "reglas";
/// Setting that holds what the entity recorded: values of its own, verifications, flags, days of its calendar.
const ENTITY: &str = "reglas_de_la_entidad";
/// Ending of the files.
const ENDING: &str = "reglas";

/// Describes an installed file of rules.
#[derive(Clone, Debug, PartialEq)]
pub struct InstalledRules {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// What it says, and who says it.
    pub content: RulesFile,
    /// True when it takes the place of the compiled-in pack of its identifier.
    pub used: bool,
}

fn refused(reason: &'static str) -> StoreError {
    StoreError::Precondition { reason }
}

/// Checks the form of a file and its signature, whoever signed it.
fn signed(bytes: &[u8]) -> Result<RulesFile, StoreError> {
    let file = RulesFile::parse(bytes).map_err(|error| refused(error.key()))?;
    let key = verifying_key(&file.seal.public_key).ok_or_else(|| refused("store.rules_tampered"))?;
    let signature: [u8; 64] = hex::decode(&file.seal.signature)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| refused("store.rules_tampered"))?;
    key.verify_strict(&file.signed_bytes(), &Signature::from_bytes(&signature))
        .map_err(|_| refused("store.rules_tampered"))?;
    Ok(file)
}

impl Profile {
    /// Returns the publishers whose rules are taken: this device, and those that the person trusts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rules_publishers(&self) -> Result<Vec<String>, StoreError> {
        let pinned = self.setting(TRUSTED).await?.unwrap_or_default();
        let own = hex::encode(self.device_key().verifying_key().to_bytes());
        Ok(std::iter::once(own).chain(pinned.split_whitespace().map(str::to_owned)).collect())
    }

    /// Trusts a publisher of rules, or no longer; `key` is the whole public key in hexadecimal, which is its fingerprint.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] for what is no such key; when the database fails.
    pub async fn trust_rules_publisher(&self, key: &str, trusted: bool) -> Result<(), StoreError> {
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

    /// Checks the form and the signature of a file of rules, and tells whether its publisher is trusted.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] with the reason: damaged, not signed, changed after it was signed.
    pub async fn check_rules(&self, bytes: &[u8]) -> Result<(RulesFile, bool), StoreError> {
        let file = signed(bytes)?;
        let known = self.rules_publishers().await?.contains(&file.seal.public_key.to_lowercase());
        Ok((file, known))
    }

    /// Keeps a signed file of a trusted publisher and uses it from now on, in the place of `replaced`.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when it does not pass the checks; when it cannot be written.
    pub async fn install_rules(&self, bytes: &[u8], replaced: &[FileHash]) -> Result<FileHash, StoreError> {
        let (_, known) = self.check_rules(bytes).await?;
        if !known {
            return Err(refused("store.rules_stranger"));
        }
        let folder = self.rules_folder();
        make_folder(&folder)?;
        let hash = FileHash::of(bytes);
        write_privately(&folder.join(format!("{hash}.{ENDING}")), bytes)?;
        let mut used = self.used_rules().await?;
        used.retain(|other| {
            *other != hash.to_string() && !replaced.iter().any(|old| old.to_string() == *other)
        });
        used.push(hash.to_string());
        self.set_setting(USED, &used.join(" ")).await?;
        Ok(hash)
    }

    /// Lists the installed files that pass the checks, and those that no longer do, by name.
    ///
    /// # Errors
    /// When the folder or the database cannot be read.
    pub async fn installed_rules(&self) -> Result<(Vec<InstalledRules>, Vec<String>), StoreError> {
        let folder = self.rules_folder();
        let trusted = self.rules_publishers().await?;
        let used = self.used_rules().await?;
        let (mut installed, mut broken) = (Vec::new(), Vec::new());
        for InstalledFile { name, hash, bytes, .. } in files(&folder, ENDING, LARGEST_RULES_FILE)? {
            match signed(&bytes) {
                Ok(content)
                    if hash.to_string() == name
                        && trusted.contains(&content.seal.public_key.to_lowercase()) =>
                {
                    installed.push(InstalledRules { file: hash, content, used: used.contains(&name) });
                }
                _ => broken.push(name),
            }
        }
        installed.sort_by_key(|rules| rules.file.to_string());
        broken.sort();
        Ok((installed, broken))
    }

    /// Removes an installed file of rules.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when it is not installed; when the file cannot be removed.
    pub async fn remove_rules(&self, file: FileHash) -> Result<(), StoreError> {
        let path = self.rules_folder().join(format!("{file}.{ENDING}"));
        match std::fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(refused("store.no_such_rules"));
            }
            Err(error) => return Err(StoreError::file("removing", path)(error)),
        }
        let mut used = self.used_rules().await?;
        used.retain(|other| *other != file.to_string());
        self.set_setting(USED, &used.join(" ")).await
    }

    /// Signs packs with the key of this device: the pack first, then its parents.
    ///
    /// # Errors
    /// When they cannot be written as JSON.
    pub fn sign_rules(&self, packs: Vec<serde_json::Value>) -> Result<Vec<u8>, StoreError> {
        let made_on = self.ports().clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let (line, to_sign) = RulesContents::new(made_on, packs).to_sign()?;
        let key = self.device_key();
        let seal = HeadsSeal {
            public_key: hex::encode(key.verifying_key().to_bytes()),
            signature: hex::encode(key.sign(&to_sign).to_bytes()),
        };
        Ok(RulesFile::written(&line, &seal)?)
    }

    /// Returns what the entity recorded about the rules, as it was kept; the text is the caller's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entity_rules(&self) -> Result<Option<String>, StoreError> {
        self.setting(ENTITY).await
    }

    /// Keeps what the entity recorded about the rules.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_entity_rules(&self, text: &str) -> Result<(), StoreError> {
        self.set_setting(ENTITY, text).await
    }

    async fn used_rules(&self) -> Result<Vec<String>, StoreError> {
        let used = self.setting(USED).await?.unwrap_or_default();
        Ok(used.split_whitespace().map(str::to_owned).collect())
    }

    fn rules_folder(&self) -> PathBuf {
        self.folder().join("reglas")
    }
}

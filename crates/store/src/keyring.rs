//! Where the profile's secrets rest: the keyring of the operating system, or a file where there is none.

use crate::StoreError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use zeroize::Zeroizing;

const SERVICE: &str = "cotejo";

/// Tells where secrets rest, so that the product can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyringKind {
    /// The keyring of the operating system.
    System,
    /// A file that only the account may read. Whoever reads the account's files reads the cases.
    File,
    /// Memory: gone with the process; for tests.
    Memory,
}

/// Keeps small secrets by name.
pub trait Keyring: Send + Sync {
    /// Returns a secret, or `None` when nothing was kept under `name`.
    ///
    /// # Errors
    /// [`StoreError::Keyring`] when the keyring does not answer.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError>;

    /// Keeps a secret, in place of what was there.
    ///
    /// # Errors
    /// [`StoreError::Keyring`] when the keyring does not answer.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), StoreError>;

    /// Forgets a secret; nothing happens when there is none.
    ///
    /// # Errors
    /// [`StoreError::Keyring`] when the keyring does not answer.
    fn forget(&self, name: &str) -> Result<(), StoreError>;

    /// Tells where secrets rest.
    fn kind(&self) -> KeyringKind;
}

fn failure(error: impl std::fmt::Display) -> StoreError {
    StoreError::Keyring { detail: error.to_string() }
}

/// Keeps secrets in the keyring of the operating system: Secret Service, Keychain or Credential Manager.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeyring;

impl SystemKeyring {
    /// Tells whether the keyring of this machine answers. On a machine without D-Bus it says no at once.
    #[must_use]
    pub fn answers() -> bool {
        keyring::Entry::store_status().is_ok() && Self.read("sonda").is_ok()
    }

    fn entry(name: &str) -> Result<keyring::Entry, StoreError> {
        keyring::Entry::new(SERVICE, name).map_err(failure)
    }
}

impl Keyring for SystemKeyring {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match Self::entry(name)?.get_password() {
            Ok(text) => {
                let text = Zeroizing::new(text);
                hex::decode(text.as_bytes()).map(|secret| Some(Zeroizing::new(secret))).map_err(failure)
            }
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        // Hexadecimal, because some stores keep text only.
        let text = Zeroizing::new(hex::encode(secret));
        Self::entry(name)?.set_password(&text).map_err(failure)
    }

    fn forget(&self, name: &str) -> Result<(), StoreError> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }

    fn kind(&self) -> KeyringKind {
        KeyringKind::System
    }
}

/// Keeps secrets in one file that only the account may read (mode 0600 on Unix), for machines without a keyring.
#[derive(Debug)]
pub struct FileKeyring {
    path: PathBuf,
    turn: Mutex<()>,
}

impl FileKeyring {
    /// Uses `llavero.json` in `folder`; it is made at the first secret.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("llavero.json"), turn: Mutex::new(()) }
    }

    fn load(&self) -> Result<BTreeMap<String, String>, StoreError> {
        match std::fs::read(&self.path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                serde_json::from_slice(&bytes).map_err(failure)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(StoreError::file("reading", &self.path)(error)),
        }
    }

    fn save(&self, secrets: &BTreeMap<String, String>) -> Result<(), StoreError> {
        let text = Zeroizing::new(serde_json::to_vec_pretty(secrets)?);
        crate::files::write_privately(&self.path, &text)
    }
}

impl Keyring for FileKeyring {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let _turn = self.turn.lock();
        self.load()?.get(name).map(|text| hex::decode(text).map(Zeroizing::new).map_err(failure)).transpose()
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        let _turn = self.turn.lock();
        let mut secrets = self.load()?;
        secrets.insert(name.into(), hex::encode(secret));
        self.save(&secrets)
    }

    fn forget(&self, name: &str) -> Result<(), StoreError> {
        let _turn = self.turn.lock();
        let mut secrets = self.load()?;
        if secrets.remove(name).is_some() { self.save(&secrets) } else { Ok(()) }
    }

    fn kind(&self) -> KeyringKind {
        KeyringKind::File
    }
}

/// Keeps secrets in memory, for tests.
#[derive(Debug, Default)]
pub struct MemoryKeyring {
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Keyring for MemoryKeyring {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let secrets = self.secrets.lock().map_err(failure)?;
        Ok(secrets.get(name).cloned().map(Zeroizing::new))
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        self.secrets.lock().map_err(failure)?.insert(name.into(), secret.to_vec());
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), StoreError> {
        self.secrets.lock().map_err(failure)?.remove(name);
        Ok(())
    }

    fn kind(&self) -> KeyringKind {
        KeyringKind::Memory
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps_and_forgets(keyring: &dyn Keyring) {
        assert_eq!(keyring.read("uno").expect("answers"), None, "nothing was kept yet");
        keyring.write("uno", &[0, 255, 7]).expect("keeps");
        keyring.write("dos", &[1]).expect("keeps");
        keyring.write("uno", &[9]).expect("replaces");
        assert_eq!(keyring.read("uno").expect("answers").expect("kept").as_slice(), &[9]);
        keyring.forget("uno").expect("forgets");
        keyring.forget("uno").expect("forgetting twice is no error");
        assert_eq!(keyring.read("uno").expect("answers"), None);
        assert_eq!(keyring.read("dos").expect("answers").expect("kept").as_slice(), &[1]);
    }

    #[test]
    fn memory_keeps_and_forgets() {
        keeps_and_forgets(&MemoryKeyring::default());
    }

    #[test]
    fn a_file_keeps_and_forgets_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = FileKeyring::in_folder(folder.path());
        keeps_and_forgets(&keyring);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode =
                std::fs::metadata(folder.path().join("llavero.json")).expect("written").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "others must not read the keys");
        }
    }

    /// Runs where a keyring answers (a desktop session, or `dbus-run-session` with gnome-keyring); says so elsewhere.
    #[test]
    fn the_system_keyring_keeps_and_forgets() {
        if !SystemKeyring::answers() {
            println!("skipped: no system keyring answers here");
            return;
        }
        let name = format!("prueba-{}", std::process::id());
        SystemKeyring.write(&name, &[4, 2]).expect("keeps");
        assert_eq!(SystemKeyring.read(&name).expect("answers").expect("kept").as_slice(), &[4, 2]);
        SystemKeyring.forget(&name).expect("forgets");
        assert_eq!(SystemKeyring.read(&name).expect("answers"), None);
    }

    #[tokio::test]
    async fn the_system_keyring_answers_within_a_runtime_too_or_says_no_without_panic() {
        let outcome = SystemKeyring.read("prueba-en-marcha");
        assert_eq!(outcome.is_ok(), SystemKeyring::answers());
    }
}

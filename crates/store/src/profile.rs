//! The profile of one account on one machine: its key, its device, its settings, and the list of its cases.

use crate::case::{Case, NewCase};
use crate::files::{Lock, blocking, make_folder, sync_folder, write_privately};
use crate::keyring::{FileKeyring, Keyring, KeyringKind, SystemKeyring};
use crate::keys::Key;
use crate::{Ports, StoreError, schema};
use cotejo_domain::{ActorId, CaseId, Device, DeviceId};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sqlx::{ConnectOptions, Connection as _, SqliteConnection};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

/// Chooses a keyring by this variable: `sistema` or `archivo`.
pub const KEYRING_VARIABLE: &str = "COTEJO_LLAVERO";

/// Begins the name of a case's folder while it is being made.
const UNFINISHED: &str = ".nuevo-";

/// Stands unencrypted beside the profile: nothing in it is secret.
#[derive(Serialize, Deserialize)]
struct ProfileCard {
    profile: uuid::Uuid,
    device: DeviceId,
    keyring: KeyringKind,
}

impl ProfileCard {
    fn path(folder: &Path) -> PathBuf {
        folder.join("perfil.json")
    }

    fn load(folder: &Path) -> Result<Option<Self>, StoreError> {
        match std::fs::read(Self::path(folder)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::file("reading", Self::path(folder))(error)),
        }
    }
}

/// Chooses the keyring for the data folder: the one its profile was made with; for a new profile that of the system where it
/// answers, else a file.
///
/// # Errors
/// [`StoreError::Keyring`] when the profile was made with the system's keyring and that does not answer now.
pub fn choose_keyring(folder: &Path) -> Result<Arc<dyn Keyring>, StoreError> {
    let made_with = ProfileCard::load(folder)?.map(|card| card.keyring);
    let wanted = std::env::var(KEYRING_VARIABLE).ok();
    let file = || -> Arc<dyn Keyring> { Arc::new(FileKeyring::in_folder(folder)) };
    match (made_with, wanted.as_deref()) {
        (Some(KeyringKind::File), _) | (None, Some("archivo")) => Ok(file()),
        (Some(KeyringKind::System), _) | (None, Some("sistema")) => {
            if SystemKeyring::answers() {
                Ok(Arc::new(SystemKeyring))
            } else {
                // Never a new key in silence: the old cases would not open.
                Err(StoreError::Keyring { detail: "no responde".into() })
            }
        }
        _ if SystemKeyring::answers() => Ok(Arc::new(SystemKeyring)),
        _ => Ok(file()),
    }
}

/// Holds this device's identity and the key that signs its events.
#[derive(Clone)]
pub(crate) struct DeviceIdentity {
    pub(crate) id: DeviceId,
    pub(crate) key: SigningKey,
}

impl DeviceIdentity {
    pub(crate) fn describe(&self, actor: ActorId) -> Device {
        Device { id: self.id, actor, public_key: hex::encode(self.key.verifying_key().to_bytes()) }
    }
}

/// Describes a case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// The case.
    pub id: CaseId,
    /// Its name, if this profile ever opened it.
    pub name: Option<String>,
    /// Code of its process, if it has one.
    pub process_code: Option<String>,
    /// When it was made.
    pub created_at: Option<jiff::Timestamp>,
    /// When it was last opened here.
    pub opened_at: Option<jiff::Timestamp>,
    /// Its folder.
    pub folder: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct WrappedKey {
    version: u32,
    case: CaseId,
    profile: uuid::Uuid,
    key: String,
}

/// Opens cases. One for each running program.
pub struct Profile {
    folder: PathBuf,
    ports: Ports,
    id: uuid::Uuid,
    key: Key,
    device: DeviceIdentity,
    database: Mutex<SqliteConnection>,
}

fn secret(ports: &Ports, name: &str, may_be_new: bool) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    if let Some(secret) = ports.keyring.read(name)? {
        return Ok(secret);
    }
    if !may_be_new {
        return Err(StoreError::Keyring { detail: name.into() });
    }
    let fresh = Zeroizing::new(ports.random::<32>());
    ports.keyring.write(name, fresh.as_slice())?;
    Ok(Zeroizing::new(fresh.to_vec()))
}

impl Profile {
    /// Opens the profile in the data folder, or makes it.
    ///
    /// # Errors
    /// [`StoreError::Keyring`] when its key cannot be had; [`StoreError::WrongKey`] when the key does not open `perfil.db`.
    pub async fn open(folder: &Path, ports: Ports) -> Result<Self, StoreError> {
        make_folder(&folder.join("casos"))?;
        let (place, shared) = (folder.to_path_buf(), ports.clone());
        // Keyrings answer over D-Bus and wait: not on a thread of the runtime.
        let (card, key, device, _turn) = blocking(move || Self::prepare(&place, &shared)).await?;
        let path = folder.join("perfil.db");
        let options = schema::options(&path, &key.derive("perfil.db")).create_if_missing(true);
        let mut database = options.connect().await.map_err(|error| match StoreError::from(error) {
            StoreError::WrongKey { .. } => StoreError::WrongKey { what: "perfil.db".into() },
            other => other,
        })?;
        schema::migrate(&mut database, schema::PROFILE).await?;
        Ok(Self {
            folder: folder.to_path_buf(),
            ports,
            id: card.profile,
            key,
            device: DeviceIdentity { id: card.device, key: device },
            database: Mutex::new(database),
        })
    }

    /// Gets the profile's keys, or makes them. The lock is handed on: two programs that start together must not both make the
    /// database.
    fn prepare(folder: &Path, ports: &Ports) -> Result<(ProfileCard, Key, SigningKey, Lock), StoreError> {
        let turn = Lock::wait_for(&folder.join("perfil.bloqueo"))?;
        let existing = ProfileCard::load(folder)?;
        let is_new = existing.is_none();
        let card = existing.unwrap_or_else(|| ProfileCard {
            profile: ports.uuid(),
            device: DeviceId(ports.uuid()),
            keyring: ports.keyring.kind(),
        });
        let wrong = |name: &str| StoreError::WrongKey { what: name.into() };
        let name = format!("{}/perfil", card.profile);
        let key = Key::from_slice(&secret(ports, &name, is_new)?).ok_or_else(|| wrong(&name))?;
        let name = format!("{}/dispositivo", card.profile);
        let device = secret(ports, &name, is_new)?;
        let device = <&[u8; 32]>::try_from(device.as_slice()).map_err(|_| wrong(&name))?;
        let device = SigningKey::from_bytes(device);
        if is_new {
            write_privately(&ProfileCard::path(folder), &serde_json::to_vec_pretty(&card)?)?;
        }
        sweep_unfinished(&folder.join("casos"))?;
        Ok((card, key, device, turn))
    }

    /// Closes the profile and waits until its files rest. Dropping closes too, but does not wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<(), StoreError> {
        self.database.into_inner().close().await?;
        Ok(())
    }

    /// Tells where the profile's key rests, so that the product can say it.
    #[must_use]
    pub fn keyring_kind(&self) -> KeyringKind {
        self.ports.keyring.kind()
    }

    /// Returns the data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the ports.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    pub(crate) fn device_key(&self) -> &SigningKey {
        &self.device.key
    }

    pub(crate) async fn database(&self) -> tokio::sync::MutexGuard<'_, SqliteConnection> {
        self.database.lock().await
    }

    /// Describes this device as the given person's.
    #[must_use]
    pub fn device(&self, actor: ActorId) -> Device {
        self.device.describe(actor)
    }

    /// Returns a setting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut database = self.database.lock().await;
        Ok(sqlx::query_scalar("SELECT value FROM setting WHERE key = ?1")
            .bind(key)
            .fetch_optional(&mut *database)
            .await?)
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut database = self.database.lock().await;
        sqlx::query("INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
            .bind(key)
            .bind(value)
            .execute(&mut *database)
            .await?;
        Ok(())
    }

    pub(crate) fn case_folder(&self, case: CaseId) -> PathBuf {
        self.folder.join("casos").join(case.to_string())
    }

    /// Where a case rests while it is being made.
    pub(crate) fn unfinished_folder(&self, case: CaseId) -> PathBuf {
        self.folder.join("casos").join(format!("{UNFINISHED}{case}"))
    }

    pub(crate) fn identity(&self) -> DeviceIdentity {
        self.device.clone()
    }

    /// Writes the key of a case into its folder, wrapped by this profile's.
    pub(crate) fn wrap_key(&self, case: CaseId, key: &Key, folder: &Path) -> Result<(), StoreError> {
        let sealed = self.wrapping_key().seal(self.ports.random(), bound(case).as_bytes(), key.bytes())?;
        let wrapped = WrappedKey { version: 1, case, profile: self.id, key: hex::encode(sealed) };
        write_privately(&folder.join("caso.llave"), &serde_json::to_vec_pretty(&wrapped)?)
    }

    /// Makes a case and opens it. A crash on the way leaves nothing that looks like a case.
    ///
    /// # Errors
    /// When a file or the database fails.
    pub async fn create_case(&self, author: ActorId, new: NewCase) -> Result<Case, StoreError> {
        let id = CaseId(self.ports.uuid());
        let key = Key::new(self.ports.random());
        let place = self.folder.join("perfil.bloqueo");
        // While the case is being made, no other program may take it for what a crash left.
        let turn = blocking(move || Lock::wait_for(&place)).await?;
        let building = self.unfinished_folder(id);
        make_folder(&building)?;
        self.wrap_key(id, &key, &building)?;
        let case = Case::make(id, building.clone(), &key, self.ports.clone(), self.device.clone()).await?;
        case.record(author, new.into()).await?;
        case.close().await?;
        let folder = self.case_folder(id);
        std::fs::rename(&building, &folder).map_err(StoreError::file("naming", &folder))?;
        sync_folder(&self.folder.join("casos")).map_err(StoreError::file("naming", &folder))?;
        drop(turn);
        self.open_case(id).await
    }

    /// Opens a case for this program alone.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another program has it; [`StoreError::NotFound`]; [`StoreError::WrongKey`] when it belongs to
    /// another profile; [`StoreError::NewerSchema`].
    pub async fn open_case(&self, id: CaseId) -> Result<Case, StoreError> {
        let folder = self.case_folder(id);
        if !folder.join("caso.db").exists() {
            return Err(StoreError::not_found(id));
        }
        let key = self.case_key(id)?;
        let case = Case::open(id, folder, &key, self.ports.clone(), self.device.clone()).await?;
        self.refresh_summary(&case).await?;
        Ok(case)
    }

    fn wrapping_key(&self) -> Key {
        self.key.derive("claves de casos")
    }

    fn case_key(&self, id: CaseId) -> Result<Key, StoreError> {
        let path = self.case_folder(id).join("caso.llave");
        let bytes = std::fs::read(&path).map_err(StoreError::file("reading", &path))?;
        let wrapped: WrappedKey = serde_json::from_slice(&bytes)?;
        let wrong = || StoreError::WrongKey { what: format!("caso.llave {id}") };
        let sealed = hex::decode(&wrapped.key).map_err(|_| wrong())?;
        let key = self.wrapping_key().open(bound(id).as_bytes(), &sealed).map_err(|_| wrong())?;
        Key::from_slice(&key).ok_or_else(wrong)
    }

    /// Brings the case's name and process code in the list up to date.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn refresh_summary(&self, case: &Case) -> Result<(), StoreError> {
        let state = case.state().await?;
        let now = self.ports.clock.now().to_string();
        let mut database = self.database.lock().await;
        sqlx::query(
            "INSERT INTO known_case (case_id, name, process_code, created_at, opened_at) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, process_code = excluded.process_code, opened_at = excluded.opened_at",
        )
        .bind(case.id().to_string())
        .bind(&state.name)
        .bind(state.process.code.as_ref().map(cotejo_domain::ProcessCode::as_str))
        .bind(now)
        .execute(&mut *database)
        .await?;
        Ok(())
    }

    /// Lists the cases in the data folder, the last opened first. One that was copied in and never opened here has no name yet.
    ///
    /// # Errors
    /// When the folder or the database cannot be read.
    pub async fn list_cases(&self) -> Result<Vec<CaseSummary>, StoreError> {
        let known: Vec<(String, String, Option<String>, String, String)> = {
            let mut database = self.database.lock().await;
            sqlx::query_as("SELECT case_id, name, process_code, created_at, opened_at FROM known_case")
                .fetch_all(&mut *database)
                .await?
        };
        let folder = self.folder.join("casos");
        let mut cases = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(StoreError::file("listing", &folder))? {
            let entry = entry.map_err(StoreError::file("listing", &folder))?;
            let Ok(id) = entry.file_name().to_string_lossy().parse::<CaseId>() else { continue };
            if !entry.path().join("caso.db").exists() {
                continue;
            }
            let row = known.iter().find(|row| row.0 == id.to_string());
            cases.push(CaseSummary {
                id,
                name: row.map(|row| row.1.clone()),
                process_code: row.and_then(|row| row.2.clone()),
                created_at: row.and_then(|row| row.3.parse().ok()),
                opened_at: row.and_then(|row| row.4.parse().ok()),
                folder: entry.path(),
            });
        }
        cases.sort_by(|a, b| b.opened_at.cmp(&a.opened_at).then(a.id.cmp(&b.id)));
        Ok(cases)
    }

    /// Erases a case: first its key, so that what a disk may still hold of it stays unreadable, then its files.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when a program has it open; when a file cannot be removed.
    pub async fn erase_case(&self, id: CaseId) -> Result<(), StoreError> {
        let folder = self.case_folder(id);
        if !folder.exists() {
            return Err(StoreError::not_found(id));
        }
        let lock = Lock::take(&folder.join("caso.bloqueo"))?;
        let key = folder.join("caso.llave");
        if key.exists() {
            std::fs::remove_file(&key).map_err(StoreError::file("removing", &key))?;
        }
        drop(lock); // Windows does not remove an open file
        std::fs::remove_dir_all(&folder).map_err(StoreError::file("removing", &folder))?;
        self.forget_erased(id).await?;
        let mut database = self.database.lock().await;
        sqlx::query("DELETE FROM known_case WHERE case_id = ?1")
            .bind(id.to_string())
            .execute(&mut *database)
            .await?;
        Ok(())
    }
}

/// Removes what a crash left of cases that were being made. One that another program is making now is locked.
fn sweep_unfinished(cases: &Path) -> Result<(), StoreError> {
    for entry in std::fs::read_dir(cases).map_err(StoreError::file("listing", cases))? {
        let path = entry.map_err(StoreError::file("listing", cases))?.path();
        let unfinished = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED));
        if unfinished && Lock::take(&path.join("caso.bloqueo")).is_ok() {
            std::fs::remove_dir_all(&path).map_err(StoreError::file("removing", &path))?;
        }
    }
    Ok(())
}

fn bound(case: CaseId) -> String {
    format!("clave del caso {case}")
}

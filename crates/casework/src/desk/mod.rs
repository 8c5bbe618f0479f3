//! The desk: every use case that works on cases.

mod acta;
mod acta_content;
mod acta_session;
#[cfg(test)]
mod annexes_tests;
mod arranging;
#[cfg(test)]
mod arranging_tests;
mod asked;
#[cfg(test)]
mod asked_tests;
mod case_rules;
mod cell;
mod clarifications;
mod commission;
mod confinement;
mod copies;
mod correcting;
#[cfg(test)]
mod correcting_tests;
mod course;
mod curing;
mod decisions;
mod departures;
mod diagnosis;
mod documents;
mod entities;
mod envelope;
#[cfg(test)]
mod envelope_tests;
mod evaluate;
mod exchange;
mod heads;
#[cfg(test)]
mod heads_tests;
mod import;
mod indicios;
mod judgement;
mod labels;
#[cfg(test)]
mod large_tests;
mod learning;
#[cfg(test)]
mod learning_tests;
mod limits;
mod lots;
mod matrix;
mod measuring;
#[cfg(test)]
mod measuring_tests;
mod models;
#[cfg(test)]
mod models_tests;
mod notes;
mod open_case;
mod overview;
mod pace;
mod pages;
#[cfg(test)]
mod pages_tests;
mod papers;
mod points_view;
mod process_data;
mod proformas;
mod proof;
mod reading_text;
pub(crate) mod readings;
mod recognising;
mod registry;
mod remembering;
#[cfg(test)]
mod remembering_tests;
mod requirements;
mod rereading;
mod rules;
mod rules_entity;
#[cfg(test)]
mod rules_tests;
mod sample;
mod scoring;
#[cfg(test)]
mod scoring_tests;
mod sealed;
mod session;
mod source_notes;
mod taking;
mod technical;
#[cfg(test)]
mod tests;
mod unlocking;
#[cfg(test)]
mod unlocking_tests;
mod validation;
#[cfg(test)]
mod validation_tests;
mod watching;
#[cfg(test)]
mod watching_tests;

pub use curing::CuringPapers;
pub use diagnosis::Diagnosis;
pub use evaluate::{EvaluationOrder, EvaluationResult};
pub(crate) use import::blocking;
pub use measuring::FileListener;
pub use papers::{ExpedienteReport, verify_expediente};
pub use proof::RebuildSummary;
pub use requirements::RequirementDraft;
pub use rules_entity::{EntityDayOrder, EntityValueOrder};
pub use sample::sample_president;
pub(crate) use unlocking::is_package;

use crate::CaseworkError;
use crate::policy::{Policy, SetLimits};
use crate::view::AboutView;
use cotejo_catalogue::message;
use cotejo_domain::{Actor, ActorId, CaseId, Code, FileHash};
use cotejo_lector_client::{Lector, Resources, Settings};
use cotejo_store::{Case, KeyringKind, Ports, Profile, choose_keyring};
use open_case::OpenCase;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;

/// Says where the desk keeps its things and what it may do.
#[derive(Clone, Debug, Default)]
pub struct DeskSettings {
    /// Data folder; the platform's when `None`.
    pub data: Option<PathBuf>,
    /// True when no service may be asked (`--sin-red`).
    pub offline: bool,
}

/// Holds the open cases of one person on one machine.
pub struct Desk {
    profile: Arc<Profile>,
    lector: RwLock<Arc<Lector>>,
    cases: Mutex<BTreeMap<CaseId, Arc<OpenCase>>>,
    actor: Actor,
    anchors: Mutex<Vec<Vec<u8>>>,
    /// Passwords that were given for files while this desk is open; never written.
    passwords: Mutex<BTreeMap<(CaseId, FileHash), cotejo_lector_protocol::Password>>,
    /// What the person looks at while this desk is open.
    looking: Mutex<commission::Looking>,
    /// What was seen in watched folders.
    seen: Mutex<BTreeMap<CaseId, watching::Seen>>,
    policy: Policy,
    limits: RwLock<SetLimits>,
    /// True when no service may be asked.
    offline: bool,
    services: tokio::sync::OnceCell<crate::services::Services>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Desk").field("data", &self.profile.folder()).finish_non_exhaustive()
    }
}

/// Key of the profile setting that holds the person at this machine.
const ACTOR_SETTING: &str = "persona";

impl Desk {
    /// Opens the desk, making its data folder at first.
    ///
    /// # Errors
    /// When the data folder or its key cannot be used, or the worker is not there.
    pub async fn open(settings: DeskSettings) -> Result<Self, CaseworkError> {
        let folder = data_folder(settings.data)?;
        let ports = Ports::system(choose_keyring(&folder)?);
        let policy = Policy::discover();
        let offline = settings.offline || policy.offline;
        Ok(Self { offline, ..Self::open_under(&folder, ports, Resources::discover()?, policy).await? })
    }

    /// Opens the desk with given ports and resources, offline and without a policy: for tests.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn open_with(folder: &Path, ports: Ports, resources: Resources) -> Result<Self, CaseworkError> {
        Self::open_under(folder, ports, resources, Policy::default()).await
    }

    async fn open_under(
        folder: &Path,
        ports: Ports,
        resources: Resources,
        policy: Policy,
    ) -> Result<Self, CaseworkError> {
        let profile = Profile::open(folder, ports).await?;
        let actor = match profile.setting(ACTOR_SETTING).await? {
            Some(text) => serde_json::from_str(&text)?,
            None => {
                let actor = Actor {
                    id: ActorId(new_uuid(&profile)),
                    name: message("casework.unenrolled_person", &[]),
                    cedula: None,
                    position: String::new(),
                    designation: None,
                    enrolled: false,
                };
                profile.set_setting(ACTOR_SETTING, &serde_json::to_string(&actor)?).await?;
                actor
            }
        };
        let pace = pace::kept(&profile).await?;
        let set = limits::kept(&profile).await?;
        let settings = policy.limited(Settings::at(pace), &set);
        let resources = Resources { heads: heads::place(&profile).await?, ..resources };
        Ok(Self {
            profile: Arc::new(profile),
            lector: RwLock::new(Arc::new(Lector::new(resources, settings))),
            cases: Mutex::new(BTreeMap::new()),
            actor,
            anchors: Mutex::new(Vec::new()),
            passwords: Mutex::new(BTreeMap::new()),
            looking: Mutex::new(commission::Looking::default()),
            seen: Mutex::new(BTreeMap::new()),
            policy,
            limits: RwLock::new(set),
            offline: true,
            services: tokio::sync::OnceCell::new(),
        })
    }

    /// Tells what this installation is and has.
    pub async fn about(&self) -> AboutView {
        let mut notices = crate::quick::notices(&self.lector());
        if self.profile.keyring_kind() == KeyringKind::File {
            notices.push(message("casework.file_keyring", &[]));
        }
        if let Some(problem) = &self.policy.problem {
            notices.push(message("casework.policy_unreadable", &[("detalle", problem)]));
        }
        AboutView {
            version: env!("CARGO_PKG_VERSION").into(),
            data_folder: self.profile.folder().display().to_string(),
            offline: self.offline,
            notices,
            credits: vec![message("casework.credits", &[])],
        }
    }

    /// Returns the worker.
    #[must_use]
    pub fn lector(&self) -> Arc<Lector> {
        Arc::clone(&self.lector.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) async fn opened(&self, case: &str) -> Result<Arc<OpenCase>, CaseworkError> {
        // What is about one lot names it behind the case.
        let (case, _) = lots::address(case);
        let id: CaseId = case
            .parse()
            .map_err(|_| CaseworkError::refused(Code::NotFound, "casework.no_such_case", case))?;
        let mut cases = self.cases.lock().await;
        if let Some(open) = cases.get(&id) {
            return Ok(Arc::clone(open));
        }
        let open = Arc::new(OpenCase::new(self.profile.open_case(id).await?, Arc::clone(&self.profile)));
        cases.insert(id, Arc::clone(&open));
        Ok(open)
    }

    pub(crate) async fn keep(&self, case: Case) -> Arc<OpenCase> {
        let id = case.id();
        let open = Arc::new(OpenCase::new(case, Arc::clone(&self.profile)));
        self.cases.lock().await.insert(id, Arc::clone(&open));
        open
    }

    /// Closes every case, so that other programs can have them.
    pub async fn close(&self) {
        self.cases.lock().await.clear();
        self.passwords.lock().await.clear();
    }

    pub(crate) fn new_uuid(&self) -> uuid::Uuid {
        new_uuid(&self.profile)
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.profile.ports().clock.now()
    }
}

fn new_uuid(profile: &Profile) -> uuid::Uuid {
    let ports = profile.ports();
    cotejo_domain::ports::new_uuid(ports.clock.as_ref(), ports.entropy.as_ref())
}

pub(crate) fn data_folder(chosen: Option<PathBuf>) -> Result<PathBuf, CaseworkError> {
    let folder = chosen
        .or_else(|| std::env::var_os("COTEJO_DATOS").map(PathBuf::from))
        .or_else(|| {
            directories::ProjectDirs::from("", "", "cotejo").map(|folders| folders.data_dir().to_owned())
        })
        .ok_or_else(|| CaseworkError::refused(Code::MissingHere, "casework.no_data_folder", ""))?;
    std::fs::create_dir_all(&folder).map_err(CaseworkError::file(&folder))?;
    Ok(folder)
}

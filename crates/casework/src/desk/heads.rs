//! Heads from a signed file: installed, used, removed; and which heads a case keeps.
//!
//! The first heads that recognised a file of a case are the case's. Files that come later, pages that are turned and documents that are cut go
//! through the same ones as long as they are there; other ones take their place only when a person says so.

use super::{Desk, import, judgement};
use crate::CaseworkError;
use crate::quick::finding;
use crate::view::{Cancellation, HeadsFileView, HeadsView};
use cotejo_domain::heads_file::{BUILT_IN_SERIES, LARGEST_HEADS_FILE};
use cotejo_domain::{Code, FileHash, Finding, PageReading, PageStatus, Severity};
use cotejo_lector_client::{HeadsPlace, Lector, Resources, in_frames};
use cotejo_lector_protocol::RecognitionInput;
use cotejo_store::{Case, InstalledHeads, Profile};
use serde::Deserialize;
use std::path::Path;
use std::sync::{Arc, LazyLock, PoisonError};

/// SHA-256 of the compiled-in weights that type pages.
static BUILT_IN: LazyLock<String> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Manifest {
        weights_sha256: String,
    }
    // A test reads it; empty would mean that no case knows its heads.
    serde_json::from_str::<Manifest>(include_str!("../../../../models/manifest.json"))
        .map(|manifest| manifest.weights_sha256)
        .unwrap_or_default()
});

/// The worker for a case, and whether it has other heads than the case.
pub(crate) struct CaseLector {
    pub(crate) lector: Arc<Lector>,
    pub(crate) other: bool,
}

impl CaseLector {
    /// Says of a file that it was recognised with other heads than those of its case, where that is so.
    pub(crate) fn remark(&self) -> Option<Finding> {
        self.other.then(|| finding("casework.other_heads", Severity::Warning, ""))
    }
}

/// Says where the used heads lie, for the worker.
pub(crate) async fn place(profile: &Profile) -> Result<Option<HeadsPlace>, CaseworkError> {
    let used = profile.used_heads().await?;
    Ok(used.map(|heads| place_of(&heads)))
}

fn place_of(heads: &InstalledHeads) -> HeadsPlace {
    HeadsPlace {
        path: heads.path.clone(),
        sha256: heads.file.to_string(),
        page_types: heads.page_types.clone(),
    }
}

fn page_types_of(resources: &Resources) -> &str {
    resources.heads.as_ref().and_then(|heads| heads.page_types.as_deref()).unwrap_or(&BUILT_IN)
}

impl Desk {
    /// Shows the heads that are there.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn heads(&self) -> Result<HeadsView, CaseworkError> {
        let (installed, refused) = self.profile.installed_heads().await?;
        let built_in_used = !installed.iter().any(|heads| heads.used);
        let view = |heads: InstalledHeads| HeadsFileView {
            file: heads.file.to_string(),
            series: heads.series,
            made_on: heads.made_on.to_string(),
            publisher: heads.publisher,
            heads: heads.heads,
            page_types: heads.page_types,
            used: heads.used,
        };
        Ok(HeadsView {
            built_in_series: BUILT_IN_SERIES,
            built_in: BUILT_IN.clone(),
            built_in_used,
            installed: installed.into_iter().map(view).collect(),
            refused,
            publishers: self.profile.publishers().await?,
        })
    }

    /// Installs a signed file of heads and uses it from now on, once the worker has shown that it can be used. `older` takes one that is no
    /// newer than what is used.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it does not pass the checks: nothing changes then.
    pub async fn install_heads(&self, path: &Path, older: bool) -> Result<HeadsView, CaseworkError> {
        let size = std::fs::metadata(path).map_err(CaseworkError::file(path))?.len();
        if size > LARGEST_HEADS_FILE as u64 {
            return Err(CaseworkError::refused(Code::Precondition, "store.heads_damaged", ""));
        }
        let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
        let there = self.profile.installed_heads().await?.0;
        let file = self.profile.check_heads(&bytes, older).await?;
        let (hash, path) = self.profile.install_heads(&bytes, older).await?;
        let place = HeadsPlace { path, sha256: hash.to_string(), page_types: file.page_types() };
        if let Err(error) = self.tried(place).await {
            if !there.iter().any(|heads| heads.file == hash) {
                self.profile.remove_heads(hash).await?;
            }
            return Err(error);
        }
        self.profile.use_heads(Some(hash)).await?;
        self.take_heads().await?;
        self.heads().await
    }

    /// Uses an installed file from now on, or the compiled-in heads for `None`.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it is not installed.
    pub async fn use_heads(&self, file: Option<&str>) -> Result<HeadsView, CaseworkError> {
        let file = file.map(heads_hash).transpose()?;
        self.profile.use_heads(file).await?;
        self.take_heads().await?;
        self.heads().await
    }

    /// Removes an installed file.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it is not installed.
    pub async fn remove_heads(&self, file: &str) -> Result<HeadsView, CaseworkError> {
        self.profile.remove_heads(heads_hash(file)?).await?;
        self.take_heads().await?;
        self.heads().await
    }

    /// Takes files of a publisher from now on, or no longer; `key` is the whole public key in hexadecimal.
    ///
    /// # Errors
    /// [`Code::Precondition`] for what is no public key.
    pub async fn trust_publisher(&self, key: &str, trusted: bool) -> Result<HeadsView, CaseworkError> {
        self.profile.trust_publisher(key, trusted).await?;
        self.take_heads().await?;
        self.heads().await
    }

    // What runs keeps its workers until it ends.
    async fn take_heads(&self) -> Result<(), CaseworkError> {
        let heads = place(&self.profile).await?;
        let mut lector = self.lector.write().unwrap_or_else(PoisonError::into_inner);
        let resources = Resources { heads, ..lector.resources().clone() };
        *lector = Arc::new(Lector::new(resources, lector.settings().clone()));
        Ok(())
    }

    // Only the worker knows whether the weights fit: it recognises an empty page with them, in its jail.
    async fn tried(&self, place: HeadsPlace) -> Result<(), CaseworkError> {
        let wanted = place.page_types.clone().unwrap_or_else(|| BUILT_IN.clone());
        let lector = self.lector();
        let resources = Resources { heads: Some(place), ..lector.resources().clone() };
        let settings = lector.settings().clone();
        let recognised = import::blocking(move || {
            let trial = Lector::new(resources, settings);
            let page = PageReading {
                number: 1,
                status: PageStatus::Text,
                width: 595.0,
                height: 842.0,
                rotation: 0,
                words: Vec::new(),
                reading_view: false,
            };
            let input = RecognitionInput::new(FileHash::of(b""), "", None);
            trial.recognise(input, &mut in_frames(&[page]), Cancellation::default().switch())
        })
        .await??;
        let broken = recognised.findings.iter().find(|found| found.code == "lector.heads_broken");
        if broken.is_some() || recognised.weights != wanted {
            let detail = broken.map_or_else(String::new, |found| found.message.clone());
            return Err(CaseworkError::refused(Code::Precondition, "casework.heads_unusable", detail));
        }
        Ok(())
    }

    /// Returns the worker with the heads that the files of a case were recognised with; where they are no longer there, the one that is used now.
    pub(crate) async fn lector_of(&self, case: &Case) -> Result<CaseLector, CaseworkError> {
        let current = self.lector();
        let Some(frozen) = frozen(case).await? else {
            return Ok(CaseLector { lector: current, other: false });
        };
        if page_types_of(current.resources()) == frozen {
            return Ok(CaseLector { lector: current, other: false });
        }
        let heads = if frozen == *BUILT_IN {
            None
        } else {
            let (installed, _) = self.profile.installed_heads().await?;
            let same = |heads: &&InstalledHeads| heads.page_types.as_deref() == Some(frozen.as_str());
            let Some(found) = installed.iter().find(same) else {
                return Ok(CaseLector { lector: current, other: true });
            };
            Some(place_of(found))
        };
        let resources = Resources { heads, ..current.resources().clone() };
        Ok(CaseLector { lector: Arc::new(Lector::new(resources, current.settings().clone())), other: false })
    }
}

/// Returns the weights that the first recognised file of the bids names.
async fn frozen(case: &Case) -> Result<Option<String>, CaseworkError> {
    let code = case.state().await?.process.code.as_ref().map(ToString::to_string);
    for bid in case.bids().await? {
        for file in bid.files.iter().filter(|file| !file.sealed && file.media_type != judgement::CONTAINER) {
            let found = judgement::analysis_at(case, file.hash, &file.path, code.as_deref(), "").await?;
            if let Some(found) = found.filter(|found| !found.trace.weights.is_empty()) {
                return Ok(Some(found.trace.weights));
            }
        }
    }
    Ok(None)
}

fn heads_hash(text: &str) -> Result<FileHash, CaseworkError> {
    text.parse().map_err(|_| CaseworkError::refused(Code::NotFound, "store.no_such_heads", text))
}

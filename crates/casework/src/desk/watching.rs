//! A folder or network drive whose new packages are offered for import. Only names, sizes and times are looked at: no byte of a package
//! is read here. Who shows the offers asks now and then; the clock comes in through its port.

use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::{OfferView, WatchAnswer, WatchView};
use cotejo_catalogue::message;
use cotejo_domain::{CaseId, Code, FileHash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Seconds that a package must lie unchanged before it is offered.
const REST_SECONDS: i64 = 20;
/// Most files looked at inside of one package that is a folder.
const MOST_FILES: usize = 10_000;
const DEEPEST: usize = 16;

/// What the profile keeps for one case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Watched {
    folder: PathBuf,
    /// Offers that were answered for good, by identifier.
    #[serde(default)]
    settled: BTreeSet<String>,
    /// Names that were imported from here.
    #[serde(default)]
    imported: BTreeSet<String>,
}

/// What is remembered while the program is open: since when each package lies as it does, and which offers wait.
#[derive(Debug, Default)]
pub(super) struct Seen {
    since: BTreeMap<String, Timestamp>,
    not_now: BTreeSet<String>,
}

/// How one child of the folder lies there now.
struct Lying {
    id: String,
    name: String,
    path: PathBuf,
    size: u64,
    files: u32,
}

fn setting(case: CaseId) -> String {
    format!("carpeta-vigilada.{case}")
}

impl Desk {
    /// Shows the watched folder of a case with what is new in it. A package is offered once it has lain unchanged for a while; a folder
    /// that cannot be seen now is told and looked for again the next time.
    ///
    /// # Errors
    /// When the case is unknown or the profile cannot be read.
    pub async fn watched(&self, case: &str) -> Result<WatchView, CaseworkError> {
        let case = self.opened(case).await?.case.id();
        let Some(watched) = self.kept_watch(case).await? else { return Ok(WatchView::default()) };
        let folder = watched.folder.clone();
        let lying = super::import::blocking(move || lying_in(&folder)).await?;
        let shown = Some(watched.folder.display().to_string());
        let lying = match lying {
            Ok(lying) => lying,
            Err(error) => {
                let absent = message("casework.watch.absent", &[("causa", &error.to_string())]);
                return Ok(WatchView { folder: shown, absent: Some(absent), ..WatchView::default() });
            }
        };
        let now = self.now();
        let mut seen = self.seen.lock().await;
        let seen = seen.entry(case).or_default();
        let present: BTreeSet<&str> = lying.iter().map(|package| package.id.as_str()).collect();
        seen.since.retain(|id, _| present.contains(id.as_str()));
        let mut view = WatchView { folder: shown, ..WatchView::default() };
        for package in &lying {
            if watched.settled.contains(&package.id) {
                continue;
            }
            let since = *seen.since.entry(package.id.clone()).or_insert(now);
            if now.as_second() - since.as_second() < REST_SECONDS {
                view.settling += 1;
            } else if !seen.not_now.contains(&package.id) {
                view.offers.push(OfferView {
                    id: package.id.clone(),
                    name: package.name.clone(),
                    path: package.path.display().to_string(),
                    size: labels::size(package.size),
                    files: package.files,
                    changed: watched.imported.contains(&package.name),
                });
            }
        }
        Ok(view)
    }

    /// Watches a folder for a case, in place of the one before; `None` watches none any more. What lies there already is offered too.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such folder now.
    pub async fn watch(&self, case: &str, folder: Option<&Path>) -> Result<WatchView, CaseworkError> {
        let id = self.opened(case).await?.case.id();
        let kept = match folder {
            Some(folder) => {
                let metadata = std::fs::metadata(folder).map_err(CaseworkError::file(folder))?;
                if !metadata.is_dir() {
                    let detail = folder.display().to_string();
                    return Err(CaseworkError::refused(Code::NotFound, "casework.watch.no_folder", detail));
                }
                let folder = std::path::absolute(folder).map_err(CaseworkError::file(folder))?;
                match self.kept_watch(id).await? {
                    Some(before) if before.folder == folder => Some(before),
                    _ => Some(Watched { folder, ..Watched::default() }),
                }
            }
            None => None,
        };
        self.seen.lock().await.remove(&id);
        self.keep_watch(id, kept.as_ref()).await?;
        self.watched(case).await
    }

    /// Answers an offer: not now, never, or imported.
    ///
    /// # Errors
    /// When the case is unknown or the profile cannot be written.
    pub async fn answer_offer(
        &self,
        case: &str,
        offer: &str,
        answer: WatchAnswer,
    ) -> Result<WatchView, CaseworkError> {
        let id = self.opened(case).await?.case.id();
        if answer == WatchAnswer::NotNow {
            self.seen.lock().await.entry(id).or_default().not_now.insert(offer.to_owned());
        } else if let Some(mut watched) = self.kept_watch(id).await? {
            watched.settled.insert(offer.to_owned());
            if answer == WatchAnswer::Imported
                && let Some((_, name)) = offer.split_once('/')
            {
                watched.imported.insert(name.to_owned());
            }
            self.keep_watch(id, Some(&watched)).await?;
        }
        self.watched(case).await
    }

    async fn kept_watch(&self, case: CaseId) -> Result<Option<Watched>, CaseworkError> {
        let text = self.profile.setting(&setting(case)).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).flatten())
    }

    async fn keep_watch(&self, case: CaseId, watched: Option<&Watched>) -> Result<(), CaseworkError> {
        Ok(self.profile.set_setting(&setting(case), &serde_json::to_string(&watched)?).await?)
    }
}

fn lying_in(folder: &Path) -> std::io::Result<Vec<Lying>> {
    let mut lying = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        // What vanishes while it is looked at is no package; it is seen the next time if it comes back.
        let Ok(entry) = entry else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let unfinished = [".part", ".tmp", ".crdownload", ".partial", ".download"];
        let lower = name.to_lowercase();
        if name.starts_with(['.', '~']) || unfinished.iter().any(|end| lower.ends_with(end)) {
            continue;
        }
        if matches!(lower.as_str(), "thumbs.db" | "desktop.ini") {
            continue;
        }
        let Ok(kind) = entry.file_type() else { continue };
        // Links are not followed: what lies behind one was not put here.
        if !kind.is_dir() && !kind.is_file() {
            continue;
        }
        let mut stamps = Vec::new();
        stamp(&entry.path(), "", 0, &mut stamps);
        if stamps.is_empty() {
            continue;
        }
        stamps.sort();
        let size = stamps.iter().map(|(_, size, _)| size).sum();
        let digest = FileHash::of(format!("{stamps:?}").as_bytes()).to_string();
        lying.push(Lying {
            id: format!("{}/{name}", digest.get(..16).unwrap_or_default()),
            name,
            path: entry.path(),
            size,
            files: u32::try_from(stamps.len()).unwrap_or(u32::MAX),
        });
    }
    lying.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(lying)
}

/// Notes name, size and time of change of every file below `path`.
fn stamp(path: &Path, name: &str, depth: usize, stamps: &mut Vec<(String, u64, u128)>) {
    if depth > DEEPEST || stamps.len() >= MOST_FILES {
        return;
    }
    let Ok(metadata) = std::fs::symlink_metadata(path) else { return };
    if metadata.is_file() {
        let changed = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        stamps.push((name.to_owned(), metadata.len(), changed.map_or(0, |since| since.as_nanos())));
    } else if metadata.is_dir() {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            let below = format!("{name}/{}", entry.file_name().to_string_lossy());
            stamp(&entry.path(), &below, depth + 1, stamps);
        }
    }
}

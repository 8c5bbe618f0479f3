//! Rule packs through the desk: which there are, installing signed files, comparing, exporting, signing.
//!
//! New cases are judged by the used packs of this profile together with what the entity recorded; a case keeps the exact text it was frozen
//! with (`case_rules`).

use super::Desk;
use super::rules_entity::EntityBook;
use crate::CaseworkError;
use crate::quick::write_whole;
use crate::sources::name_of;
use crate::view::{
    RuleDifferenceView, RuleFlagView, RulePackContents, RulePackView, RuleProblemView, RuleValueView,
    RulesCheckView, RulesComparisonView, RulesView,
};
use cotejo_catalogue::message;
use cotejo_domain::rules_file::{LARGEST_RULES_FILE, RulesError, RulesFile};
use cotejo_domain::{Code, FileHash};
use cotejo_rules::{Change, Confirmation, Difference, Origin, PackSet, Problem, RulePack, compare};
use std::path::Path;

/// One pack with where it comes from.
struct Known {
    pack: RulePack,
    file: Option<FileHash>,
    publisher: Option<String>,
    used: bool,
}

impl Desk {
    /// Returns the packs that new cases are judged by, with what the entity recorded.
    pub(crate) async fn packs(&self) -> Result<PackSet, CaseworkError> {
        let (known, _) = self.known_packs().await?;
        let mut set = PackSet::built_in();
        for known in known {
            if known.used && known.file.is_some() {
                set.take(known.pack);
            }
        }
        Ok(set.with_entity(&self.entity_book().await?.rules))
    }

    /// Lists compiled-in and installed packs; of those with one identifier exactly one is used.
    async fn known_packs(&self) -> Result<(Vec<Known>, Vec<String>), CaseworkError> {
        let (installed, mut refused) = self.profile.installed_rules().await?;
        let mut known: Vec<Known> = RulePack::all()
            .iter()
            .map(|pack| Known { pack: pack.clone(), file: None, publisher: None, used: true })
            .collect();
        for rules in installed {
            let name = rules.file.to_string();
            let Ok(pack) = RulePack::from_chain(&name, rules.content.contents.packs.clone()) else {
                refused.push(name);
                continue;
            };
            let publisher = Some(rules.content.seal.public_key.to_lowercase());
            known.push(Known { pack, file: Some(rules.file), publisher, used: rules.used });
        }
        for index in 0..known.len() {
            let replaced = known.iter().enumerate().any(|(other, candidate)| {
                other != index
                    && candidate.used
                    && candidate.file.is_some()
                    && known
                        .get(index)
                        .is_some_and(|this| this.pack.id == candidate.pack.id && this.file.is_none())
            });
            if let Some(this) = known.get_mut(index).filter(|_| replaced) {
                this.used = false;
            }
        }
        known.sort_by(|one, other| {
            (one.pack.valid_from, &one.pack.id, one.pack.version).cmp(&(
                other.pack.valid_from,
                &other.pack.id,
                other.pack.version,
            ))
        });
        Ok((known, refused))
    }

    /// Shows the packs that are there.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn rules(&self) -> Result<RulesView, CaseworkError> {
        let (known, refused) = self.known_packs().await?;
        let entity = self.entity_book().await?.rules;
        let view = |known: Known| {
            let pack = if known.used { known.pack.with_entity(&entity) } else { known.pack };
            RulePackView {
                file: known.file.map(|file| file.to_string()),
                publisher: known.publisher,
                built_in: known.file.is_none(),
                used: known.used,
                ..pack_view(&pack)
            }
        };
        Ok(RulesView {
            packs: known.into_iter().map(view).collect(),
            refused,
            publishers: self.profile.rules_publishers().await?,
        })
    }

    /// Shows what a pack says: the used one of an identifier, or a file.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is none of that name; [`Code::UnreadableInput`] for a file that does not load.
    pub async fn rule_values(&self, name: &str) -> Result<RulePackContents, CaseworkError> {
        let pack = self.pack_named(name).await?;
        let keys = pack.keys();
        Ok(RulePackContents {
            values: keys.iter().filter_map(|key| value_view(&pack, key)).collect(),
            flags: pack.flags(None).into_iter().map(flag_view).collect(),
            removed: pack.removed().map(str::to_owned).collect(),
            pack: pack_view(&pack),
        })
    }

    /// Checks a file of rules, a draft or a signed one, and tells everything that is wrong with it.
    ///
    /// # Errors
    /// When the file cannot be read from the disk.
    pub async fn check_rules(&self, path: &Path) -> Result<RulesCheckView, CaseworkError> {
        let bytes = read(path)?;
        let name = name_of(path);
        let (signature, publisher) = match self.profile.check_rules(&bytes).await {
            Ok((file, known)) => {
                let key = file.seal.public_key.to_lowercase();
                let own = self.profile.rules_publishers().await?.first() == Some(&key);
                let state = if own {
                    "propia"
                } else if known {
                    "conocida"
                } else {
                    "desconocida"
                };
                (state, Some(key))
            }
            Err(_) if RulesFile::parse(&bytes) == Err(RulesError::Unsigned) => ("ninguna", None),
            Err(_) => ("rota", None),
        };
        let read = self.draft_or_signed(&name, &bytes).await?;
        let note = message(&format!("casework.rules.signature.{signature}"), &[]);
        let (problems, pack) = match read {
            Ok(pack) => (Vec::new(), Some(pack_view(&pack))),
            Err(problems) => (problems.iter().map(problem_view).collect(), None),
        };
        Ok(RulesCheckView {
            file: name,
            sound: problems.is_empty(),
            problems,
            pack,
            signature: signature.into(),
            signature_note: note,
            publisher,
        })
    }

    /// Compares two packs, each the used one of an identifier or a file.
    ///
    /// # Errors
    /// As [`Desk::rule_values`].
    pub async fn compare_rules(
        &self,
        before: &str,
        after: &str,
    ) -> Result<RulesComparisonView, CaseworkError> {
        let (before, after) = (self.pack_named(before).await?, self.pack_named(after).await?);
        Ok(comparison(&before, &after))
    }

    /// Installs a signed file of rules: new cases are judged by its pack from now on; older ones keep theirs. `older` takes a pack that is no
    /// newer than the one in use.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it is not signed, was changed, comes from a stranger, or is no newer: nothing changes then.
    pub async fn install_rules(&self, path: &Path, older: bool) -> Result<RulesView, CaseworkError> {
        let bytes = read(path)?;
        let (file, trusted) = self.profile.check_rules(&bytes).await?;
        if !trusted {
            let key = file.seal.public_key.to_lowercase();
            return Err(CaseworkError::refused(Code::Precondition, "store.rules_stranger", key));
        }
        let name = name_of(path);
        let pack = RulePack::from_chain(&name, file.contents.packs.clone()).map_err(first)?;
        let pack = pack.whose_flags_agree(&name).map_err(first)?;
        let (known, _) = self.known_packs().await?;
        let there = known.iter().filter(|known| known.pack.id == pack.id && known.used);
        let newest = there.map(|known| known.pack.version).max();
        if !older && newest.is_some_and(|newest| pack.version <= newest) {
            let detail = format!("{}@{} ≤ @{}", pack.id, pack.version, newest.unwrap_or_default());
            return Err(CaseworkError::refused(Code::Precondition, "casework.rules_older", detail));
        }
        let same = known.iter().filter(|known| known.pack.id == pack.id);
        let replaced: Vec<FileHash> = same.filter_map(|known| known.file).collect();
        self.profile.install_rules(&bytes, &replaced).await?;
        self.rules().await
    }

    /// Removes an installed file of rules; the compiled-in pack of its identifier, if there is one, is used from now on.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it is not installed.
    pub async fn remove_rules(&self, file: &str) -> Result<RulesView, CaseworkError> {
        let hash =
            file.parse().map_err(|_| CaseworkError::refused(Code::NotFound, "store.no_such_rules", file))?;
        self.profile.remove_rules(hash).await?;
        self.rules().await
    }

    /// Takes rules of a publisher from now on, or no longer; `key` is the whole public key in hexadecimal.
    ///
    /// # Errors
    /// [`Code::Precondition`] for what is no public key.
    pub async fn trust_rules_publisher(&self, key: &str, trusted: bool) -> Result<RulesView, CaseworkError> {
        self.profile.trust_rules_publisher(key, trusted).await?;
        self.rules().await
    }

    /// Writes a pack with its parents as JSON that a person can edit.
    ///
    /// # Errors
    /// As [`Desk::rule_values`]; when the file cannot be written.
    pub async fn export_rules(&self, name: &str, output: &Path) -> Result<(), CaseworkError> {
        let draft = self.pack_named(name).await?.draft();
        let text = serde_json::to_string_pretty(&draft)? + "\n";
        write_whole(output, text.as_bytes())
    }

    /// Signs a draft with the key of this device and writes the file that others install; returns the public key.
    ///
    /// # Errors
    /// [`Code::UnreadableInput`] for a draft with something wrong in it: nothing is written then.
    pub async fn sign_rules(&self, draft: &Path, output: &Path) -> Result<String, CaseworkError> {
        let pack = self.draft_or_signed(&name_of(draft), &read(draft)?).await?.map_err(first)?;
        let bytes = self.profile.sign_rules(pack.chain_json())?;
        write_whole(output, &bytes)?;
        Ok(self.profile.rules_publishers().await?.into_iter().next().unwrap_or_default())
    }

    /// Finds a pack by its identifier, among those in use, or in a file.
    pub(crate) async fn pack_named(&self, name: &str) -> Result<RulePack, CaseworkError> {
        let set = self.packs().await?;
        if let Some(pack) = set.by_id(name) {
            return Ok(pack.clone());
        }
        if let Some((id, version)) = name.rsplit_once('@') {
            let (known, _) = self.known_packs().await?;
            let found = known
                .into_iter()
                .find(|known| known.pack.id == id && known.pack.version.to_string() == version);
            return found
                .map(|known| known.pack)
                .ok_or_else(|| CaseworkError::refused(Code::NotFound, "casework.no_such_rules", name));
        }
        let path = Path::new(name);
        if !path.exists() {
            return Err(CaseworkError::refused(Code::NotFound, "casework.no_such_rules", name));
        }
        self.draft_or_signed(&name_of(path), &read(path)?).await?.map_err(first)
    }

    async fn draft_or_signed(
        &self,
        name: &str,
        bytes: &[u8],
    ) -> Result<Result<RulePack, Vec<Problem>>, CaseworkError> {
        if let Ok(file) = RulesFile::parse(bytes) {
            let pack = RulePack::from_chain(name, file.contents.packs);
            return Ok(pack.and_then(|pack| pack.whose_flags_agree(name)));
        }
        let known: Vec<RulePack> = self.known_packs().await?.0.into_iter().map(|known| known.pack).collect();
        Ok(RulePack::read_draft(name, &String::from_utf8_lossy(bytes), &known))
    }

    pub(crate) async fn entity_book(&self) -> Result<EntityBook, CaseworkError> {
        match self.profile.entity_rules().await? {
            Some(text) => Ok(serde_json::from_str(&text)?),
            None => Ok(EntityBook::default()),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, CaseworkError> {
    let size = std::fs::metadata(path).map_err(CaseworkError::file(path))?.len();
    if size > LARGEST_RULES_FILE as u64 {
        return Err(CaseworkError::refused(Code::Precondition, "store.rules_damaged", ""));
    }
    std::fs::read(path).map_err(CaseworkError::file(path))
}

/// Makes an error of the first thing that is wrong; `cotejo reglas validar` tells them all.
fn first(problems: Vec<Problem>) -> CaseworkError {
    let told: Vec<String> = problems.iter().take(3).map(Problem::message).collect();
    CaseworkError::refused(Code::UnreadableInput, "casework.rules_unsound", told.join(" "))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn pack_view(pack: &RulePack) -> RulePackView {
    RulePackView {
        id: pack.id.clone(),
        version: pack.version,
        valid_from: pack.valid_from.to_string(),
        valid_to: pack.valid_to.map(|last| last.to_string()),
        parent: pack.chain().nth(1).map(|parent| format!("{}@{}", parent.id, parent.version)),
        norms: pack.norms.clone(),
        warning: pack.warning.clone(),
        sha256: pack.sha256.clone(),
        values: count(pack.keys().len()),
        unverified_values: count(pack.unverified_count()),
        built_in: false,
        file: None,
        publisher: None,
        used: false,
    }
}

fn value_view(pack: &RulePack, key: &str) -> Option<RuleValueView> {
    let value = pack.raw(key)?;
    let (origin, stated_by) = match &value.origin {
        Origin::Pliego => ("pliego", String::new()),
        Origin::Entity { by, at, .. } => ("entity", format!("{by}, {at}")),
        Origin::Pack { id, version } => ("pack", format!("{id}@{version}")),
        Origin::Inherited { id, version } => ("inherited", format!("{id}@{version}")),
    };
    let confirmed =
        value.confirmed.map(|Confirmation { by, at, document }| format!("{by}, {at}, {document}"));
    Some(RuleValueView {
        key: key.to_owned(),
        value: value.value.to_string(),
        unit: value.unit,
        source: value.source,
        origin: origin.into(),
        stated_by,
        verified: value.verified,
        confirmed,
        suspicious: value.suspicious,
        note: value.note,
    })
}

fn flag_view(flag: cotejo_rules::Flag) -> RuleFlagView {
    RuleFlagView {
        id: flag.id,
        title: flag.title,
        article: flag.article,
        in_transition_by: flag.in_transition_by,
        before: flag.before,
        switches: flag.switches,
        valid_from: flag.valid_from.map(|date| date.to_string()),
        source: flag.source,
        recorded: flag.recorded.map(|(by, at)| format!("{by}, {at}")),
    }
}

fn problem_view(problem: &Problem) -> RuleProblemView {
    RuleProblemView {
        code: problem.code.into(),
        file: problem.file.clone(),
        place: problem.pointer.clone(),
        expected: problem.expected.clone(),
        found: problem.found.clone(),
        message: problem.message(),
        remedy: problem.remedy(),
    }
}

pub(crate) fn comparison(before: &RulePack, after: &RulePack) -> RulesComparisonView {
    RulesComparisonView {
        before: format!("{}@{}", before.id, before.version),
        after: format!("{}@{}", after.id, after.version),
        differences: compare(before, after).into_iter().map(difference_view).collect(),
    }
}

fn difference_view(difference: Difference) -> RuleDifferenceView {
    let change = match difference.change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Value => "value",
        Change::Source => "source",
        Change::Verified => "verified",
        Change::Unverified => "unverified",
        Change::Note => "note",
    };
    let (before, after) = (difference.before, difference.after);
    RuleDifferenceView {
        key: difference.key,
        change: change.into(),
        change_name: message(&format!("casework.rules.change.{change}"), &[]),
        before: before.as_ref().map(|side| side.value.to_string()),
        before_unit: before.as_ref().and_then(|side| side.unit.clone()),
        before_verified: before.as_ref().map(|side| side.verified),
        before_source: before.map(|side| side.source),
        after: after.as_ref().map(|side| side.value.to_string()),
        after_unit: after.as_ref().and_then(|side| side.unit.clone()),
        after_verified: after.as_ref().map(|side| side.verified),
        after_source: after.map(|side| side.source),
    }
}

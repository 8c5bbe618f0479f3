//! Makes packs of files: form, then sense. Everything that is wrong with a file is said at once.

use super::form::PackForm;
use super::problem::Problem;
use super::schema;
use super::{BASE_PREFIX, FLAG_PREFIX, RulePack};
use cotejo_catalogue::message;
use serde_json::Value;
use std::collections::BTreeSet;

impl RulePack {
    /// Reads a pack from the text of its file; `known` are the packs it may inherit from.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its place.
    pub fn load(file: &str, text: &str, known: &[Self]) -> Result<Self, Vec<Problem>> {
        let json = schema::parse(file, text).map_err(|problem| vec![problem])?;
        let pack = Self::from_json(file, json, known)?;
        let problems = pack.flag_disagreements(file);
        if problems.is_empty() { Ok(pack) } else { Err(problems) }
    }

    /// As [`RulePack::load`], from JSON that was parsed already.
    pub(super) fn from_json(file: &str, json: Value, known: &[Self]) -> Result<Self, Vec<Problem>> {
        let problems = schema::check(file, &json);
        if !problems.is_empty() {
            return Err(problems);
        }
        let form: PackForm = serde_json::from_value(json.clone())
            .map_err(|error| vec![Problem::new("rules.pack.shape", file, "", "", &error.to_string())])?;
        let problems = sense(file, &form, known);
        if !problems.is_empty() {
            return Err(problems);
        }
        let parent = form.parent.as_ref().and_then(|parent| parent_of(known, &parent.id, parent.version));
        Ok(Self::assemble(form, json, parent.cloned().map(Box::new)))
    }
}

fn parent_of<'a>(known: &'a [RulePack], id: &str, version: u32) -> Option<&'a RulePack> {
    known.iter().find(|pack| pack.id == id && pack.version == version)
}

fn sense(file: &str, form: &PackForm, known: &[RulePack]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |code: &'static str, pointer: &str, expected: &str, found: &str| {
        problems.push(Problem::new(code, file, pointer, expected, found));
    };
    if form.valid_to.is_some_and(|last| last < form.valid_from) {
        let last = form.valid_to.map(|last| last.to_string()).unwrap_or_default();
        let wanted = message("rules.pack.expected.not_before", &[("fecha", &form.valid_from.to_string())]);
        say("rules.pack.dates", "/valid_to", &wanted, &last);
    }
    let own: BTreeSet<String> = own_keys(form).collect();
    let inherits: BTreeSet<&str> = form.inherits.iter().map(String::as_str).collect();
    let removed: BTreeSet<&str> = form.removed.iter().map(String::as_str).collect();
    match &form.parent {
        None => {
            for (list, keys) in [("inherits", &form.inherits), ("removed", &form.removed)] {
                if !keys.is_empty() {
                    let nothing = message("rules.pack.expected.empty", &[]);
                    say("rules.pack.no_parent", &format!("/{list}"), &nothing, &keys.join(", "));
                }
            }
        }
        Some(named) => match parent_of(known, &named.id, named.version) {
            None => {
                let there: Vec<String> =
                    known.iter().map(|pack| format!("{}@{}", pack.id, pack.version)).collect();
                let found = format!("{}@{}", named.id, named.version);
                say("rules.pack.parent_missing", "/parent", &there.join(", "), &found);
            }
            Some(parent) if parent.valid_from >= form.valid_from => {
                let wanted = message("rules.pack.expected.older", &[("fecha", &form.valid_from.to_string())]);
                say("rules.pack.parent_newer", "/parent", &wanted, &parent.valid_from.to_string());
            }
            Some(parent) => {
                let theirs: BTreeSet<String> = parent.keys().into_iter().collect();
                for (list, keys) in [("inherits", &form.inherits), ("removed", &form.removed)] {
                    for (index, key) in keys.iter().enumerate().filter(|(_, key)| !theirs.contains(*key)) {
                        let wanted = message("rules.pack.expected.key_of", &[("paquete", &parent.id)]);
                        say("rules.pack.no_such_key", &format!("/{list}/{index}"), &wanted, key);
                    }
                }
                for key in &theirs {
                    let said =
                        [own.contains(key), inherits.contains(key.as_str()), removed.contains(key.as_str())];
                    match said.iter().filter(|said| **said).count() {
                        0 => say(
                            "rules.pack.unaccounted",
                            "/inherits",
                            &message("rules.pack.expected.said", &[]),
                            key,
                        ),
                        1 => {}
                        _ => say(
                            "rules.pack.twice_said",
                            "/inherits",
                            &message("rules.pack.expected.once", &[]),
                            key,
                        ),
                    }
                }
            }
        },
    }
    let all: BTreeSet<String> = own.iter().cloned().chain(form.inherits.iter().cloned()).collect();
    for (key, value) in &form.parameters {
        let flag_known = |flag: &String| all.contains(&format!("{FLAG_PREFIX}{flag}"));
        if let Some(flag) = value.flag.as_ref().filter(|flag| !flag_known(flag)) {
            let wanted = message("rules.pack.expected.flag", &[]);
            say("rules.pack.no_such_flag", &format!("/parameters/{key}/flag"), &wanted, flag);
        }
        if let Some(before) = value.before.as_ref().filter(|before| !all.contains(*before) || *before == key)
        {
            let wanted = message("rules.pack.expected.other_key", &[]);
            say("rules.pack.no_such_key", &format!("/parameters/{key}/before"), &wanted, before);
        }
        if value.before.is_some() && value.flag.is_none() {
            let wanted = message("rules.pack.expected.with_flag", &[]);
            say("rules.pack.no_such_flag", &format!("/parameters/{key}/before"), &wanted, "null");
        }
    }
    for (flag, form) in &form.feature_flags {
        for (index, key) in form.switches.iter().enumerate().filter(|(_, key)| !all.contains(*key)) {
            let place = format!("/feature_flags/{flag}/switches/{index}");
            let wanted = message("rules.pack.expected.own_key", &[]);
            say("rules.pack.no_such_key", &place, &wanted, key);
        }
        if form.valid_from.is_some() && form.source.is_none() {
            let wanted = message("rules.pack.expected.announced", &[]);
            say("rules.pack.flag_source", &format!("/feature_flags/{flag}/source"), &wanted, "null");
        }
    }
    problems
}

/// Lists the keys of what a file states itself: parameters, legal bases as `base.TEMA`, flags as `bandera.ARTÍCULO`.
pub(super) fn own_keys(form: &PackForm) -> impl Iterator<Item = String> {
    let parameters = form.parameters.keys().cloned();
    let bases = form.legal_basis.keys().map(|topic| format!("{BASE_PREFIX}{topic}"));
    let flags = form.feature_flags.keys().map(|flag| format!("{FLAG_PREFIX}{flag}"));
    parameters.chain(bases).chain(flags)
}

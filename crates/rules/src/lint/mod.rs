//! The entity's own draft, looked through before it is published: the same packs, asked the other way round (docs/lint.md).
//!
//! One rule a file in `rules/`, each with its pair of drafts: one that it leaves alone and one that it finds. A rule proposes what to look at; it
//! changes nothing, and a person decides what the pliego says. Rules read requirements and statements with their places, never files.

mod rules;

use crate::{Answer, RulePack};
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Pliego, RequirementId, RequirementSource, Severity};
use serde::Serialize;

/// Holds one sentence or row of the draft with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// As it is written.
    pub text: String,
    /// Where it stands.
    pub source: RequirementSource,
}

/// Holds a draft with the norms of the day it would be published.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What was read from it.
    pub pliego: &'a Pliego,
    /// Its sentences and rows; of structured data, the texts of its requirements.
    pub statements: &'a [Statement],
    /// The norms.
    pub pack: &'a RulePack,
}

/// Says what a person should look at before publishing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LintFinding {
    /// Code of the rule: `lint.marca`.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// What, in Spanish.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// The requirement, where it is one.
    pub requirement: Option<RequirementId>,
    /// The place, where there is one.
    pub place: Option<RequirementSource>,
    /// Articles of the pack; empty where it names none.
    pub legal_basis: Vec<String>,
    /// True when nobody verified the norm it rests on.
    pub unverified: bool,
}

impl LintFinding {
    /// Builds a finding; `topic` names its legal basis in the pack.
    fn of(draft: &Draft<'_>, code: &str, severity: Severity, topic: &str, values: &[(&str, &str)]) -> Self {
        let (legal_basis, unverified) = match draft.pack.basis(topic) {
            Answer::Known(basis) => {
                let unverified = basis.marked();
                (basis.value, unverified)
            }
            Answer::Ask { .. } => (Vec::new(), false),
        };
        Self {
            code: code.to_owned(),
            severity,
            message: message(code, values),
            remedy: remedy(code, values),
            requirement: None,
            place: None,
            legal_basis,
            unverified,
        }
    }

    fn at(mut self, source: &RequirementSource) -> Self {
        self.place = Some(source.clone());
        self
    }

    fn on(mut self, requirement: &cotejo_domain::Requirement) -> Self {
        self.requirement = Some(requirement.id.clone());
        self.place = Some(requirement.source.clone());
        self
    }

    /// Returns the page, for the order in which a person reads.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        match &self.place {
            Some(RequirementSource::Page { page, .. }) => Some(*page),
            Some(RequirementSource::Clarification { page, .. }) => *page,
            _ => None,
        }
    }
}

/// Looks through a draft: what was found, in the order of its pages; what has no page comes first.
#[must_use]
pub fn lint(draft: &Draft<'_>) -> Vec<LintFinding> {
    let mut found: Vec<LintFinding> = Vec::new();
    for (_, rule) in rules::RULES {
        for finding in rule(draft) {
            if !found.iter().any(|other| {
                other.code == finding.code
                    && other.message == finding.message
                    && other.page() == finding.page()
            }) {
                found.push(finding);
            }
        }
    }
    found.sort_by_key(LintFinding::page);
    found
}

/// Lists the codes of the rules.
#[must_use]
pub fn codes() -> Vec<&'static str> {
    rules::RULES.iter().map(|(code, _)| *code).collect()
}

//! Equal treatment: like things judged differently, found while deciding and answered before signing.
//!
//! Three findings: the same requirement, error and legal ground with different outcomes; the same page judged differently under the same
//! requirement; a criterion in a motivation that the pliego does not have. Each names what it rests on: when a verdict changes it is another
//! finding, and an answer to the old one answers nothing.

use super::criteria::{Foreign, Known, foreign};
use cotejo_catalogue::message;
use cotejo_domain::course::TreatmentAnswer;
use cotejo_domain::{BidId, Evidence, FileHash, LotId, Motivation, RequirementId, Verdict};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Pieces of evidence of each cell that a finding shows.
const PLACES: usize = 3;

/// Holds what was ruled on a cell.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The requirement in words.
    pub title: String,
    /// The bid.
    pub bid: BidId,
    /// The bidder, for people.
    pub bidder: String,
    /// What holds.
    pub verdict: Verdict,
    /// Codes of what was found wrong: the reasons of an adverse proposal.
    pub defects: BTreeSet<String>,
    /// Articles the proposal rests on.
    pub basis: BTreeSet<String>,
    /// What the decision rests on, each with what identifies the content of its page where that is known.
    pub evidence: Vec<(Evidence, Option<String>)>,
    /// The reasons given.
    pub motivation: Motivation,
    /// What the reasons may speak of.
    pub known: Known,
}

/// Tells what kind of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TreatmentKind {
    /// The same requirement, error and ground; different outcomes.
    SameError,
    /// The same page; different outcomes.
    SameEvidence,
    /// A criterion that the pliego does not have.
    ForeignCriterion,
}

/// One side of a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreatedCell {
    /// The bid.
    pub bid: BidId,
    /// The bidder.
    pub bidder: String,
    /// What holds.
    pub verdict: Verdict,
    /// Where to look.
    pub evidence: Vec<Evidence>,
}

/// A finding about equal treatment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreatmentFinding {
    /// Names it: the same as long as what it rests on is.
    pub id: String,
    /// What kind.
    pub kind: TreatmentKind,
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The requirement in words.
    pub title: String,
    /// What was found, in Spanish.
    pub text: String,
    /// The cells, with their pages side by side.
    pub cells: Vec<TreatedCell>,
}

fn rules(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Cumple | Verdict::NoCumple | Verdict::AConvalidar)
}

/// Names a verdict by the key of its word.
#[must_use]
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Cumple => "flags.veredicto.cumple",
        Verdict::NoCumple => "flags.veredicto.no_cumple",
        Verdict::AConvalidar => "flags.veredicto.a_convalidar",
        Verdict::NoAplica => "flags.veredicto.no_aplica",
        Verdict::Pendiente => "flags.veredicto.pendiente",
    }
}

/// Looks for everything. The result does not depend on the order of what is ruled.
#[must_use]
pub fn findings(ruled: &[Ruled]) -> Vec<TreatmentFinding> {
    let mut found = same_error(ruled);
    for finding in same_evidence(ruled) {
        // Two cells that were found by their error are not told again by their page.
        let bids =
            |finding: &TreatmentFinding| finding.cells.iter().map(|cell| cell.bid).collect::<BTreeSet<_>>();
        let told = found.iter().any(|known| {
            known.requirement == finding.requirement
                && known.lot == finding.lot
                && bids(known).is_superset(&bids(&finding))
        });
        if !told {
            found.push(finding);
        }
    }
    found.extend(foreign_criteria(ruled));
    found.sort_by(|a, b| (a.kind, &a.requirement, &a.id).cmp(&(b.kind, &b.requirement, &b.id)));
    found
}

fn same_error(ruled: &[Ruled]) -> Vec<TreatmentFinding> {
    type Matter<'a> = (LotId, &'a RequirementId, &'a BTreeSet<String>, &'a BTreeSet<String>);
    let mut matters: BTreeMap<Matter<'_>, Vec<&Ruled>> = BTreeMap::new();
    for one in ruled.iter().filter(|one| rules(one.verdict) && !one.defects.is_empty()) {
        matters.entry((one.lot, &one.requirement, &one.defects, &one.basis)).or_default().push(one);
    }
    let differ = |group: &Vec<&Ruled>| group.iter().any(|one| one.verdict != group[0].verdict);
    let groups = matters.into_values().filter(|group| !group.is_empty() && differ(group));
    groups
        .map(|group| compared(TreatmentKind::SameError, &group, "commission.treatment.same_error", ""))
        .collect()
}

fn same_evidence(ruled: &[Ruled]) -> Vec<TreatmentFinding> {
    type Page<'a> = (LotId, &'a RequirementId, &'a str);
    let mut pages: BTreeMap<Page<'_>, Vec<&Ruled>> = BTreeMap::new();
    for one in ruled.iter().filter(|one| rules(one.verdict)) {
        let contents: BTreeSet<&str> =
            one.evidence.iter().filter_map(|(_, content)| content.as_deref()).collect();
        for content in contents {
            pages.entry((one.lot, &one.requirement, content)).or_default().push(one);
        }
    }
    let mut found: Vec<TreatmentFinding> = Vec::new();
    for ((_, _, content), group) in pages {
        if group.iter().all(|one| one.verdict == group[0].verdict) {
            continue;
        }
        let finding =
            compared(TreatmentKind::SameEvidence, &group, "commission.treatment.same_evidence", content);
        // Several pages that the same cells share are one matter.
        let of = |finding: &TreatmentFinding| finding.cells.iter().map(|cell| cell.bid).collect::<Vec<_>>();
        if !found.iter().any(|known| known.requirement == finding.requirement && of(known) == of(&finding)) {
            found.push(finding);
        }
    }
    found
}

fn compared(kind: TreatmentKind, group: &[&Ruled], key: &str, content: &str) -> TreatmentFinding {
    let mut group = group.to_vec();
    group.sort_by_key(|one| one.bid);
    let first = group[0];
    let told = |one: &&Ruled| {
        let verdict = message(verdict_key(one.verdict), &[]);
        message("commission.treatment.side", &[("oferente", &one.bidder), ("resultado", &verdict)])
    };
    let sides = group.iter().map(told).collect::<Vec<_>>().join("; ");
    let places = |one: &Ruled| {
        let same =
            one.evidence.iter().filter(|(_, of)| !content.is_empty() && of.as_deref() == Some(content));
        let others =
            one.evidence.iter().filter(|(_, of)| content.is_empty() || of.as_deref() != Some(content));
        same.chain(others).map(|(evidence, _)| evidence.clone()).take(PLACES).collect()
    };
    let rests_on: Vec<String> = group.iter().map(|one| format!("{}={:?}", one.bid, one.verdict)).collect();
    TreatmentFinding {
        id: identity(kind, first, &rests_on.join("|")),
        kind,
        lot: first.lot,
        requirement: first.requirement.clone(),
        title: first.title.clone(),
        text: message(key, &[("requisito", &first.title), ("lados", &sides)]),
        cells: group
            .iter()
            .map(|one| TreatedCell {
                bid: one.bid,
                bidder: one.bidder.clone(),
                verdict: one.verdict,
                evidence: places(one),
            })
            .collect(),
    }
}

fn identity(kind: TreatmentKind, one: &Ruled, rests_on: &str) -> String {
    let text = format!("{kind:?}|{}|{}|{rests_on}", one.lot, one.requirement);
    FileHash::of(text.as_bytes()).to_string().chars().take(12).collect()
}

fn foreign_criteria(ruled: &[Ruled]) -> Vec<TreatmentFinding> {
    let mut found = Vec::new();
    // A criterion that nobody had takes something away only where it is held against a bid.
    for one in ruled.iter().filter(|one| matches!(one.verdict, Verdict::NoCumple | Verdict::AConvalidar)) {
        let reasons = &one.motivation;
        let text = format!("{}\n{}\n{}", reasons.fact, reasons.norm, reasons.conclusion);
        for criterion in foreign(&text, &one.known) {
            found.push(foreign_criterion(one, &criterion));
        }
    }
    found
}

fn foreign_criterion(one: &Ruled, criterion: &Foreign) -> TreatmentFinding {
    let (key, cited) = criterion.cited();
    TreatmentFinding {
        id: identity(TreatmentKind::ForeignCriterion, one, &format!("{}|{key}|{cited}", one.bid)),
        kind: TreatmentKind::ForeignCriterion,
        lot: one.lot,
        requirement: one.requirement.clone(),
        title: one.title.clone(),
        text: message(key, &[("citado", &cited), ("requisito", &one.title), ("oferente", &one.bidder)]),
        cells: vec![TreatedCell {
            bid: one.bid,
            bidder: one.bidder.clone(),
            verdict: one.verdict,
            evidence: one.evidence.iter().map(|(evidence, _)| evidence.clone()).take(PLACES).collect(),
        }],
    }
}

/// Returns the answer to a finding, where one holds.
#[must_use]
pub fn answer<'a>(answers: &'a [TreatmentAnswer], finding: &str) -> Option<&'a TreatmentAnswer> {
    answers.iter().rev().find(|one| one.finding == finding).filter(|one| !one.reason.trim().is_empty())
}

#[cfg(test)]
#[path = "treatment_tests.rs"]
mod tests;

//! One cell on the reading desk.

use super::judgement::{JudgedBid, Judgement};
use super::matrix::Decided;
use super::{Desk, labels, lots, reading_text};
use crate::CaseworkError;
use crate::analysis::{FileAnalysis, PageNote};
use crate::measure::level::Levels;
use crate::view::{
    BidView, BlockedVerdict, CellView, DecisionView, EvidencePlace, EvidenceView, FactRow, HistoryEntry,
    MotivationView, ProposalView, TraceRow, Verdict as VerdictView,
};
use cotejo_catalogue::message;
use cotejo_domain::{
    BidId, Code, Evidence, FileHash, Location, Motivation, PageReading, Proposal, RequirementId,
    RequirementKind,
};
use cotejo_store::{Case, DecisionState};
use std::collections::BTreeMap;

impl Desk {
    /// Shows a cell.
    ///
    /// # Errors
    /// [`Code::NotFound`] when the case has no such requirement or bid.
    pub async fn cell(&self, case: &str, requirement: &str, bid: &str) -> Result<CellView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let requirement_id = RequirementId(requirement.into());
        let no_such = || {
            CaseworkError::refused(Code::NotFound, "casework.no_such_cell", format!("{requirement} × {bid}"))
        };
        let bid_id: BidId = bid.parse().map_err(|_| no_such())?;
        let (number, requirement) = judgement.requirement(&requirement_id).ok_or_else(no_such)?;
        let judged = judgement.bid(bid_id).ok_or_else(no_such)?;
        self.look_at_cell(open.case.id(), &requirement_id, bid_id).await;
        let proposal = judgement.proposal(&requirement_id, bid_id);
        let decided = Decided::of(&open.case).await?;
        let decision = decided.at(&requirement_id, bid_id);
        let evidence = all_evidence(proposal, decision.map(|decision| decision.evidence.as_slice()));
        let flowing = flowing(&open.case, &evidence).await?;
        let form = requirement.kind == RequirementKind::Integridad;
        let against = if super::judgement::is_asked(requirement, judged) {
            super::curing::against_no_cumple(self, &open, &requirement_id, bid_id, None).await?
        } else {
            Vec::new()
        };
        let first = "curing.refusa.pida_primero";
        let blocked = against
            .into_iter()
            .take(1)
            .map(|against| BlockedVerdict {
                verdict: VerdictView::NoCumple,
                code: against.code.clone(),
                reason: if form && against.code == first {
                    message("casework.cure_first", &[])
                } else {
                    against.text
                },
            })
            .collect();
        let votes = super::commission::Votes::of(&open.case, &judgement).await?;
        let members = open.case.members().await?;
        let mine = members.iter().find(|member| member.actor == self.actor.id).map(|member| member.id);
        let differ = votes.differ(&requirement_id, bid_id);
        Ok(CellView {
            requirement: judgement.requirement_view(number, requirement),
            bid: bid_view(&judgement, judged),
            offered: proposal.map_or_else(String::new, offered),
            facts: facts(judged, proposal, &evidence, &self.levels().await?),
            sums: Vec::new(),
            proposal: proposal.map(proposal_view),
            evidence: evidence.iter().map(|piece| evidence_view(judged, piece, &flowing)).collect(),
            decision: decision.map(|decision| DecisionView {
                verdict: decision.verdict.into(),
                by: decided.name(decision.member).to_owned(),
                initials: labels::initials(decided.name(decision.member)),
                at: decision.decided_at.to_string(),
                motivation: motivation_view(&decision.motivation),
                evidence: indexes(&evidence, &decision.evidence),
                proposed: decision.proposed.map(Into::into),
                review: decided.review(&requirement_id, bid_id),
            }),
            votes: differ.then(|| votes.row(&judgement, &decided, &requirement_id, bid_id, mine)),
            draft: draft(proposal),
            history: history(&open.case, &decided, &requirement_id, bid_id).await?,
            blocked,
            sealed: super::acta::sealed_notice(&open.case).await?,
            note: decided
                .notes_at(&requirement_id, bid_id)
                .map(|note| note.text.as_str())
                .collect::<Vec<_>>()
                .join("\n"),
            notes: super::notes::notes_of(&decided, &requirement_id, bid_id, self.actor.id),
            contradictions: proposal.map_or_else(Vec::new, |proposal| {
                proposal
                    .reasons
                    .iter()
                    .filter(|reason| reason.code.contains("contradic"))
                    .map(|reason| reason.text.clone())
                    .collect()
            }),
        })
    }
}

/// Lists the evidence of the proposal, then what the decision added.
pub(crate) fn all_evidence(proposal: Option<&Proposal>, decision: Option<&[Evidence]>) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = proposal.map_or_else(Vec::new, |proposal| proposal.evidence.clone());
    for piece in decision.unwrap_or_default() {
        if !evidence.contains(piece) {
            evidence.push(piece.clone());
        }
    }
    evidence
}

pub(crate) fn bid_view(judgement: &Judgement, judged: &JudgedBid) -> BidView {
    BidView {
        id: judged.bid.id.to_string(),
        number: judged.number,
        name: judged.bid.bidder.name.clone(),
        ruc: judged.bid.bidder.ruc.as_ref().map(ToString::to_string),
        kind: labels::bidder_kind(judged.bid.bidder.kind),
        files: u32::try_from(judged.bid.files.len()).unwrap_or(u32::MAX),
        pages: judged.pages(),
        sealed: None,
        lot: lots::label(&judgement.state.lots, judged.bid.lot),
        lot_number: lots::number(&judgement.state.lots, judged.bid.lot),
        unplaced: (!judged.bid.is_placed()).then(|| message("lots.unplaced", &[])),
    }
}

/// What a check asks of the person who decides. It is no fact of the bid, and no acta states it.
const ADVICE: [&str; 2] = ["rules.integridad.constatacion", "rules.integridad.mire_la_pagina"];

/// The facts of a proposal, as a motivation would state them.
pub(crate) fn offered(proposal: &Proposal) -> String {
    let facts = proposal.reasons.iter().filter(|reason| !ADVICE.contains(&reason.code.as_str()));
    facts.map(|reason| reason.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn proposal_view(proposal: &Proposal) -> ProposalView {
    ProposalView {
        verdict: proposal.verdict.into(),
        confidence: proposal.confidence.value(),
        reasons: proposal.reasons.iter().map(|reason| reason.text.clone()).collect(),
        trace: proposal
            .trace
            .iter()
            .map(|step| TraceRow {
                step: step.step.clone(),
                inputs: step.inputs.clone(),
                result: step.result.clone(),
            })
            .collect(),
        legal_basis: proposal.legal_basis.clone(),
        norm_unverified: proposal.rests_on_unverified,
        check: proposal.check.clone(),
    }
}

/// Returns the pages of the files whose evidence stands in flowing text or on a sheet.
pub(crate) async fn flowing(case: &Case, evidence: &[Evidence]) -> Result<Flowing, CaseworkError> {
    let mut pages = Flowing::new();
    for piece in evidence {
        let flows = matches!(piece.location, Location::Paragraph { .. } | Location::Sheet { .. });
        if flows && !pages.contains_key(&piece.file) {
            pages.insert(piece.file, super::judgement::pages(case, piece.file).await?);
        }
    }
    Ok(pages)
}

pub(crate) type Flowing = BTreeMap<FileHash, Vec<PageReading>>;

/// Tells whether what stands there was written by a person in place of the machine's reading.
fn written(file: Option<&FileAnalysis>, piece: &Evidence) -> bool {
    let page = piece.location.page();
    let of_page =
        |finding: &cotejo_domain::Finding| finding.code == "casework.page.written" && finding.page == page;
    piece.extractor.ends_with(super::pages::BY_PERSON)
        || (page.is_some() && file.is_some_and(|file| file.findings.iter().any(of_page)))
}

pub(crate) fn evidence_view(judged: &JudgedBid, piece: &Evidence, flowing: &Flowing) -> EvidenceView {
    let file = judged.file(piece.file);
    let note = piece.location.page().and_then(|number| file?.pages.iter().find(|page| page.number == number));
    let of_flowing =
        || flowing.get(&piece.file).and_then(|pages| reading_text::page_of(pages, &piece.location));
    let place = place_at(&piece.location, note, of_flowing);
    let document = judged.document_at(piece.file, &piece.location);
    EvidenceView {
        file: piece.file.to_string(),
        file_name: piece.file_name.clone(),
        place,
        place_text: if written(file, piece) {
            message("casework.place.written", &[("lugar", &labels::place(&piece.location))])
        } else {
            labels::place(&piece.location)
        },
        quote: piece.quote.clone(),
        document: document.map_or_else(String::new, |(_, kind)| labels::document_type(kind)),
        confidence: piece.confidence.value(),
        extractor: piece.extractor.clone(),
    }
}

/// Returns the place that the window opens for a location in a file; `flowing` are the pages of a file of flowing text.
pub(crate) fn place_of(file: &FileAnalysis, location: &Location, flowing: &[PageReading]) -> EvidencePlace {
    let note = location.page().and_then(|number| file.pages.iter().find(|page| page.number == number));
    place_at(location, note, || reading_text::page_of(flowing, location))
}

fn place_at(
    location: &Location,
    note: Option<&PageNote>,
    of_flowing: impl Fn() -> Option<u32>,
) -> EvidencePlace {
    match (location, note) {
        (Location::Page { page, .. }, Some(note)) if note.reading_view => {
            EvidencePlace::ReadingView { page: *page, paragraph: None, sheet: None, range: None }
        }
        (Location::Paragraph { number }, _) => match of_flowing() {
            Some(page) => {
                EvidencePlace::ReadingView { page, paragraph: Some(*number), sheet: None, range: None }
            }
            None => EvidencePlace::Elsewhere,
        },
        (Location::Sheet { sheet, range }, _) => match of_flowing() {
            Some(page) => EvidencePlace::ReadingView {
                page,
                paragraph: None,
                sheet: Some(sheet.clone()),
                range: Some(range.clone()).filter(|range| !range.is_empty()),
            },
            None => EvidencePlace::Elsewhere,
        },
        (Location::Page { page, quads }, note) => EvidencePlace::Page {
            page: *page,
            width: note.map_or(0.0, |note| note.width),
            height: note.map_or(0.0, |note| note.height),
            quads: quads.iter().map(|quad| quad.0.to_vec()).collect(),
        },
        _ => EvidencePlace::Elsewhere,
    }
}

/// The facts that stand where the evidence of the proposal stands.
fn facts(
    judged: &JudgedBid,
    proposal: Option<&Proposal>,
    evidence: &[Evidence],
    levels: &Levels,
) -> Vec<FactRow> {
    let Some(proposal) = proposal else { return Vec::new() };
    judged
        .files
        .iter()
        .flat_map(|file| file.facts.iter().map(move |fact| (file, fact)))
        .filter(|(_, fact)| {
            proposal
                .evidence
                .iter()
                .any(|piece| piece.file == fact.evidence.file && piece.location == fact.evidence.location)
        })
        .map(|(file, fact)| FactRow {
            label: field_label(&fact.field),
            value: spanish_value(&fact.value),
            counted: true,
            evidence: evidence
                .iter()
                .position(|piece| {
                    piece.location == fact.evidence.location && piece.file == fact.evidence.file
                })
                .and_then(|index| u32::try_from(index).ok()),
            confidence: fact.confidence.value(),
            certain: levels.fact(file, fact),
        })
        .collect()
}

/// Names a field in Spanish: as the catalogue has it, or by its own name.
pub(crate) fn field_label(field: &str) -> String {
    // A list is named without its brackets; a column that has no name of its own goes by its last part.
    let plain: String =
        field.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
    let last = plain.rsplit('.').next().unwrap_or(&plain);
    let keys = [plain.as_str(), last].map(|name| format!("recognition.field.{name}"));
    let known = keys.iter().find(|key| cotejo_catalogue::exists(key));
    known.map_or_else(|| field_name(field), |key| message(key, &[]))
}

fn field_name(field: &str) -> String {
    let name = field.rsplit('.').next().unwrap_or(field).replace('_', " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(crate) fn spanish_value(value: &cotejo_domain::FactValue) -> String {
    use cotejo_domain::FactValue;
    match value {
        FactValue::Money(money) => format!("USD {}", money.spanish()),
        FactValue::Percent(percent) => percent.spanish(),
        FactValue::Plazo(days) => message("casework.days.plazo", &[("dias", &days.0.to_string())]),
        FactValue::Termino(days) => message("casework.days.termino", &[("dias", &days.0.to_string())]),
        FactValue::Date(date) => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        FactValue::Boolean(true) => message("casework.yes", &[]),
        FactValue::Boolean(false) => message("casework.no", &[]),
        other => other.canonical(),
    }
}

fn indexes(all: &[Evidence], some: &[Evidence]) -> Vec<u32> {
    some.iter()
        .filter_map(|piece| all.iter().position(|other| other == piece))
        .filter_map(|index| u32::try_from(index).ok())
        .collect()
}

pub(crate) fn motivation_view(motivation: &Motivation) -> MotivationView {
    MotivationView {
        fact: motivation.fact.clone(),
        evidence: motivation.evidence.clone(),
        norm: motivation.norm.clone(),
        conclusion: motivation.conclusion.clone(),
    }
}

/// Writes a motivation from the proposal, in pencil: the person confirms or changes it.
pub(crate) fn draft(proposal: Option<&Proposal>) -> MotivationView {
    let Some(proposal) = proposal else { return MotivationView::default() };
    MotivationView {
        fact: offered(proposal),
        evidence: labels::citations(&proposal.evidence),
        norm: super::papers::cited(&proposal.legal_basis),
        conclusion: message(
            "casework.draft_conclusion",
            &[("resultado", &labels::verdict(proposal.verdict).to_lowercase())],
        ),
    }
}

async fn history(
    case: &Case,
    decided: &Decided,
    requirement: &RequirementId,
    bid: BidId,
) -> Result<Vec<HistoryEntry>, CaseworkError> {
    let mut entries: Vec<HistoryEntry> = case
        .decision_history()
        .await?
        .into_iter()
        .filter(|row| row.decision.requirement == *requirement && row.decision.bid == bid)
        .map(|row| {
            let key = match row.state {
                DecisionState::Current => "casework.history.decided",
                DecisionState::Replaced => "casework.history.replaced",
                DecisionState::Undone => "casework.history.undone",
            };
            HistoryEntry {
                at: row.decision.decided_at.to_string(),
                initials: labels::initials(decided.name(row.decision.member)),
                text: message(key, &[("resultado", &labels::verdict(row.decision.verdict).to_lowercase())]),
            }
        })
        .collect();
    entries.reverse();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::field_label;

    #[test]
    fn every_field_of_the_catalogue_of_types_has_a_name_for_people() {
        for entry in cotejo_domain::document_types() {
            for field in &entry.fields {
                let label = field_label(&field.name);
                assert!(!label.contains(['_', '[', '«']), "{}: {label}", field.name);
                let plain = field.name.replace("[]", "");
                let last = plain.rsplit('.').next().unwrap_or_default().to_owned();
                let named = [plain, last]
                    .iter()
                    .any(|name| cotejo_catalogue::exists(&format!("recognition.field.{name}")));
                assert!(named, "{}", field.name);
            }
        }
        assert_eq!(field_label("razon_social"), "Razón social");
        assert_eq!(field_label("socios[0].porcentaje"), "Participación del socio");
        assert_eq!(field_label("filas[3].titulo"), "Título");
    }
}

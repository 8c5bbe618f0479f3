//! What the acta de calificación states, drawn from the case: decisions in ink, proposals in pencil.

use super::acta_session::meeting;
use super::judgement::{JudgedBid, Judgement};
use super::matrix::{Decided, outcome};
use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::Verdict as VerdictView;
use cotejo_catalogue::message;
use cotejo_domain::spanish::amount_in_words;
use cotejo_domain::{
    Decision, ProcedureType, Proposal, Requirement, RequirementKind, SignatureVerdict, Subject, Verdict,
};
use cotejo_reports::{
    ActaCalificacion, ArithmeticRow, Articles, AuditHead, BidLine, BidderSection, MemberLine, NoteLine,
    PackLine, ParameterRow, RejectedBid,
};
use cotejo_rules::RulePack;
use cotejo_store::Stated;
use std::collections::{BTreeMap, BTreeSet};

/// Tells whether the acta judges requirements of this kind.
pub(crate) fn judged(kind: RequirementKind) -> bool {
    matches!(kind, RequirementKind::Integridad | RequirementKind::Minimo)
}

/// Begins the name of a case made from the fictional sample; every page printed from it says so.
pub(crate) const SAMPLE: &str = "EJEMPLO";

/// Ecuador's continental time, without daylight saving.
pub(crate) const ECUADOR: jiff::tz::Offset = jiff::tz::offset(-5);

/// Tells whether a pack stands on the regulation of October 2025 (DE 193), whose articles are known by number.
pub(crate) fn of_2025_regulation(pack: Option<&str>) -> bool {
    pack.and_then(RulePack::by_id).is_some_and(|pack| pack.chain().any(|pack| pack.id == "ec-2025-de193"))
}

/// Names the pack whose articles are known by number in the chain of a pack, else the pack itself: an installed pack cites what it inherits from.
fn regulation(pack: &RulePack) -> &str {
    let known = pack.chain().find(|link| of_2025_regulation(Some(&link.id)));
    known.map_or(pack.id.as_str(), |link| link.id.as_str())
}

/// Cites an article of the regulation, where the pack's is the one whose numbers are known. Of the others none is printed.
pub(crate) fn article(pack: Option<&str>, numbers: &str) -> Option<String> {
    let key = if numbers.contains(' ') { "casework.acta.articles" } else { "casework.acta.article" };
    of_2025_regulation(pack).then(|| message(key, &[("numeros", numbers)]))
}

/// Writes `18 de noviembre de 2026`.
pub(crate) fn long_date(date: jiff::civil::Date) -> String {
    format!("{} de {} de {}", date.day(), cotejo_domain::spanish::month_name(date), date.year())
}

/// Writes `08h00`.
pub(crate) fn hour(moment: jiff::civil::DateTime) -> String {
    format!("{:02}h{:02}", moment.hour(), moment.minute())
}

/// Names a bidder with its RUC, where it is known.
pub(crate) fn named(bidder: &cotejo_domain::Bidder) -> String {
    match &bidder.ruc {
        Some(ruc) => message("casework.acta.bidder", &[("nombre", &bidder.name), ("ruc", &ruc.to_string())]),
        None => bidder.name.clone(),
    }
}

/// Holds the content and what signing it seals.
pub(crate) struct Content {
    pub(crate) acta: ActaCalificacion,
    pub(crate) states: Vec<Stated>,
}

impl Desk {
    pub(crate) async fn acta_content(&self, open: &OpenCase, number: u32) -> Result<Content, CaseworkError> {
        let case = &open.case;
        let judgement = open.judgement().await?;
        let decided = Decided::of(case).await?;
        let process = &judgement.state.process;
        let undecided = super::overview::undecided(&judgement, &decided);
        let local = ECUADOR.to_datetime(self.now());
        let unknown = || message("casework.acta.unknown", &[]);
        let sample = judgement.state.name.starts_with(SAMPLE);
        let answered = super::asked::acts(case).await?;
        let actors = case.actors().await?;
        let session = case.session().await?.unwrap_or_default();
        let commission = case.commission().await?;
        let unrecorded: Vec<MemberLine> = case
            .members()
            .await?
            .into_iter()
            .filter_map(|member| {
                let actor = actors.iter().find(|actor| actor.id == member.actor)?;
                Some(MemberLine {
                    name: actor.name.clone(),
                    position: if actor.position.is_empty() { unknown() } else { actor.position.clone() },
                    capacity: labels::capacity(member.capacity, None),
                    votes: member.capacity.votes(),
                })
            })
            .collect();
        let pack_id = judgement.pack.as_ref().map(regulation);
        let procedure = labels::procedure(process.procedure);
        let meeting = meeting(&session, commission.as_ref(), unrecorded, &procedure.to_lowercase(), pack_id);
        let articles = |topics: &[&str]| super::papers::of_topics(judgement.pack.as_ref(), topics);
        let enrolled = !actors.is_empty() && actors.iter().all(|actor| actor.enrolled);
        let pack = judgement.state.pack.as_ref();
        let unverified = unverified(&judgement);
        let mut acta = ActaCalificacion {
            number: format!("{number:03}"),
            project: undecided > 0,
            sample,
            enrolled,
            confidential: process.procedure == ProcedureType::Sie,
            process_code: process.code.as_ref().map_or_else(unknown, ToString::to_string),
            object: process.object.clone().unwrap_or_else(unknown),
            entity: process.entity.as_ref().map_or_else(unknown, |entity| entity.name.clone()),
            entity_ruc: process
                .entity
                .as_ref()
                .and_then(|entity| entity.ruc.as_ref())
                .map(ToString::to_string),
            procedure,
            budget: budget(process),
            session: meeting.session,
            members: meeting.members,
            signers: meeting.signers,
            articles: Articles {
                cure: articles(&["etapa.convalidacion"]),
                arithmetic: articles(&["aritmetica"]),
                confidential: articles(&["confidencialidad"]),
                date: articles(&["firma_actas"]),
            },
            generated: message(
                "casework.acta.generated",
                &[("fecha", &long_date(local.date())), ("hora", &hour(local))],
            ),
            warnings: super::departures::told(&judgement, &answered),
            pack: PackLine {
                id: pack.map_or_else(unknown, |pack| pack.id.clone()),
                sha256: pack.map_or_else(String::new, |pack| pack.sha256.to_string()),
                norms: judgement.pack.as_ref().map_or_else(String::new, |pack| pack.norms.join("; ")),
                unverified,
            },
            models: judgement.models(),
            audit: case
                .log_heads()
                .await?
                .into_iter()
                .map(|head| AuditHead {
                    device: head.device.to_string(),
                    count: head.count,
                    head: head.head.to_string(),
                })
                .collect(),
            not_evaluated: not_evaluated(&judgement, true),
            ..ActaCalificacion::default()
        };
        let mut states = vec![Stated::BidList, Stated::Process, Stated::Commission, Stated::Session];
        let votes = super::commission::Votes::of(case, &judgement).await?;
        if let Some(points) = super::commission::points_section(self, open, &judgement).await? {
            acta.points = points.section;
            states.extend(points.states);
            acta.not_evaluated = not_evaluated(&judgement, false);
        }
        for bid in &judgement.bids {
            acta.bids.push(bid_line(bid));
            acta.arithmetic.extend(arithmetic(&judgement, bid));
            let result = outcome(&judgement, &decided, bid);
            let final_result = !result.proposed;
            match result.verdict {
                VerdictView::Cumple if final_result => acta.qualified.push(named(&bid.bid.bidder)),
                VerdictView::AConvalidar if final_result => acta.to_cure.push(named(&bid.bid.bidder)),
                VerdictView::NoCumple if final_result => {
                    acta.rejected.extend(rejected(&judgement, &decided, bid))
                }
                _ => {}
            }
            acta.sections.push(section(&judgement, &decided, &votes, bid));
            states.push(Stated::Bid { bid: bid.bid.id });
        }
        for note in decided.notes.iter().filter(|note| note.in_acta) {
            states.push(Stated::Note { note: note.id });
        }
        for decision in decided.by_cell.values() {
            states.push(Stated::Decision { decision: decision.id });
        }
        for stated in super::commission::stated_of_cells(&votes) {
            if !states.contains(&stated) {
                states.push(stated);
            }
        }
        for requirement in &judgement.requirements {
            states.push(Stated::Requirement { requirement: requirement.id.clone() });
        }
        states.extend(super::departures::stated(&judgement, &answered));
        Ok(Content { acta, states })
    }
}

/// Names what of the norm nobody has verified, each with the requirements whose proposals rest on it.
pub(crate) fn unverified(judgement: &Judgement) -> Vec<String> {
    let mut by_norm: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for proposal in judgement.proposals.values().filter(|proposal| proposal.rests_on_unverified) {
        let named = proposal.unverified_norms.iter().cloned();
        let unnamed = proposal.unverified_norms.is_empty().then(|| proposal.legal_basis.join(", "));
        for norm in named.chain(unnamed) {
            by_norm.entry(norm).or_default().insert(proposal.requirement.to_string());
        }
    }
    let line = |(norm, requirements): (String, BTreeSet<String>)| {
        let list: Vec<String> = requirements.into_iter().collect();
        message("casework.acta.unverified", &[("norma", &norm), ("requisitos", &list.join(", "))])
    };
    by_norm.into_iter().map(line).collect()
}

pub(crate) fn budget(process: &cotejo_domain::Process) -> String {
    match process.budget {
        Some(budget) => {
            let words = amount_in_words(budget).unwrap_or_default();
            message("casework.acta.budget", &[("valor", &budget.spanish()), ("letras", &words)])
        }
        None if process.budget_encrypted => message("casework.acta.budget_encrypted", &[]),
        None => message("casework.acta.unknown", &[]),
    }
}

/// Lists what the acta does not evaluate; the points only where they stand `points_apart`.
fn not_evaluated(judgement: &Judgement, points_apart: bool) -> Vec<String> {
    let mut left: Vec<String> = judgement
        .requirements
        .iter()
        .filter(|requirement| points_apart && requirement.kind == RequirementKind::Puntaje)
        .map(|requirement| labels::short_title(&requirement.text))
        .collect();
    if !left.is_empty() {
        let key = if left.len() == 1 { "casework.acta.score_apart" } else { "casework.acta.scores_apart" };
        left = vec![message(key, &[("numero", &left.len().to_string())])];
    }
    for bid in &judgement.bids {
        if judgement.requirements.iter().any(|requirement| super::sealed::waits(requirement, bid)) {
            left.push(message("casework.acta.sealed_apart", &[("oferente", &named(&bid.bid.bidder))]));
        }
    }
    left.push(match judgement.flags.len() {
        0 => message("casework.acta.no_links", &[]),
        1 => message("casework.acta.link_apart", &[]),
        number => message("casework.acta.links_apart", &[("numero", &number.to_string())]),
    });
    left
}

/// Tells whether a file of the bid was not looked into: it waits, is sealed, or the reader ended in it.
fn unseen(bid: &JudgedBid) -> bool {
    let error = cotejo_domain::Severity::Error;
    !bid.unread.is_empty()
        || bid.files.iter().any(|file| file.findings.iter().any(|finding| finding.severity == error))
}

pub(crate) fn bid_line(bid: &JudgedBid) -> BidLine {
    let bidder = &bid.bid.bidder;
    let mut participation = labels::bidder_kind(bidder.kind);
    if !bidder.members.is_empty() {
        let members: Vec<String> = bidder
            .members
            .iter()
            .map(|member| {
                let share = member.share.map_or_else(String::new, |share| format!(" ({})", share.spanish()));
                format!("{}{share}", member.name)
            })
            .collect();
        participation = format!("{participation}: {}", members.join("; "));
    }
    let signatures: Vec<_> = bid.files.iter().flat_map(|file| &file.signatures).collect();
    let valid = signatures.iter().filter(|signature| signature.verdict == SignatureVerdict::Valid).count();
    let broken = signatures.iter().filter(|signature| signature.verdict == SignatureVerdict::Invalid).count();
    BidLine {
        number: bid.number,
        bidder: bidder.name.clone(),
        ruc: bidder
            .ruc
            .as_ref()
            .map_or_else(|| message("casework.acta.ruc_unread", &[]), ToString::to_string),
        participation,
        files: message(
            "casework.acta.files",
            &[("archivos", &bid.bid.files.len().to_string()), ("paginas", &bid.pages().to_string())],
        ),
        signature: if signatures.is_empty() && unseen(bid) {
            // Of what nobody could open it is not known whether it is signed.
            message("casework.acta.signature_unseen", &[])
        } else if signatures.is_empty() {
            message("casework.acta.unsigned", &[])
        } else {
            message(
                "casework.acta.signatures",
                &[
                    ("total", &signatures.len().to_string()),
                    ("validas", &valid.to_string()),
                    ("rotas", &broken.to_string()),
                    ("pendientes", &(signatures.len() - valid - broken).to_string()),
                ],
            )
        },
    }
}

fn section(
    judgement: &Judgement,
    decided: &Decided,
    votes: &super::commission::Votes,
    bid: &JudgedBid,
) -> BidderSection {
    let rows = |kind: RequirementKind| {
        judgement
            .requirements
            .iter()
            .enumerate()
            .filter(|(_, requirement)| requirement.kind == kind && !super::sealed::waits(requirement, bid))
            .map(|(index, requirement)| {
                let proposal = judgement.proposal(&requirement.id, bid.bid.id);
                let decision = decided.at(&requirement.id, bid.bid.id);
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                let mut row = row(number, requirement, proposal, decision, decided);
                if let Some(agreed) = super::commission::said_of(votes, decided, &requirement.id, bid.bid.id)
                {
                    row.decided_by = agreed;
                }
                row
            })
            .collect()
    };
    let result = outcome(judgement, decided, bid);
    let key = match (result.verdict, result.proposed) {
        (VerdictView::Cumple, false) => "casework.acta.result.qualifies",
        (VerdictView::NoCumple, false) => "casework.acta.result.fails",
        (VerdictView::AConvalidar, false) => "casework.acta.result.cure",
        _ => "casework.acta.result.open",
    };
    BidderSection {
        number: bid.number,
        bidder: bid.bid.bidder.name.clone(),
        ruc: bid.bid.bidder.ruc.as_ref().map_or_else(String::new, ToString::to_string),
        integrity: rows(RequirementKind::Integridad),
        minimum: rows(RequirementKind::Minimo),
        notes: judgement
            .requirements
            .iter()
            .enumerate()
            .flat_map(|(index, requirement)| {
                decided
                    .notes_at(&requirement.id, bid.bid.id)
                    .filter(|note| note.in_acta)
                    .map(move |note| (index, note))
            })
            .map(|(index, note)| NoteLine {
                number: u32::try_from(index + 1).unwrap_or(u32::MAX),
                author: decided.person(note.author).to_owned(),
                text: note.text.clone(),
            })
            .collect(),
        pending: result.proposed,
        result: message(key, &[]),
        result_reason: result.text,
    }
}

fn row(
    number: u32,
    requirement: &Requirement,
    proposal: Option<&Proposal>,
    decision: Option<&Decision>,
    decided: &Decided,
) -> ParameterRow {
    let offered = proposal.map_or_else(String::new, |proposal| {
        proposal.reasons.first().map_or_else(String::new, |reason| reason.text.clone())
    });
    let required =
        message("casework.acta.required_source", &[("fuente", &labels::requirement_source(requirement))]);
    if let Some(decision) = decision {
        let motivation = &decision.motivation;
        let offered = if motivation.fact.trim().is_empty() { offered } else { motivation.fact.clone() };
        let parts = [&motivation.norm, &motivation.conclusion];
        let basis =
            parts.into_iter().filter(|part| !part.trim().is_empty()).cloned().collect::<Vec<_>>().join(" · ");
        let reference = if motivation.evidence.trim().is_empty() {
            labels::citations(&decision.evidence)
        } else {
            motivation.evidence.clone()
        };
        return ParameterRow {
            number,
            parameter: requirement.text.clone(),
            required,
            offered,
            reference,
            verdict: labels::verdict(decision.verdict).to_uppercase(),
            mark: String::new(),
            basis,
            decided_by: decided.name(decision.member).to_owned(),
        };
    }
    let verdict = proposal.map_or(Verdict::Pendiente, |proposal| proposal.verdict);
    let mut basis = proposal.map_or_else(String::new, |proposal| {
        proposal.reasons.iter().skip(1).map(|reason| reason.text.as_str()).collect::<Vec<_>>().join(" ")
    });
    if let Some(proposal) = proposal
        && !proposal.legal_basis.is_empty()
    {
        basis = format!("{basis} {}.", proposal.legal_basis.join("; ")).trim().to_owned();
    }
    ParameterRow {
        number,
        parameter: requirement.text.clone(),
        required,
        offered,
        reference: proposal.map_or_else(String::new, |proposal| labels::citations(&proposal.evidence)),
        verdict: labels::verdict(verdict).to_uppercase(),
        mark: message("casework.acta.proposed_mark", &[]),
        basis,
        decided_by: String::new(),
    }
}

/// Shows the differences that the arithmetic check found, from its trace.
fn arithmetic(judgement: &Judgement, bid: &JudgedBid) -> Vec<ArithmeticRow> {
    judgement
        .requirements
        .iter()
        .filter(|requirement| requirement.subject == Subject::EconomicOffer)
        .filter_map(|requirement| judgement.proposal(&requirement.id, bid.bid.id))
        .filter(|proposal| proposal.verdict == Verdict::AConvalidar)
        .flat_map(|proposal| {
            proposal.trace.iter().map(|step| ArithmeticRow {
                bidder: named(&bid.bid.bidder),
                item: step.step.clone(),
                offered: step.inputs.clone(),
                recalculated: step.result.clone(),
                rule: proposal.legal_basis.join("; "),
            })
        })
        .collect()
}

fn rejected(judgement: &Judgement, decided: &Decided, bid: &JudgedBid) -> Vec<RejectedBid> {
    judgement
        .requirements
        .iter()
        .filter(|requirement| judged(requirement.kind))
        .filter_map(|requirement| decided.at(&requirement.id, bid.bid.id))
        .filter(|decision| decision.verdict == Verdict::NoCumple)
        .map(|decision| RejectedBid {
            bidder: named(&bid.bid.bidder),
            fact: decision.motivation.fact.clone(),
            evidence: decision.motivation.evidence.clone(),
            norm: decision.motivation.norm.clone(),
            conclusion: decision.motivation.conclusion.clone(),
        })
        .collect()
}

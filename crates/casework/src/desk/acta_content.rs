//! What the acta de calificación states, drawn from the case: decisions in ink, proposals in pencil.

use super::judgement::{JudgedBid, Judgement};
use super::matrix::{Decided, outcome};
use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::Verdict as VerdictView;
use cotejo_catalogue::message;
use cotejo_domain::spanish::{amount_in_words, date_in_words};
use cotejo_domain::{
    Decision, ProcedureType, Proposal, Requirement, RequirementKind, SignatureVerdict, Subject, Verdict,
};
use cotejo_reports::{
    ActaCalificacion, ArithmeticRow, AuditHead, BidLine, BidderSection, MemberLine, PackLine, ParameterRow,
    RejectedBid, SessionLine,
};
use cotejo_rules::RulePack;
use cotejo_store::Stated;

/// Tells whether the acta judges requirements of this kind.
pub(crate) fn judged(kind: RequirementKind) -> bool {
    matches!(kind, RequirementKind::Integridad | RequirementKind::Minimo)
}

/// Begins the name of a case made from the fictional sample; every page printed from it says so.
pub(crate) const SAMPLE: &str = "EJEMPLO";

/// Ecuador's continental time, without daylight saving.
const ECUADOR: jiff::tz::Offset = jiff::tz::offset(-5);

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
        let actors = case.actors().await?;
        let members: Vec<MemberLine> = case
            .members()
            .await?
            .into_iter()
            .filter_map(|member| {
                let actor = actors.iter().find(|actor| actor.id == member.actor)?;
                Some(MemberLine {
                    name: actor.name.clone(),
                    position: actor.position.clone(),
                    capacity: labels::capacity(member.capacity),
                    votes: member.capacity.votes(),
                    cedula: actor.cedula.as_ref().map_or_else(String::new, |cedula| cedula.masked()),
                })
            })
            .collect();
        let enrolled = !actors.is_empty() && actors.iter().all(|actor| actor.enrolled);
        let pack = judgement.state.pack.as_ref();
        let mut unverified: Vec<String> = judgement
            .proposals
            .values()
            .filter(|proposal| proposal.rests_on_unverified)
            .map(|proposal| format!("{} ({})", proposal.requirement, proposal.legal_basis.join(", ")))
            .collect();
        unverified.sort();
        unverified.dedup();
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
            procedure: labels::procedure(process.procedure),
            budget: budget(process),
            session: SessionLine {
                city: message("casework.acta.city", &[]),
                date: date_in_words(local.date()),
                hour: format!("{:02}h{:02}", local.hour(), local.minute()),
                modality: message("casework.acta.modality", &[]),
                designation: message("casework.acta.no_designation", &[]),
            },
            members,
            secretary: None,
            warnings: judgement.warnings.iter().map(|warning| warning.message.clone()).collect(),
            pack: PackLine {
                id: pack.map_or_else(unknown, |pack| pack.id.clone()),
                sha256: pack.map_or_else(String::new, |pack| pack.sha256.to_string()),
                norms: pack
                    .and_then(|pack| RulePack::by_id(&pack.id))
                    .map_or_else(String::new, |pack| pack.norms.join("; ")),
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
            not_evaluated: not_evaluated(&judgement),
            ..ActaCalificacion::default()
        };
        let mut states = vec![Stated::BidList, Stated::Process, Stated::Commission];
        for bid in &judgement.bids {
            acta.bids.push(bid_line(bid));
            acta.arithmetic.extend(arithmetic(&judgement, bid));
            let result = outcome(&judgement, &decided, bid);
            let final_result = !result.proposed;
            match result.verdict {
                VerdictView::Cumple if final_result => acta.qualified.push(bid.bid.bidder.name.clone()),
                VerdictView::NoCumple if final_result => {
                    acta.rejected.extend(rejected(&judgement, &decided, bid))
                }
                _ => {}
            }
            acta.sections.push(section(&judgement, &decided, bid));
            states.push(Stated::Bid { bid: bid.bid.id });
        }
        for decision in decided.by_cell.values() {
            states.push(Stated::Decision { decision: decision.id });
        }
        for requirement in &judgement.requirements {
            states.push(Stated::Requirement { requirement: requirement.id.clone() });
        }
        Ok(Content { acta, states })
    }
}

fn budget(process: &cotejo_domain::Process) -> String {
    match process.budget {
        Some(budget) => {
            let words = amount_in_words(budget).unwrap_or_default();
            message("casework.acta.budget", &[("valor", &budget.spanish()), ("letras", &words)])
        }
        None if process.budget_encrypted => message("casework.acta.budget_encrypted", &[]),
        None => message("casework.acta.unknown", &[]),
    }
}

fn not_evaluated(judgement: &Judgement) -> Vec<String> {
    let mut left: Vec<String> = judgement
        .requirements
        .iter()
        .filter(|requirement| requirement.kind == RequirementKind::Puntaje)
        .map(|requirement| labels::short_title(&requirement.text))
        .collect();
    if !left.is_empty() {
        left = vec![message("casework.acta.scores_apart", &[("numero", &left.len().to_string())])];
    }
    left.push(message("casework.acta.links_apart", &[("numero", &judgement.flags.len().to_string())]));
    left
}

fn bid_line(bid: &JudgedBid) -> BidLine {
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
        signature: if signatures.is_empty() {
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

fn section(judgement: &Judgement, decided: &Decided, bid: &JudgedBid) -> BidderSection {
    let rows = |kind: RequirementKind| {
        judgement
            .requirements
            .iter()
            .filter(|requirement| requirement.kind == kind)
            .enumerate()
            .map(|(index, requirement)| {
                let proposal = judgement.proposal(&requirement.id, bid.bid.id);
                let decision = decided.at(&requirement.id, bid.bid.id);
                row(u32::try_from(index + 1).unwrap_or(u32::MAX), requirement, proposal, decision, decided)
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
                bidder: bid.bid.bidder.name.clone(),
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
            bidder: bid.bid.bidder.name.clone(),
            fact: decision.motivation.fact.clone(),
            evidence: decision.motivation.evidence.clone(),
            norm: decision.motivation.norm.clone(),
            conclusion: decision.motivation.conclusion.clone(),
        })
        .collect()
}

//! What the acta de calificación states, drawn from the case: decisions in ink, proposals in pencil.

use super::acta_session::meeting;
use super::judgement::{JudgedBid, Judgement};
use super::matrix::{Decided, outcome};
use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::Verdict as VerdictView;
use cotejo_catalogue::{closed, message};
use cotejo_domain::spanish::amount_in_words;
use cotejo_domain::{Decision, Proposal, Requirement, RequirementKind, SignatureVerdict, Subject, Verdict};
use cotejo_reports::{
    ActaCalificacion, ArithmeticRow, Articles, AuditHead, BidLine, BidderSection, LotLine, MemberLine,
    NoteLine, PackLine, ParameterRow, RejectedBid,
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
            number: self
                .adaptation()
                .await?
                .map_or_else(|| format!("{number:03}"), |adaptation| adaptation.number(number, local.year())),
            project: undecided > 0,
            sample,
            enrolled,
            confidential: super::papers::confidential(self, open, None).await?,
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
        // Whoever nobody put into a lot yet is listed last, and evaluated nowhere.
        let unplaced = || judgement.bids.iter().filter(|bid| !judgement.has_lot(bid.bid.lot));
        acta.project |= unplaced().next().is_some();
        let mut points_apart = false;
        for lot in &judgement.state.lots {
            let of_lot = Judgement::of_lot(&judgement, lot.id);
            let label = super::lots::label(&judgement.state.lots, lot.id);
            // A draft shows points that may still change, marked so; what is signed states none of them, and keeps the answers open.
            let points = super::commission::points_section(self, open, &of_lot).await?;
            match points.filter(|points| acta.project || points.complete) {
                Some(points) => {
                    acta.points.append(points.section, label.as_deref());
                    let new: Vec<Stated> =
                        points.states.into_iter().filter(|stated| !states.contains(stated)).collect();
                    states.extend(new);
                }
                None => points_apart |= !of_lot.bids.is_empty(),
            }
            self.acta_lot(&mut acta, &mut states, (&of_lot, label), &decided, &votes);
        }
        acta.not_evaluated = not_evaluated(&judgement, points_apart || acta.points.filas.is_empty());
        for bid in unplaced() {
            let line = bid_line(bid);
            let nowhere = message("lots.unplaced", &[]);
            acta.bids.push(BidLine {
                participation: in_front(Some(&nowhere), line.participation.clone()),
                ..line
            });
            states.push(Stated::Bid { bid: bid.bid.id });
        }
        states.extend(super::lots::slots(case).await?);
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

impl Desk {
    /// Writes the bids of one lot; with its name where the process has several.
    fn acta_lot(
        &self,
        acta: &mut ActaCalificacion,
        states: &mut Vec<Stated>,
        (judgement, label): (&Judgement, Option<String>),
        decided: &Decided,
        votes: &super::commission::Votes,
    ) {
        let (mut qualified, mut to_cure, mut undecided) = (Vec::new(), Vec::new(), 0_u32);
        let in_lot = |name: String| match &label {
            Some(lot) => message("lots.acta.bidder", &[("oferente", &name), ("lote", lot)]),
            None => name,
        };
        for bid in &judgement.bids {
            let name = named(&bid.bid.bidder);
            let line = bid_line(bid);
            let participation = in_front(label.as_deref(), line.participation.clone());
            acta.bids.push(BidLine { participation, ..line });
            acta.arithmetic.extend(arithmetic(judgement, bid));
            let result = outcome(judgement, decided, bid);
            let final_result = !result.proposed;
            match result.verdict {
                VerdictView::Cumple if final_result => qualified.push(name),
                VerdictView::AConvalidar if final_result => to_cure.push(name),
                VerdictView::NoCumple if final_result => {
                    let of_bid = rejected(judgement, decided, bid).into_iter();
                    acta.rejected
                        .extend(of_bid.map(|one| RejectedBid { bidder: in_lot(one.bidder.clone()), ..one }));
                }
                _ => undecided += 1,
            }
            let section = section(judgement, decided, votes, bid);
            acta.sections.push(BidderSection { bidder: in_lot(section.bidder.clone()), ..section });
            states.push(Stated::Bid { bid: bid.bid.id });
        }
        if let (Some(label), Some(lot)) = (&label, judgement.state.lots.first()) {
            let situation = match (judgement.bids.len(), undecided, qualified.len(), to_cure.len()) {
                (0, ..) => "lots.acta.no_bids",
                (_, 1.., ..) => "lots.acta.open",
                (_, _, 0, 1..) => "lots.acta.to_cure",
                (_, _, 0, 0) => "lots.acta.nobody",
                _ => "lots.acta.qualifies",
            };
            acta.lots.push(LotLine {
                lot: label.clone(),
                budget: lot
                    .budget
                    .map_or_else(|| message("casework.acta.unknown", &[]), super::papers::figures),
                bids: judgement.bids.len().to_string(),
                qualified: qualified.join("; "),
                to_cure: to_cure.join("; "),
                situation: message(situation, &[]),
            });
        }
        acta.qualified.extend(qualified.into_iter().map(in_lot));
        acta.to_cure.extend(to_cure.into_iter().map(in_lot));
    }
}

/// Puts the lot before what is said of a bid.
fn in_front(lot: Option<&str>, text: String) -> String {
    match lot {
        Some(lot) => format!("{} {text}", closed(lot)).trim_end().to_owned(),
        None => text,
    }
}

/// Names what of the norm nobody has verified, each with the requirements whose proposals rest on it.
pub(crate) fn unverified(judgement: &Judgement) -> Vec<String> {
    let mut by_norm: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for proposal in judgement.proposals.values().filter(|proposal| proposal.rests_on_unverified) {
        let named = proposal.unverified_norms.iter().cloned();
        let unnamed =
            proposal.unverified_norms.is_empty().then(|| super::papers::cited(&proposal.legal_basis));
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
        let sealed =
            |asked: &Requirement| super::judgement::is_asked(asked, bid) && super::sealed::waits(asked, bid);
        if judgement.requirements.iter().any(sealed) {
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

/// Writes `1 archivo`, `3 archivos`.
fn counted(of: &str, number: &str) -> String {
    let plural = if number == "1" { "" } else { "s" };
    message(&format!("casework.acta.{of}{plural}"), &[("numero", number)])
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
        files: [("archivo", bid.bid.files.len().to_string()), ("pagina", bid.pages().to_string())]
            .map(|(of, number)| counted(of, &number))
            .join(", "),
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
            .filter(|(_, requirement)| requirement.kind == kind && super::judgement::stands(requirement, bid))
            .map(|(index, requirement)| {
                let proposal = judgement.proposal(&requirement.id, bid.bid.id);
                let decision = decided.at(&requirement.id, bid.bid.id);
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                let mut row = row(number, requirement, proposal, decision, decided);
                if judgement.unconfirmed.contains(&requirement.id) {
                    row.required = message("casework.acta.unconfirmed", &[("exigido", &row.required)]);
                }
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
        result_reason: result_reason(judgement, decided, bid, &result),
    }
}

/// Names the parameters that a result rests on, by the numbers of the tables: a count alone tells a bidder nothing.
fn result_reason(
    judgement: &Judgement,
    decided: &Decided,
    bid: &JudgedBid,
    result: &crate::view::OutcomeView,
) -> String {
    let wanted = match (result.verdict, result.proposed) {
        (VerdictView::NoCumple, false) => Verdict::NoCumple,
        (VerdictView::AConvalidar, false) => Verdict::AConvalidar,
        (VerdictView::Cumple, false) => return String::new(),
        _ => return closed(&result.text),
    };
    let ends = judgement.requirements.iter().enumerate().filter(|(_, requirement)| {
        requirement.can_end_a_bid()
            && super::judgement::stands(requirement, bid)
            && decided.at(&requirement.id, bid.bid.id).is_some_and(|decision| decision.verdict == wanted)
    });
    let numbers: Vec<String> = ends.map(|(index, _)| (index + 1).to_string()).collect();
    let key = match (wanted, numbers.len()) {
        (Verdict::NoCumple, 1) => "casework.acta.reason.fails.one",
        (Verdict::NoCumple, _) => "casework.acta.reason.fails",
        (_, 1) => "casework.acta.reason.cure.one",
        _ => "casework.acta.reason.cure",
    };
    message(key, &[("numeros", &cotejo_domain::spanish::joined(&numbers))])
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
        basis = format!("{basis} {}", closed(&super::papers::cited(&proposal.legal_basis))).trim().to_owned();
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
                rule: super::papers::cited(&proposal.legal_basis),
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

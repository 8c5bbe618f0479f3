//! Answers about the points as acts of the log, and the points as the acta de calificación states them.

use super::super::Desk;
use super::super::judgement::Judgement;
use super::super::open_case::OpenCase;
use super::CommissionActs;
use crate::CaseworkError;
use crate::contract::{AnswerLine, PointAnswers, PointsFile, ScoringLine};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, PointAnswer, PointQuestion};
use cotejo_domain::{BidId, RequirementId, RequirementKind};
use cotejo_reports::{FilaConciliacion, FilaPuntaje, FilaTotal, Puntaje};
use cotejo_rules::scoring::{Answered, Answers};
use cotejo_store::{Case, Stated};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Returns what was answered and holds.
///
/// # Errors
/// When the log holds an answer that this program cannot read: nothing is computed from half of the answers.
pub(crate) async fn recorded(case: &Case) -> Result<Answers, CaseworkError> {
    let acts = CommissionActs::of(case).await?;
    let mut found = Answers::default();
    for said in &acts.answers {
        let Some(text) = &said.answer else { continue };
        match &said.question {
            PointQuestion::Points { requirement } => {
                found.points.insert(requirement.clone(), answered(said, text)?);
            }
            PointQuestion::Formula { requirement } => {
                found.formulas.insert(requirement.clone(), answered(said, text)?);
            }
            PointQuestion::Value { requirement, bid } => {
                found.values.entry(requirement.clone()).or_default().insert(*bid, answered(said, text)?);
            }
            PointQuestion::Counts { requirement } => {
                found.counts.insert(requirement.clone(), answered(said, text)?);
            }
            PointQuestion::Weights => found.weights = Some(answered(said, text)?),
            PointQuestion::Minimum => found.minimum = Some(answered(said, text)?),
        }
    }
    Ok(found)
}

fn answered<T: DeserializeOwned>(said: &PointAnswer, text: &str) -> Result<Answered<T>, CaseworkError> {
    Ok(Answered { value: serde_json::from_str(text)?, who: said.who.clone(), reason: said.reason.clone() })
}

impl Desk {
    /// Records answers about the points, each an act of its own, and computes the points with them. What was answered alike before is not recorded
    /// again.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] for an answer about what the case does not have, [`cotejo_domain::Code::Precondition`] for one without a
    /// reason, [`cotejo_domain::Code::Sealed`] once a signed acta states the points; none is recorded then.
    pub async fn answer_points(
        &self,
        case: &str,
        answers: PointAnswers,
    ) -> Result<PointsFile, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let answers = super::super::scoring::by_identifier(&judgement, answers)?;
        let mut acts = Vec::new();
        for (requirement, one) in answers.points {
            self.take(&mut acts, PointQuestion::Points { requirement }, &one)?;
        }
        for (requirement, one) in answers.formulas {
            self.take(&mut acts, PointQuestion::Formula { requirement }, &one)?;
        }
        for (requirement, bids) in answers.values {
            for (bid, one) in bids {
                self.take(&mut acts, PointQuestion::Value { requirement: requirement.clone(), bid }, &one)?;
            }
        }
        for (requirement, one) in answers.counts {
            self.take(&mut acts, PointQuestion::Counts { requirement }, &one)?;
        }
        if let Some(one) = answers.weights {
            self.take(&mut acts, PointQuestion::Weights, &one)?;
        }
        if let Some(one) = answers.minimum {
            self.take(&mut acts, PointQuestion::Minimum, &one)?;
        }
        let before = CommissionActs::of(&open.case).await?;
        let same = |one: &PointAnswer| {
            before.answers.iter().any(|known| {
                known.question == one.question
                    && known.answer == one.answer
                    && known.who == one.who
                    && known.reason == one.reason
            })
        };
        let new = acts.into_iter().filter(|one| !same(one)).map(CourseAct::PointAnswered).collect();
        self.record_acts(&open, new).await?;
        self.points(case, PointAnswers::default()).await
    }

    fn take<T: Serialize>(
        &self,
        acts: &mut Vec<PointAnswer>,
        question: PointQuestion,
        one: &Answered<T>,
    ) -> Result<(), CaseworkError> {
        if one.reason.trim().is_empty() {
            return Err(super::refuse("commission.points.no_reason", question.key()));
        }
        let who = if one.who.trim().is_empty() { &self.actor.name } else { &one.who };
        acts.push(PointAnswer {
            question,
            answer: Some(serde_json::to_string(&one.value)?),
            who: who.trim().to_owned(),
            reason: one.reason.trim().to_owned(),
            author: self.actor.id,
            at: self.now(),
        });
        Ok(())
    }

    /// Withdraws an answer by the key that the list of answers shows.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] when no such answer holds; [`cotejo_domain::Code::Sealed`] once a signed acta states it.
    pub async fn withdraw_point_answer(&self, case: &str, key: &str) -> Result<PointsFile, CaseworkError> {
        let open = self.opened(case).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let known = acts.answers.iter().find(|said| said.question.key() == key && said.answer.is_some());
        let known = known.ok_or_else(|| super::unknown("commission.points.no_answer", key))?;
        let act = PointAnswer { answer: None, author: self.actor.id, at: self.now(), ..known.clone() };
        self.record_act(&open, CourseAct::PointAnswered(act)).await?;
        self.points(case, PointAnswers::default()).await
    }

    /// Lists the answers that hold, for the contract.
    pub(crate) async fn answer_lines(
        &self,
        open: &OpenCase,
        judgement: &Judgement,
    ) -> Result<Vec<AnswerLine>, CaseworkError> {
        let acts = CommissionActs::of(&open.case).await?;
        let decided = super::super::matrix::Decided::of(&open.case).await?;
        let mut lines = Vec::new();
        for said in acts.answers.iter().filter(|said| said.answer.is_some()) {
            let (requirement, bid) = parts(&said.question);
            // What was answered of a bid in another lot is of that lot.
            if bid.is_some_and(|bid| judgement.bid(bid).is_none()) {
                continue;
            }
            lines.push(AnswerLine {
                key: said.question.key(),
                requirement: requirement.map(ToString::to_string),
                bid: bid.and_then(|bid| judgement.bid(bid)).map(|bid| bid.number),
                answer: serde_json::from_str(said.answer.as_deref().unwrap_or("null"))?,
                who: said.who.clone(),
                reason: said.reason.clone(),
                recorded_by: decided.person(said.author).to_owned(),
                recorded_at: said.at.to_string(),
            });
        }
        Ok(lines)
    }
}

fn parts(question: &PointQuestion) -> (Option<&RequirementId>, Option<BidId>) {
    match question {
        PointQuestion::Points { requirement }
        | PointQuestion::Formula { requirement }
        | PointQuestion::Counts { requirement } => (Some(requirement), None),
        PointQuestion::Value { requirement, bid } => (Some(requirement), Some(*bid)),
        PointQuestion::Weights | PointQuestion::Minimum => (None, None),
    }
}

/// The section of points of an acta, with what signing it seals.
pub(crate) struct PointsSection {
    pub(crate) section: Puntaje,
    /// False while something is asked, or points may still change: no signed acta states such points.
    pub(crate) complete: bool,
    pub(crate) states: Vec<Stated>,
}

/// Writes the points as the acta states them; `None` where the process gives none, they cannot be computed, or nothing was scored yet.
pub(crate) async fn section(
    desk: &Desk,
    open: &OpenCase,
    judgement: &Judgement,
) -> Result<Option<PointsSection>, CaseworkError> {
    let scored = |kind| kind == RequirementKind::Puntaje;
    if !judgement.requirements.iter().any(|asked| scored(asked.kind)) || judgement.bids.is_empty() {
        return Ok(None);
    }
    if judgement.pack.is_none() || judgement.state.pliego.is_none() || judgement.state.lots.is_empty() {
        return Ok(None);
    }
    let decided = super::super::matrix::Decided::of(&open.case).await?;
    let answers = recorded(&open.case).await?;
    let file = super::super::scoring::computed(judgement, &decided, &answers)?;
    let lines_of = || file.motivated.parameters.iter().flat_map(|parameter| &parameter.bids);
    if !lines_of().any(|line| line.outcome == "scored") {
        return Ok(None);
    }
    let complete = lines_of().all(|line| line.outcome != "ask" && line.provisional.is_empty());
    let lines = desk.answer_lines(open, judgement).await?;
    Ok(Some(PointsSection {
        states: states(judgement),
        complete,
        section: written(judgement, &file, &lines),
    }))
}

/// Every question that could be answered is stated, answered or not: no answer may come after the signature.
fn states(judgement: &Judgement) -> Vec<Stated> {
    let mut questions = vec![PointQuestion::Weights, PointQuestion::Minimum];
    let asked = judgement.requirements.iter().filter(|asked| asked.kind == RequirementKind::Puntaje);
    for requirement in asked.map(|asked| asked.id.clone()) {
        questions.push(PointQuestion::Points { requirement: requirement.clone() });
        questions.push(PointQuestion::Formula { requirement: requirement.clone() });
        questions.push(PointQuestion::Counts { requirement: requirement.clone() });
        for bid in &judgement.bids {
            questions.push(PointQuestion::Value { requirement: requirement.clone(), bid: bid.bid.id });
        }
    }
    let slot = |question| {
        let empty = PointAnswer {
            question,
            answer: None,
            who: String::new(),
            reason: String::new(),
            author: cotejo_domain::ActorId(uuid::Uuid::nil()),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        Stated::Act { slot: CourseAct::PointAnswered(empty).slot() }
    };
    questions.into_iter().map(slot).collect()
}

fn written(judgement: &Judgement, file: &PointsFile, answers: &[AnswerLine]) -> Puntaje {
    let name = |number: u32| {
        let bid = judgement.bids.iter().find(|bid| bid.number == number);
        bid.map_or_else(String::new, |bid| format!("{}. {}", bid.number, bid.bid.bidder.name))
    };
    let motivated = &file.motivated;
    let mut rows = Vec::new();
    for parameter in &motivated.parameters {
        let most = points(parameter.points.as_deref());
        for line in &parameter.bids {
            let (working, given) = match line.outcome {
                "scored" => (working(line.working.as_ref(), &line.provisional), marked(line)),
                "ask" => (
                    line.question.as_ref().map_or_else(String::new, |reason| reason.text.clone()),
                    "—".into(),
                ),
                "not_qualified" => (message("commission.points.not_qualified", &[]), "—".into()),
                _ => (message("commission.points.set_aside", &[]), "—".into()),
            };
            rows.push(FilaPuntaje {
                parametro: parameter.name.clone(),
                maximo: most.clone(),
                oferente: name(line.number),
                calculo: working,
                puntos: given,
            });
        }
    }
    Puntaje {
        filas: rows,
        totales: totals(judgement, file),
        conciliacion: reconciliation(file, &name),
        notas: notes(file, answers),
    }
}

/// What stands for points that are not known.
const UNKNOWN: &str = "—";

/// Writes points with the comma of the acta; what is not known is a dash.
fn points(text: Option<&str>) -> String {
    text.map_or_else(|| UNKNOWN.into(), |text| text.replace('.', ","))
}

/// Writes the points of a bid in a parameter; what may still change says so beside the number.
fn marked(line: &crate::contract::PointsLine) -> String {
    let given = points(line.points.as_deref());
    if line.provisional.is_empty() {
        return given;
    }
    message("commission.points.provisional", &[("puntos", &given)])
}

fn working(working: Option<&crate::contract::WorkingLine>, provisional: &[cotejo_domain::Reason]) -> String {
    let mut parts = Vec::new();
    if let Some(working) = working {
        parts.push(working.formula.clone());
        parts.extend(working.steps.iter().map(|step| match step.inputs.trim() {
            "" => format!("{}: {}", step.step, step.result),
            inputs => format!("{}: {inputs} = {}", step.step, step.result),
        }));
        if !working.legal_basis.is_empty() {
            parts.push(crate::desk::papers::cited(&working.legal_basis));
        }
        if working.norm_unverified {
            parts.push(message("commission.points.unverified", &[]));
        }
    }
    parts.extend(provisional.iter().map(|reason| reason.text.clone()));
    parts
        .iter()
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}

/// Lists the totals in their order; in a consultoría those of both scores in one.
fn totals(judgement: &Judgement, file: &PointsFile) -> Vec<FilaTotal> {
    let order = file.consultancy.as_ref().map_or(&file.motivated.order, |both| &both.order);
    let place =
        |number: u32| order.iter().find(|place| place.bids.contains(&number)).map(|place| place.place);
    let total_of = |number: u32| -> (Option<&str>, bool) {
        if let Some(both) = &file.consultancy {
            let line = both.bids.iter().find(|line| line.number == number);
            return line.map_or((None, false), |line| (line.points.as_deref(), !line.provisional.is_empty()));
        }
        let total = file.motivated.totals.iter().find(|total| total.number == number);
        total.map_or((None, false), |total| (total.points.as_deref(), total.provisional))
    };
    let mut rows: Vec<(Option<u32>, FilaTotal)> = judgement
        .bids
        .iter()
        .map(|bid| {
            let (known, provisional) = total_of(bid.number);
            let mut text = points(known);
            if known.is_some() && provisional {
                text = message("commission.points.provisional", &[("puntos", &text)]);
            }
            let place = place(bid.number);
            let row = FilaTotal {
                puesto: place.map_or_else(|| "—".into(), |place| format!("{place}.º")),
                oferente: bid.bid.bidder.name.clone(),
                ruc: bid.bid.bidder.ruc.as_ref().map_or_else(String::new, ToString::to_string),
                total: text,
            };
            (place, row)
        })
        .collect();
    rows.sort_by_key(|(place, _)| place.unwrap_or(u32::MAX));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Puts *puntaje registrado en Portal* beside *puntaje motivado*, bid by bid, with why they differ.
fn reconciliation(file: &PointsFile, name: &dyn Fn(u32) -> String) -> Vec<FilaConciliacion> {
    let total = |scoring: &ScoringLine, number: u32| {
        let total = scoring.totals.iter().find(|total| total.number == number);
        points(total.and_then(|total| total.points.as_deref()))
    };
    let row = |number: u32| {
        let reasons: Vec<String> = file
            .reconciliation
            .differences
            .iter()
            .filter(|difference| {
                difference.bids.iter().any(|two| two.number == number && two.portal != two.motivated)
            })
            .map(|difference| format!("{}: {}", difference.name, difference.reason.text))
            .collect();
        let (portal, motivated) = (total(&file.portal, number), total(&file.motivated, number));
        let of = file.bids.iter().find(|bid| bid.number == number);
        let out = of.is_some_and(|bid| bid.standing == cotejo_rules::scoring::Standing::NotQualified);
        let known = portal != UNKNOWN && motivated != UNKNOWN;
        let note = match (out, reasons.is_empty()) {
            (true, _) => message("commission.points.not_qualified", &[]),
            (_, false) => reasons.join(" "),
            (_, true) if !known => message("commission.points.not_yet", &[]),
            (_, true) => message("commission.points.same", &[]),
        };
        FilaConciliacion { oferente: name(number), portal, motivado: motivated, nota: note }
    };
    file.bids.iter().map(|bid| row(bid.number)).collect()
}

fn notes(file: &PointsFile, answers: &[AnswerLine]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if file.motivated.provisional || file.motivated.totals.iter().any(|total| !total.missing.is_empty()) {
        notes.push(message("commission.points.open", &[]));
    }
    let texts = |reasons: &[cotejo_domain::Reason]| {
        reasons.iter().map(|reason| reason.text.clone()).collect::<Vec<_>>()
    };
    notes.extend(texts(&file.motivated.notes));
    notes.extend(texts(&file.reconciliation.notes));
    if let Some(both) = &file.consultancy {
        notes.extend(texts(&both.notes));
        let reasons = both.bids.iter().filter_map(|line| line.reason.as_ref());
        notes.extend(reasons.map(|reason| reason.text.clone()));
        for line in &both.bids {
            let number = line.number.to_string();
            let steps =
                line.steps.iter().map(|step| format!("{}: {} = {}", step.step, step.inputs, step.result));
            let text = steps.collect::<Vec<_>>().join("; ");
            if !text.is_empty() {
                notes.push(message("commission.points.combined", &[("numero", &number), ("calculo", &text)]));
            }
        }
    }
    for parameter in &file.motivated.parameters {
        let questions = parameter.questions.iter();
        notes.extend(questions.map(|question| format!("{}: {}", parameter.name, question.text)));
    }
    for offer in &file.low_offers {
        let number = offer.number.to_string();
        for reason in &offer.reasons {
            notes.push(message("commission.points.low", &[("numero", &number), ("texto", &reason.text)]));
        }
    }
    for line in answers {
        let value = in_words(&line.answer);
        let about = match (&line.requirement, line.bid) {
            (Some(requirement), Some(bid)) => {
                let values = [("parametro", requirement.as_str()), ("numero", &bid.to_string())];
                message("commission.points.about_bid", &values)
            }
            (Some(requirement), None) => message("commission.points.about", &[("parametro", requirement)]),
            _ => about_whole(&line.key),
        };
        let values = [
            ("asunto", about.as_str()),
            ("valor", value.as_str()),
            ("quien", line.who.as_str()),
            ("motivo", line.reason.as_str()),
        ];
        notes.push(message("commission.points.answered", &values));
    }
    let mut seen = std::collections::BTreeSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    notes
}

/// Names what an answer about the whole process is about: the weights or the least technical score.
pub(crate) fn about_whole(key: &str) -> String {
    let minimum = key == PointQuestion::Minimum.key();
    message(if minimum { "commission.points.about_minimum" } else { "commission.points.about_weights" }, &[])
}

/// Writes an answer for people: a number as it is, a formula in its own words.
pub(crate) fn in_words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.replace('.', ","),
        serde_json::Value::Bool(true) => message("commission.points.counts", &[]),
        serde_json::Value::Bool(false) => message("commission.points.counts_not", &[]),
        serde_json::Value::Object(parts) if parts.contains_key("technical") => {
            let part = |name: &str| parts.get(name).map(in_words).unwrap_or_default();
            let values = [("tecnica", part("technical")), ("economica", part("economic"))];
            message("puntaje.pesos", &[(values[0].0, &values[0].1), (values[1].0, &values[1].1)])
        }
        serde_json::Value::Object(parts) if parts.contains_key("from") => {
            let part = |name: &str| parts.get(name).map(in_words).unwrap_or_default();
            format!("{}: {}", part("from"), part("points"))
        }
        serde_json::Value::Array(steps) => steps.iter().map(in_words).collect::<Vec<_>>().join(", "),
        serde_json::Value::Object(parts) => {
            let kind = parts.get("formula").and_then(serde_json::Value::as_str).unwrap_or("otra");
            let key = format!("commission.formula.{kind}");
            let name = if cotejo_catalogue::exists(&key) { message(&key, &[]) } else { kind.to_owned() };
            let rest: Vec<String> = parts
                .iter()
                .filter(|(name, value)| *name != "formula" && !value.is_null())
                .map(|(_, part)| in_words(part))
                .collect();
            if rest.is_empty() { name } else { format!("{name} ({})", rest.join("; ")) }
        }
        other => other.to_string(),
    }
}

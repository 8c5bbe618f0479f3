//! Departures of the pliego from the norm, and what persons answer: applied as the pliego says, consulted, corrected. Nothing is signed while one
//! waits.

use super::Desk;
use super::asked::acts;
use super::judgement::Judgement;
use super::matrix::Decided;
use crate::CaseworkError;
use crate::view::{DepartureAnswerView, DepartureOrder, DepartureView, Room, SigningBlock};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, DepartureAnswer, DepartureAnswered};
use cotejo_domain::{Code, RecordId};
use cotejo_rules::Departure;
use cotejo_store::{EventPayload, Stated};

fn answered<'a>(departure: &Departure, acts: &'a [CourseAct]) -> Option<&'a DepartureAnswered> {
    acts.iter().rev().find_map(|act| match act {
        CourseAct::DepartureAnswered(said) if said.departure == departure.key && said.answer.is_some() => {
            Some(said)
        }
        _ => None,
    })
}

/// Returns the departures that wait for an answer.
pub(crate) fn open_of<'a>(judgement: &'a Judgement, acts: &[CourseAct]) -> Vec<&'a Departure> {
    judgement.departures.iter().filter(|departure| answered(departure, acts).is_none()).collect()
}

/// Returns the warnings of the pliego as an acta prints them: each departure with what was answered.
pub(crate) fn told(judgement: &Judgement, acts: &[CourseAct]) -> Vec<String> {
    let answer_to = |text: &str| {
        let departure = judgement.departures.iter().find(|departure| departure.message == text)?;
        let said = answered(departure, acts)?;
        let values = [("respuesta", said.answer.as_ref().map(what)?), ("motivo", said.motivation.clone())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Some(message("requirements.answered_in_acta", &values))
    };
    let warnings = judgement.warnings.iter().map(|warning| &warning.message);
    warnings
        .map(|text| match answer_to(text) {
            Some(answer) => format!("{text} {answer}"),
            None => text.clone(),
        })
        .collect()
}

/// Lists the answers that an acta states: its first signature seals them.
pub(crate) fn stated(judgement: &Judgement, acts: &[CourseAct]) -> Vec<Stated> {
    let answers = judgement.departures.iter().filter_map(|departure| answered(departure, acts));
    answers.map(|said| Stated::Act { slot: CourseAct::DepartureAnswered(said.clone()).slot() }).collect()
}

/// Says what impedes signing: a departure that nobody answered is applied in silence.
pub(crate) async fn block(open: &super::open_case::OpenCase) -> Result<Option<SigningBlock>, CaseworkError> {
    let judgement = open.judgement().await?;
    let acts = acts(&open.case).await?;
    let waiting = open_of(&judgement, &acts);
    Ok(waiting.first().map(|first| SigningBlock {
        code: "requirements.block.departure".into(),
        title: message("requirements.block.departure", &[("numero", &waiting.len().to_string())]),
        detail: first.message.clone(),
        room: Room::Acta,
        cell: None,
    }))
}

impl Desk {
    /// Lists the departures of the case's pliego from the norm, each with its answer.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn departures(&self, case: &str) -> Result<Vec<DepartureView>, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let acts = acts(&open.case).await?;
        let decided = Decided::of(&open.case).await?;
        Ok(judgement
            .departures
            .iter()
            .map(|departure| DepartureView {
                departure: departure.key.clone(),
                code: departure.code.clone(),
                requirement: departure.requirement.as_ref().map(ToString::to_string),
                text: departure.message.clone(),
                remedy: departure.remedy.clone(),
                legal_basis: departure.legal_basis.clone(),
                unverified: departure.unverified,
                answer: answered(departure, &acts).map(|said| DepartureAnswerView {
                    what: said.answer.as_ref().map(what).unwrap_or_default(),
                    motivation: said.motivation.clone(),
                    who: decided.person(said.author).to_owned(),
                    at: said.at.to_string(),
                }),
            })
            .collect())
    }

    /// Answers a departure, or takes the answer back.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a departure that the case does not have; [`Code::Precondition`] without motivation, or for an aclaración that does
    /// not hold; [`Code::Sealed`] once a signed acta states the answer.
    pub async fn answer_departure(
        &self,
        case: &str,
        departure: &str,
        order: &DepartureOrder,
    ) -> Result<Vec<DepartureView>, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let refuse = |key, detail: &str| CaseworkError::refused(Code::Precondition, key, detail.to_owned());
        let found = judgement.departures.iter().find(|one| one.key == departure);
        let found = found.ok_or_else(|| {
            CaseworkError::refused(Code::NotFound, "requirements.unknown_departure", departure.to_owned())
        })?;
        let (answer, motivation) = match order {
            DepartureOrder::AsPliego { motivation } => (Some(DepartureAnswer::AsPliego), motivation.trim()),
            DepartureOrder::Consulted { whom, reference, motivation } => {
                if whom.trim().is_empty() || reference.trim().is_empty() {
                    return Err(refuse("requirements.consulted_whom", ""));
                }
                let (whom, reference) = (whom.trim().to_owned(), reference.trim().to_owned());
                (Some(DepartureAnswer::Consulted { whom, reference }), motivation.trim())
            }
            DepartureOrder::Corrected { clarification, motivation } => {
                let held = acts(&open.case).await?.into_iter().any(|act| {
                    matches!(act, CourseAct::ClarificationApplied(said)
                        if said.clarification == *clarification && said.withdrawn.is_empty())
                });
                if !held {
                    return Err(refuse("requirements.unknown_clarification", clarification));
                }
                (Some(DepartureAnswer::Corrected { clarification: clarification.clone() }), motivation.trim())
            }
            DepartureOrder::TakenBack => (None, ""),
        };
        if answer.is_some() && motivation.is_empty() {
            return Err(refuse("requirements.reason_missing", ""));
        }
        let act = CourseAct::DepartureAnswered(DepartureAnswered {
            departure: found.key.clone(),
            code: found.code.clone(),
            requirement: found.requirement.clone(),
            answer,
            motivation: motivation.to_owned(),
            author: self.actor.id,
            at: self.now(),
        });
        open.case
            .record(self.actor.id, EventPayload::CourseRecorded { record: RecordId(self.new_uuid()), act })
            .await?;
        self.departures(case).await
    }
}

fn what(answer: &DepartureAnswer) -> String {
    match answer {
        DepartureAnswer::AsPliego => message("requirements.answer.as_pliego", &[]),
        DepartureAnswer::Consulted { whom, reference } => {
            message("requirements.answer.consulted", &[("quien", whom), ("referencia", reference)])
        }
        DepartureAnswer::Corrected { clarification } => {
            message("requirements.answer.corrected", &[("aclaracion", clarification)])
        }
    }
}

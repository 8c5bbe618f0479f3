//! The requirements of a case as persons left them: confirmed, edited, rejected; read from further papers, taken from a template.

use super::Desk;
use super::matrix::{Decided, requirement_view};
use super::open_case::OpenCase;
use crate::CaseworkError;
use crate::view::{AskedRow, AskedView, AskedWord, Cancellation, RequirementOrder, StandingView};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, RequirementSaid, RequirementWord};
use cotejo_domain::{
    Code, Lot, RecordId, Requirement, RequirementId, RequirementKind, RequirementSource, Subject,
};
use cotejo_rules::{InForce, Standing, in_force};
use cotejo_store::{Case, EventPayload, FileOwner};
use std::path::Path;

/// Returns the acts of the course that hold, in the order in which they were recorded.
pub(crate) async fn acts(case: &Case) -> Result<Vec<CourseAct>, CaseworkError> {
    Ok(case.course_acts().await?.into_iter().map(|(_, act)| act).collect())
}

/// Returns the requirements of a case with what persons said of them.
pub(crate) async fn asked(case: &Case) -> Result<Vec<InForce>, CaseworkError> {
    Ok(in_force(&case.requirements().await?, &acts(case).await?))
}

impl From<Standing> for StandingView {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Stated => Self::Stated,
            Standing::Recognised => Self::Recognised,
            Standing::FromModel => Self::FromModel,
            Standing::Confirmed => Self::Confirmed,
            Standing::Rejected => Self::Rejected,
            Standing::TakenOut => Self::TakenOut,
        }
    }
}

fn standing_text(standing: Standing) -> String {
    let key = match standing {
        Standing::Stated => "requirements.standing.stated",
        Standing::Recognised => "requirements.standing.recognised",
        Standing::FromModel => "requirements.standing.from_model",
        Standing::Confirmed => "requirements.standing.confirmed",
        Standing::Rejected => "requirements.standing.rejected",
        Standing::TakenOut => "requirements.standing.taken_out",
    };
    message(key, &[])
}

/// What a person writes of a requirement; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) text: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) points: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) lot: Option<String>,
}

impl Written {
    /// Writes it over a requirement.
    pub(crate) fn over(&self, requirement: &Requirement, lots: &[Lot]) -> Result<Requirement, CaseworkError> {
        let refuse = |key, detail: &str| CaseworkError::refused(Code::Precondition, key, detail.to_owned());
        let mut now = requirement.clone();
        if let Some(text) = &self.text {
            text.trim().clone_into(&mut now.text);
        }
        if now.text.is_empty() {
            return Err(refuse("casework.requirement_without_text", ""));
        }
        if let Some(kind) = &self.kind {
            let kind: Result<RequirementKind, _> =
                serde_json::from_value(serde_json::Value::String(kind.clone()));
            now.kind = kind
                .map_err(|_| refuse("requirements.unknown_kind", self.kind.as_deref().unwrap_or_default()))?;
        }
        if let Some(points) = &self.points {
            now.points = match points.trim() {
                "" => None,
                text => Some(text.parse().map_err(|_| refuse("requirements.no_points", text))?),
            };
        }
        if let Some(subject) = &self.subject {
            now.subject = serde_json::from_str(subject)
                .map_err(|error| refuse("requirements.unknown_subject", &error.to_string()))?;
            let known =
                |check: &str| cotejo_rules::declared_checks().iter().any(|declared| declared.id == check);
            if let Subject::Declared { check, .. } = &now.subject
                && !known(check)
            {
                return Err(refuse("requirements.unknown_check", check));
            }
        }
        if let Some(name) = &self.lot {
            now.lot = match name.trim() {
                "" => None,
                name => {
                    let lot = lots.iter().find(|lot| lot.name == name);
                    Some(lot.ok_or_else(|| refuse("requirements.unknown_lot", name))?.id)
                }
            };
        }
        Ok(now)
    }
}

impl Desk {
    /// Lists the requirements of a case with their place, standing and history, those that do not count included.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn asked(&self, case: &str) -> Result<AskedView, CaseworkError> {
        let open = self.opened(case).await?;
        self.asked_view(&open).await
    }

    async fn asked_view(&self, open: &OpenCase) -> Result<AskedView, CaseworkError> {
        let judgement = open.judgement().await?;
        let acts = acts(&open.case).await?;
        let held = in_force(&open.case.requirements().await?, &acts);
        let decided = Decided::of(&open.case).await?;
        let lots = &judgement.state.lots;
        let rows: Vec<AskedRow> = (1..)
            .zip(&held)
            .map(|(number, held)| row(number, held, &acts, &decided, lots, judgement.pliego_file))
            .collect();
        let waiting = held.iter().filter(|held| held.standing.waits()).count();
        let open_departures = super::departures::open_of(&judgement, &acts).len();
        Ok(AskedView {
            rows,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            departures_open: u32::try_from(open_departures).unwrap_or(u32::MAX),
            lots: lots.iter().map(|lot| lot.name.clone()).collect(),
        })
    }

    /// Records what a person says of some requirements, each with its own act.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown requirement; [`Code::Precondition`] without a reason to edit or reject, or where the word does not fit;
    /// [`Code::Sealed`] once a signed acta states the requirements.
    pub async fn say_of_requirements(
        &self,
        case: &str,
        requirements: &[String],
        order: &RequirementOrder,
    ) -> Result<AskedView, CaseworkError> {
        let open = self.opened(case).await?;
        let refuse = |key, detail: &str| CaseworkError::refused(Code::Precondition, key, detail.to_owned());
        let reason = match order {
            RequirementOrder::Confirm => String::new(),
            RequirementOrder::Edit { reason, .. }
            | RequirementOrder::Reject { reason }
            | RequirementOrder::Restore { reason } => reason.trim().to_owned(),
        };
        if reason.is_empty() && !matches!(order, RequirementOrder::Confirm) {
            return Err(refuse("requirements.reason_missing", ""));
        }
        let acts = acts(&open.case).await?;
        let held = in_force(&open.case.requirements().await?, &acts);
        let lots = open.case.state().await?.lots;
        let mut payloads = Vec::new();
        for id in requirements {
            let found = held.iter().find(|held| held.requirement.id.0 == *id);
            let found = found.ok_or_else(|| {
                CaseworkError::refused(Code::NotFound, "requirements.unknown_requirement", id.clone())
            })?;
            let present = &found.requirement;
            let counts = found.standing.counts();
            let (word, now) = match order {
                RequirementOrder::Confirm if counts => (RequirementWord::Confirmed, Some(present.clone())),
                RequirementOrder::Edit { text, kind, points, subject, lot, .. } if counts => {
                    let written = Written {
                        text: text.clone(),
                        kind: kind.clone(),
                        points: points.clone(),
                        subject: subject.clone(),
                        lot: lot.clone(),
                    };
                    (RequirementWord::Edited, Some(written.over(present, &lots)?))
                }
                RequirementOrder::Reject { .. } if counts => (RequirementWord::Rejected, None),
                RequirementOrder::Restore { .. } if found.standing == Standing::Rejected => {
                    (RequirementWord::Restored, Some(present.clone()))
                }
                _ => return Err(refuse("requirements.word_does_not_fit", id)),
            };
            let number = 1 + acts
                .iter()
                .filter(
                    |act| matches!(act, CourseAct::RequirementSaid(said) if said.requirement == present.id),
                )
                .count();
            let said = RequirementSaid {
                requirement: present.id.clone(),
                number: self.free_number(&open.case, &present.id, number).await?,
                word,
                before: counts.then(|| Box::new(present.clone())),
                now: now.map(Box::new),
                reason: reason.clone(),
                author: self.actor.id,
                at: self.now(),
            };
            payloads.push(EventPayload::CourseRecorded {
                record: RecordId(self.new_uuid()),
                act: CourseAct::RequirementSaid(said),
            });
        }
        open.case.record_all(self.actor.id, payloads).await?;
        open.forget().await;
        self.asked_view(&open).await
    }

    /// Finds a number under which no word on a requirement was ever recorded, undone ones included: a slot says one thing.
    async fn free_number(&self, case: &Case, id: &RequirementId, from: usize) -> Result<u32, CaseworkError> {
        let mut number = u32::try_from(from).unwrap_or(u32::MAX);
        while case.course_slot_used(&format!("acto:requirement_said:{id}:{number}")).await? {
            number = number.saturating_add(1);
        }
        Ok(number)
    }

    /// Reads requirements from a further paper of the entity (terms of reference, an annex), keeps the paper among those of the process and adds
    /// what is not asked yet, to be confirmed. Returns how many were added.
    ///
    /// # Errors
    /// When the paper cannot be read; [`Code::Sealed`] once a signed acta states the requirements.
    pub async fn read_requirements(
        &self,
        case: &str,
        path: &Path,
        cancellation: &Cancellation,
    ) -> Result<(u32, AskedView), CaseworkError> {
        let open = self.opened(case).await?;
        let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
        let name = crate::sources::name_of(path);
        let read = crate::quick::decode_pliego(&self.lector(), &name, &bytes, cancellation)?;
        let file = open
            .case
            .import_file(
                self.actor.id,
                FileOwner::Process,
                &name,
                crate::quick::media_type_of(&name),
                false,
                bytes,
            )
            .await?;
        let present = open.case.requirements().await?;
        let mut added = Vec::new();
        let mut taken: Vec<String> = present.iter().map(|requirement| requirement.id.0.clone()).collect();
        for mut requirement in read.requirements {
            let said = |other: &Requirement| {
                other.subject == requirement.subject
                    && (other.subject != Subject::Other || other.text == requirement.text)
            };
            // A form or a term that is asked already is asked once.
            if present.iter().any(said) {
                continue;
            }
            let base = requirement.id.0.clone();
            let mut next = 2_u32;
            while taken.contains(&requirement.id.0) {
                requirement.id = RequirementId(format!("{base}.{next}"));
                next += 1;
            }
            taken.push(requirement.id.0.clone());
            if let RequirementSource::Page { file: at, .. } = &mut requirement.source {
                *at = Some(file.hash);
            }
            added.push(EventPayload::RequirementAdded { requirement });
        }
        let count = u32::try_from(added.len()).unwrap_or(u32::MAX);
        open.case.record_all(self.actor.id, added).await?;
        open.forget().await;
        Ok((count, self.asked_view(&open).await?))
    }

    /// Adds what the model of the case's procedure asks and the case does not: forms, and the declared checks of the rules. Each is to be
    /// confirmed.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack; [`Code::NotFound`] for an unknown check; [`Code::Sealed`] as elsewhere.
    pub async fn add_from_template(
        &self,
        case: &str,
        checks: &[String],
    ) -> Result<(u32, AskedView), CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let pack = judgement
            .pack
            .as_ref()
            .ok_or_else(|| CaseworkError::refused(Code::Precondition, "casework.no_pack", ""))?;
        let mut wanted = Vec::new();
        if checks.is_empty() {
            wanted = cotejo_rules::requirements_from_model(judgement.state.process.procedure, pack);
        }
        let declared = cotejo_rules::declared_checks();
        for id in checks {
            let check = declared.iter().find(|check| check.id == *id).ok_or_else(|| {
                CaseworkError::refused(Code::NotFound, "requirements.unknown_check", id.clone())
            })?;
            wanted.push(Requirement {
                id: RequirementId(format!("VER-{id}")),
                lot: None,
                kind: RequirementKind::Minimo,
                text: check.title.clone(),
                points: None,
                subject: Subject::Declared { check: id.clone(), values: std::collections::BTreeMap::new() },
                source: RequirementSource::Template { name: message("requirements.declared_checks", &[]) },
            });
        }
        let present = open.case.requirements().await?;
        let added: Vec<EventPayload> = wanted
            .into_iter()
            .filter(|one| present.iter().all(|other| other.id != one.id && other.subject != one.subject))
            .map(|requirement| EventPayload::RequirementAdded { requirement })
            .collect();
        let count = u32::try_from(added.len()).unwrap_or(u32::MAX);
        open.case.record_all(self.actor.id, added).await?;
        open.forget().await;
        Ok((count, self.asked_view(&open).await?))
    }
}

fn row(
    number: u32,
    held: &InForce,
    acts: &[CourseAct],
    decided: &Decided,
    lots: &[Lot],
    pliego: Option<cotejo_domain::FileHash>,
) -> AskedRow {
    let requirement = &held.requirement;
    let (quads, quote) = match &requirement.source {
        RequirementSource::Page { quads, quote, .. } => {
            (quads.iter().map(|quad| quad.0.to_vec()).collect(), quote.clone())
        }
        _ => (Vec::new(), String::new()),
    };
    let mut history: Vec<(usize, AskedWord)> = Vec::new();
    for (places, holds) in [(&held.acts, true), (&held.overtaken, false)] {
        for place in places {
            history.extend(
                acts.get(*place)
                    .and_then(|act| word(act, &requirement.id, decided, holds))
                    .map(|word| (*place, word)),
            );
        }
    }
    history.sort_by_key(|(place, _)| *place);
    AskedRow {
        requirement: requirement_view(number, requirement, pliego),
        standing: held.standing.into(),
        standing_text: standing_text(held.standing),
        lot: lots
            .iter()
            .find(|lot| match requirement.lot {
                Some(own) => lot.id == own,
                None => lots.len() > 1 && lot.requirements.contains(&requirement.id),
            })
            .map(|lot| lot.name.clone()),
        subject: serde_json::to_string(&requirement.subject).unwrap_or_default(),
        quads,
        quote,
        clarifications: held.clarifications.clone(),
        history: history.into_iter().map(|(_, word)| word).collect(),
    }
}

fn word(act: &CourseAct, id: &RequirementId, decided: &Decided, holds: bool) -> Option<AskedWord> {
    let text = |requirement: &Option<Box<Requirement>>| {
        requirement.as_ref().map(|requirement| requirement.text.clone())
    };
    match act {
        CourseAct::RequirementSaid(said) => Some(AskedWord {
            what: message(
                match said.word {
                    RequirementWord::Confirmed => "requirements.word.confirmed",
                    RequirementWord::Edited => "requirements.word.edited",
                    RequirementWord::Rejected => "requirements.word.rejected",
                    RequirementWord::Restored => "requirements.word.restored",
                },
                &[],
            ),
            who: decided.person(said.author).to_owned(),
            at: said.at.to_string(),
            reason: said.reason.clone(),
            document: None,
            before: text(&said.before),
            now: text(&said.now),
            holds,
        }),
        CourseAct::ClarificationApplied(said) => {
            let change = said.changes.iter().find(|change| change.requirement == *id)?;
            let page = said.page.map_or_else(|| "—".to_owned(), |page| page.to_string());
            let values = [
                ("documento", said.document.as_str()),
                ("respuesta", said.answer.as_str()),
                ("pagina", page.as_str()),
            ];
            Some(AskedWord {
                what: message("requirements.word.clarified", &[("aclaracion", &said.clarification)]),
                who: decided.person(said.author).to_owned(),
                at: said.at.to_string(),
                reason: said.quote.clone(),
                document: Some(message("requirements.clarification_at", &values)),
                before: text(&change.before),
                now: text(&change.now),
                holds,
            })
        }
        _ => None,
    }
}

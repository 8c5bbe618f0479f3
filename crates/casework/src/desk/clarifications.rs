//! Aclaraciones: answers of the entity that change requirements, with who applied them, when, from which answer of which document. Decisions that
//! rest on what changes are marked *revisar de nuevo*.

use super::Desk;
use super::asked::{Written, acts};
use super::matrix::Decided;
use crate::CaseworkError;
use crate::view::{ClarificationOrder, ClarificationView};
use cotejo_domain::course::{ClarificationApplied, CourseAct, RequirementChange};
use cotejo_domain::{
    Code, RecordId, Requirement, RequirementId, RequirementKind, RequirementSource, Subject,
};
use cotejo_rules::in_force;
use cotejo_store::EventPayload;

impl Desk {
    /// Applies an aclaración.
    ///
    /// # Errors
    /// [`Code::Precondition`] without document, answer, words or change, or where a change does not fit; [`Code::NotFound`] for an unknown
    /// requirement; [`Code::Sealed`] once a signed acta states the requirements.
    pub async fn apply_clarification(
        &self,
        case: &str,
        order: &ClarificationOrder,
    ) -> Result<ClarificationView, CaseworkError> {
        let refuse = |key, detail: &str| CaseworkError::refused(Code::Precondition, key, detail.to_owned());
        if [&order.document, &order.answer, &order.quote].iter().any(|text| text.trim().is_empty()) {
            return Err(refuse("requirements.clarification_incomplete", ""));
        }
        if order.changes.is_empty() {
            return Err(refuse("requirements.clarification_changes_nothing", ""));
        }
        let open = self.opened(case).await?;
        let acts = acts(&open.case).await?;
        let read = open.case.requirements().await?;
        let held = in_force(&read, &acts);
        let lots = open.case.state().await?.lots;
        let mut name = String::new();
        for number in 1_u32.. {
            name = format!("ACL-{number}");
            if !open.case.course_slot_used(&format!("acto:clarification_applied:{name}")).await? {
                break;
            }
        }
        let mut changes: Vec<RequirementChange> = Vec::new();
        let mut added: Vec<EventPayload> = Vec::new();
        for change in &order.changes {
            let written = Written {
                text: change.text.clone(),
                kind: change.kind.clone(),
                points: change.points.clone(),
                subject: change.subject.clone(),
                lot: change.lot.clone(),
            };
            match &change.requirement {
                Some(id) => {
                    let found = held.iter().find(|held| held.requirement.id.0 == *id);
                    let found = found.ok_or_else(|| {
                        CaseworkError::refused(Code::NotFound, "requirements.unknown_requirement", id.clone())
                    })?;
                    if changes.iter().any(|other| other.requirement.0 == *id) {
                        return Err(refuse("requirements.clarified_twice", id));
                    }
                    let before = found.standing.counts().then(|| Box::new(found.requirement.clone()));
                    let now = if change.taken_out {
                        None
                    } else {
                        Some(Box::new(written.over(&found.requirement, &lots)?))
                    };
                    if before == now {
                        return Err(refuse("requirements.clarification_changes_nothing", id));
                    }
                    changes.push(RequirementChange {
                        requirement: found.requirement.id.clone(),
                        before,
                        now,
                    });
                }
                None => {
                    let blank = Requirement {
                        id: RequirementId(format!("{name}.{}", added.len() + 1)),
                        lot: None,
                        kind: RequirementKind::Minimo,
                        text: String::new(),
                        points: None,
                        subject: Subject::Other,
                        source: RequirementSource::Clarification {
                            clarification: name.clone(),
                            page: order.page,
                        },
                    };
                    let requirement = written.over(&blank, &lots)?;
                    changes.push(RequirementChange {
                        requirement: requirement.id.clone(),
                        before: None,
                        now: Some(Box::new(requirement.clone())),
                    });
                    added.push(EventPayload::RequirementAdded { requirement });
                }
            }
        }
        let files = super::judgement::process_files(&open.case).await?;
        let file = files.iter().find(|file| file.path == order.document.trim()).map(|file| file.hash);
        let day = order.day.as_deref().map(crate::quick::day).transpose()?;
        let said = ClarificationApplied {
            clarification: name.clone(),
            file,
            document: order.document.trim().to_owned(),
            page: order.page,
            quads: Vec::new(),
            answer: order.answer.trim().to_owned(),
            quote: order.quote.trim().to_owned(),
            day,
            changes,
            withdrawn: String::new(),
            author: self.actor.id,
            at: self.now(),
        };
        let act = CourseAct::ClarificationApplied(said);
        added.push(EventPayload::CourseRecorded { record: RecordId(self.new_uuid()), act });
        open.case.record_all(self.actor.id, added).await?;
        open.forget().await;
        self.clarification(case, &name).await
    }

    /// Withdraws an aclaración that should not have been applied: what it changed is as before, and its decisions are looked at again.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown one; [`Code::Precondition`] without a reason; [`Code::Sealed`] as elsewhere.
    pub async fn withdraw_clarification(
        &self,
        case: &str,
        clarification: &str,
        reason: &str,
    ) -> Result<ClarificationView, CaseworkError> {
        if reason.trim().is_empty() {
            return Err(CaseworkError::refused(Code::Precondition, "requirements.reason_missing", ""));
        }
        let open = self.opened(case).await?;
        let found = acts(&open.case).await?.into_iter().find_map(|act| match act {
            CourseAct::ClarificationApplied(said)
                if said.clarification == clarification && said.withdrawn.is_empty() =>
            {
                Some(said)
            }
            _ => None,
        });
        let mut said = found.ok_or_else(|| {
            CaseworkError::refused(
                Code::NotFound,
                "requirements.unknown_clarification",
                clarification.to_owned(),
            )
        })?;
        // What it changed is named once more, so that the log marks the decisions; it changes nothing from now on.
        for change in &mut said.changes {
            change.now.clone_from(&change.before);
        }
        reason.trim().clone_into(&mut said.withdrawn);
        said.author = self.actor.id;
        said.at = self.now();
        let act = CourseAct::ClarificationApplied(said);
        open.case
            .record(self.actor.id, EventPayload::CourseRecorded { record: RecordId(self.new_uuid()), act })
            .await?;
        open.forget().await;
        self.clarification(case, clarification).await
    }

    /// Lists the aclaraciones of a case, withdrawn ones included.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn clarifications(&self, case: &str) -> Result<Vec<ClarificationView>, CaseworkError> {
        let open = self.opened(case).await?;
        let decided = Decided::of(&open.case).await?;
        let all = acts(&open.case).await?.into_iter().filter_map(|act| match act {
            CourseAct::ClarificationApplied(said) => Some(said),
            _ => None,
        });
        Ok(all
            .map(|said| ClarificationView {
                requirements: said.changes.iter().map(|change| change.requirement.to_string()).collect(),
                clarification: said.clarification,
                document: said.document,
                file: said.file.map(|file| file.to_string()),
                page: said.page,
                answer: said.answer,
                quote: said.quote,
                day: said.day.map(|day| day.to_string()),
                withdrawn: said.withdrawn,
                who: decided.person(said.author).to_owned(),
                at: said.at.to_string(),
            })
            .collect())
    }

    async fn clarification(&self, case: &str, name: &str) -> Result<ClarificationView, CaseworkError> {
        let all = self.clarifications(case).await?;
        all.into_iter().find(|one| one.clarification == name).ok_or_else(|| {
            CaseworkError::refused(Code::NotFound, "requirements.unknown_clarification", name.to_owned())
        })
    }
}

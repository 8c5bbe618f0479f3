//! The requirements as persons left them: what was recognised waits for a person's word, and an aclaración changes what the pliego said.
//!
//! Nothing is overwritten. What was read stays as it was; the words of persons lie over it in the order in which they were given, and each
//! holds only where it meets the requirement it spoke of. A word that was given about another text than the one that stands now is told as
//! overtaken, and does not count.

use cotejo_domain::course::{CourseAct, RequirementWord};
use cotejo_domain::{Requirement, RequirementId, RequirementSource};
use serde::{Deserialize, Serialize};

/// Tells how far a requirement is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Structured data state it, a person typed it, or every bid is checked for it.
    Stated,
    /// It was recognised in a text: a person confirms it before a *no cumple* may rest on it.
    Recognised,
    /// The procedure's model brings it: a person confirms that the pliego does.
    FromModel,
    /// A person confirmed it, or wrote it anew.
    Confirmed,
    /// A person found that the pliego asks no such thing; it is not judged.
    Rejected,
    /// An aclaración took it out; it is not judged.
    TakenOut,
}

impl Standing {
    /// Tells whether a requirement in this state is judged at all.
    #[must_use]
    pub fn counts(self) -> bool {
        !matches!(self, Self::Rejected | Self::TakenOut)
    }

    /// Tells whether a *no cumple* must wait for a person's word on the requirement itself.
    #[must_use]
    pub fn waits(self) -> bool {
        self == Self::Recognised
    }
}

/// Holds a requirement with what persons said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce {
    /// The requirement as it stands; where it does not count, as it stood last.
    pub requirement: Requirement,
    /// How far it is settled.
    pub standing: Standing,
    /// The aclaraciones that changed it, in order.
    pub clarifications: Vec<String>,
    /// Places among the acts that spoke of it and hold, in order.
    pub acts: Vec<usize>,
    /// Places among the acts that spoke of another text than the one that stood then: they do not count.
    pub overtaken: Vec<usize>,
}

/// Name of the model under which the checks for every bid stand.
const EVERY_BID: &str = "verificaciones comunes";

fn first_standing(requirement: &Requirement) -> Standing {
    match &requirement.source {
        RequirementSource::Page { .. } => Standing::Recognised,
        RequirementSource::Template { name } if name != EVERY_BID => Standing::FromModel,
        // It counts while the aclaración that brings it holds.
        RequirementSource::Clarification { .. } => Standing::TakenOut,
        _ => Standing::Stated,
    }
}

/// Lays the words of persons over the requirements that were read. `acts` in the order in which they were recorded.
#[must_use]
pub fn in_force(read: &[Requirement], acts: &[CourseAct]) -> Vec<InForce> {
    let mut all: Vec<InForce> = read
        .iter()
        .map(|requirement| InForce {
            requirement: requirement.clone(),
            standing: first_standing(requirement),
            clarifications: Vec::new(),
            acts: Vec::new(),
            overtaken: Vec::new(),
        })
        .collect();
    for (place, act) in acts.iter().enumerate() {
        match act {
            CourseAct::RequirementSaid(said) => {
                let standing = match said.word {
                    RequirementWord::Rejected => Standing::Rejected,
                    RequirementWord::Confirmed | RequirementWord::Edited | RequirementWord::Restored => {
                        Standing::Confirmed
                    }
                };
                apply(
                    &mut all,
                    &said.requirement,
                    (said.before.as_deref(), said.now.as_deref()),
                    standing,
                    place,
                );
            }
            CourseAct::ClarificationApplied(said) if said.withdrawn.is_empty() => {
                for change in &said.changes {
                    let standing =
                        if change.now.is_some() { Standing::Confirmed } else { Standing::TakenOut };
                    let changed = (change.before.as_deref(), change.now.as_deref());
                    if apply(&mut all, &change.requirement, changed, standing, place)
                        && let Some(held) =
                            all.iter_mut().find(|held| held.requirement.id == change.requirement)
                    {
                        held.clarifications.push(said.clarification.clone());
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// Applies one word; tells whether it holds.
fn apply(
    all: &mut [InForce],
    id: &RequirementId,
    (before, now): (Option<&Requirement>, Option<&Requirement>),
    standing: Standing,
    place: usize,
) -> bool {
    let Some(held) = all.iter_mut().find(|held| held.requirement.id == *id) else { return false };
    let stands = held.standing.counts().then_some(&held.requirement);
    if stands != before {
        held.overtaken.push(place);
        return false;
    }
    if let Some(now) = now {
        held.requirement = now.clone();
    }
    held.standing = standing;
    held.acts.push(place);
    true
}

/// Returns the requirements that are judged, in their order.
#[must_use]
pub fn asked_of(all: &[InForce]) -> Vec<Requirement> {
    all.iter().filter(|held| held.standing.counts()).map(|held| held.requirement.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::course::{ClarificationApplied, RequirementChange, RequirementSaid};
    use cotejo_domain::{ActorId, Plazo, RequirementKind, Subject};

    fn term(days: u32, source: RequirementSource) -> Requirement {
        Requirement {
            id: RequirementId("PLAZO".into()),
            lot: None,
            kind: RequirementKind::Minimo,
            text: format!("Plazo de ejecución: {days} días"),
            points: None,
            subject: Subject::Term { maximum: Some(Plazo(days)) },
            source,
        }
    }

    fn said(
        number: u32,
        word: RequirementWord,
        before: Option<&Requirement>,
        now: Option<&Requirement>,
    ) -> CourseAct {
        CourseAct::RequirementSaid(RequirementSaid {
            requirement: RequirementId("PLAZO".into()),
            number,
            word,
            before: before.cloned().map(Box::new),
            now: now.cloned().map(Box::new),
            reason: "así consta".into(),
            author: ActorId(uuid::Uuid::nil()),
            at: jiff::Timestamp::UNIX_EPOCH,
        })
    }

    fn clarified(name: &str, before: Option<&Requirement>, now: Option<&Requirement>) -> CourseAct {
        CourseAct::ClarificationApplied(ClarificationApplied {
            clarification: name.into(),
            file: None,
            document: "aclaraciones.pdf".into(),
            page: Some(2),
            quads: Vec::new(),
            answer: "4".into(),
            quote: "se amplía a 120 días".into(),
            day: None,
            changes: vec![RequirementChange {
                requirement: RequirementId("PLAZO".into()),
                before: before.cloned().map(Box::new),
                now: now.cloned().map(Box::new),
            }],
            withdrawn: String::new(),
            author: ActorId(uuid::Uuid::nil()),
            at: jiff::Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn what_was_recognised_waits_and_what_was_stated_does_not() {
        let of = |source| in_force(&[term(90, source)], &[])[0].standing;
        assert!(of(RequirementSource::page(3)).waits(), "read from a text");
        assert!(!of(RequirementSource::Ushay { table: "T".into(), row: 1 }).waits(), "structured");
        assert_eq!(of(RequirementSource::Template { name: "FUO · ec-2023".into() }), Standing::FromModel);
        assert_eq!(of(RequirementSource::Template { name: EVERY_BID.into() }), Standing::Stated);
        assert_eq!(of(RequirementSource::ByHand), Standing::Stated);
    }

    #[test]
    fn an_aclaracion_after_an_edit_starts_from_the_edit_and_its_undo_leaves_the_edit() {
        let (read, edited, later) = (
            term(90, RequirementSource::page(3)),
            term(95, RequirementSource::page(3)),
            term(120, RequirementSource::page(3)),
        );
        let acts = [
            said(1, RequirementWord::Edited, Some(&read), Some(&edited)),
            clarified("ACL-1", Some(&edited), Some(&later)),
        ];
        let held = &in_force(std::slice::from_ref(&read), &acts)[0];
        assert_eq!((held.requirement.clone(), held.standing), (later, Standing::Confirmed));
        assert_eq!(held.clarifications, ["ACL-1"]);
        let undone = &in_force(std::slice::from_ref(&read), &acts[..1])[0];
        assert_eq!(undone.requirement, edited, "the aclaración was undone");
    }

    #[test]
    fn a_word_about_another_text_is_overtaken_and_does_not_count() {
        let (read, again) = (term(90, RequirementSource::page(3)), term(60, RequirementSource::page(3)));
        let acts = [said(1, RequirementWord::Confirmed, Some(&read), Some(&read))];
        assert_eq!(in_force(std::slice::from_ref(&read), &acts)[0].standing, Standing::Confirmed);
        let held = &in_force(std::slice::from_ref(&again), &acts)[0];
        assert_eq!(
            (held.standing, held.overtaken.as_slice()),
            (Standing::Recognised, &[0][..]),
            "the pliego was read anew, and reads otherwise"
        );
    }

    #[test]
    fn what_is_rejected_or_taken_out_is_not_judged_and_may_come_back() {
        let read = term(90, RequirementSource::page(3));
        let mut acts = vec![said(1, RequirementWord::Rejected, Some(&read), None)];
        assert!(asked_of(&in_force(std::slice::from_ref(&read), &acts)).is_empty());
        acts.push(said(2, RequirementWord::Restored, None, Some(&read)));
        assert_eq!(asked_of(&in_force(std::slice::from_ref(&read), &acts)).len(), 1);
        acts.push(clarified("ACL-1", Some(&read), None));
        assert_eq!(in_force(std::slice::from_ref(&read), &acts)[0].standing, Standing::TakenOut);
    }

    #[test]
    fn a_requirement_of_an_aclaracion_counts_while_it_holds() {
        let added =
            term(90, RequirementSource::Clarification { clarification: "ACL-1".into(), page: Some(2) });
        assert!(asked_of(&in_force(std::slice::from_ref(&added), &[])).is_empty(), "undone, or withdrawn");
        let acts = [clarified("ACL-1", None, Some(&added))];
        assert_eq!(asked_of(&in_force(std::slice::from_ref(&added), &acts)).len(), 1);
    }
}

//! What persons say a defect is: an error of form, a paper that some page or no page mentions, or that the minimum itself is not met.

use super::{Standing, pointed};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{CuringView, DefectOrder};
use cotejo_domain::course::{CourseAct, DefectNature, DefectSaid};
use cotejo_domain::{BidId, Code, RequirementId, RequirementKind};
use cotejo_procedure::curing::errors::nameable_errors;

impl Desk {
    /// Records what a person says a defect is; with an empty nature takes it back.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a reason, for a page that mentions it without that page, for an error that no list names, or of integridad
    /// for what would keep it from being asked.
    pub async fn say_defect(&self, case: &str, order: &DefectOrder) -> Result<CuringView, CaseworkError> {
        let standing = self.standing_with(case, &order.bid).await?;
        let (_, requirement) = standing.requirement(&order.requirement)?;
        let bid = standing.bid(&order.bid)?.bid.id;
        let refuse = |key: &'static str, detail: &str| {
            Err(CaseworkError::refused(Code::Precondition, key, detail.to_owned()))
        };
        let nature = match order.nature.trim().replace('-', "_").as_str() {
            "" => None,
            "formal" => {
                let error = order.error.trim().to_owned();
                if !nameable_errors().iter().any(|(key, _)| *key == error) {
                    return refuse("curing.desk.no_such_error", &error);
                }
                Some(DefectNature::Formal { error })
            }
            "mencionado" => Some(DefectNature::Mentioned),
            "sin_mencion" => Some(DefectNature::Unmentioned),
            "de_fondo" => Some(DefectNature::Substantive),
            other => return refuse("curing.desk.bad_nature", other),
        };
        if nature.is_some() && order.reason.trim().is_empty() {
            return refuse("curing.desk.defect_without_reason", "");
        }
        if nature == Some(DefectNature::Mentioned) && order.evidence.is_empty() {
            return refuse("curing.desk.mention_without_page", "");
        }
        // Whatever makes up integridad is asked first: nothing a person says of a form takes that way from the bidder.
        let shuts = matches!(nature, Some(DefectNature::Unmentioned | DefectNature::Substantive));
        if shuts && requirement.kind != RequirementKind::Minimo {
            return refuse("curing.desk.defect_of_integridad", "");
        }
        let mut evidence = Vec::new();
        for place in &order.evidence {
            evidence.push(pointed(&standing.open, place).await?);
        }
        let said = DefectSaid {
            lot: standing.lot,
            bid,
            requirement: requirement.id.clone(),
            nature,
            clause: order.clause.trim().to_owned(),
            reason: order.reason.trim().to_owned(),
            evidence,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_cure(&standing.open, CourseAct::DefectSaid(said), Vec::new()).await?;
        self.curing(&standing.address()).await
    }
}

/// Returns what was said of a defect last.
pub(super) fn said_of<'a>(
    acts: &'a [CourseAct],
    requirement: &RequirementId,
    bid: BidId,
) -> Option<&'a DefectSaid> {
    acts.iter().rev().find_map(|act| match act {
        CourseAct::DefectSaid(said) if said.bid == bid && said.requirement == *requirement => Some(said),
        _ => None,
    })
}

impl Standing {
    /// The pliego's own clause that persons named for the defects an end rests on; empty where they named none.
    pub(super) fn clause_of(&self, requirements: &[RequirementId], bid: BidId) -> String {
        let mut clauses: Vec<&str> = Vec::new();
        for said in requirements.iter().filter_map(|requirement| said_of(&self.acts, requirement, bid)) {
            let clause = said.clause.as_str();
            if said.nature.is_some() && !clause.is_empty() && !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
        clauses.join(", ")
    }
}

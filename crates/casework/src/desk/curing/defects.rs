//! What persons say a defect is: an error of form, a paper that some page or no page mentions, or that the minimum itself is not met.

use super::outcomes::{cells, course};
use super::{Standing, place, pointed};
use crate::CaseworkError;
use crate::desk::{Desk, labels};
use crate::view::{CureErrorName, CureSaid, CuringView, DefectOrder, DefectView};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, DefectNature, DefectSaid};
use cotejo_domain::{BidId, Code, RequirementId, RequirementKind, Verdict};
use cotejo_procedure::curing::errors::{Curability, nameable_errors};
use cotejo_procedure::curing::outcome::CellCourse;

/// What may be said of a form: it is asked first whatever is said of it.
const OF_FORMS: [&str; 2] = ["formal", "mencionado"];
/// What may be said of a minimum.
const OF_MINIMUMS: [&str; 4] = ["formal", "mencionado", "sin_mencion", "de_fondo"];
/// What stands against *no cumple* until a person says what the defect is, or it was asked.
const OPEN: [&str; 2] = ["curing.refusa.diga_primero", "curing.refusa.pida_primero"];

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
    /// Lists the defects of which a person said what they are, or may: first what waits for it.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack.
    pub(super) fn defects(&self) -> Result<Vec<DefectView>, CaseworkError> {
        let mut listed = Vec::new();
        for judged in &self.judgement.bids {
            let bid = judged.bid.id;
            let cells = cells(self, judged);
            let course = course(self, bid, &cells, None)?;
            for cell in cells.iter().filter(|cell| !cell.index) {
                let said = said_of(&self.acts, &cell.requirement, bid).filter(|said| said.nature.is_some());
                let (held, _) = self.verdict(&cell.requirement, bid);
                let against = course.against_no_cumple(cell).into_iter().next();
                let against = against.filter(|reason| OPEN.contains(&reason.code.as_str()));
                let settled = matches!(held, Some(Verdict::Cumple | Verdict::NoAplica));
                if said.is_none() && (settled || against.is_none()) {
                    continue;
                }
                let asks = match &cell.curability {
                    Some(Curability::Ask { question, .. }) => Some(question.text.clone()),
                    _ => None,
                };
                let hurts = matches!(held, Some(Verdict::NoCumple | Verdict::AConvalidar));
                listed.push(DefectView {
                    waits: said.is_none() && hurts && asks.is_some(),
                    question: asks.or(against.map(|reason| reason.text)).unwrap_or_default(),
                    ..self.defect_view(cell, bid, said)
                });
            }
        }
        listed.sort_by_key(|defect| !defect.waits);
        Ok(listed)
    }

    fn defect_view(&self, cell: &CellCourse, bid: BidId, said: Option<&DefectSaid>) -> DefectView {
        let requirement = self.judgement.requirement(&cell.requirement);
        let minimum = cell.kind == RequirementKind::Minimo;
        let natures = if minimum { &OF_MINIMUMS[..] } else { &OF_FORMS[..] };
        let nature = said.and_then(|said| said.nature.as_ref());
        let error = match nature {
            Some(DefectNature::Formal { error }) => error.clone(),
            _ => String::new(),
        };
        let named = nameable_errors().into_iter().find(|(key, _)| *key == error);
        DefectView {
            requirement: cell.requirement.to_string(),
            requirement_number: cell.number,
            title: requirement.map_or_else(String::new, |(_, found)| labels::short_title(&found.text)),
            bid: bid.to_string(),
            bid_number: self.number_of(bid),
            bid_name: self.name_of(bid),
            natures: natures
                .iter()
                .map(|key| CureErrorName { key: (*key).to_owned(), name: nature_name(key) })
                .collect(),
            nature: nature.map_or_else(String::new, |nature| nature.key().to_owned()),
            nature_name: nature.map_or_else(String::new, |nature| nature_name(nature.key())),
            error_name: named.map_or_else(String::new, |(_, name)| name),
            error,
            clause: said.map_or_else(String::new, |said| said.clause.clone()),
            reason: said.map_or_else(String::new, |said| said.reason.clone()),
            evidence: said.map_or_else(Vec::new, |said| said.evidence.iter().map(place).collect()),
            offered: self.evidence_of(&cell.requirement, bid).iter().map(place).collect(),
            said: said.map_or_else(CureSaid::default, |said| self.said(said.author, said.at)),
            ..DefectView::default()
        }
    }

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

fn nature_name(key: &str) -> String {
    message(&format!("curing.defecto.{key}"), &[])
}

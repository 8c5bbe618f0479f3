//! *Puntaje Portal* beside *puntaje motivado*: what differs, parameter by parameter, and by which source.
//!
//! In transition the Portal's tool cannot compute what the commission has to motivate (manual §4.9). Both are computed from the same facts; the
//! note says why they are not the same, so that nobody reads a difference as a mistake.

use super::model::{Choice, Origin, Parameter, reason};
use super::score::{Outcome, Scoring};
use cotejo_domain::{BidId, Reason, RequirementId};
use rust_decimal::Decimal;
use serde::Serialize;

/// Holds the two rounded points of a bid in a parameter; `None` where there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TwoPoints {
    /// The bid.
    pub bid: BidId,
    /// By the Portal's tool.
    pub portal: Option<Decimal>,
    /// In the signed report.
    pub motivated: Option<Decimal>,
}

/// Says how one parameter differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The parameter.
    pub requirement: RequirementId,
    /// Its name.
    pub name: String,
    /// Why they differ, in a sentence that names the source.
    pub reason: Reason,
    /// The sources.
    pub origins: Vec<Origin>,
    /// The points of every bid.
    pub points: Vec<TwoPoints>,
}

/// Sets the two scorings side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reconciliation {
    /// The parameters that differ, in the order of the pliego.
    pub differences: Vec<Difference>,
    /// What holds of the whole: that both agree, what each is out of, whether the order is another.
    pub notes: Vec<Reason>,
}

/// Compares two scorings of the same parameters and bids.
#[must_use]
pub fn reconcile(portal: &Scoring, motivated: &Scoring) -> Reconciliation {
    let mut found = Reconciliation::default();
    for (one, other) in portal.parameters.iter().zip(&motivated.parameters) {
        let points: Vec<TwoPoints> = one
            .outcomes
            .iter()
            .zip(&other.outcomes)
            .map(|((bid, portal), (_, motivated))| TwoPoints {
                bid: *bid,
                portal: rounded(portal),
                motivated: rounded(motivated),
            })
            .collect();
        if let Some((reason, origins)) = why(&one.parameter, &other.parameter) {
            found.differences.push(Difference {
                requirement: one.parameter.requirement.clone(),
                name: one.parameter.name.clone(),
                reason,
                origins,
                points,
            });
        }
    }
    if found.differences.is_empty() {
        found.notes.push(reason("rules.puntaje.conciliacion.iguales", &[]));
        return found;
    }
    let out_of =
        |points: Option<Decimal>| points.map_or_else(|| "—".to_owned(), super::exact::decimal_spanish);
    if portal.out_of != motivated.out_of {
        let values = [("portal", out_of(portal.out_of)), ("motivado", out_of(motivated.out_of))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        found.notes.push(reason("rules.puntaje.conciliacion.sobre", &values));
    }
    let order = |scoring: &Scoring| -> Vec<Vec<BidId>> {
        scoring.order.places.iter().map(|place| place.bids.clone()).collect()
    };
    let complete = portal.order.unplaced.is_empty() && motivated.order.unplaced.is_empty();
    found.notes.push(if !complete {
        reason("rules.puntaje.conciliacion.orden_pendiente", &[])
    } else if order(portal) == order(motivated) {
        reason("rules.puntaje.conciliacion.mismo_orden", &[])
    } else {
        reason("rules.puntaje.conciliacion.otro_orden", &[])
    });
    found
}

fn rounded(outcome: &Outcome) -> Option<Decimal> {
    match outcome {
        Outcome::Scored(points) => Some(points.rounded),
        _ => None,
    }
}

/// Says why a parameter differs between the two, or nothing when it does not.
fn why(portal: &Parameter, motivated: &Parameter) -> Option<(Reason, Vec<Origin>)> {
    if portal.set_aside.is_some() {
        return None; // it counts under neither
    }
    if let Some(aside) = &motivated.set_aside {
        return Some((aside.value.clone(), aside.origins.clone()));
    }
    let formula = |choice: &Choice| match choice {
        Choice::Chosen(formula) => Some(formula.value.clone()),
        Choice::Ask { .. } => None,
    };
    if formula(&portal.choice) == formula(&motivated.choice) {
        return None;
    }
    let (code, origins) = match &motivated.choice {
        Choice::Chosen(formula) => ("rules.puntaje.conciliacion.otra_formula", formula.origins.clone()),
        Choice::Ask { offered, .. } => {
            let origins = offered.iter().flat_map(|formula| formula.origins.iter().cloned());
            ("rules.puntaje.conciliacion.por_decidir", origins.collect())
        }
    };
    let named = cotejo_catalogue::phrases(origins.iter().map(source));
    let values = [("parametro", portal.name.as_str()), ("fuentes", &named)];
    Some((reason(code, &values), origins))
}

/// Names a source for people.
fn source(origin: &Origin) -> String {
    match origin {
        Origin::Pack { source, .. } => source.clone(),
        Origin::Person { who, reason } | Origin::Entity { by: who, reason, .. } => format!("{who}: {reason}"),
        Origin::Pliego { requirement, .. } => {
            cotejo_catalogue::message("rules.puntaje.fuente.pliego", &[("requisito", &requirement.0)])
        }
        Origin::Evidence { evidence, .. } => evidence.file_name.clone(),
    }
}

//! Subcontratación preferente: three sources that do not agree, shown together.
//!
//! The pliego model of 2023 (p. 28) gives the points in proportion from 10 % to 30 %, and the Portal's tool applies it in transition; RGL 266 gives
//! them in full to all within 15 and 20 %; SERCOP's training gives them in full within 15 and 30 %. The pliego decides; while it does not, the
//! signed report asks (manual §1.1 and §4.9).

use super::model::{Choice, Formula, Rules, Sourced, reason};
use super::pack_values::Subcontracting;
use super::parameters::{Terms, chosen, pack_origin, pliego};
use super::recognise;
use crate::{Answer, Value};
use cotejo_domain::Requirement;

/// Lists what the sources of the regime say, each with its origin: the norm, the tool, the training.
#[must_use]
pub fn sources(terms: &Terms<'_>) -> Vec<Sourced<Formula>> {
    let pack = terms.pack;
    let mut found = Vec::new();
    for (parameter, answer) in [
        ("subcontratacion_preferente", pack.subcontracting()),
        ("subcontratacion_preferente_anterior", pack.subcontracting_before()),
        ("subcontratacion_preferente_capacitacion", pack.subcontracting_of_the_training()),
    ] {
        if let Answer::Known(value) = answer {
            found.push(sourced(terms, parameter, value));
        }
    }
    found
}

fn sourced(terms: &Terms<'_>, parameter: &str, value: Value<Subcontracting>) -> Sourced<Formula> {
    let origin = pack_origin(terms.pack, parameter, &value);
    Sourced { value: formula(&value.value), origins: vec![origin] }
}

fn formula(said: &Subcontracting) -> Formula {
    if said.full_points_to_all {
        Formula::Range { least: said.min_pct, most: said.max_pct }
    } else {
        Formula::Proportional { least: Some(said.min_pct), most: Some(said.max_pct) }
    }
}

/// Chooses the formula: that of the pliego's own text; in the Portal's scoring what its tool applies; else a person is asked.
pub(super) fn choice(terms: &Terms<'_>, requirement: &Requirement, rules: Rules) -> Choice {
    let sources = sources(terms);
    if rules == Rules::Portal {
        // The tool knows one formula whatever the pliego writes.
        return of_the_tool(terms, sources);
    }
    if let Some(formula) = of_the_text(requirement) {
        return chosen(formula, vec![pliego(requirement)]);
    }
    match sources.as_slice() {
        [only] => Choice::Chosen(only.clone()),
        _ => {
            Choice::Ask { question: reason("rules.puntaje.pregunta.subcontratacion", &[]), offered: sources }
        }
    }
}

fn of_the_tool(terms: &Terms<'_>, sources: Vec<Sourced<Formula>>) -> Choice {
    // Without the start of the process nobody knows whether the transition is over: what is in transition stays so.
    match terms.pack.subcontracting_of_the_tool(terms.started) {
        Answer::Known(value) => Choice::Chosen(sourced(terms, "subcontratacion_preferente", value)),
        Answer::Ask { .. } => {
            Choice::Ask { question: reason("rules.puntaje.pregunta.subcontratacion", &[]), offered: sources }
        }
    }
}

/// Reads the formula in the pliego's text: two percentages, and whether points are in proportion or for all.
fn of_the_text(requirement: &Requirement) -> Option<Formula> {
    let text = crate::text::folded(&requirement.text);
    let (least, most) = recognise::two_percentages(&requirement.text)?;
    let proportional = text.contains("proporcional");
    let to_all = text.contains("a todos los oferentes") || text.contains("a todas las ofertas");
    match (proportional, to_all) {
        (true, false) => Some(Formula::Proportional { least: Some(least), most: Some(most) }),
        (false, true) => Some(Formula::Range { least, most }),
        _ => None,
    }
}

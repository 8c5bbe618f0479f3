//! The rules of the lint, one file each.

mod added_points;
mod brand;
mod contracts_counted;
mod cure_term;
mod experience_ceiling;
mod experience_procedure;
mod experience_window;
mod index_rejection;
mod integrity_rejection;
mod missing;
mod notarised;
mod patrimonio;
mod price_weight;
mod public_registry;
mod sie_subject;
mod stage_terms;
mod works_duties;

#[cfg(test)]
mod fixture;

use super::{Draft, LintFinding};
use cotejo_domain::{ProcedureType, Severity};

/// A rule: what it finds in a draft.
pub(super) type Rule = fn(&Draft<'_>) -> Vec<LintFinding>;

/// The rules by their codes; a rule that comes from a departure of the pliego names it with its own code.
pub(super) const RULES: [(&str, Rule); 17] = [
    (added_points::CODE, added_points::check),
    (brand::CODE, brand::check),
    (contracts_counted::CODE, contracts_counted::check),
    (cure_term::CODE, cure_term::check),
    (experience_ceiling::CODE, experience_ceiling::check),
    (experience_procedure::CODE, experience_procedure::check),
    (experience_window::CODE, experience_window::check),
    (index_rejection::CODE, index_rejection::check),
    (integrity_rejection::CODE, integrity_rejection::check),
    (missing::CODE, missing::check),
    (notarised::CODE, notarised::check),
    (patrimonio::CODE, patrimonio::check),
    (price_weight::CODE, price_weight::check),
    (public_registry::CODE, public_registry::check),
    (sie_subject::CODE, sie_subject::check),
    (stage_terms::CODE, stage_terms::check),
    (works_duties::CODE, works_duties::check),
];

/// Takes the departures of these codes as findings of a rule.
fn departures(draft: &Draft<'_>, code: &str, severity: Severity, of: &[&str]) -> Vec<LintFinding> {
    let all = crate::pliego_departures(draft.pliego, draft.pack);
    let taken = all.into_iter().filter(|departure| of.contains(&departure.code.as_str()));
    taken
        .map(|departure| {
            let place = departure
                .requirement
                .as_ref()
                .and_then(|id| draft.pliego.requirements.iter().find(|requirement| requirement.id == *id));
            LintFinding {
                code: code.to_owned(),
                severity,
                message: departure.message,
                remedy: cotejo_catalogue::remedy(code, &[]),
                requirement: departure.requirement,
                place: place.map(|requirement| requirement.source.clone()),
                legal_basis: departure.legal_basis,
                unverified: departure.unverified,
            }
        })
        .collect()
}

/// Tells whether the price has a weight of its own beside a technical score of a hundred.
fn is_consultancy(procedure: ProcedureType) -> bool {
    matches!(procedure, ProcedureType::Consultoria | ProcedureType::Cdc | ProcedureType::Lcc)
}

/// Cuts a text for a sentence about it.
fn cited(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(160).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

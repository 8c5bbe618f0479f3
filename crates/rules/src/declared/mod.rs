//! Checks that are comparisons, declared as data: one file each in `checks/`, in a small typed language of expressions over facts.
//!
//! What a check may not do is what the language lacks: it has no loops, no state, no clock and no way to a document; it is type-checked when
//! it is loaded, its cost is bounded by its length times the facts it names, and every evaluation gives the trace that the window and the
//! acta print. Why it is a language of ours and not CEL: docs/checks.md.

mod check;
mod eval;
#[cfg(test)]
mod former;
mod parameters;
mod quantity;
mod syntax;
#[cfg(test)]
mod tests;
mod types;

use crate::context::{Context, Draft, firm_ones};
use crate::fields;
use check::{Check, FactsForm};
use cotejo_domain::{Fact, Requirement, Verdict};
use eval::{Held, Scalar, Values, shown, written};
use serde::Serialize;
use std::sync::LazyLock;

/// Most facts of one input that a check looks at; more is a question for a person.
const MOST_FACTS: usize = 5_000;

const FILES: [(&str, &str); 11] = [
    ("plazo.json", include_str!("../../checks/plazo.json")),
    ("vigencia.json", include_str!("../../checks/vigencia.json")),
    ("proceso-codigo.json", include_str!("../../checks/proceso-codigo.json")),
    ("indice-financiero.json", include_str!("../../checks/indice-financiero.json")),
    ("existencia-legal.json", include_str!("../../checks/existencia-legal.json")),
    ("consorcio-participacion.json", include_str!("../../checks/consorcio-participacion.json")),
    ("consorcio-duracion.json", include_str!("../../checks/consorcio-duracion.json")),
    ("subcontratacion-porcentaje.json", include_str!("../../checks/subcontratacion-porcentaje.json")),
    ("vae-umbral.json", include_str!("../../checks/vae-umbral.json")),
    ("oferta-presupuesto.json", include_str!("../../checks/oferta-presupuesto.json")),
    ("rup-habilitado.json", include_str!("../../checks/rup-habilitado.json")),
];

static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| {
    // The files are compiled in and a test reads every one; one that did not load would be missing, and its requirement asked of a person.
    FILES.iter().filter_map(|(_, text)| Check::load(text).ok()).collect()
});

/// Describes a declared check, for lists and documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeclaredCheck {
    /// Identifier without version, as [`cotejo_domain::Subject::Declared`] names it.
    pub id: String,
    /// Identifier with version, as proposals name it.
    pub version: String,
    /// What it answers, in Spanish.
    pub title: String,
    /// Its page in the documentation.
    pub doc: String,
    /// Topics of its legal basis in the packs.
    pub legal: Vec<String>,
    /// Names of the values that a requirement may give it.
    pub values: Vec<String>,
}

/// Lists the declared checks.
#[must_use]
pub fn declared_checks() -> Vec<DeclaredCheck> {
    let described = CHECKS.iter().map(|check| DeclaredCheck {
        id: check.form.id.clone(),
        version: check.id.clone(),
        title: check.form.title.clone(),
        doc: check.form.doc.clone(),
        legal: check.form.legal.clone(),
        values: check
            .form
            .parameters
            .iter()
            .flat_map(|parameter| &parameter.from)
            .filter_map(|source| source.strip_prefix("requisito.valores."))
            .map(str::to_owned)
            .collect(),
    });
    described.collect()
}

/// Answers a requirement with the check of that identifier; `None` where there is none.
pub(crate) fn propose(context: Context<'_>, id: &str, requirement: &Requirement) -> Option<Draft> {
    let check = CHECKS.iter().find(|check| check.form.id == id)?;
    Some(evaluate(context, check, requirement))
}

fn evaluate(context: Context<'_>, check: &'static Check, requirement: &Requirement) -> Draft {
    let mut draft = Draft::new(&check.id, Verdict::Pendiente);
    for topic in &check.form.legal {
        draft.add_basis(context.pack(), topic);
    }
    for reason in &check.form.always {
        draft.add_reason(reason, &[]);
    }
    let Some(values) = gather(context, check, requirement, &mut draft) else {
        draft.add_reason("rules.declarado.demasiados", &[]);
        return draft;
    };
    let texts: Vec<(String, String)> =
        check.shown.iter().map(|(name, expression)| (name.clone(), shown(&values.of(expression)))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let met =
        |outcome: &&check::Outcome| outcome.when.as_ref().is_none_or(|when| values.truth(when) == Some(true));
    let Some(outcome) = check.outcomes.iter().find(met) else { return draft };
    for expression in &outcome.rest_on {
        for fact in values.facts(expression) {
            draft.rest_on_fact(fact);
        }
    }
    for (name, expression) in &check.steps {
        let result = values.of(expression);
        if result == Held::Unknown {
            continue;
        }
        // A step is named by a sentence of the catalogue, or by a text of the requirement.
        let title = match values.held.get(name) {
            Some(Held::One(Scalar::Text(text))) => text.clone(),
            _ => cotejo_catalogue::message(name, &[]),
        };
        draft.step(title, written(&values, expression), shown(&result));
    }
    draft.verdict = outcome.verdict;
    if let Some(topics) = &outcome.legal {
        draft.legal_basis.clear();
        for topic in topics {
            draft.add_basis(context.pack(), topic);
        }
    }
    for reason in &outcome.reasons {
        draft.add_reason(reason, &texts);
    }
    draft
}

/// Takes the values of the names of a check; `None` where an input has more facts than may be looked at.
fn gather<'a>(
    context: Context<'a>,
    check: &Check,
    requirement: &Requirement,
    draft: &mut Draft,
) -> Option<Values<'a>> {
    let mut values = Values::default();
    for parameter in &check.form.parameters {
        let found = parameter
            .from
            .iter()
            .find_map(|source| parameters::take(context, requirement, source, parameter.kind, draft));
        values.held.insert(parameter.name.clone(), found.map_or(Held::Unknown, Held::One));
    }
    for input in &check.form.facts {
        let found = facts(context, input);
        if found.len() > MOST_FACTS {
            return None;
        }
        let (mut typed, mut others) = (Vec::new(), Vec::new());
        for fact in found {
            match parameters::of_fact(fact, input.kind) {
                Some(value) => typed.push((fact, value)),
                None => others.push(fact),
            }
        }
        let typed = if input.firm { firm_ones(typed) } else { typed };
        for (fact, _) in &typed {
            if let Some(page) = fact.evidence.location.page()
                && context.is_ocr(fact.evidence.file, page)
            {
                values.scanned.push((fact.evidence.file, page));
            }
        }
        let held = Held::Many(typed.into_iter().map(|(fact, value)| (value, fact)).collect());
        values.held.insert(input.name.clone(), held);
        values.others.insert(input.name.clone(), others);
    }
    for (name, expression) in &check.lets {
        let held = values.of(expression);
        values.held.insert(name.clone(), held);
    }
    Some(values)
}

/// Returns the facts of an input; a name that begins with `@` is a set of `fields.rs`.
fn facts<'a>(context: Context<'a>, input: &FactsForm) -> Vec<&'a Fact> {
    let names = expanded(context, &input.fields);
    let papers = expanded(context, &input.papers);
    context.facts(&names, &papers)
}

fn expanded<'n>(context: Context<'_>, names: &'n [String]) -> Vec<&'n str> {
    names
        .iter()
        .flat_map(|name| match name.as_str() {
            "@plazo" => fields::TERM.to_vec(),
            "@vigencia" => fields::VALIDITY.to_vec(),
            "@código" => fields::PROCESS_CODE.to_vec(),
            "@total" => fields::TOTAL.to_vec(),
            "@oferta" => context.offer_forms(),
            "@económicos" => context.economic_forms().to_vec(),
            other => vec![other],
        })
        .collect()
}

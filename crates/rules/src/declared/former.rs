//! The four comparisons as they were written in Rust before they were declared: what the declared ones must answer alike (`tests.rs`).

use crate::context::{Context, Draft, firm_ones, is_firm, money_of};
use crate::fields;
use crate::text::{edit_distance, folded};
use cotejo_domain::{Fact, FactValue, Plazo, ProcessCode, Verdict};
use rust_decimal::Decimal;

pub(super) fn term(context: Context<'_>, maximum: Option<Plazo>) -> Draft {
    let mut draft = Draft::new("plazo@1", Verdict::Pendiente).basis(context.pack(), "incumplimiento_tecnico");
    let Some(maximum) = maximum.or(context.process().term) else {
        draft.add_reason("rules.plazo.pliego_sin_plazo", &[]);
        return draft;
    };
    let found = context.facts(&fields::TERM, &fields::OFFER_FORMS);
    let stated: Vec<(&Fact, Plazo)> = found
        .iter()
        .filter_map(|fact| match fact.value {
            FactValue::Plazo(days) => Some((*fact, days)),
            _ => None,
        })
        .collect();
    let stated = firm_ones(stated);
    let asked = maximum.0.to_string();
    if stated.is_empty() {
        draft.add_reason("rules.plazo.sin_dato", &[("dias", &asked)]);
        for fact in found {
            draft.rest_on_fact(fact);
        }
        return draft;
    }
    for (fact, _) in &stated {
        draft.rest_on_fact(fact);
    }
    let longer: Vec<String> =
        stated.iter().filter(|(_, days)| *days > maximum).map(|(_, days)| days.0.to_string()).collect();
    let mut list: Vec<String> = stated.iter().map(|(_, days)| days.0.to_string()).collect();
    list.dedup();
    let list = list.join("; ");
    let values = [("dias", asked.as_str()), ("ofertado", list.as_str())];
    draft.step(
        cotejo_catalogue::message("rules.plazo.paso", &[]),
        format!("{list} ≤ {asked}"),
        cotejo_catalogue::message(if longer.is_empty() { "rules.paso.si" } else { "rules.paso.no" }, &[]),
    );
    if longer.is_empty() {
        draft.verdict = Verdict::Cumple;
        draft.add_reason("rules.plazo.cumple", &values);
    } else if !is_firm(draft.confidence) {
        draft.add_reason("rules.plazo.mayor", &values);
        draft.add_reason("rules.lectura_dudosa", &[]);
    } else if longer.len() < stated.len() {
        draft.verdict = Verdict::AConvalidar;
        draft.legal_basis.clear();
        draft.add_basis(context.pack(), "contradiccion");
        draft.add_reason("rules.plazo.contradiccion", &values);
    } else {
        draft.verdict = Verdict::NoCumple;
        draft.add_reason("rules.plazo.mayor", &values);
    }
    draft
}

pub(super) fn validity(context: Context<'_>, minimum: Option<Plazo>) -> Draft {
    let mut draft = Draft::new("vigencia@1", Verdict::Pendiente).basis(context.pack(), "error_formal");
    let Some(minimum) = minimum.or(context.process().validity) else {
        draft.add_reason("rules.vigencia.pliego_sin_vigencia", &[]);
        return draft;
    };
    let stated: Vec<(&Fact, Plazo)> = context
        .facts(&fields::VALIDITY, &fields::OFFER_FORMS)
        .into_iter()
        .filter_map(|fact| match fact.value {
            FactValue::Plazo(days) => Some((fact, days)),
            _ => None,
        })
        .collect();
    let stated = firm_ones(stated);
    let asked = minimum.0.to_string();
    if stated.is_empty() {
        draft.add_reason("rules.vigencia.sin_dato", &[("dias", &asked)]);
        return draft;
    }
    for (fact, _) in &stated {
        draft.rest_on_fact(fact);
    }
    let shorter = stated.iter().any(|(_, days)| *days < minimum);
    let mut list: Vec<String> = stated.iter().map(|(_, days)| days.0.to_string()).collect();
    list.dedup();
    let list = list.join("; ");
    let values = [("dias", asked.as_str()), ("ofertado", list.as_str())];
    draft.step(
        cotejo_catalogue::message("rules.vigencia.paso", &[]),
        format!("{list} ≥ {asked}"),
        cotejo_catalogue::message(if shorter { "rules.paso.no" } else { "rules.paso.si" }, &[]),
    );
    if !shorter {
        draft.verdict = Verdict::Cumple;
        draft.add_reason("rules.vigencia.cumple", &values);
    } else {
        draft.add_reason("rules.vigencia.menor", &values);
        if is_firm(draft.confidence) {
            draft.verdict = Verdict::AConvalidar;
        } else {
            draft.add_reason("rules.lectura_dudosa", &[]);
        }
    }
    draft
}

pub(super) fn process_code(context: Context<'_>) -> Draft {
    let mut draft = Draft::new("proceso.codigo@1", Verdict::Pendiente).basis(context.pack(), "error_formal");
    let Some(code) = &context.process().code else {
        draft.add_reason("rules.codigo.pliego_sin_codigo", &[]);
        return draft;
    };
    let found: Vec<(&Fact, &ProcessCode)> = context
        .facts(&fields::PROCESS_CODE, &fields::OFFER_FORMS)
        .into_iter()
        .filter_map(|fact| match &fact.value {
            FactValue::ProcessCode(found) => Some((fact, found)),
            _ => None,
        })
        .collect();
    let found = firm_ones(found);
    if found.is_empty() {
        draft.add_reason("rules.codigo.sin_dato", &[("codigo", code.as_str())]);
        return draft;
    }
    let wrong: Vec<&(&Fact, &ProcessCode)> = found.iter().filter(|(_, found)| *found != code).collect();
    if wrong.is_empty() {
        draft.verdict = Verdict::Cumple;
        draft.add_reason(
            "rules.codigo.concuerda",
            &[("codigo", code.as_str()), ("formularios", &found.len().to_string())],
        );
        for (fact, _) in &found {
            draft.rest_on_fact(fact);
        }
        return draft;
    }
    let doubtful = wrong
        .iter()
        .any(|(fact, found)| !is_firm(fact.confidence) || maybe_misread(context, fact, found, code));
    for (fact, _) in &wrong {
        draft.rest_on_fact(fact);
    }
    let list: Vec<&str> = wrong.iter().map(|(_, found)| found.as_str()).collect();
    let list = list.join("; ");
    let values = [("codigo", code.as_str()), ("encontrados", list.as_str())];
    if doubtful {
        draft.add_reason("rules.codigo.dudoso", &values);
    } else {
        draft.verdict = Verdict::AConvalidar;
        draft.add_reason("rules.codigo.distinto", &values);
    }
    draft
}

/// Tells whether a code from a scanned page differs so little that it may be a misreading.
fn maybe_misread(context: Context<'_>, fact: &Fact, found: &ProcessCode, code: &ProcessCode) -> bool {
    let scanned = fact.evidence.location.page().is_some_and(|page| context.is_ocr(fact.evidence.file, page));
    scanned && edit_distance(found.as_str(), code.as_str()) <= 2
}

pub(super) fn financial_index(context: Context<'_>, name: &str, threshold: Option<Decimal>) -> Draft {
    let mut draft = Draft::new("indice.financiero@1", Verdict::Pendiente)
        .basis(context.pack(), "indices")
        .reason("rules.indice.referencial", &[]);
    let plain = folded(name);
    let (field, at_least) = if plain.contains("solvencia") {
        ("solvencia", true)
    } else if plain.contains("endeudamiento") {
        ("endeudamiento", false)
    } else {
        return draft;
    };
    let Some((value, facts)) = stated(context, field).or_else(|| computed(context, field)) else {
        draft.add_reason("rules.indice.sin_dato", &[("indice", name)]);
        return draft;
    };
    for fact in facts {
        draft.rest_on_fact(fact);
    }
    let shown = crate::amount::half_up(value, 2).to_string().replace('.', ",");
    let Some(threshold) = threshold else {
        draft.add_reason("rules.indice.leido", &[("indice", name), ("valor", &shown)]);
        return draft;
    };
    let met = if at_least { value >= threshold } else { value < threshold };
    let sign = if at_least { "≥" } else { "<" };
    let asked = threshold.normalize().to_string().replace('.', ",");
    draft.step(
        name.to_owned(),
        format!("{shown} {sign} {asked}"),
        cotejo_catalogue::message(if met { "rules.paso.si" } else { "rules.paso.no" }, &[]),
    );
    if met && is_firm(draft.confidence) {
        draft.verdict = Verdict::Cumple;
    } else {
        draft
            .add_reason("rules.indice.fuera", &[("indice", name), ("valor", &shown), ("referencia", &asked)]);
    }
    draft
}

fn stated<'a>(context: Context<'a>, field: &str) -> Option<(Decimal, Vec<&'a Fact>)> {
    let fact = context.facts(&[field], &["FUO_1_4", "EEFF"]).into_iter().next()?;
    match fact.value {
        FactValue::Decimal(value) => Some((value, vec![fact])),
        _ => None,
    }
}

fn computed<'a>(context: Context<'a>, field: &str) -> Option<(Decimal, Vec<&'a Fact>)> {
    if field != "solvencia" {
        return None;
    }
    let pick = |name: &str| context.facts(&[name], &["EEFF"]).into_iter().next();
    let (assets, debts) = (pick("activo_corriente")?, pick("pasivo_corriente")?);
    let value = money_of(assets)?.0.checked_div(money_of(debts)?.0)?;
    Some((value, vec![assets, debts]))
}

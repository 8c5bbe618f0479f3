//! Experience of the bidder: amounts that documents of the bid support, against the minimum.
//!
//! Legal basis: RGL 105 and 106; the pliego before. Experience is measured in amounts, never in numbers of contracts. The check proposes *cumple*
//! only when papers of the bid add up to the minimum; it never proposes *no cumple*: whether an object is alike, and whether a Portal link
//! proves more, is for a person.

use crate::context::{Context, Draft, is_firm, money_of, text_of};
use crate::fields;
use crate::text::{folded, overlap, same_name};
use cotejo_domain::{Confidence, Document, Evidence, Fact, FactValue, Money, Verdict};
use jiff::civil::Date;

/// Identifier of this check.
pub(super) const ID: &str = "experiencia@1";

/// Words of the object that must also stand in a contract's for it to count as alike, in hundredths.
const ALIKE: u32 = 50;

struct Contract {
    amount: Money,
    number: String,
    object: String,
    contractor: String,
    received: Option<Date>,
    evidence: Evidence,
    confidence: Confidence,
}

pub(super) fn propose(
    context: Context<'_>,
    specific: bool,
    minimum: Option<Money>,
    per_contract: Option<Money>,
    years: Option<u32>,
) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente).basis(context.pack(), "experiencia");
    let contracts = contracts(context);
    if contracts.is_empty() {
        draft.add_reason("rules.experiencia.sin_respaldo", &[]);
        return draft;
    }
    let mut sum = Money::ZERO;
    for contract in &contracts {
        let refusal = refusal(context, contract, specific, per_contract, years);
        let result = match refusal {
            None => {
                sum = Money(sum.0.checked_add(contract.amount.0).unwrap_or(sum.0));
                draft.rest_on(contract.evidence.clone(), contract.confidence);
                cotejo_catalogue::message("rules.experiencia.cuenta", &[])
            }
            Some(code) => {
                draft.rest_on(contract.evidence.clone(), Confidence::CERTAIN);
                cotejo_catalogue::message(code, &[])
            }
        };
        draft.step(
            if contract.object.is_empty() {
                contract.evidence.file_name.clone()
            } else {
                contract.object.clone()
            },
            contract.amount.spanish(),
            result,
        );
    }
    let Some(minimum) = minimum else {
        draft.add_reason("rules.experiencia.sin_minimo", &[("suma", &sum.spanish())]);
        return draft;
    };
    let values = [("suma", sum.spanish()), ("minimo", minimum.spanish())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if sum >= minimum && is_firm(draft.confidence) {
        draft.verdict = Verdict::Cumple;
        // Likeness of objects was judged by their words only.
        draft.confidence = draft.confidence.weakest(Confidence::new(if specific { 0.75 } else { 0.8 }));
        draft.add_reason("rules.experiencia.alcanza", &values);
        draft.add_reason("rules.experiencia.revise_objeto", &[]);
    } else {
        draft.add_reason("rules.experiencia.no_alcanza", &values);
    }
    draft
}

/// Says why a contract does not count, as a key of the catalogue.
fn refusal(
    context: Context<'_>,
    contract: &Contract,
    specific: bool,
    per_contract: Option<Money>,
    years: Option<u32>,
) -> Option<&'static str> {
    if !is_firm(contract.confidence) {
        return Some("rules.experiencia.lectura_dudosa");
    }
    if per_contract.is_some_and(|least| contract.amount < least) {
        return Some("rules.experiencia.monto_menor");
    }
    let bidder = &context.input.bid.bidder;
    let names = std::iter::once(&bidder.name).chain(bidder.members.iter().map(|member| &member.name));
    if !contract.contractor.is_empty() && !names.into_iter().any(|name| same_name(name, &contract.contractor))
    {
        return Some("rules.experiencia.otro_contratista");
    }
    if let (Some(years), Some(due), Some(received)) =
        (years, context.input.pliego.process.bids_due.map(|due| due.date()), contract.received)
    {
        let earliest = due.year().checked_sub(i16::try_from(years).unwrap_or(i16::MAX)).and_then(|year| {
            Date::new(year, due.month(), due.day()).or_else(|_| Date::new(year, due.month(), 28)).ok()
        });
        if earliest.is_some_and(|earliest| received < earliest) || received > due {
            return Some("rules.experiencia.fuera_de_plazo");
        }
    }
    if specific {
        let object = context.input.pliego.process.object.as_deref().unwrap_or_default();
        if overlap(object, &contract.object) < ALIKE {
            return Some("rules.experiencia.objeto_distinto");
        }
    }
    None
}

/// Returns the past contracts that papers of the bid prove, each once: the acta before the certificate, the certificate before the contract.
fn contracts(context: Context<'_>) -> Vec<Contract> {
    let mut found: Vec<Contract> = Vec::new();
    for kind in fields::EXPERIENCE_PAPERS {
        for document in context.documents_of(kind).filter(|document| is_firm(document.confidence)) {
            let Some(contract) = contract(context, document) else { continue };
            let known = found.iter().any(|other| {
                let same_number =
                    !contract.number.is_empty() && folded(&contract.number) == folded(&other.number);
                let same_object = overlap(&contract.object, &other.object) >= 80;
                same_number || (contract.amount.rounded() == other.amount.rounded()) || same_object
            });
            if !known {
                found.push(contract);
            }
        }
    }
    found
}

fn contract(context: Context<'_>, document: &Document) -> Option<Contract> {
    let on_it = |names: &[&str]| -> Option<&Fact> {
        names.iter().find_map(|name| {
            let facts = context.facts(&[name], &[document.kind.0.as_str()]);
            facts.into_iter().find(|fact| context.document(fact).is_some_and(|other| other.id == document.id))
        })
    };
    let amount_fact = fields::CONTRACT_AMOUNT
        .iter()
        .find_map(|name| on_it(&[name]).filter(|fact| money_of(fact).is_some()))?;
    let text = |names: &[&str]| on_it(names).map(text_of).unwrap_or_default();
    let received = on_it(&fields::RECEIVED).and_then(|fact| match fact.value {
        FactValue::Date(date) => Some(date),
        _ => None,
    });
    Some(Contract {
        amount: money_of(amount_fact)?,
        number: text(&fields::CONTRACT_NUMBER),
        object: text(&fields::CONTRACT_OBJECT),
        contractor: text(&fields::CONTRACTOR),
        received,
        evidence: amount_fact.evidence.clone(),
        confidence: amount_fact.confidence.weakest(document.confidence),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::Subject;

    fn with(contracts: &[(&str, &str, &str)]) -> Fixture {
        let mut fixture = Fixture::new("2026-01-15");
        for (page, (amount, object, contractor)) in (1..).zip(contracts) {
            fixture = fixture
                .document("ACTA_ER", page)
                .fact("monto_liquidado", FactValue::Money(money(amount)), page)
                .fact("objeto", FactValue::Text((*object).into()), page)
                .fact("contratista", FactValue::Text((*contractor).into()), page);
        }
        fixture
    }

    fn verdict(fixture: &Fixture, specific: bool, per_contract: Option<&str>) -> Verdict {
        let subject = Subject::Experience {
            specific,
            minimum: Some(money("1000")),
            minimum_per_contract: per_contract.map(money),
            years: Some(20),
        };
        fixture.propose(subject).verdict
    }

    #[test]
    fn supported_amounts_are_summed_and_never_counted() {
        let two = with(&[
            ("600", "Provisión de herramientas", "Ejemplo"),
            ("500", "Otra cosa muy distinta", "Ejemplo"),
        ]);
        assert_eq!(verdict(&two, false, None), Verdict::Cumple, "600 + 500 ≥ 1000");
        assert_eq!(verdict(&two, true, None), Verdict::Pendiente, "only one is alike the object");
        assert_eq!(
            verdict(&two, false, Some("550")),
            Verdict::Pendiente,
            "one is below the least for a contract"
        );
    }

    #[test]
    fn the_same_contract_on_two_papers_counts_once() {
        let twice = with(&[
            ("600", "Provisión de herramientas", "Ejemplo"),
            ("600", "Provisión de herramientas", "Ejemplo"),
        ]);
        assert_eq!(verdict(&twice, false, None), Verdict::Pendiente, "600 is not 1200");
    }

    #[test]
    fn somebody_elses_or_old_experience_does_not_count_and_is_never_a_rejection() {
        assert_eq!(
            verdict(&with(&[("5000", "Herramientas", "Otra Persona Natural")]), false, None),
            Verdict::Pendiente
        );
        let old = with(&[("5000", "Herramientas", "Ejemplo")]).fact(
            "fecha_recepcion",
            FactValue::Date(jiff::civil::date(2001, 1, 1)),
            1,
        );
        assert_eq!(verdict(&old, false, None), Verdict::Pendiente, "more than 20 years ago");
        assert_eq!(
            verdict(&Fixture::new("2026-01-15"), false, None),
            Verdict::Pendiente,
            "nothing found is a question"
        );
    }
}

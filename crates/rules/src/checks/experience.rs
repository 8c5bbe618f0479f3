//! Experience of the bidder: amounts that documents of the bid support, against the minimum.
//!
//! Legal basis: RGL 105 and 106; the pliego before. Experience is measured in amounts, never in numbers of contracts. A contract counts if it is the
//! bidder's, was received within the window that ends on the deadline for bids, and reaches the least amount for a contract. In works, who was
//! *residente* or *superintendente* in dependency is recognised a share of the amount (40 %); a contract under way counts from an advance on (75 %),
//! with what was carried out. The check proposes *cumple* only when papers of the bid add up to the minimum; it never proposes *no cumple*: whether
//! an object is alike, and whether a Portal link proves more, is for a person.

use crate::context::{Context, Draft, is_firm, money_of, text_of};
use crate::fields;
use crate::text::{folded, overlap, same_name};
use crate::{Answer, EvaluationInput, Value};
use cotejo_domain::{Confidence, Document, Evidence, Fact, FactValue, Money, Reason, Verdict};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

/// Identifier of this check.
pub(super) const ID: &str = "experiencia@2";

/// Words of the object that must also stand in a contract's for it to count as alike, in hundredths.
const ALIKE: u32 = 50;

struct Contract<'a> {
    amount: Money,
    number: String,
    object: String,
    contractor: String,
    /// What the bidder was in it, where a certificate says.
    role: String,
    /// How far it is, where it is under way.
    advance: Option<Decimal>,
    received: Option<Date>,
    amount_fact: &'a Fact,
    evidence: Evidence,
    confidence: Confidence,
}

/// What a contract is worth as experience.
pub(crate) struct Judged<'a> {
    contract: Contract<'a>,
    /// What is recognised of the amount, or why nothing is, as a key of the catalogue.
    pub(crate) recognised: Result<Money, &'static str>,
    /// How much of the amount is recognised, for people: `40 %`. Empty for all of it.
    share: String,
    /// Values of the pack that decide it.
    norms: Vec<(&'static str, Value<Decimal>)>,
}

/// Says what is recognised of a contract, with how much of it that is and the values of the pack that say so.
struct Recognised {
    amount: Result<Money, &'static str>,
    share: String,
    norms: Vec<(&'static str, Value<Decimal>)>,
}

/// Shows one past contract as the acta lists it: what it is, what is recognised of it, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExperienceRow {
    /// Number of the contract; empty when it was not read.
    pub number: String,
    /// Its object.
    pub object: String,
    /// Who carried it out, as printed.
    pub contractor: String,
    /// Its amount without IVA.
    pub amount: Money,
    /// How much of it is recognised: `40 %`; empty for all of it.
    pub share: String,
    /// What is recognised; `None` when it does not count.
    pub recognised: Option<Money>,
    /// Day it was received, where it was read.
    pub received: Option<Date>,
    /// Why it counts or not.
    pub reason: Reason,
    /// What is recognised up to here.
    pub running: Money,
    /// Where its amount stands.
    pub evidence: Evidence,
}

/// Lists the past contracts of a bid as general or specific experience, with a running sum. A proposal: a person says which count.
#[must_use]
pub fn experience_rows(
    input: &EvaluationInput<'_>,
    specific: bool,
    per_contract: Option<Money>,
    years: Option<u32>,
) -> Vec<ExperienceRow> {
    let mut running = Money::ZERO;
    judged(Context::of(input), specific, per_contract, years)
        .into_iter()
        .map(|judged| {
            let recognised = judged.recognised.ok();
            if let Some(amount) = recognised {
                running = Money(running.0.checked_add(amount.0).unwrap_or(running.0));
            }
            let code = judged.recognised.err().unwrap_or("rules.experiencia.cuenta");
            let contract = judged.contract;
            ExperienceRow {
                number: contract.number,
                object: contract.object,
                contractor: contract.contractor,
                amount: contract.amount,
                share: judged.share,
                recognised,
                received: contract.received,
                reason: Reason { code: code.to_owned(), text: cotejo_catalogue::message(code, &[]) },
                running,
                evidence: contract.evidence,
            }
        })
        .collect()
}

impl<'a> Judged<'a> {
    /// Returns the fact that states the amount.
    pub(crate) fn fact(&self) -> &'a Fact {
        self.contract.amount_fact
    }
}

pub(super) fn propose(
    context: Context<'_>,
    specific: bool,
    minimum: Option<Money>,
    per_contract: Option<Money>,
    years: Option<u32>,
) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente).basis(context.pack(), "experiencia");
    let contracts = judged(context, specific, per_contract, years);
    if contracts.is_empty() {
        draft.add_reason("rules.experiencia.sin_respaldo", &[]);
        return draft;
    }
    let mut sum = Money::ZERO;
    for Judged { contract, recognised, share, norms } in &contracts {
        let result = match recognised {
            Ok(amount) => {
                sum = Money(sum.0.checked_add(amount.0).unwrap_or(sum.0));
                draft.rest_on(contract.evidence.clone(), contract.confidence);
                for (name, norm) in norms {
                    draft.rest_on_norm(name, norm);
                }
                if share.is_empty() {
                    cotejo_catalogue::message("rules.experiencia.cuenta", &[])
                } else {
                    let values = [("tasa", share.as_str()), ("valor", &amount.spanish())];
                    cotejo_catalogue::message("rules.experiencia.cuenta_en_parte", &values)
                }
            }
            Err(code) => {
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

/// Judges every past contract that papers of the bid prove.
pub(crate) fn judged(
    context: Context<'_>,
    specific: bool,
    per_contract: Option<Money>,
    years: Option<u32>,
) -> Vec<Judged<'_>> {
    contracts(context)
        .into_iter()
        .map(|contract| {
            let Recognised { amount, share, norms } = recognised(context, &contract);
            let recognised = match refusal(context, &contract, specific, per_contract, years, amount.ok()) {
                Some(code) => Err(code),
                None => amount,
            };
            Judged { contract, recognised, share, norms }
        })
        .collect()
}

/// Says how much of a contract is recognised: all, the share of who was resident, what was carried out.
fn recognised(context: Context<'_>, contract: &Contract<'_>) -> Recognised {
    let nothing = |code| Recognised { amount: Err(code), share: String::new(), norms: Vec::new() };
    let works = context.process().procedure.is_works();
    let role = folded(&contract.role);
    let in_role = |words: &[&str]| words.iter().any(|word| role.contains(word));
    let mut parts: Vec<Decimal> = Vec::new();
    let mut norms = Vec::new();
    if works && in_role(&["residente", "superintendente"]) {
        let Answer::Known(share) = context.pack().resident_share() else {
            return nothing("rules.experiencia.residente");
        };
        parts.push(share.value);
        norms.push(("experiencia_residente_pct", share));
    } else if works && in_role(&["fiscaliza", "administrador"]) {
        return nothing("rules.experiencia.no_constructor");
    }
    if let Some(advance) = contract.advance.filter(|advance| *advance < Decimal::ONE_HUNDRED) {
        match context.pack().least_advance() {
            Answer::Known(least) if advance >= least.value => {
                parts.push(advance);
                norms.push(("experiencia_ejecucion_avance_min_pct", least));
            }
            Answer::Known(_) => return nothing("rules.experiencia.avance_menor"),
            Answer::Ask { .. } => return nothing("rules.experiencia.en_ejecucion"),
        }
    }
    let amount = parts
        .iter()
        .try_fold(contract.amount.0, |amount, part| Some(amount.checked_mul(*part)? / Decimal::ONE_HUNDRED));
    let share: Vec<String> = parts.iter().map(|part| cotejo_domain::Percent(*part).spanish()).collect();
    let amount = amount.map(Money).ok_or("rules.experiencia.lectura_dudosa");
    Recognised { amount, share: share.join(" × "), norms }
}

/// Says why a contract does not count, as a key of the catalogue.
fn refusal(
    context: Context<'_>,
    contract: &Contract<'_>,
    specific: bool,
    per_contract: Option<Money>,
    years: Option<u32>,
    recognised: Option<Money>,
) -> Option<&'static str> {
    if !is_firm(contract.confidence) {
        return Some("rules.experiencia.lectura_dudosa");
    }
    if let (Some(least), Some(amount)) = (per_contract, recognised)
        && amount < least
    {
        return Some("rules.experiencia.monto_menor");
    }
    let bidder = context.bidder();
    let names = std::iter::once(&bidder.name).chain(bidder.members.iter().map(|member| &member.name));
    if !contract.contractor.is_empty() && !names.into_iter().any(|name| same_name(name, &contract.contractor))
    {
        // A partner of a consortium is recognised all of its contracts: whether the bidder was one, a person says.
        let consortium = folded(&contract.contractor).contains("consorcio");
        return Some(if consortium {
            "rules.experiencia.consorcio"
        } else {
            "rules.experiencia.otro_contratista"
        });
    }
    if let (Some(years), Some(due), Some(received)) =
        (years, context.process().bids_due.map(|due| due.date()), contract.received)
    {
        let earliest = due.year().checked_sub(i16::try_from(years).unwrap_or(i16::MAX)).and_then(|year| {
            Date::new(year, due.month(), due.day()).or_else(|_| Date::new(year, due.month(), 28)).ok()
        });
        if earliest.is_some_and(|earliest| received < earliest) || received > due {
            return Some("rules.experiencia.fuera_de_plazo");
        }
    }
    // A window that was asked is a condition: what carries no day is not known to lie in it. What is under way was not received yet.
    if years.is_some() && contract.received.is_none() && contract.advance.is_none() {
        return Some("rules.experiencia.sin_fecha");
    }
    if specific {
        let object = context.process().object.as_deref().unwrap_or_default();
        if overlap(object, &contract.object) < ALIKE {
            return Some("rules.experiencia.objeto_distinto");
        }
    }
    None
}

/// Returns the past contracts that papers of the bid prove, each once: the acta before the certificate, the certificate before the contract.
fn contracts(context: Context<'_>) -> Vec<Contract<'_>> {
    let mut found: Vec<Contract<'_>> = Vec::new();
    for kind in fields::EXPERIENCE_PAPERS {
        for document in context.documents_of(kind).filter(|document| is_firm(document.confidence)) {
            let Some(contract) = contract(context, document) else { continue };
            let known = found.iter().any(|other| {
                // The cheapest first: this is asked of every two papers.
                contract.amount.rounded() == other.amount.rounded()
                    || (!contract.number.is_empty() && folded(&contract.number) == folded(&other.number))
                    || (!contract.object.is_empty() && overlap(&contract.object, &other.object) >= 80)
            });
            if !known {
                found.push(contract);
            }
        }
    }
    found
}

fn contract<'a>(context: Context<'a>, document: &Document) -> Option<Contract<'a>> {
    let on_it = |names: &[&str]| context.first_on_document(document, names);
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
        role: text(&fields::ROLE),
        advance: on_it(&fields::ADVANCE).and_then(|fact| match fact.value {
            FactValue::Percent(percent) => Some(percent.0),
            _ => None,
        }),
        received,
        amount_fact,
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
        let mut fixture = undated(contracts);
        for (page, _) in (1..).zip(contracts) {
            let day = jiff::civil::date(2020, 5, 4);
            fixture = fixture.fact("fecha_recepcion", FactValue::Date(day), page);
        }
        fixture
    }

    fn undated(contracts: &[(&str, &str, &str)]) -> Fixture {
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
        let old = undated(&[("5000", "Herramientas", "Ejemplo")]).fact(
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
    #[test]
    fn the_window_ends_on_the_deadline_for_bids_to_the_day() {
        let on = |day: jiff::civil::Date| {
            let fixture = undated(&[("5000", "Herramientas", "Ejemplo")]);
            verdict(&fixture.fact("fecha_recepcion", FactValue::Date(day), 1), false, None)
        };
        // Bids are due on 2026-01-15.
        assert_eq!(on(jiff::civil::date(2006, 1, 15)), Verdict::Cumple, "twenty years to the day");
        assert_eq!(on(jiff::civil::date(2006, 1, 14)), Verdict::Pendiente, "a day too old");
        assert_eq!(on(jiff::civil::date(2026, 1, 15)), Verdict::Cumple, "received on the deadline");
        assert_eq!(on(jiff::civil::date(2026, 1, 16)), Verdict::Pendiente, "received after it");
    }

    #[test]
    fn attack_a_contract_without_a_day_is_counted_as_of_the_last_twenty_years() {
        let contract = [("5000", "Herramientas", "Ejemplo")];
        assert_eq!(
            verdict(&undated(&contract), false, None),
            Verdict::Pendiente,
            "a person looks when it was"
        );
        let proposal = undated(&contract).propose(Subject::Experience {
            specific: false,
            minimum: Some(money("1000")),
            minimum_per_contract: None,
            years: Some(20),
        });
        assert_eq!(proposal.trace[0].result, cotejo_catalogue::message("rules.experiencia.sin_fecha", &[]));
        let no_window = Subject::Experience {
            specific: false,
            minimum: Some(money("1000")),
            minimum_per_contract: None,
            years: None,
        };
        assert_eq!(undated(&contract).propose(no_window).verdict, Verdict::Cumple, "no window was asked");
    }

    fn certificate(start: &str, works: bool, amount: &str, role: &str) -> Fixture {
        let fixture = Fixture::new(start).document("CERT_EXP", 1);
        let fixture = if works { fixture.works() } else { fixture };
        fixture
            .fact("monto", FactValue::Money(money(amount)), 1)
            .fact("objeto", FactValue::Text("Herramientas".into()), 1)
            .fact("beneficiario", FactValue::Text("Ejemplo".into()), 1)
            .fact("cargo", FactValue::Text(role.into()), 1)
            .fact("hasta", FactValue::Date(jiff::civil::date(2019, 12, 20)), 1)
    }

    #[test]
    fn a_resident_is_recognised_forty_percent_of_a_works_contract() {
        let of = |amount: &str, start: &str, works: bool| {
            verdict(&certificate(start, works, amount, "Residente de obra"), false, None)
        };
        assert_eq!(of("2500", "2026-01-15", true), Verdict::Cumple, "40 % of 2,500 is 1,000");
        assert_eq!(of("2499.99", "2026-01-15", true), Verdict::Pendiente, "a cent less does not reach it");
        assert_eq!(of("1000", "2026-01-15", false), Verdict::Cumple, "the share is of works");
        assert_eq!(of("99999", "2023-07-03", true), Verdict::Pendiente, "a regime without the rule is asked");
        let supervisor = certificate("2026-01-15", true, "99999", "Fiscalizador");
        assert_eq!(verdict(&supervisor, false, None), Verdict::Pendiente, "supervising is not building");
        let least = certificate("2026-01-15", true, "2500", "Superintendente");
        assert_eq!(
            verdict(&least, false, Some("1000.01")),
            Verdict::Pendiente,
            "what is recognised must reach the least"
        );
    }

    #[test]
    fn a_contract_under_way_counts_from_three_quarters_on_with_what_was_carried_out() {
        let of = |advance: &str| {
            let rate = cotejo_domain::Percent(advance.parse().expect("a rate"));
            let fixture = undated(&[("1250", "Herramientas", "Ejemplo")]);
            verdict(&fixture.fact("avance", FactValue::Percent(rate), 1), false, None)
        };
        assert_eq!(of("80"), Verdict::Cumple, "80 % of 1,250 is 1,000");
        assert_eq!(of("79"), Verdict::Pendiente, "987.50 are not enough");
        assert_eq!(of("74.99"), Verdict::Pendiente, "under 75 % it does not count");
        assert_eq!(of("100"), Verdict::Cumple, "finished");
        let rate = cotejo_domain::Percent("75".parse().expect("a rate"));
        let at_the_limit =
            undated(&[("1400", "Herramientas", "Ejemplo")]).fact("avance", FactValue::Percent(rate), 1);
        assert_eq!(verdict(&at_the_limit, false, None), Verdict::Cumple, "75 % itself counts: 1,050");
    }

    #[test]
    fn the_contract_of_a_consortium_is_asked_and_not_refused_as_somebody_elses() {
        let fixture = with(&[("5000", "Herramientas", "Consorcio Vial Andino")]);
        let subject = Subject::Experience {
            specific: false,
            minimum: Some(money("1000")),
            minimum_per_contract: None,
            years: None,
        };
        let proposal = fixture.propose(subject);
        assert_eq!(proposal.verdict, Verdict::Pendiente);
        assert_eq!(proposal.trace[0].result, cotejo_catalogue::message("rules.experiencia.consorcio", &[]));
    }

    #[test]
    fn the_rows_carry_a_running_sum_and_a_reason_each() {
        let fixture = with(&[
            ("600", "Provisión de herramientas", "Ejemplo"),
            ("500", "Otra cosa", "Otra Persona"),
            ("50", "Taladros", "Ejemplo"),
        ]);
        let pack = crate::RulePack::by_id("ec-2025-de193").expect("exists");
        let input = EvaluationInput {
            pliego: &fixture.pliego,
            requirements: &[],
            pack,
            lot: cotejo_domain::LotId(uuid::Uuid::nil()),
            bid: &fixture.bid,
        };
        let rows = experience_rows(&input, false, None, Some(20));
        let shown: Vec<(Option<Money>, Money, &str)> =
            rows.iter().map(|row| (row.recognised, row.running, row.reason.code.as_str())).collect();
        assert_eq!(
            shown,
            [
                (Some(money("600")), money("600"), "rules.experiencia.cuenta"),
                (None, money("600"), "rules.experiencia.otro_contratista"),
                (Some(money("50")), money("650"), "rules.experiencia.cuenta"),
            ]
        );
    }
}

//! Ínfima cuantía: the proformas side by side, item by item, with what each offers in all.
//!
//! LEY 50 and RGL 269 to 273: suppliers hand in proformas, three are the aim and one suffices; the best *valor por dinero* is chosen, for which price is
//! one criterion. So the comparison sets prices in order and proposes nobody: a person chooses and says why. A price that was not read, or was read
//! in two ways, has no place in the order.

use crate::amount::half_up;
use crate::checks::{offered_price, price_table::Product};
use crate::context::Context;
use crate::text::folded;
use crate::{Answer, EvaluationInput, RulePack, Value};
use cotejo_catalogue::message;
use cotejo_domain::{BidId, Evidence, Location, Money, PliegoItem, Process, Reason};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sets the proformas of an ínfima cuantía side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ProformaComparison {
    /// The proformas, in the order they were handed over.
    pub proformas: Vec<Proforma>,
    /// The items of the notice; where it lists none, the things that the proformas price.
    pub items: Vec<ComparedItem>,
    /// Those with a price, the lowest first; equal prices share a place.
    pub order: Vec<Vec<BidId>>,
    /// What a person has to look at: how many there are, the limit of the procedure, what was not read.
    pub notes: Vec<Reason>,
}

/// Describes one proforma.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proforma {
    /// The bid.
    pub bid: BidId,
    /// Who hands it in.
    pub name: String,
    /// What it offers in all, without IVA; `None` where it was not read for sure.
    pub total: Option<Money>,
    /// Why it has no total.
    pub question: Option<Reason>,
    /// Where the total stands.
    pub evidence: Vec<Evidence>,
    /// Items of the notice that it leaves out.
    pub missing: Vec<String>,
    /// True when its total is above the budget of the notice.
    pub above_budget: bool,
    /// True when its total is above what an ínfima cuantía may come to.
    pub above_limit: bool,
}

/// Compares one item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedItem {
    /// What it is.
    pub description: String,
    /// How many are asked for, where the notice says it.
    pub quantity: Option<Decimal>,
    /// What each proforma asks for it, in the order of the proformas.
    pub prices: Vec<Option<ItemPrice>>,
    /// The lowest unit price, where two and more give one.
    pub lowest: Option<Decimal>,
}

/// Holds the price of an item on a proforma.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemPrice {
    /// Unit price.
    pub unit: Decimal,
    /// How many are offered.
    pub quantity: Decimal,
    /// Where it stands.
    pub evidence: Evidence,
}

#[derive(Deserialize)]
struct Procedure {
    proformas_objetivo: usize,
}

/// One line of a proforma whose numbers agree.
struct Priced {
    description: String,
    cpc: String,
    price: ItemPrice,
}

/// Compares the proformas of one lot; every input is of the same process and pack.
#[must_use]
pub fn compare_proformas(inputs: &[EvaluationInput<'_>]) -> ProformaComparison {
    let mut found = ProformaComparison::default();
    let Some(first) = inputs.first() else {
        found.notes.push(note("rules.proformas.ninguna", &[]));
        return found;
    };
    let (process, pack) = (&first.pliego.process, first.pack);
    let limit = most_of_infima(process, pack);
    let lines: Vec<Vec<Priced>> = inputs.iter().map(|input| priced(input, &mut found.notes)).collect();
    for input in inputs {
        found.proformas.push(proforma(input, limit.as_ref().map(|limit| limit.value)));
    }
    found.items = items(&first.pliego.items, &lines);
    let mut places: BTreeMap<Money, Vec<BidId>> = BTreeMap::new();
    for one in &found.proformas {
        if let Some(total) = one.total {
            places.entry(total.rounded()).or_default().push(one.bid);
        }
    }
    found.order = places.into_values().collect();
    notes(process, pack, limit, &mut found);
    found
}

fn note(code: &str, values: &[(&str, &str)]) -> Reason {
    Reason { code: code.to_owned(), text: message(code, values) }
}

fn notes(process: &Process, pack: &RulePack, limit: Option<Value<Money>>, found: &mut ProformaComparison) {
    let number = found.proformas.len();
    if let Answer::Known(rule) = pack.settle::<Procedure>("infima_proceso", None, process.started)
        && number < rule.value.proformas_objetivo
    {
        let (number, aim) = (number.to_string(), rule.value.proformas_objetivo.to_string());
        let values = [("numero", number.as_str()), ("objetivo", &aim), ("fuente", &rule.source)];
        found.notes.push(note("rules.proformas.pocas", &values));
    }
    match limit {
        Some(limit) => {
            let (limit, source) = (limit.value.spanish(), limit.source);
            found
                .notes
                .push(note("rules.proformas.limite", &[("monto", limit.as_str()), ("fuente", &source)]));
        }
        None => found.notes.push(note("rules.proformas.limite_no_consta", &[("regimen", &pack.id)])),
    }
    found.notes.push(note("rules.proformas.valor_por_dinero", &[]));
}

/// Returns the most an ínfima cuantía may come to: an amount since 2025, before it a coefficient of the state's budget of the year.
pub(crate) fn most_of_infima(process: &Process, pack: &RulePack) -> Option<Value<Money>> {
    if let Answer::Known(limit) = pack.settle::<Decimal>("infima_max", None, process.started) {
        let amount = Money(limit.value);
        return Some(limit.map(amount));
    }
    let coefficients = pack.settle::<serde_json::Value>("coeficientes", None, process.started).known()?;
    let coefficient: Decimal = coefficients.value.get("infima")?.as_str()?.parse().ok()?;
    let budget = pack.state_budget(process.started?.year()).known()?;
    let amount = Money(half_up(budget.value.0.checked_mul(coefficient)?, 2));
    Some(coefficients.map(amount))
}

fn proforma(input: &EvaluationInput<'_>, limit: Option<Money>) -> Proforma {
    let context = Context::of(input);
    let name = input.bid.bidder.name.clone();
    let read = offered_price::offered(context);
    let (total, evidence, question) = match read {
        Ok((total, facts)) => {
            (Some(total), facts.into_iter().map(|fact| fact.evidence.clone()).collect(), None)
        }
        Err(code) => (None, Vec::new(), Some(note(code, &[("oferente", &name)]))),
    };
    let above = |most: Option<Money>| total.zip(most).is_some_and(|(total, most)| total > most);
    Proforma {
        bid: input.bid.bid,
        name,
        total,
        question,
        evidence,
        missing: offered_price::missing_items(context),
        above_budget: above(input.pliego.process.budget),
        above_limit: above(limit),
    }
}

/// Returns the lines of a proforma whose quantity, price and total agree; the others are noted, and compared by a person.
fn priced(input: &EvaluationInput<'_>, notes: &mut Vec<Reason>) -> Vec<Priced> {
    let context = Context::of(input);
    let mut found = Vec::new();
    let mut doubtful = 0;
    for line in offered_price::lines(context) {
        let Product::Agrees(numbers) = line.product(None) else {
            doubtful += 1;
            continue;
        };
        let evidence = Evidence {
            file: line.file,
            file_name: context.file_name(line.file),
            location: Location::Page { page: line.page, quads: line.quads },
            quote: line.quote,
            extractor: "proformas@1".to_owned(),
            confidence: cotejo_domain::Confidence::new(0.9),
        };
        found.push(Priced {
            description: line.description,
            cpc: line.cpc,
            price: ItemPrice { unit: numbers.price.value, quantity: numbers.quantity.value, evidence },
        });
    }
    if doubtful > 0 {
        let lines = doubtful.to_string();
        let values = [("oferente", input.bid.bidder.name.as_str()), ("filas", &lines)];
        notes.push(note("rules.proformas.filas_dudosas", &values));
    }
    found
}

/// Sets the lines of all proformas under the items of the notice, or under the things they price where it lists none.
fn items(asked: &[PliegoItem], lines: &[Vec<Priced>]) -> Vec<ComparedItem> {
    let mut rows: Vec<(String, Option<Decimal>, String)> = asked
        .iter()
        .map(|item| {
            (
                item.description.trim().to_owned(),
                item.quantity,
                digits(item.cpc.as_deref().unwrap_or_default()),
            )
        })
        .collect();
    if rows.is_empty() {
        for line in lines.iter().flatten() {
            if !rows.iter().any(|(description, ..)| folded(description) == folded(&line.description)) {
                rows.push((line.description.clone(), None, String::new()));
            }
        }
    }
    let codes: Vec<String> = rows.iter().map(|(_, _, code)| code.clone()).collect();
    rows.into_iter()
        .map(|(description, quantity, code)| {
            // A product code tells an item only where no other item has it.
            let alone = code.len() >= 5 && codes.iter().filter(|other| **other == code).count() == 1;
            let answers = |line: &&Priced| {
                folded(&line.description) == folded(&description) || (alone && line.cpc == code)
            };
            let prices: Vec<Option<ItemPrice>> = lines
                .iter()
                .map(|lines| {
                    let mut of_it = lines.iter().filter(answers);
                    // Two lines for one item are for a person to tell apart.
                    match (of_it.next(), of_it.next()) {
                        (Some(only), None) => Some(only.price.clone()),
                        _ => None,
                    }
                })
                .collect();
            let given: Vec<Decimal> = prices.iter().flatten().map(|price| price.unit).collect();
            let lowest = if given.len() > 1 { given.iter().min().copied() } else { None };
            ComparedItem { description, quantity, prices, lowest }
        })
        .collect()
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::{FactValue, LotId, ProcedureType};
    use uuid::Uuid;

    const HEADS: [&str; 4] = ["Descripción", "Cantidad", "Precio unitario", "Precio total"];

    fn proforma(number: u128, start: &str, rows: &[&[&str]], total: Option<&str>) -> Fixture {
        let mut fixture = Fixture::new(start).budget("9000").document("PROFORMA", 1).table(1, &HEADS, rows);
        if let Some(total) = total {
            fixture = fixture.fact("total", FactValue::Money(money(total)), 1);
        }
        fixture.pliego.process.procedure = ProcedureType::Infima;
        fixture.bid.bid = BidId(Uuid::from_u128(number));
        fixture.bid.bidder.name = format!("Proveedor {number}");
        fixture
    }

    fn compare(fixtures: &[Fixture], pack: &'static str) -> ProformaComparison {
        let pack = RulePack::by_id(pack).expect("exists");
        let inputs: Vec<EvaluationInput<'_>> = fixtures
            .iter()
            .map(|fixture| EvaluationInput {
                pliego: &fixture.pliego,
                requirements: &[],
                pack,
                lot: LotId(Uuid::nil()),
                bid: &fixture.bid,
            })
            .collect();
        compare_proformas(&inputs)
    }

    fn codes(found: &ProformaComparison) -> Vec<&str> {
        found.notes.iter().map(|note| note.code.as_str()).collect()
    }

    #[test]
    fn three_proformas_stand_side_by_side_the_lowest_first() {
        let three = [
            proforma(
                1,
                "2026-01-15",
                &[&["Resma de papel", "10", "4.00", "40.00"], &["Tóner", "2", "50.00", "100.00"]],
                Some("140.00"),
            ),
            proforma(
                2,
                "2026-01-15",
                &[&["Tóner", "2", "45.00", "90.00"], &["Resma de papel", "10", "4.50", "45.00"]],
                Some("135.00"),
            ),
            proforma(
                3,
                "2026-01-15",
                &[&["Resma de papel", "10", "3.50", "35.00"], &["Tóner", "2", "50.00", "100.00"]],
                Some("135.00"),
            ),
        ];
        let found = compare(&three, "ec-2025-de193");
        let bid = |number| BidId(Uuid::from_u128(number));
        assert_eq!(found.order, [vec![bid(2), bid(3)], vec![bid(1)]], "equal prices share a place");
        let paper = &found.items[0];
        assert_eq!(
            (paper.description.as_str(), paper.lowest),
            ("Resma de papel", Some("3.50".parse().expect("USD")))
        );
        let units: Vec<String> =
            paper.prices.iter().flatten().map(|price| price.unit.normalize().to_string()).collect();
        assert_eq!(
            units,
            ["4", "4.5", "3.5"],
            "in the order of the proformas, whatever the order of their rows"
        );
        assert!(
            paper.prices.iter().flatten().all(|price| !price.evidence.quote.is_empty()),
            "each with its place"
        );
        assert_eq!(
            codes(&found),
            ["rules.proformas.limite", "rules.proformas.valor_por_dinero"],
            "nobody is proposed"
        );
        assert!(found.notes[0].text.contains("10.000,00"), "{}", found.notes[0].text);
    }

    #[test]
    fn permuting_the_proformas_moves_columns_and_changes_no_place() {
        let rows: [&[&str]; 1] = [&["Tóner", "2", "45.00", "90.00"]];
        let one = proforma(1, "2026-01-15", &rows, Some("90.00"));
        let two = proforma(2, "2026-01-15", &[&["Tóner", "2", "40.00", "80.00"]], Some("80.00"));
        let forwards = compare(&[one.clone(), two.clone()], "ec-2025-de193");
        let backwards = compare(&[two, one], "ec-2025-de193");
        assert_eq!(forwards.order, backwards.order);
        assert_eq!(forwards.items[0].lowest, backwards.items[0].lowest);
    }

    #[test]
    fn attack_a_price_that_was_read_in_two_ways_wins() {
        let rows: [&[&str]; 1] = [&["Tóner", "2", "45.00", "90.00"]];
        let sure = proforma(1, "2026-01-15", &rows, Some("90.00"));
        let unsure =
            proforma(2, "2026-01-15", &rows, Some("1.00")).fact("total", FactValue::Money(money("88.00")), 1);
        let silent = proforma(3, "2026-01-15", &[&["Tóner", "2", "45.00", "91.00"]], None);
        let found = compare(&[sure, unsure, silent], "ec-2025-de193");
        assert_eq!(found.order, [vec![BidId(Uuid::from_u128(1))]]);
        assert!(found.proformas[1].question.is_some() && found.proformas[2].question.is_some());
        assert!(
            codes(&found).contains(&"rules.proformas.filas_dudosas"),
            "2 × 45 is not 91: {:?}",
            codes(&found)
        );
        assert!(found.items[0].prices[2].is_none(), "and its unit price is not compared");
    }

    #[test]
    fn one_alone_is_compared_and_the_limit_is_that_of_its_day() {
        let rows: [&[&str]; 1] = [&["Tóner", "2", "4750.00", "9500.00"]];
        let of = |start: &str, pack| compare(&[proforma(1, start, &rows, Some("9500.00"))], pack);
        let now = of("2026-01-15", "ec-2025-de193");
        assert_eq!(codes(&now)[0], "rules.proformas.pocas", "three are the aim, one suffices");
        assert!(
            now.proformas[0].above_budget && !now.proformas[0].above_limit,
            "9,500 of 10,000, and of 9,000"
        );
        let before = of("2024-05-02", "ec-2023");
        assert!(before.proformas[0].above_limit, "6,658.78 in 2024");
        assert!(before.notes.iter().any(|note| note.text.contains("6.658,78")), "{:?}", before.notes);
        let between = of("2025-07-01", "ec-2025-integridad");
        assert!(
            between.notes.iter().any(|note| note.text.contains("7.212,60")),
            "before 7 July 2025: {:?}",
            between.notes
        );
        let after = of("2025-07-07", "ec-2025-integridad");
        assert!(after.notes.iter().any(|note| note.text.contains("10.000,00")), "{:?}", after.notes);
        assert_eq!(codes(&compare(&[], "ec-2023")), ["rules.proformas.ninguna"]);
    }
}

//! Test vectors of the domain manual (§10) that the rules answer, by their number, and the table of all vectors and rules (docs/vectors.md). 10.3, 10.4 and 10.5 stand beside their formulas in `scoring/`.

use crate::RulePack;
use crate::checks::fixture::{Fixture, money};
use cotejo_domain::{FactValue, Money, Percent, Subject, Verdict};
use rust_decimal::Decimal;

fn share(amount: Money, rate: Percent) -> Money {
    Money(amount.0 * rate.0 / Decimal::ONE_HUNDRED).rounded()
}

#[test]
fn vector_10_1_patrimonio_of_works_at_495930_26_is_17796_51() {
    let pack = RulePack::by_id("ec-2023").expect("exists");
    let minimum =
        pack.patrimonio_minimum(true, money("495930.26")).known().and_then(|found| found.value.amount);
    assert_eq!(minimum.map(Money::rounded), Some(money("17796.51")));
}

#[test]
fn vector_10_2_experience_at_12650_20_is_1265_02_and_632_51_and_63_25_and_31_63() {
    let pack = RulePack::by_id("ec-2025-de193").expect("exists");
    let ceiling = pack.experience_ceiling(money("12650.20"), 2025).known().expect("known").value;
    let (general, specific) =
        (share(money("12650.20"), ceiling.general), share(money("12650.20"), ceiling.specific));
    assert_eq!((general, specific), (money("1265.02"), money("632.51")));
    assert_eq!(share(general, ceiling.per_contract), money("63.25"));
    assert_eq!(share(specific, ceiling.per_contract), money("31.63"), "31.6255 half up");
}

#[test]
fn vector_10_6_the_portals_five_decimals_and_the_words_are_the_same_amount() {
    let heads = ["Descripción", "Unidad", "Cantidad", "Precio unitario", "Precio total"];
    let row: [&[&str]; 1] = [&["Vía de ejemplo", "u", "1", "300.252,63000", "300.252,63000"]];
    let of = |figures: &str, words: &str| {
        let fixture = Fixture::new("2026-01-15")
            .document("FUO_1_5_CANT", 4)
            .table(4, &heads, &row)
            .fact("total", FactValue::Money(money(figures)), 4)
            .fact("total_letras", FactValue::Money(money(words)), 4);
        fixture.propose(Subject::EconomicOffer).verdict
    };
    assert_eq!(
        of("300252.63000", "300252.63"),
        Verdict::Cumple,
        "trescientos mil doscientos cincuenta y dos con 63/100"
    );
    assert_eq!(
        of("300252.63000", "300252.36"),
        Verdict::AConvalidar,
        "words prevail, and the bidder corrects"
    );
}

/// Every vector and rule that must have a row; the table may say more.
const ASKED: [&str; 157] = [
    "10.1",
    "10.2",
    "10.3",
    "10.4",
    "10.5",
    "10.6",
    "10.7",
    "10.8",
    "10.9",
    "10.10",
    "0.3",
    "0.3 contrast",
    "0.4 precedence",
    "0.4 verified",
    "0.4 frozen",
    "0.5",
    "1.1 procedures",
    "1.1 amounts",
    "1.1 closed",
    "1.1 ínfima",
    "1.1 ínfima limit",
    "1.1 ínfima doubt",
    "1.1 forms",
    "1.2",
    "2.1 opening",
    "2.1 thirty",
    "2.1 award",
    "2.1 questions",
    "2.1 cancelling",
    "2.2 principle",
    "2.2 unmodified",
    "2.2 1-10",
    "2.2 doubt",
    "2.2 4",
    "2.2 4 later",
    "2.2 7-8",
    "2.2 8 date",
    "2.2 10",
    "2.2 art. 101",
    "2.2 art. 101 APU",
    "2.2 art. 101 words",
    "2.2 art. 102",
    "2.2 art. 102 unread",
    "2.2 art. 103",
    "2.2 art. 104",
    "2.2 art. 104 clause",
    "2.2 permuted",
    "2.2 art. 104 papers",
    "2.2 art. 26 and 95",
    "2.2 ec-2023",
    "2.2 ec-2023 price",
    "2.2 term",
    "2.2 late",
    "2.3 desierto",
    "4.1",
    "4.1 motivated",
    "4.1 stages",
    "4.2",
    "4.2 procede",
    "4.3 RUP",
    "4.3 RUP in the bid",
    "4.3 RUP not needed",
    "4.3 RUP partners",
    "4.3 inhabilidades",
    "4.3 vinculación",
    "4.3 existencia legal",
    "4.3 existencia legal day",
    "4.3 patrimonio",
    "4.3 art. 93",
    "4.3 SIE",
    "4.4",
    "4.4 years",
    "4.4 consorcio",
    "4.5",
    "4.5 minimum",
    "4.5 lint",
    "4.5 consorcio",
    "4.6 amounts",
    "4.6 window",
    "4.6 undated",
    "4.6 window works",
    "4.6 once",
    "4.6 minimum",
    "4.6 abroad",
    "4.6 link",
    "4.6 resident",
    "4.6 under way",
    "4.6 consorcio",
    "4.6 ceilings",
    "4.6 procedure",
    "4.6 counted",
    "4.6 CPC",
    "4.6 employees",
    "4.7",
    "4.8 1",
    "4.8 3",
    "4.8 4",
    "4.8 5",
    "4.8 5 award",
    "4.8 6",
    "4.8 6 days",
    "4.8 7",
    "4.8 grounds",
    "4.9 model",
    "4.9 bounded",
    "4.9 monotone",
    "4.9 permuted",
    "4.9 cotización",
    "4.9 experience",
    "4.9 subcontratación",
    "4.9 subcontratación most",
    "4.9 hundred",
    "4.9 weight",
    "4.9 seventy",
    "4.9 seventy ends",
    "4.9 ties",
    "4.9 rounding",
    "4.10",
    "4.10 intermediary",
    "4.10 both",
    "4.10 distributor",
    "4.10 software",
    "4.10 threshold",
    "4.11",
    "4.11 margins",
    "4.11 local",
    "4.12",
    "4.12 wages",
    "4.13 shares",
    "4.13 duration",
    "4.13 nine",
    "corrections 1",
    "corrections 1 property",
    "corrections 2",
    "corrections 2 answered",
    "corrections 3",
    "corrections 3 término",
    "corrections 4",
    "corrections 5",
    "corrections 6",
    "corrections 7",
    "corrections 7 copies",
    "corrections 7 held",
    "corrections 8",
    "corrections 8 words",
    "corrections 9",
    "corrections 10",
    "corrections 11",
    "corrections 11 anchors",
    "corrections 12",
    "corrections 13",
    "corrections 14 lots",
    "corrections 14 reclamos",
    "corrections 14 excusa",
    "corrections 14 expediente",
    "corrections 14 muestras",
    "corrections 15",
];

#[test]
fn every_vector_and_rule_has_its_test_or_says_why_not() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let table = std::fs::read_to_string(root.join("docs/vectors.md")).expect("the table");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| {
            line.starts_with("| ") && !line.starts_with("| of the manual") && !line.starts_with("|---")
        })
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let mut problems = Vec::new();
    for asked in ASKED {
        if !rows.iter().any(|row| row.first() == Some(&asked)) {
            problems.push(format!("{asked}: no row"));
        }
    }
    for row in &rows {
        let [id, _, held] = row.as_slice() else {
            problems.push(format!("{row:?}: a row has three cells"));
            continue;
        };
        if let Some(reason) = held.strip_prefix("*not yet*: ") {
            println!("{id} is not held yet: {reason}");
            continue;
        }
        let Some((file, name)) = held.trim_matches('`').split_once("::") else {
            problems.push(format!("{id}: «{held}» names no test"));
            continue;
        };
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        // The attribute stands right before its function: a helper of that name is no test.
        let is_test = text.match_indices(&format!("fn {name}(")).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            before
                .lines()
                .rev()
                .take(4)
                .any(|line| line.trim_start().starts_with("#[test]") || line.contains("::test"))
        });
        if !is_test {
            problems.push(format!("{id}: {file} has no test {name}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

//! Test vectors of the domain manual (§10) that the rules answer, by their number. 10.3, 10.4 and 10.5 stand beside their formulas in `scoring/`.

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

//! Who is joined, and who must not be.

use super::*;
use crate::sample::{Sample, join_in};

fn one() -> Sample {
    Sample::new("1790012344001", "Maderas Ficticias S.A.")
}

fn groups(samples: &[Sample]) -> Vec<(String, usize, Vec<Reason>)> {
    join_in(samples).into_iter().map(|entity| (entity.name, entity.mentions.len(), entity.reasons)).collect()
}

#[test]
fn one_person_over_the_papers_of_a_bid_with_the_reasons() {
    let sample = one()
        .named("CV", "nombre", "Ana Lucía Ejemplo Mora", Some("1710034065"))
        .named("FUO_1_10_PER", "filas[].nombre", "EJEMPLO MORA ANA LUCIA", Some("1710034065"))
        .named("FUO_1_1", "firmante", "Ing. Ana Lucía Ejemplo Mora", None);
    let found = groups(&[sample]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].1, found[0].2.as_slice()), (3, [Reason::SameCedula, Reason::SameName].as_slice()));
}

#[test]
fn a_name_that_two_numbers_carry_joins_neither() {
    let sample = one()
        .named("CV", "nombre", "Juan Ejemplo Mora", Some("1710034065"))
        .named("TITULO", "nombre", "Juan Ejemplo Mora", Some("0926687856"))
        .named("FUO_1_1", "firmante", "Juan Ejemplo Mora", None);
    assert_eq!(groups(&[sample]).len(), 3, "nobody can tell which of the two signed");
}

#[test]
fn one_number_under_two_different_names_joins_nobody() {
    let sample = one().named("CV", "nombre", "Ana Lucía Ejemplo Mora", Some("1710034065")).named(
        "TITULO",
        "nombre",
        "Pedro Ficticio Vera Luna",
        Some("1710034065"),
    );
    assert_eq!(groups(&[sample]).len(), 2, "the number may stand beside the wrong name");
}

#[test]
fn a_letter_joins_only_where_ocr_read_it() {
    let scan = |name: &str| {
        one()
            .named("CV", "nombre", "Ana Lucía Ejemplo Morales", Some("1710034065"))
            .scanned("FUO_1_1", "firmante", name)
    };
    let found = groups(&[scan("Ana Lucía Ejemplo Moroles")]);
    assert_eq!((found.len(), found[0].2.clone()), (1, vec![Reason::OneLetter]));
    assert_eq!(
        groups(&[scan("Ana Lucio Ejemplo Morales")]).len(),
        2,
        "a name of the other sex is no misreading"
    );
    let typed = one().named("CV", "nombre", "Ana Lucía Ejemplo Morales", Some("1710034065")).named(
        "FUO_1_1",
        "firmante",
        "Ana Lucía Ejemplo Moroles",
        None,
    );
    assert_eq!(groups(&[typed]).len(), 2, "typed as it is meant");
}

#[test]
fn a_company_is_one_under_its_ruc_and_two_under_two_forms() {
    let of = |other: &str| {
        one().named("CERT_EXP", "emisor", "Puentes de Ejemplo Cía. Ltda.", None).named(
            "FORM_CONSORCIO",
            "partes[].nombre",
            other,
            Some("1790012344001"),
        )
    };
    let same = groups(&[of("PUENTES DE EJEMPLO CIA LTDA")]);
    assert_eq!((same.len(), same[0].2.clone()), (1, vec![Reason::SameName]));
    assert_eq!(groups(&[of("PUENTES DE EJEMPLO S.A.")]).len(), 2);
}

#[test]
fn papers_issued_for_others_make_nobody_a_representative() {
    let sample = one().named("NOMBRAMIENTO", "representante", "Ana Lucía Ejemplo Mora", Some("1710034065"));
    let found = join_in(&[sample]);
    assert_eq!(found[0].mentions[0].part, Part::Other, "nothing says that it was issued for the bidder");
}

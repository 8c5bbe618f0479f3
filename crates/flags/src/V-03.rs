//! V-03: who represents one bidder bids itself.

use crate::entities::{Mention, Part};
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::between;

pub(crate) const CODE: &str = "V-03";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let represents = |mention: &Mention| mention.part == Part::Representative;
    let bids_alone = |mention: &Mention| mention.part == Part::Bidder && !mention.company;
    between(CODE, lot, &represents, &bids_alone, false)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn found(representative: &str, number: &str) -> Vec<(String, Severity)> {
        let a = Sample::new("1790012344001", "Maderas Ficticias S.A.").named(
            "NOMBRAMIENTO",
            "representante",
            representative,
            Some(number),
        );
        let a = a.of_company("Maderas Ficticias S.A.");
        let b = Sample::new("1710034065001", "Ana Lucía Ejemplo Mora").named(
            "FUO_1_2",
            "nombre",
            "EJEMPLO MORA ANA LUCIA",
            Some("1710034065001"),
        );
        detect_in(&[a, b]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    #[test]
    fn a_representative_who_bids_alone_is_found_and_a_homonym_is_not() {
        assert_eq!(found("Ana Lucía Ejemplo Mora", "1710034065"), [("V-03".into(), Severity::Warning)]);
        assert!(found("Ana Lucía Ejemplo Mora", "0926687856").is_empty());
        assert!(found("Luis Alberto Ejemplo Mora", "0926687856").is_empty());
    }
}

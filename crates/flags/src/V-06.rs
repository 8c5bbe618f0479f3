//! V-06: the spouse of who represents or owns one bidder represents or owns another.

use crate::entities::{Mention, Part};
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::between;

pub(crate) const CODE: &str = "V-06";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let spouse = |mention: &Mention| mention.part == Part::Spouse;
    let leads = |mention: &Mention| matches!(mention.part, Part::Representative | Part::Partner);
    between(CODE, lot, &spouse, &leads, false)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn found(field: &str, spouse: &str) -> Vec<(String, Severity)> {
        let a = Sample::new("1790012344001", "Maderas Ficticias S.A.").named(
            "FORM_VINCULACION",
            field,
            spouse,
            None,
        );
        let b = Sample::new("0990054321001", "Tornillos Inventados S.A.").named(
            "FUO_1_3",
            "socios[].nombre",
            "EJEMPLO MORA ANA LUCIA",
            Some("1710034065"),
        );
        detect_in(&[a, b]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    #[test]
    fn a_spouse_who_owns_part_of_another_bidder_is_told_by_name_only_for_information() {
        assert_eq!(found("conyuges[]", "Ana Lucía Ejemplo Mora"), [("V-06".into(), Severity::Info)]);
    }

    #[test]
    fn a_namesake_in_half_and_a_partner_of_both_are_no_couple() {
        assert!(found("conyuges[]", "Ana Ejemplo").is_empty(), "two words are no whole name");
        assert!(found("conyuges[]", "Eva María Ejemplo Mora").is_empty());
        assert_eq!(found("socios51[]", "Ana Lucía Ejemplo Mora"), [("V-01".into(), Severity::Info)]);
    }
}

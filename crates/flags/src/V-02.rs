//! V-02: a partner of one bidder bids itself.

use crate::entities::Part;
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::shared;

pub(crate) const CODE: &str = "V-02";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    shared(CODE, lot, Part::Partner, Part::Bidder)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn found(partner: &str, number: Option<&str>) -> Vec<(String, Severity)> {
        let a = Sample::new("1790012344001", "Maderas Ficticias S.A.").named(
            "FUO_1_3",
            "socios[].nombre",
            partner,
            number,
        );
        let b = Sample::new("1710034065001", "Ana Lucía Ejemplo Mora").named(
            "FUO_1_2",
            "nombre",
            "EJEMPLO MORA ANA LUCIA",
            Some("1710034065001"),
        );
        detect_in(&[a, b]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    #[test]
    fn a_partner_who_bids_alone_is_found_by_the_cedula_in_the_ruc() {
        let by_number = found("Ana Lucía Ejemplo Mora", Some("1710034065"));
        assert_eq!(by_number, [("V-02".into(), Severity::Warning)]);
        assert_eq!(found("Ana Lucía Ejemplo Mora", None), [("V-02".into(), Severity::Info)]);
    }

    #[test]
    fn a_sister_and_a_homonym_are_not_the_bidder() {
        assert!(found("Eva María Ejemplo Mora", Some("0926687856")).is_empty());
        assert!(found("Ana Lucía Ejemplo Mora", Some("0926687856")).is_empty());
    }
}

//! V-05: one representative in two bids.

use crate::entities::Part;
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::shared;

pub(crate) const CODE: &str = "V-05";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    shared(CODE, lot, Part::Representative, Part::Representative)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn bids(a: &str, b: &str) -> Vec<(String, Severity)> {
        let one =
            Sample::new("1790012344001", "Maderas Ficticias S.A.").named("FUO_1_1", "firmante", a, None);
        let two =
            Sample::new("0990054321001", "Tornillos Inventados S.A.").named("FUO_1_1", "firmante", b, None);
        detect_in(&[one, two]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    #[test]
    fn a_name_alone_is_only_for_information() {
        assert_eq!(
            bids("Ing. Ana Lucía Ejemplo Mora", "EJEMPLO MORA ANA LUCIA"),
            [("V-05".into(), Severity::Info)]
        );
        assert!(bids("Luis Ejemplo Mora", "Luisa Ejemplo Mora").is_empty());
    }

    #[test]
    fn bids_of_one_bidder_have_their_people_in_common() {
        let of = || {
            Sample::new("1790012344001", "Maderas Ficticias S.A.").named(
                "FUO_1_1",
                "firmante",
                "Ana Lucía Ejemplo Mora",
                None,
            )
        };
        assert!(detect_in(&[of(), of()]).is_empty());
    }
}

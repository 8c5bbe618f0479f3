//! V-01: one partner or beneficial owner in two bids.

use crate::entities::{Mention, Part};
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::{BENEFICIARY, between};

pub(crate) const CODE: &str = "V-01";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    // Who is the beneficial owner of both is V-10's.
    let partner = |mention: &Mention| mention.part == Part::Partner;
    let no_beneficiary = |mention: &Mention| partner(mention) && mention.field != BENEFICIARY;
    between(CODE, lot, &partner, &no_beneficiary, true)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn flags(a: Sample, b: Sample) -> Vec<(String, Severity)> {
        detect_in(&[a, b]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    fn one() -> Sample {
        Sample::new("1790012344001", "Maderas Ficticias S.A.")
    }

    fn two() -> Sample {
        Sample::new("0990054321001", "Tornillos Inventados S.A.")
    }

    #[test]
    fn a_partner_of_two_bidders_is_found_by_the_cedula_in_either_order_of_names() {
        let a = one().named("FUO_1_3", "socios[].nombre", "EJEMPLO MORA ANA LUCIA", Some("1710034065"));
        let b = two().named("FUO_1_3", "socios[].nombre", "Ana Lucía Ejemplo Mora", Some("1710034065001"));
        assert_eq!(flags(a, b), [("V-01".into(), Severity::Warning)]);
    }

    #[test]
    fn father_and_son_and_homonyms_are_not_joined() {
        let a = one().named("FUO_1_3", "socios[].nombre", "Juan Ejemplo Mora", Some("1710034065"));
        let b = two().named("FUO_1_3", "socios[].nombre", "Juan Ejemplo Mora", Some("0926687856"));
        assert!(flags(a, b).is_empty(), "the same name with two numbers");
        let a = one().named("FUO_1_3", "socios[].nombre", "Juan Ejemplo Mora", None);
        let b = two().named("FUO_1_3", "socios[].nombre", "Juan Ejemplo Vera", None);
        assert!(flags(a, b).is_empty(), "another second surname");
    }
}

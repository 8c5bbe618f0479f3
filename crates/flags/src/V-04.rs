//! V-04: who represents one bidder is a partner of another.

use crate::entities::Part;
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::shared;

pub(crate) const CODE: &str = "V-04";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    shared(CODE, lot, Part::Representative, Part::Partner)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};

    #[test]
    fn who_represents_one_and_owns_part_of_another_is_found_whoever_comes_first() {
        let of = |name: &str| {
            let a = Sample::new("1790012344001", "Maderas Ficticias S.A.")
                .named("FUO_1_1", "firmante", name, None);
            let b = Sample::new("0990054321001", "Tornillos Inventados S.A.").named(
                "FUO_1_3",
                "socios[].nombre",
                "EJEMPLO MORA ANA LUCIA",
                Some("1710034065"),
            );
            let codes = |flags: Vec<crate::Flag>| flags.into_iter().map(|flag| flag.code).collect::<Vec<_>>();
            codes(detect_in(&[a, b]))
        };
        assert_eq!(of("Ana Lucía Ejemplo Mora"), ["V-04"]);
        assert!(of("Ana Ejemplo").is_empty(), "two words are no whole name");
    }
}

//! D-07: one professional in two bids.

use crate::entities::Part;
use crate::input::{BidPapers, Flag};
use crate::persons::shared;

pub(crate) const CODE: &str = "D-07";

pub(crate) fn detect(bids: &[BidPapers<'_>]) -> Vec<Flag> {
    shared(CODE, bids, Part::Personnel, Part::Personnel)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn bids(a: Option<&str>, b: Option<&str>) -> Vec<(String, Severity)> {
        let named = |ruc: &str, company: &str, number: Option<&str>| {
            Sample::new(ruc, company).named(
                "FUO_1_10_PER",
                "filas[].nombre",
                "Ana Lucía Ejemplo Mora",
                number,
            )
        };
        let one = named("1790012344001", "Maderas Ficticias S.A.", a);
        let two = named("0990054321001", "Tornillos Inventados S.A.", b);
        detect_in(&[one, two]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    #[test]
    fn one_professional_in_two_teams_is_found() {
        assert_eq!(bids(Some("1710034065"), Some("1710034065")), [("D-07".into(), Severity::Warning)]);
        assert_eq!(bids(Some("1710034065"), None), [("D-07".into(), Severity::Info)]);
    }

    #[test]
    fn a_misread_number_neither_joins_nor_parts() {
        assert_eq!(bids(Some("1710034065"), Some("1710034066")), [("D-07".into(), Severity::Info)]);
        assert!(bids(Some("1710034065"), Some("0926687856")).is_empty(), "two good numbers are two persons");
    }
}

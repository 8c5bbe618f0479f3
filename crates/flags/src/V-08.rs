//! V-08: the spouse of who represents or owns a company bids alone.

use crate::entities::{Mention, Part};
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::between;
use cotejo_domain::BidderKind;

pub(crate) const CODE: &str = "V-08";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let natural = |mention: &Mention| {
        lot.bids.iter().any(|papers| papers.bid == mention.bid && papers.bidder.kind == BidderKind::Natural)
    };
    // The form lists spouses without saying whose: of partners (num. 2.7) and of administrators (num. 2.8) alike.
    let spouse = |mention: &Mention| mention.part == Part::Spouse && !natural(mention);
    let bids_alone = |mention: &Mention| mention.part == Part::Bidder && !mention.company;
    between(CODE, lot, &spouse, &bids_alone, false)
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};

    fn codes(a: Sample, spouse: &str) -> Vec<String> {
        let a = a.named("FORM_VINCULACION", "conyuges[]", spouse, None);
        let b = Sample::new("1710034065001", "Ana Lucía Ejemplo Mora").natural().named(
            "FUO_1_2",
            "nombre",
            "EJEMPLO MORA ANA LUCIA",
            Some("1710034065001"),
        );
        detect_in(&[a, b]).into_iter().map(|flag| flag.code).collect()
    }

    #[test]
    fn the_spouse_of_an_administrator_who_bids_alone_is_told_and_another_person_is_not() {
        let company = || Sample::new("1790012344001", "Maderas Ficticias S.A.");
        assert_eq!(codes(company(), "Ana Lucía Ejemplo Mora"), ["V-08"]);
        assert!(codes(company(), "Eva María Ejemplo Mora").is_empty());
    }
}

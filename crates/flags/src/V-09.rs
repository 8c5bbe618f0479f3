//! V-09: two natural persons who bid are a couple.

use crate::entities::{Mention, Part};
use crate::input::Flag;
use crate::lot::Lot;
use crate::persons::between;
use cotejo_domain::BidderKind;

pub(crate) const CODE: &str = "V-09";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let natural = |mention: &Mention| {
        lot.bids.iter().any(|papers| papers.bid == mention.bid && papers.bidder.kind == BidderKind::Natural)
    };
    let spouse = |mention: &Mention| mention.part == Part::Spouse && natural(mention);
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
    fn a_couple_of_bidders_is_told_and_the_spouse_in_a_companys_papers_is_v_08s() {
        let person = || Sample::new("0926687856001", "Luis Alberto Vera Paz").natural();
        assert_eq!(codes(person(), "Ana Lucía Ejemplo Mora"), ["V-09"]);
        assert!(codes(person(), "Eva María Ejemplo Mora").is_empty());
        let company = Sample::new("1790012344001", "Maderas Ficticias S.A.");
        assert_eq!(codes(company, "Ana Lucía Ejemplo Mora"), ["V-08"]);
    }
}

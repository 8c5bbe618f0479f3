//! E-03: the lowest bid was put out and a dearer one is left.

use crate::course::{Evaluated, is_disqualified};
use crate::input::Flag;
use crate::lot::put_once;
use cotejo_domain::{Money, Outcome, Severity};

pub(crate) const CODE: &str = "E-03";

pub(crate) fn detect(evaluated: &Evaluated<'_>) -> Vec<Flag> {
    let mut totals = Vec::new();
    for (papers, offer) in evaluated.lot.bids.iter().zip(&evaluated.lot.offers) {
        // Who withdrew is no longer among those that are compared.
        if evaluated.outcome(papers.bid) == Some(&Outcome::Retirada) {
            continue;
        }
        // Which is the lowest is not known while the total of one is not.
        let Some((fact, Money(total))) = offer.total() else { return Vec::new() };
        totals.push((total, papers.bid, fact));
    }
    totals.sort_by_key(|(total, bid, _)| (*total, *bid));
    let Some(((lowest, bid, fact), others)) = totals.split_first() else { return Vec::new() };
    let out = evaluated.outcome(*bid).is_some_and(is_disqualified);
    let qualified = evaluated.qualified();
    let dearer = others.iter().find(|(total, other, _)| total > lowest && qualified.contains(other));
    let tied = others.iter().any(|(total, _, _)| total == lowest);
    let (true, false, Some((price, winner, winner_fact))) = (out, tied, dearer) else { return Vec::new() };
    let mut evidence = vec![fact.evidence.clone(), winner_fact.evidence.clone()];
    for piece in evaluated.against(*bid) {
        put_once(&mut evidence, piece);
    }
    let values = [
        ("a", evaluated.name(*bid)),
        ("precio", &Money(*lowest).spanish()),
        ("b", evaluated.name(*winner)),
        ("precio_b", &Money(*price).spanish()),
    ];
    let mut bids = vec![*bid, *winner];
    bids.sort();
    vec![Flag::new(CODE, "mas_baja", Severity::Warning, bids, &values, evidence)]
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::Course;
    use crate::sample::{Sample, bid, detect_in_course};
    use cotejo_domain::Outcome;

    fn told<const N: usize>(totals: [Option<&str>; N], outcomes: [Outcome; N]) -> Vec<String> {
        let bids: Vec<Sample> = totals
            .into_iter()
            .zip([("1790012344001", "Uno S.A."), ("0990054321001", "Dos S.A."), ("1710034065001", "Tres")])
            .map(|(total, (ruc, name))| {
                let sample = Sample::new(ruc, name);
                match total {
                    Some(total) => sample.total("FUO_1_5_CANT", total),
                    None => sample,
                }
            })
            .collect();
        let outcomes: Vec<_> = (1..).map(bid).zip(outcomes).collect();
        let course = Course { outcomes: &outcomes, ..Course::default() };
        let flags = detect_in_course(&bids, course).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| flag.text).collect()
    }

    #[test]
    fn the_lowest_that_is_put_out_is_told_with_both_prices() {
        use Outcome::{Calificada, NoCalificada, Retirada};
        let told_of = told([Some("100.00"), Some("120.00")], [NoCalificada, Calificada]);
        assert_eq!(told_of.len(), 1);
        assert!(told_of[0].contains("100,00") && told_of[0].contains("120,00"), "{}", told_of[0]);
        assert!(told([Some("100.00"), Some("120.00")], [Calificada, NoCalificada]).is_empty());
        assert!(told([Some("100.00"), Some("120.00")], [Retirada, Calificada]).is_empty());
        let withdrawn = [NoCalificada, Calificada, Retirada];
        assert_eq!(
            told([Some("100.00"), Some("120.00"), Some("90.00")], withdrawn).len(),
            1,
            "who withdrew is not the lowest"
        );
        assert!(told([Some("100.00"), None], [NoCalificada, Calificada]).is_empty(), "it is not known");
        assert!(told([Some("100.00"), Some("100")], [NoCalificada, Calificada]).is_empty(), "a tie");
    }
}

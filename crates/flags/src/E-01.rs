//! E-01: one bid in the lot.

use crate::course::Evaluated;
use crate::input::Flag;
use cotejo_domain::Severity;

pub(crate) const CODE: &str = "E-01";

pub(crate) fn detect(evaluated: &Evaluated<'_>) -> Vec<Flag> {
    // Before persons evaluate, the others may only not be imported yet.
    let begun = !evaluated.course.rulings.is_empty() || !evaluated.course.outcomes.is_empty();
    match evaluated.lot.bids.as_slice() {
        [only] if begun => {
            let values = [("a", only.bidder.name.as_str())];
            vec![Flag::new(CODE, "unica", Severity::Info, vec![only.bid], &values, Vec::new())]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::Course;
    use crate::sample::{Sample, bid, detect_in_course};
    use cotejo_domain::Outcome;

    #[test]
    fn one_bid_is_told_once_persons_evaluate_it_and_not_while_bids_come_in() {
        let one = || Sample::new("1790012344001", "Uno S.A.");
        let outcomes = [(bid(1), Outcome::Calificada)];
        let course = Course { outcomes: &outcomes, ..Course::default() };
        let codes = |samples: &[Sample], course| {
            detect_in_course(samples, course).into_iter().map(|flag| flag.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&[one()], course), ["E-01"]);
        assert!(codes(&[one()], Course::default()).is_empty());
        assert!(codes(&[one(), Sample::new("0990054321001", "Dos S.A.")], course).is_empty());
    }
}

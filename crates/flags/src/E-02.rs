//! E-02: one bid is left after others were put out.

use crate::course::Evaluated;
use crate::input::Flag;
use crate::lot::put_once;
use cotejo_domain::Severity;

pub(crate) const CODE: &str = "E-02";

pub(crate) fn detect(evaluated: &Evaluated<'_>) -> Vec<Flag> {
    let Some(out) = evaluated.disqualified() else { return Vec::new() };
    let [left] = evaluated.qualified()[..] else { return Vec::new() };
    if out.is_empty() {
        return Vec::new();
    }
    let mut evidence = Vec::new();
    for piece in out.iter().flat_map(|bid| evaluated.against(*bid)) {
        put_once(&mut evidence, piece);
    }
    let names: Vec<&str> = out.iter().map(|bid| evaluated.name(*bid)).collect();
    let (names, count) = (names.join("; "), out.len().to_string());
    let values = [("a", evaluated.name(left)), ("fuera", names.as_str()), ("numero", count.as_str())];
    let mut bids = out;
    bids.push(left);
    bids.sort();
    vec![Flag::new(CODE, "unico_calificado", Severity::Warning, bids, &values, evidence)]
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::Course;
    use crate::sample::{Sample, bid, detect_in_course};
    use cotejo_domain::Outcome;

    fn told(outcomes: [Outcome; 3]) -> usize {
        let bids = [
            Sample::new("1790012344001", "Uno S.A."),
            Sample::new("0990054321001", "Dos S.A."),
            Sample::new("0190012343001", "Tres S.A."),
        ];
        let outcomes: Vec<_> = (1..).map(bid).zip(outcomes).collect();
        let course = Course { outcomes: &outcomes, ..Course::default() };
        detect_in_course(&bids, course).iter().filter(|flag| flag.code == CODE).count()
    }

    #[test]
    fn one_left_of_three_is_told_and_withdrawals_and_open_bids_put_nobody_out() {
        use Outcome::{Calificada, NoCalificada, Pendiente, Retirada};
        let rejected = || Outcome::Rechazada { cause: "no convalidado".into() };
        assert_eq!(told([Calificada, NoCalificada, rejected()]), 1);
        assert_eq!(told([Calificada, NoCalificada, Retirada]), 1);
        assert_eq!(told([Calificada, Retirada, Retirada]), 0, "nobody put them out");
        assert_eq!(told([Calificada, NoCalificada, Pendiente]), 0, "not over yet");
        assert_eq!(told([Calificada, Calificada, NoCalificada]), 0);
        assert_eq!(told([NoCalificada, NoCalificada, NoCalificada]), 0);
    }
}

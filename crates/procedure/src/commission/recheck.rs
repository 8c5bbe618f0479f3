//! A random sample of accepted proposals that a second member checks again, and how far the two agree.
//!
//! The draw is a function of the seed alone: whoever has seed and list draws the same with `sha256sum`. The seed comes from the source of
//! randomness and is drawn once.

use cotejo_domain::course::{SampleChecked, SampleDrawn};
use cotejo_domain::{DecisionId, FileHash, MemberId, Verdict};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// Returns how many of `population` a percent asks for: rounded up, one at least where there is anything to check.
#[must_use]
pub fn size(population: usize, percent: Decimal) -> usize {
    if population == 0 || percent <= Decimal::ZERO {
        return 0;
    }
    let wanted = (Decimal::from(population) * percent / Decimal::ONE_HUNDRED).ceil();
    usize::try_from(wanted).unwrap_or(population).clamp(1, population)
}

/// Draws: sorts by the SHA-256 of `seed:decision` and takes the first. The order of `population` does not matter.
#[must_use]
pub fn draw(seed: &str, population: &[DecisionId], size: usize) -> Vec<DecisionId> {
    let mut keyed: Vec<(FileHash, DecisionId)> =
        population.iter().map(|id| (FileHash::of(format!("{seed}:{id}").as_bytes()), *id)).collect();
    keyed.sort();
    keyed.dedup();
    keyed.into_iter().take(size).map(|(_, id)| id).collect()
}

/// Tells how far first and second member agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MeasuredAgreement {
    /// Cells in the sample.
    pub drawn: usize,
    /// Of them checked by a second member.
    pub checked: usize,
    /// Of those alike.
    pub alike: usize,
    /// Percent alike, one decimal; `None` while nothing was checked.
    pub percent: Option<Decimal>,
    /// Cohen's kappa, two decimals; `None` where it is not defined: nothing checked, or both say one and the same everywhere.
    pub kappa: Option<Decimal>,
}

/// One cell checked by two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What the first member decided.
    pub first: Verdict,
    /// What the second says.
    pub second: Verdict,
}

/// Measures agreement (Cohen 1960, without weights).
#[must_use]
pub fn measure(drawn: usize, pairs: &[Pair]) -> MeasuredAgreement {
    let checked = pairs.len();
    let alike = pairs.iter().filter(|pair| pair.first == pair.second).count();
    let number = |count: usize| Decimal::from(count);
    let half_up =
        |value: Decimal, digits| value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    let percent = (checked > 0).then(|| half_up(number(alike) * Decimal::ONE_HUNDRED / number(checked), 1));
    const VERDICTS: [Verdict; 5] =
        [Verdict::Cumple, Verdict::NoCumple, Verdict::AConvalidar, Verdict::NoAplica, Verdict::Pendiente];
    let by_chance: usize = VERDICTS
        .iter()
        .map(|verdict| {
            let first = pairs.iter().filter(|pair| pair.first == *verdict).count();
            first * pairs.iter().filter(|pair| pair.second == *verdict).count()
        })
        .sum();
    // (p_o − p_e) / (1 − p_e), with both sides times n².
    let square = checked * checked;
    let kappa = (checked > 0 && square != by_chance).then(|| {
        half_up((number(alike * checked) - number(by_chance)) / (number(square) - number(by_chance)), 2)
    });
    MeasuredAgreement { drawn, checked, alike, percent, kappa }
}

/// Tells why a check of the sample cannot be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    /// The cell is not in the sample.
    #[error("the cell is not in the sample")]
    NotDrawn,
    /// Whoever accepted the proposal does not check it.
    #[error("who accepted the proposal cannot be the second")]
    SameMember,
    /// No verdict, or *pendiente*.
    #[error("a check needs a verdict")]
    NoVerdict,
}

impl CheckFault {
    /// Returns the key of the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotDrawn => "commission.sample.not_drawn",
            Self::SameMember => "commission.sample.same_member",
            Self::NoVerdict => "commission.sample.no_verdict",
        }
    }
}

/// Checks that a second member may say something of a decision of the sample.
///
/// # Errors
/// The first fault.
pub fn check(
    sample: &SampleDrawn,
    decision: DecisionId,
    by: MemberId,
    verdict: Verdict,
) -> Result<(), CheckFault> {
    let Some(cell) = sample.cells.iter().find(|cell| cell.decision == decision) else {
        return Err(CheckFault::NotDrawn);
    };
    if cell.member == by {
        return Err(CheckFault::SameMember);
    }
    if verdict == Verdict::Pendiente { Err(CheckFault::NoVerdict) } else { Ok(()) }
}

/// Pairs what the first members decided with what the second say; of a cell that several checked the first check counts.
#[must_use]
pub fn pairs(
    sample: &SampleDrawn,
    checks: &[SampleChecked],
    decided: impl Fn(DecisionId) -> Option<Verdict>,
) -> Vec<Pair> {
    let of = |decision: DecisionId| {
        let mut own = checks.iter().filter(|one| one.number == sample.number && one.decision == decision);
        own.find_map(|one| one.verdict)
    };
    let pair = |decision: DecisionId| Some(Pair { first: decided(decision)?, second: of(decision)? });
    sample.cells.iter().filter_map(|cell| pair(cell.decision)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::agreement::tests::member;
    use cotejo_domain::course::SampledCell;
    use cotejo_domain::{ActorId, BidId, LotId, RequirementId};
    use uuid::Uuid;

    fn ids(count: u128) -> Vec<DecisionId> {
        (1..=count).map(|number| DecisionId(Uuid::from_u128(number))).collect()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn the_size_is_rounded_up_and_never_nothing() {
        assert_eq!(size(120, decimal("5")), 6);
        assert_eq!(size(121, decimal("5")), 7);
        assert_eq!(size(3, decimal("5")), 1);
        assert_eq!((size(0, decimal("5")), size(5, decimal("0")), size(5, decimal("250"))), (0, 0, 5));
    }

    #[test]
    fn the_same_seed_draws_the_same_whatever_the_order_and_another_seed_another() {
        let population = ids(200);
        let mut turned = population.clone();
        turned.reverse();
        let seed = "ab".repeat(32);
        assert_eq!(draw(&seed, &population, 10), draw(&seed, &turned, 10));
        assert_ne!(draw(&seed, &population, 10), draw(&"cd".repeat(32), &population, 10));
        assert_eq!(draw(&seed, &ids(3), 10).len(), 3, "no more than there is");
    }

    #[test]
    fn every_decision_is_drawn_about_as_often_as_any_other() {
        let population = ids(20);
        let mut times = vec![0_u32; 20];
        for number in 0..2000_u32 {
            let seed = FileHash::of(&number.to_be_bytes()).to_string();
            for id in draw(&seed, &population, 5) {
                times[usize::try_from(id.0.as_u128()).expect("small") - 1] += 1;
            }
        }
        assert!(times.iter().all(|count| (400..=600).contains(count)), "500 expected of each: {times:?}");
    }

    #[test]
    fn kappa_is_that_of_the_textbook_example() {
        // Two raters, 50 cases: 20 both yes, 5 yes/no, 10 no/yes, 15 both no; kappa 0.40.
        use Verdict::{Cumple, NoCumple};
        let pair = |first, second, times| std::iter::repeat_n(Pair { first, second }, times);
        let pairs: Vec<Pair> = pair(Cumple, Cumple, 20)
            .chain(pair(Cumple, NoCumple, 5))
            .chain(pair(NoCumple, Cumple, 10))
            .chain(pair(NoCumple, NoCumple, 15))
            .collect();
        let found = measure(50, &pairs);
        assert_eq!((found.percent, found.kappa), (Some(decimal("70.0")), Some(decimal("0.40"))));
    }

    #[test]
    fn kappa_is_not_defined_where_both_say_one_and_the_same_everywhere() {
        let same = vec![Pair { first: Verdict::Cumple, second: Verdict::Cumple }; 8];
        let found = measure(10, &same);
        assert_eq!((found.percent, found.kappa, found.checked), (Some(decimal("100.0")), None, 8));
        assert_eq!(measure(10, &[]), MeasuredAgreement { drawn: 10, ..MeasuredAgreement::default() });
    }

    #[test]
    fn attack_a_member_checks_what_the_same_member_accepted() {
        let cell = SampledCell {
            lot: LotId(Uuid::from_u128(1)),
            requirement: RequirementId("MIN-1".into()),
            bid: BidId(Uuid::from_u128(1)),
            decision: ids(1)[0],
            member: member(1),
        };
        let sample = SampleDrawn {
            number: 1,
            seed: "ab".repeat(32),
            population: 1,
            percent: "5".into(),
            percent_source: String::new(),
            cells: vec![cell],
            author: ActorId(Uuid::from_u128(1)),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let check = |decision, by, verdict| check(&sample, decision, by, verdict);
        assert_eq!(check(ids(1)[0], member(1), Verdict::Cumple), Err(CheckFault::SameMember));
        assert_eq!(check(ids(2)[1], member(2), Verdict::Cumple), Err(CheckFault::NotDrawn));
        assert_eq!(check(ids(1)[0], member(2), Verdict::Pendiente), Err(CheckFault::NoVerdict));
        assert_eq!(check(ids(1)[0], member(2), Verdict::NoCumple), Ok(()));
    }
}

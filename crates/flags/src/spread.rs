//! How far numbers lie apart: the coefficient of variation, squared, so that no root is taken and decimals stay decimals.

use rust_decimal::Decimal;

/// Returns the square of the coefficient of variation (population standard deviation over mean): n·Σx²/(Σx)² − 1, to 26 digits at least;
/// `None` for no numbers, for a mean that is not above zero, and where it does not fit.
pub(crate) fn variation_squared(numbers: &[Decimal]) -> Option<Decimal> {
    let (mut sum, mut squares) = (Decimal::ZERO, Decimal::ZERO);
    for number in numbers {
        sum = sum.checked_add(*number)?;
        squares = squares.checked_add(number.checked_mul(*number)?)?;
    }
    if sum <= Decimal::ZERO {
        return None;
    }
    let over = squares.checked_mul(Decimal::from(numbers.len()))?.checked_div(sum)?.checked_div(sum)?;
    over.checked_sub(Decimal::ONE).map(|square| square.max(Decimal::ZERO))
}

/// Tells whether the coefficient of variation is below `limit`.
pub(crate) fn varies_less(numbers: &[Decimal], limit: Decimal) -> bool {
    let square = limit.checked_mul(limit);
    variation_squared(numbers).zip(square).is_some_and(|(found, square)| found < square)
}

/// Returns the middle number, between the two middle ones where their count is even; `None` for none.
pub(crate) fn median(numbers: &[Decimal]) -> Option<Decimal> {
    let mut sorted = numbers.to_vec();
    sorted.sort();
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    lower.checked_add(upper)?.checked_div(Decimal::TWO)
}

/// Writes a share as a percentage with up to two decimals: `0.0312` is `3,12`.
pub(crate) fn percent(share: Decimal) -> String {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX);
    percent.round_dp(2).normalize().to_string().replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<Decimal> {
        text.split(' ').map(|number| number.parse().expect("a number")).collect()
    }

    #[test]
    fn the_coefficient_is_that_of_the_population_and_its_limit_is_not_below() {
        // Mean 100, deviations 2 and -2: 2 %.
        assert!(!varies_less(&numbers("98 102"), "0.02".parse().expect("a number")));
        assert!(varies_less(&numbers("98 102"), "0.0201".parse().expect("a number")));
        assert!(!varies_less(&[], Decimal::ONE));
        assert!(!varies_less(&numbers("0 0"), Decimal::ONE));
        let large = numbers("79228162514264337593543950335 79228162514264337593543950335");
        assert!(!varies_less(&large, Decimal::ONE), "what does not fit is not known, and no panic");
    }

    #[test]
    fn the_middle_of_an_even_count_lies_between_two() {
        assert_eq!(median(&numbers("4 1 3")), Some(Decimal::from(3)));
        assert_eq!(median(&numbers("4 1")), Some(Decimal::new(25, 1)));
        assert_eq!(median(&[]), None);
    }
}

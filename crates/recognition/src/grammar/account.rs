//! Numbers of bank accounts: figures, in groups or not. Banks have no common check digit.

use super::{Found, pattern, ranges};
use crate::layout::Folded;
use cotejo_domain::{CheckDigit, Ruc};

pattern!(FIGURES, r"\d(?:[ -]?\d){4,21}");

/// Reads the account at a place that a label names: its figures only. A place with two numbers is not decided.
#[must_use]
pub fn read(text: &Folded) -> Option<Found<String>> {
    let mut found = ranges(&FIGURES, text.ascii())
        .into_iter()
        .map(|range| (text.slice(range.clone()).replace([' ', '-'], ""), range))
        .filter(|(digits, range)| {
            (6..=20).contains(&digits.len())
                && !is_taxpayer(digits)
                && !glued(text, range.end)
                && !letter_beside(text, range)
        });
    let (value, range) = found.next()?;
    found.next().is_none().then_some(Found { range, value, certainty: 0.95 })
}

fn is_taxpayer(digits: &str) -> bool {
    Ruc::parse(digits).is_ok_and(|ruc| ruc.check_digit() == CheckDigit::Agrees && digits.ends_with("001"))
}

/// A scan may have put letters for some of the figures: the rest of them is no account.
fn letter_beside(text: &Folded, range: &std::ops::Range<usize>) -> bool {
    let letter = |index: Option<usize>| {
        index.and_then(|index| text.ascii().as_bytes().get(index)).is_some_and(u8::is_ascii_alphabetic)
    };
    letter(range.start.checked_sub(1)) || letter(Some(range.end))
}

fn glued(text: &Folded, end: usize) -> bool {
    text.slice(end..end + 2).starts_with(['/', ',', '.'])
        && text.slice(end + 1..end + 2).bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_figures_and_no_taxpayer_s_number() {
        let read_as = |text: &str| read(&Folded::new(text)).map(|found| found.value);
        assert_eq!(read_as("No. 2200-123456-7"), Some("22001234567".into()));
        assert_eq!(read_as("ahorros 4012345678"), Some("4012345678".into()));
        assert_eq!(read_as("RUC 1790011674001"), None, "a taxpayer");
        assert_eq!(read_as("4012345678 y 4087654321"), None, "two of them: not decided");
        assert_eq!(read_as("12.345,67"), None, "money");
    }
}

//! Numbers as authors write them, and identifiers whose check digits agree but that belong to nobody.

use crate::random::Random;
use cotejo_domain::{Cedula, CheckDigit, Ruc};
use rust_decimal::Decimal;

/// Tells how an author writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `1.234,56`
    Comma,
    /// `1,234.56`
    Point,
    /// `1234.56`
    Bare,
}

impl Notation {
    pub(crate) fn draw(random: &mut Random) -> Self {
        [Self::Comma, Self::Point, Self::Comma, Self::Point, Self::Bare][random.index(5)]
    }

    /// Writes a number that is not negative with two decimals.
    pub(crate) fn write(self, value: Decimal) -> String {
        let text = format!("{value:.2}");
        let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
        let (group, point) = match self {
            Self::Comma => (".", ","),
            Self::Point => (",", "."),
            Self::Bare => ("", "."),
        };
        let mut written = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                written.push_str(group);
            }
            written.push(digit);
        }
        format!("{written}{point}{cents}")
    }
}

/// Draws an amount between one and `greatest`, mostly small ones.
pub(crate) fn amount(random: &mut Random, greatest: u64) -> Decimal {
    let share = random.unit() * random.unit();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a draw"
    )]
    let whole = (share * greatest as f64) as u64 + 1;
    Decimal::new(i64::try_from(whole * 100 + random.between(0, 99)).unwrap_or(100), 2)
}

/// Draws a person's number.
pub(crate) fn cedula(random: &mut Random) -> String {
    loop {
        let text = format!("{:02}{}{}", random.between(1, 24), random.between(0, 5), digits(7, random));
        if Cedula::parse(&text).is_ok_and(|cedula| cedula.check_digit() == CheckDigit::Agrees) {
            return text;
        }
    }
}

/// Draws a company's number.
pub(crate) fn ruc(random: &mut Random) -> String {
    loop {
        let text = format!("{:02}9{}001", random.between(1, 24), digits(7, random));
        if Ruc::parse(&text).is_ok_and(|ruc| ruc.check_digit() == CheckDigit::Agrees) {
            return text;
        }
    }
}

/// Draws an access key of the tax office: date, kind, issuer, series, sequence, code and check digit (modulus 11).
pub(crate) fn access_key(date: jiff::civil::Date, issuer: &str, random: &mut Random) -> String {
    let body = format!(
        "{:02}{:02}{:04}01{issuer}2001001{}{}1",
        date.day(),
        date.month(),
        date.year(),
        digits(9, random),
        digits(8, random)
    );
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| u32::from(digit - b'0') * (u32::try_from(index % 6).unwrap_or(0) + 2))
        .sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        digit => digit,
    };
    format!("{body}{check}")
}

/// Draws digits.
pub(crate) fn digits(count: usize, random: &mut Random) -> String {
    (0..count).map(|_| char::from(b'0' + u8::try_from(random.between(0, 9)).unwrap_or(0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_each_notation() {
        let value = Decimal::new(123_456_789, 2);
        assert_eq!(Notation::Comma.write(value), "1.234.567,89");
        assert_eq!(Notation::Point.write(value), "1,234,567.89");
        assert_eq!(Notation::Bare.write(value), "1234567.89");
        assert_eq!(Notation::Comma.write(Decimal::new(5, 0)), "5,00");
    }

    #[test]
    fn an_access_key_has_49_digits() {
        let mut random = Random::new(4);
        let issuer = ruc(&mut random);
        assert_eq!(access_key(jiff::civil::date(2025, 3, 1), &issuer, &mut random).len(), 49);
    }
}

//! Amounts, words and dates as bidders write them: each author keeps a notation.

use cotejo_domain::spanish::{month_name, number_before_noun, number_in_words};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// Tells how an author writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notation {
    /// `1.234,56`
    Comma,
    /// `1,234.56`
    Point,
    /// `1234.56`
    Bare,
}

/// Rounds half up to cents.
#[must_use]
pub(crate) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

impl Notation {
    /// Writes a number with this many decimals.
    #[must_use]
    pub(crate) fn number(self, value: Decimal, decimals: u32) -> String {
        let text = format!(
            "{:.*}",
            decimals as usize,
            value.abs().round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
        );
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let (group, point) = match self {
            Self::Comma => (".", ","),
            Self::Point => (",", "."),
            Self::Bare => ("", "."),
        };
        let mut out = String::new();
        if value.is_sign_negative() && !value.is_zero() {
            out.push('-');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                out.push_str(group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(point);
            out.push_str(fraction);
        }
        out
    }
}

/// Tells how an author writes an amount in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WordsHabit {
    /// `Doce mil con 20/100 dólares de los Estados Unidos de América`
    Sentence,
    /// `DOCE MIL CON 20/100 DÓLARES …`
    Capitals,
    /// `Doce Mil con 20/100 Dólares …`
    Titles,
    /// `doce mil dólares de los Estados Unidos de América con veinte centavos`
    Spelled,
}

impl WordsHabit {
    /// Writes an amount of dollars in words.
    #[must_use]
    pub(crate) fn dollars(self, amount: Decimal) -> String {
        let amount = cents(amount);
        let whole = number_before_noun(amount.trunc().to_u64().unwrap_or(0));
        let fraction = (amount.fract() * Decimal::ONE_HUNDRED).to_u64().unwrap_or(0);
        match self {
            Self::Sentence => capitalised(&format!(
                "{whole} con {fraction:02}/100 dólares de los Estados Unidos de América"
            )),
            Self::Capitals => {
                format!("{whole} con {fraction:02}/100 dólares de los Estados Unidos de América")
                    .to_uppercase()
            }
            Self::Titles => {
                let words =
                    whole.split(' ').map(|word| if word == "y" { word.into() } else { capitalised(word) });
                format!(
                    "{} con {fraction:02}/100 Dólares de los Estados Unidos de América",
                    words.collect::<Vec<_>>().join(" ")
                )
            }
            Self::Spelled => {
                let tail = match fraction {
                    0 => String::new(),
                    1 => " con un centavo".into(),
                    more => format!(" con {} centavos", number_before_noun(more)),
                };
                capitalised(&format!("{whole} dólares de los Estados Unidos de América{tail}"))
            }
        }
    }
}

/// Writes the first letter in upper case.
#[must_use]
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Tells how an author writes dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DateHabit {
    /// `5 de septiembre de 2024`
    Words,
    /// `05 de septiembre del 2024`
    WordsDel,
    /// `05/09/2024`
    Slashes,
    /// `2024-09-05`
    Iso,
    /// `05-09-2024`
    Hyphens,
}

impl DateHabit {
    /// Writes a date.
    #[must_use]
    pub(crate) fn date(self, date: Date) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        let name = month_name(date);
        match self {
            Self::Words => format!("{day} de {name} de {year}"),
            Self::WordsDel => format!("{day:02} de {name} del {year}"),
            Self::Slashes => format!("{day:02}/{month:02}/{year}"),
            Self::Iso => format!("{year}-{month:02}-{day:02}"),
            Self::Hyphens => format!("{day:02}-{month:02}-{year}"),
        }
    }

    /// Writes a date as letters do, always with the name of the month.
    #[must_use]
    pub(crate) fn long(self, date: Date) -> String {
        match self {
            Self::WordsDel => self.date(date),
            _ => Self::Words.date(date),
        }
    }
}

/// Writes a date wholly in words, as notaries do: `a los cinco días del mes de septiembre de dos mil veinticuatro`.
#[must_use]
pub(crate) fn date_in_words(date: Date) -> String {
    let day = date.day();
    let month = month_name(date);
    let year = number_in_words(u64::from(date.year().unsigned_abs()));
    let days = match day {
        1 => "al primer día".to_string(),
        more => format!("a los {} días", number_before_noun(u64::from(more.unsigned_abs()))),
    };
    format!("{days} del mes de {month} de {year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations_group_and_round_half_up() {
        let value = Decimal::new(1_234_565, 3);
        assert_eq!(Notation::Comma.number(value, 2), "1.234,57", "half a cent goes up");
        assert_eq!(Notation::Point.number(value, 3), "1,234.565", "three decimals stay");
        assert_eq!(Notation::Bare.number(value, 2), "1234.57", "no groups");
    }

    #[test]
    fn words_follow_spanish() {
        assert_eq!(
            WordsHabit::Sentence.dollars(Decimal::new(1_265_020, 2)),
            "Doce mil seiscientos cincuenta con 20/100 dólares de los Estados Unidos de América"
        );
        assert_eq!(
            WordsHabit::Spelled.dollars(Decimal::new(10_101, 2)),
            "Ciento un dólares de los Estados Unidos de América con un centavo"
        );
    }

    #[test]
    fn dates_in_words_as_notaries_write_them() {
        let date = jiff::civil::date(2021, 9, 1);
        assert_eq!(date_in_words(date), "al primer día del mes de septiembre de dos mil veintiuno");
        assert_eq!(DateHabit::WordsDel.date(date), "01 de septiembre del 2021");
    }
}

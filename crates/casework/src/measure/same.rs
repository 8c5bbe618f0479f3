//! When a value that was read is the one that a person wrote down, in whatever notation each has it.

use super::notation::{day, days, number, truth};
use cotejo_domain::FactValue;

/// Tells whether what was read means what the person wrote.
pub(super) fn same(written: &str, read: &FactValue, raw: &str) -> bool {
    match read {
        FactValue::Money(_) | FactValue::Percent(_) | FactValue::Decimal(_) => {
            let canonical = number(&read.canonical());
            canonical.is_some() && number(written) == canonical
        }
        FactValue::Date(date) => day(written).as_ref() == Some(date),
        FactValue::Plazo(_) | FactValue::Termino(_) => days(written) == Some(read.canonical()),
        FactValue::Boolean(value) => truth(written) == Some(*value),
        _ => {
            let wanted = squeezed(written);
            wanted == squeezed(&read.canonical()) || wanted == squeezed(raw)
        }
    }
}

pub(super) fn squeezed(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| match letter {
            'á' | 'à' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::Money;
    use rust_decimal::Decimal;
    use std::str::FromStr;

    #[test]
    fn values_are_compared_by_what_they_mean() {
        let money = |text: &str| FactValue::Money(Money(Decimal::from_str(text).expect("a number")));
        let text = |text: &str| FactValue::Text(text.into());
        for written in ["USD 12.650,20", "12650.20", "12,650.20", "12650,2"] {
            assert!(same(written, &money("12650.20"), ""), "{written}");
        }
        assert!(same("1.234", &money("1234.00"), "") && !same("1.234", &money("1.23"), ""));
        assert!(!same("12.650,21", &money("12650.20"), "") && !same("", &money("0.00"), ""));
        let date = FactValue::Date(jiff::civil::date(2026, 1, 5));
        assert!(same("05/01/2026", &date, "") && same("2026-01-05", &date, ""));
        assert!(!same("01/05/2026", &date, ""), "day first, as in Ecuador");
        let days = FactValue::Plazo(cotejo_domain::Plazo(90));
        assert!(same("90 días", &days, "") && same("90", &days, "") && !same("90 meses", &days, ""));
        assert!(same("Peñafiel Cía. Ltda.", &text("PENAFIEL CIA LTDA"), ""));
        assert!(!same("Vialsur", &text("Vialsur S.A."), ""));
        assert!(same("sí", &FactValue::Boolean(true), "") && !same("quizá", &FactValue::Boolean(true), ""));
    }
}

//! Whatever identifies a person or company on a list: cédula, RUC or passport.

use super::{Found, identifier, pattern, ranges};
use crate::layout::Folded;
use cotejo_domain::{Cedula, Ruc};

pattern!(PASSPORT, r"\b(?:[a-z]{1,2} ?-?\d{5,9}|\d{2}[a-z]{2}\d{5})\b");

/// Says which number it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonId {
    /// A taxpayer's number.
    Ruc(Ruc),
    /// A cédula.
    Cedula(Cedula),
    /// A passport or a foreign number, capital letters and figures only.
    Foreign(String),
}

/// Reads the number of a place that a label or a column names.
#[must_use]
pub fn read(text: &Folded) -> Option<Found<PersonId>> {
    let whole = 0..text.len();
    if let Some(found) = identifier::read_ruc(text, whole.clone()) {
        return Some(Found {
            range: found.range,
            value: PersonId::Ruc(found.value),
            certainty: found.certainty,
        });
    }
    if let Some(found) = identifier::read_cedula(text, whole) {
        return Some(Found {
            range: found.range,
            value: PersonId::Cedula(found.value),
            certainty: found.certainty,
        });
    }
    let passport = ranges(&PASSPORT, text.ascii());
    let [only] = passport.as_slice() else { return None };
    let value = text.slice(only.clone()).replace([' ', '-'], "").to_ascii_uppercase();
    Some(Found { range: only.clone(), value: PersonId::Foreign(value), certainty: 0.75 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_kinds_of_number_are_told_apart() {
        let read_as = |text: &str| read(&Folded::new(text)).map(|found| found.value);
        assert!(matches!(read_as("1790011674001"), Some(PersonId::Ruc(_))));
        assert!(matches!(read_as("171003406-5"), Some(PersonId::Cedula(_))));
        assert_eq!(read_as("Pasaporte AB 1234567"), Some(PersonId::Foreign("AB1234567".into())));
        assert_eq!(read_as("Quito"), None);
        assert_eq!(read_as("51,00 %"), None);
    }

    #[test]
    fn a_check_digit_that_disagrees_warns_and_does_not_reject() {
        let found = read(&Folded::new("1710034066")).expect("still a number");
        assert!(found.certainty < 0.75, "{found:?}");
    }
}

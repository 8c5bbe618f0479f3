//! Readers of the kinds that only some papers know: plates, accounts, units, activities, access keys, and what a scan made of numbers.

use super::FieldKind;
use super::reading::Reading;
use crate::grammar::person_id::{self, PersonId};
use crate::grammar::{
    Found, access_key, account, activity, country, cpc, moment, money, plate, repair, unit, url, words,
};
use crate::layout::Folded;
use cotejo_domain::{FactValue, Percent, ProcessCode};
use rust_decimal::Decimal;
use std::ops::Range;

/// Reads a value of one of these kinds.
#[must_use]
pub fn read(kind: FieldKind, text: &Folded) -> Reading {
    match kind {
        FieldKind::PersonId => found(person_id::read(text), |id| match id {
            PersonId::Ruc(ruc) => FactValue::Ruc(ruc),
            PersonId::Cedula(cedula) => FactValue::Cedula(cedula),
            PersonId::Foreign(number) => FactValue::Text(number),
        }),
        FieldKind::Account => found(account::read(text), FactValue::Text),
        FieldKind::Plate => found(plate::read(text), FactValue::Text),
        FieldKind::Activity => only(activity::find(text), FactValue::Text),
        FieldKind::Product => only(cpc::find(text), FactValue::Text),
        FieldKind::Url => only(url::find(text), FactValue::Text),
        FieldKind::AccessKey => found(access_key::read(text), |key| FactValue::Text(key.digits)),
        FieldKind::Moment => only(moment::find(text), |moment| FactValue::Date(moment.day)),
        FieldKind::Unit => {
            let place = text.trim(0..text.len());
            match unit::read(text.slice(place.clone())) {
                Some(unit) => value(FactValue::Text(unit.into()), place, 0.95),
                None => Reading::Nothing,
            }
        }
        FieldKind::Country => {
            let place = text.trim(0..text.len());
            match country::read(text.slice(place.clone())) {
                Some(country) => value(FactValue::Text(country.into()), place, 0.97),
                None => Reading::Nothing,
            }
        }
        FieldKind::Ratio => ratio(text),
        FieldKind::Count => count(text),
        _ => Reading::Nothing,
    }
}

/// Names the reader of one of these kinds.
#[must_use]
pub fn extractor(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::PersonId => "identificacion@1",
        FieldKind::Account => "cuenta@1",
        FieldKind::Plate => "placa@1",
        FieldKind::Activity => "ciiu@1",
        FieldKind::Product => "cpc@1",
        FieldKind::Url => "enlace@1",
        FieldKind::AccessKey => "clave_acceso@1",
        FieldKind::Moment => "momento@1",
        FieldKind::Unit => "unidad@1",
        FieldKind::Country => "pais@1",
        FieldKind::Ratio => "indice@1",
        _ => "numero@1",
    }
}

/// Reads a number that a scan wrote with letters, as a proposal; the range is that of the characters that were read.
#[must_use]
pub fn repaired(kind: FieldKind, text: &Folded, expected: Option<&ProcessCode>) -> Reading {
    let numeric = matches!(
        kind,
        FieldKind::Money
            | FieldKind::Percent
            | FieldKind::Date
            | FieldKind::Year
            | FieldKind::Moment
            | FieldKind::Ratio
            | FieldKind::Duration
            | FieldKind::Account
    );
    // «SÍ» without its accent looks like «Sl» and «S1»: no other answer does.
    if matches!(kind, FieldKind::YesNo)
        && matches!(crate::layout::squeeze(text.ascii()).as_str(), "sl" | "s1")
    {
        return value(FactValue::Boolean(true), text.trim(0..text.len()), repair::CERTAINTY);
    }
    let Some(figures) = repair::figures(text).filter(|_| numeric) else { return Reading::Nothing };
    match super::reading::read_plain(kind, &figures, expected) {
        Reading::Value { value, range, certainty } => {
            Reading::Value { value, range, certainty: certainty.min(1.0) * repair::CERTAINTY }
        }
        // An amount that was repaired and has two readings besides is nothing that anybody could confirm.
        Reading::Undecided { .. } | Reading::Nothing => Reading::Nothing,
    }
}

/// Reads a share that its label or column calls one: the sign may be missing, but then nothing else may stand there.
#[must_use]
pub fn bare_share(text: &Folded) -> Reading {
    let Some(found) = money::read(text, 0..text.len()).filter(|found| !found.value.currency) else {
        return Reading::Nothing;
    };
    let hundred = Decimal::ONE_HUNDRED;
    match found.value.number.confirmed_by(|number| number <= hundred) {
        Some(share) => value(FactValue::Percent(Percent(share.normalize())), found.range, 0.9),
        None => Reading::Nothing,
    }
}

fn value(value: FactValue, range: Range<usize>, certainty: f64) -> Reading {
    Reading::Value { value, range, certainty }
}

fn found<T>(found: Option<Found<T>>, wrap: impl Fn(T) -> FactValue) -> Reading {
    found.map_or(Reading::Nothing, |found| value(wrap(found.value), found.range, found.certainty))
}

/// Takes a value only where the others that stand there say the same.
fn only<T: PartialEq + Clone>(list: Vec<Found<T>>, wrap: impl Fn(T) -> FactValue) -> Reading {
    match list.split_first() {
        Some((first, others)) if others.iter().all(|other| other.value == first.value) => {
            value(wrap(first.value.clone()), first.range.clone(), first.certainty)
        }
        _ => Reading::Nothing,
    }
}

/// Reads an index such as solvency: `1,45`. No such index has thousands, so that `1.250` is one and a quarter.
fn ratio(text: &Folded) -> Reading {
    let candidates: Vec<_> = match money::read(text, 0..text.len()) {
        Some(found) => vec![found],
        None => money::find(text)
            .into_iter()
            .filter(|found| !found.value.currency && text.slice(found.range.clone()).contains(['.', ',']))
            .collect(),
    };
    let [only] = candidates.as_slice() else { return Reading::Nothing };
    let (number, certainty) = match only.value.number {
        money::Number::Exact(number) => (number, 0.95),
        money::Number::Ambiguous { decimal, .. } => (decimal, 0.75),
    };
    if number >= Decimal::from(1000) {
        return Reading::Nothing;
    }
    value(FactValue::Decimal(number), only.range.clone(), certainty)
}

/// Reads a whole number: `12`, `doce (12)`.
fn count(text: &Folded) -> Reading {
    let place = text.trim(0..text.len());
    let slice = text.slice(place.clone());
    let figures: String = slice.chars().filter(char::is_ascii_digit).collect();
    let plain =
        slice.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ' || byte.is_ascii_punctuation());
    if let Some(number) =
        (plain && !figures.is_empty() && figures.len() <= 6 && !slice.contains(['.', ',', '/', '-']))
            .then(|| figures.parse::<u32>().ok())
            .flatten()
    {
        return value(FactValue::Decimal(Decimal::from(number)), place, 0.95);
    }
    match words::read_whole(slice) {
        Some(number) => value(FactValue::Decimal(Decimal::from(number)), place, 0.9),
        None => Reading::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::reading;

    fn read_as(kind: FieldKind, text: &str) -> Option<(String, f64)> {
        match reading::read(kind, &Folded::new(text), None) {
            Reading::Value { value, certainty, .. } => Some((value.canonical(), certainty)),
            _ => None,
        }
    }

    #[test]
    fn a_repaired_number_is_a_proposal_and_keeps_what_was_read() {
        let text = Folded::new("USD 1.2S0,O0");
        let Reading::Value { value, range, certainty } = reading::read(FieldKind::Money, &text, None) else {
            panic!("a proposal")
        };
        assert_eq!(value.canonical(), "1250.00");
        assert!(certainty <= repair::CERTAINTY, "never sure");
        assert_eq!(text.raw(range), "USD 1.2S0,O0", "the quote is what was read");
        assert_eq!(
            read_as(FieldKind::Money, "1.250,00"),
            Some(("1250.00".into(), 1.0)),
            "and what is right stays sure"
        );
        assert_eq!(read_as(FieldKind::Date, "2O/O4/2024").map(|(date, _)| date), Some("2024-04-20".into()));
        assert_eq!(read_as(FieldKind::Money, "1.2SO"), None, "repaired and ambiguous besides");
        assert_eq!(read_as(FieldKind::Money, "SOLO BIENES"), None);
    }

    #[test]
    fn shares_of_a_column_need_no_sign() {
        assert_eq!(read_as(FieldKind::Percent, "51,00"), Some(("51".into(), 0.9)));
        assert_eq!(read_as(FieldKind::Percent, "1.250,00"), None, "no share");
        assert_eq!(read_as(FieldKind::Percent, "USD 51,00"), None, "money");
    }

    #[test]
    fn an_index_has_no_thousands() {
        assert_eq!(read_as(FieldKind::Ratio, "1,45"), Some(("1.45".into(), 0.95)));
        assert_eq!(read_as(FieldKind::Ratio, "1.250").map(|(index, _)| index), Some("1.250".into()));
        assert_eq!(read_as(FieldKind::Ratio, "de 1,0 a 1,5"), None, "two of them are not decided");
    }

    #[test]
    fn a_count_is_a_whole_number() {
        assert_eq!(read_as(FieldKind::Count, "No. 7"), None);
        assert_eq!(read_as(FieldKind::Count, "7"), Some(("7".into(), 0.95)));
        assert_eq!(read_as(FieldKind::Count, "siete"), Some(("7".into(), 0.9)));
        assert_eq!(read_as(FieldKind::Count, "7,5"), None);
    }
}

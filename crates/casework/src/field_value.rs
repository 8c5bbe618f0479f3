//! What a person writes as the value of a field, as a value of the field's kind.

use crate::measure::notation::{day, days, number, truth};
use cotejo_domain::{Cedula, FactValue, Money, Percent, Plazo, ProcessCode, Ruc, document_type_entry};

/// Reads what a person wrote for a field of a type; `None` where it is no value of its kind.
pub(crate) fn value_of(kind: &str, field: &str, text: &str) -> Option<FactValue> {
    let text = text.trim();
    let entry = document_type_entry(kind)?.fields.iter().find(|entry| entry.name == field)?;
    if text.is_empty() {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Some(match entry.kind.as_str() {
        "ruc" => FactValue::Ruc(Ruc::parse(&digits).ok()?),
        "cedula" => FactValue::Cedula(Cedula::parse(&digits).ok()?),
        "process_code" => FactValue::ProcessCode(ProcessCode::new(text)),
        "money_usd" | "money" => FactValue::Money(Money(number(text)?)),
        "percent" => FactValue::Percent(Percent(number(text)?)),
        "decimal" | "int" => FactValue::Decimal(number(text)?),
        "date" | "datetime" => FactValue::Date(day(text)?),
        "duration" => match days(text) {
            Some(days) => FactValue::Plazo(Plazo(days.parse().ok()?)),
            None => FactValue::Text(text.to_owned()),
        },
        "bool" => FactValue::Boolean(truth(text)?),
        "email" => FactValue::Email(text.contains('@').then(|| text.to_lowercase())?),
        _ => FactValue::Text(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_writes_is_taken_by_the_fields_kind_or_not_at_all() {
        let canonical =
            |kind: &str, field: &str, text: &str| value_of(kind, field, text).map(|value| value.canonical());
        assert_eq!(canonical("FUO_1_2", "ruc", "179 000 0001 001"), Some("1790000001001".into()));
        assert_eq!(canonical("FUO_1_2", "ruc", "no tiene"), None);
        assert_eq!(canonical("POLIZA", "monto", "USD 1.234,50"), Some("1234.50".into()));
        assert_eq!(canonical("POLIZA", "monto", "mil"), None);
        assert_eq!(canonical("POLIZA", "desde", "05/01/2026"), Some("2026-01-05".into()));
        assert_eq!(
            canonical("POLIZA", "emisor", "  Seguros   de Ejemplo "),
            Some("Seguros de Ejemplo".into())
        );
        assert_eq!(canonical("POLIZA", "color", "rojo"), None);
    }
}

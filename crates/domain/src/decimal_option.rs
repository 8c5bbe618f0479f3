//! Optional decimals as strings. `rust_decimal::serde::str_option` cannot read `null` back inside tagged enums, where serde
//! buffers the value; every frame and every event is one.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes `"1.20"` or `null`.
pub(crate) fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// Reads what [`serialize`] writes.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

#[cfg(test)]
mod tests {
    use crate::Subject;

    #[test]
    fn a_missing_decimal_in_a_tagged_enum_comes_back() {
        for threshold in [None, Some("1.20".parse().expect("a decimal"))] {
            let subject = Subject::FinancialIndex { name: "Solvencia".into(), threshold };
            let text = serde_json::to_string(&subject).expect("writes");
            assert_eq!(serde_json::from_str::<Subject>(&text).expect("reads"), subject, "{text}");
        }
    }
}

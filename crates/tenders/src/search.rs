//! Rows of the search.

use crate::TenderError;
use crate::release::{code_of, decimal};
use cotejo_domain::{Money, ProcessCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Describes one process that was found. Many fields are often missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRow {
    /// Identifier in the open data; asks for the record.
    pub ocid: String,
    /// Process code, taken out of the ocid.
    pub code: Option<ProcessCode>,
    /// What is bought.
    pub description: Option<String>,
    /// Who buys.
    pub buyer: Option<String>,
    /// Kind of procedure in SERCOP's words.
    pub method: Option<String>,
    /// Year of the open data it stands in.
    pub year: Option<u16>,
    /// Names of the suppliers, joined by commas as SERCOP joins them: names hold commas too, so they are not taken apart.
    pub suppliers: Option<String>,
    /// Province.
    pub region: Option<String>,
    /// When it was published.
    pub published_at: Option<jiff::Timestamp>,
    /// Presupuesto referencial.
    pub budget: Option<Money>,
    /// Awarded amount; SERCOP writes zero when there is none.
    pub awarded: Option<Money>,
}

/// Holds one page of a search: ten rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// Rows in all.
    pub total: u64,
    /// This page, from 1.
    pub page: u32,
    /// Pages in all.
    pub pages: u32,
    /// The rows.
    pub rows: Vec<SearchRow>,
}

/// Reads a page.
pub(crate) fn page(value: &Value) -> Result<SearchPage, TenderError> {
    let shape = |field: &str| TenderError::Shape { detail: field.into() };
    let number = |key: &str| value.get(key).and_then(Value::as_u64).ok_or_else(|| shape(key));
    let rows = value.get("data").and_then(Value::as_array).ok_or_else(|| shape("data"))?;
    Ok(SearchPage {
        total: number("total")?,
        page: u32::try_from(number("page")?).map_err(|_| shape("page"))?,
        pages: u32::try_from(number("pages")?).map_err(|_| shape("pages"))?,
        rows: rows.iter().map(row).collect::<Option<_>>().ok_or_else(|| shape("ocid"))?,
    })
}

/// A number in JSON, text in CSV.
fn year(value: &Value) -> Option<u16> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    u16::try_from(number).ok()
}

pub(crate) fn row(value: &Value) -> Option<SearchRow> {
    let text =
        |key: &str| value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let money = |key: &str| value.get(key).and_then(decimal).map(|amount| Money(amount.normalize()));
    let ocid = text("ocid")?.to_owned();
    Some(SearchRow {
        code: code_of(&ocid),
        ocid,
        description: text("description").map(str::to_owned),
        buyer: text("buyer").map(str::to_owned),
        method: text("internal_type").map(str::to_owned),
        year: value.get("year").and_then(year),
        suppliers: text("suppliers").map(str::to_owned),
        region: text("region").map(str::to_owned),
        published_at: text("date").and_then(|date| date.parse().ok()),
        budget: money("budget"),
        awarded: money("amount").filter(|amount| !amount.0.is_zero()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The recorded page, where it is at hand.
    #[test]
    fn the_recorded_page_is_read() {
        let shared = std::env::var("COTEJO_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
        let path = std::path::Path::new(&shared).join("government/sercop/search-2015-agua-page-1.json");
        let Ok(bytes) = std::fs::read(path) else {
            println!("skipped: no recorded search of SERCOP");
            return;
        };
        let found = page(&serde_json::from_slice(&bytes).expect("JSON")).expect("reads");
        assert_eq!((found.rows.len(), found.page), (10, 1));
        assert!(found.total > 10 && u64::from(found.pages) == found.total.div_ceil(10));
        assert!(found.rows.iter().all(|row| row.code.is_some() && row.published_at.is_some()));
        assert!(found.rows.iter().any(|row| row.awarded.is_some()));
    }
}

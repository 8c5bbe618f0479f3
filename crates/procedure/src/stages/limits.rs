//! What a value of the pack says of how long a stage lasts: numbers, ranges, tables by budget, tables whose brackets were not seen.

use super::plan::{LimitForm, LimitKind};
use cotejo_domain::Process;
use cotejo_rules::{Answer, RulePack};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

/// Names what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days: a *término*.
    Termino,
    /// Working days, taken so because the source says only *días* (COA 158: a term in days is a *término*).
    Dias,
    /// Minutes.
    Minutes,
}

/// Holds what a value says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Limit {
    /// At least and at most.
    Fixed {
        /// At least.
        min: Option<u32>,
        /// At most.
        max: Option<u32>,
    },
    /// At least: two readings of the norm differ.
    Disputed {
        /// At least, by the one.
        min: u32,
        /// At least, by the other.
        other: u32,
    },
    /// A table whose brackets nobody saw: only what lies outside of all of them can be judged.
    Brackets {
        /// The least that any bracket asks.
        least: u32,
        /// The most that any bracket asks as a minimum.
        most: u32,
        /// The longest that any bracket allows, where it limits that.
        longest: Option<u32>,
    },
}

/// Holds a limit of the norm with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NormLimit {
    /// Key of the value in the pack.
    pub parameter: String,
    /// What it says; `None` where a person has to be asked.
    pub limit: Option<Limit>,
    /// What is counted.
    pub unit: Unit,
    /// Where it was read; empty where nothing was.
    pub source: String,
    /// True when nobody verified it, or it looks wrong in its source.
    pub unverified: bool,
}

/// Reads the limit that a stage names.
pub(super) fn limit_of(pack: &RulePack, process: &Process, form: &LimitForm) -> NormLimit {
    let unit_of = |stated: Option<&str>| match form.unit.as_deref().or(stated) {
        Some("minutos") => Unit::Minutes,
        Some("dias_termino" | "dias_habiles") => Unit::Termino,
        _ => Unit::Dias,
    };
    match pack.settle::<Value>(&form.value, None, process.started) {
        Answer::Known(value) => {
            let budget = process.budget.map(|budget| budget.0);
            let part = form.field.as_ref().map_or(Some(&value.value), |field| value.value.get(field));
            NormLimit {
                parameter: form.value.clone(),
                limit: part.and_then(|part| read(part, form.kind, budget)),
                unit: unit_of(value.unit.as_deref()),
                unverified: value.marked(),
                source: value.source,
            }
        }
        Answer::Ask { parameter } => NormLimit {
            parameter,
            limit: None,
            unit: unit_of(None),
            source: String::new(),
            unverified: false,
        },
    }
}

fn read(value: &Value, kind: LimitKind, budget: Option<Decimal>) -> Option<Limit> {
    if let Some(number) = whole(value) {
        return Some(match kind {
            LimitKind::Max | LimitKind::Publish => Limit::Fixed { min: None, max: Some(number) },
            LimitKind::Offset | LimitKind::Between => Limit::Fixed { min: Some(number), max: Some(number) },
            LimitKind::Min | LimitKind::NotBefore => Limit::Fixed { min: Some(number), max: None },
        });
    }
    if let Some(fields) = value.as_object() {
        let (min, max) = (fields.get("min").and_then(whole), fields.get("max").and_then(whole));
        return (min.is_some() || max.is_some()).then_some(Limit::Fixed { min, max });
    }
    let rows = value.as_array()?;
    if rows.iter().all(|row| row.get("days").is_some()) {
        let budget = budget?;
        let row = rows.iter().find(|row| within(row, budget))?;
        let min = row.get("days").and_then(whole)?;
        return Some(match row.get("days_alt").and_then(whole) {
            Some(other) => Limit::Disputed { min, other },
            None => Limit::Fixed { min: Some(min), max: None },
        });
    }
    let least = |row: &Value| whole(row).or_else(|| row.get("min").and_then(whole));
    let minima: Option<Vec<u32>> = rows.iter().map(least).collect();
    let minima = minima?;
    let maxima: Vec<u32> = rows.iter().filter_map(|row| row.get("max").and_then(whole)).collect();
    Some(Limit::Brackets {
        least: minima.iter().copied().min()?,
        most: minima.iter().copied().max()?,
        longest: maxima.into_iter().max(),
    })
}

fn whole(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

fn within(row: &Value, budget: Decimal) -> bool {
    let bound =
        |name: &str| row.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Decimal>().ok());
    bound("gt").is_none_or(|bound| budget > bound)
        && bound("gte").is_none_or(|bound| budget >= bound)
        && bound("lt").is_none_or(|bound| budget < bound)
        && bound("lte").is_none_or(|bound| budget <= bound)
}

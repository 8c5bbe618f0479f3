//! The calendar as data: the list of each year, suspensions by decree, local holidays by canton, and what the entity adds.
//!
//! A year whose official list is known stands in `packs/ec-calendario.json`; another is computed by the rule and unverified.

use super::holidays::{Holiday, alone, of_year};
use crate::pack::Source;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The compiled-in calendar.
pub(crate) const CALENDAR: &str = include_str!("../../packs/ec-calendario.json");

/// Says why a day does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffKind {
    /// Saturday or Sunday.
    Weekend,
    /// National holiday.
    National,
    /// Holiday of one canton.
    Local,
    /// Working day suspended by a decree or by the entity.
    Suspension,
}

/// Describes a day that does not count, with where that comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OffDay {
    /// Why.
    pub kind: OffKind,
    /// Name of the holiday or suspension; empty for a weekend.
    pub name: String,
    /// Where it was read or how it was computed; empty for a weekend.
    pub source: String,
    /// Whether it was read in the official list, or recorded by the entity.
    pub verified: bool,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// Holds a day that the entity added: a holiday of its canton, or a suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityDay {
    /// The day that does not count.
    pub day: Date,
    /// The canton it holds for; everywhere when `None`.
    pub canton: Option<String>,
    /// Name.
    pub name: String,
    /// Ordinance, decree or resolution.
    pub source: String,
    /// True for a suspension, false for a holiday.
    pub suspension: bool,
    /// Who recorded it.
    pub by: String,
    /// The day it was recorded.
    pub at: Date,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "form")]
    _form: u32,
    years: BTreeMap<String, YearForm>,
    suspensions: Vec<SuspensionForm>,
    local: Vec<LocalForm>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct YearForm {
    source: Source,
    verified: bool,
    holidays: Vec<HolidayForm>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayForm {
    name: String,
    day: Date,
    observed: Date,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SuspensionForm {
    day: Date,
    name: String,
    source: Source,
    verified: bool,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalForm {
    canton: String,
    name: String,
    /// Month and day.
    day: String,
    source: Source,
    verified: bool,
}

/// Answers which days count.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    years: BTreeMap<i16, YearForm>,
    suspensions: Vec<SuspensionForm>,
    local: Vec<LocalForm>,
    entity: Vec<EntityDay>,
}

static BUILT_IN: LazyLock<Calendar> = LazyLock::new(|| {
    // The file is compiled in and a test reads it; without it every year is computed.
    serde_json::from_str::<Form>(CALENDAR).map(Calendar::from).unwrap_or_default()
});

impl From<Form> for Calendar {
    fn from(form: Form) -> Self {
        let year = |(year, form): (String, YearForm)| Some((year.parse().ok()?, form));
        let years = form.years.into_iter().filter_map(year).collect();
        Self { years, suspensions: form.suspensions, local: form.local, entity: Vec::new() }
    }
}

impl Calendar {
    /// Returns the compiled-in calendar.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Adds what the entity recorded.
    #[must_use]
    pub fn with_entity(&self, days: &[EntityDay]) -> Self {
        Self { entity: days.to_vec(), ..self.clone() }
    }

    /// Lists the cantons whose holidays are known.
    #[must_use]
    pub fn cantons(&self) -> Vec<String> {
        let known = self.local.iter().map(|local| local.canton.clone());
        let own = self.entity.iter().filter_map(|day| day.canton.clone());
        known.chain(own).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// Returns the national holidays observed in `year`, in order; those of the neighbouring years that are observed in it are included.
    #[must_use]
    pub fn holidays(&self, year: i16) -> Vec<Holiday> {
        let mut all: Vec<Holiday> = [year.saturating_sub(1), year, year.saturating_add(1)]
            .into_iter()
            .flat_map(|year| self.of_year(year))
            .filter(|holiday| holiday.observed.year() == year)
            .collect();
        all.sort_by_key(|holiday| holiday.observed);
        all
    }

    fn of_year(&self, year: i16) -> Vec<Holiday> {
        let Some(listed) = self.years.get(&year) else { return of_year(year) };
        let holiday = |form: &HolidayForm| Holiday {
            name: form.name.clone(),
            day: form.day,
            observed: form.observed,
            verified: listed.verified,
        };
        listed.holidays.iter().map(holiday).collect()
    }

    /// Says why a day does not count in a canton; `None` for a working day.
    #[must_use]
    pub fn off(&self, day: Date, canton: Option<&str>) -> Option<OffDay> {
        use jiff::civil::Weekday::{Saturday, Sunday};
        if matches!(day.weekday(), Saturday | Sunday) {
            let (name, source) = (String::new(), String::new());
            return Some(OffDay { kind: OffKind::Weekend, name, source, verified: true, note: None });
        }
        self.national(day)
            .or_else(|| self.suspended(day, canton))
            .or_else(|| self.of_the_canton(day, canton?))
    }

    fn national(&self, day: Date) -> Option<OffDay> {
        let found = self.holidays(day.year()).into_iter().find(|holiday| holiday.observed == day)?;
        let listed = self.years.get(&found.day.year());
        let source = listed.map_or_else(
            || cotejo_catalogue::message("rules.calendar.computed", &[]),
            |listed| listed.source.cite(),
        );
        let moved = found.day != found.observed;
        let note = moved
            .then(|| cotejo_catalogue::message("rules.calendar.moved", &[("fecha", &found.day.to_string())]));
        Some(OffDay { kind: OffKind::National, name: found.name, source, verified: found.verified, note })
    }

    fn suspended(&self, day: Date, canton: Option<&str>) -> Option<OffDay> {
        if let Some(own) =
            self.entity.iter().find(|own| own.day == day && holds_in(own.canton.as_deref(), canton))
        {
            return Some(OffDay {
                kind: if own.suspension { OffKind::Suspension } else { OffKind::Local },
                name: own.name.clone(),
                source: own.source.clone(),
                verified: true,
                note: Some(cotejo_catalogue::message(
                    "rules.calendar.recorded",
                    &[("persona", &own.by), ("fecha", &own.at.to_string())],
                )),
            });
        }
        let decree = self.suspensions.iter().find(|decree| decree.day == day)?;
        Some(OffDay {
            kind: OffKind::Suspension,
            name: decree.name.clone(),
            source: decree.source.cite(),
            verified: decree.verified,
            note: decree.note.clone(),
        })
    }

    fn of_the_canton(&self, day: Date, canton: &str) -> Option<OffDay> {
        let local = self.local.iter().filter(|local| same_canton(&local.canton, canton));
        let mut observed = local.filter(|local| {
            let years = [day.year().saturating_sub(1), day.year(), day.year().saturating_add(1)];
            years.into_iter().any(|year| self.local_in(local, year) == Some(day))
        });
        let local = observed.next()?;
        Some(OffDay {
            kind: OffKind::Local,
            name: local.name.clone(),
            source: local.source.cite(),
            verified: local.verified,
            note: None,
        })
    }

    /// Returns the day a local holiday is observed in a year: the rule for a single one.
    fn local_in(&self, local: &LocalForm, year: i16) -> Option<Date> {
        let (month, day) = local.day.split_once('-')?;
        let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
        day.checked_add(alone(day.weekday()).days()).ok()
    }
}

fn holds_in(of: Option<&str>, canton: Option<&str>) -> bool {
    of.is_none_or(|of| canton.is_some_and(|canton| same_canton(of, canton)))
}

/// Compares names of cantons without case and accents.
fn same_canton(one: &str, other: &str) -> bool {
    let folded = |name: &str| crate::text::folded(name);
    folded(one) == folded(other)
}

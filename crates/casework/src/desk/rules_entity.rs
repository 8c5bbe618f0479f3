//! What the entity records about the rules: a lawyer's verification, a value of its own, the day a flag began, days of its calendar; and
//! términos over that calendar.
//!
//! Nothing recorded here changes a case that is open already: its pack is frozen with what was recorded by then.

use super::Desk;
use crate::CaseworkError;
use crate::view::{EntityDayView, RulePackContents, TermDayView, TermView};
use cotejo_domain::{Code, Termino};
use cotejo_rules::calendar::{Calendar, EntityDay, add_termino};
use cotejo_rules::{EntityRules, EntityValue, FlagSwitch, RulePack, Source, Verification};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything the entity recorded, as the profile keeps it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityBook {
    #[serde(default)]
    pub(crate) rules: EntityRules,
    #[serde(default)]
    pub(crate) days: Vec<EntityDay>,
}

/// Says what the entity puts in the place of a pack's value.
#[derive(Clone, Debug)]
pub struct EntityValueOrder<'a> {
    /// Identifier of the pack.
    pub pack: &'a str,
    /// Key of the value.
    pub key: &'a str,
    /// The value as JSON; decimals as strings.
    pub value: &'a str,
    /// Its unit; the pack's when `None`.
    pub unit: Option<&'a str>,
    /// Where it stands.
    pub source: &'a str,
    /// Why the entity departs from the pack.
    pub reason: &'a str,
    /// Who answers for it; the person at this machine when `None`.
    pub by: Option<&'a str>,
}

/// Says which day does not count.
#[derive(Clone, Debug)]
pub struct EntityDayOrder<'a> {
    /// The day.
    pub day: Date,
    /// The canton it holds for; everywhere when `None`.
    pub canton: Option<&'a str>,
    /// Name.
    pub name: &'a str,
    /// Ordinance, decree or resolution.
    pub source: &'a str,
    /// True for a suspension, false for a holiday.
    pub suspension: bool,
}

impl Desk {
    /// Records that a person read a value in its source and found it right; new cases no longer carry the mark for it.
    ///
    /// # Errors
    /// [`Code::NotFound`] when the pack has no such value; [`Code::Precondition`] without a name or a paper.
    pub async fn verify_rule(
        &self,
        pack: &str,
        key: &str,
        by: &str,
        document: &str,
    ) -> Result<RulePackContents, CaseworkError> {
        said(&[("por", by), ("documento", document)])?;
        let found = self.pack_in_use(pack).await?;
        let Some(of) = found.digest(key) else { return Err(no_such_value(pack, key)) };
        let verification = Verification {
            pack: pack.to_owned(),
            key: key.to_owned(),
            of,
            by: by.trim().to_owned(),
            at: self.today(),
            document: document.trim().to_owned(),
            withdrawn: None,
        };
        self.record(|book| book.rules.verifications.push(verification)).await?;
        self.rule_values(pack).await
    }

    /// Puts a value of the entity in the place of a pack's, for new cases. What the pliego says goes before it all the same.
    ///
    /// # Errors
    /// [`Code::NotFound`] when the pack has no such value; [`Code::Precondition`] when source, reason or a sound value is missing.
    pub async fn set_rule(&self, order: EntityValueOrder<'_>) -> Result<RulePackContents, CaseworkError> {
        said(&[("fuente", order.source), ("motivo", order.reason)])?;
        let found = self.pack_in_use(order.pack).await?;
        let Some(present) = found.raw(order.key) else { return Err(no_such_value(order.pack, order.key)) };
        let value = found.entity_value(order.key, order.value).map_err(|problems| {
            let told: Vec<String> = problems.iter().map(cotejo_rules::Problem::message).collect();
            CaseworkError::refused(Code::Precondition, "casework.rules_value", told.join(" "))
        })?;
        let by = self.who(order.by);
        let value = EntityValue {
            pack: order.pack.to_owned(),
            key: order.key.to_owned(),
            value,
            unit: order.unit.map(str::to_owned).or(present.unit),
            source: Source::of(order.source.trim()),
            reason: order.reason.trim().to_owned(),
            by,
            at: self.today(),
            withdrawn: None,
        };
        self.record(|book| book.rules.values.push(value)).await?;
        self.rule_values(order.pack).await
    }

    /// Records since when a flag of the transition holds: what SERCOP announced.
    ///
    /// # Errors
    /// [`Code::NotFound`] when the pack has no such flag; [`Code::Precondition`] without the announcement.
    pub async fn switch_flag(
        &self,
        pack: &str,
        flag: &str,
        valid_from: Date,
        source: &str,
        by: Option<&str>,
    ) -> Result<RulePackContents, CaseworkError> {
        said(&[("fuente", source)])?;
        if self.pack_in_use(pack).await?.flag(flag, None).is_none() {
            return Err(no_such_value(pack, flag));
        }
        let switch = FlagSwitch {
            pack: pack.to_owned(),
            flag: flag.to_owned(),
            valid_from,
            source: source.trim().to_owned(),
            by: self.who(by),
            at: self.today(),
            withdrawn: None,
        };
        self.record(|book| book.rules.switches.push(switch)).await?;
        self.rule_values(pack).await
    }

    /// Withdraws what the entity recorded for a key of a pack (`bandera.X` for a flag): verification, value and date alike.
    ///
    /// # Errors
    /// [`Code::NotFound`] when nothing is recorded for it.
    pub async fn withdraw_rule(
        &self,
        pack: &str,
        key: &str,
        by: Option<&str>,
    ) -> Result<RulePackContents, CaseworkError> {
        let (who, today) = (self.who(by), self.today());
        let mut book = self.entity_book().await?;
        if book.rules.withdraw(pack, key, &who, today) == 0 {
            return Err(CaseworkError::refused(Code::NotFound, "casework.rules_nothing_recorded", key));
        }
        self.keep_book(&book).await?;
        self.rule_values(pack).await
    }

    /// Counts a término from the day of a notification, with the working.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn term(&self, from: Date, days: u32, canton: Option<&str>) -> Result<TermView, CaseworkError> {
        let calendar = self.calendar().await?;
        let deadline = add_termino(from, Termino(days), &calendar, canton);
        let day = |day: cotejo_rules::calendar::CountedDay| TermDayView {
            day: day.day.to_string(),
            weekday: day.weekday,
            number: day.number,
            reason: day.reason,
            source: day.off.as_ref().map(|off| off.source.clone()).filter(|source| !source.is_empty()),
            verified: day.off.is_none_or(|off| off.verified),
        };
        Ok(TermView {
            from: deadline.from.to_string(),
            days: deadline.days_asked,
            canton: deadline.canton,
            due: deadline.due.to_string(),
            working: deadline.days.into_iter().map(day).collect(),
            verified: deadline.verified,
            remarks: deadline.remarks,
        })
    }

    /// Returns the calendar with the days that the entity added.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn calendar(&self) -> Result<Calendar, CaseworkError> {
        Ok(Calendar::built_in().with_entity(&self.entity_book().await?.days))
    }

    /// Lists the days that the entity added, in order.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn entity_days(&self) -> Result<Vec<EntityDayView>, CaseworkError> {
        let mut days = self.entity_book().await?.days;
        days.sort_by(|one, other| (one.day, &one.canton).cmp(&(other.day, &other.canton)));
        let view = |day: EntityDay| EntityDayView {
            day: day.day.to_string(),
            canton: day.canton,
            name: day.name,
            source: day.source,
            suspension: day.suspension,
            recorded: format!("{}, {}", day.by, day.at),
        };
        Ok(days.into_iter().map(view).collect())
    }

    /// Adds a day that does not count; one of the same day and canton takes the earlier one's place.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a name or a source.
    pub async fn add_entity_day(
        &self,
        order: EntityDayOrder<'_>,
    ) -> Result<Vec<EntityDayView>, CaseworkError> {
        said(&[("nombre", order.name), ("fuente", order.source)])?;
        let canton = order.canton.map(|canton| canton.trim().to_owned()).filter(|canton| !canton.is_empty());
        let day = EntityDay {
            day: order.day,
            canton,
            name: order.name.trim().to_owned(),
            source: order.source.trim().to_owned(),
            suspension: order.suspension,
            by: self.who(None),
            at: self.today(),
        };
        self.record(|book| {
            book.days.retain(|other| other.day != day.day || other.canton != day.canton);
            book.days.push(day);
        })
        .await?;
        self.entity_days().await
    }

    /// Takes a day that the entity added out again.
    ///
    /// # Errors
    /// [`Code::NotFound`] when it is not there.
    pub async fn remove_entity_day(
        &self,
        day: Date,
        canton: Option<&str>,
    ) -> Result<Vec<EntityDayView>, CaseworkError> {
        let mut book = self.entity_book().await?;
        let before = book.days.len();
        book.days.retain(|other| other.day != day || other.canton.as_deref() != canton);
        if book.days.len() == before {
            return Err(CaseworkError::refused(
                Code::NotFound,
                "casework.rules_nothing_recorded",
                day.to_string(),
            ));
        }
        self.keep_book(&book).await?;
        self.entity_days().await
    }

    async fn pack_in_use(&self, id: &str) -> Result<RulePack, CaseworkError> {
        let set = self.packs().await?;
        let found = set.by_id(id).cloned();
        found.ok_or_else(|| CaseworkError::refused(Code::NotFound, "casework.no_such_rules", id))
    }

    async fn record(&self, change: impl FnOnce(&mut EntityBook)) -> Result<(), CaseworkError> {
        let mut book = self.entity_book().await?;
        change(&mut book);
        self.keep_book(&book).await
    }

    async fn keep_book(&self, book: &EntityBook) -> Result<(), CaseworkError> {
        Ok(self.profile.set_entity_rules(&serde_json::to_string(book)?).await?)
    }

    fn who(&self, named: Option<&str>) -> String {
        let named = named.map(str::trim).filter(|name| !name.is_empty());
        named.unwrap_or(&self.actor.name).to_owned()
    }

    /// The day in continental Ecuador.
    fn today(&self) -> Date {
        super::acta_content::ECUADOR.to_datetime(self.now()).date()
    }
}

fn said(values: &[(&str, &str)]) -> Result<(), CaseworkError> {
    match values.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((name, _)) => {
            Err(CaseworkError::refused(Code::Precondition, "casework.rules_incomplete", *name))
        }
        None => Ok(()),
    }
}

fn no_such_value(pack: &str, key: &str) -> CaseworkError {
    CaseworkError::refused(Code::NotFound, "casework.no_such_rule", format!("{key} ({pack})"))
}

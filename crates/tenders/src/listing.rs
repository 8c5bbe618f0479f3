//! One process as `mercado.db` keeps it: what a search row, a release and later states of it say together.

use crate::release::{Party, Tender};
use crate::search::SearchRow;
use cotejo_domain::{Money, ProcessCode, Ruc};
use serde::{Deserialize, Serialize};

/// Tells what somebody was in a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantRole {
    /// Bid.
    Tenderer,
    /// Was awarded.
    Supplier,
}

/// Names somebody who took part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Participant {
    /// What it was.
    pub role: ParticipantRole,
    /// Taxpayer's number, where the data carry one.
    pub ruc: Option<Ruc>,
    /// Name.
    pub name: String,
}

/// Describes one process. What no source stated is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Identifier in the open data.
    pub ocid: String,
    /// Process code, taken out of the ocid.
    pub code: Option<ProcessCode>,
    /// Year.
    pub year: Option<u16>,
    /// What is bought.
    pub object: Option<String>,
    /// Who buys.
    pub buyer: Option<String>,
    /// The buyer's number.
    pub buyer_ruc: Option<Ruc>,
    /// Kind of procedure in SERCOP's words.
    pub method: Option<String>,
    /// Province.
    pub region: Option<String>,
    /// When this state was published.
    pub published_at: Option<jiff::Timestamp>,
    /// Until when bids are taken, local time.
    pub bids_due: Option<jiff::civil::DateTime>,
    /// Presupuesto referencial.
    pub budget: Option<Money>,
    /// Awarded amount, where one award states it.
    pub awarded: Option<Money>,
    /// Suppliers as a search row joins them.
    pub suppliers: Option<String>,
    /// Who took part, as far as it is published.
    pub participants: Vec<Participant>,
    /// What is bought, item by item.
    pub items: Vec<String>,
}

impl From<SearchRow> for Listing {
    fn from(row: SearchRow) -> Self {
        Self {
            ocid: row.ocid,
            code: row.code,
            year: row.year,
            object: row.description,
            buyer: row.buyer,
            buyer_ruc: None,
            method: row.method,
            region: row.region,
            published_at: row.published_at,
            bids_due: None,
            budget: row.budget,
            awarded: row.awarded,
            suppliers: row.suppliers,
            participants: Vec::new(),
            items: Vec::new(),
        }
    }
}

fn taking_part(role: ParticipantRole, party: &Party) -> Participant {
    Participant { role, ruc: party.ruc.clone(), name: party.name.clone() }
}

impl From<&Tender> for Listing {
    fn from(tender: &Tender) -> Self {
        let process = &tender.process;
        let suppliers = tender.awards.iter().flat_map(|award| &award.suppliers);
        let mut participants: Vec<Participant> = tender
            .tenderers
            .iter()
            .map(|party| taking_part(ParticipantRole::Tenderer, party))
            .chain(suppliers.map(|party| taking_part(ParticipantRole::Supplier, party)))
            .collect();
        participants.sort();
        participants.dedup();
        Self {
            ocid: tender.ocid.clone(),
            code: process.code.clone(),
            // The bulk files and searches name a year of their own; a release does not.
            year: None,
            object: process.object.clone(),
            buyer: process.entity.as_ref().map(|entity| entity.name.clone()),
            buyer_ruc: process.entity.as_ref().and_then(|entity| entity.ruc.clone()),
            method: tender.method.clone(),
            region: None,
            published_at: tender.published_at,
            bids_due: process.bids_due,
            budget: process.budget,
            // Several awards may replace each other: their sum would be invented.
            awarded: match tender.awards.as_slice() {
                [only] => only.value,
                _ => None,
            },
            suppliers: None,
            participants,
            items: tender
                .items
                .iter()
                .map(|item| item.description.clone())
                .filter(|text| !text.is_empty())
                .collect(),
        }
    }
}

fn newer_first<T>(newer: Option<T>, older: Option<T>) -> Option<T> {
    newer.or(older)
}

impl Listing {
    /// Joins what two sources say of one process: the later state wins, and what it does not state stays as it was known.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let (newer, older) =
            if other.published_at >= self.published_at { (other, self) } else { (self, other) };
        Self {
            ocid: newer.ocid,
            code: newer_first(newer.code, older.code),
            year: newer_first(newer.year, older.year),
            object: newer_first(newer.object, older.object),
            buyer: newer_first(newer.buyer, older.buyer),
            buyer_ruc: newer_first(newer.buyer_ruc, older.buyer_ruc),
            method: newer_first(newer.method, older.method),
            region: newer_first(newer.region, older.region),
            published_at: newer_first(newer.published_at, older.published_at),
            bids_due: newer_first(newer.bids_due, older.bids_due),
            budget: newer_first(newer.budget, older.budget),
            awarded: newer_first(newer.awarded, older.awarded),
            suppliers: newer_first(newer.suppliers, older.suppliers),
            participants: if newer.participants.is_empty() { older.participants } else { newer.participants },
            items: if newer.items.is_empty() { older.items } else { newer.items },
        }
    }

    /// Returns the year it was published in: the stated one, else that of the publication.
    #[must_use]
    pub fn year_of(&self) -> Option<i16> {
        let stated = self.year.and_then(|year| i16::try_from(year).ok());
        stated.or_else(|| Some(self.published_at?.to_zoned(jiff::tz::TimeZone::fixed(QUITO)).year()))
    }

    /// Returns the words it can be found by.
    pub(crate) fn words(&self) -> String {
        let names = self.participants.iter().map(|participant| participant.name.as_str());
        let numbers =
            self.participants.iter().filter_map(|participant| Some(participant.ruc.as_ref()?.as_str()));
        [&self.object, &self.buyer, &self.method, &self.region, &self.suppliers]
            .into_iter()
            .filter_map(Option::as_deref)
            .chain(self.code.as_ref().map(ProcessCode::as_str))
            .chain(self.buyer_ruc.as_ref().map(Ruc::as_str))
            .chain(names)
            .chain(numbers)
            .chain(self.items.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Ecuador's mainland keeps one time all year, five hours behind UTC.
const QUITO: jiff::tz::Offset = jiff::tz::Offset::constant(-5);

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(at: &str, budget: Option<&str>, object: Option<&str>) -> Listing {
        Listing {
            ocid: "ocds-5wno2w-SIE-EJEMPLO-2026-001-99001".into(),
            code: None,
            year: None,
            object: object.map(str::to_owned),
            buyer: None,
            buyer_ruc: None,
            method: None,
            region: None,
            published_at: at.parse().ok(),
            bids_due: None,
            budget: budget.and_then(|text| Some(Money(text.parse().ok()?))),
            awarded: None,
            suppliers: None,
            participants: Vec::new(),
            items: Vec::new(),
        }
    }

    #[test]
    fn the_later_state_wins_whatever_the_order_and_silence_erases_nothing() {
        let early = listing("2026-01-01T00:00:00Z", Some("100"), Some("SILLAS"));
        let late = listing("2026-02-01T00:00:00Z", Some("200"), None);
        for merged in [early.clone().merged(late.clone()), late.merged(early)] {
            assert_eq!(merged.budget, Some(Money("200".parse().expect("a decimal"))));
            assert_eq!(merged.object.as_deref(), Some("SILLAS"));
        }
    }

    #[test]
    fn a_process_published_on_new_years_eve_in_quito_belongs_to_the_old_year() {
        assert_eq!(listing("2027-01-01T03:00:00Z", None, None).year_of(), Some(2026));
    }
}

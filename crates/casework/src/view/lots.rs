//! The lots of a process and the bids in them, as shells show and order them.

use super::CurePlace;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LotRow {
    /// Its identifier.
    pub id: String,
    /// Counts from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its own presupuesto referencial without IVA, a decimal; `None` while it is not known.
    pub budget: Option<String>,
    /// Its CPC code.
    pub cpc: Option<String>,
    /// Its items, counted from 1 among those of the pliego.
    pub items: Vec<u32>,
    /// The requirements asked in it alone.
    pub requirements: Vec<String>,
    /// Numbers of the bids in it.
    pub bids: Vec<u32>,
}

/// Shows a lot that the pliego states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PliegoLotRow {
    /// Its name.
    pub name: String,
    /// Its presupuesto referencial, a decimal.
    pub budget: Option<String>,
    /// Its CPC code.
    pub cpc: Option<String>,
    /// Its items, counted from 1.
    pub items: Vec<u32>,
    /// Where it stands, in Spanish.
    pub source: String,
    /// The page, where it is one.
    pub page: Option<u32>,
}

/// Shows for which lots a package is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackageRow {
    /// The bid that came with it.
    pub bid: String,
    /// Its number.
    pub number: u32,
    /// The bidder, or the folder while no paper told it.
    pub name: String,
    /// Numbers of the lots it is in; empty while nobody said it.
    pub lots: Vec<u32>,
    /// Numbers of its bids, in the order of `lots`.
    pub bids: Vec<u32>,
    /// True where a person said it.
    pub stated: bool,
    /// Why.
    pub reason: String,
    /// What the bid itself says: numbers of lots.
    pub told: Vec<u32>,
    /// True where it says so in one way alone.
    pub plain: bool,
    /// The names and words it says it by.
    pub words: Vec<String>,
    /// Where its forms say it.
    pub places: Vec<CurePlace>,
}

/// Shows the lots of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LotsView {
    /// True where a person said which lots there are.
    pub stated: bool,
    /// Where the pliego says so, in words.
    pub source: String,
    /// The lots that hold.
    pub lots: Vec<LotRow>,
    /// Those that the pliego states; empty where it states none.
    pub pliego: Vec<PliegoLotRow>,
    /// The packages.
    pub packages: Vec<PackageRow>,
    /// What waits for a person, in Spanish.
    pub waiting: Vec<String>,
}

/// A lot as a person states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct LotOrder {
    /// Its name.
    pub name: String,
    /// Its presupuesto referencial without IVA, a decimal.
    pub budget: Option<String>,
    /// Its CPC code.
    pub cpc: Option<String>,
    /// Its items, counted from 1 among those of the pliego.
    pub items: Vec<u32>,
    /// The requirements asked in it alone.
    pub requirements: Vec<String>,
}

/// States the lots of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct LotsOrder {
    /// The lots; empty takes those that the pliego states.
    pub lots: Vec<LotOrder>,
    /// True where the process has one lot, whatever the pliego seems to say.
    pub single: bool,
    /// Where the pliego says so.
    pub source: String,
}

/// Says for which lots a package is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceOrder {
    /// A bid of the package, by number or identifier.
    pub bid: String,
    /// The lots, by number, name or identifier; empty takes those that the bid itself names, where it does so plainly.
    pub lots: Vec<String>,
    /// Why.
    pub reason: String,
}

//! The proformas of an ínfima cuantía side by side, ready to be shown. Amounts are text with a dot; sentences are Spanish.

use super::CurePlace;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows the comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProformasView {
    /// The proformas, by their number.
    pub proformas: Vec<ProformaView>,
    /// The items, each with what every proforma asks for it.
    pub items: Vec<ProformaItem>,
    /// Numbers of the proformas, the lowest price first; those in one place cost the same.
    pub order: Vec<Vec<u32>>,
    /// What a person has to look at.
    pub notes: Vec<String>,
}

/// Shows one proforma.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProformaView {
    /// The bid.
    pub bid: String,
    /// Its number.
    pub number: u32,
    /// Who hands it in.
    pub name: String,
    /// What it offers in all, without IVA.
    pub total: Option<String>,
    /// Why it has no total.
    pub question: String,
    /// Where the total stands.
    pub places: Vec<CurePlace>,
    /// Items of the notice that it leaves out.
    pub missing: Vec<String>,
    /// True when it is above the budget of the notice.
    pub above_budget: bool,
    /// True when it is above what an ínfima cuantía may come to.
    pub above_limit: bool,
}

/// Shows one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProformaItem {
    /// What it is.
    pub description: String,
    /// How many are asked for.
    pub quantity: Option<String>,
    /// Prices in the order of the proformas; `None` where one asks nothing for it, or was not read for sure.
    pub prices: Vec<Option<ProformaPrice>>,
    /// The lowest unit price, where two and more give one.
    pub lowest: Option<String>,
}

/// Shows the price of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProformaPrice {
    /// Unit price.
    pub unit: String,
    /// How many are offered.
    pub quantity: String,
    /// Where it stands.
    pub place: CurePlace,
}

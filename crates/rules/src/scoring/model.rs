//! The words of scoring: parameters with their points and formula, values with where they come from, and what is asked.

use cotejo_domain::{BidId, Evidence, Reason, RequirementId, RequirementSource};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Says where a value, a number of points or a formula comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// The pliego says it.
    Pliego {
        /// The requirement it stands in.
        requirement: RequirementId,
        /// The place.
        source: RequirementSource,
    },
    /// The rule pack says it, its own or inherited.
    Pack {
        /// Identifier of the pack.
        pack: String,
        /// Name of the parameter.
        parameter: String,
        /// Where the pack has it from.
        source: String,
        /// Whether somebody read it there.
        verified: bool,
    },
    /// The entity's legal office recorded it in place of the pack's value.
    Entity {
        /// Name of the parameter.
        parameter: String,
        /// Who recorded it.
        by: String,
        /// Why.
        reason: String,
    },
    /// A paper of the bid shows it.
    Evidence {
        /// The place.
        evidence: Box<Evidence>,
        /// Name of the fact, as in the catalogue of types.
        field: String,
    },
    /// A named person says it.
    Person {
        /// Who.
        who: String,
        /// Why.
        reason: String,
    },
}

impl Origin {
    /// Tells whether nobody has verified what it says.
    #[must_use]
    pub fn unverified(&self) -> bool {
        matches!(self, Self::Pack { verified: false, .. })
    }
}

/// Says what a parameter measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// General experience of the bidder.
    GeneralExperience,
    /// Specific experience of the bidder.
    SpecificExperience,
    /// Experience or composition of the technical personnel.
    Personnel,
    /// Instruments and equipment.
    Equipment,
    /// Work plan or methodology.
    WorkPlan,
    /// Price.
    EconomicOffer,
    /// Subcontracting with MIPYMES or EPS (*subcontratación preferente*).
    Subcontracting,
    /// *Participación ecuatoriana* of works.
    EcuadorianParticipation,
    /// Ecuadorian added value of goods and services.
    Vae,
    /// A preference that gives points: MIPYMES, EPS, local.
    Preference,
    /// Another parameter that the entity set.
    Other,
}

/// Tells how points follow from a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "formula", rename_all = "snake_case")]
pub enum Formula {
    /// `max × precio_min / precio_i`.
    Inverse,
    /// What exceeds the minimum, up to the cap; the highest gets all points, the others in proportion.
    AboveMinimum {
        /// What gives no points, USD.
        minimum: Decimal,
        /// Most that counts above it, USD.
        cap: Decimal,
    },
    /// The highest gets all points, the others in proportion; below the least, none.
    Proportional {
        /// Least that gives points.
        #[serde(default)]
        least: Option<Decimal>,
        /// Most that may be offered; above it a person is asked.
        #[serde(default)]
        most: Option<Decimal>,
    },
    /// All points to every one between both ends, ends included; none to the others.
    Range {
        /// Lower end.
        least: Decimal,
        /// Upper end.
        most: Decimal,
    },
    /// Points by steps typed by a person, who reads them in the pliego.
    Steps {
        /// The steps, in any order.
        steps: Vec<Step>,
    },
    /// All points to those who meet it (1), none to the others (0).
    AllOrNothing,
    /// The points themselves are typed by a person, bid by bid.
    ByHand,
}

/// Gives the points from a value on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Least value, included.
    pub from: Decimal,
    /// Points from there on.
    pub points: Decimal,
}

/// Holds something with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sourced<T> {
    /// The thing.
    pub value: T,
    /// Where it comes from.
    pub origins: Vec<Origin>,
}

impl<T> Sourced<T> {
    /// Tells whether it rests on something that nobody has verified.
    #[must_use]
    pub fn unverified(&self) -> bool {
        self.origins.iter().any(Origin::unverified)
    }
}

/// Answers which formula applies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    /// It is known.
    Chosen(Sourced<Formula>),
    /// A person is asked, with what the sources offer.
    Ask {
        /// What is asked.
        question: Reason,
        /// What the sources say, each with its origin; empty where none says anything.
        offered: Vec<Sourced<Formula>>,
    },
}

/// Describes one parameter that gives points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// The requirement of the pliego.
    pub requirement: RequirementId,
    /// Its name, as the pliego writes it.
    pub name: String,
    /// What it measures.
    pub measure: Measure,
    /// Most points; an error asks for them, when neither pliego nor pack says it.
    pub points: Result<Sourced<Decimal>, Reason>,
    /// How points follow.
    pub choice: Choice,
    /// Why it does not count under these rules, where it does not.
    pub set_aside: Option<Sourced<Reason>>,
    /// What a person should know before relying on it.
    pub notes: Vec<Reason>,
}

/// Holds what a bid offers in one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Given {
    /// USD, percent, points, or 1 and 0 for yes and no: as the formula of the parameter wants it.
    pub value: Decimal,
    /// The facts, pages or persons it comes from.
    pub origins: Vec<Origin>,
    /// What is still open about it. A score on it is provisional.
    pub doubts: Vec<Reason>,
    /// What explains it, and is printed with the working.
    pub explained: Vec<Reason>,
}

/// Tells how far the evaluation of the minimums of a bid has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Every *cumple/no cumple* is decided, and it qualifies.
    Qualified,
    /// Something is still open: its score is provisional, and so are those that depend on it.
    Open,
    /// It does not qualify: no score, and its price is not the lowest.
    NotQualified,
}

/// Holds a bid with what it offers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BidToScore {
    /// The bid.
    pub bid: BidId,
    /// Its bidder.
    pub name: String,
    /// How far it has come.
    pub standing: Standing,
    /// What it offers by parameter; an error says what is missing or contradictory, and is asked.
    pub values: BTreeMap<RequirementId, Result<Given, Reason>>,
}

/// Holds what a person answered, with name and reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered<T> {
    /// The answer.
    pub value: T,
    /// Who.
    pub who: String,
    /// Why: the page of the pliego, the resolution of the commission.
    pub reason: String,
}

impl<T> Answered<T> {
    /// Returns who answered, as an origin.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::Person { who: self.who.clone(), reason: self.reason.clone() }
    }
}

/// Holds what persons answered to what was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answers {
    /// Most points, for parameters whose points neither pliego nor pack says.
    pub points: BTreeMap<RequirementId, Answered<Decimal>>,
    /// The formula that a person reads in the pliego; it goes before what was recognised.
    pub formulas: BTreeMap<RequirementId, Answered<Formula>>,
    /// Values by parameter and bid; they go before what was read.
    pub values: BTreeMap<RequirementId, BTreeMap<BidId, Answered<Decimal>>>,
    /// Parameters that count in the signed report although a source sets them aside (`true`), or not although they count (`false`).
    pub counts: BTreeMap<RequirementId, Answered<bool>>,
    /// Weights of the technical and the economic score in a consultoría.
    pub weights: Option<Answered<super::consultancy::Weights>>,
    /// The least technical score of a consultoría that a person reads in the pliego; it goes before what was read.
    pub minimum: Option<Answered<Decimal>>,
}

/// Names the rules of one of the two scorings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rules {
    /// What the tool of the Portal computes.
    Portal,
    /// What the commission motivates and signs.
    Motivated,
}

/// Makes a reason from the catalogue.
pub(crate) fn reason(code: &str, values: &[(&str, &str)]) -> Reason {
    Reason { code: code.to_owned(), text: cotejo_catalogue::message(code, values) }
}

//! What the pliego asks.

use crate::{DocumentType, LotId, Money, Percent, Plazo, RequirementId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Tells what failing a requirement means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// Belongs to integridad: a defect is cured by convalidación and never by itself a ground of rejection (corrections 1).
    Integridad,
    /// A minimum: cumple or no cumple.
    Minimo,
    /// Gives points and never disqualifies (RGL 104).
    Puntaje,
    /// Referential or contractual: shown, not judged.
    Informativo,
}

/// Tells when a form is due at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormCondition {
    /// Always.
    Always,
    /// From a consortium, constituted or promised.
    Consorcio,
    /// From a bidder who subcontracts.
    Subcontratacion,
    /// From legal persons.
    Juridica,
    /// "De ser procedente": a person says whether it is due.
    IfApplicable,
}

/// Says what a requirement is about, so that the right check reads the right facts. What no check understands is `Other`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Subject {
    /// A form or document must be there, filled in and (if `signed`) electronically signed.
    Form {
        /// Its type.
        document: DocumentType,
        /// Types that serve as well.
        alternatives: Vec<DocumentType>,
        /// Whether it must be electronically signed.
        signed: bool,
        /// When it is due.
        condition: FormCondition,
    },
    /// Patrimonio of a legal person.
    Patrimonio {
        /// Minimum stated by the pliego; `None` when a person must say it.
        minimum: Option<Money>,
    },
    /// Accumulated experience in amounts, never in numbers of contracts.
    Experience {
        /// True for específica, false for general.
        specific: bool,
        /// Minimum amount in all.
        minimum: Option<Money>,
        /// Minimum amount for each contract.
        minimum_per_contract: Option<Money>,
        /// Window in years up to the deadline.
        years: Option<u32>,
    },
    /// Technical personnel.
    Personnel {
        /// Function, such as `Residente de obra`.
        role: String,
        /// How many.
        count: u32,
    },
    /// Minimum equipment.
    Equipment {
        /// What.
        description: String,
        /// How many.
        #[serde(with = "crate::decimal_option")]
        count: Option<Decimal>,
    },
    /// The economic offer: its arithmetic, and the budget as a warning.
    EconomicOffer,
    /// Term of execution offered.
    Term {
        /// Longest allowed.
        maximum: Option<Plazo>,
    },
    /// Validity of the offer.
    Validity {
        /// Shortest allowed.
        minimum: Option<Plazo>,
    },
    /// The process code written on the forms.
    ProcessCode,
    /// The bidder's RUC: structure, agreement between its papers.
    RucStructure,
    /// A financial index: referential, never a ground of rejection (RGL 94).
    FinancialIndex {
        /// Name, such as `Solvencia`.
        name: String,
        /// Value asked for.
        #[serde(with = "crate::decimal_option")]
        threshold: Option<Decimal>,
    },
    /// A parameter that gives points.
    Score {
        /// Name of the parameter.
        parameter: String,
    },
    /// Ecuadorian added value.
    Vae {
        /// Threshold.
        threshold: Option<Percent>,
    },
    /// Anything else: shown to the person, never judged by the machine.
    Other,
}

/// Points to the place that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RequirementSource {
    /// A row of a `.ushay` table, counted from 1.
    Ushay {
        /// Table name.
        table: String,
        /// Row from 1.
        row: u32,
    },
    /// A page of a pliego.
    Page {
        /// Page from 1.
        page: u32,
    },
    /// The list that the procedure's model brings; a person confirms it.
    Template {
        /// Name of the model.
        name: String,
    },
    /// Typed in by a person.
    ByHand,
}

/// Describes one thing the pliego asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// Its identifier within the process.
    pub id: RequirementId,
    /// The lot, or `None` for all.
    pub lot: Option<LotId>,
    /// What failing it means.
    pub kind: RequirementKind,
    /// The words of the pliego.
    pub text: String,
    /// Points at stake.
    #[serde(with = "crate::decimal_option")]
    pub points: Option<Decimal>,
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub source: RequirementSource,
}

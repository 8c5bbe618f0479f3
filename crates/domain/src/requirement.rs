//! What the pliego asks.

use crate::{DocumentType, FileHash, LotId, Money, Percent, Plazo, Quad, RequirementId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// What a declared check of the rules answers; see `docs/checks.md`.
    Declared {
        /// Identifier of the check, without version: `consorcio.participacion`.
        check: String,
        /// Values of the pliego that the check compares with, by its own names; a decimal with a dot, a date in ISO 8601, days as a number.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, String>,
    },
    /// Anything else: shown to the person, never judged by the machine.
    Other,
}

/// Points to the place that asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RequirementSource {
    /// A row of a `.ushay` table, counted from 1.
    Ushay {
        /// Table name.
        table: String,
        /// Row from 1.
        row: u32,
    },
    /// A page of a pliego or of another paper of the process: recognised, and to be confirmed by a person.
    Page {
        /// Page from 1.
        page: u32,
        /// The lines it was read from; empty in a *vista de lectura*, and where only the page is known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        quads: Vec<Quad>,
        /// The words that stand there.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        quote: String,
        /// The file, where it is another than the pliego's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<FileHash>,
    },
    /// An aclaración added it; it counts while the aclaración holds.
    Clarification {
        /// Its name within the process: `ACL-1`.
        clarification: String,
        /// Page of the answer, from 1.
        page: Option<u32>,
    },
    /// The list that the procedure's model brings; a person confirms it.
    Template {
        /// Name of the model.
        name: String,
    },
    /// Typed in by a person.
    ByHand,
}

impl RequirementSource {
    /// Points to a page as a whole, of the pliego's own file.
    #[must_use]
    pub fn page(page: u32) -> Self {
        Self::Page { page, quads: Vec::new(), quote: String::new(), file: None }
    }

    /// Tells whether a person must confirm what was read there before a *no cumple* may rest on it.
    #[must_use]
    pub fn is_recognised(&self) -> bool {
        matches!(self, Self::Page { .. })
    }
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

impl Requirement {
    /// Tells whether failing it can end a bid: integridad by its own way, minimums; an index never, whatever the pliego calls it (RGL 94).
    #[must_use]
    pub fn can_end_a_bid(&self) -> bool {
        matches!(self.kind, RequirementKind::Integridad | RequirementKind::Minimo)
            && !matches!(self.subject, Subject::FinancialIndex { .. })
    }
}

//! What the models were found to be worth on documents that a person labelled.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Says how sure an answer may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// *Probable*: it was not measured enough, or not found right often enough.
    Probable,
    /// *Seguro*: enough labelled documents, and right often enough.
    Seguro,
}

/// Shows one field of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MeasuredFieldView {
    /// Its name, as in the catalogue of types.
    pub field: String,
    /// Labelled documents of this run that state it.
    pub documents: u32,
    /// Values that were read as stated.
    pub right: u32,
    /// Values that were read otherwise, or that are not stated.
    pub wrong: u32,
    /// Stated values of which nothing was read.
    pub missing: u32,
    /// Documents that state it, of this and earlier runs with the same models.
    pub kept_documents: u32,
    /// Lower bound of the share of sure answers that are right, of this and earlier runs.
    #[specta(type = i32)]
    pub lower_bound: f64,
    /// How it may be shown on this machine.
    pub level: Level,
}

/// Shows one type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MeasuredTypeView {
    /// Its identifier.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its name, in Spanish.
    pub name: String,
    /// Labelled documents of this run.
    pub documents: u32,
    /// Those that were named so.
    pub right: u32,
    /// Those that the machine did not know.
    pub other: u32,
    /// Those that were taken for something else.
    pub wrong: u32,
    /// Those of which nothing could be read.
    pub unread: u32,
    /// Those that were found to begin and end where the person says.
    pub limits_right: u32,
    /// Labelled documents of another type that were taken for this one.
    pub taken_for_it: u32,
    /// Labelled documents, of this and earlier runs with the same models.
    pub kept_documents: u32,
    /// Lower bound of the share of sure answers that are right, of this and earlier runs.
    #[specta(type = i32)]
    pub lower_bound: f64,
    /// How it may be shown on this machine.
    pub level: Level,
    /// Its labelled fields.
    pub fields: Vec<MeasuredFieldView>,
}

/// Shows a measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MeasurementView {
    /// The models.
    pub model: String,
    /// SHA-256 of their weights.
    pub weights: String,
    /// Version of the program that read the fields.
    pub program: String,
    /// Labelled documents of this run.
    pub documents: u32,
    /// Labelled documents that lay there more than once, and counted once.
    pub repeated: u32,
    /// Files of which something could not be read.
    pub unread: Vec<String>,
    /// Files of which nobody said what they are.
    pub unlabelled: Vec<String>,
    /// Confidence from which an answer is sure.
    #[specta(type = i32)]
    pub sure_from: f64,
    /// Lower bound that *seguro* needs.
    #[specta(type = i32)]
    pub needed: f64,
    /// Labelled documents that *seguro* needs.
    pub fewest: u32,
    /// The types.
    pub types: Vec<MeasuredTypeView>,
}

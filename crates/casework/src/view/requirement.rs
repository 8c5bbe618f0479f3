//! A requirement as a person types it in, and the types of document it can ask for.

use super::RequirementKindView;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names a type of document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DocumentTypeView {
    /// Identifier: `CERT_EXP`.
    pub id: String,
    /// Name, in Spanish.
    pub name: String,
    /// `formulario`, `soporte`, `proceso` or `otros`.
    pub group: String,
}

/// Holds what a person typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RequirementForm {
    /// What failing it means.
    pub kind: RequirementKindView,
    /// The words of the pliego.
    pub text: String,
    /// Type of the document that must be there, where it is one; else a person judges it.
    pub document: Option<String>,
    /// Whether that document must be electronically signed.
    pub signed: bool,
}

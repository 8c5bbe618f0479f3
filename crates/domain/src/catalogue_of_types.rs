//! The catalogue of document types: `data/doctypes.json`, parsed once.

use serde::Deserialize;
use std::sync::LazyLock;

/// Describes one document type.
#[derive(Clone, Debug, Deserialize)]
pub struct DocumentTypeEntry {
    /// Identifier: `FUO_1_1`.
    pub id: String,
    /// Name in Spanish.
    pub name: String,
    /// `formulario`, `soporte`, `proceso` or `otros`.
    pub group: String,
    /// Other names found on real papers.
    pub aliases: Vec<String>,
    /// Phrases that speak for the type; compared without case and accents, tolerant of OCR.
    pub cues: Vec<String>,
    /// Phrases that speak against it.
    pub negative_cues: Vec<String>,
    /// Its fields.
    pub fields: Vec<FieldEntry>,
}

/// Describes one field of a type.
#[derive(Clone, Debug, Deserialize)]
pub struct FieldEntry {
    /// Name; `items[].total` for a column of a table.
    pub name: String,
    /// Type name: `money_usd`, `ruc`, `date`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Format or the values of an enumeration.
    pub format: String,
}

#[derive(Deserialize)]
struct File {
    types: Vec<DocumentTypeEntry>,
}

static TYPES: LazyLock<Vec<DocumentTypeEntry>> = LazyLock::new(|| {
    // The file is compiled in and a test parses it; an empty list would only mean that every page is OTRO.
    serde_json::from_str::<File>(include_str!("../data/doctypes.json"))
        .map(|file| file.types)
        .unwrap_or_default()
});

/// Returns every document type, in the order of the catalogue.
#[must_use]
pub fn document_types() -> &'static [DocumentTypeEntry] {
    &TYPES
}

/// Returns the type with this identifier.
#[must_use]
pub fn document_type_entry(id: &str) -> Option<&'static DocumentTypeEntry> {
    TYPES.iter().find(|entry| entry.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_catalogue_parses_and_its_identifiers_are_unique() {
        let ids: BTreeSet<_> = document_types().iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids.len(), document_types().len(), "an identifier twice would hide a type");
        for id in ["FUO_1_1", "HOJA_EN_BLANCO", "SEPARADOR", "CARATULA", "CONSORCIO_CONSTITUIDO", "OTRO"] {
            assert!(ids.contains(id), "{id} must be in the catalogue");
        }
    }
}

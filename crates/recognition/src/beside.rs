//! What is known of a file beside its pages: models that the process gave, codes on its pages, its signatures.

use crate::template::Template;
use cotejo_domain::field_learning::FieldExample;
use cotejo_domain::{PageExample, PrintedCode, SignatureReading};

/// Holds what is known beside the pages. Nothing known leaves nothing to compare.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// Models of the process's forms.
    pub templates: &'a [Template<'a>],
    /// Codes that were read, each with its page.
    pub codes: &'a [(u32, PrintedCode)],
    /// Pages whose type a person corrected.
    pub examples: &'a [PageExample],
    /// Fields that a person corrected.
    pub field_examples: &'a [FieldExample],
    /// The file's electronic signatures; `None` where nobody knows whether it has any.
    pub signatures: Option<&'a [SignatureReading]>,
}

impl Beside<'_> {
    /// Nothing is known.
    pub const NONE: Beside<'static> =
        Beside { templates: &[], codes: &[], examples: &[], field_examples: &[], signatures: None };
}

//! What an entity changes of the documents: its name in the head, logo, lines of head and foot, numbering, and sentences of named blocks.
//!
//! A replaced sentence is checked like the one it stands for. What carries the acts themselves (tables of results, signatures) has no name
//! and cannot be taken away; a later version of the program brings later sentences for all that was not replaced.

use super::check::Checker;
use super::{Line, TemplateFault, parse};
use crate::model::Image;
use serde_json::Value;
use std::collections::BTreeMap;

/// Largest logo, in bytes.
pub const LOGO_LIMIT: usize = 1 << 20;

/// Holds the adaptation of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adaptation {
    /// Name of the entity for the head; empty for the one of the pliego.
    pub entity: String,
    /// Further lines of the head.
    pub head_lines: Vec<String>,
    /// Lines of the foot.
    pub foot_lines: Vec<String>,
    /// How documents are numbered: `CT-{{numero}}-{{anio}}`; empty for the number alone.
    pub numbering: String,
    /// Name of the file of the logo, beside the adaptation.
    pub logo_file: Option<String>,
    /// The logo.
    pub logo: Option<Image>,
    replaced: BTreeMap<(String, String), Vec<Line>>,
}

impl Adaptation {
    /// Reads an adaptation and checks it against every document it changes. `logo` gives the bytes of the file it names.
    ///
    /// # Errors
    /// Every fault: unknown documents and blocks, markers that the document has not, a logo that is no image.
    pub fn parse(
        place: &str,
        source: &str,
        logo: impl FnOnce(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, Vec<TemplateFault>> {
        let mut adaptation = Self::default();
        let mut faults = Vec::new();
        let mut kind: Option<String> = None;
        let mut block: Option<(usize, String, String)> = None;
        let mut blocks: Vec<(String, usize, String, String)> = Vec::new();
        for (index, line) in source.lines().enumerate() {
            let (at, trimmed) = (index + 1, line.trim());
            let mut fault = |code, detail: &str| faults.push(TemplateFault::new(place, at, code, detail));
            if let Some(named) = trimmed.strip_prefix("documento:") {
                blocks.extend(
                    kind.clone().zip(block.take()).map(|(kind, (at, name, text))| (kind, at, name, text)),
                );
                kind = Some(named.trim().to_owned());
            } else if let Some(name) = trimmed.strip_prefix('@') {
                if kind.is_none() {
                    fault("reports.template.block_without_document", name);
                }
                blocks.extend(
                    kind.clone().zip(block.take()).map(|(kind, (at, name, text))| (kind, at, name, text)),
                );
                block = Some((at, name.trim().to_owned(), String::new()));
            } else if let Some((_, _, text)) = &mut block {
                text.push_str(line);
                text.push('\n');
            } else if trimmed.is_empty() || trimmed.starts_with("\\\\") {
            } else {
                let (key, value) = trimmed.split_once(':').unwrap_or((trimmed, ""));
                let value = value.trim().to_owned();
                match key.trim() {
                    "entidad" => adaptation.entity = value,
                    "encabezado" => adaptation.head_lines.push(value),
                    "pie" => adaptation.foot_lines.push(value),
                    "numeracion" if value.contains("{{numero}}") => adaptation.numbering = value,
                    "numeracion" => fault("reports.template.numbering", &value),
                    "logotipo" => adaptation.logo_file = Some(value),
                    other => fault("reports.template.bad_head", other),
                }
            }
        }
        blocks.extend(kind.zip(block).map(|(kind, (at, name, text))| (kind, at, name, text)));
        for (kind, at, name, text) in blocks {
            faults.extend(adaptation.replace(place, &kind, at, &name, &text));
        }
        if let Some(name) = adaptation.logo_file.clone() {
            match logo(&name)
                .filter(|bytes| bytes.len() <= LOGO_LIMIT)
                .and_then(|bytes| crate::pictures::measured(bytes).ok())
            {
                Some(image) => adaptation.logo = Some(image),
                None => faults.push(TemplateFault::new(place, 0, "reports.template.logo", name)),
            }
        }
        if faults.is_empty() { Ok(adaptation) } else { Err(faults) }
    }

    fn replace(&mut self, place: &str, kind: &str, at: usize, name: &str, text: &str) -> Vec<TemplateFault> {
        let lines = match parse::fragment(place, text, at) {
            Ok(lines) => lines,
            Err(faults) => return faults,
        };
        if lines.is_empty() {
            return vec![TemplateFault::new(place, at, "reports.template.empty_block", name)];
        }
        let kinds: Vec<crate::Kind> = if kind == "todos" {
            let all = crate::Kind::ALL.iter().copied();
            all.filter(|kind| kind.template().block_names().iter().any(|known| known == name)).collect()
        } else {
            match crate::Kind::named(kind) {
                Some(kind) => vec![kind],
                None => {
                    return vec![TemplateFault::new(place, at, "reports.template.unknown_document", kind)];
                }
            }
        };
        let mut faults = Vec::new();
        if kinds.is_empty() {
            faults.push(TemplateFault::new(place, at, "reports.template.missing_block", name));
        }
        for kind in kinds {
            if !kind.template().block_names().iter().any(|known| known == name) {
                faults.push(TemplateFault::new(place, at, "reports.template.missing_block", name));
                continue;
            }
            let example: Value = kind.example();
            let mut checker = Checker { place, faults: Vec::new() };
            checker.lines(&kind.scope_of(name, &example), &lines);
            faults.append(&mut checker.faults);
            self.replaced.insert((kind.name().to_owned(), name.to_owned()), lines.clone());
        }
        faults
    }

    pub(crate) fn replacement(&self, kind: &str, name: &str) -> Option<&[Line]> {
        self.replaced.get(&(kind.to_owned(), name.to_owned())).map(Vec::as_slice)
    }

    /// Numbers a document as the entity does.
    #[must_use]
    pub fn number(&self, number: u32, year: i16) -> String {
        let number = format!("{number:03}");
        if self.numbering.is_empty() {
            return number;
        }
        self.numbering.replace("{{numero}}", &number).replace("{{anio}}", &year.to_string())
    }
}

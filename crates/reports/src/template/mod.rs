//! Templates: the sentences and the order of blocks of each document, in a file that a lawyer reads.
//!
//! A line is a block by its first sign: `#` a numbered section, `#*` one without number, `##` a head within it, `-` and `1.` points of
//! a list, `:` a label with its value (`: Objeto = …`), `>` a result between rules, `||` the head of a table, `~~` the widths of its columns and
//! `|` its rows; other lines are paragraphs, `\\` first comments. `@name` names the next block, so that an entity can replace its sentence.
//! Markers stand in double braces; docs/papers.md lists them. A template is checked against the names its content has before it is used.

mod adaptation;
mod check;
mod expand;
mod inline;
mod parse;

pub use adaptation::{Adaptation, LOGO_LIMIT};
pub use check::names;
pub use expand::Frame;
pub(crate) use expand::expand;

use crate::model::Column;
use serde::Serialize;

/// Names what stands in the data, from the innermost repetition outwards.
pub(crate) type Path = Vec<String>;

/// Tells what a condition asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) path: Path,
    pub(crate) negated: bool,
    pub(crate) equals: Option<String>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Bold,
    Italic,
    Small,
    /// A value; an optional one prints nothing where it is missing.
    Value {
        path: Path,
        optional: bool,
    },
    /// `{{norma x}}`: the article in parentheses, nothing where the regime's is not known.
    Norm(Path),
    /// `{{lista x}}`: `a, b y c`.
    Join(Path),
    /// `{{plural x: uno | varios}}`.
    Plural {
        path: Path,
        one: String,
        many: String,
    },
    /// `{{cuenta x f: oferta | ofertas}}`: `veintiuna ofertas`.
    Count {
        path: Path,
        feminine: bool,
        one: String,
        many: String,
    },
    /// `{{genero x: la | el | quien}}`.
    Gender {
        path: Path,
        feminine: String,
        masculine: String,
        unknown: String,
    },
    If {
        condition: Condition,
        then: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
}

/// A row of a table, or what decides of rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    Cells(Vec<Vec<Piece>>),
    If { condition: Condition, then: Vec<Row>, otherwise: Vec<Row> },
    Each { path: Path, body: Vec<Row> },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Section { numbered: bool, hidden: bool, title: Vec<Piece>, pending: Option<Path> },
    Subsection { title: Vec<Piece>, pending: Option<Path> },
    Paragraph(Vec<Piece>),
    Item { ordered: bool, text: Vec<Piece> },
    Pair { label: String, text: Vec<Piece> },
    Result(Vec<Piece>),
    Table { head: Vec<Vec<Piece>>, columns: Vec<Column>, rows: Vec<Row> },
    If { condition: Condition, then: Vec<Line>, otherwise: Vec<Line> },
    Each { path: Path, body: Vec<Line> },
    Include(String),
    Signatures(Path),
    Pictures(Path),
    PageBreak,
}

/// A block with the line it stands in and the name it may have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) line: usize,
    pub(crate) name: Option<String>,
    pub(crate) node: Node,
}

/// Holds a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Kind of the document.
    pub kind: String,
    /// Title as printed.
    pub title: String,
    /// Title of what is not final.
    pub draft_title: String,
    pub(crate) lines: Vec<Line>,
}

/// Tells what is wrong in a template or an adaptation, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{place}, line {line}: {code} {detail}")]
pub struct TemplateFault {
    /// The document or file.
    pub place: String,
    /// Line, from 1; 0 for what is missing in the whole.
    pub line: usize,
    /// Stable code, the key of its sentence in the catalogue.
    pub code: &'static str,
    /// Which marker, block or name.
    pub detail: String,
}

impl TemplateFault {
    pub(crate) fn new(place: &str, line: usize, code: &'static str, detail: impl Into<String>) -> Self {
        Self { place: place.into(), line, code, detail: detail.into() }
    }

    /// Returns the sentence for a person.
    #[must_use]
    pub fn message(&self) -> String {
        let line = self.line.to_string();
        let values =
            [("lugar", self.place.as_str()), ("linea", line.as_str()), ("detalle", self.detail.as_str())];
        cotejo_catalogue::message(self.code, &values)
    }
}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    /// Every fault of its writing.
    pub fn parse(place: &str, source: &str) -> Result<Self, Vec<TemplateFault>> {
        parse::template(place, source)
    }

    /// Lists the names of blocks that an entity may replace.
    #[must_use]
    pub fn block_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        check::collect(&self.lines, &mut names);
        names
    }
}

/// Checks a template against the example of its kind.
pub(crate) fn check_template(template: &Template, example: &serde_json::Value) -> Vec<TemplateFault> {
    let mut checker = check::Checker { place: &template.kind, faults: Vec::new() };
    checker.lines(&[example], &template.lines);
    checker.faults
}

/// Returns what the markers of a named block of a template may speak of.
pub(crate) fn scope_in<'v>(
    template: &Template,
    block: &str,
    example: &'v serde_json::Value,
) -> Vec<&'v serde_json::Value> {
    check::scope_of(&template.lines, block, &[example]).unwrap_or_else(|| vec![example])
}

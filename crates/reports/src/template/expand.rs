//! From a template and its content to the blocks of a document.

use super::check::find;
use super::{Adaptation, Condition, Line, Node, Piece, Row, Template, parse};
use crate::content::Cabecera;
use crate::model::{Block, Column, Image, Paper, Signer, Span, Style, Text};
use cotejo_catalogue::message;
use cotejo_domain::spanish;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The common parts that templates include.
static PARTS: LazyLock<BTreeMap<&'static str, Vec<Line>>> = LazyLock::new(|| {
    let mut parts = BTreeMap::new();
    for (name, source) in crate::content::PARTS {
        // A part that does not parse fails the test of the templates; at run time what includes it is refused.
        if let Ok(lines) = parse::fragment(name, source, 0) {
            parts.insert(*name, lines);
        }
    }
    parts
});

pub(crate) fn part(name: &str) -> Option<&'static [Line]> {
    PARTS.get(name).map(Vec::as_slice)
}

/// What stands around the blocks: it comes from the case and the entity, not from the template.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    /// The adaptation of the entity.
    pub adaptation: Option<&'a Adaptation>,
    /// Images that the content names by their index.
    pub images: Vec<Image>,
    /// True for what is shown before it is final: every page says so.
    pub preview: bool,
}

struct Expansion<'a> {
    kind: &'a str,
    adaptation: Option<&'a Adaptation>,
    blocks: Vec<Block>,
    sections: u32,
}

/// Renders the blocks of a document.
pub(crate) fn expand(template: &Template, head: &Cabecera, data: &Value, frame: Frame<'_>) -> Paper {
    let mut expansion =
        Expansion { kind: &template.kind, adaptation: frame.adaptation, blocks: Vec::new(), sections: 0 };
    expansion.lines(&[(data, 0)], &template.lines);
    let blocks = expansion.blocks;
    let adaptation = frame.adaptation;
    let mut images = frame.images;
    let logo = adaptation.and_then(|adaptation| adaptation.logo.clone()).map(|logo| {
        images.push(logo);
        images.len() - 1
    });
    let draft = frame.preview || head.proyecto;
    let entity = adaptation.map(|adaptation| adaptation.entity.clone()).filter(|name| !name.is_empty());
    Paper {
        kind: template.kind.clone(),
        title: if draft { template.draft_title.clone() } else { template.title.clone() },
        number: head.numero.clone(),
        process_code: head.codigo.clone(),
        keywords: Vec::new(),
        entity: entity.unwrap_or_else(|| head.entidad.clone()),
        head_lines: adaptation.map_or_else(Vec::new, |adaptation| adaptation.head_lines.clone()),
        foot_lines: adaptation.map_or_else(Vec::new, |adaptation| adaptation.foot_lines.clone()),
        logo,
        marks: marks(head, frame.preview),
        watermark: if draft { message("reports.watermark", &[]) } else { String::new() },
        blocks,
        images,
    }
}

fn marks(head: &Cabecera, preview: bool) -> Vec<String> {
    let mut marks = Vec::new();
    let mut mark = |wanted: bool, key: &str, values: &[(&str, &str)]| {
        if wanted {
            marks.push(message(key, values));
        }
    };
    mark(head.ejemplo, "reports.mark.sample", &[]);
    mark(head.proyecto, "reports.mark.project", &[]);
    mark(preview && !head.proyecto, "reports.mark.preview", &[]);
    mark(!head.inscrito, "reports.mark.unenrolled", &[]);
    let norm = |article: &str| if article.is_empty() { String::new() } else { format!(" ({article})") };
    mark(head.confidencial, "reports.mark.confidential", &[("norma", &norm(&head.articulo_confidencial))]);
    mark(head.copia_publica, "reports.mark.public_copy", &[]);
    mark(!head.publicable_desde.is_empty(), "reports.mark.publishable", &[("fecha", &head.publicable_desde)]);
    marks
}

fn is_true(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(truth)) => *truth,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Number(number)) => number.as_f64().is_some_and(|number| number != 0.0),
        Some(Value::Object(_)) => true,
    }
}

fn words(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(true)) => message("reports.yes", &[]),
        Some(Value::Bool(false)) => message("reports.no", &[]),
        _ => String::new(),
    }
}

fn count(value: Option<&Value>) -> u64 {
    match value {
        Some(Value::Array(items)) => items.len() as u64,
        Some(value) => value.as_u64().unwrap_or(0),
        None => 0,
    }
}

/// Replaces the first braces pair `{}` of a phrase by words; a phrase without them is preceded by the words.
fn counted(words: &str, phrase: &str) -> String {
    if phrase.contains("{}") { phrase.replacen("{}", words, 1) } else { format!("{words} {phrase}") }
}

type Scope<'v> = [(&'v Value, usize)];

fn say(into: &mut Text, mut text: String, style: Style) {
    // A name that ends in a point takes the point of its sentence with it: "… Cía. Ltda."
    let ends = into.last().is_some_and(|last| last.text.ends_with('.'));
    if ends && text.starts_with('.') && !text.starts_with("..") {
        text.remove(0);
    }
    match into.last_mut() {
        Some(last) if last.style == style => last.text.push_str(&text),
        _ => into.push(Span { text, style }),
    }
}

impl Expansion<'_> {
    fn value<'v>(scope: &Scope<'v>, path: &[String]) -> Option<&'v Value> {
        let stack: Vec<&Value> = scope.iter().map(|(value, _)| *value).collect();
        find(&stack, path)
    }

    fn holds(scope: &Scope<'_>, condition: &Condition) -> bool {
        let value = Self::value(scope, &condition.path);
        let holds = match &condition.equals {
            Some(expected) => words(value) == *expected,
            None => is_true(value),
        };
        holds != condition.negated
    }

    fn text(scope: &Scope<'_>, pieces: &[Piece], in_cell: bool) -> Text {
        let mut text = Text::new();
        let mut style = Style::default();
        Self::put(scope, pieces, in_cell, &mut style, &mut text);
        text.retain(|span| !span.text.is_empty());
        text
    }

    fn put(scope: &Scope<'_>, pieces: &[Piece], in_cell: bool, style: &mut Style, into: &mut Text) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => say(into, text.clone(), *style),
                Piece::Bold => style.bold = !style.bold,
                Piece::Italic => style.italic = !style.italic,
                Piece::Small => style.small = !style.small,
                Piece::Value { path, optional } => {
                    let found = if path.len() == 1 && path.first().is_some_and(|name| name == "orden") {
                        scope.last().map_or_else(String::new, |(_, order)| order.to_string())
                    } else {
                        words(Self::value(scope, path))
                    };
                    if !found.is_empty() {
                        say(into, found, *style);
                    } else if !optional {
                        let key = if in_cell { "reports.missing_cell" } else { "reports.missing" };
                        say(into, message(key, &[]), Style { italic: true, ..*style });
                    }
                }
                Piece::Norm(path) => {
                    let article = words(Self::value(scope, path));
                    if !article.is_empty() {
                        say(into, format!(" ({article})"), *style);
                    }
                }
                Piece::Join(path) => {
                    let items = match Self::value(scope, path) {
                        Some(Value::Array(items)) => items.iter().map(|item| words(Some(item))).collect(),
                        _ => Vec::new(),
                    };
                    if items.is_empty() {
                        say(into, message("reports.missing", &[]), Style { italic: true, ..*style });
                    } else {
                        say(into, spanish::joined(&items), *style);
                    }
                }
                Piece::Plural { path, one, many } => {
                    let number = count(Self::value(scope, path));
                    say(into, if number == 1 { one } else { many }.clone(), *style);
                }
                Piece::Count { path, feminine, one, many } => {
                    let number = count(Self::value(scope, path));
                    let written = if *feminine {
                        spanish::number_feminine(number)
                    } else {
                        spanish::number_before_noun(number)
                    };
                    say(into, counted(&written, if number == 1 { one } else { many }), *style);
                }
                Piece::Gender { path, feminine, masculine, unknown } => {
                    let chosen = match words(Self::value(scope, path)).as_str() {
                        "f" => feminine,
                        "m" => masculine,
                        _ => unknown,
                    };
                    say(into, chosen.clone(), *style);
                }
                Piece::If { condition, then, otherwise } => {
                    let branch = if Self::holds(scope, condition) { then } else { otherwise };
                    Self::put(scope, branch, in_cell, style, into);
                }
            }
        }
    }

    fn rows(scope: &Scope<'_>, rows: &[Row], into: &mut Vec<Vec<Text>>) {
        for row in rows {
            match row {
                Row::Cells(cells) => {
                    into.push(cells.iter().map(|cell| Self::text(scope, cell, true)).collect())
                }
                Row::If { condition, then, otherwise } => {
                    Self::rows(scope, if Self::holds(scope, condition) { then } else { otherwise }, into);
                }
                Row::Each { path, body } => {
                    if let Some(Value::Array(items)) = Self::value(scope, path) {
                        for (index, item) in items.iter().enumerate() {
                            let inner: Vec<_> = scope.iter().copied().chain([(item, index + 1)]).collect();
                            Self::rows(&inner, body, into);
                        }
                    }
                }
            }
        }
    }

    fn lines(&mut self, scope: &Scope<'_>, lines: &[Line]) {
        for line in lines {
            let replacement =
                line.name.as_deref().and_then(|name| self.adaptation?.replacement(self.kind, name));
            match replacement {
                Some(lines) => lines.iter().for_each(|line| self.block(scope, &line.node)),
                None => self.block(scope, &line.node),
            }
        }
    }

    fn block(&mut self, scope: &Scope<'_>, node: &Node) {
        let pending =
            |path: &Option<Vec<String>>| path.as_ref().is_some_and(|path| is_true(Self::value(scope, path)));
        match node {
            Node::Section { numbered, hidden, title, pending: open } => {
                let number = if *numbered {
                    self.sections += 1;
                    format!("{}.", self.sections)
                } else {
                    String::new()
                };
                let title = crate::model::plain(&Self::text(scope, title, false));
                self.blocks.push(Block::Section { number, title, pending: pending(open), hidden: *hidden });
            }
            Node::Subsection { title, pending: open } => {
                let title = crate::model::plain(&Self::text(scope, title, false));
                self.blocks.push(Block::Subsection { title, pending: pending(open) });
            }
            Node::Paragraph(text) => {
                let text = Self::text(scope, text, false);
                if text.iter().any(|span| !span.text.trim().is_empty()) {
                    // What announces something stays with it.
                    let keep = text.last().is_some_and(|span| span.text.trim_end().ends_with(':'));
                    self.blocks.push(Block::Paragraph { text, keep });
                }
            }
            Node::Result(text) => self.blocks.push(Block::Result { text: Self::text(scope, text, false) }),
            Node::Item { ordered, text } => {
                let text = Self::text(scope, text, false);
                match self.blocks.last_mut() {
                    Some(Block::List { ordered: before, items }) if before == ordered => items.push(text),
                    _ => self.blocks.push(Block::List { ordered: *ordered, items: vec![text] }),
                }
            }
            Node::Pair { label, text } => {
                let pair = (label.clone(), Self::text(scope, text, false));
                match self.blocks.last_mut() {
                    Some(Block::Pairs { pairs }) => pairs.push(pair),
                    _ => self.blocks.push(Block::Pairs { pairs: vec![pair] }),
                }
            }
            Node::Table { head, columns, rows } => {
                let mut body = Vec::new();
                Self::rows(scope, rows, &mut body);
                if body.is_empty() {
                    let style = Style { italic: true, ..Style::default() };
                    let text = vec![Span { text: message("reports.empty_table", &[]), style }];
                    self.blocks.push(Block::Paragraph { text, keep: false });
                    return;
                }
                let columns = columns
                    .iter()
                    .zip(head)
                    .map(|(column, head)| Column { head: Self::text(scope, head, true), ..column.clone() })
                    .collect();
                self.blocks.push(Block::Table { columns, rows: body });
            }
            Node::If { condition, then, otherwise } => {
                self.lines(scope, if Self::holds(scope, condition) { then } else { otherwise });
            }
            Node::Each { path, body } => {
                if let Some(Value::Array(items)) = Self::value(scope, path) {
                    for (index, item) in items.iter().enumerate() {
                        let inner: Vec<_> = scope.iter().copied().chain([(item, index + 1)]).collect();
                        self.lines(&inner, body);
                    }
                }
            }
            Node::Include(name) => self.lines(scope, part(name).unwrap_or_default()),
            Node::Signatures(path) => self.signatures(Self::value(scope, path)),
            Node::Pictures(path) => self.pictures(Self::value(scope, path)),
            Node::PageBreak => self.blocks.push(Block::PageBreak),
        }
    }

    fn signatures(&mut self, list: Option<&Value>) {
        let Some(Value::Array(items)) = list else { return };
        let signers = items
            .iter()
            .map(|item| {
                let field = |name: &str| words(item.get(name));
                let cedula = field("cedula");
                let cedula = if cedula.is_empty() { message("reports.missing_cell", &[]) } else { cedula };
                let mut lines: Vec<String> = [field("calidad"), field("cargo")].into();
                lines.retain(|line| !line.is_empty());
                lines.push(message("reports.cedula", &[("cedula", &cedula)]));
                Signer { name: field("nombre"), lines }
            })
            .collect();
        // Signatures never stand on a page without words of what is signed.
        for block in self.blocks.iter_mut().rev().take(4) {
            match block {
                Block::Paragraph { keep, .. } => *keep = true,
                Block::Section { .. } => {}
                _ => break,
            }
        }
        self.blocks.push(Block::Signatures { signers });
    }

    fn pictures(&mut self, list: Option<&Value>) {
        let Some(Value::Array(items)) = list else { return };
        for item in items {
            let index =
                item.get("imagen").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
            let style = Style::default();
            let caption = vec![Span { text: words(item.get("pie")), style }];
            match index {
                Some(image) => {
                    self.blocks.push(Block::Picture { image, alt: words(item.get("descripcion")), caption });
                }
                None => self.blocks.push(Block::Paragraph { text: caption, keep: false }),
            }
        }
    }
}

//! Checks a template against the names that its content has, before anything is printed with it.

use super::{Condition, Line, Node, Path, Piece, Row, TemplateFault};
use serde_json::Value;

/// Finds a name from the innermost repetition outwards.
pub(crate) fn find<'a>(stack: &[&'a Value], path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let start = match first.as_str() {
        "este" => stack.last().copied(),
        name => stack.iter().rev().find_map(|value| value.get(name)),
    }?;
    rest.iter().try_fold(start, |value, name| value.get(name))
}

/// Collects the names of blocks, those within repetitions and common parts too.
pub(crate) fn collect(lines: &[Line], names: &mut Vec<String>) {
    for line in lines {
        names.extend(line.name.clone());
        match &line.node {
            Node::If { then, otherwise, .. } => {
                collect(then, names);
                collect(otherwise, names);
            }
            Node::Each { body, .. } => collect(body, names),
            Node::Include(part) => collect(super::expand::part(part).unwrap_or_default(), names),
            _ => {}
        }
    }
}

/// Returns what the markers of a named block may speak of: the whole content, and what the repetitions around it bring.
pub(crate) fn scope_of<'v>(lines: &[Line], name: &str, stack: &[&'v Value]) -> Option<Vec<&'v Value>> {
    for line in lines {
        if line.name.as_deref() == Some(name) {
            return Some(stack.to_vec());
        }
        let found = match &line.node {
            Node::If { then, otherwise, .. } => {
                scope_of(then, name, stack).or_else(|| scope_of(otherwise, name, stack))
            }
            Node::Each { path, body } => {
                let first = find(stack, path).and_then(Value::as_array).and_then(|items| items.first());
                let inner: Vec<&Value> = stack.iter().copied().chain(first).collect();
                scope_of(body, name, &inner)
            }
            Node::Include(part) => scope_of(super::expand::part(part).unwrap_or_default(), name, stack),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Lists the markers that a document may use, as a person writes them: `oferente`, `ofertas[].ruc`.
#[must_use]
pub fn names(example: &Value) -> Vec<String> {
    fn walk(value: &Value, before: &str, names: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
                    walk(value, &name, names);
                }
            }
            Value::Array(items) => match items.first() {
                Some(first) if first.is_object() => walk(first, &format!("{before}[]"), names),
                _ => names.push(format!("{before}[]")),
            },
            _ => names.push(before.to_owned()),
        }
    }
    let mut list = Vec::new();
    walk(example, "", &mut list);
    list
}

pub(crate) struct Checker<'a> {
    pub(crate) place: &'a str,
    pub(crate) faults: Vec<TemplateFault>,
}

impl Checker<'_> {
    fn known<'v>(&mut self, stack: &[&'v Value], path: &Path, line: usize) -> Option<&'v Value> {
        if path.len() == 1 && path.first().is_some_and(|name| name == "orden") {
            return stack.first().copied();
        }
        let found = find(stack, path);
        if found.is_none() {
            let fault =
                TemplateFault::new(self.place, line, "reports.template.unknown_marker", path.join("."));
            self.faults.push(fault);
        }
        found
    }

    fn wrong(&mut self, line: usize, code: &'static str, path: &Path) {
        self.faults.push(TemplateFault::new(self.place, line, code, path.join(".")));
    }

    /// A list gives its first element as the shape of every other.
    fn list<'v>(&mut self, stack: &[&'v Value], path: &Path, line: usize) -> Option<&'v Value> {
        match self.known(stack, path, line)? {
            Value::Array(items) => items.first(),
            _ => {
                self.wrong(line, "reports.template.not_a_list", path);
                None
            }
        }
    }

    fn condition(&mut self, stack: &[&Value], condition: &Condition, line: usize) {
        self.known(stack, &condition.path, line);
    }

    fn pieces(&mut self, stack: &[&Value], pieces: &[Piece], line: usize) {
        for piece in pieces {
            match piece {
                Piece::Text(_) | Piece::Bold | Piece::Italic | Piece::Small => {}
                Piece::Value { path, .. } | Piece::Norm(path) | Piece::Gender { path, .. } => {
                    if self
                        .known(stack, path, line)
                        .is_some_and(|value| value.is_array() || value.is_object())
                        && path.last().is_none_or(|name| name != "orden")
                    {
                        self.wrong(line, "reports.template.not_a_value", path);
                    }
                }
                Piece::Join(path) => {
                    self.list(stack, path, line);
                }
                Piece::Plural { path, .. } | Piece::Count { path, .. } => {
                    let value = self.known(stack, path, line);
                    if value.is_some_and(|value| !value.is_array() && !value.is_number()) {
                        self.wrong(line, "reports.template.not_a_list", path);
                    }
                }
                Piece::If { condition, then, otherwise } => {
                    self.condition(stack, condition, line);
                    self.pieces(stack, then, line);
                    self.pieces(stack, otherwise, line);
                }
            }
        }
    }

    fn rows(&mut self, stack: &[&Value], rows: &[Row], line: usize) {
        for row in rows {
            match row {
                Row::Cells(cells) => cells.iter().for_each(|cell| self.pieces(stack, cell, line)),
                Row::If { condition, then, otherwise } => {
                    self.condition(stack, condition, line);
                    self.rows(stack, then, line);
                    self.rows(stack, otherwise, line);
                }
                Row::Each { path, body } => {
                    if let Some(first) = self.list(stack, path, line) {
                        let inner: Vec<&Value> = stack.iter().copied().chain([first]).collect();
                        self.rows(&inner, body, line);
                    }
                }
            }
        }
    }

    pub(crate) fn lines(&mut self, stack: &[&Value], lines: &[Line]) {
        for line in lines {
            let at = line.line;
            match &line.node {
                Node::Section { title, pending, .. } | Node::Subsection { title, pending } => {
                    self.pieces(stack, title, at);
                    if let Some(pending) = pending {
                        self.known(stack, pending, at);
                    }
                }
                Node::Paragraph(text)
                | Node::Result(text)
                | Node::Item { text, .. }
                | Node::Pair { text, .. } => {
                    self.pieces(stack, text, at);
                }
                Node::Table { head, rows, .. } => {
                    head.iter().for_each(|cell| self.pieces(stack, cell, at));
                    self.rows(stack, rows, at);
                }
                Node::If { condition, then, otherwise } => {
                    self.condition(stack, condition, at);
                    self.lines(stack, then);
                    self.lines(stack, otherwise);
                }
                Node::Each { path, body } => {
                    if let Some(first) = self.list(stack, path, at) {
                        let inner: Vec<&Value> = stack.iter().copied().chain([first]).collect();
                        self.lines(&inner, body);
                    }
                }
                Node::Include(part) => match super::expand::part(part) {
                    Some(lines) => self.lines(stack, lines),
                    None => {
                        let fault =
                            TemplateFault::new(self.place, at, "reports.template.unknown_part", part.clone());
                        self.faults.push(fault);
                    }
                },
                Node::Signatures(path) | Node::Pictures(path) => {
                    self.list(stack, path, at);
                }
                Node::PageBreak => {}
            }
        }
    }
}

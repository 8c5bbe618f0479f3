//! From the lines of a template to its blocks.

use super::inline::{InlineFault, condition, path, pieces};
use super::{Line, Node, Piece, Row, Template, TemplateFault};
use crate::model::Column;

struct Parser<'a> {
    place: &'a str,
    lines: Vec<&'a str>,
    next: usize,
    faults: Vec<TemplateFault>,
}

/// Says how a run of blocks ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    File,
    Close,
    Otherwise,
}

pub(crate) fn template(place: &str, source: &str) -> Result<Template, Vec<TemplateFault>> {
    let mut parser = Parser { place, lines: source.lines().collect(), next: 0, faults: Vec::new() };
    let mut head = [("documento", String::new()), ("titulo", String::new()), ("proyecto", String::new())];
    while let Some(line) = parser.lines.get(parser.next).map(|line| line.trim()) {
        parser.next += 1;
        if line == "---" {
            break;
        }
        if line.is_empty() || line.starts_with("\\\\") {
            continue;
        }
        match line.split_once(':').and_then(|(key, value)| {
            head.iter_mut().find(|(name, _)| *name == key.trim()).map(|(_, kept)| (kept, value))
        }) {
            Some((kept, value)) => value.trim().clone_into(kept),
            None => parser.fault("reports.template.bad_head", line),
        }
    }
    let [(_, kind), (_, title), (_, draft_title)] = head;
    if kind.is_empty() || title.is_empty() || draft_title.is_empty() {
        parser.fault("reports.template.no_title", place);
    }
    let lines = parser.whole();
    if parser.faults.is_empty() {
        Ok(Template { kind, title, draft_title, lines })
    } else {
        Err(parser.faults)
    }
}

/// Parses blocks without a head: a common part, or what an entity puts in the place of a block.
pub(crate) fn fragment(place: &str, source: &str, first: usize) -> Result<Vec<Line>, Vec<TemplateFault>> {
    let mut parser = Parser { place, lines: source.lines().collect(), next: 0, faults: Vec::new() };
    let mut lines = parser.whole();
    lines.iter_mut().for_each(|line| line.line += first);
    parser.faults.iter_mut().for_each(|fault| fault.line += first);
    if parser.faults.is_empty() { Ok(lines) } else { Err(parser.faults) }
}

/// Returns what stands in a line that is one marker alone.
fn alone(line: &str) -> Option<&str> {
    let inside = line.strip_prefix("{{")?.strip_suffix("}}")?;
    (!inside.contains("{{") && !inside.contains("}}")).then(|| inside.trim())
}

impl<'a> Parser<'a> {
    fn fault(&mut self, code: &'static str, detail: &str) {
        self.faults.push(TemplateFault::new(self.place, self.next, code, detail));
    }

    fn noted<T: Default>(&mut self, result: Result<T, InlineFault>) -> T {
        result.unwrap_or_else(|(code, detail)| {
            self.fault(code, &detail);
            T::default()
        })
    }

    fn whole(&mut self) -> Vec<Line> {
        let (lines, end) = self.blocks();
        if end != End::File {
            self.fault("reports.template.unopened", "fin");
        }
        lines
    }

    fn peek(&self) -> Option<&'a str> {
        self.lines.get(self.next).map(|line| line.trim())
    }

    fn blocks(&mut self) -> (Vec<Line>, End) {
        let (mut blocks, mut name) = (Vec::new(), None);
        while let Some(line) = self.peek() {
            self.next += 1;
            let at = self.next;
            if line.is_empty() || line.starts_with("\\\\") {
                continue;
            }
            if let Some(named) = line.strip_prefix('@') {
                name = Some(named.trim().to_owned());
                continue;
            }
            let node = match alone(line) {
                Some("fin") => return (blocks, End::Close),
                Some("sino") => return (blocks, End::Otherwise),
                Some(inside) => self.control(inside),
                None => None,
            };
            let node = match node {
                Some(node) => Some(node),
                None => self.block(line),
            };
            if let Some(node) = node {
                blocks.push(Line { line: at, name: name.take(), node });
            }
        }
        (blocks, End::File)
    }

    fn control(&mut self, inside: &str) -> Option<Node> {
        if let Some(asked) = inside.strip_prefix("si ") {
            let condition = match condition(asked) {
                Ok(condition) => condition,
                Err((code, detail)) => {
                    self.fault(code, &detail);
                    return None;
                }
            };
            let (then, end) = self.blocks();
            let (otherwise, end) = if end == End::Otherwise { self.blocks() } else { (Vec::new(), end) };
            if end != End::Close {
                self.fault("reports.template.unclosed", inside);
            }
            return Some(Node::If { condition, then, otherwise });
        }
        if let Some(list) = inside.strip_prefix("cada ") {
            let list = path(list);
            let path = self.noted(list);
            let (body, end) = self.blocks();
            if end != End::Close {
                self.fault("reports.template.unclosed", inside);
            }
            return Some(Node::Each { path, body });
        }
        if let Some(list) = inside.strip_prefix("firmas ") {
            let list = path(list);
            return Some(Node::Signatures(self.noted(list)));
        }
        if let Some(list) = inside.strip_prefix("imagenes ") {
            let list = path(list);
            return Some(Node::Pictures(self.noted(list)));
        }
        if let Some(name) = inside.strip_prefix("incluir ") {
            return Some(Node::Include(name.trim().to_owned()));
        }
        (inside == "salto").then_some(Node::PageBreak)
    }

    fn inline(&mut self, text: &str) -> Vec<Piece> {
        let parsed = pieces(text.trim());
        self.noted(parsed)
    }

    /// Takes `… [pendiente x]` off the end of a head.
    fn head(&mut self, text: &str) -> (Vec<Piece>, Option<Vec<String>>) {
        match text.strip_suffix(']').and_then(|text| text.rsplit_once("[pendiente ")) {
            Some((title, name)) => {
                let pending = path(name);
                (self.inline(title), Some(self.noted(pending)))
            }
            None => (self.inline(text), None),
        }
    }

    fn block(&mut self, line: &'a str) -> Option<Node> {
        if let Some(text) = line.strip_prefix("##") {
            let (title, pending) = self.head(text);
            return Some(Node::Subsection { title, pending });
        }
        if let Some(text) = line.strip_prefix('#') {
            let (text, numbered, hidden) = match (text.strip_prefix('*'), text.strip_prefix('-')) {
                (Some(text), _) => (text, false, false),
                (_, Some(text)) => (text, false, true),
                _ => (text, true, false),
            };
            let (title, pending) = self.head(text);
            return Some(Node::Section { numbered, hidden, title, pending });
        }
        if let Some(text) = line.strip_prefix("||") {
            return Some(self.table(text));
        }
        if let Some(text) = line.strip_prefix("- ") {
            let text = self.continued(text);
            return Some(Node::Item { ordered: false, text: self.inline(&text) });
        }
        if let Some(text) = line.strip_prefix("1. ") {
            let text = self.continued(text);
            return Some(Node::Item { ordered: true, text: self.inline(&text) });
        }
        if let Some(text) = line.strip_prefix("> ") {
            let text = self.continued(text);
            return Some(Node::Result(self.inline(&text)));
        }
        if let Some(text) = line.strip_prefix(": ") {
            let Some((label, value)) = text.split_once(" = ") else {
                self.fault("reports.template.bad_pair", text);
                return None;
            };
            return Some(Node::Pair { label: label.trim().to_owned(), text: self.inline(value) });
        }
        if line.starts_with('|') {
            self.fault("reports.template.row_without_head", line);
            return None;
        }
        let text = self.continued(line);
        Some(Node::Paragraph(self.inline(&text)))
    }

    /// Joins the lines that continue a paragraph: until an empty line, another block, or a marker that stands alone.
    fn continued(&mut self, first: &str) -> String {
        let mut text = first.to_owned();
        while let Some(line) = self.peek() {
            let other = ["#", "||", "|", "- ", "1. ", "> ", ": ", "@", "\\\\"];
            if line.is_empty()
                || alone(line).is_some_and(is_control)
                || other.iter().any(|sign| line.starts_with(sign))
            {
                break;
            }
            self.next += 1;
            text.push(' ');
            text.push_str(line);
        }
        text
    }

    fn table(&mut self, text: &str) -> Node {
        let head: Vec<Vec<Piece>> = cells(text).iter().map(|cell| self.inline(cell)).collect();
        let mut columns = vec![Column { share: 1.0, ..Column::default() }; head.len()];
        if let Some(widths) = self.peek().and_then(|line| line.strip_prefix("~~")) {
            self.next += 1;
            let widths: Vec<&str> = widths.split_whitespace().collect();
            if widths.len() == head.len() {
                for (column, width) in columns.iter_mut().zip(widths) {
                    column.right = width.ends_with('>');
                    match width.trim_end_matches('>').parse::<f64>() {
                        Ok(share) if (0.0..=100.0).contains(&share) => column.share = share,
                        _ => self.fault("reports.template.bad_widths", width),
                    }
                }
            } else {
                self.fault("reports.template.bad_widths", &widths.join(" "));
            }
        }
        let rows = self.rows(head.len(), 0).0;
        Node::Table { head, columns, rows }
    }

    fn rows(&mut self, width: usize, depth: usize) -> (Vec<Row>, End) {
        let mut rows = Vec::new();
        while let Some(line) = self.peek() {
            let inside = alone(line);
            if line.is_empty() || (depth == 0 && matches!(inside, Some("fin" | "sino"))) {
                return (rows, End::File);
            }
            self.next += 1;
            if let Some(text) = line.strip_prefix('|') {
                let cells: Vec<Vec<Piece>> = cells(text).iter().map(|cell| self.inline(cell)).collect();
                if cells.len() != width {
                    self.fault("reports.template.cells", &format!("{} ≠ {width}", cells.len()));
                }
                rows.push(Row::Cells(cells));
                continue;
            }
            match inside {
                Some("fin") => return (rows, End::Close),
                Some("sino") => return (rows, End::Otherwise),
                Some(inside) if inside.starts_with("cada ") => {
                    let list = path(inside.trim_start_matches("cada "));
                    let path = self.noted(list);
                    let (body, end) = self.rows(width, depth + 1);
                    if end != End::Close {
                        self.fault("reports.template.unclosed", inside);
                    }
                    rows.push(Row::Each { path, body });
                }
                Some(inside) if inside.starts_with("si ") => {
                    let (then, end) = self.rows(width, depth + 1);
                    let (otherwise, end) =
                        if end == End::Otherwise { self.rows(width, depth + 1) } else { (Vec::new(), end) };
                    if end != End::Close {
                        self.fault("reports.template.unclosed", inside);
                    }
                    match condition(inside.trim_start_matches("si ")) {
                        Ok(condition) => rows.push(Row::If { condition, then, otherwise }),
                        Err((code, detail)) => self.fault(code, &detail),
                    }
                }
                _ => self.fault("reports.template.not_a_row", line),
            }
        }
        (rows, End::File)
    }
}

fn is_control(inside: &str) -> bool {
    matches!(inside, "fin" | "sino" | "salto")
        || ["si ", "cada ", "firmas ", "imagenes ", "incluir "].iter().any(|verb| inside.starts_with(verb))
}

/// Cuts a row at its bars, but not within a marker.
fn cells(text: &str) -> Vec<String> {
    let (mut cells, mut cell, mut depth) = (Vec::new(), String::new(), 0_u32);
    let mut signs = text.trim().trim_end_matches('|').chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '{' if signs.peek() == Some(&'{') => depth += 1,
            '}' if signs.peek() == Some(&'}') => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                cells.push(std::mem::take(&mut cell));
                continue;
            }
            _ => {}
        }
        cell.push(sign);
    }
    cells.push(cell);
    cells
}

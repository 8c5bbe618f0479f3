//! The items of technical specifications: rows with a number and a CPC code, blocks `ITEM N° 1`, or characteristics coded `1.01`.

use super::lines::{Line, place};
use super::sections::is_instruction;
use cotejo_domain::{Requirement, RequirementId, RequirementKind, Subject};
use regex::Regex;
use std::sync::LazyLock;

type Pattern = LazyLock<Option<Regex>>;

static CODED_ROW: Pattern = LazyLock::new(|| Regex::new(r"^(\d{1,3}) (\d{5,11}) (\S.*)$").ok());
static BLOCK: Pattern =
    LazyLock::new(|| Regex::new(r"^(?:item|rubro|bien|producto) ?(?:n[°º.]?o?\.? ?)?(\d{1,3})\.?:?$").ok());
static NAME: Pattern = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:producto requerido|nombre del (?:bien|producto)|bien requerido|descripci[óo]n)[: ]+(\S.*)$",
    )
    .ok()
});
static CHARACTERISTIC: Pattern =
    LazyLock::new(|| Regex::new(r"^(?:[^\d]{0,60} )?(\d{1,2}\.\d{2})(?: (\S.*))?$").ok());
static QUANTITY: Pattern =
    LazyLock::new(|| Regex::new(r"^(.*\S) (\d[\d.,]*) ([A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.0-9²³]{0,12})$").ok());
static HEADING: Pattern =
    LazyLock::new(|| Regex::new(r"^\d{1,2}\.-? ?[a-z]{4}|^nota:|^(?:\d{1,2}\.)+\d{1,2}\.? [a-z]").ok());

/// Fewest coded characteristics that make a sheet of them: a stray decimal is none.
const FEWEST_CHARACTERISTICS: usize = 8;
/// Most lines of one item.
const MOST_LINES: usize = 120;

/// Reads the items, in the one form that the paper has.
pub(super) fn read(lines: &[Line]) -> Vec<Requirement> {
    let rows = coded_rows(lines);
    if !rows.is_empty() {
        return rows;
    }
    let blocks = blocks(lines);
    if blocks.is_empty() { characteristics(lines) } else { blocks }
}

fn requirement(id: String, text: String, at: &[Line]) -> Requirement {
    Requirement {
        id: RequirementId(id),
        lot: None,
        kind: RequirementKind::Minimo,
        text,
        points: None,
        subject: Subject::Other,
        source: place(at),
    }
}

/// Cuts `lines` where each item starts, up to the first line that ends an item.
fn stretches<'a>(lines: &'a [Line], starts: &[usize], ends: impl Fn(&Line) -> bool) -> Vec<&'a [Line]> {
    let mut found = Vec::new();
    for (position, start) in starts.iter().enumerate() {
        let next = starts.get(position + 1).copied().unwrap_or(lines.len());
        let most = next.min(start + MOST_LINES);
        let end = (start + 1..most).find(|index| lines.get(*index).is_some_and(&ends)).unwrap_or(most);
        found.extend(lines.get(*start..end));
    }
    found
}

/// Finds the lines that carry the numbers 1, 2, 3 and so on, in this order.
fn counted(lines: &[Line], number: impl Fn(&Line) -> Option<u32>) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut next = 1;
    for (index, line) in lines.iter().enumerate() {
        if number(line) == Some(next) {
            starts.push(index);
            next += 1;
        }
    }
    starts
}

fn coded_rows(lines: &[Line]) -> Vec<Requirement> {
    let (Some(row), Some(quantity), Some(heading)) =
        (CODED_ROW.as_ref(), QUANTITY.as_ref(), HEADING.as_ref())
    else {
        return Vec::new();
    };
    let number = |line: &Line| row.captures(&line.text)?.get(1)?.as_str().parse().ok();
    let starts = counted(lines, number);
    // One row alone may be anything.
    if starts.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (item, stretch) in
        stretches(lines, &starts, |line| heading.is_match(&line.folded)).into_iter().enumerate()
    {
        let Some(first) = stretch.first().and_then(|line| row.captures(&line.text)?.get(3)) else { continue };
        let (name, amount) = match quantity.captures(first.as_str()) {
            Some(found) => {
                let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
                (part(1).to_owned(), format!(" · {} {}", part(2), part(3)))
            }
            None => (first.as_str().to_owned(), String::new()),
        };
        // The number of the page is no part of the item.
        let own = |line: &&Line| !line.text.chars().all(|c| c.is_ascii_digit());
        let more = stretch.iter().skip(1).filter(own).map(|line| line.text.as_str());
        let text = std::iter::once(name.as_str()).chain(more).collect::<Vec<_>>().join(" ");
        found.push(requirement(format!("ET-{}", item + 1), format!("{text}{amount}"), stretch));
    }
    found
}

fn blocks(lines: &[Line]) -> Vec<Requirement> {
    let (Some(block), Some(name)) = (BLOCK.as_ref(), NAME.as_ref()) else { return Vec::new() };
    let number = |line: &Line| block.captures(&line.folded)?.get(1)?.as_str().parse().ok();
    let starts = counted(lines, number);
    let mut found = Vec::new();
    let ends = |line: &Line| line.folded.starts_with("seccion ") || is_instruction(&line.folded);
    for (item, stretch) in stretches(lines, &starts, ends).into_iter().enumerate() {
        let named =
            stretch.iter().find_map(|line| Some(name.captures(&line.text)?.get(1)?.as_str().to_owned()));
        let rest = stretch.iter().skip(1).map(|line| line.text.as_str());
        let rest: Vec<&str> = rest.filter(|text| !text.chars().all(|c| c == '-')).collect();
        if rest.is_empty() {
            continue;
        }
        let text = match named {
            Some(named) => format!("{named}\n{}", rest.join("\n")),
            None => rest.join("\n"),
        };
        found.push(requirement(format!("ET-{}", item + 1), text, stretch));
    }
    found
}

fn characteristics(lines: &[Line]) -> Vec<Requirement> {
    let Some(pattern) = CHARACTERISTIC.as_ref() else { return Vec::new() };
    let mut last = (0_u32, 0_u32);
    // Line of each code, with the text beside it.
    let mut codes: Vec<(usize, String, Option<String>)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(captures) = pattern.captures(&line.text) else { continue };
        let Some(code) = captures.get(1).map(|code| code.as_str()) else { continue };
        let Some((group, member)) = code.split_once('.') else { continue };
        let (Ok(group), Ok(member)) = (group.parse::<u32>(), member.parse::<u32>()) else { continue };
        // Codes go up: 1.09, 1.10, 2.01. Anything else is a measure.
        let follows = (group == last.0 && member > last.1 && member <= last.1 + 4)
            || (group == last.0 + 1 && (1..=3).contains(&member));
        if follows {
            last = (group, member);
            codes.push((index, code.to_owned(), captures.get(2).map(|text| text.as_str().to_owned())));
        }
    }
    if codes.len() < FEWEST_CHARACTERISTICS {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (position, (index, code, text)) in codes.iter().enumerate() {
        let id = format!("ET-{code}");
        // What begins in lower case is the middle of a cell of several lines.
        if let Some(text) = text.as_ref().filter(|text| !text.starts_with(char::is_lowercase)) {
            found.extend(
                lines.get(*index).map(|line| requirement(id, text.clone(), std::slice::from_ref(line))),
            );
            continue;
        }
        // A cell of several lines leaves its code alone among them: what stands around it belongs to it, as far as the codes beside.
        let before =
            position.checked_sub(1).and_then(|before| codes.get(before)).map_or(0, |(index, ..)| index + 1);
        let after = codes.get(position + 1).map_or(lines.len(), |(index, ..)| *index);
        let around = lines.get(before.max(index.saturating_sub(5))..after.min(index + 6)).unwrap_or_default();
        let own = |line: &&Line| line.text != *code && !line.text.starts_with("(*)");
        let text = around.iter().filter(own).map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        found.push(requirement(id, if text.is_empty() { code.clone() } else { text }, around));
    }
    found
}

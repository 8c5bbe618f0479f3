//! The pieces of a line: words, emphasis and markers.

use super::{Condition, Path, Piece};

/// Says what is wrong with a line: the key of the sentence and what it is about.
pub(crate) type InlineFault = (&'static str, String);

pub(crate) fn path(text: &str) -> Result<Path, InlineFault> {
    let names: Path = text.trim().split('.').map(str::to_owned).collect();
    let good = |name: &String| {
        !name.is_empty()
            && name.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
    };
    if names.iter().all(good) {
        Ok(names)
    } else {
        Err(("reports.template.bad_marker", text.trim().to_owned()))
    }
}

pub(crate) fn condition(text: &str) -> Result<Condition, InlineFault> {
    let text = text.trim();
    let (text, negated) = text.strip_prefix("no ").map_or((text, false), |rest| (rest, true));
    let (name, equals) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value.trim().to_owned())),
        None => (text, None),
    };
    Ok(Condition { path: path(name)?, negated, equals })
}

/// Splits `{{verb rest}}` into its verb and the rest; a marker of one word is a value.
fn alternatives(text: &str, number: usize) -> Result<(Path, Vec<String>), InlineFault> {
    let bad = || ("reports.template.bad_marker", text.to_owned());
    let (name, rest) = text.split_once(':').ok_or_else(bad)?;
    let parts: Vec<String> = rest.split('|').map(|part| part.trim().to_owned()).collect();
    if parts.len() == number { Ok((path(name)?, parts)) } else { Err(bad()) }
}

fn marker(text: &str) -> Result<Piece, InlineFault> {
    let text = text.trim();
    let two = |parts: Vec<String>| -> (String, String) {
        let mut parts = parts.into_iter();
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    };
    if text == "linea" {
        return Ok(Piece::Text("\n".into()));
    }
    if let Some(rest) = text.strip_prefix("norma ") {
        return Ok(Piece::Norm(path(rest)?));
    }
    if let Some(rest) = text.strip_prefix("lista ") {
        return Ok(Piece::Join(path(rest)?));
    }
    if let Some(rest) = text.strip_prefix("plural ") {
        let (path, parts) = alternatives(rest, 2)?;
        let (one, many) = two(parts);
        return Ok(Piece::Plural { path, one, many });
    }
    if let Some(rest) = text.strip_prefix("cuenta ") {
        let (name, words) = rest.split_once(':').ok_or(("reports.template.bad_marker", text.to_owned()))?;
        let (name, feminine) = match name.trim().rsplit_once(' ') {
            Some((name, "f")) => (name, true),
            Some((name, "m")) => (name, false),
            _ => return Err(("reports.template.bad_marker", text.to_owned())),
        };
        let (path, parts) = alternatives(&format!("{name}:{words}"), 2)?;
        let (one, many) = two(parts);
        return Ok(Piece::Count { path, feminine, one, many });
    }
    if let Some(rest) = text.strip_prefix("genero ") {
        let (path, parts) = alternatives(rest, 3)?;
        let mut parts = parts.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        return Ok(Piece::Gender { path, feminine: next(), masculine: next(), unknown: next() });
    }
    match text.strip_suffix('?') {
        Some(name) => Ok(Piece::Value { path: path(name)?, optional: true }),
        None => Ok(Piece::Value { path: path(text)?, optional: false }),
    }
}

/// Parses a line into its pieces.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece>, InlineFault> {
    // Each open `si` holds its condition, what stood before it, and the first branch once `sino` was met.
    struct Open {
        condition: Condition,
        before: Vec<Piece>,
        then: Option<Vec<Piece>>,
    }
    let mut done: Vec<Piece> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = text;
    loop {
        let (words, marked) = match rest.split_once("{{") {
            Some((words, after)) => {
                let (inside, after) =
                    after.split_once("}}").ok_or(("reports.template.open_marker", text.to_owned()))?;
                rest = after;
                (words, Some(inside))
            }
            None => (rest, None),
        };
        emphasis(words, &mut done);
        let Some(inside) = marked else { break };
        let inside = inside.trim();
        if let Some(asked) = inside.strip_prefix("si ") {
            open.push(Open { condition: condition(asked)?, before: std::mem::take(&mut done), then: None });
        } else if inside == "sino" {
            let last = open.last_mut().ok_or(("reports.template.unopened", "sino".to_owned()))?;
            last.then = Some(std::mem::take(&mut done));
        } else if inside == "fin" {
            let last = open.pop().ok_or(("reports.template.unopened", "fin".to_owned()))?;
            let branch = std::mem::replace(&mut done, last.before);
            let (then, otherwise) = match last.then {
                Some(then) => (then, branch),
                None => (branch, Vec::new()),
            };
            done.push(Piece::If { condition: last.condition, then, otherwise });
        } else {
            done.push(marker(inside)?);
        }
    }
    match open.pop() {
        Some(left) => Err(("reports.template.unclosed", format!("si {}", left.condition.path.join(".")))),
        None => Ok(done),
    }
}

/// Cuts words at the signs of emphasis; a backslash takes a sign literally.
fn emphasis(words: &str, into: &mut Vec<Piece>) {
    let mut text = String::new();
    let mut signs = words.chars().peekable();
    let flush = |text: &mut String, into: &mut Vec<Piece>| {
        if !text.is_empty() {
            into.push(Piece::Text(std::mem::take(text)));
        }
    };
    while let Some(sign) = signs.next() {
        let toggle = match sign {
            '\\' => {
                text.extend(signs.next());
                continue;
            }
            '*' if signs.peek() == Some(&'*') => {
                signs.next();
                Piece::Bold
            }
            '_' => Piece::Italic,
            '^' => Piece::Small,
            _ => {
                text.push(sign);
                continue;
            }
        };
        flush(&mut text, into);
        into.push(toggle);
    }
    flush(&mut text, into);
}

//! Every sentence a person reads, in Spanish (es-EC), from one catalogue.
//!
//! The sentences live in `es-EC/<room>.json`, a flat object a file: `"pdf.encrypted": "El archivo «{archivo}» pide una
//! contraseña."`. The window reads the same files. A finding's code is its key; what to do about it stands at the key plus
//! `.remedio`. A key that does not exist shows itself in angular quotes, and a test in the workspace looks for such keys.

use std::collections::BTreeMap;
use std::sync::LazyLock;

macro_rules! rooms {
    ($($room:literal),* $(,)?) => {
        /// Lists the files of the catalogue with their content.
        pub const ROOMS: &[(&str, &str)] = &[$(($room, include_str!(concat!("../es-EC/", $room, ".json")))),*];
    };
}

rooms!(
    "app",
    "casework",
    "cli",
    "comision",
    "commission",
    "convalidacion",
    "curing",
    "etapas",
    "fields",
    "flags",
    "indicios",
    "intake",
    "lector",
    "lots",
    "net",
    "papeles",
    "puntaje",
    "reader",
    "recognition",
    "registries",
    "reports",
    "requirements",
    "requisitos",
    "rules",
    "signature",
    "signing",
    "stages",
    "store",
    "tenders",
);

static MESSAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut messages = BTreeMap::new();
    for (_, content) in ROOMS {
        // A file that does not parse fails the test below; at run time its keys show themselves instead.
        messages.extend(serde_json::from_str::<BTreeMap<String, String>>(content).unwrap_or_default());
    }
    messages
});

/// Returns the sentence at `key` with its `{placeholders}` filled in.
#[must_use]
pub fn message(key: &str, values: &[(&str, &str)]) -> String {
    let Some(template) = MESSAGES.get(key) else { return format!("«{key}»") };
    let mut text = String::with_capacity(template.len());
    let mut rest = template.as_str();
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        text.push_str(before);
        let Some(end) = after.find('}') else {
            rest = after;
            break;
        };
        let name = &after[1..end];
        rest = &after[end + 1..];
        match values.iter().find(|(candidate, _)| *candidate == name) {
            Some((_, value)) => {
                text.push_str(value);
                rest = joined(&mut text, value, rest);
            }
            None => text.push_str(&after[..=end]),
        }
    }
    text.push_str(rest);
    text
}

/// Mends the seam between a value and the sentence that goes on: what a person wrote brings its own stop, and what is empty leaves no blank behind.
fn joined<'a>(text: &mut String, value: &str, rest: &'a str) -> &'a str {
    if value.is_empty() {
        let nothing_between = rest.is_empty() || rest.starts_with([' ', ',', '.', ';', ':', ')']);
        if text.ends_with(' ') && nothing_between {
            text.pop();
        }
        if text.is_empty() {
            return rest.trim_start();
        }
    }
    let Some(after_stop) = rest.strip_prefix('.') else { return rest };
    let closes_here = after_stop.is_empty() || after_stop.starts_with([' ', '\n', '»', ')']);
    if closes_here && text.ends_with(['.', '…', '?', '!']) { after_stop } else { rest }
}

/// Returns a phrase without its closing stop, to stand inside a sentence; an abbreviation (*S.A.*, *Cía.*) keeps its own.
#[must_use]
pub fn without_stop(text: &str) -> &str {
    let text = text.trim();
    let Some(bare) = text.strip_suffix('.').filter(|bare| !bare.ends_with('.')) else { return text };
    let last = bare.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or(bare);
    let short = last.chars().count() <= 4 && last.starts_with(char::is_uppercase);
    if last.contains('.') || short { text } else { bare }
}

/// Puts phrases side by side inside a sentence, parted by semicolons; each leaves its closing stop.
#[must_use]
pub fn phrases<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = without_stop(part.as_ref());
        if part.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(part);
    }
    text
}

/// Returns a text that closes with one stop; nothing stays nothing.
#[must_use]
pub fn closed(text: &str) -> String {
    let text = text.trim();
    let ends = text.is_empty() || text.ends_with(['.', '…', '?', '!', ':']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

/// Returns what to do about the finding `code`: the sentence at `code.remedio`, or nothing.
#[must_use]
pub fn remedy(code: &str, values: &[(&str, &str)]) -> String {
    let key = format!("{code}.remedio");
    if exists(&key) { message(&key, values) } else { String::new() }
}

/// Tells whether the catalogue has `key`.
#[must_use]
pub fn exists(key: &str) -> bool {
    MESSAGES.contains_key(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_no_key_stands_twice() {
        let mut seen = BTreeMap::new();
        for (room, content) in ROOMS {
            let file: BTreeMap<String, String> =
                serde_json::from_str(content).unwrap_or_else(|error| panic!("{room}.json: {error}"));
            for key in file.into_keys() {
                if let Some(other) = seen.insert(key.clone(), *room) {
                    panic!("{key} stands in {other}.json and in {room}.json");
                }
            }
        }
    }

    #[test]
    fn what_a_file_is_called_is_not_taken_for_a_placeholder() {
        let hostile = [("archivo", "{remedio}"), ("remedio", "no debe aparecer")];
        let template = "El archivo «{archivo}»";
        let filled = {
            let mut text = String::new();
            text.push_str(&template.replace("{archivo}", hostile[0].1));
            text
        };
        assert_eq!(
            filled, "El archivo «{remedio}»",
            "substitution happens once, never on what was substituted"
        );
        assert_eq!(message("no.such.key", &[]), "«no.such.key»", "a missing key shows itself");
    }

    fn names(template: &str) -> Vec<&str> {
        let open = template.split('{').skip(1);
        open.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    /// Says what is wrong with how a sentence is put together.
    fn faults(key: &str, text: &str) -> Vec<&'static str> {
        let mut found = Vec::new();
        let letters: Vec<char> = text.chars().collect();
        let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
        for (index, letter) in letters.iter().enumerate() {
            let (before, after) = (if index == 0 { ' ' } else { at(index - 1) }, at(index + 1));
            if *letter == '.' && after == '.' && at(index + 2) != '.' && before != '.' {
                found.push("two stops");
            }
            // «.zip» is the name of an ending, not a stop.
            let ending = *letter == '.' && after.is_ascii_alphanumeric();
            if matches!(letter, ',' | '.' | ';') && before == ' ' && index > 0 && !ending {
                found.push("a blank before a mark");
            }
            // The terminal's columns are set apart by blanks.
            let columns = key.starts_with("cli.") || key.contains(".cli.");
            if *letter == ' ' && before == ' ' && index > 0 && !columns {
                found.push("two blanks");
            }
        }
        if text.matches('«').count() != text.matches('»').count() {
            found.push("quotes that do not close");
        }
        if text.matches('(').count() < text.matches(')').count() {
            found.push("a bracket that was not opened");
        }
        found
    }

    #[test]
    fn no_sentence_is_put_together_with_two_stops_a_lost_blank_or_an_open_quote() {
        let samples =
            ["Valor", "Ejemplo S.A.", "Así lo decidió la comisión.", "¿Qué dice?", "la vía «Norte»", ""];
        let mut wrong = Vec::new();
        for (key, template) in MESSAGES.iter() {
            for sample in samples {
                let values: Vec<(&str, &str)> =
                    names(template).into_iter().map(|name| (name, sample)).collect();
                let text = message(key, &values);
                for fault in faults(key, &text) {
                    wrong.push(format!("{key}: {fault}: {text}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_value_that_brings_its_own_stop_closes_the_sentence_and_a_file_keeps_its_ending() {
        let mut text = "según la comisión.".to_owned();
        assert_eq!(joined(&mut text, "la comisión.", ". Luego"), " Luego");
        let mut text = "Ejemplo S.A.".to_owned();
        assert_eq!(joined(&mut text, "Ejemplo S.A.", ".docx"), ".docx", "a name and its ending");
        let mut text = "Consta ".to_owned();
        assert_eq!((joined(&mut text, "", ", y sigue"), text.as_str()), (", y sigue", "Consta"));
        assert_eq!(without_stop("Lo decidió la comisión."), "Lo decidió la comisión");
        assert_eq!(without_stop("Ejemplo S.A."), "Ejemplo S.A.");
        assert_eq!(without_stop("Ejemplo Cía. Ltda."), "Ejemplo Cía. Ltda.");
        assert_eq!(without_stop("y así..."), "y así...");
        assert_eq!(phrases(["Ana: lo dice el pliego.", " ", "RGL 266"]), "Ana: lo dice el pliego; RGL 266");
        assert_eq!(
            (closed("Consta"), closed("Consta."), closed(" ")),
            ("Consta.".into(), "Consta.".into(), String::new())
        );
    }
}

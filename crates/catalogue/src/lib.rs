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
        match values.iter().find(|(candidate, _)| *candidate == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&after[..=end]),
        }
        rest = &after[end + 1..];
    }
    text.push_str(rest);
    text
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
}

//! Papers that a pliego asks the bidder for in a sentence: *el oferente deberá presentar un certificado de …*.

use super::lines::{Line, place};
use super::sections::is_instruction;
use cotejo_domain::{Requirement, RequirementId, RequirementKind, Subject};
use regex::Regex;
use std::sync::LazyLock;

static DUTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:\b(?:el|los) (?:oferentes?|participantes?)\b|\bse\b)[^.;:]{0,60}?\b(?:debera|deberan|presentara|presentaran|adjuntara|adjuntaran)\b[^.;:]{0,40}?\b(certificad\w+|copias?|cartas?|catalogos?|fichas? tecnicas?|registro sanitario|permisos?|autorizaci\w+|muestras?|titulos?|declaraci\w+|licencias?|hojas? de vida|actas?|contratos?)\b",
    )
    .ok()
});

/// Papers that the models themselves speak of to everybody.
const OF_THE_MODEL: [&str; 6] = [
    "formulario",
    "formato de la tabla",
    "se debera aplicar",
    "adjudicad",
    "contratista",
    "previamente a la firma",
];

/// Most lines of one sentence.
const MOST_LINES: usize = 6;

/// Reads the papers asked in sentences, each once.
pub(super) fn read(lines: &[Line]) -> Vec<Requirement> {
    let Some(pattern) = DUTY.as_ref() else { return Vec::new() };
    let mut found: Vec<Requirement> = Vec::new();
    let mut from = 0;
    while let Some(line) = lines.get(from) {
        let run = sentence(lines, from);
        let folded = run.iter().map(|line| line.folded.as_str()).collect::<Vec<_>>().join(" ");
        let speaks = pattern.find(&folded).is_some_and(|place| place.start() <= line.folded.len());
        let general = is_instruction(&folded) || OF_THE_MODEL.iter().any(|words| folded.contains(words));
        if !speaks || general {
            from += 1;
            continue;
        }
        let text = run.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        if !found.iter().any(|other| other.text == text) {
            found.push(Requirement {
                id: RequirementId(format!("OTR-{}", found.len() + 1)),
                lot: None,
                kind: RequirementKind::Minimo,
                text,
                points: None,
                subject: Subject::Other,
                source: place(run),
            });
        }
        from += run.len().max(1);
    }
    found
}

/// Returns the lines of the sentence that begins at a line: up to the one that ends it.
fn sentence(lines: &[Line], from: usize) -> &[Line] {
    let most = lines.len().min(from + MOST_LINES);
    let ends = |index: &usize| lines.get(*index).is_some_and(|line| line.text.ends_with(['.', ';']));
    let end = (from..most).find(ends).map_or(most.min(from + 1), |index| index + 1);
    lines.get(from..end).unwrap_or_default()
}

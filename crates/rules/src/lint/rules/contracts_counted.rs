//! Experience asked in numbers of contracts: it is measured in amounts, never in how many (RGL 105).

use super::super::{Draft, LintFinding};
use super::cited;
use crate::text::folded;
use cotejo_domain::Severity;
use regex::Regex;
use std::sync::LazyLock;

/// Code of the rule.
pub(super) const CODE: &str = "lint.experiencia_numero";

static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:minimo|al menos|por lo menos|presentar|acreditar|adjuntar|demostrar)(?: de)? (?:(?:un|uno|dos|tres|cuatro|cinco) )?(?:\d{1,2} )?(?:contratos?|proyectos?|actas?|certificados?|facturas?|obras?)\b",
    )
    .ok()
});
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r" (?:uno?|dos|tres|cuatro|cinco|\d{1,2}) ").ok());

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let (Some(counted), Some(number)) = (COUNTED.as_ref(), NUMBER.as_ref()) else { return Vec::new() };
    let mut found = Vec::new();
    for statement in draft.statements {
        let plain = folded(&statement.text);
        // The bidder's experience; that of persons may be counted in projects.
        let of_bidder =
            plain.contains("experiencia") && !plain.contains("personal") && !plain.contains("tecnico");
        let denied = plain.contains("no estaran sujetas")
            || plain.contains("no al numero")
            || plain.contains("no se exig");
        if !of_bidder || denied {
            continue;
        }
        let names =
            counted.find(&plain).is_some_and(|place| number.is_match(&format!("{} ", place.as_str())));
        if names || plain.contains("numero de contratos") || plain.contains("numero minimo de contratos") {
            let values = [("texto", cited(&statement.text))];
            let values = [("texto", values[0].1.as_str())];
            found.push(
                LintFinding::of(draft, CODE, Severity::Warning, "experiencia", &values).at(&statement.source),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let found =
            |text: &str| DraftFixture::new("2026-01-15", ProcedureType::Licbs).say(text).found(CODE).len();
        assert_eq!(
            found("Experiencia general: provisión de bienes por un monto mínimo de USD 12.000,00."),
            0
        );
        assert_eq!(
            found("Experiencia del personal técnico: al menos dos proyectos similares."),
            0,
            "of a person"
        );
        assert_eq!(
            found("Estas condiciones no estarán sujetas al número de contratos de la experiencia."),
            0
        );
        assert_eq!(
            found("Experiencia específica: presentar mínimo 3 contratos de provisión de reactivos."),
            1
        );
        assert_eq!(found("La experiencia se demuestra con al menos dos contratos."), 1);
    }
}

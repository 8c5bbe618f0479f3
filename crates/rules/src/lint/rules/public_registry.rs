//! Papers asked that stand in public registers: the entity looks them up (RGL 104).

use super::super::{Draft, LintFinding};
use super::cited;
use super::notarised::{asks_bidder, forbidden};
use crate::text::folded;
use cotejo_domain::Severity;
use regex::Regex;
use std::sync::LazyLock;

/// Code of the rule.
pub(super) const CODE: &str = "lint.registros_publicos";

static PAPER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:copias?|certificad\w+|impresion|ruc|rup|papeleta|registro unico)\b.{0,60}?\b(ruc|rup|registro unico de (?:contribuyentes|proveedores)|sri|iess|superintendencia de companias|cedula|papeleta de votacion|senescyt|contraloria)\b",
    )
    .ok()
});

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let Some(pattern) = PAPER.as_ref() else { return Vec::new() };
    if !forbidden(draft, "informacion_de_registros_publicos") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for statement in draft.statements {
        let plain = folded(&statement.text);
        if asks_bidder(&plain)
            && let Some(paper) = pattern.captures(&plain).and_then(|found| found.get(1))
        {
            let values = [("registro", paper.as_str().to_uppercase()), ("texto", cited(&statement.text))];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let finding = LintFinding::of(draft, CODE, Severity::Warning, "no_se_pide", &values);
            found.push(finding.at(&statement.source));
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
        let found = |start: &str, text: &str| {
            DraftFixture::new(start, ProcedureType::Sie).say(text).found(CODE).len()
        };
        let text = "El oferente deberá adjuntar copia del RUC actualizado.";
        assert_eq!(
            found("2026-01-15", "El oferente deberá estar habilitado en el RUP."),
            0,
            "being in it is no paper"
        );
        assert_eq!((found("2026-01-15", text), found("2024-05-02", text)), (1, 0), "that rule is of 2025");
    }
}

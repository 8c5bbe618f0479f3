//! Notarised or apostilled copies asked with the offer: they are never asked (RGL 104).

use super::super::{Draft, LintFinding};
use super::cited;
use crate::Answer;
use crate::text::folded;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.notariados";

/// Tells whether the norms of the draft forbid asking for something.
pub(super) fn forbidden(draft: &Draft<'_>, what: &str) -> bool {
    match draft.pack.settle::<Vec<String>>("no_se_pide", None, draft.pliego.process.started) {
        Answer::Known(list) => list.value.iter().any(|known| known == what),
        Answer::Ask { .. } => false,
    }
}

/// Tells whether a sentence asks something of the bidder with the offer.
pub(super) fn asks_bidder(plain: &str) -> bool {
    let duty =
        ["debera", "deberan", "presentar", "adjuntar", "entregar", "se requiere", "se solicita", "anexar"];
    let denied = [
        "no se exig",
        "tampoco se exig",
        "no se solicitar",
        "no sera necesari",
        "no se requerir",
        "unicamente el oferente adjudicat",
        "adjudicatario",
        "adjudicado",
        "contratista",
        "previo a la suscripcion",
        "previo a la firma",
    ];
    duty.iter().any(|words| plain.contains(words)) && !denied.iter().any(|words| plain.contains(words))
}

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    if !forbidden(draft, "copias_notariadas_o_apostilladas") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for statement in draft.statements {
        let plain = folded(&statement.text);
        let notarised =
            ["notariad", "notarizad", "notaria publica", "apostillad", "ante notario", "protocolizad"]
                .iter()
                .any(|words| plain.contains(words));
        if notarised && asks_bidder(&plain) {
            let text = cited(&statement.text);
            let finding = LintFinding::of(draft, CODE, Severity::Error, "no_se_pide", &[("texto", &text)]);
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
        let found =
            |text: &str| DraftFixture::new("2026-01-15", ProcedureType::Licbs).say(text).found(CODE).len();
        assert_eq!(found("Tampoco se exigirá que la documentación presentada sea notariada."), 0);
        assert_eq!(found("El adjudicatario deberá entregar los documentos notariados."), 0);
        assert_eq!(found("El oferente deberá presentar copias notariadas de sus contratos."), 1);
    }
}

//! Technical personnel: what the bid shows for a function.
//!
//! Legal basis: the pliego; RGL 108 for works, where personnel is a duty of the contract. What a pliego asks binds until it is changed, so the
//! check warns and leaves the answer to a person. It never proposes *no cumple*.

use crate::Answer;
use crate::context::{Context, Draft, is_firm, text_of};
use crate::text::overlap;
use cotejo_domain::Verdict;

/// Identifier of this check.
pub(super) const ID: &str = "personal.tecnico@1";

const PAPERS: [&str; 4] = ["FUO_1_10_PER", "COMPROMISO_PERS", "CV", "TITULO"];

pub(super) fn propose(context: Context<'_>, role: &str) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente).reason("rules.personal.revise", &[("cargo", role)]);
    let posts = context.facts(&["filas[].cargo", "cargo"], &["FUO_1_10_PER", "COMPROMISO_PERS"]);
    for fact in posts.into_iter().filter(|fact| overlap(&text_of(fact), role) >= 60) {
        draft.rest_on_fact(fact);
    }
    gather(context, &mut draft, &PAPERS);
    not_evaluated_in_works(context, &mut draft, "personal_tecnico");
    draft
}

/// Adds the documents of these types as evidence, a few of each.
pub(super) fn gather(context: Context<'_>, draft: &mut Draft, papers: &[&str]) {
    let mut found = 0;
    for kind in papers {
        for document in context.documents_of(kind).filter(|document| is_firm(document.confidence)).take(3) {
            draft.rest_on(context.document_evidence(document), document.confidence);
            found += 1;
        }
    }
    let code = if found == 0 { "rules.evidencia.ninguna" } else { "rules.evidencia.reunida" };
    draft.add_reason(code, &[("documentos", &found.to_string())]);
}

/// Warns where the norm leaves this to the contract and the pliego asks it nevertheless; shows the form of commitment if it is there.
pub(super) fn not_evaluated_in_works(context: Context<'_>, draft: &mut Draft, topic: &str) {
    if !context.process().procedure.is_works() {
        return;
    }
    let Answer::Known(list) = context.pack().works_not_evaluated() else { return };
    if !list.value.iter().any(|known| known == topic) {
        return;
    }
    draft.rest_on_norm("obras_no_evaluables", &list);
    draft.add_basis(context.pack(), "obras_no_evaluables");
    draft.add_reason("rules.obras.no_evaluable", &[]);
    if let Some(document) = context
        .documents_of("FORM_II_ETAPA")
        .find(|document| !document.blank_form && is_firm(document.confidence))
    {
        draft.rest_on(context.document_evidence(document), document.confidence);
        draft.add_reason("rules.obras.compromiso_presente", &[]);
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{Subject, Verdict};

    fn subject() -> Subject {
        Subject::Personnel { role: "Residente de obra".into(), count: 1 }
    }

    #[test]
    fn in_works_the_pliego_binds_but_the_norm_is_told() {
        let proposal = Fixture::new("2026-01-15").works().document("FORM_II_ETAPA", 3).propose(subject());
        assert_eq!(proposal.verdict, Verdict::Pendiente, "a person decides");
        assert!(proposal.legal_basis.contains(&"RGL 108".to_owned()), "{:?}", proposal.legal_basis);
        assert!(
            proposal.reasons.iter().any(|reason| reason.code == "rules.obras.compromiso_presente"),
            "the commitment is shown"
        );
        let before = Fixture::new("2024-08-23").works().propose(subject());
        assert!(before.legal_basis.is_empty(), "that article is of 2025");
    }
}

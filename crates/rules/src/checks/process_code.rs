//! The process code on the bidder's forms.
//!
//! Legal basis: RGL 100.1 and 100.3: a wrong code is an error of form. Only the bidder's own forms are looked at: contracts and certificates
//! carry the codes of other processes, and rightly.

use crate::context::{Context, Draft, firm_ones, is_firm};
use crate::fields;
use cotejo_domain::{Fact, FactValue, ProcessCode, Verdict};

/// Identifier of this check.
pub(super) const ID: &str = "proceso.codigo@1";

pub(super) fn propose(context: Context<'_>) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente).basis(context.pack(), "error_formal");
    let Some(code) = &context.input.pliego.process.code else {
        draft.add_reason("rules.codigo.pliego_sin_codigo", &[]);
        return draft;
    };
    let found: Vec<(&Fact, &ProcessCode)> = context
        .facts(&fields::PROCESS_CODE, &fields::OFFER_FORMS)
        .into_iter()
        .filter_map(|fact| match &fact.value {
            FactValue::ProcessCode(found) => Some((fact, found)),
            _ => None,
        })
        .collect();
    let found = firm_ones(found);
    if found.is_empty() {
        draft.add_reason("rules.codigo.sin_dato", &[("codigo", code.as_str())]);
        return draft;
    }
    let wrong: Vec<&(&Fact, &ProcessCode)> = found.iter().filter(|(_, found)| *found != code).collect();
    if wrong.is_empty() {
        draft.verdict = Verdict::Cumple;
        draft.add_reason(
            "rules.codigo.concuerda",
            &[("codigo", code.as_str()), ("formularios", &found.len().to_string())],
        );
        for (fact, _) in &found {
            draft.rest_on_fact(fact);
        }
        return draft;
    }
    let doubtful = wrong
        .iter()
        .any(|(fact, found)| !is_firm(fact.confidence) || maybe_misread(context, fact, found, code));
    for (fact, _) in &wrong {
        draft.rest_on_fact(fact);
    }
    let list: Vec<&str> = wrong.iter().map(|(_, found)| found.as_str()).collect();
    let list = list.join("; ");
    let values = [("codigo", code.as_str()), ("encontrados", list.as_str())];
    if doubtful {
        draft.add_reason("rules.codigo.dudoso", &values);
    } else {
        draft.verdict = Verdict::AConvalidar;
        draft.add_reason("rules.codigo.distinto", &values);
    }
    draft
}

/// Tells whether a code from a scanned page differs so little that it may be a misreading.
fn maybe_misread(context: Context<'_>, fact: &Fact, found: &ProcessCode, code: &ProcessCode) -> bool {
    let scanned = fact.evidence.location.page().is_some_and(|page| context.is_ocr(fact.evidence.file, page));
    scanned && edit_distance(found.as_str(), code.as_str()) <= 2
}

fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, right) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(left != *right);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{PageStatus, Subject};

    fn with(code: &str, kind: &str) -> Fixture {
        let value = FactValue::ProcessCode(ProcessCode::new(code));
        Fixture::new("2026-01-15").document(kind, 1).fact("codigo_proceso", value, 1)
    }

    #[test]
    fn the_right_code_meets_it_and_another_is_to_be_cured() {
        assert_eq!(
            with("sie-ejemplo-2026-001", "FUO_1_1").propose(Subject::ProcessCode).verdict,
            Verdict::Cumple
        );
        let other = with("SIE-EJEMPLO-2026-010", "FUO_1_1").propose(Subject::ProcessCode);
        assert_eq!(other.verdict, Verdict::AConvalidar, "a form of another process");
        assert_eq!(other.legal_basis, ["RGL 100.1", "RGL 100.3"]);
    }

    #[test]
    fn a_contract_may_carry_the_code_of_another_process() {
        let fixture = with("LICO-OTRA-2019-004", "CONTRATO_EXP");
        assert_eq!(
            fixture.propose(Subject::ProcessCode).verdict,
            Verdict::Pendiente,
            "no form carries a code"
        );
    }

    #[test]
    fn a_digit_off_on_a_scan_is_a_question() {
        let fixture = with("SIE-EJEMPLO-2026-00I", "FUO_1_1").page(1, PageStatus::Ocr);
        assert_eq!(fixture.propose(Subject::ProcessCode).verdict, Verdict::Pendiente, "I for 1");
        assert_eq!(edit_distance("kitten", "sitting"), 3, "the textbook pair");
    }
}

//! A term for convalidación that is shorter or longer than the regime's, counted over the calendar.

use super::super::{Draft, LintFinding};
use super::stage_terms::{between, moment};
use crate::Answer;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.termino_convalidacion";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let Answer::Known(days) = draft.pack.cure_days() else { return Vec::new() };
    let asked = moment(draft, &["solicitar convalidacion"], &[]);
    let answered = moment(draft, &["convalidacion"], &["solicitar"]);
    let (Some(asked), Some(answered)) = (asked, answered) else { return Vec::new() };
    let given = between(asked, answered);
    let (least, most) = days.value;
    if given >= least.0 && given <= most.0 {
        return Vec::new();
    }
    let values = [
        ("dias", given.to_string()),
        ("desde", least.0.to_string()),
        ("hasta", most.0.to_string()),
        ("fuente", days.source.clone()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut finding = LintFinding::of(draft, CODE, Severity::Warning, "etapa.convalidacion", &values);
    finding.unverified |= days.marked();
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let found = |until: &str| {
            DraftFixture::new("2026-01-15", ProcedureType::Licbs)
                .stage("Fecha límite para solicitar convalidación de errores", "2026-01-23")
                .stage("Fecha límite para convalidación de errores", until)
                .found(CODE)
                .len()
        };
        // 23 January 2026 is a Friday: two working days later it is Tuesday 27.
        assert_eq!((found("2026-01-27"), found("2026-01-30")), (0, 0), "two and five days");
        assert_eq!((found("2026-01-26"), found("2026-02-02")), (1, 1), "one and six");
    }
}

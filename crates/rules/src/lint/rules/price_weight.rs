//! A weight of the price outside the margins of the regime.

use super::super::{Draft, LintFinding};
use super::is_consultancy;
use crate::Answer;
use crate::text::folded;
use cotejo_domain::{Percent, Requirement, Severity, Subject};
use rust_decimal::Decimal;

/// Code of the rule.
pub(super) const CODE: &str = "lint.peso_precio";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let price = draft.pliego.requirements.iter().filter(|requirement| match &requirement.subject {
        Subject::Score { parameter } => {
            let plain = folded(parameter);
            plain.contains("oferta economica") || plain.contains("costo de la oferta") || plain == "precio"
        }
        _ => false,
    });
    let priced: Vec<(&Requirement, Decimal)> = price.filter_map(|one| Some((one, one.points?))).collect();
    let procedure = draft.pliego.process.procedure;
    let started = draft.pliego.process.started;
    let margins: Answer<(Decimal, Decimal)> = if is_consultancy(procedure) {
        draft.pack.settle::<serde_json::Value>("consultoria", None, started).pipe(|value| {
            let hundred = Decimal::ONE_HUNDRED;
            let weight = |place: usize| value.get("c2")?.get(place)?.as_str()?.parse::<Decimal>().ok();
            Some((weight(0)? * hundred, weight(1)? * hundred))
        })
    } else if procedure.is_works() {
        draft.pack.settle::<serde_json::Value>("lico_scoring", None, started).pipe(|value| {
            let points = |place: usize| value.get("oferta_economica")?.get(place)?.as_i64();
            Some((points(0)?.into(), points(1)?.into()))
        })
    } else {
        return Vec::new();
    };
    let Answer::Known(margins) = margins else { return Vec::new() };
    let (least, most) = margins.value;
    let mut found = Vec::new();
    for (requirement, points) in priced {
        if points < least || points > most {
            let shown =
                |number: Decimal| Percent(number).spanish().trim_end_matches([' ', '%', '\u{a0}']).to_owned();
            let values = [
                ("puntos", shown(points)),
                ("desde", shown(least)),
                ("hasta", shown(most)),
                ("fuente", margins.source.clone()),
            ];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let mut finding =
                LintFinding::of(draft, CODE, Severity::Warning, "puntaje", &values).on(requirement);
            finding.unverified |= margins.marked();
            found.push(finding);
        }
    }
    found
}

/// Reads a value of the pack further; asked where it is of another form.
trait Pipe {
    fn pipe(
        self,
        read: impl FnOnce(&serde_json::Value) -> Option<(Decimal, Decimal)>,
    ) -> Answer<(Decimal, Decimal)>;
}

impl Pipe for Answer<serde_json::Value> {
    fn pipe(
        self,
        read: impl FnOnce(&serde_json::Value) -> Option<(Decimal, Decimal)>,
    ) -> Answer<(Decimal, Decimal)> {
        match self {
            Answer::Known(value) => match read(&value.value) {
                Some(margins) => Answer::Known(value.map(margins)),
                None => Answer::Ask { parameter: "peso del precio".to_owned() },
            },
            Answer::Ask { parameter } => Answer::Ask { parameter },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let found = |procedure, points: &str| {
            DraftFixture::new("2024-05-02", procedure).score("Oferta económica", points).found(CODE).len()
        };
        assert_eq!(
            (found(ProcedureType::Lico, "50"), found(ProcedureType::Lico, "60")),
            (0, 0),
            "the margins"
        );
        assert_eq!((found(ProcedureType::Lico, "49.99"), found(ProcedureType::Lico, "61")), (1, 1));
        assert_eq!(
            (found(ProcedureType::Consultoria, "20"), found(ProcedureType::Consultoria, "30")),
            (0, 1)
        );
    }
}

//! Parameters that give points.
//!
//! Legal basis: RGL 104 and 107: points never disqualify. The score is given by a person after the minimums.

use crate::context::{Context, Draft};
use cotejo_domain::Verdict;
use rust_decimal::Decimal;

/// Identifier of this check.
pub(super) const ID: &str = "puntaje@1";

pub(super) fn propose(context: Context<'_>, parameter: &str, points: Option<Decimal>) -> Draft {
    let points =
        points.map_or_else(|| "—".to_owned(), |points| points.normalize().to_string().replace('.', ","));
    Draft::new(ID, Verdict::Pendiente)
        .basis(context.pack(), "puntaje")
        .reason("rules.puntaje.no_descalifica", &[("parametro", parameter), ("puntos", &points)])
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{Subject, Verdict};

    #[test]
    fn points_never_disqualify() {
        let proposal =
            Fixture::new("2026-01-15").propose(Subject::Score { parameter: "Oferta económica".into() });
        assert_eq!(proposal.verdict, Verdict::Pendiente);
        assert_eq!(proposal.legal_basis, ["RGL 104", "RGL 107"]);
    }
}

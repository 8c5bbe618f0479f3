//! Ecuadorian added value: what the bid declares.
//!
//! It opens preferences and is no ground of rejection; how it is verified is a person's matter in the stage of convalidación.

use crate::context::{Context, Draft};
use cotejo_domain::{FactValue, Percent, Verdict};

/// Identifier of this check.
pub(super) const ID: &str = "vae@1";

pub(super) fn propose(context: Context<'_>, threshold: Option<Percent>) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente);
    let facts = context.facts(&["vae_pct", "porcentaje"], &["FUO_VAE", "FUO_1_12_PE"]);
    let declared = facts.iter().find_map(|fact| match fact.value {
        FactValue::Percent(percent) => Some((*fact, percent)),
        _ => None,
    });
    let asked = threshold.map_or_else(|| "—".to_owned(), Percent::spanish);
    match declared {
        Some((fact, percent)) => {
            draft.rest_on_fact(fact);
            draft.add_reason("rules.vae.declarado", &[("valor", &percent.spanish()), ("umbral", &asked)]);
        }
        None => draft.add_reason("rules.vae.sin_dato", &[("umbral", &asked)]),
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Fixture;
    use cotejo_domain::Subject;

    #[test]
    fn a_declared_share_is_shown_and_not_judged() {
        let fixture = Fixture::new("2026-01-15").document("FUO_VAE", 3);
        let fixture =
            fixture.fact("vae_pct", FactValue::Percent(Percent("41.5".parse().expect("a rate"))), 3);
        let proposal =
            fixture.propose(Subject::Vae { threshold: Some(Percent("60".parse().expect("a rate"))) });
        assert_eq!(proposal.verdict, Verdict::Pendiente, "below the threshold is no rejection");
        assert!(proposal.reasons[0].text.contains("41,5 %"), "{}", proposal.reasons[0].text);
    }
}

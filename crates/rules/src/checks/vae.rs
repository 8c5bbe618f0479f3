//! Ecuadorian added value: what the bid declares, and what its own amounts come to.
//!
//! `VAE % = (oferta − (importado directo + comprado importado)) / oferta × 100`; an intermediary has 0 % (manual §4.10; the methodology of Anexo 2 was
//! not seen). It opens preferences and is no ground of rejection; how it is verified is a person's matter in the stage of convalidación.

use crate::context::{Context, Draft, is_firm, money_of};
use crate::scoring::Exact;
use cotejo_domain::{Fact, FactValue, Money, Percent, Verdict};
use rust_decimal::Decimal;

/// Identifier of this check.
pub(super) const ID: &str = "vae@2";

/// What the form says.
pub(crate) struct Reading<'a> {
    /// The percentage it states.
    pub(crate) declared: Option<(&'a Fact, Percent)>,
    /// What its own amounts come to, exactly, with the facts they stand in.
    pub(crate) computed: Option<(Exact, Vec<&'a Fact>)>,
    /// Whether it declares to be an intermediary.
    pub(crate) intermediary: Option<(&'a Fact, bool)>,
    /// True when it answers both, that it is one and that it is none.
    pub(crate) both: bool,
    /// The numbers of the computation, for people.
    inputs: String,
}

/// Reads the form of Ecuadorian added value.
pub(crate) fn reading<'a>(context: Context<'a>) -> Reading<'a> {
    let on_form = |name: &str| -> Vec<&'a Fact> {
        context.facts(&[name], &["FUO_VAE"]).into_iter().filter(|fact| is_firm(fact.confidence)).collect()
    };
    // Two values for one box leave a choice that is not ours.
    let amount = |name: &str| -> Option<(&Fact, Money)> {
        let found: Vec<(&Fact, Money)> =
            on_form(name).into_iter().filter_map(|fact| Some((fact, money_of(fact)?))).collect();
        let first = *found.first()?;
        found.iter().all(|(_, other)| *other == first.1).then_some(first)
    };
    let declared = {
        let found: Vec<(&Fact, Percent)> = on_form("vae_pct").into_iter().filter_map(percent).collect();
        found.first().copied().filter(|first| found.iter().all(|(_, other)| *other == first.1))
    };
    let answer = |fact: &'a Fact| match &fact.value {
        FactValue::Boolean(answer) => Some((fact, *answer)),
        FactValue::Text(text) => match crate::text::folded(text).as_str() {
            "si" => Some((fact, true)),
            "no" => Some((fact, false)),
            _ => None,
        },
        _ => None,
    };
    let answers: Vec<(&Fact, bool)> = on_form("intermediario").into_iter().filter_map(answer).collect();
    let both = answers.iter().any(|(_, yes)| *yes) && answers.iter().any(|(_, yes)| !*yes);
    let intermediary = answers.first().copied().filter(|_| !both);
    let parts = (amount("oferta"), amount("importacion_directa"), amount("comprado_ec_importado"));
    let (computed, inputs) = match (intermediary, parts) {
        (Some((fact, true)), _) => (Some((Exact::zero(), vec![fact])), String::new()),
        (_, (Some(offer), Some(imported), Some(bought))) => {
            let facts = vec![offer.0, imported.0, bought.0];
            let inputs = format!(
                "({} − ({} + {})) / {} × 100",
                offer.1.spanish(),
                imported.1.spanish(),
                bought.1.spanish(),
                offer.1.spanish()
            );
            (added_value(offer.1, imported.1, bought.1).map(|share| (share, facts)), inputs)
        }
        _ => (None, String::new()),
    };
    Reading { declared, computed, intermediary, both, inputs }
}

/// Computes the added value in percent; `None` for an offer of nothing, or where what is imported exceeds the offer.
pub(crate) fn added_value(offer: Money, imported: Money, bought: Money) -> Option<Exact> {
    let foreign = Exact::of(imported.0).plus(&Exact::of(bought.0));
    let own = Exact::of(offer.0).minus(&foreign);
    if offer.0 <= Decimal::ZERO || own.is_negative() || foreign.is_negative() {
        return None;
    }
    own.times(&Exact::of(Decimal::ONE_HUNDRED)).over(&Exact::of(offer.0))
}

pub(super) fn propose(context: Context<'_>, threshold: Option<Percent>) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente);
    let asked = threshold.map_or_else(|| "—".to_owned(), Percent::spanish);
    let vae = reading(context);
    // Shown whatever the reading's confidence, which the proposal carries; only a firm one is computed with.
    let stated = |field: &str, form: &str| context.facts(&[field], &[form]).into_iter().find_map(percent);
    let shown = || stated("vae_pct", "FUO_VAE").or_else(|| stated("porcentaje", "FUO_1_12_PE"));
    match vae.declared.or_else(shown) {
        Some((fact, percent)) => {
            draft.rest_on_fact(fact);
            draft.add_reason("rules.vae.declarado", &[("valor", &percent.spanish()), ("umbral", &asked)]);
        }
        None => draft.add_reason("rules.vae.sin_dato", &[("umbral", &asked)]),
    }
    let decimals = context.pack().vae_decimals().known();
    if let Some(decimals) = decimals.as_ref().filter(|_| vae.computed.is_some()) {
        draft.rest_on_norm("vae", decimals);
    }
    if let Some((fact, true)) = vae.intermediary {
        draft.rest_on_fact(fact);
        draft.add_reason("rules.vae.intermediario", &[]);
    }
    if vae.both {
        draft.add_reason("rules.vae.ambas", &[]);
    }
    // Who hands in a distributor's certificate buys what another made: that it says it is no intermediary does not go with that.
    let distributor = context.documents_of("DISTRIBUIDOR").find(|document| is_firm(document.confidence));
    if let (Some((fact, false)), Some(document)) = (vae.intermediary, distributor) {
        draft.rest_on_fact(fact);
        draft.rest_on(context.document_evidence(document), document.confidence);
        draft.add_reason("rules.vae.distribuidor", &[]);
    }
    if vae.computed.is_none() && !vae.inputs.is_empty() {
        draft.add_reason("rules.vae.imposible", &[("cuenta", &vae.inputs)]);
    }
    if let Some((share, facts)) = &vae.computed {
        for fact in facts {
            draft.rest_on_fact(fact);
        }
        draft.step(
            cotejo_catalogue::message("rules.vae.paso", &[]),
            vae.inputs.clone(),
            format!("{} %", share.spanish()),
        );
        let rounded = decimals.and_then(|decimals| share.rounded(decimals.value)).map(Percent);
        if let (Some(rounded), Some((_, declared))) = (rounded, vae.declared)
            && rounded.0.normalize() != declared.0.normalize()
        {
            let values = [("calculado", rounded.spanish()), ("declarado", declared.spanish())];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            draft.add_reason("rules.vae.no_coincide", &values);
        }
    }
    draft
}

fn percent(fact: &Fact) -> Option<(&Fact, Percent)> {
    match fact.value {
        FactValue::Percent(percent) => Some((fact, percent)),
        _ => None,
    }
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
    fn form(offer: &str, imported: &str, bought: &str, declared: &str) -> Fixture {
        let money = |text: &str| FactValue::Money(crate::checks::fixture::money(text));
        Fixture::new("2026-01-15")
            .document("FUO_VAE", 3)
            .fact("oferta", money(offer), 3)
            .fact("importacion_directa", money(imported), 3)
            .fact("comprado_ec_importado", money(bought), 3)
            .fact("vae_pct", FactValue::Percent(Percent(declared.parse().expect("a rate"))), 3)
    }

    fn codes(fixture: &Fixture) -> Vec<String> {
        let proposal = fixture.propose(Subject::Vae { threshold: None });
        proposal.reasons.into_iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn the_amounts_of_the_form_are_computed_and_compared_with_what_it_declares() {
        // (10,000 − (1,234.50 + 661.50)) / 10,000 = 81.04 %
        let agrees = form("10000", "1234.50", "661.50", "81.04");
        assert_eq!(codes(&agrees), ["rules.vae.declarado"], "they agree");
        let proposal = agrees.propose(Subject::Vae { threshold: None });
        assert!(proposal.trace.iter().any(|step| step.result.starts_with("81,04")), "{:?}", proposal.trace);
        assert!(proposal.rests_on_unverified, "the methodology was not seen");
        assert_eq!(
            codes(&form("10000", "1234.50", "661.50", "91.04")),
            ["rules.vae.declarado", "rules.vae.no_coincide"]
        );
        assert_eq!(
            codes(&form("1000", "900", "200", "10")),
            ["rules.vae.declarado", "rules.vae.imposible"],
            "more imported than offered is no percentage, and is told"
        );
    }

    #[test]
    fn a_distributor_that_says_it_is_no_intermediary_is_told() {
        let says = |intermediary: bool| {
            form("10000", "0", "0", "100").fact("intermediario", FactValue::Boolean(intermediary), 3)
        };
        assert_eq!(
            codes(&says(false).document("DISTRIBUIDOR", 8)),
            ["rules.vae.declarado", "rules.vae.distribuidor"]
        );
        assert_eq!(codes(&says(false)), ["rules.vae.declarado"], "nothing contradicts it");
        let proposal = says(false).document("DISTRIBUIDOR", 8).propose(Subject::Vae { threshold: None });
        assert_eq!(proposal.verdict, Verdict::Pendiente, "a person looks, and nobody is judged by it");
    }

    #[test]
    fn attack_both_answers_are_marked_and_the_better_one_counts() {
        for first in [true, false] {
            let fixture = form("10000", "0", "0", "100")
                .fact("intermediario", FactValue::Boolean(first), 3)
                .fact("intermediario", FactValue::Boolean(!first), 3);
            assert_eq!(
                codes(&fixture),
                ["rules.vae.declarado", "rules.vae.ambas"],
                "neither is chosen for it"
            );
        }
    }

    #[test]
    fn an_intermediary_has_no_added_value() {
        let fixture = form("10000", "0", "0", "60").fact("intermediario", FactValue::Boolean(true), 3);
        assert_eq!(
            codes(&fixture),
            ["rules.vae.declarado", "rules.vae.intermediario", "rules.vae.no_coincide"],
            "0 % and not 60 %"
        );
    }
}

//! Patrimonio of legal persons against the pliego's minimum.
//!
//! Legal basis: RGL 93.2 and 104; the pliego and Anexo 9 before. The minimum is the pliego's; only when it states none is the pack's
//! table used, and the proposal is marked. A consortium's patrimonio is the sum of its partners' (RGL 55). The tax return comes before the
//! balance, the balance before what the form declares.

use crate::context::{Context, Draft, is_firm, money_of, text_of};
use crate::fields;
use crate::text::same_name;
use crate::{Answer, Origin, PatrimonioMinimum, Value, precedence};
use cotejo_domain::{BidderKind, Fact, FactValue, Money, Ruc, Verdict};
use std::collections::BTreeMap;

/// Identifier of this check.
pub(super) const ID: &str = "patrimonio@1";

/// Papers that state a patrimonio, the surest first.
const PAPERS: [&str; 3] = ["F101_F102", "EEFF", "FUO_1_4"];

pub(super) fn propose(context: Context<'_>, minimum: Option<Money>) -> Draft {
    let pack = context.pack();
    let kind = context.bidder().kind;
    if kind == BidderKind::Natural {
        return Draft::new(ID, Verdict::NoAplica)
            .reason("rules.patrimonio.natural", &[])
            .basis(pack, "patrimonio");
    }
    if minimum == Some(Money::ZERO) {
        return Draft::new(ID, Verdict::NoAplica).reason("rules.patrimonio.no_exigido", &[]);
    }
    let process = context.process();
    let of_the_pliego =
        minimum.map(|amount| PatrimonioMinimum { amount: Some(amount), computation: String::new() });
    let settled = precedence(of_the_pliego, || match process.budget {
        Some(budget) => pack.patrimonio_minimum(process.procedure.is_works(), budget),
        None => Answer::Ask { parameter: "presupuesto".to_owned() },
    });
    let (minimum, mut draft) = match settled {
        Answer::Known(Value {
            value: PatrimonioMinimum { amount: Some(minimum), .. },
            origin: Origin::Pliego,
            ..
        }) => (minimum, Draft::new(ID, Verdict::Pendiente)),
        Answer::Known(table) => match from_the_table(context, table) {
            Ok(found) => found,
            Err(draft) => return *draft,
        },
        Answer::Ask { .. } => {
            return Draft::new(ID, Verdict::Pendiente).reason("rules.patrimonio.sin_minimo", &[]);
        }
    };
    draft.add_basis(pack, "patrimonio");
    if kind == BidderKind::Unknown {
        draft.add_reason("rules.patrimonio.oferente_desconocido", &[]);
    }
    let stated = stated(context);
    if stated.is_empty() {
        draft.add_reason("rules.patrimonio.sin_dato", &[("minimo", &minimum.spanish())]);
        return draft;
    }
    if kind == BidderKind::Consorcio {
        consortium(context, draft, minimum, &stated)
    } else {
        single(context, draft, minimum, &stated)
    }
}

fn from_the_table(
    context: Context<'_>,
    table: Value<PatrimonioMinimum>,
) -> Result<(Money, Draft), Box<Draft>> {
    let works = context.process().procedure.is_works();
    let key = if works { "patrimonio_obras" } else { "patrimonio_bienes_servicios" };
    let mut draft = Draft::new(ID, Verdict::Pendiente);
    draft.rest_on_norm(key, &table);
    let Some(minimum) = table.value.amount else {
        let draft = Draft { verdict: Verdict::NoAplica, ..draft };
        return Err(Box::new(draft.reason("rules.patrimonio.no_exigido", &[])));
    };
    let minimum = minimum.rounded();
    let values = [("minimo", minimum.spanish()), ("fuente", table.source)];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    draft.add_reason("rules.patrimonio.minimo_de_tabla", &values);
    if context.process().term.is_some_and(|term| term.0 > 365) {
        // Anexo 9 divides the budget of a contract of successive performance of more than a year; whether this is one, a person says.
        draft.add_reason("rules.patrimonio.tracto_sucesivo", &[]);
    }
    draft.step(
        cotejo_catalogue::message("rules.patrimonio.paso_tabla", &[]),
        table.value.computation,
        minimum.spanish(),
    );
    Ok((minimum, draft))
}

/// Returns the facts on the surest paper that has any, surest paper first.
fn stated(context: Context<'_>) -> Vec<(&'static str, Vec<&Fact>)> {
    let mut stated = Vec::new();
    for paper in PAPERS {
        let facts: Vec<&Fact> = context
            .facts(&fields::PATRIMONIO, &[paper])
            .into_iter()
            .filter(|fact| money_of(fact).is_some())
            .collect();
        if !facts.is_empty() {
            stated.push((paper, facts));
        }
    }
    stated
}

fn compare(draft: &mut Draft, amount: Money, minimum: Money) {
    let met = amount >= minimum;
    let sign = if met { "≥" } else { "<" };
    draft.verdict = if met { Verdict::Cumple } else { Verdict::NoCumple };
    let code = if met { "rules.patrimonio.cumple" } else { "rules.patrimonio.no_cumple" };
    draft.add_reason(code, &[("valor", &amount.spanish()), ("minimo", &minimum.spanish())]);
    draft.step(
        cotejo_catalogue::message("rules.patrimonio.paso", &[]),
        format!("{} {sign} {}", amount.spanish(), minimum.spanish()),
        cotejo_catalogue::message(if met { "rules.paso.si" } else { "rules.paso.no" }, &[]),
    );
}

fn single(
    context: Context<'_>,
    mut draft: Draft,
    minimum: Money,
    stated: &[(&'static str, Vec<&Fact>)],
) -> Draft {
    // A doubtful reading on another paper does not weaken a sure one.
    let stated: Vec<(&'static str, &Fact)> =
        stated.iter().flat_map(|(paper, facts)| facts.iter().map(|fact| (*paper, *fact))).collect();
    let any_firm = stated.iter().any(|(_, fact)| is_firm(fact.confidence));
    let stated: Vec<(&'static str, &Fact)> =
        stated.into_iter().filter(|(_, fact)| !any_firm || is_firm(fact.confidence)).collect();
    let Some((paper, amount)) = stated.first().and_then(|(paper, fact)| Some((*paper, money_of(fact)?)))
    else {
        return draft;
    };
    let everything: Vec<&Fact> = stated.iter().map(|(_, fact)| *fact).collect();
    for fact in &everything {
        draft.rest_on_fact(fact);
    }
    let amounts: Vec<Money> = everything.iter().filter_map(|fact| money_of(fact)).collect();
    let disagree = amounts.iter().any(|other| other.rounded() != amount.rounded());
    compare(&mut draft, amount, minimum);
    if draft.verdict == Verdict::NoCumple && divisible(&draft) {
        draft.verdict = Verdict::Pendiente;
    }
    let all_on_one_side = amounts.iter().all(|other| (*other >= minimum) == (amount >= minimum));
    if disagree {
        let list: Vec<String> = amounts.iter().map(|amount| amount.spanish()).collect();
        draft.add_reason("rules.patrimonio.contradiccion", &[("valores", &list.join("; "))]);
        if !all_on_one_side {
            draft.verdict = Verdict::AConvalidar;
            draft.add_basis(context.pack(), "contradiccion");
        }
    }
    if paper == "FUO_1_4" && draft.verdict == Verdict::Cumple {
        // Declared but not supported: what supports a stated fact may be asked for (RGL 100.5).
        // A return or balance whose figure was not read, or a paper nobody could name, may be the support.
        let may_support = |kind: &str| context.documents_of(kind).next().is_some();
        if context.unread().count > 0 || ["F101_F102", "EEFF", "OTRO"].into_iter().any(may_support) {
            draft.verdict = Verdict::Pendiente;
        } else {
            draft.verdict = Verdict::AConvalidar;
            draft.add_basis(context.pack(), "contradiccion");
        }
        draft.add_reason("rules.patrimonio.sin_respaldo", &[]);
    }
    soften(&mut draft);
    draft
}

fn consortium(
    context: Context<'_>,
    mut draft: Draft,
    minimum: Money,
    stated: &[(&'static str, Vec<&Fact>)],
) -> Draft {
    draft.add_basis(context.pack(), "patrimonio.consorcio");
    // One amount a partner: partners are told apart by the RUC on the same document.
    let mut by_partner: BTreeMap<Partner, Money> = BTreeMap::new();
    let mut unnamed = 0;
    for (paper, facts) in stated.iter().filter(|(paper, _)| *paper != "FUO_1_4") {
        for fact in facts {
            let Some(amount) = money_of(fact) else { continue };
            let partner = partner(context, fact);
            draft.rest_on_fact(fact);
            match partner {
                Some(partner) if !by_partner.keys().any(|other| other.is(&partner)) => {
                    by_partner.insert(partner, amount);
                }
                None if *paper == "F101_F102" => unnamed += 1,
                _ => {}
            }
        }
    }
    let members = context.bidder().members.len();
    let sum = Money(by_partner.values().map(|amount| amount.0).sum());
    let listed: Vec<String> = by_partner
        .iter()
        .map(|(partner, amount)| format!("{}: {}", partner.name, amount.spanish()))
        .collect();
    if !listed.is_empty() {
        draft.step(
            cotejo_catalogue::message("rules.patrimonio.paso_suma", &[]),
            listed.join(" + "),
            sum.spanish(),
        );
    }
    let complete = members >= 2 && by_partner.len() >= members && unnamed == 0;
    if sum >= minimum || complete {
        compare(&mut draft, sum, minimum);
        if draft.verdict == Verdict::NoCumple && divisible(&draft) {
            draft.verdict = Verdict::Pendiente;
        }
    } else {
        let values = [("socios", members.to_string()), ("leidos", by_partner.len().to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        draft.add_reason("rules.patrimonio.consorcio_incompleto", &values);
    }
    soften(&mut draft);
    draft
}

/// Whom a paper belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Partner {
    name: String,
    ruc: Option<Ruc>,
}

impl Partner {
    /// Two numbers tell two partners apart, whatever their names; without them the names do.
    fn is(&self, other: &Self) -> bool {
        match (&self.ruc, &other.ruc) {
            (Some(one), Some(other)) => one == other,
            _ => same_name(&self.name, &other.name),
        }
    }
}

/// Names the partner a paper belongs to: by the RUC on it, else by the name on it; a known partner under its own name whichever way it was found.
fn partner(context: Context<'_>, fact: &Fact) -> Option<Partner> {
    let document = context.document(fact)?;
    let on_it = |names: &[&str]| -> Vec<&Fact> {
        let facts = context.facts(names, &[]);
        facts
            .into_iter()
            .filter(|fact| context.document(fact).is_some_and(|other| other.id == document.id))
            .collect()
    };
    let members = &context.bidder().members;
    let ruc = on_it(&fields::RUC).into_iter().find_map(|fact| match &fact.value {
        FactValue::Ruc(ruc) => Some(ruc.clone()),
        _ => None,
    });
    if let Some(ruc) = ruc {
        let member = members.iter().find(|member| member.ruc.as_ref() == Some(&ruc));
        let name = member.map_or_else(|| ruc.to_string(), |member| member.name.clone());
        return Some(Partner { name, ruc: Some(ruc) });
    }
    let name = on_it(&fields::TAXPAYER).into_iter().map(text_of).find(|name| !name.trim().is_empty())?;
    let alike: Vec<_> = members.iter().filter(|member| same_name(&member.name, &name)).collect();
    Some(match alike.as_slice() {
        [only] => Partner { name: only.name.clone(), ruc: only.ruc.clone() },
        _ => Partner { name, ruc: None },
    })
}

/// Tells whether the minimum may be a smaller one, of a budget divided by years.
fn divisible(draft: &Draft) -> bool {
    draft.reasons.iter().any(|reason| reason.code == "rules.patrimonio.tracto_sucesivo")
}

/// Turns an accusation that rests on a doubtful reading into a question.
fn soften(draft: &mut Draft) {
    if matches!(draft.verdict, Verdict::NoCumple | Verdict::AConvalidar) && !is_firm(draft.confidence) {
        draft.verdict = Verdict::Pendiente;
        draft.add_reason("rules.lectura_dudosa", &[]);
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::{BidderKind, FactValue, Ruc, Subject, Verdict};

    fn base() -> Fixture {
        Fixture::new("2026-01-15").bidder(BidderKind::Juridica).document("F101_F102", 5)
    }

    fn verdict(fixture: &Fixture, minimum: Option<&str>) -> Verdict {
        fixture.propose(Subject::Patrimonio { minimum: minimum.map(money) }).verdict
    }

    #[test]
    fn the_tax_return_is_compared_with_the_pliegos_own_minimum() {
        let fixture = base().fact("casillero_698_patrimonio", FactValue::Money(money("17796.52")), 5);
        assert_eq!(verdict(&fixture, Some("17796.5125")), Verdict::Cumple, "above by less than a cent");
        assert_eq!(verdict(&fixture, Some("17796.53")), Verdict::NoCumple, "below by a cent");
        let proposal = fixture.propose(Subject::Patrimonio { minimum: Some(money("20000")) });
        assert_eq!(proposal.evidence[0].location.page(), Some(5), "with the page of the box");
        assert_eq!(proposal.legal_basis, ["RGL 93.2", "RGL 104"], "and its articles");
        assert!(!proposal.rests_on_unverified, "the minimum is the pliego's");
    }

    #[test]
    fn a_natural_person_has_no_minimum() {
        assert_eq!(
            verdict(&base().bidder(BidderKind::Natural), Some("1000")),
            Verdict::NoAplica,
            "RGL 93 is for legal persons"
        );
    }

    #[test]
    fn without_a_stated_minimum_the_table_serves_and_is_marked() {
        let fixture = base().budget("495930.26").works().fact(
            "casillero_698_patrimonio",
            FactValue::Money(money("17000")),
            5,
        );
        let proposal = fixture.propose(Subject::Patrimonio { minimum: None });
        assert_eq!(proposal.verdict, Verdict::NoCumple, "17,000.00 < 17,796.51");
        assert!(proposal.rests_on_unverified, "the table of DE 193 was not seen");
        assert_eq!(
            verdict(&base(), None),
            Verdict::Pendiente,
            "without a budget there is nothing to compare with"
        );
    }

    #[test]
    fn a_contract_of_more_than_a_year_may_divide_the_budget_and_accuses_nobody_by_the_table() {
        let mut fixture = base().budget("495930.26").works();
        fixture = fixture.fact("casillero_698_patrimonio", FactValue::Money(money("17000")), 5);
        fixture.pliego.process.term = Some(cotejo_domain::Plazo(365));
        assert_eq!(verdict(&fixture, None), Verdict::NoCumple, "a year is not more than a year");
        fixture.pliego.process.term = Some(cotejo_domain::Plazo(730));
        assert_eq!(
            verdict(&fixture, None),
            Verdict::Pendiente,
            "a person says whether the budget is divided"
        );
        assert_eq!(
            verdict(&fixture, Some("17796.51")),
            Verdict::NoCumple,
            "the pliego's own minimum is not divided"
        );
    }

    #[test]
    fn papers_on_both_sides_of_the_minimum_are_a_contradiction_to_cure() {
        let fixture = base()
            .fact("casillero_698_patrimonio", FactValue::Money(money("30000")), 5)
            .document("EEFF", 6)
            .fact("patrimonio", FactValue::Money(money("10000")), 6);
        assert_eq!(verdict(&fixture, Some("20000")), Verdict::AConvalidar, "RGL 100.5");
        assert_eq!(verdict(&fixture, Some("5000")), Verdict::Cumple, "both are above");
        assert_eq!(verdict(&fixture, Some("50000")), Verdict::NoCumple, "both are below");
    }

    #[test]
    fn what_only_the_form_declares_must_be_supported() {
        let fixture = Fixture::new("2026-01-15").bidder(BidderKind::Juridica).document("FUO_1_4", 2).fact(
            "patrimonio",
            FactValue::Money(money("90000")),
            2,
        );
        assert_eq!(verdict(&fixture, Some("20000")), Verdict::AConvalidar, "support may be asked for");
        assert_eq!(verdict(&base(), Some("20000")), Verdict::Pendiente, "nothing read is a question");
    }

    #[test]
    fn a_doubtful_reading_accuses_nobody() {
        let fixture =
            base().fact("casillero_698_patrimonio", FactValue::Money(money("100")), 5).fact_confidence(0.6);
        assert_eq!(verdict(&fixture, Some("20000")), Verdict::Pendiente, "a person looks");
    }

    #[test]
    fn a_doubtful_reading_of_the_form_does_not_weaken_the_return() {
        let fixture = base()
            .fact("casillero_698_patrimonio", FactValue::Money(money("100")), 5)
            .document("FUO_1_4", 2)
            .fact("patrimonio", FactValue::Money(money("100")), 2)
            .fact_confidence(0.5);
        assert_eq!(verdict(&fixture, Some("20000")), Verdict::NoCumple, "the return is sure");
    }

    #[test]
    fn a_consortiums_partners_are_summed() {
        let fixture = Fixture::new("2026-01-15")
            .consortium(2)
            .document("F101_F102", 5)
            .fact("ruc", Fixture::ruc("1790012345001"), 5)
            .fact("casillero_698_patrimonio", FactValue::Money(money("12000")), 5)
            .document("F101_F102", 7)
            .fact("ruc", Fixture::ruc("0990012342001"), 7)
            .fact("casillero_698_patrimonio", FactValue::Money(money("9000")), 7);
        assert_eq!(verdict(&fixture, Some("20000")), Verdict::Cumple, "12,000 + 9,000");
        assert_eq!(verdict(&fixture, Some("22000")), Verdict::NoCumple, "both partners are known");
        assert_eq!(
            verdict(&fixture.clone().consortium(3), Some("22000")),
            Verdict::Pendiente,
            "the third may close the gap"
        );
    }

    #[test]
    fn partners_whose_names_differ_by_the_legal_form_only_are_two() {
        let text = |name: &str| FactValue::Text(name.into());
        let mut fixture = Fixture::new("2026-01-15")
            .consortium(2)
            .document("F101_F102", 5)
            .fact("ruc", Fixture::ruc("1790012345001"), 5)
            .fact("razon_social", text("ANDINA S.A."), 5)
            .fact("casillero_698_patrimonio", FactValue::Money(money("12000")), 5)
            .document("F101_F102", 7)
            .fact("ruc", Fixture::ruc("0990012342001"), 7)
            .fact("razon_social", text("ANDINA CÍA. LTDA."), 7)
            .fact("casillero_698_patrimonio", FactValue::Money(money("9000")), 7);
        let [one, other] = fixture.bid.bidder.members.as_mut_slice() else { panic!("two partners") };
        (one.name, one.ruc) = ("ANDINA S.A.".into(), Ruc::parse("1790012345001").ok());
        (other.name, other.ruc) = ("ANDINA CÍA. LTDA.".into(), Ruc::parse("0990012342001").ok());
        assert_eq!(verdict(&fixture, Some("20000")), Verdict::Cumple, "12,000 + 9,000");
    }

    #[test]
    fn a_partners_return_without_a_legible_ruc_counts_by_its_name() {
        let text = |name: &str| FactValue::Text(name.into());
        let fixture = Fixture::new("2026-01-15")
            .consortium(2)
            .document("F101_F102", 5)
            .fact("razon_social", text("Comercial SOCIO 0 S.A."), 5)
            .fact("casillero_698_patrimonio", FactValue::Money(money("12000")), 5)
            .document("EEFF", 6)
            .fact("empresa", text("Comercial Socio 0"), 6)
            .fact("patrimonio", FactValue::Money(money("12000")), 6)
            .document("F101_F102", 7)
            .fact("razon_social", text("SOCIO 1 CÍA. LTDA."), 7)
            .fact("casillero_698_patrimonio", FactValue::Money(money("9000")), 7);
        assert_eq!(verdict(&fixture, Some("21000")), Verdict::Cumple, "12,000 + 9,000");
        let missed = fixture.propose(Subject::Patrimonio { minimum: Some(money("33000")) });
        assert_ne!(
            missed.verdict,
            Verdict::Cumple,
            "one partner's balance is not counted beside its return: {:?}",
            missed.trace
        );
    }
}

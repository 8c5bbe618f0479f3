//! Negotiation: when a price may be agreed, and what follows where none was (SIE: RGL 260; consultoría: RGL 171).

use super::errors::{Ground, reason};
use cotejo_catalogue::message;
use cotejo_domain::course::Negotiation;
use cotejo_domain::{BidId, Money, ProcedureType, Reason, TraceStep};
use cotejo_rules::{Answer, RulePack};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Tells what kind of negotiation a procedure has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NegotiationKind {
    /// With the one bidder, or the winner of the puja whose price is not low enough: the rebate is measured by the budget.
    SubastaInversa,
    /// With the first in the order, then the next: no rebate is prescribed.
    Consultoria,
    /// By direct invitation: what the pliego says.
    Invitacion,
}

/// Holds the rule of a negotiation under a regime.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NegotiationRule {
    /// Which kind.
    pub kind: NegotiationKind,
    /// The least rebate, in percent of the budget; `None` where none is prescribed.
    #[serde(with = "percent")]
    pub minimum: Option<Decimal>,
    /// The most working days it may take, where the regime says so: in a subasta inversa of the *negociación única* alone (RGL 260).
    pub days: Option<u32>,
    /// The norm.
    pub ground: Ground,
}

mod percent {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "what serde hands over")]
    pub(super) fn serialize<S: Serializer>(
        value: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.map(|value| value.to_string()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Decimal>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

/// Tells what kind of negotiation a procedure has; `None` where it has none.
#[must_use]
pub fn negotiation_kind(procedure: ProcedureType) -> Option<NegotiationKind> {
    match procedure {
        ProcedureType::Sie => Some(NegotiationKind::SubastaInversa),
        ProcedureType::Consultoria | ProcedureType::Lcc | ProcedureType::Cdc => {
            Some(NegotiationKind::Consultoria)
        }
        ProcedureType::RegimenEspecial => Some(NegotiationKind::Invitacion),
        _ => None,
    }
}

#[derive(Deserialize)]
struct ReverseAuction {
    reduction_min_pct_of_budget: Decimal,
    #[serde(default)]
    negociacion_max_dias: Option<u32>,
}

#[derive(Deserialize)]
struct Consultancy {
    #[serde(default)]
    negociacion_max_dias: Option<u32>,
}

/// Returns the rule of a regime; `stated` is the least rebate that the pliego or a person states, which goes first; `single` tells that one bid alone
/// qualified, so that the negotiation takes the place of the puja.
///
/// # Errors
/// Where the procedure has no negotiation, or the regime's least rebate was not seen and nobody stated it.
pub fn negotiation_rule(
    pack: &RulePack,
    procedure: ProcedureType,
    stated: Option<Decimal>,
    single: bool,
) -> Result<NegotiationRule, Reason> {
    let Some(kind) = negotiation_kind(procedure) else {
        return Err(reason("curing.negociacion.no_hay", &[]));
    };
    match kind {
        NegotiationKind::SubastaInversa => match (pack.settle::<ReverseAuction>("sie", None, None), stated) {
            (Answer::Known(value), stated) => Ok(NegotiationRule {
                kind,
                minimum: Some(stated.unwrap_or(value.value.reduction_min_pct_of_budget)),
                days: value.value.negociacion_max_dias.filter(|_| single),
                ground: Ground::of("sie", &value, None),
            }),
            (Answer::Ask { .. }, Some(stated)) => {
                Ok(NegotiationRule { kind, minimum: Some(stated), days: None, ground: Ground::default() })
            }
            (Answer::Ask { .. }, None) => {
                Err(reason("curing.negociacion.pregunta", &[("regimen", &pack.id)]))
            }
        },
        NegotiationKind::Consultoria => {
            let (days, ground) = match pack.settle::<Consultancy>("consultoria", None, None) {
                Answer::Known(value) => {
                    (value.value.negociacion_max_dias, Ground::of("consultoria", &value, None))
                }
                Answer::Ask { .. } => (None, Ground::default()),
            };
            Ok(NegotiationRule { kind, minimum: stated, days, ground })
        }
        NegotiationKind::Invitacion => {
            Ok(NegotiationRule { kind, minimum: stated, days: None, ground: Ground::default() })
        }
    }
}

/// What the prices of a negotiation come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rebate {
    /// The highest price that may be agreed; `None` where no rebate is prescribed.
    pub highest: Option<Money>,
    /// The rebate in percent of the budget, exact as far as decimals go.
    #[serde(with = "percent")]
    pub percent: Option<Decimal>,
    /// How it was computed.
    pub working: Vec<TraceStep>,
}

/// Computes the rebate of an agreed price and compares it, exactly: 9,500.00 of 10,000.00 is five percent.
///
/// # Errors
/// Where the price is above the offer, the rebate is below the least one, or the budget that measures it is not known.
pub fn rebate(
    rule: &NegotiationRule,
    budget: Option<Money>,
    initial: Money,
    agreed: Money,
) -> Result<Rebate, Vec<Reason>> {
    let mut faults = Vec::new();
    let mut rebate = Rebate { highest: None, percent: None, working: Vec::new() };
    if agreed.0 <= Decimal::ZERO || initial.0 <= Decimal::ZERO {
        faults.push(reason("curing.negociacion.no_positivo", &[]));
    }
    if agreed > initial {
        let values = [("inicial", initial.spanish()), ("acordado", agreed.spanish())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        faults.push(reason("curing.negociacion.sube", &values));
    }
    if let (Some(minimum), Some(Money(budget))) = (rule.minimum, budget) {
        let lowered = Decimal::ONE_HUNDRED.checked_sub(minimum).and_then(|rest| budget.checked_mul(rest));
        match lowered {
            // agreed × 100 ≤ budget × (100 − minimum): nothing is rounded on the way.
            Some(lowered) => {
                let highest = lowered / Decimal::ONE_HUNDRED;
                rebate.highest = Some(Money(highest));
                rebate.working.push(TraceStep {
                    step: message("curing.negociacion.paso_maximo", &[]),
                    inputs: format!("{} × (100 − {}) / 100", Money(budget).spanish(), minimum.normalize()),
                    result: Money(highest).spanish(),
                });
                let hundredfold = agreed.0.checked_mul(Decimal::ONE_HUNDRED);
                if hundredfold.is_none_or(|hundredfold| hundredfold > lowered) {
                    let values = [
                        ("acordado", agreed.spanish()),
                        ("maximo", Money(highest).spanish()),
                        ("minimo", minimum.normalize().to_string().replace('.', ",")),
                    ];
                    let values: Vec<(&str, &str)> =
                        values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    faults.push(reason("curing.negociacion.bajo_minimo", &values));
                }
            }
            None => faults.push(reason("curing.negociacion.sin_presupuesto", &[])),
        }
        if !budget.is_zero() {
            let share = (budget - agreed.0)
                .checked_mul(Decimal::ONE_HUNDRED)
                .and_then(|part| part.checked_div(budget));
            rebate.percent = share;
            rebate.working.push(TraceStep {
                step: message("curing.negociacion.paso_rebaja", &[]),
                inputs: format!(
                    "({} − {}) × 100 / {}",
                    Money(budget).spanish(),
                    agreed.spanish(),
                    Money(budget).spanish()
                ),
                result: share
                    .map_or_else(String::new, |share| cotejo_domain::Percent(share.round_dp(6)).spanish()),
            });
        }
    } else if rule.minimum.is_some() {
        faults.push(reason("curing.negociacion.sin_presupuesto", &[]));
    }
    if faults.is_empty() { Ok(rebate) } else { Err(faults) }
}

/// Lists why a session cannot be recorded as it is.
#[must_use]
pub fn faults_of_negotiation(
    rule: &NegotiationRule,
    draft: &Negotiation,
    qualified: bool,
    earlier: &[&Negotiation],
    now: jiff::civil::DateTime,
) -> Vec<Reason> {
    let mut faults = Vec::new();
    if !qualified {
        faults.push(reason("curing.negociacion.no_calificada", &[]));
    }
    if draft.held > now {
        faults.push(reason("curing.falta.en_el_futuro", &[]));
    }
    if draft.attendants.iter().all(|name| name.trim().is_empty()) {
        faults.push(reason("curing.negociacion.sin_comparecientes", &[]));
    }
    // One ends before the next begins; in a subasta inversa there is only one.
    let others = earlier.iter().filter(|other| other.bid != draft.bid || other.session != draft.session);
    let mut others = others.peekable();
    if rule.kind == NegotiationKind::SubastaInversa && others.peek().is_some() {
        faults.push(reason("curing.negociacion.unica", &[]));
    }
    if others.any(|other| other.agreed.is_some()) {
        faults.push(reason("curing.negociacion.ya_acordada", &[]));
    }
    if let Some(agreed) = draft.agreed
        && let Err(more) = rebate(rule, draft.budget, draft.initial, agreed)
    {
        faults.extend(more);
    }
    faults
}

/// Says what follows from the sessions held: an agreed price, the next bidder, or none left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "follows", rename_all = "snake_case")]
pub enum AfterNegotiation {
    /// A price was agreed with this bid.
    Agreed {
        /// The bid.
        bid: BidId,
        /// The price.
        amount: Money,
    },
    /// The next to negotiate with.
    Next {
        /// The bid.
        bid: BidId,
    },
    /// No one is left: *desierto*.
    NobodyLeft,
}

/// Says what follows, given the order of those who qualified.
#[must_use]
pub fn after_negotiation(kind: NegotiationKind, order: &[BidId], held: &[&Negotiation]) -> AfterNegotiation {
    if let Some((bid, amount)) = held.iter().find_map(|session| Some((session.bid, session.agreed?))) {
        return AfterNegotiation::Agreed { bid, amount };
    }
    let failed = |bid: &BidId| held.iter().any(|session| session.bid == *bid);
    match kind {
        // The one negotiation of a subasta inversa has no second try with another.
        NegotiationKind::SubastaInversa if order.iter().any(failed) => AfterNegotiation::NobodyLeft,
        _ => order
            .iter()
            .find(|bid| !failed(bid))
            .map_or(AfterNegotiation::NobodyLeft, |bid| AfterNegotiation::Next { bid: *bid }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money(text.parse().expect("a decimal"))
    }

    fn rule(pack: &str, procedure: ProcedureType) -> Result<NegotiationRule, Reason> {
        negotiation_rule(RulePack::by_id(pack).expect("exists"), procedure, None, true)
    }

    #[test]
    fn three_days_are_the_limit_of_the_negotiation_with_one_alone() {
        let pack = RulePack::by_id("ec-2025-de193").expect("exists");
        let days = |single| negotiation_rule(pack, ProcedureType::Sie, None, single).expect("known").days;
        assert_eq!((days(true), days(false)), (Some(3), None), "RGL 260");
    }

    #[test]
    fn the_rebate_of_a_subasta_inversa_is_five_percent_of_the_budget_exactly() {
        let rule = rule("ec-2025-de193", ProcedureType::Sie).expect("the pack has it");
        let with = |agreed: &str| rebate(&rule, Some(money("10000")), money("9900"), money(agreed));
        let refused = with("9600").expect_err("test vector 3 of the manual");
        assert_eq!(refused[0].code, "curing.negociacion.bajo_minimo");
        assert!(with("9500.00").is_ok(), "the boundary itself passes");
        assert!(with("9500.01").is_err(), "a cent above does not");
        assert_eq!(with("9500").expect("passes").percent, Some(Decimal::from(5)));
        let odd = rebate(&rule, Some(money("99.99")), money("99"), money("94.9905"));
        assert!(odd.is_ok(), "exact: 99.99 × 0.95 is 94.9905");
        assert!(rebate(&rule, Some(money("99.99")), money("99"), money("94.9906")).is_err());
        assert!(rebate(&rule, None, money("99"), money("90")).is_err(), "nothing to measure it by");
        assert_eq!(with("9950").expect_err("rises")[0].code, "curing.negociacion.sube");
    }

    #[test]
    fn a_regime_without_the_value_asks_and_takes_what_is_stated() {
        let asked = rule("ec-2023", ProcedureType::Sie).expect_err("not in that pack");
        assert_eq!(asked.code, "curing.negociacion.pregunta");
        let pack = RulePack::by_id("ec-2023").expect("exists");
        let stated =
            negotiation_rule(pack, ProcedureType::Sie, Some(Decimal::from(5)), true).expect("stated");
        assert_eq!((stated.minimum, stated.ground.legal_basis.len()), (Some(Decimal::from(5)), 0));
        assert_eq!(
            rule("ec-2025-de193", ProcedureType::Lico).expect_err("none").code,
            "curing.negociacion.no_hay"
        );
        let consultancy = rule("ec-2025-de193", ProcedureType::Consultoria).expect("RGL 171");
        assert_eq!((consultancy.minimum, consultancy.days), (None, Some(5)));
    }
}

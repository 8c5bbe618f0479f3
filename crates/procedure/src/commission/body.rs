//! Which body evaluates and how it decides: thresholds, quorum and the casting vote, each from the frozen pack (RGL 88 since October 2025).
//!
//! What the pack does not say is asked; it is never taken from another regime.

use cotejo_catalogue::message;
use cotejo_domain::{Capacity, Commission, EvaluatingBody, Money, Process};
use cotejo_rules::{Answer, RulePack};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Says how a comisión técnica meets and decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecidingRule {
    /// How many sit in it with a vote.
    pub members: u32,
    /// How many of them must meet.
    pub quorum: u32,
    /// Whether the president must be one of them.
    pub with_president: bool,
    /// Whether the president's vote breaks a tie.
    pub casting_vote: bool,
    /// Where that stands.
    pub source: String,
    /// True when nobody has verified it.
    pub marked: bool,
}

#[derive(Deserialize)]
struct Form {
    miembros: u32,
    quorum: u32,
    quorum_incluye: Option<String>,
    voto_dirimente: Option<String>,
}

/// Returns how the regime wants a commission to decide; `None` where its pack does not say it.
#[must_use]
pub fn deciding_rule(pack: Option<&RulePack>, started: Option<jiff::civil::Date>) -> Option<DecidingRule> {
    let Answer::Known(value) = pack?.settle::<Form>("comision", None, started) else { return None };
    let president = |text: &Option<String>| text.as_deref() == Some("presidente");
    Some(DecidingRule {
        members: value.value.miembros,
        quorum: value.value.quorum,
        with_president: president(&value.value.quorum_incluye),
        casting_vote: president(&value.value.voto_dirimente),
        source: value.source.clone(),
        marked: value.marked(),
    })
}

/// Tells whether the *presupuesto referencial* asks for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Need {
    /// It reaches the threshold.
    Reached(Threshold),
    /// It stays below.
    Below(Threshold),
    /// It cannot be told: budget, start or value is missing.
    Unknown {
        /// What is missing, in Spanish.
        missing: String,
    },
}

/// A threshold with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Threshold {
    /// The amount, in words of the acta.
    pub amount: String,
    /// Where it stands.
    pub source: String,
    /// True when nobody has verified it.
    pub marked: bool,
}

impl Need {
    /// Tells whether the threshold is known to be reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        matches!(self, Self::Reached(_))
    }
}

fn unknown(key: &str) -> Need {
    Need::Unknown { missing: message(key, &[]) }
}

/// Tells whether a comisión técnica must evaluate; below, a single official may.
#[must_use]
pub fn needs_commission(process: &Process, pack: Option<&RulePack>) -> Need {
    let Some(budget) = process.budget else { return unknown("commission.need.no_budget") };
    let Some(started) = process.started else { return unknown("commission.need.no_start") };
    let Some(pack) = pack else { return unknown("commission.need.no_pack") };
    let Answer::Known(value) = pack.commission_threshold(started) else {
        return unknown("commission.need.no_value");
    };
    let threshold = Threshold {
        amount: value.value.amount.spanish(),
        source: value.source.clone(),
        marked: value.marked(),
    };
    if value.value.reached(budget) { Need::Reached(threshold) } else { Need::Below(threshold) }
}

/// Tells whether the financial and the legal director attend with a voice and no vote.
#[must_use]
pub fn needs_advisers(process: &Process, pack: Option<&RulePack>) -> Need {
    const KEY: &str = "comision_asesores_fin_jur_min";
    let Some(budget) = process.budget else { return unknown("commission.need.no_budget") };
    let Some(pack) = pack else { return unknown("commission.need.no_pack") };
    let Answer::Known(value) = pack.settle::<Decimal>(KEY, None, process.started) else {
        return unknown("commission.need.no_value");
    };
    let amount = Money(value.value);
    let threshold =
        Threshold { amount: amount.spanish(), source: value.source.clone(), marked: value.marked() };
    let inclusive = pack.operator(KEY) == Some(">=");
    let reached = budget > amount || (inclusive && budget == amount);
    if reached { Need::Reached(threshold) } else { Need::Below(threshold) }
}

/// Says what of a body departs from what the regime wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyRemark {
    /// Key of the sentence.
    pub code: String,
    /// The sentence, in Spanish.
    pub text: String,
    /// True where an acta of such a body should not be signed: the norm is verified and plain.
    pub blocks: bool,
}

fn remark(code: &str, values: &[(&str, &str)], blocks: bool) -> BodyRemark {
    BodyRemark { code: code.into(), text: message(code, values), blocks }
}

/// Compares a body with what the regime wants.
#[must_use]
pub fn remarks(commission: &Commission, process: &Process, pack: Option<&RulePack>) -> Vec<BodyRemark> {
    let mut found = Vec::new();
    let mark = |marked: bool| if marked { message("commission.unverified", &[]) } else { String::new() };
    if commission.body == EvaluatingBody::ServidorDesignado {
        match needs_commission(process, pack) {
            Need::Reached(limit) => {
                let values = [
                    ("monto", limit.amount.as_str()),
                    ("fuente", &limit.source),
                    ("marca", &mark(limit.marked)),
                ];
                found.push(remark("commission.delegate_above", &values, !limit.marked));
            }
            Need::Unknown { missing } => {
                found.push(remark("commission.delegate_unknown", &[("falta", &missing)], false));
            }
            Need::Below(_) => {}
        }
        return found;
    }
    match deciding_rule(pack, process.started) {
        Some(rule) => found.extend(against_rule(commission, &rule)),
        None => found.push(remark("commission.rule_unknown", &[], false)),
    }
    if let Need::Reached(limit) = needs_advisers(process, pack) {
        for (capacity, key) in [
            (Capacity::DirectorFinanciero, "commission.no_financial"),
            (Capacity::DirectorJuridico, "commission.no_legal"),
        ] {
            if !commission.seats.iter().any(|seat| seat.present && seat.member.capacity == capacity) {
                let values = [
                    ("monto", limit.amount.as_str()),
                    ("fuente", &limit.source),
                    ("marca", &mark(limit.marked)),
                ];
                found.push(remark(key, &values, false));
            }
        }
    }
    found
}

fn against_rule(commission: &Commission, rule: &DecidingRule) -> Option<BodyRemark> {
    let voting = || commission.seats.iter().filter(|seat| seat.votes());
    let enough = u32::try_from(voting().count()).unwrap_or(u32::MAX) >= rule.quorum;
    let presided = !rule.with_president || voting().any(|seat| seat.member.capacity == Capacity::Presidente);
    let quorum = rule.quorum.to_string();
    let values = [("quorum", quorum.as_str()), ("fuente", &rule.source)];
    (!enough || !presided).then(|| remark("commission.no_quorum", &values, !rule.marked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::agreement::tests::commission_of;
    use cotejo_domain::ProcedureType;

    fn process(budget: &str, started: &str) -> Process {
        Process {
            code: None,
            entity: None,
            object: None,
            procedure: ProcedureType::Sie,
            budget: Some(Money(budget.parse().expect("an amount"))),
            budget_encrypted: false,
            term: None,
            validity: None,
            started: Some(started.parse().expect("a day")),
            bids_due: None,
        }
    }

    fn pack(process: &Process) -> &'static RulePack {
        RulePack::for_start(process.started.expect("a day")).expect("a regime")
    }

    #[test]
    fn a_hundred_thousand_is_the_delegate_s_limit_only_since_october_of_2025() {
        let now = process("90000", "2026-02-02");
        assert!(!needs_commission(&now, Some(pack(&now))).is_reached(), "below USD 100,000 (RGL 88)");
        let before = process("90000", "2024-05-02");
        let need = needs_commission(&before, Some(pack(&before)));
        let Need::Reached(limit) = need else { panic!("0.000002 × PIE is reached: {need:?}") };
        assert_eq!(limit.amount, "66.587,81", "the PIE of 2024");
        assert!(limit.marked, "that coefficient was not seen in its source");
    }

    #[test]
    fn attack_a_single_official_signs_where_the_norm_wants_a_commission() {
        let process = process("100000", "2026-02-02");
        let mut single = commission_of(1);
        single.body = EvaluatingBody::ServidorDesignado;
        let found = remarks(&single, &process, Some(pack(&process)));
        assert!(
            found.iter().any(|remark| remark.code == "commission.delegate_above" && remark.blocks),
            "{found:?}"
        );
    }

    #[test]
    fn a_threshold_that_cannot_be_told_is_asked_and_blocks_nothing() {
        let mut unknown = process("100000", "2026-02-02");
        unknown.budget = None;
        let mut single = commission_of(1);
        single.body = EvaluatingBody::ServidorDesignado;
        let found = remarks(&single, &unknown, Some(pack(&unknown)));
        assert!(matches!(&found[..], [only] if only.code == "commission.delegate_unknown" && !only.blocks));
    }

    #[test]
    fn financial_and_legal_directors_attend_from_half_a_million_on() {
        let codes = |budget: &str, started: &str| {
            let process = process(budget, started);
            let found = remarks(&commission_of(3), &process, Some(pack(&process)));
            found.into_iter().map(|remark| remark.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("500000", "2026-02-02"), ["commission.no_financial", "commission.no_legal"]);
        assert!(codes("499999.99", "2026-02-02").is_empty());
        assert_eq!(
            codes("500000", "2024-05-02"),
            ["commission.rule_unknown"],
            "that regime's rule is not in its pack"
        );
    }
}

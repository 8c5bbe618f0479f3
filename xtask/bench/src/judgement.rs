//! Judging a large evaluation, against its goals: all of it anew, and after one fact changed.

use crate::{Place, Row, peer};
use cotejo_domain::{FactValue, Plazo};
use cotejo_rules::{BidFacts, EvaluationInput, EvaluationMemory, RulePack};
use std::error::Error;
use std::path::Path;

#[path = "../../../crates/rules/tests/scale/workload.rs"]
mod workload;

const BIDS: u32 = 40;
const REQUIREMENTS: usize = 120;
const FACTS: usize = 20_000;

pub(crate) fn measure(_place: &Place, _pdf: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let (pliego, asked) = (workload::pliego(), workload::requirements(REQUIREMENTS));
    let pack = RulePack::for_start(jiff::civil::date(2026, 1, 15))?;
    let mut bids: Vec<BidFacts> =
        (0..BIDS).map(|number| workload::bid(number, FACTS / BIDS as usize)).collect();
    let all = |memory: &mut EvaluationMemory, bids: &[BidFacts]| -> usize {
        bids.iter()
            .map(|bid| {
                let lot = workload::lot();
                let input = EvaluationInput { pliego: &pliego, requirements: &asked, pack, lot, bid };
                memory.evaluate(&input).len()
            })
            .sum()
    };
    let anew = peer::best(5, || Ok(all(&mut EvaluationMemory::default(), &bids)))?;
    let mut memory = EvaluationMemory::default();
    all(&mut memory, &bids);
    let mut days = 90;
    let changed = peer::best(5, || {
        days += 1;
        let fact = bids.get_mut(7).and_then(|bid| bid.facts.iter_mut().find(|fact| fact.field == "plazo"));
        if let Some(fact) = fact {
            fact.value = FactValue::Plazo(Plazo(days));
        }
        Ok(all(&mut memory, &bids))
    })?;
    let row = |what, seconds: f64, goal| Row {
        what,
        unit: "ms",
        ours: seconds * 1000.0,
        peer: "goal",
        theirs: Some(goal),
        larger: false,
        input: format!("{BIDS} bids, {REQUIREMENTS} requirements, {FACTS} facts"),
    };
    Ok(vec![row("judged anew", anew, 200.0), row("judged after one fact changed", changed, 20.0)])
}

//! What a change costs in a large evaluation, counted: how many requirements are judged anew, not how long it takes. The times are in
//! docs/benchmarks.md.

mod workload;

use cotejo_domain::{FactValue, Plazo};
use cotejo_rules::{EvaluationInput, EvaluationMemory, RulePack, evaluate};
use workload::{bid, lot, pliego, requirements};

#[test]
fn one_changed_fact_in_forty_bids_of_a_hundred_and_twenty_requirements_judges_a_few_anew() {
    let (pliego, asked) = (pliego(), requirements(120));
    let pack = RulePack::for_start(jiff::civil::date(2026, 1, 15)).expect("a pack");
    let mut bids: Vec<_> = (0..40).map(|number| bid(number, 60)).collect();
    let mut memory = EvaluationMemory::default();
    let mut all = |bids: &[cotejo_rules::BidFacts]| {
        let before = memory.judged();
        let answers: Vec<_> = bids
            .iter()
            .flat_map(|bid| {
                memory.evaluate(&EvaluationInput {
                    pliego: &pliego,
                    requirements: &asked,
                    pack,
                    lot: lot(),
                    bid,
                })
            })
            .collect();
        (answers, memory.judged() - before)
    };
    let (first, judged) = all(&bids);
    assert_eq!((first.len(), judged), (4800, 4800), "everything once");
    assert_eq!(all(&bids).1, 0, "nothing changed");
    let term = bids[7].facts.iter().position(|fact| fact.field == "plazo").expect("a term");
    bids[7].facts[term].value = FactValue::Plazo(Plazo(120));
    let (now, judged) = all(&bids);
    assert!((10..=40).contains(&judged), "the ten that read the term, and who cite its page: {judged}");
    let input = EvaluationInput { pliego: &pliego, requirements: &asked, pack, lot: lot(), bid: &bids[7] };
    assert_eq!(now[840..960], evaluate(&input), "the same as without a memory");
    assert_ne!(now[840..960], first[840..960], "and it is another answer");
}

/// Prints what the bench measures; run in a release build.
#[test]
#[ignore = "measures, and belongs in a release build"]
fn forty_bids_a_hundred_and_twenty_requirements_twenty_thousand_facts() {
    let (pliego, asked) = (pliego(), requirements(120));
    let pack = RulePack::for_start(jiff::civil::date(2026, 1, 15)).expect("a pack");
    let mut bids: Vec<_> = (0..40).map(|number| bid(number, 500)).collect();
    let mut memory = EvaluationMemory::default();
    let mut all = |bids: &[cotejo_rules::BidFacts]| {
        let start = std::time::Instant::now();
        for bid in bids {
            memory.evaluate(&EvaluationInput {
                pliego: &pliego,
                requirements: &asked,
                pack,
                lot: lot(),
                bid,
            });
        }
        start.elapsed()
    };
    let anew = all(&bids);
    let place = bids[7].facts.iter().position(|fact| fact.field == "plazo").expect("a term");
    bids[7].facts[place].value = FactValue::Plazo(Plazo(120));
    let changed = all(&bids);
    println!("anew {anew:?}, one fact changed {changed:?}");
}

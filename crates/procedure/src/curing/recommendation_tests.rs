//! Recommendations: what follows, and what a person may not record.

use super::recommendation::{LotCourse, faults_of_recommendation, propose_recommendation};
use super::tests::{at, author, bid, lot, pack, rejection, words};
use cotejo_domain::course::{Recommendation, Recommended};
use cotejo_domain::{BidId, Money, Outcome};
use std::collections::BTreeMap;

fn recommendation(recommended: Recommended) -> Recommendation {
    Recommendation {
        lot: lot(),
        recommended,
        order: Vec::new(),
        legal_basis: Vec::new(),
        unverified_norms: Vec::new(),
        motivation: words(true),
        departure: String::new(),
        evidence: Vec::new(),
        author: author(),
        at: at(),
    }
}

#[test]
fn nothing_is_recommended_while_something_is_open_and_nobody_passes_over_the_first() {
    let (one, two) = (bid(1), bid(2));
    let mut outcomes = BTreeMap::from([(one, Some(Outcome::Calificada)), (two, None)]);
    let prices = BTreeMap::from([(one, Money(100.into())), (two, Money(90.into()))]);
    let order = [vec![one], vec![two]];
    let base = |outcomes: &BTreeMap<BidId, Option<Outcome>>, order: &[Vec<BidId>], draft: Recommended| {
        let course = LotCourse {
            pack: pack("ec-2025-de193"),
            negotiation: None,
            outcomes,
            order,
            provisional: &[],
            prices: &prices,
            negotiations: &[],
            open: &[],
        };
        let proposal = propose_recommendation(&course);
        let faults = faults_of_recommendation(&course, &proposal, &recommendation(draft));
        (proposal, faults.into_iter().map(|fault| fault.code).collect::<Vec<_>>())
    };
    let award = |bid, amount: i64| Recommended::Adjudicar { bid, amount: Money(amount.into()) };
    let (proposal, faults) = base(&outcomes, &order, award(one, 100));
    assert!(
        proposal.recommended.is_none() && faults.contains(&"curing.recomendar.ofertas_abiertas".to_owned())
    );
    outcomes.insert(two, Some(Outcome::Calificada));
    assert!(base(&outcomes, &order, award(one, 100)).1.is_empty());
    assert!(
        base(&outcomes, &order, award(two, 90)).1.contains(&"curing.recomendar.no_es_primera".to_owned())
    );
    assert!(base(&outcomes, &order, award(one, 99)).1.contains(&"curing.recomendar.otro_monto".to_owned()));
    let tie = [vec![one, two]];
    let (proposal, faults) = base(&outcomes, &tie, award(two, 90));
    assert_eq!(
        (proposal.tied.len(), faults),
        (2, vec!["curing.recomendar.aparta".to_owned()]),
        "says how it was broken"
    );
    outcomes = BTreeMap::from([(one, Some(Outcome::NoCalificada)), (two, Some(rejection("no_convalidado")))]);
    let (proposal, _) = base(&outcomes, &[], award(one, 100));
    assert_eq!(proposal.recommended, None, "letter b speaks of disabled bids alone: asked");
    let letter = |text: &str| Recommended::Desierto { ground: text.into() };
    assert!(base(&outcomes, &[], letter("c")).1.is_empty(), "motivated, and no departure");
    assert_eq!(base(&outcomes, &[], letter("b")).1, ["curing.recomendar.causal_no_corresponde"]);
    assert_eq!(base(&outcomes, &[], letter("a")).1, ["curing.recomendar.causal_no_corresponde"]);
    let disabled = || Some(Outcome::Inhabilitada { cause: "vinculacion_95".into() });
    let all = BTreeMap::from([(one, disabled()), (two, disabled())]);
    let (proposal, faults) = base(&all, &[], letter("b"));
    assert_eq!((proposal.recommended, faults), (Some(letter("b")), Vec::new()), "LOSNCP 31");
    let wrong = base(&outcomes, &[], Recommended::Desierto { ground: "z".into() }).1;
    assert!(wrong.contains(&"curing.recomendar.causal_ajena".to_owned()), "the list is closed");
    let (proposal, _) = base(&BTreeMap::new(), &[], award(one, 100));
    assert_eq!(proposal.recommended, Some(Recommended::Desierto { ground: "a".into() }), "no bids");
}

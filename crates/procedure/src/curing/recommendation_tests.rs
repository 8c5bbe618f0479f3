//! Recommendations: what follows, and what a person may not record.

use super::negotiation::NegotiationKind;
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
            budget: None,
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

#[test]
fn attack_a_puja_that_ended_above_ninety_five_percent_is_awarded_without_negotiating() {
    let (one, two) = (bid(1), bid(2));
    let outcomes = BTreeMap::from([(one, Some(Outcome::Calificada)), (two, Some(Outcome::Calificada))]);
    let order = [vec![one], vec![two]];
    let amount = |text: &str| Money(text.parse().expect("USD"));
    let after = |regime: &str, price: &str, budget: Option<&str>| {
        let prices = BTreeMap::from([(one, amount(price)), (two, amount("9900"))]);
        propose_recommendation(&LotCourse {
            pack: pack(regime),
            negotiation: Some(NegotiationKind::SubastaInversa),
            outcomes: &outcomes,
            order: &order,
            provisional: &[],
            budget: budget.map(amount),
            prices: &prices,
            negotiations: &[],
            open: &[],
        })
    };
    let codes = |reasons: &[cotejo_domain::Reason]| -> Vec<String> {
        reasons.iter().map(|reason| reason.code.clone()).collect()
    };
    let high = after("ec-2025-de193", "9600", Some("10000"));
    assert_eq!((high.recommended.clone(), codes(&high.open)), (None, vec!["rules.sie.negociar".to_owned()]));
    assert!(high.open[0].text.contains("9.500,00"), "and up to which price: {}", high.open[0].text);
    let low = after("ec-2025-de193", "9500.00", Some("10000"));
    let awarded = Recommended::Adjudicar { bid: one, amount: amount("9500.00") };
    assert_eq!(low.recommended, Some(awarded), "the boundary passes: {:?}", low.open);
    assert!(codes(&low.reasons).contains(&"curing.recomendar.rebaja_alcanzada".to_owned()));
    assert!(after("ec-2025-de193", "9500.01", Some("10000")).recommended.is_none(), "a cent above");
    let unknown = after("ec-2025-de193", "9000", None);
    assert_eq!(codes(&unknown.open), ["curing.recomendar.sin_presupuesto"], "an encrypted budget is asked");
    let old = after("ec-2023", "9600", Some("10000"));
    assert!(
        old.recommended.is_some() && codes(&old.reasons).contains(&"rules.sie.pregunta_rebaja".to_owned())
    );
    // Nothing of it touches a procedure without puja.
    let works = propose_recommendation(&LotCourse {
        pack: pack("ec-2025-de193"),
        negotiation: None,
        outcomes: &outcomes,
        order: &order,
        provisional: &[],
        budget: Some(amount("10000")),
        prices: &BTreeMap::from([(one, amount("9999")), (two, amount("9000"))]),
        negotiations: &[],
        open: &[],
    });
    assert_eq!(works.recommended, Some(Recommended::Adjudicar { bid: one, amount: amount("9999") }));
}

#[test]
fn who_put_no_price_in_the_portal_took_no_part_and_a_person_says_so() {
    let (one, two, three) = (bid(1), bid(2), bid(3));
    let outcomes: BTreeMap<BidId, Option<Outcome>> =
        [one, two, three].map(|bid| (bid, Some(Outcome::Calificada))).into();
    let amount = |text: &str| Money(text.parse().expect("USD"));
    let prices = BTreeMap::from([(one, amount("9000")), (two, amount("9200"))]);
    let order = [vec![one], vec![two]];
    let course = |regime: &str, budget: &str| LotCourse {
        pack: pack(regime),
        negotiation: Some(NegotiationKind::SubastaInversa),
        outcomes: &outcomes,
        order: &order,
        provisional: &[],
        budget: Some(amount(budget)),
        prices: &prices,
        negotiations: &[],
        open: &[],
    };
    let faults = |regime: &str, budget: &str, draft: Recommended, why: &str| -> Vec<String> {
        let course = course(regime, budget);
        let proposal = propose_recommendation(&course);
        assert_eq!(proposal.recommended, None, "not by itself: somebody may have been forgotten");
        let draft = Recommendation { departure: why.into(), ..recommendation(draft) };
        faults_of_recommendation(&course, &proposal, &draft).into_iter().map(|fault| fault.code).collect()
    };
    let award = |bid, text: &str| Recommended::Adjudicar { bid, amount: amount(text) };
    assert!(
        faults("ec-2025-de193", "10000", award(one, "9000"), "La oferta 3 no registró su precio").is_empty()
    );
    assert_eq!(faults("ec-2025-de193", "10000", award(one, "9000"), ""), ["curing.recomendar.aparta"]);
    let second = faults("ec-2025-de193", "10000", award(two, "9200"), "La 3 no participó");
    assert!(second.contains(&"curing.recomendar.sin_postura".to_owned()), "nobody passes over the first");
    let cheaper = faults("ec-2025-de193", "10000", award(one, "8999"), "La 3 no participó");
    assert!(cheaper.contains(&"curing.recomendar.sin_postura".to_owned()), "nor at another price");
    let high = faults("ec-2025-de193", "9400", award(one, "9000"), "La 3 no participó");
    assert_eq!(high, ["rules.sie.negociar"], "and the price is measured all the same");
    let old = propose_recommendation(&course("ec-2023", "10000"));
    assert!(old.reasons.iter().any(|reason| reason.code == "curing.recomendar.sin_precio_descalifica"));
    assert!(!old.ground.unverified.is_empty(), "read in a model nobody noted the page of");
    let new = propose_recommendation(&course("ec-2025-de193", "10000"));
    assert!(!new.reasons.iter().any(|reason| reason.code == "curing.recomendar.sin_precio_descalifica"));
}

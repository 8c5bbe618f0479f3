//! What is told as unequal, and what is not.

use super::super::criteria::{numbers, numerals};
use super::*;
use cotejo_domain::{ActorId, Confidence, Location};
use uuid::Uuid;

fn ruled(bid: u128, verdict: Verdict, defects: &[&str]) -> Ruled {
    Ruled {
        lot: LotId(Uuid::from_u128(1)),
        requirement: RequirementId("MIN-1".into()),
        title: "Experiencia general".into(),
        bid: BidId(Uuid::from_u128(bid)),
        bidder: format!("Oferente {bid}"),
        verdict,
        defects: defects.iter().map(|code| (*code).to_owned()).collect(),
        basis: BTreeSet::from(["RGL 104.3".to_owned()]),
        evidence: Vec::new(),
        motivation: Motivation::default(),
        known: Known::default(),
    }
}

fn on_page(bid: u128, verdict: Verdict, content: &str) -> Ruled {
    let evidence = Evidence {
        file: FileHash::of(&bid.to_be_bytes()),
        file_name: format!("oferta-{bid}.pdf"),
        location: Location::Page { page: 4, quads: Vec::new() },
        quote: String::new(),
        extractor: "prueba@1".into(),
        confidence: Confidence::CERTAIN,
    };
    Ruled { evidence: vec![(evidence, Some(content.to_owned()))], ..ruled(bid, verdict, &[]) }
}

const SHORT: &[&str] = &["rules.experiencia.menor"];

#[test]
fn attack_one_error_fails_one_bidder_and_not_the_other() {
    let found = findings(&[ruled(1, Verdict::NoCumple, SHORT), ruled(2, Verdict::Cumple, SHORT)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, TreatmentKind::SameError);
    assert!(
        found[0].text.contains("Oferente 1") && found[0].text.contains("Oferente 2"),
        "{}",
        found[0].text
    );
    let turned = findings(&[ruled(2, Verdict::Cumple, SHORT), ruled(1, Verdict::NoCumple, SHORT)]);
    assert_eq!(found, turned, "whatever the order");
}

#[test]
fn another_error_ground_lot_or_requirement_and_what_does_not_apply_are_no_unequal_treatment() {
    let first = || ruled(1, Verdict::NoCumple, SHORT);
    let mut ground = ruled(2, Verdict::Cumple, SHORT);
    ground.basis = BTreeSet::from(["RGL 100.4".to_owned()]);
    let mut lot = ruled(2, Verdict::Cumple, SHORT);
    lot.lot = LotId(Uuid::from_u128(2));
    let mut requirement = ruled(2, Verdict::Cumple, SHORT);
    requirement.requirement = RequirementId("MIN-2".into());
    for second in [
        ground,
        lot,
        requirement,
        ruled(2, Verdict::Cumple, &["rules.experiencia.ausente"]),
        ruled(2, Verdict::Cumple, &[]),
        ruled(2, Verdict::NoAplica, SHORT),
        ruled(2, Verdict::NoCumple, SHORT),
    ] {
        assert!(findings(&[first(), second]).is_empty());
    }
}

#[test]
fn attack_the_same_certificate_is_good_for_one_bidder_alone() {
    let found =
        findings(&[on_page(1, Verdict::NoCumple, "texto:ab"), on_page(2, Verdict::Cumple, "texto:ab")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, TreatmentKind::SameEvidence);
    assert!(found[0].cells.iter().all(|cell| cell.evidence.len() == 1), "shown with both pages");
    let other =
        findings(&[on_page(1, Verdict::NoCumple, "texto:ab"), on_page(2, Verdict::Cumple, "texto:cd")]);
    assert!(other.is_empty());
}

#[test]
fn a_matter_is_told_once() {
    let both = |bid, verdict| Ruled {
        defects: SHORT.iter().map(|code| (*code).to_owned()).collect(),
        ..on_page(bid, verdict, "texto:ab")
    };
    let found = findings(&[both(1, Verdict::NoCumple), both(2, Verdict::Cumple)]);
    assert_eq!(found.len(), 1, "by its error, and not again by its page: {found:?}");
}

#[test]
fn attack_a_bid_fails_by_a_criterion_that_nobody_asked() {
    let mut one = ruled(1, Verdict::NoCumple, &[]);
    one.known = Known {
        numerals: Some(numerals("4.1 4.2")),
        pages: Some(30),
        numbers: numbers("Experiencia mínima de USD 120.000,00"),
    };
    one.motivation.norm = "Pliego, numeral 4.9".into();
    one.motivation.conclusion = "No alcanza el mínimo exigido de USD 150.000,00.".into();
    let found = findings(std::slice::from_ref(&one));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|finding| finding.kind == TreatmentKind::ForeignCriterion));
    one.verdict = Verdict::Cumple;
    assert!(findings(&[one]).is_empty(), "it is held against nobody");
}

#[test]
fn attack_an_answer_is_kept_for_a_verdict_that_changed_since() {
    let before = findings(&[ruled(1, Verdict::NoCumple, SHORT), ruled(2, Verdict::Cumple, SHORT)]);
    let after = findings(&[ruled(1, Verdict::NoCumple, SHORT), ruled(2, Verdict::AConvalidar, SHORT)]);
    assert_ne!(before[0].id, after[0].id);
    let said = |reason: &str| TreatmentAnswer {
        finding: before[0].id.clone(),
        reason: reason.into(),
        author: ActorId(Uuid::from_u128(1)),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    assert!(answer(&[said("La oferta 2 lo convalidó")], &before[0].id).is_some());
    assert!(answer(&[said("La oferta 2 lo convalidó")], &after[0].id).is_none());
    assert!(answer(&[said("x"), said("")], &before[0].id).is_none(), "taken back");
}

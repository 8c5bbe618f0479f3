//! What must hold of every course, whatever was decided: seeded loops over random courses, each judged again from the raw acts.

use super::chain::CureChain;
use super::errors::{Curability, Defect, curability};
use super::outcome::{BidCourse, CellCourse, OutcomeDraft, admit_outcome};
use super::outcome_tests::constatation;
use super::recommendation::{LotCourse, propose_recommendation};
use super::tests::{
    after, allowed, answer, asked, before, bid, cell, course, due, lot, notification, pack, request,
    requests, result, words,
};
use cotejo_domain::BidId;
use cotejo_domain::course::{
    Constatation, CourseAct, CureResult, CureVerdict, DefectNature, Recommended, SignatureResult,
};
use cotejo_domain::{Money, Outcome, RequirementKind, Verdict};
use cotejo_rules::RulePack;
use jiff::civil::DateTime;
use std::collections::{BTreeMap, BTreeSet};

/// A small linear generator: the same seed, the same courses.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn coin(&mut self) -> bool {
        self.roll(2) == 0
    }
}

/// A random course: some cells, a chain that is whole or breaks anywhere, validations of some of its files.
fn random(dice: &mut Dice) -> (Vec<CellCourse>, CureChain, Vec<Constatation>, DateTime) {
    let kinds = [
        RequirementKind::Integridad,
        RequirementKind::Minimo,
        RequirementKind::Puntaje,
        RequirementKind::Informativo,
    ];
    let verdicts = [
        None,
        Some(Verdict::Cumple),
        Some(Verdict::NoCumple),
        Some(Verdict::NoCumple),
        Some(Verdict::AConvalidar),
        Some(Verdict::NoAplica),
        Some(Verdict::Pendiente),
    ];
    let number = usize::try_from(dice.roll(5)).expect("small") + 1;
    let pick = |dice: &mut Dice, length: usize| usize::try_from(dice.roll(length as u64)).expect("small");
    let mut cells = Vec::new();
    for index in 1..=number {
        let kind = kinds[pick(dice, kinds.len())];
        let codes: [&[&str]; 6] = [
            &["rules.integridad.ausente"],
            &["rules.plazo.mayor"],
            &["rules.ruc.contradiccion"],
            &["rules.integridad.sin_firma"],
            &["rules.experiencia.sin_respaldo"],
            &[],
        ];
        let code = codes[pick(dice, 6)];
        let regimes = ["ec-2023", "ec-2025-integridad", "ec-2025-de193", "ec-2026-de461"];
        let said = [None, Some(&DefectNature::Unmentioned), Some(&DefectNature::Substantive)];
        let defect = Defect {
            mentioned: [None, Some(true), Some(false)][pick(dice, 3)],
            proposed: [None, Some(Verdict::NoCumple), Some(Verdict::AConvalidar)][pick(dice, 3)],
            to_cure: dice.coin(),
            said: said[pick(dice, 3)],
            ..asked(code, kind)
        };
        cells.push(CellCourse {
            motivation: words(dice.roll(4) > 0),
            evidence: pick(dice, 2),
            review: dice.roll(8) == 0,
            waits: dice.roll(8) == 0,
            curability: (dice.roll(4) > 0).then(|| curability(pack(regimes[pick(dice, 4)]), defect)),
            index: dice.roll(6) == 0,
            signature: dice.roll(6) == 0,
            ..cell(index, kind, verdicts[pick(dice, verdicts.len())])
        });
    }
    let bids = [bid(1), bid(2), bid(3)];
    let mut list = Vec::new();
    for index in 1..=dice.roll(4) {
        let of = bids[pick(dice, 3)];
        list.push(request(u32::try_from(index).expect("small"), of, pick(dice, number) + 1));
    }
    let mut acts = vec![CourseAct::CureRequested(requests(&bids, list.clone()))];
    if dice.roll(4) > 0 {
        let told = if dice.roll(4) > 0 { 3 } else { 2 };
        acts.push(CourseAct::CureNotified(notification(&bids[..told])));
    }
    for of in bids {
        if dice.coin() {
            let when = [None, Some(before()), Some(after())][pick(dice, 3)];
            acts.push(CourseAct::CureAnswered(answer(of, when)));
        }
    }
    for asked in &list {
        if dice.roll(3) > 0 {
            let verdict =
                [CureVerdict::Convalidado, CureVerdict::Parcial, CureVerdict::NoConvalidado][pick(dice, 3)];
            let about = asked.requirement.0.trim_start_matches('R').parse().expect("a number");
            let said = result(asked.number, asked.bid, about, verdict);
            acts.push(CourseAct::CureResolved(CureResult { motivation: words(dice.roll(4) > 0), ..said }));
        }
    }
    let now = if dice.roll(4) > 0 { after() } else { before() };
    let results = [SignatureResult::Valida, SignatureResult::SinFirma, SignatureResult::NoValida];
    let constatations = if dice.coin() { vec![constatation(results[pick(dice, 3)])] } else { Vec::new() };
    (cells, CureChain::of(&acts, lot()), constatations, now)
}

#[test]
fn no_path_leads_to_a_rejection_but_the_lawful_ones() {
    let mut dice = Dice(20_251_028);
    let (mut rejected, mut qualified, mut constated) = (0, 0, 0);
    for round in 0..12_000 {
        let (cells, chain, constatations, now) = random(&mut dice);
        let regimes = RulePack::all();
        let regime = &regimes[usize::try_from(dice.roll(regimes.len() as u64)).expect("small")];
        let course = BidCourse {
            bid: bid(1),
            pack: regime,
            cells: &cells,
            chain: &chain,
            constatations: &constatations,
            technical: None,
            now,
        };
        // Judged again, from the raw acts alone.
        let failed = |cell: &&CellCourse| {
            cell.verdict == Some(Verdict::NoCumple)
                && !cell.review
                && !cell.waits
                && !cell.index
                && cell.motivation.is_complete()
        };
        let told = chain.notification.as_ref().is_some_and(|told| told.bids.len() == 3);
        let in_vain = |cell: &CellCourse| {
            told && now > due()
                && chain.of_bid(bid(1)).filter(|request| request.requirement == cell.requirement).any(
                    |request| {
                        chain.results.get(&request.number).is_some_and(|result| {
                            result.result != CureVerdict::Convalidado && result.motivation.is_complete()
                        })
                    },
                )
        };
        // A minimum ends a bid where there was no error to ask, or it was asked in vain.
        let stands = |cell: &CellCourse| {
            matches!(&cell.curability, None | Some(Curability::NotCurable { .. })) || in_vain(cell)
        };
        let minimum =
            cells.iter().any(|cell| failed(&cell) && cell.kind == RequirementKind::Minimo && stands(cell));
        let forbidden = cells.iter().any(|cell| {
            failed(&cell)
                && matches!(&cell.curability, Some(Curability::NotCurable { reason, error, ground })
                if match cell.kind {
                    // Of integridad the unsigned form alone, where somebody read that it is not cured.
                    RequirementKind::Integridad =>
                        error.as_deref() == Some("formulario_sin_firma") && ground.unverified.is_empty(),
                    RequirementKind::Minimo =>
                        ["curing.no_convalidable", "curing.sin_referencia"].contains(&reason.code.as_str()),
                    _ => false,
                })
        });
        let asked_in_vain = cells.iter().any(|cell| {
            failed(&cell)
                && matches!(cell.kind, RequirementKind::Minimo | RequirementKind::Integridad)
                && in_vain(cell)
        });
        let open = chain.of_bid(bid(1)).any(|request| !chain.results.contains_key(&request.number));
        for outcome in allowed(&course) {
            match &outcome {
                Outcome::Rechazada { cause } => {
                    rejected += 1;
                    assert!(!open, "round {round}: rejected while a request is open");
                    let lawful = match cause.as_str() {
                        "no_convalidado" => asked_in_vain,
                        "error_no_convalidable" => forbidden,
                        "incumple_minimo_cumple_no_cumple" => minimum,
                        _ => false,
                    };
                    assert!(lawful, "round {round}: {cause} under {} with {cells:?}", regime.id);
                }
                Outcome::NoCalificada => assert!(minimum && !open, "round {round}"),
                Outcome::Calificada => {
                    qualified += 1;
                    let meets = cells.iter().filter(|cell| {
                        matches!(cell.kind, RequirementKind::Minimo | RequirementKind::Integridad)
                            && !cell.waits
                            && !cell.index
                    });
                    let mut meets = meets.peekable();
                    assert!(meets.peek().is_some() && !open, "round {round}");
                    let good = |cell: &CellCourse| {
                        !cell.review && matches!(cell.verdict, Some(Verdict::Cumple | Verdict::NoAplica))
                    };
                    assert!(meets.all(good), "round {round}");
                }
                Outcome::Inhabilitada { cause } => {
                    assert!(["vinculacion_95", "inhabilidad_rup_26"].contains(&cause.as_str()));
                }
                Outcome::Retirada => assert!(!regime.id.contains("de193") && !regime.id.contains("de461")),
                Outcome::BajoMinimoTecnico => panic!("no technical score was computed"),
                Outcome::Pendiente => panic!("open is no end"),
            }
            // Nothing adverse that rests on a signature is recorded before the official application said so.
            if let Outcome::Rechazada { .. } | Outcome::NoCalificada = &outcome {
                let whole = words(true);
                let draft = OutcomeDraft { outcome: &outcome, motivation: &whole, evidence: 1, clause: "" };
                if let Ok(found) = admit_outcome(&course, &draft) {
                    let signed = found.requirements.iter().any(|id| {
                        let cell = cells.iter().find(|cell| cell.requirement == *id).expect("is there");
                        let error = cell.curability.as_ref().and_then(Curability::error);
                        cell.signature || error == Some("formulario_sin_firma")
                    });
                    let against = constatations.first().is_some_and(|said| said.result.is_adverse());
                    assert!(!signed || against, "round {round}: {outcome:?} on a signature nobody validated");
                    constated += u32::from(signed);
                }
            }
            // And no adverse end is recorded without its four parts.
            let incomplete = words(false);
            let draft = OutcomeDraft { outcome: &outcome, motivation: &incomplete, evidence: 1, clause: "" };
            let admitted = admit_outcome(&course, &draft).is_ok();
            assert!(
                !admitted || outcome == Outcome::Calificada,
                "round {round}: {outcome:?} without evidence"
            );
        }
    }
    let varied = rejected > 50 && qualified > 50 && constated > 20;
    assert!(varied, "the courses are varied: {rejected}, {qualified} and {constated}");
}

#[test]
fn permuting_bidders_changes_nothing() {
    let mut dice = Dice(7);
    for _ in 0..500 {
        let (cells, chain, _, now) = random(&mut dice);
        let mut turned = chain.clone();
        if let Some(requests) = &mut turned.requests {
            requests.bids.reverse();
            requests.requests.reverse();
        }
        if let Some(notification) = &mut turned.notification {
            notification.bids.reverse();
        }
        let of = |chain: &CureChain| -> BTreeSet<String> {
            allowed(&course(&cells, chain, now, "ec-2025-de193"))
                .iter()
                .map(|found| format!("{found:?}"))
                .collect()
        };
        assert_eq!(of(&chain), of(&turned));
    }
    // The identifiers of bids are drawn: exchanging two moves the recommendation with them.
    let price = |amount: i64| Money(amount.into());
    let recommend = |first: BidId, second: BidId| {
        let outcomes =
            BTreeMap::from([(first, Some(Outcome::Calificada)), (second, Some(Outcome::Calificada))]);
        let prices = BTreeMap::from([(first, price(100)), (second, price(90))]);
        let order = [vec![first], vec![second]];
        let course = LotCourse {
            pack: pack("ec-2025-de193"),
            negotiation: None,
            outcomes: &outcomes,
            order: &order,
            provisional: &[],
            budget: None,
            prices: &prices,
            negotiations: &[],
            open: &[],
        };
        propose_recommendation(&course).recommended
    };
    assert_eq!(recommend(bid(1), bid(2)), Some(Recommended::Adjudicar { bid: bid(1), amount: price(100) }));
    assert_eq!(recommend(bid(2), bid(1)), Some(Recommended::Adjudicar { bid: bid(2), amount: price(100) }));
}

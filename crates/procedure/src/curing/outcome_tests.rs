//! What a defect is, and what may not end a bid: attacks on the ways out that skip the request, the official application or the closed list.

use super::chain::CureChain;
use super::errors::{Curability, Defect, curability};
use super::outcome::{BidCourse, CellCourse, OutcomeDraft, TechnicalScore, admit_outcome, lawful_outcomes};
use super::signature::{Constated, constated, faults_of_constatation};
use super::tests::{
    after, allowed, answer, asked, at, author, before, bid, cell, chain, course, lot, pack, rejection,
    request, result, words,
};
use cotejo_domain::course::{
    Constatation, CureNature, CureVerdict, DefectNature, ExistedBefore, KeptFile, SignatureResult,
};
use cotejo_domain::{FileHash, Motivation, Outcome, Reason, RequirementKind, Verdict};
use jiff::civil::date;

const DE193: &str = "ec-2025-de193";
const MINIMUM: RequirementKind = RequirementKind::Minimo;
const INTEGRIDAD: RequirementKind = RequirementKind::Integridad;

/// A validation of the one file of the first bid.
pub(super) fn constatation(result: SignatureResult) -> Constatation {
    Constatation {
        id: "1".into(),
        lot: lot(),
        bid: bid(1),
        file: FileHash::of(b"oferta"),
        file_name: "oferta.pdf".into(),
        application: "FirmaEC".into(),
        when: before(),
        by: "Ana Ejemplo".into(),
        result,
        detail: String::new(),
        proof: KeptFile { name: "resultado.pdf".into(), sha256: FileHash::of(b"resultado") },
        withdrawn: false,
        author: author(),
        at: at(),
    }
}

fn failed(kind: RequirementKind, answer: Curability) -> CellCourse {
    CellCourse { curability: Some(answer), ..cell(1, kind, Some(Verdict::NoCumple)) }
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_str()).collect()
}

#[test]
fn under_the_old_regime_an_unsigned_form_ends_as_not_curable() {
    let unsigned = asked(&["rules.integridad.sin_firma"], INTEGRIDAD);
    let forbidden = curability(pack("ec-2023"), unsigned);
    let cells = [failed(INTEGRIDAD, forbidden.clone())];
    let none = CureChain::default();
    let outcome = rejection("error_no_convalidable");
    let cited = Motivation { evidence: "Constatación en FirmaEC del 5 de marzo".into(), ..words(true) };
    let admit = |constatations: &[Constatation]| {
        let old = BidCourse { constatations, ..course(&cells, &none, after(), "ec-2023") };
        assert!(allowed(&old).contains(&outcome), "the norm of that regime says so itself");
        let draft = OutcomeDraft { outcome: &outcome, motivation: &cited, evidence: 1, clause: "" };
        admit_outcome(&old, &draft).map(|_| ()).map_err(|faults| codes(&faults).join(" "))
    };
    assert_eq!(
        admit(&[]),
        Err("curing.necesita.constatacion".into()),
        "its word in the motivation is no act"
    );
    let valid = constatation(SignatureResult::Valida);
    assert_eq!(admit(std::slice::from_ref(&valid)), Err("curing.necesita.constatacion_contraria".into()));
    let unsure = constatation(SignatureResult::NoConcluyente);
    assert_eq!(admit(&[unsure]), Err("curing.necesita.constatacion_concluyente".into()));
    let other = Constatation { file: FileHash::of(b"otro"), ..constatation(SignatureResult::SinFirma) };
    assert!(admit(&[other]).is_err(), "another file proves nothing of this one");
    let stranger = Constatation { bid: bid(2), ..constatation(SignatureResult::SinFirma) };
    assert!(admit(&[stranger]).is_err(), "nor does another bid's");
    let taken_back = Constatation { withdrawn: true, ..constatation(SignatureResult::SinFirma) };
    assert!(admit(&[taken_back]).is_err());
    let later = Constatation { when: after(), ..valid };
    assert!(
        admit(&[constatation(SignatureResult::SinFirma), later]).is_err(),
        "of one file the newest counts"
    );
    assert_eq!(admit(&[constatation(SignatureResult::SinFirma)]), Ok(()));

    let old = course(&cells, &none, after(), "ec-2023");
    assert_eq!(codes(&old.against_no_cumple(&cells[0])), ["curing.necesita.constatacion"]);
    let unknown = CellCourse { curability: None, ..cells[0].clone() };
    assert_eq!(
        codes(&old.against_no_cumple(&unknown)),
        ["curing.refusa.pida_primero"],
        "else it is asked first"
    );
}

#[test]
fn attack_a_form_is_failed_without_a_request_by_calling_its_defect_technical() {
    let none = CureChain::default();
    for regime in ["ec-2023", "ec-2025-integridad", DE193, "ec-2026-de461"] {
        for code in ["rules.plazo.mayor", "rules.integridad.ausente", "rules.integridad.firma_no_valida"] {
            for said in [None, Some(&DefectNature::Unmentioned), Some(&DefectNature::Substantive)] {
                let list = [code];
                let proposed = Some(Verdict::NoCumple);
                let defect = Defect { said, proposed, mentioned: None, ..asked(&list, INTEGRIDAD) };
                let answer = curability(pack(regime), defect);
                assert!(!answer.forbids(INTEGRIDAD), "{regime} {code}: {answer:?}");
                let cells = [failed(INTEGRIDAD, answer)];
                let lawful = allowed(&course(&cells, &none, after(), regime));
                assert!(
                    !lawful.iter().any(|end| matches!(end, Outcome::Rechazada { .. })),
                    "{regime} {code}"
                );
            }
        }
    }
    // An inherited ban that nobody read in the text of the regime bans nothing.
    let heir = curability(pack("ec-2025-integridad"), asked(&["rules.integridad.sin_firma"], INTEGRIDAD));
    assert!(matches!(heir, Curability::Ask { draft: Some(_), .. }), "{heir:?}");
}

#[test]
fn attack_a_minimum_with_a_curable_error_is_failed_without_asking() {
    let none = CureChain::default();
    let contradiction = curability(pack(DE193), asked(&["rules.ruc.contradiccion"], MINIMUM));
    let cells = [failed(MINIMUM, contradiction)];
    let early = course(&cells, &none, after(), DE193);
    assert_eq!(codes(&early.against_no_cumple(&cells[0])), ["curing.refusa.pida_primero"]);
    let ended = |course: &BidCourse<'_>| {
        allowed(course).iter().any(|end| matches!(end, Outcome::NoCalificada | Outcome::Rechazada { .. }))
    };
    assert!(!ended(&early), "RGL 100.5 comes first");
    let refused = lawful_outcomes(&early);
    let why = refused.refused.iter().find(|found| found.outcome == Outcome::NoCalificada).expect("refused");
    assert!(codes(&why.reasons).contains(&"curing.refusa.pida_primero"), "{why:?}");
    assert!(codes(&refused.missing).contains(&"curing.refusa.pida_primero"));

    let mut asked_for = chain(&[bid(1), bid(2)], vec![request(1, bid(1), 1)]);
    assert!(!ended(&course(&cells, &asked_for, after(), DE193)), "asked, and nobody said what came of it");
    let waiting = course(&cells, &asked_for, after(), DE193);
    assert_eq!(codes(&waiting.against_no_cumple(&cells[0])), ["curing.refusa.pedido_abierto"]);
    let substantive = [CellCourse { curability: None, ..cells[0].clone() }];
    let waiting = course(&substantive, &asked_for, after(), DE193);
    assert!(
        !waiting.against_no_cumple(&substantive[0]).is_empty(),
        "whatever it is: it was asked, and is open"
    );
    asked_for.answers.insert(bid(1), answer(bid(1), None));
    asked_for.results.insert(1, result(1, bid(1), 1, CureVerdict::NoConvalidado));
    let late = course(&cells, &asked_for, after(), DE193);
    assert!(
        allowed(&late).contains(&Outcome::NoCalificada)
            && allowed(&late).contains(&rejection("no_convalidado"))
    );
    assert!(late.against_no_cumple(&cells[0]).is_empty());

    // What the norm of a regime says of it was not seen: it is told first, or asked.
    let old = curability(pack("ec-2023"), asked(&["rules.ruc.contradiccion"], MINIMUM));
    let cells = [failed(MINIMUM, old)];
    let old = course(&cells, &none, after(), "ec-2023");
    assert_eq!(codes(&old.against_no_cumple(&cells[0])), ["curing.refusa.diga_primero"]);
    // A person says that it is no error of form, or the checks found every reading of the papers below the minimum.
    let substantive = DefectNature::Substantive;
    let said = Defect { said: Some(&substantive), ..asked(&["rules.ruc.contradiccion"], MINIMUM) };
    let found =
        Defect { proposed: Some(Verdict::NoCumple), ..asked(&["rules.patrimonio.contradiccion"], MINIMUM) };
    for defect in [said, found] {
        let answer = curability(pack(DE193), defect);
        assert!(matches!(answer, Curability::NotCurable { .. }) && !answer.forbids(MINIMUM), "RGL 104 (3)");
        let cells = [failed(MINIMUM, answer)];
        let ends = allowed(&course(&cells, &none, after(), DE193));
        assert!(ends.contains(&Outcome::NoCalificada) && !ends.contains(&rejection("error_no_convalidable")));
    }
}

#[test]
fn attack_that_nothing_was_read_is_taken_for_no_page_mentions_it() {
    let unsupported = |mentioned, said| {
        let defect = Defect { mentioned, said, ..asked(&["rules.experiencia.sin_respaldo"], MINIMUM) };
        curability(pack(DE193), defect)
    };
    let unread = unsupported(None, None);
    assert!(
        matches!(&unread, Curability::Ask { question, draft: Some(_) } if question.code == "curing.pregunta.mencionado"),
        "{unread:?}"
    );
    let cells = [failed(MINIMUM, unread)];
    let none = CureChain::default();
    assert!(!allowed(&course(&cells, &none, after(), DE193)).contains(&rejection("error_no_convalidable")));
    assert!(matches!(unsupported(Some(true), None), Curability::Curable(_)), "RGL 100.4");
    assert!(matches!(unsupported(None, Some(&DefectNature::Mentioned)), Curability::Curable(_)));
    let said = unsupported(Some(true), Some(&DefectNature::Unmentioned));
    assert!(said.forbids(MINIMUM), "a person looked at every page: {said:?}");
    let Curability::NotCurable { ground, .. } = said else { panic!("not curable") };
    assert_eq!(ground.legal_basis.len(), 1);
    assert!(ground.legal_basis[0].contains("102"), "{ground:?}");
}

#[test]
fn in_doubt_it_is_cured() {
    let doubtful = |regime: &str, named, to_cure| {
        let defect = Defect { named, to_cure, ..asked(&["rules.nada.conocido"], MINIMUM) };
        curability(pack(regime), defect)
    };
    for (named, to_cure) in [(Some("otro"), false), (None, true)] {
        let answer = doubtful(DE193, named, to_cure);
        let Curability::Curable(draft) = answer else { panic!("in doubt the norm cures: {answer:?}") };
        assert_eq!((draft.nature, draft.error.as_str()), (CureNature::Dudoso, "otro"));
        assert!(draft.ground.legal_basis.iter().any(|article| article.contains("99-100")), "{draft:?}");
        assert!(
            matches!(doubtful("ec-2023", named, to_cure), Curability::Ask { .. }),
            "that rule was not seen"
        );
    }
    let none = doubtful(DE193, None, false);
    assert!(
        matches!(&none, Curability::NotCurable { .. }) && !none.forbids(MINIMUM),
        "nobody holds it an error"
    );
}

#[test]
fn only_what_supports_an_earlier_fact_must_have_existed_before() {
    let existed = |named| {
        let defect = Defect { named: Some(named), ..asked(&[], MINIMUM) };
        match curability(pack(DE193), defect) {
            Curability::Curable(draft) => draft.existed_before,
            other => panic!("{named}: {other:?}"),
        }
    };
    assert_eq!(existed("respaldo_de_hecho_anterior_mencionado"), ExistedBefore::ToBeShown, "RGL 100.4");
    for named in ["certificacion_de_documentos", "contradiccion_o_respaldo_de_lo_declarado"] {
        assert_eq!(existed(named), ExistedBefore::NotRequired, "RGL 100.2 and 100.5 do not ask it: {named}");
    }
}

#[test]
fn attack_an_index_that_the_pliego_calls_a_minimum_ends_a_bid() {
    let none = CureChain::default();
    let index = CellCourse { index: true, ..cell(2, MINIMUM, Some(Verdict::NoCumple)) };
    let cells = [cell(1, INTEGRIDAD, Some(Verdict::Cumple)), index];
    let lawful = lawful_outcomes(&course(&cells, &none, after(), DE193));
    let ends: Vec<&Outcome> = lawful.allowed.iter().map(|found| &found.outcome).collect();
    assert!(ends.contains(&&Outcome::Calificada), "RGL 94: {ends:?}");
    assert!(
        !ends.iter().any(|end| matches!(end, Outcome::NoCalificada | Outcome::Rechazada { .. })),
        "{ends:?}"
    );
    let why = lawful.refused.iter().find(|found| found.outcome == Outcome::NoCalificada).expect("refused");
    assert!(codes(&why.reasons).contains(&"curing.refusa.puntaje_nunca"), "{why:?}");
}

#[test]
fn below_the_technical_minimum_the_envelope_stays_closed() {
    let cells = [cell(1, MINIMUM, Some(Verdict::Cumple))];
    let none = CureChain::default();
    let told = |text: &str| Reason { code: "x".into(), text: text.into() };
    let with = |technical: Option<&TechnicalScore>| {
        let bid_course = course(&cells, &none, after(), DE193);
        lawful_outcomes(&BidCourse { technical, ..bid_course })
    };
    let allowed = |technical: Option<&TechnicalScore>| -> Vec<Outcome> {
        with(technical).allowed.into_iter().map(|found| found.outcome).collect()
    };
    let below = TechnicalScore::Below(told("Obtuvo 69,99 y el mínimo es 70"));
    let ends = allowed(Some(&below));
    assert!(ends.contains(&Outcome::BajoMinimoTecnico) && !ends.contains(&Outcome::Calificada), "{ends:?}");
    let found = with(Some(&below));
    let found =
        found.allowed.iter().find(|found| found.outcome == Outcome::BajoMinimoTecnico).expect("is there");
    assert!(found.text.contains("69,99") && !found.ground.legal_basis.is_empty(), "{found:?}");
    assert!(!found.ground.unverified.is_empty(), "the table of the regulation was not seen");
    let open = TechnicalScore::Open(told("Falta el puntaje"));
    let early = allowed(Some(&open));
    assert!(
        !early.contains(&Outcome::Calificada) && !early.contains(&Outcome::BajoMinimoTecnico),
        "before its points a bid neither qualifies nor stays below: {early:?}"
    );
    for technical in [None, Some(&TechnicalScore::Reached)] {
        let ends = allowed(technical);
        assert!(
            ends.contains(&Outcome::Calificada) && !ends.contains(&Outcome::BajoMinimoTecnico),
            "{technical:?}"
        );
    }
    let undecided = [cell(1, MINIMUM, None)];
    let early = BidCourse { technical: Some(&below), ..course(&undecided, &none, after(), DE193) };
    assert!(!super::tests::allowed(&early).contains(&Outcome::BajoMinimoTecnico), "minimums come first");
}

#[test]
fn a_clause_of_the_pliego_stands_beside_a_listed_cause_and_never_in_its_place() {
    let none = CureChain::default();
    let cells = [cell(1, MINIMUM, Some(Verdict::NoCumple))];
    let minimum = course(&cells, &none, after(), DE193);
    let motivation = words(true);
    let admit = |outcome: &Outcome| {
        admit_outcome(
            &minimum,
            &OutcomeDraft { outcome, motivation: &motivation, evidence: 1, clause: "4.1.3" },
        )
    };
    let found =
        admit(&rejection("incumple_minimo_cumple_no_cumple")).expect("a listed cause with its numeral");
    assert!(found.ground.legal_basis.iter().any(|cited| cited.contains("4.1.3")), "{:?}", found.ground);
    assert!(found.ground.legal_basis[0].contains("104"), "the norm first");
    assert!(admit(&rejection("4.1.3")).is_err(), "no cause of its own");
    let met = [cell(1, MINIMUM, Some(Verdict::Cumple))];
    let met = course(&met, &none, after(), DE193);
    let draft = |outcome| OutcomeDraft { outcome, motivation: &motivation, evidence: 1, clause: "4.1.3" };
    let outcome = rejection("incumple_minimo_cumple_no_cumple");
    assert!(admit_outcome(&met, &draft(&outcome)).is_err(), "nothing failed");
    let faults = admit_outcome(&met, &draft(&Outcome::Calificada)).expect_err("of what cause?");
    assert_eq!(codes(&faults), ["curing.falta.numeral_sin_causa"]);
}

#[test]
fn words_about_a_signature_ask_for_the_official_application_and_prove_nothing() {
    let none = CureChain::default();
    let motivation = Motivation { fact: "El anexo está sin firma electrónica".into(), ..words(true) };
    let cells = [CellCourse { motivation, ..cell(1, MINIMUM, Some(Verdict::NoCumple)) }];
    let lawful = lawful_outcomes(&course(&cells, &none, after(), DE193));
    let found = lawful.allowed.iter().find(|found| found.outcome == Outcome::NoCalificada).expect("is there");
    assert_eq!(codes(&found.needs), ["curing.necesita.constatacion"], "no calificada too");
    let motivation = words(true);
    let draft =
        OutcomeDraft { outcome: &Outcome::NoCalificada, motivation: &motivation, evidence: 1, clause: "" };
    assert!(admit_outcome(&course(&cells, &none, after(), DE193), &draft).is_err());
}

#[test]
fn a_constatacion_says_who_when_with_what_and_keeps_its_result() {
    let whole = constatation(SignatureResult::SinFirma);
    assert!(faults_of_constatation(&whole, after()).is_empty());
    let now = date(2026, 3, 1).at(9, 0, 0, 0);
    assert_eq!(codes(&faults_of_constatation(&whole, now)), ["curing.falta.en_el_futuro"]);
    let nobody = Constatation { by: " ".into(), application: String::new(), ..whole.clone() };
    assert_eq!(faults_of_constatation(&nobody, after()).len(), 2);
    let itself =
        Constatation { proof: KeptFile { sha256: whole.file, ..whole.proof.clone() }, ..whole.clone() };
    assert_eq!(
        codes(&faults_of_constatation(&itself, after())),
        ["curing.falta.constatacion_mismo_archivo"],
        "the bid's own file is no result"
    );
    // Where the form is not there at all, another paper that is well signed says nothing of it.
    let valid = constatation(SignatureResult::Valida);
    assert_eq!(constated(&[valid], bid(1), &[]), Constated::Missing);
    assert_eq!(constated(&[whole], bid(1), &[]), Constated::Adverse);
}

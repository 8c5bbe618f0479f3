//! The acts of a *convalidación*, what may be asked, and how a bid ends: one rule a test, and what the other tests of this room build courses with.

use super::chain::{
    CureChain, CureState, ResultContext, faults_of_answer, faults_of_notification, faults_of_requests,
    faults_of_result,
};
use super::errors::{Curability, DATA, Defect, ERRORS, curability, limits, nameable_errors};
use super::outcome::{BidCourse, CellCourse, OutcomeDraft, admit_outcome, lawful_outcomes};
use cotejo_domain::course::{
    AnswerFile, CourseAct, CureAnswer, CureNature, CureNotification, CureRequest, CureRequests, CureResult,
    CureVerdict, ExistedBefore,
};
use cotejo_domain::{
    ActorId, BidId, Confidence, Evidence, FileHash, Location, LotId, Money, Motivation, Outcome,
    RequirementId, RequirementKind, Termino, Verdict,
};
use cotejo_rules::RulePack;
use jiff::civil::{DateTime, date};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn bid(number: u128) -> BidId {
    BidId(uuid::Uuid::from_u128(number))
}

pub(super) fn lot() -> LotId {
    LotId(uuid::Uuid::from_u128(77))
}

pub(super) fn author() -> ActorId {
    ActorId(uuid::Uuid::from_u128(5))
}

pub(super) fn at() -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH
}

pub(super) fn pack(id: &str) -> &'static RulePack {
    RulePack::by_id(id).expect("exists")
}

pub(super) fn words(complete: bool) -> Motivation {
    Motivation {
        fact: "El formulario no consta".into(),
        evidence: if complete { "Oferta, pág. 3".into() } else { String::new() },
        norm: "RGL 104".into(),
        conclusion: "No cumple".into(),
    }
}

pub(super) fn page(quote: &str) -> Evidence {
    Evidence {
        file: FileHash::of(b"oferta"),
        file_name: "oferta.pdf".into(),
        location: Location::Page { page: 3, quads: Vec::new() },
        quote: quote.into(),
        extractor: "prueba@1".into(),
        confidence: Confidence::CERTAIN,
    }
}

pub(super) fn requirement(number: usize) -> RequirementId {
    RequirementId(format!("R{number}"))
}

pub(super) fn request(number: u32, of: BidId, about: usize) -> CureRequest {
    CureRequest {
        number,
        bid: of,
        requirement: requirement(about),
        nature: CureNature::Convalidable,
        error: "error_en_formulario_e_integridad".into(),
        legal_basis: vec!["RGL 100.3".into()],
        unverified_norms: Vec::new(),
        reason: String::new(),
        document: "Formulario 1.1".into(),
        section: String::new(),
        defect: "No consta".into(),
        to_cure: "Presentar el formulario".into(),
        existed_before: ExistedBefore::NotRequired,
        recalculation: Vec::new(),
        evidence: Vec::new(),
    }
}

pub(super) fn requests(bids: &[BidId], list: Vec<CureRequest>) -> CureRequests {
    CureRequests {
        lot: lot(),
        number: 1,
        requests: list,
        bids: bids.to_vec(),
        term: Termino(3),
        notified_on: date(2026, 3, 5),
        due: due(),
        working: Vec::new(),
        legal_basis: Vec::new(),
        unverified: Vec::new(),
        reason: String::new(),
        author: author(),
        at: at(),
    }
}

pub(super) fn due() -> DateTime {
    date(2026, 3, 10).at(17, 0, 0, 0)
}

pub(super) fn after() -> DateTime {
    date(2026, 3, 11).at(9, 0, 0, 0)
}

pub(super) fn before() -> DateTime {
    date(2026, 3, 9).at(9, 0, 0, 0)
}

pub(super) fn notification(bids: &[BidId]) -> CureNotification {
    CureNotification {
        lot: lot(),
        number: 1,
        notified: date(2026, 3, 5).at(16, 0, 0, 0),
        channel: "Portal".into(),
        bids: bids.to_vec(),
        proof: "Captura".into(),
        author: author(),
        at: at(),
    }
}

pub(super) fn answer(of: BidId, received: Option<DateTime>) -> CureAnswer {
    let file = AnswerFile { hash: FileHash::of(b"respuesta"), path: "respuesta.pdf".into() };
    CureAnswer {
        lot: lot(),
        number: 1,
        bid: of,
        received,
        channel: "Portal".into(),
        files: if received.is_some() { vec![file] } else { Vec::new() },
        author: author(),
        at: at(),
    }
}

pub(super) fn result(number: u32, of: BidId, about: usize, verdict: CureVerdict) -> CureResult {
    CureResult {
        lot: lot(),
        number: 1,
        request: number,
        bid: of,
        requirement: requirement(about),
        result: verdict,
        motivation: words(true),
        evidence: vec![page("formulario")],
        corrected_total: None,
        unasked: String::new(),
        author: author(),
        at: at(),
    }
}

pub(super) fn chain(bids: &[BidId], list: Vec<CureRequest>) -> CureChain {
    let acts = [CourseAct::CureRequested(requests(bids, list)), CourseAct::CureNotified(notification(bids))];
    CureChain::of(&acts, lot())
}

pub(super) fn cell(number: usize, kind: RequirementKind, verdict: Option<Verdict>) -> CellCourse {
    CellCourse {
        requirement: requirement(number),
        number: u32::try_from(number).expect("small"),
        kind,
        verdict,
        motivation: words(true),
        evidence: 1,
        review: false,
        waits: false,
        curability: None,
        index: false,
        signature: false,
        files: vec![FileHash::of(b"oferta")],
    }
}

pub(super) fn course<'a>(
    cells: &'a [CellCourse],
    chain: &'a CureChain,
    now: DateTime,
    regime: &str,
) -> BidCourse<'a> {
    BidCourse { bid: bid(1), pack: pack(regime), cells, chain, constatations: &[], technical: None, now }
}

pub(super) fn allowed(course: &BidCourse<'_>) -> Vec<Outcome> {
    lawful_outcomes(course).allowed.into_iter().map(|lawful| lawful.outcome).collect()
}

pub(super) fn rejection(cause: &str) -> Outcome {
    Outcome::Rechazada { cause: cause.into() }
}

#[test]
fn the_data_names_every_error_of_every_pack_and_every_code_is_a_sentence() {
    let form: serde_json::Value = serde_json::from_str(DATA).expect("is JSON");
    assert_eq!(form["format"], "cotejo-convalidacion");
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../data/convalidacion.schema.json")).expect("is JSON");
    for (section, item) in [("errors", "errors"), ("not_curable", "not_curable"), ("words", "words")] {
        let known = &schema["properties"][section]["items"];
        for entry in form[item].as_array().expect("a list") {
            let entry = entry.as_object().expect("an object");
            for required in known["required"].as_array().expect("a list") {
                assert!(entry.contains_key(required.as_str().expect("text")), "{section}: {entry:?}");
            }
            assert!(entry.keys().all(|key| !known["properties"][key].is_null()), "{section}: {entry:?}");
        }
    }
    assert!(!ERRORS.errors.is_empty(), "the form of the file is the form of the program");
    let codes = ERRORS.errors.iter().flat_map(|form| &form.recognised_by);
    for code in codes.chain(ERRORS.not_curable.iter().flat_map(|form| &form.recognised_by)) {
        assert!(cotejo_catalogue::exists(code), "{code} is no reason of a check");
    }
    let keys: BTreeSet<String> = nameable_errors().into_iter().map(|(key, _)| key).collect();
    for key in &keys {
        for room in ["error", "que_convalidar"] {
            assert!(cotejo_catalogue::exists(&format!("curing.{room}.{key}")), "{room}.{key}");
        }
    }
    for pack in RulePack::all() {
        let list = pack.settle::<Vec<serde_json::Value>>("convalidacion_causas", None, None).known();
        for entry in list.map(|value| value.value).unwrap_or_default() {
            let key = entry["clave"].as_str().expect("text");
            assert!(keys.contains(key), "{}: {key} is in the norm and not in the data", pack.id);
        }
        for list in ["rechazo_causas", "rechazo_otras_causas"] {
            for cause in
                pack.settle::<Vec<String>>(list, None, None).known().map(|v| v.value).unwrap_or_default()
            {
                assert!(cotejo_catalogue::exists(&format!("curing.causa.{cause}")), "{cause}");
            }
        }
        for key in pack
            .settle::<Vec<String>>("desierto_causas", None, None)
            .known()
            .map(|v| v.value)
            .unwrap_or_default()
        {
            assert!(cotejo_catalogue::exists(&format!("curing.desierto.{key}")), "{key}");
        }
        assert!(
            ERRORS.words.iter().any(|form| format!("{form:?}").contains(&format!("\"{}\"", pack.id))),
            "{}: no word for a rejected bid",
            pack.id
        );
    }
}

pub(super) fn asked<'a>(codes: &'a [&'a str], kind: RequirementKind) -> Defect<'a> {
    Defect {
        codes,
        legal_basis: &[],
        kind,
        named: None,
        mentioned: Some(true),
        proposed: None,
        to_cure: false,
        said: None,
    }
}

#[test]
fn every_numeral_of_the_regime_is_cited_where_its_error_is_found() {
    let regime = pack("ec-2025-de193");
    for (key, numeral) in [
        ("error_tipografico_numeracion_organizacion", "1"),
        ("certificacion_de_documentos", "2"),
        ("error_en_formulario_e_integridad", "3"),
        ("respaldo_de_hecho_anterior_mencionado", "4"),
        ("contradiccion_o_respaldo_de_lo_declarado", "5"),
        ("informacion_ilegible_incompleta", "6"),
        ("anexo_sin_firma_electronica", "7"),
        ("firma_de_otro_sistema_o_no_validable", "8"),
        ("muestra_distinta", "9"),
        ("apu_con_salario_menor_al_de_la_contraloria", "10"),
    ] {
        let defect = Defect { named: Some(key), ..asked(&[], RequirementKind::Minimo) };
        let Curability::Curable(curable) = curability(regime, defect) else { panic!("{key} is in the list") };
        let cited = &curable.ground.legal_basis[0];
        assert!(cited.contains("100") && cited.ends_with(&format!("num. {numeral}")), "{key}: {cited}");
    }
    let absent = curability(regime, asked(&["rules.integridad.ausente"], RequirementKind::Integridad));
    assert!(
        matches!(absent, Curability::Curable(curable) if curable.error == "error_en_formulario_e_integridad")
    );
    let sum = curability(regime, asked(&["rules.economica.suma"], RequirementKind::Integridad));
    assert!(
        matches!(sum, Curability::Curable(curable) if curable.nature == CureNature::Aritmetico),
        "RGL 101"
    );
}

#[test]
fn an_unsigned_form_was_not_curable_and_is_in_doubt_now_and_is_asked_where_nothing_was_seen() {
    let codes = ["rules.integridad.sin_firma"];
    let with = |id: &str| curability(pack(id), asked(&codes, RequirementKind::Integridad));
    assert!(with("ec-2023").forbids(RequirementKind::Integridad), "corrections 1");
    for heir in ["ec-2025-integridad", "ec-2025-gap", "ec-2025-ley"] {
        assert!(matches!(with(heir), Curability::Ask { .. }), "{heir}: nobody read it there");
    }
    assert!(matches!(with("ec-2025-de193"), Curability::Curable(_)));
    assert!(matches!(with("ec-2022"), Curability::Ask { .. }), "a missing value is a question");
    let none = ["rules.integridad.sin_firma", "rules.integridad.sin_ninguna_firma"];
    let doubt = curability(pack("ec-2025-de193"), asked(&none, RequirementKind::Integridad));
    assert!(
        matches!(doubt, Curability::Curable(curable) if curable.nature == CureNature::Dudoso && !curable.ground.unverified.is_empty())
    );
    let other = curability(pack("ec-2023"), asked(&["rules.ruc.contradiccion"], RequirementKind::Minimo));
    assert!(matches!(other, Curability::Ask { .. }), "the list of that regime was not seen");
    let inherited =
        curability(pack("ec-2026-de461"), asked(&["rules.integridad.ausente"], RequirementKind::Integridad));
    assert!(
        matches!(inherited, Curability::Curable(curable) if !curable.ground.unverified.is_empty()),
        "its text was not seen: marked"
    );
}

#[test]
fn what_the_norm_forbids_is_not_asked() {
    let regime = pack("ec-2025-de193");
    let minimum = RequirementKind::Minimo;
    let technical = curability(regime, asked(&["rules.plazo.mayor"], minimum));
    assert!(technical.forbids(minimum), "RGL 102");
    let points = curability(regime, asked(&["rules.integridad.ausente"], RequirementKind::Puntaje));
    assert!(
        matches!(points, Curability::NotCurable { .. }) && !points.forbids(RequirementKind::Puntaje),
        "points never end a bid"
    );
    let none = curability(regime, asked(&["rules.otros.informativo"], minimum));
    assert!(matches!(none, Curability::NotCurable { .. }) && !none.forbids(minimum), "no error to ask");
    assert_eq!(limits(regime).len(), 4, "RGL 103 and 104");
    assert!(limits(pack("ec-2022")).is_empty());
}

#[test]
fn requests_that_ask_too_much_or_cannot_be_cured_are_refused() {
    let all: BTreeSet<BidId> = [bid(1), bid(2)].into();
    let list: Vec<BidId> = all.iter().copied().collect();
    let regime = pack("ec-2025-de193");
    let curable = curability(regime, asked(&["rules.integridad.ausente"], RequirementKind::Integridad));
    let faults = |draft: &CureRequests, answer: &Curability| -> Vec<String> {
        let answers = draft.requests.iter().map(|request| (request.number, answer.clone())).collect();
        let found = faults_of_requests(regime, &CureChain::default(), draft, &all, &answers);
        found.into_iter().map(|fault| fault.code).collect()
    };
    let good = requests(&list, vec![request(1, bid(1), 1)]);
    assert!(faults(&good, &curable).is_empty(), "{:?}", faults(&good, &curable));
    let some = requests(&list[..1], vec![request(1, bid(1), 1)]);
    assert_eq!(faults(&some, &curable), ["curing.falta.no_todas_las_ofertas"]);
    let notarised = CureRequest { to_cure: "Copia notariada del contrato".into(), ..request(1, bid(1), 1) };
    assert_eq!(faults(&requests(&list, vec![notarised]), &curable), ["curing.falta.limite"]);
    let forbidden = curability(regime, asked(&["rules.plazo.mayor"], RequirementKind::Minimo));
    assert_eq!(faults(&good, &forbidden), ["curing.falta.no_convalidable"]);
    let question =
        curability(pack("ec-2022"), asked(&["rules.integridad.ausente"], RequirementKind::Integridad));
    assert_eq!(faults(&good, &question), ["curing.falta.pregunta"]);
    let stated = CureRequest { reason: "Pliego 4.1".into(), ..request(1, bid(1), 1) };
    assert!(faults(&requests(&list, vec![stated]), &question).is_empty(), "a person named the norm");
    assert_eq!(faults(&requests(&list, Vec::new()), &curable), ["curing.falta.sin_pedidos"]);
    let notified = chain(&list, vec![request(1, bid(1), 1)]);
    let answers = BTreeMap::from([(1, curable)]);
    let late = faults_of_requests(regime, &notified, &good, &all, &answers);
    assert!(
        late.iter().any(|fault| fault.code == "curing.falta.ya_notificado"),
        "requests do not change then"
    );
}

#[test]
fn a_request_is_notified_to_all_and_answered_after_that() {
    let bids = [bid(1), bid(2)];
    let open =
        CureChain::of(&[CourseAct::CureRequested(requests(&bids, vec![request(1, bid(1), 1)]))], lot());
    let codes = |faults: Vec<cotejo_domain::Reason>| -> Vec<String> {
        faults.into_iter().map(|fault| fault.code).collect()
    };
    assert!(faults_of_notification(&open, &notification(&bids), after()).is_empty());
    assert_eq!(
        codes(faults_of_notification(&open, &notification(&bids[..1]), after())),
        ["curing.falta.no_a_todos"]
    );
    let early = date(2026, 3, 1).at(0, 0, 0, 0);
    assert_eq!(
        codes(faults_of_notification(&open, &notification(&bids), early)),
        ["curing.falta.en_el_futuro"]
    );
    assert_eq!(
        codes(faults_of_answer(&open, &answer(bid(1), Some(before())), after())),
        ["curing.falta.no_notificado"]
    );
    let told = chain(&bids, vec![request(1, bid(1), 1)]);
    assert!(faults_of_answer(&told, &answer(bid(1), Some(before())), after()).is_empty());
    let silence = |now| codes(faults_of_answer(&told, &answer(bid(1), None), now));
    assert_eq!(silence(before()), ["curing.falta.corre_el_termino"], "nothing came *yet*");
    assert!(silence(after()).is_empty());
    let stranger = codes(faults_of_answer(&told, &answer(bid(2), Some(before())), after()));
    assert_eq!(stranger, ["curing.falta.nada_a_esta_oferta"]);
    let hasty = date(2026, 3, 5).at(15, 0, 0, 0);
    assert_eq!(
        codes(faults_of_answer(&told, &answer(bid(1), Some(hasty)), after())),
        ["curing.falta.antes_de_notificar"]
    );
}

fn answered(received: Option<DateTime>) -> CureChain {
    let mut chain = chain(&[bid(1), bid(2)], vec![request(1, bid(1), 1)]);
    chain.answers.insert(bid(1), answer(bid(1), received));
    chain
}

fn result_faults(chain: &CureChain, draft: &CureResult, unasked: usize, now: DateTime) -> Vec<String> {
    let context = ResultContext { unasked: Some(unasked), offered: Some(Money(1000.into())) };
    let faults = faults_of_result(pack("ec-2025-de193"), chain, draft, context, now);
    faults.into_iter().map(|fault| fault.code).collect()
}

#[test]
fn a_late_answer_cures_nothing_and_silence_is_no_cure() {
    let cured = result(1, bid(1), 1, CureVerdict::Convalidado);
    assert!(result_faults(&answered(Some(due())), &cured, 0, after()).is_empty(), "in the last minute");
    assert_eq!(
        result_faults(&answered(Some(after())), &cured, 0, after()),
        ["curing.falta.fuera_de_termino"]
    );
    assert_eq!(result_faults(&answered(None), &cured, 0, after()), ["curing.falta.nada_llego"]);
    let failed = result(1, bid(1), 1, CureVerdict::NoConvalidado);
    assert!(result_faults(&answered(None), &failed, 0, after()).is_empty());
    assert_eq!(
        result_faults(&answered(Some(before())), &failed, 0, before()),
        ["curing.falta.corre_el_termino"]
    );
    let unmotivated = CureResult { motivation: words(false), ..failed };
    assert_eq!(result_faults(&answered(None), &unmotivated, 0, after()), ["curing.falta.motivacion"]);
    let chain = answered(Some(after()));
    let state = chain.state(chain.request(1).expect("is there"), after());
    assert_eq!((state, chain.in_time(bid(1))), (CureState::AnsweredLate, Some(false)));
}

#[test]
fn changes_that_nobody_asked_for_are_answered_before_the_result() {
    let cured = result(1, bid(1), 1, CureVerdict::Convalidado);
    let chain = answered(Some(before()));
    assert_eq!(result_faults(&chain, &cured, 2, after()), ["curing.falta.no_pedido_sin_atender"]);
    let said = CureResult { unasked: "No se toma en cuenta".into(), ..cured };
    assert!(result_faults(&chain, &said, 2, after()).is_empty());
}

#[test]
fn the_corrected_price_is_the_bidders_word_and_counts_after_the_answer_alone() {
    let asked =
        CureRequest { nature: CureNature::Aritmetico, error: "aritmetico".into(), ..request(1, bid(1), 1) };
    let mut chain = chain(&[bid(1), bid(2)], vec![asked]);
    assert_eq!((chain.corrected_total(bid(1)), chain.arithmetic_open(bid(1))), (None, true), "corrections 6");
    chain.answers.insert(bid(1), answer(bid(1), Some(before())));
    assert_eq!(chain.corrected_total(bid(1)), None, "an answer that nobody judged changes no price");
    let cured = result(1, bid(1), 1, CureVerdict::Convalidado);
    assert_eq!(result_faults(&chain, &cured, 0, after()), ["curing.falta.sin_total"]);
    let total = Money("1010.00".parse().expect("a decimal"));
    let corrected = CureResult { corrected_total: Some(total), ..cured };
    assert!(result_faults(&chain, &corrected, 0, after()).is_empty());
    let context = ResultContext { unasked: Some(0), offered: Some(Money(1000.into())) };
    let old = faults_of_result(pack("ec-2023"), &chain, &corrected, context, after());
    assert_eq!(old[0].code, "curing.falta.total_cambia", "that regime lets no total change");
    chain.results.insert(1, corrected);
    assert_eq!((chain.corrected_total(bid(1)), chain.arithmetic_open(bid(1))), (Some(total), false));
}

#[test]
fn a_new_signature_may_be_of_a_later_day_since_2025_and_not_before() {
    let remarks = |regime: &str| -> Vec<String> {
        let said = Defect {
            named: Some("formulario_sin_firma"),
            ..asked(&["rules.integridad.sin_firma"], RequirementKind::Integridad)
        };
        match curability(pack(regime), said) {
            Curability::Curable(draft) => draft.remarks.into_iter().map(|remark| remark.code).collect(),
            other => panic!("{regime}: {other:?}"),
        }
    };
    assert!(remarks("ec-2025-de193").contains(&"curing.firma_posterior".to_owned()), "RGL 100.8");
    let later = |regime: &str| pack(regime).settle::<bool>("firma_posterior_aceptada", None, None).known();
    let old = later("ec-2023").expect("known");
    assert!(!old.value && old.marked(), "not later than the bid; nobody noted the article");
    assert!(later("ec-2022").is_none(), "not seen: asked");
}

#[test]
fn attack_wages_of_an_apu_are_mended_with_another_amount() {
    let key = "apu_con_salario_menor_al_de_la_contraloria";
    let asked = CureRequest { error: key.into(), ..request(1, bid(1), 1) };
    let mut chain = chain(&[bid(1), bid(2)], vec![asked]);
    chain.answers.insert(bid(1), answer(bid(1), Some(before())));
    let cured = result(1, bid(1), 1, CureVerdict::Convalidado);
    assert!(result_faults(&chain, &cured, 0, after()).is_empty(), "wages raised, the amount as it was");
    let dearer = CureResult { corrected_total: Some(Money(1010.into())), ..cured.clone() };
    assert_eq!(result_faults(&chain, &dearer, 0, after()), ["curing.falta.total_de_otro"], "RGL 100.10");
    assert_eq!(
        result_faults(&chain, &cured, 1, after()),
        ["curing.falta.no_pedido_sin_atender"],
        "nor does another unit price come in with the answer unnoticed"
    );
    assert_eq!(chain.corrected_total(bid(1)), None);
}

#[test]
fn attack_a_support_that_was_made_after_the_deadline_cures() {
    let support = CureRequest {
        error: "respaldo_de_hecho_anterior_mencionado".into(),
        existed_before: ExistedBefore::ToBeShown,
        ..request(1, bid(1), 1)
    };
    let mut chain = chain(&[bid(1), bid(2)], vec![support]);
    chain.answers.insert(bid(1), answer(bid(1), Some(before())));
    let cured = result(1, bid(1), 1, CureVerdict::Convalidado);
    assert!(result_faults(&chain, &cured, 0, after()).is_empty(), "the person says of when the fact is");
    let silent = CureResult { motivation: Motivation { fact: "  ".into(), ..words(true) }, ..cured };
    assert_eq!(result_faults(&chain, &silent, 0, after()), ["curing.falta.existia_antes"], "RGL 100.4");
}

#[test]
fn the_later_of_two_ends_of_the_term_holds() {
    let chain = chain(&[bid(1)], vec![request(1, bid(1), 1)]);
    let later = date(2026, 3, 12).at(17, 0, 0, 0);
    assert_eq!(chain.clone().counted(Some(later)).due, Some(later), "notified later than printed");
    assert_eq!(chain.counted(Some(before())).due, Some(due()), "what was printed is relied on");
}

#[test]
fn integridad_by_itself_rejects_nobody() {
    let failed = [cell(1, RequirementKind::Integridad, Some(Verdict::NoCumple))];
    let none = CureChain::default();
    for regime in RulePack::all() {
        let found = allowed(&course(&failed, &none, after(), &regime.id));
        let bad =
            found.iter().any(|outcome| matches!(outcome, Outcome::Rechazada { .. } | Outcome::NoCalificada));
        assert!(!bad, "{}: {found:?}", regime.id);
    }
    let bids = [bid(1), bid(2)];
    let mut whole = chain(&bids, vec![request(1, bid(1), 1)]);
    whole.answers.insert(bid(1), answer(bid(1), None));
    whole.results.insert(1, result(1, bid(1), 1, CureVerdict::NoConvalidado));
    let lawful = lawful_outcomes(&course(&failed, &whole, after(), "ec-2025-de193"));
    let rejected = lawful.allowed.iter().find(|found| found.outcome == rejection("no_convalidado"));
    let rejected = rejected.expect("asked, notified, expired, motivated: corrections 1");
    assert_eq!((rejected.requests.as_slice(), rejected.word.as_str()), ([1].as_slice(), "rechazada"));
    assert!(rejected.ground.legal_basis[0].contains("104"), "{:?}", rejected.ground);
    assert!(!lawful.allowed.iter().any(|found| found.outcome == Outcome::NoCalificada), "it is no minimum");
    let old = lawful_outcomes(&course(&failed, &whole, after(), "ec-2023"));
    let old =
        old.allowed.iter().find(|found| found.outcome == rejection("no_convalidado")).expect("is lawful");
    assert_eq!(old.word, "descalificada");
    assert!(
        old.needs.iter().any(|need| need.code == "curing.necesita.norma"),
        "that list was not seen: asked"
    );
}

#[test]
fn a_bid_that_meets_everything_is_qualified_and_is_not_withdrawn() {
    let cells = [
        cell(1, RequirementKind::Integridad, Some(Verdict::Cumple)),
        cell(2, RequirementKind::Minimo, Some(Verdict::NoAplica)),
        cell(3, RequirementKind::Puntaje, None),
    ];
    let none = CureChain::default();
    let found = allowed(&course(&cells, &none, after(), "ec-2025-de193"));
    assert!(found.contains(&Outcome::Calificada), "{found:?}");
    assert!(!found.contains(&Outcome::Retirada), "RGL 95: a bid handed in is not withdrawn");
    assert!(allowed(&course(&[], &none, after(), "ec-2025-de193")).iter().all(|o| *o != Outcome::Calificada));
}

#[test]
fn what_another_law_says_of_a_bidder_needs_its_paper() {
    let none = CureChain::default();
    let course = course(&[], &none, after(), "ec-2025-de193");
    let outcome = Outcome::Inhabilitada { cause: "inhabilidad_rup_26".into() };
    let motivation = words(true);
    let draft = |evidence| OutcomeDraft { outcome: &outcome, motivation: &motivation, evidence, clause: "" };
    assert_eq!(
        admit_outcome(&course, &draft(0)).expect_err("nothing shows it")[0].code,
        "curing.necesita.prueba"
    );
    assert!(admit_outcome(&course, &draft(1)).is_ok());
    let other = Outcome::Inhabilitada { cause: "antipatia".into() };
    let other = OutcomeDraft { outcome: &other, motivation: &motivation, evidence: 3, clause: "" };
    assert_eq!(
        admit_outcome(&course, &other).expect_err("no cause")[0].code,
        "curing.refusa.fuera_de_la_lista"
    );
}

#[test]
fn no_cumple_without_fact_evidence_norm_and_conclusion_ends_nothing() {
    let none = CureChain::default();
    for part in 0..4 {
        let mut motivation = words(true);
        match part {
            0 => motivation.fact.clear(),
            1 => motivation.evidence.clear(),
            2 => motivation.norm.clear(),
            _ => motivation.conclusion = "  ".into(),
        }
        let cells = [CellCourse { motivation, ..cell(1, RequirementKind::Minimo, Some(Verdict::NoCumple)) }];
        let found = lawful_outcomes(&course(&cells, &none, after(), "ec-2025-de193"));
        let ends = found.allowed.iter().any(|lawful| {
            matches!(lawful.outcome, Outcome::NoCalificada | Outcome::Rechazada { .. } | Outcome::Calificada)
        });
        assert!(!ends, "part {part}");
        assert_eq!(found.missing[0].code, "curing.pendiente.motivar");
    }
}

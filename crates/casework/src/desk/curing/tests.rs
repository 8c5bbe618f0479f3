//! The course of a sample, from what may be asked to how the bid ends.

use crate::desk::Desk;
use crate::desk::acta_content::ECUADOR;
use crate::view::{
    Cancellation, ConstatationDraft, CureAnswerOrder, CureItemOrder, CureNoticeOrder, CurePlace,
    CureRequestOrder, CureResultOrder, CuringView, MotivationOrder, OutcomeOrder, RecommendationOrder,
};
use cotejo_domain::ports::Clock;
use cotejo_domain::{Code, Outcome, Verdict};
use cotejo_lector_client::Resources;
use cotejo_store::{FileOwner, MemoryKeyring, Ports};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that a test moves.
#[derive(Default)]
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

impl Hands {
    fn set(&self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().expect("a moment");
        let moment = ECUADOR.to_timestamp(local).expect("a moment");
        self.0.store(moment.as_second(), Ordering::SeqCst);
    }
}

async fn desk(folder: &Path, hands: &Arc<Hands>) -> Option<Desk> {
    let Ok(resources) = Resources::discover() else { return None };
    let system = Ports::system(Arc::new(MemoryKeyring::default()));
    let ports = Ports { clock: Arc::clone(hands) as Arc<dyn Clock>, ..system };
    Some(Desk::open_with(&folder.join("datos"), ports, resources).await.expect("a desk"))
}

fn words(conclusion: &str) -> MotivationOrder {
    MotivationOrder {
        fact: "Lo que consta en la respuesta".into(),
        evidence: "Respuesta del oferente".into(),
        norm: "RGL 100 y 104".into(),
        conclusion: conclusion.into(),
    }
}

fn order(number: u32, result: &str) -> CureResultOrder {
    CureResultOrder {
        request: number,
        result: result.into(),
        motivation: words("Se resuelve así"),
        unasked: "No se toma en cuenta: no se pidió".into(),
        ..CureResultOrder::default()
    }
}

fn number_of(view: &CuringView, requirement: &str) -> u32 {
    let found = view.requests.iter().find(|request| request.requirement == requirement);
    found.unwrap_or_else(|| panic!("{requirement} was asked: {:?}", view.requests)).number
}

#[tokio::test(flavor = "multi_thread")]
async fn response_changes_a_price_it_was_not_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let hands = Arc::new(Hands::default());
    hands.set("2026-03-05T12:00:00");
    let Some(desk) = desk(folder.path(), &hands).await else { return println!("skipped: no worker") };
    let sample = folder.path().join("muestra");
    let truth = cotejo_sample::generate(cotejo_sample::SampleProcedure::Sie, 7, &sample).expect("the sample");
    let planted = truth.answers.first().expect("one answer");
    let clean = truth.bids.iter().find(|bid| bid.profile == "limpio").expect("a clean bid");
    let stop = Cancellation::default();
    let open = desk
        .create_case_started(&sample.join(&truth.pliego), None, true, &|_| {}, &stop)
        .await
        .expect("a case");
    let case = open.case.id().to_string();
    for path in [&planted.bid, &clean.folder] {
        desk.import_bids(&case, &[sample.join(path)], &|_| {}, &stop).await.expect("imports");
    }

    // What may be asked: the missing form, the empty one and the arithmetic, each under its numeral.
    let view = desk.curing(&case).await.expect("shows");
    assert_eq!(view.regime, "ec-2025-de193");
    let form = |kind: &str| format!("INT-{kind}");
    for (requirement, error) in [
        (form(&planted.cures), "error_en_formulario_e_integridad"),
        (form(&planted.leaves), "error_en_formulario_e_integridad"),
        ("ECON".to_owned(), "aritmetico"),
    ] {
        let found =
            view.candidates.iter().find(|found| found.requirement == requirement && found.bid_number == 1);
        let found = found.unwrap_or_else(|| panic!("{requirement}: {:?}", view.candidates));
        assert_eq!((found.answer.as_str(), found.error.as_str()), ("curable", error), "{requirement}");
        assert!(!found.legal_basis.is_empty() && !found.defect.is_empty() && !found.to_cure.is_empty());
    }
    let economic = view.candidates.iter().find(|found| found.requirement == "ECON").expect("is there");
    assert!(!economic.recalculation.is_empty(), "with our recalculation");

    assert!(view.request_blocked.is_empty() && !view.notice_blocked.is_empty(), "asking comes first");

    // All in one act, within the term of the regime.
    let ask = |days| CureRequestOrder {
        days,
        notified_on: "2026-03-05".into(),
        until: "17:00".into(),
        ..CureRequestOrder::default()
    };
    let long = desk.request_cures(&case, &ask(9)).await.expect_err("nine days are too many");
    assert_eq!(long.code(), Code::Precondition);
    let odd = CureRequestOrder {
        items: vec![CureItemOrder {
            requirement: "PLAZO".into(),
            bid: "2".into(),
            defect: "x".into(),
            document: "x".into(),
            to_cure: "Otra cosa".into(),
            ..CureItemOrder::default()
        }],
        ..ask(3)
    };
    assert!(desk.request_cures(&case, &odd).await.is_err(), "no error of the list");
    let view = desk.request_cures(&case, &ask(3)).await.expect("are recorded");
    let term = view.term.as_ref().expect("a term");
    assert_eq!(
        (term.due.as_str(), term.working.len()),
        ("2026-03-10T17:00:00", 5),
        "the weekend does not count"
    );
    assert!(view.notice_blocked.is_empty(), "now it is notified: {:?}", view.notice_blocked);
    let blocked = |view: &CuringView, number: u32, result: &str| {
        let request = view.requests.iter().find(|request| request.number == number).expect("the request");
        let choice = request.choices.iter().find(|choice| choice.result == result).expect("the choice");
        choice.blocked.join(" ")
    };
    assert!(!blocked(&view, 1, "convalidado").is_empty() && !blocked(&view, 1, "no_convalidado").is_empty());
    let early = desk.resolve_cure(&case, &order(1, "no_convalidado")).await;
    assert_eq!(early.err().map(|error| error.code()), Some(Code::Precondition), "nobody was notified");

    // Notified to all, or not at all.
    let notice = |bids: &[&str]| CureNoticeOrder {
        at: "2026-03-05T11:30".into(),
        channel: "Portal".into(),
        proof: "Captura 12".into(),
        bids: bids.iter().map(|bid| (*bid).to_owned()).collect(),
    };
    assert!(desk.notify_cures(&case, &notice(&["1"])).await.is_err(), "the other bidder was not told");
    let view = desk.notify_cures(&case, &notice(&[])).await.expect("is recorded");
    assert!(view.notice.as_ref().is_some_and(|notice| notice.to_all));
    assert!(desk.request_cures(&case, &ask(4)).await.is_err(), "what was notified does not change");
    assert!(!view.request_blocked.is_empty(), "and the window says so beforehand");
    let waits = view.bids.iter().find(|bid| bid.number == 1).expect("the bid");
    assert!(
        waits.answer_blocked.is_empty() && !waits.silence_blocked.is_empty() && !waits.answered,
        "while the term runs something may come, and nobody says that nothing did"
    );

    // The answer comes in beside the bid.
    hands.set("2026-03-09T12:00:00");
    let answer = CureAnswerOrder {
        bid: "1".into(),
        path: Some(sample.join(&planted.folder).display().to_string()),
        received: Some("2026-03-09T10:15".into()),
        channel: "Portal".into(),
        ..CureAnswerOrder::default()
    };
    let silent = CureAnswerOrder { path: None, received: None, ..answer.clone() };
    assert!(desk.answer_cures(&case, &silent, &|_| {}, &stop).await.is_err(), "the term runs");
    let (view, outcome) = desk.answer_cures(&case, &answer, &|_| {}, &stop).await.expect("comes in");
    assert_eq!(outcome.files, 2);
    let bid = open.case.bids().await.expect("bids").into_iter().next().expect("the first");
    let beside = open.case.files(FileOwner::Answer(bid.id)).await.expect("files");
    assert!(
        beside.iter().all(|file| !bid.files.iter().any(|own| own.hash == file.hash)) && beside.len() == 2
    );
    let shown = view.bids.iter().find(|shown| shown.number == 1).expect("the bid");
    assert_eq!((shown.in_time, shown.files.len(), shown.answered), (Some(true), 2, true));
    let documents = desk.documents(&case).await.expect("lists").bids;
    let answered = documents.iter().find(|entry| entry.answer).expect("the answer is listed beside the bid");
    assert_eq!((answered.number, answered.files.len()), (1, 2));
    let first = answered.files.first().expect("a file");
    assert!(desk.page(&case, &first.hash, 1).await.is_ok(), "its pages are opened, in a subasta inversa too");

    // What was asked, and what changed besides.
    let found = desk.cure_difference(&case, "1").await.expect("compares");
    let price = found.unasked.iter().find(|change| change.kind == "cell" && change.what.contains("nitario"));
    let price = price.unwrap_or_else(|| panic!("the price is told: {:?}", found.unasked));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    assert_eq!(
        digits(&price.before).trim_end_matches('0'),
        digits(&planted.price_before).trim_end_matches('0')
    );
    assert_eq!(
        digits(&price.after).trim_end_matches('0'),
        digits(&planted.price_after).trim_end_matches('0')
    );
    assert!(price.text.contains("cambió además"), "{}", price.text);
    assert!(price.before_at.is_some() && price.after_at.is_some(), "both pages");
    let missing = found.asked.iter().find(|change| change.kind == "document");
    assert!(missing.is_some(), "the form that was asked: {:?}", found.asked);

    // A result says what is done with it, and what it says of a form is its verdict.
    let cured = number_of(&view, &form(&planted.cures));
    let quiet = CureResultOrder { unasked: String::new(), ..order(cured, "convalidado") };
    assert!(desk.resolve_cure(&case, &quiet).await.is_err(), "the silent change is answered first");
    let view = desk.resolve_cure(&case, &order(cured, "convalidado")).await.expect("is cured");
    let decided = super::Decided::of(&open.case).await.expect("decisions");
    let requirement = cotejo_domain::RequirementId(form(&planted.cures));
    assert_eq!(decided.at(&requirement, bid.id).map(|kept| kept.verdict), Some(Verdict::Cumple));

    // While the term runs nothing is held against the bidder; afterwards only for a stated reason.
    let left = number_of(&view, &form(&planted.leaves));
    assert!(desk.resolve_cure(&case, &order(left, "no_convalidado")).await.is_err(), "the term runs");
    assert!(
        !blocked(&view, left, "no_convalidado").is_empty() && blocked(&view, left, "convalidado").is_empty()
    );
    let ends = desk.outcomes(&case).await.expect("shows");
    let own = ends.iter().find(|view| view.number == 1).expect("the bid");
    let names = |code: &str| own.missing.iter().find(|missing| missing.code == code);
    assert!(names("curing.pendiente.resolver").is_some_and(
        |missing| missing.request == Some(left) || missing.request.is_some_and(|number| number != cured)
    ));
    assert!(
        names("curing.pendiente.decidir").is_some_and(|missing| missing.requirement.is_some()),
        "what is missing leads to its cell: {:?}",
        own.missing
    );
    assert!(own.refused.iter().all(|refused| !refused.word.is_empty() && !refused.reasons.is_empty()));
    let reject = |cause: &str| OutcomeOrder {
        bid: "1".into(),
        outcome: "rechazada".into(),
        cause: Some(cause.into()),
        motivation: words("No convalidó"),
        ..OutcomeOrder::default()
    };
    assert!(desk.record_outcome(&case, &reject("no_convalidado")).await.is_err(), "not yet");
    hands.set("2026-03-11T09:00:00");
    let shown = view.requests.iter().find(|request| request.number == left).expect("the request");
    let evidence: Vec<CurePlace> = shown.evidence.clone();
    let failed = CureResultOrder { evidence, ..order(left, "no_convalidado") };
    desk.resolve_cure(&case, &failed).await.expect("is not cured");
    assert!(desk.record_outcome(&case, &reject("no_convalidado")).await.is_err(), "others are open");
    // What is said of a signature hurts nobody before the official application was asked: its word in a motivation is not that.
    let signature = |request: &&crate::view::CureRequestView| {
        ["formulario_sin_firma", "firma_de_otro_sistema_o_no_validable"].contains(&request.error.as_str())
    };
    let signed = view.requests.iter().find(signature).expect("one is about a signature");
    let mut named = order(signed.number, "no_convalidado");
    named.evidence = signed.evidence.iter().take(1).cloned().collect();
    named.motivation.evidence = "Respuesta; constatación en FirmaEC del 11 de marzo, sin firma".into();
    let refused = desk.resolve_cure(&case, &named).await.expect_err("nobody recorded it");
    assert!(refused.to_string().contains("FirmaEC"), "{refused:?}");
    let wants = desk.constatations(&case).await.expect("lists");
    let row = wants.pending.iter().find(|row| row.requirement == signed.requirement && row.bid_number == 1);
    let row = row.unwrap_or_else(|| panic!("it waits for one: {:?}", wants.pending));
    let proof = folder.path().join("resultado-firmaec.pdf");
    std::fs::write(&proof, b"resultado de la aplicacion").expect("writes");
    let draft = ConstatationDraft {
        bid: "1".into(),
        file: row.files.first().expect("the file of the form").file.clone(),
        by: "Ana Ejemplo".into(),
        when: Some("2026-03-11T08:30".into()),
        result: "sin_firma".into(),
        attach: Some(proof.display().to_string()),
        ..ConstatationDraft::default()
    };
    let bare = ConstatationDraft { attach: None, ..draft.clone() };
    assert!(desk.record_constatation(&case, &bare).await.is_err(), "without its result");
    let ahead = ConstatationDraft { when: Some("2026-03-12T08:30".into()), ..draft.clone() };
    assert!(desk.record_constatation(&case, &ahead).await.is_err(), "tomorrow");
    let strange = ConstatationDraft { bid: "2".into(), ..draft.clone() };
    assert!(desk.record_constatation(&case, &strange).await.is_err(), "a file of another bid");
    let kept = desk.record_constatation(&case, &draft).await.expect("is recorded");
    rejections_alone_cite_the_pliego(&desk.outcomes(&case).await.expect("lists"));
    assert!(kept.done.len() == 1 && kept.done[0].application == "FirmaEC" && kept.done[0].proof.len() == 64);
    assert!(!kept.pending.iter().any(|row| row.requirement == signed.requirement && row.bid_number == 1));
    for request in &view.requests {
        if [cured, left].contains(&request.number) {
            continue;
        }
        let evidence: Vec<CurePlace> = request.evidence.iter().take(1).cloned().collect();
        let rest = CureResultOrder { evidence, ..order(request.number, "no_convalidado") };
        desk.resolve_cure(&case, &rest).await.unwrap_or_else(|error| panic!("{request:?}: {error:?}"));
    }
    let wrong = desk.record_outcome(&case, &reject("otra_causa")).await;
    assert!(wrong.is_err(), "the list is closed");
    let mut confirmed = reject("no_convalidado");
    confirmed.clause = Some("4.1.2".into());
    // Taken back, the end it supports is no longer lawful.
    let id = kept.done[0].id.clone();
    let back = ConstatationDraft { id: Some(id.clone()), withdrawn: true, ..ConstatationDraft::default() };
    desk.record_constatation(&case, &back).await.expect("is taken back");
    let unconfirmed = desk.record_outcome(&case, &confirmed).await;
    assert!(unconfirmed.is_err(), "one of them is about a signature that nobody validated");
    desk.record_constatation(&case, &ConstatationDraft { id: Some(id), ..draft }).await.expect("again");
    let ended = desk.record_outcome(&case, &confirmed).await.expect("is lawful now");
    assert_eq!(
        (ended.outcome.as_str(), ended.word.as_str(), ended.review),
        ("rechazada", "rechazada", false)
    );
    assert!(
        !ended.said.by.is_empty()
            && !ended.legal_basis.is_empty()
            && ended.cause_name.contains("no convalidó")
    );
    let state =
        |rows: Vec<cotejo_store::OutcomeRow>| rows.into_iter().map(|row| row.outcome).collect::<Vec<_>>();
    let rejected = Outcome::Rechazada { cause: "no_convalidado".into() };
    assert_eq!(state(open.case.outcomes().await.expect("rows")), std::slice::from_ref(&rejected));
    desk.undo(&case).await.expect("undoes");
    assert_eq!(
        state(open.case.outcomes().await.expect("rows")),
        [Outcome::Pendiente],
        "state and act go together"
    );
    desk.redo(&case).await.expect("does it again");
    assert_eq!(state(open.case.outcomes().await.expect("rows")), [rejected]);

    // The lot waits for the other bid; the papers state all of it.
    let lot = desk.recommendation(&case).await.expect("shows");
    assert!(lot.proposed.is_empty() && !lot.open.is_empty());
    assert!(lot.choices.iter().all(|choice| !choice.blocked.is_empty()), "{:?}", lot.choices);
    assert!(desk.recommend(&case, &RecommendationOrder::default()).await.is_err(), "something is open");
    let papers = desk.curing_papers(&case).await.expect("gathers");
    let results = papers.results.expect("results");
    assert_eq!(results.rows.len(), view.requests.len());
    assert_eq!(papers.requests.expect("requests").without.len(), 1, "the clean bid needs none");
    assert!(
        papers.outcomes.len() == 1
            && papers.outcomes[0].legal_basis.iter().any(|cited| cited.contains("4.1.2"))
            && papers.slots.iter().any(|slot| slot.starts_with("acto:signature_constated:"))
            && papers.slots.iter().any(|slot| slot.starts_with("acto:bid_ended:"))
    );
}

fn rejections_alone_cite_the_pliego(bids: &[crate::view::BidOutcomeView]) {
    for found in bids.iter().flat_map(|bid| &bid.allowed) {
        let adverse = ["rechazada", "no_calificada", "bajo_minimo_tecnico"].contains(&found.outcome.as_str());
        assert_eq!(found.clause.is_some(), adverse, "{found:?}");
    }
}

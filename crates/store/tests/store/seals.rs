//! The first signature of an acta seals what it states.

use crate::world::{
    ANA, BID, BRUNO, LOT, OTHER_BID, OTHER_MEMBER, actor, assert_sound, case, decide, decision, process,
    requirement,
};
use cotejo_domain::{ActaId, BidFile, Code, FileHash, Outcome, RequirementId, Round, Verdict};
use cotejo_store::{ActaRecord, ActaSignature, ActaState, Case, EventPayload, FileOwner, Stated};
use uuid::Uuid;

const ACTA: ActaId = ActaId(Uuid::from_u128(41));

fn record(id: ActaId) -> ActaRecord {
    ActaRecord {
        id,
        kind: "calificacion".into(),
        number: Some("001".into()),
        sha256: FileHash::of(b"pdf"),
        content_sha256: FileHash::of(b"content"),
    }
}

fn signature() -> ActaSignature {
    ActaSignature {
        signer: "ANA EJEMPLO".into(),
        cedula: None,
        certificate_serial: Some("0a".into()),
        sha256: FileHash::of(b"signed pdf"),
        signed_at: "2026-11-02T15:00:00Z".parse().expect("a time"),
    }
}

async fn generate(case: &Case, id: ActaId, states: Vec<Stated>) {
    case.record(ANA, EventPayload::ActaGenerated { acta: record(id), states }).await.expect("generates");
}

async fn sign(case: &Case, id: ActaId) {
    case.record(ANA, EventPayload::ActaSigned { acta: id, signature: signature() }).await.expect("signs");
}

async fn code(case: &Case, payload: EventPayload) -> Code {
    case.record(ANA, payload).await.expect_err("must be refused").code()
}

#[tokio::test]
async fn everything_can_change_until_the_first_signature_and_nothing_stated_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    let outcome = |outcome| EventPayload::OutcomeSet { lot: LOT, bid: BID, outcome };
    case.record(ANA, outcome(Outcome::Calificada)).await.expect("sets");
    let states = vec![Stated::Decision { decision: id }, Stated::Outcome { lot: LOT, bid: BID }];
    generate(&case, ACTA, states).await;
    case.record(ANA, EventPayload::RequirementAdded { requirement: requirement("R3") })
        .await
        .expect("only generated");
    case.record(ANA, EventPayload::RequirementRemoved { requirement: RequirementId("R3".into()) })
        .await
        .expect("undone");
    sign(&case, ACTA).await;

    let mut by_other = decision(3, "R1", Verdict::NoCumple);
    by_other.member = OTHER_MEMBER;
    let error = case.record(BRUNO, EventPayload::Decided { decision: by_other }).await.expect_err("sealed");
    assert_eq!(error.code(), Code::Sealed, "a second member's verdict would change what the acta states");
    let file = BidFile {
        hash: FileHash::of(b"x"),
        path: "x.pdf".into(),
        size: 1,
        media_type: "application/pdf".into(),
        sealed: false,
    };
    let refused = [
        EventPayload::Decided { decision: decision(4, "R1", Verdict::NoCumple) },
        EventPayload::Decided { decision: decision(5, "R2", Verdict::NoCumple) },
        EventPayload::DecisionUndone { decision: id },
        outcome(Outcome::NoCalificada),
        EventPayload::RequirementChanged { requirement: requirement("R1") },
        EventPayload::RequirementAdded { requirement: requirement("R4") },
        EventPayload::BidRemoved { bid: BID },
        EventPayload::FileImported { owner: FileOwner::Bid(BID), file },
        EventPayload::ProcessChanged { process: process("OTRO"), lots: Vec::new(), source: String::new() },
        EventPayload::ActaGenerated { acta: record(ACTA), states: Vec::new() },
    ];
    for payload in refused {
        let what = payload.kind();
        assert_eq!(code(&case, payload).await, Code::Sealed, "{what} would change what the acta states");
    }
    // What it does not state stays open.
    let mut elsewhere = decision(6, "R1", Verdict::NoCumple);
    elsewhere.bid = OTHER_BID;
    case.record(ANA, EventPayload::Decided { decision: elsewhere }).await.expect("another bid is open");
    sign(&case, ACTA).await; // further members sign the same acta
    assert_eq!(case.actas().await.expect("reads")[0].signatures.len(), 2);
    assert_sound(&case, 18).await;
}

#[tokio::test]
async fn a_rectification_needs_a_cause_and_opens_what_was_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    generate(&case, ACTA, vec![Stated::Decision { decision: id }]).await;
    let rectify = |cause: &str| EventPayload::RectificationOpened { acta: ACTA, cause: cause.into() };
    assert_eq!(code(&case, rectify("Error de cálculo")).await, Code::Precondition, "it is not signed yet");
    sign(&case, ACTA).await;
    assert_eq!(code(&case, rectify("  ")).await, Code::Precondition, "the cause is part of the record");
    case.record(ANA, rectify("Error de cálculo en la página 3")).await.expect("opens");
    decide(&case, 2, "R1", Verdict::NoCumple).await;
    let acta = &case.actas().await.expect("reads")[0];
    assert_eq!(acta.state, ActaState::InRectification);
    let again = EventPayload::ActaSigned { acta: ACTA, signature: signature() };
    assert_eq!(code(&case, again).await, Code::Precondition, "a new acta is due");
    assert_sound(&case, 15).await;
}

#[tokio::test]
async fn an_acta_that_no_longer_says_what_is_decided_cannot_be_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    generate(&case, ACTA, vec![Stated::Decision { decision: id }]).await;
    decide(&case, 2, "R1", Verdict::NoCumple).await;
    let stale = EventPayload::ActaSigned { acta: ACTA, signature: signature() };
    let error = case.record(ANA, stale).await.expect_err("the decision changed since");
    assert_eq!(error.key(), "store.acta_outdated");
    let current = case.decisions().await.expect("reads")[0].decision.id;
    generate(&case, ACTA, vec![Stated::Decision { decision: current }]).await;
    sign(&case, ACTA).await;
}

#[tokio::test]
async fn a_new_round_opens_what_earlier_actas_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    generate(&case, ACTA, vec![Stated::Decision { decision: id }, Stated::Commission]).await;
    sign(&case, ACTA).await;
    let newcomer = EventPayload::ActorAdded { actor: actor(ANA, "Ana Otra") };
    assert_eq!(code(&case, newcomer.clone()).await, Code::Sealed, "the acta names the commission");
    let round = EventPayload::RoundOpened { round: Round(2), cause: "Reclamo aceptado".into() };
    case.record(ANA, round).await.expect("opens");
    case.record(ANA, newcomer).await.expect("open again");
    decide(&case, 2, "R1", Verdict::NoCumple).await;
    assert_eq!(case.state().await.expect("reads").round, Round(2));
    assert_eq!(
        case.actas().await.expect("reads")[0].state,
        ActaState::EarlierRound,
        "it stays as it was signed"
    );
    assert_sound(&case, 16).await;
}

#[tokio::test]
async fn a_page_is_turned_and_written_until_an_acta_states_its_bid_and_marks_what_rests_on_it() {
    use cotejo_domain::{PageAct, PageRemedy, RecordId};
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let owner = FileOwner::Bid(BID);
    let file = case.import_file(ANA, owner, "a.pdf", "application/pdf", false, b"bytes".to_vec()).await;
    let hash = file.expect("imports").hash;
    decide(&case, 1, "R1", Verdict::Cumple).await;
    let act = |number: u128, act| EventPayload::PageRemedied {
        record: RecordId(Uuid::from_u128(number)),
        remedy: PageRemedy {
            file: hash,
            page: 2,
            act,
            author: ANA,
            at: "2026-11-02T15:00:00Z".parse().expect("a time"),
        },
    };
    assert_eq!(code(&case, act(70, PageAct::Turned(45))).await, Code::Precondition, "by quarters only");
    let stranger = EventPayload::PageRemedied {
        record: RecordId(Uuid::from_u128(71)),
        remedy: PageRemedy {
            file: FileHash::of(b"nobody's"),
            page: 1,
            act: PageAct::Turned(90),
            author: ANA,
            at: "2026-11-02T15:00:00Z".parse().expect("a time"),
        },
    };
    assert_eq!(code(&case, stranger).await, Code::NotFound);
    case.record(ANA, act(72, PageAct::Turned(90))).await.expect("turns");
    case.record(ANA, act(73, PageAct::Written("RUC 1790000001001".into()))).await.expect("writes");
    assert_eq!(case.page_remedies(hash).await.expect("lists").len(), 2, "turned and written side by side");
    case.record(ANA, act(74, PageAct::Turned(0))).await.expect("turns back");
    assert_eq!(case.all_page_remedies().await.expect("lists").len(), 1, "a page as it came is no remedy");
    let decisions = case.decisions().await.expect("lists");
    assert!(decisions[0].review, "it rests on what was not found: revisar de nuevo");

    generate(&case, ACTA, vec![Stated::Bid { bid: BID }]).await;
    sign(&case, ACTA).await;
    assert_eq!(code(&case, act(75, PageAct::Turned(180))).await, Code::Sealed);
    let undo = EventPayload::RecordUndone { record: RecordId(Uuid::from_u128(73)) };
    assert_eq!(code(&case, undo).await, Code::Sealed, "nor is it undone");
    assert!(case.compare_projections().await.expect("compares").identical());
}

#[tokio::test]
async fn documents_are_arranged_and_undone_until_an_acta_states_the_bid_and_mark_what_rests_on_them() {
    use cotejo_domain::{ArrangeAct, ArrangedDocument, Arrangement, Confidence, PagePart, RecordId};
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let owner = FileOwner::Bid(BID);
    let file = case.import_file(ANA, owner, "a.pdf", "application/pdf", false, b"bytes".to_vec()).await;
    let hash = file.expect("imports").hash;
    let document = |kind: &str, pages: &[u32]| ArrangedDocument {
        kind: kind.into(),
        typed: true,
        confidence: Confidence::CERTAIN,
        parts: pages.iter().copied().map(PagePart::whole).collect(),
    };
    let arranged = |number: u128, author, documents: Vec<ArrangedDocument>, changed: &[u32]| {
        EventPayload::DocumentsArranged {
            record: RecordId(Uuid::from_u128(number)),
            arrangement: Arrangement {
                file: hash,
                act: ArrangeAct::Split,
                changed: changed.to_vec(),
                documents,
                author,
                at: "2026-11-02T15:00:00Z".parse().expect("a time"),
            },
        }
    };
    let undo = |number: u128| EventPayload::RecordUndone { record: RecordId(Uuid::from_u128(number)) };
    let redo = |number: u128| EventPayload::RecordRedone { record: RecordId(Uuid::from_u128(number)) };
    let twice = vec![document("FUO_1_1", &[1, 2]), document("FUO_1_2", &[2])];
    assert_eq!(
        code(&case, arranged(70, ANA, twice, &[1])).await,
        Code::Precondition,
        "a page in two documents"
    );
    assert_eq!(
        code(&case, arranged(71, BRUNO, Vec::new(), &[])).await,
        Code::Precondition,
        "in another's name"
    );
    let first = vec![document("FUO_1_1", &[1, 2]), document("FUO_1_2", &[3])];
    let second = vec![document("FUO_1_1", &[1]), document("OTRO", &[2]), document("FUO_1_2", &[3])];
    let held = || async { case.arrangement(hash).await.expect("reads").map(|held| held.documents) };
    assert_eq!(held().await, None, "the machine's cut holds");
    case.record(ANA, arranged(72, ANA, first.clone(), &[])).await.expect("arranges");
    decide(&case, 1, "R1", Verdict::Cumple).await;
    let review = || async { case.decisions().await.expect("lists")[0].review };
    assert!(!review().await);
    case.record(ANA, arranged(73, ANA, second.clone(), &[2])).await.expect("arranges");
    assert!(review().await, "it rests on what was not found: revisar de nuevo");
    assert_eq!(held().await, Some(second.clone()));
    case.record(ANA, undo(73)).await.expect("undoes");
    assert_eq!(held().await, Some(first), "exactly the one before");
    case.record(ANA, undo(72)).await.expect("undoes");
    assert_eq!(held().await, None);
    assert_eq!(code(&case, redo(73)).await, Code::Precondition, "it stood on the one that is undone");
    case.record(ANA, redo(72)).await.expect("redoes");
    case.record(ANA, redo(73)).await.expect("redoes");
    assert_eq!(held().await, Some(second));
    case.record(ANA, arranged(74, ANA, Vec::new(), &[])).await.expect("takes back");
    assert_eq!(held().await, None, "an empty arrangement is the machine's cut");
    case.record(ANA, undo(74)).await.expect("undoes");

    generate(&case, ACTA, vec![Stated::Bid { bid: BID }]).await;
    sign(&case, ACTA).await;
    assert_eq!(code(&case, arranged(75, ANA, Vec::new(), &[])).await, Code::Sealed);
    assert_eq!(code(&case, undo(73)).await, Code::Sealed, "nor is it undone");
    assert!(case.compare_projections().await.expect("compares").identical());
    assert!(case.rebuild().await.expect("rebuilds").identical());
    assert!(held().await.is_some());
}

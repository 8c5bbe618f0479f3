//! A small fictional case with fixed ports.

use cotejo_domain::ports::{Clock, Entropy};
use cotejo_domain::{
    Actor, ActorId, Bid, BidId, Bidder, BidderKind, Capacity, Decision, DecisionId, Lot, LotId, Member,
    MemberId, Motivation, ProcedureType, Process, ProcessCode, Requirement, RequirementId, RequirementKind,
    RequirementSource, Subject, Verdict,
};
use cotejo_store::{Case, EventPayload, MemoryKeyring, NewCase, Ports, Profile};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;

/// Moves on one second at every look.
pub(crate) struct StepClock(AtomicI64);

impl Clock for StepClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(1_790_000_000 + self.0.fetch_add(1, Ordering::Relaxed))
            .expect("in range")
    }
}

/// Gives different, repeatable bytes.
pub(crate) struct CountingEntropy(AtomicU64);

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            let bytes = cotejo_domain::FileHash::of(&number.to_le_bytes()).0;
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// Fixed ports; `seed` tells two machines apart.
pub(crate) fn ports(seed: u64) -> Ports {
    ports_ahead(seed, 0)
}

/// As [`ports`], with a clock that is some seconds ahead.
pub(crate) fn ports_ahead(seed: u64, seconds: i64) -> Ports {
    Ports {
        clock: Arc::new(StepClock(AtomicI64::new(seconds))),
        entropy: Arc::new(CountingEntropy(AtomicU64::new(seed << 32))),
        keyring: Arc::new(MemoryKeyring::default()),
    }
}

pub(crate) const ANA: ActorId = ActorId(Uuid::from_u128(1));
pub(crate) const BRUNO: ActorId = ActorId(Uuid::from_u128(2));
pub(crate) const MEMBER: MemberId = MemberId(Uuid::from_u128(11));
pub(crate) const OTHER_MEMBER: MemberId = MemberId(Uuid::from_u128(12));
pub(crate) const LOT: LotId = LotId(Uuid::from_u128(21));
pub(crate) const BID: BidId = BidId(Uuid::from_u128(31));
pub(crate) const OTHER_BID: BidId = BidId(Uuid::from_u128(32));

pub(crate) fn process(code: &str) -> Process {
    Process {
        code: Some(ProcessCode::new(code)),
        entity: None,
        object: Some("Adquisición de sillas (EJEMPLO)".into()),
        procedure: ProcedureType::Sie,
        budget: None,
        budget_encrypted: false,
        term: None,
        validity: None,
        started: None,
        bids_due: None,
    }
}

pub(crate) fn new_case() -> NewCase {
    NewCase {
        name: "Sillas (EJEMPLO)".into(),
        process: process("SIE-EJEMPLO-2026-001"),
        lots: vec![Lot::named(LOT, "Lote único")],
        pack: None,
    }
}

pub(crate) fn actor(id: ActorId, name: &str) -> Actor {
    Actor {
        id,
        name: name.into(),
        cedula: None,
        position: "Analista".into(),
        designation: None,
        enrolled: false,
    }
}

pub(crate) fn requirement(id: &str) -> Requirement {
    Requirement {
        id: RequirementId(id.into()),
        lot: None,
        kind: RequirementKind::Minimo,
        text: format!("Requisito {id}"),
        points: None,
        subject: Subject::Other,
        source: RequirementSource::ByHand,
    }
}

pub(crate) fn bid(id: BidId, name: &str) -> Bid {
    let bidder = Bidder { name: name.into(), ruc: None, kind: BidderKind::Juridica, members: Vec::new() };
    Bid { id, lot: LOT, bidder, files: Vec::new() }
}

pub(crate) fn decision(number: u128, requirement: &str, verdict: Verdict) -> Decision {
    Decision {
        id: DecisionId(Uuid::from_u128(1000 + number)),
        lot: LOT,
        requirement: RequirementId(requirement.into()),
        bid: BID,
        member: MEMBER,
        verdict,
        motivation: Motivation { fact: "Consta el formulario".into(), ..Motivation::default() },
        evidence: Vec::new(),
        proposed: None,
        decided_at: "2026-11-01T15:00:00Z".parse().expect("a time"),
    }
}

pub(crate) fn beginning() -> Vec<EventPayload> {
    vec![
        EventPayload::ActorAdded { actor: actor(ANA, "Ana Ejemplo") },
        EventPayload::ActorAdded { actor: actor(BRUNO, "Bruno Ejemplo") },
        EventPayload::MemberAdded {
            member: Member { id: MEMBER, actor: ANA, capacity: Capacity::Presidente },
        },
        EventPayload::MemberAdded {
            member: Member { id: OTHER_MEMBER, actor: BRUNO, capacity: Capacity::ProfesionalAfin },
        },
        EventPayload::RequirementAdded { requirement: requirement("R1") },
        EventPayload::RequirementAdded { requirement: requirement("R2") },
        EventPayload::BidAdded { bid: bid(BID, "Maderas Ficticias S.A.") },
        EventPayload::BidAdded { bid: bid(OTHER_BID, "Tornillos Inventados Cía. Ltda.") },
    ]
}

/// A case with two members, two requirements and two bids: ten events.
pub(crate) async fn case(folder: &Path) -> (Profile, Case) {
    let profile = Profile::open(folder, ports(1)).await.expect("a profile");
    let case = profile.create_case(ANA, new_case()).await.expect("a case");
    case.record_all(ANA, beginning()).await.expect("fits");
    (profile, case)
}

pub(crate) async fn decide(case: &Case, number: u128, requirement: &str, verdict: Verdict) -> DecisionId {
    let decision = decision(number, requirement, verdict);
    let id = decision.id;
    case.record(ANA, EventPayload::Decided { decision }).await.expect("may decide");
    id
}

pub(crate) async fn assert_sound(case: &Case, count: u64) {
    let report = case.verify_log(&[]).await.expect("readable");
    assert!(report.holds(), "the log must verify: {:?}", report.problems);
    assert_eq!(report.events, count, "as many events as acts");
    for event in case.events().await.expect("readable") {
        let (header, payload) =
            (event.header().expect("a header"), event.payload().expect("a payload").expect("kept"));
        let text = event.payload.as_deref().expect("kept");
        assert_eq!(header.kind, payload.kind());
        assert!(
            text.contains(&format!("\"kind\":\"{}\"", header.kind)),
            "header and payload name one kind: {text}"
        );
    }
    let rebuilt = case.compare_projections().await.expect("readable");
    assert!(rebuilt.identical(), "projections must be what the events say: {:?}", rebuilt.differing());
}

//! Tables computed from events. Applying is total: what an event allows was judged when it was recorded ([`crate::admission`]).

use crate::records::{self, Version};
use crate::sealing::covered;
use crate::{EventPayload, FileOwner, Stated, StoreError};
use cotejo_domain::course::CourseAct;
use cotejo_domain::{
    ActaId, Bid, BidFile, Decision, DecisionId, FileHash, PageRemedy, Requirement, RequirementSource,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

/// Names the projections, each with the columns that order its rows.
pub(crate) const TABLES: &[(&str, &str)] = &[
    ("p_state", "key"),
    ("p_device", "device_id"),
    ("p_actor", "actor_id"),
    ("p_member", "member_id"),
    ("p_requirement", "requirement_id"),
    ("p_bid", "bid_id"),
    ("p_file", "owner, path"),
    ("p_correction", "bid_id, key"),
    ("p_record", "record_id"),
    ("p_decision", "decision_id"),
    ("p_outcome", "lot_id, bid_id"),
    ("p_acta", "acta_id"),
    ("p_acta_signature", "acta_id, number"),
    ("p_acta_basis", "acta_id, number"),
    ("p_seal", "acta_id, subject"),
    ("p_seat", "member_id"),
    ("p_admitted", "device_id"),
];

/// Writes a value as projections and payloads keep it: canonical JSON (RFC 8785).
pub(crate) fn text<T: Serialize>(value: &T) -> Result<String, StoreError> {
    Ok(serde_json_canonicalizer::to_string(value)?)
}

/// Reads what [`text`] wrote.
pub(crate) fn parse<T: DeserializeOwned>(content: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(content)?)
}

/// What begins the key of files that answer a *convalidación*.
const ANSWER: &str = "respuesta:";

/// Reads what [`owner_key`] wrote.
pub(crate) fn owner_of_key(key: &str) -> FileOwner {
    if let Some(bid) = key.strip_prefix(ANSWER).and_then(|bid| bid.parse().ok()) {
        return FileOwner::Answer(bid);
    }
    key.parse().map_or(FileOwner::Process, FileOwner::Bid)
}

/// Writes whose file it is as a key.
pub(crate) fn owner_key(owner: FileOwner) -> String {
    match owner {
        FileOwner::Process => "proceso".into(),
        FileOwner::Bid(bid) => bid.to_string(),
        FileOwner::Answer(bid) => format!("{ANSWER}{bid}"),
    }
}

async fn set_state<T: Serialize>(
    connection: &mut SqliteConnection,
    key: &str,
    value: &T,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO p_state (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key)
        .bind(text(value)?)
        .execute(connection)
        .await?;
    Ok(())
}

async fn put_requirement(
    connection: &mut SqliteConnection,
    requirement: &Requirement,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO p_requirement (requirement_id, position, by_hand, content)
         VALUES (?1, (SELECT COALESCE(MAX(position), 0) + 1 FROM p_requirement), ?2, ?3)
         ON CONFLICT (requirement_id) DO UPDATE SET by_hand = excluded.by_hand, content = excluded.content",
    )
    .bind(&requirement.id.0)
    .bind(matches!(requirement.source, RequirementSource::ByHand | RequirementSource::Clarification { .. }))
    .bind(text(requirement)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What rests on a requirement that changed is to be looked at again.
async fn mark_for_review(connection: &mut SqliteConnection, requirement: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE p_decision SET review = 1 WHERE requirement_id = ?1 AND state = 'current'")
        .bind(requirement)
        .execute(connection)
        .await?;
    Ok(())
}

/// What rests on requirements that an act of the course made others is to be looked at again.
async fn mark_course_for_review(
    connection: &mut SqliteConnection,
    act: &CourseAct,
) -> Result<(), StoreError> {
    for (requirement, changed) in act.requirements() {
        if changed {
            mark_for_review(connection, &requirement.0).await?;
        }
    }
    Ok(())
}

/// What rests on a page that is read otherwise now is to be looked at again: decisions that cite the page or its whole file, and those
/// of its bids that cite nothing, for they rest on what was not found.
async fn mark_page_for_review(
    connection: &mut SqliteConnection,
    remedy: &PageRemedy,
) -> Result<(), StoreError> {
    mark_pages_for_review(connection, remedy.file, &[remedy.page]).await
}

/// As [`mark_page_for_review`], for several pages of one file.
async fn mark_pages_for_review(
    connection: &mut SqliteConnection,
    file: FileHash,
    pages: &[u32],
) -> Result<(), StoreError> {
    if pages.is_empty() {
        return Ok(());
    }
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT decision_id, content FROM p_decision WHERE state = 'current'
         AND bid_id IN (SELECT owner FROM p_file WHERE hash = ?1) ORDER BY decision_id",
    )
    .bind(file.to_string())
    .fetch_all(&mut *connection)
    .await?;
    for (id, content) in rows {
        let decision: Decision = parse(&content)?;
        let rests = decision.evidence.is_empty()
            || decision.evidence.iter().any(|piece| {
                piece.file == file && piece.location.page().is_none_or(|page| pages.contains(&page))
            });
        if rests {
            sqlx::query("UPDATE p_decision SET review = 1 WHERE decision_id = ?1")
                .bind(id)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Applies one event to the projections.
pub(crate) async fn apply(
    connection: &mut SqliteConnection,
    hash: FileHash,
    payload: &EventPayload,
) -> Result<(), StoreError> {
    match payload {
        EventPayload::DeviceAdded { device } => {
            sqlx::query("INSERT INTO p_device (device_id, content) VALUES (?1, ?2) ON CONFLICT (device_id) DO NOTHING")
                .bind(device.id.to_string())
                .bind(text(device)?)
                .execute(connection)
                .await?;
        }
        EventPayload::CaseCreated { name, process, lots, pack } => {
            set_state(connection, "name", name).await?;
            set_state(connection, "process", process).await?;
            set_state(connection, "lots", lots).await?;
            if let Some(pack) = pack {
                set_state(connection, "pack", pack).await?;
            }
        }
        EventPayload::ProcessChanged { process, lots, .. } => {
            set_state(connection, "process", process).await?;
            set_state(connection, "lots", lots).await?;
        }
        EventPayload::PackFrozen { pack, content } => {
            set_state(connection, "pack", pack).await?;
            set_state(connection, "pack_content", content).await?;
        }
        EventPayload::PliegoImported { pliego, .. } => {
            set_state(connection, "process", &pliego.process).await?;
            set_state(connection, "pliego", pliego).await?;
            let before: Vec<(String, String)> =
                sqlx::query_as("SELECT requirement_id, content FROM p_requirement WHERE by_hand = 0")
                    .fetch_all(&mut *connection)
                    .await?;
            sqlx::query("DELETE FROM p_requirement WHERE by_hand = 0").execute(&mut *connection).await?;
            for requirement in &pliego.requirements {
                put_requirement(connection, requirement).await?;
            }
            for (id, content) in before {
                let now: Option<String> =
                    sqlx::query_scalar("SELECT content FROM p_requirement WHERE requirement_id = ?1")
                        .bind(&id)
                        .fetch_optional(&mut *connection)
                        .await?;
                if now.is_some_and(|now| now != content) {
                    mark_for_review(connection, &id).await?;
                }
            }
        }
        EventPayload::RequirementAdded { requirement } => put_requirement(connection, requirement).await?,
        EventPayload::RequirementChanged { requirement } => {
            put_requirement(connection, requirement).await?;
            mark_for_review(connection, &requirement.id.0).await?;
        }
        EventPayload::RequirementRemoved { requirement } => {
            sqlx::query("DELETE FROM p_requirement WHERE requirement_id = ?1")
                .bind(&requirement.0)
                .execute(connection)
                .await?;
        }
        EventPayload::BidAdded { bid } => {
            // Its files are events of their own.
            let bid = Bid { files: Vec::new(), ..bid.clone() };
            sqlx::query(
                "INSERT INTO p_bid (bid_id, position, lot_id, content)
                 VALUES (?1, (SELECT COALESCE(MAX(position), 0) + 1 FROM p_bid), ?2, ?3)
                 ON CONFLICT (bid_id) DO UPDATE SET lot_id = excluded.lot_id, content = excluded.content",
            )
            .bind(bid.id.to_string())
            .bind(bid.lot.to_string())
            .bind(text(&bid)?)
            .execute(connection)
            .await?;
        }
        EventPayload::BidderChanged { bid, bidder } => {
            let content: Option<String> = sqlx::query_scalar("SELECT content FROM p_bid WHERE bid_id = ?1")
                .bind(bid.to_string())
                .fetch_optional(&mut *connection)
                .await?;
            if let Some(content) = content {
                let changed = Bid { bidder: bidder.clone(), ..parse(&content)? };
                sqlx::query("UPDATE p_bid SET content = ?2 WHERE bid_id = ?1")
                    .bind(bid.to_string())
                    .bind(text(&changed)?)
                    .execute(connection)
                    .await?;
            }
        }
        EventPayload::BidMoved { bid, lot } => {
            let content: Option<String> = sqlx::query_scalar("SELECT content FROM p_bid WHERE bid_id = ?1")
                .bind(bid.to_string())
                .fetch_optional(&mut *connection)
                .await?;
            if let Some(content) = content {
                let moved = Bid { lot: *lot, ..parse(&content)? };
                sqlx::query("UPDATE p_bid SET lot_id = ?2, content = ?3 WHERE bid_id = ?1")
                    .bind(bid.to_string())
                    .bind(lot.to_string())
                    .bind(text(&moved)?)
                    .execute(connection)
                    .await?;
            }
        }
        EventPayload::BidRemoved { bid } => {
            sqlx::query("DELETE FROM p_bid WHERE bid_id = ?1")
                .bind(bid.to_string())
                .execute(&mut *connection)
                .await?;
            sqlx::query("DELETE FROM p_file WHERE owner IN (?1, ?2)")
                .bind(bid.to_string())
                .bind(owner_key(FileOwner::Answer(*bid)))
                .execute(&mut *connection)
                .await?;
            sqlx::query("DELETE FROM p_outcome WHERE bid_id = ?1")
                .bind(bid.to_string())
                .execute(connection)
                .await?;
        }
        EventPayload::FileImported { owner, file } => {
            sqlx::query(
                "INSERT INTO p_file (owner, path, hash, sealed, content) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (owner, path) DO UPDATE SET hash = excluded.hash, sealed = excluded.sealed, content = excluded.content",
            )
            .bind(owner_key(*owner))
            .bind(&file.path)
            .bind(file.hash.to_string())
            .bind(file.sealed)
            .bind(text(file)?)
            .execute(connection)
            .await?;
        }
        EventPayload::FileUnsealed { file, .. } => {
            sqlx::query("UPDATE p_file SET sealed = 0 WHERE hash = ?1")
                .bind(file.to_string())
                .execute(connection)
                .await?;
        }
        EventPayload::FilesDescribed { bid, media_types } => {
            for (file, media_type) in media_types {
                described(connection, &bid.to_string(), *file, media_type).await?;
            }
        }
        EventPayload::SessionRecorded { record, session } => {
            records::put(connection, hash, *record, &Version::Session(session.clone())).await?;
        }
        EventPayload::CommissionRecorded { record, commission } => {
            records::put(connection, hash, *record, &Version::Commission(commission.clone())).await?;
        }
        EventPayload::NoteRecorded { record, note } => {
            records::put(connection, hash, *record, &Version::Note(note.clone())).await?;
        }
        EventPayload::PageRemedied { record, remedy } => {
            records::put(connection, hash, *record, &Version::Page(remedy.clone())).await?;
            mark_page_for_review(connection, remedy).await?;
        }
        EventPayload::DocumentsArranged { record, arrangement } => {
            records::put(connection, hash, *record, &Version::Documents(arrangement.clone())).await?;
            mark_pages_for_review(connection, arrangement.file, &arrangement.changed).await?;
        }
        EventPayload::FieldCorrected { record, correction } => {
            records::put(connection, hash, *record, &Version::Field(correction.clone())).await?;
            mark_pages_for_review(connection, correction.file, &correction.pages()).await?;
        }
        EventPayload::CourseRecorded { record, act } => {
            records::put(connection, hash, *record, &Version::Course(act.clone())).await?;
            mark_course_for_review(connection, act).await?;
        }
        EventPayload::SourceNoted { record, note } => {
            records::put(connection, hash, *record, &Version::Source(note.clone())).await?;
        }
        EventPayload::RecordUndone { record } | EventPayload::RecordRedone { record } => {
            match payload {
                EventPayload::RecordUndone { .. } => records::undo(connection, *record).await?,
                _ => records::redo(connection, *record).await?,
            }
            match records::version(connection, *record).await? {
                Some((.., Version::Page(remedy))) => mark_page_for_review(connection, &remedy).await?,
                Some((.., Version::Documents(arrangement))) => {
                    mark_pages_for_review(connection, arrangement.file, &arrangement.changed).await?;
                }
                Some((.., Version::Field(said))) => {
                    mark_pages_for_review(connection, said.file, &said.pages()).await?;
                }
                Some((.., Version::Course(act))) => mark_course_for_review(connection, &act).await?,
                _ => {}
            }
        }
        EventPayload::SeatTaken { member, actor, device } => {
            let holder = crate::SeatHolder { member: *member, actor: *actor, device: *device };
            sqlx::query("INSERT INTO p_seat (member_id, actor_id, content) VALUES (?1, ?2, ?3) ON CONFLICT (member_id) DO NOTHING")
                .bind(member.to_string())
                .bind(actor.to_string())
                .bind(text(&holder)?)
                .execute(connection)
                .await?;
        }
        EventPayload::DeviceAdmitted { device } => {
            sqlx::query("INSERT INTO p_admitted (device_id, content) VALUES (?1, ?2) ON CONFLICT (device_id) DO NOTHING")
                .bind(device.id.to_string())
                .bind(text(device)?)
                .execute(connection)
                .await?;
        }
        EventPayload::ActorAdded { actor } => {
            sqlx::query("INSERT INTO p_actor (actor_id, content) VALUES (?1, ?2) ON CONFLICT (actor_id) DO UPDATE SET content = excluded.content")
                .bind(actor.id.to_string())
                .bind(text(actor)?)
                .execute(connection)
                .await?;
        }
        EventPayload::MemberAdded { member } => {
            sqlx::query(
                "INSERT INTO p_member (member_id, actor_id, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (member_id) DO UPDATE SET actor_id = excluded.actor_id, content = excluded.content",
            )
            .bind(member.id.to_string())
            .bind(member.actor.to_string())
            .bind(text(member)?)
            .execute(connection)
            .await?;
        }
        EventPayload::MemberRemoved { member } => {
            sqlx::query("DELETE FROM p_member WHERE member_id = ?1")
                .bind(member.to_string())
                .execute(connection)
                .await?;
        }
        EventPayload::Corrected { bid, key, correction } => {
            sqlx::query(
                "INSERT INTO p_correction (bid_id, key, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (bid_id, key) DO UPDATE SET content = excluded.content",
            )
            .bind(bid.to_string())
            .bind(key)
            .bind(text(correction)?)
            .execute(connection)
            .await?;
        }
        EventPayload::CorrectionWithdrawn { bid, key } => {
            sqlx::query("DELETE FROM p_correction WHERE bid_id = ?1 AND key = ?2")
                .bind(bid.to_string())
                .bind(key)
                .execute(connection)
                .await?;
        }
        EventPayload::Decided { decision } => decided(connection, hash, decision).await?,
        EventPayload::DecisionUndone { decision } => undone(connection, *decision).await?,
        EventPayload::DecisionRedone { decision } => redone(connection, *decision).await?,
        EventPayload::OutcomeSet { lot, bid, outcome } => {
            sqlx::query(
                "INSERT INTO p_outcome (lot_id, bid_id, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (lot_id, bid_id) DO UPDATE SET content = excluded.content",
            )
            .bind(lot.to_string())
            .bind(bid.to_string())
            .bind(text(outcome)?)
            .execute(connection)
            .await?;
        }
        EventPayload::ActaGenerated { acta, states } => {
            sqlx::query(
                "INSERT INTO p_acta (acta_id, position, state, content)
                 VALUES (?1, (SELECT COALESCE(MAX(position), 0) + 1 FROM p_acta), 'generated', ?2)
                 ON CONFLICT (acta_id) DO UPDATE SET content = excluded.content",
            )
            .bind(acta.id.to_string())
            .bind(text(acta)?)
            .execute(&mut *connection)
            .await?;
            state_in_acta(connection, acta.id, states).await?;
        }
        EventPayload::ActaSigned { acta, signature } => {
            sqlx::query(
                "INSERT INTO p_acta_signature (acta_id, number, content)
                 VALUES (?1, (SELECT COALESCE(MAX(number), 0) + 1 FROM p_acta_signature WHERE acta_id = ?1), ?2)",
            )
            .bind(acta.to_string())
            .bind(text(signature)?)
            .execute(&mut *connection)
            .await?;
            sqlx::query("UPDATE p_acta SET state = 'signed' WHERE acta_id = ?1 AND state = 'generated'")
                .bind(acta.to_string())
                .execute(connection)
                .await?;
        }
        EventPayload::RectificationOpened { acta, .. } => {
            sqlx::query(
                "UPDATE p_acta SET state = 'in_rectification' WHERE acta_id = ?1 AND state = 'signed'",
            )
            .bind(acta.to_string())
            .execute(connection)
            .await?;
        }
        EventPayload::RoundOpened { round, .. } => {
            set_state(connection, "round", round).await?;
            sqlx::query("UPDATE p_acta SET state = 'earlier_round' WHERE state = 'signed'")
                .execute(connection)
                .await?;
        }
    }
    Ok(())
}

/// Writes down what the reader said a file is, wherever the bid has it.
async fn described(
    connection: &mut SqliteConnection,
    owner: &str,
    file: FileHash,
    media_type: &str,
) -> Result<(), StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT path, content FROM p_file WHERE owner = ?1 AND hash = ?2 ORDER BY path")
            .bind(owner)
            .bind(file.to_string())
            .fetch_all(&mut *connection)
            .await?;
    for (path, content) in rows {
        let described = BidFile { media_type: media_type.into(), ..parse(&content)? };
        sqlx::query("UPDATE p_file SET content = ?3 WHERE owner = ?1 AND path = ?2")
            .bind(owner)
            .bind(path)
            .bind(text(&described)?)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Returns the decision a member holds on a requirement of a bid at present.
pub(crate) async fn current_of_cell(
    connection: &mut SqliteConnection,
    decision: &Decision,
) -> Result<Option<(String, String)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT decision_id, event_hash FROM p_decision
         WHERE lot_id = ?1 AND requirement_id = ?2 AND bid_id = ?3 AND member_id = ?4 AND state = 'current'",
    )
    .bind(decision.lot.to_string())
    .bind(&decision.requirement.0)
    .bind(decision.bid.to_string())
    .bind(decision.member.to_string())
    .fetch_optional(connection)
    .await?)
}

async fn set_decision_state(
    connection: &mut SqliteConnection,
    id: &str,
    state: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE p_decision SET state = ?2 WHERE decision_id = ?1")
        .bind(id)
        .bind(state)
        .execute(connection)
        .await?;
    Ok(())
}

async fn decided(
    connection: &mut SqliteConnection,
    hash: FileHash,
    decision: &Decision,
) -> Result<(), StoreError> {
    let before = current_of_cell(connection, decision).await?.map(|(id, _)| id);
    if let Some(before) = &before {
        set_decision_state(connection, before, "replaced").await?;
    }
    sqlx::query(
        "INSERT INTO p_decision (decision_id, lot_id, requirement_id, bid_id, member_id, state, replaces, review, event_hash, content)
         VALUES (?1, ?2, ?3, ?4, ?5, 'current', ?6, 0, ?7, ?8) ON CONFLICT (decision_id) DO NOTHING",
    )
    .bind(decision.id.to_string())
    .bind(decision.lot.to_string())
    .bind(&decision.requirement.0)
    .bind(decision.bid.to_string())
    .bind(decision.member.to_string())
    .bind(before)
    .bind(hash.to_string())
    .bind(text(decision)?)
    .execute(connection)
    .await?;
    Ok(())
}

async fn state_and_predecessor(
    connection: &mut SqliteConnection,
    id: DecisionId,
) -> Result<Option<(String, Option<String>)>, StoreError> {
    Ok(sqlx::query_as("SELECT state, replaces FROM p_decision WHERE decision_id = ?1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?)
}

async fn undone(connection: &mut SqliteConnection, id: DecisionId) -> Result<(), StoreError> {
    let Some((state, before)) = state_and_predecessor(connection, id).await? else { return Ok(()) };
    if state == "current" {
        set_decision_state(connection, &id.to_string(), "undone").await?;
        if let Some(before) = before {
            set_decision_state(connection, &before, "current").await?;
        }
    }
    Ok(())
}

async fn redone(connection: &mut SqliteConnection, id: DecisionId) -> Result<(), StoreError> {
    let Some((state, before)) = state_and_predecessor(connection, id).await? else { return Ok(()) };
    if state == "undone" {
        if let Some(before) = before {
            set_decision_state(connection, &before, "replaced").await?;
        }
        set_decision_state(connection, &id.to_string(), "current").await?;
    }
    Ok(())
}

/// Returns a decision by its identifier, whatever its state.
pub(crate) async fn decision_by_id(
    connection: &mut SqliteConnection,
    id: DecisionId,
) -> Result<Option<Decision>, StoreError> {
    let content: Option<String> = sqlx::query_scalar("SELECT content FROM p_decision WHERE decision_id = ?1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    content.as_deref().map(parse).transpose()
}

async fn state_in_acta(
    connection: &mut SqliteConnection,
    acta: ActaId,
    states: &[Stated],
) -> Result<(), StoreError> {
    for table in ["p_acta_basis", "p_seal"] {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE acta_id = ?1")))
            .bind(acta.to_string())
            .execute(&mut *connection)
            .await?;
    }
    for (number, stated) in states.iter().enumerate() {
        let digest = digest(connection, stated).await?;
        sqlx::query("INSERT INTO p_acta_basis (acta_id, number, stated, digest) VALUES (?1, ?2, ?3, ?4)")
            .bind(acta.to_string())
            .bind(i64::try_from(number).unwrap_or(i64::MAX))
            .bind(text(stated)?)
            .bind(digest)
            .execute(&mut *connection)
            .await?;
        let decision = match stated {
            Stated::Decision { decision } => decision_by_id(connection, *decision).await?,
            _ => None,
        };
        for subject in covered(stated, decision.as_ref()) {
            sqlx::query("INSERT INTO p_seal (acta_id, subject) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
                .bind(acta.to_string())
                .bind(subject)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Returns the acts that changed a requirement, or any of them.
async fn acts_on_requirements(
    connection: &mut SqliteConnection,
    only: Option<&str>,
) -> Result<Vec<String>, StoreError> {
    let kept: Vec<String> = sqlx::query_scalar(
        "SELECT content FROM p_record WHERE state = 'current' AND slot LIKE 'acto:%' ORDER BY record_id",
    )
    .fetch_all(connection)
    .await?;
    let mut rows = Vec::new();
    for content in kept {
        if let Version::Course(act) = parse(&content)?
            && act.requirements().iter().any(|(id, changed)| *changed && only.is_none_or(|only| id.0 == only))
        {
            rows.push(content);
        }
    }
    Ok(rows)
}

/// Digests what a stated thing is at present, so that a signature on an acta that no longer says so is refused.
pub(crate) async fn digest(connection: &mut SqliteConnection, stated: &Stated) -> Result<String, StoreError> {
    let mut rows: Vec<String> = Vec::new();
    match stated {
        Stated::Decision { decision } => {
            rows =
                sqlx::query_scalar("SELECT state || ' ' || content FROM p_decision WHERE decision_id = ?1")
                    .bind(decision.to_string())
                    .fetch_all(connection)
                    .await?;
        }
        Stated::Outcome { lot, bid } => {
            let queries = [
                "SELECT content FROM p_outcome WHERE lot_id = ?1 AND bid_id = ?2",
                "SELECT decision_id FROM p_decision WHERE lot_id = ?1 AND bid_id = ?2 AND state = 'current' ORDER BY decision_id",
                "SELECT content FROM p_requirement WHERE ?1 <> ?2 ORDER BY requirement_id",
            ];
            for query in queries {
                let found: Vec<String> = sqlx::query_scalar(query)
                    .bind(lot.to_string())
                    .bind(bid.to_string())
                    .fetch_all(&mut *connection)
                    .await?;
                rows.extend(found);
                rows.push("·".into());
            }
            rows.extend(acts_on_requirements(connection, None).await?);
        }
        Stated::Requirement { requirement } => {
            rows = sqlx::query_scalar("SELECT content FROM p_requirement WHERE requirement_id = ?1")
                .bind(&requirement.0)
                .fetch_all(&mut *connection)
                .await?;
            rows.extend(acts_on_requirements(connection, Some(&requirement.0)).await?);
        }
        Stated::Bid { bid } => {
            let queries = [
                "SELECT content FROM p_bid WHERE bid_id = ?1",
                "SELECT content FROM p_file WHERE owner = ?1 ORDER BY path",
            ];
            for query in queries {
                let found: Vec<String> =
                    sqlx::query_scalar(query).bind(bid.to_string()).fetch_all(&mut *connection).await?;
                rows.extend(found);
            }
        }
        Stated::BidList => {
            rows =
                sqlx::query_scalar("SELECT bid_id FROM p_bid ORDER BY bid_id").fetch_all(connection).await?;
        }
        Stated::Commission => {
            let queries = [
                "SELECT content FROM p_member ORDER BY member_id",
                "SELECT content FROM p_actor ORDER BY actor_id",
            ];
            for query in queries {
                let found: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut *connection).await?;
                rows.extend(found);
            }
            rows.extend(holding(connection, records::COMMISSION).await?);
        }
        Stated::Session => rows = holding(connection, records::SESSION).await?,
        Stated::Note { note } => rows = holding(connection, &records::note_slot(*note)).await?,
        Stated::Act { slot } => rows = holding(connection, slot).await?,
        Stated::Process => {
            rows = sqlx::query_scalar(
                "SELECT value FROM p_state WHERE key IN ('process', 'lots', 'pack') ORDER BY key",
            )
            .fetch_all(connection)
            .await?;
        }
    }
    Ok(FileHash::of(text(&rows)?.as_bytes()).to_string())
}

async fn holding(connection: &mut SqliteConnection, slot: &str) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT content FROM p_record WHERE slot = ?1 AND state = 'current'")
        .bind(slot)
        .fetch_all(connection)
        .await?)
}

/// Hashes a table row by row, in the order of its key; returns the hash and the number of rows.
pub(crate) async fn table_hash(
    connection: &mut SqliteConnection,
    table: &str,
    order: &str,
) -> Result<(FileHash, u64), StoreError> {
    let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY {order}")))
        .fetch_all(connection)
        .await?;
    let mut hash = Sha256::new();
    for row in &rows {
        let mut values = Vec::with_capacity(row.len());
        for index in 0..row.len() {
            let value: Option<String> = match row.try_get_unchecked::<Option<String>, _>(index) {
                Ok(value) => value,
                Err(_) => row.try_get_unchecked::<Option<i64>, _>(index)?.map(|number| number.to_string()),
            };
            values.push(value);
        }
        hash.update(text(&values)?);
        hash.update(b"\n");
    }
    Ok((FileHash(hash.finalize().into()), rows.len() as u64))
}

/// Empties every projection.
pub(crate) async fn clear(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    for (table, _) in TABLES {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *connection).await?;
    }
    Ok(())
}

//! What may be recorded now: the store refuses what a signed acta seals, and what does not fit the state of the case.

use crate::custody;
use crate::projection::{current_of_cell, decision_by_id, digest, parse};
use crate::records::{self, Version};
use crate::sealing::{About, key, touched};
use crate::{EventHeader, EventPayload, FileOwner, Stated, StoreError};
use cotejo_domain::{
    ActaId, ActorId, BidId, Commission, DecisionId, DeviceId, FileHash, Member, MemberId, PageAct, RecordId,
    RequirementId,
};
use sqlx::SqliteConnection;

fn refuse<T>(reason: &'static str) -> Result<T, StoreError> {
    Err(StoreError::Precondition { reason })
}

async fn exists(
    connection: &mut SqliteConnection,
    query: &'static str,
    id: &str,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(query).bind(id).fetch_optional(connection).await?.is_some())
}

async fn require_bid(connection: &mut SqliteConnection, bid: BidId) -> Result<(), StoreError> {
    if exists(connection, "SELECT 1 FROM p_bid WHERE bid_id = ?1", &bid.to_string()).await? {
        Ok(())
    } else {
        Err(StoreError::not_found(bid))
    }
}

async fn require_requirement(
    connection: &mut SqliteConnection,
    id: &RequirementId,
) -> Result<(), StoreError> {
    if exists(connection, "SELECT 1 FROM p_requirement WHERE requirement_id = ?1", &id.0).await? {
        Ok(())
    } else {
        Err(StoreError::not_found(id))
    }
}

/// Returns who sits: in the recorded commission, or, before one was recorded, as members one by one.
async fn members(
    connection: &mut SqliteConnection,
    commission: Option<&Commission>,
) -> Result<Vec<Member>, StoreError> {
    let mut members: Vec<Member> = match commission {
        Some(commission) => commission.seats.iter().map(|seat| seat.member.clone()).collect(),
        None => {
            let rows: Vec<String> =
                sqlx::query_scalar("SELECT content FROM p_member").fetch_all(&mut *connection).await?;
            rows.iter().map(|row| parse(row)).collect::<Result<_, _>>()?
        }
    };
    // Who took a seat on a machine of their own is the person of that seat.
    for holder in custody::seats(connection).await? {
        for member in members.iter_mut().filter(|member| member.id == holder.member) {
            member.actor = holder.actor;
        }
    }
    Ok(members)
}

/// Judges the taking of a seat: it is there, nobody holds it, and neither person nor device has another.
async fn admit_seat(
    connection: &mut SqliteConnection,
    author: ActorId,
    member: MemberId,
    actor: ActorId,
    device: DeviceId,
) -> Result<(), StoreError> {
    if actor != author {
        return refuse("store.not_your_act");
    }
    let taken = custody::seats(connection).await?;
    if taken.iter().any(|seat| seat.actor == actor || seat.device == device) {
        return refuse("store.seat_had");
    }
    let commission = commission(connection).await?;
    let sitting = members(connection, commission.as_ref()).await?;
    let Some(seat) = sitting.iter().find(|sitting| sitting.id == member) else {
        return refuse("store.no_such_seat");
    };
    let devices = custody::devices(connection).await?;
    let held = devices.values().any(|known| known.id != device && known.actor == seat.actor);
    if held || taken.iter().any(|seat| seat.member == member) {
        return refuse("store.seat_taken");
    }
    if sitting.iter().any(|sitting| sitting.actor == actor && sitting.id != member) {
        return refuse("store.seat_had");
    }
    Ok(())
}

/// Judges whether a device may record an act at all: the one that holds the case everything, another what is its member's own.
pub(crate) async fn admit_device(
    connection: &mut SqliteConnection,
    device: DeviceId,
    author: ActorId,
    payload: &EventPayload,
) -> Result<(), StoreError> {
    match custody::holder(connection).await? {
        None => return Ok(()),
        Some(holder) if holder == device => return Ok(()),
        Some(_) => {}
    }
    if matches!(payload, EventPayload::DeviceAdded { .. } | EventPayload::SeatTaken { .. }) {
        return Ok(());
    }
    let seats = custody::seats(connection).await?;
    let Some(seat) = seats.iter().find(|seat| seat.device == device && seat.actor == author) else {
        return refuse("store.no_seat");
    };
    if custody::member_of(payload).is_some_and(|member| member != seat.member) {
        return refuse("store.not_your_act");
    }
    let own = match payload {
        EventPayload::RecordUndone { record } | EventPayload::RecordRedone { record } => {
            let version = records::version(connection, *record).await?.map(|(.., version)| version);
            version.is_none_or(|version| {
                custody::is_own_version(&version) && custody::author_of(&version) == Some(author)
            })
        }
        _ => custody::is_own_word(payload),
    };
    if own { Ok(()) } else { refuse("store.not_holder") }
}

async fn commission(connection: &mut SqliteConnection) -> Result<Option<Commission>, StoreError> {
    Ok(match records::current(connection, records::COMMISSION).await? {
        Some((_, _, Version::Commission(commission))) => Some(commission),
        _ => None,
    })
}

/// A verdict belongs to its member: nobody else records, undoes or redoes it.
async fn require_own(
    connection: &mut SqliteConnection,
    member: MemberId,
    author: ActorId,
) -> Result<(), StoreError> {
    let commission = commission(connection).await?;
    let members = members(connection, commission.as_ref()).await?;
    match members.iter().find(|sitting| sitting.id == member) {
        None => refuse("store.unknown_member"),
        Some(sitting) if sitting.actor == author => Ok(()),
        Some(_) => refuse("store.not_your_verdict"),
    }
}

/// Verdicts that hold are of members who vote: whoever made one keeps the place while it holds.
async fn require_deciders(
    connection: &mut SqliteConnection,
    after: Option<&Commission>,
) -> Result<(), StoreError> {
    let deciders: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT member_id FROM p_decision WHERE state = 'current'")
            .fetch_all(&mut *connection)
            .await?;
    let commission = commission(connection).await?;
    let before = members(connection, commission.as_ref()).await?;
    let after = members(connection, after).await?;
    for decider in deciders {
        let same = |member: &&Member| member.id.to_string() == decider;
        let seated = after.iter().find(same);
        let person = before.iter().find(same).map(|member| member.actor);
        let keeps = seated.is_some_and(|member| {
            member.capacity.votes() && person.is_none_or(|person| person == member.actor)
        });
        if !keeps {
            return refuse("store.member_decided");
        }
    }
    Ok(())
}

/// The file must be there, and its moment must have come.
async fn require_open_file(connection: &mut SqliteConnection, hash: FileHash) -> Result<(), StoreError> {
    let file = hash.to_string();
    if !exists(connection, "SELECT 1 FROM p_file WHERE hash = ?1", &file).await? {
        return Err(StoreError::not_found(file));
    }
    if exists(connection, "SELECT 1 FROM p_file WHERE hash = ?1 AND sealed = 1", &file).await? {
        return Err(StoreError::DocumentSealed { hash });
    }
    Ok(())
}

async fn judge_version(
    connection: &mut SqliteConnection,
    author: ActorId,
    version: &Version,
) -> Result<(), StoreError> {
    match version {
        Version::Session(_) => Ok(()),
        Version::Page(remedy) => {
            if remedy.author != author {
                return refuse("store.not_your_act");
            }
            require_open_file(connection, remedy.file).await?;
            match remedy.act {
                PageAct::Turned(degrees) if !matches!(degrees, 0 | 90 | 180 | 270) => {
                    refuse("store.odd_turn")
                }
                _ => Ok(()),
            }
        }
        Version::Documents(arrangement) => {
            if arrangement.author != author {
                return refuse("store.not_your_act");
            }
            require_open_file(connection, arrangement.file).await?;
            if arrangement.fault().is_some() { refuse("store.odd_documents") } else { Ok(()) }
        }
        Version::Field(said) => {
            if said.author != author {
                return refuse("store.not_your_act");
            }
            require_open_file(connection, said.file).await?;
            if said.is_sound() { Ok(()) } else { refuse("store.odd_field") }
        }
        Version::Source(note) if note.author != author => refuse("store.not_your_act"),
        Version::Source(_) => Ok(()),
        Version::Course(act) if act.author().is_some_and(|own| own != author) => refuse("store.not_your_act"),
        Version::Course(_) => Ok(()),
        Version::Commission(commission) => require_deciders(connection, Some(commission)).await,
        Version::Note(note) => {
            if note.author != author {
                return refuse("store.not_your_note");
            }
            require_bid(connection, note.bid).await?;
            require_requirement(connection, &note.requirement).await
        }
    }
}

/// Judges a new version, and returns the event it takes the place of.
async fn admit_version(
    connection: &mut SqliteConnection,
    author: ActorId,
    record: RecordId,
    version: &Version,
) -> Result<Option<FileHash>, StoreError> {
    if records::version(connection, record).await?.is_some() {
        return refuse("store.record_exists");
    }
    judge_version(connection, author, version).await?;
    let before = records::current(connection, &version.slot()).await?;
    if let Some((_, _, Version::Note(before))) = &before
        && let Version::Note(note) = version
        && (before.author != author || before.bid != note.bid || before.requirement != note.requirement)
    {
        return refuse("store.not_your_note");
    }
    Ok(before.and_then(|(_, hash, _)| hash.parse().ok()))
}

/// Judges the undoing of a version (`wanted` is `current`) or its redoing (`undone`).
async fn admit_return(
    connection: &mut SqliteConnection,
    author: ActorId,
    record: RecordId,
    redo: bool,
) -> Result<Option<FileHash>, StoreError> {
    let Some((state, replaces, hash, version)) = records::version(connection, record).await? else {
        return Err(StoreError::not_found(record));
    };
    if let Version::Note(note) = &version
        && note.author != author
    {
        return refuse("store.not_your_note");
    }
    if let Version::Course(act) = &version {
        if !act.can_be_undone() {
            return refuse("store.only_happened");
        }
        if act.author().is_some_and(|own| own != author) {
            return refuse("store.not_your_act");
        }
    }
    let current = records::current(connection, &version.slot()).await?;
    if redo {
        if state != "undone" {
            return refuse("store.not_undone");
        }
        if current.as_ref().map(|(id, ..)| id) != replaces.as_ref() {
            return refuse("store.decided_since");
        }
        judge_version(connection, author, &version).await?;
        return Ok(current.and_then(|(_, hash, _)| hash.parse().ok()));
    }
    if state != "current" {
        return refuse("store.not_current");
    }
    if let Version::Commission(_) = version {
        let before = match replaces {
            Some(id) => {
                let id = id.parse().map_err(|_| StoreError::BrokenLog { detail: "p_record".into() })?;
                records::version(connection, RecordId(id)).await?
            }
            None => None,
        };
        match before {
            Some((.., Version::Commission(before))) => require_deciders(connection, Some(&before)).await?,
            _ => require_deciders(connection, None).await?,
        }
    }
    Ok(hash.parse().ok())
}

async fn decision_in_state(
    connection: &mut SqliteConnection,
    id: DecisionId,
    wanted: &str,
    reason: &'static str,
) -> Result<(), StoreError> {
    let state: Option<String> = sqlx::query_scalar("SELECT state FROM p_decision WHERE decision_id = ?1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    match state.as_deref() {
        None => Err(StoreError::not_found(id)),
        Some(state) if state == wanted => Ok(()),
        Some(_) => refuse(reason),
    }
}

async fn acta_state(connection: &mut SqliteConnection, acta: ActaId) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT state FROM p_acta WHERE acta_id = ?1")
        .bind(acta.to_string())
        .fetch_optional(connection)
        .await?)
}

/// Tells whether acts of other devices came since that now stand before the acta, and that whoever generated it had not seen: its page
/// cannot state them.
async fn was_joined_into(connection: &mut SqliteConnection, acta: ActaId) -> Result<bool, StoreError> {
    let row: Option<(String, i64, i64)> = sqlx::query_as(
        "SELECT header, clock_wall, clock_counter FROM events
         WHERE header LIKE '%\"kind\":\"acta_generated\"%' AND header LIKE ?1
         ORDER BY clock_wall DESC, clock_counter DESC LIMIT 1",
    )
    .bind(format!("%{acta}%"))
    .fetch_optional(&mut *connection)
    .await?;
    let Some((header, wall, counter)) = row else { return Ok(false) };
    let header: EventHeader = parse(&header)?;
    let before: Vec<(String, i64)> = sqlx::query_as(
        "SELECT device_id, MAX(seq) FROM events
         WHERE device_id <> ?1 AND (clock_wall < ?2 OR (clock_wall = ?2 AND clock_counter <= ?3)) GROUP BY device_id",
    )
    .bind(header.device_id.to_string())
    .bind(wall)
    .bind(counter)
    .fetch_all(connection)
    .await?;
    Ok(before.iter().any(|(device, seq)| {
        let seen = device.parse().ok().and_then(|device: DeviceId| header.seen.get(&device));
        u64::try_from(*seq).unwrap_or(0) > seen.map_or(0, |seen| seen.seq)
    }))
}

/// Tells whether everything an acta states is as it was when it was generated.
pub(crate) async fn basis_holds(connection: &mut SqliteConnection, acta: ActaId) -> Result<bool, StoreError> {
    let basis: Vec<(String, String)> =
        sqlx::query_as("SELECT stated, digest FROM p_acta_basis WHERE acta_id = ?1 ORDER BY number")
            .bind(acta.to_string())
            .fetch_all(&mut *connection)
            .await?;
    let draft = acta_state(connection, acta).await?.as_deref() == Some("generated");
    if draft && was_joined_into(connection, acta).await? {
        return Ok(false);
    }
    for (stated, before) in basis {
        let stated: Stated = parse(&stated)?;
        if digest(connection, &stated).await? != before {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Finds what an undo, a redo or a word on a page is about.
pub(crate) async fn about(
    connection: &mut SqliteConnection,
    payload: &EventPayload,
) -> Result<About, StoreError> {
    let mut about = About::default();
    match payload {
        EventPayload::DecisionUndone { decision } | EventPayload::DecisionRedone { decision } => {
            about.decision = decision_by_id(connection, *decision).await?;
        }
        EventPayload::RecordUndone { record } | EventPayload::RecordRedone { record } => {
            about.version = records::version(connection, *record).await?.map(|(.., version)| version);
            let file = match &about.version {
                Some(Version::Page(remedy)) => Some(remedy.file),
                Some(Version::Documents(arrangement)) => Some(arrangement.file),
                Some(Version::Field(said)) => Some(said.file),
                _ => None,
            };
            if let Some(file) = file {
                about.owners = owning_bids(connection, file).await?;
            }
        }
        EventPayload::DocumentsArranged { arrangement, .. } => {
            about.owners = owning_bids(connection, arrangement.file).await?;
        }
        EventPayload::FieldCorrected { correction, .. } => {
            about.owners = owning_bids(connection, correction.file).await?;
        }
        EventPayload::PageRemedied { remedy, .. } => {
            about.owners = owning_bids(connection, remedy.file).await?;
        }
        _ => {}
    }
    Ok(about)
}

/// Judges an event, and returns the hashes of the events it takes the place of.
pub(crate) async fn admit(
    connection: &mut SqliteConnection,
    author: ActorId,
    payload: &EventPayload,
) -> Result<Vec<FileHash>, StoreError> {
    let about = about(connection, payload).await?;
    refuse_sealed(connection, &touched(payload, &about)).await?;
    let about = about.decision;
    let mut supersedes = Vec::new();
    match payload {
        EventPayload::CaseCreated { .. } => {
            if exists(connection, "SELECT 1 FROM p_state WHERE key = ?1", "process").await? {
                return refuse("store.case_exists");
            }
        }
        EventPayload::RequirementAdded { requirement } => {
            if require_requirement(connection, &requirement.id).await.is_ok() {
                return refuse("store.requirement_exists");
            }
        }
        EventPayload::RequirementChanged { requirement } => {
            require_requirement(connection, &requirement.id).await?;
        }
        EventPayload::RequirementRemoved { requirement } => {
            require_requirement(connection, requirement).await?
        }
        EventPayload::BidAdded { bid } => {
            if require_bid(connection, bid.id).await.is_ok() {
                return refuse("store.bid_exists");
            }
        }
        EventPayload::BidderChanged { bid, .. }
        | EventPayload::BidMoved { bid, .. }
        | EventPayload::BidRemoved { bid }
        | EventPayload::Corrected { bid, .. }
        | EventPayload::CorrectionWithdrawn { bid, .. }
        | EventPayload::FilesDescribed { bid, .. }
        | EventPayload::OutcomeSet { bid, .. }
        | EventPayload::FileImported { owner: FileOwner::Bid(bid) | FileOwner::Answer(bid), .. } => {
            require_bid(connection, *bid).await?
        }
        EventPayload::FileUnsealed { file, .. } => {
            let query = "SELECT 1 FROM p_file WHERE hash = ?1 AND sealed = 1";
            if !exists(connection, query, &file.to_string()).await? {
                return refuse("store.not_sealed");
            }
        }
        EventPayload::Decided { decision } => {
            require_own(connection, decision.member, author).await?;
            require_bid(connection, decision.bid).await?;
            require_requirement(connection, &decision.requirement).await?;
            if decision_by_id(connection, decision.id).await?.is_some() {
                return refuse("store.decision_exists");
            }
            if let Some((_, hash)) = current_of_cell(connection, decision).await? {
                supersedes.extend(hash.parse::<FileHash>());
            }
        }
        EventPayload::DecisionUndone { decision } => {
            let about = about.ok_or_else(|| StoreError::not_found(decision))?;
            require_own(connection, about.member, author).await?;
            decision_in_state(connection, *decision, "current", "store.not_current").await?;
            supersedes.extend(event_of(connection, *decision).await?);
        }
        EventPayload::DecisionRedone { decision } => {
            let about = about.ok_or_else(|| StoreError::not_found(decision))?;
            require_own(connection, about.member, author).await?;
            decision_in_state(connection, *decision, "undone", "store.not_undone").await?;
            // Only while nothing was decided since: else the newer decision would be overwritten in silence.
            let replaced: Option<String> =
                sqlx::query_scalar("SELECT replaces FROM p_decision WHERE decision_id = ?1")
                    .bind(decision.to_string())
                    .fetch_one(&mut *connection)
                    .await?;
            let current = current_of_cell(connection, &about).await?;
            if current.as_ref().map(|(id, _)| id) != replaced.as_ref() {
                return refuse("store.decided_since");
            }
            supersedes.extend(current.and_then(|(_, hash)| hash.parse::<FileHash>().ok()));
        }
        EventPayload::SessionRecorded { record, session } => {
            let version = Version::Session(session.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::CommissionRecorded { record, commission } => {
            let version = Version::Commission(commission.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::NoteRecorded { record, note } => {
            let version = Version::Note(note.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::PageRemedied { record, remedy } => {
            let version = Version::Page(remedy.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::DocumentsArranged { record, arrangement } => {
            let version = Version::Documents(arrangement.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::FieldCorrected { record, correction } => {
            let version = Version::Field(correction.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::SourceNoted { record, note } => {
            let version = Version::Source(note.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::CourseRecorded { record, act } => {
            let version = Version::Course(act.clone());
            supersedes.extend(admit_version(connection, author, *record, &version).await?);
        }
        EventPayload::RecordUndone { record } => {
            supersedes.extend(admit_return(connection, author, *record, false).await?);
        }
        EventPayload::RecordRedone { record } => {
            supersedes.extend(admit_return(connection, author, *record, true).await?);
        }
        EventPayload::ActaGenerated { acta, states } => {
            // Once anybody signed it, an acta with this identifier is finished for good.
            let signed = "SELECT 1 FROM p_acta_signature WHERE acta_id = ?1";
            if exists(connection, signed, &acta.id.to_string()).await? {
                return Err(StoreError::Sealed { subject: key::acta(acta.id) });
            }
            for stated in states {
                if let Stated::Decision { decision } = stated {
                    decision_in_state(connection, *decision, "current", "store.not_current").await?;
                }
            }
        }
        EventPayload::ActaSigned { acta, .. } => match acta_state(connection, *acta).await?.as_deref() {
            None => return Err(StoreError::not_found(acta)),
            Some("generated") if basis_holds(connection, *acta).await? => {}
            Some("generated") => return refuse("store.acta_outdated"),
            Some("signed") => {}
            Some(_) => return refuse("store.acta_closed"),
        },
        EventPayload::RectificationOpened { acta, cause } => {
            if cause.trim().is_empty() {
                return refuse("store.cause_missing");
            }
            match acta_state(connection, *acta).await?.as_deref() {
                None => return Err(StoreError::not_found(acta)),
                Some("signed") => {}
                Some(_) => return refuse("store.not_signed"),
            }
        }
        EventPayload::RoundOpened { cause, .. } => {
            if cause.trim().is_empty() {
                return refuse("store.cause_missing");
            }
        }
        EventPayload::PackFrozen { pack, content } => {
            // A text under another hash would judge a case by rules that it does not name.
            let same = |text: &String| cotejo_domain::FileHash::of(text.as_bytes()) == pack.sha256;
            if !content.as_ref().is_none_or(same) {
                return refuse("store.other_pack");
            }
        }
        EventPayload::SeatTaken { member, actor, device } => {
            admit_seat(connection, author, *member, *actor, *device).await?;
        }
        EventPayload::DeviceAdded { .. }
        | EventPayload::DeviceAdmitted { .. }
        | EventPayload::ProcessChanged { .. }
        | EventPayload::PliegoImported { .. }
        | EventPayload::FileImported { owner: FileOwner::Process, .. }
        | EventPayload::ActorAdded { .. }
        | EventPayload::MemberAdded { .. }
        | EventPayload::MemberRemoved { .. } => {}
    }
    Ok(supersedes)
}

/// The bids that handed in a file.
async fn owning_bids(connection: &mut SqliteConnection, file: FileHash) -> Result<Vec<BidId>, StoreError> {
    let owners: Vec<String> = sqlx::query_scalar("SELECT owner FROM p_file WHERE hash = ?1 ORDER BY owner")
        .bind(file.to_string())
        .fetch_all(connection)
        .await?;
    Ok(owners.iter().filter_map(|owner| owner.parse().ok()).collect())
}

async fn event_of(connection: &mut SqliteConnection, id: DecisionId) -> Result<Option<FileHash>, StoreError> {
    let hash: Option<String> = sqlx::query_scalar("SELECT event_hash FROM p_decision WHERE decision_id = ?1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(hash.and_then(|hash| hash.parse().ok()))
}

async fn refuse_sealed(connection: &mut SqliteConnection, subjects: &[String]) -> Result<(), StoreError> {
    for subject in subjects {
        let query = "SELECT 1 FROM p_seal JOIN p_acta ON p_acta.acta_id = p_seal.acta_id
                     WHERE p_seal.subject = ?1 AND p_acta.state = 'signed'";
        if exists(connection, query, subject).await? {
            return Err(StoreError::Sealed { subject: subject.clone() });
        }
    }
    Ok(())
}

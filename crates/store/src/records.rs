//! What a person records as a whole and may undo as a whole: the session, the commission, a note, a page, the documents of a file, a source.
//! Each version names its slot; the newest version that was not undone holds.

use crate::projection::{parse, text};
use crate::{Case, StoreError};
use cotejo_domain::course::CourseAct;
use cotejo_domain::field_learning::{FieldAct, FieldCorrection};
use cotejo_domain::{
    Arrangement, Commission, FileHash, Note, NoteId, PageAct, PageRemedy, RecordId, Session, SourceNote,
    SourceOutcome,
};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// Holds one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", content = "value", rename_all = "snake_case")]
pub enum Version {
    /// The session.
    Session(Session),
    /// The commission.
    Commission(Commission),
    /// A note.
    Note(Note),
    /// What was done to a page.
    Page(PageRemedy),
    /// The documents of a file as a person arranged them.
    Documents(Arrangement),
    /// What a person said of a field.
    Field(FieldCorrection),
    /// What a source answered to a person.
    Source(SourceNote),
    /// An act of the course of the evaluation.
    Course(CourseAct),
}

/// Slot of the session.
pub(crate) const SESSION: &str = "sesion";
/// Slot of the commission.
pub(crate) const COMMISSION: &str = "comision";

/// Slot of a note.
pub(crate) fn note_slot(note: NoteId) -> String {
    format!("nota:{note}")
}

impl Version {
    pub(crate) fn slot(&self) -> String {
        match self {
            Self::Session(_) => SESSION.into(),
            Self::Commission(_) => COMMISSION.into(),
            Self::Note(note) => note_slot(note.id),
            Self::Page(remedy) => {
                let kind = match remedy.act {
                    PageAct::Turned(_) => "giro",
                    PageAct::Written(_) => "texto",
                };
                format!("foja:{}:{}:{kind}", remedy.file, remedy.page)
            }
            Self::Documents(arrangement) => format!("documentos:{}", arrangement.file),
            Self::Field(said) => {
                format!("dato:{}:{}:{}:{}", said.file, said.first_page, said.kind, said.field)
            }
            Self::Source(note) => format!("fuente:{}:{}", note.ruc, note.source),
            Self::Course(act) => act.slot(),
        }
    }
}

/// Returns the version that holds in a slot, with its identifier and the hash of its event.
pub(crate) async fn current(
    connection: &mut SqliteConnection,
    slot: &str,
) -> Result<Option<(String, String, Version)>, StoreError> {
    let row: Option<(String, String, String)> = sqlx::query_as(
        "SELECT record_id, event_hash, content FROM p_record WHERE slot = ?1 AND state = 'current'",
    )
    .bind(slot)
    .fetch_optional(connection)
    .await?;
    row.map(|(id, hash, content)| Ok((id, hash, parse(&content)?))).transpose()
}

/// Returns a version by its identifier, with its state and what it took the place of.
pub(crate) async fn version(
    connection: &mut SqliteConnection,
    record: RecordId,
) -> Result<Option<(String, Option<String>, String, Version)>, StoreError> {
    let row: Option<(String, Option<String>, String, String)> =
        sqlx::query_as("SELECT state, replaces, event_hash, content FROM p_record WHERE record_id = ?1")
            .bind(record.to_string())
            .fetch_optional(connection)
            .await?;
    row.map(|(state, replaces, hash, content)| Ok((state, replaces, hash, parse(&content)?))).transpose()
}

/// Applies a new version.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    hash: FileHash,
    record: RecordId,
    version: &Version,
) -> Result<(), StoreError> {
    let slot = version.slot();
    let before = current(connection, &slot).await?.map(|(id, ..)| id);
    if let Some(before) = &before {
        set_state(connection, before, "replaced").await?;
    }
    sqlx::query(
        "INSERT INTO p_record (record_id, slot, state, replaces, event_hash, content)
         VALUES (?1, ?2, 'current', ?3, ?4, ?5) ON CONFLICT (record_id) DO NOTHING",
    )
    .bind(record.to_string())
    .bind(slot)
    .bind(before)
    .bind(hash.to_string())
    .bind(text(version)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Applies an undo: the version before holds again.
pub(crate) async fn undo(connection: &mut SqliteConnection, record: RecordId) -> Result<(), StoreError> {
    let Some((state, before, ..)) = version(connection, record).await? else { return Ok(()) };
    if state == "current" {
        set_state(connection, &record.to_string(), "undone").await?;
        if let Some(before) = before {
            set_state(connection, &before, "current").await?;
        }
    }
    Ok(())
}

/// Applies a redo.
pub(crate) async fn redo(connection: &mut SqliteConnection, record: RecordId) -> Result<(), StoreError> {
    let Some((state, before, ..)) = version(connection, record).await? else { return Ok(()) };
    if state == "undone" {
        if let Some(before) = before {
            set_state(connection, &before, "replaced").await?;
        }
        set_state(connection, &record.to_string(), "current").await?;
    }
    Ok(())
}

async fn set_state(connection: &mut SqliteConnection, id: &str, state: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE p_record SET state = ?2 WHERE record_id = ?1")
        .bind(id)
        .bind(state)
        .execute(connection)
        .await?;
    Ok(())
}

impl Case {
    /// Returns the session, if it was recorded.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self) -> Result<Option<Session>, StoreError> {
        Ok(match current(&mut *self.reader().await?, SESSION).await? {
            Some((_, _, Version::Session(session))) => Some(session),
            _ => None,
        })
    }

    /// Returns the commission, if it was recorded.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commission(&self) -> Result<Option<Commission>, StoreError> {
        let found = current(&mut *self.reader().await?, COMMISSION).await?;
        Ok(match found {
            Some((_, _, Version::Commission(mut commission))) => {
                // Who took a seat on a machine of their own is the person of that seat.
                for holder in self.seats_taken().await? {
                    for seat in commission.seats.iter_mut().filter(|seat| seat.member.id == holder.member) {
                        seat.member.actor = holder.actor;
                        seat.actor.id = holder.actor;
                    }
                }
                Some(commission)
            }
            _ => None,
        })
    }

    /// Returns every version of the commission that ever held or was undone, the oldest first: for the names behind old verdicts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commission_versions(&self) -> Result<Vec<Commission>, StoreError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT content FROM p_record WHERE slot = ?1 ORDER BY record_id")
                .bind(COMMISSION)
                .fetch_all(&mut *self.reader().await?)
                .await?;
        let mut versions = Vec::new();
        for row in rows {
            if let Version::Commission(commission) = parse(&row)? {
                versions.push(commission);
            }
        }
        Ok(versions)
    }

    /// Returns the notes that hold and were not taken back, in the order they were first written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notes(&self) -> Result<Vec<Note>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT content FROM p_record WHERE state = 'current' AND slot LIKE 'nota:%' ORDER BY slot",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut notes = Vec::new();
        for row in rows {
            if let Version::Note(note) = parse(&row)?
                && !note.withdrawn
            {
                notes.push(note);
            }
        }
        Ok(notes)
    }

    /// Returns what persons did to the pages of a file and holds, in order of page; a page back in its first state is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page_remedies(&self, file: FileHash) -> Result<Vec<PageRemedy>, StoreError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT content FROM p_record WHERE state = 'current' AND slot LIKE ?1")
                .bind(format!("foja:{file}:%"))
                .fetch_all(&mut *self.reader().await?)
                .await?;
        let mut remedies = Vec::new();
        for row in rows {
            match parse(&row)? {
                Version::Page(PageRemedy { act: PageAct::Turned(0), .. }) => {}
                Version::Page(PageRemedy { act: PageAct::Written(text), .. }) if text.is_empty() => {}
                Version::Page(remedy) => remedies.push(remedy),
                _ => {}
            }
        }
        remedies.sort_by_key(|remedy| (remedy.page, matches!(remedy.act, PageAct::Written(_))));
        Ok(remedies)
    }

    /// Returns what persons did to any page, as [`Case::page_remedies`] does for one file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_page_remedies(&self) -> Result<Vec<PageRemedy>, StoreError> {
        let files: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT substr(slot, 6, 64) FROM p_record WHERE state = 'current' AND slot LIKE 'foja:%'",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut remedies = Vec::new();
        for file in files.iter().filter_map(|file| file.parse().ok()) {
            remedies.extend(self.page_remedies(file).await?);
        }
        Ok(remedies)
    }

    /// Returns how a person arranged the documents of a file; `None` where the machine's cut holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn arrangement(&self, file: FileHash) -> Result<Option<Arrangement>, StoreError> {
        Ok(match current(&mut *self.reader().await?, &format!("documentos:{file}")).await? {
            Some((_, _, Version::Documents(arrangement))) if !arrangement.documents.is_empty() => {
                Some(arrangement)
            }
            _ => None,
        })
    }

    /// Returns what persons said of fields of a file's documents, as far as it holds; a field that is the machine's again is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn field_corrections(&self, file: FileHash) -> Result<Vec<FieldCorrection>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT content FROM p_record WHERE state = 'current' AND slot LIKE ?1 ORDER BY slot",
        )
        .bind(format!("dato:{file}:%"))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut corrections = Vec::new();
        for row in rows {
            if let Version::Field(correction) = parse(&row)?
                && correction.act != FieldAct::Withdrawn
            {
                corrections.push(correction);
            }
        }
        Ok(corrections)
    }

    /// Returns what persons noted of sources that only they can ask, as far as it holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn source_notes(&self) -> Result<Vec<SourceNote>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT content FROM p_record WHERE state = 'current' AND slot LIKE 'fuente:%' ORDER BY slot",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut notes = Vec::new();
        for row in rows {
            if let Version::Source(note) = parse(&row)?
                && note.outcome != SourceOutcome::Withdrawn
            {
                notes.push(note);
            }
        }
        Ok(notes)
    }

    /// Returns the acts of the course that hold, the oldest first, each with its identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn course_acts(&self) -> Result<Vec<(RecordId, CourseAct)>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT record_id, content FROM p_record WHERE state = 'current' AND slot LIKE 'acto:%' ORDER BY record_id",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut acts = Vec::new();
        for (record, content) in rows {
            let record = record.parse().map_err(|_| StoreError::BrokenLog { detail: "p_record".into() })?;
            if let Version::Course(act) = parse(&content)? {
                acts.push((RecordId(record), act));
            }
        }
        Ok(acts)
    }

    /// Tells whether something was ever recorded in a slot of the course, undone versions included.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn course_slot_used(&self, slot: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM p_record WHERE slot = ?1 LIMIT 1")
            .bind(slot)
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        Ok(found.is_some())
    }

    /// Returns a version by its identifier, whatever became of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recorded(&self, record: RecordId) -> Result<Option<Version>, StoreError> {
        let version = version(&mut *self.reader().await?, record).await?;
        Ok(version.map(|(.., content)| content))
    }
}

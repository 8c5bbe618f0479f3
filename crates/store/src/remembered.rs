//! What is remembered of papers from one case to another, in the profile: apart for each entity, replaced as a whole with each reading of a
//! case, forgotten when a case is erased or a person says so. The content is the caller's; no text of a paper belongs in it.

use crate::{Profile, StoreError};
use cotejo_domain::CaseId;
use sqlx::Connection as _;

/// Most papers that are kept of one case.
pub const MOST_REMEMBERED: usize = 5_000;

/// Says of which case something is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryOf {
    /// The case.
    pub case: CaseId,
    /// How people call it.
    pub name: String,
    /// Names the entity: what another case must have in common with this one.
    pub entity: String,
    /// The entity, for people.
    pub entity_name: String,
    /// What the papers were taken from: the same digest, the same papers.
    pub digest: String,
}

/// Describes what is remembered of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedCase {
    /// The case.
    pub case: CaseId,
    /// How people call it.
    pub name: String,
    /// The entity, for people.
    pub entity: String,
    /// How many papers.
    pub papers: u32,
    /// When they were taken.
    pub at: jiff::Timestamp,
    /// True when a person said that nothing of this case is to be remembered.
    pub refused: bool,
}

/// One paper that is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedRow {
    /// The case it stands in.
    pub case: CaseId,
    /// How people call that case.
    pub name: String,
    /// What is remembered of it.
    pub content: String,
}

/// Says what is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forgetting {
    /// One case.
    Case(CaseId),
    /// All cases of one entity, as people read it.
    Entity(String),
    /// Everything.
    All,
}

impl Profile {
    /// Keeps the papers of a case in place of those before: each its kind and its content. Nothing is kept of a case that was refused.
    /// Tells whether anything was written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember(&self, of: &MemoryOf, papers: &[(String, String)]) -> Result<bool, StoreError> {
        let now = self.ports().clock.now().to_string();
        let case = of.case.to_string();
        let mut database = self.database().await;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let known: Option<(String, bool)> =
            sqlx::query_as("SELECT digest, refused FROM memory_case WHERE case_id = ?1")
                .bind(&case)
                .fetch_optional(&mut *transaction)
                .await?;
        if known.is_some_and(|(digest, refused)| refused || digest == of.digest) {
            return Ok(false);
        }
        sqlx::query("DELETE FROM memory_paper WHERE case_id = ?1")
            .bind(&case)
            .execute(&mut *transaction)
            .await?;
        let kept = papers.len().min(MOST_REMEMBERED);
        sqlx::query(
            "INSERT INTO memory_case (case_id, name, entity, entity_name, digest, papers, at, refused)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)
             ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, entity = excluded.entity,
             entity_name = excluded.entity_name, digest = excluded.digest, papers = excluded.papers, at = excluded.at",
        )
        .bind(&case)
        .bind(&of.name)
        .bind(&of.entity)
        .bind(&of.entity_name)
        .bind(&of.digest)
        .bind(i64::try_from(kept).unwrap_or(i64::MAX))
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        for (number, (kind, content)) in papers.iter().take(kept).enumerate() {
            sqlx::query("INSERT INTO memory_paper (case_id, number, kind, content) VALUES (?1, ?2, ?3, ?4)")
                .bind(&case)
                .bind(i64::try_from(number).unwrap_or(i64::MAX))
                .bind(kind)
                .bind(content)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Returns the papers of some kinds that are remembered of the other cases of an entity, the latest case first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remembered(
        &self,
        entity: &str,
        except: CaseId,
        kinds: &[String],
    ) -> Result<Vec<RememberedRow>, StoreError> {
        let mut database = self.database().await;
        let mut found = Vec::new();
        for kind in kinds {
            let rows: Vec<(String, String, String)> = sqlx::query_as(
                "SELECT memory_case.case_id, memory_case.name, memory_paper.content FROM memory_paper
                 JOIN memory_case ON memory_case.case_id = memory_paper.case_id
                 WHERE memory_case.entity = ?1 AND memory_paper.kind = ?2 AND memory_case.case_id <> ?3
                 ORDER BY memory_case.at DESC, memory_case.case_id, memory_paper.number",
            )
            .bind(entity)
            .bind(kind)
            .bind(except.to_string())
            .fetch_all(&mut *database)
            .await?;
            for (case, name, content) in rows {
                found.push(RememberedRow { case: id_of(&case)?, name, content });
            }
        }
        Ok(found)
    }

    /// Lists of which cases something is remembered, and those that were refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remembered_cases(&self) -> Result<Vec<RememberedCase>, StoreError> {
        let mut database = self.database().await;
        let rows: Vec<(String, String, String, u32, String, bool)> = sqlx::query_as(
            "SELECT case_id, name, entity_name, papers, at, refused FROM memory_case ORDER BY entity_name, at, case_id",
        )
        .fetch_all(&mut *database)
        .await?;
        rows.into_iter()
            .map(|(case, name, entity, papers, at, refused)| {
                let at = at.parse().map_err(|_| StoreError::BrokenLog { detail: "memory_case".into() })?;
                Ok(RememberedCase { case: id_of(&case)?, name, entity, papers, at, refused })
            })
            .collect()
    }

    /// Forgets, and remembers only that nothing of those cases is to be taken again. Returns how many papers were forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_papers(&self, what: &Forgetting) -> Result<u32, StoreError> {
        let cases = self.remembered_cases().await?;
        let meant = cases.into_iter().filter(|known| match what {
            Forgetting::Case(case) => known.case == *case,
            Forgetting::Entity(entity) => known.entity == *entity,
            Forgetting::All => true,
        });
        let mut database = self.database().await;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let mut forgotten = 0;
        for known in meant {
            let case = known.case.to_string();
            forgotten += known.papers;
            sqlx::query("DELETE FROM memory_paper WHERE case_id = ?1")
                .bind(&case)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("UPDATE memory_case SET papers = 0, digest = '', refused = 1 WHERE case_id = ?1")
                .bind(&case)
                .execute(&mut *transaction)
                .await?;
        }
        // A case of which nothing was taken yet can be refused beforehand.
        if let Forgetting::Case(case) = what {
            let now = self.ports().clock.now().to_string();
            sqlx::query(
                "INSERT INTO memory_case (case_id, name, entity, entity_name, digest, papers, at, refused)
                 VALUES (?1, '', '', '', '', 0, ?2, 1) ON CONFLICT (case_id) DO NOTHING",
            )
            .bind(case.to_string())
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        // Freed pages keep what they held until they are written over.
        sqlx::query("VACUUM").execute(&mut *database).await?;
        Ok(forgotten)
    }

    /// Lets a case that was refused be remembered again, from its next reading on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn allow_papers(&self, case: CaseId) -> Result<(), StoreError> {
        let mut database = self.database().await;
        sqlx::query("DELETE FROM memory_case WHERE case_id = ?1 AND refused = 1")
            .bind(case.to_string())
            .execute(&mut *database)
            .await?;
        Ok(())
    }

    /// Leaves no trace of a case that is erased.
    pub(crate) async fn forget_erased(&self, case: CaseId) -> Result<(), StoreError> {
        let mut database = self.database().await;
        for table in
            ["DELETE FROM memory_paper WHERE case_id = ?1", "DELETE FROM memory_case WHERE case_id = ?1"]
        {
            sqlx::query(table).bind(case.to_string()).execute(&mut *database).await?;
        }
        Ok(())
    }
}

fn id_of(text: &str) -> Result<CaseId, StoreError> {
    text.parse().map_err(|_| StoreError::BrokenLog { detail: "memory_case".into() })
}

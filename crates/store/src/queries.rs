//! What the case says at present, read from the projections.

use crate::projection::{owner_key, owner_of_key, parse};
use crate::{ActaRecord, ActaSignature, Case, Correction, FileOwner, PackReference, Stated, StoreError};
use cotejo_domain::{
    Actor, Bid, BidFile, BidId, Decision, Device, FileHash, Lot, LotId, Member, Outcome, Pliego, Process,
    Requirement, Round,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Holds the head data of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseState {
    /// Name for people.
    pub name: String,
    /// The process.
    pub process: Process,
    /// Its lots.
    pub lots: Vec<Lot>,
    /// The rule pack, once it is fixed.
    pub pack: Option<PackReference>,
    /// The pliego, once one was taken in.
    pub pliego: Option<Pliego>,
    /// The round: 1 at first.
    pub round: Round,
}

/// Tells what became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionState {
    /// It holds.
    Current,
    /// A later one took its place.
    Replaced,
    /// It was undone.
    Undone,
}

/// Holds a decision with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// The decision.
    pub decision: Decision,
    /// What became of it.
    pub state: DecisionState,
    /// True when its requirement, or a page it rests on, changed since: *revisar de nuevo*.
    pub review: bool,
}

/// Tells where an acta stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActaState {
    /// Generated, not signed.
    Generated,
    /// Signed: it seals what it states.
    Signed,
    /// Signed, and a rectification is open.
    InRectification,
    /// Signed in an earlier round.
    EarlierRound,
}

/// Holds an acta with its signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActaRow {
    /// The acta.
    pub acta: ActaRecord,
    /// Where it stands.
    pub state: ActaState,
    /// What it states.
    pub states: Vec<Stated>,
    /// Its signatures, in order.
    pub signatures: Vec<ActaSignature>,
}

/// Holds how the evaluation of a bid ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRow {
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid: BidId,
    /// How.
    pub outcome: Outcome,
}

impl Case {
    async fn column<T: DeserializeOwned>(&self, query: &'static str) -> Result<Vec<T>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut *self.reader().await?).await?;
        rows.iter().map(|content| parse(content)).collect()
    }

    /// Returns the head data.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the case has no beginning: its log is damaged.
    pub async fn state(&self) -> Result<CaseState, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT key, value FROM p_state").fetch_all(&mut *self.reader().await?).await?;
        let rows: BTreeMap<String, String> = rows.into_iter().collect();
        fn value<T: DeserializeOwned>(
            rows: &BTreeMap<String, String>,
            key: &str,
        ) -> Result<Option<T>, StoreError> {
            rows.get(key).map(|content| parse(content)).transpose()
        }
        let missing = |key: &str| StoreError::not_found(format!("p_state {key}"));
        Ok(CaseState {
            name: value(&rows, "name")?.ok_or_else(|| missing("name"))?,
            process: value(&rows, "process")?.ok_or_else(|| missing("process"))?,
            lots: value(&rows, "lots")?.unwrap_or_default(),
            pack: value(&rows, "pack")?,
            pliego: value(&rows, "pliego")?,
            round: value(&rows, "round")?.unwrap_or(Round(1)),
        })
    }

    /// Returns the exact text of the rule pack that the case is judged by, where it was kept with the case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn frozen_pack(&self) -> Result<Option<String>, StoreError> {
        let kept: Option<String> = sqlx::query_scalar("SELECT value FROM p_state WHERE key = 'pack_content'")
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        Ok(kept.map(|text| parse(&text)).transpose()?.flatten())
    }

    /// Returns the requirements in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn requirements(&self) -> Result<Vec<Requirement>, StoreError> {
        self.column("SELECT content FROM p_requirement ORDER BY position").await
    }

    /// Returns the bids in the order they were added, with their files in order of path.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bids(&self) -> Result<Vec<Bid>, StoreError> {
        let mut bids: Vec<Bid> = self.column("SELECT content FROM p_bid ORDER BY position").await?;
        for bid in &mut bids {
            bid.files = self.files(FileOwner::Bid(bid.id)).await?;
        }
        Ok(bids)
    }

    /// Returns the files of a bid or of the process, in order of path; `sealed` says whether their bytes are sealed now, here or in
    /// another bid that handed in the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn files(&self, owner: FileOwner) -> Result<Vec<BidFile>, StoreError> {
        let rows: Vec<(String, bool)> = sqlx::query_as(concat!(
            "SELECT content, hash IN (SELECT hash FROM p_file WHERE sealed = 1) FROM p_file ",
            "WHERE owner = ?1 ORDER BY path"
        ))
        .bind(owner_key(owner))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.into_iter().map(|(content, sealed)| Ok(BidFile { sealed, ..parse(&content)? })).collect()
    }

    /// Returns the persons, as the recorded commission names them where it does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actors(&self) -> Result<Vec<Actor>, StoreError> {
        let mut actors: Vec<Actor> = self.column("SELECT content FROM p_actor ORDER BY actor_id").await?;
        for seat in self.commission().await?.into_iter().flat_map(|commission| commission.seats) {
            match actors.iter_mut().find(|actor| actor.id == seat.actor.id) {
                Some(actor) => {
                    *actor = Actor { enrolled: actor.enrolled || seat.actor.enrolled, ..seat.actor }
                }
                None => actors.push(seat.actor),
            }
        }
        Ok(actors)
    }

    /// Returns who sits: the seats of the recorded commission in their order, or the members added one by one while none is recorded.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn members(&self) -> Result<Vec<Member>, StoreError> {
        if let Some(commission) = self.commission().await? {
            return Ok(commission.seats.into_iter().map(|seat| seat.member).collect());
        }
        let mut members = self.members_one_by_one().await?;
        for holder in self.seats_taken().await? {
            for member in members.iter_mut().filter(|member| member.id == holder.member) {
                member.actor = holder.actor;
            }
        }
        Ok(members)
    }

    /// Returns the members that were added one by one, whether or not a commission was recorded since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn members_one_by_one(&self) -> Result<Vec<Member>, StoreError> {
        self.column("SELECT content FROM p_member ORDER BY member_id").await
    }

    /// Returns the devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices(&self) -> Result<Vec<Device>, StoreError> {
        self.column("SELECT content FROM p_device ORDER BY device_id").await
    }

    /// Returns what persons put in place of the machine's readings of a bid, by key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn corrections(&self, bid: BidId) -> Result<BTreeMap<String, Correction>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT key, content FROM p_correction WHERE bid_id = ?1 ORDER BY key")
                .bind(bid.to_string())
                .fetch_all(&mut *self.reader().await?)
                .await?;
        rows.into_iter().map(|(key, content)| Ok((key, parse(&content)?))).collect()
    }

    /// Returns the decisions that hold, on bids that are there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decisions(&self) -> Result<Vec<DecisionRow>, StoreError> {
        let history = self.decision_history().await?;
        Ok(history.into_iter().filter(|row| row.state == DecisionState::Current).collect())
    }

    /// Returns every decision on bids that are there, undone and replaced ones included, in the order they were made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decision_history(&self) -> Result<Vec<DecisionRow>, StoreError> {
        let rows: Vec<(String, String, bool)> = sqlx::query_as(
            "SELECT content, state, review FROM p_decision
             WHERE bid_id IN (SELECT bid_id FROM p_bid) ORDER BY decision_id",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.into_iter()
            .map(|(content, state, review)| {
                let state = match state.as_str() {
                    "current" => DecisionState::Current,
                    "replaced" => DecisionState::Replaced,
                    _ => DecisionState::Undone,
                };
                Ok(DecisionRow { decision: parse(&content)?, state, review })
            })
            .collect()
    }

    /// Returns how the evaluations ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outcomes(&self) -> Result<Vec<OutcomeRow>, StoreError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT lot_id, bid_id, content FROM p_outcome ORDER BY lot_id, bid_id")
                .fetch_all(&mut *self.reader().await?)
                .await?;
        let broken = || StoreError::BrokenLog { detail: "p_outcome".into() };
        rows.into_iter()
            .map(|(lot, bid, content)| {
                Ok(OutcomeRow {
                    lot: lot.parse().map_err(|_| broken())?,
                    bid: bid.parse().map_err(|_| broken())?,
                    outcome: parse(&content)?,
                })
            })
            .collect()
    }

    /// Returns the actas in the order they were generated.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actas(&self) -> Result<Vec<ActaRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT acta_id, state, content FROM p_acta ORDER BY position")
                .fetch_all(&mut *reader)
                .await?;
        let mut actas = Vec::with_capacity(rows.len());
        for (id, state, content) in rows {
            let states: Vec<String> =
                sqlx::query_scalar("SELECT stated FROM p_acta_basis WHERE acta_id = ?1 ORDER BY number")
                    .bind(&id)
                    .fetch_all(&mut *reader)
                    .await?;
            let signatures: Vec<String> =
                sqlx::query_scalar("SELECT content FROM p_acta_signature WHERE acta_id = ?1 ORDER BY number")
                    .bind(&id)
                    .fetch_all(&mut *reader)
                    .await?;
            actas.push(ActaRow {
                acta: parse(&content)?,
                state: match state.as_str() {
                    "signed" => ActaState::Signed,
                    "in_rectification" => ActaState::InRectification,
                    "earlier_round" => ActaState::EarlierRound,
                    _ => ActaState::Generated,
                },
                states: states.iter().map(|stated| parse(stated)).collect::<Result<_, _>>()?,
                signatures: signatures.iter().map(|signature| parse(signature)).collect::<Result<_, _>>()?,
            });
        }
        Ok(actas)
    }

    /// Tells whether everything an acta states still is as it was when it was generated.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn acta_holds(&self, acta: cotejo_domain::ActaId) -> Result<bool, StoreError> {
        crate::admission::basis_holds(&mut *self.reader().await?, acta).await
    }

    /// Tells whether these bytes are sealed in any bid.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_sealed(&self, file: FileHash) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM p_file WHERE hash = ?1 AND sealed = 1)";
        Ok(sqlx::query_scalar(query).bind(file.to_string()).fetch_one(&mut *self.reader().await?).await?)
    }

    /// Returns the bids and the process among whose files a document is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owners_of(&self, file: FileHash) -> Result<Vec<(FileOwner, BidFile)>, StoreError> {
        let rows: Vec<(String, String, bool)> = sqlx::query_as(concat!(
            "SELECT owner, content, hash IN (SELECT hash FROM p_file WHERE sealed = 1) FROM p_file ",
            "WHERE hash = ?1 ORDER BY owner, path"
        ))
        .bind(file.to_string())
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.into_iter()
            .map(|(owner, content, sealed)| {
                let owner = owner_of_key(&owner);
                Ok((owner, BidFile { sealed, ..parse(&content)? }))
            })
            .collect()
    }
}

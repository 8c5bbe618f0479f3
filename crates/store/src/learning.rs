//! What a person taught the program by correcting it, kept in the profile: examples of pages, and how often the machine knew no answer.
//!
//! Examples hold no text and no image ([`PageSignature`]). They leave the machine only as a file that this device signs, when the person
//! asks for it; a colleague's file is checked before anything of it is kept.

use crate::event::verifying_key;
use crate::projection::{parse, text};
use crate::{Profile, StoreError};
use cotejo_domain::field_learning::{FieldContext, FieldExample};
use cotejo_domain::{DocumentType, PageExample, PageSignature, document_type_entry};
use ed25519_dalek::{Signature, Signer as _};
use serde::{Deserialize, Serialize};
use sqlx::Connection as _;
use std::collections::BTreeSet;

/// Names the file's form.
const FORMAT: &str = "cotejo-aprendizaje";
/// Newest version of the file that this program writes and reads.
const VERSION: u32 = 1;
/// Bytes of the largest file that is looked at.
pub const LARGEST_LEARNING_FILE: usize = 64 * 1024 * 1024;
/// Examples that are kept, and that one file may hold.
pub const MOST_EXAMPLES: usize = 20_000;

/// Describes one example as the profile keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptExample {
    /// The example.
    pub example: PageExample,
    /// Public key of the device it came from; `None` for this person's own.
    pub origin: Option<String>,
    /// What the machine had taken the page for.
    pub was: String,
    /// Names the act or the file it came with.
    pub batch: String,
    /// False when it was withdrawn: it has no say, but can be taken up again.
    pub active: bool,
}

/// Describes one example of a field as the profile keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFieldExample {
    /// The example.
    pub example: FieldExample,
    /// Public key of the device it came from; `None` for this person's own.
    pub origin: Option<String>,
    /// Names the act or the file it came with.
    pub batch: String,
    /// False when it was withdrawn: it has no say, but can be taken up again.
    pub active: bool,
}

/// Counts what the machine made of the pages of one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// `2026-11`.
    pub month: String,
    /// Pages that were recognised.
    pub pages: u64,
    /// Pages that the machine could not name.
    pub abstained: u64,
    /// Pages that were named by an example.
    pub by_example: u64,
    /// Pages whose type a person corrected.
    pub corrected: u64,
}

/// Says what became of a colleague's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearningImport {
    /// Public key of the device that signed it.
    pub signer: String,
    /// Examples that are new here.
    pub added: usize,
    /// Examples that were here already.
    pub known: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: uuid::Uuid,
    kind: DocumentType,
    begins: bool,
    on: jiff::civil::Date,
    signature: PageSignature,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenField {
    id: uuid::Uuid,
    kind: DocumentType,
    field: String,
    on: jiff::civil::Date,
    signature: PageSignature,
    context: FieldContext,
}

impl WrittenField {
    fn example(self, own: bool) -> FieldExample {
        let Self { id, kind, field, on, signature, context } = self;
        FieldExample { id, kind, field, on, own, signature, context }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    format: String,
    version: u32,
    made_at: jiff::Timestamp,
    examples: Vec<Written>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<WrittenField>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    public_key: String,
    signature: String,
}

/// What is signed cannot be taken for an event, nor for anything else that this key signs.
fn signed_bytes(contents: &[u8]) -> Vec<u8> {
    [b"cotejo aprendizaje v1\0".as_slice(), contents].concat()
}

fn refused(reason: &'static str) -> StoreError {
    StoreError::Precondition { reason }
}

/// Checks a colleague's file: its length, its signature, its version, and every number in it.
fn checked(bytes: &[u8]) -> Result<(Vec<Written>, Vec<FieldExample>, String), StoreError> {
    if bytes.len() > LARGEST_LEARNING_FILE {
        return Err(refused("store.learning_too_large"));
    }
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let (Some(contents), Some(seal)) = (lines.next(), lines.next()) else {
        return Err(refused("store.learning_unreadable"));
    };
    if lines.any(|rest| !rest.is_empty()) {
        return Err(refused("store.learning_unreadable"));
    }
    let seal: Seal = serde_json::from_slice(seal).map_err(|_| refused("store.learning_unreadable"))?;
    // First the signature: of what nobody signed nothing is read.
    let key = verifying_key(&seal.public_key).ok_or_else(|| refused("store.learning_not_signed"))?;
    let signature: [u8; 64] = hex::decode(&seal.signature)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| refused("store.learning_not_signed"))?;
    key.verify_strict(&signed_bytes(contents), &Signature::from_bytes(&signature))
        .map_err(|_| refused("store.learning_not_signed"))?;
    let contents: Contents =
        serde_json::from_slice(contents).map_err(|_| refused("store.learning_unreadable"))?;
    if contents.format != FORMAT || contents.version != VERSION {
        return Err(refused("store.learning_version"));
    }
    if contents.examples.len().saturating_add(contents.fields.len()) > MOST_EXAMPLES {
        return Err(refused("store.learning_too_large"));
    }
    let mut seen = BTreeSet::new();
    for example in &contents.examples {
        let sound = example.signature.is_sound() && document_type_entry(&example.kind.0).is_some();
        if !sound || !seen.insert(example.id) {
            return Err(refused("store.learning_unsound"));
        }
    }
    let fields: Vec<FieldExample> = contents.fields.into_iter().map(|field| field.example(false)).collect();
    for field in &fields {
        if !field.is_sound() || !seen.insert(field.id) {
            return Err(refused("store.learning_unsound"));
        }
    }
    Ok((contents.examples, fields, seal.public_key.to_lowercase()))
}

impl Profile {
    /// Keeps examples of one act or one file. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when there are too many; when the database fails.
    pub async fn learn(&self, examples: &[KeptExample]) -> Result<usize, StoreError> {
        let mut database = self.database().await;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let kept: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM example").fetch_one(&mut *transaction).await?;
        if usize::try_from(kept).unwrap_or(usize::MAX).saturating_add(examples.len()) > MOST_EXAMPLES {
            return Err(refused("store.learning_full"));
        }
        let mut added = 0;
        for KeptExample { example, origin, was, batch, active } in examples {
            let done = sqlx::query(
                "INSERT INTO example (example_id, kind, begins, made_on, origin, was, batch, active, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (example_id) DO NOTHING",
            )
            .bind(example.id.to_string())
            .bind(&example.kind.0)
            .bind(example.begins)
            .bind(example.on.to_string())
            .bind(origin.as_deref().unwrap_or_default())
            .bind(was)
            .bind(batch)
            .bind(active)
            .bind(text(&example.signature)?)
            .execute(&mut *transaction)
            .await?;
            added += usize::try_from(done.rows_affected()).unwrap_or_default();
        }
        transaction.commit().await?;
        Ok(added)
    }

    /// Lists the examples, the withdrawn ones too, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn examples(&self) -> Result<Vec<KeptExample>, StoreError> {
        type Row = (String, String, bool, String, String, String, String, bool, String);
        let mut database = self.database().await;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT example_id, kind, begins, made_on, origin, was, batch, active, content FROM example
             ORDER BY made_on DESC, rowid DESC",
        )
        .fetch_all(&mut *database)
        .await?;
        let broken = || StoreError::BrokenLog { detail: "example".into() };
        rows.into_iter()
            .map(|(id, kind, begins, on, origin, was, batch, active, content)| {
                let example = PageExample {
                    id: id.parse().map_err(|_| broken())?,
                    kind: DocumentType(kind),
                    begins,
                    on: on.parse().map_err(|_| broken())?,
                    own: origin.is_empty(),
                    signature: parse(&content)?,
                };
                let origin = Some(origin).filter(|origin| !origin.is_empty());
                Ok(KeptExample { example, origin, was, batch, active })
            })
            .collect()
    }

    /// Withdraws the examples of one act or one file, or takes them up again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_batch_active(&self, batch: &str, active: bool) -> Result<(), StoreError> {
        let mut database = self.database().await;
        for table in [
            "UPDATE example SET active = ?2 WHERE batch = ?1",
            "UPDATE field_example SET active = ?2 WHERE batch = ?1",
        ] {
            sqlx::query(table).bind(batch).bind(active).execute(&mut *database).await?;
        }
        Ok(())
    }

    /// Withdraws one example, or takes it up again; false when there is none of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_example_active(&self, id: uuid::Uuid, active: bool) -> Result<bool, StoreError> {
        let mut database = self.database().await;
        let mut found = false;
        for table in [
            "UPDATE example SET active = ?2 WHERE example_id = ?1",
            "UPDATE field_example SET active = ?2 WHERE example_id = ?1",
        ] {
            let done = sqlx::query(table).bind(id.to_string()).bind(active).execute(&mut *database).await?;
            found |= done.rows_affected() > 0;
        }
        Ok(found)
    }

    /// Writes this person's own examples as a file that this device signs: two lines of JSON, the contents and the seal. No image, no text,
    /// no name of a case, a file or a person is in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn export_learning(&self) -> Result<Vec<u8>, StoreError> {
        let kept = self.examples().await?.into_iter().filter(|kept| kept.origin.is_none() && kept.active);
        let examples = kept
            .map(|KeptExample { example, .. }| Written {
                id: example.id,
                kind: example.kind,
                begins: example.begins,
                on: example.on,
                signature: example.signature,
            })
            .collect();
        let fields = self.field_examples().await?.into_iter();
        let fields = fields.filter(|kept| kept.origin.is_none() && kept.active).map(|kept| {
            let FieldExample { id, kind, field, on, signature, context, .. } = kept.example;
            WrittenField { id, kind, field, on, signature, context }
        });
        let (made_at, fields) = (self.ports().clock.now(), fields.collect());
        let contents =
            text(&Contents { format: FORMAT.into(), version: VERSION, made_at, examples, fields })?;
        let key = self.device_key();
        let signature = key.sign(&signed_bytes(contents.as_bytes()));
        let seal = Seal {
            public_key: hex::encode(key.verifying_key().to_bytes()),
            signature: hex::encode(signature.to_bytes()),
        };
        Ok([contents, text(&seal)?].map(|line| line + "\n").concat().into_bytes())
    }

    /// Takes in a colleague's file, once it is checked; nothing of a file that does not pass is kept.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] for a file that is too large, not signed as it is, of another version, or with numbers that make no sense.
    pub async fn import_learning(&self, bytes: &[u8]) -> Result<LearningImport, StoreError> {
        let (examples, fields, signer) = checked(bytes)?;
        let own = hex::encode(self.device_key().verifying_key().to_bytes());
        let origin = (signer != own).then(|| signer.clone());
        let batch = format!("archivo:{}", cotejo_domain::FileHash::of(bytes));
        let all = examples.len() + fields.len();
        let kept: Vec<KeptExample> = examples
            .into_iter()
            .map(|written| KeptExample {
                example: PageExample {
                    id: written.id,
                    kind: written.kind,
                    begins: written.begins,
                    on: written.on,
                    own: origin.is_none(),
                    signature: written.signature,
                },
                origin: origin.clone(),
                was: String::new(),
                batch: batch.clone(),
                active: true,
            })
            .collect();
        let fields: Vec<KeptFieldExample> = fields
            .into_iter()
            .map(|example| KeptFieldExample {
                example: FieldExample { own: origin.is_none(), ..example },
                origin: origin.clone(),
                batch: batch.clone(),
                active: true,
            })
            .collect();
        let added = self.learn(&kept).await? + self.learn_fields(&fields).await?;
        Ok(LearningImport { signer, added, known: all - added })
    }

    /// Notes what the machine made of a file. `input` names the reading without telling which file it is; the same one counts once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_recognised(&self, input: &str, counted: &Drift) -> Result<(), StoreError> {
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let mut database = self.database().await;
        sqlx::query(
            "INSERT INTO recognised (input, month, pages, abstained, by_example) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (input) DO NOTHING",
        )
        .bind(input)
        .bind(&counted.month)
        .bind(number(counted.pages))
        .bind(number(counted.abstained))
        .bind(number(counted.by_example))
        .execute(&mut *database)
        .await?;
        Ok(())
    }

    /// Counts, month by month, what the machine could not name and what persons corrected.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drift(&self) -> Result<Vec<Drift>, StoreError> {
        let mut database = self.database().await;
        let rows: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(
            "SELECT month, SUM(pages), SUM(abstained), SUM(by_example), SUM(corrected) FROM (
                 SELECT month, pages, abstained, by_example, 0 AS corrected FROM recognised
                 UNION ALL
                 SELECT substr(made_on, 1, 7), 0, 0, 0, 1 FROM example WHERE origin = '' AND active = 1 AND was <> kind
             ) GROUP BY month ORDER BY month",
        )
        .fetch_all(&mut *database)
        .await?;
        let number = |number: i64| u64::try_from(number).unwrap_or_default();
        let drift = |(month, pages, abstained, by_example, corrected)| Drift {
            month,
            pages: number(pages),
            abstained: number(abstained),
            by_example: number(by_example),
            corrected: number(corrected),
        };
        Ok(rows.into_iter().map(drift).collect())
    }
}

//! Examples of fields in the profile: kept beside those of pages ([`crate::learning`]), under the same rules.

use crate::learning::{KeptFieldExample, MOST_EXAMPLES};
use crate::projection::{parse, text};
use crate::{Profile, StoreError};
use cotejo_domain::DocumentType;
use cotejo_domain::PageSignature;
use cotejo_domain::field_learning::{FieldContext, FieldExample};
use serde::{Deserialize, Serialize};
use sqlx::Connection as _;

#[derive(Serialize, Deserialize)]
struct Content {
    signature: PageSignature,
    context: FieldContext,
}

impl Profile {
    /// Keeps examples of fields of one act or one file. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when there are too many; when the database fails.
    pub async fn learn_fields(&self, examples: &[KeptFieldExample]) -> Result<usize, StoreError> {
        let mut database = self.database().await;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let kept: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM field_example").fetch_one(&mut *transaction).await?;
        if usize::try_from(kept).unwrap_or(usize::MAX).saturating_add(examples.len()) > MOST_EXAMPLES {
            return Err(StoreError::Precondition { reason: "store.learning_full" });
        }
        let mut added = 0;
        for KeptFieldExample { example, origin, batch, active } in examples {
            let content = Content { signature: example.signature.clone(), context: example.context.clone() };
            let done = sqlx::query(
                "INSERT INTO field_example (example_id, kind, field, made_on, origin, batch, active, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (example_id) DO NOTHING",
            )
            .bind(example.id.to_string())
            .bind(&example.kind.0)
            .bind(&example.field)
            .bind(example.on.to_string())
            .bind(origin.as_deref().unwrap_or_default())
            .bind(batch)
            .bind(active)
            .bind(text(&content)?)
            .execute(&mut *transaction)
            .await?;
            added += usize::try_from(done.rows_affected()).unwrap_or_default();
        }
        transaction.commit().await?;
        Ok(added)
    }

    /// Lists the examples of fields, the withdrawn ones too, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn field_examples(&self) -> Result<Vec<KeptFieldExample>, StoreError> {
        type Row = (String, String, String, String, String, String, bool, String);
        let mut database = self.database().await;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT example_id, kind, field, made_on, origin, batch, active, content FROM field_example
             ORDER BY made_on DESC, rowid DESC",
        )
        .fetch_all(&mut *database)
        .await?;
        let broken = || StoreError::BrokenLog { detail: "field_example".into() };
        rows.into_iter()
            .map(|(id, kind, field, on, origin, batch, active, content)| {
                let Content { signature, context } = parse(&content)?;
                let example = FieldExample {
                    id: id.parse().map_err(|_| broken())?,
                    kind: DocumentType(kind),
                    field,
                    on: on.parse().map_err(|_| broken())?,
                    own: origin.is_empty(),
                    signature,
                    context,
                };
                let origin = Some(origin).filter(|origin| !origin.is_empty());
                Ok(KeptFieldExample { example, origin, batch, active })
            })
            .collect()
    }
}

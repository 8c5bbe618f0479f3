//! What a person's own labelled documents say about the models, kept in the profile: counts alone, never a text, a value or a name.

use crate::{Profile, StoreError};
use sqlx::Connection as _;

/// Counts what the machine made of one field of one labelled document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuredField {
    /// Field name, from the catalogue of types.
    pub field: String,
    /// Values that the label states.
    pub stated: u32,
    /// Stated values that were read.
    pub right: u32,
    /// Values that were read and are not stated.
    pub wrong: u32,
    /// Stated values of which nothing was read.
    pub missing: u32,
    /// Of the right ones, those that were read surely.
    pub sure_right: u32,
    /// Of the wrong ones, those that were read surely.
    pub sure_wrong: u32,
}

/// Holds what the machine made of one labelled document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuredDocument {
    /// SHA-256 (hexadecimal) that stands for what the document says: the same paper counts once.
    pub document: String,
    /// The type that the person says it has.
    pub kind: String,
    /// The type that the machine named; empty when the file could not be read.
    pub said: String,
    /// True when it was named surely.
    pub sure: bool,
    /// Whether it began and ended where the person says; `None` when nothing could be read.
    pub limits: Option<bool>,
    /// Its labelled fields.
    pub fields: Vec<MeasuredField>,
}

impl Profile {
    /// Keeps what was measured with some models; a document that was measured before with them is replaced.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_measured(
        &self,
        models: &str,
        documents: &[MeasuredDocument],
    ) -> Result<(), StoreError> {
        let mut database = self.database().await;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        for measured in documents {
            for table in [
                "DELETE FROM measured_field WHERE models = ?1 AND document = ?2",
                "DELETE FROM measured_document WHERE models = ?1 AND document = ?2",
            ] {
                sqlx::query(table).bind(models).bind(&measured.document).execute(&mut *transaction).await?;
            }
            sqlx::query(
                "INSERT INTO measured_document (models, document, kind, said, sure, limits) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .bind(models)
            .bind(&measured.document)
            .bind(&measured.kind)
            .bind(&measured.said)
            .bind(measured.sure)
            .bind(measured.limits)
            .execute(&mut *transaction)
            .await?;
            for field in &measured.fields {
                sqlx::query(
                    "INSERT INTO measured_field (models, document, field, stated, right_, wrong, missing, sure_right, sure_wrong)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )
                .bind(models)
                .bind(&measured.document)
                .bind(&field.field)
                .bind(field.stated)
                .bind(field.right)
                .bind(field.wrong)
                .bind(field.missing)
                .bind(field.sure_right)
                .bind(field.sure_wrong)
                .execute(&mut *transaction)
                .await?;
            }
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Returns what was measured with these models.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn measured(&self, models: &str) -> Result<Vec<MeasuredDocument>, StoreError> {
        type FieldRow = (String, String, u32, u32, u32, u32, u32, u32);
        let mut database = self.database().await;
        let rows: Vec<(String, String, String, bool, Option<bool>)> = sqlx::query_as(
            "SELECT document, kind, said, sure, limits FROM measured_document WHERE models = ?1 ORDER BY document",
        )
        .bind(models)
        .fetch_all(&mut *database)
        .await?;
        let fields: Vec<FieldRow> = sqlx::query_as(
            "SELECT document, field, stated, right_, wrong, missing, sure_right, sure_wrong FROM measured_field
             WHERE models = ?1 ORDER BY document, field",
        )
        .bind(models)
        .fetch_all(&mut *database)
        .await?;
        let mut documents: Vec<MeasuredDocument> = rows
            .into_iter()
            .map(|(document, kind, said, sure, limits)| MeasuredDocument {
                document,
                kind,
                said,
                sure,
                limits,
                fields: Vec::new(),
            })
            .collect();
        for (document, field, stated, right, wrong, missing, sure_right, sure_wrong) in fields {
            // Both lists are in the order of the documents.
            let place = documents.binary_search_by(|known| known.document.cmp(&document));
            if let Some(known) = place.ok().and_then(|place| documents.get_mut(place)) {
                let counted = MeasuredField { field, stated, right, wrong, missing, sure_right, sure_wrong };
                known.fields.push(counted);
            }
        }
        Ok(documents)
    }

    /// Names the models that something was measured with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn measured_models(&self) -> Result<Vec<String>, StoreError> {
        let mut database = self.database().await;
        Ok(sqlx::query_scalar("SELECT DISTINCT models FROM measured_document ORDER BY models")
            .fetch_all(&mut *database)
            .await?)
    }

    /// Forgets everything that was measured, with whatever models.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_measured(&self) -> Result<(), StoreError> {
        let mut database = self.database().await;
        sqlx::raw_sql("DELETE FROM measured_field; DELETE FROM measured_document;")
            .execute(&mut *database)
            .await?;
        Ok(())
    }
}

//! Search over page text, behind a port: another database may search in its own way.

use crate::StoreError;
use cotejo_domain::FileHash;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// Shows one place where the words were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The file.
    pub file: FileHash,
    /// The page, from 1.
    pub page: u32,
    /// Some words around, those found between « and ».
    pub snippet: String,
}

/// Indexes the text of pages and finds words in it. Case and accents do not matter.
pub(crate) trait FullText {
    /// Replaces the pages of a file in the index.
    async fn index(
        &self,
        connection: &mut SqliteConnection,
        file: FileHash,
        pages: &[(u32, String)],
    ) -> Result<(), StoreError>;

    /// Adds pages of a file that are not in the index.
    async fn add(
        &self,
        connection: &mut SqliteConnection,
        file: FileHash,
        pages: &[(u32, String)],
    ) -> Result<(), StoreError>;

    /// Takes the pages of a file out of the index.
    async fn remove(&self, connection: &mut SqliteConnection, file: FileHash) -> Result<(), StoreError>;

    /// Finds pages with all the words; the last word may be a beginning.
    async fn find(
        &self,
        connection: &mut SqliteConnection,
        words: &str,
        limit: u32,
    ) -> Result<Vec<SearchHit>, StoreError>;
}

/// Searches with SQLite's FTS5.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fts5;

/// Writes what a person typed as an FTS5 query: every word quoted, so that no character is an operator.
fn query_of(words: &str) -> Option<String> {
    let mut terms: Vec<String> = words
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    if let Some(last) = terms.last_mut() {
        last.push('*');
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

impl FullText for Fts5 {
    async fn index(
        &self,
        connection: &mut SqliteConnection,
        file: FileHash,
        pages: &[(u32, String)],
    ) -> Result<(), StoreError> {
        self.remove(&mut *connection, file).await?;
        self.add(connection, file, pages).await
    }

    async fn remove(&self, connection: &mut SqliteConnection, file: FileHash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM page_text WHERE file = ?1")
            .bind(file.to_string())
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn add(
        &self,
        connection: &mut SqliteConnection,
        file: FileHash,
        pages: &[(u32, String)],
    ) -> Result<(), StoreError> {
        for (page, text) in pages {
            sqlx::query("INSERT INTO page_text (file, page, text) VALUES (?1, ?2, ?3)")
                .bind(file.to_string())
                .bind(i64::from(*page))
                .bind(text)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    async fn find(
        &self,
        connection: &mut SqliteConnection,
        words: &str,
        limit: u32,
    ) -> Result<Vec<SearchHit>, StoreError> {
        let Some(query) = query_of(words) else { return Ok(Vec::new()) };
        // A document sealed after it was indexed must not show either.
        let rows: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT file, page, snippet(page_text, 2, '«', '»', '…', 16) FROM page_text
             WHERE page_text MATCH ?1 AND file NOT IN (SELECT hash FROM p_file WHERE sealed = 1)
             ORDER BY rank LIMIT ?2",
        )
        .bind(query)
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(file, page, snippet)| {
                Some(SearchHit { file: file.parse().ok()?, page: u32::try_from(page).ok()?, snippet })
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::query_of;

    #[test]
    fn operators_typed_by_a_person_are_words() {
        assert_eq!(
            query_of(r#"ruc OR "patrimonio NEAR("#),
            Some(r#""ruc" "OR" "patrimonio" "NEAR"*"#.into())
        );
        assert_eq!(query_of(" -*\"() "), None, "no word, no search");
    }
}

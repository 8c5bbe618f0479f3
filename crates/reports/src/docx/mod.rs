//! Word files from the same blocks as the PDF, for those who take a document into Quipux.
//!
//! A writer of our own: what we write is a closed set of blocks, and what matters of it (heads of tables that repeat, rows that stay whole, words for
//! images, the language, a file that is the same for the same document) is a few elements of ECMA-376, which no crate at hand gives all of.

mod body;
mod parts;

use crate::model::Paper;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Tells why a Word file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The container failed.
    #[error("the container could not be written: {0}")]
    Container(#[from] zip::result::ZipError),
    /// Writing to memory failed.
    #[error("the file could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Writes a document as DOCX. The same document gives the same bytes.
///
/// # Errors
/// Only when memory cannot be written.
pub fn docx(paper: &Paper, created: jiff::Timestamp) -> Result<Vec<u8>, DocxError> {
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), parts::content_types()),
        ("_rels/.rels".to_owned(), parts::package_relations()),
        ("docProps/core.xml".to_owned(), parts::core(paper, created)),
        ("word/document.xml".to_owned(), body::document(paper)),
        ("word/styles.xml".to_owned(), parts::styles()),
        ("word/numbering.xml".to_owned(), parts::numbering(body::ordered_lists(paper))),
        ("word/settings.xml".to_owned(), parts::settings()),
        ("word/header1.xml".to_owned(), parts::header(paper)),
        ("word/footer1.xml".to_owned(), parts::footer(paper)),
        ("word/_rels/document.xml.rels".to_owned(), parts::document_relations(paper)),
        ("word/_rels/header1.xml.rels".to_owned(), parts::header_relations(paper)),
    ];
    for (name, text) in files.drain(..) {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    for (index, image) in paper.images.iter().enumerate() {
        archive.start_file(format!("word/media/{index}.{}", image.ending()), options)?;
        archive.write_all(&image.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Writes text for XML: escaped, without the signs that XML 1.0 cannot hold.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => safe.push(other),
        }
    }
    safe
}

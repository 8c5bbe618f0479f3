//! Writes `.ushay` packages, for fictional processes: the counterpart of [`super::open`] and [`super::decode_pliego`].
//!
//! The 40 digits of the header cannot be computed as SERCOP's tool does (the recipe is not public); the first 40 of the ZIP's SHA-256
//! stand in their place. The output depends on the input alone.

use super::value::encode_value;
use super::{INFO_ENTRY, PROCESS_ENTRY};
use md5::{Digest, Md5};
use sha2::Sha256;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Holds one entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name within the container.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Holds one table to be written: its name, and its rows of column and plain value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableToWrite {
    /// Name, such as `TMEP_PLIEGOS`.
    pub name: String,
    /// Rows; a value of `""` gives an empty column.
    pub rows: Vec<Vec<(String, String)>>,
}

impl TableToWrite {
    /// Starts a table without rows.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), rows: Vec::new() }
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, cells: &[(&str, &str)]) -> Self {
        self.rows
            .push(cells.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect());
        self
    }
}

/// Tells why a container could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The ZIP could not be made.
    #[error("ushay.write: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// An entry could not be added.
    #[error("ushay.write: {0}")]
    Entry(#[from] std::io::Error),
}

/// Writes a `proceso.xml`: tables of Base64 values under the version of the tool.
#[must_use]
pub fn process_xml(version: &str, tables: &[TableToWrite]) -> Vec<u8> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<CONTENIDO>\n");
    xml.push_str(&format!("<VERSION>{}</VERSION>\n", encode_value(version)));
    for table in tables {
        xml.push_str(&format!("<TABLE NAME=\"{}\">\n", table.name));
        for row in &table.rows {
            xml.push_str("<ROW>\n");
            for (column, value) in row {
                xml.push_str(&format!("\t\t<{column}>{}</{column}>\n", encode_value(value)));
            }
            xml.push_str("</ROW>\n");
        }
        xml.push_str("</TABLE>\n");
    }
    xml.push_str("</CONTENIDO>\n");
    xml.into_bytes()
}

/// Writes the container around `entries`, of which the first should be `proceso.xml`; adds `zip.info`.
///
/// # Errors
/// When the ZIP cannot be made, for instance because two entries have one name.
pub fn container(entries: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut digests = Vec::with_capacity(entries.len());
    for entry in entries {
        zip.start_file(entry.name.as_str(), options)?;
        zip.write_all(&entry.bytes)?;
        digests.push(hex::encode(Md5::digest(&entry.bytes)));
    }
    zip.start_file(INFO_ENTRY, options)?;
    zip.write_all(format!("G{}", encode_value(&digests.join(" "))).as_bytes())?;
    let zip = zip.finish()?.into_inner();
    let digest = hex::encode(Sha256::digest(&zip));
    let mut bytes = Vec::with_capacity(zip.len() + 80);
    bytes.extend_from_slice(b"info.ushay:");
    bytes.extend_from_slice(&digest.as_bytes()[..40]);
    bytes.extend_from_slice(b"sercop");
    bytes.extend_from_slice(&zip);
    let length = bytes.len().to_string();
    bytes.extend_from_slice(length.as_bytes());
    Ok(bytes)
}

/// Writes a whole package: the tables as `proceso.xml`, then the attachments.
///
/// # Errors
/// As [`container`].
pub fn package(version: &str, tables: &[TableToWrite], attachments: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let mut entries = vec![Entry { name: PROCESS_ENTRY.into(), bytes: process_xml(version, tables) }];
    entries.extend_from_slice(attachments);
    container(&entries)
}

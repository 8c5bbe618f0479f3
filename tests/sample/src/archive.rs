//! ZIP files with fixed times, so that the same seed gives the same bytes.

use crate::SampleError;
use std::io::{Cursor, Write};

/// Packs files into a ZIP.
///
/// # Errors
/// Fails when two files have one name.
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, SampleError> {
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).map_err(|error| SampleError::Archive(error.to_string()))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish().map_err(|error| SampleError::Archive(error.to_string()))?.into_inner())
}

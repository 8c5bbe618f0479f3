//! Writing and reading frames.

use serde::{Serialize, de::DeserializeOwned};
use std::io::{Read, Write};

/// Largest JSON part, in bytes: the words of one very full page, many times over.
pub const MAX_JSON: u32 = 64 * 1024 * 1024;
/// Largest blob, in bytes: the image of one page. Files travel in pieces.
pub const MAX_BLOB: u32 = 64 * 1024 * 1024;
/// Largest piece of a file, in bytes.
pub const MAX_PIECE: u32 = 1024 * 1024;

/// Tells why a frame could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe broke or ended inside a frame.
    #[error("the pipe to the worker broke: {0}")]
    Pipe(#[from] std::io::Error),
    /// A length is beyond the limits.
    #[error("a frame of {json} + {blob} bytes is beyond the limits")]
    TooLarge {
        /// Length of the JSON part.
        json: u64,
        /// Length of the blob.
        blob: u64,
    },
    /// The JSON is not the expected message.
    #[error("a frame does not hold the expected message: {0}")]
    Message(#[from] serde_json::Error),
}

/// Writes one frame and flushes.
///
/// # Errors
/// Fails when the pipe breaks or a part is too large.
pub fn write_frame<T: Serialize>(pipe: &mut impl Write, message: &T, blob: &[u8]) -> Result<(), FrameError> {
    let json = serde_json::to_vec(message)?;
    let too_large = || FrameError::TooLarge { json: json.len() as u64, blob: blob.len() as u64 };
    let json_length =
        u32::try_from(json.len()).ok().filter(|length| *length <= MAX_JSON).ok_or_else(too_large)?;
    let blob_length =
        u32::try_from(blob.len()).ok().filter(|length| *length <= MAX_BLOB).ok_or_else(too_large)?;
    pipe.write_all(&json_length.to_le_bytes())?;
    pipe.write_all(&blob_length.to_le_bytes())?;
    pipe.write_all(&json)?;
    pipe.write_all(blob)?;
    pipe.flush()?;
    Ok(())
}

/// Reads one frame, or `None` when the pipe ended between frames.
///
/// # Errors
/// Fails when the pipe breaks inside a frame, a length is beyond the limits, or the JSON is not a `T`.
pub fn read_frame<T: DeserializeOwned>(pipe: &mut impl Read) -> Result<Option<(T, Vec<u8>)>, FrameError> {
    let mut lengths = [0; 8];
    let mut filled = 0;
    while filled < lengths.len() {
        match pipe.read(&mut lengths[filled..])? {
            0 if filled == 0 => return Ok(None),
            0 => return Err(FrameError::Pipe(std::io::ErrorKind::UnexpectedEof.into())),
            count => filled += count,
        }
    }
    let [a, b, c, d, e, f, g, h] = lengths;
    let (json_length, blob_length) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
    if json_length > MAX_JSON || blob_length > MAX_BLOB {
        return Err(FrameError::TooLarge { json: json_length.into(), blob: blob_length.into() });
    }
    let json = read_exactly(pipe, json_length)?;
    let blob = read_exactly(pipe, blob_length)?;
    Ok(Some((serde_json::from_slice(&json)?, blob)))
}

// Grows with what really arrives: a hostile length alone must not reserve memory.
fn read_exactly(pipe: &mut impl Read, length: u32) -> Result<Vec<u8>, FrameError> {
    let mut bytes = Vec::new();
    pipe.take(length.into()).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != u64::from(length) {
        return Err(FrameError::Pipe(std::io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_survives_the_pipe() {
        let mut pipe = Vec::new();
        write_frame(&mut pipe, &"página", b"blob").expect("writes");
        let read = read_frame::<String>(&mut pipe.as_slice()).expect("reads");
        assert_eq!(read, Some(("página".to_string(), b"blob".to_vec())));
        assert_eq!(
            read_frame::<String>(&mut [].as_slice()).expect("reads"),
            None,
            "an ended pipe is no error"
        );
    }

    #[test]
    fn attack_a_length_of_four_gigabytes_reserves_nothing() {
        let mut pipe = [0xff; 8].as_slice();
        assert!(matches!(read_frame::<String>(&mut pipe), Err(FrameError::TooLarge { .. })));
        let mut truncated = [4, 0, 0, 0, 0, 0, 0, 1, b'"'].as_slice();
        assert!(matches!(read_frame::<String>(&mut truncated), Err(FrameError::Pipe(_))), "ends inside");
    }
}

//! The frames between the core and the worker.

use cotejo_lector_protocol::{FrameError, Reply, Request, read_frame, write_frame};

/// Reads frames until the bytes end or break. What can be read can be written, and is then read the same.
pub fn frames(bytes: &[u8]) {
    let mut pipe = bytes;
    while let Ok(Some((request, blob))) = read_frame::<Request>(&mut pipe) {
        let mut again = Vec::new();
        if write_frame(&mut again, &request, &blob).is_ok() {
            let (second, rest) = match read_frame::<Request>(&mut again.as_slice()) {
                Ok(Some(read)) => read,
                other => panic!("a frame that was written is not read: {other:?}"),
            };
            // A number that is no number equals nothing, itself included.
            assert!(second == request || format!("{request:?}").contains("NaN"), "{second:?} {request:?}");
            assert_eq!(rest, blob, "the blob is the same");
        }
    }
    let mut pipe = bytes;
    loop {
        let left = pipe.len();
        match read_frame::<Reply>(&mut pipe) {
            Ok(Some(_)) => assert!(pipe.len() + 8 <= left, "a frame takes its bytes"),
            Ok(None) => return assert!(left == 0, "a pipe with bytes left has not ended"),
            Err(FrameError::Pipe(_) | FrameError::TooLarge { .. } | FrameError::Message(_)) => return,
        }
    }
}

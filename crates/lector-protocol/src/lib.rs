//! The frames between the core and the worker `cotejo-lector`.
//!
//! One frame: `u32` length of the JSON, `u32` length of the blob (both little endian), the JSON, the blob. The worker reads
//! [`Request`]s from its standard input and answers each with a stream of [`Reply`]s that ends in [`Reply::Done`]. Blobs carry
//! pieces of files and images; the JSON carries everything else. Either side refuses a frame beyond its limits.
//!
//! Neither side sends a file whole. [`Request::File`] announces the file that the next request is about, with its bytes when they fit in one
//! piece; the worker asks for what it needs of it with [`Reply::Want`], each answered by one [`Request::Piece`]. In the same way the
//! recognition role asks for pages with [`Reply::WantPages`], answered by [`Request::Pages`]; and files taken out of a package come as
//! [`Reply::Entry`] and [`Reply::EntryPiece`]s.

mod frame;
mod jail;
mod message;
mod password;

pub use frame::{FrameError, MAX_BLOB, MAX_JSON, MAX_PIECE, read_frame, write_frame};
pub use jail::{Attempt, ForbiddenAct, HeldLayer, JailLayer, JailReport};
pub use message::{
    ContainerEntry, DocumentExtent, IntakeLimits, ReadOptions, ReadingLimits, RecognisedPage, Recognition,
    RecognitionInput, Reply, Request,
};
pub use password::Password;

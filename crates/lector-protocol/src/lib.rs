//! The frames between the core and the worker `cotejo-lector`.
//!
//! One frame: `u32` length of the JSON, `u32` length of the blob (both little endian), the JSON, the blob. The worker reads
//! [`Request`]s from its standard input and answers each with a stream of [`Reply`]s that ends in [`Reply::Done`]. Blobs carry
//! file bytes and images; the JSON carries everything else. Either side refuses a frame beyond its limits.

mod frame;
mod jail;
mod message;
mod password;

pub use frame::{FrameError, MAX_BLOB, MAX_JSON, read_frame, write_frame};
pub use jail::{Attempt, ForbiddenAct, HeldLayer, JailLayer, JailReport};
pub use message::{
    ContainerEntry, IntakeLimits, ReadOptions, ReadingLimits, RecognisedPage, Recognition, RecognitionInput,
    Reply, Request,
};
pub use password::Password;

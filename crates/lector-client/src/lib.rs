//! Starts, feeds, limits and kills workers: the core's only way to a bidder's bytes.
//!
//! - [`Resources`] finds the worker program and the engines on this machine.
//! - [`Lector`] keeps a pool of reading workers and one for recognition, and gives their answers as values: pages, entries, images,
//!   pliegos, signatures.
//! - [`Cancel`] kills what runs.
//!
//! A worker that crashes, hangs or is killed is a *finding* on the file it was reading. What it had read is kept, the page it died on is read
//! once more by itself, and the rest goes on in a fresh worker. No error of a bidder's file ever becomes an error of this API; the errors are
//! about this machine.

mod cancel;
mod error;
mod feed;
mod file;
mod lector;
mod pool;
mod reading;
mod resources;
mod settings;
mod worker;

pub use cancel::Cancel;
pub use error::LectorError;
pub use feed::{FileFeed, PageMemory, ReadAnywhere};
pub use file::Following;
pub use lector::{EntryPiece, Lector, PageImage, Unpacked, in_frames};
pub use reading::{FileReading, FileStatus, ReadPart};
pub use resources::{HeadsPlace, Resources};
pub use settings::{Machine, Pace, Settings};

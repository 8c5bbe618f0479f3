//! SERCOP's open data (OCDS 1.1): search, the record of a process, and files somebody downloaded.
//!
//! [`parse`] reads all shapes the service was seen to answer in: a release package, a record package, a bare release, and the
//! arrays of the bulk files. What a release does not state stays `None`. The data carry no requirements and no documents: for
//! those a pliego is imported. [`read_file`] reads what somebody downloaded, and [`Market`] keeps processes in `mercado.db`, where they
//! are found again without a network. Built from recorded answers and tested against a local simulator; the service was not called.

mod error;
mod file;
mod listing;
mod market;
mod open_data;
mod procedure;
mod release;
mod search;

pub use error::TenderError;
pub use file::{FileFormat, FileReading, read_file};
pub use listing::{Listing, Participant, ParticipantRole};
pub use market::{Found, Kept, Market, Provenance, ProvenanceKind, Query, Saved};
pub use open_data::{OpenData, SERCOP_BASE};
pub use release::{Award, Party, Tender, parse};
pub use search::{SearchPage, SearchRow};

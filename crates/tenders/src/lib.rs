//! SERCOP's open data (OCDS 1.1): search, the record of a process, and files somebody downloaded.
//!
//! [`parse`] reads all shapes the service was seen to answer in: a release package, a record package, a bare release, and the
//! arrays of the bulk files. What a release does not state stays `None`. The data carry no requirements and no documents: for
//! those a pliego is imported. Built from recorded answers and tested against a local simulator; the service was not called.

mod error;
mod open_data;
mod procedure;
mod release;
mod search;

pub use error::TenderError;
pub use open_data::{OpenData, SERCOP_BASE};
pub use release::{Award, Party, Tender, parse};
pub use search::{SearchPage, SearchRow};

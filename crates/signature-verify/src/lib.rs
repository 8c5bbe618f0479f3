//! Validates the signatures of PDFs: what was signed, by whom, under which authority, and what came afterwards.
//!
//! Runs in the worker only: every byte is a bidder's. It holds no keys, opens no sockets and does not panic. It accuses only of what
//! it established: a signature is *invalid* when the signed bytes are not those of the file; what could not be established is
//! *indeterminate*, with the reason. Nothing is called valid unless every check held, up to an anchor the person trusts.
//!
//! - [`verify_envelope`] judges the envelope of a `.p7m` with its content inside.
//! - [`verify_pdf`] reads all signatures of a file; no reading and no finding of weight error mean an unsigned file.
//! - The changes after a signature follow a list of what may follow (further signatures); everything else is disallowed.

mod algorithm;
mod byte_range;
mod chain;
mod changes;
mod cms;
mod document;
mod judge;
mod locate;
mod text;
mod timestamp;

pub use judge::{Options, verify_envelope, verify_pdf};

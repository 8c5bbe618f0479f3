//! Validates the signatures of PDFs: what was signed, by whom, under which authority, and what came afterwards.
//!
//! Runs in the worker only: every byte is a bidder's. It holds no keys, opens no sockets and does not panic. It accuses only of what
//! it established: a signature is *invalid* when the signed bytes are not those of the file; what could not be established is
//! *indeterminate*, with the reason. Nothing is called valid unless every check held, up to an anchor the person trusts.
//!
//! - [`verify_envelope`] judges the envelope of a `.p7m` with its content inside.
//! - [`verify_pdf`] reads all signatures of a file; no reading and no finding of weight error mean an unsigned file.
//! - [`verify_certificate`] judges a certificate alone: its path (RFC 5280 §6.1) and its revocation by lists (§6.3) and answers (RFC 6960).
//! - The changes after a signature follow a list of what may follow (further signatures); everything else is disallowed.

mod algorithm;
mod byte_range;
mod certificate;
mod chain;
mod changes;
mod cms;
mod document;
mod evidence;
mod judge;
mod locate;
mod path;
mod revocation;
mod text;
mod timestamp;

pub use certificate::{CertificateReading, verify_certificate};
pub use judge::{Options, verify_envelope, verify_pdf};
pub use path::PolicyRules;
pub use revocation::{RevocationAnswer, RevocationList};

//! What signing and verifying share: DER, certificates and their holders, and the extents of values in a PDF.
//!
//! Pure and tolerant: it reads what real authorities and real programs wrote, never panics, and every recursion has a limit.

pub mod certificate;
pub mod general_name;
pub mod holder;
pub mod name;
pub mod oids;
pub mod pdf;
pub mod tlv;

pub use certificate::{Certificate, Extension};
pub use holder::Holder;
pub use tlv::Malformed;

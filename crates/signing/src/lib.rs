//! Keystores and signatures of our own documents.
//!
//! [`Keystore`] opens a PKCS#12 file, old or modern; [`sign_pdf`] appends a PAdES signature to a PDF and leaves every byte before it
//! as it was, so that earlier signatures stay valid. Private keys stay here: they are wiped from memory when the keystore goes, and
//! nothing gives them out. It never parses a bidder's bytes; what it signs is what the person chose to sign.

mod anchors;
mod cms;
mod demo;
mod error;
mod key;
mod keystore;
mod locks;
mod outline;
mod sign;
mod stamp;
mod structure;
mod timestamp;
mod update;

pub use anchors::certificates_in;
pub use demo::{DemoAuthority, DemoCertificate, DemoError, DemoPerson, demo_certificate};
pub use error::{KeystoreError, SigningError};
pub use key::Digest;
pub use keystore::{Identity, Keystore};
pub use sign::{SigningOptions, SubFilter, sign_pdf, sign_pdf_with_timestamp};
pub use stamp::VisibleStamp;
pub use timestamp::Carry;

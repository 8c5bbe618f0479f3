//! Government registries: what they say of a bidder, when they said it, and the raw answer.
//!
//! - [`structure`]: what the number itself tells, without asking anybody.
//! - [`Sri`]: the taxpayers' registry (catastro), public and without captcha.
//! - [`BY_HAND`]: the sources that a person must ask, because they want a captcha or a form, with where and how.
//!
//! Not knowing is an answer of its own ([`Answer::Unknown`]): no network, a refusal of the firewall, an answer in an
//! unforeseen shape. It is never read as *does not exist*, and never as *in order*. A captcha is never solved here.
//! Built from documented shapes and one recorded answer, and tested against a local simulator; the service itself was not called.

mod by_hand;
mod consultation;
mod sri;
mod structure;

pub use by_hand::{BY_HAND, ByHand};
pub use consultation::{Answer, Consultation};
pub use sri::{Establishment, RegistryField, Representative, SRI_BASE, Sri, Taxpayer, TaxpayerState};
pub use structure::{Structure, structure};

//! Government registries: what they say of a bidder, when they said it, and the raw answer.
//!
//! - [`Sri`]: the taxpayers' registry (catastro), public and without captcha.
//!
//! Not knowing is an answer of its own ([`Answer::Unknown`]): no network, a refusal of the firewall, an answer in an
//! unforeseen shape. It is never read as *does not exist*, and never as *in order*. A captcha is never solved here.
//! Built from documented shapes and one recorded answer, and tested against a local simulator; the service itself was not called.

mod consultation;
mod sri;

pub use consultation::{Answer, Consultation};
pub use sri::{Establishment, Representative, SRI_BASE, Sri, Taxpayer, TaxpayerState};

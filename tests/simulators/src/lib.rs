//! Local counterparts of government services, over real TLS, with fictional data in the documented shapes.
//!
//! What is imitated and from what: the SRI's catastro (`sri`) after an answer recorded on 2026-06-13, SERCOP's open data
//! (`sercop`) after answers recorded in August 2026, and the ways such services fail (`troubles`): refusals of the firewall,
//! HTML in place of JSON, 429 with `Retry-After`, answers that never end. No service was called to write it.

mod sercop;
mod server;
mod sri;
mod troubles;

pub use sercop::{PROCESS_CODE, PROCESS_OCID, release_package};
pub use server::{Simulator, SimulatorError};
pub use sri::{ACTIVE_RUC, GHOST_RUC, UNKNOWN_RUC};

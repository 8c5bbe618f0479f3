//! Local counterparts of government services, over real TLS, with fictional data in the documented shapes.
//!
//! What is imitated and from what: the SRI's catastro (`sri`) after an answer recorded on 2026-06-13, SERCOP's open data
//! (`sercop`) after answers recorded in August 2026, and the ways such services fail (`troubles`): refusals of the firewall,
//! HTML in place of JSON, 429 with `Retry-After`, answers that never end. No service was called to write it.
//!
//! The program `cotejo-simulador` runs them for a person who wants to try the command line:
//!
//! ```text
//! cargo run -p cotejo-simulators -- --autoridad ca.pem [--puerto N] [--contribuyentes FILE.json]
//! cotejo proveedor 1790012344001 --simulador https://localhost:N --autoridad ca.pem
//! ```

mod sercop;
mod server;
mod sri;
mod tripwire;
mod troubles;

pub use sercop::{PROCESS_CODE, PROCESS_OCID, release_package};
pub use server::{Simulator, SimulatorError};
pub use sri::{ACTIVE_RUC, GHOST_RUC, SimulatedTaxpayer, UNKNOWN_RUC};
pub use tripwire::Tripwire;

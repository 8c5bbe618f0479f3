//! One encrypted file a case: events first, everything else computed from them.
//!
//! - A [`Profile`] is one account on one machine: its key rests in a [`Keyring`], its device signs events.
//! - A [`Case`] is one folder: `caso.db` (SQLCipher), `originales/` (one encrypted file each), `caso.llave` (the case's key,
//!   wrapped by the profile's), `caso.bloqueo` (one program at a time).
//! - An [`Event`] is signed, chained per device and carries an [`EventPayload`]; tables are projections, and
//!   [`Case::rebuild`] recomputes them identically. Event and projection are one transaction with full sync.
//! - [`Stated`] is what an acta states: its first signature seals it, and the store refuses what would change it.
//! - Machine output ([`DerivedKey`]) is no event: it may be thrown away and made again.
//!
//! What this room must never do: judge a bid. It knows who may write what, not what is right.
//!
//! # Limits
//!
//! - A log cut short at its end is a sound shorter log. It shows only against heads printed in a signed acta: pass them to
//!   [`Case::verify_log`]. Somebody with the case's key *and* the device's key can write another history; it too contradicts
//!   the printed heads.
//! - Times are those of the device's own clock ([`ClockSource::Device`]); legal dates come from actas.
//! - Whoever loses the profile's key loses its cases: copy the data folder together with its keyring.
//! - The database key passes through SQLite as text and is not wiped there; wiped are the copies this crate holds.
//! - With a [`FileKeyring`] the account's files are the only wall; the product says so.
//! - Locks, permissions and syncing of folders were tried on Linux. Windows has no call to sync a folder.

#[cfg(test)]
extern crate self as cotejo_store;

mod admission;
#[cfg(test)]
mod attacks;
mod carrier;
mod case;
mod conflicts;
mod contents;
mod custody;
mod derived;
mod error;
mod event;
mod exchange;
#[cfg(test)]
mod exchange_attacks;
mod field_learning;
mod files;
mod foreign;
mod full_text;
mod heads;
mod health;
mod installed;
mod joining;
mod keyring;
mod keys;
mod learning;
mod log;
mod measured;
mod originals;
mod package;
mod payload;
mod ports;
mod profile;
mod projection;
mod queries;
mod receiving;
mod records;
mod remembered;
mod rules;
mod schema;
mod sealing;
mod sending;
#[cfg(test)]
#[path = "../tests/store/world.rs"]
mod world;

pub use carrier::{BatchName, Carrier, FileCarrier, Imported};
pub use case::{Case, NewCase, Shelf};
pub use conflicts::{Conflict, ConflictSide};
pub use contents::{Manifest, PackageKind};
pub use custody::{SeatHolder, fingerprint};
pub use derived::{DerivedKey, ImportItem, ImportJob, ImportStatus};
pub use error::StoreError;
pub use event::{ClockSource, EVENT_SCHEMA, Event, EventHeader, HybridClock, SeenHead};
pub use exchange::{Direction, Exchange};
pub use full_text::SearchHit;
pub use heads::{InstalledHeads, PUBLISHERS};
pub use health::{Engine, Health};
pub use joining::{Admitted, Joined};
pub use keyring::{FileKeyring, Keyring, KeyringKind, MemoryKeyring, SystemKeyring};
pub use learning::{
    Drift, KeptExample, KeptFieldExample, LARGEST_LEARNING_FILE, LearningImport, MOST_EXAMPLES,
};
pub use log::{ChainHead, LogProblem, LogReport, RebuildReport, RebuiltTable, Recorded};
pub use measured::{MeasuredDocument, MeasuredField};
pub use originals::{OriginalReader, OriginalWriter};
pub use payload::{ActaRecord, ActaSignature, Correction, EventPayload, FileOwner, PackReference};
pub use ports::{Ports, SystemClock, SystemEntropy};
pub use profile::{CaseSummary, KEYRING_VARIABLE, Profile, choose_keyring};
pub use queries::{ActaRow, ActaState, CaseState, DecisionRow, DecisionState, OutcomeRow};
pub use receiving::{Looked, Received};
pub use records::Version;
pub use remembered::{Forgetting, MOST_REMEMBERED, MemoryOf, RememberedCase, RememberedRow};
pub use rules::InstalledRules;
pub use sealing::Stated;
pub use sending::Sent;

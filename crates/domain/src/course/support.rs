//! What an act rests on: an acta of the case, an instrument, a capture.

use crate::{ActaId, FileHash, Instrument};
use serde::{Deserialize, Serialize};

/// Names the act or document that does or proves something. Everything may be missing; what is missing is shown as not recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActSupport {
    /// An acta or informe made in this case.
    pub acta: Option<ActaId>,
    /// An instrument made elsewhere.
    pub instrument: Option<Instrument>,
    /// A file that was kept: a capture of the Portal, a signed PDF.
    pub file: Option<KeptFile>,
    /// Words of the person.
    pub note: String,
}

impl ActSupport {
    /// Tells whether it names nothing but words.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.acta.is_none() && self.instrument.is_none() && self.file.is_none()
    }
}

/// Names a file kept in the case with its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Its name when it was given.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: FileHash,
}

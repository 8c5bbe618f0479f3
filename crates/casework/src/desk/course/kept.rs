//! Files that were kept as what an act rests on: a capture of the Portal, a signed PDF. A person takes a copy out to look at it.

use crate::CaseworkError;
use crate::desk::{Desk, documents};
use crate::quick;
use cotejo_domain::course::{ActSupport, CourseAct};
use cotejo_domain::{Code, FileHash};
use std::path::Path;

impl Desk {
    /// Writes a copy of a file that an act of the course rests on.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a hash that no such act names: bids and sealed documents do not leave the case this way.
    pub async fn copy_kept_file(&self, case: &str, sha256: &str, to: &Path) -> Result<(), CaseworkError> {
        let open = self.opened(case).await?;
        let hash = documents::hash(sha256)?;
        let acts = open.case.course_acts().await?;
        if !acts.iter().any(|(_, act)| rests_on(act, hash)) {
            return Err(CaseworkError::refused(Code::NotFound, "stages.no_such_file", sha256));
        }
        let bytes = open.case.read_original(hash).await?;
        quick::write_whole(to, &bytes)
    }
}

fn rests_on(act: &CourseAct, hash: FileHash) -> bool {
    let names = |support: &ActSupport| support.file.as_ref().is_some_and(|file| file.sha256 == hash);
    match act {
        CourseAct::StageMoved(said) => names(&said.support),
        CourseAct::StageDated(said) => names(&said.support),
        CourseAct::ClaimRaised(said) => names(&said.support),
        CourseAct::ClaimAnswered(said) => names(&said.support),
        CourseAct::ConstanciaRecorded(said) => names(&said.support),
        _ => false,
    }
}

//! The final set is used once: with weights and rules that are committed, as a whole, and no list of errors is written.

use super::report::weights;
use crate::corpus::Plan;
use crate::{TrainingError, file_error, repository, say};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;

/// Where the figures go.
const CARD: &str = "FINAL-3.md";
/// What must be as it is in the last commit: weights, and what recognition answers by.
const COMMITTED: [&str; 7] = [
    "models/manifest.json",
    "models/page-types.safetensors",
    "models/spans.json",
    "models/spans.safetensors",
    "crates/recognition/src",
    "crates/domain/data/doctypes.json",
    "xtask/training/templates",
];

/// Returns the commit that is measured, or says why the set may not be used.
pub(crate) fn permit(plan: &Plan, models: &Path) -> Result<String, TrainingError> {
    let path = models.join(CARD);
    if path.exists() {
        return Err(TrainingError::Missing(format!(
            "the final set was used: {} stands; what is built after looking at it needs a set of its own",
            path.display()
        )));
    }
    if plan.every > 1 || plan.digital == 0 || plan.scanned == 0 || plan.docx == 0 {
        return Err(TrainingError::Missing(
            "the final set is used as a whole: leave --cada and zeros out".into(),
        ));
    }
    let changed = git(&[&["status", "--porcelain", "--"], &COMMITTED[..]].concat())?;
    if !changed.trim().is_empty() {
        return Err(TrainingError::Missing(format!(
            "commit first what the final set is to measure:\n{}",
            changed.trim_end()
        )));
    }
    Ok(git(&["rev-parse", "HEAD"])?.trim().to_owned())
}

/// Returns what opens the report.
pub(crate) fn heading(commit: &str) -> Result<String, TrainingError> {
    let path = repository().join("models/spans.safetensors");
    let spans = hex::encode(Sha256::digest(std::fs::read(&path).map_err(file_error(&path))?));
    Ok(format!(
        "# Final set, used once\n\n\
         Written by `cargo xtask evaluate-models --final`; do not edit by hand. How it is measured: `docs/models.md`.\n\n\
         The templates of this set were written without sight of the other templates, of the phrases and of the rules. The set was used with\n\
         the heads `{}` (page types) and `{spans}` (names in prose), both committed\n\
         before, as they stand in `{commit}`. Neither heads nor thresholds, phrases nor rules were changed after looking at\n\
         these figures; no list of errors was written, and the program refuses to run the set again while this file stands.\n\n",
        weights()
    ))
}

/// Writes the report.
pub(crate) fn keep(models: &Path, text: &str) -> Result<(), TrainingError> {
    let path = models.join(CARD);
    std::fs::write(&path, text).map_err(file_error(&path))?;
    say(&format!("models/{CARD} written"));
    Ok(())
}

fn git(words: &[&str]) -> Result<String, TrainingError> {
    let output = Command::new("git").args(words).current_dir(repository()).output().map_err(|error| {
        TrainingError::Missing(format!("git could not be asked what is committed: {error}"))
    })?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(TrainingError::Missing(format!("git could not tell what is committed: {}", why.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::Set;

    #[test]
    fn the_final_set_is_neither_used_twice_nor_in_parts() {
        let plan = Plan { seed: 1, digital: 2, scanned: 1, docx: 1, every: 1, set: Set::Final };
        let folder = tempfile::tempdir().expect("a folder");
        let part = Plan { every: 2, ..plan };
        assert!(permit(&part, folder.path()).is_err_and(|error| error.to_string().contains("as a whole")));
        keep(folder.path(), "figures").expect("writes");
        assert!(permit(&plan, folder.path()).is_err_and(|error| error.to_string().contains("was used")));
    }
}

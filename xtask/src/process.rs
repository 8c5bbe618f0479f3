//! Running other programs, with what to do when they fail.

use std::fmt;
use std::path::Path;
use std::process::Command;

/// Tells which step failed and what to do.
#[derive(Debug)]
pub(crate) struct StepError {
    step: String,
    remedy: String,
}

impl StepError {
    pub(crate) fn new(step: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { step: step.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for StepError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\n  remedy: {}", self.step, self.remedy)
    }
}

impl From<crate::setup::SetupError> for StepError {
    fn from(error: crate::setup::SetupError) -> Self {
        let text = error.to_string();
        let (step, remedy) = text.split_once("\n  remedy: ").unwrap_or((&text, "run it again"));
        Self::new(step, remedy)
    }
}

/// Prints what is about to be done.
#[expect(clippy::print_stdout, reason = "a program for the terminal")]
pub(crate) fn say(text: &str) {
    println!("== {text}");
}

/// Runs a program in `folder` and waits for it.
pub(crate) fn run(folder: &Path, command: &mut Command, remedy: &str) -> Result<(), StepError> {
    let shown = format!("{command:?}");
    say(&shown);
    match command.current_dir(folder).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(StepError::new(format!("{shown} ended with {status}"), remedy)),
        Err(error) => Err(StepError::new(format!("{shown}: {error}"), remedy)),
    }
}

/// Tells whether a program can be started.
pub(crate) fn answers(program: &str, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Tells whether a program is on the path, for those that answer to no harmless argument.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

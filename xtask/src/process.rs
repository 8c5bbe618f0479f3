//! Running other programs, with what to do when they fail.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

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

/// Prints a line of somebody else.
#[expect(clippy::print_stdout, reason = "a program for the terminal")]
fn pass_on(line: &str) {
    println!("{line}");
}

/// Shows a command as one would type it: the program and its arguments, without the environment.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words
        .map(|word| word.to_string_lossy().into_owned())
        .map(|word| if word.contains(' ') { format!("'{word}'") } else { word })
        .collect();
    words.join(" ")
}

fn failed(shown: &str, why: &dyn fmt::Display, remedy: &str) -> StepError {
    StepError::new(format!("`{shown}`: {why}"), remedy)
}

/// Runs a program in `folder` and waits for it.
pub(crate) fn run(folder: &Path, command: &mut Command, remedy: &str) -> Result<(), StepError> {
    let shown = shown(command);
    say(&shown);
    match command.current_dir(folder).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(&shown, &status, remedy)),
        Err(error) => Err(failed(&shown, &error, remedy)),
    }
}

/// Runs a program as [`run`] does and shows each line of its standard output to `reader` too.
pub(crate) fn run_reading(
    folder: &Path,
    command: &mut Command,
    remedy: &str,
    mut reader: impl FnMut(&str),
) -> Result<(), StepError> {
    let shown = shown(command);
    say(&shown);
    let mut child = command
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&shown, &error, remedy))?;
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        // Bytes, not text: a program may print what is no UTF-8.
        while output.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            let text = String::from_utf8_lossy(&line);
            pass_on(text.trim_end_matches(['\n', '\r']));
            reader(&text);
            line.clear();
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(&shown, &status, remedy)),
        Err(error) => Err(failed(&shown, &error, remedy)),
    }
}

/// Runs a program in silence; `Err` carries the last line it complained with.
pub(crate) fn quietly(folder: &Path, command: &mut Command) -> Result<String, String> {
    let output = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = complaint.lines().rfind(|line| !line.trim().is_empty());
    Err(last.map_or_else(|| output.status.to_string(), str::to_owned))
}

/// Tells whether a program can be started.
pub(crate) fn answers(program: &str, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Tells whether a program is on the path, for those that answer to no harmless argument.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

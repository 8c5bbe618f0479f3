//! What the steps of a test run came to: all of them run, and what failed is named last.

use crate::process::{StepError, say};

/// Gathers the outcome of every step and of every test.
#[derive(Default)]
pub(crate) struct Report {
    tally: Tally,
    failed: Vec<StepError>,
    skipped: Vec<String>,
}

/// Counts tests from the lines of their runner.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
    /// Names of the tests that failed.
    names: Vec<String>,
    /// What a test said that it could not try.
    said: Vec<String>,
    /// What the failed tests of cargo's harness said when they panicked.
    panics: Vec<String>,
    /// Where the harness's output stands: its output of failed tests comes after that of those that passed.
    place: Place,
}

/// A part of the harness's output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Elsewhere,
    /// Output of failed tests.
    Failures,
    /// Lines of a panic, of which so many are still kept.
    Panic(u8),
}

/// Lines of a panic that are repeated at the end: its place, and what two sides of a comparison were.
const LINES_OF_A_PANIC: u8 = 5;

impl Report {
    /// Runs a step; a failure is kept and the next one runs all the same. Returns whether it went well.
    pub(crate) fn step(&mut self, work: impl FnOnce(&mut Tally) -> Result<(), StepError>) -> bool {
        match work(&mut self.tally) {
            Ok(()) => true,
            Err(error) => {
                say(&format!("failed: {error}"));
                self.failed.push(error);
                false
            }
        }
    }

    /// Says aloud that a step was left out, and why.
    pub(crate) fn skip(&mut self, what: &str, why: &str) {
        let line = format!("{what}: {why}");
        say(&format!("skipped: {line}"));
        self.skipped.push(line);
    }

    /// Prints what was skipped and what failed, and the count on the last line.
    pub(crate) fn close(self) -> Result<(), StepError> {
        self.tally.said.iter().for_each(|line| say(&format!("skipped within {line}")));
        self.skipped.iter().for_each(|line| say(&format!("skipped: {line}")));
        self.failed.iter().for_each(|error| say(&format!("failed: {error}")));
        self.tally.panics.iter().for_each(|line| say(&format!("said: {line}")));
        self.tally.names.iter().for_each(|name| say(&format!("failed test: {name}")));
        count(&self.tally);
        if self.failed.is_empty() {
            return Ok(());
        }
        Err(StepError::new(
            format!("{} steps failed, {} tests in them", self.failed.len(), self.tally.failed),
            "they are named above, each with its remedy",
        ))
    }
}

#[expect(clippy::print_stdout, reason = "a program for the terminal")]
fn count(tally: &Tally) {
    println!("tests: {} passed, {} failed, {} skipped", tally.passed, tally.failed, tally.skipped);
}

impl Tally {
    /// Reads one line of cargo's test harness.
    pub(crate) fn cargo(&mut self, line: &str) {
        let line = line.trim();
        self.panicked(line);
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += number_before(counts, "passed");
            self.failed += number_before(counts, "failed");
            self.skipped += number_before(counts, "ignored");
        } else if let Some(name) =
            line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED"))
        {
            self.names.push(name.to_owned());
        } else if line.starts_with("skipped:") {
            self.said.push(format!("cargo test: {}", line.trim_start_matches("skipped:").trim()));
        }
    }

    /// Keeps what a failed test said: an old log that is cut in its middle still has its end.
    fn panicked(&mut self, line: &str) {
        self.place = match self.place {
            _ if line == "failures:" => Place::Failures,
            _ if line.starts_with("test result: ") => Place::Elsewhere,
            Place::Elsewhere => Place::Elsewhere,
            _ if line.contains("panicked at ") => Place::Panic(LINES_OF_A_PANIC),
            Place::Panic(0) => Place::Failures,
            Place::Panic(_) if line.is_empty() || line.starts_with("stack backtrace:") => Place::Failures,
            other => other,
        };
        if let Place::Panic(left) = &mut self.place {
            *left -= 1;
            self.panics.push(line.to_owned());
        }
    }

    /// Reads one line of Node's own test runner.
    pub(crate) fn node(&mut self, line: &str) {
        let Some(rest) = line.trim().strip_prefix(['ℹ', '#']) else {
            if let Some(name) = line.trim().strip_prefix('✖').map(str::trim) {
                let name = name.rsplit_once(" (").map_or(name, |(name, _)| name).to_owned();
                // The runner names them twice, and its own heading once.
                if name != "failing tests:" && !self.names.contains(&name) {
                    self.names.push(name);
                }
            }
            return;
        };
        if let [word, count] = rest.split_whitespace().collect::<Vec<_>>()[..] {
            let count = count.parse().unwrap_or(0);
            match word {
                "pass" => self.passed += count,
                "fail" => self.failed += count,
                "skipped" => self.skipped += count,
                _ => {}
            }
        }
    }

    /// Reads one line of vitest.
    pub(crate) fn vitest(&mut self, line: &str) {
        let plain = without_colour(line);
        let plain = plain.trim();
        if let Some(counts) = plain.strip_prefix("Tests ") {
            self.passed += number_before(counts, "passed");
            self.failed += number_before(counts, "failed");
            self.skipped += number_before(counts, "skipped");
        } else if let Some(name) = plain.strip_prefix("FAIL ") {
            self.names.push(name.trim().to_owned());
        }
    }
}

/// Returns the number that stands before `word`, or 0.
fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ';', '|', '.']).filter(|word| !word.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for letter in line.chars() {
        match letter {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if inside => {}
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_three_runners_add_up() {
        let mut tally = Tally::default();
        for line in [
            "test desk::opens ... ok",
            "test desk::closes ... FAILED",
            "skipped: the shared data are not here",
            "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.10s",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ] {
            tally.cargo(line);
        }
        for line in [
            "✔ opens (12ms)",
            "✖ signs (3.1ms)",
            "ℹ pass 4",
            "ℹ fail 1",
            "✖ failing tests:",
            "✖ signs (3.1ms)",
        ] {
            tally.node(line);
        }
        tally.vitest("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m\u{1b}[90m (7)\u{1b}[39m");
        tally.vitest("      Tests  1 failed | 2 passed (3)");
        assert_eq!((tally.passed, tally.failed, tally.skipped), (12 + 3 + 4 + 7 + 2, 1 + 1 + 1, 2));
        assert_eq!(tally.names, ["desk::closes", "signs"], "each failing test once");
        assert_eq!(tally.said, ["cargo test: the shared data are not here"]);
    }

    #[test]
    fn what_a_failed_test_said_is_repeated_and_a_caught_panic_is_not() {
        let mut tally = Tally::default();
        for line in [
            "successes:",
            "---- old::workbook stdout ----",
            "thread 'old::workbook' (1) panicked at cfb.rs:320:41:",
            "slice index starts at 5632 but ends at 5120",
            "failures:",
            "---- desk::closes stdout ----",
            "thread 'desk::closes' (2) panicked at desk.rs:3:1:",
            "assertion `left == right` failed",
            "  left: 1",
            " right: 2",
            "stack backtrace:",
            "   0: begin_unwind",
            "failures:",
            "    desk::closes",
            "test result: FAILED. 1 passed; 1 failed; 0 ignored",
            "thread 'main' panicked at elsewhere.rs:1:1:",
        ] {
            tally.cargo(line);
        }
        let place = "thread 'desk::closes' (2) panicked at desk.rs:3:1:";
        assert_eq!(tally.panics, [place, "assertion `left == right` failed", "left: 1", "right: 2"]);
    }

    #[test]
    fn a_failed_step_does_not_hide_the_next_one() {
        let mut report = Report::default();
        assert!(!report.step(|_| Err(StepError::new("lints", "mend them"))));
        assert!(report.step(|_| Ok(())), "the next one runs");
        assert!(report.close().is_err(), "and the run has failed all the same");
    }
}

//! How many workers run, how much each may take, and how long.

use cotejo_lector_protocol::{IntakeLimits, ReadingLimits};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Says how much of the machine the reading may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// *Mientras trabajo*: half of the cores, behind everything a person waits for.
    WhileWorking,
    /// *A toda máquina*: all cores, at the usual priority.
    #[default]
    FullSpeed,
}

/// Describes what a machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Cores.
    pub cores: usize,
    /// Memory in megabytes, when the system tells.
    pub megabytes: Option<u64>,
}

impl Machine {
    /// Describes this one.
    #[must_use]
    pub fn this() -> Self {
        Self {
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            megabytes: cotejo_confinement::machine_bytes().map(|bytes| bytes / (1024 * 1024)),
        }
    }
}

/// Says how many workers run, what each may take and how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Reading workers at once.
    pub readers: usize,
    /// Ceiling of a reading worker's addresses in megabytes, kept by the system; 0 for none.
    pub reader_megabytes: u64,
    /// Ceiling of the memory a reading worker really holds beside the file it was given, in megabytes, kept by the watchdog; 0 for none.
    pub reader_resident_megabytes: u64,
    /// Ceiling of the recognition worker's addresses in megabytes; 0 for none.
    pub recogniser_megabytes: u64,
    /// Levels below the usual priority, 0 to 19; recognition never stands higher than 15.
    pub niceness: u8,
    /// Wall clock for one page; also for opening a file and for whatever is not a page.
    pub page_time: Duration,
    /// Wall clock for one file.
    pub file_time: Duration,
    /// Limits of a package and of a single file.
    pub limits: IntakeLimits,
    /// Limits of the reading of one file, for whoever asks for one.
    pub reading: ReadingLimits,
}

impl Settings {
    /// Returns the settings of a pace on this machine.
    #[must_use]
    pub fn at(pace: Pace) -> Self {
        Self::on(pace, Machine::this())
    }

    /// Returns the settings of a pace on a given machine: workers by cores, and never more than the memory bears (a quarter of it while a
    /// person works, half of it at full speed).
    #[must_use]
    pub fn on(pace: Pace, machine: Machine) -> Self {
        let (wanted, resident, share, niceness) = match pace {
            Pace::WhileWorking => (machine.cores.div_ceil(2), 512, 4, 10),
            Pace::FullSpeed => (machine.cores, 1024, 2, 0),
        };
        let borne = machine.megabytes.map_or(usize::MAX, |megabytes| {
            usize::try_from(megabytes / share / resident).unwrap_or(usize::MAX)
        });
        Self {
            readers: wanted.min(borne).max(1),
            reader_megabytes: 3072,
            reader_resident_megabytes: resident,
            recogniser_megabytes: 4096,
            niceness,
            page_time: Duration::from_secs(90),
            file_time: Duration::from_secs(3600),
            limits: IntakeLimits::default(),
            reading: ReadingLimits::default(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::at(Pace::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_follow_cores_and_memory() {
        let on = |pace, cores, megabytes| {
            let settings = Settings::on(pace, Machine { cores, megabytes });
            (settings.readers, settings.reader_resident_megabytes, settings.niceness)
        };
        assert_eq!(on(Pace::FullSpeed, 8, Some(32_768)), (8, 1024, 0));
        assert_eq!(on(Pace::WhileWorking, 8, Some(32_768)), (4, 512, 10));
        assert_eq!(on(Pace::FullSpeed, 16, Some(8_192)), (4, 1024, 0), "memory bears no more");
        assert_eq!(on(Pace::WhileWorking, 8, Some(4_096)), (2, 512, 10));
        assert_eq!(on(Pace::WhileWorking, 1, Some(1_024)), (1, 512, 10), "there is always one");
        assert_eq!(on(Pace::FullSpeed, 4, None).0, 4, "a system that does not tell is trusted");
    }

    #[test]
    fn the_pace_has_a_stable_name() {
        assert_eq!(serde_json::to_string(&Pace::WhileWorking).expect("serialises"), "\"while_working\"");
    }
}

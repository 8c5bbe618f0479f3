//! How much of the machine the reading may take.

use cotejo_lector_client::Pace;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names a pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaceView {
    /// *Mientras trabajo*.
    WhileWorking,
    /// *A toda máquina*.
    FullSpeed,
}

impl From<Pace> for PaceView {
    fn from(pace: Pace) -> Self {
        match pace {
            Pace::WhileWorking => Self::WhileWorking,
            Pace::FullSpeed => Self::FullSpeed,
        }
    }
}

impl From<PaceView> for Pace {
    fn from(pace: PaceView) -> Self {
        match pace {
            PaceView::WhileWorking => Self::WhileWorking,
            PaceView::FullSpeed => Self::FullSpeed,
        }
    }
}

/// Describes a pace on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaceOption {
    /// The pace.
    pub pace: PaceView,
    /// Its name, in Spanish.
    pub label: String,
    /// What it means here, in Spanish.
    pub explanation: String,
    /// Workers at once.
    pub workers: u32,
    /// Ceiling of each in megabytes, beside the file it was given.
    pub worker_megabytes: u32,
}

/// Holds the pace that is set, and the ones there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReadingPaceView {
    /// The one in force.
    pub pace: PaceView,
    /// All of them, on this machine.
    pub options: Vec<PaceOption>,
}

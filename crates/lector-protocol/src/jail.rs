//! What holds a worker in, as the worker itself says on request: nothing here is assumed of a platform.

use serde::{Deserialize, Serialize};

/// Names one layer of the jail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JailLayer {
    /// A ceiling of memory that the system keeps (`RLIMIT_AS`).
    Memory,
    /// A ceiling of processor time for each request (`RLIMIT_CPU`).
    ProcessorTime,
    /// No file can grow (`RLIMIT_FSIZE` 0).
    FileSize,
    /// No dump of its memory is written (`RLIMIT_CORE` 0).
    CoreDump,
    /// No further process (`RLIMIT_NPROC` 0; the system does not apply it to an administrator).
    Processes,
    /// No new privileges (`PR_SET_NO_NEW_PRIVS`).
    Privileges,
    /// No file can be opened (landlock).
    FileSystem,
    /// Only a short list of system calls (seccomp): no socket, no new program, no opening of files.
    SystemCalls,
    /// Lowest integrity level and no privileges in the token (Windows).
    Integrity,
    /// No child process, no generated code (mitigation policies of Windows).
    Mitigations,
    /// The platform's own sandbox (macOS).
    Sandbox,
}

/// Describes a layer that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLayer {
    /// Which one.
    pub layer: JailLayer,
    /// False when the running system enforces it in part only.
    pub whole: bool,
    /// Version, ceiling or count in the platform's own terms; may be empty.
    pub detail: String,
}

/// Names something that a worker must not be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForbiddenAct {
    /// Opening a socket.
    OpenSocket,
    /// Opening a file for reading.
    ReadFile,
    /// Opening a file for writing.
    WriteFile,
    /// Starting a program.
    StartProcess,
}

/// Tells how an attempt at something forbidden ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What was tried.
    pub act: ForbiddenAct,
    /// True when the system refused.
    pub refused: bool,
    /// The system's own words; empty when it was allowed.
    pub detail: String,
}

/// Holds what a worker says of its jail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JailReport {
    /// The layers in force.
    pub layers: Vec<HeldLayer>,
    /// What the worker tried from inside, and how it ended.
    pub attempts: Vec<Attempt>,
}

impl JailReport {
    /// Tells whether a layer is in force.
    #[must_use]
    pub fn holds(&self, layer: JailLayer) -> bool {
        self.layers.iter().any(|held| held.layer == layer)
    }

    /// Tells whether everything that was tried was refused.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        !self.attempts.is_empty() && self.attempts.iter().all(|attempt| attempt.refused)
    }
}

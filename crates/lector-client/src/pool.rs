//! Workers that wait for work, and how many may run at once.

use crate::worker::Worker;
use crate::{Cancel, LectorError, Resources};
use cotejo_confinement::JobLimits;
use std::process::Command;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How soon a call that waits for a place notices that it was cancelled.
const HEARTBEAT: Duration = Duration::from_millis(50);

/// What the workers of a pool are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reading.
    Leer,
    /// Recognition.
    Reconocer,
}

/// How many workers there may be, and what each may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Workers at once.
    pub(crate) most: usize,
    /// Megabytes of addresses, which the system keeps; 0 for no ceiling.
    pub(crate) address_megabytes: u64,
    /// Megabytes really held, which the watchdog keeps; 0 for no ceiling.
    pub(crate) resident_megabytes: u64,
    /// Levels below the usual priority, 0 to 19.
    pub(crate) niceness: u8,
}

/// Keeps the workers of one role.
pub(crate) struct Pool {
    role: Role,
    bounds: Bounds,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Worker>,
    running: usize,
}

impl Pool {
    pub(crate) fn new(role: Role, bounds: Bounds) -> Self {
        let bounds = Bounds { most: bounds.most.max(1), ..bounds };
        Self { role, bounds, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits for a free place and runs `work` on a living worker. The worker goes back if it is still alive.
    ///
    /// # Errors
    /// Fails when the worker cannot be started, or when the person cancelled while it waited.
    pub(crate) fn with_worker<T>(
        &self,
        resources: &Resources,
        cancel: &Cancel,
        work: impl FnOnce(&mut Worker) -> T,
    ) -> Result<T, LectorError> {
        let mut place = self.take_place(cancel)?;
        let idle = place.0.lock().idle.pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.start(resources)?,
        };
        if !worker.is_alive() {
            worker = self.start(resources)?;
        }
        let result = work(&mut worker);
        if worker.is_alive() && !worker.is_bloated() {
            place.1 = Some(worker);
        }
        Ok(result)
    }

    /// Lists the processes that wait for work.
    pub(crate) fn idle_processes(&self) -> Vec<u32> {
        self.lock().idle.iter().map(Worker::process_id).collect()
    }

    fn take_place(&self, cancel: &Cancel) -> Result<Place<'_>, LectorError> {
        let mut state = self.lock();
        loop {
            if cancel.is_cancelled() {
                return Err(LectorError::Cancelled);
            }
            if state.running < self.bounds.most {
                state.running += 1;
                return Ok(Place(self, None));
            }
            state = self.freed.wait_timeout(state, HEARTBEAT).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn start(&self, resources: &Resources) -> Result<Worker, LectorError> {
        const MEGABYTE: u64 = 1024 * 1024;
        let job = JobLimits {
            memory_bytes: self.bounds.address_megabytes.saturating_mul(MEGABYTE),
            low_priority: self.bounds.niceness > 0,
        };
        Worker::start(self.command(resources), self.bounds.resident_megabytes.saturating_mul(MEGABYTE), job)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn command(&self, resources: &Resources) -> Command {
        let mut command = Command::new(&resources.program);
        match self.role {
            Role::Leer => {
                command
                    .arg("leer")
                    .arg("--pdfium")
                    .arg(&resources.pdfium)
                    .arg("--tessdata")
                    .arg(&resources.tessdata);
            }
            Role::Reconocer => {
                command.arg("reconocer");
                if let Some(encoder) = &resources.encoder {
                    command.arg("--codificador").arg(encoder);
                }
                if let Some(heads) = &resources.heads {
                    command.arg("--cabezas").arg(&heads.path);
                    command.arg("--cabezas-sha256").arg(&heads.sha256);
                }
            }
        }
        command.arg("--memoria").arg(self.bounds.address_megabytes.to_string());
        command.arg("--prioridad").arg(self.bounds.niceness.to_string());
        command
    }
}

// A place among those that may run; given back on every way out, with the worker if it lives.
struct Place<'p>(&'p Pool, Option<Worker>);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.running = state.running.saturating_sub(1);
        state.idle.extend(self.1.take());
        drop(state);
        self.0.freed.notify_one();
    }
}

//! Workers that wait for work, and how many may run at once.

use crate::worker::Worker;
use crate::{LectorError, Resources};
use std::process::Command;
use std::sync::{Condvar, Mutex, PoisonError};

/// What the workers of a pool are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reading.
    Leer,
    /// Recognition.
    Reconocer,
}

/// Keeps the workers of one role.
pub(crate) struct Pool {
    role: Role,
    most: usize,
    memory_megabytes: u64,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Worker>,
    running: usize,
}

impl Pool {
    pub(crate) fn new(role: Role, most: usize, memory_megabytes: u64) -> Self {
        Self { role, most: most.max(1), memory_megabytes, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits for a free place and runs `work` on a living worker. The worker goes back if it is still alive.
    ///
    /// # Errors
    /// Fails when the worker cannot be started.
    pub(crate) fn with_worker<T>(
        &self,
        resources: &Resources,
        work: impl FnOnce(&mut Worker) -> T,
    ) -> Result<T, LectorError> {
        let mut place = self.take_place();
        let idle = place.0.lock().idle.pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(self.command(resources))?,
        };
        if !worker.is_alive() {
            worker = Worker::start(self.command(resources))?;
        }
        let result = work(&mut worker);
        if worker.is_alive() {
            place.1 = Some(worker);
        }
        Ok(result)
    }

    /// Lists the processes that wait for work.
    pub(crate) fn idle_processes(&self) -> Vec<u32> {
        self.lock().idle.iter().map(Worker::process_id).collect()
    }

    fn take_place(&self) -> Place<'_> {
        let mut state = self.lock();
        while state.running >= self.most {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.running += 1;
        Place(self, None)
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
            }
        }
        command.arg("--memoria").arg(self.memory_megabytes.to_string());
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

//! What the window keeps while it is open: the desk, and the switch of the import at hand.

use crate::launch::Launch;
use cotejo_casework::Desk;
use cotejo_casework::view::{Cancellation, ErrorCode, ErrorView};
use cotejo_catalogue::message;
use std::sync::{Mutex, PoisonError};

/// Holds the desk, or why there is none: the window opens either way and says so.
pub(crate) struct Shell {
    desk: Result<Desk, ErrorView>,
    running: Mutex<Option<Cancellation>>,
    pub(crate) launch: Launch,
    pub(crate) images: crate::protocol::ImageCache,
}

impl Shell {
    pub(crate) fn new(desk: Result<Desk, ErrorView>, launch: Launch) -> Self {
        Self { desk, running: Mutex::default(), launch, images: crate::protocol::ImageCache::default() }
    }

    /// Lends the desk, or tells why it could not be opened.
    pub(crate) fn desk(&self) -> Result<&Desk, ErrorView> {
        self.desk.as_ref().map_err(Clone::clone)
    }

    /// Starts a long act: one at a time, so that its tray says one thing.
    pub(crate) fn start(&self) -> Result<Running<'_>, ErrorView> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Err(ErrorView {
                code: ErrorCode::Precondition,
                message: message("app.error.ya_hay_tarea", &[]),
                cause: message("app.error.ya_hay_tarea.causa", &[]),
                remedy: message("app.error.ya_hay_tarea.remedio", &[]),
                details: String::new(),
            });
        }
        let switch = Cancellation::default();
        *running = Some(switch.clone());
        Ok(Running { shell: self, switch })
    }

    /// Asks the long act at hand to stop.
    pub(crate) fn cancel(&self) {
        if let Some(switch) = self.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            switch.cancel();
        }
    }
}

/// Marks that a long act is going on, until it is dropped.
pub(crate) struct Running<'a> {
    shell: &'a Shell,
    pub(crate) switch: Cancellation,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.shell.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

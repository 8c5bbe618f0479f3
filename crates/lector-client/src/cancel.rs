//! Cancelling: a kill, not a request.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cancels the calls it was handed to. Clones share one state; once cancelled it stays so.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>, Option<Arc<AtomicBool>>);

impl Cancel {
    /// Returns a token that is not cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels: workers that serve calls with this token are killed within a tenth of a second.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Tells whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst) || self.1.as_ref().is_some_and(|other| other.load(Ordering::SeqCst))
    }

    /// Returns one that is cancelled when this one is or `other` is.
    pub(crate) fn with(&self, other: &Self) -> Self {
        Self(Arc::clone(&self.0), Some(Arc::clone(&other.0)))
    }
}

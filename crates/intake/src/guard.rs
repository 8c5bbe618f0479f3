//! Keeps a panic of a foreign parser from ending the worker.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work` and returns its value; `None` when it panicked. What it worked on must be thrown away then.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

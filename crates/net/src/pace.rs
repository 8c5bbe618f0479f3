//! Manners: one request at a time to each host, at a pace, and none to a host that keeps failing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use tokio::time::{Duration, Instant, sleep_until};

/// Remembers one host.
#[derive(Debug, Default)]
pub(crate) struct Host {
    next: Option<Instant>,
    failures: u32,
    rests_until: Option<Instant>,
}

/// Remembers the hosts; clones share the memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hosts {
    known: Arc<Mutex<HashMap<String, Arc<Turn<Host>>>>>,
}

impl Hosts {
    /// Waits for this caller's turn at a host.
    pub(crate) async fn turn(&self, host: &str) -> OwnedMutexGuard<Host> {
        let entry = match self.known.lock() {
            Ok(mut known) => known.entry(host.to_owned()).or_default().clone(),
            // A panic elsewhere while the map was held: manners are then kept by this request alone.
            Err(_) => Arc::default(),
        };
        entry.lock_owned().await
    }
}

impl Host {
    /// Tells how much longer the host is left alone.
    pub(crate) fn rest_left(&self) -> Option<Duration> {
        self.rests_until
            .map(|until| until.saturating_duration_since(Instant::now()))
            .filter(|left| !left.is_zero())
    }

    /// Waits until the host may be asked, and notes that it is asked now.
    pub(crate) async fn keep_pace(&mut self, pace: Duration) {
        if let Some(next) = self.next {
            sleep_until(next).await;
        }
        self.next = Some(Instant::now() + pace);
    }

    /// Puts the next request off.
    pub(crate) fn put_off(&mut self, wait: Duration) {
        let then = Instant::now() + wait;
        self.next = Some(self.next.map_or(then, |next| next.max(then)));
    }

    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
        self.rests_until = None;
    }

    pub(crate) fn failed(&mut self, failures_before_rest: u32, rest: Duration) {
        self.failures += 1;
        if self.failures >= failures_before_rest {
            self.failures = 0;
            self.rests_until = Some(Instant::now() + rest);
        }
    }
}

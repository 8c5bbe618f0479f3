//! How the client behaves.

use std::time::Duration;

/// Holds the client's settings. The defaults suit public services that answer slowly.
#[derive(Clone)]
pub struct Settings {
    /// Nothing is sent: `--sin-red`.
    pub offline: bool,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for a whole answer.
    pub timeout: Duration,
    /// Most bytes of an answer, unpacked.
    pub largest_answer: u64,
    /// Shortest time between two requests to the same host.
    pub pace: Duration,
    /// Tries for one request, the first included.
    pub tries: u32,
    /// Longest wait that a host may ask for with `Retry-After`.
    pub longest_wait: Duration,
    /// Failures in a row after which a host is left alone.
    pub failures_before_rest: u32,
    /// How long it is left alone.
    pub rest: Duration,
    /// Certificates in PEM to trust besides those of the platform: an entity's own proxy, or a simulator.
    pub extra_roots_pem: Vec<String>,
    /// Client certificate and private key in PEM, for gateways that demand one.
    pub identity_pem: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            offline: false,
            connect_timeout: Duration::from_secs(15),
            timeout: Duration::from_secs(60),
            largest_answer: 32 * 1024 * 1024,
            pace: Duration::from_millis(1500),
            tries: 4,
            longest_wait: Duration::from_secs(60),
            failures_before_rest: 5,
            rest: Duration::from_secs(120),
            extra_roots_pem: Vec::new(),
            identity_pem: None,
        }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the private key.
        formatter
            .debug_struct("Settings")
            .field("offline", &self.offline)
            .field("timeout", &self.timeout)
            .field("has_identity", &self.identity_pem.is_some())
            .finish_non_exhaustive()
    }
}

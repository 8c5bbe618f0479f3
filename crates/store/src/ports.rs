//! The ports the store takes from outside, and their real implementations.

use crate::Keyring;
use cotejo_domain::ports::{Clock, Entropy};
use rand_core::RngCore;
use std::sync::Arc;

/// Reads the clock of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

/// Takes random bytes from the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        rand_core::OsRng.fill_bytes(buffer);
    }
}

/// Holds the ports; cloning shares them.
#[derive(Clone)]
pub struct Ports {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Keeps the profile's secrets.
    pub keyring: Arc<dyn Keyring>,
}

impl Ports {
    /// Takes the clock and the randomness of this machine, and the given keyring.
    #[must_use]
    pub fn system(keyring: Arc<dyn Keyring>) -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy), keyring }
    }

    pub(crate) fn uuid(&self) -> uuid::Uuid {
        cotejo_domain::ports::new_uuid(self.clock.as_ref(), self.entropy.as_ref())
    }

    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

//! Ports: what the core takes from outside, so that tests are exact.

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Returns the present moment in UTC.
    fn now(&self) -> jiff::Timestamp;
}

/// Gives unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// Makes a UUIDv7 from the two ports: ordered by time, unique by randomness (RFC 9562).
pub fn new_uuid(clock: &dyn Clock, entropy: &dyn Entropy) -> uuid::Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let milliseconds = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}

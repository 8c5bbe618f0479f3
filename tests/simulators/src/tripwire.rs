//! An address nobody may call: proves that nothing was sent.

use std::io::ErrorKind;
use std::net::TcpListener;

/// Listens on a free port of this machine and notices whoever connects, even before TLS begins.
#[derive(Debug)]
pub struct Tripwire {
    listener: TcpListener,
}

impl Tripwire {
    /// Starts listening.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn new() -> Result<Self, std::io::Error> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener })
    }

    /// Returns its address.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn url(&self) -> Result<String, std::io::Error> {
        Ok(format!("https://127.0.0.1:{}", self.listener.local_addr()?.port()))
    }

    /// Tells whether nobody connected so far.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        matches!(self.listener.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
    }
}

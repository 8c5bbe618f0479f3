//! The one HTTP client. No other crate opens a socket.
//!
//! It knows no service. It asks one thing at a time of each host, keeps a pace, honours `Retry-After`, stops asking a host that
//! keeps failing, limits what it takes in, and hands back the raw answer as evidence ([`Exchange`]). TLS is rustls with ring and
//! the trust of the platform; a client identity can be given for institutional gateways. With [`Settings::offline`]
//! (`--sin-red`) nothing is sent at all.

mod client;
mod error;
mod exchange;
mod pace;
mod settings;
mod tls;

pub use client::Client;
pub use error::NetError;
pub use exchange::{Exchange, Request};
pub use settings::Settings;

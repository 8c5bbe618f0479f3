//! Asking.

use crate::pace::{Host, Hosts};
use crate::{Exchange, NetError, Request, Settings, tls};
use cotejo_domain::FileHash;
use cotejo_domain::ports::Clock;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Asks services over HTTPS. Clones share pace and connections: one is enough for a program.
#[derive(Clone)]
pub struct Client {
    /// None when offline: then not even the platform's certificates are looked for.
    http: Option<reqwest::Client>,
    settings: Arc<Settings>,
    clock: Arc<dyn Clock>,
    hosts: Hosts,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// What one try came to.
enum Attempt {
    Answer(Exchange),
    /// Ask again after this wait, if there are tries left; else this is the outcome.
    Again(Duration, Result<Exchange, NetError>),
    Failed(NetError),
}

impl Client {
    /// Makes a client. A proxy is taken from the environment (`HTTPS_PROXY`, `NO_PROXY`).
    ///
    /// # Errors
    /// [`NetError::Settings`] when a certificate cannot be used.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, NetError> {
        let http = if settings.offline { None } else { Some(connector(&settings)?) };
        Ok(Self { http, settings: Arc::new(settings), clock, hosts: Hosts::default() })
    }

    /// Tells whether nothing is sent.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.http.is_none()
    }

    /// Asks and waits for the whole answer. An answer with an error status is an answer.
    ///
    /// # Errors
    /// When there is none; see [`NetError`].
    pub async fn send(&self, request: &Request) -> Result<Exchange, NetError> {
        let Some(http) = &self.http else { return Err(NetError::Offline) };
        let address = Url::parse(&request.url).map_err(|_| NetError::Address(request.url.clone()))?;
        let host = match (address.scheme(), address.host_str()) {
            ("https", Some(host)) => host.to_owned(),
            _ => return Err(NetError::Address(request.url.clone())),
        };
        let mut turn = self.hosts.turn(&host).await;
        if let Some(left) = turn.rest_left() {
            return Err(NetError::Resting { host, seconds: left.as_secs().max(1) });
        }
        let mut tries_left = self.settings.tries.max(1);
        loop {
            turn.keep_pace(self.settings.pace).await;
            tries_left -= 1;
            let attempt = self.attempt(http, &host, &address, request).await;
            match attempt {
                Attempt::Answer(exchange) => {
                    turn.succeeded();
                    return Ok(exchange);
                }
                Attempt::Failed(error) => {
                    self.note_failure(&mut turn);
                    return Err(error);
                }
                Attempt::Again(wait, outcome) => {
                    if tries_left == 0 {
                        self.note_failure(&mut turn);
                        return outcome;
                    }
                    turn.put_off(wait);
                }
            }
        }
    }

    fn note_failure(&self, turn: &mut Host) {
        turn.failed(self.settings.failures_before_rest, self.settings.rest);
    }

    async fn attempt(&self, http: &reqwest::Client, host: &str, address: &Url, request: &Request) -> Attempt {
        let mut builder = http.get(address.clone());
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let mut response = match builder.send().await {
            Ok(response) => response,
            Err(error) => return self.failed(host, &error),
        };
        let status = response.status().as_u16();
        let url = response.url().to_string();
        let text = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let content_type = text("content-type");
        let retry_after = text("retry-after");
        let mut body: Vec<u8> = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    // Counted as it comes: a length in a header is only a promise.
                    if (body.len() + chunk.len()) as u64 > self.settings.largest_answer {
                        let limit = self.settings.largest_answer;
                        return Attempt::Failed(NetError::TooLarge { host: host.into(), limit });
                    }
                    body.extend_from_slice(&chunk);
                }
                Ok(None) => break,
                Err(error) => return self.failed(host, &error),
            }
        }
        let sha256 = FileHash::of(&body);
        let exchange = Exchange { url, at: self.clock.now(), status, content_type, sha256, body };
        if !matches!(status, 429 | 500 | 502 | 503 | 504) {
            return Attempt::Answer(exchange);
        }
        let wait = retry_after.and_then(|text| self.wait_of(&text)).unwrap_or(self.settings.pace);
        if wait > self.settings.longest_wait {
            return Attempt::Failed(NetError::Busy { host: host.into(), seconds: wait.as_secs() });
        }
        Attempt::Again(wait, Ok(exchange))
    }

    /// Reads `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
    fn wait_of(&self, text: &str) -> Option<Duration> {
        if let Ok(seconds) = text.trim().parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        let then = jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp();
        let seconds = then.as_second() - self.clock.now().as_second();
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
    }

    fn failed(&self, host: &str, error: &reqwest::Error) -> Attempt {
        let host = host.to_owned();
        if error.is_timeout() {
            // A host that is silent for the whole time limit is not asked again at once.
            return Attempt::Failed(NetError::Timeout { host });
        }
        let outcome = NetError::Unreachable { host, detail: innermost(error) };
        if error.is_connect() && !is_about_trust(error) {
            Attempt::Again(self.settings.pace, Err(outcome))
        } else {
            Attempt::Failed(outcome)
        }
    }
}

fn connector(settings: &Settings) -> Result<reqwest::Client, NetError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls::configuration(settings)?)
        .https_only(true)
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.timeout)
        .redirect(reqwest::redirect::Policy::limited(3))
        // Its own name and nothing else: a service that wants a browser gets a person with a browser.
        .user_agent(concat!("Cotejo/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| NetError::Settings(innermost(&error)))
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// A certificate that is not trusted is not trusted at the second try either.
fn is_about_trust(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if current.is::<rustls::Error>() {
            return true;
        }
        // An io::Error keeps its TLS cause inside, not as its source.
        if let Some(inner) = current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref)
            && inner.is::<rustls::Error>()
        {
            return true;
        }
        cause = current.source();
    }
    false
}

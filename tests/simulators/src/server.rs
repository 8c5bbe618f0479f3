//! The server: one address for all services, with a certificate of its own authority.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::RootCertStore;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Tells why a simulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// A certificate could not be made.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS could not be set up.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// Client authentication could not be set up.
    #[error("client authentication: {0}")]
    Clients(#[from] rustls::server::VerifierBuilderError),
    /// No port could be opened.
    #[error("port: {0}")]
    Port(#[from] std::io::Error),
}

/// Remembers what was asked, for tests that count.
pub(crate) type Requests = Arc<Mutex<Vec<String>>>;

/// Runs until it is dropped.
pub struct Simulator {
    address: SocketAddr,
    authority_pem: String,
    client_identity_pem: String,
    requests: Requests,
    task: JoinHandle<()>,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Simulator {
    /// Starts on a free port of this machine.
    ///
    /// # Errors
    /// When a certificate, TLS or the port fails.
    pub async fn start() -> Result<Self, SimulatorError> {
        Self::run(false, 0, Vec::new()).await
    }

    /// Starts one that knows further taxpayers, on a given port; 0 takes a free one.
    ///
    /// # Errors
    /// When a certificate, TLS or the port fails.
    pub async fn start_with(
        port: u16,
        taxpayers: Vec<crate::SimulatedTaxpayer>,
    ) -> Result<Self, SimulatorError> {
        Self::run(false, port, taxpayers).await
    }

    /// Starts one that demands a client certificate, as an institutional gateway may.
    ///
    /// # Errors
    /// When a certificate, TLS or the port fails.
    pub async fn start_with_client_certificates() -> Result<Self, SimulatorError> {
        Self::run(true, 0, Vec::new()).await
    }

    async fn run(
        demand_certificate: bool,
        port: u16,
        taxpayers: Vec<crate::SimulatedTaxpayer>,
    ) -> Result<Self, SimulatorError> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let server_key = KeyPair::generate()?;
        let server = CertificateParams::new(vec!["localhost".into()])?.signed_by(&server_key, &authority)?;
        let client_key = KeyPair::generate()?;
        let client =
            CertificateParams::new(vec!["cliente.ejemplo".into()])?.signed_by(&client_key, &authority)?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()?;
        let builder = if demand_certificate {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der().clone())?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
        let config = builder.with_single_cert(vec![server.der().clone()], key)?;

        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let requests = Requests::default();
        let routes = Router::new()
            .merge(crate::sri::routes(Arc::new(taxpayers)))
            .merge(crate::sercop::routes())
            .merge(crate::troubles::routes(requests.clone()))
            .layer(from_fn_with_state(requests.clone(), remember));
        let listener = TlsListener { listener, acceptor: TlsAcceptor::from(Arc::new(config)) };
        let task = tokio::spawn(async move {
            // Ends only when the task is aborted.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self {
            address,
            authority_pem: authority.pem(),
            client_identity_pem: format!("{}{}", client.pem(), client_key.serialize_pem()),
            requests,
            task,
        })
    }

    /// Returns the address of the service at `path`: `https://localhost:…/path`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("https://localhost:{}/{}", self.address.port(), path.trim_start_matches('/'))
    }

    /// Returns the certificate of the authority to trust.
    #[must_use]
    pub fn authority_pem(&self) -> &str {
        &self.authority_pem
    }

    /// Returns a client certificate with its key.
    #[must_use]
    pub fn client_identity_pem(&self) -> &str {
        &self.client_identity_pem
    }

    /// Returns the paths that were asked for, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().map(|requests| requests.clone()).unwrap_or_default()
    }
}

async fn remember(State(requests): State<Requests>, request: Request, next: Next) -> Response {
    if let Ok(mut requests) = requests.lock() {
        requests.push(request.uri().to_string());
    }
    next.run(request).await
}

struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else { continue };
            // A client that breaks off its handshake is its own affair.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

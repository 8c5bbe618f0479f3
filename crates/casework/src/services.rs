//! The public services a use case may ask, behind one client: offline nothing is sent; a simulator stands in place of every host.

use crate::CaseworkError;
use cotejo_catalogue::message;
use cotejo_domain::Finding;
use cotejo_domain::ports::Clock;
use cotejo_net::{Client, Settings};
use cotejo_registries::{SRI_BASE, Sri};
use cotejo_tenders::{OpenData, SERCOP_BASE, TenderError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Names a simulator to ask in place of the services. What it answers is fictional, and is shown as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatorAt {
    /// Stands in place of scheme and host of every service: `https://localhost:8443`.
    pub url: String,
    /// Certificate of its authority in PEM, where the platform does not trust it.
    pub authority_pem: Option<String>,
}

impl SimulatorAt {
    /// Names a simulator, and reads the certificate of its authority.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn new(url: &str, authority: Option<&Path>) -> Result<Self, CaseworkError> {
        let authority_pem = authority
            .map(|path| std::fs::read_to_string(path).map_err(CaseworkError::file(path)))
            .transpose()?;
        Ok(Self { url: url.trim_end_matches('/').to_owned(), authority_pem })
    }
}

/// Holds the services. Clones share pace and connections.
#[derive(Clone)]
pub(crate) struct Services {
    client: Client,
    clock: Arc<dyn Clock>,
    simulator: Option<String>,
}

impl Services {
    pub(crate) fn new(
        offline: bool,
        simulator: Option<&SimulatorAt>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CaseworkError> {
        let settings = Settings {
            offline,
            // A person waits: two tries, and what did not answer is said.
            tries: 2,
            connect_timeout: Duration::from_secs(10),
            // A simulator on this machine needs no manners.
            pace: if simulator.is_some() { Duration::from_millis(20) } else { Settings::default().pace },
            extra_roots_pem: simulator.and_then(|at| at.authority_pem.clone()).into_iter().collect(),
            ..Settings::default()
        };
        Ok(Self {
            client: Client::new(settings, Arc::clone(&clock))?,
            clock,
            simulator: simulator.map(|at| at.url.clone()),
        })
    }

    pub(crate) fn simulated(&self) -> bool {
        self.simulator.is_some()
    }

    pub(crate) fn offline(&self) -> bool {
        self.client.is_offline()
    }

    pub(crate) fn sri(&self) -> Sri {
        Sri::new(self.client.clone(), &self.base(SRI_BASE), Arc::clone(&self.clock))
    }

    pub(crate) fn open_data(&self) -> OpenData {
        OpenData::new(self.client.clone(), &self.base(SERCOP_BASE))
    }

    fn base(&self, real: &str) -> String {
        self.simulator.as_deref().map_or_else(|| real.to_owned(), |simulator| elsewhere(real, simulator))
    }

    /// Names a service for people; a simulated one never passes for the real one.
    pub(crate) fn named(&self, service: &str) -> String {
        if self.simulated() {
            message("registries.simulated_service", &[("servicio", service)])
        } else {
            service.to_owned()
        }
    }
}

/// Puts another scheme and host before the path of an address.
fn elsewhere(real: &str, host: &str) -> String {
    let rest = real.split_once("://").map_or(real, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    format!("{}/{path}", host.trim_end_matches('/'))
}

/// Tells whether asking the same service again is pointless for now: the network itself gave no answer.
pub(crate) fn is_silent(finding: &Finding) -> bool {
    finding.code.starts_with("net.")
}

/// Says as a finding why the open data gave nothing.
pub(crate) fn tender_finding(error: &TenderError) -> Finding {
    Finding {
        code: error.key().into(),
        severity: cotejo_domain::Severity::Error,
        page: None,
        message: error.message(),
        remedy: error.remedy(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulator_stands_in_place_of_the_host_and_keeps_the_path() {
        assert_eq!(
            elsewhere(SERCOP_BASE, "https://localhost:1/"),
            "https://localhost:1/PLATAFORMA",
            "only scheme and host are replaced"
        );
        assert!(
            elsewhere(SRI_BASE, "https://localhost:1")
                .ends_with(":1/sri-catastro-sujeto-servicio-internet/rest")
        );
    }
}

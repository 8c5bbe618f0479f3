//! Asking SERCOP.

use crate::TenderError;
use crate::release::{Tender, parse};
use crate::search::{SearchPage, SearchRow, page};
use cotejo_domain::ProcessCode;
use cotejo_net::{Client, Exchange, Request};
use url::Url;

/// Where the open data answer.
pub const SERCOP_BASE: &str = "https://datosabiertos.compraspublicas.gob.ec/PLATAFORMA";

/// Pages that are looked through for a code before giving up.
const PAGES_FOR_A_CODE: u32 = 5;

/// Asks the open data.
#[derive(Clone, Debug)]
pub struct OpenData {
    client: Client,
    base: String,
}

impl OpenData {
    /// Asks at `base`: [`SERCOP_BASE`], or a simulator.
    #[must_use]
    pub fn new(client: Client, base: &str) -> Self {
        Self { client, base: base.trim_end_matches('/').to_owned() }
    }

    async fn ask(&self, path: &str, query: &[(&str, &str)]) -> Result<Exchange, TenderError> {
        let text = format!("{}/{path}", self.base);
        // Some identifiers hold a slash: everything is encoded.
        let url = Url::parse_with_params(&text, query)
            .map_err(|_| TenderError::Net(cotejo_net::NetError::Address(text)))?;
        let exchange = self.client.send(&Request::get(url).header("accept", "application/json")).await?;
        match exchange.status {
            200 if exchange.looks_like_json() => Ok(exchange),
            404 => {
                Err(TenderError::NotFound { what: query.first().map_or("", |(_, value)| value).to_owned() })
            }
            status => Err(TenderError::Refused { status }),
        }
    }

    /// Searches one year for words (three letters or more), ten rows a page.
    ///
    /// # Errors
    /// When there is no answer, a refusal, or another shape.
    pub async fn search(&self, year: u16, words: &str, number: u32) -> Result<SearchPage, TenderError> {
        Ok(self.search_with_evidence(year, words, number).await?.0)
    }

    /// Searches as [`OpenData::search`] does, and hands back the raw answer too.
    ///
    /// # Errors
    /// When there is no answer, a refusal, or another shape.
    pub async fn search_with_evidence(
        &self,
        year: u16,
        words: &str,
        number: u32,
    ) -> Result<(SearchPage, Exchange), TenderError> {
        let (year, number) = (year.to_string(), number.max(1).to_string());
        let exchange =
            self.ask("api/search_ocds", &[("year", &year), ("search", words), ("page", &number)]).await?;
        let value = serde_json::from_slice(&exchange.body)
            .map_err(|error| TenderError::Shape { detail: error.to_string() })?;
        Ok((page(&value)?, exchange))
    }

    /// Finds the process with this code in a year.
    ///
    /// # Errors
    /// [`TenderError::NotFound`] when it is not among the first pages; when there is no answer, a refusal, or another shape.
    pub async fn find(&self, year: u16, code: &ProcessCode) -> Result<SearchRow, TenderError> {
        for number in 1..=PAGES_FOR_A_CODE {
            let found = self.search(year, code.as_str(), number).await?;
            let last = found.rows.is_empty() || number >= found.pages;
            if let Some(row) = found.rows.into_iter().find(|row| row.code.as_ref() == Some(code)) {
                return Ok(row);
            }
            if last {
                break;
            }
        }
        Err(TenderError::NotFound { what: code.to_string() })
    }

    /// Asks for the record of a process, with the raw answer as evidence.
    ///
    /// # Errors
    /// When there is no answer, a refusal, or another shape; [`TenderError::NotFound`] for an unknown identifier.
    pub async fn record(&self, ocid: &str) -> Result<(Tender, Exchange), TenderError> {
        let exchange = self.ask("api/record", &[("ocid", ocid)]).await?;
        let tender = parse(&exchange.body)?.into_iter().find(|tender| tender.ocid == ocid);
        tender.map(|tender| (tender, exchange)).ok_or_else(|| TenderError::NotFound { what: ocid.to_owned() })
    }
}

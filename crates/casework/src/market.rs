//! Public processes on this machine: importing what somebody downloaded, asking SERCOP's open data, finding and exporting.

use crate::services::{Services, SimulatorAt, tender_finding};
use crate::view::Cancellation;
use crate::{CaseworkError, DeskSettings};
use cotejo_domain::ports::Clock;
use cotejo_domain::{Code, FileHash, Finding};
use cotejo_store::SystemClock;
use cotejo_tenders::{FileFormat, Listing, Market, Provenance, Saved, read_file};
pub use cotejo_tenders::{Found, Kept, ProvenanceKind, Query};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the file in the data folder.
pub(crate) const FILE: &str = "mercado.db";

/// Largest file that is taken into memory; the bulk file of a whole year is larger, those of a month are not.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Tells what importing one file did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportLine {
    /// The file.
    pub file: String,
    /// SHA-256 of it, once it was read.
    pub sha256: Option<String>,
    /// `read`, `partly` or `failed`.
    pub status: &'static str,
    /// What the file is.
    pub format: Option<FileFormat>,
    /// What saving did.
    #[serde(flatten)]
    pub saved: Saved,
    /// Rows that could not be used.
    pub rejected: usize,
    /// What a person should know.
    pub findings: Vec<Finding>,
}

/// Says what to ask the open data.
#[derive(Clone, Debug)]
pub struct SyncOrder {
    /// Year.
    pub year: u16,
    /// Words, three letters or more.
    pub words: String,
    /// First page, from 1.
    pub first_page: u32,
    /// Most pages of ten rows.
    pub pages: u32,
    /// Also asks for the record of each process: who bid, and the items. One question more a process.
    pub records: bool,
}

/// Tells what a synchronization did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SyncLine {
    /// Year.
    pub year: u16,
    /// Words.
    pub words: String,
    /// True when a simulator answered: nothing that was saved is real.
    pub simulated: bool,
    /// Rows the service has for these words; `None` when it did not answer.
    pub total: Option<u64>,
    /// Pages that were read.
    pub pages_read: u32,
    /// Where to go on; `None` when everything was read.
    pub next_page: Option<u32>,
    /// Records that were read.
    pub records_read: u32,
    /// What saving did.
    #[serde(flatten)]
    pub saved: Saved,
    /// Why it stopped early, and which records were not given.
    pub findings: Vec<Finding>,
}

/// Keeps public processes in the data folder.
#[derive(Debug)]
pub struct PublicProcesses {
    market: Market,
    offline: bool,
}

impl PublicProcesses {
    /// Opens them, or begins.
    ///
    /// # Errors
    /// When the data folder or the file cannot be used.
    pub async fn open(settings: &DeskSettings) -> Result<Self, CaseworkError> {
        let folder = crate::desk::data_folder(settings.data.clone())?;
        Ok(Self { market: Market::open(&folder.join(FILE)).await?, offline: settings.offline })
    }

    /// Imports one file. That it cannot be read is said in the line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn import(&self, path: &Path) -> Result<ImportLine, CaseworkError> {
        let mut line = ImportLine {
            file: path.display().to_string(),
            sha256: None,
            status: "failed",
            format: None,
            saved: Saved::default(),
            rejected: 0,
            findings: Vec::new(),
        };
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let view = error.view();
                line.findings.push(Finding {
                    code: view.details,
                    severity: cotejo_domain::Severity::Error,
                    page: None,
                    message: view.message,
                    remedy: view.remedy,
                });
                return Ok(line);
            }
        };
        let sha256 = FileHash::of(&bytes);
        line.sha256 = Some(sha256.to_string());
        let name = crate::sources::name_of(path);
        match read_file(&name, &bytes) {
            Ok(reading) => {
                let at = SystemClock.now();
                let from = Provenance { kind: ProvenanceKind::File, name, sha256, at };
                line.saved = self.market.save(&from, &reading.listings).await?;
                line.format = Some(reading.format);
                line.rejected = reading.rejected;
                line.status = if reading.findings.is_empty() { "read" } else { "partly" };
                line.findings = reading.findings;
            }
            Err(error) => line.findings.push(tender_finding(&error)),
        }
        Ok(line)
    }

    /// Asks the open data for the processes of a year, page by page and at a pace, and keeps them. What was read stays read when the
    /// service stops answering; the line says where to go on.
    ///
    /// # Errors
    /// [`Code::Precondition`] offline; [`Code::WrongUse`] for fewer than three letters; when the database fails.
    pub async fn synchronize(
        &self,
        order: &SyncOrder,
        simulator: Option<&SimulatorAt>,
        tell: &(dyn Fn(u32, u32) + Send + Sync),
        cancellation: &Cancellation,
    ) -> Result<SyncLine, CaseworkError> {
        if order.words.chars().filter(|character| character.is_alphanumeric()).count() < 3 {
            return Err(CaseworkError::refused(Code::WrongUse, "tenders.few_letters", &order.words));
        }
        if self.offline {
            return Err(cotejo_net::NetError::Offline.into());
        }
        let services = Services::new(self.offline, simulator, Arc::new(SystemClock))?;
        let open_data = services.open_data();
        let mut line = SyncLine {
            year: order.year,
            words: order.words.clone(),
            simulated: services.simulated(),
            ..SyncLine::default()
        };
        let kind = if services.simulated() { ProvenanceKind::Simulator } else { ProvenanceKind::Service };
        let mut page = order.first_page.max(1);
        for _ in 0..order.pages.max(1) {
            line.next_page = Some(page);
            if cancellation.is_cancelled() {
                break;
            }
            let (found, exchange) = match open_data.search_with_evidence(order.year, &order.words, page).await
            {
                Ok(answer) => answer,
                Err(error) => {
                    line.findings.push(tender_finding(&error));
                    break;
                }
            };
            tell(page, found.pages);
            line.total = Some(found.total);
            let ocids: Vec<String> = found.rows.iter().map(|row| row.ocid.clone()).collect();
            let listings: Vec<Listing> = found.rows.into_iter().map(Listing::from).collect();
            let from = Provenance { kind, name: exchange.url, sha256: exchange.sha256, at: exchange.at };
            add(&mut line.saved, self.market.save(&from, &listings).await?);
            line.pages_read += 1;
            if order.records && !self.records(&services, kind, &ocids, &mut line).await? {
                break;
            }
            if page >= found.pages || ocids.is_empty() {
                line.next_page = None;
                break;
            }
            page += 1;
            line.next_page = Some(page);
        }
        Ok(line)
    }

    /// Asks for records; false when the service stopped answering.
    async fn records(
        &self,
        services: &Services,
        kind: ProvenanceKind,
        ocids: &[String],
        line: &mut SyncLine,
    ) -> Result<bool, CaseworkError> {
        let open_data = services.open_data();
        for ocid in ocids {
            match open_data.record(ocid).await {
                Ok((tender, exchange)) => {
                    let from =
                        Provenance { kind, name: exchange.url, sha256: exchange.sha256, at: exchange.at };
                    let saved = self.market.save(&from, &[Listing::from(&tender)]).await?;
                    line.records_read += 1;
                    // The process was counted with its row.
                    line.saved.updated += saved.updated;
                }
                Err(error) => {
                    let finding = tender_finding(&error);
                    let silent = crate::services::is_silent(&finding);
                    line.findings.push(finding);
                    if silent {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// Finds processes by words and year.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search(&self, query: &Query) -> Result<Found, CaseworkError> {
        Ok(self.market.search(query).await?)
    }

    /// Writes the processes that were found: a JSON array, or a table that spreadsheets open.
    ///
    /// # Errors
    /// When the database fails, or the file cannot be written.
    pub async fn export(&self, query: &Query, output: &Path) -> Result<u64, CaseworkError> {
        let found = self.market.search(&Query { limit: u32::MAX, ..query.clone() }).await?;
        let is_table = output.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        let content = if is_table {
            table(&found.processes).into_bytes()
        } else {
            serde_json::to_vec_pretty(&found.processes)?
        };
        crate::quick::write_whole(output, &content)?;
        Ok(found.total)
    }
}

fn add(sum: &mut Saved, more: Saved) {
    sum.new += more.new;
    sum.updated += more.updated;
    sum.unchanged += more.unchanged;
}

fn read(path: &Path) -> Result<Vec<u8>, CaseworkError> {
    let meta = std::fs::metadata(path).map_err(CaseworkError::file(path))?;
    if meta.len() > LARGEST {
        let shown = path.display().to_string();
        return Err(CaseworkError::refused(Code::UnreadableInput, "tenders.too_large", shown));
    }
    std::fs::read(path).map_err(CaseworkError::file(PathBuf::from(path)))
}

/// A table with a byte order mark, so that spreadsheets read its accents. A cell that a spreadsheet would take for a formula begins with
/// an apostrophe.
fn table(processes: &[Kept]) -> String {
    let header = [
        "ocid",
        "year",
        "code",
        "method",
        "region",
        "buyer",
        "buyer_ruc",
        "description",
        "budget",
        "awarded",
        "date",
        "bids_due",
        "suppliers",
    ];
    let mut text = String::from("\u{feff}");
    text.push_str(&header.join(","));
    text.push_str("\r\n");
    for kept in processes {
        let listing = &kept.listing;
        let plain = |value: &Option<String>| value.clone().unwrap_or_default();
        let money =
            |value: Option<cotejo_domain::Money>| value.map_or_else(String::new, |money| money.0.to_string());
        let cells = [
            listing.ocid.clone(),
            listing.year_of().map_or_else(String::new, |year| year.to_string()),
            listing.code.as_ref().map_or_else(String::new, ToString::to_string),
            plain(&listing.method),
            plain(&listing.region),
            plain(&listing.buyer),
            listing.buyer_ruc.as_ref().map_or_else(String::new, ToString::to_string),
            plain(&listing.object),
            money(listing.budget),
            money(listing.awarded),
            listing.published_at.map_or_else(String::new, |at| at.to_string()),
            listing.bids_due.map_or_else(String::new, |due| due.to_string()),
            suppliers(listing),
        ];
        let row: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

fn suppliers(listing: &Listing) -> String {
    let named: Vec<&str> = listing
        .participants
        .iter()
        .filter(|participant| participant.role == cotejo_tenders::ParticipantRole::Supplier)
        .map(|participant| participant.name.as_str())
        .collect();
    if named.is_empty() { listing.suppliers.clone().unwrap_or_default() } else { named.join("; ") }
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_a_formula_in_an_exported_cell_is_text() {
        assert_eq!(quoted("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
        assert_eq!(quoted("-1+2"), "'-1+2");
        assert_eq!(quoted("SILLAS, MESAS"), "\"SILLAS, MESAS\"");
    }
}

//! Validation of one bidder: what the number tells, what the SRI says, what the local copy of the open data holds, and what a person
//! must ask. Nothing is invented: a source that was not asked or did not answer says so.

use crate::services::{Services, SimulatorAt, is_silent};
use crate::view::{FindingView, RegistryFact, SourceStatus, SourceView, StructureView, SupplierView};
use crate::{CaseworkError, DeskSettings};
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{CheckDigit, Confidence, Evidence, FileHash, Finding, Location, Ruc, RucKind, Severity};
use cotejo_registries::{Answer, BY_HAND, Consultation, Establishment, Structure, Taxpayer, structure};
use cotejo_store::{Ports, Profile, SystemClock, choose_keyring};
use cotejo_tenders::{Market, ParticipantRole};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// Processes of the local copy that are listed for one taxpayer.
const MOST_PROCESSES: u32 = 20;

/// Key of the profile's setting that keeps the last raw answer about a number.
const KEPT: &str = "consulta.sri.";
const SIMULATED: &str = "consulta.simulador.sri.";

/// What is kept of one question about a taxpayer; the raw answer itself lies apart, named by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptConsultation {
    /// Name of the service, for people.
    pub(crate) service: String,
    pub(crate) simulated: bool,
    pub(crate) answer: Answer<Taxpayer>,
    pub(crate) at: jiff::Timestamp,
    pub(crate) url: Option<String>,
    pub(crate) sha256: Option<FileHash>,
}

impl KeptConsultation {
    pub(crate) fn of(consultation: &Consultation<Taxpayer>, services: &Services) -> Self {
        let exchange = consultation.exchange.as_ref();
        Self {
            service: services.named(&consultation.service),
            simulated: services.simulated(),
            answer: consultation.answer.clone(),
            at: consultation.at,
            url: exchange.map(|exchange| exchange.url.clone()),
            sha256: exchange.map(|exchange| exchange.sha256),
        }
    }

    /// Points to a field of the raw answer, where there was one.
    pub(crate) fn evidence(&self, field: &str, quote: &str) -> Option<Evidence> {
        Some(Evidence {
            file: self.sha256?,
            file_name: self.url.clone()?,
            location: Location::Registry { service: self.service.clone(), field: field.into() },
            quote: quote.into(),
            extractor: "registro.sri@1".into(),
            confidence: Confidence::CERTAIN,
        })
    }
}

/// Consults everything there is about one number.
///
/// The raw answer of the SRI is kept, encrypted, in the profile; with `output` it is written there too, byte by byte.
///
/// # Errors
/// When the data folder cannot be used, or `output` cannot be written. That a service does not answer is no error.
pub async fn consult(
    settings: &DeskSettings,
    number: &str,
    simulator: Option<&SimulatorAt>,
    output: Option<&Path>,
) -> Result<SupplierView, CaseworkError> {
    let read = structure(number);
    let Some(ruc) = read.ruc.clone() else {
        let simulated = simulator.is_some();
        return Ok(view_of(number.trim(), &read, settings.offline, simulated, Vec::new()));
    };
    let folder = crate::desk::data_folder(settings.data.clone())?;
    let services = Services::new(settings.offline, simulator, Arc::new(SystemClock))?;
    let mut sources = Vec::new();
    if services.offline() {
        sources.push(not_asked(question("sri"), offline_finding()));
    } else {
        let sri = services.sri();
        let consultation = sri.taxpayer(&ruc).await;
        if let Some(exchange) = &consultation.exchange {
            let profile = Profile::open(&folder, Ports::system(choose_keyring(&folder)?)).await?;
            // What a simulator says never takes the place of what the service said.
            let kept = if services.simulated() { SIMULATED } else { KEPT };
            profile.set_setting(&format!("{kept}{ruc}"), &serde_json::to_string(exchange)?).await?;
            profile.close().await?;
            if let Some(output) = output {
                crate::quick::write_whole(&output.join(format!("sri-{ruc}.json")), &exchange.body)?;
            }
        }
        let kept = KeptConsultation::of(&consultation, &services);
        let silent = matches!(&kept.answer, Answer::Unknown(finding) if is_silent(finding));
        sources.push(sri_source(&kept));
        sources.push(if silent {
            not_asked(question("sri_establishments"), silent_finding("SRI"))
        } else {
            establishments(&sri.establishments(&ruc).await, &services)
        });
    }
    sources.push(local_copy(&folder, &ruc).await?);
    sources.extend(by_hand(&ruc));
    Ok(view_of(ruc.as_str(), &read, services.offline(), services.simulated(), sources))
}

pub(crate) fn view_of(
    ruc: &str,
    read: &Structure,
    offline: bool,
    simulated: bool,
    sources: Vec<SourceView>,
) -> SupplierView {
    let status = match read.finding.as_ref().map(|finding| finding.severity) {
        None | Some(Severity::Info) => "ok",
        Some(Severity::Warning) => "warning",
        Some(Severity::Error) => "error",
    };
    let kind = read.kind.map(|kind| match kind {
        RucKind::Natural => "natural",
        RucKind::Private => "private",
        RucKind::Public => "public",
    });
    let check_digit = read.check_digit.map(|digit| match digit {
        CheckDigit::Agrees => "agrees",
        CheckDigit::Disagrees => "disagrees",
    });
    SupplierView {
        ruc: ruc.to_owned(),
        simulated,
        offline,
        structure: StructureView {
            status: status.into(),
            kind: kind.map(str::to_owned),
            check_digit: check_digit.map(str::to_owned),
            finding: read.finding.as_ref().map(FindingView::from),
        },
        sources,
    }
}

/// A question that a source is asked: who, and what.
struct Question {
    service: &'static str,
    text: String,
}

fn question(key: &str) -> Question {
    let service = if key.starts_with("sri") { "SRI" } else { "SERCOP" };
    Question { service, text: message(&format!("registries.question.{key}"), &[]) }
}

fn status_text(status: SourceStatus) -> String {
    let word = match status {
        SourceStatus::Answered => "answered",
        SourceStatus::Absent => "absent",
        SourceStatus::Unknown => "unknown",
        SourceStatus::NotAsked => "not_asked",
        SourceStatus::ByHand => "by_hand",
    };
    message(&format!("registries.status.{word}"), &[])
}

fn source(question: Question, status: SourceStatus) -> SourceView {
    SourceView {
        service: question.service.into(),
        question: question.text,
        status,
        status_text: status_text(status),
        at: None,
        url: None,
        sha256: None,
        facts: Vec::new(),
        findings: Vec::new(),
        key: None,
        note: None,
    }
}

fn note(code: &str, severity: Severity, values: &[(&str, &str)]) -> FindingView {
    FindingView::from(&Finding {
        code: code.into(),
        severity,
        page: None,
        message: message(code, values),
        remedy: remedy(code, values),
    })
}

pub(crate) fn offline_finding() -> FindingView {
    note("net.offline", Severity::Info, &[])
}

pub(crate) fn silent_finding(service: &str) -> FindingView {
    note("registries.service_silent", Severity::Warning, &[("servicio", service)])
}

fn not_asked(question: Question, why: FindingView) -> SourceView {
    SourceView { findings: vec![why], ..source(question, SourceStatus::NotAsked) }
}

/// The SRI's catastro where it was not asked about a number.
pub(crate) fn sri_not_asked(why: FindingView) -> SourceView {
    not_asked(question("sri"), why)
}

/// Says that nobody asked yet.
pub(crate) fn never_asked_finding() -> FindingView {
    note("registries.never_asked", Severity::Info, &[])
}

/// Shows what the SRI's catastro answered.
pub(crate) fn sri_source(kept: &KeptConsultation) -> SourceView {
    let (status, facts, findings) = match &kept.answer {
        Answer::Known(taxpayer) => (
            SourceStatus::Answered,
            taxpayer
                .fields()
                .into_iter()
                .map(|field| RegistryFact {
                    field: field.name.into(),
                    label: message(field.label, &[]),
                    value: field.value,
                })
                .collect(),
            taxpayer.findings().iter().map(FindingView::from).collect(),
        ),
        Answer::Absent => {
            (SourceStatus::Absent, Vec::new(), vec![note("registries.sri.absent", Severity::Warning, &[])])
        }
        Answer::Unknown(finding) => (SourceStatus::Unknown, Vec::new(), vec![finding.into()]),
    };
    SourceView {
        service: kept.service.clone(),
        at: Some(kept.at.to_string()),
        url: kept.url.clone(),
        sha256: kept.sha256.map(|hash| hash.to_string()),
        facts,
        findings,
        ..source(question("sri"), status)
    }
}

fn establishments(consultation: &Consultation<Vec<Establishment>>, services: &Services) -> SourceView {
    let (status, facts, findings) = match &consultation.answer {
        Answer::Known(found) => {
            let facts = found.iter().enumerate().map(|(index, place)| {
                let number = place.number.as_deref().unwrap_or("?");
                let words = [&place.state, &place.trade_name, &place.address];
                RegistryFact {
                    field: format!("[{index}]"),
                    label: message("registries.sri.field.establishment", &[("numero", number)]),
                    value: words.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · "),
                }
            });
            (SourceStatus::Answered, facts.collect(), Vec::new())
        }
        Answer::Absent => (SourceStatus::Absent, Vec::new(), Vec::new()),
        Answer::Unknown(finding) => (SourceStatus::Unknown, Vec::new(), vec![finding.into()]),
    };
    let exchange = consultation.exchange.as_ref();
    SourceView {
        service: services.named(&consultation.service),
        at: Some(consultation.at.to_string()),
        url: exchange.map(|exchange| exchange.url.clone()),
        sha256: exchange.map(|exchange| exchange.sha256.to_string()),
        facts,
        findings,
        ..source(question("sri_establishments"), status)
    }
}

/// What the local copy of the open data holds; a copy is never complete, and says how large it is.
async fn local_copy(folder: &Path, ruc: &Ruc) -> Result<SourceView, CaseworkError> {
    let path = folder.join(crate::market::FILE);
    let asked = question("sercop_local");
    if !path.exists() {
        return Ok(not_asked(asked, note("registries.no_local_copy", Severity::Info, &[])));
    }
    let market = Market::open(&path).await?;
    let found = market.of_taxpayer(ruc, MOST_PROCESSES).await?;
    let (all, with_names) = market.count().await?;
    let size = [("procesos", all.to_string()), ("con_nombres", with_names.to_string())];
    let extent = note(
        "registries.local_copy",
        Severity::Info,
        &size.each_ref().map(|(key, value)| (*key, value.as_str())),
    );
    let status = if found.total == 0 { SourceStatus::Absent } else { SourceStatus::Answered };
    let facts = found.processes.iter().map(|kept| {
        let listing = &kept.listing;
        let awarded = listing.participants.iter().any(|participant| {
            participant.role == ParticipantRole::Supplier && participant.ruc.as_ref() == Some(ruc)
        });
        let role = if awarded { "registries.role.supplier" } else { "registries.role.tenderer" };
        RegistryFact {
            field: listing.ocid.clone(),
            label: message(role, &[]),
            value: listing.object.clone().unwrap_or_default(),
        }
    });
    Ok(SourceView { facts: facts.collect(), findings: vec![extent], ..source(asked, status) })
}

/// Returns the page of a source that a person must ask, by the source's key.
///
/// # Errors
/// [`cotejo_domain::Code::NotFound`] for a key that is not in the program's list.
pub fn page_of_source(key: &str) -> Result<&'static str, CaseworkError> {
    let place = BY_HAND.iter().find(|place| place.key == key);
    place
        .map(|place| place.url)
        .ok_or_else(|| CaseworkError::refused(cotejo_domain::Code::NotFound, "casework.no_such_source", key))
}

/// The sources that a person must ask about this number.
pub(crate) fn by_hand(ruc: &Ruc) -> impl Iterator<Item = SourceView> {
    BY_HAND.iter().filter(|place| place.knows(ruc)).map(|place| {
        let text = Question { service: place.service, text: place.question() };
        SourceView {
            url: Some(place.url.into()),
            key: Some(place.key.into()),
            findings: vec![note(place.key, Severity::Info, &[("url", place.url)])],
            ..source(text, SourceStatus::ByHand)
        }
    })
}

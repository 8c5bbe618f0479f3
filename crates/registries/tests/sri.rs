//! The SRI's connector against the simulator over real TLS.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::ports::Clock;
use cotejo_domain::{Location, Ruc};
use cotejo_net::{Client, Settings};
use cotejo_registries::{Answer, Sri, TaxpayerState};
use cotejo_simulators::{ACTIVE_RUC, GHOST_RUC, Simulator, UNKNOWN_RUC};
use std::sync::Arc;
use std::time::Duration;

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> jiff::Timestamp {
        "2026-11-21T12:00:00Z".parse().expect("a time")
    }
}

fn sri(simulator: &Simulator, base: &str, offline: bool) -> Sri {
    let settings = Settings {
        offline,
        pace: Duration::from_millis(10),
        tries: 1,
        extra_roots_pem: vec![simulator.authority_pem().into()],
        ..Settings::default()
    };
    let client = Client::new(settings, Arc::new(FixedClock)).expect("usable settings");
    Sri::new(client, &simulator.url(base), Arc::new(FixedClock))
}

const BASE: &str = "sri/sri-catastro-sujeto-servicio-internet/rest";

fn ruc(text: &str) -> Ruc {
    Ruc::parse(text).expect("well formed")
}

#[tokio::test]
async fn a_taxpayer_is_read_with_the_raw_answer_as_evidence() {
    let simulator = Simulator::start().await.expect("starts");
    let sri = sri(&simulator, BASE, false);
    assert_eq!(sri.exists(&ruc(ACTIVE_RUC)).await.answer, Answer::Known(true));
    let found = sri.taxpayer(&ruc(ACTIVE_RUC)).await;
    let taxpayer = found.known().expect("known");
    assert_eq!((&taxpayer.state, taxpayer.ghost), (&TaxpayerState::Activo, Some(false)));
    assert!(taxpayer.findings().is_empty());
    let evidence = found.evidence("estadoContribuyenteRuc", "ACTIVO").expect("there was an answer");
    assert_eq!(evidence.file, found.exchange.as_ref().expect("kept").sha256);
    assert!(matches!(evidence.location, Location::Registry { .. }));
    let later = "2026-11-24T11:00:00Z".parse().expect("a time");
    assert_eq!(found.age_days(later), 2, "whole days");
    assert_eq!(sri.establishments(&ruc(ACTIVE_RUC)).await.known().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_ghost_company_and_a_suspended_one_are_pointed_out() {
    let simulator = Simulator::start().await.expect("starts");
    let found = sri(&simulator, BASE, false).taxpayer(&ruc(GHOST_RUC)).await;
    let codes: Vec<_> =
        found.known().expect("known").findings().into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["registries.sri.not_active", "registries.sri.ghost"]);
}

#[tokio::test]
async fn absent_is_not_unknown_and_unknown_is_not_absent() {
    let simulator = Simulator::start().await.expect("starts");
    let online = sri(&simulator, BASE, false);
    assert_eq!(online.exists(&ruc(UNKNOWN_RUC)).await.answer, Answer::Absent);
    assert_eq!(online.taxpayer(&ruc(UNKNOWN_RUC)).await.answer, Answer::Absent);
    assert_eq!(online.establishments(&ruc(UNKNOWN_RUC)).await.answer, Answer::Absent);

    let offline = sri(&simulator, BASE, true).exists(&ruc(ACTIVE_RUC)).await;
    let Answer::Unknown(finding) = &offline.answer else { panic!("{offline:?}") };
    assert_eq!((finding.code.as_str(), offline.at), ("net.offline", FixedClock.now()));
    assert!(offline.exchange.is_none() && offline.evidence("x", "y").is_none());

    // A path the server does not have stands for a refusal: neither 200 nor JSON.
    let lost = sri(&simulator, "sri/otro", false).exists(&ruc(ACTIVE_RUC)).await;
    let Answer::Unknown(finding) = &lost.answer else { panic!("{lost:?}") };
    assert_eq!(finding.code, "registries.refused");
    assert!(lost.exchange.is_some(), "the refusal itself is kept");
}

#[tokio::test]
async fn a_firewall_that_wants_a_browser_is_not_deceived() {
    let simulator = Simulator::start().await.expect("starts");
    let base = "sri-estricto/sri-catastro-sujeto-servicio-internet/rest";
    let refused = sri(&simulator, base, false).taxpayer(&ruc(ACTIVE_RUC)).await;
    let Answer::Unknown(finding) = &refused.answer else { panic!("{refused:?}") };
    assert_eq!(finding.code, "registries.refused");
    assert!(finding.remedy.contains("navegador"), "a person looks instead: {}", finding.remedy);
}

#[tokio::test]
async fn every_stated_field_points_into_the_raw_answer() {
    let simulator = Simulator::start().await.expect("starts");
    let found = sri(&simulator, BASE, false).taxpayer(&ruc(GHOST_RUC)).await;
    let raw = found.exchange.as_ref().expect("kept").text();
    let fields = found.known().expect("known").fields();
    assert!(fields.iter().any(|field| field.name == "estadoContribuyenteRuc" && field.value == "SUSPENDIDO"));
    for field in &fields {
        let name = field.name.rsplit('.').next().expect("a name");
        assert!(raw.contains(name) && raw.contains(&field.value), "{field:?} stands in the answer");
    }
    assert!(!fields.iter().any(|field| field.name.ends_with("fechaCese")), "an empty field states nothing");
}

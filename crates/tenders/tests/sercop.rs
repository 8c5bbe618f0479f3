//! The open-data connector against the simulator over real TLS.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::ports::Clock;
use cotejo_domain::{Code, Money, ProcedureType, ProcessCode, Ruc};
use cotejo_net::{Client, Settings};
use cotejo_simulators::{PROCESS_CODE, PROCESS_OCID, Simulator};
use cotejo_tenders::{OpenData, TenderError};
use std::sync::Arc;
use std::time::Duration;

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> jiff::Timestamp {
        "2026-11-21T12:00:00Z".parse().expect("a time")
    }
}

fn sercop(simulator: &Simulator, base: &str) -> OpenData {
    let settings = Settings {
        pace: Duration::from_millis(10),
        tries: 1,
        extra_roots_pem: vec![simulator.authority_pem().into()],
        ..Settings::default()
    };
    let client = Client::new(settings, Arc::new(FixedClock)).expect("usable settings");
    OpenData::new(client, &simulator.url(base))
}

#[tokio::test]
async fn a_process_is_found_by_its_code_and_read() {
    let simulator = Simulator::start().await.expect("starts");
    let sercop = sercop(&simulator, "sercop/PLATAFORMA");
    let code = ProcessCode::new(PROCESS_CODE);
    let row = sercop.find(2026, &code).await.expect("finds");
    assert_eq!(row.ocid, PROCESS_OCID);
    let (tender, evidence) = sercop.record(&row.ocid).await.expect("reads");
    assert_eq!(evidence.status, 200);
    let process = &tender.process;
    assert_eq!((process.code.as_ref(), process.procedure), (Some(&code), ProcedureType::Sie));
    assert_eq!(process.budget, Some(Money("13000.25".parse().expect("a decimal"))));
    let entity = process.entity.as_ref().expect("stated");
    assert_eq!(entity.ruc.as_ref().map(Ruc::as_str), Some("1760001550001"));
    assert_eq!(process.bids_due.map(|due| due.to_string()).as_deref(), Some("2026-09-10T15:00:00"));
    assert_eq!(tender.schedule.len(), 4);
    assert!(tender.schedule.iter().all(|stage| !stage.stage.contains('«')));
    let item = &tender.items[0];
    assert_eq!((item.cpc.as_deref(), item.unit.as_deref()), (Some("38111.00.1"), Some("Unidad")));
    assert_eq!(tender.pliego().process, *process);
}

#[tokio::test]
async fn a_search_has_pages_of_ten() {
    let simulator = Simulator::start().await.expect("starts");
    let sercop = sercop(&simulator, "sercop/PLATAFORMA");
    let first = sercop.search(2026, "sillas", 1).await.expect("finds");
    assert_eq!((first.total, first.pages, first.rows.len()), (23, 3, 10));
    assert_eq!(first.rows[0].budget, Some(Money("13000.25".parse().expect("a decimal"))));
    assert_eq!((first.rows[1].budget, first.rows[1].awarded), (None, None), "zero awarded is none");
    assert_eq!(sercop.search(2026, "sillas", 3).await.expect("finds").rows.len(), 3);
    assert!(sercop.search(2026, "sillas", 4).await.expect("past the end").rows.is_empty());
    // A code on the third page of a search for part of it is found; one that is not there is not.
    assert!(sercop.find(2026, &ProcessCode::new("SIE-EJEMPLO-2026-023")).await.is_ok());
    let error = sercop.find(2026, &ProcessCode::new("SIE-EJEMPLO-2026-099")).await.expect_err("not there");
    assert_eq!(error.code(), Code::NotFound);
}

#[tokio::test]
async fn html_in_place_of_data_is_a_refusal_and_an_unknown_process_is_not_found() {
    let simulator = Simulator::start().await.expect("starts");
    let blocked = sercop(&simulator, "sercop-bloqueado/PLATAFORMA");
    let error = blocked.record(PROCESS_OCID).await.expect_err("a page");
    assert!(matches!(error, TenderError::Refused { status: 200 }), "{error:?}");
    assert!(!error.message().contains('«') && !error.remedy().is_empty());
    let unknown =
        sercop(&simulator, "sercop/PLATAFORMA").record("ocds-5wno2w-X/Y-1").await.expect_err("unknown");
    assert_eq!(unknown.code(), Code::NotFound);
    assert!(simulator.requests().iter().any(|request| request.contains("X%2FY")), "the slash was encoded");
}

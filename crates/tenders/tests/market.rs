//! `mercado.db`: saving, joining, finding.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::{FileHash, Ruc};
use cotejo_tenders::{Market, Provenance, ProvenanceKind, Query, TenderError, read_file};

fn from(name: &str) -> Provenance {
    Provenance {
        kind: ProvenanceKind::File,
        name: name.into(),
        sha256: FileHash::of(name.as_bytes()),
        at: "2026-11-21T12:00:00Z".parse().expect("a time"),
    }
}

fn query(words: &str) -> Query {
    Query { words: words.into(), year: None, limit: 10 }
}

const RELEASE: &str = r#"{"ocid":"ocds-5wno2w-SIE-EJEMPLO-2026-001-99","date":"2026-09-02T11:00:00-05:00","tag":["tender","award"],
"buyer":{"id":"EC-RUC-1760001550001-99","name":"ENTIDAD DE EJEMPLO"},
"tender":{"description":"ADQUISICIÓN DE SILLAS","value":{"amount":13000.25}},
"awards":[{"value":{"amount":12000},"suppliers":[{"id":"EC-RUC-1790012344001-1","name":"MADERAS FICTICIAS S.A."}]}]}"#;

#[tokio::test]
async fn what_is_saved_is_found_by_its_words_its_year_and_its_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mercado.db");
    let market = Market::open(&path).await.expect("opens");
    let reading = read_file("bajado.json", RELEASE.as_bytes()).expect("reads");
    let saved = market.save(&from("bajado.json"), &reading.listings).await.expect("saves");
    assert_eq!((saved.new, saved.updated, saved.unchanged), (1, 0, 0));
    let again = market.save(&from("otro.json"), &reading.listings).await.expect("saves");
    assert_eq!((again.new, again.updated, again.unchanged), (0, 0, 1), "the same says nothing new");
    // Another connection, as another program would.
    drop(market);
    let market = Market::open(&path).await.expect("opens again");
    for words in ["sillas", "adquisicion SIL", "SIE-EJEMPLO-2026-001", "maderas", "1790012344001", "entidad"]
    {
        let found = market.search(&query(words)).await.expect("searches");
        assert_eq!((found.total, found.processes.len()), (1, 1), "{words}");
        assert_eq!(found.processes[0].provenance.name, "bajado.json", "the source of what is kept");
    }
    for words in ["mesas", "sillas NOT maderas", "\"sillas\" OR mesas", "*", "-"] {
        assert_eq!(market.search(&query(words)).await.expect("searches").total, 0, "{words}");
    }
    let year = |year| Query { year: Some(year), ..query("") };
    assert_eq!(market.search(&year(2026)).await.expect("searches").total, 1);
    assert_eq!(market.search(&year(2025)).await.expect("searches").total, 0);
    let supplier = Ruc::parse("1790012344001").expect("well formed");
    assert_eq!(market.of_taxpayer(&supplier, 5).await.expect("searches").total, 1);
    assert_eq!(market.count().await.expect("counts"), (1, 1));
}

#[tokio::test]
async fn a_row_of_a_search_completes_a_release_and_removes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let market = Market::open(&folder.path().join("mercado.db")).await.expect("opens");
    let release = read_file("a", RELEASE.as_bytes()).expect("reads").listings;
    let row = "ocid,year,region,date\nocds-5wno2w-SIE-EJEMPLO-2026-001-99,2026,PICHINCHA,2026-10-01T10:00:00-05:00\n";
    let row = read_file("b", row.as_bytes()).expect("reads").listings;
    market.save(&from("a"), &release).await.expect("saves");
    let saved = market.save(&from("b"), &row).await.expect("saves");
    assert_eq!(saved.updated, 1);
    let found = market.search(&query("pichincha")).await.expect("searches");
    let listing = &found.processes[0].listing;
    assert_eq!(listing.object.as_deref(), Some("ADQUISICIÓN DE SILLAS"));
    assert!(listing.budget.is_some() && listing.participants.len() == 1 && listing.year == Some(2026));
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mercado.db");
    drop(Market::open(&path).await.expect("opens"));
    use sqlx::{ConnectOptions, Executor};
    let mut raw =
        sqlx::sqlite::SqliteConnectOptions::new().filename(&path).connect().await.expect("connects");
    raw.execute("PRAGMA user_version = 9").await.expect("writes");
    let error = Market::open(&path).await.expect_err("refused");
    assert!(matches!(error, TenderError::NewerDatabase { found: 9 }), "{error}");
    std::fs::write(folder.path().join("otro.db"), "no es una base").expect("writes");
    assert!(Market::open(&folder.path().join("otro.db")).await.is_err());
}

/// Real tables, where they are at hand.
#[tokio::test]
async fn thousands_of_rows_are_saved_and_found() {
    let shared = std::env::var("COTEJO_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
    let path =
        std::path::Path::new(&shared).join("ocds/ec_flat_csv/data__resume__2022__dataset2022_batch10.csv");
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: no table of SERCOP at hand");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let market = Market::open(&folder.path().join("mercado.db")).await.expect("opens");
    let reading = read_file("tabla", &bytes).expect("reads");
    let saved = market.save(&from("tabla"), &reading.listings).await.expect("saves");
    assert_eq!(saved.new + saved.updated + saved.unchanged, reading.listings.len() as u64);
    let found = market.search(&query("otorrinolaringologia implantes")).await.expect("searches");
    assert!(found.total >= 1, "accents and case do not matter");
}

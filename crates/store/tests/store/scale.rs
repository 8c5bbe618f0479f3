//! A case as large as a licitación with many bidders. The times are printed; docs/benchmarks.md holds those of a known machine.

use crate::world::{ANA, assert_sound, case, decision};
use cotejo_domain::{Confidence, FileHash, PageReading, PageStatus, Quad, Verdict, Word};
use cotejo_store::{DerivedKey, EventPayload};
use std::time::Instant;

/// A page of 400 words.
fn page(number: u32) -> PageReading {
    let words = (0..400u32)
        .map(|index| Word {
            text: format!("palabra{}", (index * 7 + number * 13) % 3000),
            quad: Quad::upright(f64::from(index % 10) * 50.0, f64::from(index / 10) * 18.0, 540.25, 700.75),
            line: index / 10,
            size: 11.0,
            confidence: Confidence::CERTAIN,
        })
        .collect();
    PageReading {
        number,
        status: PageStatus::Text,
        width: 595.3,
        height: 841.9,
        rotation: 0,
        words,
        reading_view: false,
    }
}

#[tokio::test]
async fn two_thousand_acts_and_two_hundred_pages_stay_handy() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let acts = |from: u128| -> Vec<EventPayload> {
        (from..from + 200)
            .map(|number| EventPayload::Decided { decision: decision(number, "R1", Verdict::Cumple) })
            .collect()
    };
    let mut before = Instant::now();
    let mut told = Vec::new();
    let mut tell = |what: &str| {
        told.push(format!("{what}: {:.0?}", before.elapsed()));
        before = Instant::now();
    };
    for batch in 0..10 {
        case.record_all(ANA, acts(batch * 200)).await.expect("records");
    }
    tell("2.000 acts in batches of 200");
    for number in 0..20 {
        let decision = decision(10_000 + number, "R2", Verdict::Cumple);
        case.record(ANA, EventPayload::Decided { decision }).await.expect("records");
    }
    tell("20 acts, each on the disk before the next");
    let pages: Vec<PageReading> = (1..=200).map(page).collect();
    let key = DerivedKey {
        input: FileHash::of(b"long"),
        producer: "lectura".into(),
        version: "1".into(),
        parameters: String::new(),
    };
    case.put_derived(&key, &pages).await.expect("keeps");
    tell("keeping the reading of 200 pages");
    assert_eq!(
        case.derived::<Vec<PageReading>>(&key).await.expect("reads"),
        Some(pages.clone()),
        "to the last digit"
    );
    tell("getting it back");
    let texts: Vec<(u32, String)> = pages.iter().map(|page| (page.number, page.text())).collect();
    case.index_text(key.input, &texts).await.expect("indexes");
    tell("indexing it");
    assert!(!case.search("palabra13 palabra20", 50).await.expect("finds").is_empty());
    tell("finding two words");
    assert_sound(&case, 2030).await;
    tell("verifying and recomputing");
    let id = case.id();
    case.close().await.expect("closes");
    let case = profile.open_case(id).await.expect("opens");
    assert_eq!(case.decisions().await.expect("reads").len(), 2);
    tell("opening again");
    println!("{}", told.join("\n"));
}

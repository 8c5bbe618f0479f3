//! The indicators of OCDS Cardinal that have a counterpart among our flags, over Cardinal's own fixtures (MIT), which are not in the
//! repository: R018 is E-01, R028 is P-01, R035 is E-02, R036 is E-03. Where ours speaks otherwise on purpose, the reason stands here and in
//! `docs/flags/README.md`; a reason that no longer holds fails the test.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::{
    BidId, Bidder, BidderKind, Confidence, Document, DocumentId, DocumentType, Evidence, Fact, FactValue,
    FileHash, Location, Money, Outcome,
};
use cotejo_flags::{BidPapers, Course, LotTerms, detect, detect_in_course};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use uuid::Uuid;

const METHOD: &str = "a lot with one bid is told, for information, whatever the kind of procedure";
const CANCELLED: &str =
    "Cardinal leaves cancelled tenders out; a cancelled procedure has no evaluation, and the case says so";
const SETTING: &str = "left out by a setting of Cardinal's own test, which our flags do not have";
const AWARD: &str = "ours looks at who qualified, before anybody is awarded anything";
const PENDING: &str = "ours waits until every bid has ended";
const NAMELESS: &str = "in a case every bid has a bidder";
const TIE: &str = "of two equal prices neither is the lowest";

/// Where ours speaks otherwise: indicator, process, why.
const APART: &[(&str, &str, &str)] = &[
    ("R018", "limited", METHOD),
    ("R018", "direct", METHOD),
    ("R018", "missing", METHOD),
    ("R028", "missing tenderers", NAMELESS),
    ("R028", "cancelled tender", CANCELLED),
    ("R028", "no price comparison", SETTING),
    ("R028", "exclude procurement method details", SETTING),
    ("R035", "accept", PENDING),
    ("R035", "pending award", AWARD),
    ("R035", "invalid award", AWARD),
    ("R035", "valid_tenderer_ids ! award_supplier_ids", AWARD),
    ("R035", "valid_tenderer_ids < award_supplier_ids", AWARD),
    ("R035", "cancelled tender", CANCELLED),
    ("R036", "equal", TIE),
    ("R036", "nonfinal", AWARD),
    ("R036", "cancelled tender", CANCELLED),
    ("R036", "no price comparison", SETTING),
    ("R036", "exclude procurement method details", SETTING),
];

/// One bid as a case would hold it.
struct Bid {
    bidder: Bidder,
    documents: Vec<Document>,
    facts: Vec<Fact>,
    outcome: Outcome,
}

fn bidder(name: &str) -> Bidder {
    Bidder { name: name.into(), ruc: None, kind: BidderKind::Juridica, members: Vec::new() }
}

// A bid whose economic form states one total, in dollars.
fn bid(name: &str, amount: Option<&str>, outcome: Outcome, number: usize) -> Bid {
    let (file, id) = (FileHash::of(format!("{name} {number}").as_bytes()), DocumentId(Uuid::from_u128(1)));
    let document = Document {
        id,
        file,
        kind: DocumentType("FUO_1_5_CANT".into()),
        confidence: Confidence::CERTAIN,
        pages: vec![1],
        blank_form: false,
    };
    let facts = amount.into_iter().map(|amount| Fact {
        document: Some(id),
        field: "total".into(),
        value: FactValue::Money(Money(amount.parse().expect("an amount"))),
        raw: amount.into(),
        evidence: Evidence {
            file,
            file_name: "oferta.pdf".into(),
            location: Location::Page { page: 1, quads: Vec::new() },
            quote: amount.into(),
            extractor: "prueba@1".into(),
            confidence: Confidence::CERTAIN,
        },
        confidence: Confidence::CERTAIN,
    });
    Bid { bidder: bidder(name), facts: facts.collect(), documents: vec![document], outcome }
}

// Several bids of one bidder are one bid of the case; who was only invited handed nothing in.
fn bids_of(release: &Value) -> Vec<Bid> {
    if let Some(count) = release["tender"]["numberOfTenderers"].as_u64() {
        return (0..usize::try_from(count).expect("few"))
            .map(|number| bid(&format!("Oferente {number}"), None, Outcome::Calificada, number))
            .collect();
    }
    let mut bids: BTreeMap<String, Bid> = BTreeMap::new();
    for (number, detail) in release["bids"]["details"].as_array().into_iter().flatten().enumerate() {
        let mut tenderers: Vec<&str> = detail["tenderers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["id"].as_str())
            .collect();
        tenderers.sort_unstable();
        let name = if tenderers.is_empty() { format!("sin nombre {number}") } else { tenderers.join(" y ") };
        let outcome = match detail["status"].as_str() {
            Some("valid") => Outcome::Calificada,
            Some("disqualified") => Outcome::NoCalificada,
            Some("withdrawn") => Outcome::Retirada,
            Some("invited") => continue,
            _ => Outcome::Pendiente,
        };
        let dollars = detail["value"]["currency"].as_str() == Some("USD");
        let amount = detail["value"]["amount"].as_number().filter(|_| dollars).map(ToString::to_string);
        bids.entry(name.clone()).or_insert_with(|| bid(&name, amount.as_deref(), outcome, number));
    }
    bids.into_values().collect()
}

fn speaks(code: &str, release: &Value) -> bool {
    let bids = bids_of(release);
    let id = |number: usize| BidId(Uuid::from_u128(number as u128 + 1));
    let papers: Vec<BidPapers<'_>> = bids
        .iter()
        .enumerate()
        .map(|(number, bid)| BidPapers {
            bid: id(number),
            bidder: &bid.bidder,
            documents: &bid.documents,
            facts: &bid.facts,
            tables: &[],
            signatures: &[],
            pages: &[],
            looks: &[],
            texts: &[],
            described: &[],
        })
        .collect();
    let outcomes: Vec<(BidId, Outcome)> =
        bids.iter().enumerate().map(|(number, bid)| (id(number), bid.outcome.clone())).collect();
    let course = Course { outcomes: &outcomes, ..Course::default() };
    let mut flags = detect(&papers);
    flags.extend(detect_in_course(&papers, LotTerms::default(), course));
    flags.iter().any(|flag| flag.code == code)
}

fn folder() -> Option<PathBuf> {
    let shared = PathBuf::from(std::env::var_os("COTEJO_SHARED")?);
    let folder = shared.join("conformance/cardinal-rs/tests/fixtures/indicators");
    folder.is_dir().then_some(folder)
}

#[test]
fn counterparts_agree_with_cardinals_expected_outputs_or_say_why_not() {
    let Some(folder) = folder() else {
        println!("skipped: Cardinal's fixtures are not here (COTEJO_SHARED)");
        return;
    };
    let (mut compared, mut apart, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for (indicator, code) in [("R018", "E-01"), ("R028", "P-01"), ("R035", "E-02"), ("R036", "E-03")] {
        let read = |ending: &str| {
            std::fs::read_to_string(folder.join(format!("{indicator}.{ending}"))).expect("a fixture")
        };
        let expected: Value = serde_json::from_str(&read("expected")).expect("JSON");
        for line in read("jsonl").lines().filter(|line| !line.trim().is_empty()) {
            let release: Value = serde_json::from_str(line).expect("JSON");
            let ocid = release["ocid"].as_str().expect("an ocid");
            let theirs = !expected["OCID"][ocid][indicator].is_null();
            let ours = speaks(code, &release);
            let reason = APART.iter().find(|(of, known, _)| *of == indicator && *known == ocid);
            match reason {
                Some((_, _, why)) => {
                    apart.insert((indicator, ocid.to_owned()));
                    if ours == theirs {
                        wrong.push(format!("{indicator} {ocid}: they agree, and yet it is said: {why}"));
                    }
                }
                None if ours != theirs => wrong.push(format!("{indicator} {ocid}: ours {ours}: {line}")),
                None => {}
            }
            compared += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(apart.len(), APART.len(), "a reason is given for a process that no fixture has: {apart:?}");
    println!("compared {compared} processes, {} apart for a reason", apart.len());
}

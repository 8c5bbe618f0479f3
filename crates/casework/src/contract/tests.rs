//! Lines of the command line.

use super::*;
use cotejo_domain::{Confidence, FileHash, PageLook};

fn file(name: &str, texts: &[&str]) -> ReadFile {
    let look = |number: u32, text: &str| PageLook {
        number,
        exact: (!text.is_empty()).then(|| text.to_owned()),
        ..PageLook::default()
    };
    let numbered = || (1_u32..).zip(texts);
    let note = |number: u32, text: &str| PageNote {
        number,
        status: PageStatus::Ocr,
        width: 595.0,
        height: 842.0,
        rotation: 0,
        words: 40,
        kind: String::new(),
        confidence: 0.0,
        reading_view: false,
        look: Some(look(number, text)),
        leaf: Some(number + 100),
    };
    let word = |text: &str, confidence: f64| Word {
        text: text.into(),
        quad: Quad::upright(1.0, 2.0, 3.0, 4.0),
        line: 0,
        size: 10.0,
        confidence: Confidence::new(confidence),
    };
    let page = |number: u32| PageReading {
        number,
        status: PageStatus::Ocr,
        width: 595.0,
        height: 842.0,
        rotation: 0,
        words: vec![word("clara", 0.95), word("borrosa", 0.31)],
        reading_view: false,
    };
    let analysis = FileAnalysis {
        hash: FileHash::of(texts.concat().as_bytes()),
        path: name.into(),
        media_type: "application/pdf".into(),
        pages: numbered().map(|(number, text)| note(number, text)).collect(),
        documents: Vec::new(),
        facts: Vec::new(),
        tables: Vec::new(),
        signatures: Vec::new(),
        properties: None,
        findings: Vec::new(),
        model: String::new(),
        trace: crate::analysis::Trace::default(),
    };
    ReadFile { analysis, pages: numbered().map(|(number, _)| page(number)).collect() }
}

#[test]
fn a_later_file_says_what_it_repeats_of_an_earlier_one() {
    let mut lines = ReadLines::default();
    let first = lines.next("a.pdf".into(), &file("a.pdf", &["uno", "dos", "uno"]));
    assert!(first.pages.iter().all(|page| page.also_in.is_none()), "nothing came before it");
    assert_eq!(first.pages[2].copy_of.as_ref().map(|copy| copy.page), Some(1), "within the file as before");
    let second = lines.next("b.pdf".into(), &file("b.pdf", &["otro", "dos"]));
    assert!(second.pages[0].also_in.is_none() && second.same_as.is_none());
    let elsewhere = second.pages[1].also_in.as_ref().expect("a copy");
    assert_eq!((elsewhere.file.as_str(), elsewhere.page, elsewhere.likeness), ("a.pdf", 2, Likeness::Exact));
    assert_eq!(elsewhere.sha256, first.sha256);
    let third = lines.next("c.pdf".into(), &file("c.pdf", &["otro", "dos"]));
    assert_eq!(third.same_as.as_deref(), Some("b.pdf"), "the same bytes");
}

#[test]
fn words_that_are_unsure_and_leaf_numbers_are_given_with_their_place() {
    let line = ReadLines::default().next("a.pdf".into(), &file("a.pdf", &["uno"]));
    let json = serde_json::to_value(&line.pages[0]).expect("serialises");
    assert_eq!(json["leaf"], 101);
    let words = json["low_confidence_words"].as_array().expect("a list");
    assert_eq!((words.len(), &words[0]["text"]), (1, &serde_json::json!("borrosa")));
    assert_eq!(words[0]["quad"].as_array().map(Vec::len), Some(8));
    assert!(json["also_in"].is_null());
}

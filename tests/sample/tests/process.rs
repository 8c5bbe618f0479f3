//! Whole processes: what the truth says must stand in the files.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of a test stop it where its ground is missing"
)]

use cotejo_domain::{CheckDigit, Ruc};
use cotejo_sample::{FileTruth, SampleProcedure, SampleTruth, generate, truth_of};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::process::Command;

fn made(procedure: SampleProcedure, seed: u64) -> (tempfile::TempDir, SampleTruth) {
    let folder = tempfile::tempdir().expect("a folder");
    let truth = generate(procedure, seed, folder.path()).expect("a sample");
    (folder, truth)
}

/// Reads a file of a bid, through the archives it lies in.
fn bytes_of(root: &Path, folder: &str, path: &str) -> Vec<u8> {
    let parts: Vec<&str> = path.split(".zip/").collect();
    let mut name = root.join(folder).join(parts[0]).display().to_string();
    if parts.len() > 1 {
        name.push_str(".zip");
    }
    let mut bytes = std::fs::read(&name).unwrap_or_else(|error| panic!("{name}: {error}"));
    for (index, inner) in parts[1..].iter().enumerate() {
        let inner = if index + 2 < parts.len() { format!("{inner}.zip") } else { (*inner).to_owned() };
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
        let mut file = archive.by_name(&inner).unwrap_or_else(|error| panic!("{inner}: {error}"));
        let mut read = Vec::new();
        file.read_to_end(&mut read).expect("its bytes");
        bytes = read;
    }
    bytes
}

fn has(program: &str) -> bool {
    Command::new(program).arg("-v").output().is_ok()
        || Command::new(program).arg("--version").output().is_ok()
}

fn each_file(truth: &SampleTruth) -> impl Iterator<Item = (&str, &FileTruth)> {
    truth.bids.iter().flat_map(|bid| bid.files.iter().map(move |file| (bid.folder.as_str(), file)))
}

#[test]
fn the_same_seed_tells_the_same_truth_and_another_seed_another() {
    let (one, first) = made(SampleProcedure::Sie, 5);
    let (two, second) = made(SampleProcedure::Sie, 5);
    let json = |truth: &SampleTruth| serde_json::to_string(truth).expect("serialises");
    assert_eq!(json(&first), json(&second), "truth depends on the seed alone");
    for (folder, file) in each_file(&first).filter(|(_, file)| !file.signed) {
        let [a, b] = [&one, &two].map(|root| bytes_of(root.path(), folder, &file.path));
        assert!(a == b, "{} differs between two runs", file.path);
    }
    let read =
        |root: &tempfile::TempDir| std::fs::read(root.path().join("pliego.ushay")).expect("the pliego");
    assert!(read(&one) == read(&two), "the pliego differs between two runs");
    let alone = truth_of(SampleProcedure::Sie, 5).expect("a truth");
    assert_eq!(json(&first), json(&alone), "the truth alone is the truth of the files");
    let third = truth_of(SampleProcedure::Sie, 6).expect("a truth");
    assert_ne!(json(&first), json(&third), "another seed is another process");
}

#[test]
fn the_text_of_each_pdf_holds_what_the_truth_says_on_its_page() {
    if !has("pdftotext") {
        println!("skipped: pdftotext is not installed");
        return;
    }
    for (procedure, seed) in [(SampleProcedure::Sie, 3), (SampleProcedure::Lico, 4)] {
        let (root, truth) = made(procedure, seed);
        let scratch = tempfile::tempdir().expect("a folder");
        let pdf = scratch.path().join("a.pdf");
        for (folder, file) in each_file(&truth).filter(|(_, file)| file.media_type == "application/pdf") {
            std::fs::write(&pdf, bytes_of(root.path(), folder, &file.path)).expect("written");
            for document in &file.documents {
                for page in &document.pages {
                    let number = page.to_string();
                    let output = Command::new("pdftotext")
                        .args(["-raw", "-f", &number, "-l", &number])
                        .arg(&pdf)
                        .arg("-")
                        .output();
                    let text = String::from_utf8_lossy(&output.expect("runs").stdout).into_owned();
                    let squeezed = |text: &str| {
                        text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>()
                    };
                    let text = squeezed(&text);
                    if file.scanned {
                        assert!(text.is_empty(), "{} page {page} has text", file.path);
                        continue;
                    }
                    assert!(text.contains("EJEMPLO"), "{} page {page} is not marked", file.path);
                    for fact in document.facts.iter().filter(|fact| fact.page == *page && fact.raw.len() < 40)
                    {
                        let raw = squeezed(&fact.raw);
                        assert!(
                            text.contains(&raw),
                            "{} page {page}: {} «{}»",
                            file.path,
                            fact.field,
                            fact.raw
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_pdf_is_well_formed() {
    if !has("qpdf") {
        println!("skipped: qpdf is not installed");
        return;
    }
    let (root, truth) = made(SampleProcedure::Sie, 2);
    let scratch = tempfile::tempdir().expect("a folder");
    let pdf = scratch.path().join("a.pdf");
    for (folder, file) in each_file(&truth).filter(|(_, file)| file.media_type == "application/pdf") {
        std::fs::write(&pdf, bytes_of(root.path(), folder, &file.path)).expect("written");
        let output = Command::new("qpdf").arg("--check").arg(&pdf).output().expect("runs");
        assert!(output.status.success(), "{}: {}", file.path, String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn plants_only_what_it_says() {
    let mut codes = BTreeMap::new();
    for seed in 1..=20 {
        for procedure in [SampleProcedure::Sie, SampleProcedure::Lico] {
            if procedure == SampleProcedure::Lico && seed % 4 != 0 {
                continue; // works take longer: every fourth seed
            }
            let truth = truth_of(procedure, seed).expect("a truth");
            let profiles: BTreeSet<&str> = truth.bids.iter().map(|bid| bid.profile.as_str()).collect();
            assert_eq!(profiles.len(), 4, "one bidder of each profile in seed {seed}");
            for bid in &truth.bids {
                check_bid(&truth, bid, seed);
                for defect in &bid.defects {
                    *codes.entry(defect.code.clone()).or_insert(0) += 1;
                }
            }
        }
    }
    for code in [
        "line_total",
        "sum",
        "words",
        "apu",
        "missing_form",
        "unsigned_form",
        "blank_form",
        "wrong_code",
        "ruc_disagrees",
        "ruc_check_digit",
    ] {
        assert!(codes.contains_key(code), "{code} is never planted: {codes:?}");
    }
}

#[test]
fn the_answer_cures_one_thing_leaves_another_and_changes_a_third() {
    let (root, truth) = made(SampleProcedure::Sie, 7);
    let [answer] = truth.answers.as_slice() else { panic!("one answer: {:?}", truth.answers) };
    let bid = truth.bids.iter().find(|bid| bid.folder == answer.bid).expect("its bid");
    let planted = |code: &str, form: &str| {
        bid.defects.iter().any(|defect| defect.code == code && defect.subject.ends_with(form))
    };
    assert!(planted("missing_form", &answer.cures) && planted("blank_form", &answer.leaves));
    let kinds: BTreeSet<&str> =
        answer.files.iter().flat_map(|file| &file.documents).map(|document| document.kind.as_str()).collect();
    assert!(kinds.contains(answer.cures.as_str()) && !kinds.contains(answer.leaves.as_str()), "{kinds:?}");
    assert_ne!(answer.price_before, answer.price_after);
    let printed = |files: &[FileTruth]| {
        let facts = files.iter().flat_map(|file| &file.documents).flat_map(|document| &document.facts);
        let price = |field: &str, row: Option<u32>| field == "items[].pu" && row == Some(answer.changed_line);
        facts
            .filter(|fact| price(&fact.field, fact.row))
            .map(|fact| format!("{:.2}", fact.value.parse::<f64>().expect("a number")))
            .collect::<BTreeSet<String>>()
    };
    assert!(printed(&bid.files).contains(&answer.price_before), "{:?}", printed(&bid.files));
    assert_eq!(printed(&answer.files), BTreeSet::from([answer.price_after.clone()]));
    for file in &answer.files {
        assert!(file.signed && bytes_of(root.path(), &answer.folder, &file.path).starts_with(b"%PDF"));
    }
    for seed in 1..=3 {
        assert_eq!(truth_of(SampleProcedure::Sie, seed).expect("a truth").answers.len(), 1, "seed {seed}");
    }
}

fn check_bid(truth: &SampleTruth, bid: &cotejo_sample::BidTruth, seed: u64) {
    let wrong: BTreeSet<&str> = bid.defects.iter().map(|defect| defect.code.as_str()).collect();
    assert!(bid.profile != "limpio" || wrong.is_empty(), "the clean bidder is clean");
    for expected in &bid.expected {
        let clean = expected.why.is_empty();
        assert!(
            clean == matches!(expected.verdict.as_str(), "cumple" | "no_aplica"),
            "{expected:?} in seed {seed}"
        );
    }
    let facts: Vec<_> =
        bid.files.iter().flat_map(|file| &file.documents).flat_map(|document| &document.facts).collect();
    let decimal = |text: &str| text.parse::<rust_decimal::Decimal>().expect("an amount");
    // The table says what is planted in it and nothing else.
    let column = |field: &str| {
        facts.iter().filter(|fact| fact.field == field).map(|fact| decimal(&fact.value)).collect::<Vec<_>>()
    };
    let totals = [column("items[].total"), column("items[].global")].concat();
    let (quantities, prices) = (column("items[].cantidad"), column("items[].pu"));
    assert_eq!(totals.len(), truth.process.items.len(), "every line of the pliego is offered");
    let lines_right = quantities.iter().zip(&prices).zip(&totals).all(|((quantity, price), total)| {
        (*quantity * *price).round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            == *total
    });
    assert_eq!(lines_right, !wrong.contains("line_total"), "{} seed {seed}", bid.name);
    let printed = column("total")[0];
    assert_eq!(
        totals.iter().sum::<rust_decimal::Decimal>() == printed,
        !wrong.contains("sum"),
        "{} seed {seed}",
        bid.name
    );
    assert_eq!(
        column("total_letras").iter().all(|words| *words == printed),
        !wrong.contains("words"),
        "{} seed {seed}",
        bid.name
    );
    let analyses = column("valor_ofertado");
    if !analyses.is_empty() {
        assert_eq!(analyses == prices, !wrong.contains("apu"), "{} seed {seed}", bid.name);
    }
    for fact in facts.iter().filter(|fact| fact.field == "ruc") {
        let ruc = Ruc::parse(&fact.value).expect("well formed");
        assert_eq!(
            ruc.check_digit() == CheckDigit::Agrees,
            !wrong.contains("ruc_check_digit"),
            "{ruc} seed {seed}"
        );
    }
    if bid.kind == "consorcio" {
        let shares: rust_decimal::Decimal = bid.members.iter().map(|member| decimal(&member[2])).sum();
        assert_eq!(shares, rust_decimal::Decimal::ONE_HUNDRED, "shares add up");
    }
    let minimum = decimal(&truth.process.patrimonio);
    let patrimonio: rust_decimal::Decimal = column("casillero_698_patrimonio").iter().sum();
    if bid.kind != "natural" {
        assert_eq!(
            patrimonio >= minimum,
            !wrong.contains("patrimonio"),
            "{} seed {seed}: {patrimonio} of {minimum}",
            bid.name
        );
    }
    for defect in bid.defects.iter().filter(|defect| defect.code != "missing_form") {
        assert!(defect.file.is_some() && defect.page.is_some(), "{defect:?} has a place");
    }
}

#[test]
fn every_template_has_a_document_in_every_variant_with_its_type_in_the_catalogue() {
    let templates = cotejo_sample::page_templates();
    assert!(templates.len() >= 150, "{} templates", templates.len());
    for (seed, template) in templates.iter().enumerate() {
        let document =
            template.document(seed as u64, false).unwrap_or_else(|error| panic!("{template:?}: {error}"));
        assert!(
            cotejo_domain::document_type_entry(&document.truth.kind).is_some(),
            "{template:?} is in the catalogue"
        );
        assert!(document.pdf().expect("exports").starts_with(b"%PDF"), "{template:?}");
        if template.form {
            let blank = template
                .document(seed as u64, true)
                .unwrap_or_else(|error| panic!("blank {template:?}: {error}"));
            assert!(blank.truth.blank_form, "{template:?} is blank");
        }
    }
}

#[test]
fn a_consultancy_has_two_envelopes_one_bid_under_the_minimum_and_answers_that_cure_or_not() {
    let (root, truth) = made(SampleProcedure::Consultoria, 3);
    assert_eq!((truth.procedure.as_str(), truth.bids.len()), ("CPC", 4));
    let profiles: BTreeSet<&str> = truth.bids.iter().map(|bid| bid.profile.as_str()).collect();
    assert_eq!(profiles, BTreeSet::from(["bajo_minimo", "limpio", "no_subsana", "subsana"]));
    let amount = |text: &Option<String>| {
        text.as_ref().expect("an amount").parse::<rust_decimal::Decimal>().expect("a number")
    };
    for bid in &truth.bids {
        let under = amount(&bid.technical) < rust_decimal::Decimal::from(70);
        assert_eq!(under, bid.profile == "bajo_minimo", "{}: {:?}", bid.name, bid.technical);
        let economic = |file: &&FileTruth| {
            file.documents.iter().any(|document| document.kind == "OFERTA_ECONOMICA_CONSULTORIA")
        };
        let [envelope] = bid.files.iter().filter(economic).collect::<Vec<_>>()[..] else {
            panic!("one envelope of {}", bid.name)
        };
        assert!(envelope.path.starts_with("Sobre 2/") && envelope.documents.len() == 1, "{}", envelope.path);
        let total = envelope.documents[0].facts.iter().find(|fact| fact.field == "total").expect("a total");
        assert_eq!(amount(&Some(total.value.clone())), amount(&bid.sealed_total), "{}", bid.name);
        assert!(amount(&bid.sealed_total) < truth.process.budget.parse().expect("a number"));
    }
    for (profile, cures) in [("subsana", true), ("no_subsana", false)] {
        let bid = truth.bids.iter().find(|bid| bid.profile == profile).expect("a bid");
        let answer = truth.answers.iter().find(|answer| answer.bid == bid.folder).expect("its answer");
        let brought =
            answer.files.iter().flat_map(|file| &file.documents).any(|document| document.kind == "FUO_1_3");
        assert_eq!((brought, answer.cures == "FUO_1_3", answer.leaves == "FUO_1_3"), (cures, cures, !cures));
        for file in &answer.files {
            assert!(bytes_of(root.path(), &answer.folder, &file.path).starts_with(b"%PDF"));
        }
    }
    let again = truth_of(SampleProcedure::Consultoria, 3).expect("a truth");
    assert_eq!(
        serde_json::to_value(&again).expect("JSON"),
        serde_json::to_value(&truth).expect("JSON"),
        "the same seed gives the same process"
    );
}

//! What the tagger and its proposals do, and what they refuse.

use super::fields::ROLES;
use super::propose::{Stretch, propose};
use super::*;
use crate::encoder::usual_folder;
use crate::layout::PageLayout;
use crate::layout::tests::{page, prose};
use crate::{Beside, Input, Recogniser};
use cotejo_domain::{ArrangedDocument, Confidence, DocumentType, FileHash, Location, PagePart, PageReading};
use sha2::Digest;
use std::collections::HashMap;

fn manifest() -> SpanManifest {
    SpanManifest {
        model: "tramos@0".into(),
        classes: Class::ALL.iter().map(|class| class.name().into()).collect(),
        roles: ROLES.iter().map(|role| (*role).into()).collect(),
        layers: vec![12],
        hidden: [4, 4],
        weights_sha256: String::new(),
        data_sha256: String::new(),
        code_sha256: String::new(),
        temperature: 1.0,
        role_temperature: 1.0,
        calibration: [1.0, 0.0],
        threshold: 0.6,
        ceiling: 0.85,
    }
}

/// Makes a stretch of a row and spans of it: first and last word, class, role, how sure of each.
fn stretch<'a>(layout: &'a PageLayout, spans: &[(&str, Class, &str, f32)]) -> Stretch<'a> {
    let words = words::words(layout, &(0..layout.rows.len()));
    let spans = spans
        .iter()
        .map(|(text, class, role, probability)| {
            let count = text.split(' ').count();
            let start = words
                .windows(count)
                .position(|words| words.iter().map(|word| word.text.as_str()).eq(text.split(' ')))
                .expect("the words of the span");
            let roles = ROLES.iter().map(|known| if known == role { 6.0 } else { 0.0 }).collect();
            Span { words: start..start + count, class: *class, probability: *probability, roles }
        })
        .collect();
    Stretch { layout, page: 0, words, spans }
}

fn proposed(kind: &str, known: &[(&str, String)], stretch: Stretch<'_>) -> Vec<(String, String, f64)> {
    let missing = |field: &str| !known.iter().any(|(known, _)| *known == field);
    propose(&manifest(), kind, &missing, known, &[stretch])
        .into_iter()
        .map(|proposal| (proposal.field.field.to_owned(), proposal.value.canonical(), proposal.score))
        .collect()
}

#[test]
fn each_party_of_a_contract_gets_its_own_field() {
    let layout =
        PageLayout::new(&prose(1, &["acuerdan Hospital Ficticio y (Vialto S.A.), que firma Ana Ejemplo"]));
    let found = proposed(
        "CONTRATO_EXP",
        &[],
        stretch(
            &layout,
            &[
                ("Hospital Ficticio", Class::Entidad, "contratante", 0.95),
                ("(Vialto S.A.),", Class::Empresa, "contratista", 0.9),
                ("Ana Ejemplo", Class::Persona, "ninguno", 0.9),
            ],
        ),
    );
    let found: Vec<(&str, &str)> =
        found.iter().map(|(field, value, _)| (field.as_str(), value.as_str())).collect();
    assert_eq!(found, [("contratante", "Hospital Ficticio"), ("contratista", "Vialto S.A.")]);
}

#[test]
fn two_values_as_likely_are_no_value() {
    let layout = PageLayout::new(&prose(1, &["otorga Ana Ejemplo Uno a Luis Ejemplo Dos"]));
    let spans = [("Ana Ejemplo Uno", 0.9), ("Luis Ejemplo Dos", 0.8)]
        .map(|(text, sure)| (text, Class::Persona, "apoderado", sure));
    assert!(proposed("PODER", &[("mandante", "x".into())], stretch(&layout, &spans)).is_empty());
    let spans = [("Ana Ejemplo Uno", 0.9), ("Luis Ejemplo Dos", 0.3)]
        .map(|(text, sure)| (text, Class::Persona, "apoderado", sure));
    let found = proposed("PODER", &[("mandante", "x".into())], stretch(&layout, &spans));
    assert_eq!(found[0].1, "Ana Ejemplo Uno");
    assert!(found[0].2 < 0.9 * 0.9, "a rival makes it less sure: {}", found[0].2);
}

#[test]
fn what_a_field_already_says_is_proposed_for_no_other() {
    let layout = PageLayout::new(&prose(1, &["certifica Vialto S.A. que cumple"]));
    let spans = [("Vialto S.A.", Class::Empresa, "emisor", 0.9)];
    let found = proposed("CERT_EXP", &[("beneficiario", "VIALTO SA".into())], stretch(&layout, &spans));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_span_of_another_class_or_a_scrap_is_nothing() {
    let layout = PageLayout::new(&prose(1, &["firma Ana Ejemplo Uno y X1 de Gerente"]));
    let spans = [
        ("Ana Ejemplo Uno", Class::Persona, "emisor", 0.9),
        ("X1", Class::Empresa, "emisor", 0.9),
        ("Gerente", Class::Empresa, "emisor", 0.1),
    ];
    assert!(proposed("POLIZA", &[], stretch(&layout, &spans)).is_empty());
}

#[test]
fn a_confidence_is_never_above_the_ceiling_and_what_is_unlikely_is_not_shown() {
    let manifest = SpanManifest { calibration: [3.0, 2.0], ..manifest() };
    for score in [0.0, 0.5, 1.0, f64::NAN, f64::INFINITY, -4.0] {
        let confidence = manifest.confidence(score);
        assert!(
            confidence.is_none_or(|confidence| (0.6..=0.85).contains(&confidence)),
            "{score}: {confidence:?}"
        );
    }
    assert_eq!([f64::NAN, f64::INFINITY, 0.1].map(|score| manifest.confidence(score)), [None, None, None]);
    assert!(manifest.probability(0.2) < manifest.probability(0.4));
}

fn weights(change: impl Fn(&mut HashMap<&'static str, candle_core::Tensor>)) -> (Vec<u8>, SpanManifest) {
    let zeros = |shape: &[usize]| {
        candle_core::Tensor::zeros(shape, candle_core::DType::F32, &candle_core::Device::Cpu).unwrap()
    };
    let mut tensors = HashMap::from([
        ("first.weight", zeros(&[384 + words::FEATURES, 4])),
        ("first.bias", zeros(&[4])),
        ("second.weight", zeros(&[4 * head::SEEN, 4])),
        ("second.bias", zeros(&[4])),
        ("tags.weight", zeros(&[4, 11])),
        ("tags.bias", zeros(&[11])),
        ("roles.weight", zeros(&[4, ROLES.len()])),
        ("roles.bias", zeros(&[ROLES.len()])),
    ]);
    change(&mut tensors);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("head.safetensors");
    candle_core::safetensors::save(&tensors, &path).unwrap();
    let weights = std::fs::read(&path).unwrap();
    let manifest = SpanManifest { weights_sha256: hex::encode(sha2::Sha256::digest(&weights)), ..manifest() };
    (weights, manifest)
}

#[test]
fn attack_weights_that_are_not_those_of_the_manifest_are_refused() {
    let (good, manifest) = weights(|_| {});
    assert!(SpanHead::from_bytes(&good, &manifest).is_ok());
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    assert!(SpanHead::from_bytes(&flipped, &manifest).is_err(), "another hash");
    let changes: [&dyn Fn(&mut SpanManifest); 8] = [
        &|manifest| manifest.classes.push("NADIE".into()),
        &|manifest| manifest.classes.clear(),
        &|manifest| manifest.roles.truncate(3),
        &|manifest| manifest.layers = vec![1; 90],
        &|manifest| manifest.hidden = [1_000_000, 4],
        &|manifest| manifest.temperature = 0.0,
        &|manifest| manifest.ceiling = f64::NAN,
        &|manifest| manifest.calibration = [f64::INFINITY, 0.0],
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut changed = manifest.clone();
        change(&mut changed);
        assert!(SpanHead::from_bytes(&good, &changed).is_err(), "change {index}");
    }
    let (poisoned, manifest) = weights(|tensors| {
        let bias = candle_core::Tensor::new(&[f32::NAN, 0.0, 0.0, 0.0], &candle_core::Device::Cpu).unwrap();
        tensors.insert("first.bias", bias);
    });
    assert!(SpanHead::from_bytes(&poisoned, &manifest).is_err(), "no number");
    let (short, manifest) = weights(|tensors| {
        tensors.remove("tags.bias");
    });
    assert!(SpanHead::from_bytes(&short, &manifest).is_err(), "a part is missing");
    assert!(SpanHead::from_bytes(&[], &manifest).is_err());
}

#[test]
fn far_means_stay_within_their_stretch() {
    let [before, after] = head::far_means(&[6, 3]).unwrap();
    let ones =
        candle_core::Tensor::arange(0_f32, 9.0, &candle_core::Device::Cpu).unwrap().reshape((9, 1)).unwrap();
    let of = |means: &candle_core::Tensor| -> Vec<f32> {
        means.matmul(&ones).unwrap().flatten_all().unwrap().to_vec1().unwrap()
    };
    assert_eq!(of(&before), [0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0]);
    assert_eq!(of(&after), [4.5, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn the_compiled_in_head_parses_and_knows_every_role() {
    let head = SpanHead::compiled_in().expect("models/spans.*");
    assert_eq!(head.manifest.roles, ROLES);
    assert_eq!(head.manifest.classes.len(), Class::ALL.len());
    assert!(head.manifest.ceiling <= 0.95 && head.manifest.threshold >= 0.6);
}

fn given(kind: &str, pages: &[PageReading]) -> ArrangedDocument {
    ArrangedDocument {
        kind: DocumentType(kind.into()),
        typed: true,
        confidence: Confidence::CERTAIN,
        parts: pages.iter().map(|page| PagePart::whole(page.number)).collect(),
    }
}

fn read(recogniser: &Recogniser, kind: &str, pages: &[PageReading]) -> Vec<cotejo_domain::Fact> {
    let input = Input {
        file: FileHash::of(b"x"),
        file_name: "x.pdf",
        pages,
        process_code: None,
        beside: Beside::NONE,
    };
    recogniser.recognise_given(&input, &[given(kind, pages)]).facts
}

const NARRATED: [&str; 6] = [
    "CONTRATO DE PRESTACIÓN DE SERVICIOS",
    "En la ciudad de Quito intervienen, de un lado, el Gobierno Autónomo Descentralizado",
    "Municipal del cantón Pujilí, representado por Ramiro Ejemplo Cando, Alcalde; y de otro",
    "lado Servicios Montealto Cía. Ltda., quienes acuerdan que esta última prestará el servicio",
    "de limpieza de instalaciones del mercado municipal durante doce meses, por la suma de",
    "USD 25.000,00 más IVA.",
];

#[test]
fn without_the_encoder_nothing_is_proposed() {
    let pages = [prose(1, &NARRATED)];
    let facts = read(&Recogniser::new(None), "CONTRATO_EXP", &pages);
    assert!(facts.iter().all(|fact| fact.evidence.extractor != "tramos@1"));
}

#[test]
fn a_narrated_contract_gives_its_parties_with_their_place() {
    let Some(folder) = usual_folder() else {
        println!("skipped: the encoder is not set up (cargo xtask run sets it up)");
        return;
    };
    let recogniser = Recogniser::new(Some(crate::encoder::Encoder::open(&folder).unwrap()));
    let pages = [prose(1, &NARRATED)];
    let facts = read(&recogniser, "CONTRATO_EXP", &pages);
    let without = read(&Recogniser::new(None), "CONTRATO_EXP", &pages);
    for fact in &without {
        assert!(facts.iter().any(|other| other == fact), "what was read stays as it was: {fact:?}");
    }
    let added: Vec<_> = facts.iter().filter(|fact| fact.evidence.extractor == "tramos@1").collect();
    assert!(!added.is_empty(), "{facts:?}");
    for fact in added {
        assert!(fact.confidence.value() <= 0.85, "{fact:?}");
        assert!(!without.iter().any(|known| known.field == fact.field), "{fact:?}");
        let Location::Page { page: 1, quads } = &fact.evidence.location else { panic!("{fact:?}") };
        assert!(!quads.is_empty() && !fact.evidence.quote.is_empty(), "{fact:?}");
    }
}

#[test]
fn attack_hostile_lengths_neither_hang_nor_grow() {
    let Some(folder) = usual_folder() else {
        println!("skipped: the encoder is not set up (cargo xtask run sets it up)");
        return;
    };
    let encoder = crate::encoder::Encoder::open(&folder).unwrap();
    let head = SpanHead::compiled_in().expect("models/spans.*");
    let long = "x".repeat(200_000);
    let many = "a ".repeat(3_000);
    let dotted = format!("{} ", ".".repeat(90)).repeat(600);
    let strange = format!("{}\u{202e}\u{0}\u{fffd} 🙂", "\u{301}".repeat(500));
    let start = std::time::Instant::now();
    for text in [long.as_str(), many.trim(), dotted.trim(), &strange, ""] {
        let layout = PageLayout::new(&page(1, &[(60.0, 60.0, text)]));
        let words = words::words(&layout, &(0..layout.rows.len() + 5));
        let spans = tag(&encoder, &head, &[&words, &[]]).unwrap();
        assert!(spans[0].iter().all(|span| span.words.end <= words.len()) && spans[1].is_empty());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    let mut broken = prose(1, &NARRATED);
    for word in &mut broken.words {
        word.quad = cotejo_domain::Quad::upright(f64::NAN, f64::INFINITY, -1e300, 0.0);
    }
    read(&Recogniser::new(Some(encoder)), "CONTRATO_EXP", &[broken]);
}

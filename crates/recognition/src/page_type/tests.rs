//! The compiled-in heads on pages that no template wrote.

use super::*;
use cotejo_domain::{Quad, Word};

fn page(text: &str) -> PageReading {
    let words = text
        .lines()
        .zip(0_u32..)
        .flat_map(|(line, number)| {
            line.split_whitespace().zip(0_u32..).map(move |(word, place)| {
                let (x, y) = (60.0 + 45.0 * f64::from(place), 60.0 + 14.0 * f64::from(number));
                Word {
                    text: word.into(),
                    quad: Quad::upright(x, y, x + 40.0, y + 10.0),
                    line: number,
                    size: 10.0,
                    confidence: Confidence::CERTAIN,
                }
            })
        })
        .collect();
    PageReading {
        number: 1,
        status: PageStatus::Text,
        width: 595.0,
        height: 842.0,
        rotation: 0,
        words,
        reading_view: false,
    }
}

#[test]
fn the_compiled_in_heads_parse_and_name_types_of_the_catalogue() {
    let heads = Heads::compiled_in().expect("models/page-types.safetensors and models/manifest.json fit together");
    for class in 0..heads.manifest.classes.len() {
        assert!(heads.catalogue_index(class).is_some(), "{} is in the catalogue", heads.manifest.classes[class]);
    }
    assert!(heads.manifest.ceiling < 1.0, "nothing synthetic is ever certain");
}

#[test]
fn blank_and_failed_pages_need_no_model() {
    let typer = PageTyper::new(None);
    let mut blank = page("");
    blank.status = PageStatus::Blank;
    let mut failed = page("");
    failed.status = PageStatus::Failed;
    let guesses = typer.classify(&[blank, failed, page("Página en blanco"), page("")]);
    let kinds: Vec<&str> = guesses.iter().map(|guess| guess.kind.0.as_str()).collect();
    assert_eq!(kinds, ["HOJA_EN_BLANCO", "OTRO", "HOJA_EN_BLANCO", "HOJA_EN_BLANCO"]);
}

#[test]
fn the_model_says_when_the_encoder_is_absent() {
    let model = PageTyper::new(None).model();
    assert!(model.ends_with(" sin codificador: n-gramas"), "{model}");
}

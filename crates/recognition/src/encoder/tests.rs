//! The own pass against the reference, layer by layer; skipped where the encoder is not set up.

use super::*;

const TEXTS: [&str; 5] = [
    "FORMULARIO DE LA OFERTA 1.1 PRESENTACIÓN Y COMPROMISO El que suscribe, en atención a la convocatoria efectuada",
    "Certificado de cumplimiento de obligaciones patronales",
    "¿Ñandú?",
    "ANÁLISIS DE PRECIOS UNITARIOS Rubro: excavación a máquina Unidad: m3 EQUIPOS Cantidad Tarifa Costo hora Rendimiento \
     Retroexcavadora 1,00 25,00 25,00 0,0650 1,63 SUBTOTAL M 1,71 MANO DE OBRA Operador de retroexcavadora 1,00 4,55",
    "",
];

fn folder() -> Option<std::path::PathBuf> {
    let folder = usual_folder();
    if folder.is_none() {
        println!("skipped: the encoder is not set up (cargo xtask run sets it up)");
    }
    folder
}

#[test]
fn every_layer_agrees_with_the_reference() {
    let Some(folder) = folder() else { return };
    let encoder = Encoder::open(&folder).unwrap();
    let Network::Own(weights) = &encoder.network else { panic!("the own engine was asked for") };
    let tokens: Vec<Vec<u32>> = TEXTS.iter().map(|text| encoder.tokens(text, 512).unwrap()).collect();
    let packed: Vec<&[u32]> = tokens.iter().map(Vec::as_slice).collect();
    for layers in [0, 1, 2, 6, 12] {
        let mut source = Source::open(&folder.join(WEIGHTS)).unwrap();
        let reference = reference::load(&mut source, Some(layers)).unwrap();
        let own = forward::forward(weights, &packed, layers).unwrap();
        assert_eq!(own.len(), packed.concat().len() * encoder.width);
        let mut start = 0;
        let mut worst = 0.0_f32;
        for text in &packed {
            let expected = reference::forward(&reference, text).unwrap();
            let expected: Vec<f32> = expected.flatten_all().unwrap().to_vec1().unwrap();
            let found = &own[start * encoder.width..(start + text.len()) * encoder.width];
            for (expected, found) in expected.iter().zip(found) {
                worst = worst.max((expected - found).abs());
            }
            start += text.len();
        }
        assert!(worst < 2e-4, "after {layers} layers the two differ by {worst:e}");
    }
}

#[test]
fn packing_texts_together_changes_none_of_them() {
    let Some(folder) = folder() else { return };
    let encoder = Encoder::open(&folder).unwrap();
    let together = encoder.embed(&TEXTS, 64).unwrap();
    for (text, vector) in TEXTS.iter().zip(&together) {
        let alone = &encoder.embed(&[text], 64).unwrap()[0];
        let cosine: f32 = alone.iter().zip(vector).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.9999, "{text}: {cosine}");
    }
}

#[test]
fn as_many_batches_as_threads_each_with_whole_texts() {
    let texts: Vec<Vec<u32>> = [400, 300, 200, 100, 20, 10].map(|length| vec![7; length]).into();
    let texts: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
    let cut = batches(&texts, 2);
    assert_eq!(cut.iter().map(|batch| batch.len()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(batches(&texts[..1], 8).concat(), texts[..1], "a text is never cut");
    assert!(batches(&[], 2).is_empty());
}

#[test]
fn a_long_text_is_cut_with_its_end_mark_kept() {
    let Some(folder) = folder() else { return };
    let encoder = Encoder::open(&folder).unwrap();
    let tokens = encoder.tokens(&"palabra ".repeat(5000), 100).unwrap();
    assert_eq!(tokens.len(), 100);
    assert_eq!((tokens[0], tokens[99]), (0, 2), "start and end marks");
}

#[test]
fn a_folder_without_the_files_says_so() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Encoder::open(folder.path()).unwrap_err().code(), "encoder.missing");
    std::fs::write(folder.path().join(TOKENIZER), b"{").unwrap();
    assert_eq!(Encoder::open(folder.path()).unwrap_err().code(), "encoder.invalid");
}

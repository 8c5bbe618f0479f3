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
    let heads =
        Heads::compiled_in().expect("models/page-types.safetensors and models/manifest.json fit together");
    for class in 0..heads.manifest.classes.len() {
        assert!(
            heads.catalogue_index(class).is_some(),
            "{} is in the catalogue",
            heads.manifest.classes[class]
        );
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

#[test]
fn a_text_about_a_document_is_not_that_document() {
    let typer = PageTyper::new(None);
    let texts = [
        "Art. 40.- Los oferentes presentarán el acuerdo de integridad y la declaración de beneficiario final junto con la oferta.\n\
         Art. 41.- La entidad verificará el certificado de cumplimiento tributario y el registro único de proveedores en línea,\n\
         sin exigir copias. La póliza de fiel cumplimiento se entregará antes de la firma del contrato.",
        "Documentos que se adjuntan:\n1. Presentación y compromiso\n2. Datos generales del oferente\n3. Situación financiera\n\
         4. Tabla de cantidades y precios\n5. Experiencia del oferente\n6. Personal técnico propuesto\n7. Cronograma valorado",
        "La mañana del sábado los vecinos limpiaron la quebrada y sembraron árboles junto al camino viejo.\n\
         Después almorzaron en la casa comunal y hablaron de la próxima minga.",
    ];
    let pages: Vec<PageReading> = texts.iter().map(|text| page(text)).collect();
    for (text, guess) in texts.iter().zip(typer.classify(&pages)) {
        assert_eq!(guess.kind.0, "OTRO", "{guess:?}: {text}");
    }
}

#[test]
fn forms_that_no_template_wrote_are_named() {
    let typer = PageTyper::new(None);
    let texts = [
        (
            "FUO_1_6_APU",
            "ANÁLISIS DE PRECIOS UNITARIOS\nRUBRO: Poste de hormigón de 9 m UNIDAD: u\nEQUIPOS Cantidad Tarifa Costo hora Rendimiento \
          Costo\nGrúa 1,00 35,00 35,00 0,80 28,00\nSUBTOTAL M 28,00\nMANO DE OBRA Jornal/HR\nLiniero 2,00 4,60 9,20 0,80 7,36\nSUBTOTAL N 7,36\n\
          MATERIALES\nPoste u 1,00 210,00 210,00\nSUBTOTAL O 210,00\nTRANSPORTE\nSUBTOTAL P 0,00\nTOTAL COSTO DIRECTO (M+N+O+P) 245,36\n\
          INDIRECTOS 15 %\nVALOR OFERTADO 282,16\nESTE PRECIO NO INCLUYE IVA",
        ),
        (
            "FUO_1_2",
            "1.2 DATOS GENERALES DEL OFERENTE\nNombre del oferente: Talleres La Esperanza\nParticipación: individual\nOrigen: nacional\n\
          R.U.C.: 1104680138001\nNaturaleza: persona natural\nDOMICILIO DEL OFERENTE\nProvincia: Loja\nCantón: Saraguro\nCalle principal: \
          Sucre\nNúmero: 12\nTeléfono: 072200000\nCorreo electrónico: taller@ejemplo.ec",
        ),
    ];
    for (kind, text) in texts {
        let guess = typer.classify(&[page(text)]).remove(0);
        assert_eq!(guess.kind.0, kind, "{guess:?}");
    }
}

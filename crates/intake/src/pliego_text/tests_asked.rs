//! What is read from the sections of pliegos and terms of reference, and what is not.

use super::read;
use super::tests::page;
use cotejo_domain::{Requirement, RequirementKind, RequirementSource, Subject};

fn asked(text: &str) -> Vec<Requirement> {
    let read = read(&[page(1, "portada"), page(2, text)]).value.requirements;
    read.into_iter().filter(|requirement| !matches!(requirement.subject, Subject::Form { .. })).collect()
}

fn ids(found: &[Requirement]) -> Vec<&str> {
    found.iter().map(|requirement| requirement.id.0.as_str()).collect()
}

const SECTIONS: &str = "SECCIÓN IV VERIFICACIÓN Y EVALUACIÓN DE LAS OFERTAS
4.1.2 Equipo mínimo:
No. Descripción Cantidad Características
1 EXCAVADORA 1 128 HP
2 VOLQUETA 3 8 m3. Con matrícula vigente
y seguro
4.1.3 Personal técnico mínimo:
No. Función Nivel de Estudio Titulación Académica Cantidad
1 Superintendente de Obra TERCER NIVEL CON TÍTULO Ingeniero Civil 1
2 Residente de obra TERCER NIVEL CON TÍTULO Ingeniero Civil 2
4.1.4 Experiencia general y específica mínima:
Experiencia general: construcción de vías en los últimos veinte (20) años por USD 49.593,02, con un
mínimo por contrato de USD 2.479,65.
Experiencia específica: asfaltado de calles por un monto de USD 24.796,51.
4.1.6 Patrimonio:
El patrimonio mínimo es de USD 17.796,51.
4.1.9 Información financiera de referencia:
Los índices regularmente aceptados son: Índice de Solvencia (mayor o igual a 1,0)
Solvencia* 1,10
Endeudamiento* menor a 1,50
4.1.10 Porcentaje de valor agregado ecuatoriano mínimo de la oferta
Herramientas 30,19 %
4.2. Evaluación por puntaje:
Parámetro Valoración
Experiencia general 10
Oferta económica 60 puntos
Otro(s) parámetro(s) resuelto(s) por la Entidad * Hasta 1 punto
TOTAL La sumatoria debe ser 100 puntos
SECCIÓN V OBLIGACIONES DE LAS PARTES";

#[test]
fn the_sections_of_a_filled_pliego_are_read_row_by_row() {
    let found = asked(SECTIONS);
    assert_eq!(
        ids(&found),
        [
            "PATR", "EQ-1", "EQ-2", "PERS-1", "PERS-2", "EXP-1", "EXP-2", "IND-1", "IND-2", "VAE-1", "PTO-1",
            "PTO-2"
        ]
    );
    let of = |id: &str| found.iter().find(|requirement| requirement.id.0 == id).expect(id).clone();
    assert_eq!(
        of("EQ-2").subject,
        Subject::Equipment { description: "VOLQUETA".into(), count: Some(3.into()) },
        "the row goes on below"
    );
    assert_eq!(of("PERS-2").subject, Subject::Personnel { role: "Residente de obra".into(), count: 2 });
    let Subject::Experience { specific: false, minimum, minimum_per_contract, years } = of("EXP-1").subject
    else {
        panic!("general experience")
    };
    let shown = |amount: Option<cotejo_domain::Money>| amount.map(|amount| amount.to_string());
    assert_eq!(
        (shown(minimum), shown(minimum_per_contract), years),
        (Some("49593.02".into()), Some("2479.65".into()), Some(20))
    );
    assert_eq!(
        of("IND-1").subject,
        Subject::FinancialIndex { name: "Índice de Solvencia".into(), threshold: "1.10".parse().ok() },
        "the model's talk is no value"
    );
    assert_eq!(of("IND-1").kind, RequirementKind::Informativo, "referential");
    assert_eq!(of("PTO-2").points, Some(60.into()));
}

#[test]
fn each_requirement_points_to_its_lines() {
    let found = asked(SECTIONS);
    for requirement in &found {
        let RequirementSource::Page { page, quads, quote, .. } = &requirement.source else {
            panic!("a page")
        };
        assert_eq!(*page, 2, "{}", requirement.id);
        assert!(!quads.is_empty() && !quote.is_empty(), "{} shows where it stands", requirement.id);
    }
    let volqueta = found.iter().find(|requirement| requirement.id.0 == "EQ-2").expect("read");
    let RequirementSource::Page { quads, quote, .. } = &volqueta.source else { panic!("a page") };
    assert_eq!(
        (quads.len(), quote.as_str()),
        (2, "2 VOLQUETA 3 8 m3. Con matrícula vigente y seguro"),
        "both lines"
    );
}

#[test]
fn items_with_a_code_are_requirements_and_a_reading_view_has_no_boxes() {
    let text = "ESPECIFICACIONES TÉCNICAS:
Item CODIGO CPC Descripción Cantidad Unidad
1 343100911 Reactivo de ejemplo, presentación 500 gr, 2 UNIDAD
Sinónimos: otro nombre
2 352200011 Otro reactivo 1 UNIDAD
3.- FORMA DE PAGO:
El oferente deberá presentar un Certificado de Calidad en el que indique que los bienes
son nuevos.
El contratista deberá presentar la factura.";
    let found = asked(text);
    assert_eq!(ids(&found), ["ET-1", "ET-2", "OTR-1"]);
    assert_eq!(found[0].text, "Reactivo de ejemplo, presentación 500 gr, Sinónimos: otro nombre · 2 UNIDAD");
    assert_eq!(found[1].text, "Otro reactivo · 1 UNIDAD", "the next heading ends it");
    assert!(found[2].text.ends_with("son nuevos."), "the sentence is whole");
    let mut view = page(1, text);
    view.reading_view = true;
    let read = read(&[view]).value.requirements;
    assert!(read.iter().all(|requirement| matches!(&requirement.source, RequirementSource::Page { quads, .. } if quads.is_empty())), "no page, no boxes");
}

#[test]
fn blocks_of_items_and_sheets_of_characteristics_are_read() {
    let blocks = asked(
        "ITEM N° 1\nCANTIDAD 2 u\nPRODUCTO REQUERIDO FUSIONADORA\nPUERTOS 1 USB\nITEM N° 2\nPRODUCTO REQUERIDO TIJERAS",
    );
    assert_eq!(ids(&blocks), ["ET-1", "ET-2"]);
    assert!(blocks[0].text.starts_with("FUSIONADORA\nCANTIDAD 2 u"), "{}", blocks[0].text);
    let sheet: Vec<String> =
        (1..=9).map(|number| format!("Modo 4.0{number} Característica {number}")).collect();
    assert_eq!(asked(&sheet.join("\n").replace("4.0", "1.0")).len(), 9);
    assert!(asked("Precio 1.01 del bien").is_empty(), "one number is no sheet");
    let wrapped = format!(
        "{}\nGarantía de dos años que cubre\nModo 1.10 repuestos y piezas\nsin costo",
        sheet.join("\n").replace("4.0", "1.0")
    );
    let last = asked(&wrapped).pop().expect("the tenth");
    assert!(
        last.text.starts_with("Garantía de dos años que cubre") && last.text.ends_with("sin costo"),
        "{}",
        last.text
    );
}

#[test]
fn the_blank_model_asks_nothing() {
    let blank = "4.1.2 Equipo mínimo:
La entidad contratante deberá definir el equipo en función de su tipología (sin determinación de marcas).
No. Descripción Cantidad Características
4.1.4 Experiencia general y específica mínima:
Experiencia general (establecer monto)
4.1.6. Patrimonio: (Aplicable a personas jurídicas)
Para este procedimiento el monto mínimo de patrimonio que el oferente debe justificar es de: (Establecer patrimonio).
4.1.9 Información financiera de referencia:
Los índices regularmente aceptados son: Índice de Solvencia (mayor o igual a 1,0); Índice de Endeudamiento (menor a 1,5)
Solvencia*
Endeudamiento*
4.2. Evaluación por puntaje:
Oferta económica Desde 50 hasta 60 puntos
Subtotal La sumatoria debe ser 85 puntos
MYPES y EPS Locales 10 puntos
Los oferentes deberán presentar los certificados que la entidad contratante podrá exigir.";
    let found = asked(blank);
    // The model of works fixes the points of these two itself.
    assert_eq!(ids(&found), ["PTO-1"], "{found:?}");
}

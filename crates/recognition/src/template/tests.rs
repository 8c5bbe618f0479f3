//! Papers against a model of our own: what must be told, and what must not.

use super::*;
use crate::documents::cut::Span;
use crate::layout::tests::{page, prose};
use cotejo_domain::{Confidence, DocumentType, FileHash, PageReading, PageStatus};

const MODEL: &str = "FORMULARIO DE OFERTA\n\
1.1 PRESENTACIÓN Y COMPROMISO\n\
El que suscribe, en atención a la convocatoria efectuada por (nombre de la entidad contratante) para la ejecución de …………, luego de examinar el pliego del presente procedimiento, al presentar esta oferta por (sus propios derechos, si es persona natural) / (representante legal o apoderado de si es persona jurídica) declara que:\n\
La oferta la hace en forma independiente y sin conexión abierta u oculta con otra persona o grupo participante en este procedimiento.\n\
Bajo juramento se compromete a no ofrecer ni entregar dádivas a los servidores que intervienen en este procedimiento.\n\
Acepta que la entidad contratante declare desierto el procedimiento si así conviene a los intereses institucionales.\n\
Se somete a las disposiciones de la ley y mantendrá su oferta por 90 días desde su presentación.\n\
En calidad de oferente, no se encuentra incurso en las inhabilidades generales para contratar con el Estado.\n\
Según el caso, se deberá agregar los siguientes numerales si el oferente fuere extranjero.\n\
(LUGAR Y FECHA)\n\
1.3 NÓMINA DE ACCIONISTAS\n\
DECLARACIÓN\n\
En mi calidad de representante legal de (razón social) declaro en pleno conocimiento de las consecuencias legales que conlleva faltar a la verdad, que:\n";

/// The same in a paper of a bidder, in rows as they are printed.
const FILLED: &[&str] = &[
    "1.1 PRESENTACIÓN Y COMPROMISO",
    "El que suscribe, en atención a la convocatoria efectuada por el Gobierno Parroquial",
    "de Loma Larga para la ejecución de la reparación del camino vecinal, luego de",
    "examinar el pliego del presente procedimiento, al presentar esta oferta por sus",
    "propios derechos declara que:",
    "1. La oferta la hace en forma independiente y sin conexión abierta u oculta con otra",
    "persona o grupo participante en este procedimiento.",
    "2. Bajo juramento se compromete a no ofrecer ni entregar dádivas a los servidores que",
    "intervienen en este procedimiento.",
    "3. Acepta que la entidad contratante declare desierto el procedimiento si así conviene",
    "a los intereses institucionales.",
    "4. Se somete a las disposiciones de la ley y mantendrá su oferta por 90 días desde su",
    "presentación.",
    "5. En calidad de oferente, no se encuentra incurso en las inhabilidades generales para",
    "contratar con el Estado.",
    "Ana Ejemplo",
    "FIRMA DEL OFERENTE, SU REPRESENTANTE LEGAL, APODERADO O PROCURADOR COMÚN de ley",
    "Loma Larga, 3 de mayo de 2024",
];

fn model() -> ModelText {
    ModelText { file: FileHash::of(b"pliego"), name: "anexo.doc".into(), text: MODEL.into() }
}

fn compare_pages(pages: &[PageReading]) -> Option<TemplateReading> {
    let layouts: Vec<PageLayout> = pages.iter().map(PageLayout::new).collect();
    let spans = layouts.iter().enumerate().map(|(page, layout)| Span { page, rows: 0..layout.rows.len() });
    let cut =
        Cut { kind: DocumentType::from("FUO_1_1"), confidence: Confidence::CERTAIN, spans: spans.collect() };
    let source = model();
    compare(&[Template::new(&source)], &layouts, &cut, DocumentId(uuid::Uuid::nil()), false)
}

fn with(replace: &[(&str, &str)]) -> Vec<String> {
    let mut rows: Vec<String> = FILLED.iter().map(|row| (*row).to_owned()).collect();
    for (from, to) in replace {
        assert!(rows.iter().any(|row| row.contains(from)), "{from} stands in the paper");
        for row in &mut rows {
            *row = row.replace(from, to);
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn compared(rows: &[String]) -> TemplateReading {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    compare_pages(&[prose(1, &rows)]).expect("comparable")
}

fn changes(reading: &TemplateReading) -> Vec<(TemplateChange, String, String)> {
    let of = |difference: &TemplateDifference| {
        (difference.change, difference.words.0.clone(), difference.words.1.clone())
    };
    reading.differences.iter().map(of).collect()
}

fn scanned(mut page: PageReading, confidence: impl Fn(&str) -> f64) -> PageReading {
    page.status = PageStatus::Ocr;
    for word in &mut page.words {
        word.confidence = Confidence::new(confidence(&word.text));
    }
    page
}

#[test]
fn a_form_that_is_filled_in_is_unchanged() {
    let reading = compared(&with(&[]));
    assert_eq!((reading.state, changes(&reading)), (TemplateState::Unchanged, Vec::new()));
    assert!(findings(&reading, "carta").is_empty(), "nothing to tell");
}

#[test]
fn a_form_in_the_bidder_s_own_person_is_unchanged() {
    let reading = compared(&with(&[
        ("se compromete", "nos comprometemos"),
        ("Acepta", "Aceptamos"),
        ("no se encuentra incurso", "no nos encontramos incursos"),
        ("Se somete", "Nos sometemos"),
        ("mantendrá su", "mantendremos nuestra"),
        ("declara que", "declaramos que"),
    ]));
    assert_eq!((reading.state, changes(&reading)), (TemplateState::Unchanged, Vec::new()));
}

#[test]
fn a_negation_that_went_is_told_with_both_sentences() {
    let reading = compared(&with(&[("no se encuentra incurso", "se encuentra incurso")]));
    assert_eq!(reading.state, TemplateState::Altered);
    assert_eq!(changes(&reading), [(TemplateChange::Negation, "no".into(), String::new())]);
    let difference = &reading.differences[0];
    assert!(difference.model.contains("no se encuentra incurso"), "{difference:?}");
    assert!(difference.stated.contains("oferente, se encuentra incurso"), "{difference:?}");
    assert_eq!((difference.page, difference.quads.is_empty()), (1, false));
    let found = findings(&reading, "carta");
    assert_eq!((found[0].code.as_str(), found[0].page), ("recognition.template_altered", Some(1)));
    assert!(found.iter().all(|finding| finding.severity < Severity::Error), "no paper falls by a difference");
}

#[test]
fn a_condition_that_came_is_told() {
    let reading =
        compared(&with(&[("institucionales.", "institucionales, siempre que se indemnice al oferente.")]));
    assert_eq!(reading.state, TemplateState::Altered);
    let found = changes(&reading);
    assert_eq!((found.len(), found[0].0), (1, TemplateChange::Condition), "{found:?}");
    assert_eq!(found[0].2, "siempre que se indemnice al oferente");
    let box_of = reading.differences[0].quads[0].bounds();
    assert!(box_of[0] > 100.0, "the box is that of the words that came: {box_of:?}");
}

#[test]
fn another_term_is_told_and_the_same_in_words_is_not() {
    let reading = compared(&with(&[("90 días", "30 días")]));
    assert_eq!(changes(&reading), [(TemplateChange::Figure, "90".into(), "30".into())]);
    assert_eq!(compared(&with(&[("90 días", "noventa días")])).state, TemplateState::Unchanged);
    assert_eq!(compared(&with(&[("90 días", "90 días")])).state, TemplateState::Unchanged);
}

#[test]
fn two_changes_side_by_side_are_both_told() {
    let reading = compared(&with(&[("90 días desde", "30 semanas desde")]));
    assert_eq!(changes(&reading), [(TemplateChange::Figure, "90 días".into(), "30 semanas".into())]);
    let reading = compared(&with(&[("90 días desde su", "30 días tras su")]));
    assert_eq!(changes(&reading).first().map(|change| change.0), Some(TemplateChange::Figure));
}

#[test]
fn another_wording_is_told_once_and_only_for_information() {
    let reading = compared(&with(&[("los intereses institucionales", "los objetivos institucionales")]));
    assert_eq!(changes(&reading), [(TemplateChange::Wording, "intereses".into(), "objetivos".into())]);
    let found = findings(&reading, "carta");
    assert_eq!((found.len(), found[0].severity), (1, Severity::Info));
}

#[test]
fn a_sentence_that_is_gone_is_told_and_what_the_model_lets_go_is_not() {
    let rows = with(&[
        ("2. Bajo juramento se compromete a no ofrecer ni entregar dádivas a los servidores que", ""),
        ("intervienen en este procedimiento.", ""),
    ]);
    let reading = compared(&rows);
    assert_eq!(reading.state, TemplateState::StruckOut, "{:?}", changes(&reading));
    assert!(reading.differences[0].model.contains("dádivas") && reading.differences[0].stated.is_empty());
    assert_eq!(findings(&reading, "carta")[0].code, "recognition.template_struck");
}

#[test]
fn running_heads_stamps_and_page_breaks_are_no_alteration() {
    let (first, second) = FILLED.split_at(8);
    let sheet = |number: u32, rows: &[&str]| {
        let foot = format!("Página {number} de 2");
        let mut lines = vec![(60.0, 20.0, "CONSTRUCTORA EJEMPLO S.A. No ofrece crédito")];
        lines.extend(rows.iter().enumerate().map(|(row, text)| (60.0, 60.0 + 14.0 * row as f64, *text)));
        lines.push((60.0, 800.0, foot.as_str()));
        page(number, &lines)
    };
    let reading = compare_pages(&[sheet(1, first), sheet(2, second)]).expect("comparable");
    assert_eq!((reading.state, changes(&reading)), (TemplateState::Unchanged, Vec::new()));
}

#[test]
fn a_scan_is_only_taken_at_words_that_are_sure() {
    let rows = with(&[("no se encuentra incurso", "se encuentra incurso"), ("90 días", "30 días")]);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let sure = scanned(prose(1, &rows), |_| 0.96);
    let found = changes(&compare_pages(&[sure]).expect("comparable"));
    assert_eq!(
        found.iter().map(|change| change.0).collect::<Vec<_>>(),
        [TemplateChange::Figure, TemplateChange::Negation]
    );
    let unsure =
        scanned(prose(1, &rows), |text| if text == "30" || text == "oferente," { 0.5 } else { 0.96 });
    let reading = compare_pages(&[unsure]).expect("comparable");
    assert_eq!((reading.state, changes(&reading)), (TemplateState::Unchanged, Vec::new()));
}

#[test]
fn a_word_that_ocr_read_over_leaves_its_room() {
    let mut sheet = scanned(prose(1, FILLED), |_| 0.96);
    let at = sheet.words.iter().position(|word| word.text == "no" && word.line == 13).expect("stands there");
    sheet.words.remove(at);
    let reading = compare_pages(&[sheet]).expect("comparable");
    assert_eq!(
        (reading.state, changes(&reading)),
        (TemplateState::Unchanged, Vec::new()),
        "the gap is as wide as the word"
    );
}

#[test]
fn noise_of_ocr_is_no_alteration() {
    let rows = with(&[
        ("convocatoria", "convocatorla"),
        ("independiente", "indepen diente"),
        ("procedimiento", "procedirniento"),
        ("inhabilidades", "inhabilidacles"),
        ("5. En", "S. En"),
    ]);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let reading = compare_pages(&[scanned(prose(1, &rows), |_| 0.9)]).expect("comparable");
    assert_eq!((reading.state, changes(&reading)), (TemplateState::Unchanged, Vec::new()));
}

#[test]
fn another_model_of_the_same_form_is_not_compared() {
    let other = [
        "1.1 PRESENTACIÓN Y COMPROMISO",
        "El que suscribe, en atención a la convocatoria efectuada por el Gobierno Parroquial",
        "al presentar esta oferta por sus propios derechos declara que:",
        "Es elegible de acuerdo con lo que dispone la ley y conoce los riesgos del proyecto.",
        "Suministrará la mano de obra, los equipos y los materiales que hagan falta.",
        "La oferta la hace en forma independiente y sin conexión abierta u oculta con nadie.",
        "Conoce las condiciones del sitio y ha estudiado los planos y las especificaciones.",
        "Toda la información es completa y exacta, y no ha callado nada que importe.",
        "Se somete a las disposiciones de la ley y de su reglamento en todo lo que no se diga aquí.",
    ];
    assert_eq!(compare_pages(&[prose(1, &other)]), None);
}

#[test]
fn the_empty_model_is_left_blank_and_what_is_no_form_is_not_looked_at() {
    let rows: Vec<&str> = MODEL.lines().collect();
    let layouts = [PageLayout::new(&prose(1, &rows))];
    let cut = |kind: &str| Cut {
        kind: DocumentType::from(kind),
        confidence: Confidence::CERTAIN,
        spans: vec![Span { page: 0, rows: 0..rows.len() }],
    };
    let (source, id) = (model(), DocumentId(uuid::Uuid::nil()));
    let reading =
        compare(&[Template::new(&source)], &layouts, &cut("FUO_1_1"), id, true).expect("comparable");
    assert_eq!((reading.state, reading.differences.len()), (TemplateState::LeftBlank, 0));
    assert_eq!(compare(&[Template::new(&source)], &layouts, &cut("RUC_SRI"), id, true), None);
}

#[test]
fn the_text_of_a_model_comes_without_running_heads_and_with_its_paragraphs() {
    let sheets: Vec<PageReading> = [(1, "uno"), (2, "dos"), (3, "tres")]
        .iter()
        .map(|(number, word)| {
            let long =
                format!("El oferente {word} declara que mantendrá su oferta por el tiempo que se pide aquí");
            let short = format!("{word} y no más.");
            page(
                *number,
                &[
                    (60.0, 20.0, "ENTIDAD DE EJEMPLO"),
                    (60.0, 60.0, long.as_str()),
                    (60.0, 74.0, short.as_str()),
                    (60.0, 800.0, *word),
                    (60.0, 815.0, "17"),
                ],
            )
        })
        .collect();
    let layouts: Vec<PageLayout> = sheets.iter().map(PageLayout::new).collect();
    let text = model_text(&layouts);
    assert!(
        text.starts_with(
            "El oferente uno declara que mantendrá su oferta por el tiempo que se pide aquí uno y no más.\nuno\nEl"
        ),
        "{text}"
    );
    assert!(!text.contains("ENTIDAD") && !text.contains("17"), "{text}");
    let scan = PageLayout::new(&scanned(prose(1, FILLED), |_| 0.9));
    assert_eq!(model_text(&[scan]), "", "a model that OCR read is not sure");
}

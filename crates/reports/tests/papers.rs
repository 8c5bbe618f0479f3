//! Every document from its invented example: composed, typeset, written for Word, masked.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use cotejo_reports::{
    Adaptation, Apertura, Block, Calificacion, Comun, ControlVae, Convalidacion, Declaracion, Evidencias,
    Indice, Informe, InformeSubcomision, Integridad, Kind, Negociacion, NoSuscripcion, NotificacionIndicios,
    Paper, PersonalData, Preguntas, Reclamo, Rectificatoria, Resolucion, compose_example, docx, masked,
    plain, typeset_paper, typeset_unsigned,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::process::Command;

const MOMENT: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("documento.pdf");
    std::fs::write(&path, pdf).expect("writes");
    let output = Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Letters and digits only: line breaks, hyphenation and the layout do not count.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn every_template_speaks_only_of_what_its_content_has() {
    for kind in Kind::ALL {
        let faults: Vec<String> = kind.faults().iter().map(cotejo_reports::TemplateFault::message).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", kind.name());
        assert_eq!(kind.template().kind, kind.name(), "a template names its own document");
    }
}

/// The example of a kind must be exactly what its type holds: a name that only one of them has would be checked against nothing.
fn same_names<C: Serialize + DeserializeOwned>(kind: Kind) {
    let example = kind.example();
    let content: C =
        serde_json::from_value(example.clone()).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
    let again = serde_json::to_value(&content).expect("serialises");
    assert_eq!(example, again, "{}", kind.name());
    fn filled(value: &Value, at: &str) {
        match value {
            Value::Array(items) => {
                assert!(!items.is_empty(), "{at} shows no element, so that nothing within it is checked");
                items.iter().for_each(|item| filled(item, at));
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    assert!(
                        name != "orden" && name != "este",
                        "{at}.{name}: templates mean something else by it"
                    );
                    filled(value, &format!("{at}.{name}"));
                }
            }
            _ => {}
        }
    }
    filled(&example, kind.name());
}

#[test]
fn every_example_is_what_its_type_holds() {
    same_names::<Preguntas>(Kind::Preguntas);
    same_names::<Apertura>(Kind::Apertura);
    same_names::<Integridad>(Kind::Integridad);
    same_names::<Convalidacion>(Kind::Convalidacion);
    same_names::<InformeSubcomision>(Kind::Subcomision);
    same_names::<Calificacion>(Kind::Calificacion);
    same_names::<Negociacion>(Kind::Negociacion);
    same_names::<Informe>(Kind::Informe);
    same_names::<Resolucion>(Kind::Resolucion);
    same_names::<ControlVae>(Kind::Vae);
    same_names::<Declaracion>(Kind::Declaracion);
    same_names::<NotificacionIndicios>(Kind::Indicios);
    same_names::<Rectificatoria>(Kind::Rectificatoria);
    same_names::<NoSuscripcion>(Kind::NoSuscripcion);
    same_names::<Reclamo>(Kind::Reclamo);
    same_names::<Evidencias>(Kind::Evidencias);
    same_names::<Indice>(Kind::Indice);
}

#[test]
fn no_template_fixes_an_article() {
    for kind in Kind::ALL {
        for line in kind.template_source().lines() {
            for cited in ["art. ", "arts. ", "RGLOSNCP", "LOSNCP"] {
                assert!(!line.contains(cited), "{}: articles come from the regime: {line}", kind.name());
            }
        }
    }
}

#[test]
fn every_document_is_tagged_and_archival_and_says_that_it_is_a_preview() {
    let keep = std::env::var_os("COTEJO_GUARDAR").map(std::path::PathBuf::from);
    for kind in Kind::ALL {
        let paper = compose_example(*kind, None).expect("composes");
        let typeset = typeset_unsigned(&paper, kind.name(), MOMENT)
            .unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        let raw = String::from_utf8_lossy(&typeset.pdf);
        assert!(
            raw.contains("pdfaid:conformance>A<") || raw.contains("pdfaid:conformance=\"A\""),
            "{}",
            kind.name()
        );
        assert!(raw.contains("pdfuaid:part"), "{}: what nobody signs claims PDF/UA too", kind.name());
        if let Some(folder) = &keep {
            std::fs::write(folder.join(format!("{}.pdf", kind.name())), &typeset.pdf).expect("writes");
            std::fs::write(
                folder.join(format!("{}.docx", kind.name())),
                docx(&paper, MOMENT).expect("writes"),
            )
            .expect("writes");
        }
        let Some(text) = text_of(&typeset.pdf) else {
            return println!("skipped: pdftotext is not installed");
        };
        assert_eq!(text.matches("VISTA PREVIA").count(), typeset.pages, "{}: on every page", kind.name());
        let printed = letters(&text);
        for words in paper.words() {
            assert!(printed.contains(&letters(&words)), "{}: «{words}» is not printed", kind.name());
        }
        assert!(
            !text.contains("{{") && !text.contains("«reports."),
            "{}: no marker is left over",
            kind.name()
        );
    }
}

/// What is signed must be able to stay what it claims: a visible stamp is not tagged.
#[test]
fn what_will_be_signed_claims_no_more_than_it_keeps() {
    let paper = compose_example(Kind::Apertura, None).expect("composes");
    let typeset = typeset_paper(&paper, "a", MOMENT).expect("typesets");
    assert!(!String::from_utf8_lossy(&typeset.pdf).contains("pdfuaid:part"));
    assert_eq!(typeset.places.len(), 2, "one place for each who signs");
}

#[test]
fn a_final_document_carries_no_watermark() {
    let content: Apertura = serde_json::from_value(Kind::Apertura.example()).expect("reads");
    let paper = cotejo_reports::compose(&content, cotejo_reports::Frame::default()).expect("composes");
    assert_eq!(paper.watermark, "");
    assert_eq!(paper.title, "Acta de apertura de ofertas");
    let mut open = content;
    open.comun.cabecera.proyecto = true;
    let paper = cotejo_reports::compose(&open, cotejo_reports::Frame::default()).expect("composes");
    assert_eq!(paper.watermark, "BORRADOR / PROYECTO");
    assert_eq!(paper.title, "Proyecto de acta de apertura de ofertas");
}

#[test]
fn what_is_not_recorded_is_printed_as_such_and_never_invented() {
    let empty = Resolucion { comun: Comun::default(), ..Resolucion::default() };
    let paper = cotejo_reports::compose(&empty, cotejo_reports::Frame::default()).expect("composes");
    let words = paper.words().join("\n");
    assert!(words.contains("Lo que se resuelve no consta en este expediente."), "{words}");
    assert!(words.contains("no consta en este expediente"), "{words}");
    assert!(!words.contains("Adjudicar"), "nothing is awarded that nobody awarded: {words}");
    let empty = Preguntas::default();
    let words = cotejo_reports::compose(&empty, cotejo_reports::Frame::default())
        .expect("composes")
        .words()
        .join("\n");
    assert!(words.contains("Las preguntas recibidas no constan en este expediente."), "{words}");
    assert!(!words.contains("No se recibieron preguntas"), "that nobody asked is a statement too: {words}");
}

fn opened(paper: &Paper) -> String {
    plain_of(paper, |block| matches!(block, Block::Paragraph { .. } | Block::List { .. }))
}

fn plain_of(paper: &Paper, wanted: impl Fn(&Block) -> bool) -> String {
    let texts = paper.blocks.iter().filter(|block| wanted(block)).flat_map(|block| match block {
        Block::Paragraph { text, .. } => vec![plain(text)],
        Block::List { items, .. } => items.iter().map(|item| plain(item)).collect(),
        _ => Vec::new(),
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn numbers_and_genders_agree() {
    let mut content: Preguntas = serde_json::from_value(Kind::Preguntas.example()).expect("reads");
    let print = |content: &Preguntas| {
        opened(&cotejo_reports::compose(content, cotejo_reports::Frame::default()).expect("composes"))
    };
    assert!(print(&content).contains("se recibió a través del Portal una pregunta:"), "{}", print(&content));
    content.preguntas = vec![content.preguntas[0].clone(); 21];
    assert!(
        print(&content).contains("se recibieron a través del Portal veintiuna preguntas:"),
        "{}",
        print(&content)
    );
    let mut refusal: NoSuscripcion = serde_json::from_value(Kind::NoSuscripcion.example()).expect("reads");
    let mut said = |gender: &str| {
        refusal.genero = gender.into();
        opened(&cotejo_reports::compose(&refusal, cotejo_reports::Frame::default()).expect("composes"))
    };
    assert!(said("m").contains("el señor Persona"));
    assert!(said("f").contains("la señora Persona"));
    assert!(said("").contains("la persona Persona"), "no gender is guessed");
}

#[test]
fn attack_a_masked_copy_still_holds_a_cedula() {
    let mut content: Apertura = serde_json::from_value(Kind::Apertura.example()).expect("reads");
    content.comun.cabecera.entidad = "Entidad 1710034065 de Ejemplo".into();
    content.comun.cabecera.codigo = "SIE-EJEMPLO-2026-001".into();
    content.ofertas[0].ruc = "1710034065001".into();
    content.ofertas[0].oferente = "Persona con C.I. 171 003 406 5".into();
    content.observaciones =
        vec!["Correo persona@ejemplo.example, teléfono 0991234567, Calle Inventada 123".into()];
    let paper = cotejo_reports::compose(&content, cotejo_reports::Frame::default()).expect("composes");
    let personal = PersonalData { values: vec!["Calle Inventada 123".into()] };
    let copy = masked(&paper, &personal);
    let typeset = typeset_unsigned(&copy, "copia", MOMENT).expect("typesets");
    let word = docx(&copy, MOMENT).expect("writes");
    let json = serde_json::to_string(&copy).expect("serialises");
    let Some(text) = text_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    // Metadata stand uncompressed in the file; what is compressed is looked for in the text.
    let places = [text, String::from_utf8_lossy(&typeset.pdf).into_owned(), json, unzipped(&word)];
    for place in &places {
        let digits: String = place.split_whitespace().collect();
        for secret in ["1710034065", "0991234567", "persona@ejemplo", "CalleInventada"] {
            assert!(!digits.contains(secret), "{secret} is still there");
        }
    }
    assert!(places[0].contains("Copia para publicación"), "the copy says what it is");
    assert!(places[0].contains("065"), "the last digits stay, to tell two persons apart");
    // The original is untouched.
    assert!(paper.words().join(" ").contains("1710034065001"));
}

fn unzipped(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("opens");
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut content).expect("reads");
        all.push_str(&String::from_utf8_lossy(&content));
    }
    all
}

/// An independent reader must find in the Word file the words of the PDF.
#[test]
fn word_files_hold_the_words_of_the_pdf_to_an_independent_reader() {
    let Some(python) = std::env::var_os("COTEJO_PYTHON") else {
        return println!("skipped: COTEJO_PYTHON does not name a Python with kreuzberg");
    };
    let folder = tempfile::tempdir().expect("a folder");
    for kind in Kind::ALL {
        let paper = compose_example(*kind, None).expect("composes");
        std::fs::write(
            folder.path().join(format!("{}.docx", kind.name())),
            docx(&paper, MOMENT).expect("writes"),
        )
        .expect("writes");
    }
    let script = "import sys, pathlib, kreuzberg\nfor path in sorted(pathlib.Path(sys.argv[1]).glob('*.docx')):\n    path.with_suffix('.txt').write_text(kreuzberg.extract_file_sync(str(path)).content, encoding='utf-8')\n";
    let run = Command::new(python).args(["-c", script]).arg(folder.path()).output().expect("runs");
    if !run.status.success() && String::from_utf8_lossy(&run.stderr).contains("No module named") {
        return println!("skipped: this Python has no kreuzberg");
    }
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for kind in Kind::ALL {
        let text =
            std::fs::read_to_string(folder.path().join(format!("{}.txt", kind.name()))).expect("a text");
        let read = letters(&text);
        for words in compose_example(*kind, None).expect("composes").words() {
            // The number of a list is not text of the file, and the reader writes what is a table as one.
            assert!(
                read.contains(&letters(&words)),
                "{}: «{words}» is not in the Word file: {text}",
                kind.name()
            );
        }
    }
}

#[test]
fn a_word_file_is_the_same_for_the_same_document() {
    let paper = compose_example(Kind::Evidencias, None).expect("composes");
    assert_eq!(docx(&paper, MOMENT).expect("writes"), docx(&paper, MOMENT).expect("writes"));
}

#[test]
fn attack_words_of_a_bidder_that_look_like_xml_or_typst_are_printed_and_not_run() {
    let hostile = "</w:t><script>alert(1)</script> #import \"/etc/passwd\" {{cabecera.codigo}} \u{0} \u{b}";
    let mut content: Apertura = serde_json::from_value(Kind::Apertura.example()).expect("reads");
    content.observaciones = vec![hostile.into()];
    let paper = cotejo_reports::compose(&content, cotejo_reports::Frame::default()).expect("composes");
    let xml = unzipped(&docx(&paper, MOMENT).expect("writes"));
    assert!(!xml.contains("<script>") && xml.contains("&lt;script&gt;"));
    assert!(!xml.contains('\u{b}'), "XML 1.0 cannot hold it");
    let typeset = typeset_paper(&paper, "a", MOMENT).expect("typesets");
    let Some(text) = text_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    assert!(text.contains("{{cabecera.codigo}}"), "a marker in a bid is words: {text}");
}

#[test]
fn attack_a_sign_that_no_font_has_does_not_keep_an_acta_from_being_made() {
    let mut content: Apertura = serde_json::from_value(Kind::Apertura.example()).expect("reads");
    content.observaciones = vec!["Catálogo 中文 \u{1F600} \u{E000} \u{7} fin".into()];
    let paper = cotejo_reports::compose(&content, cotejo_reports::Frame::default()).expect("composes");
    let typeset = typeset_paper(&paper, "a", MOMENT).expect("typesets");
    let Some(text) = text_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    assert!(
        text.contains("Catálogo [U+4E2D][U+6587] [U+1F600] [U+E000]"),
        "what cannot be shown is told: {text}"
    );
}

#[test]
fn an_entity_changes_logo_head_numbering_and_sentences() {
    let source = "entidad: Municipio de Ejemplo\nencabezado: Dirección de Compras\npie: Calle de Ejemplo 1\nnumeracion: CT-{{numero}}-{{anio}}\n\ndocumento: apertura\n@acto_publico\nSe abre en público, ante {{cuenta ofertas f: oferta | ofertas}}{{norma articulo}}.\n\ndocumento: todos\n@cierre\nSe cierra. {{sesion.cierre}}\n";
    let adaptation =
        Adaptation::parse("entidad.txt", source, |_| None).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(adaptation.number(7, 2026), "CT-007-2026");
    let paper = compose_example(Kind::Apertura, Some(&adaptation)).expect("composes");
    let words = paper.words().join("\n");
    assert!(words.contains("Se abre en público, ante una oferta (RGLOSNCP, art. 98)."), "{words}");
    assert!(
        !words.contains("La apertura se realiza en acto público"),
        "the sentence is replaced, not added to"
    );
    assert!(words.contains("Se cierra."), "in a common part too");
    assert_eq!((paper.entity.as_str(), paper.head_lines.len()), ("Municipio de Ejemplo", 1));
    let other = compose_example(Kind::Convalidacion, Some(&adaptation)).expect("composes").words().join("\n");
    assert!(other.contains("Se cierra."), "«todos» is every document that has the block");
}

#[test]
fn a_faulty_adaptation_is_refused_with_all_its_faults() {
    let codes = |source: &str| -> Vec<(usize, &'static str)> {
        match Adaptation::parse("entidad.txt", source, |_| None) {
            Ok(_) => Vec::new(),
            Err(faults) => {
                assert!(faults.iter().all(|fault| !fault.message().contains("«reports.")), "{faults:?}");
                faults.iter().map(|fault| (fault.line, fault.code)).collect()
            }
        }
    };
    assert_eq!(
        codes("documento: apertura\n@acto_publico\nHola {{oferente}}"),
        [(3, "reports.template.unknown_marker")]
    );
    assert_eq!(codes("documento: apertura\n@acta_publica\nHola"), [(2, "reports.template.missing_block")]);
    assert_eq!(codes("documento: abertura\n@x\nHola"), [(2, "reports.template.unknown_document")]);
    assert_eq!(codes("documento: apertura\n@acto_publico\n"), [(2, "reports.template.empty_block")]);
    assert_eq!(codes("@acto_publico\nHola"), [(1, "reports.template.block_without_document")]);
    assert_eq!(codes("logotipo: nada.png"), [(0, "reports.template.logo")]);
    assert_eq!(codes("numeracion: fija"), [(1, "reports.template.numbering")]);
    assert_eq!(
        codes("documento: apertura\n@acto_publico\n{{si ofertas}}\nHola"),
        [(4, "reports.template.unclosed")]
    );
    assert_eq!(
        codes("letra: grande\ndocumento: apertura\n@acto_publico\nHola {{cada}} {{ofertas}}").len(),
        3,
        "every fault at once: a head that is not known, a marker that is none, a list where a value belongs"
    );
}

#[test]
fn attack_a_replaced_sentence_cannot_take_away_tables_or_signatures() {
    for kind in Kind::ALL {
        let names = kind.template().block_names();
        let source = kind.template_source();
        for name in names {
            let after = source.split(&format!("@{name}\n")).nth(1).and_then(|rest| rest.lines().next());
            let Some(line) = after else { continue }; // it stands in a common part
            assert!(
                !line.starts_with("||") && !line.starts_with("{{") && !line.starts_with('#'),
                "{}: {name}: {line}",
                kind.name()
            );
        }
    }
}

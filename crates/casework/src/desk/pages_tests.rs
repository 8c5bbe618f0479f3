//! Acts on pages through the desk: turned, written, read again, opened with a password.

use super::tests::{case_of, desk};
use super::{Desk, pages};
use crate::view::{
    Cancellation, CellAddress, DecisionDraft, EvidencePlace, EvidenceView, FileView, MotivationView,
    PageStatusView, Password, Verdict,
};
use cotejo_domain::{Code, ProcedureType, RequirementKind};
use lopdf::content::{Content, Operation};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};
use std::path::{Path, PathBuf};

/// A PDF with one page of text for each entry.
pub(super) fn pdf(pages: &[&str]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let kids: Vec<Object> = pages
        .iter()
        .map(|text| {
            let mut operations = vec![
                Operation::new("BT", vec![]),
                Operation::new("Tf", vec!["F1".into(), 12.into()]),
                Operation::new("TL", vec![16.into()]),
                Operation::new("Td", vec![72.into(), 720.into()]),
            ];
            for line in text.lines() {
                operations.push(Operation::new("Tj", vec![Object::string_literal(line)]));
                operations.push(Operation::new("T*", vec![]));
            }
            operations.push(Operation::new("ET", vec![]));
            let bytes = Content { operations }.encode().expect("encodes");
            let content = document.add_object(Stream::new(dictionary! {}, bytes));
            let page = document.add_object(dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            });
            page.into()
        })
        .collect();
    let count = i64::try_from(kids.len()).expect("few pages");
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    document
}

pub(super) fn bytes_of(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

pub(super) fn bid(folder: &Path, files: &[(&str, Vec<u8>)]) -> PathBuf {
    let bid = folder.join("Oferta de Ejemplo");
    std::fs::create_dir_all(&bid).expect("a folder");
    for (name, bytes) in files {
        std::fs::write(bid.join(name), bytes).expect("writes");
    }
    bid
}

pub(super) async fn import(desk: &Desk, case: &str, path: PathBuf) {
    desk.import_bids(case, &[path], &|_| {}, &Cancellation::default()).await.expect("imports");
}

pub(super) async fn file(desk: &Desk, case: &str, name: &str) -> FileView {
    let documents = desk.documents(case).await.expect("documents");
    let mut files = documents.bids.into_iter().flat_map(|bid| bid.files);
    files.find(|file| file.path.ends_with(name)).expect("the file")
}

const FORM: &str = "FORMULARIO UNICO DE LA OFERTA\nRazon social: Compania Ficticia de Ejemplo S.A.\nDireccion: avenida de \
                    ejemplo y calle inventada\nTelefono de contacto y correo del oferente de ejemplo\nPlazo de entrega de \
                    los bienes ofertados en el proceso de ejemplo\nLa oferta se mantiene vigente durante el proceso";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_turned_for_everybody_and_back_by_undo() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    import(&desk, &case, bid(folder.path(), &[("oferta.pdf", bytes_of(pdf(&[FORM, FORM])))])).await;
    let hash = file(&desk, &case, "oferta.pdf").await.hash;
    let before = desk.page(&case, &hash, 1).await.expect("a page");
    let upright = desk.page_image(&case, &hash, 1, 1.0).await.expect("an image");
    let turned = desk.turn_page(&case, &hash, 1, 90).await.expect("turns");
    assert_eq!((turned.turn, turned.rotation), (90, 90));
    assert!((turned.width - before.height).abs() < 0.1 && (turned.height - before.width).abs() < 0.1);
    assert_eq!(turned.words.len(), before.words.len(), "the same words");
    for word in &turned.words {
        let [left, top, right, bottom] = word.bounds[..] else { panic!("four edges") };
        let inside = left >= 0.0 && top >= 0.0 && right <= turned.width && bottom <= turned.height;
        assert!(inside, "{word:?} lies on the page as it is shown");
    }
    // Turned clockwise, what stood at the left stands at the top.
    let (a, b) = (&before.words[0].bounds, &turned.words.iter().find(|w| w.text == "FORMULARIO"));
    let b = &b.expect("the first word").bounds;
    assert!((b[1] - a[0]).abs() < 1.0 && (turned.width - b[2] - a[1]).abs() < 1.0, "{a:?} became {b:?}");
    assert_ne!(desk.page_image(&case, &hash, 1, 1.0).await.expect("an image"), upright);
    let summary = file(&desk, &case, "oferta.pdf").await;
    assert_eq!(summary.pages.iter().map(|page| page.turn).collect::<Vec<_>>(), [90, 0], "that page alone");
    let undone = desk.undo(&case).await.expect("undoes");
    assert!(undone.text.contains("giro"), "{}", undone.text);
    assert_eq!(desk.page(&case, &hash, 1).await.expect("a page"), before, "as it was");
    desk.redo(&case).await.expect("redoes");
    assert_eq!(desk.page(&case, &hash, 1).await.expect("a page").turn, 90);
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    assert_eq!(
        desk.page(&case, &hash, 1).await.expect("a page").turn,
        90,
        "the rebuilt projections say so too"
    );
    let error = desk.turn_page(&case, &hash, 9, 90).await.expect_err("there is no ninth page");
    assert_eq!(error.code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_writes_is_found_cited_as_such_and_taken_back_by_undo() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Sie).await;
    import(&desk, &case, bid(folder.path(), &[("oferta.pdf", bytes_of(pdf(&[FORM])))])).await;
    let hash = file(&desk, &case, "oferta.pdf").await.hash;
    let draft = crate::RequirementDraft {
        kind: RequirementKind::Minimo,
        text: "Certificado de origen".into(),
        document: None,
        signed: false,
    };
    let requirement = desk.add_requirement(&case, draft).await.expect("adds");
    let cell = CellAddress {
        requirement: requirement.id,
        bid: desk.open_case(&case).await.expect("opens").bids[0].id.clone(),
    };
    let cited = EvidenceView {
        file: hash.clone(),
        file_name: "oferta.pdf".into(),
        place: EvidencePlace::Page { page: 1, quads: Vec::new(), width: 595.0, height: 842.0 },
        place_text: String::new(),
        document: String::new(),
        quote: "Plazo".into(),
        extractor: String::new(),
        confidence: 1.0,
    };
    let part = || "Visto en la prueba.".to_owned();
    let motivation = MotivationView { fact: part(), evidence: part(), norm: part(), conclusion: part() };
    let decision = DecisionDraft {
        cell: cell.clone(),
        verdict: Verdict::Cumple,
        motivation,
        evidence: Vec::new(),
        added: vec![cited],
    };
    let decided = desk.decide(&case, &decision).await.expect("decides");
    assert!(!decided.decision.expect("decided").review);
    assert!(desk.search(&case, "quimbolito").await.expect("searches").is_empty());

    let text = "FORMULARIO DE DATOS GENERALES DEL OFERENTE\n\nRazón social:   Quimbolito de Ejemplo S.A.\nRUC:   \
                1790000001001\nCorreo electrónico:   ejemplo@ejemplo.ec";
    let page = desk.write_page(&case, &hash, 1, text).await.expect("writes");
    let written = page.written.expect("somebody wrote it");
    assert_eq!(written.text, text);
    assert!(
        !written.by.is_empty() && page.machine_text.contains("FORMULARIO UNICO"),
        "both stand side by side"
    );
    assert!(page.words.iter().any(|word| word.text == "UNICO"), "the image keeps the machine's own words");
    let hits = desk.search(&case, "quimbolito").await.expect("searches");
    assert_eq!(hits.len(), 1, "search goes by what the person wrote");
    assert!(desk.search(&case, "mantiene vigente").await.expect("searches").is_empty());
    let judgement = open.judgement().await.expect("judges");
    let facts = &judgement.bids[0].files[0].facts;
    let ruc = facts.iter().find(|fact| fact.raw.contains("1790000001001")).expect("the number is a fact");
    assert!(ruc.evidence.extractor.ends_with(pages::BY_PERSON), "{}", ruc.evidence.extractor);
    assert_eq!(ruc.evidence.location.quad(), None, "no box is invented for it");
    let review = |cell: crate::view::CellView| cell.decision.expect("decided").review;
    let shown = desk.cell(&case, &cell.requirement, &cell.bid).await.expect("a cell");
    assert!(review(shown.clone()), "what it rests on reads otherwise now: revisar de nuevo");
    let place = shown.evidence.iter().find(|piece| piece.file == hash).expect("the page it cites");
    assert!(place.place_text.contains("persona"), "{}", place.place_text);
    let matrix = desk.matrix(&case).await.expect("a matrix");
    assert!(matrix.groups[0].rows[0].cells[0].review);

    desk.undo(&case).await.expect("undoes");
    let back = desk.page(&case, &hash, 1).await.expect("a page");
    assert!(back.written.is_none() && desk.search(&case, "quimbolito").await.expect("searches").is_empty());
    assert_eq!(desk.search(&case, "mantiene vigente").await.expect("searches").len(), 1);
    assert!(
        open.judgement().await.expect("judges").bids[0].files[0]
            .facts
            .iter()
            .all(|fact| !fact.raw.contains("1790000001001"))
    );
    desk.redo(&case).await.expect("redoes");
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    assert_eq!(desk.search(&case, "quimbolito").await.expect("searches").len(), 1);
    // Reading again is the machine's; what the person wrote holds.
    let stop = Cancellation::default();
    desk.read_again(&case, &hash, Some(1), None, &|_| {}, &stop).await.expect("reads again");
    assert!(desk.page(&case, &hash, 1).await.expect("a page").written.is_some());
    assert_eq!(desk.search(&case, "quimbolito").await.expect("searches").len(), 1);
    desk.write_page(&case, &hash, 1, "  \n ").await.expect("takes back");
    assert!(desk.page(&case, &hash, 1).await.expect("a page").written.is_none());
    assert!(desk.search(&case, "quimbolito").await.expect("searches").is_empty());
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_a_file_is_kept_in_memory_alone_and_a_wrong_one_changes_nothing() {
    const KEY: &str = "clave-de-la-prueba-7431";
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("datos");
    let Some(desk) = desk(&data).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let mut locked = pdf(&[FORM]);
    let version = EncryptionVersion::V2 {
        document: &locked,
        owner_password: "otra-clave",
        user_password: KEY,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).expect("a state");
    locked.encrypt(&state).expect("encrypts");
    import(&desk, &case, bid(folder.path(), &[("cerrada.pdf", bytes_of(locked))])).await;
    let before = file(&desk, &case, "cerrada.pdf").await;
    assert!(before.wants_password && before.pages.is_empty(), "{before:?}");
    let stop = Cancellation::default();
    let again = |key: &str| {
        let (desk, case, hash, stop) = (&desk, case.clone(), before.hash.clone(), &stop);
        let key = Password::new(key.to_owned());
        async move { desk.read_again(&case, &hash, None, Some(&key), &|_| {}, stop).await }
    };
    let error = again("no-es-esta").await.expect_err("does not open");
    assert_eq!(error.code(), Code::WrongKey);
    assert_eq!(file(&desk, &case, "cerrada.pdf").await, before, "nothing changed");
    again(KEY).await.expect("opens");
    let after = file(&desk, &case, "cerrada.pdf").await;
    assert!(!after.wants_password);
    assert_eq!(after.pages.iter().map(|page| page.status).collect::<Vec<_>>(), [PageStatusView::Text]);
    assert_eq!(desk.search(&case, "avenida de ejemplo").await.expect("searches").len(), 1);
    assert!(desk.page_image(&case, &after.hash, 1, 0.5).await.is_ok(), "its pages are drawn");
    assert!(desk.turn_page(&case, &after.hash, 1, 180).await.is_ok(), "and turned");

    desk.passwords.lock().await.clear();
    let later = file(&desk, &case, "cerrada.pdf").await;
    assert!(later.wants_password, "another day it has to be given again");
    assert_eq!(later.pages.len(), 1, "what was read stays");
    assert!(desk.page_image(&case, &after.hash, 1, 0.5).await.is_err());
    let error = desk.turn_page(&case, &after.hash, 1, 90).await.expect_err("cannot be read today");
    assert_eq!(error.code(), Code::WrongKey);
    let error = desk.read_again(&case, &after.hash, None, None, &|_| {}, &stop).await.expect_err("nor again");
    assert_eq!(error.code(), Code::WrongKey);
    assert_eq!(file(&desk, &case, "cerrada.pdf").await, later, "and nothing was lost by trying");
    desk.close().await;
    let mut folders = vec![data];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("lists").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).expect("reads");
            let found = bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes());
            assert!(!found, "the password stands in {}", entry.path().display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanned_page_upside_down_is_read_once_it_is_turned() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let template = cotejo_sample::page_templates().into_iter().next().expect("a template");
    let scan = template.document(5, false).and_then(|document| document.scanned_pdf()).expect("a scan");
    // A cover has too few letters for the machine to be sure which way is up.
    let mut inverted = Document::load_mem(&scan).expect("loads");
    for page in inverted.get_pages().into_values() {
        inverted.get_dictionary_mut(page).expect("a page").set("Rotate", 180);
    }
    let papers = [("derecha.pdf", scan), ("invertida.pdf", bytes_of(inverted))];
    import(&desk, &case, bid(folder.path(), &papers)).await;
    let said = |page: &crate::view::PageView| -> Vec<String> {
        let long = page.words.iter().filter(|word| word.text.chars().count() > 4);
        long.map(|word| word.text.to_lowercase()).collect()
    };
    let hash = file(&desk, &case, "derecha.pdf").await.hash;
    let upright = desk.page(&case, &hash, 1).await.expect("a page");
    let hash = file(&desk, &case, "invertida.pdf").await.hash;
    let before = desk.page(&case, &hash, 1).await.expect("a page");
    let turned = desk.turn_page(&case, &hash, 1, 180).await.expect("turns");
    assert_eq!((turned.status, turned.rotation), (PageStatusView::Ocr, 0), "{:?}", turned.findings);
    let common =
        |page: &crate::view::PageView| said(page).iter().filter(|word| said(&upright).contains(word)).count();
    let (all, was, is) = (said(&upright).len(), common(&before), common(&turned));
    // Whether the machine found out by itself which way is up or not: the page that a person turned is read.
    assert!(was <= is && is * 10 >= all * 9, "{was} and then {is} of {all} words");
    let first = upright.words.iter().zip(&turned.words).next().expect("words");
    let apart = first.0.bounds.iter().zip(&first.1.bounds).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < 6.0, "boxes lie on the page as it is shown: {first:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_pliego_itself_open_and_a_requirement_points_to_its_own() {
    use cotejo_domain::{FileHash, Requirement, RequirementId, RequirementSource, Subject};
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Sie).await;
    let bytes = bytes_of(pdf(&[FORM, "SECCION III\nPlazo de entrega: sesenta dias contados desde la firma"]));
    let hash = FileHash::of(&bytes);
    let owner = cotejo_store::FileOwner::Process;
    let author = desk.actor.id;
    open.case
        .import_file(author, owner, "pliego.pdf", "application/octet-stream", false, bytes)
        .await
        .expect("kept");
    open.forget().await;
    let before = desk.documents(&case).await.expect("documents").bids.remove(0);
    assert!(before.files[0].unread && before.files[0].pages.is_empty());
    let page = desk.page(&case, &hash.to_string(), 2).await.expect("opens");
    assert!(page.machine_text.contains("sesenta dias") && page.page_count == 2, "{page:?}");
    assert_eq!(page.file_name, "pliego.pdf");
    let after = desk.documents(&case).await.expect("documents").bids.remove(0);
    assert!(!after.files[0].unread && after.files[0].pages.len() == 2, "and are listed from then on");
    let requirement = Requirement {
        id: RequirementId("PLAZO".into()),
        lot: None,
        kind: RequirementKind::Minimo,
        text: "Plazo de entrega".into(),
        points: None,
        subject: Subject::Other,
        source: RequirementSource::page(2),
    };
    let shown = super::matrix::requirement_view(1, &requirement, Some(hash));
    assert_eq!((shown.source_file, shown.source_page), (Some(hash.to_string()), Some(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_two_bids_that_say_the_same_are_listed_and_the_entitys_form_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let copied = "Certificado de experiencia\nSe certifica que la compania ficticia entrego los bienes de ejemplo a entera \
                  satisfaccion de la entidad de ejemplo\ndurante el plazo previsto en su contrato y sin novedades";
    let own = |name: &str| {
        format!(
            "Carta de {name}\nEste papel lo escribe {name} por su cuenta y nadie mas dice lo mismo en su oferta\n{name} {name}"
        )
    };
    for (name, with_copy) in [("Alfa", true), ("Beta", false), ("Gamma", true)] {
        let mut texts = vec![FORM.to_owned(), own(name)];
        texts.extend(with_copy.then(|| copied.to_owned()));
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let path = folder.path().join(name);
        std::fs::create_dir(&path).expect("a folder");
        std::fs::write(path.join("oferta.pdf"), bytes_of(pdf(&texts))).expect("writes");
        import(&desk, &case, path).await;
    }
    let view = desk.copies(&case).await.expect("compares");
    assert_eq!(view.runs.len(), 1, "{view:?}");
    let (one, other) = &view.runs[0].pairs[0];
    assert!(view.runs[0].exact && (one.page, other.page) == (3, 3));
    assert_eq!((one.name.as_str(), other.name.as_str()), ("Alfa", "Gamma"));
    assert_eq!(view.common, 3, "the form that everybody hands in is counted, once for each bid");
    assert_eq!(view.not_compared, 0);
}

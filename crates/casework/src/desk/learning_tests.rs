//! Learning through the desk: used at once for what comes, for what is known only on demand, and forgotten by one act.

use super::pages_tests::{bytes_of, import, pdf};
use super::tests::{case_of, desk};
use crate::view::{ArrangeOrder, Cancellation, FileView};
use cotejo_domain::{Code, ProcedureType};
use std::path::{Path, PathBuf};

/// A paper of no known type, filled in for somebody.
fn paper(name: &str, amount: &str, number: &str) -> String {
    format!(
        "Constancia interna de bodega de ejemplo\nPor medio de la presente el encargado de la bodega hace constar que\n\
         {name}\nretiro en esta fecha los materiales que se detallan al reverso por un total de\nUSD {amount}\n\
         sin que quede pendiente alguno de devolver a la bodega ni de reponer por desgaste\n\
         Se deja constancia para los fines que la jefatura de bodega estime del caso\nhoja interna numero {number}"
    )
}

const ELSE: &str = "Memoria de la visita al sitio de la obra de ejemplo\nEl grupo llego temprano y recorrio los tres frentes \
                    de trabajo\nSe vieron zanjas abiertas tuberias apiladas y un tanque a medio llenar\nEl clima estuvo \
                    nublado y el camino de acceso tenia baches profundos en varios tramos";

fn folder_of(folder: &Path, bid: &str, pages: &[&str]) -> PathBuf {
    let path = folder.join(bid);
    std::fs::create_dir_all(&path).expect("a folder");
    std::fs::write(path.join(format!("{bid}.pdf")), bytes_of(pdf(pages))).expect("writes");
    path
}

async fn file(desk: &super::Desk, case: &str, name: &str) -> FileView {
    let documents = desk.documents(case).await.expect("documents");
    let mut files = documents.bids.into_iter().flat_map(|bid| bid.files);
    files.find(|file| file.path.ends_with(name)).expect("the file")
}

fn kind_of(file: &FileView, page: u32) -> String {
    let found = file.documents.iter().find(|document| document.pages.contains(&page));
    found.map_or_else(String::new, |document| document.kind.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_page_teaches_what_comes_and_changes_nothing_that_is_known_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let (one, two, three) = (
        paper("Compania Ficticia de Ejemplo S.A.", "1.200,50", "004"),
        paper("Servicios Inventados del Norte", "98.000,00", "117"),
        paper("Consorcio Imaginario Andino", "7.345,10", "032"),
    );
    import(&desk, &case, folder_of(folder.path(), "primera", &[&one, ELSE])).await;
    import(&desk, &case, folder_of(folder.path(), "segunda", &[&two])).await;
    let first = file(&desk, &case, "primera.pdf").await;
    let machine = kind_of(&first, 1);
    assert_ne!(machine, "GARANTIA_TEC", "the machine does not know this paper");
    let known = file(&desk, &case, "segunda.pdf").await;

    // The paper may lie in one document with the other page.
    let document = first.documents.iter().find(|document| document.pages.contains(&1)).expect("a document");
    if document.pages.contains(&2) {
        let order = ArrangeOrder::Split { document: document.id.clone(), page: 2 };
        desk.arrange(&case, &first.hash, &order).await.expect("splits");
    }
    let now = file(&desk, &case, "primera.pdf").await;
    let document = now.documents.iter().find(|document| document.pages == [1]).expect("the paper").id.clone();
    let order = ArrangeOrder::Name { document, kind: "GARANTIA_TEC".into() };
    desk.arrange(&case, &first.hash, &order).await.expect("names");
    let learnt = desk.learning().await.expect("shows");
    assert_eq!(learnt.examples.len(), 1, "one page, one example");
    assert!(learnt.examples[0].own && learnt.examples[0].active);
    assert_eq!(file(&desk, &case, "segunda.pdf").await, known, "what is known does not change by itself");

    // What comes is taken for what the person said, and the reason is told.
    import(&desk, &case, folder_of(folder.path(), "tercera", &[ELSE, &three])).await;
    let third = file(&desk, &case, "tercera.pdf").await;
    assert_eq!(kind_of(&third, 2), "GARANTIA_TEC");
    assert_ne!(kind_of(&third, 1), "GARANTIA_TEC", "a page that is not like it is not taken for it");
    let taken = third.documents.iter().find(|document| document.pages.contains(&2)).expect("a document");
    assert!(!taken.certain && !taken.typed && taken.confidence <= 0.8, "probable at most: {taken:?}");
    let reason = taken.example.clone().expect("a reason");
    assert_eq!(reason.id, learnt.examples[0].id);
    assert!(reason.reason.contains("usted corrigió"), "{}", reason.reason);

    // On demand, what was known before is recognised again.
    let stop = Cancellation::default();
    desk.recognise_again(&case, Some(&known.hash), &stop).await.expect("recognises");
    assert_eq!(kind_of(&file(&desk, &case, "segunda.pdf").await, 1), "GARANTIA_TEC");
    assert!(file(&desk, &case, "primera.pdf").await.arranged, "what persons did stays");

    // Forgotten by one act, and gone once asked.
    desk.set_example(&reason.id, false).await.expect("forgets");
    assert_eq!(kind_of(&file(&desk, &case, "segunda.pdf").await, 1), "GARANTIA_TEC", "not by itself");
    desk.recognise_again(&case, None, &stop).await.expect("recognises");
    assert_eq!(file(&desk, &case, "segunda.pdf").await, known, "exactly as before");
    assert_eq!(
        kind_of(&file(&desk, &case, "primera.pdf").await, 1),
        "GARANTIA_TEC",
        "the person's own word holds"
    );
    desk.set_example(&reason.id, true).await.expect("remembers");

    // Undoing the correction takes its example along, doing it again brings it back.
    let active = || async { desk.learning().await.expect("shows").examples[0].active };
    desk.undo(&case).await.expect("undoes");
    assert!(!active().await);
    desk.redo(&case).await.expect("redoes");
    assert!(active().await);
    let drift = desk.learning().await.expect("shows").drift;
    assert_eq!(drift.len(), 1, "{drift:?}");
    assert!(drift[0].pages >= 4 && drift[0].corrected == 1 && drift[0].by_example == 1, "{drift:?}");
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    let error = desk.set_example("nadie", false).await.expect_err("no such example");
    assert_eq!(error.code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_profits_from_a_signed_file_and_a_changed_one_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mine) = desk(&folder.path().join("uno")).await else { return println!("skipped: no worker") };
    let Some(theirs) = desk(&folder.path().join("dos")).await else { return };
    let (case, _open) = case_of(&mine, ProcedureType::Sie).await;
    let one = paper("Compania Ficticia de Ejemplo S.A.", "1.200,50", "004");
    import(&mine, &case, folder_of(folder.path(), "primera", &[&one])).await;
    let first = file(&mine, &case, "primera.pdf").await;
    let order = ArrangeOrder::Name { document: first.documents[0].id.clone(), kind: "GARANTIA_TEC".into() };
    mine.arrange(&case, &first.hash, &order).await.expect("names");
    let path = folder.path().join("ejemplos.aprendizaje");
    mine.export_learning(&path).await.expect("exports");
    let text = std::fs::read_to_string(&path).expect("text");
    for secret in ["Ficticia", "bodega", "primera", case.as_str(), first.hash.as_str()] {
        assert!(!text.contains(secret), "{secret} left the machine");
    }
    let changed = folder.path().join("cambiado.aprendizaje");
    std::fs::write(&changed, text.replacen("GARANTIA_TEC", "POLIZA", 1)).expect("writes");
    let error = theirs.import_learning(&changed).await.expect_err("refused");
    assert_eq!(error.code(), Code::Precondition);
    assert!(theirs.learning().await.expect("shows").examples.is_empty());
    assert_eq!(theirs.import_learning(&path).await.expect("imports").added, 1);
    let (case, _open) = case_of(&theirs, ProcedureType::Sie).await;
    let two = paper("Servicios Inventados del Norte", "98.000,00", "117");
    import(&theirs, &case, folder_of(folder.path(), "segunda", &[&two])).await;
    let second = file(&theirs, &case, "segunda.pdf").await;
    assert_eq!(kind_of(&second, 1), "GARANTIA_TEC");
    let reason = second.documents[0].example.clone().expect("a reason");
    assert!(reason.reason.contains("colega"), "{}", reason.reason);
}

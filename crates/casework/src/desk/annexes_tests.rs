//! What the `.ushay` of a process carries beside its data.

use super::tests::desk;
use crate::view::Cancellation;

#[tokio::test(flavor = "multi_thread")]
async fn the_annexes_of_a_pliego_are_files_of_the_process_and_open_when_a_person_looks() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let sample = folder.path().join("muestra");
    cotejo_sample::generate(cotejo_sample::SampleProcedure::Sie, 5, &sample).expect("generates");
    let pliego = sample.join("pliego.ushay");
    let case = desk.create_case(&pliego, &|_| {}, &Cancellation::default()).await.expect("a case");
    let of_process = desk.documents(&case.id).await.expect("documents").bids.swap_remove(0).files;
    assert_eq!(of_process[0].path, "pliego.ushay", "the pliego first");
    assert!(of_process.len() > 1, "{of_process:?}");
    for annex in &of_process[1..] {
        assert!(annex.path.starts_with("pliego.ushay/"), "{}", annex.path);
        assert!(!annex.path.ends_with("proceso.xml") && !annex.path.ends_with("zip.info"));
    }
    let annex = of_process.iter().find(|file| file.path.ends_with(".pdf")).expect("a PDF");
    assert!(annex.unread && annex.pages.is_empty(), "nobody looked yet");
    let page = desk.page(&case.id, &annex.hash, 1).await.expect("a page");
    assert!(page.page_count >= 1 && !page.words.is_empty(), "{page:?}");
    assert!(desk.page_image(&case.id, &annex.hash, 1, 0.3).await.is_ok());
    assert!(desk.rebuild(&case.id).await.expect("rebuilds").identical);
}

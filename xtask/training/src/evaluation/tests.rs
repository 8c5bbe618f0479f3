//! A small run end to end, and what the comparison must not forgive.

use super::*;

#[test]
fn a_few_rendered_heaps_go_through_the_worker_and_are_compared() {
    if cotejo_lector_client::Resources::discover().is_err() {
        say("skipped: the worker and its engines are not set up");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let plan = Plan { seed: 11, digital: 1, scanned: 0, docx: 0, every: 12, set: Set::Reserved };
    let files = recognise_all(&plan, folder.path()).expect("runs");
    let mut measured = Measured::default();
    for file in &files {
        assert_eq!(file.pages.len(), file.recognition.pages.len(), "{}: every page is answered", file.name);
        measured.add(file);
    }
    assert!(measured.documents >= 8, "{}", measured.documents);
    let fields = measured.fields.sum();
    assert!(fields.hit > 0 && fields.hit + fields.missed >= 10, "{fields:?}");
    assert!(measured.pages.first[0] > measured.pages.first[2], "more first pages right than wrong");
    assert!(measured.pages.limits.hit > 0);
    let again = recognise_all(&plan, folder.path()).expect("runs");
    let readings = std::fs::read_dir(folder.path().join("readings")).expect("kept").count();
    assert_eq!(readings, files.len(), "the same seed gives the same files, so that nothing is read twice");
    assert_eq!(again.len(), files.len());
}

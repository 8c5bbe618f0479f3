//! Packages and office files under a password, through the desk.

use super::Desk;
use super::tests::{case_of, desk};
use crate::view::{Cancellation, FileView, Password};
use cotejo_domain::{Code, ProcedureType};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

const KEY: &str = "clave-del-sobre-88";

fn zipped(entries: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content, locked) in entries {
        let options = SimpleFileOptions::default();
        let options = if *locked {
            options.with_deprecated_encryption(KEY.as_bytes()).expect("a password")
        } else {
            options
        };
        zip.start_file(*name, options).expect("starts");
        zip.write_all(content).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

fn bid(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let bid = folder.join("Oferta de Ejemplo");
    std::fs::create_dir_all(&bid).expect("a folder");
    std::fs::write(bid.join(name), bytes).expect("writes");
    bid
}

async fn files(desk: &Desk, case: &str) -> (Vec<FileView>, Vec<String>) {
    let bid = desk.documents(case).await.expect("documents").bids.pop().expect("a bid");
    let codes = bid.findings.into_iter().map(|finding| finding.code).collect();
    (bid.files, codes)
}

fn paths(files: &[FileView]) -> Vec<&str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

async fn again(desk: &Desk, case: &str, file: &FileView, key: Option<&str>) -> Result<(), Code> {
    let key = key.map(|key| Password::new(key.to_owned()));
    let stop = Cancellation::default();
    let done = desk.read_again(case, &file.hash, None, key.as_ref(), &|_| {}, &stop).await;
    done.map(drop).map_err(|error| error.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_package_is_opened_later_and_what_it_may_hold_was_never_absent() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Sie).await;
    let package = zipped(&[
        ("abierto.txt", b"Lo que se ve sin clave", false),
        ("oferta.txt", b"Plazo de entrega: sesenta dias quimbolito", true),
    ]);
    let source = bid(folder.path(), "sobre.zip", &package);
    desk.import_bids(&case, &[source], &|_| {}, &Cancellation::default()).await.expect("imports");
    let (before, codes) = files(&desk, &case).await;
    assert_eq!(paths(&before), ["sobre.zip", "sobre.zip/abierto.txt"]);
    assert!(before[0].wants_password && !before[1].wants_password, "{before:?}");
    assert_eq!(codes, ["intake.encrypted_entry"]);
    assert_eq!(open.judgement().await.expect("judges").bids[0].unread, ["sobre.zip"]);

    assert_eq!(again(&desk, &case, &before[0], Some("otra")).await, Err(Code::WrongKey));
    assert_eq!(files(&desk, &case).await, (before.clone(), codes), "nothing changed");
    again(&desk, &case, &before[0], Some(KEY)).await.expect("opens");
    let (after, codes) = files(&desk, &case).await;
    assert_eq!(paths(&after), ["sobre.zip", "sobre.zip/abierto.txt", "sobre.zip/oferta.txt"]);
    assert!(after.iter().all(|file| !file.wants_password && !file.unread), "{after:?}");
    assert!(codes.is_empty(), "{codes:?}");
    assert!(open.judgement().await.expect("judges").bids[0].unread.is_empty());
    assert_eq!(desk.search(&case, "quimbolito").await.expect("searches").len(), 1);
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    again(&desk, &case, &before[0], None).await.expect("once more, with what is remembered");
    assert_eq!(files(&desk, &case).await.0.len(), 3, "nothing twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_package_inside_of_another_takes_a_password_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Sie).await;
    let inner = zipped(&[("oferta.txt", b"Plazo de entrega: sesenta dias", true)]);
    let package = zipped(&[("carta.txt", b"Carta de presentacion", false), ("dentro.zip", &inner, false)]);
    let source = bid(folder.path(), "oferta.zip", &package);
    desk.import_bids(&case, &[source], &|_| {}, &Cancellation::default()).await.expect("imports");
    let (before, codes) = files(&desk, &case).await;
    assert_eq!(paths(&before), ["oferta.zip", "oferta.zip/carta.txt", "oferta.zip/dentro.zip"]);
    assert!(before[2].wants_password, "{before:?}");
    assert_eq!(codes, ["intake.encrypted_entry"]);
    again(&desk, &case, &before[2], Some(KEY)).await.expect("opens");
    let (after, codes) = files(&desk, &case).await;
    assert!(paths(&after).contains(&"oferta.zip/dentro.zip/oferta.txt"), "{:?}", paths(&after));
    assert!(after.iter().all(|file| !file.wants_password), "{after:?}");
    assert!(codes.is_empty(), "{codes:?}");
    assert!(open.judgement().await.expect("judges").bids[0].unread.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_lock_hid_is_sealed_as_it_would_have_been() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Consultoria).await;
    let package = zipped(&[
        ("tecnica.txt", b"Oferta tecnica", false),
        ("Oferta economica.txt", b"Precio secreto: quimbolito", true),
    ]);
    let source = bid(folder.path(), "sobre.zip", &package);
    desk.import_bids(&case, &[source], &|_| {}, &Cancellation::default()).await.expect("imports");
    let (before, _) = files(&desk, &case).await;
    let locked = before.iter().find(|file| file.wants_password).expect("one is locked");
    again(&desk, &case, locked, Some(KEY)).await.expect("opens");
    let (after, _) = files(&desk, &case).await;
    let envelope = after.iter().find(|file| file.path.ends_with("economica.txt")).expect("it came out");
    assert!(envelope.sealed && envelope.pages.is_empty(), "{envelope:?}");
    assert!(after.iter().any(|file| file.path == "sobre.zip" && file.sealed), "and the package with it");
    assert!(desk.search(&case, "quimbolito").await.expect("searches").is_empty());
}

//! Originals, sealed documents, derivations, search and imports that were interrupted.

use crate::world::{ANA, BID, assert_sound, case};
use cotejo_domain::{Code, FileHash};
use cotejo_store::{DerivedKey, EventPayload, FileOwner, ImportItem, ImportStatus};

#[tokio::test]
async fn an_original_comes_back_byte_by_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    for bytes in [Vec::new(), vec![0], (0..=255).cycle().take(300_000).collect::<Vec<u8>>()] {
        let hash = case.store_original(bytes.clone()).await.expect("stores");
        assert_eq!(hash, FileHash::of(&bytes));
        assert_eq!(case.read_original(hash).await.expect("reads").as_slice(), bytes);
    }
    let missing = case.read_original(FileHash::of(b"never seen")).await.expect_err("not there");
    assert_eq!(missing.code(), Code::NotFound);
}

#[tokio::test]
async fn an_original_with_one_bit_changed_is_not_given_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let hash = case.store_original(b"oferta".to_vec()).await.expect("stores");
    let originals = case.folder().join("originales");
    let inner =
        std::fs::read_dir(originals).expect("one folder").next().expect("one").expect("readable").path();
    let path = std::fs::read_dir(inner).expect("one file").next().expect("one").expect("readable").path();
    let mut bytes = std::fs::read(&path).expect("reads");
    *bytes.last_mut().expect("not empty") ^= 1;
    std::fs::write(&path, bytes).expect("writes");
    assert_eq!(case.read_original(hash).await.expect_err("damaged").code(), Code::BrokenLog);
}

#[tokio::test]
async fn a_sealed_document_is_stored_and_neither_read_nor_indexed_nor_found_before_its_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let bytes = b"precio ofertado: 12650.20".to_vec();
    let owner = FileOwner::Bid(BID);
    let file = case
        .import_file(ANA, owner, "sobre-economico.pdf", "application/pdf", true, bytes.clone())
        .await
        .expect("stores");
    let key = DerivedKey {
        input: file.hash,
        producer: "lectura".into(),
        version: "1".into(),
        parameters: String::new(),
    };
    let pages = [(1, "precio ofertado".to_owned())];
    assert_eq!(case.read_original(file.hash).await.expect_err("sealed").code(), Code::Precondition);
    assert_eq!(case.index_text(file.hash, &pages).await.expect_err("sealed").code(), Code::Precondition);
    assert_eq!(case.put_derived(&key, &1).await.expect_err("sealed").code(), Code::Precondition);
    assert!(case.has_original(file.hash) && case.files(owner).await.expect("reads")[0].sealed);

    let open =
        EventPayload::FileUnsealed { file: file.hash, reason: "Apertura de la oferta económica".into() };
    case.record(ANA, open.clone()).await.expect("its moment came");
    assert_eq!(case.read_original(file.hash).await.expect("reads").as_slice(), bytes);
    case.index_text(file.hash, &pages).await.expect("indexes");
    assert_eq!(case.search("OFERTADO", 10).await.expect("finds").len(), 1);
    assert!(!case.files(owner).await.expect("reads")[0].sealed);
    assert_eq!(case.record(ANA, open).await.expect_err("twice").key(), "store.not_sealed");
    assert_sound(&case, 12).await;
}

#[tokio::test]
async fn derivations_are_kept_by_input_producer_version_and_parameters() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let key = |version: &str, parameters: &str| DerivedKey {
        input: FileHash::of(b"input"),
        producer: "lectura".into(),
        version: version.into(),
        parameters: parameters.into(),
    };
    let long: Vec<String> = (0..5000).map(|number| format!("palabra {number}")).collect();
    case.put_derived(&key("1", ""), &long).await.expect("keeps");
    case.put_derived(&key("2", ""), &vec!["otra".to_owned()]).await.expect("keeps");
    case.put_derived(&key("2", "ocr"), &vec!["con ocr".to_owned()]).await.expect("keeps");
    case.put_derived(&key("2", ""), &vec!["otra vez".to_owned()]).await.expect("replaces");
    let read = async |version: &str, parameters: &str| {
        case.derived::<Vec<String>>(&key(version, parameters)).await.expect("reads")
    };
    assert_eq!(read("1", "").await, Some(long));
    assert_eq!(read("2", "").await, Some(vec!["otra vez".to_owned()]));
    assert_eq!(read("2", "ocr").await, Some(vec!["con ocr".to_owned()]));
    assert_eq!(read("3", "").await, None);
    assert_sound(&case, 10).await;
}

#[tokio::test]
async fn search_ignores_case_and_accents_and_tells_file_and_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let (first, second) = (FileHash::of(b"1"), FileHash::of(b"2"));
    let pages = [(1, "Carátula".to_owned()), (2, "Índice de SOLVENCIA y patrimonio: 1,25".to_owned())];
    case.index_text(first, &pages).await.expect("indexes");
    case.index_text(second, &[(7, "El patrimonio técnico".to_owned())]).await.expect("indexes");
    let found = async |words: &str| {
        let hits = case.search(words, 10).await.expect("searches");
        hits.into_iter().map(|hit| (hit.file, hit.page)).collect::<Vec<_>>()
    };
    assert_eq!(found("indice solvencia").await, [(first, 2)]);
    assert_eq!(found("PATRIM").await.len(), 2, "the last word may be a beginning");
    assert!(found("solvencia tecnico").await.is_empty(), "all words on the same page");
    assert!(found("\" OR *").await.is_empty(), "operators are words");
    let snippet = &case.search("tecnico", 1).await.expect("finds")[0].snippet;
    assert_eq!(snippet, "El patrimonio «técnico»");
    case.index_text(second, &[(7, "nada".to_owned())]).await.expect("replaces");
    assert_eq!(found("patrimonio").await, [(first, 2)], "the old text of the second file is gone");
}

#[tokio::test]
async fn an_interrupted_import_is_found_with_what_is_left_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let item =
        |path: &str, status| ImportItem { path: path.into(), status, file: None, message: String::new() };
    let items = ["a.pdf", "b.pdf", "c.pdf"].map(|path| item(path, ImportStatus::Waiting)).to_vec();
    let job = case.begin_import("ofertas/uno", items).await.expect("begins");
    case.set_import_item(job.id, &item("a.pdf", ImportStatus::Done)).await.expect("marks");
    case.set_import_item(job.id, &item("d.pdf", ImportStatus::Failed))
        .await
        .expect("adds what was found on the way");
    let id = case.id();
    case.close().await.expect("closes");
    let case = profile.open_case(id).await.expect("opens");
    let left = case.unfinished_imports().await.expect("reads");
    assert_eq!(left.len(), 1);
    let statuses: Vec<_> = left[0].items.iter().map(|item| (item.path.as_str(), item.status)).collect();
    let expected = [
        ("a.pdf", ImportStatus::Done),
        ("b.pdf", ImportStatus::Waiting),
        ("c.pdf", ImportStatus::Waiting),
        ("d.pdf", ImportStatus::Failed),
    ];
    assert_eq!(statuses, expected);
    case.end_import(job.id).await.expect("ends");
    assert!(case.unfinished_imports().await.expect("reads").is_empty());
}

#[tokio::test]
async fn an_inspection_finds_damage_in_database_and_originals() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let engine = profile.engine().await.expect("answers");
    assert!(engine.sqlcipher.starts_with('4'), "{engine:?}");
    let owner = FileOwner::Bid(BID);
    for (name, sealed) in [("a.pdf", false), ("b.pdf", true)] {
        let bytes = name.as_bytes().to_vec();
        case.import_file(ANA, owner, name, "application/pdf", sealed, bytes).await.expect("stores");
    }
    let health = case.inspect().await.expect("looks");
    assert!(health.is_sound() && health.originals == 2, "{health:?}");
    let files = case.files(owner).await.expect("reads");
    let originals = case.folder().join("originales");
    let mut folders: Vec<_> =
        std::fs::read_dir(originals).expect("lists").flatten().map(|entry| entry.path()).collect();
    let one = folders.pop().expect("a folder");
    std::fs::remove_dir_all(one).expect("removes");
    let health = case.inspect().await.expect("looks");
    assert!(
        !health.damaged.is_empty()
            && health.damaged.iter().all(|hash| files.iter().any(|file| file.hash == *hash))
    );

    let (id, place) = (case.id(), case.folder().join("caso.db"));
    case.close().await.expect("closes");
    let mut bytes = std::fs::read(&place).expect("reads");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&place, bytes).expect("writes");
    // One bit anywhere in a page breaks its authentication: opening fails, or the inspection names the page.
    if let Ok(case) = profile.open_case(id).await {
        let health = case.inspect().await;
        assert!(health.is_err() || !health.expect("looks").database.is_empty(), "the damage shows");
    }
}

#[tokio::test]
async fn the_answer_to_a_convalidacion_lies_beside_its_bid_and_never_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let before = case.files(FileOwner::Bid(BID)).await.expect("reads");
    let count = case.events().await.expect("reads").len() as u64;
    let owner = FileOwner::Answer(BID);
    let bytes = b"formulario firmado".to_vec();
    let file =
        case.import_file(ANA, owner, "respuesta.pdf", "application/pdf", false, bytes).await.expect("stores");
    assert_eq!(
        case.files(FileOwner::Bid(BID)).await.expect("reads"),
        before,
        "the bid is as it was handed in"
    );
    assert_eq!(case.files(owner).await.expect("reads").len(), 1);
    let owners = case.owners_of(file.hash).await.expect("reads");
    assert_eq!(owners.into_iter().map(|(owner, _)| owner).collect::<Vec<_>>(), [owner]);
    let stranger = FileOwner::Answer(cotejo_domain::BidId(uuid::Uuid::from_u128(404)));
    let refused = case.import_file(ANA, stranger, "x.pdf", "application/pdf", false, b"x".to_vec()).await;
    assert_eq!(refused.err().map(|error| error.code()), Some(Code::NotFound), "no such bid");
    assert_sound(&case, count + 1).await;
}

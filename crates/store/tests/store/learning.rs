//! Learning in the profile: kept, withdrawn, exported, and what a strange file does.

use crate::world::ports;
use cotejo_domain::{Code, PageExample, PageSignature};
use cotejo_store::{Drift, KeptExample, Profile};
use ed25519_dalek::{Signer, SigningKey};
use uuid::Uuid;

fn signature(seed: u16) -> PageSignature {
    PageSignature {
        meaning: Some(
            (0..384_u16).map(|number| i8::try_from((number * 7 + seed) % 251).unwrap_or(-9)).collect(),
        ),
        letters: (0..128).map(|number: u16| number.wrapping_mul(977).wrapping_add(seed)).collect(),
    }
}

fn kept(number: u128, kind: &str, was: &str) -> KeptExample {
    KeptExample {
        example: PageExample {
            id: Uuid::from_u128(number),
            kind: kind.into(),
            begins: true,
            on: jiff::civil::date(2026, 11, 22),
            own: true,
            signature: signature(u16::try_from(number).unwrap_or(0)),
        },
        origin: None,
        was: was.into(),
        batch: "acto-1".into(),
        active: true,
    }
}

async fn profile(folder: &std::path::Path, seed: u64) -> Profile {
    Profile::open(folder, ports(seed)).await.expect("a profile")
}

async fn code(profile: &Profile, bytes: &[u8]) -> (Code, &'static str) {
    let error = profile.import_learning(bytes).await.expect_err("refused");
    assert!(!error.message().is_empty() && !error.remedy().is_empty(), "{error}");
    (error.code(), error.key())
}

/// Signs any first line as a colleague's device would.
fn sealed(contents: &str) -> Vec<u8> {
    let key = SigningKey::from_bytes(&[7; 32]);
    let bytes = [b"cotejo aprendizaje v1\0".as_slice(), contents.as_bytes()].concat();
    let signature = hex::encode(key.sign(&bytes).to_bytes());
    let public_key = hex::encode(key.verifying_key().to_bytes());
    format!("{contents}\n{{\"public_key\":\"{public_key}\",\"signature\":\"{signature}\"}}\n").into_bytes()
}

#[tokio::test]
async fn examples_are_kept_withdrawn_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = profile(folder.path(), 1).await;
    profile.learn(&[kept(1, "POLIZA", "OTRO"), kept(2, "CERT_EXP", "CERT_EXP")]).await.expect("learns");
    assert_eq!(profile.learn(&[kept(1, "RUP", "OTRO")]).await.expect("learns"), 0, "known already");
    let active = || async {
        let kept = profile.examples().await.expect("lists");
        kept.iter().filter(|kept| kept.active).map(|kept| kept.example.kind.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(active().await, ["CERT_EXP", "POLIZA"], "the newest first");
    let seen = Drift { month: "2026-11".into(), pages: 40, abstained: 10, by_example: 3, corrected: 0 };
    profile.note_recognised("una lectura", &seen).await.expect("notes");
    profile.note_recognised("una lectura", &seen).await.expect("notes");
    let drift = profile.drift().await.expect("counts");
    assert_eq!(
        drift,
        [Drift { corrected: 1, ..seen }],
        "each reading once; a type that was confirmed is no correction"
    );
    profile.set_batch_active("acto-1", false).await.expect("withdraws");
    assert_eq!(active().await, [""; 0]);
    assert_eq!(profile.drift().await.expect("counts")[0].corrected, 0, "an undone act is no correction");
    profile.set_batch_active("acto-1", true).await.expect("takes up");
    assert!(profile.set_example_active(Uuid::from_u128(2), false).await.expect("forgets"));
    assert_eq!(active().await, ["POLIZA"]);
    assert!(!profile.set_example_active(Uuid::from_u128(9), false).await.expect("no such one"));
}

#[tokio::test]
async fn a_colleague_takes_in_what_was_exported_and_it_says_nothing_of_cases_or_people() {
    let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mine, theirs) = (profile(here.path(), 1).await, profile(there.path(), 2).await);
    mine.learn(&[kept(1, "POLIZA", "OTRO"), kept(2, "CERT_EXP", "OTRO")]).await.expect("learns");
    mine.set_example_active(Uuid::from_u128(2), false).await.expect("forgets");
    let file = mine.export_learning().await.expect("exports");
    let text = String::from_utf8(file.clone()).expect("text");
    assert!(!text.contains("acto-1") && !text.contains("OTRO") && !text.contains("CERT_EXP"), "{text}");
    let import = theirs.import_learning(&file).await.expect("imports");
    assert_eq!((import.added, import.known), (1, 0));
    let taken = theirs.examples().await.expect("lists");
    assert_eq!(taken[0].origin.as_deref(), Some(import.signer.as_str()), "it says whose it is");
    assert!(!taken[0].example.own && taken[0].example.signature == signature(1));
    assert_eq!(theirs.import_learning(&file).await.expect("imports").known, 1, "once is enough");
    assert_eq!(
        theirs.drift().await.expect("counts"),
        [],
        "a colleague's correction is none of this person's"
    );
    let passed_on = theirs.export_learning().await.expect("exports");
    assert!(
        !String::from_utf8(passed_on).expect("text").contains("POLIZA"),
        "what came from others is not passed on"
    );
    let back = mine.import_learning(&mine.export_learning().await.expect("exports")).await.expect("imports");
    assert_eq!((back.added, back.known), (0, 1), "one's own file changes nothing");
}

#[tokio::test]
async fn a_tampered_or_hostile_file_is_refused_whole() {
    let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mine, theirs) = (profile(here.path(), 1).await, profile(there.path(), 2).await);
    mine.learn(&[kept(1, "POLIZA", "OTRO")]).await.expect("learns");
    let good = String::from_utf8(mine.export_learning().await.expect("exports")).expect("text");
    let not_signed = (Code::Precondition, "store.learning_not_signed");
    let changed = good.replacen("POLIZA", "RUC_SRI", 1);
    assert_eq!(code(&theirs, changed.as_bytes()).await, not_signed, "one type changed");
    let (contents, seal) = good.trim_end().split_once('\n').expect("two lines");
    let other = String::from_utf8(sealed(contents)).expect("text");
    let (_, foreign) = other.trim_end().split_once('\n').expect("two lines");
    let key_of = |seal: &str| seal.split('"').nth(3).expect("a key").to_owned();
    let mixed = foreign.replace(&key_of(foreign), &key_of(seal));
    assert_eq!(
        code(&theirs, format!("{contents}\n{mixed}\n").as_bytes()).await,
        not_signed,
        "another's signature"
    );
    let none = format!("{contents}\n{{\"public_key\":\"{}\",\"signature\":\"\"}}\n", key_of(seal));
    assert_eq!(code(&theirs, none.as_bytes()).await, not_signed);
    let unreadable = (Code::Precondition, "store.learning_unreadable");
    for bytes in [contents.as_bytes(), b"", b"\n\n", b"PK\x03\x04", format!("{good}{{}}\n").as_bytes()] {
        assert_eq!(code(&theirs, bytes).await, unreadable);
    }
    // Signed by somebody who may sign, and wrong all the same.
    let unsound = (Code::Precondition, "store.learning_unsound");
    let version = (Code::Precondition, "store.learning_version");
    let letters =
        hex::encode(signature(1).letters.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<u8>>());
    let meaning = hex::encode(vec![5_u8; 384]);
    let file = |version: u32, examples: &str| {
        sealed(&format!(
            r#"{{"examples":[{examples}],"format":"cotejo-aprendizaje","made_at":"2026-11-22T10:00:00Z","version":{version}}}"#
        ))
    };
    let one = |id: u128, kind: &str, meaning: &str, letters: &str| {
        format!(
            r#"{{"begins":true,"id":"{}","kind":"{kind}","on":"2026-11-22","signature":{{"letters":"{letters}","meaning":{meaning}}}}}"#,
            Uuid::from_u128(id)
        )
    };
    let quoted = format!("\"{meaning}\"");
    let sound = one(1, "POLIZA", &quoted, &letters);
    let attacks = [
        ("an older or newer version", file(2, &sound), version),
        ("the same identifier twice", file(1, &format!("{sound},{sound}")), unsound),
        ("a type that is not", file(1, &one(1, "INVENTADO", &quoted, &letters)), unsound),
        (
            "a vector that is too long",
            file(1, &one(1, "POLIZA", &format!("\"{meaning}{meaning}\""), &letters)),
            unsound,
        ),
        (
            "a vector of nothing",
            file(1, &one(1, "POLIZA", &format!("\"{}\"", "00".repeat(384)), &letters)),
            unsound,
        ),
        ("letters of nothing", file(1, &one(1, "POLIZA", &quoted, "")), unsound),
        ("numbers that are none", file(1, &one(1, "POLIZA", "[NaN,NaN]", &letters)), unreadable),
        ("numbers without end", file(1, &one(1, "POLIZA", "[1e999]", &letters)), unreadable),
        ("a field more", file(1, &sound.replacen("\"begins\"", "\"image\":\"x\",\"begins\"", 1)), unreadable),
        (
            "another format",
            sealed(r#"{"examples":[],"format":"otro","made_at":"2026-11-22T10:00:00Z","version":1}"#),
            version,
        ),
    ];
    for (attack, bytes, expected) in attacks {
        assert_eq!(code(&theirs, &bytes).await, expected, "{attack}");
    }
    let huge = vec![b'x'; cotejo_store::LARGEST_LEARNING_FILE + 1];
    assert_eq!(code(&theirs, &huge).await.1, "store.learning_too_large");
    let many = (0..=cotejo_store::MOST_EXAMPLES as u128).map(|id| one(id, "POLIZA", "null", &letters));
    let many = many.collect::<Vec<_>>().join(",");
    assert_eq!(code(&theirs, &file(1, &many)).await.1, "store.learning_too_large");
    assert_eq!(theirs.examples().await.expect("lists"), [], "nothing of any of them was kept");
    assert_eq!(
        theirs.import_learning(&file(1, &sound)).await.expect("imports").added,
        1,
        "the sound one passes"
    );
}

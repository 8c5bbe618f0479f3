//! Files of heads in the profile: whose are taken, what is refused, what a change on the disk does.

use crate::world::ports;
use cotejo_domain::heads_file::{HeadsContents, HeadsFile, HeadsSeal, PAGE_TYPES_HEAD};
use cotejo_domain::{Code, FileHash};
use cotejo_store::Profile;
use ed25519_dalek::{Signer, SigningKey};

fn signed(key: &SigningKey, series: u32, weights: &[u8]) -> Vec<u8> {
    let contents =
        HeadsContents::new(series, jiff::civil::date(2026, 11, 22), &[(PAGE_TYPES_HEAD, "{}", weights)]);
    let (line, to_sign) = contents.to_sign().expect("writes");
    let seal = HeadsSeal {
        public_key: hex::encode(key.verifying_key().to_bytes()),
        signature: hex::encode(key.sign(&to_sign).to_bytes()),
    };
    HeadsFile::written(&line, &seal, &[weights]).expect("writes")
}

async fn reason(profile: &Profile, bytes: &[u8]) -> &'static str {
    let error = profile.install_heads(bytes, false).await.expect_err("refused");
    assert_eq!(error.code(), Code::Precondition);
    assert!(
        profile
            .installed_heads()
            .await
            .expect("lists")
            .0
            .iter()
            .all(|heads| heads.file != FileHash::of(bytes))
    );
    error.key()
}

#[tokio::test]
async fn only_a_trusted_publishers_newer_heads_are_installed_and_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(1)).await.expect("a profile");
    let key = SigningKey::from_bytes(&[7; 32]);
    let name = hex::encode(key.verifying_key().to_bytes());
    let second = signed(&key, 2, b"dos");
    assert_eq!(reason(&profile, &second).await, "store.heads_stranger");
    assert!(profile.trust_publisher("no es una clave", true).await.is_err());
    profile.trust_publisher(&name.to_uppercase(), true).await.expect("trusts");
    let (hash, _) = profile.install_heads(&second, false).await.expect("installs");
    assert!(profile.used_heads().await.expect("reads").is_none(), "not before it is said");
    profile.use_heads(Some(hash)).await.expect("uses");
    let used = profile.used_heads().await.expect("reads").expect("used");
    assert_eq!(
        (used.series, used.publisher, used.page_types),
        (2, name.clone(), Some(FileHash::of(b"dos").to_string()))
    );

    // Older, or as old: only when asked.
    assert_eq!(reason(&profile, &signed(&key, 2, b"otro")).await, "store.heads_older");
    assert_eq!(reason(&profile, &signed(&key, 1, b"uno")).await, "store.heads_older");
    let (older, _) = profile.install_heads(&signed(&key, 1, b"uno"), true).await.expect("asked for");
    profile.use_heads(Some(older)).await.expect("uses");
    let order: Vec<u32> =
        profile.installed_heads().await.expect("lists").0.iter().map(|heads| heads.series).collect();
    assert_eq!(order, [2, 1]);
    profile.remove_heads(older).await.expect("removes");
    assert!(profile.used_heads().await.expect("reads").is_none(), "the compiled-in ones again");
    assert_eq!(profile.remove_heads(older).await.expect_err("gone").key(), "store.no_such_heads");

    // Who is trusted no more has no say, whatever lies in the folder.
    profile.use_heads(Some(hash)).await.expect("uses");
    profile.trust_publisher(&name, false).await.expect("takes it back");
    let (installed, broken) = profile.installed_heads().await.expect("lists");
    assert!(installed.is_empty() && broken == [hash.to_string()]);
    assert!(profile.used_heads().await.expect("reads").is_none());
}

#[tokio::test]
async fn attack_heads_that_were_changed_are_refused_and_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(2)).await.expect("a profile");
    let key = SigningKey::from_bytes(&[7; 32]);
    profile.trust_publisher(&hex::encode(key.verifying_key().to_bytes()), true).await.expect("trusts");
    let sound = signed(&key, 2, b"dos");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let newer = text(&sound).replacen("\"series\":2", "\"series\":9", 1);
    assert_eq!(reason(&profile, newer.as_bytes()).await, "store.heads_not_signed", "the series");
    let exchanged =
        text(&sound).replacen(&FileHash::of(b"dos").to_string(), &FileHash::of(b"mal").to_string(), 1);
    let exchanged = exchanged.trim_end_matches("dos").to_owned() + "mal";
    assert_eq!(
        reason(&profile, exchanged.as_bytes()).await,
        "store.heads_not_signed",
        "weights with their hash"
    );
    let other = SigningKey::from_bytes(&[8; 32]);
    let mine = hex::encode(key.verifying_key().to_bytes());
    let theirs = hex::encode(other.verifying_key().to_bytes());
    let claimed = text(&signed(&other, 3, b"mal")).replacen(&theirs, &mine, 1);
    assert_eq!(reason(&profile, claimed.as_bytes()).await, "store.heads_not_signed", "under another's name");
    let mut weights = sound.clone();
    *weights.last_mut().expect("a byte") ^= 1;
    assert_eq!(reason(&profile, &weights).await, "store.heads_damaged");

    // On the disk as well: what was changed after it was installed is not used.
    let (hash, path) = profile.install_heads(&sound, false).await.expect("installs");
    profile.use_heads(Some(hash)).await.expect("uses");
    std::fs::write(&path, signed(&key, 5, b"otra")).expect("writes");
    assert!(profile.used_heads().await.expect("reads").is_none(), "another file under its name");
}

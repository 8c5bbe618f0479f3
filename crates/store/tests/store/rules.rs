//! Files of rules in the profile: whose are taken, what is refused, what a change on the disk does.

use crate::world::ports;
use cotejo_domain::heads_file::HeadsSeal;
use cotejo_domain::rules_file::{RulesContents, RulesFile};
use cotejo_domain::{Code, FileHash};
use cotejo_store::Profile;
use ed25519_dalek::{Signer, SigningKey};

fn signed(key: &SigningKey, version: u32) -> Vec<u8> {
    let pack = serde_json::json!({ "id": "ec-2030-prueba", "version": version });
    let contents = RulesContents::new(jiff::civil::date(2026, 11, 22), vec![pack]);
    let (line, to_sign) = contents.to_sign().expect("writes");
    let seal = HeadsSeal {
        public_key: hex::encode(key.verifying_key().to_bytes()),
        signature: hex::encode(key.sign(&to_sign).to_bytes()),
    };
    RulesFile::written(&line, &seal).expect("writes")
}

async fn reason(profile: &Profile, bytes: &[u8]) -> &'static str {
    let error = profile.install_rules(bytes, &[]).await.expect_err("refused");
    assert_eq!(error.code(), Code::Precondition);
    assert!(profile.installed_rules().await.expect("lists").0.is_empty(), "nothing of it is kept");
    error.key()
}

#[tokio::test]
async fn attack_rules_that_nobody_answers_for_are_refused_each_with_its_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(1)).await.expect("a profile");
    let key = SigningKey::from_bytes(&[7; 32]);
    let sound = signed(&key, 1);
    assert_eq!(reason(&profile, &sound).await, "store.rules_stranger");
    assert_eq!(reason(&profile, b"{\"packs\": []}").await, "store.rules_unsigned");
    assert_eq!(reason(&profile, b"nada").await, "store.rules_damaged");
    let name = hex::encode(key.verifying_key().to_bytes());
    profile.trust_rules_publisher(&name.to_uppercase(), true).await.expect("trusts");
    let text = String::from_utf8(sound.clone()).expect("text");
    let changed = text.replacen("\"version\":1}]", "\"version\":9}]", 1);
    assert_ne!(changed, text);
    assert_eq!(reason(&profile, changed.as_bytes()).await, "store.rules_tampered");
    let other = hex::encode(SigningKey::from_bytes(&[9; 32]).verifying_key().to_bytes());
    assert_eq!(
        reason(&profile, text.replace(&name, &other).as_bytes()).await,
        "store.rules_tampered",
        "another name"
    );
    assert!(profile.trust_rules_publisher("no es una clave", true).await.is_err());
    profile.install_rules(&sound, &[]).await.expect("now it is taken");
    assert!(profile.publishers().await.expect("reads").is_empty(), "who publishes rules publishes no heads");
}

#[tokio::test]
async fn an_installed_file_is_used_until_it_changes_is_replaced_or_its_publisher_is_no_longer_trusted() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(2)).await.expect("a profile");
    let key = SigningKey::from_bytes(&[7; 32]);
    let name = hex::encode(key.verifying_key().to_bytes());
    profile.trust_rules_publisher(&name, true).await.expect("trusts");
    let first = profile.install_rules(&signed(&key, 1), &[]).await.expect("installs");
    let second = profile.install_rules(&signed(&key, 2), &[first]).await.expect("installs");
    let used = |installed: &[cotejo_store::InstalledRules]| -> Vec<FileHash> {
        installed.iter().filter(|rules| rules.used).map(|rules| rules.file).collect()
    };
    let (installed, broken) = profile.installed_rules().await.expect("lists");
    assert_eq!((used(&installed), installed.len(), broken.len()), (vec![second], 2, 0));

    let path = folder.path().join("reglas").join(format!("{second}.reglas"));
    let mut bytes = std::fs::read(&path).expect("reads");
    bytes[40] ^= 1;
    std::fs::write(&path, bytes).expect("writes");
    let (installed, broken) = profile.installed_rules().await.expect("lists");
    assert!(used(&installed).is_empty() && broken == [second.to_string()], "what was changed is not used");
    profile.remove_rules(second).await.expect("removes");
    assert_eq!(profile.remove_rules(second).await.expect_err("gone").key(), "store.no_such_rules");

    profile.trust_rules_publisher(&name, false).await.expect("no longer");
    let (installed, broken) = profile.installed_rules().await.expect("lists");
    assert!(installed.is_empty() && broken == [first.to_string()]);
}

#[tokio::test]
async fn what_this_device_signs_is_taken_here_and_is_a_stranger_s_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(3)).await.expect("a profile");
    let bytes = profile.sign_rules(vec![serde_json::json!({ "id": "ec-2030-prueba" })]).expect("signs");
    let (file, known) = profile.check_rules(&bytes).await.expect("sound");
    assert!(known && profile.rules_publishers().await.expect("reads")[0] == file.seal.public_key);
    let other = tempfile::tempdir().expect("a folder");
    let elsewhere = Profile::open(other.path(), ports(4)).await.expect("a profile");
    assert!(!elsewhere.check_rules(&bytes).await.expect("sound").1);
}

//! Events travel to another device of the same case.

use crate::world::{ANA, BRUNO, OTHER_MEMBER, assert_sound, case, decide, decision};
use cotejo_domain::{Code, Verdict};
use cotejo_store::{Carrier, EventPayload, FileCarrier, FileKeyring, Ports, Profile, fingerprint};
use std::path::Path;
use std::sync::Arc;

/// Copies a case's folder to another data folder, as a second device of the same person would get it.
fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("makes");
    for entry in std::fs::read_dir(from).expect("lists") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copies");
        }
    }
}

#[tokio::test]
async fn two_devices_exchange_their_events_and_reach_the_same_projections() {
    let here = tempfile::tempdir().expect("a folder");
    let there = tempfile::tempdir().expect("a folder");
    let stick = tempfile::tempdir().expect("a folder");
    let file_ports = |folder: &Path| Ports::system(Arc::new(FileKeyring::in_folder(folder)));

    let profile = Profile::open(here.path(), file_ports(here.path())).await.expect("a profile");
    let first = profile.create_case(ANA, crate::world::new_case()).await.expect("a case");
    first.record_all(ANA, crate::world::beginning()).await.expect("fits");
    let id = first.id();
    first.close().await.expect("closes");
    profile.close().await.expect("closes");

    // The second machine: same profile key, a device of its own.
    copy_folder(here.path(), there.path());
    let card = there.path().join("perfil.json");
    let text = std::fs::read_to_string(&card).expect("reads");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("parses");
    value["device"] = serde_json::json!(uuid::Uuid::from_u128(77).to_string());
    std::fs::write(&card, value.to_string()).expect("writes");
    let name = format!("{}/dispositivo", value["profile"].as_str().expect("text"));
    let keyring = FileKeyring::in_folder(there.path());
    cotejo_store::Keyring::write(&keyring, &name, &[5; 32]).expect("keeps");

    let profile_here = Profile::open(here.path(), file_ports(here.path())).await.expect("a profile");
    let profile_there = Profile::open(there.path(), file_ports(there.path())).await.expect("a profile");
    let case_here = profile_here.open_case(id).await.expect("opens");
    let case_there = profile_there.open_case(id).await.expect("opens");
    decide(&case_here, 1, "R1", Verdict::Cumple).await;
    let mut others = decision(2, "R1", Verdict::NoCumple);
    others.member = OTHER_MEMBER;
    let refused = case_there.record(BRUNO, EventPayload::Decided { decision: others.clone() }).await;
    assert_eq!(refused.expect_err("nobody is enrolled in silence").key(), "store.no_seat");
    case_there.take_seat(BRUNO, OTHER_MEMBER).await.expect("the own seat");
    case_there.record(BRUNO, EventPayload::Decided { decision: others }).await.expect("decides");

    let carrier = FileCarrier::new(stick.path().to_path_buf());
    assert_eq!(case_here.export_events(&carrier, 1).await.expect("exports"), 11);
    assert_eq!(
        case_there.export_events(&carrier, 1).await.expect("exports"),
        3,
        "enrolment, seat and decision"
    );
    let print = [fingerprint(&profile_there.device(BRUNO).public_key)];
    let stranger =
        case_here.import_events(ANA, &carrier, &[]).await.expect_err("attack: a device that nobody admitted");
    assert_eq!(stranger.key(), "store.join_device_unknown");
    assert_eq!(case_here.import_events(ANA, &carrier, &print).await.expect("imports").new, 3);
    assert_eq!(
        case_here.import_events(ANA, &carrier, &[]).await.expect("imports").new,
        0,
        "nothing comes twice"
    );
    case_here.export_events(&carrier, 12).await.expect("exports");
    assert_eq!(
        case_there.import_events(BRUNO, &carrier, &[]).await.expect("imports").new,
        2,
        "verdict and admission"
    );

    for case in [&case_here, &case_there] {
        assert_sound(case, 15).await;
        assert_eq!(case.devices().await.expect("reads").len(), 2);
        assert_eq!(case.decisions().await.expect("reads").len(), 2, "each member keeps the own verdict");
    }
    let (a, b) = (
        case_here.compare_projections().await.expect("a"),
        case_there.compare_projections().await.expect("b"),
    );
    assert_eq!(a, b, "both machines compute the same tables");
}

#[tokio::test]
async fn a_batch_that_was_tampered_with_is_refused_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let stick = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let carrier = FileCarrier::new(stick.path().to_path_buf());
    case.export_events(&carrier, 1).await.expect("exports");
    let name = carrier.list(case.id()).expect("lists")[0];
    let mut bytes = carrier.get(name).expect("reads");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    carrier.put(name, &bytes).expect("writes");
    assert_eq!(
        case.import_events(ANA, &carrier, &[]).await.expect_err("does not open").code(),
        Code::WrongKey
    );
    assert_sound(&case, 10).await;
}

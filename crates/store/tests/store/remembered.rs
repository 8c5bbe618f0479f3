//! The memory across cases: replaced as a whole, apart by entity, forgotten for good.

use crate::world::ports;
use cotejo_domain::CaseId;
use cotejo_store::{Forgetting, MemoryOf, Profile};
use uuid::Uuid;

fn of(case: u128, entity: &str, digest: &str) -> MemoryOf {
    MemoryOf {
        case: CaseId(Uuid::from_u128(case)),
        name: format!("Proceso {case}"),
        entity: entity.into(),
        entity_name: entity.to_uppercase(),
        digest: digest.into(),
    }
}

fn papers(contents: &[&str]) -> Vec<(String, String)> {
    contents.iter().map(|content| ("CERT_EXP".to_owned(), (*content).to_owned())).collect()
}

async fn asked(profile: &Profile, entity: &str, except: u128) -> Vec<String> {
    let kinds = ["CERT_EXP".to_owned(), "POLIZA".to_owned()];
    let rows = profile.remembered(entity, CaseId(Uuid::from_u128(except)), &kinds).await.expect("asks");
    rows.into_iter().map(|row| row.content).collect()
}

#[tokio::test]
async fn papers_are_replaced_as_a_whole_and_asked_by_entity_without_the_case_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(1)).await.expect("a profile");
    assert!(profile.remember(&of(1, "a", "x"), &papers(&["uno", "dos"])).await.expect("keeps"));
    assert!(!profile.remember(&of(1, "a", "x"), &papers(&["otro"])).await.expect("keeps"), "the same digest");
    assert_eq!(asked(&profile, "a", 2).await, ["uno", "dos"]);
    assert!(asked(&profile, "a", 1).await.is_empty(), "a case is not told of itself");
    assert!(asked(&profile, "b", 2).await.is_empty(), "another entity's memory is not asked");
    assert!(profile.remember(&of(1, "a", "y"), &papers(&["tres"])).await.expect("keeps"));
    assert_eq!(asked(&profile, "a", 2).await, ["tres"]);
}

#[tokio::test]
async fn what_is_forgotten_leaves_no_trace_on_the_disk_and_is_not_taken_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(2)).await.expect("a profile");
    for case in [1, 2, 3] {
        let entity = if case == 3 { "b" } else { "a" };
        profile.remember(&of(case, entity, "x"), &papers(&["marca-del-papel"])).await.expect("keeps");
    }
    assert_eq!(profile.forget_papers(&Forgetting::Entity("A".into())).await.expect("forgets"), 2);
    assert!(asked(&profile, "a", 9).await.is_empty());
    assert_eq!(asked(&profile, "b", 9).await.len(), 1, "the other entity's stays");
    assert!(!profile.remember(&of(1, "a", "z"), &papers(&["otra"])).await.expect("keeps"), "refused");
    profile.allow_papers(CaseId(Uuid::from_u128(1))).await.expect("allows");
    assert!(profile.remember(&of(1, "a", "z"), &papers(&["otra"])).await.expect("keeps"));
    profile.forget_papers(&Forgetting::Case(CaseId(Uuid::from_u128(7)))).await.expect("refuses beforehand");
    assert!(!profile.remember(&of(7, "a", "z"), &papers(&["otra"])).await.expect("keeps"));
    profile.close().await.expect("closes");
    let bytes = std::fs::read(folder.path().join("perfil.db")).expect("a file");
    let mark: &[u8] = b"marca-del-papel";
    assert!(!bytes.windows(mark.len()).any(|window| window == mark), "the memory is encrypted");
}

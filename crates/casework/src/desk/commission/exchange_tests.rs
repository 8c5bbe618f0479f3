//! Two members on two machines, through the desk.

use super::tests::{Scene, scene};
use crate::desk::tests::desk;
use crate::desk::{Desk, open_case::OpenCase};
use crate::view::{Password, SeatStateView, SendOrder};
use cotejo_domain::{MemberId, Motivation, Verdict};
use std::path::Path;
use std::sync::Arc;

fn password() -> Password {
    Password::new("clave de ejemplo".into())
}

async fn send(desk: &Desk, case: &str, path: &Path, news: bool) -> String {
    let path = path.display().to_string();
    let order = SendOrder { path: path.clone(), password: password(), news };
    desk.send_case(case, &order).await.expect("sends");
    path
}

/// A second machine whose person has the second seat of the commission.
async fn colleague(scene: &Scene, folder: &Path, member: MemberId) -> Option<(Desk, Arc<OpenCase>)> {
    let other = desk(&folder.join("colega")).await?;
    let path = send(&scene.desk, &scene.case, &folder.join("caso.cotejo"), false).await;
    let received = other.receive_case(&path, &password()).await.expect("receives");
    assert!(!received.exchange.may_write && received.exchange.seats.len() == 3);
    let states = received.exchange.seats.iter().map(|seat| seat.state).collect::<Vec<_>>();
    assert_eq!(states, [SeatStateView::Held, SeatStateView::Free, SeatStateView::Free]);
    let view = other.take_seat(&scene.case, &member.to_string()).await.expect("the own seat");
    assert!(view.may_write && view.seats[1].state == SeatStateView::Mine);
    let open = other.opened(&scene.case).await.expect("opens");
    Some((other, open))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_s_verdict_and_word_come_from_another_machine_and_block_until_they_are_settled() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (ana, case, bid) = (&scene.desk, scene.case.as_str(), scene.bids[0]);
    let members = scene.commission().await;
    let Some((bruno, theirs)) = colleague(&scene, folder.path(), members[1].0).await else { return };
    let reason = || "ficticio".to_owned();
    let motivation = Motivation { fact: reason(), evidence: reason(), norm: reason(), conclusion: reason() };
    let minimum = scene.minimum().await;
    bruno
        .record_decision(&theirs, minimum, bid, Verdict::Cumple, motivation, Vec::new())
        .await
        .expect("the own verdict");
    let refused = bruno.rectify(case, "x").await.expect_err("nothing is signed");
    assert_eq!(refused.view().details, "casework.no_signed_acta");
    let drawn =
        bruno.draw_sample(case, Some("100"), "Instructivo interno").await.expect_err("one after the other");
    assert_eq!(drawn.view().details, "store.not_holder");
    scene.votes(members[0], bid, Verdict::NoCumple).await;
    let indicio = ana.indicios(case).await.expect("lists").rows[0].id.clone();
    bruno.dismiss_indicio(case, &indicio, "El mercado es chico").await.expect("dismisses");

    ana.dismiss_indicio(case, &indicio, "Hay un solo fabricante").await.expect("dismisses");
    let path = send(&bruno, case, &folder.path().join("vuelta.cotejo"), true).await;
    let looked = ana.look_at_package(&path, &password()).await.expect("looks");
    assert!(looked.here && !looked.whole && looked.strangers.len() == 1);
    assert_eq!(looked.strangers[0].seat, "Luis Vera Castro");
    let stranger =
        ana.join_package(&path, &password(), &["0000".into()]).await.expect_err("another fingerprint");
    assert_eq!(stranger.view().details, "store.join_device_unknown");
    let own = bruno.exchange(case).await.expect("shows").fingerprint;
    let joined = ana.join_package(&path, &password(), &[own]).await.expect("joins");
    assert_eq!(
        (joined.verdicts, joined.admitted.as_slice()),
        (1, ["Luis Vera Castro".to_owned()].as_slice())
    );
    assert_eq!(
        (joined.exchange.differing.len(), joined.exchange.conflicts.len(), joined.notes.len()),
        (1, 1, 2)
    );
    let sides = &joined.exchange.conflicts[0].sides;
    assert!(sides.iter().any(|side| side.said == "El mercado es chico" && side.by == "Luis Vera Castro"));
    assert!(sides.iter().any(|side| side.said == "Hay un solo fabricante"));
    let blocks = scene.blocks().await;
    for code in ["commission.block.disputed", "casework.exchange.block"] {
        assert!(blocks.contains(&code.to_owned()), "{code}: {blocks:?}");
    }
    ana.dismiss_indicio(case, &indicio, "Un solo fabricante en un mercado chico").await.expect("settles");
    assert!(!scene.blocks().await.contains(&"casework.exchange.block".to_owned()));
    let back = send(ana, case, &folder.path().join("ida.cotejo"), true).await;
    let seen = bruno.join_package(&back, &password(), &[]).await.expect("joins");
    assert_eq!((seen.exchange.conflicts.len(), seen.exchange.differing.len()), (0, 1));
    let rebuilt = (ana.rebuild(case).await.expect("rebuilds"), bruno.rebuild(case).await.expect("rebuilds"));
    assert_eq!(rebuilt.0.report, rebuilt.1.report, "both machines compute the same tables");
}

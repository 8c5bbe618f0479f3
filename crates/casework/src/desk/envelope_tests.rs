//! Attacks on the economic envelope of a consultoría: each opens it with one thing missing.

use super::Desk;
use super::open_case::OpenCase;
use crate::contract::PointAnswers;
use crate::view::{
    BodyView, Cancellation, CapacityView, CommissionDraft, DepartureOrder, RefusalDraft, SeatDraft,
    StageDraft, StageOrder, SupportDraft,
};
use cotejo_domain::ports::Clock;
use cotejo_domain::{Code, Motivation, Verdict};
use cotejo_lector_client::Resources;
use cotejo_store::{ActaSignature, EventPayload, MemoryKeyring, Ports};
use std::path::Path;
use std::sync::Arc;

const VOTING: [(&str, CapacityView); 3] = [
    ("Ana Ejemplo", CapacityView::Presidente),
    ("Bruno Ficticio", CapacityView::TitularAreaRequirente),
    ("Carla Inventada", CapacityView::ProfesionalAfin),
];

/// After everything that the sample's schedule has.
struct Later;

impl Clock for Later {
    fn now(&self) -> jiff::Timestamp {
        "2026-03-31T17:00:00Z".parse().expect("noon in Ecuador")
    }
}

struct Scene {
    desk: Desk,
    open: Arc<OpenCase>,
    case: String,
}

/// A consultoría with two bids that meet every minimum, each with its envelope, and a commission of three.
async fn scene(folder: &Path) -> Option<Scene> {
    let Ok(resources) = Resources::discover() else { return None };
    let system = Ports::system(Arc::new(MemoryKeyring::default()));
    let ports = Ports { clock: Arc::new(Later), ..system };
    let desk = Desk::open_with(&folder.join("datos"), ports, resources).await.expect("a desk");
    let sample = folder.join("muestra");
    cotejo_sample::generate(cotejo_sample::SampleProcedure::Consultoria, 7, &sample).expect("the sample");
    let stop = Cancellation::default();
    let open = desk
        .create_case_started(&sample.join("pliego.ushay"), None, true, &|_| {}, &stop)
        .await
        .expect("a case");
    let case = open.case.id().to_string();
    let bids = folder.join("ofertas");
    for (bid, price) in [("01 Alfa", "990.00"), ("02 Beta", "980.00")] {
        std::fs::create_dir_all(bids.join(bid)).expect("makes");
        std::fs::write(bids.join(bid).join("Oferta técnica.txt"), format!("Plan {bid}")).expect("writes");
        std::fs::write(bids.join(bid).join("Sobre 2.txt"), format!("Precio {price}")).expect("writes");
    }
    desk.import_bids(&case, &[bids], &|_| {}, &stop).await.expect("imports");
    let seats = VOTING.map(|(name, capacity)| SeatDraft {
        id: None,
        name: name.into(),
        cedula: String::new(),
        position: "Analista (EJEMPLO)".into(),
        capacity,
        gender: None,
        present: true,
        me: name.starts_with("Ana"),
        substitutes: None,
        substitution: None,
    });
    let body = BodyView::ComisionTecnica;
    let commission = CommissionDraft { body, designation: None, seats: seats.to_vec() };
    desk.record_commission(&case, &commission).await.expect("a commission");
    let scene = Scene { desk, open, case };
    scene.decide().await;
    Some(scene)
}

impl Scene {
    async fn decide(&self) {
        let judgement = self.open.judgement().await.expect("judged");
        let motivation = Motivation {
            fact: "Visto.".into(),
            evidence: "Visto.".into(),
            norm: "Pliego".into(),
            conclusion: "Cumple (EJEMPLO).".into(),
        };
        for asked in judgement.requirements.iter().filter(|asked| super::acta_content::judged(asked.kind)) {
            for bid in judgement.bids.iter().filter(|bid| !super::sealed::waits(asked, bid)) {
                let id = asked.id.clone();
                let done = self.desk.record_decision(
                    &self.open,
                    id,
                    bid.bid.id,
                    Verdict::Cumple,
                    motivation.clone(),
                    Vec::new(),
                );
                done.await.expect("decides");
            }
        }
        for departure in &judgement.departures {
            let order = DepartureOrder::AsPliego { motivation: "El pliego obliga (EJEMPLO).".into() };
            self.desk.answer_departure(&self.case, &departure.key, &order).await.expect("answers");
        }
    }

    /// Gives every technical parameter the share of its points that makes the totals.
    async fn score(&self, totals: [f64; 2]) {
        let points = self.desk.points(&self.case, PointAnswers::default()).await.expect("computes");
        let parameters = &points.motivated.parameters;
        assert!(!parameters.is_empty(), "the pliego scores");
        let said = |value: serde_json::Value| serde_json::json!({ "value": value, "who": "Ana", "reason": "Pliego" });
        let all: f64 = parameters
            .iter()
            .map(|one| one.points.as_ref().and_then(|points| points.parse().ok()).unwrap_or(0.0))
            .sum();
        assert!(all > 0.0, "the pliego says how many points");
        let mut answers = serde_json::json!({ "formulas": {}, "values": {}, "counts": {},
            "weights": said(serde_json::json!({ "technical": "0.8", "economic": "0.2" })) });
        for one in parameters {
            let most: f64 = one.points.as_ref().and_then(|points| points.parse().ok()).unwrap_or(0.0);
            answers["formulas"][&one.requirement] = said(serde_json::json!({ "formula": "by_hand" }));
            if one.set_aside.is_some() {
                answers["counts"][&one.requirement] = said(true.into());
            }
            for (bid, total) in ["1", "2"].iter().zip(totals) {
                answers["values"][&one.requirement][*bid] = said(format!("{:.4}", most * total / all).into());
            }
        }
        let answers: PointAnswers = serde_json::from_value(answers).expect("answers");
        self.desk.answer_points(&self.case, answers).await.expect("are recorded");
    }

    /// Composes the acta and lets members sign it.
    async fn acta(&self, signers: &[&str]) {
        let view = self.desk.generate_acta(&self.case).await.expect("composes");
        for name in signers {
            let row = self.open.case.actas().await.expect("rows").pop().expect("a row");
            let signature = ActaSignature {
                signer: (*name).to_owned(),
                cedula: None,
                certificate_serial: None,
                sha256: view.sha256.parse().expect("a hash"),
                signed_at: self.desk.now(),
            };
            let payload = EventPayload::ActaSigned { acta: row.acta.id, signature };
            self.open.case.record(self.desk.actor.id, payload).await.expect("records");
        }
        self.open.forget().await;
    }

    async fn moved(&self, stage: &str, order: StageOrder, acta: Option<&str>, ground: Option<&str>) {
        let draft = StageDraft {
            lot: None,
            stage: stage.into(),
            order,
            when: None,
            end: None,
            ground: ground.map(str::to_owned),
            cause: None,
            reason: "EJEMPLO".into(),
            claim: None,
            rectified_by: None,
            new_round: None,
            support: SupportDraft { acta: acta.map(str::to_owned), ..SupportDraft::default() },
        };
        let done = self.desk.move_stage(&self.case, &draft).await;
        done.unwrap_or_else(|error| panic!("{stage}: {}", error.view().message));
    }

    /// Ends all stages up to the calificación, with the signed acta.
    async fn qualified(&self) {
        for stage in ["preguntas", "respuestas", "entrega", "apertura", "integridad"] {
            self.moved(stage, StageOrder::Close, None, None).await;
        }
        self.moved("convalidacion", StageOrder::Omit, None, Some("sin_errores")).await;
        self.moved("calificacion", StageOrder::Close, Some("001"), None).await;
    }

    async fn sealed(&self, bid: usize) -> String {
        let documents = self.desk.documents(&self.case).await.expect("lists");
        let files = &documents.bids[bid].files;
        files.iter().find(|file| file.sealed).expect("an envelope").hash.clone()
    }

    /// Why an envelope does not open: the key of the refusal and its words.
    async fn refused(&self, bid: usize) -> (String, String) {
        let file = self.sealed(bid).await;
        let error = self.desk.open_sealed(&self.case, &file, "Apertura").await.expect_err("it stays closed");
        assert_eq!(error.code(), Code::Precondition);
        let view = error.view();
        assert!(!view.remedy.is_empty(), "it says where that is made good: {view:?}");
        (view.details, view.message)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_envelope_opens_with_one_signature() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path()).await else { return println!("skipped: no worker") };
    scene.score([90.0, 80.0]).await;
    scene.acta(&["Ana Ejemplo"]).await;
    scene.qualified().await;
    scene.moved("apertura_economica", StageOrder::Open, None, None).await;
    let (key, words) = scene.refused(1).await;
    assert_eq!(key, "casework.envelope.unsigned");
    assert!(words.contains("Bruno Ficticio") && words.contains("Carla Inventada"), "who is missing: {words}");
    // The same certificate again signs for nobody else.
    let row = scene.open.case.actas().await.expect("rows").pop().expect("a row");
    let again = row.signatures[0].clone();
    let payload = EventPayload::ActaSigned { acta: row.acta.id, signature: again.clone() };
    scene.open.case.record(scene.desk.actor.id, payload).await.expect("records");
    assert_eq!(scene.refused(1).await.0, "casework.envelope.unsigned");
    let second = ActaSignature { signer: "Bruno Ficticio".into(), ..again };
    let payload = EventPayload::ActaSigned { acta: row.acta.id, signature: second };
    scene.open.case.record(scene.desk.actor.id, payload).await.expect("records");
    let (key, words) = scene.refused(1).await;
    assert_eq!(key, "casework.envelope.unsigned");
    assert!(!words.contains("Bruno") && words.contains("Carla"), "{words}");
    // A refusal on record stands in the place of a signature.
    let seats = scene.desk.agreements(&scene.case).await.expect("shows").seats;
    let carla = seats.iter().find(|seat| seat.name.starts_with("Carla")).expect("sits there");
    let refusal = RefusalDraft {
        member: carla.member.clone(),
        reasons: "No comparte la calificación (EJEMPLO)".into(),
        on: "2026-03-31".into(),
        attested_by: "Ana Ejemplo".into(),
    };
    scene.desk.refuse_to_sign(&scene.case, &refusal).await.expect("is recorded");
    let file = scene.sealed(1).await;
    let opened = scene.desk.open_sealed(&scene.case, &file, "Apertura").await;
    let opened = opened.unwrap_or_else(|error| panic!("{}", error.view().message));
    assert!(opened.bids[1].files.iter().all(|file| !file.sealed), "everything that was missing is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_envelope_opens_before_technical_points() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path()).await else { return println!("skipped: no worker") };
    let all = VOTING.map(|(name, _)| name);
    scene.acta(&all).await;
    scene.qualified().await;
    scene.moved("apertura_economica", StageOrder::Open, None, None).await;
    assert_eq!(scene.refused(1).await.0, "casework.envelope.points_missing");
    // Points that come after the signed acta stand in no acta.
    scene.score([90.0, 80.0]).await;
    assert_eq!(scene.refused(1).await.0, "casework.envelope.points_not_stated");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_envelope_of_a_bid_under_the_minimum() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path()).await else { return println!("skipped: no worker") };
    scene.score([90.0, 69.0]).await;
    let all = VOTING.map(|(name, _)| name);
    scene.acta(&all).await;
    scene.qualified().await;
    scene.moved("apertura_economica", StageOrder::Open, None, None).await;
    let (key, words) = scene.refused(2).await;
    assert_eq!(key, "casework.envelope.below_minimum");
    assert!(words.contains("69") && words.contains("70"), "with both numbers: {words}");
    let facts = super::course::Gathered::of(&scene.desk, &scene.open).await.expect("gathers");
    assert_eq!(facts.facts()[0].1.qualified, Some(1), "who is under the minimum did not qualify");
    let file = scene.sealed(1).await;
    scene.desk.open_sealed(&scene.case, &file, "Apertura").await.expect("the other one opens");
    assert_eq!(scene.refused(2).await.0, "casework.envelope.below_minimum", "and stays closed for good");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_envelope_opens_without_stage() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path()).await else { return println!("skipped: no worker") };
    scene.score([90.0, 80.0]).await;
    let all = VOTING.map(|(name, _)| name);
    scene.acta(&all).await;
    let (key, words) = scene.refused(1).await;
    assert_eq!(key, "casework.envelope.no_history");
    assert!(words.contains("conómica"), "which stage: {words}");
    scene.qualified().await;
    assert_eq!(scene.refused(1).await.0, "casework.envelope.stage_not_begun");
    scene.moved("apertura_economica", StageOrder::Open, None, None).await;
    let file = scene.sealed(1).await;
    scene.desk.open_sealed(&scene.case, &file, "Apertura").await.expect("now it opens");
    let file = scene.sealed(2).await;
    scene.desk.open_sealed(&scene.case, &file, "Apertura").await.expect("and so does the next one");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pliego_s_own_minimum_goes_before_that_of_the_regime() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path()).await else { return println!("skipped: no worker") };
    scene.score([90.0, 75.0]).await;
    let minimum =
        serde_json::json!({ "minimum": { "value": "80", "who": "Ana", "reason": "Pliego, p. 12" } });
    let minimum: PointAnswers = serde_json::from_value(minimum).expect("an answer");
    scene.desk.answer_points(&scene.case, minimum).await.expect("is recorded");
    let all = VOTING.map(|(name, _)| name);
    scene.acta(&all).await;
    scene.qualified().await;
    scene.moved("apertura_economica", StageOrder::Open, None, None).await;
    let (key, words) = scene.refused(2).await;
    assert_eq!(key, "casework.envelope.below_minimum");
    assert!(words.contains("80"), "{words}");
    let late = serde_json::json!({ "minimum": { "value": "70", "who": "Ana", "reason": "otra lectura" } });
    let late: PointAnswers = serde_json::from_value(late).expect("an answer");
    let error = scene.desk.answer_points(&scene.case, late).await.expect_err("the signed acta states it");
    assert_eq!(error.code(), Code::Sealed);
}

//! A commission at work over a sample: what journeys past the signed acta share. Its clock is moved by hand.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use cotejo_casework::contract::PointAnswers;
use cotejo_casework::view::{
    Cancellation, ConstatationDraft, CureAnswerOrder, CureChoice, CureNoticeOrder, CureRequestOrder,
    CureRequestView, CureResultOrder, CuringView, MotivationOrder, OutcomeOrder, Password, SealingOrder,
    SigningRequest, StageDraft, StageOrder, SupportDraft,
};
use cotejo_casework::view::{
    CellAddress, DecisionDraft, MatrixCellState, MotivationView, RequirementKindView, Verdict,
};
use cotejo_casework::{Desk, EvaluationOrder};
use cotejo_domain::ports::Clock;
use cotejo_lector_client::Resources;
use cotejo_sample::{BidTruth, SampleProcedure, SampleTruth};
use cotejo_signing::{DemoPerson, demo_certificate};
use cotejo_store::{MemoryKeyring, Ports};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Hours that Ecuador is behind UTC.
const BEHIND: i64 = 5;

/// Those who vote in the sample's commission, with the cédulas of nobody that it gives them.
pub const VOTING: [(&str, &str); 3] = [
    ("Ana Lucía Ejemplo Paredes", "1559000011"),
    ("Bruno Ficticio Andrade", "1559000029"),
    ("Carla Inventada Moreno", "1559000037"),
];

/// Its secretary, who attests.
pub const SECRETARY: &str = "Diego Imaginario Salas";

/// A clock that a journey moves.
#[derive(Default)]
pub struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// A case of a sample, evaluated by the sample's commission as far as the draft of the acta.
pub struct Room {
    /// The desk.
    pub desk: Desk,
    /// The case.
    pub case: String,
    /// What is true of the sample.
    pub truth: SampleTruth,
    /// Folder of the sample.
    pub sample: PathBuf,
    hands: Arc<Hands>,
    held: tempfile::TempDir,
}

impl Room {
    /// Generates a sample, keeps the bids of the given profiles, and lets the fictional commission decide; `extra` may add files before they are
    /// imported. `Err` says what this machine lacks.
    ///
    /// # Errors
    /// The reason for a test to skip.
    pub async fn open(
        procedure: SampleProcedure,
        seed: u64,
        profiles: &[&str],
        extra: impl FnOnce(&SampleTruth, &Path) -> std::io::Result<()>,
    ) -> Result<Self, String> {
        crate::worker().ok_or("cotejo-lector is not built")?;
        let resources = Resources::discover().map_err(|error| error.to_string())?;
        let held = tempfile::tempdir().map_err(|error| error.to_string())?;
        let sample = held.path().join("muestra");
        let truth = cotejo_sample::generate(procedure, seed, &sample).map_err(|error| error.to_string())?;
        let bids = held.path().join("ofertas");
        std::fs::create_dir_all(&bids).map_err(|error| error.to_string())?;
        for bid in truth.bids.iter().filter(|bid| profiles.contains(&bid.profile.as_str())) {
            let name = bid.folder.rsplit('/').next().unwrap_or(&bid.folder);
            std::fs::rename(sample.join(&bid.folder), bids.join(name)).map_err(|error| error.to_string())?;
        }
        extra(&truth, &bids).map_err(|error| error.to_string())?;
        let hands = Arc::new(Hands::default());
        let ports = Ports {
            clock: Arc::clone(&hands) as Arc<dyn Clock>,
            ..Ports::system(Arc::new(MemoryKeyring::default()))
        };
        let shown = |error: cotejo_casework::CaseworkError| error.view().message;
        let desk = Desk::open_with(&held.path().join("datos"), ports, resources).await.map_err(shown)?;
        let mut room = Self { desk, case: String::new(), truth, sample, hands, held };
        room.at(1, 9);
        let order = EvaluationOrder {
            pliego: room.sample.join(&room.truth.pliego),
            bids,
            output: room.folder().join("salida"),
            started: None,
            anchors: Vec::new(),
            sealing: SealingOrder::default(),
            decide_sample: true,
        };
        let done = room.desk.evaluate(&order, None, &|_| {}, &Cancellation::default()).await;
        room.case = done.map_err(shown)?.case;
        Ok(room)
    }

    /// A folder of its own.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.held.path()
    }

    /// The day `days` after the bids were due.
    #[must_use]
    pub fn day(&self, days: i64) -> jiff::civil::Date {
        let due: jiff::civil::DateTime = self.truth.process.bids_due.parse().unwrap_or_default();
        due.date().saturating_add(jiff::Span::new().days(days))
    }

    /// Moves the clock to an hour of the day `days` after the bids were due; returns the moment as forms take it.
    pub fn at(&self, days: i64, hour: i8) -> String {
        let local = self.day(days).at(hour, 0, 0, 0);
        let utc = local.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |moment| moment.timestamp().as_second());
        self.hands.0.store(utc + BEHIND * 3600, Ordering::SeqCst);
        local.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// The number of the bid with a profile, as the case numbers those that were imported.
    ///
    /// # Panics
    /// When the sample has no such bid.
    pub async fn number(&self, profile: &str) -> u32 {
        let bid = self.bid(profile);
        let documents = self.desk.documents(&self.case).await.expect("lists");
        let found =
            documents.bids.iter().find(|shown| shown.name == bid.name || bid.name.contains(&shown.name));
        found.unwrap_or_else(|| panic!("{} is imported", bid.name)).number
    }

    /// What is true of the bid with a profile.
    ///
    /// # Panics
    /// When the sample has no such bid.
    #[must_use]
    pub fn bid(&self, profile: &str) -> &BidTruth {
        self.truth.bids.iter().find(|bid| bid.profile == profile).expect("the sample has such a bid")
    }

    /// Records a movement of a stage, now.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn stage(&self, name: &str, order: StageOrder) {
        self.moved(name, order, None, None, None).await;
    }

    /// Omits a stage on a ground.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn omit(&self, name: &str, ground: &str) {
        self.moved(name, StageOrder::Omit, Some(ground), None, None).await;
    }

    /// Ends a stage with an acta of the case.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn close_with_acta(&self, name: &str) {
        // Drafts that nobody signed carry the same number.
        let course = self.desk.course(&self.case).await.expect("shows");
        let signed =
            course.papers.iter().rev().find(|paper| paper.label.starts_with("calificacion") && paper.signed);
        let acta = signed.expect("is signed").id.clone();
        self.moved(name, StageOrder::Close, None, Some(&acta), None).await;
    }

    /// Decides *cumple* on every cell of a bid that is not decided so: what the sample's evaluator left open, or what an envelope held.
    ///
    /// # Panics
    /// When a decision is refused.
    pub async fn meet(&self, number: u32) {
        let matrix = self.desk.matrix(&self.case).await.expect("shows");
        let bid = matrix.columns.iter().find(|column| column.number == number).expect("a column").bid.clone();
        let kinds = [RequirementKindView::Integridad, RequirementKindView::Minimo];
        let rows =
            matrix.groups.iter().filter(|group| kinds.contains(&group.kind)).flat_map(|group| &group.rows);
        for row in rows {
            let Some(cell) = row.cells.iter().find(|cell| cell.bid == bid) else { continue };
            if cell.state == MatrixCellState::Sealed
                || cell.state == MatrixCellState::Decided
                    && matches!(cell.verdict, Verdict::Cumple | Verdict::NoAplica)
            {
                continue;
            }
            let said = motivation("Cumple lo que pide el pliego");
            let draft = DecisionDraft {
                cell: CellAddress { requirement: row.requirement.id.clone(), bid: bid.clone() },
                verdict: Verdict::Cumple,
                motivation: MotivationView {
                    fact: said.fact,
                    evidence: said.evidence,
                    norm: said.norm,
                    conclusion: said.conclusion,
                },
                evidence: Vec::new(),
                added: Vec::new(),
            };
            let done = self.desk.decide(&self.case, &draft).await;
            done.unwrap_or_else(|error| panic!("{}: {}", row.requirement.id, error.view().message));
        }
    }

    /// Records a movement as it is given.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn moved(
        &self,
        name: &str,
        order: StageOrder,
        ground: Option<&str>,
        acta: Option<&str>,
        end: Option<&str>,
    ) {
        let draft = StageDraft {
            lot: None,
            stage: name.into(),
            order,
            when: None,
            end: end.map(str::to_owned),
            ground: ground.map(str::to_owned),
            cause: None,
            reason: "Según el curso del proceso (EJEMPLO)".into(),
            claim: None,
            rectified_by: None,
            new_round: None,
            support: SupportDraft { acta: acta.map(str::to_owned), ..SupportDraft::default() },
        };
        if let Err(error) = self.desk.move_stage(&self.case, &draft).await {
            panic!("{name} {order:?}: {}", error.view().message);
        }
    }

    /// Ends every stage before the integridad, in their order.
    ///
    /// # Panics
    /// When one is refused.
    pub async fn opened(&self) {
        for name in ["preguntas", "respuestas", "entrega", "apertura"] {
            self.stage(name, StageOrder::Close).await;
        }
    }

    /// Asks for everything that may be cured, notifies it to all, takes in the answers of the sample and resolves each request: cured where it was
    /// answered so, not cured where it was not and the law lets it be said. Ends integridad and convalidación.
    ///
    /// # Panics
    /// When anything of it is refused.
    pub async fn cure(&self, answering: &[&str], cured: impl Fn(&CureRequestView) -> bool) -> CuringView {
        let notified = self.at(1, 10);
        self.stage("integridad", StageOrder::Close).await;
        let order = CureRequestOrder {
            days: 3,
            notified_on: notified[..10].to_owned(),
            until: "17:00".into(),
            ..CureRequestOrder::default()
        };
        let asked = self.desk.request_cures(&self.case, &order).await;
        asked.unwrap_or_else(|error| panic!("asks: {}", error.view().message));
        let notice = CureNoticeOrder {
            at: notified,
            channel: "Portal".into(),
            proof: "Captura 12 (EJEMPLO)".into(),
            bids: Vec::new(),
        };
        self.desk.notify_cures(&self.case, &notice).await.expect("notifies all");
        let came = self.at(2, 10);
        for profile in answering {
            let bid = self.bid(profile);
            let answer =
                self.truth.answers.iter().find(|answer| answer.bid == bid.folder).expect("it answers");
            let order = CureAnswerOrder {
                bid: self.number(profile).await.to_string(),
                path: Some(self.sample.join(&answer.folder).display().to_string()),
                received: Some(came.clone()),
                channel: "Portal".into(),
                ..CureAnswerOrder::default()
            };
            let stop = Cancellation::default();
            self.desk.answer_cures(&self.case, &order, &|_| {}, &stop).await.expect("takes the answer in");
        }
        // Whoever said nothing said nothing once the term has run out.
        self.at(12, 9);
        let view = self.desk.curing(&self.case).await.expect("shows");
        for bid in view.bids.iter().filter(|bid| bid.requests > 0 && !bid.answered) {
            let silent = CureAnswerOrder {
                bid: bid.number.to_string(),
                channel: "Portal".into(),
                ..CureAnswerOrder::default()
            };
            let stop = Cancellation::default();
            self.desk
                .answer_cures(&self.case, &silent, &|_| {}, &stop)
                .await
                .expect("the silence is recorded");
        }
        let mut view = self.desk.curing(&self.case).await.expect("shows");
        for number in view.requests.iter().map(|request| request.number).collect::<Vec<_>>() {
            let request =
                view.requests.iter().find(|request| request.number == number).expect("is there").clone();
            let free = |wanted: &str| {
                let choice: Option<&CureChoice> =
                    request.choices.iter().find(|choice| choice.result == wanted);
                choice.is_some_and(|choice| choice.blocked.is_empty())
            };
            let result =
                if cured(&request) && free("convalidado") { "convalidado" } else { "no_convalidado" };
            if result == "no_convalidado" {
                self.constate(&request).await;
            }
            let order = CureResultOrder {
                request: number,
                result: result.into(),
                motivation: motivation("Se resuelve así"),
                evidence: request.evidence.iter().take(1).cloned().collect(),
                corrected_total: self.corrected(&request).filter(|_| result == "convalidado"),
                unasked: "No se toma en cuenta: no se pidió".into(),
            };
            let done = self.desk.resolve_cure(&self.case, &order).await;
            view = done.unwrap_or_else(|error| {
                panic!("{} as {result}: {} ({request:?})", request.requirement, error.view().message)
            });
        }
        self.stage("convalidacion", StageOrder::Close).await;
        view
    }

    /// The total that the bidder's answer to an arithmetic error has.
    fn corrected(&self, request: &CureRequestView) -> Option<String> {
        let bid = self.truth.bids.iter().find(|bid| bid.name == request.bid_name)?;
        let answer = self.truth.answers.iter().find(|answer| answer.bid == bid.folder)?;
        (request.nature == "aritmetico").then(|| answer.total.clone())
    }

    /// Records what the official application said of every signature that an adverse result on a request would rest on.
    async fn constate(&self, request: &CureRequestView) {
        let waiting = self.desk.constatations(&self.case).await.expect("lists");
        let of = waiting.pending.iter().filter(|row| row.requirement == request.requirement);
        let proof = self.folder().join("resultado-firmaec.pdf");
        std::fs::write(&proof, b"resultado de la aplicacion (EJEMPLO)").expect("writes");
        for row in of {
            for file in &row.files {
                let draft = ConstatationDraft {
                    bid: row.bid_number.to_string(),
                    file: file.file.clone(),
                    by: VOTING[0].0.into(),
                    result: "sin_firma".into(),
                    attach: Some(proof.display().to_string()),
                    ..ConstatationDraft::default()
                };
                self.desk.record_constatation(&self.case, &draft).await.expect("is recorded");
            }
        }
    }

    /// Gives each technical parameter points by hand, so that every bid has the total that the sample's commission gives it.
    ///
    /// # Panics
    /// When an answer is refused.
    pub async fn score(&self, weights: Option<(&str, &str)>) {
        let points = self.desk.points(&self.case, PointAnswers::default()).await.expect("computes");
        let mut totals = BTreeMap::new();
        for bid in &points.bids {
            let truth = self.truth.bids.iter().find(|known| known.name == bid.name);
            let total = truth
                .and_then(|known| known.technical.clone())
                .unwrap_or_else(|| (95 - 5 * bid.number).to_string());
            totals.insert(bid.number, total.parse::<f64>().unwrap_or(90.0));
        }
        let parameters = &points.motivated.parameters;
        let known: f64 = parameters.iter().filter_map(|one| one.points.as_ref()?.parse::<f64>().ok()).sum();
        let unknown = parameters.iter().filter(|one| one.points.is_none()).count();
        let share = if unknown == 0 { 0.0 } else { (100.0 - known).max(0.0) / unknown as f64 };
        let said = |value: serde_json::Value| serde_json::json!({ "value": value, "who": VOTING[0].0, "reason": "Pliego y oferta (EJEMPLO)" });
        let (mut most, mut formulas, mut values, mut counts) =
            (serde_json::Map::new(), serde_json::Map::new(), serde_json::Map::new(), serde_json::Map::new());
        let all: f64 = known + share * unknown as f64;
        for one in parameters {
            let top = one.points.as_ref().and_then(|points| points.parse::<f64>().ok()).unwrap_or(share);
            if one.points.is_none() {
                most.insert(one.requirement.clone(), said(format!("{top:.2}").into()));
            }
            if one.set_aside.is_some() {
                counts.insert(one.requirement.clone(), said(true.into()));
            }
            formulas.insert(one.requirement.clone(), said(serde_json::json!({ "formula": "by_hand" })));
            let of_bids = totals.iter().map(|(number, total)| {
                (number.to_string(), said(format!("{:.4}", top * total / all.max(1.0)).into()))
            });
            values.insert(one.requirement.clone(), serde_json::Value::Object(of_bids.collect()));
        }
        let mut answers = serde_json::json!({
            "points": most, "formulas": formulas, "values": values, "counts": counts
        });
        if let Some((technical, economic)) = weights {
            answers["weights"] = said(serde_json::json!({ "technical": technical, "economic": economic }));
        }
        let answers: PointAnswers = serde_json::from_value(answers).expect("answers");
        let done = self.desk.answer_points(&self.case, answers).await;
        done.unwrap_or_else(|error| panic!("answers: {}", error.view().message));
    }

    /// Answers what stands against signing: findings of unequal treatment.
    ///
    /// # Panics
    /// When an answer is refused.
    pub async fn settle(&self) {
        let found = self.desk.treatments(&self.case).await.expect("lists");
        for finding in found.findings.iter().filter(|finding| finding.answer.is_none()) {
            let reason = "Los hechos de cada oferta son distintos (EJEMPLO)";
            self.desk.answer_treatment(&self.case, &finding.id, reason).await.expect("is answered");
        }
    }

    /// Makes a certificate of nobody for a member.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn certificate(&self, (name, cedula): (&str, &str)) -> (PathBuf, String) {
        let person =
            DemoPerson { name: name.into(), cedula: Some(cedula.into()), ruc: None, organization: None };
        let issued = demo_certificate(&person, self.hands.now()).expect("a certificate");
        let path = self.folder().join(format!("{cedula}.p12"));
        std::fs::write(&path, &issued.pkcs12).expect("writes");
        (path, issued.password.as_str().to_owned())
    }

    /// Lets a member sign the newest acta de calificación.
    ///
    /// # Panics
    /// When something impedes it.
    pub async fn sign_acta(&self, member: (&str, &str)) {
        let view = self.desk.acta(&self.case).await.expect("shows");
        let request = self.signing(member, &view.sha256);
        let signed = self.desk.sign_acta(&self.case, &request).await;
        signed.unwrap_or_else(|error| panic!("signs: {} {:?}", error.view().message, view.blocks));
    }

    /// What a member signs with.
    #[must_use]
    pub fn signing(&self, member: (&str, &str), sha256: &str) -> SigningRequest {
        let (path, password) = self.certificate(member);
        SigningRequest {
            certificate: path.display().to_string(),
            password: Password::new(password),
            sha256: sha256.into(),
        }
    }

    /// Generates a document and lets members sign it, unless it stays a *proyecto*. Returns its words.
    ///
    /// # Panics
    /// When it cannot be generated.
    pub async fn paper(&self, kind: &str, about: &str) -> String {
        let made = self.desk.generate_paper(&self.case, kind, about).await;
        let made = made.unwrap_or_else(|error| panic!("{kind}: {}", error.view().message));
        assert!(Path::new(&made.path).exists(), "{kind} is on the disk");
        let files = self.desk.export_paper(&self.case, kind, about, false).await;
        let files = files.unwrap_or_else(|error| panic!("{kind}: {}", error.view().message));
        assert!(files.pdf.starts_with(b"%PDF-") && files.docx.starts_with(b"PK"), "{kind} in both forms");
        String::from_utf8_lossy(&files.json).into_owned()
    }

    /// Records how a bid ended.
    ///
    /// # Panics
    /// When that is not lawful.
    pub async fn end(&self, number: u32, outcome: &str, cause: Option<&str>) {
        let order = OutcomeOrder {
            bid: number.to_string(),
            outcome: outcome.into(),
            cause: cause.map(str::to_owned),
            motivation: motivation("Así termina la oferta"),
            ..OutcomeOrder::default()
        };
        let ended = self.desk.record_outcome(&self.case, &order).await;
        let ended = ended.unwrap_or_else(|error| panic!("{number} {outcome}: {}", error.view().message));
        assert_eq!(ended.outcome, outcome);
    }

    /// Forms the expediente, proves it and the log, and makes the report on compliance.
    ///
    /// # Panics
    /// When one of them does not hold.
    pub async fn closing(&self) {
        let report = self.desk.verify_log(&self.case, &[]).await.expect("the log is read");
        assert!(report.holds(), "the chain verifies: {:?}", report.problems);
        assert!(
            self.desk.rebuild(&self.case).await.expect("rebuilds").identical,
            "projections equal a rebuild"
        );
        let compliance = self.desk.compliance(&self.case).await.expect("reports");
        assert!(!compliance.lines.is_empty(), "it has lines");
        let (certificate, password) = self.certificate(VOTING[0]);
        let folder = self.folder().join("expediente");
        let formed = self
            .desk
            .form_expediente(&self.case, &folder, Some(&certificate), &Password::new(password))
            .await;
        formed.unwrap_or_else(|error| panic!("the expediente: {}", error.view().message));
        let proof = self.desk.prove_expediente(&folder, None).await.expect("is proved");
        assert!(proof.intact, "the expediente is as it was formed: {proof:?}");
    }
}

/// Words of a motivation.
#[must_use]
pub fn motivation(conclusion: &str) -> MotivationOrder {
    MotivationOrder {
        fact: "Lo que consta en la oferta y en la respuesta (EJEMPLO)".into(),
        evidence: "Fojas citadas".into(),
        norm: "RGL 100 y 104".into(),
        conclusion: conclusion.into(),
    }
}

//! From the apertura to the informe, past the signed acta: a subasta inversa, a licitación de obras and a consultoría, with every document, the
//! expediente, the log and the report on compliance.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, and says what it skips"
)]

use cotejo_casework::view::{
    ClaimAnswerDraft, ClaimDraft, CureRequestView, NegotiationOrder, RecommendationOrder, RefusalDraft,
    ReportDraft, ReportPointDraft, StageOrder, SupportDraft,
};
use cotejo_journeys::room::{Room, SECRETARY, VOTING, motivation};
use cotejo_sample::SampleProcedure;

/// The documents that every procedure has, once the recommendation is there; each about what is chosen.
async fn papers(room: &Room, negotiated: bool) {
    for kind in ["preguntas", "apertura", "integridad", "convalidacion", "indicios", "resolucion"] {
        room.paper(kind, "").await;
    }
    room.paper("vae", "1").await;
    let report = ReportDraft {
        id: None,
        number: "SC-001".into(),
        date: room.day(5).to_string(),
        signed_by: vec!["Elena Ficticia".into()],
        document: None,
        points: vec![ReportPointDraft {
            number: 1,
            text: "La oferta 1 presenta el cronograma (EJEMPLO).".into(),
            requirement: None,
            bid: Some(1),
        }],
    };
    room.desk.record_report(&room.case, &report).await.expect("the report is recorded");
    room.paper("subcomision", "").await;
    for (name, _) in VOTING {
        assert!(room.paper("declaracion", name).await.contains(name), "whose declaration it is");
    }
    if negotiated {
        let negotiations = room.desk.negotiations(&room.case).await.expect("shows");
        let number = negotiations.sessions.first().expect("one was held").number;
        room.paper("negociacion", &number.to_string()).await;
    }
}

/// A claim against the calificación that is answered before the award, with its document.
async fn claimed(room: &Room) {
    let claim = ClaimDraft {
        id: None,
        supervision: false,
        lot: None,
        stage: "calificacion".into(),
        claimant: "Comercial Ficticia".into(),
        ruc: None,
        against: "La calificación (EJEMPLO)".into(),
        filed: room.at(40, 9),
        notified: None,
        answer_days: None,
        withdrawn: false,
        support: SupportDraft::default(),
    };
    let claims = room.desk.raise_claim(&room.case, &claim).await.expect("is raised");
    let answer = ClaimAnswerDraft {
        claim: claims[0].id.clone(),
        result: "rejected".into(),
        back_to: None,
        when: Some(room.at(41, 9)),
        reason: "No tiene fundamento (EJEMPLO)".into(),
        support: SupportDraft::default(),
    };
    let answered = room.desk.answer_claim(&room.case, &answer).await;
    answered.unwrap_or_else(|error| panic!("the claim: {}", error.view().message));
    room.paper("reclamo", "").await;
}

/// Two sign, the third refuses with reasons that the secretary attests.
async fn sign_by_all(room: &Room) {
    room.settle().await;
    room.desk.generate_acta(&room.case).await.expect("is composed");
    room.sign_acta(VOTING[0]).await;
    room.sign_acta(VOTING[1]).await;
    let seats = room.desk.agreements(&room.case).await.expect("shows").seats;
    let third = seats.iter().find(|seat| seat.name == VOTING[2].0).expect("sits there");
    let refusal = RefusalDraft {
        member: third.member.clone(),
        reasons: "No comparte la calificación de la oferta 1 (EJEMPLO)".into(),
        on: room.day(14).to_string(),
        attested_by: SECRETARY.into(),
    };
    room.desk.refuse_to_sign(&room.case, &refusal).await.expect("is recorded");
    room.paper("no_suscripcion", "").await;
}

/// The recommendation that follows from outcomes and order, and the informe with its table.
async fn recommended(room: &Room) -> serde_json::Value {
    let order = RecommendationOrder {
        motivation: motivation("Se recomienda lo que sigue del orden"),
        ..RecommendationOrder::default()
    };
    let done = room.desk.recommend(&room.case, &order).await;
    let done = done.unwrap_or_else(|error| panic!("recommends: {}", error.view().message));
    assert_eq!(done.kind.as_deref(), Some("adjudicar"), "{:?}", done.reasons);
    let words = room.paper("informe", "").await;
    room.stage("recomendacion", StageOrder::Close).await;
    let json: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    json["contenido"]["comparativo"].clone()
}

/// The award, the expediente with everything, and at last a rectification with its document.
async fn ended(room: &Room) {
    room.at(60, 9);
    room.moved("adjudicacion", StageOrder::Close, None, None, Some("adjudicado")).await;
    room.closing().await;
    room.desk.rectify(&room.case, "Un error de transcripción (EJEMPLO)").await.expect("opens");
    room.paper("rectificatoria", "").await;
    let report = room.desk.verify_log(&room.case, &[]).await.expect("the log is read");
    assert!(report.holds(), "{:?}", report.problems);
}

fn cell<'a>(table: &'a serde_json::Value, number: u32, column: &str) -> &'a str {
    let rows = table.as_array().expect("rows");
    let row = rows
        .iter()
        .find(|row| row["numero"].as_str() == Some(number.to_string().as_str()))
        .expect("the bid has a row");
    row[column].as_str().unwrap_or_default()
}

/// Adds the price for the puja to a clean bid: other bytes than any paper of it.
fn with_initial_price(bid: &std::path::Path) -> std::io::Result<()> {
    let paper = std::fs::read_dir(bid)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|kind| kind == "pdf"))
        .ok_or(std::io::ErrorKind::NotFound)?;
    let mut bytes = std::fs::read(paper)?;
    bytes.extend_from_slice(b"\n% EJEMPLO\n");
    std::fs::write(bid.join("Oferta económica inicial.pdf"), bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subasta_inversa_to_its_informe() {
    let opened = Room::open(SampleProcedure::Sie, 7, &["limpio", "defectuoso"], |truth, bids| {
        let clean =
            truth.bids.iter().find(|bid| bid.profile == "limpio").ok_or(std::io::ErrorKind::NotFound)?;
        with_initial_price(&bids.join(clean.folder.rsplit('/').next().unwrap_or_default()))
    });
    let room = match opened.await {
        Ok(room) => room,
        Err(reason) => return println!("skipped: {reason}"),
    };
    room.opened().await;
    let planted = room.truth.answers.first().expect("one answers").clone();
    let cures = format!("INT-{}", planted.cures);
    room.cure(&["defectuoso"], |request: &CureRequestView| request.requirement == cures).await;
    let (clean, faulty) = (room.number("limpio").await, room.number("defectuoso").await);
    room.at(14, 9);
    room.end(clean, "calificada", None).await;
    room.end(faulty, "rechazada", Some("no_convalidado")).await;
    sign_by_all(&room).await;

    let sealed = room.desk.documents(&room.case).await.expect("lists");
    let sealed = sealed
        .bids
        .iter()
        .flat_map(|bid| &bid.files)
        .find(|file| file.sealed)
        .expect("is sealed")
        .hash
        .clone();
    let open = || room.desk.open_sealed(&room.case, &sealed, "Oferta inicial (EJEMPLO)");
    let early = open().await.expect_err("its stage has not come").view();
    assert_eq!(early.details, "stages.prices_before_stage", "{}", early.message);
    room.close_with_acta("calificacion").await;
    // One alone qualified: there is no puja, and what follows is the negotiation.
    room.omit("oferta_inicial", "un_solo_calificado").await;
    room.omit("puja", "un_solo_calificado").await;
    let early = open().await.expect_err("the day of the schedule has not come").view();
    assert_eq!(early.details, "casework.sealed.before_schedule", "{}", early.message);
    room.at(35, 9);
    let read = open().await.unwrap_or_else(|error| panic!("{}", error.view().message));
    assert!(read.bids.iter().flat_map(|bid| &bid.files).all(|file| !file.sealed), "it is read");
    room.meet(clean).await;

    let budget: f64 = room.truth.process.budget.parse().expect("a budget");
    let order = NegotiationOrder {
        bid: clean.to_string(),
        held: room.at(35, 10),
        place: "Sala de sesiones (EJEMPLO)".into(),
        attendants: vec![VOTING[0].0.into(), "El oferente (EJEMPLO)".into()],
        agreed: Some(format!("{:.2}", budget * 0.7)),
        terms: "Se acuerda el precio (EJEMPLO).".into(),
        ..NegotiationOrder::default()
    };
    let held = room.desk.negotiate(&room.case, &order).await;
    held.unwrap_or_else(|error| panic!("negotiates: {}", error.view().message));
    room.stage("negociacion", StageOrder::Close).await;
    claimed(&room).await;
    let table = recommended(&room).await;
    assert!(!cell(&table, clean, "monto").is_empty(), "the awarded amount: {table}");
    // What contradicts itself is no price.
    assert!(cell(&table, faulty, "resultado").contains("No califica"), "{table}");
    papers(&room, true).await;
    ended(&room).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licitacion_de_obras_to_its_informe() {
    let opened = Room::open(SampleProcedure::Lico, 7, &["limpio", "defectuoso"], |_, _| Ok(()));
    let room = match opened.await {
        Ok(room) => room,
        Err(reason) => return println!("skipped: {reason}"),
    };
    room.opened().await;
    room.meet(room.number("limpio").await).await;
    // Everything is cured but what lies in no answer.
    room.cure(&["defectuoso"], |_| true).await;
    let (clean, faulty) = (room.number("limpio").await, room.number("defectuoso").await);
    // What no request was about and the sample's evaluator left open, a person looks at.
    room.meet(faulty).await;
    room.at(14, 9);
    room.score(None).await;
    room.end(clean, "calificada", None).await;
    let ends = room.desk.outcomes(&room.case).await.expect("shows");
    let of = ends.iter().find(|view| view.number == faulty).expect("is there");
    let end = of
        .allowed
        .iter()
        .find(|end| end.outcome == "calificada" || end.cause.as_deref() == Some("no_convalidado"));
    let end = end.unwrap_or_else(|| panic!("a lawful end: {:?} {:?}", of.refused, of.missing)).clone();
    room.end(faulty, &end.outcome, end.cause.as_deref()).await;
    sign_by_all(&room).await;
    room.close_with_acta("calificacion").await;
    claimed(&room).await;
    let table = recommended(&room).await;
    assert!(cell(&table, clean, "puntaje").contains(','), "its points: {table}");
    assert!(!cell(&table, clean, "monto").is_empty(), "its amount: {table}");
    let offered = cell(&table, faulty, "monto");
    assert!(
        offered.is_empty() || offered.contains("p. ") || offered.contains("corregido"),
        "with its page: {offered}"
    );
    papers(&room, false).await;
    ended(&room).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultoria_to_its_informe() {
    let opened =
        Room::open(SampleProcedure::Consultoria, 7, &["limpio", "bajo_minimo", "no_subsana"], |_, _| Ok(()));
    let room = match opened.await {
        Ok(room) => room,
        Err(reason) => return println!("skipped: {reason}"),
    };
    room.opened().await;
    room.cure(&["no_subsana"], |_| false).await;
    let (clean, weak, left) =
        (room.number("limpio").await, room.number("bajo_minimo").await, room.number("no_subsana").await);
    room.at(14, 9);
    room.score(Some(("0.8", "0.2"))).await;
    room.end(clean, "calificada", None).await;
    room.end(weak, "bajo_minimo_tecnico", None).await;
    room.end(left, "rechazada", Some("no_convalidado")).await;
    sign_by_all(&room).await;
    room.close_with_acta("calificacion").await;
    room.at(50, 9);
    room.stage("apertura_economica", StageOrder::Open).await;
    let documents = room.desk.documents(&room.case).await.expect("lists");
    let envelope = |number: u32| {
        let of = documents.bids.iter().find(|bid| bid.number == number).expect("the bid");
        of.files.iter().find(|file| file.sealed).expect("its envelope").hash.clone()
    };
    for (number, key) in
        [(weak, "casework.sealed.does_not_qualify"), (left, "casework.sealed.does_not_qualify")]
    {
        let refused = room.desk.open_sealed(&room.case, &envelope(number), "Apertura").await;
        assert_eq!(refused.expect_err("it stays sealed for good").view().details, key);
    }
    let opened = room.desk.open_sealed(&room.case, &envelope(clean), "Apertura (EJEMPLO)").await;
    opened.unwrap_or_else(|error| panic!("{}", error.view().message));
    room.meet(clean).await;
    room.stage("apertura_economica", StageOrder::Close).await;
    let points = room
        .desk
        .points(&room.case, cotejo_casework::contract::PointAnswers::default())
        .await
        .expect("computes");
    let both = points.consultancy.expect("a combined score");
    let line = both.bids.iter().find(|line| line.number == clean).expect("of the clean bid");
    assert_eq!(line.outcome, "scored", "technical and economic in one: {:?}", line.reason);
    let order = NegotiationOrder {
        bid: clean.to_string(),
        held: room.at(51, 9),
        place: "Sala de sesiones (EJEMPLO)".into(),
        attendants: vec![VOTING[0].0.into()],
        agreed: room.bid("limpio").sealed_total.clone(),
        terms: "Se mantiene el precio ofertado (EJEMPLO).".into(),
        ..NegotiationOrder::default()
    };
    let held = room.desk.negotiate(&room.case, &order).await;
    held.unwrap_or_else(|error| panic!("negotiates: {}", error.view().message));
    room.stage("negociacion", StageOrder::Close).await;
    let table = recommended(&room).await;
    assert!(cell(&table, clean, "puntaje").contains("técnico"), "both scores: {table}");
    assert!(cell(&table, weak, "monto").contains("sin abrir"), "an envelope that was never opened: {table}");
    papers(&room, true).await;
    ended(&room).await;
}

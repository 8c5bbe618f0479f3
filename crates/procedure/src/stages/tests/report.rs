//! The report on compliance: what was recorded, what was not, what each line rests on.

use super::*;
use cotejo_domain::BidId;
use cotejo_domain::course::{Recipients, RupMoment, RupStatus};

fn bid(number: u128) -> BidId {
    BidId(Uuid::from_u128(number))
}

struct Case {
    record: Record,
    process: Process,
    bids: Vec<(BidId, String, Vec<String>)>,
    notified: Vec<CureNotification>,
    papers: Vec<PaperState>,
}

impl Case {
    fn of(regime: &str, procedure: ProcedureType) -> Self {
        let bids = [(1, "Uno", "1790000000001"), (2, "Dos", "1790000001001")];
        Self {
            record: Record::of(regime, procedure),
            process: process(procedure, pack(regime).valid_from, Some("80000.00")),
            bids: bids.into_iter().map(|(id, name, ruc)| (bid(id), name.into(), vec![ruc.into()])).collect(),
            notified: Vec::new(),
            papers: Vec::new(),
        }
    }

    fn report(&self) -> ComplianceReport {
        let course = self.record.course();
        let input = CourseInput {
            pack: RulePack::for_start(self.process.started.expect("started")).expect("a pack"),
            process: &self.process,
            schedule: &[],
            dates: &[],
            calendar: Calendar::built_in(),
            canton: None,
            claims: &self.record.claims,
            answers: &self.record.answers,
            constancias: &self.record.constancias,
            notified: &self.notified,
            now: self.record.when,
        };
        let courses = [course];
        let found = deadlines(&self.record.plan, &courses, &input);
        let states = claims(&input, &courses);
        compliance(&ComplianceInput {
            plan: &self.record.plan,
            courses: &courses,
            guards: &[self.record.guard()],
            deadlines: &found,
            claims: &states,
            input,
            papers: &self.papers,
            bids: &self.bids,
        })
    }

    fn lines(&self, topic: &str, stage: StageKind) -> Vec<ComplianceLine> {
        self.report().lines.into_iter().filter(|line| line.topic == topic && line.stage == stage).collect()
    }

    fn status(&self, topic: &str, stage: StageKind) -> ComplianceStatus {
        let lines = self.lines(topic, stage);
        let [line] = lines.as_slice() else { panic!("{topic} {stage:?}: {lines:?}") };
        line.status
    }
}

#[test]
fn nothing_recorded_is_not_recorded_and_never_not_kept() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Lico);
    assert_eq!(case.report().not_kept, 0);
    assert_eq!(
        case.status("publicacion", StageKind::Apertura),
        ComplianceStatus::Pending,
        "its time has not come"
    );
    case.record.up_to(StageKind::Integridad);
    assert_eq!(case.status("publicacion", StageKind::Apertura), ComplianceStatus::NotRecorded);
    assert_eq!(case.status("firma", StageKind::Apertura), ComplianceStatus::NotRecorded);
    let report = case.report();
    assert!(report.not_recorded > 3 && report.pack.starts_with("ec-2025-de193@"), "{report:?}");
    assert!(
        report.lines.iter().all(|line| line.status != ComplianceStatus::Kept
            || !line.rests.is_empty()
            || line.topic == "termino"),
        "what is kept rests on something"
    );
}

#[test]
fn the_rup_is_consulted_for_every_bidder_on_the_day_of_the_opening() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Lico);
    case.record.up_to(StageKind::Integridad);
    let opened = case.record.course().closed(StageKind::Apertura).expect("opened");
    let rup = |ruc: &str, when: DateTime, status| {
        let kind = ConstanciaKind::Rup { moment: RupMoment::Apertura, ruc: ruc.into(), bid: None, status };
        constancia(StageKind::Apertura, kind, &format!("RUP {ruc}"), when)
    };
    case.record.constancias.push(rup("1790000000001", opened, RupStatus::Habilitado));
    let statuses = |case: &Case| -> Vec<ComplianceStatus> {
        case.lines("rup", StageKind::Apertura).into_iter().map(|line| line.status).collect()
    };
    assert_eq!(statuses(&case), [ComplianceStatus::Kept, ComplianceStatus::NotRecorded], "one of two");
    let other_day = opened.checked_add(jiff::ToSpan::days(3)).expect("a day");
    case.record.constancias.push(rup("1790000001001", other_day, RupStatus::Habilitado));
    assert_eq!(statuses(&case), [ComplianceStatus::Kept, ComplianceStatus::Undecided], "on another day");
    let line = case.lines("rup", StageKind::Apertura).remove(0);
    assert!(line.legal_basis == ["RGL 26"] && line.rests.iter().any(|rest| rest.kind == RestKind::File));
    let mut old = Case::of("ec-2023", ProcedureType::Lico);
    old.record.up_to(StageKind::Integridad);
    assert!(
        old.lines("rup", StageKind::Apertura).iter().all(|line| line.status == ComplianceStatus::Undecided),
        "which moments that regime had was not seen"
    );
}

#[test]
fn a_notification_that_left_somebody_out_is_not_kept() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Lico);
    case.record.up_to(StageKind::Convalidacion);
    let cure = |bids: &[u128], when| CureNotification {
        lot: lot(),
        number: 1,
        notified: when,
        channel: "Portal".into(),
        bids: bids.iter().map(|number| bid(*number)).collect(),
        proof: String::new(),
        author: person(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    case.notified = vec![cure(&[1], case.record.when)];
    assert_eq!(case.status("notificacion", StageKind::Integridad), ComplianceStatus::NotKept);
    // Telling everybody the results does not mend that not everybody was told the requests.
    let all = ConstanciaKind::Notification { recipients: Recipients::All };
    let results =
        constancia(StageKind::Convalidacion, all, "acta_resultados_convalidacion", case.record.when);
    case.record.constancias.push(results);
    assert_eq!(case.status("notificacion", StageKind::Integridad), ComplianceStatus::NotKept);
    assert_eq!(case.status("notificacion", StageKind::Convalidacion), ComplianceStatus::Kept);
    case.record.constancias.clear();
    case.notified = vec![cure(&[1, 2], case.record.when)];
    assert_eq!(case.status("notificacion", StageKind::Integridad), ComplianceStatus::Kept);
    assert_eq!(
        case.status("notificacion", StageKind::Convalidacion),
        ComplianceStatus::Pending,
        "the results are still to be told"
    );
    // The term runs from that notification.
    let term = case.lines("termino", StageKind::Convalidacion).remove(0);
    assert!(term.detail.contains("2026-02-02") || term.detail.contains("2026-02-"), "{}", term.detail);
    let mut case = Case::of("ec-2025-de193", ProcedureType::Lico);
    case.record.up_to(StageKind::Entrega);
    let when = case.record.when;
    let some = ConstanciaKind::Notification { recipients: Recipients::Some(vec![bid(1)]) };
    case.record.constancias.push(constancia(StageKind::Respuestas, some, "acta_aclaraciones", when));
    assert_eq!(case.status("notificacion", StageKind::Respuestas), ComplianceStatus::NotKept);
    let all = ConstanciaKind::Notification { recipients: Recipients::All };
    case.record.constancias.push(constancia(StageKind::Respuestas, all, "acta_aclaraciones", when));
    assert_eq!(case.status("notificacion", StageKind::Respuestas), ComplianceStatus::Kept);
    case.record.constancias.iter_mut().for_each(|said| said.withdrawn = true);
    assert_eq!(
        case.status("notificacion", StageKind::Respuestas),
        ComplianceStatus::NotRecorded,
        "taken back"
    );
}

#[test]
fn attack_the_qualification_of_a_subasta_inversa_is_published_before_its_puja() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Sie);
    case.record.up_to(StageKind::OfertaInicial);
    assert_eq!(
        case.status("publicacion", StageKind::Calificacion),
        ComplianceStatus::Pending,
        "held back: nothing is missing"
    );
    let published = ConstanciaKind::Publication { place: "Portal".into() };
    let early = constancia(StageKind::Calificacion, published, "acta_calificacion", case.record.when);
    case.record.constancias.push(early);
    let line = case.lines("publicacion", StageKind::Calificacion).remove(0);
    assert_eq!(line.status, ComplianceStatus::NotKept);
    assert!(line.legal_basis.contains(&"RGL 262".to_owned()), "{:?}", line.legal_basis);
    case.record.up_to(StageKind::Negociacion);
    assert_eq!(
        case.status("publicacion", StageKind::Calificacion),
        ComplianceStatus::NotKept,
        "that it may be published now does not mend it"
    );
    case.record.constancias[0].when = case.record.when;
    assert_eq!(case.status("publicacion", StageKind::Calificacion), ComplianceStatus::Kept);
    case.record.constancias.clear();
    assert_eq!(case.status("publicacion", StageKind::Calificacion), ComplianceStatus::NotRecorded);
}

#[test]
fn an_acta_counts_once_it_is_signed_and_a_rectified_one_keeps_counting() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Lico);
    case.record.up_to(StageKind::Calificacion);
    case.record
        .try_with(StageKind::Calificacion, StageMovement::Closed { end: None }, Some(acta(1)))
        .expect("ended");
    let paper = |signers: &[&str], rectified| PaperState {
        id: acta(1),
        label: "Acta de calificación 001".into(),
        signers: signers.iter().map(|signer| (*signer).to_owned()).collect(),
        signed: None,
        rectified,
    };
    case.papers = vec![paper(&[], false)];
    assert_eq!(case.status("firma", StageKind::Calificacion), ComplianceStatus::NotKept, "unsigned");
    case.papers = vec![paper(&["Ana Ejemplo"], true)];
    let line = case.lines("firma", StageKind::Calificacion).remove(0);
    assert!(line.status == ComplianceStatus::Kept && line.detail.contains("rectificación"), "{line:?}");
    assert!(line.rests.iter().any(|rest| rest.kind == RestKind::Acta && rest.label.contains("001")));
}

#[test]
fn envelopes_opened_and_claims_left_are_told() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Consultoria);
    case.record.up_to(StageKind::Calificacion);
    assert_eq!(case.status("sobre", StageKind::AperturaEconomica), ComplianceStatus::Pending);
    case.record
        .try_with(StageKind::Calificacion, StageMovement::Closed { end: None }, Some(acta(1)))
        .expect("ended");
    case.record.facts.signed.insert(acta(1));
    case.record.make(StageKind::AperturaEconomica, StageMovement::Opened).expect("signed");
    assert_eq!(case.status("sobre", StageKind::AperturaEconomica), ComplianceStatus::Kept);
    case.record.facts.signed.clear();
    assert_eq!(case.status("sobre", StageKind::AperturaEconomica), ComplianceStatus::NotKept);
    case.record.facts.signed.insert(acta(1));
    case.record.claim("r1", StageKind::Calificacion);
    case.record.claims[0].answer_days = Some(cotejo_domain::Termino(2));
    let claim = |case: &Case| case.lines("reclamo", StageKind::Calificacion).remove(0).status;
    assert_eq!(claim(&case), ComplianceStatus::Pending);
    case.record.when = case.record.when.checked_add(jiff::ToSpan::days(9)).expect("later");
    assert_eq!(claim(&case), ComplianceStatus::NotRecorded, "the days are over");
    case.record.answer("r1", ClaimResult::Accepted { back_to: Some(StageKind::Calificacion) });
    let lines = case.lines("reclamo", StageKind::Calificacion);
    assert_eq!(lines[0].status, ComplianceStatus::NotKept, "answered late");
    assert_eq!(lines[1].status, ComplianceStatus::NotRecorded, "accepted, and nobody went back");
    case.record.make(StageKind::Calificacion, back(Some("r1"))).expect("goes back");
    let lines = case.lines("reclamo", StageKind::Calificacion);
    assert_eq!(lines[1].status, ComplianceStatus::Kept);
    assert_eq!(
        case.status("curso", StageKind::Calificacion),
        ComplianceStatus::NotRecorded,
        "no document proves it"
    );
}

#[test]
fn an_infima_needs_no_rup() {
    let mut case = Case::of("ec-2025-de193", ProcedureType::Infima);
    let compare = [StageKind::Aviso, StageKind::Proformas];
    for stage in compare {
        case.record.close(stage);
    }
    case.record.make(StageKind::Aclaraciones, omitted(OmissionGround::NoPrevista)).expect("none were needed");
    case.record.up_to(StageKind::Informe);
    let report = case.report();
    assert!(report.lines.iter().all(|line| line.topic != "rup"), "the plan has no moment for it");
    let days = case.lines("termino", StageKind::Informe).remove(0);
    assert!(
        days.detail.contains("sin precisar") && days.legal_basis.contains(&"LEY 50".to_owned()),
        "{days:?}"
    );
}

#[test]
fn a_cancellation_is_kept_to_a_day_before_bids_are_due() {
    for (hour, status) in [(9, ComplianceStatus::Kept), (11, ComplianceStatus::NotKept)] {
        let mut case = Case::of("ec-2025-de193", ProcedureType::Lico);
        case.process.bids_due = Some(at(2, 4, 10));
        case.record.when = at(2, 3, hour - 1);
        let cancelled = StageMovement::Cancelled { reason: "Cesó la necesidad".into() };
        case.record.make(StageKind::Preguntas, cancelled).expect("recorded");
        assert_eq!(case.status("curso", StageKind::Preguntas), status, "24 hours before 4 February, 10:00");
        let line = case.lines("curso", StageKind::Preguntas).remove(0);
        assert_eq!(line.legal_basis, ["LEY 32"]);
    }
}

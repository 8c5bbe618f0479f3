//! Deadlines: schedule and norm side by side, counted over November's holidays and the end of the year.

use super::*;
use std::collections::BTreeSet;

fn line(stage: &str, at: &str) -> ScheduleStage {
    ScheduleStage { code: None, stage: stage.into(), at: Some(at.parse().expect("a moment")) }
}

struct Course {
    process: Process,
    plan: StagePlan,
    schedule: Vec<ScheduleStage>,
    dates: Vec<StageDate>,
    constancias: Vec<Constancia>,
    notified: Vec<CureNotification>,
    moves: Vec<StageMove>,
    canton: Option<&'static str>,
    now: DateTime,
}

impl Course {
    fn of(procedure: ProcedureType, started: Date, budget: Option<&str>) -> Self {
        let process = process(procedure, started, budget);
        let pack = RulePack::for_start(started).expect("a pack");
        let plan = plan(pack, &process, None).known().cloned().expect("stages");
        Self {
            process,
            plan,
            schedule: Vec::new(),
            dates: Vec::new(),
            constancias: Vec::new(),
            notified: Vec::new(),
            moves: Vec::new(),
            canton: None,
            now: started.at(12, 0, 0, 0),
        }
    }

    fn moved(&mut self, stage: StageKind, movement: StageMovement, when: &str) {
        let shared = self.plan.stage(stage).is_some_and(|stage| stage.scope == Scope::Process);
        self.moves.push(StageMove {
            id: format!("{:06}", self.moves.len()),
            lot: (!shared).then(lot),
            stage,
            movement,
            when: when.parse().expect("a moment"),
            support: ActSupport::default(),
            author: person(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
    }

    fn closed(&mut self, stage: StageKind, when: &str) {
        self.moved(stage, StageMovement::Closed { end: None }, when);
    }

    fn input(&self) -> CourseInput<'_> {
        CourseInput {
            pack: RulePack::for_start(self.process.started.expect("started")).expect("a pack"),
            process: &self.process,
            schedule: &self.schedule,
            dates: &self.dates,
            calendar: Calendar::built_in(),
            canton: self.canton,
            claims: &[],
            answers: &[],
            constancias: &self.constancias,
            notified: &self.notified,
            now: self.now,
        }
    }

    fn course(&self) -> LotCourse {
        let facts = Facts::default();
        let guard =
            Guard { facts: &facts, claims: &[], answers: &[], constancias: &[], claims_block: Some(true) };
        LotCourse::derive(&self.plan, lot(), &self.moves, guard)
    }

    fn deadlines(&self) -> Vec<StageDeadline> {
        let course = self.course();
        assert!(course.faults.is_empty(), "{:?}", course.faults);
        deadlines(&self.plan, &[course], &self.input())
    }

    fn of_stage(&self, stage: StageKind) -> StageDeadline {
        self.deadlines().into_iter().find(|deadline| deadline.stage == stage).expect("a stage")
    }
}

const QUESTIONS: &str = "Fecha límite para efectuar preguntas";
const ANSWERS: &str = "Fecha límite para emitir respuestas y aclaraciones";
const BIDS: &str = "Fecha límite para recepción de las ofertas";
const OPENING: &str = "Fecha de apertura de ofertas";

#[test]
fn the_same_facts_before_and_after_the_reform_have_each_its_own_term() {
    let facts = |started: Date| {
        let mut course = Course::of(ProcedureType::Licbs, started, Some("80000.00"));
        course.schedule = vec![line(ANSWERS, "2025-10-30T17:00:00"), line(BIDS, "2025-11-10T10:00:00")];
        course
    };
    let after = facts(date(2025, 10, 28)).of_stage(StageKind::Entrega);
    let [term] = after.terms.as_slice() else { panic!("one term") };
    assert_eq!(term.norm.limit, Some(Limit::Fixed { min: Some(2), max: None }), "RGL 96, up to 100.000");
    assert!(!term.norm.unverified && after.legal_basis == ["RGL 95", "RGL 96"]);
    let before = facts(date(2025, 10, 27)).of_stage(StageKind::Entrega);
    let [term] = before.terms.as_slice() else { panic!("one term") };
    assert_eq!(
        term.norm.limit,
        Some(Limit::Brackets { least: 2, most: 10, longest: None }),
        "the brackets of 2023 were not seen"
    );
    assert!(term.norm.unverified && !before.legal_basis.iter().any(|article| article.starts_with("RGL")));
    // What follows from an award is known since the reform only; before, a person is asked.
    let award = |started| facts(started).of_stage(StageKind::Adjudicacion).terms.remove(0);
    assert_eq!(
        award(date(2025, 10, 28)).norm.limit,
        Some(Limit::Fixed { min: Some(3), max: None }),
        "RGL 111"
    );
    let asked = award(date(2025, 10, 27));
    assert!(asked.norm.limit.is_none() && asked.state == DeadlineState::Ask, "never of the later regime");
}

#[test]
fn a_schedule_shorter_or_longer_than_the_norm_is_said_and_stands() {
    let mut course = Course::of(ProcedureType::Licbs, date(2025, 10, 28), Some("80000.00"));
    course.schedule = vec![
        line(QUESTIONS, "2025-10-29T17:00:00"),
        line(ANSWERS, "2025-10-30T17:00:00"),
        line(BIDS, "2025-11-04T10:00:00"),
        line(OPENING, "2025-11-04T11:00:00"),
    ];
    let bids = course.of_stage(StageKind::Entrega);
    assert_eq!(bids.due, Some(date(2025, 11, 4).at(10, 0, 0, 0)), "the pliego's schedule stands");
    let term = &bids.terms[0];
    assert_eq!(
        term.earliest.map(DateTime::date),
        Some(date(2025, 11, 5)),
        "Fri 31, then Wed 5: 3 and 4 are holidays"
    );
    let counted = term.working_earliest.as_ref().expect("a count");
    assert!(counted.days.len() == 6 && counted.days.iter().filter(|day| day.number.is_none()).count() == 4);
    assert!(bids.remarks.iter().any(|remark| remark.contains("más corto")), "{:?}", bids.remarks);
    assert!(bids.remarks.iter().any(|remark| remark.contains("Difuntos")), "{:?}", bids.remarks);
    let questions = course.of_stage(StageKind::Preguntas);
    assert!(
        questions.remarks.iter().any(|remark| remark.contains("más corto")),
        "one day; two are the least"
    );
    course.schedule[1] = line(ANSWERS, "2025-11-14T17:00:00");
    let answers = course.of_stage(StageKind::Respuestas);
    assert!(answers.remarks.iter().any(|remark| remark.contains("más allá")), "{:?}", answers.remarks);
    assert_eq!(
        answers.terms[0].latest.map(DateTime::date),
        Some(date(2025, 11, 10)),
        "six working days from 29 October: 30, 31, 5, 6, 7, 10"
    );
}

#[test]
fn bids_are_opened_an_hour_after_they_were_due() {
    let mut course = Course::of(ProcedureType::Lico, date(2026, 1, 12), Some("80000.00"));
    course.schedule = vec![line(BIDS, "2026-02-03T10:00:00"), line(OPENING, "2026-02-03T10:30:00")];
    let opening = course.of_stage(StageKind::Apertura);
    assert_eq!(opening.terms[0].earliest, Some(date(2026, 2, 3).at(11, 0, 0, 0)));
    assert!(opening.remarks.iter().any(|remark| remark.contains("más corto")), "{:?}", opening.remarks);
    for (stage, when) in [
        (StageKind::Preguntas, "2026-01-14T17:00:00"),
        (StageKind::Respuestas, "2026-01-20T17:00:00"),
        (StageKind::Entrega, "2026-02-03T10:00:00"),
    ] {
        course.closed(stage, when);
    }
    course.moved(StageKind::Apertura, StageMovement::Opened, "2026-02-03T10:40:00");
    assert_eq!(
        course.of_stage(StageKind::Apertura).terms[0].state,
        DeadlineState::Early,
        "20 minutes too early"
    );
    course.moves.pop();
    course.moved(StageKind::Apertura, StageMovement::Opened, "2026-02-03T11:05:00");
    assert_eq!(course.of_stage(StageKind::Apertura).terms[0].state, DeadlineState::Kept);
}

#[test]
fn two_readings_of_a_table_are_both_shown_and_warned_of_below_the_lesser() {
    let mut course = Course::of(ProcedureType::Licbs, date(2026, 3, 2), Some("600000.00"));
    course.schedule = vec![line(QUESTIONS, "2026-03-11T17:00:00")];
    let questions = course.of_stage(StageKind::Preguntas);
    let [term] = questions.terms.as_slice() else { panic!("one") };
    assert_eq!(term.norm.limit, Some(Limit::Disputed { min: 6, other: 10 }));
    assert!(term.remarks.iter().any(|remark| remark.contains("6 o 10")), "{:?}", term.remarks);
    assert!(!questions.remarks.iter().any(|remark| remark.contains("más corto")), "seven working days");
    course.schedule = vec![line(QUESTIONS, "2026-03-09T17:00:00")];
    let short = course.of_stage(StageKind::Preguntas);
    assert!(short.remarks.iter().any(|remark| remark.contains("más corto")), "five are fewer than six");
    let unknown = Course::of(ProcedureType::Licbs, date(2026, 3, 2), None).of_stage(StageKind::Preguntas);
    assert_eq!(unknown.terms[0].state, DeadlineState::Ask, "without a budget no bracket is guessed");
}

#[test]
fn thirty_days_bind_what_follows_the_calificacion_too() {
    for (procedure, stages) in [
        (ProcedureType::Sie, [StageKind::Calificacion, StageKind::Puja, StageKind::Negociacion]),
        (
            ProcedureType::Consultoria,
            [StageKind::Calificacion, StageKind::AperturaEconomica, StageKind::Negociacion],
        ),
    ] {
        for stage in stages {
            let course = Course::of(procedure, date(2026, 3, 2), Some("80000.00"));
            let terms = course.of_stage(stage).terms;
            let whole = terms.iter().find(|term| term.norm.parameter == "calificacion_max_dias");
            let whole = whole.unwrap_or_else(|| panic!("{procedure:?} {stage:?}: RGL 109"));
            assert_eq!(whole.norm.limit, Some(Limit::Fixed { min: None, max: Some(30) }));
        }
    }
    let opening = Course::of(ProcedureType::Consultoria, date(2026, 3, 2), Some("80000.00"))
        .of_stage(StageKind::AperturaEconomica);
    assert!(
        opening.terms.iter().any(|term| term.norm.unit == Unit::Dias && term.norm.unverified),
        "ten days, of a kind nobody read"
    );
}

#[test]
fn three_days_limit_the_negotiation_in_the_stead_of_a_puja_alone() {
    let limited = |ground: Option<OmissionGround>| {
        let mut record = Record::of("ec-2025-de193", ProcedureType::Sie);
        record.up_to(StageKind::Puja);
        match ground {
            Some(ground) => record.make(StageKind::Puja, omitted(ground)).expect("one alone"),
            None => record.close(StageKind::Puja),
        }
        let mut course = Course::of(ProcedureType::Sie, date(2026, 1, 12), Some("80000.00"));
        (course.moves, course.now) = (record.moves, record.when);
        let terms = course.of_stage(StageKind::Negociacion).terms;
        terms.iter().any(|term| term.norm.parameter == "sie")
    };
    assert!(limited(Some(OmissionGround::UnSoloCalificado)), "RGL 260");
    assert!(!limited(None), "the winner of a puja is negotiated with under RGL 109 alone");
}

#[test]
fn the_schedule_of_soce_has_two_ways_and_the_course_says_which() {
    let mut course = Course::of(ProcedureType::Sie, date(2026, 3, 2), Some("80000.00"));
    course.schedule = vec![
        line("Fecha límite calificación técnica de participantes", "2026-03-20T17:00:00"),
        line("Fecha límite para la calificación técnica de participantes", "2026-03-27T17:00:00"),
    ];
    let unknown = course.of_stage(StageKind::Calificacion);
    let scheduled = unknown.scheduled.as_ref().expect("scheduled");
    assert_eq!(
        (scheduled.at, scheduled.if_cured),
        (date(2026, 3, 20).at(17, 0, 0, 0), Some(date(2026, 3, 27).at(17, 0, 0, 0)))
    );
    for (index, stage) in [
        StageKind::Preguntas,
        StageKind::Respuestas,
        StageKind::Entrega,
        StageKind::Apertura,
        StageKind::Integridad,
    ]
    .into_iter()
    .enumerate()
    {
        course.closed(stage, &format!("2026-03-{:02}T17:00:00", 4 + index));
    }
    let mut without = Course {
        moves: course.moves.clone(),
        schedule: course.schedule.clone(),
        ..Course::of(ProcedureType::Sie, date(2026, 3, 2), None)
    };
    without.moved(StageKind::Convalidacion, omitted(OmissionGround::SinErrores), "2026-03-10T17:00:00");
    assert_eq!(without.of_stage(StageKind::Calificacion).due, Some(date(2026, 3, 20).at(17, 0, 0, 0)));
    course.moved(StageKind::Convalidacion, StageMovement::Opened, "2026-03-10T17:00:00");
    assert_eq!(course.of_stage(StageKind::Calificacion).due, Some(date(2026, 3, 27).at(17, 0, 0, 0)));
}

#[test]
fn what_a_person_stated_stands_before_the_schedule_and_what_passed_is_overdue() {
    let mut course = Course::of(ProcedureType::Lico, date(2026, 3, 2), Some("80000.00"));
    course.schedule = vec![line(QUESTIONS, "2026-03-05T17:00:00")];
    course.dates.push(StageDate {
        lot: None,
        stage: StageKind::Preguntas,
        due: Some(date(2026, 3, 9).at(12, 0, 0, 0)),
        reason: "Cronograma reformado".into(),
        support: ActSupport::default(),
        author: person(),
        at: jiff::Timestamp::UNIX_EPOCH,
    });
    let state = |course: &Course| course.of_stage(StageKind::Preguntas).state;
    assert_eq!(course.of_stage(StageKind::Preguntas).due, Some(date(2026, 3, 9).at(12, 0, 0, 0)));
    assert_eq!(state(&course), DeadlineState::Upcoming);
    course.now = date(2026, 3, 9).at(8, 0, 0, 0);
    assert_eq!(state(&course), DeadlineState::Today);
    course.now = date(2026, 3, 9).at(12, 1, 0, 0);
    assert_eq!(state(&course), DeadlineState::Overdue);
    course.closed(StageKind::Preguntas, "2026-03-09T11:00:00");
    assert_eq!(state(&course), DeadlineState::Kept);
    course.dates[0].due = None;
    assert_eq!(state(&course), DeadlineState::Late, "taken back, the schedule holds again");
}

#[test]
fn an_award_waits_three_days_and_is_published_within_one() {
    let mut course = Course::of(ProcedureType::Lico, date(2026, 9, 1), Some("80000.00"));
    let stages = [
        StageKind::Preguntas,
        StageKind::Respuestas,
        StageKind::Entrega,
        StageKind::Apertura,
        StageKind::Integridad,
        StageKind::Convalidacion,
    ];
    for (index, stage) in stages.into_iter().enumerate() {
        course.closed(stage, &format!("2026-10-{:02}T17:00:00", 12 + index));
    }
    course.closed(StageKind::Calificacion, "2026-10-30T10:00:00");
    course.closed(StageKind::Recomendacion, "2026-10-30T12:00:00");
    let wait = |course: &Course| course.of_stage(StageKind::Adjudicacion).terms[0].clone();
    let counted = wait(&course).working_earliest.expect("a count");
    assert_eq!(counted.due, date(2026, 11, 6), "Wed 4, Thu 5, Fri 6");
    for (day, state) in [(5, DeadlineState::Early), (6, DeadlineState::Undecided), (9, DeadlineState::Kept)] {
        let mut awarded = Course {
            moves: course.moves.clone(),
            ..Course::of(ProcedureType::Lico, date(2026, 9, 1), Some("80000.00"))
        };
        let end = Some(LotEnd::Adjudicado);
        awarded.moved(
            StageKind::Adjudicacion,
            StageMovement::Closed { end },
            &format!("2026-11-{day:02}T10:00:00"),
        );
        assert_eq!(wait(&awarded).state, state, "on 2026-11-{day:02}");
        let publish = |awarded: &Course| awarded.of_stage(StageKind::Adjudicacion).terms[2].state;
        if day == 9 {
            awarded.now = date(2026, 11, 10).at(9, 0, 0, 0);
            assert_eq!(publish(&awarded), DeadlineState::Today);
            let said = ConstanciaKind::Publication { place: "Portal".into() };
            awarded.constancias.push(constancia(
                StageKind::Adjudicacion,
                said,
                "resolucion",
                date(2026, 11, 12).at(9, 0, 0, 0),
            ));
            assert_eq!(publish(&awarded), DeadlineState::Late, "one working day");
        }
    }
    let input = course.input();
    let window = claim_window(&input, date(2026, 10, 30).at(10, 0, 0, 0)).known().expect("LEY 115");
    assert_eq!(window.value.due, date(2026, 11, 6), "until then the calificación can be claimed against");
    let old = Course::of(ProcedureType::Lico, date(2024, 5, 2), None);
    assert!(claim_window(&old.input(), at(2, 2, 9)).known().is_none(), "asked before the reform");
}

#[test]
fn the_single_negotiation_is_counted_from_the_day_of_the_puja_that_was_set() {
    let mut course = Course::of(ProcedureType::Sie, date(2026, 3, 2), Some("80000.00"));
    course.schedule = vec![line("Fecha fin de puja", "2026-03-30T10:45:00")];
    let stages = [
        StageKind::Preguntas,
        StageKind::Respuestas,
        StageKind::Entrega,
        StageKind::Apertura,
        StageKind::Integridad,
        StageKind::Convalidacion,
        StageKind::Calificacion,
    ];
    for (index, stage) in stages.into_iter().enumerate() {
        course.closed(stage, &format!("2026-03-{:02}T17:00:00", 9 + index));
    }
    let alone = || omitted(OmissionGround::UnSoloCalificado);
    course.moved(StageKind::OfertaInicial, alone(), "2026-03-27T09:00:00");
    course.moved(StageKind::Puja, alone(), "2026-03-27T09:00:00");
    let negotiation = course.of_stage(StageKind::Negociacion);
    let term = &negotiation.terms[0];
    assert_eq!(term.norm.limit, Some(Limit::Fixed { min: None, max: Some(3) }));
    assert_eq!(
        term.latest.map(DateTime::date),
        Some(date(2026, 4, 2)),
        "31 March, 1 and 2 April; 3 is Good Friday"
    );
    assert_eq!(negotiation.state, DeadlineState::Upcoming);
}

#[test]
fn reminders_name_what_is_due_soon_once_each() {
    let mut course = Course::of(ProcedureType::Lico, date(2026, 3, 2), Some("80000.00"));
    course.schedule = vec![line(QUESTIONS, "2026-03-05T17:00:00"), line(BIDS, "2026-03-20T10:00:00")];
    let of = |course: &Course, days| {
        let state = course.course();
        let found = deadlines(&course.plan, std::slice::from_ref(&state), &course.input());
        reminders(&found, &[], &[state], &course.input(), days)
    };
    let soon = of(&course, 7);
    assert_eq!(soon.iter().map(|reminder| reminder.id.as_str()).collect::<Vec<_>>(), ["etapa-preguntas"]);
    course.now = date(2026, 3, 6).at(9, 0, 0, 0);
    let later = of(&course, 30);
    assert!(later[0].overdue && later.len() >= 2, "{later:?}");
    let ids: BTreeSet<&str> = later.iter().map(|reminder| reminder.id.as_str()).collect();
    assert_eq!(ids.len(), later.len(), "each once");
    course.closed(StageKind::Preguntas, "2026-03-05T17:00:00");
    let claims = of(&course, 30);
    assert!(claims.iter().any(|reminder| reminder.id.starts_with("preclusion-preguntas")), "{claims:?}");
}

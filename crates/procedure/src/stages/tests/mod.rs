//! Stages as packs have them, what the machine lets happen, deadlines, the report. Facts are made up; days are those of the calendar.

mod course;
mod deadlines;
mod plans;
mod properties;
mod report;

use super::*;
use cotejo_domain::course::{
    ActSupport, Claim, ClaimAnswer, ClaimKind, ClaimResult, Constancia, ConstanciaKind, CureNotification,
    KeptFile, LotEnd, OmissionGround, ReturnCause, StageDate, StageKind, StageMove, StageMovement,
};
use cotejo_domain::{ActaId, ActorId, FileHash, LotId, Money, ProcedureType, Process, ScheduleStage};
use cotejo_rules::RulePack;
use cotejo_rules::calendar::Calendar;
use jiff::civil::{Date, DateTime, date};
use uuid::Uuid;

fn lot() -> LotId {
    LotId(Uuid::from_u128(1))
}

fn acta(number: u128) -> ActaId {
    ActaId(Uuid::from_u128(number))
}

fn person() -> ActorId {
    ActorId(Uuid::from_u128(7))
}

fn at(month: i8, day: i8, hour: i8) -> DateTime {
    date(2026, month, day).at(hour, 0, 0, 0)
}

fn process(procedure: ProcedureType, started: Date, budget: Option<&str>) -> Process {
    Process {
        code: None,
        entity: None,
        object: None,
        procedure,
        budget: budget.map(|budget| Money(budget.parse().expect("an amount"))),
        budget_encrypted: false,
        term: None,
        validity: None,
        started: Some(started),
        bids_due: None,
    }
}

fn pack(id: &str) -> &'static RulePack {
    RulePack::by_id(id).expect("compiled in")
}

fn plan_in(id: &str, procedure: ProcedureType) -> StagePlan {
    let pack = pack(id);
    match plan(pack, &process(procedure, pack.valid_from, None), None) {
        Plan::Known(plan) => plan,
        Plan::Ask { reason, .. } => panic!("{id} {procedure:?}: {reason}"),
    }
}

/// Records movements one after the other, as a desk does.
struct Record {
    plan: StagePlan,
    moves: Vec<StageMove>,
    claims: Vec<Claim>,
    answers: Vec<ClaimAnswer>,
    constancias: Vec<Constancia>,
    facts: Facts,
    when: DateTime,
}

impl Record {
    fn of(id: &str, procedure: ProcedureType) -> Self {
        Self {
            plan: plan_in(id, procedure),
            moves: Vec::new(),
            claims: Vec::new(),
            answers: Vec::new(),
            constancias: Vec::new(),
            facts: Facts::default(),
            when: at(2, 2, 9),
        }
    }

    fn guard(&self) -> Guard<'_> {
        Guard {
            facts: &self.facts,
            claims: &self.claims,
            answers: &self.answers,
            constancias: &self.constancias,
            claims_block: Some(true),
        }
    }

    fn course(&self) -> LotCourse {
        LotCourse::derive(&self.plan, lot(), &self.moves, self.guard())
    }

    fn movement(&self, stage: StageKind, movement: StageMovement, acta: Option<ActaId>) -> StageMove {
        let shared = self.plan.stage(stage).is_some_and(|stage| stage.scope == Scope::Process);
        StageMove {
            id: format!("{:06}", self.moves.len()),
            lot: (!shared).then(lot),
            stage,
            movement,
            when: self.when,
            support: ActSupport { acta, ..ActSupport::default() },
            author: person(),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn try_with(
        &mut self,
        stage: StageKind,
        movement: StageMovement,
        acta: Option<ActaId>,
    ) -> Result<(), Refusal> {
        self.when = self.when.checked_add(jiff::ToSpan::hours(1)).expect("a moment");
        let made = self.movement(stage, movement, acta);
        let course = self.course();
        check(&self.plan, std::slice::from_ref(&course), &made, self.guard(), self.when)?;
        self.moves.push(made);
        Ok(())
    }

    fn make(&mut self, stage: StageKind, movement: StageMovement) -> Result<(), Refusal> {
        self.try_with(stage, movement, None)
    }

    fn close(&mut self, stage: StageKind) {
        let end = (stage == StageKind::Adjudicacion).then_some(LotEnd::Adjudicado);
        self.make(stage, StageMovement::Closed { end })
            .unwrap_or_else(|refusal| panic!("{stage:?}: {refusal}"));
    }

    /// Ends every stage up to the one named, without it.
    fn up_to(&mut self, stage: StageKind) {
        while let Some(current) = self.course().current() {
            if current == stage {
                return;
            }
            self.close(current);
        }
        panic!("{stage:?} was not reached");
    }

    fn claim(&mut self, id: &str, stage: StageKind) {
        self.claims.push(Claim {
            id: id.into(),
            kind: ClaimKind::Reclamo,
            lot: Some(lot()),
            stage,
            claimant: "Constructora Ejemplo".into(),
            ruc: None,
            against: "Acta de calificación".into(),
            filed: self.when,
            notified: None,
            answer_days: None,
            support: ActSupport::default(),
            withdrawn: false,
            author: person(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
    }

    fn answer(&mut self, id: &str, result: ClaimResult) {
        self.answers.push(ClaimAnswer {
            claim: id.into(),
            lot: Some(lot()),
            result,
            when: self.when,
            reason: "Resolución motivada".into(),
            support: ActSupport::default(),
            author: person(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
    }
}

fn back(claim: Option<&str>) -> StageMovement {
    StageMovement::Returned {
        cause: if claim.is_some() { ReturnCause::Reclamo } else { ReturnCause::ErrorAdvertido },
        reason: "Se omitió una oferta".into(),
        claim: claim.map(str::to_owned),
    }
}

fn omitted(ground: OmissionGround) -> StageMovement {
    StageMovement::Omitted { ground, reason: "motivo".into() }
}

fn constancia(stage: StageKind, kind: ConstanciaKind, document: &str, when: DateTime) -> Constancia {
    Constancia {
        id: format!("{stage:?}-{document}-{when}"),
        lot: None,
        stage,
        kind,
        document: document.into(),
        when,
        by: "Secretaria".into(),
        support: ActSupport {
            file: Some(KeptFile { name: "captura.png".into(), sha256: FileHash::of(b"captura") }),
            ..ActSupport::default()
        },
        withdrawn: false,
        author: person(),
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

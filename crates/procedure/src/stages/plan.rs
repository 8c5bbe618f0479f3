//! The stages of a process as data: the pliego's, else the entity's, else the pack's of its regime, else a person is asked.

use cotejo_catalogue::message;
use cotejo_domain::course::{CourseFrame, OmissionGround, RupMoment, StageKind};
use cotejo_domain::{ProcedureType, Process};
use cotejo_rules::{Answer, RulePack, Value};
use serde::{Deserialize, Serialize};

/// Tells whether a stage is one for the whole process or goes its way in each lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One for all lots.
    Process,
    /// One in each lot.
    Lot,
}

/// Says what a limit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// The stage lasts at least so long.
    Min,
    /// It ends at most so long after.
    Max,
    /// Both.
    Between,
    /// It takes place exactly so long after.
    Offset,
    /// It may not end before.
    NotBefore,
    /// What it produced is published at most so long after.
    Publish,
}

/// Says what must hold before a stage may begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The technical result is signed: until then the economic envelopes stay sealed.
    TecnicaFirmada,
    /// No claim is open.
    SinReclamo,
}

/// Names a value of the pack that limits a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitForm {
    /// Key of the value in the pack.
    pub value: String,
    /// What it limits.
    pub kind: LimitKind,
    /// What it is counted from: `inicio`, `notificacion`, or stages, the last of which counts.
    pub from: Vec<String>,
    /// The field within the value, where it is an object.
    #[serde(default)]
    pub field: Option<String>,
    /// Its unit, where the value does not say it.
    #[serde(default)]
    pub unit: Option<String>,
    /// The stage that leaves it without effect where it took place: the puja, for the term of the negotiation that is held in its stead.
    #[serde(default)]
    pub unless_held: Option<StageKind>,
}

/// Describes one stage of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStage {
    /// Which.
    pub stage: StageKind,
    /// Whether lots go through it one by one.
    pub scope: Scope,
    /// The grounds on which it may not take place; empty for one that always does.
    pub omit: Vec<OmissionGround>,
    /// What limits it in time.
    pub limits: Vec<LimitForm>,
    /// The document that it produces, as [`crate::stages::ComplianceInput`] names them.
    pub document: Option<String>,
    /// Whether the document is published.
    pub publish: bool,
    /// Whether all bidders are notified.
    pub notify: bool,
    /// The moment of the RUP that falls into it.
    pub rup: Option<RupMoment>,
    /// What must hold before it begins or ends.
    pub needs: Vec<Need>,
    /// Topic of its legal basis in the pack.
    pub base: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListForm {
    stages: Vec<PlanStage>,
}

/// Holds the stages of a process with where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagePlan {
    /// Key of the list in the pack: `etapas_sie`.
    pub key: String,
    /// The stages, in their order.
    pub stages: Vec<PlanStage>,
    /// Where the list was read, as a citation.
    pub source: String,
    /// Whether somebody read it there.
    pub verified: bool,
    /// What a person should know, in Spanish.
    pub remarks: Vec<String>,
}

/// Answers which stages a process has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Known.
    Known(StagePlan),
    /// Nobody says it: a person states the stages with the numeral of the pliego that has them.
    Ask {
        /// Key that the pack lacks.
        parameter: String,
        /// Why, in Spanish.
        reason: String,
    },
}

impl Plan {
    /// Returns the plan, if there is one.
    #[must_use]
    pub fn known(&self) -> Option<&StagePlan> {
        match self {
            Self::Known(plan) => Some(plan),
            Self::Ask { .. } => None,
        }
    }
}

impl StagePlan {
    /// Returns the place of a stage in the order.
    #[must_use]
    pub fn position(&self, stage: StageKind) -> Option<usize> {
        self.stages.iter().position(|found| found.stage == stage)
    }

    /// Returns a stage.
    #[must_use]
    pub fn stage(&self, stage: StageKind) -> Option<&PlanStage> {
        self.stages.iter().find(|found| found.stage == stage)
    }

    /// Tells whether the procedure has a stage.
    #[must_use]
    pub fn has(&self, stage: StageKind) -> bool {
        self.position(stage).is_some()
    }
}

/// Returns the key under which packs have the stages of a procedure.
#[must_use]
pub fn key_of(procedure: ProcedureType, variant: Option<&str>) -> String {
    let procedure = procedure.abbreviation().to_lowercase();
    match variant.map(str::trim).filter(|variant| !variant.is_empty()) {
        Some(variant) => format!("etapas_{procedure}_{}", variant.to_lowercase()),
        None => format!("etapas_{procedure}"),
    }
}

/// Returns the stages of a process: those that a person took from the pliego, else the entity's or the pack's for its procedure.
#[must_use]
pub fn plan(pack: &RulePack, process: &Process, frame: Option<&CourseFrame>) -> Plan {
    let key = key_of(process.procedure, frame.and_then(|frame| frame.variant.as_deref()));
    let of_the_norm = listed(pack, &key, process);
    let Some(frame) = frame.filter(|frame| !frame.stages.is_empty()) else {
        return match of_the_norm {
            Some(value) => Plan::Known(known(key, value)),
            None => Plan::Ask { reason: why(pack, process, &key), parameter: key },
        };
    };
    let norm = of_the_norm.as_ref().map(|value| value.value.as_slice()).unwrap_or_default();
    let stages = frame.stages.iter().map(|stage| of_the_pliego(*stage, norm)).collect();
    let mut remarks = Vec::new();
    for left_out in norm.iter().filter(|stage| !frame.stages.contains(&stage.stage)) {
        remarks.push(message(
            "stages.plan.left_out",
            &[("etapa", &name(left_out.stage)), ("paquete", &pack.id)],
        ));
    }
    for added in frame.stages.iter().filter(|stage| norm.iter().all(|known| known.stage != **stage)) {
        remarks.push(message("stages.plan.added", &[("etapa", &name(*added)), ("paquete", &pack.id)]));
    }
    Plan::Known(StagePlan { key, stages, source: frame.stages_source.clone(), verified: true, remarks })
}

fn listed(pack: &RulePack, key: &str, process: &Process) -> Option<Value<Vec<PlanStage>>> {
    match pack.settle::<ListForm>(key, None, process.started) {
        Answer::Known(value) => {
            let stages = value.value.stages.clone();
            Some(value.map(stages))
        }
        Answer::Ask { .. } => None,
    }
}

fn known(key: String, value: Value<Vec<PlanStage>>) -> StagePlan {
    let verified = !value.marked();
    let mut remarks: Vec<String> = value.note.clone().into_iter().collect();
    if !verified {
        remarks.push(message("stages.plan.unverified", &[("fuente", &value.source)]));
    }
    StagePlan { key, source: value.source, verified, remarks, stages: value.value }
}

/// A stage that the pliego has: with what the norm says of it, else bare and omissible, for nothing is known of it.
fn of_the_pliego(stage: StageKind, norm: &[PlanStage]) -> PlanStage {
    norm.iter().find(|known| known.stage == stage).cloned().unwrap_or_else(|| PlanStage {
        stage,
        scope: if shared(stage) { Scope::Process } else { Scope::Lot },
        omit: vec![OmissionGround::NoPrevista],
        limits: Vec::new(),
        document: None,
        publish: false,
        notify: false,
        rup: None,
        needs: needs(stage),
        base: format!("etapa.{}", stage.key()),
    })
}

/// What a stage needs by its nature, whatever procedure a person puts it into.
fn needs(stage: StageKind) -> Vec<Need> {
    match stage {
        StageKind::AperturaEconomica => vec![Need::TecnicaFirmada],
        StageKind::Adjudicacion | StageKind::OrdenCompra | StageKind::Suscripcion => vec![Need::SinReclamo],
        _ => Vec::new(),
    }
}

fn shared(stage: StageKind) -> bool {
    stage < StageKind::Integridad && stage != StageKind::Aclaraciones
}

fn why(pack: &RulePack, process: &Process, key: &str) -> String {
    let procedure = process.procedure.abbreviation();
    let closed = match pack.settle::<Vec<String>>("procedimientos_cerrados", None, process.started) {
        Answer::Known(value) => value.value.iter().any(|closed| closed == procedure),
        Answer::Ask { .. } => false,
    };
    let values = [("procedimiento", procedure), ("paquete", pack.id.as_str()), ("clave", key)];
    message(if closed { "stages.plan.closed" } else { "stages.plan.ask" }, &values)
}

/// Returns the name of a stage, in Spanish.
#[must_use]
pub fn name(stage: StageKind) -> String {
    message(&format!("stages.name.{}", stage.key()), &[])
}

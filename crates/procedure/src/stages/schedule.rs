//! The schedule of a process: which of its lines belongs to which stage, by its words; what a person stated stands before.

use super::machine::{LotCourse, StageStatus};
use cotejo_catalogue::message;
use cotejo_domain::course::{StageDate, StageKind};
use cotejo_domain::{LotId, Process, ScheduleStage};
use jiff::civil::DateTime;
use serde::Serialize;

/// Holds a moment of the schedule with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScheduledMoment {
    /// Until when, local time of Ecuador.
    pub at: DateTime,
    /// Where it stands: the line of the pliego's schedule, or who stated it and why.
    pub source: String,
    /// The later moment that the schedule has in case there is a convalidación, while that is not known.
    pub if_cured: Option<DateTime>,
}

/// Names a line of the schedule and its stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScheduledStage {
    /// The stage; `None` for a line that no stage was found for.
    pub stage: Option<StageKind>,
    /// The line as it stands.
    pub line: String,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Its moment.
    pub at: Option<DateTime>,
}

/// Finds the stage that a line of a schedule ends, by its words.
fn stage_of(line: &str, consultancy: bool) -> Option<StageKind> {
    let line = folded(line);
    let has = |words: &[&str]| words.iter().all(|word| line.contains(word));
    // What begins a stage, or asks for something, ends none.
    if has(&["inicio", "puja"]) || has(&["solicitar", "convalidacion"]) || has(&["publicacion"]) {
        return if has(&["solicitar", "convalidacion"]) { Some(StageKind::Integridad) } else { None };
    }
    let found: [(&[&str], StageKind); 17] = [
        (&["respuesta"], StageKind::Respuestas),
        (&["preguntas"], StageKind::Preguntas),
        (&["convalidacion"], StageKind::Convalidacion),
        (&["fin", "puja"], StageKind::Puja),
        (&["negociacion"], StageKind::Negociacion),
        (&["apertura", "economic"], StageKind::AperturaEconomica),
        (&["economica", "inicial"], StageKind::OfertaInicial),
        (&["apertura"], StageKind::Apertura),
        (&["adjudicacion"], StageKind::Adjudicacion),
        (&["recepcion", "oferta"], StageKind::Entrega),
        (&["entrega", "oferta"], StageKind::Entrega),
        (&["presentacion", "oferta"], StageKind::Entrega),
        (&["recepcion", "proforma"], StageKind::Proformas),
        (&["entrega", "proforma"], StageKind::Proformas),
        (&["calificacion"], StageKind::Calificacion),
        (&["evaluacion"], StageKind::Calificacion),
        (&["suscripcion", "contrato"], StageKind::Suscripcion),
    ];
    let stage = found.into_iter().find(|(words, _)| has(words)).map(|(_, stage)| stage)?;
    // Of a consultoría the economic evaluation is another stage than the technical one.
    if consultancy && stage == StageKind::Calificacion && has(&["economic"]) {
        return Some(StageKind::AperturaEconomica);
    }
    Some(stage)
}

fn folded(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            other => other,
        })
        .collect()
}

/// Lists the lines of a schedule with the stage that each ends.
#[must_use]
pub fn scheduled(schedule: &[ScheduleStage], consultancy: bool) -> Vec<ScheduledStage> {
    schedule
        .iter()
        .map(|line| ScheduledStage {
            stage: stage_of(&line.stage, consultancy),
            line: line.stage.clone(),
            code: line.code.clone(),
            at: line.at,
        })
        .collect()
}

/// Returns the moment that is set for a stage in a lot: what a person stated, else the schedule's, else for bids what the process says.
///
/// A schedule may have two moments for what comes after a convalidación (SOCE has them so): the earlier holds where there is none, the later
/// where there is one; while that is not known the earlier is shown with the later beside it.
pub(super) fn moment_of(
    stage: StageKind,
    lot: Option<LotId>,
    lines: &[ScheduledStage],
    dates: &[StageDate],
    process: &Process,
    course: Option<&LotCourse>,
) -> Option<ScheduledMoment> {
    let stated = |of: Option<LotId>| dates.iter().rev().find(|date| date.stage == stage && date.lot == of);
    if let Some(date) = lot.and_then(|lot| stated(Some(lot))).or_else(|| stated(None))
        && let Some(at) = date.due
    {
        let source = message("stages.scheduled.stated", &[("motivo", &date.reason)]);
        return Some(ScheduledMoment { at, source, if_cured: None });
    }
    let mut found: Vec<(DateTime, &ScheduledStage)> = lines
        .iter()
        .filter(|line| line.stage == Some(stage))
        .filter_map(|line| Some((line.at?, line)))
        .collect();
    found.sort_by_key(|(at, _)| *at);
    let (Some((early, first)), Some((late, last))) = (found.first(), found.last()) else {
        let bids = (stage == StageKind::Entrega).then_some(process.bids_due).flatten()?;
        let source = message("stages.scheduled.bids_due", &[]);
        return Some(ScheduledMoment { at: bids, source, if_cured: None });
    };
    let cured = course.and_then(|course| course.state(StageKind::Convalidacion)).map(|state| state.status);
    let source = |line: &ScheduledStage| match &line.code {
        Some(code) => message("stages.scheduled.line", &[("linea", &line.line), ("codigo", code)]),
        None => message("stages.scheduled.uncoded", &[("linea", &line.line)]),
    };
    let after = stage >= StageKind::Calificacion;
    Some(match cured {
        Some(StageStatus::Open | StageStatus::Closed) if after => {
            ScheduledMoment { at: *late, source: source(last), if_cured: None }
        }
        Some(StageStatus::Pending) if after && late > early => {
            ScheduledMoment { at: *early, source: source(first), if_cured: Some(*late) }
        }
        _ => ScheduledMoment { at: *early, source: source(first), if_cured: None },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_soce_find_their_stages() {
        for (line, stage) in [
            ("Fecha de publicación del procedimiento en el portal", None),
            ("Fecha límite para efectuar preguntas", Some(StageKind::Preguntas)),
            ("Fecha límite para emitir respuestas y aclaraciones", Some(StageKind::Respuestas)),
            ("Fecha límite para recepción de las ofertas técnicas", Some(StageKind::Entrega)),
            ("Fecha de apertura de ofertas", Some(StageKind::Apertura)),
            ("Fecha límite calificación técnica de participantes", Some(StageKind::Calificacion)),
            ("Fecha límite para solicitar convalidación de errores", Some(StageKind::Integridad)),
            ("Fecha límite para convalidación de errores", Some(StageKind::Convalidacion)),
            ("Fecha inicio de puja", None),
            ("Fecha fin de puja", Some(StageKind::Puja)),
            ("Fecha estimada de adjudicación", Some(StageKind::Adjudicacion)),
        ] {
            assert_eq!(stage_of(line, false), stage, "{line}");
        }
        assert_eq!(stage_of("Evaluación de la oferta económica", true), Some(StageKind::AperturaEconomica));
        assert_eq!(stage_of("Apertura de la oferta económica", true), Some(StageKind::AperturaEconomica));
    }
}

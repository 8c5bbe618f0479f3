//! The report on how the process was kept to: each line says kept, not kept or not recorded, with the act it rests on and its legal basis.
//!
//! It judges what was recorded, nothing else: what nobody recorded is *not recorded*, never *not done*.

use super::claims::ClaimState;
use super::confidential::{Confidentiality, confidentiality, freed_on};
use super::deadline::{CourseInput, DeadlineState, StageDeadline, StageTerm};
use super::machine::{Guard, LotCourse, StageStatus};
use super::plan::{LimitKind, Need, PlanStage, Scope, StagePlan, name};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    ActSupport, ClaimResult, Constancia, ConstanciaKind, LotEnd, Recipients, RupMoment, RupStatus, StageKind,
    StageMovement,
};
use cotejo_domain::{ActaId, BidId, LotId, ProcedureType};
use cotejo_rules::Answer;
use jiff::civil::DateTime;
use serde::Serialize;

/// Says how a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplianceStatus {
    /// Kept.
    Kept,
    /// Not kept.
    NotKept,
    /// Nothing was recorded of it.
    NotRecorded,
    /// It cannot be said: the pack lacks the value, or the norm can be read both ways.
    Undecided,
    /// Its moment has not come.
    Pending,
    /// It does not apply.
    NotApplicable,
}

/// Names what kind of thing a line rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RestKind {
    /// A recorded act, by its identifier.
    Act,
    /// An acta of the case.
    Acta,
    /// An instrument made elsewhere.
    Instrument,
    /// A kept file, by its SHA-256.
    File,
}

/// Names one thing that a line rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rest {
    /// What kind.
    pub kind: RestKind,
    /// Its identifier or SHA-256; of an instrument its number.
    pub id: String,
    /// Its name, in Spanish.
    pub label: String,
    /// When, local time of Ecuador.
    pub at: Option<DateTime>,
}

/// Holds one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComplianceLine {
    /// What the line is about: `termino`, `cronograma`, `notificacion`, `publicacion`, `rup`, `firma`, `reclamo`, `sobre`, `curso`.
    pub topic: String,
    /// The lot; `None` for the whole process.
    pub lot: Option<LotId>,
    /// The stage.
    pub stage: StageKind,
    /// What had to be done, in Spanish.
    pub what: String,
    /// How it stands.
    pub status: ComplianceStatus,
    /// Why it stands so, in Spanish: the moments, the working.
    pub detail: String,
    /// What it rests on; nothing where nothing was recorded.
    pub rests: Vec<Rest>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What the line rests on that nobody verified.
    pub unverified: Vec<String>,
}

/// Holds the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComplianceReport {
    /// Identifier and version of the pack.
    pub pack: String,
    /// Where the list of stages comes from.
    pub stages_source: String,
    /// Whether somebody verified that list.
    pub stages_verified: bool,
    /// The lines: by lot, in the order of the stages.
    pub lines: Vec<ComplianceLine>,
    /// How many are kept.
    pub kept: u32,
    /// How many are not.
    pub not_kept: u32,
    /// How many were not recorded.
    pub not_recorded: u32,
    /// How many cannot be decided.
    pub undecided: u32,
}

/// Describes an acta of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperState {
    /// The acta.
    pub id: ActaId,
    /// Its name as people know it: kind and number.
    pub label: String,
    /// Who signed it, in order.
    pub signers: Vec<String>,
    /// When it was signed last, local time of Ecuador.
    pub signed: Option<DateTime>,
    /// Whether a rectification of it is open or was made.
    pub rectified: bool,
}

/// Holds what the report is made from.
#[derive(Clone, Copy, Debug)]
pub struct ComplianceInput<'a> {
    /// The stages.
    pub plan: &'a StagePlan,
    /// Where the lots stand.
    pub courses: &'a [LotCourse],
    /// What the lots' movements were judged by, lot by lot in the order of `courses`.
    pub guards: &'a [Guard<'a>],
    /// The deadlines.
    pub deadlines: &'a [StageDeadline],
    /// The claims.
    pub claims: &'a [ClaimState],
    /// Acts, pack, calendar.
    pub input: CourseInput<'a>,
    /// The actas of the case.
    pub papers: &'a [PaperState],
    /// The bids: identifier, bidder, and the numbers whose RUP counts.
    pub bids: &'a [(BidId, String, Vec<String>)],
}

/// Makes the report.
#[must_use]
pub fn compliance(from: &ComplianceInput<'_>) -> ComplianceReport {
    let mut lines = Vec::new();
    for stage in &from.plan.stages {
        for (index, course) in from.courses.iter().enumerate() {
            // What concerns the whole process is said once.
            if stage.scope == Scope::Process && index > 0 {
                continue;
            }
            let report =
                Report { from, stage, course, lot: (stage.scope == Scope::Lot).then_some(course.lot) };
            report.terms(&mut lines);
            report.sealed(&mut lines, from.guards.get(index).copied());
            report.document(&mut lines);
            report.notified(&mut lines);
            report.published(&mut lines);
            report.rup(&mut lines);
        }
    }
    for state in from.claims {
        claim_line(from, state, &mut lines);
    }
    for course in from.courses {
        super::compliance_course::lines(from, course, &mut lines);
    }
    let count =
        |status| u32::try_from(lines.iter().filter(|line| line.status == status).count()).unwrap_or(u32::MAX);
    ComplianceReport {
        pack: format!("{}@{}", from.input.pack.id, from.input.pack.version),
        stages_source: from.plan.source.clone(),
        stages_verified: from.plan.verified,
        kept: count(ComplianceStatus::Kept),
        not_kept: count(ComplianceStatus::NotKept),
        not_recorded: count(ComplianceStatus::NotRecorded),
        undecided: count(ComplianceStatus::Undecided),
        lines,
    }
}

struct Report<'a> {
    from: &'a ComplianceInput<'a>,
    stage: &'a PlanStage,
    course: &'a LotCourse,
    lot: Option<LotId>,
}

pub(super) fn shown(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

pub(super) fn basis(from: &ComplianceInput<'_>, topic: &str) -> (Vec<String>, Vec<String>) {
    match from.input.pack.basis(topic) {
        Answer::Known(value) => {
            let values = [("clave", topic), ("fuente", value.source.as_str())];
            let mark = value.marked().then(|| message("stages.unverified_value", &values));
            (value.value, mark.into_iter().collect())
        }
        Answer::Ask { .. } => (Vec::new(), Vec::new()),
    }
}

/// Lists what an act and its support rest on.
pub(super) fn rests(
    act: Option<(&str, DateTime, String)>,
    support: &ActSupport,
    papers: &[PaperState],
) -> Vec<Rest> {
    let mut all = Vec::new();
    if let Some((id, at, label)) = act {
        all.push(Rest { kind: RestKind::Act, id: id.into(), label, at: Some(at) });
    }
    if let Some(acta) = support.acta {
        let paper = papers.iter().find(|paper| paper.id == acta);
        all.push(Rest {
            kind: RestKind::Acta,
            id: acta.to_string(),
            label: paper.map(|paper| paper.label.clone()).unwrap_or_default(),
            at: paper.and_then(|paper| paper.signed),
        });
    }
    if let Some(instrument) = &support.instrument {
        all.push(Rest {
            kind: RestKind::Instrument,
            id: instrument.number.clone(),
            label: format!("{} {}", instrument.name, instrument.number),
            at: Some(instrument.date.at(0, 0, 0, 0)),
        });
    }
    if let Some(file) = &support.file {
        let (id, label) = (file.sha256.to_string(), file.name.clone());
        all.push(Rest { kind: RestKind::File, id, label, at: None });
    }
    all
}

impl Report<'_> {
    fn status(&self) -> StageStatus {
        self.course.state(self.stage.stage).map_or(StageStatus::Pending, |state| state.status)
    }

    fn line(
        &self,
        topic: &str,
        of: &str,
        what: String,
        status: ComplianceStatus,
        detail: String,
    ) -> ComplianceLine {
        let (legal_basis, unverified) = basis(self.from, of);
        ComplianceLine {
            topic: topic.into(),
            lot: self.lot,
            stage: self.stage.stage,
            what,
            status,
            detail,
            rests: Vec::new(),
            legal_basis,
            unverified,
        }
    }

    fn closing(&self) -> Vec<Rest> {
        let by = self.course.state(self.stage.stage).and_then(|state| state.by.clone());
        let applied = self.course.history.iter().find(|applied| Some(&applied.movement.id) == by.as_ref());
        applied.map_or_else(Vec::new, |applied| {
            let movement = &applied.movement;
            let label = message("stages.report.act", &[("etapa", &name(movement.stage))]);
            rests(Some((&movement.id, movement.when, label)), &movement.support, self.from.papers)
        })
    }

    fn constancias(&self) -> impl Iterator<Item = &Constancia> {
        self.from.input.constancias.iter().filter(|said| {
            !said.withdrawn
                && said.stage == self.stage.stage
                && (said.lot.is_none() || self.lot.is_none() || said.lot == self.lot)
        })
    }

    fn terms(&self, lines: &mut Vec<ComplianceLine>) {
        let found = self
            .from
            .deadlines
            .iter()
            .find(|deadline| deadline.stage == self.stage.stage && deadline.lot == self.lot);
        let Some(deadline) = found else { return };
        let stage = name(self.stage.stage);
        if let Some(scheduled) = &deadline.scheduled {
            let status = status_of(deadline.state);
            let mut detail = vec![
                scheduled.source.clone(),
                message("stages.report.due", &[("fecha", &shown(scheduled.at))]),
            ];
            detail.extend(
                deadline.ended.map(|ended| message("stages.report.done", &[("fecha", &shown(ended))])),
            );
            detail.extend(deadline.remarks.iter().cloned());
            let what = message("stages.report.schedule", &[("etapa", &stage)]);
            let mut line = self.line("cronograma", "cronograma", what, status, detail.join(" "));
            if deadline.ended.is_some() {
                line.rests = self.closing();
            }
            lines.push(line);
        }
        for term in &deadline.terms {
            let what = message(&format!("stages.report.term.{}", kind_key(term.kind)), &[("etapa", &stage)]);
            let mut line = self.line("termino", &self.stage.base, what, status_of(term.state), working(term));
            line.unverified.extend(deadline.unverified.iter().cloned());
            line.unverified.sort();
            line.unverified.dedup();
            if matches!(term.kind, LimitKind::Publish) {
                line.rests = self.publication().map(|said| self.rest_of(said)).unwrap_or_default();
            } else if deadline.ended.is_some() {
                line.rests = self.closing();
            }
            lines.push(line);
        }
    }

    fn rest_of(&self, said: &Constancia) -> Vec<Rest> {
        let label =
            message("stages.report.constancia", &[("documento", &said.document), ("persona", &said.by)]);
        rests(Some((&said.id, said.when, label)), &said.support, self.from.papers)
    }

    fn publication(&self) -> Option<&Constancia> {
        self.constancias().find(|said| matches!(said.kind, ConstanciaKind::Publication { .. }))
    }

    /// What a stage that ended owes; before it ended nothing is missing yet.
    fn owed(&self) -> Option<ComplianceStatus> {
        match self.status() {
            StageStatus::Closed => None,
            StageStatus::Omitted => Some(ComplianceStatus::NotApplicable),
            _ => Some(ComplianceStatus::Pending),
        }
    }

    fn published(&self, lines: &mut Vec<ComplianceLine>) {
        if !self.stage.publish {
            return;
        }
        let what = message("stages.report.published", &[("documento", &self.document_name())]);
        let found = self.publication();
        let (status, why) = match (self.held_back(), found, self.owed()) {
            (Some(early), ..) => early,
            (None, Some(_), _) => (ComplianceStatus::Kept, String::new()),
            (None, None, Some(status)) => (status, String::new()),
            (None, None, None) => (ComplianceStatus::NotRecorded, String::new()),
        };
        let detail = found.map_or_else(String::new, |said| match &said.kind {
            ConstanciaKind::Publication { place } => {
                message("stages.report.published_in", &[("lugar", place), ("fecha", &shown(said.when))])
            }
            _ => String::new(),
        });
        let detail = [detail, why].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let mut line = self.line("publicacion", "publicacion", what, status, detail);
        line.rests = found.map(|said| self.rest_of(said)).unwrap_or_default();
        if self.confidential() {
            let (legal_basis, unverified) = basis(self.from, "confidencialidad");
            line.legal_basis.extend(legal_basis);
            line.unverified.extend(unverified);
        }
        lines.push(line);
    }

    /// What is said of qualification in a subasta inversa is published once the puja is over (RGL 262).
    fn confidential(&self) -> bool {
        self.stage.stage == StageKind::Calificacion && self.from.input.process.procedure == ProcedureType::Sie
    }

    /// Says how a publication stands that the norm holds back, or held back when it was made; `None` where it does not.
    fn held_back(&self) -> Option<(ComplianceStatus, String)> {
        if !self.confidential() {
            return None;
        }
        let input = &self.from.input;
        let now = confidentiality(input.pack, input.process, Some(self.course));
        let freed = freed_on(self.course);
        let published = self.publication().map(|said| said.when);
        let early = published.is_some_and(|at| freed.is_none_or(|freed| at < freed));
        match (now, published) {
            (Confidentiality::Held { reason, .. }, None) => Some((ComplianceStatus::Pending, reason)),
            (Confidentiality::Held { reason, .. }, Some(_)) => Some((ComplianceStatus::NotKept, reason)),
            (Confidentiality::Ask { reason, .. }, Some(_)) => Some((ComplianceStatus::Undecided, reason)),
            (Confidentiality::Ask { reason, .. }, None) => Some((ComplianceStatus::Pending, reason)),
            (Confidentiality::Open, Some(_)) if early => {
                let held = confidentiality(input.pack, input.process, None);
                let status = match held {
                    Confidentiality::Held { .. } => ComplianceStatus::NotKept,
                    _ => ComplianceStatus::Undecided,
                };
                Some((status, message("stages.report.published_early", &[])))
            }
            (Confidentiality::Open, _) => None,
        }
    }

    fn document_name(&self) -> String {
        let key = self.stage.document.clone().unwrap_or_else(|| self.stage.stage.key().to_owned());
        let sentence = format!("stages.document.{key}");
        if cotejo_catalogue::exists(&sentence) { message(&sentence, &[]) } else { name(self.stage.stage) }
    }

    /// A notification that reached everybody among constancias, and the first of any.
    fn told<'b>(&self, said: &[&'b Constancia]) -> (Option<&'b Constancia>, Option<&'b Constancia>) {
        let to_all = said.iter().find(|said| match &said.kind {
            ConstanciaKind::Notification { recipients: Recipients::All } => true,
            ConstanciaKind::Notification { recipients: Recipients::Some(bids) } => self.covers(bids),
            _ => false,
        });
        (to_all.copied(), said.first().copied())
    }

    fn covers(&self, bids: &[BidId]) -> bool {
        let everybody = self.from.bids;
        everybody.iter().all(|(bid, ..)| bids.contains(bid)) && !everybody.is_empty()
    }

    fn notifications(&self) -> Vec<&Constancia> {
        let all = self.constancias();
        all.filter(|said| matches!(said.kind, ConstanciaKind::Notification { .. })).collect()
    }

    fn notified(&self, lines: &mut Vec<ComplianceLine>) {
        if self.stage.stage == StageKind::Integridad {
            self.requests_notified(lines);
        }
        if !self.stage.notify {
            return;
        }
        let what = message("stages.report.notified", &[("etapa", &name(self.stage.stage))]);
        let (status, detail, found) = match (self.told(&self.notifications()), self.owed()) {
            ((Some(said), _), _) => (ComplianceStatus::Kept, shown(said.when), self.rest_of(said)),
            ((None, Some(said)), _) => {
                (ComplianceStatus::NotKept, message("stages.report.not_all", &[]), self.rest_of(said))
            }
            ((None, None), Some(status)) => (status, String::new(), Vec::new()),
            ((None, None), None) => (ComplianceStatus::NotRecorded, String::new(), Vec::new()),
        };
        let mut line = self.line("notificacion", "notificacion", what, status, detail);
        line.rests = found;
        lines.push(line);
    }

    /// That the requests of a convalidación were notified to all is a line of its own: telling the results later does not stand for it.
    fn requests_notified(&self, lines: &mut Vec<ComplianceLine>) {
        if !self.from.plan.has(StageKind::Convalidacion) {
            return;
        }
        let cured = self.course.state(StageKind::Convalidacion).map(|state| state.status);
        let requests = self.from.input.notified.iter().filter(|notified| Some(notified.lot) == self.lot);
        let cure = requests.max_by_key(|notified| notified.number);
        let what = message("stages.report.notified_requests", &[]);
        let (to_all, any) = self.told(&self.notifications());
        let (status, detail, found) = match (to_all, cure, any) {
            (Some(said), _, _) => (ComplianceStatus::Kept, shown(said.when), self.rest_of(said)),
            (None, Some(cure), _) => {
                let whole = self.covers(&cure.bids);
                let status = if whole { ComplianceStatus::Kept } else { ComplianceStatus::NotKept };
                let missing = if whole { String::new() } else { message("stages.report.not_all", &[]) };
                let label = message("stages.report.cure_notified", &[("canal", &cure.channel)]);
                let id = format!("{}:{}", cure.lot, cure.number);
                let rest = Rest { kind: RestKind::Act, id, label, at: Some(cure.notified) };
                (status, format!("{} {missing}", shown(cure.notified)).trim().to_owned(), vec![rest])
            }
            (None, None, Some(said)) => {
                (ComplianceStatus::NotKept, message("stages.report.not_all", &[]), self.rest_of(said))
            }
            (None, None, None) => {
                let status = match cured {
                    Some(StageStatus::Closed) => ComplianceStatus::NotRecorded,
                    Some(StageStatus::Omitted) => ComplianceStatus::NotApplicable,
                    _ => ComplianceStatus::Pending,
                };
                (status, String::new(), Vec::new())
            }
        };
        let mut line = self.line("notificacion", "notificacion", what, status, detail);
        line.rests = found;
        lines.push(line);
    }

    fn document(&self, lines: &mut Vec<ComplianceLine>) {
        if self.stage.document.is_none() {
            return;
        }
        let what = message("stages.report.signed", &[("documento", &self.document_name())]);
        let mut rested = self.closing();
        let acta = rested.iter().find(|rest| rest.kind == RestKind::Acta).map(|rest| rest.id.clone());
        let paper = self.from.papers.iter().find(|paper| Some(paper.id.to_string()) == acta);
        let elsewhere = self
            .constancias()
            .find(|said| said.kind == ConstanciaKind::SignedElsewhere && said.support.file.is_some());
        let (status, detail) = match (self.owed(), paper, elsewhere) {
            (Some(status), ..) => {
                rested.clear();
                (status, String::new())
            }
            (None, Some(paper), _) if !paper.signers.is_empty() => {
                let mut detail =
                    message("stages.report.signed_by", &[("personas", &paper.signers.join(", "))]);
                if paper.rectified || self.rectified() {
                    detail.push(' ');
                    detail.push_str(&message("stages.report.rectified", &[]));
                }
                (ComplianceStatus::Kept, detail)
            }
            (None, _, Some(said)) => {
                rested.extend(self.rest_of(said));
                (ComplianceStatus::Kept, message("stages.report.signed_elsewhere", &[("persona", &said.by)]))
            }
            (None, Some(_), None) => (ComplianceStatus::NotKept, message("stages.report.unsigned", &[])),
            (None, None, None) => (ComplianceStatus::NotRecorded, String::new()),
        };
        let mut line = self.line("firma", "firma_actas", what, status, detail);
        line.rests = rested;
        lines.push(line);
    }

    fn rectified(&self) -> bool {
        self.course.history.iter().any(|applied| {
            applied.movement.stage == self.stage.stage
                && matches!(applied.movement.movement, StageMovement::Rectified { .. })
        })
    }

    fn rup(&self, lines: &mut Vec<ComplianceLine>) {
        let Some(moment) = self.stage.rup else { return };
        let pack = self.from.input.pack;
        let started = self.from.input.process.started;
        let exempt = pack.settle::<Vec<String>>("rup_no_requerido", None, started).known();
        let own = procedure_key(self.from.input.process.procedure);
        if exempt.is_some_and(|exempt| own.is_some_and(|own| exempt.value.iter().any(|listed| listed == own)))
        {
            let what = message("stages.report.rup", &[("momento", &name(self.stage.stage)), ("nombre", "")]);
            let status = ComplianceStatus::NotApplicable;
            lines.push(self.line("rup", "rup", what, status, message("stages.report.rup_exempt", &[])));
            return;
        }
        let asked = match pack.settle::<Vec<String>>("rup_check_moments", None, started) {
            Answer::Known(moments) => {
                if !moments.value.iter().any(|listed| listed == moment.key()) {
                    return;
                }
                None
            }
            Answer::Ask { parameter } => Some(parameter),
        };
        let consulted: Vec<&Constancia> = self
            .from
            .input
            .constancias
            .iter()
            .filter(|said| {
                !said.withdrawn && (said.lot.is_none() || self.lot.is_none() || said.lot == self.lot)
            })
            .filter(|said| matches!(&said.kind, ConstanciaKind::Rup { moment: of, .. } if *of == moment))
            .collect();
        if moment == RupMoment::Apertura {
            for (id, bidder, numbers) in self.from.bids {
                for number in numbers {
                    let of_it = consulted.iter().filter(|said| rup_number(said) == Some(number.as_str()));
                    let whom = format!("{bidder} ({number})");
                    lines.push(self.rup_line(&whom, of_it.copied().last(), asked.as_deref()));
                }
                if numbers.is_empty() {
                    // No paper told its number: only a consultation that names the bid is of it.
                    let of_it = consulted.iter().filter(|said| rup_bid(said) == Some(*id));
                    lines.push(self.rup_line(bidder, of_it.copied().last(), asked.as_deref()));
                }
            }
            let known = |said: &&&Constancia| {
                let number = rup_number(said).unwrap_or_default();
                let listed = |numbers: &Vec<String>| numbers.iter().any(|listed| listed == number);
                self.from.bids.iter().any(|(id, _, numbers)| listed(numbers) || rup_bid(said) == Some(*id))
            };
            for said in consulted.iter().filter(|said| !known(said)) {
                let number = rup_number(said).unwrap_or_default().to_owned();
                lines.push(self.rup_line(&number, Some(said), asked.as_deref()));
            }
            if self.from.bids.is_empty() && self.owed().is_some() {
                lines.push(self.rup_line("", None, asked.as_deref()));
            }
            return;
        }
        // At award and contract only whom it is about is consulted; who that is, is what the constancia says.
        match consulted.last() {
            Some(said) => {
                let of = rup_number(said).unwrap_or_default().to_owned();
                lines.push(self.rup_line(&of, Some(said), asked.as_deref()));
            }
            None if self.course.end == Some(LotEnd::Desierto)
                || self.course.end == Some(LotEnd::Cancelado) =>
            {
                let what =
                    message("stages.report.rup", &[("momento", &name(self.stage.stage)), ("nombre", "")]);
                lines.push(self.line("rup", "rup", what, ComplianceStatus::NotApplicable, String::new()));
            }
            None => lines.push(self.rup_line("", None, asked.as_deref())),
        }
    }

    fn rup_line(&self, whom: &str, said: Option<&Constancia>, asked: Option<&str>) -> ComplianceLine {
        let what = message("stages.report.rup", &[("momento", &name(self.stage.stage)), ("nombre", whom)]);
        let state = self.course.state(self.stage.stage);
        let on = state.and_then(|state| state.opened.or(state.closed)).map(DateTime::date);
        let (status, detail) = match (said, self.owed()) {
            (Some(said), _) => {
                let answer = match &said.kind {
                    ConstanciaKind::Rup { status, .. } => *status,
                    _ => RupStatus::SinRespuesta,
                };
                let key = match answer {
                    RupStatus::Habilitado => "stages.rup.habilitado",
                    RupStatus::NoHabilitado => "stages.rup.no_habilitado",
                    RupStatus::SinRespuesta => "stages.rup.sin_respuesta",
                };
                let mut detail = format!("{} {}", shown(said.when), message(key, &[]));
                let other_day = on.is_some_and(|on| on != said.when.date());
                if other_day {
                    let on = on.map(|on| on.to_string()).unwrap_or_default();
                    detail.push(' ');
                    detail.push_str(&message("stages.report.rup_other_day", &[("fecha", &on)]));
                }
                let status = match (answer, asked) {
                    (RupStatus::SinRespuesta, _) => ComplianceStatus::NotRecorded,
                    _ if other_day => ComplianceStatus::Undecided,
                    _ => ComplianceStatus::Kept,
                };
                (status, detail)
            }
            (None, Some(status)) => (status, String::new()),
            (None, None) => match asked {
                Some(parameter) => {
                    (ComplianceStatus::Undecided, message("stages.term.ask", &[("clave", parameter)]))
                }
                None => (ComplianceStatus::NotRecorded, String::new()),
            },
        };
        let mut line = self.line("rup", "rup", what, status, detail);
        line.rests = said.map(|said| self.rest_of(said)).unwrap_or_default();
        line
    }

    /// The economic envelopes were opened after the technical result had been signed.
    fn sealed(&self, lines: &mut Vec<ComplianceLine>, guard: Option<Guard<'_>>) {
        if !self.stage.needs.contains(&Need::TecnicaFirmada) {
            return;
        }
        let what = message("stages.report.sealed", &[]);
        let begun = matches!(self.status(), StageStatus::Open | StageStatus::Closed);
        let status = match (begun, guard) {
            (true, Some(guard)) if self.course.technical_result_signed(guard) => ComplianceStatus::Kept,
            (true, _) => ComplianceStatus::NotKept,
            (false, _) => self.owed().unwrap_or(ComplianceStatus::Pending),
        };
        let mut line = self.line("sobre", &self.stage.base, what, status, String::new());
        if begun {
            line.rests = self.closing();
        }
        lines.push(line);
    }
}

fn rup_number(said: &Constancia) -> Option<&str> {
    match &said.kind {
        ConstanciaKind::Rup { ruc, .. } => Some(ruc),
        _ => None,
    }
}

fn rup_bid(said: &Constancia) -> Option<BidId> {
    match &said.kind {
        ConstanciaKind::Rup { bid, .. } => *bid,
        _ => None,
    }
}

/// The word that packs have for a procedure in the list of those that need no RUP.
fn procedure_key(procedure: ProcedureType) -> Option<&'static str> {
    (procedure == ProcedureType::Infima).then_some("infima")
}

fn kind_key(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::Min => "min",
        LimitKind::Max => "max",
        LimitKind::Between => "between",
        LimitKind::Offset => "offset",
        LimitKind::NotBefore => "not_before",
        LimitKind::Publish => "publish",
    }
}

fn status_of(state: DeadlineState) -> ComplianceStatus {
    match state {
        DeadlineState::Kept => ComplianceStatus::Kept,
        DeadlineState::Late | DeadlineState::Early => ComplianceStatus::NotKept,
        DeadlineState::Overdue => ComplianceStatus::NotRecorded,
        DeadlineState::Ask | DeadlineState::Undecided => ComplianceStatus::Undecided,
        DeadlineState::Upcoming | DeadlineState::Today | DeadlineState::NoDate => ComplianceStatus::Pending,
        DeadlineState::NotApplicable => ComplianceStatus::NotApplicable,
    }
}

/// Tells a term with its count, in Spanish.
fn working(term: &StageTerm) -> String {
    let mut text: Vec<String> = Vec::new();
    if let Some(at) = term.from_at {
        text.push(message("stages.report.counted_from", &[("etapa", &term.from), ("fecha", &shown(at))]));
    }
    let bounds = [
        ("stages.report.earliest", &term.working_earliest, term.earliest),
        ("stages.report.latest", &term.working_latest, term.latest),
    ];
    for (key, counted, at) in bounds {
        if let Some(at) = at {
            let days = counted.as_ref().map(|counted| counted.days_asked.to_string()).unwrap_or_default();
            text.push(message(key, &[("fecha", &shown(at)), ("dias", &days)]));
        }
    }
    if !term.norm.source.is_empty() {
        text.push(message("stages.report.source", &[("fuente", &term.norm.source)]));
    }
    text.extend(term.remarks.iter().cloned());
    text.join(" ")
}

fn claim_line(from: &ComplianceInput<'_>, state: &ClaimState, lines: &mut Vec<ComplianceLine>) {
    let claim = &state.claim;
    let due = state.answer_due.as_ref().map(|due| from.input.end_of(due.due));
    let (status, detail) = match (&state.answer, due) {
        (Some(answer), Some(due)) if answer.when.date() > due.date() => {
            (ComplianceStatus::NotKept, message("stages.report.claim_late", &[("fecha", &shown(due))]))
        }
        (Some(answer), _) => (ComplianceStatus::Kept, shown(answer.when)),
        (None, Some(due)) if due < from.input.now => {
            (ComplianceStatus::NotRecorded, message("stages.report.claim_late", &[("fecha", &shown(due))]))
        }
        (None, Some(due)) => {
            (ComplianceStatus::Pending, message("stages.report.due", &[("fecha", &shown(due))]))
        }
        (None, None) => (ComplianceStatus::Pending, message("stages.report.claim_no_term", &[])),
    };
    let label = message("stages.report.claim_by", &[("nombre", &claim.claimant)]);
    let mut rested = rests(Some((&claim.id, claim.filed, label.clone())), &claim.support, from.papers);
    if let Some(answer) = &state.answer {
        rested.extend(rests(Some((&claim.id, answer.when, label)), &answer.support, from.papers));
    }
    let (legal_basis, unverified) = basis(from, "reclamo");
    let line = |what: String, status, detail: String, rests: Vec<Rest>| ComplianceLine {
        topic: "reclamo".into(),
        lot: claim.lot,
        stage: claim.stage,
        what,
        status,
        detail,
        rests,
        legal_basis: legal_basis.clone(),
        unverified: unverified.clone(),
    };
    let what = message("stages.report.claim", &[("nombre", &claim.claimant), ("etapa", &name(claim.stage))]);
    lines.push(line(what, status, detail, rested.clone()));
    let accepted = state.answer.as_ref().map(|answer| answer.result);
    if let Some(ClaimResult::Accepted { back_to: Some(stage) }) = accepted {
        let done = state.to_execute.is_none();
        let status = if done { ComplianceStatus::Kept } else { ComplianceStatus::NotRecorded };
        let what = message("stages.report.claim_executed", &[("etapa", &name(stage))]);
        lines.push(line(what, status, String::new(), rested));
    }
}

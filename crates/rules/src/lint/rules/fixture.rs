//! Drafts for the tests of the lint.

use super::super::{Draft, LintFinding, Statement, lint};
use crate::RulePack;
use crate::checks::fixture::{Fixture, money};
use cotejo_domain::{
    Pliego, ProcedureType, Requirement, RequirementId, RequirementKind, RequirementSource, ScheduleStage,
    Subject,
};

/// A draft under construction.
pub(crate) struct DraftFixture {
    pub(crate) pliego: Pliego,
    statements: Vec<Statement>,
    pack: &'static RulePack,
}

impl DraftFixture {
    pub(crate) fn new(start: &str, procedure: ProcedureType) -> Self {
        let mut pliego = Fixture::new(start).pliego;
        pliego.process.procedure = procedure;
        let pack = RulePack::for_start(start.parse().expect("a day")).expect("a pack");
        Self { pliego, statements: Vec::new(), pack }
    }

    pub(crate) fn budget(mut self, amount: &str) -> Self {
        self.pliego.process.budget = Some(money(amount));
        self
    }

    fn push(mut self, kind: RequirementKind, subject: Subject, text: &str, points: Option<&str>) -> Self {
        let number = self.pliego.requirements.len() + 1;
        self.pliego.requirements.push(Requirement {
            id: RequirementId(format!("R-{number}")),
            lot: None,
            kind,
            text: text.into(),
            points: points.map(|points| points.parse().expect("points")),
            subject,
            source: if matches!(kind, RequirementKind::Puntaje) {
                RequirementSource::ByHand
            } else {
                RequirementSource::page(4)
            },
        });
        self
    }

    pub(crate) fn ask(self, subject: Subject) -> Self {
        self.push(RequirementKind::Minimo, subject, "requisito", None)
    }

    pub(crate) fn ask_as(self, kind: RequirementKind, subject: Subject, text: &str) -> Self {
        self.push(kind, subject, text, None)
    }

    pub(crate) fn score(self, parameter: &str, points: &str) -> Self {
        let number = self.pliego.requirements.len() + 1;
        let subject = Subject::Score { parameter: format!("{parameter} {number}") };
        self.push(RequirementKind::Puntaje, subject, parameter, Some(points))
    }

    pub(crate) fn say(mut self, text: &str) -> Self {
        self.statements.push(Statement { text: text.into(), source: RequirementSource::page(7) });
        self
    }

    pub(crate) fn stage(mut self, name: &str, day: &str) -> Self {
        let at = day.parse::<jiff::civil::Date>().expect("a day").at(17, 0, 0, 0);
        self.pliego.schedule.push(ScheduleStage { code: None, stage: name.into(), at: Some(at) });
        self
    }

    /// Returns what a rule finds.
    pub(crate) fn found(&self, code: &str) -> Vec<LintFinding> {
        let draft = Draft { pliego: &self.pliego, statements: &self.statements, pack: self.pack };
        lint(&draft).into_iter().filter(|finding| finding.code == code).collect()
    }
}

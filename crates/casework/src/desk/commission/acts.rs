//! The acts of the commission that hold, by kind.

use crate::CaseworkError;
use cotejo_domain::course::{
    CommissionAgreement, CourseAct, Declaration, Dissent, EvidenceOpening, Impediment, IndicioDismissal,
    KinshipAnswer, PointAnswer, SampleChecked, SampleDrawn, SigningRefusal, SubcommissionAnswer,
    SubcommissionReport, TreatmentAnswer,
};
use cotejo_domain::{BidId, MemberId, RequirementId};
use cotejo_store::Case;
use std::collections::BTreeSet;

/// Holds what was recorded and not undone.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommissionActs {
    pub(crate) dismissals: Vec<IndicioDismissal>,
    pub(crate) answers: Vec<PointAnswer>,
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) kinships: Vec<KinshipAnswer>,
    pub(crate) impediments: Vec<Impediment>,
    pub(crate) agreements: Vec<CommissionAgreement>,
    pub(crate) dissents: Vec<Dissent>,
    pub(crate) refusals: Vec<SigningRefusal>,
    pub(crate) reports: Vec<SubcommissionReport>,
    pub(crate) report_answers: Vec<SubcommissionAnswer>,
    pub(crate) openings: Vec<EvidenceOpening>,
    pub(crate) samples: Vec<SampleDrawn>,
    pub(crate) checks: Vec<SampleChecked>,
    pub(crate) treatments: Vec<TreatmentAnswer>,
    /// All acts of the course, those of others included.
    pub(crate) all: Vec<CourseAct>,
}

impl CommissionActs {
    pub(crate) async fn of(case: &Case) -> Result<Self, CaseworkError> {
        let mut found = Self::default();
        for (_, act) in case.course_acts().await? {
            match act.clone() {
                CourseAct::IndicioDismissed(said) => found.dismissals.push(said),
                CourseAct::PointAnswered(said) => found.answers.push(said),
                CourseAct::DeclarationMade(said) => found.declarations.push(said),
                CourseAct::KinshipAnswered(said) => found.kinships.push(said),
                CourseAct::ImpedimentRecorded(said) => found.impediments.push(said),
                CourseAct::AgreementRecorded(said) => found.agreements.push(said),
                CourseAct::DissentRecorded(said) => found.dissents.push(said),
                CourseAct::SigningRefused(said) => found.refusals.push(said),
                CourseAct::SubcommissionReported(said) => found.reports.push(said),
                CourseAct::SubcommissionAnswered(said) => found.report_answers.push(said),
                CourseAct::EvidenceOpened(said) => found.openings.push(said),
                CourseAct::SampleDrawn(said) => found.samples.push(said),
                CourseAct::SampleChecked(said) => found.checks.push(said),
                CourseAct::TreatmentAnswered(said) => found.treatments.push(said),
                _ => {}
            }
            found.all.push(act);
        }
        found.samples.sort_by_key(|sample| sample.number);
        Ok(found)
    }

    /// Lists the members who no longer act.
    pub(crate) fn removed(&self) -> BTreeSet<MemberId> {
        cotejo_procedure::commission::impediments::removed(&self.impediments)
    }

    /// Returns what was agreed on a cell.
    pub(crate) fn agreement(&self, requirement: &RequirementId, bid: BidId) -> Option<&CommissionAgreement> {
        let of = |one: &&CommissionAgreement| one.requirement == *requirement && one.bid == bid;
        self.agreements.iter().rev().find(of)
    }

    /// Returns the reasons of a member's dissent on a cell; empty where none are recorded.
    pub(crate) fn dissent(&self, requirement: &RequirementId, bid: BidId, member: MemberId) -> &str {
        let of = |one: &&Dissent| one.requirement == *requirement && one.bid == bid && one.member == member;
        self.dissents.iter().rev().find(of).map_or("", |one| one.reasons.as_str())
    }
}

//! The report on compliance of a case.

use super::Gathered;
use super::support::shown;
use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{ComplianceLineView, ComplianceView, RestView};
use cotejo_catalogue::message;
use cotejo_procedure::stages::{ComplianceLine, ComplianceStatus, RestKind, stage_name};

impl Desk {
    /// Reports whether the process kept to its terms, notifications, publications, consultations and signatures.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when the case has no pack, or nobody says which stages there are.
    pub async fn compliance(&self, case: &str) -> Result<ComplianceView, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let report = gathered.compliance()?;
        Ok(ComplianceView {
            pack: report.pack,
            stages_source: report.stages_source,
            stages_verified: report.stages_verified,
            kept: report.kept,
            not_kept: report.not_kept,
            not_recorded: report.not_recorded,
            undecided: report.undecided,
            lines: report.lines.iter().map(|line| line_view(&gathered, line)).collect(),
        })
    }
}

fn line_view(gathered: &Gathered, line: &ComplianceLine) -> ComplianceLineView {
    let status = match line.status {
        ComplianceStatus::Kept => "kept",
        ComplianceStatus::NotKept => "not_kept",
        ComplianceStatus::NotRecorded => "not_recorded",
        ComplianceStatus::Undecided => "undecided",
        ComplianceStatus::Pending => "pending",
        ComplianceStatus::NotApplicable => "not_applicable",
    };
    ComplianceLineView {
        topic: line.topic.clone(),
        lot: line.lot.map(|lot| gathered.lot_name(lot)),
        stage: line.stage.key().into(),
        stage_name: stage_name(line.stage),
        what: line.what.clone(),
        status: status.into(),
        status_text: message(&format!("stages.compliance.{status}"), &[]),
        detail: line.detail.clone(),
        rests: line
            .rests
            .iter()
            .map(|rest| RestView {
                kind: match rest.kind {
                    RestKind::Act => "act",
                    RestKind::Acta => "acta",
                    RestKind::Instrument => "instrument",
                    RestKind::File => "file",
                }
                .into(),
                id: rest.id.clone(),
                label: rest.label.clone(),
                at: rest.at.map(shown),
            })
            .collect(),
        legal_basis: line.legal_basis.clone(),
        unverified: line.unverified.clone(),
    }
}

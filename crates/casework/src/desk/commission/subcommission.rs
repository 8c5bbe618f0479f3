//! The report of a subcommission and what the commission makes of each of its points.

use super::super::Desk;
use super::super::open_case::OpenCase;
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{PointHandlingView, ReportDraft, ReportPointView, ReportView, ReportsView};
use cotejo_domain::RequirementId;
use cotejo_domain::course::{
    CourseAct, PointHandling, SubcommissionAnswer, SubcommissionPoint, SubcommissionReport,
};
use cotejo_procedure::commission::subcommission;
use std::collections::BTreeSet;

impl Desk {
    /// Shows the reports of subcommissions, point by point.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn subcommission_reports(&self, case: &str) -> Result<ReportsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.reports_view(&open).await
    }

    /// Records a report; with the identifier of one it takes its place, and what was said of points that changed no longer holds.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when a point has no text or a number stands twice.
    pub async fn record_report(&self, case: &str, draft: &ReportDraft) -> Result<ReportsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        let judgement = open.judgement().await?;
        let acts = CommissionActs::of(&open.case).await?;
        let known = draft.id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        if let Some(id) = known
            && !acts.reports.iter().any(|report| report.id == id)
        {
            return Err(super::unknown("commission.subcommission.unknown", id));
        }
        let mut numbers = BTreeSet::new();
        let mut points = Vec::new();
        for point in &draft.points {
            if point.text.trim().is_empty() || !numbers.insert(point.number) {
                return Err(super::refuse("commission.subcommission.repeated", point.number.to_string()));
            }
            let requirement = point.requirement.as_ref().map(|id| RequirementId(id.clone()));
            if let Some(id) = &requirement
                && judgement.requirement(id).is_none()
            {
                return Err(super::unknown("casework.no_such_cell", id.to_string()));
            }
            let bid = match point.bid {
                None => None,
                Some(number) => {
                    let found = judgement.bids.iter().find(|bid| bid.number == number);
                    let none = || super::unknown("casework.no_such_cell", number.to_string());
                    Some(found.ok_or_else(none)?.bid.id)
                }
            };
            points.push(SubcommissionPoint {
                number: point.number,
                text: point.text.trim().to_owned(),
                requirement,
                bid,
            });
        }
        // Changing the words of a report does not take its signed paper away.
        let kept = acts.reports.iter().find(|report| Some(report.id.as_str()) == known);
        let kept = kept.and_then(|report| report.document);
        let document = self.paper(&open, draft.document.as_deref()).await?.or(kept);
        let bad = |_| super::refuse("casework.session.bad_date", draft.date.clone());
        let act = SubcommissionReport {
            id: known.map_or_else(|| self.new_uuid().to_string(), str::to_owned),
            number: draft.number.trim().to_owned(),
            date: draft.date.trim().parse().map_err(bad)?,
            signed_by: draft.signed_by.iter().map(|name| name.trim().to_owned()).collect(),
            document,
            points,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::SubcommissionReported(act)).await?;
        self.reports_view(&open).await
    }

    /// Endorses or corrects a point of a report; `handling` `None` opens it again.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] for a correction without reasons, [`cotejo_domain::Code::NotFound`] when there is no such report.
    pub async fn answer_report(
        &self,
        case: &str,
        report: &str,
        number: u32,
        handling: Option<PointHandlingView>,
        reasons: &str,
    ) -> Result<ReportsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let known = acts.reports.iter().find(|known| known.id == report);
        let known = known.ok_or_else(|| super::unknown("commission.subcommission.unknown", report))?;
        let handling = handling.map(|handling| match handling {
            PointHandlingView::Endorsed => PointHandling::Endorsed,
            PointHandlingView::Corrected => PointHandling::Corrected,
        });
        let point = subcommission::check(known, number, handling, reasons)
            .map_err(|fault| super::refuse(fault.key(), number.to_string()))?;
        let act = SubcommissionAnswer {
            report: report.to_owned(),
            number,
            handling,
            over: subcommission::digest(point),
            reasons: reasons.trim().to_owned(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::SubcommissionAnswered(act)).await?;
        self.reports_view(&open).await
    }

    async fn reports_view(&self, open: &OpenCase) -> Result<ReportsView, CaseworkError> {
        let judgement = open.judgement().await?;
        let acts = CommissionActs::of(&open.case).await?;
        let reports = acts.reports.iter().map(|report| {
            let states = subcommission::points(report, &acts.report_answers);
            let points = report.points.iter().zip(states).map(|(point, state)| ReportPointView {
                number: point.number,
                text: point.text.clone(),
                requirement: point.requirement.as_ref().map(ToString::to_string),
                bid: point.bid.and_then(|bid| judgement.bid(bid)).map(|bid| bid.number),
                handling: state.handling.map(|handling| match handling {
                    PointHandling::Endorsed => PointHandlingView::Endorsed,
                    PointHandling::Corrected => PointHandlingView::Corrected,
                }),
                reasons: state.reasons,
            });
            let points: Vec<ReportPointView> = points.collect();
            ReportView {
                id: report.id.clone(),
                number: report.number.clone(),
                date: report.date.to_string(),
                signed_by: report.signed_by.clone(),
                document: report.document.map(|hash| hash.to_string()),
                open: u32::try_from(points.iter().filter(|point| point.handling.is_none()).count())
                    .unwrap_or(u32::MAX),
                points,
            }
        });
        Ok(ReportsView { reports: reports.collect() })
    }
}

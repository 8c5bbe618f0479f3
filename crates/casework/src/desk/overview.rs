//! The list of cases and the cover of one.

use super::decisions::History;
use super::judgement::Judgement;
use super::matrix::Decided;
use super::open_case::OpenCase;
use super::{Desk, cell, labels};
use crate::CaseworkError;
use crate::view::{
    CaseCounts, CaseSummary, CaseView, ChainHead, FindingView, MemberView, PackView, StageState, StageView,
};
use cotejo_catalogue::message;
use cotejo_rules::RulePack;
use cotejo_store::ActaState;

impl Desk {
    /// Lists the cases, the last opened first.
    ///
    /// # Errors
    /// When the data folder cannot be read.
    pub async fn list_cases(&self) -> Result<Vec<CaseSummary>, CaseworkError> {
        let mut list = Vec::new();
        for known in self.profile.list_cases().await? {
            let id = known.id.to_string();
            let summary = match self.opened(&id).await {
                Ok(open) => self.summary(&open).await,
                Err(error) => Err(error),
            };
            list.push(summary.unwrap_or_else(|error| CaseSummary {
                id,
                code: known.process_code.clone().or_else(|| known.name.clone()),
                object: None,
                entity: None,
                procedure: String::new(),
                stages: Vec::new(),
                bids: 0,
                undecided: 0,
                bids_due: None,
                last_act: None,
                signed: false,
                unavailable: Some(error.view().message),
            }));
        }
        Ok(list)
    }

    async fn summary(&self, open: &OpenCase) -> Result<CaseSummary, CaseworkError> {
        let judgement = open.judgement().await?;
        let decided = Decided::of(&open.case).await?;
        let process = &judgement.state.process;
        let signed = open
            .case
            .actas()
            .await?
            .iter()
            .any(|acta| acta.acta.kind == "calificacion" && acta.state == ActaState::Signed);
        let undecided = undecided(&judgement, &decided);
        Ok(CaseSummary {
            id: open.case.id().to_string(),
            code: process.code.as_ref().map(ToString::to_string),
            object: process.object.clone(),
            entity: process.entity.as_ref().map(|entity| entity.name.clone()),
            procedure: process.procedure.abbreviation().into(),
            stages: match super::course::course_line(self, open, undecided).await? {
                Some(line) => line.stages,
                None => stages(judgement.bids.len(), undecided, signed),
            },
            bids: count(judgement.bids.len()),
            undecided,
            bids_due: process.bids_due.map(|moment| moment.to_string()),
            last_act: decided
                .by_cell
                .values()
                .map(|decision| decision.decided_at)
                .max()
                .map(|at| at.to_string()),
            signed,
            unavailable: None,
        })
    }

    /// Opens a case.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::CaseLocked`] when another program has it.
    pub async fn open_case(&self, case: &str) -> Result<CaseView, CaseworkError> {
        let open = self.opened(case).await?;
        self.case_view(&open).await
    }

    pub(crate) async fn case_view(&self, open: &OpenCase) -> Result<CaseView, CaseworkError> {
        let case = &open.case;
        let judgement = open.judgement().await?;
        let decided = Decided::of(case).await?;
        let state = &judgement.state;
        let process = &state.process;
        let actas = case.actas().await?;
        let signed =
            actas.iter().any(|acta| acta.acta.kind == "calificacion" && acta.state == ActaState::Signed);
        let undecided = undecided(&judgement, &decided);
        let history = History::of(case, self.actor.id).await?;
        let can_undo = match history.undo.last() {
            Some(act) => Some(self.described(open, act).await?),
            None => None,
        };
        let can_redo = match history.redo.last() {
            Some(act) => Some(self.described(open, act).await?),
            None => None,
        };
        let report = case.verify_log(&[]).await?;
        let later = self.later_finding(&judgement).await?;
        let of_the_pliego = state.pliego.iter().flat_map(|pliego| &pliego.findings);
        let findings = of_the_pliego.chain(&judgement.warnings).chain(&later);
        let (stages, time_left) = match super::course::course_line(self, open, undecided).await? {
            Some(super::course::CourseLine { stages, left }) => (stages, left),
            None => (stages(judgement.bids.len(), undecided, signed), None),
        };
        Ok(CaseView {
            id: case.id().to_string(),
            code: process.code.as_ref().map(ToString::to_string),
            object: process.object.clone(),
            entity: process.entity.as_ref().map(|entity| entity.name.clone()),
            entity_ruc: process
                .entity
                .as_ref()
                .and_then(|entity| entity.ruc.as_ref())
                .map(ToString::to_string),
            procedure: process.procedure.abbreviation().into(),
            procedure_name: labels::procedure(process.procedure),
            budget: process.budget.map(|budget| budget.to_string()),
            budget_encrypted: process.budget_encrypted,
            bids_due: process.bids_due.map(|moment| moment.to_string()),
            round: state.round.0,
            stages,
            time_left,
            pack: pack_view(&judgement),
            unenrolled_notice: (!self.actor.enrolled).then(|| message("casework.unenrolled_notice", &[])),
            sealed_notice: super::acta::sealed_notice(case).await?,
            chains: case
                .log_heads()
                .await?
                .into_iter()
                .map(|head| ChainHead {
                    device: head.device.to_string(),
                    head: head.head.to_string(),
                    count: u32::try_from(head.count).unwrap_or(u32::MAX),
                })
                .collect(),
            log_intact: report.holds(),
            members: self.members(case).await?,
            bids: judgement.bids.iter().map(|bid| cell::bid_view(&judgement, bid)).collect(),
            requirements: judgement
                .requirements
                .iter()
                .enumerate()
                .map(|(index, requirement)| judgement.requirement_view(count(index + 1), requirement))
                .collect(),
            lots: match state.lots.as_slice() {
                [_] => Vec::new(),
                several => several.iter().map(|lot| lot.name.clone()).collect(),
            },
            counts: CaseCounts {
                bids: count(judgement.bids.len()),
                documents: count(
                    judgement.bids.iter().flat_map(|bid| &bid.files).map(|file| file.documents.len()).sum(),
                ),
                cells: count(cells(&judgement)),
                undecided,
                findings: count(
                    findings.clone().count()
                        + judgement
                            .bids
                            .iter()
                            .flat_map(|bid| &bid.files)
                            .map(|file| file.findings.len())
                            .sum::<usize>(),
                ),
                actas: count(actas.len()),
            },
            can_undo,
            can_redo,
            unfinished_imports: {
                let sources = case.unfinished_imports().await?.into_iter().map(|job| job.source);
                sources.collect::<std::collections::BTreeSet<String>>().into_iter().collect()
            },
            findings: findings.map(FindingView::from).collect(),
        })
    }

    pub(crate) async fn members(&self, case: &cotejo_store::Case) -> Result<Vec<MemberView>, CaseworkError> {
        let actors = case.actors().await?;
        let commission = case.commission().await?;
        Ok(case
            .members()
            .await?
            .into_iter()
            .filter_map(|member| {
                let actor = actors.iter().find(|actor| actor.id == member.actor)?;
                Some(MemberView {
                    id: member.id.to_string(),
                    name: actor.name.clone(),
                    initials: labels::initials(&actor.name),
                    capacity: labels::capacity(member.capacity, gender(commission.as_ref(), member.id)),
                    votes: member.capacity.votes(),
                    enrolled: actor.enrolled,
                    me: actor.id == self.actor.id,
                })
            })
            .collect())
    }
}

fn gender(
    commission: Option<&cotejo_domain::Commission>,
    member: cotejo_domain::MemberId,
) -> Option<cotejo_domain::Gender> {
    commission?.seats.iter().find(|seat| seat.member.id == member)?.gender
}

fn pack_view(judgement: &Judgement) -> PackView {
    let Some(reference) = &judgement.state.pack else {
        return PackView { id: String::new(), sha256: String::new(), frozen_on: None, unverified_values: 0 };
    };
    let unverified = judgement.pack.as_ref().map_or(0, RulePack::unverified_count);
    PackView {
        id: reference.id.clone(),
        sha256: reference.sha256.to_string(),
        frozen_on: None,
        unverified_values: count(unverified),
    }
}

/// Counts cells that a person still has to decide: integridad and minimums.
pub(crate) fn undecided(judgement: &Judgement, decided: &Decided) -> u32 {
    count(
        judgement
            .requirements
            .iter()
            .filter(|requirement| super::acta_content::judged(requirement.kind))
            .flat_map(|requirement| judgement.bids.iter().map(move |bid| (requirement, bid)))
            .filter(|(requirement, bid)| super::judgement::stands(requirement, bid))
            .filter(|(requirement, bid)| decided.at(&requirement.id, bid.bid.id).is_none())
            .count(),
    )
}

/// Counts the cells there are: what is not asked in the lot of a bid is none.
fn cells(judgement: &Judgement) -> usize {
    let asked =
        |bid| judgement.requirements.iter().filter(|asked| super::judgement::is_asked(asked, bid)).count();
    judgement.bids.iter().map(|bid| asked(bid)).sum()
}

fn stages(bids: usize, undecided: u32, signed: bool) -> Vec<StageView> {
    let stage = |key: &str, state, note: String| StageView {
        name: message(&format!("casework.stage.{key}"), &[]),
        state,
        note,
        stage: None,
        at: None,
    };
    let missing = message("casework.stage.missing", &[("numero", &undecided.to_string())]);
    let (received, judged, acta) = match (bids, undecided, signed) {
        (_, _, true) => (StageState::Done, StageState::Done, StageState::Done),
        (0, _, _) => (StageState::Now, StageState::Later, StageState::Later),
        (_, 0, _) => (StageState::Done, StageState::Done, StageState::Now),
        _ => (StageState::Done, StageState::Now, StageState::Later),
    };
    vec![
        stage("ofertas", received, if bids == 0 { String::new() } else { bids.to_string() }),
        stage("calificacion", judged, if judged == StageState::Now { missing } else { String::new() }),
        stage("acta", acta, String::new()),
    ]
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

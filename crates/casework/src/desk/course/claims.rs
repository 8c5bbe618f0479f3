//! Claims: raised, decided, shown with what they hold up.

use super::Gathered;
use super::support::{moment, refused, shown, stage, view, words, working};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{ClaimAnswerDraft, ClaimDraft, ClaimView};
use cotejo_domain::course::{Claim, ClaimAnswer, ClaimKind, ClaimResult, CourseAct};
use cotejo_domain::{Code, Ruc, Termino};
use cotejo_procedure::stages::{ClaimState, stage_name};

impl Desk {
    /// Lists the claims of a case.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the case has no pack.
    pub async fn claims(&self, case: &str) -> Result<Vec<ClaimView>, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let courses = gathered.plan.known().map(|plan| gathered.courses(plan)).unwrap_or_default();
        Ok(gathered.claim_states(&courses).iter().map(|state| claim_view(&gathered, state)).collect())
    }

    /// Records a claim, or changes one of one's own.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a name, without what it is against, or for a moment that has not come; [`Code::NotFound`] for a claim
    /// that is not there.
    pub async fn raise_claim(&self, case: &str, draft: &ClaimDraft) -> Result<Vec<ClaimView>, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let before = match draft.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
            Some(id) => match gathered.claims.iter().find(|claim| claim.id == id) {
                Some(claim) => Some(claim.clone()),
                None => return missing(id),
            },
            None => None,
        };
        let (claimant, against) = (words(&draft.claimant), words(&draft.against));
        if claimant.is_empty() || against.is_empty() {
            return refused("stages.claim_incomplete", "");
        }
        let filed = moment(Some(&draft.filed), gathered.now)?;
        let notified = match draft.notified.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(moment(Some(text), gathered.now)?),
            None => None,
        };
        if draft.filed.trim().is_empty() {
            return refused("stages.bad_moment", "");
        }
        if filed > gathered.now || notified.is_some_and(|notified| notified > gathered.now) {
            return refused("stages.future", "");
        }
        let ruc = draft.ruc.as_deref().map(words).filter(|ruc| !ruc.is_empty());
        if let Some(ruc) = ruc.as_deref().filter(|ruc| Ruc::parse(ruc).is_err()) {
            return refused("stages.bad_ruc", ruc);
        }
        let support = self.support(&open, &gathered, &draft.support).await?;
        let support = if support.is_bare() && support.note.is_empty() {
            before.as_ref().map(|claim| claim.support.clone()).unwrap_or_default()
        } else {
            support
        };
        let claim = Claim {
            id: before.map_or_else(|| self.new_uuid().to_string(), |claim| claim.id),
            kind: if draft.supervision { ClaimKind::SupervisionSercop } else { ClaimKind::Reclamo },
            lot: gathered.lot_of(draft.lot.as_deref(), draft.lot.is_none() && draft.supervision)?,
            stage: stage(&draft.stage)?,
            claimant,
            ruc,
            against,
            filed,
            notified,
            answer_days: draft.answer_days.map(Termino),
            support,
            withdrawn: draft.withdrawn,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_course(&open, CourseAct::ClaimRaised(claim)).await?;
        self.claims(case).await
    }

    /// Records how a claim ended.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a claim that is not there; [`Code::Precondition`] without reasons, before it was raised, or for a moment that
    /// has not come.
    pub async fn answer_claim(
        &self,
        case: &str,
        draft: &ClaimAnswerDraft,
    ) -> Result<Vec<ClaimView>, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let id = draft.claim.trim();
        let Some(claim) = gathered.claims.iter().find(|claim| claim.id == id && !claim.withdrawn) else {
            return missing(id);
        };
        let back_to = match draft.back_to.as_deref().map(str::trim).filter(|key| !key.is_empty()) {
            Some(key) => Some(stage(key)?),
            None => None,
        };
        let result = match (draft.result.as_str(), back_to) {
            ("accepted", back_to) => ClaimResult::Accepted { back_to },
            ("rejected", None) => ClaimResult::Rejected,
            ("desisted", None) => ClaimResult::Desisted,
            ("inadmissible", None) => ClaimResult::Inadmissible,
            ("lifted", None) if claim.kind == ClaimKind::SupervisionSercop => ClaimResult::Lifted,
            (other, _) => return refused("stages.bad_word", other),
        };
        let reason = words(&draft.reason);
        if reason.is_empty() {
            return refused("stages.no_cause", "");
        }
        let when = moment(draft.when.as_deref(), gathered.now)?;
        if when > gathered.now {
            return refused("stages.future", "");
        }
        if when < claim.filed {
            return refused("stages.before_previous", &shown(claim.filed));
        }
        let answer = ClaimAnswer {
            claim: claim.id.clone(),
            lot: claim.lot,
            result,
            when,
            reason,
            support: self.support(&open, &gathered, &draft.support).await?,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_course(&open, CourseAct::ClaimAnswered(answer)).await?;
        self.claims(case).await
    }
}

fn missing<T>(id: &str) -> Result<T, CaseworkError> {
    Err(CaseworkError::refused(Code::NotFound, "stages.no_such_claim", id))
}

fn claim_view(gathered: &Gathered, state: &ClaimState) -> ClaimView {
    let claim = &state.claim;
    let answer = state.answer.as_ref();
    let result = answer.map(|answer| match answer.result {
        ClaimResult::Accepted { .. } => "accepted",
        ClaimResult::Rejected => "rejected",
        ClaimResult::Desisted => "desisted",
        ClaimResult::Inadmissible => "inadmissible",
        ClaimResult::Lifted => "lifted",
    });
    ClaimView {
        id: claim.id.clone(),
        supervision: claim.kind == ClaimKind::SupervisionSercop,
        lot: claim.lot.map(|lot| gathered.lot_name(lot)),
        lot_id: claim.lot.map(|lot| lot.to_string()),
        stage: claim.stage.key().into(),
        stage_name: stage_name(claim.stage),
        claimant: claim.claimant.clone(),
        ruc: claim.ruc.clone(),
        against: claim.against.clone(),
        filed: shown(claim.filed),
        notified: claim.notified.map(shown),
        answer_days: claim.answer_days.map(|days| days.0),
        by: gathered.decided.person(claim.author).to_owned(),
        in_time: state.in_time,
        answer_due: state.answer_due.as_ref().map(|due| due.due.to_string()),
        working: working(state.answer_due.as_ref()),
        holds_up: answer.is_none() || state.to_execute.is_some(),
        result: result.map(str::to_owned),
        answered: answer.map(|answer| shown(answer.when)),
        reason: answer.map(|answer| answer.reason.clone()),
        to_execute: state.to_execute.map(stage_name),
        to_execute_stage: state.to_execute.map(|stage| stage.key().to_owned()),
        answer_support: answer.map(|answer| view(&answer.support, &gathered.papers)),
        support: view(&claim.support, &gathered.papers),
    }
}

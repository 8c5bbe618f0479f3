//! Human acts: deciding, undoing, doing again. Each is an event; undo and redo follow from the log itself, so they survive a restart.

use super::Desk;
use super::cell::{all_evidence, draft};
use super::labels;
use super::open_case::OpenCase;
use crate::CaseworkError;
use crate::view::{
    CellAddress, CellView, DecisionDraft, EvidencePlace, EvidenceView, Undone, Verdict as VerdictView,
};
use cotejo_catalogue::message;
use cotejo_domain::{
    ActorId, BidId, Code, Confidence, Decision, DecisionId, Evidence, Location, Motivation, Quad,
    RequirementId, RequirementKind, Verdict,
};
use cotejo_store::{Case, EventPayload};

/// What can be undone and done again, latest last.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) undo: Vec<Decision>,
    pub(crate) redo: Vec<Decision>,
}

impl History {
    pub(crate) async fn of(case: &Case, author: ActorId) -> Result<Self, CaseworkError> {
        let mut history = Self::default();
        for event in case.events().await? {
            if event.header()?.author_id != author {
                continue;
            }
            match event.payload()? {
                Some(EventPayload::Decided { decision }) => {
                    history.undo.push(decision);
                    history.redo.clear();
                }
                Some(EventPayload::DecisionUndone { decision }) => {
                    if let Some(at) = history.undo.iter().rposition(|kept| kept.id == decision) {
                        let undone = history.undo.remove(at);
                        history.redo.push(undone);
                    }
                }
                Some(EventPayload::DecisionRedone { decision }) => {
                    if let Some(at) = history.redo.iter().rposition(|kept| kept.id == decision) {
                        let redone = history.redo.remove(at);
                        history.undo.push(redone);
                    }
                }
                // An acta that was signed closes the past: what it states cannot be undone.
                Some(EventPayload::ActaSigned { .. } | EventPayload::RoundOpened { .. }) => {
                    history = Self::default()
                }
                _ => {}
            }
        }
        Ok(history)
    }
}

impl Desk {
    /// Records a decision.
    ///
    /// # Errors
    /// [`Code::Sealed`] once a signed acta states the cell; [`Code::Precondition`] when the motivation lacks what the norm asks, or the
    /// verdict is not open to a person now.
    pub async fn decide(&self, case: &str, draft: &DecisionDraft) -> Result<CellView, CaseworkError> {
        let open = self.opened(case).await?;
        let (requirement, bid) = address(&draft.cell)?;
        let judgement = open.judgement().await?;
        let proposal = judgement.proposal(&requirement, bid);
        let present = super::matrix::Decided::of(&open.case).await?;
        let all = all_evidence(
            proposal,
            present.at(&requirement, bid).map(|decision| decision.evidence.as_slice()),
        );
        let mut evidence: Vec<Evidence> = draft
            .evidence
            .iter()
            .filter_map(|index| all.get(usize::try_from(*index).ok()?))
            .cloned()
            .collect();
        for added in &draft.added {
            evidence.push(added_evidence(added)?);
        }
        let motivation = Motivation {
            fact: draft.motivation.fact.clone(),
            evidence: draft.motivation.evidence.clone(),
            norm: draft.motivation.norm.clone(),
            conclusion: draft.motivation.conclusion.clone(),
        };
        self.record_decision(&open, requirement, bid, draft.verdict.into(), motivation, evidence).await?;
        self.cell(case, &draft.cell.requirement, &draft.cell.bid).await
    }

    pub(crate) async fn record_decision(
        &self,
        open: &OpenCase,
        requirement: RequirementId,
        bid: BidId,
        verdict: Verdict,
        motivation: Motivation,
        evidence: Vec<Evidence>,
    ) -> Result<(), CaseworkError> {
        let judgement = open.judgement().await?;
        let refuse = |key| Err(CaseworkError::refused(Code::Precondition, key, ""));
        let Some((_, asked)) = judgement.requirement(&requirement) else {
            return Err(CaseworkError::refused(
                Code::NotFound,
                "casework.no_such_cell",
                requirement.to_string(),
            ));
        };
        match verdict {
            Verdict::Pendiente => return refuse("casework.pending_is_no_decision"),
            Verdict::NoCumple if asked.kind == RequirementKind::Integridad => {
                return refuse("casework.cure_first");
            }
            Verdict::NoCumple if !motivation.is_complete() => {
                return refuse("casework.motivation_incomplete");
            }
            Verdict::NoCumple if evidence.is_empty() && motivation.evidence.trim().is_empty() => {
                return refuse("casework.evidence_missing");
            }
            Verdict::Cumple if evidence.is_empty() && motivation.conclusion.trim().is_empty() => {
                return refuse("casework.evidence_missing");
            }
            _ => {}
        }
        let member = self.member(&open.case).await?;
        let lot = judgement
            .state
            .lots
            .first()
            .map(|lot| lot.id)
            .ok_or_else(|| CaseworkError::refused(Code::BrokenLog, "casework.no_lot", ""))?;
        let proposed = judgement.proposal(&requirement, bid).map(|proposal| proposal.verdict);
        let decision = Decision {
            id: DecisionId(self.new_uuid()),
            lot,
            requirement,
            bid,
            member,
            verdict,
            motivation,
            evidence,
            proposed,
            decided_at: self.now(),
        };
        open.case.record(self.actor.id, EventPayload::Decided { decision }).await?;
        Ok(())
    }

    /// Decides several cells alike, each with the evidence of its own proposal: *cumple* and *no aplica* alone.
    ///
    /// # Errors
    /// [`Code::Precondition`] for another verdict, or when a cell has no evidence for it; none is decided then.
    pub async fn decide_many(
        &self,
        case: &str,
        cells: &[CellAddress],
        verdict: VerdictView,
        conclusion: &str,
    ) -> Result<u32, CaseworkError> {
        if !matches!(verdict, VerdictView::Cumple | VerdictView::NoAplica) {
            return Err(CaseworkError::refused(Code::Precondition, "casework.no_bulk", ""));
        }
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let member = self.member(&open.case).await?;
        let lot = judgement
            .state
            .lots
            .first()
            .map(|lot| lot.id)
            .ok_or_else(|| CaseworkError::refused(Code::BrokenLog, "casework.no_lot", ""))?;
        let mut acts = Vec::new();
        for cell in cells {
            let (requirement, bid) = address(cell)?;
            let proposal = judgement.proposal(&requirement, bid);
            let evidence = proposal.map_or_else(Vec::new, |proposal| proposal.evidence.clone());
            if verdict == VerdictView::Cumple && evidence.is_empty() {
                let detail = format!("{requirement}");
                return Err(CaseworkError::refused(
                    Code::Precondition,
                    "casework.bulk_without_evidence",
                    detail,
                ));
            }
            let written = draft(&judgement, proposal);
            let decision = Decision {
                id: DecisionId(self.new_uuid()),
                lot,
                requirement,
                bid,
                member,
                verdict: verdict.into(),
                motivation: Motivation {
                    fact: written.fact,
                    evidence: written.evidence,
                    norm: written.norm,
                    conclusion: conclusion.to_owned(),
                },
                evidence,
                proposed: proposal.map(|proposal| proposal.verdict),
                decided_at: self.now(),
            };
            acts.push(EventPayload::Decided { decision });
        }
        let number = u32::try_from(acts.len()).unwrap_or(u32::MAX);
        open.case.record_all(self.actor.id, acts).await?;
        Ok(number)
    }

    /// Undoes the last decision of the person at this machine.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is nothing to undo; [`Code::Sealed`] when a signed acta states it.
    pub async fn undo(&self, case: &str) -> Result<Undone, CaseworkError> {
        let open = self.opened(case).await?;
        let history = History::of(&open.case, self.actor.id).await?;
        let Some(decision) = history.undo.last() else {
            return Err(nothing(&open.case, "casework.nothing_to_undo").await?);
        };
        open.case.record(self.actor.id, EventPayload::DecisionUndone { decision: decision.id }).await?;
        self.told(&open, "casework.undone", decision).await
    }

    /// Does again what was undone last.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is nothing to do again.
    pub async fn redo(&self, case: &str) -> Result<Undone, CaseworkError> {
        let open = self.opened(case).await?;
        let history = History::of(&open.case, self.actor.id).await?;
        let Some(decision) = history.redo.last() else {
            return Err(nothing(&open.case, "casework.nothing_to_redo").await?);
        };
        open.case.record(self.actor.id, EventPayload::DecisionRedone { decision: decision.id }).await?;
        self.told(&open, "casework.redone", decision).await
    }

    async fn told(&self, open: &OpenCase, key: &str, decision: &Decision) -> Result<Undone, CaseworkError> {
        let text = message(key, &[("acto", &self.described(open, decision).await?)]);
        let cell =
            CellAddress { requirement: decision.requirement.to_string(), bid: decision.bid.to_string() };
        Ok(Undone { text, cell: Some(cell) })
    }

    /// Describes a decision: `«cumple» en 13 × 5`.
    pub(crate) async fn described(
        &self,
        open: &OpenCase,
        decision: &Decision,
    ) -> Result<String, CaseworkError> {
        let judgement = open.judgement().await?;
        let row = judgement.requirement(&decision.requirement).map_or(0, |(number, _)| number).to_string();
        let column = judgement.bid(decision.bid).map_or(0, |bid| bid.number).to_string();
        let verdict = labels::verdict(decision.verdict).to_lowercase();
        Ok(message("casework.act", &[("resultado", &verdict), ("fila", &row), ("columna", &column)]))
    }

    pub(crate) async fn member(&self, case: &Case) -> Result<cotejo_domain::MemberId, CaseworkError> {
        case.members()
            .await?
            .into_iter()
            .find(|member| member.actor == self.actor.id)
            .map(|member| member.id)
            .ok_or_else(|| CaseworkError::refused(Code::Precondition, "casework.not_a_member", ""))
    }
}

/// Says why nothing can be undone: nothing was done since, or a signed acta states it.
async fn nothing(case: &Case, otherwise: &'static str) -> Result<CaseworkError, CaseworkError> {
    Ok(match super::acta::sealed_notice(case).await? {
        Some(notice) => CaseworkError::refused(Code::Sealed, "casework.acta_signed", notice),
        None => CaseworkError::refused(Code::Precondition, otherwise, ""),
    })
}

fn address(cell: &CellAddress) -> Result<(RequirementId, BidId), CaseworkError> {
    let bid = cell.bid.parse().map_err(|_| {
        CaseworkError::refused(
            Code::NotFound,
            "casework.no_such_cell",
            format!("{} × {}", cell.requirement, cell.bid),
        )
    })?;
    Ok((RequirementId(cell.requirement.clone()), bid))
}

fn added_evidence(view: &EvidenceView) -> Result<Evidence, CaseworkError> {
    let wrong = || CaseworkError::refused(Code::WrongUse, "casework.bad_evidence", view.file_name.clone());
    let location = match &view.place {
        EvidencePlace::Page { page, quads, .. } => Location::Page {
            page: *page,
            quads: quads
                .iter()
                .map(|quad| <[f64; 8]>::try_from(quad.as_slice()).map(Quad).map_err(|_| wrong()))
                .collect::<Result<_, _>>()?,
        },
        EvidencePlace::ReadingView { page } => Location::Page { page: *page, quads: Vec::new() },
        EvidencePlace::Elsewhere => Location::WholeFile,
    };
    Ok(Evidence {
        file: view.file.parse().map_err(|_| wrong())?,
        file_name: view.file_name.clone(),
        location,
        quote: view.quote.clone(),
        extractor: "persona@1".into(),
        confidence: Confidence::CERTAIN,
    })
}

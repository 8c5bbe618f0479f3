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
    ActorId, BidId, Code, Confidence, Decision, DecisionId, Evidence, Location, Motivation, PageAct, Quad,
    RecordId, RequirementId, RequirementKind, Verdict,
};
use cotejo_store::{Case, EventPayload, Version};

/// An act that can be undone.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Decision(Decision),
    Version(RecordId, Version),
}

impl Act {
    fn is(&self, decision: Option<DecisionId>, record: Option<RecordId>) -> bool {
        match self {
            Self::Decision(kept) => Some(kept.id) == decision,
            Self::Version(id, _) => Some(*id) == record,
        }
    }

    fn undone(&self) -> EventPayload {
        match self {
            Self::Decision(decision) => EventPayload::DecisionUndone { decision: decision.id },
            Self::Version(record, _) => EventPayload::RecordUndone { record: *record },
        }
    }

    fn redone(&self) -> EventPayload {
        match self {
            Self::Decision(decision) => EventPayload::DecisionRedone { decision: decision.id },
            Self::Version(record, _) => EventPayload::RecordRedone { record: *record },
        }
    }

    fn cell(&self) -> Option<CellAddress> {
        let (requirement, bid) = match self {
            Self::Decision(decision) => (&decision.requirement, decision.bid),
            Self::Version(_, Version::Note(note)) => (&note.requirement, note.bid),
            Self::Version(..) => return None,
        };
        Some(CellAddress { requirement: requirement.to_string(), bid: bid.to_string() })
    }
}

/// What can be undone and done again, latest last.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) undo: Vec<Act>,
    pub(crate) redo: Vec<Act>,
}

fn moved(from: &mut Vec<Act>, to: &mut Vec<Act>, decision: Option<DecisionId>, record: Option<RecordId>) {
    if let Some(at) = from.iter().rposition(|kept| kept.is(decision, record)) {
        to.push(from.remove(at));
    }
}

impl History {
    pub(crate) async fn of(case: &Case, author: ActorId) -> Result<Self, CaseworkError> {
        let mut history = Self::default();
        for event in case.events().await? {
            if event.header()?.author_id != author {
                continue;
            }
            let done = match event.payload()? {
                Some(EventPayload::Decided { decision }) => Some(Act::Decision(decision)),
                Some(EventPayload::SessionRecorded { record, session }) => {
                    Some(Act::Version(record, Version::Session(session)))
                }
                Some(EventPayload::CommissionRecorded { record, commission }) => {
                    Some(Act::Version(record, Version::Commission(commission)))
                }
                Some(EventPayload::NoteRecorded { record, note }) => {
                    Some(Act::Version(record, Version::Note(note)))
                }
                Some(EventPayload::PageRemedied { record, remedy }) => {
                    Some(Act::Version(record, Version::Page(remedy)))
                }
                Some(EventPayload::DocumentsArranged { record, arrangement }) => {
                    Some(Act::Version(record, Version::Documents(arrangement)))
                }
                Some(EventPayload::FieldCorrected { record, correction }) => {
                    Some(Act::Version(record, Version::Field(correction)))
                }
                Some(EventPayload::SourceNoted { record, note }) => {
                    Some(Act::Version(record, Version::Source(note)))
                }
                Some(EventPayload::CourseRecorded { record, act }) if act.can_be_undone() => {
                    Some(Act::Version(record, Version::Course(act)))
                }
                Some(EventPayload::DecisionUndone { decision }) => {
                    moved(&mut history.undo, &mut history.redo, Some(decision), None);
                    None
                }
                Some(EventPayload::DecisionRedone { decision }) => {
                    moved(&mut history.redo, &mut history.undo, Some(decision), None);
                    None
                }
                Some(EventPayload::RecordUndone { record }) => {
                    moved(&mut history.undo, &mut history.redo, None, Some(record));
                    None
                }
                Some(EventPayload::RecordRedone { record }) => {
                    moved(&mut history.redo, &mut history.undo, None, Some(record));
                    None
                }
                // An acta that was signed closes the past: what it states cannot be undone.
                Some(EventPayload::ActaSigned { .. } | EventPayload::RoundOpened { .. }) => {
                    history = Self::default();
                    None
                }
                _ => None,
            };
            if let Some(act) = done {
                history.undo.push(act);
                history.redo.clear();
            }
        }
        Ok(history)
    }
}

/// Refuses to undo or do again what others built upon.
async fn may_follow(open: &OpenCase, act: &Act) -> Result<(), CaseworkError> {
    match act {
        Act::Version(_, Version::Course(act)) => super::lots::may_follow(&open.case, act).await,
        _ => Ok(()),
    }
}

/// Returns the bid of a cell, of which the requirement must be asked in its lot.
fn asked_of<'a>(
    judgement: &'a super::judgement::Judgement,
    requirement: &RequirementId,
    bid: BidId,
) -> Result<&'a super::judgement::JudgedBid, CaseworkError> {
    let no_cell = || CaseworkError::refused(Code::NotFound, "casework.no_such_cell", requirement.to_string());
    let (_, asked) = judgement.requirement(requirement).ok_or_else(no_cell)?;
    let judged = judgement.bid(bid).ok_or_else(no_cell)?;
    let refuse = |key| Err(CaseworkError::refused(Code::Precondition, key, judged.bid.bidder.name.clone()));
    match super::judgement::is_asked(asked, judged) {
        true => Ok(judged),
        false if !judged.bid.is_placed() => refuse("lots.unplaced_bid"),
        false => refuse("lots.not_asked_here"),
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
        // Whoever shows a place with the own hand has it before the eyes.
        let mut shown = Vec::new();
        for added in &draft.added {
            shown.push(added_evidence(added)?);
        }
        if !shown.is_empty() {
            let way = cotejo_domain::course::OpeningWay::Stated;
            self.state_opened(&open, &requirement, bid, &shown, way).await?;
        }
        evidence.extend(shown);
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
        let judged = asked_of(&judgement, &requirement, bid)?;
        let against = if verdict == Verdict::NoCumple {
            let said = Some((&motivation, evidence.as_slice()));
            super::curing::against_no_cumple(self, open, &requirement, bid, said).await?
        } else {
            Vec::new()
        };
        let form = asked.kind == RequirementKind::Integridad;
        match verdict {
            Verdict::Pendiente => return refuse("casework.pending_is_no_decision"),
            Verdict::NoCumple
                if form && against.iter().any(|why| why.code == "curing.refusa.pida_primero") =>
            {
                return refuse("casework.cure_first");
            }
            Verdict::NoCumple if judgement.unconfirmed.contains(&requirement) => {
                return refuse("requirements.confirm_first");
            }
            Verdict::NoCumple if !motivation.is_complete() => {
                return refuse("casework.motivation_incomplete");
            }
            Verdict::NoCumple if evidence.is_empty() && motivation.evidence.trim().is_empty() => {
                return refuse("casework.evidence_missing");
            }
            // What the decision itself lacks is said before; then what must have happened first.
            Verdict::NoCumple if !against.is_empty() => return Err(super::curing::refuse(&against)),
            Verdict::Cumple if evidence.is_empty() && motivation.conclusion.trim().is_empty() => {
                return refuse("casework.evidence_missing");
            }
            _ => {}
        }
        let member = self.member(&open.case).await?;
        self.require_opened(open, &requirement, bid, verdict, &evidence).await?;
        let lot = judged.bid.lot;
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
        let mut acts = Vec::new();
        for cell in cells {
            let (requirement, bid) = address(cell)?;
            let lot = asked_of(&judgement, &requirement, bid)?.bid.lot;
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
            let written = draft(proposal);
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

    /// Undoes the last act of the person at this machine: a decision, a note, or what was recorded of session or commission.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is nothing to undo; [`Code::Sealed`] when a signed acta states it.
    pub async fn undo(&self, case: &str) -> Result<Undone, CaseworkError> {
        let open = self.opened(case).await?;
        let history = History::of(&open.case, self.actor.id).await?;
        let Some(act) = history.undo.last() else {
            return Err(nothing(&open.case, "casework.nothing_to_undo").await?);
        };
        may_follow(&open, act).await?;
        open.case.record(self.actor.id, act.undone()).await?;
        self.follow(&open, act, false).await?;
        self.told(&open, "casework.undone", act).await
    }

    /// Does again what was undone last.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is nothing to do again.
    pub async fn redo(&self, case: &str) -> Result<Undone, CaseworkError> {
        let open = self.opened(case).await?;
        let history = History::of(&open.case, self.actor.id).await?;
        let Some(act) = history.redo.last() else {
            return Err(nothing(&open.case, "casework.nothing_to_redo").await?);
        };
        may_follow(&open, act).await?;
        open.case.record(self.actor.id, act.redone()).await?;
        self.follow(&open, act, true).await?;
        self.told(&open, "casework.redone", act).await
    }

    /// Derives again what rests on an act that was undone or done again.
    async fn follow(&self, open: &OpenCase, act: &Act, holds: bool) -> Result<(), CaseworkError> {
        match act {
            Act::Version(_, Version::Page(remedy)) => self.settle(open, remedy.file).await,
            Act::Version(record, Version::Documents(arrangement)) => {
                self.relearn(*record, holds).await?;
                self.settle_documents(open, arrangement.file).await
            }
            Act::Version(record, Version::Field(_)) => {
                self.relearn(*record, holds).await?;
                open.forget().await;
                Ok(())
            }
            Act::Version(_, Version::Course(cotejo_domain::course::CourseAct::BidEnded(ended))) => {
                super::curing::follow_outcome(self, open, ended.lot, ended.bid).await
            }
            Act::Version(
                _,
                Version::Course(
                    cotejo_domain::course::CourseAct::LotsStated(_)
                    | cotejo_domain::course::CourseAct::BidPlaced(_),
                ),
            ) => super::lots::settle(self, open).await,
            _ => Ok(()),
        }
    }

    async fn told(&self, open: &OpenCase, key: &str, act: &Act) -> Result<Undone, CaseworkError> {
        let text = message(key, &[("acto", &self.described(open, act).await?)]);
        Ok(Undone { text, cell: act.cell() })
    }

    /// Describes an act: `«cumple» en 13 × 5`, `la nota en 13 × 5`, `los datos de la sesión`.
    pub(crate) async fn described(&self, open: &OpenCase, act: &Act) -> Result<String, CaseworkError> {
        let judgement = open.judgement().await?;
        let place = |requirement: &RequirementId, bid: BidId| {
            let row = judgement.requirement(requirement).map_or(0, |(number, _)| number).to_string();
            (row, judgement.bid(bid).map_or(0, |bid| bid.number).to_string())
        };
        Ok(match act {
            Act::Decision(decision) => {
                let (row, column) = place(&decision.requirement, decision.bid);
                let verdict = labels::verdict(decision.verdict).to_lowercase();
                message("casework.act", &[("resultado", &verdict), ("fila", &row), ("columna", &column)])
            }
            Act::Version(_, Version::Note(note)) => {
                let (row, column) = place(&note.requirement, note.bid);
                message("casework.act.note", &[("fila", &row), ("columna", &column)])
            }
            Act::Version(_, Version::Session(_)) => message("casework.act.session", &[]),
            Act::Version(_, Version::Commission(_)) => message("casework.act.commission", &[]),
            Act::Version(_, Version::Page(remedy)) => {
                let owners = open.case.owners_of(remedy.file).await?;
                let path = owners.first().map_or_else(String::new, |(_, file)| file.path.clone());
                let key = match remedy.act {
                    PageAct::Turned(_) => "casework.act.page_turned",
                    PageAct::Written(_) => "casework.act.page_written",
                };
                message(key, &[("pagina", &remedy.page.to_string()), ("archivo", &path)])
            }
            Act::Version(_, Version::Documents(arrangement)) => {
                let owners = open.case.owners_of(arrangement.file).await?;
                let path = owners.first().map_or_else(String::new, |(_, file)| file.path.clone());
                message(super::arranging::name_of(arrangement.act), &[("archivo", &path)])
            }
            Act::Version(_, Version::Field(said)) => {
                let owners = open.case.owners_of(said.file).await?;
                let path = owners.first().map_or_else(String::new, |(_, file)| file.path.clone());
                super::correcting::described(said, &path)
            }
            Act::Version(_, Version::Course(act)) => {
                message(&format!("casework.act.course.{}", act.name()), &[])
            }
            Act::Version(_, Version::Source(note)) => {
                message("casework.act.source", &[("fuente", &super::source_notes::name_of(&note.source))])
            }
        })
    }

    /// Returns the place of the person at this machine, who must have a vote.
    pub(crate) async fn member(&self, case: &Case) -> Result<cotejo_domain::MemberId, CaseworkError> {
        let refuse = |key| CaseworkError::refused(Code::Precondition, key, "");
        let members = case.members().await?;
        let mine = members.into_iter().find(|member| member.actor == self.actor.id);
        let mine = mine.ok_or_else(|| refuse("casework.not_a_member"))?;
        if mine.capacity.votes() { Ok(mine.id) } else { Err(refuse("casework.no_vote")) }
    }
}

/// Says why nothing can be undone: nothing was done since, or a signed acta states it.
async fn nothing(case: &Case, otherwise: &'static str) -> Result<CaseworkError, CaseworkError> {
    Ok(match super::acta::sealed_notice(case).await? {
        Some(notice) => CaseworkError::refused(Code::Sealed, "casework.acta_signed", notice),
        None => CaseworkError::refused(Code::Precondition, otherwise, ""),
    })
}

pub(crate) fn address(cell: &CellAddress) -> Result<(RequirementId, BidId), CaseworkError> {
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
        EvidencePlace::ReadingView { paragraph: Some(number), .. } => Location::Paragraph { number: *number },
        EvidencePlace::ReadingView { sheet: Some(sheet), range, .. } => {
            Location::Sheet { sheet: sheet.clone(), range: range.clone().unwrap_or_default() }
        }
        EvidencePlace::ReadingView { page, .. } => Location::Page { page: *page, quads: Vec::new() },
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

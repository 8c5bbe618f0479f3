//! What the commission agrees where its members differ, who dissents and why, and who does not sign.

use super::super::Desk;
use super::super::decisions::address;
use super::super::judgement::Judgement;
use super::super::labels;
use super::super::matrix::Decided;
use super::super::open_case::OpenCase;
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{
    AgreementRow, AgreementsView, CellAddress, CellVotes, MemberVerdictView, RefusalDraft, RefusalView, Room,
    SeatedView, SigningBlock,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{CommissionAgreement, CourseAct, Dissent, SigningRefusal};
use cotejo_domain::{BidId, Commission, Decision, MemberId, Motivation, RequirementId, Verdict};
use cotejo_procedure::commission::agreement::{self, Ballot, CellStanding, Tally};
use cotejo_procedure::commission::body::{DecidingRule, deciding_rule};
use cotejo_store::{Case, DecisionState, Stated};
use std::collections::BTreeMap;

/// Holds the verdicts of the members, cell by cell, with what was agreed.
pub(crate) struct Votes {
    decisions: BTreeMap<(RequirementId, BidId), Vec<Decision>>,
    commission: Option<Commission>,
    acts: CommissionActs,
    rule: Option<DecidingRule>,
}

impl Votes {
    pub(crate) async fn of(case: &Case, judgement: &Judgement) -> Result<Self, CaseworkError> {
        let mut decisions: BTreeMap<(RequirementId, BidId), Vec<Decision>> = BTreeMap::new();
        for row in case.decisions().await? {
            if row.state == DecisionState::Current {
                let cell = (row.decision.requirement.clone(), row.decision.bid);
                decisions.entry(cell).or_default().push(row.decision);
            }
        }
        let rule = deciding_rule(judgement.pack.as_ref(), judgement.state.process.started);
        Ok(Self {
            decisions,
            commission: case.commission().await?,
            acts: CommissionActs::of(case).await?,
            rule,
        })
    }

    fn ballots(&self, requirement: &RequirementId, bid: BidId) -> Vec<Ballot> {
        let decisions = self.decisions.get(&(requirement.clone(), bid));
        agreement::ballots(decisions.into_iter().flatten(), self.commission.as_ref(), &self.acts.removed())
    }

    fn standing(&self, requirement: &RequirementId, bid: BidId) -> CellStanding {
        agreement::standing(&self.ballots(requirement, bid), self.acts.agreement(requirement, bid))
    }

    /// Lists the cells on which members differ, agreed or not.
    fn differing(&self) -> Vec<(RequirementId, BidId)> {
        self.decisions.keys().filter(|cell| self.differ(&cell.0, cell.1)).cloned().collect()
    }

    /// Lists the cells on which members differ and nothing is agreed, with the count of the votes.
    pub(crate) fn waiting(&self) -> Vec<(RequirementId, BidId, String)> {
        let differing = self.differing().into_iter();
        let open = differing.filter(|(requirement, bid)| self.standing(requirement, *bid).blocks());
        open.map(|(requirement, bid)| {
            let votes = count(&self.ballots(&requirement, bid));
            (requirement, bid, votes)
        })
        .collect()
    }

    /// Tells whether members differ on a cell, agreed or not. Most cells have one decision, and nothing to compare.
    pub(crate) fn differ(&self, requirement: &RequirementId, bid: BidId) -> bool {
        let several = self.decisions.get(&(requirement.clone(), bid)).is_some_and(|all| all.len() > 1);
        several
            && !matches!(self.standing(requirement, bid), CellStanding::Undecided | CellStanding::Concordant)
    }

    /// Shows a cell on which members differ; `mine` is the place of the person at this machine.
    pub(crate) fn row(
        &self,
        judgement: &Judgement,
        decided: &Decided,
        requirement: &RequirementId,
        bid: BidId,
        mine: Option<MemberId>,
    ) -> AgreementRow {
        let ballots = self.ballots(requirement, bid);
        let standing = self.standing(requirement, bid);
        let agreement = self.acts.agreement(requirement, bid).filter(|_| standing == CellStanding::Agreed);
        let tally = agreement::tally(&ballots, self.rule.as_ref());
        let agreed: Option<Verdict> = agreement.and_then(|agreement| agreement.verdict);
        let decision = |id| {
            let all = self.decisions.get(&(requirement.clone(), bid));
            all.into_iter().flatten().find(|decision| decision.id == id)
        };
        let why = |decision: &Decision| {
            let Motivation { fact, conclusion, .. } = &decision.motivation;
            if fact.trim().is_empty() { conclusion.clone() } else { fact.clone() }
        };
        AgreementRow {
            cell: CellAddress { requirement: requirement.to_string(), bid: bid.to_string() },
            name: super::cell_name(judgement, requirement, bid),
            count: count(&ballots),
            agreed: agreed.map(Into::into),
            casting_vote: agreement.is_some_and(|agreement| agreement.casting_vote),
            would_be: tally.verdict().map(Into::into),
            outdated: standing == CellStanding::Outdated,
            impediment: match tally {
                Tally::Open { why } => Some(message(why.key(), &[])),
                _ => None,
            },
            votes: ballots
                .iter()
                .map(|ballot| MemberVerdictView {
                    member: ballot.member.to_string(),
                    name: decided.name(ballot.member).to_owned(),
                    presides: ballot.presides,
                    me: Some(ballot.member) == mine,
                    verdict: ballot.verdict.into(),
                    at: decision(ballot.decision).map_or_else(String::new, |one| one.decided_at.to_string()),
                    why: decision(ballot.decision).map_or_else(String::new, why),
                    dissents: agreed.is_some_and(|agreed| agreed != ballot.verdict),
                    reasons: self.acts.dissent(requirement, bid, ballot.member).to_owned(),
                })
                .collect(),
        }
    }

    /// Tells the votes on a cell in a word for the matrix; `None` where nobody differs.
    pub(crate) fn in_matrix(
        &self,
        decided: &Decided,
        requirement: &RequirementId,
        bid: BidId,
    ) -> Option<CellVotes> {
        if !self.differ(requirement, bid) {
            return None;
        }
        let ballots = self.ballots(requirement, bid);
        let who = ballots.iter().map(|ballot| {
            format!("{}, {}", decided.name(ballot.member), labels::verdict(ballot.verdict).to_lowercase())
        });
        Some(CellVotes {
            count: count(&ballots),
            agreed: self.standing(requirement, bid) == CellStanding::Agreed,
            who: who.collect::<Vec<_>>().join("; "),
        })
    }

    /// Lists who dissents from what was agreed on a cell, with their decision.
    fn dissenting(&self, requirement: &RequirementId, bid: BidId) -> Vec<Ballot> {
        let agreed = self.acts.agreement(requirement, bid).and_then(|agreement| agreement.verdict);
        let Some(agreed) = agreed.filter(|_| self.standing(requirement, bid) == CellStanding::Agreed) else {
            return Vec::new();
        };
        self.ballots(requirement, bid).into_iter().filter(|ballot| ballot.verdict != agreed).collect()
    }
}

/// Counts how many say each thing, the most first: `2–1`.
fn count(ballots: &[Ballot]) -> String {
    let mut of_each: Vec<(Verdict, usize)> = Vec::new();
    for ballot in ballots {
        match of_each.iter_mut().find(|(verdict, _)| *verdict == ballot.verdict) {
            Some((_, number)) => *number += 1,
            None => of_each.push((ballot.verdict, 1)),
        }
    }
    let mut numbers: Vec<usize> = of_each.into_iter().map(|(_, number)| number).collect();
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("–")
}

/// Says of an agreed cell who agreed how, for the acta; `None` where nothing had to be agreed.
pub(crate) fn said_of(
    votes: &Votes,
    decided: &Decided,
    requirement: &RequirementId,
    bid: BidId,
) -> Option<String> {
    if votes.standing(requirement, bid) != CellStanding::Agreed {
        return None;
    }
    let agreement = votes.acts.agreement(requirement, bid)?;
    let key = if agreement.casting_vote { "commission.agreed.casting" } else { "commission.agreed.majority" };
    let mut said = vec![message(key, &[])];
    for ballot in votes.dissenting(requirement, bid) {
        let reasons = votes.acts.dissent(requirement, bid, ballot.member);
        let verdict = labels::verdict(ballot.verdict).to_lowercase();
        let key = if reasons.is_empty() { "commission.dissent.silent" } else { "commission.dissent.reasons" };
        let values =
            [("nombre", decided.name(ballot.member)), ("resultado", verdict.as_str()), ("razones", reasons)];
        said.push(message(key, &values));
    }
    Some(said.join(" "))
}

/// Lists what an acta states of the verdicts of several members: every vote, the agreement, the reasons of who dissents.
pub(crate) fn stated(votes: &Votes) -> Vec<Stated> {
    let mut stated = Vec::new();
    for (requirement, bid) in votes.decisions.keys() {
        let ballots = votes.ballots(requirement, *bid);
        if ballots.len() > 1 {
            stated.extend(ballots.iter().map(|ballot| Stated::Decision { decision: ballot.decision }));
        }
        if votes.standing(requirement, *bid) != CellStanding::Agreed {
            continue;
        }
        if let Some(agreement) = votes.acts.agreement(requirement, *bid) {
            stated.push(Stated::Act { slot: CourseAct::AgreementRecorded(agreement.clone()).slot() });
            for ballot in votes.dissenting(requirement, *bid) {
                let dissent = Dissent {
                    lot: agreement.lot,
                    requirement: requirement.clone(),
                    bid: *bid,
                    member: ballot.member,
                    reasons: String::new(),
                    author: agreement.author,
                    at: agreement.at,
                };
                stated.push(Stated::Act { slot: CourseAct::DissentRecorded(dissent).slot() });
            }
        }
    }
    stated
}

/// Says what impedes signing: members who differ without an agreement.
pub(crate) fn block(votes: &Votes, judgement: &Judgement) -> Option<SigningBlock> {
    let open: Vec<(RequirementId, BidId)> = votes
        .differing()
        .into_iter()
        .filter(|(requirement, bid)| votes.standing(requirement, *bid).blocks())
        .collect();
    let (requirement, bid) = open.first()?;
    Some(SigningBlock {
        code: "commission.block.disputed".into(),
        title: message("commission.block.disputed", &[("numero", &open.len().to_string())]),
        detail: super::cell_name(judgement, requirement, *bid),
        room: Room::Comision,
        cell: Some(CellAddress { requirement: requirement.to_string(), bid: bid.to_string() }),
    })
}

impl Desk {
    /// Shows the cells on which members differ, with what was agreed, who dissents, and who does not sign.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn agreements(&self, case: &str) -> Result<AgreementsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.agreements_view(&open).await
    }

    /// Records what the votes on a cell come to. The verdict is that of the count, never another.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when members do not differ, or the commission cannot agree yet.
    pub async fn agree(&self, case: &str, cell: &CellAddress) -> Result<AgreementsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        let (requirement, bid) = address(cell)?;
        let judgement = open.judgement().await?;
        let lot = super::lot_of(&judgement, bid)?;
        let votes = Votes::of(&open.case, &judgement).await?;
        let ballots = votes.ballots(&requirement, bid);
        let tally = agreement::tally(&ballots, votes.rule.as_ref());
        let verdict = match &tally {
            Tally::Empty => return Err(super::refuse("commission.agree.nobody", "")),
            Tally::Unanimous { .. } => return Err(super::refuse("commission.agree.unanimous", "")),
            Tally::Open { why } => return Err(super::refuse(why.key(), "")),
            Tally::Majority { verdict, .. } | Tally::Casting { verdict, .. } => *verdict,
        };
        let act = CommissionAgreement {
            lot,
            requirement,
            bid,
            verdict: Some(verdict),
            votes: agreement::votes(&ballots),
            motivated_by: agreement::motivated_by(&ballots, verdict),
            casting_vote: matches!(tally, Tally::Casting { .. }),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::AgreementRecorded(act)).await?;
        self.agreements_view(&open).await
    }

    /// Records the reasons of a member who votes otherwise than was agreed; empty reasons take them back. Members give their own.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when the member does not dissent there.
    pub async fn dissent(
        &self,
        case: &str,
        cell: &CellAddress,
        reasons: &str,
    ) -> Result<AgreementsView, CaseworkError> {
        let open = self.opened(case).await?;
        let member = self.member(&open.case).await?;
        let (requirement, bid) = address(cell)?;
        let judgement = open.judgement().await?;
        let lot = super::lot_of(&judgement, bid)?;
        let votes = Votes::of(&open.case, &judgement).await?;
        if !votes.dissenting(&requirement, bid).iter().any(|ballot| ballot.member == member) {
            return Err(super::refuse("commission.dissent.none", ""));
        }
        let act = Dissent {
            lot,
            requirement,
            bid,
            member,
            reasons: reasons.trim().to_owned(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::DissentRecorded(act)).await?;
        self.agreements_view(&open).await
    }

    /// Records that a member does not sign the acta de calificación, with the reasons; empty reasons take it back.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] when nobody sits there, [`cotejo_domain::Code::Precondition`] without day or without who attests it.
    pub async fn refuse_to_sign(
        &self,
        case: &str,
        draft: &RefusalDraft,
    ) -> Result<AgreementsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        let seats = open.case.members().await?;
        let named = draft.member.as_str();
        let seated = named.parse::<MemberId>().ok().filter(|id| seats.iter().any(|seat| seat.id == *id));
        let member = seated.ok_or_else(|| super::unknown("commission.no_member", named))?;
        let (reasons, attested_by) = (draft.reasons.trim(), draft.attested_by.trim());
        if attested_by.is_empty() && !reasons.is_empty() {
            return Err(super::refuse("commission.refusal.nobody", ""));
        }
        let on = draft.on.trim();
        let on = on.parse().map_err(|_| super::refuse("casework.session.bad_date", on))?;
        let act = SigningRefusal {
            member,
            acta: "calificacion".into(),
            reasons: reasons.to_owned(),
            on,
            attested_by: attested_by.to_owned(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::SigningRefused(act)).await?;
        self.agreements_view(&open).await
    }

    async fn agreements_view(&self, open: &OpenCase) -> Result<AgreementsView, CaseworkError> {
        let judgement = open.judgement().await?;
        let votes = Votes::of(&open.case, &judgement).await?;
        let decided = Decided::of(&open.case).await?;
        let members = open.case.members().await?;
        let mine = members.iter().find(|member| member.actor == self.actor.id).map(|member| member.id);
        let row = |(requirement, bid): (RequirementId, BidId)| {
            votes.row(&judgement, &decided, &requirement, bid, mine)
        };
        let refusals = votes.acts.refusals.iter().filter(|said| !said.reasons.is_empty());
        let refusals = refusals.map(|said| RefusalView {
            member: said.member.to_string(),
            name: decided.name(said.member).to_owned(),
            reasons: said.reasons.clone(),
            on: said.on.to_string(),
            attested_by: said.attested_by.clone(),
        });
        let removed = votes.acts.removed();
        let takes_part = |member: MemberId| {
            let seats = votes.commission.as_ref().map(|commission| &commission.seats);
            !removed.contains(&member)
                && seats.is_none_or(|seats| seats.iter().any(|seat| seat.member.id == member && seat.votes()))
        };
        let seats = members.iter().map(|member| SeatedView {
            member: member.id.to_string(),
            name: decided.name(member.id).to_owned(),
            capacity: labels::capacity(member.capacity, None),
            me: Some(member.id) == mine,
            votes: member.capacity.votes() && takes_part(member.id),
        });
        Ok(AgreementsView {
            rule: votes.rule.as_ref().map(|rule| rule.source.clone()),
            refusals: refusals.collect(),
            cells: votes.differing().into_iter().map(row).collect(),
            seats: seats.collect(),
            sealed: super::super::acta::sealed_notice(&open.case).await?,
        })
    }

    /// Returns the place of the person at this machine, with a vote or without.
    pub(crate) async fn seated(&self, case: &Case) -> Result<MemberId, CaseworkError> {
        let members = case.members().await?;
        let mine = members.into_iter().find(|member| member.actor == self.actor.id);
        mine.map(|member| member.id).ok_or_else(|| super::refuse("casework.not_a_member", ""))
    }
}

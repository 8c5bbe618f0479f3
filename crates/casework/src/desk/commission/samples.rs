//! A random sample of accepted proposals for a second member, how far the two agree, and what became of the proposals.

use super::super::Desk;
use super::super::cell::draft;
use super::super::judgement::Judgement;
use super::super::matrix::Decided;
use super::super::open_case::OpenCase;
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{
    AcceptanceView, CellAddress, SampleCellView, SampleView, SamplesView, Verdict as VerdictView,
};
use cotejo_domain::course::{CourseAct, SampleChecked, SampleDrawn, SampledCell};
use cotejo_domain::{Decision, DecisionId, FileHash, Verdict};
use cotejo_procedure::commission::acceptance::{Counts, Handling, handling};
use cotejo_procedure::commission::recheck;
use cotejo_rules::Answer;
use cotejo_store::{Case, DecisionState};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Key of the parameter that says what part of the accepted proposals is checked again.
const PERCENT: &str = "muestra_revision_pct";

/// Tells what was made of each proposal. A decision whose basis changed since is compared by its verdict alone.
fn handled(judgement: &Judgement, decided: &Decided, decision: &Decision) -> Handling {
    let Some(proposal) = judgement.proposal(&decision.requirement, decision.bid) else {
        return handling(decision, true);
    };
    let changed =
        decided.review(&decision.requirement, decision.bid) || decision.proposed != Some(proposal.verdict);
    let drafted = draft(Some(proposal));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let same =
        decision.evidence == proposal.evidence && words(&decision.motivation.fact) == words(&drafted.fact);
    handling(decision, changed || same)
}

fn is_accepted(decision: &Decision) -> bool {
    decision.proposed == Some(decision.verdict) && decision.verdict != Verdict::Pendiente
}

/// Returns the part that the case's pack wants drawn, with its source.
fn percent_of_pack(judgement: &Judgement) -> Option<(Decimal, String)> {
    let started = judgement.state.process.started;
    match judgement.pack.as_ref()?.settle::<Decimal>(PERCENT, None, started) {
        Answer::Known(value) => Some((value.value, value.source)),
        Answer::Ask { .. } => None,
    }
}

async fn current(case: &Case) -> Result<Vec<Decision>, CaseworkError> {
    let rows = case.decisions().await?;
    let held = rows.into_iter().filter(|row| row.state == DecisionState::Current);
    Ok(held.map(|row| row.decision).collect())
}

impl Desk {
    /// Shows the samples with the measured agreement, and what became of the proposals.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn samples(&self, case: &str) -> Result<SamplesView, CaseworkError> {
        let open = self.opened(case).await?;
        self.samples_view(&open).await
    }

    /// Draws a sample of the accepted proposals that no earlier draw had before it. The percent is the pack's, or a person gives it with its source.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when nothing is new since the last draw, or nobody says which part is drawn.
    pub async fn draw_sample(
        &self,
        case: &str,
        percent: Option<&str>,
        source: &str,
    ) -> Result<SamplesView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        // Said first: what there is to draw from is another question.
        if !open.case.holds().await? {
            return Err(super::refuse("store.not_holder", ""));
        }
        let judgement = open.judgement().await?;
        let acts = CommissionActs::of(&open.case).await?;
        let (percent, source) = match (percent_of_pack(&judgement), percent) {
            (Some(known), _) => known,
            (None, Some(text)) if !source.trim().is_empty() => {
                let bad = || super::refuse("commission.sample.bad_percent", text);
                (
                    text.trim().replace(',', ".").parse::<Decimal>().map_err(|_| bad())?,
                    source.trim().to_owned(),
                )
            }
            _ => return Err(super::refuse("commission.sample.no_percent", "")),
        };
        if percent <= Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            return Err(super::refuse("commission.sample.bad_percent", percent.to_string()));
        }
        let before: BTreeSet<DecisionId> = self.before_earlier_draws(&open, &acts).await?;
        let accepted: Vec<Decision> = current(&open.case).await?.into_iter().filter(is_accepted).collect();
        if accepted.is_empty() {
            return Err(super::refuse("commission.sample.nothing", ""));
        }
        let new: Vec<&Decision> = accepted.iter().filter(|decision| !before.contains(&decision.id)).collect();
        if new.is_empty() {
            return Err(super::refuse("commission.sample.drawn_already", ""));
        }
        let mut bytes = [0; 32];
        self.profile.ports().entropy.fill(&mut bytes);
        let seed = FileHash(bytes).to_string();
        let population: Vec<DecisionId> = new.iter().map(|decision| decision.id).collect();
        let drawn = recheck::draw(&seed, &population, recheck::size(population.len(), percent));
        let cells = drawn.iter().filter_map(|id| {
            let decision = new.iter().find(|decision| decision.id == *id)?;
            Some(SampledCell {
                lot: decision.lot,
                requirement: decision.requirement.clone(),
                bid: decision.bid,
                decision: decision.id,
                member: decision.member,
            })
        });
        let act = SampleDrawn {
            number: acts.samples.last().map_or(1, |sample| sample.number + 1),
            seed,
            population: u32::try_from(population.len()).unwrap_or(u32::MAX),
            percent: percent.normalize().to_string(),
            percent_source: source,
            cells: cells.collect(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::SampleDrawn(act)).await?;
        self.samples_view(&open).await
    }

    /// The decisions that stood before an earlier draw: they had their chance to be drawn.
    async fn before_earlier_draws(
        &self,
        open: &OpenCase,
        acts: &CommissionActs,
    ) -> Result<BTreeSet<DecisionId>, CaseworkError> {
        let Some(last) = acts.samples.last() else { return Ok(BTreeSet::new()) };
        let history = open.case.decision_history().await?;
        let before = history.into_iter().filter(|row| row.decision.decided_at <= last.at);
        Ok(before.map(|row| row.decision.id).collect())
    }

    /// Records what the person at this machine, as the second member, says of a cell of the newest sample that has it.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when the cell was not drawn, or this person accepted its proposal.
    pub async fn check_sample(
        &self,
        case: &str,
        cell: &CellAddress,
        verdict: VerdictView,
        reason: &str,
    ) -> Result<SamplesView, CaseworkError> {
        let open = self.opened(case).await?;
        let member = self.member(&open.case).await?;
        let (requirement, bid) = super::super::decisions::address(cell)?;
        let acts = CommissionActs::of(&open.case).await?;
        if acts.samples.is_empty() {
            return Err(super::refuse("commission.sample.none", ""));
        }
        let of = |one: &&SampledCell| one.requirement == requirement && one.bid == bid;
        let found =
            acts.samples.iter().rev().find_map(|sample| Some((sample, sample.cells.iter().find(of)?)));
        let (sample, drawn) = found.ok_or_else(|| super::refuse("commission.sample.not_drawn", ""))?;
        recheck::check(sample, drawn.decision, member, verdict.into())
            .map_err(|fault| super::refuse(fault.key(), ""))?;
        let act = SampleChecked {
            number: sample.number,
            decision: drawn.decision,
            member,
            verdict: Some(verdict.into()),
            reason: reason.trim().to_owned(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::SampleChecked(act)).await?;
        self.samples_view(&open).await
    }

    async fn samples_view(&self, open: &OpenCase) -> Result<SamplesView, CaseworkError> {
        let judgement = open.judgement().await?;
        let decided = Decided::of(&open.case).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let current = current(&open.case).await?;
        let history = open.case.decision_history().await?;
        let verdict_of = |id: DecisionId| {
            let row = history.iter().find(|row| row.decision.id == id);
            row.map(|row| row.decision.verdict)
        };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let members = open.case.members().await?;
        let me = members.iter().find(|member| member.actor == self.actor.id).map(|member| member.id);
        let before = self.before_earlier_draws(open, &acts).await?;
        let new = |decision: &&Decision| is_accepted(decision) && !before.contains(&decision.id);
        let drawable = number(current.iter().filter(new).count());
        let samples = acts.samples.iter().map(|sample| {
            let pairs = recheck::pairs(sample, &acts.checks, verdict_of);
            let measured = recheck::measure(sample.cells.len(), &pairs);
            let cells = sample.cells.iter().map(|cell| {
                let mut checks = acts
                    .checks
                    .iter()
                    .filter(|one| one.number == sample.number && one.decision == cell.decision);
                let check = checks.find(|one| one.verdict.is_some());
                SampleCellView {
                    cell: CellAddress {
                        requirement: cell.requirement.to_string(),
                        bid: cell.bid.to_string(),
                    },
                    name: super::cell_name(&judgement, &cell.requirement, cell.bid),
                    asked: judgement
                        .requirement(&cell.requirement)
                        .map_or_else(String::new, |(_, asked)| asked.text.clone()),
                    places: judgement
                        .proposal(&cell.requirement, cell.bid)
                        .map_or_else(Vec::new, |proposal| {
                            proposal.evidence.iter().map(super::place).collect()
                        }),
                    accepted_by: decided.name(cell.member).to_owned(),
                    mine: me == Some(cell.member),
                    checked_by: check.map(|check| decided.name(check.member).to_owned()),
                    second: check.and_then(|check| check.verdict).map(Into::into),
                    // Whoever checks does not see what the first said.
                    first: check.and_then(|_| verdict_of(cell.decision)).map(Into::into),
                    reason: check.map_or_else(String::new, |check| check.reason.clone()),
                }
            });
            SampleView {
                number: sample.number,
                seed: sample.seed.clone(),
                population: sample.population,
                percent: sample.percent.clone(),
                percent_source: sample.percent_source.clone(),
                drawn_by: decided.person(sample.author).to_owned(),
                drawn_at: sample.at.to_string(),
                checked: number(measured.checked),
                alike: number(measured.alike),
                agreement: measured.percent.map(|percent| format!("{percent:.1}")),
                kappa: measured.kappa.map(|kappa| format!("{kappa:.2}")),
                cells: cells.collect(),
            }
        });
        let counts = Counts::of(current.iter().map(|decision| handled(&judgement, &decided, decision)));
        let of_pack = percent_of_pack(&judgement);
        Ok(SamplesView {
            samples: samples.collect(),
            percent_of_pack: of_pack.as_ref().map(|(percent, _)| percent.normalize().to_string()),
            pack_source: of_pack.map(|(_, source)| source).unwrap_or_default(),
            drawable,
            proposals: AcceptanceView {
                accepted: counts.accepted,
                modified: counts.modified,
                rejected: counts.rejected,
                not_proposed: counts.not_proposed,
            },
        })
    }
}

//! Who declared what over which list of bidders and persons behind them, whose surnames coincide, and who asked to leave or was asked to.

use super::super::judgement::Judgement;
use super::super::open_case::OpenCase;
use super::super::{Desk, entities, labels};
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{
    CoincidenceView, DeclarationDraft, DeclarationKindView, DeclarationStateView, DeclarationView,
    DeclarationsView, ImpedimentDraft, ImpedimentKindView, ImpedimentView, KinshipDraft, KinshipView,
    ListedPersonView, MemberDeclarationsView, ResolutionDraft,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    CourseAct, Declaration, DeclarationKind, Impediment, ImpedimentKind, ImpedimentResolution, Kinship,
    KinshipAnswer,
};
use cotejo_domain::{FileHash, Instrument, Member, MemberId, naming};
use cotejo_flags::entities::{Part, join};
use cotejo_procedure::commission::declarations::{self, DeclarationState, ListedPerson, PeopleList};
use cotejo_procedure::commission::impediments;
use cotejo_procedure::commission::surnames::{self, Declarant, Nearness};
use cotejo_store::Case;
use std::path::Path;

/// Lists the bidders and who represents them, holds a share of them or is married to somebody who does.
pub(crate) fn people(judgement: &Judgement) -> PeopleList {
    let mut persons = Vec::new();
    let part = |key: &str| message(key, &[]);
    for bid in &judgement.bids {
        let bidder = &bid.bid.bidder;
        let partners = bidder.members.iter().map(|member| (&member.name, &member.ruc));
        for (name, ruc) in std::iter::once((&bidder.name, &bidder.ruc)).chain(partners) {
            persons.push(ListedPerson {
                bid: bid.bid.id,
                bidder: bidder.name.clone(),
                name: name.clone(),
                identifier: ruc.as_ref().map(ToString::to_string),
                part: part("casework.part.bidder"),
                company: naming::is_company(name),
            });
        }
    }
    let held = entities::held(judgement);
    let papers = entities::papers(judgement, &held);
    for entity in join(&papers) {
        for bid in entity.bids() {
            let behind = |of: Part| matches!(of, Part::Representative | Part::Partner | Part::Spouse);
            let mentions = || entity.mentions.iter().filter(|mention| mention.bid == bid);
            let Some(mention) = mentions().find(|mention| behind(mention.part)) else { continue };
            let key = match mention.part {
                Part::Representative => "casework.part.representative",
                Part::Spouse => "casework.part.spouse",
                _ => "casework.part.partner",
            };
            let number = mentions().chain(&entity.mentions).find_map(|mention| mention.number.clone());
            persons.push(ListedPerson {
                bid,
                bidder: judgement.bid(bid).map_or_else(String::new, |bid| bid.bid.bidder.name.clone()),
                name: entity.name.clone(),
                identifier: number,
                part: part(key),
                company: entity.company,
            });
        }
    }
    PeopleList::of(persons)
}

/// Those who declare: everybody who sits, with a vote or without, and was not removed.
async fn declarants(case: &Case, acts: &CommissionActs) -> Result<Vec<(Member, Declarant)>, CaseworkError> {
    let removed = acts.removed();
    if let Some(commission) = case.commission().await? {
        let seats =
            commission.seats.into_iter().filter(|seat| seat.present && !removed.contains(&seat.member.id));
        return Ok(seats
            .map(|seat| {
                let cedula = seat.actor.cedula.as_ref().map(|cedula| cedula.as_str().to_owned());
                let declarant = Declarant { member: seat.member.id, name: seat.actor.name, cedula };
                (seat.member, declarant)
            })
            .collect());
    }
    let actors = case.actors().await?;
    let members = case.members().await?.into_iter().filter_map(|member| {
        let actor = actors.iter().find(|actor| actor.id == member.actor)?;
        let cedula = actor.cedula.as_ref().map(|cedula| cedula.as_str().to_owned());
        let declarant = Declarant { member: member.id, name: actor.name.clone(), cedula };
        Some((member, declarant))
    });
    Ok(members.collect())
}

/// Says what of the declarations an acta would print as not recorded, each a sentence.
pub(crate) async fn missing(case: &Case, judgement: &Judgement) -> Result<Vec<String>, CaseworkError> {
    let acts = CommissionActs::of(case).await?;
    let list = people(judgement);
    let declarants = declarants(case, &acts).await?;
    let mut due = Vec::new();
    for (member, declarant) in &declarants {
        let is_due = |kind| declarations::state(&acts.declarations, member.id, kind, &list).is_due();
        if DeclarationKind::ALL.into_iter().any(is_due) {
            due.push(declarant.name.clone());
        }
    }
    let all: Vec<Declarant> = declarants.into_iter().map(|(_, declarant)| declarant).collect();
    let asked = surnames::coincidences(&all, &list);
    let open = asked.iter().filter(|one| surnames::answer(&acts.kinships, one).is_none()).count();
    let mut missing = Vec::new();
    if !due.is_empty() {
        missing.push(message("commission.missing.declarations", &[("quienes", &due.join("; "))]));
    }
    if open > 0 {
        missing.push(message("commission.missing.surnames", &[("numero", &open.to_string())]));
    }
    Ok(missing)
}

/// Names those among `members` whose declaration on conflicts is due.
pub(crate) async fn undeclared(
    case: &Case,
    acts: &CommissionActs,
    list: &PeopleList,
) -> Result<Vec<(MemberId, String)>, CaseworkError> {
    let all = declarants(case, acts).await?;
    let due = all.into_iter().filter(|(member, _)| {
        let kind = DeclarationKind::ConflictOfInterest;
        declarations::state(&acts.declarations, member.id, kind, list).is_due()
    });
    Ok(due.map(|(member, declarant)| (member.id, declarant.name)).collect())
}

impl Desk {
    /// Shows the declarations of the body over the list of bidders as it is, the coincidences of surnames and the impediments.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn declarations(&self, case: &str) -> Result<DeclarationsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.declarations_view(&open).await
    }

    /// Records a declaration over the list as it is now. For another person than the one at this machine the signed paper is wanted.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] when nobody sits there, [`cotejo_domain::Code::Precondition`] without the signed paper of another person.
    pub async fn declare(
        &self,
        case: &str,
        draft: &DeclarationDraft,
    ) -> Result<DeclarationsView, CaseworkError> {
        let open = self.opened(case).await?;
        let member = self.seat_of(&open.case, draft.member.as_deref()).await?;
        let document = self.paper(&open, draft.document.as_deref()).await?;
        if member.actor != self.actor.id && document.is_none() && !draft.withdrawn {
            return Err(super::refuse("commission.declaration.of_another", ""));
        }
        let made_on = draft.made_on.trim().parse().map_err(|_| bad_date(&draft.made_on))?;
        let judgement = open.judgement().await?;
        let list = people(&judgement);
        let act = Declaration {
            member: member.id,
            kind: draft.kind.into(),
            novelty: Some(draft.novelty.trim().to_owned()).filter(|text| !text.is_empty()),
            made_on,
            over: list.hash,
            list: list.lines(),
            document,
            withdrawn: draft.withdrawn,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::DeclarationMade(act)).await?;
        self.declarations_view(&open).await
    }

    /// Answers a coincidence of surnames; `kinship` `None` takes the answer back.
    ///
    /// # Errors
    /// As [`Desk::declare`]; [`cotejo_domain::Code::NotFound`] when nothing like it is asked.
    pub async fn answer_kinship(
        &self,
        case: &str,
        draft: &KinshipDraft,
    ) -> Result<DeclarationsView, CaseworkError> {
        let open = self.opened(case).await?;
        let view = self.declarations_view(&open).await?;
        let asked = view.coincidences.iter().find(|one| one.id == draft.coincidence);
        let asked =
            asked.ok_or_else(|| super::unknown("commission.kinship.unknown", draft.coincidence.clone()))?;
        let member = self.seat_of(&open.case, Some(&asked.member)).await?;
        let document = self.paper(&open, draft.document.as_deref()).await?;
        if member.actor != self.actor.id && document.is_none() && draft.kinship.is_some() {
            return Err(super::refuse("commission.declaration.of_another", ""));
        }
        let act = KinshipAnswer {
            member: member.id,
            coincidence: draft.coincidence.clone(),
            kinship: draft.kinship.map(Into::into),
            text: draft.text.trim().to_owned(),
            document,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::KinshipAnswered(act)).await?;
        self.declarations_view(&open).await
    }

    /// Records an *excusa* or a *recusación*.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when it cannot be as it was given.
    pub async fn raise_impediment(
        &self,
        case: &str,
        draft: &ImpedimentDraft,
    ) -> Result<DeclarationsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        let member = self.seat_of(&open.case, Some(&draft.member)).await?;
        let act = Impediment {
            id: self.new_uuid().to_string(),
            kind: draft.kind.into(),
            member: member.id,
            raised_by: draft.raised_by.trim().to_owned(),
            raised_on: draft.raised_on.trim().parse().map_err(|_| bad_date(&draft.raised_on))?,
            ground: draft.ground.trim().to_owned(),
            resolution: None,
            author: self.actor.id,
            at: self.now(),
        };
        impediments::check(&act).map_err(|fault| super::refuse(fault.key(), ""))?;
        self.record_act(&open, CourseAct::ImpedimentRecorded(act)).await?;
        self.declarations_view(&open).await
    }

    /// Records how an impediment was resolved. Once it was accepted, the member's verdicts no longer count.
    ///
    /// # Errors
    /// As [`Desk::raise_impediment`]; [`cotejo_domain::Code::NotFound`] when there is no such impediment.
    pub async fn resolve_impediment(
        &self,
        case: &str,
        draft: &ResolutionDraft,
    ) -> Result<DeclarationsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.seated(&open.case).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let known = acts.impediments.iter().find(|one| one.id == draft.impediment);
        let known =
            known.ok_or_else(|| super::unknown("commission.impediment.unknown", draft.impediment.clone()))?;
        let instrument = Instrument {
            name: draft.instrument.name.trim().to_owned(),
            number: draft.instrument.number.trim().to_owned(),
            date: draft.instrument.date.trim().parse().map_err(|_| bad_date(&draft.instrument.date))?,
            issued_by: Some(draft.instrument.issued_by.trim().to_owned()).filter(|name| !name.is_empty()),
        };
        let resolution = ImpedimentResolution {
            accepted: draft.accepted,
            instrument,
            reason: draft.reason.trim().to_owned(),
        };
        let act = Impediment {
            resolution: Some(resolution),
            author: self.actor.id,
            at: self.now(),
            ..known.clone()
        };
        impediments::check(&act).map_err(|fault| super::refuse(fault.key(), ""))?;
        self.record_act(&open, CourseAct::ImpedimentRecorded(act)).await?;
        self.declarations_view(&open).await
    }

    /// Returns the seat named, or the one of the person at this machine.
    async fn seat_of(&self, case: &Case, named: Option<&str>) -> Result<Member, CaseworkError> {
        let members = case.members().await?;
        let found = match named.map(str::trim).filter(|named| !named.is_empty()) {
            None => members.into_iter().find(|member| member.actor == self.actor.id),
            Some(named) => members.into_iter().find(|member| member.id.to_string() == named),
        };
        found.ok_or_else(|| super::unknown("commission.no_member", named.unwrap_or_default()))
    }

    /// Keeps a signed paper among the originals.
    pub(crate) async fn paper(
        &self,
        open: &OpenCase,
        path: Option<&str>,
    ) -> Result<Option<FileHash>, CaseworkError> {
        let Some(path) = path.map(str::trim).filter(|path| !path.is_empty()) else { return Ok(None) };
        let path = Path::new(path);
        let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
        Ok(Some(open.case.store_original(bytes).await?))
    }

    async fn declarations_view(&self, open: &OpenCase) -> Result<DeclarationsView, CaseworkError> {
        let judgement = open.judgement().await?;
        let acts = CommissionActs::of(&open.case).await?;
        let list = people(&judgement);
        let declarants = declarants(&open.case, &acts).await?;
        let decided = super::super::matrix::Decided::of(&open.case).await?;
        let number = |bid| judgement.bid(bid).map_or(0, |bid| bid.number);
        let rows = declarants.iter().map(|(member, declarant)| {
            let of = |kind| declaration_view(&acts.declarations, member.id, kind, &list);
            MemberDeclarationsView {
                member: member.id.to_string(),
                name: declarant.name.clone(),
                capacity: labels::capacity(member.capacity, None),
                me: member.actor == self.actor.id,
                conflict: of(DeclarationKind::ConflictOfInterest),
                confidentiality: of(DeclarationKind::Confidentiality),
            }
        });
        let all: Vec<Declarant> = declarants.iter().map(|(_, declarant)| declarant.clone()).collect();
        let coincidences = surnames::coincidences(&all, &list).into_iter().map(|one| {
            let answer = surnames::answer(&acts.kinships, &one);
            CoincidenceView {
                member: one.member.to_string(),
                member_name: one.member_name.clone(),
                person: one.person.name.clone(),
                part: one.person.part.clone(),
                bid: number(one.person.bid),
                bidder: one.person.bidder.clone(),
                shared: one.shared.clone(),
                maybe_same_person: one.nearness == Nearness::SamePerson,
                answer: answer.and_then(|answer| answer.kinship).map(Into::into),
                answer_text: answer.map_or_else(String::new, |answer| answer.text.clone()),
                bars: answer.is_some_and(surnames::bars),
                id: one.id,
            }
        });
        let impediments = acts.impediments.iter().map(|one| ImpedimentView {
            id: one.id.clone(),
            kind: one.kind.into(),
            member: one.member.to_string(),
            name: decided.name(one.member).to_owned(),
            raised_by: one.raised_by.clone(),
            raised_on: one.raised_on.to_string(),
            ground: one.ground.clone(),
            accepted: one.resolution.as_ref().map(|resolution| resolution.accepted),
            resolution: one.resolution.as_ref().map_or_else(String::new, |resolution| {
                let instrument = &resolution.instrument;
                format!(
                    "{} {} ({}): {}",
                    instrument.name, instrument.number, instrument.date, resolution.reason
                )
            }),
        });
        let commission = open.case.commission().await?;
        let remarks = commission
            .as_ref()
            .map_or_else(Vec::new, |commission| super::body::of_impediments(commission, &acts));
        Ok(DeclarationsView {
            list_hash: list.hash.to_string(),
            persons: list
                .persons
                .iter()
                .map(|person| ListedPersonView {
                    bid: number(person.bid),
                    bidder: person.bidder.clone(),
                    name: person.name.clone(),
                    identifier: person.identifier.clone(),
                    part: person.part.clone(),
                })
                .collect(),
            members: rows.collect(),
            coincidences: coincidences.collect(),
            impediments: impediments.collect(),
            remarks: remarks.into_iter().map(|(text, _)| text).collect(),
        })
    }
}

fn bad_date(text: &str) -> CaseworkError {
    super::refuse("casework.session.bad_date", text)
}

fn declaration_view(
    made: &[Declaration],
    member: MemberId,
    kind: DeclarationKind,
    list: &PeopleList,
) -> DeclarationView {
    let held = declarations::holding(made, member, kind);
    let view = |state| DeclarationView {
        state,
        made_on: held.map(|held| held.made_on.to_string()),
        document: held.and_then(|held| held.document).map(|hash| hash.to_string()),
        novelty: held.and_then(|held| held.novelty.clone()).unwrap_or_default(),
        new: Vec::new(),
        gone: Vec::new(),
    };
    match declarations::state(made, member, kind, list) {
        DeclarationState::Missing => view(DeclarationStateView::Missing),
        DeclarationState::Clear => view(DeclarationStateView::Clear),
        DeclarationState::Novelty { .. } => view(DeclarationStateView::Novelty),
        DeclarationState::ToRenew { new, gone } => {
            DeclarationView { new, gone, ..view(DeclarationStateView::ToRenew) }
        }
    }
}

impl From<DeclarationKindView> for DeclarationKind {
    fn from(kind: DeclarationKindView) -> Self {
        match kind {
            DeclarationKindView::ConflictOfInterest => Self::ConflictOfInterest,
            DeclarationKindView::Confidentiality => Self::Confidentiality,
        }
    }
}

impl From<KinshipView> for Kinship {
    fn from(kinship: KinshipView) -> Self {
        match kinship {
            KinshipView::None => Self::None,
            KinshipView::WithinDegrees => Self::WithinDegrees,
            KinshipView::Beyond => Self::Beyond,
        }
    }
}

impl From<Kinship> for KinshipView {
    fn from(kinship: Kinship) -> Self {
        match kinship {
            Kinship::None => Self::None,
            Kinship::WithinDegrees => Self::WithinDegrees,
            Kinship::Beyond => Self::Beyond,
        }
    }
}

impl From<ImpedimentKindView> for ImpedimentKind {
    fn from(kind: ImpedimentKindView) -> Self {
        match kind {
            ImpedimentKindView::Excusa => Self::Excusa,
            ImpedimentKindView::Recusacion => Self::Recusacion,
        }
    }
}

impl From<ImpedimentKind> for ImpedimentKindView {
    fn from(kind: ImpedimentKind) -> Self {
        match kind {
            ImpedimentKind::Excusa => Self::Excusa,
            ImpedimentKind::Recusacion => Self::Recusacion,
        }
    }
}

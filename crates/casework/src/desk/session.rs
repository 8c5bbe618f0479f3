//! Session and commission: what the acta says of those who met. Given by a person, printed as not recorded where nobody gave it.

use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::{
    BodyView, CapacityView, CommissionDraft, CommissionView, InstrumentView, SeatDraft, SessionDraft,
    SessionView,
};
use cotejo_catalogue::message;
use cotejo_domain::{
    Actor, ActorId, Capacity, Cedula, CheckDigit, Code, Commission, EvaluatingBody, Instrument, Member,
    MemberId, Process, RecordId, Seat, Session, Substitution,
};
use cotejo_rules::RulePack;
use cotejo_store::EventPayload;

/// Points of the *orden del día* that the acta prints while none is given: its own parts.
pub(crate) fn usual_agenda() -> Vec<String> {
    (1..=4).map(|number| message(&format!("casework.agenda.{number}"), &[])).collect()
}

impl Desk {
    /// Shows the session of a case.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn session(&self, case: &str) -> Result<SessionView, CaseworkError> {
        let open = self.opened(case).await?;
        self.session_view(&open).await
    }

    /// Records the session; it takes the place of what was recorded before.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it cannot be as it was given; [`Code::Sealed`] once a signed acta states it.
    pub async fn record_session(
        &self,
        case: &str,
        draft: &SessionDraft,
    ) -> Result<SessionView, CaseworkError> {
        let open = self.opened(case).await?;
        let session = session_of(draft)?;
        session.check().map_err(|fault| CaseworkError::refused(Code::Precondition, fault.key(), ""))?;
        let payload = EventPayload::SessionRecorded { record: RecordId(self.new_uuid()), session };
        open.case.record(self.actor.id, payload).await?;
        self.session_view(&open).await
    }

    async fn session_view(&self, open: &OpenCase) -> Result<SessionView, CaseworkError> {
        let session = open.case.session().await?;
        let commission = open.case.commission().await?;
        let process = open.case.state().await?.process;
        let recorded = session.is_some();
        let session = session.unwrap_or_default();
        Ok(SessionView {
            recorded,
            data: draft_of(&session),
            missing: missing_of_session(&session),
            remarks: remarks_on_session(&session, commission.as_ref(), &process),
            sealed: super::acta::sealed_notice(&open.case).await?,
            usual_agenda: usual_agenda(),
        })
    }

    /// Shows the evaluating body of a case.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn commission(&self, case: &str) -> Result<CommissionView, CaseworkError> {
        let open = self.opened(case).await?;
        self.commission_view(&open).await
    }

    /// Records the evaluating body; it takes the place of the one before. Persons keep their place, and with it their decisions.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it cannot be as it was given, or somebody whose decisions hold would lose the place;
    /// [`Code::Sealed`] once a signed acta states it.
    pub async fn record_commission(
        &self,
        case: &str,
        draft: &CommissionDraft,
    ) -> Result<CommissionView, CaseworkError> {
        let open = self.opened(case).await?;
        let commission = self.commission_of(&open, draft).await?;
        commission.check().map_err(|fault| {
            use cotejo_domain::CommissionFault as Fault;
            let key = fault.key();
            let detail = match fault {
                Fault::Twice(name) | Fault::NoPrincipal(name) | Fault::BothSit(name) => name,
                Fault::SeveralPrincipals(capacity) | Fault::ForeignCapacity(capacity) => {
                    labels::capacity(capacity, None)
                }
                _ => String::new(),
            };
            CaseworkError::refused(Code::Precondition, key, detail)
        })?;
        let payload = EventPayload::CommissionRecorded { record: RecordId(self.new_uuid()), commission };
        open.case.record(self.actor.id, payload).await?;
        self.commission_view(&open).await
    }

    async fn commission_of(
        &self,
        open: &OpenCase,
        draft: &CommissionDraft,
    ) -> Result<Commission, CaseworkError> {
        let refuse = |key, detail: &str| Err(CaseworkError::refused(Code::Precondition, key, detail));
        if draft.seats.iter().filter(|seat| seat.me).count() > 1 {
            return refuse("casework.commission.several_me", "");
        }
        let mut known: Vec<(Member, Actor)> = Vec::new();
        for seat in open.case.commission_versions().await?.into_iter().rev().flat_map(|known| known.seats) {
            known.push((seat.member, seat.actor));
        }
        let actors = open.case.actors().await?;
        for member in open.case.members_one_by_one().await? {
            if let Some(actor) = actors.iter().find(|actor| actor.id == member.actor) {
                known.push((member, actor.clone()));
            }
        }
        let mut seats: Vec<Seat> = Vec::new();
        for seat in &draft.seats {
            let name = words(&seat.name);
            let cedula = match seat.cedula.trim() {
                "" => None,
                text => match Cedula::parse(text) {
                    Ok(cedula) => Some(cedula),
                    Err(_) => return refuse("casework.commission.bad_cedula", text),
                },
            };
            let given: Option<MemberId> = match &seat.id {
                Some(id) => match id.parse() {
                    Ok(id) if known.iter().any(|(member, _)| member.id == id) => Some(id),
                    _ => return refuse("casework.commission.unknown_seat", id),
                },
                None => None,
            };
            let same_person = |member: &Member, actor: &Actor| match given {
                Some(id) => member.id == id,
                None if seat.me => member.actor == self.actor.id,
                None => {
                    member.actor != self.actor.id
                        && match (&cedula, &actor.cedula) {
                            (Some(given), Some(known)) => given == known,
                            _ => actor.name == name,
                        }
                }
            };
            let free = |member: &Member| seats.iter().all(|taken: &Seat| taken.member.id != member.id);
            let before = known.iter().find(|(member, actor)| same_person(member, actor) && free(member));
            let actor_id = match before {
                _ if seat.me => self.actor.id,
                Some((member, _)) if member.actor != self.actor.id => member.actor,
                _ => ActorId(self.new_uuid()),
            };
            let member_id = before.map_or_else(|| MemberId(self.new_uuid()), |(member, _)| member.id);
            seats.push(Seat {
                actor: Actor {
                    id: actor_id,
                    name,
                    cedula,
                    position: words(&seat.position),
                    designation: None,
                    enrolled: seat.me && self.actor.enrolled,
                },
                member: Member { id: member_id, actor: actor_id, capacity: seat.capacity.into() },
                gender: seat.gender.map(Into::into),
                substitutes: None,
                present: seat.present,
            });
        }
        for (index, seat) in draft.seats.iter().enumerate() {
            let Some(principal) = seat.substitutes else { continue };
            let principal = usize::try_from(principal).ok().and_then(|principal| seats.get(principal));
            let Some(principal) = principal.map(|principal| principal.member.id) else {
                return refuse("casework.commission.no_principal", &seat.name);
            };
            let instrument = seat.substitution.as_ref().map(instrument_of).transpose()?;
            if let Some(substitute) = seats.get_mut(index) {
                substitute.substitutes = Some(Substitution { principal, instrument });
            }
        }
        let designation = draft.designation.as_ref().map(instrument_of).transpose()?;
        Ok(Commission { body: draft.body.into(), designation, seats })
    }

    async fn commission_view(&self, open: &OpenCase) -> Result<CommissionView, CaseworkError> {
        let commission = open.case.commission().await?;
        let state = open.case.state().await?;
        let (pack, _) = super::case_rules::frozen(&open.case).await?;
        let data = match &commission {
            Some(commission) => commission_draft(commission, self.actor.id),
            None => self.unrecorded(open).await?,
        };
        Ok(CommissionView {
            recorded: commission.is_some(),
            data,
            members: self.members(&open.case).await?,
            quorum: commission.as_ref().is_some_and(Commission::has_quorum),
            missing: missing_of_commission(commission.as_ref()),
            remarks: match &commission {
                Some(commission) => {
                    let mut remarks = self.remarks_on_commission(commission, &state.process, pack.as_ref());
                    let acts = super::commission::CommissionActs::of(&open.case).await?;
                    let of_impediments = super::commission::of_impediments(commission, &acts);
                    remarks.extend(of_impediments.into_iter().map(|(text, _)| text));
                    remarks
                }
                None => Vec::new(),
            },
            sealed: super::acta::sealed_notice(&open.case).await?,
        })
    }

    /// Offers the person at this machine as the only seat, while no commission is recorded.
    async fn unrecorded(&self, open: &OpenCase) -> Result<CommissionDraft, CaseworkError> {
        let members = open.case.members_one_by_one().await?;
        let mine = members.iter().find(|member| member.actor == self.actor.id);
        let nobody = message("casework.unenrolled_person", &[]);
        let seat = SeatDraft {
            id: mine.map(|member| member.id.to_string()),
            name: if self.actor.name == nobody { String::new() } else { self.actor.name.clone() },
            cedula: self.actor.cedula.as_ref().map_or_else(String::new, |cedula| cedula.as_str().to_owned()),
            position: self.actor.position.clone(),
            capacity: CapacityView::ServidorDesignado,
            gender: None,
            present: true,
            me: true,
            substitutes: None,
            substitution: None,
        };
        Ok(CommissionDraft { body: BodyView::ServidorDesignado, designation: None, seats: vec![seat] })
    }

    fn remarks_on_commission(
        &self,
        commission: &Commission,
        process: &Process,
        pack: Option<&RulePack>,
    ) -> Vec<String> {
        let mut remarks = Vec::new();
        let mut remark = |key: &str, detail: &str| remarks.push(message(key, &[("detalle", detail)]));
        for seat in &commission.seats {
            if seat.actor.cedula.as_ref().is_some_and(|cedula| cedula.check_digit() == CheckDigit::Disagrees)
            {
                remark("casework.commission.check_digit", &seat.actor.name);
            }
        }
        if commission.body == EvaluatingBody::ComisionTecnica {
            let filled = commission.voting_principals();
            if filled < 3 {
                remark("casework.commission.incomplete", &filled.to_string());
            }
            if commission.seats.iter().all(|seat| seat.member.capacity != Capacity::Secretario) {
                remark("casework.commission.no_secretary", "");
            }
            if !commission.has_quorum() {
                remark("casework.commission.no_quorum", "");
            }
            let of_body = cotejo_procedure::commission::body::remarks(commission, process, pack);
            let advisers = ["commission.no_financial", "commission.no_legal"];
            let of_body = of_body.into_iter().filter(|one| advisers.contains(&one.code.as_str()));
            remarks.extend(of_body.map(|one| one.text));
        } else if let Some(threshold) = needs_commission(process, pack) {
            remarks.push(message("casework.commission.threshold", &[("detalle", &threshold)]));
        }
        let mut remark = |key: &str, detail: &str| remarks.push(message(key, &[("detalle", detail)]));
        match commission.seats.iter().find(|seat| seat.actor.id == self.actor.id) {
            None => remark("casework.commission.not_me", ""),
            Some(seat) if !seat.member.capacity.votes() => remark("casework.commission.i_have_no_vote", ""),
            Some(_) => {}
        }
        remarks
    }
}

/// Returns the regime's threshold with its source, where the *presupuesto referencial* reaches it: then a commission evaluates.
fn needs_commission(process: &Process, pack: Option<&RulePack>) -> Option<String> {
    let (budget, started, pack) = (process.budget?, process.started?, pack?);
    let threshold = pack.commission_threshold(started).known()?;
    let mark =
        if threshold.marked() { message("casework.commission.unverified", &[]) } else { String::new() };
    let reached = threshold.value.reached(budget);
    reached.then(|| format!("{} ({}){mark}", threshold.value.amount.spanish(), threshold.source))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn given(text: &str) -> Option<String> {
    Some(words(text)).filter(|text| !text.is_empty())
}

fn moment(text: Option<&str>) -> Result<Option<jiff::civil::DateTime>, CaseworkError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let parsed = text
        .parse()
        .map_err(|_| CaseworkError::refused(Code::Precondition, "casework.session.bad_moment", text))?;
    Ok(Some(parsed))
}

fn instrument_of(view: &InstrumentView) -> Result<Instrument, CaseworkError> {
    let date = view.date.trim().parse().map_err(|_| {
        CaseworkError::refused(Code::Precondition, "casework.session.bad_date", view.date.clone())
    })?;
    Ok(Instrument {
        name: words(&view.name),
        number: words(&view.number),
        date,
        issued_by: given(&view.issued_by),
    })
}

fn session_of(draft: &SessionDraft) -> Result<Session, CaseworkError> {
    Ok(Session {
        city: given(&draft.city),
        place: given(&draft.place),
        modality: draft.modality.map(Into::into),
        opened: moment(draft.opened.as_deref())?,
        closed: moment(draft.closed.as_deref())?,
        convocation: draft.convocation.as_ref().map(instrument_of).transpose()?,
        agenda: draft.agenda.iter().filter_map(|point| given(point)).collect(),
    })
}

fn instrument_view(instrument: &Instrument) -> InstrumentView {
    InstrumentView {
        name: instrument.name.clone(),
        number: instrument.number.clone(),
        date: instrument.date.to_string(),
        issued_by: instrument.issued_by.clone().unwrap_or_default(),
    }
}

fn draft_of(session: &Session) -> SessionDraft {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    // Minutes are as precise as a session is.
    let moment = |value: jiff::civil::DateTime| value.strftime("%Y-%m-%dT%H:%M").to_string();
    SessionDraft {
        city: text(&session.city),
        place: text(&session.place),
        modality: session.modality.map(Into::into),
        opened: session.opened.map(moment),
        closed: session.closed.map(moment),
        convocation: session.convocation.as_ref().map(instrument_view),
        agenda: session.agenda.clone(),
    }
}

fn commission_draft(commission: &Commission, me: ActorId) -> CommissionDraft {
    let position = |id: MemberId| commission.seats.iter().position(|seat| seat.member.id == id);
    CommissionDraft {
        body: commission.body.into(),
        designation: commission.designation.as_ref().map(instrument_view),
        seats: commission
            .seats
            .iter()
            .map(|seat| SeatDraft {
                id: Some(seat.member.id.to_string()),
                name: seat.actor.name.clone(),
                cedula: seat
                    .actor
                    .cedula
                    .as_ref()
                    .map_or_else(String::new, |cedula| cedula.as_str().to_owned()),
                position: seat.actor.position.clone(),
                capacity: seat.member.capacity.into(),
                gender: seat.gender.map(Into::into),
                present: seat.present,
                me: seat.actor.id == me,
                substitutes: seat
                    .substitutes
                    .as_ref()
                    .and_then(|substitution| position(substitution.principal))
                    .and_then(|index| u32::try_from(index).ok()),
                substitution: seat
                    .substitutes
                    .as_ref()
                    .and_then(|substitution| substitution.instrument.as_ref())
                    .map(instrument_view),
            })
            .collect(),
    }
}

/// Lists what the acta prints as not recorded of the session.
pub(crate) fn missing_of_session(session: &Session) -> Vec<String> {
    let fields = [
        (session.city.is_none(), "city"),
        (session.place.is_none(), "place"),
        (session.modality.is_none(), "modality"),
        (session.opened.is_none(), "opened"),
        (session.closed.is_none(), "closed"),
    ];
    let missing = fields.into_iter().filter(|(missing, _)| *missing);
    missing.map(|(_, field)| message(&format!("casework.missing.{field}"), &[])).collect()
}

/// Lists what the acta prints as not recorded of the commission.
pub(crate) fn missing_of_commission(commission: Option<&Commission>) -> Vec<String> {
    let Some(commission) = commission else { return vec![message("casework.missing.commission", &[])] };
    let mut missing = Vec::new();
    if commission.designation.is_none() {
        missing.push(message("casework.missing.designation", &[]));
    }
    for seat in &commission.seats {
        let name = [("nombre", seat.actor.name.as_str())];
        if seat.actor.cedula.is_none() {
            missing.push(message("casework.missing.cedula", &name));
        }
        if seat.actor.position.is_empty() {
            missing.push(message("casework.missing.position", &name));
        }
        if seat.substitutes.as_ref().is_some_and(|substitution| substitution.instrument.is_none()) {
            missing.push(message("casework.missing.substitution", &name));
        }
    }
    missing
}

fn remarks_on_session(session: &Session, commission: Option<&Commission>, process: &Process) -> Vec<String> {
    let mut remarks = Vec::new();
    if let (Some(opened), Some(due)) = (session.opened, process.bids_due)
        && opened < due
    {
        remarks.push(message("casework.session.before_bids_due", &[]));
    }
    let designated = commission.and_then(|commission| commission.designation.as_ref());
    if let (Some(opened), Some(designated)) = (session.opened, designated)
        && designated.date > opened.date()
    {
        remarks.push(message("casework.session.before_designation", &[]));
    }
    remarks
}

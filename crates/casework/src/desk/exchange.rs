//! A case among colleagues: it goes as a file, is received, a seat is taken, and what each recorded is joined.

use super::commission::Votes;
use super::decisions::Act;
use super::matrix::Decided;
use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::{
    CellAddress, ChainRow, ConflictSideView, ConflictView, DifferingCell, DirectionView, ExchangeRow,
    ExchangeView, JoinedView, PackageView, Password, ReceivedView, Room, SeatRow, SeatStateView, SendOrder,
    SentView, SigningBlock, StrangerView,
};
use cotejo_catalogue::message;
use cotejo_domain::course::CourseAct;
use cotejo_domain::field_learning::FieldAct;
use cotejo_domain::{Code, DeviceId, MemberId, PageAct};
use cotejo_store::{Case, ChainHead, Conflict, Direction, PackageKind, Version, fingerprint};
use std::path::Path;
use std::sync::Arc;

/// Characters of a hash that are shown.
const SHORT: usize = 12;

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Names devices by the person whose they are.
struct Names {
    by_device: Vec<(DeviceId, String)>,
}

impl Names {
    async fn of(case: &Case) -> Result<Self, CaseworkError> {
        let decided = Decided::of(case).await?;
        let seats = case.seats_taken().await?;
        let mut by_device = Vec::new();
        for device in case.devices().await? {
            let seat = seats.iter().find(|seat| seat.device == device.id);
            let name = seat.map_or_else(|| decided.person(device.actor), |seat| decided.name(seat.member));
            by_device.push((device.id, name.to_owned()));
        }
        Ok(Self { by_device })
    }

    fn name(&self, device: DeviceId) -> String {
        let known = self.by_device.iter().find(|(id, name)| *id == device && !name.is_empty());
        known.map_or_else(|| message("casework.exchange.nobody", &[]), |(_, name)| name.clone())
    }
}

/// Says what impedes signing: what two machines said differently of one thing.
pub(crate) async fn block(desk: &Desk, open: &OpenCase) -> Result<Option<SigningBlock>, CaseworkError> {
    let conflicts = open.case.conflicts().await?;
    let Some(first) = conflicts.first() else { return Ok(None) };
    let number = conflicts.len().to_string();
    Ok(Some(SigningBlock {
        code: "casework.exchange.block".into(),
        title: message("casework.exchange.block", &[("numero", &number)]),
        detail: desk.about_conflict(open, first).await?,
        room: Room::Comision,
        cell: None,
    }))
}

impl Desk {
    /// Writes a case, or what came since it went, into one file for a colleague.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for a password that is too short, [`Code::Precondition`] when this machine may not send it or nothing is new.
    pub async fn send_case(&self, case: &str, order: &SendOrder) -> Result<SentView, CaseworkError> {
        let open = self.opened(case).await?;
        let kind = if order.news { PackageKind::News } else { PackageKind::Case };
        let path = Path::new(&order.path);
        let sent = open.case.send(self.actor.id, path, order.password.expose(), kind).await?;
        Ok(SentView {
            path: order.path.clone(),
            bytes: sent.size.to_string(),
            sha256: sent.sha256.to_string(),
            events: count(sent.events),
            verdicts: count(sent.verdicts),
            originals: count(sent.originals),
            fingerprint: sent.fingerprint,
        })
    }

    /// Opens a file that came and says what it is; takes nothing.
    ///
    /// # Errors
    /// When it is none, the password does not open it, or it was changed.
    pub async fn look_at_package(
        &self,
        path: &str,
        password: &Password,
    ) -> Result<PackageView, CaseworkError> {
        let looked = self.profile.look_at_package(Path::new(path), password.expose()).await?;
        let case = looked.manifest.case.to_string();
        let mut strangers = Vec::new();
        if looked.here {
            let open = self.opened(&case).await?;
            let known = open.case.devices().await?;
            let decided = Decided::of(&open.case).await?;
            for (device, seat) in looked.devices {
                if known.iter().all(|one| one.id != device.id) {
                    let seat = seat.map_or_else(String::new, |seat| decided.name(seat).to_owned());
                    strangers.push(StrangerView { seat, fingerprint: fingerprint(&device.public_key) });
                }
            }
        }
        Ok(PackageView {
            case,
            name: looked.manifest.name,
            whole: looked.manifest.kind == PackageKind::Case,
            here: looked.here,
            fingerprint: looked.fingerprint,
            made_at: looked.manifest.made_at.to_string(),
            events: count(looked.manifest.events),
            strangers,
        })
    }

    /// Makes a case that a colleague sent in this profile.
    ///
    /// # Errors
    /// When the password does not open the file, it was changed or does not verify, or the case is here already.
    pub async fn receive_case(&self, path: &str, password: &Password) -> Result<ReceivedView, CaseworkError> {
        let received = self.profile.receive_case(Path::new(path), password.expose()).await?;
        let (case, received) = received;
        let open = self.keep(case).await;
        Ok(ReceivedView {
            case: open.case.id().to_string(),
            name: received.manifest.name,
            sender: received.fingerprint,
            derived: count(received.derived),
            exchange: self.exchange_view(&open).await?,
        })
    }

    /// Says which seat of the commission is of the person at this machine.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such seat, [`Code::Precondition`] when somebody else holds it or this machine has another.
    pub async fn take_seat(&self, case: &str, member: &str) -> Result<ExchangeView, CaseworkError> {
        let open = self.opened(case).await?;
        let unknown = || CaseworkError::refused(Code::NotFound, "commission.no_member", member);
        let member: MemberId = member.parse().map_err(|_| unknown())?;
        open.case.take_seat(self.actor.id, member).await?;
        self.exchange_view(&open).await
    }

    /// Joins what a colleague recorded to the case here. `admit` are fingerprints that colleagues read out.
    ///
    /// # Errors
    /// With its reason, when anything of the file may not enter; nothing is taken then.
    pub async fn join_package(
        &self,
        path: &str,
        password: &Password,
        admit: &[String],
    ) -> Result<JoinedView, CaseworkError> {
        let looked = self.profile.look_at_package(Path::new(path), password.expose()).await?;
        let id = looked.manifest.case.to_string();
        if !looked.here {
            return Err(CaseworkError::refused(
                Code::NotFound,
                "casework.exchange.not_here",
                looked.manifest.name,
            ));
        }
        let open = self.opened(&id).await?;
        let joined = open.case.join(self.actor.id, Path::new(path), password.expose(), admit).await?;
        open.forget().await;
        self.profile.refresh_summary(&open.case).await?;
        let names = Names::of(&open.case).await?;
        let exchange = self.exchange_view(&open).await?;
        let mut notes = Vec::new();
        let mut note = |key: &str, number: u64| {
            if number > 0 {
                notes.push(message(key, &[("numero", &number.to_string())]));
            }
        };
        note("casework.exchange.differ", exchange.differing.len() as u64);
        note("casework.exchange.conflicts", exchange.conflicts.len() as u64);
        note("casework.exchange.outdated", joined.outdated);
        note("casework.exchange.late", joined.late);
        Ok(JoinedView {
            case: id,
            by: names.name(joined.manifest.device),
            new: count(joined.new),
            known: count(joined.known),
            verdicts: count(joined.verdicts),
            originals: count(joined.originals),
            admitted: joined.admitted.iter().map(|one| names.name(one.device)).collect(),
            outdated: count(joined.outdated),
            late: count(joined.late),
            notes,
            exchange,
        })
    }

    /// Shows a case among colleagues.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn exchange(&self, case: &str) -> Result<ExchangeView, CaseworkError> {
        let open = self.opened(case).await?;
        self.exchange_view(&open).await
    }

    async fn exchange_view(&self, open: &Arc<OpenCase>) -> Result<ExchangeView, CaseworkError> {
        let case = &open.case;
        let names = Names::of(case).await?;
        let own = case.this_device(self.actor.id);
        let holder = case.holder().await?;
        let heads = case.log_heads().await?;
        let exchanges = case.exchanges().await?;
        let of_own = |heads: &[ChainHead]| {
            heads.iter().find(|head| head.device == own.id).map_or(0, |head| head.count)
        };
        let last_sent = exchanges.iter().rfind(|one| one.direction == Direction::Sent);
        let told = last_sent.map_or(0, |one| of_own(&one.heads));
        let rows = exchanges.iter().rev().map(|one| ExchangeRow {
            direction: match one.direction {
                Direction::Sent => DirectionView::Sent,
                Direction::Received => DirectionView::Received,
                Direction::Joined => DirectionView::Joined,
            },
            whole: one.kind == PackageKind::Case,
            at: one.at.to_string(),
            by: names.name(one.device),
            file: one.file.clone(),
            sha256: one.sha256.to_string(),
            events: count(one.events),
            verdicts: count(one.verdicts),
            originals: count(one.originals),
        });
        let chains = heads.iter().map(|head| ChainRow {
            by: names.name(head.device),
            count: count(head.count),
            head: head.head.to_string().chars().take(SHORT).collect(),
            here: head.device == own.id,
        });
        let mut conflicts = Vec::new();
        for conflict in case.conflicts().await? {
            conflicts.push(self.conflict_view(open, &names, &conflict).await?);
        }
        let judgement = open.judgement().await?;
        let votes = Votes::of(case, &judgement).await?;
        let differing = votes.waiting().into_iter().map(|(requirement, bid, count)| DifferingCell {
            name: super::commission::cell_name(&judgement, &requirement, bid),
            cell: CellAddress { requirement: requirement.to_string(), bid: bid.to_string() },
            count,
        });
        Ok(ExchangeView {
            holds: case.holds().await?,
            holder: holder.map_or_else(String::new, |device| names.name(device)),
            fingerprint: fingerprint(&own.public_key),
            may_write: case.may_write(self.actor.id).await?,
            commission: case.commission().await?.is_some(),
            seats: self.seat_rows(case).await?,
            unsent: count(of_own(&heads).saturating_sub(told)),
            rows: rows.collect(),
            chains: chains.collect(),
            conflicts,
            differing: differing.collect(),
        })
    }

    async fn seat_rows(&self, case: &Case) -> Result<Vec<SeatRow>, CaseworkError> {
        let decided = Decided::of(case).await?;
        let devices = case.devices().await?;
        let holder = case.holder().await?;
        let rows = case.members().await?.into_iter().zip(1..).map(|(member, number)| {
            let device = devices.iter().find(|device| device.actor == member.actor);
            let state = match device {
                _ if member.actor == self.actor.id => SeatStateView::Mine,
                Some(_) => SeatStateView::Held,
                None => SeatStateView::Free,
            };
            SeatRow {
                number,
                member: member.id.to_string(),
                name: decided.name(member.id).to_owned(),
                capacity: labels::capacity(member.capacity, None),
                votes: member.capacity.votes(),
                state,
                fingerprint: device.map(|device| fingerprint(&device.public_key)),
                holds_case: device.is_some_and(|device| Some(device.id) == holder),
            }
        });
        Ok(rows.collect())
    }

    async fn about_conflict(&self, open: &OpenCase, conflict: &Conflict) -> Result<String, CaseworkError> {
        match conflict.sides.first() {
            Some(side) => self.described(open, &Act::Version(side.record, side.version.clone())).await,
            None => Ok(String::new()),
        }
    }

    async fn conflict_view(
        &self,
        open: &OpenCase,
        names: &Names,
        conflict: &Conflict,
    ) -> Result<ConflictView, CaseworkError> {
        let sides = conflict.sides.iter().map(|side| ConflictSideView {
            by: names.name(side.device),
            at: side.at.to_string(),
            said: said(&side.version),
            holds: side.holds,
        });
        Ok(ConflictView { about: self.about_conflict(open, conflict).await?, sides: sides.collect() })
    }
}

/// Says what a version says, as far as it can be said in a line.
fn said(version: &Version) -> String {
    match version {
        Version::Page(remedy) => match &remedy.act {
            PageAct::Turned(degrees) => {
                message("casework.exchange.turned", &[("grados", &degrees.to_string())])
            }
            PageAct::Written(text) => text.chars().take(200).collect(),
        },
        Version::Documents(arrangement) => {
            message("casework.exchange.documents", &[("numero", &arrangement.documents.len().to_string())])
        }
        Version::Field(said) => match &said.act {
            FieldAct::Value { raw, .. } => raw.clone(),
            FieldAct::Absent => message("casework.exchange.absent", &[]),
            _ => message("casework.exchange.machine", &[]),
        },
        Version::Source(note) => note.text.clone(),
        Version::Course(CourseAct::IndicioDismissed(said)) => said.reason.clone(),
        Version::Course(CourseAct::TreatmentAnswered(said)) => said.reason.clone(),
        Version::Course(CourseAct::KinshipAnswered(said)) => said.text.clone(),
        Version::Course(_) | Version::Session(_) | Version::Commission(_) | Version::Note(_) => String::new(),
    }
}

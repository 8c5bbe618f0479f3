//! Constancias: published, notified, consulted in the RUP, signed elsewhere.

use super::Gathered;
use super::support::{moment, refused, shown, stage, view, words};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{ConstanciaDraft, ConstanciaView};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    Constancia, ConstanciaKind, CourseAct, Recipients, RupMoment, RupStatus, StageKind,
};
use cotejo_domain::{Code, Ruc};
use cotejo_procedure::stages::{Scope, stage_name};

impl Desk {
    /// Lists the constancias of a case that were not taken back, in the order of what they state.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the case has no pack.
    pub async fn constancias(&self, case: &str) -> Result<Vec<ConstanciaView>, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let mut all: Vec<&Constancia> = gathered.constancias.iter().filter(|said| !said.withdrawn).collect();
        all.sort_by(|one, other| (one.when, &one.id).cmp(&(other.when, &other.id)));
        Ok(all.into_iter().map(|said| constancia_view(&gathered, said)).collect())
    }

    /// Records that something was published, notified, consulted or signed elsewhere, or changes one of one's own.
    ///
    /// # Errors
    /// [`Code::Precondition`] for a kind, a moment of the RUP, a number or a day that cannot be; [`Code::NotFound`] for a constancia, stage
    /// or bid that is not there.
    pub async fn record_constancia(
        &self,
        case: &str,
        draft: &ConstanciaDraft,
    ) -> Result<Vec<ConstanciaView>, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let before = match draft.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
            Some(id) => match gathered.constancias.iter().find(|said| said.id == id) {
                Some(said) => Some(said.clone()),
                None => return Err(CaseworkError::refused(Code::NotFound, "stages.no_such_constancia", id)),
            },
            None => None,
        };
        if let (Some(said), true) = (&before, draft.withdrawn) {
            let taken = Constancia { withdrawn: true, author: self.actor.id, at: self.now(), ..said.clone() };
            self.record_course(&open, CourseAct::ConstanciaRecorded(taken)).await?;
            return self.constancias(case).await;
        }
        let (kind, of_moment) = kind(draft, &gathered)?;
        let stage = match (draft.stage.trim(), of_moment) {
            ("", Some(of_moment)) => of_moment,
            (key, _) => stage(key)?,
        };
        let planned = gathered.plan.known().and_then(|plan| plan.stage(stage).cloned());
        let shared = planned.as_ref().is_none_or(|planned| planned.scope == Scope::Process);
        let when = moment(draft.when.as_deref(), gathered.now)?;
        if when > gathered.now {
            return refused("stages.future", "");
        }
        let document = words(&draft.document);
        let document = match (document.as_str(), &kind) {
            ("", ConstanciaKind::Rup { ruc, .. }) => format!("RUP {ruc}"),
            ("", _) => match planned.and_then(|planned| planned.document) {
                Some(document) => document,
                None => return refused("stages.constancia_of_what", ""),
            },
            _ => document,
        };
        let support = self.support(&open, &gathered, &draft.support).await?;
        let kept = before.as_ref().map(|said| said.support.clone()).filter(|_| support.is_bare());
        let by = words(&draft.by);
        let said = Constancia {
            id: before.map_or_else(|| self.new_uuid().to_string(), |said| said.id),
            lot: gathered.lot_of(draft.lot.as_deref(), shared)?,
            stage,
            kind,
            document,
            when,
            by: if by.is_empty() { self.actor.name.clone() } else { by },
            support: kept.unwrap_or(support),
            withdrawn: false,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_course(&open, CourseAct::ConstanciaRecorded(said)).await?;
        self.constancias(case).await
    }
}

/// Reads what a constancia states, with the stage that a moment of the RUP falls into.
fn kind(
    draft: &ConstanciaDraft,
    gathered: &Gathered,
) -> Result<(ConstanciaKind, Option<StageKind>), CaseworkError> {
    match draft.kind.as_str() {
        "publication" => {
            let place = words(&draft.place);
            let place = if place.is_empty() { message("stages.portal", &[]) } else { place };
            Ok((ConstanciaKind::Publication { place }, None))
        }
        "notification" => {
            let mut bids = Vec::new();
            for number in &draft.bids {
                match gathered.judgement.bids.iter().find(|bid| bid.number == *number) {
                    Some(bid) => bids.push(bid.bid.id),
                    None => {
                        let number = number.to_string();
                        return Err(CaseworkError::refused(Code::NotFound, "stages.no_such_bid", number));
                    }
                }
            }
            let recipients = if bids.is_empty() { Recipients::All } else { Recipients::Some(bids) };
            Ok((ConstanciaKind::Notification { recipients }, None))
        }
        "rup" => {
            let Some(moment) = RupMoment::by_key(draft.moment.trim()) else {
                return refused("stages.bad_word", &draft.moment);
            };
            let status = match draft.status.as_str() {
                "habilitado" => RupStatus::Habilitado,
                "no_habilitado" => RupStatus::NoHabilitado,
                "sin_respuesta" => RupStatus::SinRespuesta,
                other => return refused("stages.bad_word", other),
            };
            let ruc = draft.ruc.trim().to_owned();
            if Ruc::parse(&ruc).is_err() {
                return refused("stages.bad_ruc", &ruc);
            }
            let bids = &gathered.judgement.bids;
            let owns = |bid: &&std::sync::Arc<crate::desk::judgement::JudgedBid>| {
                crate::desk::registry::numbers(bid).iter().any(|number| number.as_str() == ruc)
            };
            let bid = bids.iter().find(owns).map(|bid| bid.bid.id);
            let stage = match moment {
                RupMoment::Apertura => StageKind::Apertura,
                RupMoment::Adjudicacion => StageKind::Adjudicacion,
                RupMoment::Suscripcion => StageKind::Suscripcion,
            };
            Ok((ConstanciaKind::Rup { moment, ruc, bid, status }, Some(stage)))
        }
        "signed_elsewhere" => Ok((ConstanciaKind::SignedElsewhere, None)),
        other => refused("stages.bad_word", other),
    }
}

fn constancia_view(gathered: &Gathered, said: &Constancia) -> ConstanciaView {
    let sentence = format!("stages.document.{}", said.document);
    let known = cotejo_catalogue::exists(&sentence);
    let document = if known { message(&sentence, &[]) } else { said.document.clone() };
    let (kind, text) = match &said.kind {
        ConstanciaKind::Publication { place } => {
            let values = [("documento", document.as_str()), ("lugar", place.as_str())];
            ("publication", message("stages.constancia.publication", &values))
        }
        ConstanciaKind::Notification { recipients } => {
            let whom = match recipients {
                Recipients::All => message("stages.constancia.all", &[]),
                Recipients::Some(bids) => bids
                    .iter()
                    .filter_map(|bid| gathered.judgement.bid(*bid))
                    .map(|bid| bid.bid.bidder.name.clone())
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            let values = [("documento", document.as_str()), ("oferentes", whom.as_str())];
            ("notification", message("stages.constancia.notification", &values))
        }
        ConstanciaKind::Rup { moment, ruc, status, .. } => {
            let key = match status {
                RupStatus::Habilitado => "stages.rup.habilitado",
                RupStatus::NoHabilitado => "stages.rup.no_habilitado",
                RupStatus::SinRespuesta => "stages.rup.sin_respuesta",
            };
            let answer = message(key, &[]);
            let values = [("ruc", ruc.as_str()), ("momento", moment.key()), ("respuesta", answer.as_str())];
            ("rup", message("stages.constancia.rup", &values))
        }
        ConstanciaKind::SignedElsewhere => {
            ("signed_elsewhere", message("stages.constancia.signed", &[("documento", &document)]))
        }
    };
    ConstanciaView {
        id: said.id.clone(),
        kind: kind.into(),
        text,
        lot: said.lot.map(|lot| gathered.lot_name(lot)),
        stage: said.stage.key().into(),
        stage_name: stage_name(said.stage),
        document,
        when: shown(said.when),
        by: said.by.clone(),
        support: view(&said.support, &gathered.papers),
    }
}

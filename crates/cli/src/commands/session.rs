//! `cotejo caso sesion`, `cotejo caso comision`, `cotejo caso nota`: what the acta says beside the verdicts.

use crate::arguments::{CommissionOrder, SessionOrder};
use crate::output;
use cotejo_casework::quick::refused;
use cotejo_casework::view::{
    BodyView, CapacityView, CommissionDraft, CommissionView, GenderView, InstrumentView, ModalityView,
    SeatDraft, SessionDraft, SessionView,
};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use serde::de::DeserializeOwned;
use std::path::Path;

fn from_file<T: DeserializeOwned>(path: &Path) -> Result<T, CaseworkError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| refused(Code::NotFound, "cli.bad_file", &format!("{name}: {error}")))?;
    serde_json::from_str(&text)
        .map_err(|error| refused(Code::WrongUse, "cli.bad_file", &format!("{name}: {error}")))
}

/// Reads `Resolución|012|2026-11-18|autor`.
pub(super) fn instrument(text: &str) -> Result<InstrumentView, CaseworkError> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let (name, number, date, issued_by) = match parts.as_slice() {
        [name, number, date] => (*name, *number, *date, ""),
        [name, number, date, issued_by] => (*name, *number, *date, *issued_by),
        _ => return Err(refused(Code::WrongUse, "cli.bad_instrument", text)),
    };
    Ok(InstrumentView {
        name: name.into(),
        number: number.into(),
        date: date.into(),
        issued_by: issued_by.into(),
    })
}

/// Reads `presidente|Nombre|cédula|cargo|f,yo`.
fn seat(text: &str) -> Result<SeatDraft, CaseworkError> {
    let wrong = || refused(Code::WrongUse, "cli.bad_member", text);
    let mut parts = text.split('|').map(str::trim);
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let capacity = match next().as_str() {
        "presidente" => CapacityView::Presidente,
        "titular_area_requirente" => CapacityView::TitularAreaRequirente,
        "profesional_afin" => CapacityView::ProfesionalAfin,
        "servidor_designado" => CapacityView::ServidorDesignado,
        "secretario" => CapacityView::Secretario,
        "director_financiero" => CapacityView::DirectorFinanciero,
        "director_juridico" => CapacityView::DirectorJuridico,
        _ => return Err(wrong()),
    };
    let mut seat = SeatDraft {
        id: None,
        name: next(),
        cedula: next(),
        position: next(),
        capacity,
        gender: None,
        present: true,
        me: false,
        substitutes: None,
        substitution: None,
    };
    for mark in next().split(',').map(str::trim).filter(|mark| !mark.is_empty()) {
        match mark {
            "f" => seat.gender = Some(GenderView::Feminine),
            "m" => seat.gender = Some(GenderView::Masculine),
            "yo" => seat.me = true,
            "ausente" => seat.present = false,
            _ => {
                let number = mark.strip_prefix("suplente=").and_then(|number| number.parse::<u32>().ok());
                seat.substitutes = Some(number.and_then(|number| number.checked_sub(1)).ok_or_else(wrong)?);
            }
        }
    }
    if parts.next().is_some() || seat.name.is_empty() { Err(wrong()) } else { Ok(seat) }
}

pub(crate) async fn session(desk: &Desk, order: SessionOrder, json: bool) -> Result<(), CaseworkError> {
    let present = desk.session(&order.caso).await?;
    let given = order.ciudad.is_some()
        || order.lugar.is_some()
        || order.modalidad.is_some()
        || order.apertura.is_some()
        || order.cierre.is_some()
        || order.convocatoria.is_some()
        || !order.puntos.is_empty();
    let view = match &order.archivo {
        Some(path) => {
            let draft: SessionDraft = from_file(path)?;
            desk.record_session(&order.caso, &draft).await?
        }
        None if !given => present,
        None => {
            let mut draft = present.data;
            if let Some(city) = order.ciudad {
                draft.city = city;
            }
            if let Some(place) = order.lugar {
                draft.place = place;
            }
            match order.modalidad.as_deref() {
                Some("presencial") => draft.modality = Some(ModalityView::Presencial),
                Some(_) => draft.modality = Some(ModalityView::Virtual),
                None => {}
            }
            draft.opened = order.apertura.or(draft.opened);
            draft.closed = order.cierre.or(draft.closed);
            if let Some(convocation) = &order.convocatoria {
                draft.convocation = Some(instrument(convocation)?);
            }
            if !order.puntos.is_empty() {
                draft.agenda = order.puntos;
            }
            desk.record_session(&order.caso, &draft).await?
        }
    };
    if json {
        return output::json(&view);
    }
    print_session(&view);
    Ok(())
}

pub(crate) async fn commission(desk: &Desk, order: CommissionOrder, json: bool) -> Result<(), CaseworkError> {
    let given = order.organo.is_some() || order.designacion.is_some() || !order.miembros.is_empty();
    let view = match &order.archivo {
        Some(path) => {
            let draft: CommissionDraft = from_file(path)?;
            desk.record_commission(&order.caso, &draft).await?
        }
        None if !given => desk.commission(&order.caso).await?,
        None => {
            let mut draft = desk.commission(&order.caso).await?.data;
            match order.organo.as_deref() {
                Some("comision_tecnica") => draft.body = BodyView::ComisionTecnica,
                Some(_) => draft.body = BodyView::ServidorDesignado,
                None => {}
            }
            if let Some(designation) = &order.designacion {
                draft.designation = Some(instrument(designation)?);
            }
            if !order.miembros.is_empty() {
                draft.seats = order.miembros.iter().map(|text| seat(text)).collect::<Result<_, _>>()?;
            }
            desk.record_commission(&order.caso, &draft).await?
        }
    };
    if json {
        return output::json(&view);
    }
    print_commission(&view);
    Ok(())
}

fn print_session(view: &SessionView) {
    let data = &view.data;
    let line = |key: &str, value: &str| {
        if !value.is_empty() {
            output::line(&format!("{}: {value}", message(&format!("cli.session.{key}"), &[])));
        }
    };
    line("city", &data.city);
    line("place", &data.place);
    line("opened", data.opened.as_deref().unwrap_or_default());
    line("closed", data.closed.as_deref().unwrap_or_default());
    for (index, point) in data.agenda.iter().enumerate() {
        output::line(&format!("  {}. {point}", index + 1));
    }
    tell(&view.missing, &view.remarks);
}

fn print_commission(view: &CommissionView) {
    for member in &view.members {
        output::line(&format!("{}: {}", member.capacity, member.name));
    }
    tell(&view.missing, &view.remarks);
}

fn tell(missing: &[String], remarks: &[String]) {
    if !missing.is_empty() {
        output::line(&message("cli.missing_in_acta", &[("lista", &missing.join(", "))]));
    }
    for remark in remarks {
        output::line(&format!("  ! {remark}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_instruments_are_read_from_one_line_each() {
        let seat = seat("presidente|Ana Ejemplo|1559000011|Directora|f,yo").expect("well formed");
        assert!(seat.me && seat.present && seat.gender == Some(GenderView::Feminine));
        assert_eq!((seat.name.as_str(), seat.position.as_str()), ("Ana Ejemplo", "Directora"));
        let substitute = super::seat("presidente|Eva|||suplente=1").expect("well formed");
        assert_eq!(substitute.substitutes, Some(0), "people count from one");
        assert!(super::seat("jefe|Ana").is_err(), "an unknown capacity is wrong use");
        assert!(super::seat("presidente|Ana|||suplente=0").is_err(), "there is no person number zero");
        let instrument = instrument("Resolución|012|2026-11-18").expect("well formed");
        assert_eq!((instrument.number.as_str(), instrument.issued_by.as_str()), ("012", ""));
        assert!(super::instrument("Resolución 012").is_err());
    }
}

//! The sentences of the acta on those who met: what was recorded, in the words of an acta; what was not, as not recorded.

use super::acta_content::{article, hour, long_date};
use super::labels;
use cotejo_catalogue::message;
use cotejo_domain::{Capacity, Commission, EvaluatingBody, Gender, Instrument, Modality, Seat, Session};
use cotejo_reports::{MemberLine, SessionLine, SignerLine};

/// Holds what the acta prints of session and commission.
pub(crate) struct Meeting {
    pub(crate) session: SessionLine,
    pub(crate) members: Vec<MemberLine>,
    pub(crate) signers: Vec<SignerLine>,
}

/// Writes the sentences of the session that evaluates. `unrecorded` are the members while no commission is recorded, with their names.
pub(crate) fn meeting(
    session: &Session,
    commission: Option<&Commission>,
    unrecorded: Vec<MemberLine>,
    procedure: &str,
    pack: Option<&str>,
) -> Meeting {
    let purpose = message("casework.paper.purpose.calificacion", &[]);
    meeting_for(&purpose, session, commission, unrecorded, procedure, pack)
}

/// Writes the sentences of a session held for `purpose`: `para calificar las ofertas presentadas`.
pub(crate) fn meeting_for(
    purpose: &str,
    session: &Session,
    commission: Option<&Commission>,
    unrecorded: Vec<MemberLine>,
    procedure: &str,
    pack: Option<&str>,
) -> Meeting {
    let opening = opening(purpose, session, commission, procedure);
    let closing = closing(session, commission);
    let agenda =
        if session.agenda.is_empty() { super::session::usual_agenda() } else { session.agenda.clone() };
    let Some(commission) = commission else {
        let signers = unrecorded
            .iter()
            .map(|member| SignerLine {
                name: member.name.clone(),
                capacity: member.capacity.clone(),
                position: member.position.clone(),
                cedula: String::new(),
            })
            .collect();
        let quorum = message("casework.acta.quorum_unrecorded", &[]);
        let session = SessionLine { opening, attendance: Vec::new(), quorum, agenda, closing };
        return Meeting { session, members: unrecorded, signers };
    };
    let unknown = || message("casework.acta.unknown", &[]);
    let position = |seat: &Seat| {
        if seat.actor.position.is_empty() { unknown() } else { seat.actor.position.clone() }
    };
    let present = || commission.seats.iter().filter(|seat| seat.present);
    let members = present()
        .filter(|seat| seat.member.capacity != Capacity::Secretario)
        .map(|seat| MemberLine {
            name: seat.actor.name.clone(),
            position: position(seat),
            capacity: capacity(seat),
            votes: seat.member.capacity.votes(),
        })
        .collect();
    let signers = present()
        .map(|seat| SignerLine {
            name: seat.actor.name.clone(),
            capacity: capacity(seat),
            position: seat.actor.position.clone(),
            cedula: seat.actor.cedula.as_ref().map_or_else(String::new, |cedula| cedula.as_str().to_owned()),
        })
        .collect();
    let session = SessionLine {
        opening,
        attendance: attendance(commission),
        quorum: quorum(commission, pack),
        agenda,
        closing,
    };
    Meeting { session, members, signers }
}

/// Those who take part, in the order of their places for signatures.
pub(crate) fn signing_seats(commission: &Commission) -> Vec<&Seat> {
    commission.seats.iter().filter(|seat| seat.present).collect()
}

fn capacity(seat: &Seat) -> String {
    let capacity = labels::capacity(seat.member.capacity, seat.gender);
    if seat.substitutes.is_some() {
        message("casework.acta.as_substitute", &[("calidad", &capacity)])
    } else {
        capacity
    }
}

/// Writes an instrument as actas cite it: `Resolución N.º 12, de 18 de noviembre de 2026, de la máxima autoridad`.
fn cited(instrument: &Instrument) -> String {
    let values = [
        ("nombre", instrument.name.as_str()),
        ("numero", instrument.number.as_str()),
        ("fecha", &long_date(instrument.date)),
        ("autor", instrument.issued_by.as_deref().unwrap_or_default()),
    ];
    let key = if instrument.issued_by.is_some() {
        "casework.acta.instrument_by"
    } else {
        "casework.acta.instrument"
    };
    message(key, &values)
}

fn gendered(key: &str, gender: Option<Gender>, values: &[(&str, &str)]) -> String {
    match gender {
        None => message(key, values),
        Some(Gender::Feminine) => message(&format!("{key}.f"), values),
        Some(Gender::Masculine) => message(&format!("{key}.m"), values),
    }
}

fn opening(purpose: &str, session: &Session, commission: Option<&Commission>, procedure: &str) -> String {
    let city = match &session.city {
        Some(city) => message("casework.acta.city", &[("ciudad", city)]),
        None => message("casework.acta.city_unknown", &[]),
    };
    let moment = match session.opened {
        Some(opened) => {
            let (date, hour) = (acta_date(opened.date()), hour(opened));
            message("casework.acta.moment", &[("fecha", &date), ("hora", &hour)])
        }
        None => message("casework.acta.moment_unknown", &[]),
    };
    let modality = match (session.modality, &session.place) {
        (Some(Modality::Presencial), Some(place)) => message("casework.acta.in_person", &[("lugar", place)]),
        (Some(Modality::Presencial), None) => message("casework.acta.in_person_unknown", &[]),
        (Some(Modality::Virtual), Some(place)) => message("casework.acta.virtual", &[("lugar", place)]),
        (Some(Modality::Virtual), None) => message("casework.acta.virtual_unknown", &[]),
        (None, Some(place)) => message("casework.acta.modality_unknown_at", &[("lugar", place)]),
        (None, None) => message("casework.acta.modality_unknown", &[]),
    };
    let body = match commission {
        None => message("casework.acta.body_unknown", &[]),
        Some(commission) => {
            let single = commission.body == EvaluatingBody::ServidorDesignado;
            let gender = commission
                .seats
                .iter()
                .find(|seat| seat.votes())
                .filter(|_| single)
                .and_then(|seat| seat.gender);
            let key = if single { "casework.acta.single" } else { "casework.acta.commission" };
            match &commission.designation {
                Some(designation) => {
                    gendered(&format!("{key}_by"), gender, &[("instrumento", &cited(designation))])
                }
                None => gendered(&format!("{key}_unknown"), gender, &[]),
            }
        }
    };
    let called = session.convocation.as_ref().map_or_else(String::new, |convocation| {
        message("casework.acta.called", &[("instrumento", &cited(convocation))])
    });
    let values = [
        ("ciudad", city.as_str()),
        ("momento", &moment),
        ("modalidad", &modality),
        ("convocatoria", &called),
        ("cuerpo", &body),
        ("procedimiento", procedure),
        ("proposito", purpose),
    ];
    message("casework.acta.opening", &values)
}

/// `a los 24 días del mes de diciembre del 2020`, `al primer día del mes de enero del 2026`.
fn acta_date(date: jiff::civil::Date) -> String {
    let (month, year) = (cotejo_domain::spanish::month_name(date), date.year().to_string());
    let day = date.day().to_string();
    let values = [("dia", day.as_str()), ("mes", month), ("anio", &year)];
    message(if date.day() == 1 { "casework.acta.first_day" } else { "casework.acta.day" }, &values)
}

fn attendance(commission: &Commission) -> Vec<String> {
    let mut sentences = Vec::new();
    for seat in commission.seats.iter().filter(|seat| !seat.present && seat.substitutes.is_none()) {
        let capacity = labels::capacity(seat.member.capacity, seat.gender);
        let substitute = commission.seats.iter().find(|other| {
            other.present
                && other
                    .substitutes
                    .as_ref()
                    .is_some_and(|substitution| substitution.principal == seat.member.id)
        });
        let Some(substitute) = substitute else {
            let values = [("nombre", seat.actor.name.as_str()), ("calidad", &capacity)];
            sentences.push(message("casework.acta.absent", &values));
            continue;
        };
        let instrument = substitute
            .substitutes
            .as_ref()
            .and_then(|substitution| substitution.instrument.as_ref())
            .map_or_else(
                || message("casework.acta.substitution_unknown", &[]),
                |instrument| message("casework.acta.substitution", &[("instrumento", &cited(instrument))]),
            );
        let values = [
            ("nombre", seat.actor.name.as_str()),
            ("calidad", &capacity),
            ("suplente", &substitute.actor.name),
            ("instrumento", &instrument),
        ];
        sentences.push(message("casework.acta.replaced", &values));
    }
    let secretary =
        commission.seats.iter().find(|seat| seat.present && seat.member.capacity == Capacity::Secretario);
    if let Some(secretary) = secretary {
        let key = match commission.body {
            EvaluatingBody::ComisionTecnica => "casework.acta.secretary",
            EvaluatingBody::ServidorDesignado => "casework.acta.secretary_of_single",
        };
        sentences.push(gendered(key, secretary.gender, &[("nombre", &secretary.actor.name)]));
    }
    sentences
}

fn quorum(commission: &Commission, pack: Option<&str>) -> String {
    if commission.body == EvaluatingBody::ServidorDesignado {
        return message("casework.acta.quorum_single", &[]);
    }
    let basis = article(pack, "88").map_or_else(String::new, |article| format!("; {article}"));
    if !commission.has_quorum() {
        return message("casework.acta.no_quorum", &[("norma", &basis)]);
    }
    let votes = commission.seats.iter().filter(|seat| seat.votes()).count();
    let number = cotejo_domain::spanish::number_in_words(votes as u64);
    message("casework.acta.quorum", &[("numero", &number), ("norma", &basis)])
}

fn closing(session: &Session, commission: Option<&Commission>) -> String {
    let hour = match session.closed {
        Some(closed) if session.opened.is_some_and(|opened| opened.date() != closed.date()) => {
            let values = [("hora", hour(closed)), ("fecha", long_date(closed.date()))];
            message("casework.acta.closed_on", &values.each_ref().map(|(key, value)| (*key, value.as_str())))
        }
        Some(closed) => message("casework.acta.closed_at", &[("hora", &hour(closed))]),
        None => message("casework.acta.closed_unknown", &[]),
    };
    let president = commission
        .filter(|commission| commission.body == EvaluatingBody::ComisionTecnica)
        .and_then(|commission| {
            commission.seats.iter().find(|seat| seat.present && seat.member.capacity == Capacity::Presidente)
        });
    match president {
        Some(seat) => gendered("casework.acta.closing_by", seat.gender, &[("cierre", &hour)]),
        None => message("casework.acta.closing", &[("cierre", &hour)]),
    }
}

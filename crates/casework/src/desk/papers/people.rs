//! Documents of members: declaration, report of a subcommission, rectification, refusal to sign.

use super::gather::Gathered;
use super::outcome::signed_name;
use crate::CaseworkError;
use crate::desk::acta_content::{ECUADOR, long_date};
use crate::desk::labels;
use crate::desk::open_case::OpenCase;
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, DeclarationKind, Kinship, PointHandling};
use cotejo_domain::{Code, Gender, MemberId, Seat};
use cotejo_reports::{
    Declaracion, Firmante, InformeSubcomision, NoSuscripcion, Persona, PuntoSubcomision, Rectificatoria,
};
use cotejo_store::{ActaRow, EventPayload, Stated};

fn gender(gender: Option<Gender>) -> String {
    match gender {
        Some(Gender::Feminine) => "f".into(),
        Some(Gender::Masculine) => "m".into(),
        None => String::new(),
    }
}

fn seat(case: &Gathered, member: Option<MemberId>) -> Option<&Seat> {
    let seats = || case.commission.iter().flat_map(|commission| &commission.seats);
    match member {
        Some(member) => seats().find(|seat| seat.member.id == member),
        None => {
            seats().find(|seat| seat.member.id.to_string() == case.about || seat.actor.name == case.about)
        }
    }
}

fn signer(seat: &Seat) -> Firmante {
    Firmante {
        nombre: seat.actor.name.clone(),
        calidad: labels::capacity(seat.member.capacity, seat.gender),
        cargo: seat.actor.position.clone(),
        cedula: seat.actor.cedula.as_ref().map_or_else(String::new, |cedula| cedula.as_str().to_owned()),
    }
}

pub(crate) fn declaracion(case: &mut Gathered) -> Result<Declaracion, CaseworkError> {
    let Some(seat) = seat(case, None) else {
        return Err(CaseworkError::refused(Code::WrongUse, "casework.paper_whose", case.about.clone()));
    };
    let held = |kind| {
        case.acts.iter().rev().find_map(move |act| match act {
            CourseAct::DeclarationMade(said)
                if said.member == seat.member.id && said.kind == kind && !said.withdrawn =>
            {
                Some(said)
            }
            _ => None,
        })
    };
    let conflict = held(DeclarationKind::ConflictOfInterest);
    let kept = held(DeclarationKind::Confidentiality);
    let bidders = case.judgement.bids.iter().map(|bid| Persona {
        nombre: bid.bid.bidder.name.clone(),
        relacion: message("casework.paper.bidder_of", &[("numero", &bid.number.to_string())]),
    });
    let partners = case.judgement.bids.iter().flat_map(|bid| {
        bid.bid.bidder.members.iter().map(|member| Persona {
            nombre: member.name.clone(),
            relacion: message("casework.paper.partner_of", &[("oferente", &bid.bid.bidder.name)]),
        })
    });
    // A declaration that was made speaks of the list it was made over; one that is still to be made, of the bidders as they are now.
    let personas = match conflict.or(kept) {
        Some(said) => said
            .list
            .iter()
            .map(|line| Persona { nombre: line.clone(), relacion: message("casework.paper.listed", &[]) })
            .collect(),
        None => bidders.chain(partners).collect(),
    };
    let signers = vec![signer(seat)];
    let person = seat.clone();
    let kinships = case
        .acts
        .iter()
        .filter_map(|act| match act {
            CourseAct::KinshipAnswered(said) if said.member == person.member.id => {
                let key = match said.kinship? {
                    Kinship::None => "casework.paper.kinship.none",
                    Kinship::WithinDegrees => "casework.paper.kinship.within",
                    Kinship::Beyond => "casework.paper.kinship.beyond",
                };
                Some(format!("{} {}", message(key, &[]), said.text).trim().to_owned())
            }
            _ => None,
        })
        .collect();
    // Who has a kinship within the degrees declares it: beside it no document says that there is none.
    let within: Vec<String> = case
        .acts
        .iter()
        .filter_map(|act| match act {
            CourseAct::KinshipAnswered(said)
                if said.member == person.member.id && said.kinship == Some(Kinship::WithinDegrees) =>
            {
                let said = format!("{} {}", message("casework.paper.kinship.within", &[]), said.text);
                Some(said.trim().to_owned())
            }
            _ => None,
        })
        .collect();
    let novelty = conflict.and_then(|said| said.novelty.clone()).filter(|text| !text.trim().is_empty());
    let mut comun = case.comun.clone();
    comun.firmantes = signers;
    let content = Declaracion {
        nombre: person.actor.name.clone(),
        genero: gender(person.gender),
        cedula: person.actor.cedula.as_ref().map_or_else(String::new, |cedula| cedula.as_str().to_owned()),
        calidad: labels::capacity(person.member.capacity, person.gender),
        fecha: conflict.map_or_else(String::new, |said| long_date(said.made_on)),
        personas,
        lista_huella: conflict.map_or_else(String::new, |said| said.over.to_string()),
        novedad: novelty.unwrap_or_else(|| within.join(" ")),
        parentescos: kinships,
        articulo_conflicto: case.norm(&["conflicto"]),
        articulo_confidencialidad: case.norm(&["confidencialidad"]),
        articulo_atenciones: case.norm(&["atenciones"]),
        comun,
    };
    let slots: Vec<Stated> = conflict
        .into_iter()
        .chain(kept)
        .map(|said| Stated::Act { slot: CourseAct::DeclarationMade(said.clone()).slot() })
        .collect();
    case.states.extend(slots);
    Ok(content)
}

pub(crate) fn subcomision(case: &mut Gathered) -> InformeSubcomision {
    let report = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::SubcommissionReported(said)
            if !said.points.is_empty()
                && (case.about.is_empty() || said.id == case.about || said.number == case.about) =>
        {
            Some(said.clone())
        }
        _ => None,
    });
    let mut comun = case.comun.clone();
    let articulo = case.norm(&["subcomision"]);
    let Some(report) = report else {
        comun.cabecera.proyecto = true;
        return InformeSubcomision { comun, articulo, ..InformeSubcomision::default() };
    };
    let (mut open, mut slots) =
        (false, vec![Stated::Act { slot: CourseAct::SubcommissionReported(report.clone()).slot() }]);
    let puntos = report
        .points
        .iter()
        .map(|point| {
            let over = cotejo_domain::FileHash::of(point.text.as_bytes());
            let answer = case.acts.iter().rev().find_map(|act| match act {
                CourseAct::SubcommissionAnswered(said)
                    if said.report == report.id && said.number == point.number =>
                {
                    Some(said)
                }
                _ => None,
            });
            // A point that changed since it was answered is open again.
            let handling = answer.filter(|answer| answer.over == over).and_then(|answer| answer.handling);
            open |= handling.is_none();
            slots.extend(
                answer
                    .map(|said| Stated::Act { slot: CourseAct::SubcommissionAnswered(said.clone()).slot() }),
            );
            let of = [
                point.requirement.as_ref().map(|requirement| case.requirement_title(requirement)),
                point.bid.map(|bid| case.bid_name(bid)),
            ];
            PuntoSubcomision {
                numero: point.number.to_string(),
                texto: point.text.clone(),
                parametro: of.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                tratamiento: handling.map_or_else(String::new, |handling| {
                    let key = match handling {
                        PointHandling::Endorsed => "casework.paper.point.endorsed",
                        PointHandling::Corrected => "casework.paper.point.corrected",
                    };
                    message(key, &[])
                }),
                razones: answer.map_or_else(String::new, |answer| answer.reasons.clone()),
            }
        })
        .collect();
    case.states.extend(slots);
    comun.cabecera.proyecto |= open;
    InformeSubcomision {
        comun,
        numero_informe: report.number.clone(),
        fecha: long_date(report.date),
        suscriben: report.signed_by.clone(),
        puntos,
        documento_huella: report.document.map_or_else(String::new, |document| document.to_string()),
        articulo,
    }
}

/// The signed acta a document is about: by its number, else the newest of the calificación.
fn about_acta<'a>(case: &'a Gathered, kind: &str) -> Option<&'a ActaRow> {
    case.actas.iter().rev().find(|row| row.acta.kind == kind && !row.signatures.is_empty())
}

fn newest(row: &ActaRow) -> String {
    row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256).to_string()
}

pub(crate) async fn rectificatoria(
    case: &Gathered,
    open: &OpenCase,
) -> Result<Rectificatoria, CaseworkError> {
    // The last rectification that was opened says which acta and why.
    let mut opened = None;
    for event in open.case.events().await? {
        if let Some(EventPayload::RectificationOpened { acta, cause }) = event.payload()? {
            opened = Some((acta, cause));
        }
    }
    let mut comun = case.comun.clone();
    let row = opened.as_ref().and_then(|(acta, _)| case.actas.iter().find(|row| row.acta.id == *acta));
    comun.cabecera.proyecto |= row.is_none() || case.data.as_ref().is_none_or(|data| data.lists.is_empty());
    Ok(Rectificatoria {
        comun,
        acta: row.map_or_else(String::new, |row| {
            cotejo_reports::Kind::named(&row.acta.kind)
                .map_or_else(|| row.acta.kind.clone(), cotejo_reports::Kind::title)
        }),
        acta_numero: row.and_then(|row| row.acta.number.clone()).unwrap_or_default(),
        acta_huella: row.map_or_else(String::new, newest),
        suscrita: row
            .and_then(|row| row.signatures.last())
            .map_or_else(String::new, |signature| long_date(ECUADOR.to_datetime(signature.signed_at).date())),
        causa: opened.map_or_else(String::new, |(_, cause)| cause),
        cambios: Vec::new(),
        articulo: case.norm(&["rectificacion"]),
    })
}

pub(crate) fn no_suscripcion(case: &mut Gathered) -> Result<NoSuscripcion, CaseworkError> {
    let refusal = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::SigningRefused(said) if !said.reasons.trim().is_empty() => {
            let of = seat(case, Some(said.member));
            let named =
                of.is_some_and(|seat| seat.actor.name == case.about) || said.member.to_string() == case.about;
            (case.about.is_empty() || named).then(|| said.clone())
        }
        _ => None,
    });
    let Some(refusal) = refusal else {
        return Err(CaseworkError::refused(
            Code::Precondition,
            "casework.paper_no_refusal",
            case.about.clone(),
        ));
    };
    let who = seat(case, Some(refusal.member));
    let row = about_acta(case, &refusal.acta);
    let attests = case
        .commission
        .iter()
        .flat_map(|commission| &commission.seats)
        .find(|seat| seat.actor.name == refusal.attested_by);
    let mut comun = case.comun.clone();
    comun.firmantes = vec![
        attests
            .map_or_else(|| Firmante { nombre: refusal.attested_by.clone(), ..Firmante::default() }, signer),
    ];
    let content = NoSuscripcion {
        nombre: who
            .map_or_else(|| case.decided.name(refusal.member).to_owned(), |seat| seat.actor.name.clone()),
        genero: gender(who.and_then(|seat| seat.gender)),
        calidad: who.map_or_else(String::new, |seat| labels::capacity(seat.member.capacity, seat.gender)),
        acta: row.map_or_else(
            || {
                cotejo_reports::Kind::named(&refusal.acta)
                    .map_or_else(|| refusal.acta.clone(), cotejo_reports::Kind::title)
            },
            signed_name,
        ),
        acta_numero: row.and_then(|row| row.acta.number.clone()).unwrap_or_default(),
        acta_huella: row.map_or_else(String::new, newest),
        fecha: long_date(refusal.on),
        razones: refusal.reasons.clone(),
        da_fe: refusal.attested_by.clone(),
        articulo: case.norm(&["no_suscripcion"]),
        comun,
    };
    case.states.push(Stated::Act { slot: CourseAct::SigningRefused(refusal).slot() });
    Ok(content)
}

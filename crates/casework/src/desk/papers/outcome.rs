//! Documents that end an evaluation: the informe, the resolución, the control of VAE, the notification of indicios.

use super::articles::{cited, each};
use super::comparison::Comparison;
use super::course::motivated;
use super::gather::{Gathered, amount, figures};
use crate::CaseworkError;
use crate::desk::acta_content::{ECUADOR, long_date};
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, labels, matrix};
use crate::view::Verdict as VerdictView;
use cotejo_catalogue::{exists, message};
use cotejo_domain::course::{CourseAct, Recommendation, Recommended};
use cotejo_domain::spanish::amount_in_words;
use cotejo_domain::{DecisionId, EvaluatingBody, RequirementKind};
use cotejo_reports::{
    Anexo, ControlVae, FilaComparativa, FilaEvidencia, Indicio, Informe, NotificacionIndicios, Resolucion,
};
use cotejo_store::{ActaRow, Stated};
use std::collections::BTreeSet;

/// Names a signed document as others cite it: `Acta de calificación de ofertas N.º 001`.
pub(crate) fn signed_name(row: &ActaRow) -> String {
    let title = cotejo_reports::Kind::named(&row.acta.kind)
        .map_or_else(|| row.acta.kind.clone(), cotejo_reports::Kind::title);
    let Some(number) = row.acta.number.clone().filter(|number| !number.is_empty()) else { return title };
    message("reports.print.numbered", &[("titulo", &title), ("numero", &number)])
}

fn signed(case: &Gathered) -> impl Iterator<Item = &ActaRow> {
    case.actas.iter().filter(|row| !row.signatures.is_empty())
}

fn signed_on(row: &ActaRow) -> String {
    row.signatures
        .last()
        .map_or_else(String::new, |signature| long_date(ECUADOR.to_datetime(signature.signed_at).date()))
}

fn annexes(case: &Gathered) -> Vec<Anexo> {
    signed(case)
        .enumerate()
        .map(|(index, row)| Anexo {
            numero: (index + 1).to_string(),
            documento: signed_name(row),
            huella: row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256).to_string(),
        })
        .collect()
}

pub(crate) fn body(case: &Gathered) -> String {
    let key = match case.commission.as_ref().map(|commission| commission.body) {
        Some(EvaluatingBody::ComisionTecnica) => "casework.paper.body.commission",
        Some(EvaluatingBody::ServidorDesignado) => "casework.paper.body.single",
        None => return String::new(),
    };
    message(key, &[])
}

fn recommendation(case: &Gathered) -> Option<Recommendation> {
    let lot = case.lot();
    case.acts.iter().rev().find_map(|act| match act {
        CourseAct::Recommended(said) if lot.is_none_or(|lot| said.lot == lot) => Some(said.clone()),
        _ => None,
    })
}

/// Words of a ground of desierto or cancelling, where the catalogue has them; else the key as it is recorded.
fn ground(kind: &str, key: &str) -> String {
    let sentence = format!("curing.{kind}.{key}");
    if exists(&sentence) {
        message(&sentence, &[]).trim_end_matches('.').to_owned()
    } else {
        message("casework.paper.ground", &[("causal", key)])
    }
}

pub(crate) fn informe(case: &mut Gathered, desk: &Desk, compared: &Comparison) -> Informe {
    let said = recommendation(case);
    let judgement = &case.judgement;
    let process = &judgement.state.process;
    let today = long_date(ECUADOR.to_datetime(desk.now()).date());
    let word = |verdict: VerdictView, proposed: bool| {
        let key = match (verdict, proposed) {
            (_, true) => "casework.paper.result.open",
            (VerdictView::Cumple, _) => "casework.paper.result.qualifies",
            (VerdictView::NoCumple, _) => "casework.paper.result.fails",
            (VerdictView::AConvalidar, _) => "casework.paper.result.cure",
            _ => "casework.paper.result.open",
        };
        message(key, &[])
    };
    let mut undecided = false;
    let scored = judgement.requirements.iter().any(|of| of.kind == RequirementKind::Puntaje);
    let comparativo = case
        .bids()
        .map(|bid| {
            let result = matrix::outcome(judgement, &case.decided, bid);
            undecided |= result.proposed;
            let of_kind = |kind: RequirementKind| {
                let verdicts: Vec<_> = judgement
                    .requirements
                    .iter()
                    .filter(|requirement| requirement.kind == kind)
                    .filter(|requirement| crate::desk::judgement::stands(requirement, bid))
                    .map(|requirement| {
                        case.decided.at(&requirement.id, bid.bid.id).map(|decision| decision.verdict)
                    })
                    .collect();
                if verdicts.is_empty() {
                    return message("casework.paper.result.none", &[]);
                }
                if verdicts.iter().any(Option::is_none) {
                    return message("casework.paper.result.open", &[]);
                }
                let has = |wanted| verdicts.contains(&Some(wanted));
                let key = if has(cotejo_domain::Verdict::NoCumple) {
                    "casework.paper.result.not_met"
                } else if has(cotejo_domain::Verdict::AConvalidar) {
                    "casework.paper.result.cure"
                } else {
                    "casework.paper.result.met"
                };
                message(key, &[])
            };
            // What is recommended for a bid is its amount in the end; of the others, what they offered.
            let awarded = said.as_ref().and_then(|said| match &said.recommended {
                Recommended::Adjudicar { bid: awarded, amount } if *awarded == bid.bid.id => {
                    Some(figures(*amount))
                }
                _ => None,
            });
            let amount = awarded.or_else(|| compared.amounts.get(&bid.bid.id).cloned());
            FilaComparativa {
                numero: bid.number.to_string(),
                oferente: bid.bid.bidder.name.clone(),
                ruc: bid.bid.bidder.ruc.as_ref().map_or_else(String::new, ToString::to_string),
                integridad: of_kind(RequirementKind::Integridad),
                minimos: of_kind(RequirementKind::Minimo),
                puntaje: match compared.points.get(&bid.bid.id) {
                    Some(points) => points.clone(),
                    None if scored => String::new(),
                    None => message("casework.paper.result.none", &[]),
                },
                monto: amount.unwrap_or_default(),
                resultado: word(result.verdict, result.proposed),
            }
        })
        .collect();
    let (tipo, recomendacion) = match said.as_ref().map(|said| &said.recommended) {
        Some(Recommended::Adjudicar { bid, amount: price }) => (
            "adjudicar",
            message(
                "casework.paper.recommend.award",
                &[("oferente", &case.bid_name(*bid)), ("monto", &amount(*price))],
            ),
        ),
        Some(Recommended::Desierto { ground: key }) => (
            "desierto",
            message("casework.paper.recommend.desierto", &[("causal", &ground("desierto", key))]),
        ),
        Some(Recommended::Cancelar { ground: key }) => (
            "cancelar",
            message("casework.paper.recommend.cancel", &[("causal", &ground("cancelacion", key))]),
        ),
        None => ("", String::new()),
    };
    let accepted = counted(case);
    let mut alertas = crate::desk::departures::told(judgement, &case.acts);
    alertas.extend(resolved_indicios(case));
    for act in &case.acts {
        if let CourseAct::DissentRecorded(dissent) = act
            && !dissent.reasons.trim().is_empty()
        {
            let values = [
                ("nombre", case.decided.name(dissent.member).to_owned()),
                ("parametro", case.requirement_title(&dissent.requirement)),
                ("oferente", case.bid_name(dissent.bid)),
                ("razones", dissent.reasons.clone()),
            ];
            alertas.push(message(
                "casework.paper.dissent",
                &values.each_ref().map(|(key, value)| (*key, value.as_str())),
            ));
        }
    }
    let mut comun = case.comun.clone();
    comun.cabecera.proyecto |= undecided || said.is_none();
    let content = Informe {
        para: String::new(),
        de: body(case),
        asunto: message("casework.paper.subject", &[("codigo", &comun.cabecera.codigo)]),
        fecha: today,
        delegacion: String::new(),
        antecedentes: antecedents(process),
        base_legal: each(case.pack(), &["etapa.calificacion", "etapa.recomendacion", "etapa.adjudicacion"]),
        resumen: signed(case)
            .map(|row| {
                let values = [("documento", signed_name(row)), ("fecha", signed_on(row))];
                message(
                    "casework.paper.signed_on",
                    &values.each_ref().map(|(key, value)| (*key, value.as_str())),
                )
            })
            .collect(),
        comparativo,
        prelacion: said.iter().flat_map(|said| &said.order).map(|bid| case.bid_name(*bid)).collect(),
        alertas,
        asistencia: accepted,
        conclusiones: Vec::new(),
        recomendacion,
        tipo: tipo.to_owned(),
        motivacion: said.as_ref().map_or_else(String::new, |said| motivated(&said.motivation)),
        apartamiento: said.as_ref().map_or_else(String::new, |said| said.departure.clone()),
        fundamento: said.as_ref().map_or_else(String::new, |said| cited(&said.legal_basis)),
        anexos: annexes(case),
        comun,
    };
    case.rests_on(&crate::desk::acta_content::unverified(&case.judgement));
    if let Some(said) = said {
        case.rests_on(&said.unverified_norms);
        case.states.push(Stated::Act { slot: CourseAct::Recommended(said).slot() });
    }
    let bids: Vec<Stated> = case.bids().map(|bid| Stated::Bid { bid: bid.bid.id }).collect();
    case.states.extend(bids);
    content
}

/// Names an indicio as persons know it, with its code: `Precios idénticos (P-01)`.
fn indicio_title(code: &str) -> String {
    let key = format!("flags.{code}.nombre");
    if !exists(&key) {
        return code.to_owned();
    }
    message("casework.paper.indicio_title", &[("nombre", &message(&key, &[])), ("codigo", code)])
}

/// Says of each indicio of the papers how it was resolved; one of the course is in its notification.
fn resolved_indicios(case: &Gathered) -> Vec<String> {
    let flags: Vec<&cotejo_flags::Flag> = case.judgement.flags.iter().collect();
    let names = crate::desk::commission::identities(&flags);
    let line = |(flag, name): (&&cotejo_flags::Flag, String)| {
        let dismissed = case.acts.iter().rev().find_map(|act| match act {
            CourseAct::IndicioDismissed(said) if said.indicio == name && !said.reason.trim().is_empty() => {
                Some(said.reason.clone())
            }
            _ => None,
        });
        let bids: Vec<String> = flag
            .bids
            .iter()
            .filter_map(|bid| case.judgement.bid(*bid))
            .map(|bid| bid.number.to_string())
            .collect();
        let key = match bids.len() {
            0 => "casework.paper.indicio.of_none",
            1 => "casework.paper.indicio.one",
            _ => "casework.paper.indicio",
        };
        let resolved = match dismissed {
            Some(reason) => message("casework.paper.indicio.dismissed", &[("razon", &reason)]),
            None => message("casework.paper.indicio.open", &[]),
        };
        let values = [
            ("indicio", indicio_title(&flag.code)),
            ("ofertas", cotejo_domain::spanish::joined(&bids)),
            ("hecho", flag.text.clone()),
            ("resuelto", resolved),
        ];
        message(key, &values.each_ref().map(|(key, value)| (*key, value.as_str())))
    };
    flags.iter().zip(names).map(line).collect()
}

fn antecedents(process: &cotejo_domain::Process) -> Vec<String> {
    let mut list = Vec::new();
    if let Some(started) = process.started {
        list.push(message("casework.paper.antecedent.started", &[("fecha", &long_date(started))]));
    }
    if let Some(due) = process.bids_due {
        list.push(message("casework.paper.antecedent.due", &[("momento", &super::gather::moment(due))]));
    }
    list
}

/// How many proposals were accepted, modified or set aside, and how a second member's check of the sample agreed.
fn counted(case: &Gathered) -> Vec<String> {
    let (mut accepted, mut changed, mut by_hand) = (0_u32, 0_u32, 0_u32);
    for decision in case.decided.by_cell.values() {
        match decision.proposed {
            Some(proposed) if proposed == decision.verdict => accepted += 1,
            Some(_) => changed += 1,
            None => by_hand += 1,
        }
    }
    if accepted + changed + by_hand == 0 {
        return Vec::new();
    }
    let values = [
        ("aceptadas", accepted.to_string()),
        ("cambiadas", changed.to_string()),
        ("propias", by_hand.to_string()),
    ];
    let mut lines = vec![message(
        "casework.paper.counted",
        &values.each_ref().map(|(key, value)| (*key, value.as_str())),
    )];
    let (mut checked, mut agreed) = (BTreeSet::<DecisionId>::new(), 0_u32);
    for act in &case.acts {
        if let CourseAct::SampleChecked(said) = act
            && checked.insert(said.decision)
            && case
                .decided
                .by_cell
                .values()
                .any(|decision| decision.id == said.decision && Some(decision.verdict) == said.verdict)
        {
            agreed += 1;
        }
    }
    if !checked.is_empty() {
        let values = [("revisadas", checked.len().to_string()), ("iguales", agreed.to_string())];
        lines.push(message(
            "casework.paper.rechecked",
            &values.each_ref().map(|(key, value)| (*key, value.as_str())),
        ));
    }
    lines
}

pub(crate) fn resolucion(case: &mut Gathered) -> Resolucion {
    let said = recommendation(case);
    let mut comun = case.comun.clone();
    // It is the authority's: what is composed here is always a project for the legal office.
    comun.cabecera.proyecto = true;
    comun.firmantes = vec![cotejo_reports::Firmante {
        nombre: case.written("autoridad"),
        calidad: case.written("calidad"),
        ..cotejo_reports::Firmante::default()
    }];
    let mut facts: Vec<String> = signed(case)
        .map(|row| {
            let values = [("documento", signed_name(row)), ("fecha", signed_on(row))];
            message("casework.paper.whereas", &values.each_ref().map(|(key, value)| (*key, value.as_str())))
        })
        .collect();
    let (mut tipo, mut oferente, mut ruc, mut price, mut causal) =
        ("", String::new(), String::new(), None, String::new());
    if let Some(said) = &said {
        facts.push(message("casework.paper.whereas_recommended", &[("de", &body(case))]));
        match &said.recommended {
            Recommended::Adjudicar { bid, amount } => {
                tipo = "adjudicar";
                let bidder = case.judgement.bid(*bid).map(|bid| &bid.bid.bidder);
                oferente = bidder.map_or_else(String::new, |bidder| bidder.name.clone());
                ruc = bidder
                    .and_then(|bidder| bidder.ruc.as_ref())
                    .map_or_else(String::new, ToString::to_string);
                price = Some(*amount);
            }
            Recommended::Desierto { ground: key } => {
                tipo = "desierto";
                causal = ground("desierto", key);
            }
            Recommended::Cancelar { ground: key } => {
                tipo = "cancelar";
                causal = ground("cancelacion", key);
            }
        }
    }
    let term = case.judgement.state.process.term;
    Resolucion {
        comun,
        tipo: tipo.to_owned(),
        autoridad: String::new(),
        calidad: String::new(),
        delegacion: String::new(),
        base_legal: Vec::new(),
        hechos: facts,
        fundamento: said
            .as_ref()
            .map_or_else(|| case.norm(&["etapa.adjudicacion"]), |said| cited(&said.legal_basis)),
        oferente,
        ruc,
        monto_cifras: price.map_or_else(String::new, figures),
        monto_letras: price.and_then(amount_in_words).unwrap_or_default(),
        plazo: term.map_or_else(String::new, |term| {
            let key = if term.0 == 1 { "casework.paper.days.one" } else { "casework.paper.days" };
            message(key, &[("dias", &cotejo_domain::spanish::number_before_noun(u64::from(term.0)))])
        }),
        causal,
        administrador: String::new(),
        dispone: Vec::new(),
        fecha: String::new(),
        lugar: String::new(),
    }
}

pub(crate) fn vae(case: &Gathered) -> ControlVae {
    let bid = case
        .judgement
        .bids
        .iter()
        .find(|bid| bid.number.to_string() == case.about)
        .or(case.judgement.bids.first());
    let mut comun = case.comun.clone();
    comun.cabecera.proyecto |= case.data.is_none();
    ControlVae {
        comun,
        oferente: bid.map_or_else(String::new, |bid| bid.bid.bidder.name.clone()),
        ruc: bid.and_then(|bid| bid.bid.bidder.ruc.as_ref()).map_or_else(String::new, ToString::to_string),
        articulo: case.norm(&["vae"]),
        ..ControlVae::default()
    }
}

pub(crate) async fn indicios(
    case: &mut Gathered,
    open: &OpenCase,
    desk: &Desk,
) -> Result<NotificacionIndicios, CaseworkError> {
    let course = crate::desk::indicios::of_course(&open.case, &case.judgement).await?;
    let flags: Vec<&cotejo_flags::Flag> = case.judgement.flags.iter().chain(&course).collect();
    let names = crate::desk::commission::identities(&flags);
    let mut slots = Vec::new();
    let list = flags
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (flag, name))| {
            let dismissal = case.acts.iter().rev().find_map(|act| match act {
                CourseAct::IndicioDismissed(said) if said.indicio == name => Some(said),
                _ => None,
            });
            slots.extend(
                dismissal.map(|said| Stated::Act { slot: CourseAct::IndicioDismissed(said.clone()).slot() }),
            );
            let bids: Vec<String> =
                flag.bids.iter().filter_map(|bid| case.judgement.bid(*bid)).map(Gathered::numbered).collect();
            Indicio {
                numero: (index + 1).to_string(),
                titulo: indicio_title(&flag.code),
                ofertas: bids.join("; "),
                hechos: vec![flag.text.clone()],
                norma: case.norm(&[&format!("indicio.{}", flag.code)]),
                descarte: dismissal.map_or_else(String::new, |said| said.reason.clone()),
                evidencias: flag
                    .evidence
                    .iter()
                    .map(|piece| FilaEvidencia {
                        documento: piece.file_name.clone(),
                        lugar: labels::place(&piece.location),
                        cita: piece.quote.clone(),
                        huella: piece.file.to_string(),
                    })
                    .collect(),
            }
        })
        .collect();
    case.states.extend(slots);
    Ok(NotificacionIndicios {
        comun: case.comun.clone(),
        para: String::new(),
        de: body(case),
        fecha: long_date(ECUADOR.to_datetime(desk.now()).date()),
        indicios: list,
        base_legal: each(case.pack(), &["vinculacion", "indicios"]),
    })
}

//! Documents of the course: questions, opening, integridad, convalidación, negotiation, claims.

use super::articles::cited;
use super::gather::{Gathered, amount, figures, moment};
use crate::desk::acta_content::{bid_line, long_date};
use crate::desk::labels;
use cotejo_catalogue::{closed, message};
use cotejo_domain::course::{
    ClaimResult, ConstanciaKind, CourseAct, CureNature, CureRequest, CureRequests, CureVerdict,
    ExistedBefore, RupMoment, RupStatus, StageKind,
};
use cotejo_domain::spanish::number_before_noun;
use cotejo_domain::{BidId, Modality, Motivation, ProcedureType, RequirementKind, TraceStep, Verdict};
use cotejo_reports::{
    Apertura, ConsultaRup, Convalidacion, FilaConvalidacion, FilaEvidencia, FilaIntegridad, Integridad,
    Negociacion, OfertaAbierta, OfertaIntegridad, Pedido, Preguntas, Reclamo,
};
use cotejo_store::Stated;

fn steps(working: &[TraceStep]) -> Vec<String> {
    working
        .iter()
        .map(|step| {
            let parts = [step.step.as_str(), step.inputs.as_str(), step.result.as_str()];
            parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(": ")
        })
        .collect()
}

/// Writes a motivation in one text, without the parts that are missing.
pub(crate) fn motivated(motivation: &Motivation) -> String {
    let parts = [&motivation.fact, &motivation.evidence, &motivation.norm, &motivation.conclusion];
    let parts: Vec<&str> =
        parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

pub(crate) fn preguntas(case: &Gathered) -> Preguntas {
    let due = case.stage_due(StageKind::Preguntas);
    let mut comun = case.comun.clone();
    // An acta of the questions that does not know them is none.
    let asked = case.data.as_ref().and_then(|data| data.lists.get("preguntas"));
    comun.cabecera.proyecto |=
        case.written("sin_preguntas").trim().is_empty() && asked.is_none_or(Vec::is_empty);
    Preguntas {
        comun,
        plazo: due
            .map_or_else(String::new, |due| message("casework.paper.until", &[("momento", &moment(due))])),
        sin_preguntas: false,
        preguntas: Vec::new(),
        aclaraciones: case
            .acts
            .iter()
            .filter_map(|act| match act {
                CourseAct::ClarificationApplied(said) if said.withdrawn.is_empty() => Some(message(
                    "casework.paper.clarification",
                    &[("nombre", &said.clarification), ("documento", &said.document), ("cita", &said.quote)],
                )),
                _ => None,
            })
            .collect(),
        articulo: case.norm(&["etapa.preguntas", "etapa.respuestas"]),
    }
}

pub(crate) fn apertura(case: &mut Gathered) -> Apertura {
    let process = &case.judgement.state.process;
    let hidden = match process.procedure {
        ProcedureType::Sie => Some("casework.paper.no_amounts.sie"),
        ProcedureType::Consultoria | ProcedureType::Lcc | ProcedureType::Cdc => {
            Some("casework.paper.no_amounts.consultoria")
        }
        _ => None,
    };
    let rup = case
        .acts
        .iter()
        .filter_map(|act| match act {
            CourseAct::ConstanciaRecorded(said) if !said.withdrawn => match &said.kind {
                ConstanciaKind::Rup { moment: RupMoment::Apertura, ruc, bid, status } => Some(ConsultaRup {
                    oferente: bid.map_or_else(String::new, |bid| {
                        case.judgement.bid(bid).map_or_else(String::new, |bid| bid.bid.bidder.name.clone())
                    }),
                    ruc: ruc.clone(),
                    estado: message(
                        match status {
                            RupStatus::Habilitado => "casework.paper.rup.enabled",
                            RupStatus::NoHabilitado => "casework.paper.rup.disabled",
                            RupStatus::SinRespuesta => "casework.paper.rup.silent",
                        },
                        &[],
                    ),
                    consulta: format!("{}, {}", moment(said.when), said.by),
                    socios: String::new(),
                    novedad: said.support.note.clone(),
                }),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let ofertas: Vec<OfertaAbierta> = case
        .bids()
        .map(|bid| {
            let line = bid_line(bid);
            OfertaAbierta {
                numero: bid.number.to_string(),
                oferente: line.bidder,
                ruc: line.ruc,
                participacion: line.participation,
                envio: String::new(),
                archivos: line.files,
                firma: line.signature,
                monto: String::new(),
                huellas: bid
                    .bid
                    .files
                    .iter()
                    .map(|file| FilaEvidencia {
                        documento: file.path.clone(),
                        huella: file.hash.to_string(),
                        ..FilaEvidencia::default()
                    })
                    .collect(),
            }
        })
        .collect();
    let content = Apertura {
        comun: case.comun.clone(),
        limite: process.bids_due.map_or_else(String::new, moment),
        hora_apertura: case.stage_opened(StageKind::Apertura).map_or_else(String::new, moment),
        articulo: case.norm(&["etapa.apertura"]),
        articulo_rup: case.norm(&["rup"]),
        articulo_desierto: case.norm(&["desierto"]),
        omite_montos: hidden.is_some(),
        motivo_omision: hidden.map_or_else(String::new, |key| message(key, &[])),
        ofertas,
        rup,
        observaciones: Vec::new(),
    };
    case.states.push(Stated::BidList);
    let bids: Vec<Stated> = case.bids().map(|bid| Stated::Bid { bid: bid.bid.id }).collect();
    case.states.extend(bids);
    content
}

fn requests(case: &Gathered) -> Option<CureRequests> {
    let lot = case.lot();
    case.acts.iter().rev().find_map(|act| match act {
        CourseAct::CureRequested(said) if lot.is_none_or(|lot| said.lot == lot) => Some(said.clone()),
        _ => None,
    })
}

fn pedido(case: &Gathered, request: &CureRequest) -> Pedido {
    let place = [request.document.clone(), request.section.clone(), labels::citations(&request.evidence)];
    let place: Vec<String> = place.into_iter().filter(|part| !part.trim().is_empty()).collect();
    let nature = match request.nature {
        CureNature::Convalidable => "casework.paper.nature.curable",
        CureNature::Aritmetico => "casework.paper.nature.arithmetic",
        CureNature::Dudoso => "casework.paper.nature.doubtful",
    };
    let before = match request.existed_before {
        ExistedBefore::NotRequired => "casework.paper.before.not_required",
        ExistedBefore::Shown => "casework.paper.before.shown",
        ExistedBefore::ToBeShown => "casework.paper.before.to_be_shown",
    };
    let mut basis = cited(&request.legal_basis);
    if !request.reason.trim().is_empty() {
        basis = format!("{} {}", closed(&basis), request.reason).trim().to_owned();
    }
    Pedido {
        numero: request.number.to_string(),
        oferente: case.bid_name(request.bid),
        lugar: place.join("; "),
        error: request.defect.clone(),
        naturaleza: message(nature, &[]),
        fundamento: basis,
        pedido: request.to_cure.clone(),
        recalculo: steps(&request.recalculation).join("; "),
        previo: message(before, &[]),
    }
}

pub(crate) fn integridad(case: &mut Gathered) -> Integridad {
    let judgement = &case.judgement;
    let asked = requests(case);
    let ofertas = case
        .bids()
        .map(|bid| {
            let mut pending = false;
            let filas = judgement
                .requirements
                .iter()
                .enumerate()
                .filter(|(_, requirement)| requirement.kind == RequirementKind::Integridad)
                // What lies in a sealed envelope is verified once that is opened.
                .filter(|(_, requirement)| crate::desk::judgement::stands(requirement, bid))
                .map(|(index, requirement)| {
                    let decision = case.decided.at(&requirement.id, bid.bid.id);
                    let proposal = judgement.proposal(&requirement.id, bid.bid.id);
                    pending |= decision.is_none();
                    let verdict = decision
                        .map(|decision| decision.verdict)
                        .or(proposal.map(|proposal| proposal.verdict));
                    let presents = match verdict.unwrap_or(Verdict::Pendiente) {
                        Verdict::Cumple => "casework.paper.presents.yes",
                        Verdict::NoCumple => "casework.paper.presents.no",
                        Verdict::AConvalidar => "casework.paper.presents.cure",
                        Verdict::NoAplica => "casework.paper.presents.not_applicable",
                        _ => "casework.paper.presents.open",
                    };
                    let evidence = decision
                        .map(|decision| &decision.evidence)
                        .or(proposal.map(|proposal| &proposal.evidence));
                    let mark = if decision.is_none() {
                        message("casework.acta.proposed_mark", &[])
                    } else {
                        String::new()
                    };
                    FilaIntegridad {
                        numero: (index + 1).to_string(),
                        documento: labels::short_title(&requirement.text),
                        presenta: message(presents, &[]),
                        pagina: evidence.map_or_else(String::new, |evidence| labels::citations(evidence)),
                        observacion: decision.map_or(mark, |decision| {
                            // Where it stands has a column of its own.
                            motivated(&Motivation { evidence: String::new(), ..decision.motivation.clone() })
                        }),
                    }
                })
                .collect();
            OfertaIntegridad {
                numero: bid.number.to_string(),
                oferente: bid.bid.bidder.name.clone(),
                ruc: bid.bid.bidder.ruc.as_ref().map_or_else(String::new, ToString::to_string),
                pendiente: pending,
                filas,
            }
        })
        .collect::<Vec<_>>();
    let told = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::CureNotified(said)
            if asked.as_ref().is_some_and(|asked| asked.number == said.number && asked.lot == said.lot) =>
        {
            Some(said)
        }
        _ => None,
    });
    let to_cure = |bid: BidId| {
        let mut decisions = judgement.requirements.iter().filter_map(|of| case.decided.at(&of.id, bid));
        decisions.any(|decision| decision.verdict == Verdict::AConvalidar)
    };
    // Somebody decided that there is something to cure, and nobody recorded the request: the acta does not say that nothing is asked.
    let por_pedir = asked.is_none() && case.bids().any(|bid| to_cure(bid.bid.id));
    let without = match &asked {
        Some(asked) => {
            let needs = |bid| asked.requests.iter().any(|request| request.bid == bid);
            asked.bids.iter().filter(|bid| !needs(**bid)).map(|bid| case.bid_name(*bid)).collect()
        }
        None => {
            let settled = ofertas.iter().zip(case.bids()).filter(|(row, _)| !row.pendiente);
            settled
                .map(|(_, bid)| bid.bid.id)
                .filter(|bid| !to_cure(*bid))
                .map(|bid| case.bid_name(bid))
                .collect()
        }
    };
    let mut comun = case.comun.clone();
    comun.cabecera.proyecto |= por_pedir || ofertas.iter().any(|bid| bid.pendiente);
    let content = Integridad {
        por_pedir,
        comun,
        ofertas,
        pedidos: asked
            .iter()
            .flat_map(|asked| &asked.requests)
            .map(|request| pedido(case, request))
            .collect(),
        termino: asked.as_ref().map_or_else(String::new, |asked| {
            let key = if asked.term.0 == 1 { "casework.paper.term.one" } else { "casework.paper.term" };
            message(key, &[("dias", &number_before_noun(u64::from(asked.term.0)))])
        }),
        vence: asked.as_ref().map_or_else(String::new, |asked| moment(asked.due)),
        computo: asked.as_ref().map_or_else(Vec::new, |asked| steps(&asked.working)),
        canal: message("casework.paper.portal", &[]),
        articulo_convalidacion: case.norm(&["etapa.convalidacion"]),
        articulo_notificacion: case.norm(&["notificacion"]),
        articulo_prohibicion: case.norm(&["convalidacion.prohibicion"]),
        sin_pedido: without,
        no_convalidables: Vec::new(),
        notificacion: told.map_or_else(String::new, |told| {
            let values = [
                ("momento", moment(told.notified)),
                ("canal", told.channel.clone()),
                ("numero", told.bids.len().to_string()),
            ];
            let key =
                if told.bids.len() == 1 { "casework.paper.notified.one" } else { "casework.paper.notified" };
            message(key, &values.each_ref().map(|(key, value)| (*key, value.as_str())))
        }),
    };
    if let Some(asked) = asked {
        case.rests_on(&asked.unverified);
        asked.requests.iter().for_each(|request| case.rests_on(&request.unverified_norms));
        case.states.push(Stated::Act { slot: CourseAct::CureRequested(asked).slot() });
    }
    content
}

pub(crate) fn convalidacion(case: &mut Gathered) -> Convalidacion {
    let asked = requests(case);
    let of = |lot, number| asked.as_ref().is_some_and(|asked| asked.lot == lot && asked.number == number);
    let notified = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::CureNotified(said) if of(said.lot, said.number) => {
            Some(format!("{}, {}", moment(said.notified), said.channel))
        }
        _ => None,
    });
    let (mut filas, mut other, mut slots, mut open) = (Vec::new(), Vec::new(), Vec::new(), asked.is_none());
    for request in asked.iter().flat_map(|asked| &asked.requests) {
        let answer = case.acts.iter().rev().find_map(|act| match act {
            CourseAct::CureAnswered(said) if of(said.lot, said.number) && said.bid == request.bid => {
                Some(said)
            }
            _ => None,
        });
        let result = case.acts.iter().rev().find_map(|act| match act {
            CourseAct::CureResolved(said) if of(said.lot, said.number) && said.request == request.number => {
                Some(said)
            }
            _ => None,
        });
        open |= result.is_none();
        let due = asked.as_ref().map(|asked| asked.due);
        let answered = answer.map(|answer| match answer.received {
            Some(received) => {
                let files: Vec<&str> = answer.files.iter().map(|file| file.path.as_str()).collect();
                format!("{}; {}", moment(received), files.join("; "))
            }
            None => message("casework.paper.no_answer", &[]),
        });
        let in_time = answer.map(|answer| {
            let key = match (answer.received, due) {
                (None, _) => "casework.paper.in_time.none",
                (Some(received), Some(due)) if received <= due => "casework.paper.in_time.yes",
                _ => "casework.paper.in_time.no",
            };
            message(key, &[])
        });
        filas.push(FilaConvalidacion {
            numero: request.number.to_string(),
            oferente: case.bid_name(request.bid),
            pedido: request.to_cure.clone(),
            respuesta: answered.unwrap_or_default(),
            en_termino: in_time.unwrap_or_default(),
            resultado: result.map_or_else(String::new, |result| {
                let key = match result.result {
                    CureVerdict::Convalidado => "casework.paper.cured.yes",
                    CureVerdict::Parcial => "casework.paper.cured.partly",
                    CureVerdict::NoConvalidado => "casework.paper.cured.no",
                };
                message(key, &[])
            }),
            motivacion: result.map_or_else(String::new, |result| motivated(&result.motivation)),
        });
        if let Some(result) = result {
            slots.push(Stated::Act { slot: CourseAct::CureResolved(result.clone()).slot() });
            if !result.unasked.trim().is_empty() {
                other.push(format!("{}: {}", case.bid_name(result.bid), result.unasked.trim()));
            }
        }
    }
    case.states.extend(slots);
    let mut comun = case.comun.clone();
    comun.cabecera.proyecto |= open;
    Convalidacion {
        comun,
        notificada: notified.unwrap_or_default(),
        vence: asked.as_ref().map_or_else(String::new, |asked| moment(asked.due)),
        filas,
        otros_cambios: other,
        articulo: case.norm(&["convalidacion.rechazo"]),
    }
}

/// The articles of the negotiation of this procedure: those of the subasta are not those of consultoría.
fn negotiation_norm(case: &Gathered) -> String {
    let topic = match case.judgement.state.process.procedure {
        ProcedureType::Sie => "etapa.negociacion_sie",
        ProcedureType::Consultoria | ProcedureType::Lcc | ProcedureType::Cdc => {
            "etapa.negociacion_consultoria"
        }
        _ => "etapa.negociacion",
    };
    let own = case.norm(&[topic]);
    if own.is_empty() { case.norm(&["etapa.negociacion"]) } else { own }
}

pub(crate) fn negociacion(case: &mut Gathered) -> Negociacion {
    let held = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::NegotiationHeld(said) => {
            let number = case.judgement.bid(said.bid).map(|bid| bid.number.to_string());
            (case.about.is_empty() || number.as_deref() == Some(case.about.as_str())).then(|| said.clone())
        }
        _ => None,
    });
    let mut comun = case.comun.clone();
    let Some(held) = held else {
        comun.cabecera.proyecto = true;
        return Negociacion { comun, articulo: negotiation_norm(case), ..Negociacion::default() };
    };
    let bidder = case.judgement.bid(held.bid).map(|bid| &bid.bid.bidder);
    let rebate = held.agreed.map(|agreed| figures(cotejo_domain::Money(held.initial.0 - agreed.0)));
    let place = match held.modality {
        Some(Modality::Presencial) => message("casework.acta.in_person", &[("lugar", &held.place)]),
        Some(Modality::Virtual) => message("casework.acta.virtual", &[("lugar", &held.place)]),
        None => held.place.clone(),
    };
    let content = Negociacion {
        comun,
        oferente: bidder.map_or_else(String::new, |bidder| bidder.name.clone()),
        ruc: bidder.and_then(|bidder| bidder.ruc.as_ref()).map_or_else(String::new, ToString::to_string),
        comparecientes: held.attendants.clone(),
        fecha: moment(held.held),
        modalidad: place,
        inicial: amount(held.initial),
        final_cifras: held.agreed.map_or_else(String::new, figures),
        final_letras: held.agreed.and_then(cotejo_domain::spanish::amount_in_words).unwrap_or_default(),
        rebaja: rebate.unwrap_or_default(),
        porcentaje: held.working.last().map_or_else(String::new, |step| step.result.clone()),
        computo: steps(&held.working),
        acuerdo: held.agreed.is_some(),
        condiciones: held.terms.clone(),
        articulo: if held.legal_basis.is_empty() { negotiation_norm(case) } else { cited(&held.legal_basis) },
    };
    case.rests_on(&held.unverified_norms);
    case.states.push(Stated::Act { slot: CourseAct::NegotiationHeld(held).slot() });
    content
}

pub(crate) fn reclamo(case: &mut Gathered) -> Reclamo {
    let claim = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::ClaimRaised(said)
            if !said.withdrawn && (case.about.is_empty() || said.id == case.about) =>
        {
            Some(said.clone())
        }
        _ => None,
    });
    let mut comun = case.comun.clone();
    let articulo = case.norm(&["reclamo"]);
    let Some(claim) = claim else {
        comun.cabecera.proyecto = true;
        return Reclamo { comun, articulo, ..Reclamo::default() };
    };
    let answer = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::ClaimAnswered(said) if said.claim == claim.id => Some(said.clone()),
        _ => None,
    });
    comun.cabecera.proyecto |= answer.is_none();
    let content = Reclamo {
        comun,
        reclamante: claim.claimant.clone(),
        ruc: claim.ruc.clone().unwrap_or_default(),
        presentado: moment(claim.filed),
        tramite: claim
            .support
            .instrument
            .as_ref()
            .map_or_else(String::new, |instrument| instrument.number.clone()),
        acto: claim.against.clone(),
        alegaciones: Vec::new(),
        en_termino: String::new(),
        resolucion: answer.as_ref().map_or_else(String::new, |answer| {
            let key = match answer.result {
                ClaimResult::Accepted { .. } => "casework.paper.claim.accepted",
                ClaimResult::Rejected => "casework.paper.claim.rejected",
                ClaimResult::Desisted => "casework.paper.claim.desisted",
                ClaimResult::Inadmissible => "casework.paper.claim.inadmissible",
                ClaimResult::Lifted => "casework.paper.claim.lifted",
            };
            format!("{} {}", message(key, &[("fecha", &long_date(answer.when.date()))]), answer.reason)
                .trim()
                .to_owned()
        }),
        efecto: answer.as_ref().map_or_else(String::new, |answer| match answer.result {
            ClaimResult::Accepted { back_to: Some(stage) } => message(
                "casework.paper.claim.back",
                &[("etapa", &message(&format!("stages.name.{}", stage.key()), &[]))],
            ),
            _ => message("casework.paper.claim.stays", &[]),
        }),
        articulo,
    };
    case.states.push(Stated::Act { slot: CourseAct::ClaimRaised(claim).slot() });
    case.states.extend(answer.map(|answer| Stated::Act { slot: CourseAct::ClaimAnswered(answer).slot() }));
    content
}

//! A pliego from its printed text, for processes whose `.ushay` is not at hand: PDF, or a DOCX in its *vista de lectura*.
//!
//! Conservative: each field is either read beside its own heading or label, the same wherever it is repeated, or it is left out. The model's own
//! instructions in brackets, `(describir el objeto contractual)`, are no values. What could not be read is said in one finding.

mod asked;
mod forms;
mod items;
mod lines;
mod lots;
mod papers;
mod schedule;
mod sections;
#[cfg(test)]
mod tests_asked;
mod values;

use crate::finding;
use cotejo_domain::{
    Entity, Money, PageReading, Plazo, Pliego, ProcedureType, Process, ProcessCode, Read, Requirement,
    RequirementId, RequirementKind, RequirementSource, Severity, Subject,
};
use lines::Lines;

/// Recognises what the pages of a pliego state. Fields that stand nowhere, or differently in two places, are `None`.
#[must_use]
pub fn read(pages: &[PageReading]) -> Read<Pliego> {
    let lines = Lines::of(pages);
    let mut findings = Vec::new();
    let code = values::code(&lines);
    let schedule = schedule::read(&lines);
    let budget = values::budget(&lines);
    let term = values::term(&lines);
    let validity = values::validity(&lines);
    for (field, contradictory) in [
        ("presupuesto referencial", budget.is_err()),
        ("plazo", term.is_err()),
        ("vigencia", validity.is_err()),
    ] {
        if contradictory {
            findings.push(finding("pliego_text.contradiction", Severity::Warning, &[("dato", field)]));
        }
    }
    let process = Process {
        procedure: procedure(&lines, code.as_ref()),
        code,
        entity: values::entity(&lines).map(|name| Entity { name, ruc: None }),
        object: values::object(&lines),
        budget: budget.ok().flatten(),
        budget_encrypted: false,
        term: term.ok().flatten(),
        validity: validity.ok().flatten(),
        started: schedule::moment_of(&schedule, &["publicacion"]).map(jiff::civil::DateTime::date),
        bids_due: schedule::moment_of(
            &schedule,
            &["entrega de oferta", "entrega de las oferta", "recepcion de las oferta", "recepcion de oferta"],
        ),
    };
    let requirements = requirements(&lines, &process);
    let missing = missing(&process, schedule.is_empty());
    if !missing.is_empty() {
        findings.push(finding("pliego_text.not_read", Severity::Info, &[("datos", &missing.join(", "))]));
    }
    let pliego = Pliego {
        process,
        schedule,
        items: Vec::new(),
        requirements,
        lots: lots::read(&lines),
        attachments: Vec::new(),
        findings: findings.clone(),
    };
    Read { value: pliego, findings }
}

fn missing(process: &Process, no_schedule: bool) -> Vec<&'static str> {
    let fields = [
        ("código", process.code.is_none()),
        ("entidad", process.entity.is_none()),
        ("objeto", process.object.is_none()),
        ("presupuesto referencial", process.budget.is_none()),
        ("plazo", process.term.is_none()),
        ("vigencia de la oferta", process.validity.is_none()),
        ("cronograma", no_schedule),
    ];
    fields.into_iter().filter(|(_, absent)| *absent).map(|(name, _)| name).collect()
}

/// Names the procedure from the code's prefix, or from the title of the model; two that disagree name none.
fn procedure(lines: &Lines, code: Option<&ProcessCode>) -> ProcedureType {
    let by_code = code.and_then(|code| crate::ushay::procedure_of_prefix(code.prefix()));
    let titles = lines
        .iter()
        .take(120)
        .filter(|line| line.folded.starts_with("modelo de pliego") || line.folded.starts_with("pliego de"));
    let by_title = titles.filter_map(|line| crate::ushay::procedure_of_name(&line.text)).next();
    match (by_code, by_title) {
        (Some(one), Some(other)) if one != other => ProcedureType::Otro,
        (one, other) => one.or(other).unwrap_or(ProcedureType::Otro),
    }
}

fn requirements(lines: &Lines, process: &Process) -> Vec<Requirement> {
    let mut requirements = forms::read(lines);
    let mut push = |id: &str, text: String, subject: Subject, source: RequirementSource| {
        requirements.push(Requirement {
            id: RequirementId(id.to_owned()),
            lot: None,
            kind: RequirementKind::Minimo,
            text,
            points: None,
            subject,
            source,
        });
    };
    if let Some((minimum, source)) = values::patrimonio(lines) {
        let text = format!("Patrimonio mínimo de personas jurídicas: USD {}", minimum.spanish());
        push("PATR", text, Subject::Patrimonio { minimum: Some(minimum) }, source);
    }
    if let Some(term) = process.term {
        push(
            "PLAZO",
            format!("Plazo de ejecución: {} días", term.0),
            Subject::Term { maximum: Some(term) },
            place_of(lines, "plazo", term.0),
        );
    }
    if let Some(validity) = process.validity {
        let text = format!("Vigencia de la oferta: {} días", validity.0);
        push(
            "VIGENCIA",
            text,
            Subject::Validity { minimum: Some(validity) },
            place_of(lines, "vigen", validity.0),
        );
    }
    let own = sections::own(lines);
    requirements.extend(items::read(own));
    requirements.extend(asked::read(&sections::cut(own)));
    requirements.extend(papers::read(own));
    requirements
}

/// Points to the line that names a number of days under a word; to the word's first line with a number where none does.
fn place_of(lines: &Lines, word: &str, days: u32) -> RequirementSource {
    let all = lines.all();
    let names =
        |line: &str, number: &str| line.split(|c: char| !c.is_ascii_digit()).any(|part| part == number);
    let number = days.to_string();
    let found = all
        .iter()
        .enumerate()
        .find(|(index, line)| line.folded.contains(word) && names(&lines.folded_from(*index, 3), &number));
    match found {
        Some((index, line)) => {
            // The number may stand on a line below.
            let end = (index..all.len().min(index + 3))
                .find(|at| all.get(*at).is_some_and(|line| names(&line.text, &number)));
            lines::place(all.get(index..=end.unwrap_or(index)).unwrap_or(std::slice::from_ref(line)))
        }
        None => RequirementSource::page(1),
    }
}

/// A value that is repeated must be the same each time: `Err` when it is not.
type Agreed<T> = Result<Option<T>, ()>;

fn agreed<T: PartialEq>(found: Vec<T>) -> Agreed<T> {
    let mut found = found.into_iter();
    let Some(first) = found.next() else { return Ok(None) };
    if found.all(|other| other == first) { Ok(Some(first)) } else { Err(()) }
}

/// Keeps the types of the fields in one place for the readers of this module.
type AgreedMoney = Agreed<Money>;
type AgreedDays = Agreed<Plazo>;

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use cotejo_domain::{Confidence, PageStatus, Quad, Word};

    pub(super) fn page(number: u32, text: &str) -> PageReading {
        let words = text
            .lines()
            .enumerate()
            .flat_map(|(line, text)| {
                text.split_whitespace().map(move |word| Word {
                    text: word.into(),
                    quad: Quad::upright(0.0, 0.0, 1.0, 1.0),
                    line: u32::try_from(line).unwrap_or(0),
                    size: 10.0,
                    confidence: Confidence::CERTAIN,
                })
            })
            .collect();
        PageReading {
            number,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words,
            reading_view: false,
        }
    }

    const FILLED: &str = "MODELO DE PLIEGO DE SUBASTA INVERSA ELECTRÓNICA DE BIENES Y/O SERVICIOS
SUBASTA INVERSA ELECTRÓNICA
SIE-EJEMPLO-2026-007
legalmente capaces para contratar, a que presenten sus ofertas para la ADQUISICIÓN DE
HERRAMIENTAS DE EJEMPLO.
El plazo estimado para la ejecución del contrato es de 45 días, contado a partir de la suscripción.
Entidad contratante: GAD MUNICIPAL DE EJEMPLO
2.1 Objeto de contratación: ADQUISICIÓN DE HERRAMIENTAS
DE EJEMPLO
2.2 Presupuesto referencial: El presupuesto referencial es de USD 12.650,20 (doce mil), sin incluir IVA.
3.1 Cronograma del procedimiento
1 Fecha de publicación del procedimiento en 2026/01/15 17:00
el Portal
2 Fecha límite para efectuar preguntas 2026/01/19 17:00
4 Fecha límite para recepción de las ofertas técnicas 23/01/2026 10h00
3.2 Vigencia de la oferta: Las ofertas se entenderán vigentes hasta 90 (noventa) días calendario.
4.1.1 Integridad de las ofertas: La integridad consiste en la presentación de los formularios.
1.1 Presentación y compromiso;
1.2 Datos generales del oferente;
1.5 Tabla de cantidades y precios;
1.9 Declaración de Valor Agregado Ecuatoriano de la oferta
1.10 Cálculo del porcentaje de Valor Agregado Ecuatoriano de la oferta
II. Formulario de compromiso de asociación o consorcio (de ser procedente)
4.1.2 Equipo mínimo";

    #[test]
    fn a_filled_model_is_read_with_its_fields_and_forms() {
        let pliego = read(&[page(1, FILLED)]).value;
        let process = &pliego.process;
        assert_eq!(process.code.as_ref().map(ProcessCode::as_str), Some("SIE-EJEMPLO-2026-007"));
        assert_eq!(
            process.object.as_deref(),
            Some("ADQUISICIÓN DE HERRAMIENTAS DE EJEMPLO"),
            "over two lines"
        );
        assert_eq!(
            process.entity.as_ref().map(|entity| entity.name.as_str()),
            Some("GAD MUNICIPAL DE EJEMPLO")
        );
        assert_eq!(process.budget.map(|budget| budget.to_string()).as_deref(), Some("12650.20"));
        assert_eq!((process.term, process.validity), (Some(Plazo(45)), Some(Plazo(90))));
        assert_eq!(process.procedure, ProcedureType::Sie);
        assert_eq!(process.started, Some(jiff::civil::date(2026, 1, 15)));
        assert_eq!(
            process.bids_due,
            Some(jiff::civil::date(2026, 1, 23).at(10, 0, 0, 0)),
            "the other spelling of dates"
        );
        assert_eq!(
            pliego.schedule[0].stage, "Fecha de publicación del procedimiento en el Portal",
            "the wrapped name is whole"
        );
        let forms: Vec<&str> =
            pliego.requirements.iter().map(|requirement| requirement.id.0.as_str()).collect();
        assert_eq!(
            forms,
            [
                "INT-FUO_1_1",
                "INT-FUO_1_2",
                "INT-FUO_1_5_CANT",
                "INT-FUO_VAE",
                "INT-FORM_CONSORCIO",
                "PLAZO",
                "VIGENCIA"
            ],
            "each form once"
        );
    }

    #[test]
    fn the_models_own_instructions_are_no_values() {
        let blank = "MODELO DE PLIEGO DE COTIZACIÓN DE OBRAS
(CÓDIGO DEL PROCEDIMIENTO)
a que presenten sus ofertas para (describir el objeto contractual).
El presupuesto referencial es de (valor en números y letras) dólares, y el plazo estimado para la ejecución del contrato es de (días)
2.1. Objeto de la contratación: (Descripción del objeto del contrato)
3.2. Vigencia de la oferta: Las ofertas se entenderán vigentes hasta (determinar vigencia en días calendario).";
        let read = read(&[page(1, blank)]);
        let process = &read.value.process;
        assert_eq!(
            (process.object.as_deref(), process.budget, process.term, process.validity),
            (None, None, None, None)
        );
        assert_eq!(process.procedure, ProcedureType::Coto, "the title is no instruction");
        assert!(
            read.findings.iter().any(|finding| finding.code == "pliego_text.not_read"),
            "what is missing is said"
        );
    }

    #[test]
    fn two_different_budgets_are_none_and_said() {
        let text = "El presupuesto referencial es de USD 10.000,50.\nEl presupuesto referencial es de USD 10.500,00.";
        let read = read(&[page(1, text)]);
        assert_eq!(read.value.process.budget, None, "neither is taken");
        assert!(read.findings.iter().any(|finding| finding.code == "pliego_text.contradiction"));
    }

    #[test]
    fn a_list_of_other_processes_names_no_code() {
        let text = "Experiencia: SIE-UNO-2024-001, LICO-DOS-2023-04 y COTO-TRES-2022-9";
        assert_eq!(read(&[page(1, text)]).value.process.code, None, "three codes, none named as this one's");
        assert_eq!(read(&[]).value.process.code, None, "no page, no code");
    }
}

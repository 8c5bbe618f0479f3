//! What an evaluator of good sight would propose for each bid, by subject.

use crate::bidder::{Bidder, Fault};
use crate::scenario::{SampleProcedure, Scenario};
use crate::truth::Expected;

/// Forms that the procedure's model asks of every bidder.
#[must_use]
pub(crate) fn required_forms(procedure: SampleProcedure) -> &'static [&'static str] {
    match procedure {
        SampleProcedure::Sie | SampleProcedure::Lotes => {
            &["FUO_1_1", "FUO_1_2", "FUO_1_3", "FUO_1_4", "FUO_1_5_CANT", "FUO_1_6_COMP", "FUO_VAE"]
        }
        SampleProcedure::Lico => &[
            "FUO_1_1",
            "FUO_1_2",
            "FUO_1_3",
            "FUO_1_4",
            "FUO_1_5_RUBROS",
            "FUO_1_6_APU",
            "FUO_1_7_MET",
            "FUO_1_8_CRON",
            "FUO_1_9_EXP",
            "FUO_1_10_PER",
            "FUO_1_11_EQ",
            "FUO_1_12_PE",
            "FORM_II_ETAPA",
        ],
        SampleProcedure::Consultoria => &[
            "FUO_1_1",
            "FUO_1_2",
            "FUO_1_3",
            "FUO_1_4",
            "PLAN_TRABAJO",
            "FUO_1_9_EXP",
            "FUO_1_10_PER",
            "OFERTA_ECONOMICA_CONSULTORIA",
        ],
    }
}

/// Returns the code of a fault in the truth file.
#[must_use]
pub(crate) fn fault_code(fault: Fault) -> &'static str {
    match fault {
        Fault::MissingForm(_) => "missing_form",
        Fault::UnsignedForm(_) => "unsigned_form",
        Fault::BlankForm(_) => "blank_form",
        Fault::LineTotal => "line_total",
        Fault::Sum => "sum",
        Fault::Words => "words",
        Fault::Apu => "apu",
        Fault::WrongCode(_) => "wrong_code",
        Fault::RucDisagrees => "ruc_disagrees",
        Fault::RucCheckDigit => "ruc_check_digit",
        Fault::Term => "term",
        Fault::Validity => "validity",
        Fault::Patrimonio => "patrimonio",
    }
}

/// Returns the subject that a fault bears on.
#[must_use]
pub(crate) fn fault_subject(fault: Fault) -> String {
    match fault {
        Fault::MissingForm(form) | Fault::UnsignedForm(form) | Fault::BlankForm(form) => {
            format!("form:{form}")
        }
        Fault::LineTotal | Fault::Sum | Fault::Words | Fault::Apu => "economic_offer".into(),
        Fault::WrongCode(_) => "process_code".into(),
        Fault::RucDisagrees | Fault::RucCheckDigit => "ruc_structure".into(),
        Fault::Term => "term".into(),
        Fault::Validity => "validity".into(),
        Fault::Patrimonio => "patrimonio".into(),
    }
}

/// Verdict of a fault under a regime, and others that are not wrong either.
fn verdict(fault: Fault, regime: &str) -> (&'static str, &'static [&'static str]) {
    match fault {
        // Under the rules of 2023 a form without electronic signature was not curable (corrections 1).
        Fault::UnsignedForm(_) if regime == "ec-2023" => ("no_cumple", &["pendiente"]),
        Fault::UnsignedForm(_) => ("a_convalidar", &["pendiente"]),
        Fault::MissingForm(_) => ("a_convalidar", &["pendiente"]),
        Fault::BlankForm(_) => ("a_convalidar", &["pendiente"]),
        Fault::LineTotal | Fault::Sum | Fault::Words | Fault::Apu => ("a_convalidar", &[]),
        Fault::WrongCode(_) | Fault::RucDisagrees => ("a_convalidar", &["pendiente"]),
        // A check digit that disagrees is a warning: verify with the SRI.
        Fault::RucCheckDigit => ("pendiente", &["cumple", "a_convalidar"]),
        Fault::Term => ("no_cumple", &["a_convalidar"]),
        Fault::Validity => ("a_convalidar", &["no_cumple"]),
        Fault::Patrimonio => ("no_cumple", &["a_convalidar"]),
    }
}

/// Lists what is to be proposed for a bid.
#[must_use]
pub(crate) fn expected(scenario: &Scenario, bidder: &Bidder) -> Vec<Expected> {
    let mut subjects: Vec<String> =
        required_forms(scenario.procedure).iter().map(|form| format!("form:{form}")).collect();
    subjects.push("form:FORM_CONSORCIO".into());
    subjects.extend(
        ["patrimonio", "economic_offer", "ruc_structure", "process_code", "term", "validity"]
            .map(String::from),
    );
    let consortium = bidder.parties.len() > 1;
    let natural = bidder.parties[0].natural;
    subjects
        .into_iter()
        .map(|subject| {
            let faults: Vec<Fault> =
                bidder.faults.iter().copied().filter(|fault| fault_subject(*fault) == subject).collect();
            if let Some(first) = faults.first() {
                let (word, also) = verdict(*first, scenario.regime);
                return Expected {
                    subject,
                    verdict: word.into(),
                    also: also.iter().map(|word| (*word).to_owned()).collect(),
                    why: faults.iter().map(|fault| fault_code(*fault).to_owned()).collect(),
                };
            }
            let (word, also): (&str, &[&str]) = match subject.as_str() {
                // Nothing is said of what lies in the sealed envelope.
                "form:OFERTA_ECONOMICA_CONSULTORIA" | "economic_offer"
                    if scenario.procedure.consultancy() =>
                {
                    ("cumple", &["pendiente"])
                }
                "form:FORM_CONSORCIO" if !consortium => ("no_aplica", &[]),
                // The roll of partners is asked of legal persons; the letter of the form still stands in the bid.
                "form:FUO_1_3" if natural => ("no_aplica", &["cumple"]),
                "patrimonio" if natural => ("no_aplica", &[]),
                "patrimonio" if scenario.patrimonio.is_zero() => ("cumple", &["no_aplica"]),
                _ => ("cumple", &[]),
            };
            Expected {
                subject,
                verdict: word.into(),
                also: also.iter().map(|word| (*word).to_owned()).collect(),
                why: Vec::new(),
            }
        })
        .collect()
}

//! The forms that SERCOP's model of each procedure asks for, for pliegos that do not list them (manual §3.3).
//!
//! Such requirements carry [`RequirementSource::Template`]: a person confirms them. Forms are named by title; their numbers differ between models.

use crate::RulePack;
use cotejo_domain::{
    DocumentType, FormCondition, Pliego, ProcedureType, Requirement, RequirementId, RequirementKind,
    RequirementSource, Subject, document_type_entry,
};

use FormCondition::{Always, Consorcio, IfApplicable, Juridica, Subcontratacion};

/// A form with the condition under which it is due, and what serves as well.
type Form = (&'static str, &'static [&'static str], FormCondition);

const COMMON: [Form; 4] = [
    ("FUO_1_1", &[], Always),
    ("FUO_1_2", &[], Always),
    ("FUO_1_3", &[], Juridica),
    ("FUO_1_4", &[], Always),
];

const WORKS: [Form; 11] = [
    ("FUO_1_5_RUBROS", &["FUO_1_5_CANT"], Always),
    ("FUO_1_6_APU", &[], Always),
    ("FUO_1_7_MET", &[], Always),
    ("FUO_1_8_CRON", &[], Always),
    ("FUO_1_9_EXP", &[], Always),
    ("FUO_1_10_PER", &[], IfApplicable),
    ("FUO_1_11_EQ", &[], IfApplicable),
    ("FUO_1_12_PE", &[], IfApplicable),
    ("FORM_II_ETAPA", &[], Always),
    ("FORM_CONSORCIO", &["CONSORCIO_CONSTITUIDO"], Consorcio),
    ("FORM_SUBCON", &[], Subcontratacion),
];

const REVERSE_AUCTION: [Form; 6] = [
    ("FUO_1_5_CANT", &["FUO_1_5_RUBROS"], Always),
    ("FUO_1_6_COMP", &[], Always),
    ("FUO_1_10_PER", &[], IfApplicable),
    ("FUO_1_11_EQ", &[], IfApplicable),
    ("FUO_VAE", &[], Always),
    ("FORM_CONSORCIO", &["CONSORCIO_CONSTITUIDO"], Consorcio),
];

const GOODS: [Form; 7] = [
    ("FUO_1_5_CANT", &["FUO_1_5_RUBROS"], Always),
    ("FUO_1_6_COMP", &[], Always),
    ("FUO_1_9_EXP", &[], Always),
    ("FUO_1_10_PER", &[], IfApplicable),
    ("FUO_1_11_EQ", &[], IfApplicable),
    ("FUO_VAE", &[], Always),
    ("FORM_CONSORCIO", &["CONSORCIO_CONSTITUIDO"], Consorcio),
];

/// Of an ínfima cuantía there is no offer form: suppliers hand in proformas (LEY 50; RGL 269-273).
const PROFORMAS: [Form; 1] = [("PROFORMA", &[], Always)];

/// Where the model was not seen: what carries the price, in whichever form the pliego gives it.
const UNKNOWN: [Form; 2] = [
    ("FUO_1_5_CANT", &["FUO_1_5_RUBROS"], IfApplicable),
    ("FORM_CONSORCIO", &["CONSORCIO_CONSTITUIDO"], Consorcio),
];

const CONSULTANCY: [Form; 5] = [
    ("OFERTA_ECONOMICA_CONSULTORIA", &[], Always),
    ("PLAN_TRABAJO", &[], Always),
    ("FUO_1_9_EXP", &[], Always),
    ("FUO_1_10_PER", &[], Always),
    ("FORM_CONSORCIO", &["CONSORCIO_CONSTITUIDO"], Consorcio),
];

/// Lists the forms that the model of `procedure` asks for. Procedures without a known model get the forms common to all.
#[must_use]
pub fn requirements_from_model(procedure: ProcedureType, regime: &RulePack) -> Vec<Requirement> {
    let mut common: &[Form] = &COMMON;
    let (model, specific): (&str, &[Form]) = match procedure {
        ProcedureType::Lico | ProcedureType::Coto | ProcedureType::Mco => ("FUO obras 2023-001", &WORKS),
        ProcedureType::Sie => ("FUO subasta inversa 2023-001", &REVERSE_AUCTION),
        ProcedureType::Licbs | ProcedureType::Cotbs | ProcedureType::Mcbs => {
            ("FUO bienes y servicios", &GOODS)
        }
        ProcedureType::Consultoria | ProcedureType::Cdc | ProcedureType::Lcc => {
            ("FUO consultoría", &CONSULTANCY)
        }
        ProcedureType::Infima => {
            common = &[];
            ("proformas de ínfima cuantía", &PROFORMAS)
        }
        // A purchase by catalogue is an order: nothing is handed in.
        ProcedureType::Catalogo => {
            common = &[];
            ("catálogo electrónico", &[])
        }
        ProcedureType::Feria | ProcedureType::RegimenEspecial | ProcedureType::Emergencia => {
            ("FUO, formularios comunes", &UNKNOWN)
        }
        ProcedureType::Otro => ("FUO, formularios comunes", &[]),
    };
    let name = format!("{model} · {}", regime.id);
    let signed = signs_electronically(procedure);
    common.iter().chain(specific).map(|form| form_requirement(*form, signed, &name)).collect()
}

/// Tells whether the papers of a procedure must carry electronic signatures: proformas, ferias inclusivas and emergencies need not (RGL 41 and 47).
fn signs_electronically(procedure: ProcedureType) -> bool {
    !matches!(procedure, ProcedureType::Infima | ProcedureType::Feria | ProcedureType::Emergencia)
}

fn form_requirement((id, alternatives, condition): Form, signed: bool, model: &str) -> Requirement {
    Requirement {
        id: RequirementId(format!("INT-{id}")),
        lot: None,
        kind: RequirementKind::Integridad,
        text: document_type_entry(id).map_or_else(|| id.to_owned(), |entry| entry.name.clone()),
        points: None,
        subject: Subject::Form {
            document: DocumentType(id.to_owned()),
            alternatives: alternatives.iter().map(|kind| DocumentType((*kind).to_owned())).collect(),
            signed,
            condition,
        },
        source: RequirementSource::Template { name: model.to_owned() },
    }
}

/// Returns everything to be answered: the model's forms where the pliego lists none, the pliego's own requirements, and the checks that every
/// bid gets (process code, RUC, arithmetic of the offer).
#[must_use]
pub fn requirements_for(pliego: &Pliego, regime: &RulePack) -> Vec<Requirement> {
    let asked = &pliego.requirements;
    let mut requirements = Vec::new();
    if !asked.iter().any(|requirement| matches!(requirement.subject, Subject::Form { .. })) {
        requirements.extend(requirements_from_model(pliego.process.procedure, regime));
        settle_conditions(&mut requirements, asked);
    }
    for (id, subject, key) in [
        ("CODIGO", Subject::ProcessCode, "rules.requisito.codigo"),
        ("RUC", Subject::RucStructure, "rules.requisito.ruc"),
        ("ECON", Subject::EconomicOffer, "rules.requisito.economica"),
    ] {
        // A proforma answers a notice, and seldom prints the code of it.
        let due = subject != Subject::ProcessCode || pliego.process.procedure != ProcedureType::Infima;
        if due && !asked.iter().any(|requirement| requirement.subject == subject) {
            requirements.push(standard(id, subject, key));
        }
    }
    if pliego.process.term.is_some()
        && !asked.iter().any(|requirement| matches!(requirement.subject, Subject::Term { .. }))
    {
        requirements.push(standard(
            "PLAZO",
            Subject::Term { maximum: pliego.process.term },
            "rules.requisito.plazo",
        ));
    }
    if pliego.process.validity.is_some()
        && !asked.iter().any(|requirement| matches!(requirement.subject, Subject::Validity { .. }))
    {
        let subject = Subject::Validity { minimum: pliego.process.validity };
        requirements.push(standard("VIGENCIA", subject, "rules.requisito.vigencia"));
    }
    requirements.extend(asked.iter().cloned());
    requirements
}

fn standard(id: &str, subject: Subject, key: &str) -> Requirement {
    let kind = if matches!(subject, Subject::Term { .. }) {
        RequirementKind::Minimo
    } else {
        RequirementKind::Integridad
    };
    Requirement {
        id: RequirementId(id.to_owned()),
        lot: None,
        kind,
        text: cotejo_catalogue::message(key, &[]),
        points: None,
        subject,
        source: RequirementSource::Template { name: "verificaciones comunes".to_owned() },
    }
}

/// Settles "de ser procedente" from what the pliego asks: the forms of personnel and equipment are due where it asks personnel or equipment. A
/// decoded pliego that asks neither does not need them.
fn settle_conditions(forms: &mut Vec<Requirement>, asked: &[Requirement]) {
    let asks = |wanted: fn(&Subject) -> bool| asked.iter().any(|requirement| wanted(&requirement.subject));
    let personnel = asks(|subject| matches!(subject, Subject::Personnel { .. }));
    let equipment = asks(|subject| matches!(subject, Subject::Equipment { .. }));
    let decoded =
        asked.iter().any(|requirement| matches!(requirement.source, RequirementSource::Ushay { .. }));
    forms.retain_mut(|form| {
        let Subject::Form { document, condition, .. } = &mut form.subject else { return true };
        let asked = match document.0.as_str() {
            "FUO_1_10_PER" => personnel,
            "FUO_1_11_EQ" => equipment,
            _ => return true,
        };
        if *condition == IfApplicable && asked {
            *condition = Always;
        }
        asked || !decoded || *condition != IfApplicable
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Fixture;
    use std::collections::BTreeSet;

    #[test]
    fn every_model_names_known_types_once() {
        let pack = RulePack::by_id("ec-2023").expect("exists");
        for procedure in [
            ProcedureType::Lico,
            ProcedureType::Sie,
            ProcedureType::Cotbs,
            ProcedureType::Consultoria,
            ProcedureType::Feria,
        ] {
            let forms = requirements_from_model(procedure, pack);
            let ids: BTreeSet<_> = forms.iter().map(|form| form.id.clone()).collect();
            assert_eq!(ids.len(), forms.len(), "{procedure:?} names a form twice");
            for form in &forms {
                let Subject::Form { document, .. } = &form.subject else { panic!("a form") };
                assert!(
                    document_type_entry(&document.0).is_some(),
                    "{document} is not in the catalogue of types"
                );
            }
        }
    }

    #[test]
    fn attack_a_proforma_is_asked_for_the_forms_of_a_licitacion() {
        let pack = RulePack::by_id("ec-2025-de193").expect("exists");
        let mut pliego = Fixture::new("2026-01-15").pliego;
        pliego.process.procedure = ProcedureType::Infima;
        let asked = requirements_for(&pliego, pack);
        let ids: Vec<&str> = asked.iter().map(|requirement| requirement.id.0.as_str()).collect();
        assert_eq!(ids, ["INT-PROFORMA", "RUC", "ECON", "PLAZO", "VIGENCIA"]);
        let signed = |procedure| {
            requirements_from_model(procedure, pack)
                .iter()
                .any(|form| matches!(form.subject, Subject::Form { signed: true, .. }))
        };
        assert!(!signed(ProcedureType::Infima) && !signed(ProcedureType::Feria), "RGL 41 and 47");
        assert!(signed(ProcedureType::RegimenEspecial) && signed(ProcedureType::Sie));
        assert!(requirements_from_model(ProcedureType::Catalogo, pack).is_empty());
    }

    #[test]
    fn personnel_forms_are_due_where_the_pliego_asks_personnel() {
        let pack = RulePack::by_id("ec-2023").expect("exists");
        let mut pliego = Fixture::new("2024-08-23").pliego;
        let row = |subject| Requirement {
            id: RequirementId("P".into()),
            lot: None,
            kind: RequirementKind::Minimo,
            text: String::new(),
            points: None,
            subject,
            source: RequirementSource::Ushay { table: "T".into(), row: 1 },
        };
        pliego.requirements = vec![row(Subject::Personnel { role: "Técnico".into(), count: 1 })];
        let ids: Vec<String> =
            requirements_for(&pliego, pack).into_iter().map(|requirement| requirement.id.0).collect();
        assert!(ids.contains(&"INT-FUO_1_10_PER".to_owned()), "asked");
        assert!(!ids.contains(&"INT-FUO_1_11_EQ".to_owned()), "the decoded pliego asks no equipment");
        assert!(
            ids.contains(&"ECON".to_owned()) && ids.contains(&"P".to_owned()),
            "checks for every bid, and the pliego's own"
        );
    }
}

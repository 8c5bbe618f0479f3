//! The list of forms under *Integridad de las ofertas*: by title, since numbers differ between models.

use super::lines::{Line, Lines, place};
use cotejo_domain::{DocumentType, FormCondition, Requirement, RequirementId, RequirementKind, Subject};

/// Words of a title, and the type they name.
const TITLES: [(&str, &str); 19] = [
    ("presentacion y compromiso", "FUO_1_1"),
    ("datos generales", "FUO_1_2"),
    ("nomina de", "FUO_1_3"),
    ("situacion financiera", "FUO_1_4"),
    ("tabla de descripcion de rubros", "FUO_1_5_RUBROS"),
    ("tabla de cantidades y precios", "FUO_1_5_CANT"),
    ("analisis de precios unitarios", "FUO_1_6_APU"),
    ("componente", "FUO_1_6_COMP"),
    ("metodologia", "FUO_1_7_MET"),
    ("cronograma valorado", "FUO_1_8_CRON"),
    ("experiencia del oferente", "FUO_1_9_EXP"),
    ("personal tecnico", "FUO_1_10_PER"),
    ("equipo", "FUO_1_11_EQ"),
    ("participacion ecuatoriana", "FUO_1_12_PE"),
    ("valor agregado ecuatoriano", "FUO_VAE"),
    ("parametros en etapa contractual", "FORM_II_ETAPA"),
    ("asociacion o consorcio", "FORM_CONSORCIO"),
    ("subcontratacion", "FORM_SUBCON"),
    ("acuerdo de integridad", "FORM_INTEGRIDAD"),
];

/// Reads the forms that the section on integridad lists, each once.
pub(super) fn read(lines: &Lines) -> Vec<Requirement> {
    let all = lines.all();
    let is_head = |folded: &str| {
        folded.contains("integridad de la") && folded.contains("oferta") && folded.starts_with("4.1.1")
    };
    // The table of contents names the section too: the last head that is followed by a form counts.
    let mut requirements = Vec::new();
    for (index, _) in all.iter().enumerate().filter(|(_, line)| is_head(&line.folded)) {
        let mut found: Vec<Requirement> = Vec::new();
        for line in all.iter().skip(index + 1).take(60) {
            if line.folded.starts_with("4.1.2") || line.folded.starts_with("4.2") {
                break;
            }
            let numbered = line
                .folded
                .starts_with(|character: char| character.is_ascii_digit() || matches!(character, 'i' | 'v'))
                && line.folded.split(' ').next().is_some_and(|number| number.contains('.'));
            let title = TITLES.iter().find(|(words, _)| line.folded.contains(words));
            if let (true, Some((_, kind))) = (numbered, title)
                && !found.iter().any(|other| other.id.0 == format!("INT-{kind}"))
            {
                found.push(form(kind, line));
            }
        }
        if found.len() >= 3 {
            requirements = found;
        }
    }
    requirements
}

fn form(kind: &str, line: &Line) -> Requirement {
    let (folded, text) = (line.folded.as_str(), line.text.trim_end_matches([';', '.']));
    let condition = match kind {
        "FORM_CONSORCIO" => FormCondition::Consorcio,
        "FORM_SUBCON" => FormCondition::Subcontratacion,
        "FUO_1_3" => FormCondition::Juridica,
        _ if folded.contains("de ser procedente")
            || folded.contains("en caso")
            || folded.contains("de ser el caso") =>
        {
            FormCondition::IfApplicable
        }
        _ => FormCondition::Always,
    };
    let alternatives: &[&str] = match kind {
        "FORM_CONSORCIO" => &["CONSORCIO_CONSTITUIDO"],
        "FUO_1_5_CANT" => &["FUO_1_5_RUBROS"],
        "FUO_1_5_RUBROS" => &["FUO_1_5_CANT"],
        _ => &[],
    };
    Requirement {
        id: RequirementId(format!("INT-{kind}")),
        lot: None,
        kind: RequirementKind::Integridad,
        text: text.to_owned(),
        points: None,
        subject: Subject::Form {
            document: DocumentType(kind.to_owned()),
            alternatives: alternatives.iter().map(|kind| DocumentType((*kind).to_owned())).collect(),
            signed: true,
            condition,
        },
        source: place(std::slice::from_ref(line)),
    }
}

//! Papers of the process itself: pliego, specifications, minutes of questions.

use super::{Author, Sheet, fact, marked};
use crate::numbers::{DateHabit, Notation};
use serde_json::{Map, Value, json};

impl Author<'_> {
    fn process_data(&self) -> Map<String, Value> {
        let scenario = self.scenario;
        let mut data = self.base("PLIEGO");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("codigo", fact(&scenario.code));
        put("procedimiento", json!(scenario.procedure.title()));
        put(
            "presupuesto",
            marked(
                format!("USD {}", Notation::Comma.number(scenario.budget, 5)),
                format!("{:.2}", scenario.budget),
            ),
        );
        put("plazo_pliego", marked(scenario.term.to_string(), scenario.term.to_string()));
        put("vigencia_pliego", marked(scenario.validity.to_string(), scenario.validity.to_string()));
        put("patrimonio_pliego", json!(format!("USD {}", Notation::Comma.number(scenario.patrimonio, 2))));
        let stages = scenario.schedule.iter().map(|(_, stage, at, _, _)| {
            json!([
                stage,
                format!("{:02}/{:02}/{}", at.day(), at.month(), at.year()),
                format!("{:02}:{:02}", at.hour(), at.minute())
            ])
        });
        put("cronograma", stages.collect());
        let lines = scenario.lines.iter().map(|line| {
            json!([fact(&line.description), line.unit, Notation::Comma.number(line.quantity, 2)])
        });
        put("lineas", lines.collect());
        put("ciudad", json!(scenario.entity.canton));
        let day = scenario.schedule.get(2).map_or(scenario.started, |(_, _, at, _, _)| at.date());
        put("fecha_letras", json!(crate::numbers::date_in_words(day)));
        put("fecha", json!(DateHabit::Words.date(day)));
        let mut draw = self.draw("preguntas");
        let mut questions = vec![
            (
                "¿Se aceptan equipos de características superiores a las solicitadas?",
                "Sí, siempre que cumplan todas las especificaciones del pliego.",
            ),
            (
                "¿El plazo se cuenta desde la entrega del anticipo?",
                "El plazo se cuenta como determina el pliego.",
            ),
            (
                "¿Es obligatoria la visita técnica al sitio?",
                "No es obligatoria; puede coordinarse con el área requirente.",
            ),
            (
                "¿Los certificados deben presentarse notariados?",
                "No se requieren documentos notariados en esta etapa.",
            ),
        ];
        draw.shuffle(&mut questions);
        put(
            "preguntas",
            questions
                .iter()
                .take(3)
                .map(|(question, answer)| json!([fact(question), fact(answer)]))
                .collect(),
        );
        data
    }

    fn of_entity(&self, kind: &'static str, template: &'static str) -> Sheet {
        let mut sheet = self.sheet(kind, template, 3, self.process_data());
        sheet.running = false;
        sheet.variant = self.draw(&format!("entidad {template}")).below(3);
        sheet
    }

    /// The pliego as a document.
    pub(crate) fn pliego(&self) -> Sheet {
        self.of_entity("PLIEGO", "pliego_doc")
    }

    /// Terms of reference or specifications.
    pub(crate) fn terms(&self) -> Sheet {
        self.of_entity("TDR", "tdr")
    }

    /// Minutes of questions and answers.
    pub(crate) fn questions(&self) -> Sheet {
        self.of_entity("ACLARACIONES", "aclaraciones")
    }
}

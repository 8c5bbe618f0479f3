//! The sections of a pliego or of terms of reference that ask something, found by their titles: numbers differ between models.

use super::lines::{Line, Lines};
use regex::Regex;
use std::sync::LazyLock;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Minimum equipment.
    Equipment,
    /// Minimum technical personnel.
    Personnel,
    /// Experience of the personnel.
    PersonnelExperience,
    /// Experience of the bidder.
    Experience,
    /// Financial indices, referential.
    Indices,
    /// Threshold of Ecuadorian added value.
    AddedValue,
    /// Parameters that give points.
    Points,
    /// What is bought, item by item.
    Specifications,
    /// Any other.
    Other,
}

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:\d{1,2}\.)+(?:\d{1,2})?[.)]?-?|\d{1,2}[.)]-?|[ivx]{1,4}[.)]) ?[a-z]").ok()
});

/// Titles, the longer before the shorter that it contains.
const TITLES: [(&str, Topic); 19] = [
    ("experiencia minima del personal", Topic::PersonnelExperience),
    ("experiencia del personal", Topic::PersonnelExperience),
    ("personal tecnico minimo", Topic::Personnel),
    ("personal tecnico clave", Topic::Personnel),
    ("personal tecnico requerido", Topic::Personnel),
    ("personal minimo", Topic::Personnel),
    ("equipo minimo", Topic::Equipment),
    ("maquinaria y equipo", Topic::Equipment),
    ("experiencia general", Topic::Experience),
    ("experiencia especifica", Topic::Experience),
    ("experiencia minima", Topic::Experience),
    ("experiencia del oferente", Topic::Experience),
    ("informacion financiera", Topic::Indices),
    ("indices financieros", Topic::Indices),
    ("porcentaje de valor agregado", Topic::AddedValue),
    ("umbrales de vae", Topic::AddedValue),
    ("evaluacion por puntaje", Topic::Points),
    ("especificaciones tecnicas", Topic::Specifications),
    ("terminos de referencia", Topic::Specifications),
];

/// Lines that begin the blank forms or the contract: nothing after them is asked by the pliego.
const ENDS: [&str; 5] = [
    "formularios de ",
    "formulario unico de la oferta presentacion",
    "seccion i formulario",
    "proyecto de contrato",
    "modelo de contrato",
];

/// One section: its title's line and the lines under it.
pub(super) struct Section<'a> {
    /// What it is about.
    pub(super) topic: Topic,
    /// The line of the title.
    pub(super) title: &'a Line,
    /// What stands under it.
    pub(super) body: &'a [Line],
}

/// Returns the lines that the pliego itself has, before its forms and its contract.
pub(super) fn own(lines: &Lines) -> &[Line] {
    let all = lines.all();
    // The table of contents names the forms too: an end counts after the first third only.
    let ends = |(index, line): &(usize, &Line)| {
        *index * 3 > all.len()
            && line.text.chars().count() <= 110
            && ENDS.iter().any(|words| line.folded.starts_with(words))
    };
    let end = all.iter().enumerate().find(ends).map_or(all.len(), |(index, _)| index);
    all.get(..end).unwrap_or(all)
}

/// Names what a title is about; `None` for a line that is no title.
fn title(line: &Line) -> Option<Topic> {
    let length = line.text.chars().count();
    let numbered = NUMBERED.as_ref().is_some_and(|pattern| pattern.is_match(&line.folded));
    let words: String = line.folded.chars().skip_while(|c| !c.is_alphabetic()).collect();
    let begins = TITLES.iter().find(|(title, _)| words.starts_with(title)).map(|(_, topic)| *topic);
    let capitals = line.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let lone = length <= 90 && (line.text.ends_with(':') || (capitals && length >= 6));
    let section = line.folded.starts_with("seccion ") && length <= 120;
    if numbered && (length <= 160 || begins.is_some()) {
        return Some(begins.unwrap_or(Topic::Other));
    }
    if section {
        return Some(Topic::Other);
    }
    // Without a number only a title that is known opens a section; anything else in capitals may be part of a table.
    begins.filter(|_| lone)
}

/// Cuts the lines into sections.
pub(super) fn cut(lines: &[Line]) -> Vec<Section<'_>> {
    let mut heads: Vec<(usize, Topic)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(topic) = title(line) {
            heads.push((index, topic));
        }
    }
    let mut sections = Vec::new();
    for (position, (start, topic)) in heads.iter().enumerate() {
        let end = heads.get(position + 1).map_or(lines.len(), |(next, _)| *next);
        let (Some(title), Some(body)) = (lines.get(*start), lines.get(start + 1..end)) else { continue };
        sections.push(Section { topic: *topic, title, body });
    }
    sections
}

/// Tells whether a line is an instruction of the model or its general talk, which states nothing of this process.
pub(super) fn is_instruction(folded: &str) -> bool {
    const TALK: [&str; 14] = [
        "regularmente aceptados",
        "valores recomendados",
        "la entidad contratante debera",
        "la entidad contratante definira",
        "las entidades contratantes",
        "entidad contratante podra",
        "de utilizarse",
        "como ejemplo",
        "la sumatoria debe ser",
        "hasta 1 punto",
        "no mayor a",
        "(detallar",
        "(establecer",
        "(determinar",
    ];
    folded.starts_with('(') || TALK.iter().any(|words| folded.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        let line = |text: &str| Line {
            page: 1,
            quad: None,
            folded: super::super::lines::fold(text),
            text: text.into(),
        };
        text.lines().map(line).collect()
    }

    #[test]
    fn titles_open_sections_and_rows_of_tables_do_not() {
        let all = lines(
            "4.1.2 Equipo mínimo:\n1 EXCAVADORA 1 128 HP\n2 VOLQUETA 3 8 m3\n4.1.3. Personal técnico mínimo:\nx\n4.2. Evaluación por puntaje:\nOferta económica 60",
        );
        let found: Vec<(Topic, usize)> =
            cut(&all).iter().map(|section| (section.topic, section.body.len())).collect();
        assert_eq!(found, [(Topic::Equipment, 2), (Topic::Personnel, 1), (Topic::Points, 1)]);
    }
}

//! The templates: texts of our own wording, several habits for each type, in a small notation.
//!
//! `=== TYPE habit` starts one. Of its lines, `# ` is a heading and `## ` a lesser one; `- label: value` a field; `| a | b` a row;
//! `>>>` a new page; anything else a paragraph. `? ` before a line makes it optional, `*2-5 ` repeats it. Within a line, `{name}` is a
//! place to fill and `[a||b]` a choice. `{field=name}` is a place that prints a field of the type's entry in the catalogue (`{items.pu=pu}`
//! one of a list), `{field="text"}` or `{field="text"~value}` a text that does.
//!
//! The templates of `reserva_*.txt` are kept from training as a whole, heads and thresholds alike: only the evaluation renders them. Those of
//! `final_*.txt` were written by other authors without sight of the others, of the phrases and of the rules, and each set was rendered once,
//! for the model card. After that the first set serves for training; the second is looked at and never trained on.

mod line;

pub(crate) use line::{Fill, Filled, Kind, Line, Slot};

/// Holds one template.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// Type identifier.
    pub(crate) kind: &'static str,
    /// Name of the habit, unique within the type.
    pub(crate) habit: &'static str,
    /// Its lines.
    pub(crate) lines: Vec<Line>,
    /// Whether the whole template is kept from training while quality is measured.
    pub(crate) held_out: bool,
}

/// What nothing is fitted or calibrated on.
const RESERVED: [&str; 3] = [
    include_str!("../../templates/reserva_formularios.txt"),
    include_str!("../../templates/reserva_soportes.txt"),
    include_str!("../../templates/reserva_otros.txt"),
];

/// The final set that was used last: its errors have been looked at since. Nothing is fitted on it.
const USED: [&str; 3] = [
    include_str!("../../templates/final_2_formularios.txt"),
    include_str!("../../templates/final_2_soportes.txt"),
    include_str!("../../templates/final_2_otros.txt"),
];

/// What nobody who wrote rules has looked at.
const FINAL: [&str; 3] = [
    include_str!("../../templates/final_3_formularios.txt"),
    include_str!("../../templates/final_3_soportes.txt"),
    include_str!("../../templates/final_3_otros.txt"),
];

/// Names the templates that an evaluation renders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Set {
    /// Those kept from training, which are looked at while recognition is built.
    #[default]
    Reserved,
    /// Those used once.
    Final,
    /// Those of the final set before, which are looked at since it was used.
    Used,
}

impl Set {
    /// Returns its templates.
    pub(crate) fn templates(self) -> Vec<Template> {
        match self {
            Self::Reserved => reserved(),
            Self::Final => final_set(),
            Self::Used => used(),
        }
    }
}

const FILES: [&str; 10] = [
    include_str!("../../templates/formularios_a.txt"),
    include_str!("../../templates/formularios_b.txt"),
    include_str!("../../templates/soportes_a.txt"),
    include_str!("../../templates/soportes_b.txt"),
    include_str!("../../templates/soportes_c.txt"),
    include_str!("../../templates/proceso.txt"),
    include_str!("../../templates/otros.txt"),
    // Final sets of other authors that were used and looked at serve for training afterwards.
    include_str!("../../templates/final_1_formularios.txt"),
    include_str!("../../templates/final_1_soportes.txt"),
    include_str!("../../templates/final_1_otros.txt"),
];

/// What only the tagger of names in prose is fitted on.
const SPANS: [&str; 3] = [
    include_str!("../../templates/tramos_contratos.txt"),
    include_str!("../../templates/tramos_formularios.txt"),
    include_str!("../../templates/tramos_personas.txt"),
];

/// Returns the templates of the tagger; of each type every fourth is held out.
pub(crate) fn for_spans() -> Vec<Template> {
    with_some_held_out(SPANS.iter().flat_map(|file| parse(file)).collect())
}

/// Returns the templates that only the evaluation sees.
pub(crate) fn reserved() -> Vec<Template> {
    RESERVED.iter().flat_map(|file| parse(file)).collect()
}

/// Returns the templates of the final set that was used last.
pub(crate) fn used() -> Vec<Template> {
    USED.iter().flat_map(|file| parse(file)).collect()
}

/// Returns the templates of the final set, used once.
pub(crate) fn final_set() -> Vec<Template> {
    FINAL.iter().flat_map(|file| parse(file)).collect()
}

/// Returns the templates of training; of each type every fourth is held out for the thresholds.
pub(crate) fn all() -> Vec<Template> {
    with_some_held_out(FILES.iter().flat_map(|file| parse(file)).collect())
}

fn with_some_held_out(mut templates: Vec<Template>) -> Vec<Template> {
    let mut counts = std::collections::BTreeMap::new();
    for template in &mut templates {
        let count: &mut usize = counts.entry(template.kind).or_default();
        *count += 1;
        template.held_out = *count % 4 == 2;
    }
    templates
}

fn parse(file: &'static str) -> Vec<Template> {
    let mut templates: Vec<Template> = Vec::new();
    for text in file.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(title) = text.strip_prefix("=== ") {
            let (kind, habit) = title.split_once(' ').unwrap_or((title, "único"));
            templates.push(Template { kind, habit, lines: Vec::new(), held_out: false });
        } else if let Some(template) = templates.last_mut() {
            template.lines.push(Line::parse(text));
        }
    }
    templates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn every_type_has_four_habits_or_more_and_a_quarter_is_held_out() {
        let mut habits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let templates = all();
        for template in &templates {
            assert!(
                habits.entry(template.kind).or_default().insert(template.habit),
                "{} twice",
                template.habit
            );
            assert!(cotejo_domain::document_type_entry(template.kind).is_some(), "{}", template.kind);
        }
        for (kind, habits) in &habits {
            assert!(habits.len() >= 4, "{kind} has {} habits", habits.len());
        }
        let held_out = templates.iter().filter(|template| template.held_out).count();
        assert!(held_out * 10 >= templates.len() * 2, "{held_out} of {}", templates.len());
    }

    #[test]
    fn three_in_ten_templates_and_two_of_every_type_are_reserved() {
        let known = all();
        let reserved: Vec<Template> = reserved().into_iter().chain(used()).collect();
        assert!(
            reserved.len() * 10 >= (known.len() + reserved.len()) * 3,
            "{} of {}",
            reserved.len(),
            known.len()
        );
        for kind in known.iter().map(|template| template.kind).collect::<BTreeSet<_>>() {
            let habits: BTreeSet<&str> = reserved
                .iter()
                .filter(|template| template.kind == kind)
                .map(|template| template.habit)
                .collect();
            assert!(habits.len() >= 2, "{kind}: {habits:?}");
        }
    }

    #[test]
    fn no_sentence_of_a_reserved_template_stands_in_one_of_training() {
        let sentences = |templates: Vec<Template>| -> BTreeSet<&'static str> {
            let lines = templates.into_iter().flat_map(|template| template.lines);
            // Official titles and names of offices are everybody's.
            let sentences = lines.filter(|line| line.kind == Kind::Paragraph && line.pattern.len() > 80);
            sentences.map(|line| line.pattern).collect()
        };
        let known: Vec<Template> = all().into_iter().chain(for_spans()).collect();
        let (known, reserved) = (sentences(known), sentences(reserved().into_iter().chain(used()).collect()));
        assert_eq!(known.intersection(&reserved).collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    #[test]
    fn the_final_set_has_two_habits_of_every_type_that_is_reserved() {
        let mut habits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for template in final_set() {
            assert!(
                habits.entry(template.kind).or_default().insert(template.habit),
                "{} twice",
                template.habit
            );
        }
        for kind in reserved().iter().map(|template| template.kind) {
            let least = if kind == "OTRO" { 16 } else { 2 };
            let found = habits.get(kind).map_or(0, BTreeSet::len);
            assert!(found >= least, "{kind}: {found}");
        }
    }

    #[test]
    fn no_line_of_the_final_set_stands_in_another_file() {
        let lines = |templates: Vec<Template>| -> BTreeSet<String> {
            let lines = templates.into_iter().flat_map(|template| template.lines);
            lines.map(|line| without_places(line.pattern)).filter(|line| line.chars().count() > 40).collect()
        };
        let others = all().into_iter().chain(for_spans()).chain(reserved()).chain(used()).collect();
        let (others, own) = (lines(others), lines(final_set()));
        assert_eq!(own.intersection(&others).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    /// Puts the text of a place there where the template gives one, else a sign.
    fn without_places(pattern: &str) -> String {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, after) = after.split_once('}').expect("closed");
            text.push_str(before);
            text.push_str(inside.split('"').nth(1).unwrap_or("…"));
            rest = after;
        }
        text + rest
    }

    #[test]
    fn every_field_that_a_template_names_stands_in_the_catalogue() {
        for template in
            all().into_iter().chain(for_spans()).chain(reserved()).chain(used()).chain(final_set())
        {
            let entry = cotejo_domain::document_type_entry(template.kind).expect("a type");
            for part in template.lines.iter().flat_map(|line| line.pattern.split('{').skip(1)) {
                let inside = part.split('}').next().unwrap_or_default();
                let Some((name, _)) = inside.split_once('=') else { continue };
                let list = name.split_once('.').map(|(list, _)| format!("{list}[]"));
                let known = entry.fields.iter().any(|field| {
                    field.name == name
                        || field.name.replace("[]", "") == name
                        || list.as_ref().is_some_and(|list| field.name == *list)
                });
                assert!(known, "{} {}: {name}", template.kind, template.habit);
            }
        }
    }

    #[test]
    fn every_place_can_be_filled() {
        let mut random = Random::new(1);
        for template in all() {
            for line in &template.lines {
                for _ in 0..3 {
                    let text = line.text(&mut random, &mut |name, random| crate::slots::fill(name, random));
                    assert!(!text.contains('{'), "{} {}: {text}", template.kind, template.habit);
                    assert!(!text.contains("||"), "{} {}: {text}", template.kind, template.habit);
                }
            }
        }
    }
}

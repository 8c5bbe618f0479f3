//! A declared check: one JSON file in `checks/`, read and type-checked as a whole when the program starts (docs/checks.md).

use super::syntax::{Expression, parse};
use super::types::{Kind, Names, Shape, check};
use cotejo_domain::Verdict;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    pub(crate) id: String,
    pub(crate) version: u32,
    pub(crate) title: String,
    pub(crate) doc: String,
    pub(crate) legal: Vec<String>,
    #[serde(default)]
    pub(crate) parameters: Vec<ParameterForm>,
    #[serde(default)]
    pub(crate) facts: Vec<FactsForm>,
    #[serde(default, rename = "let")]
    pub(crate) lets: Vec<LetForm>,
    #[serde(default)]
    pub(crate) shown: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) steps: Vec<StepForm>,
    #[serde(default)]
    pub(crate) always: Vec<String>,
    pub(crate) outcomes: Vec<OutcomeForm>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the fixture pair is what the tests evaluate"))]
    pub(crate) fixtures: Fixtures,
}

/// A value that comes from the requirement, the process, the bidder or the norms: the first source that has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParameterForm {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    pub(crate) from: Vec<String>,
}

/// Facts of these fields on these papers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactsForm {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    pub(crate) fields: Vec<String>,
    #[serde(default)]
    pub(crate) papers: Vec<String>,
    /// Where some readings are firm, the doubtful ones neither accuse nor weaken.
    #[serde(default)]
    pub(crate) firm: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LetForm {
    pub(crate) name: String,
    pub(crate) expression: String,
}

/// A line of the trace: its name in the catalogue or a parameter's text, what is written with its values, and what came out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepForm {
    pub(crate) name: String,
    pub(crate) expression: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeForm {
    #[serde(default)]
    pub(crate) when: Option<String>,
    pub(crate) verdict: Verdict,
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
    #[serde(default)]
    pub(crate) rest_on: Vec<String>,
    #[serde(default)]
    pub(crate) legal: Option<Vec<String>>,
}

/// A bid that meets the check and one that does not.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the fixture pair is what the tests evaluate"))]
pub(crate) struct Fixtures {
    pub(crate) meets: FixtureForm,
    pub(crate) fails: FixtureForm,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the fixture pair is what the tests evaluate"))]
pub(crate) struct FixtureForm {
    pub(crate) start: String,
    #[serde(default)]
    pub(crate) bidder: Option<String>,
    #[serde(default)]
    pub(crate) budget: Option<String>,
    #[serde(default)]
    pub(crate) requirement: serde_json::Value,
    #[serde(default)]
    pub(crate) facts: Vec<FixtureFact>,
    pub(crate) verdict: Verdict,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the fixture pair is what the tests evaluate"))]
pub(crate) struct FixtureFact {
    pub(crate) paper: String,
    pub(crate) field: String,
    pub(crate) value: serde_json::Value,
}

/// One outcome, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) when: Option<Expression>,
    pub(crate) verdict: Verdict,
    pub(crate) reasons: Vec<String>,
    pub(crate) rest_on: Vec<Expression>,
    pub(crate) legal: Option<Vec<String>>,
}

/// A check that was read, and whose every expression has a type.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) form: Form,
    /// Identifier with version: `plazo@1`.
    pub(crate) id: String,
    pub(crate) lets: Vec<(String, Expression)>,
    pub(crate) shown: Vec<(String, Expression)>,
    pub(crate) steps: Vec<(String, Expression)>,
    pub(crate) outcomes: Vec<Outcome>,
}

impl Check {
    /// Reads a check.
    ///
    /// # Errors
    /// Everything that is wrong with it, in Spanish, each with the place.
    pub(crate) fn load(text: &str) -> Result<Self, Vec<String>> {
        let form: Form = serde_json::from_str(text).map_err(|error| vec![error.to_string()])?;
        let mut problems: Vec<String> = Vec::new();
        let mut names = Names::new();
        let declared = form
            .parameters
            .iter()
            .map(|one| (&one.name, Shape::One(one.kind)))
            .chain(form.facts.iter().map(|many| (&many.name, Shape::Many(many.kind))));
        for (name, shape) in declared {
            if names.insert(name.clone(), shape).is_some() {
                problems.push(format!("«{name}» está declarado dos veces"));
            }
        }
        for parameter in &form.parameters {
            for source in &parameter.from {
                if !super::parameters::is_known(source) {
                    problems.push(format!("«{}» no se toma de «{source}»", parameter.name));
                }
            }
        }
        let mut read = |place: &str, text: &str, names: &Names| -> Option<(Expression, Shape)> {
            let read = parse(text).and_then(|expression| {
                let shape = check(&expression, names)?;
                Ok((expression, shape))
            });
            read.map_err(|problem| problems.push(format!("{place}: {problem} («{text}»)"))).ok()
        };
        let mut lets = Vec::new();
        for one in &form.lets {
            if let Some((expression, shape)) = read(&one.name, &one.expression, &names) {
                names.insert(one.name.clone(), shape);
                lets.push((one.name.clone(), expression));
            }
        }
        let mut shown = Vec::new();
        for (name, text) in &form.shown {
            shown.extend(read(name, text, &names).map(|(expression, _)| (name.clone(), expression)));
        }
        let mut steps = Vec::new();
        for step in &form.steps {
            steps.extend(
                read(&step.name, &step.expression, &names)
                    .map(|(expression, _)| (step.name.clone(), expression)),
            );
        }
        let mut outcomes = Vec::new();
        let mut wrong: Vec<String> = Vec::new();
        for (index, outcome) in form.outcomes.iter().enumerate() {
            let place = format!("resultado {}", index + 1);
            let when = outcome.when.as_ref().and_then(|text| read(&place, text, &names));
            if when.as_ref().is_some_and(|(_, shape)| *shape != Shape::One(Kind::Truth)) {
                wrong.push(format!("{place}: la condición no es verdad ni falsa"));
            }
            let last = index + 1 == form.outcomes.len();
            if outcome.when.is_none() != last {
                wrong.push(format!("{place}: solo el último resultado, y siempre él, va sin condición"));
            }
            let mut rest_on = Vec::new();
            for text in &outcome.rest_on {
                match read(&place, text, &names) {
                    Some((expression, Shape::Many(_))) => rest_on.push(expression),
                    Some(_) => wrong.push(format!("{place}: «{text}» no son datos")),
                    None => {}
                }
            }
            if outcome.verdict == Verdict::NoCumple && rest_on.is_empty() {
                wrong.push(format!("{place}: un «no cumple» se apoya en datos"));
            }
            outcomes.push(Outcome {
                when: when.map(|(expression, _)| expression),
                verdict: outcome.verdict,
                reasons: outcome.reasons.clone(),
                rest_on,
                legal: outcome.legal.clone(),
            });
        }
        problems.extend(wrong);
        let reasons = form.always.iter().chain(outcomes.iter().flat_map(|outcome| &outcome.reasons));
        for reason in reasons.filter(|reason| !cotejo_catalogue::exists(reason)) {
            problems.push(format!("«{reason}» no está en el catálogo"));
        }
        if form.outcomes.is_empty() || form.legal.is_empty() || form.title.is_empty() || form.doc.is_empty() {
            problems.push("falta el resultado, el fundamento, el título o la página".into());
        }
        let id = format!("{}@{}", form.id, form.version);
        if problems.is_empty() { Ok(Self { form, id, lets, shown, steps, outcomes }) } else { Err(problems) }
    }
}

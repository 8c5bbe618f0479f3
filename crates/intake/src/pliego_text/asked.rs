//! What the sections of a pliego ask: equipment, personnel, experience, indices, added value and points, one requirement a row.
//!
//! Conservative as the rest: a row that is not of the table's form is left out, and the model's own instructions say nothing.

use super::lines::{Line, place};
use super::sections::{Section, Topic, is_instruction};
use super::values;
use cotejo_domain::{Money, Percent, Requirement, RequirementId, RequirementKind, Subject};
use regex::Regex;
use rust_decimal::Decimal;
use std::sync::LazyLock;

type Pattern = LazyLock<Option<Regex>>;

static ROW: Pattern = LazyLock::new(|| Regex::new(r"^(\d{1,2})[.)]? (\D.*)$").ok());
static COUNT_WITHIN: Pattern =
    LazyLock::new(|| Regex::new(r"^(.{3,160}?) (\d{1,4})(?: ([^\d].*|\d+[.,]?\d*\s?[A-Za-z].*))?$").ok());
static COUNT_LAST: Pattern = LazyLock::new(|| Regex::new(r"^(.{3,400}) (\d{1,3})$").ok());
static LEVEL: Pattern = LazyLock::new(|| {
    Regex::new(r"(?i)\s(?:tercer nivel|cuarto nivel|t[ée]cnico superior|tecnol[óo]g\w+|bachiller|ingenier\w+ |arquitect\w+ |t[íi]tulo |n/a\b)").ok()
});
static INDEX: Pattern = LazyLock::new(|| {
    Regex::new(r"(solvencia|endeudamiento|liquidez)\*?[^0-9]{0,80}?(\d{1,2}(?:[.,]\d{1,3})?)(?:\D|$)").ok()
});
static PERCENT: Pattern = LazyLock::new(|| Regex::new(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?%").ok());
static POINTS: Pattern = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,2}[.)]? )?([a-z][a-z ,/()y*-]{5,90}?):? (\d{1,3}(?:[.,]\d{1,2})?)(?: ?(?:puntos?|pts\.?))?\.?$").ok()
});
static YEARS: Pattern =
    LazyLock::new(|| Regex::new(r"(?:ultimos|dentro de los|en los)[^0-9.]{0,30}\(?(\d{1,2})\)? anos").ok());

/// Names under which points are given, as the models and the entities write them.
const PARAMETERS: [&str; 14] = [
    "experiencia general",
    "experiencia especifica",
    "experiencia del personal",
    "experiencia minima del personal",
    "personal tecnico",
    "equipo",
    "metodologia",
    "plan de trabajo",
    "oferta economica",
    "subcontratacion",
    "participacion ecuatoriana",
    "valor agregado ecuatoriano",
    "mypes y eps",
    "otro",
];

/// Reads what the sections ask.
pub(super) fn read(sections: &[Section<'_>]) -> Vec<Requirement> {
    let mut found = Found::default();
    for section in sections {
        match section.topic {
            Topic::Equipment => found.rows(section, "EQ", equipment),
            Topic::Personnel => found.rows(section, "PERS", personnel),
            Topic::PersonnelExperience => {
                found.rows(section, "PERSEXP", |text| Some((text.to_owned(), Subject::Other)))
            }
            Topic::Experience => found.experience(section),
            Topic::Indices => found.indices(section),
            Topic::AddedValue => found.added_value(section),
            Topic::Points => found.points(section),
            Topic::Specifications | Topic::Other => {}
        }
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Requirement>);

impl Found {
    fn push(
        &mut self,
        prefix: &str,
        kind: RequirementKind,
        text: String,
        subject: Subject,
        at: &[Line],
    ) -> &mut Requirement {
        let of_prefix = |other: &&Requirement| {
            other
                .id
                .0
                .strip_prefix(prefix)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|rest| rest.parse::<u32>().is_ok())
        };
        let next = self.0.iter().filter(of_prefix).count() + 1;
        self.0.push(Requirement {
            id: RequirementId(format!("{prefix}-{next}")),
            lot: None,
            kind,
            text,
            points: None,
            subject,
            source: place(at),
        });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Reads the rows of a table: each begins with its number, counted from 1, and goes on over the lines below.
    fn rows(
        &mut self,
        section: &Section<'_>,
        prefix: &str,
        read: impl Fn(&str) -> Option<(String, Subject)>,
    ) {
        let Some(row) = ROW.as_ref() else { return };
        let mut next = 1_u32;
        let mut starts: Vec<usize> = Vec::new();
        for (index, line) in section.body.iter().enumerate() {
            let number =
                row.captures(&line.text).and_then(|found| found.get(1)?.as_str().parse::<u32>().ok());
            if number == Some(next) {
                starts.push(index);
                next += 1;
            }
        }
        for (position, start) in starts.iter().enumerate() {
            let end = starts.get(position + 1).copied().unwrap_or(section.body.len());
            let Some(lines) = section.body.get(*start..end) else { continue };
            // The last row ends where sentences begin.
            let talk = |line: &Line| line.text.chars().count() > 200 || is_instruction(&line.folded);
            let length =
                lines.iter().skip(1).take(8).position(talk).map_or(lines.len().min(8), |end| end + 1);
            let Some(lines) = lines.get(..length) else { continue };
            let Some(first) = lines.first().and_then(|line| row.captures(&line.text)?.get(2)) else {
                continue;
            };
            let more = lines.iter().skip(1).map(|line| line.text.as_str());
            let text = std::iter::once(first.as_str()).chain(more).collect::<Vec<_>>().join(" ");
            if is_instruction(&super::lines::fold(&text)) {
                continue;
            }
            if let Some((text, subject)) = read(&text) {
                self.push(prefix, RequirementKind::Minimo, text, subject, lines);
            }
        }
    }

    /// Reads general and specific experience, each from the sentence that names it and an amount.
    fn experience(&mut self, section: &Section<'_>) {
        let lines: Vec<&Line> = std::iter::once(section.title).chain(section.body).collect();
        for (index, line) in lines.iter().enumerate() {
            let (general, specific) =
                (line.folded.contains("experiencia general"), line.folded.contains("experiencia especifica"));
            if general == specific || is_instruction(&line.folded) {
                continue;
            }
            // A sentence broken by the margin goes on below; another kind of experience begins another sentence.
            let other = if general { "experiencia especifica" } else { "experiencia general" };
            let run: Vec<Line> = lines
                .iter()
                .skip(index)
                .take(4)
                .enumerate()
                .take_while(|(place, line)| *place == 0 || !line.folded.contains(other))
                .map(|(_, line)| (*line).clone())
                .collect();
            let folded = run.iter().map(|line| line.folded.as_str()).collect::<Vec<_>>().join(" ");
            let amounts = values::amounts(&folded);
            let each_at = folded.find("por contrato").or_else(|| folded.find("cada contrato"));
            let total: Vec<Money> = amounts
                .iter()
                .filter(|(place, _)| each_at.is_none_or(|each| *place < each))
                .map(|(_, amount)| *amount)
                .collect();
            let each: Vec<Money> = amounts
                .iter()
                .filter(|(place, _)| each_at.is_some_and(|each| *place > each))
                .map(|(_, amount)| *amount)
                .collect();
            // Two amounts are a choice that is not ours.
            let one = |found: &[Money]| {
                found.first().copied().filter(|first| found.iter().all(|other| other == first))
            };
            let Some(minimum) = one(&total) else { continue };
            let years =
                YEARS.as_ref().and_then(|pattern| pattern.captures(&folded)?.get(1)?.as_str().parse().ok());
            let subject = Subject::Experience {
                specific,
                minimum: Some(minimum),
                minimum_per_contract: one(&each),
                years,
            };
            let repeated = self.0.iter().any(|other| match (&other.subject, &subject) {
                (
                    Subject::Experience { specific: one, minimum: this, .. },
                    Subject::Experience { specific: other, minimum: that, .. },
                ) => one == other && this == that,
                _ => false,
            });
            if !repeated {
                let text = run.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
                self.push("EXP", RequirementKind::Minimo, text, subject, &run);
            }
        }
    }

    fn indices(&mut self, section: &Section<'_>) {
        let Some(pattern) = INDEX.as_ref() else { return };
        for line in section.body.iter().filter(|line| !is_instruction(&line.folded)) {
            let Some(found) = pattern.captures(&line.folded) else { continue };
            let (Some(name), Some(value)) =
                (found.get(1), found.get(2).and_then(|value| decimal(value.as_str())))
            else {
                continue;
            };
            let name = format!("Índice de {}{}", name.as_str()[..1].to_uppercase(), &name.as_str()[1..]);
            let subject = Subject::FinancialIndex { name, threshold: Some(value) };
            if !self.0.iter().any(|other| other.subject == subject) {
                self.push(
                    "IND",
                    RequirementKind::Informativo,
                    line.text.clone(),
                    subject,
                    std::slice::from_ref(line),
                );
            }
        }
    }

    fn added_value(&mut self, section: &Section<'_>) {
        let Some(pattern) = PERCENT.as_ref() else { return };
        let mut stated: Vec<(&Line, Decimal)> = Vec::new();
        for line in section.body.iter().filter(|line| !is_instruction(&line.folded)) {
            let rates = pattern.captures_iter(&line.text).filter_map(|found| decimal(found.get(1)?.as_str()));
            stated.extend(rates.map(|rate| (line, rate)));
        }
        let Some((line, rate)) = stated.first().copied() else { return };
        if stated.iter().all(|(_, other)| *other == rate) && rate <= Decimal::ONE_HUNDRED {
            let subject = Subject::Vae { threshold: Some(Percent(rate)) };
            self.push(
                "VAE",
                RequirementKind::Informativo,
                line.text.clone(),
                subject,
                std::slice::from_ref(line),
            );
        }
    }

    fn points(&mut self, section: &Section<'_>) {
        let Some(pattern) = POINTS.as_ref() else { return };
        for line in section.body.iter().filter(|line| !is_instruction(&line.folded)) {
            let Some(found) = pattern.captures(&line.folded) else { continue };
            let (Some(name), Some(points)) =
                (found.get(1), found.get(2).and_then(|value| decimal(value.as_str())))
            else {
                continue;
            };
            let known = PARAMETERS.iter().any(|parameter| name.as_str().starts_with(parameter));
            if !known || points > Decimal::ONE_HUNDRED {
                continue;
            }
            let parameter: String = line
                .text
                .chars()
                .skip(line.folded[..name.start()].chars().count())
                .take(name.as_str().chars().count())
                .collect();
            let subject = Subject::Score { parameter: parameter.trim_end_matches(['*', ' ']).to_owned() };
            if self.0.iter().any(|other| other.subject == subject) {
                continue;
            }
            self.push(
                "PTO",
                RequirementKind::Puntaje,
                line.text.clone(),
                subject,
                std::slice::from_ref(line),
            )
            .points = Some(points);
        }
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    text.replace(',', ".").parse().ok()
}

fn equipment(text: &str) -> Option<(String, Subject)> {
    let found = COUNT_WITHIN.as_ref()?.captures(text)?;
    let description = found.get(1)?.as_str().trim().to_owned();
    let count = found.get(2)?.as_str().parse().ok();
    Some((text.to_owned(), Subject::Equipment { description, count }))
}

fn personnel(text: &str) -> Option<(String, Subject)> {
    let (text, count) = match COUNT_LAST.as_ref().and_then(|pattern| pattern.captures(text)) {
        Some(found) => (found.get(1)?.as_str(), found.get(2)?.as_str().parse().ok()?),
        None => (text, 1),
    };
    let end = LEVEL.as_ref()?.find(text)?.start();
    let role = text.get(..end)?.trim();
    (role.chars().count() >= 4)
        .then(|| (text.to_owned(), Subject::Personnel { role: role.to_owned(), count }))
}

//! One line of a template.

use crate::random::Random;

/// Tells what a line becomes on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading,
    Subheading,
    Field,
    Row,
    Paragraph,
    NewPage,
}

/// Holds one line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) optional: bool,
    /// How often it comes, at least and at most.
    pub(crate) repeat: (u64, u64),
    pattern: &'static str,
}

impl Line {
    pub(crate) fn parse(text: &'static str) -> Self {
        let (optional, text) = match text.strip_prefix("? ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (repeat, text) = repeat(text).unwrap_or(((1, 1), text));
        let (kind, pattern) = if text == ">>>" {
            (Kind::NewPage, "")
        } else if let Some(rest) = text.strip_prefix("## ") {
            (Kind::Subheading, rest)
        } else if let Some(rest) = text.strip_prefix("# ") {
            (Kind::Heading, rest)
        } else if let Some(rest) = text.strip_prefix("- ") {
            (Kind::Field, rest)
        } else if let Some(rest) = text.strip_prefix("| ") {
            (Kind::Row, rest)
        } else {
            (Kind::Paragraph, text)
        };
        Self { kind, optional, repeat, pattern }
    }

    /// Returns the text with choices made and places filled; `fill` is given the name of each place.
    pub(crate) fn text(
        &self,
        random: &mut Random,
        fill: &mut dyn FnMut(&str, &mut Random) -> String,
    ) -> String {
        let chosen = choose(self.pattern, random);
        let mut text = String::new();
        let mut rest = chosen.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            text.push_str(before);
            text.push_str(&phrase(name, random, fill));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

fn repeat(text: &'static str) -> Option<((u64, u64), &'static str)> {
    let (range, rest) = text.strip_prefix('*')?.split_once(' ')?;
    let (low, high) = range.split_once('-')?;
    Some(((low.parse().ok()?, high.parse().ok()?), rest))
}

fn choose(pattern: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((choices, after)) = after.split_once(']') else { break };
        text.push_str(before);
        let choices: Vec<&str> = choices.split("||").collect();
        text.push_str(random.pick(&choices));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Expands the phrases that many templates share; other names are places.
fn phrase(name: &str, random: &mut Random, fill: &mut dyn FnMut(&str, &mut Random) -> String) -> String {
    match name {
        "cierre" => {
            let opening = random.pick(&[
                "Para constancia de lo ofertado, suscribo este formulario,",
                "Para constancia de lo declarado suscribo el presente formulario.",
                "Para constancia, firmo.",
                "",
            ]);
            let signature = phrase("firma", random, fill);
            let place = phrase("lugar_fecha", random, fill);
            if random.chance(0.5) {
                format!("{opening} {signature} {place}")
            } else {
                format!("{opening} {place} {signature}")
            }
        }
        "firma" => {
            let person = fill("persona", random);
            let title = random.pick(&[
                "FIRMA DEL OFERENTE, SU REPRESENTANTE LEGAL, APODERADO O PROCURADOR COMÚN (según el caso)",
                "FIRMA DEL OFERENTE",
                "Firma del representante legal",
                "REPRESENTANTE LEGAL",
                "Firmado electrónicamente por:",
            ]);
            format!("{title} {person}")
        }
        "firma_simple" => format!("{} C.C. {}", fill("persona", random), fill("cedula", random)),
        "lugar_fecha" => match random.between(0, 2) {
            0 => format!("{}, {}", fill("ciudad", random), fill("fecha", random)),
            1 => format!("(LUGAR Y FECHA) {}, {}", fill("ciudad", random), fill("fecha", random)),
            _ => format!("Lugar y fecha: {}, {}", fill("ciudad", random), fill("fecha_corta", random)),
        },
        numbered if numbered.starts_with("n1") && numbered.len() > 2 => {
            let number = &numbered[2..];
            match random.between(0, 5) {
                0 => String::new(),
                1 => format!("1.{number}."),
                2 => format!("FORMULARIO 1.{number}"),
                // Numbers differ between models of forms: the title decides, never the number.
                3 => format!("1.{}", random.between(1, 12)),
                _ => format!("1.{number}"),
            }
        }
        place => fill(place, random),
    }
}

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

/// Names a place to fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot<'a> {
    /// What kind of thing goes there: `ruc`, `monto`.
    pub(crate) name: &'a str,
    /// The field of the type's catalogue entry that it prints, as the template says it: `items.pu`.
    pub(crate) field: Option<&'a str>,
    /// Fields of which the first that the type has is printed here although the template does not say so: who signs, where and when.
    pub(crate) implied: &'static [&'static str],
}

/// Holds what a place was filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filled {
    /// The characters.
    pub(crate) text: String,
    /// Field and canonical value, where it prints one.
    pub(crate) mark: Option<(String, String)>,
}

/// Holds how places are filled.
pub(crate) trait Fill {
    /// Fills a place.
    fn place(&mut self, slot: &Slot<'_>, random: &mut Random) -> Filled;
    /// Takes a text that the template gives as a field's value.
    fn literal(&mut self, field: &str, text: &str, value: &str) -> Filled;
}

/// Holds one line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) optional: bool,
    /// How often it comes, at least and at most.
    pub(crate) repeat: (u64, u64),
    pub(crate) pattern: &'static str,
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
        struct Plain<'f>(&'f mut dyn FnMut(&str, &mut Random) -> String);
        impl Fill for Plain<'_> {
            fn place(&mut self, slot: &Slot<'_>, random: &mut Random) -> Filled {
                Filled { text: (self.0)(slot.name, random), mark: None }
            }
            fn literal(&mut self, _: &str, text: &str, _: &str) -> Filled {
                Filled { text: text.into(), mark: None }
            }
        }
        self.pieces(random, &mut Plain(fill)).into_iter().map(|piece| piece.text).collect()
    }

    /// Returns the pieces of the line with choices made and places filled.
    pub(crate) fn pieces(&self, random: &mut Random, fill: &mut dyn Fill) -> Vec<Filled> {
        let chosen = choose(self.pattern, random);
        let mut pieces = Vec::new();
        let mut rest = chosen.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((inside, after)) = after.split_once('}') else { break };
            pieces.push(plain(before));
            match inside.split_once('=') {
                Some((field, given)) => pieces.push(marked(field, given, random, fill)),
                None => pieces.extend(phrase(inside, random, fill)),
            }
            rest = after;
        }
        pieces.push(plain(rest));
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

fn plain(text: &str) -> Filled {
    Filled { text: text.into(), mark: None }
}

/// Fills `field=place`, `field="text"` or `field="text"~value`.
fn marked(field: &str, given: &str, random: &mut Random, fill: &mut dyn Fill) -> Filled {
    match given.strip_prefix('"').and_then(|given| given.split_once('"')) {
        Some((text, value)) => fill.literal(field, text, value.strip_prefix('~').unwrap_or(text)),
        None => fill.place(&Slot { name: given, field: Some(field), implied: &[] }, random),
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

const SIGNER: &[&str] = &["firmante"];
const MOMENT: &[&str] = &["lugar_fecha", "fecha"];

/// Expands the phrases that many templates share; other names are places.
fn phrase(name: &str, random: &mut Random, fill: &mut dyn Fill) -> Vec<Filled> {
    let mut place = |name: &str, implied: &'static [&'static str], random: &mut Random| {
        fill.place(&Slot { name, field: None, implied }, random)
    };
    match name {
        "cierre" => {
            let opening = random.pick(&[
                "Para constancia de lo ofertado, suscribo este formulario,",
                "Para constancia de lo declarado suscribo el presente formulario.",
                "Para constancia, firmo.",
                "",
            ]);
            let signature = phrase("firma", random, fill);
            let moment = phrase("lugar_fecha", random, fill);
            let mut pieces = vec![plain(opening), plain(" ")];
            if random.chance(0.5) {
                pieces.extend(signature);
                pieces.push(plain(" "));
                pieces.extend(moment);
            } else {
                pieces.extend(moment);
                pieces.push(plain(" "));
                pieces.extend(signature);
            }
            pieces
        }
        "firma" => {
            let person = place("persona", SIGNER, random);
            let title = random.pick(&[
                "FIRMA DEL OFERENTE, SU REPRESENTANTE LEGAL, APODERADO O PROCURADOR COMÚN (según el caso)",
                "FIRMA DEL OFERENTE",
                "Firma del representante legal",
                "REPRESENTANTE LEGAL",
                "Firmado electrónicamente por:",
            ]);
            vec![plain(title), plain(" "), person]
        }
        "firma_simple" => {
            let person = place("persona", &[], random);
            vec![person, plain(" C.C. "), place("cedula", &[], random)]
        }
        "lugar_fecha" => {
            let (opening, date) = match random.between(0, 2) {
                0 => ("", "fecha"),
                1 => ("(LUGAR Y FECHA) ", "fecha"),
                _ => ("Lugar y fecha: ", "fecha_corta"),
            };
            let town = place("ciudad", &[], random);
            vec![plain(opening), town, plain(", "), place(date, MOMENT, random)]
        }
        numbered if numbered.starts_with("n1") && numbered.len() > 2 => {
            let number = &numbered[2..];
            vec![plain(&match random.between(0, 5) {
                0 => String::new(),
                1 => format!("1.{number}."),
                2 => format!("FORMULARIO 1.{number}"),
                // Numbers differ between models of forms: the title decides, never the number.
                3 => format!("1.{}", random.between(1, 12)),
                _ => format!("1.{number}"),
            })]
        }
        name => vec![place(name, &[], random)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named;

    impl Fill for Named {
        fn place(&mut self, slot: &Slot<'_>, _: &mut Random) -> Filled {
            let mark = slot.field.map(|field| (field.to_owned(), slot.name.to_owned()));
            Filled { text: format!("<{}>", slot.name), mark }
        }
        fn literal(&mut self, field: &str, text: &str, value: &str) -> Filled {
            Filled { text: text.into(), mark: Some((field.into(), value.into())) }
        }
    }

    #[test]
    fn places_carry_their_field_and_the_old_notation_stands() {
        let mut random = Random::new(1);
        let line = Line::parse(
            "- RUC: {ruc=ruc}, [{naturaleza=\"persona natural\"~natural}||{naturaleza=\"persona natural\"~natural}], {ciudad}",
        );
        let pieces = line.pieces(&mut random, &mut Named);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(text, "RUC: <ruc>, persona natural, <ciudad>");
        let marks: Vec<_> = pieces.iter().filter_map(|piece| piece.mark.clone()).collect();
        assert_eq!(marks, [("ruc".into(), "ruc".into()), ("naturaleza".into(), "natural".into())]);
        assert_eq!(
            line.text(&mut random, &mut |name, _| name.to_uppercase()),
            "RUC: RUC, persona natural, CIUDAD"
        );
    }
}

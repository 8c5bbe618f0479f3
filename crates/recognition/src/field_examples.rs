//! Fields by example: what a person said of a field is looked for on pages of the same type that look alike.
//!
//! A field is found by what stood around it ([`cotejo_domain::field_learning`]) on a page near enough to the example's ([`crate::learning`]), and
//! read by the reader of its kind. *Probable* at most, with its reason; where two examples give two values nothing is said.

use crate::facts::FieldKind;
use crate::facts::reading::{self, Reading};
use crate::layout::Folded;
use crate::learning;
use crate::recognise::{Input, Recognised};
use cotejo_domain::field_learning::{FieldExample, FieldUse, quads_of};
use cotejo_domain::{
    Confidence, Document, Evidence, Fact, FactValue, Finding, Location, PageReading, PageSignature, Severity,
    document_type_entry, reading_view_location,
};

/// What is read by example is never surer.
const CEILING: f64 = 0.80;
/// An example that gives another value as near as this leaves both without a say.
const CONTRADICTION: f64 = 0.05;
/// Names who read it.
const READER: &str = "ejemplo@1";

/// One value that an example gives.
struct Said<'e> {
    example: &'e FieldExample,
    likeness: f64,
    page: u32,
    value: FactValue,
    raw: String,
    location: Location,
    quote: String,
    read: Confidence,
}

/// Reads fields of the recognised documents by example; `signatures` are those of pages, by number.
pub(crate) fn apply(
    recognised: &mut Recognised,
    input: &Input<'_>,
    signatures: &[(u32, PageSignature)],
    mean: &[f32],
) {
    let examples = input.beside.field_examples;
    if examples.is_empty() {
        return;
    }
    let documents: Vec<Document> =
        recognised.documents.iter().filter(|document| !document.blank_form).cloned().collect();
    for document in documents {
        let mut said: Vec<Said<'_>> = Vec::new();
        for example in examples.iter().filter(|example| example.kind == document.kind) {
            let pages = signatures.iter().filter(|(page, _)| document.pages.contains(page));
            for (page, signature) in pages {
                let near = learning::likeness(signature, &example.signature, mean);
                said.extend(near.and_then(|likeness| read(input, *page, example, likeness)));
            }
        }
        let mut fields: Vec<&str> = said.iter().map(|one| one.example.field.as_str()).collect();
        fields.sort_unstable();
        fields.dedup();
        for field in fields {
            let of_field = said.iter().filter(|one| one.example.field == field);
            if let Some(best) = settled(of_field) {
                put(recognised, input, &document, best);
            }
        }
    }
}

// The nearest, if no other value is as near.
fn settled<'s, 'e: 's>(said: impl Iterator<Item = &'s Said<'e>> + Clone) -> Option<&'s Said<'e>> {
    let best = said.clone().max_by(|a, b| a.likeness.total_cmp(&b.likeness))?;
    let mut rivals = said.filter(|one| one.likeness + CONTRADICTION >= best.likeness);
    rivals.all(|one| one.value.canonical() == best.value.canonical()).then_some(best)
}

fn put(recognised: &mut Recognised, input: &Input<'_>, document: &Document, said: &Said<'_>) {
    let field = said.example.field.as_str();
    let ours = |fact: &Fact| fact.document == Some(document.id) && fact.field == field;
    let read: Vec<&Fact> = recognised.facts.iter().filter(|fact| ours(fact)).collect();
    if read.iter().any(|fact| fact.value.canonical() == said.value.canonical()) {
        return; // the machine says so too
    }
    let other = read.first().map(|fact| fact.raw.clone());
    recognised.facts.retain(|fact| !ours(fact));
    let confidence =
        Confidence::new(said.likeness.min(CEILING)).weakest(document.confidence).weakest(said.read);
    recognised.facts.push(Fact {
        document: Some(document.id),
        field: field.to_owned(),
        value: said.value.clone(),
        raw: said.raw.clone(),
        evidence: Evidence {
            file: input.file,
            file_name: input.file_name.into(),
            location: said.location.clone(),
            quote: said.quote.clone(),
            extractor: READER.into(),
            confidence,
        },
        confidence,
    });
    recognised.field_uses.push(FieldUse {
        page: said.page,
        field: field.to_owned(),
        example: said.example.id,
    });
    let code = match (said.example.own, &other) {
        (true, None) => "recognition.field_by_example",
        (false, None) => "recognition.field_by_colleague",
        (true, Some(_)) => "recognition.field_by_example_instead",
        (false, Some(_)) => "recognition.field_by_colleague_instead",
    };
    let (page, name) = (said.page.to_string(), field.replace('_', " "));
    let on = said.example.on.strftime("%d/%m/%Y").to_string();
    let values = [
        ("pagina", page.as_str()),
        ("campo", name.as_str()),
        ("fecha", on.as_str()),
        ("otro", other.as_deref().unwrap_or_default()),
    ];
    recognised.findings.push(Finding {
        code: code.into(),
        severity: Severity::Info,
        page: Some(said.page),
        message: cotejo_catalogue::message(code, &values),
        remedy: cotejo_catalogue::remedy(code, &values),
    });
}

fn read<'e>(input: &Input<'_>, page: u32, example: &'e FieldExample, likeness: f64) -> Option<Said<'e>> {
    let reading = input.pages.iter().find(|reading| reading.number == page)?;
    let extent = [reading.width, reading.height];
    let range = example.context.find(&reading.words, extent)?;
    let kind = kind_of(&example.kind.0, &example.field)?;
    let words = reading.words.get(range)?;
    let mut text = Folded::default();
    let mut places = Vec::new();
    for word in words {
        if !text.is_empty() {
            text.push(" ");
        }
        places.push(text.push(&word.text));
    }
    let Reading::Value { value, range, .. } = reading::read(kind, &text, None) else { return None };
    let within = |place: &std::ops::Range<usize>| place.start < range.end && range.start < place.end;
    let first = places.iter().position(within)?;
    let last = places.iter().rposition(within)?;
    let words = words.get(first..=last)?;
    let quote = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    Some(Said {
        example,
        likeness,
        page,
        value,
        raw: text.raw(range).to_owned(),
        location: location(input.pages, reading, words),
        quote,
        read: words.iter().map(|word| word.confidence).fold(Confidence::CERTAIN, Confidence::weakest),
    })
}

fn location(pages: &[PageReading], reading: &PageReading, words: &[cotejo_domain::Word]) -> Location {
    match words.first() {
        Some(first) if reading.reading_view => reading_view_location(pages, reading.number, first),
        _ => Location::Page { page: reading.number, quads: quads_of(words) },
    }
}

// Lists, choices and crosses are not read by what stands around them.
fn kind_of(kind: &str, field: &str) -> Option<FieldKind> {
    let entry = document_type_entry(kind)?;
    let field = entry.fields.iter().find(|known| known.name == field)?;
    Some(match field.kind.as_str() {
        "ruc" => FieldKind::Ruc,
        "cedula" => FieldKind::Cedula,
        "process_code" => FieldKind::Code,
        "money_usd" | "money" => FieldKind::Money,
        "percent" => FieldKind::Percent,
        "date" => FieldKind::Date,
        "datetime" => FieldKind::Moment,
        "duration" => FieldKind::Duration,
        "year" => FieldKind::Year,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "person" => FieldKind::Person,
        "bank_account" => FieldKind::Account,
        "plate" => FieldKind::Plate,
        "unit" => FieldKind::Unit,
        "id" => FieldKind::PersonId,
        "country" => FieldKind::Country,
        "clave49" => FieldKind::AccessKey,
        "decimal" => FieldKind::Ratio,
        "int" => FieldKind::Count,
        "text" | "longtext" => FieldKind::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;
    use crate::{Beside, Recogniser};
    use cotejo_domain::FileHash;
    use cotejo_domain::field_learning::{FieldContext, words_that_say};

    fn sheet(name: &str, amount: &str, day: &str) -> PageReading {
        let rows = [
            "PÓLIZA DE SEGURO DE FIEL CUMPLIMIENTO DE CONTRATO".to_owned(),
            "Por la presente la aseguradora de ejemplo responde ante el beneficiario".to_owned(),
            format!("Responsabilidad asumida en cifras: {amount}"),
            format!("El intermediario de la emisión es {name} conforme al registro"),
            format!("Rige a partir del {day} sin beneficio de excusión"),
            "Condiciones generales que el asegurado declara conocer y aceptar".to_owned(),
        ];
        let rows: Vec<(f64, f64, &str)> = rows
            .iter()
            .zip(0_u32..)
            .map(|(text, row)| (60.0, 60.0 + 24.0 * f64::from(row), text.as_str()))
            .collect();
        page(1, &rows)
    }

    fn example(field: &str, value: &str, own: bool) -> FieldExample {
        let learnt = sheet("Ana Ejemplo", "USD 1.000,00", "5 de enero de 2026");
        let range = words_that_say(&learnt.words, value).expect("it stands there");
        FieldExample {
            id: uuid::Uuid::from_u128(7),
            kind: "POLIZA".into(),
            field: field.into(),
            on: jiff::civil::date(2026, 11, 22),
            own,
            signature: learning::signature(&learnt, None).expect("a page with text"),
            context: FieldContext::of(&learnt.words, range, [learnt.width, learnt.height])
                .expect("a context"),
        }
    }

    fn recognised(page: PageReading, examples: &[FieldExample]) -> Recognised {
        let pages = [page];
        let input = Input {
            file: FileHash::of(b"x"),
            file_name: "oferta.pdf",
            pages: &pages,
            process_code: None,
            beside: Beside { field_examples: examples, ..Beside::default() },
        };
        Recogniser::new(None).recognise(&input)
    }

    fn facts<'r>(recognised: &'r Recognised, field: &str) -> Vec<&'r Fact> {
        recognised.facts.iter().filter(|fact| fact.field == field).collect()
    }

    #[test]
    fn a_field_is_read_as_the_person_showed_probable_at_most_and_with_its_reason() {
        let other = sheet("Luis Inventado", "USD 72.500,00", "9 de mayo de 2026");
        let machine = recognised(other.clone(), &[]);
        assert_eq!(machine.documents[0].kind.0, "POLIZA", "{machine:?}");
        assert!(facts(&machine, "emisor").is_empty(), "the machine reads none: {:?}", machine.facts);
        let taught = recognised(other, &[example("emisor", "Ana Ejemplo", true)]);
        let read = facts(&taught, "emisor");
        assert_eq!(read.len(), 1, "{:?}", taught.facts);
        assert_eq!(read[0].evidence.quote, "Luis Inventado");
        assert!(read[0].confidence.value() <= CEILING && read[0].evidence.extractor == READER);
        assert!(read[0].evidence.location.quad().is_some(), "its place on the page");
        assert_eq!(taught.field_uses.len(), 1);
        let told = taught.findings.iter().find(|finding| finding.code == "recognition.field_by_example");
        assert!(told.is_some_and(|told| told.message.contains("22/11/2026")), "{:?}", taught.findings);
    }

    #[test]
    fn examples_say_nothing_of_other_pages_nor_where_they_contradict_each_other() {
        let taught = [example("emisor", "Ana Ejemplo", true)];
        let strange = page(
            1,
            &[
                (60.0, 60.0, "PÓLIZA DE SEGURO DE FIEL CUMPLIMIENTO DE CONTRATO"),
                (60.0, 90.0, "Esta otra compañía escribe sus papeles de una manera que no se parece en nada"),
                (
                    60.0,
                    120.0,
                    "emisión es Pedro Fingido conforme al registro de otra cosa muy distinta de aquella",
                ),
                (
                    60.0,
                    150.0,
                    "y añade párrafos propios sobre primas, recargos, impuestos y derechos de emisión",
                ),
            ],
        );
        assert!(facts(&recognised(strange, &taught), "emisor").is_empty(), "the page does not look alike");
        let mut other = example("emisor", "aseguradora de ejemplo", false);
        other.id = uuid::Uuid::from_u128(8);
        let both = [taught[0].clone(), other];
        let page = sheet("Luis Inventado", "USD 72.500,00", "9 de mayo de 2026");
        assert!(facts(&recognised(page, &both), "emisor").is_empty(), "two examples, two values");
    }

    #[test]
    fn what_is_found_must_be_of_the_fields_kind() {
        let taught = [example("desde", "5 de enero de 2026", true)];
        let page = sheet("Luis Inventado", "USD 72.500,00", "momento en que se cobre");
        assert!(facts(&recognised(page, &taught), "desde").is_empty());
    }
}

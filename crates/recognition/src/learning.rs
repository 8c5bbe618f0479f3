//! Learning from corrections: a page like one that a person corrected is taken for what the person said.
//!
//! Nearest neighbours over what pages are recognised by ([`PageSignature`]): the model itself never changes. A neighbour counts when its letters
//! are near, and its meaning too where both have the encoder's vector; examples that say different things of the same page say nothing.

use crate::documents::cut::{Cut, Guess};
use crate::layout::PageLayout;
use crate::ngrams;
use cotejo_domain::{
    Confidence, DocumentType, ExampleUse, Finding, PageExample, PageReading, PageSignature,
    SIGNATURE_LETTERS, Severity, document_type_entry,
};
use std::collections::BTreeMap;

/// Share of runs of letters that two pages must have in common: two fillings of one form have, two forms have not (docs/models.md).
pub const LETTERS_NEAR: f64 = 0.50;
/// Cosine of the centred vectors of two pages that mean the same.
pub const MEANING_NEAR: f64 = 0.70;
/// An example of another type as near as this leaves both without a say.
const CONTRADICTION: f64 = 0.05;
/// What is said by example is never surer.
const CEILING: f64 = 0.80;
/// Letters of a run.
const RUN: usize = 5;
/// A page with fewer runs has nothing to be recognised by.
const FEWEST_RUNS: usize = 60;

/// Makes what a page is recognised by; `vector` is the encoder's. `None` for a page with hardly any text.
#[must_use]
pub fn signature(page: &PageReading, vector: Option<&[f32]>) -> Option<PageSignature> {
    let letters = letters(&ngrams::fold(&page.text()))?;
    let meaning = vector.map(|vector| {
        let greatest = vector.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
        let scale = if greatest > 0.0 { 127.0 / greatest } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
        let byte = |value: &f32| (value * scale).round() as i8;
        vector.iter().map(byte).collect()
    });
    Some(PageSignature { meaning, letters }).filter(PageSignature::is_sound)
}

// The least of 128 orders over the runs of letters: equal in two pages as often as their runs are the same.
fn letters(folded: &str) -> Option<Vec<u16>> {
    let characters: Vec<char> = folded.chars().collect();
    let mut runs: Vec<u64> = characters
        .windows(RUN)
        .map(|run| {
            run.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, letter| {
                (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0000_0100_0000_01b3)
            })
        })
        .collect();
    runs.sort_unstable();
    runs.dedup();
    if runs.len() < FEWEST_RUNS {
        return None;
    }
    let least = |order: u64| {
        let mixed = runs.iter().map(|run| {
            let mut value =
                (run ^ order.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            value ^= value >> 31;
            value.wrapping_mul(0x94d0_49bb_1331_11eb)
        });
        // The least by the upper bits; its lower ones tell it apart.
        u16::try_from((mixed.min().unwrap_or_default() >> 7) & 0xffff).unwrap_or_default()
    };
    Some((1..=SIGNATURE_LETTERS as u64).map(least).collect())
}

/// Tells how alike two pages are, 0 to 1, when they are near enough to be taken for each other; `mean` is what the encoder's vectors have in
/// common.
#[must_use]
pub fn likeness(one: &PageSignature, other: &PageSignature, mean: &[f32]) -> Option<f64> {
    if one.letters.len() != other.letters.len() || one.letters.is_empty() {
        return None;
    }
    let equal = one.letters.iter().zip(&other.letters).filter(|(a, b)| a == b).count();
    #[expect(clippy::cast_precision_loss, reason = "128 at most")]
    let shared = equal as f64 / one.letters.len() as f64;
    if shared < LETTERS_NEAR {
        return None;
    }
    let meant = match (&one.meaning, &other.meaning) {
        (Some(one), Some(other)) => Some(cosine(one, other, mean)?),
        _ => None,
    };
    let near = meant.is_none_or(|meant| meant >= MEANING_NEAR);
    near.then(|| meant.map_or(shared, |meant| f64::midpoint(shared, meant)))
}

/// Returns the cosine of two vectors of bytes after what is common to all was taken off.
#[must_use]
pub fn cosine(one: &[i8], other: &[i8], mean: &[f32]) -> Option<f64> {
    if one.len() != other.len() || mean.len() != one.len() {
        return None;
    }
    let centred = |numbers: &[i8]| {
        let length = numbers.iter().map(|number| f32::from(*number).powi(2)).sum::<f32>().sqrt().max(1.0);
        let unit: Vec<f32> = numbers.iter().map(|number| f32::from(*number) / length).collect();
        crate::page_type::centred(&unit, mean)
    };
    let (one, other) = (centred(one), centred(other));
    let product: f64 = one.iter().zip(&other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    product.is_finite().then_some(product)
}

/// Holds what an example says of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<'e> {
    /// The example.
    pub example: &'e PageExample,
    /// How alike the pages are.
    pub likeness: f64,
}

/// Returns what the examples say of a page: the nearest, if no other one contradicts it.
#[must_use]
pub fn nearest<'e>(signature: &PageSignature, examples: &'e [PageExample], mean: &[f32]) -> Option<Said<'e>> {
    let near: Vec<Said<'e>> = examples
        .iter()
        .filter_map(|example| {
            let likeness = likeness(signature, &example.signature, mean)?;
            Some(Said { example, likeness })
        })
        .collect();
    let best = near.iter().max_by(|a, b| a.likeness.total_cmp(&b.likeness))?.clone();
    let contradicted = near
        .iter()
        .any(|said| said.example.kind != best.example.kind && said.likeness + CONTRADICTION >= best.likeness);
    let known = document_type_entry(&best.example.kind.0).is_some();
    (known && !contradicted).then_some(best)
}

/// What the examples say of the pages of one stretch, by index of the page.
pub(crate) type Sayings<'e> = BTreeMap<usize, Said<'e>>;

/// Puts what the examples say in place of what the model guesses; the model's own sure answers of the same type stay.
pub(crate) fn told(guesses: &mut [Guess], sayings: &Sayings<'_>) {
    for (page, said) in sayings {
        if let Some(guess) = guesses.get_mut(*page)
            && guess.kind != said.example.kind
        {
            *guess = Guess { kind: said.example.kind.clone(), confidence: confidence(said) };
        }
    }
}

fn confidence(said: &Said<'_>) -> Confidence {
    Confidence::new(said.likeness.min(CEILING))
}

/// Lets the examples have their say in the cut: headings cut and name pages by themselves, and a person knew better. Only documents that
/// do not share the page are touched.
pub(crate) fn recut(cuts: Vec<Cut>, sayings: &Sayings<'_>) -> Vec<Cut> {
    if sayings.is_empty() {
        return cuts;
    }
    let mut sharing: BTreeMap<usize, usize> = BTreeMap::new();
    for cut in &cuts {
        for span in &cut.spans {
            *sharing.entry(span.page).or_default() += 1;
        }
    }
    let alone = |page: usize| sharing.get(&page) == Some(&1);
    let blank = DocumentType::blank_sheet();
    let mut result: Vec<Cut> = Vec::new();
    for cut in cuts {
        let Cut { kind: own, confidence: own_confidence, spans } = cut;
        let fresh = || Cut { kind: own.clone(), confidence: own_confidence, spans: Vec::new() };
        let mut current = fresh();
        for span in spans {
            let said = sayings.get(&span.page).filter(|_| alone(span.page) && own != blank);
            let first = current.spans.is_empty();
            if let Some(said) = said.filter(|said| said.example.kind != current.kind) {
                let kind = &said.example.kind;
                if !first {
                    result.push(std::mem::replace(&mut current, fresh()));
                }
                current.kind = kind.clone();
                current.confidence = confidence(said);
            }
            if let Some(said) = said
                && current.spans.is_empty()
                && !said.example.begins
                && let Some(before) = result.iter_mut().rev().find(|before| before.kind != blank)
                && before.kind == said.example.kind
            {
                // It goes on the document before.
                before.spans.push(span);
                continue;
            }
            current.spans.push(span);
        }
        if !current.spans.is_empty() {
            result.push(current);
        }
    }
    result
}

/// Says which pages were taken for what a person said, and why.
pub(crate) fn reasons(sayings: &Sayings<'_>, layouts: &[PageLayout]) -> (Vec<ExampleUse>, Vec<Finding>) {
    let mut uses = Vec::new();
    let mut findings = Vec::new();
    for (page, said) in sayings {
        let Some(layout) = layouts.get(*page) else { continue };
        uses.push(ExampleUse { page: layout.number, example: said.example.id, likeness: said.likeness });
        let code = if said.example.own { "recognition.by_example" } else { "recognition.by_colleague" };
        let name = document_type_entry(&said.example.kind.0)
            .map_or(said.example.kind.0.as_str(), |entry| entry.name.as_str());
        let (number, on) = (layout.number.to_string(), said.example.on.strftime("%d/%m/%Y").to_string());
        let values = [("pagina", number.as_str()), ("tipo", name), ("fecha", on.as_str())];
        findings.push(Finding {
            code: code.into(),
            severity: Severity::Info,
            page: Some(layout.number),
            message: cotejo_catalogue::message(code, &values),
            remedy: cotejo_catalogue::remedy(code, &values),
        });
    }
    (uses, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::prose;
    use cotejo_domain::SIGNATURE_MEANING;

    const FORM: &str = "certificamos que la empresa de nombre {} entrego a nuestra entera satisfaccion los bienes que se detallan \
                        mas abajo por el valor de {} dolares segun el contrato numero {} sin que conste reclamo ni multa de \
                        ninguna clase y para los fines que el interesado estime conveniente se extiende la presente constancia";
    const OTHER: &str = "la aseguradora garantiza ante el beneficiario el fiel cumplimiento de las obligaciones del contratista hasta \
                         la suma asegurada que se indica al margen con vigencia desde las doce horas del dia de su emision y sin \
                         beneficio de excusion conforme a las condiciones generales que el asegurado declara conocer y aceptar";

    fn filled(values: [&str; 3]) -> PageReading {
        let text = values.iter().fold(FORM.to_owned(), |text, value| text.replacen("{}", value, 1));
        let words: Vec<&str> = text.split(' ').collect();
        let lines: Vec<String> = words.chunks(8).map(|line| line.join(" ")).collect();
        prose(1, &lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn seen(page: &PageReading, vector: Option<&[f32]>) -> PageSignature {
        signature(page, vector).expect("a page with text")
    }

    fn example(kind: &str, own: bool, signature: PageSignature) -> PageExample {
        PageExample {
            id: uuid::Uuid::from_u128(u128::from(kind.len() as u64)),
            kind: kind.into(),
            begins: true,
            on: jiff::civil::date(2026, 11, 22),
            own,
            signature,
        }
    }

    fn vector(seed: f32) -> Vec<f32> {
        let mut vector: Vec<f32> =
            (0..SIGNATURE_MEANING).map(|number| ((number as f32 + 1.0) * seed).sin()).collect();
        crate::encoder::normalise(&mut vector);
        vector
    }

    #[test]
    fn two_fillings_of_one_form_are_near_and_another_paper_is_far() {
        let one = seen(&filled(["Ficticia de Ejemplo", "1.200,50", "004"]), None);
        let two = seen(&filled(["Inventada del Norte", "98.000,00", "117"]), None);
        let far = seen(&prose(1, &OTHER.split(" del ").collect::<Vec<_>>()), None);
        let near = likeness(&one, &two, &[]).expect("near");
        assert!(near > LETTERS_NEAR && near < 1.0, "{near}");
        assert_eq!(likeness(&one, &far, &[]), None, "an example of another paper changes nothing");
        assert_eq!(likeness(&one, &one, &[]), Some(1.0));
        let examples = [example("CERT_EXP", true, one.clone())];
        assert_eq!(nearest(&two, &examples, &[]).map(|said| said.example.kind.0.as_str()), Some("CERT_EXP"));
        assert_eq!(nearest(&far, &examples, &[]), None);
        assert_eq!(
            signature(&prose(1, &["Anexo 3"]), None),
            None,
            "a page with hardly any text is like too many"
        );
    }

    #[test]
    fn the_meaning_must_be_near_as_well_where_it_is_known() {
        let page = filled(["Ficticia de Ejemplo", "1.200,50", "004"]);
        let mean = vec![0.0; SIGNATURE_MEANING];
        let (one, same, other) = (vector(0.37), vector(0.37), vector(1.91));
        let near = likeness(&seen(&page, Some(&one)), &seen(&page, Some(&same)), &mean).expect("near");
        assert!(near > 0.99, "a byte a number is enough: {near}");
        assert_eq!(likeness(&seen(&page, Some(&one)), &seen(&page, Some(&other)), &mean), None);
        assert_eq!(
            likeness(&seen(&page, Some(&one)), &seen(&page, Some(&one)), &[]),
            None,
            "vectors of another encoder are not compared"
        );
    }

    #[test]
    fn examples_that_contradict_each_other_say_nothing() {
        let signature = seen(&filled(["Ficticia de Ejemplo", "1.200,50", "004"]), None);
        let both =
            [example("CERT_EXP", false, signature.clone()), example("POLIZA", false, signature.clone())];
        assert_eq!(nearest(&signature, &both, &[]), None);
        let unknown = [example("INVENTADO", false, signature.clone())];
        assert_eq!(nearest(&signature, &unknown, &[]), None, "a type of another version of the program");
    }

    #[test]
    fn an_example_names_cuts_and_joins_and_is_never_sure() {
        let layouts: Vec<PageLayout> =
            (1..=4).map(|number| PageLayout::new(&prose(number, &["texto"]))).collect();
        let cut = |kind: &str, pages: &[usize]| Cut {
            kind: kind.into(),
            confidence: Confidence::new(0.9),
            spans: pages.iter().map(|page| crate::documents::cut::Span { page: *page, rows: 0..1 }).collect(),
        };
        let signature = seen(&filled(["Ficticia de Ejemplo", "1.200,50", "004"]), None);
        let begins = example("CERT_EXP", true, signature.clone());
        let goes_on = PageExample { begins: false, ..begins.clone() };
        let said = |example| Said { example, likeness: 0.97 };
        let shape = |cuts: &[Cut]| {
            cuts.iter()
                .map(|cut| (cut.kind.0.clone(), cut.spans.iter().map(|span| span.page).collect::<Vec<_>>()))
                .collect::<Vec<_>>()
        };
        let sayings: Sayings<'_> = [(1, said(&begins)), (2, said(&goes_on))].into();
        let after = recut(vec![cut("FUO_1_1", &[0, 1]), cut("OTRO", &[2]), cut("RUC_SRI", &[3])], &sayings);
        assert_eq!(
            shape(&after),
            [
                ("FUO_1_1".to_owned(), vec![0]),
                ("CERT_EXP".to_owned(), vec![1, 2]),
                ("RUC_SRI".to_owned(), vec![3])
            ]
        );
        assert!(after[1].confidence.value() <= CEILING, "probable at most");
        let shared = vec![cut("FUO_1_1", &[0, 1]), cut("FUO_1_2", &[1])];
        assert_eq!(recut(shared.clone(), &sayings), shared, "a page of two documents is left alone");
        let mut guesses: Vec<Guess> = (0..4)
            .map(|_| Guess { kind: DocumentType::other(), confidence: Confidence::new(0.99) })
            .collect();
        told(&mut guesses, &sayings);
        assert_eq!((guesses[1].kind.0.as_str(), guesses[0].kind.0.as_str()), ("CERT_EXP", "OTRO"));
        let (uses, findings) = reasons(&sayings, &layouts);
        assert_eq!(uses.iter().map(|used| used.page).collect::<Vec<_>>(), [2, 3]);
        assert!(findings[0].message.contains("22/11/2026"), "{}", findings[0].message);
    }
}

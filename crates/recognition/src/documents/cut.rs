//! Cuts the pages of a file into documents: one file is not one document, and one page may hold the end of one and the start
//! of the next.

use super::headings::{self, Heading};
use super::{instruments, models};
use crate::layout::{PageLayout, squeeze};
use cotejo_domain::{Confidence, DocumentType, PageStatus, document_type_entry};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Holds what the typer says of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The type, `OTRO` when it does not know.
    pub kind: DocumentType,
    /// How sure.
    pub confidence: Confidence,
}

/// Holds the rows of one page that belong to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index of the page within the file, from 0.
    pub page: usize,
    /// Its rows.
    pub rows: Range<usize>,
}

/// Holds one document before it gets its identity.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// The type.
    pub kind: DocumentType,
    /// How sure.
    pub confidence: Confidence,
    /// Where it lies.
    pub spans: Vec<Span>,
}

/// Cuts pages into documents. A failed page belongs to none: its finding was made by the reader.
#[must_use]
pub fn cut(layouts: &[PageLayout], statuses: &[PageStatus], guesses: &[Guess]) -> Vec<Cut> {
    let repeated = repeated_rows(layouts);
    let models = models::of_contracts(layouts);
    let mut cuts: Vec<Cut> = Vec::new();
    let mut open: Option<usize> = None;
    for (page, layout) in layouts.iter().enumerate() {
        let status = statuses.get(page).copied().unwrap_or(PageStatus::Text);
        let guess = guesses
            .get(page)
            .cloned()
            .unwrap_or(Guess { kind: DocumentType::other(), confidence: Confidence::NONE });
        if status == PageStatus::Failed {
            continue;
        }
        // A resolution speaks of everything that the catalogue has types for, and so does a model of a contract.
        let model = models.get(page).copied().flatten();
        let kind = model
            .map(models::ContractModel::kind)
            .or_else(|| instruments::recites(layout).then(DocumentType::other));
        let guess = kind.map_or(guess, |kind| Guess { kind, confidence: Confidence::new(0.8) });
        if status == PageStatus::Blank || layout.rows.is_empty() {
            // A blank back of a sheet does not end a document.
            cuts.push(Cut {
                kind: DocumentType::blank_sheet(),
                confidence: Confidence::CERTAIN,
                spans: vec![Span { page, rows: 0..0 }],
            });
            continue;
        }
        let headings = if model.is_some() { Vec::new() } else { headings::find(layout) };
        let found = relevant(headings, layout, &guess);
        if found.is_empty() {
            open = Some(page_without_heading(&mut cuts, open, page, layouts, &guess, &repeated));
        } else {
            open = Some(page_with_headings(&mut cuts, open, page, layouts, &guess, &found, &repeated));
        }
    }
    cuts
}

fn is_form(kind: &DocumentType) -> bool {
    document_type_entry(&kind.0).is_some_and(|entry| entry.group == "formulario")
}

/// Tells whether papers of a type commonly have pages that nothing marks as theirs.
fn runs_over_pages(kind: &DocumentType) -> bool {
    const LONG: [&str; 12] = [
        "CONTRATO_EXP",
        "ESCRITURA",
        "PODER",
        "PLIEGO",
        "TDR",
        "ACLARACIONES",
        "ACTA_ER",
        "POLIZA",
        "CONSORCIO_CONSTITUIDO",
        "PLAN_TRABAJO",
        "DECLARACION_JURAMENTADA",
        "OTRO",
    ];
    is_form(kind) || LONG.contains(&kind.0.as_str())
}

/// Keeps the headings that can start a document here: covers and separators are nearly empty pages; papers of others begin at
/// the top of a page, and what else they mention in capitals starts nothing. Only forms follow each other on one page.
fn relevant(found: Vec<Heading>, layout: &PageLayout, guess: &Guess) -> Vec<Heading> {
    let sure = guess.confidence.value() >= 0.6 && guess.kind != DocumentType::other();
    let mut kept: Vec<Heading> = Vec::new();
    for heading in found {
        let form = is_form(&heading.kind);
        let allowed = match heading.kind.0.as_str() {
            "SEPARADOR" | "CARATULA" => layout.rows.len() <= 25 && heading.row < 12,
            _ if form => true,
            _ => heading.row < 14 && (!sure || guess.kind == heading.kind || heading.row < 6),
        };
        let after_another = kept.last().is_some_and(|last| !form || !is_form(&last.kind));
        if allowed && !after_another {
            kept.push(heading);
        }
    }
    kept
}

fn page_without_heading(
    cuts: &mut Vec<Cut>,
    open: Option<usize>,
    page: usize,
    layouts: &[PageLayout],
    guess: &Guess,
    repeated: &BTreeSet<String>,
) -> usize {
    let layout = &layouts[page];
    let span = Span { page, rows: 0..layout.rows.len() };
    if let Some(index) = open {
        let current = &mut cuts[index];
        let known = guess.kind != DocumentType::other();
        let number = headings::page_of(layout).map(|(number, _)| number);
        let sure = known && guess.confidence.value() >= 0.6;
        let previous_ended = current.spans.last().is_some_and(|span| ended(&layouts[span.page], &span.rows));
        let goes_on =
            number.is_some_and(|number| number > 1) || runs_over_pages(&current.kind) && !previous_ended;
        let begins = !known && begins_another(layout, current, layouts, repeated);
        if number != Some(1) && !begins && (guess.kind == current.kind || !sure && goes_on) {
            if guess.kind != current.kind {
                current.confidence = Confidence::new(current.confidence.value() * 0.95);
            }
            current.spans.push(span);
            return index;
        }
    }
    cuts.push(Cut { kind: guess.kind.clone(), confidence: guess.confidence, spans: vec![span] });
    cuts.len() - 1
}

/// Tells whether a paper of no type begins on a page: not where its title is the running head of the pages before.
fn begins_another(
    layout: &PageLayout,
    current: &Cut,
    layouts: &[PageLayout],
    repeated: &BTreeSet<String>,
) -> bool {
    // A pliego has its own convocatoria, index and models of letters.
    if matches!(current.kind.0.as_str(), "PLIEGO" | "TDR") {
        return false;
    }
    let Some(row) = instruments::begins(layout) else { return false };
    let key = chrome_key(layout.row_text(&layout.rows[row]));
    let stood_before = current.spans.iter().any(|span| {
        let page = &layouts[span.page];
        page.rows.iter().take(row + 3).any(|row| chrome_key(page.row_text(row)) == key)
    });
    !repeated.contains(&key) && !stood_before
}

fn page_with_headings(
    cuts: &mut Vec<Cut>,
    open: Option<usize>,
    page: usize,
    layouts: &[PageLayout],
    guess: &Guess,
    found: &[Heading],
    repeated: &BTreeSet<String>,
) -> usize {
    let layout = &layouts[page];
    let mut open = open;
    let first = found[0].row;
    let opening = (0..first).find(|row| opens_a_form(layout.row_text(&layout.rows[*row]))).unwrap_or(first);
    let carried: Vec<usize> = (0..opening).filter(|row| !is_chrome(layout, *row, repeated)).collect();
    // A letterhead stands above a heading too: only what reads like text or a table continues the page before.
    let substantial = carried.iter().filter(|row| is_body(layout, **row)).count() >= 2;
    let mut start = 0;
    if let Some(index) = open.filter(|index| {
        substantial && cuts[*index].spans.last().is_some_and(|span| !ended(&layouts[span.page], &span.rows))
    }) {
        cuts[index].spans.push(Span { page, rows: 0..opening });
        start = opening;
    }
    for (position, heading) in found.iter().enumerate() {
        let end = found.get(position + 1).map_or(layout.rows.len(), |next| next.row);
        let rows = if position == 0 { start..end } else { heading.row..end };
        let number = if position == 0 { headings::page_of(layout).map(|(number, _)| number) } else { None };
        let later_page = number.is_some_and(|number| number > 1);
        let running = position == 0 && number.is_none() && is_chrome(layout, heading.row, repeated);
        if let Some(index) = open.filter(|index| {
            cuts[*index].kind == heading.kind && (is_form(&heading.kind) || later_page || running)
        }) {
            extend(&mut cuts[index], Span { page, rows });
            continue;
        }
        let agrees = guess.kind == heading.kind;
        let strength = 0.72 + 0.2 * heading.strength.clamp(0.0, 1.0);
        let confidence = if agrees { strength.max(guess.confidence.value()).max(0.95) } else { strength };
        cuts.push(Cut {
            kind: heading.kind.clone(),
            confidence: Confidence::new(confidence),
            spans: vec![Span { page, rows }],
        });
        open = Some(cuts.len() - 1);
    }
    open.unwrap_or(0)
}

/// Splits unit price analyses that follow each other: each begins with its rubro and ends with its price.
#[must_use]
pub fn split_analyses(cuts: Vec<Cut>, layouts: &[PageLayout]) -> Vec<Cut> {
    let mut split = Vec::new();
    for cut in cuts {
        if cut.kind.0 != "FUO_1_6_APU" {
            split.push(cut);
            continue;
        }
        let mut current = Cut { spans: Vec::new(), ..cut.clone() };
        let mut begun = false;
        for span in cut.spans {
            let layout = &layouts[span.page];
            let starts: Vec<usize> = (span.rows.start..span.rows.end.min(layout.rows.len()))
                .filter(|row| {
                    let segments = &layout.rows[*row].segments;
                    // In a sheet the label may be a cell of its own, without a colon.
                    let cell = layout.reading_view && (2..=4).contains(&segments.len());
                    segments.iter().enumerate().any(|(position, segment)| {
                        let text = layout.segment_text(segment);
                        text.starts_with("rubro")
                            && squeeze(text).len() < 90
                            && (text.contains(':') || cell && position == 0 && text == "rubro")
                    })
                })
                .collect();
            let mut from = span.rows.start;
            for start in starts {
                if begun {
                    // The title of the next analysis stands above its rubro.
                    let title = (start.saturating_sub(5).max(from)..start).find(|row| {
                        squeeze(layout.row_text(&layout.rows[*row])).contains("analisisdeprecio")
                    });
                    let mut at = title.unwrap_or(start);
                    if from == span.rows.start && !(from..at).any(|row| is_of_an_analysis(layout, row)) {
                        at = from; // only the letterhead and the head of the form stand above
                    }
                    if at > from {
                        current.spans.push(Span { page: span.page, rows: from..at });
                    }
                    split.push(std::mem::replace(
                        &mut current,
                        Cut { kind: cut.kind.clone(), confidence: cut.confidence, spans: Vec::new() },
                    ));
                    from = at;
                }
                begun = true;
            }
            if from < span.rows.end {
                current.spans.push(Span { page: span.page, rows: from..span.rows.end });
            }
        }
        if !current.spans.is_empty() {
            split.push(current);
        }
    }
    split
}

/// Tells whether a row belongs to the body of a unit price analysis.
fn is_of_an_analysis(layout: &PageLayout, row: usize) -> bool {
    let squeezed = squeeze(layout.row_text(&layout.rows[row]));
    layout.rows[row].segments.len() >= 4
        || [
            "subtotal",
            "totalcostodirecto",
            "indirectos",
            "costototaldelrubro",
            "valorofertado",
            "esteprecio",
        ]
        .iter()
        .any(|start| squeezed.starts_with(start))
}

fn extend(cut: &mut Cut, span: Span) {
    match cut.spans.last_mut() {
        Some(last) if last.page == span.page => {
            last.rows = last.rows.start.min(span.rows.start)..last.rows.end.max(span.rows.end);
        }
        _ => cut.spans.push(span),
    }
}

fn is_body(layout: &PageLayout, row: usize) -> bool {
    let current = &layout.rows[row];
    let text = layout.row_text(current);
    text.split(' ').count() >= 7
        || current.segments.len() >= 3
        || text.starts_with(|first: char| first.is_ascii_digit()) && text.len() > 12
}

// Lines that stand above the first form of a set and belong to it.
fn opens_a_form(text: &str) -> bool {
    let squeezed = squeeze(text);
    [
        "seccioni",
        "formulariounico",
        "formulariodeoferta",
        "nombredeloferente",
        "procedimientono",
        "procedimientonro",
        "codigodelproce",
        "formularion",
    ]
    .iter()
    .any(|start| squeezed.starts_with(start))
}

/// Tells whether the rows end as a signed paper ends.
fn ended(layout: &PageLayout, rows: &Range<usize>) -> bool {
    let start = rows.end.saturating_sub(14).max(rows.start);
    layout.rows.get(start..rows.end).unwrap_or_default().iter().any(|row| {
        let squeezed = squeeze(layout.row_text(row));
        [
            "firmadeloferente",
            "administradordelcontrato",
            "atentamente",
            "firmadoelectronicamentepor",
            "lugaryfecha",
            "paraconstancia",
            "firmadelrepresentante",
            "representantelegal",
            "encertificacion",
        ]
        .iter()
        .any(|mark| squeezed.starts_with(mark))
    })
}

fn is_chrome(layout: &PageLayout, row: usize, repeated: &BTreeSet<String>) -> bool {
    let text = chrome_key(layout.row_text(&layout.rows[row]));
    text.len() <= 1 || repeated.contains(&text)
}

fn chrome_key(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphabetic).collect()
}

/// Finds lines at the top and bottom that come back on many pages: letterheads, folio stamps, page numbers.
fn repeated_rows(layouts: &[PageLayout]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for layout in layouts {
        let length = layout.rows.len();
        let edge: BTreeSet<String> = layout
            .rows
            .iter()
            .enumerate()
            .filter(|(row, _)| *row < 6 || row + 5 > length)
            .map(|(_, row)| chrome_key(layout.row_text(row)))
            .collect();
        for key in edge {
            *counts.entry(key).or_default() += 1;
        }
    }
    let enough = (layouts.len() * 2 / 5).max(3);
    counts.into_iter().filter(|(_, count)| *count >= enough).map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::prose;

    fn cut_pages(pages: &[&[&str]]) -> Vec<(String, Vec<u32>)> {
        let readings: Vec<_> =
            pages.iter().enumerate().map(|(index, rows)| prose(index as u32 + 1, rows)).collect();
        let layouts: Vec<_> = readings.iter().map(PageLayout::new).collect();
        let statuses: Vec<_> = readings.iter().map(|page| page.status).collect();
        let guesses: Vec<_> = layouts
            .iter()
            .map(|layout| match headings::decide(layout) {
                Some(score) => Guess { kind: score.kind, confidence: Confidence::new(score.score) },
                None => Guess { kind: DocumentType::other(), confidence: Confidence::NONE },
            })
            .collect();
        cut(&layouts, &statuses, &guesses)
            .into_iter()
            .map(|cut| (cut.kind.0, cut.spans.iter().map(|span| layouts[span.page].number).collect()))
            .collect()
    }

    #[test]
    fn one_page_may_belong_to_two_documents() {
        let cuts = cut_pages(&[
            &[
                "SECCIÓN I",
                "1.1 PRESENTACIÓN Y COMPROMISO",
                "El que suscribe, en atención a la convocatoria",
                "declara que:",
                "1. La única persona",
            ],
            &[
                "2. La oferta la hace en forma independiente",
                "3. Cumple con toda la normativa",
                "4. Garantiza la veracidad",
                "1.2 DATOS GENERALES DEL OFERENTE",
                "Participación: INDIVIDUAL",
                "1.4 SITUACIÓN FINANCIERA",
                "Solvencia 1,2",
            ],
        ]);
        assert_eq!(
            cuts,
            [
                ("FUO_1_1".to_string(), vec![1, 2]),
                ("FUO_1_2".to_string(), vec![2]),
                ("FUO_1_4".to_string(), vec![2])
            ]
        );
    }

    #[test]
    fn a_blank_back_does_not_end_a_document() {
        let cuts = cut_pages(&[
            &[
                "FORMULARIO DE COMPROMISO DE ASOCIACIÓN O CONSORCIO",
                "Comparecen a la suscripción del presente compromiso",
                "por una parte",
            ],
            &[],
            &["e) La asociación o consorcio está integrado por:", "1 UNO 60%", "2 DOS 40%"],
        ]);
        assert_eq!(cuts[0], ("FORM_CONSORCIO".to_string(), vec![1, 3]));
        assert_eq!(cuts[1], ("HOJA_EN_BLANCO".to_string(), vec![2]));
    }

    #[test]
    fn what_follows_a_signed_paper_is_another_document() {
        let cuts = cut_pages(&[
            &[
                "1.2 DATOS GENERALES DEL OFERENTE",
                "Participación: INDIVIDUAL",
                "Para constancia de lo ofertado, suscribo este formulario",
                "FIRMA DEL OFERENTE",
            ],
            &["Recuerdos de la inauguración", "texto sin relación alguna"],
        ]);
        assert_eq!(cuts.len(), 2, "{cuts:?}");
        assert_eq!(cuts[1].0, "OTRO", "nobody says what it is");
    }

    #[test]
    fn a_memorandum_is_no_page_of_the_form_before_it_and_its_running_head_begins_nothing() {
        let cuts = cut_pages(&[
            &["1.2 DATOS GENERALES DEL OFERENTE", "Participación: INDIVIDUAL", "Nombre: Persona Ficticia"],
            &["ROL DE PAGOS", "Trabajador Sueldo Aporte", "Uno 500,00 47,25"],
            &["MANUAL DE USUARIO", "Antes de encender el equipo lea estas instrucciones"],
            &["MANUAL DE USUARIO", "Paso 2: pulse el botón de inicio"],
        ]);
        let expected = [("FUO_1_2", vec![1]), ("OTRO", vec![2]), ("OTRO", vec![3, 4])];
        assert_eq!(cuts, expected.map(|(kind, pages)| (kind.to_string(), pages)));
    }

    #[test]
    fn a_certificate_that_repeats_its_heading_is_one_document() {
        let cuts = cut_pages(&[
            &["REGISTRO ÚNICO DE CONTRIBUYENTES", "Razón Social", "Página 1 de 2"],
            &["REGISTRO ÚNICO DE CONTRIBUYENTES", "Actividades económicas", "Página 2 de 2"],
            &["REGISTRO ÚNICO DE CONTRIBUYENTES", "Razón Social", "Página 1 de 1"],
        ]);
        assert_eq!(cuts.iter().map(|cut| cut.1.clone()).collect::<Vec<_>>(), [vec![1, 2], vec![3]]);
    }
}

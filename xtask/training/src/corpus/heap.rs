//! Puts papers together into files, as bids come: several documents of several types in one file.

use super::blocks;
use super::filler::Filler;
use super::party::Party;
use crate::TrainingError;
use crate::random::Random;
use crate::templates::{Set, Template};
use cotejo_domain::document_type_entry;
use cotejo_sample::{LinedDocument, LinedFile, Manner, PrintedValue, SampleError, ScanProfile};
use std::ops::RangeInclusive;

/// Tells how a file was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    /// A PDF with text.
    Digital,
    /// An office document, one paper each.
    Docx,
    /// A PDF of images.
    Scanned(ScanProfile),
}

impl Format {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Digital => "digital",
            Self::Docx => "docx",
            Self::Scanned(profile) => profile.name(),
        }
    }

    /// Tells whether it is read by OCR.
    pub(crate) fn is_scanned(self) -> bool {
        matches!(self, Self::Scanned(_))
    }
}

/// Holds what is true of one paper.
#[derive(Clone, Debug)]
pub(crate) struct DocumentTruth {
    pub(crate) kind: &'static str,
    /// Habit of the template.
    pub(crate) habit: &'static str,
    /// Its pages within the file, the blank back left out.
    pub(crate) pages: RangeInclusive<u32>,
    /// Everything printed that the catalogue names.
    pub(crate) values: Vec<PrintedValue>,
    /// Whether the form was handed in empty.
    pub(crate) empty: bool,
}

/// Holds one file with its truth.
pub(crate) struct Heap {
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) bytes: Vec<u8>,
    /// Code of the process whose bid it is.
    pub(crate) process: String,
    pub(crate) documents: Vec<DocumentTruth>,
    /// Blank backs.
    pub(crate) blank: Vec<u32>,
}

/// Says how much is rendered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// Papers of each template as PDF with text.
    pub(crate) digital: usize,
    /// Papers of each template as images.
    pub(crate) scanned: usize,
    /// Papers of each template as office documents.
    pub(crate) docx: usize,
    /// Only every so many templates, for a quick look.
    pub(crate) every: usize,
    /// Which templates.
    pub(crate) set: Set,
}

/// One form in so many is handed in empty.
const EMPTY: f64 = 0.06;
/// Documents of one heap, at least and at most.
const SIZE: (u64, u64) = (4, 9);

/// Makes heap after heap and gives each to `take`: the images of all would not fit in memory.
pub(crate) fn heaps(
    plan: &Plan,
    take: &mut dyn FnMut(Heap) -> Result<(), TrainingError>,
) -> Result<(), TrainingError> {
    for (label, count) in [("digital", plan.digital), ("scanned", plan.scanned), ("docx", plan.docx)] {
        let mut random = Random::for_name(plan.seed, label);
        let mut papers: Vec<(Template, usize)> = plan
            .set
            .templates()
            .into_iter()
            .step_by(plan.every.max(1))
            .flat_map(|template| (0..count).map(move |copy| (template.clone(), copy)))
            .collect();
        random.shuffle(&mut papers);
        let mut number = 0;
        while !papers.is_empty() {
            number += 1;
            let size = usize::try_from(random.between(SIZE.0, SIZE.1)).unwrap_or(1);
            let size = if label == "docx" { 1 } else { size.min(papers.len()) };
            let format = match label {
                "digital" => Format::Digital,
                "docx" => Format::Docx,
                _ => Format::Scanned(ScanProfile::ALL[number % 3]),
            };
            let papers: Vec<(Template, usize)> = papers.drain(..size).collect();
            take(heap(plan.seed, number, format, &papers)?)?;
        }
    }
    Ok(())
}

fn heap(
    seed: u64,
    number: usize,
    format: Format,
    papers: &[(Template, usize)],
) -> Result<Heap, TrainingError> {
    let name = format!("{}-{seed}-{number:03}", format.name());
    let mut random = Random::for_name(seed, &name);
    let party = Party::draw(&mut random);
    let running = match random.between(0, 3) {
        0 => format!("PROCEDIMIENTO {}", party.process),
        1 => party.entity.clone(),
        _ => String::new(),
    };
    let own = Manner::draw(random.next(), &party.firm, &party.town, &running);
    let mut documents: Vec<LinedDocument> = Vec::new();
    let mut empty: Vec<bool> = Vec::new();
    for (template, _) in papers {
        empty.push(can_be_empty(template) && random.chance(EMPTY));
        let empty = empty.last() == Some(&true);
        documents.push(document(template, &party, &own, (format, empty), &mut random)?);
    }
    if format == Format::Docx {
        let (template, document) = (&papers[0].0, &documents[0]);
        let truth = DocumentTruth {
            kind: template.kind,
            habit: template.habit,
            pages: 1..=1,
            values: printed(document),
            empty: empty[0],
        };
        let bytes = document.docx().map_err(fault)?;
        return Ok(Heap {
            name: name + ".docx",
            format,
            bytes,
            process: party.process,
            documents: vec![truth],
            blank: Vec::new(),
        });
    }
    let file = LinedFile::new(&name, &documents).map_err(fault)?;
    let blank = file.blank_pages();
    let truths = papers.iter().zip(&empty).zip(file.extents()).map(|(((template, _), empty), extent)| {
        let end = if blank.contains(extent.end()) { extent.end() - 1 } else { *extent.end() };
        let values = file.values().iter().filter(|value| extent.contains(&value.page)).cloned();
        DocumentTruth {
            kind: template.kind,
            habit: template.habit,
            pages: *extent.start()..=end,
            values: values.collect(),
            empty: *empty,
        }
    });
    let documents = truths.collect();
    let bytes = match format {
        Format::Scanned(profile) => file.scanned(profile),
        _ => file.pdf(),
    };
    Ok(Heap {
        name: name + ".pdf",
        format,
        bytes: bytes.map_err(fault)?,
        process: party.process,
        documents,
        blank,
    })
}

fn document(
    template: &Template,
    party: &Party,
    own: &Manner,
    (format, empty): (Format, bool),
    random: &mut Random,
) -> Result<LinedDocument, TrainingError> {
    let entry = document_type_entry(template.kind)
        .ok_or_else(|| TrainingError::Missing(format!("{} is no type of the catalogue", template.kind)))?;
    // Others' papers come in other people's words and numbers, the bidder's forms in his own.
    let theirs = Party { firm: party.firm.clone(), ruc: party.ruc.clone(), ..Party::draw(random) };
    let form = entry.group == "formulario" || matches!(template.kind, "CARATULA" | "SEPARADOR");
    let party = if form { party } else { &theirs };
    let filler = Filler::new(party, entry);
    let mut filler = if empty { filler.emptied() } else { filler };
    let laid = blocks::lay(template, &mut filler, random);
    if let Some(field) = filler.unknown.first() {
        return Err(TrainingError::Missing(format!(
            "{field} ({}): no such field in the catalogue",
            template.habit
        )));
    }
    let manner = if form { own.clone() } else { Manner::draw(random.next(), &party.entity, &party.town, "") };
    Ok(LinedDocument {
        manner,
        landscape: laid.columns >= 8 && random.chance(0.6),
        running: form && template.kind != "SEPARADOR" && random.chance(0.8),
        letterhead: form && random.chance(0.3),
        centred: matches!(template.kind, "CARATULA" | "SEPARADOR"),
        blank_back: format != Format::Docx && random.chance(0.12),
        blocks: laid.blocks,
    })
}

/// Tells whether bidders hand this paper in as the empty model: a form that is filled in places, not with sentences of its own.
fn can_be_empty(template: &Template) -> bool {
    let form = document_type_entry(template.kind).is_some_and(|entry| entry.group == "formulario");
    form && !matches!(template.kind, "FUO_1_7_MET" | "PLAN_TRABAJO")
}

/// Returns what a document prints where no layout tells the page.
fn printed(document: &LinedDocument) -> Vec<PrintedValue> {
    use cotejo_sample::{Block, Piece};
    let mut pieces: Vec<&Piece> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(text)
            | Block::Subheading(text)
            | Block::Paragraph(text)
            | Block::Signature(text) => {
                pieces.extend(text);
            }
            Block::Pairs(pairs) => pieces.extend(pairs.iter().flatten().flatten()),
            Block::Table { heads, rows } => {
                pieces.extend(heads.iter().flatten());
                pieces.extend(rows.iter().flatten().flat_map(|cell| &cell.pieces));
            }
            Block::NewPage => {}
        }
    }
    let marked = pieces.into_iter().filter_map(|piece| {
        let (field, value, row) = piece.mark.clone()?;
        Some(PrintedValue { field, row, value, raw: piece.text.clone(), page: 1 })
    });
    marked.collect()
}

fn fault(error: SampleError) -> TrainingError {
    TrainingError::Missing(error.to_string())
}

//! Papers given line by line: for generators that bring their own texts and want real files with truth.
//!
//! A [`LinedDocument`] holds blocks made of pieces; a piece that carries a field is marked, and the finished layout tells on which page it
//! stands. Several documents make one file, each on a new page; the same file can be had as a PDF with text or as images.

use crate::SampleError;
use crate::office;
use crate::random::Draw;
use crate::scan::{ScanProfile, Scanner, image_pdf, scan};
use crate::typeset::{PrintedValue, Typeset};
use serde_json::{Value, json};
use std::ops::RangeInclusive;

/// Holds a stretch of text, with the field whose value it prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// Field name, canonical value, and row of its list from 1.
    pub mark: Option<(String, String, Option<u32>)>,
}

impl Piece {
    /// Makes a piece that prints no field.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: None }
    }

    fn json(&self) -> Value {
        match &self.mark {
            Some((field, value, row)) => json!({"t": self.text, "c": field, "v": value, "f": row}),
            None => json!({"t": self.text}),
        }
    }
}

/// Holds one cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it prints.
    pub pieces: Vec<Piece>,
    /// Columns it spans, at least 1.
    pub span: usize,
}

/// Holds one block of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A title.
    Heading(Vec<Piece>),
    /// A lesser title.
    Subheading(Vec<Piece>),
    /// Names and values, one pair a line.
    Pairs(Vec<[Vec<Piece>; 2]>),
    /// A table: heads (none, or one for each column) and rows whose spans sum to the number of columns.
    Table {
        /// Heads, repeated on every page.
        heads: Vec<Vec<Piece>>,
        /// Rows.
        rows: Vec<Vec<Cell>>,
    },
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// A line to sign on with what stands below it.
    Signature(Vec<Piece>),
    /// The start of a new page.
    NewPage,
}

/// Holds how an author's papers look.
#[derive(Clone, Debug, PartialEq)]
pub struct Manner(Value);

impl Manner {
    /// Draws an author's manner. `name` goes into letterhead and footer, `running` into the header.
    #[must_use]
    pub fn draw(seed: u64, name: &str, town: &str, running: &str) -> Self {
        let mut draw = Draw::new(seed, "manera");
        let fonts = ["Liberation Sans", "Liberation Serif", "DejaVu Sans", "Liberation Sans Narrow"];
        let colours = ["#1f3b63", "#7a1f1f", "#22543d", "#444444", "#5b3a8c", "#0f4c5c"];
        let leaf =
            draw.once_in(2).then(|| json!({"forma": draw.below(3), "lugar": draw.below(2), "desde": 0}));
        Self(json!({
            "fuente": draw.pick(&fonts), "cuerpo": draw.choose(&[9.0, 9.5, 10.0, 10.5, 11.0]), "papel": "a4",
            "margen": draw.choose(&[50, 60, 71]), "justifica": draw.once_in(2), "interlinea": draw.choose(&[0.58, 0.65, 0.75]),
            "titulo": draw.below(4), "encabezado": 0, "tabla": draw.below(4), "celda": draw.choose(&[3.2, 4.0, 5.0]),
            "ficha": draw.below(3), "cierre": draw.below(3), "color": draw.pick(&colours),
            "cabecera": running, "regla": draw.once_in(2),
            "pie": if draw.once_in(2) { format!("{name} · {town}") } else { String::new() },
            "foja": leaf, "pagina": draw.once_in(2), "membrete_forma": draw.below(3),
            "membrete": {"nombre": name, "lema": format!("{} - ECUADOR", town.to_uppercase()),
                "direccion": town, "telefono": "Telf. 02 555 0100"},
        }))
    }
}

/// Holds one paper before it is typeset.
#[derive(Clone, Debug, PartialEq)]
pub struct LinedDocument {
    /// How it looks.
    pub manner: Manner,
    /// What stands on it.
    pub blocks: Vec<Block>,
    /// Whether its pages lie broadside.
    pub landscape: bool,
    /// Whether the author's header and footer run on its pages.
    pub running: bool,
    /// Whether it opens with a letterhead.
    pub letterhead: bool,
    /// Whether everything stands in the middle of the page, as on covers.
    pub centred: bool,
    /// Whether an empty page follows: the blank back of the last sheet.
    pub blank_back: bool,
}

impl LinedDocument {
    fn json(&self, index: usize) -> Value {
        json!({
            "indice": index, "plantilla": "renglones", "variante": 0, "e": self.manner.0,
            "apaisado": self.landscape, "cabecera": self.running,
            "d": {
                "bloques": self.blocks.iter().map(block).collect::<Vec<_>>(), "centrado": self.centred,
                "membrete": self.letterhead, "reverso": self.blank_back,
            },
        })
    }

    /// Writes the paper as a DOCX with paragraphs and tables; fields are printed but not marked.
    ///
    /// # Errors
    /// Fails when it cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, SampleError> {
        office::document(&self.blocks)
    }
}

fn pieces(pieces: &[Piece]) -> Value {
    pieces.iter().map(Piece::json).collect()
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading(text) => json!({"k": "titulo", "p": pieces(text)}),
        Block::Subheading(text) => json!({"k": "subtitulo", "p": pieces(text)}),
        Block::Paragraph(text) => json!({"k": "parrafo", "p": pieces(text)}),
        Block::Signature(text) => json!({"k": "firma", "p": pieces(text)}),
        Block::NewPage => json!({"k": "salto"}),
        Block::Pairs(pairs) => {
            let pairs: Vec<Value> =
                pairs.iter().map(|[name, value]| json!([pieces(name), pieces(value)])).collect();
            json!({"k": "ficha", "pares": pairs})
        }
        Block::Table { heads, rows } => {
            let widths = widths(heads, rows);
            let total: usize = widths.iter().sum();
            let size = if total > 110 {
                0.72
            } else if total > 70 {
                0.8
            } else {
                0.88
            };
            let rows: Vec<Vec<Value>> = rows
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|cell| json!({"ancho": cell.span.max(1), "p": pieces(&cell.pieces)}))
                        .collect()
                })
                .collect();
            json!({
                "k": "tabla", "columnas": widths, "letra": size,
                "cabeza": heads.iter().map(|head| pieces(head)).collect::<Vec<_>>(), "filas": rows,
            })
        }
    }
}

/// Weighs columns by their longest text, so that numbers keep to one line.
fn widths(heads: &[Vec<Piece>], rows: &[Vec<Cell>]) -> Vec<usize> {
    let columns = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.span.max(1)).sum())
        .max()
        .unwrap_or(0)
        .max(heads.len());
    let mut widths = vec![6; columns.max(1)];
    let length = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>();
    for (width, head) in widths.iter_mut().zip(heads) {
        let word = head.iter().flat_map(|piece| piece.text.split(' ')).map(|word| word.chars().count()).max();
        *width = (*width).max(word.unwrap_or(0).min(16));
    }
    for row in rows {
        let mut column = 0;
        for cell in row {
            if cell.span <= 1
                && let Some(width) = widths.get_mut(column)
            {
                *width = (*width).max(length(&cell.pieces).min(34));
            }
            column += cell.span.max(1);
        }
    }
    widths
}

/// Holds a typeset file with its truth.
pub struct LinedFile {
    typeset: Typeset,
    identity: String,
    blank_backs: Vec<bool>,
}

impl LinedFile {
    /// Typesets documents one after another; `identity` makes the file's bytes its own.
    ///
    /// # Errors
    /// Fails when the layout does: a fault of this crate.
    pub fn new(identity: &str, documents: &[LinedDocument]) -> Result<Self, SampleError> {
        let data: Vec<Value> =
            documents.iter().enumerate().map(|(index, document)| document.json(index)).collect();
        let typeset = Typeset::new(&json!({"titulo": "EJEMPLO", "documentos": data}))?;
        if typeset.starts.len() != documents.len() {
            return Err(SampleError::Template(format!(
                "{} documents of {}",
                typeset.starts.len(),
                documents.len()
            )));
        }
        crate::typeset::forget();
        let blank_backs = documents.iter().map(|document| document.blank_back).collect();
        Ok(Self { typeset, identity: identity.into(), blank_backs })
    }

    /// Returns the number of pages.
    #[must_use]
    pub fn page_count(&self) -> u32 {
        self.typeset.pages()
    }

    /// Returns the pages of each document, from 1, its blank back included.
    #[must_use]
    pub fn extents(&self) -> Vec<RangeInclusive<u32>> {
        let ends = self.typeset.starts.iter().skip(1).map(|start| start - 1).chain([self.typeset.pages()]);
        self.typeset.starts.iter().zip(ends).map(|(start, end)| *start..=end).collect()
    }

    /// Returns the pages that are blank backs.
    #[must_use]
    pub fn blank_pages(&self) -> Vec<u32> {
        let extents = self.extents();
        extents
            .iter()
            .zip(&self.blank_backs)
            .filter(|(_, blank)| **blank)
            .map(|(extent, _)| *extent.end())
            .collect()
    }

    /// Returns every marked value with its page.
    #[must_use]
    pub fn values(&self) -> &[PrintedValue] {
        &self.typeset.values
    }

    /// Returns the file as a PDF with text.
    ///
    /// # Errors
    /// Fails when it cannot be exported.
    pub fn pdf(&self) -> Result<Vec<u8>, SampleError> {
        self.typeset.pdf(&self.identity, jiff::civil::date(2026, 1, 5).at(9, 0, 0, 0), "EJEMPLO")
    }

    /// Returns the file as a PDF of worn images.
    ///
    /// # Errors
    /// Fails when a page cannot be encoded.
    pub fn scanned(&self, profile: ScanProfile) -> Result<Vec<u8>, SampleError> {
        let mut draw = Draw::new(7, &format!("{} {}", self.identity, profile.name()));
        let scanner = Scanner::of(profile, &mut draw);
        let pages = scan(&self.typeset, &scanner, &mut draw)?;
        Ok(image_pdf(&pages, &self.identity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, field: &str, row: Option<u32>) -> Vec<Piece> {
        vec![Piece { text: text.into(), mark: Some((field.into(), text.into(), row)) }]
    }

    fn document(blank_back: bool) -> LinedDocument {
        let cell = |pieces: Vec<Piece>| Cell { pieces, span: 1 };
        let rows = (1..=60).map(|row| {
            vec![
                cell(marked(&format!("rubro {row}"), "items[].descripcion", Some(row))),
                cell(marked("1234.50", "items[].pu", Some(row))),
            ]
        });
        LinedDocument {
            manner: Manner::draw(3, "Comercial Ejemplo", "Loja", ""),
            blocks: vec![
                Block::Heading(vec![Piece::plain("TABLA DE CANTIDADES Y PRECIOS")]),
                Block::Pairs(vec![[vec![Piece::plain("RUC:")], marked("1790011674001", "ruc", None)]]),
                Block::Table {
                    heads: vec![vec![Piece::plain("Descripción")], vec![Piece::plain("Precio")]],
                    rows: rows.collect(),
                },
                Block::NewPage,
                Block::Paragraph(vec![Piece::plain("ANEXO "), Piece::plain("A")]),
            ],
            landscape: false,
            running: true,
            letterhead: true,
            centred: false,
            blank_back,
        }
    }

    #[test]
    fn documents_pages_values_and_blank_backs_are_where_the_layout_put_them() {
        let file = LinedFile::new("prueba", &[document(true), document(false)]).expect("typesets");
        let extents = file.extents();
        assert_eq!(extents.len(), 2);
        assert_eq!(*extents[1].end(), file.page_count());
        assert_eq!(file.blank_pages(), [*extents[0].end()], "the back of the first");
        assert_eq!(extents[0].clone().count(), extents[1].clone().count() + 1);
        let prices: Vec<_> = file.values().iter().filter(|value| value.field == "items[].pu").collect();
        assert_eq!(prices.len(), 120);
        assert_eq!(prices[0].page, 1);
        assert!(prices[59].page > 1, "the table runs over the page");
        assert!(prices[60].page == *extents[1].start());
        assert_eq!(file.pdf().expect("exports"), file.pdf().expect("exports"), "the same bytes each time");
    }

    #[test]
    fn each_profile_wears_the_page_in_its_own_way() {
        let file = LinedFile::new("prueba", &[document(false)]).expect("typesets");
        let scans = ScanProfile::ALL.map(|profile| file.scanned(profile).expect("scans"));
        assert!(scans.iter().all(|scan| scan.starts_with(b"%PDF")));
        assert!(scans[0] != scans[1] && scans[1] != scans[2]);
        assert_eq!(
            scans[2],
            file.scanned(ScanProfile::Photo).expect("scans"),
            "the same seed, the same bytes"
        );
    }
}

//! Turns a template into blocks: pairs and rows that follow each other become one sheet or one table.

use super::filler::Filler;
use crate::random::Random;
use crate::templates::{Filled, Kind, Line, Template};
use cotejo_sample::{Block, Cell, Piece};

/// Holds the blocks of a paper and the columns of its widest table.
pub(crate) struct Laid {
    pub(crate) blocks: Vec<Block>,
    pub(crate) columns: usize,
}

/// Lays a template out, with the author's choices drawn.
pub(crate) fn lay(template: &Template, filler: &mut Filler<'_>, random: &mut Random) -> Laid {
    let upper = random.chance(0.5);
    let paired = random.chance(0.75);
    let whole = random.chance(0.8);
    let mut laid = Laid { blocks: Vec::new(), columns: 0 };
    let mut group = Group::default();
    for line in &template.lines {
        if line.kind == Kind::NewPage {
            group.close(&mut laid);
            if !whole {
                break;
            }
            laid.blocks.push(Block::NewPage);
            continue;
        }
        if line.optional && random.chance(0.4) {
            continue;
        }
        let count = random.between(line.repeat.0, line.repeat.1);
        for _ in 0..count {
            filler.begin_line(line.repeat != (1, 1));
            let filled = line.pieces(random, filler);
            let pieces: Vec<Piece> = filled.into_iter().map(|piece| made(piece, line.kind, filler)).collect();
            match line.kind {
                Kind::Field if paired => match split_pair(&pieces) {
                    Some(pair) => group.pair(pair, &mut laid),
                    None => group.other(Block::Paragraph(pieces), &mut laid),
                },
                Kind::Row => group.row(cells(pieces), line, &mut laid),
                Kind::Heading => group.other(Block::Heading(cased(pieces, upper)), &mut laid),
                Kind::Subheading => group.other(Block::Subheading(cased(pieces, upper)), &mut laid),
                Kind::Paragraph if line.pattern.starts_with("{firma") => {
                    group.other(Block::Signature(pieces), &mut laid);
                }
                Kind::Field | Kind::Paragraph | Kind::NewPage => {
                    group.other(Block::Paragraph(pieces), &mut laid)
                }
            }
        }
    }
    group.close(&mut laid);
    laid
}

fn made(filled: Filled, kind: Kind, filler: &Filler<'_>) -> Piece {
    let mark = filled.mark.map(|(field, value)| {
        // What a sentence lists is no cell of a table.
        let row = if kind == Kind::Row { filler.row_of(&field) } else { None };
        (field, value, row)
    });
    Piece { text: filled.text, mark }
}

fn cased(mut pieces: Vec<Piece>, upper: bool) -> Vec<Piece> {
    if upper {
        pieces.iter_mut().for_each(|piece| piece.text = piece.text.to_uppercase());
    }
    pieces
}

/// Cuts a line at the first `: ` of its own text into name and value.
fn split_pair(pieces: &[Piece]) -> Option<[Vec<Piece>; 2]> {
    let place = pieces.iter().position(|piece| piece.mark.is_none() && piece.text.contains(": "))?;
    let (label, value) = pieces[place].text.split_once(": ")?;
    let mut name = pieces[..place].to_vec();
    name.push(Piece::plain(format!("{label}:")));
    let mut rest = vec![Piece::plain(value)];
    rest.extend_from_slice(&pieces[place + 1..]);
    rest.retain(|piece| !piece.text.is_empty());
    (!rest.is_empty()).then_some([name, rest])
}

/// Cuts a row at its bars.
fn cells(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut cells = vec![Vec::new()];
    for piece in pieces {
        if piece.mark.is_some() {
            cells.last_mut().into_iter().for_each(|cell: &mut Vec<Piece>| cell.push(piece.clone()));
            continue;
        }
        for (index, part) in piece.text.split('|').enumerate() {
            if index > 0 {
                cells.push(Vec::new());
            }
            let part = part.trim();
            if let Some(cell) = cells.last_mut().filter(|_| !part.is_empty()) {
                if !cell.is_empty() {
                    cell.push(Piece::plain(" "));
                }
                cell.push(Piece::plain(part));
            }
        }
    }
    // What follows a value in its cell wants its space back.
    for cell in &mut cells {
        let texts: Vec<bool> = cell.iter().map(|piece| piece.mark.is_some()).collect();
        for index in (1..cell.len()).rev() {
            if texts[index] != texts[index - 1] && !cell[index].text.starts_with([' ', ',', '.', ')', '%']) {
                cell.insert(index, Piece::plain(" "));
            }
        }
    }
    cells
}

#[derive(Default)]
struct Group {
    pairs: Vec<[Vec<Piece>; 2]>,
    rows: Vec<(Vec<Vec<Piece>>, bool)>,
}

impl Group {
    fn pair(&mut self, pair: [Vec<Piece>; 2], laid: &mut Laid) {
        if !self.rows.is_empty() {
            self.close(laid);
        }
        self.pairs.push(pair);
    }

    fn row(&mut self, cells: Vec<Vec<Piece>>, line: &Line, laid: &mut Laid) {
        let head = cells.len() > 2 && line.repeat == (1, 1) && !line.pattern.contains('{');
        if !self.pairs.is_empty() || head && self.rows.len() > 1 {
            self.close(laid);
        }
        self.rows.push((cells, head && self.rows.is_empty()));
    }

    fn other(&mut self, block: Block, laid: &mut Laid) {
        self.close(laid);
        laid.blocks.push(block);
    }

    fn close(&mut self, laid: &mut Laid) {
        if !self.pairs.is_empty() {
            laid.blocks.push(Block::Pairs(std::mem::take(&mut self.pairs)));
        }
        if self.rows.is_empty() {
            return;
        }
        let mut rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(1);
        laid.columns = laid.columns.max(columns);
        let heads = if rows[0].1 {
            let mut heads = rows.remove(0).0;
            heads.resize(columns, Vec::new());
            heads
        } else {
            Vec::new()
        };
        let rows = rows.into_iter().map(|(cells, _)| spread(cells, columns)).collect();
        laid.blocks.push(Block::Table { heads, rows });
    }
}

/// Makes a row as wide as its table: what comes first in a short row spans what is missing, as in a line of totals.
fn spread(cells: Vec<Vec<Piece>>, columns: usize) -> Vec<Cell> {
    let missing = columns.saturating_sub(cells.len());
    let mut cells: Vec<Cell> = cells.into_iter().map(|pieces| Cell { pieces, span: 1 }).collect();
    if let Some(first) = cells.first_mut() {
        first.span += missing;
    }
    cells
}

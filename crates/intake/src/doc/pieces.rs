//! The piece table: where the text of a Word document stands (MS-DOC 2.4.1).

use crate::cfb::{u16_at, u32_at};

/// Holds one code unit and where its bytes stand in the stream; properties are given for those places.
pub(super) struct Letter {
    pub(super) unit: u16,
    pub(super) offset: usize,
}

/// Holds the pieces in the order of the text.
pub(super) struct Pieces(Vec<Piece>);

struct Piece {
    start: usize,
    end: usize,
    offset: usize,
    wide: bool,
}

impl Pieces {
    /// Reads the table out of the structure that FibRgFcLcb97.fcClx points to.
    pub(super) fn read(clx: &[u8]) -> Option<Self> {
        let mut at = 0usize;
        // Property lists stand before the table.
        while clx.get(at) == Some(&1) {
            at = at.checked_add(3)?.checked_add(usize::from(u16_at(clx, at + 1)?))?;
        }
        if clx.get(at) != Some(&2) {
            return None;
        }
        let length = u32_at(clx, at + 1)? as usize;
        let table = clx.get(at + 5..(at + 5).checked_add(length)?.min(clx.len()))?;
        let count = table.len().checked_sub(4)? / 12;
        let pieces = (0..count).filter_map(|index| {
            let descriptor = (count + 1) * 4 + index * 8;
            let place = u32_at(table, descriptor + 2)?;
            let wide = place & 0x4000_0000 == 0;
            let place = (place & 0x3fff_ffff) as usize;
            Some(Piece {
                start: u32_at(table, index * 4)? as usize,
                end: u32_at(table, index * 4 + 4)? as usize,
                offset: if wide { place } else { place / 2 },
                wide,
            })
        });
        let pieces: Vec<Piece> = pieces.filter(|piece| piece.end > piece.start).collect();
        (!pieces.is_empty()).then_some(Self(pieces))
    }

    /// Takes the text for one piece of narrow letters.
    pub(super) fn whole(offset: usize, length: usize) -> Option<Self> {
        (length > 0).then(|| Self(vec![Piece { start: 0, end: length, offset, wide: false }]))
    }

    /// Returns the letters from `start` to `end`. `left` bounds how many are given for the whole file: pieces may overlap.
    pub(super) fn letters<'p>(
        &'p self,
        stream: &'p [u8],
        start: usize,
        end: usize,
        left: &'p mut usize,
    ) -> impl Iterator<Item = Letter> + 'p {
        let places = self.0.iter().filter(move |piece| piece.start < end && piece.end > start);
        let letters = places.flat_map(move |piece| {
            let (from, to) = (piece.start.max(start) - piece.start, piece.end.min(end) - piece.start);
            (from..to).map_while(move |index| {
                let offset =
                    piece.offset.checked_add(index.checked_mul(if piece.wide { 2 } else { 1 })?)?;
                let unit = if piece.wide { u16_at(stream, offset)? } else { narrow(*stream.get(offset)?) };
                Some(Letter { unit, offset })
            })
        });
        letters.take_while(move |_| {
            *left = left.saturating_sub(1);
            *left > 0
        })
    }
}

// A narrow letter is one of Windows-1252 (MS-DOC 2.9.73).
fn narrow(byte: u8) -> u16 {
    const UPPER: [u16; 32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
        0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
    ];
    let index = usize::from(byte).checked_sub(0x80);
    index.and_then(|index| UPPER.get(index)).copied().unwrap_or(u16::from(byte))
}

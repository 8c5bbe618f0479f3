//! Seeded mutations: what a fuzzer does first, the same on every machine.

/// Draws numbers; the same seed gives the same ones.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number below `end`, and 0 when that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0).checked_rem(end).unwrap_or(0)
    }
}

/// Pieces that parsers branch on.
const PIECES: [&[u8]; 22] = [
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"info.ushay:",
    b"sercop",
    b"G",
    b"<TABLE NAME=\"",
    b"</ROW>",
    b"<![CDATA[",
    b"&#x0;",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\x80",
    b"<<",
    b">>",
    b"/ByteRange [",
    b" 0 R",
    b"obj",
    b"USD 1.000,00",
    b"../",
    b"\x0c",
    b"9223372036854775807",
];

/// Returns `bytes` with one to six changes.
#[must_use]
pub fn mutated(bytes: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        change(&mut bytes, others, dice);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], dice: &mut Dice) {
    let place = dice.below(bytes.len() + 1);
    let length = dice.below(bytes.len().saturating_sub(place).min(64) + 1);
    match dice.below(7) {
        0 => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << dice.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = u8::try_from(dice.below(256)).unwrap_or(0);
            }
        }
        2 => drop(bytes.drain(place..place + length)),
        3 => {
            let repeated = bytes.get(place..place + length).unwrap_or(&[]).to_vec();
            let _ = bytes.splice(place..place, repeated);
        }
        4 => {
            let piece = PIECES.get(dice.below(PIECES.len())).copied().unwrap_or(&[]);
            let _ = bytes.splice(place..place, piece.iter().copied());
        }
        5 => bytes.truncate(place),
        _ => {
            let other = others.get(dice.below(others.len())).map_or(&[][..], Vec::as_slice);
            let from = dice.below(other.len());
            let taken = other.iter().skip(from).take(dice.below(256)).copied();
            let _ = bytes.splice(place..place + length, taken);
        }
    }
}

//! Reads `e5-small-q4.bin`: one little-endian file with header, word pieces, normalisation rules and tensors.

use std::collections::BTreeMap;

/// Says what in the file is not as documented.
#[derive(Debug)]
pub(super) struct Malformed(pub(super) String);

/// Names how the numbers of a tensor are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    /// 32-bit floats.
    F32,
    /// Blocks of 32 numbers in 18 bytes: a 16-bit scale and 32 half-bytes (GGML's Q4_0).
    Q4,
}

/// Holds one tensor: its storage, the count of its numbers, and their bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tensor<'a> {
    pub(super) storage: Storage,
    pub(super) elements: usize,
    pub(super) bytes: &'a [u8],
}

/// Holds one word piece of the unigram vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) score: f32,
}

/// Holds the sizes of the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) hidden: usize,
    pub(super) layers: usize,
    pub(super) heads: usize,
    pub(super) feed_forward: usize,
    pub(super) vocabulary: usize,
    pub(super) positions: usize,
    pub(super) token_types: usize,
    pub(super) norm_epsilon: f32,
}

/// Holds the parsed file.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub(super) shape: Shape,
    pub(super) pieces: Vec<Piece>,
    pub(super) tensors: BTreeMap<String, Tensor<'a>>,
}

/// Parses the file. Offsets and counts are checked: a cut file is an error, not a crash.
pub(super) fn parse(bytes: &[u8]) -> Result<Model<'_>, Malformed> {
    let mut cursor = Cursor { bytes, at: 0 };
    if cursor.take(4)? != b"E5S1" {
        return Err(Malformed("the magic number is not E5S1".into()));
    }
    if cursor.u32()? != 1 {
        return Err(Malformed("the version is not 1".into()));
    }
    let mut sizes = [0; 7];
    for size in &mut sizes {
        *size = cursor.count()?;
    }
    let [hidden, layers, heads, feed_forward, vocabulary, positions, token_types] = sizes;
    let norm_epsilon = cursor.f32()?;
    if cursor.count()? != BLOCK {
        return Err(Malformed("blocks do not hold 32 numbers".into()));
    }
    let shape =
        Shape { hidden, layers, heads, feed_forward, vocabulary, positions, token_types, norm_epsilon };
    let pieces = pieces(&mut cursor)?;
    let _rules = cursor.count()?;
    let rule_bytes = cursor.count()?;
    cursor.take(rule_bytes)?;
    let tensors = tensors(&mut cursor)?;
    Ok(Model { shape, pieces, tensors })
}

/// Numbers of a Q4_0 block.
pub(super) const BLOCK: usize = 32;
/// Bytes of a Q4_0 block.
pub(super) const BLOCK_BYTES: usize = 18;

fn pieces(cursor: &mut Cursor<'_>) -> Result<Vec<Piece>, Malformed> {
    let count = cursor.count()?;
    let specials = [cursor.count()?, cursor.count()?, cursor.count()?, cursor.count()?];
    if specials != [0, 2, 1, 3] {
        return Err(Malformed("the special pieces are not <s>, </s>, <pad>, <unk> at 0, 2, 1, 3".into()));
    }
    let blob_bytes = usize::try_from(cursor.u64()?).map_err(|_| Malformed("oversized blob".into()))?;
    let offsets = cursor.take(4 * (count + 1))?;
    let scores = cursor.take(4 * count)?;
    let blob = cursor.take(blob_bytes)?;
    let offset = |index: usize| word(offsets, index) as usize;
    (0..count)
        .map(|index| {
            let text = blob
                .get(offset(index)..offset(index + 1))
                .and_then(|raw| std::str::from_utf8(raw).ok())
                .ok_or_else(|| Malformed(format!("piece {index} is not text")))?;
            Ok(Piece { text: text.to_owned(), score: f32::from_bits(word(scores, index)) })
        })
        .collect()
}

fn tensors<'a>(cursor: &mut Cursor<'a>) -> Result<BTreeMap<String, Tensor<'a>>, Malformed> {
    let mut tensors = BTreeMap::new();
    for _ in 0..cursor.count()? {
        let length = usize::from(u16::from_le_bytes(cursor.array()?));
        let name = String::from_utf8_lossy(cursor.take(length)?).into_owned();
        let storage = match cursor.take(1)? {
            [0] => Storage::F32,
            [1] => Storage::Q4,
            _ => return Err(Malformed(format!("{name} has an unknown storage"))),
        };
        let elements = cursor.u32()? as usize;
        let [start, size] =
            [cursor.u64()?, cursor.u64()?].map(|value| usize::try_from(value).unwrap_or(usize::MAX));
        let expected = match storage {
            Storage::F32 => 4 * elements,
            Storage::Q4 => elements / BLOCK * BLOCK_BYTES,
        };
        let bytes = start
            .checked_add(size)
            .and_then(|end| cursor.bytes.get(start..end))
            .filter(|bytes| bytes.len() == expected)
            .ok_or_else(|| Malformed(format!("{name} does not fit the file")))?;
        tensors.insert(name, Tensor { storage, elements, bytes });
    }
    Ok(tensors)
}

fn word(bytes: &[u8], index: usize) -> u32 {
    bytes.get(4 * index..4 * index + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(count);
        let slice = end.and_then(|end| self.bytes.get(self.at..end));
        let slice = slice.ok_or_else(|| Malformed(format!("it ends before byte {}", self.at)))?;
        self.at += count;
        Ok(slice)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed("it ends early".into()))
    }

    fn u32(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32, Malformed> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    fn count(&mut self) -> Result<usize, Malformed> {
        usize::try_from(i32::from_le_bytes(self.array()?))
            .map_err(|_| Malformed("a count is negative".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_and_foreign_files_are_errors() {
        assert!(parse(b"").is_err(), "empty");
        assert!(parse(b"GGUF\0\0\0\0").is_err(), "another format");
        let mut header = b"E5S1".to_vec();
        header.extend(1_u32.to_le_bytes());
        header.extend((-1_i32).to_le_bytes());
        assert!(parse(&header).is_err(), "a negative size");
    }
}

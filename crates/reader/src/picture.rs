//! JPEG, PNG, TIFF (multi-page, G4), WebP, BMP and GIF files as pages.

use crate::ink::Gray;
use crate::look::{COLOUR_SIDE, Colour};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::{Cursor, Read, Seek, SeekFrom};

/// Most pixels of a decoded image: an A3 sheet at 600 dpi with room.
pub(crate) const MOST_PIXELS: u64 = 120_000_000;
/// Height of A4 in inches: what an image without resolution is taken to show.
const A4_INCHES: f64 = 11.69;
/// Resolution at which pages are read.
pub(crate) const READING_DPI: f64 = 200.0;
/// Images of a TIFF that are read.
const MOST_IMAGES: usize = 2_000;

/// Holds one decoded picture with the size it has on paper.
pub(crate) struct Picture {
    pub(crate) image: DynamicImage,
    /// Width on paper in points.
    pub(crate) width: f64,
    /// Height on paper in points.
    pub(crate) height: f64,
}

/// Says where a picture of the file begins: the directory of a TIFF, or nothing for a file of one picture.
pub(crate) type Directory = Option<u32>;

/// Tells whether the file is a picture that is decoded here.
pub(crate) fn is_picture(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 6] = [b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8", b"BM"];
    marks.iter().any(|mark| bytes.starts_with(mark))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}

/// Lists the pictures of a file.
pub(crate) fn pages(bytes: &[u8]) -> Vec<Directory> {
    match tiff_directories(bytes) {
        Some(offsets) if offsets.len() > 1 => offsets.into_iter().map(Some).collect(),
        _ => vec![None],
    }
}

/// Decodes one picture under limits, turned as its EXIF data say.
///
/// # Errors
/// Returns the decoder's words.
pub(crate) fn decode(bytes: &[u8], directory: Directory, most_pixels: u64) -> Result<Picture, String> {
    let first = directory.map(|offset| header(bytes, offset)).unwrap_or_default();
    let source = WithHeader { header: first, rest: Cursor::new(bytes) };
    let reader = ImageReader::new(std::io::BufReader::new(source))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let format = reader.format();
    let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > most_pixels {
        return Err(format!("{width} × {height} píxeles pasan del límite"));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(1 << 30);
    decoder.set_limits(limits).map_err(|error| error.to_string())?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
    image.apply_orientation(orientation);
    let stated = match format {
        Some(ImageFormat::Jpeg) => jpeg_dpi(bytes),
        Some(ImageFormat::Png) => png_dpi(bytes),
        Some(ImageFormat::Tiff) => tiff_dpi(bytes, directory),
        _ => None,
    };
    let longest = f64::from(image.width().max(image.height()));
    // 72 and 96 are what programs write that know nothing; nobody scans a page so coarsely.
    let dpi = stated.filter(|dpi| (100.0..=2400.0).contains(dpi)).unwrap_or(longest / A4_INCHES).max(1.0);
    let points = |pixels: u32| f64::from(pixels) * 72.0 / dpi;
    Ok(Picture { width: points(image.width()), height: points(image.height()), image })
}

impl Picture {
    /// Turns the picture clockwise as a person asked: 90, 180 or 270 degrees; anything else leaves it.
    pub(crate) fn turned(self, degrees: u16) -> Self {
        let Self { image, width, height } = self;
        match degrees {
            90 => Self { image: image.rotate90(), width: height, height: width },
            180 => Self { image: image.rotate180(), width, height },
            270 => Self { image: image.rotate270(), width: height, height: width },
            _ => Self { image, width, height },
        }
    }

    /// Returns the picture in gray at about the resolution pages are read at.
    pub(crate) fn gray(&self) -> Gray {
        let factor = self.reading_factor();
        self.scaled(if (0.75..=1.35).contains(&factor) { 1.0 } else { factor.min(4.0) })
    }

    /// Returns the picture `finer` times as large as [`Picture::gray`], as far as it has the pixels; `None` when it has not.
    pub(crate) fn finer(&self, finer: f64) -> Option<Gray> {
        let factor = self.reading_factor();
        let drawn = if (0.75..=1.35).contains(&factor) { 1.0 } else { factor.min(4.0) };
        (drawn < 0.95).then(|| self.scaled((drawn * finer).min(1.0)))
    }

    /// Returns the picture small and in colour; `None` when it is gray.
    pub(crate) fn colour(&self) -> Option<Colour> {
        if !self.image.color().has_color() {
            return None;
        }
        let longest = f64::from(self.image.width().max(self.image.height()));
        let factor = (COLOUR_SIDE / longest.max(1.0)).min(1.0);
        let side = |pixels: u32| size(pixels, factor);
        let small =
            self.image.thumbnail_exact(side(self.image.width()), side(self.image.height())).into_rgb8();
        let (width, height) = (small.width() as usize, small.height() as usize);
        Some(Colour { width, height, pixels: small.pixels().map(|pixel| pixel.0).collect() })
    }

    // How many times larger the picture would have to be at the resolution pages are read at.
    fn reading_factor(&self) -> f64 {
        self.height / 72.0 * READING_DPI / f64::from(self.image.height().max(1))
    }

    #[expect(clippy::float_cmp, reason = "exactly what was asked for")]
    fn scaled(&self, factor: f64) -> Gray {
        let flat = self.image.to_luma8();
        let scaled = if factor == 1.0 {
            flat
        } else {
            let (width, height) = (size(flat.width(), factor), size(flat.height(), factor));
            image::imageops::resize(&flat, width, height, image::imageops::FilterType::Triangle)
        };
        Gray { width: scaled.width() as usize, height: scaled.height() as usize, pixels: scaled.into_raw() }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the limit on pixels")]
fn size(pixels: u32, factor: f64) -> u32 {
    ((f64::from(pixels) * factor) as u32).max(1)
}

fn word(bytes: &[u8], at: usize, little: bool) -> Option<u16> {
    let pair: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
}

fn long(bytes: &[u8], at: usize, little: bool) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
}

// JFIF: units at byte 13 (1 inch, 2 centimetre), horizontal density at 14 (ITU-T T.871).
fn jpeg_dpi(bytes: &[u8]) -> Option<f64> {
    if bytes.get(6..10)? != b"JFIF" {
        return None;
    }
    let density = f64::from(word(bytes, 14, false)?);
    match bytes.get(13)? {
        1 => Some(density),
        2 => Some(density * 2.54),
        _ => None,
    }
}

// pHYs: pixels a metre, before the image data (PNG, 11.3.5.3).
fn png_dpi(bytes: &[u8]) -> Option<f64> {
    let mut at = 8usize;
    loop {
        let length = long(bytes, at, false)? as usize;
        match bytes.get(at + 4..at + 8)? {
            b"pHYs" if bytes.get(at + 16) == Some(&1) => {
                return Some(f64::from(long(bytes, at + 8, false)?) * 0.0254);
            }
            b"IDAT" | b"IEND" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}

// Offsets of the directories of a classic TIFF (TIFF 6.0, section 2), each once.
fn tiff_directories(bytes: &[u8]) -> Option<Vec<u32>> {
    let little = tiff_order(bytes)?;
    let mut offsets = Vec::new();
    let mut offset = long(bytes, 4, little)?;
    while offset != 0 && offsets.len() < MOST_IMAGES && !offsets.contains(&offset) {
        let Some(count) = word(bytes, offset as usize, little) else { break };
        offsets.push(offset);
        let next = (offset as usize).checked_add(2 + usize::from(count) * 12)?;
        offset = long(bytes, next, little).unwrap_or(0);
    }
    Some(offsets)
}

fn tiff_order(bytes: &[u8]) -> Option<bool> {
    match bytes.get(..4)? {
        b"II*\0" => Some(true),
        b"MM\0*" => Some(false),
        _ => None,
    }
}

// The head of the same file, with another directory as its first.
fn header(bytes: &[u8], offset: u32) -> Vec<u8> {
    let mut head = bytes.get(..4).unwrap_or_default().to_vec();
    let little = head.first() == Some(&b'I');
    head.extend_from_slice(&if little { offset.to_le_bytes() } else { offset.to_be_bytes() });
    head
}

/// Reads a file whose first bytes are replaced, without a copy of the rest.
struct WithHeader<'b> {
    header: Vec<u8>,
    rest: Cursor<&'b [u8]>,
}

impl Read for WithHeader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let at = usize::try_from(self.rest.position()).unwrap_or(usize::MAX);
        let count = self.rest.read(buffer)?;
        for (byte, replaced) in buffer.iter_mut().take(count).zip(self.header.iter().skip(at)) {
            *byte = *replaced;
        }
        Ok(count)
    }
}

impl Seek for WithHeader<'_> {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        self.rest.seek(position)
    }
}

// XResolution (282, a rational) and ResolutionUnit (296: 2 inch, 3 centimetre).
fn tiff_dpi(bytes: &[u8], directory: Directory) -> Option<f64> {
    let little = tiff_order(bytes)?;
    let directory = directory.or_else(|| long(bytes, 4, little))? as usize;
    let count = usize::from(word(bytes, directory, little)?);
    let entry = |tag: u16| {
        (0..count).map(|index| directory + 2 + index * 12).find(|at| word(bytes, *at, little) == Some(tag))
    };
    let at = long(bytes, entry(282)? + 8, little)? as usize;
    let (above, below) = (long(bytes, at, little)?, long(bytes, at + 4, little)?);
    let density = f64::from(above) / f64::from(below.max(1));
    match entry(296).and_then(|at| word(bytes, at + 8, little)) {
        Some(3) => Some(density * 2.54),
        Some(1) => None,
        _ => Some(density),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_luma8(400, 600).write_to(&mut bytes, format).expect("encodes");
        bytes.into_inner()
    }

    #[test]
    fn an_image_without_resolution_is_taken_for_a_sheet() {
        let picture = decode(&encoded(ImageFormat::Png), None, MOST_PIXELS).expect("decodes");
        assert!((picture.height - 841.7).abs() < 0.2, "as high as A4: {}", picture.height);
        assert!(picture.gray().height > 2000, "enlarged to the reading resolution");
    }

    #[test]
    fn each_image_of_a_tiff_is_a_page() {
        // Two directories by hand: the second is the first again, at the end of the file.
        let mut bytes = encoded(ImageFormat::Tiff);
        let little = tiff_order(&bytes).expect("a TIFF");
        assert!(little, "the encoder writes little endian");
        let first = long(&bytes, 4, true).expect("offset") as usize;
        let length = 2 + usize::from(word(&bytes, first, true).expect("count")) * 12;
        let directory: Vec<u8> = bytes[first..first + length].to_vec();
        let second = u32::try_from(bytes.len()).expect("small");
        bytes.extend_from_slice(&directory);
        bytes.extend_from_slice(&[0; 4]);
        bytes[first + length..first + length + 4].copy_from_slice(&second.to_le_bytes());
        let pages = pages(&bytes);
        assert_eq!(pages.len(), 2);
        assert!(
            pages.iter().all(|page| decode(&bytes, *page, MOST_PIXELS).is_ok()),
            "each decodes by itself"
        );
    }

    #[test]
    fn the_other_formats_are_decoded_and_limits_hold() {
        for format in [ImageFormat::Bmp, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg] {
            let mut bytes = Cursor::new(Vec::new());
            DynamicImage::new_rgb8(40, 60).write_to(&mut bytes, format).expect("encodes");
            let bytes = bytes.into_inner();
            assert!(is_picture(&bytes), "{format:?}");
            let picture = decode(&bytes, None, MOST_PIXELS).expect("decodes");
            assert_eq!((picture.image.width(), picture.image.height()), (40, 60), "{format:?}");
            assert!(decode(&bytes, None, 2_399).is_err(), "more pixels than the limit");
        }
    }

    #[test]
    fn a_fax_page_in_group_four_is_decoded() {
        // 16 × 2 pixels, all white: each line is the code of vertical mode 0 (T.6), then the end of the block.
        let strip = [0b1100_0000, 0b0000_0100, 0b0000_0000, 0b0100_0000];
        let mut bytes = b"II*\0\x0c\0\0\0".to_vec();
        bytes.extend_from_slice(&strip);
        let entries: [(u16, u16, u32); 9] = [
            (256, 3, 16),
            (257, 3, 2),
            (258, 3, 1),
            (259, 3, 4),
            (262, 3, 0),
            (273, 4, 8),
            (277, 3, 1),
            (278, 3, 2),
            (279, 4, 4),
        ];
        bytes.extend_from_slice(&9u16.to_le_bytes());
        for (tag, kind, value) in entries {
            bytes.extend_from_slice(&tag.to_le_bytes());
            bytes.extend_from_slice(&kind.to_le_bytes());
            bytes.extend_from_slice(&1u32.to_le_bytes());
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        bytes.extend_from_slice(&[0; 4]);
        let picture = decode(&bytes, None, MOST_PIXELS).expect("decodes");
        assert!(picture.image.to_luma8().pixels().all(|pixel| pixel.0[0] == 255), "white paper");
    }

    #[test]
    fn attack_a_ring_of_directories_ends() {
        let mut bytes = b"II*\0\x08\0\0\0\0\0".to_vec();
        bytes.extend_from_slice(&8u32.to_le_bytes());
        assert_eq!(tiff_directories(&bytes), Some(vec![8]));
    }
}

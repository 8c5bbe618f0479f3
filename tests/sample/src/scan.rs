//! Scans: pages painted, worn as an office scanner wears them, and wrapped into a PDF without any text.

use crate::SampleError;
use crate::random::Draw;
use crate::typeset::Typeset;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};

/// How an office's scanner wears its pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scanner {
    /// Dots per inch.
    pub resolution: f32,
    /// Largest skew in degrees.
    pub skew: f64,
    /// Noise amplitude, in gray levels.
    pub noise: f64,
    /// Radius of the blur in pixels: 0 or 1.
    pub blur: bool,
    /// JPEG quality.
    pub quality: u8,
    /// Darkest gray of ink and lightest of paper.
    pub range: (f64, f64),
    /// How far the page lies slanted before a camera, as a share of its width; 0 on a scanner's glass.
    pub slant: f64,
}

/// Names the ways in which a paper becomes an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScanProfile {
    /// An office's scanner at 150 dots per inch, the page nearly straight.
    Scan150,
    /// A page fed askew, by one and a half to three degrees.
    Skew,
    /// A photograph of the page on a dark table: slanted, unevenly lit.
    Photo,
}

impl ScanProfile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Scan150, Self::Skew, Self::Photo];

    /// Returns the name that measurements carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scan150 => "scan150",
            Self::Skew => "skew",
            Self::Photo => "photo",
        }
    }
}

impl Scanner {
    /// Draws an office's scanner.
    #[must_use]
    pub(crate) fn draw(draw: &mut Draw) -> Self {
        Self {
            resolution: *draw.choose(&[160.0, 180.0, 200.0]),
            skew: 0.2 + draw.unit() * 1.2,
            noise: 4.0 + draw.unit() * 9.0,
            blur: draw.once_in(2),
            quality: u8::try_from(draw.between(52, 80)).unwrap_or(70),
            range: (18.0 + draw.unit() * 35.0, 236.0 + draw.unit() * 16.0),
            slant: 0.0,
        }
    }

    /// Draws a scanner or camera of a profile.
    #[must_use]
    pub(crate) fn of(profile: ScanProfile, draw: &mut Draw) -> Self {
        let scanner = Self::draw(draw);
        match profile {
            ScanProfile::Scan150 => Self { resolution: 150.0, skew: 0.4, ..scanner },
            ScanProfile::Skew => Self { resolution: 200.0, skew: 1.5 + 1.5 * draw.unit(), ..scanner },
            ScanProfile::Photo => Self {
                resolution: 200.0,
                skew: 1.0,
                blur: true,
                range: (40.0 + draw.unit() * 25.0, 205.0 + draw.unit() * 25.0),
                slant: 0.02 + 0.03 * draw.unit(),
                ..scanner
            },
        }
    }

    /// Wears a page.
    #[must_use]
    pub(crate) fn wear(&self, page: &GrayImage, draw: &mut Draw) -> GrayImage {
        let angle = ((draw.unit() * 2.0 - 1.0) * self.skew).to_radians();
        let (sine, cosine) = angle.sin_cos();
        let (width, height) = page.dimensions();
        let (cx, cy) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
        let (dx, dy) = ((draw.unit() - 0.5) * 12.0, (draw.unit() - 0.5) * 12.0);
        let (dark, light) = self.range;
        let source = if self.blur { blurred(page) } else { page.clone() };
        let samples = source.as_raw();
        let stride = width as usize;
        // Light falls off toward one edge, as beside the spine of a bound file.
        let shade = draw.unit() * if self.slant > 0.0 { 50.0 } else { 14.0 };
        let mut noise = draw.next();
        GrayImage::from_fn(width, height, |x, y| {
            let (mut u, mut v) = (f64::from(x) - cx, f64::from(y) - cy);
            if self.slant > 0.0 {
                // The far edge of a slanted page looks shorter, and the table shows around it.
                let depth = 1.06 + self.slant * v / cy;
                (u, v) = (u * depth, v * depth);
            }
            let (sx, sy) = (u * cosine + v * sine + cx + dx, v * cosine - u * sine + cy + dy);
            let value = if sx < 0.0 || sy < 0.0 || sx >= f64::from(width - 1) || sy >= f64::from(height - 1) {
                if self.slant > 0.0 { 45.0 } else { 250.0 }
            } else {
                let (ix, iy) = (sx as usize, sy as usize);
                let (fx, fy) = (sx - ix as f64, sy - iy as f64);
                let at = |x: usize, y: usize| f64::from(samples[y * stride + x]);
                let top = at(ix, iy) * (1.0 - fx) + at(ix + 1, iy) * fx;
                let bottom = at(ix, iy + 1) * (1.0 - fx) + at(ix + 1, iy + 1) * fx;
                top * (1.0 - fy) + bottom * fy
            };
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            let grain = ((noise >> 40) as f64 / f64::from(1_u32 << 24) - 0.5) * 2.0 * self.noise;
            let lit = dark + value / 255.0 * (light - dark) - shade * f64::from(x) / f64::from(width) + grain;
            Luma([lit.clamp(0.0, 255.0) as u8])
        })
    }

    /// Encodes a worn page.
    ///
    /// # Errors
    /// Fails when the encoder does.
    pub(crate) fn jpeg(&self, page: &GrayImage) -> Result<Vec<u8>, SampleError> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, self.quality)
            .encode_image(page)
            .map_err(|error| SampleError::Image(error.to_string()))?;
        Ok(bytes)
    }
}

fn blurred(page: &GrayImage) -> GrayImage {
    let (width, height) = page.dimensions();
    let (stride, samples) = (width as usize, page.as_raw());
    let mut out = page.clone();
    let raw: &mut [u8] = &mut out;
    for y in 1..height as usize - 1 {
        for x in 1..stride - 1 {
            let at = |x: usize, y: usize| u32::from(samples[y * stride + x]);
            let sum = at(x, y) * 4
                + (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1)) * 2
                + at(x - 1, y - 1)
                + at(x + 1, y - 1)
                + at(x - 1, y + 1)
                + at(x + 1, y + 1);
            raw[y * stride + x] = u8::try_from(sum / 16).unwrap_or(255);
        }
    }
    out
}

/// One scanned page.
pub(crate) struct ScannedPage {
    /// JPEG of the page.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub size: (u32, u32),
    /// Dots per inch.
    pub resolution: f32,
}

/// Scans every page of a typeset file.
///
/// # Errors
/// Fails when a page cannot be encoded.
pub(crate) fn scan(
    typeset: &Typeset,
    scanner: &Scanner,
    draw: &mut Draw,
) -> Result<Vec<ScannedPage>, SampleError> {
    let mut pages = Vec::new();
    for number in 1..=typeset.pages() {
        let Some(painted) = typeset.image(number, scanner.resolution) else { continue };
        let worn = scanner.wear(&painted, draw);
        pages.push(ScannedPage {
            jpeg: scanner.jpeg(&worn)?,
            size: worn.dimensions(),
            resolution: scanner.resolution,
        });
    }
    Ok(pages)
}

/// Wraps JPEGs into a PDF of images only (ISO 32000-1, 7.3 and 8.9.5).
#[must_use]
pub(crate) fn image_pdf(pages: &[ScannedPage], identity: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |out: &mut Vec<u8>, body: &[&[u8]]| {
        offsets.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", offsets.len()).as_bytes());
        for part in body {
            out.extend_from_slice(part);
        }
        out.extend_from_slice(b"\nendobj\n");
    };
    let kids: Vec<String> = (0..pages.len()).map(|index| format!("{} 0 R", 3 + index * 3)).collect();
    object(&mut out, &[b"<</Type/Catalog/Pages 2 0 R>>"]);
    object(&mut out, &[format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()).as_bytes()]);
    for (index, page) in pages.iter().enumerate() {
        let number = 3 + index * 3;
        let points = |pixels: u32| f64::from(pixels) * 72.0 / f64::from(page.resolution);
        let (width, height) = (points(page.size.0), points(page.size.1));
        object(
            &mut out,
            &[format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2} {height:.2}]/Resources<</XObject<</Im0 {} 0 R>>>>/Contents {} 0 R>>",
                number + 1,
                number + 2
            )
            .as_bytes()],
        );
        let head = format!(
            "<</Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length {}>>\nstream\n",
            page.size.0,
            page.size.1,
            page.jpeg.len()
        );
        object(&mut out, &[head.as_bytes(), &page.jpeg, b"\nendstream"]);
        let content = format!("q {width:.2} 0 0 {height:.2} 0 0 cm /Im0 Do Q");
        object(
            &mut out,
            &[format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).as_bytes()],
        );
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
    for offset in &offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let id = {
        use sha2::Digest;
        hex::encode(&sha2::Sha256::digest(identity.as_bytes())[..16])
    };
    out.extend_from_slice(
        format!(
            "trailer\n<</Size {}/Root 1 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n",
            offsets.len() + 1
        )
        .as_bytes(),
    );
    out
}

//! The visible stamp: who signed, when, why, and the same as a QR code. Our own design and words.

use crate::error::{SigningError, ecuador};
use crate::outline::{Pen, number};
use crate::sign::inherited;
use cotejo_catalogue::message;
use lopdf::Document;
use qrcode::{Color, EcLevel, QrCode};

/// Says where to show the signature.
#[derive(Clone, Debug)]
pub struct VisibleStamp {
    /// The page, from 1.
    pub page: u32,
    /// Left, top, right and bottom in points, on the page as it is shown, from its top left corner.
    pub bounds: [f64; 4],
    /// A TrueType or OpenType font; the text is drawn as outlines, so it is not embedded.
    pub font: Vec<u8>,
    /// What the QR code says; signer, moment and reason when `None`.
    pub qr_text: Option<String>,
}

/// What the stamp says.
pub(crate) struct StampText<'a> {
    pub(crate) name: &'a str,
    pub(crate) moment: jiff::Timestamp,
    pub(crate) reason: Option<&'a str>,
}

/// Space between the frame and what stands inside, in points.
const MARGIN: f64 = 4.0;

impl VisibleStamp {
    /// Returns the widget's `/Rect` and its appearance.
    pub(crate) fn draw(
        &self,
        document: &Document,
        page: (u32, u16),
        text: &StampText<'_>,
    ) -> Result<(String, Vec<u8>), SigningError> {
        let [left, top, right, bottom] = self.bounds;
        let (width, height) = (right - left, bottom - top);
        if !(width.is_finite() && height.is_finite()) || width < 40.0 || height < 16.0 {
            return Err(SigningError::Stamp { detail: "smaller than 40 x 16 points".into() });
        }
        let placement = Placement::of(document, page);
        let content = self.content(width, height, text)?;
        let form = format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 {} {}]/Matrix[{}]/Resources<<>>/Length {}>>\nstream\n{content}\nendstream",
            number(width),
            number(height),
            placement.matrix(),
            content.len(),
        );
        Ok((placement.rectangle(self.bounds), form.into_bytes()))
    }

    fn content(&self, width: f64, height: f64, text: &StampText<'_>) -> Result<String, SigningError> {
        let pen = Pen::new(&self.font)?;
        let moment = ecuador(text.moment).strftime("%d/%m/%Y %H:%M:%S (UTC−5)").to_string();
        let heading = message("signing.stamp.heading", &[]);
        let date = message("signing.stamp.date", &[("fecha", &moment)]);
        let reason = text.reason.map(|reason| message("signing.stamp.reason", &[("razon", reason)]));

        // Only grey: PDF/A allows it beside any output intent.
        let mut content = format!(
            "q 0.5 w 0.6 G 0.25 0.25 {} {} re S Q\nq 0.1 g\n",
            number(width - 0.5),
            number(height - 0.5)
        );
        let code = self.qr_text.clone().unwrap_or_else(|| {
            [Some(format!("{heading} {}", text.name)), Some(date.clone()), reason.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n")
        });
        let side = (height - 2.0 * MARGIN).min(width * 0.4);
        let mut text_left = MARGIN;
        if side >= 24.0 {
            draw_code(&code, MARGIN, (height - side) / 2.0, side, &mut content)?;
            text_left += side + MARGIN;
        }
        let room = width - text_left - MARGIN;
        let lines = fitting_lines(&pen, room, height - 2.0 * MARGIN, |size| {
            let small = size * 0.72;
            let mut lines = vec![(small, heading.clone())];
            lines.extend(pen.wrap(text.name, size, room).into_iter().map(|line| (size, line)));
            for line in [Some(&date), reason.as_ref()].into_iter().flatten() {
                lines.extend(pen.wrap(line, small, room).into_iter().map(|line| (small, line)));
            }
            lines
        });
        let total: f64 = lines.iter().map(|(size, _)| size * LEADING).sum();
        let mut y = (height + total) / 2.0;
        let mut paths = String::new();
        for (size, line) in &lines {
            y -= size * LEADING;
            pen.draw(line, *size, text_left, y + size * (LEADING - 1.0), &mut paths);
        }
        content.push_str(&paths);
        if !paths.is_empty() {
            content.push_str("f\n");
        }
        content.push('Q');
        Ok(content)
    }
}

/// Distance between baselines, in sizes of the font.
const LEADING: f64 = 1.2;

/// Returns the lines at the largest size, from 10 points down to 4, at which they fit.
fn fitting_lines(
    pen: &Pen<'_>,
    width: f64,
    height: f64,
    lines_at: impl Fn(f64) -> Vec<(f64, String)>,
) -> Vec<(f64, String)> {
    let mut size = 10.0;
    loop {
        let lines = lines_at(size);
        let total: f64 = lines.iter().map(|(size, _)| size * LEADING).sum();
        let widest = lines.iter().map(|(size, line)| pen.width(line, *size)).fold(0.0, f64::max);
        if size <= 4.0 || total <= height && widest <= width {
            return lines;
        }
        size -= 0.5;
    }
}

fn draw_code(
    text: &str,
    left: f64,
    bottom: f64,
    side: f64,
    content: &mut String,
) -> Result<(), SigningError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| SigningError::Stamp { detail: error.to_string() })?;
    let modules = code.width();
    let unit = side / modules as f64;
    let colors = code.to_colors();
    for (row, line) in colors.chunks(modules).enumerate() {
        let mut column = 0;
        while column < modules {
            let run = line[column..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                content.push_str(&format!(
                    "{:.3} {:.3} {:.3} {:.3} re\n",
                    left + column as f64 * unit,
                    bottom + side - (row + 1) as f64 * unit,
                    run as f64 * unit,
                    unit
                ));
            }
            column += run.max(1);
        }
    }
    content.push_str("f\n");
    Ok(())
}

/// Knows how a page is shown: its visible box and its rotation.
struct Placement {
    box_: [f64; 4],
    rotation: i64,
}

impl Placement {
    fn of(document: &Document, page: (u32, u16)) -> Self {
        let corners = |key: &[u8]| {
            let values = inherited(document, page, key)?.as_array().ok()?;
            let numbers: Vec<f64> = values
                .iter()
                .filter_map(|value| document.dereference(value).ok()?.1.as_float().ok())
                .map(f64::from)
                .collect();
            let [x1, y1, x2, y2] = numbers.try_into().ok()?;
            Some([x1.min(x2), y1.min(y2), x1.max(x2), y1.max(y2)])
        };
        let media = corners(b"MediaBox").unwrap_or([0.0, 0.0, 612.0, 792.0]);
        let crop = corners(b"CropBox").unwrap_or(media);
        let box_ =
            [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
        let rotation =
            inherited(document, page, b"Rotate").and_then(|value| value.as_i64().ok()).unwrap_or(0);
        Self { box_, rotation: rotation.rem_euclid(360) / 90 * 90 }
    }

    /// Returns `/Rect` for bounds on the page as it is shown.
    fn rectangle(&self, [left, top, right, bottom]: [f64; 4]) -> String {
        let [x0, y0, x1, y1] = self.box_;
        let place = |x: f64, y: f64| match self.rotation {
            90 => (x0 + y, y0 + x),
            180 => (x1 - x, y0 + y),
            270 => (x1 - y, y1 - x),
            _ => (x0 + x, y1 - y),
        };
        let (a, b) = (place(left, top), place(right, bottom));
        format!(
            "[{} {} {} {}]",
            number(a.0.min(b.0)),
            number(a.1.min(b.1)),
            number(a.0.max(b.0)),
            number(a.1.max(b.1))
        )
    }

    /// Returns the matrix that keeps the stamp upright.
    fn matrix(&self) -> &'static str {
        match self.rotation {
            90 => "0 1 -1 0 0 0",
            180 => "-1 0 0 -1 0 0",
            270 => "0 -1 1 0 0 0",
            _ => "1 0 0 1 0 0",
        }
    }
}

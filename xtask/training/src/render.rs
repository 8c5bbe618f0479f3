//! Lays a template out as pages of words with boxes, in one of many styles.

use crate::random::Random;
use crate::slots;
use crate::templates::{Kind, Line, Template};
use cotejo_domain::{Confidence, PageReading, PageStatus, Quad, Word, document_types};

struct Style {
    upper_headings: bool,
    heading_scale: f64,
    size: f64,
    centred: bool,
    fields_by_gap: bool,
    empty_form: bool,
    drop: f64,
    letterhead: Option<String>,
    process_lines: Option<(String, String)>,
    footer: Option<String>,
    landscape: bool,
}

impl Style {
    fn draw(random: &mut Random) -> Self {
        // Drawn apart, so that this habit leaves all other draws as they are.
        let mut apart = Random::new(random.clone().next() ^ 0x5eed);
        Self {
            upper_headings: random.chance(0.5),
            heading_scale: 1.0 + random.unit() * 0.7,
            size: 8.0 + random.unit() * 4.0,
            centred: random.chance(0.6),
            fields_by_gap: random.chance(0.4),
            empty_form: random.chance(0.06),
            drop: if random.chance(0.4) { 0.2 } else { 0.0 },
            letterhead: random.chance(0.35).then(|| match random.between(0, 3) {
                0 => slots::fill("empresa", random),
                1 => slots::fill("entidad", random),
                2 => format!("Proceso {}", slots::fill("codigo", random)),
                _ => "EJEMPLO".into(),
            }),
            process_lines: apart.chance(0.3).then(|| {
                let label = apart.pick(&[
                    "PROCEDIMIENTO No.",
                    "Proceso:",
                    "CÓDIGO DEL PROCESO:",
                    "PROCEDIMIENTO DE CONTRATACIÓN:",
                ]);
                let object = slots::fill("objeto", &mut apart);
                (
                    format!("{label} {}", slots::fill("codigo", &mut apart)),
                    format!("OBJETO: {}", object.to_uppercase()),
                )
            }),
            footer: random.chance(0.45).then(|| match random.between(0, 3) {
                0 => format!("Página {} de {}", random.between(1, 9), random.between(9, 60)),
                1 => format!("foja {:04}", random.between(1, 400)),
                2 => "EJEMPLO - documento ficticio".into(),
                _ => random.between(1, 300).to_string(),
            }),
            landscape: random.chance(0.06),
        }
    }
}

/// Renders a template; a template gives one page or more.
pub(crate) fn pages(template: &Template, random: &mut Random) -> Vec<PageReading> {
    let style = Style::draw(random);
    let empty = style.empty_form;
    laid_out(template, &style, random, &mut |line, random| {
        line.text(random, &mut |name, random| {
            if empty { slots::blank(name, random) } else { slots::fill(name, random) }
        })
    })
}

/// Renders a template whose lines `text` fills; each page opens with `head`, and no line is left out but those that may be.
pub(crate) fn pages_filled(
    template: &Template,
    head: Option<String>,
    random: &mut Random,
    text: &mut dyn FnMut(&Line, &mut Random) -> String,
) -> Vec<PageReading> {
    let style = Style::draw(random);
    let style = Style { letterhead: head, process_lines: None, drop: style.drop / 4.0, ..style };
    laid_out(template, &style, random, text)
}

fn laid_out(
    template: &Template,
    style: &Style,
    random: &mut Random,
    text: &mut dyn FnMut(&Line, &mut Random) -> String,
) -> Vec<PageReading> {
    let mut sheet = Sheet::new(style);
    let mut heading_dropped = false;
    for line in &template.lines {
        if line.kind == Kind::NewPage {
            if random.chance(0.5) {
                break;
            }
            sheet.new_page();
            continue;
        }
        let is_heading = matches!(line.kind, Kind::Heading | Kind::Subheading);
        if (line.optional && random.chance(0.4)) || (!is_heading && random.chance(style.drop)) {
            continue;
        }
        // Now and then the heading is lost: cut off, stamped over, or on the page before.
        if is_heading && !heading_dropped && random.chance(0.06) && template.lines.len() > 4 {
            heading_dropped = true;
            continue;
        }
        for _ in 0..random.between(line.repeat.0, line.repeat.1) {
            let text = text(line, random);
            sheet.put(line.kind, text.trim(), random);
        }
        if template.kind == "OTRO" && line.kind == Kind::Paragraph && random.chance(0.25) {
            sheet.put(Kind::Paragraph, &mention(random), random);
        }
    }
    sheet.finish()
}

/// Writes a sentence that only mentions a document: a law, a list or a letter does, and is not that document.
fn mention(random: &mut Random) -> String {
    let entry = &document_types()[random.index(document_types().len())];
    let name = entry.aliases.first().unwrap_or(&entry.name);
    match random.between(0, 4) {
        0 => format!("Se deberá adjuntar {name}, cuando corresponda."),
        1 => format!("Conforme consta en {name}, se procede según la norma."),
        2 => format!("La entidad revisará: {name}."),
        3 => format!("No se exigirá {} en esta etapa del procedimiento.", entry.name),
        _ => format!("{name};"),
    }
}

struct Sheet<'a> {
    style: &'a Style,
    pages: Vec<PageReading>,
    words: Vec<Word>,
    line: u32,
    y: f64,
    width: f64,
    height: f64,
}

const MARGIN: f64 = 56.0;

impl<'a> Sheet<'a> {
    fn new(style: &'a Style) -> Self {
        let (width, height) = if style.landscape { (842.0, 595.0) } else { (595.0, 842.0) };
        let mut sheet =
            Self { style, pages: Vec::new(), words: Vec::new(), line: 0, y: MARGIN, width, height };
        sheet.open();
        sheet
    }

    fn open(&mut self) {
        if let Some(letterhead) = &self.style.letterhead {
            self.text(&[letterhead.as_str()], self.style.size * 0.9, false);
        }
        if let Some((process, object)) = &self.style.process_lines {
            self.text(&[process.as_str()], self.style.size, false);
            self.text(&[object.as_str()], self.style.size, false);
        }
    }

    fn put(&mut self, kind: Kind, text: &str, random: &mut Random) {
        let size = self.style.size;
        match kind {
            Kind::Heading | Kind::Subheading => {
                let text = if self.style.upper_headings { text.to_uppercase() } else { text.to_owned() };
                let scale = if kind == Kind::Heading {
                    self.style.heading_scale
                } else {
                    1.0 + (self.style.heading_scale - 1.0) / 2.0
                };
                self.text(&[&text], size * scale, self.style.centred);
                self.y += size * 0.4;
            }
            Kind::Field => match text.split_once(": ") {
                Some((label, value)) if self.style.fields_by_gap => self.text(&[label, value], size, false),
                _ => self.text(&[text], size, false),
            },
            Kind::Row => {
                let cells: Vec<&str> = text.split(" | ").map(str::trim).collect();
                if cells.len() > 3 && random.chance(0.02) {
                    return;
                }
                self.text(&cells, size * 0.85, false);
            }
            Kind::Paragraph | Kind::NewPage => self.text(&[text], size, false),
        }
    }

    /// Sets cells side by side, each in its column, wrapping within it.
    fn text(&mut self, cells: &[&str], size: f64, centred: bool) {
        #[expect(clippy::cast_precision_loss, reason = "a dozen columns")]
        let column = (self.width - 2.0 * MARGIN) / cells.len().max(1) as f64;
        let mut wrapped: Vec<Vec<Vec<&str>>> = Vec::new();
        for cell in cells {
            wrapped.push(wrap(cell, column - 6.0, size));
        }
        let rows = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..rows {
            if self.y + size > self.height - MARGIN {
                self.new_page();
            }
            let mut left = MARGIN;
            for cell in &wrapped {
                if let Some(words) = cell.get(row) {
                    let length: f64 = words.iter().map(|word| advance(word, size)).sum();
                    let mut x = if centred { left + ((column - length) / 2.0).max(0.0) } else { left };
                    for word in words {
                        let end = x + advance(word, size) - 0.25 * size;
                        self.words.push(self.word(word, [x, self.y, end, self.y + size], size));
                        x += advance(word, size);
                    }
                }
                left += column;
            }
            self.line += 1;
            self.y += size * 1.3;
        }
    }

    fn word(&self, text: &str, [left, top, right, bottom]: [f64; 4], size: f64) -> Word {
        #[expect(clippy::cast_possible_truncation, reason = "a type size")]
        let size = size as f32;
        Word {
            text: text.to_owned(),
            quad: Quad::upright(left, top, right, bottom),
            line: self.line,
            size,
            confidence: Confidence::CERTAIN,
        }
    }

    fn new_page(&mut self) {
        self.close();
        self.open();
    }

    fn close(&mut self) {
        if let Some(footer) = &self.style.footer {
            self.y = self.height - MARGIN + 10.0;
            let line: Vec<&str> = footer.split(' ').collect();
            let mut x = MARGIN;
            for word in line {
                let end = x + advance(word, 8.0);
                self.words.push(self.word(word, [x, self.y, end, self.y + 8.0], 8.0));
                x = end;
            }
        }
        let number = u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX);
        self.pages.push(PageReading {
            number,
            status: PageStatus::Text,
            width: self.width,
            height: self.height,
            rotation: 0,
            words: std::mem::take(&mut self.words),
            reading_view: false,
        });
        self.line = 0;
        self.y = MARGIN;
    }

    fn finish(mut self) -> Vec<PageReading> {
        if !self.words.is_empty() {
            self.close();
        }
        self.pages
    }
}

fn advance(word: &str, size: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
    let letters = word.chars().count() as f64;
    (letters * 0.5 + 0.25) * size
}

fn wrap(text: &str, width: f64, size: f64) -> Vec<Vec<&str>> {
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut used = f64::INFINITY;
    for word in text.split_whitespace() {
        let length = advance(word, size);
        if used + length > width {
            lines.push(Vec::new());
            used = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(word);
        }
        used += length;
    }
    lines
}

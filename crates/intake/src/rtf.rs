//! RTF (Rich Text Format 1.9.1) as a *vista de lectura*.
//!
//! A stream of groups, control words and text. Groups that are not text (fonts, colours, pictures, instructions of fields, private
//! destinations) are passed over; deleted and hidden text is not shown, and a finding says how much there is of it.

use crate::compose::Composer;
use crate::finding::finding;
use crate::reading_view::ReadingView;
use cotejo_domain::{Read, Severity};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;

/// Groups inside of groups that are followed; text of deeper ones is read as that of the last.
const DEEPEST: usize = 1_000;
/// Fonts whose encoding is remembered.
const MOST_FONTS: usize = 4_096;

/// Reads the document `bytes`.
#[must_use]
pub fn read(bytes: &[u8]) -> Read<ReadingView> {
    let mut document = Document::new();
    document.walk(bytes);
    let mut findings = Vec::new();
    let mut say = |code: &str, severity, count: usize| {
        if count > 0 {
            findings.push(finding(code, severity, &[("cantidad", &count.to_string())]));
        }
    };
    say("intake.images_in_text", Severity::Warning, document.pictures);
    say("intake.struck_text", Severity::Info, document.struck);
    say("intake.hidden_text", Severity::Warning, document.hidden);
    if document.depth > 0 || document.truncated {
        findings.push(finding("intake.text_ends_early", Severity::Error, &[]));
    }
    document.flush();
    document.leave_table();
    let value = document.composer.finish(&mut findings);
    Read { value, findings }
}

#[derive(Clone)]
struct State {
    /// Passed over: not text.
    skip: bool,
    deleted: bool,
    hidden: bool,
    in_fonts: bool,
    /// Signs that follow a `\u` for readers that do not know it.
    after_unicode: usize,
    encoding: &'static Encoding,
    font: i32,
}

struct Document {
    composer: Composer,
    state: State,
    stack: Vec<State>,
    /// Groups deeper than are followed.
    beyond: usize,
    depth: usize,
    fonts: HashMap<i32, &'static Encoding>,
    default_encoding: &'static Encoding,
    pending: Vec<u8>,
    high_surrogate: Option<u16>,
    to_skip: usize,
    in_table: bool,
    /// The present paragraph stands in a cell.
    in_cell: bool,
    /// A `\*` stood before: an unknown destination is passed over.
    optional: bool,
    pictures: usize,
    struck: usize,
    hidden: usize,
    truncated: bool,
}

impl Document {
    fn new() -> Self {
        Self {
            composer: Composer::default(),
            state: State {
                skip: false,
                deleted: false,
                hidden: false,
                in_fonts: false,
                after_unicode: 1,
                encoding: WINDOWS_1252,
                font: 0,
            },
            stack: Vec::new(),
            beyond: 0,
            depth: 0,
            fonts: HashMap::new(),
            default_encoding: WINDOWS_1252,
            pending: Vec::new(),
            high_surrogate: None,
            to_skip: 0,
            in_table: false,
            in_cell: false,
            optional: false,
            pictures: 0,
            struck: 0,
            hidden: 0,
            truncated: false,
        }
    }

    fn walk(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => {
                    self.close();
                    // What stands behind the last group is padding, or another document.
                    if self.depth == 0 {
                        return;
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
    }

    fn open(&mut self) {
        self.flush();
        self.depth += 1;
        self.to_skip = 0;
        if self.stack.len() < DEEPEST {
            self.stack.push(self.state.clone());
        } else {
            self.beyond += 1;
        }
        self.optional = false;
    }

    fn close(&mut self) {
        self.flush();
        self.depth = self.depth.saturating_sub(1);
        self.to_skip = 0;
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(state) = self.stack.pop() {
            self.state = state;
        }
    }

    // Reads what follows a backslash; returns where to go on.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(first) = bytes.get(at).copied() else {
            self.truncated = true;
            return at;
        };
        if !first.is_ascii_alphabetic() {
            return self.symbol(bytes, at, first);
        }
        let letters =
            bytes.get(at..).unwrap_or_default().iter().take(32).take_while(|b| b.is_ascii_alphabetic());
        let mut end = at + letters.count();
        let word = std::str::from_utf8(bytes.get(at..end).unwrap_or_default()).unwrap_or_default();
        let negative = bytes.get(end) == Some(&b'-');
        let digits_at = end + usize::from(negative);
        let digits =
            bytes.get(digits_at..).unwrap_or_default().iter().take(10).take_while(|b| b.is_ascii_digit());
        let digits_end = digits_at + digits.count();
        let parameter = std::str::from_utf8(bytes.get(digits_at..digits_end).unwrap_or_default())
            .ok()
            .and_then(|digits| digits.parse::<i64>().ok())
            .map(|number| if negative { -number } else { number });
        if parameter.is_some() {
            end = digits_end;
        }
        if bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        if word == "bin" {
            let length = usize::try_from(parameter.unwrap_or(0)).unwrap_or(0);
            return end.saturating_add(length).min(bytes.len());
        }
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return end;
        }
        self.word(word, parameter);
        end
    }

    fn symbol(&mut self, bytes: &[u8], at: usize, first: u8) -> usize {
        if first == b'\'' {
            let digits = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
            if let Some(value) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                self.byte(value);
                return at + 3;
            }
            return at + 1;
        }
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return at + 1;
        }
        match first {
            b'*' => self.optional = true,
            b'~' => self.text(" "),
            b'_' => self.text("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.byte(first),
            _ => {}
        }
        at + 1
    }

    fn word(&mut self, word: &str, parameter: Option<i64>) {
        let optional = std::mem::take(&mut self.optional);
        let on = parameter != Some(0);
        match word {
            // Destinations that hold no text of the document.
            "colortbl" | "stylesheet" | "info" | "fldinst" | "datafield" | "generator" | "xmlnstbl"
            | "rsidtbl" | "listtable" | "listoverridetable" | "revtbl" | "themedata"
            | "colorschememapping" | "latentstyles" | "datastore" | "bkmkstart" | "bkmkend" | "objdata"
            | "objclass" | "pgptbl" | "filetbl" | "mmathPr" | "nonshppict" | "sp" | "atrfstart"
            | "atrfend" | "atnid" | "atnauthor" | "atntime" | "xe" | "tc" => {
                self.state.skip = true;
            }
            "fonttbl" => {
                self.state.skip = true;
                self.state.in_fonts = true;
            }
            "pict" => {
                if !self.state.skip {
                    self.pictures += 1;
                }
                self.state.skip = true;
            }
            // Pictures and text boxes stand inside of these.
            "shppict" | "shptxt" | "shpinst" | "shp" => {}
            _ if optional && !known_destination(word) => self.state.skip = true,
            "ansicpg" => self.code_page(parameter.unwrap_or(1252)),
            "pc" | "pca" => self.code_page(850),
            "mac" => self.set_default(encoding_rs::MACINTOSH),
            "f" if self.state.in_fonts => self.state.font = number(parameter),
            "fcharset" if self.state.in_fonts => self.font_encoding(parameter.unwrap_or(0)),
            "f" => {
                self.flush();
                let font = number(parameter);
                self.state.encoding = self.fonts.get(&font).copied().unwrap_or(self.default_encoding);
            }
            "plain" => {
                self.flush();
                (self.state.hidden, self.state.deleted) = (false, false);
                self.state.encoding = self.default_encoding;
            }
            "uc" => self.state.after_unicode = usize::try_from(parameter.unwrap_or(1)).unwrap_or(1).min(64),
            "u" => self.unicode(parameter.unwrap_or(0)),
            "v" => {
                self.flush();
                self.state.hidden = on;
            }
            "deleted" => {
                self.flush();
                self.state.deleted = on;
            }
            _ => self.layout(word),
        }
    }

    fn layout(&mut self, word: &str) {
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "tab" => self.text(" "),
            "page" | "pagebb" => {
                self.flush();
                if !self.is_silent() {
                    self.leave_table();
                    self.composer.page_break();
                }
            }
            "intbl" => self.in_cell = true,
            "cell" | "nestcell" => {
                self.flush();
                if !self.is_silent() {
                    self.in_table = true;
                    self.composer.end_first_cell();
                }
            }
            "row" | "nestrow" => {
                self.flush();
                self.composer.end_row();
            }
            "pard" => {
                self.flush();
                self.in_cell = false;
            }
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "emspace" | "enspace" | "qmspace" => self.text(" "),
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf"
            | "footnote" => {
                self.flush();
                self.composer.paragraph();
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.is_silent() {
            return;
        }
        self.leave_table();
        if self.in_cell {
            self.composer.enter_table();
            self.in_table = true;
        }
        self.composer.paragraph();
    }

    // A paragraph that is in no cell ends the table before it.
    fn leave_table(&mut self) {
        if self.in_table && !self.in_cell {
            self.composer.leave_table();
            self.in_table = false;
        }
    }

    fn is_silent(&self) -> bool {
        self.state.skip || self.state.hidden || self.state.deleted
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        if self.state.skip {
            return;
        }
        self.high_surrogate = None;
        self.pending.push(byte);
    }

    fn text(&mut self, text: &str) {
        self.flush();
        self.say(text);
    }

    fn say(&mut self, text: &str) {
        if self.state.skip {
            return;
        }
        let letters = text.chars().filter(|letter| !letter.is_whitespace()).count();
        if self.state.deleted {
            self.struck += letters;
            return;
        }
        if self.state.hidden {
            self.hidden += letters;
            return;
        }
        self.composer.push(text);
    }

    /// Decodes the bytes gathered so far: letters of two bytes may come in two pieces.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let text = self.state.encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.say(&text);
    }

    fn unicode(&mut self, value: i64) {
        self.flush();
        self.to_skip = self.state.after_unicode;
        let unit = u16::try_from(value.rem_euclid(65_536)).unwrap_or(0xfffd);
        let pair = match (self.high_surrogate.take(), unit) {
            (_, 0xd800..=0xdbff) => {
                self.high_surrogate = Some(unit);
                return;
            }
            (Some(high), 0xdc00..=0xdfff) => char::decode_utf16([high, unit]).next(),
            // Symbol fonts are mapped to F000: a bullet or a box.
            (_, 0xf000..=0xf0ff) => Some(Ok('•')),
            (_, unit) => char::decode_utf16([unit]).next(),
        };
        let letter = pair.and_then(Result::ok).unwrap_or('\u{fffd}');
        let mut buffer = [0; 4];
        self.say(letter.encode_utf8(&mut buffer));
    }

    fn code_page(&mut self, page: i64) {
        self.set_default(encoding_of_page(page).unwrap_or(WINDOWS_1252));
    }

    fn set_default(&mut self, encoding: &'static Encoding) {
        self.flush();
        self.default_encoding = encoding;
        self.state.encoding = encoding;
    }

    fn font_encoding(&mut self, charset: i64) {
        let encoding = match charset {
            128 => Some(encoding_rs::SHIFT_JIS),
            129 => Some(encoding_rs::EUC_KR),
            134 => Some(encoding_rs::GBK),
            136 => Some(encoding_rs::BIG5),
            161 => Some(encoding_rs::WINDOWS_1253),
            162 => Some(encoding_rs::WINDOWS_1254),
            204 => Some(encoding_rs::WINDOWS_1251),
            238 => Some(encoding_rs::WINDOWS_1250),
            _ => None,
        };
        if let Some(encoding) = encoding.filter(|_| self.fonts.len() < MOST_FONTS) {
            self.fonts.insert(self.state.font, encoding);
        }
    }
}

// Optional destinations whose text belongs to the document.
fn known_destination(word: &str) -> bool {
    matches!(word, "shptxt" | "shppict" | "shpinst" | "footnote" | "annotation")
}

fn number(parameter: Option<i64>) -> i32 {
    i32::try_from(parameter.unwrap_or(0)).unwrap_or(0)
}

/// Returns the encoding of a Windows code page.
pub(crate) fn encoding_of_page(page: i64) -> Option<&'static Encoding> {
    Some(match page {
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 28591 => WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title No}}\pard Oferta econ\'f3mica\par
{\*\privado no}{\field{\*\fldinst HYPERLINK x}{\fldrslt Se\u241?ores}} {\deleted viejo}{\v oculto}\par
\trowd\cellx1\cellx2\intbl Rubro\cell Total\cell\row\trowd\cellx1\cellx2\intbl Cemento\cell 12,50\cell\row
\pard Despu\'e9s\page Segunda{\pict\pngblip 89504e47}\par}";

    #[test]
    fn paragraphs_tables_fields_and_pages_in_order() {
        let read = read(SAMPLE.as_bytes());
        let texts: Vec<String> = read.value.pages.iter().map(cotejo_domain::PageReading::text).collect();
        assert_eq!(
            texts,
            ["Oferta económica\nSeñores\nRubro Total\nCemento 12,50\nDespués", "Segunda"],
            "{texts:?}"
        );
        assert_eq!(read.value.tables[0].columns, ["Rubro", "Total"]);
        let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["intake.images_in_text", "intake.struck_text", "intake.hidden_text"]);
    }

    #[test]
    fn fonts_of_other_scripts_keep_their_encoding() {
        let rtf = r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1\'e4\'e0\f0\'e9 \u-10179?\u-8704?\par}";
        assert_eq!(read(rtf.as_bytes()).value.pages[0].text(), "даé 😀");
    }

    #[test]
    fn attack_groups_by_the_hundred_thousand_end() {
        let deep = format!("{{\\rtf1 {}fondo", "{".repeat(200_000));
        let read = read(deep.as_bytes());
        assert_eq!(read.value.pages[0].text(), "fondo");
        assert_eq!(read.findings[0].code, "intake.text_ends_early");
    }

    #[test]
    fn truncated_and_mutated_documents_never_panic() {
        for end in 0..SAMPLE.len() {
            let _ = read(SAMPLE.as_bytes().get(..end).expect("a prefix"));
        }
        let mut state = 3u64;
        for _ in 0..2_000 {
            let mut bytes = SAMPLE.as_bytes().to_vec();
            for _ in 0..4 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(state >> 33).expect("fits") % bytes.len();
                bytes[at] = state.to_le_bytes()[7];
            }
            let _ = read(&bytes);
        }
    }
}

//! Names of container entries: decoded, made safe, kept apart.

use std::collections::HashSet;

// IBM code pages 437 and 850, upper halves, as the Unicode Consortium maps them. APPNOTE 4.4.4 makes 437 the default of a ZIP;
// Windows in Latin America writes 850.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// Upper half of code page 850, which Windows in Latin America writes.
pub(crate) const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Tells why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It leads out of the folder it is unpacked to.
    ZipSlip,
    /// It starts at the root or names a drive.
    Absolute,
    /// Windows would open a device instead of a file.
    Device,
    /// Nothing is left of it.
    Empty,
}

impl Refusal {
    /// Returns the code of the finding.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::ZipSlip => "intake.zip_slip",
            Self::Absolute => "intake.absolute_path",
            Self::Device => "intake.device_name",
            Self::Empty => "intake.empty_name",
        }
    }
}

/// Decodes the raw bytes of a name. Without the UTF-8 flag the encoding is a guess: valid UTF-8 is taken as such, else the
/// code page under which the name reads most like Spanish.
pub(crate) fn decode(raw: &[u8], utf8_flag: bool) -> String {
    if utf8_flag {
        return String::from_utf8_lossy(raw).into_owned();
    }
    if let Ok(text) = std::str::from_utf8(raw) {
        return text.into();
    }
    let latin = encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw).0.into_owned();
    let candidates = [code_page(raw, CP437), code_page(raw, CP850), latin];
    let strange = |text: &str| text.chars().filter(|c| !c.is_ascii() && !is_spanish(*c)).count();
    candidates.into_iter().min_by_key(|text| strange(text)).unwrap_or_default()
}

/// Encodes text under code page 850; `None` when it holds a letter that the page lacks.
pub(crate) fn encode_850(text: &str) -> Option<Vec<u8>> {
    let byte = |letter: char| match u8::try_from(letter).ok().filter(u8::is_ascii) {
        Some(ascii) => Some(ascii),
        None => u8::try_from(CP850.chars().position(|known| known == letter)? + 0x80).ok(),
    };
    text.chars().map(byte).collect()
}

/// Decodes bytes under a code page, of which `upper` is the upper half.
pub(crate) fn code_page(raw: &[u8], upper: &str) -> String {
    let upper: Vec<char> = upper.chars().collect();
    raw.iter()
        .map(|byte| match byte.checked_sub(0x80) {
            None => char::from(*byte),
            Some(index) => upper.get(usize::from(index)).copied().unwrap_or('\u{fffd}'),
        })
        .collect()
}

fn is_spanish(character: char) -> bool {
    "áéíóúüñÁÉÍÓÚÜÑºª°¿¡«»".contains(character)
}

/// Returns the path with `/` between safe components, or why it is refused.
pub(crate) fn safe_path(name: &str) -> Result<String, Refusal> {
    let name = name.replace('\\', "/");
    let mut characters = name.chars();
    let drive = characters.next().is_some_and(|c| c.is_ascii_alphabetic()) && characters.next() == Some(':');
    if name.starts_with('/') || drive {
        return Err(Refusal::Absolute);
    }
    let mut path = String::with_capacity(name.len());
    for component in name.split('/') {
        // Windows drops trailing dots and spaces, so that `.. ` and `nul. ` are what they look like.
        let trimmed = component.trim_end_matches([' ', '.']);
        if component.trim() == ".." || (trimmed.is_empty() && component.contains("..")) {
            return Err(Refusal::ZipSlip);
        }
        if trimmed.is_empty() {
            continue;
        }
        if is_device(trimmed) {
            return Err(Refusal::Device);
        }
        if !path.is_empty() {
            path.push('/');
        }
        path.extend(trimmed.chars().map(|c| if is_deceptive(c) { '_' } else { c }));
    }
    if path.is_empty() { Err(Refusal::Empty) } else { Ok(path) }
}

fn is_device(component: &str) -> bool {
    let stem = component.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(rest, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

// Control signs, stream separators of NTFS, and the signs that turn the direction of writing (`exe.fdp` shown as `pdf.exe`).
fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(character, ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Tells whether the entry is a system's own litter: folder thumbnails, resource forks.
pub(crate) fn is_system_litter(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|component| component == "__MACOSX")
        || matches!(last.to_ascii_lowercase().as_str(), ".ds_store" | "thumbs.db" | "desktop.ini")
}

/// Cuts a path to at most `most` letters, from the left, and keeps the file's extension.
pub(crate) fn shortened(path: &str, most: usize) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.chars().count() <= 16 => {
            (stem, format!(".{extension}"))
        }
        _ => (file, String::new()),
    };
    let room = most.saturating_sub(extension.chars().count()).max(1);
    let kept: String = stem.chars().take(room).collect();
    format!("{kept}{extension}")
}

/// Keeps names apart: two entries of one name stay two files.
#[derive(Default)]
pub(crate) struct DistinctNames(HashSet<String>);

impl DistinctNames {
    /// Returns `path`, or a variant of it (`a (2).pdf`) that was not given out yet, and whether it had to change.
    pub(crate) fn claim(&mut self, path: &str) -> (String, bool) {
        if self.0.insert(path.to_lowercase()) {
            return (path.into(), false);
        }
        let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
        let (stem, extension) = match file.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (file, String::new()),
        };
        let separator = if folder.is_empty() { "" } else { "/" };
        // Ends: each round tries another name and the set is finite.
        let mut number = 2u32;
        loop {
            let candidate = format!("{folder}{separator}{stem} ({number}){extension}");
            if self.0.insert(candidate.to_lowercase()) {
                return (candidate, true);
            }
            number = number.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_age_are_decoded() {
        assert_eq!(CP437.chars().count(), 128, "a whole upper half");
        assert_eq!(CP850.chars().count(), 128, "a whole upper half");
        assert_eq!(decode("Ñandú.pdf".as_bytes(), true), "Ñandú.pdf");
        assert_eq!(decode("Ñandú.pdf".as_bytes(), false), "Ñandú.pdf", "UTF-8 without its flag");
        assert_eq!(decode(b"A\xa4o 2025 n\xa3mero.pdf", false), "Año 2025 número.pdf", "437 and 850 agree");
        assert_eq!(decode(b"\xb5REA T\x90CNICA.pdf", false), "ÁREA TÉCNICA.pdf", "only 850 has Á");
        assert_eq!(decode(b"Designaci\xf3n a\xf1o.pdf", false), "Designación año.pdf", "Windows-1252");
    }

    #[test]
    fn attack_paths_that_lead_out_are_refused() {
        for name in ["../a", "a/../../b", "..\\..\\a", "a/.. /b", "a/.../b"] {
            assert_eq!(safe_path(name), Err(Refusal::ZipSlip), "{name}");
        }
        for name in ["/etc/passwd", "\\windows\\a", "C:\\a", "c:a", "//server/share"] {
            assert_eq!(safe_path(name), Err(Refusal::Absolute), "{name}");
        }
        for name in ["nul", "a/CON.txt", "com1.pdf", "LPT9", "aux .pdf", "a/prn."] {
            assert_eq!(safe_path(name), Err(Refusal::Device), "{name}");
        }
        assert_eq!(safe_path("./"), Err(Refusal::Empty));
    }

    #[test]
    fn ordinary_and_deceptive_names() {
        assert_eq!(safe_path("anexos\\./RUC 2025.pdf").as_deref(), Ok("anexos/RUC 2025.pdf"));
        assert_eq!(safe_path("computo.pdf").as_deref(), Ok("computo.pdf"), "only whole device names");
        assert_eq!(safe_path("a\u{202e}fdp.exe").as_deref(), Ok("a_fdp.exe"), "the direction stays");
        assert_eq!(safe_path("a.pdf:oculto").as_deref(), Ok("a.pdf_oculto"), "no alternate stream");
    }

    #[test]
    fn two_files_of_one_name_stay_two() {
        let mut names = DistinctNames::default();
        assert_eq!(names.claim("a/b.pdf"), ("a/b.pdf".into(), false));
        assert_eq!(names.claim("a/B.pdf"), ("a/B (2).pdf".into(), true), "Windows knows no case");
        assert_eq!(names.claim("a/b.pdf"), ("a/b (3).pdf".into(), true));
    }
}

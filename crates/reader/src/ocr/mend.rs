//! Mends what the engine is known to misread in Spanish papers.
//!
//! The Spanish data of Tesseract know no ordinal signs, no at-sign and no bullet, and take rules of tables for letters. Each rule here turns
//! a reading that is no Spanish into the one thing it can stand for; where two are possible, nothing is touched.

use crate::ink::Gray;
use crate::layout::Placed;
use cotejo_domain::Confidence;

/// Amounts whose signs were mended are no surer than this: their digits are read a second time.
const MENDED_AMOUNT: f64 = 0.8;

/// Mends the words of one line, in reading order, as read from `page`.
pub(crate) fn line(words: &mut Vec<Placed>, page: &Gray) {
    brackets(words);
    if let Some(first) = words.first_mut().filter(|first| is_bullet(first, page)) {
        first.text = "•".into();
    }
    let row = words.iter().map(|word| word.bottom - word.top).fold(0.0, f64::max);
    for word in words.iter_mut() {
        if let Some(text) = dash(word, row)
            .or_else(|| ordinal(&word.text))
            .or_else(|| roman(&word.text))
            .or_else(|| mail(&word.text))
        {
            word.text = text;
        } else if let Some(text) = amount(&word.text) {
            word.text = text;
            word.confidence = word.confidence.weakest(Confidence::new(MENDED_AMOUNT));
        }
    }
    words.retain(|word| !word.text.is_empty());
}

// The rules of a table are read as signs at the ends of words: `|TRAZADO`, `[OBRA`, `UNIDAD]`. (Erasing the rules from the image was tried: the
// engine then cuts tables worse, 94.1 against 95.4 of a hundred words found on 27 real scans.) A bracket with its partner in the line is
// somebody's own.
fn brackets(words: &mut [Placed]) {
    for word in words.iter_mut() {
        word.text = word.text.trim().trim_matches(['|', '¦']).into();
    }
    for (open, close) in [('[', ']'), ('{', '}')] {
        let count = |sign: char| words.iter().map(|word| word.text.matches(sign).count()).sum::<usize>();
        if count(open) == count(close) {
            continue;
        }
        for word in words.iter_mut() {
            if word.text.contains(open) != word.text.contains(close) {
                word.text = word.text.trim_matches([open, close]).trim_matches(['|', '¦']).into();
            }
        }
    }
}

// `7,762,80` has thousands and cents by the same sign, which nobody writes: the engine took a point for a comma. It is read again.
fn amount(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let (first, cents) = (groups.next()?, groups.next_back()?);
    let digits = |group: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    let thousands: Vec<&str> = groups.collect();
    let meant = !thousands.is_empty()
        && digits(first, 1..=3)
        && digits(cents, 2..=2)
        && thousands.iter().all(|group| digits(group, 3..=3));
    meant.then(|| format!("{first}.{},{cents}", thousands.join(".")))
}

// A dash that stands alone: its length tells which one it is (a hyphen has a quarter of the type's height, the half dash half of it).
fn dash(word: &Placed, row: f64) -> Option<String> {
    if !matches!(word.text.as_str(), "-" | "–" | "—") || row <= 0.0 {
        return None;
    }
    // A line of nothing but dashes tells no height of type.
    let length = (word.right - word.left) / row;
    let dash = match length {
        0.0..0.36 => "-",
        0.36..0.95 => "–",
        0.95..2.0 => "—",
        _ => return None,
    };
    (row > 2.0 * (word.bottom - word.top)).then(|| dash.into())
}

// `1*.` is `1º.`, `N*` is `N°`. Quotation marks are inches too: they count only before a point, where a list's numbers have them.
fn ordinal(text: &str) -> Option<String> {
    let (body, point) =
        text.strip_suffix(['.', ',', ':']).map_or((text, ""), |body| (body, &text[body.len()..]));
    let (number, mark) = body.char_indices().next_back().map(|(at, mark)| (&body[..at], mark))?;
    match number {
        "N" | "n" if matches!(mark, '*' | '"' | '”' | '’' | '?') => Some(format!("{number}°{point}")),
        "N." | "n." | "No." if matches!(mark, '*' | '"' | '”' | '?') => Some(format!("{number}º{point}")),
        _ => {
            let counts = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            (counts && (mark == '*' || (point == "." && matches!(mark, '"' | '”'))))
                .then(|| format!("{number}º{point}"))
        }
    }
}

// `lll`, `Ill` and `ll,` are Roman numbers; so are `¡ii)` and `¿v)`, whose first letter is no sign that opens a question.
fn roman(text: &str) -> Option<String> {
    let body = text.trim_end_matches(['.', ',', ';', ':', ')']);
    let rest = &text[body.len()..];
    let signs = body.chars().count();
    if (1..=3).contains(&signs) && body.chars().all(|sign| matches!(sign, 'l' | 'I')) && body.contains('l') {
        return Some(format!("{}{rest}", "I".repeat(signs)));
    }
    let listed = rest.starts_with(')')
        && (1..=4).contains(&signs)
        && body.chars().all(|sign| matches!(sign, 'i' | 'v' | 'x' | '¡' | '¿'))
        && body.contains(['¡', '¿']);
    listed.then(|| format!("{}{rest}", body.replace(['¡', '¿'], "i")))
}

/// Mail services that stand behind an at-sign and nowhere else.
const MAIL_HOSTS: [&str; 8] = [
    "gmail.com",
    "hotmail.com",
    "hotmail.es",
    "outlook.com",
    "outlook.es",
    "yahoo.com",
    "yahoo.es",
    "live.com",
];
/// What the at-sign is read as.
const AT: [&str; 10] = ["(Ó", "(Q", "(O", "(P", "(J", "(9", "(0", "Ó", "Q", "©"];

fn mail(text: &str) -> Option<String> {
    if text.contains('@') {
        return None;
    }
    let lower = text.to_lowercase();
    let body = lower.trim_end_matches(['.', ',', ';', ')']);
    // Lowercase may be longer than the text it came from: then the places do not agree.
    if lower.len() != text.len() {
        return None;
    }
    let host = MAIL_HOSTS.iter().find_map(|host| body.strip_suffix(host).map(str::len))?;
    let (name, host) = (text.get(..host)?, text.get(host..)?);
    let name = AT.iter().find_map(|sign| name.strip_suffix(sign)).or_else(|| {
        // One letter that is none of the name's: `juan0gmail.com`, `juangoutlook.es`.
        name.strip_suffix(['0', '9', 'g', 'a', '®', 'O', '('])
    })?;
    let named = name.chars().filter(|sign| sign.is_alphanumeric()).count() >= 3;
    named.then(|| format!("{name}@{host}"))
}

// A filled spot at the head of a line, read as some small sign.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the image")]
fn is_bullet(word: &Placed, page: &Gray) -> bool {
    if !matches!(
        word.text.as_str(),
        "+" | "*" | "«" | "»" | "e" | "o" | "0" | "O" | "." | "-" | "=" | "s" | "a" | "¢" | "@" | "·"
    ) {
        return false;
    }
    let (width, height) = (word.right - word.left, word.bottom - word.top);
    if !(4.0..=24.0).contains(&height) || !(0.75..=1.35).contains(&(width / height)) {
        return false;
    }
    let dark = page.paper().saturating_sub(90);
    let (left, right) = (word.left.max(0.0) as usize, (word.right.max(0.0) as usize).min(page.width));
    let (top, bottom) = (word.top.max(0.0) as usize, (word.bottom.max(0.0) as usize).min(page.height));
    let (mut ink, mut all) = (0usize, 0usize);
    for y in top..bottom {
        for pixel in page.row(y).get(left..right).unwrap_or_default() {
            all += 1;
            ink += usize::from(*pixel < dark);
        }
    }
    // A disc fills π/4 of its square; letters and plus signs less than two thirds.
    ink * 100 >= all * 68 && all > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::Confidence;

    fn word(text: &str, left: f64, width: f64, height: f64) -> Placed {
        Placed {
            text: text.into(),
            left,
            top: 20.0 - height,
            right: left + width,
            bottom: 20.0,
            band: [0.0, 20.0],
            size: height,
            confidence: Confidence::CERTAIN,
        }
    }

    fn mended(texts: &[&str]) -> String {
        let page = Gray { width: 400, height: 40, pixels: vec![255; 16_000] };
        let mut words: Vec<Placed> = texts.iter().map(|text| word(text, 0.0, 40.0, 12.0)).collect();
        line(&mut words, &page);
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_of_tables_are_no_part_of_words() {
        let cases = [
            ("|TRAZADO,", "TRAZADO,"),
            ("[OBRA", "OBRA"),
            ("UNIDAD]", "UNIDAD"),
            ("[LEY]", "[LEY]"),
            ("|", ""),
            ("[|", ""),
        ];
        for (read, meant) in cases {
            assert_eq!(mended(&[read]), meant);
        }
        assert_eq!(mended(&["[En", "línea]."]), "[En línea].", "the partner stands further on");
    }

    #[test]
    fn ordinals_and_romans() {
        for (read, meant) in [
            ("1*", "1º"),
            ("12*.", "12º."),
            ("3\".", "3º."),
            ("N*", "N°"),
            ("N.?", "N.º"),
            ("lll,", "III,"),
            ("Ill", "III"),
            ("ll", "II"),
            ("¡ii)", "iii)"),
            ("¿v)", "iv)"),
        ] {
            assert_eq!(mended(&[read]), meant);
        }
        for kept in ["2\"", "11", "I", "e=2\",", "C=A*", "él", "¿Qué", "¡i", "il", "1234*", "sill"] {
            assert_eq!(mended(&[kept]), kept);
        }
    }

    #[test]
    fn amounts_have_one_comma_and_are_read_again() {
        for (read, meant) in [("7,762,80", "7.762,80"), ("1,234,567,08", "1.234.567,08")] {
            assert_eq!(mended(&[read]), meant);
        }
        for kept in ["7,762,800", "7,76,80", "762,80", "7.762,80", "1234,567,80", "7,762,8O", ",762,80"] {
            assert_eq!(mended(&[kept]), kept);
        }
        let page = Gray { width: 400, height: 40, pixels: vec![255; 16_000] };
        let mut words = vec![word("7,762,80", 0.0, 60.0, 12.0)];
        line(&mut words, &page);
        assert!(words[0].confidence.value() < 0.85, "its digits are read a second time");
    }

    #[test]
    fn mail_addresses_get_their_sign_back() {
        for (read, meant) in [
            ("obras.norte(Poutlook.es", "obras.norte@outlook.es"),
            ("obras_norte(9gmail.com,", "obras_norte@gmail.com,"),
            ("obrasnorte0gmail.com", "obrasnorte@gmail.com"),
        ] {
            assert_eq!(mended(&[read]), meant);
        }
        for kept in ["gmail.com", "www.gmail.com", "obras@gmail.com", "ogmail.com", "sercop.gob.ec"] {
            assert_eq!(mended(&[kept]), kept);
        }
    }

    #[test]
    fn dashes_by_their_length_and_bullets_by_their_ink() {
        let mut page = Gray { width: 400, height: 40, pixels: vec![255; 16_000] };
        let row = |dash: f64| {
            vec![word("Norte", 0.0, 60.0, 16.0), word("—", 70.0, dash, 2.0), word("Sur", 100.0, 40.0, 16.0)]
        };
        for (length, meant) in [(4.0, "-"), (8.0, "–"), (16.0, "—")] {
            let mut words = row(length);
            line(&mut words, &page);
            assert_eq!(words[1].text, meant, "{length}");
        }
        let listed = || vec![word("+", 4.0, 8.0, 8.0), word("Anexo", 30.0, 60.0, 16.0)];
        let mut words = listed();
        line(&mut words, &page);
        assert_eq!(words[0].text, "+", "no ink there");
        for y in 12..20usize {
            for x in 4..12usize {
                let (dx, dy) = (x as f64 - 7.5, y as f64 - 15.5);
                if dx * dx + dy * dy < 17.0 {
                    page.pixels[y * 400 + x] = 0;
                }
            }
        }
        let mut words = listed();
        line(&mut words, &page);
        assert_eq!(words[0].text, "•");
    }
}

//! HTML as a *vista de lectura*: what a page of a mail, or a web page saved as `.doc` or `.xls`, says.
//!
//! Not a browser: tags end paragraphs, rows and cells; scripts, styles and comments are left out; nothing is fetched.

use crate::charset;
use crate::compose::Composer;
use crate::plain::entity;
use crate::reading_view::ReadingView;
use cotejo_domain::Read;

/// Letters of a tag that are looked at.
const LONGEST_TAG: usize = 64 * 1024;

/// Reads the page `bytes`.
#[must_use]
pub fn read(bytes: &[u8]) -> Read<ReadingView> {
    let head: String = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).into();
    let declared = head.to_ascii_lowercase().split_once("charset=").map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>()
    });
    let decoded = charset::decode_declared(bytes, declared.as_deref());
    let mut findings = decoded.findings();
    let mut composer = Composer::default();
    compose(&decoded.text, &mut composer);
    let value = composer.finish(&mut findings);
    Read { value, findings }
}

/// Adds the text of `html` to `composer`.
pub(crate) fn compose(html: &str, composer: &mut Composer) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&rest[..at], composer);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let end = rest.bytes().take(LONGEST_TAG).position(|byte| byte == b'>');
        let (true, Some(end)) = (is_tag, end) else {
            composer.push("<");
            rest = &rest[1..];
            continue;
        };
        let inside = rest[1..end].to_ascii_lowercase();
        rest = &rest[end + 1..];
        let name: String =
            inside.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/' || *c == ':').collect();
        // What is inside of these is not text.
        if matches!(name.as_str(), "script" | "style" | "head" | "title") && !inside.ends_with('/') {
            rest = after_closing(rest, &name);
            continue;
        }
        tag(&name, &inside, composer);
    }
    push_text(rest, composer);
    composer.paragraph();
}

fn after_closing<'t>(text: &'t str, name: &str) -> &'t str {
    let closing = format!("</{name}");
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let start = from + at;
        if text.get(start..start + closing.len()).is_some_and(|found| found.eq_ignore_ascii_case(&closing)) {
            return text.get(start..).and_then(|rest| rest.split_once('>')).map_or("", |(_, after)| after);
        }
        from = start + 2;
    }
    ""
}

fn tag(name: &str, inside: &str, composer: &mut Composer) {
    match name {
        "table" => composer.begin_table(),
        "/table" => composer.end_table(),
        "/td" | "/th" => composer.end_cell(span(inside)),
        "/tr" => composer.end_row(),
        "h1" | "h2" | "h3" => {
            composer.paragraph();
            composer.mark_heading();
        }
        "p" | "/p" | "div" | "/div" | "br" | "br/" | "li" | "/li" | "/h1" | "/h2" | "/h3" | "h4" | "/h4"
        | "hr" | "ul" | "ol" | "/ul" | "/ol" | "blockquote" | "section" | "article" | "pre" | "dt" | "dd"
        | "/body" => composer.paragraph(),
        _ => {}
    }
}

fn span(inside: &str) -> usize {
    let value = inside.split_once("colspan=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let digits: String = value.unwrap_or("1").chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1).clamp(1, 64)
}

fn push_text(text: &str, composer: &mut Composer) {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match after.split_once(';') {
            Some((name, tail))
                if name.len() <= 10 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') =>
            {
                plain.push_str(&named(name));
                rest = tail;
            }
            _ => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    // Line feeds of the source are spaces.
    composer.push(&plain.replace(['\n', '\r', '\t'], " "));
}

fn named(name: &str) -> String {
    let letter = match name {
        "nbsp" => ' ',
        "aacute" => 'á',
        "eacute" => 'é',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "Aacute" => 'Á',
        "Eacute" => 'É',
        "Iacute" => 'Í',
        "Oacute" => 'Ó',
        "Uacute" => 'Ú',
        "ntilde" => 'ñ',
        "Ntilde" => 'Ñ',
        "uuml" => 'ü',
        "Uuml" => 'Ü',
        "iquest" => '¿',
        "iexcl" => '¡',
        "laquo" => '«',
        "raquo" => '»',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ndash" => '–',
        "mdash" => '—',
        "deg" => '°',
        "ordm" => 'º',
        "ordf" => 'ª',
        "hellip" => '…',
        "bull" => '•',
        "euro" => '€',
        "middot" => '·',
        "times" => '×',
        "sup2" => '²',
        "sup3" => '³',
        other => return entity(other),
    };
    letter.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_tables_and_entities_are_read_scripts_are_not() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><h1>Oferta econ&oacute;mica</h1>\
            <p>Se&ntilde;ores &amp; otros<br>segunda</p><script>var a = '<p>no</p>';</script><!-- <p>tampoco</p> -->\
            <table><tr><th>Rubro</th><th>Total</th></tr><tr><td colspan=\"2\">5 < 6 &euro;</td></tr></table></body>";
        let read = read(html.as_bytes());
        let text = read.value.pages[0].text();
        assert_eq!(text, "Oferta económica\nSeñores & otros\nsegunda\nRubro Total\n5 < 6 €");
        assert_eq!(read.value.tables[0].columns, ["Rubro", "Total"]);
    }

    #[test]
    fn attack_open_tags_by_the_thousand_end() {
        let deep = "<table><tr><td>".repeat(5_000);
        assert!(read(format!("{deep}fondo").as_bytes()).value.pages[0].text().contains("fondo"));
        assert_eq!(read("<".repeat(10_000).as_bytes()).value.pages.len(), 1);
        assert!(read(b"<script>sin fin").value.pages.is_empty());
    }
}

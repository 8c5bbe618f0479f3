//! The deterministic reader of page types: headings first, then the cues of the catalogue.
//!
//! It needs no model. The learnt heads of [`crate::page_type`] combine it with what they see; without them it answers alone.

use super::titles::TITLES;
use crate::grammar::fuzzy::{alike, allowance, distance_within, find_within};
use crate::grammar::{pattern, ranges};
use crate::layout::{PageLayout, squeeze};
use cotejo_domain::{DocumentType, document_types};
use std::sync::LazyLock;

/// Errors of OCR that a title or cue may carry, as a share of its letters (manual §3.4, note a).
const TOLERANCE: f64 = 0.15;
/// Rows that one title may be broken over.
const TITLE_ROWS: usize = 4;

/// Holds a heading that starts a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// The type it starts.
    pub kind: DocumentType,
    /// The row it stands on, counted from 0.
    pub row: usize,
    /// Rows it takes.
    pub rows: usize,
    /// How well it matches, 0 to 1.
    pub strength: f64,
}

/// Weighs one type for a page.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeScore {
    /// The type.
    pub kind: DocumentType,
    /// 0 to 1.
    pub score: f64,
    /// True when a heading of the type stands on the page.
    pub heading: bool,
}

struct Cues {
    kind: &'static str,
    squeezed: Vec<String>,
    negative: Vec<String>,
}

static CUES: LazyLock<Vec<Cues>> = LazyLock::new(|| {
    let fold = |phrases: &[String]| {
        phrases
            .iter()
            .flat_map(|phrase| phrase.split('|'))
            .map(|phrase| squeeze(crate::layout::Folded::new(phrase).ascii()))
            .filter(|phrase| phrase.len() >= 4)
            .collect()
    };
    document_types()
        .iter()
        .map(|entry| Cues {
            kind: &entry.id,
            squeezed: fold(&entry.cues),
            negative: fold(&entry.negative_cues),
        })
        .collect()
});

static SQUEEZED_TITLES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    TITLES.iter().flat_map(|(kind, titles)| titles.iter().map(|title| (*kind, squeeze(title)))).collect()
});

pattern!(
    NUMBERING,
    r"^(?:\W*(?:(?:seccion|formulario|anexo|capitulo|form)\b\.?:? ?(?:(?:n[o~.]{0,3}|nro\.?|num\.?) ?)?(?:[ivxl]+|\d+(?:[.-]\d+)*|[a-z])\b|[ivxl]{1,4}[.)-]|\d{1,2}(?:\.\d{1,2})*\.?[)-]?(?: |$)|\d{1,2}\.\d{1,2}[.)-]*|[a-z][.)] )[ .:)-]*)+"
);
// «FORMULARIO DE DATOS GENERALES DEL OFERENTE» is the form that is called so.
pattern!(FORM_OF, r"^\W*formulario (?:unico )?(?:del?|para)(?: la| el| los| las)? ");
pattern!(DEEP, r"^\W*(?:\d{1,2}\.\d{1,2}\.\d|(?:[2-9]|1\d)\.\d)");
pattern!(LEADERS, r"(?:\. ?){5,}|\. ?\d{1,3}$");
pattern!(PAGE_OF, r"(?:pagina|pag\.?|hoja|p\.) ?:?(\d{1,3}) ?(?:de|/) ?(\d{1,3})\b|^(\d{1,3}) de (\d{1,3})$");

/// Finds the headings of a page from top to bottom. Lines of a table of contents are none: where one stands, a title counts only where it
/// comes back below.
#[must_use]
pub fn find(layout: &PageLayout) -> Vec<Heading> {
    let contents = layout.rows.iter().take(8).any(|row| {
        matches!(
            squeeze(layout.row_text(row)).as_str(),
            "indice" | "contenido" | "tabladecontenido" | "indicedecontenidos"
        )
    });
    let body = layout.body_size();
    let mut headings: Vec<Heading> = Vec::new();
    let mut row = 0;
    while row < layout.rows.len() {
        match heading_at(layout, row, body) {
            Some(heading) => {
                row += heading.rows;
                headings.push(heading);
            }
            None => row += 1,
        }
    }
    if contents {
        headings.retain(|heading| was_announced(layout, heading.row));
    }
    if let Some(separator) = separator(layout, &headings) {
        return vec![separator];
    }
    drop_lists(headings)
}

/// Finds the sheet that only names what follows it: a few words in capitals or large, that name a part of a bid.
fn separator(layout: &PageLayout, headings: &[Heading]) -> Option<Heading> {
    const PARTS: [&str; 17] = [
        "anexo",
        "capitulo",
        "carpeta",
        "certificados",
        "documentacion",
        "documentos",
        "equipo",
        "experiencia",
        "formulario",
        "habilitantes",
        "oferta",
        "personal",
        "propuesta",
        "requisitos",
        "seccion",
        "sobre",
        "tomo",
    ];
    let words = layout.text.ascii().split(' ').filter(|word| word.len() > 2).count();
    let few = (1..=4).contains(&layout.rows.len()) && (1..=7).contains(&words);
    if !few || headings.iter().any(|heading| !matches!(heading.kind.0.as_str(), "SEPARADOR" | "CARATULA")) {
        return None;
    }
    let names = |row: &crate::layout::Row| {
        let shown = row.size >= 13.0 || upper_share(layout.text.raw(row.range.clone())) >= 0.7;
        let part =
            layout.row_text(row).split(' ').any(|word| PARTS.iter().any(|part| word.starts_with(part)));
        let deep = DEEP.as_ref().is_some_and(|pattern| pattern.is_match(layout.row_text(row)));
        shown && part && !deep && !layout.row_text(row).contains(':')
    };
    let row = layout.rows.iter().position(names)?;
    Some(Heading { kind: DocumentType::from("SEPARADOR"), row, rows: 1, strength: 0.6 })
}

/// Tells whether a row is one of a title's: of those it was recognised by, or in capitals right under them where the title goes on.
#[must_use]
pub fn is_title_row(layout: &PageLayout, row: usize) -> bool {
    find(layout).iter().any(|heading| {
        let recognised = heading.row + heading.rows;
        (heading.row..heading.row + TITLE_ROWS).contains(&row)
            && (recognised..=row).all(|row| goes_on_in_capitals(layout, row))
    })
}

fn goes_on_in_capitals(layout: &PageLayout, row: usize) -> bool {
    let Some([above, current]) = row.checked_sub(1).and_then(|above| layout.rows.get(above..=row)) else {
        return false;
    };
    let pitch = (current.bounds[3] - current.bounds[1]).max(6.0);
    let near = layout.reading_view || current.bounds[1] - above.bounds[3] <= pitch * 1.3;
    near && current.segments.len() == 1 && upper_share(layout.text.raw(current.range.clone())) >= 0.7
}

/// Tells whether what a row says, but for its number, stands above it on the page.
fn was_announced(layout: &PageLayout, row: usize) -> bool {
    let text = layout.rows.get(row).map_or("", |row| layout.row_text(row));
    let number = ranges(&NUMBERING, text).first().map_or(0, |range| range.end);
    let title = squeeze(text.get(number..).unwrap_or_default());
    let above: Vec<&str> = layout.rows.iter().take(row).map(|row| layout.row_text(row)).collect();
    title.len() >= 7 && squeeze(&above.join(" ")).contains(&title)
}

/// A run of three or more titles with nothing between them is a list of titles.
fn drop_lists(headings: Vec<Heading>) -> Vec<Heading> {
    let adjacent = |a: &Heading, b: &Heading| a.row + a.rows == b.row && a.kind != b.kind;
    headings.chunk_by(adjacent).filter(|run| run.len() < 3).flatten().cloned().collect()
}

fn heading_at(layout: &PageLayout, row: usize, body: f32) -> Option<Heading> {
    let first = &layout.rows[row];
    let mut joined = String::new();
    let mut best: Option<Heading> = None;
    for rows in 1..=TITLE_ROWS {
        let Some(current) = layout.rows.get(row + rows - 1) else { break };
        let text = layout.row_text(current);
        if LEADERS.as_ref().is_some_and(|pattern| pattern.is_match(text)) && text.len() > 20 {
            break;
        }
        if rows > 1 {
            let gap = current.bounds[1] - layout.rows[row + rows - 2].bounds[3];
            let pitch = (first.bounds[3] - first.bounds[1]).max(6.0);
            if !layout.reading_view && gap > pitch * 1.3 {
                break;
            }
            joined.push(' ');
        }
        joined.push_str(text);
        let raw = layout.text.raw(first.range.start..current.range.end);
        let mut prefix = ranges(&NUMBERING, &joined).first().map_or(0, |range| range.end);
        let numbered = prefix > 0;
        let larger = body > 0.0 && first.size > body * 1.12;
        let shouted = upper_share(raw) >= 0.7;
        let mut found = best_title(joined.get(prefix..).unwrap_or_default(), layout.ocr);
        if found.is_none()
            && let Some(form) = ranges(&FORM_OF, joined.get(prefix..).unwrap_or_default()).first()
        {
            prefix += form.end;
            found = best_title(joined.get(prefix..).unwrap_or_default(), layout.ocr);
        }
        let Some((kind, title, errors)) = found else { continue };
        let squeezed = squeeze(&joined[prefix.min(joined.len())..]);
        let rest = squeezed.len().saturating_sub(title);
        // Sections of a pliego bear the names of forms too: 4.1.3, 2.5; forms are numbered 1.x or freely.
        if prefix > 0
            && DEEP.as_ref().is_some_and(|pattern| pattern.is_match(&joined))
            && is_numbered_form(kind)
        {
            continue;
        }
        // A title of two rows: what it is about stands on the row above. And an item of a list of titles, or what a sentence announces.
        let announced = !is_numbered_form(kind) && is_announced(layout, row);
        if continues(layout, row) || announced || !(shouted || larger) && is_listed(layout, row) {
            return None;
        }
        let short = rest <= title.max(16) || follows_as_qualifier(&squeezed[title.min(squeezed.len())..]);
        if !short || !(shouted || larger || numbered && rest <= 24) || title < 7 && rest > 24 {
            continue;
        }
        let strength =
            1.0 - errors as f64 / title.max(1) as f64 * 2.0 - if shouted || larger { 0.0 } else { 0.15 };
        let better = best.as_ref().is_none_or(|best| strength > best.strength + 1e-9);
        if better {
            best = Some(Heading { kind: DocumentType::from(kind), row, rows, strength });
        }
    }
    best
}

/// Tells whether a row goes on with what the row above leaves open: a comma, or a word that joins.
fn continues(layout: &PageLayout, row: usize) -> bool {
    const JOINING: [&str; 16] = [
        "de", "del", "la", "las", "los", "el", "o", "u", "y", "e", "entre", "con", "en", "por", "para",
        "sobre",
    ];
    let Some([above, current]) = row.checked_sub(1).and_then(|above| layout.rows.get(above..=row)) else {
        return false;
    };
    let pitch = (current.bounds[3] - current.bounds[1]).max(6.0);
    let near = layout.reading_view || current.bounds[1] - above.bounds[3] <= pitch * 1.3;
    let text = layout.row_text(above).trim_end();
    let open = text.ends_with(',') || text.rsplit(' ').next().is_some_and(|word| JOINING.contains(&word));
    near && open && above.segments.len() == 1
}

/// Tells whether the row above is a sentence that ends with a colon: what follows is part of what it says.
fn is_announced(layout: &PageLayout, row: usize) -> bool {
    row.checked_sub(1).and_then(|above| layout.rows.get(above)).is_some_and(|above| {
        let text = layout.row_text(above).trim_end();
        text.ends_with(':') && text.split(' ').count() >= 6
    })
}

/// Tells whether a row is an item of a list: the number before or after its own stands at the head of a row within three of it.
fn is_listed(layout: &PageLayout, row: usize) -> bool {
    let text = |row: usize| layout.rows.get(row).map_or("", |row| layout.row_text(row)).trim_end();
    let item = |row: usize| item_number(text(row));
    // Short forms follow each other by such numbers too; only a list goes on after a semicolon.
    let goes_on = (row.saturating_sub(3)..row + 4).any(|other| text(other).ends_with(';'));
    if item(row).is_some_and(|number| number.0 > 0) && !goes_on {
        return false;
    }
    let Some(number) = item(row) else { return false };
    let follow = |one: (u32, u32), other: (u32, u32)| one.0 == other.0 && one.1 + 1 == other.1;
    let after = (row + 1..row + 4).any(|other| item(other).is_some_and(|next| follow(number, next)));
    let before =
        (row.saturating_sub(3)..row).any(|other| item(other).is_some_and(|last| follow(last, number)));
    after || before
}

/// Reads the number at the head of an item: `3.` is (0, 3), `1.4` is (1, 4).
fn item_number(text: &str) -> Option<(u32, u32)> {
    let number = |text: &str| -> Option<(u32, usize)> {
        let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        (1..=2).contains(&digits).then(|| Some((text.get(..digits)?.parse().ok()?, digits))).flatten()
    };
    let (first, length) = number(text)?;
    let rest = text.get(length..)?;
    if let Some((second, digits)) = rest.strip_prefix('.').and_then(number) {
        let ends = rest.get(1 + digits..)?.trim_start_matches(['.', ')', '-']).starts_with(' ');
        return ends.then_some((first, second));
    }
    let ends = rest.starts_with(". ") || rest.starts_with(".- ") || rest.starts_with(") ");
    ends.then_some((0, first))
}

fn is_numbered_form(kind: &str) -> bool {
    kind.starts_with("FUO_") || kind.starts_with("FORM_")
}

fn follows_as_qualifier(rest: &str) -> bool {
    [
        "deserprocedente",
        "depersonasjuridicas",
        "ydeclaracion",
        "delaoferta",
        "deldesarrollo",
        "dedesarrollo",
        "paraelproyecto",
    ]
    .iter()
    .any(|qualifier| rest.starts_with(qualifier))
}

/// Returns the longest title that the text begins with, its length and its errors.
fn best_title(text: &str, ocr: bool) -> Option<(&'static str, usize, usize)> {
    let squeezed = squeeze(text);
    // A text layer has typing mistakes at most.
    let tolerance = if ocr { TOLERANCE } else { 0.06 };
    SQUEEZED_TITLES
        .iter()
        .filter_map(|(kind, title)| {
            let limit = if title.len() < 9 { 0 } else { allowance(title.len(), tolerance) };
            if squeezed.starts_with(title.as_str()) {
                return Some((*kind, title.len(), 0));
            }
            let head = squeezed.get(..(title.len() + limit).min(squeezed.len()))?;
            let begins = distance_within(title.get(..7)?, head.get(..7)?, 2).is_some();
            if limit == 0 || head.len() + limit < title.len() || !begins {
                return None;
            }
            let (end, errors) = find_within(title, head, limit)?;
            // The title must begin the text, not merely stand in it.
            (end + limit >= title.len() && end <= title.len() + errors).then_some((*kind, end, errors))
        })
        .max_by(|a, b| (a.1 - 2 * a.2.min(a.1 / 2)).cmp(&(b.1 - 2 * b.2.min(b.1 / 2))))
}

/// Returns which part of the letters are capitals.
pub(super) fn upper_share(raw: &str) -> f64 {
    let (mut upper, mut letters) = (0_u32, 0_u32);
    for character in raw.chars().filter(|character| character.is_alphabetic()) {
        letters += 1;
        upper += u32::from(character.is_uppercase());
    }
    if letters == 0 { 0.0 } else { f64::from(upper) / f64::from(letters) }
}

/// Weighs every type for a page, best first. A page without words weighs nothing.
#[must_use]
pub fn score(layout: &PageLayout) -> Vec<TypeScore> {
    let headings = find(layout);
    let squeezed = squeeze(layout.text.ascii());
    if squeezed.is_empty() {
        return Vec::new();
    }
    let mut scores: Vec<TypeScore> = CUES
        .iter()
        .filter_map(|cues| {
            let heading = headings
                .iter()
                .filter(|heading| heading.kind.0 == cues.kind)
                .map(|heading| heading.strength)
                .reduce(f64::max);
            let hits: f64 =
                cues.squeezed.iter().map(|cue| weight(cue) * presence(cue, &squeezed, layout.ocr)).sum();
            let total: f64 = cues.squeezed.iter().map(|cue| weight(cue)).sum();
            let against = cues.negative.iter().filter(|cue| squeezed.contains(cue.as_str())).count();
            let share = if total > 0.0 { hits / total } else { 0.0 };
            let count = cues.squeezed.iter().filter(|cue| presence(cue, &squeezed, false) > 0.0).count();
            // One heading outweighs cues; cues alone must be many.
            let score = heading.map_or(0.0, |strength| 0.6 * strength) + 0.4 * (share * 1.6).min(1.0)
                - 0.2 * against as f64;
            // Where most of a form's words stand, it needs no title.
            let score = if share >= 0.5 && count >= 5 { score.max(0.45 + 0.4 * share) } else { score };
            (score > 0.02).then(|| TypeScore {
                kind: DocumentType::from(cues.kind),
                score: score.clamp(0.0, 1.0),
                heading: heading.is_some(),
            })
        })
        .collect();
    scores.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.kind.cmp(&b.kind)));
    scores
}

// A long phrase says more than a short word.
fn weight(cue: &str) -> f64 {
    (cue.len() as f64).sqrt().min(6.0)
}

fn presence(cue: &str, text: &str, ocr: bool) -> f64 {
    if text.contains(cue) {
        return 1.0;
    }
    let limit = allowance(cue.len(), TOLERANCE);
    if !ocr || cue.len() < 8 || limit == 0 {
        return 0.0;
    }
    if find_within(cue, text, limit).is_some() { 0.8 } else { 0.0 }
}

/// Answers with the type of a page when headings and cues speak clearly for one, else `None`.
#[must_use]
pub fn decide(layout: &PageLayout) -> Option<TypeScore> {
    let scores = score(layout);
    let best = scores.first()?;
    let second = scores.get(1).map_or(0.0, |other| other.score);
    let clear = best.heading && best.score >= 0.5 || best.score >= 0.45 && best.score - second >= 0.08;
    clear.then(|| best.clone())
}

/// Reads «página 2 de 3», where the page carries it.
#[must_use]
pub fn page_of(layout: &PageLayout) -> Option<(u32, u32)> {
    let rows = layout.rows.iter().take(4).chain(layout.rows.iter().rev().take(4));
    rows.into_iter().find_map(|row| {
        let captures = PAGE_OF.as_ref()?.captures(layout.row_text(row))?;
        let number = |a: usize, b: usize| {
            captures.get(a).or_else(|| captures.get(b)).and_then(|text| text.as_str().parse().ok())
        };
        let (number, of) = (number(1, 3)?, number(2, 4)?);
        (number >= 1 && number <= of).then_some((number, of))
    })
}

/// Tells whether two titles are the same but for what OCR does.
#[must_use]
pub fn same_title(a: &str, b: &str) -> bool {
    alike(&squeeze(a), &squeeze(b), TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::PageLayout;
    use crate::layout::tests::prose;

    fn kinds(rows: &[&str]) -> Vec<String> {
        find(&PageLayout::new(&prose(1, rows))).into_iter().map(|heading| heading.kind.0).collect()
    }

    #[test]
    fn titles_are_read_without_their_numbers() {
        assert_eq!(kinds(&["1.1 PRESENTACIÓN Y COMPROMISO", "El que suscribe"]), ["FUO_1_1"]);
        assert_eq!(
            kinds(&["Formulario No. 7", "x", "1.7 EXPERIENCIA DEL OFERENTE"]),
            ["FUO_1_9_EXP"],
            "numbers differ"
        );
        assert_eq!(kinds(&["FORMULARIO No. 1 PRESENTACION Y COMPROMISO"]), ["FUO_1_1"]);
        assert_eq!(kinds(&["ESTADO DE SITUACIÓN FINANCIERA"]), ["EEFF"], "not the form of the index");
        assert_eq!(kinds(&["1.4 SITUACIÓN FINANCIERA"]), ["FUO_1_4"]);
        assert_eq!(kinds(&["FORMULARIO DE DATOS GENERALES DEL OFERENTE", "RUC:"]), ["FUO_1_2"]);
        let other =
            ["FORMULARIO DE INSCRIPCIÓN AL CURSO", "Nombre:", "Domicilio:", "Teléfono:", "Profesión:"];
        assert!(kinds(&other).is_empty(), "a form that nobody knows");
    }

    #[test]
    fn a_title_over_several_lines_and_with_slips_is_one_heading() {
        let rows = [
            "1.3. NÓMINA DE ACCIONISTAS, PARTÍCIPES 0 SOCIOS",
            "MAYORITARIOS DE PERSONAS JURÍDICAS Y DECLARACIÓN DEL",
            "BENEFICIARIO FINAL.",
        ];
        assert_eq!(kinds(&rows), ["FUO_1_3"]);
        assert_eq!(
            kinds(&["1.5. TABLA DE DESCRIPCIÓN DE RUBROS, UNIDADES,", "CANTIDADES Y PRECIOS"]),
            ["FUO_1_5_RUBROS"]
        );
    }

    #[test]
    fn a_sheet_that_only_names_what_follows_is_a_separator_and_a_short_form_is_none() {
        assert_eq!(kinds(&["DOCUMENTOS LEGALES"]), ["SEPARADOR"]);
        assert_eq!(kinds(&["SOBRE ÚNICO", "OFERTA TÉCNICA"]), ["SEPARADOR"]);
        assert!(kinds(&["fotografía del equipo"]).is_empty(), "the caption of a picture");
        assert_eq!(kinds(&["1.11 EQUIPO ASIGNADO AL PROYECTO"]), ["FUO_1_11_EQ"]);
    }

    #[test]
    fn a_title_that_only_ends_like_another_is_none() {
        assert!(
            kinds(&["PARTÍCIPES DEL COMPROMISO DE ASOCIACIÓN O CONSORCIO"]).is_empty(),
            "a subtitle of form 1.2"
        );
        assert!(kinds(&["4.1.3 PERSONAL TÉCNICO MÍNIMO"]).is_empty(), "a section of the pliego");
    }

    #[test]
    fn a_mention_in_a_sentence_is_no_heading() {
        assert!(
            kinds(&[
                "conforme al acuerdo de integridad que se adjunta y a la experiencia del oferente declarada"
            ])
            .is_empty()
        );
        assert!(
            kinds(&["la situación financiera del oferente se demostrará con la presentación del"]).is_empty()
        );
    }

    #[test]
    fn a_list_of_titles_is_no_document() {
        let list = [
            "PRESENTACIÓN Y COMPROMISO.",
            "DATOS GENERALES DEL OFERENTE.",
            "SITUACIÓN FINANCIERA.",
            "TABLA DE CANTIDADES Y PRECIOS.",
        ];
        assert!(kinds(&list).is_empty(), "a table of contents");
        let index_and_form = [
            "FORMULARIOS DE SUBASTA INVERSA",
            "ÍNDICE",
            "SECCIÓN I FORMULARIO ÚNICO DE LA OFERTA. PRESENTACIÓN Y COMPROMISO. DATOS GENERALES DEL OFERENTE.",
            "SITUACIÓN FINANCIERA.",
            "SECCIÓN I",
            "FORMULARIO DE OFERTA",
            "1.1 PRESENTACIÓN Y COMPROMISO",
            "El que suscribe, en atención a la convocatoria",
        ];
        assert_eq!(kinds(&index_and_form), ["FUO_1_1"], "the form under its table of contents");
        let dotted = ["1.1 PRESENTACIÓN Y COMPROMISO ........................ 4"];
        assert!(kinds(&dotted).is_empty(), "an entry with leaders");
    }

    #[test]
    fn titles_within_longer_titles_and_lists_of_annexes_begin_nothing() {
        let longer = [
            "2.2. VINCULACIÓN ENTRE ACCIONISTAS DE PERSONAS JURÍDICAS,",
            "COMPROMISO DE ASOCIACIÓN O CONSORCIO PARTICIPANTES; CON",
            "PERSONAS NATURALES",
        ];
        assert!(kinds(&longer).is_empty(), "a row of a longer title");
        let annexes = [
            "1. ANEXO 12: Nómina de Accionistas, Partícipes o Socios Mayoritarios de",
            "Personas Jurídicas y Declaración del Beneficiario Final.",
            "2. ANEXO 13: Modelo Único de Contrato;",
            "3. ANEXO 14: Formulario Único de Acuerdo de Integridad.",
        ];
        assert!(kinds(&annexes).is_empty(), "a list: {:?}", kinds(&annexes));
        let asked = [
            "I. Formulario Único de la Oferta:",
            "1.1 Presentación y compromiso;",
            "1.2 Datos generales del oferente;",
            "1.3 Nómina de accionistas, partícipes o socios mayoritarios de personas",
            "jurídicas y declaración de beneficiario final.",
            "1.4 Situación financiera del oferente;",
        ];
        assert!(kinds(&asked).is_empty(), "what a pliego asks for: {:?}", kinds(&asked));
        let short =
            ["1.4 Situación financiera", "Solvencia", "1.5 Tabla de cantidades y precios", "Cantidad Precio"];
        assert_eq!(kinds(&short), ["FUO_1_4", "FUO_1_5_CANT"], "short forms that follow each other");
        let form = ["FORMULARIO ÚNICO DE LA OFERTA", "1.4 SITUACIÓN FINANCIERA", "Solvencia 1,2"];
        assert_eq!(kinds(&form), ["FUO_1_4"], "under a title that is whole");
    }

    #[test]
    fn page_numbers_of_documents_are_read() {
        let layout = PageLayout::new(&prose(1, &["REGISTRO ÚNICO DE CONTRIBUYENTES", "Página 2 de 3"]));
        assert_eq!(page_of(&layout), Some((2, 3)));
    }
}

//! Lists that are written as sentences or lines instead of a table: persons, machines, contracts, questions, codes.

use super::collect::{Stretch, has, stretches};
use super::{Candidates, FieldKind};
use crate::documents::cut::Cut;
use crate::grammar::{activity, cpc, pattern};
use crate::layout::PageLayout;
use cotejo_domain::FactValue;

/// Says which field each group of a pattern gives.
struct Line {
    kind: &'static str,
    /// A field that is only read so where no table gave it.
    unless: &'static str,
    pattern: &'static str,
    fields: &'static [(&'static str, FieldKind)],
}

const LINES: &[Line] = &[
    Line {
        kind: "FUO_1_10_PER",
        unless: "filas[].nombre",
        pattern: r"([a-z][a-z /~]{3,50}): ((?:[a-z~']+ ){1,5}[a-z~']+), ([a-z][a-z .~]{3,60}?), (?:de )?nacionalidad [a-z]+, (?:graduad[oa]|titulad[oa])(?: el)? ([0-9a-z/ -]{6,40}?), (?:con )?(?:participacion|una participacion)(?: del)? (\d{1,3}(?:[.,]\d{1,2})? ?%?)",
        fields: &[
            ("filas[].cargo", FieldKind::Text),
            ("filas[].nombre", FieldKind::Person),
            ("filas[].titulo", FieldKind::Text),
            ("filas[].fecha_grado", FieldKind::Date),
            ("filas[].participacion", FieldKind::Percent),
        ],
    },
    Line {
        kind: "FUO_1_11_EQ",
        unless: "filas[].detalle",
        pattern: r"(?:^| )\d{1,2}[.)-] ([^,;]{3,80}), marca [^,;]{2,40}, ano(?: de fabricacion)?:? (\d{4}), (?:ubicacion actual [^,;]{2,40}, )?propietario(?: actual)?:? ([^,;]{4,80}), (?:matricula|placa)(?: no\.?)?:? ([a-z0-9-]{3,20})",
        fields: &[
            ("filas[].detalle", FieldKind::Text),
            ("filas[].anio", FieldKind::Year),
            ("filas[].propietario", FieldKind::Text),
            ("filas[].matricula", FieldKind::Text),
        ],
    },
    Line {
        kind: "FUO_1_9_EXP",
        unless: "filas[].contratante",
        pattern: r"contratante: (.{4,140}?)\. objeto(?: del contrato)?: (.{4,400}?)\. (?:monto|valor)(?: del contrato)?: ((?:usd ?|\$ ?)?\d[\d.,']*\d)\. fecha de (?:recepcion|terminacion)(?: definitiva| provisional)?: ([0-9a-z/ -]{6,40}?)(?:\.|;|$)",
        fields: &[
            ("filas[].contratante", FieldKind::Text),
            ("filas[].objeto", FieldKind::Text),
            ("filas[].valor", FieldKind::Money),
            ("filas[].fecha_recepcion", FieldKind::Date),
        ],
    },
    Line {
        kind: "CV",
        unless: "experiencias[].empresa",
        pattern: r"empresa(?: / institucion)?: ([^:]{4,90}?)\. (?:proyecto: [^:]{4,300}?\. )?(?:papel desempenado|cargo|funcion): ([^:.]{3,70})\.",
        fields: &[("experiencias[].empresa", FieldKind::Text), ("experiencias[].cargo", FieldKind::Text)],
    },
    Line {
        kind: "CV",
        unless: "experiencias[].empresa",
        pattern: r"(?:^| )([a-z][a-z .~]{3,50}), ([^,;:]{4,80}), desde (?:el )?([0-9a-z/ -]{6,30}?) hasta (?:el )?([0-9a-z/ -]{6,30}?)(?::|\.|;|,|$)",
        fields: &[
            ("experiencias[].cargo", FieldKind::Text),
            ("experiencias[].empresa", FieldKind::Text),
            ("experiencias[].desde", FieldKind::Date),
            ("experiencias[].hasta", FieldKind::Date),
        ],
    },
    Line {
        kind: "ACLARACIONES",
        unless: "items[].pregunta",
        pattern: r"pregunta ?(?:no\.? ?)?\d{0,3}[.:)-]+ ?(.{4,700}?) respuesta ?(?:no\.? ?)?\d{0,3}[.:)-]+ ?(.{2,700}?)(?: pregunta ?(?:no|\d)| aclaracion| firman| sin otro| se cierra|$)",
        fields: &[("items[].pregunta", FieldKind::Text), ("items[].respuesta", FieldKind::Text)],
    },
    Line {
        kind: "ACLARACIONES",
        unless: "items[].aclaracion",
        pattern: r"aclaracion (?:no\.? ?)?\d{1,3}[.:)-]+ ?(.{4,700}?\.)(?: |$)",
        fields: &[("items[].aclaracion", FieldKind::Text)],
    },
    Line {
        kind: "RESP_CONV",
        unless: "items[].documento",
        pattern: r"(?:^| )\d{1,2}[.)] (?:documento (?:rectificado|presentado|adjunto): )([^.;]{4,200})[.;]",
        fields: &[("items[].documento", FieldKind::Text)],
    },
    Line {
        kind: "TDR",
        unless: "requisitos[]",
        pattern: r"\brubro: ([^.;:]{3,200})\.",
        fields: &[("requisitos[]", FieldKind::Text)],
    },
];

/// Reads the lists of a document that no table gave.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    let kind = cut.kind.0.as_str();
    let stretches = stretches(layouts, cut);
    for line in LINES.iter().filter(|line| line.kind == kind) {
        if has(found, line.unless) {
            continue;
        }
        for stretch in &stretches {
            read_line(found, stretch, line);
        }
    }
    for stretch in &stretches {
        match kind {
            "RUP" if !has(found, "cpcs[]") => products(found, stretch),
            "RUC_SRI" => {
                activities(found, stretch);
                seat(found, stretch);
            }
            "FICHA_TECNICA" => parameters(found, stretch),
            "CV" if !has(found, "titulos[]") => degrees(found, stretch),
            _ => {}
        }
    }
}

fn read_line(found: &mut Candidates, stretch: &Stretch<'_>, line: &Line) {
    let Some(pattern) = super::settle::compiled(line.pattern) else { return };
    let text = stretch.text.ascii();
    let mut from = 0;
    while let Some(captures) = text.get(from..).and_then(|rest| pattern.captures(rest)) {
        let Some(last) = captures.get(line.fields.len()) else { break };
        for (group, (field, kind)) in line.fields.iter().enumerate() {
            if let Some(group) = captures.get(group + 1) {
                let place = stretch.place(&(from + group.start()..from + group.end()));
                stretch.read(found, field, *kind, super::without_title(stretch.layout, place), 0.88);
            }
        }
        // What ends one entry begins the next.
        from += last.end().max(1);
    }
}

pattern!(
    STUDIES,
    r"^\W*(?:\d{1,2}[.)] ?)?(?:formacion|estudios|educacion|instruccion|titulos|preparacion)(?: (?:academic[ao]s?|profesional(?:es)?|formal|superior(?:es)?|realizados|obtenidos|y))*\W*$"
);
pattern!(
    DEGREE,
    r"^\W*((?:ingenier|arquitect|abogad|licenciad|tecnolog|economist|magister|master|maestria|doctor|tecnico|contador|diplomad|especialista|medic|psicolog|biolog|quimic|geolog)[a-z~]*(?: [a-z~]+){0,9}?)(?:,| -|\.| \(|:| por la| en la universidad| de la universidad| universidad| escuela| instituto|$)"
);

pattern!(
    OTHER_SECTION,
    r"^\W*(?:\d{1,2}[.)] ?)?(?:experiencia|trayectoria|cursos|seminarios|referencias|idiomas|capacitacion|empresa\b)"
);

/// Degrees under the heading of one's studies: what a line begins with, if it is the name of a degree.
fn degrees(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let mut under = false;
    for row in stretch.rows.clone() {
        let row = &layout.rows[row];
        let text = layout.row_text(row);
        if STUDIES.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
            under = true;
            continue;
        }
        let raw = layout.text.raw(row.range.clone());
        let capitals = raw.chars().filter(|sign| sign.is_alphabetic()).all(char::is_uppercase);
        let degree =
            DEGREE.as_ref().and_then(|pattern| pattern.captures(text)).and_then(|captures| captures.get(1));
        match degree.filter(|_| under) {
            Some(degree) => {
                let place = row.range.start + degree.start()..row.range.start + degree.end();
                stretch.read(found, "titulos[]", FieldKind::Text, place, 0.86);
            }
            // Another heading ends the section.
            None => {
                let heading = capitals && row.segments.len() == 1 && text.len() < 60;
                under &= !heading && !OTHER_SECTION.as_ref().is_some_and(|pattern| pattern.is_match(text));
            }
        }
    }
}

/// Product codes that begin their line.
fn products(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    for row in stretch.rows.clone() {
        let row = &layout.rows[row];
        let text = crate::layout::Folded::new(layout.text.raw(row.range.clone()));
        if let Some(code) = cpc::find(&text).into_iter().next().filter(|code| {
            text.slice(0..code.range.start).bytes().all(|byte| !byte.is_ascii_alphabetic())
                && code.range.start <= 6
        }) {
            let place = row.range.start + code.range.start..row.range.start + code.range.end;
            stretch.keep(found, "cpcs[]", FactValue::Text(code.value), place, 0.9, "cpc@1");
        }
    }
}

pattern!(ACTIVITY_LABEL, r"^actividad(?:es)? economica(?:s)?(?: principal(?:es)?| secundarias?)?:? ?");
pattern!(BULLET, r"^[*.~-] ?");

/// Economic activities: their codes, or the words of a certificate that prints no code.
fn activities(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let mut under = false;
    for row in stretch.rows.clone() {
        let row = &layout.rows[row];
        let text = layout.row_text(row);
        let label = ACTIVITY_LABEL.as_ref().and_then(|pattern| pattern.find(text)).map(|label| label.end());
        let bullet = BULLET.as_ref().and_then(|pattern| pattern.find(text)).map(|bullet| bullet.end());
        let start = match (label, bullet) {
            (Some(end), _) if end >= text.len() => {
                under = true;
                continue;
            }
            (Some(end), _) => end,
            (None, Some(end)) if under => end,
            (None, None)
                if under
                    && !activity::find(&crate::layout::Folded::new(layout.text.raw(row.range.clone())))
                        .is_empty() =>
            {
                0
            }
            _ => {
                under &= !text.starts_with("establecimiento") && !text.starts_with("obligaciones");
                continue;
            }
        };
        let place = row.range.start + start..row.range.end;
        let value = crate::layout::Folded::new(layout.text.raw(place.clone()));
        match activity::find(&value).into_iter().next().filter(|code| code.range.start <= 2) {
            Some(code) => {
                let place = place.start + code.range.start..place.start + code.range.end;
                stretch.keep(found, "actividades[]", FactValue::Text(code.value), place, 0.93, "ciiu@1");
            }
            None => {
                stretch.read(found, "actividades[]", FieldKind::Text, place, 0.75);
            }
        }
    }
}

pattern!(SEAT, r"^(?:domicilio tributario|ubicacion geografica)\b[.:]? ?");
pattern!(
    SEAT_STREET,
    r"\b(?:direccion|calle)(?: principal)?: ?(.{4,160}?)(?: (?:medios de contacto|email|celular|telefono)\b|$)"
);

/// The seat: the street under or beside *Domicilio tributario*.
fn seat(found: &mut Candidates, stretch: &Stretch<'_>) {
    if has(found, "domicilio") {
        return;
    }
    let layout = stretch.layout;
    for row in stretch.rows.clone() {
        let Some(head) = SEAT.as_ref().and_then(|pattern| pattern.find(layout.row_text(&layout.rows[row])))
        else {
            continue;
        };
        let inline = layout.rows[row].range.start + head.end()..layout.rows[row].range.end;
        let candidates = if inline.len() > 8 { vec![row] } else { vec![row + 1, row + 2] };
        for other in candidates.into_iter().filter(|other| *other < stretch.rows.end) {
            let current = &layout.rows[other];
            // A street without a label stands apart from what has one.
            let free = current.segments.iter().skip(1).rev().find(|segment| {
                let text = layout.segment_text(segment);
                !text.contains(':') && text.len() > 6 && text.contains(' ')
            });
            if let Some(segment) = free {
                stretch.read(found, "domicilio", FieldKind::Text, segment.range.clone(), 0.85);
                return;
            }
            let text = layout.row_text(current);
            if let Some(street) = SEAT_STREET
                .as_ref()
                .and_then(|pattern| pattern.captures(text))
                .and_then(|captures| captures.get(1))
            {
                let place = current.range.start + street.start()..current.range.start + street.end();
                stretch.read(found, "domicilio", FieldKind::Text, place, 0.85);
                return;
            }
        }
    }
}

pattern!(PARAMETER, r"^[*.~-]? ?([a-z][a-z0-9 ()/~.-]{2,48}): (.{1,160})$");

/// Parameters of a product: «Potencia: 5 kW», or name and value in two columns.
fn parameters(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let pairs = stretch.rows.clone().filter(|row| layout.rows[*row].segments.len() == 2).count();
    for row in stretch.rows.clone() {
        let current = &layout.rows[row];
        let text = layout.row_text(current);
        let (name, place) = match current.segments.as_slice() {
            [name, value] if pairs >= 2 && !layout.segment_text(value).contains(':') => {
                (layout.text.raw(name.range.clone()), name.range.start..value.range.end)
            }
            [_] => match PARAMETER
                .as_ref()
                .and_then(|pattern| pattern.captures(text))
                .and_then(|captures| captures.get(1))
            {
                Some(name) => (
                    layout.text.raw(current.range.start + name.start()..current.range.start + name.end()),
                    current.range.start + name.start()..current.range.end,
                ),
                None => continue,
            },
            _ => continue,
        };
        let folded = crate::layout::Folded::new(name);
        let head = folded.ascii().trim_matches([' ', ':', '.']);
        // Names, makers and heads of the table are no parameter of the product.
        if head.len() < 3
            || [
                "marca",
                "modelo",
                "producto",
                "parametro",
                "caracteristica",
                "fabricante",
                "titular",
                "vigencia",
                "pais",
                "procedencia",
            ]
            .iter()
            .any(|word| head.starts_with(word))
            || super::known_labels::is_label(head)
        {
            continue;
        }
        let value = layout.text.raw(place.clone());
        let normal = match current.segments.as_slice() {
            [name, value] => format!(
                "{}: {}",
                layout.text.raw(name.range.clone()).trim_end_matches([':', ' ']),
                layout.text.raw(value.range.clone())
            ),
            _ => value.to_string(),
        };
        stretch.keep(found, "parametros[]", FactValue::Text(normal), place, 0.8, "parametro@1");
    }
}

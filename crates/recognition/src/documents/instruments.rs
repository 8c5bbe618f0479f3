//! Papers that are of none of the catalogue's types and yet begin as papers of their own do: memoranda, resolutions, manuals, letters.
//!
//! They are `OTRO`. Knowing where they begin keeps them from being taken for the last pages of the form before them.

use super::headings::upper_share;
use crate::layout::{PageLayout, squeeze};
use std::sync::LazyLock;

/// Rows from the top among which a title stands.
const TOP: usize = 8;
/// Rows from the top among which the head of a letter or mail stands.
const HEAD: usize = 14;
/// Letters that may follow a title on its row.
const LONGEST_REST: usize = 45;

static TITLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    const WORDS: [&str; 49] = [
        "acta de asamblea",
        "acta de calificacion",
        "acta de junta",
        "acta de la junta",
        "acta de reunion",
        "acta de sesion",
        "acuerdo ministerial",
        "boletin",
        "certificacion presupuestaria",
        "circular",
        "comprobante de",
        "comunicado",
        "convenio",
        "convocatoria",
        "criterio juridico",
        "estudio de mercado",
        "guia de",
        "hoja de ruta",
        "indice",
        "informe de",
        "informe no",
        "informe tecnico",
        "instructivo",
        "invitacion",
        "lamina",
        "lista de",
        "listado de",
        "manual",
        "memorando",
        "memorandum",
        "minuta",
        "modelo de contrato",
        "modelo unico de contrato",
        "nota de credito",
        "nota de venta",
        "oficio",
        "orden de pago",
        "ordenanza",
        "politica de",
        "protocolo",
        "proyecto de contrato",
        "recibo",
        "registro de asistencia",
        "reglamento",
        "resolucion",
        "rol de pagos",
        "roles de pago",
        "sentencia",
        "solicitud de",
    ];
    WORDS.iter().map(|words| squeeze(words)).collect()
});

/// Returns the row on which a paper of its own begins at the top of this page: its title, or the head of a letter or mail.
#[must_use]
pub fn begins(layout: &PageLayout) -> Option<usize> {
    title(layout).or_else(|| correspondence(layout))
}

/// Tells whether a page argues as a resolution does: *Considerando*, and clauses that begin with *Que*.
#[must_use]
pub fn recites(layout: &PageLayout) -> bool {
    let Some(at) = layout.rows.iter().position(|row| {
        let squeezed = squeeze(layout.row_text(row));
        squeezed == "considerando" || squeezed == "considerandos"
    }) else {
        return false;
    };
    let clauses = layout.rows.iter().skip(at + 1).filter(|row| {
        let text = layout.row_text(row);
        text.starts_with("que ") || text.starts_with("que, ")
    });
    clauses.count() >= 2
}

fn title(layout: &PageLayout) -> Option<usize> {
    let body = layout.body_size();
    layout.rows.iter().take(TOP).position(|row| {
        let squeezed = squeeze(layout.row_text(row));
        let stands_out =
            body > 0.0 && row.size > body * 1.12 || upper_share(layout.text.raw(row.range.clone())) >= 0.7;
        let fits = |title: &String| {
            squeezed.strip_prefix(title.as_str()).is_some_and(|rest| rest.len() <= LONGEST_REST)
        };
        row.segments.len() == 1 && stands_out && TITLES.iter().any(fits)
    })
}

fn correspondence(layout: &PageLayout) -> Option<usize> {
    const LABELS: [&str; 6] = ["de:", "para:", "asunto:", "fecha:", "cc:", "enviado:"];
    const SALUTATIONS: [&str; 4] =
        ["estimado", "estimada", "de mi consideracion", "de nuestra consideracion"];
    let mut labelled = (0..layout.rows.len().min(HEAD)).filter(|row| {
        let text = layout.row_text(&layout.rows[*row]);
        LABELS.iter().any(|label| text.starts_with(label))
    });
    if let (Some(first), Some(_), Some(_)) = (labelled.next(), labelled.next(), labelled.next()) {
        return Some(first);
    }
    layout
        .rows
        .iter()
        .take(HEAD)
        .position(|row| SALUTATIONS.iter().any(|words| layout.row_text(row).starts_with(words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::prose;

    fn beginning(rows: &[&str]) -> Option<usize> {
        begins(&PageLayout::new(&prose(1, rows)))
    }

    #[test]
    fn titles_and_heads_of_letters_begin_a_paper() {
        assert_eq!(
            beginning(&["Municipio de Ejemplo", "MEMORANDO No. 0034-2026", "Adjunto remito"]),
            Some(1)
        );
        assert_eq!(
            beginning(&["De: uno@ejemplo.ec", "Para: dos@ejemplo.ec", "Asunto: reunión", "Confirme la hora"]),
            Some(0)
        );
        assert_eq!(
            beginning(&["Quito, 3 de marzo de 2026", "De mi consideración:", "Por medio de la presente"]),
            Some(1)
        );
    }

    #[test]
    fn sentences_and_tables_that_speak_of_papers_begin_none() {
        assert_eq!(
            beginning(&[
                "la resolución de adjudicación se publicará en el portal",
                "y se notificará a todos"
            ]),
            None
        );
        assert_eq!(beginning(&["Informe de gestión que la empresa presentó", "a la junta de socios"]), None);
        assert_eq!(beginning(&["DE: lo dicho resulta", "que no hay más que añadir"]), None);
    }

    #[test]
    fn a_resolution_is_told_by_its_recitals() {
        let page = prose(
            1,
            &[
                "RESOLUCIÓN No. 12",
                "CONSIDERANDO:",
                "Que, el artículo 226 dispone",
                "Que, el artículo 227 manda",
            ],
        );
        assert!(recites(&PageLayout::new(&page)));
        let page = prose(1, &["CONSIDERANDO", "el estado de la vía se solicita", "que se repare"]);
        assert!(!recites(&PageLayout::new(&page)));
    }
}

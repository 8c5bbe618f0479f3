//! Models of contracts: what the parties would sign, with the places to fill in still open. They are part of a pliego and prove nothing.

use super::{headings, instruments};
use crate::grammar::placeholder;
use crate::layout::{PageLayout, squeeze};
use cotejo_domain::DocumentType;

/// Rows from the top among which the title stands.
const TOP: usize = 10;
/// Letters that may follow the title on its row.
const LONGEST_REST: usize = 60;
/// Open places that a page of clauses needs to be a model's.
const OPEN_PLACES: usize = 3;

const TITLES: [&str; 6] = [
    "proyectodecontrato",
    "modelodecontrato",
    "modelounicodecontrato",
    "minutadecontrato",
    "minutadelcontrato",
    "condicionesparticularesdelcontrato",
];

/// Says of what a page of a model of a contract is part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractModel {
    /// A section of a pliego, as it says itself.
    OfPliego,
    /// A paper of its own.
    Alone,
}

impl ContractModel {
    /// Returns the type of its pages.
    #[must_use]
    pub fn kind(self) -> DocumentType {
        match self {
            Self::OfPliego => DocumentType::from("PLIEGO"),
            Self::Alone => DocumentType::other(),
        }
    }
}

/// Tells of each page whether it is one of a model of a contract: by its title, by clauses with open places, or because it goes on with
/// clauses after such a page.
#[must_use]
pub fn of_contracts(layouts: &[PageLayout]) -> Vec<Option<ContractModel>> {
    let mut found: Vec<Option<ContractModel>> = Vec::with_capacity(layouts.len());
    for layout in layouts {
        let last = found.last().copied().flatten();
        let before = last.is_some();
        let clauses = clauses(layout);
        let open = placeholder::instructions(layout.text.ascii());
        let goes_on = clauses > 0
            || signs_off(layout)
            || numbered_paragraphs(layout) >= 2 && headings::find(layout).is_empty();
        let one = is_titled(layout) && (clauses > 0 || open > 0)
            || clauses > 0 && open >= OPEN_PLACES
            || before && goes_on && instruments::begins(layout).is_none();
        let kind = if is_section(layout) { ContractModel::OfPliego } else { ContractModel::Alone };
        let titled = || is_titled(layout);
        found.push(one.then(|| last.filter(|_| !titled()).unwrap_or(kind)));
    }
    found
}

fn is_titled(layout: &PageLayout) -> bool {
    layout.rows.iter().take(TOP).any(|row| {
        let squeezed = squeeze(layout.row_text(row));
        TITLES.iter().any(|title| {
            squeezed.find(title).is_some_and(|at| at <= 12 && squeezed.len() - title.len() <= LONGEST_REST)
        })
    })
}

/// Tells whether the head of a page says that it is a section of a pliego.
fn is_section(layout: &PageLayout) -> bool {
    layout.rows.iter().take(TOP).any(|row| {
        let squeezed = squeeze(layout.row_text(row));
        squeezed.starts_with("seccion") && squeezed.contains("contrato")
            || squeezed.starts_with("modelodepliego")
    })
}

/// Counts the rows that begin a clause: «Cláusula Octava.- MULTAS».
fn clauses(layout: &PageLayout) -> usize {
    layout.rows.iter().filter(|row| layout.row_text(row).starts_with("clausula ")).count()
}

/// Counts the rows that begin a numbered paragraph: «8.1. Por cada día de retardo se aplicará la multa de».
fn numbered_paragraphs(layout: &PageLayout) -> usize {
    layout.rows.iter().filter(|row| is_numbered_paragraph(layout.row_text(row))).count()
}

fn is_numbered_paragraph(text: &str) -> bool {
    let (number, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = number.trim_end_matches(['.', '-']).split('.');
    let digits = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    digits(parts.next()) && digits(parts.next()) && parts.next().is_none() && rest.split(' ').count() >= 8
}

/// Tells whether both parties are to sign at the foot of a page.
fn signs_off(layout: &PageLayout) -> bool {
    let squeezed = squeeze(layout.text.ascii());
    squeezed.len() < 400 && squeezed.contains("contratante") && squeezed.contains("contratista")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::prose;

    fn models(pages: &[&[&str]]) -> Vec<Option<ContractModel>> {
        let layouts: Vec<PageLayout> = pages
            .iter()
            .enumerate()
            .map(|(page, rows)| PageLayout::new(&prose(page as u32 + 1, rows)))
            .collect();
        of_contracts(&layouts)
    }

    const ALONE: Option<ContractModel> = Some(ContractModel::Alone);

    #[test]
    fn a_model_is_known_by_its_title_or_its_open_places_and_goes_on() {
        let pages: [&[&str]; 4] = [
            &[
                "PROYECTO DE CONTRATO",
                "Comparecen por una parte (nombre de la entidad), y por otra (nombre del contratista)",
                "Cláusula Primera.- ANTECEDENTES",
            ],
            &[
                "Cláusula Cuarta.- PRECIO",
                "El precio es de (establecer el valor) y se paga en (número de días) desde (establecer la fecha)",
            ],
            &["Cláusula Octava.- MULTAS", "Por cada día de retardo se aplica una multa"],
            &["LA CONTRATANTE    EL CONTRATISTA"],
        ];
        assert_eq!(models(&pages), [ALONE; 4]);
    }

    #[test]
    fn a_section_of_a_pliego_is_of_the_pliego() {
        let page: &[&str] = &[
            "SECCIÓN VI. PROYECTO DE CONTRATO",
            "Comparecen por una parte (nombre de la entidad contratante) y por otra el contratista",
        ];
        assert_eq!(models(&[page]), [Some(ContractModel::OfPliego)]);
    }

    #[test]
    fn a_signed_contract_is_none_though_it_names_its_model() {
        let pages: [&[&str]; 2] = [
            &[
                "CONTRATO No. 014-2023",
                "Comparecen el Municipio de Ejemplo y la Constructora Ejemplo S.A.",
                "Cláusula Primera.- ANTECEDENTES",
                "El contrato sigue el modelo de contrato que el pliego contenía (anexo 3)",
            ],
            &["Cláusula Cuarta.- PRECIO", "El precio es de USD 10.000,00 (diez mil dólares)"],
        ];
        assert_eq!(models(&pages), [None, None]);
    }
}

//! What an official model leaves for the bidder to fill in: dotted lines, underscores, instructions in brackets.

use super::{pattern, ranges};
use std::ops::Range;

pattern!(LEADERS, r"(?:\. ?){4,}|(?:_ ?){3,}|[.~]{4,}");
pattern!(
    INSTRUCTION,
    r"[(\[<] ?(?:nombre|detall|indicar|se indicar|incluir|razon social|codigo de?l? ?(?:proce|identif)|objeto de|objeto del contrato|lugar y fecha|si ?/ ?no|nacionalidad|determinar|describir|especificar|ingresar|insertar|llenar|completar|colocar|persona natural o representante|personas? natural|sus propios derechos|representante legal o apoderado|procurador comun si|por mis propios derechos o en calidad|en letras y numeros|en numeros y letras|monto|valor en|numero de|fecha de|dd ?/ ?mm|aaaa|ciudad|cargo|firma|plazo|titulo|establecer|senalar|identificar|incorporar|cantidad exacta|dependencia a la|funcionario comp|valor establecido|direccion y telefono|descripcion de)[^)\]>]{0,420}(?:[)\]>]|$)|[(\[<] ?(?:dias?|mes|ano|hora|no\.|contratante|entidad contratante|adjudicatario) ?[)\]>]"
);
pattern!(CROSSES, r"\bx{3,}\b");

/// Finds placeholders in a folded text.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> =
        [&LEADERS, &INSTRUCTION, &CROSSES].into_iter().flat_map(|pattern| ranges(pattern, text)).collect();
    found.sort_by_key(|range| range.start);
    found
}

/// Counts the instructions in brackets that a model leaves in a folded text.
#[must_use]
pub fn instructions(text: &str) -> usize {
    ranges(&INSTRUCTION, text).len()
}

/// Tells whether a value is only placeholders, rules and punctuation: nobody filled it in.
#[must_use]
pub fn is_unfilled(value: &str) -> bool {
    let mut rest = value.to_string();
    for range in find(value) {
        rest.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    let left: String = rest.chars().filter(char::is_ascii_alphanumeric).collect();
    left.is_empty() || matches!(left.as_str(), "detallar" | "sino" | "indicar" | "xx" | "completar")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_placeholders_are_recognised() {
        for value in [
            "(nombre de la entidad contratante)",
            "…………".replace('…', ".").as_str(),
            "______________",
            "(Detallar)".to_lowercase().as_str(),
            "(indicar el nombre)",
            "(lugar y fecha)",
            ".. . . . . . .",
            "(codigo de procedimiento)",
            "(titulo)",
            "[titulo]",
            "(establecer el periodo en letras)",
            "(dia) (mes) (ano)",
            "(descripcion del objeto de la contratacion)",
            "detallar",
            "xxxx",
            "",
            " : ",
        ] {
            assert!(is_unfilled(value), "{value} is left as in the model");
        }
    }

    #[test]
    fn what_a_bidder_writes_is_not_a_placeholder() {
        for value in [
            "constructora ejemplo s.a.",
            "quito, 22 de abril de 2024",
            "1,37",
            "si",
            "no aplica",
            "individual",
            "n/a (persona natural)",
            "ingeniero civil (titulo de tercer nivel)",
            "(dias calendario) 90",
        ] {
            assert!(!is_unfilled(value), "{value} was filled in");
        }
    }
}

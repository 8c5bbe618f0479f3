//! Where one value ends because the next label begins: «Marca: ACME Modelo: X1».

use super::families::FAMILIES;
use super::rules::FORM_RULES;
use super::support_rules::SUPPORT_RULES;
use crate::layout::squeeze;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Labels that no rule reads but that end the value before them.
const FURTHER: &[&str] = &[
    "sexo",
    "parroquia",
    "numero",
    "calle",
    "calle secundaria",
    "interseccion",
    "clase",
    "motor",
    "vin",
    "chasis",
    "combustible",
    "color",
    "regimen",
    "fec. constitucion",
    "fec. inscripcion",
    "fec. actualizacion",
    "fec. cese",
    "obligacion tributaria",
    "fiscalizador",
    "fiscalizacion",
    "periodo",
    "mes",
    "telefono",
    "celular",
    "correo",
    "email",
    "dir. matriz",
    "emision",
    "ambiente",
    "afianzado",
    "asegurado",
    "prima",
    "tipo de cuenta",
    "area o campo de conocimiento",
    "reconocido por",
    "institucion",
    "tipo",
    "especie",
    "serie",
    "contador",
    "sucursal",
    "cerrados",
    "abiertos",
    "estado",
    "producto",
    "proyecto desempenado",
    "papel desempenado",
    "tiempo",
    "actividades",
    "monto",
    "plazo",
    "precio",
    "lugar",
    "hoja",
    "rendimiento",
];

/// Labels that stand inside values too: an object names a project, a work and their codes.
const INSIDE_VALUES: &[&str] = &[
    "obra",
    "proyecto",
    "objeto",
    "nombre del proyecto",
    "procedimiento",
    "proceso",
    "obra no",
    "no",
    "u",
    "n.o",
];

static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| all().map(squeeze).collect());

static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut labels: Vec<&str> =
        all().filter(|label| !INSIDE_VALUES.contains(label) && label.len() >= 3).collect();
    labels.sort_by_key(|label| std::cmp::Reverse(label.len()));
    labels.dedup();
    let any = labels.into_iter().map(regex::escape).collect::<Vec<_>>().join("|");
    Regex::new(&format!(
        r" ((?:\d{{1,2}}(?:\.\d{{1,2}})*[.)]?-? |[a-z][.)] )?)((?:{any})(?: ?\([^)]{{1,24}}\))?) ?:"
    ))
    .ok()
});

fn all() -> impl Iterator<Item = &'static str> {
    FORM_RULES
        .iter()
        .chain(SUPPORT_RULES)
        .chain(FAMILIES.iter().copied().flatten())
        .flat_map(|rules| rules.labels.iter().flat_map(|rule| rule.labels.iter().copied()))
        .chain(FURTHER.iter().copied())
}

/// Tells whether a folded text is a label and nothing else.
#[must_use]
pub fn is_label(folded: &str) -> bool {
    KNOWN.contains(&squeeze(folded))
}

/// Returns where labels with their colon begin after the start of a folded text, each with the place where the value before it ends: a
/// number that counts the label belongs to neither.
#[must_use]
pub fn starts(folded: &str) -> Vec<(usize, usize)> {
    if !folded.contains(':') {
        return Vec::new();
    }
    let mut from = 0;
    let mut starts = Vec::new();
    for captures in NEXT.iter().flat_map(|pattern| pattern.captures_iter(folded)) {
        let (Some(mark), Some(label)) = (captures.get(1), captures.get(2)) else { continue };
        // «Monto del contrato:» is one label, though «contrato» is one too.
        let longer =
            folded.get(from..label.end()).is_some_and(|text| text.len() > label.len() && is_label(text));
        if !longer {
            starts.push((mark.start(), label.start()));
        }
        from = captures.get(0).map_or(from, |whole| whole.end());
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_label_ends_a_value_and_a_word_of_an_object_does_not() {
        let text = "marca: acme modelo: x1 procedencia: china";
        assert_eq!(
            starts(text).iter().map(|(_, start)| &text[*start..*start + 5]).collect::<Vec<_>>(),
            ["model", "proce"]
        );
        let counted = "cobertura: defectos. 2. plazo: 12 meses";
        assert_eq!(
            starts(counted).iter().map(|(end, start)| &counted[*end..*start]).collect::<Vec<_>>(),
            ["2. "]
        );
        assert!(starts("objeto: adquisicion para el proyecto: escuelas").is_empty());
        assert!(starts("monto del contrato: usd 12,00").is_empty(), "the end of a label is none");
        assert!(starts("sin dos puntos marca").is_empty());
        assert!(is_label("RUC".to_lowercase().as_str()) && !is_label("acme s.a."));
    }
}

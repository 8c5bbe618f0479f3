//! Labels by what they mean: «Porcentaje respecto al monto contractual» is the share of a subcontract, whatever words a clerk chose.
//!
//! These rules see every label of a paper, not a list of them, and read only what no rule before them has read. What a label must not
//! speak of stands beside what it must.

use super::collect::has;
use super::pairing::{self, Named};
use super::{Candidates, FieldKind, join, push};
use crate::documents::cut::Cut;
use crate::grammar::placeholder;
use crate::layout::PageLayout;
use FieldKind::{
    Account, Date, Duration, Email, Money, Percent, Person, PersonId, Phone, Plate, Ratio, Ruc, Text, Year,
    YesNo,
};

/// Says which labels of a type name a field.
pub(super) struct Meaning {
    types: &'static [&'static str],
    field: &'static str,
    kind: FieldKind,
    /// Pattern over the folded label, without its colon.
    label: &'static str,
    /// Pattern of labels that speak of something else; empty for none.
    unless: &'static str,
}

pub(super) const fn means(
    types: &'static [&'static str],
    field: &'static str,
    kind: FieldKind,
    label: &'static str,
    unless: &'static str,
) -> Meaning {
    Meaning { types, field, kind, label, unless }
}

const OTHERS: &str = r"correo|electronic|mail|secundaria|interseccion|entidad|contratante";

const MEANINGS: &[Meaning] = &[
    means(&["FUO_1_2", "RUC_SRI"], "direccion", Text, r"^(?:direccion|calle)\b", OTHERS),
    means(&["RUC_SRI"], "domicilio", Text, r"^(?:direccion|domicilio|calle)\b", OTHERS),
    means(&["FUO_1_2"], "telefono", Phone, r"^(?:telefonos?|celular|movil|numeros? de contacto)\b", ""),
    means(&["FUO_1_2"], "correo", Email, r"\bcorreo\b|\be-?mail\b", ""),
    means(&["FUO_1_4"], "solvencia", Ratio, r"\b(?:solvencia|liquidez)\b", ""),
    means(&["FUO_1_4"], "endeudamiento", Ratio, r"\bendeudamiento\b", ""),
    means(&["FUO_1_4"], "patrimonio", Money, r"^(?:valor del |monto del )?patrimonio\b", "minimo|requerido"),
    means(
        &["FUO_1_4", "EEFF"],
        "ejercicio",
        Year,
        r"^(?:ejercicio|ano|periodo)(?: (?:fiscal|economico|contable|terminado|declarado|del? balance))*$",
        "",
    ),
    means(
        &["FUO_1_12_PE"],
        "porcentaje",
        Percent,
        r"\b(?:participacion|agregado|componente|contenido) (?:ecuatorian|nacional)",
        r"minim|referencial|estudio|requerid",
    ),
    means(&["FUO_1_12_PE"], "nivel", Text, r"^nivel\b", ""),
    means(
        &["FUO_VAE"],
        "importacion_directa",
        Money,
        r"\bimport.*\bdirect|\bdirect.*\bimport|\bimport.*\bcif\b",
        "compra|adquir",
    ),
    means(
        &["FUO_VAE"],
        "comprado_ec_importado",
        Money,
        r"\b(?:compr|adquir).*\b(?:import|extranjer)|\bimport.*\b(?:compr|adquir)",
        "direct",
    ),
    means(
        &["FUO_VAE"],
        "oferta",
        Money,
        r"\b(?:valor|monto|precio|total|economica)\b.*\boferta\b|\boferta\b.*\b(?:economica|final|total)\b",
        r"\bvae\b|porcentaje|agregado|vigencia|plazo|import|intermediari",
    ),
    means(
        &["FUO_VAE"],
        "vae_pct",
        Percent,
        r"\bvae\b|\bvalor agregado ecuatoriano\b",
        "minimo|umbral|requerido",
    ),
    means(&["FUO_VAE"], "intermediario", YesNo, r"\bintermediari[oa]\b", ""),
    means(
        &["FORM_SUBCON"],
        "subcontratista",
        Text,
        r"^(?:subcontratista|(?:nombre|razon social)(?: o razon social)?(?: del? subcontratista)?)$",
        "",
    ),
    means(
        &["FORM_SUBCON"],
        "rubro",
        Text,
        r"^(?:rubros?|trabajos?|actividad(?:es)?)\b",
        "valor|monto|porcentaje",
    ),
    means(&["FORM_SUBCON"], "valor", Money, r"^(?:valor|monto|precio)\b", r"porcentaje|%|\bcontrat|oferta"),
    means(&["FORM_SUBCON"], "porcentaje", Percent, r"^(?:porcentaje|%)", ""),
    means(
        &["FORM_VINCULACION"],
        "rep_legal",
        Person,
        r"^(?:nombres? del? )?(?:el )?representante(?: legal)?(?: del oferente)?$",
        "",
    ),
    means(&["FORM_VINCULACION"], "conyuges[]", Person, r"^(?:nombres? del? )?(?:conyu|convivien)", ""),
    means(&["FORM_VINCULACION"], "socios51[]", Person, r"^(?:socio|accionista|participe)s?\b.*\b51\b", ""),
    means(&["FORM_CONSORCIO"], "procurador", Person, r"^procurador[a]?\b", "facultad|atribucion"),
    means(
        &["FORM_CONSORCIO"],
        "plazo_adicional",
        Duration,
        r"\bplazo adicional\b|\bvigencia adicional\b|^dias adicionales\b",
        "",
    ),
    means(
        &["FORM_INTEGRIDAD", "FORM_II_ETAPA"],
        "fecha",
        Date,
        r"^(?:lugar y )?fecha\b",
        "convocatoria|entrega|limite",
    ),
    means(
        &["FACTURA"],
        "ruc_receptor",
        PersonId,
        r"^(?:ruc|r\.u\.c\.?|c\.?i\.?|cedula|identificacion|ruc ?/ ?c\.?i\.?)\b.*\b(?:client|comprador|adquirent|receptor)",
        "",
    ),
    means(&["FACTURA"], "ruc_emisor", Ruc, r"^(?:ruc|r\.u\.c\.?)\b.*\b(?:emisor|vendedor|proveedor)", ""),
    means(&["FACTURA"], "detalle", Text, r"^(?:por )?concepto(?: de)?$|^detalle$", ""),
    means(
        &["COMPROMISO_PERS"],
        "nombre",
        Person,
        r"^(?:nombres?\b.*|(?:el )?(?:profesional|tecnico)(?: propuesto| responsable)?)$",
        "cargo|titulo|empresa|oferente|proyecto|obra|proceso|entidad",
    ),
    means(&["COMPROMISO_PERS", "CERT_EXP"], "cargo", Text, r"^(?:cargo|funcion|puesto)\b", ""),
    means(&["MATRICULA", "COMPROMISO_EQUIPO"], "placa", Plate, r"\bplacas?\b|^matricula\b", ""),
    means(&["PODER"], "alcance", Text, r"^(?:alcance|facultades|objeto)\b", ""),
    means(
        &["TITULO"],
        "registro",
        Text,
        r"^(?:numero|no|nro|codigo)\.? (?:de(?:l)? )?(?:registro|refrendacion)\b",
        "fecha",
    ),
    means(&["POLIZA"], "monto", Money, r"^(?:suma|valor|monto)\b", "prima|deducible|contrato|iva"),
    means(
        &["CONTRATO_EXP"],
        "fecha",
        Date,
        r"^fecha (?:de |del )?(?:suscripcion|contrato|firma|celebracion)",
        "",
    ),
    means(&["CONTRATO_EXP"], "plazo", Duration, r"^plazo\b", "garantia|pago"),
    means(&["DISTRIBUIDOR"], "oferente", Text, r"^distribuidor(?: autorizado)?$", ""),
    means(
        &["BANCARIO"],
        "cuenta",
        Account,
        r"^(?:(?:no|nro|numero)\.? (?:de )?)?cuenta\b",
        "tipo|estado|fecha|apertura|saldo",
    ),
    means(&["FUO_1_3"], "bolsa", YesNo, r"\bbolsa\b", ""),
    means(
        &["CV"],
        "titulos[]",
        Text,
        r"^titulos?(?: (?:de|del|profesional|academico|obtenido|tercer|cuarto|nivel|grado))*$|^profesion$",
        "",
    ),
    means(&["PROFORMA"], "validez", Duration, r"^(?:validez|vigencia|tiempo de validez)\b", ""),
];

fn every_meaning() -> impl Iterator<Item = &'static Meaning> {
    MEANINGS.iter().chain(super::meanings_of_papers::MEANINGS)
}

/// Reads them.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    let kind = cut.kind.0.as_str();
    let meanings: Vec<&Meaning> = every_meaning().filter(|meaning| meaning.types.contains(&kind)).collect();
    if meanings.is_empty() {
        return;
    }
    let every: Vec<(usize, Named)> = cut
        .spans
        .iter()
        .flat_map(|span| {
            let named = pairing::every(&layouts[span.page], span.rows.clone());
            named.into_iter().map(|named| (span.page, named))
        })
        .collect();
    for meaning in meanings.into_iter().filter(|meaning| known_field(kind, meaning.field)) {
        if has(found, meaning.field) {
            continue;
        }
        for (page, named) in &every {
            let layout = &layouts[*page];
            if !meaning.is_meant_by(&named.label) {
                continue;
            }
            let value = join(layout, &named.value);
            let label = value.len() > 2 && super::known_labels::is_label(value.ascii());
            let unfilled =
                label || placeholder::is_unfilled(value.ascii()) || super::is_scrap(layout, &named.value);
            if !unfilled {
                let before = found.list.len();
                push(found, *page, (meaning.field, meaning.kind), &value, named.value.clone(), 0.88, None);
                if found.list.len() > before {
                    found.slots.push((meaning.field, true));
                }
            }
        }
    }
}

/// A rule for several types is one only for those that have the field.
fn known_field(kind: &str, field: &str) -> bool {
    cotejo_domain::document_type_entry(kind)
        .is_some_and(|entry| entry.fields.iter().any(|known| known.name == field))
}

impl Meaning {
    fn is_meant_by(&self, label: &str) -> bool {
        let label = label
            .trim_matches(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '%' | '(' | ')')))
            .trim_end_matches([')', ' ']);
        let holds = |pattern: &'static str| {
            super::settle::compiled(pattern).is_some_and(|pattern| pattern.is_match(label))
        };
        holds(self.label) && (self.unless.is_empty() || !holds(self.unless))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::cut::Span;
    use crate::layout::tests::page;
    use cotejo_domain::Confidence;

    fn facts(kind: &str, lines: &[(f64, f64, &str)]) -> Vec<(String, String)> {
        let layouts = [PageLayout::new(&page(1, lines))];
        let rows = 0..layouts[0].rows.len();
        let cut =
            Cut { kind: kind.into(), confidence: Confidence::CERTAIN, spans: vec![Span { page: 0, rows }] };
        let mut found = Candidates::default();
        read(&mut found, &layouts, &cut);
        found.list.into_iter().map(|candidate| (candidate.field, candidate.value.canonical())).collect()
    }

    #[test]
    fn every_meaning_compiles_and_names_a_field() {
        for meaning in every_meaning() {
            assert!(regex::Regex::new(meaning.label).is_ok(), "{}", meaning.label);
            assert!(regex::Regex::new(meaning.unless).is_ok(), "{}", meaning.unless);
            assert!(
                meaning.types.iter().any(|kind| known_field(kind, meaning.field)),
                "{} of {:?}",
                meaning.field,
                meaning.types
            );
        }
    }

    #[test]
    fn labels_that_nobody_listed_are_read_by_what_they_mean() {
        let found = facts(
            "FUO_VAE",
            &[
                (60.0, 100.0, "Bienes de importación que hago directamente, en CIF:"),
                (400.0, 100.0, "USD 1.200,50"),
                (60.0, 130.0, "Adquirido localmente pero de origen importado: USD 300,25"),
                (60.0, 160.0, "Precio total de la oferta sin IVA: USD 9.800,00"),
                (60.0, 190.0, "VAE resultante: 61,20 %"),
                (60.0, 220.0, "¿Actúa como intermediario de la totalidad?: SI"),
            ],
        );
        for (field, value) in [
            ("importacion_directa", "1200.50"),
            ("comprado_ec_importado", "300.25"),
            ("oferta", "9800.00"),
            ("vae_pct", "61.2"),
            ("intermediario", "true"),
        ] {
            assert!(
                found.iter().any(|(name, read)| name == field && read.starts_with(value)),
                "{field}: {found:?}"
            );
        }
    }

    #[test]
    fn cells_of_two_columns_are_labels_and_values() {
        let found = facts(
            "FORM_SUBCON",
            &[
                (60.0, 100.0, "Trabajos que se subcontratan"),
                (300.0, 100.0, "Pintura interior"),
                (60.0, 120.0, "Porcentaje frente al contrato"),
                (300.0, 120.0, "18,30 %"),
            ],
        );
        assert!(found.contains(&("rubro".into(), "Pintura interior".into())), "{found:?}");
        assert!(
            found.iter().any(|(field, value)| field == "porcentaje" && value.starts_with("18.3")),
            "{found:?}"
        );
    }

    #[test]
    fn a_label_that_takes_two_lines_of_its_cell_is_one() {
        let found = facts(
            "FUO_1_4",
            &[
                (60.0, 100.0, "Año declarado:"),
                (260.0, 100.0, "2023"),
                (60.0, 112.0, "Índice de solvencia (no menor"),
                (260.0, 112.0, "1,84"),
                (60.0, 124.0, "a uno):"),
                (60.0, 136.0, "Endeudamiento"),
                (160.0, 136.0, "(hasta"),
                (260.0, 136.0, "0,62"),
                (60.0, 148.0, "uno y medio):"),
            ],
        );
        for (field, value) in [("solvencia", "1.84"), ("endeudamiento", "0.62"), ("ejercicio", "2023")] {
            assert!(found.contains(&(field.into(), value.into())), "{field}: {found:?}");
        }
    }

    #[test]
    fn what_a_label_must_not_speak_of_keeps_it_out() {
        let found =
            facts("FUO_1_12_PE", &[(60.0, 100.0, "Participación ecuatoriana mínima requerida: 40,00 %")]);
        assert!(found.is_empty(), "{found:?}");
        let found = facts("POLIZA", &[(60.0, 100.0, "Valor de la prima: USD 120,00")]);
        assert!(found.is_empty(), "{found:?}");
        let found = facts("FUO_1_2", &[(60.0, 100.0, "Dirección electrónica: ventas@ejemplo.ec")]);
        assert!(!found.iter().any(|(field, _)| field == "direccion"), "{found:?}");
    }
}

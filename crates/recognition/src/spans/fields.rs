//! Which fields a span can be, and the part that its span has in the paper.

use super::Class::{self, Cargo, Empresa, Entidad, Objeto, Persona};

/// Says what the value of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanField {
    /// Type of the paper.
    pub kind: &'static str,
    /// Field of the catalogue.
    pub field: &'static str,
    /// Part of the span in the paper; like parts in several papers share one.
    pub role: &'static str,
    /// Classes of spans that can be it.
    pub classes: &'static [Class],
}

/// Parts that spans have; the first is none.
pub const ROLES: [&str; 23] = [
    "ninguno",
    "contratante",
    "contratista",
    "objeto",
    "firmante",
    "oferente",
    "procurador",
    "subcontratista",
    "representante",
    "empresa",
    "mandante",
    "apoderado",
    "titular_documento",
    "emisor",
    "beneficiario",
    "cargo",
    "propietario",
    "fabricante",
    "titular_cuenta",
    "banco",
    "declarante",
    "consorcio",
    "profesional",
];

const PARTY: &[Class] = &[Empresa, Persona, Entidad];
const SOMEBODY: &[Class] = &[Empresa, Persona];
const BODY: &[Class] = &[Entidad, Empresa];
const PERSON: &[Class] = &[Persona];
const FIRM: &[Class] = &[Empresa];

const fn field(
    kind: &'static str,
    field: &'static str,
    role: &'static str,
    classes: &'static [Class],
) -> SpanField {
    SpanField { kind, field, role, classes }
}

/// Every single field of the catalogue whose value is a person, company, entity, role or object; rows of lists are left to the tables.
pub const FIELDS: &[SpanField] = &[
    field("FUO_1_1", "entidad_contratante", "contratante", BODY),
    field("FUO_1_1", "objeto", "objeto", &[Objeto]),
    field("FUO_1_1", "firmante", "firmante", PERSON),
    field("FUO_1_2", "nombre", "oferente", SOMEBODY),
    field("FORM_II_ETAPA", "firmante", "firmante", PERSON),
    field("FORM_INTEGRIDAD", "firmante", "firmante", PERSON),
    field("FORM_CONSORCIO", "procurador", "procurador", PERSON),
    field("FORM_SUBCON", "subcontratista", "subcontratista", SOMEBODY),
    field("FORM_VINCULACION", "rep_legal", "representante", PERSON),
    field("RUC_SRI", "razon_social", "empresa", SOMEBODY),
    field("RUC_SRI", "representante", "representante", PERSON),
    field("NOMBRAMIENTO", "empresa", "empresa", FIRM),
    field("NOMBRAMIENTO", "representante", "representante", PERSON),
    field("NOMBRAMIENTO", "cargo", "cargo", &[Cargo]),
    field("PODER", "mandante", "mandante", SOMEBODY),
    field("PODER", "apoderado", "apoderado", PERSON),
    field("ESCRITURA", "empresa", "empresa", FIRM),
    field("CEDULA_DOC", "nombres", "titular_documento", PERSON),
    field("CONTRATO_EXP", "contratante", "contratante", PARTY),
    field("CONTRATO_EXP", "contratista", "contratista", SOMEBODY),
    field("CONTRATO_EXP", "objeto", "objeto", &[Objeto]),
    field("ACTA_ER", "contratante", "contratante", PARTY),
    field("ACTA_ER", "contratista", "contratista", SOMEBODY),
    field("ACTA_ER", "objeto", "objeto", &[Objeto]),
    field("CERT_EXP", "emisor", "emisor", PARTY),
    field("CERT_EXP", "beneficiario", "beneficiario", SOMEBODY),
    field("CERT_EXP", "objeto", "objeto", &[Objeto]),
    field("CERT_EXP", "cargo", "cargo", &[Cargo]),
    field("CERT_EXP", "firmante", "firmante", PERSON),
    field("CV", "nombre", "titular_documento", PERSON),
    field("TITULO", "nombre", "titular_documento", PERSON),
    field("COMPROMISO_PERS", "nombre", "profesional", PERSON),
    field("COMPROMISO_PERS", "cargo", "cargo", &[Cargo]),
    field("MATRICULA", "propietario", "propietario", SOMEBODY),
    field("DISTRIBUIDOR", "fabricante", "fabricante", FIRM),
    field("DISTRIBUIDOR", "oferente", "oferente", SOMEBODY),
    field("POLIZA", "emisor", "emisor", FIRM),
    field("BANCARIO", "titular", "titular_cuenta", SOMEBODY),
    field("BANCARIO", "banco", "banco", FIRM),
    field("PLIEGO", "objeto", "objeto", &[Objeto]),
    field("CARATULA", "oferente", "oferente", SOMEBODY),
    field("DECLARACION_JURAMENTADA", "declarante", "declarante", PERSON),
    field("COMPROMISO_EQUIPO", "propietario", "propietario", SOMEBODY),
    field("CONSORCIO_CONSTITUIDO", "nombre", "consorcio", FIRM),
    field("CONSORCIO_CONSTITUIDO", "procurador", "procurador", PERSON),
];

/// Returns the fields of a type that a span can be.
pub fn of_type(kind: &str) -> impl Iterator<Item = &'static SpanField> + use<'_> {
    FIELDS.iter().filter(move |field| field.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_in_the_catalogue_and_every_role_in_the_list() {
        for field in FIELDS {
            let entry = cotejo_domain::document_type_entry(field.kind).expect("a type");
            assert!(entry.fields.iter().any(|known| known.name == field.field), "{field:?}");
            assert!(ROLES[1..].contains(&field.role), "{field:?}");
        }
        for role in &ROLES[1..] {
            assert!(FIELDS.iter().any(|field| field.role == *role), "{role} is nobody's");
        }
    }

    #[test]
    fn within_a_type_no_two_fields_share_a_role() {
        for field in FIELDS {
            assert_eq!(of_type(field.kind).filter(|other| other.role == field.role).count(), 1, "{field:?}");
        }
    }
}

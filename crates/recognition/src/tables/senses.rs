//! Heads of columns by what they mean: «Valor USD» is the value of a contract, «Socio, accionista o partícipe» the name of a partner.
//!
//! A head that the specifications list word for word is known; these senses are asked where one is missing. A head that could mean two
//! columns of a table means none.

use super::spec::TableSpec;

/// Words by which a column is known: any of the groups, of each group all; and words of other columns. Words are beginnings.
struct Sense {
    any: &'static [&'static [&'static str]],
    never: &'static [&'static str],
}

const fn sense(any: &'static [&'static [&'static str]], never: &'static [&'static str]) -> Sense {
    Sense { any, never }
}

/// More words than this are no head.
const MOST_WORDS: usize = 12;

fn sense_of(key: &str) -> Option<Sense> {
    Some(match key {
        "nombre" => sense(
            &[
                &["nombre"],
                &["apellido"],
                &["socio"],
                &["accionista"],
                &["participe"],
                &["asociad"],
                &["consorciad"],
                &["integrante"],
                &["miembro"],
                &["profesional="],
            ],
            &[
                "representa",
                "cargo",
                "proyecto",
                "obra",
                "titulo",
                "propietari",
                "porcentaje",
                "participacion",
                "%",
                "banco",
            ],
        ),
        "id" | "cedula" => sense(
            &[&["cedula"], &["identificacion"], &["pasaporte"], &["ruc="], &["ci="]],
            &["nombre", "fecha"],
        ),
        "ruc" => sense(&[&["ruc="], &["contribuyente"]], &["nombre"]),
        "porcentaje" | "participacion" => sense(
            &[&["porcentaje"], &["participacion"], &["%="], &["dedicacion"], &["aporte"], &["acciones="]],
            &["nombre", "avance", "monto", "valor", "socio", "accionista", "participe"],
        ),
        "domicilio_fiscal" => {
            sense(&[&["domicilio"], &["residencia"], &["direccion"]], &["correo", "electronic"])
        }
        "representante" => sense(&[&["representa"]], &[]),
        "contratante" => {
            sense(&[&["contratante"], &["entidad"], &["institucion"], &["cliente"]], &["objeto", "fecha"])
        }
        "objeto" => sense(
            &[
                &["objeto"],
                &["proyecto"],
                &["obra="],
                &["trabajo", "realizad"],
                &["trabajo", "ejecutad"],
                &["servicio", "ejecutad"],
                &["servicio", "prestad"],
                &["bien", "entregad"],
                &["provision"],
                &["suministro"],
            ],
            &["valor", "monto", "fecha", "plazo", "entidad"],
        ),
        "valor" => {
            sense(&[&["valor"], &["monto"], &["precio"]], &["fecha", "unitari", "porcentaje", "%", "objeto"])
        }
        "fecha_recepcion" => sense(
            &[
                &["fecha", "recepcion"],
                &["fecha", "entrega"],
                &["fecha", "termin"],
                &["fecha", "fin"],
                &["fecha", "acta"],
                &["acta", "recepcion"],
                &["fecha"],
            ],
            &["inicio", "suscripcion", "contrato", "firma", "adjudica", "nacimiento"],
        ),
        "avance" => sense(&[&["avance"], &["porcentaje", "ejecu"]], &["monto", "valor", "fecha"]),
        "titulo" => sense(&[&["titulo"], &["profesion="], &["formacion"]], &["fecha", "nombre"]),
        "fecha_grado" => sense(&[&["fecha", "grad"], &["fecha", "titul"], &["ano", "grad"]], &[]),
        "cargo" => sense(&[&["cargo"], &["funcion"], &["puesto"], &["rol="]], &["nombre", "fecha"]),
        "experiencia" => sense(&[&["experiencia"]], &["tipo"]),
        "tipo" => sense(&[&["tipo"], &["clase="], &["experiencia"]], &["equipo", "contrato", "documento"]),
        "detalle" => sense(
            &[&["equipo"], &["maquinaria"], &["herramienta"]],
            &["propietari", "matricula", "placa", "ano"],
        ),
        "fecha_fabricacion" => {
            sense(&[&["fabricacion"], &["fabricad"], &["ano="], &["modelo", "ano="]], &["propietari"])
        }
        "propietario" => sense(&[&["propietari"], &["dueno"]], &[]),
        "matricula" => sense(&[&["matricula"], &["placa"]], &["propietari"]),
        "requerida" => sense(
            &[&["requerid"], &["requiere"], &["solicita"], &["exig"], &["pide"], &["pedid"]],
            &["ofert", "ofrec"],
        ),
        "ofertada" => {
            sense(&[&["ofertad"], &["oferta"], &["ofrec"], &["propuest"]], &["requer", "solicit", "pide"])
        }
        "descripcion" => sense(
            &[
                &["descripcion"],
                &["rubro"],
                &["detalle"],
                &["concepto"],
                &["bien="],
                &["bienes="],
                &["servicio"],
                &["producto"],
                &["actividad"],
            ],
            &["precio", "valor", "unidad", "cantidad", "total", "codigo", "cpc"],
        ),
        "unidad" => {
            sense(&[&["unidad"], &["medida"], &["und="], &["unid="], &["u="]], &["precio", "costo", "valor"])
        }
        "cantidad" => sense(&[&["cantidad"], &["cant="]], &["precio", "valor"]),
        "precio_unitario" => sense(&[&["unitari"], &["unit="]], &["total", "global"]),
        "precio_total" => sense(&[&["total"], &["global"]], &["unitari", "unit="]),
        "cpc" => sense(&[&["cpc="]], &["descripcion"]),
        "periodo" => sense(
            &[&["periodo"], &["mes="], &["semana"], &["quincena"], &["etapa"]],
            &["monto", "valor", "inversion"],
        ),
        "monto" => sense(&[&["monto"], &["inversion"], &["valor"]], &["acumulad", "%", "porcentaje"]),
        "acumulado" => sense(&[&["acumulad"]], &["%", "porcentaje", "avance"]),
        "socio51" => sense(&[&["socio"], &["accionista"], &["participe"]], &["conyug", "convivien"]),
        "conyuge" => sense(&[&["conyug"], &["convivien"]], &["socio", "accionista"]),
        _ => return None,
    })
}

/// Returns the column that a folded head means, and no other of the table.
#[must_use]
pub fn column_meant(head: &str, spec: &TableSpec) -> Option<usize> {
    let head = head.replace("r.u.c", "ruc").replace("c.i", "ci");
    let words: Vec<&str> = head
        .split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '%'))
        .filter(|word| !word.is_empty())
        .collect();
    let figures = words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()) && *word != "51");
    if words.is_empty() || words.len() > MOST_WORDS || figures {
        return None;
    }
    let begins = |beginning: &str| {
        words.iter().any(|word| match beginning.strip_suffix('=') {
            Some(whole) => *word == whole,
            None => word.starts_with(beginning),
        })
    };
    let mut meant = (0..spec.columns.len()).filter(|column| {
        sense_of(spec.columns[*column].key).is_some_and(|sense| {
            sense.any.iter().any(|group| group.iter().all(|word| begins(word)))
                && !sense.never.iter().any(|word| begins(word))
        })
    });
    match (meant.next(), meant.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::spec::SPECS;

    fn meant(kind: &str, head: &str) -> Option<&'static str> {
        let spec = SPECS.iter().find(|spec| spec.types.contains(&kind)).expect("a table");
        column_meant(head, spec).map(|column| spec.columns[column].key)
    }

    #[test]
    fn heads_mean_columns_in_other_words() {
        assert_eq!(meant("FUO_1_9_EXP", "valor en dolares"), Some("valor"));
        assert_eq!(meant("FUO_1_9_EXP", "entidad o empresa"), Some("contratante"));
        assert_eq!(meant("FUO_1_9_EXP", "fecha de terminacion"), Some("fecha_recepcion"));
        assert_eq!(meant("FUO_1_9_EXP", "fecha de suscripcion"), None, "another day of the contract");
        assert_eq!(meant("FUO_1_3", "socio / accionista"), Some("nombre"));
        assert_eq!(meant("FUO_1_3", "acciones %"), Some("porcentaje"));
        assert_eq!(meant("FUO_1_10_PER", "profesional"), Some("nombre"));
        assert_eq!(meant("FUO_1_10_PER", "funcion en la obra"), Some("cargo"));
    }

    #[test]
    fn a_head_of_two_meanings_and_a_cell_mean_nothing() {
        assert_eq!(meant("FUO_1_9_EXP", "contratante y valor"), None, "two columns in one");
        assert_eq!(meant("FUO_1_9_EXP", "municipio de ejemplo"), None);
        assert_eq!(meant("FUO_1_9_EXP", "contrato 123 de la entidad"), None, "a cell of a row");
    }
}

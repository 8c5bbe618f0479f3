//! What cannot be a field's value, whatever rule read it: half a phrase, a title, a label, a sentence that goes on.
//!
//! Nothing is proposed then: a value that is wrong by its own words is worse than none.

use crate::grammar::pattern;

pattern!(
    EXPLAINS,
    r"^(?:aquell[oa]s|conforme|cuando|de conformidad|el presente|en (?:el )?caso|este procedimiento|la entidad|la presente|los oferentes|los proveedores|se entiende|para (?:esta|nuestra|la) (?:institucion|entidad|empresa))\b"
);
pattern!(BREAKS_OFF, r"(?:^| )(?:de|del|la|el|los|las|para|por|con|en|y|o|e|u|al)$");
pattern!(MORE_THAN_A_NAME, r"\bruc\b|\br\.u\.c\b|, (?:a )?quien(?:es)?\b|, que en adelante\b|^\d{10,13}$");
pattern!(TITLE, r"^(?:hoja de vida|curriculum(?: vitae)?|curriculo|datos personales|perfil profesional)$");
pattern!(PLACES, r"\b(?:calle|canton|provincia|parroquia|codigo postal|telefonos?|correo)\b");
// What begins with a conjunction or a preposition goes on from something that is not there.
pattern!(GOES_ON, r"^(?:y|e|o|u|del?|al|que|as|we|por (?:una|otra|la otra)(?: parte)?)\b");
pattern!(ENGLISH, r", (?:established|located|domiciled|a company)\b");
pattern!(PREDICATE, r"^(?:esta|es|fue|sera|se|que|ha|han|son)\b");

/// Tells whether a folded text is no value of a field.
pub(crate) fn is_no_value(field: &str, text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    let says =
        |pattern: &Option<regex::Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    match field {
        "objeto" => says(&EXPLAINS) || says(&BREAKS_OFF) || says(&GOES_ON),
        "empresa"
        | "contratante"
        | "contratista"
        | "emisor"
        | "subcontratista"
        | "entidad_contratante"
        | "fabricante"
        | "oferente"
        | "beneficiario" => {
            says(&MORE_THAN_A_NAME) || says(&BREAKS_OFF) || says(&GOES_ON) || says(&ENGLISH) || text.len() < 4
        }
        "partes[].nombre" => says(&GOES_ON),
        "nombre" | "nombres" | "firmante" => says(&TITLE) || says(&MORE_THAN_A_NAME),
        "provincia" | "canton" => says(&PLACES),
        "equipo" | "alcance" | "cobertura" => {
            (says(&PREDICATE) || says(&GOES_ON)) && field == "equipo" || says(&BREAKS_OFF)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_no_value;

    #[test]
    fn half_phrases_titles_and_labels_are_no_values() {
        for (field, text) in [
            ("objeto", "adquisicion de uniformes para el"),
            ("objeto", "este procedimiento tiene como proposito seleccionar"),
            ("contratista", "constructora ejemplo s.a., a quien se llamara"),
            ("empresa", "constructora ejemplo s.a.. ruc 1790000000001"),
            ("nombre", "hoja de vida"),
            ("canton", "calle"),
            ("equipo", "esta operativo y libre de otro compromiso"),
            ("equipo", "del concurso"),
            ("objeto", "y entregar a satisfaccion: adquisicion de uniformes"),
            ("oferente", "constructora ejemplo s.a., established in ecuador"),
            ("fabricante", "as"),
        ] {
            assert!(is_no_value(field, text), "{field}: {text}");
        }
    }

    #[test]
    fn what_names_a_thing_stays() {
        for (field, text) in [
            ("objeto", "adquisicion de uniformes para el personal"),
            ("objeto", "la construccion del puente sobre el rio"),
            ("contratista", "constructora ejemplo s.a."),
            ("nombre", "ana lema cruz"),
            ("canton", "santo domingo"),
            ("equipo", "excavadora de orugas"),
        ] {
            assert!(!is_no_value(field, text), "{field}: {text}");
        }
    }
}

//! The kind of procedure, from the code and from SERCOP's own names.

use cotejo_domain::{ProcedureType, ProcessCode};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn folded(text: &str) -> String {
    text.nfd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}

/// Tells the procedure. The code's prefix decides where it is unambiguous; SERCOP's names come second, and where neither tells
/// works from goods, the category does. What remains is `Otro`: a person says which.
pub(crate) fn procedure(code: Option<&ProcessCode>, method: &str, category: &str) -> ProcedureType {
    let works = category == "works";
    let by_prefix = match code.map(ProcessCode::prefix) {
        Some("SIE") => Some(ProcedureType::Sie),
        Some("LICO") => Some(ProcedureType::Lico),
        Some("LICB" | "LICBS") => Some(ProcedureType::Licbs),
        Some("COTO") => Some(ProcedureType::Coto),
        Some("COTB" | "COTBS") => Some(ProcedureType::Cotbs),
        Some("MCO") => Some(ProcedureType::Mco),
        Some("MCB" | "MCBS") => Some(ProcedureType::Mcbs),
        Some("CDC") => Some(ProcedureType::Cdc),
        Some("LCC") => Some(ProcedureType::Lcc),
        Some("CPC") => Some(ProcedureType::Consultoria),
        Some("FI") => Some(ProcedureType::Feria),
        Some("RE") => Some(ProcedureType::RegimenEspecial),
        Some("CE" | "CATE") => Some(ProcedureType::Catalogo),
        _ => None,
    };
    if let Some(procedure) = by_prefix {
        return procedure;
    }
    match folded(method).trim() {
        "subasta inversa electronica" => ProcedureType::Sie,
        "licitacion" if works => ProcedureType::Lico,
        "licitacion" if category == "goods" || category == "services" => ProcedureType::Licbs,
        "cotizacion" if works => ProcedureType::Coto,
        "cotizacion" if category == "goods" || category == "services" => ProcedureType::Cotbs,
        "menor cuantia" if works => ProcedureType::Mco,
        "menor cuantia" if category == "goods" || category == "services" => ProcedureType::Mcbs,
        "contratacion directa" => ProcedureType::Cdc,
        "lista corta" => ProcedureType::Lcc,
        "concurso publico" => ProcedureType::Consultoria,
        name if name.starts_with("catalogo electronico") => ProcedureType::Catalogo,
        name if name.starts_with("feria inclusiva") => ProcedureType::Feria,
        _ => ProcedureType::Otro,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_name_and_category_tell_the_procedure_and_nothing_is_guessed() {
        let by = |code: &str, method: &str, category: &str| {
            procedure(Some(&ProcessCode::new(code)), method, category)
        };
        assert_eq!(by("SIE-X-2026-1", "", ""), ProcedureType::Sie);
        assert_eq!(by("X-2026-1", "Subasta Inversa Electrónica", "goods"), ProcedureType::Sie);
        assert_eq!(by("X-2026-1", "Licitación", "works"), ProcedureType::Lico);
        assert_eq!(by("X-2026-1", "Licitación", ""), ProcedureType::Otro, "goods or works is not said");
        assert_eq!(by("X-2026-1", "Licitación de Seguros", "services"), ProcedureType::Otro);
    }
}

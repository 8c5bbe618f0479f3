//! What a parameter measures, told by its name, and what its text says of the formula.

use super::model::Measure;
use crate::text::folded;
use rust_decimal::Decimal;

/// Tells what a parameter measures by the name that the pliego gives it. What no name tells is [`Measure::Other`]: asked, never guessed.
#[must_use]
pub fn measure(name: &str) -> Measure {
    let name = folded(name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let word = |wanted: &[&str]| name.split(' ').any(|word| wanted.contains(&word));
    if has(&["subcontrat"]) {
        Measure::Subcontracting
    } else if has(&["valor agregado ecuatoriano"]) || word(&["vae"]) {
        Measure::Vae
    } else if has(&["participacion ecuatoriana", "agregado ecuatoriano", "participacion nacional"]) {
        Measure::EcuadorianParticipation
    } else if has(&[
        "personal",
        "equipo tecnico",
        "equipo de trabajo",
        "equipo consultor",
        "equipo profesional",
    ]) {
        Measure::Personnel
    } else if has(&["experiencia"]) && has(&["general"]) && has(&["especific"]) {
        // One parameter for both: no formula of ours fits it.
        Measure::Other
    } else if has(&["experiencia especific"]) {
        Measure::SpecificExperience
    } else if has(&["experiencia general"]) {
        Measure::GeneralExperience
    } else if has(&["oferta economica", "propuesta economica", "evaluacion economica"])
        || ["precio", "precio ofertado", "precio de la oferta", "costo", "economica"].contains(&name.as_str())
    {
        Measure::EconomicOffer
    } else if word(&["mype", "mypes", "mipyme", "mipymes", "eps", "local", "locales", "artesanos", "aeps"])
        || has(&["economia popular", "preferencia", "preferente"])
    {
        Measure::Preference
    } else if has(&["plan de trabajo", "metodologia"]) {
        Measure::WorkPlan
    } else if has(&["equipo", "instrumento"]) {
        Measure::Equipment
    } else {
        Measure::Other
    }
}

/// What the text of a parameter says of its formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Nothing but the name stands there.
    pub(super) nothing: bool,
    /// *Inversamente proporcional*.
    pub(super) inverse: bool,
    /// *Directamente proporcional*, or only *proporcional*.
    pub(super) proportional: bool,
    /// What exceeds the minimum counts.
    pub(super) above_minimum: bool,
    /// All bidders who present it have the points.
    pub(super) to_all: bool,
    /// *Precio corregido*: the text knows one.
    pub(super) corrected_price: bool,
}

/// Reads the text of a parameter; `text` may begin with its `name`.
pub(super) fn said(name: &str, text: &str) -> Said {
    let (name, text) = (folded(name), folded(text));
    let text = text.strip_prefix(name.as_str()).unwrap_or(&text).trim();
    let inverse = text.contains("inversamente proporcional") || text.contains("inversa");
    Said {
        nothing: text.is_empty(),
        inverse,
        proportional: text.contains("proporcional") && !inverse,
        above_minimum: text.contains("adicional")
            && (text.contains("no se otorgara puntaje") || text.contains("requisito minimo")),
        to_all: text.contains("otorgado a todos los oferentes que")
            || text.contains("otorgara a todos los oferentes que"),
        corrected_price: text.contains("precio corregido"),
    }
}

/// Returns the factor that the text caps experience with: `multiplicado por un factor de 1,25`.
pub(super) fn cap_factor(text: &str) -> Option<Decimal> {
    let lower = text.to_lowercase();
    let after = lower.split("factor de ").nth(1)?;
    let number: String = after
        .chars()
        .take_while(|character| character.is_ascii_digit() || matches!(character, ',' | '.'))
        .collect();
    number.trim_end_matches([',', '.']).replace(',', ".").parse().ok()
}

/// Returns the two percentages of a text, lower and upper, when it names exactly two different ones.
pub(super) fn two_percentages(text: &str) -> Option<(Decimal, Decimal)> {
    let mut found: Vec<Decimal> = Vec::new();
    for (at, _) in text.match_indices('%') {
        let before = text.get(..at)?.trim_end();
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, character)| character.is_ascii_digit() || matches!(character, ',' | '.'))
            .last()
            .map(|(index, _)| index)?;
        let number: Decimal =
            before.get(start..)?.trim_start_matches([',', '.']).replace(',', ".").parse().ok()?;
        if !found.contains(&number) {
            found.push(number);
        }
    }
    match found.as_slice() {
        [one, other] => Some((*one.min(other), *one.max(other))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_and_of_model_parameters_are_known() {
        for (name, expected) in [
            ("Experiencia general", Measure::GeneralExperience),
            ("Experiencia específica", Measure::SpecificExperience),
            ("Experiencia del personal técnico", Measure::Personnel),
            ("Oferta económica", Measure::EconomicOffer),
            ("MYPES y EPS", Measure::Preference),
            ("MYPES y EPS Locales", Measure::Preference),
            ("Subcontratación con MIPYMES o EPS", Measure::Subcontracting),
            ("Participación ecuatoriana", Measure::EcuadorianParticipation),
            ("Valor Agregado Ecuatoriano (VAE)", Measure::Vae),
            ("Plan de trabajo", Measure::WorkPlan),
            ("Instrumentos y equipos disponibles", Measure::Equipment),
            ("Otro(s) parámetro(s) resuelto(s) por la entidad *", Measure::Other),
            ("Transferencia de conocimiento", Measure::Other),
            ("Experiencia general y específica", Measure::Other),
            ("Capacidad económica del oferente", Measure::Other),
            ("Costo de mantenimiento", Measure::Other),
            ("Precio", Measure::EconomicOffer),
            ("Experiencia específica del equipo técnico", Measure::Personnel),
        ] {
            assert_eq!(measure(name), expected, "{name}");
        }
    }

    #[test]
    fn the_text_tells_the_formula() {
        let price = said(
            "Oferta económica",
            "Oferta económica: un criterio inversamente proporcional; a menor precio, mayor puntaje",
        );
        assert!(price.inverse && !price.proportional && !price.nothing);
        let experience = said(
            "Experiencia general",
            "Experiencia general: No se otorgará puntaje al requisito mínimo. Al monto adicional más alto, el máximo; a las demás, directamente proporcional.",
        );
        assert!(experience.above_minimum && experience.proportional);
        assert!(said("Oferta económica", "Oferta económica").nothing, "only the name");
    }

    #[test]
    fn numbers_of_the_text_are_read() {
        assert_eq!(cap_factor("multiplicado por un factor de 1,25."), "1.25".parse().ok());
        assert_eq!(cap_factor("sin factor"), None);
        let pair = |low: &str, high: &str| Some((low.parse().expect("%"), high.parse().expect("%")));
        assert_eq!(two_percentages("no menor al 15% ni mayor al 20 % de la oferta"), pair("15", "20"));
        assert_eq!(two_percentages("hasta el 30%; desde el 10 %"), pair("10", "30"));
        assert_eq!(two_percentages("5 %, 10 % y 30 %"), None, "three leave a choice");
        assert_eq!(two_percentages("%"), None, "and nothing no number");
    }
}

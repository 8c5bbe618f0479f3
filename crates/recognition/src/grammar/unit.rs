//! Units of measure, as price tables abbreviate them: `m3`, `M²`, `u.`, `Glb`.

/// Each unit with the ways it is written, folded and without points and spaces.
const UNITS: &[(&str, &[&str])] = &[
    ("m", &["m", "ml", "mts", "mtr", "metro", "metros", "metrolineal", "mlineal"]),
    ("m2", &["m2", "mt2", "mts2", "metrocuadrado", "metroscuadrados", "m~"]),
    ("m3", &["m3", "mt3", "mts3", "metrocubico", "metroscubicos"]),
    ("m3-km", &["m3km", "m3-km", "m3/km", "m3xkm"]),
    ("km", &["km", "kilometro", "kilometros"]),
    ("ha", &["ha", "hectarea", "hectareas"]),
    ("kg", &["kg", "kgs", "kilo", "kilos", "kilogramo", "kilogramos"]),
    ("g", &["g", "gr", "grs", "gramo", "gramos"]),
    ("lb", &["lb", "lbs", "libra", "libras"]),
    ("qq", &["qq", "quintal", "quintales"]),
    ("t", &["t", "tn", "ton", "tonelada", "toneladas"]),
    ("l", &["l", "lt", "lts", "ltr", "litro", "litros"]),
    ("gal", &["gal", "galon", "galones", "gln"]),
    ("u", &["u", "un", "und", "unid", "uni", "unidad", "unidades", "c/u", "cu", "ud"]),
    ("glb", &["glb", "gl", "gbl", "global", "glob"]),
    ("h", &["h", "hr", "hrs", "hora", "horas"]),
    ("día", &["dia", "dias"]),
    ("mes", &["mes", "meses"]),
    ("año", &["ano", "anos"]),
    ("punto", &["pto", "punto", "puntos", "ptos"]),
    ("juego", &["jgo", "juego", "juegos", "set"]),
    ("par", &["par", "pares"]),
    ("kit", &["kit", "kits"]),
    ("caja", &["caja", "cajas", "cj"]),
    ("paquete", &["paquete", "paquetes", "paq"]),
    ("saco", &["saco", "sacos", "sco"]),
    ("rollo", &["rollo", "rollos"]),
    ("plancha", &["plancha", "planchas", "pl"]),
    ("pieza", &["pza", "pieza", "piezas"]),
    ("servicio", &["servicio", "servicios", "serv"]),
    ("frasco", &["frasco", "frascos"]),
    ("resma", &["resma", "resmas"]),
    ("ensayo", &["ensayo", "ensayos"]),
];

/// Returns the unit a folded text is, in its usual spelling; `None` for what is not known as one.
#[must_use]
pub fn read(folded: &str) -> Option<&'static str> {
    let squeezed: String =
        folded.chars().filter(|character| !matches!(character, ' ' | '.' | '(' | ')')).collect();
    UNITS.iter().find(|(_, spellings)| spellings.contains(&squeezed.as_str())).map(|(unit, _)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Folded;

    #[test]
    fn one_unit_has_many_spellings() {
        let unit = |text: &str| read(Folded::new(text).ascii());
        assert_eq!(unit("M3"), Some("m3"));
        assert_eq!(unit("Und."), Some("u"));
        assert_eq!(unit("m. l."), Some("m"));
        assert_eq!(unit("12,50"), None);
        assert_eq!(unit("hormigón"), None, "a material");
    }
}

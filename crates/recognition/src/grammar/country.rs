//! Countries, as origins of goods are written.

/// Each country by its Spanish name, with further spellings folded.
const COUNTRIES: &[(&str, &[&str])] = &[
    ("Ecuador", &["ecuador", "ecuatoriano", "ecuatoriana", "nacional", "republica del ecuador"]),
    ("Alemania", &["alemania", "germany"]),
    ("Argentina", &["argentina"]),
    ("Australia", &["australia"]),
    ("Austria", &["austria"]),
    ("Bélgica", &["belgica", "belgium"]),
    ("Bolivia", &["bolivia"]),
    ("Brasil", &["brasil", "brazil"]),
    ("Canadá", &["canada"]),
    ("Chile", &["chile"]),
    ("China", &["china", "republica popular china", "rpc", "prc"]),
    ("Colombia", &["colombia"]),
    ("Corea del Sur", &["corea del sur", "corea", "republica de corea", "south korea", "korea"]),
    ("Costa Rica", &["costa rica"]),
    ("Cuba", &["cuba"]),
    ("Dinamarca", &["dinamarca", "denmark"]),
    ("España", &["espana", "spain"]),
    (
        "Estados Unidos",
        &[
            "estados unidos",
            "estados unidos de america",
            "ee.uu",
            "eeuu",
            "ee uu",
            "usa",
            "u.s.a",
            "united states",
        ],
    ),
    ("Finlandia", &["finlandia", "finland"]),
    ("Francia", &["francia", "france"]),
    ("India", &["india"]),
    ("Indonesia", &["indonesia"]),
    ("Irlanda", &["irlanda", "ireland"]),
    ("Israel", &["israel"]),
    ("Italia", &["italia", "italy"]),
    ("Japón", &["japon", "japan"]),
    ("Malasia", &["malasia", "malaysia"]),
    ("México", &["mexico"]),
    ("Noruega", &["noruega", "norway"]),
    ("Países Bajos", &["paises bajos", "holanda", "netherlands"]),
    ("Panamá", &["panama"]),
    ("Perú", &["peru"]),
    ("Polonia", &["polonia", "poland"]),
    ("Portugal", &["portugal"]),
    ("Reino Unido", &["reino unido", "inglaterra", "united kingdom"]),
    ("República Checa", &["republica checa", "chequia"]),
    ("Singapur", &["singapur", "singapore"]),
    ("Suecia", &["suecia", "sweden"]),
    ("Suiza", &["suiza", "switzerland"]),
    ("Tailandia", &["tailandia", "thailand"]),
    ("Taiwán", &["taiwan"]),
    ("Turquía", &["turquia", "turkey"]),
    ("Uruguay", &["uruguay"]),
    ("Venezuela", &["venezuela"]),
    ("Vietnam", &["vietnam", "viet nam"]),
];

/// Returns the country that a folded text names and nothing else.
#[must_use]
pub fn read(folded: &str) -> Option<&'static str> {
    let name = folded.trim().trim_end_matches(['.', ',', ';']).trim();
    COUNTRIES.iter().find(|(_, spellings)| spellings.contains(&name)).map(|(country, _)| *country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_country_is_one() {
        assert_eq!(read("estados unidos de america"), Some("Estados Unidos"));
        assert_eq!(read("u.s.a."), Some("Estados Unidos"));
        assert_eq!(read("china y japon"), None, "two of them");
        assert_eq!(read("indicar"), None);
    }
}

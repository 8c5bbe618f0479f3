//! Professionals: résumés, degrees, commitments.

use super::super::FieldKind::{Cedula, Choice, Date, Person, Text};
use super::super::rules::{TypeRules, label, phrase};
use super::{day, rules};

const LEVELS: &[(&str, &[&str])] = &[
    ("cuarto nivel", &["cuarto nivel", "posgrado", "maestria", "doctorado"]),
    ("tercer nivel", &["tercer nivel", "grado"]),
    ("tecnólogo", &["tecnolog"]),
    ("técnico", &["tecnico superior", "nivel tecnico", "tecnico"]),
];

/// Rules of these papers.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["CV"],
        false,
        &[
            label("nombre", Person, &["apellidos y nombres completos", "nombres y apellidos completos"]),
            label(
                "titulos[]",
                Text,
                &[
                    "titulo profesional",
                    "titulo",
                    "titulo academico",
                    "tercer nivel",
                    "cuarto nivel",
                    "profesion",
                ],
            ),
        ],
        &[
            phrase(
                "cedula",
                Cedula,
                r"(?:cedula|c\. ?[ci]\.?)(?: de (?:ciudadania|identidad))?(?: no\.?| nro\.?| n\.o)?:? ?(\d{9}-?\d)\b",
            ),
            phrase(
                "titulos[]",
                Text,
                r"\beducacion: (.{4,80}?) (?:por|en|de) la (?:universidad|escuela|pontificia)",
            ),
            phrase(
                "titulos[]",
                Text,
                r"\b(?:titulo|titulo de|titulo obtenido):? ([a-z~ ]{6,80}?)(?:\. secundaria|\.|,| por la| secundaria)",
            ),
        ],
    ),
    rules(
        &["TITULO"],
        true,
        &[
            label("nombre", Person, &["nombres", "nombre", "nombres y apellidos", "graduado"]),
            label(
                "cedula",
                Cedula,
                &["numero de identificacion", "identificacion", "documento de identificacion"],
            ),
            label("nivel", Choice(LEVELS), &["nivel", "nivel de formacion", "nivel del titulo"]),
            label("titulo", Text, &["titulo obtenido", "titulo registrado"]),
        ],
        &[
            phrase(
                "nombre",
                Person,
                r"por cuanto (?:el senor |la senora |la senorita )?([a-z~' ]{6,60}?),? ha cumplido",
            ),
            phrase(
                "nombre",
                Person,
                r"certifica que (?:el senor |la senora )?([a-z~' ]{6,60}?),? (?:con|portador|titular)",
            ),
            phrase(
                "nombre",
                Person,
                r"titulo profesional de .{4,80}? a ([a-z~' ]{6,60}?) (?:registro|dado|por)",
            ),
            phrase("cedula", Cedula, r"(?:identificacion|cedula)(?: no\.?| nro\.?)?:? ?(\d{9}-?\d)\b"),
            phrase(
                "titulo",
                Text,
                r"(?:confiere|otorga|registra) el titulo (?:profesional )?de (.{4,90}?)(?:\.|,| \(| a [a-z]+ [a-z]+ | otorgado)",
            ),
            phrase(
                "nivel",
                Choice(LEVELS),
                r"titulo\(?s?\)? de (tercer nivel|cuarto nivel|tecnologia superior|tecnico superior)",
            ),
            phrase(
                "nivel",
                Choice(LEVELS),
                r"\bnivel: ?(?:nivel: ?)?(tercer nivel|cuarto nivel|tecnolog[a-z ]{2,20}|tecnico superior)",
            ),
            phrase(
                "registro",
                Text,
                r"numero de registro:? ?(\d{3,4}[ -]\d{2,4}[ -]\d{3,8}|\d{3,4}-\d{3,8})\b",
            ),
            phrase("fecha_registro", Date, concat!(r"fecha de registro:? ", day!())),
        ],
    ),
    rules(
        &["COMPROMISO_PERS"],
        false,
        &[label("cargo", Text, &["cargo", "cargo propuesto", "funcion", "cargo a desempenar"])],
        &[
            phrase(
                "nombre",
                Person,
                r"\byo,? (?:el |la )?(?:senora? |ing\.? |arq\.? |abg\.? )?([a-z~'. ]{6,60}?)(?:,| con cedula| con c\.| portador)",
            ),
            phrase("nombre", Person, r"(?:el|la) suscrit[oa] profesional,? ([a-z~' ]{6,60}?),"),
            phrase(
                "cargo",
                Text,
                r"(?:servicios(?: profesionales)?|participar|laborar|trabajar|desempenarme|actuar)(?: para [^,;]{4,80}?)? (?:en calidad de|como|en el cargo de) (.{3,70}?)(?: (?:a|para|en|con|por|durante) |,|\.|;)",
            ),
            phrase(
                "cedula",
                Cedula,
                r"(?:cedula|c\. ?[ci]\.?)(?: de (?:ciudadania|identidad))?(?: no\.?| nro\.?| n\.o)?:? ?(\d{9}-?\d)\b",
            ),
        ],
    ),
];

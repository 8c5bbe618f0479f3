//! Deeds, powers, appointments and oaths.

use super::super::FieldKind::{Cedula, Date, Money, Person, Ruc, Text};
use super::super::rules::{TypeRules, label, phrase};
use super::{amount, day, rules};

/// Rules of these papers.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["NOMBRAMIENTO"],
        false,
        &[
            label(
                "representante",
                Person,
                &["nombres del administrador", "nombre del administrador", "representante legal"],
            ),
            label("cargo", Text, &["cargo del administrador", "dignidad"]),
            label("inscripcion", Text, &["no. de inscripcion", "inscripcion no", "numero de inscripcion"]),
            label("fecha", Date, &["fecha de nombramiento", "fecha del nombramiento"]),
            label(
                "periodo_anios",
                super::super::FieldKind::Years,
                &["periodo", "periodo del nombramiento", "duracion", "plazo"],
            ),
        ],
        &[
            phrase(
                "representante",
                Person,
                r"\bsenor(?:\(a\)|a|ita|es)?:? ((?:ingeniero |ingeniera |ing\. |economista |doctor |doctora |abogado |abogada )?[a-z~' ]{6,60}?)(?:: | ?\. ?presente| presente\b| ciudad\b|\.- )",
            ),
            phrase(
                "cargo",
                Text,
                r"(?:le nombro|la nombro|lo nombro|le designo|la designo|le eligio|la eligio|tuvo a bien nombrarle|tuvo a bien designarle)(?: a usted)?(?: como)?(?: para el cargo de)? (.{4,60}?),? (?:de la (?:misma|compania|empresa)|por (?:el|un) |para un)",
            ),
            phrase(
                "cargo",
                Text,
                r"(?:elegir|designar|nombrar)(?:le|lo|la)[^.]{0,40}? para (?:el cargo de|ocupar el cargo de|desempenar el cargo de) (.{4,60}?),? (?:por (?:el|un)|de la |con |para )",
            ),
            phrase(
                "empresa",
                Text,
                r"acept[oa] [^.]{0,80}?nombramiento de [a-z ]{4,40}? de (.{4,110}?) que antecede",
            ),
            phrase(
                "inscripcion",
                Text,
                r"(?:inscrit[oa]|inscripcion)[^.]{0,90}? (?:con|bajo) el (?:no|nro|numero|n\.o)\.? ?(\d{1,6}(?:[-/]\d{2,4})?)\b",
            ),
            phrase(
                "cedula",
                Cedula,
                r"acept[oa] .{0,260}?(?:c\. ?[ci]\.?|cedula)(?: de (?:ciudadania|identidad))?(?: no\.?| nro\.?| n\.o)?:? ?(\d{9}-?\d)\b",
            ),
        ],
    ),
    rules(
        &["PODER"],
        false,
        &[
            label("mandante", Text, &["mandante", "poderdante", "otorgante", "que otorga", "otorga"]),
            label("apoderado", Person, &["mandatario", "apoderado", "apoderada", "mandataria", "a favor de"]),
            label(
                "fecha",
                Date,
                &["fecha de otorgamiento", "fecha", "fecha de la escritura", "lugar y fecha"],
            ),
            label("alcance", Text, &["alcance", "objeto del poder", "facultades"]),
        ],
        &[
            phrase(
                "mandante",
                Text,
                r"\botorgan?: (?:el senor |la senora |la compania |la empresa )?(.{4,110}?),? (?:a favor de|cuantia)",
            ),
            phrase(
                "mandante",
                Text,
                r"comparecen? (?:como mandantes? )?(?:a la celebracion [a-z ]{0,40})?(?:el senor |la senora |la compania |la empresa )?(.{4,110}?),? (?:legalmente |debidamente )?(?:representad[oa]|en (?:su )?calidad de mandante|a quien en adelante|portador|con cedula|por sus propios)",
            ),
            phrase(
                "mandante",
                Text,
                r"\byo,? ([a-z~' .]{6,70}?),? (?:representante legal|en (?:mi )?calidad|portador|con cedula|por mis propios|mayor de edad)[^;]{0,200}? (?:confiero|otorgo)",
            ),
            phrase(
                "apoderado",
                Person,
                r"a favor de(?:l|:)?,? (?:el |la )?(?:senora? |ing\.? |abg\.? |dra?\.? )?([a-z~' ]{6,60}?)(?:,|\.| con cedula| con c\.| portador| cuantia| para que| mandatari| identificad|;)",
            ),
            phrase(
                "apoderado",
                Person,
                r"poder especial,?(?: amplio y suficiente)?,?(?: cual en derecho se requiere,?)? (?:al? )(?:senora? |ing\.? |abg\.? |dra?\.? )?([a-z~' ]{6,60}?)(?:,|\.| con cedula| con c\.| portador| para que|;)",
            ),
            phrase(
                "fecha",
                Date,
                concat!(r"en la ciudad de [^.;]{3,120}?,? (?:hoy |a los |el |dia |al )*", day!()),
            ),
            phrase(
                "fecha",
                Date,
                concat!(r"(?:otorgad[oa]|suscrit[oa]|celebrad[oa])[a-z ~,]{0,50}? (?:el |a los )", day!()),
            ),
            phrase(
                "alcance",
                Text,
                r"para que,? (?:a (?:mi|su|nuestro) nombre y representacion,? |en (?:mi|su|nuestro) nombre y representacion,? |en calidad de apoderad[oa](?: especial)? )?(.{10,400}?)\.(?: |$)",
            ),
        ],
    ),
    rules(
        &["ESCRITURA"],
        false,
        &[
            label(
                "empresa",
                Text,
                &[
                    "compania",
                    "denominacion",
                    "denominacion social",
                    "razon social",
                    "nombre de la compania",
                    "otorga",
                ],
            ),
            label(
                "fecha_constitucion",
                Date,
                &["fecha de constitucion", "fecha de otorgamiento", "fecha de la escritura"],
            ),
            label(
                "capital",
                Money,
                &["capital suscrito", "capital social", "capital suscrito y pagado", "capital"],
            ),
            label("objeto_social", Text, &["objeto social", "objeto"]),
        ],
        &[
            phrase(
                "empresa",
                Text,
                r"compania se denomina(?:ra)?:? (.{4,110}?)(?:,| y tendra| y su|\. (?:el|la|los|su|articulo|segund[oa]|clausula|capitulo)\b|;)",
            ),
            phrase(
                "empresa",
                Text,
                r"(?:documento privado|constituyen|constituir),? (?:una |la )?(?:compania|sociedad)(?: anonima| de responsabilidad limitada)? (?:denominada )?(.{4,90}?),? con (?:un )?capital",
            ),
            phrase(
                "empresa",
                Text,
                r"constitucion de la compania(?: anonima| de responsabilidad limitada)?(?: denominada)? ([^,;]{4,80}?) (?:capital suscrito|en la ciudad|cuantia)",
            ),
            phrase("empresa", Text, r"estatutos? social(?:es)? de la compania (.{4,110}?) capitulo"),
            phrase("fecha_constitucion", Date, concat!(r"fecha de constitucion:? (?:el )?", day!())),
            phrase(
                "fecha_constitucion",
                Date,
                concat!(
                    r"en la ciudad de [^.;]{3,120}?,? (?:hoy |a los |el |dia |al )*",
                    day!(),
                    r",? ante m"
                ),
            ),
            phrase(
                "capital",
                Money,
                concat!(
                    r"capital (?:suscrito|social|autorizado y suscrito)(?: y pagado)?(?: de la compania)?(?: es| sera| asciende)?(?: de| a)?(?: la suma de)?:? ?",
                    amount!()
                ),
            ),
            phrase(
                "objeto_social",
                Text,
                r"objeto social (?:de la compania )?(?:es|sera|consiste en|:)+ ?(.{8,500}?)(?:, para lo cual|, para cuyo|\. |; |\.$| articulo)",
            ),
        ],
    ),
    rules(
        &["DECLARACION_JURAMENTADA"],
        false,
        &[label("declarante", Person, &["declarante", "compareciente", "otorga", "otorgada por"])],
        &[
            phrase(
                "declarante",
                Person,
                r"\b(?:yo|comparece|comparezco yo),? (?:el |la )?(?:senora? |ing\.? |arq\.? |abg\.? )?([a-z~'. ]{6,60}?)(?:,| con cedula| con c\.| portador| y,| por (?:mis|sus) propios| titular)",
            ),
            phrase("declarante", Person, r"\ben [a-z~ ]{3,40}, ([a-z~' ]{6,60}?) declara bajo juramento"),
            phrase(
                "cedula",
                Cedula,
                r"\b(?:yo|comparece),? [a-z~' .]{6,80}?,? (?:con |portadora? (?:de la )?|titular de la )?(?:numero de )?(?:cedula|c\. ?[ci]\.?)(?: de (?:ciudadania|identidad|identificacion))?(?: no\.?| nro\.?| numero| n\.o)?:? ?(\d{9}-?\d)\b",
            ),
            phrase(
                "fecha",
                Date,
                concat!(
                    r"(?:en la ciudad de |dado en |suscrit[oa] en )[^.;]{3,100}?,? (?:hoy |a los |el |dia |al )*",
                    day!()
                ),
            ),
        ],
    ),
    rules(
        &["CONSORCIO_CONSTITUIDO"],
        false,
        &[
            label(
                "nombre",
                Text,
                &["nombre del consorcio", "denominacion", "denominacion del consorcio", "consorcio"],
            ),
            label("procurador", Person, &["procurador comun", "procuradora comun"]),
            label(
                "fecha",
                Date,
                &["fecha de la escritura publica", "fecha de la escritura", "fecha de otorgamiento", "fecha"],
            ),
        ],
        &[
            phrase(
                "nombre",
                Text,
                r"(?:denominad[oa]|se denominara) (?:el |un |la )?((?:consorcio|asociacion) [a-z0-9~.& -]{3,80}?)(?:,| con ruc| para (?:la|el)| y ratifican|\. |;)",
            ),
            phrase(
                "nombre",
                Text,
                r"constituyen (?:el |un |la )?(?:consorcio (?:denominado )?)?((?:consorcio|asociacion) [a-z0-9~.& -]{3,80}?)(?:,| con ruc| para (?:la|el)|;)",
            ),
            phrase(
                "nombre",
                Text,
                r"escritura publica la ((?:consorcio|asociacion) [a-z0-9~.& -]{3,80}?),? adjudicataria",
            ),
            phrase(
                "ruc",
                Ruc,
                r"\bconsorcio [a-z0-9~.& -]{3,80}?,? con (?:ruc|r\.u\.c\.?)(?: no\.?)?:? ?(\d{13})\b",
            ),
            phrase(
                "procurador",
                Person,
                r"procurador[a]? comun:? (?:a |al |a la )?(?:senora? |ing\.? |arq\.? )?([a-z~' ]{6,60}?)(?:\.|,|;| y responden| cuarta| con cedula| portador)",
            ),
            phrase("fecha", Date, concat!(r"escritura publica (?:de|otorgada el|del|celebrada el) ", day!())),
            phrase(
                "fecha",
                Date,
                concat!(r"en la ciudad de [^.;]{3,120}?,? (?:hoy |a los |el |dia |al )*", day!()),
            ),
        ],
    ),
];

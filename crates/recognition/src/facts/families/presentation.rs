//! The bidder's own declarations: letter, data, owners, standing, commitments.

use super::super::FieldKind::{
    Account, Choice, Date, Email, Money, Percent, Person, PersonId, Phone, Ratio, Ruc, Text, Year,
};
use super::super::rules::{
    CAPACITIES, CEDULA_LABELS, NATURE, ORIGIN, PARTICIPATION, TypeRules, label, phrase,
};
use super::{amount, rules, share};

/// Rules of these forms.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["FUO_1_1"],
        false,
        &[label("entidad_contratante", Text, &["entidad", "senores"]), label("nombre", Text, &["oferente"])],
        &[
            phrase(
                "firmante",
                Person,
                r"\byo,? (?:el |la )?(?:senora? |ing\.? |arq\.? )?([a-z~' .]{6,70}?),? (?:en (?:mi )?calidad|por (?:mis|los) (?:propios )?derechos|como representante|representante legal|portador|con cedula|titular)",
            ),
            phrase(
                "calidad_firmante",
                Choice(CAPACITIES),
                r"\byo,? [a-z~' .]{6,70}?,? (?:en (?:mi )?calidad de|como|por) (.{3,80}?)(?:,| de la | de | del )",
            ),
            phrase(
                "calidad_firmante",
                Choice(CAPACITIES),
                r"presentar (?:esta|la) oferta (?:por|como|en calidad de|por los) (.{3,120}?),? declara",
            ),
            phrase(
                "objeto",
                Text,
                r#"cuyo objeto (?:es|de contratacion es)(?: el| la)?:? "?([^"]{8,400}?)"?,? (?:y declaro|declaro|y por|y me comprometo|de acuerdo|luego de)"#,
            ),
            phrase("objeto", Text, r"convocatoria para (.{8,300}?),? luego de examinar"),
            phrase("objeto", Text, r"ofrece ejecutar (.{8,300}?),? (?:segun|de acuerdo|conforme)"),
            phrase(
                "entidad_contratante",
                Text,
                r"(?:convocatoria (?:realizada|efectuada|publicada) por|el procedimiento convocado por) (?:el |la |los |las )?(.{4,140}?),? (?:una vez|para|luego|al presentar)",
            ),
            phrase("entidad_contratante", Text, r"\bsenor(?:es|a)?:? (.{5,120}?)[,.]? ?presente\b"),
        ],
    ),
    rules(
        &["FUO_1_2"],
        false,
        &[
            label(
                "participacion",
                Choice(PARTICIPATION),
                &["tipo de participacion", "forma de participacion"],
            ),
            label("origen", Choice(ORIGIN), &["nacionalidad u origen", "pais de origen", "procedencia"]),
            label(
                "naturaleza",
                Choice(NATURE),
                &["persona", "tipo de persona", "naturaleza juridica", "personeria"],
            ),
            label("nombre", Text, &["oferente", "nombre", "nombre o razon social del oferente"]),
            label(
                "direccion",
                Text,
                &[
                    "direccion domiciliaria",
                    "direccion del domicilio",
                    "calle",
                    "direccion principal",
                    "domicilio fiscal",
                ],
            ),
            label("ruc", Ruc, &["ruc del oferente", "numero de r.u.c"]),
            label("telefono", Phone, &["telefono convencional", "telefono celular", "numero de telefono"]),
            label(
                "correo",
                Email,
                &[
                    "correo electronico para notificaciones",
                    "correo electronico de contacto",
                    "direccion de correo electronico",
                ],
            ),
            label(
                "firmante",
                Person,
                &["nombre del representante legal", "procurador(a) comun", "procuradora comun"],
            ),
        ],
        &[
            phrase("canton", Text, r"domicilio:? .{4,160}?,? canton ([a-z ~]{3,40}?)(?:,|\.|$)"),
            phrase(
                "provincia",
                Text,
                r"domicilio:? .{4,200}?,? provincia (?:de |del )?([a-z ~]{3,40}?)(?:,|\.|$| celular| telefono)",
            ),
            phrase("direccion", Text, r"\bdomicilio: ?(.{4,140}?),? (?:parroquia|canton)"),
        ],
    ),
    rules(
        &["FUO_1_3"],
        false,
        &[
            label(
                "beneficiario.nombre",
                Text,
                &["nombres del beneficiario final", "nombre completo del beneficiario final"],
            ),
            label(
                "beneficiario.id",
                PersonId,
                &["cedula o pasaporte", "documento de identificacion", "cedula/pasaporte/ruc"],
            ),
            label(
                "beneficiario.cuenta",
                Account,
                &[
                    "no. cuenta bancaria",
                    "cuenta bancaria",
                    "numero de cuenta bancaria",
                    "no. de cuenta bancaria",
                ],
            ),
            label(
                "beneficiario.institucion",
                Text,
                &["entidad financiera", "banco", "nombre de la institucion financiera"],
            ),
        ],
        &[
            phrase(
                "beneficiario.nombre",
                Text,
                r"beneficiari[oa] final [^.]{0,60}soy yo,? ([a-z~' .]{6,70}?),? (?:con|portador|titular)",
            ),
            phrase(
                "beneficiario.id",
                PersonId,
                r"beneficiari[oa] final [^.]{0,60}soy yo,? [a-z~' .]{6,70}?,? (?:con|portadora? de la|titular de la) (?:cedula|pasaporte|c\.c\.?|c\.i\.?)(?: de ciudadania| de identidad)?(?: no\.?| nro\.?)?:? ?([a-z0-9-]{6,14})",
            ),
            phrase(
                "beneficiario.institucion",
                Text,
                r"(?:acreditaran|depositaran|realizaran) en (?:la cuenta [^.]{0,60} de(?:l)? )?(?:la )?institucion financiera (.{4,80}?)[.;]",
            ),
        ],
    ),
    rules(
        &["FUO_1_4"],
        false,
        &[
            label("solvencia", Ratio, &["indice de solvencia", "solvencia", "indice de liquidez"]),
            label("endeudamiento", Ratio, &["indice de endeudamiento", "endeudamiento"]),
        ],
        &[
            phrase(
                "solvencia",
                Ratio,
                r"(?:indice de )?solvencia(?: declarad[oa])?(?: es| de| es de|:)? ?=? ?(\d{1,3}[.,]\d{1,4})\b",
            ),
            phrase(
                "endeudamiento",
                Ratio,
                r"(?:indice de )?endeudamiento(?: declarad[oa])?(?: es| de| es de|:)? ?=? ?(\d{1,3}[.,]\d{1,4})\b",
            ),
            phrase(
                "patrimonio",
                Money,
                r"\bpatrimonio (?:neto |total |declarado )?(?:de )?((?:usd?\.? ?|us ?|\$ ?)+\d[\d.,']*\d)",
            ),
            phrase(
                "ejercicio",
                Year,
                r"(?:declaracion[a-z ]{0,40}|ejercicio|cierre) (?:del? )?(?:ejercicio |ano )(?:fiscal |economico )?(?:del? )?((?:19|20)\d{2})\b",
            ),
            phrase("ejercicio", Year, r"(?:al|del) 31 de diciembre (?:del? )?(?:ano )?((?:19|20)\d{2})\b"),
            phrase("ejercicio", Year, r"segun declaracion (?:del? )?(?:ano )?((?:19|20)\d{2})\b"),
        ],
    ),
    rules(
        &["FORM_II_ETAPA", "FORM_INTEGRIDAD"],
        false,
        &[],
        &[
            phrase(
                "firmante",
                Person,
                r"(?:\byo|el que suscribe|quien suscribe|la que suscribe),? (?:el |la )?(?:senora? |ing\.? |arq\.? )?([a-z~' .]{6,70}?),? (?:en (?:mi )?calidad|por (?:mis|los) (?:propios )?derechos|como representante|me obligo|me comprometo|suscribo|declaro|acepto|representante legal|portador|con cedula)",
            ),
            phrase(
                "fecha",
                Date,
                concat!(r"(?:fecha|suscrito|firmado|dado)[a-z ~,:]{0,40}? ", super::day!()),
            ),
            phrase(
                "fecha",
                Date,
                concat!(r"\b(?:suscrib[oe]|firm[oa])\b[^.;]{0,60}? (?:el|a|hoy)(?: dia)? ", super::day!()),
            ),
        ],
    ),
    rules(
        &["FORM_CONSORCIO"],
        false,
        &[],
        &[
            phrase(
                "procurador",
                Person,
                r"(?:como|el|se nombra|se designa|nombra(?:n)? como) procurador[a]? comun(?: sera| es|:)? (?:al? )?(?:la |el )?(?:senora? |ing\.? |arq\.? )?([a-z~' .]{6,70}?)(?:,|\.|;| con cedula| portador| facultad)",
            ),
            phrase(
                "procurador",
                Person,
                r"procurador[a]? comun: (?:se designa )?(?:al? )?(?:la |el )?(?:senora? |ing\.? |arq\.? )?([a-z~' .]{6,70}?)(?:,|\.|;| con cedula| portador)",
            ),
            phrase(
                "plazo_adicional",
                super::super::FieldKind::Duration,
                r"(?:plazo contractual|duracion del contrato|plazo del contrato|vigencia del contrato)[a-z ,]{0,40}? (?:mas|y) (.{2,40}? dias)\b",
            ),
        ],
    ),
    rules(
        &["FORM_SUBCON"],
        false,
        &[
            label("rubro", Text, &["rubro a subcontratar", "rubros a subcontratar", "rubro"]),
            label("valor", Money, &["valor", "monto", "monto a subcontratar", "valor a subcontratar"]),
            label(
                "porcentaje",
                Percent,
                &[
                    "porcentaje",
                    "porcentaje del contrato",
                    "porcentaje de la oferta",
                    "porcentaje a subcontratar",
                ],
            ),
            label("subcontratista", Text, &["nombre del subcontratista", "nombre o razon social"]),
        ],
        &[
            phrase(
                "subcontratista",
                Text,
                r"representante legal de (?:la (?:compania|empresa) )?(.{4,110}?),? con (?:ruc|r\.u\.c)",
            ),
            phrase(
                "subcontratista",
                Text,
                r"\byo,? ([a-z~' .]{6,70}?),? con (?:ruc|r\.u\.c)[^,]{0,30}, subcontratista",
            ),
            phrase(
                "subcontratista",
                Text,
                r"(?:el que suscribe|yo),? ([a-z~' .]{6,70}?),? me comprometo para con",
            ),
            phrase("ruc", Ruc, r"con (?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?| numero)?:? ?(\d{13})\b"),
            phrase(
                "rubro",
                Text,
                r"(?:realizar los trabajos de|ejecutar el rubro|subcontratar los rubros:?|ejecutar los rubros:?) (.{4,200}?),? (?:como subcontratista|por |\.|en el|en caso)",
            ),
            phrase(
                "valor",
                Money,
                concat!(r"(?:por|por un valor de|por el valor de|por un monto de|valor de) ", amount!()),
            ),
            phrase(
                "porcentaje",
                Percent,
                concat!(
                    r"(?:equivale al|equivalente al|correspondiente al|el) ",
                    share!(),
                    r" (?:del|de la)"
                ),
            ),
        ],
    ),
    rules(
        &["FORM_VINCULACION"],
        false,
        &[label("rep_legal", Person, &["representante legal", "nombre del representante legal"])],
        &[],
    ),
    rules(
        &["CARATULA"],
        true,
        &[
            label(
                "oferente",
                Text,
                &["presentada por", "presenta", "proponente", "oferente (nombre o razon social)"],
            ),
            label(
                "codigo_proceso",
                super::super::FieldKind::Code,
                &["codigo del proceso no", "proceso de contratacion"],
            ),
        ],
        &[phrase(
            "codigo_proceso",
            super::super::FieldKind::Code,
            r"\b((?:sie|lico|licbs|licb|coto|cotbs|mco|mcbs|cdc|lcc|cpc|fi|re|nic|ic)-[a-z0-9.-]{3,40}?-(?:20)?\d{2,4}(?:-\d{1,5})?)\b",
        )],
    ),
    rules(
        &["FORM_INTEGRIDAD", "FORM_II_ETAPA"],
        false,
        &[label("cedula", super::super::FieldKind::Cedula, CEDULA_LABELS)],
        &[],
    ),
];

//! What registries say: SRI, RUP, IESS, MIPYMES, banks, the civil registry.

use super::super::FieldKind::{Account, Cedula, Choice, Date, Moment, Person, Product, Ruc, Text, YesNo};
use super::super::rules::{RUC_LABELS, TypeRules, label, phrase};
use super::{day, rules};

const SIZES: &[(&str, &[&str])] = &[
    ("micro", &["micro"]),
    ("pequeña", &["pequena"]),
    ("mediana", &["mediana"]),
    ("grande", &["grande"]),
    ("EPS", &["economia popular", "eps"]),
    ("artesano", &["artesan"]),
];
const STATES: &[(&str, &[&str])] = &[
    ("INHABILITADO", &["inhabilitad"]),
    ("HABILITADO", &["habilitad"]),
    ("ACTIVO", &["activo"]),
    ("SUSPENDIDO", &["suspendid"]),
    ("PASIVO", &["pasivo"]),
];

/// As the civil registry prints them: in capitals, by gender.
const CIVIL: &[(&str, &[&str])] = &[
    ("CASADA", &["casada"]),
    ("CASADO", &["casado"]),
    ("SOLTERA", &["soltera"]),
    ("SOLTERO", &["soltero"]),
    ("DIVORCIADA", &["divorciada"]),
    ("DIVORCIADO", &["divorciado"]),
    ("VIUDA", &["viuda"]),
    ("VIUDO", &["viudo"]),
    ("UNIÓN DE HECHO", &["union de hecho", "union libre"]),
];

/// Rules of these papers.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["RUC_SRI"],
        true,
        &[
            label(
                "inicio_actividades",
                Date,
                &["fec. inicio actividades", "fec. de inicio de actividades", "fec. inicio de actividades"],
            ),
            label("estado", Choice(STATES), &["estado contribuyente en el ruc", "estado del ruc"]),
            label(
                "obligado_contabilidad",
                YesNo,
                &["obligado a llevar contabilidad (si/no)", "obligado contabilidad"],
            ),
            label("representante", Person, &["nombre del agente de retencion", "rep. legal"]),
            label(
                "domicilio",
                Text,
                &["direccion domicilio principal", "direccion del domicilio tributario", "direccion"],
            ),
        ],
        &[
            phrase(
                "representante",
                Person,
                r"representante legal (?:nombre:? )([a-z~' .]{6,70}?) (?:identificacion|cedula|c\.i)",
            ),
            phrase("obligado_contabilidad", YesNo, r"obligado a llevar contabilidad:? (si|no)\b"),
            phrase("inicio_actividades", Date, concat!(r"inicio (?:de )?actividades:? ?", day!())),
        ],
    ),
    rules(
        &["RUP"],
        true,
        &[
            label(
                "estado",
                Choice(STATES),
                &[
                    "estado en el rup",
                    "estado del proveedor",
                    "estado en el registro unico de proveedores",
                    "situacion",
                ],
            ),
            label(
                "tipo",
                Choice(SIZES),
                &["tipo de proveedor", "tamano", "categoria", "tamano de la empresa", "tipo"],
            ),
            label(
                "fecha_consulta",
                Moment,
                &[
                    "fecha y hora de consulta",
                    "fecha de consulta",
                    "fecha y hora de emision",
                    "fecha consulta",
                    "consultado el",
                ],
            ),
        ],
        &[
            phrase(
                "estado",
                Choice(STATES),
                r"(?:se encuentra|consta|estado:?) (habilitad[oa]|inhabilitad[oa]|suspendid[oa])\b",
            ),
            phrase(
                "tipo",
                Choice(SIZES),
                r"(?:clasificad[oa]|categorizad[oa]|registrad[oa]) como (micro ?empresa|pequena empresa|mediana empresa|artesan[oa]|grande)",
            ),
            phrase(
                "fecha_consulta",
                Moment,
                concat!(
                    r"(?:se emite|emitido|consultad[oa]|generado|fecha de emision:?)[a-z ,]{0,60}? (?:el |al )?",
                    day!()
                ),
            ),
            phrase("cpcs[]", Product, r"\bcpc:? ?(\d{5}\.?\d{2}\.?\d{2})\b"),
        ],
    ),
    rules(
        &["CERT_SRI", "CERT_IESS"],
        false,
        &[
            label(
                "fecha",
                Date,
                &[
                    "fecha y hora de emision",
                    "fecha del certificado",
                    "emitido el",
                    "generado",
                    "fecha de generacion",
                ],
            ),
            label("ruc", Ruc, &["identificacion", "ruc del empleador", "identificacion del contribuyente"]),
        ],
        &[
            phrase(
                "ruc",
                Ruc,
                r"(?:con |titular del |numero de )?(?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?| numero)?:? ?(\d{13})\b",
            ),
            phrase(
                "fecha",
                Date,
                concat!(
                    r"(?:emitido|emitid[oa] en [a-z~ ]{3,30},?|generado|fecha de emision:?|se emite el presente)[a-z ,:]{0,30}? (?:el |con fecha |:)? ?",
                    day!()
                ),
            ),
            phrase(
                "fecha",
                Date,
                concat!(r"(?:quito|guayaquil|cuenca|[a-z~]{4,20}),? (?:a )?", day!(), r"\.?$"),
            ),
        ],
    ),
    rules(
        &["MIPYME"],
        false,
        &[
            label(
                "vigencia",
                Date,
                &[
                    "vigencia",
                    "vigente hasta",
                    "valido hasta",
                    "valida hasta",
                    "fecha de caducidad",
                    "caduca",
                    "fecha de vencimiento",
                ],
            ),
            label("ruc", Ruc, RUC_LABELS),
        ],
        &[phrase(
            "vigencia",
            Date,
            concat!(
                r"(?:vigencia|vigente|valid[oa]|validez|caduca)[a-z ]{0,24}? (?:hasta )?(?:el )?(?:dia )?",
                day!()
            ),
        )],
    ),
    rules(
        &["BANCARIO"],
        false,
        &[
            label(
                "titular",
                Text,
                &[
                    "titular",
                    "nombre del titular",
                    "titular de la cuenta",
                    "cliente",
                    "nombre del cliente",
                    "a nombre de",
                ],
            ),
            label(
                "cuenta",
                Account,
                &[
                    "no. de cuenta",
                    "numero de cuenta",
                    "cuenta no",
                    "nro. de cuenta",
                    "cuenta",
                    "cuenta corriente no",
                    "cuenta de ahorros no",
                    "nro. cuenta",
                    "no. cuenta",
                ],
            ),
            label(
                "banco",
                Text,
                &["institucion financiera", "banco", "entidad financiera", "nombre del banco"],
            ),
        ],
        &[
            phrase(
                "titular",
                Text,
                r"certific(?:a|amos|o)(?: a usted(?:es)?)? que,? (?:el senor |la senora |la empresa |la compania |el \(la\) senor\(a\) |nuestro cliente,? |nuestro socio,? |nuestra cliente,? )?(.{4,110}?),? (?:con (?:ruc|r\.u\.c|cedula|identificacion|c\.)|mantiene|posee|portador|es titular|identificad|es cliente|titular de)",
            ),
            phrase(
                "titular",
                Text,
                r"nuestr[oa] (?:cliente|socio|socia),? (.{4,110}?),? (?:es titular|mantiene|posee|con (?:ruc|cedula))",
            ),
            phrase(
                "cuenta",
                Account,
                r"cuenta(?: corriente| de ahorros?| ahorros?| virtual| activa| en nuestra institucion,?| bancaria| tipo)*,? (?:signada con el |con el |de )?(?:no|nro|numero|n|#)[.o]{0,2}(?: de cuenta)?:? ?(\d[\d -]{4,22}\d)\b",
            ),
        ],
    ),
    rules(
        &["CEDULA_DOC"],
        true,
        &[
            label("nombres", Text, &["apellidos y nombres", "nombres y apellidos"]),
            label(
                "vencimiento",
                Date,
                &[
                    "fecha de vencimiento",
                    "fecha de expiracion",
                    "fecha de caducidad",
                    "fecha vencimiento",
                    "vence",
                ],
            ),
            label("nacimiento", Date, &["nacimiento", "fecha nacimiento", "lugar y fecha de nacimiento"]),
            label("estado_civil", Choice(CIVIL), &["estado civil"]),
            label(
                "cedula",
                Cedula,
                &[
                    "cc no",
                    "c.c. no",
                    "cedula de ciudadania no",
                    "cedula de identidad no",
                    "nui",
                    "no. cedula",
                    "cedula de ciudadania nro",
                    "n.o",
                    "no",
                ],
            ),
        ],
        &[
            phrase(
                "nombres",
                Person,
                r"apellidos y nombres:? ([a-z~' ]{6,60}?) (?:lugar|fecha|condicion|nacionalidad|sexo|estado|cedula|no\.)",
            ),
            phrase(
                "estado_civil",
                Choice(CIVIL),
                r"estado civil:? (casad[oa]|solter[oa]|divorciad[oa]|viud[oa]|union (?:de hecho|libre))\b",
            ),
            phrase("cedula", Cedula, r"\b(?:nui|no|n\.o|cc no|cedula)\.?:? ?(\d{9}-?\d)\b"),
            phrase("nacimiento", Date, concat!(r"fecha de nacimiento:? ?", day!())),
            phrase(
                "vencimiento",
                Date,
                concat!(r"(?:fecha de )?(?:expiracion|vencimiento|caducidad):? ?", day!()),
            ),
        ],
    ),
];

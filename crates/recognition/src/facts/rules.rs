//! Which label or phrase of which document type gives which field. Data, not code: a paper that calls a field otherwise gets
//! another line here.

use super::FieldKind;
use FieldKind::{
    Choice, Code, Digits, Duration, Email, Money, Percent, Person, Phone, Ruc, Text, Year, YesNo,
};

/// Reads a field from the value of a label.
pub struct LabelRule {
    /// Field name of the catalogue.
    pub field: &'static str,
    /// How the value is written.
    pub kind: FieldKind,
    /// Labels, folded.
    pub labels: &'static [&'static str],
}

/// Reads a field from the first group of a pattern over the folded text of a page.
pub struct PhraseRule {
    /// Field name of the catalogue.
    pub field: &'static str,
    /// How the value is written.
    pub kind: FieldKind,
    /// Pattern with one group.
    pub pattern: &'static str,
}

/// Holds everything that is read from one type.
pub struct TypeRules {
    /// Types it is for.
    pub types: &'static [&'static str],
    /// Whether values stand under their labels.
    pub stacked: bool,
    /// Fields by label.
    pub labels: &'static [LabelRule],
    /// Fields by phrase.
    pub phrases: &'static [PhraseRule],
}

pub(super) const fn label(
    field: &'static str,
    kind: FieldKind,
    labels: &'static [&'static str],
) -> LabelRule {
    LabelRule { field, kind, labels }
}

pub(super) const fn phrase(field: &'static str, kind: FieldKind, pattern: &'static str) -> PhraseRule {
    PhraseRule { field, kind, pattern }
}

/// Labels of a process code, wherever a bidder writes one.
pub(super) const PROCESS_LABELS: &[&str] = &[
    "codigo del proceso",
    "codigo de proceso",
    "codigo del procedimiento",
    "codigo de procedimiento",
    "procedimiento nro",
    "procedimiento no",
    "procedimiento",
    "proceso no",
    "proceso nro",
    "proceso",
    "codigo",
    "numero de proceso",
];
pub(super) const RUC_LABELS: &[&str] = &[
    "r.u.c",
    "ruc",
    "ruc no",
    "ruc nro",
    "no. ruc",
    "numero de ruc",
    "numero ruc",
    "no. de ruc",
    "registro unico de contribuyentes",
    "ruc/ci",
    "r.u.c. no",
];
pub(super) const OBJECT_LABELS: &[&str] = &[
    "objeto del contrato",
    "objeto de contratacion",
    "objeto de la contratacion",
    "objeto del proceso",
    "objeto",
    "obra",
    "nombre del proyecto",
    "proyecto",
];
pub(super) const CEDULA_LABELS: &[&str] = &[
    "cedula",
    "c.i",
    "c.c",
    "ci",
    "cc",
    "cedula de ciudadania",
    "cedula de identidad",
    "cedula no",
    "c.i. no",
    "cedula nro",
    "numero de cedula",
    "no. de cedula",
    "nro. de cedula",
    "identificacion",
    "numero de identificacion",
    "nui",
];
pub(super) const DATE_LABELS: &[&str] =
    &["fecha", "lugar y fecha", "fecha de emision", "fecha de elaboracion", "fecha de suscripcion"];

const TERM_LABELS: &[&str] = &[
    "plazo",
    "plazo total",
    "plazo ofertado",
    "plazo de ejecucion",
    "plazo de ejecucion ofertado",
    "plazo total de ejecucion",
    "plazo de ejecucion de la obra",
    "plazo de entrega",
    "plazo total de entrega",
];
const VALIDITY_LABELS: &[&str] = &[
    "vigencia",
    "validez",
    "vigencia de la oferta",
    "validez de la oferta",
    "plazo de validez de la oferta",
];

/// Stands in `types` for every form of the catalogue.
pub const EVERY_FORM: &str = "*";

/// Rules of the forms, in the order of the catalogue.
pub const FORM_RULES: &[TypeRules] = &[
    TypeRules {
        types: &[EVERY_FORM],
        stacked: false,
        labels: &[label("codigo_proceso", Code, PROCESS_LABELS)],
        phrases: &[phrase(
            "codigo_proceso",
            Code,
            r"procedimiento (?:de contratacion )?(?:n(?:o|ro|umero)?\.? ?|con codigo |signado con el codigo )(.{6,60}?)[,.;] ",
        )],
    },
    TypeRules {
        types: &["FUO_1_1"],
        stacked: false,
        labels: &[
            label("objeto", Text, OBJECT_LABELS),
            label("nombre", Text, &["nombre del oferente"]),
            label("entidad_contratante", Text, &["entidad contratante"]),
            label("plazo", Duration, TERM_LABELS),
            label("vigencia", Duration, VALIDITY_LABELS),
        ],
        phrases: &[
            phrase("acepta_bancario_uafe", YesNo, r"uafe ?: ?(si|no)\b"),
            phrase(
                "entidad_contratante",
                Text,
                r"convocatoria (?:efectuada|realizada) por (?:el |la |los |las )?(.{3,160}?),? para (?:la|el|los|las) ",
            ),
            phrase(
                "objeto",
                Text,
                r"para (?:la ejecucion|la ejecucion de la obra|el suministro|la provision|la adquisicion|la prestacion|la contratacion) (?:de la obra |del proyecto |de los bienes |del servicio |de |del )?(.{5,400}?),? luego de examinar",
            ),
            phrase(
                "calidad_firmante",
                Choice(CAPACITIES),
                r"al presentar esta oferta (?:por|como|en calidad de) (.{3,160}?),? (?:declara|de la compania|de la empresa|del consorcio)",
            ),
            phrase(
                "nombre",
                Text,
                r"(?:representante legal|apoderado|procurador comun|gerente general) (?:de la compania|de la empresa|del consorcio|de|del) (.{4,120}?),? declara(?:o)? que",
            ),
            phrase(
                "plazo",
                Duration,
                r"plazo (?:de ejecucion |de entrega |ofertado |para la ejecucion )?(?:de la obra |del contrato )?(?:es |sera |de |en )+(.{2,70}?)(?:[.;]|,? contad)",
            ),
            phrase(
                "vigencia",
                Duration,
                r"(?:vigencia|validez) (?:de (?:la|esta|mi|nuestra) oferta )?(?:es |sera |de |por |tendra |una |vigencia )+(.{2,70}?)(?:[.;]|,? contad)",
            ),
            phrase(
                "vigencia",
                Duration,
                r"oferta (?:estara vigente|se mantendra vigente|tendra una vigencia|tendra vigencia|tiene una vigencia|es valida) (?:de |por |hasta )?(.{2,70}?)(?:[.;]|,? contad)",
            ),
        ],
    },
    TypeRules {
        types: &["FUO_1_2"],
        stacked: false,
        labels: &[
            label("participacion", Choice(PARTICIPATION), &["participacion"]),
            label(
                "nombre",
                Text,
                &[
                    "nombre del oferente",
                    "nombre o razon social",
                    "razon social",
                    "nombre o razon social del oferente",
                ],
            ),
            label("origen", Choice(ORIGIN), &["origen"]),
            label("ruc", Ruc, RUC_LABELS),
            label("naturaleza", Choice(NATURE), &["naturaleza"]),
            label("provincia", Text, &["provincia"]),
            label("canton", Text, &["canton", "ciudad"]),
            label("direccion", Text, &["calle principal", "direccion"]),
            label("codigo_postal", Digits(6), &["codigo postal"]),
            label("telefono", Phone, &["telefono", "telefono(s)", "telefonos", "celular"]),
            label("correo", Email, &["correo electronico", "correo", "e-mail", "email"]),
            label(
                "firmante",
                Person,
                &["representante legal", "nombre del representante legal", "procurador comun"],
            ),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_4"],
        stacked: false,
        labels: &[
            label(
                "patrimonio",
                Money,
                &[
                    "patrimonio",
                    "patrimonio neto",
                    "total patrimonio",
                    "patrimonio declarado",
                    "patrimonio del oferente",
                ],
            ),
            label(
                "ejercicio",
                Year,
                &["ejercicio fiscal", "ano fiscal", "ejercicio", "periodo fiscal", "ejercicio economico"],
            ),
        ],
        phrases: &[
            phrase(
                "ejercicio",
                Year,
                r"(?:ejercicio|periodo|ano) fiscal:? ?(?:del? )?(?:ano )?((?:19|20)\d{2})\b",
            ),
            phrase(
                "patrimonio",
                Money,
                r"patrimonio (?:neto |total |declarado )?(?:del oferente )?(?:es |de |asciende a |por |: ?)+((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)",
            ),
        ],
    },
    TypeRules {
        types: &["FUO_1_5_RUBROS", "FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA", "PROFORMA"],
        stacked: false,
        labels: &[
            label("ruc", Ruc, RUC_LABELS),
            label("plazo", Duration, TERM_LABELS),
            label("vigencia", Duration, VALIDITY_LABELS),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_6_APU"],
        stacked: false,
        labels: &[
            label("rubro", Text, &["rubro", "nombre del rubro"]),
            label("unidad", Text, &["unidad"]),
            label("subtotal_m", Money, &["subtotal m"]),
            label("subtotal_n", Money, &["subtotal n"]),
            label("subtotal_o", Money, &["subtotal o"]),
            label("subtotal_p", Money, &["subtotal p"]),
            label("costo_directo", Money, &["total costo directo (m+n+o+p)", "total costo directo"]),
            label(
                "indirectos_pct",
                Percent,
                &["indirectos %", "indirectos", "indirectos y utilidades", "costos indirectos"],
            ),
            label("utilidad_pct", Percent, &["utilidad %", "utilidad"]),
            label("costo_total_rubro", Money, &["costo total del rubro"]),
            label(
                "valor_ofertado",
                Money,
                &["valor ofertado", "valor ofertado usd", "valor unitario ofertado"],
            ),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_6_COMP"],
        stacked: false,
        labels: &[
            label("marca", Text, &["marca"]),
            label("modelo", Text, &["modelo"]),
            label("origen", Text, &["pais de origen", "procedencia", "origen"]),
            label("plazo_entrega", Duration, &["plazo de entrega", "tiempo de entrega", "plazo"]),
            label("garantia_tecnica", Duration, &["garantia tecnica", "garantia"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_8_CRON"],
        stacked: false,
        labels: &[label("plazo", Duration, TERM_LABELS)],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_VAE"],
        stacked: false,
        labels: &[
            label("importacion_directa", Money, &["importacion directa"]),
            label(
                "vae_pct",
                Percent,
                &[
                    "vae",
                    "porcentaje de vae",
                    "vae de la oferta",
                    "vae ofertado",
                    "valor agregado ecuatoriano",
                ],
            ),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_12_PE"],
        stacked: false,
        labels: &[label(
            "porcentaje",
            Percent,
            &[
                "participacion ecuatoriana",
                "porcentaje de participacion ecuatoriana",
                "propuesta por el oferente",
                "porcentaje",
            ],
        )],
        phrases: &[],
    },
    TypeRules {
        types: &["FORM_CONSORCIO"],
        stacked: false,
        labels: &[
            label("objeto", Text, OBJECT_LABELS),
            label("nombre", Text, &["nombre del consorcio", "denominacion del consorcio", "denominacion"]),
        ],
        phrases: &[
            phrase(
                "procurador",
                Person,
                r"procurador comun de (?:la|nuestra) asociacion o consorcio (?:sera|es) (?:el |la )?(.{5,80}?),? (?:con |portador|titular)",
            ),
            phrase(
                "codigo_proceso",
                Code,
                r"procedimiento de contratacion n(?:o|ro|umero)?\.? ?(.{6,60}?),? cuyo objeto",
            ),
            phrase(
                "procurador",
                Person,
                r"(?:designan?|nombran?)(?: como)? procurador[a]? comun (?:a la |al |a )(?:senora? |ing\.? )?(.{5,80}?)[,.;]",
            ),
            phrase("nombre", Text, r"(?:consorcio|asociacion) se denominara:? (.{4,100}?)[.;,] "),
            phrase("objeto", Text, r"cuyo objeto es:? ?(.{5,400}?),? y por lo tanto"),
            phrase(
                "plazo_adicional",
                Duration,
                r"hasta antes de suscribir el contrato de asociacion o consorcio respectivo,? y (.{5,50}?) adicionales",
            ),
        ],
    },
    TypeRules {
        types: &["FORM_SUBCON"],
        stacked: false,
        labels: &[
            label("ruc", Ruc, RUC_LABELS),
            label("subcontratista", Text, &["razon social", "subcontratista"]),
        ],
        phrases: &[phrase("ruc", Ruc, r"con numero de ru[cp]:? ?(.{10,40}?),? me comprometo")],
    },
    TypeRules {
        types: &["FUO_1_3"],
        stacked: false,
        labels: &[
            label(
                "beneficiario.nombre",
                Text,
                &["nombre del beneficiario final", "beneficiario final", "nombre del beneficiario"],
            ),
            label(
                "beneficiario.id",
                Text,
                &["numero de identificacion", "identificacion", "cedula / pasaporte", "cedula/pasaporte"],
            ),
            label("beneficiario.nacionalidad", Text, &["nacionalidad"]),
            label("beneficiario.cuenta", Text, &["numero de cuenta", "no. de cuenta", "cuenta"]),
            label("beneficiario.institucion", Text, &["institucion financiera", "institucion"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &[
            "FORM_II_ETAPA",
            "FORM_INTEGRIDAD",
            "FUO_1_3",
            "FUO_1_7_MET",
            "FUO_1_9_EXP",
            "FUO_1_10_PER",
            "FUO_1_11_EQ",
            "FORM_VINCULACION",
        ],
        stacked: false,
        labels: &[label("nombre", Text, &["nombre del oferente"])],
        phrases: &[],
    },
];

pub(super) const CAPACITIES: &[(&str, &[&str])] = &[
    ("propio derecho", &["propios derechos", "propio derecho"]),
    ("procurador común", &["procurador comun", "procuradora comun"]),
    ("apoderado", &["apoderad"]),
    ("representante legal", &["representante legal", "gerente general"]),
];
pub(super) const PARTICIPATION: &[(&str, &[&str])] = &[
    (
        "compromiso de asociación o consorcio",
        &["compromiso de asociacion", "compromiso de consorcio", "promesa de consorcio"],
    ),
    ("asociación o consorcio constituido", &["consorcio constituido", "asociacion o consorcio constituid"]),
    ("individual", &["individual"]),
];
pub(super) const ORIGIN: &[(&str, &[&str])] =
    &[("nacional", &["nacional", "ecuatorian", "ecuador"]), ("extranjero", &["extranjer"])];
pub(super) const NATURE: &[(&str, &[&str])] = &[("natural", &["natural"]), ("jurídica", &["juridica"])];

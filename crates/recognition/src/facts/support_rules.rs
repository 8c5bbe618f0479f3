//! Which label or phrase of a paper of others gives which field: registries, contracts, certificates, declarations.

use super::FieldKind;
use super::rules::{
    CEDULA_LABELS, DATE_LABELS, OBJECT_LABELS, PROCESS_LABELS, RUC_LABELS, TypeRules, label, phrase,
};
use FieldKind::{
    Cedula, Choice, Code, Date, Digits, Duration, Money, Percent, Person, Ruc, Text, Year, YesNo,
};

/// Rules of the papers that support a bid, in the order of the catalogue.
pub const SUPPORT_RULES: &[TypeRules] = &[
    TypeRules {
        types: &["RUC_SRI"],
        stacked: true,
        labels: &[
            label("ruc", Ruc, &["numero ruc", "ruc", "numero de ruc", "r.u.c"]),
            label(
                "razon_social",
                Text,
                &[
                    "razon social",
                    "apellidos y nombres",
                    "razon social / apellidos y nombres",
                    "apellidos y nombres / razon social",
                    "nombres y apellidos",
                ],
            ),
            label("estado", Choice(STATES), &["estado", "estado contribuyente", "estado del contribuyente"]),
            label(
                "inicio_actividades",
                Date,
                &[
                    "fecha de inicio de actividades",
                    "inicio de actividades",
                    "fecha inicio de actividades",
                    "fecha inicio actividades",
                ],
            ),
            label(
                "representante",
                Person,
                &[
                    "representante legal",
                    "nombre del representante legal",
                    "agente de retencion representante legal",
                ],
            ),
            label("obligado_contabilidad", YesNo, &["obligado a llevar contabilidad"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["RUP", "CERT_SRI", "CERT_IESS", "MIPYME"],
        stacked: false,
        labels: &[
            label("ruc", Ruc, RUC_LABELS),
            label(
                "razon_social",
                Text,
                &["razon social", "nombre o razon social", "proveedor", "empleador", "contribuyente"],
            ),
            label("estado", Choice(STATES), &["estado", "estado rup"]),
            label("fecha", Date, DATE_LABELS),
        ],
        phrases: &[phrase("ruc", Ruc, r"\b(?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?| n[o~]\.?)?:? ?(\d{13})\b")],
    },
    TypeRules {
        types: &["NOMBRAMIENTO"],
        stacked: false,
        labels: &[
            label("cedula", Cedula, CEDULA_LABELS),
            label("empresa", Text, &["compania", "empresa", "razon social"]),
            label(
                "representante",
                Person,
                &["nombre", "nombres", "nombre del representante", "administrador"],
            ),
            label("cargo", Text, &["cargo"]),
            label("fecha", Date, DATE_LABELS),
            label("inscripcion", Text, &["inscripcion", "numero de inscripcion"]),
        ],
        phrases: &[
            phrase(
                "representante",
                Person,
                r"senor(?:\(a\)|a|ita)?:? ((?:[a-z~.]+ ){2,6}[a-z~]+) (?:presente|ciudad)\b",
            ),
            phrase(
                "empresa",
                Text,
                r"junta general[a-z ]{0,40}? de (?:socios|accionistas)(?: y accionistas)? de (?:la (?:compania|empresa) )?(.{3,120}?),? (?:en (?:su )?sesion|celebrada|reunida|realizada|tuvo|resolvio)",
            ),
            phrase(
                "empresa",
                Text,
                r"(?:directorio|asamblea|directorio)[^.]{0,120}? de (?:la )?(?:compania|empresa|sociedad) (.{3,120}?),? (?:en (?:su )?sesion|celebrada|reunida|realizada|el dia|tuvo|resolvio|legalmente|por unanimidad)",
            ),
            phrase(
                "cargo",
                Text,
                r"(?:elegirle|elegirlo|elegirla|designarle|designarlo|designarla|nombrarle|nombrarlo|nombrarla|eleg[ia]r a usted|elegido|designado) (?:a usted )?(?:como |para el cargo de |en calidad de |para desempenar el cargo de |en el cargo de )?(.{4,60}?),? (?:de la (?:misma|compania|empresa)|por (?:el|un) peri?odo|por el lapso|para el peri?odo|por un plazo|con las)",
            ),
            phrase(
                "periodo_anios",
                FieldKind::Years,
                r"(?:peri?odo|lapso|plazo)(?: estatutario)?(?: de)? (?:duracion de )?(.{2,30}? anos)\b",
            ),
        ],
    },
    TypeRules {
        types: &["F101_F102"],
        stacked: true,
        labels: &[
            label(
                "ruc",
                Ruc,
                &[
                    "identificacion (ruc)",
                    "identificacion",
                    "ruc",
                    "r.u.c",
                    "numero de ruc",
                    "identificacion ruc",
                ],
            ),
            label(
                "razon_social",
                Text,
                &[
                    "razon social",
                    "razon social o apellidos y nombres completos",
                    "apellidos y nombres completos",
                    "razon social, denominacion o apellidos y nombres completos",
                ],
            ),
            label("anio", Year, &["ano fiscal", "periodo fiscal", "ejercicio fiscal", "ano", "ejercicio"]),
            label("serial", Digits(0), &["numero serial", "no. serial", "numero de serial", "serial"]),
            label(
                "tipo",
                Choice(RETURN_KINDS),
                &["tipo de declaracion", "original / sustitutiva", "declaracion", "tipo"],
            ),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["EEFF"],
        stacked: false,
        labels: &[label("ruc", Ruc, RUC_LABELS)],
        phrases: &[phrase("ejercicio", Year, r"al 31 de diciembre (?:del? )?(?:ano )?(\d{4})")],
    },
    TypeRules {
        types: &["CONTRATO_EXP"],
        stacked: false,
        labels: &[
            label("numero", Text, &["contrato no", "contrato nro", "contrato numero", "no. de contrato"]),
            label("contratante", Text, &["contratante", "la contratante", "entidad contratante"]),
            label("contratista", Text, &["contratista", "el contratista", "la contratista"]),
            label("objeto", Text, OBJECT_LABELS),
            label(
                "monto",
                Money,
                &[
                    "monto del contrato",
                    "precio del contrato",
                    "valor del contrato",
                    "monto",
                    "valor",
                    "precio",
                ],
            ),
            label("plazo", Duration, &["plazo de ejecucion", "plazo", "plazo contractual"]),
            label("fecha", Date, &["fecha de suscripcion", "fecha del contrato", "fecha"]),
        ],
        phrases: &[
            phrase(
                "monto",
                Money,
                r"(?:precio|valor|monto) (?:total )?del (?:presente )?contrato[^.$]{0,80}?(?:es|sera|asciende|de|en)[^$\d]{0,60}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)",
            ),
            phrase(
                "plazo",
                Duration,
                r"plazo (?:para la ejecucion|de ejecucion|total|para la entrega)?[^.]{0,80}?(?:es|sera) (?:de )?(.{2,60}?)(?:[.;]|,? contad)",
            ),
        ],
    },
    TypeRules {
        types: &["ACTA_ER"],
        stacked: false,
        labels: &[
            label(
                "contrato",
                Text,
                &[
                    "contrato no",
                    "contrato nro",
                    "contrato",
                    "no. de contrato",
                    "numero de contrato",
                    "codigo del contrato",
                ],
            ),
            label("contratante", Text, &["contratante", "entidad contratante", "entidad"]),
            label("contratista", Text, &["contratista", "nombre del contratista"]),
            label("objeto", Text, OBJECT_LABELS),
            label(
                "monto_contrato",
                Money,
                &[
                    "monto del contrato",
                    "valor del contrato",
                    "monto contractual",
                    "monto contratado",
                    "precio del contrato",
                    "monto original",
                    "valor contratado",
                ],
            ),
            label(
                "monto_liquidado",
                Money,
                &[
                    "monto liquidado",
                    "valor liquidado",
                    "monto ejecutado",
                    "valor total ejecutado",
                    "monto total liquidado",
                    "valor final",
                    "total liquidado",
                    "valor ejecutado",
                    "monto ejecutado y liquidado",
                    "valor ejecutado y liquidado",
                    "monto final liquidado",
                ],
            ),
            label(
                "fecha_recepcion",
                Date,
                &[
                    "fecha de recepcion",
                    "fecha de recepcion definitiva",
                    "fecha de recepcion provisional",
                    "fecha de entrega recepcion",
                    "fecha de entrega",
                    "fecha de la recepcion",
                    "fecha del acta",
                ],
            ),
            label("multas", Money, &["multas", "multa", "total de multas"]),
        ],
        phrases: &[
            phrase(
                "fecha_recepcion",
                Date,
                r"((?:a los |el dia |al dia )[^.;]{3,80}?(?:\d{4}|dos mil [a-z]+(?: [a-z]+){0,2}))[^.;]{0,120}?(?:comparecen|se reunen|se procede|suscri|intervienen|se constituyen)",
            ),
            phrase("fecha_recepcion", Date, r"recib[eo][^.]{0,140}? con fecha (.{6,60}?)[,.;]"),
            phrase(
                "contratante",
                Text,
                r"comparecen,? (?:por (?:una|la primera) parte,? )(?:el |la )?(.{4,140}?),? (?:legalmente |debidamente )?(?:representad[oa]|a quien|en calidad)",
            ),
            phrase(
                "contratista",
                Text,
                r"(?:por otra(?: parte)?|por la otra(?: parte)?|de otra parte),? (?:la compania |la empresa |el contratista )?(.{4,140}?),? (?:legalmente |debidamente )?(?:representad[oa]|en calidad de contratista|con ruc|a quien)",
            ),
            phrase("objeto", Text, r#"cuyo objeto (?:es|fue|era):? "(.{8,400}?)""#),
            phrase(
                "contrato",
                Text,
                r"contrato n(?:o|ro|umero)?[.~:]{0,2} ?([a-z0-9][a-z0-9./-]{3,40}[a-z0-9])",
            ),
            phrase(
                "monto_contrato",
                Money,
                r"(?:por el monto de|por un monto de|por el valor de|por un valor de)[^.$\d]{0,20}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)",
            ),
            phrase(
                "tipo",
                Choice(RECEPTIONS),
                r"acta (?:de )?entrega[ -]*(?:y )?recepcion (definitiva|provisional|parcial|unica|total)",
            ),
        ],
    },
    TypeRules {
        types: &["CERT_EXP"],
        stacked: false,
        labels: &[
            label("emisor", Text, &["emisor", "entidad contratante", "contratante", "empresa"]),
            label(
                "emisor_id",
                Ruc,
                &["ruc del emisor", "ruc de la entidad", "ruc de la empresa", "ruc del contratante"],
            ),
            label(
                "beneficiario",
                Text,
                &["contratista", "beneficiario", "nombre del contratista", "proveedor"],
            ),
            label("objeto", Text, OBJECT_LABELS),
            label(
                "monto",
                Money,
                &[
                    "monto del contrato",
                    "valor del contrato",
                    "monto",
                    "valor",
                    "monto contratado",
                    "monto total",
                    "monto ejecutado",
                    "valor ejecutado",
                ],
            ),
            label("desde", Date, &["fecha de inicio", "desde", "inicio"]),
            label(
                "hasta",
                Date,
                &[
                    "fecha de terminacion",
                    "fecha de finalizacion",
                    "hasta",
                    "fecha de termino",
                    "fecha fin",
                    "fecha de recepcion",
                    "fecha de entrega",
                ],
            ),
            label("cargo", Text, &["cargo", "funcion"]),
        ],
        phrases: &[
            phrase("desde", Date, r"desde (?:el )?(?:dia )?(.{6,60}?),? (?:y )?hasta"),
            phrase("hasta", Date, r"hasta (?:el )?(?:dia )?(.{6,60}?)(?:[,.;]| fecha)"),
            phrase(
                "beneficiario",
                Text,
                r"certific[ao](?:mos)? que,? (?:la empresa |la compania |el contratista |el consorcio |el senor |el ing\.? |a )?(.{4,100}?),? (?:ejecuto|con r\.?u\.?c|portador|realizo|entrego|presto|suministro|ha ejecutado|cumplio|identificad)",
            ),
            phrase("objeto", Text, r#"(?:cuyo objeto (?:es|fue|era)|denominad[oa]|objeto):? "(.{8,400}?)""#),
            phrase(
                "objeto",
                Text,
                r"(?:ejecuto la obra|provision|proyecto|servicio) (?:o provision )?denominad[oa] ([^\x22]{8,300}?),? (?:contratad[oa] por|por un (?:monto|valor)|por el (?:monto|valor))",
            ),
            phrase(
                "emisor",
                Text,
                r"contratad[oa] por (?:el |la )?(.{4,120}?),? (?:con ruc|con r\.u\.c|por un|por el|desde|el valor)",
            ),
            phrase(
                "emisor",
                Text,
                r"(?:a peticion|a solicitud) (?:del|de la parte) interesad[oa],? (.{4,120}?),? certific",
            ),
            phrase("emisor_id", Ruc, r"contratad[oa] por .{4,120}? con r\.?u\.?c\.?:? ?(\d{13})"),
            phrase(
                "monto",
                Money,
                r"(?:valor|monto) (?:total )?del contrato (?:ascendio|asciende|fue|es|alcanzo)[^.$\d]{0,30}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)",
            ),
            phrase(
                "monto",
                Money,
                r"(?:por un (?:monto|valor)|por el (?:monto|valor)|cuyo (?:monto|valor)|por la (?:cantidad|suma))[^.$\d]{0,60}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)",
            ),
        ],
    },
    TypeRules {
        types: &["FACTURA"],
        stacked: false,
        labels: &[
            label("ruc_emisor", Ruc, &["r.u.c", "ruc"]),
            label("clave_acceso", Digits(49), &["clave de acceso", "numero de autorizacion"]),
            label("fecha", Date, &["fecha de emision", "fecha emision", "fecha"]),
            label("ruc_receptor", Ruc, &["identificacion", "ruc / ci", "ruc/ci"]),
            label("subtotal", Money, &["subtotal sin impuestos"]),
            label("total", Money, &["valor total", "importe total"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["PLANILLA"],
        stacked: false,
        labels: &[
            label("numero", Digits(0), &["planilla no", "planilla nro", "planilla numero"]),
            label("monto", Money, &["monto de la planilla", "valor de la planilla", "total planilla"]),
            label("avance", Percent, &["avance acumulado", "porcentaje de avance", "avance"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["CV", "TITULO", "CEDULA_DOC", "COMPROMISO_PERS", "DECLARACION_JURAMENTADA"],
        stacked: false,
        labels: &[
            label(
                "nombre",
                Person,
                &[
                    "nombre",
                    "nombres",
                    "nombres y apellidos",
                    "apellidos y nombres",
                    "nombre completo",
                    "nombres completos",
                ],
            ),
            label("cedula", Cedula, CEDULA_LABELS),
            label("titulo", Text, &["titulo", "titulo profesional"]),
            label(
                "registro",
                Text,
                &["numero de registro", "registro senescyt", "no. de registro", "registro"],
            ),
            label("fecha_registro", Date, &["fecha de registro"]),
            label("nacimiento", Date, &["fecha de nacimiento", "lugar y fecha de nacimiento"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &[
            "POLIZA",
            "GARANTIA_TEC",
            "MATRICULA",
            "COMPROMISO_EQUIPO",
            "BANCARIO",
            "CONSORCIO_CONSTITUIDO",
        ],
        stacked: false,
        labels: &[
            label("numero", Text, &["poliza no", "poliza nro", "numero de poliza"]),
            label("monto", Money, &["suma asegurada", "monto asegurado", "valor asegurado"]),
            label("desde", Date, &["vigencia desde", "desde"]),
            label("hasta", Date, &["vigencia hasta", "hasta"]),
            label("placa", FieldKind::Plate, &["placa", "placa no", "placa actual"]),
            label("propietario", Text, &["propietario", "nombre del propietario"]),
            label("plazo", Duration, &["plazo de la garantia", "vigencia de la garantia"]),
            label("ruc", Ruc, RUC_LABELS),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["CARATULA"],
        stacked: true,
        labels: &[
            label("codigo_proceso", Code, PROCESS_LABELS),
            label("oferente", Text, &["oferente", "presentado por", "nombre del oferente"]),
            label("ruc", Ruc, RUC_LABELS),
        ],
        phrases: &[],
    },
];

const STATES: &[(&str, &[&str])] = &[
    ("INHABILITADO", &["inhabilitad"]),
    ("HABILITADO", &["habilitad"]),
    ("ACTIVO", &["activo"]),
    ("SUSPENDIDO", &["suspendid"]),
    ("PASIVO", &["pasivo"]),
];
const RETURN_KINDS: &[(&str, &[&str])] = &[("sustitutiva", &["sustitutiva"]), ("original", &["original"])];
const RECEPTIONS: &[(&str, &[&str])] = &[
    ("definitiva", &["definitiva"]),
    ("provisional", &["provisional"]),
    ("parcial", &["parcial"]),
    ("única", &["unica", "total"]),
];

//! Which label or phrase of which document type gives which field. Data, not code: a paper that calls a field otherwise gets
//! another line here.

use super::FieldKind;
use FieldKind::{Cedula, Choice, Code, Date, Digits, Duration, Email, Money, Percent, Person, Phone, Ruc, Text, Year, YesNo};

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

const fn label(field: &'static str, kind: FieldKind, labels: &'static [&'static str]) -> LabelRule {
    LabelRule { field, kind, labels }
}

const fn phrase(field: &'static str, kind: FieldKind, pattern: &'static str) -> PhraseRule {
    PhraseRule { field, kind, pattern }
}

/// Labels of a process code, wherever a bidder writes one.
const PROCESS_LABELS: &[&str] = &[
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
const RUC_LABELS: &[&str] =
    &["r.u.c", "ruc", "ruc no", "ruc nro", "no. ruc", "numero de ruc", "numero ruc", "no. de ruc", "registro unico de contribuyentes", "ruc/ci", "r.u.c. no"];
const OBJECT_LABELS: &[&str] = &["objeto del contrato", "objeto de contratacion", "objeto de la contratacion", "objeto del proceso", "objeto", "obra", "nombre del proyecto", "proyecto"];
const CEDULA_LABELS: &[&str] =
    &["cedula", "c.i", "c.c", "ci", "cc", "cedula de ciudadania", "cedula de identidad", "cedula no", "c.i. no", "cedula nro", "numero de cedula", "no. de cedula", "nro. de cedula", "identificacion", "numero de identificacion", "nui"];
const DATE_LABELS: &[&str] = &["fecha", "lugar y fecha", "fecha de emision", "fecha de elaboracion", "fecha de suscripcion"];

/// Stands in `types` for every form of the catalogue.
pub const EVERY_FORM: &str = "*";

/// Every rule, in the order of the catalogue.
pub const RULES: &[TypeRules] = &[
    TypeRules {
        types: &[EVERY_FORM],
        stacked: false,
        labels: &[label("codigo_proceso", Code, PROCESS_LABELS)],
        phrases: &[phrase("codigo_proceso", Code, r"procedimiento (?:de contratacion )?(?:n(?:o|ro|umero)?\.? ?|con codigo |signado con el codigo )(.{6,60}?)[,.;] ")],
    },
    TypeRules {
        types: &["FUO_1_1"],
        stacked: false,
        labels: &[
            label("objeto", Text, OBJECT_LABELS),
            label("nombre", Text, &["nombre del oferente"]),
            label("entidad_contratante", Text, &["entidad contratante"]),
            label("plazo", Duration, &["plazo de ejecucion", "plazo ofertado", "plazo de entrega", "plazo"]),
            label("vigencia", Duration, &["vigencia de la oferta", "validez de la oferta", "vigencia"]),
        ],
        phrases: &[
            phrase("acepta_bancario_uafe", YesNo, r"uafe ?: ?(si|no)\b"),
            phrase("entidad_contratante", Text, r"convocatoria (?:efectuada|realizada) por (?:el |la |los |las )?(.{3,160}?),? para (?:la|el|los|las) "),
            phrase(
                "objeto",
                Text,
                r"para (?:la ejecucion|la ejecucion de la obra|el suministro|la provision|la adquisicion|la prestacion|la contratacion) (?:de la obra |del proyecto |de los bienes |del servicio |de |del )?(.{5,400}?),? luego de examinar",
            ),
            phrase("calidad_firmante", Choice(CAPACITIES), r"al presentar esta oferta (?:por|como|en calidad de) (.{3,160}?),? (?:declara|de la compania|de la empresa|del consorcio)"),
            phrase("nombre", Text, r"(?:representante legal|apoderado|procurador comun|gerente general) (?:de la compania|de la empresa|del consorcio|de|del) (.{4,120}?),? declara(?:o)? que"),
            phrase("plazo", Duration, r"plazo (?:de ejecucion |de entrega |ofertado |para la ejecucion )?(?:de la obra |del contrato )?(?:es |sera |de |en )+(.{2,70}?)(?:[.;]|,? contad)"),
            phrase("vigencia", Duration, r"(?:vigencia|validez) (?:de (?:la|esta|mi|nuestra) oferta )?(?:es |sera |de |por |tendra |una |vigencia )+(.{2,70}?)(?:[.;]|,? contad)"),
            phrase("vigencia", Duration, r"oferta (?:estara vigente|se mantendra vigente|tendra una vigencia|tendra vigencia|tiene una vigencia|es valida) (?:de |por |hasta )?(.{2,70}?)(?:[.;]|,? contad)"),
        ],
    },
    TypeRules {
        types: &["FUO_1_2"],
        stacked: false,
        labels: &[
            label("participacion", Choice(PARTICIPATION), &["participacion"]),
            label("nombre", Text, &["nombre del oferente", "nombre o razon social", "razon social", "nombre o razon social del oferente"]),
            label("origen", Choice(ORIGIN), &["origen"]),
            label("ruc", Ruc, RUC_LABELS),
            label("naturaleza", Choice(NATURE), &["naturaleza"]),
            label("provincia", Text, &["provincia"]),
            label("canton", Text, &["canton", "ciudad"]),
            label("direccion", Text, &["calle principal", "direccion"]),
            label("codigo_postal", Digits(6), &["codigo postal"]),
            label("telefono", Phone, &["telefono", "telefono(s)", "telefonos", "celular"]),
            label("correo", Email, &["correo electronico", "correo", "e-mail", "email"]),
            label("firmante", Person, &["representante legal", "nombre del representante legal", "procurador comun"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_4"],
        stacked: false,
        labels: &[
            label("patrimonio", Money, &["patrimonio", "patrimonio neto", "total patrimonio", "patrimonio declarado", "patrimonio del oferente"]),
            label("ejercicio", Year, &["ejercicio fiscal", "ano fiscal", "ejercicio", "periodo fiscal", "ejercicio economico"]),
        ],
        phrases: &[
            phrase("ejercicio", Year, r"(?:ejercicio|periodo|ano) fiscal:? ?(?:del? )?(?:ano )?((?:19|20)\d{2})\b"),
            phrase("patrimonio", Money, r"patrimonio (?:neto |total |declarado )?(?:del oferente )?(?:es |de |asciende a |por |: ?)+((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)"),
        ],
    },
    TypeRules {
        types: &["FUO_1_5_RUBROS", "FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA", "PROFORMA"],
        stacked: false,
        labels: &[
            label("ruc", Ruc, RUC_LABELS),
            label("plazo", Duration, &["plazo de ejecucion", "plazo de entrega", "plazo ofertado", "plazo"]),
            label("vigencia", Duration, &["vigencia de la oferta", "validez de la oferta", "vigencia", "validez"]),
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
            label("indirectos_pct", Percent, &["indirectos %", "indirectos", "indirectos y utilidades", "costos indirectos"]),
            label("utilidad_pct", Percent, &["utilidad %", "utilidad"]),
            label("costo_total_rubro", Money, &["costo total del rubro"]),
            label("valor_ofertado", Money, &["valor ofertado", "valor ofertado usd", "valor unitario ofertado"]),
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
        labels: &[label("plazo", Duration, &["plazo de ejecucion", "plazo", "plazo ofertado", "plazo total"])],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_VAE"],
        stacked: false,
        labels: &[
            label("importacion_directa", Money, &["importacion directa"]),
            label("vae_pct", Percent, &["vae", "porcentaje de vae", "vae de la oferta", "vae ofertado", "valor agregado ecuatoriano"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FUO_1_12_PE"],
        stacked: false,
        labels: &[label("porcentaje", Percent, &["participacion ecuatoriana", "porcentaje de participacion ecuatoriana", "propuesta por el oferente", "porcentaje"])],
        phrases: &[],
    },
    TypeRules {
        types: &["FORM_CONSORCIO"],
        stacked: false,
        labels: &[label("objeto", Text, OBJECT_LABELS), label("nombre", Text, &["nombre del consorcio", "denominacion del consorcio", "denominacion"])],
        phrases: &[
            phrase("procurador", Person, r"procurador comun de (?:la|nuestra) asociacion o consorcio (?:sera|es) (?:el |la )?(.{5,80}?),? (?:con |portador|titular)"),
            phrase("codigo_proceso", Code, r"procedimiento de contratacion n(?:o|ro|umero)?\.? ?(.{6,60}?),? cuyo objeto"),
            phrase("objeto", Text, r"cuyo objeto es:? ?(.{5,400}?),? y por lo tanto"),
            phrase("plazo_adicional", Duration, r"hasta antes de suscribir el contrato de asociacion o consorcio respectivo,? y (.{5,50}?) adicionales"),
        ],
    },
    TypeRules {
        types: &["FORM_SUBCON"],
        stacked: false,
        labels: &[label("ruc", Ruc, RUC_LABELS), label("subcontratista", Text, &["razon social", "subcontratista"])],
        phrases: &[phrase("ruc", Ruc, r"con numero de ru[cp]:? ?(.{10,40}?),? me comprometo")],
    },
    TypeRules {
        types: &["FUO_1_3"],
        stacked: false,
        labels: &[
            label("beneficiario.nombre", Text, &["nombre del beneficiario final", "beneficiario final", "nombre del beneficiario"]),
            label("beneficiario.id", Text, &["numero de identificacion", "identificacion", "cedula / pasaporte", "cedula/pasaporte"]),
            label("beneficiario.nacionalidad", Text, &["nacionalidad"]),
            label("beneficiario.cuenta", Text, &["numero de cuenta", "no. de cuenta", "cuenta"]),
            label("beneficiario.institucion", Text, &["institucion financiera", "institucion"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["FORM_II_ETAPA", "FORM_INTEGRIDAD", "FUO_1_3", "FUO_1_7_MET", "FUO_1_9_EXP", "FUO_1_10_PER", "FUO_1_11_EQ", "FORM_VINCULACION"],
        stacked: false,
        labels: &[label("nombre", Text, &["nombre del oferente"])],
        phrases: &[],
    },
    TypeRules {
        types: &["RUC_SRI"],
        stacked: true,
        labels: &[
            label("ruc", Ruc, &["numero ruc", "ruc", "numero de ruc", "r.u.c"]),
            label("razon_social", Text, &["razon social", "apellidos y nombres", "razon social / apellidos y nombres", "apellidos y nombres / razon social", "nombres y apellidos"]),
            label("estado", Choice(STATES), &["estado", "estado contribuyente", "estado del contribuyente"]),
            label("inicio_actividades", Date, &["fecha de inicio de actividades", "inicio de actividades", "fecha inicio de actividades", "fecha inicio actividades"]),
            label("representante", Person, &["representante legal", "nombre del representante legal", "agente de retencion representante legal"]),
            label("obligado_contabilidad", YesNo, &["obligado a llevar contabilidad"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["RUP", "CERT_SRI", "CERT_IESS", "MIPYME"],
        stacked: false,
        labels: &[
            label("ruc", Ruc, RUC_LABELS),
            label("razon_social", Text, &["razon social", "nombre o razon social", "proveedor", "empleador", "contribuyente"]),
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
            label("representante", Person, &["nombre", "nombres", "nombre del representante", "administrador"]),
            label("cargo", Text, &["cargo"]),
            label("fecha", Date, DATE_LABELS),
            label("inscripcion", Text, &["inscripcion", "numero de inscripcion", "repertorio", "numero de repertorio"]),
        ],
        phrases: &[
            phrase("representante", Person, r"senor(?:\(a\)|a|ita)?:? ((?:[a-z~.]+ ){2,6}[a-z~]+) (?:presente|ciudad)\b"),
            phrase("empresa", Text, r"junta general[a-z ]{0,40}? de (?:socios|accionistas)(?: y accionistas)? de (?:la (?:compania|empresa) )?(.{3,120}?),? (?:en (?:su )?sesion|celebrada|reunida|realizada|tuvo|resolvio)"),
            phrase("empresa", Text, r"(?:directorio|asamblea|directorio)[^.]{0,120}? de (?:la )?(?:compania|empresa|sociedad) (.{3,120}?),? (?:en (?:su )?sesion|celebrada|reunida|realizada|el dia|tuvo|resolvio|legalmente|por unanimidad)"),
            phrase("cargo", Text, r"(?:elegirle|elegirlo|elegirla|designarle|designarlo|designarla|nombrarle|nombrarlo|nombrarla|eleg[ia]r a usted|elegido|designado) (?:a usted )?(?:como |para el cargo de |en calidad de |para desempenar el cargo de |en el cargo de )?(.{4,60}?),? (?:de la (?:misma|compania|empresa)|por (?:el|un) peri?odo|por el lapso|para el peri?odo|por un plazo|con las)"),
            phrase("periodo_anios", FieldKind::Years, r"(?:peri?odo|lapso|plazo)(?: estatutario)?(?: de)? (?:duracion de )?(.{2,30}? anos)\b"),
        ],
    },
    TypeRules {
        types: &["F101_F102"],
        stacked: true,
        labels: &[
            label("ruc", Ruc, &["identificacion (ruc)", "identificacion", "ruc", "r.u.c", "numero de ruc", "identificacion ruc"]),
            label("razon_social", Text, &["razon social", "razon social o apellidos y nombres completos", "apellidos y nombres completos", "razon social, denominacion o apellidos y nombres completos"]),
            label("anio", Year, &["ano fiscal", "periodo fiscal", "ejercicio fiscal", "ano", "ejercicio"]),
            label("serial", Digits(0), &["numero serial", "no. serial", "numero de serial", "serial"]),
            label("tipo", Choice(RETURN_KINDS), &["tipo de declaracion", "original / sustitutiva", "declaracion", "tipo"]),
        ],
        phrases: &[
            phrase("casillero_499_activo", Money, r"\b499\b ?(?:=|:|\+)? ?(?:usd ?|\$ ?)?(\d[\d.,']*\d)\b"),
            phrase("casillero_599_pasivo", Money, r"\b599\b ?(?:=|:|\+)? ?(?:usd ?|\$ ?)?(\d[\d.,']*\d)\b"),
            phrase("casillero_698_patrimonio", Money, r"\b698\b ?(?:=|:|\+)? ?(?:usd ?|\$ ?)?(\d[\d.,']*\d)\b"),
        ],
    },
    TypeRules {
        types: &["EEFF"],
        stacked: false,
        labels: &[
            label("activo_corriente", Money, &["total activo corriente", "total activos corrientes", "activo corriente", "activos corrientes"]),
            label("pasivo_corriente", Money, &["total pasivo corriente", "total pasivos corrientes", "pasivo corriente", "pasivos corrientes"]),
            label("activo_total", Money, &["total activo", "total activos", "total de activos", "activo total"]),
            label("pasivo_total", Money, &["total pasivo", "total pasivos", "total de pasivos", "pasivo total"]),
            label("patrimonio", Money, &["total patrimonio", "total patrimonio neto", "patrimonio neto", "total del patrimonio"]),
            label("ruc", Ruc, RUC_LABELS),
        ],
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
            label("monto", Money, &["monto del contrato", "precio del contrato", "valor del contrato", "monto", "valor", "precio"]),
            label("plazo", Duration, &["plazo de ejecucion", "plazo", "plazo contractual"]),
            label("fecha", Date, &["fecha de suscripcion", "fecha del contrato", "fecha"]),
        ],
        phrases: &[
            phrase("monto", Money, r"(?:precio|valor|monto) (?:total )?del (?:presente )?contrato[^.$]{0,80}?(?:es|sera|asciende|de|en)[^$\d]{0,60}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)"),
            phrase("plazo", Duration, r"plazo (?:para la ejecucion|de ejecucion|total|para la entrega)?[^.]{0,80}?(?:es|sera) (?:de )?(.{2,60}?)(?:[.;]|,? contad)"),
        ],
    },
    TypeRules {
        types: &["ACTA_ER"],
        stacked: false,
        labels: &[
            label("contrato", Text, &["contrato no", "contrato nro", "contrato", "no. de contrato", "numero de contrato", "codigo del contrato"]),
            label("contratante", Text, &["contratante", "entidad contratante", "entidad"]),
            label("contratista", Text, &["contratista", "nombre del contratista"]),
            label("objeto", Text, OBJECT_LABELS),
            label("monto_contrato", Money, &["monto del contrato", "valor del contrato", "monto contractual", "monto contratado", "precio del contrato", "monto original", "valor contratado"]),
            label("monto_liquidado", Money, &["monto liquidado", "valor liquidado", "monto ejecutado", "valor total ejecutado", "monto total liquidado", "valor final", "total liquidado", "valor ejecutado", "monto ejecutado y liquidado", "valor ejecutado y liquidado", "monto final liquidado"]),
            label("fecha_recepcion", Date, &["fecha de recepcion", "fecha de recepcion definitiva", "fecha de recepcion provisional", "fecha de entrega recepcion", "fecha de entrega", "fecha de la recepcion", "fecha del acta"]),
            label("multas", Money, &["multas", "multa", "total de multas"]),
        ],
        phrases: &[
            phrase("fecha_recepcion", Date, r"((?:a los |el dia |al dia )[^.;]{3,80}?(?:\d{4}|dos mil [a-z]+(?: [a-z]+){0,2}))[^.;]{0,120}?(?:comparecen|se reunen|se procede|suscri|intervienen|se constituyen)"),
            phrase("fecha_recepcion", Date, r"recib[eo][^.]{0,140}? con fecha (.{6,60}?)[,.;]"),
            phrase("contratante", Text, r"comparecen,? (?:por (?:una|la primera) parte,? )(?:el |la )?(.{4,140}?),? (?:legalmente |debidamente )?(?:representad[oa]|a quien|en calidad)"),
            phrase("contratista", Text, r"(?:por otra(?: parte)?|por la otra(?: parte)?|de otra parte),? (?:la compania |la empresa |el contratista )?(.{4,140}?),? (?:legalmente |debidamente )?(?:representad[oa]|en calidad de contratista|con ruc|a quien)"),
            phrase("objeto", Text, r#"cuyo objeto (?:es|fue|era):? "(.{8,400}?)""#),
            phrase("contrato", Text, r"contrato n(?:o|ro|umero)?[.~:]{0,2} ?([a-z0-9][a-z0-9./-]{3,40}[a-z0-9])"),
            phrase("monto_contrato", Money, r"(?:por el monto de|por un monto de|por el valor de|por un valor de)[^.$\d]{0,20}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)"),
            phrase("tipo", Choice(RECEPTIONS), r"acta (?:de )?entrega[ -]*(?:y )?recepcion (definitiva|provisional|parcial|unica|total)"),
        ],
    },
    TypeRules {
        types: &["CERT_EXP"],
        stacked: false,
        labels: &[
            label("emisor", Text, &["emisor", "entidad contratante", "contratante", "empresa"]),
            label("emisor_id", Ruc, &["ruc del emisor", "ruc de la entidad", "ruc de la empresa", "ruc del contratante"]),
            label("beneficiario", Text, &["contratista", "beneficiario", "nombre del contratista", "proveedor"]),
            label("objeto", Text, OBJECT_LABELS),
            label("monto", Money, &["monto del contrato", "valor del contrato", "monto", "valor", "monto contratado", "monto total", "monto ejecutado", "valor ejecutado"]),
            label("desde", Date, &["fecha de inicio", "desde", "inicio"]),
            label("hasta", Date, &["fecha de terminacion", "fecha de finalizacion", "hasta", "fecha de termino", "fecha fin", "fecha de recepcion", "fecha de entrega"]),
            label("cargo", Text, &["cargo", "funcion"]),
        ],
        phrases: &[
            phrase("desde", Date, r"desde (?:el )?(?:dia )?(.{6,60}?),? (?:y )?hasta"),
            phrase("hasta", Date, r"hasta (?:el )?(?:dia )?(.{6,60}?)(?:[,.;]| fecha)"),
            phrase("beneficiario", Text, r"certific[ao](?:mos)? que,? (?:la empresa |la compania |el contratista |el consorcio |el senor |el ing\.? |a )?(.{4,100}?),? (?:ejecuto|con r\.?u\.?c|portador|realizo|entrego|presto|suministro|ha ejecutado|cumplio|identificad)"),
            phrase("objeto", Text, r#"(?:cuyo objeto (?:es|fue|era)|denominad[oa]|objeto):? "(.{8,400}?)""#),
            phrase("objeto", Text, r"(?:ejecuto la obra|provision|proyecto|servicio) (?:o provision )?denominad[oa] ([^\x22]{8,300}?),? (?:contratad[oa] por|por un (?:monto|valor)|por el (?:monto|valor))"),
            phrase("emisor", Text, r"contratad[oa] por (?:el |la )?(.{4,120}?),? (?:con ruc|con r\.u\.c|por un|por el|desde|el valor)"),
            phrase("emisor", Text, r"(?:a peticion|a solicitud) (?:del|de la parte) interesad[oa],? (.{4,120}?),? certific"),
            phrase("emisor_id", Ruc, r"contratad[oa] por .{4,120}? con r\.?u\.?c\.?:? ?(\d{13})"),
            phrase("monto", Money, r"(?:valor|monto) (?:total )?del contrato (?:ascendio|asciende|fue|es|alcanzo)[^.$\d]{0,30}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)"),
            phrase("monto", Money, r"(?:por un (?:monto|valor)|por el (?:monto|valor)|cuyo (?:monto|valor)|por la (?:cantidad|suma))[^.$\d]{0,60}((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)"),
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
            label("nombre", Person, &["nombre", "nombres", "nombres y apellidos", "apellidos y nombres", "nombre completo", "nombres completos"]),
            label("cedula", Cedula, CEDULA_LABELS),
            label("titulo", Text, &["titulo", "titulo profesional"]),
            label("registro", Text, &["numero de registro", "registro senescyt", "no. de registro", "registro"]),
            label("fecha_registro", Date, &["fecha de registro"]),
            label("nacimiento", Date, &["fecha de nacimiento", "lugar y fecha de nacimiento"]),
        ],
        phrases: &[],
    },
    TypeRules {
        types: &["POLIZA", "GARANTIA_TEC", "MATRICULA", "COMPROMISO_EQUIPO", "BANCARIO", "CONSORCIO_CONSTITUIDO"],
        stacked: false,
        labels: &[
            label("numero", Text, &["poliza no", "poliza nro", "numero de poliza"]),
            label("monto", Money, &["suma asegurada", "monto asegurado", "valor asegurado"]),
            label("desde", Date, &["vigencia desde", "desde"]),
            label("hasta", Date, &["vigencia hasta", "hasta"]),
            label("placa", Text, &["placa", "placa no", "placa actual"]),
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

const CAPACITIES: &[(&str, &[&str])] = &[
    ("propio derecho", &["propios derechos", "propio derecho"]),
    ("procurador común", &["procurador comun", "procuradora comun"]),
    ("apoderado", &["apoderad"]),
    ("representante legal", &["representante legal", "gerente general"]),
];
const PARTICIPATION: &[(&str, &[&str])] = &[
    ("compromiso de asociación o consorcio", &["compromiso de asociacion", "compromiso de consorcio", "promesa de consorcio"]),
    ("asociación o consorcio constituido", &["consorcio constituido", "asociacion o consorcio constituid"]),
    ("individual", &["individual"]),
];
const ORIGIN: &[(&str, &[&str])] = &[("nacional", &["nacional", "ecuatorian", "ecuador"]), ("extranjero", &["extranjer"])];
const NATURE: &[(&str, &[&str])] = &[("natural", &["natural"]), ("jurídica", &["juridica"])];
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


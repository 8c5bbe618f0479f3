//! Past contracts and what they leave behind: minutes, certificates, bills, bonds, balances.

use super::super::FieldKind::{
    AccessKey, Choice, Count, Date, Digits, Duration, Money, Percent, Person, PersonId, Ruc, Text, Year,
};
use super::super::rules::{TypeRules, label, phrase};
use super::{amount, day, rules, share};

const BONDS: &[(&str, &[&str])] = &[
    ("fiel cumplimiento", &["fiel cumplimiento"]),
    ("anticipo", &["anticipo"]),
    ("técnica", &["garantia tecnica", "calidad de materiales", "tecnica"]),
];
const RECEPTIONS: &[(&str, &[&str])] = &[
    ("definitiva", &["definitiva"]),
    ("provisional", &["provisional"]),
    ("parcial", &["parcial"]),
    ("única", &["unica", "total"]),
];

/// Rules of these papers.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["CONTRATO_EXP"],
        false,
        &[
            label(
                "numero",
                Text,
                &[
                    "orden de compra no",
                    "orden de trabajo no",
                    "orden de compra nro",
                    "codigo del contrato",
                    "numero de contrato",
                    "numero del contrato",
                ],
            ),
            label("contratante", Text, &["solicitado por", "entidad", "comprador"]),
            label("contratista", Text, &["proveedor", "vendedor"]),
        ],
        &[
            phrase(
                "numero",
                Text,
                r"(?:contrato|orden de compra|orden de trabajo)(?: [a-z~]+){0,6}? (?:no|nro|numero|n)[.o:]{0,2} ?([a-z0-9][a-z0-9./-]{2,40}[a-z0-9])\b",
            ),
            phrase(
                "contratante",
                Text,
                r"por una parte,? (?:el |la )?(.{4,140}?),? (?:legalmente |debidamente )?(?:representad[oa]|a quien|en adelante|a la que|al que|con ruc)",
            ),
            phrase(
                "contratante",
                Text,
                r"(?:celebra|suscribe)[a-z ]{0,40}entre (.{4,120}?),? en adelante el contratante",
            ),
            phrase("contratante", Text, r"\bentre (.{4,120}?),? en adelante (?:el|la) contratante"),
            phrase("contratante", Text, r"presente contrato,? (?:el |la )?(.{4,120}?),? la contratante"),
            phrase(
                "contratista",
                Text,
                r"por (?:otra|la otra)(?: parte)?,? (?:el |la (?:compania |empresa )?)?(.{4,140}?),? (?:con (?:ruc|r\.u\.c|cedula)|legalmente|debidamente|representad[oa]|a quien|en adelante|a la que|al que)",
            ),
            phrase("contratista", Text, r"\by,? (.{4,120}?),? (?:en adelante )?el contratista[,.]"),
            phrase(
                "objeto",
                Text,
                r#"(?:se obliga|obliga con la contratante|obliga para con la contratante)(?: con la (?:contratante|entidad))?,? a (?:ejecutar|suministrar|proveer|prestar|entregar)(?:,)? (?:la obra |el servicio de |los bienes |el proyecto )?"?([^"]{8,400}?)"?(?:,? (?:conforme|de acuerdo|segun|a entera)|\. )"#,
            ),
            phrase(
                "objeto",
                Text,
                r#"objeto del contrato: ?"?([^"]{8,400}?)"?(?:\. |\.$| tercera| clausula)"#,
            ),
            phrase(
                "monto",
                Money,
                concat!(r"precio (?:del contrato|y forma de pago)(?::|\.-|-|\.)+ ?", amount!()),
            ),
            phrase("monto", Money, concat!(r"contratante pagara al contratista[^.$\d]{0,60}", amount!())),
            phrase(
                "plazo",
                Duration,
                r"\bplazo(?: de entrega| de ejecucion)?(?::|\.-)? ?(\d{1,4} ?(?:\([a-z ]{3,40}\) ?)?dias(?: calendario| laborables)?)",
            ),
            phrase(
                "fecha",
                Date,
                concat!(
                    r"(?:dado y firmado|suscrit[oa]|firmad[oa]|se suscribe|celebrad[oa])[a-z ~,]{0,60}? (?:el |a los |a |al )?(?:dia )?",
                    day!()
                ),
            ),
            phrase(
                "fecha",
                Date,
                concat!(r"\ben [a-z~ ]{3,40},? a (?:los )?", day!(), r",? (?:entre|comparecen)"),
            ),
        ],
    ),
    rules(
        &["ACTA_ER"],
        false,
        &[
            label(
                "monto_liquidado",
                Money,
                &["valor ejecutado y liquidado", "monto total ejecutado", "valor total liquidado"],
            ),
            label("contratante", Text, &["entidad contratante", "institucion"]),
        ],
        &[
            phrase(
                "tipo",
                Choice(RECEPTIONS),
                r"acta (?:de )?(?:entrega[ -]*(?:y )?)?recepcion (definitiva|provisional|parcial|unica|total)",
            ),
            phrase("tipo", Choice(RECEPTIONS), r"acta (unica) de entrega"),
            phrase(
                "contrato",
                Text,
                r"contrato n(?:o|ro|umero)?[.~:]{0,2} ?([a-z0-9][a-z0-9./-]{3,40}[a-z0-9])\b",
            ),
            phrase(
                "contratante",
                Text,
                r"comparecientes: por (?:el |la )?(.{4,120}?), [a-z~' ]{6,60}, administrador",
            ),
            phrase(
                "contratista",
                Text,
                r"por el contratista,? (?:la compania |la empresa )?(.{4,120}?), [a-z~' ]{6,60}?[.;,]",
            ),
            phrase(
                "contratista",
                Text,
                r"representante de (?:la compania |la empresa )?(.{4,110}?),? para la entrega",
            ),
            phrase(
                "contratante",
                Text,
                r"en las bodegas de (?:el |la )?(.{4,120}?), (?:con fecha|el dia|el )",
            ),
            phrase(
                "monto_contrato",
                Money,
                concat!(
                    r"(?:monto contratado|valor del contrato|monto del contrato|se suscribio el .{6,60}? por):? ",
                    amount!()
                ),
            ),
            phrase(
                "monto_liquidado",
                Money,
                concat!(r"(?:monto ejecutado|monto liquidado|valor liquidado|valor ejecutado):? ", amount!()),
            ),
            phrase("multas", Money, concat!(r"\bmultas?:? ?", amount!())),
            phrase(
                "fecha_recepcion",
                Date,
                concat!(
                    r"(?:con fecha|en la ciudad de [a-z~ ]{3,40},? (?:el|a los)|las partes suscriben en [a-z~ ]{3,40},? el) ",
                    day!(),
                    r",? (?:se reunen|comparecen|intervienen|\.|$)"
                ),
            ),
            phrase(
                "fecha_recepcion",
                Date,
                concat!(
                    r"(?:suscriben|suscrita|firman)[a-z ~,]{0,50}? en [a-z~ ]{3,40},? (?:el |a los )?",
                    day!()
                ),
            ),
            phrase(
                "objeto",
                Text,
                r#"cuyo objeto (?:es|fue|era):? "?([^"]{8,400}?)"?,? (?:por (?:el|un)|con un plazo|\. )"#,
            ),
        ],
    ),
    rules(
        &["CERT_EXP"],
        false,
        &[label("firmante", Person, &["suscribe", "administrador del contrato"])],
        &[
            phrase(
                "emisor",
                Text,
                r"(?:la compania|la empresa|el suscrito de) (.{4,110}?),? (?:con )?(?:ruc|r\.u\.c\.?)(?: no\.?)?:? ?\d{13},? certifica",
            ),
            phrase(
                "emisor_id",
                Ruc,
                r"(?:la compania|la empresa) .{4,110}?,? (?:con )?(?:ruc|r\.u\.c\.?)(?: no\.?)?:? ?(\d{13}),? certifica",
            ),
            phrase("emisor", Text, r"presto sus servicios a (?:la |el )?(.{4,120}?) \((?:ruc|r\.u\.c)"),
            phrase("emisor_id", Ruc, r"presto sus servicios a .{4,120}? \((?:ruc|r\.u\.c)\.?:? ?(\d{13})\)"),
            phrase(
                "emisor",
                Text,
                r"ejecuto para (?:el |la )?(.{4,120}?) (?:la obra|el contrato|el servicio|la provision)",
            ),
            phrase("emisor", Text, r"satisfaccion de (?:el |la )?(.{4,120}?)(?:, sin multas|\. )"),
            phrase(
                "beneficiario",
                Text,
                r"certific[ao](?:mos)? que,? (?:el proveedor |la empresa |la compania |el contratista |el senor |la senora |el ingeniero |la ingeniera |el arquitecto |el ing\.? |a )?(.{4,110}?),? (?:laboro|ha laborado|trabajo|ha trabajado|se desempeno|ejecuto|entrego|presto|con cedula|con c\.)",
            ),
            phrase(
                "cargo",
                Text,
                r"(?:prest[oa] sus servicios|laboro|se desempeno|trabajo|ha trabajado)(?: en [a-z ]{4,40}?)? (?:como|desempenando el cargo de|en calidad de|en el cargo de) (.{3,70}?),? (?:en la obra|en el proyecto|desde|para|durante|en )",
            ),
            phrase(
                "objeto",
                Text,
                r#"cuyo objeto (?:es|fue|era):? "?([^"]{8,400}?)"?,? (?:por un|por el|por la)"#,
            ),
            phrase(
                "objeto",
                Text,
                r"(?:ejecuto(?: para .{4,120}?)?|como .{3,60}? en) la obra:? (.{8,300}?),? (?:por (?:el|un)|desde|contratad|con un)",
            ),
            phrase("objeto", Text, r"\bentrego (.{6,300}?),? por (?:usd|\$|un|el)"),
            phrase(
                "monto",
                Money,
                concat!(
                    r"\b(?:por|por el valor de|por un monto de|por el monto de|por un valor de) ",
                    r"((?:usd?\.? ?|us ?|\$ ?)+\d[\d.,']*\d)"
                ),
            ),
            phrase("desde", Date, concat!(r"(?:desde|entre)(?: el)? ", day!(), r"(?: hasta| y| al)")),
            phrase(
                "hasta",
                Date,
                concat!(r"(?:desde|entre)(?: el)? .{6,60}? (?:hasta|y|al)(?: el)? ", day!()),
            ),
            phrase(
                "hasta",
                Date,
                concat!(r"recepcion (?:definitiva |provisional |unica )?(?:de|del|el|con fecha)+ ", day!()),
            ),
        ],
    ),
    rules(
        &["FACTURA"],
        true,
        &[
            label("ruc_emisor", Ruc, &["ruc del emisor", "ruc emisor"]),
            label(
                "ruc_receptor",
                PersonId,
                &[
                    "identificacion",
                    "ruc / ci",
                    "ruc/ci",
                    "identificacion del comprador",
                    "ruc cliente",
                    "ruc/c.i",
                    "ci/ruc",
                ],
            ),
            label("fecha", Date, &["fecha y hora de emision", "fecha de emision"]),
            label("clave_acceso", AccessKey, &["clave de acceso", "numero de autorizacion"]),
        ],
        &[
            phrase("numero", Text, r"\b(\d{3}-\d{3}-\d{6,9})\b"),
            phrase(
                "clave_acceso",
                AccessKey,
                r"(?:clave de acceso|autorizacion)[^\d]{0,40}((?:[0-9oqdlizsgb] ?){49})\b",
            ),
            phrase("ruc_emisor", Ruc, r"\b(?:ruc|r\.u\.c\.?):? ?(\d{13}) factura"),
            phrase("fecha", Date, concat!(r"fecha(?: de emision)?:? ", day!())),
        ],
    ),
    rules(
        &["PLANILLA"],
        false,
        &[
            label("numero", Count, &["planilla no", "no. de planilla", "numero de planilla"]),
            label(
                "monto",
                Money,
                &[
                    "monto de esta planilla",
                    "valor planillado",
                    "monto planillado",
                    "total planilla",
                    "valor de esta planilla",
                ],
            ),
            label("avance", Percent, &["avance fisico acumulado", "avance de obra", "avance fisico"]),
        ],
        &[
            phrase(
                "numero",
                Digits(0),
                r"\bplanilla(?: de avance)?(?: de obra)?(?: mensual)?(?: de liquidacion)?,? (?:no|nro|numero|n)[.o:]{0,2} ?(\d{1,3})\b",
            ),
            phrase(
                "avance",
                Percent,
                concat!(r"avance (?:fisico )?acumulado(?: de la obra)?(?: es de| del|:)? ?", share!()),
            ),
            phrase("avance", Percent, concat!(r"porcentaje de avance:? ?", share!())),
            phrase("monto", Money, concat!(r"total planilla:? ?", amount!())),
        ],
    ),
    rules(
        &["POLIZA"],
        false,
        &[
            label(
                "emisor",
                Text,
                &["aseguradora", "afianzadora", "compania aseguradora", "emisor", "garante"],
            ),
            label(
                "numero",
                Text,
                &[
                    "poliza",
                    "no. de poliza",
                    "numero de garantia",
                    "garantia no",
                    "fianza no",
                    "carta de garantia no",
                ],
            ),
            label("tipo", Choice(BONDS), &["tipo", "ramo", "tipo de garantia", "amparo", "riesgo"]),
            label(
                "monto",
                Money,
                &[
                    "valor de la garantia",
                    "monto de la garantia",
                    "valor afianzado",
                    "monto afianzado",
                    "suma asegurada usd",
                    "suma afianzada",
                ],
            ),
            label("desde", Date, &["inicio de vigencia", "vigencia inicial", "fecha de inicio de vigencia"]),
            label("hasta", Date, &["fin de vigencia", "vence", "fecha de vencimiento", "vigencia final"]),
        ],
        &[
            phrase(
                "emisor",
                Text,
                r"\b([a-z~&. ]{0,40}(?:seguros|aseguradora|banco|fianzas)[a-z~&. ]{0,50}?(?: s\.a\.)?) (?:garantiza a|otorga|se constituye|emite la)",
            ),
            phrase(
                "numero",
                Text,
                r"(?:poliza|garantia(?: bancaria)?|fianza) (?:no|nro|numero|n)[.o:]{0,2} ?([a-z0-9][a-z0-9./-]{2,24})\b",
            ),
            phrase(
                "tipo",
                Choice(BONDS),
                r"(?:poliza (?:de seguro )?de|garantia(?: bancaria)? (?:de|por)|responder por el|garantiza[a-z ~,.]{0,120}? el|cliente .{4,120}?, el) ((?:seguro de )?(?:fiel cumplimiento|(?:buen uso (?:de|del) )?anticipo|garantia tecnica|calidad)[a-z ]{0,20})",
            ),
            phrase(
                "monto",
                Money,
                concat!(
                    r"(?:suma asegurada|hasta por la suma|por la suma|hasta la suma asegurada|monto asegurado|valor asegurado)(?: de)?:? ",
                    amount!()
                ),
            ),
            phrase(
                "monto",
                Money,
                concat!(r"\bpor ", r"((?:usd?\.? ?|us ?|\$ ?)+\d[\d.,']*\d)", r",? para responder"),
            ),
            phrase(
                "desde",
                Date,
                concat!(
                    r"\bdesde (?:las \d{1,2} ?[:h] ?\d{2} ?(?:horas |h )?)?(?:del? |el )?(?:dia )?",
                    day!()
                ),
            ),
            phrase(
                "hasta",
                Date,
                concat!(
                    r"\bhasta (?:las \d{1,2} ?[:h] ?\d{2} ?(?:horas |h )?)?(?:del? |el )?(?:dia )?",
                    day!()
                ),
            ),
            phrase("hasta", Date, concat!(r"\b(?:vence|vencimiento)(?: el)?:? ", day!())),
        ],
    ),
    rules(
        &["EEFF"],
        false,
        &[],
        &[
            phrase(
                "ejercicio",
                Year,
                r"(?:ejercicio (?:economico|fiscal)|ano terminado|periodo)[a-z \d]{0,60}? ((?:19|20)\d{2})\b",
            ),
            phrase(
                "ejercicio",
                Year,
                r"situacion financiera al \d{1,2} de [a-z]+ (?:del? )?((?:19|20)\d{2})\b",
            ),
        ],
    ),
    rules(
        &["F101_F102"],
        true,
        &[
            label("anio", Year, &["periodo", "ano de declaracion"]),
            label("ruc", Ruc, &["no. de identificacion", "identificacion del contribuyente"]),
        ],
        &[
            phrase("anio", Year, r"(?:ano|periodo|ejercicio) fiscal:? ?((?:19|20)\d{2})\b"),
            phrase(
                "ruc",
                Ruc,
                r"\b(?:ruc|identificacion)(?: no\.?)?:? ?(\d{13}) (?:razon|apellidos|obligacion)",
            ),
            phrase("serial", Digits(0), r"(?:numero|no\.?) (?:de )?serial:? ?(\d{6,16})\b"),
        ],
    ),
];

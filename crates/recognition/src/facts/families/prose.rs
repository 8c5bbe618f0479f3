//! What running sentences say of days, sums, numbers and shares: the last rules, for what stands under no label.
//!
//! A deed opens with a town and a day before somebody appears; a minute says where and when people met; a letter states its sum after
//! «por un valor de». Names of persons and companies are left to others: a sentence shows where a number ends, but seldom where a name
//! does.

use super::super::FieldKind::{Choice, Code, Date, Duration, Moment, Money, Percent, Person, Ruc, Text};
use super::super::rules::{CAPACITIES, TypeRules, phrase};
use super::{amount, day, rules, share};

/// The day of a deed or minute: after a town or an office, before who appears.
macro_rules! opening_day {
    () => {
        concat!(
            r"(?:\ben (?:la ciudad de |el canton )?[a-z~ ]{3,40}|\bante (?:el|la|mi)[^;:]{3,120}?),? (?:hoy,? )?(?:el |a los |a |al )(?:dia )?(?:[a-z]+,? )?",
            day!(),
            r",? (?:ante |comparec|l[oa]s? comparec|se presenta|quien|se reune|intervienen|concurren|constituyen|suscriben|se procede|celebran)"
        )
    };
}

/// Who is named common attorney of a consortium.
macro_rules! common_attorney {
    () => {
        r"\bprocurador[a]? comun[.:,]{1,2} ?(?:se )?(?:designa|nombra)[a-z]*(?: como tal)? (?:al? )?(?:la |el )?([a-z~' .]{6,70}?),? (?:con |quien|portador|para )"
    };
}

/// Rules of these sentences.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["PODER", "DECLARACION_JURAMENTADA", "CONSORCIO_CONSTITUIDO"],
        false,
        &[],
        &[phrase("fecha", Date, opening_day!())],
    ),
    rules(
        &["PODER"],
        false,
        &[],
        &[phrase(
            "alcance",
            Text,
            r"(?:facult[ao]|autoriz[ao]|otorg[ao] poder|confier[eo] poder|poder especial)\b.{0,200}?,? para (?:que )?((?:presentar|firmar|suscribir|celebrar|representar|participar|ofertar|intervenir|comparecer|realizar|gestionar|cobrar|negociar).{6,400}?)\.(?: |$)",
        )],
    ),
    rules(
        &["ESCRITURA"],
        false,
        &[],
        &[
            phrase("fecha_constitucion", Date, opening_day!()),
            phrase(
                "objeto_social",
                Text,
                r"(?:se dedicara a|tendra (?:como|por) objeto(?: social)?|tiene (?:como|por) objeto(?: social)?|actividad principal sera)(?: la| el)?:? (.{8,500}?)(?:\. |\.$|; |, para lo cual)",
            ),
        ],
    ),
    rules(
        &["ACTA_ER"],
        false,
        &[],
        &[
            phrase("fecha_recepcion", Date, opening_day!()),
            phrase(
                "contrato",
                Text,
                r"contrato (?:no|nro|n|num|numero)[.~:]{0,2} ?(\d[a-z0-9./-]{0,40}[a-z0-9])\b",
            ),
            phrase("objeto", Text, r"recibir el objeto del contrato[^:]{0,60}: (.{8,300}?)\.(?: |$)"),
            phrase(
                "monto_contrato",
                Money,
                concat!(
                    r"(?:monto|valor|precio)(?: total)? (?:del contrato|contratado|contractual)(?: fue| es| era| ascendio| asciende)?(?: de| a)?(?: la suma de)?:? ",
                    amount!()
                ),
            ),
            phrase(
                "monto_liquidado",
                Money,
                concat!(
                    r"(?:se liquid[ao]|liquidad[oa]|liquidacion|valor final|ejecutad[oa])(?: definitivamente| economicamente)?(?: fue| es)?(?: en| por| de| a)+(?: la suma de| el valor de)? ",
                    amount!()
                ),
            ),
        ],
    ),
    rules(
        &["CONTRATO_EXP"],
        false,
        &[],
        &[
            phrase(
                "fecha",
                Date,
                concat!(
                    r"\b(?:dad[oa]|otorgad[oa]|firman|suscriben)\b[^.;]{0,50}? en [a-z~ ]{3,40},? (?:el |a los |a |al )(?:dia )?",
                    day!()
                ),
            ),
            phrase("fecha", Date, opening_day!()),
            phrase("numero", Text, r"^contrato (?:no|nro|n|numero)[.o:~]{0,2} ?(\d[a-z0-9./-]{0,40})\b"),
            phrase(
                "monto",
                Money,
                concat!(
                    r"(?:valor|precio|monto)(?: total)?(?: del contrato| contractual| convenido| pactado)?(?: es| sera| asciende| se fija)(?: de| en| a)?(?: la suma de)? ",
                    amount!()
                ),
            ),
            phrase(
                "plazo",
                Duration,
                r"\bplazo\b[^.;]{0,60}?\b(?:es|sera|de) (?:de )?(\d{1,4} ?(?:\([a-z ]{3,40}\) ?)?(?:dias(?: calendario| laborables)?|meses))",
            ),
            phrase(
                "contratante",
                Text,
                r"por una parte,? (?:el |la )?(.{4,140}?),? (?:que|quien|a quien|al que|a la que) (?:en adelante )?se (?:le )?(?:llamara|denominara|conocera)",
            ),
            phrase(
                "contratista",
                Text,
                r"por (?:la )?otra(?: parte)?,? (?:el |la )?(.{4,140}?),? (?:que|quien|a quien|al que|a la que) (?:en adelante )?se (?:le )?(?:llamara|denominara|conocera)",
            ),
        ],
    ),
    rules(
        &["CERT_EXP"],
        false,
        &[],
        &[
            phrase(
                "emisor_id",
                Ruc,
                r"(?:con|titular del) (?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?| numero)?:? ?(\d{13}),? (?:certific|hace constar|deja constancia|da fe)",
            ),
            phrase(
                "emisor",
                Text,
                r"(?:^|certificado |constancia |[.:] )((?:[a-z~0-9&]+[., ]+){1,14}?)(?:con|titular del) (?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?| numero)?:? ?\d{13},? (?:certific|hace constar|deja constancia|da fe)",
            ),
            phrase(
                "objeto",
                Text,
                r"\bejecuto(?: a (?:entera )?satisfaccion)?,? (?:el |la |los |las )?(.{8,300}?),? por (?:un|el) (?:monto|valor|precio)",
            ),
            phrase(
                "monto",
                Money,
                concat!(r"por (?:un|el) (?:monto|valor|precio)(?: total)?(?: de)? ", amount!()),
            ),
        ],
    ),
    rules(
        &["CERT_IESS", "CERT_SRI"],
        false,
        &[],
        &[phrase(
            "fecha",
            Date,
            concat!(
                r"\b(?:al|a la fecha|hasta el|con corte al|con fecha)(?: dia)? ",
                day!(),
                r",? (?:no |si )?(?:registra|mantiene|tiene|adeuda|se encuentra|esta|consta|ha cumplido)"
            ),
        )],
    ),
    rules(
        &["RUP"],
        false,
        &[],
        &[phrase(
            "fecha_consulta",
            Moment,
            concat!(
                r"\b(?:consulta|informacion|verificacion|reporte)(?: realizada| efectuada| consultada| generado| obtenida)?(?: en linea)?(?: el| al| con fecha)?(?: dia)?:? ",
                day!()
            ),
        )],
    ),
    rules(
        &["POLIZA"],
        false,
        &[],
        &[
            phrase(
                "monto",
                Money,
                concat!(
                    r"\b(?:hasta por|hasta|por)(?: la suma| el valor| un valor| el monto| un monto| la cantidad)?(?: de)? ",
                    r"((?:usd?\.? ?|us ?|\$ ?)+\d[\d.,']*\d)"
                ),
            ),
            phrase(
                "monto",
                Money,
                concat!(
                    r"\bhasta por(?: la suma| el valor| un valor| el monto| un monto| la cantidad)?(?: de)? ",
                    amount!()
                ),
            ),
            phrase(
                "tipo",
                Choice(BONDS),
                r"\b(?:poliza|garantia|fianza|seguro)\b[a-z ]{0,30}? (?:de|por|del) (?:seguro de )?((?:buen uso (?:del? )?)?anticipo|fiel cumplimiento|tecnica)\b",
            ),
        ],
    ),
    rules(
        &["TITULO"],
        false,
        &[],
        &[
            phrase(
                "registro",
                Text,
                r"\bregistr(?:ad[oa]|o)\b[^.;]{0,60}? (?:con el |bajo el |con )?(?:numero|no|nro)[.o:]{0,2} ?(\d{3,4}[ -][\d-]{2,8}[ -]?\d{3,8})\b",
            ),
            phrase(
                "fecha_registro",
                Date,
                concat!(
                    r"\bregistr(?:ad[oa]|o)\b[^.;]{0,110}? (?:el|con fecha|de fecha)(?: el)?(?: dia)? ",
                    day!()
                ),
            ),
        ],
    ),
    rules(
        &["PROFORMA", "FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA"],
        false,
        &[],
        &[phrase(
            "total",
            Money,
            concat!(
                r"\bpor (?:un|el) (?:valor|precio|monto|costo) total(?: de| es de| asciende a)?:? ",
                amount!()
            ),
        )],
    ),
    rules(
        &["PLIEGO"],
        false,
        &[],
        &[
            phrase(
                "codigo",
                Code,
                r"\b(?:proceso|procedimiento)(?: de contratacion)?(?: no\.?| nro\.?| con codigo| signado con el codigo)? ([a-z]{2,8}-[a-z0-9.&/-]{3,40}-\d{2,6})\b",
            ),
            phrase(
                "objeto",
                Text,
                r"(?:presentar?|presenten) (?:sus? )?ofertas? para (?:la ejecucion de |la contratacion de |la |el )?(.{8,300}?),? (?:proceso|procedimiento|con codigo|codigo|con un presupuesto|cuyo presupuesto)",
            ),
        ],
    ),
    rules(
        &["FUO_1_1"],
        false,
        &[],
        &[
            phrase(
                "entidad_contratante",
                Text,
                r"\bsenores:? (?:(?:(?:los )?miembros de (?:la )?)?comision tecnica,? (?:de (?:la |el )?|del )?)?([^:;.]{5,120}?)(?:: | ciudad\b|,? en su despacho|\.- )",
            ),
            phrase(
                "calidad_firmante",
                Choice(CAPACITIES),
                r"(?:quien|el que|la que) (?:firma|suscribe),? (?:por|en (?:mi |su )?calidad de|como) (.{3,80}?)(?:,| del? )",
            ),
            phrase(
                "objeto",
                Text,
                r"\bconvocad[oa] para (.{8,300}?),? (?:pongo|ponemos|presento|presentamos|ofrezco|ofrecemos|entrego)",
            ),
        ],
    ),
    rules(
        &["FUO_1_12_PE"],
        false,
        &[],
        &[
            phrase(
                "porcentaje",
                Percent,
                concat!(r"propone una participacion (?:ecuatoriana|nacional) (?:del?|de el) ", share!()),
            ),
            phrase(
                "nivel",
                Text,
                r"\bnivel de (?:transferencia|desagregacion)(?: de tecnologia| tecnologica)? ((?:tt|nivel)[ -]?\d)\b",
            ),
        ],
    ),
    rules(
        &["FUO_1_6_COMP"],
        false,
        &[],
        &[
            phrase(
                "garantia_tecnica",
                Duration,
                r"\bgarantia(?: tecnica)?,? (?:es |sera |rige |tendra )?(?:de |por |una vigencia de )(\d{1,3}(?: ?\([a-z ]{2,20}\))? (?:meses|anos|dias))",
            ),
            phrase(
                "plazo_entrega",
                Duration,
                r"\b(?:plazo|tiempo) de entrega (?:es|sera)? ?(?:de )?(\d{1,4}(?: ?\([a-z ]{2,20}\))? (?:dias(?: calendario| laborables)?|meses))",
            ),
        ],
    ),
    rules(&["CONSORCIO_CONSTITUIDO"], false, &[], &[phrase("procurador", Person, common_attorney!())]),
    rules(
        &["FORM_CONSORCIO"],
        false,
        &[],
        &[
            phrase(
                "plazo_adicional",
                Duration,
                r"\b(?:plazo|del|el) (?:del )?contrato,? (?:mas|y) ((?:\d{1,3}|[a-z]{4,12})(?: ?\([a-z0-9 ]{1,20}\))? dias)\b",
            ),
            phrase("procurador", Person, common_attorney!()),
        ],
    ),
];

const BONDS: &[(&str, &[&str])] =
    &[("fiel cumplimiento", &["fiel cumplimiento"]), ("anticipo", &["anticipo"]), ("técnica", &["tecnica"])];

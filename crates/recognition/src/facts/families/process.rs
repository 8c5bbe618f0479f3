//! Papers of the process: pliego, answers, letters, quotations.

use super::super::FieldKind::{Code, Duration, Moment, Money, Ruc, Text};
use super::super::rules::{OBJECT_LABELS, PROCESS_LABELS, RUC_LABELS, TypeRules, label, phrase};
use super::{amount, day, rules};

/// Rules of these papers.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["PLIEGO"],
        false,
        &[
            label("codigo", Code, PROCESS_LABELS),
            label("objeto", Text, OBJECT_LABELS),
            label(
                "presupuesto",
                Money,
                &[
                    "presupuesto referencial",
                    "presupuesto referencial (sin iva)",
                    "presupuesto",
                    "presupuesto referencial total sin iva",
                ],
            ),
            label("plazo", Duration, &["plazo de ejecucion", "plazo de entrega", "plazo", "plazo estimado"]),
            label(
                "vigencia_oferta",
                Duration,
                &["vigencia de la oferta", "vigencia de oferta", "validez de la oferta"],
            ),
        ],
        &[
            phrase(
                "codigo",
                Code,
                r"\bcodigo(?: del (?:proceso|procedimiento))?:? ?([a-z0-9][a-z0-9.&/-]{6,48}) ",
            ),
            phrase("objeto", Text, r#"objeto de (?:la )?contratacion:? "([^"]{8,400}?)""#),
            phrase("objeto", Text, r"objeto de (?:la )?contratacion:? ([^.]{8,400}?)\. "),
            phrase(
                "objeto",
                Text,
                r"presenten sus ofertas para (?:la ejecucion de |la adquisicion de )?(.{8,400}?)\. el presupuesto",
            ),
            phrase(
                "presupuesto",
                Money,
                concat!(
                    r"presupuesto referencial(?: de (?:la|esta) contratacion)?(?: total)?(?: es| asciende)?(?: de| a|:)*(?: la suma de)? ?",
                    amount!()
                ),
            ),
            phrase(
                "plazo",
                Duration,
                r"plazo (?:estimado )?(?:de ejecucion|de entrega|para la ejecucion|total)[a-z ]{0,40}?(?:es de|sera de|de|:) ?(\d{1,4} ?(?:\([a-z ]{3,40}\) ?)?dias(?: calendario| laborables)?)",
            ),
            phrase(
                "vigencia_oferta",
                Duration,
                r"vigencia de la oferta(?: es| sera)?(?: de|:)? ?(\d{1,4} ?(?:\([a-z ]{3,40}\) ?)?dias(?: calendario| laborables)?)",
            ),
        ],
    ),
    rules(
        &["RESP_CONV"],
        false,
        &[label(
            "fecha_envio",
            Moment,
            &["fecha de envio", "fecha y hora de envio", "fecha", "lugar y fecha"],
        )],
        &[phrase(
            "fecha_envio",
            Moment,
            concat!(r"(?:enviad[oa]|presentad[oa]|remitid[oa])(?: el| con fecha)* ", day!()),
        )],
    ),
    rules(
        &["PROFORMA"],
        false,
        &[
            label(
                "validez",
                Duration,
                &[
                    "validez de la oferta",
                    "validez de la proforma",
                    "validez",
                    "vigencia de la oferta",
                    "vigencia de la proforma",
                    "tiempo de validez",
                ],
            ),
            label("ruc", Ruc, RUC_LABELS),
        ],
        &[
            phrase(
                "validez",
                Duration,
                r"(?:valida por|validez(?: de (?:la|esta) (?:oferta|proforma|cotizacion))?(?: es| sera)?(?: de|:)?|vigencia(?: de (?:la|esta) (?:oferta|proforma))?(?: es| sera)?(?: de|:)?) ?(\d{1,4} ?(?:\([a-z ]{3,40}\) ?)?dias(?: calendario| laborables)?)",
            ),
            phrase("ruc", Ruc, r"\b(?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?)?:? ?(\d{13})\b"),
        ],
    ),
];

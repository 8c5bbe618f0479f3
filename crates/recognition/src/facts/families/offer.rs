//! Prices, terms and shares of the offer.

use super::super::FieldKind::{Country, Duration, Money, Percent, Text};
use super::super::rules::{TypeRules, label, phrase};
use super::{amount, rules, share};

const DELIVERY: &[&str] =
    &["plazo de entrega ofertado", "plazo de entrega de los bienes", "plazo para la entrega"];

/// Rules of these forms.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["FUO_1_5_RUBROS"],
        false,
        &[label(
            "agregado_ecuatoriano",
            Percent,
            &[
                "agregado ecuatoriano",
                "agregado ecuatoriano de la oferta",
                "agregado ecuatoriano total",
                "porcentaje de agregado ecuatoriano",
                "agregado ecuatoriano ponderado",
                "total agregado ecuatoriano",
                "participacion ecuatoriana",
                "porcentaje de participacion ecuatoriana",
            ],
        )],
        &[phrase(
            "agregado_ecuatoriano",
            Percent,
            concat!(
                r"(?:agregado ecuatoriano|participacion ecuatoriana) (?:total |ponderado |propuesto |de la (?:oferta|obra) )*(?:es |de |del |es de |:)+ ?",
                share!()
            ),
        )],
    ),
    rules(
        &["FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA"],
        false,
        &[label(
            "total",
            Money,
            &["oferta economica total", "total de la oferta economica", "total oferta economica"],
        )],
        &[phrase(
            "total",
            Money,
            concat!(
                r"oferta economica para .{8,300}? por (?:un |el )?(?:valor|monto|precio)(?: total)? de ",
                amount!()
            ),
        )],
    ),
    rules(
        &["FUO_1_6_APU"],
        false,
        &[
            label("unidad", super::super::FieldKind::Unit, &["unidad", "und", "unidad de medida"]),
            label(
                "subtotal_m",
                Money,
                &[
                    "subtotal (m)",
                    "subtotal equipo",
                    "subtotal equipos",
                    "subtotal de equipo",
                    "subtotal m - equipos",
                ],
            ),
            label(
                "subtotal_n",
                Money,
                &["subtotal (n)", "subtotal mano de obra", "subtotal de mano de obra"],
            ),
            label("subtotal_o", Money, &["subtotal (o)", "subtotal materiales", "subtotal de materiales"]),
            label("subtotal_p", Money, &["subtotal (p)", "subtotal transporte", "subtotal de transporte"]),
            label(
                "costo_directo",
                Money,
                &["costos directos", "total costos directos", "costo directo total"],
            ),
            label(
                "indirectos_pct",
                Percent,
                &["costos indirectos y utilidad", "indirectos y utilidad", "indirectos y utilidades %"],
            ),
            label(
                "valor_ofertado",
                Money,
                &["precio unitario ofertado", "valor propuesto", "precio unitario"],
            ),
        ],
        &[
            phrase("rubro", Text, r"rubro no\.? ?[a-z0-9.]{1,8}: ?(.{4,200}?) \([a-z0-9/. ]{1,12}\)"),
            phrase(
                "unidad",
                super::super::FieldKind::Unit,
                r"rubro no\.? ?[a-z0-9.]{1,8}: ?.{4,200}? \(([a-z0-9/. ]{1,12})\)",
            ),
            phrase(
                "costo_directo",
                Money,
                concat!(r"total costos? directos? x ?= ?\(?a ?\+ ?b ?\+ ?c ?\+ ?d\)? ?:? ?", amount!()),
            ),
            phrase(
                "indirectos_pct",
                Percent,
                r"(?:costos )?indirectos(?: y utilidad(?:es)?)?:? ?%? ?(\d{1,2}(?:[.,]\d{1,4})? ?%)",
            ),
            phrase("utilidad_pct", Percent, r"\butilidad:? ?%? ?(\d{1,2}(?:[.,]\d{1,4})? ?%)"),
        ],
    ),
    rules(
        &["FUO_1_6_COMP"],
        false,
        &[
            label("origen", Country, &["pais de procedencia", "pais de fabricacion", "pais origen"]),
            label("plazo_entrega", Duration, DELIVERY),
            label(
                "garantia_tecnica",
                Duration,
                &["garantia tecnica ofertada", "tiempo de garantia", "vigencia de la garantia tecnica"],
            ),
        ],
        &[
            phrase("marca", Text, r"\bmarca:? ([a-z0-9~&. -]{2,40}?),? (?:modelo|y modelo)\b"),
            phrase("modelo", Text, r"\bmodelo:? ([a-z0-9~/. -]{2,40}?),? (?:origen|procedencia|pais)\b"),
            phrase(
                "origen",
                Country,
                r"\b(?:origen|procedencia|pais de origen):? ([a-z~. ]{4,32}?)(?:[.,;]|$)",
            ),
            phrase(
                "plazo_entrega",
                Duration,
                r"plazo de entrega(?: es| sera)?(?: de)?:? ?(\d{1,4}[^.;,]{0,40}? dias(?: calendario| laborables)?)",
            ),
            phrase(
                "garantia_tecnica",
                Duration,
                r"garantia tecnica(?: es| sera)?(?: de| por)?:? ?(\d{1,3}(?: ?\([a-z ]{2,20}\))? (?:meses|anos|dias))",
            ),
        ],
    ),
    rules(
        &["FUO_1_12_PE"],
        false,
        &[
            label(
                "porcentaje",
                Percent,
                &[
                    "agregado ecuatoriano de la oferta",
                    "participacion ecuatoriana de la oferta",
                    "participacion ecuatoriana propuesta por el oferente",
                    "participacion ecuatoriana propuesta",
                    "agregado ecuatoriano propuesto",
                ],
            ),
            label(
                "nivel",
                Text,
                &[
                    "nivel",
                    "nivel de transferencia de tecnologia",
                    "nivel de desagregacion",
                    "nivel de participacion",
                ],
            ),
        ],
        &[
            phrase(
                "porcentaje",
                Percent,
                concat!(
                    r"(?:participacion ecuatoriana|agregado ecuatoriano)(?: propuest[ao])?[a-z ,]{0,140}? (?:es de|del|es|de) ",
                    share!()
                ),
            ),
            phrase(
                "nivel",
                Text,
                r"nivel de (?:transferencia de tecnologia|desagregacion tecnologica|participacion)[a-z ]{0,20}: ?([a-z0-9-]{1,16})\b",
            ),
        ],
    ),
    rules(
        &["FUO_VAE"],
        false,
        &[
            label(
                "importacion_directa",
                Money,
                &[
                    "valor de lo importado directamente (cif)",
                    "valor de lo importado directamente",
                    "materia prima e insumos importados",
                    "importaciones directas",
                ],
            ),
            label(
                "comprado_ec_importado",
                Money,
                &[
                    "valor de lo comprado en el ecuador que es importado",
                    "compras locales de origen importado",
                    "comprado en el ecuador que es importado",
                ],
            ),
            label(
                "oferta",
                Money,
                &[
                    "oferta economica final",
                    "valor de la oferta",
                    "oferta economica",
                    "monto de la oferta",
                    "precio de la oferta",
                ],
            ),
            label(
                "vae_pct",
                Percent,
                &[
                    "resultado vae de la oferta",
                    "porcentaje vae declarado",
                    "porcentaje de valor agregado ecuatoriano declarado",
                    "porcentaje de valor agregado ecuatoriano",
                    "porcentaje vae",
                    "vae declarado",
                ],
            ),
        ],
        &[
            phrase(
                "importacion_directa",
                Money,
                concat!(
                    r"importar o importo,? directamente[^?$]{0,110}\?(?: ?\(valor cif[^)]{0,20}\))? ?",
                    amount!()
                ),
            ),
            phrase(
                "importacion_directa",
                Money,
                concat!(
                    r"(?:materia prima e insumos importados|importad[oa]s directamente por el oferente,? ?(?:\(?cif\)?)?):? ?",
                    amount!()
                ),
            ),
            // The answer may stand in the middle of a question that takes several lines.
            phrase(
                "importacion_directa",
                Money,
                r"importar o importo,? directamente[^$\d]{0,110}((?:usd?\.? ?|\$ ?)?\d[\d.,']*[.,]\d{2})\b",
            ),
            phrase(
                "comprado_ec_importado",
                Money,
                concat!(r"comprar o compro en el ecuador,?[^?$]{0,110}\? ?", amount!()),
            ),
            phrase(
                "comprado_ec_importado",
                Money,
                r"comprar o compro en el ecuador[^$\d]{0,110}((?:usd?\.? ?|\$ ?)?\d[\d.,']*[.,]\d{2})\b",
            ),
            phrase(
                "comprado_ec_importado",
                Money,
                concat!(
                    r"(?:compras locales de origen importado|importados comprados en el pais):? ?",
                    amount!()
                ),
            ),
            phrase("oferta", Money, concat!(r"oferta economica(?: final)?:? ?", amount!())),
            phrase(
                "vae_pct",
                Percent,
                concat!(
                    r"(?:resultado )?vae(?: de (?:la|mi) oferta)?(?: declarado)?(?: es de| es|:)+ ?",
                    share!()
                ),
            ),
            phrase("vae_pct", Percent, concat!(r"x 100 ?= ?", share!())),
            phrase(
                "vae_pct",
                Percent,
                concat!(r"porcentaje (?:de )?(?:vae|valor agregado ecuatoriano) declarado:? ?", share!()),
            ),
        ],
    ),
    rules(
        &["FUO_1_8_CRON"],
        false,
        &[label(
            "plazo",
            Duration,
            &["plazo de la obra", "plazo contractual", "plazo de ejecucion en dias", "tiempo de ejecucion"],
        )],
        &[phrase(
            "plazo",
            Duration,
            r"plazo(?: total| de ejecucion| de la obra| ofertado)*:? ?(\d{1,4} ?(?:\([a-z ]{3,40}\) ?)?dias(?: calendario| laborables)?)",
        )],
    ),
];

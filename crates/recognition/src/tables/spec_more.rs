//! Tables beyond the priced ones: résumés, questions, requirements, vouchers, links, shares.

use super::spec::{Column, TableSpec};

const fn text(key: &'static str, heads: &'static [&'static str]) -> Column {
    Column { key, heads, numeric: false }
}

const fn number(key: &'static str, heads: &'static [&'static str]) -> Column {
    Column { key, heads, numeric: true }
}

const NUMERO: Column = text("numero", &["no", "n", "nro", "num", "numero", "item", "ord", "orden"]);

const fn spec(
    types: &'static [&'static str],
    columns: &'static [Column],
    required: &'static [&'static str],
    given: &'static [&'static str],
) -> TableSpec {
    TableSpec { types, columns, required, given, expected: false }
}

/// Further tables, in the order of the catalogue.
pub const MORE_SPECS: &[TableSpec] = &[
    spec(
        &["FUO_1_12_PE"],
        &[
            text("descripcion", &["descripcion", "concepto"]),
            text(
                "minimo",
                &[
                    "participacion ecuatoriana minima del estudio de desagregacion tecnologica",
                    "participacion ecuatoriana minima",
                    "agregado ecuatoriano minimo",
                    "porcentaje minimo",
                    "minimo",
                ],
            ),
            text(
                "propuesto",
                &[
                    "participacion ecuatoriana propuesta por el oferente",
                    "porcentaje de agregado ecuatoriano propuesto",
                    "participacion ecuatoriana propuesta",
                    "agregado ecuatoriano propuesto",
                    "porcentaje propuesto",
                    "propuesto",
                ],
            ),
        ],
        &["propuesto"],
        &["descripcion", "minimo"],
    ),
    spec(
        &["FUO_VAE"],
        &[
            text("letra", &["no", "literal", "letra"]),
            text("pregunta", &["pregunta", "preguntas"]),
            text("respuesta", &["respuesta", "valor", "declaracion"]),
        ],
        &["pregunta", "respuesta"],
        &["letra", "pregunta"],
    ),
    spec(
        &["FORM_VINCULACION"],
        &[
            text("calidad", &["calidad", "parentesco", "relacion"]),
            text(
                "nombre",
                &[
                    "nombres completos",
                    "nombre",
                    "nombres y apellidos",
                    "persona",
                    "representante legal",
                    "nombre completo",
                ],
            ),
            text("id", &["cedula", "cedula / ruc", "identificacion", "cedula o ruc", "ruc / cedula"]),
            text("estado_civil", &["estado civil"]),
            text(
                "conyuge",
                &[
                    "conyuge o conviviente en union de hecho",
                    "conyugue o conviviente en union de hecho",
                    "conyuge o conviviente",
                    "conyuge",
                ],
            ),
        ],
        &["nombre", "id"],
        &["calidad"],
    ),
    spec(
        &["FORM_VINCULACION"],
        &[
            NUMERO,
            text(
                "socio51",
                &[
                    "socios o accionistas con 51 % o mas",
                    "socios con 51% o mas",
                    "accionistas con 51% o mas",
                    "socios o accionistas",
                    "socios, accionistas o participes",
                    "socio o accionista",
                ],
            ),
            text("id", &["cedula", "cedula / ruc", "identificacion", "cedula o ruc", "ruc / cedula"]),
            text("porcentaje", &["porcentaje", "participacion", "% de participacion"]),
        ],
        &["socio51", "id"],
        &["numero"],
    ),
    spec(
        &["FORM_VINCULACION"],
        &[
            NUMERO,
            text("conyuge", &["conyuge o conviviente", "conyuge", "conyuge / conviviente", "conviviente"]),
            text("id", &["cedula", "cedula / ruc", "identificacion", "cedula o ruc", "ruc / cedula"]),
        ],
        &["conyuge", "id"],
        &["numero"],
    ),
    spec(
        &["FUO_1_8_CRON"],
        &[
            text("periodo", &["periodo", "mes", "semana", "quincena", "periodos", "meses", "semanas"]),
            number(
                "monto",
                &[
                    "monto",
                    "inversion",
                    "valor",
                    "monto usd",
                    "valor usd",
                    "monto parcial",
                    "inversion parcial",
                ],
            ),
            number(
                "porcentaje",
                &[
                    "porcentaje",
                    "%",
                    "avance",
                    "avance parcial",
                    "% parcial",
                    "porcentaje parcial",
                    "avance %",
                ],
            ),
            number(
                "acumulado",
                &["acumulado", "monto acumulado", "inversion acumulada", "valor acumulado", "acumulado usd"],
            ),
            number(
                "acumulado_pct",
                &["avance acumulado", "% acumulado", "porcentaje acumulado", "acumulado %"],
            ),
        ],
        &["periodo", "monto"],
        &["periodo"],
    ),
    spec(
        &["CV"],
        &[
            text("titulo", &["titulo", "titulo obtenido", "titulo profesional"]),
            text(
                "institucion",
                &["institucion", "universidad", "institucion educativa", "institucion de educacion superior"],
            ),
            text("anio", &["ano", "fecha", "ano de graduacion", "fecha de grado", "registro senescyt"]),
        ],
        &["titulo", "institucion"],
        &[],
    ),
    spec(
        &["CV"],
        &[
            NUMERO,
            text(
                "empresa",
                &[
                    "empresa / institucion",
                    "empresa",
                    "institucion",
                    "empresa o institucion",
                    "contratante",
                    "entidad",
                ],
            ),
            text("proyecto", &["proyecto", "obra", "nombre del proyecto", "obra / proyecto"]),
            text(
                "cargo",
                &["cargo", "funcion", "cargo desempenado", "papel desempenado", "cargo / funcion", "puesto"],
            ),
            text("desde", &["desde", "fecha de inicio", "inicio", "fecha inicio"]),
            text("hasta", &["hasta", "fecha de fin", "fin", "fecha fin", "termino", "fecha de terminacion"]),
            text("tiempo", &["tiempo", "periodo", "duracion"]),
        ],
        &["empresa", "cargo"],
        &[],
    ),
    spec(
        &["COMPROMISO_EQUIPO"],
        &[
            NUMERO,
            text(
                "equipo",
                &[
                    "equipo",
                    "detalle del equipo",
                    "descripcion",
                    "descripcion del equipo",
                    "maquinaria",
                    "tipo de equipo",
                ],
            ),
            text("marca", &["marca", "marca / modelo", "marca y modelo"]),
            text(
                "placa",
                &[
                    "placa / matricula",
                    "placa",
                    "matricula",
                    "placa o matricula",
                    "matricula / placa",
                    "matricula no",
                ],
            ),
            text("anio", &["ano", "ano de fabricacion"]),
            text("estado", &["estado", "observaciones"]),
        ],
        &["equipo", "placa"],
        &[],
    ),
    spec(
        &["CONSORCIO_CONSTITUIDO"],
        &[
            NUMERO,
            text(
                "nombre",
                &[
                    "participe",
                    "participes",
                    "consorciado",
                    "socio o participe",
                    "asociado",
                    "nombre",
                    "integrante",
                    "nombre del participe",
                ],
            ),
            text("ruc", &["ruc", "r.u.c", "ruc / cedula"]),
            text(
                "porcentaje",
                &["participacion", "% de participacion", "porcentaje de participacion", "porcentaje"],
            ),
        ],
        &["nombre", "porcentaje"],
        &[],
    ),
    spec(
        &["FACTURA"],
        &[
            text("codigo", &["cod principal", "codigo", "cod", "codigo principal", "cod auxiliar"]),
            number("cantidad", &["cant", "cantidad"]),
            text("descripcion", &["descripcion", "detalle", "concepto", "descripcion del bien o servicio"]),
            number(
                "precio_unitario",
                &["precio unitario", "p unitario", "p unit", "v unitario", "valor unitario", "v unit"],
            ),
            number("descuento", &["descuento", "desc"]),
            number("precio_total", &["precio total", "total", "valor total", "v total", "p total", "valor"]),
        ],
        &["descripcion", "precio_total"],
        &[],
    ),
    spec(
        &["CONTRATO_EXP"],
        &[
            number("cantidad", &["cant", "cantidad"]),
            text("descripcion", &["descripcion", "detalle", "descripcion del bien o servicio"]),
            text("unidad", &["unidad", "und"]),
            number(
                "precio_unitario",
                &["v unitario", "precio unitario", "p unitario", "valor unitario", "v unit"],
            ),
            number("precio_total", &["v total", "precio total", "p total", "valor total", "total"]),
        ],
        &["cantidad", "descripcion", "precio_total"],
        &[],
    ),
    spec(
        &["PLANILLA"],
        &[
            NUMERO,
            text("descripcion", &["rubro", "rubros", "descripcion", "descripcion del rubro"]),
            text("unidad", &["unidad", "und", "unid"]),
            number(
                "contratado",
                &[
                    "cant contrato",
                    "cantidad contratada",
                    "contratado",
                    "cantidad contrato",
                    "cantidad contractual",
                ],
            ),
            number("anterior", &["cant anterior", "cantidad anterior", "anterior", "acumulado anterior"]),
            number(
                "actual",
                &[
                    "cant actual",
                    "cantidad actual",
                    "actual",
                    "cantidad ejecutada",
                    "ejecutado en el periodo",
                    "presente planilla",
                ],
            ),
            number("acumulado", &["cantidad acumulada", "cant acumulada", "acumulado", "acumulada"]),
            number("precio_unitario", &["p unitario", "precio unitario"]),
            number("valor", &["valor usd", "valor", "p total", "precio total", "total"]),
            number("saldo", &["saldo"]),
        ],
        &["descripcion", "acumulado"],
        &[],
    ),
    spec(
        &["ACLARACIONES"],
        &[
            NUMERO,
            text(
                "pregunta",
                &[
                    "pregunta",
                    "pregunta del proveedor",
                    "preguntas",
                    "pregunta formulada",
                    "pregunta / aclaracion",
                ],
            ),
            text(
                "respuesta",
                &[
                    "respuesta",
                    "respuesta de la entidad",
                    "respuestas",
                    "respuesta / aclaracion",
                    "respuesta de la comision",
                ],
            ),
        ],
        &["pregunta", "respuesta"],
        &[],
    ),
    spec(
        &["RESP_CONV"],
        &[
            NUMERO,
            text(
                "error",
                &[
                    "error senalado",
                    "error de forma solicitado",
                    "error de forma",
                    "error notificado",
                    "observacion",
                    "error",
                    "convalidacion solicitada",
                ],
            ),
            text("respuesta", &["respuesta del oferente", "respuesta"]),
            text(
                "documento",
                &[
                    "documento que se presenta",
                    "documento adjunto",
                    "documento",
                    "documento presentado",
                    "anexo",
                ],
            ),
        ],
        &["error", "documento"],
        &[],
    ),
    spec(
        &["TDR", "PLIEGO"],
        &[
            NUMERO,
            text(
                "descripcion",
                &[
                    "descripcion",
                    "parametro",
                    "bien",
                    "producto",
                    "descripcion del bien o servicio",
                    "requisito",
                    "bien o servicio",
                ],
            ),
            text("unidad", &["unidad", "und", "unidad de medida"]),
            text("cantidad", &["cantidad", "cant"]),
            text(
                "especificacion",
                &[
                    "caracteristicas tecnicas requeridas",
                    "especificacion tecnica requerida",
                    "especificacion tecnica",
                    "caracteristicas",
                    "especificaciones tecnicas",
                ],
            ),
        ],
        &["numero", "descripcion"],
        &[],
    ),
    spec(
        &["PLIEGO"],
        &[
            text("concepto", &["concepto", "actividad", "etapa"]),
            text("dia", &["dia", "fecha", "fecha dd/mm/aaaa"]),
            text("hora", &["hora"]),
        ],
        &["concepto", "dia", "hora"],
        &[],
    ),
    spec(
        &["PLIEGO"],
        &[
            text("parametro", &["parametro", "parametros"]),
            text("cumple", &["cumple"]),
            text("no_cumple", &["no cumple"]),
            text("observaciones", &["observaciones"]),
        ],
        &["parametro", "cumple"],
        &[],
    ),
    spec(
        &["PLIEGO"],
        &[
            text("parametro", &["parametro", "parametros", "parametro de calificacion"]),
            number(
                "puntaje",
                &["valoracion", "puntaje", "puntos", "ponderacion", "calificacion", "puntaje maximo"],
            ),
        ],
        &["parametro", "puntaje"],
        &[],
    ),
];

//! Which columns the tables of each form have, under which heads.

/// Describes a column.
#[derive(Debug)]
pub struct Column {
    /// Canonical key.
    pub key: &'static str,
    /// Heads, folded; compared without spaces and points.
    pub heads: &'static [&'static str],
    /// Whether its cells are numbers: they anchor rows.
    pub numeric: bool,
}

/// Describes a table.
#[derive(Debug)]
pub struct TableSpec {
    /// Types whose documents hold it.
    pub types: &'static [&'static str],
    /// Its columns, in the usual order.
    pub columns: &'static [Column],
    /// Columns without which it is not this table.
    pub required: &'static [&'static str],
    /// Columns that the model itself fills in: they do not make a form filled.
    pub given: &'static [&'static str],
    /// True when a document of these types must hold it: a finding says when it could not be read.
    pub expected: bool,
}

const fn text(key: &'static str, heads: &'static [&'static str]) -> Column {
    Column { key, heads, numeric: false }
}

const fn number(key: &'static str, heads: &'static [&'static str]) -> Column {
    Column { key, heads, numeric: true }
}

const NUMERO: Column =
    text("numero", &["no", "n", "nro", "num", "numero", "item", "items", "orden", "no de orden"]);
const DESCRIPCION: Column = text(
    "descripcion",
    &[
        "descripcion",
        "rubro",
        "rubro / descripcion",
        "rubro descripcion",
        "descripcion del rubro",
        "descripcion de rubros",
        "descripcion de los rubros",
        "descripcion del bien",
        "descripcion del servicio",
        "descripcion del bien o servicio",
        "descripcion del bien y/o servicio",
        "descripcion del producto",
        "descripcion de bienes o servicios",
        "detalle",
        "concepto",
        "bien o servicio",
        "producto",
        "bienes o servicios",
    ],
);
const UNIDAD: Column = text("unidad", &["unidad", "unid", "und", "unidad de medida", "medida", "u medida"]);
const CANTIDAD: Column = number("cantidad", &["cantidad", "cant", "cantidades"]);
const PRECIO_UNITARIO: Column = number(
    "precio_unitario",
    &[
        "precio unitario",
        "precio unitario usd",
        "p unitario",
        "p unit",
        "v unit",
        "precio unit",
        "p unitario usd",
        "punit",
        "valor unitario",
        "v unitario",
        "costo unitario",
        "unitario",
        "precio unitario ofertado",
        "precio referencial unitario",
        "precio referencia unitario",
        "precio unitario referencial",
        "precio unitario sin iva",
        "p u",
    ],
);
const PRECIO_TOTAL: Column = number(
    "precio_total",
    &[
        "precio total",
        "precio global",
        "precio total usd",
        "precio global usd",
        "valor total",
        "p total",
        "ptotal",
        "valor global",
        "costo total",
        "total",
        "global",
        "precio referencial global",
        "precio referencia global",
        "precio global referencial",
        "precio total ofertado",
        "precio total sin iva",
        "precio global ofertado",
        "v total",
        "p total usd",
        "subtotal",
    ],
);

/// Every table that is looked for.
pub const SPECS: &[TableSpec] = &[
    TableSpec {
        types: &["FUO_1_5_RUBROS", "FUO_1_5_CANT", "PROFORMA", "FUO_1_8_CRON"],
        columns: &[
            NUMERO,
            text("cpc", &["codigo cpc", "cpc", "cod cpc", "codigo cpc nivel 9", "codigo del cpc"]),
            text("codigo", &["codigo", "cod"]),
            DESCRIPCION,
            UNIDAD,
            CANTIDAD,
            PRECIO_UNITARIO,
            PRECIO_TOTAL,
            number("precio_relativo", &["precio relativo del rubro", "precio relativo"]),
            number("agregado_rubro", &["agregado ecuatoriano del rubro", "agregado ecuatoriano"]),
            number("agregado_ponderado", &["agregado ecuatoriano ponderado", "agregado ponderado"]),
        ],
        required: &["descripcion", "cantidad", "precio_unitario", "precio_total"],
        given: &["numero", "cpc", "codigo", "descripcion", "unidad", "cantidad"],
        expected: true,
    },
    TableSpec {
        types: &["FUO_1_4"],
        columns: &[
            text("indice", &["indice", "indices", "indice financiero", "indices financieros", "indicador"]),
            text(
                "solicitado",
                &["indicador solicitado", "valor solicitado", "solicitado", "indicador requerido"],
            ),
            text(
                "declarado",
                &[
                    "indicador declarado por el oferente",
                    "indicador declarado",
                    "declarado por el oferente",
                    "valor",
                    "declarado",
                    "valor declarado",
                ],
            ),
            text(
                "observaciones",
                &["observaciones", "observaciones adjuntar documentos de respaldo", "archivo"],
            ),
        ],
        required: &["indice", "declarado"],
        given: &["indice", "solicitado"],
        expected: false,
    },
    TableSpec {
        types: &["FUO_1_9_EXP"],
        columns: &[
            NUMERO,
            text("tipo", &["tipo", "tipo de experiencia"]),
            text(
                "avance",
                &["avance", "avance (minimo 75%)", "porcentaje de avance", "avance %", "% de avance"],
            ),
            text(
                "link_soce",
                &["link soce", "enlace", "link", "enlace soce", "link del proceso", "enlace del portal"],
            ),
            text("contratante", &["contratante", "entidad contratante", "entidad"]),
            text(
                "objeto",
                &[
                    "objeto de contrato",
                    "objeto del contrato",
                    "objeto de contratacion",
                    "bienes o servicios entregados",
                    "objeto del contrato (descripcion de los bienes, obras o servicios)",
                    "objeto",
                    "objeto contractual",
                ],
            ),
            number(
                "valor",
                &[
                    "valor del contrato",
                    "monto del contrato",
                    "valor",
                    "monto",
                    "monto del contrato usd",
                    "valor del contrato usd",
                    "monto usd",
                ],
            ),
            text(
                "fecha_recepcion",
                &[
                    "fecha de recepcion",
                    "fecha recepcion",
                    "fecha acta de recepcion",
                    "terminacion",
                    "fecha de entrega recepcion",
                    "fecha de entrega",
                ],
            ),
            text("plazo", &["plazo contractual", "plazo"]),
            text("observaciones", &["observaciones", "observacion"]),
        ],
        required: &["contratante", "valor"],
        given: &["numero"],
        expected: false,
    },
    TableSpec {
        types: &["FUO_1_3"],
        columns: &[
            NUMERO,
            text(
                "nombre",
                &[
                    "nombres completos del accionista, participe o socio mayoritario de la persona juridica",
                    "nombres completos del socio, accionista o participe",
                    "nombres completos",
                    "nombre completo",
                    "nombres y apellidos",
                    "nombre",
                    "nombres completos del socio(s), accionista(s), participe(s)",
                    "accionista o socio",
                    "socio o accionista",
                    "accionista",
                    "socio",
                ],
            ),
            text(
                "id",
                &[
                    "numero de cedula de ciudadania, ruc o identificacion similar emitida por pais extranjero, de ser el caso",
                    "numero de cedula de identidad, ruc o identificacion similar emitida por pais extranjero, de ser el caso",
                    "numero de cedula",
                    "cedula / ruc",
                    "cedula o ruc",
                    "cedula/pasaporte",
                    "cedula",
                    "identificacion",
                ],
            ),
            text(
                "porcentaje",
                &[
                    "porcentaje de participacion en la estructura de propiedad de la persona juridica",
                    "porcentaje de participacion",
                    "% de participacion",
                    "porcentaje",
                    "participacion",
                ],
            ),
            text("domicilio_fiscal", &["domicilio fiscal", "domicilio"]),
            text("nacionalidad", &["nacionalidad"]),
            text(
                "cuenta",
                &["nro. (s) de cuenta (s)", "no. de cuenta", "numero de cuenta", "cuenta bancaria", "cuenta"],
            ),
            text("institucion", &["institucion financiera", "institucion", "banco"]),
        ],
        required: &["nombre", "id"],
        given: &["numero"],
        expected: false,
    },
    TableSpec {
        types: &["FORM_CONSORCIO", "FUO_1_2"],
        columns: &[
            NUMERO,
            text(
                "nombre",
                &[
                    "asociados o consorciados",
                    "asociado o consorciado",
                    "asociado o participe",
                    "asociados o participes",
                    "socio o participe",
                    "consorciado",
                    "integrante",
                    "nombre",
                    "participe",
                    "participes",
                    "nombre del participe",
                    "nombre o razon social",
                    "integrantes",
                    "miembros",
                ],
            ),
            text("ruc", &["ruc", "r.u.c"]),
            text("representante", &["representante", "representante legal"]),
            text(
                "porcentaje",
                &["porcentaje de participacion", "% de participacion", "porcentaje", "participacion"],
            ),
        ],
        required: &["nombre", "porcentaje"],
        given: &["numero"],
        expected: false,
    },
    TableSpec {
        types: &["FUO_1_10_PER"],
        columns: &[
            NUMERO,
            text(
                "nombre",
                &[
                    "nombre",
                    "nombre completo",
                    "nombres y apellidos",
                    "nombres completos",
                    "nombre y apellido",
                    "apellidos y nombres",
                ],
            ),
            text("cedula", &["cedula", "cedula de identidad", "c.i", "numero de cedula"]),
            text("nacionalidad", &["nacionalidad"]),
            text("titulo", &["titulo", "titulo profesional", "titulo academico"]),
            text("fecha_grado", &["fecha grado", "fecha de grado", "fecha de graduacion"]),
            text(
                "cargo",
                &[
                    "cargo a ocupar",
                    "cargo / funcion",
                    "cargo",
                    "funcion",
                    "cargo funcion",
                    "cargo o funcion",
                    "cargo propuesto",
                ],
            ),
            text("cantidad", &["cantidad"]),
            text(
                "participacion",
                &["participacion", "% de participacion", "% participacion", "participacion %"],
            ),
            text(
                "experiencia",
                &[
                    "experiencia en obras similares",
                    "experiencia en proyectos similares",
                    "experiencia requerida",
                    "experiencia",
                ],
            ),
            text("observaciones", &["observaciones"]),
        ],
        required: &["cargo"],
        given: &["numero", "cargo", "cantidad", "experiencia"],
        expected: false,
    },
    TableSpec {
        types: &["FUO_1_11_EQ"],
        columns: &[
            NUMERO,
            text(
                "detalle",
                &[
                    "detalle del equipo (tipo, potencia, capacidad, etc.)",
                    "detalle del equipo",
                    "detalle del equipo (tipo, capacidad, modelo)",
                    "tipo de equipo",
                    "equipo",
                    "detalle",
                    "descripcion del equipo",
                ],
            ),
            text("cantidad", &["cantidad"]),
            text("caracteristica", &["caracteristica", "caracteristicas"]),
            text("fecha_fabricacion", &["fecha de fabricacion", "ano de fabricacion", "ano"]),
            text("ubicacion", &["ubicacion actual", "ubicacion"]),
            text("propietario", &["propietario actual", "propietario"]),
            text("matricula", &["matricula no. **", "matricula no.", "matricula", "placa"]),
            text("observaciones", &["observaciones"]),
        ],
        required: &["detalle"],
        given: &["numero", "detalle", "cantidad", "caracteristica"],
        expected: false,
    },
    TableSpec {
        types: &["FUO_1_6_COMP"],
        columns: &[
            NUMERO,
            text(
                "requerida",
                &[
                    "especificacion tecnica requerida",
                    "especificaciones tecnicas requeridas",
                    "caracteristica requerida",
                    "especificacion solicitada",
                    "requerido por la entidad",
                    "requerimiento",
                    "terminos solicitados",
                    "requerida",
                ],
            ),
            text(
                "ofertada",
                &[
                    "especificacion tecnica ofertada",
                    "especificaciones tecnicas ofertadas",
                    "caracteristica ofertada",
                    "especificacion ofertada",
                    "propuesta del oferente",
                    "oferta del proveedor",
                    "ofertado",
                    "ofertada",
                ],
            ),
            text("observaciones", &["observaciones"]),
        ],
        required: &["requerida", "ofertada"],
        given: &["numero", "requerida"],
        expected: false,
    },
    TableSpec {
        types: &["FORM_SUBCON"],
        columns: &[
            NUMERO,
            text(
                "rubro",
                &["identificacion del rubro", "rubro a subcontratar", "rubros a subcontratar", "rubro"],
            ),
            text("subcontratista", &["subcontratista", "nombre del subcontratista", "razon social"]),
            text("ruc", &["ruc", "r.u.c"]),
            text("valor", &["valor ($)", "valor", "valor usd", "monto", "monto (usd)", "monto usd"]),
            text(
                "porcentaje",
                &[
                    "% respecto el monto contractual",
                    "% respecto al monto contractual",
                    "porcentaje",
                    "% del total",
                    "% de la oferta",
                    "% del contrato",
                    "%",
                ],
            ),
        ],
        required: &["rubro"],
        given: &[],
        expected: false,
    },
];

/// Heads of the sections of a unit price analysis: equipment and labour, then materials and transport.
pub const APU_SPECS: &[TableSpec] = &[
    TableSpec {
        types: &["FUO_1_6_APU"],
        columns: &[
            text(
                "descripcion",
                &[
                    "descripcion",
                    "descripcion (categoria)",
                    "descripcion categoria",
                    "descripcion a",
                    "equipo",
                    "equipos",
                    "trabajador",
                    "cargo",
                    "categoria",
                    "personal",
                    "detalle",
                    "mano de obra",
                    "maquinaria",
                    "maquinaria y herramientas",
                    "equipo y herramientas",
                    "equipos y herramientas",
                    "equipo y maquinaria",
                ],
            ),
            number("cantidad", &["cantidad", "cantidad a", "cant", "numero", "no", "num"]),
            number(
                "tarifa",
                &[
                    "tarifa",
                    "tarifa b",
                    "jornal/hr",
                    "jornal/hr b",
                    "jornal / hr",
                    "jornal/hr. b",
                    "jornal hr",
                    "jornal",
                    "jornal b",
                    "jornal/h",
                    "tarifa/h",
                    "tarifa hora",
                    "s.r.h",
                    "salario real hora",
                    "salario real",
                ],
            ),
            number(
                "costo_hora",
                &[
                    "costo hora",
                    "costo hora c=a*b",
                    "costo hora c=axb",
                    "costo hora c = a * b",
                    "costo/h",
                    "costo horario",
                    "costo h",
                ],
            ),
            number("rendimiento", &["rendimiento", "rendimiento r", "rend", "rendim", "rendim r", "rend r"]),
            number(
                "costo",
                &["costo", "costo d=c*r", "costo d=cxr", "costo d = c * r", "costo total", "total"],
            ),
        ],
        required: &["descripcion", "cantidad", "tarifa", "costo_hora", "costo"],
        given: &[],
        expected: false,
    },
    TableSpec {
        types: &["FUO_1_6_APU"],
        columns: &[
            text(
                "descripcion",
                &[
                    "descripcion",
                    "descripcion a",
                    "material",
                    "materiales",
                    "detalle",
                    "material transportado",
                ],
            ),
            text("unidad", &["unidad", "unid", "und"]),
            number("cantidad", &["cantidad", "cantidad a", "cant"]),
            number(
                "precio_unitario",
                &[
                    "precio unitario",
                    "precio unitario b",
                    "precio unit",
                    "precio unit. b",
                    "unitario",
                    "unitario b",
                    "p. unitario b",
                    "tarifa",
                    "tarifa b",
                    "p. unitario",
                ],
            ),
            number(
                "costo",
                &[
                    "costo",
                    "costo c=a*b",
                    "costo c=axb",
                    "b c=a*b",
                    "costo c = a * b",
                    "costo total",
                    "total",
                ],
            ),
        ],
        required: &["descripcion", "unidad", "cantidad", "precio_unitario", "costo"],
        given: &[],
        expected: false,
    },
];

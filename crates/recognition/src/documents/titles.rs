//! Titles under which each type is handed in. Forms are told by title, never by number: numbers differ between models.

/// Pairs a type with its titles, folded, without their numbering. A title that also begins other titles stands after them.
pub const TITLES: &[(&str, &[&str])] = &[
    (
        "FUO_1_1",
        &[
            "presentacion y compromiso",
            "carta de presentacion y compromiso",
            "carta de presentacion de la oferta",
        ],
    ),
    (
        "FUO_1_2",
        &["datos generales del oferente", "datos generales de la oferente", "identificacion del oferente"],
    ),
    (
        "FUO_1_3",
        &[
            "nomina de accionistas, participes o socios mayoritarios",
            "nomina de socios, accionistas o participes mayoritarios",
            "nomina de socio(s), accionista(s) o participe(s) mayoritarios",
            "nomina de accionistas, participes o socios",
            "nomina de socios",
        ],
    ),
    (
        "EEFF",
        &["estado de situacion financiera", "balance general", "estado de resultados", "estados financieros"],
    ),
    ("FUO_1_4", &["situacion financiera"]),
    (
        "FUO_1_5_RUBROS",
        &[
            "tabla de descripcion de rubros, unidades, cantidades y precios",
            "tabla de rubros, unidades, cantidades y precios",
            "tabla de rubros",
            "presupuesto ofertado",
        ],
    ),
    (
        "FUO_1_5_CANT",
        &["tabla de cantidades y precios", "tabla de precios y cantidades", "tabla de cantidades"],
    ),
    ("FUO_1_6_APU", &["analisis de precios unitarios", "analisis de precio unitario"]),
    (
        "FUO_1_6_COMP",
        &[
            "componentes de los bienes y/o servicios ofertados",
            "componentes de los bienes o servicios ofertados",
            "componentes de los (bienes o servicios) ofertados",
            "componentes de los bienes ofertados",
            "componentes de los servicios ofertados",
        ],
    ),
    (
        "FUO_1_7_MET",
        &["metodologia de construccion", "metodologia de ejecucion", "metodologia y procedimientos"],
    ),
    (
        "FUO_1_8_CRON",
        &[
            "cronograma valorado de trabajos",
            "cronograma valorado de obra",
            "cronograma valorado",
            "cronograma de ejecucion",
        ],
    ),
    ("FUO_1_9_EXP", &["experiencia del oferente", "experiencia general y especifica del oferente"]),
    (
        "FUO_1_10_PER",
        &[
            "personal tecnico propuesto para el proyecto",
            "personal tecnico propuesto",
            "personal tecnico minimo requerido",
            "personal tecnico minimo",
            "personal propuesto para el proyecto",
        ],
    ),
    (
        "FUO_1_11_EQ",
        &[
            "equipo asignado al proyecto",
            "equipo minimo requerido",
            "equipo minimo propuesto",
            "equipo propuesto",
        ],
    ),
    (
        "FUO_1_12_PE",
        &[
            "participacion ecuatoriana para el proyecto",
            "participacion ecuatoriana",
            "participacion nacional",
        ],
    ),
    (
        "FUO_VAE",
        &[
            "declaracion de valor agregado ecuatoriano de la oferta",
            "declaracion del valor agregado ecuatoriano de la oferta",
            "formulario para la declaracion de valor agregado ecuatoriano de la oferta",
            "formulario de declaracion de valor agregado ecuatoriano",
            "calculo del porcentaje de valor agregado ecuatoriano",
            "calculo de porcentaje de valor agregado ecuatoriano",
        ],
    ),
    (
        "FORM_II_ETAPA",
        &[
            "formulario de compromiso de cumplimiento de parametros en etapa contractual",
            "compromiso de cumplimiento de parametros en etapa contractual",
            "formulario de compromiso de cumplimiento de parametros",
        ],
    ),
    (
        "FORM_CONSORCIO",
        &[
            "formulario de compromiso de asociacion o consorcio",
            "modelo de compromiso de asociacion o consorcio",
            "compromiso de asociacion o consorcio",
            "compromiso de consorcio",
        ],
    ),
    (
        "FORM_SUBCON",
        &[
            "formulario de compromiso de subcontratacion",
            "formulario de compromiso para subcontratacion",
            "compromiso de subcontratacion",
            "carta compromiso de subcontratacion",
        ],
    ),
    ("FORM_INTEGRIDAD", &["formulario unico de acuerdo de integridad", "acuerdo de integridad"]),
    ("FORM_VINCULACION", &["analisis de vinculaciones"]),
    (
        "RUC_SRI",
        &[
            "registro unico de contribuyentes",
            "certificado registro unico de contribuyentes",
            "certificado de ruc",
        ],
    ),
    (
        "RUP",
        &["registro unico de proveedores", "certificado de registro unico de proveedores", "certificado rup"],
    ),
    ("CERT_SRI", &["certificado de cumplimiento tributario", "certificado de estado tributario"]),
    (
        "CERT_IESS",
        &[
            "certificado de cumplimiento de obligaciones patronales",
            "certificado de cumplimiento de obligaciones",
            "certificado de no adeudar al iess",
        ],
    ),
    (
        "NOMBRAMIENTO",
        &[
            "nombramiento de gerente general",
            "nombramiento de representante legal",
            "nombramiento de presidente",
            "nombramiento",
        ],
    ),
    ("PODER", &["poder especial"]),
    (
        "ESCRITURA",
        &["escritura publica de constitucion", "constitucion de compania", "constitucion de la compania"],
    ),
    ("CEDULA_DOC", &["cedula de identidad", "cedula de ciudadania", "certificado de votacion"]),
    (
        "F101_F102",
        &[
            "declaracion del impuesto a la renta",
            "declaracion de impuesto a la renta",
            "formulario 101",
            "formulario 102",
        ],
    ),
    (
        "CONTRATO_EXP",
        &[
            "contrato de ejecucion de obra",
            "contrato de prestacion de servicios",
            "contrato de adquisicion",
            "contrato no",
            "contrato nro",
        ],
    ),
    (
        "ACTA_ER",
        &[
            "acta unica de entrega recepcion",
            "acta de entrega recepcion definitiva",
            "acta de entrega recepcion provisional",
            "acta de entrega recepcion unica",
            "acta de entrega recepcion parcial",
            "acta de entrega recepcion total",
            "acta de entrega y recepcion",
            "acta de entrega recepcion",
            "acta entrega recepcion",
        ],
    ),
    (
        "CERT_EXP",
        &[
            "certificado de experiencia",
            "certificacion de experiencia",
            "certificado de trabajo",
            "certificado de cumplimiento de contrato",
            "certificado de cumplimiento",
            "certificado laboral",
            "certificado de ejecucion",
        ],
    ),
    ("FACTURA", &["factura"]),
    ("PLANILLA", &["planilla de avance", "planilla de liquidacion", "planilla no", "planilla nro"]),
    ("CV", &["hoja de vida", "curriculum vitae"]),
    ("TITULO", &["registro de titulo", "titulo registrado", "informacion del titulo"]),
    (
        "COMPROMISO_PERS",
        &[
            "compromiso del profesional asignado al proyecto",
            "carta de compromiso del profesional",
            "compromiso del profesional",
        ],
    ),
    (
        "COMPROMISO_EQUIPO",
        &[
            "compromiso de arrendamiento",
            "compromiso de alquiler",
            "carta compromiso de arriendo",
            "carta de compromiso de arrendamiento",
            "compromiso de arriendo",
        ],
    ),
    ("MATRICULA", &["matricula vehicular", "especie de matricula", "documento de matricula"]),
    (
        "FICHA_TECNICA",
        &[
            "ficha tecnica",
            "ficha tecnica del producto ofertado",
            "ficha tecnica del bien ofertado",
            "ficha tecnica del equipo ofertado",
            "ficha tecnica del producto",
            "data sheet",
        ],
    ),
    (
        "DISTRIBUIDOR",
        &[
            "certificado de distribuidor autorizado",
            "certificado de distribuidor",
            "carta de distribucion",
            "autorizacion de fabricante",
        ],
    ),
    ("GARANTIA_TEC", &["garantia tecnica", "modelo de garantia tecnica", "carta de garantia"]),
    (
        "POLIZA",
        &["poliza de seguro de", "poliza de fiel cumplimiento", "poliza de buen uso", "garantia bancaria"],
    ),
    ("MIPYME", &["registro unico de mipymes", "certificado mipyme", "calificacion artesanal"]),
    ("BANCARIO", &["certificado bancario", "certificacion bancaria", "certificado de cuenta"]),
    (
        "PLIEGO",
        &[
            "pliego del procedimiento de",
            "pliegos del procedimiento de",
            "modelo de pliego",
            "condiciones particulares del pliego",
            "condiciones generales",
        ],
    ),
    ("TDR", &["terminos de referencia", "especificaciones tecnicas"]),
    ("ACLARACIONES", &["acta de preguntas, respuestas y aclaraciones", "acta de preguntas y respuestas"]),
    ("RESP_CONV", &["convalidacion de errores", "respuesta a la convalidacion", "respuesta a convalidacion"]),
    ("PROFORMA", &["proforma", "cotizacion no"]),
    ("OFERTA_ECONOMICA_CONSULTORIA", &["oferta economica de consultoria"]),
    ("PLAN_TRABAJO", &["plan de trabajo, enfoque y alcance", "plan de trabajo, enfoque", "plan de trabajo"]),
    ("DECLARACION_JURAMENTADA", &["declaracion juramentada", "declaracion jurada"]),
    (
        "CONSORCIO_CONSTITUIDO",
        &[
            "constitucion de consorcio",
            "constitucion de asociacion o consorcio",
            "escritura publica de constitucion de consorcio",
            "contrato de consorcio",
        ],
    ),
    ("SEPARADOR", &["documentos habilitantes", "separador"]),
    ("CARATULA", &["oferta tecnica y economica", "oferta tecnica", "caratula de la oferta"]),
];

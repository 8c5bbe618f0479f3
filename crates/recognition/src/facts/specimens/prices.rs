//! Prices, terms and shares.

use super::{BARE, Specimen};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        kind: "FUO_1_5_RUBROS",
        author: "modelo",
        rows: &[
            "1.5 TABLA DE DESCRIPCIÓN DE RUBROS, UNIDADES, CANTIDADES Y PRECIOS",
            "No. | Rubro / Descripción | Unidad | Cantidad | Precio unitario | Precio global",
            "1 | Excavación a máquina | m3 | 3.178,94 | 9,86 | 31.344,35",
            "2 | Imprimación | m2 | 100,00 | 1,43 | 143,00",
            "TOTAL | 31.487,35",
            "PRECIO TOTAL DE LA OFERTA: USD 31.487,35",
            "(treinta y un mil cuatrocientos ochenta y siete con 35/100 dólares)",
            "Agregado ecuatoriano de la oferta: 62,15 %",
        ],
        reads: &[
            ("total_numeros", "31487.35"),
            ("total_letras", "31487.35"),
            ("agregado_ecuatoriano", "62.15"),
        ],
        cells: &[
            ("numero", "1"),
            ("descripcion", "Excavación a máquina"),
            ("unidad", "m3"),
            ("cantidad", "3.178,94"),
            ("precio_unitario", "9,86"),
            ("precio_total", "31.344,35"),
        ],
        never: &[("total_numeros", "143.00")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_5_RUBROS",
        author: "presupuesto, escaneado",
        noisy: true,
        rows: &[
            "PRESUPUESTO OFERTADO",
            "ÍTEM | DESCRIPCIÓN DEL RUBRO | UND | CANT. | P. UNITARIO | P. TOTAL",
            "1 | Replanteo y nivelación | m2 | 250,00 | 1,20 | 300,00",
            "2 | Hormigón simple | m3 | 10,00 | 142,50 | 1.425,00",
            "PRECIO TOTAL DE LA OFERTA: 1.725,00",
            "Son: mil setecientos veinticinco con 00/100 dólares",
        ],
        reads: &[("total_numeros", "1725.00"), ("total_letras", "1725.00")],
        cells: &[("precio_unitario", "142,50"), ("precio_total", "1.425,00")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_5_CANT",
        author: "modelo",
        rows: &[
            "1.5 TABLA DE CANTIDADES Y PRECIOS",
            "Código CPC | Descripción del bien o servicio | Unidad | Cantidad | Precio unitario | Precio Total",
            "452800042 | Computador portátil | u | 10 | 980,00 | 9.800,00",
            "452900011 | Impresora láser | u | 2 | 250,00 | 500,00",
            "TOTAL | 10.300,00",
            "Número de cuenta para el pago: 22001234567",
        ],
        reads: &[("total", "10300.00")],
        cells: &[
            ("cpc", "452800042"),
            ("descripcion", "Computador portátil"),
            ("unidad", "u"),
            ("cantidad", "10"),
            ("precio_unitario", "980,00"),
            ("precio_total", "9.800,00"),
        ],
        never: &[("total", "500.00")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_5_CANT",
        author: "servicios, escaneado",
        noisy: true,
        rows: &[
            "TABLA DE CANTIDADES Y PRECIOS",
            "Descripción | Unidad de medida | Cantidad | Precio unitario | Precio total",
            "Limpieza de oficinas | mes | 12 | 1.250,00 | 15.000,00",
            "TOTAL | 15.000,00",
        ],
        reads: &[("total", "15000.00")],
        cells: &[("unidad", "mes"), ("precio_total", "15.000,00")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_6_APU",
        author: "modelo",
        rows: &[
            "ANÁLISIS DE PRECIOS UNITARIOS",
            "RUBRO: | Excavación a máquina",
            "UNIDAD: | m3",
            "EQUIPOS",
            "Descripción | Cantidad | Tarifa | Costo hora | Rendimiento | Costo",
            "Retroexcavadora | 1,00 | 35,00 | 35,00 | 0,05 | 1,75",
            "SUBTOTAL M | 1,75",
            "MANO DE OBRA",
            "Descripción | Cantidad | Jornal/HR | Costo hora | Rendimiento | Costo",
            "Operador C1 | 1,00 | 4,55 | 4,55 | 0,05 | 0,23",
            "SUBTOTAL N | 0,23",
            "MATERIALES",
            "Descripción | Unidad | Cantidad | Precio unitario | Costo",
            "Combustible | gal | 0,50 | 2,72 | 1,36",
            "SUBTOTAL O | 1,36",
            "TRANSPORTE",
            "Descripción | Unidad | Cantidad | Tarifa | Costo",
            "Desalojo | m3-km | 1,00 | 0,25 | 0,25",
            "SUBTOTAL P | 0,25",
            "TOTAL COSTO DIRECTO (M+N+O+P) | 3,59",
            "INDIRECTOS % | 20,00 %",
            "UTILIDAD % | 5,00 %",
            "COSTO TOTAL DEL RUBRO | 4,49",
            "VALOR OFERTADO | 4,49",
        ],
        reads: &[
            ("rubro", "Excavación a máquina"),
            ("unidad", "m3"),
            ("subtotal_m", "1.75"),
            ("subtotal_n", "0.23"),
            ("subtotal_o", "1.36"),
            ("subtotal_p", "0.25"),
            ("costo_directo", "3.59"),
            ("indirectos_pct", "20"),
            ("utilidad_pct", "5"),
            ("valor_ofertado", "4.49"),
        ],
        cells: &[
            ("tarifa", "35,00"),
            ("rendimiento", "0,05"),
            ("precio_unitario", "2,72"),
            ("costo", "0,25"),
        ],
        never: &[("valor_ofertado", "3.59")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_6_APU",
        author: "compacto, escaneado",
        noisy: true,
        rows: &[
            "ANALISIS DE PRECIO UNITARIO",
            "RUBRO: | Replanteo y nivelación",
            "SUBTOTAL EQUIPO: | 1,75",
            "SUBTOTAL MANO DE OBRA: | 0,23",
            "SUBTOTAL MATERIALES: | 1,36",
            "COSTOS DIRECTOS: | 3,34",
            "PRECIO UNITARIO OFERTADO: | 4,18",
        ],
        reads: &[
            ("rubro", "Replanteo y nivelación"),
            ("subtotal_m", "1.75"),
            ("subtotal_n", "0.23"),
            ("subtotal_o", "1.36"),
            ("costo_directo", "3.34"),
            ("valor_ofertado", "4.18"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_6_COMP",
        author: "modelo",
        rows: &[
            "COMPONENTES DE LOS BIENES OFERTADOS",
            "Especificación técnica requerida | Especificación técnica ofertada",
            "Memoria de 16 GB | Memoria de 32 GB",
            "Disco de 500 GB | Disco de 1 TB",
            "Plazo de entrega: 45 días. Garantía técnica: 24 meses.",
            "Marca: ACME Modelo: X-200 País de origen: China",
        ],
        reads: &[
            ("marca", "ACME"),
            ("modelo", "X-200"),
            ("origen", "China"),
            ("plazo_entrega", "45"),
            ("garantia_tecnica", "24 meses"),
        ],
        cells: &[("requerida", "Memoria de 16 GB"), ("ofertada", "Memoria de 32 GB")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_6_COMP",
        author: "lista, escaneada",
        noisy: true,
        rows: &[
            "COMPONENTES DEL BIEN OFERTADO",
            "Requerimiento | Oferta del proveedor",
            "Potencia de 5 kW | Potencia de 6 kW",
            "Plazo de entrega: 30 días. Garantía técnica: 12 meses. Tiempo de respuesta: 48 horas.",
        ],
        reads: &[("plazo_entrega", "30"), ("garantia_tecnica", "12 meses")],
        cells: &[("ofertada", "Potencia de 6 kW")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_8_CRON",
        author: "modelo",
        rows: &[
            "CRONOGRAMA VALORADO DE TRABAJOS",
            "PLAZO TOTAL DE EJECUCIÓN: 60 días calendario",
            "Rubro | Precio total | Mes 1 | Mes 2",
            "Excavación | 1.000,00 | 400,00 | 600,00",
            "INVERSIÓN MENSUAL | 1.000,00 | 400,00 | 600,00",
            "AVANCE PARCIAL EN % | 100,00 | 40,00 | 60,00",
            "INVERSIÓN ACUMULADA | | 400,00 | 1.000,00",
            "AVANCE ACUMULADO EN % | | 40,00 | 100,00",
        ],
        reads: &[
            ("plazo", "60"),
            ("periodos[].monto", "400.00"),
            ("periodos[].monto", "600.00"),
            ("periodos[].porcentaje", "40"),
            ("periodos[].porcentaje", "60"),
            ("periodos[].acumulado", "400.00"),
            ("periodos[].acumulado", "1000.00"),
            ("periodos[].acumulado_pct", "40"),
            ("periodos[].acumulado_pct", "100"),
        ],
        cells: &[("periodo_2", "600,00"), ("concepto", "acumulado")],
        never: &[("periodos[].monto", "1000.00")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_8_CRON",
        author: "Gantt, escaneado",
        noisy: true,
        rows: &[
            "CRONOGRAMA VALORADO",
            "PLAZO: 45 DÍAS CALENDARIO",
            "MONTO PARCIAL | 150,50 | 49,50",
            "PORCENTAJE PARCIAL | 75,25 % | 24,75 %",
            "MONTO ACUMULADO | 150,50 | 200,00",
            "PORCENTAJE ACUMULADO | 75,25 % | 100 %",
        ],
        reads: &[("plazo", "45"), ("periodos[].monto", "150.50"), ("periodos[].monto", "49.50")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_7_MET",
        author: "modelo",
        rows: &[
            "METODOLOGÍA DE CONSTRUCCIÓN",
            "La metodología observa la secuencia lógica de las actividades y el equipo mínimo solicitado en el pliego del proceso.",
            "Se abrirán dos frentes de trabajo simultáneos: obras preliminares y estructura, a cargo de un residente de obra.",
        ],
        reads: &[(
            "texto",
            "La metodología observa la secuencia lógica de las actividades y el equipo mínimo solicitado en el pliego del proceso. Se abrirán dos frentes de trabajo simultáneos: obras preliminares y estructura, a cargo de un residente de obra.",
        )],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_7_MET",
        author: "prosa, escaneada",
        noisy: true,
        rows: &[
            "METODOLOGÍA DE CONSTRUCCIÓN",
            "........................................",
            "Procedimiento constructivo: replanteo con equipo topográfico, excavación por tramos y control de niveles en cada eje,",
            "con ensayos de laboratorio de los materiales y señalización nocturna del sitio de la obra.",
        ],
        reads: &[(
            "texto",
            "Procedimiento constructivo: replanteo con equipo topográfico, excavación por tramos y control de niveles en cada eje, con ensayos de laboratorio de los materiales y señalización nocturna del sitio de la obra.",
        )],
        ..BARE
    },
    Specimen {
        kind: "PLAN_TRABAJO",
        author: "consultor",
        rows: &[
            "PLAN DE TRABAJO",
            "El enfoque parte del diagnóstico de la situación actual y de la participación de los usuarios en cada etapa del estudio,",
            "con talleres, visitas técnicas y revisión documental, y con la validación de cada producto por la entidad contratante.",
        ],
        reads: &[(
            "texto",
            "El enfoque parte del diagnóstico de la situación actual y de la participación de los usuarios en cada etapa del estudio, con talleres, visitas técnicas y revisión documental, y con la validación de cada producto por la entidad contratante.",
        )],
        ..BARE
    },
    Specimen {
        kind: "PLAN_TRABAJO",
        author: "escaneado",
        noisy: true,
        rows: &[
            "PLAN DE TRABAJO",
            "Fase uno: recopilación de información secundaria y reconocimiento de campo con los técnicos de la entidad contratante.",
            "Fase dos: análisis de alternativas, formulación de la propuesta y transferencia de conocimientos al personal.",
        ],
        reads: &[(
            "texto",
            "Fase uno: recopilación de información secundaria y reconocimiento de campo con los técnicos de la entidad contratante. Fase dos: análisis de alternativas, formulación de la propuesta y transferencia de conocimientos al personal.",
        )],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_12_PE",
        author: "dos columnas",
        rows: &[
            "PARTICIPACIÓN ECUATORIANA PARA EL PROYECTO",
            "Agregado ecuatoriano mínimo del pliego: | 40,00 %",
            "Agregado ecuatoriano de la oferta: | 62,15 %",
            "Nivel de transferencia de tecnología: TT-2",
        ],
        reads: &[("porcentaje", "62.15"), ("nivel", "TT-2")],
        never: &[("porcentaje", "40")],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_12_PE",
        author: "en oraciones, escaneada",
        noisy: true,
        rows: &[
            "PARTICIPACIÓN NACIONAL OFERTADA",
            "Según el estudio de desagregación aprobado, el oferente propone una participación ecuatoriana del 57,82 %.",
        ],
        reads: &[("porcentaje", "57.82")],
        ..BARE
    },
    Specimen {
        kind: "FUO_VAE",
        author: "cuadro",
        rows: &[
            "DECLARACIÓN DE VALOR AGREGADO ECUATORIANO DE LA OFERTA",
            "Pregunta | Respuesta",
            "¿Es usted DISTRIBUIDOR o INTERMEDIARIO de todos los bienes? | SI ( ) NO ( X )",
            "¿Cuánto va a importar o importó, directamente? | 1.500,00",
            "¿Cuánto va a comprar o compró en el Ecuador, importado? | 320,50",
            "Oferta económica final: USD 9.600,00",
            "Porcentaje de valor agregado ecuatoriano declarado: 81,04 %",
            "Umbral de VAE del procedimiento: 40,00 %",
        ],
        reads: &[
            ("intermediario", "false"),
            ("importacion_directa", "1500.00"),
            ("comprado_ec_importado", "320.50"),
            ("oferta", "9600.00"),
            ("vae_pct", "81.04"),
        ],
        never: &[("vae_pct", "40")],
        ..BARE
    },
    Specimen {
        kind: "FUO_VAE",
        author: "en oraciones, escaneada",
        noisy: true,
        rows: &[
            "DECLARACIÓN DE VALOR AGREGADO ECUATORIANO",
            "El oferente no es intermediario (distribuidor, comerciante, importador o representante directo).",
            "Materia prima e insumos importados: USD 1.500,00. Compras locales de origen importado: USD 320,50. Porcentaje VAE",
            "declarado: 81,04 %.",
        ],
        reads: &[
            ("intermediario", "false"),
            ("importacion_directa", "1500.00"),
            ("comprado_ec_importado", "320.50"),
            ("vae_pct", "81.04"),
        ],
        ..BARE
    },
    Specimen {
        kind: "OFERTA_ECONOMICA_CONSULTORIA",
        author: "modelo",
        rows: &[
            "OFERTA ECONÓMICA",
            "REMUNERACIONES | 20.000,00",
            "HONORARIOS | 5.000,00",
            "TOTAL | 25.000,00",
            "TOTAL: (en letras) veinticinco mil con 00/100 dólares, sin IVA",
        ],
        reads: &[("total", "25000.00"), ("total_letras", "25000.00")],
        never: &[("total", "5000.00")],
        ..BARE
    },
    Specimen {
        kind: "OFERTA_ECONOMICA_CONSULTORIA",
        author: "carta, escaneada",
        noisy: true,
        rows: &[
            "OFERTA ECONÓMICA DE CONSULTORÍA",
            "Costos directos | 20.000,00",
            "Total | 25.000,00",
            "Son: veinticinco mil con 00/100 dólares",
        ],
        reads: &[("total", "25000.00"), ("total_letras", "25000.00")],
        ..BARE
    },
];

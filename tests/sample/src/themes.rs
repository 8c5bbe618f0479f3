//! What the fictional processes buy: goods with their specifications, and works with their rubros and unit price analyses.

/// One good: CPC, description, unit, range of quantity, range of reference price in cents, specifications (asked, what suits).
pub(crate) struct Good {
    /// CPC of nine digits.
    pub cpc: &'static str,
    /// Description.
    pub description: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Lowest and highest quantity.
    pub quantity: (i64, i64),
    /// Lowest and highest reference price, in cents.
    pub price: (i64, i64),
    /// What is asked and what suits.
    pub specifications: &'static [(&'static str, &'static str)],
}

/// A purchase of goods.
pub(crate) struct GoodsTheme {
    /// Object of the process.
    pub object: &'static str,
    /// What is bought.
    pub goods: &'static [Good],
    /// Activity (CIIU) that suits.
    pub activity: (&'static str, &'static str),
}

macro_rules! good {
    ($cpc:literal, $description:literal, $unit:literal, $quantity:expr, $price:expr, [$(($asked:literal, $suits:literal)),* $(,)?]) => {
        Good { cpc: $cpc, description: $description, unit: $unit, quantity: $quantity, price: $price, specifications: &[$(($asked, $suits)),*] }
    };
}

/// The studies by concurso público de consultoría.
pub(crate) const STUDIES: &[GoodsTheme] = &[
    GoodsTheme {
        object: "CONSULTORÍA PARA LOS ESTUDIOS Y DISEÑOS DEFINITIVOS DEL SISTEMA DE ALCANTARILLADO DE LA PARROQUIA EL EJEMPLO",
        activity: ("M711013", "ACTIVIDADES DE DISEÑO DE INGENIERÍA Y CONSULTORÍA DE INGENIERÍA"),
        goods: &[good!(
            "833110011",
            "Estudios y diseños definitivos del sistema de alcantarillado",
            "u",
            (1, 1),
            (9_000_000, 18_000_000),
            []
        )],
    },
    GoodsTheme {
        object: "CONSULTORÍA PARA LOS ESTUDIOS DEL PUENTE VEHICULAR SOBRE EL RÍO SIN NOMBRE",
        activity: ("M711013", "ACTIVIDADES DE DISEÑO DE INGENIERÍA Y CONSULTORÍA DE INGENIERÍA"),
        goods: &[good!(
            "833110012",
            "Estudios y diseños definitivos del puente vehicular",
            "u",
            (1, 1),
            (8_500_000, 16_000_000),
            []
        )],
    },
];

/// The purchases by subasta inversa.
pub(crate) const GOODS: &[GoodsTheme] = &[
    GoodsTheme {
        object: "ADQUISICIÓN DE EQUIPOS DE CÓMPUTO PARA LAS DEPENDENCIAS ADMINISTRATIVAS",
        activity: ("G465101", "VENTA AL POR MAYOR DE COMPUTADORAS Y EQUIPO PERIFÉRICO"),
        goods: &[
            good!(
                "452300011",
                "Computador de escritorio",
                "u",
                (18, 60),
                (68_000, 98_000),
                [
                    (
                        "Procesador de 6 núcleos o superior, frecuencia base mínima de 2,5 GHz",
                        "Procesador de 8 núcleos, frecuencia base de 2,9 GHz"
                    ),
                    ("Memoria RAM mínima de 16 GB DDR4", "Memoria RAM de 16 GB DDR5"),
                    (
                        "Unidad de estado sólido de 512 GB o superior",
                        "Unidad de estado sólido de 512 GB NVMe"
                    ),
                    ("Pantalla de 21 pulgadas o superior", "Pantalla de 23,8 pulgadas"),
                ]
            ),
            good!(
                "452300012",
                "Computador portátil",
                "u",
                (6, 25),
                (82_000, 125_000),
                [
                    ("Pantalla de 14 a 15,6 pulgadas", "Pantalla de 15,6 pulgadas"),
                    ("Memoria RAM mínima de 16 GB", "Memoria RAM de 16 GB ampliable"),
                    ("Autonomía de batería de 6 horas o superior", "Autonomía de 8 horas"),
                ]
            ),
            good!(
                "452600021",
                "Impresora multifunción láser",
                "u",
                (4, 15),
                (31_000, 56_000),
                [
                    ("Velocidad mínima de 30 páginas por minuto", "Velocidad de 38 páginas por minuto"),
                    ("Conexión por red y USB", "Red Gigabit, USB 2.0 y Wi-Fi"),
                ]
            ),
            good!(
                "462120014",
                "Unidad de alimentación ininterrumpida de 1 kVA",
                "u",
                (15, 50),
                (8_500, 15_500),
                [
                    ("Potencia mínima de 1000 VA / 600 W", "Potencia de 1000 VA / 600 W"),
                    ("Regulación automática de voltaje", "Regulación automática incluida"),
                ]
            ),
        ],
    },
    GoodsTheme {
        object: "ADQUISICIÓN DE LUMINARIAS LED PARA EL ALUMBRADO DE ESPACIOS PÚBLICOS DEL CANTÓN",
        activity: ("G465912", "VENTA AL POR MAYOR DE MATERIAL Y EQUIPO ELÉCTRICO"),
        goods: &[
            good!(
                "465310011",
                "Luminaria LED de 100 W con fotocontrol",
                "u",
                (80, 260),
                (9_800, 16_400),
                [
                    ("Potencia nominal de 100 W ± 5 %", "Potencia nominal de 100 W"),
                    ("Eficacia luminosa mínima de 130 lm/W", "Eficacia luminosa de 145 lm/W"),
                    ("Grado de protección IP66 o superior", "Grado de protección IP66"),
                    ("Vida útil mínima de 50.000 horas", "Vida útil de 100.000 horas"),
                ]
            ),
            good!(
                "465310012",
                "Luminaria LED de 150 W con fotocontrol",
                "u",
                (40, 140),
                (13_900, 21_500),
                [
                    ("Potencia nominal de 150 W ± 5 %", "Potencia nominal de 150 W"),
                    ("Temperatura de color entre 4000 K y 5000 K", "Temperatura de color de 4000 K"),
                ]
            ),
            good!(
                "429990913",
                "Brazo metálico galvanizado de 1,50 m",
                "u",
                (120, 380),
                (1_650, 2_900),
                [(
                    "Tubo de acero galvanizado en caliente de 1 1/2 pulgadas",
                    "Tubo de acero galvanizado en caliente de 1 1/2 pulgadas"
                ),]
            ),
            good!(
                "463400213",
                "Conductor preensamblado de aluminio 2x16 mm2",
                "m",
                (1500, 6000),
                (95, 185),
                [("Aislamiento XLPE para 0,6/1 kV", "Aislamiento XLPE 0,6/1 kV"),]
            ),
        ],
    },
    GoodsTheme {
        object: "ADQUISICIÓN DE INSUMOS Y DISPOSITIVOS PARA EL LABORATORIO CLÍNICO",
        activity: ("G464921", "VENTA AL POR MAYOR DE INSTRUMENTAL Y DISPOSITIVOS MÉDICOS"),
        goods: &[
            good!(
                "354100121",
                "Tubo al vacío con EDTA K2 de 4 ml",
                "u",
                (8_000, 26_000),
                (12, 24),
                [
                    ("Tubo plástico con tapa de seguridad lila", "Tubo plástico con tapa de seguridad lila"),
                    ("Vida útil mínima de 12 meses a la entrega", "Vida útil de 18 meses a la entrega"),
                ]
            ),
            good!(
                "354100122",
                "Tubo al vacío sin anticoagulante de 5 ml con gel",
                "u",
                (8_000, 22_000),
                (16, 29),
                [("Gel separador y activador de coagulación", "Gel separador y activador de coagulación"),]
            ),
            good!(
                "481500312",
                "Aguja para toma múltiple 21G x 1 1/2",
                "u",
                (6_000, 20_000),
                (9, 19),
                [(
                    "Estéril, descartable, con bisel de tres facetas",
                    "Estéril, descartable, bisel de tres facetas"
                ),]
            ),
            good!(
                "352901211",
                "Reactivo para determinación de glucosa, 500 ml",
                "u",
                (30, 120),
                (3_100, 5_700),
                [
                    ("Método enzimático colorimétrico", "Método enzimático GOD-PAP"),
                    ("Linealidad mínima hasta 400 mg/dl", "Linealidad hasta 500 mg/dl"),
                ]
            ),
            good!(
                "352901212",
                "Reactivo para determinación de creatinina, 250 ml",
                "u",
                (30, 110),
                (3_400, 6_200),
                [("Método cinético de Jaffé compensado", "Método cinético de Jaffé compensado"),]
            ),
        ],
    },
    GoodsTheme {
        object: "ADQUISICIÓN DE NEUMÁTICOS PARA LA FLOTA VEHICULAR Y EL EQUIPO CAMINERO",
        activity: ("G453001", "VENTA AL POR MAYOR DE PARTES Y ACCESORIOS PARA VEHÍCULOS"),
        goods: &[
            good!(
                "361110011",
                "Neumático radial 265/70 R16",
                "u",
                (24, 80),
                (14_800, 23_900),
                [
                    ("Índice de carga mínimo de 112", "Índice de carga 112"),
                    ("Fabricación no mayor a 12 meses", "Fabricación del año en curso"),
                ]
            ),
            good!(
                "361110012",
                "Neumático radial 12 R22.5 de 18 lonas",
                "u",
                (20, 64),
                (33_500, 49_800),
                [
                    ("Diseño para tracción mixta", "Diseño para tracción mixta"),
                    ("Profundidad de labrado mínima de 18 mm", "Profundidad de labrado de 20 mm"),
                ]
            ),
            good!(
                "361110013",
                "Neumático 17.5-25 de 16 lonas para cargadora",
                "u",
                (4, 16),
                (92_000, 148_000),
                [("Banda de rodamiento L3", "Banda de rodamiento L3"),]
            ),
        ],
    },
    GoodsTheme {
        object: "ADQUISICIÓN DE MOBILIARIO ESCOLAR PARA LAS UNIDADES EDUCATIVAS",
        activity: ("C310011", "FABRICACIÓN DE MUEBLES DE MADERA Y METAL"),
        goods: &[
            good!(
                "381120011",
                "Pupitre unipersonal con estructura metálica",
                "u",
                (150, 480),
                (3_900, 6_800),
                [
                    (
                        "Estructura de tubo de acero de 1 pulgada, espesor mínimo de 1,2 mm",
                        "Tubo de acero de 1 pulgada, espesor de 1,5 mm"
                    ),
                    (
                        "Tablero de melamina de 18 mm con canto duro",
                        "Tablero de melamina de 18 mm con canto de PVC"
                    ),
                ]
            ),
            good!(
                "381210012",
                "Mesa docente de 1,20 m",
                "u",
                (12, 45),
                (9_200, 15_500),
                [
                    ("Superficie de 1,20 x 0,60 m", "Superficie de 1,20 x 0,60 m"),
                    ("Cajonera de dos gavetas con seguridad", "Cajonera de dos gavetas con cerradura"),
                ]
            ),
            good!(
                "381110013",
                "Silla docente tapizada",
                "u",
                (12, 45),
                (4_100, 7_400),
                [("Tapizado en tela de alto tráfico", "Tapizado en tela de alto tráfico"),]
            ),
            good!(
                "381220014",
                "Estantería metálica de cinco niveles",
                "u",
                (15, 60),
                (8_800, 14_900),
                [("Carga mínima de 60 kg por nivel", "Carga de 80 kg por nivel"),]
            ),
        ],
    },
    GoodsTheme {
        object: "ADQUISICIÓN DE EQUIPOS DE BOMBEO PARA LOS SISTEMAS DE AGUA POTABLE",
        activity: ("G465923", "VENTA AL POR MAYOR DE BOMBAS Y MAQUINARIA INDUSTRIAL"),
        goods: &[
            good!(
                "432200011",
                "Bomba sumergible de 15 HP para pozo profundo",
                "u",
                (2, 8),
                (385_000, 620_000),
                [
                    ("Caudal mínimo de 8 l/s a 70 m de altura", "Caudal de 9 l/s a 75 m de altura"),
                    ("Cuerpo e impulsores de acero inoxidable", "Acero inoxidable AISI 304"),
                ]
            ),
            good!(
                "462110012",
                "Tablero de control y protección de 15 HP",
                "u",
                (2, 8),
                (118_000, 215_000),
                [(
                    "Arranque suave y protección contra trabajo en seco",
                    "Arrancador suave y relé de nivel incluidos"
                ),]
            ),
            good!(
                "432400013",
                "Válvula de compuerta de hierro dúctil DN 100",
                "u",
                (8, 30),
                (11_900, 19_800),
                [("Presión nominal PN 16", "Presión nominal PN 16"),]
            ),
        ],
    },
];

/// A component of a unit price analysis: name, unit, amount per unit of the rubro in thousandths, price in cents.
pub(crate) struct Material(pub &'static str, pub &'static str, pub i64, pub i64);

/// One rubro: description, unit, quantity range, equipment (name, tariff in cents), crew (trade, category, count), yield in
/// ten-thousandths of an hour per unit, materials.
pub(crate) struct Rubro {
    /// Description.
    pub description: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Lowest and highest quantity at scale 1.
    pub quantity: (i64, i64),
    /// Equipment and hourly tariff in cents.
    pub equipment: &'static [(&'static str, i64)],
    /// Trade, category, how many.
    pub crew: &'static [(&'static str, &'static str, i64)],
    /// Hours for one unit, in ten-thousandths.
    pub hours: i64,
    /// Materials.
    pub materials: &'static [Material],
}

/// A work.
pub(crate) struct WorksTheme {
    /// Object of the process.
    pub object: &'static str,
    /// CPC.
    pub cpc: (&'static str, &'static str),
    /// Rubros.
    pub rubros: &'static [Rubro],
}

const MINOR_TOOLS: (&str, i64) = ("Herramienta menor", 45);

macro_rules! rubro {
    ($description:literal, $unit:literal, $quantity:expr, [$($equipment:expr),* $(,)?], [$($crew:expr),* $(,)?], $hours:literal, [$($material:expr),* $(,)?]) => {
        Rubro { description: $description, unit: $unit, quantity: $quantity, equipment: &[$($equipment),*], crew: &[$($crew),*], hours: $hours, materials: &[$($material),*] }
    };
}

/// Hourly wages by category, in cents (invented but of the usual order).
pub(crate) const WAGES: &[(&str, i64)] =
    &[("EO E2", 405), ("EO D2", 410), ("EO C1", 455), ("EO B3", 457), ("EO C2", 432)];

/// The works.
pub(crate) const WORKS: &[WorksTheme] = &[
    WorksTheme {
        object: "CONSTRUCCIÓN DE ACERAS, BORDILLOS Y ADOQUINADO EN LAS CALLES DEL BARRIO EL MIRADOR",
        cpc: ("532900031", "CONSTRUCCIÓN DE ACERAS Y OBRAS URBANAS"),
        rubros: &[
            rubro!(
                "Replanteo y nivelación con equipo topográfico",
                "m2",
                (2_800, 5_200),
                [MINOR_TOOLS, ("Equipo topográfico", 350)],
                [("Topógrafo", "EO C1", 1), ("Cadenero", "EO D2", 2)],
                320,
                [Material("Estacas de madera", "u", 200, 35)]
            ),
            rubro!(
                "Excavación a máquina y desalojo",
                "m3",
                (900, 1_900),
                [("Retroexcavadora", 2_650), ("Volqueta de 8 m3", 2_300)],
                [("Operador de retroexcavadora", "EO C1", 1), ("Chofer", "EO C1", 1), ("Peón", "EO E2", 1)],
                850,
                []
            ),
            rubro!(
                "Relleno compactado con material de mejoramiento",
                "m3",
                (600, 1_400),
                [MINOR_TOOLS, ("Rodillo vibratorio", 2_450)],
                [("Operador de rodillo", "EO C2", 1), ("Peón", "EO E2", 2)],
                900,
                [Material("Material de mejoramiento", "m3", 1_200, 875), Material("Agua", "m3", 60, 150)]
            ),
            rubro!(
                "Bordillo de hormigón simple f'c=210 kg/cm2, 15x40 cm",
                "m",
                (1_100, 2_600),
                [MINOR_TOOLS, ("Concretera de un saco", 430)],
                [("Maestro de obra", "EO C1", 1), ("Albañil", "EO D2", 2), ("Peón", "EO E2", 4)],
                2_100,
                [
                    Material("Cemento", "kg", 22_000, 18),
                    Material("Arena", "m3", 40, 1_500),
                    Material("Ripio", "m3", 60, 1_600),
                    Material("Encofrado metálico", "m", 1_000, 85)
                ]
            ),
            rubro!(
                "Acera de hormigón simple f'c=180 kg/cm2, e=8 cm",
                "m2",
                (1_800, 3_900),
                [MINOR_TOOLS, ("Concretera de un saco", 430)],
                [("Maestro de obra", "EO C1", 1), ("Albañil", "EO D2", 2), ("Peón", "EO E2", 5)],
                1_700,
                [
                    Material("Cemento", "kg", 26_000, 18),
                    Material("Arena", "m3", 52, 1_500),
                    Material("Ripio", "m3", 76, 1_600)
                ]
            ),
            rubro!(
                "Sub-base clase 3, tendida y compactada",
                "m3",
                (450, 1_200),
                [("Motoniveladora", 4_300), ("Rodillo vibratorio", 2_450), ("Tanquero", 2_000)],
                [
                    ("Operador de motoniveladora", "EO C1", 1),
                    ("Operador de rodillo", "EO C2", 1),
                    ("Peón", "EO E2", 2)
                ],
                380,
                [Material("Sub-base clase 3", "m3", 1_250, 1_150)]
            ),
            rubro!(
                "Cama de arena, e=5 cm",
                "m2",
                (2_400, 5_000),
                [MINOR_TOOLS],
                [("Peón", "EO E2", 3), ("Albañil", "EO D2", 1)],
                420,
                [Material("Arena", "m3", 60, 1_500)]
            ),
            rubro!(
                "Adoquinado vehicular f'c=400 kg/cm2",
                "m2",
                (2_400, 5_000),
                [MINOR_TOOLS, ("Plancha vibratoria", 380)],
                [("Maestro de obra", "EO C1", 1), ("Albañil", "EO D2", 2), ("Peón", "EO E2", 4)],
                1_300,
                [Material("Adoquín vehicular", "m2", 1_020, 1_180), Material("Arena fina", "m3", 15, 1_550)]
            ),
            rubro!(
                "Tubería de PVC corrugada DN 300 mm",
                "m",
                (180, 520),
                [MINOR_TOOLS],
                [("Plomero", "EO D2", 1), ("Peón", "EO E2", 2)],
                1_100,
                [Material("Tubería PVC DN 300", "m", 1_000, 2_480), Material("Lubricante", "kg", 20, 420)]
            ),
            rubro!(
                "Sumidero de calzada con rejilla de hierro fundido",
                "u",
                (18, 46),
                [MINOR_TOOLS],
                [("Albañil", "EO D2", 1), ("Peón", "EO E2", 2)],
                26_000,
                [
                    Material("Rejilla de hierro fundido", "u", 1_000, 7_800),
                    Material("Cemento", "kg", 90_000, 18),
                    Material("Arena", "m3", 160, 1_500)
                ]
            ),
            rubro!(
                "Señalización horizontal con pintura acrílica",
                "m",
                (600, 1_800),
                [("Franjadora", 1_150)],
                [("Pintor", "EO D2", 1), ("Peón", "EO E2", 1)],
                160,
                [Material("Pintura acrílica de tráfico", "gl", 12, 2_650)]
            ),
            rubro!(
                "Rótulo ambiental de obra",
                "u",
                (2, 6),
                [MINOR_TOOLS],
                [("Albañil", "EO D2", 1), ("Peón", "EO E2", 1)],
                40_000,
                [Material("Rótulo metálico", "u", 1_000, 14_500)]
            ),
        ],
    },
    WorksTheme {
        object: "MEJORAMIENTO DEL SISTEMA DE AGUA POTABLE Y CONSTRUCCIÓN DEL TANQUE DE RESERVA DE LA COMUNIDAD LOS CANELOS",
        cpc: ("532510011", "CONSTRUCCIÓN DE REDES Y SISTEMAS DE AGUA POTABLE"),
        rubros: &[
            rubro!(
                "Replanteo de línea de conducción",
                "km",
                (4, 9),
                [("Equipo topográfico", 350)],
                [("Topógrafo", "EO C1", 1), ("Cadenero", "EO D2", 3)],
                180_000,
                [Material("Estacas y pintura", "glb", 1_000, 4_500)]
            ),
            rubro!(
                "Excavación de zanja a máquina, h=0 a 2 m",
                "m3",
                (2_000, 4_200),
                [("Retroexcavadora", 2_650)],
                [("Operador de retroexcavadora", "EO C1", 1), ("Peón", "EO E2", 1)],
                700,
                []
            ),
            rubro!(
                "Excavación de zanja a mano",
                "m3",
                (250, 700),
                [MINOR_TOOLS],
                [("Peón", "EO E2", 3), ("Albañil", "EO D2", 1)],
                7_000,
                []
            ),
            rubro!(
                "Relleno compactado con material de sitio",
                "m3",
                (1_800, 3_700),
                [("Compactador manual", 420)],
                [("Peón", "EO E2", 3)],
                2_200,
                []
            ),
            rubro!(
                "Tubería de PVC U/E 110 mm, 1,00 MPa",
                "m",
                (1_800, 3_600),
                [MINOR_TOOLS],
                [("Plomero", "EO D2", 1), ("Peón", "EO E2", 2)],
                620,
                [
                    Material("Tubería PVC U/E 110 mm", "m", 1_020, 1_065),
                    Material("Lubricante", "kg", 10, 420)
                ]
            ),
            rubro!(
                "Tubería de PVC U/E 63 mm, 1,25 MPa",
                "m",
                (2_200, 5_200),
                [MINOR_TOOLS],
                [("Plomero", "EO D2", 1), ("Peón", "EO E2", 2)],
                480,
                [Material("Tubería PVC U/E 63 mm", "m", 1_020, 465), Material("Lubricante", "kg", 10, 420)]
            ),
            rubro!(
                "Hormigón simple f'c=240 kg/cm2 en tanque",
                "m3",
                (70, 160),
                [("Concretera de un saco", 430), ("Vibrador", 310)],
                [("Maestro de obra", "EO C1", 1), ("Albañil", "EO D2", 3), ("Peón", "EO E2", 6)],
                12_000,
                [
                    Material("Cemento", "kg", 380_000, 18),
                    Material("Arena", "m3", 650, 1_500),
                    Material("Ripio", "m3", 900, 1_600),
                    Material("Aditivo impermeabilizante", "kg", 4_000, 240)
                ]
            ),
            rubro!(
                "Acero de refuerzo fy=4200 kg/cm2",
                "kg",
                (6_500, 15_000),
                [("Cizalla y dobladora", 210)],
                [("Fierrero", "EO D2", 1), ("Peón", "EO E2", 1)],
                480,
                [
                    Material("Acero de refuerzo", "kg", 1_050, 118),
                    Material("Alambre galvanizado", "kg", 50, 195)
                ]
            ),
            rubro!(
                "Encofrado recto de madera",
                "m2",
                (300, 760),
                [MINOR_TOOLS],
                [("Carpintero", "EO D2", 1), ("Peón", "EO E2", 1)],
                6_500,
                [
                    Material("Tabla de encofrado", "u", 900, 310),
                    Material("Clavos", "kg", 250, 230),
                    Material("Alfajía", "m", 2_000, 95)
                ]
            ),
            rubro!(
                "Válvula de compuerta HF DN 110 mm",
                "u",
                (8, 22),
                [MINOR_TOOLS],
                [("Plomero", "EO D2", 1), ("Peón", "EO E2", 1)],
                22_000,
                [Material("Válvula de compuerta DN 110", "u", 1_000, 21_800)]
            ),
            rubro!(
                "Conexión domiciliaria de 1/2 pulgada con medidor",
                "u",
                (90, 220),
                [MINOR_TOOLS],
                [("Plomero", "EO D2", 1), ("Peón", "EO E2", 2)],
                30_000,
                [
                    Material("Medidor de 1/2 pulgada", "u", 1_000, 4_250),
                    Material("Kit de acometida", "u", 1_000, 3_600)
                ]
            ),
        ],
    },
    WorksTheme {
        object: "CONSTRUCCIÓN DE LA CUBIERTA METÁLICA Y ADECUACIÓN DEL MERCADO MUNICIPAL",
        cpc: ("531290021", "CONSTRUCCIÓN DE EDIFICACIONES COMERCIALES"),
        rubros: &[
            rubro!(
                "Derrocamiento de estructuras existentes",
                "m3",
                (60, 150),
                [("Martillo neumático", 980)],
                [("Operador de equipo liviano", "EO D2", 1), ("Peón", "EO E2", 3)],
                9_000,
                []
            ),
            rubro!(
                "Excavación de cimientos y plintos",
                "m3",
                (120, 320),
                [MINOR_TOOLS],
                [("Peón", "EO E2", 3), ("Albañil", "EO D2", 1)],
                6_500,
                []
            ),
            rubro!(
                "Replantillo de hormigón simple f'c=140 kg/cm2",
                "m3",
                (14, 40),
                [("Concretera de un saco", 430)],
                [("Albañil", "EO D2", 2), ("Peón", "EO E2", 5)],
                9_500,
                [
                    Material("Cemento", "kg", 270_000, 18),
                    Material("Arena", "m3", 650, 1_500),
                    Material("Ripio", "m3", 950, 1_600)
                ]
            ),
            rubro!(
                "Hormigón simple f'c=210 kg/cm2 en plintos",
                "m3",
                (45, 110),
                [("Concretera de un saco", 430), ("Vibrador", 310)],
                [("Maestro de obra", "EO C1", 1), ("Albañil", "EO D2", 2), ("Peón", "EO E2", 6)],
                10_500,
                [
                    Material("Cemento", "kg", 350_000, 18),
                    Material("Arena", "m3", 650, 1_500),
                    Material("Ripio", "m3", 950, 1_600)
                ]
            ),
            rubro!(
                "Acero de refuerzo fy=4200 kg/cm2",
                "kg",
                (5_500, 13_000),
                [("Cizalla y dobladora", 210)],
                [("Fierrero", "EO D2", 1), ("Peón", "EO E2", 1)],
                480,
                [
                    Material("Acero de refuerzo", "kg", 1_050, 118),
                    Material("Alambre galvanizado", "kg", 50, 195)
                ]
            ),
            rubro!(
                "Acero estructural A36, provisión y montaje",
                "kg",
                (22_000, 46_000),
                [("Soldadora", 290), ("Grúa telescópica", 4_600)],
                [("Perfilero", "EO C2", 1), ("Fierrero", "EO D2", 2), ("Peón", "EO E2", 1)],
                320,
                [
                    Material("Acero A36", "kg", 1_050, 152),
                    Material("Electrodos", "kg", 30, 360),
                    Material("Pintura anticorrosiva", "gl", 8, 1_850)
                ]
            ),
            rubro!(
                "Cubierta de panel metálico prepintado e=0,50 mm",
                "m2",
                (1_400, 3_100),
                [MINOR_TOOLS],
                [("Perfilero", "EO C2", 1), ("Peón", "EO E2", 2)],
                2_300,
                [
                    Material("Panel metálico prepintado", "m2", 1_050, 1_120),
                    Material("Tornillos autoperforantes", "u", 6_000, 12)
                ]
            ),
            rubro!(
                "Mampostería de bloque de 15 cm",
                "m2",
                (500, 1_300),
                [MINOR_TOOLS],
                [("Albañil", "EO D2", 1), ("Peón", "EO E2", 1)],
                5_500,
                [
                    Material("Bloque de 15 cm", "u", 13_000, 38),
                    Material("Cemento", "kg", 9_000, 18),
                    Material("Arena", "m3", 28, 1_500)
                ]
            ),
            rubro!(
                "Enlucido vertical paleteado",
                "m2",
                (900, 2_300),
                [MINOR_TOOLS],
                [("Albañil", "EO D2", 1), ("Peón", "EO E2", 1)],
                5_800,
                [Material("Cemento", "kg", 8_500, 18), Material("Arena", "m3", 24, 1_500)]
            ),
            rubro!(
                "Piso de porcelanato antideslizante",
                "m2",
                (700, 1_700),
                [("Amoladora", 120)],
                [("Albañil", "EO D2", 1), ("Peón", "EO E2", 1)],
                7_000,
                [
                    Material("Porcelanato", "m2", 1_050, 1_650),
                    Material("Adhesivo", "kg", 5_000, 42),
                    Material("Emporador", "kg", 300, 125)
                ]
            ),
            rubro!(
                "Canal de lámina galvanizada y bajantes",
                "m",
                (180, 420),
                [MINOR_TOOLS],
                [("Hojalatero", "EO D2", 1), ("Peón", "EO E2", 1)],
                6_200,
                [
                    Material("Lámina galvanizada", "m", 1_050, 940),
                    Material("Bajante PVC 110 mm", "m", 350, 520)
                ]
            ),
            rubro!(
                "Punto de iluminación con luminaria LED industrial",
                "pto",
                (48, 120),
                [MINOR_TOOLS],
                [("Electricista", "EO D2", 1), ("Peón", "EO E2", 1)],
                16_000,
                [
                    Material("Luminaria LED industrial", "u", 1_000, 6_900),
                    Material("Conductor y tubería", "glb", 1_000, 1_850)
                ]
            ),
        ],
    },
];

//! What fills the places of a template: names, numbers and phrases of our own making. Nobody of that name is meant.

use crate::random::Random;

const NAMES: &[&str] = &[
    "Amparo", "Baltazar", "Celeste", "Demetrio", "Eulalia", "Fabricio", "Graciela", "Homero", "Inés",
    "Jacinto", "Leonor", "Marcelo", "Nieves", "Octavio", "Piedad", "Ramiro", "Soledad", "Teodoro", "Úrsula",
    "Vicente", "Wilma", "Ximena", "Yolanda", "Zoilo", "Andrés", "Beatriz", "Germán", "Lucía", "Mónica",
    "Raúl",
];
const SURNAMES: &[&str] = &[
    "Alvarado",
    "Bermeo",
    "Cajas",
    "Dávalos",
    "Endara",
    "Fiallos",
    "Guamán",
    "Heredia",
    "Iza",
    "Jaramillo",
    "Lema",
    "Montalvo",
    "Naranjo",
    "Ordóñez",
    "Pilco",
    "Quishpe",
    "Rosero",
    "Salvatierra",
    "Toapanta",
    "Urgilés",
    "Villacís",
    "Yépez",
    "Zambrano",
    "Muñoz",
    "Peñafiel",
    "Cedeño",
    "Tixi",
    "Chalá",
];
const FIRMS: &[&str] = &[
    "Constructora Peña Alta",
    "Ingeniería del Páramo",
    "Suministros Río Verde",
    "Comercial Tres Lunas",
    "Obras Civiles Cóndor Azul",
    "Servicios Integrales Mirador",
    "Tecnología Nublada",
    "Distribuidora El Faique",
    "Vialsur",
    "Hidroandes",
    "Equipamientos Chimbo",
    "Proyectos Aguaclara",
    "Electromontajes Sisal",
    "Biomédica Alborada",
    "Imprenta La Rueda",
];
const FIRM_KINDS: &[&str] = &["S.A.", "Cía. Ltda.", "S.A.S.", "C.A."];
const TOWNS: &[&str] = &[
    "Ambato",
    "Loja",
    "Quito",
    "Cuenca",
    "Ibarra",
    "Riobamba",
    "Latacunga",
    "Guaranda",
    "Machala",
    "Portoviejo",
    "Tulcán",
    "Puyo",
    "Tena",
    "Macas",
    "Zamora",
    "Azogues",
    "Esmeraldas",
    "Babahoyo",
    "Guayaquil",
    "Santa Elena",
];
const PROVINCES: &[&str] = &[
    "Tungurahua",
    "Loja",
    "Pichincha",
    "Azuay",
    "Imbabura",
    "Chimborazo",
    "Cotopaxi",
    "Bolívar",
    "El Oro",
    "Manabí",
    "Carchi",
    "Pastaza",
    "Napo",
    "Guayas",
    "Los Ríos",
];
const STREETS: &[&str] = &[
    "Los Capulíes",
    "Av. de los Arrayanes",
    "Calle del Alfarero",
    "Av. Segunda Constituyente",
    "Las Retamas",
    "Pasaje Chaguarpamba",
    "Av. del Ferrocarril",
    "Los Nogales",
    "Calle Vieja",
    "Mirador del Sol",
];
const ENTITIES: &[&str] = &[
    "GAD Municipal del cantón {t}",
    "Empresa Pública Municipal de Agua Potable de {t}",
    "Hospital General de {t}",
    "Gobierno Autónomo Descentralizado Parroquial de {t}",
    "Unidad Educativa Fiscal {t}",
    "Prefectura de {t}",
    "Cuerpo de Bomberos de {t}",
    "Universidad Estatal de {t}",
    "Empresa Eléctrica Regional {t}",
    "Dirección Distrital de Salud {t}",
];
const WORKS: &[&str] = &[
    "construcción del sistema de alcantarillado sanitario del barrio {s}",
    "adoquinado de la calle {s}",
    "rehabilitación de la vía {t} - {t}",
    "construcción de la cancha cubierta de {t}",
    "mejoramiento del centro de salud de {t}",
    "construcción de muros de gavión en la quebrada {s}",
    "readecuación de aulas en {t}",
    "asfaltado de calles de la lotización {s}",
];
const GOODS: &[&str] = &[
    "equipos de computación",
    "ecógrafo portátil",
    "medidores de energía eléctrica",
    "insumos de limpieza",
    "transformadores trifásicos",
    "reactivos de laboratorio",
    "uniformes para el personal",
    "tubería de PVC de 110 mm",
    "mobiliario escolar",
    "llantas para volqueta",
    "servicio de vigilancia privada",
    "servicio de alimentación",
    "monitores multiparámetro",
    "luminarias LED",
    "bombas centrífugas",
    "mantenimiento de vehículos",
    "impresoras multifunción",
    "guantes de nitrilo",
];
const CONSULTING: &[&str] = &[
    "la fiscalización del alcantarillado de {t}",
    "los estudios y diseños definitivos de la vía {t} - {t}",
    "el plan de desarrollo y ordenamiento territorial de {t}",
    "la evaluación ambiental del relleno sanitario de {t}",
];
const ITEMS: &[&str] = &[
    "Excavación a máquina sin clasificar",
    "Replanteo y nivelación",
    "Hormigón simple f'c = 210 kg/cm2",
    "Acero de refuerzo fy = 4200 kg/cm2",
    "Encofrado recto",
    "Relleno compactado con material de sitio",
    "Mampostería de bloque e = 15 cm",
    "Enlucido vertical",
    "Suministro e instalación de tubería PVC 200 mm",
    "Desalojo de material",
    "Contrapiso e = 10 cm",
    "Cubierta de galvalume",
    "Pintura de caucho interior",
    "Punto de iluminación",
    "Tablero de distribución",
    "Cerámica para piso",
    "Sub-base clase 3",
    "Carpeta asfáltica e = 2 pulgadas",
    "Bordillo de hormigón",
    "Pozo de revisión h = 2 m",
    "Limpieza y desbroce",
    "Gavión de alambre galvanizado",
    "Rótulo informativo",
    "Señalización horizontal",
    "Puerta de madera",
    "Ventana de aluminio y vidrio",
];
const MACHINES: &[&str] = &[
    "Retroexcavadora",
    "Volqueta de 8 m3",
    "Rodillo liso vibratorio",
    "Concretera de un saco",
    "Vibrador de hormigón",
    "Motoniveladora",
    "Cargadora frontal",
    "Tanquero de agua",
    "Excavadora de orugas",
    "Herramienta menor",
    "Camioneta doble cabina",
    "Compactador manual",
];
const TRADES: &[&str] = &[
    "Peón",
    "Albañil",
    "Maestro mayor de obra",
    "Operador de maquinaria",
    "Chofer licencia E",
    "Fierrero",
    "Carpintero",
    "Plomero",
];
const MATERIALS: &[&str] = &[
    "Cemento portland",
    "Arena",
    "Ripio",
    "Agua",
    "Clavos",
    "Tabla de monte",
    "Alambre galvanizado",
    "Bloque de 15 cm",
    "Piedra bola",
];
const UNITS: &[&str] = &["m3", "m2", "m", "kg", "u", "glb", "ml", "km", "pto"];
const POSTS: &[&str] = &[
    "Alcalde",
    "Director administrativo",
    "Jefe de talento humano",
    "Gerente general",
    "Director de obras públicas",
    "Administrador del contrato",
];
const SITE_POSTS: &[&str] = &[
    "Superintendente de obra",
    "Residente de obra",
    "Ingeniero eléctrico",
    "Especialista ambiental",
    "Técnico en seguridad industrial",
    "Topógrafo",
    "Director del proyecto",
    "Técnico de mantenimiento",
];
const DEGREES: &[&str] = &[
    "Ingeniero Civil",
    "Arquitecta",
    "Ingeniera Ambiental",
    "Ingeniero Eléctrico",
    "Tecnólogo en Electromecánica",
    "Ingeniero Comercial",
    "Magíster en Gestión de Proyectos",
    "Ingeniera Industrial",
];
const UNIVERSITIES: &[&str] = &[
    "Universidad Técnica de {t}",
    "Escuela Politécnica de {t}",
    "Universidad Estatal de {t}",
    "Universidad Andina de {t}",
];
const BANKS: &[&str] =
    &["Banco del Nevado", "Banco de los Llanos", "Cooperativa La Quebrada", "Banco Solsticio"];
const INSURERS: &[&str] =
    &["Seguros El Páramo S.A.", "Aseguradora Tres Cordilleras", "Seguros Litoral Sur C.A."];
const BRANDS: &[&str] = &["Norvex", "Altimec", "Sonaris", "Kumara", "Ferrotec", "Lumina", "Hidrox", "Ventis"];
const COUNTRIES: &[&str] =
    &["Ecuador", "Brasil", "China", "Alemania", "Corea del Sur", "Estados Unidos", "México", "España"];
const SPECIFICATIONS: &[&str] = &[
    "potencia mínima de 5 kW",
    "pantalla de 15 pulgadas",
    "memoria de 16 GB",
    "voltaje 110-220 V",
    "peso máximo 12 kg",
    "acero inoxidable AISI 304",
    "garantía de dos años",
    "capacidad de 500 litros",
    "norma INEN vigente",
    "tres transductores",
    "color azul",
    "diámetro nominal 110 mm",
    "disponibilidad 24 horas",
    "personal capacitado",
];
const SPECIFICATIONS_EN: &[&str] = &[
    "Rated power 5 kW",
    "Display size 15 in",
    "Operating temperature 0-40 C",
    "Net weight 12 kg",
    "Frequency range 2-15 MHz",
    "Memory 16 GB",
];
const ACTIVITIES: &[&str] = &[
    "construcción de obras de ingeniería civil",
    "venta al por mayor de equipos médicos",
    "instalación de sistemas eléctricos",
    "venta de computadoras y equipo periférico",
    "servicios de limpieza de edificios",
    "alquiler de maquinaria con operario",
];
const ACCOUNTS: &[&str] = &[
    "EFECTIVO Y EQUIVALENTES AL EFECTIVO",
    "CUENTAS Y DOCUMENTOS POR COBRAR CORRIENTES",
    "INVENTARIO DE MERCADERÍAS",
    "TERRENOS",
    "DEPRECIACIÓN ACUMULADA",
    "TOTAL ACTIVOS NO CORRIENTES",
    "CUENTAS POR PAGAR LOCALES",
    "CAPITAL SUSCRITO",
    "RESERVA LEGAL",
    "UTILIDAD DEL EJERCICIO",
    "VENTAS NETAS LOCALES",
    "COSTO DE VENTAS",
    "SUELDOS Y SALARIOS",
    "RETENCIONES EN LA FUENTE",
];
const NUMBERS: &[&str] = &[
    "doce mil quinientos",
    "cuarenta y tres mil veinte",
    "ciento ochenta mil",
    "novecientos noventa",
    "dos mil trescientos once",
    "doscientos cinco mil cuatrocientos",
    "siete mil ochocientos treinta",
];

/// Fills one place; a name that is not known stays as it is, which a test rules out.
pub(crate) fn fill(name: &str, random: &mut Random) -> String {
    match name {
        "persona" => person(random),
        "empresa" => firm(random),
        "consorcio" => format!("Consorcio {}", random.pick(SURNAMES)),
        "asociacion" => format!("Asociación de Producción {}", random.pick(STREETS)),
        "entidad" => place(random.pick(ENTITIES), random),
        "objeto_obra" => place(random.pick(WORKS), random),
        "objeto_bien" => format!("adquisición de {}", random.pick(GOODS)),
        "objeto_consultoria" => place(random.pick(CONSULTING), random),
        "objeto" => {
            if random.chance(0.5) {
                fill("objeto_obra", random)
            } else {
                fill("objeto_bien", random)
            }
        }
        // What the renderer computes from the row is any figure where only words count.
        "secuencia" => fill("n", random),
        "plazo_dias" => format!("{} días calendario", fill("dias", random)),
        "plazo_meses" => format!("{} meses", random.pick(&["6", "12", "18", "24", "36"])),
        "plazo_anios" => format!("{} años", random.between(2, 5)),
        "factura" => format!("001-00{}-{:09}", random.between(1, 9), random.between(1, 99_999)),
        "producto" | "suma" => fill("monto", random),
        "suma_letras" => fill("monto_letras", random),
        "fecha_hora" => format!("{} 10:24", fill("fecha_corta", random)),
        "ciudad" => random.pick(TOWNS).into(),
        "provincia" => random.pick(PROVINCES).into(),
        "calle" => random.pick(STREETS).into(),
        "rubro" => random.pick(ITEMS).into(),
        "equipo" => random.pick(MACHINES).into(),
        "oficio" => random.pick(TRADES).into(),
        "material" => random.pick(MATERIALS).into(),
        "unidad" => random.pick(UNITS).into(),
        "bien" => random.pick(GOODS).into(),
        "cargo" => random.pick(POSTS).into(),
        "cargo_obra" => random.pick(SITE_POSTS).into(),
        "titulo" => random.pick(DEGREES).into(),
        "universidad" => place(random.pick(UNIVERSITIES), random),
        "banco" => random.pick(BANKS).into(),
        "aseguradora" => random.pick(INSURERS).into(),
        "marca" => random.pick(BRANDS).into(),
        "pais" => random.pick(COUNTRIES).into(),
        "especificacion" => random.pick(SPECIFICATIONS).into(),
        "especificacion_en" => random.pick(SPECIFICATIONS_EN).into(),
        "actividad" => random.pick(ACTIVITIES).into(),
        "cuenta" => random.pick(ACCOUNTS).into(),
        "mes" => random.pick(&cotejo_domain::spanish::MONTHS).into(),
        "rango" => random.pick(&["bajas", "medias", "altas"]).into(),
        "monto_letras" => format!("{} dólares con {:02}/100", random.pick(NUMBERS), random.between(0, 99)),
        _ => number(name, random),
    }
}

fn number(name: &str, random: &mut Random) -> String {
    match name {
        "ruc" => format!("{}001", digits(10, random)),
        "cedula" => digits(10, random),
        "codigo" => format!(
            "{}-{}-{}-{:03}",
            random.pick(&["SIE", "LICO", "COTO", "MCO", "COTBS", "CDC", "LICBS", "RE"]),
            random.pick(&["GADMA", "EPMAPA", "HGL", "UEA", "CBR", "EEASA", "GADPR"]),
            random.between(2023, 2026),
            random.between(1, 180)
        ),
        "monto" => money(random, 900_000),
        "pu" => money(random, 600),
        "cant" => format!("{},{:02}", random.between(1, 3000), random.between(0, 99)),
        "cantidad" => random.between(1, 400).to_string(),
        "dec" => format!("{}{}{:02}", random.between(0, 6), random.pick(&[",", "."]), random.between(0, 99)),
        "pct" => format!("{}{}{:02}", random.between(1, 95), random.pick(&[",", "."]), random.between(0, 99)),
        "n" => random.between(1, 30).to_string(),
        "num3" => random.between(100, 999).to_string(),
        "num4" => random.between(1000, 9999).to_string(),
        "anio" => random.between(2008, 2026).to_string(),
        "dias" => random.pick(&["15", "24", "30", "45", "60", "90", "120", "180", "240"]).into(),
        "cpc" => digits(9, random),
        "clave49" => digits(49, random),
        "tel" => format!("0{}", digits(8, random)),
        "mail" => {
            format!("{}@ejemplo.ec", random.pick(&["ofertas", "gerencia", "info", "contratos", "ventas"]))
        }
        "placa" => format!("{}-{}", random.pick(&["TBA", "PCO", "LBD", "GSX", "XBA"]), digits(4, random)),
        "modelo" => format!("{}-{}", random.pick(&["X", "MK", "PRO", "HD", "S"]), random.between(10, 990)),
        "notaria" => {
            random.pick(&["Primera", "Segunda", "Tercera", "Quinta", "Décimo Octava", "Vigésima"]).into()
        }
        "fecha" => {
            format!(
                "{} de {} de {}",
                random.between(1, 28),
                random.pick(&cotejo_domain::spanish::MONTHS),
                random.between(2015, 2026)
            )
        }
        "fecha_corta" => match random.between(0, 2) {
            0 => format!(
                "{:02}/{:02}/{}",
                random.between(1, 28),
                random.between(1, 12),
                random.between(2010, 2026)
            ),
            1 => format!(
                "{}-{:02}-{:02}",
                random.between(2010, 2026),
                random.between(1, 12),
                random.between(1, 28)
            ),
            _ => format!(
                "{:02}-{:02}-{}",
                random.between(1, 28),
                random.between(1, 12),
                random.between(2010, 2026)
            ),
        },
        unknown => format!("{{{unknown}}}"),
    }
}

/// Returns how a blank template names a place that nobody filled.
pub(crate) fn blank(name: &str, random: &mut Random) -> String {
    match random.between(0, 3) {
        0 => "________________".into(),
        1 => format!("({})", name.replace('_', " ")),
        2 => "…………………".into(),
        _ => format!("[{}]", name.replace('_', " ")),
    }
}

fn person(random: &mut Random) -> String {
    let (first, second) = (random.pick(NAMES), random.pick(NAMES));
    let (father, mother) = (random.pick(SURNAMES), random.pick(SURNAMES));
    match random.between(0, 3) {
        0 => format!("{father} {mother} {first} {second}").to_uppercase(),
        1 => format!(
            "{} {first} {father} {mother}",
            random.pick(&["Ing.", "Arq.", "Sr.", "Sra.", "Dr.", "Lcda."])
        ),
        _ => format!("{first} {second} {father} {mother}"),
    }
}

fn firm(random: &mut Random) -> String {
    let name = format!("{} {}", random.pick(FIRMS), random.pick(FIRM_KINDS));
    if random.chance(0.5) { name.to_uppercase() } else { name }
}

fn place(pattern: &str, random: &mut Random) -> String {
    let mut text = pattern.to_owned();
    while let Some(at) = text.find("{t}") {
        text.replace_range(at..at + 3, random.pick(TOWNS));
    }
    text.replace("{s}", random.pick(STREETS))
}

fn digits(count: usize, random: &mut Random) -> String {
    (0..count).map(|_| char::from(b'0' + u8::try_from(random.between(0, 9)).unwrap_or(0))).collect()
}

fn money(random: &mut Random, greatest: u64) -> String {
    let (whole, cents) = (random.between(1, greatest), random.between(0, 99));
    match random.between(0, 4) {
        0 => format!("{whole},{cents:02}"),
        1 => format!("{whole}.{cents:02}"),
        2 => format!("$ {whole}.{cents:02}"),
        _ if whole >= 1000 && random.chance(0.5) => {
            format!("{}.{:03},{cents:02}", whole / 1000, whole % 1000)
        }
        _ if whole >= 1000 => format!("{},{:03}.{cents:02}", whole / 1000, whole % 1000),
        _ => format!("{whole}.{cents:02}"),
    }
}

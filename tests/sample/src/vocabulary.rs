//! Names of persons, streets, cantons and companies. The cantons and companies are inventions.

/// Given names of women.
pub(crate) const FEMALE_NAMES: &[&str] = &[
    "María",
    "Elena",
    "Lucía",
    "Gabriela",
    "Verónica",
    "Paulina",
    "Cristina",
    "Mónica",
    "Rosa",
    "Carmen",
    "Daniela",
    "Silvia",
    "Patricia",
    "Andrea",
    "Isabel",
    "Noemí",
    "Beatriz",
    "Marcela",
    "Inés",
    "Viviana",
];
/// Given names of men.
pub(crate) const MALE_NAMES: &[&str] = &[
    "Carlos", "Andrés", "Luis", "Jorge", "Fernando", "Iván", "Ramiro", "Xavier", "Marcelo", "Patricio",
    "Hernán", "Esteban", "Diego", "Mauricio", "Rubén", "Gonzalo", "Fabián", "Álvaro", "Nelson", "Byron",
];
/// Family names; common ones, so that no combination points to anybody.
pub(crate) const FAMILY_NAMES: &[&str] = &[
    "Andrade",
    "Paredes",
    "Vallejo",
    "Montalvo",
    "Quishpe",
    "Cevallos",
    "Zambrano",
    "Guamán",
    "Espinoza",
    "Salazar",
    "Toapanta",
    "Morales",
    "Cárdenas",
    "Villacís",
    "Yánez",
    "Ortega",
    "Pazmiño",
    "Chicaiza",
    "Briones",
    "Macías",
    "Delgado",
    "Suárez",
    "Jaramillo",
    "Ochoa",
    "Peñafiel",
    "Núñez",
    "Intriago",
    "Lema",
    "Burbano",
    "Arcos",
];
/// Streets.
pub(crate) const STREETS: &[&str] = &[
    "Av. de los Arrayanes",
    "Calle de las Acacias",
    "Av. Monte Claro",
    "Calle Los Canelos",
    "Av. Río Sereno",
    "Calle 12 de Enero",
    "Av. del Mirador",
    "Calle Los Olmos",
    "Pasaje San Telmo",
    "Av. Loma Verde",
    "Calle Las Garzas",
    "Av. Puente Viejo",
    "Calle El Molino",
    "Av. Circunvalación Sur",
];
/// Provinces with cantons that do not exist.
pub(crate) const CANTONS: &[(&str, &str)] = &[
    ("Pastaza", "San Telmo"),
    ("Morona Santiago", "Puerto Arrayán"),
    ("Zamora Chinchipe", "Valle Claro"),
    ("Orellana", "Nueva Esperanza del Río"),
    ("Loja", "Santa Amalia"),
    ("Azuay", "El Mirador de Olmos"),
    ("Manabí", "Bahía Serena"),
    ("Cotopaxi", "Monte Alto"),
    ("Imbabura", "Laguna Blanca"),
    ("El Oro", "Cerro Dorado"),
];
/// Beginnings of company names.
pub(crate) const COMPANY_STEMS: &[&str] = &[
    "ANDIMAR",
    "SOLVERDE",
    "QUINDEX",
    "PIRCA",
    "TAYTAL",
    "CUMBRENOR",
    "RIOSOL",
    "LLAQTA",
    "ARMETAL",
    "VALDINEC",
    "PUMAMAKI",
    "NORSIERRA",
    "ZARUMAX",
    "ALTIPLANO SUR",
    "KIPUTEC",
    "MADREVIA",
    "ORIENTA",
    "TERRACLARA",
    "BOLIVEX",
    "CANELAR",
    "VERTIENTE",
    "SUMAKRO",
];
/// Legal forms.
pub(crate) const COMPANY_ENDINGS: &[&str] = &["CIA. LTDA.", "S.A.", "S.A.S.", "CÍA. LTDA.", "S.A."];
/// Trades: true for builders.
pub(crate) const TRADES: &[(bool, &str)] = &[
    (true, "CONSTRUCTORA"),
    (true, "INGENIERÍA Y OBRAS"),
    (true, "CONSTRUCCIONES CIVILES"),
    (true, "VIALIDAD Y OBRAS"),
    (true, "PROYECTOS Y CONSTRUCCIONES"),
    (false, "COMERCIALIZADORA"),
    (false, "SUMINISTROS"),
    (false, "IMPORTADORA"),
    (false, "DISTRIBUIDORA"),
    (false, "SOLUCIONES INTEGRALES"),
    (false, "TECNOLOGÍA Y EQUIPOS"),
];
/// Banks that do not exist.
pub(crate) const BANKS: &[&str] = &[
    "Banco Cordillera Sur S.A.",
    "Cooperativa de Ahorro y Crédito Monte Alto Ltda.",
    "Banco del Litoral Norte S.A.",
    "Mutualista Valle Claro",
];
/// Insurers that do not exist.
pub(crate) const INSURERS: &[&str] =
    &["Aseguradora Andes Claros S.A.", "Seguros Monte Alto S.A.", "Compañía de Seguros Ribera S.A."];
/// Brands that do not exist.
pub(crate) const BRANDS: &[&str] =
    &["NORTEK", "Andalis", "VELTRO", "Kimsa", "ORBIX", "Lumara", "TECSOL", "Pirqa", "HALDEN", "Qori"];
/// Countries of origin.
pub(crate) const COUNTRIES: &[&str] =
    &["Ecuador", "Colombia", "China", "México", "España", "Brasil", "Taiwán", "Corea del Sur"];
/// Bodies that certify experience; none of them exists.
pub(crate) const CONTRACTORS: &[&str] = &[
    "GAD PARROQUIAL RURAL DE SAN TELMO ALTO",
    "GAD MUNICIPAL DEL CANTÓN PUERTO ARRAYÁN",
    "EMPRESA PÚBLICA VIAL DE VALLE CLARO",
    "HOSPITAL BÁSICO DE SANTA AMALIA",
    "UNIDAD EDUCATIVA MONTE ALTO",
    "PREFECTURA DE LAGUNA BLANCA",
    "INSTITUTO TÉCNICO SUPERIOR CERRO DORADO",
    "JUNTA DE AGUA POTABLE EL MIRADOR DE OLMOS",
    "EMPRESA PÚBLICA DE ASEO BAHÍA SERENA",
];

//! Professionals, machines and goods.

use super::{BARE, Specimen};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        kind: "FUO_1_10_PER",
        author: "modelo",
        rows: &[
            "PERSONAL TÉCNICO PROPUESTO PARA EL PROYECTO",
            "Nombre completo | Cédula | Título profesional | Fecha de grado | Cargo / Función | % de participación | Experiencia",
            "Inés Ficticia Andrade | 1710034065 | Ingeniera Civil | 17/09/2004 | Superintendente | 100 % | 5 años",
            "Pedro Inventado Mora | 0102030400 | Arquitecto | 03/05/2011 | Residente | 50,00 | 3 años",
        ],
        reads: &[
            ("filas[].nombre", "Inés Ficticia Andrade"),
            ("filas[].nombre", "Pedro Inventado Mora"),
            ("filas[].cedula", "1710034065"),
            ("filas[].cedula", "0102030400"),
            ("filas[].titulo", "Ingeniera Civil"),
            ("filas[].titulo", "Arquitecto"),
            ("filas[].fecha_grado", "2004-09-17"),
            ("filas[].fecha_grado", "2011-05-03"),
            ("filas[].cargo", "Superintendente"),
            ("filas[].cargo", "Residente"),
            ("filas[].participacion", "100"),
            ("filas[].participacion", "50"),
            ("filas[].experiencia", "5 años"),
            ("filas[].experiencia", "3 años"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_10_PER",
        author: "en oraciones, escaneado",
        noisy: true,
        rows: &[
            "PERSONAL PROPUESTO",
            "Superintendente: Inés Ficticia Andrade, Ingeniera Civil, nacionalidad ecuatoriana, graduada el 17/09/2004, participación 100 %.",
        ],
        reads: &[
            ("filas[].nombre", "Inés Ficticia Andrade"),
            ("filas[].cargo", "Superintendente"),
            ("filas[].titulo", "Ingeniera Civil"),
            ("filas[].fecha_grado", "2004-09-17"),
            ("filas[].participacion", "100"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_11_EQ",
        author: "modelo",
        rows: &[
            "EQUIPO ASIGNADO AL PROYECTO",
            "Detalle del equipo | Fecha de fabricación | Ubicación actual | Propietario actual | Matrícula No.",
            "Retroexcavadora | 2018 | Quito | ACME S.A. | PBC-0123",
            "Volqueta de 8 m3 | 2015 | Loja | DOS S.A. | LBA-0456",
        ],
        reads: &[
            ("filas[].detalle", "Retroexcavadora"),
            ("filas[].detalle", "Volqueta de 8 m3"),
            ("filas[].anio", "2018"),
            ("filas[].anio", "2015"),
            ("filas[].propietario", "ACME S.A."),
            ("filas[].propietario", "DOS S.A."),
            ("filas[].matricula", "PBC-0123"),
            ("filas[].matricula", "LBA-0456"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_11_EQ",
        author: "lista, escaneada",
        noisy: true,
        rows: &[
            "El oferente asigna al proyecto la siguiente maquinaria:",
            "1. Rodillo vibratorio, marca ACME, año de fabricación 2016, ubicación actual Cuenca, propietario actual Pedro Inventado",
            "Mora, matrícula No. ABC-0789.",
        ],
        reads: &[
            ("filas[].detalle", "Rodillo vibratorio"),
            ("filas[].anio", "2016"),
            ("filas[].propietario", "Pedro Inventado Mora"),
            ("filas[].matricula", "ABC-0789"),
        ],
        ..BARE
    },
    Specimen {
        kind: "CV",
        author: "tablas",
        rows: &[
            "HOJA DE VIDA",
            "Nombres y apellidos: | Inés Ficticia Andrade",
            "Cédula: | 1710034065",
            "FORMACIÓN ACADÉMICA",
            "Título | Institución | Año",
            "Ingeniera Civil | Universidad Inventada | 2004",
            "EXPERIENCIA PROFESIONAL",
            "Empresa / Institución | Cargo | Desde | Hasta",
            "ACME S.A. | Residente de obra | 01/02/2010 | 15/03/2014",
            "REFERENCIAS PERSONALES",
            "Luis Ajeno Paz | cédula 0102030400",
        ],
        reads: &[
            ("nombre", "Inés Ficticia Andrade"),
            ("cedula", "1710034065"),
            ("titulos[]", "Ingeniera Civil"),
            ("experiencias[].empresa", "ACME S.A."),
            ("experiencias[].cargo", "Residente de obra"),
            ("experiencias[].desde", "2010-02-01"),
            ("experiencias[].hasta", "2014-03-15"),
        ],
        never: &[("nombre", "Luis Ajeno Paz"), ("cedula", "0102030400")],
        ..BARE
    },
    Specimen {
        kind: "CV",
        author: "en líneas, escaneado",
        noisy: true,
        rows: &[
            "HOJA DE VIDA DEL PERSONAL TÉCNICO PROPUESTO",
            "Nombre completo: Pedro Inventado Mora",
            "Título profesional: Arquitecto",
            "Empresa / Institución: DOS SERVICIOS. Proyecto: parque central. Papel desempeñado: Fiscalizador. Tiempo: 2 años.",
        ],
        reads: &[
            ("nombre", "Pedro Inventado Mora"),
            ("titulos[]", "Arquitecto"),
            ("experiencias[].empresa", "DOS SERVICIOS"),
            ("experiencias[].cargo", "Fiscalizador"),
        ],
        ..BARE
    },
    Specimen {
        kind: "TITULO",
        author: "SENESCYT",
        rows: &[
            "REGISTRO DE TÍTULOS",
            "Identificación: | 1710034065",
            "Nombres: | Inés Ficticia Andrade",
            "Título: | Ingeniera Civil",
            "Nivel: | Tercer Nivel",
            "Número de Registro: | 1005-12-1234567",
            "Fecha de registro: | 17/09/2004",
        ],
        reads: &[
            ("cedula", "1710034065"),
            ("nombre", "Inés Ficticia Andrade"),
            ("titulo", "Ingeniera Civil"),
            ("nivel", "tercer nivel"),
            ("registro", "1005-12-1234567"),
            ("fecha_registro", "2004-09-17"),
        ],
        ..BARE
    },
    Specimen {
        kind: "TITULO",
        author: "diploma, escaneado",
        noisy: true,
        rows: &[
            "UNIVERSIDAD INVENTADA",
            "Por cuanto Pedro Inventado Mora ha cumplido los requisitos, confiere el título de Arquitecto.",
            "El Rector, Luis Ajeno Paz",
        ],
        reads: &[("nombre", "Pedro Inventado Mora"), ("titulo", "Arquitecto")],
        never: &[("nombre", "Luis Ajeno Paz")],
        ..BARE
    },
    Specimen {
        kind: "COMPROMISO_PERS",
        author: "carta",
        rows: &[
            "CARTA DE COMPROMISO",
            "Yo, Inés Ficticia Andrade, con cédula No. 1710034065, Ingeniera Civil de profesión, me comprometo a prestar mis servicios",
            "en calidad de Superintendente para ACME S.A., en caso de que resulte adjudicada.",
        ],
        reads: &[("nombre", "Inés Ficticia Andrade"), ("cargo", "Superintendente")],
        never: &[("cargo", "Ingeniera Civil")],
        ..BARE
    },
    Specimen {
        kind: "COMPROMISO_PERS",
        author: "profesional asignado, escaneado",
        noisy: true,
        rows: &[
            "COMPROMISO DEL PROFESIONAL ASIGNADO AL PROYECTO",
            "El suscrito profesional, Pedro Inventado Mora, se compromete con el oferente ACME S.A. a prestar mis servicios como",
            "Residente de obra por todo el plazo contractual.",
        ],
        reads: &[("nombre", "Pedro Inventado Mora"), ("cargo", "Residente de obra")],
        ..BARE
    },
    Specimen {
        kind: "MATRICULA",
        author: "celdas",
        rows: &[
            "AGENCIA NACIONAL DE TRÁNSITO - MATRÍCULA",
            "Placa | AÑO MODELO | Clase",
            "PBC-0123 | 2018 | VOLQUETE",
            "Propietario | Fecha de matrícula | Caduca",
            "ACME S.A. | 22/04/2022 | 22/04/2027",
        ],
        reads: &[
            ("placa", "PBC-0123"),
            ("anio", "2018"),
            ("propietario", "ACME S.A."),
            ("vigencia", "2027-04-22"),
        ],
        never: &[("vigencia", "2022-04-22")],
        ..BARE
    },
    Specimen {
        kind: "MATRICULA",
        author: "documento único, escaneado",
        noisy: true,
        rows: &[
            "DOCUMENTO ÚNICO DE MATRÍCULA",
            "PLACA PBC0123 AÑO 2018 VIN 3VW1234567 MOTOR 12345 COLOR BLANCO CLASE CAMIÓN",
            "PROPIETARIO INES FICTICIA ANDRADE VÁLIDO HASTA 22/04/2027 RESERVA DE DOMINIO NO",
        ],
        reads: &[
            ("placa", "PBC-0123"),
            ("anio", "2018"),
            ("propietario", "INES FICTICIA ANDRADE"),
            ("vigencia", "2027-04-22"),
        ],
        ..BARE
    },
    Specimen {
        kind: "COMPROMISO_EQUIPO",
        author: "arriendo",
        rows: &[
            "COMPROMISO DE ARRENDAMIENTO DE EQUIPO",
            "Quito, 22 de abril de 2024",
            "Yo, Pedro Inventado Mora, propietario de la Retroexcavadora marca ACME, año 2018, matrícula PBC-0123, me comprometo a",
            "arrendar el equipo a UNO S.A. para la ejecución de la obra.",
        ],
        reads: &[
            ("propietario", "Pedro Inventado Mora"),
            ("equipo", "Retroexcavadora"),
            ("placa", "PBC-0123"),
            ("fecha", "2024-04-22"),
        ],
        ..BARE
    },
    Specimen {
        kind: "COMPROMISO_EQUIPO",
        author: "tabla, escaneada",
        noisy: true,
        rows: &[
            "COMPROMISO DE ALQUILER",
            "Yo, Inés Ficticia Andrade, en calidad de propietaria, me comprometo a arrendar a UNO S.A. el siguiente equipo:",
            "Equipo | Placa / Matrícula | Año",
            "Tanquero | P8C-O123 | 2015",
        ],
        reads: &[("propietario", "Inés Ficticia Andrade"), ("equipo", "Tanquero"), ("placa", "PBC-0123")],
        ..BARE
    },
    Specimen {
        kind: "FICHA_TECNICA",
        author: "ficha",
        rows: &[
            "FICHA TÉCNICA",
            "Marca: ACME Modelo: X-200 Procedencia: China",
            "Registro Sanitario No.: 1234-MEE-0520",
            "Vigencia: 22/04/2027",
            "Potencia: 5 kW",
            "Peso: 12 kg",
        ],
        reads: &[
            ("marca", "ACME"),
            ("modelo", "X-200"),
            ("registro", "1234-MEE-0520"),
            ("vigencia", "2027-04-22"),
            ("parametros[]", "Potencia: 5 kW"),
            ("parametros[]", "Peso: 12 kg"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FICHA_TECNICA",
        author: "dos columnas, escaneada",
        noisy: true,
        rows: &[
            "FICHA TECNICA",
            "Marca | ACME",
            "Modelo | X-200",
            "Potencia | 5 kW",
            "Capacidad | 20 litros",
        ],
        reads: &[
            ("marca", "ACME"),
            ("modelo", "X-200"),
            ("parametros[]", "Potencia: 5 kW"),
            ("parametros[]", "Capacidad: 20 litros"),
        ],
        ..BARE
    },
    Specimen {
        kind: "DISTRIBUIDOR",
        author: "fabricante",
        rows: &[
            "CERTIFICADO DE DISTRIBUIDOR AUTORIZADO",
            "INVENTADA INDUSTRIES LTD., en calidad de fabricante de los productos de la marca, certifica que ACME S.A. es distribuidor",
            "autorizado para el Ecuador. Esta autorización tiene vigencia hasta el 31 de diciembre de 2025.",
        ],
        reads: &[
            ("fabricante", "INVENTADA INDUSTRIES LTD."),
            ("oferente", "ACME S.A."),
            ("vigencia", "2025-12-31"),
        ],
        ..BARE
    },
    Specimen {
        kind: "DISTRIBUIDOR",
        author: "en inglés, escaneado",
        noisy: true,
        rows: &[
            "MANUFACTURER AUTHORIZATION LETTER",
            "We, Inventada Corp, manufacturer of medical devices, hereby authorize ACME S.A. to submit a bid.",
        ],
        reads: &[("fabricante", "Inventada Corp"), ("oferente", "ACME S.A.")],
        ..BARE
    },
    Specimen {
        kind: "GARANTIA_TEC",
        author: "carta",
        rows: &[
            "GARANTÍA TÉCNICA",
            "ACME S.A. otorga la presente garantía técnica para los equipos, por 24 meses, contado a partir de la suscripción del acta.",
            "La garantía cubre la reposición de partes y piezas. El tiempo de respuesta será de 15 días.",
        ],
        reads: &[("plazo", "24 meses"), ("cobertura", "la reposición de partes y piezas")],
        never: &[("plazo", "15")],
        ..BARE
    },
    Specimen {
        kind: "GARANTIA_TEC",
        author: "modelo, escaneado",
        noisy: true,
        rows: &[
            "MODELO DE GARANTÍA TÉCNICA",
            "1. Cobertura: defectos de fábrica. 2. Plazo: 12 meses desde el acta de entrega. 3. Tiempo de respuesta: 48 horas.",
        ],
        reads: &[("cobertura", "defectos de fábrica"), ("plazo", "12 meses")],
        ..BARE
    },
];

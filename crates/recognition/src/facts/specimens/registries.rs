//! What registries and offices say.

use super::{BARE, Specimen};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        kind: "RUC_SRI",
        author: "sociedad",
        rows: &[
            "REGISTRO ÚNICO DE CONTRIBUYENTES SOCIEDADES",
            "NÚMERO RUC: | 1790011674001",
            "RAZÓN SOCIAL: | ACME S.A.",
            "ESTADO: | ACTIVO",
            "REPRESENTANTE LEGAL: | ANDRADE FICTICIA INES",
            "FEC. INICIO ACTIVIDADES: | 15/03/2010",
            "FEC. CONSTITUCIÓN: | 01/02/2009",
            "OBLIGADO A LLEVAR CONTABILIDAD: | SI",
            "Domicilio tributario",
            "Provincia: PICHINCHA | Cantón: QUITO | AV. INVENTADA N12 Y CALLE FICTICIA",
            "Actividades económicas",
            "• F421011 - CONSTRUCCIÓN DE CARRETERAS",
            "• G466311 - VENTA AL POR MAYOR",
            "Establecimientos",
        ],
        reads: &[
            ("ruc", "1790011674001"),
            ("razon_social", "ACME S.A."),
            ("estado", "ACTIVO"),
            ("representante", "ANDRADE FICTICIA INES"),
            ("inicio_actividades", "2010-03-15"),
            ("obligado_contabilidad", "true"),
            ("domicilio", "AV. INVENTADA N12 Y CALLE FICTICIA"),
            ("actividades[]", "F421011"),
            ("actividades[]", "G466311"),
        ],
        never: &[("inicio_actividades", "2009-02-01")],
        ..BARE
    },
    Specimen {
        kind: "RUC_SRI",
        author: "certificado en celdas, escaneado",
        noisy: true,
        rows: &[
            "Certificado Registro Único de Contribuyentes",
            "Razón Social | Número RUC",
            "ACME S.A. | 1790011674001",
            "Estado | Inicio de actividades",
            "ACTIVO | 15/03/2010",
            "Obligado a llevar contabilidad: NO",
            "RUC del contador: 0990123454001",
        ],
        reads: &[
            ("ruc", "1790011674001"),
            ("razon_social", "ACME S.A."),
            ("estado", "ACTIVO"),
            ("inicio_actividades", "2010-03-15"),
            ("obligado_contabilidad", "false"),
        ],
        never: &[("ruc", "0990123454001")],
        ..BARE
    },
    Specimen {
        kind: "RUP",
        author: "ficha",
        rows: &[
            "REGISTRO ÚNICO DE PROVEEDORES",
            "RUC: | 1790011674001",
            "Estado en el RUP: | HABILITADO",
            "Tipo de proveedor: | PEQUEÑA EMPRESA",
            "Fecha y hora de consulta: | 22/04/2024 10:30",
            "Código CPC | Descripción",
            "452800042 | Computadores",
            "45290.00.11 | Impresoras",
        ],
        reads: &[
            ("ruc", "1790011674001"),
            ("estado", "HABILITADO"),
            ("tipo", "pequeña"),
            ("fecha_consulta", "2024-04-22"),
            ("cpcs[]", "452800042"),
            ("cpcs[]", "452900011"),
        ],
        ..BARE
    },
    Specimen {
        kind: "RUP",
        author: "certificado, escaneado",
        noisy: true,
        rows: &[
            "CERTIFICA: Que ACME S.A. con RUC 1790011674001 se encuentra INHABILITADO en el Registro Único de Proveedores.",
            "Fecha de registro: 01/02/2015",
            "El presente certificado se emite por el Portal el 22 de abril de 2024.",
        ],
        reads: &[("ruc", "1790011674001"), ("estado", "INHABILITADO"), ("fecha_consulta", "2024-04-22")],
        never: &[("estado", "HABILITADO"), ("fecha_consulta", "2015-02-01")],
        ..BARE
    },
    Specimen {
        kind: "CERT_SRI",
        author: "certificado",
        rows: &[
            "CERTIFICADO DE CUMPLIMIENTO TRIBUTARIO",
            "El SRI certifica que el contribuyente ACME S.A., con RUC 1790011674001, ha cumplido con sus obligaciones",
            "tributarias y no registra deudas en firme.",
            "Fecha de emisión: 22 de abril de 2024",
        ],
        reads: &[("ruc", "1790011674001"), ("resultado", "al día"), ("fecha", "2024-04-22")],
        ..BARE
    },
    Specimen {
        kind: "CERT_SRI",
        author: "con deudas, escaneado",
        noisy: true,
        rows: &[
            "CERTIFICADO",
            "Contribuyente: | ACME S.A.",
            "RUC: | 1790011674001",
            "El contribuyente registra obligaciones tributarias pendientes.",
            "Fecha de emisión: 22/04/2024",
        ],
        reads: &[("ruc", "1790011674001"), ("resultado", "con obligaciones"), ("fecha", "2024-04-22")],
        never: &[("resultado", "al día")],
        ..BARE
    },
    Specimen {
        kind: "CERT_IESS",
        author: "certificado",
        rows: &[
            "INSTITUTO ECUATORIANO DE SEGURIDAD SOCIAL",
            "certifica que el empleador ACME S.A., con RUC No. 1790011674001 y dirección Quito, NO registra obligaciones",
            "patronales en mora. Emitido el 22 de abril de 2024. Validez: 30 días.",
        ],
        reads: &[("ruc", "1790011674001"), ("resultado", "sin mora"), ("fecha", "2024-04-22")],
        ..BARE
    },
    Specimen {
        kind: "CERT_IESS",
        author: "en mora, escaneado",
        noisy: true,
        rows: &[
            "IESS Certificado de obligaciones",
            "RUC: | 1790011674001",
            "El empleador registra obligaciones patronales en mora.",
            "Emitido el 22/04/2024",
        ],
        reads: &[("ruc", "1790011674001"), ("resultado", "mora"), ("fecha", "2024-04-22")],
        never: &[("resultado", "sin mora")],
        ..BARE
    },
    Specimen {
        kind: "MIPYME",
        author: "registro",
        rows: &[
            "Registro Único de MIPYMES - RUM",
            "Se certifica que ACME S.A., con RUC No. 1790011674001, consta con categoría: MICRO, según sus ventas.",
            "El presente certificado tiene vigencia hasta el 31 de diciembre de 2025 y se emite a micro, pequeña empresa o mediana.",
        ],
        reads: &[("ruc", "1790011674001"), ("categoria", "micro"), ("vigencia", "2025-12-31")],
        never: &[("categoria", "pequeña")],
        ..BARE
    },
    Specimen {
        kind: "MIPYME",
        author: "artesano, escaneado",
        noisy: true,
        rows: &[
            "JUNTA NACIONAL DE DEFENSA DEL ARTESANO",
            "CALIFICACIÓN ARTESANAL No. 4521",
            "Se otorga a Rosa Ejemplar Vera, RUC 0926687856001. Válido hasta 31/12/2025.",
        ],
        reads: &[("categoria", "artesano"), ("vigencia", "2025-12-31"), ("ruc", "0926687856001")],
        ..BARE
    },
    Specimen {
        kind: "BANCARIO",
        author: "en oraciones",
        rows: &[
            "BANCO INVENTADO S.A.",
            "CERTIFICADO BANCARIO",
            "Certificamos que ACME S.A., con RUC 1790011674001, mantiene una cuenta corriente No. 2200123456 en nuestra institución.",
            "Teléfono 0991234567",
        ],
        reads: &[("titular", "ACME S.A."), ("cuenta", "2200123456"), ("banco", "BANCO INVENTADO S.A.")],
        never: &[("cuenta", "1790011674001"), ("cuenta", "0991234567")],
        ..BARE
    },
    Specimen {
        kind: "BANCARIO",
        author: "ficha, escaneada",
        noisy: true,
        rows: &[
            "COOPERATIVA DE AHORRO Y CREDITO FICTICIA LTDA.",
            "CERTIFICACIÓN DE CUENTA",
            "Titular: | Rosa Ejemplar Vera",
            "Identificación: | 0926687856",
            "Tipo de cuenta: | ahorros",
            "No. de cuenta: | 4OO123456",
        ],
        reads: &[
            ("titular", "Rosa Ejemplar Vera"),
            ("cuenta", "400123456"),
            ("banco", "COOPERATIVA DE AHORRO Y CREDITO FICTICIA LTDA."),
        ],
        never: &[("cuenta", "0926687856")],
        ..BARE
    },
    Specimen {
        kind: "CEDULA_DOC",
        author: "nueva",
        rows: &[
            "REPÚBLICA DEL ECUADOR",
            "CÉDULA DE IDENTIDAD",
            "APELLIDOS Y NOMBRES",
            "ANDRADE FICTICIA INES",
            "FECHA DE NACIMIENTO",
            "15 MAR 1980",
            "ESTADO CIVIL",
            "CASADA",
            "NUI. 1710034065",
            "FECHA DE VENCIMIENTO",
            "15 MAR 2032",
        ],
        reads: &[
            ("nombres", "ANDRADE FICTICIA INES"),
            ("nacimiento", "1980-03-15"),
            ("estado_civil", "CASADA"),
            ("cedula", "1710034065"),
            ("vencimiento", "2032-03-15"),
        ],
        ..BARE
    },
    Specimen {
        kind: "CEDULA_DOC",
        author: "antigua, escaneada",
        noisy: true,
        rows: &[
            "CÉDULA DE CIUDADANÍA No. 171003406-5",
            "APELLIDOS Y NOMBRES ANDRADE FICTICIA INES LUGAR DE NACIMIENTO PICHINCHA QUITO",
            "ESTADO CIVIL SOLTERA INSTRUCCIÓN SUPERIOR",
            "APELLIDOS Y NOMBRES DEL PADRE ANDRADE AJENO LUIS",
            "FECHA DE EXPIRACIÓN 15/03/2028",
        ],
        reads: &[
            ("cedula", "1710034065"),
            ("nombres", "ANDRADE FICTICIA INES"),
            ("estado_civil", "SOLTERA"),
            ("vencimiento", "2028-03-15"),
        ],
        never: &[("nombres", "ANDRADE AJENO LUIS")],
        ..BARE
    },
    Specimen {
        kind: "F101_F102",
        author: "formulario 101",
        rows: &[
            "DECLARACIÓN DEL IMPUESTO A LA RENTA FORMULARIO 101",
            "RUC: 1790011674001 Razón social: ACME S.A.",
            "Período fiscal: 2024",
            "Tipo de declaración: ORIGINAL",
            "Número serial: 871234567890",
            "TOTAL ACTIVOS CORRIENTES | 361 | 45.000,00",
            "TOTAL DEL ACTIVO | 499 | 120.500,75",
            "TOTAL PASIVOS CORRIENTES | 550 | 20.000,00",
            "TOTAL DEL PASIVO | 599 | 33.480,53",
            "TOTAL PATRIMONIO | 698 | 87.020,22",
        ],
        reads: &[
            ("ruc", "1790011674001"),
            ("anio", "2024"),
            ("tipo", "original"),
            ("serial", "871234567890"),
            ("casillero_499_activo", "120500.75"),
            ("casillero_599_pasivo", "33480.53"),
            ("casillero_698_patrimonio", "87020.22"),
        ],
        cells: &[("casillero", "499"), ("valor", "87.020,22")],
        never: &[("casillero_499_activo", "45000.00"), ("casillero_599_pasivo", "20000.00")],
        ..BARE
    },
    Specimen {
        kind: "F101_F102",
        author: "formulario 102 con otros números, escaneado",
        noisy: true,
        rows: &[
            "DECLARACION DEL IMPUESTO A LA RENTA PERSONAS NATURALES FORMULARIO 102",
            "Año fiscal 2024",
            "399 | TOTAL ACTIVO | 60.000,00",
            "499 | TOTAL PASIVO | 15.250,50",
            "511 | TOTAL PATRIMONIO NETO | 44.749,50",
        ],
        reads: &[
            ("anio", "2024"),
            ("casillero_499_activo", "60000.00"),
            ("casillero_599_pasivo", "15250.50"),
            ("casillero_698_patrimonio", "44749.50"),
        ],
        never: &[("casillero_499_activo", "15250.50")],
        ..BARE
    },
];

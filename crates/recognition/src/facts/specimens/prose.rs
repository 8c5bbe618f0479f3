//! Papers whose facts stand in running sentences or under labels of a clerk's own wording.

use super::{BARE, Specimen};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        kind: "PODER",
        author: "minuta corrida",
        rows: &[
            "PODER ESPECIAL",
            "En la ciudad de Ambato, a los tres días del mes de mayo de 2024, ante el Notario Quinto, comparece quien dice llamarse Rita",
            "Paz Lema y confiere poder especial a favor de Luis Mora Cruz, para suscribir ofertas, contratos y actas ante toda entidad",
            "pública.",
        ],
        reads: &[
            ("fecha", "2024-05-03"),
            ("alcance", "suscribir ofertas, contratos y actas ante toda entidad pública"),
        ],
        ..BARE
    },
    Specimen {
        kind: "ACTA_ER",
        author: "acta corrida",
        rows: &[
            "ACTA DE ENTREGA RECEPCIÓN DEFINITIVA",
            "En Loja, el 9 de marzo de 2021, comparecen las partes para recibir el objeto del contrato No. 77: provisión de mobiliario de",
            "oficina. El valor contratado fue de USD 12.345,60 y se liquidó en USD 12.000,10.",
        ],
        reads: &[
            ("fecha_recepcion", "2021-03-09"),
            ("contrato", "77"),
            ("objeto", "provisión de mobiliario de oficina"),
            ("monto_contrato", "12345.60"),
            ("monto_liquidado", "12000.10"),
        ],
        never: &[("contrato", "USD 12.345,60")],
        ..BARE
    },
    Specimen {
        kind: "CERT_EXP",
        author: "constancia con número",
        rows: &[
            "CERTIFICADO",
            "Hospital de Ejemplo, con RUC No. 1760013210001, hace constar que ACME S.A. ejecutó a entera satisfacción el mantenimiento de",
            "ascensores, por un valor de USD 5.400,00, desde el 01/02/2020 hasta el 30/11/2020.",
            "",
            "Rita Paz Lema",
            "Directora financiera",
        ],
        reads: &[
            ("emisor_id", "1760013210001"),
            ("objeto", "mantenimiento de ascensores"),
            ("monto", "5400.00"),
            ("desde", "2020-02-01"),
            ("hasta", "2020-11-30"),
            ("firmante", "Rita Paz Lema"),
        ],
        ..BARE
    },
    Specimen {
        kind: "POLIZA",
        author: "banco, corrida",
        rows: &[
            "GARANTÍA BANCARIA POR BUEN USO DEL ANTICIPO",
            "El banco garantiza a la entidad hasta por la suma de USD 8.700,50, desde el 02/01/2024 hasta el 31/12/2024.",
        ],
        reads: &[
            ("tipo", "anticipo"),
            ("monto", "8700.50"),
            ("desde", "2024-01-02"),
            ("hasta", "2024-12-31"),
        ],
        ..BARE
    },
    Specimen {
        kind: "TITULO",
        author: "diploma con registro",
        rows: &[
            "UNIVERSIDAD DE EJEMPLO",
            "Este título fue registrado en la SENESCYT bajo el número 1005-14-1298765 el 7 de agosto de 2014.",
        ],
        reads: &[("registro", "1005-14-1298765"), ("fecha_registro", "2014-08-07")],
        ..BARE
    },
    Specimen {
        kind: "F101_F102",
        author: "celdas en turno",
        rows: &[
            "FORMULARIO 101",
            "RUC | 1790011674001 | AÑO | 2022",
            "Tipo | ORIGINAL | Serial | 871230004567",
            "499 | TOTAL ACTIVO | 10.500,25",
            "599 | TOTAL PASIVO | 4.200,10",
            "698 | TOTAL PATRIMONIO | 6.300,15",
        ],
        reads: &[
            ("ruc", "1790011674001"),
            ("anio", "2022"),
            ("tipo", "original"),
            ("serial", "871230004567"),
            ("casillero_599_pasivo", "4200.10"),
        ],
        ..BARE
    },
    Specimen {
        kind: "RUC_SRI",
        author: "dos columnas",
        rows: &[
            "REGISTRO ÚNICO DE CONTRIBUYENTES",
            "Número RUC | 1790011674001",
            "Razón social | ACME S.A.",
            "Estado | ACTIVO",
            "Obligado a llevar contabilidad | NO",
            "Dirección | Los Eucaliptos y Río Ejemplo",
            "ACTIVIDAD ECONÓMICA PRINCIPAL alquiler de andamios",
        ],
        reads: &[
            ("ruc", "1790011674001"),
            ("razon_social", "ACME S.A."),
            ("estado", "ACTIVO"),
            ("obligado_contabilidad", "false"),
            ("domicilio", "Los Eucaliptos y Río Ejemplo"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FORM_VINCULACION",
        author: "dos cuadros",
        rows: &[
            "ANEXO DE VINCULACIONES",
            "Accionistas con participación mayor al 51 % | Cédula",
            "Rita Paz Lema | 1710034065",
            "Luis Mora Cruz | 0926687856",
            "Cónyuge | Cédula",
            "Inés Vela Toro | 1713175071",
        ],
        reads: &[
            ("socios51[]", "Rita Paz Lema"),
            ("socios51[]", "Luis Mora Cruz"),
            ("conyuges[]", "Inés Vela Toro"),
        ],
        ..BARE
    },
    Specimen {
        kind: "FUO_1_8_CRON",
        author: "por quincenas",
        rows: &[
            "CRONOGRAMA VALORADO",
            "Quincena | Inversión | Avance | Acumulado",
            "Quincena 1 | 1.200,50 | 40,00 | 1.200,50",
            "Quincena 2 | 1.800,75 | 60,00 | 3.001,25",
        ],
        reads: &[("periodos[].monto", "1200.50"), ("periodos[].monto", "1800.75")],
        cells: &[("monto", "1.200,50"), ("porcentaje", "60,00"), ("acumulado", "3.001,25")],
        ..BARE
    },
    Specimen {
        kind: "CV",
        author: "formación en líneas",
        rows: &[
            "HOJA DE VIDA",
            "FORMACIÓN PROFESIONAL",
            "Arquitecta, Universidad de Ejemplo",
            "Magíster en Gestión de Obras, Escuela de Ejemplo",
            "EXPERIENCIA",
            "Ingeniera residente, Montajes de Ejemplo",
        ],
        reads: &[("titulos[]", "Arquitecta"), ("titulos[]", "Magíster en Gestión de Obras")],
        never: &[("titulos[]", "Ingeniera residente")],
        ..BARE
    },
    Specimen {
        kind: "PROFORMA",
        author: "carta con suma",
        rows: &["COTIZACIÓN", "Ofrecemos veinte sillas por un precio total de USD 840,20, más IVA."],
        reads: &[("total", "840.20")],
        ..BARE
    },
    Specimen {
        kind: "CERT_IESS",
        author: "a la fecha",
        rows: &[
            "CERTIFICADO",
            "Se informa que ACME S.A., con RUC 1790011674001, al 14 de junio de 2023 registra mora patronal.",
        ],
        reads: &[("fecha", "2023-06-14"), ("resultado", "mora")],
        ..BARE
    },
];

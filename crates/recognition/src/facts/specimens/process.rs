//! Papers of the process.

use super::{BARE, Specimen};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        kind: "PLIEGO",
        author: "completo",
        rows: &[
            "PLIEGOS DEL PROCEDIMIENTO DE SUBASTA INVERSA ELECTRÓNICA",
            "CÓDIGO DEL PROCESO: SIE-GADEJEMPLO-2024-091",
            "Objeto de Contratación: ADQUISICIÓN DE LLANTAS",
            "El presupuesto referencial es de USD 300.252,63000, sin incluir IVA. El plazo de ejecución es de 60 días y la vigencia de la",
            "oferta de 90 días.",
            "Garantía de fiel cumplimiento: USD 15.012,63",
            "Concepto | Día | Hora",
            "Fecha de publicación | 22/04/2024 | 20:00",
            "Fecha límite de ofertas | 03/05/2024 | 12:00",
            "4.1 Parámetros de evaluación",
            "Parámetro | Cumple | No cumple | Observaciones",
            "Integridad de la oferta | SI | NO | ninguna",
            "Patrimonio | SI | NO | ninguna",
            "4.2 Evaluación por puntaje",
            "Parámetro | Valoración",
            "Experiencia general | 20",
            "Oferta económica | 50",
        ],
        reads: &[
            ("codigo", "SIE-GADEJEMPLO-2024-091"),
            ("objeto", "ADQUISICIÓN DE LLANTAS"),
            ("presupuesto", "300252.63000"),
            ("plazo", "60"),
            ("vigencia_oferta", "90"),
        ],
        cells: &[("concepto", "Fecha de publicación"), ("cumple", "SI"), ("puntaje", "50")],
        never: &[("presupuesto", "15012.63"), ("plazo", "90")],
        ..BARE
    },
    Specimen {
        kind: "PLIEGO",
        author: "convocatoria, escaneada",
        noisy: true,
        rows: &[
            "2.1 Objeto de Contratación: ADQUISICIÓN DE LLANTAS. 2.2 Presupuesto referencial: USD 12.650,20.",
            "Plazo de entrega: 30 días",
            "3.2 Vigencia de la oferta: 60 días.",
        ],
        reads: &[
            ("presupuesto", "12650.20"),
            ("plazo", "30"),
            ("vigencia_oferta", "60"),
            ("objeto", "ADQUISICIÓN DE LLANTAS"),
        ],
        ..BARE
    },
    Specimen {
        kind: "TDR",
        author: "tabla",
        rows: &[
            "ESPECIFICACIONES TÉCNICAS",
            "No. | Descripción | Unidad | Cantidad",
            "1 | Computador portátil | u | 10",
            "2 | Impresora láser | u | 2",
        ],
        reads: &[("requisitos[]", "Computador portátil"), ("requisitos[]", "Impresora láser")],
        ..BARE
    },
    Specimen {
        kind: "TDR",
        author: "rubros, escaneados",
        noisy: true,
        rows: &[
            "ESPECIFICACIONES DE CONSTRUCCIÓN",
            "RUBRO: Excavación a máquina. Descripción: consiste en la ejecución del trabajo.",
        ],
        reads: &[("requisitos[]", "Excavación a máquina")],
        ..BARE
    },
    Specimen {
        kind: "ACLARACIONES",
        author: "tabla",
        rows: &[
            "ACTA DE PREGUNTAS, RESPUESTAS Y ACLARACIONES",
            "No. | Pregunta | Respuesta",
            "1 | ¿Se acepta otra marca? | No se acepta",
            "2 | ¿Se amplía el plazo? | Se mantiene el plazo",
        ],
        reads: &[
            ("items[].pregunta", "¿Se acepta otra marca?"),
            ("items[].pregunta", "¿Se amplía el plazo?"),
            ("items[].respuesta", "No se acepta"),
            ("items[].respuesta", "Se mantiene el plazo"),
        ],
        ..BARE
    },
    Specimen {
        kind: "ACLARACIONES",
        author: "en líneas, escaneada",
        noisy: true,
        rows: &[
            "ACTA DE PREGUNTAS",
            "PREGUNTA 1: Se consulta si se acepta otra marca. RESPUESTA 1: No se acepta.",
            "PREGUNTA 2: Se consulta por el plazo. RESPUESTA 2: Remítase al pliego.",
            "Firman los miembros de la comisión.",
        ],
        reads: &[
            ("items[].pregunta", "Se consulta si se acepta otra marca"),
            ("items[].pregunta", "Se consulta por el plazo"),
            ("items[].respuesta", "No se acepta"),
            ("items[].respuesta", "Remítase al pliego"),
        ],
        ..BARE
    },
    Specimen {
        kind: "RESP_CONV",
        author: "formulario",
        rows: &[
            "RESPUESTA A CONVALIDACIÓN DE ERRORES",
            "Fecha: 22/04/2024 15:30",
            "No. | Error señalado | Documento que se presenta",
            "1 | Formulario incompleto | Formulario con todos los datos",
            "2 | Falta la firma | Formulario firmado",
        ],
        reads: &[
            ("fecha_envio", "2024-04-22"),
            ("items[].error", "Formulario incompleto"),
            ("items[].error", "Falta la firma"),
            ("items[].documento", "Formulario con todos los datos"),
            ("items[].documento", "Formulario firmado"),
        ],
        ..BARE
    },
    Specimen {
        kind: "RESP_CONV",
        author: "oficio, escaneado",
        noisy: true,
        rows: &[
            "Loja, 22 de abril de 2024",
            "Asunto: CONVALIDACIÓN DE ERRORES",
            "En atención a la solicitud notificada el 15/04/2024, adjunto la documentación:",
            "1. Documento rectificado: formulario con firma electrónica.",
        ],
        reads: &[("items[].documento", "formulario con firma electrónica"), ("fecha_envio", "2024-04-22")],
        never: &[("fecha_envio", "2024-04-15")],
        ..BARE
    },
    Specimen {
        kind: "PROFORMA",
        author: "tabla",
        rows: &[
            "PROFORMA No. 4521",
            "RUC: | 1790011674001",
            "Cantidad | Descripción | V. unitario | V. total",
            "10,00 | Llantas radiales | 100,00 | 1.000,00",
            "2,00 | Aros | 50,00 | 100,00",
            "TOTAL (no incluye IVA) | 1.100,00",
            "Validez de la oferta: 30 días. Forma de pago: crédito 15 días.",
        ],
        reads: &[("ruc", "1790011674001"), ("total", "1100.00"), ("validez", "30")],
        cells: &[("precio_unitario", "100,00")],
        never: &[("validez", "15")],
        ..BARE
    },
    Specimen {
        kind: "PROFORMA",
        author: "con IVA, escaneada",
        noisy: true,
        rows: &[
            "COTIZACIÓN No. 45",
            "Subtotal 1.000,00 IVA 15% 150,00 Total 1.150,00",
            "Esta cotización es válida por 45 días. Atentamente, Rosa Ejemplar Vera, RUC 0926687856001",
        ],
        reads: &[("total", "1000.00"), ("validez", "45"), ("ruc", "0926687856001")],
        ..BARE
    },
    Specimen {
        kind: "SEPARADOR",
        author: "dos líneas",
        rows: &["DOCUMENTOS HABILITANTES"],
        reads: &[("titulo", "DOCUMENTOS HABILITANTES")],
        ..BARE
    },
    Specimen {
        kind: "SEPARADOR",
        author: "con foja, escaneado",
        noisy: true,
        rows: &["ANEXOS", "foja 12"],
        reads: &[("titulo", "ANEXOS")],
        never: &[("titulo", "foja 12")],
        ..BARE
    },
];

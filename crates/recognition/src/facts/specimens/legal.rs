//! Deeds, powers, appointments and oaths.

use super::{BARE, Specimen};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        kind: "NOMBRAMIENTO",
        author: "junta",
        rows: &[
            "Quito, 22 de abril de 2024",
            "Señora Inés Ficticia Andrade. Presente.-",
            "Me es grato comunicarle que la Junta General de Accionistas de la compañía ACME S.A., en sesión celebrada el día",
            "20 de abril de 2024, tuvo el acierto de elegirle GERENTE GENERAL de la compañía, por el período estatutario de cinco años.",
            "Luis Ajeno Paz, Secretario Ad-Hoc",
            "RAZÓN DE ACEPTACIÓN: acepto el nombramiento que antecede. Inés Ficticia Andrade C.C. 1710034065",
            "NÚMERO DE INSCRIPCIÓN: 4521",
            "NÚMERO DE REPERTORIO: 9876",
        ],
        reads: &[
            ("representante", "Inés Ficticia Andrade"),
            ("empresa", "ACME S.A."),
            ("cargo", "GERENTE GENERAL"),
            ("periodo_anios", "5"),
            ("fecha", "2024-04-22"),
            ("cedula", "1710034065"),
            ("inscripcion", "4521"),
        ],
        never: &[("representante", "Luis Ajeno Paz"), ("inscripcion", "9876")],
        ..BARE
    },
    Specimen {
        kind: "NOMBRAMIENTO",
        author: "razón del registro, escaneada",
        noisy: true,
        rows: &[
            "RAZÓN DE INSCRIPCIÓN DEL NOMBRAMIENTO",
            "NÚMERO DE REPERTORIO | 9876",
            "NÚMERO DE INSCRIPCIÓN | 4521",
            "COMPAÑÍA | ACME S.A.",
            "NOMBRES DEL ADMINISTRADOR | INES FICTICIA ANDRADE",
            "CARGO | PRESIDENTE",
            "PERIODO | 2 AÑOS",
        ],
        reads: &[
            ("inscripcion", "4521"),
            ("empresa", "ACME S.A."),
            ("representante", "INES FICTICIA ANDRADE"),
            ("cargo", "PRESIDENTE"),
            ("periodo_anios", "2"),
        ],
        never: &[("inscripcion", "9876")],
        ..BARE
    },
    Specimen {
        kind: "PODER",
        author: "notarial",
        rows: &[
            "PODER ESPECIAL",
            "En la ciudad de Quito, el 22 de abril de 2024, ante mí, Luis Ajeno Paz, Notario Segundo del cantón, comparece Inés",
            "Ficticia Andrade, en calidad de mandante, quien otorga poder especial a favor de Pedro Inventado Mora, mandatario, para",
            "que a su nombre y representación suscriba las ofertas y contratos. Hasta aquí la minuta.",
        ],
        reads: &[
            ("mandante", "Inés Ficticia Andrade"),
            ("apoderado", "Pedro Inventado Mora"),
            ("fecha", "2024-04-22"),
            ("alcance", "suscriba las ofertas y contratos"),
        ],
        never: &[("mandante", "Luis Ajeno Paz"), ("apoderado", "Luis Ajeno Paz")],
        ..BARE
    },
    Specimen {
        kind: "PODER",
        author: "delegación, escaneada",
        noisy: true,
        rows: &[
            "PODER ESPECIAL Y DELEGACIÓN",
            "Yo, Inés Ficticia Andrade, representante legal de ACME S.A., confiero poder especial, amplio y suficiente, a Pedro Inventado",
            "Mora, para que como apoderado presente y firme la oferta del proceso. El administrador Luis Ajeno Paz no interviene.",
            "Fecha de otorgamiento: 22/04/2024",
        ],
        reads: &[
            ("mandante", "Inés Ficticia Andrade"),
            ("apoderado", "Pedro Inventado Mora"),
            ("fecha", "2024-04-22"),
        ],
        never: &[("apoderado", "Luis Ajeno Paz")],
        ..BARE
    },
    Specimen {
        kind: "ESCRITURA",
        author: "constitución",
        rows: &[
            "ESCRITURA PÚBLICA DE CONSTITUCIÓN",
            "En la ciudad de Quito, a los 22 días del mes de abril de 2010, ante mí, Notario Tercero, comparecen los fundadores.",
            "La compañía se denominará ACME CONSTRUCTORES S.A. y tendrá su domicilio en Quito.",
            "El objeto social de la compañía es la construcción de obras civiles, para lo cual podrá celebrar actos y contratos.",
            "El capital suscrito de la compañía es de USD 12.500,00, dividido en acciones.",
        ],
        reads: &[
            ("empresa", "ACME CONSTRUCTORES S.A."),
            ("fecha_constitucion", "2010-04-22"),
            ("capital", "12500.00"),
            ("objeto_social", "la construcción de obras civiles"),
        ],
        ..BARE
    },
    Specimen {
        kind: "ESCRITURA",
        author: "sociedad por acciones, escaneada",
        noisy: true,
        rows: &[
            "CONSTITUCIÓN DE SOCIEDAD POR ACCIONES SIMPLIFICADA",
            "Los accionistas constituyen por documento privado la compañía ACME SERVICIOS S.A.S., con capital suscrito de USD 800,00.",
            "Fecha de constitución: 22/04/2021",
            "Objeto social: la prestación de servicios de limpieza.",
        ],
        reads: &[
            ("empresa", "ACME SERVICIOS S.A.S."),
            ("capital", "800.00"),
            ("fecha_constitucion", "2021-04-22"),
            ("objeto_social", "la prestación de servicios de limpieza"),
        ],
        ..BARE
    },
    Specimen {
        kind: "DECLARACION_JURAMENTADA",
        author: "notarial",
        rows: &[
            "DECLARACIÓN JURAMENTADA",
            "Ante mí, Luis Ajeno Paz, Notario Segundo del cantón, comparece Inés Ficticia Andrade, con cédula No. 1710034065, por sus",
            "propios derechos, y advertida de la pena de perjurio declara bajo juramento que no se encuentra incursa en inhabilidades.",
            "Testigo: cédula 0102030400",
            "Quito, 22 de abril de 2024.",
        ],
        reads: &[("declarante", "Inés Ficticia Andrade"), ("cedula", "1710034065"), ("fecha", "2024-04-22")],
        never: &[("declarante", "Luis Ajeno Paz")],
        ..BARE
    },
    Specimen {
        kind: "DECLARACION_JURAMENTADA",
        author: "simple, escaneada",
        noisy: true,
        rows: &[
            "DECLARACIÓN JURADA",
            "Yo, Pedro Inventado Mora, C.C. 0102030400, conocedor de las penas del perjurio, declaro bajo juramento que los",
            "documentos presentados son auténticos.",
            "Loja, 3 de mayo de 2024",
        ],
        reads: &[("declarante", "Pedro Inventado Mora"), ("cedula", "0102030400"), ("fecha", "2024-05-03")],
        ..BARE
    },
    Specimen {
        kind: "CONSORCIO_CONSTITUIDO",
        author: "escritura",
        rows: &[
            "CONSTITUCIÓN DE CONSORCIO",
            "En la ciudad de Quito, a los 22 días del mes de abril de 2024, ante el Notario Primero, comparecen los partícipes UNO S.A. y",
            "DOS S.A., que constituyen el CONSORCIO AGUAS CLARAS, con RUC 1792345677001, para la ejecución del contrato.",
            "Los partícipes designan procurador común a Inés Ficticia Andrade y responden en forma solidaria.",
            "Partícipe | RUC | Participación",
            "UNO S.A. | 1790011674001 | 60 %",
            "DOS S.A. | 0990123454001 | 40 %",
        ],
        reads: &[
            ("nombre", "CONSORCIO AGUAS CLARAS"),
            ("ruc", "1792345677001"),
            ("procurador", "Inés Ficticia Andrade"),
            ("fecha", "2024-04-22"),
        ],
        never: &[("ruc", "1790011674001"), ("ruc", "0990123454001")],
        ..BARE
    },
    Specimen {
        kind: "CONSORCIO_CONSTITUIDO",
        author: "contrato, escaneado",
        noisy: true,
        rows: &[
            "CONTRATO DE CONSORCIO",
            "En escritura pública de 22 de abril de 2024, los partícipes formalizan la constitución de consorcio denominado CONSORCIO",
            "VÍAS DEL SUR, con RUC 1792345677001, y ratifican como procurador común a Pedro Inventado Mora.",
        ],
        reads: &[
            ("ruc", "1792345677001"),
            ("procurador", "Pedro Inventado Mora"),
            ("fecha", "2024-04-22"),
            ("nombre", "CONSORCIO VÍAS DEL SUR"),
        ],
        ..BARE
    },
];

//! A large evaluation: bidders, requirements and facts in the numbers of the goal. Shared by the counting test and the bench.

use cotejo_domain::{
    BidId, Bidder, BidderKind, Confidence, Document, DocumentId, DocumentType, Evidence, Fact, FactValue,
    FileHash, FormCondition, Location, LotId, Money, PageStatus, Plazo, Pliego, ProcedureType, Process,
    ProcessCode, Quad, Requirement, RequirementId, RequirementKind, RequirementSource, Subject,
};
use cotejo_rules::{BidFacts, PageOutcome, SignedFile};
use uuid::Uuid;

/// Fields that papers carry, most of which no requirement asks for.
const FIELDS: [&str; 12] = [
    "plazo",
    "vigencia_oferta",
    "codigo_proceso",
    "ruc",
    "razon_social",
    "total",
    "monto",
    "fecha_recepcion",
    "objeto",
    "cargo",
    "solvencia",
    "telefono",
];
const KINDS: [&str; 10] = [
    "FUO_1_1",
    "FUO_1_2",
    "FUO_1_4",
    "FUO_1_5_CANT",
    "CONTRATO_EXP",
    "ACTA_ER",
    "CERT_EXP",
    "CV",
    "MATRICULA",
    "EEFF",
];

/// Builds the process.
pub(crate) fn pliego() -> Pliego {
    Pliego {
        process: Process {
            code: Some(ProcessCode::new("LICBS-EJEMPLO-2026-001")),
            entity: None,
            object: Some("Adquisición de herramientas de ejemplo".into()),
            procedure: ProcedureType::Licbs,
            budget: Some(Money(900_000.into())),
            budget_encrypted: false,
            term: Some(Plazo(90)),
            validity: Some(Plazo(60)),
            started: Some(jiff::civil::date(2026, 1, 15)),
            bids_due: Some(jiff::civil::date(2026, 2, 20).at(10, 0, 0, 0)),
        },
        schedule: Vec::new(),
        items: Vec::new(),
        requirements: Vec::new(),
        lots: Vec::new(),
        attachments: Vec::new(),
        findings: Vec::new(),
    }
}

/// Builds so many requirements, of every kind in turn.
pub(crate) fn requirements(count: usize) -> Vec<Requirement> {
    let subject = |number: usize| match number % 12 {
        0 => Subject::Term { maximum: Some(Plazo(90)) },
        1 => Subject::Validity { minimum: Some(Plazo(60)) },
        2 => Subject::ProcessCode,
        3 => Subject::RucStructure,
        4 => Subject::EconomicOffer,
        5 => Subject::Patrimonio { minimum: Some(Money(10_000.into())) },
        6 => Subject::Experience {
            specific: false,
            minimum: Some(Money(90_000.into())),
            minimum_per_contract: None,
            years: Some(20),
        },
        7 => Subject::Personnel { role: format!("Residente {number}"), count: 1 },
        8 => Subject::Equipment { description: format!("Equipo {number}"), count: None },
        9 => Subject::FinancialIndex { name: "Índice de Solvencia".into(), threshold: Some(1.into()) },
        10 => Subject::Form {
            document: DocumentType(KINDS[number % KINDS.len()].into()),
            alternatives: Vec::new(),
            signed: true,
            condition: FormCondition::Always,
        },
        _ => Subject::Other,
    };
    (0..count)
        .map(|number| Requirement {
            id: RequirementId(format!("R-{number}")),
            lot: None,
            kind: RequirementKind::Minimo,
            text: format!("Requisito {number}"),
            points: None,
            subject: subject(number),
            source: RequirementSource::page(1),
        })
        .collect()
}

/// The lot of the workload.
pub(crate) fn lot() -> LotId {
    LotId(Uuid::nil())
}

/// Builds a bid with so many facts, five a page.
pub(crate) fn bid(number: u32, facts: usize) -> BidFacts {
    let file = FileHash::of(format!("oferta {number}").as_bytes());
    let name = "oferta.pdf".to_owned();
    let pages = facts.div_ceil(5);
    let page_of = |place: usize| u32::try_from(place + 1).unwrap_or(1);
    let document = |place: usize| Document {
        id: DocumentId(Uuid::from_u128(u128::from(number) << 64 | place as u128)),
        file,
        kind: DocumentType(KINDS[place % KINDS.len()].into()),
        confidence: Confidence::new(0.95),
        pages: vec![page_of(place)],
        blank_form: false,
    };
    let value = |place: usize| match FIELDS[place % FIELDS.len()] {
        "plazo" => FactValue::Plazo(Plazo(90)),
        "vigencia_oferta" => FactValue::Plazo(Plazo(90)),
        "codigo_proceso" => FactValue::ProcessCode(ProcessCode::new("LICBS-EJEMPLO-2026-001")),
        "total" | "monto" => FactValue::Money(Money((1_000 + place as i64).into())),
        "fecha_recepcion" => FactValue::Date(jiff::civil::date(2019, 5, 4)),
        "solvencia" => FactValue::Decimal(2.into()),
        _ => FactValue::Text(format!("texto {}", place % 40)),
    };
    let fact = |place: usize| Fact {
        document: None,
        field: FIELDS[place % FIELDS.len()].into(),
        value: value(place),
        raw: "leído".into(),
        evidence: Evidence {
            file,
            file_name: name.clone(),
            location: Location::Page {
                page: page_of(place / 5),
                quads: vec![Quad::upright(1.0, 2.0, 3.0, 4.0)],
            },
            quote: "leído".into(),
            extractor: "prueba@1".into(),
            confidence: Confidence::new(0.95),
        },
        confidence: Confidence::new(0.95),
    };
    BidFacts {
        bid: BidId(Uuid::from_u128(u128::from(number))),
        bidder: Bidder {
            name: format!("Oferente {number}"),
            ruc: None,
            kind: BidderKind::Juridica,
            members: Vec::new(),
        },
        documents: (0..pages).map(document).collect(),
        facts: (0..facts).map(fact).collect(),
        tables: Vec::new(),
        files: vec![SignedFile { file, file_name: name.clone(), signatures: Some(Vec::new()) }],
        pages: (0..pages)
            .map(|place| PageOutcome { file, page: page_of(place), status: PageStatus::Text })
            .collect(),
        unread_files: Vec::new(),
        findings: Vec::new(),
        registries: Vec::new(),
    }
}

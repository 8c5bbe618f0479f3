//! The memory across cases: what is told, of whom, and how it is forgotten.

use super::Desk;
use super::judgement::put_analysis;
use crate::analysis::{FileAnalysis, PageNote, ReadFile};
use crate::view::{ForgettingOrder, IndicioRow};
use cotejo_domain::{
    Bid, BidId, Bidder, BidderKind, Confidence, Document, DocumentId, DocumentType, Entity, Evidence, Fact,
    FactValue, FileHash, Location, Lot, LotId, Money, PageLook, PageReading, PageStatus, ProcedureType,
    Process, Quad, Ruc, Word,
};
use cotejo_lector_client::Resources;
use cotejo_store::{EventPayload, FileOwner, MemoryKeyring, NewCase, Ports};
use std::sync::Arc;

const ENTITY: (&str, &str) = ("GAD Municipal de Ejemplo", "1760001234001");
const OTHER: (&str, &str) = ("Empresa Pública Imaginaria", "1768001234001");
const OBJECT: &str = "Construcción de la cancha del barrio Ejemplo";
const TEXT: &str = "El Gobierno Autónomo Descentralizado Municipal de Ejemplo a petición de la parte interesada certifica que \
    Ana Ejemplo Ficticia ejecutó a entera satisfacción de esta institución el contrato cuyo objeto fue la Construcción de la \
    cancha del barrio Ejemplo cumpliendo con los plazos y especificaciones técnicas sin multa alguna es cuanto puedo certificar";

/// What a certificate says, beside what all of them say.
struct Said {
    amount: &'static str,
    object: &'static str,
    from: &'static str,
    to: &'static str,
}

const USUAL: Said = Said { amount: "50000.00", object: OBJECT, from: "2021-02-01", to: "2021-08-30" };

fn page() -> PageReading {
    let words = TEXT.split_whitespace().map(|text| Word {
        text: text.into(),
        quad: Quad::upright(0.0, 0.0, 1.0, 1.0),
        line: 1,
        size: 10.0,
        confidence: Confidence::CERTAIN,
    });
    PageReading {
        number: 1,
        status: PageStatus::Ocr,
        width: 595.0,
        height: 842.0,
        rotation: 0,
        words: words.collect(),
        reading_view: false,
    }
}

fn certificate(hash: FileHash, said: &Said) -> FileAnalysis {
    let document = DocumentId(uuid::Uuid::from_u128(7));
    let fact = |field: &str, value: FactValue| Fact {
        document: Some(document),
        field: field.into(),
        raw: value.canonical(),
        evidence: Evidence {
            file: hash,
            file_name: "certificado.pdf".into(),
            location: Location::Page { page: 1, quads: Vec::new() },
            quote: value.canonical(),
            extractor: "prueba@1".into(),
            confidence: Confidence::CERTAIN,
        },
        value,
        confidence: Confidence::CERTAIN,
    };
    let text = |value: &str| FactValue::Text(value.into());
    let day = |value: &str| FactValue::Date(value.parse().expect("a day"));
    FileAnalysis {
        hash,
        path: "certificado.pdf".into(),
        media_type: "application/pdf".into(),
        pages: vec![PageNote {
            number: 1,
            status: PageStatus::Ocr,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: 60,
            kind: "CERT_EXP".into(),
            confidence: 0.95,
            reading_view: false,
            look: Some(PageLook {
                number: 1,
                image_hash: Some(0x55),
                text_hash: Some(0x77),
                ..PageLook::default()
            }),
            leaf: None,
        }],
        documents: vec![Document {
            id: document,
            file: hash,
            kind: DocumentType("CERT_EXP".into()),
            confidence: Confidence::new(0.95),
            pages: vec![1],
            blank_form: false,
        }],
        facts: vec![
            fact("emisor", text("GAD Municipal de Ejemplo")),
            fact("beneficiario", text("Ana Ejemplo Ficticia")),
            fact("objeto", text(said.object)),
            fact("monto", FactValue::Money(Money(said.amount.parse().expect("an amount")))),
            fact("desde", day(said.from)),
            fact("hasta", day(said.to)),
        ],
        tables: Vec::new(),
        signatures: Vec::new(),
        properties: None,
        findings: Vec::new(),
        model: "prueba".into(),
        trace: crate::analysis::Trace::default(),
    }
}

async fn desk(folder: &std::path::Path) -> Desk {
    let nowhere = || folder.join("nada");
    let resources =
        Resources { program: nowhere(), pdfium: nowhere(), tessdata: nowhere(), encoder: None, heads: None };
    let ports = Ports::system(Arc::new(MemoryKeyring::default()));
    Desk::open_with(&folder.join("datos"), ports, resources).await.expect("opens")
}

/// A case of an entity with one bid that holds one certificate.
async fn case_of(desk: &Desk, name: &str, entity: (&str, &str), said: &Said) -> String {
    let lot = Lot::named(LotId(desk.new_uuid()), "único");
    let lot_id = lot.id;
    let process = Process {
        code: None,
        entity: Some(Entity { name: entity.0.into(), ruc: Some(Ruc::parse(entity.1).expect("well formed")) }),
        object: None,
        procedure: ProcedureType::Lico,
        budget: None,
        budget_encrypted: false,
        term: None,
        validity: None,
        started: None,
        bids_due: None,
    };
    let new = NewCase { name: name.into(), process, lots: vec![lot], pack: None };
    let author = desk.actor.id;
    let case = desk.profile.create_case(author, new).await.expect("made");
    let bidder =
        Bidder { name: "Ana Ejemplo".into(), ruc: None, kind: BidderKind::Unknown, members: Vec::new() };
    let bid = Bid { id: BidId(desk.new_uuid()), lot: lot_id, bidder, files: Vec::new() };
    let owner = FileOwner::Bid(bid.id);
    case.record(author, EventPayload::BidAdded { bid }).await.expect("recorded");
    let bytes = format!("{name} {}", said.amount).into_bytes();
    let imported = case.import_file(author, owner, "certificado.pdf", "application/pdf", false, bytes).await;
    let hash = imported.expect("imported").hash;
    let read = ReadFile { analysis: certificate(hash, said), pages: vec![page()] };
    put_analysis(&case, &read, None).await.expect("kept");
    let id = case.id().to_string();
    desk.keep(case).await;
    id
}

async fn told(desk: &Desk, case: &str) -> Vec<IndicioRow> {
    let rows = desk.indicios(case).await.expect("lists").rows;
    rows.into_iter().filter(|row| row.code == "M-01").collect()
}

#[tokio::test]
async fn attack_the_same_certificate_with_another_amount_in_a_later_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    let first = case_of(&desk, "Proceso uno", ENTITY, &USUAL).await;
    assert!(told(&desk, &first).await.is_empty(), "nothing is remembered yet");
    let second = case_of(&desk, "Proceso dos", ENTITY, &Said { amount: "150000.00", ..USUAL }).await;
    let rows = told(&desk, &second).await;
    assert_eq!(rows.len(), 1);
    for part in ["Proceso uno", "150000.00", "50000.00"] {
        assert!(rows[0].text.contains(part), "{part} in {}", rows[0].text);
    }
    assert_eq!(rows[0].places.len(), 2, "both papers are pointed at");
    assert!(rows[0].places[1].path.contains("Proceso uno") && rows[0].places[1].page == Some(1));
    assert_ne!(rows[0].places[0].file, rows[0].places[1].file, "each with its own hash");
    // An indicio is dismissed with a reason as any other.
    let view = desk.dismiss_indicio(&second, &rows[0].id, "Se amplió el contrato").await.expect("dismisses");
    assert_eq!(view.dismissed, 1);
}

#[tokio::test]
async fn attack_two_different_certificates_on_one_template_and_one_handed_in_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    let first = case_of(&desk, "Proceso uno", ENTITY, &USUAL).await;
    told(&desk, &first).await;
    let other = Said { object: "Construcción de la acera del barrio Ejemplo", amount: "80000.00", ..USUAL };
    let next_year = Said { amount: "80000.00", from: "2022-02-01", to: "2022-08-30", ..USUAL };
    for (name, said) in [("otra obra", other), ("otro año", next_year), ("la misma", USUAL)] {
        let case = case_of(&desk, name, ENTITY, &said).await;
        assert!(told(&desk, &case).await.is_empty(), "{name}");
        desk.forget_memory(&ForgettingOrder::Case(case)).await.expect("forgets");
    }
}

#[tokio::test]
async fn attack_the_memory_of_another_entity_is_not_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    let first = case_of(&desk, "Proceso uno", OTHER, &USUAL).await;
    told(&desk, &first).await;
    let second = case_of(&desk, "Proceso dos", ENTITY, &Said { amount: "150000.00", ..USUAL }).await;
    assert!(told(&desk, &second).await.is_empty());
}

#[tokio::test]
async fn what_is_forgotten_or_of_a_sample_tells_nothing_and_is_not_taken_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    let sample = case_of(&desk, "EJEMPLO uno", ENTITY, &USUAL).await;
    told(&desk, &sample).await;
    assert!(desk.memory().await.expect("shows").cases.is_empty(), "a sample is not remembered");
    let first = case_of(&desk, "Proceso uno", ENTITY, &USUAL).await;
    told(&desk, &first).await;
    let second = case_of(&desk, "Proceso dos", ENTITY, &Said { amount: "150000.00", ..USUAL }).await;
    assert_eq!(told(&desk, &second).await.len(), 1);
    let view = desk.forget_memory(&ForgettingOrder::Case(first.clone())).await.expect("forgets");
    assert_eq!(view.forgotten, 1);
    assert!(told(&desk, &second).await.is_empty(), "the indicio goes with what it rested on");
    told(&desk, &first).await;
    assert!(told(&desk, &second).await.is_empty(), "looking at the case does not bring it back");
    desk.allow_memory(&first).await.expect("allows");
    told(&desk, &first).await;
    desk.opened(&second).await.expect("open").forget().await;
    assert_eq!(told(&desk, &second).await.len(), 1);
    desk.set_memory(false).await.expect("turns off");
    assert!(told(&desk, &second).await.is_empty());
    assert!(desk.forget_memory(&ForgettingOrder::Entity("Nadie".into())).await.is_err());
    let all = desk.forget_memory(&ForgettingOrder::All).await.expect("forgets");
    assert_eq!((all.forgotten, all.cases.iter().all(|case| case.refused)), (2, true));
}

//! Attacks on whoever compares an answer with the bid.

use super::difference::{Difference, Happened, Papers, compare};
use cotejo_domain::course::{CureNature, CureRequest, ExistedBefore};
use cotejo_domain::{
    BidId, Confidence, Document, DocumentId, Evidence, Fact, FactValue, FileHash, FormCondition, Location,
    Money, PageLook, RequirementId, Subject, Table, TableCell, TraceStep,
};
use std::collections::BTreeMap;

struct Side {
    file: FileHash,
    documents: Vec<Document>,
    facts: Vec<Fact>,
    tables: Vec<(FileHash, Table)>,
    looks: Vec<(FileHash, PageLook)>,
    names: BTreeMap<FileHash, String>,
}

impl Side {
    fn new(name: &str) -> Self {
        let file = FileHash::of(name.as_bytes());
        Self {
            file,
            documents: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            looks: Vec::new(),
            names: BTreeMap::from([(file, name.to_owned())]),
        }
    }

    fn document(mut self, kind: &str, page: u32) -> Self {
        self.documents.push(Document {
            id: DocumentId(uuid::Uuid::from_u128(u128::from(page))),
            file: self.file,
            kind: kind.into(),
            confidence: Confidence::CERTAIN,
            pages: vec![page],
            blank_form: false,
        });
        self
    }

    fn fact(mut self, field: &str, page: u32, value: FactValue) -> Self {
        let raw = value.canonical();
        self.facts.push(Fact {
            document: None,
            field: field.into(),
            value,
            raw: raw.clone(),
            evidence: self.evidence(page, &raw),
            confidence: Confidence::CERTAIN,
        });
        self
    }

    fn evidence(&self, page: u32, quote: &str) -> Evidence {
        Evidence {
            file: self.file,
            file_name: self.names[&self.file].clone(),
            location: Location::Page { page, quads: Vec::new() },
            quote: quote.into(),
            extractor: "prueba@1".into(),
            confidence: Confidence::CERTAIN,
        }
    }

    fn prices(mut self, page: u32, rows: &[[&str; 4]]) -> Self {
        let cell = |text: &&str| TableCell { text: (*text).to_owned(), quad: None };
        let columns = ["Descripción", "Cantidad", "Precio unitario", "Precio total"];
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let table = Table { page, columns: columns.map(str::to_owned).to_vec(), rows };
        self.tables.push((self.file, table));
        self
    }

    fn papers(&self) -> Papers<'_> {
        Papers {
            documents: &self.documents,
            facts: &self.facts,
            tables: &self.tables,
            looks: &self.looks,
            names: &self.names,
        }
    }
}

fn money(text: &str) -> FactValue {
    FactValue::Money(Money(text.parse().expect("a decimal")))
}

fn asked(error: &str, nature: CureNature) -> CureRequest {
    CureRequest {
        number: 1,
        bid: BidId(uuid::Uuid::nil()),
        requirement: RequirementId("R".into()),
        nature,
        error: error.into(),
        legal_basis: Vec::new(),
        unverified_norms: Vec::new(),
        reason: String::new(),
        document: "Tabla".into(),
        section: String::new(),
        defect: "x".into(),
        to_cure: "x".into(),
        existed_before: ExistedBefore::NotRequired,
        recalculation: Vec::new(),
        evidence: Vec::new(),
    }
}

fn form(kind: &str) -> Subject {
    Subject::Form {
        document: kind.into(),
        alternatives: Vec::new(),
        signed: true,
        condition: FormCondition::Always,
    }
}

fn difference(bid: &Side, answer: &Side, request: &CureRequest, subject: &Subject) -> Difference {
    compare(&bid.papers(), &answer.papers(), &[request], |_| Some(subject.clone()))
}

const ROWS: [[&str; 4]; 3] = [
    ["Excavación", "10", "4,35", "43,50"],
    ["Hormigón", "2", "120,00", "240,00"],
    ["Acero", "5", "1,10", "5,50"],
];

#[test]
fn response_changes_a_price_it_was_not_asked_about() {
    let bid = Side::new("oferta.pdf")
        .document("FUO_1_5_RUBROS", 7)
        .fact("total_numeros", 7, money("289.00"))
        .prices(7, &ROWS);
    // The form is handed in signed, as asked, and one unit price in it is another.
    let mut rows = ROWS;
    rows[1] = ["Hormigón", "2", "110,00", "220,00"];
    let answer = Side::new("respuesta.pdf")
        .document("FUO_1_5_RUBROS", 1)
        .fact("total_numeros", 1, money("269.00"))
        .prices(1, &rows);
    let request = asked("formulario_sin_firma", CureNature::Convalidable);
    let found = difference(&bid, &answer, &request, &form("FUO_1_5_RUBROS"));
    let unasked: Vec<(&str, &str)> =
        found.unasked().map(|change| (change.before.as_str(), change.after.as_str())).collect();
    assert_eq!(unasked, [("289.00", "269.00"), ("120,00", "110,00"), ("240,00", "220,00")]);
    let price = found.cells.first().expect("the unit price");
    assert!(price.what.contains("Hormigón") && price.what.contains("Precio unitario"), "{}", price.what);
    assert!(price.sentence().contains("cambió además"), "{}", price.sentence());
    let pages = |change: &super::difference::Change| {
        (change.before_at.as_ref().and_then(|at| at.page), change.after_at.as_ref().and_then(|at| at.page))
    };
    assert_eq!(pages(price), (Some(7), Some(1)), "both pages");
}

#[test]
fn response_signs_the_same_form_and_changes_nothing() {
    let bid = Side::new("oferta.pdf").document("FUO_1_5_RUBROS", 7).prices(7, &ROWS);
    // The same numbers, written otherwise and in another order.
    let rows = [
        ["HORMIGON", "2,00", "120.00", "240.00"],
        ["Excavación", "10", "4.35", "43.50"],
        ["Acero ", "5", "1,10", "5,50"],
    ];
    let answer = Side::new("respuesta.pdf").document("FUO_1_5_RUBROS", 1).prices(1, &rows);
    let request = asked("formulario_sin_firma", CureNature::Convalidable);
    let found = difference(&bid, &answer, &request, &form("FUO_1_5_RUBROS"));
    assert_eq!(found.all().count(), 0, "{found:?}");
}

#[test]
fn response_corrects_the_sum_and_slips_in_another_unit_price() {
    let mut wrong = ROWS;
    wrong[0] = ["Excavación", "10", "4,35", "40,00"];
    let bid = Side::new("oferta.pdf")
        .document("FUO_1_5_RUBROS", 7)
        .fact("total_numeros", 7, money("285.50"))
        .prices(7, &wrong);
    let mut rows = ROWS;
    rows[2] = ["Acero", "5", "1,30", "6,50"];
    let answer = Side::new("respuesta.pdf")
        .document("FUO_1_5_RUBROS", 1)
        .fact("total_numeros", 1, money("290.00"))
        .prices(1, &rows);
    let request = asked("aritmetico", CureNature::Aritmetico);
    let found = difference(&bid, &answer, &request, &Subject::EconomicOffer);
    let unasked: Vec<&str> = found.unasked().map(|change| change.after.as_str()).collect();
    assert_eq!(unasked, ["1,30"], "sums were asked, prices were not");
    assert_eq!(found.facts[0].asked_by, Some(1));
    // Where the recalculation names the row, the totals of other rows were not asked either.
    let step = cotejo_catalogue::message("rules.economica.paso_fila", &[("fila", "1")]);
    let named = TraceStep { step, inputs: String::new(), result: String::new() };
    let found = difference(
        &bid,
        &answer,
        &CureRequest { recalculation: vec![named], ..request },
        &Subject::EconomicOffer,
    );
    let unasked: Vec<&str> = found.unasked().map(|change| change.after.as_str()).collect();
    assert_eq!(unasked, ["1,30", "6,50"]);
}

#[test]
fn response_drops_a_row_and_adds_another() {
    let bid = Side::new("oferta.pdf").document("FUO_1_5_RUBROS", 7).prices(7, &ROWS);
    let rows = [ROWS[0], ROWS[1], ["Pintura", "1", "3,00", "3,00"]];
    let answer = Side::new("respuesta.pdf").document("FUO_1_5_RUBROS", 1).prices(1, &rows);
    let request = asked("anexo_sin_firma_electronica", CureNature::Convalidable);
    let found = difference(&bid, &answer, &request, &form("FUO_1_5_RUBROS"));
    let told: Vec<(Happened, bool)> =
        found.cells.iter().map(|change| (change.happened, change.what.contains("Acero"))).collect();
    assert_eq!(told, [(Happened::New, false), (Happened::Gone, true)]);
    assert_eq!(found.unasked().count(), 2);
}

#[test]
fn response_brings_the_missing_form_with_another_price_and_another_ruc() {
    let text = |value: &str| FactValue::Text(value.into());
    let bid = Side::new("oferta.pdf")
        .document("FUO_1_5_RUBROS", 7)
        .fact("total_numeros", 7, money("289.00"))
        .document("FUO_1_2", 2)
        .fact("ruc", 2, text("1790012345001"));
    let answer = Side::new("respuesta.pdf")
        .document("FUO_1_1", 1)
        .fact("ruc", 1, text("0990012345001"))
        .fact("total_numeros", 1, money("300.00"))
        .fact("firmante", 1, text("Ana Paz"));
    let request = asked("error_en_formulario_e_integridad", CureNature::Convalidable);
    let found = difference(&bid, &answer, &request, &form("FUO_1_1"));
    assert_eq!(found.documents.len(), 1);
    assert_eq!(found.documents[0].asked_by, Some(1), "the form was asked");
    let unasked: Vec<&str> = found.unasked().map(|change| change.after.as_str()).collect();
    assert_eq!(unasked, ["0990012345001", "300.00"], "that it contradicts the bid was not");
}

#[test]
fn response_hands_in_a_paper_that_nobody_mentioned() {
    let bid = Side::new("oferta.pdf").document("FUO_1_1", 1);
    let answer = Side::new("respuesta.pdf").document("FUO_1_1", 1).document("ACTA_ER", 2);
    let request = asked("formulario_sin_firma", CureNature::Convalidable);
    let found = difference(&bid, &answer, &request, &form("FUO_1_1"));
    assert_eq!(
        found.documents.iter().map(|change| change.document.0.as_str()).collect::<Vec<_>>(),
        ["ACTA_ER"]
    );
    assert_eq!(found.unasked().count(), 1, "RGL 103");
    let support = CureRequest { existed_before: ExistedBefore::ToBeShown, ..request };
    let found = difference(&bid, &answer, &support, &form("FUO_1_1"));
    assert_eq!(found.unasked().count(), 0, "support that was asked comes as papers of other types");
}

#[test]
fn a_typing_error_that_was_asked_lets_that_field_change_alone() {
    let text = |value: &str| FactValue::Text(value.into());
    let bid = Side::new("oferta.pdf")
        .document("FUO_1_1", 1)
        .fact("codigo_proceso", 1, text("LICO-X-2026-001"))
        .fact("plazo", 1, text("90 días"));
    let answer = Side::new("respuesta.pdf")
        .document("FUO_1_1", 1)
        .fact("codigo_proceso", 1, text("LICO-Y-2026-001"))
        .fact("plazo", 1, text("120 días"));
    let request = CureRequest {
        evidence: vec![bid.evidence(1, "LICO-X-2026-001")],
        ..asked("error_tipografico_numeracion_organizacion", CureNature::Convalidable)
    };
    let found = difference(&bid, &answer, &request, &Subject::ProcessCode);
    let told: Vec<(&str, Option<u32>)> =
        found.facts.iter().map(|change| (change.after.as_str(), change.asked_by)).collect();
    assert_eq!(told, [("LICO-Y-2026-001", Some(1)), ("120 días", None)]);
}

#[test]
fn pages_that_repeat_the_bid_are_told() {
    let look = |number, text: u64, exact: Option<&str>| PageLook {
        number,
        text_hash: Some(text),
        exact: exact.map(str::to_owned),
        ..PageLook::default()
    };
    let mut bid = Side::new("oferta.pdf").document("FUO_1_1", 1);
    bid.looks = vec![(bid.file, look(1, 0xff00, Some("a"))), (bid.file, look(2, 0x00ff, Some("b")))];
    let mut answer = Side::new("respuesta.pdf").document("FUO_1_1", 1);
    answer.looks = vec![
        (answer.file, look(1, 0xff01, Some("c"))),
        (answer.file, look(2, 0x00ff, Some("b"))),
        (answer.file, look(3, 0xffff_ffff_0000_0000, Some("d"))),
    ];
    let request = asked("formulario_sin_firma", CureNature::Convalidable);
    let found = difference(&bid, &answer, &request, &form("FUO_1_1"));
    let pairs: Vec<(Option<u32>, Option<u32>, bool)> =
        found.pages.iter().map(|pair| (pair.answer.page, pair.bid.page, pair.same)).collect();
    assert_eq!(pairs, [(Some(1), Some(1), false), (Some(2), Some(2), true)]);
    assert_eq!(found.answer_pages, 3);
    let nothing = difference(&bid, &Side::new("x"), &request, &form("FUO_1_1"));
    assert_eq!(nothing.remarks[0].code, "curing.comparacion.nada_reconocido");
}

//! Bids for the tests of the checks: one file `oferta.pdf`, built page by page.

use crate::{BidFacts, EvaluationInput, PageOutcome, RulePack, SignedFile, evaluate};
use cotejo_domain::{
    BidId, Bidder, BidderKind, ChainStatus, ChangesAfter, Confidence, ConsortiumMember, Coverage, Document,
    DocumentId, DocumentType, Evidence, Fact, FactValue, FileHash, FormCondition, Integrity, Location, LotId,
    Money, PageStatus, Plazo, Pliego, PliegoItem, ProcedureType, Process, ProcessCode, Proposal, Quad,
    Requirement, RequirementId, RequirementKind, RequirementSource, RevocationStatus, Ruc, SignatureReading,
    SignatureVerdict, Subject, Table, TableCell, TimeSource, ValidityAtSigning,
};
use uuid::Uuid;

/// Reads an amount.
pub(crate) fn money(text: &str) -> Money {
    Money(text.parse().expect("an amount"))
}

/// A bid under construction with the pliego it answers.
#[derive(Clone, Debug)]
pub(crate) struct Fixture {
    pub(crate) pliego: Pliego,
    pub(crate) bid: BidFacts,
    pack: &'static RulePack,
}

impl Fixture {
    pub(crate) fn new(start: &str) -> Self {
        let start = start.parse().expect("a date");
        let process = Process {
            code: Some(ProcessCode::new("SIE-EJEMPLO-2026-001")),
            entity: None,
            object: Some("Adquisición de herramientas de ejemplo".into()),
            procedure: ProcedureType::Sie,
            budget: None,
            budget_encrypted: false,
            term: Some(Plazo(90)),
            validity: Some(Plazo(60)),
            started: Some(start),
            bids_due: Some(start.to_datetime(jiff::civil::Time::midnight())),
        };
        let file = FileHash::of(b"oferta");
        Self {
            pliego: Pliego {
                process,
                schedule: Vec::new(),
                items: Vec::new(),
                requirements: Vec::new(),
                lots: Vec::new(),
                attachments: Vec::new(),
                findings: Vec::new(),
            },
            bid: BidFacts {
                bid: BidId(Uuid::nil()),
                bidder: Bidder {
                    name: "Ejemplo".into(),
                    ruc: None,
                    kind: BidderKind::Juridica,
                    members: Vec::new(),
                },
                documents: Vec::new(),
                facts: Vec::new(),
                tables: Vec::new(),
                files: vec![SignedFile { file, file_name: "oferta.pdf".into(), signatures: None }],
                pages: Vec::new(),
                unread_files: Vec::new(),
                findings: Vec::new(),
                registries: Vec::new(),
            },
            pack: RulePack::for_start(start).expect("a pack"),
        }
    }

    fn file(&self) -> FileHash {
        self.bid.files[0].file
    }

    pub(crate) fn document(mut self, kind: &str, page: u32) -> Self {
        self.bid.documents.push(Document {
            id: DocumentId(Uuid::from_u128(u128::from(page))),
            file: self.file(),
            kind: DocumentType(kind.into()),
            confidence: Confidence::new(0.95),
            pages: vec![page],
            blank_form: false,
        });
        self
    }

    pub(crate) fn blank(mut self) -> Self {
        self.bid.documents.last_mut().expect("a document").blank_form = true;
        self
    }

    pub(crate) fn confidence(mut self, confidence: f64) -> Self {
        self.bid.documents.last_mut().expect("a document").confidence = Confidence::new(confidence);
        self
    }

    pub(crate) fn fact(mut self, field: &str, value: FactValue, page: u32) -> Self {
        let quote = value.canonical();
        self.bid.facts.push(Fact {
            document: None,
            field: field.into(),
            raw: quote.clone(),
            value,
            evidence: Evidence {
                file: self.file(),
                file_name: "oferta.pdf".into(),
                location: Location::Page { page, quads: vec![Quad::upright(1.0, 2.0, 3.0, 4.0)] },
                quote,
                extractor: "test@1".into(),
                confidence: Confidence::new(0.95),
            },
            confidence: Confidence::new(0.95),
        });
        self
    }

    pub(crate) fn fact_confidence(mut self, confidence: f64) -> Self {
        self.bid.facts.last_mut().expect("a fact").confidence = Confidence::new(confidence);
        self
    }

    pub(crate) fn page(mut self, page: u32, status: PageStatus) -> Self {
        self.bid.pages.push(PageOutcome { file: self.file(), page, status });
        self
    }

    pub(crate) fn table(mut self, page: u32, columns: &[&str], rows: &[&[&str]]) -> Self {
        let cell =
            |text: &&str| TableCell { text: (*text).into(), quad: Some(Quad::upright(0.0, 0.0, 1.0, 1.0)) };
        let table = Table {
            page,
            columns: columns.iter().map(|column| (*column).into()).collect(),
            rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        };
        self.bid.tables.push((self.file(), table));
        self
    }

    pub(crate) fn bidder(mut self, kind: BidderKind) -> Self {
        self.bid.bidder.kind = kind;
        self
    }

    pub(crate) fn consortium(mut self, members: usize) -> Self {
        let member =
            |index: usize| ConsortiumMember { name: format!("Socio {index}"), ruc: None, share: None };
        self.bid.bidder.kind = BidderKind::Consorcio;
        self.bid.bidder.members = (0..members).map(member).collect();
        self
    }

    pub(crate) fn budget(mut self, budget: &str) -> Self {
        self.pliego.process.budget = Some(money(budget));
        self
    }

    pub(crate) fn works(mut self) -> Self {
        self.pliego.process.procedure = ProcedureType::Lico;
        self
    }

    pub(crate) fn item(mut self, description: &str, quantity: &str) -> Self {
        self.pliego.items.push(PliegoItem {
            cpc: None,
            description: description.into(),
            quantity: quantity.parse().ok(),
            unit: None,
            unit_price: None,
        });
        self
    }

    pub(crate) fn unsigned(mut self) -> Self {
        self.bid.files[0].signatures = Some(Vec::new());
        self
    }

    pub(crate) fn signed(mut self, verdict: SignatureVerdict) -> Self {
        self.bid.files[0].signatures = Some(vec![SignatureReading {
            signer: None,
            cedula: None,
            ruc: None,
            signing_time: None,
            time_source: TimeSource::Declared,
            sub_filter: "adbe.pkcs7.detached".into(),
            level: "B-B".into(),
            integrity: Integrity::Ok,
            covers: Coverage::Whole,
            changes_after: ChangesAfter::None,
            changes: Vec::new(),
            chain: ChainStatus::Trusted,
            validity_at_signing: ValidityAtSigning::Ok,
            revocation: RevocationStatus::NotChecked,
            verdict,
            reasons: Vec::new(),
            page: None,
            certificate_serial: None,
            findings: Vec::new(),
        }]);
        self
    }

    pub(crate) fn ruc(text: &str) -> FactValue {
        FactValue::Ruc(Ruc::parse(text).expect("a RUC"))
    }

    pub(crate) fn propose(&self, subject: Subject) -> Proposal {
        let requirements = [Requirement {
            id: RequirementId("X".into()),
            lot: None,
            kind: RequirementKind::Minimo,
            text: "requisito".into(),
            points: None,
            subject,
            source: RequirementSource::ByHand,
        }];
        let input = EvaluationInput {
            pliego: &self.pliego,
            requirements: &requirements,
            pack: self.pack,
            lot: LotId(Uuid::nil()),
            bid: &self.bid,
        };
        evaluate(&input).pop().expect("one requirement, one proposal")
    }

    pub(crate) fn form(&self, document: &str, condition: FormCondition) -> Proposal {
        self.propose(Subject::Form {
            document: document.into(),
            alternatives: Vec::new(),
            signed: true,
            condition,
        })
    }
}

//! Small fictional bids for the tests of the flags.

use crate::{BidPapers, DescribedFile, Flag, LotTerms, PageAppearance, PageText, SignedFile, detect_in_lot};
use cotejo_domain::{
    BidId, Bidder, BidderKind, ChainStatus, ChangesAfter, Confidence, ConsortiumMember, Coverage, Document,
    DocumentId, DocumentType, Evidence, Fact, FactValue, FileHash, FileProperties, Integrity, Location,
    Money, PageReading, PageStatus, PropertyKind, Quad, RevocationStatus, Ruc, SignatureReading,
    SignatureVerdict, Table, TableCell, TimeSource, ValidityAtSigning, Word,
};
use uuid::Uuid;

/// One bid in the making.
pub(crate) struct Sample {
    bidder: Bidder,
    documents: Vec<Document>,
    facts: Vec<Fact>,
    tables: Vec<(FileHash, Table)>,
    signatures: Vec<SignedFile>,
    pages: Vec<(FileHash, String, PageReading)>,
    looks: Vec<PageAppearance>,
    texts: Vec<PageText>,
    described: Vec<DescribedFile>,
}

fn ruc(text: &str) -> Ruc {
    Ruc::parse(text).expect("well formed")
}

impl Sample {
    pub(crate) fn new(number: &str, name: &str) -> Self {
        let bidder = Bidder {
            name: name.into(),
            ruc: Some(ruc(number)),
            kind: BidderKind::Juridica,
            members: Vec::new(),
        };
        Self {
            bidder,
            documents: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            signatures: Vec::new(),
            pages: Vec::new(),
            looks: Vec::new(),
            texts: Vec::new(),
            described: Vec::new(),
        }
    }

    pub(crate) fn partner(mut self, number: &str, name: &str) -> Self {
        self.bidder.members.push(ConsortiumMember { name: name.into(), ruc: Some(ruc(number)), share: None });
        self
    }

    /// A document that names somebody, with the number beside the name.
    pub(crate) fn named(self, kind: &str, field: &str, name: &str, number: Option<&str>) -> Self {
        self.named_as(kind, field, name, number, Confidence::CERTAIN)
    }

    pub(crate) fn natural(mut self) -> Self {
        self.bidder.kind = BidderKind::Natural;
        self
    }

    /// Makes the last document one of a company.
    pub(crate) fn of_company(self, name: &str) -> Self {
        let (file, document) = {
            let document = self.documents.last().expect("a document");
            (document.file, document.id)
        };
        self.fact_of(file, document, "empresa", FactValue::Text(name.into()))
    }

    /// The same, read from an image.
    pub(crate) fn scanned(self, kind: &str, field: &str, name: &str) -> Self {
        self.named_as(kind, field, name, None, Confidence::new(0.9))
    }

    fn named_as(
        mut self,
        kind: &str,
        field: &str,
        name: &str,
        number: Option<&str>,
        read: Confidence,
    ) -> Self {
        let file = FileHash::of(format!("{} {}", self.bidder.name, self.documents.len()).as_bytes());
        let document = self.document(file, kind);
        let number_field = match field {
            "socios[].nombre" => "socios[].id",
            "filas[].nombre" => "filas[].cedula",
            "partes[].nombre" => "partes[].ruc",
            "beneficiario.nombre" => "beneficiario.id",
            "emisor" => "emisor_id",
            "nombre" if kind == "FUO_1_2" => "ruc",
            _ => "cedula",
        };
        let number = number.map(|number| {
            let value = match number.len() {
                13 => FactValue::Ruc(ruc(number)),
                _ => FactValue::Cedula(cotejo_domain::Cedula::parse(number).expect("well formed")),
            };
            (number_field, value)
        });
        let name = (field, FactValue::Text(name.into()));
        for (field, value) in [Some(name), number].into_iter().flatten() {
            self.facts.push(Fact {
                document: Some(document),
                field: field.into(),
                raw: value.canonical(),
                value,
                evidence: Evidence {
                    file,
                    file_name: "oferta.pdf".into(),
                    location: Location::Page {
                        page: 1,
                        quads: vec![Quad::upright(10.0, 100.0, 200.0, 110.0)],
                    },
                    quote: String::new(),
                    extractor: "sample@1".into(),
                    confidence: read,
                },
                confidence: read,
            });
        }
        self
    }

    fn document(&mut self, file: FileHash, kind: &str) -> DocumentId {
        let id = DocumentId(Uuid::from_u128(self.documents.len() as u128 + 1));
        self.documents.push(Document {
            id,
            file,
            kind: DocumentType::from(kind),
            confidence: Confidence::CERTAIN,
            pages: vec![1],
            blank_form: false,
        });
        id
    }

    pub(crate) fn total(mut self, kind: &str, amount: &str) -> Self {
        let file = FileHash::of(self.bidder.name.as_bytes());
        let document = self.document(file, kind);
        self.facts.push(Fact {
            document: Some(document),
            field: "total".into(),
            value: FactValue::Money(Money(amount.parse().expect("a decimal"))),
            raw: amount.into(),
            evidence: Evidence {
                file,
                file_name: "oferta.pdf".into(),
                location: Location::Page { page: 1, quads: Vec::new() },
                quote: amount.into(),
                extractor: "sample@1".into(),
                confidence: Confidence::CERTAIN,
            },
            confidence: Confidence::CERTAIN,
        });
        self
    }

    pub(crate) fn table<'a>(
        mut self,
        kind: &str,
        head: &str,
        rows: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let cell =
            |text: &str| TableCell { text: text.into(), quad: Some(Quad::upright(1.0, 1.0, 2.0, 2.0)) };
        let rows = rows.map(|(what, price)| vec![cell(what), cell(price)]).collect();
        let table = Table { page: 1, columns: vec!["descripcion".into(), head.into()], rows };
        let file = FileHash::of(self.bidder.name.as_bytes());
        self.document(file, kind);
        self.tables.push((file, table));
        self
    }

    /// A table with any columns.
    pub(crate) fn grid<const N: usize>(
        mut self,
        kind: &str,
        columns: &[&str; N],
        rows: &[[&str; N]],
    ) -> Self {
        let cell = |text: &&str| TableCell {
            text: (*text).into(),
            quad: Some(Quad::upright(1.0, 100.0, 2.0, 110.0)),
        };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        let file = FileHash::of(self.bidder.name.as_bytes());
        self.document(file, kind);
        self.tables.push((file, Table { page: 1, columns, rows }));
        self
    }

    /// A unit price analysis of a rubro.
    pub(crate) fn analysis<const N: usize>(
        self,
        rubro: &str,
        columns: &[&str; N],
        rows: &[[&str; N]],
    ) -> Self {
        let sample = self.grid("FUO_1_6_APU", columns, rows);
        let (file, document) = {
            let document = sample.documents.last().expect("just made");
            (document.file, document.id)
        };
        sample.fact_of(file, document, "rubro", FactValue::Text(rubro.into()))
    }

    /// A document with one fact for each field.
    pub(crate) fn paper(mut self, kind: &str, fields: &[(&str, FactValue)]) -> Self {
        let file = FileHash::of(format!("{:?} {}", self.bidder.ruc, self.documents.len()).as_bytes());
        let document = self.document(file, kind);
        fields
            .iter()
            .fold(self, |sample, (field, value)| sample.fact_of(file, document, field, value.clone()))
    }

    fn fact_of(mut self, file: FileHash, document: DocumentId, field: &str, value: FactValue) -> Self {
        self.facts.push(Fact {
            document: Some(document),
            field: field.into(),
            raw: value.canonical(),
            value,
            evidence: Evidence {
                file,
                file_name: "anexo.pdf".into(),
                location: Location::Page { page: 1, quads: vec![Quad::upright(1.0, 10.0, 2.0, 20.0)] },
                quote: String::new(),
                extractor: "sample@1".into(),
                confidence: Confidence::CERTAIN,
            },
            confidence: Confidence::CERTAIN,
        });
        self
    }

    pub(crate) fn look(mut self, appearance: PageAppearance) -> Self {
        self.looks.push(appearance);
        self
    }

    /// A page of running text.
    pub(crate) fn says(mut self, page: u32, text: &str) -> Self {
        let file = FileHash::of(self.bidder.name.as_bytes());
        let sequences = crate::sequences(text);
        self.texts.push(PageText { file, file_name: "metodologia.pdf".into(), page, sequences });
        self
    }

    /// A file that says something of itself; the same name is the same bytes.
    pub(crate) fn described(mut self, name: &str, kind: &str, properties: FileProperties) -> Self {
        let (file, kinds) = (FileHash::of(name.as_bytes()), vec![kind.to_owned()]);
        self.described.push(DescribedFile { file, file_name: name.into(), kinds, properties });
        self
    }

    pub(crate) fn page(mut self, lines: &[&str]) -> Self {
        let mut words = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            for text in line.split(' ') {
                words.push(Word {
                    text: text.into(),
                    quad: Quad::upright(0.0, 0.0, 1.0, 1.0),
                    line: u32::try_from(number).expect("few lines"),
                    size: 10.0,
                    confidence: Confidence::CERTAIN,
                });
            }
        }
        let reading = PageReading {
            number: 1,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words,
            reading_view: false,
        };
        self.pages.push((FileHash::of(self.bidder.name.as_bytes()), "anexo.pdf".into(), reading));
        self
    }

    pub(crate) fn signed(
        mut self,
        name: &str,
        kind: &str,
        signer: &str,
        serial: &str,
        cedula: Option<&str>,
    ) -> Self {
        let file = FileHash::of(name.as_bytes());
        self.document(file, kind);
        // Read back from text, so that fields added to the reading later keep their defaults.
        let mut reading = SignatureReading {
            signer: Some(signer.into()),
            cedula: cedula.map(str::to_owned),
            certificate_serial: Some(serial.into()),
            ..empty_reading()
        };
        reading.page = Some(1);
        self.signatures.push(SignedFile { file, file_name: name.into(), signatures: vec![reading] });
        self
    }
}

/// What a PDF says of itself.
pub(crate) fn said(values: &[(PropertyKind, &str)]) -> FileProperties {
    let mut said = FileProperties::default();
    values.iter().for_each(|(kind, value)| said.put(*kind, value, "/Info", "x"));
    said
}

/// The identifier of a bid by its place, from 1.
pub(crate) fn bid(number: u128) -> BidId {
    BidId(Uuid::from_u128(number))
}

fn empty_reading() -> SignatureReading {
    SignatureReading {
        signer: None,
        cedula: None,
        ruc: None,
        signing_time: None,
        time_source: TimeSource::Declared,
        sub_filter: "ETSI.CAdES.detached".into(),
        level: "B-B".into(),
        integrity: Integrity::Ok,
        covers: Coverage::Whole,
        changes_after: ChangesAfter::None,
        changes: Vec::new(),
        chain: ChainStatus::Incomplete,
        validity_at_signing: ValidityAtSigning::Ok,
        revocation: RevocationStatus::NotChecked,
        verdict: SignatureVerdict::Indeterminate,
        reasons: Vec::new(),
        page: None,
        certificate_serial: None,
        findings: Vec::new(),
    }
}

/// Joins who is named in the bids.
pub(crate) fn join_in(samples: &[Sample]) -> Vec<crate::entities::Entity> {
    crate::entities::join(&papers(samples))
}

pub(crate) fn papers(samples: &[Sample]) -> Vec<BidPapers<'_>> {
    samples
        .iter()
        .enumerate()
        .map(|(number, sample)| BidPapers {
            bid: bid(number as u128 + 1),
            bidder: &sample.bidder,
            documents: &sample.documents,
            facts: &sample.facts,
            tables: &sample.tables,
            signatures: &sample.signatures,
            pages: &sample.pages,
            looks: &sample.looks,
            texts: &sample.texts,
            described: &sample.described,
        })
        .collect()
}

/// Looks for every flag, forwards and backwards: the order of the bids must not matter.
pub(crate) fn detect_in(samples: &[Sample]) -> Vec<Flag> {
    detect_in_terms(samples, LotTerms::default())
}

/// The same in a lot of which more is known.
pub(crate) fn detect_in_terms(samples: &[Sample], terms: LotTerms<'_>) -> Vec<Flag> {
    let mut papers = papers(samples);
    let flags = detect_in_lot(&papers, terms);
    papers.reverse();
    assert_eq!(detect_in_lot(&papers, terms), flags, "the order of the bids must not matter");
    for flag in &flags {
        assert!(!flag.text.contains(['«', '{']) || flag.text.contains('»'), "{}", flag.text);
        assert!(flag.severity < cotejo_domain::Severity::Error, "an indicio is no error");
        assert!(!flag.evidence.is_empty(), "an indicio without a place: {}", flag.text);
    }
    flags
}

/// The course of an evaluation over fictional bids.
pub(crate) fn detect_in_course(samples: &[Sample], course: crate::Course<'_>) -> Vec<Flag> {
    crate::detect_in_course(&papers(samples), LotTerms::default(), course)
}

//! What an answer to a *convalidación* is against the bid: documents by type, facts by field, tables cell by cell, pages that repeat. What nobody
//! had asked for is told apart: an answer may cure a signature and change a price.

use super::errors::{SIGNING, reason};
use cotejo_catalogue::message;
use cotejo_domain::course::{CureNature, CureRequest};
use cotejo_domain::{
    Document, DocumentType, Evidence, Fact, FileHash, PageLook, Reason, Subject, Table, document_type_entry,
};
use cotejo_rules::amount::readings;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Holds what was read of some files: of a bid, or of its answer.
#[derive(Clone, Copy, Debug)]
pub struct Papers<'a> {
    /// Documents.
    pub documents: &'a [Document],
    /// Facts.
    pub facts: &'a [Fact],
    /// Tables, each with its file.
    pub tables: &'a [(FileHash, Table)],
    /// How the pages look, each with its file.
    pub looks: &'a [(FileHash, PageLook)],
    /// Names of the files.
    pub names: &'a BTreeMap<FileHash, String>,
}

/// Names a place for people and machines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// SHA-256 of the file, in hexadecimal.
    pub file: String,
    /// Its name.
    pub file_name: String,
    /// The page, from 1.
    pub page: Option<u32>,
}

/// Says what happened to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// The bid did not have it.
    New,
    /// It says something else.
    Changed,
    /// The answer leaves it out, in a document that the bid had with it.
    Gone,
}

/// Holds one change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub happened: Happened,
    /// The document type.
    pub document: DocumentType,
    /// What changed, for people: field, or row and column.
    pub what: String,
    /// Value of the bid, as printed.
    pub before: String,
    /// Value of the answer, as printed.
    pub after: String,
    /// Where the bid says it.
    pub before_at: Option<Place>,
    /// Where the answer says it.
    pub after_at: Option<Place>,
    /// The request that had asked for it; `None` when none had.
    pub asked_by: Option<u32>,
    /// True when a reading of it is not firm: look at both pages.
    pub unsure: bool,
}

/// Pairs a page of the answer with one of the bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePair {
    /// The page of the answer.
    pub answer: Place,
    /// The page of the bid.
    pub bid: Place,
    /// True when both say and show the same.
    pub same: bool,
}

/// Holds the whole comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Document types of the answer that the bid has not.
    pub documents: Vec<Change>,
    /// Facts.
    pub facts: Vec<Change>,
    /// Cells of tables.
    pub cells: Vec<Change>,
    /// Pages that repeat the bid's, exactly or nearly.
    pub pages: Vec<PagePair>,
    /// Pages of the answer, in all.
    pub answer_pages: usize,
    /// What could not be compared.
    pub remarks: Vec<Reason>,
}

impl Difference {
    /// Lists the changes that nobody had asked for.
    pub fn unasked(&self) -> impl Iterator<Item = &Change> {
        self.all().filter(|change| change.asked_by.is_none())
    }

    /// Lists every change.
    pub fn all(&self) -> impl Iterator<Item = &Change> {
        self.documents.iter().chain(&self.facts).chain(&self.cells)
    }
}

impl Change {
    /// Says the change in one sentence: *cambió además* where nobody had asked for it.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = document_name(&self.document);
        let key = match (self.asked_by.is_some(), self.happened) {
            (true, Happened::New) => "curing.cambio.pedido_nuevo",
            (true, Happened::Changed) => "curing.cambio.pedido",
            (true, Happened::Gone) => "curing.cambio.pedido_falta",
            (false, Happened::New) => "curing.cambio.ademas_nuevo",
            (false, Happened::Changed) => "curing.cambio.ademas",
            (false, Happened::Gone) => "curing.cambio.ademas_falta",
        };
        let values = [
            ("documento", name.as_str()),
            ("que", &self.what),
            ("antes", &self.before),
            ("ahora", &self.after),
        ];
        message(key, &values)
    }
}

/// Names a document type for people.
#[must_use]
pub fn document_name(kind: &DocumentType) -> String {
    document_type_entry(&kind.0).map_or_else(|| kind.0.clone(), |entry| entry.name.clone())
}

/// What one request lets change.
struct Asked<'a> {
    request: &'a CureRequest,
    kinds: BTreeSet<DocumentType>,
    /// The bid had no such document, or only its empty form: all of it is the answer.
    whole: bool,
    /// Fields that the request shows as wrong, with the document type.
    fields: BTreeSet<(Option<DocumentType>, String)>,
    /// True when only signing was asked.
    signing: bool,
    /// Rows that our recalculation names, each with what is wrong in it.
    rows: BTreeSet<(&'static str, usize)>,
}

/// Types of the papers with the price.
const ECONOMIC: [&str; 4] = ["FUO_1_5_RUBROS", "FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA", "FUO_1_6_APU"];
/// Fields that state the total.
const TOTALS: [&str; 3] = ["total", "total_numeros", "total_letras"];

/// Compares an answer with the bid. `subjects` gives what each requirement is about.
#[must_use]
pub fn compare(
    bid: &Papers<'_>,
    answer: &Papers<'_>,
    requests: &[&CureRequest],
    subject: impl Fn(&CureRequest) -> Option<Subject>,
) -> Difference {
    let asked: Vec<Asked<'_>> =
        requests.iter().map(|request| asked(bid, request, subject(request))).collect();
    let mut difference = Difference { answer_pages: answer.looks.len(), ..Difference::default() };
    documents(bid, answer, &asked, &mut difference);
    facts(bid, answer, &asked, &mut difference);
    cells(bid, answer, &asked, &mut difference);
    pages(bid, answer, &mut difference);
    let nothing = answer.documents.iter().all(|document| document.kind == DocumentType::other());
    if nothing {
        difference.remarks.push(reason("curing.comparacion.nada_reconocido", &[]));
    }
    difference
}

fn asked<'a>(bid: &Papers<'_>, request: &'a CureRequest, subject: Option<Subject>) -> Asked<'a> {
    let mut kinds: BTreeSet<DocumentType> = BTreeSet::new();
    match subject {
        Some(Subject::Form { document, alternatives, .. }) => {
            kinds.insert(document);
            kinds.extend(alternatives);
        }
        Some(Subject::EconomicOffer) => kinds.extend(ECONOMIC.map(DocumentType::from)),
        _ => {}
    }
    let own: BTreeSet<DocumentType> = bid
        .documents
        .iter()
        .filter(|document| !document.blank_form)
        .map(|document| document.kind.clone())
        .collect();
    let whole = !kinds.is_empty() && kinds.is_disjoint(&own);
    let mut fields = BTreeSet::new();
    for evidence in &request.evidence {
        if let Some(kind) = kind_at(bid, evidence) {
            kinds.insert(kind);
        }
        for fact in bid.facts.iter().filter(|fact| same_place(&fact.evidence, evidence)) {
            fields.insert((kind_of(bid, fact), fact.field.clone()));
        }
    }
    Asked {
        request,
        kinds,
        whole,
        fields,
        signing: SIGNING.contains(&request.error.as_str()),
        rows: rows_named(request),
    }
}

/// Steps of our recalculation that name a row.
const ROW_STEPS: [&str; 3] =
    ["rules.economica.paso_fila", "rules.economica.paso_apu", "rules.economica.paso_cantidad"];

/// Finds the rows that our recalculation names.
fn rows_named(request: &CureRequest) -> BTreeSet<(&'static str, usize)> {
    const MOST_ROWS: usize = 1000;
    let steps: BTreeSet<&str> = request.recalculation.iter().map(|step| step.step.as_str()).collect();
    if steps.is_empty() {
        return BTreeSet::new();
    }
    let all = (1..=MOST_ROWS).flat_map(|row| ROW_STEPS.map(|key| (key, row)));
    all.filter(|(key, row)| steps.contains(message(key, &[("fila", &row.to_string())]).as_str())).collect()
}

/// A request points at a value when it cites the very words of it.
fn same_place(fact: &Evidence, cited: &Evidence) -> bool {
    fact.file == cited.file
        && fact.location.page() == cited.location.page()
        && !cited.quote.trim().is_empty()
        && fact.quote == cited.quote
}

fn kind_at(papers: &Papers<'_>, evidence: &Evidence) -> Option<DocumentType> {
    let page = evidence.location.page()?;
    let found = papers
        .documents
        .iter()
        .find(|document| document.file == evidence.file && document.pages.contains(&page))?;
    Some(found.kind.clone())
}

fn kind_of(papers: &Papers<'_>, fact: &Fact) -> Option<DocumentType> {
    let named = fact.document.and_then(|id| papers.documents.iter().find(|document| document.id == id));
    named.map(|document| document.kind.clone()).or_else(|| kind_at(papers, &fact.evidence))
}

impl Papers<'_> {
    fn name(&self, file: FileHash) -> String {
        self.names.get(&file).cloned().unwrap_or_default()
    }

    fn place(&self, file: FileHash, page: Option<u32>) -> Place {
        Place { file: file.to_string(), file_name: self.name(file), page }
    }

    fn place_of(&self, evidence: &Evidence) -> Place {
        self.place(evidence.file, evidence.location.page())
    }

    fn kinds(&self) -> BTreeSet<&DocumentType> {
        self.documents.iter().filter(|document| !document.blank_form).map(|document| &document.kind).collect()
    }
}

fn of_kind<'a>(asked: &'a [Asked<'_>], kind: &DocumentType) -> impl Iterator<Item = &'a Asked<'a>> {
    asked.iter().filter(move |asked| asked.kinds.contains(kind))
}

fn documents(bid: &Papers<'_>, answer: &Papers<'_>, asked: &[Asked<'_>], difference: &mut Difference) {
    let had = bid.kinds();
    let mut told = BTreeSet::new();
    // A covering letter answers; it is no paper of the bid.
    let covering = ["RESP_CONV", "OTRO", "HOJA_EN_BLANCO", "SEPARADOR", "CARATULA"];
    for document in answer.documents {
        let kind = &document.kind;
        if had.contains(kind) || covering.contains(&kind.0.as_str()) || !told.insert(kind.clone()) {
            continue;
        }
        // Support of something asked comes as another type than the form; where support was asked, new papers are its answer.
        let support = asked
            .iter()
            .find(|asked| asked.request.existed_before != cotejo_domain::course::ExistedBefore::NotRequired);
        let by = of_kind(asked, kind).next().or(support);
        difference.documents.push(Change {
            happened: Happened::New,
            document: kind.clone(),
            what: document_name(kind),
            before: String::new(),
            after: document_name(kind),
            before_at: None,
            after_at: Some(answer.place(document.file, document.pages.first().copied())),
            asked_by: by.map(|asked| asked.request.number),
            unsure: false,
        });
    }
}

type FactKey = (DocumentType, String);

fn by_field<'a>(papers: &Papers<'a>) -> BTreeMap<FactKey, Vec<&'a Fact>> {
    let mut found: BTreeMap<FactKey, Vec<&Fact>> = BTreeMap::new();
    for fact in papers.facts {
        let Some(kind) = kind_of(papers, fact) else { continue };
        found.entry((kind, fact.field.clone())).or_default().push(fact);
    }
    found
}

fn same_value(one: &Fact, other: &Fact) -> bool {
    folded(&one.value.canonical()) == folded(&other.value.canonical())
}

fn facts(bid: &Papers<'_>, answer: &Papers<'_>, asked: &[Asked<'_>], difference: &mut Difference) {
    let had = by_field(bid);
    let kinds = bid.kinds();
    for ((kind, field), now) in by_field(answer) {
        if kind.0 == "RESP_CONV" {
            continue;
        }
        let key = (kind.clone(), field.clone());
        let new_paper = !kinds.contains(&kind);
        let before: Vec<&Fact> = if new_paper {
            // It is new with its document, which is told already; what must be the same in all papers of a bid is compared with those.
            if !SAME_EVERYWHERE.contains(&field.as_str()) {
                continue;
            }
            had.iter()
                .filter(|((_, of), _)| *of == field)
                .flat_map(|(_, facts)| facts.iter().copied())
                .collect()
        } else {
            had.get(&key).cloned().unwrap_or_default()
        };
        if before.is_empty() && new_paper {
            continue;
        }
        let (mut left, mut came) = unmatched(&before, &now);
        if new_paper && came.len() < now.len() {
            continue;
        }
        let pairs = left.len().min(came.len());
        for (old, new) in left.drain(..pairs).zip(came.drain(..pairs)).collect::<Vec<_>>() {
            difference.facts.push(fact_change(bid, answer, asked, &key, Some(old), Some(new)));
        }
        for new in came {
            difference.facts.push(fact_change(bid, answer, asked, &key, None, Some(new)));
        }
        if !new_paper {
            for old in left {
                difference.facts.push(fact_change(bid, answer, asked, &key, Some(old), None));
            }
        }
    }
}

/// Takes out what both say, as often as both say it.
fn unmatched<'a>(before: &[&'a Fact], now: &[&'a Fact]) -> (Vec<&'a Fact>, Vec<&'a Fact>) {
    let mut left = before.to_vec();
    let mut came = Vec::new();
    for fact in now {
        match left.iter().position(|old| same_value(old, fact)) {
            Some(index) => {
                left.remove(index);
            }
            None => came.push(*fact),
        }
    }
    (left, came)
}

fn fact_change(
    bid: &Papers<'_>,
    answer: &Papers<'_>,
    asked: &[Asked<'_>],
    (kind, field): &FactKey,
    old: Option<&Fact>,
    new: Option<&Fact>,
) -> Change {
    const FIRM: f64 = 0.7;
    let new_paper = !bid.kinds().contains(kind);
    // A form that was missing may be handed in; that it says another price than the bid is not what was asked.
    let by = of_kind(asked, kind).find(|asked| !new_paper && asked.covers(kind, field, old.is_none()));
    let unsure = [old, new].into_iter().flatten().any(|fact| fact.confidence.value() < FIRM);
    Change {
        happened: match (old, new) {
            (None, _) => Happened::New,
            (_, None) => Happened::Gone,
            _ => Happened::Changed,
        },
        document: kind.clone(),
        what: field_name(field),
        before: old.map_or_else(String::new, |fact| fact.raw.clone()),
        after: new.map_or_else(String::new, |fact| fact.raw.clone()),
        before_at: old.map(|fact| bid.place_of(&fact.evidence)),
        after_at: new.map(|fact| answer.place_of(&fact.evidence)),
        asked_by: by.map(|asked| asked.request.number),
        unsure,
    }
}

impl Asked<'_> {
    /// Tells whether a request lets a field change. `missing` says that the bid did not state it.
    fn covers(&self, kind: &DocumentType, field: &str, missing: bool) -> bool {
        if self.whole {
            return true;
        }
        let cited =
            self.fields.iter().any(|(of, named)| named == field && of.as_ref().is_none_or(|of| of == kind));
        // A paper that is handed in again is dated again.
        if SIGNATURE_FIELDS.contains(&field) {
            return true;
        }
        match self.request.nature {
            CureNature::Aritmetico => TOTALS.contains(&field),
            _ if self.signing => false,
            // What was missing in a form that is to be completed is what was asked.
            _ => cited || (missing && self.request.error == "informacion_ilegible_incompleta"),
        }
    }
}

/// What all papers of a bid say alike.
const SAME_EVERYWHERE: [&str; 8] =
    ["ruc", "total", "total_numeros", "total_letras", "plazo", "codigo_proceso", "vigencia", "procurador"];
/// What signing a paper again changes of itself.
const SIGNATURE_FIELDS: [&str; 2] = ["lugar_fecha", "fecha"];

/// Names a field for people, without the brackets of lists.
fn field_name(field: &str) -> String {
    let plain: String =
        field.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
    let last = plain.rsplit('.').next().unwrap_or(&plain);
    let keys = [plain.as_str(), last].map(|name| format!("recognition.field.{name}"));
    let known = keys.iter().find(|key| cotejo_catalogue::exists(key));
    known.map_or_else(|| last.replace('_', " "), |key| message(key, &[]).to_lowercase())
}

/// Folds case, accents and blanks, so that only what is said counts.
fn folded(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for letter in word.chars().flat_map(char::to_lowercase) {
            plain.push(match letter {
                'á' | 'à' => 'a',
                'é' | 'è' => 'e',
                'í' | 'ì' => 'i',
                'ó' | 'ò' => 'o',
                'ú' | 'ù' | 'ü' => 'u',
                'ñ' => 'n',
                other => other,
            });
        }
    }
    plain
}

/// Tells whether two cells say the same: the same words, or a number that both can mean.
fn same_cell(one: &str, other: &str) -> bool {
    if folded(one) == folded(other) {
        return true;
    }
    let others = readings(other);
    readings(one).iter().any(|reading| others.iter().any(|other| other.value == reading.value))
}

/// One table over all its pages.
struct Joined<'a> {
    heads: Vec<String>,
    columns: &'a [String],
    rows: Vec<(Place, Vec<&'a str>)>,
}

fn joined<'a>(papers: &Papers<'a>) -> BTreeMap<(DocumentType, Vec<String>), Joined<'a>> {
    let mut found: BTreeMap<(DocumentType, Vec<String>), Joined<'a>> = BTreeMap::new();
    for (file, table) in papers.tables {
        let kind = papers
            .documents
            .iter()
            .find(|document| document.file == *file && document.pages.contains(&table.page))
            .map_or_else(DocumentType::other, |document| document.kind.clone());
        let heads: Vec<String> = table.columns.iter().map(|head| folded(head)).collect();
        let one = found.entry((kind, heads.clone())).or_insert_with(|| Joined {
            heads,
            columns: &table.columns,
            rows: Vec::new(),
        });
        let place = papers.place(*file, Some(table.page));
        one.rows.extend(
            table.rows.iter().map(|row| (place.clone(), row.iter().map(|cell| cell.text.as_str()).collect())),
        );
    }
    found
}

impl Joined<'_> {
    /// The column that names a row: the description, else the longest text of the first row.
    fn naming(&self) -> usize {
        let named = self.heads.iter().position(|head| {
            ["descripcion", "rubro / descripcion", "rubro", "detalle", "bien"]
                .iter()
                .any(|word| head.contains(word))
        });
        named.unwrap_or_else(|| {
            let first = self.rows.first().map(|(_, row)| row.as_slice()).unwrap_or_default();
            (0..first.len()).max_by_key(|index| first.get(*index).map_or(0, |text| text.len())).unwrap_or(0)
        })
    }
}

fn cells(bid: &Papers<'_>, answer: &Papers<'_>, asked: &[Asked<'_>], difference: &mut Difference) {
    let had = joined(bid);
    for ((kind, heads), now) in joined(answer) {
        let Some(before) = had.get(&(kind.clone(), heads.clone())) else {
            if had.keys().any(|(of, _)| *of == kind) {
                let name = document_name(&kind);
                difference.remarks.push(reason("curing.comparacion.otra_tabla", &[("documento", &name)]));
            }
            continue;
        };
        let naming = before.naming();
        let mut open: Vec<usize> = (0..before.rows.len()).collect();
        for (index, (place, row)) in now.rows.iter().enumerate() {
            let label = row.get(naming).copied().unwrap_or_default();
            // The row of the same name, the one at the same place first where names repeat.
            let same = |old: &usize| {
                before.rows.get(*old).is_some_and(|(_, old)| {
                    folded(old.get(naming).copied().unwrap_or_default()) == folded(label)
                })
            };
            let found = open
                .iter()
                .copied()
                .find(|old| *old == index && same(old))
                .or_else(|| open.iter().copied().find(same));
            let row_name = row_name(index, label);
            match found.and_then(|old| before.rows.get(old).map(|row| (old, row))) {
                Some((old, (old_place, old_row))) => {
                    open.retain(|kept| *kept != old);
                    for (column, text) in row.iter().enumerate() {
                        let was = old_row.get(column).copied().unwrap_or_default();
                        if same_cell(was, text) {
                            continue;
                        }
                        let head = now.columns.get(column).map(String::as_str).unwrap_or_default();
                        let what = cell_name(&row_name, head);
                        let by = asked_cell(asked, &kind, head, index);
                        difference.cells.push(Change {
                            happened: Happened::Changed,
                            document: kind.clone(),
                            what,
                            before: was.to_owned(),
                            after: (*text).to_owned(),
                            before_at: Some(old_place.clone()),
                            after_at: Some(place.clone()),
                            asked_by: by,
                            unsure: false,
                        });
                    }
                }
                None => difference.cells.push(row_change(asked, &kind, Happened::New, row_name, row, place)),
            }
        }
        for old in open {
            let Some((place, row)) = before.rows.get(old) else { continue };
            let label = row.get(naming).copied().unwrap_or_default();
            difference.cells.push(row_change(asked, &kind, Happened::Gone, row_name(old, label), row, place));
        }
    }
}

fn row_name(index: usize, label: &str) -> String {
    message("curing.cambio.fila", &[("fila", &(index + 1).to_string()), ("nombre", label)])
}

fn cell_name(row: &str, head: &str) -> String {
    message("curing.cambio.celda", &[("fila", row), ("columna", &head.replace('_', " "))])
}

fn row_change(
    asked: &[Asked<'_>],
    kind: &DocumentType,
    happened: Happened,
    what: String,
    row: &[&str],
    place: &Place,
) -> Change {
    let text = row.iter().filter(|text| !text.trim().is_empty()).copied().collect::<Vec<_>>().join(" | ");
    let gone = happened == Happened::Gone;
    Change {
        happened,
        document: kind.clone(),
        what,
        before: if gone { text.clone() } else { String::new() },
        after: if gone { String::new() } else { text },
        before_at: gone.then(|| place.clone()),
        after_at: (!gone).then(|| place.clone()),
        asked_by: of_kind(asked, kind).find(|asked| asked.whole).map(|asked| asked.request.number),
        unsure: false,
    }
}

/// Tells which request lets a cell change: an error of arithmetic the totals of the rows that our recalculation names (of all where it names none),
/// and the price or quantity of a row where that is what is wrong.
fn asked_cell(asked: &[Asked<'_>], kind: &DocumentType, head: &str, index: usize) -> Option<u32> {
    let head = folded(head);
    let total = head.contains("total") || head.contains("global") || head == "valor";
    let price =
        head.contains("unitario") || ["p u", "pu", "p. unit.", "p. unitario"].contains(&head.as_str());
    let quantity = head.contains("cantidad") || head == "cant";
    let [_, by_analysis, by_quantity] = ROW_STEPS;
    of_kind(asked, kind)
        .find(|asked| {
            let named = |key| asked.rows.contains(&(key, index + 1));
            let any = asked.rows.is_empty() || ROW_STEPS.into_iter().any(named);
            asked.whole
                || (asked.request.nature == CureNature::Aritmetico
                    && ((total && any) || (price && named(by_analysis)) || (quantity && named(by_quantity))))
        })
        .map(|asked| asked.request.number)
}

fn pages(bid: &Papers<'_>, answer: &Papers<'_>, difference: &mut Difference) {
    for (file, look) in answer.looks {
        let mut best: Option<(&FileHash, &PageLook, bool)> = None;
        for (of, page) in bid.looks {
            let same = look.exact.is_some() && look.exact == page.exact;
            if same || (best.is_none() && look.likeness(page).is_some()) {
                best = Some((of, page, same));
            }
            if same {
                break;
            }
        }
        if let Some((of, page, same)) = best {
            difference.pages.push(PagePair {
                answer: answer.place(*file, Some(look.number)),
                bid: bid.place(*of, Some(page.number)),
                same,
            });
        }
    }
}

//! Documents through the desk: split, joined, typed, put in order, undone, rebuilt.

use super::Desk;
use super::pages_tests::{bid, bytes_of, file, import, pdf};
use super::tests::{case_of, desk};
use crate::analysis::FileAnalysis;
use crate::view::{
    ArrangeOrder, CellAddress, DecisionDraft, EvidencePlace, EvidenceView, FileView, MotivationView, Verdict,
};
use cotejo_domain::{Code, ProcedureType, RequirementKind};

const GENERAL: &str = "1.2 DATOS GENERALES DEL OFERENTE\nNombre del oferente: Compania Ficticia de Ejemplo S.A.\n\
                       R.U.C.: 1790000001001\nCorreo electronico: ejemplo@ejemplo.ec\nTelefono: 022000000";
const LETTER: &str = "Quito, 3 de noviembre de 2026\nSenores de la comision de ejemplo\nR.U.C.: 0990000001001\n\
                      En esta hoja se cuenta algo que no tiene titulo ni forma conocida";
const FINANCES: &str = "1.4 SITUACION FINANCIERA\nIndice de solvencia: 1,20\nIndice de endeudamiento: 0,80";

fn shape(file: &FileView) -> Vec<(String, Vec<u32>)> {
    file.documents.iter().map(|document| (document.kind.clone(), document.pages.clone())).collect()
}

async fn analysis(open: &super::open_case::OpenCase) -> FileAnalysis {
    open.judgement().await.expect("judges").bids[0].files[0].clone()
}

async fn arranged(desk: &Desk, case: &str, hash: &str, order: ArrangeOrder) -> FileView {
    desk.arrange(case, hash, &order).await.unwrap_or_else(|error| panic!("{order:?}: {error}"));
    file(desk, case, "oferta.pdf").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_cuts_types_and_undoes_and_everything_is_exactly_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Sie).await;
    let pages = pdf(&[GENERAL, LETTER, FINANCES, LETTER]);
    import(&desk, &case, bid(folder.path(), &[("oferta.pdf", bytes_of(pages))])).await;
    let before = file(&desk, &case, "oferta.pdf").await;
    let machine = analysis(&open).await;
    assert!(!before.arranged && before.documents.iter().all(|document| !document.typed));
    assert_eq!(machine.trace.extents.len(), machine.documents.len(), "every document says where it lies");
    let owner = |file: &FileView, page: u32| {
        file.documents.iter().find(|document| document.pages.contains(&page)).expect("a document").id.clone()
    };
    let hash = before.hash.clone();

    // What rests on the second page is looked at again; what rests on the third is not.
    let mut cells = Vec::new();
    for page in [2, 3] {
        let draft = crate::RequirementDraft {
            kind: RequirementKind::Minimo,
            text: format!("Se mira la foja {page}"),
            document: None,
            signed: false,
        };
        let requirement = desk.add_requirement(&case, draft).await.expect("adds").id;
        let bid = desk.open_case(&case).await.expect("opens").bids[0].id.clone();
        let cell = CellAddress { requirement, bid };
        let part = || "Visto en la prueba.".to_owned();
        let decision = DecisionDraft {
            cell: cell.clone(),
            verdict: Verdict::Cumple,
            motivation: MotivationView { fact: part(), evidence: part(), norm: part(), conclusion: part() },
            evidence: Vec::new(),
            added: vec![EvidenceView {
                file: hash.clone(),
                file_name: "oferta.pdf".into(),
                place: EvidencePlace::Page { page, quads: Vec::new(), width: 595.0, height: 842.0 },
                place_text: String::new(),
                document: String::new(),
                quote: "texto".into(),
                extractor: String::new(),
                confidence: 1.0,
            }],
        };
        desk.decide(&case, &decision).await.expect("decides");
        cells.push(cell);
    }
    let reviews = || async {
        let mut reviews = Vec::new();
        for cell in &cells {
            let shown = desk.cell(&case, &cell.requirement, &cell.bid).await.expect("a cell");
            reviews.push(shown.decision.expect("decided").review);
        }
        reviews
    };

    // The letter is a document of its own, and a certificate.
    let mut now = before.clone();
    let letter = owner(&now, 2);
    if now.documents.iter().any(|document| document.id == letter && document.pages.first() != Some(&2)) {
        now = arranged(&desk, &case, &hash, ArrangeOrder::Split { document: letter, page: 2 }).await;
    }
    let split = analysis(&open).await;
    let order = ArrangeOrder::Name { document: owner(&now, 2), kind: "RUC_SRI".into() };
    now = arranged(&desk, &case, &hash, order).await;
    let typed = now.documents.iter().find(|document| document.pages == [2]).expect("the letter");
    assert!(typed.typed && typed.certain && typed.kind == "RUC_SRI" && now.arranged, "{typed:?}");
    assert!((typed.confidence - 1.0).abs() < 1e-9);
    let after = analysis(&open).await;
    let number = |analysis: &FileAnalysis, page: u32| {
        analysis
            .facts
            .iter()
            .filter(|fact| fact.evidence.location.page() == Some(page))
            .cloned()
            .collect::<Vec<_>>()
    };
    let read = number(&after, 2);
    assert!(read.iter().any(|fact| fact.raw.contains("0990000001001")), "read as what it is now: {read:?}");
    assert!(read.iter().all(|fact| fact.document.map(|id| id.to_string()) == Some(typed.id.clone())));
    assert_eq!(number(&after, 3), number(&machine, 3), "what did not change is as it was, to the letter");
    assert_eq!(reviews().await, [true, false], "revisar de nuevo, and only there");
    let judged = open.judgement().await.expect("judges");
    assert!(judged.bids[0].files[0].documents.iter().any(|document| document.kind.0 == "RUC_SRI"));

    // Joined, put in order, and all of it undone.
    let merge = ArrangeOrder::Merge { document: owner(&now, 3), other: owner(&now, 2) };
    let joined = arranged(&desk, &case, &hash, merge).await;
    let whole = joined.documents.iter().find(|document| document.pages.contains(&3)).expect("a document");
    assert_eq!(
        (whole.pages.get(..2), whole.typed),
        (Some([2, 3].as_slice()), false),
        "its type is the machine's"
    );
    let order = ArrangeOrder::Move { document: owner(&joined, 3), to: 0 };
    let moved = arranged(&desk, &case, &hash, order).await;
    assert_eq!(moved.documents[0].pages.first(), Some(&2));
    let turned = ArrangeOrder::MovePage { document: owner(&moved, 3), page: 3, to: 0 };
    let turned = arranged(&desk, &case, &hash, turned).await;
    assert_eq!(turned.documents[0].pages.get(..2), Some([3, 2].as_slice()));
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    assert_eq!(
        shape(&file(&desk, &case, "oferta.pdf").await),
        shape(&turned),
        "rebuilt projections say the same"
    );

    for expected in [&moved, &joined, &now] {
        let undone = desk.undo(&case).await.expect("undoes");
        assert!(undone.text.contains("oferta.pdf"), "{}", undone.text);
        assert_eq!(file(&desk, &case, "oferta.pdf").await, *expected, "exactly the one before");
    }
    desk.redo(&case).await.expect("redoes");
    assert_eq!(file(&desk, &case, "oferta.pdf").await, joined);
    desk.undo(&case).await.expect("undoes");
    desk.undo(&case).await.expect("undoes the type");
    assert_eq!(analysis(&open).await, split, "facts, tables and findings too");
    if before.documents.iter().all(|document| document.pages != [2]) {
        desk.undo(&case).await.expect("undoes the split");
    }
    assert_eq!(file(&desk, &case, "oferta.pdf").await, before);
    assert_eq!(analysis(&open).await, machine, "the machine's own, untouched");

    // Taken back as a whole, which is an act as well.
    let order = ArrangeOrder::Name { document: owner(&before, 1), kind: "POLIZA".into() };
    let named = arranged(&desk, &case, &hash, order).await;
    let back = arranged(&desk, &case, &hash, ArrangeOrder::Withdraw).await;
    assert_eq!(back, before);
    desk.undo(&case).await.expect("undoes");
    assert_eq!(file(&desk, &case, "oferta.pdf").await, named);
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_cut_outlives_a_new_reading_and_a_strange_order_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    import(&desk, &case, bid(folder.path(), &[("oferta.pdf", bytes_of(pdf(&[GENERAL, FINANCES])))])).await;
    let before = file(&desk, &case, "oferta.pdf").await;
    let first = before.documents[0].id.clone();
    let strange = [
        (ArrangeOrder::Split { document: first.clone(), page: 1 }, Code::Precondition),
        (ArrangeOrder::Split { document: first.clone(), page: 77 }, Code::NotFound),
        (ArrangeOrder::Name { document: first.clone(), kind: "INVENTADO".into() }, Code::Precondition),
        (ArrangeOrder::Merge { document: first.clone(), other: first.clone() }, Code::Precondition),
        (ArrangeOrder::Move { document: "nadie".into(), to: 0 }, Code::NotFound),
        (ArrangeOrder::Withdraw, Code::Precondition),
    ];
    for (order, code) in strange {
        let error = desk.arrange(&case, &before.hash, &order).await.expect_err("refused");
        assert_eq!(error.code(), code, "{order:?}");
        assert_ne!(error.view().message, "", "{order:?}");
    }
    assert_eq!(file(&desk, &case, "oferta.pdf").await, before);
    let order = ArrangeOrder::Name { document: first, kind: "POLIZA".into() };
    let named = arranged(&desk, &case, &before.hash, order).await;
    let stop = crate::view::Cancellation::default();
    desk.read_again(&case, &before.hash, None, None, &|_| {}, &stop).await.expect("reads again");
    assert_eq!(
        shape(&file(&desk, &case, "oferta.pdf").await),
        shape(&named),
        "the machine never overwrites a person"
    );
    desk.turn_page(&case, &before.hash, 2, 180).await.expect("turns");
    assert_eq!(file(&desk, &case, "oferta.pdf").await.documents[0].kind, "POLIZA");
}

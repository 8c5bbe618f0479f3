//! Documents of a case through the desk: composed, generated, filled in, exported, proved.

use super::gather::{complete, overlay};
use crate::desk::tests::{case_of, desk};
use crate::view::PaperDraft;
use cotejo_domain::course::PaperData;
use cotejo_domain::{ActorId, Code, ProcedureType};
use cotejo_reports::Kind;
use serde_json::json;
use std::collections::BTreeMap;

fn field(name: &str, text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(name.to_owned(), text.to_owned())])
}

fn data(
    fields: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
) -> PaperData {
    PaperData {
        paper: "apertura".into(),
        about: String::new(),
        fields,
        lists,
        author: ActorId(uuid::Uuid::from_u128(1)),
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn attack_what_a_person_writes_never_changes_what_the_case_holds() {
    let mut content = json!({ "limite": "16 de noviembre de 2026", "sin_preguntas": false,
        "ofertas": [{ "numero": "1", "ruc": "1790000000001", "envio": "" }], "observaciones": [] });
    let row = BTreeMap::from([
        ("numero".to_owned(), "1".to_owned()),
        ("ruc".to_owned(), "9999999999999".to_owned()),
        ("envio".to_owned(), "ayer".to_owned()),
    ]);
    let other = BTreeMap::from([("numero".to_owned(), "7".to_owned()), ("ruc".to_owned(), "0".to_owned())]);
    let lists = BTreeMap::from([
        ("ofertas".to_owned(), vec![row, other]),
        ("observaciones".to_owned(), vec![field("texto", "Una observación.")]),
    ]);
    let mut fields = field("limite", "mañana");
    fields.insert("sin_preguntas".into(), "sí".into());
    overlay(&mut content, &data(fields, lists));
    assert_eq!(content["limite"], "16 de noviembre de 2026", "the deadline is the pliego's");
    assert_eq!(content["ofertas"].as_array().map(Vec::len), Some(1), "no bid is added that nobody handed in");
    assert_eq!(content["ofertas"][0]["ruc"], "1790000000001");
    assert_eq!(content["ofertas"][0]["envio"], "ayer", "what the case does not hold is taken");
    assert_eq!(content["observaciones"][0], "Una observación.");
    assert_eq!(content["sin_preguntas"], true);
}

#[test]
fn antecedents_of_a_person_stand_after_those_of_the_case() {
    let mut content =
        json!({ "antecedentes": ["El procedimiento inició."], "base_legal": ["RGLOSNCP, art. 88"] });
    let lists = BTreeMap::from([
        ("antecedentes".to_owned(), vec![field("texto", "Consta la certificación presupuestaria.")]),
        ("base_legal".to_owned(), vec![field("texto", "Un artículo inventado")]),
    ]);
    overlay(&mut content, &data(BTreeMap::new(), lists));
    assert_eq!(
        content["antecedentes"],
        json!(["El procedimiento inició.", "Consta la certificación presupuestaria."])
    );
    assert_eq!(
        content["base_legal"],
        json!(["RGLOSNCP, art. 88"]),
        "no norm is added by hand to those of the pack"
    );
}

#[test]
fn rows_that_a_person_writes_need_not_have_every_field() {
    let mut content = json!({ "preguntas": [{ "pregunta": "¿Se acepta?" }] });
    complete(&mut content, &Kind::Preguntas.example());
    assert_eq!(content["preguntas"][0]["respuesta"], "", "printed as not recorded");
    assert_eq!(content["preguntas"][0]["pregunta"], "¿Se acepta?");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_is_made_of_an_empty_case_and_invents_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Lico).await;
    for kind in Kind::ALL {
        let composed = match desk.composed(&open, *kind, "", true).await {
            Ok(composed) => composed,
            Err(error) => {
                let needs =
                    matches!(kind, Kind::Declaracion | Kind::NoSuscripcion | Kind::Evidencias | Kind::Indice);
                assert!(needs, "{}: {error}", kind.name());
                continue;
            }
        };
        let words = composed.paper.words().join("\n");
        assert!(
            !words.contains('«') || !words.contains("«casework."),
            "{}: a sentence is missing: {words}",
            kind.name()
        );
        assert!(!words.contains("«curing.") && !words.contains("«stages."), "{}: {words}", kind.name());
        for invented in ["SIE-EJEMPLO", "Compañía Ficticia", "RGLOSNCP", "LOSNCP"] {
            assert!(
                !words.contains(invented),
                "{}: «{invented}» comes from nowhere in the case: {words}",
                kind.name()
            );
        }
    }
    let opening = desk.export_paper(&case, "apertura", "", false).await.expect("exports");
    assert!(opening.pdf.starts_with(b"%PDF-") && opening.docx.starts_with(b"PK"));
    let json: serde_json::Value = serde_json::from_slice(&opening.json).expect("JSON");
    assert_eq!(json["contenido"]["limite"], "", "what is not known is empty, not guessed");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_has_its_own_numbers_and_what_is_written_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Lico).await;
    let mut fields = field("sesion_ciudad", "Ciudad de Ejemplo");
    fields.insert("plazo".into(), "hasta el lunes".into());
    let question = BTreeMap::from([
        ("numero".to_owned(), "1".to_owned()),
        ("pregunta".to_owned(), "¿Hay anexo?".to_owned()),
    ]);
    let lists = BTreeMap::from([("preguntas".to_owned(), vec![question])]);
    let draft = PaperDraft { fields, lists };
    desk.write_paper(&case, "preguntas", "", &draft).await.expect("writes");
    let composed = desk.composed(&open, Kind::Preguntas, "", false).await.expect("composes");
    let words = composed.paper.words().join("\n");
    for wanted in ["En la ciudad de Ciudad de Ejemplo", "hasta el lunes", "¿Hay anexo?", "una pregunta"] {
        assert!(words.contains(wanted), "«{wanted}»: {words}");
    }
    assert!(composed.project, "an acta without its date is not signed: the date of an acta is the one in it");
    let mut dated = draft.clone();
    dated.fields.insert("sesion_apertura".into(), "2026-11-16T16:00".into());
    desk.write_paper(&case, "preguntas", "", &dated).await.expect("writes");
    assert!(!desk.composed(&open, Kind::Preguntas, "", false).await.expect("composes").project);
    let first = desk.generate_paper(&case, "preguntas", "").await.expect("generates");
    let opening = desk.generate_paper(&case, "apertura", "").await.expect("generates");
    assert_eq!(
        (first.number.as_deref(), opening.number.as_deref()),
        (Some("001"), Some("001")),
        "each kind counts for itself"
    );
    assert!(std::path::Path::new(&first.path).exists());
    assert!(
        desk.acta(&case).await.expect("shows").sha256.is_empty(),
        "none of them is the acta de calificación"
    );
    let wrong = PaperDraft { fields: field("inventado", "x"), ..PaperDraft::default() };
    assert_eq!(
        desk.write_paper(&case, "preguntas", "", &wrong).await.expect_err("refused").code(),
        Code::WrongUse
    );
    let moment = PaperDraft { fields: field("sesion_apertura", "ayer"), ..PaperDraft::default() };
    assert_eq!(
        desk.write_paper(&case, "preguntas", "", &moment).await.expect_err("refused").code(),
        Code::WrongUse
    );
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    assert!(desk.undo(&case).await.expect("undoes").text.contains("lo escrito para un documento"));
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_a_copy_for_publication_before_the_puja_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let error = desk.export_paper(&case, "apertura", "", true).await.expect_err("not before");
    assert_eq!(error.code(), Code::Precondition);
    assert!(desk.export_paper(&case, "apertura", "", false).await.is_ok(), "those who evaluate see it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expediente_is_proved_and_every_change_of_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Lico).await;
    let out = folder.path().join("expediente");
    desk.export_expediente(&case, &out, None).await.expect("exports");
    let lector = desk.lector();
    let prove = |out: std::path::PathBuf| {
        let lector = std::sync::Arc::clone(&lector);
        tokio::task::spawn_blocking(move || super::verify_expediente(&lector, &out, &[]).expect("proves"))
    };
    let report = prove(out.clone()).await.expect("runs");
    assert!(report.intact() && report.files >= 4, "{report:?}");
    assert!(!report.holds(), "nobody signed the index");
    assert!(
        desk.export_expediente(&case, &out, None).await.is_err(),
        "never into a folder that holds something"
    );

    let evaluation = out.join("05-datos");
    let first =
        std::fs::read_dir(&evaluation).expect("a folder").next().expect("a file").expect("a file").path();
    let before = std::fs::read(&first).expect("reads");
    std::fs::write(&first, [before.as_slice(), b" "].concat()).expect("writes");
    std::fs::write(out.join("03-extra.pdf"), b"x").expect("writes");
    let report = prove(out.clone()).await.expect("runs");
    assert_eq!((report.changed.len(), report.extra.as_slice()), (1, ["03-extra.pdf".to_owned()].as_slice()));
    std::fs::write(&first, before).expect("writes");
    std::fs::remove_file(out.join("03-extra.pdf")).expect("removes");
    assert!(prove(out.clone()).await.expect("runs").intact());

    // A manifest that was changed with its files is no longer the one that the index seals.
    let manifest = out.join("manifiesto.json");
    let text = std::fs::read_to_string(&manifest).expect("reads");
    std::fs::write(&manifest, text.replace("EJEMPLO-2026-001", "EJEMPLO-2026-002")).expect("writes");
    let report = prove(out.clone()).await.expect("runs");
    assert!(!report.sealed && !report.intact(), "the seal tells");
    let outside = text.replacen("05-datos/", "../05-datos/", 1);
    std::fs::write(&manifest, outside).expect("writes");
    assert_eq!(
        prove(out).await.expect("runs").changed.len(),
        1,
        "no file outside of the folder is looked at"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_a_signed_opening_does_not_open_sealed_envelopes() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, open) = case_of(&desk, ProcedureType::Consultoria).await;
    desk.generate_paper(&case, "apertura", "").await.expect("generates");
    let row = super::newest_of(&open, Kind::Apertura).await.expect("a row");
    assert!(row.states.contains(&cotejo_store::Stated::BidList), "it states the bids: {:?}", row.states);
    let signature = cotejo_store::ActaSignature {
        signer: "Persona de Ejemplo".into(),
        cedula: None,
        certificate_serial: None,
        sha256: row.acta.sha256,
        signed_at: desk.now(),
    };
    let payload = cotejo_store::EventPayload::ActaSigned { acta: row.acta.id, signature };
    open.case.record(desk.actor.id, payload).await.expect("records");
    let view = desk.acta(&case).await.expect("shows");
    assert!(view.sealed_notice.is_none(), "the calificación is still to be made: {:?}", view.sealed_notice);
    let case_view = desk.open_case(&case).await.expect("opens");
    assert!(case_view.sealed_notice.is_none());
    let again = desk.generate_paper(&case, "apertura", "").await.expect("generates");
    assert_eq!(again.number.as_deref(), Some("002"), "a signed one keeps its number");
}

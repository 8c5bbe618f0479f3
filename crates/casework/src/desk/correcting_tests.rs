//! Fields through the desk: the person's word stands with its place, teaches other documents, and is undone by one act.

use super::pages_tests::{bytes_of, file, import, pdf};
use super::tests::{case_of, desk};
use crate::view::{Cancellation, EvidencePlace, FieldOrder, FieldView, FieldsView};
use cotejo_domain::{Code, ProcedureType};
use std::path::{Path, PathBuf};

fn policy(agent: &str, amount: &str) -> String {
    format!(
        "POLIZA DE SEGURO DE FIEL CUMPLIMIENTO DE CONTRATO\nPor la presente la aseguradora responde ante el beneficiario de ejemplo\n\
         Responsabilidad asumida en cifras: {amount}\nEl intermediario de la emision es {agent} conforme al registro\n\
         Rige sin beneficio de excusion y conforme a las condiciones generales\nque el asegurado declara conocer y aceptar en todas sus partes"
    )
}

fn folder_of(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(&path).expect("a folder");
    std::fs::write(path.join(format!("{name}.pdf")), bytes_of(pdf(&[text]))).expect("writes");
    path
}

fn field<'v>(view: &'v FieldsView, name: &str) -> &'v FieldView {
    view.fields.iter().find(|field| field.field == name).expect("the type has it")
}

async fn shown(desk: &super::Desk, case: &str, name: &str) -> FieldsView {
    let file = file(desk, case, name).await;
    assert_eq!(file.documents[0].kind, "POLIZA", "{:?}", file.documents);
    desk.fields(case, &file.hash, &file.documents[0].id).await.expect("shows")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shown_field_stands_with_its_place_teaches_what_comes_and_is_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    import(
        &desk,
        &case,
        folder_of(folder.path(), "primera", &policy("Ana Ejemplo Ficticia", "USD 1.200,50")),
    )
    .await;
    let first = file(&desk, &case, "primera.pdf").await;
    let document = first.documents[0].id.clone();
    let machine = shown(&desk, &case, "primera.pdf").await;
    assert!(field(&machine, "emisor").values.is_empty(), "{machine:?}");
    let say =
        |quote: &str, value: &str| FieldOrder::Value { page: 1, quote: quote.into(), value: value.into() };
    let correct = |field: &'static str, order: FieldOrder| {
        let (desk, case, hash, document) = (&desk, case.clone(), first.hash.clone(), document.clone());
        async move { desk.correct_field(&case, &hash, &document, field, &order).await }
    };

    // What is not there, is no value of the field, or is no field, is refused and nothing recorded.
    for (name, order, key) in [
        ("emisor", say("Pedro Fingido", ""), "casework.field.not_there"),
        ("monto", say("Ana Ejemplo Ficticia", ""), "casework.field.no_value"),
        ("color", say("Ana Ejemplo Ficticia", ""), "casework.field.unknown"),
        ("emisor", FieldOrder::Withdraw, "casework.field.nothing"),
    ] {
        let error = correct(name, order).await.expect_err("refused");
        assert!(error.to_string().contains(key), "{key}: {error}");
    }
    assert!(desk.undo(&case).await.is_err(), "nothing was done");

    let now = correct("emisor", say("ana ejemplo ficticia", "")).await.expect("says");
    let said = field(&now, "emisor");
    assert_eq!((said.values.len(), said.values[0].quote.as_str()), (1, "Ana Ejemplo Ficticia"));
    assert!(said.by.is_some() && said.values[0].certain && said.example.is_none());
    assert!(matches!(&said.values[0].place, EvidencePlace::Page { page: 1, quads, .. } if quads.len() == 1));
    let learnt = desk.learning().await.expect("shows").examples;
    assert_eq!(learnt.len(), 1);
    assert!(learnt[0].field.is_some() && learnt[0].own && learnt[0].active);

    // Used at once on what comes: probable at most, with its reason.
    import(
        &desk,
        &case,
        folder_of(folder.path(), "segunda", &policy("Luis Inventado Otro", "USD 98.000,00")),
    )
    .await;
    let second = shown(&desk, &case, "segunda.pdf").await;
    let read = field(&second, "emisor");
    assert_eq!(
        read.values.first().map(|value| value.quote.as_str()),
        Some("Luis Inventado Otro"),
        "{second:?}"
    );
    assert!(!read.values[0].certain && read.values[0].confidence <= 0.8 && read.by.is_none());
    assert_eq!(read.example.as_deref(), Some(learnt[0].id.as_str()));
    assert!(read.reason.as_deref().is_some_and(|reason| reason.contains("usted lo mostró")), "{read:?}");

    // The colleague's file holds no word of the value, and a strange device takes it in.
    let path = folder.path().join("ejemplos.aprendizaje");
    desk.export_learning(&path).await.expect("exports");
    let text = std::fs::read_to_string(&path).expect("text").to_lowercase();
    for secret in ["ana", "ficticia", "intermediario", "primera", case.as_str()] {
        assert!(!text.contains(&format!("\"{secret}")) && !text.contains(&format!("{secret} ")), "{secret}");
    }
    let other = super::tests::desk(&folder.path().join("otro")).await.expect("a desk");
    assert_eq!(other.import_learning(&path).await.expect("imports").added, 1);

    // Absent, the machine's again, and back by undo, each one act.
    let absent = correct("emisor", FieldOrder::Absent).await.expect("says");
    assert!(field(&absent, "emisor").absent && field(&absent, "emisor").values.is_empty());
    desk.undo(&case).await.expect("undoes");
    assert_eq!(field(&shown(&desk, &case, "primera.pdf").await, "emisor").values.len(), 1);
    let back = correct("emisor", FieldOrder::Withdraw).await.expect("withdraws");
    assert!(field(&back, "emisor").values.is_empty() && field(&back, "emisor").by.is_none());
    desk.undo(&case).await.expect("undoes");
    let undone = desk.undo(&case).await.expect("undoes");
    assert!(undone.text.contains("primera.pdf"), "{}", undone.text);
    assert!(field(&shown(&desk, &case, "primera.pdf").await, "emisor").values.is_empty());
    assert!(!desk.learning().await.expect("shows").examples[0].active, "its example went along");
    desk.recognise_again(&case, None, &Cancellation::default()).await.expect("recognises");
    assert!(field(&shown(&desk, &case, "segunda.pdf").await, "emisor").values.is_empty(), "forgotten");
    desk.redo(&case).await.expect("redoes");
    assert!(desk.learning().await.expect("shows").examples[0].active);

    // Seen and not read: the page is the place, and nothing is learnt of it.
    let seen = correct("numero", say("", "77-B")).await.expect("says");
    assert_eq!(field(&seen, "numero").values[0].value, "77-B");
    assert_eq!(desk.learning().await.expect("shows").examples.len(), 1);
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
    let error = desk.fields(&case, &first.hash, "nadie").await.expect_err("no such document");
    assert_eq!(error.code(), Code::NotFound);
}

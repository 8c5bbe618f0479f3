//! Heads through the desk: installed once the worker can use them, and a case keeps those it was recognised with.

use super::pages_tests::{bid, bytes_of, file, import, pdf};
use super::tests::{case_of, desk};
use crate::view::Cancellation;
use cotejo_domain::heads_file::{HeadsContents, HeadsFile, HeadsSeal, PAGE_TYPES_HEAD};
use cotejo_domain::{Code, FileHash, ProcedureType};
use ed25519_dalek::{Signer, SigningKey};
use std::path::{Path, PathBuf};

const MANIFEST: &str = include_str!("../../../../models/manifest.json");
const WEIGHTS: &[u8] = include_bytes!("../../../../models/page-types.safetensors");
const FORM: &str = "1.2 DATOS GENERALES DEL OFERENTE\nNOMBRE DEL OFERENTE: Empresa Ficticia S.A.\nDireccion:\nCiudad: Ciudad de Ejemplo\n\
                    Calle principal: Avenida de Ejemplo\nTelefono: 02 222 0000\nR.U.C.: 1790000001001";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The compiled-in weights with one byte of a number changed: other heads that work as well.
fn changed() -> Vec<u8> {
    let mut weights = WEIGHTS.to_vec();
    let place = weights.len() / 2;
    weights[place] ^= 1;
    weights
}

fn write(folder: &Path, name: &str, series: u32, weights: &[u8]) -> PathBuf {
    let manifest = MANIFEST.replacen("tipos@1", "tipos@prueba", 1).replacen(
        &FileHash::of(WEIGHTS).to_string(),
        &FileHash::of(weights).to_string(),
        1,
    );
    let day = jiff::civil::date(2026, 11, 22);
    let contents = HeadsContents::new(series, day, &[(PAGE_TYPES_HEAD, &manifest, weights)]);
    let (line, to_sign) = contents.to_sign().expect("writes");
    let seal = HeadsSeal {
        public_key: hex::encode(key().verifying_key().to_bytes()),
        signature: hex::encode(key().sign(&to_sign).to_bytes()),
    };
    let path = folder.join(name);
    std::fs::write(&path, HeadsFile::written(&line, &seal, &[weights]).expect("writes")).expect("writes");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_keeps_its_heads_and_says_when_they_are_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let built_in = desk.heads().await.expect("shows");
    assert!(built_in.built_in_used && built_in.built_in == FileHash::of(WEIGHTS).to_string());
    let weights = changed();
    let path = write(folder.path(), "serie2.cabezas", 2, &weights);
    let stranger = desk.install_heads(&path, false).await.expect_err("nobody trusts them");
    assert_eq!(
        (stranger.code(), stranger.to_string().contains("store.heads_stranger")),
        (Code::Precondition, true)
    );
    let name = hex::encode(key().verifying_key().to_bytes());
    desk.trust_publisher(&name, true).await.expect("trusts");

    // Signed, but no heads: the worker cannot use them, and nothing changes.
    let broken = write(folder.path(), "rotas.cabezas", 3, b"no son pesos");
    let error = desk.install_heads(&broken, false).await.expect_err("unusable");
    assert!(error.to_string().contains("casework.heads_unusable"), "{error}");
    assert!(desk.heads().await.expect("shows").installed.is_empty());

    // A case that the compiled-in heads recognised keeps them.
    let (before, _open) = case_of(&desk, ProcedureType::Sie).await;
    let papers = bid(folder.path(), &[("oferta.pdf", bytes_of(pdf(&[FORM])))]);
    import(&desk, &before, papers.clone()).await;
    let shown = desk.install_heads(&path, false).await.expect("installs");
    assert!(!shown.built_in_used && shown.installed.len() == 1 && shown.installed[0].used);
    let stop = Cancellation::default();
    desk.recognise_again(&before, None, &stop).await.expect("recognises");
    assert_eq!(weights_of(&desk, &before).await, built_in.built_in);

    // A new case has the new ones, and names them.
    let (after, _open) = case_of(&desk, ProcedureType::Sie).await;
    import(&desk, &after, papers).await;
    assert_eq!(weights_of(&desk, &after).await, FileHash::of(&weights).to_string());
    assert!(file(&desk, &after, "oferta.pdf").await.findings.is_empty(), "nothing to remark");
    let judgement = desk.opened(&after).await.expect("opens").judgement().await.expect("judges");
    assert!(judgement.models()[0].starts_with("tipos@prueba"), "{:?}", judgement.models());

    // Gone: nothing is recognised with others in silence.
    let installed = desk.heads().await.expect("shows").installed[0].file.clone();
    assert!(desk.remove_heads(&installed).await.expect("removes").built_in_used);
    let error = desk.recognise_again(&after, None, &stop).await.expect_err("other heads");
    assert!(error.to_string().contains("casework.heads_gone"), "{error}");
    let second = folder.path().join("Otra");
    std::fs::create_dir_all(&second).expect("a folder");
    std::fs::write(second.join("otra.pdf"), bytes_of(pdf(&[&FORM.replace("Ficticia", "Inventada")])))
        .expect("writes");
    import(&desk, &after, second).await;
    let late = file(&desk, &after, "otra.pdf").await;
    assert!(late.findings.iter().any(|found| found.code == "casework.other_heads"), "{:?}", late.findings);
    desk.recognise_again_with(&after, None, true, &stop).await.expect("asked for");
    assert_eq!(weights_of(&desk, &after).await, built_in.built_in);
}

async fn weights_of(desk: &super::Desk, case: &str) -> String {
    let judgement = desk.opened(case).await.expect("opens").judgement().await.expect("judges");
    judgement.bids[0].files[0].trace.weights.clone()
}

//! Measuring through the desk: what a labelled folder says, and what may be shown as *seguro* because of it.

use super::pages_tests::{bytes_of, file, import, pdf};
use super::tests::{case_of, desk};
use crate::view::{Cancellation, Level, MeasurementView};
use cotejo_domain::{Code, ProcedureType};
use std::path::Path;
use std::sync::Arc;

fn form(number: usize) -> String {
    format!(
        "1.2 DATOS GENERALES DEL OFERENTE\nNOMBRE DEL OFERENTE: Empresa Ficticia numero {number} S.A.\nDireccion:\nCiudad: Ciudad de Ejemplo {number}\n\
         Calle principal: Avenida de Ejemplo\nTelefono: 02 222 {number:04}\nCorreo electronico: ejemplo{number}@example.com\nR.U.C.: 1790000001001"
    )
}

fn write(folder: &Path, name: &str, pages: &[&str]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, bytes_of(pdf(pages))).expect("writes");
}

async fn measured(desk: &super::Desk, folder: &Path, anew: bool) -> MeasurementView {
    let stop = Cancellation::default();
    desk.evaluate_model(folder, anew, Arc::new(|_, _, _| {}), &stop).await.expect("measures")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_labelled_folder_earns_the_word_seguro_and_no_less() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let labelled = folder.path().join("etiquetados");
    let mut table = "archivo;campo;valor\n".to_owned();
    for number in 0..25 {
        let name = format!("FUO_1_2/{number:02}.pdf");
        write(&labelled, &name, &[&form(number)]);
        table.push_str(&format!("{name};ruc;1790000001001\n"));
    }
    std::fs::write(labelled.join("campos.csv"), &table).expect("writes");
    let first = measured(&desk, &labelled, false).await;
    let kind = first.types.iter().find(|kind| kind.kind == "FUO_1_2").expect("the type");
    assert_eq!((kind.documents, kind.right, kind.limits_right), (25, 25, 25), "{first:?}");
    assert_eq!((kind.fields[0].field.as_str(), kind.fields[0].right), ("ruc", 25), "{kind:?}");
    assert_eq!(kind.level, Level::Probable, "25 without a mistake are not enough");
    assert_eq!(measured(&desk, &labelled, false).await, first, "the same folder counts once");

    // More of the person's own documents make it enough; a copy of one does not count.
    for number in 25..60 {
        write(&labelled, &format!("FUO_1_2/{number:02}.pdf"), &[&form(number)]);
    }
    write(&labelled, "FUO_1_2/copia.pdf", &[&form(7)]);
    let more = measured(&desk, &labelled, false).await;
    let kind = more.types.iter().find(|kind| kind.kind == "FUO_1_2").expect("the type");
    assert_eq!((kind.kept_documents, kind.level, more.repeated), (60, Level::Seguro, 1), "{kind:?}");
    assert_eq!(kind.fields[0].level, Level::Probable, "25 documents state it");

    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let bid = folder.path().join("oferta");
    write(&bid, "oferta.pdf", &[&form(99)]);
    import(&desk, &case, bid).await;
    let shown = file(&desk, &case, "oferta.pdf").await;
    assert_eq!(shown.documents[0].kind, "FUO_1_2");
    assert!(shown.documents[0].certain, "{:?}", shown.documents[0]);

    // Mistakes in what is measured later take the word away again.
    for number in 0..4 {
        write(&labelled, &format!("POLIZA/{number}.pdf"), &[&form(200 + number)]);
    }
    let worse = measured(&desk, &labelled, false).await;
    let kind = worse.types.iter().find(|kind| kind.kind == "FUO_1_2").expect("the type");
    assert_eq!((kind.taken_for_it, kind.level), (4, Level::Probable), "{kind:?}");
    assert!(!file(&desk, &case, "oferta.pdf").await.documents[0].certain);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_other_and_mistakes_are_told_apart_and_a_folder_without_form_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let labelled = folder.path().join("etiquetados");
    let strange = "Memoria de la visita al sitio de la obra de ejemplo\nEl grupo llego temprano y recorrio los tres frentes\n\
                   Se vieron zanjas abiertas tuberias apiladas y un tanque a medio llenar\nEl clima estuvo nublado";
    write(&labelled, "ofertas/dos.pdf", &[&form(1), strange]);
    let letter = "Carta de la jefatura de ejemplo a sus vecinos\nSe les invita a la minga del sabado en la plaza\nHabra comida para todos";
    write(&labelled, "OTRO/visita.pdf", &[letter]);
    write(&labelled, "suelto.pdf", &[strange]);
    std::fs::write(
        labelled.join("limites.csv"),
        "archivo,desde,hasta,tipo\nofertas/dos.pdf,1,1,FUO_1_2\nofertas/dos.pdf,2,2,POLIZA\n",
    )
    .expect("writes");
    std::fs::write(
        labelled.join("campos.csv"),
        "archivo,campo,valor,foja\nofertas/dos.pdf,ruc,0990000001001,1\nofertas/dos.pdf,numero,77,2\n",
    )
    .expect("writes");
    std::fs::write(labelled.join("OTRO").join("roto.pdf"), b"no es un pdf").expect("writes");
    let stop = Cancellation::default();
    let twice = labelled.join("POLIZA").join("carta.pdf");
    write(&labelled, "POLIZA/carta.pdf", &[letter]);
    let error =
        desk.evaluate_model(&labelled, false, Arc::new(|_, _, _| {}), &stop).await.expect_err("refused");
    assert!(error.to_string().contains("two_types"), "one paper under two types: {error}");
    std::fs::remove_file(twice).expect("removes");
    let told = measured(&desk, &labelled, true).await;
    assert_eq!(told.unlabelled, ["suelto.pdf"]);
    let of = |kind: &str| told.types.iter().find(|one| one.kind == kind).expect("the type").clone();
    let (form, policy, other) = (of("FUO_1_2"), of("POLIZA"), of("OTRO"));
    assert_eq!((form.documents, form.right), (1, 1), "{told:?}");
    assert_eq!((form.fields[0].right, form.fields[0].wrong), (0, 1), "another RUC stands there");
    assert_eq!((policy.documents, policy.right), (1, 0), "{policy:?}");
    assert_eq!((policy.fields[0].missing, policy.fields[0].wrong), (1, 0));
    assert!(other.documents >= 1 && other.level == Level::Probable, "{other:?}");
    let nobody = folder.path().join("vacia");
    std::fs::create_dir_all(&nobody).expect("a folder");
    let error =
        desk.evaluate_model(&nobody, false, Arc::new(|_, _, _| {}), &stop).await.expect_err("refused");
    assert_eq!(error.code(), Code::WrongUse);
}

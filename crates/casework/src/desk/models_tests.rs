//! Forms of bids against the models that the process gave, through a whole import.

use super::tests::{case_of, desk};
use crate::view::Cancellation;
use cotejo_domain::{ProcedureType, TemplateState};
use cotejo_store::FileOwner;

const MODEL: &str = "FORMULARIO DE OFERTA\n\
NOMBRE DEL OFERENTE: (Detallar)\n\
1.1 PRESENTACIÓN Y COMPROMISO\n\
El que suscribe, en atención a la convocatoria efectuada por (nombre de la entidad contratante) para la ejecución de …………, luego de examinar el pliego, al presentar esta oferta declara que:\n\
La oferta la hace en forma independiente y sin conexión abierta u oculta con otra persona que participe en este procedimiento.\n\
Acepta que la entidad contratante declare desierto el procedimiento si así conviene a los intereses institucionales.\n\
En calidad de oferente, no se encuentra incurso en las inhabilidades generales para contratar con el Estado.\n\
(LUGAR Y FECHA)\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_compared_with_the_model_among_the_files_of_the_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (id, open) = case_of(&desk, ProcedureType::Otro).await;
    let model = MODEL.as_bytes().to_vec();
    let owner = FileOwner::Process;
    open.case
        .import_file(desk.actor.id, owner, "anexo.txt", "text/plain", false, model)
        .await
        .expect("stored");
    let faithful = MODEL
        .replace("(Detallar)", "ANA LUCÍA EJEMPLO MORA")
        .replace("(nombre de la entidad contratante)", "el Gobierno Parroquial de Loma Larga")
        .replace("…………", "la reparación del camino vecinal")
        .replace("(LUGAR Y FECHA)", "Loma Larga, 3 de mayo de 2024");
    let altered = faithful.replace("no se encuentra incurso", "se encuentra incurso");
    let bids = folder.path().join("ofertas");
    for (name, text) in [("uno", &faithful), ("dos", &altered)] {
        std::fs::create_dir_all(bids.join(name)).expect("a folder");
        std::fs::write(bids.join(name).join("carta.txt"), text).expect("written");
    }
    desk.import_bids(&id, &[bids], &|_| {}, &Cancellation::default()).await.expect("imports");
    let judgement = open.judgement().await.expect("judges");
    let of = |name: &str| {
        let bid = judgement.bids.iter().find(|bid| bid.source == name).expect("the bid");
        let file = &bid.files[0];
        let told = file.findings.iter().any(|finding| finding.code == "recognition.template_altered");
        (file.trace.templates.first().map(|compared| compared.state), told)
    };
    assert_eq!(of("uno"), (Some(TemplateState::Unchanged), false), "what is filled in is no difference");
    assert_eq!(of("dos"), (Some(TemplateState::Altered), true));
}

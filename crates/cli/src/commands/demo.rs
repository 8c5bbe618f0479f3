//! `cotejo demo`: the main job on the fictional sample.

use crate::arguments::Demo;
use crate::output;
use cotejo_casework::quick::{self, refused};
use cotejo_casework::view::{Cancellation, SealingOrder};
use cotejo_casework::{CaseworkError, Desk, DeskSettings, EvaluationOrder};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use cotejo_sample::SampleProcedure;
use cotejo_signing::{DemoPerson, demo_certificate};

pub(crate) async fn run(settings: DeskSettings, order: Demo, json: bool) -> Result<u8, CaseworkError> {
    let output_folder = order.salida.unwrap_or_else(|| std::path::PathBuf::from("cotejo-demo"));
    let procedure = SampleProcedure::parse(&order.proceso).unwrap_or(SampleProcedure::Sie);
    let failed =
        |error: &dyn std::fmt::Display| refused(Code::Internal, "cli.demo_failed", &error.to_string());
    let sample = output_folder.join("muestra");
    if !json {
        output::error_line(&message("cli.demo_generating", &[]));
    }
    cotejo_sample::generate(procedure, order.semilla, &sample).map_err(|error| failed(&error))?;
    let (name, cedula) = cotejo_casework::sample_president()?;
    let person = DemoPerson { name, cedula: Some(cedula), ruc: None, organization: None };
    let certificate = demo_certificate(&person, jiff::Timestamp::now()).map_err(|error| failed(&error))?;
    let keystore = cotejo_signing::Keystore::open_pkcs12(&certificate.pkcs12, &certificate.password)?;
    quick::write_whole(&output_folder.join("ancla-demo.der"), &certificate.authority)?;
    let desk = Desk::open(settings).await?;
    let order = EvaluationOrder {
        pliego: sample.join("pliego.ushay"),
        bids: sample.join("ofertas"),
        output: output_folder,
        started: None,
        anchors: vec![certificate.authority],
        sealing: SealingOrder::default(),
        decide_sample: true,
    };
    let result = desk.evaluate(&order, Some(&keystore), &output::progress, &Cancellation::default()).await?;
    super::evaluate::report(&result, json)?;
    Ok(0)
}

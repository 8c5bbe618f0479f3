//! `cotejo evaluar`.

use crate::arguments::Evaluate;
use crate::output;
use cotejo_casework::contract::EvaluationFile;
use cotejo_casework::quick;
use cotejo_casework::view::Cancellation;
use cotejo_casework::{CaseworkError, Desk, DeskSettings, EvaluationOrder, EvaluationResult};
use cotejo_catalogue::message;

pub(crate) async fn run(settings: DeskSettings, order: Evaluate, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let keystore = match &order.certificado {
        Some(path) => Some(quick::open_keystore(path, &super::password(order.clave_env.as_deref())?)?),
        None => None,
    };
    let anchors = order.anclas.as_deref().map(quick::read_anchors).transpose()?.unwrap_or_default();
    let order = EvaluationOrder {
        pliego: order.pliego,
        bids: order.ofertas,
        output: order.salida,
        started: order.inicio,
        anchors,
        sealing: order.sellado.into(),
        decide_sample: false,
    };
    let result =
        desk.evaluate(&order, keystore.as_ref(), &output::progress, &Cancellation::default()).await?;
    report(&result, json)?;
    Ok(u8::from(result.incomplete))
}

pub(crate) fn report(result: &EvaluationResult, json: bool) -> Result<(), CaseworkError> {
    if json {
        return output::json(&result.content);
    }
    table(&result.content);
    output::line(&message("cli.evaluation_at", &[("archivo", &result.evaluation.display().to_string())]));
    output::line(&message("cli.acta_at", &[("archivo", &result.acta.display().to_string())]));
    output::line(&message("cli.case_kept", &[("caso", &result.case)]));
    Ok(())
}

fn table(content: &EvaluationFile) {
    for bid in &content.bids {
        let name = bid.bidder.name.as_deref().unwrap_or(&bid.source);
        let ruc = bid.bidder.ruc.as_deref().unwrap_or("—");
        output::line(&format!("\n{name}  RUC {ruc}"));
        for proposal in &bid.proposals {
            let verdict = message(
                &format!(
                    "casework.verdict.{}",
                    serde_json::to_value(proposal.verdict)
                        .ok()
                        .and_then(|value| value.as_str().map(str::to_owned))
                        .unwrap_or_default()
                ),
                &[],
            );
            let page = proposal
                .evidence
                .first()
                .map(|piece| {
                    format!(
                        "{}{}",
                        piece.file,
                        piece.page.map_or_else(String::new, |page| format!(" p. {page}"))
                    )
                })
                .unwrap_or_default();
            output::line(&format!(
                "  {:<14} {:<28} {:.2}  {page}",
                verdict, proposal.requirement, proposal.confidence
            ));
            for reason in &proposal.reasons {
                output::line(&format!("                 {reason}"));
            }
        }
    }
}

//! `cotejo firmar`.

use crate::arguments::Sign;
use crate::output;
use cotejo_casework::CaseworkError;
use cotejo_casework::quick::{self, SigningOrder, refused};
use cotejo_catalogue::message;
use cotejo_domain::Code;

pub(crate) fn run(order: &Sign, json: bool) -> Result<u8, CaseworkError> {
    if order.nivel != "b" {
        return Err(refused(Code::MissingHere, "cli.level_not_yet", &order.nivel));
    }
    let signed = quick::sign_file(SigningOrder {
        file: &order.file,
        certificate: &order.certificado,
        password: super::password(Some(&order.clave_env))?,
        output: order.salida.clone(),
        at: jiff::Timestamp::now(),
    })?;
    let path = signed.display().to_string();
    if json {
        output::json(
            &serde_json::json!({ "file": order.file.display().to_string(), "signed": path, "level": "B-B" }),
        )?;
    } else {
        output::line(&message("cli.signed", &[("archivo", &path)]));
    }
    Ok(0)
}

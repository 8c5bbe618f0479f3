//! One file for each verb.

pub(crate) mod asked;
pub(crate) mod case;
pub(crate) mod commission;
pub(crate) mod course;
pub(crate) mod curing;
pub(crate) mod demo;
pub(crate) mod diagnosis;
pub(crate) mod documents;
pub(crate) mod evaluate;
pub(crate) mod exchange;
pub(crate) mod fields;
pub(crate) mod heads;
pub(crate) mod learning;
pub(crate) mod log;
pub(crate) mod lots;
pub(crate) mod measure;
pub(crate) mod memory;
pub(crate) mod pace;
pub(crate) mod pages;
pub(crate) mod papers;
pub(crate) mod pliego;
pub(crate) mod points;
pub(crate) mod procesos;
pub(crate) mod proformas;
pub(crate) mod proveedor;
pub(crate) mod read;
pub(crate) mod reglas;
pub(crate) mod session;
pub(crate) mod sign;
pub(crate) mod signatures;
pub(crate) mod validar;
pub(crate) mod verify;

use cotejo_casework::CaseworkError;
use cotejo_casework::quick::refused;
use cotejo_domain::Code;
use zeroize::Zeroizing;

/// Takes a password from the named environment variable.
pub(crate) fn password(variable: Option<&str>) -> Result<Zeroizing<String>, CaseworkError> {
    let name = variable.unwrap_or_default();
    std::env::var(name).map(Zeroizing::new).map_err(|_| refused(Code::WrongUse, "cli.no_password", name))
}

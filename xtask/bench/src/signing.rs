//! A PAdES B-B signature with an ECDSA P-256 key, against pyHanko with the same key and file.

use crate::{Place, Row, peer};
use cotejo_signing::{DemoPerson, Keystore, SigningOptions, demo_certificate, sign_pdf};
use std::error::Error;
use std::path::Path;

pub(crate) fn measure(place: &Place, pdf: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let now = jiff::Timestamp::now();
    let demo =
        demo_certificate(&DemoPerson { name: "PERSONA DE EJEMPLO".into(), ..DemoPerson::default() }, now)?;
    let keystore = Keystore::open_pkcs12(&demo.pkcs12, &demo.password)?;
    let (key, password) = (place.scratch.join("demo.p12"), place.scratch.join("clave"));
    std::fs::write(&key, &demo.pkcs12)?;
    std::fs::write(&password, demo.password.as_bytes())?;
    let bytes = std::fs::read(pdf)?;
    let seconds = peer::best(7, || Ok(sign_pdf(&bytes, &keystore, &SigningOptions::at(now))?))?;
    Ok(vec![Row {
        what: "PAdES B-B signature",
        unit: "ms",
        ours: seconds * 1000.0,
        peer: "pyHanko 0.38.0",
        theirs: peer::number(&place.python, "sign.py", &[pdf, &key, &password]),
        larger: false,
        input: "200 generated pages, ECDSA P-256".into(),
    }])
}

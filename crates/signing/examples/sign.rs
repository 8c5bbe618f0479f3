//! Signs a PDF with a certificate of a fictional person and tells how long it took: `sign IN.pdf OUT.pdf [FONT.ttf]`.
//!
//! Writes the root, the keystore and its password beside the output (`.root.der`, `.p12`, `.password`), so that a judge can be told
//! to trust the one and another signer can be timed with the other. The time is the best of seven.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use cotejo_signing::{DemoPerson, Keystore, SigningOptions, VisibleStamp, demo_certificate, sign_pdf};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, font @ ..] = &arguments[..] else {
        return Err("sign IN.pdf OUT.pdf [FONT.ttf]".into());
    };
    let now = jiff::Timestamp::now();
    let person = DemoPerson { name: "MARÍA ELENA PERALTA ÑAUPARI".into(), ..DemoPerson::default() };
    let demo = demo_certificate(&person, now)?;
    let keystore = Keystore::open_pkcs12(&demo.pkcs12, &demo.password)?;
    let mut options = SigningOptions::at(now);
    options.reason = Some("Acta de calificación (EJEMPLO)".into());
    if let Some(font) = font.first() {
        let font = std::fs::read(font)?;
        options.visible =
            Some(VisibleStamp { page: 1, bounds: [330.0, 640.0, 550.0, 710.0], font, qr_text: None });
    }
    let bytes = std::fs::read(input)?;
    let mut best = f64::INFINITY;
    for _ in 0..7 {
        let start = Instant::now();
        let signed = sign_pdf(&bytes, &keystore, &options)?;
        best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        std::fs::write(output, signed)?;
    }
    println!("{best:.1} ms for {} bytes", bytes.len());
    std::fs::write(format!("{output}.p12"), demo.pkcs12)?;
    std::fs::write(format!("{output}.password"), demo.password.as_bytes())?;
    std::fs::write(format!("{output}.root.der"), demo.authority)?;
    Ok(())
}

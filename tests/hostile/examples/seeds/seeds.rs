//! The seeds: fictional, of nobody.

use crate::flowing;
use cotejo_intake::ushay::write::{Entry, TableToWrite, package, process_xml};
use cotejo_lector_protocol::{IntakeLimits, ReadOptions, Reply, Request, write_frame};
use cotejo_signing::{DemoPerson, Keystore, SigningOptions, demo_certificate, sign_pdf};
use std::error::Error;
use std::io::{Cursor, Write};

const PLIEGO: &str = "MODELO DE PLIEGO DE SUBASTA INVERSA ELECTRÓNICA\nSIE-EJEMPLO-2026-007\n\
a que presenten sus ofertas para la ADQUISICIÓN DE HERRAMIENTAS DE EJEMPLO.\n\
El plazo estimado para la ejecución del contrato es de 45 días, contado a partir de la suscripción.\n\
Entidad contratante: GAD MUNICIPAL DE EJEMPLO\n\
2.1 Objeto de contratación: ADQUISICIÓN DE HERRAMIENTAS\nDE EJEMPLO\n\
2.2 Presupuesto referencial: El presupuesto referencial es de USD 12.650,20 (doce mil), sin incluir IVA.\n\
3.1 Cronograma del procedimiento\n1 Fecha de publicación del procedimiento en 2026/01/15 17:00\nel Portal\n\
4 Fecha límite para recepción de las ofertas técnicas 23/01/2026 10h00\n\u{c}\
3.2 Vigencia de la oferta: Las ofertas se entenderán vigentes hasta 90 (noventa) días calendario.\n\
4.1.1 Integridad de las ofertas:\n1.1 Presentación y compromiso;\n1.2 Datos generales del oferente;\n\
Patrimonio: el patrimonio mínimo de las personas jurídicas será de USD 3.000,00\n4.1.2 Equipo mínimo\n";

/// A seed: its target, its name, its bytes.
pub(crate) type Seed = (&'static str, &'static str, Vec<u8>);

/// Makes every seed: its target, its name, its bytes.
pub(crate) fn all() -> Result<Vec<Seed>, Box<dyn Error>> {
    let mut seeds = containers()?;
    seeds.extend(frames()?);
    seeds.extend(signatures()?);
    seeds.push(("pliego_text", "pliego", PLIEGO.into()));
    seeds.push(("pliego_text", "xml", b"<a x=\"1\"><b>uno</b><b>dos &amp; tres</b></a>".to_vec()));
    seeds.extend(flowing::FLOWING.map(|(name, text)| ("flowing", name, text.as_bytes().to_vec())));
    seeds.extend(flowing::RTF.map(|(name, text)| ("rtf", name, text.as_bytes().to_vec())));
    seeds.push(("mail", "internet", flowing::MAIL.into()));
    seeds.extend(flowing::compounds()?);
    seeds.extend(flowing::envelopes().map(|(name, bytes)| ("p7m", name, bytes)));
    Ok(seeds)
}

fn tables() -> Vec<TableToWrite> {
    vec![
        TableToWrite::new("TMEP_PLIEGOS").row(&[
            ("CODIGO_PROCESO", "SIE-EJEMPLO-2026-007"),
            ("OBJETO_PROCESO", "Adquisición de herramientas"),
            ("PRESUPUESTO_REFERENCIAL", "12650.20"),
            ("PLAZO_EJECUCION", "45"),
        ]),
        TableToWrite::new("TMEP_DESCONOCIDA").row(&[("A", ""), ("B", "ñandú")]).row(&[("A", "2")]),
    ]
}

fn containers() -> Result<Vec<Seed>, Box<dyn Error>> {
    let xml = process_xml("2.0.0", &tables());
    let attachment = Entry { name: "8-anexo ñ.pdf".into(), bytes: vec![7; 300] };
    let ushay = package("2.0.0", &tables(), &[attachment])?;
    let list = cotejo_intake::ushay::open(&ushay).value;
    let info = list.entry("zip.info").map(|entry| entry.bytes.clone()).unwrap_or_default();
    let inner = zipped(&[("carta.txt", b"Presentamos nuestra oferta.")])?;
    let outer = zipped(&[("oferta/interior.zip", &inner), ("oferta/ruc.txt", b"RUC")])?;
    let own_list = format!("G{}", cotejo_intake::ushay::encode_value("1d9569f37138ebd2c7e8ae724214b192"));
    Ok(vec![
        ("ushay", "package", ushay.clone()),
        ("ushay", "bare", xml.clone()),
        ("proceso_xml", "tables", xml),
        ("zip_info", "list", info),
        ("zip_info", "own", own_list.into_bytes()),
        ("package", "nested", outer),
        ("package", "ushay", ushay),
    ])
}

fn zipped(files: &[(&str, &[u8])]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        zip.start_file(*name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn frames() -> Result<Vec<Seed>, Box<dyn Error>> {
    let (mut requests, mut replies) = (Vec::new(), Vec::new());
    let read = Request::Read { name: "oferta.pdf".into(), options: ReadOptions::default() };
    write_frame(&mut requests, &read, b"%PDF-1.7")?;
    write_frame(&mut requests, &Request::DecodePliego { name: "proceso.ushay".into() }, b"info.ushay:")?;
    let render = Request::Render { page: 1, scale: 2.0, password: None, turn: 0 };
    write_frame(&mut requests, &render, b"")?;
    let limits = IntakeLimits::default();
    let unpack = Request::Unpack {
        name: "o.zip".into(),
        limits,
        parts: vec![2, 2],
        password: None,
        leave_pdfs: false,
    };
    write_frame(&mut requests, &unpack, b"PK\x03\x04")?;
    write_frame(&mut replies, &Reply::Done, b"")?;
    Ok(vec![("frames", "requests", requests), ("frames", "replies", replies)])
}

fn signatures() -> Result<Vec<Seed>, Box<dyn Error>> {
    let now = jiff::Timestamp::from_second(1_780_000_000)?;
    let person = DemoPerson { name: "PERSONA DE EJEMPLO".into(), ..DemoPerson::default() };
    let demo = demo_certificate(&person, now)?;
    let keystore = Keystore::open_pkcs12(&demo.pkcs12, &demo.password)?;
    let signed = sign_pdf(&blank_pdf(), &keystore, &SigningOptions::at(now))?;
    let values =
        b"<< /Type /Sig /ByteRange [0 10 20 30] /Contents <30820a> /M (D:20260101\\(x\\)) /A#20B 12 0 R >>\n\
[1 2 0 R (a) <</K [true null]>>]\n12 0 obj << /Length 3 >>\n(literal \\( with (nesting))\n";
    Ok(vec![
        ("der", "certificate", keystore.identity().certificate().der.clone()),
        ("der", "indefinite", b"\x30\x80\x24\x80\x04\x02ab\x04\x01c\x00\x00\x02\x01\x05\x00\x00".to_vec()),
        ("der", "name", b"\x30\x10\x31\x0e\x30\x0c\x06\x03\x55\x04\x03\x0c\x05NADIE".to_vec()),
        ("pdf_extents", "values", values.to_vec()),
        ("signed_pdf", "signed", signed.to_vec()),
        ("signed_pdf", "unsigned", blank_pdf()),
    ])
}

/// Makes a PDF of one empty page, its cross-reference table counted as it is written.
fn blank_pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut pdf = String::from("%PDF-1.7\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    pdf.push_str(&format!(
        "xref\n0 4\n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    pdf.into_bytes()
}

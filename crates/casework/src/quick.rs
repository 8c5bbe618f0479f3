//! What needs no case: reading files, decoding a pliego, verifying and signing one file.

pub use crate::read_path::{read_path, read_path_with};

use crate::CaseworkError;
use crate::contract::VerifyLine;
use crate::sources::{files_under, name_of};
use crate::view::Cancellation;
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Code, FileHash, Finding, Pliego, Severity};
use cotejo_lector_client::{Lector, Resources, Settings};
use cotejo_rules::{PackSet, RulePack};
use cotejo_signing::{Keystore, SigningOptions, SubFilter, VisibleStamp};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Makes the reading worker ready with what this machine has.
///
/// # Errors
/// [`Code::MissingHere`] when a part is missing; the message names it and how to get it.
pub fn lector() -> Result<Lector, CaseworkError> {
    Ok(Lector::new(Resources::discover()?, under_policy(Settings::default())))
}

/// Makes the reading worker ready at a pace.
///
/// # Errors
/// As [`lector`].
pub fn lector_at(pace: crate::view::PaceView) -> Result<Lector, CaseworkError> {
    Ok(Lector::new(Resources::discover()?, under_policy(Settings::at(pace.into()))))
}

/// The usual limits, as far as the entity allows them.
fn under_policy(settings: Settings) -> Settings {
    crate::policy::Policy::discover().limited(settings, &crate::policy::SetLimits::new())
}

/// Says what works with less on this machine, in Spanish.
#[must_use]
pub fn notices(lector: &Lector) -> Vec<String> {
    if lector.resources().encoder.is_none() { vec![message("casework.no_encoder", &[])] } else { Vec::new() }
}

/// Makes an error with a sentence of the catalogue, for shells that refuse something themselves.
#[must_use]
pub fn refused(code: Code, key: &'static str, detail: &str) -> CaseworkError {
    CaseworkError::refused(code, key, detail)
}

/// Reads a date as shells give it: `2026-11-30`.
///
/// # Errors
/// [`Code::WrongUse`] for what is no date.
pub fn day(text: &str) -> Result<jiff::civil::Date, CaseworkError> {
    text.trim().parse().map_err(|_| refused(Code::WrongUse, "casework.no_date", text))
}

/// Opens a `.p12`.
///
/// # Errors
/// When the file cannot be read, or the password does not open it.
pub fn open_keystore(path: &Path, password: &Zeroizing<String>) -> Result<Keystore, CaseworkError> {
    let bytes = Zeroizing::new(std::fs::read(path).map_err(CaseworkError::file(path))?);
    Ok(Keystore::open_pkcs12(&bytes, password)?)
}

/// Reads a pliego from the disk and decodes it; its requirements are those that a case made from it would have, with what its pack has to
/// say about it.
///
/// # Errors
/// As [`decode_pliego`], and when the file cannot be read.
pub fn read_pliego(
    lector: &Lector,
    path: &Path,
    cancellation: &Cancellation,
) -> Result<Pliego, CaseworkError> {
    let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
    let mut pliego = decode_pliego(lector, &name_of(path), &bytes, cancellation)?;
    if let Some(pack) = adopt_pack(&mut pliego, &PackSet::built_in()) {
        let warnings = cotejo_rules::pliego_warnings(&pliego, &pack);
        pliego.findings.extend(warnings);
    }
    Ok(pliego)
}

/// Chooses the pack by the day the process started and completes the requirements with what the procedure's model asks. Without a pack a
/// finding says so.
pub(crate) fn adopt_pack(pliego: &mut Pliego, packs: &PackSet) -> Option<RulePack> {
    let Some(started) = pliego.process.started else {
        pliego.findings.push(finding("casework.no_pack", Severity::Warning, ""));
        return None;
    };
    match packs.for_start(started) {
        Ok(pack) => {
            pliego.requirements = cotejo_rules::requirements_for(pliego, pack);
            Some(pack.clone())
        }
        Err(none) => {
            let (message, remedy) = (none.message(), none.remedy());
            let code = "rules.no_pack".into();
            pliego.findings.push(Finding { code, severity: Severity::Warning, page: None, message, remedy });
            None
        }
    }
}

pub(crate) fn finding(code: &str, severity: Severity, detail: &str) -> Finding {
    let values = [("detalle", detail)];
    Finding {
        code: code.into(),
        severity,
        page: None,
        message: message(code, &values),
        remedy: remedy(code, &values),
    }
}

/// Tells by its first bytes whether a file is a package to be opened: a ZIP that is no office file, a 7z, TAR or GZ, or a `.ushay`.
pub(crate) fn is_container(path: &Path) -> Result<bool, CaseworkError> {
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(CaseworkError::file(path))?;
    file.take(512).read_to_end(&mut head).map_err(CaseworkError::file(path))?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let office = matches!(extension.as_deref(), Some("docx" | "xlsx" | "odt" | "ods" | "pptx"));
    let marks: [&[u8]; 3] = [b"info.ushay:", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"];
    let zip =
        head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK00PK") || head.starts_with(b"PK\x05\x06");
    Ok(marks.iter().any(|mark| head.starts_with(mark))
        || head.get(257..262) == Some(b"ustar")
        || (zip && !office))
}

/// Names the media type that the end of a file's name promises, for a list; what is read is decided by content.
pub(crate) fn media_type_of(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("pdf") => "application/pdf",
        Some("doc") => "application/msword",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xls") => "application/vnd.ms-excel",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("txt") => "text/plain",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}

/// Tells whether a file may carry others and is itself a document: a PDF, a mail, a signed envelope. What it carries is taken out like
/// the files of a package, and it is read all the same.
pub(crate) fn may_carry(name: &str, bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    head.windows(5).any(|window| window == b"%PDF-")
        || matches!(extension.as_deref(), Some("eml" | "msg" | "p7m" | "p7s" | "docx" | "xlsx" | "odt"))
}

/// Decodes a pliego and compares its attachments with it: where one states the same field otherwise, a finding says so.
///
/// # Errors
/// When the worker is missing or the person cancelled; what cannot be decoded is among the findings.
pub fn decode_pliego(
    lector: &Lector,
    name: &str,
    bytes: &[u8],
    cancellation: &Cancellation,
) -> Result<Pliego, CaseworkError> {
    let switch = cancellation.switch();
    let decoded = lector.decode_pliego(name, bytes, switch)?;
    let mut pliego = decoded.value.unwrap_or_else(Pliego::unknown);
    for found in decoded.findings {
        if !pliego.findings.contains(&found) {
            pliego.findings.push(found);
        }
    }
    if bytes.starts_with(b"info.ushay:") {
        let unpacked = lector.unpack(name, bytes, switch)?;
        let untold = unpacked.findings.into_iter().filter(|found| !pliego.findings.contains(found));
        let untold: Vec<Finding> = untold.collect();
        pliego.findings.extend(untold);
        for (entry, content) in unpacked.entries {
            if entry.path.to_lowercase().ends_with(".xml") || entry.path == "zip.info" {
                continue;
            }
            let Some(annex) = lector.decode_pliego(&entry.path, &content, switch)?.value else { continue };
            pliego.findings.extend(contradictions(&pliego, &annex, &entry.path));
        }
    }
    Ok(pliego)
}

fn contradictions(pliego: &Pliego, annex: &Pliego, name: &str) -> Vec<Finding> {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let (ours, theirs) = (&pliego.process, &annex.process);
    let mut found = Vec::new();
    let mut compare = |field: &str, ours: Option<String>, theirs: Option<String>| {
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && folded(&ours) != folded(&theirs)
        {
            let field = message(&format!("casework.field.{field}"), &[]);
            let values = [("anexo", name), ("campo", &field), ("pliego", &ours), ("otro", &theirs)];
            found.push(Finding {
                code: "pliego.contradiction".into(),
                severity: Severity::Warning,
                page: None,
                message: message("pliego.contradiction", &values),
                remedy: remedy("pliego.contradiction", &values),
            });
        }
    };
    compare(
        "code",
        ours.code.as_ref().map(ToString::to_string),
        theirs.code.as_ref().map(ToString::to_string),
    );
    compare("budget", ours.budget.map(|money| money.spanish()), theirs.budget.map(|money| money.spanish()));
    compare("term", ours.term.map(|term| term.0.to_string()), theirs.term.map(|term| term.0.to_string()));
    compare(
        "validity",
        ours.validity.map(|validity| validity.0.to_string()),
        theirs.validity.map(|validity| validity.0.to_string()),
    );
    found
}

/// Verifies the signatures of one file against the certificates in `anchors` (PEM or DER, DER given here).
///
/// # Errors
/// When the file cannot be read from the disk or the worker is missing.
pub fn verify_file(
    lector: &Lector,
    path: &Path,
    anchors: &[Vec<u8>],
    at: Option<jiff::Timestamp>,
) -> Result<VerifyLine, CaseworkError> {
    let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
    let verified = lector.verify(&name_of(path), &bytes, anchors, at, Cancellation::default().switch())?;
    let hash = FileHash::of(&bytes).to_string();
    Ok(VerifyLine::new(path.display().to_string(), hash, verified.value, verified.findings))
}

/// Reads the certificates of a folder (or one file): PEM with any number of certificates, or DER.
///
/// # Errors
/// When the folder cannot be read, or a file in it is no certificate.
pub fn read_anchors(path: &Path) -> Result<Vec<Vec<u8>>, CaseworkError> {
    let mut anchors = Vec::new();
    for file in files_under(path)? {
        let extension = file.path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        if !matches!(extension.as_deref(), Some("pem" | "crt" | "cer" | "der")) {
            continue;
        }
        let bytes = std::fs::read(&file.path).map_err(CaseworkError::file(&file.path))?;
        let found = cotejo_signing::certificates_in(&bytes);
        if found.is_empty() {
            return Err(CaseworkError::refused(Code::UnreadableInput, "casework.no_certificate", file.name));
        }
        anchors.extend(found);
    }
    Ok(anchors)
}

/// Says how to sign one file.
#[derive(Debug)]
pub struct SigningOrder<'a> {
    /// The PDF.
    pub file: &'a Path,
    /// The `.p12`.
    pub certificate: &'a Path,
    /// Its password.
    pub password: Zeroizing<String>,
    /// Where the signed file goes; beside the first with `-firmado` when `None`.
    pub output: Option<PathBuf>,
    /// Moment of the signature.
    pub at: jiff::Timestamp,
}

/// Signs a PDF with PAdES B-B, with a visible stamp on its last page, and returns where the signed file is.
///
/// # Errors
/// When the certificate does not open, the file cannot be signed, or the result cannot be written.
pub fn sign_file(order: SigningOrder<'_>) -> Result<PathBuf, CaseworkError> {
    let bytes = std::fs::read(order.file).map_err(CaseworkError::file(order.file))?;
    let certificate = std::fs::read(order.certificate).map_err(CaseworkError::file(order.certificate))?;
    let keystore = Keystore::open_pkcs12(&certificate, &order.password)?;
    let signed = sign_bytes(&bytes, &keystore, order.at, None)?;
    let output = order.output.unwrap_or_else(|| signed_name(order.file));
    write_whole(&output, &signed)?;
    Ok(output)
}

pub(crate) fn sign_bytes(
    bytes: &[u8],
    keystore: &Keystore,
    at: jiff::Timestamp,
    visible: Option<VisibleStamp>,
) -> Result<Vec<u8>, CaseworkError> {
    let options = SigningOptions { sub_filter: SubFilter::default(), visible, ..SigningOptions::at(at) };
    Ok(cotejo_signing::sign_pdf(bytes, keystore, &options)?)
}

fn signed_name(file: &Path) -> PathBuf {
    let stem = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    file.with_file_name(format!("{stem}-firmado.pdf"))
}

/// Writes a file completely or not at all: under another name first, then renamed.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CaseworkError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(CaseworkError::file(folder))?;
    let partial = path.with_file_name(format!(".{}.parcial", name_of(path)));
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::File::create(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&partial, path)
    };
    write().map_err(|error| {
        // The partial file is ours; failing to remove it must not hide why writing failed.
        let _ = std::fs::remove_file(&partial);
        CaseworkError::file(path)(error)
    })
}

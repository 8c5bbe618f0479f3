//! The electronic expediente: a folder of numbered files, a manifest with their hashes, and a signed index that seals the manifest (LEY 34,
//! RGL 45 and 46); and the proof of such a folder later, on any machine, without the case.
//!
//! Sealed documents, and packages that hold one, are left out and named as such. Nothing is taken from the folder on trust: a file that is missing,
//! changed or not in the manifest is told.

use super::gather::Gathered;
use super::outcome::signed_name;
use crate::CaseworkError;
use crate::contract::VerifyLine;
use crate::desk::judgement::CONTAINER;
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, labels};
use crate::quick;
use cotejo_catalogue::message;
use cotejo_domain::{Code, FileHash};
use cotejo_lector_client::Lector;
use cotejo_reports::{ActaError, Frame, Indice, Kind, PiezaIndice, compose, typeset_paper};
use cotejo_signing::Keystore;
use cotejo_store::FileOwner;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifiesto.json";
const INDEX: &str = "00-indice.pdf";
const FORMAT: &str = "cotejo-expediente/1";
/// Marks the hash of the manifest in the metadata of the index.
const SEAL: &str = "manifiesto-sha256-";

/// One file of the manifest. Its fields are Spanish: the file is read by lawyers and other systems of the entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    numero: u32,
    documento: String,
    archivo: String,
    tamano: u64,
    sha256: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    equipo: String,
    actos: u64,
    cabeza: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Manifest {
    formato: String,
    codigo: String,
    entidad: String,
    generado: String,
    archivos: Vec<Entry>,
    omitidos: Vec<String>,
    bitacora: Vec<Head>,
    cadena_evidencias: String,
}

/// Says what the proof of an expediente found.
#[derive(Clone, Debug, Serialize)]
pub struct ExpedienteReport {
    /// How many files the manifest names.
    pub files: usize,
    /// Files that it names and are not there.
    pub missing: Vec<String>,
    /// Files that are not as it says.
    pub changed: Vec<String>,
    /// Files that it does not name.
    pub extra: Vec<String>,
    /// True when the index seals this very manifest.
    pub sealed: bool,
    /// What the signatures of the index are: `valid`, `invalid`, `indeterminate` or `unsigned`.
    pub signature: &'static str,
    /// The signatures themselves.
    pub index: VerifyLine,
}

impl ExpedienteReport {
    /// Tells whether every file is as the signed index says. A signature without a confirmed anchor leaves it open.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.intact() && self.signature == "valid"
    }

    /// Tells whether manifest and files agree, and the index seals the manifest, whoever signed.
    #[must_use]
    pub fn intact(&self) -> bool {
        self.missing.is_empty()
            && self.changed.is_empty()
            && self.extra.is_empty()
            && self.sealed
            && self.signature != "invalid"
    }
}

impl From<&ExpedienteReport> for crate::view::ExpedienteView {
    fn from(report: &ExpedienteReport) -> Self {
        let signers = report.index.signatures.iter().filter_map(|signature| signature.signer.clone());
        Self {
            files: u32::try_from(report.files).unwrap_or(u32::MAX),
            missing: report.missing.clone(),
            changed: report.changed.clone(),
            extra: report.extra.clone(),
            sealed: report.sealed,
            signature: report.signature.to_owned(),
            signers: signers.collect(),
            intact: report.intact(),
        }
    }
}

impl Desk {
    /// Proves a folder as [`verify_expediente`] does, away from whoever waits. The anchors are a folder of certificates, where there is one.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn prove_expediente(
        &self,
        folder: &Path,
        anchors: Option<&Path>,
    ) -> Result<crate::view::ExpedienteView, CaseworkError> {
        let anchors = anchors.map(quick::read_anchors).transpose()?.unwrap_or_default();
        let (lector, folder) = (self.lector(), folder.to_path_buf());
        let report = crate::desk::blocking(move || verify_expediente(&lector, &folder, &anchors)).await??;
        Ok((&report).into())
    }
}

/// Writes a part of a path that every system takes: letters, digits, point, hyphen and underscore.
fn safe(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| match sign {
            'á' | 'Á' => 'a',
            'é' | 'É' => 'e',
            'í' | 'Í' => 'i',
            'ó' | 'Ó' => 'o',
            'ú' | 'Ú' | 'ü' | 'Ü' => 'u',
            'ñ' | 'Ñ' => 'n',
            sign if sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_') => sign,
            _ => '_',
        })
        .collect();
    let plain = plain.trim_matches(['.', '_', '-']);
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let stem: String = stem.chars().take(60).collect();
    let ending: String = ending.chars().take(8).collect();
    let stem = if stem.is_empty() { "archivo".to_owned() } else { stem };
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// Writes files one after the other, numbered, and keeps what the manifest says of them.
struct Folder<'a> {
    root: &'a Path,
    entries: Vec<Entry>,
}

impl Folder<'_> {
    fn add(
        &mut self,
        folder: &str,
        name: &str,
        document: String,
        from: &mut dyn Read,
    ) -> Result<(), CaseworkError> {
        let number = u32::try_from(self.entries.len() + 1).unwrap_or(u32::MAX);
        let inside = format!("{folder}/{number:03}-{}", safe(name));
        let path = self.root.join(&inside);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(CaseworkError::file(parent))?;
        }
        let mut file = std::fs::File::create(&path).map_err(CaseworkError::file(&path))?;
        let (mut digest, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0_u8; 1 << 16]);
        loop {
            let read = from.read(&mut buffer).map_err(CaseworkError::file(&path))?;
            if read == 0 {
                break;
            }
            let piece = buffer.get(..read).unwrap_or_default();
            digest.update(piece);
            size += read as u64;
            file.write_all(piece).map_err(CaseworkError::file(&path))?;
        }
        self.entries.push(Entry {
            numero: number,
            documento: document,
            archivo: inside,
            tamano: size,
            sha256: hex::encode(digest.finalize()),
        });
        Ok(())
    }
}

impl Desk {
    /// Writes the electronic expediente of a case to an empty folder; signs its index when a keystore is given. Returns the path of the index.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the folder is not empty; when an original is damaged or a file cannot be written.
    pub async fn export_expediente(
        &self,
        case: &str,
        folder: &Path,
        keystore: Option<&Keystore>,
    ) -> Result<PathBuf, CaseworkError> {
        let open = self.opened(case).await?;
        std::fs::create_dir_all(folder).map_err(CaseworkError::file(folder))?;
        if std::fs::read_dir(folder).map_err(CaseworkError::file(folder))?.next().is_some() {
            return Err(CaseworkError::refused(
                Code::Precondition,
                "casework.folder_not_empty",
                folder.display().to_string(),
            ));
        }
        let case = Gathered::of(self, &open, Kind::Indice, "").await?;
        let mut out = Folder { root: folder, entries: Vec::new() };
        let mut omitted = Vec::new();
        self.originals(&open, &case, &mut out, &mut omitted).await?;
        for row in &case.actas {
            if row.signatures.is_empty() {
                continue;
            }
            let newest = row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256);
            let bytes = open.case.read_original(newest).await?;
            out.add(
                "03-documentos",
                &format!("{}.pdf", row.acta.kind),
                signed_name(row),
                &mut bytes.as_slice(),
            )?;
        }
        let evidence = self.evidence_papers(&open).await?;
        let moment = self.now();
        let annex = cotejo_reports::typeset_unsigned(&evidence.paper, "evidencias", moment)
            .map_err(ActaError::from)?;
        out.add(
            "04-evidencias",
            "anexo-evidencias.pdf",
            Kind::Evidencias.title(),
            &mut annex.pdf.as_slice(),
        )?;
        let viewer = message("casework.paper.viewer_file", &[]);
        out.add("04-evidencias", "visor-evidencias.html", viewer, &mut evidence.viewer.as_slice())?;
        let evaluation = serde_json::to_vec_pretty(&self.evaluation(&open.case.id().to_string()).await?)?;
        out.add(
            "05-datos",
            "evaluacion.json",
            message("casework.paper.evaluation_file", &[]),
            &mut evaluation.as_slice(),
        )?;
        let log = log_file(&open).await?;
        out.add("05-datos", "bitacora.json", message("casework.paper.log_file", &[]), &mut log.as_slice())?;
        self.index(&open, &case, out, omitted, evidence.chain, keystore).await
    }

    async fn originals(
        &self,
        open: &OpenCase,
        case: &Gathered,
        out: &mut Folder<'_>,
        omitted: &mut Vec<String>,
    ) -> Result<(), CaseworkError> {
        for file in open.case.files(FileOwner::Process).await? {
            let mut original = open.case.open_original(file.hash).await?;
            let document = message("casework.paper.process_file", &[("archivo", &file.path)]);
            out.add("01-proceso", &file.path, document, &mut original)?;
        }
        for bid in &case.judgement.bids {
            let name = Gathered::numbered(bid);
            let holds_sealed = bid.bid.files.iter().any(|file| file.sealed);
            for file in &bid.bid.files {
                let package = file.media_type == CONTAINER;
                if file.sealed || (package && holds_sealed) {
                    let key = if file.sealed {
                        "casework.paper.left_sealed"
                    } else {
                        "casework.paper.left_package"
                    };
                    omitted.push(message(key, &[("oferta", &name), ("archivo", &file.path)]));
                    continue;
                }
                let mut original = open.case.open_original(file.hash).await?;
                let document =
                    message("casework.paper.bid_file", &[("oferta", &name), ("archivo", &file.path)]);
                out.add(
                    &format!("02-ofertas/oferta-{:02}", bid.number),
                    &file.path,
                    document,
                    &mut original,
                )?;
            }
        }
        Ok(())
    }

    async fn index(
        &self,
        open: &OpenCase,
        case: &Gathered,
        out: Folder<'_>,
        omitted: Vec<String>,
        chain: String,
        keystore: Option<&Keystore>,
    ) -> Result<PathBuf, CaseworkError> {
        let moment = self.now();
        let manifest = Manifest {
            formato: FORMAT.into(),
            codigo: case.comun.cabecera.codigo.clone(),
            entidad: case.comun.cabecera.entidad.clone(),
            generado: moment.to_string(),
            archivos: out.entries.clone(),
            omitidos: omitted.clone(),
            bitacora: open
                .case
                .log_heads()
                .await?
                .into_iter()
                .map(|head| Head {
                    equipo: head.device.to_string(),
                    actos: head.count,
                    cabeza: head.head.to_string(),
                })
                .collect(),
            cadena_evidencias: chain,
        };
        let bytes = serde_json::to_vec_pretty(&manifest)?;
        let hash = FileHash::of(&bytes).to_string();
        quick::write_whole(&out.root.join(MANIFEST), &bytes)?;
        let mut comun = case.comun.clone();
        // The index is signed by whoever forms the expediente, in no place of its own.
        comun.firmantes.clear();
        comun.cabecera.numero.clear();
        let content = Indice {
            comun,
            manifiesto_huella: hash.clone(),
            piezas: out
                .entries
                .iter()
                .map(|entry| PiezaIndice {
                    numero: format!("{:03}", entry.numero),
                    documento: entry.documento.clone(),
                    archivo: entry.archivo.clone(),
                    tamano: labels::size(entry.tamano),
                    huella: entry.sha256.clone(),
                })
                .collect(),
            omitidos: omitted,
            articulo: case.norm(&["expediente"]),
        };
        let adaptation = self.adaptation().await?;
        let frame = Frame { adaptation: adaptation.as_ref(), ..Frame::default() };
        let mut paper = compose(&content, frame).map_err(ActaError::from)?;
        paper.keywords.push(format!("{SEAL}{hash}"));
        let typeset = typeset_paper(&paper, &hash, moment).map_err(ActaError::from)?;
        let pdf = match keystore {
            Some(keystore) => quick::sign_bytes(&typeset.pdf, keystore, moment, None)?,
            None => typeset.pdf,
        };
        let path = out.root.join(INDEX);
        quick::write_whole(&path, &pdf)?;
        Ok(path)
    }
}

/// The chain of the log without what its acts say: enough to prove later that none was added, taken away or moved.
async fn log_file(open: &OpenCase) -> Result<Vec<u8>, CaseworkError> {
    let mut lines = Vec::new();
    for event in open.case.events().await? {
        lines.push(serde_json::json!({
            "cabecera": event.header, "compromiso": event.commitment, "huella": event.hash.to_string(), "firma": event.signature,
        }));
    }
    Ok(serde_json::to_vec_pretty(&lines)?)
}

fn hash_of_file(path: &Path) -> Result<(u64, String), CaseworkError> {
    let mut file = std::fs::File::open(path).map_err(CaseworkError::file(path))?;
    let (mut digest, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0_u8; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(CaseworkError::file(path))?;
        if read == 0 {
            return Ok((size, hex::encode(digest.finalize())));
        }
        digest.update(buffer.get(..read).unwrap_or_default());
        size += read as u64;
    }
}

/// Proves a folder that [`Desk::export_expediente`] wrote, without the case.
///
/// # Errors
/// When manifest or index are missing or cannot be read.
pub fn verify_expediente(
    lector: &Lector,
    folder: &Path,
    anchors: &[Vec<u8>],
) -> Result<ExpedienteReport, CaseworkError> {
    let path = folder.join(MANIFEST);
    let bytes = std::fs::read(&path).map_err(CaseworkError::file(&path))?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| {
        CaseworkError::refused(Code::UnreadableInput, "casework.no_manifest", error.to_string())
    })?;
    if manifest.formato != FORMAT {
        return Err(CaseworkError::refused(Code::UnreadableInput, "casework.no_manifest", manifest.formato));
    }
    let mut named: BTreeMap<String, &Entry> = BTreeMap::new();
    let (mut missing, mut changed) = (Vec::new(), Vec::new());
    for entry in &manifest.archivos {
        let inside = Path::new(&entry.archivo);
        // A manifest that names a file outside of its folder is not ours.
        let plain = inside.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if !plain || named.insert(entry.archivo.clone(), entry).is_some() {
            changed.push(entry.archivo.clone());
            continue;
        }
        let path = folder.join(inside);
        // A link could show another file than the one that is proved.
        match std::fs::symlink_metadata(&path) {
            Ok(about) if about.is_file() => {
                if hash_of_file(&path)? != (entry.tamano, entry.sha256.clone()) {
                    changed.push(entry.archivo.clone());
                }
            }
            Ok(_) => changed.push(entry.archivo.clone()),
            Err(_) => missing.push(entry.archivo.clone()),
        }
    }
    let there: BTreeSet<String> = files_in(folder, folder)?;
    let known = |name: &String| named.contains_key(name) || name == MANIFEST || name == INDEX;
    let extra = there.into_iter().filter(|name| !known(name)).collect();
    let index_path = folder.join(INDEX);
    let index_bytes = std::fs::read(&index_path).map_err(CaseworkError::file(&index_path))?;
    let index = quick::verify_file(lector, &index_path, anchors, None)?;
    Ok(ExpedienteReport {
        files: manifest.archivos.len(),
        missing,
        changed,
        extra,
        sealed: seals(&index_bytes, &FileHash::of(&bytes).to_string()),
        signature: index.summary,
        index,
    })
}

/// Tells whether every seal in the index is of this manifest: a second one would let two manifests be shown with one index.
fn seals(index: &[u8], manifest: &str) -> bool {
    let seal = SEAL.as_bytes();
    let mut found = 0;
    for at in index.windows(seal.len()).enumerate().filter(|(_, window)| *window == seal).map(|(at, _)| at) {
        let hash = index.get(at + seal.len()..at + seal.len() + manifest.len());
        if hash != Some(manifest.as_bytes()) {
            return false;
        }
        found += 1;
    }
    found > 0
}

fn files_in(root: &Path, folder: &Path) -> Result<BTreeSet<String>, CaseworkError> {
    let mut files = BTreeSet::new();
    for item in std::fs::read_dir(folder).map_err(CaseworkError::file(folder))? {
        let path = item.map_err(CaseworkError::file(folder))?.path();
        let about = std::fs::symlink_metadata(&path).map_err(CaseworkError::file(&path))?;
        if about.is_dir() {
            files.extend(files_in(root, &path)?);
        } else if let Ok(inside) = path.strip_prefix(root) {
            files.insert(inside.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_bidders_files_are_made_safe() {
        assert_eq!(safe("../../etc/passwd"), "etc_passwd");
        assert_eq!(safe("Índices año 2025.pdf"), "indices_ano_2025.pdf");
        assert_eq!(safe("..."), "archivo");
        assert_eq!(safe(&format!("{}.pdf", "a".repeat(300))).len(), 64);
    }

    #[test]
    fn attack_an_index_with_two_seals_seals_nothing() {
        let hash = "ab".repeat(32);
        let one = format!("x {SEAL}{hash} y");
        assert!(seals(one.as_bytes(), &hash));
        let two = format!("{one} {SEAL}{}", "cd".repeat(32));
        assert!(!seals(two.as_bytes(), &hash), "another manifest could be shown with it");
        assert!(!seals(b"nothing", &hash));
    }
}

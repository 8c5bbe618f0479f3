//! The annex of evidence and the viewer: each cited page with what is cited in a frame, and the chain over all of them.

use super::gather::Gathered;
use crate::CaseworkError;
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, labels};
use cotejo_catalogue::message;
use cotejo_domain::{Evidence, FileHash, Location, Quad};
use cotejo_reports::{
    ActaError, ChainEnd, Evidencias, Frame, Image, Kind, Lamina, Paper, PiezaEvidencia, ViewedPiece,
    ViewerPage, compose, crop_page, mark_page, viewer,
};
use std::collections::BTreeMap;

/// Pixels to a point: 108 to an inch, read at arm's length.
const SCALE: f64 = 1.5;
/// Most pages that are shown; what goes beyond is cited without its image, and the annex says so.
const MOST_PAGES: usize = 400;

/// Holds annex and viewer of a case.
pub(crate) struct EvidencePapers {
    pub(crate) paper: Paper,
    pub(crate) viewer: Vec<u8>,
    /// Last link of the chain.
    pub(crate) chain: String,
    pub(crate) pieces: usize,
}

/// One piece with all cells that cite it.
struct Cited {
    evidence: Evidence,
    bid: String,
    requirement: String,
    verdict: String,
}

impl Desk {
    /// Gathers what the decisions cite; the machine's proposals where nobody decided are left out, since nothing rests on them yet.
    fn cited(case: &Gathered) -> Vec<Cited> {
        let mut cited = Vec::new();
        for bid in &case.judgement.bids {
            for requirement in &case.judgement.requirements {
                let Some(decision) = case.decided.at(&requirement.id, bid.bid.id) else { continue };
                for evidence in &decision.evidence {
                    // A sealed document is not shown before its moment.
                    if bid.bid.files.iter().any(|file| file.sealed && file.hash == evidence.file) {
                        continue;
                    }
                    cited.push(Cited {
                        evidence: evidence.clone(),
                        bid: Gathered::numbered(bid),
                        requirement: labels::short_title(&requirement.text),
                        verdict: labels::verdict(decision.verdict),
                    });
                }
            }
        }
        cited
    }

    /// Makes the annex of evidence and the viewer of a case.
    pub(crate) async fn evidence_papers(&self, open: &OpenCase) -> Result<EvidencePapers, CaseworkError> {
        let case = Gathered::of(self, open, Kind::Evidencias, "").await?;
        let cited = Self::cited(&case);
        let mut rendered: BTreeMap<(FileHash, u32), Option<Vec<u8>>> = BTreeMap::new();
        let (mut pieces, mut viewed, mut images) = (Vec::new(), Vec::new(), Vec::<Image>::new());
        for (index, piece) in cited.iter().enumerate() {
            let evidence = &piece.evidence;
            let quads: &[Quad] = match &evidence.location {
                Location::Page { quads, .. } => quads,
                _ => &[],
            };
            let mut shown = None;
            if let Location::Page { page, .. } = evidence.location {
                let at = (evidence.file, page);
                if !rendered.contains_key(&at) && rendered.len() < MOST_PAGES {
                    // A page that cannot be rendered is cited without its image.
                    let image = self.render(&open.case, evidence.file, page, SCALE).await.ok();
                    rendered.insert(at, image);
                }
                shown = rendered.get(&at).and_then(Option::as_ref);
            }
            let place = labels::place(&evidence.location);
            let marked =
                shown.map(|image| mark_page(image, SCALE, quads)).transpose().map_err(ActaError::from)?;
            let crop =
                shown.map(|image| crop_page(image, SCALE, quads)).transpose().map_err(ActaError::from)?;
            let laminas = vec![Lamina {
                imagen: marked.map(|marked| {
                    images.push(marked.image);
                    u32::try_from(images.len() - 1).unwrap_or(u32::MAX)
                }),
                descripcion: message(
                    if quads.is_empty() { "casework.paper.picture_whole" } else { "casework.paper.picture" },
                    &[("lugar", &place), ("archivo", &evidence.file_name), ("cita", &evidence.quote)],
                ),
                pie: if shown.is_some() {
                    format!("{}, {place}", evidence.file_name)
                } else {
                    message(
                        "casework.paper.no_picture",
                        &[("archivo", &evidence.file_name), ("lugar", &place)],
                    )
                },
            }];
            pieces.push(PiezaEvidencia {
                numero: (index + 1).to_string(),
                oferente: piece.bid.clone(),
                parametro: piece.requirement.clone(),
                resultado: piece.verdict.clone(),
                documento: evidence.file_name.clone(),
                lugar: place.clone(),
                cita: evidence.quote.clone(),
                huella: evidence.file.to_string(),
                laminas,
            });
            viewed.push(ViewedPiece {
                number: u32::try_from(index + 1).unwrap_or(u32::MAX),
                bidder: piece.bid.clone(),
                requirement: piece.requirement.clone(),
                verdict: piece.verdict.clone(),
                file: evidence.file_name.clone(),
                file_sha256: evidence.file.to_string(),
                place,
                quote: evidence.quote.clone(),
                crop,
            });
        }
        let chain = cotejo_reports::chain(&viewed).pop().unwrap_or_default();
        let count = pieces.len();
        let comun = case.comun.clone();
        let page = ViewerPage {
            title: message("casework.paper.viewer", &[("codigo", &comun.cabecera.codigo)]),
            lines: vec![
                comun.cabecera.entidad.clone(),
                comun.cabecera.objeto.clone(),
                comun.cabecera.generado.clone(),
            ],
            ends: open
                .case
                .log_heads()
                .await?
                .into_iter()
                .map(|head| ChainEnd {
                    device: head.device.to_string(),
                    count: head.count,
                    head: head.head.to_string(),
                })
                .collect(),
        };
        let html = viewer(&page, &viewed)?;
        let content = Evidencias { comun, piezas: pieces, cadena: chain.clone() };
        let adaptation = self.adaptation().await?;
        let frame = Frame { adaptation: adaptation.as_ref(), images, preview: false };
        let paper = compose(&content, frame).map_err(ActaError::from)?;
        Ok(EvidencePapers { paper, viewer: html, chain, pieces: count })
    }

    /// Writes the annex of evidence (PDF and DOCX) and the viewer to a folder; returns how many pieces they hold and the end of the chain.
    ///
    /// # Errors
    /// When a page cannot be drawn or a file not be written.
    pub async fn export_evidence(
        &self,
        case: &str,
        folder: &std::path::Path,
    ) -> Result<(usize, String), CaseworkError> {
        let open = self.opened(case).await?;
        let papers = self.evidence_papers(&open).await?;
        let moment = self.now();
        let typeset =
            cotejo_reports::typeset_unsigned(&papers.paper, "evidencias", moment).map_err(ActaError::from)?;
        crate::quick::write_whole(&folder.join("anexo-evidencias.pdf"), &typeset.pdf)?;
        let word = cotejo_reports::docx(&papers.paper, moment).map_err(ActaError::from)?;
        crate::quick::write_whole(&folder.join("anexo-evidencias.docx"), &word)?;
        crate::quick::write_whole(&folder.join("visor-evidencias.html"), &papers.viewer)?;
        Ok((papers.pieces, papers.chain))
    }
}

//! Actas and informes: typed content in, files out.
//!
//! Casework fills the content of a document ([`Calificacion`], [`Apertura`], …); [`compose`] lays it into the sentences and blocks of
//! its template (`templates/*.plantilla`, adapted by the entity) and gives a [`Paper`]: one model of typed blocks, which [`typeset_paper`] renders to
//! PDF/A with one Typst template and [`docx`] to a Word file. [`masked`] makes the copy for publication before either, [`viewer`] the page
//! by which anybody checks the evidence. The room reads no database, knows no case, and opens no file, no package and no clock.
//!
//! Terms: *acta* (minutes of what happened, signed by those present), *informe* (a reasoned report to the authority).

mod acta;
mod content;
mod docx;
mod mask;
mod model;
mod pictures;
mod template;
mod typeset;
mod viewer;

pub use acta::{
    ActaCalificacion, ActaError, ArithmeticRow, Articles, AuditHead, BidLine, BidderSection, LotLine,
    MemberLine, NoteLine, PackLine, ParameterRow, RejectedBid, SessionLine, SignerLine,
    typeset_acta_calificacion, typeset_calificacion_as,
};
pub use content::*;
pub use docx::{DocxError, docx};
pub use mask::{PersonalData, masked};
pub use model::{Block, Column, Image, Paper, Signer, Span, Style, Text, plain};
pub use pictures::{MarkedPage, PictureError, crop_page, mark_page, measured};
pub use template::{Adaptation, Frame, LOGO_LIMIT, Template, TemplateFault, names};
pub use typeset::{
    Section, SignaturePlace, Typeset, TypesetError, stamp_font, typeset_paper, typeset_unsigned,
};
pub use viewer::{ChainEnd, ViewedPiece, ViewerPage, chain, viewer};

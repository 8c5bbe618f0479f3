//! Actas and informes, typeset with Typst to PDF/A.
//!
//! The room takes a plain description of the document ([`ActaCalificacion`]) and gives a PDF. It reads no database and knows no
//! case: casework fills the description. The templates in `templates/` are Typst files that a lawyer can read; they take their
//! data from one JSON file and may open no other file, no package and no clock.
//!
//! Terms: *acta* (minutes of what happened, signed by those present), *informe* (a reasoned report to the authority).

mod acta;
mod typeset;

pub use acta::{
    ActaCalificacion, ActaError, ArithmeticRow, Articles, AuditHead, BidLine, BidderSection, MemberLine,
    NoteLine, PackLine, ParameterRow, RejectedBid, SessionLine, SignerLine, typeset_acta_calificacion,
};
pub use typeset::{Section, SignaturePlace, Typeset, TypesetError, stamp_font, typeset};

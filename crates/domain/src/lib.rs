//! The vocabulary of the evaluation: what every room speaks and none owns.
//!
//! Pure types: no input or output, no clocks, no async. Terms (docs/glossary.md explains each Spanish one):
//!
//! - [`Process`]: one contracting procedure, with its [`Lot`]s and [`Requirement`]s, read from a pliego.
//! - [`Bid`]: what one bidder handed in; [`Document`]: one document found in the heap of its pages.
//! - [`Fact`]: a value read from a page, always with [`Evidence`].
//! - [`Proposal`]: what the machine proposes; [`Decision`]: what a named person decided and why.
//! - [`Termino`] counts working days, [`Plazo`] calendar days; they never mix.

mod arrangement;
mod bid;
mod catalogue_of_types;
mod code;
mod commission;
mod confidence;
pub mod course;
mod decimal_option;
mod decision;
mod designation;
mod document;
mod duration;
mod evidence;
mod fact;
pub mod field_learning;
mod file_properties;
mod finding;
pub mod heads_file;
mod identifiers;
mod learning;
mod money;
pub mod naming;
mod page;
mod page_look;
mod page_region;
mod page_remedy;
pub mod ports;
mod print_difference;
mod process;
mod process_code;
mod proposal;
mod reading_view;
mod requirement;
mod ruc;
pub mod rules_file;
mod session;
mod signature;
pub mod spanish;
mod template;

pub use arrangement::{
    ArrangeAct, ArrangedDocument, Arrangement, ArrangementFault, MOST_DOCUMENTS, PagePart,
};
pub use bid::{Bid, BidFile, Bidder, BidderKind, ConsortiumMember};
pub use catalogue_of_types::{DocumentTypeEntry, FieldEntry, document_type_entry, document_types};
pub use code::Code;
pub use commission::{Actor, Capacity, Device, Member, Round};
pub use confidence::Confidence;
pub use decision::{Decision, Motivation, Outcome};
pub use designation::{Commission, CommissionFault, EvaluatingBody, Gender, Instrument, Seat, Substitution};
pub use document::{Document, DocumentType, Table, TableCell};
pub use duration::{Plazo, Termino};
pub use evidence::{Evidence, Location, Quad};
pub use fact::{Fact, FactValue};
pub use file_properties::{FileProperties, FileProperty, PropertyKind, moment};
pub use finding::{Finding, Read, Severity};
pub use identifiers::{
    ActaId, ActorId, BidId, CaseId, DecisionId, DeviceId, DocumentId, EventId, FileHash, InvalidHash, LotId,
    MemberId, NoteId, ProposalId, RecordId, RequirementId,
};
pub use learning::{ExampleUse, PageExample, PageSignature, SIGNATURE_LETTERS, SIGNATURE_MEANING};
pub use money::{Money, Percent};
pub use page::{PageReading, PageStatus, UNSURE, Word};
pub use page_look::{CodeKind, Likeness, PageLook, PrintedCode};
pub use page_region::{InkKind, InkRegion, RegionCell, TableRegion};
pub use page_remedy::{PageAct, PageRemedy, SourceNote, SourceOutcome};
pub use print_difference::PrintDifference;
pub use process::{
    Entity, Lot, Pliego, PliegoAttachment, PliegoItem, PliegoLot, ProcedureType, Process, ScheduleStage,
};
pub use process_code::ProcessCode;
pub use proposal::{Proposal, Reason, TraceStep, Verdict};
pub use reading_view::{COLUMN_WIDTH, ROW_HEIGHT, reading_view_location};
pub use requirement::{FormCondition, Requirement, RequirementKind, RequirementSource, Subject};
pub use ruc::{Cedula, CheckDigit, IdentifierError, Ruc, RucKind};
pub use session::{Modality, Note, Session, SessionFault};
pub use signature::{
    ChainStatus, ChangesAfter, Coverage, Integrity, RevocationStatus, SignatureReading, SignatureVerdict,
    TimeSource, ValidityAtSigning,
};
pub use template::{ModelText, TemplateChange, TemplateDifference, TemplateReading, TemplateState};

//! What crosses from the core to a shell: plain structures, ready to be shown, typed on both sides.
//!
//! Identifiers and hashes are text. Amounts are text with a dot (`"12650.20"`), dates and times ISO 8601; where a person reads
//! the text as it is, the field says so and the text is Spanish. Counts are `u32`, confidences numbers from 0 to 1. A field that
//! is not known is `None`, never invented. Floats are never NaN, so `#[specta(type = i32)]` gives them the type `number` instead of
//! `number | null`.
//!
//! # The facade behind the window
//!
//! The shells call one facade, `cotejo_casework::Desk`. `E` is the error of casework; `ErrorView: From<E>`.
//!
//! ```text
//! Desk::open(DeskSettings { data: Option<PathBuf> }) -> Result<Desk, E>                     async
//! desk.about() -> AboutView                                                                 async
//! desk.list_cases() -> Result<Vec<CaseSummary>, E>                                          async
//! desk.create_case(&Path, &(dyn Fn(ImportProgress) + Send + Sync), &Cancellation) -> Result<CaseView, E>
//! desk.open_case(case: &str) -> Result<CaseView, E>
//! desk.import_bids(case, &[PathBuf], &(dyn Fn(ImportProgress) + Send + Sync), &Cancellation) -> Result<ImportOutcome, E>
//! desk.matrix(case) -> Result<MatrixView, E>
//! desk.cell(case, requirement: &str, bid: &str) -> Result<CellView, E>
//! desk.documents(case) -> Result<DocumentsView, E>
//! desk.page(case, file: &str, page: u32) -> Result<PageView, E>
//! desk.page_image(case, file: &str, page: u32, scale: f64) -> Result<Vec<u8>, E>            PNG; scale 1 is 72 pixels an inch
//! desk.decide(case, &DecisionDraft) -> Result<CellView, E>                                  Sealed once the acta is signed
//! desk.decide_many(case, &[CellAddress], Verdict, conclusion: &str) -> Result<u32, E>       cumple and no aplica only
//! desk.add_requirement(case, RequirementDraft) -> Result<RequirementView, E>                 by hand; Sealed once signed
//! Desk::document_types() -> Vec<DocumentTypeView>
//! desk.asked(case) -> Result<AskedView, E>                                                  requirements with place, standing, history
//! desk.say_of_requirements(case, &[String], &RequirementOrder) -> Result<AskedView, E>       events; Sealed once a signed acta states them
//! desk.read_requirements(case, &Path, &Cancellation), desk.add_from_template(case, checks: &[String]) -> Result<(u32, AskedView), E>
//! desk.apply_clarification(case, &ClarificationOrder) -> Result<ClarificationView, E>       marks decisions *revisar de nuevo*
//! desk.withdraw_clarification(case, clarification, reason), desk.clarifications(case)
//! desk.departures(case), desk.answer_departure(case, departure, &DepartureOrder) -> Result<Vec<DepartureView>, E>
//! desk.undo(case) -> Result<Undone, E>       desk.redo(case) -> Result<Undone, E>           Precondition when there is nothing
//! desk.search(case, text: &str) -> Result<Vec<SearchHit>, E>
//! desk.note(case, &NoteDraft) -> Result<CellView, E>                                        no id: a new note; empty text: taken back
//! desk.session(case) -> Result<SessionView, E>       desk.record_session(case, &SessionDraft) -> Result<SessionView, E>
//! desk.commission(case) -> Result<CommissionView, E> desk.record_commission(case, &CommissionDraft) -> Result<CommissionView, E>
//! desk.import_bids_sealing(case, &[PathBuf], &SealingOrder, progress, &Cancellation) -> Result<ImportOutcome, E>
//! desk.reading_pace() -> Result<ReadingPaceView, E>          desk.set_reading_pace(PaceView) -> Result<ReadingPaceView, E>
//! desk.use_reading_pace(PaceView)                                                           for this run only
//! desk.open_sealed(case, file: &str, cause: &str) -> Result<DocumentsView, E>               Precondition before its moment
//! desk.acta(case) -> Result<ActaView, E>                                                    state Ninguna before the first
//! desk.generate_acta(case) -> Result<ActaView, E>
//! desk.acta_image(case, page: u32, scale: f64) -> Result<Vec<u8>, E>                        PNG of the real PDF
//! desk.sign_acta(case, &SigningRequest) -> Result<ActaView, E>                              Precondition while it has blocks
//! desk.acta_path(case) -> Result<PathBuf, E>                                                the file on disk, for other programs
//! desk.papers(case) -> Result<PapersView, E>       desk.write_paper(case, kind, about, &PaperDraft) -> Result<PapersView, E>
//! desk.generate_paper(case, kind, about) -> Result<PaperView, E>   desk.sign_paper(case, kind, &SigningRequest) -> Result<PaperView, E>
//! desk.export_paper(case, kind, about, public) -> Result<PaperFiles, E>   desk.export_evidence(case, &Path), desk.export_expediente(case, &Path, keystore)
//! desk.rectify(case, cause: &str) -> Result<CaseView, E>                                    opens a rectification after signing
//! desk.validate_bidders(case, Option<&SimulatorAt>, &(dyn Fn(asked: u32, all: u32) + Send + Sync), &Cancellation)
//!     -> Result<ValidationView, E>                                                          asks the registries; offline it only shows
//! desk.validation(case) -> Result<ValidationView, E>                                        what is kept; asks nobody
//! desk.note_source(case, &SourceNoteDraft) -> Result<ValidationView, E>                     what a person read at a source
//! desk.registry_answer(case, sha256: &str) -> Result<String, E>                             the raw answer that is kept
//! desk.turn_page(case, file, page, degrees) -> Result<PageView, E>                          an event; Sealed once a signed acta states it
//! desk.write_page(case, file, page, text) -> Result<PageView, E>                            an event; empty takes the text back
//! desk.read_again(case, file, Option<page>, Option<&Password>, progress, &Cancellation) -> Result<DocumentsView, E>
//! desk.points(case, PointAnswers) -> Result<PointsFile, E>                                  with what was answered; what is given here is not recorded
//! desk.answer_points(case, PointAnswers), desk.withdraw_point_answer(case, key) -> Result<PointsFile, E>      events; Sealed once signed
//! desk.points_view(case), desk.answer_point(case, &PointAnswerDraft, reason), desk.withdraw_point(case, key) -> Result<PointsView, E>
//! desk.points_sheet(case, motivated: bool) -> Result<String, E>                             the fields of the Portal in its order, as CSV
//! desk.indicios(case), desk.dismiss_indicio(case, id, reason), desk.take_up_indicio(case, id) -> Result<IndiciosView, E>
//! desk.agreements(case), desk.agree(case, &CellAddress), desk.dissent(case, &CellAddress, reasons) -> Result<AgreementsView, E>
//! desk.refuse_to_sign(case, &RefusalDraft) -> Result<AgreementsView, E>
//! desk.declarations(case), desk.declare(case, &DeclarationDraft), desk.answer_kinship(case, &KinshipDraft) -> Result<DeclarationsView, E>
//! desk.raise_impediment(case, &ImpedimentDraft), desk.resolve_impediment(case, &ResolutionDraft) -> Result<DeclarationsView, E>
//! desk.opened_evidence(case, &CellAddress), desk.open_evidence(case, &CellAddress, &[u32]) -> Result<OpenedEvidence, E>
//!     (what `page` shows of the evidence of a cell that `cell` was asked for is recorded by itself)
//! desk.evidence_due(case) -> Result<EvidenceDueView, E>                                     verdicts against a bid: what of their evidence was opened
//! desk.samples(case), desk.draw_sample(case, percent, source), desk.check_sample(case, &CellAddress, Verdict, reason) -> Result<SamplesView, E>
//! desk.treatments(case), desk.answer_treatment(case, finding, reason) -> Result<TreatmentsView, E>            unanswered: blocks signing
//! desk.send_case(case, &SendOrder) -> SentView      desk.look_at_package(path, &Password) -> PackageView      one encrypted, signed file
//! desk.receive_case(path, &Password) -> ReceivedView      desk.take_seat(case, member) -> ExchangeView            writes nothing before a seat is taken
//! desk.join_package(path, &Password, admit: &[String]) -> JoinedView      desk.exchange(case) -> ExchangeView      all of a file, or nothing
//! desk.subcommission_reports(case), desk.record_report(case, &ReportDraft), desk.answer_report(case, report, number, handling, reasons)
//! desk.rehearse(case) -> Result<RehearsalView, E>                                           each no cumple; blocks nothing
//! desk.curing(case) -> Result<CuringView, E>                                                convalidación: proposals, requests, answers, results
//! desk.constatations(case) -> Result<ConstatationsView, E>                                  signatures: what was validated, what wants it
//! desk.record_constatation(case, &ConstatationDraft) -> Result<ConstatationsView, E>        desk.say_defect(case, &DefectOrder) -> Result<CuringView, E>
//! desk.request_cures(case, &CureRequestOrder), desk.notify_cures(case, &CureNoticeOrder), desk.resolve_cure(case, &CureResultOrder) -> CuringView
//! desk.answer_cures(case, &CureAnswerOrder, progress, &Cancellation) -> (CuringView, ImportOutcome)
//! desk.cure_difference(case, bid) -> Result<CureDifferenceView, E>                           an answer against the bid
//! desk.outcomes(case) -> Vec<BidOutcomeView>         desk.record_outcome(case, &OutcomeOrder) -> BidOutcomeView
//! desk.negotiations(case), desk.negotiate(case, &NegotiationOrder) -> NegotiationsView
//! desk.recommendation(case), desk.recommend(case, &RecommendationOrder) -> RecommendationView
//! desk.copies(case) -> Result<CopiesView, E>                                                pages that look alike across bids
//! desk.watch(case, Option<&Path>), desk.watched(case), desk.answer_offer(case, offer, WatchAnswer) -> Result<WatchView, E>
//! desk.fields(case, file, document) -> Result<FieldsView, E>                                 what was read of a document, and what is said
//! desk.correct_field(case, file, document, field, &FieldOrder) -> Result<FieldsView, E>     an event; an example for other documents
//! desk.rules(), desk.rule_values(&str), desk.check_rules(&Path), desk.compare_rules(&str, &str), desk.case_rules(&str)
//! desk.install_rules(&Path, older: bool), desk.verify_rule(pack, key, by, document), desk.set_rule(EntityValueOrder)
//! desk.switch_flag(pack, flag, Date, source, by), desk.withdraw_rule(pack, key, by), desk.term(Date, u32, Option<&str>) -> Result<TermView, E>
//! desk.heads(), desk.install_heads(&Path, older: bool), desk.use_heads(Option<&str>) -> Result<HeadsView, E>
//! desk.evaluate_model(&Path, anew: bool, FileListener, &Cancellation) -> Result<MeasurementView, E>
//! desk.course(case) -> Result<CourseView, E>         desk.move_stage(case, &StageDraft) -> Result<CourseView, E>
//! desk.frame_course(case, &FrameDraft) -> Result<CourseView, E>                             canton, variant, stages of the pliego
//! desk.deadlines(case, days: u32), desk.set_stage_date(case, &StageDateDraft) -> Result<DeadlinesView, E>
//! desk.deadlines_calendar(case, days: u32) -> Result<String, E>                             the text of an .ics file
//! desk.claims(case), desk.raise_claim(case, &ClaimDraft), desk.answer_claim(case, &ClaimAnswerDraft) -> Result<Vec<ClaimView>, E>
//! desk.constancias(case), desk.record_constancia(case, &ConstanciaDraft) -> Result<Vec<ConstanciaView>, E>
//! desk.compliance(case) -> Result<ComplianceView, E>
//! desk.memory() -> MemoryView    desk.forget_memory(&ForgettingOrder), desk.allow_memory(case), desk.set_memory(on) -> Result<MemoryView, E>
//! desk.limits() -> LimitsView                        desk.set_limits(&[LimitChange]) -> Result<LimitsView, E>
//! ```

mod acta;
mod asked;
mod case;
mod cell;
mod commission;
mod common;
mod copies;
mod course;
mod curing;
mod documents;
mod exchange;
mod fields;
mod heads;
mod learning;
mod limits;
mod lots;
mod matrix;
mod measure;
mod memory;
mod pace;
mod paper;
mod points;
mod proformas;
mod progress;
mod reading;
mod requirement;
mod rules;
mod session;
mod signature;
mod supplier;
mod watch;

pub use acta::{
    ActaSection, ActaState, ActaView, MissingInActa, PageSize, Password, SignatureSlot, SignatureState,
    SigningBlock, SigningRequest,
};
pub use asked::{
    AskedRow, AskedView, AskedWord, ClarificationOrder, ClarificationView, ClarifiedRequirement,
    DepartureAnswerView, DepartureOrder, DepartureView, LintFindingView, LintView, RequirementOrder,
    StandingView,
};
pub use case::{
    AboutView, BidView, CaseCounts, CaseSummary, CaseView, ChainHead, MemberView, PackView, RequirementView,
    StageState, StageView, TimeLeftView,
};
pub use cell::{
    BlockedVerdict, CellAddress, CellView, DecisionDraft, DecisionView, EvidencePlace, EvidenceView, FactRow,
    HistoryEntry, MotivationView, NoteDraft, NoteView, ProposalView, SumRow, TraceRow, Undone,
};
pub use commission::{
    AcceptanceView, AgreementRow, AgreementsView, CoincidenceView, CommissionPlace, DeclarationDraft,
    DeclarationKindView, DeclarationStateView, DeclarationView, DeclarationsView, EvidenceDueRow,
    EvidenceDueView, ImpedimentDraft, ImpedimentKindView, ImpedimentView, IndicatorSection, IndicatorView,
    IndicioRow, IndicioSide, IndiciosView, KinshipDraft, KinshipView, ListedPersonView,
    MemberDeclarationsView, MemberVerdictView, ObjectionView, OpenedEvidence, OpenedPieceView,
    PointHandlingView, RefusalDraft, RefusalView, RehearsalRow, RehearsalView, ReportDraft, ReportPointDraft,
    ReportPointView, ReportView, ReportsView, ResolutionDraft, SampleCellView, SampleView, SamplesView,
    SeatedView, StrengthView, TreatmentKindView, TreatmentRow, TreatmentSide, TreatmentsView,
};
pub use common::{
    ErrorCode, ErrorView, FindingView, PageStatusView, RequirementKindView, Room, SeverityView, Verdict,
};
pub use copies::{CopiesView, CopyPlace, CopyRun, SharedEntity, SharedPlace};
pub use course::{
    ClaimAnswerDraft, ClaimDraft, ClaimView, ComplianceLineView, ComplianceView, ConstanciaDraft,
    ConstanciaView, CoursePaperView, CourseStageView, CourseView, DeadlinesView, FrameDraft, LotCourseView,
    ReminderView, RestView, ScheduleLineView, StageActView, StageDateDraft, StageDeadlineView, StageDraft,
    StageMoveView, StageOrder, StageTermView, SupportDraft, SupportView,
};
pub use curing::{
    BidOutcomeView, CureAnswerOrder, CureBidView, CureCandidate, CureChangeView, CureChoice,
    CureDifferenceView, CureErrorName, CureItemOrder, CureNoticeOrder, CureNoticeView, CurePagePair,
    CurePlace, CureRequestOrder, CureRequestView, CureResultOrder, CureSaid, CureTermView, CuringView,
    LawfulOutcomeView, MotivationOrder, NegotiableBid, NegotiationOrder, NegotiationView, NegotiationsView,
    OutcomeMissing, OutcomeOrder, RecommendationOrder, RecommendationView, RefusedOutcomeView, StatedPrice,
};
pub use documents::{
    ArrangeOrder, BidDocuments, DocumentView, DocumentsView, ExampleReason, FileView, PageSummary, PageView,
    SearchHit, SignatureView, WordView, WrittenView,
};
pub use exchange::{
    ChainRow, ConflictSideView, ConflictView, DifferingCell, DirectionView, ExchangeRow, ExchangeView,
    JoinedView, PackageView, ReceivedView, SeatRow, SeatStateView, SendOrder, SentView, StrangerView,
};
pub use fields::{FieldOrder, FieldValueView, FieldView, FieldsView};
pub use heads::{HeadsFileView, HeadsView};
pub use learning::{DriftView, ExampleView, LearningImportView, LearningView};
pub use limits::{LimitChange, LimitRow, LimitsView};
pub use lots::{LotOrder, LotRow, LotsOrder, LotsView, PackageRow, PlaceOrder, PliegoLotRow};
pub use matrix::{
    CellVotes, MatrixCell, MatrixCellState, MatrixColumn, MatrixGroup, MatrixRow, MatrixView, OutcomeView,
};
pub use measure::{Level, MeasuredFieldView, MeasuredTypeView, MeasurementView};
pub use memory::{ForgettingOrder, MemoryCaseView, MemoryView};
pub use pace::{PaceOption, PaceView, ReadingPaceView};
pub use paper::{
    AdaptationView, ExpedienteView, PaperDraft, PaperField, PaperFiles, PaperFormat, PaperList, PaperRow,
    PaperSheet, PaperState, PaperSubject, PaperView, PaperWait, PapersView, TemplateView,
};
pub use points::{
    FormulaKindView, FormulaView, OfferedFormulaView, ParameterView, PointAnswerDraft, PointAnswerView,
    PointsBidView, PointsCellView, PointsConsultancyView, PointsDifferenceView, PointsInputView, PointsLack,
    PointsOrigin, PointsOutcome, PointsPlaceView, PointsStanding, PointsTotalView, PointsView, ScoringView,
    StepView,
};
pub use proformas::{ProformaItem, ProformaPrice, ProformaView, ProformasView};
pub use progress::{Cancellation, ImportOutcome, ImportPhase, ImportProgress, ImportRemark, SealingOrder};
pub use reading::{ReadingParagraph, ReadingText, SheetRow};
pub use requirement::{DocumentTypeView, RequirementForm};
pub use rules::{
    CaseRulesView, EntityDayView, RuleDifferenceView, RuleFlagView, RulePackContents, RulePackView,
    RuleProblemView, RuleValueView, RulesCheckView, RulesComparisonView, RulesView, TermDayView, TermView,
};
pub use session::{
    BodyView, CapacityView, CommissionDraft, CommissionView, GenderView, InstrumentView, ModalityView,
    SeatDraft, SessionDraft, SessionView,
};
pub use signature::{
    ConstatationDraft, ConstatationPending, ConstatationView, ConstatationsView, DefectOrder, DefectView,
};
pub use supplier::{
    BidSupplier, BidValidation, RegistryFact, SourceNoteDraft, SourceNoteView, SourceOutcomeView,
    SourceStatus, SourceView, StructureView, SupplierView, ValidationView,
};
pub use watch::{OfferView, WatchAnswer, WatchView};

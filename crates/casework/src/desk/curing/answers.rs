//! What bidders answered: taken in beside the bid, compared with it, judged by a person.

use super::show::verdict_name;
use super::{Standing, accept, moment, money, motivation, pointed};
use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::desk::import::{Arrival, Listener};
use crate::desk::judgement::{JudgedBid, analysis, bid_facts, opening_findings};
use crate::desk::{Desk, labels};
use crate::sources::{SourceBid, files_under, name_of};
use crate::view::{
    Cancellation, CureAnswerOrder, CureChangeView, CureDifferenceView, CurePagePair, CurePlace,
    CureResultOrder, CuringView, FindingView, ImportOutcome, ImportRemark, SealingOrder,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{AnswerFile, CourseAct, CureAnswer, CureRequest, CureResult, CureVerdict};
use cotejo_domain::{
    BidId, Code, Confidence, Decision, DecisionId, Evidence, FileHash, Finding, Location, PageLook, Pliego,
    RequirementKind, Severity, Table, Verdict,
};
use cotejo_procedure::curing::chain::{ResultContext, faults_of_answer, faults_of_result};
use cotejo_procedure::curing::difference::{Change, Difference, Happened, Papers, Place, compare};
use cotejo_procedure::curing::merged::with_answer;
use cotejo_rules::{BidFacts, EvaluationInput};
use cotejo_store::{EventPayload, FileOwner};
use std::collections::BTreeMap;
use std::path::Path;

/// What was read of an answer.
pub(super) struct ReadAnswer {
    pub(super) judged: JudgedBid,
    tables: Vec<(FileHash, Table)>,
    looks: Vec<(FileHash, PageLook)>,
    names: BTreeMap<FileHash, String>,
    facts: BidFacts,
}

impl ReadAnswer {
    fn of(judged: JudgedBid) -> Self {
        let facts = bid_facts(&judged);
        let looks = judged.files.iter().flat_map(|file| {
            file.pages.iter().map(move |page| {
                // A page whose look was not kept still counts as a page.
                let look =
                    page.look.clone().unwrap_or(PageLook { number: page.number, ..PageLook::default() });
                (file.hash, look)
            })
        });
        Self {
            looks: looks.collect(),
            names: judged.files.iter().map(|file| (file.hash, file.path.clone())).collect(),
            tables: facts.tables.clone(),
            facts,
            judged,
        }
    }

    fn papers(&self) -> Papers<'_> {
        Papers {
            documents: &self.facts.documents,
            facts: &self.facts.facts,
            tables: &self.tables,
            looks: &self.looks,
            names: &self.names,
        }
    }
}

impl Desk {
    /// Takes in what a bidder answered, or records that nothing came. The files rest beside the bid and never become part of it.
    ///
    /// # Errors
    /// [`Code::Precondition`] when nothing was notified or asked of the bid, the moment does not fit, or the term still runs and nothing came.
    pub async fn answer_cures(
        &self,
        case: &str,
        order: &CureAnswerOrder,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<(CuringView, ImportOutcome), CaseworkError> {
        let standing = self.standing_with(case, &order.bid).await?;
        let bid = standing.bid(&order.bid)?.bid.id;
        let received = match &order.received {
            Some(text) => Some(moment(text)?),
            None => None,
        };
        let source = match &order.path {
            Some(path) => {
                let path = Path::new(path);
                let mut files = files_under(path)?;
                for more in &order.more {
                    files.extend(files_under(Path::new(more))?);
                }
                Some(SourceBid { name: name_of(path), files })
            }
            None => None,
        };
        // Refused before anything is stored: the names stand in for the hashes that are not known yet.
        let waiting = source
            .iter()
            .flat_map(|source| &source.files)
            .map(|file| AnswerFile { hash: FileHash([0; 32]), path: file.name.clone() });
        let mut draft = CureAnswer {
            lot: standing.lot,
            number: standing.chain.requests.as_ref().map_or(0, |requests| requests.number),
            bid,
            received,
            channel: order.channel.clone(),
            files: waiting.collect(),
            author: self.actor.id,
            at: self.now(),
        };
        accept(faults_of_answer(&standing.chain, &draft, standing.now))?;
        let mut outcome = ImportOutcome::default();
        if let Some(source) = source {
            draft.files =
                self.take_answer(&standing, bid, source, (progress, cancellation), &mut outcome).await?;
        }
        if outcome.cancelled {
            return Err(CaseworkError::refused(Code::Cancelled, "curing.desk.cancelled", ""));
        }
        self.record_cure(&standing.open, CourseAct::CureAnswered(draft), Vec::new()).await?;
        Ok((self.curing(&standing.address()).await?, outcome))
    }

    async fn take_answer(
        &self,
        standing: &Standing,
        bid: BidId,
        source: SourceBid,
        (progress, cancellation): (Listener<'_>, &Cancellation),
        outcome: &mut ImportOutcome,
    ) -> Result<Vec<AnswerFile>, CaseworkError> {
        let owner = FileOwner::Answer(bid);
        let open = &standing.open;
        let known = open.case.files(owner).await?;
        let (taken, findings) = self.take_out(open, source, cancellation).await?;
        outcome.remarks.extend(
            findings
                .iter()
                .filter(|finding| finding.severity != Severity::Info)
                .map(|finding| ImportRemark { file: String::new(), finding: FindingView::from(finding) }),
        );
        let files =
            taken.iter().map(|file| AnswerFile { hash: file.hash, path: file.path.clone() }).collect();
        let arrival = Arrival { bid, owner, known, origin: None, taken };
        self.take_in(open, arrival, &SealingOrder::default(), progress, cancellation, outcome).await?;
        open.forget().await;
        Ok(files)
    }

    /// Returns what was read of the answer of a bid; `None` while nothing came.
    async fn read_answer(
        &self,
        standing: &Standing,
        bid: BidId,
    ) -> Result<Option<ReadAnswer>, CaseworkError> {
        let Some(answer) = standing.chain.answers.get(&bid).filter(|answer| answer.received.is_some()) else {
            return Ok(None);
        };
        let Some(judged) = standing.judgement.bid(bid) else { return Ok(None) };
        let case = &standing.open.case;
        let code = standing.judgement.state.process.code.as_ref().map(ToString::to_string);
        let kept = case.files(FileOwner::Answer(bid)).await?;
        let mut files: Vec<FileAnalysis> = Vec::new();
        let mut unread = Vec::new();
        let mut findings: Vec<Finding> = Vec::new();
        for file in &answer.files {
            let Some(own) = kept.iter().find(|own| own.hash == file.hash && own.path == file.path) else {
                continue;
            };
            if own.media_type == crate::desk::judgement::CONTAINER {
                findings.extend(opening_findings(case, file.hash, &file.path).await?.unwrap_or_default());
                continue;
            }
            if own.sealed {
                unread.push(file.path.clone());
                continue;
            }
            match analysis(case, file.hash, &file.path, code.as_deref()).await? {
                Some(read) => files.push(read),
                None => unread.push(file.path.clone()),
            }
        }
        let answered = JudgedBid {
            number: judged.number,
            source: judged.source.clone(),
            bid: judged.bid.clone(),
            files,
            unread,
            findings,
            registries: judged.registries.clone(),
        };
        Ok(Some(ReadAnswer::of(answered)))
    }

    /// Compares the answer of a bid with the bid; `None` while nothing came.
    pub(super) async fn difference(
        &self,
        standing: &Standing,
        bid: BidId,
    ) -> Result<Option<Difference>, CaseworkError> {
        let Some(answer) = self.read_answer(standing, bid).await? else { return Ok(None) };
        let Some(judged) = standing.judgement.bid(bid) else { return Ok(None) };
        let own = ReadAnswer::of(JudgedBid {
            number: judged.number,
            source: judged.source.clone(),
            bid: judged.bid.clone(),
            files: judged.files.clone(),
            unread: judged.unread.clone(),
            findings: Vec::new(),
            registries: Vec::new(),
        });
        let requests: Vec<&CureRequest> = standing.chain.of_bid(bid).collect();
        let subject = |request: &CureRequest| {
            standing.judgement.requirement(&request.requirement).map(|(_, found)| found.subject.clone())
        };
        Ok(Some(compare(&own.papers(), &answer.papers(), &requests, subject)))
    }

    /// Says what the checks find of a requirement with the answer in the place of the bid's papers; empty while nothing came.
    pub(super) async fn checked(
        &self,
        standing: &Standing,
        request: &CureRequest,
    ) -> Result<String, CaseworkError> {
        let judgement = &standing.judgement;
        let Some(answer) = self.read_answer(standing, request.bid).await? else { return Ok(String::new()) };
        let (Some(judged), Some(pack), Some(pliego)) =
            (judgement.bid(request.bid), &judgement.pack, &judgement.state.pliego)
        else {
            return Ok(String::new());
        };
        let merged = with_answer(&bid_facts(judged), &answer.facts);
        let pliego = Pliego { requirements: judgement.requirements.clone(), ..pliego.clone() };
        let input = EvaluationInput {
            pliego: &pliego,
            requirements: &judgement.requirements,
            pack,
            lot: standing.lot,
            bid: &merged,
        };
        let found = cotejo_rules::evaluate(&input);
        let found = found.into_iter().find(|proposal| proposal.requirement == request.requirement);
        Ok(found.map_or_else(String::new, |proposal| {
            let reasons: Vec<&str> = proposal.reasons.iter().map(|reason| reason.text.as_str()).collect();
            let verdict = labels::verdict(proposal.verdict);
            message("curing.desk.checked", &[("resultado", &verdict), ("motivo", &reasons.join(" "))])
        }))
    }

    /// Shows the answer of a bid against the bid.
    ///
    /// # Errors
    /// [`Code::NotFound`] while nothing came from it.
    pub async fn cure_difference(&self, case: &str, bid: &str) -> Result<CureDifferenceView, CaseworkError> {
        let standing = self.standing_with(case, bid).await?;
        let bid = standing.bid(bid)?.bid.id;
        let nothing = || CaseworkError::refused(Code::NotFound, "curing.desk.nothing_came", "");
        let found = self.difference(&standing, bid).await?.ok_or_else(nothing)?;
        let answer = self.read_answer(&standing, bid).await?.ok_or_else(nothing)?;
        let view = |(kind, change): &(&str, &Change)| change_view(kind, change);
        let all: Vec<(&str, &Change)> = found
            .documents
            .iter()
            .map(|change| ("document", change))
            .chain(found.facts.iter().map(|change| ("fact", change)))
            .chain(found.cells.iter().map(|change| ("cell", change)))
            .collect();
        let mut remarks: Vec<String> = found.remarks.iter().map(|remark| remark.text.clone()).collect();
        remarks.extend(
            answer.judged.unread.iter().map(|path| message("curing.desk.unread", &[("archivo", path)])),
        );
        Ok(CureDifferenceView {
            bid: bid.to_string(),
            unasked: all.iter().filter(|(_, change)| change.asked_by.is_none()).map(view).collect(),
            asked: all.iter().filter(|(_, change)| change.asked_by.is_some()).map(view).collect(),
            pages: found
                .pages
                .iter()
                .map(|pair| CurePagePair {
                    answer: place_view(&pair.answer),
                    bid: place_view(&pair.bid),
                    same: pair.same,
                })
                .collect(),
            answer_pages: u32::try_from(found.answer_pages).unwrap_or(u32::MAX),
            remarks,
            findings: answer
                .judged
                .files
                .iter()
                .flat_map(|file| &file.findings)
                .chain(&answer.judged.findings)
                .map(FindingView::from)
                .collect(),
        })
    }

    /// Records what came of a request. What it says of a form is the verdict of its cell at once; minimums are decided anew.
    ///
    /// # Errors
    /// [`Code::Precondition`] with every reason: not notified to all, late, the term runs, unmotivated, an unasked change nobody spoke of.
    pub async fn resolve_cure(
        &self,
        case: &str,
        order: &CureResultOrder,
    ) -> Result<CuringView, CaseworkError> {
        let standing = self.standing(case).await?;
        let pack = standing.pack()?;
        let Some(request) = standing.chain.request(order.request) else {
            let detail = order.request.to_string();
            return Err(CaseworkError::refused(Code::NotFound, "curing.desk.no_request", detail));
        };
        let verdicts = [CureVerdict::Convalidado, CureVerdict::Parcial, CureVerdict::NoConvalidado];
        let result =
            verdicts.into_iter().find(|verdict| verdict_name(*verdict) == order.result).ok_or_else(|| {
                CaseworkError::refused(Code::WrongUse, "curing.desk.bad_result", order.result.clone())
            })?;
        let mut evidence = Vec::new();
        for place in &order.evidence {
            evidence.push(pointed(&standing.open, place).await?);
        }
        if evidence.is_empty() {
            evidence = self.shown_by(&standing, request).await?;
        }
        let corrected_total = match &order.corrected_total {
            Some(text) => Some(money(text)?),
            None => None,
        };
        let compared = self.difference(&standing, request.bid).await?;
        let context = ResultContext {
            unasked: match (&compared, standing.chain.in_time(request.bid)) {
                (Some(found), _) => Some(found.unasked().count()),
                (None, None) => Some(0),
                (None, Some(_)) => None,
            },
            offered: super::outcomes::offered(&standing, request.bid),
        };
        let draft = CureResult {
            lot: standing.lot,
            number: standing.chain.requests.as_ref().map_or(0, |requests| requests.number),
            request: request.number,
            bid: request.bid,
            requirement: request.requirement.clone(),
            result,
            motivation: motivation(&order.motivation),
            evidence,
            corrected_total,
            unasked: order.unasked.clone(),
            author: self.actor.id,
            at: self.now(),
        };
        let mut faults = faults_of_result(pack, &standing.chain, &draft, context, standing.now);
        if draft.result != CureVerdict::Convalidado {
            faults.extend(super::outcomes::against_not_cured(&standing, &draft.requirement, draft.bid)?);
        }
        accept(faults)?;
        if !order.evidence.is_empty() {
            // Whoever shows a place with the own hand has it before the eyes.
            let way = cotejo_domain::course::OpeningWay::Stated;
            self.state_opened(&standing.open, &draft.requirement, draft.bid, &draft.evidence, way).await?;
        }
        let more = self.verdict_of(&standing, &draft).await?;
        self.record_cure(&standing.open, CourseAct::CureResolved(draft), more).await?;
        self.curing(&standing.address()).await
    }

    /// A form that was cured meets what is asked; one that was not does not. The result is that verdict, with the same motivation. Where several
    /// requests are about one form, or a minimum is meant, a person decides the cell anew.
    async fn verdict_of(
        &self,
        standing: &Standing,
        draft: &CureResult,
    ) -> Result<Vec<EventPayload>, CaseworkError> {
        let form = standing
            .judgement
            .requirement(&draft.requirement)
            .is_some_and(|(_, found)| found.kind == RequirementKind::Integridad);
        let alone = standing
            .chain
            .of_bid(draft.bid)
            .filter(|request| request.requirement == draft.requirement)
            .count()
            == 1;
        let verdict = match draft.result {
            CureVerdict::Convalidado => Verdict::Cumple,
            CureVerdict::NoConvalidado if standing.chain.expired(standing.now) => Verdict::NoCumple,
            _ => return Ok(Vec::new()),
        };
        if !form || !alone {
            return Ok(Vec::new());
        }
        let member = self.member(&standing.open.case).await?;
        self.require_opened(&standing.open, &draft.requirement, draft.bid, verdict, &draft.evidence).await?;
        let proposed =
            standing.judgement.proposal(&draft.requirement, draft.bid).map(|proposal| proposal.verdict);
        let decision = Decision {
            id: DecisionId(self.new_uuid()),
            lot: draft.lot,
            requirement: draft.requirement.clone(),
            bid: draft.bid,
            member,
            verdict,
            motivation: draft.motivation.clone(),
            evidence: draft.evidence.clone(),
            proposed,
            decided_at: self.now(),
        };
        Ok(vec![EventPayload::Decided { decision }])
    }

    /// The pages a result rests on where the person points at none: the answer's papers of the type that was asked, else its first page; the pages
    /// of the request where nothing came.
    async fn shown_by(
        &self,
        standing: &Standing,
        request: &CureRequest,
    ) -> Result<Vec<Evidence>, CaseworkError> {
        let Some(answer) = self.read_answer(standing, request.bid).await? else {
            return Ok(request.evidence.clone());
        };
        let asked = standing.judgement.requirement(&request.requirement).map(|(_, found)| &found.subject);
        let kinds: Vec<String> = match asked {
            Some(cotejo_domain::Subject::Form { document, alternatives, .. }) => {
                std::iter::once(document).chain(alternatives).map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        };
        let judged = &answer.judged;
        let documents =
            judged.files.iter().flat_map(|file| file.documents.iter().map(move |document| (file, document)));
        let mut found: Vec<Evidence> = documents
            .filter(|(_, document)| kinds.contains(&document.kind.0))
            .filter_map(|(file, document)| Some(page_of(file, *document.pages.first()?)))
            .collect();
        if found.is_empty() {
            found.extend(judged.files.first().map(|file| page_of(file, 1)));
        }
        Ok(found)
    }
}

fn page_of(file: &FileAnalysis, page: u32) -> Evidence {
    Evidence {
        file: file.hash,
        file_name: file.path.clone(),
        location: Location::Page { page, quads: Vec::new() },
        quote: String::new(),
        extractor: "respuesta@1".into(),
        confidence: Confidence::CERTAIN,
    }
}

fn place_view(place: &Place) -> CurePlace {
    CurePlace {
        file: place.file.clone(),
        file_name: place.file_name.clone(),
        page: place.page,
        quote: String::new(),
    }
}

fn change_view(kind: &str, change: &Change) -> CureChangeView {
    CureChangeView {
        kind: kind.to_owned(),
        happened: match change.happened {
            Happened::New => "new",
            Happened::Changed => "changed",
            Happened::Gone => "gone",
        }
        .into(),
        document: cotejo_procedure::curing::difference::document_name(&change.document),
        what: change.what.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
        before_at: change.before_at.as_ref().map(place_view),
        after_at: change.after_at.as_ref().map(place_view),
        asked_by: change.asked_by,
        unsure: change.unsure,
        text: change.sentence(),
    }
}

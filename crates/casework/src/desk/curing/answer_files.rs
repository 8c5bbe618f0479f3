//! The files of answers, beside the bids: so that whoever compares an answer can open its pages.

use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::desk::judgement::{CONTAINER, JudgedBid, Judgement, analysis};
use crate::desk::open_case::OpenCase;
use cotejo_domain::course::CourseAct;
use cotejo_domain::{BidFile, FileHash};
use cotejo_procedure::curing::chain::CureChain;
use cotejo_store::FileOwner;

type AnswerRead = (BidFile, Option<FileAnalysis>);

fn code_of(judgement: &Judgement) -> Option<String> {
    judgement.state.process.code.as_ref().map(ToString::to_string)
}

/// Lists the files of the answers that hold, by bid, each with what was read of it.
pub(crate) async fn answer_files<'a>(
    open: &OpenCase,
    judgement: &'a Judgement,
) -> Result<Vec<(&'a JudgedBid, Vec<AnswerRead>)>, CaseworkError> {
    let acts: Vec<CourseAct> = open.case.course_acts().await?.into_iter().map(|(_, act)| act).collect();
    let code = code_of(judgement);
    let mut answers = Vec::new();
    for judged in &judgement.bids {
        let chain = CureChain::of(&acts, judged.bid.lot);
        let Some(answer) = chain.answers.get(&judged.bid.id).filter(|answer| !answer.files.is_empty()) else {
            continue;
        };
        let kept = open.case.files(FileOwner::Answer(judged.bid.id)).await?;
        let mut files = Vec::new();
        for said in &answer.files {
            let own = kept.iter().find(|own| own.hash == said.hash && own.path == said.path);
            let Some(own) = own.filter(|own| own.media_type != CONTAINER) else { continue };
            let read = if own.sealed {
                None
            } else {
                analysis(&open.case, own.hash, &own.path, code.as_deref()).await?
            };
            files.push((own.clone(), read));
        }
        answers.push((judged.as_ref(), files));
    }
    Ok(answers)
}

/// Tells whether a file is one of an answer, is not sealed and was read.
pub(crate) async fn answer_was_read(
    open: &OpenCase,
    judgement: &Judgement,
    owners: &[(FileOwner, BidFile)],
    hash: FileHash,
) -> Result<bool, CaseworkError> {
    let own = owners.iter().find(|(owner, file)| matches!(owner, FileOwner::Answer(_)) && !file.sealed);
    let Some((_, file)) = own else { return Ok(false) };
    Ok(analysis(&open.case, hash, &file.path, code_of(judgement).as_deref()).await?.is_some())
}

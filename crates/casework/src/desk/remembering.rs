//! What the papers of a case have in common with those of other cases of the same entity: taken and asked whenever the case is judged.
//!
//! The memory rests in the profile, encrypted with it, and never leaves this machine. It changes no verdict, and nothing but indicios comes of it.

use super::Desk;
use super::acta_content::SAMPLE;
use super::judgement::{JudgedBid, Judgement, pages};
use super::readings;
use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::view::{ForgettingOrder, MemoryCaseView, MemoryView};
use cotejo_domain::{CaseId, Code, Document, Entity, FileHash, PageReading};
use cotejo_flags::memory::{OwnPaper, Paper, PaperLook, Remembered, is_remembered};
use cotejo_store::{Case, Forgetting, MemoryOf, Profile};

/// Setting of the profile that turns the memory off.
const SETTING: &str = "memoria";
const OFF: &str = "apagada";
/// Pages of one paper that are looked at: a certificate has one or two, a contract many.
const MOST_PAGES: usize = 6;

/// Takes the papers of a judged case into the memory, and adds the indicios that the memory of other cases gives.
pub(crate) async fn recall(
    profile: &Profile,
    case: &Case,
    judgement: &mut Judgement,
) -> Result<(), CaseworkError> {
    let Some(entity) = judgement.state.process.entity.clone() else { return Ok(()) };
    let Some(key) = key_of(&entity).filter(|_| !judgement.state.name.starts_with(SAMPLE)) else {
        return Ok(());
    };
    if is_off(profile).await? {
        return Ok(());
    }
    let mut own = Vec::new();
    for bid in &judgement.bids {
        take(case, bid, &mut own).await?;
    }
    let mut kinds: Vec<String> = own.iter().map(|own| own.paper.kind.clone()).collect();
    kinds.sort();
    kinds.dedup();
    let mut remembered = Vec::new();
    for row in profile.remembered(&key, case.id(), &kinds).await? {
        // What an older program remembered in another form is not compared.
        if let Ok(paper) = serde_json::from_str(&row.content) {
            remembered.push(Remembered { case: row.name, paper });
        }
    }
    judgement.flags.extend(cotejo_flags::detect_in_memory(&own, &remembered));
    let mut papers = Vec::with_capacity(own.len());
    for OwnPaper { paper, .. } in &own {
        papers.push((paper.kind.clone(), serde_json::to_string(paper)?));
    }
    let code = judgement.state.process.code.as_ref().map(ToString::to_string);
    let of = MemoryOf {
        case: case.id(),
        name: code.unwrap_or_else(|| judgement.state.name.clone()),
        entity: key,
        entity_name: entity.name,
        digest: FileHash::of(&serde_json::to_vec(&papers)?).to_string(),
    };
    profile.remember(&of, &papers).await?;
    Ok(())
}

/// An entity is its RUC; where that was not read, its name.
fn key_of(entity: &Entity) -> Option<String> {
    let name = || {
        let name = cotejo_domain::naming::name_words(&entity.name).join(" ");
        (!name.is_empty()).then(|| format!("nombre:{name}"))
    };
    entity.ruc.as_ref().map(|ruc| format!("ruc:{ruc}")).or_else(name)
}

async fn is_off(profile: &Profile) -> Result<bool, CaseworkError> {
    Ok(profile.setting(SETTING).await?.as_deref() == Some(OFF))
}

async fn take(case: &Case, bid: &JudgedBid, own: &mut Vec<OwnPaper>) -> Result<(), CaseworkError> {
    for file in &bid.files {
        for document in file.documents.iter().filter(|document| is_remembered(&document.kind.0)) {
            let text = text_of(case, file, document).await?;
            let looks = looks_of(file, document);
            let bidder = &bid.bid.bidder.name;
            let paper = Paper::of(document, &file.path, bidder, &file.facts, &text, looks);
            own.extend(paper.map(|paper| OwnPaper { bid: bid.bid.id, paper }));
        }
    }
    Ok(())
}

async fn text_of(case: &Case, file: &FileAnalysis, document: &Document) -> Result<String, CaseworkError> {
    let wanted: Vec<u32> = document.pages.iter().copied().take(MOST_PAGES).collect();
    let as_read = super::pages::state_of(&case.page_remedies(file.hash).await?)?.is_empty();
    let kept = if as_read { readings::some(case, file.hash, &wanted).await? } else { Vec::new() };
    let kept = if kept.is_empty() {
        pages(case, file.hash).await?.into_iter().filter(|page| wanted.contains(&page.number)).collect()
    } else {
        kept
    };
    Ok(kept.iter().map(PageReading::text).collect::<Vec<_>>().join("\n"))
}

fn looks_of(file: &FileAnalysis, document: &Document) -> Vec<PaperLook> {
    let own = file.pages.iter().filter(|note| document.pages.contains(&note.number)).take(MOST_PAGES);
    let looks = own.filter_map(|note| {
        let look = crate::alike::compared(note)?;
        Some(PaperLook { page: note.number, image: look.image_hash, text: look.text_hash })
    });
    looks.collect()
}

impl Desk {
    /// Says of which cases papers are remembered.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn memory(&self) -> Result<MemoryView, CaseworkError> {
        let cases = self.profile.remembered_cases().await?;
        let view = |known: cotejo_store::RememberedCase| MemoryCaseView {
            case: known.case.to_string(),
            name: known.name,
            entity: known.entity,
            papers: known.papers,
            at: known.at.to_string(),
            refused: known.refused,
        };
        Ok(MemoryView {
            on: !is_off(&self.profile).await?,
            cases: cases.into_iter().map(view).collect(),
            forgotten: 0,
        })
    }

    /// Forgets what is remembered of one case, of an entity or of all; it is not taken again until a person allows it.
    ///
    /// # Errors
    /// [`Code::NotFound`] when no such case or entity is remembered.
    pub async fn forget_memory(&self, order: &ForgettingOrder) -> Result<MemoryView, CaseworkError> {
        let known = self.profile.remembered_cases().await?;
        let what = match order {
            ForgettingOrder::Case(case) => Forgetting::Case(case_id(case)?),
            ForgettingOrder::Entity(entity) => {
                if !known.iter().any(|case| case.entity == *entity) {
                    return Err(CaseworkError::refused(Code::NotFound, "casework.memory.no_entity", entity));
                }
                Forgetting::Entity(entity.clone())
            }
            ForgettingOrder::All => Forgetting::All,
        };
        let forgotten = self.profile.forget_papers(&what).await?;
        self.judge_anew().await;
        Ok(MemoryView { forgotten, ..self.memory().await? })
    }

    /// Lets a case that was forgotten be remembered again.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub async fn allow_memory(&self, case: &str) -> Result<MemoryView, CaseworkError> {
        self.profile.allow_papers(case_id(case)?).await?;
        self.judge_anew().await;
        self.memory().await
    }

    /// Turns the memory on or off. Off, nothing is taken and nothing asked; what is there stays until it is forgotten.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub async fn set_memory(&self, on: bool) -> Result<MemoryView, CaseworkError> {
        self.profile.set_setting(SETTING, if on { "" } else { OFF }).await?;
        self.judge_anew().await;
        self.memory().await
    }

    // Indicios that rested on the memory must not outlive it.
    async fn judge_anew(&self) {
        for open in self.cases.lock().await.values() {
            open.forget().await;
        }
    }
}

fn case_id(case: &str) -> Result<CaseId, CaseworkError> {
    case.parse().map_err(|_| CaseworkError::refused(Code::NotFound, "casework.no_such_case", case))
}

//! Persons and companies that papers of two bids name: groups with every place and the reasons. A lead to follow, never a verdict.

use super::judgement::{JudgedBid, Judgement};
use crate::view::{SharedEntity, SharedPlace};
use cotejo_catalogue::message;
use cotejo_domain::{Document, Fact, document_type_entry};
use cotejo_flags::BidPapers;
use cotejo_flags::entities::{Entity, Mention, Part, join};

/// Most groups that are listed.
const MOST: usize = 200;
/// Most places of one group and bid.
const MOST_PLACES: usize = 12;

/// Lists who stands in two bids or more, in a part of his own in one of them at least: whom both merely name as a client or an issuer is
/// left out.
pub(crate) fn shared(judgement: &Judgement) -> Vec<SharedEntity> {
    let held = held(judgement);
    let papers = papers(judgement, &held);
    let tells = |entity: &Entity| {
        entity.bids().len() > 1 && entity.mentions.iter().any(|mention| mention.part != Part::Other)
    };
    join(&papers).into_iter().filter(tells).take(MOST).map(|entity| view(judgement, &entity)).collect()
}

/// Gathers what was read of each bid, in the order of the bids.
pub(super) fn held(judgement: &Judgement) -> Vec<(Vec<Document>, Vec<Fact>)> {
    judgement
        .bids
        .iter()
        .map(|bid| {
            let documents = bid.files.iter().flat_map(|file| file.documents.iter().cloned()).collect();
            let facts = bid.files.iter().flat_map(|file| file.facts.iter().cloned()).collect();
            (documents, facts)
        })
        .collect()
}

/// Gives documents and facts of each bid to the flags, and nothing of its pages.
pub(super) fn papers<'a>(
    judgement: &'a Judgement,
    held: &'a [(Vec<Document>, Vec<Fact>)],
) -> Vec<BidPapers<'a>> {
    judgement
        .bids
        .iter()
        .zip(held)
        .map(|(bid, (documents, facts))| BidPapers {
            bid: bid.bid.id,
            bidder: &bid.bid.bidder,
            documents,
            facts,
            tables: &[],
            signatures: &[],
            pages: &[],
            looks: &[],
            texts: &[],
            described: &[],
        })
        .collect()
}

fn view(judgement: &Judgement, entity: &Entity) -> SharedEntity {
    let places = judgement.bids.iter().flat_map(|bid| {
        let own = entity.mentions.iter().filter(|mention| mention.bid == bid.bid.id);
        own.take(MOST_PLACES).map(|mention| place(bid, mention))
    });
    SharedEntity {
        name: entity.name.clone(),
        company: entity.company,
        reasons: entity.reasons.iter().map(|reason| reason.in_words()).collect(),
        places: places.collect(),
    }
}

fn place(bid: &JudgedBid, mention: &Mention) -> SharedPlace {
    let part = match mention.part {
        Part::Bidder => "casework.part.bidder",
        Part::Representative => "casework.part.representative",
        Part::Partner => "casework.part.partner",
        Part::Personnel => "casework.part.personnel",
        Part::Spouse => "casework.part.spouse",
        Part::Other => "casework.part.other",
    };
    SharedPlace {
        bid: bid.bid.id.to_string(),
        number: bid.number,
        bidder: bid.bid.bidder.name.clone(),
        part: message(part, &[]),
        document: document_type_entry(&mention.kind)
            .map_or_else(|| mention.kind.clone(), |entry| entry.name.clone()),
        written: mention.name.clone(),
        identifier: mention.number.clone(),
        file: mention.evidence.file.to_string(),
        path: mention.evidence.file_name.clone(),
        page: mention.evidence.location.page(),
    }
}

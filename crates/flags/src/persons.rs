//! One person or company in two bids, each time in a part: what the flags of common persons share.

use crate::entities::{Entity, Mention, Part, join};
use crate::input::{BidPapers, Flag};
use cotejo_domain::Severity;

/// Places of each bid that a flag shows.
const PLACES: usize = 3;

/// Looks for whoever stands in the part `one` in a bid and in the part `other` in another. Mentions in a file that both bids hold byte by
/// byte do not count: it was written once. Bids of one bidder have its people in common.
pub(crate) fn shared(code: &str, bids: &[BidPapers<'_>], one: Part, other: Part) -> Vec<Flag> {
    let entities = join(bids);
    let mut flags = Vec::new();
    for (index, first) in bids.iter().enumerate() {
        for second in &bids[index + 1..] {
            if first.bidder.ruc.is_some() && first.bidder.ruc == second.bidder.ruc {
                continue;
            }
            for entity in &entities {
                flags.extend(flag(code, entity, first, second, one, other));
                if one != other {
                    flags.extend(flag(code, entity, second, first, one, other));
                }
            }
        }
    }
    flags
}

fn flag(
    code: &str,
    entity: &Entity,
    first: &BidPapers<'_>,
    second: &BidPapers<'_>,
    one: Part,
    other: Part,
) -> Option<Flag> {
    let of = |papers: &BidPapers<'_>, part: Part, beside: &BidPapers<'_>| -> Vec<Mention> {
        let own = entity.mentions.iter().filter(|mention| mention.bid == papers.bid && mention.part == part);
        own.filter(|mention| !beside.has_file(mention.evidence.file)).cloned().collect()
    };
    let (a, b) = (of(first, one, second), of(second, other, first));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let numbered = |mentions: &[Mention]| mentions.iter().any(|mention| mention.key.is_some());
    let by_number = numbered(&a) && numbered(&b);
    // A number read anywhere in both bids tells it too.
    let anywhere = |papers: &BidPapers<'_>| {
        entity.mentions.iter().any(|mention| mention.bid == papers.bid && mention.key.is_some())
    };
    let sure = by_number || anywhere(first) && anywhere(second);
    let severity = if sure { Severity::Warning } else { Severity::Info };
    let variant = if sure { "numero" } else { "solo_nombre" };
    let reasons: Vec<String> = entity.reasons.iter().map(|reason| reason.in_words()).collect();
    let reasons = reasons.join("; ");
    let values = [
        ("persona", entity.name.as_str()),
        ("a", first.bidder.name.as_str()),
        ("b", second.bidder.name.as_str()),
        ("razones", reasons.as_str()),
    ];
    let places = |mentions: &[Mention]| -> Vec<_> {
        mentions.iter().take(PLACES).map(|mention| mention.evidence.clone()).collect()
    };
    let mut bids = vec![first.bid, second.bid];
    let mut evidence = places(&a);
    evidence.extend(places(&b));
    bids.sort();
    Some(Flag::new(code, variant, severity, bids, &values, evidence))
}

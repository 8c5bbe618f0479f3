//! One person or company in two bids, each time in a part: what the flags of common persons share.

use crate::entities::{Entity, Mention, Part};
use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use cotejo_domain::Severity;

/// Places of each bid that a flag shows.
const PLACES: usize = 3;

/// Field of the beneficial owner.
pub(crate) const BENEFICIARY: &str = "beneficiario.nombre";

/// Tells which mentions count on one side.
pub(crate) type Counts<'c> = &'c dyn Fn(&Mention) -> bool;

/// Looks for whoever stands in the part `one` in a bid and in the part `other` in another.
pub(crate) fn shared(code: &str, lot: &Lot<'_>, one: Part, other: Part) -> Vec<Flag> {
    between(code, lot, &|mention| mention.part == one, &|mention| mention.part == other, one == other)
}

/// Looks for whoever one side of a pair names in one way and the other in another; `alike` where both ways may be one, so that what was
/// found one way round is not told again. Mentions in a file that both bids hold byte by byte do not count: it was written once. Bids of one
/// bidder have its people in common.
pub(crate) fn between(
    code: &str,
    lot: &Lot<'_>,
    one: Counts<'_>,
    other: Counts<'_>,
    alike: bool,
) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(first), Some(second)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        // Few are named in two bids.
        for entity in lot.entities.iter().filter(|entity| {
            let named = |bid| entity.mentions.iter().any(|mention| mention.bid == bid);
            named(first.bid) && named(second.bid)
        }) {
            let found = flag(code, entity, (first, one), (second, other));
            let told = found.is_some();
            flags.extend(found);
            if !(alike && told) {
                flags.extend(flag(code, entity, (second, one), (first, other)));
            }
        }
    }
    flags
}

fn flag(
    code: &str,
    entity: &Entity,
    (first, one): (&BidPapers<'_>, Counts<'_>),
    (second, other): (&BidPapers<'_>, Counts<'_>),
) -> Option<Flag> {
    let of = |papers: &BidPapers<'_>, counts: Counts<'_>, beside: &BidPapers<'_>| -> Vec<Mention> {
        let own = entity.mentions.iter().filter(|mention| mention.bid == papers.bid && counts(mention));
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

//! Who bids: read from the forms and certificates of the bid.

use crate::text::{folded, same_name};
use cotejo_domain::{Bidder, BidderKind, ConsortiumMember, Document, Fact, FactValue, Percent, Ruc, RucKind};

const LEAST: f64 = crate::context::LEAST_CONFIDENCE;

/// Decides who the bidder is. Until a paper tells it, the name is `folder`, the name of the folder or file that was handed in.
#[must_use]
pub fn identify_bidder(folder: &str, documents: &[Document], facts: &[Fact]) -> Bidder {
    let papers = Papers { documents, facts };
    let members = papers.members();
    let mut bidder = Bidder {
        name: papers.name().unwrap_or_else(|| folder.to_owned()),
        ruc: papers.ruc(&["FUO_1_2", "RUC_SRI", "RUP", "F101_F102"]),
        kind: BidderKind::Unknown,
        members: Vec::new(),
    };
    bidder.kind = if papers.says_consortium() || members.len() >= 2 {
        bidder.members = members;
        BidderKind::Consorcio
    } else {
        papers.nature().or_else(|| bidder.ruc.as_ref().map(kind_of)).unwrap_or(BidderKind::Unknown)
    };
    if bidder.kind == BidderKind::Consorcio {
        // A promised consortium has no number of its own: certificates carry a partner's, and often so does the form.
        let certificates = papers.rucs(&["RUC_SRI", "F101_F102"]);
        let on_form = papers
            .ruc(&["FUO_1_2"])
            .filter(|ruc| !is_a_members(&bidder.members, ruc) && !certificates.contains(ruc));
        bidder.ruc = papers.ruc(&["CONSORCIO_CONSTITUIDO"]).or(on_form);
    }
    bidder
}

fn is_a_members(members: &[ConsortiumMember], ruc: &Ruc) -> bool {
    members.iter().any(|member| member.ruc.as_ref() == Some(ruc))
}

fn kind_of(ruc: &Ruc) -> BidderKind {
    match ruc.kind() {
        RucKind::Natural => BidderKind::Natural,
        RucKind::Private | RucKind::Public => BidderKind::Juridica,
    }
}

struct Papers<'a> {
    documents: &'a [Document],
    facts: &'a [Fact],
}

impl<'a> Papers<'a> {
    fn document(&self, fact: &Fact) -> Option<&'a Document> {
        if let Some(id) = fact.document {
            return self.documents.iter().find(|document| document.id == id);
        }
        let page = fact.evidence.location.page()?;
        self.documents
            .iter()
            .find(|document| document.file == fact.evidence.file && document.pages.contains(&page))
    }

    fn on(&self, kind: &str, fields: &[&str]) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(move |fact| {
            fields.contains(&fact.field.as_str())
                && fact.confidence.value() >= LEAST
                && self.document(fact).is_some_and(|document| document.kind.0 == kind)
        })
    }

    fn text(&self, kind: &str, fields: &[&str]) -> Option<String> {
        self.on(kind, fields).find_map(|fact| match &fact.value {
            FactValue::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => None,
        })
    }

    fn name(&self) -> Option<String> {
        self.text("FUO_1_2", &["nombre", "oferente"])
            .or_else(|| self.text("RUC_SRI", &["razon_social"]))
            .or_else(|| self.text("CARATULA", &["oferente"]))
    }

    fn ruc(&self, kinds: &[&str]) -> Option<Ruc> {
        kinds.iter().find_map(|kind| {
            self.on(kind, &crate::fields::RUC).find_map(|fact| match &fact.value {
                FactValue::Ruc(ruc) => Some(ruc.clone()),
                _ => None,
            })
        })
    }

    fn rucs(&self, kinds: &[&'static str]) -> Vec<Ruc> {
        let facts = kinds.iter().flat_map(|kind| self.on(kind, &crate::fields::RUC).collect::<Vec<_>>());
        let numbers = facts.filter_map(|fact| match &fact.value {
            FactValue::Ruc(ruc) => Some(ruc.clone()),
            _ => None,
        });
        numbers.collect()
    }

    fn nature(&self) -> Option<BidderKind> {
        let nature = folded(&self.text("FUO_1_2", &["naturaleza"])?);
        match (nature.contains("natural"), nature.contains("juridica")) {
            (true, false) => Some(BidderKind::Natural),
            (false, true) => Some(BidderKind::Juridica),
            _ => None,
        }
    }

    /// Tells whether the form says so: the words of one option only, not of the whole list of options.
    fn says_consortium(&self) -> bool {
        self.text("FUO_1_2", &["participacion"]).is_some_and(|text| {
            let text = folded(&text);
            text.contains("consorcio") && !text.contains("individual")
        })
    }

    fn members(&self) -> Vec<ConsortiumMember> {
        let mut members: Vec<ConsortiumMember> = Vec::new();
        let form = |field: &'static str| -> Vec<&'a Fact> {
            let mut found: Vec<&Fact> = ["FORM_CONSORCIO", "CONSORCIO_CONSTITUIDO"]
                .into_iter()
                .flat_map(|kind| self.on(kind, &[field]).collect::<Vec<_>>())
                .collect();
            found.sort_by(|one, other| place(one).total_cmp(&place(other)));
            found
        };
        let (names, rucs, shares) =
            (form("partes[].nombre"), form("partes[].ruc"), form("partes[].porcentaje"));
        for (index, fact) in rucs.iter().enumerate() {
            let FactValue::Ruc(ruc) = &fact.value else { continue };
            if is_a_members(&members, ruc) {
                continue;
            }
            // Elsewhere a name goes with its number only where there is one of each for every partner.
            let by_order = names.get(index).filter(|_| names.len() == rucs.len());
            let name = beside(fact, &names).or(by_order.copied()).map(|fact| fact.value.canonical());
            let of_name = |share: &&&Fact| {
                let named = beside(share, &names).map(|fact| fact.value.canonical());
                named.zip(name.as_ref()).is_some_and(|(named, name)| folded(&named) == folded(name))
            };
            let by_order = shares.get(index).filter(|_| shares.len() == rucs.len());
            let share = shares.iter().find(of_name).or(by_order).and_then(|fact| match fact.value {
                FactValue::Percent(percent) => Some(percent),
                FactValue::Decimal(number) => Some(Percent(number)),
                _ => None,
            });
            members.push(ConsortiumMember {
                name: name.unwrap_or_else(|| ruc.to_string()),
                ruc: Some(ruc.clone()),
                share,
            });
        }
        // A partner whose number was not read is a partner all the same.
        let named: Vec<String> = names.iter().map(|fact| fact.value.canonical()).collect();
        let all_named = members.iter().all(|member| named.iter().any(|name| same_name(name, &member.name)));
        let lists_them = all_named && !members.is_empty();
        for name in named.into_iter().filter(|_| lists_them) {
            if !members.iter().any(|member| same_name(&member.name, &name)) {
                members.push(ConsortiumMember { name, ruc: None, share: None });
            }
        }
        members
    }
}

/// Returns the fact that stands on the same line, or right above in the same column.
fn beside<'a>(fact: &Fact, others: &[&'a Fact]) -> Option<&'a Fact> {
    let bounds = |fact: &Fact| fact.evidence.location.quad().map(|quad| quad.bounds());
    let [left, top, _, bottom] = bounds(fact)?;
    let same_page = |other: &&&Fact| {
        other.evidence.file == fact.evidence.file
            && other.evidence.location.page() == fact.evidence.location.page()
    };
    let height = bottom - top;
    let distance = |other: &Fact| -> Option<f64> {
        let [other_left, other_top, _, other_bottom] = bounds(other)?;
        let same_line =
            (f64::midpoint(other_top, other_bottom) - f64::midpoint(top, bottom)).abs() < height * 0.6;
        let column = (other_left - left).abs() < 60.0
            && other_bottom <= top + 2.0
            && top - other_bottom < height * 2.0;
        (same_line && other_left < left)
            .then_some(left - other_left)
            .or(column.then_some(1_000.0 + top - other_bottom))
    };
    let near = others.iter().filter(same_page).filter_map(|other| Some((distance(other)?, *other)));
    near.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, other)| other)
}

/// Orders facts of one form as they stand on its pages: page, then height.
fn place(fact: &Fact) -> f64 {
    let page = fact.evidence.location.page().unwrap_or(0);
    let top = fact.evidence.location.quad().map_or(0.0, |quad| quad.bounds()[1]);
    f64::from(page) * 100_000.0 + top
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Fixture;

    fn identify(fixture: &Fixture) -> Bidder {
        identify_bidder("carpeta", &fixture.bid.documents, &fixture.bid.facts)
    }

    fn text(value: &str) -> FactValue {
        FactValue::Text(value.into())
    }

    #[test]
    fn the_form_names_the_bidder_and_its_nature() {
        let fixture = Fixture::new("2026-01-15")
            .document("FUO_1_2", 2)
            .fact("nombre", text("Constructora Ejemplo S.A."), 2)
            .fact("ruc", Fixture::ruc("1790012345001"), 2)
            .fact("naturaleza", text("Jurídica"), 2);
        let bidder = identify(&fixture);
        assert_eq!((bidder.name.as_str(), bidder.kind), ("Constructora Ejemplo S.A.", BidderKind::Juridica));
    }

    #[test]
    fn without_papers_the_folder_names_it_and_nothing_is_guessed() {
        let bidder = identify(&Fixture::new("2026-01-15"));
        assert_eq!((bidder.name.as_str(), bidder.ruc, bidder.kind), ("carpeta", None, BidderKind::Unknown));
    }

    #[test]
    fn the_number_tells_the_kind_when_the_form_lists_both_options() {
        let fixture = Fixture::new("2026-01-15")
            .document("FUO_1_2", 2)
            .fact("ruc", Fixture::ruc("1712345678001"), 2)
            .fact("naturaleza", text("natural / jurídica"), 2)
            .fact("participacion", text("individual / compromiso de asociación o consorcio"), 2);
        assert_eq!(identify(&fixture).kind, BidderKind::Natural, "the third digit is that of a person");
    }

    #[test]
    fn two_partners_make_a_consortium() {
        let fixture = Fixture::new("2026-01-15")
            .document("FORM_CONSORCIO", 4)
            .fact("partes[].ruc", Fixture::ruc("1790012345001"), 4)
            .fact("partes[].ruc", Fixture::ruc("0990012342001"), 4);
        let bidder = identify(&fixture);
        assert_eq!((bidder.kind, bidder.members.len()), (BidderKind::Consorcio, 2));
    }
}

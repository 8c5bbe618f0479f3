//! What the packs say of points: rounding, the model of works, subcontratación, consultoría, low offers, the price of a subasta inversa.

use crate::{Answer, RulePack};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Holds what the pliego model of works says of points.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct WorksPoints {
    /// What experience, personnel, other and economic parameters add up to.
    pub subtotal: Decimal,
    /// Least and most of the economic offer.
    pub oferta_economica: (Decimal, Decimal),
    /// Most of other parameters.
    pub otros_max: Decimal,
    /// Points of subcontratación.
    pub subcontratacion: Decimal,
    /// Points of participación ecuatoriana.
    pub participacion_ecuatoriana: Decimal,
    /// All together.
    pub total: Decimal,
    /// Experience above the minimum counts up to this many times the budget.
    pub experiencia_extra_cap_factor: Decimal,
}

/// Holds the percentages between which subcontratación gives points.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Subcontracting {
    /// Least.
    pub min_pct: Decimal,
    /// Most.
    pub max_pct: Decimal,
    /// True when every commitment between both has all points, false when they are in proportion.
    #[serde(default)]
    pub full_points_to_all: bool,
    /// Budget from which it applies, where the source says one.
    #[serde(default)]
    pub budget_gte: Option<Decimal>,
}

/// Holds what the packs say of participación ecuatoriana.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Participation {
    /// Its points.
    pub puntos: Decimal,
    /// False where a source says that it does not count in the signed report.
    #[serde(default = "yes")]
    pub aplica: bool,
}

fn yes() -> bool {
    true
}

/// Holds the margins of consultoría.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Consultancy {
    /// Least technical score.
    pub tecnica_min: Decimal,
    /// Least and most weight of the technical score.
    pub c1: (Decimal, Decimal),
    /// Least and most weight of the price.
    pub c2: (Decimal, Decimal),
    /// What settles a tie, first to last; empty where the regime names nothing.
    #[serde(default)]
    pub tie_break: Vec<String>,
}

/// Holds from where on a price draws attention. No norm says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct LowOffer {
    /// A price below this many times the budget.
    pub presupuesto_factor: Decimal,
    /// A price more than this many times the interquartile range below the first quartile.
    pub rango_intercuartilico_factor: Decimal,
}

#[derive(Deserialize)]
struct Preference {
    una_sola: bool,
}

#[derive(Deserialize)]
struct Rounding {
    score_decimals: u32,
}

#[derive(Deserialize)]
struct ReverseAuction {
    reduction_min_pct_of_budget: Decimal,
}

#[derive(Deserialize)]
struct Vae {
    decimals: u32,
}

fn mapped<T, U>(answer: Answer<T>, map: impl FnOnce(&T) -> U) -> Answer<U> {
    match answer {
        Answer::Known(value) => {
            let inner = map(&value.value);
            Answer::Known(value.map(inner))
        }
        Answer::Ask { parameter } => Answer::Ask { parameter },
    }
}

/// Returns what the pack states, whatever the flags of the transition say: the sources are shown side by side.
fn stated<T: serde::de::DeserializeOwned>(pack: &RulePack, name: &str) -> Answer<T> {
    let ask = || Answer::Ask { parameter: name.to_owned() };
    let Answer::Known(value) = pack.parameter(name) else { return ask() };
    match serde_json::from_value(value.value.clone()) {
        Ok(typed) => Answer::Known(value.map(typed)),
        Err(_) => ask(),
    }
}

impl RulePack {
    /// Returns how many decimals a printed score has.
    #[must_use]
    pub fn score_decimals(&self) -> Answer<u32> {
        mapped(stated::<Rounding>(self, "rounding"), |rounding| rounding.score_decimals)
    }

    /// Returns how many decimals a printed VAE has.
    #[must_use]
    pub fn vae_decimals(&self) -> Answer<u32> {
        mapped(stated::<Vae>(self, "vae"), |vae| vae.decimals)
    }

    /// Returns what the pliego model of works says of points.
    #[must_use]
    pub fn works_points(&self) -> Answer<WorksPoints> {
        stated(self, "lico_scoring")
    }

    /// Returns what the regime's norm says of subcontratación.
    #[must_use]
    pub fn subcontracting(&self) -> Answer<Subcontracting> {
        stated(self, "subcontratacion_preferente")
    }

    /// Returns what the Portal's tool applied before the norm, where the norm is in transition.
    #[must_use]
    pub fn subcontracting_before(&self) -> Answer<Subcontracting> {
        stated(self, "subcontratacion_preferente_anterior")
    }

    /// Returns what the Portal's tool applies to a process that started on `on`: the norm, or what was before while it is in transition.
    #[must_use]
    pub fn subcontracting_of_the_tool(&self, on: Option<Date>) -> Answer<Subcontracting> {
        self.settle("subcontratacion_preferente", None, on)
    }

    /// Returns what SERCOP's training says of subcontratación.
    #[must_use]
    pub fn subcontracting_of_the_training(&self) -> Answer<Subcontracting> {
        stated(self, "subcontratacion_preferente_capacitacion")
    }

    /// Returns what the pack says of participación ecuatoriana.
    #[must_use]
    pub fn participation(&self) -> Answer<Participation> {
        stated(self, "participacion_ecuatoriana")
    }

    /// Tells whether a bidder benefits from one preference only, the most advantageous.
    #[must_use]
    pub fn one_preference_only(&self) -> Answer<bool> {
        mapped(stated::<Preference>(self, "preferencia"), |preference| preference.una_sola)
    }

    /// Returns the margins in percent of preferences, by category, where they are known.
    #[must_use]
    pub fn preference_margins(&self) -> Answer<BTreeMap<String, Decimal>> {
        stated(self, "sie_preference_margins")
    }

    /// Returns how much of a works contract is recognised to who was its resident in dependency, in percent.
    #[must_use]
    pub fn resident_share(&self) -> Answer<Decimal> {
        stated(self, "experiencia_residente_pct")
    }

    /// Returns from which advance on a contract under way counts as experience, in percent.
    #[must_use]
    pub fn least_advance(&self) -> Answer<Decimal> {
        stated(self, "experiencia_ejecucion_avance_min_pct")
    }

    /// Returns the margins of consultoría.
    #[must_use]
    pub fn consultancy(&self) -> Answer<Consultancy> {
        stated(self, "consultoria")
    }

    /// Returns from where on a low price draws attention.
    #[must_use]
    pub fn low_offer(&self) -> Answer<LowOffer> {
        stated(self, "oferta_baja_alerta")
    }

    /// Returns how far below the budget the final price of a subasta inversa must be, in percent of it.
    #[must_use]
    pub fn reverse_auction_reduction(&self) -> Answer<Decimal> {
        mapped(stated::<ReverseAuction>(self, "sie"), |auction| auction.reduction_min_pct_of_budget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn pack(id: &str) -> &'static RulePack {
        RulePack::by_id(id).expect("exists")
    }

    #[test]
    fn every_typed_value_of_the_newest_regime_is_readable() {
        let pack = pack("ec-2025-de193");
        assert_eq!(pack.score_decimals().known().map(|value| value.value), Some(2));
        assert_eq!(pack.vae_decimals().known().map(|value| value.value), Some(2));
        assert!(pack.works_points().known().is_some_and(|value| value.verified), "read in PL23");
        assert!(pack.subcontracting().known().is_some_and(|value| value.value.full_points_to_all), "RGL 266");
        assert!(
            pack.subcontracting_of_the_tool(None)
                .known()
                .is_some_and(|value| !value.value.full_points_to_all)
        );
        assert!(pack.subcontracting_of_the_training().known().is_some_and(|value| !value.verified));
        assert!(pack.participation().known().is_some_and(|value| !value.verified && !value.value.aplica));
        assert!(pack.consultancy().known().is_some_and(|value| value.value.tie_break.len() == 7));
        assert!(pack.low_offer().known().is_some_and(|value| !value.verified), "no norm says it");
        assert_eq!(pack.reverse_auction_reduction().known().map(|value| value.value), Some(Decimal::from(5)));
        assert!(pack.one_preference_only().known().is_some_and(|value| value.value), "LEY 35");
    }

    #[test]
    fn preference_margins_are_asked_since_sercop_has_not_set_them() {
        for pack in RulePack::all() {
            assert!(matches!(pack.preference_margins(), Answer::Ask { .. }), "{}", pack.id);
        }
    }

    #[test]
    fn before_october_2025_the_pliego_model_is_the_only_source() {
        let tool = pack("ec-2023").subcontracting_of_the_tool(Some(date(2024, 1, 1))).known().expect("known");
        assert_eq!((tool.value.min_pct, tool.value.max_pct), (Decimal::from(10), Decimal::from(30)));
        assert!(
            matches!(pack("ec-2023").subcontracting_before(), Answer::Ask { .. }),
            "nothing is in transition"
        );
        assert!(matches!(pack("ec-2023").one_preference_only(), Answer::Ask { .. }), "the law is of 2025");
    }
}

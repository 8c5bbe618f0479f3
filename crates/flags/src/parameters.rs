//! From where on a flag speaks. Every limit stands here under the name its page in `docs/flags` gives it, with its source; none is a norm.

use rust_decimal::Decimal;

/// The catalogue of indicios that the project keeps: what it gives a number for.
const CATALOGUE: &str = "catálogo de indicios del proyecto (práctica, OCDE, Banco Mundial, RGL 258)";
/// What no source gives a number for.
const OURS: &str = "valor del programa, sin norma ni fuente que lo fije";

/// Holds one limit of one flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Code of the flag.
    pub flag: &'static str,
    /// Its name, as the flag's page writes it.
    pub name: &'static str,
    /// Its value: a share of one, a count, dollars or bits, as its name tells.
    pub value: Decimal,
    /// Where the value comes from, in Spanish.
    pub source: &'static str,
}

impl Parameter {
    /// Returns a count; zero where the value is none.
    pub(crate) fn count(self) -> usize {
        usize::try_from(self.value).unwrap_or_default()
    }
}

const fn of(
    flag: &'static str,
    name: &'static str,
    digits: u32,
    decimals: u32,
    source: &'static str,
) -> Parameter {
    Parameter { flag, name, value: Decimal::from_parts(digits, 0, 0, false, decimals), source }
}

pub(crate) const P_01_SHARE: Parameter = of("P-01", "proporcion_iguales", 30, 2, CATALOGUE);
pub(crate) const P_01_ROWS: Parameter = of("P-01", "rubros_minimos", 3, 0, OURS);
pub(crate) const P_02_VARIATION: Parameter = of("P-02", "coeficiente_de_variacion", 1, 2, CATALOGUE);
pub(crate) const P_02_ROWS: Parameter = of("P-02", "rubros_minimos", 5, 0, OURS);
pub(crate) const P_02_SHARE: Parameter = of("P-02", "proporcion_comparable", 50, 2, OURS);
pub(crate) const P_02_TIMES: Parameter = of("P-02", "veces_la_variacion", 2, 0, OURS);
pub(crate) const P_02_EXACT: Parameter = of("P-02", "seguimiento_exacto", 1, 3, OURS);
pub(crate) const P_03_YIELDS: Parameter = of("P-03", "rendimientos_minimos", 10, 0, OURS);
pub(crate) const P_03_SHARE: Parameter = of("P-03", "proporcion_rendimientos", 90, 2, OURS);
pub(crate) const P_03_DISTINCT: Parameter = of("P-03", "rendimientos_distintos", 5, 0, OURS);
pub(crate) const P_04_VARIATION: Parameter = of("P-04", "coeficiente_de_variacion", 3, 2, CATALOGUE);
pub(crate) const P_04_SPREAD: Parameter = of("P-04", "distancia", 1, 2, CATALOGUE);
pub(crate) const P_04_BIDS: Parameter = of("P-04", "ofertas_minimas", 3, 0, OURS);
pub(crate) const P_04_NEAR_BUDGET: Parameter = of("P-04", "cercania_presupuesto", 1, 2, CATALOGUE);
pub(crate) const P_04_COMMON: Parameter = of("P-04", "referencia_comun", 10, 2, OURS);
pub(crate) const P_04_MOST_PERCENT: Parameter = of("P-04", "porcentaje_maximo", 50, 0, OURS);
pub(crate) const P_05_BIDS: Parameter = of("P-05", "ofertas_minimas", 3, 0, OURS);
pub(crate) const P_05_FIGURES: Parameter = of("P-05", "cifras_significativas", 2, 0, OURS);
pub(crate) const P_05_LEAST: Parameter = of("P-05", "total_minimo", 1000, 0, OURS);
pub(crate) const P_06_BIDS: Parameter = of("P-06", "ofertas_minimas", 3, 0, OURS);
pub(crate) const P_06_HIGH: Parameter = of("P-06", "veces_la_mediana", 15, 1, OURS);
pub(crate) const P_06_WEIGHT: Parameter = of("P-06", "peso_minimo", 10, 2, OURS);
pub(crate) const P_06_TOTAL: Parameter = of("P-06", "total_cercano", 10, 2, OURS);
pub(crate) const D_02_MINUTES: Parameter = of("D-02", "minutos", 10, 0, CATALOGUE);
pub(crate) const D_02_FORMS: Parameter = of("D-02", "formularios_minimos", 2, 0, OURS);
pub(crate) const D_02_FONTS: Parameter = of("D-02", "fuentes_minimas", 2, 0, OURS);
pub(crate) const D_03_JACCARD: Parameter = of("D-03", "jaccard", 60, 2, CATALOGUE);
pub(crate) const D_03_SHINGLE: Parameter = of("D-03", "palabras", 8, 0, CATALOGUE);
pub(crate) const D_03_LEAST: Parameter = of("D-03", "secuencias_minimas", 40, 0, OURS);
pub(crate) const D_04_HAMMING: Parameter = of("D-04", "hamming", 6, 0, CATALOGUE);
pub(crate) const D_04_WORDS: Parameter = of("D-04", "palabras_minimas", 12, 0, OURS);
pub(crate) const D_07_STEP: Parameter = of("D-07", "paso", 1, 0, CATALOGUE);
pub(crate) const M_01_JACCARD: Parameter = of("M-01", "semejanza", 50, 2, OURS);
pub(crate) const M_01_SEQUENCES: Parameter = of("M-01", "secuencias_minimas", 20, 0, OURS);
pub(crate) const M_01_HAMMING: Parameter = of("M-01", "hamming", 6, 0, CATALOGUE);
pub(crate) const M_01_NUMBER: Parameter = of("M-01", "caracteres_del_numero", 4, 0, OURS);

/// Every limit of every flag.
pub const PARAMETERS: &[Parameter] = &[
    P_01_SHARE,
    P_01_ROWS,
    P_02_VARIATION,
    P_02_ROWS,
    P_02_SHARE,
    P_02_TIMES,
    P_02_EXACT,
    P_03_YIELDS,
    P_03_SHARE,
    P_03_DISTINCT,
    P_04_VARIATION,
    P_04_SPREAD,
    P_04_BIDS,
    P_04_NEAR_BUDGET,
    P_04_COMMON,
    P_04_MOST_PERCENT,
    P_05_BIDS,
    P_05_FIGURES,
    P_05_LEAST,
    P_06_BIDS,
    P_06_HIGH,
    P_06_WEIGHT,
    P_06_TOTAL,
    D_02_MINUTES,
    D_02_FORMS,
    D_02_FONTS,
    D_03_JACCARD,
    D_03_SHINGLE,
    D_03_LEAST,
    D_04_HAMMING,
    D_04_WORDS,
    D_07_STEP,
    M_01_JACCARD,
    M_01_SEQUENCES,
    M_01_HAMMING,
    M_01_NUMBER,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_stands_on_the_page_of_its_flag() {
        for Parameter { flag, name, value, source } in PARAMETERS {
            let page = format!("{}/../../docs/flags/{flag}.md", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{page}: {error}"));
            let written = format!("`{name}` = {}", value.normalize().to_string().replace('.', ","));
            assert!(text.contains(&written), "{page} does not say {written}");
            assert!(!source.is_empty());
        }
    }
}

//! The sources that a person must ask: they want a captcha, a proof of work, a form or data that the program does not have. No captcha is
//! ever solved here. Each says where to look, and what the result does and does not mean.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Ruc, RucKind};

/// Describes one such source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// The service, as people know it.
    pub service: &'static str,
    /// Key of the sentence that says why it is not asked; what it tells stands at the key plus `.pregunta`, the steps at the key
    /// plus `.remedio`.
    pub key: &'static str,
    /// The page to open.
    pub url: &'static str,
    /// True when it knows companies only.
    companies_only: bool,
}

/// Lists them, in the order an evaluator usually goes through them.
pub const BY_HAND: [ByHand; 5] = [
    ByHand {
        service: "SRI",
        key: "registries.by_hand.sri_status",
        url: "https://srienlinea.sri.gob.ec/sri-en-linea/SriDeclaracionesWeb/EstadoTributario/Consultas/consultaEstadoTributario",
        companies_only: false,
    },
    ByHand {
        service: "SERCOP",
        key: "registries.by_hand.sercop_debarred",
        url: "https://www.compraspublicas.gob.ec/ProcesoContratacion/compras/EP/EmpReporteIncumplidos.cpe?sg=1",
        companies_only: false,
    },
    ByHand {
        service: "SERCOP",
        key: "registries.by_hand.sercop_rup",
        url: "https://www.compraspublicas.gob.ec/ProcesoContratacion/compras/EP/BusquedaProveedorCpc.cpe",
        companies_only: false,
    },
    ByHand {
        service: "SCVS",
        key: "registries.by_hand.scvs",
        url: "https://appscvsgen.supercias.gob.ec/consultaCompanias/societario/busquedaCompanias.jsf",
        companies_only: true,
    },
    ByHand {
        service: "IESS",
        key: "registries.by_hand.iess",
        url: "https://www.iess.gob.ec/empleador-web/pages/morapatronal/certificadoCumplimientoPublico.jsf",
        companies_only: false,
    },
];

impl ByHand {
    /// Tells whether the source can know this taxpayer.
    #[must_use]
    pub fn knows(&self, ruc: &Ruc) -> bool {
        !self.companies_only || ruc.kind() == RucKind::Private
    }

    /// Says what the source tells, in a few Spanish words.
    #[must_use]
    pub fn question(&self) -> String {
        message(&format!("{}.pregunta", self.key), &[])
    }

    /// Says why the program does not ask it, in Spanish.
    #[must_use]
    pub fn text(&self) -> String {
        message(self.key, &[])
    }

    /// Says what the person must do, in Spanish.
    #[must_use]
    pub fn steps(&self) -> String {
        remedy(self.key, &[("url", self.url)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_says_why_and_how_and_companies_are_not_looked_for_among_persons() {
        let person = Ruc::parse("1710034065001").expect("well formed");
        for source in BY_HAND {
            assert!(source.url.starts_with("https://") && !source.question().contains('«'), "{}", source.key);
            assert!(
                !source.text().contains("«registries") && source.steps().contains(source.url),
                "{}",
                source.key
            );
        }
        let asked: Vec<_> =
            BY_HAND.iter().filter(|source| source.knows(&person)).map(|source| source.service).collect();
        assert!(!asked.contains(&"SCVS"), "a natural person is no company");
    }
}

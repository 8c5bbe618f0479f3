//! Names of the facts that the checks read: the fields of `doctypes.json`, with the spellings that extractors use for the same thing.

/// Patrimonio: the tax return's box first, then balance and form.
pub(crate) const PATRIMONIO: [&str; 3] = ["casillero_698_patrimonio", "casillero_698", "patrimonio"];
/// The offered total, in figures.
pub(crate) const TOTAL: [&str; 6] =
    ["total_numeros", "total", "total_ofertado", "oferta_total", "precio_total", "valor_total"];
/// The offered total, in words.
pub(crate) const TOTAL_IN_WORDS: [&str; 3] = ["total_letras", "total_ofertado_letras", "oferta_total_letras"];
/// Term of execution.
pub(crate) const TERM: [&str; 6] =
    ["plazo", "plazo_ejecucion", "plazo_entrega", "plazo_ofertado", "plazo_de_ejecucion", "plazo_de_entrega"];
/// Validity of the offer.
pub(crate) const VALIDITY: [&str; 4] = ["vigencia_oferta", "vigencia", "validez", "validez_oferta"];
/// Code of the process.
pub(crate) const PROCESS_CODE: [&str; 3] = ["codigo_proceso", "codigo", "proceso"];
/// Taxpayer's number of whom the paper is about.
pub(crate) const RUC: [&str; 3] = ["ruc", "oferente.ruc", "ruc_oferente"];
/// Name of the taxpayer a paper is about.
pub(crate) const TAXPAYER: [&str; 4] = ["razon_social", "empresa", "contribuyente", "nombre"];
/// Unit price an APU arrives at.
pub(crate) const APU_PRICE: [&str; 2] = ["valor_ofertado", "costo_total_rubro"];
/// Rubro an APU is for.
pub(crate) const APU_ITEM: [&str; 2] = ["rubro", "descripcion"];
/// Amount of a past contract.
pub(crate) const CONTRACT_AMOUNT: [&str; 4] = ["monto_liquidado", "monto_contrato", "monto", "valor"];
/// Object of a past contract.
pub(crate) const CONTRACT_OBJECT: [&str; 1] = ["objeto"];
/// Number of a past contract.
pub(crate) const CONTRACT_NUMBER: [&str; 2] = ["contrato", "numero"];
/// Who carried a past contract out.
pub(crate) const CONTRACTOR: [&str; 3] = ["contratista", "beneficiario", "contratista_nombre"];
/// What somebody was in a past contract.
pub(crate) const ROLE: [&str; 1] = ["cargo"];
/// How far a contract under way is.
pub(crate) const ADVANCE: [&str; 2] = ["avance", "porcentaje_avance"];
/// Day a past contract was received.
pub(crate) const RECEIVED: [&str; 3] = ["fecha_recepcion", "hasta", "fecha"];

/// Forms that belong to the bidder's own offer, on which the process code must be right.
pub(crate) const OFFER_FORMS: [&str; 21] = [
    "FUO_1_1",
    "FUO_1_2",
    "FUO_1_3",
    "FUO_1_4",
    "FUO_1_5_RUBROS",
    "FUO_1_5_CANT",
    "FUO_1_6_APU",
    "FUO_1_6_COMP",
    "FUO_1_7_MET",
    "FUO_1_8_CRON",
    "FUO_1_10_PER",
    "FUO_1_11_EQ",
    "FUO_1_12_PE",
    "FUO_VAE",
    "FORM_II_ETAPA",
    "FORM_CONSORCIO",
    "FORM_SUBCON",
    "FORM_INTEGRIDAD",
    "FORM_VINCULACION",
    "CARATULA",
    "OFERTA_ECONOMICA_CONSULTORIA",
];
/// Forms that carry the economic offer.
pub(crate) const ECONOMIC_FORMS: [&str; 3] =
    ["FUO_1_5_RUBROS", "FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA"];
/// What carries the price in an ínfima cuantía: its suppliers hand in proformas. Elsewhere a proforma is of a third party.
pub(crate) const PROFORMAS: [&str; 4] =
    ["PROFORMA", "FUO_1_5_RUBROS", "FUO_1_5_CANT", "OFERTA_ECONOMICA_CONSULTORIA"];
/// Papers on which the RUC is the bidder's own.
pub(crate) const RUC_PAPERS: [&str; 8] =
    ["FUO_1_2", "RUC_SRI", "RUP", "CERT_SRI", "CERT_IESS", "F101_F102", "EEFF", "MIPYME"];
/// The same in an ínfima cuantía, where a proforma is the bidder's own paper.
pub(crate) const RUC_PAPERS_OF_INFIMA: [&str; 9] =
    ["PROFORMA", "FUO_1_2", "RUC_SRI", "RUP", "CERT_SRI", "CERT_IESS", "F101_F102", "EEFF", "MIPYME"];
/// Papers that prove experience.
pub(crate) const EXPERIENCE_PAPERS: [&str; 3] = ["ACTA_ER", "CERT_EXP", "CONTRATO_EXP"];

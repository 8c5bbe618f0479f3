//! Single documents of every type and variant, for training and measuring what names the types of pages.

use crate::SampleError;
use crate::bidder::{Bidder, Fault, Profile, draw_bidders};
use crate::forms::{Author, Sheet};
use crate::identity::Registry;
use crate::package::typeset_sheets;
use crate::random::Draw;
use crate::scan::{Scanner, image_pdf, scan};
use crate::scenario::{SampleProcedure, Scenario};
use crate::truth::DocumentTruth;
use crate::typeset::Typeset;

/// Names one template in one variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageTemplate {
    /// Type by the catalogue.
    pub kind: &'static str,
    /// Template.
    pub template: &'static str,
    /// Variant of it.
    pub variant: usize,
    /// True for a form that can be handed in empty.
    pub form: bool,
}

/// One document of a template, typeset.
pub struct SampleDocument {
    typeset: Typeset,
    identity: String,
    seed: u64,
    /// What is true of it.
    pub truth: DocumentTruth,
}

/// Type, template, number of variants, whether it is a form, and the procedure whose bids carry it.
const GALLERY: &[(&str, &str, usize, bool, SampleProcedure)] = &[
    ("CARATULA", "caratula", 3, false, SampleProcedure::Sie),
    ("FUO_1_1", "fuo_1_1", 3, true, SampleProcedure::Sie),
    ("FUO_1_2", "fuo_1_2", 3, true, SampleProcedure::Sie),
    ("FUO_1_3", "fuo_1_3", 3, true, SampleProcedure::Sie),
    ("FUO_1_4", "fuo_1_4", 3, true, SampleProcedure::Sie),
    ("FUO_1_5_CANT", "fuo_1_5_cant", 3, true, SampleProcedure::Sie),
    ("FUO_1_5_RUBROS", "fuo_1_5_rubros", 3, true, SampleProcedure::Lico),
    ("FUO_1_6_COMP", "fuo_1_6_comp", 3, true, SampleProcedure::Sie),
    ("FUO_1_6_APU", "fuo_1_6_apu", 3, true, SampleProcedure::Lico),
    ("FUO_1_7_MET", "fuo_1_7_met", 3, true, SampleProcedure::Lico),
    ("FUO_1_8_CRON", "fuo_1_8_cron", 2, true, SampleProcedure::Lico),
    ("FUO_1_9_EXP", "fuo_1_9_exp", 3, true, SampleProcedure::Lico),
    ("FUO_1_10_PER", "fuo_1_10_per", 2, true, SampleProcedure::Lico),
    ("FUO_1_11_EQ", "fuo_1_11_eq", 2, true, SampleProcedure::Lico),
    ("FUO_1_12_PE", "fuo_1_12_pe", 3, true, SampleProcedure::Lico),
    ("FUO_VAE", "fuo_vae", 3, true, SampleProcedure::Sie),
    ("FORM_II_ETAPA", "form_ii_etapa", 3, true, SampleProcedure::Lico),
    ("FORM_CONSORCIO", "form_consorcio", 3, true, SampleProcedure::Lico),
    ("FORM_SUBCON", "form_subcon", 3, true, SampleProcedure::Lico),
    ("FORM_INTEGRIDAD", "form_integridad", 3, true, SampleProcedure::Sie),
    ("FORM_VINCULACION", "form_vinculacion", 3, true, SampleProcedure::Sie),
    ("RUC_SRI", "ruc_sri", 3, false, SampleProcedure::Sie),
    ("RUP", "rup", 3, false, SampleProcedure::Sie),
    ("CERT_SRI", "cert_sri", 3, false, SampleProcedure::Sie),
    ("CERT_IESS", "cert_iess", 3, false, SampleProcedure::Sie),
    ("NOMBRAMIENTO", "nombramiento", 3, false, SampleProcedure::Sie),
    ("PODER", "poder", 3, false, SampleProcedure::Sie),
    ("ESCRITURA", "escritura", 3, false, SampleProcedure::Lico),
    ("CEDULA_DOC", "cedula_doc", 3, false, SampleProcedure::Sie),
    ("EEFF", "eeff", 3, false, SampleProcedure::Sie),
    ("F101_F102", "f101", 3, false, SampleProcedure::Sie),
    ("CONTRATO_EXP", "contrato_exp", 3, false, SampleProcedure::Lico),
    ("ACTA_ER", "acta_er", 3, false, SampleProcedure::Lico),
    ("CERT_EXP", "cert_exp", 3, false, SampleProcedure::Lico),
    ("FACTURA", "factura", 3, false, SampleProcedure::Sie),
    ("PLANILLA", "planilla", 3, false, SampleProcedure::Lico),
    ("CV", "cv", 3, false, SampleProcedure::Lico),
    ("TITULO", "titulo_doc", 3, false, SampleProcedure::Lico),
    ("COMPROMISO_PERS", "compromiso_pers", 3, false, SampleProcedure::Lico),
    ("MATRICULA", "matricula", 3, false, SampleProcedure::Lico),
    ("COMPROMISO_EQUIPO", "compromiso_equipo", 3, false, SampleProcedure::Lico),
    ("FICHA_TECNICA", "ficha_tecnica", 3, false, SampleProcedure::Sie),
    ("DISTRIBUIDOR", "distribuidor", 3, false, SampleProcedure::Sie),
    ("GARANTIA_TEC", "garantia_tec", 3, false, SampleProcedure::Sie),
    ("POLIZA", "poliza", 3, false, SampleProcedure::Lico),
    ("MIPYME", "mipyme", 3, false, SampleProcedure::Sie),
    ("BANCARIO", "bancario", 3, false, SampleProcedure::Sie),
    ("DECLARACION_JURAMENTADA", "declaracion_juramentada", 3, false, SampleProcedure::Sie),
    ("CONSORCIO_CONSTITUIDO", "consorcio_constituido", 3, false, SampleProcedure::Lico),
    ("PLAN_TRABAJO", "plan_trabajo", 3, true, SampleProcedure::Sie),
    ("OFERTA_ECONOMICA_CONSULTORIA", "oferta_consultoria", 3, true, SampleProcedure::Sie),
    ("PLIEGO", "pliego_doc", 3, false, SampleProcedure::Sie),
    ("TDR", "tdr", 3, false, SampleProcedure::Sie),
    ("ACLARACIONES", "aclaraciones", 3, false, SampleProcedure::Sie),
    ("RESP_CONV", "resp_conv", 3, false, SampleProcedure::Sie),
    ("PROFORMA", "proforma", 3, false, SampleProcedure::Sie),
    ("SEPARADOR", "separador", 3, false, SampleProcedure::Sie),
    ("HOJA_EN_BLANCO", "hoja_en_blanco", 3, false, SampleProcedure::Sie),
];

/// Lists every template in every variant, so that whole variants can be kept from training.
#[must_use]
pub fn page_templates() -> Vec<PageTemplate> {
    GALLERY
        .iter()
        .flat_map(|(kind, template, variants, form, _)| {
            (0..*variants).map(|variant| PageTemplate { kind, template, variant, form: *form })
        })
        .collect()
}

impl PageTemplate {
    /// Typesets one document of this template with the people, prices and style of a seed; `blank` empties a form.
    ///
    /// # Errors
    /// Fails when the template does not compile: a fault of this crate.
    pub fn document(&self, seed: u64, blank: bool) -> Result<SampleDocument, SampleError> {
        let procedure = GALLERY
            .iter()
            .find(|entry| entry.1 == self.template)
            .map_or(SampleProcedure::Sie, |entry| entry.4);
        let mut registry = Registry::new(seed);
        let scenario = Scenario::draw(procedure, seed, &mut registry);
        let mut bidders = draw_bidders(&scenario, &mut registry);
        let consortium = matches!(self.kind, "FORM_CONSORCIO") || Draw::new(seed, self.template).once_in(6);
        let wanted = if consortium { Profile::Consortium } else { Profile::Clean };
        let Some(place) = bidders.iter().position(|bidder| bidder.profile == wanted) else {
            return Err(SampleError::Template("no bidder for this document".into()));
        };
        let bidder = &mut bidders[place];
        bidder.faults = if blank && self.form { vec![Fault::BlankForm(self.kind)] } else { Vec::new() };
        let mut sheet = self.sheet(&Author { scenario: &scenario, bidder }, seed)?;
        sheet.variant = self.variant;
        let identity = format!("{} {} {seed}", self.template, self.variant);
        let foja = u32::try_from(seed % 180).unwrap_or(0);
        let (typeset, mut truth) = typeset_sheets(self.kind, &[sheet], foja)?;
        let truth = truth.pop().ok_or_else(|| SampleError::Template("no document".into()))?;
        Ok(SampleDocument { typeset, identity, seed, truth })
    }

    fn sheet(&self, author: &Author<'_>, seed: u64) -> Result<Sheet, SampleError> {
        let mut draw = Draw::new(seed, "galería");
        let bidder: &Bidder = author.bidder;
        let party = &bidder.parties[0];
        let contract = draw.choose(&bidder.contracts);
        let member = draw.below(3);
        let sheet = match self.template {
            "caratula" => author.cover(),
            "fuo_1_1" => author.presentation(),
            "fuo_1_2" => author.general_data(),
            "fuo_1_3" => author.shareholders(),
            "fuo_1_4" => author.financial_situation(),
            "fuo_1_5_cant" => author.price_table(),
            "fuo_1_5_rubros" => author.rubro_table(),
            "fuo_1_6_comp" => author.components(),
            "fuo_1_6_apu" => {
                let mut analyses = author.analyses();
                let place = draw.below(analyses.len());
                analyses.swap_remove(place)
            }
            "fuo_1_7_met" => author.method(),
            "fuo_1_8_cron" => author.schedule(),
            "fuo_1_9_exp" => author.experience(),
            "fuo_1_10_per" => author.personnel(),
            "fuo_1_11_eq" => author.equipment(),
            "fuo_1_12_pe" => author.ecuadorian_share(),
            "fuo_vae" => author.added_value(),
            "form_ii_etapa" => author.contractual_commitment(),
            "form_consorcio" => author.consortium_commitment(),
            "form_subcon" => author.subcontract(),
            "form_integridad" => author.integrity_agreement(),
            "form_vinculacion" => author.links(),
            "ruc_sri" => author.ruc_certificate(party),
            "rup" => author.rup(party),
            "cert_sri" => author.tax_compliance(party),
            "cert_iess" => author.social_security(party),
            "nombramiento" => author.appointment(party),
            "poder" => author.power(party),
            "escritura" => author.deed(party),
            "cedula_doc" => author.identity_card(),
            "eeff" => author.balance(0),
            "f101" => author.tax_declaration(party, &bidder.finances[0]),
            "contrato_exp" => author.past_contract(contract),
            "acta_er" => author.reception(contract, draw.once_in(2)),
            "cert_exp" => author.experience_certificate(contract),
            "factura" => author.invoice(contract),
            "planilla" => author.progress_statement(contract),
            "cv" => author.resume(member),
            "titulo_doc" => author.degree(member),
            "compromiso_pers" => author.professional_commitment(member),
            "matricula" => author.registration(member),
            "compromiso_equipo" => author.equipment_commitment(),
            "ficha_tecnica" => {
                author.technical_sheet(0).ok_or_else(|| SampleError::Template("no goods".into()))?
            }
            "distribuidor" => author.distributor(),
            "garantia_tec" => author.guarantee(),
            "poliza" => author.bond(),
            "mipyme" => author.small_company(party),
            "bancario" => author.bank_certificate(party),
            "declaracion_juramentada" => author.sworn_declaration(),
            "consorcio_constituido" => author.constituted_consortium(),
            "plan_trabajo" => author.work_plan(),
            "oferta_consultoria" => author.consultancy_offer(),
            "pliego_doc" => author.pliego(),
            "tdr" => author.terms(),
            "aclaraciones" => author.questions(),
            "resp_conv" => author.cure_letter(),
            "proforma" => author.proforma(),
            "separador" => author.separator(draw.pick(&[
                "ANEXOS",
                "DOCUMENTOS HABILITANTES",
                "OFERTA ECONÓMICA",
                "EXPERIENCIA",
                "DOCUMENTACIÓN LEGAL",
            ])),
            "hoja_en_blanco" => author.empty_page(),
            other => return Err(SampleError::Template(format!("no document for {other}"))),
        };
        Ok(sheet)
    }
}

impl SampleDocument {
    /// Returns the document as a PDF with text.
    ///
    /// # Errors
    /// Fails when it cannot be exported.
    pub fn pdf(&self) -> Result<Vec<u8>, SampleError> {
        self.typeset.pdf(&self.identity, jiff::civil::date(2026, 1, 5).at(9, 0, 0, 0), "EJEMPLO")
    }

    /// Returns the document as an office's scanner gives it: a PDF of worn images.
    ///
    /// # Errors
    /// Fails when a page cannot be encoded.
    pub fn scanned_pdf(&self) -> Result<Vec<u8>, SampleError> {
        let mut draw = Draw::new(self.seed, &self.identity);
        let scanner = Scanner::draw(&mut draw);
        let pages = scan(&self.typeset, &scanner, &mut draw)?;
        Ok(image_pdf(&pages, &self.identity))
    }
}

//! The Typst templates, by name.

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// Name and source of each template.
        pub(crate) const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name, ".typ")))),*];
    };
}

templates![
    "comun", "aclaraciones", "acta_er", "bancario", "caratula", "cedula_doc", "cert_exp", "cert_iess", "cert_sri",
    "compromiso_equipo", "compromiso_pers", "consorcio_constituido", "contrato_exp", "cv", "declaracion_juramentada",
    "distribuidor", "eeff", "escritura", "f101", "factura", "ficha_tecnica", "form_consorcio", "form_ii_etapa",
    "form_integridad", "form_subcon", "form_vinculacion", "fuo_1_1", "fuo_1_10_per", "fuo_1_11_eq", "fuo_1_12_pe",
    "fuo_1_2", "fuo_1_3", "fuo_1_4", "fuo_1_5_cant", "fuo_1_5_rubros", "fuo_1_6_apu", "fuo_1_6_comp", "fuo_1_7_met",
    "fuo_1_8_cron", "fuo_1_9_exp", "fuo_vae", "garantia_tec", "hoja_en_blanco", "matricula", "mipyme", "nombramiento",
    "oferta_consultoria", "plan_trabajo", "planilla", "pliego_doc", "poder", "poliza", "proforma", "resp_conv",
    "ruc_sri", "rup", "separador", "tdr", "titulo_doc",
];

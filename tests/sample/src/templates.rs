//! The Typst templates, by name.

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// Name and source of each template.
        pub(crate) const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name, ".typ")))),*];
    };
}

templates![
    "comun", "acta_er", "caratula", "cedula_doc", "cert_exp", "f101", "ficha_tecnica", "form_consorcio", "form_ii_etapa",
    "form_integridad", "fuo_1_10_per", "fuo_1_11_eq", "fuo_1_12_pe", "fuo_1_1", "fuo_1_2", "fuo_1_3", "fuo_1_4", "fuo_1_5_cant",
    "fuo_1_5_rubros", "fuo_1_6_apu", "fuo_1_6_comp", "fuo_1_7_met", "fuo_1_8_cron", "fuo_1_9_exp", "fuo_vae", "garantia_tec",
    "nombramiento", "ruc_sri",
];

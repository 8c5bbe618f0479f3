//! The pliego as SERCOP's tool writes it: a `.ushay` container with `proceso.xml` and attachments (the structure was learnt from public
//! files; every value here is invented).

use crate::SampleError;
use crate::numbers::WordsHabit;
use crate::scenario::{SampleProcedure, Scenario};
use base64::Engine;
use md5::{Digest, Md5};
use rust_decimal::Decimal;
use sha2::Sha256;

fn encoded(value: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(value)
}

struct Xml {
    text: String,
}

impl Xml {
    fn table(&mut self, name: &str, rows: &[Vec<(&str, String)>]) {
        self.text.push_str(&format!("<TABLE NAME=\"{name}\">\n"));
        for row in rows {
            self.text.push_str("<ROW>\n");
            for (column, value) in row {
                self.text.push_str(&format!(
                    "\t\t<{column}>{}</{column}>\n",
                    if value.is_empty() { String::new() } else { encoded(value) }
                ));
            }
            self.text.push_str("</ROW>\n");
        }
        self.text.push_str("</TABLE>\n");
    }
}

fn s(value: impl ToString) -> String {
    value.to_string()
}

/// Tells whether this pliego carries its prices encrypted, as newer tools do for subastas.
#[must_use]
pub(crate) fn encrypts_prices(scenario: &Scenario) -> bool {
    scenario.procedure == SampleProcedure::Sie && scenario.seed.is_multiple_of(2)
}

fn price(scenario: &Scenario, label: &str, value: String) -> String {
    if encrypts_prices(scenario) {
        // What the tool leaves there is opaque: so is this.
        let digest = Sha256::digest(format!("{} {label} {value}", scenario.seed));
        base64::engine::general_purpose::STANDARD
            .encode(digest)
            .replace('/', "_")
            .replace('+', "-")
            .replace('=', ",")
    } else {
        value
    }
}

/// Writes `proceso.xml`.
#[must_use]
pub(crate) fn process_xml(scenario: &Scenario, attachments: &[(String, String)]) -> Vec<u8> {
    let mut xml =
        Xml { text: String::from("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<CONTENIDO>\n") };
    let version = if scenario.procedure.works() { "1.12.3" } else { "1.13.0" };
    let key = hex::encode(Md5::digest(format!("EJEMPLO {}", scenario.code)));
    xml.text.push_str(&format!(
        "<VERSION>{}</VERSION>\n<CP>{}</CP>\n<BID>{}</BID>\n",
        encoded(version),
        encoded(&key),
        encoded("0")
    ));
    let entity = &scenario.entity;
    let works = scenario.procedure.works();
    // Identifiers of consultoría were not seen in a real file: the name tells the procedure.
    let (plan, plan_name, kind, form) = match scenario.procedure {
        SampleProcedure::Lico => ("PLI.LICOBR", "Licitación de Obras", "OBR", "OBR.LIC"),
        SampleProcedure::Sie | SampleProcedure::Lotes => ("PLI.SUBINV", "Subasta Inversa", "BIE", "BIE.SIE"),
        SampleProcedure::Consultoria => ("PLI.CONSUL", "Concurso Público de Consultoría", "CON", "CON.CON"),
    };
    let auction = scenario.procedure.auction();
    xml.table(
        "TMEP_INSTITUCIONES",
        &[vec![
            ("ID", s(1)),
            ("RUC", entity.ruc.clone()),
            ("NOMBRE_ENTID_CONTRAT", entity.name.clone()),
            ("CALLE_PRINCIPAL", "CALLE DE EJEMPLO".into()),
            ("INTERSECCION", "CALLE SIN NOMBRE".into()),
            ("NUMERO", "S/N".into()),
            ("CEDULA_MAX_AUTOR", entity.authority.cedula.clone()),
            ("NOMBRE_MAX_AUTOR", entity.authority.registry_name.clone()),
            ("CARGO_MAX_AUTOR", "MÁXIMA AUTORIDAD".into()),
            ("PROVINCIA_NOMBRE", entity.province.to_uppercase()),
            ("CANTON_NOMBRE", entity.canton.to_uppercase()),
        ]],
    );
    xml.table(
        "TMEP_CONTRATACIONES",
        &[vec![
            ("ID", s(8)),
            ("INSTITUCION_ID", "1.0".into()),
            ("CAT_PLIEGO_ID", plan.into()),
            ("FECHA", scenario.started.to_string()),
            ("COD_PROC", key),
            ("DESCRIPCION", format!("{} {}", scenario.code, scenario.object)),
            ("ACTIVO", s(1)),
            ("CAT_PLIEGO_NOMBRE", plan_name.into()),
        ]],
    );
    let budget = price(scenario, "PRT", s(scenario.budget));
    xml.table(
        "TMEP_REQUERIMIENTOS",
        &[vec![
            ("ID", s(8)),
            ("CONTRATACION_ID", s(8)),
            ("TIPO_COMPRA", kind.into()),
            ("TIPO_CONTRATACION", form.into()),
            ("OBJETO_CONTRATACION", scenario.object.clone()),
            ("TIPO_BIEN_SERVICIO", if auction { "NOR" } else { "NONOR" }.into()),
            ("PLAZO_EJEC", s(scenario.term)),
            ("UNIDAD_PLAZO_EJEC", "D".into()),
            ("TIPO_PLAZ_EJEC", s(1)),
            ("VIGENCIA_OFERTA", s(scenario.validity)),
            ("TIPO_AJUD", "T".into()),
            ("FECHA", scenario.started.to_string()),
            ("TIPO_PLIEGO", plan.into()),
            ("VARIACION_PUJA", if auction { s(1) } else { String::new() }),
            ("PRT", budget.clone()),
            ("TIPO_PLAZ_EJEC_NOMBRE", "A PARTIR DEL DÍA SIGUIENTE A LA SUSCRIPCIÓN DEL CONTRATO".into()),
            ("UMBRAL", if works { "30.19" } else { "0" }.into()),
        ]],
    );
    let files = attachments.iter().enumerate();
    let files: Vec<Vec<(&str, String)>> = files
        .map(|(index, (name, visible))| {
            vec![
                ("ID", s(100 + index)),
                ("CONTRATACION_ID", s(8)),
                ("ARCHIVO", name.clone()),
                ("NOMBRE_VISIBLE_ARCHIVO", visible.clone()),
                ("DESCRIPCION", visible.clone()),
                ("OFERTA", s(0)),
                ("TIPO", "PLI".into()),
            ]
        })
        .collect();
    xml.table("TMEP_ARCHIVOS", &files);
    match scenario.procedure {
        SampleProcedure::Lico => works_tables(&mut xml, scenario),
        SampleProcedure::Sie => goods_tables(&mut xml, scenario),
        SampleProcedure::Lotes => {
            goods_tables(&mut xml, scenario);
            lot_lines(&mut xml, scenario);
        }
        SampleProcedure::Consultoria => {
            goods_tables(&mut xml, scenario);
            scoring_tables(
                &mut xml,
                plan,
                &[
                    ("Experiencia general", 20, 1),
                    ("Experiencia específica", 30, 1),
                    ("Experiencia del personal técnico", 30, 1),
                    ("Plan de trabajo", 20, 1),
                ],
            );
            personnel_table(&mut xml, scenario);
        }
    }
    let words = WordsHabit::Titles.dollars(scenario.budget);
    xml.table(
        "TMEP_PLIEGOS",
        &[vec![
            ("ID", s(8)),
            ("REQUERIMIENTO_ID", s(8)),
            ("CODIGO_PROCESO", scenario.code.clone()),
            ("PRESUPUESTO_REFERENCIAL_NUMEROS", price(scenario, "números", s(scenario.budget))),
            ("PRESUPUESTO_REFERENCIAL_LETRAS", price(scenario, "letras", words)),
            ("FIRMA", "AUT".into()),
            ("TIENE_EXTRANJERO", s(0)),
        ]],
    );
    let index = |id: u32, value: &str, text: &str, name: &str| {
        vec![
            ("ID", s(id)),
            ("PLIEGOS_ID", s(8)),
            ("VALOR", value.into()),
            ("MEDIO", text.into()),
            ("ORDEN", s(id)),
            ("TIPO_INDICE", name.into()),
        ]
    };
    xml.table(
        "TMEP_INDICEPATRIMONIO",
        &[
            index(1, "1", "IGUAL O MAYOR A 1,0. REFERENCIAL: NO ES CAUSA DE RECHAZO", "Índice de Solvencia"),
            index(2, "1.5", "MENOR A 1,5. REFERENCIAL: NO ES CAUSA DE RECHAZO", "Índice de Endeudamiento"),
        ],
    );
    schedule(&mut xml, scenario, plan);
    xml.table(
        "TMEP_REQUISITOS_MINIMOS",
        &[vec![
            ("ID", s(8)),
            ("REQUERIMIENTO_ID", s(8)),
            ("OBSERVACION_INTEGRIDAD_OFERTA", String::new()),
            ("PATRIMONIO", s(scenario.patrimonio.normalize())),
        ]],
    );
    xml.table(
        "TMEP_MAT_FORMAS_PAGO",
        &[vec![
            ("ID", s(1)),
            ("REQUERIMIENTO_ID", s(8)),
            ("TIPO_PAGO", if works { "PPPL" } else { "PCES" }.into()),
            ("VALOR_PAGO", s(100)),
            ("DESCRIPCION_PAGO", "Pago de ejemplo".into()),
            ("TIPO_PAGO_NOMBRE", if works { "PAGO POR PLANILLA" } else { "PAGO CONTRA ENTREGA" }.into()),
        ]],
    );
    xml.text.push_str("</CONTENIDO>\n");
    xml.text.into_bytes()
}

fn goods_tables(xml: &mut Xml, scenario: &Scenario) {
    let mut specifications = Vec::new();
    let mut details = Vec::new();
    for (index, line) in scenario.lines.iter().enumerate() {
        specifications.push(vec![
            ("ID", s(index + 3)),
            ("REQUERIMIENTO_ID", s(8)),
            ("ORDINAL", s(index + 1)),
            ("DESCRIPCION", line.description.to_uppercase()),
            ("CANTIDAD", s(line.quantity)),
            ("UNIDADES", line.unit.clone()),
            ("PRECIO_REF_UNITARIO", price(scenario, &format!("u{index}"), s(line.reference))),
            (
                "PRECIO_REF_SUBTOTAL",
                price(
                    scenario,
                    &format!("s{index}"),
                    s(crate::numbers::cents(line.quantity * line.reference)),
                ),
            ),
            ("CPC_NIVEL9", line.cpc.clone()),
            ("CPC_NIVEL5", line.cpc.chars().take(5).collect()),
            ("CPC9_DESCRIPCION", line.description.to_uppercase()),
            ("TIPO_COMPRA", "BIE".into()),
            ("ID_PARTIDA", line_of_item(scenario, index)),
        ]);
        let Some(good) = scenario.good(line) else { continue };
        for (order, (asked, _)) in good.specifications.iter().enumerate() {
            details.push(vec![
                ("ID", s(details.len() + 3)),
                ("ESPECIFICACION_ID", s(index + 3)),
                ("CARACTERISTICA", line.description.to_uppercase()),
                ("ORDINAL", s(order + 1)),
                ("VALOR_REQUISITO", (*asked).into()),
                ("VALOR_CONDICION", String::new()),
                ("VALOR_CANTIDAD", s(line.quantity)),
                ("VALOR_UNIDAD", line.unit.clone()),
            ]);
        }
    }
    xml.table("TMEP_ESPE_TECNICAS", &specifications);
    xml.table("TMEP_ESPE_TEC_DET", &details);
}

/// Identifier of the budget line that an item stands in; empty where the process has no lots.
fn line_of_item(scenario: &Scenario, item: usize) -> String {
    let lot = scenario.lots.iter().position(|lot| lot.lines.contains(&item));
    lot.map_or_else(String::new, |lot| s(6 + lot))
}

/// The budget lines with the lots they are. Several of them were not seen in a real file; one was, with these columns.
fn lot_lines(xml: &mut Xml, scenario: &Scenario) {
    let rows: Vec<_> = scenario
        .lots
        .iter()
        .enumerate()
        .map(|(index, lot)| {
            let lines = || lot.lines.iter().filter_map(|place| scenario.lines.get(*place));
            let budget: Decimal =
                lines().map(|line| crate::numbers::cents(line.quantity * line.reference)).sum();
            let cpc = lines().next().map_or_else(String::new, |line| line.cpc.chars().take(5).collect());
            vec![
                ("ID", s(6 + index)),
                ("REQUERIMIENTO_ID", s(8)),
                ("PARTIDA_CUENTA", "EJEMPLO".into()),
                ("PRT", s(budget)),
                ("CPC5", cpc),
                ("CPC9", String::new()),
                ("TIPO_COMPRA", "BIE".into()),
                ("DESCRIPCION_LOTE", lot.name.clone()),
                ("ORDEN", s(index + 1)),
            ]
        })
        .collect();
    xml.table("TMEP_MAT_PRES_REF", &rows);
}

fn works_tables(xml: &mut Xml, scenario: &Scenario) {
    xml.table(
        "TMEP_PRESUPUESTO",
        &[vec![("ID", s(9)), ("PRECIO_TOTAL", s(scenario.budget)), ("REQUERIMIENTO_ID", s(8))]],
    );
    let rows: Vec<_> = scenario
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            vec![
                ("ID", s(311 + index)),
                ("PRESUPUESTO_ID", s(9)),
                ("RUBRO_DESCRIPCION", line.description.to_uppercase()),
                ("UNIDAD", line.unit.clone()),
                ("CANTIDAD", s(line.quantity.normalize())),
                ("PRECIO_VALOR_UNI", s(line.reference)),
                ("PRECIO_VALOR_GLO", s(crate::numbers::cents(line.quantity * line.reference))),
                ("NUMERO", s(index + 1)),
            ]
        })
        .collect();
    xml.table("TMEP_PRESUPUESTO_DET", &rows);
    let points = [
        ("Experiencia general", 10, 1),
        ("Experiencia específica", 15, 1),
        ("Experiencia del personal técnico", 5, 1),
        ("Oferta económica", 55, 1),
        ("Subtotal", 85, 1),
        ("Subcontratación con MIPYMES o EPS", 5, 2),
        ("Participación ecuatoriana", 10, 2),
    ];
    scoring_tables(xml, "PLI.LICOBR", &points);
    let rows: Vec<_> = scenario
        .equipment
        .iter()
        .enumerate()
        .map(|(index, (name, detail))| {
            vec![
                ("ID", s(32 + index)),
                ("DESCRIPCION", name.to_uppercase()),
                ("CANTIDAD", s(1)),
                ("REQUERIMIENTO_ID", s(8)),
                ("CARACTERISTICAS", (*detail).into()),
                ("ORDEN", s(index + 1)),
            ]
        })
        .collect();
    xml.table("TMEP_EQUIPOMINIMO", &rows);
    personnel_table(xml, scenario);
    let experience = |id: u32, kind: &str, text: &str, amount: Decimal| {
        vec![
            ("ID", s(id)),
            ("REQUERIMIENTO_ID", s(8)),
            ("TIPO", kind.into()),
            ("TEMPORALIDAD", s(20)),
            ("DESCRIPCION", text.into()),
            ("VALOR_MONTO_MINIMO", s(amount)),
            ("MONTO_MINIMO_POR_CONTRATO", String::new()),
            ("ORDEN", s(id - 12)),
        ]
    };
    xml.table(
        "TMEP_EXPERIENCIA",
        &[
            experience(13, "G", "Construcción de obras civiles en general", scenario.experience_general),
            experience(
                14,
                "E",
                "Construcción de obras similares al objeto de la contratación",
                scenario.experience_specific,
            ),
        ],
    );
}

fn schedule(xml: &mut Xml, scenario: &Scenario, plan: &str) {
    let answer_days = if scenario.procedure.auction() { s(3) } else { String::new() };
    xml.table(
        "TMEP_CRONOGRAMA",
        &[vec![
            ("ID", s(8)),
            ("REQUERIMIENTO_ID", s(8)),
            ("TIPO_CONTRATACION", plan.into()),
            ("DIAS_FECHALIMITECONVALIDACION", answer_days),
        ]],
    );
    let rows: Vec<_> = scenario
        .schedule
        .iter()
        .enumerate()
        .map(|(index, (code, stage, at, mark, deadline))| {
            vec![
                ("ID", s(88 + index)),
                ("CODIGO_ETAPA", code.clone()),
                ("CRONOGRAMA_ID", s(8)),
                ("FECHA", format!("{}/{:02}/{:02}", at.year(), at.month(), at.day())),
                ("HORA", format!("{:02}:{:02}", at.hour(), at.minute())),
                ("ORDEN", s(index + 1)),
                ("ETAPA", (*stage).into()),
                ("CONVALIDACION", (*mark).into()),
                ("MAXIMO", String::new()),
                ("MINIMO", String::new()),
                ("ANTERIOR", s(index)),
                ("ES_FECHA_ENTREGA", s(u8::from(*deadline))),
                ("OCULTO_VISTAPREVIA", s(0)),
            ]
        })
        .collect();
    xml.table("TMEP_CRONDETALLE", &rows);
}

/// Wraps the pliego into a `.ushay` container.
///
/// # Errors
/// Fails when the ZIP cannot be written.
pub(crate) fn container(entries: &[(String, Vec<u8>)]) -> Result<Vec<u8>, SampleError> {
    let sums: Vec<String> = entries.iter().map(|(_, bytes)| hex::encode(Md5::digest(bytes))).collect();
    let mut all = entries.to_vec();
    all.push(("zip.info".into(), format!("G{}", encoded(&sums.join(" "))).into_bytes()));
    let zip = crate::archive::pack(&all)?;
    let mut out = b"info.ushay:".to_vec();
    out.extend_from_slice(&hex::encode(Sha256::digest(&zip)).as_bytes()[..40]); // the tool's own recipe is not public
    out.extend_from_slice(b"sercop");
    out.extend_from_slice(&zip);
    let length = out.len().to_string();
    out.extend_from_slice(length.as_bytes());
    Ok(out)
}

/// What gives points: name, points, group.
fn scoring_tables(xml: &mut Xml, plan: &str, points: &[(&str, i32, i32)]) {
    xml.table(
        "TMEP_VALORACION",
        &[vec![
            ("ID", s(1)),
            ("REQUERIMIENTO_ID", s(8)),
            ("TOTAL", s(100)),
            ("TIPO_PLIEGO", plan.into()),
            ("VERSION", "1.2".into()),
        ]],
    );
    let rows: Vec<_> = points
        .iter()
        .enumerate()
        .map(|(index, (name, value, group))| {
            vec![
                ("ID", s(index + 1)),
                ("VALORACION_ID", s(1)),
                ("CODIGO", s(index + 1)),
                ("NOMBRE", (*name).into()),
                ("OBLIGATORIO", "S".into()),
                ("GRUPO", s(group)),
                ("VALOR", s(value)),
                ("MENSAJE_PLIEGO", String::new()),
            ]
        })
        .collect();
    xml.table("TMEP_VALORACION_DET", &rows);
}

fn personnel_table(xml: &mut Xml, scenario: &Scenario) {
    let rows: Vec<_> = scenario
        .personnel
        .iter()
        .enumerate()
        .map(|(index, (role, title))| {
            vec![
                ("ID", s(9 + index)),
                ("REQUERIMIENTO_ID", s(8)),
                ("CARGO", (*role).into()),
                ("NIVEL_ESTUDIO", "TERCER NIVEL CON TÍTULO".into()),
                ("DESCRIPCION", (*title).into()),
                ("CANTIDAD", s(1)),
                ("ORDEN", s(index + 1)),
            ]
        })
        .collect();
    xml.table("TMEP_PERSONALTECNICO", &rows);
}

//! `cotejo reglas …`: rule packs: what they say, checking and comparing files, installing signed ones, and what the entity records.

use crate::output;
use clap::Subcommand;
use cotejo_casework::view::{
    CaseRulesView, EntityDayView, RulePackContents, RulePackView, RulesCheckView, RulesComparisonView,
    RulesView, TermView,
};
use cotejo_casework::{CaseworkError, Desk, DeskSettings, EntityDayOrder, EntityValueOrder};
use cotejo_catalogue::message;
use jiff::civil::Date;
use serde::Serialize;
use std::path::PathBuf;

/// Names what is done with the rules; without it the packs are listed.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesAct {
    /// Muestra los paquetes, o los valores de uno con su fuente
    Listar {
        /// El paquete, como ec-2025-de193, o un archivo
        paquete: Option<String>,
        /// Sólo los valores que nadie ha verificado
        #[arg(long = "sin-verificar")]
        sin_verificar: bool,
    },
    /// Revisa un archivo de reglas y dice todo lo que está mal, con su lugar
    Validar {
        /// El archivo, borrador o firmado
        archivo: PathBuf,
    },
    /// Dice qué cambió entre dos paquetes o archivos, con las dos fuentes
    Comparar {
        /// El primero
        antes: String,
        /// El segundo
        despues: String,
    },
    /// Escribe un paquete con sus padres para editarlo
    Exportar {
        /// El paquete
        paquete: String,
        /// El archivo que se escribe
        #[arg(long)]
        salida: PathBuf,
    },
    /// Firma un borrador con la clave de este equipo
    Firmar {
        /// El borrador
        archivo: PathBuf,
        /// El archivo firmado que se escribe
        #[arg(long)]
        salida: PathBuf,
    },
    /// Instala un archivo firmado: los casos nuevos se evalúan con él
    Instalar {
        /// El archivo
        archivo: PathBuf,
        /// Lo acepta aunque no sea más nuevo que el que se usa
        #[arg(long = "aunque-anterior")]
        aunque_anterior: bool,
    },
    /// Quita un archivo instalado
    Quitar {
        /// SHA-256 del archivo
        archivo: String,
    },
    /// Acepta archivos de un editor, por su huella: su clave pública Ed25519 completa, en hexadecimal
    Confiar {
        /// La huella
        huella: String,
    },
    /// Deja de aceptar archivos de un editor
    Desconfiar {
        /// La huella
        huella: String,
    },
    /// Anota que una persona leyó un valor en su fuente y es correcto
    Verificar {
        /// La clave del valor
        clave: String,
        /// El paquete
        #[arg(long)]
        paquete: String,
        /// Quién lo verificó
        #[arg(long)]
        por: String,
        /// Con qué documento: Registro Oficial, página
        #[arg(long)]
        documento: String,
    },
    /// Pone un valor de la entidad en lugar del valor del paquete; el pliego va antes que los dos
    Fijar {
        /// La clave del valor
        clave: String,
        /// El valor, como JSON; los decimales entre comillas
        valor: String,
        /// El paquete
        #[arg(long)]
        paquete: String,
        /// Su unidad, si es otra
        #[arg(long)]
        unidad: Option<String>,
        /// De dónde sale
        #[arg(long)]
        fuente: String,
        /// Por qué
        #[arg(long)]
        motivo: String,
        /// Quién responde por él, si no es la persona de este equipo
        #[arg(long)]
        por: Option<String>,
    },
    /// Retira lo que la entidad anotó sobre un valor o una bandera: su verificación, su valor, su fecha
    Anular {
        /// La clave, o bandera.ARTÍCULO
        clave: String,
        /// El paquete
        #[arg(long)]
        paquete: String,
        /// Quién lo retira, si no es la persona de este equipo
        #[arg(long)]
        por: Option<String>,
    },
    /// Anota desde cuándo rige un artículo en transición, según el anuncio de SERCOP
    Bandera {
        /// El artículo, como 266
        articulo: String,
        /// El paquete
        #[arg(long)]
        paquete: String,
        /// Desde qué día: vale para los procesos que empiezan ese día o después
        #[arg(long)]
        desde: Date,
        /// El anuncio
        #[arg(long)]
        fuente: String,
        /// Quién lo anota, si no es la persona de este equipo
        #[arg(long)]
        por: Option<String>,
    },
    /// Dice con qué paquete se evalúa un caso y qué cambiaría con el de hoy, sin aplicarlo
    Caso {
        /// El caso
        caso: String,
    },
    /// Cuenta un término en días hábiles y muestra cada día
    Termino {
        /// El día de la notificación, que no se cuenta
        #[arg(long)]
        desde: Date,
        /// Cuántos días
        #[arg(long)]
        dias: u32,
        /// El cantón cuyos feriados locales no se cuentan
        #[arg(long)]
        canton: Option<String>,
    },
    /// Muestra o cambia los días que la entidad agregó a su calendario
    Feriado {
        /// El día; sin él se listan
        dia: Option<Date>,
        /// El cantón; sin él vale en todas partes
        #[arg(long)]
        canton: Option<String>,
        /// Cómo se llama
        #[arg(long, default_value = "")]
        nombre: String,
        /// La ordenanza, el decreto o la resolución
        #[arg(long, default_value = "")]
        fuente: String,
        /// Es una suspensión de la jornada
        #[arg(long)]
        suspension: bool,
        /// Quita el día
        #[arg(long, conflicts_with_all = ["nombre", "fuente", "suspension"])]
        quitar: bool,
    },
}

pub(crate) async fn run(
    settings: DeskSettings,
    act: Option<RulesAct>,
    json: bool,
) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let act = act.unwrap_or(RulesAct::Listar { paquete: None, sin_verificar: false });
    match act {
        RulesAct::Listar { paquete: None, .. } => told(&desk.rules().await?, json, list),
        RulesAct::Listar { paquete: Some(name), sin_verificar } => {
            let mut contents = desk.rule_values(&name).await?;
            contents.values.retain(|value| !sin_verificar || !value.verified);
            told(&contents, json, values)
        }
        RulesAct::Validar { archivo } => {
            let checked = desk.check_rules(&archivo).await?;
            told(&checked, json, check)?;
            Ok(u8::from(!checked.sound || checked.signature == "rota" && checked.pack.is_none()))
        }
        RulesAct::Comparar { antes, despues } => {
            told(&desk.compare_rules(&antes, &despues).await?, json, changes)
        }
        RulesAct::Exportar { paquete, salida } => {
            desk.export_rules(&paquete, &salida).await?;
            written(&salida, None, json)
        }
        RulesAct::Firmar { archivo, salida } => {
            let key = desk.sign_rules(&archivo, &salida).await?;
            written(&salida, Some(&key), json)
        }
        RulesAct::Instalar { archivo, aunque_anterior } => {
            told(&desk.install_rules(&archivo, aunque_anterior).await?, json, list)
        }
        RulesAct::Quitar { archivo } => told(&desk.remove_rules(&archivo).await?, json, list),
        RulesAct::Confiar { huella } => told(&desk.trust_rules_publisher(&huella, true).await?, json, list),
        RulesAct::Desconfiar { huella } => {
            told(&desk.trust_rules_publisher(&huella, false).await?, json, list)
        }
        RulesAct::Verificar { clave, paquete, por, documento } => {
            let contents = desk.verify_rule(&paquete, &clave, &por, &documento).await?;
            told(&only(contents, &clave), json, values)
        }
        RulesAct::Fijar { clave, valor, paquete, unidad, fuente, motivo, por } => {
            let order = EntityValueOrder {
                pack: &paquete,
                key: &clave,
                value: &valor,
                unit: unidad.as_deref(),
                source: &fuente,
                reason: &motivo,
                by: por.as_deref(),
            };
            let contents = desk.set_rule(order).await?;
            told(&only(contents, &clave), json, values)
        }
        RulesAct::Anular { clave, paquete, por } => {
            let contents = desk.withdraw_rule(&paquete, &clave, por.as_deref()).await?;
            told(&only(contents, &clave), json, values)
        }
        RulesAct::Bandera { articulo, paquete, desde, fuente, por } => {
            let contents = desk.switch_flag(&paquete, &articulo, desde, &fuente, por.as_deref()).await?;
            told(&only(contents, &format!("bandera.{articulo}")), json, values)
        }
        RulesAct::Caso { caso } => told(&desk.case_rules(&caso).await?, json, of_case),
        RulesAct::Termino { desde, dias, canton } => {
            told(&desk.term(desde, dias, canton.as_deref()).await?, json, term)
        }
        RulesAct::Feriado { dia, canton, nombre, fuente, suspension, quitar } => {
            let days = match (dia, quitar) {
                (None, _) => desk.entity_days().await?,
                (Some(day), true) => desk.remove_entity_day(day, canton.as_deref()).await?,
                (Some(day), false) => {
                    let order = EntityDayOrder {
                        day,
                        canton: canton.as_deref(),
                        name: &nombre,
                        source: &fuente,
                        suspension,
                    };
                    desk.add_entity_day(order).await?
                }
            };
            told(&days, json, |days| days_of_entity(days))
        }
    }
}

fn told<T: Serialize>(view: &T, json: bool, print: impl Fn(&T)) -> Result<u8, CaseworkError> {
    if json {
        output::json(view)?;
    } else {
        print(view);
    }
    Ok(0)
}

fn written(path: &std::path::Path, publisher: Option<&str>, json: bool) -> Result<u8, CaseworkError> {
    let path = path.display().to_string();
    if json {
        output::json(&serde_json::json!({ "file": path, "publisher": publisher }))?;
        return Ok(0);
    }
    output::line(&message("cli.rules.written", &[("archivo", &path)]));
    if let Some(publisher) = publisher {
        output::line(&message("cli.rules.fingerprint", &[("huella", publisher)]));
    }
    Ok(0)
}

/// Leaves the one value or flag that was acted on.
fn only(mut contents: RulePackContents, key: &str) -> RulePackContents {
    let flag = key.strip_prefix("bandera.");
    contents.values.retain(|value| value.key == key);
    contents.flags.retain(|known| Some(known.id.as_str()) == flag);
    contents
}

fn pack_line(pack: &RulePackView) -> String {
    let open = message("cli.rules.open", &[]);
    let (version, values, unverified) =
        (pack.version.to_string(), pack.values.to_string(), pack.unverified_values.to_string());
    let from = match &pack.file {
        Some(file) => file.as_str(),
        None if pack.built_in => &message("cli.rules.built_in", &[]),
        None => "",
    };
    message(
        "cli.rules.pack",
        &[
            ("paquete", &pack.id),
            ("version", &version),
            ("desde", &pack.valid_from),
            ("hasta", pack.valid_to.as_deref().unwrap_or(&open)),
            ("valores", &values),
            ("sin_verificar", &unverified),
            ("origen", from),
        ],
    )
}

fn list(view: &RulesView) {
    for pack in &view.packs {
        output::line(&format!("{} {}", if pack.used { '*' } else { ' ' }, pack_line(pack)));
        if let Some(warning) = &pack.warning {
            output::line(&format!("    ! {warning}"));
        }
    }
    for refused in &view.refused {
        output::line(&format!("! {}", message("cli.rules.refused", &[("archivo", refused)])));
    }
    for (index, publisher) in view.publishers.iter().enumerate() {
        let key = if index == 0 { "cli.rules.own" } else { "cli.rules.publisher" };
        output::line(&message(key, &[("huella", publisher)]));
    }
}

fn values(contents: &RulePackContents) {
    output::line(&pack_line(&contents.pack));
    for value in &contents.values {
        let unit = value.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let mark = if value.verified { "" } else { &message("cli.rules.unverified", &[]) };
        let odd = if value.suspicious { &message("cli.rules.suspicious", &[]) } else { "" };
        output::line(format!("{} = {}{unit} {mark}{odd}", value.key, value.value).trim_end());
        output::line(&format!("    {} · {}", value.source, value.stated_by));
        if let Some(confirmed) = &value.confirmed {
            output::line(&format!("    {}", message("cli.rules.confirmed", &[("quien", confirmed)])));
        }
        if let Some(note) = &value.note {
            output::line(&format!("    {note}"));
        }
    }
    for flag in &contents.flags {
        let since = match &flag.valid_from {
            Some(date) => message("cli.rules.flag_since", &[("fecha", date)]),
            None => message("cli.rules.flag_waiting", &[]),
        };
        output::line(&format!("bandera.{}  {}  {since}", flag.id, flag.title));
        output::line(&format!("    {} ({})", flag.article, flag.in_transition_by));
        output::line(&format!("    {}", message("cli.rules.flag_before", &[("texto", &flag.before)])));
        if !flag.switches.is_empty() {
            let list = flag.switches.join(", ");
            output::line(&format!("    {}", message("cli.rules.flag_switches", &[("claves", &list)])));
        }
        if let (Some(source), Some(recorded)) = (&flag.source, &flag.recorded) {
            output::line(&format!("    {source} · {recorded}"));
        }
    }
    if !contents.removed.is_empty() {
        output::line(&message("cli.rules.removed", &[("claves", &contents.removed.join(", "))]));
    }
}

fn check(view: &RulesCheckView) {
    for problem in &view.problems {
        output::line(&problem.message);
        output::line(&format!("    {}", output::told("", &problem.remedy, &problem.code)));
    }
    match &view.pack {
        Some(pack) => output::line(&message("cli.rules.sound", &[("paquete", &pack_line(pack))])),
        None => {
            let count = view.problems.len().to_string();
            output::line(&message("cli.rules.unsound", &[("archivo", &view.file), ("numero", &count)]));
        }
    }
    output::line(&view.signature_note);
    if let Some(publisher) = &view.publisher {
        output::line(&message("cli.rules.fingerprint", &[("huella", publisher)]));
    }
}

fn changes(view: &RulesComparisonView) {
    output::line(&message("cli.rules.compared", &[("antes", &view.before), ("despues", &view.after)]));
    if view.differences.is_empty() {
        output::line(&message("cli.rules.nothing_changed", &[]));
    }
    for difference in &view.differences {
        output::line(&format!("{}: {}", difference.key, difference.change_name));
        let sides = [
            (
                '-',
                &difference.before,
                &difference.before_unit,
                &difference.before_source,
                difference.before_verified,
            ),
            (
                '+',
                &difference.after,
                &difference.after_unit,
                &difference.after_source,
                difference.after_verified,
            ),
        ];
        for (sign, value, unit, source, verified) in sides {
            let Some(value) = value else { continue };
            let unit = unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let mark = if verified == Some(false) { &message("cli.rules.unverified", &[]) } else { "" };
            output::line(format!("  {sign} {value}{unit} {mark}").trim_end());
            output::line(&format!("      {}", source.as_deref().unwrap_or_default()));
        }
    }
}

fn of_case(view: &CaseRulesView) {
    if !view.id.is_empty() {
        let version = view.version.map(|version| format!("@{version}")).unwrap_or_default();
        output::line(&format!("{}{version}  {}", view.id, view.sha256));
    }
    output::line(&view.note);
    if let Some(comparison) = &view.comparison {
        changes(comparison);
    }
}

fn term(view: &TermView) {
    for day in &view.working {
        let number = day.number.map_or_else(|| "  ·".to_owned(), |number| format!("{number:>3}"));
        let mark = if day.verified { "" } else { &message("cli.rules.unverified", &[]) };
        output::line(format!("{number}  {}  {:<9}  {} {mark}", day.day, day.weekday, day.reason).trim_end());
    }
    let days = view.days.to_string();
    output::line(&message("cli.rules.due", &[("dias", &days), ("desde", &view.from), ("vence", &view.due)]));
    for remark in &view.remarks {
        output::line(&format!("! {remark}"));
    }
}

fn days_of_entity(days: &[EntityDayView]) {
    if days.is_empty() {
        output::line(&message("cli.rules.no_days", &[]));
    }
    for day in days {
        let everywhere = message("cli.rules.everywhere", &[]);
        let canton = day.canton.as_deref().unwrap_or(&everywhere);
        output::line(&format!("{}  {canton}  {}  {} · {}", day.day, day.name, day.source, day.recorded));
    }
}

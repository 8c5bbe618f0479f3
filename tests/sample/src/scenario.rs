//! The process of a sample: what is bought, by whom, when, and what the pliego asks.

use crate::identity::{Entity, Registry};
use crate::numbers::cents;
use crate::random::Draw;
use crate::themes::{GOODS, GoodsTheme, STUDIES, WAGES, WORKS, WorksTheme};
use jiff::civil::{Date, DateTime, Weekday, date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Names the procedures that the sample makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SampleProcedure {
    /// Subasta inversa electrónica.
    Sie,
    /// Licitación de obras.
    Lico,
    /// Concurso público de consultoría: a technical envelope, and an economic one that stays sealed.
    Consultoria,
    /// Subasta inversa electrónica in three lots.
    Lotes,
}

impl SampleProcedure {
    /// Reads the short name of the command line: `sie`, `lico`, `consultoria` or `lotes`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "sie" => Some(Self::Sie),
            "lico" => Some(Self::Lico),
            "consultoria" => Some(Self::Consultoria),
            "lotes" => Some(Self::Lotes),
            _ => None,
        }
    }

    /// Tells whether works are bought.
    #[must_use]
    pub fn works(self) -> bool {
        self == Self::Lico
    }

    /// Tells whether a consultancy is bought, whose prices come in an envelope of their own.
    #[must_use]
    pub fn consultancy(self) -> bool {
        self == Self::Consultoria
    }

    /// Tells whether the price is settled in a puja.
    #[must_use]
    pub fn auction(self) -> bool {
        matches!(self, Self::Sie | Self::Lotes)
    }

    /// Returns the name as papers print it.
    #[must_use]
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sie | Self::Lotes => "SUBASTA INVERSA ELECTRÓNICA",
            Self::Lico => "LICITACIÓN DE OBRAS",
            Self::Consultoria => "CONCURSO PÚBLICO DE CONSULTORÍA",
        }
    }

    /// Returns the prefix of the process codes.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Sie | Self::Lotes => "SIE",
            Self::Lico => "LICO",
            Self::Consultoria => "CPC",
        }
    }
}

/// One line of what is bought.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// CPC of nine digits.
    pub cpc: String,
    /// Description.
    pub description: String,
    /// Unit.
    pub unit: String,
    /// Quantity.
    pub quantity: Decimal,
    /// Reference unit price.
    pub reference: Decimal,
    /// Place within the theme.
    pub index: usize,
}

/// The theme behind the lines.
#[derive(Clone, Copy)]
pub(crate) enum Theme {
    /// Goods.
    Goods(&'static GoodsTheme),
    /// Works.
    Works(&'static WorksTheme),
}

/// A fictional process.
#[derive(Clone)]
pub(crate) struct Scenario {
    /// Seed.
    pub seed: u64,
    /// Procedure.
    pub procedure: SampleProcedure,
    /// Regime by the date of the start.
    pub regime: &'static str,
    /// Buying body.
    pub entity: Entity,
    /// Code.
    pub code: String,
    /// Object.
    pub object: String,
    /// Lines.
    pub lines: Vec<Line>,
    /// Lots, where there are several.
    pub lots: Vec<crate::lots::SampleLot>,
    /// Theme.
    pub theme: Theme,
    /// Presupuesto referencial.
    pub budget: Decimal,
    /// Term in days.
    pub term: u32,
    /// Validity in days.
    pub validity: u32,
    /// Technical guarantee in months.
    pub guarantee_months: u32,
    /// Minimum patrimonio.
    pub patrimonio: Decimal,
    /// Minimum general experience (works).
    pub experience_general: Decimal,
    /// Minimum specific experience (works).
    pub experience_specific: Decimal,
    /// Start.
    pub started: Date,
    /// Deadline for bids.
    pub due: DateTime,
    /// Personnel asked (works).
    pub personnel: Vec<(&'static str, &'static str)>,
    /// Equipment asked (works).
    pub equipment: Vec<(&'static str, &'static str)>,
    /// Schedule: code, name, date and hour, mark of convalidación, whether it is the deadline.
    pub schedule: Vec<(String, &'static str, DateTime, &'static str, bool)>,
}

/// Steps forward working days; the sample's dates keep clear of holidays.
fn working_days(start: Date, days: u32) -> Date {
    let mut day = start;
    let mut left = days;
    while left > 0 {
        day = day.tomorrow().unwrap_or(day);
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day
}

fn lines_of_goods(theme: &GoodsTheme, draw: &mut Draw) -> Vec<Line> {
    let mut chosen: Vec<usize> = (0..theme.goods.len()).collect();
    if chosen.len() > 3 && draw.once_in(3) {
        chosen.remove(draw.below(chosen.len()));
    }
    chosen
        .into_iter()
        .map(|index| {
            let good = &theme.goods[index];
            Line {
                cpc: good.cpc.into(),
                description: good.description.into(),
                unit: good.unit.into(),
                quantity: Decimal::from(draw.between(good.quantity.0, good.quantity.1)),
                reference: Decimal::new(draw.between(good.price.0, good.price.1), 2),
                index,
            }
        })
        .collect()
}

fn lines_of_works(theme: &WorksTheme, draw: &mut Draw, scale: i64) -> Vec<Line> {
    theme
        .rubros
        .iter()
        .enumerate()
        .map(|(index, rubro)| {
            let whole = matches!(rubro.unit, "u" | "pto" | "km");
            let quantity = draw.between(rubro.quantity.0 * scale, rubro.quantity.1 * scale);
            let quantity =
                if whole { Decimal::from((quantity / 100).max(1)) } else { Decimal::new(quantity, 2) };
            let analysis = crate::apu::Analysis::of(rubro, &crate::apu::Costs::reference());
            Line {
                cpc: theme.cpc.0.into(),
                description: rubro.description.into(),
                unit: rubro.unit.into(),
                quantity,
                reference: analysis.offered,
                index,
            }
        })
        .collect()
}

fn patrimonio_of_works(budget: Decimal) -> Decimal {
    let rows = [
        (200_000, 500_000, 3_000, "0.05"),
        (500_000, 1_000_000, 15_000, "0.10"),
        (1_000_000, 5_000_000, 75_000, "0.125"),
    ];
    for (low, high, base, share) in rows {
        if budget > Decimal::from(low) && budget <= Decimal::from(high) {
            let excess = budget - Decimal::from(low) - Decimal::new(1, 2);
            return Decimal::from(base) + excess * Decimal::from_str_exact(share).unwrap_or_default();
        }
    }
    Decimal::ZERO
}

impl Scenario {
    /// Draws the process of a seed.
    #[must_use]
    pub(crate) fn draw(procedure: SampleProcedure, seed: u64, registry: &mut Registry) -> Self {
        let mut draw = Draw::new(seed, "proceso");
        let entity = registry.entity(procedure.works());
        let (regime, mut started) = match seed % 3 {
            0 => ("ec-2023", date(2024, 8, 20)),
            1 => ("ec-2025-de193", date(2025, 12, 1)),
            _ => ("ec-2026-de461", date(2026, 8, 17)),
        };
        started = working_days(started, u32::try_from(draw.between(0, 4)).unwrap_or(0));
        let number = draw.between(1, 148);
        let year = started.year();
        let code = match draw.below(4) {
            0 => format!("{}-{}-{year}-{number:03}", procedure.prefix(), entity.siglas),
            1 => format!("{}-{}-{number:03}-{year}", procedure.prefix(), entity.siglas),
            2 => format!("{}-{}-{year}-{number:05}", procedure.prefix(), entity.siglas),
            _ => format!("{}-{}-{year}-{number:02}", procedure.prefix(), entity.siglas),
        };
        let (theme, object, lines) = if procedure.works() {
            let theme = draw.choose(WORKS);
            // Licitación de obras began above 0.00003 of the State's budget until 2025: 998,817.10 in 2024.
            let scale = if regime == "ec-2023" { 430 } else { 170 };
            (Theme::Works(theme), theme.object, lines_of_works(theme, &mut draw, scale))
        } else {
            let theme = draw.choose(if procedure.consultancy() { STUDIES } else { GOODS });
            (Theme::Goods(theme), theme.object, lines_of_goods(theme, &mut draw))
        };
        let budget = cents(lines.iter().map(|line| cents(line.quantity * line.reference)).sum());
        let patrimonio = if procedure.works() {
            patrimonio_of_works(budget)
        } else if procedure.consultancy() {
            Decimal::ZERO
        } else {
            cents(budget * Decimal::new(draw.between(12, 30), 2))
        };
        let (general, specific) = match procedure {
            SampleProcedure::Lico if regime == "ec-2023" => (50, 25),
            SampleProcedure::Lico => (20, 10),
            _ => (0, 0),
        };
        let share = |percent: i64| cents(budget * Decimal::new(percent, 2));
        let (schedule, due) = schedule(procedure, started);
        Self {
            seed,
            procedure,
            regime,
            code,
            object: format!(
                "{object}{}",
                if procedure.works() {
                    format!(", CANTÓN {}", entity.canton.to_uppercase())
                } else {
                    String::new()
                }
            ),
            entity,
            lots: if procedure == SampleProcedure::Lotes { crate::lots::parted(&lines) } else { Vec::new() },
            lines,
            theme,
            budget,
            term: *draw.choose(if procedure.works() { &[120, 150, 180, 210] } else { &[30, 45, 60, 90] }),
            validity: *draw.choose(&[60, 90, 90, 120]),
            guarantee_months: *draw.choose(&[12, 24, 36]),
            patrimonio,
            experience_general: share(general),
            experience_specific: share(specific),
            started,
            due,
            personnel: if procedure.works() {
                vec![
                    ("Superintendente de obra", "Ingeniero Civil"),
                    ("Residente de obra", "Ingeniero Civil"),
                    ("Especialista ambiental", "Ingeniero Ambiental"),
                ]
            } else if procedure.consultancy() {
                vec![
                    ("Director del estudio", "Ingeniero Civil"),
                    ("Especialista estructural", "Ingeniero Civil"),
                    ("Especialista ambiental", "Ingeniero Ambiental"),
                ]
            } else {
                Vec::new()
            },
            equipment: if procedure.works() {
                vec![
                    ("Retroexcavadora", "Potencia mínima de 85 HP"),
                    ("Volqueta", "Capacidad mínima de 8 m3"),
                    ("Concretera de un saco", "Motor a gasolina"),
                    ("Rodillo vibratorio", "Peso mínimo de 8 toneladas"),
                ]
            } else {
                Vec::new()
            },
            schedule,
        }
    }

    /// Returns the goods of a line, when goods are bought.
    #[must_use]
    pub(crate) fn good(&self, line: &Line) -> Option<&'static crate::themes::Good> {
        match self.theme {
            Theme::Goods(theme) => theme.goods.get(line.index),
            Theme::Works(_) => None,
        }
    }

    /// Returns the rubro of a line, when works are bought.
    #[must_use]
    pub(crate) fn rubro(&self, line: &Line) -> Option<&'static crate::themes::Rubro> {
        match self.theme {
            Theme::Works(theme) => theme.rubros.get(line.index),
            Theme::Goods(_) => None,
        }
    }
}

type Schedule = Vec<(String, &'static str, DateTime, &'static str, bool)>;

fn schedule(procedure: SampleProcedure, started: Date) -> (Schedule, DateTime) {
    let at = |days: u32, hour: i8, minute: i8| working_days(started, days).at(hour, minute, 0, 0);
    let rows: &[(&'static str, u32, i8, i8, &'static str, bool)] = match procedure {
        SampleProcedure::Sie | SampleProcedure::Lotes => &[
            ("Fecha de publicación del procedimiento en el portal", 0, 17, 30, "SN", false),
            ("Fecha límite para efectuar preguntas", 3, 17, 0, "SN", false),
            ("Fecha límite para emitir respuestas y aclaraciones", 6, 17, 0, "SN", false),
            ("Fecha límite para recepción de las ofertas técnicas", 10, 10, 0, "SN", true),
            ("Fecha de apertura de ofertas", 10, 11, 0, "N", false),
            ("Fecha límite calificación técnica de participantes", 14, 17, 0, "N", false),
            ("Fecha inicio de puja", 16, 11, 0, "N", false),
            ("Fecha fin de puja", 16, 11, 30, "N", false),
            ("Fecha estimada de adjudicación", 22, 17, 0, "N", false),
            ("Fecha límite para solicitar convalidación de errores", 12, 17, 0, "S", false),
            ("Fecha límite para convalidación de errores", 15, 17, 0, "S", false),
            ("Fecha límite para la calificación técnica de participantes", 18, 17, 0, "S", false),
            ("Fecha inicio de puja", 20, 11, 0, "S", false),
            ("Fecha fin de puja", 20, 11, 30, "S", false),
            ("Fecha estimada de adjudicación", 26, 17, 0, "S", false),
        ],
        SampleProcedure::Consultoria => &[
            ("Fecha de Publicación", 0, 12, 0, "SN", false),
            ("Fecha límite de preguntas", 4, 12, 30, "SN", false),
            ("Fecha límite de respuestas y aclaraciones", 8, 17, 30, "SN", false),
            ("Fecha límite de entrega de ofertas técnica y económica", 16, 15, 0, "SN", true),
            ("Fecha de apertura de oferta técnica", 16, 16, 0, "SN", false),
            ("Fecha límite de calificación técnica", 22, 17, 30, "N", false),
            ("Fecha de apertura de oferta económica", 24, 10, 0, "N", false),
            ("Fecha límite de negociación", 27, 17, 30, "N", false),
            ("Fecha estimada de adjudicación", 32, 17, 30, "N", false),
            ("Fecha límite para solicitar convalidación de errores", 19, 17, 30, "S", false),
            ("Fecha límite para convalidación de errores", 24, 17, 30, "S", false),
            ("Fecha límite de calificación técnica", 28, 17, 30, "S", false),
            ("Fecha de apertura de oferta económica", 30, 10, 0, "S", false),
            ("Fecha límite de negociación", 33, 17, 30, "S", false),
            ("Fecha estimada de adjudicación", 38, 17, 30, "S", false),
        ],
        SampleProcedure::Lico => &[
            ("Fecha de Publicación", 0, 12, 0, "SN", false),
            ("Fecha límite de preguntas", 5, 12, 30, "SN", false),
            ("Fecha límite de respuestas y aclaraciones", 10, 17, 30, "SN", false),
            ("Fecha límite de entrega de ofertas", 18, 15, 0, "SN", true),
            ("Fecha de apertura de ofertas", 18, 16, 0, "SN", false),
            ("Fecha estimada de adjudicación", 30, 17, 30, "N", false),
            ("Fecha límite para solicitar convalidación de errores", 21, 17, 30, "S", false),
            ("Fecha límite para convalidación de errores", 26, 17, 30, "S", false),
            ("Fecha estimada de adjudicación", 36, 17, 30, "S", false),
        ],
    };
    let stem = match procedure {
        SampleProcedure::Sie | SampleProcedure::Lotes => "SUBINV",
        SampleProcedure::Lico => "LICOBR",
        SampleProcedure::Consultoria => "CONSUL",
    };
    let mut due = started.at(10, 0, 0, 0);
    let mut out = Vec::new();
    for (index, (name, days, hour, minute, mark, deadline)) in rows.iter().enumerate() {
        let moment = at(*days, *hour, *minute);
        if *deadline {
            due = moment;
        }
        out.push((format!("{stem}{:02}", index + 1), *name, moment, *mark, *deadline));
    }
    (out, due)
}

/// Returns the hourly wage of a category, in cents.
#[must_use]
pub(crate) fn wage(category: &str) -> i64 {
    WAGES.iter().find(|(name, _)| *name == category).map_or(410, |(_, cents)| *cents)
}

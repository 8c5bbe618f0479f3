//! The bidders of a process: who they are, how they write, what they ask, and what is planted in their papers.

use crate::apu::{Analysis, Costs};
use crate::identity::{Party, Registry, with_wrong_check_digit};
use crate::numbers::{DateHabit, Notation, WordsHabit, cents};
use crate::random::Draw;
use crate::scenario::{SampleProcedure, Scenario};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What kind of bidder it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Everything right.
    Clean,
    /// A promised consortium.
    Consortium,
    /// Everything scanned.
    Scanned,
    /// Full of defects.
    Faulty,
    /// Everything right but few papers of experience: under the technical minimum of a consultancy.
    Weak,
    /// One form missing, which its answer brings.
    Cures,
    /// One form empty, which its answer speaks of and does not bring.
    Leaves,
}

impl Profile {
    /// Returns the word of the truth file.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Clean => "limpio",
            Self::Consortium => "consorcio",
            Self::Scanned => "escaneado",
            Self::Faulty => "defectuoso",
            Self::Weak => "bajo_minimo",
            Self::Cures => "subsana",
            Self::Leaves => "no_subsana",
        }
    }
}

/// A planted defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A form is not there.
    MissingForm(&'static str),
    /// A form has no electronic signature.
    UnsignedForm(&'static str),
    /// A form was handed in as the empty template.
    BlankForm(&'static str),
    /// The total of a line is not quantity times price.
    LineTotal,
    /// The total is not the sum of the lines.
    Sum,
    /// The words state another amount than the figures.
    Words,
    /// The unit price of the table is not that of the analysis.
    Apu,
    /// One form carries the code of another process.
    WrongCode(&'static str),
    /// The RUC certificate shows another number than the forms.
    RucDisagrees,
    /// The number's check digit does not agree, in every paper.
    RucCheckDigit,
    /// The term is longer than allowed.
    Term,
    /// The validity is shorter than asked.
    Validity,
    /// The patrimonio is below the minimum.
    Patrimonio,
}

/// How an author writes.
#[derive(Clone, Debug)]
pub(crate) struct Habits {
    /// Notation of numbers.
    pub notation: Notation,
    /// What stands before an amount.
    pub currency: &'static str,
    /// Dates in tables.
    pub dates: DateHabit,
    /// Words of amounts.
    pub words: WordsHabit,
    /// Variant of each form is drawn from this.
    pub variants: u64,
    /// Style shared by all of the author's forms.
    pub style: Value,
    /// How forms are numbered: 0 as the model, 1 one by one.
    pub numbering: usize,
    /// One file of all forms, or one a form.
    pub separate: bool,
    /// 0 annexes one by one, 1 one bundle, 2 a ZIP, 3 a ZIP within a ZIP.
    pub packaging: usize,
}

/// One line as offered.
#[derive(Clone, Debug)]
pub(crate) struct OfferedLine {
    /// Unit price.
    pub price: Decimal,
    /// Total as printed.
    pub total: Decimal,
    /// Unit price in the analysis (works).
    pub analysis: Option<Analysis>,
    /// Brand, model, origin (goods).
    pub brand: [String; 3],
}

/// One contract of experience.
#[derive(Clone, Debug)]
pub(crate) struct Contract {
    /// Contracting body.
    pub body: String,
    /// Its RUC.
    pub body_ruc: String,
    /// Object.
    pub object: String,
    /// Number.
    pub number: String,
    /// Amount.
    pub amount: Decimal,
    /// Start.
    pub from: Date,
    /// Reception.
    pub to: Date,
    /// Who administered it.
    pub administrator: String,
}

/// Figures of a year.
#[derive(Clone, Debug)]
pub(crate) struct Finances {
    /// Current assets, fixed assets, current liabilities, other liabilities, patrimonio, capital.
    pub current_assets: Decimal,
    /// Fixed assets.
    pub fixed_assets: Decimal,
    /// Current liabilities.
    pub current_debts: Decimal,
    /// Other liabilities.
    pub other_debts: Decimal,
    /// Patrimonio.
    pub patrimonio: Decimal,
    /// Capital.
    pub capital: Decimal,
    /// Year.
    pub year: i16,
}

/// A bidder with everything its papers state.
#[derive(Clone)]
pub(crate) struct Bidder {
    /// Place among the bidders, from 1.
    pub number: usize,
    /// Kind.
    pub profile: Profile,
    /// One party, or the partners of a consortium.
    pub parties: Vec<Party>,
    /// Shares in hundredths of a percent, for a consortium.
    pub shares: Vec<i64>,
    /// Name under which it bids.
    pub name: String,
    /// How it writes.
    pub habits: Habits,
    /// Its lines.
    pub lines: Vec<OfferedLine>,
    /// Total as printed in figures.
    pub total: Decimal,
    /// Total as written in words.
    pub total_in_words: Decimal,
    /// Its costs (works).
    pub costs: Costs,
    /// Figures of each party.
    pub finances: Vec<Finances>,
    /// Experience.
    pub contracts: Vec<Contract>,
    /// Term offered.
    pub term: u32,
    /// Validity offered.
    pub validity: u32,
    /// What is planted.
    pub faults: Vec<Fault>,
    /// Line that a fault changed.
    pub faulty_line: usize,
    /// Number that the RUC certificate shows when it disagrees.
    pub other_ruc: Option<String>,
    /// Code of another process.
    pub other_code: String,
    /// Date of the papers.
    pub date: Date,
    /// City of the papers.
    pub city: String,
}

impl Bidder {
    /// Tells whether something is planted.
    #[must_use]
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// Points that the fictional commission gives to the technical envelope of a consultancy.
    #[must_use]
    pub(crate) fn technical(&self, scenario: &Scenario) -> Option<Decimal> {
        let mut draw = Draw::new(scenario.seed, &format!("técnica {}", self.number));
        let hundredths = match self.profile {
            Profile::Weak => draw.between(5_200, 6_600),
            _ => draw.between(8_200, 9_600),
        };
        scenario.procedure.consultancy().then(|| Decimal::new(hundredths, 2))
    }

    /// Returns the person who signs: representative or procurador común.
    #[must_use]
    pub(crate) fn signer(&self) -> &crate::identity::Person {
        &self.parties[0].representative
    }

    /// Returns the signer's quality.
    #[must_use]
    pub(crate) fn quality(&self) -> &'static str {
        if self.parties.len() > 1 {
            "Procurador Común"
        } else if self.parties[0].natural {
            "Por mis propios derechos"
        } else {
            "Representante Legal"
        }
    }
}

fn style(draw: &mut Draw, profile: Profile, party: &Party, scenario: &Scenario, name: &str) -> Value {
    let fonts: &[&str] = match profile {
        Profile::Scanned => &["Liberation Serif", "Liberation Sans", "DejaVu Sans Mono", "Libertinus Serif"],
        _ => &[
            "Liberation Sans",
            "Liberation Serif",
            "DejaVu Sans",
            "Libertinus Serif",
            "New Computer Modern",
            "Liberation Sans Narrow",
        ],
    };
    let color = draw.pick(&["#1f3b63", "#7a1f1f", "#22543d", "#444444", "#5b3a8c", "#0f4c5c", "#8a4b08"]);
    let header = match draw.below(4) {
        0 => format!("PROCEDIMIENTO {}", scenario.code),
        1 => scenario.entity.name.clone(),
        2 => "FORMULARIO ÚNICO DE LA OFERTA".to_owned(),
        _ => String::new(),
    };
    let mut header = header;
    if profile == Profile::Faulty && header.contains(&scenario.code) {
        header = "FORMULARIO ÚNICO DE LA OFERTA".into(); // a code in every header would contradict the planted one on its own page
    }
    let footer = match draw.below(3) {
        0 => format!("{} · {} y {} · {}", name, party.street, party.crossing, party.canton),
        1 => format!("{} / {}", party.email, party.phone),
        _ => String::new(),
    };
    let foja = if draw.once_in(2) {
        json!({"forma": draw.below(3), "lugar": draw.below(2), "desde": 0})
    } else {
        Value::Null
    };
    let letterhead = json!({
        "nombre": name, "lema": party.canton.to_uppercase() + " - ECUADOR",
        "direccion": format!("{} {} y {}", party.street, party.house, party.crossing), "telefono": format!("Telf. {}", party.phone),
    });
    json!({
        "fuente": draw.pick(fonts), "cuerpo": draw.choose(&[9.5, 10.0, 10.5, 11.0]), "papel": "a4",
        "margen": draw.choose(&[50, 60, 71]), "justifica": draw.once_in(2), "interlinea": draw.choose(&[0.58, 0.65, 0.75]),
        "titulo": draw.below(4), "encabezado": draw.below(4), "tabla": draw.below(4), "celda": draw.choose(&[3.2, 4.0, 5.0]),
        "ficha": draw.below(2), "cierre": draw.below(3), "color": color, "cabecera": header, "regla": draw.once_in(2), "pie": footer,
        "foja": foja, "pagina": draw.once_in(2), "membrete": letterhead, "membrete_forma": draw.below(3),
    })
}

fn habits(draw: &mut Draw, profile: Profile, party: &Party, scenario: &Scenario, name: &str) -> Habits {
    let notation =
        *draw.choose(&[Notation::Comma, Notation::Point, Notation::Comma, Notation::Point, Notation::Bare]);
    Habits {
        notation,
        currency: draw.pick(&["USD ", "$ ", "", "USD $ ", "US$ "]),
        dates: *draw.choose(&[
            DateHabit::Slashes,
            DateHabit::Words,
            DateHabit::Iso,
            DateHabit::Hyphens,
            DateHabit::WordsDel,
        ]),
        words: *draw.choose(&[
            WordsHabit::Sentence,
            WordsHabit::Capitals,
            WordsHabit::Titles,
            WordsHabit::Spelled,
        ]),
        variants: draw.next(),
        style: style(draw, profile, party, scenario, name),
        numbering: draw.below(2),
        separate: matches!(profile, Profile::Faulty | Profile::Cures | Profile::Leaves),
        packaging: match profile {
            Profile::Scanned => 1,
            _ => draw.below(4),
        },
    }
}

/// Forms that may be missing, blank or unsigned without touching another planted matter.
fn form_candidates(procedure: SampleProcedure) -> Vec<&'static str> {
    match procedure {
        SampleProcedure::Sie | SampleProcedure::Lotes => vec!["FUO_1_3", "FUO_VAE", "FUO_1_2", "FUO_1_4"],
        SampleProcedure::Lico => vec!["FUO_1_3", "FORM_II_ETAPA", "FUO_1_2", "FUO_1_4"],
        SampleProcedure::Consultoria => vec!["FUO_1_3", "PLAN_TRABAJO"],
    }
}

fn plan_faults(profile: Profile, natural: bool, scenario: &Scenario, draw: &mut Draw) -> Vec<Fault> {
    let works = scenario.procedure.works();
    let mut forms = form_candidates(scenario.procedure);
    // The roll of partners is not due from a natural person.
    forms.retain(|form| !natural || *form != "FUO_1_3");
    draw.shuffle(&mut forms);
    let mut faults = Vec::new();
    match profile {
        Profile::Clean | Profile::Weak => {}
        Profile::Cures => faults.push(Fault::MissingForm("FUO_1_3")),
        Profile::Leaves => faults.push(Fault::BlankForm("FUO_1_3")),
        Profile::Consortium => {
            if draw.once_in(2) {
                faults.push(*draw.choose(&[Fault::Words, Fault::Sum, Fault::Validity]));
            }
        }
        Profile::Scanned => {
            // What OCR may blur is not planted here: a form that is absent or empty stays visible.
            match draw.below(3) {
                0 => faults.push(Fault::MissingForm(forms[0])),
                1 => faults.push(Fault::BlankForm(if forms[0] == "FUO_1_2" { "FUO_1_3" } else { forms[0] })),
                _ => {}
            }
        }
        Profile::Faulty => {
            let mut arithmetic = vec![Fault::LineTotal, Fault::Sum, Fault::Words];
            if works {
                arithmetic.push(Fault::Apu);
            }
            draw.shuffle(&mut arithmetic);
            faults.extend(arithmetic.into_iter().take(1 + draw.below(2)));
            // FUO_1_2 carries the RUC and FUO_1_4 the patrimonio: they are never missing or blank together with those matters.
            let safe: Vec<&'static str> =
                forms.iter().copied().filter(|form| !matches!(*form, "FUO_1_2" | "FUO_1_4")).collect();
            faults.push(Fault::MissingForm(safe[0]));
            faults.push(Fault::BlankForm(safe[1]));
            faults.push(Fault::UnsignedForm(if draw.once_in(2) { "FUO_1_2" } else { "FUO_1_4" }));
            faults.push(Fault::WrongCode(if draw.once_in(2) { "FUO_1_4" } else { "FUO_1_2" }));
            faults.push(if draw.once_in(2) { Fault::RucDisagrees } else { Fault::RucCheckDigit });
            let last = *draw.choose(&[Fault::Term, Fault::Validity, Fault::Patrimonio]);
            // Where nothing is asked, nothing can be below it.
            faults.push(if last == Fault::Patrimonio && scenario.patrimonio.is_zero() {
                Fault::Term
            } else {
                last
            });
        }
    }
    faults
}

fn finances(draw: &mut Draw, patrimonio: Decimal, year: i16) -> Finances {
    let capital = (patrimonio * Decimal::new(draw.between(10, 40), 2))
        .round_dp(0)
        .max(Decimal::from(800))
        .min(patrimonio);
    let current_debts = cents(patrimonio * Decimal::new(draw.between(15, 45), 2));
    let other_debts = cents(patrimonio * Decimal::new(draw.between(5, 35), 2));
    let current_assets = cents(current_debts * Decimal::new(draw.between(118, 260), 2));
    let fixed_assets = patrimonio + current_debts + other_debts - current_assets;
    let (current_assets, fixed_assets) = if fixed_assets < Decimal::ZERO {
        (current_assets + fixed_assets - Decimal::from(500), Decimal::from(500))
    } else {
        (current_assets, fixed_assets)
    };
    Finances { current_assets, fixed_assets, current_debts, other_debts, patrimonio, capital, year }
}

fn contracts(
    draw: &mut Draw,
    registry: &mut Registry,
    scenario: &Scenario,
    profile: Profile,
) -> Vec<Contract> {
    let works = scenario.procedure.works();
    let count = match profile {
        Profile::Weak => 1,
        _ if works => draw.between(2, 4),
        _ if scenario.procedure.consultancy() => 3,
        _ => 2,
    };
    let base = if works { scenario.experience_general } else { scenario.budget * Decimal::new(3, 1) };
    let mut bodies: Vec<&str> = crate::vocabulary::CONTRACTORS.to_vec();
    draw.shuffle(&mut bodies);
    (0..count)
        .map(|index| {
            let amount = cents(base * Decimal::new(draw.between(65, 140), 2))
                .max(Decimal::new(draw.between(900_000, 2_000_000), 2));
            let from = scenario.started.saturating_sub(jiff::Span::new().days(draw.between(420, 3_000)));
            let to = from.saturating_add(jiff::Span::new().days(draw.between(60, 240)));
            let object = if works {
                let works: Vec<&str> = crate::themes::WORKS.iter().map(|theme| theme.object).collect();
                if index == 0 {
                    scenario
                        .object
                        .split(", CANTÓN")
                        .next()
                        .unwrap_or_default()
                        .replace("DEL BARRIO EL MIRADOR", "DEL BARRIO LAS GARZAS")
                } else {
                    draw.pick(&works).to_owned()
                }
            } else {
                let themes = if scenario.procedure.consultancy() {
                    crate::themes::STUDIES
                } else {
                    crate::themes::GOODS
                };
                let goods: Vec<&str> = themes.iter().map(|theme| theme.object).collect();
                if index == 0 { scenario.object.clone() } else { draw.pick(&goods).to_owned() }
            };
            let administrator = registry.person();
            let title = draw.below(5);
            Contract {
                body: bodies[usize::try_from(index).unwrap_or(0) % bodies.len()].to_owned(),
                body_ruc: crate::identity::public_ruc(16, u32::try_from(draw.below(9000)).unwrap_or(0)),
                object,
                number: format!(
                    "{:03}-{}-{}",
                    draw.between(1, 180),
                    from.year(),
                    draw.pick(&["DJ", "GADP", "CP", "UCP"])
                ),
                amount,
                from,
                to,
                administrator: administrator.titled(title),
            }
        })
        .collect()
}

/// Draws the four bidders of a process in the order in which their folders stand.
#[must_use]
pub(crate) fn draw_bidders(scenario: &Scenario, registry: &mut Registry) -> Vec<Bidder> {
    let mut profiles = if scenario.procedure.consultancy() {
        [Profile::Clean, Profile::Weak, Profile::Cures, Profile::Leaves]
    } else {
        [Profile::Clean, Profile::Consortium, Profile::Scanned, Profile::Faulty]
    };
    Draw::new(scenario.seed, "orden").shuffle(&mut profiles);
    let bidders = profiles.into_iter().enumerate();
    bidders.map(|(index, profile)| draw_bidder(scenario, registry, index + 1, profile)).collect()
}

/// Draws one bidder.
#[must_use]
pub(crate) fn draw_bidder(
    scenario: &Scenario,
    registry: &mut Registry,
    number: usize,
    profile: Profile,
) -> Bidder {
    let mut draw = Draw::new(scenario.seed, &format!("oferente {number}"));
    let works = scenario.procedure.works();
    let natural = profile == Profile::Scanned && draw.once_in(2);
    let mut parties = vec![registry.party(works, natural, scenario.started)];
    let mut shares = Vec::new();
    if profile == Profile::Consortium {
        parties.push(registry.party(works, false, scenario.started));
        let first = *draw.choose(&[5100_i64, 6000, 5500, 7000, 5050]);
        shares = vec![first, 10_000 - first];
    }
    let faults = plan_faults(profile, natural, scenario, &mut draw);
    if faults.contains(&Fault::RucCheckDigit) {
        parties[0].ruc = with_wrong_check_digit(&parties[0].ruc);
    }
    let other_ruc = faults
        .contains(&Fault::RucDisagrees)
        .then(|| crate::identity::company_ruc(14, u32::try_from(draw.below(80_000)).unwrap_or(0)));
    let name = if profile == Profile::Consortium {
        format!(
            "CONSORCIO {}",
            draw.pick(&["VALLE NUEVO", "RÍO CLARO", "LOMA ALTA", "LOS ARRAYANES", "PUENTE VIEJO"])
        )
    } else {
        parties[0].name.clone()
    };
    let habits = habits(&mut draw, profile, &parties[0], scenario, &name);
    let costs = Costs {
        materials: draw.between(900, 985),
        hours: draw.between(900, 990),
        indirect: draw.between(11, 15),
        profit: draw.between(5, 7),
    };
    let mut lines: Vec<OfferedLine> = scenario
        .lines
        .iter()
        .map(|line| {
            let analysis = scenario.rubro(line).map(|rubro| Analysis::of(rubro, &costs));
            let price = match &analysis {
                Some(analysis) => analysis.offered,
                None => {
                    cents(line.reference * Decimal::new(draw.between(870, 985), 3)).max(Decimal::new(1, 2))
                }
            };
            let brand = [
                draw.pick(crate::vocabulary::BRANDS).to_owned(),
                format!("{}-{}", draw.pick(&["X", "PRO", "S", "MK", "LT"]), draw.between(100, 990)),
                draw.pick(crate::vocabulary::COUNTRIES).to_owned(),
            ];
            OfferedLine { price, total: cents(line.quantity * price), analysis, brand }
        })
        .collect();
    let faulty_line = draw.below(lines.len());
    if faults.contains(&Fault::Apu) {
        // The table's price differs from the analysis; its own line stays right, so that only this is wrong.
        let place = (faulty_line + 1) % lines.len();
        let price = cents(lines[place].price * Decimal::new(draw.between(103, 111), 2)) + Decimal::new(3, 2);
        lines[place].price = price;
        lines[place].total = cents(scenario.lines[place].quantity * price);
    }
    if faults.contains(&Fault::LineTotal) {
        let step =
            Decimal::new(draw.between(900, 9_000), 2) + cents(lines[faulty_line].total * Decimal::new(2, 2));
        lines[faulty_line].total += step;
    }
    let sum: Decimal = lines.iter().map(|line| line.total).sum();
    let total =
        if faults.contains(&Fault::Sum) { sum + Decimal::new(draw.between(2_700, 98_000), 2) } else { sum };
    let total_in_words =
        if faults.contains(&Fault::Words) { total + Decimal::from(draw.between(3, 9) * 100) } else { total };
    let year = scenario.started.year() - 1;
    let minimum = if scenario.patrimonio.is_zero() { Decimal::from(20_000) } else { scenario.patrimonio };
    let finances: Vec<Finances> = parties
        .iter()
        .map(|_| {
            let factor = if faults.contains(&Fault::Patrimonio) {
                draw.between(45, 85)
            } else if parties.len() > 1 {
                draw.between(62, 88) // neither reaches the minimum alone; their sum does
            } else {
                draw.between(125, 320)
            };
            let patrimonio =
                cents(minimum * Decimal::new(factor, 2) + Decimal::new(draw.between(0, 9_999), 2));
            finances(&mut draw, patrimonio, year)
        })
        .collect();
    let term = if faults.contains(&Fault::Term) {
        scenario.term + *draw.choose(&[15, 30, 45])
    } else {
        scenario.term - *draw.choose(&[0, 0, 5, 10])
    };
    let validity = if faults.contains(&Fault::Validity) { scenario.validity / 2 } else { scenario.validity };
    let other_code = format!(
        "{}-{}-{}-{:03}",
        scenario.procedure.prefix(),
        scenario.entity.siglas,
        scenario.started.year() - 1,
        draw.between(150, 299)
    );
    let contracts = contracts(&mut draw, registry, scenario, profile);
    let date = scenario.due.date().saturating_sub(jiff::Span::new().days(draw.between(1, 3)));
    let city = parties[0].canton.clone();
    Bidder {
        number,
        profile,
        parties,
        shares,
        name,
        habits,
        lines,
        total,
        total_in_words,
        costs,
        finances,
        contracts,
        term,
        validity,
        faults,
        faulty_line,
        other_ruc,
        other_code,
        date,
        city,
    }
}

//! Puts a bidder's papers into files, signs them, packs them, and writes down what is true of them.

use crate::SampleError;
use crate::bidder::{Bidder, Fault, Profile};
use crate::expected::{expected, fault_code, fault_subject};
use crate::forms::{Author, Sheet};
use crate::random::Draw;
use crate::scan::{Scanner, image_pdf, scan};
use crate::scenario::Scenario;
use crate::seal::{Notary, Pen};
use crate::truth::{BidTruth, Defect, DocumentTruth, FileTruth};
use crate::typeset::Typeset;
use rayon::prelude::*;
use serde_json::{Value, json};

/// One file of a bid, before it is packed.
pub(crate) struct Paper {
    pub(crate) truth: FileTruth,
    pub(crate) bytes: Vec<u8>,
}

struct Plan {
    path: String,
    sheets: Vec<Sheet>,
    signed: bool,
    scanned: bool,
    image: bool,
    /// Number of the first foja, so that the stamps run through the bid.
    foja: u32,
}

/// Typesets sheets as one file.
///
/// # Errors
/// Fails when a template does not compile with its data.
pub(crate) fn typeset_sheets(
    title: &str,
    sheets: &[Sheet],
    foja: u32,
) -> Result<(Typeset, Vec<DocumentTruth>), SampleError> {
    let documents: Vec<Value> = sheets
        .iter()
        .enumerate()
        .map(|(index, sheet)| {
            let mut style = sheet.style.clone();
            if let Some(stamp) = style.get_mut("foja").filter(|stamp| stamp.is_object()) {
                stamp["desde"] = json!(foja);
            }
            json!({
                "indice": index, "plantilla": sheet.template, "variante": sheet.variant, "d": sheet.data, "e": style,
                "apaisado": sheet.landscape, "cabecera": sheet.running,
            })
        })
        .collect();
    let typeset = Typeset::new(&json!({"titulo": title, "documentos": documents}))?;
    if typeset.starts.len() != sheets.len() {
        return Err(SampleError::Template(format!(
            "{} documents of {} were found",
            typeset.starts.len(),
            sheets.len()
        )));
    }
    let pages = typeset.pages();
    let ends = typeset.starts.iter().skip(1).map(|start| start - 1).chain([pages]);
    let truth =
        sheets.iter().zip(typeset.starts.iter().zip(ends)).map(|(sheet, (start, end))| DocumentTruth {
            kind: sheet.kind.into(),
            variant: format!("{}/{}", sheet.template, sheet.variant),
            pages: (*start..=end).collect(),
            blank_form: sheet.blank,
            facts: typeset
                .values
                .iter()
                .filter(|value| (*start..=end).contains(&value.page))
                .cloned()
                .collect(),
        });
    let truth = truth.collect();
    Ok((typeset, truth))
}

fn slug(name: &str) -> String {
    let plain = crate::identity::plain(name).to_lowercase();
    let words: Vec<String> = plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "cia" | "ltda" | "s" | "a"))
        .map(str::to_owned)
        .collect();
    words.join("_").chars().take(34).collect()
}

/// The forms of a bid, in the author's order.
pub(crate) fn forms(author: &Author<'_>) -> Vec<Sheet> {
    let bidder = author.bidder;
    let works = author.scenario.procedure.works();
    let mut sheets = vec![
        author.presentation(),
        author.general_data(),
        author.shareholders(),
        author.financial_situation(),
    ];
    if author.scenario.procedure.consultancy() {
        sheets.extend([author.work_plan(), author.experience(), author.personnel()]);
    } else if works {
        sheets.push(author.rubro_table());
        sheets.extend(author.analyses());
        sheets.extend([
            author.method(),
            author.schedule(),
            author.experience(),
            author.personnel(),
            author.equipment(),
        ]);
        sheets.extend([author.ecuadorian_share(), author.contractual_commitment()]);
    } else {
        sheets.extend([author.price_table(), author.components()]);
        let mut draw = author.draw("formularios");
        if draw.once_in(2) {
            sheets.extend([author.personnel(), author.equipment()]);
        }
        sheets.push(author.added_value());
        if draw.once_in(2) {
            sheets.push(author.experience());
        }
    }
    if bidder.parties.len() > 1 {
        sheets.push(author.consortium_commitment());
    }
    if author.draw("integridad").once_in(2) {
        sheets.push(author.integrity_agreement());
    }
    sheets.retain(|sheet| !bidder.has(Fault::MissingForm(sheet.kind)));
    number(&mut sheets, author);
    sheets
}

fn number(sheets: &mut [Sheet], author: &Author<'_>) {
    let one_by_one = author.bidder.habits.numbering == 1;
    let mut last = "";
    let mut count = 0;
    for sheet in sheets {
        if sheet.kind != last {
            count += 1;
            last = sheet.kind;
        }
        let model = match (sheet.kind, author.scenario.procedure.works()) {
            ("FUO_1_1", _) => "1.1",
            ("FUO_1_2", _) => "1.2",
            ("FUO_1_3", _) => "1.3",
            ("FUO_1_4", _) => "1.4",
            ("FUO_1_5_CANT" | "FUO_1_5_RUBROS", _) => "1.5",
            ("FUO_1_6_COMP" | "FUO_1_6_APU", _) => "1.6",
            ("FUO_1_7_MET", _) | ("FUO_1_10_PER", false) => "1.7",
            ("FUO_1_8_CRON", _) | ("FUO_1_11_EQ", false) => "1.8",
            ("FUO_1_9_EXP" | "FUO_VAE", _) => "1.9",
            ("FUO_1_10_PER", true) => "1.10",
            ("FUO_1_11_EQ", true) => "1.11",
            ("FUO_1_12_PE", _) => "1.12",
            ("FORM_II_ETAPA", _) | ("FORM_CONSORCIO", false) => "II.",
            ("FORM_CONSORCIO", true) => "III.",
            _ => "",
        };
        let text = if one_by_one && !model.is_empty() { format!("{count}.") } else { model.to_owned() };
        if let Value::Object(data) = &mut sheet.data {
            data.insert("numero".into(), json!(text));
        }
    }
}

/// The annexes of a bid.
fn annexes(author: &Author<'_>) -> Vec<(String, Sheet)> {
    let bidder = author.bidder;
    let (works, studies) = (author.scenario.procedure.works(), author.scenario.procedure.consultancy());
    let mut sheets = Vec::new();
    for (index, (party, finances)) in bidder.parties.iter().zip(&bidder.finances).enumerate() {
        let tail = if bidder.parties.len() > 1 { format!("_{}", index + 1) } else { String::new() };
        sheets.push((format!("RUC{tail}.pdf"), author.ruc_certificate(party)));
        if !party.natural {
            sheets.push((format!("Nombramiento{tail}.pdf"), author.appointment(party)));
        }
        sheets.push((
            format!("Impuesto a la Renta {}{tail}.pdf", finances.year),
            author.tax_declaration(party, finances),
        ));
        if index == 0 && bidder.profile != Profile::Scanned {
            further_papers(author, party, &mut sheets);
        }
    }
    if author.draw("anexos").once_in(2) || bidder.parties[0].natural {
        sheets.push(("Cedula.pdf".into(), author.identity_card()));
    }
    for (index, contract) in bidder.contracts.iter().enumerate() {
        let acta = works && index.is_multiple_of(2);
        if acta {
            sheets.push((
                format!("Acta entrega recepcion {}.pdf", index + 1),
                author.reception(contract, index == 0),
            ));
        } else if works || studies || index == 0 {
            sheets.push((format!("Certificado {}.pdf", index + 1), author.experience_certificate(contract)));
        }
    }
    if !works && !studies {
        sheets.push(("Garantia tecnica.pdf".into(), author.guarantee()));
        for index in 0..author.scenario.lines.len().min(2) {
            sheets.extend(
                author
                    .technical_sheet(index)
                    .map(|sheet| (format!("Ficha tecnica item {}.pdf", index + 1), sheet)),
            );
        }
    }
    sheets
}

/// Papers that nobody asked for, as bids carry them.
fn further_papers(author: &Author<'_>, party: &crate::identity::Party, sheets: &mut Vec<(String, Sheet)>) {
    let mut draw = author.draw("papeles de más");
    if draw.once_in(2) {
        sheets.push(("RUP.pdf".into(), author.rup(party)));
    }
    if draw.once_in(3) {
        sheets.push(("Cumplimiento tributario.pdf".into(), author.tax_compliance(party)));
    }
    if draw.once_in(3) {
        sheets.push(("IESS.pdf".into(), author.social_security(party)));
    }
    if draw.once_in(3) && !party.natural {
        sheets.push(("Estados financieros.pdf".into(), author.balance(0)));
    }
    if draw.once_in(4) {
        sheets.push(("MIPYME.pdf".into(), author.small_company(party)));
    }
    if draw.once_in(4) {
        sheets.push(("Certificado bancario.pdf".into(), author.bank_certificate(party)));
    }
    if author.scenario.procedure.works() {
        let count = draw.below(3);
        for index in 0..count {
            sheets.push((format!("Hoja de vida {}.pdf", index + 1), author.resume(index)));
            sheets.push((format!("Titulo {}.pdf", index + 1), author.degree(index)));
            sheets.push((
                format!("Compromiso profesional {}.pdf", index + 1),
                author.professional_commitment(index),
            ));
        }
        if draw.once_in(3) {
            sheets.push(("Matricula.pdf".into(), author.registration(0)));
        }
        if draw.once_in(3) {
            sheets.push(("Compromiso de equipo.pdf".into(), author.equipment_commitment()));
        }
    } else if draw.once_in(3) && !author.scenario.procedure.consultancy() {
        sheets.push(("Carta de fabricante.pdf".into(), author.distributor()));
    }
}

fn plans(author: &Author<'_>) -> Vec<Plan> {
    let bidder = author.bidder;
    let forms = forms(author);
    let annexes = annexes(author);
    let plan = |path: &str, sheets: Vec<Sheet>, signed: bool| Plan {
        path: path.into(),
        sheets,
        signed,
        scanned: false,
        image: false,
        foja: 0,
    };
    let mut plans = Vec::new();
    if bidder.profile == Profile::Scanned {
        // Analyses come as the estimator's own file; everything else passed through the scanner.
        let (analyses, mut scanned): (Vec<Sheet>, Vec<Sheet>) =
            forms.into_iter().partition(|sheet| sheet.kind == "FUO_1_6_APU");
        let mut rest = annexes;
        let image = rest.remove(0);
        let keep = 13_usize.saturating_sub(scanned.len()).max(2);
        scanned.extend(rest.into_iter().take(keep).map(|(_, sheet)| sheet));
        plans.push(Plan { scanned: true, ..plan("Oferta escaneada.pdf", scanned, true) });
        if !analyses.is_empty() {
            plans.push(plan("APU.pdf", analyses, true));
        }
        plans.push(Plan { scanned: true, image: true, ..plan("RUC.jpg", vec![image.1], false) });
        return plans;
    }
    let cover = author.draw("carátula").once_in(2).then(|| author.cover());
    if bidder.habits.separate {
        let mut groups: Vec<Vec<Sheet>> = Vec::new();
        for sheet in forms {
            match groups.last_mut() {
                Some(group) if group[0].kind == sheet.kind => group.push(sheet),
                _ => groups.push(vec![sheet]),
            }
        }
        for (index, group) in groups.into_iter().enumerate() {
            let signed = !bidder.has(Fault::UnsignedForm(group[0].kind));
            let name = group[0].kind.to_lowercase().replace("fuo_", "formulario_");
            plans.push(plan(&format!("{:02}_{name}.pdf", index + 1), group, signed));
        }
        if let Some(cover) = cover {
            plans.insert(0, plan("00_caratula.pdf", vec![cover], false));
        }
    } else {
        let name =
            ["FUO.pdf", "Oferta.pdf", "1. FORMULARIO UNICO DE LA OFERTA.pdf"][author.draw("nombre").below(3)];
        plans.push(plan(name, cover.into_iter().chain(forms).collect(), true));
    }
    let annex = |name: &str| {
        if bidder.habits.packaging >= 2 { format!("Anexos.zip/{name}") } else { format!("Anexos/{name}") }
    };
    if bidder.habits.packaging == 1 {
        let mut bundle: Vec<Sheet> = annexes.into_iter().map(|(_, sheet)| sheet).collect();
        let mut draw = author.draw("legajo");
        if draw.once_in(2) {
            bundle.insert(0, author.separator(draw.pick(&["ANEXOS", "DOCUMENTOS HABILITANTES"])));
        }
        if draw.once_in(2) {
            bundle.insert(bundle.len() / 2, author.empty_page());
        }
        plans.push(plan("Anexos.pdf", bundle, true));
    } else {
        for (index, (name, sheet)) in annexes.into_iter().enumerate() {
            let nested = bidder.habits.packaging == 3 && sheet.kind == "F101_F102";
            let path = if nested {
                annex(&format!("financiero.zip/{name}"))
            } else {
                annex(&format!("{}. {name}", index + 1))
            };
            // Papers of third parties come as they were issued; the bidder signs about every other one.
            plans.push(plan(&path, vec![sheet], index.is_multiple_of(2)));
        }
    }
    if author.scenario.procedure.consultancy() {
        plans.push(plan("Sobre 2/Oferta economica.pdf", vec![author.consultancy_offer()], true));
    }
    plans
}

fn produce(author: &Author<'_>, plan: &Plan, pen: Option<&Pen>) -> Result<Paper, SampleError> {
    let bidder = author.bidder;
    let identity = format!("{} {} {}", author.scenario.seed, bidder.number, plan.path);
    let (typeset, documents) = typeset_sheets(&bidder.name, &plan.sheets, plan.foja)?;
    let at = bidder.date.at(10, 30, 0, 0);
    let mut truth = FileTruth {
        path: plan.path.clone(),
        media_type: "application/pdf".into(),
        signed: plan.signed,
        signer: plan.signed.then(|| bidder.signer().name.to_uppercase()),
        scanned: plan.scanned,
        documents,
    };
    if plan.image {
        truth.media_type = "image/jpeg".into();
    }
    let Some(pen) = pen else { return Ok(Paper { truth, bytes: Vec::new() }) };
    let mut bytes = if plan.scanned {
        let mut draw = author.draw(&format!("escáner {}", plan.path));
        let scanner =
            Scanner::draw(&mut Draw::new(author.scenario.seed, &format!("escáner {}", bidder.number)));
        let pages = scan(&typeset, &scanner, &mut draw)?;
        if plan.image {
            pages.into_iter().next().map(|page| page.jpeg).unwrap_or_default()
        } else {
            image_pdf(&pages, &identity)
        }
    } else {
        let creator =
            ["Microsoft Word", "MFC-OF 1.8.2 (EJEMPLO)", "LibreOffice", "Impresora PDF"][bidder.number % 4];
        typeset.pdf(&identity, at, creator)?
    };
    if plan.signed {
        bytes = pen.sign(&bytes, bidder.date.at(16, 40, 0, 0))?;
    }
    Ok(Paper { truth, bytes })
}

/// Writes one signed file of forms; without a pen only what is true of it.
///
/// # Errors
/// Fails when it cannot be typeset or signed.
pub(crate) fn signed_forms(
    author: &Author<'_>,
    path: &str,
    sheets: Vec<Sheet>,
    pen: Option<&Pen>,
) -> Result<Paper, SampleError> {
    let plan = Plan { path: path.into(), sheets, signed: true, scanned: false, image: false, foja: 0 };
    produce(author, &plan, pen)
}

/// Writes the papers of a bidder; without a notary only what is true of them, with no bytes.
///
/// # Errors
/// Fails when a paper cannot be typeset, painted, signed or packed.
pub(crate) fn papers(
    scenario: &Scenario,
    bidder: &Bidder,
    notary: Option<&Notary>,
) -> Result<Vec<Paper>, SampleError> {
    let author = Author { scenario, bidder };
    let pen = notary.map(|notary| notary.pen(&bidder.parties[0])).transpose()?;
    let mut plans = plans(&author);
    let mut foja = 0;
    for plan in &mut plans {
        plan.foja = foja;
        foja += u32::try_from(plan.sheets.len()).unwrap_or(0);
    }
    let mut papers: Vec<Paper> = plans
        .par_iter()
        .map(|plan| produce(&author, plan, pen.as_ref()))
        .collect::<Result<_, SampleError>>()?;
    papers.extend(office_papers(&author)?);
    Ok(papers)
}

/// Copies in office formats, which some bidders add.
fn office_papers(author: &Author<'_>) -> Result<Vec<Paper>, SampleError> {
    let (scenario, bidder) = (author.scenario, author.bidder);
    let mut draw = author.draw("ofimática");
    let mut papers = Vec::new();
    if scenario.procedure.consultancy() || !matches!(bidder.profile, Profile::Clean | Profile::Consortium) {
        return Ok(papers);
    }
    let mut push = |path: &str, media_type: &str, kind: &str, variant: &str, bytes: Vec<u8>| {
        let document = DocumentTruth {
            kind: kind.into(),
            variant: variant.into(),
            pages: vec![1],
            blank_form: false,
            facts: Vec::new(),
        };
        let truth = FileTruth {
            path: path.into(),
            media_type: media_type.into(),
            signed: false,
            signer: None,
            scanned: false,
            documents: vec![document],
        };
        papers.push(Paper { truth, bytes });
    };
    if draw.once_in(2) {
        let kind = if scenario.procedure.works() { "FUO_1_5_RUBROS" } else { "FUO_1_5_CANT" };
        push(
            "Tabla de precios.xlsx",
            crate::office::XLSX,
            kind,
            "xlsx/0",
            crate::office::price_sheet(scenario, bidder)?,
        );
    }
    if draw.once_in(2) {
        let paragraphs = [
            "EJEMPLO".to_owned(),
            "CARTA DE GARANTÍA TÉCNICA".to_owned(),
            format!("{}, {}", bidder.city, bidder.habits.dates.long(bidder.date)),
            format!("Señores {}. Presente.-", scenario.entity.name),
            format!(
                "Por medio de la presente, {} garantiza por {} meses lo ofertado en el procedimiento {}, contado a partir de la suscripción del acta de entrega recepción, con reposición de lo defectuoso.",
                bidder.name, scenario.guarantee_months, scenario.code
            ),
            format!("Atentamente, {}", bidder.signer().name),
        ];
        push(
            "Garantia.docx",
            crate::office::DOCX,
            "GARANTIA_TEC",
            "docx/0",
            crate::office::letter(&paragraphs)?,
        );
    }
    Ok(papers)
}

/// Gathers what is true of a bid.
pub(crate) fn bid_truth(scenario: &Scenario, bidder: &Bidder, papers: &[Paper]) -> BidTruth {
    let files: Vec<FileTruth> = papers.iter().map(|paper| paper.truth.clone()).collect();
    let consortium = bidder.parties.len() > 1;
    let members = bidder.parties.iter().zip(&bidder.shares).map(|(party, share)| {
        [party.name.clone(), party.ruc.clone(), rust_decimal::Decimal::new(*share, 2).normalize().to_string()]
    });
    BidTruth {
        folder: format!("ofertas/{:02}_{}", bidder.number, slug(&bidder.name)),
        profile: bidder.profile.word().into(),
        name: bidder.name.clone(),
        ruc: (!consortium).then(|| bidder.parties[0].ruc.clone()),
        kind: if consortium {
            "consorcio"
        } else if bidder.parties[0].natural {
            "natural"
        } else {
            "juridica"
        }
        .into(),
        members: members.collect(),
        expected: expected(scenario, bidder),
        defects: bidder.faults.iter().map(|fault| defect(bidder, *fault, &files)).collect(),
        lot: None,
        technical: bidder.technical(scenario).map(|points| points.to_string()),
        sealed_total: scenario.procedure.consultancy().then(|| format!("{:.2}", bidder.total)),
        files,
    }
}

fn defect(bidder: &Bidder, fault: Fault, files: &[FileTruth]) -> Defect {
    let table = |files: &[FileTruth]| {
        let kinds = ["FUO_1_5_CANT", "FUO_1_5_RUBROS"];
        kinds.into_iter().find(|kind| {
            files.iter().any(|file| file.documents.iter().any(|document| document.kind == *kind))
        })
    };
    let (document, field, row): (Option<&str>, Option<&str>, Option<u32>) = match fault {
        Fault::MissingForm(_) => (None, None, None),
        Fault::UnsignedForm(form) | Fault::BlankForm(form) => (Some(form), None, None),
        Fault::WrongCode(form) => (Some(form), Some("codigo_proceso"), None),
        Fault::LineTotal => (table(files), Some("items[].pu"), u32::try_from(bidder.faulty_line + 1).ok()),
        Fault::Apu => (
            table(files),
            Some("items[].pu"),
            u32::try_from((bidder.faulty_line + 1) % bidder.lines.len() + 1).ok(),
        ),
        Fault::Sum => (table(files), Some("total"), None),
        Fault::Words => (table(files), Some("total_letras"), None),
        Fault::RucDisagrees | Fault::RucCheckDigit => (Some("RUC_SRI"), Some("ruc"), None),
        Fault::Term => (Some("FUO_1_6_COMP"), Some("plazo_entrega"), None),
        Fault::Validity => (Some("FUO_1_1"), Some("validez"), None),
        Fault::Patrimonio => (Some("F101_F102"), Some("casillero_698_patrimonio"), None),
    };
    let document = match (fault, document) {
        (Fault::Term, _) if table(files) == Some("FUO_1_5_RUBROS") => Some("FUO_1_8_CRON"),
        (_, document) => document,
    };
    let field = if document == Some("FUO_1_8_CRON") { Some("plazo") } else { field };
    let found = document.and_then(|kind| {
        files.iter().find_map(|file| {
            let paper = file.documents.iter().find(|paper| paper.kind == kind)?;
            let fact = paper
                .facts
                .iter()
                .find(|fact| Some(fact.field.as_str()) == field && (row.is_none() || fact.row == row));
            Some((file.path.clone(), fact.map(|fact| fact.page).or(paper.pages.first().copied())))
        })
    });
    let name = |form: &str| {
        cotejo_domain::document_type_entry(form).map_or_else(|| form.to_owned(), |entry| entry.name.clone())
    };
    let description = match fault {
        Fault::MissingForm(form) => format!("No consta el formulario «{}».", name(form)),
        Fault::UnsignedForm(form) => format!("El formulario «{}» no tiene firma electrónica.", name(form)),
        Fault::BlankForm(form) => format!("El formulario «{}» se presentó sin llenar.", name(form)),
        Fault::LineTotal => {
            format!("En la línea {} el total no es cantidad por precio unitario.", bidder.faulty_line + 1)
        }
        Fault::Sum => "El total de la oferta no es la suma de sus líneas.".into(),
        Fault::Words => "El total en letras difiere del total en números.".into(),
        Fault::Apu => format!(
            "El precio unitario del rubro {} difiere de su análisis.",
            (bidder.faulty_line + 1) % bidder.lines.len() + 1
        ),
        Fault::WrongCode(form) => format!("El formulario «{}» lleva el código de otro proceso.", name(form)),
        Fault::RucDisagrees => "El RUC del certificado difiere del de los formularios.".into(),
        Fault::RucCheckDigit => "El dígito verificador del RUC no concuerda.".into(),
        Fault::Term => format!("El plazo ofertado ({} días) supera el del pliego.", bidder.term),
        Fault::Validity => {
            format!("La validez ofertada ({} días) es menor que la del pliego.", bidder.validity)
        }
        Fault::Patrimonio => "El patrimonio es menor que el mínimo.".into(),
    };
    Defect {
        code: fault_code(fault).into(),
        subject: fault_subject(fault),
        document: document.map(str::to_owned),
        file: found.as_ref().map(|(path, _)| path.clone()),
        page: found.and_then(|(_, page)| page),
        description,
    }
}

//! The arithmetic of the economic offer: lines, sum, words against figures, APU, quantities of the pliego.
//!
//! Legal basis: RGL 101 from October 2025; the Normativa Secundaria before. An error is corrected **by the bidder on request**: the
//! proposal is *a convalidar* with our recalculation in the trace, and no corrected price is ever used before the answer. The APU's unit price
//! prevails over the table, the pliego's quantities over the bid's, words over figures. Never a ground of rejection by itself. A rubro of the pliego
//! that no line answers, one priced at zero, and a product code that is not the pliego's are questions: no source says what follows from them.

use super::apu::{code_contradicts, digits, item_of, price_agrees, unit_price_of, unit_prices};
use super::offered_price::{explained_by_tax, unanswered};
use super::price_table::{Line, Numbers, PriceTable, Product};
use crate::amount::half_up;
use crate::context::{Context, Draft, is_firm, money_of};
use crate::fields;
use cotejo_catalogue::message;
use cotejo_domain::{
    Confidence, Document, Evidence, Fact, FactValue, FileHash, Location, Money, Quad, Verdict,
};
use rust_decimal::Decimal;

/// Identifier of this check.
pub(super) const ID: &str = "economica.aritmetica@2";

/// What came of one document.
struct Audit {
    draft: Draft,
    errors: usize,
    doubts: usize,
    recalculated: Decimal,
    printed: Option<Money>,
    lines: Vec<Line>,
}

pub(crate) fn propose(context: Context<'_>) -> Draft {
    let documents: Vec<&Document> = context
        .economic_forms()
        .iter()
        .flat_map(|kind| context.documents_of(kind))
        .filter(|document| !document.blank_form)
        .collect();
    let mut audits: Vec<Audit> = Vec::new();
    for document in &documents {
        audits.extend(audit(context, document));
    }
    let totals: Vec<Money> = audits.iter().filter_map(|audit| audit.printed).collect();
    let mut audits = audits.into_iter();
    let Some(mut chosen) = audits.next() else { return nothing_read(context, &documents) };
    for other in audits {
        chosen.errors += other.errors;
        chosen.doubts += other.doubts;
        chosen.draft.confidence = chosen.draft.confidence.weakest(other.draft.confidence);
        chosen.draft.reasons.extend(other.draft.reasons);
        chosen.draft.trace.extend(other.draft.trace);
        chosen.draft.evidence.extend(other.draft.evidence);
        chosen.lines.extend(other.lines);
    }
    omitted(context, &mut chosen);
    if let Some(first) = totals.first()
        && totals.iter().any(|total| total.rounded() != first.rounded())
    {
        chosen.errors += 1;
        let list: Vec<String> = totals.iter().map(|total| total.spanish()).collect();
        chosen.draft.add_reason("rules.economica.totales_distintos", &[("valores", &list.join("; "))]);
        chosen.draft.add_basis(context.pack(), "contradiccion");
    }
    conclude(context, chosen)
}

fn nothing_read(context: Context<'_>, documents: &[&Document]) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente)
        .reason("rules.economica.sin_tabla", &[])
        .basis(context.pack(), "aritmetica");
    for document in documents {
        draft.rest_on(context.document_evidence(document), document.confidence);
    }
    for fact in context.facts(&fields::TOTAL, context.economic_forms()) {
        draft.rest_on_fact(fact);
    }
    draft
}

fn conclude(context: Context<'_>, audit: Audit) -> Draft {
    let Audit { mut draft, errors, doubts, recalculated, printed, lines } = audit;
    draft.add_basis(context.pack(), "aritmetica");
    let recalculated = Money(recalculated);
    draft.verdict = if errors > 0 {
        Verdict::AConvalidar
    } else if doubts > 0 {
        Verdict::Pendiente
    } else {
        Verdict::Cumple
    };
    if errors > 0 {
        draft.step(message("rules.economica.paso_recalculo", &[]), String::new(), recalculated.spanish());
        draft.add_reason("rules.economica.corrige_oferente", &[("recalculo", &recalculated.spanish())]);
        let only_if_unchanged = context.pack().parameter("aritmetica_solo_si_no_cambia_total").known();
        if let Some(rule) = only_if_unchanged
            && printed.is_some_and(|printed| printed.rounded() != recalculated.rounded())
        {
            draft.add_reason("rules.economica.regla_2023", &[]);
            draft.rest_on_norm("aritmetica_solo_si_no_cambia_total", &rule);
        }
        if !is_firm(draft.confidence) {
            draft.verdict = Verdict::Pendiente;
            draft.add_reason("rules.lectura_dudosa", &[]);
        }
    } else if draft.verdict == Verdict::Cumple {
        draft.add_reason("rules.economica.cuadra", &[("filas", &lines.len().to_string())]);
    }
    if let (Some(budget), Some(printed)) = (context.process().budget, printed)
        && printed > budget
    {
        let values = [("oferta", printed.spanish()), ("presupuesto", budget.spanish())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        draft.add_reason("rules.economica.sobre_presupuesto", &values);
    }
    draft
}

/// Audits one document; `None` when no table of prices was read from it.
fn audit(context: Context<'_>, document: &Document) -> Option<Audit> {
    let on_document = |file: FileHash, page: u32| file == document.file && document.pages.contains(&page);
    let tables = context.tables().iter().filter(|(file, table)| on_document(*file, table.page));
    let table = PriceTable::assemble(tables);
    if table.lines.is_empty() {
        return None;
    }
    let mut draft = Draft::new(ID, Verdict::Cumple);
    draft.rest_on(context.document_evidence(document), document.confidence);
    if document.pages.iter().any(|page| context.is_ocr(document.file, *page)) {
        // A misread digit looks exactly like an arithmetic error.
        draft.confidence = draft.confidence.weakest(scanned());
    }
    let mut audit = Audit {
        draft,
        errors: 0,
        doubts: 0,
        recalculated: Decimal::ZERO,
        printed: None,
        lines: table.lines.clone(),
    };
    let usual = table.usual_notation();
    let prices = unit_prices(context);
    let mut sum = Some(Decimal::ZERO);
    for (index, line) in table.lines.iter().enumerate() {
        let row = (index + 1).to_string();
        match line.product(usual) {
            Product::Agrees(numbers) => {
                sum = sum.and_then(|sum| sum.checked_add(numbers.total.value));
                prevailing(context, &mut audit, line, numbers, &row, &prices);
                unpriced(context, &mut audit, line, numbers, &row);
            }
            Product::Disagrees(numbers) => {
                sum = sum.and_then(|sum| sum.checked_add(numbers.total.value));
                audit.errors += 1;
                audit
                    .draft
                    .add_reason("rules.economica.fila", &[("fila", &row), ("rubro", &line.description)]);
                audit.draft.step(
                    message("rules.economica.paso_fila", &[("fila", &row)]),
                    format!("{} × {}", spanish(numbers.quantity.value), spanish(numbers.price.value)),
                    result(numbers.product(), numbers.total.value),
                );
                rest_on_line(context, &mut audit.draft, line);
                prevailing(context, &mut audit, line, numbers, &row, &prices);
                unpriced(context, &mut audit, line, numbers, &row);
            }
            Product::Ambiguous | Product::Unreadable => {
                sum = None;
                audit.doubts += 1;
                audit.draft.add_reason(
                    "rules.economica.fila_ilegible",
                    &[("fila", &row), ("rubro", &line.description)],
                );
                rest_on_line(context, &mut audit.draft, line);
            }
        }
    }
    check_sum(context, document, &mut audit, &table, sum);
    check_words(context, document, &mut audit);
    Some(audit)
}

/// Rubros of the pliego that no line answers.
fn omitted(context: Context<'_>, audit: &mut Audit) {
    let missing = unanswered(context.items(), &audit.lines);
    if missing.is_empty() {
        return;
    }
    let more = missing.len().saturating_sub(MOST_NAMED);
    let mut list = missing.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    if more > 0 {
        list = format!("{list} … (+{more})");
    }
    audit.doubts += 1;
    let values = [("numero", missing.len().to_string()), ("rubros", list)];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    audit.draft.add_reason("rules.economica.rubros_omitidos", &values);
}

/// Rubros of the pliego that are named one by one.
const MOST_NAMED: usize = 5;

/// A line priced at zero, and a product code that is not the pliego's.
fn unpriced(context: Context<'_>, audit: &mut Audit, line: &Line, numbers: Numbers, row: &str) {
    if numbers.price.value.is_zero() || numbers.total.value.is_zero() {
        audit.doubts += 1;
        audit.draft.add_reason("rules.economica.rubro_cero", &[("fila", row), ("rubro", &line.description)]);
        rest_on_line(context, &mut audit.draft, line);
    }
    if let Some(item) = item_of(line, context.items())
        && code_contradicts(line, item)
    {
        audit.doubts += 1;
        let values = [("fila", row.to_owned()), ("pliego", digits(item)), ("oferta", line.cpc.clone())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        audit.draft.add_reason("rules.economica.cpc", &values);
        rest_on_line(context, &mut audit.draft, line);
    }
}

/// How sure a number from a scanned page is: too little to accuse.
fn scanned() -> Confidence {
    Confidence::new(0.6)
}

fn spanish(number: Decimal) -> String {
    Money(number).spanish()
}

fn result(computed: Decimal, printed: Decimal) -> String {
    if computed == printed {
        return message("rules.economica.resultado_igual", &[("calculado", &spanish(computed))]);
    }
    message("rules.economica.resultado", &[("calculado", &spanish(computed)), ("impreso", &spanish(printed))])
}

fn page_evidence(
    context: Context<'_>,
    file: FileHash,
    page: u32,
    quads: Vec<Quad>,
    quote: String,
) -> Evidence {
    Evidence {
        file,
        file_name: context.file_name(file),
        location: Location::Page { page, quads },
        quote,
        extractor: "tabla@1".to_owned(),
        confidence: if context.is_ocr(file, page) { scanned() } else { Confidence::new(0.95) },
    }
}

fn rest_on_line(context: Context<'_>, draft: &mut Draft, line: &Line) {
    let evidence = page_evidence(context, line.file, line.page, line.quads.clone(), line.quote.clone());
    let confidence = evidence.confidence;
    draft.rest_on(evidence, confidence);
}

/// Compares a line with the APU and with the pliego, and adds what the line should come to.
fn prevailing(
    context: Context<'_>,
    audit: &mut Audit,
    line: &Line,
    numbers: Numbers,
    row: &str,
    prices: &[super::apu::UnitPrice<'_>],
) {
    let (mut quantity, mut price) = (numbers.quantity.value, numbers.price.value);
    if let Some(apu) = unit_price_of(line, prices)
        && !price_agrees(apu.amount, numbers.price.value, numbers.price.decimals)
    {
        price = apu.amount.0;
        audit.errors += 1;
        let values = [
            ("fila", row.to_owned()),
            ("apu", apu.amount.spanish()),
            ("tabla", spanish(numbers.price.value)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        audit.draft.add_reason("rules.economica.apu", &values);
        audit.draft.step(
            message("rules.economica.paso_apu", &[("fila", row)]),
            line.description.clone(),
            result(apu.amount.0, numbers.price.value),
        );
        rest_on_line(context, &mut audit.draft, line);
        audit.draft.rest_on_fact(apu.price);
        if apu
            .price
            .evidence
            .location
            .page()
            .is_some_and(|page| context.is_ocr(apu.price.evidence.file, page))
        {
            audit.draft.confidence = audit.draft.confidence.weakest(scanned());
        }
    }
    if let Some(item) = item_of(line, context.items())
        && let Some(asked) = item.quantity
        && asked.normalize() != numbers.quantity.value.normalize()
    {
        quantity = asked;
        audit.errors += 1;
        let values = [
            ("fila", row.to_owned()),
            ("pliego", spanish(asked)),
            ("oferta", spanish(numbers.quantity.value)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        audit.draft.add_reason("rules.economica.cantidad", &values);
        audit.draft.step(
            message("rules.economica.paso_cantidad", &[("fila", row)]),
            line.description.clone(),
            result(asked, numbers.quantity.value),
        );
        rest_on_line(context, &mut audit.draft, line);
    }
    let product = half_up(quantity.checked_mul(price).unwrap_or_default(), numbers.total.decimals.max(2));
    audit.recalculated = audit.recalculated.checked_add(product).unwrap_or(audit.recalculated);
}

/// Returns the totals on the document; where it states none, those of the bid's other economic documents, since a form may have been cut in two.
fn total_facts<'a>(context: Context<'a>, document: &Document, names: &[&str]) -> Vec<&'a Fact> {
    let all = context.facts(names, context.economic_forms());
    let firm: Vec<&Fact> = all.into_iter().filter(|fact| is_firm(fact.confidence)).collect();
    let on_it = |fact: &&Fact| context.document(fact).is_some_and(|other| other.id == document.id);
    let own: Vec<&Fact> = firm.iter().copied().filter(on_it).collect();
    if own.is_empty() { firm } else { own }
}

fn check_sum(
    context: Context<'_>,
    document: &Document,
    audit: &mut Audit,
    table: &PriceTable,
    sum: Option<Decimal>,
) {
    let usual = table.usual_notation();
    let mut printed: Vec<(Decimal, u32, Evidence)> = Vec::new();
    for row in table.sums.iter().filter(|row| !row.is_tax()) {
        let by_notation =
            row.amount.iter().find(|reading| reading.notation.is_none() || reading.notation == usual);
        if let Some(reading) = by_notation.or(row.amount.first()) {
            let evidence = page_evidence(context, row.file, row.page, row.quads.clone(), row.label.clone());
            printed.push((reading.value, reading.decimals, evidence));
        }
    }
    for fact in total_facts(context, document, &fields::TOTAL) {
        if let Some(amount) = money_of(fact) {
            printed.push((amount.0, amount.0.scale(), fact.evidence.clone()));
        }
    }
    if printed.is_empty() {
        // Where the figures could not be read, the words state the total too, and would prevail over them.
        for fact in total_facts(context, document, &fields::TOTAL_IN_WORDS) {
            if let Some(amount) = money_of(fact) {
                printed.push((amount.0, 2, fact.evidence.clone()));
            }
        }
    }
    let Some(sum) = sum else {
        audit.draft.add_reason("rules.economica.suma_no_comprobada", &[]);
        return;
    };
    let agrees = |value: Decimal, decimals: u32| {
        half_up(sum, decimals.max(2)) == value || half_up(sum, decimals) == value
    };
    let Some((first, _, _)) = printed.first().cloned() else {
        audit.draft.add_reason("rules.economica.sin_total", &[("suma", &spanish(sum))]);
        audit.doubts += 1;
        return;
    };
    let best =
        printed.iter().find(|(value, decimals, _)| agrees(*value, *decimals)).map(|(value, _, _)| *value);
    audit.printed = Some(Money(best.unwrap_or(first)));
    let rows = table.lines.len().to_string();
    audit.draft.step(
        message("rules.economica.paso_suma", &[("filas", &rows)]),
        String::new(),
        result(sum, best.unwrap_or(first)),
    );
    for (value, decimals, evidence) in printed {
        let confidence = evidence.confidence;
        if agrees(value, decimals) {
            audit.draft.rest_on(evidence, confidence);
        } else if best.is_some() && explained_by_tax(sum, value) {
            audit.draft.add_reason("rules.economica.total_con_iva", &[("total", &spanish(value))]);
        } else {
            audit.errors += 1;
            let values = [("suma", spanish(sum)), ("total", spanish(value))];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            audit.draft.add_reason("rules.economica.suma", &values);
            audit.draft.rest_on(evidence, confidence);
        }
    }
}

fn check_words(context: Context<'_>, document: &Document, audit: &mut Audit) {
    let words = total_facts(context, document, &fields::TOTAL_IN_WORDS);
    let Some(fact) = words.first() else { return };
    let Some(in_words) = money_of(fact) else {
        if matches!(fact.value, FactValue::Text(_)) {
            audit.draft.add_reason("rules.economica.letras_ilegibles", &[]);
        }
        return;
    };
    let figures = total_facts(context, document, &fields::TOTAL);
    let Some(figure) = figures.iter().find_map(|fact| money_of(fact)).or(audit.printed) else { return };
    audit.draft.step(
        message("rules.economica.paso_letras", &[]),
        in_words.spanish(),
        result(in_words.0, figure.0),
    );
    audit.draft.rest_on_fact(fact);
    if in_words.rounded() != figure.rounded() {
        audit.errors += 1;
        let values = [("letras", in_words.spanish()), ("numeros", figure.spanish())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        audit.draft.add_reason("rules.economica.letras", &values);
        for fact in figures.iter().take(1) {
            audit.draft.rest_on_fact(fact);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::{FactValue, PageStatus, Proposal, Subject, Verdict};

    const HEADS: [&str; 5] = ["Descripción", "Unidad", "Cantidad", "Precio unitario", "Precio total"];

    fn base(rows: &[&[&str]], total: &str) -> Fixture {
        Fixture::new("2026-01-15").document("FUO_1_5_CANT", 4).table(4, &HEADS, rows).fact(
            "total",
            FactValue::Money(money(total)),
            4,
        )
    }

    const RIGHT: [&[&str]; 2] =
        [&["Taladro", "u", "12", "104,35", "1.252,20"], &["Broca", "u", "3", "0,335", "1,01"]];

    fn propose(fixture: &Fixture) -> Proposal {
        fixture.propose(Subject::EconomicOffer)
    }

    fn codes(proposal: &Proposal) -> Vec<&str> {
        proposal.reasons.iter().map(|reason| reason.code.as_str()).collect()
    }

    #[test]
    fn a_table_that_adds_up_meets_it() {
        let proposal = propose(&base(&RIGHT, "1253.21"));
        assert_eq!(proposal.verdict, Verdict::Cumple, "{:?}", proposal.reasons);
        assert_eq!(proposal.legal_basis, ["RGL 101"], "the article");
        assert!(!proposal.evidence.is_empty(), "with its page");
    }

    #[test]
    fn a_wrong_line_is_asked_to_be_corrected_with_our_recalculation() {
        let rows: [&[&str]; 2] = [&["Taladro", "u", "12", "104,35", "1.225,20"], RIGHT[1]];
        let proposal = propose(&base(&rows, "1226.21"));
        assert_eq!(proposal.verdict, Verdict::AConvalidar, "the bidder corrects, on request");
        assert!(codes(&proposal).contains(&"rules.economica.fila"), "{:?}", codes(&proposal));
        assert!(
            proposal.trace.iter().any(|step| step.result.contains("1.253,21")),
            "the recalculation is shown: {:?}",
            proposal.trace
        );
        assert!(
            proposal.evidence.iter().any(|evidence| evidence.quote.contains("Taladro")),
            "and the line is pointed at"
        );
    }

    #[test]
    fn a_wrong_sum_and_words_that_differ_are_errors_too() {
        let sum = propose(&base(&RIGHT, "1253.12"));
        assert_eq!(
            (sum.verdict, codes(&sum)[0]),
            (Verdict::AConvalidar, "rules.economica.suma"),
            "digits swapped in the total"
        );
        let words =
            propose(&base(&RIGHT, "1253.21").fact("total_letras", FactValue::Money(money("1235.21")), 4));
        assert_eq!(
            (words.verdict, codes(&words)[0]),
            (Verdict::AConvalidar, "rules.economica.letras"),
            "words prevail"
        );
    }

    #[test]
    fn without_figures_the_words_are_the_total() {
        let only_words = |amount: &str| {
            let fixture = Fixture::new("2026-01-15").document("FUO_1_5_CANT", 4).table(4, &HEADS, &RIGHT);
            propose(&fixture.fact("total_letras", FactValue::Money(money(amount)), 4)).verdict
        };
        assert_eq!(only_words("1253.21"), Verdict::Cumple, "the sum is what the words say");
        assert_eq!(only_words("1253.12"), Verdict::AConvalidar, "and here it is not");
    }

    #[test]
    fn a_total_with_iva_beside_the_right_one_is_no_error() {
        let proposal =
            propose(&base(&RIGHT, "1253.21").fact("total_numeros", FactValue::Money(money("1441.19")), 4));
        assert_eq!(proposal.verdict, Verdict::Cumple, "{:?}", proposal.reasons);
    }

    #[test]
    fn the_apu_prevails_over_the_table_and_the_pliego_over_the_quantity() {
        let apu = base(&RIGHT, "1253.21")
            .document("FUO_1_6_APU", 8)
            .fact("rubro", FactValue::Text("TALADRO".into()), 8)
            .fact("valor_ofertado", FactValue::Money(money("104.53")), 8);
        let proposal = propose(&apu);
        assert_eq!(
            (proposal.verdict, codes(&proposal)[0]),
            (Verdict::AConvalidar, "rules.economica.apu"),
            "RGL 101"
        );
        assert!(
            proposal.evidence.iter().any(|evidence| evidence.location.page() == Some(8)),
            "the APU's page opens"
        );
        let quantity = propose(&base(&RIGHT, "1253.21").item("Taladro", "15"));
        assert_eq!(
            (quantity.verdict, codes(&quantity)[0]),
            (Verdict::AConvalidar, "rules.economica.cantidad")
        );
        assert_eq!(
            propose(&base(&RIGHT, "1253.21").item("Taladro", "12.00")).verdict,
            Verdict::Cumple,
            "12 is 12.00"
        );
    }

    #[test]
    fn omitted_and_free_rubros_are_asked_and_never_an_error() {
        let fixture =
            base(&RIGHT, "1253.21").item("Taladro", "12").item("Broca", "3").item("Cinta métrica", "4");
        let proposal = propose(&fixture);
        assert_eq!(
            proposal.verdict,
            Verdict::Pendiente,
            "no source says what follows: {:?}",
            proposal.reasons
        );
        let told = proposal.reasons.iter().find(|reason| reason.code == "rules.economica.rubros_omitidos");
        assert!(told.is_some_and(|reason| reason.text.contains("Cinta métrica")), "{:?}", proposal.reasons);
        let reworded = base(&RIGHT, "1253.21").item("Perforadora eléctrica", "12").item("Broca", "3");
        assert_eq!(
            propose(&reworded).verdict,
            Verdict::Cumple,
            "as many lines as items: other words are no omission"
        );
        let free: [&[&str]; 2] = [&["Taladro", "u", "12", "0,00", "0,00"], RIGHT[1]];
        let proposal = propose(&base(&free, "1.01"));
        assert_eq!(
            (proposal.verdict, codes(&proposal)[0]),
            (Verdict::Pendiente, "rules.economica.rubro_cero")
        );
    }

    #[test]
    fn a_product_code_that_is_not_the_pliegos_is_asked() {
        let heads = ["Código CPC", "Descripción", "Unidad", "Cantidad", "Precio unitario", "Precio total"];
        let of = |code: &str| {
            let row: [&[&str]; 1] = [&[code, "Taladro", "u", "12", "104,35", "1.252,20"]];
            let fixture = Fixture::new("2026-01-15").document("FUO_1_5_CANT", 4).table(4, &heads, &row);
            let mut fixture =
                fixture.fact("total", FactValue::Money(money("1252.20")), 4).item("Taladro", "12");
            fixture.pliego.items[0].cpc = Some("42921.00.11".into());
            propose(&fixture)
        };
        assert_eq!(of("429210011").verdict, Verdict::Cumple, "the same without dots");
        assert_eq!(of("42921").verdict, Verdict::Cumple, "a level above is no contradiction");
        let other = of("452800042");
        assert_eq!((other.verdict, codes(&other)[0]), (Verdict::Pendiente, "rules.economica.cpc"));
    }

    #[test]
    fn on_a_scanned_page_a_difference_is_a_question() {
        let rows: [&[&str]; 2] = [&["Taladro", "u", "12", "104,35", "1.225,20"], RIGHT[1]];
        let proposal = propose(&base(&rows, "1226.21").page(4, PageStatus::Ocr));
        assert_eq!(proposal.verdict, Verdict::Pendiente, "a misread digit looks like an error");
        assert!(codes(&proposal).contains(&"rules.economica.fila"), "but it is shown");
    }

    #[test]
    fn an_unreadable_line_or_no_table_is_a_question() {
        let rows: [&[&str]; 2] = [&["Taladro", "u", "12", "1O4,35", "1.252,20"], RIGHT[1]];
        assert_eq!(propose(&base(&rows, "1253.21")).verdict, Verdict::Pendiente, "an O is no zero");
        assert_eq!(
            propose(&Fixture::new("2026-01-15").document("FUO_1_5_CANT", 4)).verdict,
            Verdict::Pendiente,
            "no table"
        );
    }

    #[test]
    fn an_offer_over_the_budget_is_a_warning_and_no_verdict() {
        let proposal = propose(&base(&RIGHT, "1253.21").budget("1000"));
        assert_eq!(proposal.verdict, Verdict::Cumple, "arithmetic is one thing");
        assert!(codes(&proposal).contains(&"rules.economica.sobre_presupuesto"), "the budget is another");
    }

    #[test]
    fn under_the_rules_of_2023_a_changed_total_is_told() {
        let rows: [&[&str]; 2] = [&["Taladro", "u", "12", "104,35", "1.225,20"], RIGHT[1]];
        let fixture = Fixture::new("2024-08-23").document("FUO_1_5_CANT", 4).table(4, &HEADS, &rows).fact(
            "total",
            FactValue::Money(money("1226.21")),
            4,
        );
        assert!(
            codes(&propose(&fixture)).contains(&"rules.economica.regla_2023"),
            "then, only if the total did not change"
        );
    }
}

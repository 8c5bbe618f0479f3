//! Integridad: a form is there, filled in, and electronically signed.
//!
//! Legal basis: RGL 99, 100.3, 100.7, 100.8 and 104 from October 2025; the Normativa Secundaria before. A defect of integridad is asked
//! to be cured and is never by itself a ground of rejection; only a form without electronic signature was not curable under `ec-2023`.
//! One signature serves for every document of its file (RGL 42). Pages that could not be read turn an absence into a question.

use crate::Answer;
use crate::context::{Context, Draft, is_firm};
use cotejo_domain::{
    BidderKind, Confidence, Document, DocumentType, FormCondition, SignatureReading, SignatureVerdict,
    Verdict, document_type_entry,
};

/// Identifier of this check.
pub(super) const ID: &str = "integridad.formulario@1";

enum Signing {
    Signed,
    Unsigned,
    Invalid,
    Unknown,
}

pub(super) fn propose(
    context: Context<'_>,
    document: &DocumentType,
    alternatives: &[DocumentType],
    signed: bool,
    condition: FormCondition,
) -> Draft {
    let found: Vec<&Document> = std::iter::once(document)
        .chain(alternatives)
        .flat_map(|kind| context.documents_of(&kind.0))
        .collect();
    let name = form_name(document);
    let firm: Vec<&Document> =
        found.iter().copied().filter(|document| is_firm(document.confidence)).collect();
    let filled: Vec<&Document> = firm.iter().copied().filter(|document| !document.blank_form).collect();
    if filled.is_empty()
        && let Some(draft) = not_due(context, condition, &name, found.is_empty())
    {
        return draft;
    }
    if !filled.is_empty() {
        return if signed { signature(context, &filled, &name) } else { present(context, &filled, &name) };
    }
    if let Some(blank) = firm.first() {
        let pack = context.pack();
        // Handwriting and faint type look empty to OCR: an image is for a person to look at.
        if blank.pages.iter().any(|page| context.is_ocr(blank.file, *page)) {
            let mut draft = Draft::new(ID, Verdict::Pendiente)
                .reason("rules.integridad.sin_llenar_en_imagen", &[("formulario", &name)])
                .reason("rules.integridad.mire_la_pagina", &[])
                .basis(pack, "integridad.sin_llenar");
            draft.rest_on(context.document_evidence(blank), blank.confidence);
            return draft;
        }
        let mut draft = Draft::new(ID, Verdict::AConvalidar)
            .reason("rules.integridad.sin_llenar", &[("formulario", &name)])
            .reason("rules.integridad.nunca_rechazo", &[])
            .basis(pack, "integridad.sin_llenar");
        draft.rest_on(context.document_evidence(blank), blank.confidence);
        return draft;
    }
    if let Some(weak) = found.first() {
        let mut draft =
            Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.dudoso", &[("formulario", &name)]);
        draft.rest_on(context.document_evidence(weak), weak.confidence);
        return draft;
    }
    absent(context, &name)
}

fn form_name(document: &DocumentType) -> String {
    document_type_entry(&document.0).map_or_else(|| document.0.clone(), |entry| entry.name.clone())
}

/// Answers for forms that are due from some bidders only, when the form is not there.
fn not_due(context: Context<'_>, condition: FormCondition, name: &str, nothing_found: bool) -> Option<Draft> {
    if !nothing_found {
        return None;
    }
    let kind = context.bidder().kind;
    let values = [("formulario", name)];
    let draft = match (condition, kind) {
        (FormCondition::Always, _)
        | (FormCondition::Consorcio, BidderKind::Consorcio)
        | (FormCondition::Juridica, BidderKind::Juridica | BidderKind::Consorcio) => return None,
        (FormCondition::Consorcio, BidderKind::Natural | BidderKind::Juridica) => {
            Draft::new(ID, Verdict::NoAplica).reason("rules.integridad.no_es_consorcio", &values)
        }
        (FormCondition::Juridica, BidderKind::Natural) => {
            Draft::new(ID, Verdict::NoAplica).reason("rules.integridad.es_natural", &values)
        }
        (FormCondition::Consorcio | FormCondition::Juridica, BidderKind::Unknown) => {
            Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.oferente_desconocido", &values)
        }
        (FormCondition::Subcontratacion, _) => {
            Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.subcontratacion", &values)
        }
        (FormCondition::IfApplicable, _) => {
            Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.si_procede", &values)
        }
    };
    Some(draft)
}

fn present(context: Context<'_>, filled: &[&Document], name: &str) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Cumple)
        .reason("rules.integridad.presente", &[("formulario", name)])
        .basis(context.pack(), "integridad.presente");
    if let Some(document) = surest(filled) {
        draft.rest_on(context.document_evidence(document), document.confidence);
    }
    draft
}

fn surest<'a>(documents: &[&'a Document]) -> Option<&'a Document> {
    documents.iter().copied().max_by(|one, other| one.confidence.value().total_cmp(&other.confidence.value()))
}

fn signing_of(signatures: Option<&[SignatureReading]>) -> Signing {
    match signatures {
        None => Signing::Unknown,
        Some([]) => Signing::Unsigned,
        Some(list) if list.iter().any(|signature| signature.verdict != SignatureVerdict::Invalid) => {
            Signing::Signed
        }
        Some(_) => Signing::Invalid,
    }
}

fn signature(context: Context<'_>, filled: &[&Document], name: &str) -> Draft {
    let with = |wanted: fn(&Signing) -> bool| {
        filled.iter().copied().find(|document| wanted(&signing_of(context.signatures(document.file))))
    };
    let pack = context.pack();
    let values = [("formulario", name)];
    if let Some(document) = with(|state| matches!(state, Signing::Signed)) {
        let mut draft = present(context, &[document], name);
        let confirmed = context
            .signatures(document.file)
            .unwrap_or_default()
            .iter()
            .any(|signature| signature.verdict == SignatureVerdict::Valid);
        let code =
            if confirmed { "rules.integridad.firmado" } else { "rules.integridad.firma_sin_confirmar" };
        draft.add_reason(code, &values);
        return draft;
    }
    if let Some(document) = with(|state| matches!(state, Signing::Unknown)) {
        let mut draft =
            Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.firma_no_examinada", &values);
        draft.rest_on(context.document_evidence(document), document.confidence);
        return draft;
    }
    if let Some(document) = with(|state| matches!(state, Signing::Invalid)) {
        // Where an unsigned form could not be cured, whether a broken signature can is not written anywhere that was seen.
        let curable = matches!(pack.unsigned_form_curable(), Answer::Known(value) if value.value);
        let verdict = if curable { Verdict::AConvalidar } else { Verdict::Pendiente };
        let mut draft = Draft::new(ID, verdict)
            .reason("rules.integridad.firma_no_valida", &values)
            .reason("rules.integridad.constatacion", &[])
            .basis(pack, "integridad.firma_no_valida");
        draft.rest_on(context.document_evidence(document), document.confidence);
        return draft;
    }
    match surest(filled) {
        Some(document) => unsigned(context, document, name),
        None => absent(context, name),
    }
}

fn unsigned(context: Context<'_>, document: &Document, name: &str) -> Draft {
    let pack = context.pack();
    let values = [("formulario", name)];
    let mut draft = match pack.unsigned_form_curable() {
        Answer::Known(value) if value.value => {
            let mut draft = Draft::new(ID, Verdict::AConvalidar)
                .reason("rules.integridad.sin_firma", &values)
                .reason("rules.integridad.constatacion", &[]);
            draft.rest_on_norm("formulario_sin_firma_subsanable", &value);
            if nothing_of_the_form_is_signed(context) {
                draft.add_reason("rules.integridad.sin_ninguna_firma", &[]);
            }
            draft
        }
        // That it may not be cured ends a bid without a request: it must have been read in the norm.
        Answer::Known(value) if value.marked() => {
            let mut draft = Draft::new(ID, Verdict::Pendiente)
                .reason("rules.integridad.sin_firma", &values)
                .reason("rules.integridad.sin_firma_por_verificar", &[("regimen", &pack.id)])
                .reason("rules.integridad.constatacion", &[]);
            draft.rest_on_norm("formulario_sin_firma_subsanable", &value);
            draft
        }
        Answer::Known(value) => {
            let mut draft = Draft::new(ID, Verdict::NoCumple)
                .reason("rules.integridad.sin_firma", &values)
                .reason("rules.integridad.sin_firma_no_subsanable", &[("regimen", &pack.id)])
                .reason("rules.integridad.constatacion", &[]);
            draft.rest_on_norm("formulario_sin_firma_subsanable", &value);
            draft
        }
        Answer::Ask { .. } => Draft::new(ID, Verdict::Pendiente)
            .reason("rules.integridad.sin_firma", &values)
            .reason("rules.norma_no_consta", &[("regimen", &pack.id)]),
    };
    draft.add_basis(pack, "integridad.sin_firma");
    draft.rest_on(context.document_evidence(document), document.confidence);
    draft
}

/// Tells whether no file with a form of the FUO carries any signature: then it is arguable whether the bid was signed at all (RGL 95).
fn nothing_of_the_form_is_signed(context: Context<'_>) -> bool {
    let forms = context.documents().iter().filter(|document| document.kind.0.starts_with("FUO_"));
    let mut files = forms.map(|document| document.file);
    files.all(|file| context.signatures(file).is_some_and(<[SignatureReading]>::is_empty))
}

fn absent(context: Context<'_>, name: &str) -> Draft {
    let searched = context.searched();
    let unread = context.unread();
    let values = [("formulario", name), ("archivos", searched.as_str())];
    if context.documents().is_empty() {
        return Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.nada_reconocido", &values);
    }
    if unread.count > 0 {
        let count = unread.count.to_string();
        let values = [("formulario", name), ("paginas", count.as_str()), ("lista", unread.list.as_str())];
        return Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.ausente_sin_leer", &values);
    }
    let unknown: Vec<&Document> = context.documents_of("OTRO").collect();
    let on_image =
        unknown.iter().any(|document| document.pages.iter().any(|page| context.is_ocr(document.file, *page)));
    if on_image {
        let mut draft =
            Draft::new(ID, Verdict::Pendiente).reason("rules.integridad.ausente_sin_clasificar", &values);
        for document in unknown.iter().take(3) {
            draft.rest_on(context.document_evidence(document), document.confidence);
        }
        return draft;
    }
    let mut draft = Draft::new(ID, Verdict::AConvalidar)
        .reason("rules.integridad.ausente", &values)
        .reason("rules.integridad.nunca_rechazo", &[])
        .basis(context.pack(), "integridad.ausente");
    draft.confidence = Confidence::new(if unknown.is_empty() { 0.9 } else { 0.75 });
    if !unknown.is_empty() {
        draft.add_reason(
            "rules.integridad.revise_sin_clasificar",
            &[("documentos", &unknown.len().to_string())],
        );
    }
    draft
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{BidderKind, FormCondition, PageStatus, SignatureVerdict, Verdict};

    const FORM: &str = "FUO_1_2";

    fn verdict(fixture: &Fixture, condition: FormCondition) -> (Verdict, Vec<String>) {
        let proposal = fixture.form(FORM, condition);
        (proposal.verdict, proposal.reasons.into_iter().map(|reason| reason.code).collect())
    }

    #[test]
    fn a_filled_and_signed_form_meets_it_with_its_page() {
        let fixture = Fixture::new("2026-01-15").document(FORM, 3).signed(SignatureVerdict::Valid);
        let proposal = fixture.form(FORM, FormCondition::Always);
        assert_eq!(proposal.verdict, Verdict::Cumple, "{:?}", proposal.reasons);
        assert_eq!(proposal.evidence[0].location.page(), Some(3), "the page opens");
        assert_eq!(proposal.legal_basis, ["RGL 99"], "from the pack");
    }

    #[test]
    fn a_missing_form_is_asked_for_and_never_rejected() {
        let fixture = Fixture::new("2026-01-15").document("FUO_1_1", 1);
        let proposal = fixture.form(FORM, FormCondition::Always);
        assert_eq!(proposal.verdict, Verdict::AConvalidar, "RGL 100.3");
        assert_eq!(proposal.legal_basis, ["RGL 99", "RGL 100.3", "RGL 104"], "with its articles");
        assert!(proposal.evidence.is_empty(), "an absence has no page");
        assert!(proposal.reasons[0].text.contains("oferta.pdf"), "it says where it looked");
    }

    #[test]
    fn with_unread_pages_an_absence_is_no_defect() {
        let fixture = Fixture::new("2026-01-15").document("FUO_1_1", 1).page(9, PageStatus::Failed);
        assert_eq!(verdict(&fixture, FormCondition::Always).0, Verdict::Pendiente, "it may stand on page 9");
        let fixture =
            Fixture::new("2026-01-15").document("FUO_1_1", 1).document("OTRO", 4).page(4, PageStatus::Ocr);
        assert_eq!(
            verdict(&fixture, FormCondition::Always).0,
            Verdict::Pendiente,
            "or on a scanned page of unknown type"
        );
        assert_eq!(
            verdict(&Fixture::new("2026-01-15"), FormCondition::Always).0,
            Verdict::Pendiente,
            "nothing was read"
        );
    }

    #[test]
    fn a_blank_form_is_not_a_filled_one() {
        let fixture = Fixture::new("2026-01-15").document(FORM, 2).blank().signed(SignatureVerdict::Valid);
        let (verdict, codes) = verdict(&fixture, FormCondition::Always);
        assert_eq!(verdict, Verdict::AConvalidar, "an empty template says nothing");
        assert_eq!(codes[0], "rules.integridad.sin_llenar", "and the reason says so");
    }

    #[test]
    fn an_unsigned_form_is_curable_from_2025_and_was_not_before() {
        let now = Fixture::new("2026-01-15").document(FORM, 2).unsigned().form(FORM, FormCondition::Always);
        assert_eq!(now.verdict, Verdict::AConvalidar, "RGL 100.7 and 100.8");
        assert!(now.rests_on_unverified, "arguable when nothing at all is signed");
        assert!(
            now.reasons.iter().any(|reason| reason.code == "rules.integridad.sin_ninguna_firma"),
            "and the doubt is told"
        );
        let then = Fixture::new("2024-08-23").document(FORM, 2).unsigned().form(FORM, FormCondition::Always);
        assert_eq!(then.verdict, Verdict::NoCumple, "not curable under ec-2023");
        let heir = Fixture::new("2025-07-15").document(FORM, 3).unsigned();
        let heir = heir.form(FORM, FormCondition::Always);
        assert_eq!(heir.verdict, Verdict::Pendiente, "nobody read that in the text of June 2025");
        assert!(heir.rests_on_unverified);
        let old = Fixture::new("2023-07-03").document(FORM, 2).unsigned().form(FORM, FormCondition::Always);
        assert_eq!(old.verdict, Verdict::Pendiente, "ec-2022 does not say: asked");
    }

    #[test]
    fn a_broken_signature_is_curable_and_an_unexamined_one_is_a_question() {
        let broken = Fixture::new("2026-01-15").document(FORM, 2).signed(SignatureVerdict::Invalid);
        assert_eq!(verdict(&broken, FormCondition::Always).0, Verdict::AConvalidar, "RGL 100.8");
        let unknown = Fixture::new("2026-01-15").document(FORM, 2);
        assert_eq!(
            verdict(&unknown, FormCondition::Always).0,
            Verdict::Pendiente,
            "nobody looked at the signatures"
        );
        let unconfirmed =
            Fixture::new("2026-01-15").document(FORM, 2).signed(SignatureVerdict::Indeterminate);
        assert_eq!(
            verdict(&unconfirmed, FormCondition::Always).0,
            Verdict::Cumple,
            "an unconfirmed anchor is no defect"
        );
    }

    #[test]
    fn conditional_forms_follow_the_bidder() {
        let base = || Fixture::new("2026-01-15").document("FUO_1_1", 1);
        for (kind, condition, expected) in [
            (BidderKind::Juridica, FormCondition::Consorcio, Verdict::NoAplica),
            (BidderKind::Consorcio, FormCondition::Consorcio, Verdict::AConvalidar),
            (BidderKind::Unknown, FormCondition::Consorcio, Verdict::Pendiente),
            (BidderKind::Natural, FormCondition::Juridica, Verdict::NoAplica),
            (BidderKind::Juridica, FormCondition::Subcontratacion, Verdict::Pendiente),
            (BidderKind::Juridica, FormCondition::IfApplicable, Verdict::Pendiente),
        ] {
            assert_eq!(verdict(&base().bidder(kind), condition).0, expected, "{kind:?} {condition:?}");
        }
    }

    #[test]
    fn a_doubtful_type_is_shown_not_judged() {
        let fixture =
            Fixture::new("2026-01-15").document(FORM, 2).confidence(0.5).signed(SignatureVerdict::Valid);
        assert_eq!(
            verdict(&fixture, FormCondition::Always).0,
            Verdict::Pendiente,
            "below 0.7 a person looks"
        );
    }
}

//! The parts around the body: styles, numbering, head, foot, relations.

use super::body::{drawing, namespaces, paragraph, runs};
use super::escaped;
use crate::model::{Paper, Span, Style};
use cotejo_catalogue::message;
use std::fmt::Write as _;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(crate) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: &str| {
        format!(r#"<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>"#)
    };
    let parts: String = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("header1", "header"),
        ("footer1", "footer"),
    ]
    .iter()
    .map(|(name, kind)| part(name, kind))
    .collect();
    format!(
        r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>{parts}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#
    )
}

fn relations(list: &str) -> String {
    format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{list}</Relationships>"#
    )
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

pub(crate) fn package_relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let document = relation("rId1", "officeDocument", "word/document.xml");
    relations(&format!(r#"{document}<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>"#))
}

fn images(paper: &Paper) -> String {
    let relation = |(index, image): (usize, &crate::Image)| {
        relation(&format!("rIdImage{index}"), "image", &format!("media/{index}.{}", image.ending()))
    };
    paper.images.iter().enumerate().map(relation).collect()
}

pub(crate) fn document_relations(paper: &Paper) -> String {
    let fixed: String = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdHeader", "header", "header1.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
    ]
    .iter()
    .map(|(id, kind, target)| relation(id, kind, target))
    .collect();
    relations(&format!("{fixed}{}", images(paper)))
}

pub(crate) fn header_relations(paper: &Paper) -> String {
    relations(&images(paper))
}

pub(crate) fn core(paper: &Paper, created: jiff::Timestamp) -> String {
    let title = format!("{} · {}", paper.title, paper.process_code);
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>es-EC</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{created:.0}</dcterms:created></cp:coreProperties>"#,
        escaped(&title),
        escaped(&paper.entity),
    )
}

pub(crate) fn settings() -> String {
    format!(
        r#"{HEAD}<w:settings {}><w:defaultTabStop w:val="708"/><w:themeFontLang w:val="es-EC"/></w:settings>"#,
        namespaces()
    )
}

fn style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    let based = if id == "Normal" { "" } else { r#"<w:basedOn w:val="Normal"/>"# };
    let default = if id == "Normal" { r#" w:default="1""# } else { "" };
    format!(
        r#"<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
    )
}

pub(crate) fn styles() -> String {
    let rule = |edge: &str, size: u32| {
        format!(r#"<w:{edge} w:val="single" w:sz="{size}" w:space="4" w:color="000000"/>"#)
    };
    let left = r#"<w:jc w:val="left"/>"#;
    let list: String = [
        style("Normal", "Normal", r#"<w:spacing w:after="120" w:line="264" w:lineRule="auto"/><w:jc w:val="both"/>"#, r#"<w:sz w:val="20"/>"#),
        style("Title", "Title", r#"<w:keepNext/><w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>"#, r#"<w:b/><w:caps/><w:sz w:val="30"/>"#),
        style("Subtitle", "Subtitle", &format!(r#"<w:pBdr>{}</w:pBdr><w:spacing w:after="160"/><w:jc w:val="center"/>"#, rule("bottom", 6)), "<w:b/>"),
        style("Heading1", "heading 1", r#"<w:keepNext/><w:spacing w:before="240" w:after="100"/><w:jc w:val="left"/><w:outlineLvl w:val="0"/>"#, r#"<w:b/><w:sz w:val="23"/>"#),
        style("Heading2", "heading 2", r#"<w:keepNext/><w:spacing w:before="180" w:after="80"/><w:jc w:val="left"/><w:outlineLvl w:val="1"/>"#, "<w:b/>"),
        style("ListParagraph", "List Paragraph", r#"<w:spacing w:after="60"/>"#, ""),
        style("Resultado", "Resultado", &format!("<w:keepLines/><w:pBdr>{}{}</w:pBdr>", rule("top", 4), rule("bottom", 10)), ""),
        style("Cabeza", "Cabeza de cuadro", &format!(r#"<w:spacing w:before="30" w:after="30"/>{left}"#), r#"<w:i/><w:sz w:val="16"/>"#),
        style("Celda", "Celda", &format!(r#"<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>{left}"#), r#"<w:sz w:val="17"/>"#),
        style("Dato", "Dato", &format!(r#"<w:spacing w:before="20" w:after="20"/>{left}"#), r#"<w:sz w:val="19"/>"#),
        style("Firma", "Firma", &format!(r#"<w:keepNext/><w:pBdr>{}</w:pBdr><w:spacing w:before="1300" w:after="20"/>{left}"#, rule("top", 4)), r#"<w:sz w:val="19"/>"#),
        style("Imagen", "Imagen", r#"<w:jc w:val="center"/>"#, ""),
        style("Caption", "caption", left, r#"<w:color w:val="525252"/><w:sz w:val="16"/>"#),
        style("Espacio", "Espacio", r#"<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>"#, r#"<w:sz w:val="8"/>"#),
        style("Header", "header", left, r#"<w:color w:val="525252"/><w:sz w:val="16"/>"#),
        style("Footer", "footer", left, r#"<w:color w:val="525252"/><w:sz w:val="15"/>"#),
    ]
    .concat();
    format!(
        r#"{HEAD}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:eastAsia="Cambria" w:cs="Times New Roman"/><w:lang w:val="es-EC" w:eastAsia="es-EC" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>{list}<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="Cuadro"><w:name w:val="Cuadro"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="9E9E9E"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="9E9E9E"/></w:tblBorders></w:tblPr></w:style></w:styles>"#,
        namespaces()
    )
}

pub(crate) fn numbering(ordered: usize) -> String {
    let level = |format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl>"#
        )
    };
    let mut xml = format!(
        r#"{HEAD}<w:numbering {}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        namespaces(),
        level("bullet", "•"),
        level("decimal", "%1."),
    );
    for list in 0..ordered {
        let _ = write!(
            xml,
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
            list + 2
        );
    }
    xml.push_str("</w:numbering>");
    xml
}

fn plain(text: &str, style: Style) -> Span {
    Span { text: text.to_owned(), style }
}

pub(crate) fn header(paper: &Paper) -> String {
    let bold = Style { bold: true, ..Style::default() };
    let mut text = String::new();
    if let Some((index, logo)) = paper.logo.and_then(|index| Some((index, paper.images.get(index)?))) {
        let height = 11.0 * 36_000.0;
        let width = height * f64::from(logo.width.max(1)) / f64::from(logo.height.max(1));
        text.push_str(&paragraph("Header", "", &drawing(index, 9_000, &paper.entity, width, height)));
    }
    let line = format!(" · {}", paper.process_code);
    text.push_str(&paragraph(
        "Header",
        "",
        &runs(&[plain(&paper.entity, bold), plain(&line, Style::default())], None),
    ));
    for line in &paper.head_lines {
        text.push_str(&paragraph("Header", "", &runs(&[plain(line, Style::default())], None)));
    }
    if !paper.watermark.is_empty() {
        let _ = write!(
            text,
            r##"<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:pict><v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="Marca" type="#_x0000_t136" alt="{0}" style="position:absolute;margin-left:0;margin-top:0;width:480pt;height:90pt;rotation:315;z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:textpath style="font-family:&quot;Cambria&quot;;font-size:1pt" string="{0}"/></v:shape></w:pict></w:r></w:p>"##,
            escaped(&paper.watermark)
        );
    }
    format!("{HEAD}<w:hdr {}>{text}</w:hdr>", namespaces())
}

pub(crate) fn footer(paper: &Paper) -> String {
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let mut text = String::new();
    let lines: Vec<&str> = paper.marks.iter().chain(&paper.foot_lines).map(String::as_str).collect();
    if !lines.is_empty() {
        text.push_str(&paragraph("Footer", "", &runs(&[plain(&lines.join(" · "), Style::default())], None)));
    }
    let say = |key: &str| message(&format!("reports.print.{key}"), &[]);
    let number = format!(
        "{}{}{}{}",
        runs(&[plain(&format!("{} ", say("page")), Style::default())], None),
        field("PAGE"),
        runs(&[plain(&format!(" {} ", say("of")), Style::default())], None),
        field("NUMPAGES"),
    );
    text.push_str(&paragraph("Footer", r#"<w:jc w:val="right"/>"#, &number));
    format!("{HEAD}<w:ftr {}>{text}</w:ftr>", namespaces())
}

//! A paper as DOCX (ECMA-376, Office Open XML, transitional), for word processors.

use super::{escaped, unlike};
use crate::document::description::{Block, DescriptionPaper, Picture};
use crate::io::{Packing, pack};

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
PICTURES<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
</Types>";

const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
</Relationships>";

const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
PICTURES</Relationships>";

const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr></w:rPrDefault>\
<w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/>\
<w:pPr><w:keepNext/><w:spacing w:after=\"240\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"28\"/></w:rPr></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/>\
<w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"24\"/></w:rPr></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/>\
<w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/></w:rPr></w:style>\
</w:styles>";

const FOOTER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\
<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>\
<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> NUMPAGES </w:instrText></w:r>\
<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
</w:p></w:ftr>";

const PNG_TYPE: &str = "<Default Extension=\"png\" ContentType=\"image/png\"/>";

/// Width, height and margin of A4, in twentieths of a point; forms have less above and below.
const A4: [usize; 2] = [11_906, 16_838];
const MARGIN: usize = 1_134;
const FORM_MARGIN: usize = 680;
/// English Metric Units in a millimetre (ECMA-376 part 1, 20.1.2.1).
const EMU: f64 = 36_000.0;

/// Returns a paper as the bytes of a DOCX file: A4, in landscape for three or more languages; the same paper gives the
/// same bytes.
pub fn paper_docx(paper: &DescriptionPaper) -> Vec<u8> {
    let is_wide = paper.languages.len() > 2 && !paper.is_form;
    let [width, height] = if is_wide { [A4[1], A4[0]] } else { A4 };
    let text_width = width - 2 * MARGIN;
    let mut body = String::new();
    let mut pictures: Vec<&[u8]> = Vec::new();
    let mut begins_page = false;
    for block in &paper.blocks {
        match block {
            Block::Title(texts) if paper.is_form => {
                let title = stacked(paper, "Title", texts);
                // The first paragraph begins the page: a break would stand in a paragraph of its own.
                let style = "<w:pStyle w:val=\"Title\"/>";
                let breaks = format!("{style}<w:pageBreakBefore/>");
                body.push_str(&if std::mem::take(&mut begins_page) {
                    title.replacen(style, &breaks, 1)
                } else {
                    title
                });
            }
            Block::Note(texts) => body.push_str(&stacked(paper, "Note", texts)),
            Block::Form { shares, headings, rows } => form(&mut body, paper, shares, (headings, rows), text_width),
            Block::Picture(picture) => match &picture.png {
                Some(png) => {
                    pictures.push(png);
                    body.push_str(&drawing(picture, pictures.len()));
                }
                None => row(&mut body, paper, "Normal", &picture.texts, text_width),
            },
            Block::NextPage => begins_page = true,
            Block::Signatures(names) if paper.is_form => {
                let line = paragraph("Cell", None, "") + &paragraph("Cell", None, &"_".repeat(38));
                let cells: Vec<String> = names.iter().map(|texts| line.clone() + &spread(paper, texts)).collect();
                let widths = equal(cells.len(), text_width);
                open_table(&mut body, &widths, false);
                table_row(&mut body, &cells, &widths, false);
                body.push_str("</w:tbl>");
                body.push_str(&paragraph("Cell", None, ""));
            }
            Block::Title(texts) if is_wide => row(&mut body, paper, "Heading1", texts, text_width),
            Block::Title(texts) => row(&mut body, paper, "Title", texts, text_width),
            Block::Heading(texts) => row(&mut body, paper, "Heading1", texts, text_width),
            Block::Paragraph(texts) => row(&mut body, paper, "Normal", texts, text_width),
            Block::Table { headings, rows } => {
                let columns = headings.len();
                // Tables without a paragraph between them would merge.
                body.push_str(&paragraph("Cell", None, ""));
                let widths = equal(columns, text_width);
                open_table(&mut body, &widths, true);
                let heads: Vec<String> = headings.iter().map(|texts| spread(paper, texts)).collect();
                table_row(&mut body, &heads, &widths, true);
                for cells in rows {
                    let cells: Vec<String> = cells.iter().map(|cell| paragraph("Cell", None, cell)).collect();
                    table_row(&mut body, &cells, &widths, false);
                }
                body.push_str("</w:tbl>");
                body.push_str(&paragraph("Normal", None, ""));
            }
            Block::Signatures(names) => {
                for texts in names {
                    body.push_str(&paragraph("Normal", None, ""));
                    body.push_str(&paragraph("Normal", None, "______________________________"));
                    body.push_str(&spread(paper, texts));
                }
            }
        }
    }
    // Narrow columns have a smaller font, so that a page has room for more than two legs; a form is one page.
    let styles = match (is_wide, paper.is_form) {
        (true, _) => STYLES.replace("w:val=\"22\"", "w:val=\"18\""),
        (_, true) => form_styles(),
        _ => STYLES.to_owned(),
    };
    let margin = if paper.is_form { FORM_MARGIN } else { MARGIN };
    let orientation = if is_wide { " w:orient=\"landscape\"" } else { "" };
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><w:body>{body}<w:sectPr>\
         <w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"{MARGIN}\" w:bottom=\"{margin}\" w:left=\"{MARGIN}\" w:header=\"567\" \
         w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let png = if pictures.is_empty() { "" } else { PNG_TYPE };
    let types = CONTENT_TYPES.replace("PICTURES", png);
    let names: Vec<String> = (1..=pictures.len()).map(|n| format!("word/media/image{n}.png")).collect();
    let relations: String = (1..=pictures.len())
        .map(|n| {
            format!(
                "<Relationship Id=\"rIdPicture{n}\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
                 Target=\"media/image{n}.png\"/>"
            )
        })
        .collect();
    let relations = DOCUMENT_RELATIONS.replace("PICTURES", &relations);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", PACKAGE_RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footer1.xml", FOOTER.as_bytes()),
    ];
    parts.extend(names.iter().map(String::as_str).zip(pictures));
    pack(&parts, Packing::Deflated)
}

const FORM_STYLES: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Note\"><w:name w:val=\"Note\"/><w:basedOn w:val=\"Normal\"/>\
<w:pPr><w:spacing w:after=\"20\"/></w:pPr><w:rPr><w:sz w:val=\"12\"/></w:rPr></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"Gap\"><w:name w:val=\"Gap\"/><w:basedOn w:val=\"Normal\"/>\
<w:pPr><w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr><w:rPr><w:sz w:val=\"8\"/></w:rPr></w:style></w:styles>";

/// Styles of a form: smaller, with less space.
fn form_styles() -> String {
    STYLES
        .replace("w:val=\"22\"", "w:val=\"16\"")
        .replace("w:val=\"28\"", "w:val=\"24\"")
        .replace("w:after=\"240\"", "w:after=\"60\"")
        .replace("w:after=\"120\" w:line=\"264\"", "w:after=\"40\" w:line=\"240\"")
        .replace("<w:sz w:val=\"18\"/>", "<w:sz w:val=\"16\"/>")
        .replace("</w:styles>", FORM_STYLES)
}

/// A text in all languages, one below the other; what is the same in several, or in all, once.
fn stacked(paper: &DescriptionPaper, style: &str, texts: &[String]) -> String {
    let lines = unlike(&paper.languages, texts).into_iter();
    lines.map(|(code, text)| paragraph(style, code.map(String::as_str), text)).collect()
}

/// A table whose cells have texts in all languages.
fn form(
    body: &mut String,
    paper: &DescriptionPaper,
    shares: &[usize],
    (headings, rows): (&[Vec<String>], &[Vec<Vec<String>>]),
    width: usize,
) {
    let cell = |texts: &Vec<String>| {
        let runs: Vec<String> = unlike(&paper.languages, texts)
            .into_iter()
            .map(|(code, text)| run(code.map(String::as_str), text))
            .collect();
        format!("<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr>{}</w:p>", runs.join(&run(None, " · ")))
    };
    let whole = shares.iter().sum::<usize>().max(1);
    let widths: Vec<usize> = shares.iter().map(|share| width * share / whole).collect();
    open_table(body, &widths, true);
    if !headings.is_empty() {
        let heads: Vec<String> = headings.iter().map(cell).collect();
        table_row(body, &heads, &widths, true);
    }
    for texts in rows {
        let cells: Vec<String> = texts.iter().map(cell).collect();
        table_row(body, &cells, &widths, false);
    }
    body.push_str("</w:tbl>");
    body.push_str(&paragraph("Gap", None, ""));
}

/// A picture in a line of text, at its true size.
fn drawing(picture: &Picture, number: usize) -> String {
    let [width, height] = picture.size_mm.map(|mm| (mm * EMU).round() as u64);
    let text = escaped(picture.texts.first().map_or("", String::as_str));
    let name = format!("id=\"{number}\" name=\"Picture {number}\" descr=\"{text}\"");
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" \
         distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr {name}/><a:graphic \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr {name}/>\
         <pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdPicture{number}\"/><a:stretch><a:fillRect/>\
         </a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/>\
         </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r></w:p>"
    )
}

/// A paragraph in a style.
fn paragraph(style: &str, language: Option<&str>, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(language, text))
}

/// A run of text. Armenian has a font that includes its letters on most machines.
fn run(language: Option<&str>, text: &str) -> String {
    let fonts = match language {
        Some("hy") => "<w:rFonts w:ascii=\"Sylfaen\" w:hAnsi=\"Sylfaen\" w:cs=\"Sylfaen\"/>",
        _ => "",
    };
    let locale = match language {
        Some("en") => "<w:lang w:val=\"en-GB\"/>",
        Some("ru") => "<w:lang w:val=\"ru-RU\"/>",
        Some("hy") => "<w:lang w:val=\"hy-AM\"/>",
        Some("az") => "<w:lang w:val=\"az-Latn-AZ\"/>",
        _ => "",
    };
    let text = escaped(text);
    format!("<w:r><w:rPr>{fonts}{locale}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A text in all languages: a paragraph for one language, else a table row.
fn row(body: &mut String, paper: &DescriptionPaper, style: &str, texts: &[String], width: usize) {
    let each = paper.languages.iter().zip(texts);
    let cells: Vec<String> = each.map(|(code, text)| paragraph(style, Some(code), text)).collect();
    match cells.as_slice() {
        _ if paper.is_form => body.push_str(&stacked(paper, style, texts)),
        [one] => body.push_str(one),
        cells => {
            let widths = equal(cells.len(), width);
            open_table(body, &widths, false);
            table_row(body, cells, &widths, false);
            body.push_str("</w:tbl>");
        }
    }
}

/// A text in all languages, one below the other.
fn spread(paper: &DescriptionPaper, texts: &[String]) -> String {
    let mut shown: Vec<&String> = Vec::new();
    let mut out = String::new();
    for (code, text) in paper.languages.iter().zip(texts) {
        if !shown.contains(&text) {
            shown.push(text);
            out.push_str(&paragraph("Cell", Some(code), text));
        }
    }
    out
}

/// Columns of equal width.
fn equal(columns: usize, width: usize) -> Vec<usize> {
    vec![width / columns.max(1); columns]
}

fn open_table(body: &mut String, widths: &[usize], has_lines: bool) {
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>");
    let borders = match has_lines {
        true => ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat(),
        false => String::new(),
    };
    let grid: String = widths.iter().map(|column| format!("<w:gridCol w:w=\"{column}\"/>")).collect();
    let width: usize = widths.iter().sum();
    body.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout \
         w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    ));
}

fn table_row(body: &mut String, cells: &[String], widths: &[usize], is_heading: bool) {
    let heading = if is_heading { "<w:tblHeader/>" } else { "" };
    body.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>"));
    for (cell, column) in cells.iter().zip(widths) {
        body.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{column}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"));
    }
    body.push_str("</w:tr>");
}

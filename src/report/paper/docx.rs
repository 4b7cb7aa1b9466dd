//! A paper as DOCX (ECMA-376, Office Open XML, transitional), for word processors.

use super::escaped;
use crate::document::description::{Block, DescriptionPaper};
use crate::io::{Packing, pack};

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
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
</Relationships>";

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

/// Width, height and margin of A4, in twentieths of a point.
const A4: [usize; 2] = [11_906, 16_838];
const MARGIN: usize = 1_134;

/// Returns a paper as the bytes of a DOCX file: A4, in landscape for three or more languages; the same paper gives the
/// same bytes.
pub fn paper_docx(paper: &DescriptionPaper) -> Vec<u8> {
    let is_wide = paper.languages.len() > 2;
    let [width, height] = if is_wide { [A4[1], A4[0]] } else { A4 };
    let text_width = width - 2 * MARGIN;
    let mut body = String::new();
    for block in &paper.blocks {
        match block {
            Block::Title(texts) if is_wide => row(&mut body, paper, "Heading1", texts, text_width),
            Block::Title(texts) => row(&mut body, paper, "Title", texts, text_width),
            Block::Heading(texts) => row(&mut body, paper, "Heading1", texts, text_width),
            Block::Paragraph(texts) => row(&mut body, paper, "Normal", texts, text_width),
            Block::Table { headings, rows } => {
                let columns = headings.len();
                // Tables without a paragraph between them would merge.
                body.push_str(&paragraph("Cell", None, ""));
                open_table(&mut body, columns, text_width, true);
                let heads: Vec<String> = headings.iter().map(|texts| spread(paper, texts)).collect();
                table_row(&mut body, &heads, text_width, true);
                for cells in rows {
                    let cells: Vec<String> = cells.iter().map(|cell| paragraph("Cell", None, cell)).collect();
                    table_row(&mut body, &cells, text_width, false);
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
    // Narrow columns have a smaller font, so that a page has room for more than two legs.
    let styles = if is_wide { STYLES.replace("w:val=\"22\"", "w:val=\"18\"") } else { STYLES.to_owned() };
    let orientation = if is_wide { " w:orient=\"landscape\"" } else { "" };
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{body}<w:sectPr>\
         <w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/>\
         <w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"567\" \
         w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", PACKAGE_RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footer1.xml", FOOTER.as_bytes()),
    ];
    pack(&parts, Packing::Deflated)
}

/// A paragraph in a style. Armenian has a font that includes its letters on most machines.
fn paragraph(style: &str, language: Option<&str>, text: &str) -> String {
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
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:rPr>{fonts}{locale}</w:rPr><w:t \
         xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

/// A text in all languages: a paragraph for one language, else a table row.
fn row(body: &mut String, paper: &DescriptionPaper, style: &str, texts: &[String], width: usize) {
    let each = paper.languages.iter().zip(texts);
    let cells: Vec<String> = each.map(|(code, text)| paragraph(style, Some(code), text)).collect();
    match cells.as_slice() {
        [one] => body.push_str(one),
        cells => {
            open_table(body, cells.len(), width, false);
            table_row(body, cells, width, false);
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

fn open_table(body: &mut String, columns: usize, width: usize, has_lines: bool) {
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>");
    let borders = match has_lines {
        true => ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat(),
        false => String::new(),
    };
    let column = width / columns.max(1);
    let grid = format!("<w:gridCol w:w=\"{column}\"/>").repeat(columns);
    body.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout \
         w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    ));
}

fn table_row(body: &mut String, cells: &[String], width: usize, is_heading: bool) {
    let column = width / cells.len().max(1);
    let heading = if is_heading { "<w:tblHeader/>" } else { "" };
    body.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>"));
    for cell in cells {
        body.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{column}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"));
    }
    body.push_str("</w:tr>");
}

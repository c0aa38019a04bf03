//! A Word document as WPS and Word open and edit it: paragraphs, tables, page breaks; layout after GB/T 9704. The same
//! content is the same bytes.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

/// The body of a document, growing downwards.
#[derive(Default)]
pub(super) struct Document {
    body: String,
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;
const MAIN: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
/// Title 22 pt, text 16 pt, tables 12 pt. Fonts are named, not embedded: an office without 小标宋 shows 宋体.
const STYLES: &str = r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="240" w:after="360" w:line="640"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Text"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Right"><w:name w:val="Signature"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="360"/></w:pPr><w:rPr><w:sz w:val="24"/></w:rPr></w:style><w:style w:type="table" w:styleId="Frame"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>"#;
/// A4 portrait: margins 37, 26, 35 and 28 mm leave 156 × 225 mm.
const SECTION: &str = r#"<w:sectPr><w:footerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>"#;
/// Width of the text in twentieths of a point.
const WIDE: usize = 8844;

impl Document {
    pub(super) fn title(&mut self, text: &str) {
        self.paragraph("Title", text);
    }
    pub(super) fn heading(&mut self, text: &str) {
        self.paragraph("Heading1", text);
    }
    pub(super) fn text(&mut self, text: &str) {
        self.paragraph("Text", text);
    }
    /// Without an indent, as the line that addresses somebody.
    pub(super) fn line(&mut self, text: &str) {
        self.paragraph("Normal", text);
    }
    pub(super) fn right(&mut self, text: &str) {
        self.paragraph("Right", text);
    }
    pub(super) fn page_break(&mut self) {
        self.body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    fn put(&mut self, xml: std::fmt::Arguments) {
        let _ = self.body.write_fmt(xml); // into memory
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        let text = escaped(text);
        self.put(format_args!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        ));
    }

    /// A table as wide as the text; `widths` are shares. The header is repeated on every page, and no row is broken.
    pub(super) fn table(&mut self, header: &[&str], widths: &[usize], rows: &[Vec<String>]) {
        let all: usize = widths.iter().sum::<usize>().max(1);
        let widths: Vec<usize> = widths.iter().map(|width| width * WIDE / all).collect();
        self.body.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Frame\"/>");
        self.put(format_args!("<w:tblW w:w=\"{WIDE}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"));
        self.body.extend(widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")));
        self.body.push_str("</w:tblGrid>");
        let header: Vec<String> = header.iter().map(ToString::to_string).collect();
        self.row(&header, &widths, "<w:tblHeader/>");
        for row in rows {
            self.row(row, &widths, "");
        }
        self.body.push_str("</w:tbl>");
    }

    fn row(&mut self, cells: &[String], widths: &[usize], more: &str) {
        self.put(format_args!("<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>"));
        for (cell, width) in cells.iter().zip(widths) {
            self.put(format_args!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
            self.paragraph("Cell", cell);
            self.body.push_str("</w:tc>");
        }
        self.body.push_str("</w:tr>");
    }

    /// The `.docx`; `footer` stands at the foot of every page.
    ///
    /// # Errors
    /// When it cannot be packed; into memory that does not happen.
    pub(super) fn bytes(&self, footer: &str) -> Result<Vec<u8>, ZipError> {
        let whole = |tag: &str, inner: &str| {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{tag} {MAIN}>{inner}</w:{tag}>")
        };
        let foot = format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>",
            escaped(footer)
        );
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", RELATIONS.to_owned()),
            ("word/_rels/document.xml.rels", PARTS.to_owned()),
            ("word/document.xml", whole("document", &format!("<w:body>{}{SECTION}</w:body>", self.body))),
            ("word/styles.xml", whole("styles", STYLES)),
            ("word/footer1.xml", whole("ftr", &foot)),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, SimpleFileOptions::default())?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// Text inside an element; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

//! Pages to an `.xlsx`: notes on the headings, drop-down lists, print set-up. Text stays text, whatever it begins with.

use super::column::{Offer, Page, Value};
use super::{read, sheets};
use crate::file::{District, Policy, Source};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};

/// Rows below the header that get the drop-down lists, beyond those filled.
const SPARE_ROWS: u32 = 300;

/// A workbook with every sheet that the district has something to say in; with `whole`, every sheet.
///
/// # Errors
/// The words of the writer, when a sheet is larger than a workbook can hold.
pub fn write(district: &District, policy: &Policy, whole: bool) -> Result<Vec<u8>, String> {
    workbook_of(&sheets::pages(district, policy, whole))
}

/// A workbook that says exactly what the district says: it is read back and compared.
///
/// # Errors
/// What a workbook cannot hold, in both languages.
pub fn workbook(district: &District, policy: &Policy) -> Result<Vec<u8>, (String, String)> {
    if district.baseline.is_some() {
        let zh = "学区里带有上学期方案(baseline),工作簿放不下:请把它单独存成文件,运行时用 --baseline";
        return Err((
            zh.to_owned(),
            "the district holds last term's plan (baseline): keep it in a file of its own and give it with --baseline".to_owned(),
        ));
    }
    let bytes = write(district, policy, true).map_err(|words| (words.clone(), words))?;
    let source = Source { name: "district.xlsx".to_owned(), bytes };
    let back = match read(&source, policy) {
        Ok(desk) => desk.district,
        Err(problems) => {
            let first = &problems[0];
            return Err((format!("{} {}", first.at, first.found.zh), format!("{} {}", first.at, first.found.en)));
        }
    };
    if back == *district {
        return Ok(source.bytes);
    }
    let at = difference(&json(district), &json(&back), "");
    Err((format!("这一项在工作簿里写不出来:{at}"), format!("a workbook cannot say this: {at}")))
}

fn json(district: &District) -> serde_json::Value {
    serde_json::to_value(district).unwrap_or_default()
}

/// The path of the first difference.
fn difference(a: &serde_json::Value, b: &serde_json::Value, path: &str) -> String {
    use serde_json::Value::{Array, Null, Object};
    let next = match (a, b) {
        (Object(a), Object(b)) => {
            let key = a.keys().chain(b.keys()).find(|key| a.get(*key) != b.get(*key));
            key.map(|key| (a.get(key).unwrap_or(&Null), b.get(key).unwrap_or(&Null), format!("{path}.{key}")))
        }
        (Array(a), Array(b)) => (0..a.len().min(b.len())).find(|at| a[*at] != b[*at]).map(|at| (&a[at], &b[at], format!("{path}[{at}]"))),
        _ => None,
    };
    next.map_or_else(|| path.trim_start_matches('.').to_owned(), |(a, b, path)| difference(a, b, &path))
}

pub(super) fn workbook_of(pages: &[Page]) -> Result<Vec<u8>, String> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // The same district is the same bytes: no clock is read.
        let moment = ExcelDateTime::from_ymd(2026, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&moment));
        for page in pages {
            let sheet = book.add_worksheet().set_name(page.name)?;
            fill(sheet, page, pages)?;
        }
        book.save_to_buffer()
    };
    write().map_err(|error| error.to_string())
}

pub(super) fn fill(sheet: &mut Worksheet, page: &Page, pages: &[Page]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let needed = head.clone().set_background_color(Color::RGB(0x1F_4E_78)).set_font_color(Color::White);
    let free = head.set_background_color(Color::RGB(0xDD_EB_F7));
    let quoted = Format::new().set_quote_prefix();
    for (column, head) in (0_u16..).zip(&page.heads) {
        sheet.write_with_format(0, column, head.name, if head.needed { &needed } else { &free })?;
        if !head.note.0.is_empty() {
            sheet.insert_note(
                0,
                column,
                &Note::new(format!("{}\n{}", head.note.0, head.note.1)).add_author_prefix(false).set_width(260),
            )?;
        }
        if let Some(list) = list(head.offer, pages)? {
            sheet.add_data_validation(1, column, page.rows.len() as u32 + SPARE_ROWS, column, &list)?;
        }
        let widest = page.rows.iter().map(|row| width(&row[usize::from(column)].shown())).max().unwrap_or(0);
        sheet.set_column_width(column, widest.max(width(head.name)).clamp(6, 60) as f64 + 2.0)?;
    }
    for (number, row) in (1_u32..).zip(&page.rows) {
        for (column, value) in (0_u16..).zip(row) {
            match value {
                Value::Blank => {}
                Value::Number(n) => drop(sheet.write_number(number, column, *n as f64)?),
                Value::Text(text) if risky(text) => drop(sheet.write_string_with_format(number, column, text, &quoted)?),
                Value::Text(text) => drop(sheet.write_string(number, column, text)?),
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A list helps whoever fills the cell; it never forbids what the reader would understand.
fn list(offer: Offer, pages: &[Page]) -> Result<Option<DataValidation>, XlsxError> {
    let list = match offer {
        Offer::Free => return Ok(None),
        Offer::Words(words) => DataValidation::new().allow_list_strings(&words())?,
        Offer::From(sheet, head) => {
            let column = pages.iter().find(|page| page.name == sheet).and_then(|page| page.heads.iter().position(|it| it.name == head));
            let Some(column) = column else { return Ok(None) };
            let letter = super::book::column_name(column);
            DataValidation::new().allow_list_formula(Formula::new(format!("='{sheet}'!${letter}$2:${letter}${SPARE_ROWS}")))
        }
    };
    Ok(Some(list.show_error_message(false)))
}

/// Text that a spreadsheet might take for a formula once it is edited or saved as CSV.
fn risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '=', '+', '-', '@'])
}

/// Columns on paper: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

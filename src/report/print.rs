//! A table on a sheet that is ready to be printed: print titles, pages that begin where a table says, and a scale at which
//! what belongs on one page fits on it.

use super::table::{Table, harmless};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet, XlsxError};
use std::ops::Range;

/// How a table goes on paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    /// A3 instead of A4; both landscape.
    pub(super) a3: bool,
    /// Rows alike in so many first columns belong together; 0 = the rows flow.
    pub(super) together: usize,
    /// So many of them on one page.
    pub(super) on_a_page: usize,
    /// Widest column, in characters of the alphabet.
    pub(super) widest: usize,
}

pub(super) const FLOWS: Paper = Paper { a3: false, together: 0, on_a_page: 1, widest: 36 };

/// Points of one line of text.
const LINE: f64 = 15.0;
/// Pages by hand that one sheet may have; Excel holds 1,023.
const PAGES: usize = 1_000;

/// Adds the table, as several sheets where it has more pages than one may hold. `footer` ends every page.
///
/// # Errors
/// When a sheet is larger than a workbook can hold.
pub(super) fn add(book: &mut Workbook, name: &str, table: &Table, paper: Paper, footer: &str) -> Result<(), XlsxError> {
    let pages = pages(table.rows(), paper);
    for (number, pages) in (1..).zip(pages.chunks(PAGES)) {
        let sheet = book.add_worksheet();
        sheet.set_name(if number == 1 { name.to_owned() } else { format!("{name} {number}") })?;
        fill(sheet, table.rows(), pages, paper, footer)?;
    }
    Ok(())
}

/// Rows of each page, the header left out; never none.
fn pages(rows: &[Vec<String>], paper: Paper) -> Vec<Range<usize>> {
    let mut starts = vec![1];
    let mut groups = 0;
    for row in (2..rows.len()).filter(|_| paper.together > 0) {
        if rows[row - 1][..paper.together] != rows[row][..paper.together] {
            groups += 1;
            if groups % paper.on_a_page == 0 {
                starts.push(row);
            }
        }
    }
    let ends = starts[1..].iter().copied().chain([rows.len().max(1)]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn fill(sheet: &mut Worksheet, rows: &[Vec<String>], pages: &[Range<usize>], paper: Paper, footer: &str) -> Result<(), XlsxError> {
    let frame = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = frame.clone().set_bold().set_align(FormatAlign::Center);
    let quoted = frame.clone().set_quote_prefix();
    let body = pages[0].start..pages[pages.len() - 1].end;
    let shown: Vec<&Vec<String>> = rows.first().into_iter().chain(&rows[body]).collect();
    let columns = shown.first().map_or(0, |row| row.len());
    let widest = |column: usize| shown.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|column| (widest(column) + 1).clamp(5, paper.widest)).collect();
    let counts: Vec<bool> = (0..columns).map(|column| counted(&shown, column)).collect();
    let heights: Vec<f64> = shown.iter().map(|row| lines(row, &widths) as f64 * LINE).collect();
    for (number, row) in (0_u32..).zip(&shown) {
        sheet.set_row_height(number, heights[number as usize])?;
        for (column, text) in (0_u16..).zip(*row) {
            let format = match number {
                0 => &head,
                _ if harmless(text) != *text => &quoted,
                _ => &frame,
            };
            match text.parse::<f64>() {
                Ok(value) if number > 0 && counts[usize::from(column)] => {
                    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                    let format = if decimals > 0 { frame.clone().set_num_format(format!("0.{:0<decimals$}", "")) } else { frame.clone() };
                    sheet.write_number_with_format(number, column, value, &format)?
                }
                _ => sheet.write_string_with_format(number, column, text, format)?,
            };
        }
    }
    for (column, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(column, *width as f64)?;
    }
    sheet.set_landscape().set_paper_size(if paper.a3 { 8 } else { 9 });
    sheet.set_header("&C&A").set_footer(format!("&L&P/&N&C{}", footer.replace('&', "&&")));
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
    // What is printed here is made from the sheets 数据-…: a change in the wrong place would be lost.
    let mut free = ProtectionOptions::new();
    (free.format_columns, free.format_rows, free.sort, free.use_autofilter) = (true, true, true, true);
    sheet.protect_with_options(&free);
    if paper.together == 0 {
        sheet.autofilter(0, 0, shown.len() as u32 - 1, columns as u16 - 1)?;
        sheet.set_print_fit_to_pages(1, 0);
        return Ok(());
    }
    // Where pages are fitted, breaks by hand are ignored: the scale is computed instead.
    let offset = pages[0].start - 1;
    let starts: Vec<usize> = pages.iter().map(|page| page.start - offset).collect();
    let tallest = pages.iter().map(|page| heights[page.start - offset..page.end - offset].iter().sum::<f64>()).fold(0.0, f64::max);
    sheet.set_print_scale(scale(paper.a3, &widths, heights[0] + tallest));
    let breaks: Vec<u32> = starts[1..].iter().map(|row| *row as u32).collect();
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// True for a column of figures, which a planner may want to add up. An id (编号) stays text, and so does whatever a number would change.
fn counted(rows: &[&Vec<String>], column: usize) -> bool {
    let figure = |text: &str| {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let plain = whole.len() <= 12 && (whole == "0" || !whole.starts_with('0')) && !whole.is_empty() && !decimals.is_empty();
        text.is_empty() || plain && whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit())
    };
    !rows[0][column].ends_with("编号") && rows[1..].iter().all(|row| figure(&row[column]))
}

/// Percent at which columns (in characters) and points of height fit on a page; Excel knows 10 to 400.
fn scale(a3: bool, widths: &[usize], points: f64) -> u16 {
    // Inches between the margins of 0.7 and 0.75 inches that a new sheet has.
    let (wide, high) = if a3 { (16.53 - 1.4, 11.69 - 1.5) } else { (11.69 - 1.4, 8.27 - 1.5) };
    // A character is seven pixels, a column five more; 96 pixels make an inch.
    let inches: f64 = widths.iter().map(|width| (*width as f64 * 7.0 + 5.0) / 96.0).sum();
    let fits = (wide / inches.max(0.1)).min(high / (points / 72.0).max(0.1));
    ((fits * 100.0).floor() as u16).clamp(10, 100)
}

fn lines(row: &[String], widths: &[usize]) -> usize {
    let of = |(text, width): (&String, &usize)| text.lines().map(|line| self::width(line).div_ceil(*width).max(1)).sum::<usize>();
    row.iter().zip(widths).map(of).max().unwrap_or(1).clamp(1, 27)
}

/// Columns on paper: Chinese characters take two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

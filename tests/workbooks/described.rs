//! Workbooks from descriptions: `= sheet` begins a sheet, `a | b | c` is a row, `merge A2:A4` merges, `- sheet` leaves a
//! sheet of the base out, `> path` asks for a part of the district. A cell is text; `#1` is a number, `@1985-03-01` a
//! date, `=1/0` a formula.

use lunpai::file::Source;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Described {
    /// Sheets in order, with their lines.
    pub sheets: Vec<(String, Vec<String>)>,
    pub questions: Vec<String>,
    without: Vec<String>,
}

impl Described {
    pub fn parse(text: &str) -> Self {
        let mut described = Self::default();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix("= ") {
                described.sheets.push((name.to_owned(), Vec::new()));
            } else if let Some(name) = line.strip_prefix("- ") {
                described.without.push(name.to_owned());
            } else if let Some(path) = line.strip_prefix("> ") {
                described.questions.push(path.to_owned());
            } else if let Some((_, lines)) = described.sheets.last_mut() {
                lines.push(line.to_owned());
            }
        }
        described
    }

    /// The base with this description's sheets in place of its own.
    pub fn over(mut self, base: &str) -> Self {
        let mut sheets = Self::parse(base).sheets;
        sheets.retain(|(name, _)| !self.without.contains(name) && !self.sheets.iter().any(|(own, _)| own == name));
        sheets.append(&mut self.sheets);
        Self { sheets, ..self }
    }

    pub fn workbook(&self) -> Source {
        let mut book = Workbook::new();
        for (name, lines) in &self.sheets {
            let sheet = book.add_worksheet().set_name(name).expect("a sheet name");
            fill(sheet, lines);
        }
        Source { name: "case.xlsx".to_owned(), bytes: book.save_to_buffer().expect("a workbook") }
    }

    /// File name → text of the CSV of each sheet.
    pub fn tables(&self) -> BTreeMap<String, String> {
        let table = |lines: &[String]| {
            lines
                .iter()
                .map(|line| {
                    let plain = cells(line).into_iter().map(|text| marked(text, '#').or_else(|| marked(text, '@')).unwrap_or(text));
                    plain.collect::<Vec<_>>().join(",") + "\r\n"
                })
                .collect::<String>()
        };
        self.sheets.iter().map(|(name, lines)| (format!("{name}.csv"), table(lines))).collect()
    }
}

/// What follows the mark of a number or a date.
fn marked(text: &str, mark: char) -> Option<&str> {
    text.strip_prefix(mark).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
}

fn cells(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

fn fill(sheet: &mut Worksheet, lines: &[String]) {
    let mut number = 0;
    for line in lines {
        if let Some(range) = line.strip_prefix("merge ") {
            let (from, to) = range.split_once(':').expect("a range");
            let ((top, left), (bottom, right)) = (spot(from), spot(to));
            let text = lines[top as usize].split('|').nth(left.into()).expect("a cell").trim();
            sheet.merge_range(top, left, bottom, right, text, &Format::new()).expect("merged");
            continue;
        }
        for (column, text) in (0_u16..).zip(cells(line)) {
            if let Some(digits) = marked(text, '#') {
                sheet.write_number(number, column, digits.parse::<f64>().expect("a number")).expect("written");
            } else if let Some(date) = marked(text, '@') {
                let date = ExcelDateTime::parse_from_str(date).expect("a date");
                sheet.write_datetime_with_format(number, column, date, &Format::new().set_num_format("yyyy-mm-dd")).expect("written");
            } else if text.starts_with('=') {
                sheet.write_formula(number, column, rust_xlsxwriter::Formula::new(text).set_result("#DIV/0!")).expect("written");
            } else if !text.is_empty() {
                sheet.write_string(number, column, text.replace("\\n", "\n")).expect("written");
            }
        }
        number += 1;
    }
}

/// `B12` → row and column, from 0.
fn spot(name: &str) -> (u32, u16) {
    let letter = name.as_bytes()[0] - b'A';
    (name[1..].parse::<u32>().expect("a row") - 1, letter.into())
}

//! A workbook as it was read, before it means anything: sheets of rows of cells, from an `.xlsx` or from CSV files.

use unicode_normalization::UnicodeNormalization;

/// Largest workbook that is read; each limit is told with the value found.
pub(super) mod limits {
    /// Files inside the `.xlsx`.
    pub const PARTS: usize = 2_000;
    /// Bytes of all parts unpacked.
    pub const UNPACKED: u64 = 256 << 20;
    pub const SHEETS: usize = 100;
    /// Rows of a sheet.
    pub const ROWS: u32 = 50_000;
    /// Columns of a sheet.
    pub const COLUMNS: u32 = 256;
    /// Filled cells of the whole workbook; 100 bytes of text count as one.
    pub const CELLS: usize = 2_000_000;
    /// Different texts of the workbook.
    pub const TEXTS: u64 = 2_000_000;
}

#[derive(Debug, Clone, Default)]
pub(super) struct Book {
    /// File or folder, named in every problem.
    pub name: String,
    pub sheets: Vec<Grid>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub name: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Counted from 1, as the spreadsheet shows it.
    pub number: u32,
    pub cells: Vec<Cell>,
    /// Of a row made from one cell of a cross table: the column of that cell.
    pub from: Option<usize>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Blank,
    /// Trimmed, in normal form, never empty.
    Text(String),
    Number(f64),
    Date {
        year: u16,
        month: u8,
        day: u8,
    },
    /// Minutes after midnight.
    Time(u16),
    Flag(bool),
    /// `#REF!` and its like.
    Fault(String),
}

impl Cell {
    pub fn from_text(text: &str) -> Self {
        let text: String = text.nfc().filter(|c| !invisible(*c)).collect();
        let text = text.trim();
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }

    /// What stands in the cell, as a person would read it.
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
            Self::Number(n) => n.to_string(),
            Self::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
            Self::Time(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        }
    }

    /// The text for a message: short, and without what looks like an identity card, telephone or account number.
    pub fn shown(&self) -> String {
        let text = self.text();
        let (mut shown, mut digits) = (String::new(), String::new());
        for letter in text.chars().chain(std::iter::once('\0')) {
            if letter.is_ascii_digit() || (digits.len() == 17 && matches!(letter, 'x' | 'X')) {
                digits.push(letter);
                continue;
            }
            shown.push_str(if digits.len() >= 11 { "***" } else { &digits });
            digits.clear();
            shown.push(letter);
        }
        let shown = shown.trim_end_matches('\0');
        if shown.chars().count() > 40 { shown.chars().take(40).chain(['…']).collect() } else { shown.to_owned() }
    }

    pub fn is_blank(&self) -> bool {
        *self == Self::Blank
    }
}

/// Zero-width characters and byte order marks that pasting leaves behind.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The form in which headings and names are compared: full-width as half-width, no blanks, no case.
pub(super) fn key(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !invisible(*c)).flat_map(char::to_lowercase).collect()
}

/// `A`, `B` … `AA` for a column counted from 0.
pub(super) fn column_name(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    if column < 26 { letter(column).to_string() } else { format!("{}{}", column_name(column / 26 - 1), letter(column)) }
}

impl Row {
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Blank)
    }
    /// `教师!F7`.
    pub fn place(&self, sheet: &str, column: usize) -> String {
        format!("{sheet}!{}{}", column_name(self.from.unwrap_or(column)), self.number)
    }
}

//! One table; as CSV: UTF-8 with byte order mark (for Excel), Chinese headers, no cell that a spreadsheet would compute.

/// A table being written.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new<T: ToString>(header: &[T]) -> Self {
        Self { rows: vec![header.iter().map(ToString::to_string).collect()] }
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows.push(cells.iter().map(ToString::to_string).collect());
    }

    /// A row whose length is the header's.
    pub(super) fn row_of(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The header and the rows.
    pub(super) fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
        for row in &self.rows {
            let harmless: Vec<String> = row.iter().map(|cell| harmless(cell)).collect();
            let _ = writer.write_record(harmless); // into memory: only rows of unequal length could fail, and there are none
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// Text that starts like a formula gets an apostrophe; leading blanks and invisible marks do not hide it.
pub(super) fn harmless(cell: &str) -> String {
    let invisible = |c: char| c == ' ' || c == '\u{feff}' || ('\u{200b}'..='\u{200f}').contains(&c) || c == '\u{3000}' || c == '\u{a0}';
    let first = cell.trim_start_matches(invisible).chars().next();
    let formula = first.is_some_and(|c| "=+-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c));
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Table, harmless};

    #[test]
    fn formulas_are_made_harmless() {
        for cell in ["=1+1", "+1", "-1", "@x", "\t=1", "\r1", "\u{ff1d}1", "\u{ff0b}1", " =1", "\u{feff}=1", "\u{200b}@x"] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(harmless("三(1)班 = 好"), "三(1)班 = 好");
    }

    #[test]
    fn a_table_starts_with_the_mark_and_quotes_what_needs_it() {
        let mut table = Table::new(&["甲", "乙"]);
        table.row(["a,\"b\"", "行1\n行2"]);
        let text = String::from_utf8(table.bytes()).unwrap_or_default();
        assert_eq!(text, "\u{feff}甲,乙\r\n\"a,\"\"b\"\"\",\"行1\n行2\"\r\n");
    }
}

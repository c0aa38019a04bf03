//! Bytes to a [`Book`]: an `.xlsx`, or a folder of CSV files. What is not wanted is refused before heavy work.

mod csv;
mod guard;
mod xlsx;

use super::book::Book;
use super::problems::OLD_FORMAT;
use crate::file::Source;
use crate::problem::Problem;
use std::path::Path;

pub(super) use csv::read_folder;

/// Endings of files that a planner may hold out as a workbook.
const SPREADSHEETS: [&str; 9] = ["xlsx", "xlsm", "xlsb", "xls", "et", "ett", "ods", "csv", "tsv"];

/// Does this look like a workbook, by its first bytes or its name?
pub fn is_workbook(source: &Source) -> bool {
    source.bytes.starts_with(b"PK") || source.bytes.starts_with(guard::COMPOUND) || has_ending(Path::new(&source.name), &SPREADSHEETS)
}

/// Does the folder hold CSV files?
pub fn is_folder_of_tables(folder: &Path) -> bool {
    csv::tables(folder).is_ok_and(|tables| !tables.is_empty())
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    endings.iter().any(|wanted| ending.eq_ignore_ascii_case(wanted))
}

/// # Errors
/// `E-BOOK-001` to `-005`, `E-FILE-003`.
pub(super) fn read_workbook(source: &Source) -> Result<Book, Problem> {
    if source.bytes.is_empty() {
        return Err(Problem::empty(&source.name));
    }
    if has_ending(Path::new(&source.name), &["csv", "tsv"]) {
        let problem = OLD_FORMAT.at(&source.name).found("只有一张 CSV 表", "a single CSV file");
        return Err(problem.remedy(
            "请把各表的 CSV(教师.csv、学校.csv …)放进一个文件夹,把文件夹交给命令",
            "put the CSV of every sheet (教师.csv, 学校.csv …) into one folder and name the folder",
        ));
    }
    guard::judge(source)?;
    xlsx::read(source)
}

/// A workbook, or a single CSV file as a workbook of one sheet 姓名.
///
/// # Errors
/// As [`read_workbook`], `E-BOOK-008` text that cannot be decoded.
pub(super) fn read_table(source: &Source) -> Result<Book, Problem> {
    if source.bytes.starts_with(b"PK") || !has_ending(Path::new(&source.name), &["csv", "tsv"]) {
        return read_workbook(source);
    }
    Ok(Book { name: source.name.clone(), sheets: vec![csv::grid(source, "姓名".to_owned())?] })
}

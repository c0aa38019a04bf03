//! A folder of CSV files, one per sheet, in the encodings that Chinese offices save: UTF-8 with or without mark, UTF-16, GB18030.

use super::super::book::{Book, Cell, Grid, Row, limits};
use super::super::problems::{DAMAGED, UNDECODABLE};
use super::guard::over;
use super::has_ending;
use crate::file::Source;
use crate::problem::Problem;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::path::{Path, PathBuf};

/// The CSV files of a folder, by name.
pub(super) fn tables(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if has_ending(&path, &["csv", "tsv"]) {
            tables.push(path);
        }
    }
    tables.sort();
    Ok(tables)
}

/// # Errors
/// Every file that cannot be read or decoded, or is over a limit.
pub(in super::super) fn read_folder(folder: &Path) -> Result<Book, Vec<Problem>> {
    let name = folder.display().to_string();
    let paths = tables(folder).map_err(|error| vec![Problem::unreadable(&name, &error.to_string())])?;
    if paths.len() > limits::SHEETS {
        return Err(vec![over(&name, ("表数", "sheets"), paths.len() as u64, limits::SHEETS as u64)]);
    }
    let size: u64 = paths.iter().filter_map(|path| path.metadata().ok()).map(|file| file.len()).sum();
    if size > limits::UNPACKED {
        return Err(vec![over(&name, ("总字节数", "bytes in all"), size, limits::UNPACKED)]);
    }
    let (mut sheets, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let sheet = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        match Source::read(&path).and_then(|source| grid(&source, sheet)) {
            Ok(grid) => sheets.push(grid),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(Book { name, sheets }) } else { Err(problems) }
}

/// # Errors
/// What cannot be decoded or is over a limit.
pub(super) fn grid(source: &Source, sheet: String) -> Result<Grid, Problem> {
    // As the reader counts lines, a line feed behind a carriage return belongs to the next line.
    let text = decode(source)?.replace("\r\n", "\n");
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [',', '\t', ';'].into_iter().max_by_key(|mark| (first.matches(*mark).count(), *mark == ',')).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter as u8).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| DAMAGED.at(&source.name).found(error.to_string(), error.to_string()))?;
        let number = record.position().map_or(0, |position| position.line() as u32);
        for (found, limit, what) in [(number, limits::ROWS, ("行数", "rows")), (record.len() as u32, limits::COLUMNS, ("列数", "columns"))]
        {
            if found > limit {
                return Err(over(&source.name, what, u64::from(found), u64::from(limit)));
            }
        }
        rows.push(Row { number, cells: record.iter().map(Cell::from_text).collect(), from: None });
    }
    Ok(Grid { name: sheet, rows })
}

/// By the mark if there is one; else UTF-8 if it is that; else UTF-16 if there are zero bytes; else GB18030.
fn decode(source: &Source) -> Result<String, Problem> {
    let bytes = source.bytes.as_slice();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.contains(&0)
    {
        return Ok(text.to_owned());
    }
    let wide = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
    };
    let bad = |line: usize| UNDECODABLE.at(format!("{}: line {line}", source.name));
    if let Some(bytes) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return wide(UTF_16LE, bytes).ok_or_else(|| bad(1));
    }
    if let Some(bytes) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return wide(UTF_16BE, bytes).ok_or_else(|| bad(1));
    }
    if bytes.contains(&0) {
        let little = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
        let big = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        return wide(if little >= big { UTF_16LE } else { UTF_16BE }, bytes).ok_or_else(|| bad(1));
    }
    // No character of GB18030 has a line feed inside: lines can be judged one by one, and the bad one named.
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').zip(1..);
    lines.map(|(line, number)| wide(GB18030, line).ok_or_else(|| bad(number))).collect()
}

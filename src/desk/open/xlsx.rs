//! The cells of an `.xlsx`, one after another: never a range, whose size the file itself could name.

use super::super::book::{Book, Cell, Grid, Row, limits};
use super::guard::{damaged, over};
use crate::file::Source;
use crate::problem::Problem;
use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Opened<'a> = Xlsx<Cursor<&'a [u8]>>;

/// # Errors
/// `E-BOOK-004` over a limit, `E-BOOK-005` what cannot be parsed.
pub(super) fn read(source: &Source) -> Result<Book, Problem> {
    // The parser is not ours: should it panic on a hostile file, the file is damaged and nothing else.
    catch_unwind(AssertUnwindSafe(|| sheets(source))).unwrap_or_else(|_| Err(damaged(&source.name, "parser")))
}

fn sheets(source: &Source) -> Result<Book, Problem> {
    let name = &source.name;
    let bad = |error: calamine::XlsxError| damaged(name, &error.to_string());
    let mut opened: Opened = Xlsx::new(Cursor::new(source.bytes.as_slice())).map_err(bad)?;
    let tabs = opened.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let tabs: Vec<String> = tabs.map(|sheet| sheet.name.clone()).collect();
    if tabs.len() > limits::SHEETS {
        return Err(over(name, ("工作表数", "sheets"), tabs.len() as u64, limits::SHEETS as u64));
    }
    let (mut book, mut cells) = (Book { name: name.clone(), sheets: Vec::new() }, 0);
    for tab in tabs {
        let mut rows = rows(name, &tab, &mut opened, &mut cells)?;
        for merged in opened.merge_cells_by_sheet_name(&tab).map_err(bad)? {
            fill(name, &mut rows, merged, &mut cells)?;
        }
        let rows = rows.into_iter().map(|(number, cells)| Row { number: number + 1, cells, from: None }).collect();
        book.sheets.push(Grid { name: tab, rows });
    }
    Ok(book)
}

fn rows(name: &str, tab: &str, opened: &mut Opened, count: &mut usize) -> Result<BTreeMap<u32, Vec<Cell>>, Problem> {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let bad = |error: calamine::XlsxError| damaged(name, &format!("{tab}: {error}"));
    let mut reader = opened.worksheet_cells_reader(tab).map_err(bad)?;
    while let Some(next) = reader.next_cell().map_err(bad)? {
        let cell = cell(next.get_value());
        if cell.is_blank() {
            continue;
        }
        let (row, column) = next.get_position();
        for (value, limit, what) in [(row, limits::ROWS, ("行号", "rows")), (column, limits::COLUMNS, ("列号", "columns"))] {
            if value >= limit {
                return Err(over(&format!("{name}: {tab}"), what, u64::from(value) + 1, u64::from(limit)));
            }
        }
        within(name, count, &cell)?;
        put(rows.entry(row).or_default(), column as usize, cell);
    }
    Ok(rows)
}

/// Counts a cell, a long text as several: what is held in memory stays within bounds.
fn within(name: &str, count: &mut usize, cell: &Cell) -> Result<(), Problem> {
    *count += 1 + if let Cell::Text(text) = cell { text.len() / 100 } else { 0 };
    let limit = limits::CELLS;
    if *count > limit {
        Err(over(name, ("单元格数(每 100 字节文字算一格)", "cells (100 bytes of text count as one)"), *count as u64, limit as u64))
    } else {
        Ok(())
    }
}

fn put(row: &mut Vec<Cell>, column: usize, cell: Cell) {
    if row.len() <= column {
        row.resize(column + 1, Cell::Blank);
    }
    row[column] = cell;
}

/// A merged cell says the same in all the rows and columns it covers, as far as the sheet is filled at all.
fn fill(name: &str, rows: &mut BTreeMap<u32, Vec<Cell>>, merged: Dimensions, count: &mut usize) -> Result<(), Problem> {
    let (top, left) = merged.start;
    let (bottom, right) = merged.end;
    let Some(cell) = rows.get(&top).and_then(|row| row.get(left as usize)).cloned() else { return Ok(()) };
    for (_, row) in rows.range_mut(top..=bottom.max(top)) {
        for column in left..=right.max(left).min(limits::COLUMNS - 1) {
            within(name, count, &cell)?;
            if row.get(column as usize).is_none_or(Cell::is_blank) {
                put(row, column as usize, cell.clone());
            }
        }
    }
    Ok(())
}

fn cell(value: &DataRef) -> Cell {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::Int(n) => Cell::Number(*n as f64),
        DataRef::Float(n) => Cell::Number(*n),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::from_text(text),
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(moment) => date(moment),
        DataRef::Error(error) => Cell::Fault(error.to_string()),
    }
}

fn date(moment: &ExcelDateTime) -> Cell {
    let days = moment.as_f64();
    if !(0.0..3_000_000.0).contains(&days) {
        return Cell::Fault(days.to_string());
    }
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if days < 1.0 { Cell::Time(u16::from(hour) * 60 + u16::from(minute)) } else { Cell::Date { year, month, day } }
}

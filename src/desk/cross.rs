//! Cross tables: schools × schools, grades × subjects, as rows of a list.

use super::book::{Cell, Grid, Row};

/// Headings of sums, which are no keys.
const TOTALS: [&str; 5] = ["合计", "小计", "总计", "周课时", "备注"];

/// A table whose first column and one of whose first rows are keys becomes a list with the three headings given: key of
/// the row, key of the column, value; `extra` is a fourth heading with one value for all. `None` when it is no such table.
pub(super) fn unfold(
    grid: &Grid,
    down: impl Fn(&str) -> bool,
    across: impl Fn(&str) -> bool,
    heads: [&str; 3],
    extra: Option<(&str, &str)>,
) -> Option<Grid> {
    let keys = |row: &Row| (1..row.cells.len()).filter(|at| across(&row.cell(*at).text())).collect::<Vec<_>>();
    let first = grid.rows.iter().take(10).enumerate().map(|(index, row)| (index, keys(row)));
    let (top, known) = first.max_by_key(|(index, keys)| (keys.len(), std::cmp::Reverse(*index)))?;
    let below = &grid.rows[top + 1..];
    let left = (0..2).max_by_key(|at| (below.iter().filter(|row| down(&row.cell(*at).text())).count(), std::cmp::Reverse(*at)))?;
    if known.len() < 2 || !below.iter().any(|row| down(&row.cell(left).text())) {
        return None;
    }
    // Every heading beside the known ones is a key too: what is unknown has to be told, not left out.
    let head = |at: usize| !TOTALS.contains(&grid.rows[top].cell(at).text().as_str()) && !grid.rows[top].cell(at).is_blank();
    let columns: Vec<usize> = (known[0]..grid.rows[top].cells.len()).filter(|at| *at > left && head(*at)).collect();
    let (name, value) = extra.unzip();
    let header = heads.iter().chain(&name).map(|head| Cell::from_text(head)).collect();
    let mut rows = vec![Row { number: grid.rows[top].number, cells: header, from: None }];
    for line in below.iter().filter(|row| !row.cell(left).is_blank()) {
        for &column in &columns {
            let filled = line.cell(column);
            let none = matches!(filled, Cell::Text(text) if ["-", "—", "/", "——", "\\"].contains(&text.as_str()));
            if filled.is_blank() || none || *filled == Cell::Number(0.0) || *filled == Cell::Text("0".to_owned()) {
                continue;
            }
            let mut cells = vec![line.cell(left).clone(), grid.rows[top].cell(column).clone(), filled.clone()];
            cells.extend(value.map(Cell::from_text));
            rows.push(Row { number: line.number, cells, from: Some(column) });
        }
    }
    Some(Grid { name: grid.name.clone(), rows })
}

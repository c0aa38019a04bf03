//! A model as MPS text with its rows and columns named, for any other solver.

use super::model::Model;
use std::fmt::Write;

/// Free-format MPS; the objective is the sum of the levels with the given factors.
pub fn text(model: &Model, title: &str, factors: &[f64]) -> String {
    let name = |prefix: char, k: usize, words: &str| {
        let plain: String = words.chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect();
        format!("{prefix}{k}_{plain}")
    };
    let columns: Vec<String> = model.columns.iter().enumerate().map(|(k, column)| name('x', k, &column.name)).collect();
    let rows: Vec<String> = model.rows.iter().enumerate().map(|(k, row)| name('r', k, &row.name)).collect();
    let mut objective = vec![0.0; columns.len()];
    for ((costs, _), factor) in model.costs.iter().zip(factors) {
        for (column, price) in costs {
            objective[*column as usize] += *price as f64 * factor;
        }
    }
    let mut by_column: Vec<Vec<(usize, i64)>> = vec![Vec::new(); columns.len()];
    for (r, row) in model.rows.iter().enumerate() {
        for (column, coef) in &row.terms {
            by_column[*column as usize].push((r, *coef));
        }
    }
    let mut out = format!("NAME {}\nROWS\n N cost\n", title.replace(char::is_whitespace, "_"));
    let mut put = |line: std::fmt::Arguments| out.write_fmt(line).unwrap_or_default();
    for (row, name) in model.rows.iter().zip(&rows) {
        let kind = match (row.lo, row.hi) {
            (Some(lo), Some(hi)) if lo == hi => 'E',
            (None, _) => 'L',
            (Some(_), _) => 'G',
        };
        put(format_args!(" {kind} {name}\n"));
    }
    put(format_args!("COLUMNS\n"));
    for (c, column) in columns.iter().enumerate() {
        let marker = |kind| format!(" M{c}{kind} 'MARKER' '{kind}'\n");
        if model.columns[c].integer {
            put(format_args!("{}", marker("INTORG")));
        }
        if objective[c] != 0.0 || by_column[c].is_empty() {
            put(format_args!(" {column} cost {}\n", objective[c]));
        }
        for (r, coef) in &by_column[c] {
            put(format_args!(" {column} {} {coef}\n", rows[*r]));
        }
        if model.columns[c].integer {
            put(format_args!("{}", marker("INTEND")));
        }
    }
    put(format_args!("RHS\n"));
    for (row, name) in model.rows.iter().zip(&rows) {
        if let Some(side) = row.lo.or(row.hi).filter(|side| *side != 0) {
            put(format_args!(" RHS {name} {side}\n"));
        }
    }
    put(format_args!("RANGES\n"));
    for (row, name) in model.rows.iter().zip(&rows) {
        if let (Some(lo), Some(hi)) = (row.lo, row.hi)
            && lo != hi
        {
            put(format_args!(" RNG {name} {}\n", hi - lo));
        }
    }
    put(format_args!("BOUNDS\n"));
    for (column, name) in model.columns.iter().zip(&columns) {
        put(format_args!(" LO BND {name} {}\n UP BND {name} {}\n", column.lo, column.hi));
    }
    out.push_str("ENDATA\n");
    out
}

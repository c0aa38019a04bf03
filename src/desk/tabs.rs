//! Which sheet of a workbook is which: by its name, slightly off or not, else by its headings.

use super::book::{Book, Grid, Row, key};
use super::column::{Column, Need, Sheet};
use super::problems::{SHEET_UNUSED, TWICE};
use super::sheets;
use super::values::join;
use crate::problem::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// What a kind of sheet is known by.
pub(super) struct Form {
    name: &'static str,
    also: &'static [&'static str],
    heads: Vec<String>,
    /// The headings without which it is not this sheet: each with its synonyms.
    needed: Vec<Vec<String>>,
}

impl Form {
    pub fn of<S: Sheet>() -> Self {
        let columns = S::columns();
        let names = |column: &Column<S::Row>| column.also.iter().chain([&column.head]).map(|name| key(name)).collect::<Vec<_>>();
        let needed = columns.iter().filter(|column| column.need == Need::Yes).map(names).collect();
        Self { name: S::NAME, also: S::ALSO, heads: columns.iter().flat_map(names).collect(), needed }
    }

    fn names(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.name).chain(self.also).map(|name| key(name))
    }

    /// The most known headings in one of the first rows that has all that are needed.
    fn headings(&self, grid: &Grid) -> usize {
        let known = |row: &Row| {
            let texts: Vec<String> = row.cells.iter().map(|cell| key(&cell.text())).collect();
            let whole = self.needed.iter().all(|names| names.iter().any(|name| texts.contains(name)));
            if whole { texts.iter().filter(|text| self.heads.contains(text)).count() } else { 0 }
        };
        grid.rows.iter().take(20).map(known).max().unwrap_or(0)
    }
}

/// Kind of sheet → index in the book.
pub(super) struct Tabs {
    of: BTreeMap<&'static str, usize>,
}

impl Tabs {
    /// A name in full wins over a name in part, and that over headings. Two sheets for one kind are an error.
    pub fn new(book: &Book, problems: &mut Vec<Problem>) -> Self {
        let forms = sheets::forms();
        let mut of: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        let (mut rest, mut unused) = (Vec::new(), Vec::new());
        for (index, grid) in book.sheets.iter().enumerate() {
            let name = stem(&grid.name);
            match forms.iter().find(|form| form.names().any(|known| known == name)) {
                Some(form) => of.entry(form.name).or_default().push(index),
                None => rest.push((index, name)),
            }
        }
        let whole: BTreeSet<&str> = of.keys().copied().collect();
        for (index, name) in rest {
            let length = |form: &Form| form.names().filter(|known| name.contains(known.as_str())).map(|known| known.len()).max();
            match forms.iter().filter_map(|form| Some((length(form)?, form.name))).max() {
                Some((_, form)) if !whole.contains(form) => of.entry(form).or_default().push(index),
                _ => unused.push(index),
            }
        }
        unused.retain(|&index| {
            let grid = &book.sheets[index];
            let best = forms.iter().filter(|form| !of.contains_key(form.name)).map(|form| (form.headings(grid), form.name)).max();
            let taken = best.filter(|(score, _)| *score >= 3);
            if let Some((_, name)) = taken {
                of.insert(name, vec![index]);
            }
            taken.is_none()
        });
        for index in unused {
            let grid = &book.sheets[index];
            if grid.rows.iter().any(|row| !row.is_blank()) && !key(&grid.name).contains("说明") {
                let words = (format!("工作表「{}」没有用到", grid.name), format!("the sheet {} is not used", grid.name));
                problems.push(SHEET_UNUSED.at(format!("{}: {}", book.name, grid.name)).found(words.0, words.1));
            }
        }
        for (name, list) in of.iter().filter(|(_, list)| list.len() > 1) {
            let names = join(list.iter().map(|index| &book.sheets[*index].name));
            let words = (format!("「{names}」都像「{name}」表"), format!("{names} all look like the sheet {name}"));
            problems.push(TWICE.at(&book.name).found(words.0, words.1));
        }
        Self { of: of.into_iter().map(|(name, list)| (name, list[0])).collect() }
    }

    /// Only sheets with the names in full; others are nobody's business.
    pub fn by_name(book: &Book, forms: &[Form]) -> Self {
        let found = |form: &Form| {
            let index = book.sheets.iter().position(|grid| form.names().any(|known| known == stem(&grid.name)))?;
            Some((form.name, index))
        };
        Self { of: forms.iter().filter_map(found).collect() }
    }

    pub fn has(&self, name: &str) -> bool {
        self.of.contains_key(name)
    }
    /// The sheet's own name and what it holds.
    pub fn grid(&self, name: &str, book: &Book) -> Option<(String, Grid)> {
        let grid = &book.sheets[*self.of.get(name)?];
        Some((grid.name.clone(), grid.clone()))
    }
}

/// `1. 教师表 (2)` → 教师.
fn stem(name: &str) -> String {
    let name = key(name);
    let name = name.trim_matches(|c: char| c.is_ascii_digit() || "()._-、一".contains(c));
    let name = name.strip_prefix("sheet").unwrap_or(name);
    name.trim_end_matches("一览表").trim_end_matches('表').to_owned()
}

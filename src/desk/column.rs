//! A sheet as its columns: heading, synonyms, note, how a cell is read and how it is written, side by side.

use super::book::Cell;
use super::lookup::Lookup;
use super::problems::{EMPTY_CELL, UNREADABLE_CELL};
use crate::file::Text;
use crate::problem::{Kind, Problem, Words};

/// What is written into a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Value {
    #[default]
    Blank,
    Text(String),
    Number(i64),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
    pub fn maybe<T: Into<Value>>(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
    /// Blank where blank means 0.
    pub fn unless_zero(number: u32) -> Self {
        if number == 0 { Self::Blank } else { Self::from(number) }
    }
    pub fn yes(flag: bool) -> Self {
        if flag { Self::text("是") } else { Self::Blank }
    }
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
        }
    }
}
impl From<u32> for Value {
    fn from(n: u32) -> Self {
        Self::Number(n.into())
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// Why a cell is not understood; the driver adds the place and what was read.
#[derive(Debug, Clone)]
pub(super) struct Misread {
    kind: &'static Kind,
    found: Option<Text>,
    allowed: Option<Text>,
    remedy: Option<Text>,
}

impl Misread {
    pub fn of(kind: &'static Kind) -> Self {
        Self { kind, found: None, allowed: None, remedy: None }
    }
    /// Not understood, and what would be.
    pub fn wants(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::of(&UNREADABLE_CELL).allowed(zh, en)
    }
    pub fn empty() -> Self {
        Self::of(&EMPTY_CELL)
    }
    pub fn found(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.found = Some(Text::new(zh, en));
        self
    }
    pub fn allowed(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.allowed = Some(Text::new(zh, en));
        self
    }
    pub fn remedy(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.remedy = Some(Text::new(zh, en));
        self
    }

    /// The problem at a cell under a heading.
    pub fn at(self, place: String, head: &str, cell: &Cell) -> Problem {
        let mut problem = self.kind.at(place);
        let (zh, en) = self.kind.title;
        problem.found = self.found.unwrap_or_else(|| match cell {
            Cell::Blank => Text::new(format!("「{head}」:{zh}"), format!("{head}: {en}")),
            cell => Text::new(format!("「{head}」写的是“{}”:{zh}", cell.shown()), format!("{head} says “{}”: {en}", cell.shown())),
        });
        problem.allowed = self.allowed.unwrap_or(problem.allowed);
        problem.remedy = self.remedy.unwrap_or(problem.remedy);
        problem
    }
}

/// A drop-down list for the cells of a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Offer {
    Free,
    /// These words.
    Words(fn() -> Vec<&'static str>),
    /// The column of a sheet: sheet, heading.
    From(&'static str, &'static str),
}

/// Must a cell of the column be filled?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    No,
    Yes,
    UnlessOneSchool,
}

pub(super) type Read<T> = fn(&mut T, &Cell, &Lookup) -> Result<(), Misread>;
pub(super) type Write<T> = fn(&T, &Lookup) -> Value;

pub(super) struct Column<T> {
    pub head: &'static str,
    pub also: &'static [&'static str],
    /// What it is, how it is written, what holds when it is blank.
    pub note: Words,
    pub need: Need,
    /// Understood when a planner has it, but not part of the template.
    pub tolerated: bool,
    pub offer: Offer,
    pub read: Read<T>,
    pub write: Write<T>,
}

impl<T> Column<T> {
    pub fn needed(mut self) -> Self {
        self.need = Need::Yes;
        self
    }
    /// Needed where there is more than one school to choose from.
    pub fn needed_unless_one_school(mut self) -> Self {
        self.need = Need::UnlessOneSchool;
        self
    }
    pub fn offers(mut self, offer: Offer) -> Self {
        self.offer = offer;
        self
    }
}

/// One kind of sheet.
pub(super) trait Sheet {
    type Row: Default;
    const NAME: &'static str;
    /// Other names planners give it.
    const ALSO: &'static [&'static str];
    /// What it holds, for the sheet 说明.
    const ABOUT: Words;
    fn columns() -> Vec<Column<Self::Row>>;

    fn column(
        head: &'static str,
        also: &'static [&'static str],
        note: Words,
        read: Read<Self::Row>,
        write: Write<Self::Row>,
    ) -> Column<Self::Row> {
        Column { head, also, note, need: Need::No, tolerated: false, offer: Offer::Free, read, write }
    }
    /// A column that is read where it exists and never written.
    fn tolerated(head: &'static str, also: &'static [&'static str], read: Read<Self::Row>) -> Column<Self::Row> {
        Column { tolerated: true, ..Self::column(head, also, ("", ""), read, |_, _| Value::Blank) }
    }
}

/// A sheet ready to be written: a header with its notes and lists, then rows.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub name: &'static str,
    pub about: Words,
    pub heads: Vec<Head>,
    pub rows: Vec<Vec<Value>>,
}

#[derive(Debug, Clone)]
pub(super) struct Head {
    pub name: &'static str,
    pub note: Words,
    pub needed: bool,
    pub offer: Offer,
}

pub(super) fn page<S: Sheet>(rows: &[S::Row], lookup: &Lookup) -> Page {
    let columns: Vec<_> = S::columns().into_iter().filter(|column| !column.tolerated).collect();
    let head =
        |column: &Column<S::Row>| Head { name: column.head, note: column.note, needed: column.need != Need::No, offer: column.offer };
    Page {
        name: S::NAME,
        about: S::ABOUT,
        heads: columns.iter().map(head).collect(),
        rows: rows.iter().map(|row| columns.iter().map(|column| (column.write)(row, lookup)).collect()).collect(),
    }
}

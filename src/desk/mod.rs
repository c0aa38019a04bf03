//! The planner's desk: a district as an Excel workbook or a folder of CSV files.
//!
//! ```text
//! bytes ─open─▶ Book (sheets of cells) ─draft─▶ District, Policy, notes ─▶ the rest of the program
//! District ─sheets─▶ pages ─write─▶ .xlsx
//! Plan ─plan─▶ sheets of plan.xlsx ─▶ Plan
//! ```
//!
//! One sheet is one file in `sheets`: its headings and their synonyms, how a cell is read, how it is written. Reading
//! is tolerant of how planners write and strict about what they mean: everything that is not understood is told at once,
//! with sheet and cell, and no row is lost. What was tidied, skipped or assumed is told too: that is the 整理报告.

mod book;
mod collect;
mod column;
mod cross;
mod draft;
mod lookup;
mod names;
mod open;
mod plan;
mod problems;
mod remarks;
mod sheets;
mod tabs;
mod template;
mod values;
mod write;

pub use collect::{COLLECTING, Collected, collect};
pub(crate) use lookup::subjects_called;
pub use names::read_names;
pub use open::{is_folder_of_tables, is_workbook};
pub(crate) use plan::add_plan;
pub use plan::read_plan;
pub use problems::KINDS;
pub use template::{empty, per_school, prefilled};
pub use write::{workbook, write};

use crate::district::validate::validate;
use crate::file::{District, Policy, Source, Text};
use crate::problem::{Problem, Severity};
use book::Book;
use draft::{Draft, row_of};
use problems::NO_SHEET;
use sheets::Stamp;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A district as it was read from sheets.
#[derive(Debug, Clone)]
pub struct Desk {
    pub district: District,
    /// The policy given, with the changes of the sheet 规则.
    pub policy: Policy,
    /// What was tidied, skipped or assumed.
    pub notes: Vec<Problem>,
    pub origin: Origin,
    stamp: Stamp,
}

/// Where in a workbook the parts of a district stand: JSON path → cell. Empty for a district that was JSON all along.
#[derive(Debug, Clone, Default)]
pub struct Origin(BTreeMap<String, String>);

impl Origin {
    /// Tells problems by their place in the workbook instead of their JSON path.
    pub fn translate(&self, file: &str, problems: &mut [Problem]) {
        for problem in problems {
            let Some(path) = problem.at.strip_prefix(file).and_then(|rest| rest.strip_prefix(": ")) else { continue };
            let ends = path.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(at, _)| at).chain([path.len()]);
            let place = ends.rev().collect::<Vec<_>>().into_iter().find_map(|end| Some((end, self.0.get(&path[..end])?)));
            if let Some((end, place)) = place {
                let rest = path[end..].trim_start_matches('.');
                problem.at = if rest.is_empty() { place.clone() } else { format!("{place} {rest}") };
            }
        }
    }
}

/// Reads a workbook. `policy` is what holds where the sheet 规则 says nothing.
///
/// # Errors
/// Every problem at once: cells that are not understood and, of what was understood, what does not fit together.
pub fn read(source: &Source, policy: &Policy) -> Result<Desk, Vec<Problem>> {
    judged(&open::read_workbook(source).map_err(|problem| vec![problem])?, policy)
}

/// Reads a folder of CSV files, one for each sheet.
///
/// # Errors
/// As [`read`].
pub fn read_folder(folder: &Path, policy: &Policy) -> Result<Desk, Vec<Problem>> {
    judged(&open::read_folder(folder)?, policy)
}

fn judged(book: &Book, policy: &Policy) -> Result<Desk, Vec<Problem>> {
    let (desk, mut problems) = understand(book, policy);
    if problems.iter().all(|problem| problem.severity != Severity::Error) {
        return Ok(Desk { notes: problems, ..desk });
    }
    // What was understood is judged too, so that one run tells everything. A row that is told already is not told again,
    // nor are the rows of a sheet whose columns were not found.
    let mut more = validate(&book.name, &desk.district, None, None);
    desk.origin.translate(&book.name, &mut more);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let told: BTreeSet<String> = errors.map(|problem| row_of(&problem.at)).collect();
    let fresh = |at: &str| at.split_once('!').is_some_and(|(sheet, _)| !told.contains(&row_of(at)) && !told.contains(sheet));
    problems.extend(more.into_iter().filter(|problem| problem.severity == Severity::Error && fresh(&problem.at)));
    Err(problems)
}

fn no_rows(book: &str, sheet: &str) -> Problem {
    let mut problem = NO_SHEET.at(book).found(format!("「{sheet}」表里没有数据"), format!("the sheet {sheet} holds no data"));
    problem.allowed = Text::new("表头下面至少有一行", "at least one row below the header");
    problem.remedy = Text::new(format!("请填「{sheet}」表,一行一个"), format!("fill the sheet {sheet}, one row each"));
    problem
}

/// What a book says, and everything there is to say about it; errors leave their cells at the default.
fn understand(book: &Book, policy: &Policy) -> (Desk, Vec<Problem>) {
    let mut draft = Draft::new(book, policy.clone());
    for (missing, name) in [(!draft.has::<sheets::Schools>(), "学校"), (!draft.has::<sheets::People>(), "教师")] {
        if missing {
            let words = (format!("没有「{name}」表"), format!("there is no sheet {name}"));
            draft.tell(NO_SHEET.at(&book.name).found(words.0, words.1));
        }
    }
    sheets::read(&mut draft);
    let District { schools, people, .. } = &draft.district;
    for (empty, has, name) in
        [(schools.is_empty(), draft.has::<sheets::Schools>(), "学校"), (people.is_empty(), draft.has::<sheets::People>(), "教师")]
    {
        if empty && has {
            draft.problems.push(no_rows(&book.name, name));
        }
    }
    if draft.district.title.zh.is_empty() {
        // One school alone is its own district.
        let name = match draft.district.schools.as_slice() {
            [only] => only.name.clone(),
            _ => Text::new("学区", "学区"),
        };
        let english = std::mem::replace(&mut draft.district.title, name).en;
        if !english.is_empty() {
            draft.district.title.en = english;
        }
    }
    if draft.district.id.is_empty() {
        let stem = Path::new(&book.name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let usable = !stem.is_empty() && !stem.starts_with(['.', '-']) && !stem.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']);
        draft.district.id.push_str(if usable { stem.trim() } else { "district" });
    }
    let Draft { district, policy, problems, origins, stamp, .. } = draft;
    (Desk { district, policy, notes: Vec::new(), origin: Origin(origins), stamp }, problems)
}

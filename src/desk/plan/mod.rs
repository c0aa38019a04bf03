//! A plan as sheets of a workbook: the sheets 数据-… of `plan.xlsx`, in which a planner moves lessons, read back to be judged.

mod clubs;
mod duties;
mod lessons;
mod postings;
mod state;
mod teaching;

use super::book::Book;
use super::column::{Page, Sheet, Value, page};
use super::draft::{Draft, Found};
use super::lookup::Lookup;
use super::problems::NO_SHEET;
use super::tabs::{Form, Tabs};
use super::write::fill;
use super::{Origin, open};
use crate::check::Facts;
use crate::file::{District, Part, Plan, Source};
use crate::problem::{Problem, Severity};
use clubs::{Leaders, Pupils};
use duties::Duties;
use lessons::Lessons;
use postings::Postings;
use rust_xlsxwriter::{Workbook, XlsxError};
use state::StateSheet;
use teaching::{ClassTeachers, Teachings};

/// Adds the sheets of a plan, those of its parts only. People stand there by name where the name is one person's.
///
/// # Errors
/// When a sheet is larger than a workbook can hold.
pub(crate) fn add_plan(book: &mut Workbook, facts: &Facts) -> Result<(), XlsxError> {
    for page in pages(facts) {
        fill(book.add_worksheet().set_name(page.name)?, &page, &[])?;
    }
    Ok(())
}

fn pages(facts: &Facts) -> Vec<Page> {
    let lookup = Lookup::of(facts.district);
    let mut pages = vec![page::<StateSheet>(&state::write(facts.plan), &lookup)];
    if facts.plan.parts.contains(&Part::Postings) {
        pages.push(page::<Postings>(&facts.plan.postings.iter().map(|row| Some(row.clone())).collect::<Vec<_>>(), &lookup));
    }
    if facts.plan.parts.contains(&Part::Teaching) {
        pages.push(page::<Teachings>(&teaching::write(facts), &lookup));
        pages.push(page::<ClassTeachers>(&teaching::write_class_teachers(facts.plan), &lookup));
    }
    if facts.plan.parts.contains(&Part::Timetable) {
        pages.push(page::<Lessons>(&lessons::write(facts), &lookup));
        pages.push(page::<Duties>(&duties::write(facts.plan), &lookup));
        if !facts.clubs.is_empty() {
            pages.push(page::<Leaders>(&facts.plan.club_leaders, &lookup));
            pages.push(page::<Pupils>(&facts.plan.club_pupils, &lookup));
        }
    }
    pages
}

/// A plan read back from its sheets, with the cell of every row. Which parts it decides is told by the sheets it has.
///
/// # Errors
/// Every cell that is not understood, at once.
pub fn read_plan(source: &Source, district: &District) -> Result<(Plan, Origin), Vec<Problem>> {
    understand(&open::read_workbook(source).map_err(|problem| vec![problem])?, district)
}

fn understand(book: &Book, district: &District) -> Result<(Plan, Origin), Vec<Problem>> {
    let forms = [
        Form::of::<StateSheet>(),
        Form::of::<Postings>(),
        Form::of::<Teachings>(),
        Form::of::<ClassTeachers>(),
        Form::of::<Lessons>(),
        Form::of::<Duties>(),
        Form::of::<Leaders>(),
        Form::of::<Pupils>(),
    ];
    let mut draft = Draft::with(book, Tabs::by_name(book, &forms), Lookup::of(district));
    let mut plan = Plan { schema: "lunpai.plan/1".to_owned(), district: district.id.clone(), ..Plan::default() };
    let parts =
        [(Part::Postings, draft.has::<Postings>()), (Part::Teaching, draft.has::<Teachings>()), (Part::Timetable, draft.has::<Lessons>())];
    plan.parts = parts.into_iter().filter_map(|(part, has)| has.then_some(part)).collect();
    if plan.parts.is_empty() {
        let words = ("没有「数据-交流」「数据-任课」「数据-课表」中的任何一张", "none of the sheets 数据-交流, 数据-任课, 数据-课表");
        draft.tell(NO_SHEET.at(&book.name).found(words.0, words.1).allowed("lunpai 写出的 plan.xlsx", "a plan.xlsx written by lunpai"));
    }
    state::read(&mut draft, &mut plan);
    plan.postings = rows::<Postings, _>(&mut draft, "postings", |row| row);
    plan.teaching = rows::<Teachings, _>(&mut draft, "teaching", teaching::row);
    plan.class_teachers = rows::<ClassTeachers, _>(&mut draft, "class_teachers", |row| row);
    plan.timetable = rows::<Lessons, _>(&mut draft, "timetable", lessons::row);
    plan.duties = rows::<Duties, _>(&mut draft, "duties", |row| row);
    plan.club_leaders = rows::<Leaders, _>(&mut draft, "club_leaders", Some);
    plan.club_pupils = rows::<Pupils, _>(&mut draft, "club_pupils", Some);
    let Draft { mut problems, origins, .. } = draft;
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() { Ok((plan, Origin(origins))) } else { Err(problems) }
}

/// The rows of a sheet that say something; where each stands is remembered under the plan's list.
fn rows<S: Sheet, T>(draft: &mut Draft, list: &str, row: impl Fn(S::Row) -> Option<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for Found { row: item, at, .. } in draft.rows::<S>() {
        if let Some(item) = row(item) {
            draft.came_from(list, kept.len(), &at);
            kept.push(item);
        }
    }
    kept
}

/// Text that may be missing.
fn optional(text: Option<&String>) -> Value {
    Value::maybe(text.map(String::as_str))
}

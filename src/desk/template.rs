//! The workbooks that planners begin with.

use super::column::{Page, Value};
use super::sheets::{self, DISTRICT, stamp};
use super::write::workbook_of;
use crate::file::{CurriculumLine, District, School, Source, read_district};
use crate::generate::{standard, standard_policy};
use std::collections::BTreeMap;

const DEMO: &[u8] = include_bytes!("../../instances/huayuankou/district.json");

/// The district of the demo, whose workbook shows what every sheet looks like.
fn demo() -> Result<District, String> {
    let source = Source { name: "huayuankou".to_owned(), bytes: DEMO.to_vec() };
    read_district(&source).map_err(|problem| problem.found.en)
}

/// Filled with the demo district.
///
/// # Errors
/// The words of the writer.
pub fn prefilled() -> Result<Vec<u8>, String> {
    workbook_of(&sheets::pages(&demo()?, &standard_policy(), false))
}

/// Empty but for what has a default: the national hours and the standard policy. The sheets of bells, subjects and
/// groups are left out: without them the defaults hold.
///
/// # Errors
/// The words of the writer.
pub fn empty() -> Result<Vec<u8>, String> {
    let district = District { cycle_weeks: 1, subjects: standard::subjects(), curriculum: usual_hours(), ..District::default() };
    let mut pages = sheets::pages(&district, &standard_policy(), false);
    pages.retain(|page| page.name != "学科");
    workbook_of(&pages)
}

fn usual_hours() -> Vec<CurriculumLine> {
    standard::curriculum(1..=9)
}

/// One workbook for each school of a district (the demo, if none is given), with its own people, classes and rooms, and
/// one for the district with trips, groups, hours and rules: id → bytes.
///
/// # Errors
/// The words of the writer.
pub fn per_school(district: Option<&District>, blank: bool) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let whole = district.map_or_else(demo, |district| Ok(district.clone()))?;
    let one = |school: &School| {
        let pages = pages_of(&part(&whole, Some(school), blank), &OF_A_SCHOOL, &school.name.zh);
        Ok((school.id.clone(), workbook_of(&pages)?))
    };
    let mut books: BTreeMap<_, _> = whole.schools.iter().map(one).collect::<Result<_, String>>()?;
    if !books.contains_key(DISTRICT) {
        books.insert(DISTRICT.to_owned(), workbook_of(&pages_of(&part(&whole, None, blank), &OF_THE_DISTRICT, DISTRICT))?);
    }
    Ok(books)
}

/// Sheets that a school fills; the rest is the district's business.
const OF_A_SCHOOL: [&str; 10] = ["教师", "学校", "班级", "专用教室", "志愿", "学期", "学科", "作息", "校区", "说明"];
const OF_THE_DISTRICT: [&str; 9] = ["学校", "课时计划", "路程", "规则", "学期", "学科", "作息", "校区", "共同体"];

fn pages_of(district: &District, sheets: &[&str], reporter: &str) -> Vec<Page> {
    let mut pages = sheets::pages(district, &standard_policy(), false);
    pages.retain(|page| sheets.contains(&page.name));
    if let Some(page) = pages.iter_mut().find(|page| page.name == "学期") {
        page.rows.insert(0, stamp(reporter));
        // A new district's dates are not known to a school that fills its part.
        page.rows.retain(|row| row.get(1) != Some(&Value::Blank));
    }
    pages
}

/// What of a district is one school's own, or nobody's.
fn part(whole: &District, school: Option<&School>, blank: bool) -> District {
    let mut part = whole.clone();
    let school = school.filter(|_| !blank);
    let own = |id: &String| school.is_some_and(|school| school.id == *id);
    let own_site = |id: &String| own(id) || school.is_some_and(|school| school.sites.iter().any(|site| site.id == *id));
    part.people.retain(|person| own(&person.employer));
    part.classes.retain(|class| own(&class.school));
    part.rooms.retain(|room| own_site(&room.site));
    part.names.retain(|id, _| part.people.iter().any(|person| person.id == *id));
    part
}

//! The workbooks that planners begin with.

use super::column::{Page, Value};
use super::sheets::{self, stamp};
use super::write::workbook_of;
use crate::file::{CurriculumLine, District, Room, School, Source, read_district};
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

/// One workbook for each school of a district (the demo, if none is given), with its own people, classes and rooms:
/// school id → bytes.
///
/// # Errors
/// The words of the writer.
pub fn per_school(district: Option<&District>, blank: bool) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let whole = district.map_or_else(demo, |district| Ok(district.clone()))?;
    let one = |school: &School| Ok((school.id.clone(), workbook_of(&pages_of(&part(&whole, school, blank), &school.name.zh))?));
    whole.schools.iter().map(one).collect()
}

/// Sheets that a school fills; the rest is the district's business.
const OF_A_SCHOOL: [&str; 10] = ["教师", "学校", "班级", "专用教室", "志愿", "学期", "学科", "作息", "校区", "说明"];

fn pages_of(district: &District, school: &str) -> Vec<Page> {
    let mut pages = sheets::pages(district, &standard_policy(), false);
    pages.retain(|page| OF_A_SCHOOL.contains(&page.name));
    if let Some(page) = pages.iter_mut().find(|page| page.name == "学期") {
        page.rows.insert(0, stamp(school));
        // A new district's dates are not known to a school that fills its part.
        page.rows.retain(|row| row.get(1) != Some(&Value::Blank));
    }
    pages
}

/// What of a district is one school's own.
fn part(whole: &District, school: &School, blank: bool) -> District {
    let mut part = whole.clone();
    let own_site = |room: &Room| room.site == school.id || school.sites.iter().any(|site| site.id == room.site);
    part.people.retain(|person| person.employer == school.id && !blank);
    part.classes.retain(|class| class.school == school.id && !blank);
    part.rooms.retain(|room| own_site(room) && !blank);
    part.names.retain(|id, _| part.people.iter().any(|person| person.id == *id));
    part
}

//! Weeks for the wall: of each teacher and room, of a school's classes in one table, of all the district's teachers.

use super::grids::{call, teachers};
use super::table::Table;
use crate::check::{Facts, LessonFact, weekday};
use crate::file::Text;
use std::collections::{BTreeMap, BTreeSet};

/// (weekday, period) → what stands in the cell.
type Week = BTreeMap<(u8, u8), String>;

/// Weekdays that have lessons, and the last period that has one.
struct Frame {
    days: BTreeSet<u8>,
    periods: u8,
}

impl Frame {
    fn of(facts: &Facts) -> Self {
        let last = |lesson: &LessonFact| usize::from(lesson.period) + lesson.cells.len().max(1) - 1;
        Self {
            days: facts.lessons.list.iter().map(|lesson| lesson.weekday).collect(),
            periods: facts.lessons.list.iter().map(last).max().unwrap_or(0).try_into().unwrap_or(u8::MAX),
        }
    }

    /// Headings of a table with periods down and weekdays across.
    fn week_head(&self, first: &[&str]) -> Table {
        let days = self.days.iter().map(|day| weekday(*day).zh);
        Table::new(&first.iter().map(ToString::to_string).chain(["节次".to_owned()]).chain(days).collect::<Vec<_>>())
    }
    fn week_rows(&self, table: &mut Table, first: &[String], week: &Week) {
        for period in 1..=self.periods {
            let cells = self.days.iter().map(|day| week.get(&(*day, period)).cloned().unwrap_or_default());
            table.row_of(first.iter().cloned().chain([format!("第{period}节")]).chain(cells).collect());
        }
    }

    /// Headings of a table with a line for each: 周一1, 周一2 …
    fn line_head(&self, first: &[&str]) -> Table {
        let cells = self.cells().map(|(day, period)| format!("{}{period}", weekday(day).zh));
        Table::new(&first.iter().map(ToString::to_string).chain(cells).collect::<Vec<_>>())
    }
    fn line(&self, first: [String; 2], week: &Week) -> Vec<String> {
        first.into_iter().chain(self.cells().map(|cell| week.get(&cell).cloned().unwrap_or_default())).collect()
    }
    fn cells(&self) -> impl Iterator<Item = (u8, u8)> + '_ {
        self.days.iter().flat_map(|day| (1..=self.periods).map(|period| (*day, period)))
    }
}

/// The weeks of whatever the lessons belong to; lessons of one cell (odd and even weeks) stand behind each other.
fn weeks(facts: &Facts, of: impl Fn(&LessonFact) -> Vec<usize>, say: impl Fn(usize, &LessonFact) -> String) -> BTreeMap<usize, Week> {
    let mut weeks: BTreeMap<usize, Week> = BTreeMap::new();
    for lesson in &facts.lessons.list {
        for owner in of(lesson) {
            let words = facts.in_week(lesson.weeks, &Text::default()).zh + &say(owner, lesson);
            for (_, period) in lesson.cells.iter().zip(lesson.period..=u8::MAX) {
                let cell = weeks.entry(owner).or_default().entry((lesson.weekday, period)).or_default();
                if !cell.is_empty() {
                    cell.push_str(" / ");
                }
                cell.push_str(&words);
            }
        }
    }
    weeks
}

fn subject(facts: &Facts, lesson: &LessonFact) -> String {
    facts.say_subject(facts.courses.list[lesson.course].subject).zh
}

/// The classes with their school where it is not the one given.
fn classes(facts: &Facts, lesson: &LessonFact, school: Option<usize>) -> String {
    if facts.courses.school_of(lesson.course) == school { facts.class_names(lesson.course) } else { facts.say_classes(lesson.course).zh }
}

fn present(facts: &Facts, lesson: &LessonFact) -> Vec<usize> {
    facts.teaching.present[lesson.course][lesson.block].clone()
}

/// 教师课表: id, name, period, weekdays.
pub(super) fn of_teachers(facts: &Facts) -> Table {
    let frame = Frame::of(facts);
    let say =
        |person: usize, lesson: &LessonFact| format!("{} {}", subject(facts, lesson), classes(facts, lesson, facts.people.working[person]));
    let mut table = frame.week_head(&["教师编号", "姓名"]);
    for (person, week) in weeks(facts, |lesson| present(facts, lesson), say) {
        let id = &facts.people.list[person].id;
        let name = facts.district.names.get(id).cloned().unwrap_or_default();
        frame.week_rows(&mut table, &[id.clone(), name], &week);
    }
    table
}

/// 教室课表: room, period, weekdays.
pub(super) fn of_rooms(facts: &Facts) -> Table {
    let frame = Frame::of(facts);
    let say = |_: usize, lesson: &LessonFact| {
        let (teacher, _) = teachers(facts, lesson.course, Some(lesson.block));
        format!("{} {} {teacher}", subject(facts, lesson), facts.say_classes(lesson.course).zh)
    };
    let mut table = frame.week_head(&["教室"]);
    for (room, week) in weeks(facts, |lesson| lesson.room.into_iter().collect(), say) {
        frame.week_rows(&mut table, &[facts.say_room(room).zh], &week);
    }
    table
}

/// 学校总课表: a line for each class.
pub(super) fn of_schools(facts: &Facts) -> Table {
    let frame = Frame::of(facts);
    let say = |_: usize, lesson: &LessonFact| {
        let (teacher, _) = teachers(facts, lesson.course, Some(lesson.block));
        format!("{} {teacher}", subject(facts, lesson))
    };
    let mut table = frame.line_head(&["学校", "班级"]);
    let weeks = weeks(facts, |lesson| facts.courses.list[lesson.course].classes.clone(), say);
    let mut lines: Vec<_> = weeks.iter().map(|(class, week)| (facts.courses.classes[*class].school, class, week)).collect();
    lines.sort_by_key(|(school, class, _)| (*school, *class));
    for (school, class, week) in lines {
        table.row_of(frame.line([facts.say_home(school).zh, facts.class_name(*class).to_owned()], week));
    }
    table
}

/// 学区总课表: a line for each teacher, school after school.
pub(super) fn of_district(facts: &Facts) -> Table {
    let frame = Frame::of(facts);
    let say =
        |person: usize, lesson: &LessonFact| format!("{} {}", classes(facts, lesson, facts.people.working[person]), subject(facts, lesson));
    let mut table = frame.line_head(&["学校", "教师"]);
    let weeks = weeks(facts, |lesson| present(facts, lesson), say);
    let mut lines: Vec<_> = weeks.iter().map(|(person, week)| (facts.people.working[*person], person, week)).collect();
    lines.sort_by_key(|(school, person, _)| (*school, *person));
    for (school, person, week) in lines {
        table.row_of(frame.line([facts.say_home(school).zh, call(facts, *person)], week));
    }
    table
}

//! Weekly grids of classes, and the words for one lesson in them.

use crate::check::{Facts, LessonFact};
use crate::file::{Clock, Part, Text};
use std::collections::BTreeMap;

/// A class's week: periods down, weekdays across.
pub(super) struct Grid {
    pub(super) class: usize,
    pub(super) weekdays: Vec<u8>,
    pub(super) rows: Vec<GridRow>,
}

pub(super) struct GridRow {
    pub(super) period: u8,
    /// Clock time on the first weekday that has the period.
    pub(super) time: String,
    /// By weekday: the lessons of the cell (two where odd and even weeks differ).
    pub(super) cells: Vec<Vec<Entry>>,
}

/// One lesson in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) subject: Text,
    pub(super) teacher: String,
    /// Nobody teaches it yet.
    pub(super) missing: bool,
    /// Room, where one is given.
    pub(super) room: String,
    /// 单周, 双周 or nothing.
    pub(super) weeks: Text,
}

impl Entry {
    /// `单周科学 王老师 @实验室` in one line.
    pub(super) fn line(&self) -> String {
        let room = if self.room.is_empty() { String::new() } else { format!("@{}", self.room) };
        let parts = [format!("{}{}", self.weeks.zh, self.subject.zh), self.teacher.clone(), room];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The grid of every class that has a bell, in the district's order.
pub(super) fn grids(facts: &Facts) -> Vec<Grid> {
    (0..facts.courses.classes.len()).filter_map(|class| grid(facts, class)).collect()
}

fn grid(facts: &Facts, class: usize) -> Option<Grid> {
    let bell = &facts.courses.bells[facts.courses.classes[class].bell?];
    let mut entries: BTreeMap<(u8, u8), Vec<Entry>> = BTreeMap::new();
    for &course in &facts.courses.of_class[class] {
        for &number in &facts.lessons.of_course[course] {
            let lesson = &facts.lessons.list[number];
            for (weekday, period) in facts.covered(class, lesson) {
                entries.entry((weekday, period)).or_default().push(entry(facts, lesson));
            }
        }
    }
    let weekdays: Vec<u8> = bell.weekdays.iter().copied().collect();
    let longest = weekdays.iter().map(|day| bell.cells(*day).len()).max().unwrap_or(0);
    let row = |period: u8| {
        let cell = weekdays.iter().find_map(|day| bell.cells(*day).get(usize::from(period) - 1));
        GridRow {
            period,
            time: cell.map_or_else(String::new, |cell| format!("{}–{}", cell.start, cell.end)),
            cells: weekdays.iter().map(|day| entries.get(&(*day, period)).cloned().unwrap_or_default()).collect(),
        }
    };
    let rows = (1..=u8::try_from(longest).unwrap_or(u8::MAX)).map(row).collect();
    Some(Grid { class, weekdays, rows })
}

pub(super) fn entry(facts: &Facts, lesson: &LessonFact) -> Entry {
    let (teacher, missing) = teachers(facts, lesson.course, Some(lesson.block));
    Entry {
        subject: facts.say_subject(facts.courses.list[lesson.course].subject),
        teacher,
        missing,
        room: lesson.room.map_or_else(String::new, |room| facts.say_room(room).zh),
        weeks: facts.in_week(lesson.weeks, &Text::default()),
    }
}

/// Who teaches a course (or one block of it), and whether somebody is missing.
pub(super) fn teachers(facts: &Facts, course: usize, block: Option<usize>) -> (String, bool) {
    let present = &facts.teaching.present[course];
    let mut people: Vec<usize> = match block {
        Some(block) => present[block].clone(),
        None => present.iter().flatten().copied().collect(),
    };
    people.sort_unstable();
    people.dedup();
    let missing = people.is_empty() && facts.plan.parts.contains(&Part::Teaching);
    if missing {
        return (MISSING.to_owned(), true);
    }
    (people.iter().map(|person| call(facts, *person)).collect::<Vec<_>>().join("、"), false)
}

/// A lesson without a teacher.
pub(super) const MISSING: &str = "待补";

/// A person's name where the file has it, else the id.
pub(super) fn call(facts: &Facts, person: usize) -> String {
    let id = &facts.people.list[person].id;
    facts.district.names.get(id).unwrap_or(id).clone()
}

/// `08:30–09:10` of a lesson.
pub(super) fn time(lesson: &LessonFact) -> String {
    match (lesson.cells.first(), lesson.cells.last()) {
        (Some(first), Some(last)) => span(first.start, last.end),
        _ => String::new(),
    }
}

fn span(start: Clock, end: Clock) -> String {
    format!("{start}–{end}")
}

/// `第3节` or `第3–4节`.
pub(super) fn periods(lesson: &LessonFact) -> String {
    let last = usize::from(lesson.period) + lesson.cells.len().max(1) - 1;
    if last == usize::from(lesson.period) { format!("第{last}节") } else { format!("第{}–{last}节", lesson.period) }
}

//! Between item values and the rows of a timetable, and which lessons share a week.

use lunpai::engine::{Problem, Seats};
use lunpai::file::{CellRef, Lesson as Row};
use lunpai::stages::{Lesson, Slots};
use std::collections::BTreeSet;

pub fn rows(slots: &Slots, values: &[i32]) -> Vec<Row> {
    let row = |lesson: &Lesson| {
        let cell = &slots.cells(lesson.bell)[values[lesson.item as usize] as usize];
        let at = CellRef { weekday: cell.weekday, period: cell.period };
        Row { course: slots.world.courses[lesson.course].id.clone(), block: lesson.block as u8 + 1, at, room: None }
    };
    slots.lessons.iter().map(row).collect()
}

/// Boards are classes, crews are teachers.
pub fn seats(slots: &Slots, problem: &Problem) -> Seats {
    let mut spans = vec![1; problem.items.len()];
    let mut spaces = vec![0; problem.items.len()];
    for lesson in &slots.lessons {
        spans[lesson.item as usize] = lesson.periods;
        spaces[lesson.item as usize] = lesson.bell as u16;
    }
    let items = |lessons: &Vec<usize>| {
        let items: BTreeSet<u32> = lessons.iter().map(|lesson| slots.lessons[*lesson].item).collect();
        items.into_iter().collect::<Vec<u32>>()
    };
    Seats {
        spans,
        spaces,
        boards: slots.by_class.iter().filter(|lessons| !lessons.is_empty()).map(items).collect(),
        crews: slots.by_teacher.values().map(items).collect(),
        places: slots.world.bells.iter().map(|bell| bell.cells.len()).max().unwrap_or(0),
    }
}

//! From item values to the rows of a timetable.

use lunpai::file::{CellRef, Lesson as Row};
use lunpai::stages::{Lesson, Slots};

pub fn rows(slots: &Slots, values: &[i32]) -> Vec<Row> {
    let row = |lesson: &Lesson| {
        let cell = &slots.cells(lesson.bell)[values[lesson.item as usize] as usize];
        let at = CellRef { weekday: cell.weekday, period: cell.period };
        Row { course: slots.world.courses[lesson.course].id.clone(), block: lesson.block as u8 + 1, at, room: None }
    };
    slots.lessons.iter().map(row).collect()
}

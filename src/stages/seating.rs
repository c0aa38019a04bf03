//! Which lessons share a week: the seats that the search exchanges.

use super::slots::Slots;
use crate::engine::{Problem, Seats, Shape};
use std::collections::BTreeSet;

/// Boards are classes, crews are teachers; a place is a cell of the bell.
pub fn seats(slots: &Slots, problem: &Problem) -> Seats {
    let places = slots.world.bells.iter().map(|bell| bell.cells.len()).max().unwrap_or(0);
    let longest = slots.lessons.iter().map(|lesson| lesson.periods).max().unwrap_or(1);
    let mut shape_of = vec![None; problem.items.len()];
    let mut spaces = vec![0; problem.items.len()];
    for lesson in &slots.lessons {
        shape_of[lesson.item as usize] = Some(u16::from(lesson.periods));
        spaces[lesson.item as usize] = lesson.bell as u16;
    }
    // Odd weeks are one layer of a cell, even weeks the other.
    let mut layers = vec![0; if slots.weeks() > 1 { problem.items.len() } else { 0 }];
    for lesson in slots.lessons.iter().filter(|_| slots.weeks() > 1) {
        layers[lesson.item as usize] |=
            (0..slots.weeks()).filter(|week| slots.held(lesson.weeks, *week)).fold(0, |bits, week| bits | 1 << week);
    }
    let items = |lessons: &Vec<usize>| {
        let items: BTreeSet<u32> = lessons.iter().map(|lesson| slots.lessons[*lesson].item).collect();
        items.into_iter().collect::<Vec<u32>>()
    };
    Seats {
        shapes: (0..=longest).map(|span| Shape::plain(places, span)).collect(),
        shape_of,
        spaces,
        boards: slots.by_class.iter().filter(|lessons| !lessons.is_empty()).map(items).collect(),
        crews: slots.by_teacher.values().map(items).collect(),
        layers,
        places,
        ..Seats::default()
    }
}

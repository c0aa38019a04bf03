//! Clocks of the schools' own: when the day starts, how long a lesson is, where a double may run on, evenings.

use super::super::dice::Dice;
use super::mode::{Mode, Traits};
use super::names::Names;
use crate::file::{Bell, Cell, CellRef, Clock, Half};
use std::collections::BTreeMap;

/// A cell of the week.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub at: CellRef,
    pub time: Span,
    pub half: Half,
    /// A double may run on into the next slot of the list.
    pub joins: bool,
}

/// A stretch of clock time on one weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub weekday: u8,
    pub start: u16,
    pub end: u16,
}

impl Span {
    pub fn meets(self, other: Self) -> bool {
        self.weekday == other.weekday && self.start < other.end && other.start < self.end
    }
    /// With so many minutes before and after.
    pub fn with(self, before: u32, after: u32) -> Self {
        Self { start: self.start.saturating_sub(before as u16), end: self.end + after as u16, ..self }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Clockwork {
    pub bell: Bell,
    /// In order of time.
    pub slots: Vec<Slot>,
}

impl Clockwork {
    /// The longest break of the morning.
    pub fn big_break(&self) -> Option<(Clock, Clock)> {
        let pairs = self.bell.cells.windows(2).filter(|pair| pair[1].half == Half::Am);
        pairs.map(|pair| (pair[0].end, pair[1].start)).max_by_key(|(from, to)| to.0 - from.0)
    }
    pub fn first(&self) -> Clock {
        self.bell.cells.first().map_or(Clock(8 * 60), |cell| cell.start)
    }
    /// The last end of a cell that is not in the evening.
    pub fn day_ends(&self) -> u16 {
        self.bell.cells.iter().filter(|cell| cell.half != Half::Eve).map(|cell| cell.end.0).max().unwrap_or(17 * 60)
    }
}

/// One clock: `cells` of a day without its evening, `junior` with longer lessons; on Fridays one cell less where the
/// dice want it and `spare` cells of the week are not needed.
pub(super) fn clockwork(
    number: usize,
    junior: bool,
    cells: u8,
    spare: usize,
    traits: &Traits,
    names: &Names,
    dice: &mut Dice,
) -> Clockwork {
    let minutes = dice.pick(if junior { &[40, 45] } else { &[35, 40] });
    let before_noon = if cells >= 8 { dice.pick(&[4, 5]) } else { 4 };
    let mut day = Vec::new();
    let mut start = 8 * 60 + dice.between(0, 6) as u16 * 5;
    let (short, long) = (10, dice.between(4, 6) as u16 * 5);
    for number in 0..cells.min(before_noon) {
        day.push(cell(start, minutes, Half::Am));
        start += minutes + if number == 1 { long } else { short };
    }
    start = (start - short + 90).max(13 * 60 + 30).div_ceil(5) * 5 + dice.between(0, 4) as u16 * 5;
    for _ in before_noon..cells {
        day.push(cell(start, minutes, Half::Pm));
        start += minutes + dice.pick(&[short, 15]);
    }
    join(&mut day, dice);
    let (mut weekend, mut days) = (day.clone(), BTreeMap::new());
    if traits.has(Mode::Evening) {
        let mut start = (18 * 60 + 30).max(start + 20);
        for _ in 0..dice.between(1, 3) {
            day.push(cell(start, 40, Half::Eve));
            start += 50;
        }
        days.insert(5, weekend.clone());
    }
    if spare > 0 && cells > 5 && dice.percent(30) {
        weekend.pop();
        // The cell before it joins nothing now.
        if let Some(last) = weekend.last_mut() {
            last.joins_next = false;
        }
        days.insert(5, weekend);
    }
    let bell = Bell { id: names.bell_id(number), weekdays: vec![1, 2, 3, 4, 5], cells: day, days };
    let slots = slots(&bell);
    Clockwork { bell, slots }
}

fn cell(start: u16, minutes: u16, half: Half) -> Cell {
    Cell { start: Clock(start), end: Clock(start + minutes), half, joins_next: false }
}

/// The last two of the morning and the first two of the afternoon always; others as the dice want, never over the long
/// break.
fn join(day: &mut [Cell], dice: &mut Dice) {
    let all = dice.percent(50);
    let last_of_morning = day.iter().filter(|cell| cell.half == Half::Am).count().saturating_sub(1);
    for number in 0..day.len().saturating_sub(1) {
        let same_half = day[number].half == day[number + 1].half;
        let always = number + 1 == last_of_morning || number == last_of_morning + 1;
        day[number].joins_next = same_half && number != 1 && (always || all);
    }
}

fn slots(bell: &Bell) -> Vec<Slot> {
    let mut slots = Vec::new();
    for &weekday in &bell.weekdays {
        for (cell, period) in bell.days.get(&weekday).unwrap_or(&bell.cells).iter().zip(1..) {
            let time = Span { weekday, start: cell.start.0, end: cell.end.0 };
            slots.push(Slot { at: CellRef { weekday, period }, time, half: cell.half, joins: cell.joins_next });
        }
    }
    slots
}

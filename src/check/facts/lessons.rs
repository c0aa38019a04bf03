//! Lessons in time and place, and whom they keep busy.

use super::{Courses, Places, TeachingFacts};
use crate::file::{Cell, District, Half, Part, Plan, RoomNeed};
use std::collections::{BTreeMap, BTreeSet};

/// One block of a course, placed.
pub struct LessonFact<'a> {
    pub(crate) course: usize,
    /// Counted from 0.
    pub(crate) block: usize,
    pub(crate) bell: usize,
    pub(crate) weekday: u8,
    /// First period, counted from 1.
    pub(crate) period: u8,
    /// The cells it covers; fewer than its periods if it runs past the day's last.
    pub(crate) cells: &'a [Cell],
    /// Weeks of the cycle as a bit mask.
    pub(crate) weeks: u8,
    pub(crate) site: Option<usize>,
    pub(crate) need: Option<&'a RoomNeed>,
    /// Position in the district's list of rooms.
    pub(crate) room: Option<usize>,
}

/// One cell of one lesson in one week of the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub(crate) weekday: u8,
    /// Week of the cycle, from 0.
    pub(crate) week: u8,
    /// Minutes after midnight.
    pub(crate) start: u16,
    pub(crate) end: u16,
    pub(crate) bell: usize,
    pub(crate) period: u8,
    pub(crate) half: Half,
    /// Where the person or class is.
    pub(crate) site: Option<usize>,
    pub(crate) lesson: usize,
}

impl Slot {
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

pub struct Lessons<'a> {
    pub(crate) list: Vec<LessonFact<'a>>,
    /// By course and block.
    at: BTreeMap<(usize, usize), usize>,
    /// By person, sorted.
    pub(crate) of_person: Vec<Vec<Slot>>,
    /// By class, sorted.
    pub(crate) of_class: Vec<Vec<Slot>>,
    /// By course: its lessons.
    pub(crate) of_course: Vec<Vec<usize>>,
}

impl<'a> Lessons<'a> {
    pub(super) fn of(district: &'a District, plan: &'a Plan, places: &Places, courses: &Courses<'a>, teaching: &TeachingFacts) -> Self {
        let mut lessons = Self {
            list: Vec::new(),
            at: BTreeMap::new(),
            of_person: vec![Vec::new(); district.people.len()],
            of_class: vec![Vec::new(); courses.classes.len()],
            of_course: vec![Vec::new(); courses.list.len()],
        };
        if !plan.parts.contains(&Part::Timetable) {
            return lessons;
        }
        let mut room_at = BTreeMap::new();
        for (number, room) in district.rooms.iter().enumerate() {
            room_at.entry(room.id.as_str()).or_insert(number);
        }
        for row in &plan.timetable {
            let Some(course) = courses.find(&row.course) else { continue };
            let fact = &courses.list[course];
            let Some(block) = usize::from(row.block).checked_sub(1).filter(|block| *block < fact.blocks.len()) else { continue };
            let Some(&class) = fact.classes.first() else { continue };
            let Some(bell) = courses.classes[class].bell else { continue };
            let cells = cells_from(courses.bells[bell].cells(row.at.weekday), row.at.period, fact.blocks[block].periods);
            if cells.is_empty() || lessons.at.contains_key(&(course, block)) {
                continue;
            }
            let weeks = fact.blocks[block].weeks;
            let need = fact.blocks[block].room.filter(|need| courses.mask(need.weeks) & weeks != 0);
            let away = need.and_then(|need| need.site.as_deref()).map(|id| places.site(id));
            let number = lessons.list.len();
            lessons.at.insert((course, block), number);
            lessons.of_course[course].push(number);
            lessons.list.push(LessonFact {
                course,
                block,
                bell,
                weekday: row.at.weekday,
                period: row.at.period,
                cells,
                weeks,
                site: away.unwrap_or(courses.classes[class].site),
                need,
                room: row.room.as_deref().and_then(|id| room_at.get(id).copied()),
            });
            lessons.keep_busy(number, courses, teaching);
        }
        for slots in lessons.of_person.iter_mut().chain(&mut lessons.of_class) {
            slots.sort_unstable();
        }
        lessons
    }

    fn keep_busy(&mut self, number: usize, courses: &Courses, teaching: &TeachingFacts) {
        let lesson = &self.list[number];
        let course = &courses.list[lesson.course];
        let slots: Vec<_> = lesson.slots(number).collect();
        for &person in &teaching.present[lesson.course][lesson.block] {
            self.of_person[person].extend(&slots);
        }
        let classes: BTreeSet<usize> = course.classes.iter().copied().collect();
        for class in classes {
            // The far class of a remote lesson stays where it is.
            let stays = course.remote && lesson.need.is_none();
            let site = if stays { courses.classes[class].site } else { lesson.site };
            self.of_class[class].extend(slots.iter().map(|slot| Slot { site, ..*slot }));
        }
    }

    /// The lesson of a block, counted from 0.
    pub(crate) fn find(&self, course: usize, block: usize) -> Option<usize> {
        self.at.get(&(course, block)).copied()
    }
}

impl LessonFact<'_> {
    /// Its cells, once for each week of the cycle it is held in.
    pub(crate) fn slots(&self, number: usize) -> impl Iterator<Item = Slot> + '_ {
        let weeks = (0..2).filter(|week| self.weeks & (1 << week) != 0);
        weeks.flat_map(move |week| {
            self.cells.iter().zip(self.period..=u8::MAX).map(move |(cell, period)| Slot {
                weekday: self.weekday,
                week,
                start: cell.start.0,
                end: cell.end.0,
                bell: self.bell,
                period,
                half: cell.half,
                site: self.site,
                lesson: number,
            })
        })
    }
}

/// The cells from a period (counted from 1) on, as many as there are.
fn cells_from(day: &[Cell], period: u8, periods: u8) -> &[Cell] {
    let from = usize::from(period).wrapping_sub(1);
    let to = from.saturating_add(usize::from(periods)).min(day.len());
    day.get(from..to).unwrap_or(&[])
}

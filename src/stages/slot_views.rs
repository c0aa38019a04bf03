//! Ways in which the rules of the timetable look at its lessons.

use super::points::Points;
use super::scope::{course_fits, person_fits};
use super::slots::{Pool, Slots};
use crate::district::BellCell;
use crate::engine::Link;
use crate::file::{FixedBlock, Half, Scope, Window};
use std::collections::{BTreeMap, BTreeSet};

/// The periods of several bells in one order: bell → cell → group in week 0; the groups of a week; its segments.
pub struct Order {
    group: BTreeMap<usize, Vec<u16>>,
    per_week: usize,
}

impl Slots<'_> {
    /// Teachers in scope with their lessons.
    pub fn teachers(&self, scope: &Scope) -> impl Iterator<Item = (usize, &Vec<usize>)> {
        let fits = |teacher: usize| person_fits(self.world, scope, teacher, self.school[teacher]);
        let fitting: Vec<_> = self.by_teacher.iter().filter(|(teacher, _)| fits(**teacher)).map(|(t, lessons)| (*t, lessons)).collect();
        fitting.into_iter()
    }
    /// Classes of which some lessons are left out: what asks that a class has something cannot be asked of them.
    pub fn curtailed(&self) -> BTreeSet<usize> {
        let courses = self.world.courses.iter().zip(&self.by_course);
        let timed = |course: &crate::district::Course| self.world.classes[course.classes[0]].bell.is_some() && !course.blocks.is_empty();
        courses.filter(|(course, lessons)| lessons.is_empty() && timed(course)).flat_map(|(course, _)| course.classes.clone()).collect()
    }
    /// Courses in scope with their lessons.
    pub fn courses(&self, scope: &Scope) -> impl Iterator<Item = (usize, &Vec<usize>)> {
        let fits = |course: usize| course_fits(self.world, scope, &self.world.courses[course]);
        let fitting: Vec<_> = self.by_course.iter().enumerate().filter(|(c, lessons)| !lessons.is_empty() && fits(*c)).collect();
        fitting.into_iter()
    }
    pub fn lesson_fits(&self, scope: &Scope, lesson: usize) -> bool {
        course_fits(self.world, scope, &self.world.courses[self.lessons[lesson].course])
    }
    /// Links that count the lessons' cells overlapping one of the windows.
    pub fn links_in(&self, points: &mut Points, lessons: &[usize], windows: &[Window]) -> Vec<Link> {
        let mut links = Vec::new();
        for lesson in lessons {
            let cells = self.cells(self.lessons[*lesson].bell);
            let hit = |week: usize, cell: usize| windows.iter().any(|window| self.overlaps(window, week, &cells[cell])).then_some(0);
            links.extend(self.links(points, *lesson, &hit));
        }
        links
    }
    /// Links that count the lesson in the group `group(week, cell)` of every cell of another bell (or its own) that it
    /// overlaps by the clock.
    pub fn links_on(&self, points: &mut Points, lesson: usize, bell: usize, group: &dyn Fn(usize, usize) -> u16) -> Vec<Link> {
        let (own, per_week) = (self.lessons[lesson].bell, self.cells(bell).len());
        if own == bell {
            return self.links(points, lesson, &|week, cell| Some(group(week, cell)));
        }
        let cells = self.cells(own);
        let meets = |cell: &BellCell, other: &BellCell| cell.weekday == other.weekday && cell.start < other.end && other.start < cell.end;
        let periods = usize::from(self.lessons[lesson].periods);
        let covered = |start: usize| -> Vec<usize> {
            let mine = &cells[start..cells.len().min(start + periods)];
            (0..per_week).filter(|k| mine.iter().any(|cell| meets(cell, &self.cells(bell)[*k]))).collect()
        };
        let covered: Vec<Vec<usize>> = (0..cells.len()).map(covered).collect();
        let most = covered.iter().map(Vec::len).max().unwrap_or(0);
        let nth = |k: usize| covered.iter().map(move |all| all.get(k).copied()).collect::<Vec<_>>();
        let tables: Vec<Vec<Option<usize>>> = (0..most).map(nth).collect();
        let mut links = Vec::new();
        for table in tables {
            links.extend(self.start_links(points, lesson, &|week, start| table[start].map(|cell| group(week, cell))));
        }
        links
    }
    /// The link that adds 1 to the group of the lesson's start, once whatever the weeks.
    pub fn placed(&self, points: &mut Points, lesson: usize, group: &dyn Fn(usize) -> Option<u16>) -> Vec<Link> {
        let held = &self.lessons[lesson];
        let table = (0..self.cells(held.bell).len()).map(|start| group(start).unwrap_or(crate::engine::NONE)).collect();
        vec![Link { item: held.item, map: points.problem.map(table), coef: 1 }]
    }
    /// Sites of the lessons.
    pub fn sites(&self, lessons: &[usize]) -> Vec<usize> {
        let sites: BTreeSet<usize> = lessons.iter().map(|lesson| self.lessons[*lesson].site).collect();
        sites.into_iter().collect()
    }
    /// (weekday, half) of every bell that the lessons use.
    pub fn half_days(&self, lessons: &[usize]) -> BTreeSet<(u8, Half)> {
        let bells: BTreeSet<usize> = lessons.iter().map(|lesson| self.lessons[*lesson].bell).collect();
        bells.iter().flat_map(|bell| self.cells(*bell).iter().map(|cell| (cell.weekday, cell.half))).collect()
    }
    /// Orders the periods of the lessons' bells; `key` names the segment a cell lies in.
    pub fn periods(&self, lessons: &[usize], key: &dyn Fn(&BellCell) -> (u8, u8)) -> (Order, Vec<(u8, u8)>, usize) {
        let bells: BTreeSet<usize> = lessons.iter().map(|lesson| self.lessons[*lesson].bell).collect();
        let mut reach: BTreeMap<(u8, u8), (u8, u8)> = BTreeMap::new();
        for cell in bells.iter().flat_map(|bell| self.cells(*bell)) {
            let (low, high) = reach.entry(key(cell)).or_insert((cell.period, cell.period));
            (*low, *high) = ((*low).min(cell.period), (*high).max(cell.period));
        }
        let mut first: BTreeMap<(u8, u8), (u16, u8)> = BTreeMap::new();
        let mut segments = Vec::new();
        let mut next = 0u16;
        for (key, (low, high)) in reach {
            first.insert(key, (next, low));
            let end = next + u16::from(high - low) + 1;
            segments.push((next as u8, end as u8));
            next = end;
        }
        let of = |cell: &BellCell| {
            let (start, low) = first[&key(cell)];
            start + u16::from(cell.period - low)
        };
        let group = bells.iter().map(|bell| (*bell, self.cells(*bell).iter().map(of).collect())).collect();
        let per_week = usize::from(next);
        let all = (0..self.weeks()).flat_map(|week| {
            let shift = (week * per_week) as u8;
            segments.iter().map(move |(first, end)| (first + shift, end + shift)).collect::<Vec<_>>()
        });
        (Order { group, per_week }, all.collect(), per_week * self.weeks())
    }
    /// Whether a block calls the teacher: named, or of its subjects; with schools, teaching these or working there.
    pub fn attends(&self, block: &FixedBlock, teacher: usize, lessons: &[usize]) -> bool {
        let world = self.world;
        let listed = |school: usize| block.schools.contains(&world.schools[school].file.id);
        let theirs = lessons.iter().map(|lesson| &world.courses[self.lessons[*lesson].course]);
        let mut courses = theirs.filter(|course| block.subjects.contains(&course.subject.id)).peekable();
        let teaches = courses.peek().is_some();
        let there = block.schools.is_empty() || listed(self.school[teacher]) || courses.any(|course| listed(course.school));
        block.people.contains(&world.people[teacher].file.id) || (teaches && there)
    }
    /// Links of the lessons' cells in that order.
    pub fn links_of(&self, points: &mut Points, lessons: &[usize], order: &Order) -> Vec<Link> {
        let mut links = Vec::new();
        for lesson in lessons {
            let groups = &order.group[&self.lessons[*lesson].bell];
            links.extend(self.links(points, *lesson, &|week, cell| Some((week * order.per_week) as u16 + groups[cell])));
        }
        links
    }
}

impl Pool<'_> {
    /// Classes at once.
    pub fn units(&self) -> i32 {
        self.rooms.iter().map(|room| room.units as i32).sum()
    }
    /// Longest set-up and clearing of its rooms, in minutes.
    pub fn margins(&self) -> (i32, i32) {
        let most = |of: fn(&crate::file::Room) -> u32| self.rooms.iter().map(|room| of(room)).max().unwrap_or(0) as i32;
        (most(|room| room.setup_minutes), most(|room| room.clearing_minutes))
    }
}

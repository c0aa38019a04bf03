//! Kinds: which units of teaching are interchangeable, so that one integer counts them.

use super::scope::course_fits;
use super::staffing::Grain;
use crate::district::{Block, Course, World};
use crate::file::{Clause, Policy, Subject, Teaching};
use std::collections::{BTreeMap, BTreeSet};

/// Interchangeable units of teaching.
#[derive(Debug)]
pub struct Kind<'w> {
    pub name: String,
    pub school: usize,
    pub subject: &'w Subject,
    pub stage: crate::file::Stage,
    /// 0 where grades are merged.
    pub grade: u8,
    pub units: u32,
    /// Periods in a teacher's load per unit.
    pub load: u32,
    /// Periods per unit that stay uncovered without a teacher; 0 for a second role.
    pub periods: u32,
    /// Where the units are blocks of one course that may be shared: these blocks, from 0; else none.
    pub blocks: Vec<usize>,
    /// (course, role), one per unit at course grain; the one course where it may be shared.
    pub courses: Vec<(usize, usize)>,
}

impl Kind<'_> {
    /// Whether the units are blocks of a course that may be shared.
    pub fn is_shared(&self) -> bool {
        !self.blocks.is_empty()
    }
    /// (course, role, first block) of what the units are: the same units have the same in every staffing.
    pub fn parts(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let first = self.blocks.first().copied().unwrap_or(0);
        self.courses.iter().map(move |(course, role)| (*course, *role, first))
    }
    /// Units of these courses that are somebody's whose rows these are.
    pub fn held_by(&self, world: &World, rows: &[Teaching], courses: &BTreeSet<usize>) -> u32 {
        let mine = |row: &Teaching, (course, role): (usize, usize)| {
            let of = &world.courses[course];
            row.course == of.id && row.role == of.roles[role].name
        };
        if !self.is_shared() {
            return self.courses.iter().filter(|(course, _)| courses.contains(course)).count() as u32;
        }
        let held = |block: &&usize| {
            let here = |row: &Teaching| row.blocks.is_empty() || row.blocks.iter().any(|held| usize::from(*held) == **block + 1);
            rows.iter().any(|row| mine(row, self.courses[0]) && here(row))
        };
        if courses.contains(&self.courses[0].0) { self.blocks.iter().filter(held).count() as u32 } else { 0 }
    }
}

/// A role of a course as units: how many, the load and the uncovered periods of each, and the blocks where it is shared.
struct Part {
    units: u32,
    load: u32,
    periods: u32,
    blocks: Vec<usize>,
}

/// Kinds of the roles to be decided, and the roles already given.
pub(super) fn kinds<'w>(world: &'w World<'w>, grain: Grain, working: &[usize]) -> (Vec<Kind<'w>>, Vec<(usize, usize, usize)>) {
    let mut given = Vec::new();
    let mut kinds: BTreeMap<(usize, &str, u8, u32, u32, String), Kind> = BTreeMap::new();
    for (c, course) in world.courses.iter().enumerate() {
        let stage = world.classes[course.classes[0]].stage;
        for (r, role) in course.roles.iter().enumerate() {
            // A class teacher posted away needs a successor: the class meeting is open again.
            let gone = |person: &usize| course.subject.class_meeting && role.name.is_none() && working[*person] != course.school;
            if let Some(person) = role.given.filter(|person| !gone(person)) {
                given.push((person, c, r));
                continue;
            }
            let school = &world.schools[course.school].file.id;
            let subject = course.subject;
            for part in parts(world, grain, course, r) {
                let (key, name) = if grain == Grain::Periods {
                    // What any teacher of the school may give is one kind; how often a course comes says whether visitors can.
                    let often = if is_shared(world, course, r) { 1 } else { course.blocks.len() as u32 };
                    let (id, often) = if subject.any_teacher { ("", 0) } else { (subject.id.as_str(), often) };
                    ((course.school, id, 0, often, part.periods, format!("{stage:?}")), format!("{school} {}", subject.id))
                } else {
                    let shape = shape(world, c, r, &part.blocks);
                    let key = (course.school, subject.id.as_str(), course.grade, part.load, part.periods, shape);
                    (key, format!("{school} {} {}", subject.id, course.grade))
                };
                let kind = kinds.entry(key).or_insert_with(|| Kind {
                    name,
                    school: course.school,
                    subject,
                    stage,
                    grade: if grain == Grain::Periods { 0 } else { course.grade },
                    units: 0,
                    load: part.load,
                    periods: part.periods,
                    blocks: part.blocks,
                    courses: Vec::new(),
                });
                kind.units += part.units;
                kind.courses.push((c, r));
            }
        }
    }
    (kinds.into_values().collect(), given)
}

/// Periods; else the whole course; else its blocks, alike ones together.
fn parts(world: &World, grain: Grain, course: &Course, r: usize) -> Vec<Part> {
    let role = &course.roles[r];
    let counts = |periods: u32| if r == 0 { periods } else { 0 };
    if grain == Grain::Periods {
        return vec![Part { units: role.load, load: 1, periods: counts(1), blocks: Vec::new() }];
    }
    if !is_shared(world, course, r) {
        return vec![Part { units: 1, load: role.load, periods: counts(course.periods(world.cycle)), blocks: Vec::new() }];
    }
    let mut alike: BTreeMap<&Block, Vec<usize>> = BTreeMap::new();
    for (b, block) in course.blocks.iter().enumerate() {
        alike.entry(block).or_default().push(b);
    }
    let part = |(block, blocks): (&Block, Vec<usize>)| {
        let load = block.load(world.cycle);
        Part { units: blocks.len() as u32, load, periods: counts(load), blocks }
    };
    alike.into_iter().map(part).collect()
}

/// Whether several people may have this role, some blocks each. Whoever becomes class teacher holds the whole class meeting; a role that
/// counts for less than its periods counts for that only as a whole.
pub(super) fn is_shared(world: &World, course: &Course, r: usize) -> bool {
    course.split && course.blocks.len() > 1 && !course.subject.class_meeting && course.roles[r].load >= course.periods(world.cycle)
}

/// How a course's week looks; one of several classes, with several teachers, in a band or shared is like no other.
fn shape(world: &World, c: usize, r: usize, blocks: &[usize]) -> String {
    let course = &world.courses[c];
    let alone = course.classes.len() > 1 || course.roles.len() > 1 || course.remote || course.band.is_some() || !blocks.is_empty();
    format!("{:?} {} {blocks:?}", course.blocks, if alone { c * 100 + r } else { usize::MAX })
}

/// Kinds that nothing but the grade tells apart, as one.
pub(super) fn without_grades<'w>(world: &World, policy: &Policy, kinds: Vec<Kind<'w>>) -> Vec<Kind<'w>> {
    let mut merged: BTreeMap<_, Kind> = BTreeMap::new();
    for kind in kinds {
        let (c, r) = kind.courses[0];
        let fits = |clause: &Clause| kind.courses.iter().any(|(course, _)| course_fits(world, &clause.scope, &world.courses[*course]));
        let seen: Vec<bool> = policy.clauses.iter().map(fits).collect();
        let bell = world.classes[world.courses[c].classes[0]].bell;
        let shape = shape(world, c, r, &kind.blocks);
        let key = (kind.school, kind.subject.id.as_str(), kind.stage, kind.load, kind.periods, shape, bell, seen);
        if let Some(other) = merged.get_mut(&key) {
            other.units += kind.units;
            other.courses.extend(kind.courses);
        } else {
            merged.insert(key, Kind { grade: 0, ..kind });
        }
    }
    merged.into_values().collect()
}

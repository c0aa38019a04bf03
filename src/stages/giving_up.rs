//! Giving up: where no week holds a teaching, somebody in each broken clause leaves lessons without a teacher.

use super::run::Run;
use super::teach;
use super::timetable::Broken;
use crate::file::Plan;
use std::collections::BTreeSet;

/// Somebody in each of the broken clauses gives up what they teach there, a visitor before others: the lessons stay, without a teacher.
/// Returns the courses.
pub(super) fn relieve(run: &Run, plan: &mut Plan, broken: &[Broken]) -> BTreeSet<usize> {
    let world = run.world;
    let school = super::working_schools(world, plan);
    let given = |course: usize, person: usize| world.courses[course].roles.iter().any(|role| role.given == Some(person));
    let rows: Vec<Option<(usize, usize)>> = plan
        .teaching
        .iter()
        .map(|row| Some((world.course(&row.course)?, world.person(row.teacher.as_deref()?)?)))
        .map(|row| row.filter(|(course, person)| !given(*course, *person)))
        .collect();
    let mut courses = BTreeSet::new();
    let mut gave: BTreeSet<usize> = BTreeSet::new();
    for (teachers, classes) in broken {
        if teachers.iter().any(|person| gave.contains(person)) {
            continue;
        }
        let here = |person: usize| {
            let mine = rows.iter().enumerate().filter_map(|(r, row)| Some((r, (*row)?))).filter(move |(_, (_, who))| *who == person);
            let hit = mine.filter(|(_, (course, _))| world.courses[*course].classes.iter().any(|class| classes.contains(class)));
            let cost = |course: usize| {
                let (of, home) = (&world.courses[course], school[person] == world.courses[course].school);
                // A visitor gives up a short course before a long one.
                (home, of.subject.class_meeting, if home { 0 } else { of.periods(world.cycle) })
            };
            hit.map(|(r, (course, _))| (cost(course), r)).min()
        };
        let Some(((_, r), person)) = teachers.iter().filter_map(|person| Some((here(*person)?, *person))).min() else { continue };
        if let Some((course, _)) = rows[r] {
            plan.teaching[r].teacher = None;
            gave.insert(person);
            courses.insert(course);
        }
    }
    if !courses.is_empty() {
        let rows = std::mem::take(&mut plan.teaching);
        teach(run, plan, rows);
    }
    courses
}

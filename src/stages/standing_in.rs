//! Standing in: a course that stayed without a teacher goes to somebody who is free whenever it is held.
//!
//! The week is as it is; the checker judges every change, so that no clause is forgotten.

use super::foresight::within_groups;
use super::run::Run;
use super::shortage::load_limit;
use super::working_schools;
use crate::check::{Verdict, check};
use crate::district::{Course, World};
use crate::file::{Lesson, Plan, Teaching};
use std::collections::BTreeSet;

/// People that are tried for one course.
const EACH: usize = 6;
/// Lessons that the checker may read for it in all: 50 times a district of 6 schools.
const READ: usize = 200_000;

/// When somebody is busy: weekday, from, to.
type Busy = Vec<(u8, u16, u16)>;

/// Gives courses without a teacher to people who have the time, as long as `score` of the verdict gets less. Returns the courses
/// that changed hands.
pub(super) fn stand_in(run: &Run, plan: &mut Plan, score: &dyn Fn(&Verdict) -> Vec<i64>) -> BTreeSet<usize> {
    let mut left = READ / plan.timetable.len().max(1);
    let mut best = score(&check(run.district, run.policy, plan));
    let mut changed = BTreeSet::new();
    // First one assignment, then two: the one who takes over hands something on.
    for hands_on in [false, true] {
        for r in (0..plan.teaching.len()).filter(|r| plan.teaching[*r].teacher.is_none()).collect::<Vec<_>>() {
            let desk = Desk::new(run, plan);
            let ways = if hands_on {
                desk.handing_on(plan, r)
            } else {
                desk.candidates(&plan.teaching[r]).into_iter().map(|who| vec![(r, who)]).collect()
            };
            for way in ways {
                if left == 0 || run.stopped() {
                    return changed;
                }
                left -= 1;
                let mut rows = plan.teaching.clone();
                for (row, person) in &way {
                    rows[*row].teacher = Some(run.world.people[*person].file.id.clone());
                }
                let mut tried = plan.clone();
                super::teach(run, &mut tried, rows);
                let found = score(&check(run.district, run.policy, &tried));
                if found < best {
                    changed.extend(way.iter().filter_map(|(row, _)| run.world.course(&tried.teaching[*row].course)));
                    (best, *plan) = (found, tried);
                    break;
                }
            }
        }
    }
    changed
}

/// Rows of a teaching with who takes them over.
type Way = Vec<(usize, usize)>;

/// Who does what when.
struct Desk<'r, 'a> {
    run: &'r Run<'a>,
    works: Vec<usize>,
    /// Per course.
    times: Vec<Busy>,
    /// Per person: when they teach, how much, and at which schools.
    busy: Vec<(Busy, u32, BTreeSet<usize>)>,
}

impl<'r, 'a> Desk<'r, 'a> {
    fn new(run: &'r Run<'a>, plan: &Plan) -> Self {
        let world = run.world;
        let mut times = vec![Busy::new(); world.courses.len()];
        for lesson in &plan.timetable {
            let Some(course) = world.course(&lesson.course) else { continue };
            times[course].extend(time(world, &world.courses[course], lesson));
        }
        let mut busy = vec![(Busy::new(), 0, BTreeSet::new()); world.people.len()];
        for row in &plan.teaching {
            let person = row.teacher.as_deref().and_then(|id| world.person(id));
            if let (Some(person), Some(course)) = (person, world.course(&row.course)) {
                let (when, load, schools) = &mut busy[person];
                when.extend(&times[course]);
                *load += world.courses[course].periods(world.cycle);
                schools.insert(world.courses[course].school);
            }
        }
        Self { run, works: working_schools(world, plan), times, busy }
    }

    /// Somebody able takes the row over and hands one of theirs on to somebody else able.
    fn handing_on(&self, plan: &Plan, row: usize) -> Vec<Way> {
        let world = self.run.world;
        let mut ways = Vec::new();
        for (other, theirs) in plan.teaching.iter().enumerate() {
            let Some(person) = theirs.teacher.as_deref().and_then(|id| world.person(id)) else { continue };
            if self.may_teach(person, &plan.teaching[row]) {
                let next = (0..world.people.len()).filter(|next| *next != person && self.may_teach(*next, theirs));
                ways.extend(next.take(EACH).map(|next| vec![(row, person), (other, next)]));
            }
        }
        ways
    }

    /// Whether the person may teach the course of a row that is not given, hours and times aside.
    fn may_teach(&self, person: usize, row: &Teaching) -> bool {
        let world = self.run.world;
        let Some(of) = world.course(&row.course).map(|course| &world.courses[course]) else { return false };
        let (file, works) = (world.people[person].file, self.works[person]);
        let home = works == of.school;
        let given = of.roles.iter().any(|role| role.name == row.role && role.given.is_some());
        let able = world.certified(person, &of.subject.id, world.classes[of.classes[0]].stage)
            || (of.subject.any_teacher && home && file.load_cap > 0);
        let grouped = || within_groups(self.run.policy) && !world.share_group(works, of.school, true);
        !given && able && (home || !(file.locks.no_visits || grouped()))
    }

    /// Who may teach the course and is free then: at its school first, then who comes there already, the least loaded first.
    fn candidates(&self, row: &Teaching) -> Vec<usize> {
        let world = self.run.world;
        let Some(course) = world.course(&row.course) else { return Vec::new() };
        let (of, when) = (&world.courses[course], &self.times[course]);
        let fits = |person: &usize| {
            let file = world.people[*person].file;
            let (times, load, _) = &self.busy[*person];
            let away = file.unavailable.iter().map(|window| (window.weekday, window.from.0, window.to.0));
            let meets = |(day, from, to): (u8, u16, u16)| when.iter().any(|(d, f, t)| *d == day && *f < to && from < *t);
            let room = || load_limit(world, self.run.policy, *person, self.works[*person]).saturating_sub(world.people[*person].posts);
            let free = !times.iter().copied().chain(away).any(meets);
            free && self.may_teach(*person, row) && load + of.periods(world.cycle) <= room()
        };
        let mut people: Vec<usize> = (0..world.people.len()).filter(fits).collect();
        people.sort_by_key(|person| {
            let (_, load, schools) = &self.busy[*person];
            (self.works[*person] != of.school, !schools.contains(&of.school), *load, *person)
        });
        people.truncate(EACH);
        people
    }
}

/// When a lesson of the course is held.
fn time(world: &World, course: &Course, lesson: &Lesson) -> Option<(u8, u16, u16)> {
    let cells = &world.bells[world.classes[course.classes[0]].bell?].cells;
    let first = cells.iter().position(|cell| (cell.weekday, cell.period) == (lesson.at.weekday, lesson.at.period))?;
    let periods = course.blocks.get(usize::from(lesson.block).checked_sub(1)?)?.periods;
    let last = cells.get(first + usize::from(periods) - 1)?;
    Some((cells[first].weekday, cells[first].start, last.end))
}

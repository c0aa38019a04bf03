//! What is dealt once the lessons stand: turns of duty, clubs. When people teach then, and how it is dealt.

use super::run::Run;
use super::slots::Slots;
use super::{Levels, Points, StageReport};
use crate::district::World;
use crate::engine::{Binding, Budget, Problem, solve_parts};
use crate::file::{CellRef, Plan, Window};
use crate::rules::Rule;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The lessons of a plan, person by person.
pub(super) struct Taught<'w> {
    slots: Slots<'w>,
    /// Person → (week, bell, cell) of every lesson cell.
    cells: BTreeMap<usize, Vec<(usize, usize, usize)>>,
}

impl<'w> Taught<'w> {
    /// `plan` holds teaching and timetable.
    pub(super) fn of(world: &'w World<'w>, plan: &Plan) -> Self {
        let slots = Slots::new(world, plan, &mut Problem::default());
        let at: BTreeMap<(&str, usize), CellRef> =
            plan.timetable.iter().map(|row| ((row.course.as_str(), usize::from(row.block)), row.at)).collect();
        let start = |lesson: usize| {
            let held = &slots.lessons[lesson];
            let at = at.get(&(world.courses[held.course].id.as_str(), held.block + 1))?;
            slots.cells(held.bell).iter().position(|cell| (cell.weekday, cell.period) == (at.weekday, at.period))
        };
        let cells = |lessons: &Vec<usize>| {
            let placed = lessons.iter().filter_map(|lesson| Some((&slots.lessons[*lesson], start(*lesson)?)));
            let of = placed.flat_map(|(held, first)| {
                let weeks = (0..slots.weeks()).filter(|week| slots.held(held.weeks, *week));
                weeks.flat_map(move |week| (first..first + usize::from(held.periods)).map(move |cell| (week, held.bell, cell)))
            });
            of.collect()
        };
        let cells = slots.by_teacher.iter().map(|(person, lessons)| (*person, cells(lessons))).collect();
        Self { slots, cells }
    }
    /// Lesson cells of a person that overlap one of the windows.
    pub(super) fn during(&self, person: usize, windows: &[Window]) -> i32 {
        let hit = |(week, bell, cell): &&(usize, usize, usize)| {
            let meets = |cell| windows.iter().any(|window| self.slots.overlaps(window, *week, cell));
            self.slots.cells(*bell).get(*cell).is_some_and(meets)
        };
        self.cells.get(&person).map_or(0, |cells| cells.iter().filter(hit).count() as i32)
    }
}

/// Item values for a problem to which each clause posts by `bind`; what they cost is added to the report of the timetable.
pub(super) fn deal(
    run: &mut Run,
    problem: &mut Problem,
    start: &[i32],
    bind: &mut dyn FnMut(&dyn Rule, &mut Points),
    report: &mut StageReport,
) -> Vec<i32> {
    super::bind(run.policy, &Levels::of(run.policy), problem, bind);
    // The walk of the timetable may have used all the time: this takes a second at most.
    let until = run.deadline.max(Instant::now() + Duration::from_secs(1));
    let cancel = run.cancel;
    let stop = move || cancel.load(Ordering::Relaxed);
    let budget = Budget { until, stop: &stop, ..run.budget(1.0, 0.0, &stop) };
    let solved = solve_parts(problem, Binding::Elastic, start, &|_, _, _, _| 0, &budget);
    run.work += solved.work;
    let mut clean = true;
    for (level, reached) in report.levels.iter_mut().zip(&solved.levels) {
        level.value += reached.value;
        clean &= reached.value == 0;
        level.proved &= clean;
    }
    if solved.levels.iter().take(3).any(|level| level.value > 0) {
        run.leave_open(problem, &solved);
    }
    solved.values
}

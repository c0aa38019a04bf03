//! What is dealt once the lessons stand: turns of duty, clubs. When people teach then, and how it is dealt.

use super::run::Run;
use super::slots::Slots;
use super::{Levels, Points, StageReport, TermReport};
use crate::district::World;
use crate::engine::{Binding, Problem, solve_parts};
use crate::file::{CellRef, Plan, Window};
use crate::rules::Rule;
use std::collections::BTreeMap;

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

/// Work of a dealing at most.
const DEAL: u64 = 3_000_000;

/// Item values for a problem to which each clause posts by `bind`; what they cost is added to the report of the timetable.
pub(super) fn deal(
    run: &mut Run,
    problem: &mut Problem,
    start: &[i32],
    bind: &mut dyn FnMut(&dyn Rule, &mut Points),
    report: &mut StageReport,
) -> Vec<i32> {
    super::bind(run.policy, &Levels::of(run.policy), problem, bind);
    let stop = run.stopper();
    let solved = solve_parts(problem, Binding::Elastic, start, &|_, _, _, _| 0, &run.budget(DEAL, 0.0, &stop));
    run.work += solved.work;
    let mut clean = true;
    for (level, paid) in report.levels.iter_mut().zip(paid(problem, &solved.values)) {
        clean &= paid.is_empty();
        for (owner, price) in paid {
            let clause = run.policy.clauses.get(owner as usize).map_or_else(String::new, |clause| clause.id.clone());
            level.value += price;
            match level.terms.iter_mut().find(|term| term.clause == clause) {
                Some(term) => term.value += price,
                // Other lessons would leave other people free: nothing is proved of what is dealt after them.
                None => level.terms.push(TermReport { clause, value: price, bound: 0 }),
            }
        }
        level.proved &= clean;
    }
    solved.values
}

/// Per level what each clause pays, the clauses that pay nothing left out.
fn paid(problem: &Problem, values: &[i32]) -> Vec<BTreeMap<u32, i64>> {
    let mut paid = vec![BTreeMap::new(); problem.levels.len()];
    // Where nothing was found nothing is paid yet.
    for point in problem.points.iter().filter(|_| !values.is_empty()) {
        let price = point.price(point.gauge.raw(&problem.totals(point, values)));
        if price > 0 {
            *paid[usize::from(point.level)].entry(point.owner).or_default() += price;
        }
    }
    paid
}

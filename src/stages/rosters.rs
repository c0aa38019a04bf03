//! Rosters: once the lessons stand, turns of duty are dealt to people, by a model of who takes which turn.

use super::points::Levels;
use super::run::Run;
use super::scope::place_fits;
use super::slots::Slots;
use super::{StageReport, working_schools};
use crate::district::World;
use crate::engine::{Binding, Budget, ItemId, Problem, solve_levels};
use crate::file::{Category, CellRef, Duty, Plan, Roster, Scope};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// What the rules of rosters see.
pub struct Rosters<'w> {
    pub world: &'w World<'w>,
    pub list: Vec<Turns<'w>>,
}

/// The turns of one roster.
pub struct Turns<'w> {
    pub file: &'w Roster,
    pub school: usize,
    /// Who may take turns.
    pub pool: Vec<usize>,
    /// Turn → per person of the pool: 1 if the person takes it.
    pub items: Vec<Vec<ItemId>>,
    /// Turn → per person of the pool: lesson cells meanwhile.
    pub busy: Vec<Vec<i32>>,
}

impl<'w> Rosters<'w> {
    /// Posts one item per turn and person; `plan` holds teaching and timetable.
    pub fn new(world: &'w World<'w>, plan: &Plan, problem: &mut Problem) -> Self {
        let slots = Slots::new(world, plan, &mut Problem::default());
        let at: BTreeMap<(&str, usize), CellRef> =
            plan.timetable.iter().map(|row| ((row.course.as_str(), usize::from(row.block)), row.at)).collect();
        let start = |lesson: usize| {
            let held = &slots.lessons[lesson];
            let at = at.get(&(world.courses[held.course].id.as_str(), held.block + 1))?;
            slots.cells(held.bell).iter().position(|cell| (cell.weekday, cell.period) == (at.weekday, at.period))
        };
        let school = working_schools(world, plan);
        let mut list = Vec::new();
        for file in &world.file.rosters {
            let Some(at) = world.school(&file.school) else { continue };
            let works = |person: usize| school[person] == at && world.people[person].file.category != Category::Worker;
            let listed = |person: usize| file.people.contains(&world.people[person].file.id);
            let here = |person: &usize| if file.people.is_empty() { works(*person) } else { listed(*person) };
            let pool: Vec<usize> = (0..world.people.len()).filter(here).collect();
            // Per person: (week, bell, cell) of every lesson cell.
            let cells = |person: &usize| -> Vec<(usize, usize, usize)> {
                let lessons = slots.by_teacher.get(person).into_iter().flatten();
                let placed = lessons.filter_map(|lesson| Some((&slots.lessons[*lesson], start(*lesson)?)));
                let of = placed.flat_map(|(held, first)| {
                    let weeks = (0..slots.weeks()).filter(|week| slots.held(held.weeks, *week));
                    weeks.flat_map(move |week| (first..first + usize::from(held.periods)).map(move |cell| (week, held.bell, cell)))
                });
                of.collect()
            };
            let cells: Vec<_> = pool.iter().map(cells).collect();
            let (mut items, mut busy) = (Vec::new(), Vec::new());
            for turn in 0..file.turns() {
                let hit = |(week, bell, cell): &&(usize, usize, usize)| {
                    let meets = |cell| file.windows(turn).iter().any(|window| slots.overlaps(window, *week, cell));
                    slots.cells(*bell).get(*cell).is_some_and(meets)
                };
                busy.push(cells.iter().map(|cells| cells.iter().filter(hit).count() as i32).collect());
                let name = |person: &usize| format!("{} turn {} {}", file.id, turn + 1, world.people[*person].file.id);
                items.push(pool.iter().map(|person| problem.count(name(person), 0, 1)).collect());
            }
            list.push(Turns { file, school: at, pool, items, busy });
        }
        Self { world, list }
    }
    /// Rosters of the schools in scope.
    pub fn of(&self, scope: &Scope) -> Vec<&Turns<'w>> {
        self.list.iter().filter(|roster| place_fits(self.world, scope, roster.school)).collect()
    }
    pub fn leads(&self, person: usize) -> bool {
        self.world.people[person].file.category == Category::Leader
    }
    /// The rows that these item values mean.
    pub fn duties(&self, values: &[i32]) -> Vec<Duty> {
        let mut rows = Vec::new();
        for roster in &self.list {
            for (turn, items) in (1..).zip(&roster.items) {
                let takes = roster.pool.iter().zip(items).filter(|(_, item)| values[**item as usize] > 0);
                let row = |(person, _): (&usize, &ItemId)| Duty {
                    roster: roster.file.id.clone(),
                    turn,
                    person: self.world.people[*person].file.id.clone(),
                };
                rows.extend(takes.map(row));
            }
        }
        rows
    }
    /// Turn by turn: who has no lesson then and has served least.
    fn in_turn(&self, items: usize) -> Vec<i32> {
        let mut values = vec![0; items];
        for roster in &self.list {
            let mut served = vec![0; roster.pool.len()];
            for (items, busy) in roster.items.iter().zip(&roster.busy) {
                for (leaders, wanted) in [(true, roster.file.leaders), (false, roster.file.teachers)] {
                    let mut who: Vec<usize> = (0..items.len()).filter(|k| self.leads(roster.pool[*k]) == leaders).collect();
                    who.sort_by_key(|k| (busy[*k], served[*k]));
                    for k in who.into_iter().take(wanted as usize) {
                        values[items[k] as usize] = 1;
                        served[k] += 1;
                    }
                }
            }
        }
        values
    }
}

/// Deals the turns; what they cost is added to the report of the timetable.
pub(super) fn solve(run: &mut Run, plan: &mut Plan, report: &mut StageReport) {
    let (world, levels) = (run.world, Levels::of(run.policy));
    if world.file.rosters.is_empty() {
        return;
    }
    let mut problem = Problem::new(levels.engine());
    let rosters = Rosters::new(world, plan, &mut problem);
    super::bind(run.policy, &levels, &mut problem, &mut |rule, points| rule.roster(&rosters, points));
    // The walk of the timetable may have used all the time: this takes a second at most.
    let until = run.deadline.max(Instant::now() + Duration::from_secs(1));
    let cancel = run.cancel;
    let stop = move || cancel.load(Ordering::Relaxed);
    let budget = Budget { until, stop: &stop, ..run.budget(1.0, 0.0, &stop) };
    let solved = solve_levels(&problem, Binding::Elastic, Some(rosters.in_turn(problem.items.len())), &budget);
    plan.duties = rosters.duties(&solved.values);
    run.work += solved.work;
    let mut clean = true;
    for (level, reached) in report.levels.iter_mut().zip(&solved.levels) {
        level.value += reached.value;
        clean &= reached.value == 0;
        level.proved &= clean;
    }
    if solved.levels.iter().take(3).any(|level| level.value > 0) {
        run.leave_open(&problem, &solved);
    }
}

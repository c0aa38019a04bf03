//! Rosters: once the lessons stand, turns of duty are dealt to people, by a model of who takes which turn.

use super::after::{self, Taught};
use super::points::Levels;
use super::run::Run;
use super::scope::place_fits;
use super::{StageReport, working_schools};
use crate::district::World;
use crate::engine::{ItemId, Problem};
use crate::file::{Category, Duty, Plan, Roster, Scope};

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
        let taught = Taught::of(world, plan);
        let school = working_schools(world, plan);
        let mut list = Vec::new();
        for file in &world.file.rosters {
            let Some(at) = world.school(&file.school) else { continue };
            let works = |person: usize| school[person] == at && world.people[person].file.category != Category::Worker;
            let listed = |person: usize| file.people.contains(&world.people[person].file.id);
            let here = |person: &usize| if file.people.is_empty() { works(*person) } else { listed(*person) };
            let pool: Vec<usize> = (0..world.people.len()).filter(here).collect();
            let (mut items, mut busy) = (Vec::new(), Vec::new());
            for turn in 0..file.turns() {
                busy.push(pool.iter().map(|person| taught.during(*person, file.windows(turn))).collect());
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

/// Deals the turns.
pub(super) fn solve(run: &mut Run, plan: &mut Plan, report: &mut StageReport) {
    if run.world.file.rosters.is_empty() {
        return;
    }
    let mut problem = Problem::new(Levels::of(run.policy).engine());
    let rosters = Rosters::new(run.world, plan, &mut problem);
    let start = rosters.in_turn(problem.items.len());
    let values = after::deal(run, &mut problem, &start, &mut |rule, points| rule.roster(&rosters, points), report);
    plan.duties = rosters.duties(&values);
}

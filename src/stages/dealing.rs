//! Dealing: which of the interchangeable classes each teacher gets, once the numbers are settled. One small model per
//! school and grade: last term's teacher stays, and a class meets few different teachers.

use super::points::{Levels, Points, STRUCTURE};
use super::staffing::Staffing;
use super::{effective, run::Run};
use crate::district::World;
use crate::engine::{Binding, Budget, Gauge, ItemId, Level, Link, Point, Problem, solve_levels};
use crate::file::{Clause, Policy, Teaching};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What the rules see of one school and grade.
pub struct Dealing<'w> {
    pub world: &'w World<'w>,
    pub deals: Vec<Deal>,
    /// Class teacher where known; only classes of this part.
    pub class_teacher: Vec<Option<usize>>,
}

/// A course role to be dealt; value k is `who[k]`, `None` = nobody.
#[derive(Debug, Clone)]
pub struct Deal {
    pub course: usize,
    pub role: usize,
    pub item: ItemId,
    pub who: Vec<Option<usize>>,
}

impl Dealing<'_> {
    /// Teacher of a deal under these values.
    pub fn teacher(deal: &Deal, values: &[i32]) -> Option<usize> {
        deal.who[values[deal.item as usize] as usize]
    }
}
impl Deal {
    pub fn value_of(&self, person: Option<usize>) -> Option<u16> {
        self.who.iter().position(|who| *who == person).map(|value| value as u16)
    }
}

/// Deals the units that `numbers` gives to each (kind, person); what is left over has no teacher.
pub(super) fn deal(run: &Run, staffing: &Staffing, numbers: &[i32]) -> Vec<Teaching> {
    let world = run.world;
    let mut rows: BTreeMap<(usize, usize), Option<usize>> = BTreeMap::new();
    rows.extend(staffing.given.iter().map(|(person, course, role)| ((*course, *role), Some(*person))));
    let mut parts: BTreeMap<(usize, u8), Vec<usize>> = BTreeMap::new();
    for (k, kind) in staffing.kinds.iter().enumerate() {
        parts.entry((kind.school, kind.grade)).or_default().push(k);
    }
    let mut takers: Vec<Vec<(usize, i32)>> = vec![Vec::new(); staffing.kinds.len()];
    for take in &staffing.takes {
        let number = numbers[take.item as usize];
        if number > 0 {
            takers[take.kind].push((take.person, number));
        }
    }
    let parts: Vec<Vec<usize>> = parts.into_values().collect();
    let dealt: Vec<Rows> = parts.par_iter().map(|kinds| part(run, staffing, &takers, kinds, numbers)).collect();
    rows.extend(dealt.into_iter().flatten());
    let row = |((course, role), teacher): ((usize, usize), Option<usize>)| Teaching {
        course: world.courses[course].id.clone(),
        role: world.courses[course].roles[role].name.clone(),
        teacher: teacher.map(|person| world.people[person].file.id.clone()),
        blocks: Vec::new(),
    };
    rows.into_iter().map(row).collect()
}

type Rows = BTreeMap<(usize, usize), Option<usize>>;

fn part(run: &Run, staffing: &Staffing, takers: &[Vec<(usize, i32)>], kinds: &[usize], numbers: &[i32]) -> Rows {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let mut names = levels.engine();
    names.push(Level { name: "continuity".into(), firm: false, hard: false });
    let last = names.len() as u8 - 1;
    let mut problem = Problem::new(names);
    let mut dealing = Dealing { world, deals: Vec::new(), class_teacher: vec![None; world.classes.len()] };
    for kind in kinds {
        let mut who: Vec<Option<usize>> = takers[*kind].iter().map(|(person, _)| Some(*person)).collect();
        let open = numbers[staffing.uncovered[*kind] as usize];
        let mut amounts: Vec<i32> = takers[*kind].iter().map(|(_, number)| *number).collect();
        if open > 0 || who.is_empty() {
            who.push(None);
            amounts.push(open);
        }
        let first = dealing.deals.len();
        for (course, role) in &staffing.kinds[*kind].courses {
            let item = problem.choice(format!("teacher of {}", world.courses[*course].id), (0..who.len() as u16).collect());
            dealing.deals.push(Deal { course: *course, role: *role, item, who: who.clone() });
        }
        for (value, amount) in amounts.iter().enumerate() {
            let map = problem.map_of(value as u16);
            let links = dealing.deals[first..].iter().map(|deal| Link { item: deal.item, map, coef: 1 }).collect();
            let amount = i64::from(*amount);
            problem.post(Point::plain("as many", STRUCTURE, Gauge::Sum, 1, (amount, amount), links));
        }
    }
    for deal in &dealing.deals {
        for class in &world.courses[deal.course].classes {
            let stays = |teacher: &usize| staffing.school[*teacher] == world.classes[*class].school;
            dealing.class_teacher[*class] = world.classes[*class].class_teacher.filter(stays);
        }
    }
    super::bind(policy, &levels, &mut problem, &mut |rule, points: &mut Points| rule.dealing(&dealing, points));
    continuity(run, &dealing, last, &mut problem);
    // Never cut short: without names there is no plan.
    let budget = run.budget(0.02, 0.0, &|| false);
    let budget = Budget { until: budget.until.max(Instant::now() + Duration::from_secs(1)), ..budget };
    let mut solved = solve_levels(&problem, Binding::Firm, None, &budget);
    if solved.values.is_empty() {
        solved = solve_levels(&problem, Binding::Elastic, None, &budget);
    }
    let chosen = |deal: &Deal| {
        let teacher = if solved.values.is_empty() { None } else { Dealing::teacher(deal, &solved.values) };
        ((deal.course, deal.role), teacher)
    };
    dealing.deals.iter().map(chosen).collect()
}

/// Last term's teacher where possible, weighing 3; then few teachers per class.
fn continuity(run: &Run, dealing: &Dealing, level: u8, problem: &mut Problem) {
    let world = dealing.world;
    let mut classes: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    let mut places: BTreeMap<Option<usize>, u16> = BTreeMap::new();
    for who in dealing.deals.iter().flat_map(|deal| &deal.who) {
        let next = places.len() as u16;
        places.entry(*who).or_insert(next);
    }
    for deal in &dealing.deals {
        let course = &world.courses[deal.course];
        let before = run.taught_before(&course.id, deal.role);
        if let Some(value) = before.and_then(|person| deal.value_of(Some(person))) {
            let map = problem.map_of(value);
            let mut point = Point::plain("same teacher", level, Gauge::Sum, 1, (1, 1), vec![Link { item: deal.item, map, coef: 1 }]);
            point.weight = 3;
            problem.post(point);
        }
        let map = problem.map(deal.who.iter().map(|who| places[who]).collect());
        classes.entry(course.classes[0]).or_default().push(Link { item: deal.item, map, coef: 1 });
    }
    for (class, links) in classes {
        let name = format!("teachers of {}", world.classes[class].file.id);
        problem.post(Point::plain(&name, level, Gauge::Busy, places.len() as u16, (0, 0), links));
    }
}

/// The clauses of a policy that are on, each with the rule it has after decisions.
pub(super) fn clauses(policy: &Policy) -> impl Iterator<Item = (usize, &Clause, &dyn crate::rules::Rule)> {
    let on = policy.clauses.iter().enumerate().filter(|(_, clause)| !clause.off);
    on.map(|(k, clause)| (k, clause, effective(policy, clause).rule()))
}

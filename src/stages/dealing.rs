//! Dealing: which of the interchangeable classes each teacher gets, once the numbers are settled. One small model per
//! school and grade, or several where courses combine their classes: last term's teacher stays, and a class meets few different teachers.

use super::points::{Levels, Points, STRUCTURE};
use super::staffing::{Kind, Staffing};
use super::{effective, run::Run};
use crate::district::World;
use crate::engine::{Binding, Budget, Gauge, ItemId, Level, Link, Point, Problem, solve_levels};
use crate::file::{Clause, Policy, Teaching};
use petgraph::unionfind::UnionFind;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// Work of finding a dealing of one part which keeps what is demanded, at most; mostly it takes milliseconds.
const DEMANDED: u64 = 3_000_000;

/// Work of making a dealing keep last term's teachers, at most.
const CONTINUITY: u64 = 300_000;

/// What the rules see of one school and grade.
pub struct Dealing<'w> {
    pub world: &'w World<'w>,
    pub deals: Vec<Deal>,
    /// Class teacher where known; only classes of this part.
    pub class_teacher: Vec<Option<usize>>,
}

/// A course role to be dealt, or one block of one that may be shared; value k is `who[k]`, `None` = nobody.
#[derive(Debug, Clone)]
pub struct Deal {
    pub course: usize,
    pub role: usize,
    /// From 0.
    pub block: Option<usize>,
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
    /// Periods per cycle that it is about.
    pub fn periods(&self, world: &World) -> u32 {
        let course = &world.courses[self.course];
        self.block.map_or_else(|| course.periods(world.cycle), |block| course.blocks[block].load(world.cycle))
    }
}

/// Deals the units that `numbers` gives to each (kind, person); what is left over has no teacher. Not `thorough`: what is demanded, and
/// last term's teachers as far as they fall into place.
pub(super) fn deal(run: &Run, staffing: &Staffing, numbers: &[i32], thorough: bool) -> Vec<Teaching> {
    let world = run.world;
    let mut rows: Rows = staffing.given.iter().map(|(person, course, role)| ((*course, *role, None), Some(*person))).collect();
    let mut takers: Vec<Vec<(usize, i32)>> = vec![Vec::new(); staffing.kinds.len()];
    for take in &staffing.takes {
        let number = numbers[take.item as usize];
        if number > 0 {
            takers[take.kind].push((take.person, number));
        }
    }
    let dealt: Vec<Rows> = parts(staffing).par_iter().map(|kinds| part(run, staffing, &takers, kinds, numbers, thorough)).collect();
    rows.extend(dealt.into_iter().flatten());
    named(world, &rows)
}

/// The rows of a plan: one for each who has blocks of a course role, and one without blocks where somebody has the whole of it.
fn named(world: &World, dealt: &Rows) -> Vec<Teaching> {
    let mut hands: BTreeMap<(usize, usize), BTreeMap<Option<usize>, Vec<u8>>> = BTreeMap::new();
    for ((course, role, block), teacher) in dealt {
        let blocks = hands.entry((*course, *role)).or_default().entry(*teacher).or_default();
        blocks.extend(block.map(|block| block as u8 + 1));
    }
    let mut rows = Vec::new();
    for ((course, role), hands) in hands {
        let of = &world.courses[course];
        // All the blocks count as such where the whole role would count for more.
        let whole = hands.len() == 1 && of.roles[role].load == of.periods(world.cycle);
        let mut hands: Vec<(Option<usize>, Vec<u8>)> = hands.into_iter().collect();
        hands.sort_by_key(|(_, blocks)| blocks.first().copied());
        rows.extend(hands.into_iter().map(|(teacher, blocks)| Teaching {
            course: of.id.clone(),
            role: of.roles[role].name.clone(),
            teacher: teacher.map(|person| world.people[person].file.id.clone()),
            blocks: if whole { Vec::new() } else { blocks },
        }));
    }
    rows
}

/// Kinds by school and grade; those that a combined course ties together are one part, so that each class is whole in one.
fn parts(staffing: &Staffing) -> Vec<Vec<usize>> {
    let world = staffing.world;
    let mut tied = UnionFind::new(world.classes.len());
    let mut first: BTreeMap<(usize, u8), usize> = BTreeMap::new();
    for (class, of) in world.classes.iter().enumerate() {
        tied.union(class, *first.entry((of.school, of.file.grade)).or_insert(class));
    }
    for (course, _) in staffing.kinds.iter().flat_map(|kind| &kind.courses) {
        for pair in world.courses[*course].classes.windows(2) {
            tied.union(pair[0], pair[1]);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (k, kind) in staffing.kinds.iter().enumerate() {
        parts.entry(tied.find(world.courses[kind.courses[0].0].classes[0])).or_default().push(k);
    }
    parts.into_values().collect()
}

/// (course, role, block where the role is shared) → teacher.
type Rows = BTreeMap<(usize, usize, Option<usize>), Option<usize>>;

fn part(run: &Run, staffing: &Staffing, takers: &[Vec<(usize, i32)>], kinds: &[usize], numbers: &[i32], thorough: bool) -> Rows {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let mut names = levels.engine();
    names.push(Level { name: "continuity".into(), firm: false, hard: false });
    let last = names.len() as u8 - 1;
    let mut problem = Problem::new(names);
    let mut dealing = Dealing { world, deals: Vec::new(), class_teacher: vec![None; world.classes.len()] };
    let mut start = Vec::new();
    for kind in kinds {
        let mut who: Vec<Option<usize>> = takers[*kind].iter().map(|(person, _)| Some(*person)).collect();
        let open = numbers[staffing.uncovered[*kind] as usize];
        let mut amounts: Vec<i32> = takers[*kind].iter().map(|(_, number)| *number).collect();
        if open > 0 || who.is_empty() {
            who.push(None);
            amounts.push(open);
        }
        let first = dealing.deals.len();
        for (course, role, block) in units(&staffing.kinds[*kind]) {
            let item = problem.choice(format!("teacher of {}", world.courses[course].id), (0..who.len() as u16).collect());
            dealing.deals.push(Deal { course, role, block, item, who: who.clone() });
        }
        start.extend(first_dealing(run, &dealing.deals[first..], &mut amounts.clone()));
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
    // What is demanded comes first and may take long; the rest is soon done or left.
    let stop = run.stopper();
    let demanded = problem.levels.iter().filter(|level| level.hard).count();
    let long = Budget { levels: demanded, ..run.budget(DEMANDED, 0.0, &stop) };
    let mut solved = solve_levels(&problem, Binding::Elastic, Some(start), &long);
    let broken = problem.score(&solved.values)[..demanded].iter().any(|value| *value > 0);
    if !broken && thorough {
        solved = solve_levels(&problem, Binding::Firm, Some(solved.values), &run.budget(CONTINUITY, 0.0, &stop));
    }
    let chosen = |deal: &Deal| {
        let teacher = Dealing::teacher(deal, &solved.values);
        ((deal.course, deal.role, deal.block), teacher)
    };
    dealing.deals.iter().map(chosen).collect()
}

/// A division of the numbers: class teachers to their own classes, then last term's teachers, then in order. `left`: per value.
fn first_dealing(run: &Run, deals: &[Deal], left: &mut [i32]) -> Vec<i32> {
    let world = run.world;
    let own = |deal: &Deal| world.classes[world.courses[deal.course].classes[0]].led_by;
    let before = |deal: &Deal| run.taught_before(&world.courses[deal.course].id, deal.role);
    let mut values: Vec<Option<i32>> = vec![None; deals.len()];
    for wish in [&own as &dyn Fn(&Deal) -> Option<usize>, &before] {
        for (deal, value) in deals.iter().zip(&mut values).filter(|(_, value)| value.is_none()) {
            let wanted = wish(deal).and_then(|person| deal.value_of(Some(person))).filter(|wanted| left[usize::from(*wanted)] > 0);
            if let Some(wanted) = wanted {
                left[usize::from(wanted)] -= 1;
                *value = Some(i32::from(wanted));
            }
        }
    }
    let mut rest = left.iter().enumerate().flat_map(|(value, count)| vec![value as i32; *count as usize]);
    values.into_iter().map(|value| value.or_else(|| rest.next()).unwrap_or(0)).collect()
}

/// (course, role, block) of every unit: of whole courses without a block.
fn units(kind: &Kind) -> Vec<(usize, usize, Option<usize>)> {
    let blocks: Vec<Option<usize>> = if kind.is_shared() { kind.blocks.iter().copied().map(Some).collect() } else { vec![None] };
    kind.courses.iter().flat_map(|(course, role)| blocks.iter().map(move |block| (*course, *role, *block))).collect()
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

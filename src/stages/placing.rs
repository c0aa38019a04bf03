//! Posts first: what is demanded of postings (quotas, headcounts, balance) is a small model once the hours are left out.
//!
//! So that the hours stay covered without being asked for, every school should keep as many people of the same category and
//! certificates as it has: what is off costs the first rank one each. The teaching follows with everybody where they then work.

use super::blocks::make_room;
use super::coarse::solve_by_subject;
use super::foresight::foresee;
use super::points::{FIRST_RANK, FREE};
use super::posed::Posed;
use super::shortage::{may_visit, short_subjects};
use super::staffing::{Kind, Staffing};
use crate::engine::{
    Binding, Budget, Gauge, ItemId, Link, Point, Problem, Reached, improve, improve_apart, loosen, solve_after, solve_levels,
};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};

/// Person → number of the school (in the list of the post's) where the person is to work.
type Posted = BTreeMap<usize, usize>;

/// What schools are short of: (school, subject) → periods.
type Short<'w> = BTreeMap<(usize, &'w str), u32>;

/// Price of a person too few where hours are short: more than what two schools pay for changing one of their people for another.
const ASKED: i64 = 8;

/// Work of one neighbourhood at most.
pub(super) const EACH: u64 = 3_000_000;

/// Rounds of posts: what the first leaves open the second asks for.
const ROUNDS: usize = 2;

/// Makes `values`, a plan that keeps every limit, better by posts that are decided first. Returns the work.
pub(super) fn place(posed: &Posed, values: &mut Vec<i32>, budget: &Budget) -> u64 {
    let problem = &posed.problem;
    let keeps = |values: &[i32]| problem.score(values)[..2] == [0, 0];
    let (items, posts) = loosen(problem, &posts_alone(posed));
    let mut start: Vec<i32> = items.iter().map(|item| values[*item as usize]).collect();
    let (mut left, mut asked) = (*budget, Short::new());
    for round in 0..ROUNDS {
        let mut posts = posts.clone();
        like_for_like(posed, &items, &asked, &mut posts);
        let solved = solve_levels(&posts, Binding::Firm, Some(start.clone()), &left.share(0.2));
        start.clone_from(&solved.values);
        let number: BTreeMap<ItemId, i32> = items.iter().copied().zip(solved.values).collect();
        let at = |(person, (item, _)): (&usize, &(ItemId, Vec<usize>))| (*person, number[item] as usize);
        let posted: Posted = posed.exchange.posts.iter().map(at).collect();
        left.spend(solved.work);
        let mut found = posed.staffing.in_place(problem, &posted);
        // What the first round leaves open is all that it is asked.
        let last = round + 1 == ROUNDS;
        if let Some((taught, spent)) = if last { teach(posed, &posted, &left.share(0.7)) } else { None } {
            left.spend(spent);
            if keeps(&taught) && (!keeps(&found) || problem.score(&taught) < problem.score(&found)) {
                found = taught;
            }
        }
        if !keeps(&found) {
            break;
        }
        let first = Budget { levels: posed.levels.through_first_rank(), ..left.share(if last { 0.5 } else { 0.3 }) };
        left.spend(improve(problem, &mut found, &posed.staffing.neighbourhoods(0), EACH, &first));
        if last {
            let others = (0..problem.items.len() as ItemId).filter(|item| !number.contains_key(item)).collect();
            left.spend(improve_apart(problem, &mut found, &others, &left));
        }
        for (kind, item) in posed.staffing.kinds.iter().zip(&posed.staffing.uncovered) {
            let open = found[*item as usize] as u32 * kind.periods;
            if open > 0 && !kind.subject.any_teacher {
                *asked.entry((kind.school, kind.subject.id.as_str())).or_default() += open;
            }
        }
        if problem.score(&found) < problem.score(values) {
            *values = found;
        }
    }
    budget.work - left.work
}

/// Who teaches what when everybody works where posted, as a plan of the whole.
fn teach(posed: &Posed, posted: &Posted, budget: &Budget) -> Option<(Vec<i32>, u64)> {
    let (world, policy) = (posed.exchange.world, posed.policy);
    let mut works = posed.exchange.before.clone();
    for (person, number) in posted {
        works[*person] = posed.exchange.posts[person].1[*number];
    }
    let short = short_subjects(world, policy, &works);
    let visits = |person: usize, kind: &Kind| {
        posed.staffing.visits.contains_key(&(person, kind.school)) && may_visit(world, policy, &short, person, works[person], kind)
    };
    let mut problem = Problem::new(posed.levels.engine());
    let staffing = Staffing::new(world, policy, posed.staffing.grain, works.clone(), BTreeMap::new(), &visits, &mut problem);
    super::bind(policy, &posed.levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
    foresee(&staffing, policy, &mut problem);
    let solved = solve_by_subject(policy, &staffing, &problem, budget)?;
    let mut values = carry(posed, posted, &staffing, &solved.values);
    // A class meeting that is open there is still given here: its teacher may have to give something back.
    make_room(&posed.staffing, &posed.problem, &vec![None; values.len()], &mut values).then_some((values, solved.work))
}

/// What `numbers` of `staffing` mean in the whole; what has no place there stays open.
fn carry(posed: &Posed, posted: &Posted, staffing: &Staffing, numbers: &[i32]) -> Vec<i32> {
    let whole = &posed.staffing;
    let mut values: Vec<i32> = posed.problem.items.iter().map(|item| item.domain.first()).collect();
    for (person, number) in posted {
        values[posed.exchange.posts[person].0 as usize] = *number as i32;
    }
    for (at, visit) in &staffing.visits {
        if let Some(item) = whole.visits.get(at) {
            values[*item as usize] = numbers[*visit as usize];
        }
    }
    let of_kind = |(k, kind): (usize, &Kind)| kind.parts().map(|part| (part, k)).collect::<Vec<_>>();
    let kind_of: BTreeMap<(usize, usize, usize), usize> = whole.kinds.iter().enumerate().flat_map(of_kind).collect();
    let takes: BTreeMap<(usize, usize), (ItemId, u32)> =
        whole.takes.iter().map(|take| ((take.person, take.kind), (take.item, take.most))).collect();
    let mut open: Vec<u32> = whole.kinds.iter().map(|kind| kind.units).collect();
    for take in &staffing.takes {
        let Some(kind) = staffing.kinds[take.kind].parts().find_map(|part| kind_of.get(&part)) else { continue };
        let Some((item, most)) = takes.get(&(take.person, *kind)) else { continue };
        let units = (numbers[take.item as usize] as u32).min(*most).min(open[*kind]);
        values[*item as usize] = units as i32;
        open[*kind] -= units;
    }
    for (open, item) in open.iter().zip(&whole.uncovered) {
        values[*item as usize] = *open as i32;
    }
    values
}

/// Raises the bounds of a plan's levels to what posts alone must cost in whole numbers, each with the levels before at most as they were
/// reached.
pub(super) fn bound(posed: &Posed, values: &[i32], levels: &mut [Reached], budget: &Budget) -> u64 {
    let problem = &posed.problem;
    let (items, alone) = loosen(problem, &posts_alone(posed));
    let start: Vec<i32> = items.iter().map(|item| values[*item as usize]).collect();
    let decided: Vec<i64> = levels.iter().map(|reached| reached.value).collect();
    let first = budget.share(0.5 / levels.len().max(1) as f64);
    let posts = |(level, reached): (usize, &mut Reached)| {
        if reached.bound >= reached.value {
            return 0;
        }
        let budget = Budget { levels: level + 1, ..first };
        let solved = solve_after(&alone, Binding::Firm, Some(start.clone()), &decided[..level], &budget);
        let least = solved.levels.get(level).map_or(0, |reached| reached.bound);
        reached.bound = reached.bound.max(least.min(reached.value));
        solved.work
    };
    let work = levels.par_iter_mut().enumerate().map(posts).sum();
    let mut proved = true;
    for reached in levels {
        proved &= reached.bound >= reached.value;
        reached.proved = proved;
    }
    work
}

/// Per item: one block for the posts.
pub(super) fn posts_alone(posed: &Posed) -> Vec<Option<usize>> {
    let mut block = vec![None; posed.problem.items.len()];
    for (item, _) in posed.exchange.posts.values() {
        block[*item as usize] = Some(0);
    }
    block
}

/// Posts a price on every person more or less that a school has of those who may teach the same, and a higher one on every person too
/// few for what is short: one for as many periods as a post has.
fn like_for_like(posed: &Posed, items: &[ItemId], short: &Short, posts: &mut Problem) {
    let world = posed.exchange.world;
    let place: BTreeMap<ItemId, ItemId> = (0..).zip(items).map(|(k, item)| (*item, k)).collect();
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for person in posed.exchange.posts.keys() {
        let file = world.people[*person].file;
        let certificates: BTreeSet<(&str, _)> = file.subjects.iter().map(|c| (c.subject.as_str(), c.stage)).collect();
        alike.entry((file.category, certificates)).or_default().push(*person);
    }
    let level = FIRST_RANK.min(posts.levels.len() as u8 - 1);
    for (k, people) in alike.into_values().enumerate() {
        let mut at: BTreeMap<usize, (Vec<Link>, i64)> = BTreeMap::new();
        for person in people {
            let (item, schools) = &posed.exchange.posts[&person];
            for (number, school) in schools.iter().enumerate() {
                let (links, present) = at.entry(*school).or_default();
                links.push(Link { item: place[item], map: posts.map_of(number as u16), coef: 1 });
                *present += i64::from(number == 0);
            }
        }
        for (school, (links, present)) in at {
            let name = format!("alike {k} {}", world.schools[school].file.id);
            posts.post(Point::plain(name, level, Gauge::Sum, 1, (present, present), links));
        }
    }
    for ((school, subject), periods) in short {
        let (mut links, mut present, mut most) = (Vec::new(), 0, 1);
        for (person, (item, schools)) in &posed.exchange.posts {
            let file = world.people[*person].file;
            let number = schools.iter().position(|at| at == school).filter(|_| file.subjects.iter().any(|c| c.subject == *subject));
            if let Some(number) = number {
                links.push(Link { item: place[item], map: posts.map_of(number as u16), coef: 1 });
                present += i64::from(number == 0);
                most = most.max(file.load_target);
            }
        }
        let wanted = present + i64::from(periods.div_ceil(most));
        let name = format!("short {subject} {}", world.schools[*school].file.id);
        posts.post(Point { weight: ASKED, ..Point::plain(name, level, Gauge::Sum, 1, (wanted, FREE), links) });
    }
}

//! The two halves of every gauge confronted on small problems drawn by lot: its state, change by change, against a
//! recomputation, and against the least price of its rows when the atoms are held.
#![cfg(feature = "solve")]

// The rest of the dice is for `agree.rs`.
#[allow(dead_code)]
#[path = "agree/dice.rs"]
mod dice;

use dice::Dice;
use lunpai::engine::{Cost, Domain, Gated, Gauge, Level, Link, NONE, Point, Problem, State, fixed_price};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Problems per gauge; each is solved for one set of values.
const PROBLEMS: u64 = 320;
/// Changes of one item's value per problem.
const CHANGES: usize = 20;
/// Up to this excess a quadratic cost has a piece of its own in the rows for every unit.
const PIECES: i64 = 200;

struct Kind {
    name: &'static str,
    groups: usize,
    /// Contributions may be negative.
    signed: bool,
    /// The rows hold the value from below as well: a range may begin above 0.
    both_sides: bool,
    gauge: fn(&mut Dice, usize) -> Gauge,
}

fn sum(_: &mut Dice, _: usize) -> Gauge {
    Gauge::Sum
}
fn busy(_: &mut Dice, _: usize) -> Gauge {
    Gauge::Busy
}
fn busy_weight(dice: &mut Dice, groups: usize) -> Gauge {
    Gauge::BusyWeight { weight: (0..groups).map(|_| dice.between(0, 4) as i32).collect() }
}
fn busy_load(dice: &mut Dice, groups: usize) -> Gauge {
    let one = |dice: &mut Dice| if dice.percent(50) { 1 } else { groups };
    let lo: Vec<i32> = (0..one(dice)).map(|_| dice.between(0, 3) as i32).collect();
    let most = lo.iter().copied().max().unwrap_or_default();
    let hi = (0..one(dice)).map(|_| most + dice.between(0, 3) as i32).collect();
    Gauge::BusyLoad { lo, hi }
}
fn load(dice: &mut Dice, groups: usize) -> Gauge {
    match busy_load(dice, groups) {
        Gauge::BusyLoad { lo, hi } => Gauge::Load { lo, hi },
        other => other,
    }
}
fn busy_in_sets(dice: &mut Dice, groups: usize) -> Gauge {
    let sets = (0..=dice.below(4)).map(|_| (0..groups as u16).filter(|_| dice.percent(60)).collect()).collect();
    let lo = dice.between(0, 3) as i32;
    Gauge::busy_in_sets(groups as u16, sets, (lo, lo + dice.between(0, 2) as i32))
}
fn order(dice: &mut Dice, _: usize) -> Gauge {
    Gauge::Order { none: dice.between(-2, 2) as i32 }
}
fn together(_: &mut Dice, groups: usize) -> Gauge {
    Gauge::Together { parts: groups as u16 / 3 }
}
fn segments(dice: &mut Dice, groups: usize) -> Vec<(u8, u8)> {
    let mut segments = Vec::new();
    let mut first = dice.below(2);
    while first < groups {
        let end = (first + 1 + dice.below(6)).min(groups);
        segments.push((first as u8, end as u8));
        first = end + dice.below(2);
    }
    segments
}
fn gaps(dice: &mut Dice, groups: usize) -> Gauge {
    Gauge::Gaps { segments: segments(dice, groups) }
}
fn run(dice: &mut Dice, groups: usize) -> Gauge {
    Gauge::Run { segments: segments(dice, groups), longest: dice.below(4) as u8 }
}
fn clique(dice: &mut Dice, groups: usize) -> Gauge {
    let mut sets = Vec::new();
    for _ in 0..=dice.below(5) {
        let set: Vec<u16> = (0..groups as u16).filter(|_| dice.percent(45)).collect();
        sets.push(set);
    }
    Gauge::clique(groups as u16, sets)
}
fn peak(dice: &mut Dice, groups: usize) -> Gauge {
    Gauge::Peak { size: (0..groups).map(|_| dice.between(1, 30) as i32).collect(), spread: false }
}
fn spread(dice: &mut Dice, groups: usize) -> Gauge {
    Gauge::Peak { size: (0..groups).map(|_| dice.between(1, 30) as i32).collect(), spread: true }
}

fn problem(kind: &Kind, dice: &mut Dice) -> Problem {
    let level = |name: &str, firm| Level { name: name.into(), firm, hard: false };
    let mut problem = Problem::new(vec![level("first", true), level("second", false), level("third", false)]);
    for k in 0..2 + dice.below(5) {
        if dice.percent(60) {
            let values: Vec<u16> = (0..=dice.below(5)).map(|_| dice.below(8) as u16).collect();
            problem.choice(format!("choice {k}"), values);
        } else {
            let lo = dice.between(0, 2) as i32;
            problem.count(format!("count {k}"), lo, lo + dice.between(0, 3) as i32);
        }
    }
    for p in 0..=dice.below(3) {
        let point = point(kind, &format!("point {p}"), &mut problem, dice);
        problem.post(point);
    }
    problem
}

fn point(kind: &Kind, name: &str, problem: &mut Problem, dice: &mut Dice) -> Point {
    let groups = if kind.groups == 1 { 1 } else { 1 + dice.below(kind.groups) };
    // Parts of three places each; two parts.
    let groups = match kind.name {
        "together" => groups * 3,
        "order" => groups * 2,
        _ => groups,
    };
    let gauge = (kind.gauge)(dice, groups);
    let amount = |dice: &mut Dice| match dice.between(if kind.signed { -3 } else { 1 }, 3) {
        0 => 1,
        amount => amount as i32,
    };
    let mut links = Vec::new();
    for item in 0..problem.items.len() {
        for _ in 0..dice.below(3) {
            let size = if matches!(problem.items[item].domain, Domain::Count { .. }) { 1 } else { 8 };
            let to = |dice: &mut Dice| if size > 1 && dice.percent(30) { NONE } else { dice.below(groups) as u16 };
            let table = (0..size).map(|_| to(dice)).collect();
            links.push(Link { item: item as u32, map: problem.map(table), coef: amount(dice) });
        }
    }
    let choices: Vec<u32> =
        (0..problem.items.len()).filter(|item| matches!(problem.items[*item].domain, Domain::Choice(_))).map(|item| item as u32).collect();
    let mut gated = Vec::new();
    for _ in 0..dice.below(3).min(choices.len().saturating_sub(1)) {
        let (item, key) = (choices[dice.below(choices.len())], choices[dice.below(choices.len())]);
        let mut table = |dice: &mut Dice, most: usize| {
            let table = (0..8).map(|_| if dice.percent(30) { NONE } else { dice.below(most) as u16 }).collect();
            problem.map(table)
        };
        let link = Link { item, map: table(dice, groups), coef: amount(dice) };
        let open = table(dice, 1);
        if item != key {
            gated.push(Gated { link, key, open });
        }
    }
    let held: Vec<u16> = (0..groups as u16).filter(|_| dice.percent(15)).collect();
    let base = held.into_iter().map(|group| (group, amount(dice))).collect();
    let scale = if matches!(gauge, Gauge::Peak { .. }) { 150 } else { 1 };
    let lo = if kind.both_sides && dice.percent(50) { dice.between(if kind.signed { -3 } else { 1 }, 4) } else { -(1 << 40) };
    let hi = lo.max(0) + scale * dice.between(0, 3);
    let cost = [Cost::Linear, Cost::Quadratic, Cost::Step][dice.below(3)];
    let weight = dice.between(0, 5);
    let level = dice.below(3) as u8;
    Point { name: name.into(), owner: 0, level, gauge, groups: groups as u16, lo, hi, weight, cost, links, gated, base }
}

fn draw(domain: &Domain, dice: &mut Dice) -> i32 {
    match domain {
        Domain::Choice(values) => dice.pick(values).map_or(0, |value| i32::from(*value)),
        Domain::Count { lo, hi } => dice.between(i64::from(*lo), i64::from(*hi)) as i32,
    }
}

/// Walks a state through random changes; each leaves it as if made anew. −1 = a choice not made yet.
fn walk(story: &str, problem: &Problem, dice: &mut Dice) {
    let mut values: Vec<i32> = problem.items.iter().map(|item| draw(&item.domain, dice)).collect();
    let mut state = State::new(problem, values.clone());
    for change in 0..CHANGES {
        let item = dice.below(values.len());
        let open = matches!(problem.items[item].domain, Domain::Choice(_)) && dice.percent(10);
        values[item] = if open { -1 } else { draw(&problem.items[item].domain, dice) };
        state.set(item as u32, values[item]);
        assert_eq!(state.score(), problem.score(&values), "{story}: change {change} to {values:?} of {problem:?}");
        for (p, point) in problem.points.iter().enumerate() {
            assert_eq!(state.totals(p as u32), problem.totals(point, &values), "{story}: totals after change {change}");
        }
        let mut other = || {
            let item = dice.below(values.len());
            (item as u32, draw(&problem.items[item].domain, dice))
        };
        let others = [other(), other()];
        let cost = state.cost();
        let limit = dice.between(-3, 3) as f64;
        match state.propose(&others, limit) {
            Some(change) => {
                assert!(change <= limit, "{story}: {change} was let through");
                for (item, value) in others {
                    values[item as usize] = value;
                }
            }
            None => assert!((state.cost() - cost).abs() < 1e-9, "{story}: a move was not taken back"),
        }
        assert_eq!(state.values(), values, "{story}: values after a proposal");
        assert_eq!(state.score(), problem.score(&values), "{story}: proposal {change} to {values:?} of {problem:?}");
        for (p, point) in problem.points.iter().enumerate() {
            assert_eq!(state.totals(p as u32), problem.totals(point, &values), "{story}: totals after proposal {change}");
        }
        let pulled: i64 = (0..problem.points.len()).map(|p| state.price(p as u32)).sum();
        assert_eq!(pulled, state.score().iter().sum::<i64>(), "{story}: prices after change {change}");
    }
}

/// The rows' least price with the atoms held. Beyond [`PIECES`] a quadratic cost is only bounded from below.
fn solve(story: &str, problem: &Problem, values: &[i32]) -> bool {
    let score = problem.score(values);
    let price =
        fixed_price(problem, values).unwrap_or_else(|| panic!("{story}: the elastic rows have no solution: {values:?} {problem:?}"));
    let excess = |point: &Point| point.excess(point.gauge.raw(&problem.totals(point, values)));
    let beyond = problem.points.iter().any(|point| point.cost == Cost::Quadratic && excess(point) > PIECES);
    if beyond {
        assert!(price.iter().zip(&score).all(|(price, score)| price <= score), "{story}: rows {price:?} above {score:?}: {problem:?}");
    } else {
        assert_eq!(price, score, "{story}: rows and gauge differ on {values:?} of {problem:?}");
    }
    !beyond && score.iter().any(|level| *level > 0)
}

fn confront(kind: &Kind) {
    let one = |seed: u64| {
        let mut dice = Dice::new(seed ^ kind.name.len() as u64 ^ (u64::from(kind.name.as_bytes()[0]) << 32));
        let problem = problem(kind, &mut dice);
        let story = format!("{} {seed}", kind.name);
        walk(&story, &problem, &mut dice);
        let values: Vec<i32> = problem.items.iter().map(|item| draw(&item.domain, &mut dice)).collect();
        usize::from(solve(&story, &problem, &values))
    };
    let broken: usize = (0..PROBLEMS).into_par_iter().map(one).sum();
    // A confrontation of zeros would show nothing.
    assert!(broken >= 40, "{}: only {broken} of {PROBLEMS} problems had a price", kind.name);
}

#[test]
fn sum_agrees() {
    confront(&Kind { name: "sum", groups: 1, signed: true, both_sides: true, gauge: sum });
}
#[test]
fn busy_agrees() {
    confront(&Kind { name: "busy", groups: 8, signed: false, both_sides: true, gauge: busy });
    confront(&Kind { name: "busy weight", groups: 8, signed: false, both_sides: true, gauge: busy_weight });
}
#[test]
fn busy_load_agrees() {
    confront(&Kind { name: "busy load", groups: 6, signed: false, both_sides: false, gauge: busy_load });
}
#[test]
fn load_agrees() {
    confront(&Kind { name: "load", groups: 6, signed: false, both_sides: false, gauge: load });
}
#[test]
fn busy_in_sets_agrees() {
    confront(&Kind { name: "in sets", groups: 8, signed: false, both_sides: false, gauge: busy_in_sets });
}
#[test]
fn order_agrees() {
    confront(&Kind { name: "order", groups: 5, signed: false, both_sides: true, gauge: order });
}
#[test]
fn together_agrees() {
    confront(&Kind { name: "together", groups: 4, signed: false, both_sides: false, gauge: together });
}
#[test]
fn gaps_agree() {
    confront(&Kind { name: "gaps", groups: 12, signed: false, both_sides: false, gauge: gaps });
}
#[test]
fn run_agrees() {
    confront(&Kind { name: "run", groups: 12, signed: false, both_sides: false, gauge: run });
}
#[test]
fn clique_agrees() {
    confront(&Kind { name: "clique", groups: 8, signed: false, both_sides: false, gauge: clique });
}
#[test]
fn peak_agrees() {
    confront(&Kind { name: "peak", groups: 4, signed: false, both_sides: false, gauge: peak });
}
/// As the quota of the people moved posts it: one group, contributions of either sign, never asked from below.
#[test]
fn signed_peak_agrees() {
    confront(&Kind { name: "signed peak", groups: 1, signed: true, both_sides: false, gauge: peak });
}
#[test]
fn spread_agrees() {
    confront(&Kind { name: "spread", groups: 4, signed: false, both_sides: false, gauge: spread });
}

/// The least price is never above the true one, also where a range begins above 0 and only the upper side is held by rows.
#[test]
fn a_range_from_above_zero_is_bounded_from_below() {
    let kinds =
        [("busy load", busy_load as fn(&mut Dice, usize) -> Gauge), ("gaps", gaps), ("run", run), ("clique", clique), ("peak", peak)];
    for (name, gauge) in kinds {
        let kind = Kind { name, groups: 6, signed: false, both_sides: true, gauge };
        (0..60_u64).into_par_iter().for_each(|seed| {
            let mut dice = Dice::new(seed ^ 0xab0e);
            let problem = problem(&kind, &mut dice);
            walk(name, &problem, &mut dice);
            let values: Vec<i32> = problem.items.iter().map(|item| draw(&item.domain, &mut dice)).collect();
            let price = fixed_price(&problem, &values).unwrap_or_else(|| panic!("{name} {seed}: no solution"));
            let score = problem.score(&values);
            assert!(price.iter().zip(&score).all(|(price, score)| price <= score), "{name} {seed}: rows {price:?} above {score:?}");
        });
    }
}

//! Lower bounds held against what can be reached: the cheapest of all plans of small problems drawn by lot, and timetables found
//! for the tiny districts.
#![cfg(feature = "solve")]

// The rest of the dice is for `agree.rs`.
#[allow(dead_code)]
#[path = "agree/dice.rs"]
mod dice;

use dice::Dice;
use lunpai::district::World;
use lunpai::engine::{
    Aim, Apart, Budget, Cost, Gated, Gauge, Level, Link, NONE, Point, Priced, Problem, Relaxed, Search, SearchLimits, linear_bound,
};
use lunpai::file::{Source, read_district, read_policy};
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Event, Levels, Options, Slots, bind, seats, solve};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::path::Path;
use std::time::Duration;

/// Problems drawn; each is solved by trying every plan.
const PROBLEMS: u64 = 3_000;
/// Days of a drawn week and cells of each.
const DAYS: usize = 2;

fn budget(stop: &(dyn Fn() -> bool + Sync)) -> Budget<'_> {
    Budget::new(u64::MAX, stop)
}

fn sum(bounds: &[(u32, i64)]) -> i64 {
    bounds.iter().map(|(_, bound)| bound).sum()
}

fn links(problem: &mut Problem, items: &[u32], table: &[u16], coef: i32) -> Vec<Link> {
    let map = problem.map(table.to_vec());
    items.iter().map(|item| Link { item: *item, map, coef }).collect()
}

/// A week in small: lessons in cells, one at a time per class or person, and whatever gauges the dice ask for over cells, halves
/// and days. Lessons may come in doubles, some points are gated, and blocks are dealt by lot.
fn week(dice: &mut Dice) -> (Problem, Vec<u32>) {
    let level = |name: &str| Level { name: name.into(), firm: false, hard: false };
    let mut problem = Problem::new(vec![level("kept"), level("first"), level("second")]);
    let per_day = 2 + dice.below(3);
    let cells = (DAYS * per_day) as u16;
    let lessons = 2 + dice.below(if cells > 6 { 3 } else { 4 });
    let mut values: Vec<u16> = (0..cells).collect();
    for lesson in 0..lessons {
        // Interchangeable lessons have the same starts.
        if dice.percent(40) {
            values = (0..cells).filter(|_| dice.percent(85)).collect();
            values.push(dice.below(usize::from(cells)) as u16);
        }
        problem.choice(format!("lesson {lesson}"), values.clone());
    }
    let items: Vec<u32> = (0..lessons as u32).collect();
    let fine: Vec<u16> = (0..cells).collect();
    let next: Vec<u16> = (0..cells).map(|cell| if (usize::from(cell) + 1) % per_day == 0 { NONE } else { cell + 1 }).collect();
    let day: Vec<u16> = (0..cells).map(|cell| cell / per_day as u16).collect();
    let half: Vec<u16> = (0..cells).map(|cell| cell / per_day as u16 * 2 + u16::from(usize::from(cell) % per_day >= per_day / 2)).collect();
    let double: Vec<u32> = items.iter().copied().filter(|_| dice.percent(20)).collect();
    for p in 0..2 + dice.below(6) {
        let mut some: Vec<u32> = items.iter().copied().filter(|_| dice.percent(70)).collect();
        if dice.percent(40) {
            some.clone_from(&items);
        }
        let doubles: Vec<u32> = some.iter().copied().filter(|item| double.contains(item)).collect();
        let odd: Vec<u16> = (0..cells).map(|_| if dice.percent(50) { NONE } else { dice.below(3) as u16 }).collect();
        let segments: Vec<(u8, u8)> = (0..DAYS).map(|d| ((d * per_day) as u8, ((d + 1) * per_day) as u8)).collect();
        let kept = dice.percent(40);
        let (gauge, groups, table) = match dice.below(10) {
            0..=2 => (Gauge::at_most(1), cells, fine.clone()),
            3 => (Gauge::at_most(1 + dice.below(2) as i32), DAYS as u16, day.clone()),
            4 => (Gauge::Busy, DAYS as u16 * 2, half.clone()),
            5 => (Gauge::Run { segments, longest: dice.below(3) as u8 }, cells, fine.clone()),
            6 => (Gauge::Gaps { segments }, cells, fine.clone()),
            7 => (Gauge::Sum, 1, odd.iter().map(|group| if *group == NONE { NONE } else { 0 }).collect()),
            8 => (Gauge::BusyLoad { lo: vec![dice.below(3) as i32], hi: vec![2] }, 3, odd),
            _ => {
                (Gauge::clique(DAYS as u16 * 2, (0..DAYS as u16).map(|d| vec![2 * d, 2 * d + 1]).collect()), DAYS as u16 * 2, half.clone())
            }
        };
        let one = matches!(gauge, Gauge::Sum);
        let coef = [1, 1, 1, 1, 2, if one { -1 } else { 1 }][dice.below(6)];
        let mut touched = links(&mut problem, &some, &table, coef);
        if table == fine {
            touched.extend(links(&mut problem, &doubles, &next, coef));
        }
        let mut gated = Vec::new();
        if dice.percent(10) && touched.len() > 1 && touched[0].item != touched[1].item {
            let open = problem.map((0..cells).map(|_| if dice.percent(50) { 0 } else { NONE }).collect());
            gated.push(Gated { link: touched[1], key: touched[0].item, open });
        }
        let lo = if dice.percent(85) { -(1 << 40) } else { 1 };
        let hi = if matches!(gauge, Gauge::BusyLoad { .. }) && dice.percent(80) { 0 } else { lo.max(0) + dice.between(0, 2) };
        problem.post(Point {
            name: format!("point {p}"),
            owner: dice.below(3) as u32,
            level: if kept { 0 } else { 1 + dice.below(2) as u8 },
            gauge,
            groups,
            lo,
            hi: hi.max(lo),
            weight: dice.between(1, 4),
            cost: [Cost::Linear, Cost::Quadratic, Cost::Step][dice.below(3)],
            links: touched,
            gated,
            base: if dice.percent(10) { vec![(0, if one { dice.between(-1, 2) as i32 } else { 1 })] } else { vec![] },
        });
    }
    let blocks = (0..lessons).map(|_| if dice.percent(60) { 0 } else { 1 + dice.below(2) as u32 }).collect();
    (problem, blocks)
}

/// Calls `judge` with the values of every plan.
fn every(problem: &Problem, judge: &mut dyn FnMut(&[i32])) {
    let domains: Vec<Vec<i32>> = problem.items.iter().map(|item| item.domain.values().collect()).collect();
    let mut at = vec![0; domains.len()];
    loop {
        let values: Vec<i32> = at.iter().zip(&domains).map(|(k, domain)| domain[*k]).collect();
        judge(&values);
        let Some(place) = (0..at.len()).find(|place| at[*place] + 1 < domains[*place].len()) else { return };
        at[place] += 1;
        at[..place].fill(0);
    }
}

fn price(problem: &Problem, values: &[i32], counts: &dyn Fn(&Point) -> bool) -> i64 {
    let points = problem.points.iter().filter(|point| counts(point));
    points.map(|point| point.price(point.gauge.raw(&problem.totals(point, values)))).sum()
}

#[test]
fn no_plan_of_a_small_problem_is_below_its_bound() {
    let confront = |seed: u64| {
        let mut dice = Dice::new(seed);
        let (problem, blocks) = week(&mut dice);
        let asked = |point: &Point| point.level == 1 && point.owner > 0;
        let (mut least, mut best) = ([i64::MAX; 2], Vec::new());
        let mut last = (i64::MAX, i64::MAX);
        every(&problem, &mut |values| {
            let score = problem.score(values);
            if score[0] == 0 {
                last = last.min((score[1], score[2]));
                let paid = price(&problem, values, &|point| point.level == 1);
                if paid < least[0] {
                    (least[0], best) = (paid, values.to_vec());
                }
                least[1] = least[1].min(price(&problem, values, &asked));
            }
        });
        if least[0] == i64::MAX {
            return [0; 4];
        }
        let linear = linear_bound(&problem, &[0], &budget(&|| false)).0;
        let after = linear_bound(&problem, &[0, last.0], &budget(&|| false)).0;
        assert!(linear <= last.0 && after <= last.1, "seed {seed}: bounds {linear}, {after} above {last:?}: {problem:?}");
        let bound = |blocks: Vec<u32>, priced: &Priced| {
            let relaxed = Relaxed::new(&problem, blocks, vec![true, false, false]);
            let mut bounds = relaxed.bound(priced, &budget(&|| false)).0;
            let fractions = sum(&bounds);
            relaxed.raise(&mut bounds, priced, &best, &budget(&|| false));
            assert!(fractions <= sum(&bounds), "seed {seed}: whole numbers lower the bound");
            sum(&bounds)
        };
        let whole = bound(vec![0; blocks.len()], &|point| point.level == 1);
        let split = bound(blocks.clone(), &|point| point.level == 1);
        let some = bound(blocks, &asked);
        assert!(whole <= least[0] && split <= least[0], "seed {seed}: bounds {whole}, {split} above {}: {problem:?}", least[0]);
        assert!(some <= least[1], "seed {seed}: bound {some} above {}: {problem:?}", least[1]);
        let costs = least[0] > 0;
        [costs, costs && whole > 0, costs && whole == least[0], costs && linear > 0].map(usize::from)
    };
    let add = |a: [usize; 4], b: [usize; 4]| [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
    let [costly, bounded, exact, linear] = (0..PROBLEMS).into_par_iter().map(confront).reduce(|| [0; 4], add);
    // Bounds of nothing would be right too.
    assert!(costly > 300 && 4 * bounded > costly && 8 * exact > costly, "{costly} with a price, {bounded} bounded, {exact} exactly");
    assert!(8 * linear > costly, "{costly} with a price, {linear} bounded by the rows alone");
}

#[test]
fn no_plan_is_below_the_bounds_of_blocks_solved_apart() {
    let confront = |seed: u64| {
        let mut dice = Dice::new(seed);
        let (mut problem, blocks) = week(&mut dice);
        problem.levels[0].firm = true;
        let (mut scores, mut plan) = (Vec::new(), None);
        every(&problem, &mut |values| {
            let score = problem.score(values);
            if score[0] == 0 {
                plan.get_or_insert_with(|| values.to_vec());
                scores.push(score);
            }
        });
        // Any plan will do, so that the blocks have something to share.
        let Some(plan) = plan else { return [0; 3] };
        let paid = problem.score(&plan);
        let blocks: Vec<Option<usize>> = blocks.iter().map(|block| Some(*block as usize)).collect();
        let mut apart = Apart::new(&problem, &blocks, &plan);
        let mut seen = [1, 0, 0];
        for level in 0..3 {
            let (bound, _) = apart.minimise(&budget(&|| false));
            let alike = |score: &&Vec<i64>| score[..level].iter().zip(&paid).all(|(now, held)| now <= held);
            let least = scores.iter().filter(alike).map(|score| score[level]).min().unwrap_or(0);
            assert!(bound <= least, "seed {seed}: bound {bound} of level {level} above {least}: {problem:?}");
            if level > 0 && least > 0 {
                seen[1] += 1;
                seen[2] += usize::from(bound == least);
            }
            apart.hold(paid[level], &plan);
        }
        seen
    };
    let add = |a: [usize; 3], b: [usize; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    let [legal, costly, exact] = (0..PROBLEMS / 5).into_par_iter().map(confront).reduce(|| [0; 3], add);
    // Bounds of nothing would be right too.
    assert!(legal > 200 && costly > 100 && 3 * exact > costly, "{legal} with a plan, {costly} with a price, {exact} exactly");
}

#[test]
fn a_class_with_prices_by_the_half_day_is_bounded_exactly() {
    let confront = |seed: u64| {
        let mut dice = Dice::new(seed);
        let mut problem = Problem::new(["kept", "priced"].map(|name| Level { name: name.into(), firm: false, hard: false }).into());
        let cells: Vec<u16> = (0..6).collect();
        let courses: Vec<Vec<u32>> =
            (0..3).map(|course| (0..2).map(|block| problem.choice(format!("course {course} {block}"), cells.clone())).collect()).collect();
        let all: Vec<u32> = courses.iter().flatten().copied().collect();
        let touched = links(&mut problem, &all, &cells, 1);
        problem.post(Point::plain("one at a time", 0, Gauge::at_most(1), 6, (0, 0), touched));
        for course in &courses {
            let half = dice.below(3) as u16;
            let table: Vec<u16> = cells.iter().map(|cell| if cell / 2 == half { NONE } else { 0 }).collect();
            let touched = links(&mut problem, course, &table, 1);
            problem.post(Point::plain("in its half", 1, Gauge::Sum, 1, (0, 0), touched));
        }
        let mut least = i64::MAX;
        every(&problem, &mut |values| {
            if problem.score(values)[0] == 0 {
                least = least.min(problem.score(values)[1]);
            }
        });
        let relaxed = Relaxed::new(&problem, vec![0; all.len()], vec![true, false]);
        assert_eq!(sum(&relaxed.bound(&|point| point.level == 1, &budget(&|| false)).0), least, "seed {seed}");
        least
    };
    assert!((0..30).map(confront).sum::<i64>() > 30, "courses that want the same half-day stand in each other's way");
}

#[test]
fn timetables_of_the_tiny_districts_are_not_below_their_bounds() {
    for name in ["river", "hill", "town"] {
        let file = |name: &str| Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/tiny").join(name)).expect("a file");
        let district = read_district(&file(&format!("{name}.json"))).expect("a district");
        let policy = read_policy(&file("policy.json")).expect("a policy");
        let options = Options {
            time: Some(Duration::from_secs(600)),
            enough: None,
            stall: true,
            work: Some(20_000),
            seed: 1,
            threads: 2,
            gap_permille: 10,
            stages: vec![Stage::Teaching, Stage::Timetable],
            fixed: None,
            feedback: false,
            export: false,
        };
        let outcome = solve(&district, &policy, None, &options, &Cancel::new(false), &mut |_: Event| ());
        let plan = outcome.plan.expect("a plan");
        let (world, levels) = (World::new(&district), Levels::of(&policy));
        let mut problem = Problem::new(levels.engine());
        let slots = Slots::of(&world, &plan, &|_| true, &mut problem);
        bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        problem.tighten();
        let seats = seats(&slots, &problem);
        for seed in 0..4 {
            let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], seed);
            let limits = SearchLimits { deadline: None, moves: Some(20_000), aim: Aim::Best };
            let found = search.run(limits, &|| false);
            for level in 0..problem.levels.len() {
                let held: Vec<bool> = found.score.iter().enumerate().map(|(earlier, value)| earlier < level && *value == 0).collect();
                let relaxed = Relaxed::new(&problem, vec![0; problem.items.len()], held);
                let priced = |point: &Point| usize::from(point.level) == level;
                let mut bounds = relaxed.bound(&priced, &budget(&|| false)).0;
                relaxed.raise(&mut bounds, &priced, &found.values, &budget(&|| false));
                let bound = sum(&bounds);
                assert!(bound <= found.score[level], "{name}: level {level} has bound {bound} and value {}", found.score[level]);
            }
        }
    }
}

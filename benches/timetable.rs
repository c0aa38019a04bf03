//! The timetable engine alone, on generated districts whose teaching is decided before.
//!
//! * `cargo test --bench timetable -- teach SECONDS SCHOOLS SEED PLAN` decides the teaching, going back to it where no week
//!   can be found, and writes it to PLAN; whatever stays uncovered needs no teacher.
//! * `cargo test --bench timetable -- solve SECONDS SCHOOLS SEED PLAN` runs the timetable stage on it and judges the plan.
//! * `cargo test --bench timetable -- walk SECONDS SCHOOLS SEED PLAN` runs one walk over the whole district: moves per second,
//!   prices by clause.
//! * `cargo test --bench timetable -- bound SECONDS SCHOOLS SEED PLAN` says what no legal timetable can beat, all clauses together
//!   (also school by school) and each alone.
//! * `cargo test --bench timetable -- soak SECONDS SCHOOLS SEED PLAN` runs the timetable stage on it again and again in one process, 60 s each with bounds
//!   and the checker, until so many seconds are over: resident memory after each run (Linux).
#![allow(clippy::print_stdout)]

use lunpai::check::check;
use lunpai::district::World;
use lunpai::engine::{Aim, Budget, Point, Problem, Relaxed, Search, SearchLimits};
use lunpai::file::{District, Plan, Policy};
use lunpai::generate::{generate, standard_policy};
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Event, Levels, Options, Slots, bind, seats, solve};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let [what, seconds, schools, seed, path] = args.as_slice() else { return };
    let seconds: f64 = seconds.parse().expect("seconds");
    let schools: usize = schools.parse().expect("a number of schools");
    let seed: u64 = seed.parse().expect("a seed");
    let district = generate(schools, seed, 0).district;
    let policy = standard_policy();
    let time = Duration::from_secs_f64(seconds);
    let plan = || serde_json::from_str::<Plan>(&std::fs::read_to_string(path).expect("a plan")).expect("a plan");
    match what.as_str() {
        "teach" => {
            let outcome = run(&district, &policy, &[Stage::Teaching, Stage::Timetable], None, time);
            let plan = outcome.plan.expect("a plan");
            std::fs::write(path, serde_json::to_string(&plan).expect("JSON")).expect("written");
            for stage in &outcome.stages {
                println!("{:?} {:?}", stage.stage, stage.levels.iter().map(|level| level.value).collect::<Vec<_>>());
            }
        }
        "solve" => {
            let begin = Instant::now();
            let outcome = run(&district, &policy, &[Stage::Timetable], Some(plan()), time);
            let spent = begin.elapsed().as_secs_f64();
            let verdict = check(&district, &policy, &outcome.plan.expect("a plan"));
            let stage = &outcome.stages[0];
            let values: Vec<i64> = stage.levels.iter().map(|level| level.value).collect();
            let hard = policy.clauses.iter().filter(|clause| !matches!(clause.force, lunpai::file::Force::Prefer(_)));
            let hard_ids: Vec<&str> = hard.map(|clause| clause.id.as_str()).collect();
            let broken = verdict.findings.iter().filter(|finding| hard_ids.contains(&finding.clause.as_str())).count();
            for finding in verdict.findings.iter().filter(|finding| hard_ids.contains(&finding.clause.as_str())) {
                println!("  {}", finding.text.en);
            }
            for (level, term) in stage.levels.iter().flat_map(|level| level.terms.iter().map(move |term| (level, term))) {
                println!("  {} ≥ {} {}: {} ≥ {}", level.value, level.bound, term.clause, term.value, term.bound);
            }
            println!(
                "schools {schools} seed {seed} classes {} items {} points {} legal after {:?} values {values:?} hard findings {broken} in {spent:.1} s, {} million counter updates",
                district.classes.len(),
                stage.items,
                stage.points,
                stage.legal_after,
                stage.work / 1_000_000,
            );
        }
        "soak" => soak(&district, &policy, &plan(), time),
        "bound" => bound(&district, &policy, &plan(), time),
        _ => walk(&district, &policy, &plan(), time, seed),
    }
}

fn run(district: &District, policy: &Policy, stages: &[Stage], fixed: Option<Plan>, time: Duration) -> lunpai::stages::Outcome {
    let feedback = fixed.is_none();
    let options = Options {
        time: Some(time),
        enough: None,
        work: None,
        stall: false,
        seed: 1,
        threads: 2,
        gap_permille: 10,
        stages: stages.to_vec(),
        fixed,
        feedback,
        export: false,
    };
    let begin = Instant::now();
    let mut tell = |event: Event| {
        let at = begin.elapsed().as_secs_f64();
        match event {
            Event::Begin(stage) => println!("{at:.1} s {stage:?}"),
            Event::Cut(cut) => println!("{at:.1} s cut {} {}", cut.round, cut.sentence.en),
            _ => {}
        }
    };
    solve(district, policy, None, &options, &Cancel::new(false), &mut tell)
}

fn soak(district: &District, policy: &Policy, plan: &Plan, time: Duration) {
    let begin = Instant::now();
    while begin.elapsed() < time {
        let outcome = run(district, policy, &[Stage::Timetable], Some(plan.clone()), Duration::from_secs(60));
        let legal = check(district, policy, &outcome.plan.expect("a plan")).is_legal();
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("resident memory");
        println!("resident {:.0} {} {legal}", begin.elapsed().as_secs_f64(), resident.trim().trim_end_matches(" kB"));
    }
}

fn walk(district: &District, policy: &Policy, plan: &Plan, time: Duration, seed: u64) {
    let world = World::new(district);
    let levels = Levels::of(policy);
    let begin = Instant::now();
    let mut problem = Problem::new(levels.engine());
    let slots = Slots::of(&world, plan, &|_| true, &mut problem);
    bind(policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
    problem.tighten();
    let seats = seats(&slots, &problem);
    println!("items {} points {} built {:.2} s", problem.items.len(), problem.points.len(), begin.elapsed().as_secs_f64());
    let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], seed);
    println!("greedy by {:.2} s", begin.elapsed().as_secs_f64());
    let deadline = Some(Instant::now() + time);
    let report = search.run(SearchLimits { deadline, moves: None, aim: Aim::Best }, &|| false);
    let mut by: BTreeMap<u32, i64> = BTreeMap::new();
    for point in &problem.points {
        *by.entry(point.owner).or_default() += point.price(point.gauge.raw(&problem.totals(point, &report.values)));
    }
    for (owner, price) in by.into_iter().filter(|(_, price)| *price > 0) {
        println!("  {} {price}", policy.clauses[owner as usize].id);
    }
    let rate = |count: u64| count as f64 / time.as_secs_f64();
    println!(
        "{:?} moves {:.0}/s updates {:.0}/s legal after {:?}",
        report.score,
        rate(report.tried),
        rate(report.updates),
        report.legal_after
    );
}

fn bound(district: &District, policy: &Policy, plan: &Plan, time: Duration) {
    let world = World::new(district);
    let levels = Levels::of(policy);
    let mut problem = Problem::new(levels.engine());
    let slots = Slots::of(&world, plan, &|_| true, &mut problem);
    bind(policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
    let mut blocks = vec![0; problem.items.len()];
    for (lesson, held) in slots.lessons.iter().enumerate() {
        blocks[held.item as usize] = slots.school_of(lesson) as u32;
    }
    let owners: BTreeSet<u32> = problem.points.iter().filter(|point| point.level > 2).map(|point| point.owner).collect();
    let relaxed = Relaxed::new(&problem, blocks, (0..problem.levels.len()).map(|level| level < 3).collect());
    for owner in std::iter::once(None).chain(owners.into_iter().map(Some)) {
        let begin = Instant::now();
        let priced = |point: &Point| point.level > 2 && owner.is_none_or(|owner| point.owner == owner);
        let (bounds, _) = relaxed.bound(&priced, &Budget { until: Some(begin + time), levels: 1, ..Budget::new(u64::MAX, &|| false) });
        let bound: i64 = bounds.iter().map(|(_, bound)| bound).sum();
        if owner.is_none() {
            let schools = bounds.iter().filter_map(|(school, bound)| Some((&district.schools.get(*school as usize)?.id, bound)));
            println!("{:?}", schools.collect::<BTreeMap<_, _>>());
        }
        println!("{} {bound} in {:.1} s", owner.map_or("all", |owner| &policy.clauses[owner as usize].id), begin.elapsed().as_secs_f64());
    }
}

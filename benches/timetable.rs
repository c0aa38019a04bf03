//! The timetable engine alone, on a district whose teaching is decided: `cargo test --bench timetable -- SECONDS DISTRICT PLAN [SEED]...`
//!
//! Per part and seed: lessons, points, moves tried per second, when the plan became legal, its score.
#![allow(clippy::print_stdout)]

use lunpai::district::World;
use lunpai::engine::{Problem, Search, SearchLimits};
use lunpai::file::{District, Plan, Policy};
use lunpai::generate::standard_policy;
use lunpai::stages::{Levels, Slots, bind, seats};
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let [seconds, district, plan, seeds @ ..] = args.as_slice() else { return };
    let text = |path: &str| std::fs::read_to_string(path).expect("a file");
    let district: District = serde_json::from_str(&text(district)).expect("a district");
    let plan: Plan = serde_json::from_str(&text(plan)).expect("a plan");
    let policy: Policy = standard_policy();
    let world = World::new(&district);
    let levels = Levels::of(&policy);
    let begin = Instant::now();
    let mut problem = Problem::new(levels.engine());
    let slots = Slots::of(&world, &plan, &|_| true, &mut problem);
    bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
    problem.tighten();
    let links: usize = problem.points.iter().map(|point| point.links.len()).sum();
    println!(
        "lessons {} items {} points {} links {links} built {:.2} s",
        slots.lessons.len(),
        problem.items.len(),
        problem.points.len(),
        begin.elapsed().as_secs_f64()
    );
    let seats = seats(&slots, &problem);
    for seed in seeds {
        let begin = Instant::now();
        let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], seed.parse().expect("a seed"));
        println!("greedy {:.2} s", begin.elapsed().as_secs_f64());
        let deadline = Some(Instant::now() + Duration::from_secs_f64(seconds.parse().expect("seconds")));
        let began = Instant::now();
        let report = search.run(SearchLimits { deadline, moves: None, legal_by: 1.0, only_legal: false }, &|| false);
        let spent = began.elapsed().as_secs_f64();
        let mut by: std::collections::BTreeMap<u32, (i64, usize)> = std::collections::BTreeMap::new();
        for point in &problem.points {
            let entry = by.entry(point.owner).or_default();
            entry.0 += point.price(point.gauge.raw(&problem.totals(point, &report.values)));
            entry.1 += point.links.len();
        }
        for (owner, (price, links)) in by {
            println!("  {} {price} links {links}", policy.clauses[owner as usize].id);
        }
        println!(
            "seed {seed}: {:?} tried {} = {:.0}/s updates/move {:.1} in {spent:.2} s",
            report.score,
            report.tried,
            report.tried as f64 / spent,
            report.updates as f64 / report.tried as f64
        );
        println!("legal after {:?}", report.legal_after);
    }
}

//! What holds whatever the input: no panic, no item outside its domain, no plan that the checker sees otherwise than the
//! engine, and the same bytes from the same seed and work.
#![cfg(feature = "solve")]

// The rest of these modules is for `agree.rs`.
#[allow(dead_code)]
mod agree {
    pub mod built;
    pub mod dice;
    pub mod tally;
    pub mod teaching;
    pub mod weeks;
    pub mod worlds;
}

use agree::dice::Dice;
use agree::tally::{Sums, add};
use agree::{teaching, worlds};
use lunpai::check::check;
use lunpai::district::World;
use lunpai::engine::{Aim, Domain, Problem, Search, SearchLimits};
use lunpai::file::{CellRef, District, Part, Plan, Policy};
use lunpai::generate::{generate, standard_policy};
use lunpai::rules::{AnyRule, Stage};
use lunpai::stages::{Cancel, Clubs, Event, Levels, Options, Outcome, Slots, bind, solve};
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::time::Duration;

#[test]
fn every_generated_district_makes_a_world() {
    (0..24_u64).into_par_iter().for_each(|seed| {
        let schools = 3 + (seed as usize % 8) * 2;
        let generated = generate(schools, seed, (seed % 3) as usize);
        let world = World::new(&generated.district);
        assert_eq!(world.schools.len(), generated.district.schools.len(), "{schools} schools, seed {seed}");
        assert!(world.courses.iter().all(|course| !course.classes.is_empty() && !course.blocks.is_empty() && !course.roles.is_empty()));
    });
}

#[test]
fn every_changed_tiny_world_makes_a_world() {
    (0..400_u64).into_par_iter().for_each(|seed| {
        let district = worlds::world(&mut Dice::new(seed), 30);
        let world = World::new(&district);
        assert_eq!(world.classes.len(), district.classes.len(), "seed {seed}");
    });
}

#[test]
fn greedy_and_search_stay_inside_every_domain() {
    (0..60_u64).into_par_iter().for_each(|seed| {
        let mut dice = Dice::new(seed);
        let (district, policy) = if seed % 6 == 0 {
            (generate(3, seed, 0).district, standard_policy())
        } else {
            (worlds::world(&mut dice, 12), worlds::policy())
        };
        let world = World::new(&district);
        let mut plan = Plan { parts: vec![Part::Timetable], ..Plan::default() };
        teaching::at_random(&world, &mut plan, &mut dice);
        let levels = Levels::of(&policy);
        let mut problem = Problem::new(levels.engine());
        let slots = Slots::new(&world, &plan, &mut problem);
        bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        if seed % 2 == 0 {
            problem.tighten();
        }
        let seats = lunpai::stages::seats(&slots, &problem);
        let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], seed);
        for moves in [0, 40_000] {
            let report = search.run(SearchLimits { deadline: None, moves: Some(moves), aim: Aim::Best }, &|| false);
            for (item, value) in problem.items.iter().zip(&report.values) {
                let empty = matches!(&item.domain, Domain::Choice(values) if values.is_empty());
                assert!(empty || item.domain.holds(*value), "seed {seed}: {} at {value}, {:?}", item.name, item.domain);
            }
            assert_eq!(report.score, problem.score(&report.values), "seed {seed}: the score kept is not the score");
        }
    });
}

fn options(threads: usize, work: u64) -> Options {
    Options {
        time: Some(Duration::from_secs(1800)),
        enough: None,
        stall: true,
        work: Some(work),
        seed: 7,
        threads,
        gap_permille: 10,
        stages: vec![Stage::Exchange, Stage::Teaching, Stage::Timetable],
        fixed: None,
        feedback: true,
        export: false,
    }
}
fn solved(district: &District, policy: &Policy, threads: usize, work: u64) -> Outcome {
    solve(district, policy, None, &options(threads, work), &Cancel::new(false), &mut |_| {})
}

/// Start of every lesson as the plan has it; −1 = not placed.
fn values(slots: &Slots, problem: &Problem, plan: &Plan) -> Vec<i32> {
    let mut values = vec![-1; problem.items.len()];
    for lesson in &slots.lessons {
        let course = &slots.world.courses[lesson.course].id;
        let row = plan.timetable.iter().find(|row| row.course == *course && usize::from(row.block) == lesson.block + 1);
        let is_at = |at: CellRef| slots.cells(lesson.bell).iter().position(|cell| (cell.weekday, cell.period) == (at.weekday, at.period));
        if let Some(start) = row.and_then(|row| is_at(row.at)) {
            values[lesson.item as usize] = start as i32;
        }
    }
    values
}

#[test]
fn a_solved_tiny_world_is_what_the_checker_sees() {
    worlds::TINY.par_iter().for_each(|name| {
        let (district, policy) = (worlds::district(name), worlds::policy());
        let outcome = solved(&district, &policy, 1, 200_000);
        let plan = outcome.plan.as_ref().unwrap_or_else(|| panic!("{name}: no plan: {:?}", outcome.reasons));
        let verdict = check(&district, &policy, plan);
        let structure: Vec<_> = verdict.findings.iter().filter(|finding| finding.rule == "structure").collect();
        assert!(structure.is_empty(), "{name}: {structure:?}");
        let world = World::new(&district);
        let levels = Levels::of(&policy);
        let mut problem = Problem::new(levels.engine());
        let slots = Slots::new(&world, plan, &mut problem);
        bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        let found = values(&slots, &problem, plan);
        let mut sums: Sums = vec![(0, 0); policy.clauses.len()];
        add(&mut sums, &problem, &found);
        let mut members = Problem::new(levels.engine());
        let clubs = Clubs::new(&world, plan, &mut members);
        bind(&policy, &levels, &mut members, &mut |rule, points| rule.clubs(&clubs, points));
        let dealt = in_clubs(&clubs, members.items.len(), plan);
        add(&mut sums, &members, &dealt);
        for (clause, sum) in policy.clauses.iter().zip(&sums) {
            let law = clause.rule.rule().law();
            // Rooms are dealt after the search: see the relaxations of `agree`.
            let rooms = matches!(clause.rule, AnyRule::RoomFit(_) | AnyRule::RoomClash(_));
            if !clause.off && law.binds.contains(&Stage::Timetable) && !rooms {
                let told = verdict.by_clause[&clause.id];
                assert_eq!((told.excess, told.penalty), *sum, "{name}: {}", clause.id);
            }
        }
        // What the stage reports is what its parts cost together.
        let report = outcome.stages.iter().find(|report| report.stage == Stage::Timetable).expect("a report");
        let reported: Vec<i64> = report.levels.iter().map(|level| level.value).collect();
        let costs: Vec<i64> = problem.score(&found).iter().zip(members.score(&dealt)).map(|(lessons, clubs)| lessons + clubs).collect();
        assert_eq!(reported, costs, "{name}: {:?}", report.levels);
    });
}

/// Item values that mean the plan's rows of clubs.
fn in_clubs(clubs: &Clubs, items: usize, plan: &Plan) -> Vec<i32> {
    let mut values = vec![0; items];
    for club in &clubs.list {
        for row in plan.club_leaders.iter().filter(|row| row.club == club.file.id) {
            let person = clubs.world.person(&row.person).expect("a person");
            values[club.pool[&person].item as usize] = 1;
        }
        for row in plan.club_pupils.iter().filter(|row| row.club == club.file.id) {
            let class = clubs.world.classes.iter().position(|class| class.file.id == row.class).expect("a class");
            values[club.pupils[&class] as usize] = row.pupils as i32;
        }
    }
    values
}

#[test]
fn the_same_seed_and_work_give_the_same_bytes() {
    worlds::TINY.par_iter().for_each(|name| {
        let (district, policy) = (worlds::district(name), worlds::policy());
        let bytes = |threads: usize| {
            let plan = solved(&district, &policy, threads, 200_000).plan;
            serde_json::to_string(&plan.unwrap_or_else(|| panic!("{name}: no plan"))).expect("a plan is data")
        };
        let first = bytes(1);
        assert_eq!(first, bytes(1), "{name}: another run, another plan");
        for threads in [2, 4] {
            assert_eq!(first, bytes(threads), "{name}: {threads} threads, another plan");
        }
    });
}

/// Better and better plans; those of a run with half the work are the first of a run with all of it, on however many threads.
#[test]
fn the_plans_of_half_the_work_come_first() {
    worlds::TINY.par_iter().for_each(|name| {
        let (district, policy) = (worlds::district(name), worlds::policy());
        let plans = |threads: usize, work: u64| {
            let mut found: Vec<(Plan, Vec<i64>)> = Vec::new();
            let mut keep = |event: Event| {
                if let Event::Incumbent(best) = event {
                    found.push((best.plan, best.verdict.score.levels().into_iter().map(|(_, value)| value).collect()));
                }
            };
            solve(&district, &policy, None, &options(threads, work), &Cancel::new(false), &mut keep);
            found
        };
        let runs: Vec<_> = [1, 2, 4, 8, 16].iter().map(|units| plans(1, units * 250_000)).collect();
        for pair in runs.windows(2) {
            assert!(!pair[0].is_empty() && pair[1].starts_with(&pair[0]), "{name}: more work began otherwise");
        }
        let longest = &runs[4];
        assert!(longest.windows(2).all(|pair| pair[1].1 <= pair[0].1), "{name}: a plan after a better one");
        for threads in [2, 4] {
            assert!(plans(threads, 4_000_000) == *longest, "{name}: {threads} threads, other plans");
        }
    });
}

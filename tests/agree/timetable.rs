//! The timetable confronted: any week, any teaching, against the checker.

use super::dice::Dice;
use super::tally::{Sums, Tally, add};
use super::{policies, rooms, teaching, worlds};
use lunpai::check::check;
use lunpai::district::World;
use lunpai::engine::{Domain, Problem, Search, SearchLimits, Seats};
use lunpai::file::{CellRef, Lesson as Row, Part, Plan};
use lunpai::rules::Stage;
use lunpai::stages::{Levels, Slots, bind};
use std::collections::BTreeSet;

/// One world, policy and teaching; `plans` weeks for it.
pub fn batch(seed: u64, plans: usize) -> Tally {
    let mut dice = Dice::new(seed);
    let district = worlds::world(&mut dice, 12);
    let policy = policies::varied(&district, &mut dice);
    let world = World::new(&district);
    let mut plan = Plan { schema: "lunpai.plan/1".into(), district: district.id.clone(), parts: vec![Part::Timetable], ..Plan::default() };
    teaching::at_random(&world, &mut plan, &mut dice);
    let mut tally = Tally::default();
    let levels = Levels::of(&policy);
    let mut problem = Problem::new(levels.engine());
    let slots = Slots::new(&world, &plan, &mut problem);
    bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
    tally.binds(&policy, &problem, Stage::Timetable);
    if problem.items.iter().any(|item| matches!(&item.domain, Domain::Choice(values) if values.is_empty())) {
        return tally;
    }
    let seats = seats(&slots, &problem);
    let mut low: Vec<i32> = Vec::new();
    for turn in 0..plans {
        if turn % 10 == 0 {
            let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], dice.draw());
            low = search.run(SearchLimits { deadline: None, moves: Some(6_000) }, &|| false).values;
        }
        let mut values = low.clone();
        let moves = if turn % 2 == 0 { values.len() } else { dice.below(3) };
        for k in 0..moves {
            let item = if turn % 2 == 0 { k } else { dice.below(values.len()) };
            if let Domain::Choice(domain) = &problem.items[item].domain {
                values[item] = i32::from(domain[dice.below(domain.len())]);
            }
        }
        plan.timetable = rows(&slots, &values);
        rooms::deal(&world, &mut plan.timetable, &mut dice);
        let verdict = check(&district, &policy, &plan);
        let mut sums: Sums = vec![(0, 0); policy.clauses.len()];
        add(&mut sums, &problem, &values);
        let story = format!("timetable {seed}/{turn}");
        let structure: Vec<_> = verdict.findings.iter().filter(|f| f.rule == "structure" && f.clause != "S-017").collect();
        if !structure.is_empty() {
            tally.differ(format!("{story}: structure {:?}", structure[0]));
        }
        tally.confront(&story, &policy, &sums, &verdict, &|clause| clause.rule.rule().law().binds.contains(&Stage::Timetable));
    }
    tally
}

fn rows(slots: &Slots, values: &[i32]) -> Vec<Row> {
    let row = |lesson: &lunpai::stages::Lesson| {
        let cell = &slots.cells(lesson.bell)[values[lesson.item as usize] as usize];
        let at = CellRef { weekday: cell.weekday, period: cell.period };
        Row { course: slots.world.courses[lesson.course].id.clone(), block: lesson.block as u8 + 1, at, room: None }
    };
    slots.lessons.iter().map(row).collect()
}

fn seats(slots: &Slots, problem: &Problem) -> Seats {
    let mut spans = vec![1; problem.items.len()];
    let mut spaces = vec![0; problem.items.len()];
    for lesson in &slots.lessons {
        spans[lesson.item as usize] = lesson.periods;
        spaces[lesson.item as usize] = lesson.bell as u16;
    }
    let items = |lessons: &Vec<usize>| {
        let items: BTreeSet<u32> = lessons.iter().map(|lesson| slots.lessons[*lesson].item).collect();
        items.into_iter().collect::<Vec<u32>>()
    };
    Seats {
        spans,
        spaces,
        boards: slots.by_class.iter().filter(|lessons| !lessons.is_empty()).map(items).collect(),
        crews: slots.by_teacher.values().map(items).collect(),
        places: slots.world.bells.iter().map(|bell| bell.cells.len()).max().unwrap_or(0),
    }
}

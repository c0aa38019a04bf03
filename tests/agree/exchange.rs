//! The exchange confronted: any set of postings against the checker.

use super::dice::Dice;
use super::tally::{Sums, Tally, add};
use super::{policies, worlds};
use lunpai::check::check;
use lunpai::district::World;
use lunpai::engine::{Domain, Problem, State};
use lunpai::file::{Part, Plan};
use lunpai::rules::Stage;
use lunpai::stages::{Exchange, Levels, bind};

/// One world and policy; `plans` sets of postings for them.
pub fn batch(seed: u64, plans: usize) -> Tally {
    let mut dice = Dice::new(seed ^ 0xe0);
    let mut district = worlds::world(&mut dice, 14);
    worlds::owe(&mut district, &mut dice);
    let policy = policies::varied(&district, &mut dice);
    let world = World::new(&district);
    let levels = Levels::of(&policy);
    let mut problem = Problem::new(levels.engine());
    let exchange = Exchange::new(&world, &policy, district.baseline.as_deref(), true, &mut problem);
    bind(&policy, &levels, &mut problem, &mut |rule, points| rule.exchange(&exchange, points));
    let mut tally = Tally::default();
    tally.binds(&policy, &problem, Stage::Exchange);
    let mut low = climb(&problem, vec![0; problem.items.len()], 400, &mut dice);
    for turn in 0..plans {
        let mut values = low.clone();
        if turn % 2 == 0 {
            let chance = [10, 30, 80][dice.below(3)];
            for (value, item) in values.iter_mut().zip(&problem.items) {
                *value = if dice.percent(chance) { any_of(&item.domain, &mut dice) } else { 0 };
            }
        } else {
            if turn % 8 == 7 {
                low = climb(&problem, values.clone(), 50, &mut dice);
            }
            for _ in 0..dice.below(3) {
                let item = dice.below(values.len());
                values[item] = any_of(&problem.items[item].domain, &mut dice);
            }
        }
        let plan = Plan {
            schema: "lunpai.plan/1".into(),
            district: district.id.clone(),
            parts: vec![Part::Postings],
            postings: exchange.postings(&values, "2026-1"),
            ..Plan::default()
        };
        let verdict = check(&district, &policy, &plan);
        let mut sums: Sums = vec![(0, 0); policy.clauses.len()];
        add(&mut sums, &problem, &values);
        let story = format!("exchange {seed}/{turn}");
        tally.well_formed(&story, &verdict);
        tally.confront(&story, &policy, &sums, &verdict, &|clause| clause.rule.rule().law().binds.contains(&Stage::Exchange), &|owner| {
            super::tally::detail(&problem, &values, owner)
        });
    }
    tally
}

pub fn any_of(domain: &Domain, dice: &mut Dice) -> i32 {
    match domain {
        Domain::Choice(values) => dice.pick(values).map_or(0, |value| i32::from(*value)),
        Domain::Count { lo, hi } => dice.between(i64::from(*lo), i64::from(*hi)) as i32,
    }
}

/// One item at a time, never to a higher score; what is level may drift.
pub fn climb(problem: &Problem, values: Vec<i32>, tries: usize, dice: &mut Dice) -> Vec<i32> {
    let mut state = State::new(problem, values);
    for _ in 0..tries {
        let item = dice.below(problem.items.len());
        let (old, before) = (state.value(item as u32), state.score().to_vec());
        state.set(item as u32, any_of(&problem.items[item].domain, dice));
        if state.score() > before.as_slice() {
            state.set(item as u32, old);
        }
    }
    state.values().to_vec()
}

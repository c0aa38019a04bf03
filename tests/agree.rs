//! The confrontation: the models and the checker read the same words apart from each other; on every plan drawn here both
//! say the same, clause by clause, to the last integer.
//!
//! Half of the plans are any at all, the others a few moves away from a good one, where excesses are 0 and 1.
//! `LUNPAI_AGREE_PLANS` sets how many (20,000 if unset); `LUNPAI_AGREE_SEED` draws one world again, by the number that a
//! difference names. What was met is written to `agree-<stage>.txt` in cargo's folder for tests (`target/tmp`).
#![cfg(feature = "solve")]

mod agree {
    pub mod built;
    pub mod clubs;
    pub mod dice;
    pub mod exchange;
    pub mod expected;
    pub mod policies;
    pub mod rooms;
    pub mod staffing;
    pub mod tally;
    pub mod teaching;
    pub mod timetable;
    pub mod weeks;
    pub mod worlds;
}

use agree::expected::EXPECTED;
use agree::tally::{RELAXED, Tally};
use agree::worlds;
use lunpai::rules::{BOOK, Stage};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// Plans drawn for one world and policy.
const EACH: usize = 20;
/// What structure already rules out, so that no clause of ours can be broken by 1.
const NEVER: &str = "one_teacher";

fn plans() -> usize {
    std::env::var("LUNPAI_AGREE_PLANS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

fn confront(stage: Stage, percent: usize, batch: fn(u64, usize) -> Tally) {
    // A twentieth more: a world in which some lesson has no place at all is left out.
    let promised = plans() * percent / 100;
    let batches = (promised + promised / 20).div_ceil(EACH) as u64 + 1;
    let only = std::env::var("LUNPAI_AGREE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds: Vec<u64> = only.map_or_else(|| (0..batches).collect(), |seed| vec![seed]);
    let tally = seeds.into_par_iter().map(|seed| batch(seed, EACH)).reduce(Tally::default, Tally::join);
    let report = report(&tally);
    let file = format!("agree-{}.txt", format!("{stage:?}").to_lowercase());
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(file), &report).expect("the report is written");
    assert!(tally.differences == 0, "{report}");
    if only.is_some() {
        return;
    }
    assert!(tally.plans >= promised as u64, "only {} of {promised} plans", tally.plans);
    for (rule, _) in EXPECTED.iter().filter(|(rule, stages)| stages.contains(&stage) && *rule != NEVER) {
        assert!(tally.bound.contains(&(*rule, stage)), "{rule}: no point in {stage:?}");
    }
    let least = (plans() as u64 / 200).min(100);
    for clause in worlds::policy().clauses.iter().filter(|clause| !clause.off) {
        let law = clause.rule.rule().law();
        if law.binds.contains(&stage) {
            let [kept, by_one, _] = tally.clauses.get(&clause.id).copied().unwrap_or_default();
            assert!(kept >= least, "{}: kept in {kept} plans only\n{report}", clause.id);
            assert!(by_one >= least || law.id == NEVER, "{}: broken by exactly 1 in {by_one} plans only\n{report}", clause.id);
        }
    }
}

fn report(tally: &Tally) -> String {
    let mut text = format!("{} plans, {} differences\nclause: plans with an excess of 0, of 1, of more\n", tally.plans, tally.differences);
    for (clause, counts) in &tally.clauses {
        writeln!(text, "{clause:24} {counts:?}").expect("text grows");
    }
    for (row, plans) in &tally.relaxed {
        writeln!(text, "relaxed in {plans} clauses of plans: {row}").expect("text grows");
    }
    for example in tally.examples.iter().take(60) {
        writeln!(text, "{example}").expect("text grows");
    }
    text
}

#[test]
fn models_and_checker_agree_on_every_exchange() {
    confront(Stage::Exchange, 25, agree::exchange::batch);
}
#[test]
fn models_and_checker_agree_on_every_teaching() {
    confront(Stage::Teaching, 30, agree::staffing::batch);
}
#[test]
fn models_and_checker_agree_on_every_timetable() {
    confront(Stage::Timetable, 45, agree::timetable::batch);
}

#[test]
fn the_tiny_policy_has_every_rule_and_each_relaxation_its_reason() {
    let policy = worlds::policy();
    let on: BTreeSet<&str> = policy.clauses.iter().filter(|clause| !clause.off).map(|clause| clause.rule.rule().law().id).collect();
    assert!(BOOK.iter().all(|(law, _)| on.contains(law.id)));
    let binds: Vec<(&str, &[Stage])> = BOOK.iter().map(|(law, _)| (law.id, law.binds)).collect();
    assert_eq!(EXPECTED, binds, "the table of the rules is old");
    assert!(RELAXED.iter().all(|(_, reason)| reason.len() > 20));
}

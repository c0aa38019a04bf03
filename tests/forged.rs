//! Forged plans: every rule broken on purpose, from its legal golden plan, under a policy with a clause for every rule.
//! Only the broken rule's total may rise; where the bound is met exactly, none does.
//!
//! `forged/watch.json` holds the numbers of the other clauses: wide where a rule has a limit, so that a mutant breaks one
//! rule and not five. Where one breach implies another (a visit more is minutes more) the recipe names it in `with`.

#[path = "forged/clubs.rs"]
mod clubs;
#[path = "forged/exchange.rs"]
mod exchange;
#[path = "forged/posts.rs"]
mod posts;
#[path = "forged/structure.rs"]
mod structure;
#[path = "forged/teaching.rs"]
mod teaching;
#[path = "forged/timetable.rs"]
mod timetable;
#[path = "golden/world.rs"]
mod world;

use lunpai::check::{Verdict, check};
use lunpai::rules::BOOK;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use world::Case;

/// How to break one rule, starting from one golden case.
pub struct Recipe {
    rule: &'static str,
    /// Golden case; its legal plan, after `district`, is the plan that is mutated.
    case: &'static str,
    /// Patch of the world for all mutants: what else must be so that nothing but the rule breaks.
    district: Value,
    /// Clauses that must rise along.
    with: &'static [&'static str],
    mutants: Vec<Mutant>,
}

pub struct Mutant {
    name: String,
    /// Patches of plan, district and the rule's numbers: `{"plan": …, "district": …, "rule": …}`.
    patch: Value,
    /// 0: the bound is met exactly.
    excess: i64,
}

pub fn recipe(rule: &'static str, case: &'static str) -> Recipe {
    Recipe { rule, case, district: json!({}), with: &[], mutants: Vec::new() }
}

impl Recipe {
    fn world(mut self, district: Value) -> Self {
        self.district = district;
        self
    }
    fn with(mut self, clauses: &'static [&'static str]) -> Self {
        self.with = clauses;
        self
    }
    /// One mutant per item: its patch and the excess the rule's text gives it.
    fn forge<T: std::fmt::Debug>(mut self, items: impl IntoIterator<Item = T>, make: impl Fn(&T) -> (Value, i64)) -> Self {
        for item in items {
            let (patch, excess) = make(&item);
            self.mutants.push(Mutant { name: format!("{item:?}"), patch, excess });
        }
        self
    }
}

fn recipes() -> Vec<Recipe> {
    exchange::recipes()
        .into_iter()
        .chain(posts::recipes())
        .chain(teaching::recipes())
        .chain(timetable::recipes())
        .chain(clubs::recipes())
        .collect()
}

/// Every rule is watched with the numbers of `watch.json`; the one that is broken with those of its case.
fn verdict(case: &Case, recipe: &Recipe, patch: &Value) -> Verdict {
    let written = world::merged(&world::merged(&case.district, &recipe.district), &patch["district"]);
    let district = world::district(&written);
    let watch = world::read_json(&world::golden_dir().join("../forged/watch.json"));
    let mut clauses = json!({});
    for (id, rule) in watch.as_object().expect("watch") {
        clauses[id] = json!({ "rule": rule });
    }
    let mut own = case.policy["clauses"][recipe.rule]["rule"].clone();
    world::merge(&mut own[recipe.rule], &patch["rule"]);
    clauses[recipe.rule] = json!({ "rule": own });
    let plan = world::plan(&district, &world::merged(&case.legal, &patch["plan"]));
    check(&district, &world::policy(&json!({ "clauses": clauses })), &plan)
}

fn totals(verdict: &Verdict) -> BTreeMap<&str, i64> {
    verdict.by_clause.iter().map(|(clause, total)| (clause.as_str(), total.excess)).collect()
}

fn judge(recipe: &Recipe, case: &Case) -> Vec<String> {
    assert_eq!(case.rule, recipe.rule, "a recipe starts from a golden of its own rule");
    assert!(case.plans["legal"].get("district").is_none(), "{}: the legal plan is to stand in the case's own world", case.name);
    let legal = verdict(case, recipe, &json!({}));
    let before = totals(&legal);
    let mut wrong = Vec::new();
    if before[recipe.rule] != 0 {
        wrong.push(format!("{}: the legal plan has excess {}", recipe.rule, before[recipe.rule]));
    }
    for mutant in &recipe.mutants {
        let broken = verdict(case, recipe, &mutant.patch);
        for (clause, excess) in totals(&broken) {
            let name = format!("{} ({}) {}", recipe.rule, recipe.case, mutant.name);
            if clause == recipe.rule {
                if excess != mutant.excess {
                    wrong.push(format!("{name}: excess {excess} instead of {}", mutant.excess));
                }
            } else if excess > before[clause] && !recipe.with.contains(&clause) {
                wrong.push(format!("{name}: {clause} rises from {} to {excess}", before[clause]));
            }
        }
    }
    wrong
}

#[test]
fn every_mutant_is_caught_by_its_rule_and_by_no_other() {
    let cases: BTreeMap<String, Case> = world::cases().into_iter().map(|case| (case.name.clone(), case)).collect();
    let recipes = recipes();
    let wrong: Vec<String> = recipes.iter().flat_map(|recipe| judge(recipe, &cases[recipe.case])).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_five_mutants_and_one_that_meets_its_bound() {
    let mut broken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut exact: BTreeMap<&str, usize> = BTreeMap::new();
    for recipe in recipes() {
        for mutant in &recipe.mutants {
            *if mutant.excess > 0 { &mut broken } else { &mut exact }.entry(recipe.rule).or_default() += 1;
        }
    }
    for (law, _) in BOOK {
        assert!(broken.get(law.id).is_some_and(|count| *count >= 5), "{}: fewer than five forged plans", law.id);
        assert!(exact.contains_key(law.id), "{}: no forged plan that meets the bound exactly", law.id);
    }
}

#[test]
fn the_watch_has_a_clause_for_every_rule() {
    let watch = world::read_json(&world::golden_dir().join("../forged/watch.json"));
    for (law, _) in BOOK {
        assert!(watch.get(law.id).is_some(), "{} is not watched", law.id);
    }
}

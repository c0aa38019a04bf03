//! A plan in numbers, all from the checker: what a yardstick's clauses find, who moves, how even the schools become.

use super::facts::{Facts, changes_school};
use super::{balance, check, walks};
use crate::file::{District, Part, Plan, Policy, Posting, Talent};
use crate::rules::exchange::eligible::Eligible;
use std::collections::BTreeMap;

/// Name → integer: `clause.<id>` the excess of each judged clause of the yardstick, `moved`, `backbone_moved`, `uncovered_periods`
/// (plans with teaching), `blocking` pairs, `swaps`, `cycles` and `chains` of postings, `cv.<stage>.<indicator>` and `cv_unweighted.…` in thousandths after the
/// postings.
pub fn metrics(district: &District, yardstick: &Policy, plan: &Plan) -> BTreeMap<String, i64> {
    let verdict = check(district, yardstick, plan);
    let mut metrics = BTreeMap::new();
    for (clause, total) in &verdict.by_clause {
        metrics.insert(format!("clause.{clause}"), total.excess);
    }
    if plan.parts.contains(&Part::Teaching) {
        metrics.insert("uncovered_periods".to_owned(), verdict.uncovered_periods);
    }
    let walks = walks(district, plan);
    let facts = Facts::of(district, plan, Eligible::default());
    let away = |(person, row, to): &(usize, &Posting, usize)| changes_school(row.form) && facts.people.before[*person] != Some(*to);
    let moved: Vec<usize> = facts.people.posted().filter(away).map(|(person, ..)| person).collect();
    let backbone = moved.iter().filter(|person| district.people[**person].talent >= Talent::County).count();
    metrics.insert("moved".to_owned(), moved.len() as i64);
    metrics.insert("backbone_moved".to_owned(), backbone as i64);
    metrics.insert("blocking".to_owned(), facts.blocking().len() as i64);
    for (name, closed, two) in [("swaps", true, true), ("cycles", true, false), ("chains", false, false)] {
        let of_kind = walks.iter().filter(|walk| walk.closed == closed && (!closed || (walk.people.len() == 2) == two));
        metrics.insert(name.to_owned(), of_kind.count() as i64);
    }
    for row in balance(district, plan) {
        let stage = format!("{:?}", row.stage).to_lowercase();
        let thousandths = |value: f64| (value * 1000.0).round() as i64;
        metrics.insert(format!("cv.{stage}.{}", row.indicator), thousandths(row.after.weighted));
        metrics.insert(format!("cv_unweighted.{stage}.{}", row.indicator), thousandths(row.after.unweighted));
    }
    metrics
}

//! # 交流经费 · Budget for exchange
//!
//! 派出人员的补助由派出学校支付,不超过本校预算;资金不在学校之间统筹。
//! The school that sends people pays their allowances from its own budget; money is not pooled between schools.
//!
//! allowance(a, b) = the largest `agreement.yuan_per_person` of the groups that hold both schools and do not pool their budget.
//! cost(a) = Σ allowance(a, b) over people whose post is at a and who work at b after the postings.
//! Point: a school with `budget_yuan`. Excess: max(0, cost − budget), in yuan.
//! Bound in: exchange.
//! Source: S2.5-26, S2.5-31.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Budget for exchange: the numbers stand in the district file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchoolBudget {}

pub static LAW: Law = Law {
    id: "school_budget",
    title: ("交流经费", "Budget for exchange"),
    breach: (
        "{school}派出 {people} 人,补助 {cost} 元,预算 {budget} 元,超出 {excess} 元(资金归各校,不得统筹)",
        "{school}: {people} people sent cost {cost} yuan, its budget is {budget}: {excess} over (money is not pooled)",
    ),
    source: &["S2.5-26", "S2.5-31"],
    binds: &[Stage::Exchange],
};

impl Rule for SchoolBudget {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (school, entry) in facts.places.schools.iter().enumerate().filter(|(school, _)| facts.school_in(scope, *school)) {
            let Some(budget) = entry.budget_yuan else { continue };
            let hosts = (0..facts.places.schools.len()).filter(|host| *host != school);
            let sent: Vec<(i64, i64)> = hosts.map(|to| (facts.sent(scope, school, to).len() as i64, facts.allowance(school, to))).collect();
            let people: i64 = sent.iter().map(|(people, _)| people).sum();
            let cost: i64 = sent.iter().map(|(people, yuan)| people * yuan).sum();
            found.point(cost - budget, || {
                let breach = Breach::at(Kind::School, &entry.id).say("school", facts.say_school(school));
                breach.number("people", people).number("cost", cost).number("budget", budget)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::SchoolBudget;
    use crate::engine::Link;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for SchoolBudget {
        /// Σ allowance · sent ≤ budget.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (school, file) in exchange.schools(points.scope) {
                let Some(budget) = file.budget_yuan else { continue };
                let (mut links, mut base) = (Vec::new(), 0_i32);
                for host in (0..world.schools.len()).filter(|host| *host != school) {
                    // Validation keeps it below 200,000: what ten thousand people cost fits.
                    let yuan = world.allowance(school, host) as i32;
                    if yuan > 0 {
                        let (sent, there) = exchange.sent(points, school, host, &|_| true);
                        links.extend(sent.into_iter().map(|link| Link { coef: link.coef * yuan, ..link }));
                        base += there * yuan;
                    }
                }
                points.at_most(&file.id, links, base, budget);
            }
        }
    }
}

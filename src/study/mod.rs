//! Studies: policies compared on the same districts with the same seeds, under one yardstick that is none of theirs.
//!
//! What is compared are the checker's [`metrics`], never a policy's own objective. The unit of replication is the district: seeds only say how much
//! of a difference is the search's own doing or the choice among plans that are equally good (a seed also turns the order of the people).

mod pairs;
mod tables;
mod years;

use crate::check::{check, metrics};
use crate::district::validate::validate;
use crate::file::{District, Plan, Policy};
use crate::problem::Severity;
use crate::rules::Stage;
use crate::stages::{Cancel, Claim, Event, Options, solve};
pub use pairs::{Paired, Separation, paired};
use std::collections::BTreeMap;
use std::time::Duration;
pub use tables::{pairs_csv, runs_csv, story, years_csv};
pub use years::{Chances, Year};

/// Districts and policies under the names that the tables give them.
#[derive(Debug, Clone, Copy)]
pub struct Study<'a> {
    pub districts: &'a [(String, District)],
    pub policies: &'a [(String, Policy)],
    pub yardstick: &'a Policy,
    pub seeds: u64,
    pub stages: &'a [Stage],
    /// Deterministic limit of every run.
    pub work: u64,
    /// Net under every run, in case its work takes for ever; a run that falls into it is no result.
    pub net: Duration,
    pub threads: usize,
}

/// One run: always a row, whatever became of it.
#[derive(Debug, Clone)]
pub struct Row {
    pub district: String,
    pub policy: String,
    pub seed: u64,
    pub status: Status,
    /// Every level proved.
    pub proved: bool,
    /// Only of a plan that the checker passes under the run's own policy.
    pub plan: Option<Plan>,
    pub metrics: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Planned,
    /// Policy or district have errors.
    Invalid,
    Impossible,
    Undecided,
    /// The plan breaks a legal clause of its policy: a defect, and no result.
    Rejected,
    /// Ended by the clock: not to be had again.
    OutOfTime,
}

impl Status {
    pub fn id(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Invalid => "invalid",
            Self::Impossible => "impossible",
            Self::Undecided => "undecided",
            Self::Rejected => "rejected",
            Self::OutOfTime => "out_of_time",
        }
    }
}

impl Study<'_> {
    /// Runs everything: by district, policy, seed. `done` hears every row as it comes.
    pub fn run(&self, cancel: &Cancel, done: &mut dyn FnMut(&Row)) -> Vec<Row> {
        let mut rows = Vec::new();
        for (district_name, district) in self.districts {
            for (policy_name, policy) in self.policies {
                for seed in 0..self.seeds {
                    if cancel.load(std::sync::atomic::Ordering::Relaxed) {
                        return rows;
                    }
                    let mut row = self.one(district, policy, seed, cancel);
                    (row.district, row.policy) = (district_name.clone(), policy_name.clone());
                    done(&row);
                    rows.push(row);
                }
            }
        }
        rows
    }

    fn one(&self, district: &District, policy: &Policy, seed: u64, cancel: &Cancel) -> Row {
        let none = |status| Row {
            district: String::new(),
            policy: String::new(),
            seed,
            status,
            proved: false,
            plan: None,
            metrics: BTreeMap::new(),
        };
        let problems = validate("district", district, Some(("policy", policy)), None);
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return none(Status::Invalid);
        }
        let options = Options {
            time: self.net,
            work: Some(self.work),
            seed,
            threads: self.threads.max(1),
            gap_permille: 0,
            stages: self.stages.to_vec(),
            fixed: None,
            feedback: true,
            export: false,
        };
        // Among plans that are equally good the search takes the first it meets: another order of the people is another one.
        let mut turned = district.clone();
        let people = turned.people.len().max(1);
        turned.people.rotate_left(usize::try_from(seed).unwrap_or(0).wrapping_mul(7_919) % people);
        let outcome = solve(&turned, policy, turned.baseline.as_deref(), &options, cancel, &mut |_: Event| ());
        let Some(plan) = outcome.plan else {
            return none(if outcome.claim == Claim::Impossible { Status::Impossible } else { Status::Undecided });
        };
        if matches!(outcome.stopped, crate::stages::Stopped::Time | crate::stages::Stopped::Cancelled) {
            return none(Status::OutOfTime);
        }
        if !check(district, policy, &plan).is_legal() {
            return none(Status::Rejected);
        }
        let metrics = metrics(district, self.yardstick, &plan);
        Row { proved: outcome.claim == Claim::Optimal, metrics, plan: Some(plan), ..none(Status::Planned) }
    }
}

//! Studies: policies compared on the same districts with the same seeds, under one yardstick that is none of theirs.
//!
//! What is compared are the checker's [`metrics`], never a policy's own objective. The unit of replication is the district: seeds only say how much
//! of a difference is the search's own doing or the choice among plans that are equally good (a seed also turns the order of the people).

pub mod baselines;
#[cfg(feature = "parquet")]
mod columns;
mod figures;
mod front;
mod pairs;
mod prices;
mod ranges;
mod tables;
mod years;

use crate::check::{check, metrics};
use crate::district::validate::validate;
use crate::file::{District, Part, Plan, Policy};
use crate::problem::Severity;
use crate::rules::Stage;
use crate::stages::{Cancel, Claim, Event, Options, Outcome, Stopped, solve};
use baselines::Baseline;
#[cfg(feature = "parquet")]
pub use columns::runs_parquet;
pub use figures::{front_figure, runs_figures};
pub use front::{Between, FrontPoint};
pub use pairs::{Paired, Separation, paired};
pub use prices::{Price, Staging};
pub use ranges::{Near, Range};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;
pub use tables::{front_csv, pairs_csv, prices_csv, ranges_csv, runs_csv, staging_csv, story, years_csv};
pub use years::{Ahead, Chances, Year};

/// Districts and policies under the names that the tables give them.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    pub districts: &'a [(String, District)],
    pub policies: &'a [(String, Policy)],
    /// Rows beside the policies: plans made by simple means, with the yardstick's say in who may be posted where.
    pub baselines: &'a [Baseline],
    pub seeds: u64,
    pub trial: Trial<'a>,
}

/// How one plan is made and measured.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    /// Policy whose clauses measure every plan.
    pub yardstick: &'a Policy,
    pub stages: Vec<Stage>,
    /// Deterministic limit.
    pub work: u64,
    /// Net, in case the work takes for ever; a run that falls into it is no result.
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
    /// Everything that its own policy demands is kept; a plan may be legal and break a policy clause that cannot be met.
    pub kept: bool,
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
    /// Runs everything: by district, policy or baseline, seed. `done` hears every row as it comes.
    pub fn run(&self, cancel: &Cancel, done: &mut dyn FnMut(&Row)) -> Vec<Row> {
        let policies = self.policies.iter().map(|(name, policy)| (name.as_str(), Contender::Policy(policy)));
        let baselines = self.baselines.iter().map(|baseline| (baseline.id(), Contender::Baseline(*baseline)));
        let contenders: Vec<(&str, Contender)> = policies.chain(baselines).collect();
        let mut rows = Vec::new();
        for (district_name, district) in self.districts {
            for (name, contender) in &contenders {
                for seed in 0..self.seeds {
                    if cancel.load(Ordering::Relaxed) {
                        return rows;
                    }
                    let mut row = self.trial.run(district, *contender, seed, cancel);
                    (row.district, row.policy) = (district_name.clone(), (*name).to_owned());
                    done(&row);
                    rows.push(row);
                }
            }
        }
        rows
    }
}

/// Whatever makes a plan.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Contender<'a> {
    Policy(&'a Policy),
    Baseline(Baseline),
}

impl Trial<'_> {
    /// One run as a row without its names.
    pub(crate) fn run(&self, district: &District, contender: Contender, seed: u64, cancel: &Cancel) -> Row {
        let policy = match contender {
            Contender::Policy(policy) => policy,
            Contender::Baseline(_) => self.yardstick,
        };
        let found = match contender {
            _ if !is_valid(district, policy) => Err(Status::Invalid),
            Contender::Policy(policy) => self.solve(district, policy, None, seed, cancel),
            Contender::Baseline(baseline) => baseline.plan(self, district, seed, cancel),
        };
        let judged = found.and_then(|(plan, proved)| {
            let verdict = check(district, policy, &plan);
            if verdict.is_legal() { Ok((plan, proved, verdict.is_in_order())) } else { Err(Status::Rejected) }
        });
        let (district_name, policy_name) = (String::new(), String::new());
        let (status, proved, kept, metrics, plan) = match judged {
            Ok((plan, proved, kept)) => (Status::Planned, proved, kept, metrics(district, self.yardstick, &plan), Some(plan)),
            Err(status) => (status, false, false, BTreeMap::new(), None),
        };
        Row { district: district_name, policy: policy_name, seed, status, proved, kept, plan, metrics }
    }

    /// A plan, and whether it is proved best; `fixed` holds postings that stand already.
    fn solve(&self, district: &District, policy: &Policy, fixed: Option<Plan>, seed: u64, cancel: &Cancel) -> Result<(Plan, bool), Status> {
        let outcome = self.outcome(district, policy, fixed, seed, cancel)?;
        match (outcome.claim, outcome.plan) {
            (claim @ (Claim::Optimal | Claim::Feasible), Some(plan)) => Ok((plan, claim == Claim::Optimal)),
            (Claim::Impossible, _) => Err(Status::Impossible),
            _ => Err(Status::Undecided),
        }
    }

    fn outcome(&self, district: &District, policy: &Policy, fixed: Option<Plan>, seed: u64, cancel: &Cancel) -> Result<Outcome, Status> {
        let decided = |stage: &&Stage| **stage != Stage::Exchange || fixed.is_none();
        let options = Options {
            time: Some(self.net),
            enough: None,
            work: Some(self.work),
            stall: true,
            seed,
            threads: self.threads.max(1),
            gap_permille: 0,
            stages: self.stages.iter().filter(decided).copied().collect(),
            fixed,
            feedback: true,
            export: false,
        };
        let turned = turned(district, seed);
        let outcome = solve(&turned, policy, turned.baseline.as_deref(), &options, cancel, &mut |_: Event| ());
        let cut_short = matches!(outcome.stopped, Stopped::Time | Stopped::Cancelled);
        if outcome.plan.is_some() && cut_short { Err(Status::OutOfTime) } else { Ok(outcome) }
    }
}

/// Whether a plan may be asked for at all.
fn is_valid(district: &District, policy: &Policy) -> bool {
    let problems = validate("district", district, Some(("policy", policy)), None);
    problems.iter().all(|problem| problem.severity != Severity::Error)
}

/// Among plans that are equally good the search takes the first it meets: another order of the people is another one.
fn turned(district: &District, seed: u64) -> District {
    let mut turned = district.clone();
    let people = turned.people.len().max(1);
    turned.people.rotate_left(usize::try_from(seed).unwrap_or(0).wrapping_mul(7_919) % people);
    turned
}

/// A plan of postings alone.
fn postings_only(district: &District, postings: Vec<crate::file::Posting>) -> Plan {
    let (schema, district) = ("lunpai.plan/1".to_owned(), district.id.clone());
    Plan { schema, district, parts: vec![Part::Postings], postings, ..Plan::default() }
}

//! What each clause costs: dropped, and the district planned again. And what it costs to decide the exchange before the teaching.

use super::{Status, Trial, postings_only};
use crate::check::check;
use crate::district::World;
use crate::file::{District, Policy};
use crate::rules::Stage;
use crate::stages::{Cancel, Grain, LevelReport, pose};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// One level with a clause and without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    pub clause: String,
    pub stage: Stage,
    /// As the manifest calls it.
    pub level: String,
    /// (value, bound) of the whole policy; the value is never below the bound.
    pub with: (i64, i64),
    /// … without the clause; none where nothing was found.
    pub without: Option<(i64, i64)>,
    /// Both values are the least there are.
    pub proved: bool,
}

/// One level of a plan decided in stages, and of one decided at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staging {
    pub level: String,
    /// By the checker, after the teaching.
    pub staged: i64,
    /// By the checker, of the postings of the joint model and the best teaching found for them.
    pub joint: i64,
    /// (value, bound) in the joint model itself.
    pub model: Option<(i64, i64)>,
}

impl Trial<'_> {
    /// Every clause in force that binds a stage of the trial. `done` hears each clause as it comes.
    ///
    /// # Errors
    /// What became of the run with the whole policy, if it came to nothing.
    pub fn prices(&self, district: &District, policy: &Policy, cancel: &Cancel, done: &mut dyn FnMut(&str)) -> Result<Vec<Price>, Status> {
        let levels = |policy: &Policy| -> Result<Vec<(Stage, LevelReport)>, Status> {
            let outcome = self.outcome(district, policy, None, 0, cancel)?;
            let levels = outcome.stages.into_iter().flat_map(|report| report.levels.into_iter().map(move |level| (report.stage, level)));
            Some(levels.collect()).filter(|levels: &Vec<_>| !levels.is_empty()).ok_or(Status::Undecided)
        };
        let whole = levels(policy)?;
        let mut prices = Vec::new();
        // The exchange decides periods too, by the clauses of teaching.
        let decides = |stage: &Stage| self.stages.contains(stage) || *stage == Stage::Teaching && self.stages.contains(&Stage::Exchange);
        let binds = |stages: &[Stage]| stages.iter().any(decides);
        for clause in policy.clauses.iter().filter(|clause| !clause.off && binds(clause.rule.rule().law().binds)) {
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            let mut other = policy.clone();
            other.clauses.iter_mut().filter(|other| other.id == clause.id).for_each(|clause| clause.off = true);
            other.decisions.retain(|decision| decision.clause != clause.id);
            let without = levels(&other).ok();
            for (stage, with) in &whole {
                let same = |(other, level): &&(Stage, LevelReport)| other == stage && level.name == with.name;
                // The only clause of its rank takes the rank with it.
                let of = |levels: &Vec<(Stage, LevelReport)>| {
                    levels.iter().find(same).map_or((0, 0, true), |(_, l)| (l.value, l.bound, l.proved))
                };
                let found = without.as_ref().map(of);
                prices.push(Price {
                    clause: clause.id.clone(),
                    stage: *stage,
                    level: with.name.clone(),
                    with: (with.value, with.bound),
                    without: found.map(|(value, bound, _)| (value, bound)),
                    proved: with.proved && found.is_some_and(|(_, _, proved)| proved),
                });
            }
            done(&clause.id);
        }
        Ok(prices)
    }

    /// Exchange and teaching one after the other, and as one model of whole courses; both plans by the checker, level by level. In
    /// the joint model a class teacher who is posted away still has the hour of the class meeting, so its bound is that model's own.
    ///
    /// # Errors
    /// What became of a run that came to nothing.
    pub fn staging(&self, district: &District, policy: &Policy, cancel: &Cancel) -> Result<Vec<Staging>, Status> {
        let both = Trial { stages: vec![Stage::Exchange, Stage::Teaching], ..self.clone() };
        let (staged, _) = both.solve(district, policy, None, 0, cancel)?;
        let world = World::new(district);
        let posed = pose(&world, policy, district.baseline.as_deref(), Grain::Courses);
        let stop = || cancel.load(Ordering::Relaxed);
        let budget = self.budget(&stop);
        let solved = posed.best(None, &budget);
        if solved.values.is_empty() {
            return Err(if solved.infeasible { Status::Impossible } else { Status::Undecided });
        }
        let postings = postings_only(district, posed.postings(&solved.values));
        let (joint, _) = both.solve(district, policy, Some(postings), 0, cancel)?;
        let model: BTreeMap<&str, (i64, i64)> = posed
            .problem
            .levels
            .iter()
            .zip(&solved.levels)
            .map(|(level, reached)| (level.name.as_str(), (reached.value, reached.bound)))
            .collect();
        let levels = |plan| check(district, policy, plan).score.levels();
        let pairs = levels(&staged).into_iter().zip(levels(&joint));
        let row = |((level, staged), (_, joint)): ((String, i64), (String, i64))| {
            let model = model.get(level.as_str()).copied();
            Staging { level, staged, joint, model }
        };
        Ok(pairs.map(row).collect())
    }
}

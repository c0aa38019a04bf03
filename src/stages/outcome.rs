//! What a run returns: the plan, what was proved, why it stopped, and the story of the cuts. Serialised into the manifest.

use crate::check::Verdict;
use crate::file::{Plan, Text};
use crate::rules::Stage;
use serde::Serialize;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// What the caller asks for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the search stops at the latest; a round that is not finished then is dropped.
    pub time: Option<Duration>,
    /// The same once there is a plan.
    pub enough: Option<Duration>,
    /// No round begins after so many units of work. A run of N has the incumbents of a run of 2 N as its first ones.
    pub work: Option<u64>,
    /// End as well when round after round finds nothing better.
    pub stall: bool,
    pub seed: u64,
    pub threads: usize,
    /// Relative gap per level, in thousandths (10 = 1 %).
    pub gap_permille: u32,
    /// Stages to decide; the others come from `fixed`.
    pub stages: Vec<Stage>,
    /// Approved plan: its parts that are not in `stages` are untouchable.
    pub fixed: Option<Plan>,
    /// Off: a stage that fails does not send a cut back (to show what feedback is worth).
    pub feedback: bool,
    /// Keep every stage's model as MPS text in [`Outcome::models`].
    pub export: bool,
}

/// Set from a signal handler: stop, keep the best checked plan.
pub type Cancel = AtomicBool;

#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The best plan found; one that breaks the law (`claim` says so then) is a draft. `None` when there is not even that.
    #[serde(skip)]
    pub plan: Option<Plan>,
    /// The best plan in which nobody is posted who need not be, where it leaves fewer periods without a teacher.
    #[serde(skip)]
    pub without_postings: Option<Plan>,
    pub claim: Claim,
    pub stopped: Stopped,
    pub stages: Vec<StageReport>,
    /// Reasons handed back from a later stage to an earlier one, in order.
    pub cuts: Vec<Cut>,
    /// Why it is impossible or undecided, in a planner's words.
    pub reasons: Vec<Text>,
    /// (file name, MPS text) when asked for.
    #[serde(skip)]
    pub models: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    Optimal,
    Feasible,
    Impossible,
    Undecided,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    Proved,
    Gap,
    Stall,
    Time,
    Work,
    Cancelled,
}

#[derive(Debug, Clone, Serialize)]
pub struct StageReport {
    pub stage: Stage,
    pub levels: Vec<LevelReport>,
    pub seconds: f64,
    pub work: u64,
    pub items: usize,
    pub points: usize,
    /// Seconds after which a timetable kept every hard clause.
    pub legal_after: Option<f64>,
}

impl StageReport {
    pub fn is_proved(&self) -> bool {
        self.levels.iter().all(|level| level.proved)
    }
}

/// One position of the score. `value` is what the plan costs there, `bound` what no plan can beat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelReport {
    /// `structure`, `legal`, `policy`, `rank1`, `rank1.1` …
    pub name: String,
    pub value: i64,
    pub bound: i64,
    pub proved: bool,
    /// The clauses that cost something here; only where each was bounded alone.
    pub terms: Vec<TermReport>,
}

/// What the plan pays for one clause, and what no plan that keeps the earlier levels pays less.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermReport {
    pub clause: String,
    pub value: i64,
    pub bound: i64,
}

/// A reason sent back: these assignments cannot stand together.
#[derive(Debug, Clone, Serialize)]
pub struct Cut {
    pub round: u32,
    pub from: Stage,
    pub to: Stage,
    pub sentence: Text,
    /// Clauses and entities it rests on.
    pub because: Vec<String>,
    /// Only exact cuts keep the bound.
    pub exact: bool,
}

/// Something happened; the job turns it into progress lines and a bar.
#[derive(Debug, Clone)]
pub enum Event {
    Begin(Stage),
    /// Score level now being solved, its value and bound so far.
    Level {
        stage: Stage,
        level: String,
        value: i64,
        bound: i64,
    },
    /// A better plan, not yet checked.
    Better {
        stage: Stage,
        score: Vec<i64>,
    },
    Cut(Cut),
    End(StageReport),
    /// A whole plan, better than all before it, as the checker judged it.
    Incumbent(Box<Incumbent>),
}

/// A plan to go on with, or to end with.
#[derive(Debug, Clone)]
pub struct Incumbent {
    pub plan: Plan,
    /// The checker's.
    pub verdict: Verdict,
    pub stages: Vec<StageReport>,
    pub cuts: Vec<Cut>,
    pub without_postings: Option<Plan>,
    /// Units of work until it was found.
    pub work: u64,
}

impl Incumbent {
    /// No plan is better: each of these stages is proved, and the first of them, whose model leaves out what the others ask, costs as
    /// much as the whole.
    pub(super) fn is_proved(&self, stages: &[Stage]) -> bool {
        let report = |stage: &Stage| self.stages.iter().find(|report| report.stage == *stage);
        let as_whole = |report: &StageReport| {
            let cost = |name: &str| report.levels.iter().find(|level| level.name == name).map_or(0, |level| level.value);
            self.verdict.score.levels().into_iter().all(|(name, whole)| cost(&name) == whole)
        };
        let each = stages.iter().all(|stage| report(stage).is_some_and(StageReport::is_proved));
        each && (stages.len() == 1 || stages.iter().min().and_then(report).is_some_and(as_whole))
    }
}

/// What plans are compared by: structure, law, policy, then the ranks.
pub(super) type Key = Vec<i64>;

pub(super) fn key(verdict: &Verdict) -> Key {
    verdict.score.levels().into_iter().map(|(_, value)| value).collect()
}

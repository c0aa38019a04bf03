//! What a run returns: the plan, what was proved, why it stopped, and the story of the cuts. Serialised into the manifest.

use crate::file::{Plan, Text};
use crate::rules::Stage;
use serde::Serialize;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// What the caller asks for. `time` holds for the whole run; `work` is the deterministic limit (engine work units).
#[derive(Debug, Clone)]
pub struct Options {
    pub time: Duration,
    pub work: Option<u64>,
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
    /// The best plan found; `None` when nothing was found or it is impossible.
    #[serde(skip)]
    pub plan: Option<Plan>,
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
}

//! `lunpai.manifest/1`: what a run did, in figures that `lunpai check` can compute again.
//!
//! Four answers are kept apart: `status` (did the job run), `claim` (what the search says), `check` (what the
//! independent checker says), `stopped` (why it ended).

use super::Fingerprint;
use super::to_decide::OpenDecision;
use crate::district::validate::Conflict;
use crate::file::Text;
use crate::rules::Stage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const SCHEMA: &str = "lunpai.manifest/1";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `lunpai.manifest/1`.
    pub schema: String,
    /// Ids of the district and the policy.
    pub district: String,
    pub policy: String,
    /// Invented data.
    pub demo: bool,
    pub status: Status,
    /// The exit code of the run, see the job contract.
    pub exit_code: u8,
    pub claim: Claim,
    pub stopped: Stopped,
    pub check: Checked,
    /// Lessons without a teacher (待补), in periods per cycle; absent without a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall_periods: Option<u64>,
    /// Places where the plan breaks a policy clause that no meeting relaxed: somebody has to decide on each.
    #[serde(default)]
    pub decisions_needed: u64,
    /// These places, in the checker's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<OpenDecision>,
    /// The best plan without any posting that is not agreed, where it leaves fewer periods without a teacher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_postings: Option<WithoutPostings>,
    /// Score of the plan by level, computed by the checker; smaller is better.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub score: BTreeMap<String, i64>,
    /// What each stage reached and proved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageFigures>,
    /// Better and better plans on the way, each one checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<TracePoint>,
    /// Reasons a later stage handed back to an earlier one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<CutFigures>,
    /// Why there is no plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Text>,
    /// The same where it was counted before any search, with the people, classes and rooms concerned and the numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Policy clause → by how much every plan breaks it at least, in units of excess, where that was counted before any search.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unavoidable: BTreeMap<String, i64>,
    pub limits: Limits,
    pub seed: u64,
    pub threads: u64,
    /// Wall-clock seconds of the whole run up to the check.
    pub seconds: f64,
    pub versions: BTreeMap<String, String>,
    /// Input name (`district.json` …) → its bytes as they were read; copies stand in `inputs/`.
    pub inputs: BTreeMap<String, Fingerprint>,
    /// Every file of the directory except this one.
    pub files: BTreeMap<String, Fingerprint>,
}

/// Did the job run?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Done,
    CutShort,
    Impossible,
    Undecided,
    /// Solver and checker disagree, or a panic: a defect of the program.
    Internal,
}

/// What the search says of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    Optimal,
    Feasible,
    Impossible,
    Undecided,
}

/// Why the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    Proved,
    Gap,
    Stall,
    Time,
    Work,
    Cancelled,
    /// The program failed.
    Failed,
}

impl Stopped {
    /// A limit or a signal from outside, not the search itself.
    pub fn is_early(self) -> bool {
        matches!(self, Self::Time | Self::Work | Self::Cancelled)
    }
}

/// What the independent checker says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    pub verdict: Verdict,
    /// Findings against structure, rules of force legal, and policy without a decision.
    pub hard: u64,
    /// All findings, preferences included.
    pub findings: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing of force is broken.
    Passed,
    /// Nothing legal is broken; what a policy clause lacks waits for a meeting.
    NeedsDecision,
    /// Something legal is broken, or the rows are no plan.
    Findings,
    NoPlan,
}

/// A plan found on the way: when, and what it costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TracePoint {
    /// Work units of the engine so far.
    pub work: u64,
    /// Seconds of processor time of the process so far.
    pub cpu: f64,
    /// Seconds since the start of the run.
    pub t: f64,
    /// Level → penalty, as the checker counts.
    pub score: BTreeMap<String, i64>,
    /// Level → what no plan can beat; only levels with such a bound.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bound: BTreeMap<String, i64>,
}

/// 乙: a whole, checked plan in which nobody is posted who need not be. Its rows stand in `without_postings.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithoutPostings {
    pub shortfall_periods: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageFigures {
    pub stage: Stage,
    pub levels: Vec<LevelFigures>,
    pub seconds: f64,
    pub work: u64,
    pub items: u64,
    pub points: u64,
    /// Seconds after which a timetable kept every hard clause; only where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_after: Option<f64>,
}

/// One position of a stage's score: `value` is reached, `bound` is what no plan can beat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelFigures {
    pub name: String,
    pub value: i64,
    pub bound: i64,
    pub proved: bool,
    /// (value − bound) / value in thousandths, rounded up; 0 when nothing is left to gain.
    pub gap_permille: u64,
    /// What the plan pays for each clause of this level, where each was bounded alone. The level's bound may be above their sum:
    /// what is good for one clause may be bad for another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermFigures>,
}

/// One clause of a level: `value` is paid, `bound` is what no plan that keeps the earlier levels can beat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermFigures {
    pub clause: String,
    pub value: i64,
    pub bound: i64,
    /// As that of the level.
    pub gap_permille: u64,
}

impl LevelFigures {
    /// gap = ⌈1000 · (value − bound) / max(1, |value|)⌉, at least 0.
    pub fn gap(value: i64, bound: i64) -> u64 {
        let distance = i128::from(value) - i128::from(bound);
        let scale = i128::from(value).abs().max(1);
        u64::try_from((1000 * distance.max(0) + scale - 1) / scale).unwrap_or(u64::MAX)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutFigures {
    pub round: u32,
    pub from: Stage,
    pub to: Stage,
    pub sentence: Text,
    pub because: Vec<String>,
    pub exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub seconds: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<u64>,
    pub gap_permille: u32,
    pub stages: Vec<Stage>,
    pub feedback: bool,
}

impl Manifest {
    /// A plan left the run: it stands in the place asked for. Else what there is is a draft beside it.
    pub fn delivered(&self) -> bool {
        matches!(self.status, Status::Done | Status::CutShort)
    }
    /// The bytes on disk: indented JSON with a final newline.
    pub fn bytes(&self) -> Vec<u8> {
        pretty(self)
    }
}

/// Indented JSON with a final newline. The types written here have string keys only, so this cannot fail.
pub fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

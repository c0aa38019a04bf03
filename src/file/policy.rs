//! `lunpai.policy/1`: a list of clauses. A rule says *what* is measured; its clause says with which numbers, for whom,
//! and how strictly. Hard or soft is the clause's business, never the rule's.

use super::Evaluation;
use super::district::is_default;
use super::school::Stage;
use super::words::Text;
use crate::rules::AnyRule;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Always `lunpai.policy/1`.
    pub schema: String,
    pub id: String,
    pub title: Text,
    pub clauses: Vec<Clause>,
    /// Policy clauses relaxed by a meeting; nothing else relaxes one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// 考核: measured after the plan is checked, decides nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub id: String,
    /// `{"away_days": {"max_days": 3}}`: a rule with its numbers.
    pub rule: AnyRule,
    pub force: Force,
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope: Scope,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cost: Cost,
    /// Ids of the catalogue or words of the document it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub off: bool,
}

/// 必须遵守 · 经集体研究可调整 · 尽量照顾.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// Never relaxed.
    Legal,
    /// Relaxed only by an entry in `decisions`.
    Policy,
    /// Priced: the penalty is weight × cost(excess), in the rank's position of the score.
    Prefer(Preference),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// 1–5: coverage and its fair spread, balance, disruption and travel, timetable quality, wishes.
    pub rank: u8,
    /// Order inside the rank: `then` 0 is settled before 1 is looked at.
    #[serde(default, skip_serializing_if = "is_default")]
    pub then: u8,
    pub weight: u32,
}

/// How an excess is priced: `linear` = excess, `quadratic` = excess², `step` = 1 if any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    #[default]
    Linear,
    Quadratic,
    Step,
}

/// Whom the clause is about; an empty list = no limit. All lists that are given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Schools: of the class for lessons, the home school for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

/// A meeting relaxed one policy clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub clause: String,
    /// The same rule with the numbers decided.
    pub relaxed_to: AnyRule,
    pub meeting: String,
    pub date: String,
    pub document: String,
}

//! How schools and groups are evaluated: what is looked at, how much it weighs, and how far a lead answers for its members.

use super::Text;
use super::district::is_default;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 考核: the score sheet. It is measured after a plan is checked; no plan is chosen by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    pub items: Vec<EvaluationItem>,
    /// 捆绑考核: the part of a group's score that is the mean of its members; the rest is its lead's own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bundle_percent: u32,
    /// So many of the best groups are named for an award …
    #[serde(default, skip_serializing_if = "is_default")]
    pub awards: u32,
    /// … of this much money each (以奖代补).
    #[serde(default, skip_serializing_if = "is_default")]
    pub award_yuan: u32,
    /// 约谈督促: groups below this share of the full score are listed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lagging_percent: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvaluationItem {
    pub title: Text,
    /// Section of the report: 教师队伍, 设施设备 …
    pub heading: Text,
    pub metric: Metric,
    pub points: u32,
    /// Value that earns all points, and value that earns none; in proportion between them, whichever is larger.
    pub full_at: i64,
    pub none_at: i64,
    /// 提升: the change counts instead of the value: of a measure since the year before, of people through the postings.
    #[serde(default, skip_serializing_if = "is_default")]
    pub change: bool,
}

/// What is measured of one school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// The latest of `schools.measures` by this name.
    Measure(String),
    /// Excess of this clause at the school, as the checker finds it.
    Excess(String),
    /// Teachers and leaders per 100 pupils, in hundredths.
    BackbonePer100,
    HigherDegreePer100,
    SportArtsPer100,
    /// People with the rank `senior` of 10,000.
    SeniorPosts,
    /// Pupils of the largest class.
    ClassSize,
    /// Periods per cycle without a teacher.
    Uncovered,
    /// People whose post is at the school and who work elsewhere, and the other way round.
    Sends,
    Receives,
    /// Speciality subjects taught.
    Speciality,
    /// Yuan a year for the people it sends.
    Allowances,
}

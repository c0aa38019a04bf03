//! How a district is organised beyond its schools and groups: bodies, who vouches for a school, what is held in common,
//! and the steps by which a plan is approved.

use super::Text;
use super::district::is_default;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A body of a group: 领导小组, 工作组, 理事会, 办公室. Who holds a seat follows from the posts of the people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub name: Text,
    pub seats: Vec<Seat>,
    /// What it is there for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Text>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// 组长, 副组长, 成员 …
    pub role: Text,
    pub of: SeatOf,
    /// Holders of this post of `people.posts`; absent = named by the bureau.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatOf {
    #[default]
    Lead,
    /// Each member school.
    Members,
    /// The education bureau; nobody of `people`.
    Bureau,
}

/// 七个统一: what the district holds in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unified {
    /// 教师配置: teachers may be posted between any two schools.
    Staffing,
    /// 课程计划: one curriculum for all schools of a stage.
    Hours,
    Progress,
    Preparation,
    Tests,
    Training,
    Pay,
}

/// One step of 学校 → 中心校 → 教育局.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    pub step: ApprovalStep,
    /// School or group that approves; absent for the bureau.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub document: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalStep {
    #[default]
    School,
    Centre,
    Bureau,
}

//! `lunpai.plan/1`: postings, teaching and timetable. The same shape whether the solver or a person made it.
//! It carries no time, host or version stamp: the same decisions are the same bytes.

use super::{Approval, CellRef, ClubLeader, ClubPupils, Duty, Form};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always `lunpai.plan/1`.
    pub schema: String,
    /// Id of the district it belongs to.
    pub district: String,
    #[serde(default)]
    pub state: PlanState,
    /// By whom it has been approved, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Which parts are decided; a part left out is not judged.
    pub parts: Vec<Part>,
    /// Only people who are posted away from the school they work at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postings: Vec<Posting>,
    /// One row per course and role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teaching: Vec<Teaching>,
    /// Class teachers, given or chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class_teachers: Vec<ClassTeacher>,
    /// One row per block of a course.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timetable: Vec<Lesson>,
    /// One row per turn of a roster and person; part of the timetable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// One row per club and person who leads it; part of the timetable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub club_leaders: Vec<ClubLeader>,
    /// One row per club and class with pupils in it; part of the timetable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub club_pupils: Vec<ClubPupils>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Postings,
    Teaching,
    Timetable,
}

/// 草案 → 校核 → 上会 → 公示 → 定稿.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    #[default]
    Draft,
    Reviewed,
    Discussed,
    Published,
    Final,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    pub person: String,
    pub from: String,
    pub to: String,
    pub form: Form,
    pub from_term: String,
    /// Absent = open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_term: Option<String>,
    /// Ids of the clauses that speak for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Teaching {
    pub course: String,
    /// Absent in a course with one role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// `null` = 待补: placed, counted, no teacher.
    pub teacher: Option<String>,
    /// Only these blocks (counted from 1) of a course that may be split; empty = all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassTeacher {
    pub class: String,
    pub teacher: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    pub course: String,
    /// Block of the course, counted from 1.
    pub block: u8,
    pub at: CellRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
}

//! People of the district file. Reasons are codes, never stories; names stand elsewhere.

use super::district::is_default;
use super::{Month, Sources, Stage, Window};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    #[default]
    Unstated,
    Female,
    Male,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    #[default]
    Teacher,
    Leader,
    Worker,
}

/// 骨干 level; `county` and above counts as backbone unless a clause says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Talent {
    #[default]
    None,
    School,
    County,
    City,
    Province,
    Special,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: String,
    /// 编制校: the school that holds the post.
    pub employer: String,
    /// 实际任教校, if lent (借调) before this term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works_at: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub category: Category,
    #[serde(default, skip_serializing_if = "is_default")]
    pub sex: Sex,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Month>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Certificate>,
    /// Full load wished, periods per cycle.
    #[serde(default, skip_serializing_if = "is_default")]
    pub load_target: u32,
    /// Never more than this.
    #[serde(default, skip_serializing_if = "is_default")]
    pub load_cap: u32,
    /// Posts held, or to be taken up where the person is sent: `class_teacher`, `group_head`, `principal`, `party_member` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
    /// 学历高于规定: above the degree that the stage requires.
    #[serde(default, skip_serializing_if = "is_default")]
    pub higher_degree: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub talent: Talent,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Rank of the post for headcounts by rank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub years_at_school: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub years_in_subject: u32,
    /// Last yearly assessments, latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<Assessment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deferrals: Vec<Deferral>,
    /// 服务期: bound to the employer until this month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_until: Option<Month>,
    /// 毕业年级教师: teaches a class in its last year.
    #[serde(default, skip_serializing_if = "is_default")]
    pub graduating_grade: bool,
    /// The training before the term is not complete: not to be posted (不培训不上岗).
    #[serde(default, skip_serializing_if = "is_default")]
    pub training_due: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<PastExchange>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub wishes: Wishes,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kin: Vec<Kin>,
    /// 师徒结对: the experienced colleague whose lessons this person hears, and who hears this person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub means: Means,
    /// Longest single trip this person can make.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_trip_minutes: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unavailable: Vec<Window>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub locks: PersonLocks,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: Sources,
}

/// May teach `subject` at `stage` and below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub subject: String,
    pub stage: Stage,
}

/// Posts that have a name of their own: id, 中文, English. Others are called as the file writes them.
pub const POSTS: &[(&str, &str, &str)] = &[
    ("class_teacher", "班主任", "class teacher"),
    ("group_head", "教研组长", "head of a subject group"),
    ("preparation_head", "备课组长", "head of a preparation group"),
    ("grade_head", "年级组长", "head of a grade"),
    ("district_head", "学区长", "head of the district"),
    ("middle", "中层干部", "middle-level leader"),
    ("librarian", "图书管理员", "librarian"),
    ("lab_keeper", "实验室管理员", "laboratory keeper"),
    ("principal", "校长", "principal"),
    ("deputy", "副校长", "deputy principal"),
    ("executive_principal", "执行校长", "executive principal"),
    ("secretary", "党组织书记", "party secretary"),
    ("assistant", "校长助理", "assistant to the principal"),
    ("office_head", "集团办公室主任", "head of the group's office"),
    ("office_deputy", "集团办公室副主任", "deputy head of the group's office"),
    ("coordinator", "管理区专职干部", "full-time coordinator"),
    ("instructor", "学科教学指导员", "subject instructor"),
    ("reserve", "后备干部", "leader in reserve"),
    ("party_member", "党员", "party member"),
];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Post {
    pub post: String,
    /// Periods per cycle it counts for.
    pub periods: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assessment {
    Failed,
    Basic,
    Passed,
    Excellent,
}

/// Why a person is not asked to move this year. A code, never the story behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeferralCode {
    Maternity,
    Health,
    Carer,
    NearRetirement,
    AidProgramme,
    JustExchanged,
    UnderInquiry,
    SoleTeacher,
    Contract,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deferral {
    pub code: DeferralCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Month>,
}

/// Form of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 轮岗
    Rotation,
    /// 支教
    Support,
    /// 挂职
    Secondment,
    /// 交叉任职
    Concurrent,
    /// 置换
    Swap,
    /// 跟岗
    Shadowing,
    /// 返岗: back to the school of the own post.
    Return,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastExchange {
    pub from: String,
    pub to: String,
    pub start: Month,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Month>,
    pub form: Form,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// Schools in order of preference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<String>,
    /// 服从调剂: would also go elsewhere.
    #[serde(default, skip_serializing_if = "is_default")]
    pub accepts_any: bool,
    /// Volunteers although exempt or deferred.
    #[serde(default, skip_serializing_if = "is_default")]
    pub volunteers: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kin {
    pub person: String,
    pub tie: KinTie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KinTie {
    /// Within commuting reach of each other.
    Near,
    /// 回避: never at one school.
    Avoid,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    #[default]
    Unstated,
    Car,
    Bus,
    Bicycle,
    Foot,
}

/// What was agreed about one person outside the tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonLocks {
    /// Is posted there, whatever else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_to: Option<String>,
    /// Is not posted away.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stays: bool,
    /// Does not teach across schools.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_visits: bool,
}

//! `lunpai.district/1`: what a district is. Plain data, no behaviour; [`crate::district`] gives it meaning.
//!
//! Every list may be empty and every optional field absent: a stage needs only its own parts (an exchange runs
//! without classes and bells). Ids are opaque strings; quantities are integers with their unit in the name.

use super::{
    Bell, Class, Club, Course, CurriculumLine, FixedBlock, Group, LockedLesson, Pending, Person, Plan, Room, Roster, School, Text, Travel,
    Unified,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One district in one term.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Always `lunpai.district/1`.
    pub schema: String,
    pub id: String,
    pub title: Text,
    /// Invented data: every output says 演示数据.
    #[serde(default, skip_serializing_if = "is_default")]
    pub demo: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// What is held in common (七个统一).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unified: Vec<Unified>,
    /// Weeks after which the timetable repeats: 1 or 2. 双周 is the even week.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub cycle_weeks: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bells: Vec<Bell>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<School>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub travel: Travel,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Person id → personal name. May be absent altogether: a job runs without names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Periods per cycle by grade and subject, for every class of the grade.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curriculum: Vec<CurriculumLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// Courses that differ from the curriculum: they replace the line of the same classes and subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<Course>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<Room>,
    /// Research meetings, assemblies, clubs, exams, duties: times taken before any lesson is placed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<FixedBlock>,
    /// 值周, 课后服务: duty that people of a school take in turn, dealt once the lessons stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rosters: Vec<Roster>,
    /// 社团: pupils and leaders are dealt to them once the lessons stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clubs: Vec<Club>,
    /// Lessons already agreed on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked_lessons: Vec<LockedLesson>,
    /// Remarks of a workbook that wait for somebody to confirm what they mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Pending>,
    /// Last term's plan: continuity and stability are measured against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Box<Plan>>,
}

fn one() -> u8 {
    1
}
#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_one(n: &u8) -> bool {
    *n == 1
}
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Where a value comes from; what is not listed is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    Given,
    Estimated,
    Default,
}
/// Field name → where its value comes from.
pub type Sources = BTreeMap<String, Provenance>;

/// The term's dates, `YYYY-MM-DD`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// For example `2026-1`: school year and term.
    pub id: String,
    pub first_day: String,
    pub last_day: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// Make-up days (调休): this date teaches as that weekday.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub teaches_as: BTreeMap<String, u8>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // what a subject is, each on its own
pub struct Subject {
    pub id: String,
    pub name: Text,
    /// Any teacher of the class's school may teach it (班团队, 校本, 地方, 劳动, 综合实践).
    #[serde(default, skip_serializing_if = "is_default")]
    pub any_teacher: bool,
    /// 语文, 数学, 外语: better in the morning.
    #[serde(default, skip_serializing_if = "is_default")]
    pub main: bool,
    /// Physical education: neither first thing nor straight after lunch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sport: bool,
    /// Music and fine arts: counted with sport among the specialists of a school.
    #[serde(default, skip_serializing_if = "is_default")]
    pub arts: bool,
    /// 特色课程 of a school or the district.
    #[serde(default, skip_serializing_if = "is_default")]
    pub speciality: bool,
    /// The class meeting: it belongs to the class teacher.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class_meeting: bool,
}

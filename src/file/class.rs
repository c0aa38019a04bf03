//! Classes and courses of the district file: curriculum, blocks, rooms needed, times taken.

use super::district::is_default;
use super::{Text, Window};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Periods per cycle of a subject in a grade.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurriculumLine {
    /// 1–12: 7–9 junior, 10–12 senior.
    pub grade: u8,
    pub subject: String,
    pub periods: u8,
    /// How many of the blocks are doubles (two periods each).
    #[serde(default, skip_serializing_if = "is_default")]
    pub doubles: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNeed>,
    /// Only these schools; empty = all that have the grade.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<String>,
}

/// What a lesson needs of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomNeed {
    pub kind: String,
    /// At this site; absent = at the class's own site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Only the first n blocks of the course need it; absent = all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<u8>,
    /// Needed in these weeks only.
    #[serde(default, skip_serializing_if = "is_default")]
    pub weeks: Weeks,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weeks {
    #[default]
    All,
    Odd,
    Even,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub id: String,
    pub school: String,
    /// Campus; absent = the school's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub grade: u8,
    /// Words on its door: `一(1)班`.
    pub name: Text,
    pub pupils: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bell: Option<String>,
    /// Cells of the bell in which the class has no lesson.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<CellRef>,
    /// Given class teacher; absent = the teaching stage chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class_teacher: Option<String>,
}

/// Weekday (1 = Monday) and period (1 = first cell of that day's bell).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellRef {
    pub weekday: u8,
    pub period: u8,
}

/// A course given by name: replaces the curriculum's line for the same classes and subject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Course {
    pub id: String,
    /// Several = a combined class: one lesson for all of them.
    pub classes: Vec<String>,
    pub subject: String,
    pub blocks: Vec<Block>,
    /// Several roles = co-teaching: all are present. Empty = one role, to be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teachers: Vec<Role>,
    /// Courses of one band (走班) start together and take each parent class once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Its lessons may be shared between teachers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub split: bool,
    /// 专递课堂: one teacher, classes in several schools at one clock time.
    #[serde(default, skip_serializing_if = "is_default")]
    pub remote: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Consecutive periods.
    pub periods: u8,
    #[serde(default, skip_serializing_if = "is_default")]
    pub weeks: Weeks,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNeed>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// `lead`, `helper` …
    pub role: String,
    /// Given; absent = to be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Periods counted in the person's load; absent = the course's periods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load_periods: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// 教研: the teachers of the subjects are free.
    Research,
    /// Everybody of the schools is busy.
    Assembly,
    Club,
    Exam,
    /// 大课间: the classes exercise; its minutes count for `daily_exercise`.
    Exercise,
    /// 课后服务 and other duties of the people listed.
    Duty,
    Meeting,
}

/// A time taken before lessons are placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedBlock {
    pub id: String,
    pub name: Text,
    pub kind: BlockKind,
    /// Teachers with a course in one of these subjects attend; with `schools`: only those who teach there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schools: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// These classes have no ordinary lesson.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Of a research meeting: a lesson before it is observed (听课).
    #[serde(default, skip_serializing_if = "is_default")]
    pub observed: bool,
    pub when: Vec<Window>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockedLesson {
    pub course: String,
    /// Block of the course, counted from 1.
    pub block: u8,
    pub at: CellRef,
}

//! `lunpai.district/1`: what a district is. Plain data, no behaviour; [`crate::district`] gives it meaning.
//!
//! Every list may be empty and every optional field absent: a stage needs only its own parts (an exchange runs
//! without classes and bells). Ids are opaque strings; quantities are integers with their unit in the name.

use super::{Clock, Month, Plan, Text, Window};
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
    /// Lessons already agreed on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked_lessons: Vec<LockedLesson>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Level of schooling. A certificate is valid for its own stage and the ones below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Primary,
    Junior,
    Senior,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    /// The class meeting: it belongs to the class teacher.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class_meeting: bool,
}

/// A school's clock. `days` overrides `cells` on single weekdays (1 = Monday).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bell {
    pub id: String,
    #[serde(default = "monday_to_friday")]
    pub weekdays: Vec<u8>,
    pub cells: Vec<Cell>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<u8, Vec<Cell>>,
}
fn monday_to_friday() -> Vec<u8> {
    vec![1, 2, 3, 4, 5]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    Am,
    Pm,
    Eve,
}

/// One period (节) of a bell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub start: Clock,
    pub end: Clock,
    pub half: Half,
    /// A double lesson may run on into the next cell.
    #[serde(default, skip_serializing_if = "is_default")]
    pub joins_next: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct School {
    pub id: String,
    pub name: Text,
    pub stages: Vec<Stage>,
    /// Campuses; none listed = one site with the school's id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pupils: BTreeMap<Stage, u32>,
    /// Authorised posts by rank (`all`, `senior`, `middle`, `junior` …).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quota: BTreeMap<String, u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Opening>,
    /// Official indicators by name, in hundredths (2.33 m² = 233).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub indicators: BTreeMap<String, i64>,
    /// 支援校 sends, 受援校 receives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub standing: Standing,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rural: bool,
    /// Yearly budget for exchange duties, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_yuan: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: Sources,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Supporting,
    Receiving,
    #[default]
    Neither,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub id: String,
    pub name: Text,
    /// Position in metres on a local map: trips not given are estimated from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub east_north_m: Option<(i64, i64)>,
}

/// A post to be filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
}

/// The 14 ways in which schools are tied together (rules.md 1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    HsZone,
    TownCentre,
    StrongWeak,
    District,
    BigDistrict,
    CountyGroup,
    Community,
    Alliance,
    NameBranch,
    Cooperation,
    GroupAlliance,
    GroupTight,
    GroupTrust,
    GeneralSchool,
    JointSchool,
}

/// Schools tied together; a school may be in several, as lead or member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    pub kind: GroupKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    pub members: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub agreement: Agreement,
}

/// What the group's charter changes; absent = as usual for its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pooled_posts: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pooled_budget: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teach_across: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_years: Option<u8>,
    /// Count by role sent from the lead to each member and back (`leaders`, `teachers`, `backbone`, `young`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub each_way: BTreeMap<String, u32>,
}

/// Minutes between sites (a school id stands for its first site).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trips: Vec<Trip>,
    /// Estimate for trips not given, from coordinates: fixed minutes …
    #[serde(default, skip_serializing_if = "is_default")]
    pub estimate_base_minutes: u32,
    /// … plus minutes per kilometre as the crow flies (0 = no estimate: a missing trip is an error).
    #[serde(default, skip_serializing_if = "is_default")]
    pub estimate_minutes_per_km: u32,
}

/// An ordered pair: there may take longer than back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trip {
    pub from: String,
    pub to: String,
    pub minutes: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub both_ways: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// Periods per cycle of a subject in a grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Room {
    pub id: String,
    pub name: Text,
    pub site: String,
    pub kind: String,
    /// Classes at once.
    #[serde(default = "one_unit")]
    pub units: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Open only in these windows; empty = whenever the school is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Window>,
    /// Other schools that may use it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_to: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub setup_minutes: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub clearing_minutes: u32,
}
fn one_unit() -> u32 {
    1
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
    pub when: Vec<Window>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockedLesson {
    pub course: String,
    /// Block of the course, counted from 1.
    pub block: u8,
    pub at: CellRef,
}

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
    /// Work that counts as periods: `class_teacher`, `group_head`, `district_head` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<PastExchange>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub wishes: Wishes,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kin: Vec<Kin>,
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

//! Schools of the district file: sites, bells, groups, trips, rooms.

use super::district::is_default;
use super::{Body, Clock, Provenance, Sources, Text, Window};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Level of schooling, the lowest first. A certificate is valid for its own stage and the ones below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Kindergarten,
    Primary,
    Junior,
    Senior,
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
    /// Official indicators in hundredths (2.33 m² = 233): `floor_area` and `sports_area` (m² a pupil), `equipment` (yuan a pupil),
    /// `multimedia_rooms` (per 100 pupils); others are kept but not compared.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub indicators: BTreeMap<String, i64>,
    /// Figures of the school that only its evaluation uses, in hundredths, latest first: name → this year, last year …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measures: BTreeMap<String, Vec<i64>>,
    /// 支援校 sends, 受援校 receives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub standing: Standing,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rural: bool,
    /// 新建学校: its first staff come from the lead of its group.
    #[serde(default, skip_serializing_if = "is_default")]
    pub new_school: bool,
    /// 包校领导: who of the bureau vouches for the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patron: Option<String>,
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

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub id: String,
    pub name: Text,
    /// Position in metres on a local map: trips not given are estimated from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub east_north_m: Option<(i64, i64)>,
}

/// A post to be filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// What a person sent under an agreement counts as, the narrowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SentAs {
    Leaders,
    /// 骨干教师: county level and above.
    Backbone,
    /// 青年教师: 35 and younger.
    Young,
    Teachers,
}

impl SentAs {
    pub const ALL: [Self; 4] = [Self::Leaders, Self::Backbone, Self::Young, Self::Teachers];
    /// As the file writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Leaders => "leaders",
            Self::Backbone => "backbone",
            Self::Young => "young",
            Self::Teachers => "teachers",
        }
    }
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
    /// Count by role sent from the lead to each member …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lead_sends: BTreeMap<String, u32>,
    /// … and from each member to the lead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub member_sends: BTreeMap<String, u32>,
    /// Yearly pay of posts in the group that the county bears, by post of `people.posts`, in yuan.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pay_yuan: BTreeMap<String, u32>,
    /// Allowances for one person sent, for a school year; paid from the sending school's budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yuan_per_person: Option<u32>,
    /// 领导小组, 工作组, 理事会, 办公室.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<Body>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

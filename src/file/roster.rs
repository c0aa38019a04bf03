//! Rosters of the district file, and their rows in a plan: who is on duty when.

use super::district::is_default;
use super::{Text, Window};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Duty that people of a school take in turn: 值周, 课后服务.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    pub id: String,
    pub name: Text,
    pub school: String,
    /// When a turn is served: each of these is a turn; with `weeks` all of them together are one.
    pub when: Vec<Window>,
    /// 值周: the turns are this many weeks, one after the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u8>,
    /// Leaders wanted in each turn.
    #[serde(default, skip_serializing_if = "is_default")]
    pub leaders: u32,
    /// Others wanted in each turn.
    #[serde(default, skip_serializing_if = "is_default")]
    pub teachers: u32,
    /// Who takes turns; empty = the leaders and teachers who work at the school.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}

impl Roster {
    pub(crate) fn turns(&self) -> usize {
        self.weeks.map_or(self.when.len(), usize::from)
    }
    /// When a turn, counted from 0, is served.
    pub(crate) fn windows(&self, turn: usize) -> &[Window] {
        if self.weeks.is_some() { &self.when } else { self.when.get(turn..=turn).unwrap_or(&[]) }
    }
}

/// One person serves one turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub roster: String,
    /// Counted from 1: a week, or a time of the roster's `when`.
    pub turn: u8,
    pub person: String,
}

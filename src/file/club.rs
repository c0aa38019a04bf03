//! Pupils' clubs (社团) of the district file, and their rows in a plan: who leads which, how many pupils of each class are in it.
//!
//! Pupils are counted by class, never named.

use super::district::is_default;
use super::{District, Text, Window};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClubKind {
    Sport,
    Arts,
    #[default]
    Other,
}

/// A club of a school. A pupil is in one club at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Club {
    pub id: String,
    pub name: Text,
    pub school: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: ClubKind,
    /// The fixed block of kind `club` at which it meets. Clubs of a school with the same block meet at one time, and so do
    /// those without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// Grades it admits; empty = all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<u8>,
    /// Pupils it has room for.
    pub places: u32,
    /// Teachers who are to lead it, at least; absent = 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaders: Option<u32>,
    /// Who may lead it, of the leaders and teachers who work at the school; empty = all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// Only who may teach one of these may lead it; empty = whatever they teach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
}

impl Club {
    pub(crate) fn wanted(&self) -> u32 {
        self.leaders.unwrap_or(1)
    }
    pub(crate) fn admits(&self, grade: u8) -> bool {
        self.grades.is_empty() || self.grades.contains(&grade)
    }
    /// When it meets; nothing where the file does not say.
    pub(crate) fn windows<'d>(&self, district: &'d District) -> &'d [Window] {
        let block = self.block.as_ref().and_then(|id| district.blocks.iter().find(|block| block.id == *id));
        block.map_or(&[], |block| &block.when)
    }
}

/// One person leads one club.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubLeader {
    pub club: String,
    pub person: String,
}

/// So many pupils of a class are in a club.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubPupils {
    pub club: String,
    pub class: String,
    pub pupils: u32,
}

//! Remarks that nobody has turned into data yet.

use super::DeferralCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark of the planner's (备注). Nothing is decided by it; until somebody enters or dismisses it the report lists it
/// on its first page. The remark's own words stay where they were written: reasons are codes, never stories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pending {
    /// Where it is written, for example `教师!K5`.
    pub at: String,
    /// Id of the person it speaks of; empty = nobody in particular.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What it may mean.
    pub proposals: Vec<Proposal>,
}

/// What a remark may mean, to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// Not asked to move this year.
    Defer(DeferralCode),
    /// Does not teach across schools.
    NoVisits,
    /// Is not posted away.
    Stays,
    /// Would like to be at or near this school.
    Wish(String),
    /// Tied to another person.
    Kin,
    /// Bound to the employer for some time.
    Service,
    /// Read it yourself.
    Unread,
}

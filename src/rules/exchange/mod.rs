//! Rules of the exchange stage: who is posted where.

pub(crate) mod agreed_postings;
pub(crate) mod balance;
pub(crate) mod direction;
pub(crate) mod eligible;
pub(crate) mod everyone_gives;
pub(crate) mod group_permits;
pub(crate) mod headcount;
pub(crate) mod helpers_per_year;
pub(crate) mod in_pairs;
pub(crate) mod kin_avoid;
pub(crate) mod lead_protected;
pub(crate) mod mutual_dispatch;
pub(crate) mod new_school;
pub(crate) mod no_school_worse;
pub(crate) mod posts_held;
pub(crate) mod quota;
pub(crate) mod school_budget;
pub(crate) mod stability;
pub(crate) mod swap;
pub(crate) mod terms;
pub(crate) mod training;
pub(crate) mod turns;
pub(crate) mod wishes;

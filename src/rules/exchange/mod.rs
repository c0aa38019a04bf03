//! Rules of the exchange stage: who is posted where.

pub(crate) mod agreed_postings;
pub(crate) mod balance;
pub(crate) mod eligible;
pub(crate) mod group_permits;
pub(crate) mod headcount;
pub(crate) mod kin_avoid;
pub(crate) mod quota;
pub(crate) mod stability;
pub(crate) mod wishes;

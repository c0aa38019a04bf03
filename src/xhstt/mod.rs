//! XHSTT, the XML format in which real high schools of many countries are collected: read, evaluate, write.
//!
//! ```text
//! bytes ─read─▶ Archive { instances, solutions } ─evaluate─▶ Cost { hard, soft }
//!                             solution ─write─▶ a standard archive of one instance and one solution
//! ```
//!
//! [`archive`] holds plain types by index; [`evaluate`] is exact, in whole numbers, and knows nothing of the crate
//! but those types, so that it can judge what a solver of this crate says about its own plans.

pub mod archive;
mod evaluate;
#[cfg(feature = "solve")]
mod pose;
mod read;
#[cfg(feature = "solve")]
mod solve;
mod write;

pub use evaluate::{Charge, Cost, breakdown, evaluate};
pub use read::{KINDS, MAX_BYTES, read_archive};
#[cfg(feature = "solve")]
pub use solve::{Limits, Solved, engine_cost, solve};
pub use write::{Credit, write_solution};

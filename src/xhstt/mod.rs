//! XHSTT, the XML format in which real high schools of many countries are collected: read, evaluate, solve, write.
//!
//! ```text
//! bytes ─read─▶ Archive { instances, solutions } ─evaluate─▶ Cost { hard, soft }
//!                             solution ─write─▶ a standard archive of one instance and one solution
//! ```
//!
//! [`archive`] holds plain types by index; [`evaluate`] is exact, in whole numbers, and knows nothing of the crate
//! but those types, so that it can judge what a solver of this crate says about its own plans.
//! With the solver, an instance is posed to the engine; what is found leaves by `deliver` only, and so past the evaluator.

pub mod archive;
#[cfg(feature = "solve")]
mod deliver;
mod evaluate;
#[cfg(feature = "solve")]
mod fleet;
#[cfg(feature = "solve")]
mod pose;
mod read;
#[cfg(feature = "solve")]
mod size;
#[cfg(feature = "solve")]
mod solve;
mod write;

#[cfg(feature = "solve")]
pub use deliver::deliver;
pub use evaluate::{Charge, Cost, breakdown, evaluate};
#[cfg(feature = "solve")]
pub use fleet::{Fleet, solve_side_by_side};
pub use read::{KINDS, MAX_BYTES, choose, read_archive};
#[cfg(feature = "solve")]
pub use size::may_be_solved;
#[cfg(feature = "solve")]
pub use solve::{Limits, Solved, engine_cost, solve};
pub use write::{Credit, OUR_GROUP, write_solution};

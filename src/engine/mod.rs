//! The neutral optimiser: items take values, gauges measure them, a score adds the measures up level by level.
//!
//! ```text
//! Problem ──State──▶ local search (moves, delta)          finds the plan
//!    └────Model───▶ linear rows ──highs──▶ HiGHS          proves, bounds, decides small stages
//! ```
//!
//! It knows no district, no public benchmark and no file. Every requirement is a [`Point`]: a [`Gauge`] over atoms, a range
//! and a price. A gauge has a state (counters, masks), a change in O(atoms touched) and a linearisation; the two are
//! confronted in `tests/agree_gauges.rs`.
//!
//! A crate of its own, so that only it is optimised while everything else is being worked on.
#![cfg(feature = "solve")]

mod apart;
mod bound;
mod gauge;
mod greedy;
mod highs;
mod levels;
mod loose;
mod model;
pub mod mps;
mod narrow;
mod neighbourhood;
mod parts;
mod placing;
mod problem;
mod search;
mod seats;
mod state;
mod within;

pub use apart::Apart;
pub use bound::{Priced, Relaxed, linear_bound};
pub use gauge::Gauge;
pub use greedy::{construct, mix};
pub use highs::{Answer, Effort, solver_version};
pub use levels::{Budget, Reached, Solved, fixed_price, solve_after, solve_levels};
pub use loose::loosen;
pub use model::{Binding, Model, Row};
pub use narrow::narrow;
pub use neighbourhood::{improve, improve_apart, improve_beside};
pub use parts::{Warm, solve_parts};
pub use problem::{Cost, Domain, Gated, Item, ItemId, Level, Link, MapId, NONE, Point, PointId, Problem};
pub use search::{Aim, Search, SearchLimits, SearchReport};
pub use seats::{Key, Seats, Shape, Whole};
pub use state::State;
pub use within::{Goal, Within, solve_within};

//! The validated world: what the models read. Ids become indices, bells become cells, the curriculum becomes courses.
//!
//! `validate` has found the file sound before a [`World`] is built; the checker does not use this module.

mod agreements;
mod courses;
mod eligible;
mod travel;
pub mod validate;
mod world;

pub use agreements::Pair;
pub use courses::{Block, Course, Need, Role};
pub use world::{Bell, BellCell, Class, Person, School, Site, World};

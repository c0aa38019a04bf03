//! Files on disk: `lunpai.district/1`, `lunpai.policy/1`, `lunpai.plan/1`. Serde types without behaviour, and reading them.

mod district;
mod plan;
mod policy;
mod read;
mod unique;
mod words;

pub use district::*;
pub use plan::*;
pub use policy::*;
pub use read::{Source, parse, read_district, read_plan, read_policy};
pub use words::{Clock, Month, Text, Window};

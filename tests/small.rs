//! Small districts in which little or nothing is to decide: each stands for a kind on which a plan was missed.
#![cfg(feature = "solve")]

mod small {
    pub mod absent;
    pub mod alternate;
    pub mod closing;
    pub mod nothing;
    pub mod schools;
    pub mod shared;
    pub mod town;
}

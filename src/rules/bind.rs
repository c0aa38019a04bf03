//! How a rule speaks to the models. Without the `solve` feature nothing binds and no solver is built.

#[cfg(feature = "solve")]
use crate::stages::{Clubs, Dealing, Exchange, Points, Rosters, Slots, Staffing};

/// Which points a rule posts in each stage; most bind one.
#[cfg(feature = "solve")]
pub trait Bind {
    /// Who is posted where.
    fn exchange(&self, _: &Exchange, _: &mut Points) {}
    /// Who teaches how many classes of what, where.
    fn staffing(&self, _: &Staffing, _: &mut Points) {}
    /// Which teacher gets which of the interchangeable classes.
    fn dealing(&self, _: &Dealing, _: &mut Points) {}
    /// When every lesson is.
    fn timetable(&self, _: &Slots, _: &mut Points) {}
    /// Who takes which turn of duty, once the lessons stand.
    fn roster(&self, _: &Rosters, _: &mut Points) {}
    /// Who leads which club and how many pupils of each class are in it, once the lessons stand.
    fn clubs(&self, _: &Clubs, _: &mut Points) {}
}

#[cfg(not(feature = "solve"))]
pub trait Bind {}
#[cfg(not(feature = "solve"))]
impl<T> Bind for T {}

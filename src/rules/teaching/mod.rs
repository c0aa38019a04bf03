//! Rules of the teaching stage: who teaches which class.

pub(crate) mod away_periods;
pub(crate) mod class_teacher_course;
pub(crate) mod commute;
pub(crate) mod fair_shortage;
pub(crate) mod host_periods;
pub(crate) mod host_schools;
pub(crate) mod hours_in_full;
pub(crate) mod leaders_teach;
pub(crate) mod load_cap;
pub(crate) mod load_target;
pub(crate) mod one_teacher;
pub(crate) mod preparations;
pub(crate) mod qualified;
pub(crate) mod visits;

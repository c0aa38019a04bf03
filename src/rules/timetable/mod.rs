//! Rules of the timetable stage: when and where.

pub(crate) mod avoided_periods;
pub(crate) mod away_days;
pub(crate) mod class_clash;
pub(crate) mod class_teacher_present;
pub(crate) mod club_each;
pub(crate) mod club_for_all;
pub(crate) mod club_free;
pub(crate) mod club_led;
pub(crate) mod club_places;
pub(crate) mod daily_exercise;
pub(crate) mod daily_load;
pub(crate) mod doubles;
pub(crate) mod fixed_block;
pub(crate) mod half_day_school;
pub(crate) mod idle_periods;
pub(crate) mod lab_windows;
pub(crate) mod locked;
pub(crate) mod longest_run;
pub(crate) mod lunch_travel;
pub(crate) mod mentoring;
pub(crate) mod observed_lesson;
pub(crate) mod preferred_half;
pub(crate) mod research_block;
pub(crate) mod room_clash;
pub(crate) mod room_fit;
pub(crate) mod roster_fair;
pub(crate) mod roster_filled;
pub(crate) mod roster_free;
pub(crate) mod spread;
pub(crate) mod teacher_clash;
pub(crate) mod travel_time;
pub(crate) mod unavailable;

use crate::file::Subject;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which courses a rule about subjects is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    Main,
    Sport,
    #[default]
    All,
}

impl SubjectKind {
    pub(crate) fn has(self, subject: &Subject) -> bool {
        match self {
            Self::Main => subject.main,
            Self::Sport => subject.sport,
            Self::All => true,
        }
    }
}

//! The statute book. One file per rule: its numbers, its text in both languages, how it binds a model, how it is checked.
//!
//! A rule file's `//!` header is its page in the book and in `lunpai rules <id>`. To add a rule: write the file, add one
//! line to `rules!` below, write its golden and forged plans (`CONTRIBUTING.md`).

mod bind;
pub(crate) mod exchange;
pub(crate) mod teaching;
pub(crate) mod timetable;

use crate::check::{Facts, Findings};
use crate::file::Scope;
pub use bind::Bind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What every rule is: words, and a way to measure a finished plan.
pub trait Rule: Bind {
    fn law(&self) -> &'static Law;
    /// Reads a plan's rows and reports each breach with its excess. Shares nothing with [`Bind`].
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings);
}

/// The words of a rule.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    pub id: &'static str,
    /// Title (zh, en).
    pub title: (&'static str, &'static str),
    /// Sentence of a breach (zh, en), with `{holes}` filled by the check; `{excess}` is always there.
    pub breach: (&'static str, &'static str),
    /// Catalogue ids it answers.
    pub source: &'static [&'static str],
    /// Stages that decide it.
    pub binds: &'static [Stage],
}

/// The stages of planning a term, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Exchange,
    Teaching,
    Timetable,
}

macro_rules! rules {
    ($($part:ident :: $file:ident :: $Rule:ident),* $(,)?) => {
        /// Any rule with its numbers: `{"away_days": {"max_days": 3}}`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum AnyRule { $($Rule($part::$file::$Rule)),* }

        impl AnyRule {
            pub fn rule(&self) -> &dyn Rule {
                match self { $(Self::$Rule(rule) => rule),* }
            }
        }

        /// Every rule of the book: its law and its page.
        pub const BOOK: &[(&Law, &str)] = &[$(
            (&$part::$file::LAW, include_str!(concat!(stringify!($part), "/", stringify!($file), ".rs")))
        ),*];
    };
}

/// The page of a rule: the `//!` header of its file.
pub fn page(id: &str) -> Option<String> {
    let (_, source) = BOOK.iter().find(|(law, _)| law.id == id)?;
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    Some(lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n"))
}

rules! {
    exchange::quota::Quota,
    exchange::eligible::Eligible,
    exchange::headcount::Headcount,
    exchange::group_permits::GroupPermits,
    exchange::stability::Stability,
    exchange::balance::Balance,
    exchange::agreed_postings::AgreedPostings,
    exchange::kin_avoid::KinAvoid,
    exchange::wishes::Wishes,
    exchange::mutual_dispatch::MutualDispatch,
    exchange::swap::Swap,
    exchange::helpers_per_year::HelpersPerYear,
    exchange::terms::Terms,
    exchange::turns::Turns,
    exchange::lead_protected::LeadProtected,
    exchange::everyone_gives::EveryoneGives,
    exchange::school_budget::SchoolBudget,
    exchange::posts_held::PostsHeld,
    exchange::training::Training,
    exchange::new_school::NewSchool,
    exchange::direction::Direction,
    exchange::no_school_worse::NoSchoolWorse,
    exchange::in_pairs::InPairs,
    teaching::qualified::Qualified,
    teaching::load_cap::LoadCap,
    teaching::load_target::LoadTarget,
    teaching::leaders_teach::LeadersTeach,
    teaching::hours_in_full::HoursInFull,
    teaching::fair_shortage::FairShortage,
    teaching::one_teacher::OneTeacher,
    teaching::class_teacher_course::ClassTeacherCourse,
    teaching::preparations::Preparations,
    teaching::host_schools::HostSchools,
    teaching::away_periods::AwayPeriods,
    teaching::host_periods::HostPeriods,
    teaching::commute::Commute,
    teaching::visits::Visits,
    timetable::class_clash::ClassClash,
    timetable::teacher_clash::TeacherClash,
    timetable::room_clash::RoomClash,
    timetable::room_fit::RoomFit,
    timetable::lab_windows::LabWindows,
    timetable::unavailable::Unavailable,
    timetable::research_block::ResearchBlock,
    timetable::fixed_block::FixedBlock,
    timetable::observed_lesson::ObservedLesson,
    timetable::mentoring::Mentoring,
    timetable::daily_exercise::DailyExercise,
    timetable::spread::Spread,
    timetable::doubles::Doubles,
    timetable::preferred_half::PreferredHalf,
    timetable::avoided_periods::AvoidedPeriods,
    timetable::daily_load::DailyLoad,
    timetable::longest_run::LongestRun,
    timetable::idle_periods::IdlePeriods,
    timetable::half_day_school::HalfDaySchool,
    timetable::away_days::AwayDays,
    timetable::travel_time::TravelTime,
    timetable::lunch_travel::LunchTravel,
    timetable::class_teacher_present::ClassTeacherPresent,
    timetable::locked::Locked,
    timetable::roster_filled::RosterFilled,
    timetable::roster_free::RosterFree,
    timetable::roster_fair::RosterFair,
    timetable::club_for_all::ClubForAll,
    timetable::club_places::ClubPlaces,
    timetable::club_led::ClubLed,
    timetable::club_each::ClubEach,
    timetable::club_free::ClubFree,
}

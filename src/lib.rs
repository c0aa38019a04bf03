//! **Lunpai 轮排** plans a school district's term: who is exchanged, who teaches across schools, every class's timetable.
//!
//! The path of the data, one function per arrow:
//!
//! ```text
//! bytes ─file─▶ file::District ─validate─▶ World ─exchange─▶ Postings ─teaching─▶ Teaching ─timetable─▶ Timetable
//!          │                └▶ [Problem]      ▲ a stage that cannot be met tells the earlier one why (a cut)
//!          └────── check(file::District, Policy, Plan) ─▶ [Finding] ─▶ report (zh/en text, html, csv)
//! ```
//!
//! Rules ([`rules`]) say what is measured; [`engine`] knows only items, values and gauges; [`stages`] puts one on the
//! other; [`check`] judges the finished plan from the files alone and shares no code with the models.
//!
//! Beside that stands [`xhstt`]: timetables of real high schools in a public format, read, evaluated exactly and solved.

pub mod anonymise;
pub mod check;
pub mod desk;
pub mod district;
pub mod file;
pub mod generate;
pub mod job;
pub mod problem;
pub mod report;
pub mod rules;
#[cfg(feature = "solve")]
pub mod stages;
#[cfg(feature = "solve")]
pub mod study;
pub mod xhstt;

#[cfg(feature = "solve")]
pub use lunpai_engine as engine;

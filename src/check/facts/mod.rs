//! Facts: district and plan, looked up once. Derived from the files alone; the models derive theirs by themselves.

mod agreements;
mod clubs;
mod courses;
mod eligible;
mod lessons;
mod people;
mod places;
mod rosters;
mod scope;
mod teaching;

use crate::file::{District, Part, Plan, Text};
use crate::rules::exchange::eligible::Eligible;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use clubs::ClubFact;
pub(crate) use courses::Courses;
pub use eligible::retirement_age_months;
pub(crate) use lessons::{LessonFact, Lessons, Slot};
pub(crate) use people::{People, changes_school};
pub(crate) use places::Places;
use rosters::RosterFact;
pub(crate) use teaching::{TeachingFacts, role_of};

/// What the checks read. Everything is named by its position in a list; unknown ids are left out.
pub struct Facts<'a> {
    pub(crate) district: &'a District,
    pub(crate) plan: &'a Plan,
    pub(crate) places: Places<'a>,
    pub(crate) people: People<'a>,
    pub(crate) courses: Courses<'a>,
    pub(crate) teaching: TeachingFacts,
    pub(crate) lessons: Lessons<'a>,
    pub(crate) rosters: Vec<RosterFact<'a>>,
    pub(crate) clubs: Vec<ClubFact<'a>>,
    eligible: Eligible,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(district: &'a District, plan: &'a Plan, eligible: Eligible) -> Self {
        let places = Places::of(district);
        let people = People::of(district, plan, &places);
        let courses = Courses::of(district, &places, &people);
        let teaching = TeachingFacts::of(plan, &people, &courses);
        let lessons = Lessons::of(district, plan, &places, &courses, &teaching);
        let rosters = rosters::rosters(district, plan, &places, &people);
        let clubs = clubs::clubs(district, plan, &places, &people, &courses);
        Self { district, plan, places, people, courses, teaching, lessons, rosters, clubs, eligible }
    }

    pub(crate) fn decided(&self, part: Part) -> bool {
        self.plan.parts.contains(&part)
    }

    /// Why a person may not be asked to move by the policy's `eligible` clause; `None` if eligible.
    pub(crate) fn not_eligible(&self, person: usize) -> Option<Text> {
        self.not_eligible_by(&self.eligible, person)
    }
    pub(crate) fn not_eligible_by(&self, numbers: &Eligible, person: usize) -> Option<Text> {
        eligible::why_not(numbers, &self.people, &self.people.list[person])
    }

    /// Schools other than the working school where the person teaches, with the periods there.
    pub(crate) fn hosts(&self, person: usize) -> BTreeMap<usize, i64> {
        let mut hosts = BTreeMap::new();
        let home = self.people.working[person];
        for task in &self.teaching.tasks[person] {
            if let Some(school) = self.courses.school_of(task.course).filter(|school| home.is_some_and(|home| home != *school)) {
                *hosts.entry(school).or_insert(0) += task.load;
            }
        }
        hosts
    }

    /// Whether the person teaches one of the subjects (at one of the schools, if any are given, or working at one).
    pub(crate) fn attends(&self, subjects: &[String], schools: &[String], person: usize) -> bool {
        let listed = |school: usize| schools.iter().any(|id| self.places.school(id) == Some(school));
        let works_there = self.people.working[person].is_some_and(listed);
        self.teaching.tasks[person].iter().any(|task| {
            let of_subject = subjects.iter().any(|subject| subject == self.courses.list[task.course].subject);
            let there = || works_there || self.courses.school_of(task.course).is_some_and(listed);
            of_subject && (schools.is_empty() || there())
        })
    }

    /// Cells (weekday, period) of the class's own bell that a lesson covers. In a lesson of another bell (a remote class)
    /// they are those that overlap it in clock time.
    pub(crate) fn covered(&self, class: usize, lesson: &LessonFact) -> Vec<(u8, u8)> {
        let Some(bell) = self.courses.classes[class].bell else { return Vec::new() };
        if bell == lesson.bell {
            return lesson.cells.iter().zip(lesson.period..=u8::MAX).map(|(_, period)| (lesson.weekday, period)).collect();
        }
        let overlaps = |own: &crate::file::Cell| lesson.cells.iter().any(|cell| own.start < cell.end && cell.start < own.end);
        let day = self.courses.bells[bell].cells(lesson.weekday);
        let own = day.iter().zip(1..=u8::MAX).filter(|(cell, _)| overlaps(cell));
        own.map(|(_, period)| (lesson.weekday, period)).collect()
    }

    /// Cells of a person or class that overlap one of the windows.
    pub(crate) fn during<'s>(&self, slots: &'s [Slot], windows: &[crate::file::Window]) -> Vec<&'s Slot> {
        let hits = |slot: &Slot, window: &crate::file::Window| {
            window.weekday == slot.weekday
                && self.courses.mask(window.weeks) & (1 << slot.week) != 0
                && slot.start < window.to.0
                && window.from.0 < slot.end
        };
        slots.iter().filter(|slot| windows.iter().any(|window| hits(slot, window))).collect()
    }

    /// Teachers who have a lesson in the timetable.
    pub(crate) fn busy_people(&self) -> impl Iterator<Item = (usize, &[Slot])> + '_ {
        self.lessons.of_person.iter().enumerate().filter(|(_, slots)| !slots.is_empty()).map(|(person, slots)| (person, &slots[..]))
    }

    /// Distinct teachers of a course in any role.
    pub(crate) fn teachers_of(&self, course: usize) -> BTreeSet<usize> {
        self.teaching.rows[course].iter().flatten().filter_map(|row| row.teacher).collect()
    }
}

/// Splits sorted slots where `key` changes.
pub(crate) fn runs<K: PartialEq>(slots: &[Slot], key: impl Fn(&Slot) -> K) -> impl Iterator<Item = &[Slot]> {
    slots.chunk_by(move |a, b| key(a) == key(b))
}

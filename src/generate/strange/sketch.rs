//! A district while it is drawn, by index: classes with their cells, courses with their lessons, people with their week.
//!
//! The week is drawn before the people are: whoever has no free hour left is joined by a colleague who is hired for it.
//! What is drawn is therefore a legal plan from the first lesson on, and becomes the witness of the district.

use super::bells::{Clockwork, Slot, Span};
use super::mode::Traits;
use super::places::{Place, stage_of};
use super::subjects::{Kind, Part, Subject};
use crate::file::{CellRef, Stage, Weeks};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Sketch {
    pub traits: Traits,
    pub subjects: Vec<Subject>,
    pub clocks: Vec<Clockwork>,
    pub places: Vec<Place>,
    pub classes: Vec<Class>,
    pub courses: Vec<Course>,
    pub staff: Vec<Hire>,
    pub pools: Vec<Pool>,
    /// (place, subject) → hours kept free for the research meeting of the place's group.
    pub meetings: BTreeMap<(usize, usize), Span>,
}

#[derive(Debug, Clone)]
pub(super) struct Class {
    pub id: String,
    pub place: usize,
    pub grade: u8,
    pub number: u32,
    pub clock: usize,
    pub closed: Vec<CellRef>,
    /// Slots of the clock with a lesson in the witness, in order of time; as many as there are periods.
    pub slots: Vec<usize>,
    pub courses: Vec<usize>,
    /// Class teacher.
    pub teacher: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Course {
    pub class: usize,
    pub subject: usize,
    pub blocks: Vec<Block>,
    pub teacher: Option<usize>,
    /// Another course that takes the same cells in the other week.
    pub partner: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Block {
    pub periods: u8,
    pub weeks: Weeks,
    /// Place in `Sketch::pools`.
    pub pool: Option<usize>,
    /// First slot of the class's clock.
    pub start: Option<usize>,
    /// Number of the room in its pool.
    pub room: usize,
}

/// Rooms of one kind in a school.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    pub place: usize,
    pub kind: Kind,
    pub rooms: u32,
    /// When it is used, by room.
    pub uses: Vec<Vec<Span>>,
    pub setup: u32,
    pub clearing: u32,
}

/// Somebody who comes on whole days to one other school.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub host: usize,
    pub days: BTreeSet<u8>,
}

#[derive(Debug, Clone)]
pub(super) struct Hire {
    /// Where the person works in the witness.
    pub place: usize,
    /// The school that holds the post, where it is another.
    pub lent_by: Option<usize>,
    /// The colleague whose place the person takes in the exchange, who takes theirs.
    pub swaps_with: Option<usize>,
    pub subjects: Vec<usize>,
    pub stage: Stage,
    pub leader: bool,
    /// Periods per cycle.
    pub target: u32,
    pub cap: u32,
    /// What the post of a class teacher counts for; 0 for who is none.
    pub post: u32,
    pub load: u32,
    /// Blocks given and not placed yet.
    pub waiting: usize,
    pub visit: Option<Visit>,
    /// Lessons of the witness.
    pub busy: Vec<Span>,
    /// Hours in which no lesson may be placed: research, days of absence.
    pub kept: Vec<Span>,
    pub preparations: BTreeSet<(usize, u8)>,
    pub main: bool,
}

impl Hire {
    pub fn room(&self) -> u32 {
        self.cap.saturating_sub(self.load + self.post)
    }
    /// May a lesson at this place lie there?
    pub fn free(&self, place: usize, span: Span) -> bool {
        let here = match &self.visit {
            Some(visit) => visit.days.contains(&span.weekday) == (place == visit.host) && (place == visit.host || place == self.place),
            None => place == self.place,
        };
        here && !self.busy.iter().chain(&self.kept).any(|other| other.meets(span))
    }
}

impl Sketch {
    pub fn slots(&self, class: usize) -> &[Slot] {
        &self.clocks[self.classes[class].clock].slots
    }
    pub fn subject_of(&self, course: usize) -> &Subject {
        &self.subjects[self.courses[course].subject]
    }
    pub fn grade_of(&self, course: usize) -> u8 {
        self.classes[self.courses[course].class].grade
    }
    pub fn place_of(&self, course: usize) -> usize {
        self.classes[self.courses[course].class].place
    }
    /// Periods per cycle.
    pub fn load(&self, course: usize) -> u32 {
        let weeks = |weeks: Weeks| if weeks == Weeks::All { self.traits.cycle() } else { 1 };
        self.courses[course].blocks.iter().map(|block| u32::from(block.periods) * weeks(block.weeks)).sum()
    }
    /// Clock times of a block that starts in this slot.
    pub fn spans(&self, class: usize, start: usize, periods: u8) -> impl Iterator<Item = Span> + '_ {
        self.slots(class)[start..start + usize::from(periods)].iter().map(|slot| slot.time)
    }

    /// May this person teach the course, but for the hours?
    pub fn qualified(&self, person: usize, course: usize) -> bool {
        let (hire, subject) = (&self.staff[person], self.courses[course].subject);
        let (grade, place) = (self.grade_of(course), self.place_of(course));
        if self.subjects[subject].any_teacher() && hire.place == place {
            return true;
        }
        let visits = hire.visit.as_ref().is_some_and(|visit| visit.host == place);
        (hire.place == place || visits) && hire.subjects.contains(&subject) && hire.stage >= stage_of(grade)
    }

    /// Would the person prepare too many different lessons? Asked only of who holds one of the two main subjects.
    pub fn over_prepared(&self, person: usize, course: usize) -> bool {
        let hire = &self.staff[person];
        let more = (self.courses[course].subject, self.grade_of(course));
        let counts = !self.subject_of(course).any_teacher() && !hire.preparations.contains(&more);
        hire.main && counts && hire.preparations.len() >= PREPARATIONS
    }

    pub fn give(&mut self, course: usize, person: usize) {
        let (load, preparation) = (self.load(course), (self.courses[course].subject, self.grade_of(course)));
        let any = self.subject_of(course).any_teacher();
        let blocks = self.courses[course].blocks.len();
        let hire = &mut self.staff[person];
        hire.load += load;
        hire.waiting += blocks;
        if !any {
            hire.preparations.insert(preparation);
        }
        self.courses[course].teacher = Some(person);
    }

    /// Takes an unplaced course away from its teacher.
    pub fn take(&mut self, course: usize) {
        let Some(person) = self.courses[course].teacher.take() else { return };
        self.staff[person].load -= self.load(course);
        self.staff[person].waiting -= self.courses[course].blocks.len();
        let rest = self.courses.iter().enumerate().filter(|(_, other)| other.teacher == Some(person));
        let rest = rest.filter(|(number, _)| !self.subject_of(*number).any_teacher());
        self.staff[person].preparations = rest.map(|(_, other)| (other.subject, self.classes[other.class].grade)).collect();
    }

    pub fn part(&self, part: Part) -> Option<usize> {
        self.subjects.iter().position(|subject| subject.part == part)
    }
}

/// Different (subject, grade) that a teacher of a main subject prepares, as in the standard policy.
pub(super) const PREPARATIONS: usize = 3;

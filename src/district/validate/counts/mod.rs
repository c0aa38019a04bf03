//! What one count proves before any search: that some lessons, people or rooms cannot have what the clauses in force ask.
//!
//! A count is told only as far as it is a proof: every cause in it is something the file fixes (a given teacher, a closed cell, a
//! lock) or a clause that is on and about it, with the numbers that a meeting may have decided. Where the causes are the hours and
//! rooms themselves the data contradict themselves; where a legal clause is needed there is no plan; where a policy clause is needed
//! every plan breaks one; where a lesson may stay without a teacher, or somebody may be posted away, that is said with the count.

mod alone;
mod bars;
mod bits;
mod class_teachers;
mod crowd;
mod days;
mod flow;
mod given;
mod items;
mod kinds;
mod pools;
mod proof;
mod say;
mod sure;
mod told;
mod trips;

use super::clauses::Hold;
use super::index::Index;
use crate::file::{District, Plan, Policy};
use crate::problem::Problem;
use crate::rules::Stage;
use items::Known;
pub use kinds::KINDS;
pub(super) use say::{both, cell, list};
use std::collections::BTreeMap;
use sure::People;
pub(super) use sure::named;
pub use told::Conflict;
use told::Count;

/// One cause why a lesson cannot lie somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Position in `locked_lessons`.
    Lock(usize),
    /// Cells that a long lesson cannot run on into.
    Joined,
    /// A person is not available.
    Away(usize),
    /// A block calls whoever teaches.
    Called(usize),
    /// A block takes the class.
    Taken(usize),
    /// The room is not open.
    Hours,
    /// A half-day or period to be avoided.
    Part,
    /// The class teacher of the class holds its meeting.
    ClassTeacher(usize),
    /// Only the larger rooms do.
    Seats,
    Travel,
    HalfDay,
    Lunch,
    AwayDays,
    DailyLoad,
}

/// What a run is to decide; the rest stands in a plan that is fixed or in the file.
#[derive(Debug, Clone, Copy)]
struct Ahead<'p> {
    postings: bool,
    teaching: bool,
    timetable: bool,
    fixed: Option<&'p Plan>,
}

/// What validation tells: no run is known, so that everything is still to be decided.
pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    let postings = index.district.schools.len() > 1;
    let mut counts = counts(index, Ahead { postings, teaching: true, timetable: true, fixed: None });
    counts.retain(|count| !count.is_told(index, found));
    for count in &counts {
        found.retain(|problem| !count.says_more(problem));
    }
    found.extend(told::merged(counts).iter().map(|count| count.problem(index)));
}

/// What counting proves of a run before it begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// Why the clauses that are never relaxed cannot all be met; none: nothing is proved.
    pub conflicts: Vec<Conflict>,
    /// Policy clause → by how much every legal plan breaks it at least, in units of excess.
    pub unavoidable: BTreeMap<String, i64>,
}

/// Counts what a run of these stages is bound to find, told with people, classes, rooms and numbers; `fixed` is the plan whose other
/// parts stand. District and policy have passed validation. Takes no time to speak of.
pub fn counted(district: &District, policy: &Policy, fixed: Option<&Plan>, stages: &[Stage]) -> Counted {
    let index = Index::new("district.json", district, Some(("policy.json", policy)));
    let asked = |stage| stages.contains(&stage);
    let postings = asked(Stage::Exchange) && district.schools.len() > 1;
    let ahead = Ahead { postings, teaching: asked(Stage::Teaching), timetable: asked(Stage::Timetable), fixed };
    let counts = counts(&index, ahead);
    let mut unavoidable: BTreeMap<String, i64> = BTreeMap::new();
    for (clause, least) in counts.iter().filter_map(|count| count.unavoidable(policy)) {
        let held = unavoidable.entry(clause).or_default();
        *held = least.max(*held);
    }
    let firm = counts.into_iter().filter(|count| count.hold <= Hold::Law).collect();
    Counted { conflicts: told::merged(firm).iter().map(|count| count.conflict(&index)).collect(), unavoidable }
}

/// Lessons of far more schools than a district has: beyond them nothing is counted one by one.
const MOST: usize = 1_000_000;

fn counts(index: &Index<'_>, ahead: Ahead<'_>) -> Vec<Count> {
    let people = People::of(index, ahead);
    let mut found = Vec::new();
    if ahead.teaching {
        class_teachers::count(index, ahead, &people, &mut found);
        given::count(index, ahead, &people, &mut found);
    }
    let lessons: usize = index.courses.iter().map(|course| course.blocks.len()).sum();
    if ahead.timetable && lessons <= MOST {
        let known = Known::new(index, ahead, &people);
        let mut told = vec![None; known.items.len()];
        alone::count(&known, &mut told, &mut found);
        alone::halves(&known, &mut told, &mut found);
        pools::teachers(&known, &mut told, &mut found);
        pools::rooms(&known, &mut told, &mut found);
        pools::classes(&known, &mut told, &mut found);
        days::count(&known, &mut told, &mut found);
        trips::count(&known, &told, &mut found);
    }
    found
}

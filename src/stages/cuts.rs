//! Cuts: what a timetable could not hold, as rows of the next teaching model.
//!
//! Exact ones forbid only what was proved of a person alone. When no timetable was found although everybody alone could be
//! held, the staffing of those who stand in the broken clauses is forbidden as it is: a heuristic, marked as such.

use super::points::{FREE, STRUCTURE};
use super::probe::{Verdict, probe_teacher};
use super::run::Run;
use super::staffing::{Staffing, Take};
use super::{Cut, working_schools};
use crate::district::World;
use crate::engine::{Gauge, ItemId, Link, Point, Problem};
use crate::file::{Plan, Teaching, Text};
use crate::rules::Stage;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};

/// These units of these kinds cannot all be one person's: (kind, units).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoGood {
    person: usize,
    kinds: Vec<(usize, u32)>,
    pub(super) exact: bool,
}

impl NoGood {
    /// Everything that anybody may take of its kinds.
    pub(super) fn items(&self, staffing: &Staffing) -> BTreeSet<ItemId> {
        let of = |take: &&Take| self.kinds.iter().any(|(kind, _)| *kind == take.kind);
        staffing.takes.iter().filter(of).map(|take| take.item).collect()
    }
}

/// Teachers with courses that fit their week together, or of which that could not be decided: nobody is asked twice.
pub(super) type Fitting = BTreeSet<(usize, BTreeSet<usize>)>;

/// Teachers away from home or not always available whose own lessons do not fit a week, each with the smallest part that does not.
/// Who is in `fitting` is not asked again; who is not cut now is added. No more than `most` are asked.
pub(super) fn conflicts(
    run: &Run,
    plan: &Plan,
    rows: &[Teaching],
    staffing: &Staffing,
    numbers: &[i32],
    round: u32,
    most: usize,
    fitting: &mut Fitting,
) -> Vec<(NoGood, Cut)> {
    let world = run.world;
    let taken = |take: &&Take| numbers[take.item as usize] > 0;
    let away: BTreeSet<usize> = staffing
        .takes
        .iter()
        .filter(taken)
        .filter(|take| {
            let bound = !world.people[take.person].file.unavailable.is_empty();
            bound || staffing.school[take.person] != staffing.kinds[take.kind].school
        })
        .map(|take| take.person)
        .collect();
    let mut rows_of: BTreeMap<&str, Vec<Teaching>> = BTreeMap::new();
    for row in rows {
        rows_of.entry(row.teacher.as_deref().unwrap_or_default()).or_default().push(row.clone());
    }
    let work: Vec<(usize, &[Teaching], BTreeSet<usize>)> = away
        .into_iter()
        .map(|person| -> (usize, &[Teaching], BTreeSet<usize>) {
            let rows = rows_of.get(world.people[person].file.id.as_str()).map_or(&[][..], Vec::as_slice);
            (person, rows, rows.iter().filter_map(|row| world.course(&row.course)).collect())
        })
        .filter(|(person, _, courses)| !fitting.contains(&(*person, courses.clone())))
        .take(most)
        .collect();
    let judge = |(person, rows, courses): &(usize, &[Teaching], BTreeSet<usize>)| {
        let Verdict::Impossible(clauses) = probe_teacher(run, plan, rows, courses) else { return None };
        let (person, smallest) = (*person, shrink(run, plan, rows, courses.clone()));
        let mut kinds: BTreeMap<usize, u32> = BTreeMap::new();
        for take in staffing.takes_of(person) {
            let of = &staffing.kinds[take.kind];
            let hit = of.held_by(world, rows, &smallest);
            if hit > 0 {
                kinds.insert(take.kind, hit);
            }
        }
        if kinds.is_empty() {
            return None;
        }
        let kinds: Vec<(usize, u32)> = kinds.into_iter().collect();
        let exact = kinds.len() == 1 || kinds.iter().all(|(_, units)| *units == 1);
        let cut = Cut {
            round,
            from: Stage::Timetable,
            to: Stage::Teaching,
            sentence: sentence(world, person, &smallest, &clauses),
            because: clauses.into_iter().chain([world.people[person].file.id.clone()]).collect(),
            exact,
        };
        Some((NoGood { person, kinds, exact }, cut))
    };
    let found: Vec<Option<(NoGood, Cut)>> = work.par_iter().map(judge).collect();
    let fits = work.iter().zip(&found).filter(|(_, found)| found.is_none());
    fitting.extend(fits.map(|((person, _, courses), _)| (*person, courses.clone())));
    found.into_iter().flatten().collect()
}

/// Leaves courses out one by one as long as the rest still cannot be held.
fn shrink(run: &Run, plan: &Plan, rows: &[Teaching], mut courses: BTreeSet<usize>) -> BTreeSet<usize> {
    for course in courses.clone() {
        courses.remove(&course);
        if courses.is_empty() || !matches!(probe_teacher(run, plan, rows, &courses), Verdict::Impossible(_)) {
            courses.insert(course);
        }
    }
    courses
}

fn sentence(world: &World, person: usize, courses: &BTreeSet<usize>, clauses: &[String]) -> Text {
    let id = &world.people[person].file.id;
    let name = |zh: bool| {
        let of = |course: &crate::district::Course| {
            let (school, class) = (&world.schools[course.school].file.name, &world.classes[course.classes[0]].file.name);
            let subject = &course.subject.name;
            if zh { format!("{}{}{}", school.zh, class.zh, subject.zh) } else { format!("{} {} {}", school.en, class.en, subject.en) }
        };
        let named = courses.iter().map(|course| &world.courses[*course]);
        named.map(of).collect::<Vec<_>>().join(if zh { "、" } else { ", " })
    };
    let clauses = clauses.join("、");
    Text::new(
        format!("{id} 不能同时承担{}:课表排不下({clauses}),改由他人承担", name(true)),
        format!("{id} cannot teach {} together: no week holds it ({clauses}); others take over", name(false)),
    )
}

/// Nobody's whole staffing again, of those that stand in what stays broken: away from home before others.
pub(super) fn blame(run: &Run, plan: &Plan, staffing: &Staffing, numbers: &[i32], broken: &[Vec<usize>], round: u32) -> Vec<(NoGood, Cut)> {
    let school = working_schools(run.world, plan);
    let taken = |person: usize| staffing.takes_of(person).iter().filter(|take| numbers[take.item as usize] > 0);
    let away = |person: &usize| taken(*person).any(|take| staffing.kinds[take.kind].school != school[*person]);
    let mut blamed: BTreeSet<usize> = BTreeSet::new();
    for teachers in broken {
        let (travel, rest): (Vec<usize>, Vec<usize>) = teachers.iter().partition(|person| away(person));
        blamed.extend(if travel.is_empty() && rest.len() == 1 { rest } else { travel });
    }
    let cut = |person: usize| {
        let kinds: Vec<(usize, u32)> = taken(person).map(|take| (take.kind, numbers[take.item as usize] as u32)).collect();
        let id = run.world.people[person].file.id.clone();
        let sentence = Text::new(
            format!("{id} 的任课与别人的课凑不出一张课表,换一种分工再试"),
            format!("no timetable was found with the teaching of {id} as it was; another division is tried"),
        );
        let cut = Cut { round, from: Stage::Timetable, to: Stage::Teaching, sentence, because: vec![id], exact: false };
        (!kinds.is_empty()).then_some((NoGood { person, kinds, exact: false }, cut))
    };
    blamed.into_iter().filter_map(cut).collect()
}

/// One kind: n ≤ units − 1. Several kinds of one unit each: not all of them. Else the sum: only a heuristic.
pub(super) fn forbid(staffing: &Staffing, no_good: &NoGood, problem: &mut Problem) {
    let item = |kind: usize| staffing.takes_of(no_good.person).iter().find(|take| take.kind == kind).map(|take| take.item);
    let items: Vec<(u32, u32)> = no_good.kinds.iter().filter_map(|(kind, units)| Some((item(*kind)?, *units))).collect();
    let ones = items.len() > 1 && items.iter().all(|(_, units)| *units == 1);
    let most = if ones { items.len() as i64 - 1 } else { items.iter().map(|(_, units)| i64::from(*units)).sum::<i64>() - 1 };
    let links = items.iter().enumerate().map(|(k, (item, _))| Link {
        item: *item,
        map: problem.map(vec![if ones { k as u16 } else { 0 }]),
        coef: 1,
    });
    let links = links.collect();
    let (gauge, groups) = if ones { (Gauge::Busy, items.len() as u16) } else { (Gauge::Sum, 1) };
    let name = format!("cut {}", staffing.world.people[no_good.person].file.id);
    problem.post(Point::plain(name, STRUCTURE, gauge, groups, (-FREE, most), links));
}

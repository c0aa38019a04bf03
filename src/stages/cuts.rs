//! Cuts: what a timetable could not hold, as rows of the next teaching model.
//!
//! Exact ones forbid only what was proved of a person alone. When no timetable was found although everybody alone could be
//! held, the staffing of those who stand in the broken clauses is forbidden as it is: a heuristic, marked as such.

use super::points::{FREE, STRUCTURE};
use super::probe::{Verdict, WORK, probe_teacher, walk_teacher};
use super::run::Run;
use super::staffing::{Staffing, Take};
use super::timetable::{Broken, Starts};
use super::travellers::Travellers;
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
    /// Units of all kinds together that may stay; all but one where nothing is said.
    most: Option<u32>,
    pub(super) exact: bool,
}

impl NoGood {
    /// Everything that anybody may take of its kinds.
    pub(super) fn items(&self, staffing: &Staffing) -> BTreeSet<ItemId> {
        let of = |take: &&Take| self.kinds.iter().any(|(kind, _)| *kind == take.kind);
        staffing.takes.iter().filter(of).map(|take| take.item).collect()
    }
}

/// What probes found so far.
#[derive(Default)]
pub(super) struct Probed {
    /// Teachers with courses that fit their week together, or of which that could not be decided: nobody is asked twice.
    fitting: BTreeSet<(usize, BTreeSet<usize>)>,
    /// Where lessons of those who travel begin in a week of theirs alone.
    pub(super) away: Starts,
    /// Who stands in a clause that the last week broke, alone or with one other: they are asked before others.
    pub(super) suspects: BTreeSet<usize>,
}

impl Probed {
    /// What was found of those who work elsewhere now.
    pub(super) fn forget(&mut self, moved: &dyn Fn(usize) -> bool) {
        self.fitting.retain(|(person, _)| !moved(*person));
    }
}

/// Teachers away from home or not always available whose own lessons do not fit a week, each with the smallest part that does not.
/// `plan` holds the teaching. Of those who do not travel no more than `most` are asked. Returns the work as well.
///
/// Whoever travels is asked alone first: what fits no week alone fits none with the others, and nobody is asked twice for the same.
pub(super) fn conflicts(
    run: &Run,
    plan: &Plan,
    staffing: &Staffing,
    numbers: &[i32],
    round: u32,
    most: usize,
    probed: &mut Probed,
) -> (Vec<(NoGood, Cut)>, u64) {
    let world = run.world;
    let taken = |take: &&Take| numbers[take.item as usize] > 0;
    let travels = |take: &&Take| staffing.school[take.person] != staffing.kinds[take.kind].school;
    let travellers: BTreeSet<usize> = staffing.takes.iter().filter(taken).filter(travels).map(|take| take.person).collect();
    let bound = |take: &&Take| !world.people[take.person].file.unavailable.is_empty();
    let bound: BTreeSet<usize> = staffing.takes.iter().filter(taken).filter(bound).map(|take| take.person).collect();
    let certain: BTreeSet<usize> = travellers.union(&probed.suspects).copied().collect();
    let mut rows_of: BTreeMap<&str, Vec<Teaching>> = BTreeMap::new();
    for row in &plan.teaching {
        rows_of.entry(row.teacher.as_deref().unwrap_or_default()).or_default().push(row.clone());
    }
    let held = |person: usize| -> (usize, &[Teaching], BTreeSet<usize>) {
        let rows = rows_of.get(world.people[person].file.id.as_str()).map_or(&[][..], Vec::as_slice);
        (person, rows, rows.iter().filter_map(|row| world.course(&row.course)).collect())
    };
    let unasked = |(person, _, courses): &(usize, &[Teaching], BTreeSet<usize>)| !probed.fitting.contains(&(*person, courses.clone()));
    let others = bound.difference(&certain).copied().map(held).filter(unasked).take(most);
    let work: Vec<(usize, &[Teaching], BTreeSet<usize>)> = certain.iter().copied().map(held).filter(unasked).chain(others).collect();
    let judge = |(person, rows, courses): &(usize, &[Teaching], BTreeSet<usize>)| {
        let person = *person;
        let blocks: usize = courses.iter().map(|course| world.courses[*course].blocks.len()).sum();
        if travellers.contains(&person) && blocks > PROVED {
            return lighten(run, plan, staffing, person, rows, courses, round);
        }
        let Verdict::Impossible(clauses) = probe_teacher(run, plan, rows, courses) else { return None };
        let smallest = shrink(run, plan, rows, courses.clone());
        let kinds = units(staffing, person, rows, &smallest);
        if kinds.is_empty() {
            return None;
        }
        let exact = kinds.len() == 1 || kinds.iter().all(|(_, units)| *units == 1);
        let cut = Cut {
            round,
            from: Stage::Timetable,
            to: Stage::Teaching,
            sentence: sentence(world, person, &smallest, &clauses),
            because: clauses.into_iter().chain([world.people[person].file.id.clone()]).collect(),
            exact,
        };
        Some((NoGood { person, kinds, most: None, exact }, cut))
    };
    let found: Vec<Option<(NoGood, Cut)>> = work.par_iter().map(judge).collect();
    let fits = work.iter().zip(&found).filter(|(_, found)| found.is_none());
    probed.fitting.extend(fits.map(|((person, _, courses), _)| (*person, courses.clone())));
    let mut found: Vec<(NoGood, Cut)> = found.into_iter().flatten().collect();
    let mut spent = (work.len() as u64 + MORE * found.len() as u64) * WORK;
    if !found.iter().any(|(no_good, _)| travellers.contains(&no_good.person)) {
        let together = Travellers::find(run, plan, &probed.away, u64::from(round));
        probed.away = together.starts(Starts::new());
        spent += together.work();
        // Each fits alone: of those who stand in a broken clause the one with least to lose has to lose some of it.
        let one = |(teachers, _): &Broken| {
            let most_away =
                |person: &usize| Some((away_units(staffing, numbers, *person).iter().map(|(_, units)| *units).sum::<u32>(), *person));
            teachers.iter().filter_map(most_away).filter(|(units, _)| *units > 0).min()
        };
        let give: BTreeMap<usize, u32> =
            together.broken().into_iter().filter_map(|broken| one(&broken)).map(|(units, person)| (person, units)).collect();
        found.extend(give.into_iter().map(|(person, units)| give_some(world, staffing, numbers, person, units - 1, round)));
    }
    (found, spent)
}

/// Lessons of a traveller up to which it is proved that no week holds them.
const PROVED: usize = 8;

/// Further walks of somebody who does not fit, as probes.
const MORE: u64 = 4;

/// Units of each kind that a person teaches away.
fn away_units(staffing: &Staffing, numbers: &[i32], person: usize) -> Vec<(usize, u32)> {
    let away = |take: &&Take| staffing.kinds[take.kind].school != staffing.school[person] && numbers[take.item as usize] > 0;
    staffing.takes_of(person).iter().filter(away).map(|take| (take.kind, numbers[take.item as usize] as u32)).collect()
}

/// No more than so many units away: a heuristic where everybody fits alone and all together do not.
fn give_some(world: &World, staffing: &Staffing, numbers: &[i32], person: usize, most: u32, round: u32) -> (NoGood, Cut) {
    let id = world.people[person].file.id.clone();
    let sentence = together_sentence(&id);
    let cut = Cut { round, from: Stage::Timetable, to: Stage::Teaching, sentence, because: vec![id], exact: false };
    (NoGood { person, kinds: away_units(staffing, numbers, person), most: Some(most), exact: false }, cut)
}

fn together_sentence(id: &str) -> Text {
    Text::new(
        format!("{id} 的任课与别人的课凑不出一张课表,换一种分工再试"),
        format!("no timetable was found with the teaching of {id} as it was; another division is tried"),
    )
}

/// Units of each kind that these courses of the person's are.
fn units(staffing: &Staffing, person: usize, rows: &[Teaching], courses: &BTreeSet<usize>) -> Vec<(usize, u32)> {
    let held = |take: &Take| (take.kind, staffing.kinds[take.kind].held_by(staffing.world, rows, courses));
    let kinds: BTreeMap<usize, u32> = staffing.takes_of(person).iter().map(held).filter(|(_, units)| *units > 0).collect();
    kinds.into_iter().collect()
}

/// Of a traveller for whose courses a walk finds no week, courses away are left out, short ones first, until it finds one: no more
/// units than these away, a heuristic.
fn lighten(
    run: &Run,
    plan: &Plan,
    staffing: &Staffing,
    person: usize,
    rows: &[Teaching],
    courses: &BTreeSet<usize>,
    round: u32,
) -> Option<(NoGood, Cut)> {
    let world = run.world;
    let clauses = walk_teacher(run, plan, rows, courses);
    if clauses.is_empty() {
        return None;
    }
    let away: BTreeSet<usize> = courses.iter().copied().filter(|course| world.courses[*course].school != staffing.school[person]).collect();
    let mut order: Vec<usize> = away.iter().copied().collect();
    order.sort_by_key(|course| (world.courses[*course].periods(world.cycle), *course));
    // The fewest that have to go, by halving: what fits with more fits with less.
    let without = |few: usize| -> BTreeSet<usize> { courses.iter().copied().filter(|course| !order[..few].contains(course)).collect() };
    let (mut too_few, mut enough) = (0, order.len());
    while too_few + 1 < enough {
        let half = usize::midpoint(too_few, enough);
        if walk_teacher(run, plan, rows, &without(half)).is_empty() { enough = half } else { too_few = half }
    }
    let kept = without(enough);
    let left: u32 = units(staffing, person, rows, &away.intersection(&kept).copied().collect()).iter().map(|(_, units)| units).sum();
    // Nothing away beside what is taught at home: something else at home may leave the time, so only all of it together is forbidden.
    let (kinds, most) = match left {
        0 => (units(staffing, person, rows, courses), None),
        _ => (units(staffing, person, rows, &away), Some(left)),
    };
    let id = world.people[person].file.id.clone();
    let clauses: Vec<String> = clauses.into_iter().collect();
    let sentence = sentence(world, person, &away, &clauses);
    let cut = Cut {
        round,
        from: Stage::Timetable,
        to: Stage::Teaching,
        sentence,
        because: clauses.into_iter().chain([id]).collect(),
        exact: false,
    };
    (!kinds.is_empty()).then_some((NoGood { person, kinds, most, exact: false }, cut))
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
        let sentence = together_sentence(&id);
        let cut = Cut { round, from: Stage::Timetable, to: Stage::Teaching, sentence, because: vec![id], exact: false };
        (!kinds.is_empty()).then_some((NoGood { person, kinds, most: None, exact: false }, cut))
    };
    blamed.into_iter().filter_map(cut).collect()
}

/// One kind: n ≤ units − 1. Several kinds of one unit each: not all of them. Else the sum: only a heuristic.
pub(super) fn forbid(staffing: &Staffing, no_good: &NoGood, problem: &mut Problem) {
    let item = |kind: usize| staffing.takes_of(no_good.person).iter().find(|take| take.kind == kind).map(|take| take.item);
    let items: Vec<(u32, u32)> = no_good.kinds.iter().filter_map(|(kind, units)| Some((item(*kind)?, *units))).collect();
    let ones = no_good.most.is_none() && items.len() > 1 && items.iter().all(|(_, units)| *units == 1);
    let all = if ones { items.len() as i64 } else { items.iter().map(|(_, units)| i64::from(*units)).sum() };
    let most = no_good.most.map_or(all - 1, i64::from);
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

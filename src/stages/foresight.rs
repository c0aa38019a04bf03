//! Foresight: what the hard clauses of the timetable already say of a staffing, as rows of the teaching model.
//!
//! Each is implied by the law it looks ahead to, so it cuts off nothing that a timetable could hold.

use super::dealing::clauses;
use super::kinds::is_shared;
use super::points::{FREE, STRUCTURE};
use super::scope::{course_fits, person_fits};
use super::staffing::{Grain, Kind, Staffing, Take};
use crate::district::{Bell, BellCell, Course, World};
use crate::engine::{Cost, Gauge, Link, Point, Problem};
use crate::file::{Clause, Force, Half, Policy, Scope};
use crate::rules::{AnyRule, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// All that the hard clauses foresee. Alternate weeks could hold more than one week says, so they get no rows; nor do periods, which
/// say nothing of whole courses.
pub(super) fn foresee(staffing: &Staffing, policy: &Policy, problem: &mut Problem) {
    if staffing.world.cycle == 1 && staffing.grain != Grain::Periods {
        let law = Law::of(policy);
        doubles(staffing, &law, problem);
        bands(staffing, &law, problem);
        places(staffing, &law, policy, problem);
    }
    if caps_everybody(policy) {
        visitors(staffing, policy, problem);
    }
}

/// Whether a hard clause holds everybody to a load. Staffings go by the loads of the file even where none does, which then proves nothing.
pub(super) fn caps_everybody(policy: &Policy) -> bool {
    Law::of(policy).holds(|rule| matches!(rule, AnyRule::LoadCap(_)))
}

/// What a school's own people cannot carry of a subject takes so many visitors: with D the periods beyond their limits and C the
/// most that one visitor can take, Σ visits + Σ ⌈h / C⌉·u ≥ ⌈D / C⌉. Linear programs see D / C visits instead. Whoever is posted there
/// counts as a visitor does; who leaves only makes D larger.
fn visitors(staffing: &Staffing, policy: &Policy, problem: &mut Problem) {
    let world = staffing.world;
    let limit = |person: usize| {
        let taken = world.people[person].posts + staffing.given_load(person, &|_| true);
        // A limit of one school may not be that of another.
        let stays = !staffing.posts.contains_key(&person);
        let cap = world.people[person].file.load_cap;
        let limit = if stays { super::shortage::load_limit(world, policy, person, staffing.school[person]) } else { cap };
        limit.saturating_sub(taken)
    };
    let mut kinds: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (k, kind) in staffing.kinds.iter().enumerate().filter(|(_, kind)| !kind.subject.any_teacher) {
        kinds.entry((kind.school, kind.subject.id.as_str())).or_default().push(k);
    }
    let mut takes: BTreeMap<(usize, &str), BTreeMap<usize, u32>> = BTreeMap::new();
    for take in &staffing.takes {
        let kind = &staffing.kinds[take.kind];
        *takes.entry((kind.school, kind.subject.id.as_str())).or_default().entry(take.person).or_default() += take.most * kind.load;
    }
    for (at, kinds) in kinds {
        let need: u32 = kinds.iter().map(|k| staffing.kinds[*k].units * staffing.kinds[*k].load).sum();
        let holders = takes.remove(&at).unwrap_or_default();
        let (mut own, mut most, mut links) = (0, 0, Vec::new());
        for (person, room) in holders {
            let room = room.min(limit(person));
            if staffing.school[person] == at.0 {
                own += room;
            } else {
                most = most.max(room);
                links.extend(staffing.presence(person, at.0, 1, true, problem));
            }
        }
        if need <= own || most == 0 {
            continue;
        }
        let open = |k: &usize, problem: &mut Problem| {
            let coef = staffing.kinds[*k].load.div_ceil(most) as i32;
            Link { item: staffing.uncovered[*k], map: problem.map(vec![0]), coef }
        };
        links.extend(kinds.iter().map(|k| open(k, problem)));
        let fewest = i64::from((need - own).div_ceil(most));
        let name = format!("visitors {} {}", world.schools[at.0].file.id, at.1);
        problem.post(Point::plain(name, STRUCTURE, Gauge::Sum, 1, (fewest, FREE), links));
    }
}

/// The hard clauses that hold for everybody.
pub(super) struct Law<'p> {
    rules: Vec<&'p AnyRule>,
}

impl<'p> Law<'p> {
    pub(super) fn of(policy: &'p Policy) -> Self {
        let all = hard(policy).filter(|(_, clause, _)| clause.scope == Scope::default());
        Self { rules: all.map(|(_, clause, _)| super::effective(policy, clause)).collect() }
    }
    pub(super) fn holds(&self, wanted: fn(&AnyRule) -> bool) -> bool {
        self.rules.iter().any(|rule| wanted(rule))
    }
    fn no_clash(&self) -> bool {
        self.holds(|rule| matches!(rule, AnyRule::TeacherClash(_)))
    }
    /// Longest trip over lunch, where there is a limit.
    fn lunch(&self) -> Option<u32> {
        let longest = |rule: &&AnyRule| if let AnyRule::LunchTravel(rule) = rule { Some(rule.longest_minutes) } else { None };
        self.rules.iter().filter_map(longest).min()
    }
    /// Whether the person can teach in the cell.
    pub(super) fn free(&self, world: &World, person: usize, cell: &BellCell) -> bool {
        let hit = |w: &crate::file::Window| w.weekday == cell.weekday && w.from.0 < cell.end && cell.start < w.to.0;
        !self.holds(|rule| matches!(rule, AnyRule::Unavailable(_))) || !world.people[person].file.unavailable.iter().any(hit)
    }
}

/// Whether the clauses on groups, away days and spread let a visitor take the kind.
pub(super) fn may_take(world: &World, policy: &Policy, person: usize, school: usize, kind: &Kind) -> bool {
    // At home nothing of this is asked.
    if school == kind.school {
        return true;
    }
    if within_groups(policy) && !world.share_group(school, kind.school, true) {
        return false;
    }
    let most = away_days(world, policy, person, school);
    // Of a shared course somebody may take a single block.
    let (course, role) = kind.courses[0];
    let course = &world.courses[course];
    let days = if is_shared(world, course, role) { 1 } else { days_of(world, policy, course) };
    most.is_none_or(|most| days <= most)
}

/// Days that a course needs: blocks / ⌈blocks / days of the week⌉, rounded up, under a hard clause on spread; else one.
fn days_of(world: &World, policy: &Policy, course: &Course) -> usize {
    if !spreads(world, policy, course) {
        return 1;
    }
    let week = world.classes[course.classes[0]].bell.map_or(5, |bell| world.bells[bell].weekdays.len().max(1));
    let blocks = course.blocks.len();
    blocks.div_ceil(blocks.div_ceil(week).max(1))
}

/// Whether a hard clause spreads the course over the week.
pub(super) fn spreads(world: &World, policy: &Policy, course: &Course) -> bool {
    let spread = |(_, clause, _): (usize, &Clause, &dyn Rule)| {
        matches!(super::effective(policy, clause), AnyRule::Spread(_)) && course_fits(world, &clause.scope, course)
    };
    hard(policy).any(spread)
}

/// The fewest days away that a hard clause allows the person.
fn away_days(world: &World, policy: &Policy, person: usize, school: usize) -> Option<usize> {
    let most = |(_, clause, _): (usize, &Clause, &dyn Rule)| match super::effective(policy, clause) {
        AnyRule::AwayDays(rule) if person_fits(world, &clause.scope, person, school) => Some(rule.max_days as usize),
        _ => None,
    };
    hard(policy).filter_map(most).min()
}

/// Whether a hard clause keeps everybody within the groups of schools: what is beyond them is then not offered.
pub(super) fn within_groups(policy: &Policy) -> bool {
    hard(policy)
        .any(|(_, clause, _)| clause.scope == Scope::default() && matches!(super::effective(policy, clause), AnyRule::GroupPermits(_)))
}

/// The clauses that are kept or the plan is none.
fn hard(policy: &Policy) -> impl Iterator<Item = (usize, &Clause, &dyn Rule)> {
    clauses(policy).filter(|(_, clause, _)| !matches!(clause.force, Force::Prefer(_)))
}

/// Doubles of a person: at most as many as there are disjoint joined pairs of cells outside the unavailable windows.
fn doubles(staffing: &Staffing, law: &Law, problem: &mut Problem) {
    let world = staffing.world;
    if !law.no_clash() || !law.holds(|rule| matches!(rule, AnyRule::Doubles(_))) {
        return;
    }
    for person in 0..world.people.len() {
        let mut links = Vec::new();
        for take in staffing.takes_of(person) {
            let course = &world.courses[staffing.kinds[take.kind].courses[0].0];
            // Of a shared course a unit is one block.
            let unit: &[usize] = staffing.kinds[take.kind].blocks.get(..1).unwrap_or_default();
            let mine = |b: usize| unit.is_empty() || unit.contains(&b);
            let doubles = course.blocks.iter().enumerate().filter(|(b, block)| mine(*b) && block.periods > 1).count();
            if doubles > 0 {
                links.push(Link { item: take.item, map: problem.map(vec![0]), coef: doubles as i32 });
            }
        }
        if links.is_empty() {
            continue;
        }
        let pairs = |bell: &Bell| -> usize {
            let half_days = bell.weekdays.iter().flat_map(|day| HALVES.map(|half| (*day, half)));
            half_days.map(|(day, half)| disjoint(bell, day, half, 2, &|cell| law.free(world, person, cell))).sum()
        };
        let most = world.bells.iter().map(pairs).max().unwrap_or(0);
        post(problem, format!("doubles of {}", world.people[person].file.id), Gauge::Sum, 1, most as i64, links, vec![]);
    }
}

/// The courses of a band run at the same time: a person takes one of them at most.
fn bands(staffing: &Staffing, law: &Law, problem: &mut Problem) {
    let world = staffing.world;
    if !law.no_clash() {
        return;
    }
    for person in 0..world.people.len() {
        let mut bands: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
        for take in staffing.takes_of(person) {
            let course = &world.courses[staffing.kinds[take.kind].courses[0].0];
            if let Some(band) = course.band.filter(|_| !course.split) {
                bands.entry(band).or_default().push(Link { item: take.item, map: problem.map(vec![0]), coef: 1 });
            }
        }
        for (band, links) in bands.into_iter().filter(|(_, links)| links.len() > 1) {
            post(problem, format!("{} in band {band}", world.people[person].file.id), Gauge::Sum, 1, 1, links, vec![]);
        }
    }
}

/// Whoever teaches away is at one site per half-day, and at one per day among schools too far apart for the noon break:
/// Σ over schools of the days that the longest of the person's courses there needs ≤ half-days (days) of the week.
/// Groups are (school, length): the least length of any course there, then each step up to the next.
fn places(staffing: &Staffing, law: &Law, policy: &Policy, problem: &mut Problem) {
    let world = staffing.world;
    if !law.holds(|rule| matches!(rule, AnyRule::HalfDaySchool(_))) {
        return;
    }
    for person in 0..world.people.len() {
        if staffing.given_hosts(person).is_empty() && staffing.visits_of(person).next().is_none() {
            continue;
        }
        let here = |course: usize| !world.courses[course].remote && !world.courses[course].split;
        let days_of = |course: usize| days_of(world, policy, &world.courses[course]);
        let given = staffing.given.iter().filter(|(p, course, _)| *p == person && here(*course));
        let given: Vec<(usize, usize)> = given.map(|(_, course, _)| (world.courses[*course].school, days_of(*course))).collect();
        let takes = staffing.takes_of(person).iter().map(|take| (take.item, staffing.kinds[take.kind].courses[0].0));
        let takes = takes.filter(|(_, course)| here(*course)).map(|(item, course)| (item, world.courses[course].school, days_of(course)));
        let takes: Vec<(u32, usize, usize)> = takes.collect();
        let lasting = |school: usize| {
            let mut there = staffing.takes_of(person).iter().map(|take| staffing.kinds[take.kind].courses[0].0);
            there.all(|course| world.courses[course].school != school || here(course))
        };
        let cells = || world.bells.iter().flat_map(|bell| &bell.cells).filter(|cell| law.free(world, person, cell));
        let days = cells().map(|cell| cell.weekday).collect::<BTreeSet<u8>>().len();
        let halves = cells().map(|cell| (cell.weekday, cell.half == Half::Am)).collect::<BTreeSet<_>>().len();
        let id = &world.people[person].file.id;
        let limit = |what: &str, schools: &[usize], most: usize, problem: &mut Problem| {
            let (mut links, mut base, mut weight) = (Vec::new(), Vec::new(), Vec::new());
            for school in schools {
                let there = || takes.iter().filter(|(_, at, _)| at == school);
                let lengths: BTreeSet<usize> =
                    there().map(|(_, _, days)| *days).chain(given.iter().filter(|(at, _)| at == school).map(|(_, days)| *days)).collect();
                let mut before = 0;
                for length in lengths {
                    let group = weight.len() as u16;
                    weight.push((length - before) as i32);
                    base.push((group, given.iter().filter(|(at, days)| at == school && *days >= length).count() as i32));
                    // Whoever visits takes something there: the least length hangs on the visit itself.
                    let visit = staffing.visits.get(&(person, *school)).filter(|_| before == 0 && lasting(*school));
                    let items = there().filter(|(_, _, days)| *days >= length).map(|(item, _, _)| item);
                    let items: Vec<u32> = visit.map_or_else(|| items.copied().collect(), |visit| vec![*visit]);
                    let map = problem.map(vec![group]);
                    links.extend(items.into_iter().map(|item| Link { item, map, coef: 1 }));
                    before = length;
                }
            }
            let groups = weight.len();
            post(problem, format!("{what} of {id}"), Gauge::BusyWeight { weight }, groups, most as i64, links, base);
        };
        let all: BTreeSet<usize> = takes.iter().map(|(_, at, _)| *at).chain(given.iter().map(|(at, _)| *at)).collect();
        let all: Vec<usize> = all.into_iter().collect();
        limit("half-days", &all, halves, problem);
        let away: Vec<usize> = all.iter().copied().filter(|school| *school != staffing.school[person]).collect();
        if let Some(most) = away_days(world, policy, person, staffing.school[person]) {
            limit("half-days away", &away, 2 * most, problem);
            room_away(staffing, law, person, most, problem);
        }
        let Some(longest) = law.lunch() else { continue };
        let apart = |a: usize, b: usize| {
            let sites = |school: usize| (0..world.sites.len()).filter(move |site| world.sites[*site].school == school);
            sites(a).all(|a| sites(b).all(|b| world.minutes(a, b) > longest && world.minutes(b, a) > longest))
        };
        let mut cliques: BTreeSet<Vec<usize>> = BTreeSet::new();
        for first in &all {
            let mut clique = vec![*first];
            for school in &all {
                if clique.iter().all(|other| other != school && apart(*other, *school)) {
                    clique.push(*school);
                }
            }
            clique.sort_unstable();
            cliques.insert(clique);
        }
        for clique in cliques.iter().filter(|clique| clique.len() > 1) {
            limit("days", clique, days, problem);
        }
    }
}

const HALVES: [Half; 3] = [Half::Am, Half::Pm, Half::Eve];

/// Periods away, and doubles among them, fit the days away that have most room for them.
fn room_away(staffing: &Staffing, law: &Law, person: usize, most: usize, problem: &mut Problem) {
    if !law.no_clash() {
        return;
    }
    let world = staffing.world;
    let away = |course: &usize| {
        let of = &world.courses[*course];
        of.school != staffing.school[person] && !of.remote && !of.split
    };
    let takes =
        || staffing.takes_of(person).iter().map(|take| (take, staffing.kinds[take.kind].courses[0].0)).filter(|(_, course)| away(course));
    let given: Vec<usize> =
        staffing.given.iter().filter(|(p, course, _)| *p == person && away(course)).map(|(_, course, _)| *course).collect();
    let bells: BTreeSet<usize> = takes()
        .map(|(_, course)| course)
        .chain(given.iter().copied())
        .filter_map(|course| world.classes[world.courses[course].classes[0]].bell)
        .collect();
    let doubles = law.holds(|rule| matches!(rule, AnyRule::Doubles(_)));
    for (what, length) in [("periods", 1), ("doubles", 2)].into_iter().filter(|(_, length)| *length == 1 || doubles) {
        // Per half-day the school with most room.
        let days: BTreeSet<u8> = bells.iter().flat_map(|bell| world.bells[*bell].weekdays.iter().copied()).collect();
        let room = |day: u8, half: Half| {
            let fitting = |bell: &usize| disjoint(&world.bells[*bell], day, half, length, &|cell| law.free(world, person, cell));
            bells.iter().map(fitting).max().unwrap_or(0)
        };
        let mut rooms: Vec<usize> = days.into_iter().map(|day| HALVES.iter().map(|half| room(day, *half)).sum()).collect();
        rooms.sort_unstable_by(|one, other| other.cmp(one));
        // Of a shared course a unit is one block.
        let of = |course: usize, blocks: &[usize]| -> usize {
            let all = world.courses[course].blocks.iter().enumerate().filter(|(b, _)| blocks.first().is_none_or(|first| first == b));
            all.map(|(_, block)| usize::from(block.periods) / length).sum()
        };
        let link = |(take, course): (&Take, usize), problem: &mut Problem| {
            let coef = of(course, &staffing.kinds[take.kind].blocks) as i32;
            (coef > 0).then(|| Link { item: take.item, map: problem.map(vec![0]), coef })
        };
        let links: Vec<Link> = takes().filter_map(|take| link(take, problem)).collect();
        let base = given.iter().map(|course| of(*course, &[]) as i32).sum();
        let name = format!("{what} away of {}", world.people[person].file.id);
        post(problem, name, Gauge::Sum, 1, rooms.iter().take(most).sum::<usize>() as i64, links, vec![(0, base)]);
    }
}

/// How many blocks of so many joined cells find room beside each other in a half-day.
fn disjoint(bell: &Bell, day: u8, half: Half, length: usize, free: &dyn Fn(&BellCell) -> bool) -> usize {
    let cells: Vec<&BellCell> = bell.cells.iter().filter(|cell| (cell.weekday, cell.half) == (day, half)).collect();
    let (mut count, mut k) = (0, 0);
    while k + length <= cells.len() {
        let fits = cells[k..k + length].iter().all(|cell| free(cell)) && cells[k..k + length - 1].iter().all(|cell| cell.joins_next);
        (count, k) = if fits { (count + 1, k + length) } else { (count, k + 1) };
    }
    count
}

fn post(problem: &mut Problem, name: String, gauge: Gauge, groups: usize, hi: i64, links: Vec<Link>, base: Vec<(u16, i32)>) {
    let (owner, level, groups, lo, weight, cost) = (u32::MAX, STRUCTURE, groups.max(1) as u16, -FREE, 1, Cost::Linear);
    if !links.is_empty() {
        problem.post(Point { name, owner, level, gauge, groups, lo, hi, weight, cost, links, gated: vec![], base });
    }
}

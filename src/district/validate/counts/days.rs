//! Days on which only so many lessons may lie: of a course (`spread`), of a teacher (`daily_load`).

use super::super::clauses::{Ground, Hold};
use super::What;
use super::crowd::{Claim, apart};
use super::flow::{Group, crowded};
use super::items::Known;
use super::kinds::DAYS;
use super::pools::of_teachers;
use super::proof::{Active, firmest};
use super::say::{both, list, week, weekday};
use super::told::Count;
use crate::rules::AnyRule;
use std::collections::{BTreeMap, BTreeSet};

pub fn count(known: &Known<'_, '_>, told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    let of_courses = by_course(known);
    for (course, claims) in &of_courses {
        spread(known, *course, claims, told, found);
    }
    for (person, claims) in of_teachers(known) {
        daily_load(known, person, &claims, told, found);
    }
}

fn by_course(known: &Known<'_, '_>) -> BTreeMap<usize, Vec<Claim>> {
    let mut of: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
    for (item, lesson) in known.items.iter().enumerate() {
        for (part, held) in lesson.parts.iter().enumerate() {
            of.entry(held.course).or_default().push(Claim { item, part, weeks: held.weeks, ground: Ground::GIVEN, what: None });
        }
    }
    of
}

type Told = (Hold, Ground, Vec<What>, Short);

/// Lessons that want days, each of which takes `most`.
struct Week<'k, 'i, 'a> {
    known: &'k Known<'i, 'a>,
    claims: &'k [Claim],
    told: &'k [Option<Hold>],
    ground: Ground,
    most: u32,
    /// Periods are counted, week by week of the cycle; else lessons, whatever their weeks.
    periods: bool,
    /// Why no two of them lie in one cell, if a clause says so.
    clash: Option<Ground>,
}

#[derive(Clone)]
struct Short {
    week: u8,
    claims: Vec<usize>,
    days: Vec<u8>,
    needed: u32,
    there: u32,
}

impl Week<'_, '_, '_> {
    fn short(&self, active: &Active<'_>, only: Option<&Short>) -> Option<Short> {
        if self.ground.hold > active.reach {
            return None;
        }
        let told = |claim: &Claim| self.told[claim.item].is_some_and(|hold| hold <= active.reach);
        let wants = |at: &usize| {
            let claim = &self.claims[*at];
            only.is_none_or(|short| short.claims.contains(at)) && !told(claim) && active.holds(claim.what, claim.ground)
        };
        let claims: Vec<usize> = (0..self.claims.len()).filter(wants).collect();
        if !self.periods {
            return self.of_week(&claims, 0, active);
        }
        let weeks = self.known.weeks().filter(|week| only.is_none_or(|short| short.week == *week));
        weeks.into_iter().find_map(|week| {
            let held: Vec<usize> = claims.iter().copied().filter(|at| self.claims[*at].weeks >> week & 1 == 1).collect();
            self.of_week(&held, week, active)
        })
    }

    fn of_week(&self, claims: &[usize], week: u8, active: &Active<'_>) -> Option<Short> {
        let mut spans: BTreeMap<u8, BTreeSet<(u8, u16, u16)>> = BTreeMap::new();
        let mut groups: BTreeMap<Vec<u8>, (u32, Vec<usize>)> = BTreeMap::new();
        for at in claims {
            let days = self.days(&self.claims[*at], active, &mut spans);
            let (wanted, list) = groups.entry(days).or_default();
            *wanted += if self.periods { self.part(*at).periods as u32 } else { 1 };
            list.push(*at);
        }
        // Lessons of odd and of even weeks may share a cell.
        let shared = !self.periods && claims.iter().any(|at| self.claims[*at].weeks != self.claims[claims[0]].weeks);
        let clash = self.clash.is_some_and(|clash| clash.hold <= active.reach);
        let holds = |day: u8| match spans.get(&day) {
            None => 0,
            Some(spans) if clash => self.most.min(apart(spans.clone()) * if shared { 2 } else { 1 }),
            Some(_) => self.most,
        };
        let holds: Vec<u32> = (0..8).map(holds).collect();
        let list: Vec<Group> = groups
            .iter()
            .map(|(days, (wanted, _))| Group { periods: *wanted, cells: days.iter().map(|day| (*day).into()).collect() })
            .collect();
        let set = crowded(&list, &holds)?;
        let chosen = || groups.iter().enumerate().filter(|(g, _)| set.contains(g)).map(|(_, group)| group);
        let days: BTreeSet<u8> = chosen().flat_map(|(days, _)| days.iter().copied()).collect();
        Some(Short {
            week,
            claims: chosen().flat_map(|(_, (_, claims))| claims.clone()).collect(),
            needed: chosen().map(|(_, (wanted, _))| wanted).sum(),
            there: days.iter().map(|day| holds[usize::from(*day)]).sum(),
            days: days.into_iter().collect(),
        })
    }

    fn part(&self, at: usize) -> &super::items::Part {
        &self.known.items[self.claims[at].item].parts[self.claims[at].part]
    }

    /// Weekdays on which a lesson may lie; what it may take of each is noted.
    fn days(&self, claim: &Claim, active: &Active<'_>, spans: &mut BTreeMap<u8, BTreeSet<(u8, u16, u16)>>) -> Vec<u8> {
        let item = &self.known.items[claim.item];
        let part = &item.parts[claim.part];
        let grid = &self.known.grids[part.bell];
        let starts = part.own(item.left(active));
        let (cells, length) = if self.periods { (starts.covered(part.periods), 1) } else { (starts, part.periods) };
        let mut days = BTreeSet::new();
        for start in cells.iter() {
            if let (Some(first), Some(last)) = (grid.get(start), grid.get(start + length - 1)) {
                days.insert(first.at.weekday);
                spans.entry(first.at.weekday).or_default().insert((first.at.weekday, last.cell.end.0, first.cell.start.0));
            }
        }
        days.into_iter().filter(|day| *day < 8).collect()
    }

    /// By the days alone, unless the cells that a day has make a firmer proof. With the cells a day never takes more: where they prove
    /// nothing, neither do the days.
    fn plainest(self) -> Option<Told> {
        let by_cells = self.told()?;
        let Some(by_days) = Self { clash: None, ..self }.told() else { return Some(by_cells) };
        Some(if by_cells.0 < by_days.0 { by_cells } else { by_days })
    }

    /// The proof, with the causes that it needs, all they rest on, and the lessons.
    fn told(&self) -> Option<Told> {
        let causes = |short: &Short| -> Vec<(Hold, What)> {
            let claims = short.claims.iter().map(|at| &self.claims[*at]);
            claims
                .flat_map(|claim| {
                    let bars = self.known.items[claim.item].bars.iter().map(|bar| (bar.ground.hold, bar.what));
                    bars.chain(claim.what.map(|what| (claim.ground.hold, what)))
                })
                .collect()
        };
        let proof = firmest(|active, only| self.short(active, only), causes)?;
        let active = proof.active();
        let claims: Vec<&Claim> = proof.found.claims.iter().map(|at| &self.claims[*at]).collect();
        let bars = claims.iter().flat_map(|claim| &self.known.items[claim.item].bars);
        let bars: Vec<_> = bars.filter(|bar| active.holds(Some(bar.what), bar.ground)).collect();
        let grounds = bars.iter().map(|bar| bar.ground).chain(claims.iter().map(|claim| claim.ground));
        let clash = self.clash.filter(|clash| clash.hold <= proof.reach);
        let ground = grounds.chain(clash).fold(self.ground, Ground::and);
        let whats: BTreeSet<What> = bars.iter().map(|bar| bar.what).chain(claims.iter().filter_map(|claim| claim.what)).collect();
        Some((proof.reach, ground, whats.into_iter().collect(), proof.found))
    }
}

/// cap = ⌈lessons / weekdays of the bell⌉ a day, as the rule has it.
fn spread(known: &Known<'_, '_>, course: usize, claims: &[Claim], told: &[Option<Hold>], found: &mut Vec<Count>) {
    let index = known.index;
    let taught = &index.courses[course];
    let Some(ground) = known.index.clauses.ground("spread", |scope| index.course_in(scope, course)) else { return };
    let Some(class) = taught.classes.first().copied() else { return };
    let Some(bell) = index.bell(&index.district.classes[class]) else { return };
    let days = bell.weekdays.iter().collect::<BTreeSet<_>>().len();
    if days == 0 {
        return;
    }
    let most = taught.blocks.len().div_ceil(days) as u32;
    let clash = known.index.clauses.ground("class_clash", |scope| index.class_in(scope, class));
    let week = Week { known, claims, told, ground, most, periods: false, clash };
    let Some((hold, ground, whats, short)) = week.plainest() else { return };
    let names = list(&short.days.iter().map(|day| weekday(*day)).collect::<Vec<_>>());
    let why = list(&whats.iter().map(|what| index.say_what(*what)).collect::<Vec<_>>());
    let why = if why.zh.is_empty() { why } else { both(format!("除去{},", why.zh), format!("outside {}: ", why.en)) };
    let least = u64::from(short.needed - short.there);
    let mut count = Count::new(&DAYS, ground, index.origin(taught), index.id(taught)).because(whats);
    count.hold = hold;
    count.who = vec![index.say_course(taught)];
    let (needed, there, open) = (short.needed, short.there, short.days.len());
    count.says = both(
        format!("每周 {needed} 次课,一天最多 {most} 次;{}只有 {open} 天能上({}),最多排 {there} 次", why.zh, names.zh),
        format!("{needed} lessons a week, at most {most} a day; {}{open} days ({}) take {there} at most", why.en, names.en),
    );
    count.classes.extend(taught.classes.iter().copied());
    count.courses.push(course);
    (count.needed, count.there, count.least) = (needed.into(), there.into(), least);
    found.push(count);
}

fn daily_load(known: &Known<'_, '_>, person: usize, claims: &[Claim], told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    let index = known.index;
    let school = known.people.at(known.ahead, person);
    let clash = known.index.clauses.ground("teacher_clash", |scope| index.person_in(scope, person, school));
    let clauses = known.index.clauses.of_rule("daily_load").filter(|clause| index.person_in(clause.scope, person, school));
    let proofs = clauses.filter_map(|clause| {
        let AnyRule::DailyLoad(numbers) = clause.rule else { return None };
        let week = Week { known, claims, told: &*told, ground: clause.ground, most: numbers.max, periods: true, clash };
        Some((numbers.max, week.plainest()?))
    });
    let proof = proofs.min_by_key(|(_, (hold, ..))| *hold);
    let Some((most, (hold, ground, whats, short))) = proof else { return };
    let names = list(&short.days.iter().map(|day| weekday(*day)).collect::<Vec<_>>());
    // A long lesson at a barred time may be one breach.
    let longest = short.claims.iter().map(|at| known.items[claims[*at].item].periods as u64).max().unwrap_or(1);
    let least = u64::from(short.needed - short.there).div_ceil(longest);
    let mut count = Count::new(&DAYS, ground, index.at(format_args!("people[{person}]")), &index.district.people[person].id).because(whats);
    count.hold = hold;
    count.who = vec![index.say_person(person)];
    let (needed, there, open, times) = (short.needed, short.there, short.days.len(), week(index.district.cycle_weeks, short.week));
    count.says = both(
        format!("{}有 {needed} 节课,一天最多 {most} 节;只有 {open} 天能上({}),最多排 {there} 节", times.zh, names.zh),
        format!("{}{needed} periods, at most {most} a day; {open} days ({}) take {there} at most", times.en, names.en),
    );
    count.people.push(person);
    for at in &short.claims {
        let told = &mut told[claims[*at].item];
        *told = Some(told.map_or(hold, |old| old.min(hold)));
    }
    let courses: BTreeSet<usize> = short.claims.iter().map(|at| known.items[claims[*at].item].parts[claims[*at].part].course).collect();
    count.classes.extend(courses.iter().flat_map(|course| index.courses[*course].classes.iter().copied()));
    count.courses.extend(courses);
    (count.needed, count.there, count.least) = (needed.into(), there.into(), least);
    found.push(count);
}

//! What keeps a lesson from a start: one bar for each cause, with the clause it rests on.

use super::super::clauses::Ground;
use super::What;
use super::bits::Bits;
use super::items::{Known, Part};
use crate::file::{BlockKind, CellRef, Half, Room, RoomNeed};
use crate::rules::AnyRule;
use crate::rules::timetable::avoided_periods::AvoidedPeriods;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Site, kind, school, bell, weeks.
type Rooms<'a> = (&'a str, &'a str, Option<usize>, usize, u8);
type Tell<'t> = dyn FnMut(What, Ground, Bits) + 't;

pub struct Bars<'k, 'i, 'a> {
    known: &'k Known<'i, 'a>,
    /// (course, block) → locks.
    locks: BTreeMap<(usize, usize), Vec<(usize, CellRef)>>,
    /// Class → blocks that take it.
    taken: Vec<Vec<(usize, Ground)>>,
    /// Subject → research meetings that all its teachers attend.
    research: BTreeMap<&'a str, Vec<(usize, Ground)>>,
    /// (block, bell, weeks) → cells that it meets.
    hits: RefCell<BTreeMap<(usize, usize, u8), Bits>>,
    /// Cells in which no room is open.
    shut: RefCell<BTreeMap<Rooms<'a>, Bits>>,
}

impl<'k, 'i, 'a> Bars<'k, 'i, 'a> {
    pub fn of(known: &'k Known<'i, 'a>) -> Self {
        let index = known.index;
        let mut bars = Self {
            known,
            locks: BTreeMap::new(),
            taken: vec![Vec::new(); index.district.classes.len()],
            research: BTreeMap::new(),
            hits: RefCell::default(),
            shut: RefCell::default(),
        };
        for (i, lock) in index.district.locked_lessons.iter().enumerate() {
            if let (Some(course), Some(block)) = (index.course(&lock.course), usize::from(lock.block).checked_sub(1)) {
                bars.locks.entry((course, block)).or_default().push((i, lock.at));
            }
        }
        let mut by_school: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (c, class) in index.district.classes.iter().enumerate() {
            by_school.entry(&class.school).or_default().push(c);
        }
        for (b, block) in index.district.blocks.iter().enumerate() {
            if block.kind == BlockKind::Research {
                // Who will teach is open, so that the clause has to be about everybody.
                if let Some(ground) = known.index.clauses.ground("research_block", |scope| *scope == crate::file::Scope::default()) {
                    block.subjects.iter().for_each(|subject| bars.research.entry(subject).or_default().push((b, ground)));
                }
                continue;
            }
            let whole = matches!(block.kind, BlockKind::Assembly | BlockKind::Club | BlockKind::Exam | BlockKind::Exercise);
            let of_schools = block.schools.iter().filter(|_| whole).filter_map(|school| by_school.get(school.as_str())).flatten();
            let listed = block.classes.iter().filter_map(|id| index.classes.get(id.as_str()));
            for class in listed.chain(of_schools) {
                let ground = known.index.clauses.ground("fixed_block", |scope| index.class_in(scope, *class));
                if let Some(ground) = ground.filter(|_| bars.taken[*class].iter().all(|(other, _)| *other != b)) {
                    bars.taken[*class].push((b, ground));
                }
            }
        }
        bars
    }

    /// Tells every bar of a part, in starts of its own bell.
    pub fn of_part(&self, part: &Part, tell: &mut Tell<'_>) {
        self.locked(part, tell);
        self.joined(part, tell);
        self.people(part, tell);
        for class in &self.known.index.courses[part.course].classes {
            for (block, ground) in &self.taken[*class] {
                tell(What::Taken(*block), *ground, self.hits(*block, part));
            }
        }
        self.research(part, tell);
        self.hours(part, tell);
        self.halves(part, tell);
    }

    fn about(&self, rule: &str, part: &Part) -> Option<Ground> {
        self.known.index.clauses.ground(rule, |scope| self.known.index.course_in(scope, part.course))
    }
    fn all(&self, part: &Part) -> Bits {
        (0..self.known.grids[part.bell].len()).collect()
    }

    fn locked(&self, part: &Part, tell: &mut Tell<'_>) {
        let Some(locks) = self.locks.get(&(part.course, part.block)) else { return };
        let Some(ground) = self.about("locked", part) else { return };
        for (i, at) in locks {
            let there: Bits = self.known.grids[part.bell].iter().position(|cell| cell.at == *at).into_iter().collect();
            tell(What::Lock(*i), ground, self.all(part).minus(there));
        }
    }

    fn joined(&self, part: &Part, tell: &mut Tell<'_>) {
        if part.periods < 2 {
            return;
        }
        let Some(ground) = self.about("doubles", part) else { return };
        let grid = &self.known.grids[part.bell];
        let parted = |at: &usize| grid.get(at + 1).is_none_or(|next| !grid[*at].joins(*next));
        let parted: Bits = (0..grid.len()).filter(parted).collect();
        tell(What::Joined, ground, parted.starts_into(part.periods - 1));
    }

    fn people(&self, part: &Part, tell: &mut Tell<'_>) {
        let (index, people) = (self.known.index, self.known.people);
        for sure in &part.who {
            let entry = &index.district.people[sure.person];
            let school = people.at(self.known.ahead, sure.person);
            let away = self.known.index.clauses.ground("unavailable", |scope| index.person_in(scope, sure.person, school));
            if let Some(ground) = away.filter(|_| !entry.unavailable.is_empty()) {
                let hit = self.known.hit(part.bell, &entry.unavailable, part.weeks);
                tell(What::Away(sure.person), ground.and(sure.ground), hit.starts_into(part.periods));
            }
            for (block, ground) in &people.called[sure.person] {
                tell(What::Called(*block), ground.and(sure.ground), self.hits(*block, part));
            }
        }
    }

    /// Whoever teaches the subject attends its meeting: a lesson then has no teacher.
    fn research(&self, part: &Part, tell: &mut Tell<'_>) {
        let course = &self.known.index.courses[part.course];
        let given = part.who.iter().any(|sure| sure.ground == Ground::GIVEN);
        if given || !self.known.ahead.teaching {
            return;
        }
        let school = self.known.index.school_of_course(course).map(|school| &self.known.index.district.schools[school].id);
        let mut taught = None;
        for (block, ground) in self.research.get(course.subject).into_iter().flatten() {
            let schools = &self.known.index.district.blocks[*block].schools;
            if schools.is_empty() || school.is_some_and(|school| schools.contains(school)) {
                let taught = *taught.get_or_insert_with(|| self.about("hours_in_full", part).unwrap_or(Ground::UNTAUGHT));
                tell(What::Called(*block), ground.and(taught), self.hits(*block, part));
            }
        }
    }

    /// Starts that run into a block.
    fn hits(&self, block: usize, part: &Part) -> Bits {
        let mut hits = self.hits.borrow_mut();
        let hit = hits.entry((block, part.bell, part.weeks));
        hit.or_insert_with(|| self.known.hit(part.bell, &self.known.index.district.blocks[block].when, part.weeks))
            .starts_into(part.periods)
    }

    fn hours(&self, part: &Part, tell: &mut Tell<'_>) {
        let Some((need, weeks)) = self.known.need(part) else { return };
        let Some(ground) = self.about("lab_windows", part) else { return };
        let Some(site) = self.known.index.site_of_need(&self.known.index.courses[part.course], need) else { return };
        let school = self.known.index.school_of_course(&self.known.index.courses[part.course]);
        let mut shut = self.shut.borrow_mut();
        let shut = shut
            .entry((site, &need.kind, school, part.bell, weeks))
            .or_insert_with(|| self.shut_cells(need, site, school, part.bell, weeks));
        tell(What::Hours, ground, shut.starts_into(part.periods));
    }

    /// Cells in which, in one of the weeks, no room of the kind is open to the school. Where there is none at all, that is told elsewhere.
    fn shut_cells(&self, need: &RoomNeed, site: &str, school: Option<usize>, bell: usize, weeks: u8) -> Bits {
        let index = self.known.index;
        let own = index.sites.get(site).copied() == school;
        let welcome = |room: &&Room| own || school.is_some_and(|school| room.open_to.contains(&index.district.schools[school].id));
        let rooms: Vec<_> = index.rooms_of(site, &need.kind).filter(welcome).collect();
        if rooms.is_empty() {
            return Bits::default();
        }
        let grid = &self.known.grids[bell];
        let open = |room: &&Room, at: usize, week: u8| {
            let (day, cell) = (grid[at].at.weekday, grid[at].cell);
            let holds = |it: &crate::file::Window| {
                self.known.mask(it.weeks) & week != 0 && it.weekday == day && it.from <= cell.start && cell.end <= it.to
            };
            room.open.is_empty() || room.open.iter().any(holds)
        };
        let weeks = [0b01, 0b10].into_iter().filter(|week| weeks & week != 0);
        let shut = |at: &usize| weeks.clone().any(|week| !rooms.iter().any(|room| open(room, *at, week)));
        (0..grid.len()).filter(shut).collect()
    }

    fn halves(&self, part: &Part, tell: &mut Tell<'_>) {
        let index = self.known.index;
        let subject = index.subjects.get(index.courses[part.course].subject).map(|subject| &index.district.subjects[*subject]);
        let grid = &self.known.grids[part.bell];
        for rule in ["preferred_half", "avoided_periods"] {
            for clause in self.known.index.clauses.of_rule(rule).filter(|clause| index.course_in(clause.scope, part.course)) {
                let (of, bad): (_, Bits) = match clause.rule {
                    AnyRule::PreferredHalf(numbers) => {
                        (numbers.of, (0..grid.len()).filter(|at| grid[*at].cell.half != numbers.half).collect())
                    }
                    AnyRule::AvoidedPeriods(numbers) => {
                        (numbers.of, (0..grid.len()).filter(|at| self.avoids(numbers, part.bell, *at)).collect())
                    }
                    _ => continue,
                };
                if subject.is_some_and(|subject| of.has(subject)) {
                    tell(What::Part, clause.ground, bad.starts_into(part.periods));
                }
            }
        }
    }

    fn avoids(&self, numbers: &AvoidedPeriods, bell: usize, at: usize) -> bool {
        let grid = &self.known.grids[bell];
        let same_day = |other: Option<usize>| other.and_then(|other| grid.get(other)).filter(|it| it.at.weekday == grid[at].at.weekday);
        let before = same_day(at.checked_sub(1));
        let afternoon = grid[at].cell.half == Half::Pm;
        let first_of_afternoon = afternoon && before.is_none_or(|before| before.cell.half != Half::Pm);
        numbers.first && before.is_none()
            || numbers.last && same_day(Some(at + 1)).is_none()
            || numbers.after_lunch && first_of_afternoon
            || numbers.periods.contains(&grid[at].at.period)
    }
}

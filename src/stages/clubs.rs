//! Clubs: once the lessons stand, people who lead them and pupils of each class are dealt to them, school by school.

use super::after::{self, Taught};
use super::points::{FREE, Levels, STRUCTURE};
use super::run::Run;
use super::scope::place_fits;
use super::slots::meets;
use super::{StageReport, working_schools};
use crate::district::World;
use crate::engine::{Gauge, ItemId, Link, Point, Problem};
use crate::file::{Category, Club, ClubLeader, ClubPupils, Plan, Scope, Window};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules of clubs see.
pub struct Clubs<'w> {
    pub world: &'w World<'w>,
    pub list: Vec<Members<'w>>,
}

/// Who may be in one club.
pub struct Members<'w> {
    pub file: &'w Club,
    pub school: usize,
    /// Person who may lead it.
    pub pool: BTreeMap<usize, Leads>,
    /// Class that it admits → item: how many of its pupils are in it.
    pub pupils: BTreeMap<usize, ItemId>,
}

/// One person as leader of one club.
pub struct Leads {
    /// 1 if the person leads it.
    pub item: ItemId,
    /// The person's lesson cells when it meets.
    pub busy: i32,
}

impl<'w> Clubs<'w> {
    /// Posts the items, and that no class has more pupils in clubs of one time than in all; `plan` holds teaching and timetable.
    pub fn new(world: &'w World<'w>, plan: &Plan, problem: &mut Problem) -> Self {
        let taught = Taught::of(world, plan);
        let working = working_schools(world, plan);
        let mut list = Vec::new();
        for file in &world.file.clubs {
            let Some(school) = world.school(&file.school) else { continue };
            let when = file.windows(world.file);
            let people = (0..world.people.len()).filter(|person| working[*person] == school && may_lead(world, *person, file, when));
            let mut leads = |person: usize| {
                let item = problem.count(format!("{} {}", file.id, world.people[person].file.id), 0, 1);
                (person, Leads { item, busy: taught.during(person, when) })
            };
            let pool = people.map(&mut leads).collect();
            let here = |(_, class): &(usize, &crate::district::Class)| class.school == school && file.admits(class.file.grade);
            let mut some = |(c, class): (usize, &crate::district::Class)| {
                (c, problem.count(format!("{} {}", file.id, class.file.id), 0, class.file.pupils as i32))
            };
            let pupils = world.classes.iter().enumerate().filter(here).map(&mut some).collect();
            list.push(Members { file, school, pool, pupils });
        }
        let clubs = Self { world, list };
        clubs.one_at_a_time(problem);
        clubs
    }

    fn one_at_a_time(&self, problem: &mut Problem) {
        let mut times: BTreeMap<(usize, Option<&str>), Vec<ItemId>> = BTreeMap::new();
        for club in &self.list {
            for (class, item) in &club.pupils {
                times.entry((*class, club.file.block.as_deref())).or_default().push(*item);
            }
        }
        for ((class, time), items) in times {
            let class = self.world.classes[class].file;
            let map = problem.map(vec![0]);
            let links = items.into_iter().map(|item| Link { item, map, coef: 1 }).collect();
            let name = format!("{} at {}", class.id, time.unwrap_or("one time"));
            problem.post(Point::plain(name, STRUCTURE, Gauge::Sum, 1, (-FREE, i64::from(class.pupils)), links));
        }
    }

    /// Clubs of the schools in scope.
    pub fn of(&self, scope: &Scope) -> Vec<&Members<'w>> {
        self.list.iter().filter(|club| place_fits(self.world, scope, club.school)).collect()
    }

    /// Classes of schools that have clubs.
    pub fn classes(&self) -> impl Iterator<Item = usize> + '_ {
        let schools: BTreeSet<usize> = self.list.iter().map(|club| club.school).collect();
        (0..self.world.classes.len()).filter(move |class| schools.contains(&self.world.classes[*class].school))
    }

    /// The rows that these item values mean.
    pub fn rows(&self, values: &[i32]) -> (Vec<ClubLeader>, Vec<ClubPupils>) {
        let (mut leaders, mut pupils) = (Vec::new(), Vec::new());
        for club in &self.list {
            let id = &club.file.id;
            let lead = club.pool.iter().filter(|(_, leads)| values[leads.item as usize] > 0);
            leaders.extend(lead.map(|(person, _)| ClubLeader { club: id.clone(), person: self.world.people[*person].file.id.clone() }));
            let counts = club.pupils.iter().map(|(class, item)| (class, values[*item as usize])).filter(|(_, count)| *count > 0);
            let row = |(class, count): (&usize, i32)| ClubPupils {
                club: id.clone(),
                class: self.world.classes[*class].file.id.clone(),
                pupils: count as u32,
            };
            pupils.extend(counts.map(row));
        }
        (leaders, pupils)
    }

    /// Class by class into the first club with places left; everybody leads the club that lacks most.
    fn in_turn(&self, items: usize) -> Vec<i32> {
        let mut values = vec![0; items];
        let mut left: Vec<i64> = self.list.iter().map(|club| i64::from(club.file.places)).collect();
        for class in self.classes() {
            let mut without = i64::from(self.world.classes[class].file.pupils);
            for (club, left) in self.list.iter().zip(&mut left) {
                if let Some(item) = club.pupils.get(&class) {
                    let takes = without.min(*left);
                    values[*item as usize] = takes as i32;
                    (without, *left) = (without - takes, *left - takes);
                }
            }
        }
        let mut lacks: Vec<i64> = self.list.iter().map(|club| i64::from(club.file.wanted())).collect();
        let people: BTreeSet<usize> = self.list.iter().flat_map(|club| club.pool.keys()).copied().collect();
        for person in people {
            let free = |at: &usize| self.list[*at].pool.get(&person).is_some_and(|leads| leads.busy == 0);
            if let Some(at) = (0..self.list.len()).filter(free).max_by_key(|at| (lacks[*at], std::cmp::Reverse(*at))) {
                values[self.list[at].pool[&person].item as usize] = 1;
                lacks[at] -= 1;
            }
        }
        values
    }
}

/// Whoever works at its school, if no list leaves them out and they are available when it meets.
fn may_lead(world: &World, person: usize, club: &Club, when: &[Window]) -> bool {
    let file = world.people[person].file;
    let held = |window: &Window, week: usize| world.cycle == 1 || meets(window.weeks, week);
    let together = |a: &Window, b: &Window| {
        let clock = a.weekday == b.weekday && a.from < b.to && b.from < a.to;
        clock && (0..usize::from(world.cycle)).any(|week| held(a, week) && held(b, week))
    };
    file.category != Category::Worker
        && (club.people.is_empty() || club.people.contains(&file.id))
        && (club.subjects.is_empty() || file.subjects.iter().any(|held| club.subjects.contains(&held.subject)))
        && !file.unavailable.iter().any(|away| when.iter().any(|window| together(away, window)))
}

/// Deals people and pupils to the clubs.
pub(super) fn solve(run: &mut Run, plan: &mut Plan, report: &mut StageReport) {
    if run.world.file.clubs.is_empty() {
        return;
    }
    let mut problem = Problem::new(Levels::of(run.policy).engine());
    let clubs = Clubs::new(run.world, plan, &mut problem);
    let start = clubs.in_turn(problem.items.len());
    let values = after::deal(run, &mut problem, &start, &mut |rule, points| rule.clubs(&clubs, points), report);
    (plan.club_leaders, plan.club_pupils) = clubs.rows(&values);
}

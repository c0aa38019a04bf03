//! Holding: whether the cells in which somebody is there hold one course by itself.

use super::dealing::clauses;
use super::scope::course_fits;
use crate::district::{BellCell, Course, World};
use crate::file::{Force, Policy, Scope, Weeks, Window};
use crate::rules::AnyRule;
use std::collections::BTreeMap;

/// What the hard clauses say of one course in one person's week.
pub(super) struct Holding<'w> {
    world: &'w World<'w>,
    policy: &'w Policy,
    /// Nobody teaches while unavailable.
    counts: bool,
    /// Course → weekday and period at which its locked lessons begin; empty where locks do not bind.
    locks: BTreeMap<&'w str, Vec<(u8, u8)>>,
}

impl<'w> Holding<'w> {
    pub(super) fn of(world: &'w World<'w>, policy: &'w Policy) -> Self {
        let for_all = |wanted: fn(&AnyRule) -> bool| {
            let mut hard = clauses(policy).filter(|(_, clause, _)| !matches!(clause.force, Force::Prefer(_)));
            hard.any(|(_, clause, _)| clause.scope == Scope::default() && wanted(super::effective(policy, clause)))
        };
        let mut locks: BTreeMap<&str, Vec<(u8, u8)>> = BTreeMap::new();
        if for_all(|rule| matches!(rule, AnyRule::Locked(_))) {
            for lock in &world.file.locked_lessons {
                locks.entry(&lock.course).or_default().push((lock.at.weekday, lock.at.period));
            }
        }
        let counts = for_all(|rule| matches!(rule, AnyRule::Unavailable(_)));
        Self { world, policy, counts, locks }
    }

    /// False where no week of the person's holds the course: a locked lesson falls into an absence, or, with B blocks and at most
    /// c = ⌈B / days⌉ of them a day under a hard clause on spread, Σ over days min(c, cells of that day) < B.
    pub(super) fn may(&self, person: usize, course: &Course) -> bool {
        let absent = &self.world.people[person].file.unavailable;
        let Some(bell) = self.world.classes[course.classes[0]].bell.map(|bell| &self.world.bells[bell]) else { return true };
        // Of a split course somebody may take one block.
        if !self.counts || absent.is_empty() || course.split {
            return true;
        }
        let there = |cell: &BellCell| {
            let hit = |window: &Window| window.weekday == cell.weekday && window.from.0 < cell.end && cell.start < window.to.0;
            !absent.iter().any(hit)
        };
        let locked = self.locks.get(course.id.as_str()).into_iter().flatten();
        let at = |(weekday, period): &(u8, u8)| bell.cells.iter().find(|cell| (cell.weekday, cell.period) == (*weekday, *period));
        if locked.filter_map(at).any(|cell| !there(cell)) {
            return false;
        }
        let blocks = course.blocks.len();
        let most = if self.spreads(course) { blocks.div_ceil(bell.weekdays.len().max(1)) } else { blocks };
        // Two lessons of alternate weeks share a cell.
        let each = if course.blocks.iter().all(|block| block.weeks == Weeks::All) { 1 } else { 2 };
        let open = |number: usize| self.world.classes[course.classes[0]].open[number];
        let mut of_day: BTreeMap<u8, usize> = BTreeMap::new();
        for (number, cell) in bell.cells.iter().enumerate().filter(|(_, cell)| there(cell)) {
            *of_day.entry(cell.weekday).or_default() += usize::from(open(number)) * each;
        }
        of_day.values().map(|cells| (*cells).min(most)).sum::<usize>() >= blocks
    }

    fn spreads(&self, course: &Course) -> bool {
        clauses(self.policy).filter(|(_, clause, _)| !matches!(clause.force, Force::Prefer(_))).any(|(_, clause, _)| {
            matches!(super::effective(self.policy, clause), AnyRule::Spread(_)) && course_fits(self.world, &clause.scope, course)
        })
    }
}

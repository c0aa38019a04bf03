//! Holding: whether the cells in which somebody is there hold one course by itself.

use super::foresight::{Law, spreads};
use crate::district::{Course, World};
use crate::file::{Policy, Weeks};
use crate::rules::AnyRule;
use std::collections::BTreeMap;

/// What the hard clauses say of one course in one person's week.
pub(super) struct Holding<'w> {
    world: &'w World<'w>,
    policy: &'w Policy,
    law: Law<'w>,
    /// Course → weekday and period at which its locked lessons begin; empty where locks do not bind.
    locks: BTreeMap<&'w str, Vec<(u8, u8)>>,
}

impl<'w> Holding<'w> {
    pub(super) fn of(world: &'w World<'w>, policy: &'w Policy) -> Self {
        let law = Law::of(policy);
        let mut locks: BTreeMap<&str, Vec<(u8, u8)>> = BTreeMap::new();
        if law.holds(|rule| matches!(rule, AnyRule::Locked(_))) {
            for lock in &world.file.locked_lessons {
                locks.entry(&lock.course).or_default().push((lock.at.weekday, lock.at.period));
            }
        }
        Self { world, policy, law, locks }
    }

    /// False where no week of the person's holds the course: a locked lesson falls into an absence, or, with B blocks and at most
    /// c = ⌈B / days⌉ of them a day under a hard clause on spread, Σ over days min(c, cells of that day) < B.
    pub(super) fn may(&self, person: usize, course: &Course) -> bool {
        let world = self.world;
        let class = &world.classes[course.classes[0]];
        let Some(bell) = class.bell.map(|bell| &world.bells[bell]) else { return true };
        // Of a split course somebody may take one block.
        if world.people[person].file.unavailable.is_empty() || course.split {
            return true;
        }
        let there: Vec<bool> = bell.cells.iter().map(|cell| self.law.free(world, person, cell)).collect();
        let locks = self.locks.get(course.id.as_str()).map_or(&[][..], Vec::as_slice);
        if bell.cells.iter().zip(&there).any(|(cell, there)| !there && locks.contains(&(cell.weekday, cell.period))) {
            return false;
        }
        let blocks = course.blocks.len();
        let most = if spreads(world, self.policy, course) { blocks.div_ceil(bell.weekdays.len().max(1)) } else { blocks };
        // Two lessons of alternate weeks share a cell.
        let each = if course.blocks.iter().all(|block| block.weeks == Weeks::All) { 1 } else { 2 };
        let mut of_day: BTreeMap<u8, usize> = BTreeMap::new();
        for ((cell, there), open) in bell.cells.iter().zip(there).zip(&class.open) {
            *of_day.entry(cell.weekday).or_default() += if there && *open { each } else { 0 };
        }
        of_day.values().map(|cells| (*cells).min(most)).sum::<usize>() >= blocks
    }
}

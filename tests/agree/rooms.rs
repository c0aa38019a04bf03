//! Rooms: the timetable's own dealing, and every other dealing where that one differs from the model.
//!
//! The model knows how many units a pool has and whether any of its rooms is large enough; which lesson gets which room is
//! settled afterwards. Where no dealing at all reaches what the model says, that is the relaxation listed in `tally`.

use super::dice::Dice;
use super::tally::{Sums, differs};
use lunpai::check::{Verdict, check};
use lunpai::district::World;
use lunpai::file::{Clause, Plan, Policy};
use lunpai::rules::AnyRule;

/// Dealings tried.
const MOST: usize = 1024;

pub fn about_rooms(clause: &Clause) -> bool {
    matches!(clause.rule, AnyRule::RoomFit(_) | AnyRule::RoomClash(_))
}

pub enum Dealt {
    AsTheModelSays(Verdict),
    /// Another dealing of the rooms does what the model says.
    Better(Verdict),
    /// No dealing does.
    Relaxed(Verdict),
}

/// Deals the rooms of the plan's lessons and judges it.
pub fn judged(world: &World, policy: &Policy, plan: &mut Plan, sums: &Sums, dice: &mut Dice) -> Dealt {
    lunpai::stages::deal_rooms(world, &mut plan.timetable);
    let told = check(world.file, policy, plan);
    if !differs(policy, sums, &told, &about_rooms) {
        return Dealt::AsTheModelSays(told);
    }
    let wants: Vec<(usize, Vec<String>)> =
        plan.timetable.iter().enumerate().filter_map(|(row, _)| Some((row, rooms(world, plan, row)?))).collect();
    let all =
        wants.iter().map(|(_, rooms)| rooms.len()).try_fold(1usize, |product, count| product.checked_mul(count).filter(|p| *p <= MOST));
    for turn in 0..all.unwrap_or(MOST) {
        let mut rest = turn;
        for (row, rooms) in &wants {
            let pick = if all.is_some() { rest % rooms.len() } else { dice.below(rooms.len()) };
            rest /= rooms.len();
            plan.timetable[*row].room = Some(rooms[pick].clone());
        }
        let mut short = policy.clone();
        short.clauses.iter_mut().filter(|clause| !about_rooms(clause)).for_each(|clause| clause.off = true);
        let other = check(world.file, &short, plan);
        if !differs(policy, sums, &other, &about_rooms) {
            return Dealt::Better(check(world.file, policy, plan));
        }
    }
    // A relaxation never asks for more than the law.
    let theirs = |clause: &Clause| told.by_clause.get(&clause.id).map_or(0, |told| told.excess);
    let more = policy.clauses.iter().zip(sums).any(|(clause, sum)| !clause.off && about_rooms(clause) && sum.0 > theirs(clause));
    if more { Dealt::AsTheModelSays(told) } else { Dealt::Relaxed(told) }
}

/// Rooms of the kind and site a lesson needs: those with seats enough, if there are any.
fn rooms(world: &World, plan: &Plan, row: usize) -> Option<Vec<String>> {
    let row = &plan.timetable[row];
    let course = world.courses.iter().find(|course| course.id == row.course)?;
    let need = course.blocks[usize::from(row.block) - 1].room.as_ref()?;
    let pupils: u32 = course.classes.iter().map(|class| world.classes[*class].file.pupils).sum();
    let here = world.file.rooms.iter().filter(|room| room.kind == need.kind && world.site(&room.site) == Some(need.site));
    let (large, small): (Vec<_>, Vec<_>) = here.partition(|room| room.seats.is_none_or(|seats| seats >= pupils));
    let fitting = if large.is_empty() { small } else { large };
    (!fitting.is_empty()).then(|| fitting.into_iter().map(|room| room.id.clone()).collect())
}

//! Foresight: what the hard clauses of the timetable already say of a staffing, as rows of the teaching model.
//!
//! Each is implied by the law it looks ahead to, so it cuts off nothing that a timetable could hold.

use super::dealing::clauses;
use super::points::{FREE, STRUCTURE};
use super::scope::{course_fits, person_fits};
use super::staffing::{Kind, Staffing};
use crate::district::World;
use crate::engine::{Cost, Gauge, Link, Point, Problem};
use crate::file::{Force, Policy};
use crate::rules::AnyRule;

/// Whether the clauses on away days and on spread let a visitor take the kind: blocks ≤ days × blocks a day.
pub(super) fn days_allow(world: &World, policy: &Policy, person: usize, school: usize, kind: &Kind) -> bool {
    let course = &world.courses[kind.courses[0].0];
    let (mut days, mut spread) = (7, false);
    for (_, clause, _) in clauses(policy).filter(|(_, clause, _)| !matches!(clause.force, Force::Prefer(_))) {
        match super::effective(policy, clause) {
            AnyRule::AwayDays(rule) if person_fits(world, &clause.scope, person, school) => days = days.min(rule.max_days as usize),
            AnyRule::Spread(_) if course_fits(world, &clause.scope, course) => spread = true,
            _ => {}
        }
    }
    let week = world.classes[course.classes[0]].bell.map_or(5, |bell| world.bells[bell].weekdays.len().max(1));
    !spread || kind.blocks.div_ceil(kind.blocks.div_ceil(week).max(1)) <= days
}

/// Doubles of a person: at most as many as there are disjoint joined pairs of cells outside the unavailable windows.
pub(super) fn doubles(staffing: &Staffing, policy: &Policy, problem: &mut Problem) {
    let world = staffing.world;
    let hard = clauses(policy).filter(|(_, clause, _)| !matches!(clause.force, Force::Prefer(_)));
    let rules: Vec<&AnyRule> = hard
        .filter(|(_, clause, _)| clause.scope == crate::file::Scope::default())
        .map(|(_, clause, _)| super::effective(policy, clause))
        .collect();
    let holds = |wanted: fn(&AnyRule) -> bool| rules.iter().any(|rule| wanted(rule));
    if world.cycle != 1 || !holds(|rule| matches!(rule, AnyRule::Doubles(_))) || !holds(|rule| matches!(rule, AnyRule::TeacherClash(_))) {
        return;
    }
    let windows = holds(|rule| matches!(rule, AnyRule::Unavailable(_)));
    for (person, of) in world.people.iter().enumerate() {
        let mut links = Vec::new();
        for take in staffing.takes_of(person) {
            let course = &world.courses[staffing.kinds[take.kind].courses[0].0];
            let doubles = course.blocks.iter().filter(|block| block.periods > 1).count();
            if doubles > 0 {
                links.push(Link { item: take.item, map: problem.map(vec![0]), coef: doubles as i32 });
            }
        }
        if links.is_empty() {
            continue;
        }
        let busy = |cell: &crate::district::BellCell| {
            let hit = |w: &crate::file::Window| w.weekday == cell.weekday && w.from.0 < cell.end && cell.start < w.to.0;
            windows && of.file.unavailable.iter().any(hit)
        };
        let pairs = |bell: &crate::district::Bell| {
            let (mut count, mut k) = (0, 0);
            while k + 1 < bell.cells.len() {
                let joined = bell.cells[k].joins_next && bell.cells[k].weekday == bell.cells[k + 1].weekday;
                let fits = joined && !busy(&bell.cells[k]) && !busy(&bell.cells[k + 1]);
                (count, k) = if fits { (count + 1, k + 2) } else { (count, k + 1) };
            }
            count
        };
        let most = world.bells.iter().map(pairs).max().unwrap_or(0);
        let (name, gauge) = (format!("doubles of {}", of.file.id), Gauge::Sum);
        problem.post(Point {
            name,
            owner: u32::MAX,
            level: STRUCTURE,
            gauge,
            groups: 1,
            lo: -FREE,
            hi: most,
            weight: 1,
            cost: Cost::Linear,
            links,
            base: vec![],
        });
    }
}

//! Points of the constraints on resources and on who fills a place.

use super::events::layers;
use super::{Clause, FREE, NONE_AT_ALL, Parts};
use crate::engine::{Gated, Gauge, Link, MapId, NONE};
use crate::xhstt::archive::{Kind, Range, Slot};

pub(super) fn post(clause: &mut Clause<'_, '_>) {
    let constraint = clause.constraint;
    match &constraint.kind {
        Kind::AssignResource { slots } => {
            let nobody = clause.problem.map(vec![0]);
            places(clause, slots, nobody);
        }
        Kind::PreferResources { slots, resources } => {
            let off = |value: usize| value > 0 && resources.binary_search(&(value - 1)).is_err();
            let table = (0..=clause.instance().resources.len()).map(|value| if off(value) { 0 } else { NONE }).collect();
            let others = clause.problem.map(table);
            places(clause, slots, others);
        }
        Kind::AvoidSplitAssignments { groups } => {
            for group in groups {
                one_resource(clause, &group.slots);
            }
        }
        Kind::AvoidClashes { resources } => {
            for resource in resources.iter().filter(|resource| clause.meets.pools.stands(**resource)) {
                let parts = at_times(clause, *resource, &|time| Some(time as u16));
                let times = clause.instance().times.len();
                if clause.by_parts() {
                    for time in 0..times {
                        let parts = at_times(clause, *resource, &|at| (at == time).then_some(0));
                        clause.point(Gauge::Sum, 1, Range { min: -FREE, max: 1 }, parts);
                    }
                } else {
                    clause.point(Gauge::at_most(clause.meets.pools.size(*resource) as i32), times, NONE_AT_ALL, parts);
                }
            }
        }
        Kind::AvoidUnavailableTimes { resources, times } => {
            for resource in resources {
                let group = |time: usize| times.binary_search(&time).ok().map(|g| g as u16);
                if clause.by_parts() {
                    for time in times {
                        let parts = at_times(clause, *resource, &|at| (at == *time).then_some(0));
                        clause.point(Gauge::Busy, 1, NONE_AT_ALL, parts);
                    }
                } else {
                    let parts = at_times(clause, *resource, &group);
                    clause.point(Gauge::Busy, times.len(), NONE_AT_ALL, parts);
                }
            }
        }
        Kind::LimitIdleTimes { resources, time_groups, range } => {
            // The groups one after the other, each in the order of the times.
            let (times, ends) = in_a_row(clause, time_groups);
            let segments: Vec<(u8, u8)> = ends.windows(2).map(|pair| (pair[0] as u8, pair[1] as u8)).collect();
            for resource in resources {
                let parts = in_lists(clause, *resource, &times);
                clause.point(Gauge::Gaps { segments: segments.clone() }, *ends.last().unwrap_or(&0), *range, parts);
            }
        }
        Kind::ClusterBusyTimes { resources, time_groups, range } => {
            let groups: Vec<Vec<usize>> = time_groups.iter().map(|g| clause.instance().time_groups[*g].times.clone()).collect();
            for resource in resources {
                let slices: Vec<&[usize]> = groups.iter().map(Vec::as_slice).collect();
                let parts = by_layer(clause, *resource, &slices);
                clause.point(Gauge::Busy, groups.len(), *range, parts);
            }
        }
        Kind::LimitBusyTimes { resources, time_groups, range } => {
            let times = clause.instance().times.len();
            let clamp = |bound: i64| bound.clamp(0, 1 << 20) as i32;
            let range = (clamp(range.min), clamp(range.max));
            for resource in resources {
                let set = |g: &usize| clause.meets.instance.time_groups[*g].times.iter().map(|time| *time as u16).collect::<Vec<u16>>();
                let sets: Vec<Vec<u16>> = time_groups.iter().map(set).collect();
                let each: Vec<Vec<Vec<u16>>> = if clause.by_parts() { sets.into_iter().map(|set| vec![set]).collect() } else { vec![sets] };
                for sets in each {
                    let parts = at_times(clause, *resource, &|time| Some(time as u16));
                    clause.point(Gauge::busy_in_sets(times as u16, sets, range), times, NONE_AT_ALL, parts);
                }
            }
        }
        Kind::LimitWorkload { resources, range } => {
            for resource in resources {
                workload(clause, *resource, *range);
            }
        }
        _ => unreachable!("a constraint on resources"),
    }
}

/// One point per place: the durations of its meets while it is filled by one of the values that `open` maps.
fn places(clause: &mut Clause<'_, '_>, slots: &[Slot], open: MapId) {
    let maps = clause.meets.each_time(clause.problem, |_, _, _| Some(0));
    for slot in slots {
        let gated = clause.meets.gated(slot.event, slot.place, &maps, open, 1);
        if clause.by_parts() {
            let mut by_meet: std::collections::BTreeMap<u32, Vec<_>> = std::collections::BTreeMap::new();
            for one in gated {
                by_meet.entry(one.link.item).or_default().push(one);
            }
            for gated in by_meet.into_values() {
                clause.point(Gauge::Sum, 1, NONE_AT_ALL, Parts { gated, ..Parts::default() });
            }
        } else {
            clause.point(Gauge::Sum, 1, NONE_AT_ALL, Parts { gated, ..Parts::default() });
        }
    }
}

/// The different resources in these places are at most one.
fn one_resource(clause: &mut Clause<'_, '_>, slots: &[Slot]) {
    let count = clause.instance().resources.len();
    let who = clause.problem.map((0..=count).map(|value| if value == 0 { NONE } else { value as u16 - 1 }).collect());
    // A meet that does not exist has nobody.
    let there = clause.meets.map(clause.problem, |_, _| Some(0));
    let mut parts = Parts::default();
    for slot in slots {
        if let Some(resource) = clause.instance().events[slot.event].resources[slot.place].preassigned {
            parts.base.push((resource as u16, 1));
            continue;
        }
        let pieces = clause.meets.of_event[slot.event].clone();
        for piece in &clause.meets.pieces[pieces] {
            let role = piece.roles.iter().find(|(place, _)| *place == slot.place);
            let link = |(_, item): &(usize, u32)| Link { item: *item, map: who, coef: 1 };
            parts.gated.extend(role.map(|role| Gated { link: link(role), key: piece.item, open: there }));
        }
    }
    clause.point(Gauge::Busy, count, Range { min: -FREE, max: 1 }, parts);
}

/// Everything that makes a resource busy, through a map of the times a meet covers.
fn at_times(clause: &mut Clause<'_, '_>, resource: usize, group: &dyn Fn(usize) -> Option<u16>) -> Parts {
    let mut parts = Parts::default();
    let maps = clause.meets.each_time(clause.problem, |k, _, start| start.and_then(|start| group(start + k)));
    attend(clause, resource, &maps, &mut parts);
    parts
}

fn attend(clause: &mut Clause<'_, '_>, resource: usize, maps: &[MapId], parts: &mut Parts) {
    let meets = clause.meets;
    let open = clause.problem.map_of(resource as u16 + 1);
    for (e, event) in meets.instance.events.iter().enumerate() {
        if event.resources.iter().any(|slot| slot.preassigned == Some(resource)) {
            parts.links.extend(meets.links(e, maps, 1));
            continue;
        }
        // At most one of these places: structure sees to it that nobody fills two of one meet.
        for (place, slot) in event.resources.iter().enumerate() {
            let kind = meets.instance.resources[resource].resource_type;
            if slot.preassigned.is_none() && slot.resource_type == kind && meets.may_fill(clause.problem, e, place, resource) {
                parts.gated.extend(meets.gated(e, place, maps, open, 1));
            }
        }
    }
}

/// Times of several groups one after the other, and where each begins.
fn in_a_row(clause: &Clause<'_, '_>, time_groups: &[usize]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let lists: Vec<Vec<usize>> = time_groups.iter().map(|g| clause.instance().time_groups[*g].times.clone()).collect();
    let mut ends = vec![0];
    for list in &lists {
        ends.push(ends.last().unwrap_or(&0) + list.len());
    }
    (lists, ends)
}

/// A resource's busy times by position in lists that follow each other.
fn in_lists(clause: &mut Clause<'_, '_>, resource: usize, lists: &[Vec<usize>]) -> Parts {
    let slices: Vec<&[usize]> = lists.iter().map(Vec::as_slice).collect();
    let mut parts = Parts::default();
    for layer in layers(&slices) {
        let group = |time: usize| {
            let list = layer.iter().copied().map(usize::from).find(|g| lists[*g].binary_search(&time).is_ok())?;
            let before: usize = lists[..list].iter().map(Vec::len).sum();
            lists[list].binary_search(&time).ok().map(|k| (before + k) as u16)
        };
        let maps = clause.meets.each_time(clause.problem, |k, _, start| start.and_then(|start| group(start + k)));
        attend(clause, resource, &maps, &mut parts);
    }
    parts
}

/// A resource's busy times by time group.
fn by_layer(clause: &mut Clause<'_, '_>, resource: usize, groups: &[&[usize]]) -> Parts {
    let mut parts = Parts::default();
    for layer in layers(groups) {
        let group = |time: usize| layer.iter().copied().find(|g| groups[usize::from(*g)].binary_search(&time).is_ok());
        let maps = clause.meets.each_time(clause.problem, |k, _, start| start.and_then(|start| group(start + k)));
        attend(clause, resource, &maps, &mut parts);
    }
    parts
}

/// Workload · duration of the meet / duration of the event, summed and compared in units of 1/L.
fn workload(clause: &mut Clause<'_, '_>, resource: usize, range: Range) {
    let meets = clause.meets;
    let share = |event: usize, place: usize| {
        let slot = &meets.instance.events[event].resources[place].workload;
        (slot.num, slot.den.checked_mul(meets.instance.events[event].duration).unwrap_or(i64::MAX))
    };
    let kind = meets.instance.resources[resource].resource_type;
    let mut slots = Vec::new();
    for (e, event) in meets.instance.events.iter().enumerate() {
        for (place, slot) in event.resources.iter().enumerate() {
            let open = slot.preassigned.is_none() && slot.resource_type == kind && meets.may_fill(clause.problem, e, place, resource);
            if open || slot.preassigned == Some(resource) {
                slots.push((e, place, open));
            }
        }
    }
    let common = slots.iter().map(|(e, place, _)| share(*e, *place)).map(|(num, den)| den / gcd(num, den)).fold(1, lcm);
    let maps = meets.each_time(clause.problem, |_, _, _| Some(0));
    let open = clause.problem.map_of(resource as u16 + 1);
    let total = |sign: i64| {
        let mut parts = Parts::default();
        for (e, place, gate) in &slots {
            let (num, den) = share(*e, *place);
            let coef =
                i32::try_from(sign * (i128::from(num) * i128::from(common) / i128::from(den.max(1))) as i64).unwrap_or(i32::MAX / 1024);
            if *gate {
                parts.gated.extend(meets.gated(*e, *place, &maps, open, coef));
            } else {
                parts.links.extend(meets.links(*e, &maps, coef));
            }
        }
        parts
    };
    let (above, below) = (total(1), total(-1));
    if common == 1 {
        clause.point(Gauge::Sum, 1, range, above);
        return;
    }
    // ⌈W·L / L⌉ from above and ⌈−W·L / L⌉ from below; at most one of them is off.
    let size = i32::try_from(common.saturating_mul(1000)).unwrap_or(i32::MAX);
    let gauge = Gauge::Peak { size: vec![size], spread: false };
    clause.point(gauge.clone(), 1, Range { min: -FREE, max: range.max }, above);
    clause.point(gauge, 1, Range { min: -FREE, max: -range.min }, below);
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}
fn lcm(a: i64, b: i64) -> i64 {
    (a / gcd(a, b)).saturating_mul(b)
}

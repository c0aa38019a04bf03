//! Points of the constraints on events, event groups and pairs.

use super::{Clause, FREE, NONE_AT_ALL, Parts};
use crate::engine::{Gauge, Link, MapId};
use crate::xhstt::archive::{Kind, Range};

pub(super) fn post(clause: &mut Clause<'_, '_>) {
    let (meets, constraint) = (clause.meets, clause.constraint);
    match &constraint.kind {
        Kind::AssignTime { events } => {
            let maps = meets.each_time(clause.problem, |_, _, start| start.is_none().then_some(0));
            sums(clause, events, &maps, NONE_AT_ALL);
        }
        Kind::PreferTimes { events, times, duration } => {
            let off = |d: usize, start: Option<usize>| {
                let looked_at = duration.is_none_or(|only| only == d as i64);
                (looked_at && start.is_some_and(|start| times.binary_search(&start).is_err())).then_some(0)
            };
            let maps = meets.each_time(clause.problem, |_, d, start| off(d, start));
            sums(clause, events, &maps, NONE_AT_ALL);
        }
        Kind::SplitEvents { events, durations, amount } => {
            let off = meets.map(clause.problem, |d, _| (!(durations.min..=durations.max).contains(&(d as i64))).then_some(0));
            let any = meets.map(clause.problem, |_, _| Some(1));
            for event in events {
                let mut links = meets.links(*event, &[off], 1);
                links.extend(meets.links(*event, &[any], 1));
                let clamp = |bound: i64| bound.clamp(0, 1 << 20) as i32;
                let gauge = Gauge::Load { lo: vec![0, clamp(amount.min)], hi: vec![0, clamp(amount.max)] };
                clause.point(gauge, 2, NONE_AT_ALL, Parts { links, ..Parts::default() });
            }
        }
        Kind::DistributeSplitEvents { events, duration, amount } => {
            let map = meets.map(clause.problem, |d, _| (d as i64 == *duration).then_some(0));
            sums(clause, events, &[map], *amount);
        }
        Kind::SpreadEvents { event_groups, spread } => {
            let groups: Vec<&[usize]> =
                spread.iter().map(|one| clause.meets.instance.time_groups[one.time_group].times.as_slice()).collect();
            let maps: Vec<MapId> = layers(&groups)
                .into_iter()
                .map(|layer| {
                    meets.map(clause.problem, |_, start| {
                        layer.iter().copied().find(|g| start.is_some_and(|s| groups[usize::from(*g)].binary_search(&s).is_ok()))
                    })
                })
                .collect();
            let clamp = |bound: i64| bound.clamp(0, 1 << 20) as i32;
            let (lo, hi): (Vec<i32>, Vec<i32>) = spread.iter().map(|one| (clamp(one.range.min), clamp(one.range.max))).unzip();
            for group in event_groups {
                let mut links: Vec<Link> = Vec::new();
                for event in &clause.meets.instance.event_groups[*group].events {
                    for map in &maps {
                        links.extend(meets.links(*event, &[*map], 1));
                    }
                }
                if clause.by_parts() {
                    for (g, one) in spread.iter().enumerate() {
                        let times = groups[g];
                        let map = meets.map(clause.problem, |_, start| start.is_some_and(|s| times.binary_search(&s).is_ok()).then_some(0));
                        let events = &clause.meets.instance.event_groups[*group].events;
                        let links = events.iter().flat_map(|event| meets.links(*event, &[map], 1)).collect();
                        clause.point(Gauge::Sum, 1, one.range, Parts { links, ..Parts::default() });
                    }
                } else {
                    let gauge = Gauge::Load { lo: lo.clone(), hi: hi.clone() };
                    clause.point(gauge, spread.len(), NONE_AT_ALL, Parts { links, ..Parts::default() });
                }
            }
        }
        Kind::LinkEvents { event_groups } => {
            let times = clause.instance().times.len();
            for group in event_groups {
                let events = &clause.meets.instance.event_groups[*group].events;
                let mut links = Vec::new();
                for (part, event) in events.iter().enumerate() {
                    let maps = meets.each_time(clause.problem, |k, _, start| start.map(|start| (part * times + start + k) as u16));
                    links.extend(meets.links(*event, &maps, 1));
                }
                let gauge = Gauge::Together { parts: events.len() as u16 };
                clause.point(gauge, events.len() * times, NONE_AT_ALL, Parts { links, ..Parts::default() });
            }
        }
        Kind::OrderEvents { pairs } => {
            let times = clause.instance().times.len();
            for pair in pairs {
                let mut links = Vec::new();
                for (part, event) in [pair.first, pair.second].into_iter().enumerate() {
                    let maps = meets.each_time(clause.problem, |k, _, start| start.map(|start| (part * times + start + k) as u16));
                    links.extend(meets.links(event, &maps, 1));
                }
                // Without a time on either side nothing is off.
                let none = pair.separation.min.clamp(-(1 << 20), 1 << 20) as i32;
                clause.point(Gauge::Order { none }, 2 * times, pair.separation, Parts { links, ..Parts::default() });
            }
        }
        _ => unreachable!("a constraint on events"),
    }
}

/// One point per event: Σ over its meets within a range.
fn sums(clause: &mut Clause<'_, '_>, events: &[usize], maps: &[MapId], range: Range) {
    for event in events {
        if clause.by_parts() {
            // One part per meet.
            for piece in clause.meets.of_event[*event].clone() {
                let item = clause.meets.pieces[piece].item;
                let links = maps.iter().map(|map| Link { item, map: *map, coef: 1 }).collect();
                clause.point(Gauge::Sum, 1, range, Parts { links, ..Parts::default() });
            }
        } else {
            let links = clause.meets.links(*event, maps, 1);
            clause.point(Gauge::Sum, 1, Range { min: range.min.max(-FREE), ..range }, Parts { links, ..Parts::default() });
        }
    }
}

/// Time groups in layers that do not overlap, so that within one a time has at most one group.
pub(super) fn layers(groups: &[&[usize]]) -> Vec<Vec<u16>> {
    let mut layers: Vec<(std::collections::BTreeSet<usize>, Vec<u16>)> = Vec::new();
    for (g, times) in groups.iter().enumerate() {
        let free = layers.iter().position(|(taken, _)| times.iter().all(|time| !taken.contains(time)));
        let at = free.unwrap_or_else(|| {
            layers.push(Default::default());
            layers.len() - 1
        });
        layers[at].0.extend(times.iter().copied());
        layers[at].1.push(g as u16);
    }
    layers.into_iter().map(|(_, groups)| groups).collect()
}

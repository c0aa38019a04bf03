//! Events as meets: an item per possible meet, whose value says how long it is and when it starts, and an item per place of
//! it that a resource has to fill.
//!
//! Value 0 of a meet = there is no such meet; then, for every duration, "no time" and every start.

use super::Alike;
use super::pools::Pools;
use crate::engine::{Gated, Gauge, ItemId, Key, Link, MapId, NONE, Point, Problem, Seats, Shape, Whole};
use crate::xhstt::archive::{Constraint, Event, Instance, Kind, Meet, Range, Slot, Solution};
use std::collections::{BTreeMap, BTreeSet};

/// One meet that an event may have.
#[derive(Debug, Clone)]
pub(in crate::xhstt) struct Piece {
    pub event: usize,
    pub item: ItemId,
    /// One per place of the event that is not preassigned: (place, item); its value is 0 for nobody, else resource + 1.
    pub roles: Vec<(usize, ItemId)>,
}

/// All meets of an instance.
pub(in crate::xhstt) struct Meets<'i> {
    pub instance: &'i Instance,
    pub(super) pools: Pools,
    pub pieces: Vec<Piece>,
    /// Event → its pieces.
    pub of_event: Vec<std::ops::Range<usize>>,
    /// Longest duration of any meet.
    pub longest: usize,
    /// Event → shortest and longest duration of its meets.
    pub lengths: Vec<(usize, usize)>,
}

impl<'i> Meets<'i> {
    pub(super) fn new(instance: &'i Instance, alike: Alike, problem: &mut Problem) -> Self {
        let (lengths, amounts): (Vec<_>, Vec<_>) = (0..instance.events.len()).map(|event| splits(instance, event)).unzip();
        let longest = lengths.iter().map(|(_, most)| *most).max().unwrap_or(1);
        let fits = fitting(instance);
        let pools = if alike == Alike::Pooled { Pools::of(instance, &fits) } else { Pools::none(instance) };
        let mut meets = Self { instance, pools, pieces: Vec::new(), of_event: Vec::new(), longest, lengths };
        for (e, event) in instance.events.iter().enumerate() {
            let first = meets.pieces.len();
            for k in 0..amounts[e] {
                let item = problem.choice(format!("{}#{k}", event.id), meets.domain(e, amounts[e] > 1));
                let open = event.resources.iter().enumerate().filter(|(_, slot)| slot.preassigned.is_none());
                let mut roles = Vec::new();
                for (place, _) in open {
                    let named = fits[&(e, place)].iter().filter(|resource| meets.pools.stands(**resource));
                    let values = std::iter::once(0).chain(named.map(|resource| *resource as u16 + 1)).collect();
                    roles.push((place, problem.choice(format!("{}#{k} {place}", event.id), values)));
                }
                meets.pieces.push(Piece { event: e, item, roles });
            }
            meets.of_event.push(first..meets.pieces.len());
            meets.sum(e, problem);
            meets.one_place_each(e, problem);
        }
        meets
    }

    fn times(&self) -> usize {
        self.instance.times.len()
    }
    /// The value of a meet of this duration at this start.
    pub(in crate::xhstt) fn value(&self, duration: usize, start: Option<usize>) -> i32 {
        (1 + (duration - 1) * (self.times() + 1) + start.map_or(0, |start| start + 1)) as i32
    }
    /// Duration and start of a value; `None` = no meet.
    pub(in crate::xhstt) fn meet(&self, value: i32) -> Option<(usize, Option<usize>)> {
        let value = usize::try_from(value).ok()?.checked_sub(1)?;
        Some((value / (self.times() + 1) + 1, (value % (self.times() + 1)).checked_sub(1)))
    }
    fn values(&self) -> usize {
        1 + self.longest * (self.times() + 1)
    }

    fn domain(&self, event: usize, optional: bool) -> Vec<u16> {
        let (least, most) = self.lengths[event];
        let mut domain = if optional { vec![0] } else { vec![] };
        for duration in least..=most {
            let preassigned = self.instance.events[event].time;
            let starts: Vec<Option<usize>> = match preassigned {
                Some(time) if time + duration <= self.times() => vec![Some(time)],
                _ => std::iter::once(None).chain((0..=self.times().saturating_sub(duration)).map(Some)).collect(),
            };
            let fits = |start: &Option<usize>| start.is_none_or(|start| start + duration <= self.times());
            domain.extend(starts.into_iter().filter(fits).map(|start| self.value(duration, start) as u16));
        }
        domain
    }

    /// The map of a meet's values by (duration, start).
    pub(super) fn map(&self, problem: &mut Problem, group: impl Fn(usize, Option<usize>) -> Option<u16>) -> MapId {
        let of = |value: usize| self.meet(value as i32).and_then(|(duration, start)| group(duration, start)).unwrap_or(NONE);
        problem.map((0..self.values()).map(of).collect())
    }
    /// Per time of its duration: the map to the group that a meet touches then, `group(k, duration, start)`.
    pub(super) fn each_time(&self, problem: &mut Problem, group: impl Fn(usize, usize, Option<usize>) -> Option<u16>) -> Vec<MapId> {
        let at = |k: usize| move |duration: usize, start: Option<usize>| (k < duration).then_some((duration, start));
        (0..self.longest).map(|k| self.map(problem, |d, s| at(k)(d, s).and_then(|(d, s)| group(k, d, s)))).collect()
    }
    /// Links of an event's meets through these maps, one per time of a duration.
    pub(super) fn links(&self, event: usize, maps: &[MapId], coef: i32) -> Vec<Link> {
        let (_, most) = self.lengths[event];
        let link = |piece: &Piece| maps.iter().take(most).map(|map| Link { item: piece.item, map: *map, coef }).collect::<Vec<_>>();
        self.pieces[self.of_event[event].clone()].iter().flat_map(link).collect()
    }
    /// The same, counted while the place is filled by one of the values that `open` maps to a group.
    pub(super) fn gated(&self, event: usize, place: usize, maps: &[MapId], open: MapId, coef: i32) -> Vec<Gated> {
        let (_, most) = self.lengths[event];
        let mut gated = Vec::new();
        for piece in &self.pieces[self.of_event[event].clone()] {
            if let Some((_, key)) = piece.roles.iter().find(|(held, _)| *held == place) {
                gated.extend(maps.iter().take(most).map(|map| Gated { link: Link { item: piece.item, map: *map, coef }, key: *key, open }));
            }
        }
        gated
    }

    /// Whether a resource is among those that may fill a place.
    pub(super) fn may_fill(&self, problem: &Problem, event: usize, place: usize, resource: usize) -> bool {
        let piece = self.pieces[self.of_event[event].clone()].first();
        let role = piece.and_then(|piece| piece.roles.iter().find(|(held, _)| *held == place));
        role.is_some_and(|(_, item)| problem.items[*item as usize].domain.holds(resource as i32 + 1))
    }

    /// Structure: the durations sum to the event's.
    fn sum(&self, event: usize, problem: &mut Problem) {
        let maps = self.each_time(problem, |_, _, _| Some(0));
        let links = self.links(event, &maps, 1);
        let duration = self.instance.events[event].duration;
        problem.post(Point::plain(&self.instance.events[event].id, 0, Gauge::Sum, 1, (duration, duration), links));
    }

    /// Structure: nobody fills two places of one meet, where they would be counted once; a pool fills no more than it has.
    fn one_place_each(&self, event: usize, problem: &mut Problem) {
        let count = self.instance.resources.len();
        let each = Gauge::BusyLoad { lo: vec![0], hi: (0..count).map(|resource| self.pools.size(resource) as i32).collect() };
        for piece in self.pieces[self.of_event[event].clone()].iter().filter(|piece| piece.roles.len() > 1) {
            let who = problem.map((0..=count).map(|value| if value == 0 { NONE } else { value as u16 - 1 }).collect());
            let links = piece.roles.iter().map(|(_, item)| Link { item: *item, map: who, coef: 1 }).collect();
            problem.post(Point::plain(&self.instance.events[event].id, 0, each.clone(), count as u16, (0, 0), links));
        }
    }

    /// Values with which a search begins: every event split as its constraints like it best, nothing placed, nobody named.
    pub(in crate::xhstt) fn begin(&self, problem: &Problem) -> Vec<i32> {
        let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
        for (e, event) in self.instance.events.iter().enumerate() {
            let pieces = &self.pieces[self.of_event[e].clone()];
            let mut lengths = best_split(self.instance, e, self.lengths[e], pieces.len()).into_iter();
            for piece in pieces {
                let length = lengths.next().unwrap_or(0);
                let start = event.time.filter(|time| time + length <= self.times());
                values[piece.item as usize] = if length == 0 { 0 } else { self.value(length, start) };
            }
        }
        values
    }

    /// The values that are a solution; `None` when it has meets that this problem does not offer.
    pub(in crate::xhstt) fn values_of(&self, problem: &Problem, solution: &Solution) -> Option<Vec<i32>> {
        let mut values: Vec<i32> = vec![0; problem.items.len()];
        let mut used: Vec<usize> = self.of_event.iter().map(|range| range.start).collect();
        for meet in &solution.meets {
            let next = &mut used[meet.event];
            let piece = self.pieces.get(*next).filter(|_| self.of_event[meet.event].contains(next))?;
            *next += 1;
            let (_, most) = self.lengths[meet.event];
            let duration = usize::try_from(meet.duration).ok().filter(|duration| *duration <= most)?;
            values[piece.item as usize] = self.value(duration, meet.time);
            for (place, item) in &piece.roles {
                values[*item as usize] = meet.resources[*place].map_or(0, |resource| resource as i32 + 1);
            }
        }
        let inside = values.iter().zip(&problem.items).all(|(value, item)| item.domain.holds(*value));
        inside.then_some(values)
    }

    /// Boards and crews are the resources that attend for certain; a place is a time.
    pub(super) fn seats(&self, problem: &Problem) -> Seats {
        let seat = |value: usize| match self.meet(value as i32) {
            Some((duration, Some(start))) => (start as u16, duration as u8),
            _ => (0, 0),
        };
        let mut shape_of = vec![None; problem.items.len()];
        let mut of_resource: BTreeMap<usize, Vec<ItemId>> = BTreeMap::new();
        for piece in &self.pieces {
            shape_of[piece.item as usize] = Some(0);
            let slots = &self.instance.events[piece.event].resources;
            let who: BTreeSet<usize> = slots.iter().filter_map(|slot| slot.preassigned).collect();
            for resource in who {
                of_resource.entry(resource).or_default().push(piece.item);
            }
        }
        // Kind d: every value of duration d; kind 0: no meet.
        let kinds = std::iter::once(0).chain((0..self.longest).map(|k| (1 + k * (self.times() + 1)) as i32)).collect();
        let keys = self.pieces.iter().flat_map(|piece| piece.roles.iter().map(|(_, key)| Key { key: *key, item: piece.item })).collect();
        let whole = |e: usize| {
            let parts: Vec<ItemId> = self.pieces[self.of_event[e].clone()].iter().map(|piece| piece.item).collect();
            let (least, most) = self.lengths[e];
            (parts.len() > 1 && least < most).then_some(Whole { parts, least, most })
        };
        let (mut ties, mut casts) = (Vec::new(), Vec::new());
        for constraint in self.instance.constraints.iter().filter(|constraint| constraint.weight > 0) {
            if let Kind::AvoidSplitAssignments { groups } = &constraint.kind {
                let keys = |slot: &Slot| -> Vec<ItemId> {
                    let pieces = self.pieces[self.of_event[slot.event].clone()].iter();
                    pieces.flat_map(|piece| piece.roles.iter().filter(|(place, _)| *place == slot.place).map(|(_, key)| *key)).collect()
                };
                casts.extend(groups.iter().map(|group| group.slots.iter().flat_map(keys).collect::<Vec<_>>()));
            }
            if let Kind::LinkEvents { event_groups } = &constraint.kind {
                let items = |group: &usize| -> Vec<Vec<ItemId>> {
                    let pieces = |e: &usize| self.pieces[self.of_event[*e].clone()].iter().map(|piece| piece.item).collect();
                    self.instance.event_groups[*group].events.iter().map(pieces).collect()
                };
                ties.extend(event_groups.iter().map(items));
            }
        }
        let crews = (0..self.instance.resources.len()).map(|resource| of_resource.remove(&resource).unwrap_or_default()).collect();
        Seats {
            shapes: vec![Shape::new((0..self.values()).map(seat).collect(), kinds)],
            shape_of,
            spaces: vec![0; problem.items.len()],
            boards: Vec::new(),
            crews,
            wide: (0..self.instance.resources.len()).map(|resource| self.pools.size(resource) > 1).collect(),
            keys,
            wholes: (0..self.instance.events.len()).filter_map(whole).collect(),
            casts: casts.into_iter().filter(|keys| !keys.is_empty()).collect(),
            ties,
            layers: Vec::new(),
            places: self.times(),
        }
    }

    /// The solution that these values are.
    pub(in crate::xhstt) fn solution(&self, values: &[i32]) -> Solution {
        let mut meets = Vec::new();
        for piece in &self.pieces {
            let Some((duration, time)) = self.meet(values[piece.item as usize]) else { continue };
            let slots = &self.instance.events[piece.event].resources;
            let mut resources: Vec<Option<usize>> = slots.iter().map(|slot| slot.preassigned).collect();
            for (place, item) in &piece.roles {
                resources[*place] = usize::try_from(values[*item as usize] - 1).ok();
            }
            meets.push(Meet { event: piece.event, duration: duration as i64, time, resources });
        }
        let mut solution = Solution { instance: 0, group: String::new(), description: String::new(), meets };
        self.pools.deal(&mut solution);
        solution
    }
}

/// The partition of an event's duration that costs least by the constraints on splits, of those that are looked at: few meets
/// first.
fn best_split(instance: &Instance, e: usize, (least, most): (usize, usize), pieces: usize) -> Vec<usize> {
    let duration = instance.events[e].duration as usize;
    let off = |value: i64, range: &Range| (range.min - value).max(value - range.max).max(0);
    let price = |lengths: &[usize]| -> i64 {
        let of = |constraint: &Constraint| match &constraint.kind {
            Kind::SplitEvents { events, durations, amount } if events.binary_search(&e).is_ok() => {
                lengths.iter().map(|length| off(*length as i64, durations).min(1)).sum::<i64>() + off(lengths.len() as i64, amount)
            }
            Kind::DistributeSplitEvents { events, duration, amount } if events.binary_search(&e).is_ok() => {
                off(lengths.iter().filter(|length| **length as i64 == *duration).count() as i64, amount)
            }
            _ => 0,
        };
        let rank = |constraint: &Constraint| if constraint.required { 1_000_000 } else { 1 } * constraint.weight;
        instance.constraints.iter().map(|constraint| rank(constraint).saturating_mul(of(constraint))).sum()
    };
    let mut best: Option<(i64, Vec<usize>)> = None;
    let mut looked_at = 0;
    // Partitions with parts that do not grow, longest parts first.
    let mut stack: Vec<Vec<usize>> = vec![Vec::new()];
    while let Some(lengths) = stack.pop() {
        let left = duration - lengths.iter().sum::<usize>();
        if left == 0 {
            let price = price(&lengths);
            if best.as_ref().is_none_or(|(held, _)| price < *held) {
                best = Some((price, lengths));
            }
            looked_at += 1;
            if looked_at == PARTITIONS {
                break;
            }
            continue;
        }
        let room = pieces - lengths.len();
        let next = lengths.last().copied().unwrap_or(most).min(left);
        if room > 0 && left <= room * next {
            stack.extend((least..=next).map(|length| [lengths.as_slice(), &[length]].concat()));
        }
    }
    best.map_or_else(|| vec![duration], |(_, lengths)| lengths)
}

/// Partitions of one duration that are looked at.
const PARTITIONS: usize = 2_000;

/// Shortest and longest meet of an event, and how many it may have.
fn splits(instance: &Instance, e: usize) -> ((usize, usize), usize) {
    let duration = instance.events[e].duration as usize;
    let (mut least, mut most, mut amount) = (1, duration, duration);
    let mut counted = false;
    let mut hopeless = BTreeSet::new();
    for constraint in instance.constraints.iter().filter(|constraint| constraint.weight > 0) {
        match &constraint.kind {
            Kind::SplitEvents { events, durations, amount: range } if events.binary_search(&e).is_ok() => {
                let (lo, hi) = (durations.min.clamp(1, duration as i64) as usize, durations.max.clamp(1, duration as i64) as usize);
                // Only what can be kept: some number of meets of such durations has the event's duration.
                let can =
                    (1..=duration).any(|n| n as i64 >= range.min && n as i64 <= range.max && n * lo <= duration && duration <= n * hi);
                if can && lo <= hi {
                    (least, most) = (least.max(lo), most.min(hi));
                    amount = amount.min(range.max.clamp(1, duration as i64) as usize);
                }
                counted = true;
            }
            Kind::PreferTimes { events, times, duration: Some(only) } if constraint.required && events.binary_search(&e).is_ok() => {
                // No start would do for a meet so long.
                let last = (instance.times.len() as i64 - only).max(0) as usize;
                if times.iter().all(|time| *time > last) {
                    hopeless.insert(usize::try_from(*only).unwrap_or(usize::MAX));
                }
            }
            Kind::DistributeSplitEvents { events, .. } if events.binary_search(&e).is_ok() => counted = true,
            Kind::SpreadEvents { event_groups, .. } => {
                counted |= event_groups.iter().any(|group| instance.event_groups[*group].events.binary_search(&e).is_ok());
            }
            _ => {}
        }
    }
    while most > least && hopeless.contains(&most) {
        most -= 1;
    }
    // Where nobody counts meets, single times can do whatever longer ones can.
    if !counted && instance.events[e].time.is_none() {
        most = least;
    }
    if least > most {
        (least, most) = (1, duration);
    }
    ((least, most), amount.min(duration / least).max(duration.div_ceil(most)).max(1))
}

/// Per open place of an event: the resources of its type, only preferred ones where a hard constraint names some.
fn fitting(instance: &Instance) -> BTreeMap<(usize, usize), Vec<usize>> {
    let of_type = |slot: usize, event: &Event| -> Vec<usize> {
        let kind = event.resources[slot].resource_type;
        // Who is there anyway fills no other place.
        let free = |resource: &usize| event.resources.iter().all(|slot| slot.preassigned != Some(*resource));
        (0..instance.resources.len()).filter(|resource| instance.resources[*resource].resource_type == kind).filter(free).collect()
    };
    let mut fits = BTreeMap::new();
    for (e, event) in instance.events.iter().enumerate() {
        for place in (0..event.resources.len()).filter(|place| event.resources[*place].preassigned.is_none()) {
            fits.insert((e, place), of_type(place, event));
        }
    }
    for constraint in instance.constraints.iter().filter(|constraint| constraint.required && constraint.weight > 0) {
        if let Kind::PreferResources { slots, resources } = &constraint.kind {
            for slot in slots {
                if let Some(fitting) = fits.get_mut(&(slot.event, slot.place)) {
                    let kept: Vec<usize> = fitting.iter().copied().filter(|r| resources.binary_search(r).is_ok()).collect();
                    if !kept.is_empty() {
                        *fitting = kept;
                    }
                }
            }
        }
    }
    fits
}

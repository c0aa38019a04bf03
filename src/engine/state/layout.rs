//! How a problem lies in memory while it is searched.

use super::super::gauge::Gauge;
use super::super::problem::{Cost, Domain, ItemId, MapId, NONE, Problem};
use std::collections::BTreeMap;

/// One contribution of an item: `map` is where the entry of value −1 stands in `State::groups`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touch {
    pub(super) point: u32,
    pub(super) map: u32,
    pub(super) coef: i32,
}

/// Gauges whose change needs nothing but the group's total; the others ask their gauge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sum,
    Busy,
    /// `BusyLoad` with one range for all groups.
    Load {
        lo: i32,
        hi: i32,
    },
    Other,
}

/// What a point has come to.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    pub(super) first: u32,
    pub(super) groups: u16,
    pub(super) level: u8,
    pub(super) cost: Cost,
    pub(super) kind: Kind,
    pub(super) raw: i64,
    pub(super) price: i64,
    pub(super) lo: i64,
    pub(super) hi: i64,
    pub(super) weight: i64,
    pub(super) factor: f64,
    /// How far a broken `Busy` is from one busy group less: see [`guide`].
    pub(super) guide: i64,
}

/// The touches of `item` that count while `key` has a value: ranges of `State::touches` by that value + 1.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    pub(super) item: ItemId,
    pub(super) key: ItemId,
    pub(super) ranges: Vec<(u32, u32)>,
}

/// Everything of a state that does not depend on the values.
pub(super) struct Layout {
    pub(super) meters: Vec<Meter>,
    /// Counters of all points.
    pub(super) size: usize,
    pub(super) groups: Vec<u16>,
    pub(super) touches: Vec<Touch>,
    pub(super) ranges: Vec<[u32; 3]>,
    pub(super) gates: Vec<Gate>,
    pub(super) gates_of: Vec<Vec<u32>>,
    pub(super) keys_of: Vec<Vec<u32>>,
}

impl Layout {
    pub(super) fn new(problem: &Problem) -> Self {
        let count = problem.items.len();
        let mut tables = Tables::new(problem);
        let mut meters = Vec::with_capacity(problem.points.len());
        let mut per_item: Vec<[Vec<Touch>; 2]> = vec![[Vec::new(), Vec::new()]; count];
        let mut gated: BTreeMap<(ItemId, ItemId), Vec<Vec<Touch>>> = BTreeMap::new();
        let mut size = 0;
        for (p, point) in problem.points.iter().enumerate() {
            let kind = match &point.gauge {
                Gauge::Sum => Kind::Sum,
                Gauge::Busy => Kind::Busy,
                Gauge::BusyLoad { lo, hi } if lo.len() == 1 && hi.len() == 1 => Kind::Load { lo: lo[0], hi: hi[0] },
                _ => Kind::Other,
            };
            meters.push(Meter {
                first: size as u32,
                groups: point.groups,
                level: point.level,
                cost: point.cost,
                kind,
                raw: 0,
                price: 0,
                lo: point.lo,
                hi: point.hi,
                weight: point.weight,
                factor: 1.0,
                guide: 0,
            });
            size += usize::from(point.groups) + point.gauge.extra();
            let soft = usize::from(!problem.levels[usize::from(point.level)].hard);
            for link in &point.links {
                let touch = Touch { point: p as u32, map: tables.at(link.map), coef: link.coef };
                per_item[link.item as usize][soft].push(touch);
            }
            for gated_link in &point.gated {
                let link = gated_link.link;
                let touch = Touch { point: p as u32, map: tables.at(link.map), coef: link.coef };
                let by_value = gated.entry((link.item, gated_link.key)).or_default();
                for value in problem.items[gated_link.key as usize].domain.values() {
                    if problem.group(gated_link.open, value) != NONE {
                        let slot = (value + 1) as usize;
                        by_value.resize_with(by_value.len().max(slot + 1), Vec::new);
                        by_value[slot].push(touch);
                    }
                }
            }
        }
        let (mut touches, mut ranges) = (Vec::new(), Vec::with_capacity(count));
        for [hard, soft] in per_item {
            let first = touches.len();
            touches.extend(hard);
            let middle = touches.len();
            touches.extend(soft);
            ranges.push([first as u32, middle as u32, touches.len() as u32]);
        }
        let (mut gates, mut gates_of, mut keys_of) = (Vec::new(), vec![Vec::new(); count], vec![Vec::new(); count]);
        for ((item, key), by_value) in gated {
            let mut lists = Vec::with_capacity(by_value.len());
            for list in by_value {
                let first = touches.len() as u32;
                touches.extend(list);
                lists.push((first, touches.len() as u32));
            }
            gates_of[item as usize].push(gates.len() as u32);
            keys_of[key as usize].push(gates.len() as u32);
            gates.push(Gate { item, key, ranges: lists });
        }
        Self { meters, size, groups: tables.groups, touches, ranges, gates, gates_of, keys_of }
    }
}

/// All maps in one array, each with an entry for −1 (no value yet) and one for every value that an item can have.
struct Tables<'p> {
    problem: &'p Problem,
    longest: usize,
    at: BTreeMap<MapId, u32>,
    groups: Vec<u16>,
}

impl<'p> Tables<'p> {
    fn new(problem: &'p Problem) -> Self {
        let highest = |domain: &Domain| if let Domain::Choice(values) = domain { values.last().copied().unwrap_or(0) } else { 0 };
        let longest = problem.items.iter().map(|item| usize::from(highest(&item.domain))).max().unwrap_or(0) + 2;
        Self { problem, longest, at: BTreeMap::new(), groups: Vec::new() }
    }
    fn at(&mut self, map: MapId) -> u32 {
        let Self { problem, longest, at, groups } = self;
        *at.entry(map).or_insert_with(|| {
            let first = groups.len() as u32;
            groups.extend((0..*longest).map(|value| problem.group(map, value as i32 - 1)));
            first
        })
    }
}

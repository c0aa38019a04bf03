//! Items, atoms, points: what is decided and how it is measured.

use super::Gauge;
use std::collections::BTreeMap;
use std::sync::Arc;

pub type ItemId = u32;
pub type PointId = u32;
pub type MapId = u32;
/// In a map: this value touches no group.
pub const NONE: u16 = u16::MAX;

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub name: String,
    pub domain: Domain,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// One of these values (ascending). An atom is [item takes value v].
    Choice(Vec<u16>),
    /// A whole number lo..=hi; the number itself is the atom.
    Count { lo: i32, hi: i32 },
}

impl Domain {
    pub fn holds(&self, value: i32) -> bool {
        match self {
            Self::Choice(values) => u16::try_from(value).is_ok_and(|v| values.binary_search(&v).is_ok()),
            Self::Count { lo, hi } => (*lo..=*hi).contains(&value),
        }
    }
    /// Every value, ascending.
    pub fn values(&self) -> Box<dyn Iterator<Item = i32> + '_> {
        match self {
            Self::Choice(values) => Box::new(values.iter().map(|value| i32::from(*value))),
            Self::Count { lo, hi } => Box::new(*lo..=*hi),
        }
    }
    pub fn first(&self) -> i32 {
        match self {
            Self::Choice(values) => values.first().map_or(0, |v| i32::from(*v)),
            Self::Count { lo, .. } => *lo,
        }
    }
    pub fn is_fixed(&self) -> bool {
        match self {
            Self::Choice(values) => values.len() <= 1,
            Self::Count { lo, hi } => lo == hi,
        }
    }
}

/// An item contributes to a point: value v adds `coef` to group `map[v]`; a count n adds `coef · n` to group `map[0]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub item: ItemId,
    pub map: MapId,
    pub coef: i32,
}

/// A link that counts only while the map `open` has a group for the value of the item `key`: a lesson touches a teacher's
/// counters while the teacher's item names that teacher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gated {
    pub link: Link,
    pub key: ItemId,
    pub open: MapId,
}

/// How an excess D is priced: D, D² or 1 where D > 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cost {
    #[default]
    Linear,
    Quadratic,
    Step,
}

impl Cost {
    pub fn of(self, excess: i64) -> i64 {
        match self {
            Self::Linear => excess,
            Self::Quadratic => excess * excess,
            Self::Step => i64::from(excess > 0),
        }
    }
}

/// One requirement: D = distance of the gauge from lo..=hi, priced `weight · cost(D)` in its level.
#[derive(Debug, Clone)]
pub struct Point {
    pub name: String,
    /// Who posted it: an index that means something to the caller (a clause).
    pub owner: u32,
    pub level: u8,
    pub gauge: Gauge,
    pub groups: u16,
    pub lo: i64,
    pub hi: i64,
    pub weight: i64,
    pub cost: Cost,
    pub links: Vec<Link>,
    pub gated: Vec<Gated>,
    /// Contributions of what is already decided: (group, amount).
    pub base: Vec<(u16, i32)>,
}

impl Point {
    /// One that no clause posted: weight 1, linear, nothing decided before.
    pub fn plain(name: impl Into<String>, level: u8, gauge: Gauge, groups: u16, (lo, hi): (i64, i64), links: Vec<Link>) -> Self {
        let (name, owner, weight, cost) = (name.into(), u32::MAX, 1, Cost::Linear);
        Self { name, owner, level, gauge, groups, lo, hi, weight, cost, links, gated: Vec::new(), base: Vec::new() }
    }
    /// Distance of a raw gauge value from the range.
    pub fn excess(&self, raw: i64) -> i64 {
        (self.lo - raw).max(raw - self.hi).max(0)
    }
    pub fn price(&self, raw: i64) -> i64 {
        self.weight * self.cost.of(self.excess(raw))
    }
}

/// A position of the score. `firm` levels are rows without slack in a model built firm; `hard` ones outweigh the others in the
/// search, the more the longer they stay broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub name: String,
    pub firm: bool,
    pub hard: bool,
}

/// A whole problem. Levels are lexicographic: the first counts before all others.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    pub items: Vec<Item>,
    pub points: Vec<Point>,
    pub levels: Vec<Level>,
    maps: Arc<Vec<Vec<u16>>>,
    known: BTreeMap<Vec<u16>, MapId>,
}

impl Problem {
    pub fn new(levels: Vec<Level>) -> Self {
        Self { levels, ..Self::default() }
    }
    /// A problem of the same levels and maps over other items and points.
    pub(super) fn with(&self, items: Vec<Item>, points: Vec<Point>) -> Self {
        Self { items, points, levels: self.levels.clone(), maps: Arc::clone(&self.maps), known: BTreeMap::new() }
    }
    pub fn choice(&mut self, name: impl Into<String>, mut values: Vec<u16>) -> ItemId {
        values.sort_unstable();
        values.dedup();
        self.items.push(Item { name: name.into(), domain: Domain::Choice(values) });
        (self.items.len() - 1) as ItemId
    }
    pub fn count(&mut self, name: impl Into<String>, lo: i32, hi: i32) -> ItemId {
        self.items.push(Item { name: name.into(), domain: Domain::Count { lo, hi } });
        (self.items.len() - 1) as ItemId
    }
    /// Interns a table value → group: equal tables are stored once.
    pub fn map(&mut self, table: Vec<u16>) -> MapId {
        if let Some(id) = self.known.get(&table) {
            return *id;
        }
        let id = self.maps.len() as MapId;
        self.known.insert(table.clone(), id);
        Arc::make_mut(&mut self.maps).push(table);
        id
    }
    /// The table that sends only `value` to group 0.
    pub fn map_of(&mut self, value: u16) -> MapId {
        let mut table = vec![NONE; usize::from(value) + 1];
        table[usize::from(value)] = 0;
        self.map(table)
    }
    pub fn post(&mut self, point: Point) -> PointId {
        self.points.push(point);
        (self.points.len() - 1) as PointId
    }
    /// Value → group.
    pub(super) fn table(&self, map: MapId) -> &[u16] {
        &self.maps[map as usize]
    }
    /// Group touched by a value; values beyond the table touch none.
    pub fn group(&self, map: MapId, value: i32) -> u16 {
        usize::try_from(value).ok().and_then(|v| self.maps[map as usize].get(v)).copied().unwrap_or(NONE)
    }
    /// What a link adds when its item has this value: (group, amount).
    pub fn gives(&self, link: &Link, value: i32) -> Option<(u16, i32)> {
        match self.items[link.item as usize].domain {
            Domain::Choice(_) => {
                let group = self.group(link.map, value);
                (group != NONE).then_some((group, link.coef))
            }
            Domain::Count { .. } => Some((self.maps[link.map as usize][0], link.coef * value)),
        }
    }
    /// Group totals of a point under these values: from scratch, for tests and models.
    pub fn totals(&self, point: &Point, values: &[i32]) -> Vec<i32> {
        let mut totals = vec![0; usize::from(point.groups)];
        for &(group, amount) in &point.base {
            totals[usize::from(group)] += amount;
        }
        let opened = point.gated.iter().filter(|gated| self.group(gated.open, values[gated.key as usize]) != NONE);
        for link in point.links.iter().chain(opened.map(|gated| &gated.link)) {
            if let Some((group, amount)) = self.gives(link, values[link.item as usize]) {
                totals[usize::from(group)] += amount;
            }
        }
        totals
    }
    /// Score of these values by recomputation, level by level.
    pub fn score(&self, values: &[i32]) -> Vec<i64> {
        let mut score = vec![0; self.levels.len()];
        for point in &self.points {
            score[usize::from(point.level)] += point.price(point.gauge.raw(&self.totals(point, values)));
        }
        score
    }
    /// Removes values that a firm point forbids whatever the others do (a `Sum` ≤ 0 of non-negative terms).
    pub fn tighten(&mut self) {
        let mut forbidden: BTreeMap<ItemId, Vec<u16>> = BTreeMap::new();
        for point in &self.points {
            let idle = point.base.iter().all(|(_, amount)| *amount == 0);
            let simple = matches!(point.gauge, Gauge::Sum) && point.hi == 0 && point.lo <= 0 && idle;
            if !simple
                || !self.levels[usize::from(point.level)].firm
                || !point.gated.is_empty()
                || point.links.iter().any(|link| link.coef < 0)
            {
                continue;
            }
            for link in &point.links {
                if let Domain::Choice(values) = &self.items[link.item as usize].domain {
                    let hit = values.iter().copied().filter(|v| self.group(link.map, i32::from(*v)) != NONE);
                    forbidden.entry(link.item).or_default().extend(hit);
                }
            }
        }
        for (item, values) in forbidden {
            if let Domain::Choice(domain) = &mut self.items[item as usize].domain {
                let left: Vec<u16> = domain.iter().copied().filter(|v| !values.contains(v)).collect();
                // Nothing left: keep the domain, so that the breach is counted and named instead of lost.
                if !left.is_empty() {
                    *domain = left;
                }
            }
        }
    }
}

//! Periods that want the cells of one teacher, one class or one kind of room, against the cells there are.
//!
//! In one week of the cycle: every set of periods needs as many cells as it has (Hall); lessons of n cells or more need as many
//! places of n cells that do not meet. Cells of different bells that overlap hold together what can be put there one after the other.

use super::super::clauses::{Ground, Hold};
use super::What;
use super::bits::Bits;
use super::flow::{Group, crowded};
use super::items::{Known, Part};
use super::proof::{Active, Proof, firmest};
use std::collections::{BTreeMap, BTreeSet};

/// One block that wants cells.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    pub item: usize,
    pub part: usize,
    pub weeks: u8,
    pub ground: Ground,
    pub what: Option<What>,
}

/// Something that holds so many lessons at a time.
pub struct Resource<'k, 'i, 'a> {
    pub known: &'k Known<'i, 'a>,
    pub claims: Vec<Claim>,
    pub ground: Ground,
    pub units: u32,
    /// Count in the cells of this class.
    pub class: Option<usize>,
    /// Item → how firmly it is told already that it finds no place.
    pub told: &'k [Option<Hold>],
}

/// Too many periods for too few cells.
#[derive(Debug, Clone)]
pub struct Short {
    pub week: u8,
    /// Cells that a lesson needs in a row, where single cells would do.
    pub row: Option<usize>,
    /// Positions of the claims.
    pub claims: Vec<usize>,
    pub needed: u32,
    pub there: u32,
}

/// A proof, and what each cause takes.
pub struct Told {
    pub hold: Hold,
    pub ground: Ground,
    pub short: Short,
    /// Cells before any cause.
    pub base: u32,
    /// Cause → cells that it takes beyond those before it.
    pub takes: Vec<(What, u32)>,
}

impl Resource<'_, '_, '_> {
    fn part(&self, claim: &Claim) -> &Part {
        &self.known.items[claim.item].parts[claim.part]
    }
    fn wants(&self, claim: &Claim, active: &Active<'_>) -> bool {
        let told = self.told[claim.item].is_some_and(|hold| hold <= active.reach);
        !told && active.holds(claim.what, claim.ground)
    }
    /// Cells of a claim as (bell, cell).
    fn cells(&self, claim: &Claim, active: &Active<'_>) -> (usize, Bits) {
        let part = self.part(claim);
        let starts = part.own(self.known.items[claim.item].left(active));
        match self.class.and_then(|class| Some((class, self.known.bells[class]?))) {
            Some((class, bell)) if bell != part.bell => {
                (bell, starts.iter().flat_map(|start| self.known.covered(class, part, start)).collect())
            }
            _ => (part.bell, starts.covered(part.periods)),
        }
    }
    /// A lesson of another bell covers at least one cell of the class.
    fn periods(&self, claim: &Claim) -> u32 {
        let part = self.part(claim);
        let foreign = self.class.is_some_and(|class| self.known.bells[class] != Some(part.bell));
        if foreign { 1 } else { part.periods as u32 }
    }

    /// The first set of claims found that is too much, under these causes.
    fn short(&self, active: &Active<'_>, only: Option<&Short>) -> Option<Short> {
        if self.ground.hold > active.reach {
            return None;
        }
        let chosen = |claim: &usize| only.is_none_or(|short| short.claims.contains(claim)) && self.wants(&self.claims[*claim], active);
        let claims: Vec<usize> = (0..self.claims.len()).filter(chosen).collect();
        self.known.weeks().filter(|week| only.is_none_or(|short| short.week == *week)).find_map(|week| {
            let held: Vec<usize> = claims.iter().copied().filter(|claim| self.claims[*claim].weeks >> week & 1 == 1).collect();
            let single = only.is_none_or(|short| short.row.is_none());
            single.then(|| self.crowded(&held, week, active)).flatten().or_else(|| self.rows(&held, week, active, only))
        })
    }

    fn crowded(&self, held: &[usize], week: u8, active: &Active<'_>) -> Option<Short> {
        let mut groups: BTreeMap<(usize, Bits), (u32, Vec<usize>)> = BTreeMap::new();
        for claim in held {
            let (periods, claims) = groups.entry(self.cells(&self.claims[*claim], active)).or_default();
            *periods += self.periods(&self.claims[*claim]);
            claims.push(*claim);
        }
        let axis = Axis::of(self.known, &groups.keys().map(|(bell, _)| *bell).collect(), self.units);
        let list: Vec<Group> =
            groups.iter().map(|((bell, cells), (periods, _))| Group { periods: *periods, cells: axis.places(*bell, *cells) }).collect();
        let set = crowded(&list, &axis.holds)?;
        let mut claims: Vec<usize> =
            groups.values().enumerate().filter(|(g, _)| set.contains(g)).flat_map(|(_, (_, c))| c.clone()).collect();
        claims.sort_unstable();
        let needed = set.iter().map(|group| list[*group].periods).sum();
        let places: BTreeSet<usize> = set.iter().flat_map(|group| list[*group].cells.iter().copied()).collect();
        Some(Short { week, row: None, claims, needed, there: axis.hold(&places) })
    }

    fn rows(&self, held: &[usize], week: u8, active: &Active<'_>, only: Option<&Short>) -> Option<Short> {
        let own = |claim: &&usize| self.class.is_none_or(|class| self.known.bells[class] == Some(self.part(&self.claims[**claim]).bell));
        let long: Vec<usize> = held.iter().filter(own).copied().filter(|claim| self.part(&self.claims[*claim]).periods > 1).collect();
        let lengths: BTreeSet<usize> = long.iter().map(|claim| self.part(&self.claims[*claim]).periods).collect();
        lengths.into_iter().rev().filter(|length| only.is_none_or(|short| short.row == Some(*length))).find_map(|length| {
            let claims: Vec<usize> = long.iter().copied().filter(|claim| self.part(&self.claims[*claim]).periods >= length).collect();
            let there = self.units.saturating_mul(self.places(&claims, length, active));
            (claims.len() as u32 > there).then_some(Short { week, row: Some(length), needed: claims.len() as u32, claims, there })
        })
    }

    /// Places of so many cells that do not meet, among all where one of the claims may start.
    fn places(&self, claims: &[usize], length: usize, active: &Active<'_>) -> u32 {
        let mut spans = BTreeSet::new();
        for claim in claims.iter().map(|claim| &self.claims[*claim]) {
            let part = self.part(claim);
            let grid = &self.known.grids[part.bell];
            for start in part.own(self.known.items[claim.item].left(active)).iter() {
                if let (Some(first), Some(last)) = (grid.get(start), grid.get(start + length - 1)) {
                    spans.insert((first.at.weekday, last.cell.end.0, first.cell.start.0));
                }
            }
        }
        apart(spans)
    }

    fn causes(&self, short: &Short) -> Vec<(Hold, What)> {
        let claims = short.claims.iter().map(|claim| &self.claims[*claim]);
        claims
            .flat_map(|claim| {
                let bars = self.known.items[claim.item].bars.iter().map(|bar| (bar.ground.hold, bar.what));
                bars.chain(claim.what.map(|what| (claim.ground.hold, what)))
            })
            .collect()
    }

    /// The firmest proof that not everything finds its place.
    pub fn told(&self) -> Option<Told> {
        let proof = firmest(|active, only| self.short(active, only), |short| self.causes(short))?;
        let active = proof.active();
        let claims: Vec<&Claim> = proof.found.claims.iter().map(|claim| &self.claims[*claim]).collect();
        let bars = claims.iter().flat_map(|claim| &self.known.items[claim.item].bars);
        let bars: Vec<_> = bars.filter(|bar| active.holds(Some(bar.what), bar.ground)).collect();
        let grounds = bars.iter().map(|bar| bar.ground).chain(claims.iter().map(|claim| claim.ground));
        let ground = grounds.fold(self.ground, Ground::and);
        let mut whats: Vec<(Hold, What)> = bars.iter().map(|bar| (bar.ground.hold, bar.what)).collect();
        whats.sort_unstable();
        whats.dedup_by_key(|(_, what)| *what);
        let (base, takes) = self.takes(&proof, &whats);
        Some(Told { hold: proof.reach, ground, base, takes, short: proof.found })
    }

    /// Cells without any cause, and what each takes in turn.
    fn takes(&self, proof: &Proof<Short>, whats: &[(Hold, What)]) -> (u32, Vec<(What, u32)>) {
        let mut without = proof.without.clone();
        without.extend(whats.iter().map(|(_, what)| *what));
        let there = |without: &BTreeSet<What>| self.there(&proof.found, &Active { reach: proof.reach, without });
        let base = there(&without);
        let mut left = base;
        let mut takes = Vec::new();
        for (_, what) in whats {
            without.remove(what);
            let now = there(&without);
            takes.push((*what, left - now));
            left = now;
        }
        (base, takes)
    }
    /// What the cells of a set of claims hold.
    fn there(&self, short: &Short, active: &Active<'_>) -> u32 {
        if let Some(length) = short.row {
            return self.units.saturating_mul(self.places(&short.claims, length, active));
        }
        let cells: Vec<_> = short.claims.iter().map(|claim| self.cells(&self.claims[*claim], active)).collect();
        let axis = Axis::of(self.known, &cells.iter().map(|(bell, _)| *bell).collect(), self.units);
        let places: BTreeSet<usize> = cells.into_iter().flat_map(|(bell, cells)| axis.places(bell, cells)).collect();
        axis.hold(&places)
    }
}

/// Most of these stretches that do not meet: taking the earliest end first. They come sorted by (day, end, start).
pub fn apart(spans: BTreeSet<(u8, u16, u16)>) -> u32 {
    let mut free = (0, 0);
    let mut count = 0;
    for (day, end, start) in spans {
        if day != free.0 || start >= free.1 {
            free = (day, end);
            count += 1;
        }
    }
    count
}

/// The cells of several bells, those that overlap by the clock as one place.
struct Axis {
    place: BTreeMap<usize, Vec<usize>>,
    /// Place → periods that it holds.
    holds: Vec<u32>,
}

impl Axis {
    fn of(known: &Known<'_, '_>, bells: &BTreeSet<usize>, units: u32) -> Self {
        if let [bell] = bells.iter().copied().collect::<Vec<_>>()[..] {
            let cells = known.grids[bell].len();
            return Self { place: BTreeMap::from([(bell, (0..cells).collect())]), holds: vec![units; cells] };
        }
        let mut cells: Vec<(u8, u16, u16, usize, usize)> = Vec::new();
        for bell in bells {
            let grid = known.grids[*bell].iter().enumerate();
            cells.extend(grid.map(|(at, cell)| (cell.at.weekday, cell.cell.start.0, cell.cell.end.0, *bell, at)));
        }
        cells.sort_unstable();
        let mut axis = Self { place: bells.iter().map(|bell| (*bell, vec![0; known.grids[*bell].len()])).collect(), holds: Vec::new() };
        let mut rest = &cells[..];
        while let Some((day, _, mut end, ..)) = rest.first().copied() {
            let mut count = 1;
            while let Some((_, _, later, ..)) = rest.get(count).filter(|(other, start, ..)| *other == day && *start < end) {
                end = end.max(*later);
                count += 1;
            }
            let (together, after) = rest.split_at(count);
            for (.., bell, at) in together {
                axis.place.entry(*bell).or_default()[*at] = axis.holds.len();
            }
            let most = apart(together.iter().map(|(day, start, end, ..)| (*day, *end, *start)).collect());
            axis.holds.push(units.saturating_mul(most));
            rest = after;
        }
        axis
    }
    fn hold(&self, places: &BTreeSet<usize>) -> u32 {
        places.iter().map(|place| self.holds[*place]).fold(0, u32::saturating_add)
    }
    fn places(&self, bell: usize, cells: Bits) -> Vec<usize> {
        let mut places: Vec<usize> = cells.iter().filter_map(|cell| self.place.get(&bell)?.get(cell).copied()).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

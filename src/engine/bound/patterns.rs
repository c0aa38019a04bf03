//! Gauges over the order of groups, seen from counts: which groups of a segment are busy is a pattern, an item of the coarse
//! problem; of all patterns with the same counts the cheapest stands for the others.

use super::coarse::{Touched, covered};
use super::faces::Piece;
use crate::Gauge;
use crate::problem::{Link, NONE, Point, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// Longer segments are left out: their patterns are too many.
const LONGEST: u8 = 10;
const FREE: i64 = 1 << 40;

/// Busy groups per atom of the segment, and what the gauge says of them.
struct Pattern {
    busy: Vec<u32>,
    raw: i64,
}

/// Posts an item for the pattern of every segment, tied to the counts, and returns the point that prices the patterns.
pub(super) fn patterns(problem: &Problem, coarse: &mut Problem, piece: &Piece, segments: &[(u8, u8)], touched: &[Touched]) -> Point {
    let mut links = Vec::new();
    for (first, end) in segments.iter().filter(|(first, end)| end - first <= LONGEST) {
        let within = |group: &u16| (u16::from(*first)..u16::from(*end)).contains(group);
        let reach = |kind: &Touched, values: &[u16]| covered(problem, &kind.links, values).into_iter().filter(within).collect();
        let mut sets: BTreeSet<BTreeSet<u16>> = BTreeSet::new();
        for kind in touched {
            sets.extend(kind.classes.iter().map(|class| reach(kind, &class.values)));
        }
        sets.insert(sets.iter().flatten().copied().collect());
        sets.remove(&BTreeSet::new());
        // Groups that no set tells apart.
        let mut atoms: BTreeMap<Vec<bool>, Vec<u16>> = BTreeMap::new();
        for group in sets.iter().flatten().collect::<BTreeSet<_>>() {
            atoms.entry(sets.iter().map(|set| set.contains(group)).collect()).or_default().push(*group);
        }
        let atoms: Vec<Vec<u16>> = atoms.into_values().collect();
        let patterns = cheapest(piece.point, &atoms);
        if patterns.iter().all(|pattern| pattern.raw == 0) {
            continue;
        }
        let name = format!("{} pattern {first}", piece.point.name);
        let item = coarse.choice(name.clone(), (0..patterns.len() as u16).collect());
        for set in &sets {
            let busy = |pattern: &Pattern| {
                let inside = atoms.iter().zip(&pattern.busy).filter(|(atom, _)| set.contains(&atom[0]));
                inside.map(|(_, busy)| i64::from(*busy)).sum()
            };
            let held = weigh(coarse, item, &patterns, &busy);
            // Per class: the least and the most groups of the set that one of its values touches.
            let mut taken: Vec<(u32, i32, i32)> = Vec::new();
            for kind in touched {
                for class in kind.classes.iter() {
                    let one = |value: &u16| covered(problem, &kind.links, &[*value]).intersection(set).count() as i32;
                    let amounts: BTreeSet<i32> = class.values.iter().map(one).collect();
                    if let (Some(least), Some(most)) = (amounts.first(), amounts.last()) {
                        taken.push((class.count, *least, *most));
                    }
                }
            }
            let map = coarse.map(vec![0]);
            let mut post = |of: &dyn Fn(&(u32, i32, i32)) -> i32, range: (i64, i64)| {
                let less = taken.iter().map(|class| Link { item: class.0, map, coef: -of(class) }).filter(|link| link.coef != 0);
                let links = held.iter().copied().chain(less).collect();
                coarse.post(Point::plain(name.clone(), 0, Gauge::Sum, 1, range, links));
            };
            if taken.iter().all(|(_, least, most)| least == most) {
                post(&|class| class.1, (0, 0));
            } else {
                post(&|class| class.1, (0, FREE));
                post(&|class| class.2, (-FREE, 0));
            }
        }
        links.extend(weigh(coarse, item, &patterns, &|pattern| pattern.raw));
    }
    Point { gauge: Gauge::Sum, groups: 1, links, base: Vec::new(), ..piece.point.clone() }
}

/// Links by which the item adds to group 0 what its pattern weighs: one for each weight.
fn weigh(coarse: &mut Problem, item: u32, patterns: &[Pattern], of: &dyn Fn(&Pattern) -> i64) -> Vec<Link> {
    let weights: Vec<i64> = patterns.iter().map(of).collect();
    let distinct: BTreeSet<i64> = weights.iter().copied().filter(|weight| *weight > 0).collect();
    let link = |weight: i64| {
        let table = weights.iter().map(|other| if *other == weight { 0 } else { NONE }).collect();
        Link { item, map: coarse.map(table), coef: weight as i32 }
    };
    distinct.into_iter().map(link).collect()
}

/// Per number of busy groups in each atom: the least that the gauge can be.
fn cheapest(point: &Point, atoms: &[Vec<u16>]) -> Vec<Pattern> {
    let groups: Vec<(usize, u16)> = atoms.iter().enumerate().flat_map(|(a, atom)| atom.iter().map(move |group| (a, *group))).collect();
    let mut least: BTreeMap<Vec<u32>, i64> = BTreeMap::new();
    for mask in 0..1u32 << groups.len() {
        let (mut busy, mut totals) = (vec![0; atoms.len()], vec![0; usize::from(point.groups)]);
        for (_, (atom, group)) in groups.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1) {
            busy[*atom] += 1;
            totals[usize::from(*group)] = 1;
        }
        let raw = point.gauge.raw(&totals);
        least.entry(busy).and_modify(|least| *least = raw.min(*least)).or_insert(raw);
    }
    least.into_iter().map(|(busy, raw)| Pattern { busy, raw }).collect()
}

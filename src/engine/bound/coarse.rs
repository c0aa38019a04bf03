//! The coarse problem: alike items become counts, alike values become one, and points keep what still holds of them.
//!
//! Two values of an item are alike when every map that is kept sends them to the same group. Then nothing that is priced tells
//! them apart, and only how many items take one of them matters. What is left out or merged can only make it cheaper.

use super::faces::{Face, Piece, face};
use super::patterns::patterns;
use crate::Gauge;
use crate::problem::{Domain, ItemId, Level, Link, NONE, Point, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Levels of the coarse problem: what is held, and what is priced.
pub(super) const PRICED: u8 = 1;

/// Alike values of alike items.
pub(super) struct Class {
    pub(super) values: Vec<u16>,
    /// How many of the items take one of the values.
    pub(super) count: ItemId,
}

/// Alike items as one point sees them: their classes and the links of each.
pub(super) struct Touched {
    pub(super) classes: Rc<[Class]>,
    pub(super) links: Vec<Link>,
}

/// A relaxation of these pieces over their items: no plan that keeps what is held costs less than its cheapest one.
pub(super) fn coarsen(problem: &Problem, pieces: &[Piece]) -> Problem {
    let faces: Vec<Option<Face>> = pieces.iter().map(|piece| face(problem, piece, pieces)).collect();
    let mut coarse = Problem::new(["held", "priced"].map(|name| Level { name: name.to_owned(), firm: name == "held", hard: false }).into());
    let mut touched: Vec<Vec<Touched>> = pieces.iter().map(|_| Vec::new()).collect();
    for ((values, links), items) in alike(problem, pieces, &faces) {
        let told = |value: u16| -> Vec<u16> {
            links.iter().filter_map(|(p, link)| faces[*p].as_ref()?.tells(problem.group(link.map, i32::from(value)))).collect()
        };
        let mut classes: BTreeMap<Vec<u16>, Vec<u16>> = BTreeMap::new();
        for value in values {
            classes.entry(told(value)).or_default().push(value);
        }
        let (all, least) = (items.len() as i32, if classes.len() == 1 { items.len() as i32 } else { 0 });
        let name = &problem.items[items[0] as usize].name;
        let mut class = |values: Vec<u16>| Class { count: coarse.count(format!("{name}@{}", values[0]), least, all), values };
        let classes: Rc<[Class]> = classes.into_values().map(&mut class).collect();
        let map = coarse.map(vec![0]);
        let each = classes.iter().map(|class| Link { item: class.count, map, coef: 1 }).collect();
        coarse.post(Point::plain(name.clone(), 0, Gauge::Sum, 1, (i64::from(all), i64::from(all)), each));
        let mut by_point: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
        for (p, link) in links {
            by_point.entry(p).or_default().push(link);
        }
        for (p, links) in by_point {
            touched[p].push(Touched { classes: Rc::clone(&classes), links });
        }
    }
    for ((piece, face), touched) in pieces.iter().zip(faces).zip(touched) {
        let point = match face {
            None => continue,
            Some(Face::Exact) => exact(problem, &mut coarse, piece, &touched),
            Some(Face::Sets { most }) => sets(problem, &mut coarse, piece, most, &touched),
            Some(Face::Patterns { segments }) => patterns(problem, &mut coarse, piece, segments, &touched),
        };
        if !point.links.is_empty() || !point.base.is_empty() {
            coarse.post(Point { level: if piece.held { 0 } else { PRICED }, gated: Vec::new(), ..point });
        }
    }
    narrow(&mut coarse);
    coarse
}

/// (Values, links with their piece) → the items that have them.
type Alike = BTreeMap<(Vec<u16>, Vec<(usize, Link)>), Vec<ItemId>>;

fn alike(problem: &Problem, pieces: &[Piece], faces: &[Option<Face>]) -> Alike {
    let mut uses: BTreeMap<ItemId, Vec<(usize, Link)>> = BTreeMap::new();
    for (p, piece) in pieces.iter().enumerate().filter(|(p, _)| faces[*p].is_some()) {
        for link in &piece.links {
            uses.entry(link.item).or_default().push((p, Link { item: 0, ..*link }));
        }
    }
    let mut kinds = Alike::new();
    for (item, links) in uses {
        if let Domain::Choice(values) = &problem.items[item as usize].domain {
            kinds.entry((values.clone(), links)).or_default().push(item);
        }
    }
    kinds
}

/// The gauge itself over the counts.
fn exact(problem: &Problem, coarse: &mut Problem, piece: &Piece, touched: &[Touched]) -> Point {
    let mut links = Vec::new();
    for Touched { classes, links: each } in touched {
        for (class, link) in classes.iter().flat_map(|class| each.iter().map(move |link| (class, link))) {
            let group = problem.group(link.map, i32::from(class.values[0]));
            if group != NONE {
                links.push(Link { item: class.count, map: coarse.map(vec![group]), coef: link.coef });
            }
        }
    }
    Point { links, ..piece.point.clone() }
}

/// The sum over a set of groups is at most what each may hold: one row for every set that the values of some class cover.
fn sets(problem: &Problem, coarse: &mut Problem, piece: &Piece, most: &[i32], touched: &[Touched]) -> Point {
    let mut sets: BTreeSet<BTreeSet<u16>> = BTreeSet::new();
    for kind in touched {
        sets.extend(kind.classes.iter().map(|class| covered(problem, &kind.links, &class.values)));
    }
    sets.remove(&BTreeSet::new());
    let (mut links, mut base) = (Vec::new(), Vec::new());
    for (s, set) in sets.iter().enumerate() {
        let map = coarse.map(vec![s as u16]);
        for kind in touched {
            for class in kind.classes.iter() {
                let coef = class.values.iter().map(|value| amount(problem, &kind.links, *value, set)).min().unwrap_or(0);
                if coef > 0 {
                    links.push(Link { item: class.count, map, coef });
                }
            }
        }
        base.extend(piece.point.base.iter().filter(|(group, _)| set.contains(group)).map(|(_, amount)| (s as u16, *amount)));
    }
    let holds = |group: &u16| (if most.len() == 1 { most[0] } else { most[usize::from(*group)] }).max(0);
    let hi = sets.iter().map(|set| set.iter().map(holds).sum()).collect();
    let (gauge, groups) = (Gauge::BusyLoad { lo: vec![0], hi }, sets.len() as u16);
    Point { gauge, groups, links, base, ..piece.point.clone() }
}

/// Groups that some of the values touch.
pub(super) fn covered(problem: &Problem, links: &[Link], values: &[u16]) -> BTreeSet<u16> {
    let groups = links.iter().flat_map(|link| values.iter().map(|value| problem.group(link.map, i32::from(*value))));
    groups.filter(|group| *group != NONE).collect()
}

/// What the value adds to the groups of a set.
fn amount(problem: &Problem, links: &[Link], value: u16, set: &BTreeSet<u16>) -> i32 {
    let inside = links.iter().filter(|link| set.contains(&problem.group(link.map, i32::from(value))));
    inside.map(|link| link.coef).sum()
}

/// Lowers the most that each count can be to what a held group has room for: busy groups then need less of it.
fn narrow(coarse: &mut Problem) {
    let mut room: BTreeMap<ItemId, i32> = BTreeMap::new();
    for point in coarse.points.iter().filter(|point| point.level != PRICED && point.hi == 0) {
        let Gauge::BusyLoad { hi, .. } = &point.gauge else { continue };
        for link in point.links.iter().filter(|link| link.coef > 0) {
            if let Some((group, _)) = coarse.gives(link, 1) {
                let most = (if hi.len() == 1 { hi[0] } else { hi[usize::from(group)] }).max(0) / link.coef;
                room.entry(link.item).and_modify(|room| *room = (*room).min(most)).or_insert(most);
            }
        }
    }
    for (item, most) in room {
        if let Domain::Count { lo, hi } = &mut coarse.items[item as usize].domain {
            *hi = (*hi).min(most).max(*lo);
        }
    }
}

//! What a point still says when values are merged: exactly itself, or sums over sets of groups, or nothing.

use crate::Gauge;
use crate::problem::{Link, MapId, NONE, Point, Problem};
use std::collections::BTreeSet;

/// A point, or the part of it that lies in one block.
pub(super) struct Piece<'p> {
    pub(super) point: &'p Point,
    pub(super) links: Vec<Link>,
    /// Its excess is known to be 0; else it is priced.
    pub(super) held: bool,
}

/// How a point looks at coarse values.
pub(super) enum Face<'p> {
    /// Its groups are told apart: the gauge itself.
    Exact,
    /// Groups that hold so many at most each (one entry = the same for all): their sums over sets of groups.
    Sets { most: &'p [i32] },
    /// Segments of ordered groups, none of which is touched by two items.
    Patterns { segments: &'p [(u8, u8)] },
}

impl Face<'_> {
    /// What tells a value that touches this group from another; `None` = nothing does.
    pub(super) fn tells(&self, group: u16) -> Option<u16> {
        match self {
            Self::Exact => Some(group),
            Self::Sets { .. } => None,
            Self::Patterns { segments } => {
                let at = segments.iter().position(|(first, end)| (u16::from(*first)..u16::from(*end)).contains(&group));
                Some(at.map_or(NONE, |at| at as u16))
            }
        }
    }
}

/// `None`: the point is left out.
pub(super) fn face<'p>(problem: &Problem, piece: &Piece<'p>, all: &[Piece]) -> Option<Face<'p>> {
    let whole = piece.links.len() == piece.point.links.len() && piece.point.gated.is_empty();
    let grows = grows(piece.point);
    if !whole && !grows {
        return None;
    }
    // What counts busy groups takes nothing away.
    if !matches!(piece.point.gauge, Gauge::Sum) && piece.links.iter().any(|link| link.coef <= 0) {
        return None;
    }
    if piece.links.iter().all(|link| !is_fine(problem, link.map)) {
        return Some(Face::Exact);
    }
    match &piece.point.gauge {
        Gauge::BusyLoad { hi, .. } if grows && piece.held && piece.point.hi == 0 => Some(Face::Sets { most: hi }),
        Gauge::Run { segments, .. } | Gauge::Gaps { segments } => {
            let plain = piece.point.lo <= 0 && piece.point.base.is_empty();
            (plain && apart(problem, piece, all)).then_some(Face::Patterns { segments })
        }
        _ => None,
    }
}

/// Whether more contributions never lower the excess: then what is left out only makes it cheaper.
pub(crate) fn grows(point: &Point) -> bool {
    let links = point.links.iter().chain(point.gated.iter().map(|gated| &gated.link));
    let positive = links.map(|link| link.coef).all(|coef| coef >= 0);
    let least: i64 = point.base.iter().map(|(_, amount)| i64::from(*amount).min(0)).sum();
    let kind = match &point.gauge {
        Gauge::Sum => return positive && point.lo <= least,
        Gauge::Busy | Gauge::Run { .. } => true,
        Gauge::BusyWeight { weight } => weight.iter().all(|weight| *weight >= 0),
        Gauge::BusyLoad { lo, .. } => lo.iter().all(|lo| *lo <= 1),
        Gauge::Load { lo, .. } => lo.iter().all(|lo| *lo <= 0),
        Gauge::Clique { range, .. } => range.0 <= 1,
        Gauge::Peak { spread, .. } => !spread,
        Gauge::Gaps { .. } | Gauge::Together { .. } | Gauge::Order { .. } => false,
    };
    kind && positive && least == 0 && point.lo <= 0
}

/// Whether a map tells (nearly) every value from every other, as cells do and days do not.
fn is_fine(problem: &Problem, map: MapId) -> bool {
    let touched: Vec<u16> = problem.table(map).iter().copied().filter(|group| *group != NONE).collect();
    let groups = touched.iter().collect::<BTreeSet<_>>().len();
    groups > 1 && 2 * groups > touched.len()
}

/// Whether what is held keeps different items from touching the same group: for every group, all (item, value) that touch it also
/// touch one group of a held point that holds one at most.
fn apart(problem: &Problem, piece: &Piece, all: &[Piece]) -> bool {
    let one = |other: &&Piece| {
        let alone = matches!(&other.point.gauge, Gauge::BusyLoad { hi, .. } if hi.iter().all(|hi| *hi <= 1));
        alone && other.held && other.point.hi <= 0 && grows(other.point)
    };
    let groups = |links: &[Link], item: u32, value: i32| -> BTreeSet<u16> {
        let mine = links.iter().filter(|link| link.item == item && link.coef > 0);
        mine.map(|link| problem.group(link.map, value)).filter(|group| *group != NONE).collect()
    };
    let items: BTreeSet<u32> = piece.links.iter().map(|link| link.item).collect();
    let guards = |guard: &Piece| {
        let mut common: Vec<Option<BTreeSet<u16>>> = vec![None; usize::from(piece.point.groups)];
        for item in &items {
            for value in problem.items[*item as usize].domain.values() {
                let theirs = groups(&guard.links, *item, value);
                for group in groups(&piece.links, *item, value) {
                    let slot = &mut common[usize::from(group)];
                    *slot = Some(slot.as_ref().map_or_else(|| theirs.clone(), |before| before & &theirs));
                }
            }
        }
        common.iter().flatten().all(|groups| !groups.is_empty())
    };
    let first = piece.links.first().map(|link| link.item);
    all.iter().filter(one).any(|other| other.links.iter().any(|link| Some(link.item) == first) && guards(other))
}

//! The moves of the search: each drafts new values for a few items.

mod roles;
mod splits;
mod stretches;

use super::super::problem::{Domain, ItemId};
use super::Search;
use std::ops::Range;

/// Share of Kempe chains among the moves, in 256ths.
const CHAINS: u64 = 64;
/// Share of moves directed at a broken hard point, in 256ths.
const DIRECTED: u64 = 64;
/// Share of the others directed at a soft point that costs something, in 256ths.
const FOCUSED: u64 = 160;
/// Share of the others that exchange stretches of a crew, in 256ths.
const STRETCHES: u64 = 8;
/// Longest Kempe chain.
const CHAIN: usize = 80;

/// The move under trial.
pub(super) struct Draft {
    pub(super) moves: Vec<(ItemId, i32)>,
    /// Values before.
    pub(super) from: Vec<i32>,
    /// Who is in the way of one item of the move.
    met: Vec<ItemId>,
    /// Items already in the move carry its number.
    mark: Vec<u32>,
    number: u32,
}

impl Draft {
    pub(super) fn new(items: usize) -> Self {
        Self { moves: Vec::new(), from: Vec::new(), met: Vec::new(), mark: vec![0; items], number: 0 }
    }
    fn begin(&mut self) {
        self.moves.clear();
        self.from.clear();
        self.number = self.number.wrapping_add(1);
        if self.number == 0 {
            self.mark.fill(0);
            self.number = 1;
        }
    }
    /// Only the first so many items.
    fn cut(&mut self, most: usize) {
        for (item, _) in self.moves.drain(most..) {
            self.mark[item as usize] = self.number.wrapping_sub(1);
        }
        self.from.truncate(most);
    }
    fn holds(&self, item: ItemId) -> bool {
        self.mark[item as usize] == self.number
    }
    fn add(&mut self, item: ItemId, value: i32) {
        self.mark[item as usize] = self.number;
        self.moves.push((item, value));
        self.from.push(value);
    }
}

impl Search<'_> {
    pub(super) fn draft_move(&mut self) -> bool {
        self.draft.begin();
        let lot = self.random.draw() % 256;
        if lot < self.shares.split {
            return self.resplit();
        }
        if lot < self.shares.split + self.shares.fill {
            return if !self.seats.casts.is_empty() && self.random.draw().is_multiple_of(2) { self.recast() } else { self.refill() };
        }
        let Some(item) = self.draw_item() else { return false };
        if self.random.draw() % 256 < STRETCHES {
            return self.swap_stretches(item);
        }
        let value = self.draw_value(item);
        if value == self.state.value(item) {
            return false;
        }
        let (_, span) = self.seating.seat(item, self.state.value(item));
        let (_, new_span) = self.seating.seat(item, value);
        if span == 0 || new_span == 0 {
            return self.enter(item, value);
        }
        if self.random.draw() % 256 < CHAINS { self.chain(item, value) } else { self.exchange(item, value) }
    }

    /// An item that has no place takes one, and whoever is in the way loses theirs; or an item gives up its place.
    fn enter(&mut self, item: ItemId, value: i32) -> bool {
        self.draft.add(item, value);
        if !self.tied(item, value) {
            return false;
        }
        let ejects = !self.random.draw().is_multiple_of(4);
        let mut next = 0;
        let entering = self.draft.moves.len();
        while ejects && next < entering {
            let (item, value) = self.draft.moves[next];
            next += 1;
            self.meet(item, value);
            for k in 0..self.draft.met.len() {
                let met = self.draft.met[k];
                if self.draft.holds(met) {
                    continue;
                }
                let nowhere = self.seating.shape(met).map_or(-1, |shape| shape.kind(self.state.value(met)).0);
                if !self.state.problem.items[met as usize].domain.holds(nowhere) || self.draft.moves.len() > CHAIN {
                    return false;
                }
                self.draft.add(met, nowhere);
            }
        }
        true
    }

    /// Any item; now and then one that a broken hard point counts, often one that a costly soft point counts.
    fn draw_item(&mut self) -> Option<ItemId> {
        let directed = !self.broken.is_empty() && self.random.draw() % 256 < DIRECTED;
        let focused = !directed && !self.costly.is_empty() && self.random.draw() % 256 < FOCUSED;
        let points = if directed { &self.broken } else { &self.costly };
        if directed || focused {
            let point = points[self.random.below(points.len())];
            let links = &self.state.problem.points[point as usize].links;
            let item = links.get(self.random.below(links.len())).map(|link| link.item);
            if let Some(item) = item.filter(|item| self.seating.shape(*item).is_some()) {
                return Some(item);
            }
        }
        let pick = self.random.below(self.movable.len());
        self.movable.get(pick).copied()
    }

    /// A value of the item's domain of the same kind as the one it has.
    fn draw_value(&mut self, item: ItemId) -> i32 {
        let now = self.state.value(item);
        self.draw_of_kind(item, self.seating.shape(item).map_or((i32::MIN, i32::MAX), |shape| shape.kind(now))).unwrap_or(now)
    }
    fn draw_of_kind(&mut self, item: ItemId, (first, end): (i32, i32)) -> Option<i32> {
        let Domain::Choice(values) = &self.state.problem.items[item as usize].domain else { return None };
        let from = values.partition_point(|value| i32::from(*value) < first);
        let to = values.partition_point(|value| i32::from(*value) < end);
        (from < to).then(|| i32::from(values[from + self.random.below(to - from)]))
    }

    /// The item goes to another place; whoever sat there on its boards goes to where it came from.
    fn exchange(&mut self, item: ItemId, value: i32) -> bool {
        let (from, span) = self.seating.seat(item, self.state.value(item));
        let (to, new_span) = self.seating.seat(item, value);
        if span != new_span {
            return false;
        }
        self.draft.add(item, value);
        // Places wanted and freed, in order; they may overlap when the item only shifts.
        let freed = |k: u16| if from >= to { from.max(to + u16::from(span)) + k } else { from + k };
        let wanted = if from >= to { to..(to + u16::from(span)).min(from) } else { (from + u16::from(span)).max(to)..to + u16::from(span) };
        let space = self.seating.space(item);
        if !self.tied(item, value) {
            return false;
        }
        // Without boards one of its crews will do.
        let (boards, crews) = self.seating.lines(item);
        let (first, count) =
            if boards.is_empty() { (self.random.below(crews.len().max(1)), crews.len().min(1)) } else { (0, boards.len()) };
        for b in first..first + count {
            let (boards, crews) = self.seating.lines(item);
            let board = if boards.is_empty() { crews[b] } else { boards[b] };
            if !self.clear(item, board, &wanted, &wanted, freed) {
                return false;
            }
        }
        (!self.seating.is_layered() || self.bring_along(from, to, u16::from(span))) && self.crews_are_free(space)
    }

    /// Whoever is in the item's way on the line at these places goes to the place that is freed instead of the k-th that is wanted.
    fn clear(&mut self, item: ItemId, line: u32, at: &Range<u16>, wanted: &Range<u16>, freed: impl Fn(u16) -> u16) -> bool {
        let space = self.seating.space(item);
        for place in at.clone() {
            for k in 0..self.seating.at(line, space, place).len() {
                let other = self.seating.at(line, space, place)[k];
                if self.draft.holds(other) || !self.seating.overlap(item, other) {
                    continue;
                }
                let (start, length) = self.seating.seat(other, self.state.value(other));
                let inside = start >= wanted.start && start + u16::from(length) <= wanted.end;
                if !inside || !self.goes(other, freed(start - wanted.start), length) {
                    return false;
                }
            }
        }
        true
    }

    /// Two half items that share a place move as one: whoever was sent to a freed place meets the half that stayed there, which then
    /// goes the other way, and so on along the boards until both places are whole again.
    fn bring_along(&mut self, from: u16, to: u16, width: u16) -> bool {
        let mut next = 1;
        while next < self.draft.moves.len() && from.abs_diff(to) >= width {
            if next > CHAIN {
                return false;
            }
            let (item, value) = self.draft.moves[next];
            next += 1;
            let (place, span) = self.seating.seat(item, value);
            let (side, other_side) = if place >= from && place < from + width { (from, to) } else { (to, from) };
            let (covered, whole) = (place..place + u16::from(span), side..side + width);
            for b in 0..self.seating.lines(item).0.len() {
                let board = self.seating.lines(item).0[b];
                if !self.clear(item, board, &covered, &whole, |k| other_side + k) {
                    return false;
                }
            }
        }
        true
    }

    /// Whom the item would meet with this value on any of its lines, those of the move left out.
    fn meet(&mut self, item: ItemId, value: i32) {
        self.draft.met.clear();
        let (place, span) = self.seating.seat(item, value);
        let space = self.seating.space(item);
        let (boards, crews) = self.seating.lines(item);
        for line in boards.iter().chain(crews) {
            for at in place..place + u16::from(span) {
                let there = self.seating.at(*line, space, at).iter().copied();
                let Draft { met, mark, number, .. } = &mut self.draft;
                let seating = &self.seating;
                met.extend(there.filter(|other| mark[*other as usize] != *number && seating.overlap(item, *other)));
            }
        }
    }

    /// Adds an item to the move if its domain has that place.
    fn goes(&mut self, item: ItemId, place: u16, span: u8) -> bool {
        let Some(value) = self.seating.shape(item).and_then(|shape| shape.value(place, span)) else { return false };
        let allowed = self.state.problem.items[item as usize].domain.holds(value);
        if allowed {
            self.draft.add(item, value);
        }
        allowed && self.tied(item, value)
    }

    /// Items that are tied to this one and at the same places now come along.
    fn tied(&mut self, item: ItemId, value: i32) -> bool {
        let now = self.state.value(item);
        for tie in self.seating.ties(item) {
            for part in tie.iter().filter(|part| !part.contains(&item)) {
                // One of each other part.
                let along = |other: &&ItemId| self.state.value(**other) == now && !self.draft.holds(**other);
                let comes = |other: &&ItemId| self.draft.holds(**other) && self.draft.moves.iter().any(|moved| moved == &(**other, value));
                if part.iter().any(|other| comes(&other)) {
                    continue;
                }
                let Some(other) = part.iter().find(along).copied() else { continue };
                if !self.state.problem.items[other as usize].domain.holds(value) {
                    return false;
                }
                self.draft.add(other, value);
            }
        }
        true
    }

    /// No crew of the move meets somebody at the new places who stays; a clash is let through now and then, since it may
    /// be the way out of a plan that is broken anyway.
    fn crews_are_free(&mut self, space: u16) -> bool {
        for (item, value) in &self.draft.moves {
            let (place, span) = self.seating.seat(*item, *value);
            for crew in self.seating.lines(*item).1 {
                for at in place..place + u16::from(span) {
                    if self
                        .seating
                        .at(*crew, space, at)
                        .iter()
                        .any(|other| !self.draft.holds(*other) && self.seating.overlap(*item, *other))
                    {
                        return self.random.draw().is_multiple_of(16);
                    }
                }
            }
        }
        true
    }

    /// Everything that an item meets at its new place, on its boards or in its crews, changes places with it, and so on.
    fn chain(&mut self, first: ItemId, value: i32) -> bool {
        let (a, span) = self.seating.seat(first, self.state.value(first));
        let (b, new_span) = self.seating.seat(first, value);
        let width = u16::from(span);
        if span == 0 || span != new_span || a.abs_diff(b) < width {
            return false;
        }
        let space = self.seating.space(first);
        self.draft.add(first, value);
        if !self.tied(first, value) {
            return false;
        }
        let mut next = 0;
        while next < self.draft.moves.len() {
            if next > CHAIN {
                return false;
            }
            let (item, value) = self.draft.moves[next];
            next += 1;
            let (place, _) = self.seating.seat(item, value);
            let (side, other_side) = if place >= a && place < a + width { (a, b) } else { (b, a) };
            self.meet(item, value);
            for k in 0..self.draft.met.len() {
                let met = self.draft.met[k];
                if self.draft.holds(met) {
                    continue;
                }
                let (start, length) = self.seating.seat(met, self.state.value(met));
                let inside = start >= side && start + u16::from(length) <= side + width;
                if !inside || self.seating.space(met) != space || !self.goes(met, start - side + other_side, length) {
                    return false;
                }
            }
        }
        true
    }
}

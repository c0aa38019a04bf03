//! The moves of the search: each drafts new values for a few items.

use super::super::problem::{Domain, ItemId};
use super::Search;

/// Share of Kempe chains among the moves, in 256ths.
const CHAINS: u64 = 64;
/// Longest Kempe chain.
const CHAIN: usize = 24;

/// The move under trial.
pub(super) struct Draft {
    pub(super) moves: Vec<(ItemId, i32)>,
    /// Values before.
    pub(super) from: Vec<i32>,
    /// Items already in the move carry its number.
    mark: Vec<u32>,
    number: u32,
}

impl Draft {
    pub(super) fn new(items: usize) -> Self {
        Self { moves: Vec::new(), from: Vec::new(), mark: vec![0; items], number: 0 }
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
        let pick = self.random.below(self.movable.len());
        let item = self.movable[pick];
        let Domain::Choice(values) = &self.state.problem.items[item as usize].domain else { return false };
        let value = i32::from(values[self.random.below(values.len())]);
        if value == self.state.value(item) {
            return false;
        }
        self.draft.begin();
        if self.random.draw() % 256 < CHAINS { self.chain(item, value) } else { self.exchange(item, value) }
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
        let boards = self.seating.lines(item).0.len();
        for b in 0..boards {
            let board = self.seating.lines(item).0[b];
            for place in wanted.clone() {
                for k in 0..self.seating.at(board, space, place).len() {
                    let other = self.seating.at(board, space, place)[k];
                    if self.draft.holds(other) {
                        continue;
                    }
                    let (start, length) = self.seating.seat(other, self.state.value(other));
                    if start < wanted.start || start + u16::from(length) > wanted.end {
                        return false;
                    }
                    let target = freed(start - wanted.start);
                    if !self.goes(other, target, length) {
                        return false;
                    }
                }
            }
        }
        self.crews_are_free(space)
    }

    /// Adds an item to the move if its domain has that place.
    fn goes(&mut self, item: ItemId, place: u16, span: u8) -> bool {
        let Some(value) = self.seating.shape(item).and_then(|shape| shape.value(place, span)) else { return false };
        let allowed = self.state.problem.items[item as usize].domain.holds(value);
        if allowed {
            self.draft.add(item, value);
        }
        allowed
    }

    /// No crew of the move meets somebody at the new places who stays; a clash is let through now and then, since it may
    /// be the way out of a plan that is broken anyway.
    fn crews_are_free(&mut self, space: u16) -> bool {
        for (item, value) in &self.draft.moves {
            let (place, span) = self.seating.seat(*item, *value);
            for crew in self.seating.lines(*item).1 {
                for at in place..place + u16::from(span) {
                    if self.seating.at(*crew, space, at).iter().any(|other| !self.draft.holds(*other)) {
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
        let mut next = 0;
        while next < self.draft.moves.len() {
            if next > CHAIN {
                return false;
            }
            let (item, value) = self.draft.moves[next];
            next += 1;
            let (place, span) = self.seating.seat(item, value);
            let (side, other_side) = if place >= a && place < a + width { (a, b) } else { (b, a) };
            let lines = self.seating.lines(item);
            for line in 0..lines.0.len() + lines.1.len() {
                let lines = self.seating.lines(item);
                let line = if line < lines.0.len() { lines.0[line] } else { lines.1[line - lines.0.len()] };
                for at in place..place + u16::from(span) {
                    for k in 0..self.seating.at(line, space, at).len() {
                        let met = self.seating.at(line, space, at)[k];
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
            }
        }
        true
    }
}

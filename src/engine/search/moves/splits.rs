//! Moves that cut the wholes otherwise: parts grow, shrink, come and go.

use super::super::super::problem::ItemId;
use super::super::super::seats::Shape;
use super::super::Search;
use smallvec::SmallVec;

impl Search<'_> {
    /// Two parts of a whole share their length otherwise; a part of length 0 is none. Whoever sits at the places they now
    /// cover goes to those they leave.
    pub(super) fn resplit(&mut self) -> bool {
        let seats = self.seats;
        let whole = &seats.wholes[self.random.below(seats.wholes.len())];
        let a = whole.parts[self.random.below(whole.parts.len())];
        let b = whole.parts[self.random.below(whole.parts.len())];
        let (Some(shape), true) = (self.seating.shape(a), a != b) else { return false };
        let (was_a, was_b) = (shape.number(self.state.value(a)), shape.number(self.state.value(b)));
        let both = was_a + was_b;
        let fits = |length: usize| length == 0 || (whole.least..=whole.most).contains(&length);
        let new_a = self.random.below(both + 1);
        let new_b = both - new_a;
        if new_a == was_a || !fits(new_a) || !fits(new_b) || both == 0 {
            return false;
        }
        // The part that shrinks goes first: a new one may sit down where it was.
        let pair = if new_a < was_a { [(a, new_a), (b, new_b)] } else { [(b, new_b), (a, new_a)] };
        let mut left = None;
        for (item, new) in pair {
            let value = self.resized(item, shape, new, left);
            let Some(value) = value.filter(|value| self.state.problem.items[item as usize].domain.holds(*value)) else { return false };
            if self.draft.holds(item) {
                return false;
            }
            let (from, span) = shape.seat(self.state.value(item));
            let (to, new_span) = shape.seat(value);
            left = (span > new_span).then(|| if to == from { from + u16::from(new_span) } else { from });
            self.draft.add(item, value);
            if !self.tied(item, value) {
                return false;
            }
        }
        if !self.make_way(a) {
            return false;
        }
        // Parts that come or go bring those who sit with them.
        for k in 0..self.draft.moves.len() {
            let (item, value) = self.draft.moves[k];
            let now = self.state.value(item);
            if (value == 0) != (now == 0) && !self.empty_or_fill(item, value != 0) {
                return false;
            }
        }
        true
    }

    /// A value of another length for an item: at the end of its seat or at the beginning; for one that had no seat where
    /// one was `left`, mostly.
    fn resized(&mut self, item: ItemId, shape: &Shape, new: usize, left: Option<u16>) -> Option<i32> {
        let (place, span) = shape.seat(self.state.value(item));
        let kind = shape.kind_at(new);
        let lot = self.random.draw() % 4;
        let start = match (new, left) {
            (0, _) => None,
            _ if span > 0 && lot == 0 => (place + u16::from(span)).checked_sub(new as u16),
            _ if span > 0 && lot < 3 => Some(place),
            (_, Some(left)) if span == 0 && lot < 2 => Some(left),
            _ => None,
        };
        start.and_then(|start| shape.value(start, new as u8)).or_else(|| self.draw_of_kind(item, kind))
    }

    /// On each line of the item, those in the way of the drafted moves go to the places that these leave.
    fn make_way(&mut self, item: ItemId) -> bool {
        let space = self.seating.space(item);
        let mut free: SmallVec<[u16; 16]> = SmallVec::new();
        let covers = |(place, span): (u16, u8), at: u16| at >= place && at < place + u16::from(span);
        let moves = self.draft.moves.len();
        for k in 0..moves {
            let (moved, _) = self.draft.moves[k];
            let (place, span) = self.seating.seat(moved, self.state.value(moved));
            let taken = |at: &u16| self.draft.moves.iter().any(|(item, value)| covers(self.seating.seat(*item, *value), *at));
            free.extend((place..place + u16::from(span)).filter(|at| !taken(at)));
        }
        free.sort_unstable();
        free.dedup();
        for k in 0..moves {
            let (moved, value) = self.draft.moves[k];
            self.meet(moved, value);
            for m in 0..self.draft.met.len() {
                let met = self.draft.met[m];
                if self.draft.holds(met) {
                    continue;
                }
                let (_, length) = self.seating.seat(met, self.state.value(met));
                let run = usize::from(length);
                let fits = |k: &usize| free[*k + run - 1] == free[*k] + u16::from(length) - 1;
                let Some(at) = (0..(free.len() + 1).saturating_sub(run)).find(fits) else { return false };
                let target = free[at];
                free.drain(at..at + run);
                if !self.goes(met, target, length) {
                    return false;
                }
            }
        }
        self.crews_are_free(space)
    }

    /// Nobody sits with a part that is not there; a new part takes who sits with it at random.
    fn empty_or_fill(&mut self, item: ItemId, fill: bool) -> bool {
        for k in 0..self.seating.keys(item).len() {
            let key = self.seating.keys(item)[k];
            let value = if fill { self.draw_of_kind(key, (0, i32::MAX)) } else { Some(0) };
            let Some(value) = value else { return false };
            self.draft.add(key, value);
        }
        true
    }
}

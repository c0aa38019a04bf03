//! Moves that change who sits with items.

use super::super::super::problem::ItemId;
use super::super::Search;

impl Search<'_> {
    /// Somebody else sits with an item: anybody who is free, or whoever sits elsewhere at that time, who then changes places.
    pub(super) fn refill(&mut self) -> bool {
        let seats = self.seats;
        let seat = &seats.keys[self.random.below(seats.keys.len())];
        let (key, item) = (seat.key, seat.item);
        let Some(value) = self.draw_of_kind(key, (0, i32::MAX)) else { return false };
        let now = self.state.value(key);
        let (place, span) = self.seating.seat(item, self.state.value(item));
        if value == now || span == 0 && self.state.value(item) <= 0 {
            return false;
        }
        self.draft.add(key, value);
        let Some(line) = self.seating.crew(value) else { return true };
        let space = self.seating.space(item);
        for at in place..place + u16::from(span) {
            for k in 0..self.seating.at(line, space, at).len() {
                let other = self.seating.at(line, space, at)[k];
                // Only somebody who sits there by a key can be sent elsewhere.
                let held = self.seating.keys(other).iter().copied().find(|key| self.state.value(*key) == value);
                let Some(held) = held.filter(|held| *held != key) else { return self.random.draw().is_multiple_of(16) };
                if self.draft.holds(held) {
                    continue;
                }
                if !self.state.problem.items[held as usize].domain.holds(now) {
                    return false;
                }
                self.draft.add(held, now);
            }
        }
        true
    }

    /// All keys of a cast name somebody else; if that one is busy then with an item of another cast, the casts change places.
    pub(super) fn recast(&mut self) -> bool {
        let seats = self.seats;
        let cast = seats.casts[self.random.below(seats.casts.len())].as_slice();
        let key = cast[self.random.below(cast.len())];
        let Some(value) = self.draw_of_kind(key, (1, i32::MAX)) else { return false };
        let now = self.state.value(key);
        if value == now || !self.name_all(cast, value) {
            return false;
        }
        // Those of the new one's own that are in the way go to the old one, each with its cast.
        let Some(line) = self.seating.crew(value) else { return true };
        for k in 0..self.draft.moves.len() {
            let (key, _) = self.draft.moves[k];
            let Some(item) = self.seating.served(key) else { continue };
            let (place, span) = self.seating.seat(item, self.state.value(item));
            let space = self.seating.space(item);
            for at in place..place + u16::from(span) {
                for m in 0..self.seating.at(line, space, at).len() {
                    let other = self.seating.at(line, space, at)[m];
                    let held = self.seating.keys(other).iter().copied().find(|key| self.state.value(*key) == value);
                    let Some(held) = held else { return self.random.draw().is_multiple_of(16) };
                    if self.draft.holds(held) {
                        continue;
                    }
                    let along = self.seating.cast(held).map_or_else(|| vec![held], <[ItemId]>::to_vec);
                    if now <= 0 || !self.name_all(&along, now) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// Every key whose item is there names this one.
    fn name_all(&mut self, keys: &[ItemId], value: i32) -> bool {
        for key in keys {
            let there = self.seating.served(*key).is_some_and(|item| self.state.value(item) != 0);
            if !there || self.state.value(*key) == value || self.draft.holds(*key) {
                continue;
            }
            if !self.state.problem.items[*key as usize].domain.holds(value) {
                return false;
            }
            self.draft.add(*key, value);
        }
        !self.draft.moves.is_empty() && self.draft.moves.len() <= 2 * super::CHAIN
    }
}

//! Stretches: what one crew does in a few places after each other changes with what it does in others, such as a half-day at
//! one school with a half-day at another. One at a time would break something at every step.

use super::super::Search;
use crate::problem::ItemId;

/// Longest stretch, in places.
const LONGEST: usize = 6;

impl Search<'_> {
    /// Two stretches of a crew of the item change places, the first around the item.
    pub(super) fn swap_stretches(&mut self, item: ItemId) -> bool {
        let space = self.seating.space(item);
        let (place, span) = self.seating.seat(item, self.state.value(item));
        let crews = self.seating.lines(item).1.len();
        let width = 2 + self.random.below(LONGEST - 1);
        if span == 0 || crews == 0 || self.seats.places < 2 * width {
            return false;
        }
        let crew = self.random.below(crews);
        let crew = self.seating.lines(item).1[crew];
        let last = self.seats.places - width;
        let first = usize::from(place).saturating_sub(self.random.below(width)).min(last);
        let second = self.random.below(last + 1);
        if first.abs_diff(second) < width {
            return false;
        }
        for (from, to) in [(first, second), (second, first)] {
            for k in 0..width {
                let at = (from + k) as u16;
                for n in 0..self.seating.at(crew, space, at).len() {
                    let mine = self.seating.at(crew, space, at)[n];
                    if !self.draft.holds(mine) && !(0..width).any(|turn| self.step_over(mine, (to + (k + turn) % width) as u16)) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// The item goes to the place, and whoever sits there on its boards to where it came from, if nobody of their crews is in the
    /// way; else the move stays as it was.
    fn step_over(&mut self, item: ItemId, to: u16) -> bool {
        let before = self.draft.moves.len();
        let (from, span) = self.seating.seat(item, self.state.value(item));
        let wanted = to..to + u16::from(span);
        let boards = self.seating.lines(item).0.len();
        let cleared = self.goes(item, to, span)
            && (0..boards).all(|b| self.clear(item, self.seating.lines(item).0[b], &wanted, &wanted, |k| from + k));
        let fits = cleared && self.is_free(before);
        if !fits {
            self.draft.cut(before);
        }
        fits
    }

    /// Whether the items of the move from this one on meet nobody at their new places, neither who stays nor who comes.
    fn is_free(&self, first: usize) -> bool {
        let meets = |k: usize| {
            let (item, value) = self.draft.moves[k];
            let (place, span) = self.seating.seat(item, value);
            let (space, (boards, crews)) = (self.seating.space(item), self.seating.lines(item));
            let stays = |other: &ItemId| !self.draft.holds(*other) && self.seating.overlap(item, *other);
            let met =
                (place..place + u16::from(span)).any(|at| crews.iter().any(|crew| self.seating.at(*crew, space, at).iter().any(stays)));
            let comes = |(other, value): &(ItemId, i32)| {
                let (start, length) = self.seating.seat(*other, *value);
                let (their_boards, their_crews) = self.seating.lines(*other);
                let shares = |line: &u32| their_boards.contains(line) || their_crews.contains(line);
                start < place + u16::from(span)
                    && place < start + u16::from(length)
                    && self.seating.space(*other) == space
                    && self.seating.overlap(item, *other)
                    && boards.iter().chain(crews).any(shares)
            };
            met || self.draft.moves[..k].iter().any(comes)
        };
        !(first..self.draft.moves.len()).any(meets)
    }
}

//! A first plan: the hardest item first, each at the place that costs least.

use super::problem::{Domain, ItemId};
use super::seats::{Seating, Seats, UNPLACED};
use super::state::State;

/// Places every item that is not placed yet. Ties are broken by a hash of (seed, item, value).
pub fn construct(state: &mut State, seats: &Seats, seed: u64) {
    let problem = state.problem;
    let mut seating = Seating::new(seats, state.values());
    let waits = |item: &ItemId, value: i32| {
        let shape = || seats.shape_of[*item as usize].map(|shape| &seats.shapes[usize::from(shape)]);
        value == UNPLACED || shape().is_some_and(|shape| value > 0 && shape.seat(value).1 == 0)
    };
    let mut open: Vec<ItemId> = (0..problem.items.len() as ItemId).filter(|item| waits(item, state.value(*item))).collect();
    let choices = |item: ItemId| match &problem.items[item as usize].domain {
        Domain::Choice(values) => values.len(),
        Domain::Count { .. } => usize::MAX,
    };
    let crew = |item: ItemId| {
        let crews = seating.lines(item).1.iter().map(|line| seats.crews[*line as usize - seats.boards.len()].len());
        crews.sum::<usize>()
    };
    let difficulty = |item: ItemId| {
        let span = problem.items[item as usize].domain.values().map(|value| seating.seat(item, value).1).max().unwrap_or(1);
        let boards = seating.lines(item).0.len();
        (choices(item) * 2).saturating_sub(crew(item)) / (usize::from(span).max(1) * boards.max(1))
    };
    open.sort_by_cached_key(|item| (difficulty(*item), *item));
    for item in open {
        let Domain::Choice(values) = &problem.items[item as usize].domain else { continue };
        let crowded = |value: i32| {
            let (place, span) = seating.seat(item, value);
            let taken =
                |board: &u32| (place..place + u16::from(span)).map(|at| seating.at(*board, seating.space(item), at).len()).sum::<usize>();
            seating.lines(item).0.iter().map(taken).sum::<usize>()
        };
        let mut best: Option<(usize, f64, u64, i32)> = None;
        let now = state.value(item);
        if !waits(&item, now) {
            continue;
        }
        // One waiting item of each part that is tied to this one comes along.
        let mut along = vec![item];
        for part in seating.ties(item).flatten().filter(|part| !part.contains(&item)) {
            let other = part.iter().find(|other| state.value(**other) == now && !along.contains(other));
            along.extend(other.filter(|_| part.iter().all(|other| !along.contains(other))));
        }
        let (first, end) = seating.shape(item).map_or((0, i32::MAX), |shape| shape.kind(now));
        for value in values.iter().map(|v| i32::from(*v)).filter(|value| (first..end).contains(value)) {
            let before = state.cost();
            for other in &along {
                state.set(*other, value);
            }
            let rank = (crowded(value), state.cost() - before, mix(seed ^ mix(u64::from(item)) ^ value as u64), value);
            for other in &along {
                state.set(*other, now);
            }
            if best.is_none_or(|held| {
                (rank.0, rank.2).lt(&(held.0, held.2)) && rank.1 <= held.1 + 1e-9
                    || rank.0 < held.0
                    || rank.0 == held.0 && rank.1 < held.1 - 1e-9
            }) {
                best = Some(rank);
            }
        }
        if let Some((_, _, _, value)) = best {
            for other in along.into_iter().filter(|other| problem.items[*other as usize].domain.holds(value)) {
                state.set(other, value);
                seating.put(other, value);
            }
        }
    }
    // Then who sits with them, where nobody is named yet.
    for key in seats.keys.iter().map(|key| key.key).filter(|key| state.value(*key) == 0).collect::<Vec<_>>() {
        let Domain::Choice(values) = &problem.items[key as usize].domain else { continue };
        let mut best: Option<(f64, u64, i32)> = None;
        for value in values.iter().map(|v| i32::from(*v)) {
            let before = state.cost();
            state.set(key, value);
            let rank = (state.cost() - before, mix(seed ^ mix(u64::from(key)) ^ value as u64), value);
            state.set(key, 0);
            if best.is_none_or(|held| rank.0 < held.0 - 1e-9 || rank.0 <= held.0 + 1e-9 && rank.1 < held.1) {
                best = Some(rank);
            }
        }
        if let Some((_, _, value)) = best {
            state.set(key, value);
        }
    }
}

/// `SplitMix64`'s finaliser.
pub fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

//! A first plan: the hardest item first, each at a free place or else at the one that costs least.

use super::placing::Placing;
use super::problem::{Domain, ItemId};
use super::seats::{Seating, Seats, UNPLACED};
use super::state::State;

/// Places every item that is not placed yet, and others anew where that mends something. Ties are broken by a hash of (seed, item, value).
pub fn construct(state: &mut State, seats: &Seats, seed: u64) {
    let mut seating = Seating::new(seats, state.values());
    let items = 0..state.values().len() as ItemId;
    let mut open: Vec<ItemId> = items.filter(|item| waits(seats, *item, state.value(*item))).collect();
    let whole = open.is_empty().then(|| (state.values().to_vec(), state.score().to_vec()));
    // Without boards items may come in several lengths or not at all: they take the cheapest place.
    let free = !seats.boards.is_empty() && open.iter().all(|item| state.value(*item) == UNPLACED);
    if free {
        open.extend(Placing::new(state, &mut seating, seed).lift_broken());
    }
    sort_hardest_first(&mut open, state, &seating);
    if free {
        open = Placing::new(state, &mut seating, seed).place(open);
    }
    for item in open {
        if waits(seats, item, state.value(item)) {
            take_cheapest(state, &mut seating, item, seed);
        }
    }
    name_all(state, seats, seed);
    if let Some((values, _)) = whole.filter(|(_, score)| state.score() >= score.as_slice()) {
        for (item, value) in (0..).zip(values).filter(|(item, value)| state.value(*item) != *value).collect::<Vec<_>>() {
            state.set(item, value);
        }
    }
}

fn waits(seats: &Seats, item: ItemId, value: i32) -> bool {
    let shape = || seats.shape_of[item as usize].map(|shape| &seats.shapes[usize::from(shape)]);
    value == UNPLACED || shape().is_some_and(|shape| value > 0 && shape.seat(value).1 == 0)
}

/// Few places, long, in several weeks at once, with busy people: such items come first.
fn sort_hardest_first(items: &mut [ItemId], state: &State, seating: &Seating) {
    let choices = |item: ItemId| match &state.problem.items[item as usize].domain {
        Domain::Choice(values) => values.len(),
        Domain::Count { .. } => usize::MAX,
    };
    let difficulty = |item: ItemId| {
        let span = state.problem.items[item as usize].domain.values().map(|value| seating.seat(item, value).1).max().unwrap_or(1);
        let boards = seating.lines(item).0.len();
        // A half that waits for its other half is as hard to place as a double.
        let halves = 1 + usize::from(seating.is_partial(item));
        (choices(item) * 2).saturating_sub(seating.crewmates(item)) / (usize::from(span).max(1) * boards.max(1) * halves)
    };
    items.sort_by_cached_key(|item| (difficulty(*item), *item));
}

/// The item, and those of its ties that wait, take the least crowded of their places, of these the one that costs least.
fn take_cheapest(state: &mut State, seating: &mut Seating, item: ItemId, seed: u64) {
    let problem = state.problem;
    let Domain::Choice(values) = &problem.items[item as usize].domain else { return };
    let crowded = |value: i32| {
        let (place, span) = seating.seat(item, value);
        let met = |board: u32, at: u16| {
            let there = seating.at(board, seating.space(item), at).iter();
            there.filter(|other| seating.overlap(item, **other)).count()
        };
        let taken = |board: &u32| (place..place + u16::from(span)).map(|at| met(*board, at)).sum::<usize>();
        seating.lines(item).0.iter().map(taken).sum::<usize>()
    };
    let mut best: Option<(usize, f64, (usize, u64), i32)> = None;
    let now = state.value(item);
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
        let hash = mix(seed ^ mix(u64::from(item)) ^ value as u64);
        let rank = (crowded(value), state.cost() - before, (seating.lonely(item, value), hash), value);
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

/// Names who sits with items, where nobody is named yet.
fn name_all(state: &mut State, seats: &Seats, seed: u64) {
    let problem = state.problem;
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

//! `Clique`: how many groups of each set are busy, within lo..=hi. Overlapping bells and travel by the clock are sets of
//! groups that exclude each other (0..=1); the busy times of a day are a set too.

use super::super::model::{Line, Sketch};

/// Distance of a count from lo..=hi; a set with nothing busy in it costs nothing.
fn distance((lo, hi): (i32, i32), count: i32) -> i64 {
    if count > 0 { i64::from((lo - count).max(count - hi).max(0)) } else { 0 }
}

fn busy_in(set: &[u16], totals: &[i32]) -> i32 {
    set.iter().filter(|g| totals[usize::from(**g)] > 0).count() as i32
}

/// Σ over the sets.
pub(super) fn raw(sets: &[Vec<u16>], range: (i32, i32), totals: &[i32]) -> i64 {
    sets.iter().map(|set| distance(range, busy_in(set, totals))).sum()
}

/// Busy groups per set, kept as extra counters.
pub(super) fn settle(sets: &[Vec<u16>], totals: &[i32], extra: &mut [i32]) {
    for (set, count) in sets.iter().zip(extra) {
        *count = busy_in(set, totals);
    }
}

/// Change of the value when a group of these sets turns busy or idle.
pub(super) fn turn(sets: &[u16], range: (i32, i32), counts: &mut [i32], busy: bool) -> i64 {
    let mut change = 0;
    for set in sets {
        let count = &mut counts[usize::from(*set)];
        change -= distance(range, *count);
        *count += if busy { 1 } else { -1 };
        change += distance(range, *count);
    }
    change
}

/// n_s − over_s ≤ hi; n_s + short_s ≥ lo·[something busy in s].
pub(super) fn rows(sets: &[Vec<u16>], (lo, hi): (i32, i32), sketch: &mut Sketch) {
    let mut sum = Line::default();
    for set in sets {
        let mut count = Line::default();
        for g in set {
            count.add(&sketch.busy(*g), 1);
        }
        if set.len() as i64 > i64::from(hi) {
            let over = sketch.slack_of_sum(set.len() as i64 - i64::from(hi));
            let mut row = count.clone();
            row.subtract(&over);
            sketch.at_most(row, i64::from(hi));
            sum.add(&over, 1);
        }
        if lo > 1 {
            let short = sketch.slack_of_sum(i64::from(lo) - 1);
            for g in set {
                let mut row = count.clone();
                row.add(&short, 1);
                row.add(&sketch.busy(*g), -i64::from(lo));
                sketch.at_least(row, 0);
            }
            sum.add(&short, 1);
        }
    }
    sketch.within(sum);
}

//! `Clique`: at most one busy group in each set (travel by the clock, one site per half-day).

use super::super::model::{Line, Sketch};

pub(super) fn raw(sets: &[Vec<u16>], totals: &[i32]) -> i64 {
    sets.iter().map(|set| (busy_in(set, totals) - 1).max(0)).sum()
}

fn busy_in(set: &[u16], totals: &[i32]) -> i64 {
    set.iter().filter(|g| totals[usize::from(**g)] > 0).count() as i64
}

/// Keeps the busy count of every set.
pub(super) fn settle(sets: &[Vec<u16>], totals: &[i32], extra: &mut [i32]) {
    for (set, count) in sets.iter().zip(extra) {
        *count = busy_in(set, totals) as i32;
    }
}

/// A group of these sets has become busy or idle: the change of the value.
pub(super) fn turn(sets: &[u16], counts: &mut [i32], busy: bool) -> i64 {
    let mut change = 0;
    for set in sets {
        let count = &mut counts[usize::from(*set)];
        if busy {
            change += i64::from(*count > 0);
            *count += 1;
        } else {
            *count -= 1;
            change -= i64::from(*count > 0);
        }
    }
    change
}

/// Σ b_g over the set − d ≤ 1.
pub(super) fn rows(sets: &[Vec<u16>], sketch: &mut Sketch) {
    let mut sum = Line::default();
    for set in sets.iter().filter(|set| set.len() > 1) {
        let over = sketch.slack_of_sum(set.len() as i64 - 1);
        let mut row = Line::default();
        for g in set {
            row.add(&sketch.busy(*g), 1);
        }
        row.subtract(&over);
        sketch.at_most(row, 1);
        sum.add(&over, 1);
    }
    sketch.within(sum);
}

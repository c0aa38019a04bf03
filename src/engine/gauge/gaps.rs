//! `Gaps`: idle groups between the first and the last busy one of a segment. Cousin: XHSTT LimitIdleTimes.

use super::super::model::{Line, Sketch};
use super::{bits, segment};

fn holes(mask: u128) -> i64 {
    if mask == 0 { 0 } else { i64::from(128 - mask.leading_zeros() - mask.trailing_zeros() - mask.count_ones()) }
}

pub(super) fn raw(segments: &[(u8, u8)], mask: u128) -> i64 {
    segments.iter().map(|s| holes(mask & bits(*s))).sum()
}

/// The part of the value that group g can change.
pub(super) fn around(segments: &[(u8, u8)], mask: u128, g: usize) -> i64 {
    segment(segments, g).map_or(0, |s| holes(mask & bits(s)))
}

/// p_g ≥ p_{g−1}, b_g (something at or before g); q_g ≥ q_{g+1}, b_g (at or after); hole_g ≥ p_g + q_g − b_g − 1.
pub(super) fn rows(segments: &[(u8, u8)], sketch: &mut Sketch) {
    let mut sum = Line::default();
    for &(first, end) in segments {
        let groups: Vec<u16> = (u16::from(first)..u16::from(end)).collect();
        let busy: Vec<Line> = groups.iter().map(|g| sketch.busy(*g)).collect();
        let before = reach(&busy, sketch);
        let mut after = reach(&busy.iter().rev().cloned().collect::<Vec<_>>(), sketch);
        after.reverse();
        for g in 1..groups.len().saturating_sub(1) {
            let hole = sketch.share();
            let mut row = hole.clone();
            row.subtract(&before[g - 1]);
            row.subtract(&after[g + 1]);
            row.add(&busy[g], 1);
            sketch.at_least(row, -1);
            sum.add(&hole, 1);
        }
    }
    sketch.within(sum);
}

/// Columns r_g ≥ r_{g−1}, r_g ≥ b_g.
fn reach(busy: &[Line], sketch: &mut Sketch) -> Vec<Line> {
    let mut reached: Vec<Line> = Vec::new();
    for b in busy {
        let r = sketch.share();
        for below in reached.last().into_iter().chain([b]) {
            let mut row = r.clone();
            row.subtract(below);
            sketch.at_least(row, 0);
        }
        reached.push(r);
    }
    reached
}

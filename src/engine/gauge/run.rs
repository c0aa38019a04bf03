//! `Run`: busy groups in a row beyond `longest`. A run of length L has max(0, L − longest) full windows of longest + 1.

use super::super::model::{Line, Sketch};
use super::{bits, segment};

fn windows(mask: u128, longest: u8) -> i64 {
    let mut full = mask;
    for shift in 1..=u32::from(longest) {
        full &= mask >> shift;
    }
    i64::from(full.count_ones())
}

pub(super) fn raw(segments: &[(u8, u8)], longest: u8, mask: u128) -> i64 {
    segments.iter().map(|s| windows(mask & bits(*s), longest)).sum()
}

pub(super) fn around(segments: &[(u8, u8)], longest: u8, mask: u128, g: usize) -> i64 {
    segment(segments, g).map_or(0, |s| windows(mask & bits(s), longest))
}

/// Σ b over each window of longest + 1 groups − e ≤ longest, 0 ≤ e ≤ 1.
pub(super) fn rows(segments: &[(u8, u8)], longest: u8, sketch: &mut Sketch) {
    let mut sum = Line::default();
    for &(first, end) in segments {
        for start in first..end.saturating_sub(longest) {
            let over = sketch.share();
            let mut row = Line::default();
            for g in start..=start + longest {
                row.add(&sketch.busy(u16::from(g)), 1);
            }
            row.subtract(&over);
            sketch.at_most(row, i64::from(longest));
            sum.add(&over, 1);
        }
    }
    sketch.within(sum);
}

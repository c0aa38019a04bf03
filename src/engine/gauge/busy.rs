//! `Busy`: how many groups hold something, or what those weigh. Cousins: XHSTT AvoidSplit (over resources), ClusterBusy (over days).

use super::super::model::{Line, Sketch};

pub(super) fn raw(totals: &[i32]) -> i64 {
    totals.iter().filter(|total| **total > 0).count() as i64
}

pub(super) fn weighed(weight: &[i32], totals: &[i32]) -> i64 {
    weight.iter().zip(totals).filter(|(_, total)| **total > 0).map(|(weight, _)| i64::from(*weight)).sum()
}

/// b_g ≥ atoms of g, b_g ≤ Σ atoms of g; lo ≤ Σ weight_g·b_g ≤ hi.
pub(super) fn rows(weight: impl Fn(u16) -> i64, sketch: &mut Sketch) {
    let mut sum = Line::default();
    for g in 0..sketch.groups() {
        sum.add(&sketch.busy(g), weight(g));
    }
    sketch.within(sum);
}

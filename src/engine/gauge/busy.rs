//! `Busy`: how many groups hold something. Cousins: XHSTT AvoidSplit (over resources), ClusterBusy (over days).

use super::super::model::{Line, Sketch};

pub(super) fn raw(totals: &[i32]) -> i64 {
    totals.iter().filter(|total| **total > 0).count() as i64
}

/// b_g ≥ atoms of g, b_g ≤ Σ atoms of g; lo ≤ Σ b_g ≤ hi.
pub(super) fn rows(sketch: &mut Sketch) {
    let mut sum = Line::default();
    for g in 0..sketch.groups() {
        sum.add(&sketch.busy(g), 1);
    }
    sketch.within(sum);
}

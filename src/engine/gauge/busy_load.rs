//! `BusyLoad`: each busy group's total within its range. Clashes are this with 0..=1; daily loads with 0..=max.

use super::super::model::{Line, Sketch};

fn range(lo: &[i32], hi: &[i32], g: usize) -> (i32, i32) {
    (if lo.len() == 1 { lo[0] } else { lo[g] }, if hi.len() == 1 { hi[0] } else { hi[g] })
}

pub(super) fn distance(lo: &[i32], hi: &[i32], busy: bool, g: usize, total: i32) -> i64 {
    let (lo, hi) = range(lo, hi, g);
    if total > 0 || !busy { i64::from((lo - total).max(total - hi).max(0)) } else { 0 }
}

pub(super) fn raw(lo: &[i32], hi: &[i32], busy: bool, totals: &[i32]) -> i64 {
    totals.iter().enumerate().map(|(g, total)| distance(lo, hi, busy, g, *total)).sum()
}

/// c_g − d_g ≤ hi_g and c_g + d_g ≥ lo_g·b_g; the excess is Σ d_g less what lo..=hi allows.
pub(super) fn rows(lo: &[i32], hi: &[i32], only_busy: bool, sketch: &mut Sketch) {
    let mut sum = Line::default();
    for g in 0..sketch.groups() {
        let (lo, hi) = range(lo, hi, usize::from(g));
        let total = sketch.group(g);
        let most = total.highest(sketch);
        if i64::from(hi) < most {
            // A total of 0 is no busy group: an upper bound below 0 would still not bite there.
            let over = sketch.slack_of_sum(most - i64::from(hi.max(0)));
            let mut row = total.clone();
            row.subtract(&over);
            sketch.at_most(row, i64::from(hi.max(0)));
            sum.add(&over, 1);
        }
        if !only_busy {
            if lo > 0 {
                let short = sketch.slack_of_sum(i64::from(lo));
                let mut row = total;
                row.add(&short, 1);
                sketch.at_least(row, i64::from(lo));
                sum.add(&short, 1);
            }
        } else if lo > 1 {
            let busy = sketch.busy(g);
            let short = sketch.slack_of_sum(i64::from(lo) - 1);
            let mut row = total;
            row.add(&short, 1);
            row.add(&busy, -i64::from(lo));
            sketch.at_least(row, 0);
            sum.add(&short, 1);
        }
    }
    sketch.within(sum);
}

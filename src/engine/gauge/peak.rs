//! `Peak`: the largest share ⌈1000·c_g / size_g⌉ of any group, or the distance between the largest and the smallest.

use super::super::model::Sketch;

fn share(size: i32, total: i32) -> i64 {
    let (size, total) = (i64::from(size), i64::from(total) * 1000);
    (total + size - 1).div_euclid(size)
}

pub(super) fn raw(size: &[i32], spread: bool, totals: &[i32]) -> i64 {
    let shares = || size.iter().zip(totals).map(|(size, total)| share(*size, *total));
    let most = shares().max().unwrap_or(0);
    if spread { most - shares().min().unwrap_or(0) } else { most }
}

/// size_g·z ≥ 1000·c_g; with `spread` also size_g·y ≤ 1000·c_g + size_g − 1 (the ceiling); z, y whole.
pub(super) fn rows(size: &[i32], spread: bool, sketch: &mut Sketch) {
    let most = sketch.whole(1_000_000);
    let least = spread.then(|| sketch.whole(1_000_000));
    for (g, size) in size.iter().enumerate() {
        let total = sketch.group(g as u16);
        let size = i64::from(*size);
        let mut row = most.scaled(size);
        row.add(&total, -1000);
        sketch.at_least(row, 0);
        if let Some(least) = &least {
            let mut row = least.scaled(size);
            row.add(&total, -1000);
            sketch.at_most(row, size - 1);
        }
    }
    let mut value = most;
    if let Some(least) = least {
        value.subtract(&least);
    }
    sketch.within(value);
}

//! `Together`: places where some parts are busy and others are not. Group part · places + place.

use super::super::model::{Line, Sketch};

/// Places where the parts differ.
pub(super) fn raw(parts: u16, totals: &[i32]) -> i64 {
    let places = totals.len() / usize::from(parts.max(1));
    (0..places).map(|place| apart(places, place, totals)).sum()
}

/// Whether the parts differ at the place of group `g`.
pub(super) fn around(parts: u16, totals: &[i32], g: usize) -> i64 {
    let places = totals.len() / usize::from(parts.max(1));
    apart(places, g % places.max(1), totals)
}

fn apart(places: usize, place: usize, totals: &[i32]) -> i64 {
    let busy = |total: &i32| *total > 0;
    let mut parts = totals.iter().skip(place).step_by(places.max(1)).map(busy);
    let first = parts.next();
    i64::from(parts.any(|other| Some(other) != first))
}

/// d_place ≥ busy_p − busy_q for neighbouring parts p, q both ways (the last with the first).
pub(super) fn rows(parts: u16, sketch: &mut Sketch) {
    let places = sketch.groups() / parts.max(1);
    let mut sum = Line::default();
    for place in 0..places {
        if parts < 2 {
            break;
        }
        let apart = sketch.share();
        for part in 0..parts {
            let mut row = sketch.busy(part * places + place);
            row.subtract(&sketch.busy((part + 1) % parts * places + place));
            row.subtract(&apart);
            sketch.at_most(row, 0);
        }
        sum.add(&apart, 1);
    }
    sketch.within(sum);
}

//! `Order`: how many places lie between the end of a first part and the start of a second. Group part · places + place.

use super::super::model::{Line, Sketch};

/// Start of the second − end of the first − 1, negative where they overlap; `none` while either is empty.
pub(super) fn raw(none: i32, totals: &[i32]) -> i64 {
    let (first, second) = totals.split_at(totals.len() / 2);
    let busy = |total: &i32| *total > 0;
    match (first.iter().rposition(busy), second.iter().position(busy)) {
        (Some(end), Some(start)) => start as i64 - end as i64 - 1,
        _ => i64::from(none),
    }
}

/// With l(p) = [first part busy at p or later] and e(p) = [second part busy at p or earlier], the end of the first is Σ l − 1 and the
/// start of the second places − Σ e: the value is places − Σ l − Σ e while both are busy.
pub(super) fn rows(none: i32, sketch: &mut Sketch) {
    let places = sketch.groups() / 2;
    let part = |sketch: &mut Sketch, part: u16| (0..places).map(|p| sketch.busy(part * places + p)).collect::<Vec<Line>>();
    let (first, second) = (part(sketch, 0), part(sketch, 1));
    let mut reversed = first;
    reversed.reverse();
    let later = reach(&reversed, sketch);
    let earlier = reach(&second, sketch);
    // Both parts busy: the last of each chain.
    let (Some(any_first), Some(any_second)) = (later.last().cloned(), earlier.last().cloned()) else { return };
    let both = sketch.whole(1);
    for any in [&any_first, &any_second] {
        let mut row = both.clone();
        row.subtract(any);
        sketch.at_most(row, 0);
    }
    let mut row = both.clone();
    row.subtract(&any_first);
    row.subtract(&any_second);
    sketch.at_least(row, -1);
    let mut value = Line::default();
    for line in later.iter().chain(&earlier) {
        value.subtract(line);
    }
    let big = 2 * i64::from(places) + i64::from(none.abs());
    let held = sketch.signed(big);
    // held = value + places when both are busy, else none.
    for sign in [1, -1] {
        let mut open = held.scaled(sign);
        open.add(&value, -sign);
        open.add(&both, 2 * big);
        sketch.at_most(open, sign * i64::from(places) + 2 * big);
        let mut closed = held.scaled(sign);
        closed.add(&both, -2 * big);
        sketch.at_most(closed, sign * i64::from(none));
    }
    sketch.within(held);
}

/// Exact [busy here or before in this order], whole.
fn reach(busy: &[Line], sketch: &mut Sketch) -> Vec<Line> {
    let mut reached: Vec<Line> = Vec::new();
    for b in busy {
        let r = sketch.whole(1);
        let mut any = b.clone();
        for below in reached.last().into_iter().chain([b]) {
            let mut row = r.clone();
            row.subtract(below);
            sketch.at_least(row, 0);
        }
        if let Some(last) = reached.last() {
            any.add(last, 1);
        }
        any.subtract(&r);
        sketch.at_least(any, 0);
        reached.push(r);
    }
    reached
}

//! `Sum`: lo ≤ c₀ ≤ hi, short and over priced alike.

use super::super::model::Sketch;

pub(super) fn rows(sketch: &mut Sketch) {
    let total = sketch.group(0);
    sketch.within(total);
}

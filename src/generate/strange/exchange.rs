//! The exchange of the witness: colleagues alike who take each other's place; and people lent long before.

use super::super::dice::Dice;
use super::mode::{Mode, Traits};
use super::places::{LONGEST, minutes};
use super::sketch::{Hire, Sketch};

/// Somebody with classes of their own, free to go: no class teacher, no leader, no traveller, nobody lent.
fn may_go(hire: &Hire) -> bool {
    !hire.leader && hire.post == 0 && hire.visit.is_none() && hire.lent_by.is_none() && hire.swaps_with.is_none() && hire.load > 0
}

/// Pairs of one group, subjects and stage from two schools, until one teacher in twenty has a partner.
pub(super) fn swaps(sketch: &mut Sketch, dice: &mut Dice) {
    let wanted = (sketch.staff.iter().filter(|hire| !hire.leader).count() / 20).max(1);
    let mut order: Vec<usize> = (0..sketch.staff.len()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, dice.roll(last as u64 + 1) as usize);
    }
    let mut pairs = 0;
    for number in 0..order.len() {
        if pairs == wanted {
            return;
        }
        let one = order[number];
        let fits = |other: &usize| {
            let (a, b) = (&sketch.staff[one], &sketch.staff[*other]);
            let (from, to) = (&sketch.places[a.place], &sketch.places[b.place]);
            let alike = a.subjects == b.subjects && a.stage == b.stage;
            let near = from.group == to.group && a.place != b.place && minutes(from, to) + 3 <= LONGEST;
            alike && near && may_go(a) && may_go(b)
        };
        let Some(other) = order[number + 1..].iter().copied().find(fits) else { continue };
        for (a, b) in [(one, other), (other, one)] {
            let (cap, target) = (sketch.staff[b].cap, sketch.staff[b].target);
            let hire = &mut sketch.staff[a];
            (hire.cap, hire.target, hire.swaps_with) = (hire.cap.max(cap), hire.target.max(target), Some(b));
        }
        pairs += 1;
    }
}

/// People who have worked here for long while another school holds their post: one in fifty, one in five where asked for.
pub(super) fn loans(sketch: &mut Sketch, traits: &Traits, dice: &mut Dice) {
    if sketch.places.len() < 2 {
        return;
    }
    for person in 0..sketch.staff.len() {
        let hire = &sketch.staff[person];
        // In the district that is asked for loans, class teachers and travellers are lent too.
        let may = if traits.has(Mode::Loan) { !hire.leader && hire.swaps_with.is_none() } else { may_go(hire) };
        if !may || !dice.percent(if traits.has(Mode::Loan) { 20 } else { 2 }) {
            continue;
        }
        let other = dice.roll(sketch.places.len() as u64 - 1) as usize;
        let place = sketch.staff[person].place;
        sketch.staff[person].lent_by = Some(if other >= place { other + 1 } else { other });
    }
}

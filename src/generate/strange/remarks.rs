//! Remarks of a workbook that nobody has read.

use super::super::dice::Dice;
use super::sketch::Sketch;
use crate::file::{DeferralCode, Pending, Person, Proposal};

/// About one person in six, and one remark about nobody.
pub(super) fn pending(people: &[Person], sketch: &Sketch, dice: &mut Dice) -> Vec<Pending> {
    let mut pending = vec![Pending { at: "说明!A3".to_owned(), about: String::new(), proposals: vec![Proposal::Unread] }];
    for (row, person) in people.iter().enumerate() {
        if !dice.percent(16) {
            continue;
        }
        let first = match dice.roll(7) {
            0 => Proposal::Defer(dice.pick(&[DeferralCode::Maternity, DeferralCode::Health, DeferralCode::Carer])),
            1 => Proposal::NoVisits,
            2 => Proposal::Stays,
            3 => Proposal::Wish(sketch.places[dice.roll(sketch.places.len() as u64) as usize].id.clone()),
            4 => Proposal::Kin,
            5 => Proposal::Service,
            _ => Proposal::Unread,
        };
        let mut proposals = vec![first];
        proposals.extend(dice.percent(25).then_some(Proposal::Stays));
        proposals.dedup();
        pending.push(Pending { at: format!("教师!K{}", row + 2), about: person.id.clone(), proposals });
    }
    pending
}

//! Clubs: dealings near a good one.

use super::dice::Dice;
use lunpai::file::ClubKind;
use lunpai::stages::{Clubs, Members};

/// Who lacks a club, in the order of the classes, into the first with places left, sports and arts before others; everybody who has no
/// lesson then leads the club that lacks most. Then some pupils stay away or squeeze in, and some leaders come or go.
pub fn dealt(clubs: &Clubs, items: usize, dice: &mut Dice) -> Vec<i32> {
    let mut values = vec![0; items];
    let count = |values: &[i32], club: usize| clubs.list[club].pupils.values().map(|item| values[*item as usize]).sum::<i32>();
    let taken = |values: &[i32], class: usize, club: &Members| {
        let together = clubs.list.iter().filter(|other| other.file.block == club.file.block);
        together.filter_map(|other| other.pupils.get(&class)).map(|item| values[*item as usize]).sum::<i32>()
    };
    let mut order: Vec<usize> = (0..clubs.list.len()).collect();
    order.sort_by_key(|club| clubs.list[*club].file.kind == ClubKind::Other);
    for class in clubs.classes() {
        let mut without = clubs.world.classes[class].file.pupils as i32;
        for club in &order {
            if let Some(item) = clubs.list[*club].pupils.get(&class) {
                let room = clubs.list[*club].file.places as i32 - count(&values, *club);
                let free = clubs.world.classes[class].file.pupils as i32 - taken(&values, class, &clubs.list[*club]);
                let takes = without.min(room).min(free).max(0);
                values[*item as usize] = takes;
                without -= takes;
            }
        }
    }
    let mut led = vec![0; clubs.list.len()];
    for person in 0..clubs.world.people.len() {
        let may: Vec<usize> =
            (0..clubs.list.len()).filter(|club| clubs.list[*club].pool.get(&person).is_some_and(|leads| leads.busy == 0)).collect();
        if let Some(club) =
            may.into_iter().max_by_key(|club| (i64::from(clubs.list[*club].file.leaders.unwrap_or(1)) - led[*club], dice.below(9)))
        {
            values[clubs.list[club].pool[&person].item as usize] = 1;
            led[club] += 1;
        }
    }
    let busy: Vec<_> =
        clubs.list.iter().flat_map(|club| club.pool.values()).filter(|leads| leads.busy == 1).map(|leads| leads.item).collect();
    for _ in 0..dice.below(5) {
        let Some(club) = dice.pick(&clubs.list) else { break };
        let leads: Vec<_> = club.pool.values().map(|leads| leads.item).collect();
        let pupils: Vec<_> = club.pupils.iter().map(|(class, item)| (*class, *item)).collect();
        let changed = |values: &mut [i32], item: Option<&u32>, to: &dyn Fn(i32) -> i32| {
            if let Some(item) = item {
                values[*item as usize] = to(values[*item as usize]);
            }
        };
        match dice.below(5) {
            0 => changed(&mut values, dice.pick(&leads), &|leads| 1 - leads),
            1 => changed(&mut values, dice.pick(&pupils).map(|(_, item)| item), &|pupils| (pupils - 1).max(0)),
            _ => {
                // One more, who comes from another club of the time where nobody is free.
                let Some((class, item)) = dice.pick(&pupils) else { continue };
                let others =
                    clubs.list.iter().filter(|other| other.file.block == club.file.block).filter_map(|other| other.pupils.get(class));
                let from = others.filter(|other| *other != item).find(|other| values[**other as usize] > 0);
                let free = clubs.world.classes[*class].file.pupils as i32 > taken(&values, *class, club);
                if let Some(other) = from.filter(|_| !free) {
                    values[*other as usize] -= 1;
                }
                values[*item as usize] += i32::from(free || from.is_some());
            }
        }
    }
    // Somebody who teaches then leads all the same.
    if let Some(item) = dice.pick(&busy).filter(|_| dice.percent(60)) {
        values[*item as usize] = 1;
    }
    values
}

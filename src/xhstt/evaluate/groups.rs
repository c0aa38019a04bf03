//! Constraints of event groups. Each group is a point.

use super::facts::Facts;
use super::tally::{Bill, Tally, off};
use crate::xhstt::archive::{SlotGroup, Spread};

/// Different resources on the group's slots, minus 1.
pub fn avoid_split_assignments(facts: &Facts<'_>, groups: &[SlotGroup], bill: &mut Bill) {
    let mut assigned = Vec::new();
    for group in groups {
        assigned.clear();
        for slot in &group.slots {
            assigned.extend(facts.meets(slot.event).iter().filter_map(|meet| facts.filled(meet, slot.place)));
        }
        assigned.sort_unstable();
        assigned.dedup();
        bill.point(Tally::of(assigned.len().saturating_sub(1) as i64));
    }
}

/// Per time group, distance of the number of meets that start in it from the range.
pub fn spread(facts: &Facts<'_>, event_groups: &[usize], spread: &[Spread], bill: &mut Bill) {
    let instance = facts.instance;
    // Which of the time groups a time belongs to.
    let mut of_time = vec![Vec::new(); instance.times.len()];
    for (number, it) in spread.iter().enumerate() {
        for time in &instance.time_groups[it.time_group].times {
            of_time[*time].push(number);
        }
    }
    let mut starts = vec![0_i64; spread.len()];
    for group in event_groups {
        starts.fill(0);
        for event in &instance.event_groups[*group].events {
            for time in facts.meets(*event).iter().filter_map(|meet| meet.time) {
                for number in of_time.get(time).into_iter().flatten() {
                    starts[*number] += 1;
                }
            }
        }
        let mut tally = Tally::default();
        for (it, count) in spread.iter().zip(&starts) {
            tally.add(off(*count, it.range));
        }
        bill.point(tally);
    }
}

/// Times at which some but not all events of the group run, one part each.
pub fn link(facts: &Facts<'_>, event_groups: &[usize], bill: &mut Bill) {
    let times = facts.instance.times.len();
    // Per time: how many events run, and the last one that was counted there.
    let mut running = vec![(0_usize, None); times];
    for group in event_groups {
        let events = &facts.instance.event_groups[*group].events;
        running.fill((0, None));
        for event in events {
            for meet in facts.meets(*event) {
                for (count, last) in &mut running[facts.runs(meet)] {
                    if *last != Some(*event) {
                        *last = Some(*event);
                        *count += 1;
                    }
                }
            }
        }
        let mut tally = Tally::default();
        for (count, _) in &running {
            tally.add(i64::from(*count > 0 && *count < events.len()));
        }
        bill.point(tally);
    }
}

//! What the search can hold. The largest public instance comes to a ninth of [`MOST_CHOICES`].

use super::archive::{Constraint, Event, Instance, Kind};
use super::read::LIMIT;
use crate::problem::Problem;

/// Longest event.
const LONGEST: usize = 255;
/// Durations and starts that one meet may have, and resources.
const MOST_VALUES: usize = 65_000;
/// What all meets may be and all places of them may hold.
const MOST_CHOICES: usize = 20_000_000;

/// Times that one constraint on idle times may look at, all its time groups together: the search keeps them in one word.
const MOST_IN_A_ROW: usize = 128;

/// Whether the search can hold the instance.
///
/// # Errors
/// `E-XHSTT-011` with the limit that it exceeds.
pub fn may_be_solved(file: &str, instance: &Instance) -> Result<(), Problem> {
    let longest = instance.events.iter().map(duration).max().unwrap_or(0);
    let starts = instance.times.len() + 1;
    // As many meets as times, each of any duration at any start and with any resource in its open places.
    let choices = instance.events.iter().map(|event| {
        let open = event.resources.iter().filter(|place| place.preassigned.is_none()).count();
        let one = duration(event).saturating_mul(starts).saturating_add(open.saturating_mul(instance.resources.len()));
        duration(event).saturating_mul(one)
    });
    let (mut row, mut linked) = (0, 0);
    for constraint in instance.constraints.iter().filter(|constraint: &&Constraint| constraint.weight > 0) {
        match &constraint.kind {
            Kind::LimitIdleTimes { time_groups, .. } => {
                row = row.max(time_groups.iter().map(|group| instance.time_groups[*group].times.len()).sum());
            }
            Kind::LinkEvents { event_groups } => {
                let events = event_groups.iter().map(|group| instance.event_groups[*group].events.len()).max().unwrap_or(0);
                linked = linked.max(events.saturating_mul(instance.times.len()));
            }
            _ => {}
        }
    }
    let measured = [
        (longest, LONGEST, "事件的时长", "duration of an event"),
        (longest.saturating_mul(starts), MOST_VALUES, "时长×时段", "durations × times"),
        (instance.resources.len(), MOST_VALUES, "资源", "resources"),
        (row, MOST_IN_A_ROW, "一个空堂限制的时段", "times of one limit on idle times"),
        (linked, MOST_VALUES, "联排事件×时段", "linked events × times"),
        (choices.fold(0, usize::saturating_add), MOST_CHOICES, "全部可选", "choices in all"),
    ];
    match measured.into_iter().find(|(found, most, ..)| found > most) {
        None => Ok(()),
        Some((found, most, zh, en)) => Err(LIMIT
            .at(file)
            .found(format!("实例太大,无法求解:{zh} {found}"), format!("the instance is too large to be solved: {en} {found}"))
            .allowed(format!("最多 {most}"), format!("at most {most}"))),
    }
}

fn duration(event: &Event) -> usize {
    usize::try_from(event.duration).unwrap_or(usize::MAX)
}

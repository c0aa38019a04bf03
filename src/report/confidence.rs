//! How sure the reader can be: what is proved smallest, what may still be gained, and the time it took.

use super::View;
use super::screen::joined;
use crate::file::{Force, Text};
use crate::rules::{AnyRule, Stage};

/// Whether the periods without a teacher are proved fewest; none where nobody tried.
pub(super) fn shortage_is_smallest(view: &View) -> Option<bool> {
    let coverage = view.policy.clauses.iter().find_map(|clause| match (&clause.rule, clause.force) {
        (AnyRule::HoursInFull(_), Force::Prefer(preference)) if !clause.off => Some(match preference.then {
            0 => format!("rank{}", preference.rank),
            then => format!("rank{}.{then}", preference.rank),
        }),
        _ => None,
    });
    let teaching = view.manifest.stages.iter().rev().find(|stage| stage.stage == Stage::Teaching)?;
    teaching.levels.iter().find(|level| Some(&level.name) == coverage.as_ref()).map(|level| level.proved)
}

pub(super) fn confidence(view: &View) -> Text {
    let mut parts = Vec::new();
    let stages = &view.manifest.stages;
    parts.extend(shortage_is_smallest(view).map(|proved| {
        if proved {
            Text::new("缺口课时已证明最少", "the shortage is proved smallest")
        } else {
            Text::new("缺口课时尚未证明最少", "the shortage is not proved smallest")
        }
    }));
    if let Some(stage) = stages.iter().rev().find(|stage| stage.stage == Stage::Timetable) {
        let soft = || stage.levels.iter().filter(|level| level.name.starts_with("rank"));
        let (value, bound): (i64, i64) =
            soft().fold((0, 0), |(v, b), level| (v.saturating_add(level.value), b.saturating_add(level.bound)));
        parts.push(if soft().all(|level| level.proved) {
            Text::new("课表已证明最好", "the timetable is proved best")
        } else {
            let permille = crate::job::LevelFigures::gap(value, bound);
            let (whole, tenth) = (permille / 10, permille % 10);
            Text::new(
                format!("课表没照顾到的地方按分量共计 {value} 分,已证明任何课表都不会少于 {bound} 分(最多还能改进 {whole}.{tenth}%)"),
                format!("the timetable's blemishes weigh {value}, proved not below {bound} in any (at most {whole}.{tenth} % to gain)"),
            )
        });
    }
    let seconds = view.manifest.seconds;
    parts.push(Text::new(format!("用时 {seconds:.1} 秒"), format!("{seconds:.1} seconds")));
    joined(&parts)
}

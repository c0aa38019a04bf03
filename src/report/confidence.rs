//! How sure the reader can be: what is proved smallest, what may still be gained, and the time it took.

use super::View;
use super::screen::joined;
use crate::file::{Force, Text};
use crate::rules::{AnyRule, Stage};

/// What a level of the score is about.
pub(super) fn level_words(name: &str) -> (&str, &str) {
    match name.split_once('.').map_or(name, |(rank, _)| rank) {
        "structure" => ("排得完整", "whole"),
        "legal" => ("必须遵守的规定", "rules to be kept"),
        "policy" => ("经集体研究可调整的规定", "rules a meeting may relax"),
        "rank1" => ("课时开足、缺口均衡", "hours in full, shortages shared"),
        "rank2" => ("校际均衡", "balance between schools"),
        "rank3" => ("少变动、少奔波", "few changes and trips"),
        "rank4" => ("课表质量", "quality of the timetable"),
        "rank5" => ("个人意愿", "people's wishes"),
        other => (other, other),
    }
}

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
    if parts.is_empty()
        && let Some(stage) = stages.iter().rev().find(|stage| stage.stage == Stage::Exchange)
    {
        parts.push(match stage.levels.iter().find(|level| !level.proved) {
            None => Text::new("交流方案逐级已证明最好", "the exchange is proved best, level by level"),
            Some(level) => {
                let (value, bound, (zh, en)) = (level.value, level.bound, level_words(&level.name));
                Text::new(
                    format!("交流方案在“{zh}”之前逐级已证明最好,这一级 {value} 分,任何方案都不会少于 {bound} 分"),
                    format!("the exchange is proved best before “{en}”, which weighs {value}, not below {bound} in any"),
                )
            }
        });
    }
    let seconds = view.manifest.seconds;
    parts.push(Text::new(format!("用时 {seconds:.1} 秒"), format!("{seconds:.1} seconds")));
    joined(&parts)
}

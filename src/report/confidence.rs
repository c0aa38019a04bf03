//! How sure the reader can be: what is proved smallest, what may still be gained, and the time it took.

use super::View;
use super::screen::joined;
use crate::file::{Force, Preference, Scope, Text};
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

/// How few periods without a teacher there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Smallest {
    /// No plan has fewer.
    Proved,
    /// None with the postings of this one; with others nobody knows.
    ProvedWithPostings,
    Open,
}

/// Whether the periods without a teacher are proved fewest; none where nobody tried.
pub(super) fn smallest_shortage(view: &View) -> Option<Smallest> {
    let coverage = view.policy.clauses.iter().find_map(|clause| match (&clause.rule, clause.force) {
        (AnyRule::HoursInFull(_), Force::Prefer(preference)) if !clause.off && clause.scope == Scope::default() => {
            Some(level_of(preference))
        }
        _ => None,
    })?;
    // What is proved is the level: it is the periods only where nothing else counts there.
    let there = |force: &Force| matches!(force, Force::Prefer(preference) if level_of(*preference) == coverage);
    if view.policy.clauses.iter().filter(|clause| !clause.off && there(&clause.force)).count() > 1
        && view.manifest.shortfall_periods != Some(0)
    {
        return Some(Smallest::Open);
    }
    let level = |stage: Stage| {
        let stage = view.manifest.stages.iter().rev().find(|figures| figures.stage == stage)?;
        stage.levels.iter().find(|level| level.name == coverage)
    };
    let teaching = level(Stage::Teaching)?;
    // The exchange is decided with the hours that it leaves: what no teaching can beat after any exchange.
    let of_all = level(Stage::Exchange).is_some_and(|exchange| exchange.bound >= teaching.value);
    let alone = !view.manifest.limits.stages.contains(&Stage::Exchange);
    Some(match teaching.proved {
        _ if view.manifest.shortfall_periods == Some(0) || of_all => Smallest::Proved,
        true if alone => Smallest::Proved,
        true => Smallest::ProvedWithPostings,
        false => Smallest::Open,
    })
}

fn level_of(preference: Preference) -> String {
    match preference.then {
        0 => format!("rank{}", preference.rank),
        then => format!("rank{}.{then}", preference.rank),
    }
}

/// A bound of 0 is no comfort, every list of blemishes weighs at least that; nor is one that leaves nearly all to gain.
fn says_something(value: i64, bound: i64) -> bool {
    bound > 0 && bound.saturating_mul(10) >= value
}

pub(super) fn confidence(view: &View) -> Text {
    let mut parts = Vec::new();
    let stages = &view.manifest.stages;
    parts.extend(smallest_shortage(view).map(|smallest| match smallest {
        Smallest::Proved => Text::new("缺口课时已证明最少", "the shortage is proved smallest"),
        Smallest::ProvedWithPostings => {
            Text::new("照这样的交流安排,缺口课时已证明最少", "with these postings the shortage is proved smallest")
        }
        Smallest::Open => Text::new("缺口课时尚未证明最少", "the shortage is not proved smallest"),
    }));
    if let Some(stage) = stages.iter().rev().find(|stage| stage.stage == Stage::Timetable) {
        let soft = || stage.levels.iter().filter(|level| level.name.starts_with("rank"));
        let (value, bound): (i64, i64) =
            soft().fold((0, 0), |(v, b), level| (v.saturating_add(level.value), b.saturating_add(level.bound)));
        if soft().all(|level| level.proved) {
            parts.push(Text::new("照这样的任课,课表已证明最好", "for this teaching the timetable is proved best"));
        } else if says_something(value, bound) {
            let permille = crate::job::LevelFigures::gap(value, bound);
            let (whole, tenth) = (permille / 10, permille % 10);
            parts.push(Text::new(
                format!(
                    "课表没照顾到的地方按分量共计 {value} 分,已证明照这样的任课任何课表都不会少于 {bound} 分(最多还能改进 {whole}.{tenth}%)"
                ),
                format!(
                    "the timetable's blemishes weigh {value}, proved not below {bound} in any for this teaching (at most {whole}.{tenth} % to gain)"
                ),
            ));
        }
    }
    if parts.is_empty()
        && let Some(stage) = stages.iter().rev().find(|stage| stage.stage == Stage::Exchange)
    {
        let open = stage.levels.iter().position(|level| !level.proved);
        let first = open.map(|at| (at, &stage.levels[at]));
        parts.extend(match first {
            None => Some(Text::new("交流方案逐级已证明最好", "the exchange is proved best, level by level")),
            Some((0, _)) => None,
            Some((_, level)) => {
                let (value, bound, (zh, en)) = (level.value, level.bound, level_words(&level.name));
                let head = Text::new(format!("交流方案在“{zh}”之前逐级已证明最好"), format!("the exchange is proved best before “{en}”"));
                Some(if says_something(value, bound) {
                    Text::new(
                        format!("{},这一级 {value} 分,任何方案都不会少于 {bound} 分", head.zh),
                        format!("{}, which weighs {value}, not below {bound} in any", head.en),
                    )
                } else {
                    head
                })
            }
        });
    }
    let seconds = view.manifest.seconds;
    parts.push(Text::new(format!("用时 {seconds:.1} 秒"), format!("{seconds:.1} seconds")));
    joined(&parts)
}

//! How far each stage is from the best there can be, as rows of a table. What costs nothing cannot be better and is one row for all of
//! it; a bound of 0 says nothing, and is not printed as if it did.

use super::confidence::level_words;
use crate::file::{Policy, Text};
use crate::job::StageFigures;
use crate::rules::Stage;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    stage: Text,
    aim: Text,
    value: String,
    /// What no plan can beat; a dash where nothing is known.
    bound: String,
    gap: String,
    proved: bool,
}

const UNKNOWN: &str = "—";

pub(super) fn rows(stages: &[StageFigures], policy: &Policy) -> Vec<Row> {
    stages.iter().flat_map(|stage| of_stage(stage, policy)).collect()
}

fn of_stage(stage: &StageFigures, policy: &Policy) -> Vec<Row> {
    let (zh, en) = match stage.stage {
        Stage::Exchange => ("交流轮岗", "exchange"),
        Stage::Teaching => ("任课", "teaching"),
        Stage::Timetable => ("课表", "timetable"),
    };
    let row = |aim: Text, value: i64, bound: i64, permille: u64, proved: bool| {
        let known = bound > 0;
        let or_dash = |words: String| if known { words } else { UNKNOWN.to_owned() };
        Row {
            stage: Text::new(zh, en),
            aim,
            value: value.to_string(),
            bound: or_dash(bound.to_string()),
            gap: or_dash(format!("{}.{}%", permille / 10, permille % 10)),
            proved,
        }
    };
    let mut rows = Vec::new();
    for level in stage.levels.iter().filter(|level| level.value > 0) {
        rows.push(row(aim(&level.name), level.value, level.bound, level.gap_permille, level.proved));
        for term in level.terms.iter().filter(|term| term.value > 0) {
            let Text { zh, en } = title(policy, &term.clause);
            rows.push(row(Text::new(format!("其中 {zh}"), format!("of it {en}")), term.value, term.bound, term.gap_permille, false));
        }
    }
    let free = stage.levels.iter().filter(|level| level.value <= 0).count();
    if free > 0 {
        let aim = if rows.is_empty() {
            Text::new(format!("全部 {free} 级"), format!("all {free} levels"))
        } else {
            Text::new(format!("其余 {free} 级"), format!("the other {free} levels"))
        };
        // Prices are never negative.
        rows.push(Row { bound: "0".to_owned(), gap: "0.0%".to_owned(), ..row(aim, 0, 0, 0, true) });
    }
    rows
}

fn aim(name: &str) -> Text {
    let (zh, en) = level_words(name);
    name.split_once('.')
        .map_or_else(|| Text::new(zh, en), |(_, then)| Text::new(format!("{zh}(其次 {then})"), format!("{en} (then {then})")))
}

/// What a planner calls the clause.
fn title(policy: &Policy, id: &str) -> Text {
    let clause = policy.clauses.iter().find(|clause| clause.id == id);
    let (zh, en) = clause.map_or((id, id), |clause| clause.rule.rule().law().title);
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{LevelFigures, TermFigures};

    fn level(name: &str, value: i64, bound: i64, terms: Vec<TermFigures>) -> LevelFigures {
        let gap_permille = LevelFigures::gap(value, bound);
        LevelFigures { name: name.to_owned(), value, bound, proved: value == bound, gap_permille, terms }
    }

    #[test]
    fn zeros_are_one_row_and_no_bound_is_no_figure() {
        let term = TermFigures { clause: "idle".to_owned(), value: 4, bound: 0, gap_permille: 1000 };
        let levels = vec![
            level("structure", 0, 0, vec![]),
            level("legal", 0, 0, vec![]),
            level("rank4", 4, 0, vec![term]),
            level("rank5.1", 8, 6, vec![]),
        ];
        let stage = StageFigures { stage: Stage::Timetable, levels, seconds: 1.0, work: 1, items: 1, points: 1, legal_after: None };
        let rows = rows(&[stage], &Policy::default());
        let told: Vec<[String; 4]> = rows.into_iter().map(|row| [row.aim.zh, row.value, row.bound, row.gap]).collect();
        let expected = [
            ["课表质量", "4", "—", "—"],
            ["其中 idle", "4", "—", "—"],
            ["个人意愿(其次 1)", "8", "6", "25.0%"],
            ["其余 2 级", "0", "0", "0.0%"],
        ];
        assert_eq!(told, expected.map(|row| row.map(str::to_owned)));
    }
}

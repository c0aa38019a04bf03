//! The score sheet as tables: every item of every school, and the groups bundled with their members.

use super::View;
use super::table::Table;
use crate::check::{Facts, GroupScore, Scores};
use crate::file::{Evaluation, Text};

/// Nothing where the policy evaluates nothing.
pub(super) fn tables(view: &View, facts: &Facts) -> Vec<(&'static str, Table)> {
    let Some((sheet, judgement)) = view.policy.evaluation.as_ref().zip(view.judgement) else { return Vec::new() };
    let scores = facts.scores(sheet, &judgement.verdict);
    vec![("scores", schools(facts, sheet, &scores)), ("group_scores", groups(facts, sheet, &scores))]
}

/// Hundredths, as a decimal.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
}

fn schools(facts: &Facts, sheet: &Evaluation, scores: &Scores) -> Table {
    let mut table = Table::new(&["学校", "类别", "考核项", "数值", "得分", "分值"]);
    for row in &scores.schools {
        let school = facts.say_school(row.school).zh;
        for (item, got) in sheet.items.iter().zip(&row.items) {
            let (value, got) = got.map_or(("无数据".to_owned(), String::new()), |(value, got)| (value.to_string(), decimal(got)));
            table.row([&school, &item.heading.zh, &item.title.zh, &value, &got, &item.points.to_string()]);
        }
        table.row([&school, "合计", "得分率(%)", "", &decimal(row.score), "100"]);
    }
    table
}

fn groups(facts: &Facts, sheet: &Evaluation, scores: &Scores) -> Table {
    let mut table = Table::new(&["名次", "集团", "牵头校", "成员校平均", "捆绑得分", "奖励(元)", "约谈督促", "专职干部"]);
    for (place, row) in (1..).zip(&scores.groups) {
        let GroupScore { group, lead, members, score, award, lagging } = row;
        let entry = &facts.places.groups[*group];
        let name = entry.name.as_ref().map_or(&entry.id, |name: &Text| &name.zh);
        let each = |score: &Option<i64>| score.map_or_else(String::new, decimal);
        let award = if *award { sheet.award_yuan.to_string() } else { String::new() };
        let place: i32 = place;
        let lagging = if *lagging { "是" } else { "" };
        table.row([&place.to_string(), name, &each(lead), &each(members), &decimal(*score), &award, lagging, &coordinators(facts, *group)]);
    }
    table
}

/// Whose own score is their group's: the full-time coordinators at its lead (S0-29).
fn coordinators(facts: &Facts, group: usize) -> String {
    let lead = facts.places.groups[group].lead.as_deref().and_then(|id| facts.places.school(id));
    let people = facts.people.list.iter().zip(&facts.people.working);
    let here = people.filter(|(person, at)| lead.is_some() && **at == lead && person.posts.iter().any(|held| held.post == "coordinator"));
    here.map(|(person, _)| person.id.as_str()).collect::<Vec<_>>().join("、")
}

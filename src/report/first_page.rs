//! Page 1 of the report: the first screen, and what a meeting asks next: what was not achieved, what was fixed by hand.

use super::View;
use super::audience::Audience;
use super::confidence::confidence;
use super::facts::Figures;
use super::screen::{Row, conclusion, decisions, figures_of, joined};
use crate::check::Facts;
use crate::file::{Force, Text};
use std::collections::BTreeMap;

/// Decisions asked of the reader, and clauses told as not achieved.
const MOST: usize = 5;

pub(super) fn rows(view: &View, facts: &Facts, figures: &Figures, audience: Audience) -> Vec<Row> {
    let row = |zh: &str, en: &str, lines: Vec<Text>| Row { label: Text::new(zh, en), lines };
    let mut rows = conclusion(view, figures);
    if view.plan.is_none() {
        return rows;
    }
    rows.extend(figures_of(view, facts, figures));
    if audience == Audience::Bureau {
        let all = decisions(view, facts, figures);
        let more = all.len().saturating_sub(MOST);
        let mut asked: Vec<Text> = numbered(all.into_iter().take(MOST));
        if more > 0 {
            asked.push(Text::new(format!("另有 {more} 项,见下文和 plan.xlsx"), format!("{more} more below and in plan.xlsx")));
        }
        if asked.is_empty() {
            asked.push(Text::new("没有需要单独决定的事项", "nothing in particular"));
        }
        rows.push(row("请您决定", "to decide", asked));
        rows.push(row("没有做到的", "not achieved", unmet(view)));
        rows.push(row("人工确定的", "fixed by hand", vec![by_hand(view, facts)]));
    }
    rows.push(row("把握", "how sure", vec![confidence(view)]));
    rows
}

fn numbered(lines: impl Iterator<Item = Text>) -> Vec<Text> {
    lines.zip(1..).map(|(line, n)| Text::new(format!("{n}. {}", line.zh), format!("{n}. {}", line.en))).collect()
}

/// The clauses that fall short most often, each with how often and what it competes with.
fn unmet(view: &View) -> Vec<Text> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let findings = view.judgement.iter().flat_map(|judgement| &judgement.verdict.findings);
    for finding in findings.filter(|finding| matches!(finding.force, Force::Prefer(_))) {
        *count.entry(&finding.clause).or_default() += 1;
    }
    let rank =
        |id: &str| view.policy.clauses.iter().find(|clause| clause.id == id).map(|clause| (clause.force, clause.rule.rule().law().title));
    let mut told: Vec<_> = count.into_iter().filter_map(|(id, count)| rank(id).map(|(force, title)| (force, title, count))).collect();
    let importance = |force: &Force| match force {
        Force::Prefer(preference) => (preference.rank, preference.then),
        Force::Legal | Force::Policy => (0, 0),
    };
    told.sort_by_key(|(force, _, count)| (importance(force), std::cmp::Reverse(*count)));
    let (clauses, all) = (told.len(), told.iter().map(|(_, _, count)| count).sum::<usize>());
    if clauses == 0 {
        return vec![Text::new("希望照顾的都照顾到了", "every preference is met")];
    }
    let why = Text::new(
        format!("{clauses} 条“尽量照顾”共 {all} 处没有完全照顾到:前一级优先,同级按分量权衡"),
        format!("{clauses} preferences fall short at {all} places: an earlier rank goes first, within a rank weights decide"),
    );
    let line = |(_, (zh, en), count): &(Force, (&str, &str), usize)| Text::new(format!("{zh}:{count} 处"), format!("{en}: {count} places"));
    std::iter::once(why).chain(told.iter().take(MOST).map(line)).collect()
}

/// How much of the plan nobody decided anew, and how much changed since last term.
fn by_hand(view: &View, facts: &Facts) -> Text {
    let people = view.district.people.iter().filter(|person| person.locks != crate::file::PersonLocks::default()).count();
    let all = view.district.people.len().max(1);
    let (lessons, permille) = (view.district.locked_lessons.len(), people * 1000 / all);
    let (whole, tenth) = (permille / 10, permille % 10);
    let locked = Text::new(
        format!("锁定 {people} 人(占 {whole}.{tenth}%)、{lessons} 节课"),
        format!("{people} people ({whole}.{tenth} %) and {lessons} lessons are locked"),
    );
    let changed = changed(view, facts).map(|changed| {
        Text::new(format!("{changed} 门课与上学期任课教师不同"), format!("{changed} courses have another teacher than last term"))
    });
    joined(&std::iter::once(locked).chain(changed).collect::<Vec<_>>())
}

/// Courses of last term's plan that somebody else teaches now.
fn changed(view: &View, facts: &Facts) -> Option<usize> {
    let last = view.district.baseline.as_deref().filter(|plan| !plan.teaching.is_empty() && !facts.plan.teaching.is_empty())?;
    let now: BTreeMap<_, _> = facts.plan.teaching.iter().map(|row| ((&row.course, &row.role, &row.blocks), &row.teacher)).collect();
    let same =
        |row: &&crate::file::Teaching| now.get(&(&row.course, &row.role, &row.blocks)).is_some_and(|teacher| **teacher != row.teacher);
    Some(last.teaching.iter().filter(same).count())
}

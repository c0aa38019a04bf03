//! Page 1 of the report: the first screen, and what a meeting asks next: what was not achieved, what was fixed by hand.

use super::View;
use super::audience::Audience;
use super::changes::Changes;
use super::conclusion::conclusion;
use super::confidence::confidence;
use super::decisions::decisions;
use super::facts::Figures;
use super::screen::{Row, asked, figures_of, joined, row};
use crate::check::{Facts, Finding, breaches};
use crate::file::{Clause, Force, Text};
use std::collections::BTreeMap;

/// Clauses told as not achieved.
const MOST: usize = 5;

pub(super) fn rows(view: &View, facts: &Facts, figures: &Figures, audience: Audience) -> Vec<Row> {
    let mut rows = conclusion(view, facts, figures);
    if view.plan.is_some() {
        rows.extend(figures_of(view, facts, figures));
    }
    // A draft is not put to a meeting.
    if !view.delivered() {
        return rows;
    }
    if audience == Audience::Bureau {
        rows.push(row("请您决定", "to decide", asked(&decisions(view, facts, figures), true)));
        rows.push(row("没有做到的", "not achieved", unmet(view)));
        rows.push(row("会议放宽的", "relaxed by a meeting", relaxed(view, facts)));
        let mut by_hand = vec![by_hand(view, facts)];
        by_hand.extend(figures.changes.as_ref().map(Changes::line));
        rows.push(row("人工确定的", "fixed by hand", by_hand));
    }
    rows.push(row("把握", "how sure", vec![confidence(view)]));
    rows
}

/// Clauses that a meeting relaxed for this plan: by whom, and how much use the plan makes of it.
fn relaxed(view: &View, facts: &Facts) -> Vec<Text> {
    let used = |clause: &Clause| {
        let (id, (zh, en)) = (&clause.id, clause.rule.rule().law().title);
        let (meeting, document) = view.judgement?.verdict.relaxed.get(id)?;
        let broken = breaches(facts, clause);
        Some(Text::new(
            format!("“{zh}”({id}):{meeting}({document})同意放宽;按原规定有 {broken} 处不符"),
            format!("{en} ({id}), by {meeting} ({document}); {broken} places exceed the numbers as they were"),
        ))
    };
    let mut lines: Vec<Text> = view.policy.clauses.iter().filter(|clause| !clause.off).filter_map(used).collect();
    if lines.is_empty() {
        lines.push(Text::new("没有", "nothing"));
    }
    lines
}

/// The clauses that fall short, the most important first, each with how often and its worst case.
fn unmet(view: &View) -> Vec<Text> {
    let mut short: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    let findings = view.judgement.iter().flat_map(|judgement| &judgement.verdict.findings);
    for finding in findings.filter(|finding| matches!(finding.force, Force::Prefer(_))) {
        short.entry(&finding.clause).or_default().push(finding);
    }
    let importance = |clause: &Clause| match clause.force {
        Force::Prefer(preference) => (preference.rank, preference.then),
        Force::Legal | Force::Policy => (0, 0),
    };
    let mut told: Vec<_> = view.policy.clauses.iter().filter_map(|clause| Some((clause, short.get(clause.id.as_str())?))).collect();
    told.sort_by_key(|(clause, list)| (importance(clause), std::cmp::Reverse(list.len())));
    let (clauses, all) = (told.len(), told.iter().map(|(_, list)| list.len()).sum::<usize>());
    if clauses == 0 {
        return vec![Text::new("希望照顾的都照顾到了", "every preference is met")];
    }
    let why = Text::new(
        format!(
            "{clauses} 条“尽量照顾”的要求共有 {all} 处没有完全照顾到:先保课时开足,再顾均衡、少变动、课表质量和个人意愿,同一级按分量取舍"
        ),
        format!(
            "{clauses} preferences fall short at {all} places: hours come first, then balance, few changes, the timetable and wishes; within a rank weights decide"
        ),
    );
    let line = |(clause, list): &(&Clause, &Vec<&Finding>)| {
        let ((zh, en), count) = (clause.rule.rule().law().title, list.len());
        let worst = list.iter().rev().max_by_key(|finding| finding.excess).map_or_else(Text::default, |finding| finding.text.clone());
        Text::new(format!("{zh} {count} 处,如:{}", worst.zh), format!("{en}: {count} places, such as: {}", worst.en))
    };
    std::iter::once(why).chain(told.iter().take(MOST).map(line)).collect()
}

/// How much of the plan nobody decided anew, and how much changed since last term.
fn by_hand(view: &View, facts: &Facts) -> Text {
    let people = view.district.people.iter().filter(|person| person.locks != crate::file::PersonLocks::default()).count();
    let all = view.district.people.len().max(1);
    let (lessons, permille) = (view.district.locked_lessons.len(), people * 1000 / all);
    let (whole, tenth) = (permille / 10, permille % 10);
    let locked = if people + lessons == 0 {
        Text::new("没有锁定的人和课", "nobody and no lesson is locked")
    } else {
        Text::new(
            format!("锁定 {people} 人(占 {whole}.{tenth}%)、{lessons} 节课"),
            format!("{people} people ({whole}.{tenth} %) and {lessons} lessons are locked"),
        )
    };
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

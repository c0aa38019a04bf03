//! The first screen: what was read, what came out, what the reader has to decide. Plain words, never solver words.

use super::confidence::confidence;
use super::decisions::{Decision, decisions};
use super::exchange::Exchange;
use super::facts::Figures;
use super::print::width;
use super::sharing::Sharing;
use super::week::Week;
use super::{CLOSING, DEMO, View, moves};
use crate::check::Facts;
use crate::file::{Force, Text};
use crate::job::{Status, Stopped};
use crate::rules::exchange::quota::{Quota, QuotaLine, QuotaWho, QuotaWithin, Rounding};
use std::collections::BTreeMap;

/// A label and its lines.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Row {
    pub(super) label: Text,
    pub(super) lines: Vec<Text>,
}

fn row(zh: &str, en: &str, lines: Vec<Text>) -> Row {
    Row { label: Text::new(zh, en), lines }
}

macro_rules! text {
    ($zh:literal, $en:literal) => {
        Text::new(format!($zh), format!($en))
    };
}

/// What was read and what came out; without a plan also why.
pub(super) fn conclusion(view: &View, figures: &Figures) -> Vec<Row> {
    let mut rows = vec![row("读入", "read", vec![read(view, figures)]), row("结论", "result", result(view))];
    if view.plan.is_none() {
        let mut why = reasons(view);
        if let Some(more) = why.len().checked_sub(REASONS).filter(|more| *more > 0) {
            why.truncate(REASONS);
            why.push(text!("另有 {more} 条,见 report.html", "{more} more in report.html"));
        }
        rows.push(row("原因", "why", why));
    }
    rows
}

/// Part by part: what should be and what is.
pub(super) fn figures_of(view: &View, facts: &Facts, figures: &Figures) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(exchange) = &figures.exchange {
        rows.push(row("一、交流轮岗", "1 exchange", std::iter::once(exchange_line(exchange)).chain(moves::line(facts)).collect()));
    }
    if let Some(sharing) = &figures.sharing {
        rows.push(row("二、跨校兼课", "2 sharing", vec![sharing_line(view, sharing, figures.week.is_some())]));
    }
    if let Some(week) = &figures.week {
        rows.push(row("三、课表", "3 timetable", vec![week_line(view, figures, week)]));
        if !week.guests.is_empty() {
            rows.push(row("四、功能室", "4 shared rooms", vec![rooms_line(facts, week)]));
        }
    }
    rows
}

pub(super) fn rows(view: &View, facts: &Facts, figures: &Figures) -> Vec<Row> {
    let mut rows = conclusion(view, figures);
    if view.plan.is_none() {
        rows.push(row("文件", "files", vec![Text::new("report.html(先看) manifest.json", "report.html (start here) manifest.json")]));
        return rows;
    }
    rows.extend(figures_of(view, facts, figures));
    rows.push(row("请您决定", "to decide", asked(&decisions(view, facts, figures), false)));
    rows.push(row("把握", "how sure", vec![confidence(view)]));
    let files =
        Text::new("report.html(先看) plan.xlsx plan.json tables/*.csv", "report.html (start here) plan.xlsx plan.json tables/*.csv");
    rows.push(row("文件", "files", vec![files]));
    rows
}

/// Decisions on the screen and on page 1.
const MOST: usize = 5;

/// The questions, numbered; with the ways out of each, or a word on where they stand.
pub(super) fn asked(decisions: &[Decision], options: bool) -> Vec<Text> {
    let mut lines = Vec::new();
    for (Decision { question, options: ways }, n) in decisions.iter().take(MOST).zip(1..) {
        lines.push(Text::new(format!("{n}. {}", question.zh), format!("{n}. {}", question.en)));
        for (way, (zh, en)) in ways.iter().zip([("甲", "a"), ("乙", "b")]).filter(|_| options) {
            lines.push(Text::new(format!("\u{3000}{zh} {}", way.zh), format!("\u{3000}{en}) {}", way.en)));
        }
    }
    let more = decisions.len().saturating_sub(MOST);
    match lines.len() {
        0 => lines.push(Text::new("没有需要单独决定的事项", "nothing in particular")),
        _ if more > 0 => lines.push(text!("另有 {more} 项,见下文各表", "{more} more in the tables below")),
        _ if !options => lines.push(Text::new("各项的选择和代价见 report.html", "the choices and what they cost are in report.html")),
        _ => {}
    }
    lines
}

/// The screen as text: labels in a column, the closing words last.
pub(super) fn text(view: &View, rows: &[Row]) -> Text {
    let title = &view.district.title;
    let of = |pick: fn(&Text) -> &str, head: String, closing: &str| {
        let wide = rows.iter().map(|row| width(pick(&row.label))).max().unwrap_or(0) + 2;
        let mut lines = vec![head];
        for row in rows {
            for (k, line) in row.lines.iter().enumerate() {
                let label = if k == 0 { pick(&row.label) } else { "" };
                lines.push(format!("{label}{}{}", " ".repeat(wide - width(label)), pick(line)));
            }
        }
        lines.push(closing.to_owned());
        lines.join("\n")
    };
    let mark = |words: &str, open: &str, close: &str| if view.district.demo { format!("    {open}{words}{close}") } else { String::new() };
    Text::new(
        of(|text| &text.zh, format!("轮排 · {}{}", title.zh, mark(DEMO.0, "【", "】")), CLOSING.0),
        of(|text| &text.en, format!("Lunpai · {}{}", title.en, mark(DEMO.1, "[", "]")), CLOSING.1),
    )
}

/// "a week", or "in two weeks" when the timetable repeats after two.
pub(super) fn per_cycle(view: &View) -> Text {
    if view.district.cycle_weeks == 2 { Text::new("每两周", "every two weeks") } else { Text::new("每周", "a week") }
}

fn read(view: &View, figures: &Figures) -> Text {
    let Figures { schools, classes, teachers, periods, to_confirm, .. } = figures;
    let per = per_cycle(view);
    let mut line = match classes {
        // An exchange alone needs no classes.
        0 => text!("{schools} 校 {teachers} 名任课教师", "{schools} schools, {teachers} teachers"),
        _ => Text::new(
            format!("{schools} 校 {classes} 班 {teachers} 名任课教师,{} {periods} 节", per.zh),
            format!("{schools} schools, {classes} classes, {teachers} teachers, {periods} periods {}", per.en),
        ),
    };
    if *to_confirm > 0 {
        line = joined(&[line, text!("{to_confirm} 处待您确认", "{to_confirm} to confirm")]);
    }
    line
}

fn result(view: &View) -> Vec<Text> {
    let passed = Text::new("必须遵守的规定全部满足,独立复核通过。", "every rule that must be kept is kept; the independent check passed.");
    let relaxed = view.judgement.map_or(0, |judgement| judgement.verdict.relaxed.len());
    let mut lines = vec![match view.manifest.status {
        Status::Done => Text::new(format!("可提交会议讨论:{}", passed.zh), format!("ready for the meeting: {}", passed.en)),
        Status::CutShort => Text::new(
            format!("中途被停止,这是停止时最好的方案:{}", passed.zh),
            format!("cut short; this is the best plan by then: {}", passed.en),
        ),
        Status::Impossible => Text::new("这些要求无法同时满足,没有排出方案。", "these requirements cannot all be met; there is no plan."),
        Status::Undecided if view.manifest.stopped == Stopped::Cancelled => {
            Text::new("中途被停止,尚未排出方案。", "cut short before there was a plan.")
        }
        Status::Undecided => Text::new("规定时间内未能判定,没有排出方案。", "not decided in the time given; there is no plan."),
        Status::Internal => Text::new(
            "程序出错:方案没有通过独立复核,不予输出。请把本文件夹报告给开发者。",
            "a defect: the plan did not pass the independent check and is withheld. Please report this directory to the developers.",
        ),
    }];
    if relaxed > 0 && view.plan.is_some() {
        lines.push(text!("其中 {relaxed} 项按会议决定放宽", "{relaxed} of them as relaxed by a meeting"));
    }
    lines
}

/// Reasons on the screen; the page has them all.
const REASONS: usize = 6;

/// Breaches of force that are told.
const SHOWN: usize = 3;

/// What the search says, and the first breaches of force of a plan that is withheld.
pub(super) fn reasons(view: &View) -> Vec<Text> {
    let mut reasons = view.manifest.reasons.clone();
    if let Some(judgement) = view.judgement {
        let breaches = judgement.verdict.findings.iter().filter(|finding| !matches!(finding.force, Force::Prefer(_)));
        reasons.extend(breaches.take(SHOWN).map(|finding| finding.text.clone()));
        if judgement.hard > SHOWN as u64 {
            let all = judgement.hard;
            reasons.push(text!("共 {all} 处,见 findings.json", "{all} in all, see findings.json"));
        }
    }
    if reasons.is_empty() {
        let seconds = view.manifest.limits.seconds;
        reasons.push(text!("{seconds} 秒内没有结果;可以用 --time 给更多时间", "no result within {seconds} seconds; give more with --time"));
    }
    reasons
}

fn exchange_line(exchange: &Exchange) -> Text {
    let mut parts: Vec<Text> = exchange.quotas.iter().filter(|(quota, _)| quota.within == QuotaWithin::District).map(quota).collect();
    if parts.is_empty() {
        let Exchange { eligible, moved, backbone_moved, .. } = exchange;
        parts.push(text!(
            "符合条件 {eligible} 人,方案交流 {moved} 人,其中骨干 {backbone_moved} 人",
            "{eligible} eligible, the plan moves {moved}, {backbone_moved} of them backbone"
        ));
    }
    let mut by_count: BTreeMap<usize, Vec<&Text>> = BTreeMap::new();
    for (school, after) in &exchange.first_backbone {
        by_count.entry(*after).or_default().push(school);
    }
    for (after, schools) in by_count {
        let zh: Vec<&str> = schools.iter().map(|school| school.zh.as_str()).collect();
        let en: Vec<&str> = schools.iter().map(|school| school.en.as_str()).collect();
        let each = if schools.len() > 1 { "各 " } else { " " };
        parts.push(Text::new(
            format!("{}骨干由 0 人变为{each}{after} 人", zh.join("、")),
            format!("{}: backbone from 0 to {after}", en.join(", ")),
        ));
    }
    joined(&parts)
}

fn quota((quota, line): &(Quota, QuotaLine)) -> Text {
    let QuotaLine { base, required, counted, .. } = line;
    let (percent, share) = (quota.percent, quota.share(*base));
    let (by, by_en) = match quota.rounding {
        _ if share == required.to_string() => ("", ""),
        Rounding::Up => ("进位", " rounded up"),
        Rounding::Nearest => ("四舍五入", " rounded"),
        Rounding::Down => ("舍去", " rounded down"),
    };
    match quota.who {
        QuotaWho::All => text!(
            "符合条件 {base} 人×{percent}%={share},{by}应交流 {required} 人;方案 {counted} 人",
            "{base} eligible × {percent} % = {share}{by_en}: {required} must move; the plan moves {counted}"
        ),
        QuotaWho::Backbone => text!("骨干应 {required} 人,方案 {counted} 人", "backbone: {required} must move, the plan moves {counted}"),
        QuotaWho::Graduating => text!(
            "毕业年级教师应 {required} 人,方案 {counted} 人",
            "teachers of graduating grades: {required} must move, the plan moves {counted}"
        ),
    }
}

pub(super) fn joined(parts: &[Text]) -> Text {
    let zh: Vec<&str> = parts.iter().map(|part| part.zh.as_str()).collect();
    let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    Text::new(zh.join(";"), en.join("; "))
}

fn sharing_line(view: &View, sharing: &Sharing, timed: bool) -> Text {
    let per = per_cycle(view);
    let Sharing { gap_at_home, gap, overloaded, overload_most, .. } = sharing;
    let (people, periods, minutes) = (sharing.travellers(), sharing.periods_across(), sharing.travel_minutes());
    let mut parts = vec![match (gap_at_home, gap) {
        (0, 0) => Text::new("没有缺教师的课时", "no period lacks a teacher"),
        _ => Text::new(
            format!("不跨校{}至少缺 {gap_at_home} 课时,本方案缺 {gap} 课时", per.zh),
            format!("periods without a teacher {}: at least {gap_at_home} without sharing → {gap}", per.en),
        ),
    }];
    parts.push(match people {
        0 => Text::new("无人跨校兼课", "nobody teaches at another school"),
        _ => text!("{people} 人兼课 {periods} 课时", "{people} people teach {periods} periods at another school"),
    });
    if *overloaded > 0 {
        parts.push(text!(
            "{overloaded} 人超过标准课时(每人最多超 {overload_most} 课时)",
            "{overloaded} people are above their target load (by {overload_most} at most)"
        ));
    } else {
        parts.push(Text::new("无人超过标准课时", "nobody is above the target load"));
    }
    if timed && minutes > 0 {
        parts.push(Text::new(format!("路上合计{} {minutes} 分钟", per.zh), format!("{minutes} minutes on the way {}", per.en)));
    }
    joined(&parts)
}

fn week_line(view: &View, figures: &Figures, week: &Week) -> Text {
    let (classes, complete) = (figures.classes, week.complete);
    let mut parts = vec![if complete == classes {
        text!("{classes} 班课程全部排下", "all lessons of {classes} classes are placed")
    } else {
        text!("{classes} 班中 {complete} 班课程全部排下", "all lessons are placed in {complete} of {classes} classes")
    }];
    let gap = figures.sharing.as_ref().map_or(0, |sharing| sharing.gap);
    if gap > 0 {
        parts.push(text!("其中待补 {gap} 课时", "{gap} periods still wait for a teacher"));
    } else if complete == classes && figures.sharing.is_some() {
        parts[0] = text!("{classes} 班课程开齐开足", "{classes} classes have all their lessons, each with a teacher");
    }
    // Only what the policy enforces and the checker has judged is claimed.
    if ["class_clash", "teacher_clash", "room_clash"].iter().all(|rule| view.enforced(rule)) {
        parts.push(Text::new("教师、班级、教室无冲突", "no clash of teachers, classes or rooms"));
    }
    if view.enforced("travel_time") && figures.schools > 1 {
        parts.push(Text::new("路程赶得上", "every trip can be made in time"));
    }
    joined(&parts)
}

fn rooms_line(facts: &Facts, week: &Week) -> Text {
    let mut by_host: BTreeMap<usize, (Vec<Text>, usize)> = BTreeMap::new();
    for ((guest, host, _), lessons) in &week.guests {
        let entry = by_host.entry(*host).or_default();
        let name = facts.say_school(*guest);
        if !entry.0.contains(&name) {
            entry.0.push(name);
        }
        entry.1 += lessons;
    }
    let all_placed = week.placed == week.lessons;
    let part = |(host, (guests, lessons)): (usize, (Vec<Text>, usize))| {
        let (guests, host) = (crate::check::list(&guests), facts.say_school(host));
        let mut line = Text::new(
            format!("{}到{}上课 {lessons} 次", guests.zh, host.zh),
            format!("{}: {lessons} lessons in rooms of {}", guests.en, host.en),
        );
        if all_placed {
            line = Text::new(
                format!("{},{}本校课未受影响", line.zh, host.zh),
                format!("{}; {}'s own lessons all take place", line.en, host.en),
            );
        }
        line
    };
    joined(&by_host.into_iter().map(part).collect::<Vec<_>>())
}

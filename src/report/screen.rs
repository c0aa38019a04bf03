//! The first screen: what was read, what came out, what the reader has to decide. Plain words, never solver words.

use super::conclusion::conclusion;
use super::confidence::confidence;
use super::decisions::{Decision, decisions};
use super::exchange::Exchange;
use super::facts::Figures;
use super::print::width;
use super::sharing::Sharing;
use super::week::Week;
use super::{CLOSING, DEMO, View, moves};
use crate::check::Facts;
use crate::file::Text;
use crate::rules::exchange::quota::{Quota, QuotaLine, QuotaWho, QuotaWithin, Rounding};
use std::collections::BTreeMap;

/// A label and its lines.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Row {
    pub(super) label: Text,
    pub(super) lines: Vec<Text>,
}

pub(super) fn row(zh: &str, en: &str, lines: Vec<Text>) -> Row {
    Row { label: Text::new(zh, en), lines }
}

macro_rules! text {
    ($zh:literal, $en:literal) => {
        Text::new(format!($zh), format!($en))
    };
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
    let mut rows = conclusion(view, facts, figures);
    if view.delivered() {
        rows.extend(figures_of(view, facts, figures));
        rows.push(row("请您决定", "to decide", asked(&decisions(view, facts, figures), false)));
        rows.push(row("把握", "how sure", vec![confidence(view)]));
    }
    rows.push(row("文件", "files", vec![files(view)]));
    rows
}

/// What to open, the first to read first.
fn files(view: &View) -> Text {
    let (zh, en) = ("report.html(先看)", "report.html (start here)");
    let plans = if view.plan.is_some() { " plan.xlsx plan.json" } else { "" };
    if !view.delivered() {
        return text!("{zh}{plans} manifest.json", "{en}{plans} manifest.json");
    }
    let (b_zh, b_en) = view
        .manifest
        .without_postings
        .map_or_else(Default::default, |_| (" without_postings.json(方案乙)", " without_postings.json (plan b)"));
    text!("{zh}{plans} tables/*.csv{b_zh}", "{en}{plans} tables/*.csv{b_en}")
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

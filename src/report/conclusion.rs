//! What came of the run, in the first words that anybody reads. Nothing stands here that is not so: what a meeting has to decide, what
//! got worse and what more time may mend is said beside what is good.

use super::View;
use super::confidence::{Smallest, smallest_shortage};
use super::facts::Figures;
use super::screen::{Row, joined, per_cycle, row};
use super::uneven::uneven;
use crate::check::Facts;
use crate::file::{Force, Text};
use crate::job::{Claim, Status, Stopped};
use crate::rules::Stage;

macro_rules! text {
    ($zh:literal, $en:literal) => {
        Text::new(format!($zh), format!($en))
    };
}

/// What was read and what came out; where no plan leaves also why.
pub(super) fn conclusion(view: &View, facts: &Facts, figures: &Figures) -> Vec<Row> {
    let mut rows = vec![row("读入", "read", vec![read(view, figures)]), row("结论", "result", result(view, facts, figures))];
    if !view.delivered() {
        let mut why = reasons(view);
        if let Some(more) = why.len().checked_sub(REASONS).filter(|more| *more > 0) {
            why.truncate(REASONS);
            why.push(text!("另有 {more} 条,见 report.html", "{more} more in report.html"));
        }
        rows.push(row("原因", "why", why));
    }
    rows
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

fn result(view: &View, facts: &Facts, figures: &Figures) -> Vec<Text> {
    if !view.delivered() {
        return vec![nothing(view)];
    }
    let poor = more_than_at_home(view, figures);
    // What is not done is said first, not that it is ready.
    let (first, poor) = match poor {
        Some(poor) if view.manifest.status == Status::Done && view.manifest.decisions_needed == 0 => (vec![poor, passed()], None),
        poor => (vec![headline(view)], poor),
    };
    let mut lines = first;
    let relaxed = view.judgement.map_or(0, |judgement| judgement.verdict.relaxed.len());
    if relaxed > 0 {
        lines.push(text!("其中 {relaxed} 项按会议决定放宽", "{relaxed} of them as relaxed by a meeting"));
    }
    lines.extend(poor);
    lines.extend(price_of_postings(view));
    lines.extend(figures.exchange.as_ref().and_then(|_| uneven(facts)));
    lines
}

/// Every rule that must be kept is kept.
const KEPT: (&str, &str) = ("必须遵守的规定全部满足", "every rule that must be kept is kept");

fn passed() -> Text {
    Text::new(format!("{},独立复核通过。", KEPT.0), format!("{}; the independent check passed.", KEPT.1))
}

/// A plan that breaks nothing legal. It is ready only where nobody has to decide before.
fn headline(view: &View) -> Text {
    let open = view.manifest.decisions_needed;
    let (zh, en) = match (view.manifest.status, open) {
        (Status::CutShort, 0) => ("中途被停止,这是停止时最好的方案".to_owned(), "cut short; this is the best plan by then".to_owned()),
        (Status::CutShort, _) => (
            format!("中途被停止,停止时最好的方案有 {open} 处须经会议决定"),
            format!("cut short; in the best plan by then {open} places need a meeting's decision"),
        ),
        (_, 0) => ("可提交会议讨论".to_owned(), "ready for the meeting".to_owned()),
        _ => (format!("方案已排出,有 {open} 处须经会议决定"), format!("there is a plan; {open} places need a meeting's decision")),
    };
    match open {
        0 => Text::new(format!("{zh}:{}", passed().zh), format!("{en}: {}", passed().en)),
        _ => Text::new(
            format!("{zh}:{};经集体研究可调整的规定没有全部做到,见“请您决定”。", KEPT.0),
            format!("{en}: {}; rules that a meeting may relax are not all kept, see “to decide”.", KEPT.1),
        ),
    }
}

/// No plan leaves: why, as far as one sentence goes.
fn nothing(view: &View) -> Text {
    let broken = view.judgement.is_some_and(|judgement| judgement.legal > 0);
    let draft = match view.plan {
        Some(_) if broken => Text::new(
            "附最接近的一稿,未通过复核,只供查找原因。",
            "The nearest draft is added; it has not passed the check and only shows why.",
        ),
        Some(_) => Text::new("附当时的一稿,只供查找原因。", "The draft by then is added; it only shows why."),
        None => Text::default(),
    };
    let (zh, en) = match view.manifest.status {
        Status::Impossible => ("这些要求无法同时满足,没有排出方案。", "these requirements cannot all be met; there is no plan."),
        Status::Undecided if view.manifest.stopped == Stopped::Cancelled => {
            ("中途被停止,尚未排出方案。", "cut short before there was a plan.")
        }
        Status::Undecided => ("规定时间内未能判定,没有排出方案。", "not decided in the time given; there is no plan."),
        _ if broken => (
            "程序出错:方案没有通过独立复核,不予采用。请把本文件夹报告给开发者。",
            "a defect: the plan did not pass the independent check and is withheld. Please report this directory to the developers.",
        ),
        _ => (
            "程序出错,没有排出方案。请把本文件夹报告给开发者。",
            "a defect: there is no plan. Please report this directory to the developers.",
        ),
    };
    Text::new(format!("{zh}{}", draft.zh), format!("{en} {}", draft.en).trim_end().to_owned())
}

/// More periods without a teacher than nobody's travelling would leave at least, and nothing says that it must be so.
fn more_than_at_home(view: &View, figures: &Figures) -> Option<Text> {
    let sharing = figures.sharing.as_ref().filter(|sharing| sharing.gap > sharing.gap_at_home)?;
    let decided = view.manifest.limits.stages.contains(&Stage::Teaching);
    if decided && smallest_shortage(view) == Some(Smallest::Proved) {
        return None;
    }
    let (per, gap, home) = (per_cycle(view), sharing.gap, sharing.gap_at_home);
    let (zh, en) = if decided {
        ("本稿未排好,请加时间", "this draft is not done: give it more time")
    } else {
        ("本稿未排好,任课是给定的", "this draft is not done; its teaching was given")
    };
    Some(Text::new(
        format!("{zh}:{}缺 {gap} 课时,比不跨校时至少缺的 {home} 课时还多,也没有证明不能再少", per.zh),
        format!(
            "{en}: {gap} periods {} without a teacher, more than the {home} missing at least without sharing, and not proved smallest",
            per.en
        ),
    ))
}

/// What the postings cost in periods without a teacher, where a plan without them was kept.
fn price_of_postings(view: &View) -> Option<Text> {
    let without = view.manifest.without_postings?.shortfall_periods;
    let with = view.manifest.shortfall_periods.filter(|with| *with > without)?;
    let (more, per) = (with - without, per_cycle(view));
    // No plan with these postings has less, and one without them has so few: then the difference is what they cost at least.
    let sure = if smallest_shortage(view) == Some(Smallest::Proved) {
        Text::new("已证明避免不了", "proved unavoidable")
    } else {
        Text::new("未能证明避免不了", "not proved unavoidable")
    };
    Some(Text::new(
        format!("完成交流任务使{}待补由 {without} 课时增加到 {with} 课时,多 {more} 课时,{};不作新交流的方案乙已一并保存", per.zh, sure.zh),
        format!(
            "the postings raise the periods without a teacher {} from {without} to {with}, by {more}, {}; plan b without new postings is kept beside it",
            per.en, sure.en
        ),
    ))
}

/// Reasons on the screen; the page has them all.
const REASONS: usize = 6;

/// Breaches of force that are told.
const SHOWN: usize = 3;

/// What the search says, and the first breaches of force of a plan that is withheld.
pub(super) fn reasons(view: &View) -> Vec<Text> {
    let mut reasons = view.manifest.reasons.clone();
    if let Some(judgement) = view.judgement {
        if judgement.legal > 0 && matches!(view.manifest.claim, Claim::Optimal | Claim::Feasible) {
            reasons.push(Text::new(
                "求解部分以为已经排好,独立复核不予认可",
                "the search took its plan for whole; the independent check does not",
            ));
        }
        let breaches = judgement.verdict.findings.iter().filter(|finding| !matches!(finding.force, Force::Prefer(_)));
        reasons.extend(breaches.take(SHOWN).map(|finding| finding.text.clone()));
        let all = judgement.hard();
        if all > SHOWN as u64 {
            reasons.push(text!("共 {all} 处,见 findings.json", "{all} in all, see findings.json"));
        }
    }
    if reasons.is_empty() {
        let seconds = view.manifest.limits.seconds;
        reasons.push(text!("{seconds} 秒内没有结果;可以用 --time 给更多时间", "no result within {seconds} seconds; give more with --time"));
    }
    reasons
}

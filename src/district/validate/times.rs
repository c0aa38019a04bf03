//! Times outside the bells: the cycle, windows of the week, the term's dates.

use super::index::Index;
use crate::file::{BlockKind, RoomNeed, Weeks, Window};
use crate::problem::{Kind, Problem};
use std::collections::BTreeSet;
use std::fmt::Arguments;

const CYCLE: Kind = Kind::error(
    "E-TIME-001",
    ("课表周期不是 1 周或 2 周", "the cycle is neither 1 nor 2 weeks"),
    ("1(每周相同)或 2(单双周)", "1 (every week alike) or 2 (odd and even weeks)"),
    ("请改正 `cycle_weeks`", "correct `cycle_weeks`"),
);
const WEEKS: Kind = Kind::error(
    "E-TIME-002",
    ("课表每周相同,却写了单周或双周", "odd or even weeks although every week is alike"),
    ("`cycle_weeks` 为 1 时只能用 `all`", "only `all` while `cycle_weeks` is 1"),
    ("请把 `cycle_weeks` 改为 2,或去掉单双周", "set `cycle_weeks` to 2, or drop the odd or even weeks"),
);
const WINDOW_DAY: Kind = Kind::error(
    "E-TIME-003",
    ("时间段的星期不对", "a window on no day of the week"),
    ("1(周一)到 7(周日)", "1 (Monday) to 7 (Sunday)"),
    ("请改正 `weekday`", "correct `weekday`"),
);
const WINDOW_ORDER: Kind = Kind::error(
    "E-TIME-004",
    ("时间段的结束不晚于开始", "a window that ends before it starts"),
    ("`from` 早于 `to`", "`from` before `to`"),
    ("请改正起止时间;跨午夜的请分成两段", "correct the times; split a window that crosses midnight"),
);
pub const DATE: Kind = Kind::error(
    "E-TIME-005",
    ("日期不对", "not a date"),
    ("实有的日期,写作 YYYY-MM-DD", "a real date written YYYY-MM-DD"),
    ("请改正这个日期", "correct the date"),
);
const TERM_ORDER: Kind = Kind::error(
    "E-TIME-006",
    ("学期的起止日期不对", "the term's first and last day do not fit"),
    ("结束晚于开始,且不超过一年", "the last day after the first, within a year"),
    ("请改正学期的起止日期", "correct the term's dates"),
);
const OUTSIDE: Kind = Kind::warning(
    "W-TIME-007",
    ("放假或调休的日期在学期之外", "a holiday or make-up day outside the term"),
    ("学期之内的日期", "dates within the term"),
    ("请核对这个日期;学期外的日期不起作用", "check the date; outside the term it has no effect"),
);
const OFF_AND_ON: Kind = Kind::error(
    "E-TIME-008",
    ("同一天既放假又调休上课", "one day is both off and a make-up day"),
    ("一天只写在一处", "each date in one of the two lists"),
    ("请从 `off` 或 `teaches_as` 删掉这一天", "remove it from `off` or from `teaches_as`"),
);
const MAKE_UP_DAY: Kind = Kind::error(
    "E-TIME-009",
    ("调休所上的星期不对", "a make-up day that teaches as no weekday"),
    ("1(周一)到 7(周日)", "1 (Monday) to 7 (Sunday)"),
    ("请改正 `teaches_as`", "correct `teaches_as`"),
);

const OBSERVED: Kind = Kind::error(
    "E-TIME-010",
    ("不是教研的时段写了会前听课", "a lesson observed before a block that is no research meeting"),
    ("`observed` 只用于 `research`", "`observed` with kind `research` only"),
    ("请去掉 `observed`,或把 `kind` 改为 `research`", "drop `observed` or set `kind` to `research`"),
);

pub const KINDS: &[&Kind] =
    &[&CYCLE, &WEEKS, &WINDOW_DAY, &WINDOW_ORDER, &DATE, &TERM_ORDER, &OUTSIDE, &OFF_AND_ON, &MAKE_UP_DAY, &OBSERVED];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    cycle(index, found);
    weeks(index, found);
    windows(index, found);
    dates(index, found);
    term(index, found);
    observed(index, found);
}

fn observed(index: &Index<'_>, found: &mut Vec<Problem>) {
    let blocks = index.district.blocks.iter().enumerate();
    for (i, block) in blocks.filter(|(_, block)| block.observed && block.kind != BlockKind::Research) {
        found.push(OBSERVED.at(index.at(format_args!("blocks[{i}].observed"))).of(&block.id));
    }
}

fn cycle(index: &Index<'_>, found: &mut Vec<Problem>) {
    let weeks = index.district.cycle_weeks;
    if weeks != 1 && weeks != 2 {
        found.push(CYCLE.at(index.at(format_args!("cycle_weeks"))).found(format!("写的是 {weeks}"), format!("it says {weeks}")));
    }
}

/// Odd or even weeks in a cycle of one week.
fn weeks(index: &Index<'_>, found: &mut Vec<Problem>) {
    if index.district.cycle_weeks != 1 {
        return;
    }
    let mut every = |weeks: Weeks, at: Arguments<'_>| {
        if weeks != Weeks::All {
            found.push(WEEKS.at(index.at(at)));
        }
    };
    let mut need = |room: Option<&RoomNeed>, at: Arguments<'_>| {
        if let Some(room) = room {
            every(room.weeks, format_args!("{at}.room.weeks"));
        }
    };
    for (i, line) in index.district.curriculum.iter().enumerate() {
        need(line.room.as_ref(), format_args!("curriculum[{i}]"));
    }
    for (i, course) in index.district.courses.iter().enumerate() {
        for (j, block) in course.blocks.iter().enumerate() {
            need(block.room.as_ref(), format_args!("courses[{i}].blocks[{j}]"));
        }
    }
    for (i, course) in index.district.courses.iter().enumerate() {
        for (j, block) in course.blocks.iter().enumerate() {
            every(block.weeks, format_args!("courses[{i}].blocks[{j}].weeks"));
        }
    }
    each_window(index, &mut |window, at| every(window.weeks, format_args!("{at}.weeks")));
}

fn windows(index: &Index<'_>, found: &mut Vec<Problem>) {
    each_window(index, &mut |window, at| {
        if !(1..=7).contains(&window.weekday) {
            let day = window.weekday;
            found.push(WINDOW_DAY.at(index.at(format_args!("{at}.weekday"))).found(format!("写的是 {day}"), format!("it says {day}")));
        }
        if window.from >= window.to {
            let (from, to) = (window.from, window.to);
            found.push(WINDOW_ORDER.at(index.at(at)).found(format!("{from} 到 {to}"), format!("{from} to {to}")));
        }
    });
}

fn each_window(index: &Index<'_>, visit: &mut dyn FnMut(&Window, Arguments<'_>)) {
    for (i, person) in index.district.people.iter().enumerate() {
        for (j, window) in person.unavailable.iter().enumerate() {
            visit(window, format_args!("people[{i}].unavailable[{j}]"));
        }
    }
    for (i, room) in index.district.rooms.iter().enumerate() {
        for (j, window) in room.open.iter().enumerate() {
            visit(window, format_args!("rooms[{i}].open[{j}]"));
        }
    }
    for (i, block) in index.district.blocks.iter().enumerate() {
        for (j, window) in block.when.iter().enumerate() {
            visit(window, format_args!("blocks[{i}].when[{j}]"));
        }
    }
    for (i, roster) in index.district.rosters.iter().enumerate() {
        for (j, window) in roster.when.iter().enumerate() {
            visit(window, format_args!("rosters[{i}].when[{j}]"));
        }
    }
}

fn dates(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some(term) = &index.district.term else { return };
    let mut date = |text: &str, at: Arguments<'_>| {
        if day_number(text).is_none() {
            found.push(DATE.at(index.at(at)).found(format!("写的是 `{text}`"), format!("it says `{text}`")));
        }
    };
    date(&term.first_day, format_args!("term.first_day"));
    date(&term.last_day, format_args!("term.last_day"));
    for (i, day) in term.off.iter().enumerate() {
        date(day, format_args!("term.off[{i}]"));
    }
    for day in term.teaches_as.keys() {
        date(day, format_args!("term.teaches_as"));
    }
}

fn term(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some(term) = &index.district.term else { return };
    let off: BTreeSet<_> = term.off.iter().collect();
    for (day, weekday) in &term.teaches_as {
        let at = index.at(format_args!("term.teaches_as.{day}"));
        if !(1..=7).contains(weekday) {
            found.push(MAKE_UP_DAY.at(&at).found(format!("写的是 {weekday}"), format!("it says {weekday}")));
        }
        if off.contains(day) {
            found.push(OFF_AND_ON.at(at).found(format!("{day} 既放假又上课"), format!("{day} is off and taught")));
        }
    }
    let (Some(first), Some(last)) = (day_number(&term.first_day), day_number(&term.last_day)) else { return };
    if last <= first || last - first > 366 {
        let words = (format!("{} 到 {}", term.first_day, term.last_day), format!("{} to {}", term.first_day, term.last_day));
        found.push(TERM_ORDER.at(index.at(format_args!("term"))).found(words.0, words.1));
        return;
    }
    let days = term.off.iter().map(|day| (day, "off"));
    for (day, field) in days.chain(term.teaches_as.keys().map(|day| (day, "teaches_as"))) {
        if day_number(day).is_some_and(|number| number < first || number > last) {
            let at = index.at(format_args!("term.{field}"));
            found.push(OUTSIDE.at(at).found(format!("{day} 不在学期之内"), format!("{day} is outside the term")));
        }
    }
}

/// Days since 0000-03-01 of a real date written YYYY-MM-DD.
pub fn day_number(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok())?;
    let (year, month, day) = (number(text.get(..4)?)?, number(text.get(5..7)?)?, number(text.get(8..)?)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *days.get(usize::try_from(month - 1).ok()?)?;
    if !(1..=length).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day)
}

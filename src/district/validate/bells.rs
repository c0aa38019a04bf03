//! Bells: days of the week, cells in order, halves in order.

use super::index::Index;
use crate::file::{Bell, Cell};
use crate::problem::{Kind, Problem};
use std::collections::BTreeSet;

const NO_CELLS: Kind = Kind::error(
    "E-BELL-001",
    ("作息时间没有星期或没有节次", "a bell without weekdays or without cells"),
    ("至少一个星期,每天至少一节", "at least one weekday and one cell on each"),
    ("请补上星期和节次,或删掉不上课的那天", "add the weekdays and cells, or remove the day without lessons"),
);
const WEEKDAY: Kind = Kind::error(
    "E-BELL-002",
    ("作息时间的星期不对", "a bell on no day of the week"),
    ("1(周一)到 7(周日)", "1 (Monday) to 7 (Sunday)"),
    ("请改正 `weekdays` 或 `days`", "correct `weekdays` or `days`"),
);
const WEEKDAY_TWICE: Kind = Kind::error(
    "E-BELL-003",
    ("作息时间里同一天写了两次", "a bell names a weekday twice"),
    ("每个星期只写一次", "each weekday once"),
    ("请删掉重复的一天", "remove the second one"),
);
const CELL_ORDER: Kind = Kind::error(
    "E-BELL-004",
    ("一节课的结束不晚于开始", "a cell that ends before it starts"),
    ("`start` 早于 `end`", "`start` before `end`"),
    ("请改正这一节的起止时间", "correct the cell's times"),
);
const OVERLAP: Kind = Kind::error(
    "E-BELL-005",
    ("两节课重叠或次序颠倒", "cells that overlap or are out of order"),
    ("后一节在前一节结束之后开始", "each cell starts when the one before has ended"),
    ("请按时间先后排好,并改正重叠的时间", "put them in order of time and correct the overlap"),
);
const HALVES: Kind = Kind::error(
    "E-BELL-006",
    ("上午、下午、晚上的次序颠倒", "halves of the day out of order"),
    ("先上午,再下午,再晚上", "morning, then afternoon, then evening"),
    ("请改正 `half`", "correct `half`"),
);
const JOIN: Kind = Kind::warning(
    "W-BELL-007",
    ("连堂标记不起作用", "a join that has no effect"),
    ("`joins_next` 只写在同一半天还有下一节的那一节", "`joins_next` on cells that have a next one in the same half"),
    ("请删掉这个标记,或改正 `half`", "remove the mark or correct `half`"),
);
const UNUSED_DAY: Kind = Kind::warning(
    "W-BELL-008",
    ("写了某天的节次,但这天不上课", "cells for a day that is not taught"),
    ("`days` 里的星期都在 `weekdays` 里", "the days of `days` are among `weekdays`"),
    ("请在 `weekdays` 里补上这天,或从 `days` 删掉", "add the day to `weekdays` or remove it from `days`"),
);

pub const KINDS: &[&Kind] = &[&NO_CELLS, &WEEKDAY, &WEEKDAY_TWICE, &CELL_ORDER, &OVERLAP, &HALVES, &JOIN, &UNUSED_DAY];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, bell) in index.district.bells.iter().enumerate() {
        let at = index.at(format_args!("bells[{i}]"));
        no_cells(bell, &at, found);
        weekdays(bell, &at, found);
        unused_days(bell, &at, found);
        let days = bell.days.iter().map(|(day, cells)| (format!("{at}.days.{day}"), cells));
        for (at, cells) in std::iter::once((format!("{at}.cells"), &bell.cells)).chain(days) {
            cell_order(bell, cells, &at, found);
            overlap(bell, cells, &at, found);
            halves(bell, cells, &at, found);
            joins(bell, cells, &at, found);
        }
    }
}

fn no_cells(bell: &Bell, at: &str, found: &mut Vec<Problem>) {
    if bell.weekdays.is_empty() {
        found.push(NO_CELLS.at(format!("{at}.weekdays")).of(&bell.id).found("没有上课的星期", "no weekday"));
    }
    let empty = bell.weekdays.iter().filter(|day| bell.days.get(day).unwrap_or(&bell.cells).is_empty()).collect::<BTreeSet<_>>();
    for day in empty {
        found.push(NO_CELLS.at(format!("{at}.cells")).of(&bell.id).found(format!("星期 {day} 没有节次"), format!("no cell on day {day}")));
    }
}

fn weekdays(bell: &Bell, at: &str, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (i, day) in bell.weekdays.iter().enumerate() {
        let at = format!("{at}.weekdays[{i}]");
        if !(1..=7).contains(day) {
            found.push(WEEKDAY.at(at).of(&bell.id).found(format!("写的是 {day}"), format!("it says {day}")));
        } else if !seen.insert(day) {
            found.push(WEEKDAY_TWICE.at(at).of(&bell.id).found(format!("星期 {day} 写了两次"), format!("day {day} twice")));
        }
    }
    for day in bell.days.keys().filter(|day| !(1..=7).contains(*day)) {
        found.push(WEEKDAY.at(format!("{at}.days.{day}")).of(&bell.id).found(format!("写的是 {day}"), format!("it says {day}")));
    }
}

fn unused_days(bell: &Bell, at: &str, found: &mut Vec<Problem>) {
    for day in bell.days.keys().filter(|day| (1..=7).contains(*day) && !bell.weekdays.contains(day)) {
        let words = (format!("星期 {day} 不在 `weekdays` 里"), format!("day {day} is not in `weekdays`"));
        found.push(UNUSED_DAY.at(format!("{at}.days.{day}")).of(&bell.id).found(words.0, words.1));
    }
}

fn cell_order(bell: &Bell, cells: &[Cell], at: &str, found: &mut Vec<Problem>) {
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.start >= cell.end) {
        let times = (format!("{} 到 {}", cell.start, cell.end), format!("{} to {}", cell.start, cell.end));
        found.push(CELL_ORDER.at(format!("{at}[{i}]")).of(&bell.id).found(times.0, times.1));
    }
}

fn overlap(bell: &Bell, cells: &[Cell], at: &str, found: &mut Vec<Problem>) {
    for (i, pair) in cells.windows(2).enumerate().filter(|(_, pair)| pair[1].start < pair[0].end) {
        let (ends, starts) = (pair[0].end, pair[1].start);
        let (first, second) = (i + 1, i + 2);
        found.push(OVERLAP.at(format!("{at}[{second}]", second = i + 1)).of(&bell.id).found(
            format!("第 {first} 节 {ends} 才结束,第 {second} 节 {starts} 就开始"),
            format!("cell {first} ends at {ends}, cell {second} starts at {starts}"),
        ));
    }
}

fn halves(bell: &Bell, cells: &[Cell], at: &str, found: &mut Vec<Problem>) {
    for (i, _) in cells.windows(2).enumerate().filter(|(_, pair)| pair[1].half < pair[0].half) {
        let words = (format!("第 {} 节又回到更早的半天", i + 2), format!("cell {} falls back to an earlier half", i + 2));
        found.push(
            HALVES.at(format!("{at}[{}].half", i + 1)).of(&bell.id).found(words.0, words.1).remedy(
                format!("请改正第 {} 节或第 {} 节的 `half`", i + 1, i + 2),
                format!("correct `half` of cell {} or {}", i + 1, i + 2),
            ),
        );
    }
}

fn joins(bell: &Bell, cells: &[Cell], at: &str, found: &mut Vec<Problem>) {
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.joins_next) {
        if cells.get(i + 1).is_none_or(|next| next.half != cell.half) {
            let words = (format!("第 {} 节之后同一半天没有下一节", i + 1), format!("no cell follows cell {} in the same half", i + 1));
            found.push(JOIN.at(format!("{at}[{i}].joins_next")).of(&bell.id).found(words.0, words.1));
        }
    }
}

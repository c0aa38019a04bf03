//! Lessons already agreed on: they exist, their cells exist and are open. Two that cannot both stand are a warning: each
//! is sound by itself, and which one gives way is for the plan to explain, not for the reader of files.

use super::given::given_teachers;
use super::index::{Index, Taught, Unit, weeks_meet};
use crate::file::{CellRef, Clock, Weeks};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

const NO_BLOCK: Kind = Kind::error(
    "E-LOCK-001",
    ("锁定的课次不存在", "a lock on a block the course does not have"),
    ("从 1 数起的课次", "a block of the course, counted from 1"),
    ("请改正 `block`", "correct `block`"),
);
const NO_CELL: Kind = Kind::error(
    "E-LOCK-002",
    ("锁定的节次不在作息时间里", "a lock on a cell the bell does not have"),
    ("班级作息时间里有的星期和节次", "a weekday and period of the class's bell"),
    ("请改正星期和节次", "correct the weekday and period"),
);
const CLOSED: Kind = Kind::error(
    "E-LOCK-003",
    ("锁定在班级停课的节次", "a lock on a cell in which the class has no lesson"),
    ("班级开放的节次", "an open cell of the class"),
    ("请改到开放的节次,或从 `closed` 里删掉这一节", "move the lesson or remove the cell from `closed`"),
);
const TOO_LONG: Kind = Kind::error(
    "E-LOCK-004",
    ("锁定的连堂放不下", "a locked double that does not fit"),
    ("同一半天里能连排的节次(前一节有 `joins_next`)", "joined cells of one half-day (each but the last with `joins_next`)"),
    ("请改到能连排的节次", "move it to cells that are joined"),
);
const LOCKED_TWICE: Kind = Kind::error(
    "E-LOCK-005",
    ("同一次课锁定了两次", "one lesson is locked twice"),
    ("每次课只锁定一次", "each lesson once"),
    ("请删掉其中一个,或改正课次", "remove one of the two or correct its block"),
);
const CLASS_TAKEN: Kind = Kind::warning(
    "W-LOCK-006",
    ("一个班的同一节锁定了两次课", "two locked lessons in one cell of a class"),
    ("每个班每节只有一次课", "one lesson per class and cell"),
    ("请移动其中一次课", "move one of the two"),
);
const TEACHER_TAKEN: Kind = Kind::warning(
    "W-LOCK-007",
    ("同一位教师的两次锁定课时间重叠", "two locked lessons of one teacher at one time"),
    ("一位教师同一时间只有一次课", "one lesson at a time for each teacher"),
    ("请移动其中一次课,或换一位教师", "move one of the two or change its teacher"),
);
const TEACHER_AWAY: Kind = Kind::warning(
    "W-LOCK-008",
    ("锁定的课在教师不能上课的时间", "a locked lesson while its teacher is unavailable"),
    ("教师能上课的时间", "a time at which the teacher is available"),
    ("请移动这次课,或改正教师的 `unavailable`", "move the lesson or correct the teacher's `unavailable`"),
);

pub const KINDS: &[&Kind] = &[&NO_BLOCK, &NO_CELL, &CLOSED, &TOO_LONG, &LOCKED_TWICE, &CLASS_TAKEN, &TEACHER_TAKEN, &TEACHER_AWAY];

/// A lock whose course and block exist.
struct Lock<'i, 'a> {
    /// Position in the file.
    i: usize,
    course: &'i Taught<'a>,
    unit: Unit<'a>,
    at: CellRef,
}

impl Lock<'_, '_> {
    fn place(&self, index: &Index<'_>) -> String {
        index.at(format_args!("locked_lessons[{}]", self.i))
    }
    fn cells(&self) -> impl Iterator<Item = CellRef> {
        let at = self.at;
        (0..self.unit.periods).map_while(move |k| Some(CellRef { weekday: at.weekday, period: at.period.checked_add(k)? }))
    }
    /// Clock time by the bell of the first class.
    fn clock(&self, index: &Index<'_>) -> Option<(Clock, Clock)> {
        let class = *self.course.classes.first()?;
        let first = index.cell(class, self.at)?;
        let last = self.cells().filter_map(|at| index.cell(class, at)).last()?;
        Some((first.start, last.end))
    }
}

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    no_block(index, found);
    let locks = locks(index);
    for lock in &locks {
        cells(index, lock, found);
    }
    locked_twice(index, found);
    class_taken(index, &locks, found);
    teachers(index, &locks, found);
}

fn block_of<'i, 'a>(index: &'i Index<'a>, course: &str, block: u8) -> Option<(&'i Taught<'a>, Option<Unit<'a>>)> {
    let course = &index.courses[index.course(course)?];
    Some((course, usize::from(block).checked_sub(1).and_then(|block| course.blocks.get(block)).copied()))
}

fn locks<'i, 'a>(index: &'i Index<'a>) -> Vec<Lock<'i, 'a>> {
    let locks = index.district.locked_lessons.iter().enumerate();
    locks
        .filter_map(|(i, lock)| {
            let (course, unit) = block_of(index, &lock.course, lock.block)?;
            Some(Lock { i, course, unit: unit?, at: lock.at })
        })
        .collect()
}

fn no_block(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, lock) in index.district.locked_lessons.iter().enumerate() {
        if let Some((course, None)) = block_of(index, &lock.course, lock.block) {
            let (count, block) = (course.blocks.len(), lock.block);
            let at = index.at(format_args!("locked_lessons[{i}].block"));
            let words = (format!("第 {block} 次课,这门课只有 {count} 次"), format!("block {block} of a course of {count}"));
            found.push(NO_BLOCK.at(at).of(&lock.course).found(words.0, words.1));
        }
    }
}

/// Tells the first thing wrong with the cells of a lock: missing, closed, not joined.
fn cells(index: &Index<'_>, lock: &Lock<'_, '_>, found: &mut Vec<Problem>) {
    let at = lock.place(index);
    let (day, period) = (lock.at.weekday, lock.at.period);
    let Some(first) = lock.course.classes.first().copied().filter(|class| index.bell(&index.district.classes[*class]).is_some()) else {
        return;
    };
    let words = (format!("星期 {day} 第 {period} 节"), format!("day {day} period {period}"));
    let id = index.id(lock.course);
    let Some(start) = index.cell(first, lock.at) else {
        found.push(NO_CELL.at(at).of(id).found(words.0, words.1));
        return;
    };
    let all: Vec<_> = lock.cells().filter_map(|at| index.cell(first, at)).collect();
    let joined = all.windows(2).all(|pair| pair[0].joins_next) && all.iter().all(|cell| cell.half == start.half);
    if all.len() < lock.unit.periods.into() || !joined {
        let periods = lock.unit.periods;
        found.push(TOO_LONG.at(at).of(id).found(format!("{} 起 {periods} 节", words.0), format!("{periods} periods from {}", words.1)));
        return;
    }
    for class in &lock.course.classes {
        let class = &index.district.classes[*class];
        if let Some(closed) = lock.cells().find(|at| class.closed.contains(at)) {
            found.push(CLOSED.at(at.as_str()).of(&id).found(
                format!("`{}` 星期 {day} 第 {} 节停课", class.id, closed.period),
                format!("`{}` has no lesson on day {day} period {}", class.id, closed.period),
            ));
        }
    }
}

fn locked_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut seen = BTreeMap::new();
    for (i, lock) in index.district.locked_lessons.iter().enumerate() {
        let first = *seen.entry((&lock.course, lock.block)).or_insert(i);
        if first != i {
            let words = (format!("与 locked_lessons[{first}] 是同一次课"), format!("the same lesson as locked_lessons[{first}]"));
            found.push(LOCKED_TWICE.at(index.at(format_args!("locked_lessons[{i}]"))).of(&lock.course).found(words.0, words.1));
        }
    }
}

/// Lessons of one band share a cell, and so do an odd and an even week.
fn class_taken(index: &Index<'_>, locks: &[Lock<'_, '_>], found: &mut Vec<Problem>) {
    let mut taken: BTreeMap<(usize, CellRef, Weeks), &Lock<'_, '_>> = BTreeMap::new();
    for lock in locks {
        let shares = |other: &Lock<'_, '_>| {
            lock.course.band.is_some() && lock.course.band == other.course.band && !std::ptr::eq(lock.course, other.course)
        };
        let same = |other: &Lock<'_, '_>| {
            std::ptr::eq(lock.course, other.course) && index.district.locked_lessons[lock.i] == index.district.locked_lessons[other.i]
        };
        let spots: Vec<_> = lock.course.classes.iter().flat_map(|class| lock.cells().map(move |at| (*class, at))).collect();
        let weeks = [Weeks::All, Weeks::Odd, Weeks::Even].into_iter().filter(|weeks| weeks_meet(*weeks, lock.unit.weeks));
        let weeks: Vec<_> = weeks.collect();
        let clash = spots.iter().find_map(|(class, at)| {
            let there = weeks.iter().filter_map(|weeks| taken.get(&(*class, *at, *weeks)));
            there.copied().find(|other| !shares(other) && !same(other)).map(|other| (*class, *at, other))
        });
        if let Some((class, cell, other)) = clash {
            let class = &index.district.classes[class].id;
            found.push(CLASS_TAKEN.at(lock.place(index)).of(class).found(
                format!("`{class}` 星期 {} 第 {} 节已锁定 `{}`", cell.weekday, cell.period, index.id(other.course)),
                format!("day {} period {} of `{class}` is locked for `{}`", cell.weekday, cell.period, index.id(other.course)),
            ));
        }
        for (class, at) in spots {
            taken.entry((class, at, lock.unit.weeks)).or_insert(lock);
        }
    }
}

/// Locked lessons of the same given teacher, and the hours the teacher cannot come.
fn teachers(index: &Index<'_>, locks: &[Lock<'_, '_>], found: &mut Vec<Problem>) {
    let mut busy: BTreeMap<(usize, u8), Vec<_>> = BTreeMap::new();
    for lock in locks {
        let Some((start, end)) = lock.clock(index) else { continue };
        for person in given_teachers(index, lock.course) {
            busy.entry((person, lock.at.weekday)).or_default().push((start, end, lock));
            teacher_away(index, person, lock, (start, end), found);
        }
    }
    for ((person, _), mut lessons) in busy {
        lessons.sort_by_key(|(start, end, lock)| (*start, *end, lock.i));
        for parity in [Weeks::Odd, Weeks::Even] {
            let week: Vec<_> = lessons.iter().filter(|(.., lock)| weeks_meet(lock.unit.weeks, parity)).collect();
            // The same lesson locked twice is told as that.
            let clash = week.windows(2).find(|pair| {
                let (a, b) = (pair[0].2, pair[1].2);
                let same = std::ptr::eq(a.course, b.course)
                    && index.district.locked_lessons[a.i].block == index.district.locked_lessons[b.i].block;
                pair[1].0 < pair[0].1 && !same
            });
            if let Some(pair) = clash {
                let id = &index.district.people[person].id;
                let (a, b) = (index.id(pair[0].2.course), index.id(pair[1].2.course));
                found.push(
                    TEACHER_TAKEN
                        .at(pair[1].2.place(index))
                        .of(id)
                        .found(format!("`{id}` 的 `{a}` 和 `{b}` 同时上课"), format!("`{id}` has `{a}` and `{b}` at one time")),
                );
                break;
            }
        }
    }
}

fn teacher_away(index: &Index<'_>, person: usize, lock: &Lock<'_, '_>, (start, end): (Clock, Clock), found: &mut Vec<Problem>) {
    let person = &index.district.people[person];
    let away = person.unavailable.iter().find(|window| {
        window.weekday == lock.at.weekday && window.from < end && start < window.to && weeks_meet(window.weeks, lock.unit.weeks)
    });
    if let Some(window) = away {
        found.push(TEACHER_AWAY.at(lock.place(index)).of(&person.id).found(
            format!("`{}` {} 到 {} 不能上课", person.id, window.from, window.to),
            format!("`{}` is unavailable {} to {}", person.id, window.from, window.to),
        ));
    }
}

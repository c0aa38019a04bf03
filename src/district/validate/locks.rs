//! Lessons already agreed on: they exist, their cells exist and are open, and no two of them need one class, one given teacher or
//! one room at one time. That is an error where the clauses that say so are law, else a warning.

use super::counts::{both, cell, list, named};
use super::given::given_teachers;
use super::index::{Index, Taught, Unit, weeks_meet};
use crate::file::{CellRef, Clock, Text, Weeks};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

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
const CLASS_TAKEN: Kind = Kind::error(
    "E-LOCK-006",
    ("一个班的同一节锁定了两次课", "two locked lessons in one cell of a class"),
    ("每个班每节只有一次课", "one lesson per class and cell"),
    ("请移动其中一次课", "move one of the two"),
);
const TEACHER_TAKEN: Kind = Kind::error(
    "E-LOCK-007",
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

const ROOM_TAKEN: Kind = Kind::error(
    "E-LOCK-009",
    ("同一时间锁定的课多于专用教室的容量", "more locked lessons at one time than the rooms hold"),
    ("同一时间的课不超过教室能容纳的班数", "at one time at most as many lessons as the rooms hold"),
    ("请移动其中一次课,或增加教室", "move one of them or add a room"),
);

pub const KINDS: &[&Kind] =
    &[&NO_BLOCK, &NO_CELL, &CLOSED, &TOO_LONG, &LOCKED_TWICE, &CLASS_TAKEN, &TEACHER_TAKEN, &TEACHER_AWAY, &ROOM_TAKEN];

/// A lock whose course and block exist.
struct Lock<'i, 'a> {
    /// Position in the file.
    i: usize,
    /// Position of the course.
    c: usize,
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
    /// `三(1)班语文 周一第2节`; in English with its place in the file.
    fn say(&self, index: &Index<'_>) -> Text {
        let (what, when) = (index.say_course(self.course), cell(self.at));
        both(format!("{} {}", what.zh, when.zh), format!("locked_lessons[{}] ({}, {})", self.i, what.en, when.en))
    }
    /// May it never be moved?
    fn is_law(&self, index: &Index<'_>) -> bool {
        index.is_law("locked", |scope| index.course_in(scope, self.c))
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
    let mut locks = locks(index);
    for lock in &locks {
        its_cells(index, lock, found);
    }
    locked_twice(index, found);
    // The same lesson locked twice is told as that.
    let mut seen = BTreeSet::new();
    locks.retain(|lock| seen.insert((lock.c, index.district.locked_lessons[lock.i].block)));
    class_taken(index, &locks, found);
    teachers(index, &locks, found);
    rooms(index, &locks, found);
}

/// Two locks that cannot both stand, named both.
fn clash(index: &Index<'_>, kind: &Kind, who: &Text, locks: &[&Lock<'_, '_>], law: bool) -> Option<Problem> {
    let last = locks.last()?;
    let names = list(&locks.iter().map(|lock| lock.say(index)).collect::<Vec<_>>());
    let found = (format!("{} 同一时间锁定了:{}", who.zh, names.zh), format!("{} is wanted at one time by {}", who.en, names.en));
    let problem = kind.at(last.place(index)).found(found.0, found.1);
    Some(if law && locks.iter().all(|lock| lock.is_law(index)) { problem } else { problem.warning() })
}

fn block_of<'i, 'a>(index: &'i Index<'a>, course: &str, block: u8) -> Option<(usize, &'i Taught<'a>, Option<Unit<'a>>)> {
    let c = index.course(course)?;
    let course = &index.courses[c];
    Some((c, course, usize::from(block).checked_sub(1).and_then(|block| course.blocks.get(block)).copied()))
}

fn locks<'i, 'a>(index: &'i Index<'a>) -> Vec<Lock<'i, 'a>> {
    let locks = index.district.locked_lessons.iter().enumerate();
    locks
        .filter_map(|(i, lock)| {
            let (c, course, unit) = block_of(index, &lock.course, lock.block)?;
            Some(Lock { i, c, course, unit: unit?, at: lock.at })
        })
        .collect()
}

fn no_block(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, lock) in index.district.locked_lessons.iter().enumerate() {
        if let Some((_, course, None)) = block_of(index, &lock.course, lock.block) {
            let (count, block) = (course.blocks.len(), lock.block);
            let at = index.at(format_args!("locked_lessons[{i}].block"));
            let words = (format!("第 {block} 次课,这门课只有 {count} 次"), format!("block {block} of a course of {count}"));
            found.push(NO_BLOCK.at(at).of(&lock.course).found(words.0, words.1));
        }
    }
}

/// Tells the first thing wrong with the cells of a lock: missing, closed, not joined.
fn its_cells(index: &Index<'_>, lock: &Lock<'_, '_>, found: &mut Vec<Problem>) {
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
        let block = |lock: &Lock<'_, '_>| index.district.locked_lessons[lock.i].block;
        let shares = |other: &Lock<'_, '_>| {
            lock.course.band.is_some() && lock.course.band == other.course.band && lock.c != other.c && block(lock) == block(other)
        };
        // A class on another bell has other cells: what meets there is counted, not looked up.
        let bell = |class: &&usize| index.district.classes[**class].bell == index.district.classes[lock.course.classes[0]].bell;
        let classes = lock.course.classes.iter().filter(bell);
        let spots: Vec<_> = classes.flat_map(|class| lock.cells().map(move |at| (*class, at))).collect();
        let weeks = [Weeks::All, Weeks::Odd, Weeks::Even].into_iter().filter(|weeks| weeks_meet(*weeks, lock.unit.weeks));
        let weeks: Vec<_> = weeks.collect();
        let other = spots.iter().find_map(|(class, at)| {
            let there = weeks.iter().filter_map(|weeks| taken.get(&(*class, *at, *weeks)));
            there.copied().find(|other| !shares(other)).map(|other| (*class, other))
        });
        if let Some((class, other)) = other {
            let law = index.is_law("class_clash", |scope| index.class_in(scope, class));
            let problem = clash(index, &CLASS_TAKEN, &index.say_class(class), &[other, lock], law);
            found.extend(problem.map(|problem| problem.of(&index.district.classes[class].id)));
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
        // In two roles of one lesson a person is there once.
        for person in given_teachers(index, lock.course).into_iter().collect::<BTreeSet<_>>() {
            busy.entry((person, lock.at.weekday)).or_default().push((start, end, lock));
            teacher_away(index, person, lock, (start, end), found);
        }
    }
    for ((person, _), mut lessons) in busy {
        lessons.sort_by_key(|(start, end, lock)| (*start, *end, lock.i));
        for parity in [Weeks::Odd, Weeks::Even] {
            let week: Vec<_> = lessons.iter().filter(|(.., lock)| weeks_meet(lock.unit.weeks, parity)).collect();
            // Sorted by their start, some lesson meets another if and only if one meets the next.
            if let Some(pair) = week.windows(2).find(|pair| pair[1].0 < pair[0].1) {
                let (one, other) = (pair[0].2, pair[1].2);
                // A class meeting is the class teacher's by a clause, not by the file.
                let school = (index.district.schools.len() == 1).then_some(0);
                let law = index.is_law("teacher_clash", |scope| index.person_in(scope, person, school));
                let law = law && named(index, one.course) && named(index, other.course);
                let problem = clash(index, &TEACHER_TAKEN, &index.say_person(person), &[one, other], law);
                found.extend(problem.map(|problem| problem.of(&index.district.people[person].id)));
                break;
            }
        }
    }
}

/// Locked lessons in rooms of one kind at one site: at the start of each, how many are there.
fn rooms(index: &Index<'_>, locks: &[Lock<'_, '_>], found: &mut Vec<Problem>) {
    let mut pools: BTreeMap<(&str, &str, u8), Vec<_>> = BTreeMap::new();
    for lock in locks {
        let need = lock.unit.room.and_then(|need| Some((index.site_of_need(lock.course, need)?, need.kind.as_str())));
        if let (Some((site, kind)), Some((start, end))) = (need, lock.clock(index)) {
            pools.entry((site, kind, lock.at.weekday)).or_default().push((start, end, lock));
        }
    }
    for ((site, kind, _), mut lessons) in pools {
        lessons.sort_by_key(|(start, end, lock)| (*start, *end, lock.i));
        let units: u64 = index.rooms_of(site, kind).map(|room| u64::from(room.units)).sum();
        let Some(first) = index.district.rooms.iter().find(|room| room.site == site && room.kind == kind) else { continue };
        let crowd = [Weeks::Odd, Weeks::Even].into_iter().find_map(|parity| {
            let held = |lock: &Lock<'_, '_>| {
                weeks_meet(lock.unit.weeks, parity) && lock.unit.room.is_some_and(|need| weeks_meet(need.weeks, parity))
            };
            let mut there: Vec<(Clock, &Lock<'_, '_>)> = Vec::new();
            lessons.iter().filter(|(.., lock)| held(lock)).find_map(|(start, end, lock)| {
                there.retain(|(end, _)| end > start);
                there.push((*end, lock));
                (there.len() as u64 > units).then(|| there.iter().map(|(_, lock)| *lock).collect::<Vec<_>>())
            })
        });
        if let Some(there) = crowd {
            let school = index.sites.get(site).copied();
            let law = school.is_some_and(|school| index.is_law("room_clash", |scope| index.school_in(scope, school)));
            let rooms = index.say_rooms(site, kind);
            let who = both(format!("{}(同时容 {units} 个班)", rooms.zh), format!("{} (for {units} at a time)", rooms.en));
            found.extend(clash(index, &ROOM_TAKEN, &who, &there, law).map(|problem| problem.of(&first.id)));
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

//! Classes, the curriculum and whether one fits the other's cells.

use super::clauses::Hold;
use super::index::{Index, Open, Origin, Taught, Unit, stage_of};
use super::schools::stage_words;
use crate::file::{CurriculumLine, Weeks};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const GRADE: Kind = Kind::error(
    "E-CLASS-001",
    ("年级不对", "not a grade"),
    ("1 到 12(7 起为初中,10 起为高中)", "1 to 12 (from 7 junior, from 10 senior)"),
    ("请改正年级", "correct the grade"),
);
const OTHER_STAGE: Kind = Kind::error(
    "E-CLASS-002",
    ("学校没有这个班的学段", "a class of a stage its school does not have"),
    ("年级属于学校的 `stages`", "a grade within the school's `stages`"),
    ("请改正班级的年级或学校,或补上学校的学段", "correct the class's grade or school, or add the stage to the school"),
);
const OTHER_SITE: Kind = Kind::error(
    "E-CLASS-003",
    ("班级的校区属于另一所学校", "a class at another school's site"),
    ("本校的校区", "a site of its own school"),
    ("请改正校区或学校", "correct the site or the school"),
);
const NO_BELL: Kind = Kind::error(
    "E-CLASS-004",
    ("班级有课但没有作息时间", "a class with lessons but no bell"),
    ("有课的班级都有 `bell`", "a `bell` for every class with lessons"),
    ("请填写班级的 `bell`", "give the class its `bell`"),
);
const CLOSED_NOWHERE: Kind = Kind::error(
    "E-CLASS-005",
    ("停课的节次不在作息时间里", "a closed cell that the bell does not have"),
    ("作息时间里有的星期和节次", "a weekday and period of the class's bell"),
    ("请改正星期和节次,或删掉", "correct the weekday and period or remove it"),
);
const OVER_GRID: Kind = Kind::error(
    "E-CLASS-006",
    ("班级的课时多于可排的节次", "a class with more periods than cells"),
    ("每周课时不超过可排节次", "weekly periods at most the open cells"),
    ("请减少课时、开放节次,或增加作息的节次", "lower the periods, open cells, or add cells to the bell"),
);
const HOLES: Kind = Kind::warning(
    "W-CLASS-007",
    ("班级的课时少于可排的节次", "a class with fewer periods than cells"),
    ("课时与可排节次相等;少于时课表会有空节", "as many periods as open cells; fewer leaves holes"),
    ("请补上课时,或把不上课的节次写进 `closed`", "add periods, or close the cells without lessons in `closed`"),
);
const DOUBLES: Kind = Kind::error(
    "E-CLASS-008",
    ("连堂课排不下", "double lessons that do not fit"),
    ("可连排的相邻节次够用(同一半天,前一节有 `joins_next`)", "enough neighbouring cells (same half, the first with `joins_next`)"),
    ("请减少连堂,或在作息里补上 `joins_next`", "ask for fewer doubles, or add `joins_next` to the bell"),
);
const SAME_LINE: Kind = Kind::error(
    "E-CLASS-009",
    ("课程计划里同一班同一学科有两行", "two curriculum lines for one class and subject"),
    ("每个年级每门学科(在同一学校)只有一行", "one line per grade and subject in a school"),
    ("请合并或删掉一行,或用 `schools` 分清学校", "merge or remove one, or tell the schools apart in `schools`"),
);
const TOO_MANY_DOUBLES: Kind = Kind::error(
    "E-CLASS-010",
    ("连堂数超过课时的一半", "more doubles than half the periods"),
    ("`doubles` × 2 不超过 `periods`", "`doubles` × 2 at most `periods`"),
    ("请减少连堂数或增加课时", "lower the doubles or raise the periods"),
);
const NO_PERIODS: Kind = Kind::error(
    "E-CLASS-011",
    ("课程计划的课时为 0", "a curriculum line of 0 periods"),
    ("至少 1 课时", "at least 1 period"),
    ("请填写课时,或删掉这一行", "give the periods or remove the line"),
);
const NO_CLASS: Kind = Kind::warning(
    "W-CLASS-012",
    ("课程计划的一行没有班级适用", "a curriculum line for no class"),
    ("年级和学校至少有一个班", "at least one class of the grade in these schools"),
    ("请核对年级和学校;不用的可以删掉", "check the grade and the schools; remove it if not needed"),
);

pub const KINDS: &[&Kind] = &[
    &GRADE,
    &OTHER_STAGE,
    &OTHER_SITE,
    &NO_BELL,
    &CLOSED_NOWHERE,
    &OVER_GRID,
    &HOLES,
    &DOUBLES,
    &SAME_LINE,
    &TOO_MANY_DOUBLES,
    &NO_PERIODS,
    &NO_CLASS,
];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    grades(index, found);
    other_stage(index, found);
    other_site(index, found);
    no_bell(index, found);
    closed_nowhere(index, found);
    grids(index, found);
    doubles(index, found);
    same_line(index, found);
    lines(index, found);
    no_class(index, found);
}

fn grades(index: &Index<'_>, found: &mut Vec<Problem>) {
    let classes = index.district.classes.iter().enumerate();
    let classes = classes.map(|(i, class)| (class.grade, index.at(format_args!("classes[{i}].grade")), class.id.as_str()));
    let lines = index.district.curriculum.iter().enumerate();
    let lines = lines.map(|(i, line)| (line.grade, index.at(format_args!("curriculum[{i}].grade")), ""));
    let clubs = index.district.clubs.iter().enumerate();
    let clubs = clubs.flat_map(|(i, club)| {
        club.grades.iter().enumerate().map(move |(j, grade)| (*grade, index.at(format_args!("clubs[{i}].grades[{j}]")), club.id.as_str()))
    });
    let scopes = index.policy.into_iter().flat_map(|(file, policy)| {
        policy.clauses.iter().enumerate().flat_map(move |(i, clause)| {
            clause.scope.grades.iter().map(move |grade| (*grade, format!("{file}: clauses[{i}].scope.grades"), clause.id.as_str()))
        })
    });
    for (grade, at, id) in classes.chain(lines).chain(clubs).chain(scopes).filter(|(grade, ..)| stage_of(*grade).is_none()) {
        found.push(GRADE.at(at).of(id).found(format!("写的是 {grade}"), format!("it says {grade}")));
    }
}

fn other_stage(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, class) in index.district.classes.iter().enumerate() {
        let (Some(stage), Some(school)) = (stage_of(class.grade), index.school_of(class)) else { continue };
        let stages = &index.district.schools[school].stages;
        if !stages.is_empty() && !stages.contains(&stage) {
            let (name, words) = (index.school_name(school), stage_words(stage));
            found.push(OTHER_STAGE.at(index.at(format_args!("classes[{i}].grade"))).of(&class.id).found(
                format!("{} 年级属于{},{}没有这个学段", class.grade, words.0, name.0),
                format!("grade {} is {}, which {} does not have", class.grade, words.1, name.1),
            ));
        }
    }
}

fn other_site(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, class) in index.district.classes.iter().enumerate() {
        let (Some(school), Some(site)) = (index.school_of(class), &class.site) else { continue };
        if index.sites.get(site.as_str()).is_some_and(|owner| *owner != school) {
            let words = (format!("校区 `{site}` 不属于 `{}`", class.school), format!("site `{site}` is not of `{}`", class.school));
            found.push(OTHER_SITE.at(index.at(format_args!("classes[{i}].site"))).of(&class.id).found(words.0, words.1));
        }
    }
}

/// A district without any bell plans no timetable: nothing is missing there.
fn no_bell(index: &Index<'_>, found: &mut Vec<Problem>) {
    if index.bells.is_empty() {
        return;
    }
    for (i, class) in index.district.classes.iter().enumerate() {
        if class.bell.is_none() && !index.courses_of[i].is_empty() {
            found.push(NO_BELL.at(index.at(format_args!("classes[{i}].bell"))).of(&class.id));
        }
    }
}

fn closed_nowhere(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, class) in index.district.classes.iter().enumerate() {
        let Some(bell) = index.bell(class) else { continue };
        for (j, closed) in class.closed.iter().enumerate().filter(|(_, closed)| index.cell(i, **closed).is_none()) {
            let (day, period) = (closed.weekday, closed.period);
            found.push(CLOSED_NOWHERE.at(index.at(format_args!("classes[{i}].closed[{j}]"))).of(&class.id).found(
                format!("作息 `{}` 没有星期 {day} 第 {period} 节", bell.id),
                format!("bell `{}` has no period {period} on day {day}", bell.id),
            ));
        }
    }
}

/// Does the class have a bell whose cells can be counted?
pub fn timed(index: &Index<'_>, class: usize) -> bool {
    index.bell(&index.district.classes[class]).is_some()
}

/// Periods of the busiest and of the quietest week of a class; a band takes its classes once.
pub fn periods(index: &Index<'_>, class: usize) -> (u64, u64) {
    let week = |parity: Weeks| {
        let taken = |course: &Taught<'_>| {
            let blocks =
                course.blocks.iter().filter(|block| index.district.cycle_weeks == 1 || block.weeks == Weeks::All || block.weeks == parity);
            // A lesson by the bell of another class covers at least one cell of this one.
            let own = is_own(index, class, course);
            blocks.map(|block| if own { u64::from(block.periods) } else { 1 }).sum::<u64>()
        };
        let mut bands: BTreeMap<&str, u64> = BTreeMap::new();
        let mut total = 0;
        for course in index.courses_of[class].iter().map(|course| &index.courses[*course]) {
            match course.band {
                Some(band) => {
                    let most = bands.entry(band).or_default();
                    *most = taken(course).max(*most);
                }
                None => total += taken(course),
            }
        }
        total + bands.values().sum::<u64>()
    };
    let (odd, even) = (week(Weeks::Odd), week(Weeks::Even));
    (odd.max(even), odd.min(even))
}

/// Do its lessons keep to the bell of the class?
fn is_own(index: &Index<'_>, class: usize, course: &Taught<'_>) -> bool {
    course.classes.first().is_some_and(|first| index.district.classes[*first].bell == index.district.classes[class].bell)
}

fn grids(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, class) in index.district.classes.iter().enumerate().filter(|(i, _)| timed(index, *i) && !index.courses_of[*i].is_empty()) {
        let (most, least) = periods(index, i);
        let cells = index.open[i].len() as u64;
        let kind = if most > cells {
            &OVER_GRID
        } else if least < cells {
            &HOLES
        } else {
            continue;
        };
        let count = if most > cells { most } else { least };
        let problem = kind
            .at(index.at(format_args!("classes[{i}]")))
            .of(&class.id)
            .found(format!("每周 {count} 课时,可排 {cells} 节"), format!("{count} periods a week, {cells} open cells"));
        // Where lessons of a class may lie on each other they find a place.
        let law = index.policy.is_none() || index.is_law("class_clash", |scope| index.class_in(scope, i));
        found.push(if law { problem } else { problem.warning() });
    }
}

/// Runs of open cells that a long lesson may fill: of one half-day, or also joined.
fn runs(open: &[Open], joined: bool) -> Vec<usize> {
    open.chunk_by(|a, b| if joined { a.joins(*b) } else { a.is_before(*b) }).map(<[Open]>::len).collect()
}

/// A long lesson never crosses noon; its cells are joined where a clause says so.
fn doubles(index: &Index<'_>, found: &mut Vec<Problem>) {
    for class in (0..index.district.classes.len()).filter(|class| timed(index, *class)) {
        let clause = index.clauses.ground("doubles", |scope| scope.subjects.is_empty() && index.class_in(scope, class));
        let told = too_few_places(index, class, false).or_else(|| {
            let hold = clause?.hold;
            let problem = too_few_places(index, class, true)?;
            Some(if hold <= Hold::Law || index.policy.is_none() { problem } else { problem.warning() })
        });
        found.extend(told);
    }
}

/// Cutting each run into lessons of n cells gives Σ ⌊run / n⌋ places for lessons of n cells or more.
fn too_few_places(index: &Index<'_>, class: usize, joined: bool) -> Option<Problem> {
    let runs = runs(&index.open[class], joined);
    let mut wanted: BTreeMap<u8, u64> = BTreeMap::new();
    let mut bands = BTreeSet::new();
    for course in index.courses_of[class].iter().map(|course| &index.courses[*course]).filter(|course| is_own(index, class, course)) {
        // The blocks of one week; those of a band run together.
        let long = |block: &&Unit<'_>| block.periods >= 2 && block.weeks != Weeks::Even;
        if course.band.is_none_or(|band| bands.insert(band)) {
            for block in course.blocks.iter().filter(long) {
                *wanted.entry(block.periods).or_default() += 1;
            }
        }
    }
    let mut longer = 0;
    for (length, count) in wanted.into_iter().rev() {
        longer += count;
        let places: u64 = runs.iter().map(|run| (run / usize::from(length)) as u64).sum();
        if longer > places {
            let problem = DOUBLES.at(index.at(format_args!("classes[{class}]"))).of(&index.district.classes[class].id);
            return Some(problem.found(
                format!("需要 {longer} 处至少 {length} 节相连的位置,只有 {places} 处"),
                format!("{longer} places of {length} joined cells needed, {places} there"),
            ));
        }
    }
    None
}

fn same_line(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut told = BTreeSet::new();
    for (c, class) in index.district.classes.iter().enumerate() {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for course in index.courses_of[c].iter().map(|course| &index.courses[*course]) {
            let Origin::Line(line) = course.origin else { continue };
            if let Some(first) = seen.insert(course.subject, line)
                && told.insert((first, line))
            {
                found.push(SAME_LINE.at(index.at(format_args!("curriculum[{line}]"))).of(course.subject).found(
                    format!("与 curriculum[{first}] 都适用于 `{}`", class.id),
                    format!("both this and curriculum[{first}] are for `{}`", class.id),
                ));
            }
        }
    }
}

/// Lines that are wrong by themselves.
fn lines(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, line) in index.district.curriculum.iter().enumerate() {
        let (periods, doubles) = (line.periods, line.doubles);
        if periods == 0 {
            found.push(NO_PERIODS.at(index.at(format_args!("curriculum[{i}].periods"))).of(&line.subject));
        } else if u16::from(doubles) * 2 > u16::from(periods) {
            let at = index.at(format_args!("curriculum[{i}].doubles"));
            let words = (format!("{periods} 课时里有 {doubles} 个连堂"), format!("{doubles} doubles in {periods} periods"));
            found.push(TOO_MANY_DOUBLES.at(at).of(&line.subject).found(words.0, words.1));
        }
    }
}

/// An exchange district may carry a curriculum without classes: nothing is wrong there.
fn no_class(index: &Index<'_>, found: &mut Vec<Problem>) {
    if index.classes.is_empty() {
        return;
    }
    let there: BTreeSet<_> = index.district.classes.iter().map(|class| (class.grade, class.school.as_str())).collect();
    let grades: BTreeSet<_> = there.iter().map(|(grade, _)| *grade).collect();
    let unused = |line: &CurriculumLine| {
        let used = line.schools.iter().any(|school| there.contains(&(line.grade, school.as_str())));
        !(used || line.schools.is_empty() && grades.contains(&line.grade))
    };
    let lines: Vec<_> = index.district.curriculum.iter().enumerate().filter(|(_, line)| unused(line)).collect();
    // A template brings the hours of every grade: told once, not line by line.
    if let Some((first, line)) = lines.first() {
        let (count, grade) = (lines.len(), line.grade);
        found.push(NO_CLASS.at(index.at(format_args!("curriculum[{first}]"))).of(&line.subject).found(
            format!("课程计划有 {count} 行没有班级适用,第一行是 {grade} 年级的"),
            format!("{count} curriculum lines are for no class, the first of grade {grade}"),
        ));
    }
}

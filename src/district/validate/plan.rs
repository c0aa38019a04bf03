//! A plan that goes with the district: an approved one must fit it exactly, last term's may be out of date.

use super::index::{Index, Taught};
use super::references::{CLASS, CLUB, COURSE, PERSON, ROOM, ROSTER, SCHOOL, missing};
use crate::file::{Course, Form, Part, Plan};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

use super::index::Origin;

const OTHER_DISTRICT: Kind = Kind::error(
    "E-PLAN-001",
    ("方案属于另一个学区", "a plan of another district"),
    ("`district` 是这个学区的编号", "`district` is this district's id"),
    ("请确认选对了文件", "make sure this is the right file"),
);
const POSTED_TWICE: Kind = Kind::error(
    "E-PLAN-002",
    ("同一个人交流到两处", "one person is posted twice"),
    ("每人最多一次交流(跟岗、交叉任职除外)", "at most one posting each (shadowing and concurrent posts aside)"),
    ("请删掉其中一条", "remove one of the two"),
);
const WRONG_WAY: Kind = Kind::error(
    "E-PLAN-003",
    ("交流的起点或去向不对", "a posting from or to the wrong school"),
    ("从现在任教的学校到另一所学校", "from the school the person works at to another one"),
    ("请改正 `from` 或 `to`", "correct `from` or `to`"),
);
const NO_BLOCK: Kind = Kind::error(
    "E-PLAN-004",
    ("方案里的课次不存在", "a block the course does not have"),
    ("从 1 数起的课次", "a block of the course, counted from 1"),
    ("请改正 `block`", "correct `block`"),
);
const NO_CELL: Kind = Kind::error(
    "E-PLAN-005",
    ("方案里的节次不在班级的作息时间里", "a lesson in a cell the class does not have"),
    ("班级作息时间里开放的节次", "an open cell of the class's bell"),
    ("请改正星期和节次", "correct the weekday and period"),
);
const ROW_TWICE: Kind = Kind::error(
    "E-PLAN-006",
    ("方案里同一项写了两次", "one row of the plan is given twice"),
    ("每次课、每门课的每个分工、每个班的班主任各一行", "one row per lesson, per course and role, per class teacher"),
    ("请删掉其中一行", "remove one of the two"),
);
const NO_ROLE: Kind = Kind::error(
    "E-PLAN-007",
    ("课程没有这个分工", "a role the course does not have"),
    ("课程 `teachers` 里的分工;只有一位教师的课不写分工", "a role among the course's `teachers`; none for a course with one teacher"),
    ("请改正 `role`", "correct `role`"),
);
const PART_TWICE: Kind = Kind::error(
    "E-PLAN-008",
    ("方案的部分写了两次", "a part of the plan is listed twice"),
    ("每部分只写一次", "each part once"),
    ("请删掉重复的", "remove the second one"),
);
const UNJUDGED: Kind = Kind::warning(
    "W-PLAN-009",
    ("方案里有内容的部分没有列入 `parts`", "rows of a part that is not among `parts`"),
    ("有内容的部分都列入 `parts`", "every part with rows is among `parts`"),
    ("请补进 `parts`,否则这部分不作数", "add it to `parts`, or these rows do not count"),
);
const OUT_OF_DATE: Kind = Kind::warning(
    "W-PLAN-010",
    ("上学期方案里有现在没有的人、班级或课程", "last term's plan names people, classes or courses that are gone"),
    ("现有的编号;已经不在的不起作用", "ids that exist; what is gone has no effect"),
    ("如是编号变了请改正,否则不必处理", "correct ids that have changed, else leave it"),
);
const NO_TURN: Kind = Kind::error(
    "E-PLAN-011",
    ("值班表里没有这一次", "no such turn of a roster"),
    ("1 到周数;没有写 `weeks` 的,1 到 `when` 的时段数", "1 to the number of weeks, or of times in `when` without `weeks`"),
    ("请改正 `turn`", "correct `turn`"),
);

pub const KINDS: &[&Kind] = &[
    &OTHER_DISTRICT,
    &POSTED_TWICE,
    &WRONG_WAY,
    &NO_BLOCK,
    &NO_CELL,
    &ROW_TWICE,
    &NO_ROLE,
    &PART_TWICE,
    &UNJUDGED,
    &OUT_OF_DATE,
    &NO_TURN,
];

pub fn judge(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    other_district(index, file, plan, found);
    unknown(index, file, plan, found);
    posted_twice(file, plan, found);
    wrong_way(index, file, plan, found);
    blocks_and_cells(index, file, plan, found);
    rows_twice(file, plan, found);
    roles(index, file, plan, found);
    turns(index, file, plan, found);
    parts(file, plan, found);
}

/// Told once: a plan of last term rightly names who has left.
pub fn judge_baseline(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some(plan) = &index.district.baseline else { return };
    let mut gone = Vec::new();
    unknown(index, index.file, plan, &mut gone);
    if let Some(first) = gone.first() {
        let count = gone.len();
        found.push(
            OUT_OF_DATE
                .at(index.at(format_args!("baseline")))
                .of(&first.entity)
                .found(format!("共 {count} 处,如 `{}`", first.entity), format!("{count} in all, such as `{}`", first.entity)),
        );
    }
}

fn other_district(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    if plan.district != index.district.id {
        found.push(of_another_district(file, plan, &index.district.id));
    }
}

/// A plan that is not one of the district called `ours`.
pub fn of_another_district(file: &str, plan: &Plan, ours: &str) -> Problem {
    let theirs = &plan.district;
    OTHER_DISTRICT
        .at(format!("{file}: district"))
        .of(theirs)
        .found(format!("方案是 `{theirs}` 的,学区是 `{ours}`"), format!("the plan is of `{theirs}`, the district is `{ours}`"))
}

fn unknown(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    let rosters = index.district.rosters.iter().enumerate().map(|(i, roster)| (roster.id.as_str(), i)).collect();
    let clubs = index.district.clubs.iter().enumerate().map(|(i, club)| (club.id.as_str(), i)).collect();
    let mut tell = |kind: &'static Kind, id: &str, path: String| {
        let known = match kind.code {
            "E-REF-001" => &index.schools,
            "E-REF-003" => &index.people,
            "E-REF-004" => &index.classes,
            "E-REF-009" => &index.rooms,
            "E-REF-012" => &rosters,
            "E-REF-013" => &clubs,
            _ if index.course(id).is_some() => return,
            _ => &index.course_ids,
        };
        if !known.contains_key(id) {
            found.push(missing(index, kind, known, id, format!("{file}: {path}")));
        }
    };
    for (i, posting) in plan.postings.iter().enumerate() {
        tell(&PERSON, &posting.person, format!("postings[{i}].person"));
        tell(&SCHOOL, &posting.from, format!("postings[{i}].from"));
        tell(&SCHOOL, &posting.to, format!("postings[{i}].to"));
    }
    for (i, row) in plan.teaching.iter().enumerate() {
        tell(&COURSE, &row.course, format!("teaching[{i}].course"));
        if let Some(teacher) = &row.teacher {
            tell(&PERSON, teacher, format!("teaching[{i}].teacher"));
        }
    }
    for (i, row) in plan.class_teachers.iter().enumerate() {
        tell(&CLASS, &row.class, format!("class_teachers[{i}].class"));
        tell(&PERSON, &row.teacher, format!("class_teachers[{i}].teacher"));
    }
    for (i, lesson) in plan.timetable.iter().enumerate() {
        tell(&COURSE, &lesson.course, format!("timetable[{i}].course"));
        if let Some(room) = &lesson.room {
            tell(&ROOM, room, format!("timetable[{i}].room"));
        }
    }
    for (i, row) in plan.duties.iter().enumerate() {
        tell(&ROSTER, &row.roster, format!("duties[{i}].roster"));
        tell(&PERSON, &row.person, format!("duties[{i}].person"));
    }
    for (i, row) in plan.club_leaders.iter().enumerate() {
        tell(&CLUB, &row.club, format!("club_leaders[{i}].club"));
        tell(&PERSON, &row.person, format!("club_leaders[{i}].person"));
    }
    for (i, row) in plan.club_pupils.iter().enumerate() {
        tell(&CLUB, &row.club, format!("club_pupils[{i}].club"));
        tell(&CLASS, &row.class, format!("club_pupils[{i}].class"));
    }
}

fn turns(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    for (i, row) in plan.duties.iter().enumerate() {
        let roster = index.district.rosters.iter().find(|roster| roster.id == row.roster);
        if roster.is_some_and(|roster| !(1..=roster.turns()).contains(&row.turn.into())) {
            let words = (format!("第 {} 次", row.turn), format!("turn {}", row.turn));
            found.push(NO_TURN.at(format!("{file}: duties[{i}].turn")).of(&row.roster).found(words.0, words.1));
        }
    }
}

fn posted_twice(file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (i, posting) in plan.postings.iter().enumerate() {
        if !matches!(posting.form, Form::Shadowing | Form::Concurrent) && !seen.insert(&posting.person) {
            let words = (format!("`{}` 有两条交流", posting.person), format!("`{}` has two postings", posting.person));
            found.push(POSTED_TWICE.at(format!("{file}: postings[{i}]")).of(&posting.person).found(words.0, words.1));
        }
    }
}

fn wrong_way(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    for (i, posting) in plan.postings.iter().enumerate() {
        let person = index.people.get(posting.person.as_str()).map(|person| &index.district.people[*person]);
        let works_at = person.map(|person| person.works_at.as_ref().unwrap_or(&person.employer));
        if posting.from == posting.to || works_at.is_some_and(|school| *school != posting.from) {
            let words = (format!("从 `{}` 到 `{}`", posting.from, posting.to), format!("from `{}` to `{}`", posting.from, posting.to));
            found.push(WRONG_WAY.at(format!("{file}: postings[{i}]")).of(&posting.person).found(words.0, words.1));
        }
    }
}

fn blocks_and_cells(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    let course = |id: &str| index.course(id).map(|course| &index.courses[course]);
    let there = |course: &Taught<'_>, block: u8| (1..=course.blocks.len()).contains(&block.into());
    let mut no_block = |at: String, id: &str, block: u8| {
        found.push(NO_BLOCK.at(at).of(id).found(format!("第 {block} 次课"), format!("block {block}")));
    };
    for (i, row) in plan.teaching.iter().enumerate() {
        for (j, block) in row.blocks.iter().enumerate() {
            if course(&row.course).is_some_and(|course| !there(course, *block)) {
                no_block(format!("{file}: teaching[{i}].blocks[{j}]"), &row.course, *block);
            }
        }
    }
    for (i, lesson) in plan.timetable.iter().enumerate() {
        let Some(course) = course(&lesson.course) else { continue };
        if !there(course, lesson.block) {
            no_block(format!("{file}: timetable[{i}].block"), &lesson.course, lesson.block);
        }
    }
    for (i, lesson) in plan.timetable.iter().enumerate() {
        let Some(class) = course(&lesson.course).and_then(|course| course.classes.first()) else { continue };
        let class = (*class, &index.district.classes[*class]);
        if index.bell(class.1).is_some() && (index.cell(class.0, lesson.at).is_none() || class.1.closed.contains(&lesson.at)) {
            let (day, period) = (lesson.at.weekday, lesson.at.period);
            found.push(NO_CELL.at(format!("{file}: timetable[{i}].at")).of(&lesson.course).found(
                format!("`{}` 星期 {day} 第 {period} 节不上课", class.1.id),
                format!("`{}` has no lesson on day {day} period {period}", class.1.id),
            ));
        }
    }
}

fn rows_twice(file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    let mut tell = |first: &mut BTreeMap<(String, String), usize>, key: (&str, String), table: &str, i: usize| {
        let there = *first.entry((key.0.to_owned(), key.1)).or_insert(i);
        if there != i {
            let words = (format!("与 {table}[{there}] 相同"), format!("the same as {table}[{there}]"));
            found.push(ROW_TWICE.at(format!("{file}: {table}[{i}]")).of(key.0).found(words.0, words.1));
        }
    };
    let (mut teaching, mut class_teachers, mut timetable) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (i, row) in plan.teaching.iter().enumerate() {
        let role = row.role.as_deref().unwrap_or("");
        tell(&mut teaching, (&row.course, format!("{role} {:?}", row.blocks)), "teaching", i);
    }
    for (i, row) in plan.class_teachers.iter().enumerate() {
        tell(&mut class_teachers, (&row.class, String::new()), "class_teachers", i);
    }
    for (i, lesson) in plan.timetable.iter().enumerate() {
        tell(&mut timetable, (&lesson.course, lesson.block.to_string()), "timetable", i);
    }
    let (mut duties, mut leaders, mut pupils) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (i, row) in plan.duties.iter().enumerate() {
        tell(&mut duties, (&row.roster, format!("{} {}", row.turn, row.person)), "duties", i);
    }
    for (i, row) in plan.club_leaders.iter().enumerate() {
        tell(&mut leaders, (&row.club, row.person.clone()), "club_leaders", i);
    }
    for (i, row) in plan.club_pupils.iter().enumerate() {
        tell(&mut pupils, (&row.club, row.class.clone()), "club_pupils", i);
    }
}

fn roles(index: &Index<'_>, file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    for (i, row) in plan.teaching.iter().enumerate() {
        let Some(course) = index.course(&row.course).map(|course| &index.courses[course]) else { continue };
        let roles: Vec<_> = match course.origin {
            Origin::Given(given) => roles_of(&index.district.courses[given]),
            Origin::Line(_) => Vec::new(),
        };
        let fits = match &row.role {
            Some(role) => roles.contains(&role.as_str()),
            None => roles.len() < 2,
        };
        if !fits {
            let role = row.role.as_deref().unwrap_or("");
            let words = (format!("分工是“{role}”"), format!("the role is \"{role}\""));
            found.push(NO_ROLE.at(format!("{file}: teaching[{i}].role")).of(&row.course).found(words.0, words.1));
        }
    }
}

fn roles_of(course: &Course) -> Vec<&str> {
    course.teachers.iter().map(|role| role.role.as_str()).collect()
}

fn parts(file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    let parts: BTreeSet<_> = plan.parts.iter().collect();
    if parts.len() < plan.parts.len() {
        found.push(PART_TWICE.at(format!("{file}: parts")));
    }
    for (part, field, rows) in [
        (Part::Postings, "postings", plan.postings.len()),
        (Part::Teaching, "teaching", plan.teaching.len()),
        (Part::Timetable, "timetable", plan.timetable.len()),
        (Part::Timetable, "duties", plan.duties.len()),
        (Part::Timetable, "club_leaders", plan.club_leaders.len()),
        (Part::Timetable, "club_pupils", plan.club_pupils.len()),
    ] {
        if rows > 0 && !parts.contains(&part) {
            let words = (format!("`{field}` 有 {rows} 行"), format!("`{field}` has {rows} rows"));
            found.push(UNJUDGED.at(format!("{file}: parts")).of(field).found(words.0, words.1));
        }
    }
}

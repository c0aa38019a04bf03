//! Courses that differ from the curriculum: combined, co-taught, banded, remote, given by hand.

use super::index::{Index, Taught};
use super::rooms::classes_words;
use crate::file::Course;
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const CLASSES: Kind = Kind::error(
    "E-COURSE-001",
    ("课程没有班级,或同一个班写了两次", "a course without classes or with one class twice"),
    ("至少一个班,每个班只写一次", "at least one class, each once"),
    ("请补上班级或删掉重复的", "add its classes or remove the second one"),
);
const NO_BLOCKS: Kind = Kind::error(
    "E-COURSE-002",
    ("课程没有课次", "a course without blocks"),
    ("至少一次课", "at least one block"),
    ("请补上 `blocks`,或删掉这门课", "add its `blocks` or remove the course"),
);
const EMPTY_BLOCK: Kind = Kind::error(
    "E-COURSE-003",
    ("一次课为 0 节", "a block of 0 periods"),
    ("至少 1 节", "at least 1 period"),
    ("请填写节数,或删掉这次课", "give its periods or remove the block"),
);
const OVERRIDDEN_TWICE: Kind = Kind::error(
    "E-COURSE-004",
    ("同一班同一学科单列了两门课", "two courses for one class and subject"),
    ("每班每门学科只单列一门课;同一走班组(`band`)的除外", "one course per class and subject, except within one `band`"),
    ("请合并成一门课(多次课写在 `blocks` 里),或写成同一走班组", "make it one course with several `blocks`, or put both into one `band`"),
);
const ROLES: Kind = Kind::error(
    "E-COURSE-005",
    ("同一门课的教师分工重名或没有名称", "roles of a course without name or with one name twice"),
    ("多位教师时分工名称各不相同,如 lead、helper", "with several teachers each role has its own name, such as lead, helper"),
    ("请改正分工名称", "correct the names of the roles"),
);
const SAME_PERSON: Kind = Kind::error(
    "E-COURSE-006",
    ("同一个人在一门课里担任两个分工", "one person in two roles of a course"),
    ("每个分工是不同的人", "a different person in each role"),
    ("请换人或删掉一个分工", "name somebody else or remove a role"),
);
const BELLS_DIFFER: Kind = Kind::error(
    "E-COURSE-007",
    ("合班上课的班级作息时间不同", "a combined class of different bells"),
    ("合班的班级用同一套作息;专递课堂(`remote`)除外", "one bell for all its classes, unless the course is `remote`"),
    ("请统一作息时间,或改为专递课堂", "give them one bell or make the course `remote`"),
);
const BAND: Kind = Kind::error(
    "E-COURSE-008",
    ("同一走班组的课程课次不同", "courses of one band with different blocks"),
    ("同一走班组的课程课次和每次节数都相同", "the same blocks in every course of a band"),
    ("请改成相同的 `blocks`,或分成两个走班组", "make the `blocks` equal or split the band"),
);
const NOT_REMOTE: Kind = Kind::warning(
    "W-COURSE-009",
    ("专递课堂只有一所学校的班级", "a remote course within one school"),
    ("至少两所学校的班级", "classes of at least two schools"),
    ("请补上另一所学校的班级,或去掉 `remote`", "add a class of another school or drop `remote`"),
);
const NEED_OF_MORE: Kind = Kind::warning(
    "W-COURSE-010",
    ("需要专用教室的课次多于全部课次", "a room needed for more blocks than there are"),
    ("不超过这门课的课次", "at most the blocks of the course"),
    ("请改正 `room.blocks`", "correct `room.blocks`"),
);
const FAR_APART: Kind = Kind::warning(
    "W-COURSE-011",
    ("合班上课的班级不在同一校区", "a combined class at different sites"),
    ("同一校区的班级,或专递课堂(`remote`)", "classes of one site, or a `remote` course"),
    ("请核对班级;隔着校区一起上课的请写 `remote`", "check the classes; for a lesson across sites write `remote`"),
);

pub const KINDS: &[&Kind] = &[
    &CLASSES,
    &NO_BLOCKS,
    &EMPTY_BLOCK,
    &OVERRIDDEN_TWICE,
    &ROLES,
    &SAME_PERSON,
    &BELLS_DIFFER,
    &BAND,
    &NOT_REMOTE,
    &NEED_OF_MORE,
    &FAR_APART,
];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, course) in index.district.courses.iter().enumerate() {
        let at = index.at(format_args!("courses[{i}]"));
        classes(course, &at, found);
        blocks(course, &at, found);
        roles(course, &at, found);
        same_person(course, &at, found);
        together(index, course, &index.courses[i], &at, found);
    }
    overridden_twice(index, found);
    bands(index, found);
    need_of_more(index, found);
}

fn classes(course: &Course, at: &str, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    if course.classes.is_empty() {
        found.push(CLASSES.at(format!("{at}.classes")).of(&course.id).found("没有班级", "no class"));
    }
    for (j, class) in course.classes.iter().enumerate().filter(|(_, class)| !seen.insert(*class)) {
        let words = (format!("`{class}` 写了两次"), format!("`{class}` twice"));
        found.push(CLASSES.at(format!("{at}.classes[{j}]")).of(&course.id).found(words.0, words.1));
    }
}

fn blocks(course: &Course, at: &str, found: &mut Vec<Problem>) {
    if course.blocks.is_empty() {
        found.push(NO_BLOCKS.at(format!("{at}.blocks")).of(&course.id));
    }
    for (j, _) in course.blocks.iter().enumerate().filter(|(_, block)| block.periods == 0) {
        found.push(EMPTY_BLOCK.at(format!("{at}.blocks[{j}].periods")).of(&course.id));
    }
}

fn roles(course: &Course, at: &str, found: &mut Vec<Problem>) {
    if course.teachers.len() < 2 {
        return;
    }
    let mut seen = BTreeSet::new();
    for (j, role) in course.teachers.iter().enumerate() {
        if role.role.trim().is_empty() || !seen.insert(&role.role) {
            let words = (format!("分工名称是“{}”", role.role), format!("the role is \"{}\"", role.role));
            found.push(ROLES.at(format!("{at}.teachers[{j}].role")).of(&course.id).found(words.0, words.1));
        }
    }
}

fn same_person(course: &Course, at: &str, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (j, role) in course.teachers.iter().enumerate() {
        if let Some(person) = role.person.as_ref().filter(|person| !seen.insert(*person)) {
            let words = (format!("`{person}` 写了两次"), format!("`{person}` twice"));
            found.push(SAME_PERSON.at(format!("{at}.teachers[{j}].person")).of(&course.id).found(words.0, words.1));
        }
    }
}

/// Classes of one lesson: same bell and site, or remote between schools.
fn together(index: &Index<'_>, course: &Course, taught: &Taught<'_>, at: &str, found: &mut Vec<Problem>) {
    let classes = || taught.classes.iter().map(|class| &index.district.classes[*class]);
    let of = |text: (String, String)| (format!("班级:{}", text.0), format!("classes: {}", text.1));
    let words = || of(classes_words(index, &taught.classes));
    if course.remote {
        if classes().map(|class| &class.school).collect::<BTreeSet<_>>().len() < 2 {
            found.push(NOT_REMOTE.at(format!("{at}.remote")).of(&course.id));
        }
        return;
    }
    if classes().map(|class| &class.bell).collect::<BTreeSet<_>>().len() > 1 {
        found.push(BELLS_DIFFER.at(format!("{at}.classes")).of(&course.id).found(words().0, words().1));
    } else if classes().filter_map(|class| index.site_of(class)).collect::<BTreeSet<_>>().len() > 1 {
        found.push(FAR_APART.at(format!("{at}.classes")).of(&course.id).found(words().0, words().1));
    }
}

fn overridden_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut seen: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (i, course) in index.district.courses.iter().enumerate() {
        for class in index.courses[i].classes.iter().collect::<BTreeSet<_>>() {
            let first = *seen.entry((*class, &course.subject)).or_insert(i);
            let other = &index.district.courses[first];
            if first != i && (course.band.is_none() || course.band != other.band) {
                let class = &index.district.classes[*class].id;
                found.push(OVERRIDDEN_TWICE.at(index.at(format_args!("courses[{i}]"))).of(&course.id).found(
                    format!("`{}` 也是 `{class}` 的 `{}`", other.id, course.subject),
                    format!("`{}` is `{class}`'s `{}` as well", other.id, course.subject),
                ));
                break;
            }
        }
    }
}

fn bands(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut first: BTreeMap<&str, &Course> = BTreeMap::new();
    for (i, course) in index.district.courses.iter().enumerate() {
        let Some(band) = &course.band else { continue };
        let other = *first.entry(band).or_insert(course);
        let shape = |course: &Course| course.blocks.iter().map(|block| (block.periods, block.weeks)).collect::<Vec<_>>();
        if shape(other) != shape(course) {
            let words = (format!("与 `{}` 的课次不同", other.id), format!("other blocks than `{}`", other.id));
            found.push(BAND.at(index.at(format_args!("courses[{i}].blocks"))).of(&course.id).found(words.0, words.1));
        }
    }
}

/// Of a curriculum line, `blocks` of its room counts the blocks of the course it makes.
fn need_of_more(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, line) in index.district.curriculum.iter().enumerate() {
        let blocks = line.periods.saturating_sub(line.doubles);
        if let Some(needed) = line.room.as_ref().and_then(|room| room.blocks).filter(|needed| *needed > blocks) {
            let at = index.at(format_args!("curriculum[{i}].room.blocks"));
            let words = (format!("{blocks} 次课里要 {needed} 次"), format!("{needed} of {blocks} blocks"));
            found.push(NEED_OF_MORE.at(at).of(&line.subject).found(words.0, words.1));
        }
    }
}

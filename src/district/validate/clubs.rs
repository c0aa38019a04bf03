//! Clubs: times that are club times, grades of the school, people and places enough, and no school without.

use super::index::{Index, weeks_meet};
use crate::file::{BlockKind, Category, Club, FixedBlock, Window};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const NO_TIME: Kind = Kind::error(
    "E-CLUB-001",
    ("社团的时间不对", "no time at which the club could meet"),
    (
        "`blocks` 里类别为 `club` 的编号;同一所学校要么都写,要么都不写",
        "the id of a block of kind `club`; at one school all clubs name one or none does",
    ),
    ("请改正 `block`,或补上社团时间", "correct `block` or add the time to `blocks`"),
);
const TIMES_MEET: Kind = Kind::error(
    "E-CLUB-002",
    ("一所学校的两段社团时间重叠", "two club times of a school overlap"),
    ("同时活动的社团写同一个 `block`,不同的社团时间互不重叠", "one `block` for clubs that meet together, and times apart for others"),
    ("请改正时间,或写同一个 `block`", "move one of the times, or name the same `block`"),
);
const TOO_FEW: Kind = Kind::warning(
    "W-CLUB-003",
    ("能指导这个社团的人不够", "too few people who may lead a club"),
    (
        "在这所学校任教、列在名单里、教指定学科的人不少于需要的指导教师",
        "as many people at the school, on the list and with the subjects as it wants",
    ),
    ("请放宽 `people` 或 `subjects`,或减少 `leaders`", "name more `people` or `subjects`, or want fewer `leaders`"),
);
const SHORT: Kind = Kind::warning(
    "W-CLUB-004",
    ("社团名额少于学生人数", "fewer places in clubs than pupils"),
    ("一个年级能参加的社团名额之和不少于该年级人数", "as many places in the clubs that admit a grade as it has pupils"),
    ("请增加名额或社团;否则会有学生没有社团", "add places or clubs, else pupils are left without"),
);
const SCHOOL_WITHOUT: Kind = Kind::warning(
    "W-CLUB-005",
    ("有的学校没有社团", "a school without clubs"),
    ("有一所学校列了社团的,每所有班级的学校都列", "where one school has clubs, each with classes has some"),
    ("请补上这所学校的 `clubs`;没有列的学校不核", "add its `clubs`; schools without any are not judged"),
);

const TAUGHT: Kind = Kind::warning(
    "W-CLUB-006",
    ("社团时间里可能还有课", "a class may have lessons while its club meets"),
    ("社团时间(`blocks`)写明学校或班级,或不在上课时间", "a block that names the school or the class, or a time outside the lessons"),
    ("请在 `blocks` 里补上学校,那时就不排课", "add the school to the block: then no lesson is placed there"),
);

pub const KINDS: &[&Kind] = &[&NO_TIME, &TIMES_MEET, &TOO_FEW, &SHORT, &SCHOOL_WITHOUT, &TAUGHT];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut of_school: BTreeMap<&str, Vec<(usize, &Club)>> = BTreeMap::new();
    for (i, club) in index.district.clubs.iter().enumerate() {
        too_few(index, i, club, found);
        of_school.entry(&club.school).or_default().push((i, club));
    }
    for (school, clubs) in &of_school {
        times(index, clubs, found);
        short(index, school, clubs, found);
    }
    let classes: BTreeSet<&str> = index.district.classes.iter().map(|class| class.school.as_str()).collect();
    for school in classes.into_iter().filter(|school| !of_school.is_empty() && !of_school.contains_key(school)) {
        let Some(name) = index.schools.get(school).map(|school| index.school_name(*school)) else { continue };
        let words = (format!("{}没有社团", name.0), format!("{} has no club", name.1));
        found.push(SCHOOL_WITHOUT.at(index.at(format_args!("clubs"))).of(school).found(words.0, words.1));
    }
}

/// Clubs of one school: each at a block of its own time, or none at any.
fn times(index: &Index<'_>, clubs: &[(usize, &Club)], found: &mut Vec<Problem>) {
    let block = |id: &String| index.district.blocks.iter().find(|block| block.id == *id && block.kind == BlockKind::Club);
    let some = clubs.iter().any(|(_, club)| club.block.is_some());
    let mut seen: Vec<&FixedBlock> = Vec::new();
    for (i, club) in clubs.iter().filter(|_| some) {
        let at = index.at(format_args!("clubs[{i}].block"));
        let Some(time) = club.block.as_ref().and_then(block) else {
            let named = club.block.as_deref().unwrap_or("-");
            let words = (format!("写的是 `{named}`"), format!("it says `{named}`"));
            found.push(NO_TIME.at(at).of(&club.id).found(words.0, words.1));
            continue;
        };
        if seen.iter().any(|other| other.id == time.id) {
            continue;
        }
        taught(index, time, club, &at, found);
        if let Some(other) = seen.iter().find(|other| other.when.iter().any(|a| time.when.iter().any(|b| overlap(*a, *b)))) {
            let words = (format!("`{}` 与 `{}` 重叠", time.id, other.id), format!("`{}` and `{}` overlap", time.id, other.id));
            found.push(TIMES_MEET.at(at).of(&club.id).found(words.0, words.1));
        }
        seen.push(time);
    }
}

fn taught(index: &Index<'_>, time: &FixedBlock, club: &Club, at: &str, found: &mut Vec<Problem>) {
    let meets = |class: usize| index.open[class].iter().any(|open| time.when.iter().any(|w| open.meets(w.weekday, w.from, w.to)));
    let admitted = index.district.classes.iter().enumerate().filter(|(_, class)| class.school == club.school && club.admits(class.grade));
    let mut open = admitted.filter(|(i, class)| !time.classes.contains(&class.id) && meets(*i));
    if let Some((_, class)) = open.next().filter(|_| !time.schools.contains(&club.school)) {
        let words =
            (format!("`{}` 在 `{}` 时还可以排课", class.id, time.id), format!("`{}` may have lessons during `{}`", class.id, time.id));
        found.push(TAUGHT.at(at).of(&club.id).found(words.0, words.1));
    }
}

fn overlap(a: Window, b: Window) -> bool {
    a.weekday == b.weekday && a.from < b.to && b.from < a.to && weeks_meet(a.weeks, b.weeks)
}

fn too_few(index: &Index<'_>, i: usize, club: &Club, found: &mut Vec<Problem>) {
    let Some(school) = index.schools.get(club.school.as_str()) else { return };
    let may = index.staff[*school].iter().map(|person| &index.district.people[*person]).filter(|person| {
        person.category != Category::Worker
            && (club.people.is_empty() || club.people.contains(&person.id))
            && (club.subjects.is_empty() || person.subjects.iter().any(|held| club.subjects.contains(&held.subject)))
    });
    let (wanted, count) = (club.wanted(), may.count());
    if u64::from(wanted) > count as u64 {
        let words = (format!("需要 {wanted} 人,只有 {count} 人"), format!("{wanted} wanted, {count} there"));
        found.push(TOO_FEW.at(index.at(format_args!("clubs[{i}]"))).of(&club.id).found(words.0, words.1));
    }
}

/// Grade by grade; that clubs of several grades are counted for each is no proof that there are enough.
fn short(index: &Index<'_>, school: &str, clubs: &[(usize, &Club)], found: &mut Vec<Problem>) {
    let mut pupils: BTreeMap<u8, u64> = BTreeMap::new();
    for class in index.district.classes.iter().filter(|class| class.school == school) {
        *pupils.entry(class.grade).or_default() += u64::from(class.pupils);
    }
    for (grade, pupils) in pupils {
        let places: u64 = clubs.iter().filter(|(_, club)| club.admits(grade)).map(|(_, club)| u64::from(club.places)).sum();
        if places < pupils {
            let words =
                (format!("{grade} 年级 {pupils} 名学生,名额 {places} 个"), format!("grade {grade}: {pupils} pupils, {places} places"));
            found.push(SHORT.at(index.at(format_args!("clubs"))).of(school).found(words.0, words.1));
        }
    }
}

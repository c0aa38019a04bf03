//! Whether the rows make a plan at all. These findings are always legal: no clause and no decision allows them.

use super::facts::{Facts, LessonFact, role_of};
use super::{Finding, Kind, beside, cell};
use crate::file::{Force, Part, Text};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: &str = "structure";

#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn say(&mut self, code: &str, place: &[(Kind, &str)], zh: String, en: String) {
        self.0.push(Finding {
            clause: code.to_owned(),
            rule: RULE,
            force: Force::Legal,
            place: place.iter().map(|(kind, id)| (*kind, (*id).to_owned())).collect(),
            excess: 1,
            penalty: 1,
            text: Text::new(zh, en),
        });
    }
    fn unknown(&mut self, code: &str, row: (&str, &str), kind: Kind, id: &str, what: (&str, &str)) {
        self.say(code, &[(kind, id)], format!("{}中的{}“{id}”不存在", row.0, what.0), format!("{}: unknown {} `{id}`", row.1, what.1));
    }
    fn person(&mut self, row: (&str, &str), id: &str) {
        self.unknown("S-002", row, Kind::Person, id, ("人员", "person"));
    }
    fn course(&mut self, row: (&str, &str), id: &str) {
        self.unknown("S-001", row, Kind::Course, id, ("课程", "course"));
    }
}

const POSTINGS: (&str, &str) = ("交流名单", "postings");
const TEACHING: (&str, &str) = ("任课表", "teaching");
const CLASS_TEACHERS: (&str, &str) = ("班主任名单", "class teachers");
const TIMETABLE: (&str, &str) = ("课程表", "timetable");
const DUTIES: (&str, &str) = ("值班表", "duties");
const CLUBS: (&str, &str) = ("社团名单", "clubs");

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Found::default();
    parts(facts, &mut found);
    if facts.plan.parts.contains(&Part::Postings) {
        postings(facts, &mut found);
    }
    if facts.plan.parts.contains(&Part::Teaching) {
        teaching(facts, &mut found);
        class_teachers(facts, &mut found);
    }
    if facts.plan.parts.contains(&Part::Timetable) {
        timetable(facts, &mut found);
        bands(facts, &mut found);
        duties(facts, &mut found);
        clubs(facts, &mut found);
    }
    found.0
}

/// `S-014`: each part is listed once, and only listed parts have rows; `S-015`: the plan is of this district.
fn parts(facts: &Facts, found: &mut Found) {
    let plan = facts.plan;
    let clubs = plan.club_leaders.len() + plan.club_pupils.len();
    let rows = [
        (Part::Postings, POSTINGS, plan.postings.len()),
        (Part::Teaching, TEACHING, plan.teaching.len() + plan.class_teachers.len()),
        (Part::Timetable, TIMETABLE, plan.timetable.len() + plan.duties.len() + clubs),
    ];
    for (part, (zh, en), rows) in rows {
        match plan.parts.iter().filter(|listed| **listed == part).count() {
            0 if rows > 0 => found.say(
                "S-014",
                &[(Kind::Part, en)],
                format!("方案写有{zh}({rows} 行),但没有列入已决定的部分"),
                format!("the plan has {rows} rows of {en}, a part it does not list as decided"),
            ),
            0 | 1 => {}
            _ => found.say("S-014", &[(Kind::Part, en)], format!("{zh}重复列入"), format!("{en} is listed twice")),
        }
    }
    let (wanted, id) = (&facts.district.id, &plan.district);
    if wanted != id {
        let zh = format!("方案属于“{id}”,不是“{wanted}”");
        found.say("S-015", &[(Kind::District, id)], zh, format!("the plan is of `{id}`, not of `{wanted}`"));
    }
}

fn postings(facts: &Facts, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for row in &facts.plan.postings {
        let place = [(Kind::Person, row.person.as_str()), (Kind::School, row.to.as_str())];
        let Some(person) = facts.people.find(&row.person) else {
            found.person(POSTINGS, &row.person);
            continue;
        };
        if !seen.insert(person) {
            let zh = format!("{} 在交流名单中出现不止一次", row.person);
            found.say("S-006", &place, zh, format!("{} is posted more than once", row.person));
        }
        for id in [&row.from, &row.to] {
            if facts.places.school(id).is_none() {
                found.unknown("S-004", POSTINGS, Kind::School, id, ("学校", "school"));
            }
        }
        let (before, from) = (facts.people.before[person], facts.places.school(&row.from));
        if from.is_some() && before != from {
            let home = facts.say_home(before);
            found.say(
                "S-012",
                &place,
                format!("{} 现在{}任教,名单写成“{}”", row.person, home.zh, row.from),
                format!("{} works at {}, the row says `{}`", row.person, home.en, row.from),
            );
        }
        if before.is_some() && before == facts.places.school(&row.to) {
            let home = facts.say_home(before);
            found.say(
                "S-013",
                &place,
                format!("{} 交流到自己所在的{}", row.person, home.zh),
                format!("{} is posted to {}, the school they work at", row.person, home.en),
            );
        }
    }
}

fn teaching(facts: &Facts, found: &mut Found) {
    let courses = &facts.courses;
    // How often each block of each role is given to somebody or left open.
    let mut rows: Vec<Vec<Vec<usize>>> = courses.list.iter().map(|course| vec![vec![0; course.blocks.len()]; course.roles.len()]).collect();
    for row in &facts.plan.teaching {
        if let Some(teacher) = row.teacher.as_deref().filter(|id| facts.people.find(id).is_none()) {
            found.person(TEACHING, teacher);
        }
        let Some(course) = courses.find(&row.course) else {
            found.course(TEACHING, &row.course);
            continue;
        };
        let Some(role) = role_of(courses, course, row.role.as_deref()) else {
            let id = row.role.as_deref().unwrap_or("");
            let place = [(Kind::Course, row.course.as_str()), (Kind::Role, id)];
            let zh = format!("任课表中“{}”没有角色“{id}”", row.course);
            found.say("S-005", &place, zh, format!("teaching: course `{}` has no role `{id}`", row.course));
            continue;
        };
        let counts = &mut rows[course][role];
        if row.blocks.is_empty() {
            for count in &mut *counts {
                *count += 1;
            }
        }
        for block in &row.blocks {
            match usize::from(*block).checked_sub(1).and_then(|block| counts.get_mut(block)) {
                Some(count) => *count += 1,
                None => no_block(found, TEACHING, &row.course, *block),
            }
        }
        let fact = &courses.list[course];
        let given = fact.roles[role].given.filter(|_| !is_meeting(facts, course));
        if given.is_some_and(|given| row.teacher.as_deref() != Some(&facts.people.list[given].id)) {
            let (class, subject) = (facts.say_classes(course), facts.say_subject(fact.subject));
            let given = given.map_or("", |given| facts.people.list[given].id.as_str());
            found.say(
                "S-016",
                &[(Kind::Course, &fact.id), (Kind::Person, given)],
                format!("{}{}已指定由 {given} 任教,方案没有照办", class.zh, subject.zh),
                format!("{} {} is given to {given}, the plan has another", class.en, subject.en),
            );
        }
    }
    for (fact, roles) in courses.list.iter().zip(&rows) {
        for (role, counts) in fact.roles.iter().zip(roles) {
            let place = [(Kind::Course, fact.id.as_str()), (Kind::Role, role.name.unwrap_or(""))];
            if counts.iter().any(|count| *count > 1) {
                let zh = format!("任课表中“{}”重复", fact.id);
                found.say("S-006", &place, zh, format!("teaching: course `{}` more than once", fact.id));
            }
            if counts.contains(&0) {
                let zh = format!("任课表缺少“{}”(没有教师也应写明待补)", fact.id);
                found.say("S-007", &place, zh, format!("teaching: no row for course `{}`", fact.id));
            }
        }
    }
}

/// The class meeting's given teacher is the business of `class_teacher_course`.
fn is_meeting(facts: &Facts, course: usize) -> bool {
    facts.courses.list[course].roles[0].name.is_none() && facts.courses.subject_of(course).is_some_and(|subject| subject.class_meeting)
}

fn no_block(found: &mut Found, row: (&str, &str), course: &str, block: u8) {
    let place = [(Kind::Course, course), (Kind::Lesson, &*block.to_string())];
    found.say(
        "S-005",
        &place,
        format!("{}中“{course}”没有第 {block} 次课", row.0),
        format!("{}: course `{course}` has no block {block}", row.1),
    );
}

fn class_teachers(facts: &Facts, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for row in &facts.plan.class_teachers {
        let place = [(Kind::Class, row.class.as_str()), (Kind::Person, row.teacher.as_str())];
        if facts.people.find(&row.teacher).is_none() {
            found.person(CLASS_TEACHERS, &row.teacher);
        }
        let Some(class) = facts.courses.class(&row.class) else {
            found.unknown("S-003", CLASS_TEACHERS, Kind::Class, &row.class, ("班级", "class"));
            continue;
        };
        let name = facts.say_class(class);
        if !seen.insert(class) {
            found.say("S-006", &place, format!("{}的班主任重复", name.zh), format!("{} has two class teachers", name.en));
        }
        let stays = |given: &usize| facts.people.working[*given] == facts.courses.classes[class].school;
        let replaced = |given: &usize| facts.people.list[*given].id != row.teacher && stays(given);
        if let Some(given) = facts.courses.classes[class].teacher.filter(replaced) {
            let given = &facts.people.list[given].id;
            found.say(
                "S-017",
                &place,
                format!("{}的班主任已定为 {given},方案写成 {}", name.zh, row.teacher),
                format!("{}: the class teacher is {given}, the plan says {}", name.en, row.teacher),
            );
        }
    }
}

fn timetable(facts: &Facts, found: &mut Found) {
    let courses = &facts.courses;
    let mut rows: Vec<Vec<usize>> = courses.list.iter().map(|course| vec![0; course.blocks.len()]).collect();
    for row in &facts.plan.timetable {
        let Some(course) = courses.find(&row.course) else {
            found.course(TIMETABLE, &row.course);
            continue;
        };
        let block = usize::from(row.block).checked_sub(1).filter(|block| *block < rows[course].len());
        let Some(block) = block else {
            no_block(found, TIMETABLE, &row.course, row.block);
            continue;
        };
        rows[course][block] += 1;
        if let Some(room) = row.room.as_deref().filter(|id| facts.district.rooms.iter().all(|room| room.id != *id)) {
            found.unknown("S-019", TIMETABLE, Kind::Room, room, ("教室", "room"));
        }
        in_its_grid(facts, found, course, block, (row.at.weekday, row.at.period));
    }
    for (fact, counts) in courses.list.iter().zip(&rows) {
        for (count, block) in counts.iter().zip(1_u32..) {
            let block = block.to_string();
            let place = [(Kind::Course, fact.id.as_str()), (Kind::Lesson, &block)];
            match count {
                0 => {
                    let zh = format!("课程表缺少“{}”第 {block} 次课", fact.id);
                    found.say("S-008", &place, zh, format!("timetable: course `{}` block {block} is not placed", fact.id));
                }
                1 => {}
                _ => {
                    let zh = format!("课程表中“{}”第 {block} 次课重复", fact.id);
                    found.say("S-006", &place, zh, format!("timetable: course `{}` block {block} more than once", fact.id));
                }
            }
        }
    }
}

/// `S-009` the cell exists, `S-010` it is open for every class, `S-011` the lesson ends within the day and the half-day.
fn in_its_grid(facts: &Facts, found: &mut Found, course: usize, block: usize, at: (u8, u8)) {
    let fact = &facts.courses.list[course];
    let bell = fact.classes.first().and_then(|&class| facts.courses.classes[class].bell);
    let day = bell.map_or(&[][..], |bell| facts.courses.bells[bell].cells(at.0));
    let missing = usize::from(at.1).checked_sub(1).is_none_or(|first| first >= day.len());
    // A second row of the same lesson is said elsewhere.
    let lesson = facts.lessons.find(course, block).map(|lesson| &facts.lessons.list[lesson]);
    let lesson = lesson.filter(|lesson| (lesson.weekday, lesson.period) == at);
    let is_closed = |class: usize, lesson: &LessonFact| {
        let covered = facts.covered(class, lesson);
        covered.is_empty() || covered.iter().any(|cell| facts.courses.classes[class].closed.contains(cell))
    };
    let closed: Vec<_> =
        lesson.map_or(Vec::new(), |lesson| fact.classes.iter().copied().filter(|class| is_closed(*class, lesson)).collect());
    let over = lesson.is_some_and(|lesson| {
        let short = lesson.cells.len() < usize::from(fact.blocks[block].periods);
        short || lesson.cells.windows(2).any(|pair| pair[0].half != pair[1].half)
    });
    if !missing && !over && closed.is_empty() {
        return;
    }
    let (number, id) = ((block + 1).to_string(), format!("{}.{}", at.0, at.1));
    let place = [(Kind::Course, fact.id.as_str()), (Kind::Lesson, &number), (Kind::Cell, &id)];
    let (what, when) = (beside(&facts.say_classes(course), &facts.say_subject(fact.subject)), cell(at.0, at.1));
    if missing {
        let zh = format!("{}排在{},作息时间没有这一节", what.zh, when.zh);
        found.say("S-009", &place, zh, format!("{} is at {}, a cell its bell does not have", what.en, when.en));
    }
    for class in closed {
        let name = facts.say_class(class);
        let zh = format!("{}排在{},{}那时不上课", what.zh, when.zh, name.zh);
        found.say("S-010", &place, zh, format!("{} is at {}, closed for {}", what.en, when.en, name.en));
    }
    if over {
        let zh = format!("{}从{}起,超出当天或半天的最后一节", what.zh, when.zh);
        found.say("S-011", &place, zh, format!("{} from {} runs past the day or the half-day", what.en, when.en));
    }
}

/// `S-018`: the courses of a band start together, block by block.
fn bands(facts: &Facts, found: &mut Found) {
    let mut starts: BTreeMap<(&str, usize), BTreeSet<(u8, u16)>> = BTreeMap::new();
    for lesson in &facts.lessons.list {
        if let (Some(band), Some(cell)) = (facts.courses.list[lesson.course].band, lesson.cells.first()) {
            starts.entry((band, lesson.block)).or_default().insert((lesson.weekday, cell.start.0));
        }
    }
    for ((band, block), _) in starts.iter().filter(|(_, starts)| starts.len() > 1) {
        let block = block + 1;
        let place = [(Kind::Course, *band), (Kind::Lesson, &*block.to_string())];
        let zh = format!("走班组“{band}”第 {block} 次课没有同时开始");
        found.say("S-018", &place, zh, format!("band `{band}`: its courses do not start block {block} together"));
    }
}

/// `S-020`: a row names a roster, one of its turns and somebody who may take it, once.
fn duties(facts: &Facts, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for row in &facts.plan.duties {
        let place = [(Kind::Roster, row.roster.as_str()), (Kind::Person, row.person.as_str())];
        let Some(roster) = facts.rosters.iter().find(|roster| roster.file.id == row.roster) else {
            found.unknown("S-020", DUTIES, Kind::Roster, &row.roster, ("值班", "roster"));
            continue;
        };
        let Some(person) = facts.people.find(&row.person) else {
            found.person(DUTIES, &row.person);
            continue;
        };
        let turn = row.turn;
        if !(1..=roster.turns.len()).contains(&usize::from(turn)) || !roster.pool.contains(&person) {
            let zh = format!("{} 不能值“{}”第 {turn} 次", row.person, roster.file.name.zh);
            found.say("S-020", &place, zh, format!("{} cannot take turn {turn} of `{}`", row.person, row.roster));
        } else if !seen.insert((&row.roster, turn, person)) {
            let zh = format!("{} 在“{}”第 {turn} 次中重复", row.person, roster.file.name.zh);
            found.say("S-006", &place, zh, format!("{} takes turn {turn} of `{}` more than once", row.person, row.roster));
        }
    }
}

/// `S-021`: a row names a club, and somebody who may lead it or a class it admits, once; at one time no class has more pupils in
/// clubs than in all.
fn clubs(facts: &Facts, found: &mut Found) {
    let mut seen = BTreeSet::new();
    let known: BTreeMap<&str, _> = facts.clubs.iter().map(|fact| (fact.file.id.as_str(), fact)).collect();
    let leaders = facts.plan.club_leaders.iter().map(|row| (&row.club, Kind::Person, &row.person));
    let pupils = facts.plan.club_pupils.iter().map(|row| (&row.club, Kind::Class, &row.class));
    for (club, kind, id) in leaders.chain(pupils) {
        let place = [(Kind::Club, club.as_str()), (kind, id.as_str())];
        let Some(fact) = known.get(club.as_str()) else {
            found.unknown("S-021", CLUBS, Kind::Club, club, ("社团", "club"));
            continue;
        };
        let (known, fits) = if kind == Kind::Person {
            let person = facts.people.find(id);
            (person.is_some(), person.is_some_and(|person| fact.pool.contains(&person)))
        } else {
            let class = facts.courses.class(id);
            (class.is_some(), class.is_some_and(|class| fact.pupils.contains_key(&class)))
        };
        if !known && kind == Kind::Person {
            found.person(CLUBS, id);
        } else if !known {
            found.unknown("S-003", CLUBS, Kind::Class, id, ("班级", "class"));
        } else if !fits {
            let zh = format!("{id} 不能列入社团“{}”", fact.file.name.zh);
            found.say("S-021", &place, zh, format!("{id} cannot be in club `{club}`"));
        } else if !seen.insert((club, kind, id)) {
            let zh = format!("{id} 在社团“{}”中重复", fact.file.name.zh);
            found.say("S-006", &place, zh, format!("{id} is in club `{club}` more than once"));
        }
    }
    let mut at_once: BTreeMap<(usize, Option<&str>), i64> = BTreeMap::new();
    for club in &facts.clubs {
        for (class, pupils) in &club.pupils {
            *at_once.entry((*class, club.file.block.as_deref())).or_default() += pupils;
        }
    }
    for ((class, _), taken) in at_once {
        let (entry, name) = (&facts.district.classes[class], facts.say_class(class));
        if taken > i64::from(entry.pupils) {
            let place = [(Kind::Class, entry.id.as_str())];
            let zh = format!("{}有 {} 名学生,同一时间却有 {taken} 名在社团", name.zh, entry.pupils);
            found.say("S-021", &place, zh, format!("{} has {} pupils, {taken} of them in clubs at one time", name.en, entry.pupils));
        }
    }
}

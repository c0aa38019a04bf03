//! References: every id that is named somewhere exists. One kind per kind of thing referred to.

use super::index::{Ids, Index};
use crate::file::{RoomNeed, Scope, Text};
use crate::problem::{Kind, Problem, nearest};

pub const SCHOOL: Kind = Kind::error(
    "E-REF-001",
    ("没有这所学校", "no such school"),
    ("`schools` 里的学校编号", "the id of a school in `schools`"),
    ("请改正编号,或补上这所学校", "correct the id or add the school"),
);
pub const SITE: Kind = Kind::error(
    "E-REF-002",
    ("没有这个校区", "no such site"),
    (
        "`schools[].sites` 里的校区编号;没有列校区的学校,校区编号就是学校编号",
        "the id of a site in `schools[].sites`, or of a school without sites",
    ),
    ("请改正编号,或补上这个校区", "correct the id or add the site"),
);
pub const PERSON: Kind = Kind::error(
    "E-REF-003",
    ("没有这个人", "no such person"),
    ("`people` 里的人员编号", "the id of a person in `people`"),
    ("请改正编号,或补上这个人", "correct the id or add the person"),
);
pub const CLASS: Kind = Kind::error(
    "E-REF-004",
    ("没有这个班", "no such class"),
    ("`classes` 里的班级编号", "the id of a class in `classes`"),
    ("请改正编号,或补上这个班", "correct the id or add the class"),
);
pub const SUBJECT: Kind = Kind::error(
    "E-REF-005",
    ("没有这门学科", "no such subject"),
    ("`subjects` 里的学科编号", "the id of a subject in `subjects`"),
    ("请改正编号,或补上这门学科", "correct the id or add the subject"),
);
pub const BELL: Kind = Kind::error(
    "E-REF-006",
    ("没有这套作息时间", "no such bell"),
    ("`bells` 里的作息编号", "the id of a bell in `bells`"),
    ("请改正编号,或补上这套作息", "correct the id or add the bell"),
);
pub const COURSE: Kind = Kind::error(
    "E-REF-007",
    ("没有这门课", "no such course"),
    ("`courses` 里的课程编号,或由课程计划生成的“班级.学科”", "the id of a course in `courses`, or `class.subject` of the curriculum"),
    ("请改正编号,或补上这门课", "correct the id or add the course"),
);
pub const GROUP: Kind = Kind::error(
    "E-REF-008",
    ("没有这个共同体", "no such group"),
    ("`groups` 里的编号", "the id of a group in `groups`"),
    ("请改正编号,或补上这个共同体", "correct the id or add the group"),
);
pub const ROOM: Kind = Kind::error(
    "E-REF-009",
    ("没有这间教室", "no such room"),
    ("`rooms` 里的编号", "the id of a room in `rooms`"),
    ("请改正编号,或补上这间教室", "correct the id or add the room"),
);
pub const ROSTER: Kind = Kind::error(
    "E-REF-012",
    ("没有这个值班安排", "no such roster"),
    ("`rosters` 里的编号", "the id of a roster in `rosters`"),
    ("请改正编号,或补上这个值班安排", "correct the id or add the roster"),
);
pub const CLUB: Kind = Kind::error(
    "E-REF-013",
    ("没有这个社团", "no such club"),
    ("`clubs` 里的编号", "the id of a club in `clubs`"),
    ("请改正编号,或补上这个社团", "correct the id or add the club"),
);
const NOT_IN_FORCE: Kind = Kind::warning(
    "W-REF-014",
    ("没有采用的条款涉及不存在的编号", "a clause that is off names what does not exist"),
    (
        "条款只写存在的编号;标准办法按编号或名称(如“语文”“数学”)认学科",
        "ids that exist; the standard policy knows subjects by id or by name, such as 语文 or 数学",
    ),
    (
        "不需要这一条就不必处理;需要时请改正编号或名称,并采用这一条(去掉 `off`)",
        "without need for the clause nothing is to be done; else correct ids or names and put it in force (drop `off`)",
    ),
);
const TRAVEL_END: Kind = Kind::error(
    "E-REF-010",
    ("路程的起点或终点不存在", "a trip from or to nowhere"),
    ("校区编号或学校编号", "the id of a site or a school"),
    ("请改正编号,或删掉这条路程", "correct the id or remove the trip"),
);
const PAST_SCHOOL: Kind = Kind::warning(
    "W-REF-011",
    ("以往交流涉及的学校不在本学区", "a past exchange with a school outside the district"),
    ("本学区的学校编号;学区外的学校也可以保留", "the id of a school of the district; a school outside may stay"),
    ("如是笔误请改正,否则不必处理", "correct it if it is a slip, else leave it"),
);

pub const KINDS: &[&Kind] =
    &[&SCHOOL, &SITE, &PERSON, &CLASS, &SUBJECT, &BELL, &COURSE, &GROUP, &ROOM, &TRAVEL_END, &PAST_SCHOOL, &ROSTER, &CLUB, &NOT_IN_FORCE];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    schools(index, found);
    past_schools(index, found);
    sites(index, found);
    people(index, found);
    classes(index, found);
    subjects(index, found);
    bells(index, found);
    courses(index, found);
    travel_ends(index, found);
    scopes(index, found);
}

/// The problem of naming what does not exist, with the nearest id that does.
pub fn missing(index: &Index<'_>, kind: &Kind, known: &Ids<'_>, id: &str, at: String) -> Problem {
    let problem = kind.at(at).of(id).found(format!("{}:`{id}`", kind.title.0), format!("{}: `{id}`", kind.title.1));
    let left = index.patience.get();
    if left < known.len() {
        return problem;
    }
    index.patience.set(left - known.len());
    match nearest(id, known.keys().copied()) {
        Some(near) => problem.remedy(format!("是不是 `{near}`?{}", kind.remedy.0), format!("did you mean `{near}`? {}", kind.remedy.1)),
        None => problem,
    }
}

struct Named<'i, 'a, 'f> {
    index: &'i Index<'a>,
    kind: &'static Kind,
    known: &'i Ids<'a>,
    found: &'f mut Vec<Problem>,
}

impl Named<'_, '_, '_> {
    fn one(&mut self, id: &str, at: std::fmt::Arguments<'_>) {
        if !self.known.contains_key(id) {
            self.found.push(missing(self.index, self.kind, self.known, id, self.index.at(at)));
        }
    }
    fn maybe(&mut self, id: Option<&String>, at: std::fmt::Arguments<'_>) {
        if let Some(id) = id {
            self.one(id, at);
        }
    }
    fn list(&mut self, ids: &[String], at: std::fmt::Arguments<'_>) {
        for (i, id) in ids.iter().enumerate() {
            self.one(id, format_args!("{at}[{i}]"));
        }
    }
}

fn schools(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &SCHOOL, known: &index.schools, found };
    let district = index.district;
    for (i, group) in district.groups.iter().enumerate() {
        named.maybe(group.lead.as_ref(), format_args!("groups[{i}].lead"));
        named.list(&group.members, format_args!("groups[{i}].members"));
    }
    for (i, person) in district.people.iter().enumerate() {
        named.one(&person.employer, format_args!("people[{i}].employer"));
        named.maybe(person.works_at.as_ref(), format_args!("people[{i}].works_at"));
        named.list(&person.wishes.schools, format_args!("people[{i}].wishes.schools"));
        named.maybe(person.locks.posted_to.as_ref(), format_args!("people[{i}].locks.posted_to"));
    }
    for (i, line) in district.curriculum.iter().enumerate() {
        named.list(&line.schools, format_args!("curriculum[{i}].schools"));
    }
    for (i, class) in district.classes.iter().enumerate() {
        named.one(&class.school, format_args!("classes[{i}].school"));
    }
    for (i, room) in district.rooms.iter().enumerate() {
        named.list(&room.open_to, format_args!("rooms[{i}].open_to"));
    }
    for (i, block) in district.blocks.iter().enumerate() {
        named.list(&block.schools, format_args!("blocks[{i}].schools"));
    }
    for (i, roster) in district.rosters.iter().enumerate() {
        named.one(&roster.school, format_args!("rosters[{i}].school"));
    }
    for (i, club) in district.clubs.iter().enumerate() {
        named.one(&club.school, format_args!("clubs[{i}].school"));
    }
}

fn past_schools(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &PAST_SCHOOL, known: &index.schools, found };
    for (i, person) in index.district.people.iter().enumerate() {
        for (j, past) in person.exchanges.iter().enumerate() {
            named.one(&past.from, format_args!("people[{i}].exchanges[{j}].from"));
            named.one(&past.to, format_args!("people[{i}].exchanges[{j}].to"));
        }
    }
}

fn sites(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &SITE, known: &index.sites, found };
    let mut need = |room: Option<&RoomNeed>, at: std::fmt::Arguments<'_>| {
        named.maybe(room.and_then(|need| need.site.as_ref()), format_args!("{at}.room.site"));
    };
    for (i, line) in index.district.curriculum.iter().enumerate() {
        need(line.room.as_ref(), format_args!("curriculum[{i}]"));
    }
    for (i, course) in index.district.courses.iter().enumerate() {
        for (j, block) in course.blocks.iter().enumerate() {
            need(block.room.as_ref(), format_args!("courses[{i}].blocks[{j}]"));
        }
    }
    for (i, class) in index.district.classes.iter().enumerate() {
        named.maybe(class.site.as_ref(), format_args!("classes[{i}].site"));
    }
    for (i, room) in index.district.rooms.iter().enumerate() {
        named.one(&room.site, format_args!("rooms[{i}].site"));
    }
}

fn people(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &PERSON, known: &index.people, found };
    for (i, person) in index.district.people.iter().enumerate() {
        for (j, kin) in person.kin.iter().enumerate() {
            named.one(&kin.person, format_args!("people[{i}].kin[{j}].person"));
        }
        named.maybe(person.mentor.as_ref(), format_args!("people[{i}].mentor"));
    }
    for id in index.district.names.keys() {
        named.one(id, format_args!("names"));
    }
    for (i, class) in index.district.classes.iter().enumerate() {
        named.maybe(class.class_teacher.as_ref(), format_args!("classes[{i}].class_teacher"));
    }
    for (i, course) in index.district.courses.iter().enumerate() {
        for (j, role) in course.teachers.iter().enumerate() {
            named.maybe(role.person.as_ref(), format_args!("courses[{i}].teachers[{j}].person"));
        }
    }
    for (i, block) in index.district.blocks.iter().enumerate() {
        named.list(&block.people, format_args!("blocks[{i}].people"));
    }
    for (i, roster) in index.district.rosters.iter().enumerate() {
        named.list(&roster.people, format_args!("rosters[{i}].people"));
    }
    for (i, club) in index.district.clubs.iter().enumerate() {
        named.list(&club.people, format_args!("clubs[{i}].people"));
    }
}

fn classes(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &CLASS, known: &index.classes, found };
    for (i, course) in index.district.courses.iter().enumerate() {
        named.list(&course.classes, format_args!("courses[{i}].classes"));
    }
    for (i, block) in index.district.blocks.iter().enumerate() {
        named.list(&block.classes, format_args!("blocks[{i}].classes"));
    }
}

fn subjects(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &SUBJECT, known: &index.subjects, found };
    for (i, school) in index.district.schools.iter().enumerate() {
        for (j, opening) in school.openings.iter().enumerate() {
            named.maybe(opening.subject.as_ref(), format_args!("schools[{i}].openings[{j}].subject"));
        }
    }
    for (i, person) in index.district.people.iter().enumerate() {
        for (j, certificate) in person.subjects.iter().enumerate() {
            named.one(&certificate.subject, format_args!("people[{i}].subjects[{j}].subject"));
        }
    }
    for (i, line) in index.district.curriculum.iter().enumerate() {
        named.one(&line.subject, format_args!("curriculum[{i}].subject"));
    }
    for (i, course) in index.district.courses.iter().enumerate() {
        named.one(&course.subject, format_args!("courses[{i}].subject"));
    }
    for (i, block) in index.district.blocks.iter().enumerate() {
        named.list(&block.subjects, format_args!("blocks[{i}].subjects"));
    }
    for (i, club) in index.district.clubs.iter().enumerate() {
        named.list(&club.subjects, format_args!("clubs[{i}].subjects"));
    }
}

fn bells(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut named = Named { index, kind: &BELL, known: &index.bells, found };
    for (i, class) in index.district.classes.iter().enumerate() {
        named.maybe(class.bell.as_ref(), format_args!("classes[{i}].bell"));
    }
}

fn courses(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, lock) in index.district.locked_lessons.iter().enumerate() {
        if index.course(&lock.course).is_none() {
            let at = index.at(format_args!("locked_lessons[{i}].course"));
            found.push(missing(index, &COURSE, &index.course_ids, &lock.course, at));
        }
    }
}

fn travel_ends(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, trip) in index.district.travel.trips.iter().enumerate() {
        for (field, end) in [("from", &trip.from), ("to", &trip.to)] {
            if !index.sites.contains_key(end.as_str()) && !index.schools.contains_key(end.as_str()) {
                let at = index.at(format_args!("travel.trips[{i}].{field}"));
                found.push(missing(index, &TRAVEL_END, &index.sites, end, at));
            }
        }
    }
}

/// Whom a clause is about.
fn scopes(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some((file, policy)) = index.policy else { return };
    for (i, clause) in policy.clauses.iter().enumerate() {
        let Scope { schools, subjects, people, classes, groups, .. } = &clause.scope;
        let lists: [(_, _, &Kind, &Ids<'_>); 5] = [
            ("schools", schools, &SCHOOL, &index.schools),
            ("subjects", subjects, &SUBJECT, &index.subjects),
            ("people", people, &PERSON, &index.people),
            ("classes", classes, &CLASS, &index.classes),
            ("groups", groups, &GROUP, &index.groups),
        ];
        for (field, list, kind, known) in lists {
            if clause.off {
                let absent: Vec<_> = list.iter().filter(|id| !known.contains_key(id.as_str())).map(|id| format!("`{id}`")).collect();
                if !absent.is_empty() {
                    let (title, zh, en) = (clause.rule.rule().law().title, absent.join("、"), absent.join(", "));
                    let problem = NOT_IN_FORCE.at(format!("{file}: clauses[{i}].scope.{field}")).of(clause.id.clone());
                    found.push(problem.found(
                        format!("条款“{}”没有采用:{} {zh}", title.0, kind.title.0),
                        format!("clause “{}” is off: {} {en}", title.1, kind.title.1),
                    ));
                }
                continue;
            }
            for (j, id) in list.iter().enumerate().filter(|(_, id)| !known.contains_key(id.as_str())) {
                let problem = missing(index, kind, known, id, format!("{file}: clauses[{i}].scope.{field}[{j}]"));
                let Text { zh, en } = &problem.found;
                let words = (format!("条款 `{}`:{zh}", clause.id), format!("clause `{}`: {en}", clause.id));
                found.push(problem.found(words.0, words.1));
            }
        }
    }
}

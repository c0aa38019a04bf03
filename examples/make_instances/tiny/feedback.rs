//! `feedback`: the cheapest teacher for 科学 at school B lives ten minutes away and is there on four half-days of three days. The
//! course has three lessons, one a day, the one at home a fourth; in one of the half-days both classes are closed. Each course can be
//! held, both cannot: the first round of teaching must come back from the timetable, and a later one takes the colleague who is twenty
//! minutes away.

use super::{base, bell, class, line, owned, person, post, school, subjects, window};
use lunpai::file::{Agreement, CurriculumLine, District, Group, GroupKind, Person, Stage, Travel, Trip};

pub fn district() -> District {
    let pair =
        |from: &str, to: &str, minutes| Trip { from: from.to_owned(), to: to.to_owned(), minutes, both_ways: true, provenance: None };
    let primary = Stage::Primary;
    let class_teacher =
        |id: &str, school: &str| Person { posts: post("class_teacher", 4), ..person(id, school, &["chinese", "maths"], primary, 10, 14) };
    let away = [(1, "08:30"), (2, "08:30"), (4, "13:00"), (5, "13:00")];
    let away = away.into_iter().map(|(weekday, from)| window(weekday, from, "14:55")).collect();
    District {
        subjects: subjects(&["chinese", "maths", "science", "meeting"]),
        bells: vec![bell("primary", &[1, 2, 3, 4, 5], 40, &["08:30", "14:00"], &[])],
        schools: vec![
            school("A", "近小学", "Near school", primary, 40, 2),
            school("B", "小学校", "Small school", primary, 20, 1),
            school("C", "远小学", "Far school", primary, 40, 2),
        ],
        groups: vec![Group {
            id: "group".to_owned(),
            name: None,
            kind: GroupKind::TownCentre,
            lead: Some("A".to_owned()),
            members: owned(&["B", "C"]),
            agreement: Agreement::default(),
        }],
        travel: Travel { trips: vec![pair("A", "B", 10), pair("C", "B", 20), pair("A", "C", 25)], ..Travel::default() },
        people: vec![
            class_teacher("A-T1", "A"),
            Person { unavailable: away, ..person("A-T2", "A", &["science"], primary, 4, 4) },
            class_teacher("B-T1", "B"),
            class_teacher("C-T1", "C"),
            person("C-T2", "C", &["science"], primary, 4, 4),
        ],
        curriculum: vec![
            line(3, "chinese", 3),
            line(3, "maths", 2),
            CurriculumLine { schools: owned(&["B"]), ..line(3, "science", 3) },
            CurriculumLine { schools: owned(&["A", "C"]), ..line(3, "science", 1) },
            line(3, "meeting", 1),
        ],
        classes: vec![
            class("A", 3, 1, 40, "primary", &[(3, 2)], Some("A-T1")),
            class("B", 3, 1, 20, "primary", &[(3, 2)], Some("B-T1")),
            class("C", 3, 1, 40, "primary", &[], Some("C-T1")),
        ],
        ..base("feedback", "反馈", "Feedback")
    }
}

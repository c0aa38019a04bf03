//! `town`: exchange first. Two groups that share a school, ranks of posts, agreed postings, deferrals of every kind, a
//! short Friday, trips that differ by direction.

use super::{base, bell, block, cells, class, course, line, locked, need, owned, person, post, room, school, subjects, window};
use lunpai::file::{
    Agreement, Bell, BlockKind, Category, Course, CurriculumLine, Deferral, DeferralCode, District, Form, Group, GroupKind, Kin, KinTie,
    Month, Part, PastExchange, Person, PersonLocks, Plan, PlanState, Posting, School, Sex, Stage, Standing, Talent, Teaching, Travel, Trip,
    Weeks, Wishes,
};

const ALL: Weeks = Weeks::All;

pub fn district() -> District {
    let trip =
        |from: &str, to: &str, minutes| Trip { from: from.to_owned(), to: to.to_owned(), minutes, both_ways: false, provenance: None };
    let short_friday = |bell: Bell, minutes, starts: &[&str]| Bell { days: [(5, cells(minutes, starts, &[1]))].into(), ..bell };
    let ranked = |mut school: School, senior: u32| {
        school.quota.insert("senior".to_owned(), senior);
        school
    };
    District {
        subjects: subjects(&["chinese", "maths", "english", "pe", "music", "art", "labour", "meeting"]),
        bells: vec![
            short_friday(bell("primary", &[1, 3, 5], 40, &["08:30", "09:25", "14:00", "14:55"], &[1, 3]), 40, &["08:30", "09:25"]),
            short_friday(bell("junior", &[1, 3, 5], 45, &["08:00", "08:55", "14:00", "14:55"], &[1, 3]), 45, &["08:00", "08:55", "10:10"]),
        ],
        schools: vec![
            School { standing: Standing::Supporting, ..ranked(school("X", "东街小学", "Primary X", Stage::Primary, 110, 6), 2) },
            School { standing: Standing::Receiving, ..ranked(school("Y", "西街小学", "Primary Y", Stage::Primary, 70, 5), 1) },
            School {
                stages: vec![Stage::Primary, Stage::Junior], ..ranked(school("Z", "南街学校", "School Z", Stage::Junior, 95, 5), 2)
            },
        ],
        groups: vec![
            group(
                "east",
                GroupKind::GroupTight,
                Some("X"),
                &["Y"],
                Agreement { each_way: [("teachers".to_owned(), 1)].into(), ..Agreement::default() },
            ),
            group("south", GroupKind::Cooperation, Some("Y"), &["Z"], Agreement::default()),
            group("all", GroupKind::Alliance, None, &["X", "Y", "Z"], Agreement { teach_across: Some(false), ..Agreement::default() }),
        ],
        travel: Travel {
            trips: vec![
                trip("X", "Y", 8),
                trip("Y", "X", 10),
                trip("X", "Z", 15),
                trip("Z", "X", 14),
                trip("Y", "Z", 31),
                trip("Z", "Y", 27),
            ],
            ..Travel::default()
        },
        people: people(),
        curriculum: curriculum(),
        classes: vec![
            class("X", 3, 1, 38, "primary", &[(3, 4)], Some("X-T1")),
            class("X", 3, 2, 36, "primary", &[(3, 4)], Some("X-T2")),
            class("X", 4, 1, 36, "primary", &[], Some("X-T3")),
            class("Y", 3, 1, 35, "primary", &[(3, 4)], Some("Y-T1")),
            class("Y", 4, 1, 35, "primary", &[], None),
            class("Z", 9, 1, 48, "junior", &[(3, 4)], Some("Z-T1")),
            class("Z", 9, 2, 47, "junior", &[(1, 4)], None),
        ],
        courses: courses(),
        rooms: vec![room("X-hall", "X", "hall", 1, 80), room("Z-hall", "Z", "hall", 1, 50)],
        blocks: blocks(),
        locked_lessons: vec![locked("Z-9-1.meeting", 1, 5, 3), locked("X.pe", 1, 1, 3)],
        baseline: Some(Box::new(baseline())),
        ..base("town", "县城", "Town")
    }
}

fn group(id: &str, kind: GroupKind, lead: Option<&str>, members: &[&str], agreement: Agreement) -> Group {
    Group { id: id.to_owned(), name: None, kind, lead: lead.map(str::to_owned), members: owned(members), agreement }
}

fn curriculum() -> Vec<CurriculumLine> {
    vec![
        line(3, "chinese", 3),
        line(3, "maths", 2),
        line(3, "english", 1),
        CurriculumLine { doubles: 1, ..line(3, "pe", 2) },
        line(3, "meeting", 1),
        CurriculumLine { doubles: 1, ..line(4, "chinese", 3) },
        line(4, "maths", 2),
        line(4, "english", 2),
        line(4, "pe", 1),
        line(4, "meeting", 1),
        line(9, "chinese", 2),
        line(9, "maths", 3),
        line(9, "english", 2),
        CurriculumLine { room: Some(need("hall", None, None, ALL)), ..line(9, "pe", 1) },
        line(9, "meeting", 1),
    ]
}

fn courses() -> Vec<Course> {
    let mut together = course("X.pe", &["X-3-1", "X-3-2"], "pe", &[(2, ALL)], &[("lead", None, None), ("helper", None, Some(1))]);
    together.blocks[0].room = Some(need("hall", None, None, ALL));
    let level =
        |id: &str| Course { band: Some("levels".to_owned()), ..course(id, &["Z-9-1", "Z-9-2"], "english", &[(1, ALL), (1, ALL)], &[]) };
    vec![
        together,
        level("Z-9.english-upper"),
        level("Z-9.english-lower"),
        Course { remote: true, ..course("songs", &["X-4-1", "Y-4-1"], "music", &[(1, ALL)], &[("lead", Some("X-T5"), None)]) },
    ]
}

fn blocks() -> Vec<lunpai::file::FixedBlock> {
    let mut mentors = block("english-research", BlockKind::Research, &["english"], &["X", "Y"], &[window(3, "14:00", "14:40")]);
    mentors.people = owned(&["Z-T4"]);
    let mut exam = block("exam", BlockKind::Exam, &[], &["Z"], &[window(1, "14:00", "14:45")]);
    exam.people = owned(&["Z-L1"]);
    vec![mentors, exam]
}

fn people() -> Vec<Person> {
    let (primary, junior) = (Stage::Primary, Stage::Junior);
    let class_teacher = |person: Person| Person { posts: post("class_teacher", 2), ..person };
    let senior = |person: Person| Person { rank: Some("senior".to_owned()), ..person };
    let until = |code, year, month| vec![Deferral { code, until: Some(Month { year, month }) }];
    let posted_to = |school: &str| PersonLocks { posted_to: Some(school.to_owned()), ..PersonLocks::default() };
    let kin = |person: &str, tie| vec![Kin { person: person.to_owned(), tie }];
    vec![
        Person { category: Category::Leader, locks: posted_to("Y"), ..person("X-L1", "X", &["labour"], primary, 2, 4) },
        senior(Person { talent: Talent::City, ..class_teacher(person("X-T1", "X", &["chinese"], primary, 8, 11)) }),
        Person {
            talent: Talent::County,
            kin: kin("Y-T2", KinTie::Avoid),
            ..class_teacher(person("X-T2", "X", &["chinese"], primary, 8, 11))
        },
        Person {
            deferrals: until(DeferralCode::Maternity, 2026, 8),
            sex: Sex::Female,
            ..class_teacher(person("X-T3", "X", &["maths"], primary, 8, 12))
        },
        senior(Person {
            talent: Talent::County,
            wishes: Wishes { schools: owned(&["Z", "Y"]), accepts_any: false, volunteers: false },
            ..person("X-T4", "X", &["english"], junior, 8, 12)
        }),
        Person { deferrals: until(DeferralCode::Carer, 2027, 1), ..person("X-T5", "X", &["pe", "music"], primary, 6, 9) },
        Person { category: Category::Leader, locks: posted_to("X"), ..person("Y-L1", "Y", &["labour"], primary, 2, 4) },
        class_teacher(person("Y-T1", "Y", &["chinese", "maths"], primary, 8, 12)),
        Person { kin: kin("X-T1", KinTie::Near), ..person("Y-T2", "Y", &["maths", "chinese"], primary, 8, 12) },
        Person { wishes: Wishes { accepts_any: true, ..Wishes::default() }, ..person("Y-T3", "Y", &["pe"], primary, 6, 8) },
        Person {
            years_at_school: 3,
            service_until: Some(Month { year: 2027, month: 7 }),
            ..person("Y-T4", "Y", &["english"], primary, 6, 8)
        },
        Person {
            category: Category::Leader,
            sex: Sex::Male,
            born: Some(Month { year: 1969, month: 11 }),
            ..person("Z-L1", "Z", &["maths"], junior, 2, 4)
        },
        senior(Person { talent: Talent::Province, ..class_teacher(person("Z-T1", "Z", &["chinese"], junior, 8, 12)) }),
        senior(Person { exchanges: vec![back_from_y()], ..person("Z-T2", "Z", &["maths"], junior, 8, 12) }),
        Person { deferrals: vec![Deferral { code: DeferralCode::SoleTeacher, until: None }], ..person("Z-T3", "Z", &["pe"], junior, 4, 8) },
        Person { unavailable: vec![window(5, "08:00", "09:40")], ..person("Z-T4", "Z", &["english"], junior, 6, 10) },
    ]
}

fn back_from_y() -> PastExchange {
    PastExchange {
        from: "Z".to_owned(),
        to: "Y".to_owned(),
        start: Month { year: 2021, month: 9 },
        end: Some(Month { year: 2022, month: 7 }),
        form: Form::Rotation,
    }
}

fn baseline() -> Plan {
    let posting = |person: &str, from: &str, to: &str| Posting {
        person: person.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        form: Form::Secondment,
        from_term: "2026-1".to_owned(),
        to_term: Some("2026-2".to_owned()),
        because: Vec::new(),
    };
    let kept = Teaching { course: "X-4-1.chinese".to_owned(), role: None, teacher: Some("X-T2".to_owned()), blocks: Vec::new() };
    Plan {
        schema: "lunpai.plan/1".to_owned(),
        district: "town".to_owned(),
        state: PlanState::Final,
        parts: vec![Part::Postings],
        postings: vec![posting("X-L1", "X", "Y"), posting("Y-L1", "Y", "X")],
        teaching: vec![kept],
        ..Plan::default()
    }
}

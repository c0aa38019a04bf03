//! `hill`: a two-week cycle, lessons and windows of odd and even weeks, a school on two campuses, trips estimated from
//! coordinates and one that takes longer uphill.

use super::{base, bell, block, class, course, line, locked, need, owned, person, post, room, school, subjects, window};
use lunpai::file::{
    Agreement, Assessment, BlockKind, Category, Class, Course, CurriculumLine, District, Group, GroupKind, Month, Person, PersonLocks,
    Room, School, Sex, Site, Stage, Talent, Text, Travel, Trip, Weeks, Window, Wishes,
};

const ALL: Weeks = Weeks::All;

pub fn district() -> District {
    let site = |id: &str, zh: &str, place| Site { id: id.to_owned(), name: Text::new(zh, id), east_north_m: Some(place) };
    let at = |school: School, sites: Vec<Site>| School { sites, ..school };
    District {
        cycle_weeks: 2,
        subjects: subjects(&["chinese", "maths", "science", "pe", "art", "labour", "it", "music", "meeting"]),
        bells: vec![
            bell("primary", &[1, 2, 3], 40, &["08:30", "09:25", "10:35", "14:00"], &[2]),
            bell("junior", &[1, 2, 3], 45, &["08:00", "08:55", "10:10", "14:00"], &[2]),
        ],
        schools: vec![
            at(
                school("P", "山前小学", "Primary P", Stage::Primary, 130, 6),
                vec![site("P-main", "山前本部", (0, 0)), site("P-east", "山前东校区", (2_600, 300))],
            ),
            at(school("Q", "山腰小学", "Primary Q", Stage::Primary, 40, 3), vec![site("Q-site", "山腰", (3_000, 4_000))]),
            at(school("R", "山下中学", "Junior R", Stage::Junior, 85, 4), vec![site("R-site", "山下", (-1_200, 500))]),
        ],
        groups: vec![
            group("front", GroupKind::StrongWeak, "P", &["Q"], Agreement::default()),
            group("zone", GroupKind::HsZone, "R", &["P"], Agreement { teach_across: Some(true), ..Agreement::default() }),
        ],
        travel: Travel {
            trips: vec![Trip { from: "P-main".to_owned(), to: "Q-site".to_owned(), minutes: 24, both_ways: false, provenance: None }],
            estimate_base_minutes: 4,
            estimate_minutes_per_km: 3,
        },
        people: people(),
        curriculum: curriculum(),
        classes: vec![
            class("P", 2, 1, 45, "primary", &[(2, 4)], Some("P-T1")),
            Class { site: Some("P-east".to_owned()), ..class("P", 2, 2, 43, "primary", &[(2, 4)], Some("P-T2")) },
            class("P", 4, 1, 42, "primary", &[], None),
            class("Q", 2, 1, 18, "primary", &[(1, 4), (2, 4)], Some("Q-T1")),
            class("Q", 4, 1, 22, "primary", &[], Some("Q-T2")),
            class("R", 8, 1, 44, "junior", &[(3, 4)], Some("R-T1")),
            class("R", 8, 2, 41, "junior", &[(3, 4)], None),
        ],
        courses: courses(),
        rooms: vec![
            Room {
                open: vec![Window { weeks: Weeks::Odd, ..window(1, "08:00", "16:00") }, window(2, "08:00", "16:00")],
                open_to: owned(&["P", "Q"]),
                setup_minutes: 5,
                ..room("R-lab", "R-site", "lab", 1, 45)
            },
            room("P-science", "P-main", "lab", 1, 44),
            room("P-computers", "P-main", "computer_room", 1, 50),
        ],
        blocks: blocks(),
        locked_lessons: vec![locked("R-8-1.meeting", 1, 1, 4), locked("P-4-1.art-odd", 1, 2, 2)],
        ..base("hill", "山区", "Hill")
    }
}

fn group(id: &str, kind: GroupKind, lead: &str, members: &[&str], agreement: Agreement) -> Group {
    Group { id: id.to_owned(), name: None, kind, lead: Some(lead.to_owned()), members: owned(members), agreement }
}

fn curriculum() -> Vec<CurriculumLine> {
    let lab = |schools: &[&str], site: Option<&str>, weeks| CurriculumLine {
        room: Some(need("lab", site, Some(1), weeks)),
        doubles: 1,
        schools: owned(schools),
        ..line(4, "science", 2)
    };
    vec![
        line(2, "chinese", 3),
        line(2, "maths", 2),
        line(2, "pe", 2),
        line(2, "meeting", 1),
        line(4, "chinese", 2),
        line(4, "maths", 2),
        lab(&["P"], None, ALL),
        lab(&["Q"], Some("R-site"), Weeks::Odd),
        line(4, "pe", 1),
        line(4, "meeting", 1),
        line(8, "chinese", 2),
        line(8, "maths", 3),
        line(8, "pe", 2),
        CurriculumLine { room: Some(need("lab", None, Some(1), Weeks::Even)), ..line(8, "science", 2) },
        line(8, "meeting", 1),
    ]
}

fn courses() -> Vec<Course> {
    let (odd, even) = (Weeks::Odd, Weeks::Even);
    let mut computing = course("P-4-1.it-even", &["P-4-1"], "it", &[(1, even)], &[]);
    computing.blocks[0].room = Some(need("computer_room", None, None, even));
    vec![
        course("P-4-1.art-odd", &["P-4-1"], "art", &[(2, odd)], &[]),
        course("P-4-1.labour-even", &["P-4-1"], "labour", &[(1, even)], &[("lead", Some("P-T4"), None)]),
        computing,
        course("Q.labour", &["Q-2-1", "Q-4-1"], "labour", &[(1, ALL)], &[]),
        Course {
            remote: true,
            ..course("art-by-screen", &["Q-4-1", "P-2-1"], "art", &[(1, odd)], &[("lead", None, None), ("helper", Some("Q-T2"), None)])
        },
        Course { split: true, ..course("R-8-2.maths-shared", &["R-8-2"], "maths", &[(1, ALL), (1, ALL), (1, even)], &[]) },
    ]
}

fn blocks() -> Vec<lunpai::file::FixedBlock> {
    let mut clinic = block("training", BlockKind::Exam, &[], &["R"], &[Window { weeks: Weeks::Even, ..window(2, "14:00", "14:45") }]);
    clinic.people = owned(&["R-T3"]);
    vec![
        block(
            "chinese-research",
            BlockKind::Research,
            &["chinese"],
            &["P", "Q"],
            &[Window { weeks: Weeks::Even, ..window(3, "08:30", "09:10") }],
        ),
        block("pe-meeting", BlockKind::Meeting, &["pe"], &[], &[window(1, "08:00", "09:10")]),
        clinic,
    ]
}

fn people() -> Vec<Person> {
    let (primary, junior) = (Stage::Primary, Stage::Junior);
    let class_teacher = |person: Person| Person { posts: post("class_teacher", 4), ..person };
    vec![
        Person { category: Category::Leader, years_at_school: 5, ..person("P-L1", "P", &["science"], primary, 6, 10) },
        Person { talent: Talent::County, ..class_teacher(person("P-T1", "P", &["chinese"], primary, 16, 22)) },
        class_teacher(person("P-T2", "P", &["chinese", "maths"], primary, 18, 24)),
        Person {
            unavailable: vec![Window { weeks: Weeks::Odd, ..window(3, "08:30", "12:00") }],
            ..person("P-T3", "P", &["maths"], primary, 14, 22)
        },
        Person {
            talent: Talent::County,
            wishes: Wishes { schools: owned(&["Q"]), accepts_any: false, volunteers: false },
            ..person("P-T4", "P", &["pe", "art", "it"], primary, 16, 24)
        },
        Person {
            sex: Sex::Female,
            born: Some(Month { year: 1972, month: 3 }),
            wishes: Wishes { schools: owned(&["Q"]), accepts_any: false, volunteers: true },
            ..person("P-T5", "P", &["chinese"], primary, 10, 16)
        },
        class_teacher(person("Q-T1", "Q", &["chinese", "maths"], primary, 18, 24)),
        Person { longest_trip_minutes: Some(20), ..class_teacher(person("Q-T2", "Q", &["chinese", "maths", "art"], primary, 18, 24)) },
        Person { assessments: vec![Assessment::Failed], ..person("Q-T3", "Q", &["pe"], primary, 10, 14) },
        Person { talent: Talent::Special, ..class_teacher(person("R-T1", "R", &["chinese"], junior, 14, 20)) },
        Person { service_until: Some(Month { year: 2028, month: 8 }), ..person("R-T2", "R", &["maths"], junior, 14, 20) },
        Person {
            locks: PersonLocks { no_visits: true, ..PersonLocks::default() },
            ..person("R-T3", "R", &["science", "maths"], junior, 12, 18)
        },
        Person { works_at: Some("R".to_owned()), ..person("R-T4", "P", &["pe"], junior, 12, 20) },
    ]
}

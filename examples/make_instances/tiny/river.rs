//! `river`: a laboratory at the junior high that two primaries share, a combined class, a remote lesson, co-teaching, a
//! band, a course split between teachers; class teachers given in the primaries, to be chosen at the junior high.

use super::{base, bell, block, class, course, line, locked, need, owned, person, post, room, school, subjects, window};
use lunpai::file::{
    Agreement, BlockKind, Category, Club, ClubKind, Course, CurriculumLine, Deferral, DeferralCode, District, Form, Group, GroupKind, Kin,
    KinTie, Month, Part, Person, PersonLocks, Plan, Posting, Room, Roster, School, Sex, Stage, Standing, Talent, Text, Travel, Trip, Weeks,
    Wishes,
};

const ALL: Weeks = Weeks::All;

pub fn district() -> District {
    let pair =
        |from: &str, to: &str, minutes| Trip { from: from.to_owned(), to: to.to_owned(), minutes, both_ways: true, provenance: None };
    District {
        subjects: subjects(&["chinese", "maths", "science", "biology", "pe", "music", "art", "labour", "meeting"]),
        bells: vec![
            bell("primary", &[1, 2, 3], 40, &["08:30", "09:25", "10:35", "14:00"], &[1]),
            bell("junior", &[1, 2, 3], 45, &["08:00", "08:55", "10:10", "14:00"], &[1]),
        ],
        schools: vec![
            School { standing: Standing::Supporting, ..school("A", "甲小学", "Primary A", Stage::Primary, 120, 6) },
            School { standing: Standing::Receiving, rural: true, ..school("B", "乙小学", "Primary B", Stage::Primary, 36, 3) },
            school("J", "丙中学", "Junior J", Stage::Junior, 90, 6),
        ],
        groups: vec![Group {
            id: "river".to_owned(),
            name: Some(Text::new("沿河学区", "River district")),
            kind: GroupKind::TownCentre,
            lead: Some("A".to_owned()),
            members: owned(&["B", "J"]),
            agreement: Agreement::default(),
        }],
        travel: Travel { trips: vec![pair("A", "B", 12), pair("A", "J", 9), pair("B", "J", 26)], ..Travel::default() },
        people: people(),
        curriculum: curriculum(),
        classes: vec![
            class("A", 1, 1, 40, "primary", &[(1, 4), (3, 4)], Some("A-T1")),
            class("A", 5, 1, 42, "primary", &[], Some("A-T2")),
            class("A", 5, 2, 38, "primary", &[(2, 4)], Some("A-T3")),
            class("B", 1, 1, 16, "primary", &[(3, 4)], Some("B-T1")),
            class("B", 5, 1, 20, "primary", &[], Some("B-T2")),
            class("J", 7, 1, 46, "junior", &[(3, 4)], None),
            class("J", 7, 2, 44, "junior", &[(3, 4)], None),
        ],
        courses: courses(),
        rooms: vec![
            Room {
                open: vec![window(1, "08:00", "12:00"), window(2, "08:00", "16:00"), window(3, "10:00", "16:00")],
                open_to: owned(&["A"]),
                setup_minutes: 5,
                clearing_minutes: 10,
                ..room("J-lab-1", "J", "lab", 1, 48)
            },
            Room { open: vec![window(3, "08:00", "12:00")], open_to: owned(&["A", "B"]), ..room("J-lab-2", "J", "lab", 1, 41) },
            room("A-music", "A", "music_room", 1, 60),
            room("J-gym", "J", "gym", 2, 100),
        ],
        blocks: blocks(),
        rosters: rosters(),
        clubs: clubs(),
        locked_lessons: vec![locked("B.pe", 1, 1, 2), locked("A-5-2.meeting", 1, 3, 4)],
        baseline: Some(Box::new(baseline())),
        ..base("river", "沿河", "River")
    }
}

fn curriculum() -> Vec<CurriculumLine> {
    vec![
        line(1, "chinese", 3),
        line(1, "maths", 2),
        line(1, "pe", 2),
        CurriculumLine { room: Some(need("music_room", None, None, ALL)), schools: owned(&["A"]), ..line(1, "music", 1) },
        CurriculumLine { schools: owned(&["B"]), ..line(1, "music", 1) },
        line(1, "meeting", 1),
        line(5, "chinese", 2),
        line(5, "maths", 2),
        CurriculumLine { doubles: 1, room: Some(need("lab", Some("J"), Some(1), ALL)), ..line(5, "science", 3) },
        line(5, "pe", 2),
        line(5, "meeting", 1),
        line(7, "chinese", 3),
        line(7, "maths", 2),
        CurriculumLine { room: Some(need("lab", None, Some(1), ALL)), ..line(7, "biology", 2) },
        CurriculumLine { room: Some(need("gym", None, None, ALL)), ..line(7, "pe", 1) },
        line(7, "music", 1),
        line(7, "art", 1),
        line(7, "meeting", 1),
    ]
}

fn courses() -> Vec<Course> {
    let both = ["J-7-1", "J-7-2"];
    let band = |course: Course| Course { band: Some("J-arts".to_owned()), ..course };
    vec![
        course("B.pe", &["B-1-1", "B-5-1"], "pe", &[(1, ALL), (1, ALL)], &[]),
        Course {
            remote: true,
            ..course("remote-music", &["A-1-1", "B-1-1"], "music", &[(1, ALL)], &[("lead", None, None), ("helper", Some("B-T1"), Some(0))])
        },
        course("A-5-1.maths-pair", &["A-5-1"], "maths", &[(1, ALL), (1, ALL)], &[("lead", None, None), ("helper", None, Some(1))]),
        Course { split: true, ..course("A-1-1.chinese-shared", &["A-1-1"], "chinese", &[(1, ALL), (1, ALL), (1, ALL)], &[]) },
        band(course("J-7.music-group", &both, "music", &[(1, ALL)], &[])),
        band(course("J-7.art-group", &both, "art", &[(1, ALL)], &[])),
    ]
}

fn blocks() -> Vec<lunpai::file::FixedBlock> {
    let mut club = block("club", BlockKind::Club, &[], &[], &[window(3, "14:00", "14:40")]);
    club.classes = owned(&["A-5-1"]);
    let mut duty = block("duty", BlockKind::Duty, &[], &[], &[window(2, "14:00", "15:00")]);
    duty.people = owned(&["A-T1"]);
    let mut heads = block("heads", BlockKind::Meeting, &[], &[], &[window(1, "14:00", "14:40")]);
    heads.people = owned(&["A-L1", "J-L1"]);
    // 45 minutes a day but on Monday, where a flag is raised: 30.
    let breaks = [window(1, "10:05", "10:35"), window(2, "15:00", "15:45"), window(3, "15:00", "15:45")];
    let mut maths = block("maths-research", BlockKind::Research, &["maths"], &["A", "B"], &[window(2, "14:00", "14:40")]);
    maths.observed = true;
    vec![
        maths,
        block("break-exercise", BlockKind::Exercise, &[], &["A", "B"], &breaks),
        block("science-research", BlockKind::Research, &["science", "biology"], &[], &[window(1, "14:00", "14:45")]),
        block("flag", BlockKind::Assembly, &[], &["A", "B"], &[window(1, "08:10", "08:30")]),
        club,
        duty,
        heads,
        block("after-school", BlockKind::Club, &[], &["A", "B"], &[window(3, "15:50", "16:30")]),
        block("J-clubs", BlockKind::Club, &[], &["J"], &[window(3, "14:00", "14:45")]),
        block("J-late", BlockKind::Club, &[], &["J"], &[window(2, "16:10", "16:55")]),
    ]
}

/// Duty at the gate of A, week by week; care after school at J, which begins before the last lesson ends.
fn rosters() -> Vec<Roster> {
    let roster = |id: &str, school: &str, when: &[lunpai::file::Window]| Roster {
        id: id.to_owned(),
        name: Text::new(id, id),
        school: school.to_owned(),
        when: when.to_vec(),
        ..Roster::default()
    };
    let gate = [window(1, "08:00", "08:30"), window(3, "14:40", "15:00")];
    let care = [window(1, "14:40", "16:00"), window(2, "14:40", "16:00"), window(3, "14:50", "16:00")];
    vec![
        Roster { weeks: Some(3), leaders: 1, teachers: 2, ..roster("gate", "A", &gate) },
        Roster { teachers: 1, people: owned(&["J-T1", "J-T2", "J-T3"]), ..roster("care", "J", &care) },
    ]
}

/// Enough places for everybody. At J those of sport and arts are enough only over both times, and of its five clubs one is left to
/// the leader, as each of the four teachers leads one.
fn clubs() -> Vec<Club> {
    use ClubKind::{Arts, Other, Sport};
    let club = |id: &str, block: &str, kind, places, grades: &[u8]| Club {
        id: id.to_owned(),
        name: Text::new(id, id),
        school: id[..1].to_owned(),
        block: Some(block.to_owned()),
        kind,
        places,
        grades: grades.to_vec(),
        ..Club::default()
    };
    vec![
        club("A-dance", "after-school", Arts, 45, &[1]),
        Club { leaders: Some(2), subjects: owned(&["pe", "science"]), ..club("A-ball", "after-school", Sport, 62, &[5]) },
        club("A-chess", "after-school", Other, 20, &[5]),
        Club { leaders: Some(2), ..club("B-drums", "after-school", Arts, 36, &[]) },
        club("J-basketball", "J-clubs", Sport, 30, &[]),
        Club { subjects: owned(&["music", "art"]), ..club("J-choir", "J-clubs", Arts, 25, &[]) },
        club("J-robots", "J-clubs", Other, 40, &[]),
        Club { people: owned(&["J-T1", "J-T4"]), ..club("J-football", "J-late", Sport, 20, &[7]) },
        club("J-ink", "J-late", Arts, 20, &[]),
    ]
}

fn people() -> Vec<Person> {
    let (primary, junior) = (Stage::Primary, Stage::Junior);
    let class_teacher = |person: Person| Person { posts: post("class_teacher", 2), ..person };
    let mentor = |person: &str| Some(person.to_owned());
    let kin = |person: &str, tie| vec![Kin { person: person.to_owned(), tie }];
    vec![
        Person { category: Category::Leader, talent: Talent::City, ..person("A-L1", "A", &["music"], primary, 4, 6) },
        Person { talent: Talent::County, ..class_teacher(person("A-T1", "A", &["chinese"], primary, 6, 10)) },
        Person {
            kin: kin("B-T2", KinTie::Avoid),
            mentor: mentor("A-T3"),
            ..class_teacher(person("A-T2", "A", &["chinese", "maths"], primary, 8, 11))
        },
        Person {
            locks: PersonLocks { stays: true, ..PersonLocks::default() },
            ..class_teacher(person("A-T3", "A", &["maths"], primary, 8, 11))
        },
        Person {
            sex: Sex::Female,
            talent: Talent::Province,
            wishes: Wishes { schools: owned(&["B"]), accepts_any: false, volunteers: false },
            ..person("A-T4", "A", &["science", "pe"], primary, 10, 14)
        },
        Person { longest_trip_minutes: Some(10), ..person("A-T5", "A", &["pe", "music"], primary, 6, 10) },
        class_teacher(person("B-T1", "B", &["chinese", "maths", "music"], primary, 10, 13)),
        Person {
            unavailable: vec![window(1, "08:30", "10:05")],
            ..class_teacher(person("B-T2", "B", &["maths", "chinese"], primary, 10, 13))
        },
        Person {
            wishes: Wishes { schools: owned(&["A", "J"]), accepts_any: true, volunteers: false },
            ..person("B-T3", "B", &["pe"], primary, 4, 6)
        },
        Person { category: Category::Leader, ..person("J-L1", "J", &["art"], junior, 2, 4) },
        Person { talent: Talent::County, ..person("J-T1", "J", &["chinese"], junior, 8, 12) },
        Person {
            deferrals: vec![Deferral { code: DeferralCode::Health, until: Some(Month { year: 2026, month: 9 }) }],
            ..person("J-T2", "J", &["maths"], junior, 8, 12)
        },
        person("J-T3", "J", &["biology", "science"], junior, 8, 12),
        Person { kin: kin("J-T1", KinTie::Near), ..person("J-T4", "J", &["pe", "music"], junior, 6, 10) },
        Person { category: Category::Worker, ..person("J-W1", "J", &[], junior, 0, 0) },
    ]
}

fn baseline() -> Plan {
    let posting = Posting {
        person: "A-T4".to_owned(),
        from: "A".to_owned(),
        to: "B".to_owned(),
        form: Form::Support,
        from_term: "2025-2".to_owned(),
        to_term: None,
        because: Vec::new(),
    };
    Plan {
        schema: "lunpai.plan/1".to_owned(),
        district: "river".to_owned(),
        parts: vec![Part::Postings],
        postings: vec![posting],
        ..Plan::default()
    }
}

//! `xian`: an invented county of 12 schools in which every kind of group that the other instances lack is alive: two senior
//! high zones with laboratories open to the schools below, groups at the caps of their kinds, a township's head school.
//! Exchange only: no classes.

use crate::staff::{Crew, people, subjects};
use lunpai::file::{
    Agreement, Body, Category, District, Group, GroupKind, Person, Post, Room, School, Seat, SeatOf, Site, Stage, Standing, Term, Text,
    Travel, Weeks, Window,
};
use lunpai::generate::standard::clock;
use std::collections::BTreeMap;

use Stage::{Junior, Primary, Senior};

/// Id, zh, en, stages (the first is the one of its staff), people, place in metres.
type Row = (&'static str, &'static str, &'static str, &'static [Stage], usize, (i64, i64));

const SCHOOLS: &[Row] = &[
    ("S1", "县一中", "Senior High No. 1", &[Senior], 60, (0, 0)),
    ("S2", "县二中", "Senior High No. 2", &[Senior], 44, (2_400, 600)),
    ("J1", "城关初中", "Town Junior High", &[Junior], 40, (600, -900)),
    ("J2", "县三中", "Junior High No. 3", &[Junior], 36, (1_800, 1_500)),
    ("J3", "河东中学", "Hedong Junior High", &[Junior], 24, (9_000, 2_000)),
    ("N1", "河西学校", "Hexi School, grades 1 to 9", &[Junior, Primary], 22, (-8_000, 1_000)),
    ("P1", "实验小学", "Experimental Primary", &[Primary], 44, (300, 700)),
    ("P2", "城东小学", "East Primary", &[Primary], 36, (1_900, -400)),
    ("P3", "城北小学", "North Primary", &[Primary], 26, (200, 2_300)),
    ("P4", "河东小学", "Hedong Primary", &[Primary], 18, (9_400, 2_600)),
    ("P5", "柳林小学", "Liulin Primary", &[Primary], 12, (11_500, 300)),
    ("P6", "石桥头小学", "Shiqiaotou Primary", &[Primary], 10, (7_200, 4_800)),
];

/// Id, zh, en, kind, lead, members.
type Tie = (&'static str, &'static str, &'static str, GroupKind, &'static str, &'static [&'static str]);

const GROUPS: &[Tie] = &[
    ("zone-1", "一中教学管理区", "Zone of No. 1", GroupKind::HsZone, "S1", &["J1", "N1", "P1", "P3"]),
    ("zone-2", "二中教学管理区", "Zone of No. 2", GroupKind::HsZone, "S2", &["J2", "J3", "P2", "P4", "P5", "P6"]),
    ("county", "一中二中三中集团", "Group of Nos. 1, 2 and 3", GroupKind::CountyGroup, "S1", &["S2", "J2"]),
    ("alliance", "实验小学联盟型集团", "Alliance of Experimental", GroupKind::GroupAlliance, "P1", &["P3", "P4", "P5", "P6", "N1"]),
    ("tight", "城东小学紧密型集团", "Tight group of East", GroupKind::GroupTight, "P2", &["P4", "P5", "P6"]),
    ("trust", "城关初中托管型集团", "Trust of Town Junior", GroupKind::GroupTrust, "J1", &["J2", "J3", "N1"]),
    ("township", "河东总校", "Hedong head school", GroupKind::GeneralSchool, "J3", &["P4", "P5", "P6"]),
    ("joint", "城关联合校", "Joint schools of the town", GroupKind::JointSchool, "J2", &["P2", "P3"]),
    ("helping", "实验小学帮扶河东小学", "Experimental helps Hedong", GroupKind::StrongWeak, "P1", &["P4"]),
    ("big", "城区大学区", "Town district", GroupKind::BigDistrict, "J1", &["J2", "P1", "P2", "P3"]),
];

pub fn district() -> District {
    District {
        schema: "lunpai.district/1".to_owned(),
        id: "xian".to_owned(),
        title: Text::new("某县 2026 年集团化办学", "A county's groups of schools, 2026"),
        demo: true,
        note: Some(Text::new(
            "演示数据:全部虚构;集团的类型和规模上限取自公开文件。",
            "Demo data: all invented; the kinds of groups and their caps come from published papers.",
        )),
        term: Some(Term {
            id: "2026-1".to_owned(),
            first_day: "2026-09-01".to_owned(),
            last_day: "2027-01-22".to_owned(),
            off: Vec::new(),
            teaches_as: BTreeMap::new(),
        }),
        cycle_weeks: 1,
        subjects: subjects(),
        schools: SCHOOLS.iter().enumerate().map(school).collect(),
        groups: GROUPS.iter().map(group).collect(),
        travel: Travel { trips: Vec::new(), estimate_base_minutes: 6, estimate_minutes_per_km: 2 },
        people: SCHOOLS.iter().enumerate().flat_map(|(turn, row)| staff(turn, row)).collect(),
        rooms: rooms(),
        ..District::default()
    }
}

fn school((turn, &(id, zh, en, stages, people, place)): (usize, &Row)) -> School {
    let name = Text::new(zh, en);
    let leads = GROUPS.iter().any(|group| group.4 == id);
    School {
        id: id.to_owned(),
        name: name.clone(),
        stages: stages.to_vec(),
        sites: vec![Site { id: format!("{id}-site"), name, east_north_m: Some(place) }],
        pupils: stages.iter().map(|stage| (*stage, (people * 14 / stages.len()) as u32)).collect(),
        quota: BTreeMap::from([("all".to_owned(), people as u32)]),
        standing: if leads { Standing::Supporting } else { Standing::Receiving },
        rural: place.0.abs() > 5_000,
        new_school: id == "P5",
        // Four leaders of the bureau, three schools each.
        patron: Some(format!("bureau-{}", turn % 4 + 1)),
        // Attendance in hundredths of a percent, this year and last.
        measures: BTreeMap::from([("attendance".to_owned(), vec![9_900 - 40 * turn as i64, 9_850 - 30 * turn as i64])]),
        ..School::default()
    }
}

fn group(&(id, zh, en, kind, lead, members): &Tie) -> Group {
    Group {
        id: id.to_owned(),
        name: Some(Text::new(zh, en)),
        kind,
        lead: Some(lead.to_owned()),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
        agreement: Agreement { bodies: bodies(kind), ..Agreement::default() },
    }
}

/// The leadership of a zone, the council of an alliance: seats by post.
fn bodies(kind: GroupKind) -> Vec<Body> {
    let seat = |zh: &str, en: &str, of: SeatOf, post: &str| Seat { role: Text::new(zh, en), of, post: Some(post.to_owned()) };
    match kind {
        GroupKind::HsZone => vec![
            Body {
                name: Text::new("领导小组", "Leadership group"),
                seats: vec![
                    seat("组长", "chair", SeatOf::Lead, "principal"),
                    Seat { role: Text::new("副组长", "deputy"), of: SeatOf::Bureau, post: None },
                    seat("成员", "member", SeatOf::Members, "principal"),
                ],
                duties: Vec::new(),
            },
            Body {
                name: Text::new("工作组", "Working group"),
                seats: vec![
                    seat("组长", "chair", SeatOf::Lead, "deputy"),
                    seat("副组长", "deputy", SeatOf::Lead, "middle"),
                    Seat { role: Text::new("副组长", "deputy"), of: SeatOf::Bureau, post: None },
                ],
                duties: Vec::new(),
            },
        ],
        GroupKind::GroupAlliance => vec![Body {
            name: Text::new("理事会", "Council"),
            seats: vec![
                seat("会长", "chair", SeatOf::Lead, "principal"),
                seat("副会长", "deputy chair", SeatOf::Members, "principal"),
                seat("秘书长", "secretary", SeatOf::Lead, "deputy"),
            ],
            duties: vec![Text::new("统筹干部培养,协调教师交流", "develop leaders, coordinate the exchange of teachers")],
        }],
        _ => Vec::new(),
    }
}

/// People with the posts they hold or would take up: the head, a deputy who could lead a member, the dean; instructors, a coordinator.
fn staff(turn: usize, row: &Row) -> Vec<Person> {
    let mut staff = people(&crew(turn, row));
    let posts = |posts: &[(&str, u32)]| posts.iter().map(|&(post, periods)| Post { post: post.to_owned(), periods }).collect();
    let deans: Vec<bool> = staff.iter().map(|person| person.rank.as_deref() == Some("dean")).collect();
    for (k, person) in staff.iter_mut().enumerate() {
        person.posts = match k {
            0 => posts(&[("principal", 0), ("party_member", 0)]),
            _ if deans[k] => posts(&[("middle", 0)]),
            _ if person.category == Category::Leader => {
                posts(&[("deputy", 0), ("executive_principal", 0), ("secretary", 0), ("party_member", 0)])
            }
            6 | 7 => posts(&[("instructor", 2)]),
            8 if row.3[0] == Senior => posts(&[("coordinator", 10)]),
            9 => posts(&[("reserve", 0)]),
            _ => Vec::new(),
        };
        person.training_due = k % 13 == 12;
    }
    staff
}

fn crew(turn: usize, &(id, _, _, stages, people, _): &Row) -> Crew<'static> {
    let leaders = if people > 30 { 4 } else { 2 };
    let led = GROUPS.iter().filter(|group| group.5.contains(&id)).map(|group| group.4);
    let leads = GROUPS.iter().filter(|group| group.4 == id).flat_map(|group| group.5.iter().copied());
    Crew {
        school: id,
        stage: stages[0],
        leaders,
        teachers: people - leaders,
        backbone: if people > 30 { 5 } else { 9 },
        youngest: 2001,
        wishes: led.chain(leads).collect(),
        turn,
    }
}

/// Laboratories, library and computer room of the senior highs, open to their zones in windows of the week.
fn rooms() -> Vec<Room> {
    let window = |weekday, from: &str, to: &str| Window { weekday, from: clock(from), to: clock(to), weeks: Weeks::All };
    let room = |site: &str, zone: &str, kind: &str, zh: &str, en: &str, open: Vec<Window>| Room {
        id: format!("{site}-{kind}"),
        name: Text::new(zh, en),
        site: format!("{site}-site"),
        kind: kind.to_owned(),
        units: 1,
        seats: Some(50),
        open,
        open_to: GROUPS.iter().filter(|group| group.0 == zone).flat_map(|group| group.5).map(|id| (*id).to_owned()).collect(),
        setup_minutes: 5,
        clearing_minutes: 10,
    };
    vec![
        room("S1", "zone-1", "physics_lab", "物理实验室", "Physics laboratory", vec![window(3, "14:00", "17:00")]),
        room("S1", "zone-1", "chemistry_lab", "化学实验室", "Chemistry laboratory", vec![window(4, "14:00", "17:00")]),
        room("S1", "zone-1", "library", "图书馆", "Library", vec![window(5, "14:00", "17:00"), window(6, "09:00", "11:30")]),
        room("S2", "zone-2", "biology_lab", "生物实验室", "Biology laboratory", vec![window(2, "14:00", "17:00")]),
        room("S2", "zone-2", "computer_room", "微机室", "Computer room", vec![window(4, "15:00", "17:00"), window(6, "09:00", "11:30")]),
    ]
}

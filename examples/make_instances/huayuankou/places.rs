//! Schools, roads, group and rooms of `huayuankou`.

use super::{PRIMARY, owned, window};
use lunpai::file::{Group, GroupKind, Room, School, Stage, Standing, Text, Travel, Trip, Window};
use std::collections::BTreeMap;

/// Id, zh, en, stage, pupils, posts, standing, rural.
type SchoolRow = (&'static str, &'static str, &'static str, Stage, u32, u32, Standing, bool);

const SCHOOLS: &[SchoolRow] = &[
    ("HYK", "花园口小学", "Huayuankou Primary", Stage::Primary, 1080, 60, Standing::Supporting, false),
    ("JS", "京水小学", "Jingshui Primary", Stage::Primary, 774, 43, Standing::Neither, false),
    ("SZ", "申庄小学", "Shenzhuang Primary", Stage::Primary, 468, 27, Standing::Receiving, true),
    ("BB", "八堡小学", "Babao Primary", Stage::Primary, 162, 12, Standing::Receiving, true),
    ("SQ", "石桥小学", "Shiqiao Primary", Stage::Primary, 96, 11, Standing::Receiving, true),
    ("HZ6", "惠济六中", "Huiji No. 6 Junior High", Stage::Junior, 846, 60, Standing::Neither, false),
];

/// Minutes there and as many back: 6 + 2 per kilometre of the road along the river.
const TRIPS: &[(&str, &str, u32)] = &[
    ("SQ", "JS", 13),
    ("SQ", "HZ6", 18),
    ("SQ", "HYK", 20),
    ("SQ", "SZ", 26),
    ("SQ", "BB", 32),
    ("JS", "HZ6", 11),
    ("JS", "HYK", 13),
    ("JS", "SZ", 18),
    ("JS", "BB", 25),
    ("HZ6", "HYK", 8),
    ("HZ6", "SZ", 13),
    ("HZ6", "BB", 20),
    ("HYK", "SZ", 12),
    ("HYK", "BB", 18),
    ("SZ", "BB", 12),
];

pub fn schools() -> Vec<School> {
    let school = |&(id, zh, en, stage, pupils, posts, standing, rural): &SchoolRow| School {
        id: id.to_owned(),
        name: Text::new(zh, en),
        stages: vec![stage],
        pupils: BTreeMap::from([(stage, pupils)]),
        quota: BTreeMap::from([("all".to_owned(), posts)]),
        standing,
        rural,
        ..School::default()
    };
    SCHOOLS.iter().map(school).collect()
}

pub fn groups() -> Vec<Group> {
    vec![Group {
        id: "huayuankou-centre".to_owned(),
        name: Some(Text::new("花园口中心校学区", "Huayuankou town-centre district")),
        kind: GroupKind::TownCentre,
        lead: Some("HYK".to_owned()),
        members: owned(&["JS", "SZ", "BB", "SQ", "HZ6"]),
        agreement: lunpai::file::Agreement::default(),
    }]
}

pub fn travel() -> Travel {
    let trip = |&(from, to, minutes): &(&str, &str, u32)| Trip {
        from: from.to_owned(),
        to: to.to_owned(),
        minutes,
        both_ways: true,
        provenance: None,
    };
    Travel { trips: TRIPS.iter().map(trip).collect(), ..Travel::default() }
}

pub fn rooms() -> Vec<Room> {
    let room = |id: &str, zh: &str, en: &str, site: &str, kind: &str, units: u32, seats: u32| Room {
        id: id.to_owned(),
        name: Text::new(zh, en),
        site: site.to_owned(),
        kind: kind.to_owned(),
        units,
        seats: Some(seats),
        open: Vec::new(),
        open_to: Vec::new(),
        setup_minutes: 0,
        clearing_minutes: 0,
    };
    let lab = |room: Room| Room { setup_minutes: 5, clearing_minutes: 5, ..room };
    vec![
        lab(room("HZ6-physics", "物理实验室", "Physics laboratory", "HZ6", "physics_lab", 1, 50)),
        lab(room("HZ6-chemistry", "化学实验室", "Chemistry laboratory", "HZ6", "chemistry_lab", 1, 50)),
        Room {
            open: biology_windows(),
            open_to: owned(&["BB", "SQ"]),
            ..lab(room("HZ6-biology", "生物实验室(共享)", "Biology laboratory (shared)", "HZ6", "biology_lab", 1, 50))
        },
        room("HZ6-gym", "体育馆", "Gym", "HZ6", "gym", 3, 180),
        room("HZ6-computers", "计算机教室", "Computer room", "HZ6", "computer_room", 1, 52),
        lab(room("HYK-science-1", "科学实验室1", "Science room 1", "HYK", "science_lab", 1, 48)),
        lab(room("HYK-science-2", "科学实验室2", "Science room 2", "HYK", "science_lab", 1, 48)),
        room("HYK-music-1", "音乐教室1", "Music room 1", "HYK", "music_room", 1, 50),
        room("HYK-music-2", "音乐教室2", "Music room 2", "HYK", "music_room", 1, 50),
        Room { open_to: members(), ..room("HYK-library", "图书馆", "Library", "HYK", "library", 2, 100) },
        Room { open_to: members(), ..room("HYK-river", "黄河文化展室", "Yellow River exhibition room", "HYK", "exhibition", 1, 50) },
        lab(room("JS-science", "科学实验室", "Science room", "JS", "science_lab", 1, 46)),
        lab(room("SZ-science", "科学实验室", "Science room", "SZ", "science_lab", 1, 45)),
    ]
}

/// All day on Monday and Tuesday, from ten on the other days: the first two periods are for preparation and cleaning.
fn biology_windows() -> Vec<Window> {
    let day = |weekday: u8| window(weekday, if weekday <= 2 { "07:50" } else { "10:00" }, "16:45");
    (1..=5).map(day).collect()
}

fn members() -> Vec<String> {
    PRIMARY.iter().filter(|id| **id != "HYK").chain(&["HZ6"]).map(|&id| id.to_owned()).collect()
}

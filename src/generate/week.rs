//! What takes place where and when: hours, rooms, research times, lessons already agreed on.

use super::layout::{Part, Place, site};
use super::standard;
use crate::file::{BlockKind, CellRef, CurriculumLine, FixedBlock, LockedLesson, Room, RoomNeed, Text, Weeks, Window};

/// The small schools of a group take the science double of grades 5–6 to the laboratory of its first junior high.
fn host(cluster: &[Place]) -> Option<&Place> {
    cluster.iter().find(|place| place.part == Part::Junior)
}

pub fn guests(cluster: &[Place]) -> Vec<&Place> {
    cluster.iter().filter(|place| place.part == Part::Small).collect()
}

pub fn curriculum(clusters: &[Vec<Place>]) -> Vec<CurriculumLine> {
    let all: Vec<&Place> = clusters.iter().flatten().collect();
    let ids =
        |keep: &dyn Fn(&Place) -> bool| -> Vec<String> { all.iter().filter(|place| keep(place)).map(|place| place.id.clone()).collect() };
    let is_primary = |place: &Place| place.part != Part::Junior;
    let with_room = ids(&|place| matches!(place.part, Part::Lead | Part::Middle));
    let leads = ids(&|place| place.part == Part::Lead);
    let others = ids(&|place| is_primary(place) && place.part != Part::Lead);
    let need = |kind: &str, at: Option<String>| Some(RoomNeed { kind: kind.to_owned(), site: at, blocks: Some(1), weeks: Weeks::All });
    let mut lines = Vec::new();
    for line in standard::curriculum(1..=9) {
        let at = |schools: Vec<String>, room: Option<RoomNeed>| CurriculumLine { room, schools, ..line.clone() };
        match (line.subject.as_str(), line.grade) {
            ("science", 5 | 6) => {
                lines.push(at(with_room.clone(), need("science_lab", None)));
                for cluster in clusters {
                    let small = guests(cluster).iter().map(|place| place.id.clone()).collect();
                    lines.push(at(small, host(cluster).and_then(|junior| need("biology_lab", Some(site(&junior.id))))));
                }
            }
            ("music", 1..=6) => {
                lines.push(at(leads.clone(), need("music_room", None)));
                lines.push(at(others.clone(), None));
            }
            ("physics" | "chemistry" | "biology", _) => lines.push(at(Vec::new(), need(&format!("{}_lab", line.subject), None))),
            ("it", 7..) => lines.push(at(Vec::new(), need("computer_room", None))),
            ("pe", 7..) => lines.push(at(Vec::new(), need("gym", None))),
            _ => lines.push(line),
        }
    }
    lines
}

pub fn rooms(clusters: &[Vec<Place>]) -> Vec<Room> {
    let mut rooms = Vec::new();
    for cluster in clusters {
        let shared = host(cluster).map(|place| place.id.as_str());
        for place in cluster {
            match place.part {
                Part::Small => {}
                Part::Lead | Part::Middle => primary_rooms(place, &mut rooms),
                Part::Junior => junior_rooms(place, &if shared == Some(&place.id) { guests(cluster) } else { Vec::new() }, &mut rooms),
            }
        }
    }
    rooms
}

fn room(place: &Place, zh: &str, en: &str, kind: &str, number: u32, units: u32) -> Room {
    let prepared = if kind.ends_with("_lab") { 5 } else { 0 };
    Room {
        id: format!("{}-{kind}-{number}", place.id),
        name: Text::new(format!("{zh}{number}"), format!("{en} {number}")),
        site: site(&place.id),
        kind: kind.to_owned(),
        units,
        seats: Some(60 * units),
        open: Vec::new(),
        open_to: Vec::new(),
        setup_minutes: prepared,
        clearing_minutes: prepared,
    }
}

fn primary_rooms(place: &Place, rooms: &mut Vec<Room>) {
    // A room takes at most nine doubles a week beside the research afternoon; grades 5–6 have one per class.
    for number in 1..=(place.classes_per_grade * 2).div_ceil(7) {
        rooms.push(room(place, "科学实验室", "Science room", "science_lab", number, 1));
    }
    if place.part == Part::Lead {
        for number in 1..=place.classes().div_ceil(21) {
            rooms.push(room(place, "音乐教室", "Music room", "music_room", number, 1));
        }
    }
}

fn junior_rooms(place: &Place, guests: &[&Place], rooms: &mut Vec<Room>) {
    rooms.push(room(place, "物理实验室", "Physics laboratory", "physics_lab", 1, 1));
    rooms.push(room(place, "化学实验室", "Chemistry laboratory", "chemistry_lab", 1, 1));
    let mut biology = room(place, "生物实验室", "Biology laboratory", "biology_lab", 1, 1);
    if !guests.is_empty() {
        let doubles = guests.iter().map(|guest| guest.classes_per_grade * 2).sum::<u32>();
        biology.open = windows(place.classes_per_grade * 2 + doubles * 2);
        biology.open_to = guests.iter().map(|guest| guest.id.clone()).collect();
    }
    rooms.push(biology);
    rooms.push(room(place, "计算机教室", "Computer room", "computer_room", 1, 1));
    rooms.push(room(place, "体育馆", "Gym", "gym", 1, 3));
}

/// The fewest open hours that keep the laboratory's use at seven eighths or below: it is crowded, not blocked. The first
/// two periods are for preparation; whole days are opened from Monday on, then single mornings.
fn windows(cells: u32) -> Vec<Window> {
    // Junior cells from ten o'clock, and of the whole day; Friday has one less.
    let (late, whole) = ([5, 5, 5, 5, 4], [7, 7, 7, 7, 6]);
    let mut open: [u32; 5] = [0; 5];
    let enough = |open: &[u32; 5]| open.iter().sum::<u32>() * 7 >= cells * 8;
    for pass in [late, whole] {
        for day in [2, 3, 4, 0, 1] {
            if !enough(&open) {
                open[day] = pass[day];
            }
        }
    }
    let window = |(day, cells): (usize, &u32)| {
        let from = if *cells == late[day] { "10:00" } else { "07:50" };
        (*cells > 0).then(|| Window {
            weekday: day as u8 + 1,
            from: standard::clock(from),
            to: standard::clock("16:45"),
            weeks: Weeks::All,
        })
    };
    open.iter().enumerate().filter_map(window).collect()
}

/// Subject research of the whole district; 语文 of the primaries after the last period, for the small schools' sake.
pub fn blocks(places: &[&Place]) -> Vec<FixedBlock> {
    let ids = |junior: bool| -> Vec<String> {
        places.iter().filter(|place| (place.part == Part::Junior) == junior).map(|place| place.id.clone()).collect()
    };
    let block = |id: &str, kind, zh: &str, en: &str, subject: Option<&str>, junior, (weekday, from, to): (u8, &str, &str)| FixedBlock {
        id: id.to_owned(),
        name: Text::new(zh, en),
        kind,
        subjects: subject.map(str::to_owned).into_iter().collect(),
        schools: ids(junior),
        people: Vec::new(),
        classes: Vec::new(),
        observed: false,
        when: vec![Window { weekday, from: standard::clock(from), to: standard::clock(to), weeks: Weeks::All }],
    };
    let (research, assembly) = (BlockKind::Research, BlockKind::Assembly);
    vec![
        block("flag-primary", assembly, "小学升旗", "Flag raising, primary", None, false, (1, "08:20", "08:30")),
        block("flag-junior", assembly, "初中升旗", "Flag raising, junior", None, true, (1, "09:45", "10:05")),
        block("chinese-primary", research, "小学语文教研", "Chinese research, primary", Some("chinese"), false, (3, "16:00", "17:00")),
        block("maths-primary", research, "小学数学教研", "Maths research, primary", Some("maths"), false, MATHS),
        block("english-primary", research, "小学英语教研", "English research, primary", Some("english"), false, (2, "14:00", "15:35")),
        block("science-primary", research, "小学科学教研", "Science research, primary", Some("science"), false, (1, "14:00", "15:35")),
        block("chinese-junior", research, "初中语文教研", "Chinese research, junior", Some("chinese"), true, (3, "14:55", "16:35")),
        block("maths-junior", research, "初中数学教研", "Maths research, junior", Some("maths"), true, (4, "14:55", "16:35")),
        block("english-junior", research, "初中英语教研", "English research, junior", Some("english"), true, (2, "14:55", "16:35")),
    ]
}

/// Thursday afternoon: nobody else may be unavailable then in a small school.
const MATHS: (u8, &str, &str) = (4, "14:00", "15:35");

/// In every lead school one school-based lesson is agreed on: Wednesday, last period.
pub fn locked_lessons(clusters: &[Vec<Place>]) -> Vec<LockedLesson> {
    let at = CellRef { weekday: 3, period: 6 };
    let lesson = |cluster: &Vec<Place>| Some(LockedLesson { course: format!("{}-5-1.school", cluster.first()?.id), block: 1, at });
    clusters.iter().filter_map(lesson).collect()
}

//! `huayuankou`: six schools on a strip along a river. The school names are a published district's; all else is invented.

mod people;
mod places;

use lunpai::file::{BlockKind, CellRef, CurriculumLine, District, FixedBlock, LockedLesson, RoomNeed, Term, Text, Weeks, Window};
use lunpai::generate::standard;
use std::collections::BTreeMap;

const PRIMARY: &[&str] = &["HYK", "JS", "SZ", "BB", "SQ"];

pub fn district() -> District {
    District {
        schema: "lunpai.district/1".to_owned(),
        id: "huayuankou".to_owned(),
        title: Text::new("花园口学区 2026 年秋季学期", "Huayuankou district, autumn term 2026"),
        demo: true,
        note: Some(Text::new(
            "演示数据:除校名外均为虚构。位置、规模、人数、分工、教室、会议时间都是为演示编造的。",
            "Demo data: everything but the schools' names is invented, positions, sizes, staff, rooms and meeting times included.",
        )),
        term: Some(term()),
        cycle_weeks: 1,
        subjects: standard::subjects(),
        bells: vec![standard::primary_bell(), standard::junior_bell()],
        schools: places::schools(),
        groups: places::groups(),
        travel: places::travel(),
        people: people::people(),
        curriculum: curriculum(),
        classes: people::classes(),
        rooms: places::rooms(),
        blocks: blocks(),
        locked_lessons: locked_lessons(),
        ..District::default()
    }
}

/// Broken on purpose: 语文 research in lesson time at the three small schools, where more classes have lessons than
/// other teachers are there.
pub fn research_in_lesson_time() -> District {
    let mut broken = district();
    "huayuankou-research-in-lesson-time".clone_into(&mut broken.id);
    broken.title =
        Text::new("花园口学区(语文教研放在上课时间,排不出)", "Huayuankou with Chinese research in lesson time (cannot be planned)");
    for block in &mut broken.blocks {
        if block.id == "research-chinese-primary" {
            block.schools = owned(&["SZ", "BB", "SQ"]);
            block.when = vec![window(3, "14:00", "14:40")];
        }
    }
    broken
}

fn term() -> Term {
    let off = ["2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "2027-01-01"];
    Term {
        id: "2026-1".to_owned(),
        first_day: "2026-09-01".to_owned(),
        last_day: "2027-01-22".to_owned(),
        off: owned(&off),
        teaches_as: BTreeMap::from([("2026-09-20".to_owned(), 2), ("2026-10-10".to_owned(), 3)]),
    }
}

/// The standard hours; where a room is needed it is named, and where schools differ the line is split.
fn curriculum() -> Vec<CurriculumLine> {
    let mut lines = Vec::new();
    for line in standard::curriculum(1..=9) {
        let at = |schools: &[&str], room: Option<RoomNeed>| CurriculumLine { schools: owned(schools), room, ..line.clone() };
        match (line.subject.as_str(), line.grade) {
            ("science", 5 | 6) => {
                lines.push(at(&["HYK", "JS", "SZ"], Some(first_block("science_lab", None))));
                lines.push(at(&["BB", "SQ"], Some(first_block("biology_lab", Some("HZ6")))));
            }
            ("music", 1..=6) => {
                lines.push(at(&["HYK"], Some(first_block("music_room", None))));
                lines.push(at(&["JS", "SZ", "BB", "SQ"], None));
            }
            ("school", 4) => {
                lines.push(at(&["HYK"], Some(first_block("exhibition", None))));
                lines.push(at(&["JS", "SZ", "BB", "SQ"], None));
            }
            ("physics" | "chemistry" | "biology", _) => lines.push(at(&[], Some(first_block(&format!("{}_lab", line.subject), None)))),
            ("it", 7..) => lines.push(at(&[], Some(first_block("computer_room", None)))),
            ("pe", 7..) => lines.push(at(&[], Some(first_block("gym", None)))),
            _ => lines.push(line),
        }
    }
    lines
}

fn first_block(kind: &str, site: Option<&str>) -> RoomNeed {
    RoomNeed { kind: kind.to_owned(), site: site.map(str::to_owned), blocks: Some(1), weeks: Weeks::All }
}

fn blocks() -> Vec<FixedBlock> {
    let block = |id: &str, kind: BlockKind, zh: &str, en: &str, subjects: &[&str], schools: &[&str], when: Window| FixedBlock {
        id: id.to_owned(),
        name: Text::new(zh, en),
        kind,
        subjects: owned(subjects),
        schools: owned(schools),
        people: Vec::new(),
        classes: Vec::new(),
        observed: false,
        when: vec![when],
    };
    let (research, assembly) = (BlockKind::Research, BlockKind::Assembly);
    let sciences: &[&str] = &["physics", "chemistry", "biology"];
    let mut heads =
        block("heads-meeting", BlockKind::Meeting, "学区例会", "District heads' meeting", &[], &[], window(5, "14:55", "15:35"));
    heads.people = PRIMARY.iter().chain(&["HZ6"]).map(|school| format!("{school}-L01")).collect();
    vec![
        block("flag-primary", assembly, "小学升旗", "Flag raising, primary", &[], PRIMARY, window(1, "08:20", "08:30")),
        block("flag-junior", assembly, "初中升旗(大课间)", "Flag raising, junior (long break)", &[], &["HZ6"], window(1, "09:45", "10:05")),
        block(
            "research-chinese-primary",
            research,
            "小学语文教研(第6节后)",
            "Chinese research, primary (after period 6)",
            &["chinese"],
            PRIMARY,
            window(3, "16:00", "17:00"),
        ),
        block(
            "research-maths-primary",
            research,
            "小学数学教研",
            "Maths research, primary",
            &["maths"],
            PRIMARY,
            window(4, "14:00", "15:35"),
        ),
        block(
            "research-english-primary",
            research,
            "小学英语教研",
            "English research, primary",
            &["english"],
            PRIMARY,
            window(2, "14:00", "15:35"),
        ),
        block(
            "research-science-primary",
            research,
            "小学科学教研",
            "Science research, primary",
            &["science"],
            PRIMARY,
            window(1, "14:00", "15:35"),
        ),
        block(
            "research-chinese-junior",
            research,
            "初中语文教研",
            "Chinese research, junior",
            &["chinese"],
            &["HZ6"],
            window(3, "14:55", "16:35"),
        ),
        block(
            "research-maths-junior",
            research,
            "初中数学教研",
            "Maths research, junior",
            &["maths"],
            &["HZ6"],
            window(4, "14:55", "16:35"),
        ),
        block(
            "research-english-junior",
            research,
            "初中英语教研",
            "English research, junior",
            &["english"],
            &["HZ6"],
            window(2, "14:55", "16:35"),
        ),
        block(
            "research-sciences-junior",
            research,
            "初中理科教研",
            "Sciences research, junior",
            sciences,
            &["HZ6"],
            window(1, "14:55", "16:35"),
        ),
        heads,
    ]
}

fn locked_lessons() -> Vec<LockedLesson> {
    let lesson = |course: &str, weekday, period| LockedLesson { course: course.to_owned(), block: 1, at: CellRef { weekday, period } };
    vec![
        lesson("HYK-5-1.school", 3, 6),
        lesson("HYK-5-2.school", 3, 5),
        lesson("SQ-5-1.school", 3, 6),
        lesson("SQ-6-1.school", 3, 5),
        lesson("HZ6-7-1.school", 4, 5),
    ]
}

fn window(weekday: u8, from: &str, to: &str) -> Window {
    Window { weekday, from: standard::clock(from), to: standard::clock(to), weeks: Weeks::All }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

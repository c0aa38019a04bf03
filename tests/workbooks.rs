//! The planner's desk: districts through workbooks and back, templates, messy and hostile workbooks, collecting.

#[path = "workbooks/collecting.rs"]
mod collecting;
#[path = "workbooks/command.rs"]
mod command;
#[path = "workbooks/described.rs"]
mod described;
#[path = "workbooks/hostile.rs"]
mod hostile;
#[path = "workbooks/messy.rs"]
mod messy;

use lunpai::desk::{COLLECTING, KINDS, empty, prefilled, read, read_folder, workbook, write};
use lunpai::file::{Body, District, Source, Text, Unified, read_district};
use lunpai::generate::{generate, standard_policy};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn instance(path: &str) -> District {
    read_district(&Source::read(&repo("instances").join(path)).expect("a file")).expect("a district")
}

fn xlsx(bytes: Vec<u8>) -> Source {
    Source { name: "district.xlsx".to_owned(), bytes }
}

/// Compares as JSON, so that a difference names its place.
fn same(district: &District) {
    let policy = standard_policy();
    let bytes = write(district, &policy, true).expect("a workbook");
    let back = read(&xlsx(bytes), &policy).unwrap_or_else(|problems| panic!("{}: {problems:#?}", district.id));
    assert_eq!(back.policy, policy, "{}", district.id);
    let json = |district: &District| serde_json::to_value(district).expect("JSON");
    let (there, here) = (json(&back.district), json(district));
    for (key, value) in here.as_object().expect("an object") {
        if let (Some(list), Some(other)) = (value.as_array(), there[key].as_array()) {
            for (at, (a, b)) in list.iter().zip(other).enumerate() {
                assert_eq!(a, b, "{}: {key}[{at}]", district.id);
            }
        }
        assert_eq!(*value, there[key], "{}: {key}", district.id);
    }
    assert_eq!(here, there);
}

#[test]
fn the_demo_districts_come_back_identical() {
    for name in ["huayuankou/district", "beizhangzhuang/district", "liqing/district", "liqing/year-2", "xian/district"] {
        same(&instance(&format!("{name}.json")));
    }
}

/// Last term's plan is no part of a workbook: it is given in a file of its own.
#[test]
fn the_tiny_districts_come_back_identical_but_for_last_terms_plan() {
    for name in ["river", "hill", "town", "feedback"] {
        let mut district = instance(&format!("tiny/{name}.json"));
        if district.baseline.is_some() {
            let (zh, en) = workbook(&district, &standard_policy()).expect_err("a plan does not fit into a workbook");
            assert!(zh.contains("--baseline") && en.contains("--baseline"));
        }
        district.baseline = None;
        same(&district);
    }
}

#[test]
fn twenty_generated_districts_come_back_identical() {
    for seed in 1..=20 {
        same(&generate(3 + seed as usize % 6, seed, seed as usize % 3).district);
    }
}

#[test]
fn what_a_workbook_cannot_say_is_refused_with_its_place() {
    let mut district = instance("tiny/river.json");
    district.baseline = None;
    district.schools[1].name.zh = " 乙小学".to_owned();
    let (zh, en) = workbook(&district, &standard_policy()).expect_err("blanks before a name are lost");
    assert!(zh.contains("schools[1].name.zh") && en.contains("schools[1].name.zh"), "{zh} {en}");
}

/// What no demo district says: duties and names of bodies, posts that the county pays, what is held in common.
#[test]
fn what_groups_agree_on_comes_back_identical() {
    let mut district = instance("xian/district.json");
    let agreement = &mut district.groups[0].agreement;
    agreement.pay_yuan = [("principal".to_owned(), 20_000), ("注".to_owned(), 0)].into();
    agreement.bodies[0].duties = ["审议年度计划", "协调教师交流", "考核", "公开"].map(|zh| Text::new(zh, format!("{zh} (en)"))).into();
    agreement.bodies.push(Body { name: Text::new("办公室", "Office"), ..Body::default() });
    district.unified = vec![Unified::Hours, Unified::Staffing, Unified::Pay];
    district.schools[2].measures = [("budget".to_owned(), vec![-5, 0, 12])].into();
    same(&district);
}

#[test]
fn the_template_is_the_demo_and_needs_no_tidying() {
    let policy = standard_policy();
    let desk = read(&xlsx(prefilled().expect("a workbook")), &policy).expect("the template is understood");
    assert_eq!(desk.district, instance("huayuankou/district.json"));
    assert_eq!(desk.notes, []);
    assert_eq!(prefilled(), prefilled(), "the same bytes each time");
}

/// Name, stage and number of classes of the school; name and subject of 24 teachers: 51 cells.
#[test]
fn a_school_of_twelve_classes_needs_no_more_than_sixty_cells() {
    let told = read(&xlsx(empty().expect("a workbook")), &standard_policy()).expect_err("an empty template has no people yet");
    let errors: Vec<_> = told.iter().map(|problem| problem.code).filter(|code| code.starts_with('E')).collect();
    assert_eq!(errors, ["E-BOOK-006"; 2], "schools and people are all that is needed");
    let subjects = ["语文、道法", "数学、科学", "英语", "体育", "音乐、美术", "科学、信息"];
    let people: Vec<String> = (0..24).map(|n| format!("教师{n} | {}\n", subjects[[0, 0, 1, 1, 2, 3, 4, 5][n % 8]])).collect();
    let people = people.concat();
    let text = format!("= 学校\n学校 | 学段 | 各年级班数\n丁小学 | 小学 | 2\n= 教师\n姓名 | 任教学科\n{people}");
    let filled = text.lines().filter(|line| !line.starts_with('=')).skip(1).map(|line| line.split('|').count()).sum::<usize>();
    assert!(filled <= 60, "{filled} cells");
    let desk = read(&described::Described::parse(&text).workbook(), &standard_policy()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let district = &desk.district;
    let problems = lunpai::district::validate::validate("d", district, None, None);
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == lunpai::problem::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!((district.classes.len(), district.people.len()), (12, 24));
    let mut told: Vec<&str> = desk.notes.iter().map(|note| note.code).collect();
    told.sort_unstable();
    assert_eq!(told, ["W-BOOK-014", "W-BOOK-014", "W-BOOK-014", "W-CELL-006"], "three defaults, and 道法 written in full");
}

type Encoder<'a> = &'a dyn Fn(&str) -> Vec<u8>;

/// A folder of CSV in each encoding that offices save; in GB18030 a bad line is named.
#[test]
fn csv_folders_are_read_in_four_encodings() {
    let base = described::Described::parse(messy::BASE);
    let wanted = read(&base.workbook(), &standard_policy()).expect("the base").district;
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let encoders: [(&str, Encoder); 6] = [
        ("UTF-8", &|text| text.as_bytes().to_vec()),
        ("UTF-8 with mark", &|text| [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("GB18030", &|text| encoding_rs::GB18030.encode(text).0.into_owned()),
        ("UTF-16 LE with mark", &|text| [vec![0xff, 0xfe], wide(text, u16::to_le_bytes)].concat()),
        ("UTF-16 BE with mark", &|text| [vec![0xfe, 0xff], wide(text, u16::to_be_bytes)].concat()),
        ("UTF-16 LE with tabs", &|text| [vec![0xff, 0xfe], wide(&text.replace(',', "\t"), u16::to_le_bytes)].concat()),
    ];
    for (name, encode) in encoders {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in base.tables() {
            std::fs::write(folder.path().join(file), encode(&text)).expect("written");
        }
        let read = read_folder(folder.path(), &standard_policy()).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        assert_eq!(read.district, wanted, "{name}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("教师.csv"), [encoding_rs::GB18030.encode("编号,姓名\r\nT1,").0.as_ref(), b"\xff\xff\r\n"].concat())
        .expect("written");
    let problems = read_folder(folder.path(), &standard_policy()).expect_err("no text");
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["E-BOOK-008"]);
    assert!(problems[0].at.ends_with("教师.csv: line 2"), "{}", problems[0].at);
}

#[test]
fn every_kind_of_problem_with_a_workbook_is_met_in_a_test() {
    let mut met: BTreeSet<String> = messy::codes();
    met.extend(hostile::CODES.map(str::to_owned));
    met.extend(collecting::CODES.map(str::to_owned));
    met.insert("E-BOOK-008".to_owned());
    let kinds = KINDS.iter().chain(COLLECTING);
    let missing: Vec<&str> = kinds.map(|kind| kind.code).filter(|code| !met.contains(*code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

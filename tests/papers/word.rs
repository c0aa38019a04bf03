//! Word documents, read back by a reader of their own: unzipped, and their XML walked.

use super::{deliver, desk, exchange};
use assert_cmd::Command;
use roxmltree::{Document, Node};
use std::io::Read;
use std::path::Path;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The main part of a document.
fn xml(file: &Path) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).expect("a document")).expect("a zip");
    for part in ["[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/footer1.xml", "word/_rels/document.xml.rels"] {
        let mut text = String::new();
        zip.by_name(part).expect(part).read_to_string(&mut text).expect("text");
        Document::parse(&text).unwrap_or_else(|error| panic!("{part}: {error}"));
    }
    let mut text = String::new();
    zip.by_name("word/document.xml").expect("the text").read_to_string(&mut text).expect("text");
    text
}

fn text(node: Node) -> String {
    node.descendants().filter(|node| node.has_tag_name((W, "t"))).filter_map(|node| node.text()).collect()
}

/// The rows of the first table.
fn rows(xml: &str) -> Vec<Vec<String>> {
    let document = Document::parse(xml).expect("XML");
    let table = document.descendants().find(|node| node.has_tag_name((W, "tbl"))).expect("a table");
    let rows = table.children().filter(|node| node.has_tag_name((W, "tr")));
    rows.map(|row| row.children().filter(|node| node.has_tag_name((W, "tc"))).map(text).collect()).collect()
}

fn pages(xml: &str) -> usize {
    xml.matches("<w:br w:type=\"page\"/>").count() + 1
}

#[test]
fn the_public_list_of_twenty_is_the_one_typed_by_hand() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&exchange::district(), exchange::POLICY, &exchange::plan(), &folder);
    let list = xml(&folder.join("papers/公示名单.docx"));
    let rows = rows(&list);
    assert_eq!(rows[0], ["序号", "姓名", "性别", "现任教学校", "交流学校", "学科", "期限", "类别"]);
    assert_eq!(rows.len(), 21);
    for (number, (row, (name, sex, from, to))) in (1..).zip(rows[1..].iter().zip(exchange::GOLDEN)) {
        let support = number % 4 == 2;
        let (term, form) = if support { ("2026年9月至2027年7月", "支教") } else { ("2026年9月至2029年7月", "轮岗") };
        assert_eq!(*row, [&number.to_string(), name, sex, from, to, "语文、音乐", term, form], "line {number}");
    }
    for private in [exchange::BORN, "1979", "2031", "孕", "maternity", "CANARY", "P05", "STAYS", "class_teacher", "骨干"] {
        assert!(!list.contains(private), "{private}");
    }
    assert!(list.contains("演示数据") && list.contains("<w:tblHeader/>"));

    let letters = xml(&folder.join("papers/交流通知书.docx"));
    assert_eq!(pages(&letters), 20);
    assert!(letters.contains("欧阳春分 老师:") && letters.contains("从乙小学到丙小学支教,期限为2026年9月至2027年7月"));
    let handover = xml(&folder.join("papers/交接清单.docx"));
    assert_eq!((pages(&handover), handover.matches("班主任工作").count()), (20, 20));
    let of_c = xml(&folder.join("papers/交接清单.school-C.docx"));
    assert_eq!(pages(&of_c), exchange::GOLDEN.iter().filter(|line| line.2 == "丙小学").count());
    let summary = xml(&folder.join("papers/方案说明.docx"));
    assert!(summary.contains("可提交会议讨论") && summary.contains("各校得失"), "{summary}");
    for document in [&letters, &handover, &summary] {
        assert!(!document.contains(exchange::BORN) && !document.contains("CANARY"), "{document}");
    }
}

/// Names join last: the run has none, and the papers made of it have them, in the order asked for.
#[test]
fn a_list_of_names_is_joined_to_a_run_without_names() {
    let place = tempfile::tempdir().expect("a folder");
    let mut district: serde_json::Value = serde_json::from_str(&exchange::district()).expect("JSON");
    let names = district["names"].take();
    district.as_object_mut().expect("an object").remove("names");
    deliver(&district.to_string(), exchange::POLICY, &exchange::plan(), &place.path().join("p"));
    let bare = xml(&place.path().join("p/papers/公示名单.docx"));
    assert!(bare.contains("P05") && !bare.contains("李清明"), "ids stand where there are no names");
    let table = names.as_object().expect("names").iter().map(|(id, name)| format!("{id},{}\r\n", name.as_str().expect("a name")));
    let csv = format!("编号,姓名\r\n{}", table.collect::<String>());
    std::fs::write(place.path().join("names.csv"), encoding_rs::GB18030.encode(&csv).0).expect("written");
    std::fs::write(place.path().join("names.json"), names.to_string()).expect("written");
    std::fs::write(place.path().join("wrong.csv"), format!("{csv}P99,无此人\r\n")).expect("written");
    let run = |arguments: &[&str]| {
        let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).current_dir(place.path()).output().expect("it runs");
        (done.status.code(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
    };
    let (exit, told) = run(&["report", "p", "--names", "names.csv", "--out", "named"]);
    assert_eq!(exit, Some(0), "{told}");
    let listed: Vec<String> = rows(&xml(&place.path().join("named/papers/公示名单.docx")))[1..].iter().map(|row| row[1].clone()).collect();
    assert_eq!(listed, exchange::GOLDEN.map(|line| line.0));
    let (exit, told) = run(&["report", "p", "--names", "names.json", "--order", "pinyin", "--out", "by-pinyin"]);
    assert_eq!(exit, Some(0), "{told}");
    let rows = rows(&xml(&place.path().join("by-pinyin/papers/公示名单.docx")));
    let surnames: String = rows[1..].iter().filter_map(|row| row[1].chars().next()).collect();
    assert_eq!(surnames, "丁方冯黄李李马欧石孙王王魏谢于曾张赵周朱");
    let (exit, told) = run(&["report", "p", "--names", "wrong.csv", "--out", "none"]);
    assert!(exit == Some(65) && told.contains("A22") && told.contains("P99"), "{told}");
    assert!(!place.path().join("none").exists());
    std::fs::write(place.path().join("p/plan.json"), "{}").expect("written");
    assert_ne!(run(&["report", "p", "--out", "none"]).0, Some(0), "a directory that was changed is not believed");
}

/// openpyxl and python-docx, where they are installed (`.ci/run` tries to), find `plan.json` in the workbook and the public list.
#[test]
#[allow(clippy::print_stderr)] // what is skipped is said
fn other_programs_find_the_plan_in_workbook_and_list() {
    let place = tempfile::tempdir().expect("a folder");
    let (weeks, postings) = (place.path().join("weeks"), place.path().join("postings"));
    desk::deliver(&weeks);
    deliver(&exchange::district(), exchange::POLICY, &exchange::plan(), &postings);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/papers/readers.py");
    for folder in [weeks, postings] {
        let Ok(done) = std::process::Command::new("python3").arg(&script).arg(&folder).output() else {
            return eprintln!("SKIPPED: no python3");
        };
        let told = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        eprintln!("{told}");
        assert!(matches!(done.status.code(), Some(0 | 77)), "{told}");
    }
}

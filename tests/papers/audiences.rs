//! Versions for schools and the public: what they must not know is not in the bytes. Hostile names stay text everywhere.

use super::{deliver, desk, exchange};
use lunpai::file::Plan;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Every file of the papers by name; the text of a document's parts for those that are packed.
fn papers(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder.join("papers")).expect("papers").flatten();
    let read = |file: std::fs::DirEntry| (file.file_name().to_string_lossy().into_owned(), unpacked(&file.path()));
    files.map(read).collect()
}

fn unpacked(file: &Path) -> String {
    let bytes = std::fs::read(file).expect("a file");
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).expect("text");
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    for part in 0..zip.len() {
        zip.by_index(part).expect("a part").read_to_string(&mut text).expect("text");
    }
    text
}

fn is(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

#[test]
fn a_school_is_told_of_its_own_people_and_visitors_and_the_public_of_nobody() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&exchange::district(), exchange::POLICY, &exchange::plan(), &folder);
    let papers = papers(&folder);
    let plan = exchange::plan();
    for school in ["A", "B", "C"] {
        let page = &papers[&format!("report.school-{school}.html")];
        for posting in &plan.postings {
            let concerned = posting.from == school || posting.to == school;
            assert_eq!(page.contains(&posting.person), concerned, "{school}: {}", posting.person);
        }
        for stays in ["STAYS-A", "STAYS-B", "STAYS-C"] {
            assert!(!page.contains(stays), "{school}: there is nothing to say of {stays}");
        }
        let schools = ["甲小学", "乙小学", "丙小学"];
        let own = schools["ABC".find(school).expect("a school")];
        assert!(page.contains(&format!("{own}版")), "{school}");
    }
    let public = &papers["report.public.html"];
    let ids = plan.postings.iter().map(|posting| posting.person.as_str());
    for named in ids.chain(exchange::GOLDEN.map(|line| line.0)).chain(["STAYS"]) {
        assert!(!public.contains(named), "{named}");
    }
    assert!(public.contains("方案交流 20 人") && public.contains("草案"), "counts are told: {public}");
    // Months of birth, reasons, remarks and dates of service, in the words of the file and of the workbook.
    for (name, text) in &papers {
        for private in [exchange::BORN, "1979", "2031-07", "maternity", "孕产", "2027-03", "CANARY"] {
            assert!(!text.contains(private), "{name}: {private}");
        }
    }
    assert_eq!(papers.keys().filter(|name| is(name, "html")).count(), 4);
}

/// Somebody of another school who teaches here is a visitor; who neither works nor teaches here is not in the file.
#[test]
fn visitors_of_a_timetable_are_told_and_nobody_else() {
    let place = tempfile::tempdir().expect("a folder");
    let mut district: Value = serde_json::from_str(desk::DISTRICT).expect("JSON");
    let more = json!([{ "id": "OTHER-C", "employer": "C", "subjects": [{ "subject": "music", "stage": "primary" }] },
        { "id": "HOME-B", "employer": "B", "subjects": [{ "subject": "music", "stage": "primary" }] }]);
    district["people"].as_array_mut().expect("people").extend(more.as_array().expect("people").clone());
    let school = json!({ "id": "C", "name": { "zh": "丙小学", "en": "School C" }, "stages": ["primary"] });
    district["schools"].as_array_mut().expect("schools").push(school);
    let trips =
        json!([{ "from": "A", "to": "C", "minutes": 10, "both_ways": true }, { "from": "B", "to": "C", "minutes": 10, "both_ways": true }]);
    district["travel"]["trips"].as_array_mut().expect("trips").extend(trips.as_array().expect("trips").clone());
    deliver(&district.to_string(), desk::POLICY, &desk::plan(), &place.path().join("p"));
    let seen = |folder: &str, school: &str| {
        let page = &papers(&place.path().join(folder))[&format!("report.school-{school}.html")];
        ["\"T1\"", "\"T2\"", "HOME-B", "OTHER-C"].map(|id| page.contains(id))
    };
    assert_eq!(seen("p", "A"), [true, true, false, false], "T2 comes to A");
    assert_eq!(seen("p", "B"), [false, true, false, false], "T2's week is B's business, T1's is not");
    assert_eq!(seen("p", "C"), [false; 4]);
    // Once a week the class has music in a room of C: who comes with it is a visitor of C.
    district["curriculum"][1]["room"] = json!({ "kind": "hall", "site": "C", "blocks": 1 });
    district["rooms"] = json!([{ "id": "hall", "name": { "zh": "礼堂", "en": "Hall" }, "site": "C", "kind": "hall", "open_to": ["A"] }]);
    let mut plan = desk::plan();
    plan.timetable[5].room = Some("hall".to_owned());
    deliver(&district.to_string(), desk::POLICY, &plan, &place.path().join("q"));
    assert_eq!(seen("q", "C"), [false, true, false, false]);
}

/// The exchange with so many people, all posted, under these names.
fn crowd(names: &[String]) -> (String, Plan) {
    let mut district: Value = serde_json::from_str(&exchange::district()).expect("JSON");
    let ids: Vec<String> = (0..names.len()).map(|number| format!("Q{number:04}")).collect();
    let person = |id: &String| json!({ "id": id, "employer": "A", "subjects": [{ "subject": "chinese", "stage": "primary" }] });
    district["people"] = ids.iter().map(person).collect();
    district["names"] = ids.iter().zip(names).map(|(id, name)| (id.clone(), json!(name))).collect::<serde_json::Map<_, _>>().into();
    district.as_object_mut().expect("an object").remove("pending");
    let posting = |id: &String| json!({ "person": id, "from": "A", "to": "B", "form": "rotation", "from_term": "2026-1" });
    let plan = json!({ "schema": "lunpai.plan/1", "district": "exchange", "parts": ["postings"], "postings": ids.iter().map(posting).collect::<Vec<_>>() });
    (district.to_string(), serde_json::from_value(plan).expect("a plan"))
}

fn two_thousand(heads: &[&str], bodies: &[&str]) -> Vec<String> {
    (0..2_000).map(|n| format!("{}{}{n}", heads[n % heads.len()], bodies[n / heads.len() % bodies.len()])).collect()
}

#[test]
fn two_thousand_formulas_stay_text() {
    let place = tempfile::tempdir().expect("a folder");
    let heads = ["=", "+", "-", "@", "=", "+", "-", "@", " =", "\u{3000}=", "=+", "'=", "\"="];
    let bodies = ["1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x\",\"y\")", "SUM(A1:A9)", "IMPORTXML(A1)", "DDE(\"a\";\"b\")"];
    let (district, plan) = crowd(&two_thousand(&heads, &bodies));
    let folder = place.path().join("p");
    deliver(&district, exchange::POLICY, &plan, &folder);
    let workbook = unpacked(&folder.join("plan.xlsx"));
    assert!(workbook.matches("SUM(A1:A9)").count() >= 300, "the names are there");
    assert!(!workbook.contains("<f>") && !workbook.contains("<f ") && !workbook.contains("<hyperlink"), "nothing is computed");
    for table in std::fs::read_dir(folder.join("tables")).expect("tables").flatten() {
        let text = std::fs::read_to_string(table.path()).expect("a table");
        let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for cell in reader.records().flatten().flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '=', '+', '-', '@']), "{cell}");
        }
    }
    for (name, text) in papers(&folder).iter().filter(|(name, _)| is(name, "docx")) {
        assert!(!text.contains("<w:instrText") && !text.contains("<w:fldSimple") && !text.contains("<w:hyperlink"), "{name}");
    }
}

/// Tags of a page, without what stands inside its own two scripts and its style.
fn tags(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let end = tag.find('>').expect("a tag ends");
        found.push(tag[..end].to_owned());
        rest = &tag[end + 1..];
        for raw in ["script", "style"] {
            if tag.starts_with(raw) {
                rest = &rest[rest.find(&format!("</{raw}")).expect("it ends")..];
            }
        }
    }
    found
}

#[test]
fn two_thousand_scripts_stay_text() {
    let place = tempfile::tempdir().expect("a folder");
    let heads = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "</script><script>alert(1)</script>",
        "{{ 7*7 }}",
        "{% raw %}",
    ];
    let bodies = ["", "&lt;b&gt;", "javascript:alert(1)", "<!--", "]]>", "'\"`", "${1}", "\u{2028}"];
    let names = two_thousand(&heads, &bodies);
    let (district, plan) = crowd(&names);
    let folder = place.path().join("p");
    deliver(&district, exchange::POLICY, &plan, &folder);
    let mut pages = papers(&folder);
    pages.insert("report.html".to_owned(), unpacked(&folder.join("report.html")));
    let known = ["script type=\"application/json\" id=\"data\"", "script"];
    let mut told = 0;
    for (name, page) in pages.iter().filter(|(name, _)| is(name, "html")) {
        let tags = tags(page);
        let scripts: Vec<&String> = tags.iter().filter(|tag| tag.starts_with("script")).collect();
        assert_eq!(scripts, known, "{name}");
        for tag in &tags {
            assert!(!tag.starts_with("img") && !tag.starts_with('!') || tag == "!doctype html", "{name}: <{tag}>");
            assert!(!tag.starts_with("svg") || name == "report.html" && tag.starts_with("svg class=\"walk\" "), "{name}: <{tag}>");
            assert!(!tag.contains(" on") && !tag.contains("javascript:"), "{name}: <{tag}>");
        }
        assert!(page.contains("script-src 'sha256-"), "{name}");
        assert_eq!(page.contains("7*7"), name != "report.public.html" && name != "report.school-C.html", "{name}: as it is written");
        told += page.matches("alert(1)").count();
    }
    assert!(told > 2_000, "the names are there as text: {told}");
    for (name, text) in pages.iter().filter(|(name, _)| is(name, "docx")) {
        assert!(!text.contains("<script") && !text.contains("<img"), "{name}");
    }
}

/// Plain words everywhere a planner reads.
#[test]
fn no_word_of_solvers_is_in_what_a_planner_reads() {
    let place = tempfile::tempdir().expect("a folder");
    desk::deliver(&place.path().join("d"));
    deliver(&exchange::district(), exchange::POLICY, &exchange::plan(), &place.path().join("e"));
    let mut read = papers(&place.path().join("e"));
    for (folder, file) in [("d", "report.html"), ("d", "plan.xlsx"), ("e", "report.html"), ("e", "plan.xlsx")] {
        read.insert(format!("{folder}/{file}"), unpacked(&place.path().join(folder).join(file)));
    }
    assert!(read.len() > 10);
    let words = [
        "infeasible",
        "incumbent",
        "penalty",
        "neighbourhood",
        "约束",
        "目标函数",
        "可行解",
        "最优解",
        "松弛",
        "惩罚",
        "邻域",
        "上界",
        "下界",
        "求解",
    ];
    for (name, text) in &read {
        for word in words {
            assert!(!text.to_lowercase().contains(word), "{name}: {word}");
        }
    }
}

//! The job's promises that need no solver: what leaves and what does not, one rename or nothing, a manifest whose every
//! figure can be computed again.

mod desk;

use desk::{ask, clashing_plan, deliver, input, plan, read, searched};
use lunpai::job::{Claim, Delivery, ExitCode, Manifest, Output, Stopped, Verdict, folder_name, verify};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn answer(plan: Option<lunpai::file::Plan>, claim: Claim, stopped: Stopped, to: &Path) -> (ExitCode, Manifest, BTreeSet<String>) {
    let input = input();
    let read = read(&input);
    let delivery = Delivery::judge(&input, &read, &ask(), searched(plan, claim, stopped), 1.0);
    let exit = delivery.answer().exit;
    let folder = delivery.write(Output::begin(to, false).expect("a place")).expect("written");
    let manifest = serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("the manifest")).expect("a manifest");
    (exit, manifest, names(&folder))
}

#[test]
fn a_clean_plan_leaves_with_everything() {
    let place = tempdir().expect("a folder");
    let (exit, manifest, files) = answer(Some(plan()), Claim::Feasible, Stopped::Time, &place.path().join("p"));
    assert_eq!((exit, manifest.exit_code, manifest.check.verdict), (ExitCode::Done, 0, Verdict::Passed));
    let expected = ["findings.json", "inputs", "manifest.json", "plan.json", "plan.xlsx", "report.html", "tables"];
    assert_eq!(files, expected.map(str::to_owned).into());
    assert_eq!(manifest.score.get("rank3"), Some(&10), "T2 travels ten minutes to school A");
    assert_eq!(manifest.shortfall_periods, Some(0));
    assert_eq!(names(place.path()), BTreeSet::from(["p".to_owned()]), "no lock and no half-written folder is left");
}

#[test]
fn no_plan_leaves_that_the_checker_refuses() {
    let place = tempdir().expect("a folder");
    let cases = [
        (Claim::Feasible, ExitCode::Undecided, "error.json"),
        (Claim::Optimal, ExitCode::Internal, "error.json"),
        (Claim::Undecided, ExitCode::Undecided, "error.json"),
        (Claim::Impossible, ExitCode::Impossible, "conflict.json"),
    ];
    for (k, (claim, expected, trouble)) in cases.into_iter().enumerate() {
        let folder = place.path().join(k.to_string());
        let (exit, manifest, files) = answer(Some(clashing_plan()), claim, Stopped::Time, &folder);
        assert_eq!((exit, manifest.exit_code), (expected, expected.code()), "{claim:?}");
        assert!(!folder.exists() && !files.contains("tables"), "{claim:?}: {files:?}");
        assert!(files.contains(trouble) && files.contains("findings.json"), "{claim:?}: {files:?}");
        assert_eq!((manifest.check.verdict, manifest.check.hard), (Verdict::Findings, 1));
        let beside = place.path().join(format!("{k}.failed"));
        assert!(verify(&beside, None).expect("readable").falsified.is_empty());
    }
}

#[test]
fn a_cancelled_run_with_a_clean_plan_exits_3_and_without_one_5() {
    let place = tempdir().expect("a folder");
    let (exit, ..) = answer(Some(plan()), Claim::Feasible, Stopped::Cancelled, &place.path().join("a"));
    assert_eq!(exit, ExitCode::CutShort);
    let (exit, _, files) = answer(None, Claim::Undecided, Stopped::Cancelled, &place.path().join("b"));
    assert_eq!(exit, ExitCode::Undecided);
    assert!(files.contains("report.html") && !files.contains("findings.json"), "{files:?}");
}

#[test]
fn shortage_is_no_failure() {
    let place = tempdir().expect("a folder");
    let mut short = plan();
    short.teaching[1].teacher = None;
    let (exit, manifest, _) = answer(Some(short), Claim::Feasible, Stopped::Time, &place.path().join("p"));
    assert_eq!((exit, manifest.shortfall_periods), (ExitCode::Done, Some(2)));
    let table = fs::read_to_string(place.path().join("p/tables/shortages.csv")).expect("the table");
    assert!(table.contains("甲小学,音乐,2,一(1)班,招聘、代课、专递课堂或支教"), "{table}");
}

#[test]
fn the_screen_speaks_plainly_in_both_languages() {
    let input = input();
    let read = read(&input);
    let delivery = Delivery::judge(&input, &read, &ask(), searched(Some(plan()), Claim::Feasible, Stopped::Time), 1.0);
    let screen = delivery.answer().screen;
    for words in [
        "轮排 · 书桌学区    【演示数据",
        "2 校 1 班 2 名任课教师,每周 7 节",
        "可提交会议讨论",
        "不跨校每周至少缺 2 课时,本方案缺 0 课时;1 人兼课 2 课时;1 人超过标准课时(每人最多超 1 课时);路上合计每周 40 分钟",
        "1 班课程开齐开足",
        "本方案由软件辅助生成,须经集体研究确定",
    ] {
        assert!(screen.zh.contains(words), "missing {words}:\n{}", screen.zh);
    }
    for words in ["Desk district", "[Demo data", "2 schools, 1 classes, 2 teachers", "at least 2 without sharing → 0"] {
        assert!(screen.en.contains(words), "missing {words}:\n{}", screen.en);
    }
    for solver in ["infeasible", "incumbent", "penalty", "MIP", "约束", "目标函数"] {
        assert!(!screen.zh.contains(solver) && !screen.en.contains(solver), "{solver}");
    }
}

#[test]
fn nothing_in_a_name_becomes_a_formula_or_a_script() {
    let place = tempdir().expect("a folder");
    deliver(&place.path().join("p"));
    let page = fs::read_to_string(place.path().join("p/report.html")).expect("the page");
    assert!(!page.contains("<script>alert") && page.contains("\\u003cscript\\u003e"), "names are escaped");
    assert!(page.contains("default-src 'none'") && !page.contains("http:") && !page.contains("https:"));
    for table in fs::read_dir(place.path().join("p/tables")).expect("tables").flatten() {
        let text = fs::read_to_string(table.path()).expect("a table");
        assert!(text.starts_with('\u{feff}'), "{table:?} has no byte order mark");
        let cells = text.trim_start_matches('\u{feff}').split(['\n', ',']);
        assert!(cells.into_iter().all(|cell| !cell.trim_matches('"').starts_with(['=', '+', '@'])), "{table:?}:\n{text}");
    }
}

#[test]
fn the_day_sheet_has_every_trip() {
    let place = tempdir().expect("a folder");
    deliver(&place.path().join("p"));
    let sheet = fs::read_to_string(place.path().join("p/tables/travellers.csv")).expect("the sheet");
    let rows: Vec<&str> = sheet.lines().collect();
    assert_eq!(rows.len(), 5, "{sheet}");
    assert_eq!(rows[1], "T2,,,周二,乙小学,甲小学,10,09:15,09:25,,第2节 甲小学一(1)班 音乐");
    assert_eq!(rows[2], "T2,,,周二,甲小学,乙小学,10,10:05,10:15,,返回");
}

#[test]
fn every_falsified_figure_is_found() {
    let place = tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let clean = verify(&folder, None).expect("readable");
    assert_eq!(clean.falsified, vec![]);
    let text = fs::read_to_string(folder.join("manifest.json")).expect("the manifest");
    let forgeries: [(&str, &str, &str); 11] = [
        ("\"rank3\": 10", "\"rank3\": 9", "score.rank3"),
        ("\"shortfall_periods\": 0", "\"shortfall_periods\": 3", "shortfall_periods"),
        ("\"exit_code\": 0", "\"exit_code\": 3", "exit_code"),
        ("\"status\": \"done\"", "\"status\": \"cut_short\"", "status"),
        ("\"findings\": 1", "\"findings\": 0", "check.findings"),
        ("\"gap_permille\": 200", "\"gap_permille\": 1", "stages.teaching.rank3.gap_permille"),
        ("\"bound\": 8", "\"bound\": 12", "stages.teaching.rank3.bound"),
        ("\"proved\": false", "\"proved\": true", "stages.teaching.rank3.proved"),
        ("\"claim\": \"feasible\"", "\"claim\": \"optimal\"", "claim.optimal"),
        ("\"policy\": \"desk-policy\"", "\"policy\": \"another\"", "policy"),
        ("\"demo\": true", "\"demo\": false", "demo"),
    ];
    for (from, to, figure) in forgeries {
        assert!(text.contains(from), "the manifest has no {from}:\n{text}");
        fs::write(folder.join("manifest.json"), text.replacen(from, to, 1)).expect("written");
        let found = verify(&folder, None).expect("readable").falsified;
        assert!(found.iter().any(|falsified| falsified.figure == figure), "{figure}: {found:?}");
    }
    fs::write(folder.join("manifest.json"), &text).expect("written");
    assert_eq!(verify(&folder, None).expect("readable").falsified, vec![]);
}

#[test]
fn every_changed_file_is_found_even_with_its_hash_forged() {
    let place = tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let text = fs::read_to_string(folder.join("manifest.json")).expect("the manifest");
    let manifest: Manifest = serde_json::from_str(&text).expect("a manifest");
    assert!(manifest.files.len() >= 10, "{:?}", manifest.files.keys());
    for name in manifest.files.keys() {
        let path = folder.join(name);
        let bytes = fs::read(&path).expect("the file");
        let mut changed = bytes.clone();
        changed.push(b' ');
        fs::write(&path, &changed).expect("written");
        let found = verify(&folder, None).expect("readable").falsified;
        assert!(found.iter().any(|falsified| falsified.figure == format!("files.{name}")), "{name}: {found:?}");
        if !name.starts_with("inputs/") {
            let mut forged = manifest.clone();
            forged.files.insert(name.clone(), lunpai::job::Fingerprint::of(&changed));
            fs::write(folder.join("manifest.json"), forged.bytes()).expect("written");
            let found = verify(&folder, None).expect("readable").falsified;
            assert!(found.iter().any(|falsified| falsified.figure == format!("content.{name}")), "{name}: {found:?}");
            fs::write(folder.join("manifest.json"), &text).expect("written");
        }
        fs::write(&path, &bytes).expect("written");
    }
    fs::write(folder.join("tables/extra.csv"), "x").expect("written");
    let found = verify(&folder, None).expect("readable").falsified;
    assert_eq!(found.iter().map(|falsified| falsified.figure.as_str()).collect::<Vec<_>>(), ["files.tables/extra.csv"]);
}

#[test]
fn a_failing_write_leaves_the_old_folder_untouched() {
    let place = tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let before = fs::read(folder.join("manifest.json")).expect("the manifest");
    let mut output = Output::begin(&folder, true).expect("a place");
    output.write("plan.json", b"{}").expect("written");
    // A file cannot be a folder: the disk refuses this one.
    let refused = output.write("plan.json/inside", b"{}").expect_err("refused");
    assert_eq!(refused.exit, ExitCode::CannotWrite);
    drop(output);
    assert_eq!(fs::read(folder.join("manifest.json")).expect("the manifest"), before);
    assert_eq!(names(place.path()), BTreeSet::from(["p".to_owned()]));
    for outside in ["../x", "/x", "a/../../x", ""] {
        let mut output = Output::begin(&place.path().join("q"), false).expect("a place");
        assert_eq!(output.write(outside, b"x").expect_err("refused").exit, ExitCode::CannotWrite, "{outside}");
    }
    assert_eq!(names(place.path()), BTreeSet::from(["p".to_owned()]));
}

#[test]
fn an_existing_folder_is_refused_and_replaced_only_when_it_is_ours() {
    let place = tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    assert_eq!(Output::begin(&folder, false).expect_err("exists").exit, ExitCode::CannotCreate);
    fs::write(folder.join("会议记录.txt"), "mine").expect("written");
    assert_eq!(Output::begin(&folder, true).expect_err("foreign").problem.code, "E-OUT-003");
    assert_eq!(fs::read_to_string(folder.join("会议记录.txt")).expect("still there"), "mine");
    fs::remove_file(folder.join("会议记录.txt")).expect("removed");
    let mut output = Output::begin(&folder, true).expect("ours");
    output.write("plan.json", b"{}").expect("written");
    output.commit("manifest.json", br#"{"schema":"lunpai.manifest/1","files":{}}"#).expect("in place");
    assert_eq!(names(&folder), BTreeSet::from(["manifest.json".to_owned(), "plan.json".to_owned()]));
    fs::create_dir(place.path().join("home")).expect("a folder");
    fs::write(place.path().join("home/letter"), "x").expect("written");
    assert_eq!(Output::begin(&place.path().join("home"), true).expect_err("not ours").problem.code, "E-OUT-003");
    for nowhere in ["/", "..", "."] {
        assert_eq!(Output::begin(Path::new(nowhere), true).expect_err("no name").problem.code, "E-OUT-001", "{nowhere}");
    }
}

#[test]
fn one_run_at_a_time_holds_a_folder() {
    let place = tempdir().expect("a folder");
    let folder = place.path().join("p");
    let first = Output::begin(&folder, false).expect("a place");
    assert_eq!(Output::begin(&folder, false).expect_err("busy").exit, ExitCode::Busy);
    drop(first);
    drop(Output::begin(&folder, false).expect("free again"));
    assert_eq!(names(place.path()), BTreeSet::new());
}

#[test]
fn a_folder_name_never_leaves_the_folder() {
    assert_eq!(folder_name("huayuankou"), "huayuankou-plan");
    assert_eq!(folder_name("../../etc/passwd"), "_.._etc_passwd-plan");
    assert_eq!(folder_name("花园口 2026"), "花园口_2026-plan");
    assert_eq!(folder_name(""), "district-plan");
    assert!(folder_name(&"x".repeat(5000)).len() < 100);
}
